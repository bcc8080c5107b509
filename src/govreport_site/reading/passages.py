"""Within a passage: its points (一是……；二是……), and its address. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from govreport_site.normalise import BLANK, normalise
from govreport_site.reading.markers import numeral_to_int
from govreport_site.report import Point
from govreport_site.source import Source, Span

# “一是……；二是……” is running text: an ordinal followed by 是 never opens a section. It opens
# a point only behind the end of a clause, so that 统一是 and 第一是 stay words.
_POINT = re.compile("([一二三四五六七八九十]{1,3})是(?!否|不是)")
_CLAUSE_ENDS = frozenset("。；;，,：:！？!?”」）)、") | BLANK


def read_points(source: Source, span: Span) -> tuple[Point, ...]:
    """The points of a passage: ordinals that count 一、二、三 … without a gap.

    Counting anew at 一是 begins a second row. A row of one is a point only where it opens
    the passage: the paragraphs below go on with 二是. A point reaches to the next one.
    """
    rows: list[list[re.Match[str]]] = []
    for match in _POINT.finditer(source.text, span.start, span.end):
        opens = match.start() == span.start
        if not opens and source.text[match.start() - 1] not in _CLAUSE_ENDS:
            continue
        ordinal = numeral_to_int(match[1])
        if ordinal == 1 or (opens and ordinal):
            rows.append([match])
        elif rows and ordinal == (numeral_to_int(rows[-1][-1][1]) or 0) + 1:
            rows[-1].append(match)
    found = [match for row in rows if len(row) > 1 or row[0].start() == span.start for match in row]
    ends = [*(match.start() for match in found[1:]), span.end]
    return tuple(Point(match[0], Span(match.start(), end)) for match, end in zip(found, ends, strict=False))


def passage_ids(texts: Iterable[str]) -> list[str]:
    """Addresses of a report's passages, in order: p- and 6 hex digits of BLAKE2b of the normalised text.

    They depend on the passage alone, so a correction elsewhere leaves them. On a clash
    within the report the second gets -2, the third -3.
    """
    seen: dict[str, int] = {}
    ids = []
    for text in texts:
        digest = "p-" + hashlib.blake2b(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()[:6]
        seen[digest] = seen.get(digest, 0) + 1
        ids.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return ids
