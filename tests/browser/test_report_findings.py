"""What findings add to a report's page, where the reader meets it: marks that can be switched off, notes that lead both ways."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

XUCHANG = "henan/xuchang/2025-weijianwei/index.html"


def line_under(page: Page, of: str) -> str:
    line: str = page.locator(of).first.evaluate("(it) => getComputedStyle(it).textDecorationLine")
    return line


def test_marks_are_seen_without_script_and_switched_off_for_good(
    site_http: str, open_page: Callable[..., Page], page: Page
) -> None:
    plain = open_page(site_http + XUCHANG, java_script_enabled=False)
    assert line_under(plain, ".figure") == "underline"
    expect(plain.locator("[data-marks]").first).to_be_hidden()
    page.goto(site_http + XUCHANG)
    press = page.get_by_role("button", name="标出数据和文件")
    expect(press).to_have_attribute("aria-pressed", "true")
    press.click()
    assert line_under(page, ".figure") == line_under(page, ".instrument") == "none"
    page.reload()
    assert line_under(page, ".figure") == "none"
    expect(press).to_have_attribute("aria-pressed", "false")
    press.click()
    assert line_under(page, ".instrument") == "underline"


def test_words_of_a_search_are_marked_over_the_marks_of_findings(site_file: str, page: Page) -> None:
    """One hit that begins in plain text and ends in a figure, one across two titles: each is one step."""
    for query, joined in (
        ("受理依申请公开8件", "受理依申请公开8件"),
        ("六条措施》《许昌市严格", "六条措施》《许昌市严格"),
    ):
        page.goto(site_file + XUCHANG + "?q=" + query)
        expect(page.locator(".found .num")).to_have_text("1 处")
        assert "".join(page.locator(".text mark").all_text_contents()) == joined
        page.get_by_role("button", name="不再标出").click()
        expect(page.locator(".text mark")).to_have_count(0)
        expect(page.locator(".text .figure")).to_have_count(15)


def test_words_of_notes_are_no_hits(site_file: str, page: Page) -> None:
    page.goto(site_file + XUCHANG + "?q=可参看安排")
    expect(page.locator(".found")).to_contain_text("不在本报告正文中")


def test_from_a_problem_to_its_plan_and_back(site_file: str, page: Page) -> None:
    page.goto(site_file + XUCHANG)
    page.get_by_role("note").get_by_role("link", name="进一步增强普法针对性").click()
    expect(page.locator(":target")).to_contain_text("进一步增强普法针对性")
    page.get_by_role("note").get_by_role("link", name="普法针对性有待提高").click()
    expect(page.locator(":target")).to_contain_text("普法针对性有待提高")


def test_a_title_in_the_text_leads_to_its_line_in_the_list_and_that_back(site_file: str, page: Page) -> None:
    page.goto(site_file + XUCHANG)
    page.locator(".text a.instrument").first.click()
    expect(page.locator("tr:target")).to_contain_text("年度报告工作规定")
    page.locator("tr:target").get_by_role("link", name="第 2 段").click()
    expect(page.locator(".para:target .instrument").first).to_contain_text("年度报告工作规定")
