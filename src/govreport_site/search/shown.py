"""An answer → what a person reads in the terminal: lines of text, each in marked and unmarked pieces. Pure.

河南省 许昌市  许昌市卫生健康委员会  2025 年度  第 12 段
  一、主要举措和成效 › （三）规范行政执法
  ……全面推行【行政执法】公示制度。……
  henan/xuchang/2025-weijianwei/index.html#p-1a2b3c
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from govreport_site.search.answers import Answer, as_record

Piece = tuple[str, bool]

# What ends a sentence stays with it, and so does a quotation mark or bracket that closes there.
_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+")
_CUT = "……"

# Controls that JSON lets stand, though a terminal obeys them.
_CONTROLS = re.compile("[\x7f-\x9f\ud800-\udfff]")

# So many sentences with marks are shown, then the address leads on.
_SENTENCES = 3


def block(answer: Answer) -> Iterator[list[Piece]]:
    """The lines that show one answer."""
    report = answer.report
    place = " ".join(name for _, name in report.lineage)
    year = f"{report.year} 年度" if report.year is not None else "年度不详"
    number = f"第 {answer.place.number} 段" if answer.place.number is not None else ""
    yield [("  ".join(filter(None, (place, report.issuer or report.title, year, number))), False)]
    if answer.section.path:
        yield [("  " + " › ".join(answer.section.path), False)]
    yield [("  ", False), *sentences(answer)]
    yield [("  " + answer.url, False)]


def as_json(answer: Answer) -> str:
    """One line of JSON; what a terminal would obey and what UTF-8 cannot hold is escaped."""
    text = json.dumps(as_record(answer), ensure_ascii=False, separators=(",", ":"))
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def sentences(answer: Answer) -> Iterator[Piece]:
    """The sentences of the passage that hold marks; what is left out shows as dots."""
    # Marks count UTF-16 units, Python counts characters: a text in that code is cut like bytes.
    units = answer.unit.text.encode("utf-16-le", "surrogatepass")

    def cut(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")

    start, end = answer.place.start, answer.end
    text = cut(start, end)
    marks = [(len(cut(start, max(start, a))), len(cut(start, min(end, b)))) for a, b in answer.marks]
    marks = [(a, b) for a, b in marks if a < b]
    shown = 0
    left_out = False
    for found in _SENTENCE.finditer(text):
        first, last = found.span()
        inside = [(max(a, first), min(b, last)) for a, b in marks if a < last and b > first]
        if shown < _SENTENCES and (inside or not marks):
            if left_out:
                yield _CUT, False
            yield from pieces(text, first, last, inside)
            shown += 1
            left_out = False
        else:
            left_out = True
    if left_out:
        yield _CUT, False


def pieces(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> Iterator[Piece]:
    """[start, end) of a text, cut at its marks; overlapping and touching ones are one."""
    merged: list[tuple[int, int]] = []
    for a, b in sorted(marks):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], b))
        else:
            merged.append((a, b))
    at = start
    for a, b in merged:
        if at < a:
            yield text[at:a], False
        yield text[a:b], True
        at = b
    if at < end:
        yield text[at:end], False
