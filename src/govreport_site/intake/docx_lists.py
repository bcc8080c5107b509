"""Which list a Word paragraph belongs to, by itself or by its style. Pure.

In flow the parts styles.xml and numbering.xml as parsed by `docx.py`; out flow styles and lists
with every loose end tied: based-on chains, levels replaced by a list, recipes kept in a style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from govreport_site.intake.numbering import Level, List


@dataclass(frozen=True, slots=True)
class Style:
    """What of a style matters to the text.

    outline  level of a heading from 1, None when it is none (or nothing is said here)
    hidden   None when nothing is said here
    list     numId; “0” takes numbering away; `level` from 0
    """

    name: str
    based_on: str | None = None
    outline: int | None = None
    hidden: bool | None = None
    list: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by id, and the one a paragraph without a style has."""

    by_id: Mapping[str, Style]
    default: str | None = None

    def chain(self, name: str | None) -> Iterator[tuple[str, Style]]:
        """A style and those it is based on, nearest first; circles end."""
        seen = set()
        while name is not None and name in self.by_id and name not in seen:
            seen.add(name)
            yield name, self.by_id[name]
            name = self.by_id[name].based_on


def value(parent: Element | None, path: str) -> str | None:
    """The w.val of a descendant; None when there is no such element or value."""
    found = parent.find(path) if parent is not None else None
    return found.get("w.val") if found is not None else None


def switched(parent: Element | None, path: str) -> bool | None:
    """An on/off property: its state, or None when it is not there."""
    found = parent.find(path) if parent is not None else None
    return None if found is None else found.get("w.val", "1") not in ("0", "false", "off")


def whole(text: str | None) -> int | None:
    """A whole number as attributes hold it; None for anything else."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


def read_styles(root: Element | None) -> Styles:
    """styles.xml → styles; a document without one has none."""
    styles, default = {}, None
    for one in root.findall("w.style") if root is not None else ():
        name = one.get("w.styleId", "")
        called = value(one, "w.name") or ""
        heading = re.fullmatch(r"heading ([1-6])", called, re.IGNORECASE)
        outline = whole(value(one, "w.pPr/w.outlineLvl"))
        if heading:
            outline = int(heading[1]) - 1
        styles[name] = Style(
            called,
            value(one, "w.basedOn"),
            outline + 1 if outline is not None and 0 <= outline < 6 else None,
            switched(one, "w.rPr/w.vanish"),
            value(one, "w.pPr/w.numPr/w.numId"),
            whole(value(one, "w.pPr/w.numPr/w.ilvl")),
        )
        if one.get("w.type") == "paragraph" and one.get("w.default") in ("1", "true", "on"):
            default = name
    return Styles(styles, default)


def read_lists(root: Element | None, styles: Styles) -> dict[str, List]:
    """numbering.xml → lists by numId."""
    if root is None:
        return {}
    recipes = {one.get("w.abstractNumId", ""): one for one in root.findall("w.abstractNum")}
    chosen = {one.get("w.numId", ""): value(one, "w.abstractNumId") or "" for one in root.findall("w.num")}
    lists = {}
    for one in root.findall("w.num"):
        name = one.get("w.numId", "")
        recipe = chosen[name]
        # A recipe may only point to a style that holds the list; one step leads there, more is a circle.
        link = value(recipes.get(recipe), "w.numStyleLink")
        if link is not None and link in styles.by_id:
            recipe = chosen.get(styles.by_id[link].list or "", recipe)
        levels = _levels(recipes.get(recipe))
        starts = {}
        for override in one.findall("w.lvlOverride"):
            at = whole(override.get("w.ilvl"))
            if at is None:
                continue
            own = override.find("w.lvl")
            if own is not None:
                levels[at] = _level(own)
            start = whole(value(override, "w.startOverride"))
            if start is not None:
                starts[at] = start
        lists[name] = List(recipe, levels, starts)
    return lists


def _levels(recipe: Element | None) -> dict[int, Level]:
    found = {}
    for one in recipe.findall("w.lvl") if recipe is not None else ():
        at = whole(one.get("w.ilvl"))
        if at is not None:
            found[at] = _level(one)
    return found


def _level(one: Element) -> Level:
    format = value(one, "w.numFmt")
    if format is None:
        # Newer formats are wrapped, with an old one to fall back on.
        format = value(one, "mc.AlternateContent/mc.Fallback/w.numFmt") or "decimal"
    return Level(
        format,
        value(one, "w.lvlText") or "",
        whole(value(one, "w.start")) or 0,  # without one a list begins at 0, says ECMA-376 17.9.25
        whole(value(one, "w.lvlRestart")),
        value(one, "w.suff") != "nothing",
        bool(switched(one, "w.isLgl")),
        value(one, "w.pStyle"),
    )


def style_of(properties: Element | None, styles: Styles) -> str | None:
    """Id of a paragraph's style: its own, else the default."""
    named = value(properties, "w.pStyle")
    return named if named in styles.by_id else styles.default


def list_of(properties: Element | None, styles: Styles, lists: Mapping[str, List]) -> tuple[str, List, int] | None:
    """The list of a paragraph: numId, list and level from 0; None when it has no number.

    What the paragraph says comes first, then its style, then the styles below. In a style the
    level is the one tied to that style where the list knows it, else as written, else the first.
    """
    name = value(properties, "w.numPr/w.numId")
    at = whole(value(properties, "w.numPr/w.ilvl"))
    if name is None:
        for style, one in styles.chain(style_of(properties, styles)):
            if at is None:
                at = one.level
            if one.list is not None:
                name = one.list
                if at is None and name in lists:
                    at = next((n for n, level in lists[name].levels.items() if level.style == style), None)
                break
    if name is None or name not in lists:
        return None
    return name, lists[name], at or 0


def outline_of(properties: Element | None, styles: Styles) -> int | None:
    """Level of a heading from 1, by the paragraph or its style; None for text."""
    own = whole(value(properties, "w.outlineLvl"))
    if own is not None:
        return own + 1 if 0 <= own < 6 else None
    return next((one.outline for _, one in styles.chain(style_of(properties, styles)) if one.outline is not None), None)
