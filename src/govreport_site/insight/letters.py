"""A report as the letters by which wording is compared.

In flow a `Report` and set phrases, out flows `Letters`: its running text without marks, blanks and
digits, passage by passage, and a number for each run of `RUN` letters, so that equal runs have
equal numbers, everywhere and in every year. Letters of a titled text (《…》) and of a set phrase belong to no run.

Numbers have 64 bits: that two different runs of a pair of reports have one number happens once in
10¹² pairs, and so they are taken for the runs themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govreport_site.normalise import FOLDED, fold_character
from govreport_site.report import Report
from govreport_site.source import Span

Array = NDArray[Any]

# Wording counts as shared from so many letters in a row: a long clause, or two short ones.
RUN = 13

# Letters by which a set phrase is looked for; none is shorter (`set_phrases.py`).
_HEAD = 6

_TITLED = re.compile("《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》")


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """Running text of a report. Arrays of one length, but `starts`.

    passages  ids, in the order of the text
    numbers   by which they are called
    starts    where the letters of each passage begin, and at last where all end
    at        where each letter stands in `Report.source.text`
    runs      number of the run that begins with the letter; 0: none does
    """

    passages: tuple[str, ...]
    numbers: tuple[int | None, ...]
    starts: Array
    at: Array
    runs: Array

    def stretch(self, passage: str) -> slice:
        """Where the letters of a passage stand. Raises ValueError when it has none."""
        number = self.passages.index(passage)
        return slice(int(self.starts[number]), int(self.starts[number + 1]))

    def number(self, passage: str) -> int | None:
        """By which a passage is called. Raises ValueError when it is none of these."""
        return self.numbers[self.passages.index(passage)]


def read_letters(report: Report, phrases: Sequence[str]) -> Letters:
    """The letters of a report's running text; `phrases` as `read_set_phrases` gives them."""
    parts = [p for _, p in report.passages() if p.role in ("intro", "text") and p.form == "paragraph"]
    return letters_in(report.source.text, [(part.id, part.span, part.number) for part in parts], phrases)


def letters_in(text: str, parts: Sequence[tuple[str, Span, int | None]], phrases: Sequence[str]) -> Letters:
    """The letters of some passages (id, span, number) of a text, in its order."""
    letters = _letters(text)
    running = np.zeros(len(text), np.bool_)
    for _, span, _ in parts:
        running[span.start : span.end] = True
    at = np.flatnonzero(running & (letters != 0))
    letters = letters[at]
    starts = np.append(np.searchsorted(at, [span.start for _, span, _ in parts]), len(at))

    ones, fours, sixes = _numbers(letters)
    runs = np.zeros(len(at), np.uint64)
    whole = _runs(ones, fours)
    runs[: len(whole)] = whole
    titled = np.searchsorted(at, [found.span() for found in _TITLED.finditer(text)] or [(0, 0)]).tolist()
    ends = [(end, end) for end in starts.tolist()]
    for first, last in [*ends, *titled, *_phrases_in(letters, sixes, phrases)]:
        # No run may reach into it.
        if first or last:
            runs[max(0, first - RUN + 1) : last] = 0
    return Letters(tuple([id_ for id_, _, _ in parts]), tuple([number for _, _, number in parts]), starts, at, runs)


def letters_of(text: str) -> str:
    """A text without all that is no letter."""
    letters = _letters(text)
    return _as_text(letters[letters != 0])


def countable(runs: Array) -> Array:
    """Which letters belong to any run at all; `runs` as in `Letters`, or a stretch of them."""
    return covered(runs != 0)


def shared(runs: Array, others: Array) -> Array:
    """Which letters belong to a run that is one of `others`, too."""
    if not len(others):
        return np.zeros(len(runs), np.bool_)
    known = np.sort(others)
    near = np.minimum(np.searchsorted(known, runs), len(known) - 1)
    return covered((known[near] == runs) & (runs != 0))


