"""Headings and blocks → the tree of sections, lossless. Pure.

The text is cut three ways: what stands before the first heading, the headings with what
is under them, and sign-off and foot. Spans of neighbours touch; only blanks stand between
a heading, a passage and the next passage.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govreport_site.normalise import normalise, trim
from govreport_site.reading.blocks import Block
from govreport_site.reading.kinds import Typed, kind_of_part, kind_of_top, kinds_of_passages
from govreport_site.reading.markers import key_part
from govreport_site.reading.outline import Heading
from govreport_site.reading.passages import passage_ids, read_points
from govreport_site.reading.roles import roles_after, roles_before, split_title
from govreport_site.report import Form, Kind, Passage, Role, Section
from govreport_site.source import Source, Span

# The last lines of a report, in which sign-off and page foot are looked for.
_TAIL = 12


@dataclass(slots=True)
class _Draft:
    """A section while it is being filled."""

    heading: Heading | None
    start: int
    id: str = ""
    key: str = ""
    passages: list[Passage] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)


def build_tree(source: Source, blocks: Sequence[Block], headings: Sequence[Heading]) -> tuple[Section, ...]:
    """Sections in the order of the text: level 0 first, sign-off and foot (level 0) last."""
    pieces = _part_title(source, _cut(source, blocks, headings), headings)
    passages = _number(source, _with_roles(source, pieces, headings))
    front = _Draft(None, 0, id="s-0")
    drafts: list[_Draft] = []
    tops: list[_Draft] = []
    above: list[tuple[int, _Draft]] = []  # the last heading and those over it, with their levels
    for heading in headings:
        draft = _Draft(heading, heading.span.start)
        while above and above[-1][0] >= heading.level:
            above.pop()
        (above[-1][1].children if above else tops).append(draft)
        above.append((heading.level, draft))
        drafts.append(draft)
    ends: dict[str, _Draft] = {}
    at = -1
    for passage in passages:
        while at + 1 < len(drafts) and drafts[at + 1].start <= passage.span.start:
            at += 1
        if passage.role in ("signoff", "foot"):
            name = passage.role
            end = ends.setdefault(name, _Draft(None, passage.span.start, id=f"s-{name}"))
            end.passages.append(passage)
        else:
            (drafts[at] if at >= 0 else front).passages.append(passage)
    _name(tops, "", "s", set())
    every = [front, *tops, *ends.values()]
    limits = [draft.start for draft in every[1:]] + [len(source.text)]
    return tuple(_freeze(draft, limit) for draft, limit in zip(every, limits, strict=True))


def _cut(source: Source, blocks: Sequence[Block], headings: Sequence[Heading]) -> list[Passage]:
    """Blocks less their headings: what remains of each line, table or image is a passage."""
    passages: list[Passage] = []
    following = 0
    for block in blocks:
        at = block.lead
        while following < len(headings) and headings[following].span.start < block.span.end:
            heading = headings[following]
            following += 1
            passages.extend(_rest(source, Span(at, heading.span.start), "paragraph"))
            at = heading.span.end
        form: Form = "table" if block.form == "table" else "image" if block.form == "image" else "paragraph"
        passages.extend(_rest(source, Span(max(at, block.lead), block.span.end), form))
    return passages


def _part_title(source: Source, passages: list[Passage], headings: Sequence[Heading]) -> list[Passage]:
    """A title glued to the first sentence (…情况报告2025年，我局……) becomes a passage of its own."""
    first = headings[0].span.start if headings else len(source.text)
    for at, passage in enumerate(passages[:3]):
        text = source.cut(passage.span)
        title = split_title(text) if passage.span.start < first else None
        behind = passage.span.start + text.index(title) + len(title) if title else 0
        if title and re.match(r"\s*(19|20)\d\d", source.text[behind : passage.span.end]):
            parts = [*_rest(source, Span(passage.span.start, behind), "paragraph")]
            parts += _rest(source, Span(behind, passage.span.end), "paragraph")
            return [*passages[:at], *parts, *passages[at + 1 :]]
    return passages


def _rest(source: Source, span: Span, form: Form) -> list[Passage]:
    inner = trim(source.text, span) if span.end > span.start else span
    return [Passage("", inner, form=form)] if inner.end > inner.start else []


def _with_roles(source: Source, passages: list[Passage], headings: Sequence[Heading]) -> list[Passage]:
    first = headings[0].span.start if headings else len(source.text)
    front = [passage for passage in passages if passage.span.start < first]
    tail_from = max(headings[-1].span.end if headings else 0, 0)
    texts = [source.cut(passage.span) for passage in passages]
    roles: list[Role] = ["text"] * len(passages)
    roles[: len(front)] = roles_before(texts[: len(front)])
    # Only whole lines sign a report, never what remains of a line behind its heading.
    tail = [
        row
        for row in range(max(0, len(passages) - _TAIL), len(passages))
        if passages[row].span.start >= tail_from
        and passages[row].form == "paragraph"
        and _leads_line(source, passages[row].span.start)
        and roles[row] in ("text", "intro")
    ]
    contiguous = [row for row in tail if all(later in tail for later in range(row, len(passages)))]
    for row, role in zip(contiguous, roles_after([texts[row] for row in contiguous]), strict=True):
        if role != "text":
            roles[row] = role
    return [
        passage if role == passage.role else Passage("", passage.span, role, passage.form)
        for passage, role in zip(passages, roles, strict=True)
    ]


def _leads_line(source: Source, offset: int) -> bool:
    return not normalise(source.text[source.text.rfind("\n", 0, offset) + 1 : offset], keep_marks=True)


def _number(source: Source, passages: list[Passage]) -> list[Passage]:
    """Ids, display numbers (running text only) and points."""
    ids = passage_ids(source.cut(passage.span) for passage in passages)
    numbered = []
    number = 0
    for passage, id_ in zip(passages, ids, strict=True):
        shown = passage.role in ("intro", "text")
        number += shown
        points = read_points(source, passage.span) if shown and passage.form == "paragraph" else ()
        numbered.append(Passage(id_, passage.span, passage.role, passage.form, None, number if shown else None, points))
    return numbered


def _name(siblings: list[_Draft], key: str, path: str, seen: set[str]) -> None:
    """Keys (二/一, a second one 二#2) and ids (s-2-1, a second one s-2-1_2), unique in the report."""
    counts: dict[str, int] = {}
    for draft in siblings:
        heading = draft.heading
        assert heading is not None
        if heading.marker is not None:
            part, digits = key_part(heading.marker), str(heading.marker.ordinal)
        else:
            part = heading.title
            digits = "h" + hashlib.blake2b(normalise(part).encode("utf-8", "surrogatepass")).hexdigest()[:6]
        counts[part] = counts.get(part, 0) + 1
        again = counts[part]
        draft.key = key + part + (f"#{again}" if again > 1 else "")
        id_ = f"{path}-{digits}" + (f"_{again}" if again > 1 else "")
        copy = 2
        while id_ in seen:  # （一） and 1. under one parent share their digits
            id_ = f"{path}-{digits}_{copy}"
            copy += 1
        seen.add(id_)
        draft.id = id_
        _name(draft.children, draft.key + "/", id_, seen)


def _freeze(draft: _Draft, end: int) -> Section:
    heading = draft.heading
    limits = [child.start for child in draft.children[1:]] + [end]
    return Section(
        key=draft.key,
        id=draft.id,
        level=heading.level if heading else 0,
        marker=heading.marker if heading else None,
        title=heading.title if heading else "",
        heading=heading.span if heading else Span(draft.start, draft.start),
        span=Span(draft.start, end),
        passages=tuple(draft.passages),
        subsections=tuple(_freeze(child, limit) for child, limit in zip(draft.children, limits, strict=False)),
    )


def with_kinds(
    source: Source,
    sections: tuple[Section, ...],
    *,
    year: int | None,
    decided: dict[str, Kind] | None = None,
) -> tuple[Section, ...]:
    """The same tree with a kind and a reason on every section; what a person decided wins."""
    count = sum(1 for section in sections if section.level)
    places = {section.id: place for place, section in enumerate(s for s in sections if s.level)}
    given = decided or {}

    tops = tuple(
        _typed(section, kind_of_top(section.title, index=places[section.id], count=count, year=year), given)
        if section.level
        else section
        for section in sections
    )
    kinds = {inner.kind for top in tops for inner in top.walk()}
    holds = bool(kinds & {Kind.PROBLEMS, Kind.MIXED}), bool(kinds & {Kind.PLANS, Kind.MIXED})
    return tuple(_parted(source, top, top.key not in given, *holds) for top in tops)


# Not within their caller: functions that name themselves are circles, and builds do not look for circles.


def _typed(section: Section, kind: Typed, given: dict[str, Kind]) -> Section:
    if section.key in given:
        kind = Typed(given[section.key], "编者在 YAML 中指定")
    children = tuple(_typed(child, kind_of_part(child.title, kind), given) for child in section.subsections)
    return replace(section, kind=kind.kind, reason=kind.reason, subsections=children)


def _parted(source: Source, section: Section, last: bool, has_problems: bool, has_plans: bool) -> Section:
    """`last`: nothing of its part of the first level follows, so its paragraphs may close the report."""
    children = tuple(
        _parted(source, child, last and child is section.subsections[-1], has_problems, has_plans)
        for child in section.subsections
    )
    passages = section.passages
    if section.kind and (last or section.kind is Kind.MIXED) and not section.subsections:
        typed_alone = kinds_of_passages(
            [source.cut(passage.span) for passage in passages],
            section.kind,
            has_problems=has_problems,
            has_plans=has_plans,
        )
        if not any(typed_alone):
            return section
        passages = tuple(replace(p, kind=kind) for p, kind in zip(passages, typed_alone, strict=True))
    elif all(child is before for child, before in zip(children, section.subsections, strict=True)):
        return section
    return replace(section, passages=passages, subsections=children)
