"""The specimen shows every macro and every class of the style, from nothing but itself; its contrasts are the style's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from selectolax.lexbor import LexborHTMLParser

from govreport_site import addresses
from govreport_site.catalogue import gather
from govreport_site.pages.environment import Templates
from govreport_site.pages.plan import plan
from govreport_site.pages.press import Press
from govreport_site.pages.sheets import Marks
from govreport_site.pages.specimen import COLOURS, specimen_view
from govreport_site.pages.states import stated
from govreport_site.pages.views import Site
from tests.test_pages import ASSETS

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
SHEET = TEMPLATES / "static/site.css"

# Macros that show nothing.
UNSEEN = {"macros/citing.html": {"citing_meta"}}  # the head of a page, for programs that collect references

# Classes of the style that the specimen does not show, each with its reason.
ELSEWHERE = {
    "ask-top": "only where a page sets its search box",
    "sheet": "the columns of a whole report page",
    "head": "the first of these columns",
    "home-two": "the columns of the home page",
    "kind-table": "room below a coverage table that is shown by itself",
    "block": "room between parts of a page",
    "prose": "pages of plain words: 说明 itself",
    "topics": "a list of `terms`, a little wider",
    "topic-table": "a `ledger`, at the measure",
    "ledger-wide": "a `ledger`, with more room",
    "beneath": "a row of links under a head",
    "of-year": "a small heading in a list of topics",
    "help": "what the search page says of itself",
    "keys": "a sentence of that",
    "kwic-4": "a concordance of a longer word",
    "kwic-8": "of one longer still",
    "kwic-16": "of the longest that has a column",
    "versus-1": "one report alone, until a second is chosen",
    "versus-3": "three side by side",
    "versus-4": "four side by side",
    "lv-5": "level 5, which looks like level 4",
}


@cache
def specimen() -> str:
    press = Press(Templates(TEMPLATES), ASSETS, Site())
    return press.print("specimen", addresses.SPECIMEN, "about", specimen_view()).decode()


def classes_in(html: str) -> set[str]:
    return {name for node in LexborHTMLParser(html).css("[class]") for name in (node.attributes["class"] or "").split()}


def classes_of_style() -> set[str]:
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", " ".join(re.findall(r"([^{}]+)\{", sheet))))


# --- What it shows ------------------------------------------------------------------------


def parsed(name: str) -> nodes.Template:
    return Environment().parse((TEMPLATES / name).read_text("utf-8"))


def calls(node: nodes.Node) -> Iterator[str]:
    for call in node.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield call.node.name


def reached(template: str) -> set[tuple[str, str]]:
    """(file, macro) of every macro that a template calls, itself or through another."""
    tree = parsed(template)
    for parent in tree.find_all(nodes.Extends):
        assert isinstance(parent.template, nodes.Const)
        found = reached(parent.template.value)
        break
    else:
        found = set()
    todo = [(template, name) for name in calls(tree)]
    while todo:
        file, name = todo.pop()
        here = parsed(file)
        imported = {
            name if isinstance(name, str) else name[1]: (
                source.template.value,
                name if isinstance(name, str) else name[0],
            )
            for source in here.find_all(nodes.FromImport)
            if isinstance(source.template, nodes.Const)
            for name in source.names
        }
        own = {macro.name: macro for macro in here.find_all(nodes.Macro)}
        at = (file, name) if name in own else imported.get(name)
        if at is None or at in found:
            continue
        found.add(at)
        macro = next(one for one in parsed(at[0]).find_all(nodes.Macro) if one.name == at[1])
        todo += [(at[0], below) for below in calls(macro)]
    return found


def test_every_macro_is_called() -> None:
    there = {
        (f"macros/{path.name}", macro.name)
        for path in (TEMPLATES / "macros").glob("*.html")
        for macro in parsed(f"macros/{path.name}").find_all(nodes.Macro)
        if macro.name not in UNSEEN.get(f"macros/{path.name}", ())
    }
    assert len(there) > 50
    assert not there - reached("pages/specimen.html")


def test_every_class_of_the_style_is_shown() -> None:
    """So a thing that is styled and forgotten here, or styled still and used nowhere, is noticed."""
    styled, shown = classes_of_style(), classes_in(specimen())
    assert sorted(styled - shown - ELSEWHERE.keys()) == []
    assert sorted(ELSEWHERE.keys() & shown) == [], "shown by now"
    assert sorted(ELSEWHERE.keys() - styled) == [], "gone by now"


@pytest.mark.parametrize("state", ["hover", "focus", "target"])
def test_every_state_that_is_shown_has_rules(state: str) -> None:
    assert f'data-state="{state}"' in specimen()
    assert f'[data-state="{state}"]' in stated(SHEET.read_text("utf-8"))


# --- What it is made from -----------------------------------------------------------------


def test_it_is_made_from_nothing_but_itself_and_about_leads_to_it() -> None:
    (sheet,) = (one for one in plan(gather(())[0], Marks({}, {}, {}, {}, {})) if one.page == addresses.SPECIMEN)
    assert (sheet.inputs, sheet.reports, sheet.sayings) == ((), (), ())
    assert specimen_view() == specimen_view()
    assert 'href="specimen/index.html"' in (TEMPLATES / "pages/about.html").read_text("utf-8")


# --- Rules of states ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (".a:hover { x: y; }", '.a[data-state="hover"] { x: y; }\n'),
        (".a, .b:is(.c, .d):focus-visible::before { x: y; }", '.b:is(.c, .d)[data-state="focus"]::before { x: y; }\n'),
        ('@charset "UTF-8"; :where(a:target) { x: y; }', ':where(a[data-state="target"]) { x: y; }\n'),
        ("@media (w) { .a { x: y } .a:hover { x: z } }", '@media (w) {\n.a[data-state="hover"] { x: z }\n}\n'),
        ("/* .a:hover { } */ .a:focus-within-not { x: y; }", ""),
        ("@font-face { a: b; } @media print { .a { x: y; } }", ""),
        ('} .a:hover { content: "}"; } }', '.a[data-state="hover"] { content: " }\n'),
        (".a:hover { x: y;", ""),
    ],
)
def test_rules_of_states_are_taken_over_with_their_at_rules(sheet: str, expected: str) -> None:
    assert stated(sheet) == expected


# --- Colours ------------------------------------------------------------------------------


def tokens(rule: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", rule))


def themes() -> Iterable[dict[str, str]]:
    """Light, dark as the system has it, dark by the switch."""
    sheet = SHEET.read_text("utf-8")
    roots = [sheet[found.end() :].split("}", 1)[0] for found in re.finditer(r"^ *:root[^{]*\{", sheet, re.MULTILINE)]
    return [found for found in map(tokens, roots) if "ink" in found][:3]


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, relative luminance and contrast ratio; 1 to 21."""

    def luminance(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrasts_are_those_of_the_style_and_high_enough() -> None:
    light, dark, switched = themes()
    assert dark == switched, "dark values stand twice in the style"
    assert {colour.token for colour in COLOURS} == light.keys() == dark.keys()
    for colour in COLOURS:
        if not colour.light:
            continue
        found = [contrast(theme[colour.token], theme["paper"]) for theme in (light, dark)]
        assert [f"{ratio:.1f}" for ratio in found] == [colour.light, colour.dark], colour.name
        assert min(found) >= (3 if colour.token == "rule-2" else 4.5), colour.name


@pytest.mark.parametrize("ground", ["paper-sunk", "zhu-wash"])
def test_text_on_a_tinted_ground_can_be_read(ground: str) -> None:
    """Citations, pointed-to paragraphs, search marks: ink, and what stands in them in another ink."""
    for theme in themes():
        for ink in ("ink", "ink-2", "ink-3", "zhu"):
            assert contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)


# --- What the style promises everywhere ---------------------------------------------------


def test_nothing_moves() -> None:
    """What waits may be unseen until its time comes, at one step."""
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\b(?:transition|scroll-behavior)\s*:", sheet)
    assert all("step-end" in one for one in re.findall(r"\banimation\s*:[^;}]*", sheet))
