"""What one report brings to the index: its places in the order of the index, folded, with weights.

In flow `ReportUnits`, out flow bytes that a cache keeps; `segments.py` makes an index from many
of them and never looks at a report again.

Places are numbered by kind (the order of `Kind`, then none), and within a kind as they stand in
the text. A line belongs where its first place belongs; all its places follow one another. The
letters of a line are those of `normalise`, in UTF-16 units, with a 0 behind them; U+0000 itself
is written U+FFFF, here and in a question, so that 0 is never a letter.

Each letter has a level, 0…4: what a phrase that begins there weighs (`scoring.py`). A *break* is where marks stand
between two letters of a line: there a question in quotes goes on only if it has these marks.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govreport_site.addresses import page_in
from govreport_site.normalise import JOINING, fold_character, normalise
from govreport_site.report import Kind
from govreport_site.search import scoring
from govreport_site.search.units import ReportUnits, Unit

# Kinds as the index numbers them; the last stands for none.
KINDS: tuple[str | None, ...] = (*(kind.value for kind in Kind), None)

# Bytes of the order and of the rest of the header; places, breaks, letters.
_SIZES = struct.Struct("<IIIII")

# Of a row of dots or dashes no more is kept; JavaScript's twin is in segment.js.
MOST_MARKS = 8

WordStarts = Callable[[str], Sequence[int]]

# A lone surrogate has no UTF-8; a script must hold neither “</script” nor “<!--”.
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    wire      JSON of [text, [place, …], words]; a place is [start, body, anchor, section, number], and 1
              for a title; words: their lengths in letters (`_lengths`)
    sections  in which its places stand
    places    how many it has
    """

    wire: str
    sections: tuple[int, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Brought:
    """A contribution, read back. Numbers of places count from 0 within the report.

    head        JSON of [address, url, title, issuer, issuer kind, lineage, year, date], without brackets
    sections    JSON of each: [[heading, …], kind]
    lines       in the order of their places
    kinds       places in each of `KINDS`
    joined      (place, where it begins in its line's letters, its own kind if another, else -1):
                places that do not begin their line
    continuing  (place, how far back the first place with its anchor is)
    topics      of each place
    marks       (mark as strict text has it, places with it)
    starts      of each place in `letters`
    letters     UTF-16 units, a 0 behind each line
    levels      of each letter
    breaks      letters before which marks stand, in the middle of a line; rising
    runs        of each break the marks, as strict text has them, or the first `MOST_MARKS` of them
    """

    address: str
    title: str
    issuer: str | None
    issuer_kind: tuple[str, str] | None
    lineage: tuple[tuple[str, str], ...]
    year: int | None
    date: str | None
    head: str
    sections: tuple[str, ...]
    lines: tuple[Line, ...]
    kinds: tuple[int, ...]
    joined: tuple[tuple[int, int, int], ...]
    continuing: tuple[tuple[int, int], ...]
    topics: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[str, tuple[int, ...]], ...]
    starts: NDArray[np.uint32]
    letters: NDArray[np.uint16]
    levels: NDArray[np.uint8]
    breaks: NDArray[np.uint32]
    runs: tuple[str, ...]


def contribute(report: ReportUnits, word_starts: WordStarts) -> bytes:
    """What a report brings. `word_starts` gives, for folded text, where its words begin, in characters."""
    places = _Places(report, word_starts)
    codes = " ".join(code for code, _ in report.lineage) or "~"
    order = [codes, _sortable(report.issuer or ""), -(report.year or 0), _sortable(report.address)]
    header = {
        "head": [
            report.address,
            page_in(report.address),
            report.title,
            report.issuer,
            report.issuer_kind,
            report.lineage,
            report.year,
            report.date,
        ],
        "sections": [as_json([section.path, section.kind]) for section in report.sections],
        "lines": places.lines,
        "kinds": places.kinds,
        "joined": places.joined,
        "continuing": places.continuing,
        "topics": [list(places.topics), places.topics_of],
        "marks": sorted(places.marks.items()),
        "runs": [list(places.runs), places.run_of],
    }
    first, second = (json.dumps(part, separators=(",", ":")).encode() for part in (order, header))
    starts = np.asarray(places.starts, np.uint32)
    sizes = _SIZES.pack(len(first), len(second), len(starts), len(places.breaks), len(places.letters))
    arrays = (starts, places.breaks, places.letters, places.levels)
    return b"".join((sizes, first, second, *(array.tobytes() for array in arrays)))


