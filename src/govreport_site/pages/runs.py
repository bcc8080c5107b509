"""A stretch of a report's text → runs that a template may show, every character kept.

Links keep their Markdown notation, unseen, so that what is copied is what was published.
Half-width marks between Chinese text are only told apart: a style puts air behind them.
`marked` cuts runs where the site marks something in them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from govreport_site.source import Span

RunForm = Literal["plain", "air", "link", "notation"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the site marks in a text: a figure, the title of an instrument, or words that stand in another text too."""

    span: Span
    form: Literal["figure", "instrument", "shared"]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. `air`: a half-width mark; `notation`: Markdown's own characters, unseen."""

    text: str
    form: RunForm = "plain"
    href: str | None = None
    mark: Mark | None = None


_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING = "“‘「『《〈（(〔【"
_CLOSING = "”’」』》〉）)〕】%％"
# 12:30 and 1,060 stay tight: a mark has air only where one of its neighbours is Chinese.
_AIR = re.compile(rf"[,:;](?=[{_HAN}{_OPENING}])|(?<=[{_HAN}{_CLOSING}])[,:;](?=[0-9A-Za-z])")
_LINK = re.compile(r"(!?\[)([^\[\]\n]*)(\]\()(https?://[^\s()<>\"]+)((?:\s+\"[^\"\n]*\")?\))")
_IMAGE = re.compile(r"(!\[)([^\[\]\n]*)(\]\()([^\s()<>\"]+)((?:\s+\"[^\"\n]*\")?\))")
_HASHES = re.compile(r"#{1,6}[ \t]+")


def runs(text: str) -> tuple[Run, ...]:
    """Running text, links included."""
    return tuple(_linked(text)) if "](" in text else tuple(_aired(text))


def heading_runs(text: str) -> tuple[Run, ...]:
    """A heading; Markdown's # before it is notation."""
    hashes = _HASHES.match(text)
    if hashes is None:
        return runs(text)
    return (Run(hashes.group(), "notation"), *runs(text[hashes.end() :]))


def image_runs(text: str) -> tuple[Run, ...]:
    """An image as its caption and its address; never the image itself, which is not ours to load."""
    out: list[Run] = []
    at = 0
    for match in _IMAGE.finditer(text):
        opening, caption, middle, address, closing = match.groups()
        outside = address.lower().startswith(("http://", "https://"))
        out += _aired(text[at : match.start()])
        out.append(Run(opening, "notation"))
        out += _aired(caption)
        out.append(Run(middle, "notation"))
        out.append(Run(address, "link", address) if outside else Run(address))
        out.append(Run(closing, "notation"))
        at = match.end()
    return (*out, *_aired(text[at:]))


def marked(found: Sequence[Run], start: int, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """Runs of the text that begins at `start`, cut where marks begin and end; no character is lost.

    marks  in order, none overlapping another; what lies outside the runs is not looked at
    """
    if any(run.href for run in found):
        marks = _unlinked(found, start, marks)
    out: list[Run] = []
    waiting = deque(marks)
    at = start
    for run in found:
        text, form, href = run.text, run.form, run.href
        end = at + len(text)
        shown = at
        while waiting and waiting[0].span.start < end:
            mark = waiting[0]
            first, last = max(mark.span.start, shown), min(mark.span.end, end)
            if first < last:
                if shown < first:
                    out.append(Run(text[shown - at : first - at], form, href))
                out.append(Run(text[first - at : last - at], form, href, mark))
                shown = last
            if mark.span.end > end:
                break
            waiting.popleft()
        if shown < end:
            out.append(Run(text[shown - at :], form, href))
        at = end
    return tuple(out)


def _unlinked(found: Iterable[Run], start: int, marks: Iterable[Mark]) -> list[Mark]:
    """The same marks, without links of their own where the text they stand in is one: a link within a link is none."""
    links = []
    for run in found:
        if run.href:
            links.append((start, start + len(run.text)))
        start += len(run.text)
    return [
        replace(mark, href=None)
        if mark.href and any(mark.span.start < end and begin < mark.span.end for begin, end in links)
        else mark
        for mark in marks
    ]


def is_outside(address: str | None) -> bool:
    """Whether an address may be linked to: a page of the web and nothing else."""
    return address is not None and re.match(r"https?://[^\s\x00-\x20\"<>]+$", address, re.IGNORECASE) is not None


def _linked(text: str) -> Iterator[Run]:
    at = 0
    for match in _LINK.finditer(text):
        opening, words, middle, address, closing = match.groups()
        yield from _aired(text[at : match.start()])
        yield Run(opening, "notation")
        if words:
            yield Run(words, "link", address)
            yield Run(middle + address + closing, "notation")
        else:
            yield Run(middle, "notation")
            yield Run(address, "link", address)
            yield Run(closing, "notation")
        at = match.end()
    yield from _aired(text[at:])


def _aired(text: str) -> Iterator[Run]:
    if "," not in text and ":" not in text and ";" not in text:
        if text:
            yield Run(text)
        return
    at = 0
    for match in _AIR.finditer(text):
        if at < match.start():
            yield Run(text[at : match.start()])
        yield Run(match.group(), "air")
        at = match.end()
    if at < len(text):
        yield Run(text[at:])
