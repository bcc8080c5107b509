"""The filters of the search page in a large corpus: what is folded, what is made late, what is counted when asked for.

A real index of made reports, short and many: each has one line of every kind, and each kind of a report begins
at a multiple of eight, so 1,200 reports spread over the nine files that `MOST_TOPIC_FILES` speaks of.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from govreport_site.search.contribution import KINDS
from govreport_site.search.segments import update_index
from govreport_site.search.units import ReportUnits, UnitSection
from tests.made_units import contributions, unit_of

REPORTS, FILES = 1200, 9
SHOWN = 8  # values of a facet before its fold
PROVINCES, ISSUERS, ISSUER_KINDS, YEARS, TOPICS = 12, 40, 11, 13, 10

ISSUER = "机关{:02}"
EVERYWHERE, RARE = "普法", "复议"  # words of every line; of the first report alone
SECTIONS = tuple(UnitSection(("一、工作",), kind) for kind in KINDS)


def topics_of(report: int, line: int) -> tuple[str, ...]:
    """None, one, or two parts of one; the first of all topics the most often."""
    main = f"主题{min((report + line) % (TOPICS + 3), TOPICS) % TOPICS:02}"
    return ((), (main,), (f"{main}/甲",), (f"{main}/甲", f"{main}/乙"))[(report // 7 + line) % 4]


def made_report(report: int) -> ReportUnits:
    province = 11 + report % PROVINCES
    words = EVERYWHERE + (RARE if report == 0 else "")
    return ReportUnits(
        address=f"made/{report:04}",
        title=f"报告{report}",
        issuer=ISSUER.format(report % ISSUERS),
        issuer_kind=(f"kind{report % ISSUER_KINDS:02}", f"类别{report % ISSUER_KINDS:02}"),
        lineage=(
            (f"{province}0000", f"省{province}"),
            (f"{province}0{1 + report // PROVINCES % 2}00", f"市{province}{1 + report // PROVINCES % 2}"),
        ),
        year=2010 + report % YEARS,
        date=None,
        sections=SECTIONS,
        units=tuple(
            unit_of(
                [(f"{words}工作。", f"p-{line}", line, 0)],
                numbered=line + 1,
                topics=[topics_of(report, line)] * len(SECTIONS),
            )
            for line in range(len(SECTIONS))
        ),
    )


@pytest.fixture(scope="module")
def large_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose index is another's: its search page is all there is to see."""
    folder = tmp_path_factory.mktemp("large")
    for part in ("assets", "search"):
        shutil.copytree(site / part, folder / part)
    index = folder / "index"
    files = update_index(index, contributions(map(made_report, range(REPORTS))))
    assert sum(re.search(r"/c\d+\.js$", name) is not None for name in files) == FILES
    shutil.copytree(index, folder / "search", dirs_exist_ok=True)
    return folder


@pytest.fixture
def ask(large_site: Path, open_page: Callable[..., Page]) -> Callable[[str], Page]:
    def ask(query: str, width: int = 1280) -> Page:
        page = open_page(viewport={"width": width, "height": 900})
        page.goto(f"{large_site.as_uri()}/search/index.html{query}")
        expect(page.locator(".bar")).to_be_visible()
        return page

    return ask


def facet(page: Page, name: str) -> Locator:
    return page.locator("fieldset.facet").filter(has=page.locator("legend", has_text=re.compile(f"^{name}$")))


# Name of a facet → what its values are chosen with, and how many it has where nothing is chosen.
LONG = {
    "地区": ("input[name=place]", PROVINCES),
    "报告年度": ("li a", YEARS),
    "机关类别": ("input[name=issuer_kind]", ISSUER_KINDS),
    "发文机关": ("input[name=issuer]", ISSUERS),
}


