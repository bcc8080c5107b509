"""Figures: all and only those of the two seeds, every trap in one line, and spans that hold for any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.findings import Figure
from govreport_site.insight.figures import find_figures
from govreport_site.insight.indicators import lexicon
from govreport_site.reading.read import read_text
from govreport_site.report import Report

GOLDEN = Path(__file__).parent / "golden"
BOUNDS = {"=": "exact", ">": "above", "<": "below", "~": "about"}
SEEDS = {
    "xuchang": ("corpus/henan/xuchang/2025-xuchang-weijianwei.md", 15),
    "zhengzhou": ("corpus/henan/zhengzhou/2025-zhengzhou-weijianwei.md", 24),
}


def figures_of(text: str) -> tuple[Report, tuple[Figure, ...]]:
    report = read_text(text, name="x.md", file="x.md")
    return report, find_figures(report, lexicon())


def row(figure: Figure) -> str:
    told = (figure.text, str(figure.value), figure.unit, figure.bound, figure.indicator or "-", figure.counted or "-")
    return "\t".join(told)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_seeds_have_all_and_only_their_figures(seed: str, root: Path, update_golden: bool) -> None:
    path, count = SEEDS[seed]
    _, figures = figures_of((root / path).read_text(encoding="utf-8"))
    given = "".join(row(figure) + "\n" for figure in figures)
    golden = GOLDEN / f"figures_{seed}.tsv"
    if update_golden:
        golden.write_text(given, encoding="utf-8")
    assert len(figures) == count
    assert given == golden.read_text(encoding="utf-8")


CASES = [
    line for line in (GOLDEN / "figures_cases.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]


@pytest.mark.parametrize("case", CASES)
def test_tricky_numbers(case: str) -> None:
    marked, _, truths = case.partition(" → ")
    _, figures = figures_of(f"一、工作成效\n{re.sub('[{}]', '', marked)}\n")
    expected = []
    for text, truth in zip(re.findall(r"\{(.*?)\}", marked), truths.split(" ; "), strict=bool(truths)):
        value, unit, bound = truth.split()
        expected.append((text, float(value), unit, BOUNDS[bound]))
    assert [(f.text, float(f.value), f.unit, f.bound) for f in figures] == expected


def test_what_is_counted_keeps_the_verb_and_marks_where_the_number_stood() -> None:
    """制定 and 废止 count different things; the noun may stand on either side."""
    _, figures = figures_of("一、工作成效\n2025年共制定规范性文件3件，废止4件规范性文件，信访积案全部化解。\n")
    assert [f.counted for f in figures] == ["制定规范性文件", "废止…规范性文件"]


def test_the_sentence_is_the_evidence() -> None:
    report, figures = figures_of("一、工作成效\n完善机制。全年检查12次，整改（5处）。另有安排；办结3件！\n")
    assert [report.source.cut(f.sentence) for f in figures] == [
        "全年检查12次，整改（5处）。",
        "全年检查12次，整改（5处）。",
        "办结3件！",
    ]


def test_figures_of_a_heading_belong_to_its_section() -> None:
    report, figures = figures_of("一、开展普法活动12场\n发放资料300份。\n")
    section = report.sections[1]
    assert [(f.text, f.passage) for f in figures] == [("12场", section.id), ("300份", section.passages[0].id)]


def test_only_running_text_is_read() -> None:
    """Tables, titles, page heads and sign-offs hold numbers too, but no sentence says what they count."""
    text = "某市某局2025年第3期报告（12件）\n\n浏览次数：123次\n\n一、工作成效\n\n| 项目 | 12件 |\n|-|-|\n| 甲 | 3件 |\n\n某市某局\n2026年1月2日\n"
    _, figures = figures_of(text)
    assert [f.text for f in figures if "件" in f.text] == []


def test_a_plan_has_figures_but_counts_for_no_indicator() -> None:
    text = "一、工作成效\n发放宣传资料300份。\n二、2026年工作安排\n发放宣传资料500份。\n"
    _, figures = figures_of(text)
    assert [(f.text, f.indicator) for f in figures] == [("300份", "publicity-materials"), ("500份", None)]


def test_a_very_long_number_is_no_figure_and_costs_nothing() -> None:
    """`int` refuses more than 4,300 digits, and a search that began at each digit would never end."""
    _, figures = figures_of("一、工作成效\n" + "9" * 200_000 + "件，" + "一" * 50_000 + "。\n")
    assert figures == ()


PIECES = [
    "一、工作成效\n", "二、工作打算\n", "（一）开展", "\n", "。", "；", "，", "、", ",", ".", "．", "点", " ", "\u3000", "《", "》", "“", "”", '"',
    "0", "3", "12", "2025", "１２", "1,060", "百", "千", "万", "亿", "三", "二十", "百分之", "分之", "余", "多", "来", "几", "近", "超", "超过",
    "约", "以上", "左右", "内", "件", "个", "人次", "万元", "%", "年", "月", "日", "天", "个百分点", "-", "—", "至", "+", "第", "前", "A",
    "受理依申请公开", "行政复议", "审结", "的", "均已办结",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=2), max_size=50))
def test_spans_hold_for_any_text(pieces: list[str]) -> None:
    """A figure's span cuts its text, lies in its sentence and its passage, and overlaps no other."""
    report, figures = figures_of("".join(pieces))
    homes = {p.id: p.span for _, p in report.passages()} | {s.id: s.heading for s in report.walk() if s.heading}
    end = 0
    for figure in figures:
        assert report.source.cut(figure.span) == figure.text
        assert figure.sentence.covers(figure.span)
        assert homes[figure.passage].covers(figure.sentence)
        assert figure.span.start >= end
        assert figure.value >= 0
        assert figure.unit in figure.text or figure.unit == "%"
        end = figure.span.end