def read_order(data: bytes) -> list[Any]:
    """Where the report stands among all: place from the province down, issuer, newest year, address."""
    length = _SIZES.unpack_from(data)[0]
    order: list[Any] = json.loads(data[_SIZES.size : _SIZES.size + length])
    return order


def read_size(data: bytes) -> tuple[int, int]:
    """How many places the report has, and how many letters."""
    _, _, places, _, letters = _SIZES.unpack_from(data)
    return places, letters


def read_contribution(data: bytes) -> Brought:
    """The contribution in these bytes; ValueError when they are none."""
    try:
        order, length, places, breaks, letters = _SIZES.unpack_from(data)
        begin = _SIZES.size + order
        at = begin + length
        if len(data) != at + 4 * places + 4 * breaks + 3 * letters:
            raise ValueError("a contribution of another length")
        header: dict[str, Any] = json.loads(data[begin:at])
        head = header["head"]
        topics = [tuple(names) for names in header["topics"][0]]
        runs, run_of = header["runs"]
        return Brought(
            address=head[0],
            title=head[2],
            issuer=head[3],
            issuer_kind=tuple(head[4]) if head[4] else None,
            lineage=tuple((code, name) for code, name in head[5]),
            year=head[6],
            date=head[7],
            head=as_json(head)[1:-1],
            sections=tuple(header["sections"]),
            lines=tuple(Line(wire, tuple(of), count) for wire, of, count in header["lines"]),
            kinds=tuple(header["kinds"]),
            joined=tuple((place, start, kind) for place, start, kind in header["joined"]),
            continuing=tuple((place, back) for place, back in header["continuing"]),
            topics=tuple(topics[number] for number in header["topics"][1]),
            marks=tuple((mark, tuple(ids)) for mark, ids in header["marks"]),
            starts=np.frombuffer(data, np.uint32, places, at),
            breaks=np.frombuffer(data, np.uint32, breaks, at + 4 * places),
            letters=np.frombuffer(data, np.uint16, letters, at + 4 * (places + breaks)),
            levels=np.frombuffer(data, np.uint8, letters, at + 4 * (places + breaks) + 2 * letters),
            runs=tuple(runs[number] for number in run_of),
        )
    except (KeyError, TypeError, IndexError, struct.error) as error:
        raise ValueError(f"no contribution: {error}") from error


