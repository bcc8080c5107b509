"""Contents and deadlines as a matrix: what was not found is told without colour, years between are told, no page grows."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

import pytest

from govreport_site import addresses
from govreport_site.catalogue import gather
from govreport_site.pages import completeness
from govreport_site.pages.assets import Assets, read_assets
from govreport_site.pages.completeness import matrices
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from tests.whole_site import render_site

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"

WHOLE = """一、主要举措和成效
做了。
二、存在的问题及原因
不足甲，原因是乙。
三、党政主要负责人履行推进法治建设第一责任人职责情况
负责。
四、下一步工作安排
要做。
"""
PART = "一、主要举措和成效\n做了。\n二、存在的问题\n不足。\n"


def read(issuer: str, code: str, year: int, body: str = WHOLE, published: str = "") -> Report:
    extra = f"published: {published}\n" if published else ""
    text = f'---\nissuer: {issuer}\nplace: "{code}"\nyear: {year}\n{extra}---\n{body}'
    return read_text(text, name=issuer, file=f"{code}-{year}-{issuer}.md")


def corpus() -> list[Report]:
    return [
        read("许昌市司法局", "411000", 2025, WHOLE, "2026-03-01"),
        read("许昌市司法局", "411000", 2024, PART, "2025-05-01"),
        read("许昌市司法局", "411000", 2021),
        read("长葛市司法局", "411082", 2022),
        read("河南省司法厅", "410000", 2025),
        read("郑州市司法局", "410100", 2025),
    ]


@cache
def assets() -> Assets:
    return read_assets(TEMPLATES / "static")


def built(reports: list[Report]) -> dict[str, str]:
    catalogue, _ = gather(reports)
    pages = render_site(reports, catalogue, assets(), Site(), TEMPLATES)
    return {page: data.decode() for page, data in pages if page.startswith("completeness/")}


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return built(corpus())


HENAN = "completeness/henan/index.html"


def cells(page: str, issuer: str) -> list[str]:
    """The cells of an issuer's row, what stands only for the eye marked 〔〕."""
    (row,) = re.findall(rf"<tr><th scope=\"row\"><a [^>]*>{issuer}</a></th>(.*?)</tr>", page, re.DOTALL)
    marked = row.replace("<s>", "〔").replace("</s>", "〕").replace("<br>", " ")
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall("<td>(.*?)</td>", marked)]


def test_what_was_not_found_is_struck_out_and_said_in_words(site: dict[str, str]) -> None:
    newest, part, *_ = cells(site[HENAN], "许昌市司法局")
    assert newest == "成缺因责计 按期"
    assert part == "成缺〔因〕〔责〕〔计〕未见不足的原因、党政主要负责人履职、下一年度安排 逾期"


def test_a_year_between_is_missed_only_where_the_corpus_has_it(site: dict[str, str]) -> None:
    heads = re.findall('<th scope="col">(.*?)</th>', site[HENAN])
    assert heads == ["发文机关", "2025 年度", "2024 年度", "2022 年度", "2021 年度"], "2023 nobody has"
    assert cells(site[HENAN], "许昌市司法局")[2] == "未收录"
    assert cells(site[HENAN], "郑州市司法局")[1:] == ["·无", "·无", "·无"]


def test_rules_are_told_as_far_as_they_were_seen(site: dict[str, str]) -> None:
    page = re.sub("<[^>]+>", "", site[addresses.COMPLETENESS])
    assert "第二十四条" in page and "上一年度推进法治政府建设存在的不足和原因" in page
    henan = page[page.index("《河南省法治政府建设年度报告工作规定》") :]
    assert "条文没有见到" in henan and "上一年度" not in henan


def test_many_issuers_are_parted_by_place_and_each_report_is_on_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completeness, "LONGEST_MATRIX", 3)
    catalogue, _ = gather(corpus())
    every = list(matrices(catalogue))
    assert [one.area for one in every] == [
        "henan", "henan/zhengzhou", "henan/xuchang", "henan/xuchang/changge",
    ]  # fmt: skip
    shown = [file for one in every for file in one.files]
    assert sorted(shown) == sorted(entry.file for entry in catalogue.entries)
    pages = built(corpus())
    links = re.findall('href="([^"#?]+)"', pages[HENAN])
    led = {posixpath.normpath(posixpath.join("completeness/henan", link)) for link in links}
    assert {"completeness/henan/zhengzhou/index.html", "completeness/henan/xuchang/index.html"} <= led
    assert "长葛市司法局" in pages["completeness/henan/xuchang/changge/index.html"]


def test_one_report_more_changes_one_page(site: dict[str, str]) -> None:
    after = built([*corpus(), read("北京市司法局", "110000", 2025)])
    assert [page for page in after if after[page] != site.get(page)] == [
        addresses.COMPLETENESS,
        "completeness/beijing/index.html",
    ], "a new province is a new name in the list, and nothing else"
    again = built([*corpus(), read("开封市司法局", "410200", 2025)])
    assert [page for page in again if again[page] != site.get(page)] == [HENAN]


def test_an_empty_corpus_has_a_page_that_says_so() -> None:
    assert "还没有报告" in built([])[addresses.COMPLETENESS]
