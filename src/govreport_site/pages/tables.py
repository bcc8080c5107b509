"""A pipe table as published → rows of cells, every character kept.

The pipes and the line of dashes go with the cells as notation, unseen. A table whose rows
do not agree stays as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from govreport_site.pages.runs import Run, runs

_DASHES = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; its runs begin and end with the pipes beside it."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; the first is the head."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_table(text: str) -> Table | None:
    """The table, or None when it is not one that can be set in rows and columns."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or _DASHES.fullmatch(lines[1]) is None:
        return None
    rows = [_cells(line) for line in [lines[0], *lines[2:]]]
    width = len(rows[0])
    if width < 1 or any(len(row) != width for row in rows):
        return None
    last = rows[0][-1]
    rows[0] = (*rows[0][:-1], Cell((*last.runs, Run(lines[1].strip(), "notation"))))
    return Table(rows[0], tuple(rows[1:]))


def _cells(line: str) -> tuple[Cell, ...]:
    line = line.strip()
    inner = _PIPE.sub("\n", line)
    first = inner.startswith("\n")
    last = len(inner) > 1 and inner.endswith("\n")
    parts = inner[first : len(inner) - last].split("\n")
    cells = []
    for number, part in enumerate(parts):
        content = list(runs(part.strip()))
        if number == 0 and first:
            content.insert(0, Run("|", "notation"))
        if number < len(parts) - 1 or last:
            content.append(Run("|", "notation"))
        cells.append(Cell(tuple(content)))
    return tuple(cells)