@pytest.mark.parametrize("name", LONG)
def test_what_is_beyond_the_first_few_is_made_when_it_is_opened(ask: Callable[[str], Page], name: str) -> None:
    """In a large corpus it is thousands of boxes, with every question anew: for the reader nobody would wait so long."""
    selector, count = LONG[name]
    page = ask(f"?q={EVERYWHERE}")
    field = facet(page, name)
    values = field.locator(selector)
    expect(values).to_have_count(SHOWN)
    fold = field.locator("summary")
    expect(fold).to_have_text(f"另 {count - SHOWN} 项")
    fold.focus()
    page.keyboard.press("Enter")
    expect(values).to_have_count(count)
    expect(values.last).to_be_visible()
    expect(fold).to_be_focused()
    page.keyboard.press("Tab")
    expect(field.locator("details :focus")).to_have_count(1)
    fold.press("Space")
    expect(values.last).to_be_hidden()
    fold.press("Space")
    expect(values).to_have_count(count)  # made once


@pytest.mark.parametrize("width", [1280, 390])
def test_a_fold_stays_open_and_the_focus_on_what_was_chosen_in_it(ask: Callable[..., Page], width: int) -> None:
    """Else a reader who wants two of them looks for the second all over again."""
    page = ask(f"?q={EVERYWHERE}", width)
    if width < 960:
        page.locator(".facets > summary").click()
    field = facet(page, "发文机关")
    field.locator("summary").press("Enter")
    first, second = (field.locator(f"input[value='{ISSUER.format(number)}']") for number in (30, 35))
    in_fold = field.locator("details[open] input[name=issuer]")
    expect(in_fold).to_have_count(ISSUERS - SHOWN)
    first.press("Space")
    hits = page.locator(".bar strong")
    one = len(KINDS) * REPORTS // ISSUERS
    expect(hits).to_contain_text(f"{one} 段")
    expect(first).to_be_focused()
    expect(first).to_be_checked()
    expect(in_fold).to_have_count(ISSUERS - SHOWN - 1)  # what is chosen stands outside
    second.press("Space")
    expect(hits).to_contain_text(f"{2 * one} 段")
    expect(second).to_be_focused()
    expect(in_fold).to_have_count(ISSUERS - SHOWN - 2)
    expect(facet(page, "机关类别").locator("details[open]")).to_have_count(0)
    second.press("Space")
    first.press("Space")
    expect(page.locator(".chip")).to_have_count(0)
    expect(first).to_be_focused()
    expect(in_fold).to_have_count(ISSUERS - SHOWN)
    field.locator("summary").press("Enter")
    first_kind = page.locator("input[name=kind]").first
    first_kind.check()
    expect(page.locator(".chip")).to_have_count(1)
    expect(in_fold).to_have_count(0)  # closed by the reader, so it stays closed
    expect(field.locator("input[name=issuer]")).to_have_count(SHOWN)


def test_a_year_from_the_fold_is_chosen_by_keyboard(ask: Callable[[str], Page]) -> None:
    page = ask(f"?q={EVERYWHERE}")
    field = facet(page, "报告年度")
    field.locator("summary").press("Enter")
    field.get_by_role("link", name="2011", exact=True).press("Enter")
    of_year = sum(report % YEARS == 1 for report in range(REPORTS)) * len(KINDS)
    expect(page.locator(".bar strong")).to_contain_text(f"{of_year} 段")
    chosen = field.get_by_role("link", name="2011", exact=True)
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-current", "true")


def test_a_city_below_a_province_from_the_fold(ask: Callable[[str], Page]) -> None:
    """The tree is drawn anew when a branch opens: what it stands in must stay open."""
    page = ask(f"?q={EVERYWHERE}")
    field = facet(page, "地区")
    field.locator("summary").press("Enter")
    field.get_by_role("button", name="省22以下").press("Enter")
    expect(field.get_by_role("button", name="省22以下")).to_be_focused()
    expect(field.locator("details[open] input[name=place]")).not_to_have_count(0)
    city = field.locator("input[value='220200']")
    city.press("Space")
    expect(page.locator(".chip")).to_have_text(["市222"])
    expect(city).to_be_focused()
    expect(city).to_be_checked()
    expect(field.locator("details[open] input[name=place]")).to_have_count(PROVINCES - SHOWN - 1)


# --- topics


BUTTON = re.compile("统计各主题段数")


def truth(kind: str | None = None) -> Counter[str]:
    """Passages of each topic; those of a part of a topic are the topic's too, each once."""
    lines = [
        topics_of(report, line)
        for report in range(REPORTS)
        for line in range(len(KINDS))
        if kind is None or KINDS[line] == kind
    ]
    return Counter(
        name for topics in lines for name in {part for topic in topics for part in (topic.split("/")[0], topic)}
    )


