"""Rows of cells → a Markdown table, as our corpus keeps it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from govreport_site.normalise import is_blank


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, a blank one before and behind; its first row is its head. No lines for an empty one.

    Rows may differ in length; a merged cell is its text and then empty cells. A line break in
    a cell becomes a space, and its | is escaped: Markdown has no other way.
    """
    kept = [row for row in rows if not all(is_blank(cell) for cell in row)]
    if not kept:
        return []
    width = max(map(len, kept))
    cells = [[" ".join(cell.replace("|", "\\|").split()) for cell in row] + [""] * (width - len(row)) for row in kept]
    written = [f"| {' | '.join(row)} |" for row in cells]
    return ["", written[0], "|" + " --- |" * width, *written[1:], ""]