def as_json(data: object) -> str:
    """JSON that is safe inside a script and has a UTF-8 form."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class _Places:
    """Gathers the places of a report, line by line in their new order."""

    def __init__(self, report: ReportUnits, word_starts: WordStarts) -> None:
        self.lines: list[tuple[str, list[int], int]] = []
        self.kinds = [0] * len(KINDS)
        self.joined: list[tuple[int, int, int]] = []
        self.continuing: list[tuple[int, int]] = []
        self.topics: dict[tuple[str, ...], int] = {}
        self.topics_of: list[int] = []
        self.marks: dict[str, list[int]] = {}
        self.starts: list[int] = []
        self._kind_of = [KINDS.index(section.kind) for section in report.sections]
        self._marking = frozenset(filter(_marks_of, set().union(*(unit.text for unit in report.units))))
        units = sorted(report.units, key=lambda unit: self._kind_of[unit.places[0].section])
        strict = "".join(f"{normalise(unit.text, keep_marks=True)}\n" for unit in units).replace("\0", "\uffff")
        folded = _MARKS.sub("", strict)
        # A line feed is no letter: it ends a line, for the dictionary too.
        self.letters = np.frombuffer(_units(folded), "<u2").astype(np.uint16)
        self.letters[self.letters == 0x0A] = 0
        self._find_breaks(strict)
        words = _starts_of_words(folded, len(self.letters), word_starts)
        self.levels = np.zeros(len(self.letters), np.uint8)
        counted = np.append(0, np.cumsum(words)).tolist()
        first: dict[str, int] = {}
        start = 0
        for unit, end in zip(units, np.flatnonzero(self.letters == 0).tolist(), strict=True):
            self._take(unit, start, end, counted, first)
            wire = [
                [p.start, p.body, p.anchor, p.section, p.number or 0, *([1] if p.title else [])] for p in unit.places
            ]
            sections = sorted({place.section for place in unit.places})
            self.lines.append((as_json([unit.text, wire, _lengths(words[start:end])]), sections, len(unit.places)))
            start = end + 1
        self.levels[~words & (self.levels > 0)] -= 1

    def _find_breaks(self, strict: str) -> None:
        """Where marks stand between two letters, and which."""
        units = np.frombuffer(_units(strict), "<u2")
        is_mark = np.isin(units, _MARK_UNITS)
        behind = np.cumsum(~is_mark)[is_mark]
        marks = _text_of(units[is_mark])
        firsts = np.flatnonzero(np.diff(behind, prepend=-1))
        ends = np.append(firsts[1:], len(marks))
        inner = np.append(0, self.letters)[behind[firsts]] != 0
        inner &= self.letters[np.minimum(behind[firsts], len(self.letters) - 1)] != 0
        self.breaks = behind[firsts[inner]].astype(np.uint32)
        self.runs: dict[str, int] = {}
        self.run_of = [
            self.runs.setdefault(marks[first:end][:MOST_MARKS], len(self.runs))
            for first, end in zip(firsts[inner].tolist(), ends[inner].tolist(), strict=True)
        ]

    def _take(self, unit: Unit, start: int, end: int, counted: list[int], first: dict[str, int]) -> None:
        """One line, whose letters are [start, end)."""
        begin = len(self.starts)
        kind = self._kind_of[unit.places[0].section]
        self.kinds[kind] += len(unit.places)
        bounds = [*(start + _letters_before(unit.text, place.start) for place in unit.places), end]
        for number, place in enumerate(unit.places):
            here, low, high = begin + number, bounds[number], bounds[number + 1]
            own = self._kind_of[place.section]
            if number:
                self.joined.append((here, low - start, own if own != kind else -1))
            if first.setdefault(place.anchor, here) != here:
                self.continuing.append((here, here - first[place.anchor]))
            self.topics_of.append(self.topics.setdefault(place.topics, len(self.topics)))
            body = min(max(start + _letters_before(unit.text, place.body), low), high)
            field = scoring.Field.TITLE if place.title else scoring.Field.TEXT
            self.levels[low:body] = scoring.level(scoring.Field.HEADING, counted[body] - counted[low])
            self.levels[body:high] = scoring.level(field, counted[high] - counted[body])
            self.starts.append(low)
        for at, character in enumerate(unit.text):
            if character not in self._marking:
                continue
            place_of = begin
            if len(unit.places) > 1:
                before = len(_units(unit.text[:at])) // 2
                place_of += sum(place.start <= before for place in unit.places[1:])
            for mark in _marks_of(character):
                known = self.marks.setdefault(mark, [])
                if not known or known[-1] != place_of:
                    known.append(place_of)


@cache
def _marks_of(character: str) -> frozenset[str]:
    """What of a character stands in strict text only: of “、” itself, of “㈠” its brackets."""
    return frozenset(fold_character(character, keep_marks=True)).difference(fold_character(character))


_MARKS = re.compile(f"[{re.escape(''.join(sorted(JOINING)))}]+")
_MARK_UNITS = np.asarray(sorted(map(ord, JOINING)), np.uint16)


def _text_of(units: NDArray[np.uint16]) -> str:
    return units.astype("<u2").tobytes().decode("utf-16-le")


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _sortable(text: str) -> str:
    """A text whose order by code points is the other's by UTF-16 units, as browsers compare."""
    return text.encode("utf-16-be", "surrogatepass").hex()


def _letters_before(text: str, units: int) -> int:
    """How many letters the first `units` UTF-16 units of a line become."""
    if units == 0:
        return 0
    before = _units(text)[: 2 * units].decode("utf-16-le", "surrogatepass")
    return len(_units(normalise(before))) // 2


def _starts_of_words(folded: str, length: int, word_starts: WordStarts) -> NDArray[np.bool_]:
    """For each letter whether a word begins there."""
    starts = np.zeros(length, np.bool_)
    found = np.asarray(word_starts(folded), np.int64)
    if length != len(folded):  # pairs: characters are not units
        widths = np.fromiter((2 if c > "\uffff" else 1 for c in folded), np.int64, len(folded))
        found = (np.cumsum(widths) - widths)[found]
    starts[found] = True
    return starts


def _lengths(starts: NDArray[np.bool_]) -> str:
    """The words of a line as their lengths, a digit each; 9: nine, and the word goes on with the next digit."""
    lengths = np.diff(np.append(np.flatnonzero(starts), len(starts)))
    if (lengths < 9).all():
        return (lengths + ord("0")).astype(np.uint8).tobytes().decode("ascii")
    return "".join(str(n) if n < 9 else "9" * (n // 9) + str(n % 9) for n in lengths.tolist())