def counted(page: Page) -> dict[str, int]:
    """Each topic that is shown with the number beside it."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("input[name=topic]")]
          .map((input) => [input.value, input.parentElement.querySelector(".n").textContent]))"""
    )
    return {name: int(number.replace(",", "")) for name, number in found.items()}


def show_all_topics(page: Page) -> None:
    field = facet(page, "主题")
    fold = field.locator("summary")
    if fold.count():
        fold.click()
    for _ in range(TOPICS):
        field.locator("button.twig[aria-expanded=false]").first.click()
    expect(field.locator("button.twig[aria-expanded=false]")).to_have_count(0)


def test_topics_in_many_files_are_counted_when_asked_for_and_rightly(ask: Callable[[str], Page]) -> None:
    """Nine files are read for it, so only who wants it pays; what is told is what choosing the topic gives."""
    page = ask(f"?q={EVERYWHERE}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if re.search(r"/c\d+\.js$", request.url) else None)
    field = facet(page, "主题")
    press = field.get_by_role("button")
    expect(press).to_have_text(f"统计各主题段数（再读 {FILES} 个文件）")
    expect(field.locator("input")).to_have_count(0)
    assert not asked
    press.press("Enter")
    expect(field.locator("input[name=topic]")).to_have_count(SHOWN)
    assert len(asked) == FILES
    expect(press.filter(has_text=BUTTON)).to_have_count(0)
    expect(field).to_have_count(1)
    show_all_topics(page)
    numbers = counted(page)
    assert numbers == truth()
    for topic in ("主题00", "主题07/乙"):
        page.locator(f"input[value='{topic}']").check()
        expect(page.locator(".bar strong")).to_contain_text(f"{numbers[topic]:,} 段")
        page.locator(f"input[value='{topic}']").uncheck()
        expect(page.locator(".chip")).to_have_count(0)
    assert len(asked) == FILES, "read once, known for every question after"


def test_topics_are_counted_within_what_is_chosen(ask: Callable[[str], Page]) -> None:
    page = ask(f"?q={EVERYWHERE}&kind=problems")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("input[name=topic]")).to_have_count(SHOWN)
    show_all_topics(page)
    assert counted(page) == truth("problems")


def test_a_chosen_topic_is_shown_before_topics_are_counted_and_its_count_is_the_same_after(
    ask: Callable[[str], Page],
) -> None:
    page = ask(f"?q={EVERYWHERE}&topic=主题03")
    number = truth()["主题03"]
    expect(page.locator(".bar strong")).to_contain_text(f"{number:,} 段")
    assert counted(page) == {"主题03": number}
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("input[name=topic]")).not_to_have_count(1)
    assert counted(page)["主题03"] == number
    expect(page.locator("input[value='主题03']")).to_be_checked()
    expect(page.locator("legend", has_text="主题")).to_have_count(1)


def test_topics_in_few_files_are_counted_at_once(ask: Callable[[str], Page]) -> None:
    page = ask(f"?q={RARE}")
    expect(page.locator("input[name=topic]")).not_to_have_count(0)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)


def test_the_focus_goes_from_the_button_to_what_it_brought(ask: Callable[[str], Page]) -> None:
    """The button is gone when its work is done: by keyboard one goes on from there, not from the head of the answers."""
    page = ask(f"?q={EVERYWHERE}")
    page.get_by_role("button", name=BUTTON).press("Enter")
    expect(page.locator("input[name=topic]").first).to_be_focused()


def test_a_focus_that_waits_in_the_filters_stays_when_topics_arrive(ask: Callable[[str], Page]) -> None:
    """Two folds may say the same, and all twigs look alike."""
    page = ask(f"?q={EVERYWHERE}")
    for held in (
        facet(page, "机关类别").locator("summary"),
        page.get_by_role("button", name="省13以下"),
        page.locator("select[name=year-to]"),
    ):
        page.goto(page.url)
        press = page.get_by_role("button", name=BUTTON)
        expect(press).to_be_visible()
        held.focus()
        press.evaluate("(button) => button.click()")
        expect(page.locator("input[name=topic]")).to_have_count(SHOWN)
        expect(held).to_be_focused()
