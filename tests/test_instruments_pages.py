"""Pages of titled texts: who names which where, each title once whatever its spelling, and lists that stay bounded."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site import addresses
from govreport_site.catalogue import gather
from govreport_site.pages import instruments
from govreport_site.pages.assets import read_assets
from govreport_site.pages.quotes import quote, sentence_around
from govreport_site.pages.runs import Mark
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report
from govreport_site.source import Span
from tests.whole_site import render_site

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
LAW = addresses.instrument_page("行政处罚法")


def report(name: str, text: str, year: int = 2025) -> Report:
    file = f"{name}{year}.md"
    body = f"{name}关于{year}年法治政府建设情况的报告\n一、主要举措和成效\n（一）规范执法。{text}\n"
    return read_text(body, name=file, file=file)


def pages_of(*reports: Report) -> dict[str, str]:
    made = render_site(reports, gather(reports)[0], read_assets(TEMPLATES / "static"), Site(), TEMPLATES)
    return {page: data.decode() for page, data in made if page.startswith("instruments/")}


def titles(page: str) -> dict[str, str]:
    """Title → where its link leads."""
    return {title: to for to, title in re.findall('<li><a href="([^"]*)">《(.*?)》</a>', page)}


def sentences(page: str) -> list[str]:
    return [re.sub("<[^>]*>", "", text) for text in re.findall('<p class="quote">(.*?)</p>', page)]


def seeds() -> Iterator[Report]:
    for path in sorted((ROOT / "corpus/henan").rglob("*.md")):
        yield read_report(path, name=path.name, file=path.relative_to(ROOT / "corpus").as_posix())


def test_the_list_of_the_seeds_holds_their_titles_by_class_each_leading_to_its_passage() -> None:
    (page,) = pages_of(*seeds()).values()
    found = titles(page)
    assert len(found) == 15  # 3 and 10, a newspaper and a film
    assert all(re.fullmatch(r"\.\./henan/.*/index\.html#[ps]-[0-9a-f-]+", to) for to in found.values())
    classes = dict(re.findall('<h2 id="g-\\d+">(.*?)</h2>\n(.*?)</section>', page, re.DOTALL))
    assert list(classes) == ["法规", "规章、规定", "文件", "规划、计划", "作品", "媒体"]
    assert list(titles(classes["媒体"])) == ["河南法制报"]
    assert list(titles(classes["作品"])) == ["守护职业健康 共筑安全防线"]


def test_spellings_of_one_title_share_a_page_that_shows_them_and_every_sentence() -> None:
    pages = pages_of(
        report(
            "许昌市司法局", "学习《中华人民共和国行政处罚法》（以下简称《处罚法》）。严格执行《处罚法》，公正执法。"
        ),
        report("郑州市司法局", "落实《行政处罚法》要求。", 2024),
    )
    page = pages[LAW]
    assert sentences(page) == [
        "落实《行政处罚法》要求。",
        "学习《中华人民共和国行政处罚法》（以下简称《处罚法》）。",
        "严格执行《处罚法》，公正执法。",
    ]
    assert "《中华人民共和国行政处罚法》" in page.partition("又作")[2]
    assert "“处罚法”" in page.partition("简称")[2]
    assert "<dd>法律" in page
    assert "规范执法" in page
    assert set(titles(pages[addresses.INSTRUMENTS]).values()) == {posixpath.relpath(LAW, "instruments")}


def test_a_title_that_names_no_maker_is_said_to_be_borne_by_several_perhaps() -> None:
    text = "落实《关于加强普法工作的通知》。"
    pages = pages_of(report("许昌市司法局", text), report("郑州市司法局", text))
    (page,) = (text for name, text in pages.items() if name != addresses.INSTRUMENTS)
    assert "未必是同一件" in page


def test_without_any_title_the_list_says_so() -> None:
    pages = pages_of(report("许昌市司法局", "没有提到什么。"))
    assert set(pages) == {addresses.INSTRUMENTS}
    assert "还没有" in pages[addresses.INSTRUMENTS]


def test_in_a_large_corpus_every_title_stands_in_exactly_one_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """By class what several provinces name; the rest in the smallest area that holds all who name it."""
    monkeypatch.setattr(instruments, "LONGEST_LIST", 1)
    monkeypatch.setattr(instruments, "LONGEST_PROVINCE", 1)
    pages = pages_of(
        report("许昌市司法局", "执行《行政处罚法》《许昌市甲办法》《河南省乙条例》。"),
        report("郑州市司法局", "执行《行政处罚法》《郑州市丙办法》《河南省乙条例》。"),
        report("武汉市司法局", "执行《行政处罚法》《武汉市丁办法》。"),
    )
    lists = {page: list(titles(text)) for page, text in pages.items() if not page.startswith("instruments/i-")}
    assert lists == {
        "instruments/index.html": [],
        "instruments/law/index.html": ["行政处罚法"],
        "instruments/in/henan/index.html": ["河南省乙条例"],
        "instruments/in/henan/xuchang/index.html": ["许昌市甲办法"],
        "instruments/in/henan/zhengzhou/index.html": ["郑州市丙办法"],
        "instruments/in/hubei/index.html": ["武汉市丁办法"],
    }
    led = set(re.findall('href="((?:law|in)/[^"]*)"', pages[addresses.INSTRUMENTS]))
    assert led == {"law/index.html", "in/henan/index.html", "in/hubei/index.html"}
    assert 'href="xuchang/index.html"' in pages["instruments/in/henan/index.html"]


def test_a_title_that_many_name_has_a_page_an_area_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instruments, "MOST_ON_A_PAGE", 1)
    names = ("河南省司法厅", "许昌市司法局", "武汉市司法局")
    pages = pages_of(*(report(name, f"{name}执行《行政处罚法》。") for name in names))
    assert not sentences(pages[LAW])
    for area, name in zip(("henan", "henan/xuchang", "hubei"), names, strict=True):
        assert sentences(pages[addresses.instrument_page("行政处罚法", area)]) == [f"{name}执行《行政处罚法》。"]
    for area in ("henan", "hubei"):
        assert f'href="{area}/index.html"' in pages[LAW]
    assert 'href="xuchang/index.html"' in pages[addresses.instrument_page("行政处罚法", "henan")]


def test_the_number_of_reports_moves_a_title_only_at_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each report more would change every list of laws."""
    monkeypatch.setattr(instruments, "LONGEST_LIST", 0)
    monkeypatch.setattr(instruments, "MOST_ON_A_PAGE", 1)
    texts = [
        report(name, "执行《行政处罚法》。")
        for name in ("许昌市司法局", "武汉市司法局", "南京市司法局", "郑州市司法局")
    ]
    page = "instruments/law/index.html"
    two, three, four = (pages_of(*texts[:count])[page] for count in (2, 3, 4))
    assert two != three
    assert three == four


@given(st.text(alphabet="甲乙，。；！”\n ", max_size=40), st.text(alphabet="丙，。；”\n ", max_size=40))
def test_a_sentence_holds_its_title_and_no_other_s_end(before: str, after: str) -> None:
    text = f"{before}《某法》{after}"
    span = Span(len(before), len(before) + 4)
    found = sentence_around(text, Span(0, len(text)), span)
    assert found.covers(span)
    assert not re.search("[。；！\n]", text[found.start : span.start].lstrip("”"))
    assert not re.search("[。；！\n][^”]", text[span.end : found.end])


def test_a_long_sentence_is_cut_at_commas_and_says_so() -> None:
    text = f"{'甲' * 90}，乙乙，执行《某法》，丙丙，{'丁' * 90}。"
    said = read_text(f"某局关于2025年法治政府建设情况的报告\n{text}\n", name="a.md", file="a.md")
    at = said.source.text.index("甲")
    law = said.source.text.index("《")
    cut = quote(said, Span(at, at + len(text)), [Mark(Span(law, law + 4), "instrument")])
    assert "".join(run.text for run in cut.runs) == "乙乙，执行《某法》，丙丙"
    assert (cut.before, cut.after) == (True, True)
