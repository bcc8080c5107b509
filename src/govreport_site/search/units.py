"""What of a report is searched: its lines, and which passage each part of a line belongs to.

In flows a `Report` with its address, out flows `ReportUnits`: plain data that `contribution.py`
folds and weighs, and `segments.py` writes down for the browser. A unit is a line of the body as published, without the blanks at
its ends; a line of blanks is none. In a unit, a place begins wherever a passage begins:

- a run-in heading belongs to the passage that follows it on its line;
- a heading alone, or with another heading behind it, is a place of its own, whose anchor is
  its section's;
- a passage of several lines (a table) has one place in each of them, all with its anchor.

Nothing is lost: a unit's first place begins at 0, and every place runs to the next one.
Twin: templates/static/browser/lines.js reads what is written from these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from govreport_site.normalise import trim
from govreport_site.report import Report, Section
from govreport_site.source import Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage, or a heading of its own, begins in a unit. Offsets count UTF-16 units.

    start    where it begins, its run-in heading included
    body     where that heading is over; `start` when there is none
    anchor   id on the report's page; empty when the text stands before everything that has one
    section  index in `ReportUnits.sections`
    number   as in the margin of the page
    title    whether it is the report's title
    topics   of its passage, each as a path (`topic_names`)
    """

    start: int
    body: int
    anchor: str
    section: int
    number: int | None
    title: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the body as published, without the blanks at its ends."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class UnitSection:
    """What a place inherits: headings from the top (marker and title as written), and kind."""

    path: tuple[str, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class ReportUnits:
    """All that the browser needs to search a report and to show what was found.

    address      its folder under the site's root: henan/xuchang/2025-weijianwei
    issuer_kind  value and name: ("weisheng", "卫生健康")
    lineage      code and name of each place, from the province down
    date         published, else dated
    """

    address: str
    title: str
    issuer: str | None
    issuer_kind: tuple[str, str] | None
    lineage: tuple[tuple[str, str], ...]
    year: int | None
    date: str | None
    sections: tuple[UnitSection, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading or a passage, where it stands, and what it leads to."""

    span: Span
    heading: bool
    anchor: str
    section: UnitSection
    number: int | None
    title: bool = False


def units_of(
    report: Report,
    *,
    address: str,
    title: str,
    lineage: tuple[tuple[str, str], ...],
    issuer_kind: tuple[str, str] | None,
    topics: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> ReportUnits:
    """The lines of a report, with the passage each part of them belongs to. `topics`: of each passage."""
    text = report.source.text
    marks = sorted((mark for section in report.sections for mark in _marks(section)), key=lambda mark: mark.span)
    sections: dict[UnitSection, int] = {}
    units = []
    before: _Mark | None = None
    first = 0
    for line in report.source.lines():
        span = trim(text, line)
        if not span:
            continue
        while first < len(marks) and marks[first].span.end <= span.start:
            before = marks[first]
            first += 1
        last = first
        while last < len(marks) and marks[last].span.start < span.end:
            last += 1
        units.append(_unit(text, span, marks[first:last], before, sections, topics))
    metadata = report.metadata
    return ReportUnits(
        address=address,
        title=title,
        issuer=metadata.issuer,
        issuer_kind=issuer_kind,
        lineage=lineage,
        year=metadata.year,
        date=metadata.date,
        sections=tuple(sections),
        units=tuple(units),
    )


def _marks(section: Section, above: tuple[str, ...] = ()) -> Iterator[_Mark]:
    """Headings and passages of a section and all below it."""
    heading = (section.marker.text if section.marker else "") + section.title
    path = (*above, heading) if section.level else above
    own = UnitSection(path, section.kind)
    if section.heading:
        yield _Mark(section.heading, True, section.id, own, None)
    for passage in section.passages:
        kind = passage.kind or section.kind
        own = UnitSection(path, kind)
        yield _Mark(passage.span, False, passage.id, own, passage.number, passage.role == "title")
    for subsection in section.subsections:
        yield from _marks(subsection, path)


def _unit(
    text: str,
    span: Span,
    marks: list[_Mark],
    before: _Mark | None,
    sections: dict[UnitSection, int],
    topics: Mapping[str, tuple[str, ...]],
) -> Unit:
    """One line. `before` is the last mark above it, for a line the tree says nothing of."""

    def offset(at: int) -> int:
        return _utf16_length(text[span.start : min(max(at, span.start), span.end)])

    def place(start: int, body: int, mark: _Mark) -> Place:
        section = sections.setdefault(mark.section, len(sections))
        own = topics.get(mark.anchor, ())
        return Place(offset(start) if places else 0, offset(body), mark.anchor, section, mark.number, mark.title, own)

    places: list[Place] = []
    at = 0
    while at < len(marks):
        mark = marks[at]
        following = marks[at + 1] if at + 1 < len(marks) else None
        if mark.heading and following is not None and not following.heading:
            places.append(place(mark.span.start, following.span.start, following))
            at += 1
        elif mark.heading:
            places.append(place(mark.span.start, mark.span.end, mark))
        else:
            # A first place begins at 0 and so does its text, whatever blanks or signs stand before it.
            places.append(place(mark.span.start, mark.span.start if places else span.start, mark))
        at += 1
    if not places:
        lost = _Mark(span, False, "", UnitSection((), None), None)
        places.append(place(span.start, span.start, before or lost))
    return Unit(text[span.start : span.end], tuple(places))


def _utf16_length(text: str) -> int:
    """How long JavaScript says a text is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
