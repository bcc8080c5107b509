"""The lines of a report and a query → the passages that answer. Pure, and exact.

Whoever finds the lines (the terminal's index, or nobody: then it is all of them), what is an
answer is decided here, by looking for the folded phrase in the folded line. An *answer* is a
passage; it stands in the first of its lines that match.
Twin: templates/static/browser/search.js, lines.js and facets.js; tests/test_search_index.py and
tests/test_terminal_search.py ask both the same questions. Read on in `terminal.py`, which finds the lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from govreport_site import addresses
from govreport_site.normalise import fold_character, normalise
from govreport_site.search.query import Phrase, Query, within_years
from govreport_site.search.units import Place, ReportUnits, Unit, UnitSection


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared; for each character of it, where its source begins and ends, in UTF-16 units."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one phrase occurs in an answer: in the passage's own heading, and in its text."""

    heading: int
    body: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One passage that holds what was asked for.

    unit     the first of its lines that match
    end      where the passage ends in that line; it begins at `place.start`
    phrases  what was looked for
    tallies  one for each phrase, over all its lines that match
    length   of the line as it is compared, in characters
    order    where it stands among the answers of its report
    """

    report: ReportUnits
    unit: Unit
    place: Place
    end: int
    phrases: tuple[Phrase, ...]
    tallies: tuple[Tally, ...]
    length: int
    order: int

    @property
    def section(self) -> UnitSection:
        """What the passage inherits."""
        return self.report.sections[self.place.section]

    @property
    def occurrences(self) -> int:
        """Of all phrases, in the passage."""
        return sum(tally.heading + tally.body for tally in self.tallies)

    @property
    def marks(self) -> list[tuple[int, int]]:
        """Every occurrence in the line, half-open, in UTF-16 units of it; may overlap. Made anew when asked for."""
        marks = []
        for phrase in self.phrases:
            folded = fold(self.unit.text, keep_marks=phrase.strict)
            for at in occurrences(folded.text, phrase.folded):
                marks.append((folded.starts[at], folded.ends[at + len(phrase.folded) - 1]))
        return sorted(marks)

    @property
    def url(self) -> str:
        """The passage's address under the site's root."""
        page = addresses.page_in(self.report.address)
        return addresses.fragment(page, quote(self.place.anchor, safe="!'()*-_.~")) if self.place.anchor else page


@dataclass(frozen=True, slots=True)
class Filters:
    """The choice beside the query; an empty one admits everything.

    kinds         values of `Kind`
    places        codes, or parts of names; everything below them too
    years         ranges, “2020-2025”
    issuer_kinds  as addresses spell them, or names
    """

    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    issuer_kinds: tuple[str, ...] = ()


def fold(text: str, *, keep_marks: bool = False) -> Folded:
    """A text as it is compared, with the way back."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for character in text:
        end = at + (2 if character > "\uffff" else 1)
        for one in fold_character(character, keep_marks=keep_marks):
            folded.append(one)
            starts.append(at)
            ends.append(end)
        at = end
    return Folded("".join(folded), tuple(starts), tuple(ends))


def occurrences(text: str, wanted: str) -> Iterator[int]:
    """Every place where `wanted` begins, overlapping ones too."""
    at = text.find(wanted)
    while at != -1:
        yield at
        at = text.find(wanted, at + 1)


