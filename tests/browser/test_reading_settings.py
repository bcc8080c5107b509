"""In a real browser: what a reader may set, where it holds, and that whatever leaves the page is as published."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from urllib.parse import quote

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Hosted
from tests.browser.test_gates import FILLED, opened
from tests.every_form import ODD_SLUG, PAGES

REPORT = "henan/zhengzhou/2025-weijianwei/index.html"  # published with half-width marks
# Titles of the odd one are named in many passages.
FORMS = [*(addresses[0] for addresses in PAGES.values()), *FILLED, f"unplaced/undated-{ODD_SLUG}/index.html"]

# The report's own words: not what the site says beside them.
TEXT = """(() => {
  const text = document.querySelector(".text").cloneNode(true);
  text.querySelectorAll(".note, .pn").forEach((ours) => ours.remove());
  return text.textContent;
})()"""
MARKS = "[...document.querySelectorAll('.text mark')].map((mark) => mark.textContent)"
CURRENT = "[...document.querySelectorAll('mark.is-current')].map((mark) => mark.textContent).join('')"

# Words of that report with its half-width marks, and how they come one after another.
ASKED = ('"活动,坚持"', '"底线,深入"', '"练,提"')
FOUND = ["活动,坚持", "底线,深入", "练,提", "练,提"]

WIDE = "localStorage.setItem('punctuation', 'wide')"
HUGE = "localStorage.setItem('size', 'huge')"
REFUSED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
HALF = ",;:()"


def settings(page: Page) -> None:
    page.locator(".settings summary").click()


def choose(page: Page, name: str, choice: str) -> None:
    page.get_by_role("group", name=name, exact=True).get_by_role("button", name=choice, exact=True).click()


def beside_han(text: str) -> int:
    """Half-width marks that follow a Han character."""
    return sum(mark in HALF and "一" <= before <= "龥" for before, mark in pairwise(text))


def letters_px(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)")
    return size


def test_size_and_theme_hold_on_every_page(site_url: str, page: Page) -> None:
    page.goto(site_url + REPORT)
    normal = letters_px(page)
    settings(page)
    choose(page, "字号", "特大")
    choose(page, "主题", "深色")
    assert letters_px(page) == pytest.approx(normal * 9 / 7, abs=0.1)
    page.goto(site_url + "index.html")
    assert page.evaluate("[document.documentElement.dataset.size, document.documentElement.dataset.theme]") == [
        "huge",
        "dark",
    ]
    settings(page)
    expect(page.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
    choose(page, "字号", "标准")
    choose(page, "主题", "自动")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.go_back()
    assert letters_px(page) == pytest.approx(normal)


def test_by_keyboard_and_escape_closes_it_alone(site_file: str, page: Page) -> None:
    page.goto(site_file + REPORT + "?q=执法")
    summary = page.locator(".settings summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="小", exact=True)).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.dataset.size") == "small"
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".settings-in")).to_be_hidden()
    assert page.locator(".text mark").count()  # a search's marks stay until Escape is pressed outside
    settings(page)
    page.locator("h1").click()
    expect(page.locator(".settings-in")).to_be_hidden()


def test_marks_in_full_width_change_nothing_but_the_look(site_url: str, page: Page) -> None:
    """As long as before, with the same addresses and the same marks of a search, and back again to the letter."""
    page.goto(site_url + REPORT + "?q=制度")
    published, marks = page.evaluate(TEXT), page.evaluate(MARKS)
    assert beside_han(published) > 50 and marks
    settings(page)
    choose(page, "标点", "规范")
    shown = page.evaluate(TEXT)
    assert beside_han(shown) == 0
    assert len(shown) == len(published)
    assert [one for one in shown if one.isdigit()] == [one for one in published if one.isdigit()]
    assert page.evaluate(MARKS) == marks
    page.get_by_role("button", name="不再标出").click()  # joins the text nodes that the marks had cut
    assert page.evaluate(TEXT) == shown
    expect(page.get_by_role("status").filter(has_text="与原文不同")).to_be_visible()
    page.reload()
    assert page.evaluate(TEXT) == shown
    page.get_by_role("button", name="按原文显示").click()
    assert page.evaluate(TEXT) == published
    expect(page.locator(".shown")).to_have_count(0)


@pytest.mark.parametrize("is_wide_first", [True, False])
def test_marks_of_a_search_are_stepped_through_in_full_width(
    site_url: str, open_page: Callable[..., Page], is_wide_first: bool
) -> None:
    """They hold half-width marks themselves: found in what was published, shown as chosen, and each whole.

    Whether the choice was there before the page, or is made while the reader is at one of them.
    """
    page = open_page()
    if is_wide_first:
        page.add_init_script(WIDE)
    page.goto(site_url + REPORT + f"?q={quote(' '.join(ASKED))}")
    at = page.locator(".found .num")
    onwards = page.get_by_role("button", name="下一处")
    expect(at).to_have_text(f"{len(FOUND)} 处")
    onwards.click()
    if not is_wide_first:
        assert page.evaluate(CURRENT) == FOUND[0]
        settings(page)
        choose(page, "标点", "规范")
    for number, found in enumerate([*FOUND, FOUND[0]]):
        expect(at).to_have_text(f"{number % len(FOUND) + 1} / {len(FOUND)}")
        assert page.evaluate(CURRENT) == found.replace(",", "，")
        expect(page.locator("mark.is-current").first).to_be_in_viewport()
        page.keyboard.press("n")
    assert beside_han(page.evaluate(TEXT)) == 0
    page.keyboard.press("N")
    page.get_by_role("button", name="按原文显示").click()
    assert page.evaluate(CURRENT) == FOUND[0]
    page.keyboard.press("N")
    assert page.evaluate(CURRENT) == FOUND[-1]


def test_an_address_of_a_passage_leads_to_its_mark_in_full_width(site_url: str, open_page: Callable[..., Page]) -> None:
    """As the search page writes it: the words and the passage."""
    page = open_page()
    page.add_init_script(WIDE)
    asked = f"?q={quote(' '.join(ASKED))}"
    page.goto(site_url + REPORT + asked)
    anchor = page.locator("mark", has_text="底线").evaluate("(mark) => mark.closest('.para[id]').id")
    page.goto(site_url + "index.html")
    page.goto(site_url + REPORT + asked + f"#{anchor}")
    expect(page.locator(".found .num")).to_have_text(f"2 / {len(FOUND)}")
    assert page.evaluate(CURRENT) == FOUND[1].replace(",", "，")
    expect(page.locator("mark.is-current").first).to_be_in_viewport()


def test_what_is_copied_or_cited_is_as_published(site_http: str, open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(WIDE)
    page.goto(site_http + REPORT)
    anchor = page.locator(".text .para[id]", has_text="，").nth(2).get_attribute("id")
    page.goto(site_http + REPORT + f"#{anchor}")
    shown = page.locator(f"#{anchor}").text_content() or ""
    page.evaluate("(id) => getSelection().selectAllChildren(document.getElementById(id))", anchor)
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert beside_han(copied) > beside_han(shown) == 0
    expect(page.locator(f"#{anchor}")).to_have_text(shown)  # shown again as the reader wants it
    page.locator("[data-cite-choice] button").last.click()
    expect(page.locator("[data-cite-choice] button").last).to_have_text("已复制")
    cited = page.evaluate("navigator.clipboard.readText()").partition("\n——")[0]
    assert beside_han(cited) == beside_han(copied)
    expect(page.locator(f"#{anchor}")).to_have_text(shown)


def test_print_is_as_published_and_in_its_own_size(site_file: str, open_page: Callable[..., Page]) -> None:
    prints = []
    for script in ("", HUGE + ";" + WIDE):
        page = open_page()
        page.add_init_script(script)
        page.goto(site_file + REPORT)
        with pypdfium2.PdfDocument(page.pdf()) as pdf:
            prints.append([sheet.get_textpage().get_text_range() for sheet in pdf])
    assert prints[0] == prints[1]
    assert beside_han("".join(prints[0])) > 50
    assert beside_han(page.evaluate(TEXT)) == 0


def test_nothing_is_seen_before_it_is_as_chosen(site_http: str, open_page: Callable[..., Page]) -> None:
    """The text waits for its punctuation, and a second at most: also where the script never comes."""
    page = open_page()
    page.add_init_script(HUGE + ";" + WIDE)
    page.route("**/assets/reader.*", lambda route: None)
    page.goto(site_http + REPORT, wait_until="commit")
    seen = "(element) => [getComputedStyle(element).visibility, document.documentElement.dataset.size]"
    text = page.locator(".text")
    assert text.evaluate(seen) == ["hidden", "huge"]
    expect(text).to_be_visible(timeout=5000)


def test_an_address_of_a_passage_still_leads_there(site_file: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.add_init_script(WIDE)
    page.goto(site_file + REPORT)
    anchor = page.locator(".text .para[id]").nth(6).get_attribute("id")
    page.goto(site_file + "index.html")
    page.goto(site_file + REPORT + f"#{anchor}")
    page.wait_for_load_state()
    assert 0 <= page.locator(f"#{anchor}").evaluate("(one) => one.getBoundingClientRect().top") < 100


def test_where_storage_is_refused_choices_last_as_long_as_the_page(
    site_file: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.add_init_script(REFUSED)
    page.goto(site_file + REPORT)
    settings(page)
    choose(page, "标点", "规范")
    choose(page, "字号", "大")
    assert beside_han(page.evaluate(TEXT)) == 0
    page.reload()
    assert beside_han(page.evaluate(TEXT)) > 50
    assert page.evaluate("document.documentElement.dataset.size") is None


def test_without_script_nothing_is_offered_and_nothing_lost(browser: Browser, site_file: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(site_file + REPORT)
    expect(page.locator(".settings")).to_be_hidden()
    expect(page.locator(".text")).to_be_visible()
    context.close()


def test_punctuation_is_set_where_there_is_a_report(site_file: str, page: Page) -> None:
    page.goto(site_file + "index.html")
    settings(page)
    expect(page.get_by_role("group", name="字号")).to_be_visible()
    expect(page.get_by_role("group", name="标点")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_settings_are_accessible_and_within_a_phone(
    site_file: str, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], scheme: str
) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
    page.add_init_script(HUGE + ";" + WIDE)
    page.goto(site_file + REPORT)
    settings(page)
    box = page.locator(".settings-in").bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert axe(page) == []


def test_every_form_of_page_stays_whole_in_every_size(every_form: Hosted, open_page: Callable[..., Page]) -> None:
    """Down to the narrowest screen: only a table that says so scrolls, within itself."""
    site = every_form.folder.as_uri() + "/"
    page = open_page()
    page.add_init_script(HUGE)
    wide = []

    def look(address: str, width: int, size: str) -> None:
        page.evaluate("(size) => { document.documentElement.dataset.size = size; }", size)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(f"{address} at {width}, {size}")

    for address in FORMS:
        if address == "404.html":  # opened by hosts alone
            continue
        opened(page, site, address)
        for width in (1280, 960, 768, 390, 360):
            page.set_viewport_size({"width": width, "height": 800})
            look(address, width, "huge")
        page.set_viewport_size({"width": 320, "height": 800})
        for size in ("huge", "large", "small"):  # the usual one is test_gates.py's
            look(address, 320, size)
    assert not wide
