"""The pages themselves: lossless, safe, linked, valid in outline, the same every time."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from govreport_site import addresses
from govreport_site.catalogue import Neighbours, gather
from govreport_site.normalise import BLANK
from govreport_site.pages.assets import Assets, read_assets
from govreport_site.pages.environment import Templates
from govreport_site.pages.press import Press
from govreport_site.pages.render import render_report
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from tests.strategies import report_texts
from tests.whole_site import render_site

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
ASSETS = Assets(
    script="assets/site.0.js",
    reader="assets/site.1.js",
    finder="assets/site.2.js",
    later="assets/site.3.js",
    compare="assets/site.4.js",
    style="assets/site.0.css",
    specimen="assets/specimen.0.css",
    icon="assets/site.0.svg",
    files=(),
)

HOSTILE = """---
title: '<script>alert(1)</script>"&'
issuer: '<img src=x onerror=alert(2)>局'
place: "411000"
year: 2025
document_number: '"><b>1</b>'
source_url: 'https://example.org/"onclick="x'
source_file: 'a"b<c>.html'
---
索引号: <b>1</b>
# 主要<u>成效</u>
市委、市政府：
见[<i>附件</i>](https://example.org/a?b=1&c=2)和[坏](javascript:alert(1))，![<b>](http://example.org/a.png)。
| <td> | 数量 |
| --- | ---: |
| 复议 | 12,件 |

![附图"](images/a.png)
## （一）自有行标题<script>
一是<b>甲</b>；二是乙。
1.三级。内容,内容12:30。
（1）四级
四级内容。
二、存在问题和下一步打算
（一）问题。不足甲。
（二）打算。计划乙。
<局>
2026年1月2日
（此件公开发布）
"""

PLAIN = """一、主要举措和成效
2025年，做了几件事。
（一）甲。一是乙。二是丙。
二、存在的不足
不足一句。
三、下一年度安排
（一）丁。要做丁。
"""


def corpus() -> list[Report]:
    known = [
        ("x25", "许昌市卫生健康委员会", "411000", 2025),
        ("x24", "许昌市卫生健康委员会", "411000", 2024),
        ("z25", "郑州市卫生健康委员会", "410100", 2025),
        ("w25", "魏都区人民政府", "411002", 2025),
        ("b25", "东城区人民政府", "110101", 2025),
        ("again", "许昌市卫生健康委员会", "411000", 2025),
    ]
    reports = [
        read_text(f'---\nissuer: {who}\nplace: "{code}"\nyear: {year}\n---\n{PLAIN}', name=file, file=f"{file}.md")
        for file, who, code, year in known
    ]
    reports.append(read_text(HOSTILE, name="hostile", file="hostile.md"))
    reports.append(read_text(PLAIN, name="nobody", file="nobody.md"))
    reports.append(read_text(f"---\nissuer: 审计署\nlevel: national\nyear: 2025\n---\n{PLAIN}", name="", file="n.md"))
    reports.append(read_text("", name="empty", file="empty.md"))
    return reports


def built(reports: list[Report], base: str | None = None) -> dict[str, str]:
    catalogue, _ = gather(reports)
    pages = list(render_site(reports, catalogue, ASSETS, Site(base=base), TEMPLATES))
    assert len(dict(pages)) == len(pages), "two pages at one address"
    return {path: data.decode("utf-8") for path, data in pages}


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return built(corpus())


VOID = {"meta", "link", "hr", "wbr", "input", "br", "img", "base"}


class Page(HTMLParser):
    """A page as a browser would see it: its elements, and the words of the report in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.published = ""
        self.words = ""
        self.unbalanced: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.unbalanced.append(tag)
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data
        classes = [set((attrs.get("class") or "").split()) for _, attrs in self.open]
        ours = any({"note", "pn"} & names for names in classes)
        body = any("text" in names for names in classes) or (
            any("head" in names for names in classes)
            and any((attrs.get("id") or "").startswith("p-") for _, attrs in self.open)
        )
        if body and not ours:
            self.published += data

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    @property
    def links(self) -> list[str]:
        return [attrs[key] or "" for _, attrs in self.elements for key in ("href", "src", "action") if key in attrs]


def visible(text: str) -> str:
    return "".join(character for character in text if character not in BLANK)


def test_every_page_is_balanced_and_has_one_h1_and_no_id_twice(site: dict[str, str]) -> None:
    for path, text in site.items():
        page = Page(text)
        assert not page.unbalanced and not page.open, path
        assert [tag for tag, _ in page.elements].count("h1") == 1, path
        assert len(page.ids) == len(set(page.ids)), path
        assert text.startswith('<!DOCTYPE html>\n<html lang="zh-CN">'), path


def test_headings_step_down_one_at_a_time(site: dict[str, str]) -> None:
    for path, text in site.items():
        levels = [int(tag[1]) for tag, _ in Page(text).elements if re.fullmatch("h[1-6]", tag)]
        assert all(below <= above + 1 for above, below in pairwise(levels)), path


def test_every_link_names_a_file_that_exists(site: dict[str, str]) -> None:
    anchors = {path: set(Page(text).ids) for path, text in site.items()}
    assets = {*(f"assets/site.{n}.js" for n in range(5)), ASSETS.style, ASSETS.specimen, ASSETS.icon}
    for path, text in site.items():
        for link in Page(text).links:
            if re.match("https?://", link):
                continue
            target, _, anchor = link.partition("#")
            target = target.partition("?")[0]
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if there == addresses.data_beside(path):  # beside each report; not a page
                continue
            assert there in site or there in assets, (path, link)
            assert not anchor or anchor in anchors[there], (path, link)


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(site: dict[str, str]) -> None:
    for path, text in site.items():
        for tag, attrs in Page(text).elements:
            assert tag not in ("style", "img", "iframe", "object", "embed"), path
            assert "style" not in attrs and not any(name.startswith("on") for name in attrs), (path, attrs)
            if tag == "script" and attrs.get("type") != "application/ld+json":
                assert (attrs.get("src") or "").endswith(
                    (ASSETS.script, ASSETS.reader, ASSETS.finder, ASSETS.compare)
                ), path
            if tag == "a" and re.match("https?:", attrs.get("href") or ""):
                assert attrs.get("rel") == "noreferrer", (path, attrs)
            assert not re.match(r"\s*(javascript|data|vbscript):", attrs.get("href") or "", re.IGNORECASE), path


def test_hostile_words_are_shown_as_words(site: dict[str, str]) -> None:
    holding = [path for path, text in site.items() if "alert(1)" in Page(text).words or "alert(2)" in Page(text).words]
    assert "index.html" in holding and "henan/xuchang/index.html" in holding and "years/2025/index.html" in holding
    for path in holding:
        assert all(
            tag not in ("img", "b", "u", "i") or attrs.get("class") for tag, attrs in Page(site[path]).elements
        ), path


def reported(site: dict[str, str], reports: list[Report]) -> list[tuple[str, Report, str]]:
    catalogue, _ = gather(reports)
    by_file = {report.file: report for report in reports}
    return [(entry.page, by_file[entry.file], site[entry.page]) for entry in catalogue.entries]


def test_no_character_of_a_report_is_lost_moved_or_added(site: dict[str, str]) -> None:
    for path, report, text in reported(site, corpus()):
        assert visible(Page(text).published) == visible(report.source.text), path


def test_every_passage_and_section_has_its_address(site: dict[str, str]) -> None:
    for path, report, text in reported(site, corpus()):
        ids = set(Page(text).ids)
        assert {passage.id for _, passage in report.passages()} <= ids, path
        assert {section.id for section in report.walk() if section.level > 0} <= ids, path


@cache
def press() -> Press:
    return Press(Templates(TEMPLATES), ASSETS, Site())


@settings(max_examples=60)
@given(report_texts())
def test_lossless_whatever_the_text(text: str) -> None:
    report = read_text(text, name="a", file="a.md")
    catalogue, _ = gather([report])
    page = Page(render_report(press(), report, catalogue.entries[0], Neighbours()).decode("utf-8"))
    assert visible(page.published) == visible(report.source.text)
    assert not page.unbalanced and not page.open
    assert len(page.ids) == len(set(page.ids))


def test_the_same_bytes_every_time_and_in_any_order(site: dict[str, str]) -> None:
    assert built(list(reversed(corpus()))) == site


@pytest.mark.parametrize("count", [0, 1])
def test_a_corpus_of_none_and_of_one(count: int) -> None:
    pages = built(corpus()[:count])
    home = Page(pages["index.html"]).words
    assert ("corpus" in home) == (count == 0)
    for path in ("search", "about", "places", "years", "issuers", "sections", "sections/mixed"):
        assert f"{path}/index.html" in pages


def test_only_the_page_of_lost_addresses_has_a_base() -> None:
    pages = built(corpus()[:1], base="https://example.org/fazhi")
    assert [path for path, text in pages.items() if "<base " in text] == ["404.html"]
    assert '<base href="https://example.org/fazhi/">' in pages["404.html"]
    assert "base-uri 'self'" in pages["404.html"] and "base-uri 'none'" in pages["index.html"]
    assert "<base " not in built([])["404.html"]


def test_a_report_page_knows_only_its_neighbours(site: dict[str, str]) -> None:
    """One more report elsewhere leaves the pages of all others as they were."""
    more = [
        *corpus(),
        read_text(f'---\nissuer: 丽江市公安局\nplace: "530700"\nyear: 2025\n---\n{PLAIN}', name="", file="l.md"),
    ]
    after = built(more)
    for path, _, text in reported(site, corpus()):
        assert after[path] == text, path


def test_classes_of_the_templates_stand_in_the_sheet(site: dict[str, str]) -> None:
    sheets = "".join((TEMPLATES / "static" / name).read_text(encoding="utf-8") for name in ("site.css", "specimen.css"))
    known = set(re.findall(r"\.(-?[a-z][\w-]*)", sheets))
    plain = {
        "ask-in",
        "who-name",
        "text",
        "lv-1",
        "count-year",
        "count-kind",
        "depth-0",
        "kwic-2",
        "versus-2",
        "r",
    }  # named for what they are
    for path, text in site.items():
        used = {name for _, attrs in Page(text).elements for name in (attrs.get("class") or "").split()}
        assert used <= known | plain, (path, used - known)


def test_the_assets_of_the_checkout_can_be_joined() -> None:
    assets = read_assets(TEMPLATES / "static")
    assert assets.script.startswith("assets/") and assets.style.endswith(".css")
