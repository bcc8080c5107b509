"""The site of the two reports in a real browser, by http and from a folder on disk.

Any console error, CSP violation, failed request or request to the outside fails a test:
`conftest.py` watches every page.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from govreport_site.normalise import BLANK, normalise, trim
from govreport_site.reading.read import read_report, report_files
from govreport_site.source import Span

XUCHANG = "henan/xuchang/2025-weijianwei/index.html"


def lines_of_corpus(root: Path) -> list[str]:
    """What is searched: every line of every body, as published."""
    lines = []
    for path in report_files(root / "corpus"):
        body = read_report(path, name=path.name).source
        lines += [body.cut(trim(body.text, line)) for line in body.lines()]
    return [line for line in lines if line]


def search(page: Page, query: str, **options: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "([query, options]) => window.govreport.search(query, options)", [query, {"limit": "1000", **options}]
    )
    return found


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_half_sentences_find_exactly_the_passages_that_hold_them(root: Path, site_url: str, page: Page) -> None:
    """50 strings at random offsets, whatever they cut; and 10 that stand nowhere."""
    lines = lines_of_corpus(root)
    held = [normalise(line) for line in lines]
    dice = random.Random(20251)
    page.goto(site_url + "search/index.html")
    asked = 0
    while asked < 50:
        line = dice.choice([line for line in lines if len(line) > 30])
        start = dice.randrange(len(line) - 4)
        query = line[start : start + dice.randint(2, 25)]
        if not normalise(query) or any(mark in query for mark in ' \u3000\t"-:：') or query.strip() != query:
            continue  # what a query's operators mean is another test
        asked += 1
        found = search(page, query)
        wanted = sorted(line for line, text in zip(lines, held, strict=True) if normalise(query) in text)
        assert sorted(hit["text"] for hit in found["hits"]) == wanted, query
        assert found["total"] == len(wanted)
        for hit in found["hits"]:
            assert hit["marks"], query
            for start_16, end_16 in hit["marks"]:
                marked = normalise(utf16(hit["text"], start_16, end_16))
                assert normalise(query) in marked
                assert set(marked) <= set(normalise(query))
    everything = "".join(held)
    for impossible in [
        "行政复议决定书",
        "双随机二公开",
        "郑州市教育局",
        "二〇二五",
        "普法法",
        "99.9%",
        "1061余篇",
        "AC岗",
        "一是二是",
        "法治政府建设建设",
    ]:
        assert normalise(impossible) not in everything
        found = search(page, impossible)
        assert (found["total"], found["hits"]) == (0, []), impossible


@pytest.mark.parametrize("query", ["双随机一公开", "双随机、一公开", "“双随机、一公开”", "双 随 机"])
def test_marks_that_join_are_not_needed_and_do_no_harm(site_file: str, page: Page, query: str) -> None:
    page.goto(site_file + "search/index.html")
    found = search(page, query)
    assert found["total"] == 2
    assert {hit["report"]["place"] for hit in found["hits"]} == {"411000", "410100"}


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("普法", 9),
        ("普法 -医院", 6),
        ('"双随机一公开"', 0),
        ('"双随机、一公开"', 2),
        ("普法 种类:问题", 2),
        ("普法 种类：计划", 2),
        ("普法 地区:许昌", 4),
        ("普法 年份:2024", 0),
        ("普法 年份:2020-2025", 9),
        ("普法 机关:卫生健康", 9),
        ("普法 机关:公安", 0),
        ("AB岗", 1),
        ("1+14", 1),
        ("99.8%", 1),
        ("99.8％", 1),
        ("执法人员 不足", 2),
    ],
)
def test_query_operators(site_file: str, page: Page, query: str, total: int) -> None:
    page.goto(site_file + "search/index.html")
    assert search(page, query)["total"] == total


def test_facets_count_what_choosing_them_gives(site_file: str, page: Page) -> None:
    page.goto(site_file + "search/index.html")
    facets = search(page, "执法")["facets"]
    assert {"kind", "place", "year", "issuer_kind"} <= set(facets)
    for name in ("kind", "place", "year", "issuer_kind"):
        assert facets[name]
        for value in facets[name]:
            assert search(page, "执法", **{name: value["value"]})["total"] == value["count"], (name, value)


def test_searching_and_following_a_hit(site_url: str, page: Page) -> None:
    """What a scholar does: type at home, look at the passages, open one with its marks."""
    page.goto(site_url + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("一次办成")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?**")
    hits = page.locator(".hit")
    expect(hits).to_have_count(1)
    expect(hits.locator("mark")).to_have_text("一次办成")
    expect(hits).to_contain_text("郑州市卫生健康委员会")
    expect(page.locator("[aria-live]").first).to_contain_text("1")
    hits.locator("h2 a").click()
    page.wait_for_url("**/henan/zhengzhou/2025-weijianwei/index.html?**#p-*")
    marks = page.locator("article mark")
    expect(marks).to_have_text(["一次办成"])
    passage = page.locator(".para:target")
    expect(passage).to_contain_text("跨部门信息共享机制仍需健全")
    box = passage.bounding_box()
    assert box is not None
    size = page.viewport_size
    assert size is not None
    assert -5 < box["y"] < size["height"]
    page.go_back()
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator("#q, input[name=q]").first).to_have_value("一次办成")


def test_state_is_in_the_address_and_the_back_button_works(site_url: str, page: Page) -> None:
    page.goto(site_url + "search/index.html?q=普法")
    expect(page.locator(".hit")).to_have_count(9)
    page.locator("input[name=kind][value=problems]").check()
    expect(page.locator(".hit")).to_have_count(2)
    assert "kind=problems" in page.url
    page.reload()
    expect(page.locator(".hit")).to_have_count(2)
    page.go_back()
    expect(page.locator(".hit")).to_have_count(9)


def test_on_a_phone_hits_come_before_filters(site_file: str, page: Page) -> None:
    """A fold holds all filters but the first; open when one of them is chosen, and always beside the hits."""
    address = site_file + "search/index.html?q=普法"
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address)
    expect(page.locator(".hit").first).to_be_in_viewport()
    year = page.locator("input[name=year]")
    expect(year).not_to_be_visible()
    page.locator(".facets > summary").click()
    year.check()
    expect(year).to_be_visible()
    assert "year=2025" in page.url
    page.reload()
    expect(year).to_be_checked()
    expect(year).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    expect(year).to_be_visible()


def test_nothing_found_says_what_was_searched_and_offers_a_way_on(site_file: str, page: Page) -> None:
    page.goto(site_file + "search/index.html?q=行政复议决定")
    empty = page.locator(".empty")
    expect(empty).to_contain_text("行政复议决定")
    expect(empty).to_contain_text("2 份报告")
    assert empty.locator("a").count() >= 1
    empty.locator("a").first.click()
    expect(page.locator(".hit").first).to_be_visible()


def test_an_address_that_is_no_longer_there_is_said(site_file: str, page: Page) -> None:
    page.goto(site_file + XUCHANG + "#p-000000")
    expect(page.get_by_text("不在本报告中").or_(page.get_by_text("没有这一段")).first).to_be_visible()


def test_a_report_reads_without_script(site_file: str, open_page: Callable[..., Page]) -> None:
    page = open_page(site_file + XUCHANG, java_script_enabled=False)
    expect(page.locator("h1")).to_contain_text("许昌市卫生健康委员会")
    expect(page.locator("article .para")).to_have_count(11)
    page.goto(site_file + "search/index.html")
    expect(page.locator("noscript")).to_have_count(1)


def test_the_text_of_a_page_is_the_text_of_the_report(root: Path, site_file: str, page: Page) -> None:
    """Promise 1 where the reader sees it: every character, in order, none added."""
    for path in report_files(root / "corpus"):
        body = read_report(path, name=path.name).source.text
        page.goto(site_file + f"henan/{path.parent.name}/2025-weijianwei/index.html")
        shown = page.evaluate(
            """() => {
              const kept = [];
              const walk = (node) => {
                if (node.nodeType === Node.TEXT_NODE) { kept.push(node.data); return; }
                if (node.matches && node.matches(".note, .pn, .gap, [data-site], nav, .meta, .tools, .back, .where")) return;
                node.childNodes.forEach(walk);
              };
              const title = document.querySelector(".title-block h1");
              if (title && title.querySelector("[id]")) walk(title);
              walk(document.querySelector(".text"));
              return kept.join("");
            }"""
        )
        plain = "".join(c for c in body if c not in BLANK)
        assert "".join(c for c in shown if c not in BLANK) == plain


def test_copying_a_paragraph_gives_the_published_string(root: Path, site_file: str, page: Page) -> None:
    page.goto(site_file + XUCHANG)
    lines = lines_of_corpus(root)
    copied = page.evaluate(
        """() => [...document.querySelectorAll("article .text .para")].map((para) => {
          const range = document.createRange();
          range.selectNodeContents(para);
          const selection = getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
          return selection.toString();
        })"""
    )
    assert len(copied) == 11
    for text in copied:
        assert text.strip() in lines


def test_spans_of_the_corpus_are_whole(root: Path) -> None:
    """`lines_of_corpus` above stands on this: a line is cut at line feeds only."""
    for path in report_files(root / "corpus"):
        source = read_report(path, name=path.name).source
        assert "\n".join(source.cut(line) for line in source.lines()) == source.text.removesuffix("\n")
        assert source.lines()[0] == Span(0, source.text.index("\n"))
