"""What the specimen shows of the things that only scripts make is built as the scripts build it.

It stands in a template, as no macro makes it. So each of its elements, with its classes and within its
parent, has to be found on a page where the scripts have run: who changes a script changes the specimen.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Hosted

SPECIMEN = "about/specimen/index.html"
REPORT = "henan/xuchang/2025-weijianwei"

# Each element as `div.row>label`; what wraps it on the specimen only counts for nothing.
PAIRS = """(root) => {
  const own = (node) => [node.localName, ...[...node.classList].filter((name) => !/^(spec-|is-current)/.test(name)).sort()].join(".");
  const pairs = new Set();
  for (const within of document.querySelectorAll(root)) {
    for (const node of within.querySelectorAll("*")) {
      const parent = node.parentElement;
      pairs.add(parent === within || !parent.className && parent.localName === "div" ? own(node) : `${own(parent)}>${own(node)}`);
    }
  }
  return [...pairs];
}"""


def made_by_scripts(page: Page, site: str) -> set[str]:
    """The same of all that the scripts make, each element both with its parent and without."""
    found: set[str] = set()

    def look() -> None:
        for pair in page.evaluate(PAIRS, "body"):
            found.update((pair, pair.rpartition(">")[2]))

    for address, sign in (
        ("search/index.html?q=执法&kind=problems", ".chip"),
        ("search/index.html?q=执法", ".hit"),
        ("search/index.html?q=法治", ".range"),
        ("search/index.html?q=执法&view=concordance", ".kwic"),
        ("search/index.html?q=普法&view=concordance", ".kwic-2"),
        ("search/index.html?q=执法&view=counts", ".count-place"),
        ("search/index.html?q=行政复议决定书甲", ".empty"),
        (f"{REPORT}/index.html?q=普法#nowhere", ".lost"),
        (f"compare/index.html?r={REPORT}&r=henan/zhengzhou/2025-weijianwei", ".band"),
    ):
        page.goto(site + address)
        page.locator(sign).first.wait_for()
        look()
    page.goto(site + "search/index.html?q=执法")
    for depth in range(2):
        page.locator(f".depth-{depth} button.twig").first.click()
    look()
    page.goto(site + "search/index.html")
    for typed, sign in (("行政", "常用语"), ("许昌", "地区")):
        page.fill("#q", typed)
        page.locator(".offers .group", has_text=sign).first.wait_for()
        look()
    page.goto(site + f"{REPORT}/index.html")
    page.locator(".settings summary").click()
    page.locator("[data-setting=punctuation] button[value=wide]").click()
    page.locator(".shown").wait_for()
    look()
    return found


def test_what_scripts_make_is_shown_as_they_make_it(every_form: Hosted, page: Page) -> None:
    page.goto(every_form.address + SPECIMEN)
    shown = set(page.evaluate(PAIRS, "[data-scripted]"))
    assert len(shown) > 60
    missing = sorted(shown - made_by_scripts(page, every_form.address))
    assert not missing, missing