def spans(letters: Letters, marked: Array, stretch: slice) -> tuple[Span, ...]:
    """The marked letters of a stretch as ranges of the report's text, marks between them included."""
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    at = letters.at[stretch]
    return tuple(Span(int(at[a]), int(at[b - 1]) + 1) for a, b in zip(edges[::2], edges[1::2], strict=True))


def covered(begins: Array) -> Array:
    """Letters that one of the runs reaches which begin at the places marked."""
    steps = begins.astype(np.int8)
    steps[RUN:] -= begins[:-RUN]
    reached: Array = np.cumsum(steps, dtype=np.int32) > 0
    return reached


# --- Letters and their numbers --------------------------------------------------------------


@lru_cache(maxsize=1)
def _table() -> Array:
    """UTF-16 unit → the letter it is compared as; 0: none. A letter is Chinese, or one of a to z."""
    table = np.zeros(0x10000, np.uint16)
    for start, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x3007, 0x3008)):
        table[start:end] = np.arange(start, end)
    for start, end in FOLDED:
        for point in range(start, min(end, 0x10000)):
            folded = fold_character(chr(point))
            if len(folded) == 1 and ("a" <= folded <= "z" or "\u3400" <= folded <= "\u9fff"):
                table[point] = ord(folded)
    return table


def _as_text(letters: Array) -> str:
    return str(letters.tobytes(), "utf-16-le", "surrogatepass")


def _letters(text: str) -> Array:
    """The letter each character is compared as; 0: none. Rare characters beyond U+FFFF are none."""
    units = text.encode("utf-16-le", "surrogatepass")
    points: Array = np.frombuffer(units, np.uint16)
    if len(points) != len(text):
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        points = np.where(points < 0x10000, points, 0)
    letters: Array = _table()[points]
    return letters


_BASE = 0x9E3779B97F4A7C15  # odd, of 64 bits that look random


_POWERS = [np.uint64(pow(_BASE, exponent, 1 << 64)) for exponent in range(5)]


def _numbers(letters: Array) -> tuple[Array, Array, Array]:
    """Numbers of all letters, of all runs of four, and of all runs of six."""
    ones = letters.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    twos = ones[:-1] * _POWERS[1] + ones[1:]
    fours = twos[:-2] * _POWERS[2] + twos[2:]
    return ones, fours, fours[:-2] * _POWERS[2] + twos[4:]


def _runs(ones: Array, fours: Array) -> Array:
    """Numbers of all runs of `RUN` letters; none is 0."""
    eights = fours[:-4] * _POWERS[4] + fours[4:]
    twelves = eights[:-4] * _POWERS[4] + fours[8:]
    runs = twelves[:-1] * _POWERS[1] + ones[12:]
    # Low bits depend on low bits only: mixed, so that any of them may stand for the whole.
    runs ^= runs >> np.uint64(32)
    runs *= np.uint64(0xD6E8FEB86659FD93)
    runs ^= runs >> np.uint64(29)
    mixed: Array = np.maximum(runs, np.uint64(1))
    return mixed


# --- Set phrases ----------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _heads(phrases: tuple[str, ...]) -> tuple[Array, dict[str, tuple[str, ...]]]:
    """Whether a phrase may begin so, by the 16 high bits of its head's number; the phrases of each head, longest first."""
    known: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        known.setdefault(phrase[:_HEAD], []).append(phrase)
    table = np.zeros(0x10000, np.bool_)
    for head in known:
        table[_numbers(_letters(head))[2] >> np.uint64(48)] = True
    return table, {head: tuple(those) for head, those in known.items()}


def _phrases_in(letters: Array, heads: Array, phrases: Sequence[str]) -> list[tuple[int, int]]:
    """Where set phrases stand, the longest of each place."""
    if not len(heads):
        return []
    table, known = _heads(tuple(phrases))
    text = _as_text(letters)
    found = []
    for at in np.flatnonzero(table[heads >> np.uint64(48)]).tolist():
        for phrase in known.get(text[at : at + _HEAD], ()):
            if text.startswith(phrase, at):
                found.append((at, at + len(phrase)))
                break
    return found
