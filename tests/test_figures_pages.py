"""Pages of indicators: every figure as written beside its sentence, in the order of places, never more than a page holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_site import addresses
from govreport_site.catalogue import gather
from govreport_site.findings import Bound, Figure
from govreport_site.pages import figures
from govreport_site.pages.assets import read_assets
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from govreport_site.source import Span
from tests.whole_site import render_site

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
RECEIVED = "foi-received"


def report(name: str, year: int, text: str) -> Report:
    file = f"{name}{year}.md"
    body = f"{name}关于{year}年法治政府建设情况的报告\n一、主要举措和成效\n（一）推进公开。{text}\n"
    return read_text(body, name=file, file=file)


def pages_of(*reports: Report) -> dict[str, str]:
    made = render_site(reports, gather(reports)[0], read_assets(TEMPLATES / "static"), Site(), TEMPLATES)
    return {page: data.decode() for page, data in made if page.startswith("figures/")}


def rows(page: str) -> list[tuple[str, list[list[str]]]]:
    """Of each table: row heads, and the figures in each cell."""
    found = []
    for row in re.findall('<tr><th scope="row">(.*?)</th>(.*?)</tr>', page):
        found.append(
            (row[0], [re.findall("<a [^>]*>(.*?)</a>", cell) for cell in re.findall("<td>(.*?)</td>", row[1])])
        )
    return found


def test_figures_stand_as_written_by_issuer_and_year_each_leading_to_its_sentence() -> None:
    pages = pages_of(
        report("许昌市司法局", 2024, "受理依申请公开8余件。"),
        report("许昌市司法局", 2025, "受理依申请公开近20件，均已答复。"),
        report("郑州市司法局", 2025, "受理相关政府信息公开申请410项。"),
    )
    page = pages[addresses.indicator_page(RECEIVED)]
    assert re.findall('<th scope="col">(.*?)</th>', page) == ["发文机关", "2025", "2024"]
    assert rows(page) == [("郑州市司法局", [["410项"], []]), ("许昌市司法局", [["近20件"], ["8余件"]])]
    for text in ("410项", "近20件", "8余件"):
        (anchor,) = re.findall(f'<a href="#(f\\d+)">{text}</a>', page)
        (item,) = re.findall(f'<li id="{anchor}">(.*?)</li>', page)
        assert f'<span class="figure">{text}</span>' in item
        assert re.search(r'href="\.\./\.\./henan/[^"]*#p-[0-9a-f]+"', item)


def test_several_figures_of_one_report_are_all_shown_and_a_sentence_once() -> None:
    page = pages_of(report("许昌市司法局", 2025, "受理依申请公开8件。受理依申请公开9件。"))[
        addresses.indicator_page(RECEIVED)
    ]
    assert rows(page) == [("许昌市司法局", [["8件", "9件"]])]
    assert page.count('<li id="f') == 2


def test_an_indicator_that_no_report_words_is_unseen_and_has_no_page() -> None:
    pages = pages_of(report("许昌市司法局", 2025, "受理依申请公开8件。另有专项预案17部。"))
    assert set(pages) == {addresses.FIGURES, addresses.indicator_page(RECEIVED)}
    unseen = " ".join(re.findall("未见：(.*?)</p>", pages[addresses.FIGURES]))
    assert "发放普法宣传资料" in unseen
    assert "收到政府信息公开申请" not in unseen
    assert "17部" not in "".join(pages.values())


def test_without_any_figure_the_list_says_so() -> None:
    pages = pages_of(report("许昌市司法局", 2025, "没有数字。"))
    assert set(pages) == {addresses.FIGURES}
    assert "还没有" in pages[addresses.FIGURES]


def test_where_many_reports_have_figures_a_group_has_a_page_an_area_and_none_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A province that is long too is parted; what its prefectures hold is led to, indicator by indicator."""
    monkeypatch.setattr(figures, "MOST_ON_A_PAGE", 1)
    names = ("河南省司法厅", "许昌市司法局", "郑州市司法局", "武汉市司法局")
    pages = pages_of(*(report(name, 2025, f"受理依申请公开{n}件。") for n, name in enumerate(names, 11)))
    overview = pages[addresses.indicator_page(RECEIVED)]
    areas = ("henan", "henan/zhengzhou", "henan/xuchang", "hubei")
    group = next(page for page in pages if page.startswith("figures/g-")).split("/")[1]
    assert {page for page in pages if "/g-" in page} == {f"figures/{group}/{area}/index.html" for area in areas}
    assert re.findall(f'href="../{group}/([^"]*)"', overview) == [
        f"{province}/index.html#n-{RECEIVED}" for province in ("henan", "hubei")
    ]
    shown = {area: rows(pages[f"figures/{group}/{area}/index.html"]) for area in areas}
    assert shown == {
        "henan": [("河南省司法厅", [["11件"]])],
        "henan/xuchang": [("许昌市司法局", [["12件"]])],
        "henan/zhengzhou": [("郑州市司法局", [["13件"]])],
        "hubei": [("武汉市司法局", [["14件"]])],
    }
    assert f'href="xuchang/index.html#n-{RECEIVED}"' in pages[f"figures/{group}/henan/index.html"]


def test_a_report_more_changes_only_its_own_area_s_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MOST_ON_A_PAGE", 1)
    known = [
        report(name, 2024, "受理依申请公开8件，发放宣传资料2500余份。") for name in ("许昌市司法局", "武汉市司法局")
    ]
    before = pages_of(*known)
    after = pages_of(*known, report("许昌市司法局", 2025, "受理依申请公开9件，发放宣传资料30份。"))
    changed = {page for page in after if before.get(page) != after[page]}
    assert changed
    assert all("/henan/" in page for page in changed)


@pytest.mark.parametrize(("bound", "end"), [("above", "l4 2.5"), ("below", "l-4 2.5"), ("about", "l-3 1.25")])
def test_a_bound_shows_at_the_end_of_a_bar(bound: Bound, end: str) -> None:
    """A bar that ends squarely would say that the number is exact."""
    figure = Figure("5", 5, "件", bound, "p-1", Span(0, 1), Span(0, 1))
    amount = figures._amount(figure, "#f1", 10)
    assert end in amount.path
    assert not amount.width


def test_bars_are_drawn_to_one_scale_and_only_where_there_is_something_to_compare() -> None:
    one = [Figure(str(n), n, "件", "exact", "p-1", Span(0, 1), Span(0, 1)) for n in (5, 20)]
    top = figures._top(one, "件")
    lengths = [float(figures._amount(figure, "", top).width) for figure in one]
    assert lengths[1] / lengths[0] == pytest.approx(4, rel=0.01)
    assert figures._top(one[:1], "件") == 0
    assert figures._amount(one[0], "", 0).width == ""
    assert figures._top(one, "%") == 100
