"""Text → the headings that number it. Total: every text has an outline, if an empty one.

Anything that looks like a marker is a candidate; which of them are headings is decided by
the chain of numbers as a whole, not one by one: “一、二、三” and “（一）（二）” must follow
each other. A beam of hypotheses walks the candidates; each keeps the numbers that are open
and a score, and accepts or skips. A marker at the start of a line is taken for a heading
unless the chain speaks against it; one in the middle of a line, where a report lost its
line breaks, only when it carries the chain on.

Then the end of each heading is found: it fills its line, or closes with 。 or ：.
Read on in `tree.py`, which folds headings and passages into sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from govreport_site.normalise import BLANK, trim
from govreport_site.problems import Problem, place_problem
from govreport_site.reading.blocks import Block
from govreport_site.reading.markers import inline_markers, marker_at, write_marker
from govreport_site.report import Marker
from govreport_site.source import Source, Span

BEAM = 8  # hypotheses kept; 200 real texts come out the same with 4 and with 64
HOPELESS = 6.0  # so far behind the best one, a hypothesis is dropped; 200 real texts come out the same without
LEVELS = 5

# A heading in the middle of a line stands behind the end of a sentence, or behind a blank.
_BOUNDARY = frozenset("。；;：:！!？?”」）)") | BLANK

# Longer than this without a full stop is a sentence, not a heading (the longest real ones,
# slogans of level 1, have about 70 characters).
LONGEST_TITLE = 90

_FULL_STOP = re.compile("[。！!？?]")
_ANNOUNCED = re.compile("(如下|汇报|报告)[：:。；;]?$")
# A point right behind a heading that lost its full stop; 统一是, 唯一是, 第一是 are words.
_FIRST_POINT = re.compile("(?<![统唯第单之其])一是")
_COLON = re.compile("[：:]")
_BREAK = re.compile(r"(?<=[\u3400-\u9fff]{4})[ \u3000]+(?=[\u3400-\u9fff“《])")
_CLOSING = "。．：:；;"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading where it stands.

    span   from its marker (or its # signs) to its closing mark
    title  as written, without marker and closing mark
    """

    level: int
    marker: Marker | None
    span: Span
    title: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    marker: Marker
    start: int
    end: int
    block: int
    leads: bool  # stands at the start of its line
    announced: bool = False  # 现将情况报告如下： stands right before it


