"""In a real browser: a report or one passage is cited and copied, also where there is no clipboard; data blocks break no policy."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

REPORT = "henan/zhengzhou/2025-weijianwei/index.html"


def first_passage(page: Page) -> tuple[str, str]:
    """The address of a numbered passage within its page, and its number."""
    link = page.locator(".text .pn").first
    return link.get_attribute("href") or "", link.get_attribute("data-n") or ""


def test_a_passage_is_cited_when_the_reader_goes_to_it(page: Page, site_url: str) -> None:
    page.goto(site_url + REPORT)
    form = page.locator("#cite .cite").first
    whole = form.inner_text()
    choice = page.locator("[data-cite-choice]")
    expect(choice).to_be_hidden()
    anchor, number = first_passage(page)
    page.locator(f".pn[href='{anchor}']").click()
    expect(choice).to_be_visible()
    expect(form).to_contain_text(f"第{number}段")
    choice.get_by_role("button", name="引用全文").click()
    expect(form).to_have_text(whole)
    choice.get_by_role("button", name=f"只引第 {number} 段").click()
    expect(form).to_contain_text(f"第{number}段")
    assert json.loads(page.locator("#cite pre.cite").last.text_content() or "")[0]["note"] == f"第{number}段"


def test_the_day_of_retrieval_is_the_readers(page: Page, site_http: str) -> None:
    page.goto(site_http + REPORT)
    page.locator("#cite summary", has_text="法学期刊脚注").click()
    today = datetime.date.today()
    note = page.locator("#cite .cite", has_text="：《")
    expect(note).not_to_contain_text("某年某月某日")
    if "最后访问日期" in note.inner_text():
        expect(note).to_contain_text(f"{today.year}年")


def test_a_citation_and_a_passage_with_its_source_are_copied(open_page: Callable[..., Page], site_http: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site_http + REPORT)
    cite = page.locator("#cite")
    cite.get_by_role("button", name="复制").first.click()
    expect(cite.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == cite.locator(".cite").first.inner_text()
    anchor, number = first_passage(page)
    page.goto(site_http + REPORT + anchor)
    page.get_by_role("button", name=f"复制第 {number} 段和出处").click()
    expect(page.locator("[data-cite-choice] button").last).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    words, _, source = copied.partition("\n——")
    assert words and words in (page.locator(anchor).text_content() or "")
    assert f"第{number}段" in source


def test_where_nothing_can_be_copied_the_text_is_selected(open_page: Callable[..., Page], site_url: str) -> None:
    """An old browser, or a page from a folder: the reader presses Ctrl+C."""
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    page.goto(site_url + REPORT)
    cite = page.locator("#cite")
    cite.get_by_role("button", name="复制").first.click()
    expect(cite.get_by_role("button", name="已选中，请按 Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString().trim()") == cite.locator(".cite").first.inner_text()


def test_without_scripts_all_forms_can_be_opened(browser: Browser, site_file: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(site_file + REPORT)
    for summary in page.locator("#cite summary").all():
        summary.click()
    assert page.locator("#cite .cite:visible").count() == 6
    assert page.locator("#cite button:visible").count() == 0
    context.close()


def test_linked_data_are_read_and_break_no_policy(page: Page, site_url: str) -> None:
    """The watched page complains of each violation of the policy."""
    page.goto(site_url + REPORT)
    texts = page.locator("script[type='application/ld+json']").all_text_contents()
    things = [thing["@type"] for text in texts for thing in json.loads(text)["@graph"]]
    assert things == ["Report", "BreadcrumbList"]