class _Line:
    """A unit, folded in either way when first asked for; with the way back only where it is needed."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        places = unit.places
        self._plain = len(places) == 1 and places[0].body == 0

    @cached_property
    def loose(self) -> str:
        return normalise(self.unit.text)

    @cached_property
    def strict(self) -> str:
        return normalise(self.unit.text, keep_marks=True)

    @cached_property
    def _loose_starts(self) -> tuple[int, ...]:
        return fold(self.unit.text).starts

    @cached_property
    def _strict_starts(self) -> tuple[int, ...]:
        return fold(self.unit.text, keep_marks=True).starts

    def text(self, phrase: Phrase) -> str:
        return self.strict if phrase.strict else self.loose

    def holds(self, phrase: Phrase) -> bool:
        return phrase.folded in self.text(phrase)

    def hits(self, phrase: Phrase) -> list[tuple[int, bool]]:
        """For each occurrence the place in which it begins, and whether that is in its heading."""
        found = occurrences(self.text(phrase), phrase.folded)
        if self._plain:
            return [(0, False) for _ in found]
        way_back = self._strict_starts if phrase.strict else self._loose_starts
        starts = [bisect_left(way_back, place.start) for place in self.unit.places]
        bodies = [bisect_left(way_back, place.body) for place in self.unit.places]
        hits = []
        for at in found:
            place = max(0, bisect_right(starts, at) - 1)
            hits.append((place, at < bodies[place]))
        return hits


def answers_in(report: ReportUnits, query: Query) -> list[Answer]:
    """The passages of a report that answer a query, in the order of the text; narrowings are not looked at.

    All phrases must occur in one line and no exclusion may; the answer is the passage in which
    the first phrase begins. A passage of several lines (a table) is one answer however many of
    its lines match. A query without phrases is answered by every passage.
    """
    first: dict[str, tuple[_Line, int]] = {}
    tallies: dict[str, list[list[int]]] = {}
    for line in map(_Line, report.units):
        if not all(map(line.holds, query.phrases)) or any(map(line.holds, query.exclusions)):
            continue
        hits = [line.hits(phrase) for phrase in query.phrases]
        for place, _ in hits[0] if hits else ((place, False) for place in range(len(line.unit.places))):
            first.setdefault(line.unit.places[place].anchor, (line, place))
        for number, found in enumerate(hits):
            for place, in_heading in found:
                tally = tallies.setdefault(line.unit.places[place].anchor, [[0, 0] for _ in hits])
                tally[number][0 if in_heading else 1] += 1
    return [
        _answer(report, line, place, query, tallies.get(anchor, []), order)
        for order, (anchor, (line, place)) in enumerate(first.items())
    ]


def _answer(
    report: ReportUnits, line: _Line, number: int, query: Query, tallies: list[list[int]], order: int
) -> Answer:
    places = line.unit.places
    end = places[number + 1].start if number + 1 < len(places) else units_long(line.unit.text)
    return Answer(
        report,
        line.unit,
        places[number],
        end,
        query.phrases,
        tuple(Tally(heading, body) for heading, body in tallies),
        len(line.loose),
        order,
    )


def admits_report(report: ReportUnits, query: Query, filters: Filters) -> bool:
    """Whether a report lies within the choice and within the query's own 地区: 年份: 机关:."""
    codes = [code for code, _ in report.lineage]
    names = [normalise(name) for _, name in report.lineage]
    if filters.places and not any(
        wanted in codes or any(normalise(wanted) in name for name in names) for wanted in filters.places
    ):
        return False
    if filters.years and not within_years(filters.years, report.year):
        return False
    if filters.issuer_kinds and not set(filters.issuer_kinds) & set(report.issuer_kind or ()):
        return False
    for narrowing in query.narrowings:
        if narrowing.key == "place":
            held = [*codes, *names]
        elif narrowing.key == "issuer":
            held = [normalise(report.issuer or ""), normalise(report.issuer_kind[1] if report.issuer_kind else "")]
        elif narrowing.key == "year" and not within_years(narrowing.values, report.year):
            return False
        else:
            continue
        if not any(value in name for value in narrowing.values for name in held):
            return False
    return True


def admits_section(section: UnitSection, query: Query, filters: Filters) -> bool:
    """Whether a section lies within the choice and within the query's own 种类:."""
    if filters.kinds and section.kind not in filters.kinds:
        return False
    return all(section.kind in narrowing.values for narrowing in query.narrowings if narrowing.key == "kind")


def addresses_of(wanted: Mapping[str, str]) -> dict[str, str]:
    """File → address, from file → the address it would have alone.

    As in `catalogue.gather`: of two reports with one address, the first by file keeps it.
    """
    taken: dict[str, str] = {}
    for file in sorted(wanted):
        address, number = wanted[file], 1
        while address in taken:
            number += 1
            address = f"{wanted[file]}-{number}"
        taken[address] = file
    return {file: address for address, file in taken.items()}


def as_record(answer: Answer) -> dict[str, Any]:
    """An answer as the browser's `search` gives it; addresses lead from the site's root."""
    report = answer.report
    return {
        "report": {
            "id": report.address,
            "title": report.title,
            "url": addresses.page_in(report.address),
            "issuer": report.issuer,
            "place": report.lineage[-1][0] if report.lineage else None,
            "places": [name for _, name in report.lineage],
            "year": report.year,
            "date": report.date,
        },
        "passage": answer.place.anchor,
        "url": answer.url,
        "heading": " › ".join(answer.section.path),
        "path": list(answer.section.path),
        "kind": answer.section.kind,
        "number": answer.place.number,
        "text": answer.unit.text,
        "marks": [list(mark) for mark in answer.marks],
        "span": [answer.place.start, answer.place.body, answer.end],
        "occurrences": answer.occurrences,
    }


def units_long(text: str) -> int:
    """How long JavaScript says a text is."""
    return len(text) + sum(c > "\uffff" for c in text)