# What a hypothesis knows of the numbers: for each of the levels the ordinal that is open and
# the last one closed, 0 for none. Two hypotheses that know the same are one.
_Numbers = tuple[tuple[int, ...], tuple[int, ...]]
_NONE = (0,) * LEVELS


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A linked list from the last heading back, shared between hypotheses."""

    candidate: _Candidate
    before: _Chosen | None


def _worth(numbers: _Numbers, candidate: _Candidate) -> float:
    """How well a candidate carries the chain on; skipping one that leads its line costs 1.5."""
    open_, closed = numbers
    level, ordinal = candidate.marker.level, candidate.marker.ordinal
    last = open_[level - 1]
    if last:
        if ordinal == last + 1:
            return 3.0 if candidate.leads else 1.2
        if not candidate.leads:
            return -9.0
        if ordinal > last:  # a gap: numbers were lost on the way
            return 1.5 - 0.5 * min(ordinal - last - 1, 4)
        return 0.5 if ordinal == last else (0.2 if ordinal == 1 else -0.8)
    if ordinal == 1:
        orphan = 0.5 if level > 1 and not any(open_[: level - 1]) else 0.0
        if candidate.leads:
            return 3.0 - orphan
        return 0.8 if candidate.announced else -0.3 - 2 * orphan
    if not candidate.leads:
        return -9.0
    # （一）1. 2. （二）3.: numbers that run on across their parents; else a start in the middle
    return 1.5 if closed[level - 1] == ordinal - 1 else 0.5


def _accepted(numbers: _Numbers, marker: Marker) -> _Numbers:
    """The numbers behind a heading: its own is open, those below its level are closed."""
    open_, closed = numbers
    at = marker.level - 1
    ended = tuple(now or before for now, before in zip(open_[at:], closed[at:], strict=True))
    return open_[:at] + (marker.ordinal,) + _NONE[at + 1 :], closed[:at] + ended


def read_headings(source: Source, blocks: tuple[Block, ...]) -> tuple[Heading, ...]:
    """Every heading of a text, in order; spans neither overlap nor leave their block."""
    chosen = _most_consistent(_candidates(source, blocks))
    by_block: dict[int, list[_Candidate]] = {}
    for candidate in chosen:
        by_block.setdefault(candidate.block, []).append(candidate)
    headings: list[Heading] = []
    for number, block in enumerate(blocks):
        here = by_block.get(number, [])
        if block.form == "heading":
            headings.append(_written_heading(source, block, here))
            continue
        for candidate, limit in zip(here, [*(later.start for later in here[1:]), block.span.end], strict=False):
            headings.append(_run_in_heading(source, candidate, limit))
    return tuple(headings)


def _candidates(source: Source, blocks: tuple[Block, ...]) -> list[_Candidate]:
    text = source.text
    found: list[_Candidate] = []
    for number, block in enumerate(blocks):
        if block.form in ("table", "image"):
            continue
        first = marker_at(text, block.span.start)
        behind = block.span.start
        title_from = None  # where a heading of level 1 began in this line, while its title may still go on
        # A bare number on the last line: the text was cut off there.
        if first and first[1] <= block.span.end and not (first[1] == block.span.end and number + 1 == len(blocks)):
            marker, behind = first
            found.append(_Candidate(marker, block.span.start, behind, number, leads=True))
            title_from = behind if marker.level == 1 else None
        if block.form == "heading":
            continue
        for start, marker, end in inline_markers(text, behind, block.span.end):
            if start == block.span.start:
                continue
            # 一、……成效（一）……: in a line without breaks the title of level 1 has no end of its own
            follows_title = (
                title_from is not None
                and (marker.level, marker.ordinal) == (2, 1)
                and start - title_from <= LONGEST_TITLE
                and not _FULL_STOP.search(text, title_from, start)
            )
            if text[start - 1] not in _BOUNDARY and not follows_title:
                continue
            title_from = end if marker.level == 1 else None
            announced = bool(_ANNOUNCED.search(text[max(0, start - 12) : start].rstrip()))
            found.append(_Candidate(marker, start, end, number, leads=False, announced=announced))
    # “报告分六个部分：一、……；二、……” lists in running text what leads lines of its own below.
    leading = {candidate.marker.ordinal for candidate in found if candidate.leads and candidate.marker.level == 1}
    return [c for c in found if c.leads or c.marker.level != 1 or c.marker.ordinal not in leading]


def _most_consistent(candidates: list[_Candidate]) -> list[_Candidate]:
    beam: list[tuple[float, _Numbers, _Chosen | None]] = [(0.0, (_NONE, _NONE), None)]
    for candidate in candidates:
        grown: dict[_Numbers, tuple[float, _Numbers, _Chosen | None]] = {}
        cost = 1.5 if candidate.leads else 0.0
        for score, numbers, chosen in beam:
            state = _accepted(numbers, candidate.marker)
            better = score + _worth(numbers, candidate)
            if state not in grown or grown[state][0] < better:
                grown[state] = (better, state, _Chosen(candidate, chosen))
            if numbers not in grown or grown[numbers][0] < score - cost:
                grown[numbers] = (score - cost, numbers, chosen)
        beam = sorted(grown.values(), key=_by_score)
        hopeless = beam[0][0] - HOPELESS
        beam = [hypothesis for hypothesis in beam[:BEAM] if hypothesis[0] > hopeless]
    found: list[_Candidate] = []
    link = beam[0][2]
    while link is not None:
        found.append(link.candidate)
        link = link.before
    return found[::-1]


def _by_score(hypothesis: tuple[float, _Numbers, _Chosen | None]) -> float:
    return -hypothesis[0]


def _written_heading(source: Source, block: Block, markers: list[_Candidate]) -> Heading:
    """A heading that Markdown's # signs declare; a marker in it, if any, gives the level."""
    marker = markers[0].marker if markers else None
    start = markers[0].end if markers else block.span.start
    title = _title(source, Span(start, block.span.end))
    return Heading(marker.level if marker else block.level, marker, Span(block.lead, block.span.end), title)


