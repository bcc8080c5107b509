"""Reads and writes the numbers in front of headings: “（二）” ⇄ `Marker(level=2, ordinal=2)`.

GB/T 9704 numbers 一、→（一）→ 1. →（1）; ① follows. Published reports mix half and full
width, put a space after the number, write ㈠ or ⑴ in one character, or double the mark
（（三）、）. All of that is read; `write_marker` writes the standard form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govreport_site.normalise import BLANK
from govreport_site.report import Marker

_DIGITS = "一二三四五六七八九"
_NUMERAL = "[一二三四五六七八九十百]{1,5}"

# One alternative a level; the named group holds the number. A digit before or after makes
# a decimal, a date or a time of it (12.4, 2025.1.6), never a heading; “一、二级医院” and
# “三、四级手术” name two grades.
_PATTERN = re.compile(
    rf"""
      (?P<l1>{_NUMERAL})\s?[、．.](?!{_NUMERAL}[级类线档审期季产轮楼层、])
    | [（(]\s?(?P<l2>{_NUMERAL})\s?[)）][、．.]?
    | (?P<c2>[㈠-㈩])[、．.]?
    | (?<![0-9０-９.．])(?P<l3>[0-9０-９]{{1,2}})\s?[.．、](?![0-9０-９])
    | (?P<c3>[⒈-⒛])
    | [（(]\s?(?P<l4>[0-9０-９]{{1,2}})\s?[)）][、．.]?
    | (?P<c4>[⑴-⒇])[、．.]?
    | (?P<c5>[①-⑳])[、．.]?
    """,
    re.VERBOSE,
)

# Characters that hold the number themselves, and the first of each row.
_ENCLOSED = {"c2": ("㈠", 2), "c3": ("⒈", 3), "c4": ("⑴", 4), "c5": ("①", 5)}


def marker_at(text: str, offset: int) -> tuple[Marker, int] | None:
    """The marker that begins at an offset, and the offset behind it; None when there is none."""
    match = _PATTERN.match(text, offset)
    if match is None:
        return None
    marker = _marker(match)
    return (marker, match.end()) if marker else None


# What a marker of level 1 or 2 in running text cannot do without; the whole pattern is tried only there.
_NUMERAL_CLOSED = re.compile(rf"[（(]?\s?{_NUMERAL}\s?[、．.)）]|[㈠-㈩]")


def inline_markers(text: str, start: int, end: int) -> Iterator[tuple[int, Marker, int]]:
    """Everything within running text that looks like a marker of level 1 or 2: where, what, and where it ends."""
    for match in _NUMERAL_CLOSED.finditer(text, start, end):
        at = match.start()
        while text[at] in BLANK:
            at += 1
        found = marker_at(text, at)
        if found and found[0].level <= 2 and found[1] <= end:
            yield at, *found


def _marker(match: re.Match[str]) -> Marker | None:
    group = match.lastgroup
    assert group is not None
    number = match[group]
    if group in _ENCLOSED:
        first, level = _ENCLOSED[group]
        return Marker(match[0], level, ord(number) - ord(first) + 1)
    level = int(group[1])
    ordinal = numeral_to_int(number) if level <= 2 else int(number)
    return Marker(match[0], level, ordinal) if ordinal else None


def numeral_to_int(numeral: str) -> int | None:
    """一 … 九十九, 一百 … 一百九十九 → the number; None for what is no numeral (十一十)."""
    if numeral.startswith(("百", "一百")) and numeral.count("百") == 1:
        rest = numeral.partition("百")[2].removeprefix("零")
        below = numeral_to_int(rest) if rest else 0
        return None if below is None else 100 + below
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS.index(ones) + 1 if len(ones) == 1 and ones in _DIGITS else None
    if len(tens) > 1 or len(ones) > 1 or (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def int_to_numeral(number: int) -> str:
    """1 … 199 → 一 … 一百九十九. Raises ValueError outside that range."""
    if not 1 <= number <= 199:
        raise ValueError(f"no numeral for {number}")
    if number >= 100:
        rest = number - 100
        zero = "零" if 0 < rest < 10 else ""
        return "一百" + zero + (("一" if 10 <= rest < 20 else "") + int_to_numeral(rest) if rest else "")
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens - 1]) + "十" if tens else ""
    return head + (_DIGITS[ones - 1] if ones else "")


def write_marker(level: int, ordinal: int) -> str:
    """The standard form of a marker: 二、 （二） 2. （2） ②."""
    match level:
        case 1:
            return f"{int_to_numeral(ordinal)}、"
        case 2:
            return f"（{int_to_numeral(ordinal)}）"
        case 3:
            return f"{ordinal}."
        case 4:
            return f"（{ordinal}）"
        case 5 if 1 <= ordinal <= 20:
            return chr(ord("①") + ordinal - 1)
    raise ValueError(f"no marker for level {level}, ordinal {ordinal}")


def key_part(marker: Marker) -> str:
    """How YAML names a heading among its siblings: the numeral without its marks (二, 3)."""
    return int_to_numeral(marker.ordinal) if marker.level <= 2 else str(marker.ordinal)
