"""The one definition of “the same character”, for search and for addresses.

In flows text as published, out flows the form in which it is compared. Each character is
folded alone, without looking at its neighbours, so that a place in the folded text leads
back to a place in the published one.

Folding a character, in this order: drop it when it is blank or a joining mark; else NFKC;
else lower case; drop again what has now become blank or a joining mark. With
`keep_marks` (a query in double quotes) joining marks stay and only blanks go; “…” stays
as it is: points are letters, and a mark must not become some.

Python and a browser follow different versions of Unicode, and their ideas of white space
differ. So blanks and marks are listed here, and NFKC and lower case are asked for only
inside `FOLDED`: ranges whose foldings have not changed since Unicode 12.1 (2019).
Everything else stands for itself.
Twin: templates/static/browser/normalise.js; tests/golden/normalise.json holds both to it.
"""

from __future__ import annotations

import unicodedata

from govreport_site.source import Span

# Unicode White_Space, the byte order mark and the zero-width characters.
BLANK = frozenset(
    "\t\n\v\f\r \x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200c\u200d"
)

# Marks that join or enclose: with and without them a phrase is the same phrase, so that
# 双随机一公开 finds “双随机、一公开”. Marks that part clauses (，。；：！？ and the point in
# a number) are not here: a query never runs across one.
JOINING = frozenset("、·“”‘’「」『』\"'《》〈〉（）()[]【】—–-~〜―‐‑‥・…")

# Joining marks that NFKC makes points of.
DOTS = frozenset("‥…")

# Half-open ranges of code points in which NFKC and lower case are applied.
FOLDED = (
    (0x0041, 0x0530),  # Latin, Greek, Cyrillic
    (0x1E00, 0x2000),  # Latin and Greek with marks
    (0x2010, 0x2E80),  # punctuation, letter-like signs, number forms, enclosed numbers
    (0x2E80, 0x3040),  # radicals as PDF printers leave them (⾏ → 行), CJK punctuation
    (0x3200, 0x3400),  # enclosed and squared CJK (㈠ ㎡)
    (0xF900, 0xFB00),  # compatibility ideographs
    (0xFE10, 0xFE70),  # vertical and small forms
    (0xFF00, 0xFFF0),  # full and half width
    (0x1D400, 0x1D800),  # mathematical letters and digits
    (0x2F800, 0x2FA20),  # compatibility ideographs
)


def is_blank(text: str) -> bool:
    """Whether a text holds nothing a reader could see."""
    return all(c in BLANK for c in text)


def fold_character(character: str, *, keep_marks: bool = False) -> str:
    """What one character is compared as: nothing, itself, or (㎡ → m2) several."""
    dropped = BLANK if keep_marks else BLANK | JOINING
    if character in dropped:
        return ""
    if character in DOTS:
        return character
    point = ord(character)
    if not any(start <= point < end for start, end in FOLDED):
        return character
    folded = unicodedata.normalize("NFKC", character).lower()
    return "".join(c for c in folded if c not in dropped)


class _Folding(dict[int, str]):
    """Code point → what it is compared as, filled as characters come: for `str.translate`."""

    def __init__(self, *, keep_marks: bool) -> None:
        super().__init__()
        self._keep_marks = keep_marks

    def __missing__(self, point: int) -> str:
        folded = self[point] = fold_character(chr(point), keep_marks=self._keep_marks)
        return folded


_LOOSE, _STRICT = _Folding(keep_marks=False), _Folding(keep_marks=True)


def normalise(text: str, *, keep_marks: bool = False) -> str:
    """The form in which a text is compared and searched."""
    return text.translate(_STRICT if keep_marks else _LOOSE)


def trim(text: str, span: Span) -> Span:
    """A span without the blanks at its ends; empty, at its start, when all of it is blank."""
    start, end = span.start, span.end
    while start < end and text[start] in BLANK:
        start += 1
    if start >= end:
        return Span(span.start, span.start)
    while text[end - 1] in BLANK:
        end -= 1
    return Span(start, end)
