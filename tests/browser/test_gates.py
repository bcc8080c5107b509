"""What every form of page is held to: HTML, access, links, policy, old browsers, weight, and paint before scripts.

Each page is opened watched (`conftest.py`): whatever breaks the policy, fails or leaves the site fails the test.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import rjsmin
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from govreport_site.pages.assets import read_assets
from tests import machine
from tests.browser.conftest import Hosted, miss
from tests.every_form import PAGES

ADDRESSES = tuple(address for addresses in PAGES.values() for address in addresses)
FIRST = {addresses[0] for addresses in PAGES.values()}

TWO = "r=henan/xuchang/2025-weijianwei&r=henan/zhengzhou/2025-weijianwei"
# What scripts fill, and by what one sees that they are done.
FILLED = {
    "search/index.html?q=执法": ".hit",
    "search/index.html?q=行政复议决定书甲": ".empty",
    "henan/xuchang/2025-weijianwei/index.html?q=普法": ".found .num",
    f"compare/index.html?{TWO}": ".band",
    f"compare/index.html?{TWO}&by=topic": ".band",
}

# Budgets in bytes, each file by itself gzipped as hosts do it.
CHROME = (
    30_000  # of a report's page: style, scripts, and the page without the report's text and the lists drawn from it
)
LISTS = 20_000  # of any other page as it comes, before style and scripts, in this corpus
BLOCKING = 1_000  # of the one script that runs before a page is painted: it sets the theme

# What the document had come to when something was painted; "never" if nothing was.
PAINTED = """() => Promise.race([
  new Promise((done) => {
    new PerformanceObserver(() => done(document.readyState)).observe({ type: "paint", buffered: true });
  }),
  new Promise((done) => { setTimeout(() => done("never"), 8000); }),
])"""

WIDTHS = (1280, 768, 390, 320)


def zipped(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def opened(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    if address in FILLED:
        page.locator(FILLED[address]).first.wait_for()


# --- HTML ---------------------------------------------------------------------------------


def test_every_form_of_page_is_valid_html(every_form: Hosted) -> None:
    node = machine.find_node()
    if node is None or not machine.HTML_VALIDATE.is_file():
        miss("没有 html-validate，请运行 python3 build.py check 一次")
    rules = machine.BROWSER_TESTS / "html-validate.mjs"
    command = [str(node), str(machine.HTML_VALIDATE), "--config", str(rules), "--formatter", "json", *ADDRESSES]
    done = subprocess.run(command, cwd=every_form.folder, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout, done.stderr
    found = [
        f"{Path(page['filePath']).relative_to(every_form.folder)}:{one['line']} {one['ruleId']}: {one['message']}"
        for page in json.loads(done.stdout)
        for one in page["messages"]
    ]
    assert not found, "\n".join(found)


# --- Access and policy --------------------------------------------------------------------


@pytest.mark.parametrize("address", [*ADDRESSES, *FILLED])
def test_no_accessibility_violation(
    every_form: Hosted, page: Page, axe: Callable[[Page], list[str]], address: str
) -> None:
    """Dark and on a phone; one page of each form, and what scripts fill, in the light and wide too."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, every_form.address, address)
    assert axe(page) == []
    if address in FIRST or address in FILLED:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 800})
        assert axe(page) == []


