"""Lines of a report as text → lines that our corpus reads as nothing but text. Pure.

Of Markdown our corpus knows headings (#) and tables; a paragraph that only looks like one is kept a
paragraph by a blank before it, which every reader skips. Shared by the formats that are not Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from govreport_site.intake.arrival import Doubt

_HEADING_LIKE = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
# The line under a table's head; without it no table begins.
_DASHES_LIKE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")

# Controls but the line feed and the tab.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_paragraph(line: str) -> str:
    """A line that is a paragraph whatever it looks like; unchanged but for a blank before what looks like markup."""
    if _HEADING_LIKE.match(line) or ("-" in line and _DASHES_LIKE.fullmatch(line)):
        return "\u3000" + line
    return line


def control_doubts(lines: Iterable[str]) -> tuple[Doubt, ...]:
    """A doubt for the invisible control characters in a body, which are kept; line numbers count in the body."""
    found = [(row, match[0]) for row, line in enumerate(lines, 1) for match in _CONTROL.finditer(line)]
    if not found:
        return ()
    codes = "、".join(sorted({f"U+{ord(c):04X}" for _, c in found})[:5])
    rows = "、".join(str(row) for row in sorted({row for row, _ in found})[:5])
    return (
        Doubt(
            "intake/control",
            f"正文有 {len(found)} 个看不见的控制字符（{codes}），在第 {rows} 行",
            "对照原文，删去或改为原来的字",
        ),
    )
