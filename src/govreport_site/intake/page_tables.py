"""The tables of a page that hold data, not layout → their cells in rows and columns. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govreport_site.intake.arrival import Refused
from govreport_site.intake.html import Element, inner_text
from govreport_site.normalise import is_blank

Grid = list[list[int | None]]
_MOST_CELLS = 20_000


def data_tables(elements: Sequence[Element]) -> dict[int, Grid]:
    """Index of each table that holds data → rows of its cells' indexes, None where a merged cell continues.

    Raises Refused for tables no page can mean.
    """
    rows_of: dict[int, list[list[int]]] = {}
    layout: set[int] = set()
    around: list[int] = []  # per element: the table around it
    for at, element in enumerate(elements):
        table = around[element.parent] if element.parent >= 0 else -1
        if element.tag == "table":
            layout.add(table)  # a table that holds a table is layout
            table = at
            rows_of[at] = []
        elif element.tag == "tr" and table >= 0:
            rows_of[table].append([])
        elif element.tag in ("td", "th") and table >= 0 and rows_of[table]:
            rows_of[table][-1].append(at)
        elif table >= 0 and element.tag in ("h1", "h2", "h3", "form"):
            layout.add(table)
        around.append(table)
    found = {}
    for table, rows in rows_of.items():
        rows = [row for row in rows if row]
        if table in layout or (elements[table].attributes.get("role") or "") == "presentation":
            continue
        sizes = [sum(not is_blank(c) for c in inner_text(elements, cell)) for row in rows for cell in row]
        wide = sum(len(row) > 1 for row in rows)
        # Layout puts the whole text into one cell; data does not.
        whole = max(sizes, default=0)
        if wide < 2 or 2 * wide < len(rows) or whole > 1500 or (whole > 400 and whole > 0.6 * sum(sizes)):
            continue
        found[table] = _grid(elements, rows)
    return found


def _grid(elements: Sequence[Element], rows: list[list[int]]) -> Grid:
    """Cells in rows of their columns; a merged cell stands once, at its top left."""
    taken: set[tuple[int, int]] = set()
    grid: Grid = []
    for y, row in enumerate(rows):
        out: list[int | None] = []
        for cell in row:
            while (y, len(out)) in taken:
                out.append(None)
            across, down = (_span(elements[cell], name) for name in ("colspan", "rowspan"))
            for below in range(1, min(down, len(rows) - y)):
                taken.update((y + below, len(out) + x) for x in range(across))
            if len(taken) > _MOST_CELLS:
                raise Refused("intake/too-large", "网页里的表格大得不正常", "把正文复制到文本文件里再收录")
            out += [cell, *[None] * (across - 1)]
        while (y, len(out)) in taken:
            out.append(None)
        grid.append(out)
    return grid


def _span(cell: Element, name: str) -> int:
    value = cell.attributes.get(name) or ""
    return min(max(int(value), 1), 100) if re.fullmatch(r"\d{1,4}", value) else 1