def test_no_page_scrolls_sideways_from_a_folder_on_disk(every_form: Hosted, page: Page) -> None:
    """Over file://, so that every form keeps the policy there too."""
    site = every_form.folder.as_uri() + "/"
    wide = []
    for address in (*ADDRESSES, *FILLED):
        if address == "404.html":  # opened by hosts alone: its links begin at the address of the site
            continue
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        opened(page, site, address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(f"{address} at {width}")
    assert not wide


# --- Links --------------------------------------------------------------------------------


class Links(HTMLParser):
    """Every address a page names, and every id it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.base: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if tag == "base" and name == "href":
                self.base = value
            elif name in ("href", "src", "action", "srcset", "data", "poster") and value is not None:
                self.links.append((tag, value))
            elif name == "id" and value is not None:
                self.ids.append(value)


def links_of(site: Path) -> dict[Path, Links]:
    return {path: Links(path.read_text("utf-8")) for path in site.rglob("*.html")}


def whether_there(pages: dict[Path, Links], target: Path, fragment: str) -> bool:
    return target.is_file() and (not fragment or target not in pages or fragment in pages[target].ids)


@pytest.mark.parametrize("knows_its_address", [False, True])
def test_every_link_of_every_page_leads_somewhere_and_nothing_is_loaded_from_outside(
    request: pytest.FixtureRequest, knows_its_address: bool
) -> None:
    hosted: Hosted | None = request.getfixturevalue("every_form") if knows_its_address else None
    site = hosted.folder if hosted else request.getfixturevalue("site")
    pages = links_of(site)
    assert len(pages) > 20
    broken = []
    for path, found in pages.items():
        name = path.relative_to(site)
        assert len(found.ids) == len(set(found.ids)), f"{name} has an id twice"
        for tag, link in found.links:
            parts = urlsplit(link)
            if hosted and link.startswith(hosted.address):
                continue  # the next test's
            if parts.scheme in ("http", "https"):
                assert tag == "a", f"{name} loads {link}"
                continue
            assert not parts.scheme, f"{name}: {link}"
            # A page with a base of its own stands at the root of the site.
            target = path if not parts.path else ((site if found.base else path.parent) / unquote(parts.path)).resolve()
            if not whether_there(pages, target, unquote(parts.fragment)):
                broken.append(f"{name} → {link}")
    assert not broken, "\n".join(broken)


def test_every_address_of_the_site_in_any_file_leads_somewhere(every_form: Hosted) -> None:
    """Feeds, sitemaps, data beside reports, linked data, signposts: whatever writes an address out in full."""
    pages = links_of(every_form.folder)
    # A place within a page that a script fills in (⟦id⟧) is left out, and so is the full stop of a sentence.
    written = re.compile(re.escape(every_form.address) + r"""[^\s"'<>()\\{}\]⟦，。；）]*(?<![.#])""")
    broken: list[str] = []
    seen: dict[str, int] = {}
    for path in sorted(every_form.folder.rglob("*")):
        if path.suffix not in (".html", ".xml", ".json", ".txt", ".js"):
            continue
        found = set(written.findall(unescape(path.read_text("utf-8"))))
        seen[path.suffix] = seen.get(path.suffix, 0) + len(found)
        for address in found:
            parts = urlsplit(address)
            target = every_form.folder / unquote(parts.path).lstrip("/")
            # The address of the site itself is what its host opens there.
            target = target / "index.html" if target == every_form.folder else target
            if not whether_there(pages, target, unquote(parts.fragment)):
                broken.append(f"{path.relative_to(every_form.folder)} → {address}")
    assert not broken, "\n".join(broken)
    assert all(seen[suffix] for suffix in (".html", ".xml", ".txt")), seen


# --- Old browsers -------------------------------------------------------------------------

STATIC = machine.ROOT / "templates" / "static"

# What a browser of 2021 does not know, one thing a file; each must be refused.
TOO_YOUNG = {
    "at.js": "export const last = (list) => list.at(-1);\n",
    "assign.js": "export function f(a) { a.b ||= 1; }\n",
    "global.js": "export const copy = (value) => structuredClone(value);\n",
    "replace.js": 'export const f = (text) => text.replaceAll("a", "b");\n',
    "segment.js": 'export const words = new Intl.Segmenter("zh");\n',
    "own.js": 'export const f = (value) => Object.hasOwn(value, "a");\n',
    "private.js": "export class A { #a = 1; }\n",
    "element.js": "export const show = (element) => element.showPopover();\n",
    "has.css": "a:has(b) { color: red; }\n",
    "mix.css": "a { color: color-mix(in srgb, red, blue); }\n",
    "theme.css": "a { color: light-dark(red, blue); }\n",
    "nested.css": "a { & b { color: red; } }\n",
    "layer.css": "@layer x { a { color: red; } }\n",
    "container.css": "@container (min-width: 1px) { a { color: red; } }\n",
    "unit.css": "a { height: 100dvh; }\n",
    "range.css": "@media (width >= 10px) { a { color: red; } }\n",
}
# What it does know, and a refinement that it skips.
OLD_ENOUGH = {
    "old.js": "export const f = async (a) => a?.b ?? [...a.c.matchAll(/(?<=a)b/gu)].flat();\n",
    "old.css": ":root { --a: 1px; }\na:is(b, c) { width: min(var(--a), 2px); inset: 0; text-wrap: balance; }\n",
}


def lint(folder: Path, kind: str, *, joined: bool = False) -> list[str]:
    """What the judge of one kind of file ("js" or "css") finds in a folder; `joined`: classic scripts."""
    node, judge = machine.find_node(), machine.ESLINT if kind == "js" else machine.STYLELINT
    if node is None or not judge.is_file():
        miss("没有 ESLint、stylelint，请运行 python3 build.py check 一次")
    rules = machine.BROWSER_TESTS / ("eslint.mjs" if kind == "js" else "stylelint.mjs")
    names = sorted(path.name for path in folder.glob(f"*.{kind}"))
    assert names
    done = subprocess.run(
        [str(node), str(judge), "--config", str(rules), "-f", "json", *names],
        cwd=folder,
        env={**os.environ, "JOINED": "1" if joined else ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = json.loads(done.stdout or done.stderr)  # stylelint speaks on the one where it is content, else on the other
    assert len(found) == len(names), done.stderr
    return [
        f"{Path(file.get('filePath') or file['source']).name}:{one['line']} {one.get('message') or one['text']}"
        for file in found
        for one in [*file.get("messages", []), *file.get("warnings", []), *file.get("parseErrors", [])]
    ]


def test_a_script_made_small_says_the_same() -> None:
    """Word for word, blanks within texts included: the minifier knows no texts within texts in backticks."""
    node = machine.find_node()
    if node is None or not machine.ESLINT.is_file():
        miss("没有 ESLint，请运行 python3 build.py check 一次")

    def changed(sources: dict[str, str]) -> dict[str, list[str]]:
        pairs = {name: [source, rjsmin.jsmin(source)] for name, source in sources.items()}
        script = [str(node), str(machine.BROWSER_TESTS / "tokens.mjs")]
        done = subprocess.run(script, input=json.dumps(pairs), capture_output=True, encoding="utf-8", check=True)
        found: dict[str, list[str]] = json.loads(done.stdout)
        return found

    assert changed({path.name: path.read_text("utf-8") for path in (STATIC / "browser").glob("*.js")}) == {}
    assert list(changed({"nested": "f(`a ${b ? `${b} c` : d}`);\n"})) == ["nested"], "it would be seen"


def test_scripts_ask_for_nothing_that_browsers_of_2021_lack(tmp_path: Path) -> None:
    """The sources, each line to be found; then what the build joins, which is what browsers read."""
    assert lint(STATIC / "browser", "js") == []
    for name, data in read_assets(STATIC).files:
        (tmp_path / Path(name).name).write_bytes(data)
    assert lint(tmp_path, "js", joined=True) == []


def test_style_asks_for_nothing_that_browsers_of_2021_lack_but_lone_refinements() -> None:
    assert lint(STATIC, "css") == []


@pytest.mark.parametrize("kind", ["js", "css"])
def test_what_is_younger_is_refused_and_what_is_old_enough_is_not(tmp_path: Path, kind: str) -> None:
    """The judges can fail: else the two tests above would hold nothing."""
    for name, text in {**TOO_YOUNG, **OLD_ENOUGH}.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = lint(tmp_path, kind)
    assert {line.split(":")[0] for line in found} == {name for name in TOO_YOUNG if name.endswith(f".{kind}")}, found


# --- Weight and first paint ---------------------------------------------------------------


def scripts_of(page: LexborHTMLParser) -> list[tuple[str, bool]]:
    """Scripts that a page loads, each with whether it waits until the page stands."""
    return [(one.attributes["src"] or "", "defer" in one.attributes) for one in page.css("script[src]")]


@pytest.mark.parametrize("address", PAGES["report"])
def test_a_report_without_its_text_is_light(every_form: Hosted, address: str) -> None:
    file = every_form.folder / address
    page = LexborHTMLParser(file.read_bytes())
    (style,) = (one.attributes["href"] or "" for one in page.css("link[rel=stylesheet]"))
    loaded = [style, *(source for source, _ in scripts_of(page))]
    for text in page.css(".text, #figures, #works"):
        text.decompose()
    sizes = {Path(name).name: zipped((file.parent / name).read_bytes()) for name in loaded}
    sizes["page"] = zipped((page.html or "").encode())
    assert sum(sizes.values()) <= CHROME, sizes


def test_pages_that_list_are_light(every_form: Hosted) -> None:
    heavy = {
        address: size
        for form, addresses in PAGES.items()
        for address in addresses
        if form != "report" and (size := zipped((every_form.folder / address).read_bytes())) > LISTS
    }
    assert not heavy


@pytest.mark.parametrize("address", ADDRESSES)
def test_one_small_script_at_most_runs_before_a_page_is_painted(every_form: Hosted, address: str) -> None:
    file = every_form.folder / address
    page = LexborHTMLParser(file.read_bytes())
    folder = every_form.folder if page.css("base") else file.parent
    at_once = [zipped((folder / source).read_bytes()) for source, waits in scripts_of(page) if not waits]
    assert len(at_once) <= 1 and sum(at_once) <= BLOCKING


@pytest.mark.parametrize("address", ["index.html", PAGES["report"][0], "search/index.html", "compare/index.html"])
def test_a_page_is_painted_while_its_scripts_are_still_under_way(
    every_form: Hosted, open_page: Callable[..., Page], address: str
) -> None:
    page = open_page()
    theme = "/assets/site."
    page.route(re.compile(r"/assets/.*\.js$"), lambda route: route.continue_() if theme in route.request.url else None)
    page.goto(every_form.address + address, wait_until="commit")
    assert page.evaluate(PAINTED) == "interactive", "painted, and no script that waits has run"
