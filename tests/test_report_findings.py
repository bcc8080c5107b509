"""What findings add to a report's page: marks and notes that change no character, lists that lead back into the text."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.catalogue import Neighbours, gather
from govreport_site.findings import Findings, Vocabulary
from govreport_site.insight.of_report import findings_of, read_kit, vocabulary_of
from govreport_site.pages.body import Paragraph
from govreport_site.pages.evidence import apart
from govreport_site.pages.runs import Mark, marked, runs
from govreport_site.pages.views import ReportView, Site, report_view
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report
from govreport_site.source import Span

ROOT = Path(__file__).resolve().parents[1]
KIT = read_kit()[0]
NAMES = vocabulary_of(KIT)


def seed(place: str) -> Report:
    return read_report(ROOT / f"corpus/henan/{place}/2025-{place}-weijianwei.md", name=place, file=f"{place}.md")


def view_of(report: Report, findings: Findings | None = None, names: Vocabulary = NAMES) -> ReportView:
    entry = gather([report])[0].entries[0]
    said = findings_of(report, KIT) if findings is None else findings
    return report_view(report, entry, Neighbours(), Site(), lambda text: (text,), said, names)


def paragraphs(view: ReportView) -> dict[str, Paragraph]:
    return {block.id: block for part in view.parts for block in part.blocks if isinstance(block, Paragraph)}


def read(body: str, **metadata: object) -> Report:
    front = "".join(f"{key}: {value}\n" for key, value in metadata.items())
    return read_text(f"---\n{front}---\n{body}", name="a.md", file="a.md")


@given(
    st.text(st.sampled_from("年,:甲[](!) https://e.org#")), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)))
)
def test_marks_lose_no_character_and_are_where_they_were_put(text: str, places: list[tuple[int, int]]) -> None:
    marks = apart(Mark(Span(100 + at, 100 + at + size), "figure") for at, size in places)
    found = marked(runs(text), 100, marks)
    assert "".join(run.text for run in found) == text
    at = 100
    for run in found:
        inside = [mark for mark in marks if mark.span.start <= at and at + len(run.text) <= mark.span.end]
        assert run.mark == (inside[0] if inside else None)
        at += len(run.text)


def test_a_title_that_is_a_link_already_is_marked_without_a_second_link() -> None:
    text = "见《[办法](https://example.org/a)》和《规定》。"
    linked, plain = text.index("《"), text.index("《规定》")
    marks = [Mark(Span(linked, plain - 1), "instrument", "#w-1"), Mark(Span(plain, plain + 4), "instrument", "#w-2")]
    found = marked(runs(text), 0, marks)
    assert {run.mark.href for run in found if run.mark is not None and run.href} == {None}
    assert [run.text for run in found if run.mark is not None and run.mark.href == "#w-2"] == ["《规定》"]


def test_of_overlapping_marks_the_outer_one_is_shown() -> None:
    outer, inner, later = Mark(Span(0, 20), "instrument"), Mark(Span(5, 10), "instrument"), Mark(Span(20, 23), "figure")
    assert apart([later, inner, outer]) == (outer, later)


def test_each_problem_of_a_seed_has_its_plan_beside_it_and_each_such_plan_its_problem() -> None:
    report = seed("xuchang")
    view = view_of(report)
    blocks = paragraphs(view)
    by_heading = {block.heading.id: block for block in blocks.values() if block.heading is not None}
    for number in "123":
        (problem,) = by_heading[f"s-2-{number}"].remarks
        (plan,) = by_heading[f"s-3-{number}"].remarks
        assert [place.href for place in problem.places] == [f"#s-3-{number}"]
        assert [place.href for place in plan.places] == [f"#s-2-{number}"]
        assert (problem.name, plan.name) == ("可参看安排", "可参看不足")
        assert problem.shared and all(word in report.source.text for word in problem.shared)
    assert by_heading["s-2-1"].remarks[0].places[0].label == "三（一）"
    first = [remark.first for block in by_heading.values() for remark in block.remarks]
    assert first == [True, False, False, True, False, False], "the first note of a section says what notes are"


def test_a_problem_without_a_plan_says_so_and_a_point_says_which_it_is() -> None:
    report = read(
        "一、工作成效\n做了。\n二、存在的问题\n一是执法人员力量不足，基层执法队伍薄弱。二是锅炉老旧。\n"
        "三、下一步工作安排\n一是充实执法人员力量，加强基层执法队伍建设。二是开好会。\n"
    )
    remarks = [remark for block in paragraphs(view_of(report)).values() for remark in block.remarks]
    assert [(remark.of, remark.name) for remark in remarks] == [
        ("一是", "可参看安排"), ("二是", "未见对应的安排"), ("一是", "可参看不足"),
    ]  # fmt: skip
    assert remarks[0].places[0].label == "第 3 段一是"


def test_lists_hold_every_figure_and_every_title_once() -> None:
    view = view_of(seed("zhengzhou"))
    assert len(view.figures) == 24 and view.figures[3].text == "近百万人次"
    titles = [row.title for row in view.instruments]
    assert len(titles) == len(set(titles)) == 11
    ids = set(paragraphs(view))
    assert {row.place.href.removeprefix("#") for row in view.figures} <= ids
    assert {place.href.removeprefix("#") for row in view.instruments for place in row.places} <= ids
    foi = next(row for row in view.figures if row.text == "410项")
    assert foi.indicator is not None and foi.indicator.href.endswith("figures/foi-received/index.html")


def test_ways_of_writing_one_title_share_a_row_that_both_marks_lead_to() -> None:
    body = "一、成效\n落实《中华人民共和国行政处罚法》。\n又落实《行政处罚法》，共8件。\n"
    view = view_of(read(body))
    (row,) = view.instruments
    assert (row.title, row.also, len(row.places)) == ("中华人民共和国行政处罚法", ("行政处罚法",), 2)
    marks = {
        run.mark for block in paragraphs(view).values() for piece in block.pieces for run in piece.runs if run.mark
    }
    assert {mark.href for mark in marks if mark.form == "instrument"} == {f"#{row.id}"}


def test_a_title_with_a_blank_is_searched_as_one_string() -> None:
    row = next(row for row in view_of(seed("xuchang")).instruments if " " in row.title)
    assert row.href.endswith("search/index.html?q=%22" + row.href.partition("%22")[2])


def test_contents_say_where_they_are_or_what_was_looked_for() -> None:
    required = view_of(seed("xuchang")).required
    assert required is not None
    rows = {row.name: row for row in required.contents}
    assert [place.href for place in rows["存在的不足"].places] == ["#s-2"]
    assert not rows["不足的原因"].places and "原因" in rows["不足的原因"].reason
    assert "《法治政府建设与责任落实督察工作规定》" in required.rules
    assert "河南省" in required.rules and "条文没有见到" in required.rules


@pytest.mark.parametrize(
    ("published", "timely", "dates"),
    [
        ("2026-03-31", "按期", "应在 2026-04-01 之前公开（《法治政府建设与责任落实督察工作规定》第二十四条），2026-03-31 发布"),
        ("2026-04-01", "当日", "2026-04-01 发布"),
        ("2026-04-02", "逾期", "2026-04-02 发布"),
        (None, "未注明", "发布日期未注明"),
    ],
)  # fmt: skip
def test_both_dates_are_told(published: str | None, timely: str, dates: str) -> None:
    given = {"published": published} if published else {}
    required = view_of(read("一、成效\n甲。\n", issuer="许昌市公安局", year=2025, place='"411000"', **given)).required
    assert required is not None
    assert required.timely == timely and required.dates.endswith(dates)


def test_a_report_from_before_the_rule_is_only_set_beside_it() -> None:
    required = view_of(read("一、成效\n甲。\n", issuer="北京市公安局", year=2017, place='"110000"')).required
    assert required is not None
    assert "此前的报告只作参照" in required.rules and required.dates.startswith("没有可以对照的期限")


def test_without_findings_and_rules_a_page_has_none_of_it() -> None:
    view = view_of(seed("xuchang"), Findings(), Vocabulary())
    assert not view.has_marks and not view.figures and not view.instruments and view.required is None
    assert all(not block.remarks for block in paragraphs(view).values())


def test_links_of_the_lists_stay_within_the_site() -> None:
    view = view_of(seed("xuchang"))
    for row in view.instruments:
        assert (
            posixpath.normpath("henan/xuchang/2025-weijianwei/" + re.sub(r"\?.*", "", row.href)) == "search/index.html"
        )