def _run_in_heading(source: Source, candidate: _Candidate, limit: int) -> Heading:
    whole = trim(source.text, Span(candidate.start, limit))
    end = heading_end(source.text, candidate.end, whole.end)
    if not candidate.leads:
        # In a line that lost its breaks a blank stands where one was.
        blank = _BREAK.search(source.text, candidate.end, end)
        end = blank.start() if blank else end
    span = Span(candidate.start, max(end, candidate.end))
    return Heading(
        candidate.marker.level, candidate.marker, span, _title(source, Span(candidate.end, max(end, candidate.end)))
    )


def heading_end(text: str, start: int, limit: int) -> int:
    """Where the heading whose title begins at `start` ends; at most `limit`, the end of its line.

    It fills its line when no sentence ends before; else it closes with the first full stop,
    or with a colon behind which a point begins. A first sentence too long to be a title
    leaves the heading with its marker alone.
    """
    stop = _FULL_STOP.search(text, start, limit)
    point = _FIRST_POINT.search(text, min(start + 6, limit), stop.start() if stop else limit)
    if point and point.start() - start <= LONGEST_TITLE:
        return trim(text, Span(start, point.start())).end
    colon = _COLON.search(text, start, stop.start() if stop else limit)
    if colon and colon.end() < limit and re.match(r"\s*(一是|1|（1）|\(1\)|①)", text[colon.end() : colon.end() + 6]):
        return colon.end() if colon.end() - start <= LONGEST_TITLE else start
    if stop is None:
        return limit if limit - start <= LONGEST_TITLE * 2 else start
    end = stop.end()
    return end if end - start <= LONGEST_TITLE else start


def _title(source: Source, span: Span) -> str:
    title = trim(source.text, span)
    end = title.end
    while end > title.start and source.text[end - 1] in _CLOSING:
        end -= 1
    return source.cut(trim(source.text, Span(title.start, end)))


def outline_problems(source: Source, headings: tuple[Heading, ...]) -> tuple[Problem, ...]:
    """Numbers that are lost, repeated or out of place among the headings that were found."""
    problems: list[Problem] = []
    open_: list[tuple[int, int]] = []
    for heading in headings:
        if heading.marker is None:
            continue
        level, ordinal = heading.marker.level, heading.marker.ordinal
        while open_ and open_[-1][0] > level:
            open_.pop()
        last = open_.pop()[1] if open_ and open_[-1][0] == level else 0
        # A 1. directly under 一、 is common and right; a （一） under nothing is not.
        if level == 2 and not open_:
            problems.append(
                _odd(
                    source,
                    "outline/skipped-level",
                    heading,
                    f"二级标题“{heading.marker.text}”不在任何一级标题之下",
                    "其上有一级标题，如“一、……”",
                    "补上一级标题；若原文如此，不必改动",
                )
            )
        if ordinal == last:
            problems.append(
                _odd(
                    source,
                    "outline/repeated",
                    heading,
                    f"“{heading.marker.text}”与上一个标题序号相同",
                    f"“{_written(level, last + 1)}”",
                    "核对原文；若原文如此，不必改动",
                )
            )
        elif ordinal != last + 1:
            found = (
                f"“{_written(level, last)}”之后是“{heading.marker.text}”" if last else f"以“{heading.marker.text}”开头"
            )
            problems.append(
                _odd(
                    source,
                    "outline/gap",
                    heading,
                    found,
                    f"“{_written(level, last + 1)}”",
                    "看是否漏了一段，或上一个标题没有认出；若原文如此，不必改动",
                )
            )
        open_.append((level, ordinal))
    return tuple(problems)


def _written(level: int, ordinal: int) -> str:
    try:
        return write_marker(level, ordinal)
    except ValueError:
        return str(ordinal)


def _odd(source: Source, code: str, heading: Heading, found: str, expected: str, mend: str) -> Problem:
    assert heading.marker is not None
    at = source.text.index(heading.marker.text, heading.span.start)
    return place_problem(source, code, at, found=found, expected=expected, mend=mend, length=len(heading.marker.text))
