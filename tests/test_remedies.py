"""Items of a kind, and which plan may answer which problem; the readers' choices for both seeds stand in golden/."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from govreport_site.insight.items import anchor, items, pieces
from govreport_site.insight.likeness import Wording, asking, scores, shared_words
from govreport_site.insight.remedies import pair_remedies
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Kind, Report
from tests.strategies import report_texts

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ("xuchang", "zhengzhou")
# Written down by a reader before anything was paired: heading of a problem → heading of the plan that answers it.
TRUTH: dict[str, dict[str, str]] = json.loads((ROOT / "tests/golden/remedies.json").read_text("utf-8"))


def seed(name: str) -> Report:
    return read_report(ROOT / f"corpus/henan/{name}/2025-{name}-weijianwei.md", name=name)


def read(*lines: str) -> Report:
    return read_text("\n".join(lines), name="x", file="x")


def said(report: Report, kind: Kind) -> list[tuple[str, str, int]]:
    return [(anchor(item.id)[:2], item.title, item.ordinal) for item in items(report, kind)]


@pytest.mark.parametrize("name", SEEDS)
def test_all_problems_of_the_seeds_have_the_plan_a_reader_picks(name: str) -> None:
    report = seed(name)
    titles = {item.id: item.title for kind in (Kind.PROBLEMS, Kind.PLANS) for item in items(report, kind)}
    found = {titles[remedy.problem]: titles[remedy.plan] for remedy in pair_remedies(report)}
    assert found == TRUTH[name]


@pytest.mark.parametrize("name", SEEDS)
def test_shared_words_stand_in_the_texts_as_written(name: str) -> None:
    """A page marks them in both; only words of one meaning stand in one of the two alone."""
    report = seed(name)
    texts = {i.id: report.source.cut(i.span) for kind in (Kind.PROBLEMS, Kind.PLANS) for i in items(report, kind)}
    for remedy in pair_remedies(report):
        assert len(remedy.shared) >= 3
        assert all(len(word) > 1 for word in remedy.shared)
        assert all(word in texts[remedy.problem] or word in texts[remedy.plan] for word in remedy.shared)
        assert remedy.shared[0] in texts[remedy.problem]
        assert remedy.shared[0] in texts[remedy.plan]


def test_what_is_left_over_on_both_sides() -> None:
    report = seed("zhengzhou")
    remedies = pair_remedies(report)
    answered, answering = {one.problem for one in remedies}, {one.plan for one in remedies}
    assert answered == {problem.id for problem in items(report, Kind.PROBLEMS)}
    left = [plan.title for plan in items(report, Kind.PLANS) if plan.id not in answering]
    assert left == ["进一步完善法治监管机制", "进一步完善卫生应急机制"]


def test_a_problem_that_no_plan_speaks_of_has_no_remedy() -> None:
    report = read(
        "一、存在的问题",
        "（一）执法装备老旧。车辆不足。",
        "（二）普法形式单一。",
        "二、下一步打算",
        "（一）丰富普法形式。开展以案释法。",
    )
    assert [(remedy.problem, remedy.plan) for remedy in pair_remedies(report)] == [("s-1-2", "s-2-1")]


def test_items_are_headings_paragraphs_or_points() -> None:
    headed = read("一、存在的问题", "（一）力量薄弱。人少。", "（二）普法形式单一。", "内容少。")
    assert said(headed, Kind.PROBLEMS) == [("s-", "力量薄弱", 1), ("s-", "普法形式单一", 2)]
    plain = read("一、存在的问题", "主要存在以下问题：", "执法力量薄弱，人少。", "普法形式单一。")
    assert said(plain, Kind.PROBLEMS) == [("p-", "执法力量薄弱", 1), ("p-", "普法形式单一", 2)]
    points = read("一、存在的问题", "一是力量薄弱，人少；二是普法形式单一。")
    assert said(points, Kind.PROBLEMS) == [("p-", "力量薄弱", 1), ("p-", "普法形式单一", 2)]
    assert [item.id.partition(".")[2] for item in items(points, Kind.PROBLEMS)] == ["1", "2"]
    assert points.source.cut(items(points, Kind.PROBLEMS)[0].span) == "一是力量薄弱，人少；"


def test_a_part_that_holds_both_is_taken_apart() -> None:
    headed = read(
        "一、工作成效", "甲。", "二、存在的问题和下一步打算",
        "（一）存在的问题", "1.执法力量薄弱。", "2.普法形式单一。", "（二）下一步打算", "1.充实执法力量。",
    )  # fmt: skip
    assert [title for _, title, _ in said(headed, Kind.PROBLEMS)] == ["执法力量薄弱", "普法形式单一"]
    assert [title for _, title, _ in said(headed, Kind.PLANS)] == ["充实执法力量"]
    mingled = read("一、工作成效", "甲。", "二、存在的问题和下一步打算", "（一）执法力量不足。", "（二）加强队伍建设。")
    assert [title for _, title, _ in said(mingled, Kind.PROBLEMS)] == ["执法力量不足"]
    assert [title for _, title, _ in said(mingled, Kind.PLANS)] == ["加强队伍建设"]
    plain = read(
        "一、工作成效",
        "甲。",
        "二、存在的问题和下一步打算",
        "我局还存在执法力量不足的问题。",
        "下一步，我局将加强培训。",
    )
    assert len(items(plain, Kind.PROBLEMS)) == len(items(plain, Kind.PLANS)) == 1


def test_reasons_are_no_problems() -> None:
    report = read("一、存在的问题及原因", "（一）力量薄弱。人少。", "（二）原因分析。编制不足。")
    assert [title for _, title, _ in said(report, Kind.PROBLEMS)] == ["力量薄弱"]


def test_the_same_number_is_weak_evidence() -> None:
    """Two plans that fit alike: the one of the same number; one that fits better wins all the same."""
    lines = ("一、存在的问题", "（一）普法形式单一。", "（二）普法形式单一。", "二、下一步打算")
    report = read(*lines, "（一）丰富普法形式。", "（二）丰富普法形式。")
    assert [remedy.plan for remedy in pair_remedies(report)] == ["s-2-1", "s-2-2"]
    report = read(*lines, "（一）更新车辆装备。", "（二）丰富普法形式。")
    assert [remedy.plan for remedy in pair_remedies(report)] == ["s-2-2", "s-2-2"]


def test_half_a_word_is_none_and_set_phrases_tell_nothing() -> None:
    (asked,) = asking([Wording("", "进一步加强监督执法力量，全面推进依法行政。")])
    assert shared_words(asked, "进一步加大监督执法力度，全面推进依法行政。", "") == ("监督执法",)
    assert scores([asked], [Wording("", "进一步全面推进依法行政工作。")]) == [[0.0]]


def test_words_of_one_meaning_are_shown_as_each_text_has_them() -> None:
    (asked,) = asking([Wording("", "普法不够。")])
    assert shared_words(asked, "开展法治宣传。", "") == ("普法", "法治宣传")


@given(report_texts())
def test_any_text_has_items_within_it(text: str) -> None:
    """Never raises; every span lies in the text, ids are unique, scores lie between 0 and 1."""
    report = read_text(text, name="x", file="x")
    for found in (items(report, Kind.PROBLEMS), items(report, Kind.PLANS), pieces(report)):
        assert len({item.id for item in found}) == len(found)
        assert all(0 <= item.span.start < item.span.end <= len(text) for item in found)
    assert all(0 < remedy.score <= 1 for remedy in pair_remedies(report))
