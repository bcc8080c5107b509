"""What templates see: runs, tables, blocks, the head, the facts."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from govreport_site.catalogue import Neighbours, gather
from govreport_site.pages.body import Paragraph, read_parts
from govreport_site.pages.home import home_view
from govreport_site.pages.kinds import kind_view
from govreport_site.pages.lists import place_view, places_view, year_view
from govreport_site.pages.runs import heading_runs, image_runs, is_outside, runs
from govreport_site.pages.tables import read_table
from govreport_site.pages.views import ReportView, Site, report_view
from govreport_site.reading.read import read_text
from govreport_site.report import Kind, Report


def cut(text: str) -> tuple[str, ...]:
    return (text,)


def read(body: str, **metadata: object) -> Report:
    front = "".join(f"{key}: {value}\n" for key, value in metadata.items())
    return read_text(f"---\n{front}---\n{body}", name="a.md", file="a.md")


def view_of(report: Report, site: Site | None = None) -> ReportView:
    catalogue, _ = gather([report])
    return report_view(report, catalogue.entries[0], Neighbours(), site or Site(), cut)


def aired(text: str) -> str:
    return "".join(f"{run.text}_" if run.form == "air" else run.text for run in runs(text))


def test_half_width_marks_have_air_only_between_chinese_text() -> None:
    assert aired("2025年,郑州市:抓落实;好") == "2025年,_郑州市:_抓落实;_好"
    assert aired("到12:30,共1,060件") == "到12:30,_共1,060件"
    assert aired("办结率100%,32件") == "办结率100%,_32件"
    assert aired("报告如下:") == "报告如下:"


@given(st.text(st.sampled_from("年,:;1a“[](!) |-\\#图http://e.org\n")))
def test_no_character_of_a_text_is_lost(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == text
    assert "".join(run.text for run in heading_runs(text)) == text
    assert "".join(run.text for run in image_runs(text)) == text
    table = read_table(text)
    if table is not None:
        shown = "".join(run.text for row in (table.head, *table.rows) for cell in row for run in cell.runs)
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


def test_only_pages_of_the_web_are_linked() -> None:
    assert [run.href for run in runs("见[附件](https://example.org/a)。") if run.form == "link"] == [
        "https://example.org/a"
    ]
    assert all(run.form == "plain" for run in runs("见[附件](javascript:alert(1))。"))
    assert is_outside("https://example.org/a")
    assert not is_outside("javascript:alert(1)")
    assert not is_outside("https://example.org/\nx")
    assert not is_outside(None)


def test_a_clean_table_has_rows_and_any_other_stays_as_written() -> None:
    table = read_table("| 项目 | 数量 |\n| --- | ---: |\n| 复议 | 12件 |")
    assert table is not None
    assert [
        ["".join(r.text for r in c.runs if r.form == "plain") for c in row] for row in (table.head, *table.rows)
    ] == [
        ["项目", "数量"],
        ["复议", "12件"],
    ]
    assert read_table("| a | b |\n| --- | --- |\n| c |") is None
    assert read_table("| a | b |") is None


def test_a_heading_in_the_line_of_its_text_belongs_to_the_paragraph() -> None:
    report = read("一、工作情况\n（一）甲。一是乙。二是丙。\n（二）丁\n戊。\n")
    (part,) = read_parts(report)
    first, second, third = part.blocks
    assert isinstance(first, Paragraph) and first.heading is not None
    assert first.heading.tag == "h3" and first.heading.level == 2
    assert [piece.ordinal for piece in first.pieces] == ["一是", "二是"]
    assert second.form == "heading"
    assert isinstance(third, Paragraph) and third.heading is None


def test_title_lines_of_the_text_are_the_heading_of_the_page() -> None:
    view = view_of(read("许昌市公安局\n关于2025年法治政府建设情况的报告\n\n一、工作情况\n甲。\n"))
    (head,) = view.head
    assert head.main
    assert [line.pieces for line in head.title] == [("许昌市公安局",), ("关于2025年法治政府建设情况的报告",)]
    assert all(line.id is not None for line in head.title)


def test_a_title_of_our_own_stands_in_brackets() -> None:
    view = view_of(read("2025年,许昌市公安局认真履职。\n一、工作情况\n甲。\n"))
    (head,) = view.head
    assert head.title[0].id is None
    assert view.title.startswith("〔") and view.title.endswith("〕")
    assert "[许昌市公安局" in view.citing.forms[0].text


def test_what_nobody_confirmed_says_why_and_what_is_absent_says_so() -> None:
    view = view_of(read("2025年,许昌市公安局认真履职。\n一、工作情况\n甲。\n"))
    facts = {fact.name: fact for fact in view.facts}
    assert facts["发文机关"].reason
    assert facts["发布日期"].text == "未注明" and facts["发布日期"].absent
    assert any(reason.name.startswith("“一、工作情况”") for reason in view.reasons)
    confirmed = view_of(read("一、工作情况\n甲。\n", issuer="许昌市公安局", year=2025, place='"411000"'))
    assert {fact.name: fact for fact in confirmed.facts}["发文机关"].reason is None


def test_a_source_that_is_no_page_is_not_linked() -> None:
    for url in ("ftp://example.org/a", "mailto:a@example.org"):
        view = view_of(read("一、工作情况\n甲。\n", source_url=url))
        assert all(fact.href is None for fact in view.source)
    view = view_of(read("一、工作情况\n甲。\n", source_url="https://example.org/a.html"))
    assert [fact.href for fact in view.source if fact.name == "原文地址"] == ["https://example.org/a.html"]
    assert view.citing.forms[0].text.endswith("[R/OL]. https://example.org/a.html.")


def test_the_sites_own_address_is_cited_where_it_has_one() -> None:
    report = read("一、工作情况\n甲。\n", issuer="许昌市公安局", year=2025, place='"411000"')
    view = view_of(report, Site(base="https://example.org/f"))
    assert "https://example.org/f/henan/xuchang/2025-gonganju/index.html" in view.citing.forms[0].text
    assert "[R]" in view_of(report).citing.forms[0].text


def test_views_of_an_empty_corpus() -> None:
    catalogue, _ = gather([])
    home = home_view(catalogue, {}, cut)
    assert home.empty and not home.newest and home.coverage is None
    assert kind_view(catalogue, Kind.PROBLEMS, {}).groups == ()


def test_home_takes_headings_from_reports_in_turn() -> None:
    body = "一、主要成效\n（一）{0}甲。文。\n（二）{0}乙。文。\n（三）{0}丙。文。\n"
    reports = [
        read_text(
            f'---\nissuer: {city}公安局\nplace: "{code}"\nyear: 2025\n---\n' + body.format(city),
            name=code,
            file=f"{code}.md",
        )
        for city, code in (("许昌市", "411000"), ("郑州市", "410100"))
    ]
    catalogue, _ = gather(reports)
    way = home_view(catalogue, {report.file: report for report in reports}, cut).ways[0]
    assert way.number == "6 项"
    assert sorted(sample.at for sample in way.samples) == ["许昌", "许昌", "郑州", "郑州"]
    assert way.samples[0].at != way.samples[1].at


def test_coverage_of_one_province_has_its_prefectures() -> None:
    report = read("一、成效\n甲。\n", issuer="许昌市公安局", year=2025, place='"411000"')
    catalogue, _ = gather([report])
    coverage = home_view(catalogue, {report.file: report}, cut).coverage
    assert coverage is not None
    assert "许昌" in coverage.columns and "郑州" in coverage.columns
    assert [row.name for row in coverage.rows] == ["2025", "2024", "2023", "2022", "2021"]
    assert [cell.text for cell in coverage.rows[0].cells if cell.href] == ["1"]


def test_coverage_of_many_provinces_is_turned_so_that_none_is_hidden_at_the_edge() -> None:
    """Places down, years across, one link a place; what is not collected is said in words."""
    codes = [f"{code}0000" for code in (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44)]
    reports = [
        read_text(f'---\nissuer: 某厅\nplace: "{code}"\nyear: 2025\n---\n一、成效\n甲。\n', name="", file=f"{code}.md")
        for code in codes
    ]
    catalogue, _ = gather(reports)
    coverage = home_view(catalogue, {report.file: report for report in reports}, cut).coverage
    assert coverage is not None and coverage.turned and not coverage.narrow
    assert coverage.columns == ("2025", "2024", "2023", "2022", "2021")
    assert [row.name for row in coverage.rows][:2] == ["北京", "天津"] and len(coverage.rows) == len(codes)
    assert all(row.href and not any(cell.href for cell in row.cells) for row in coverage.rows)
    assert [cell.text for cell in coverage.rows[0].cells] == ["1", "", "", "", ""]
    assert coverage.hint.endswith("其余 15 个省份尚未收录。")
    year = year_view(catalogue, 2025)
    assert [link.href for link in year.index] == [f"#{group.id}" for group in year.groups]
    assert [link.href for link in places_view(catalogue).index] == [link.href for link in year.index]


def test_a_long_year_gives_numbers_and_not_a_list_without_end() -> None:
    reports = [
        read_text(
            f'---\nissuer: 第{number}局\nplace: "411000"\nyear: 2025\n---\n一、成效\n甲。\n',
            name="",
            file=f"{number}.md",
        )
        for number in range(301)
    ]
    catalogue, _ = gather(reports)
    view = year_view(catalogue, 2025)
    assert not view.groups
    assert [(name.name, name.number) for group in view.numbers for name in group.names] == [("许昌市", "301")]
    assert place_view(catalogue, "henan", "410000", cut).table is None
