"""Plans of one year and what the next year's report says of them; a person's word wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport_site.insight.items import items, pieces
from govreport_site.insight.progress import trace, unknown_plans
from govreport_site.reading.read import read_report, read_text
from govreport_site.reading.tidy import front_matter, parted
from govreport_site.records import flat_report, raise_report
from govreport_site.report import Kind, Report

ROOT = Path(__file__).resolve().parents[1]


def read(text: str) -> Report:
    return read_text(text, name="x", file="x")


BEFORE = read(
    "一、主要举措和成效\n依法履职。\n二、下一年工作安排\n（一）推进科技治超。在绕行路段增设不停车检测点，严厉打击逃避检测行为。\n"
    "（二）规范涉企检查。制定年度检查计划，推行综合查一次。\n（三）修订档案管理办法。完善归档目录。\n"
)
DONE = (
    "一、主要举措和成效\n（一）提升执法效能。一是制定年度检查计划并公开，推行“综合查一次”，检查频次下降12%。"
    "二是在绕行路段增设不停车检测点3处，打击逃避检测行为。三是举办法律知识竞赛。\n（二）开展普法。送法进企业30次。\n"
    "二、存在的问题\n档案管理办法尚未修订，归档目录不全。\n"
)


def test_each_plan_has_one_trace_with_the_words_that_prove_it() -> None:
    after = read(DONE)
    traces = trace(BEFORE, after)
    assert [found.plan for found in traces] == ["s-2-1", "s-2-2", "s-2-3"]
    texts = {piece.id: after.source.cut(piece.span) for piece in pieces(after)}
    assert [texts[found.result][:2] if found.result else None for found in traces] == ["二是", "一是", None]
    assert set(traces[0].shared) == {"绕行路段增设不停车检测点", "打击逃避检测行为"}
    assert traces[2].score == 0


def test_what_is_named_as_a_problem_was_not_done() -> None:
    """The third plan's words stand in the problems of the next report only."""
    assert trace(BEFORE, read(DONE))[2].result is None


def test_a_persons_word_wins_and_keeps_the_texts() -> None:
    front = '---\nyear: 2026\nprogress:\n  "二/一": 未见\n  "二/三": 表述变化\n---\n'
    traces = trace(BEFORE, read(front + DONE))
    assert [found.status for found in traces] == ["unseen", None, "reworded"]
    assert traces[0].result is not None
    assert traces[2].result is None


def test_a_word_about_no_plan_is_told() -> None:
    after = read('---\nprogress:\n  "二/一": 已见\n  "九/一": 已见\n---\n' + DONE)
    assert unknown_plans(BEFORE, after) == ("九/一",)


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ('progress: {"二/一": 完成}', "yaml/unknown-value", (2, 19)),
        ('progress: {"二/一": [已见]}', "yaml/wrong-type", (2, 19)),
        ("progress: 已见", "yaml/wrong-type", (2, 11)),
    ],
)
def test_a_wrong_word_is_told_with_its_place(line: str, code: str, place: tuple[int, int]) -> None:
    report = read(f"---\n{line}\n---\n{DONE}")
    found = [problem for problem in report.problems if problem.code == code]
    assert [(problem.line, problem.column) for problem in found] == [place]
    assert report.progress == {}


def test_what_a_person_said_survives_keeping_and_taking_in() -> None:
    report = read('---\nyear: 2026\nprogress:\n  "二/一": 部分\n  p-1a2b3c: 已见\n---\n' + DONE)
    assert report.progress == {"二/一": "部分", "p-1a2b3c": "已见"}
    assert raise_report(flat_report(report), "x") == report
    _, decided = parted('---\nprogress:\n  "二/一": 部分\n---\n' + DONE, DONE)
    again = front_matter({"year": 2026}, (), report.sections, decided)
    assert read(again + DONE).progress == {"二/一": "部分"}


def test_plans_of_the_seeds_lead_to_what_a_reader_picks() -> None:
    """No later report is known; what the same report says was done already is the nearest there is."""
    picked = {
        "xuchang": [("三/一", "一/三"), ("三/二", "一/四"), ("三/三", "一/一")],
        "zhengzhou": [
            ("三/一", "一/七"),
            ("三/二", "一/三"),
            ("三/三", "一/五"),
            ("三/四", "一/四"),
            ("三/五", "一/八"),
        ],
    }
    for name, expected in picked.items():
        report = read_report(ROOT / f"corpus/henan/{name}/2025-{name}-weijianwei.md", name=name)
        keys = {plan.id: plan.key for plan in items(report, Kind.PLANS)}
        under = {piece.id: piece.span for piece in pieces(report)}
        sections = [section for section in report.walk() if section.level == 2]
        found = []
        for one in trace(report, report):
            assert one.result is not None
            holder = next(section for section in sections if section.span.covers(under[one.result]))
            found.append((keys[one.plan], holder.key))
        assert found == expected
