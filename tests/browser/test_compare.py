"""Reports side by side, in a real browser, over http and from a folder; and the pages of topics."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

XUCHANG, ZHENGZHOU = "henan/xuchang/2025-weijianwei", "henan/zhengzhou/2025-weijianwei"
BOTH = f"compare/index.html?r={XUCHANG}&r={ZHENGZHOU}"


def rows(page: Page) -> list[str]:
    expect(page.locator(".band").first).to_be_visible()
    names: list[str] = page.eval_on_selector_all(
        ".band > h3", "all => all.map((one) => [...one.childNodes].find((node) => node.nodeType === 3).data)"
    )
    return names


def test_two_reports_stand_side_by_side_with_every_line_of_their_sections(
    root: Path, site_url: str, page: Page
) -> None:
    """As published: what a reader sees of a column is what its file holds."""
    page.goto(site_url + BOTH)
    assert rows(page) == ["主要举措和成效", "存在的不足", "下一年度安排"]
    expect(page.locator(".versus-head h2")).to_have_text(["甲许昌市卫生健康委员会", "乙郑州市卫生健康委员会"])
    page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
    texts = page.eval_on_selector_all(
        ".band .cell:first-child .stated", "all => all.map((one) => one.firstChild.textContent.replace(/\\n/g, ''))"
    )
    (source,) = (root / "corpus").rglob("*xuchang*.md")
    published = source.read_text("utf-8")
    assert len(texts) == 10
    assert all(text in published for text in texts)


def test_choosing_is_a_step_that_back_takes_back(site_url: str, page: Page) -> None:
    """By keyboard alone: type, go down to the offer, press; the address says what is shown."""
    page.goto(f"{site_url}compare/index.html")
    field = page.get_by_label("加一份报告")
    for typed, count in (("许昌 卫健", 0), ("许昌 卫生 2025", 1)):
        field.fill(typed)
        expect(page.locator(".offered button")).to_have_count(count)
    field.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("再选一份，就能并排比较。")).to_be_visible()
    expect(field).to_be_focused()
    field.fill("郑州")
    page.locator(".offered button").click()
    expect(page.locator(".versus-head h2")).to_have_count(2)
    assert page.url.endswith(f"?r={XUCHANG}&r={ZHENGZHOU}")
    page.get_by_label("按主题").check()
    expect(page.locator(".band > h3", has_text="行政执法")).to_be_visible()
    assert page.url.endswith("&by=topic")
    page.go_back()
    expect(page.locator(".band > h3", has_text="存在的不足")).to_be_visible()
    page.go_back()
    expect(page.locator(".versus-head h2")).to_have_count(1)
    page.go_forward()
    page.get_by_role("button", name="移除 许昌市卫生健康委员会").click()
    expect(page.locator(".versus-head h2")).to_have_text(["甲郑州市卫生健康委员会"])


def test_a_topic_and_a_kind_show_how_each_worded_it(site_url: str, open_page: Callable[..., Page]) -> None:
    """The writer's view, and a copy that says where it comes from."""
    page = open_page(f"{site_url}{BOTH}&by=topic&kind=plans&topic=普法与法治宣传")
    assert rows(page) == ["普法与法治宣传"]
    expect(page.locator(".cell .hd")).to_have_text([re.compile("进一步增强普法针对性"), re.compile("拓展普法维度")])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".stated button").first.click()
    expect(page.locator(".stated button").first).to_have_text("已复制")
    text, source = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert text.startswith("深入了解不同群体的法律需求")
    assert source.startswith("——许昌市卫生健康委员会. 许昌市卫生健康委员会关于2025年法治政府建设情况的报告[R")


def test_what_is_not_there_is_said(site_url: str, page: Page) -> None:
    """A report that has gone, and limits that leave nothing, are told, not hidden."""
    page.goto(f"{site_url}compare/index.html?r={XUCHANG}&r=henan/xuchang/1999-gone")
    expect(page.locator(".versus-head > :nth-child(2)")).to_contain_text("没有这份报告")
    expect(page.locator(".band .cell:nth-child(2)").first).to_have_text("乙未见")
    page.locator("select[name=kind]").select_option("leadership")
    expect(page.get_by_text("按现在的限定，这些报告都没有说到。")).to_be_visible()


def test_an_issuer_is_its_years(site_file: str, page: Page) -> None:
    page.goto(f"{site_file}compare/index.html?r=henan/xuchang/weijianwei&r={ZHENGZHOU}")
    expect(page.locator(".versus-head > :first-child p")).to_have_text("2025 年度")
    assert rows(page)


def test_pages_of_places_and_issuers_lead_to_a_comparison(site_url: str, page: Page) -> None:
    page.goto(f"{site_url}henan/xuchang/weijianwei/index.html")
    page.get_by_role("link", name="并排比较全文").click()
    expect(page.locator(".versus-head h2")).to_have_text(["甲许昌市卫生健康委员会"])


def test_without_script_it_says_what_it_needs(site_file: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{site_file}compare/index.html", java_script_enabled=False)
    expect(page.get_by_role("heading", name="比较需要脚本")).to_be_visible()
    expect(page.get_by_label("加一份报告")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [BOTH, f"{BOTH}&by=topic"],
)
def test_no_accessibility_violation(
    site_http: str, page: Page, axe: Callable[[Page], list[str]], address: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site_http + address)
    rows(page)
    page.get_by_label("加一份报告").fill("河南")
    expect(page.locator(".offered button")).to_have_count(2)
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_scrolls_sideways(site_file: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in (f"{BOTH}&r=henan/gone/2025-x&r=henan/xuchang/weijianwei", "topics/enforcement/henan/index.html"):
        page.goto(site_file + address)
        if address.startswith("compare"):
            rows(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_facet_of_topics_counts_what_choosing_it_gives(site_url: str, page: Page) -> None:
    page.goto(f"{site_url}search/index.html?q=执法")
    label = page.locator('[data-part="side"] label').filter(has_text="行政执法")
    count = label.locator(".n").inner_text()
    label.get_by_role("checkbox").check()
    expect(page.locator(".bar strong")).to_contain_text(f"{count} 段")
    assert "topic=" in page.url
