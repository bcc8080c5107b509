"""A stretch of a report → the sentence that holds it, what is meant marked in it, who says it and where.

What the reader of another page needs to see that a report says so. A long sentence is cut to what
stands around the mark, at a comma where there is one; `Quote` says where something was left out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from govreport_site import addresses
from govreport_site.catalogue import Entry
from govreport_site.pages.lists import province_name
from govreport_site.pages.runs import Mark, Run, marked, runs
from govreport_site.pages.views import Link, heading_text, who
from govreport_site.report import Report
from govreport_site.source import Span

# A sentence of so many characters is shown whole; of a longer one so many on each side.
LONGEST = 120
BESIDE = 50

_SENTENCE_END = re.compile("[。！？；!?;\n][”’」』）)]*")
_CLAUSE_END = re.compile("[，、：,:]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence; `before`, `after`: whether some of it was left out there."""

    runs: tuple[Run, ...]
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """A passage, or the heading of a section: its extent, what a link to it says, the heading it stands under."""

    span: Span
    label: str
    heading: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, who says it, the way there, and the heading it stands under; `id` where the page leads to it."""

    quote: Quote
    issuer: str
    year: str
    place: Link
    heading: tuple[Run, ...] = ()
    id: str = ""


def speaker(entry: Entry, abroad: bool) -> str:
    """Who reports; on a page of several provinces (`abroad`) with its own before the name, unless the name says it."""
    name, province = who(entry), province_name(entry)
    return name if not abroad or name.startswith(province) else f"{province}　{name}"


def several_provinces(entries: Iterable[Entry]) -> bool:
    """Whether entries are of more than one province."""
    return len({entry.province for entry in entries}) > 1


def place_of(at: str, entry: Entry, passage: str, stand: Stand) -> Link:
    """The way from a page `at` to where a sentence stands."""
    return Link(stand.label, addresses.relative(at, addresses.fragment(entry.page, passage)))


def stands(report: Report, ids: Container[str]) -> dict[str, Stand]:
    """Passages and sections by their ids, those that are asked for."""
    found = {}
    for section in report.walk():
        if section.id in ids:
            found[section.id] = Stand(section.heading, "标题")
        for passage in section.passages:
            if passage.id in ids:
                found[passage.id] = Stand(passage.span, passage_label(passage.number), heading_text(report, section))
    return found


def passage_label(number: int | None) -> str:
    """What a link to a passage says."""
    return f"第 {number} 段" if number is not None else "原文"


def sentence_around(text: str, within: Span, span: Span) -> Span:
    """The sentence of a passage that holds a span, its closing mark included, without blanks at its ends."""
    start = within.start
    for end in _SENTENCE_END.finditer(text, within.start, span.start):
        start = end.end()
    closing = _SENTENCE_END.search(text, span.end, within.end)
    end_at = closing.end() if closing else within.end
    cut = text[start:end_at]
    start += len(cut) - len(cut.lstrip())
    return Span(start, max(start, start + len(cut.strip())))


def quote(report: Report, sentence: Span, marks: Sequence[Mark]) -> Quote:
    """A sentence with marks in it, in order and apart; cut where it is long."""
    text = report.source.text
    start, end = sentence.start, sentence.end
    first, last = marks[0].span.start, marks[-1].span.end
    if len(sentence) > LONGEST:
        if first - start > BESIDE:
            start = first - BESIDE
            clause = _CLAUSE_END.search(text, start, first)
            start = clause.end() if clause else start
        if end - last > BESIDE:
            end = last + BESIDE
            clauses = list(_CLAUSE_END.finditer(text, last, end))
            end = clauses[-1].start() if clauses else end
    shown = marked(runs(text[start:end]), start, marks)
    return Quote(shown, start > sentence.start, end < sentence.end)
