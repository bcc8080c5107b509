"""The search page in a real browser: suggestions, filters, the three ways to see hits, keyboard, CSV.

On a site of its own, made of short reports from three cities and four years, with one list of
suggestions that is always the same: what is suggested in earnest is tests/test_terms.py's.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from govreport_site import places
from govreport_site.search.terms import ReportTerms, suggestion_file
from tests.browser.conftest import Handler

REPORTS = [
    ("许昌市", "411000", 2022, "司法局", "sifa"),
    ("许昌市", "411000", 2023, "司法局", "sifa"),
    ("许昌市", "411000", 2025, "公安局", "gongan"),
    ("洛阳市", "410300", 2023, "司法局", "sifa"),
    ("武汉市", "420100", 2024, "司法局", "sifa"),
    ("武汉市", "420100", 2025, "公安局", "gongan"),
]
# 600 times in 30 passages: more than a concordance shows at once.
MANY = 600


def text_of(city: str, place: str, year: int, body: str, slug: str) -> str:
    many = (
        "".join(f"（{numeral}）{'考核一次。' * 20}\n" for numeral in NUMERALS)
        if (city, year) == ("洛阳市", 2023)
        else ""
    )
    return (
        f'---\ntitle: {city}{body}{year}年法治政府建设年度报告\nissuer: {city}{body}\nissuer_kind: {body[:2]}\nslug: {slug}\nplace: "{place}"\n'
        f"year: {year}\npublished: {year + 1}-01-20\n---\n"
        f"一、主要举措和成效\n（一）{city}普法有力。{year}年开展普法活动，规范行政执法，行政执法监督到位。\n"
        f"二、存在的不足\n（一）{city}普法针对性不强，行政复议人员不足。\n{many}"
        f"三、下一年度安排\n（一）{city}继续普法，推进行政执法监督。\n"
    )


NUMERALS = "二三四五六七八九十" + "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌"


@pytest.fixture(scope="module")
def made_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    (folder / "corpus").mkdir()
    for report in REPORTS:
        (folder / "corpus" / f"{report[1]}-{report[2]}.md").write_text(text_of(*report), encoding="utf-8")
    output = folder / "site"
    command = [sys.executable, "-P", "-m", "govreport_site", "build"]
    command += ["--corpus", str(folder / "corpus"), "--output", str(output)]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)
    known = ReportTerms({"行政执法": 9, "行政执法监督": 5, "行政复议": 2, "普法活动": 1}, ("规范行政执法",), "设执监")
    cities = [
        (place, 2) for code in ("410000", "411000", "410300", "420000", "420100") if (place := places.place(code))
    ]
    file = suggestion_file([known, known], cities, [("sifaju", "司法"), ("gonganju", "公安")])
    (output / "search" / "suggestions.js").write_bytes(file)
    return output


@pytest.fixture(scope="module")
def made_http(made_site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(made_site))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def ask(made_site: Path, page: Page) -> Callable[[str], Page]:
    def ask(query: str) -> Page:
        page.goto(f"{made_site.as_uri()}/search/index.html{query}")
        return page

    return ask


def type_in(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.locator("#q").fill("")
    page.keyboard.type(text)


def offers(page: Page) -> list[str]:
    expect(page.get_by_role("listbox")).to_be_visible()
    return page.locator("[role=option] .offer").all_text_contents()


def test_a_list_opens_while_typing_and_is_used_by_keyboard(ask: Callable[[str], Page]) -> None:
    page = ask("")
    box = page.get_by_role("combobox", name="检索词")
    expect(box).to_have_attribute("aria-expanded", "false")
    type_in(page, "行政")
    assert offers(page) == ["行政执法", "行政执法监督", "行政复议", "规范行政执法"]
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("规范行政执法")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_have_value("行政执法监督")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator(".hit")).to_have_count(12)
    assert "q=%E8%A1%8C%E6%94%BF%E6%89%A7%E6%B3%95%E7%9B%91%E7%9D%A3" in page.url


def test_escape_closes_the_list_first_and_then_arrows_walk_the_hits(ask: Callable[[str], Page]) -> None:
    page = ask("")
    box = page.get_by_role("combobox", name="检索词")
    type_in(page, "行政")
    offers(page)
    expect(page.locator(".hit").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("行政")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hit h2 a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hit h2 a").nth(1)).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_letters_of_an_input_method_are_left_alone(ask: Callable[[str], Page]) -> None:
    page = ask("")
    type_in(page, "行政")
    offers(page)
    page.evaluate(
        """() => {
          const box = document.querySelector("#q");
          box.dispatchEvent(new CompositionEvent("compositionstart"));
          box.value = "xc";
          box.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
        }"""
    )
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.evaluate(
        """() => {
          const box = document.querySelector("#q");
          box.value = "许昌";
          box.dispatchEvent(new CompositionEvent("compositionend"));
        }"""
    )
    assert offers(page) == ["许昌市"]


def test_a_place_by_its_initials_narrows_what_is_asked(ask: Callable[[str], Page]) -> None:
    page = ask("")
    type_in(page, "普法 xc")
    assert offers(page) == ["许昌市"]
    page.get_by_role("option").click()
    expect(page.locator("#q")).to_have_value("普法")
    expect(page.locator(".hit")).to_have_count(9)
    assert "place=411000" in page.url
    expect(page.locator(".chip")).to_have_text(["许昌市"])
    type_in(page, "wuhan")
    assert offers(page) == ["武汉市"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("地区:武汉市")


def test_a_traditional_query_is_offered_in_simplified_characters_and_never_changed(ask: Callable[[str], Page]) -> None:
    page = ask("")
    type_in(page, "行政執法監督")
    assert offers(page) == ["改查简体：行政执法监督"]
    expect(page.locator(".empty h2")).to_contain_text("行政執法監督")
    expect(page.locator(".empty li").first).to_have_text("改查简体：行政执法监督（12 段）")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(12)


def test_on_the_first_page_a_suggestion_leads_to_its_answers(made_site: Path, page: Page) -> None:
    page.goto(f"{made_site.as_uri()}/index.html")
    type_in(page, "普法 sif")
    assert offers(page) == ["司法"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?**")
    expect(page.locator(".hit")).to_have_count(12)
    assert "issuer_kind=sifaju" in page.url


def test_without_the_list_searching_goes_on(
    made_site: Path, complaints: list[str], open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.route("**/suggestions.js", lambda route: route.abort())
    page.goto(f"{made_site.as_uri()}/search/index.html")
    type_in(page, "行政执法监督")
    expect(page.locator(".hit")).to_have_count(12)
    expect(page.get_by_role("combobox", name="检索词")).to_have_attribute("aria-expanded", "false")
    assert any("suggestions.js" in complaint for complaint in complaints)
    complaints.clear()


def test_years_are_a_range_in_the_address_and_back_takes_it_back(ask: Callable[[str], Page]) -> None:
    page = ask("?q=普法")
    hits = page.locator(".bar strong")
    expect(hits).to_contain_text("18 段")
    expect(page.locator("select[name=year-from]")).to_have_value("2022")
    page.locator("select[name=year-from]").focus()
    page.locator("select[name=year-from]").select_option("2023")
    expect(hits).to_contain_text("15 段")
    expect(page.locator("select[name=year-from]")).to_be_focused()
    page.locator("select[name=year-to]").select_option("2024")
    expect(hits).to_contain_text("9 段")
    assert "year=2023-2024" in page.url
    expect(page.locator(".chip")).to_have_text(["2023—2024 年度"])
    page.reload()
    expect(hits).to_contain_text("9 段")
    expect(page.locator("select[name=year-to]")).to_have_value("2024")
    page.go_back()
    expect(hits).to_contain_text("15 段")
    page.locator("fieldset li a", has_text="2022").click()
    expect(hits).to_contain_text("3 段")
    assert page.url.endswith("year=2022")


def test_a_chip_takes_its_own_limit_back(ask: Callable[[str], Page]) -> None:
    page = ask("?q=普法&kind=problems&place=411000&year=2022-2023")
    chips = page.locator(".chip")
    expect(chips).to_have_text(["存在的不足", "许昌市", "2022—2023 年度"])
    expect(page.locator(".hit")).to_have_count(2)
    page.get_by_role("button", name="取消限定：许昌市").press("Enter")
    expect(chips).to_have_text(["存在的不足", "2022—2023 年度"])
    expect(page.locator(".hit")).to_have_count(3)
    expect(chips.first).to_be_focused()
    page.get_by_role("link", name="全部取消").click()
    expect(chips).to_have_count(0)
    assert page.url.endswith("?q=%E6%99%AE%E6%B3%95")


def test_a_chosen_place_without_answers_keeps_its_name(ask: Callable[[str], Page]) -> None:
    page = ask("?q=行政诉讼&place=411000")
    expect(page.locator(".chip")).to_have_text(["许昌市"])
    expect(page.locator(".empty")).to_contain_text("现限于地区：许昌市")


def test_the_tree_of_places_opens_by_keyboard(ask: Callable[[str], Page]) -> None:
    page = ask("?q=普法")
    twig = page.get_by_role("button", name="河南省以下")
    city = page.locator("input[name=place][value='411000']")
    expect(city).to_have_count(0)
    twig.press("Enter")
    expect(city).to_be_visible()
    expect(twig).to_be_focused()
    expect(twig).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(city).to_have_count(0)
    twig.press("Enter")
    city.press("Space")
    expect(page.locator(".bar strong")).to_contain_text("9 段")
    expect(city).to_be_focused()


def test_counts_are_a_chart_with_its_table_and_each_leads_on(ask: Callable[[str], Page]) -> None:
    page = ask("?q=普法")
    page.get_by_role("link", name="统计").click()
    expect(page.locator("[data-part=status]")).to_have_text("“普法” 18 段 24 处，统计")
    expect(page.get_by_role("link", name="统计")).to_be_focused()
    rows = page.locator(".count-year tbody tr")
    assert [" ".join(row.split()) for row in rows.all_inner_texts()] == ["2022 3", "2023 6", "2024 3", "2025 6"]
    widths = [page.locator(".count-year rect").nth(i).get_attribute("width") for i in range(4)]
    assert widths == ["50", "100", "50", "100"]
    expect(page.locator(".count-place tbody th")).to_have_text(["河南省", "湖北省"])
    page.locator(".count-place").get_by_role("link", name="湖北省").click()
    expect(page.locator(".hit")).to_have_count(6)
    assert "place=420000" in page.url
    assert "view" not in page.url
    page.go_back()
    expect(rows).to_have_count(4)


def test_the_concordance_is_sorted_and_aligned_and_shows_all_when_asked(ask: Callable[[str], Page]) -> None:
    page = ask("?q=普法&view=concordance&sort=left")
    rows = page.locator(".kwic tbody tr")
    expect(rows).to_have_count(24)
    before = [text[::-1][:1] for text in page.locator(".kwic td.l").all_inner_texts()]
    assert before == sorted(before)
    page.locator("select[name=sort]").select_option("right")
    expect(page.locator("[data-part=status]")).to_have_text("“普法” 18 段 24 处，语境，按右侧文字")
    expect(page.locator(".kwic td.r").first).to_have_text(re.compile("^[，。有针活]"))
    lefts = page.evaluate("[...document.querySelectorAll('.kwic mark')].map((m) => m.getBoundingClientRect().left)")
    assert max(lefts) - min(lefts) < 1

    page.goto(page.url.split("?")[0] + "?q=考核&view=concordance&sort=place")
    expect(rows).to_have_count(500)
    expect(page.locator(".hint").last).to_contain_text(f"共 {MANY} 处")
    page.get_by_role("button", name="再列 100 处").click()
    expect(rows).to_have_count(MANY)
    page.reload()
    expect(rows).to_have_count(MANY)


@pytest.fixture
def copied(open_page: Callable[..., Page], made_http: str) -> Callable[[str], list[dict[str, str]]]:
    """What “复制为 CSV” copies on the page of a query, row by row."""

    def copied(query: str) -> list[dict[str, str]]:
        page = open_page(f"{made_http}search/index.html{query}", permissions=["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="复制为 CSV").click()
        expect(page.get_by_role("button", name="已复制")).to_be_visible()
        text = page.evaluate("navigator.clipboard.readText()")
        assert not text.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return copied


def test_passages_are_copied_with_citation_and_address(
    copied: Callable[[str], list[dict[str, str]]], made_http: str
) -> None:
    """All of them, not only those in sight."""
    rows = copied("?q=考核")
    assert len(rows) == 30
    rows = copied("?q=普法&year=2024&sort=place")
    assert [row["板块"] for row in rows] == ["主要举措和成效", "存在的不足", "下一年度安排"]
    assert rows[1]["段落"].startswith("（一）武汉市普法针对性不强")
    report = rows[1]["引文"].removeprefix("武汉市司法局. 武汉市司法局2024年法治政府建设年度报告[R/OL]. 2025-01-20. ")
    assert report == f"{made_http}hubei/wuhan/2024-sifa/index.html."
    assert rows[1]["地址"].startswith(f"{made_http}hubei/wuhan/2024-sifa/index.html?q=")
    assert re.search(r"\?q=[%\w]+#[sp]-", rows[1]["地址"])


def test_concordance_and_counts_are_copied_too(copied: Callable[[str], list[dict[str, str]]]) -> None:
    rows = copied("?q=普法&view=concordance&place=420000")
    assert len(rows) == 8
    assert {row["词"] for row in rows} == {"普法"}
    assert all(row["引文"].startswith("武汉市") for row in rows)
    rows = copied("?q=普法&view=counts")
    assert {"分组": "报告年度", "项": "2023", "段数": "6"} in rows
    assert {"分组": "地区", "项": "河南省", "段数": "12"} in rows


def test_what_changes_is_told_and_help_is_always_at_hand(ask: Callable[[str], Page]) -> None:
    page = ask("")
    fold = page.locator(".help")
    expect(fold).to_have_attribute("open", "")
    type_in(page, "行政复议")
    expect(page.locator("[data-part=status]")).to_have_text("“行政复议” 6 段 6 处，段落，按相关")
    expect(fold).not_to_have_attribute("open", "")
    page.get_by_text("怎样检索").click()
    expect(page.get_by_text("短横在前：不含这个词")).to_be_visible()
    page.locator("select[name=sort]").select_option("date")
    expect(page.locator("[data-part=status]")).to_have_text("“行政复议” 6 段 6 处，段落，按时间，新的在前")
    expect(page.get_by_text("短横在前：不含这个词")).to_be_visible()


STATES = {
    "suggestions": "",
    "limited": "?q=普法&year=2023-2024&place=411000",
    "concordance": "?q=考核&view=concordance",
    "counts": "?q=普法&view=counts",
}


def reach(page: Page, state: str) -> None:
    """Until the state is there."""
    if state == "suggestions":
        type_in(page, "行政")
        offers(page)
        page.keyboard.press("ArrowDown")
    expect(page.locator(".bar")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_no_accessibility_violation(
    made_http: str, page: Page, axe: Callable[[Page], list[str]], state: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{made_http}search/index.html{STATES[state]}")
    reach(page, state)
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_phone(made_site: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for state, query in STATES.items():
        page.goto(f"{made_site.as_uri()}/search/index.html{query}")
        reach(page, state)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
