"""Rows → CSV files, one a table, as Excel and WPS open them: UTF-8 with a mark of byte order, lines that end in CR LF.

Two forms. For people: Chinese headings, words instead of codes, and in each table who reports on which year and where.
For programs: names and codes as in `dataset`, which `datapackage.py` then describes.

A cell that a spreadsheet would compute (= + - @ and their full-width likes) begins with ', and so does one that begins
with ' by itself: without that first mark each is the text it was. Line ends within a cell are LF.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from govreport_site.dataset import Cell, Column, Row, Table
from govreport_site.exports.writing import Write

Value = TypeVar("Value")

LIST_MARK = "；"
"""Parts the values of a list."""

NOTE = (
    f"一格有几项的，以“{LIST_MARK}”隔开。表格软件会当作公式的格，前面加了一个 '，本来以 ' 开头的也加一个："
    "去掉这一个，就是原文。格内换行一律为 LF。"
)
"""What a reader must know of the cells."""

_COMPUTED = re.compile(r"'|\s*[=+\-@＝＋－＠]")
_LINE_ENDS = re.compile("\r\n?")

# Of the report, for people, before its number in each other table.
_OF_REPORT = ("issuer", "year", "province", "city", "county")


@contextmanager
def csv_files(folder: Path, tables: Sequence[Table], *, for_people: bool) -> Iterator[Write]:
    """Gives what writes a row. The rows of a report must follow its row in `reports`."""
    (reports,) = (table for table in tables if table.name == "reports")
    own = [next(n for n, column in enumerate(reports.columns) if column.name == name) for name in _OF_REPORT]
    places = {table.name: _place_of_report(table) if for_people else None for table in tables}
    columns = {
        table.name: _with(table.columns, places[table.name], [reports.columns[n] for n in own]) for table in tables
    }
    # Numbers are written as they are.
    texts = {
        name: [(n, column) for n, column in enumerate(several) if column.type not in ("integer", "number")]
        for name, several in columns.items()
    }
    of_report: list[Cell] = []
    with ExitStack() as stack:
        writers = {}
        for table in tables:
            path = folder / f"{table.name}.csv"
            file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline="", errors="replace"))
            writers[table.name] = csv.writer(file, lineterminator="\r\n")
            headings = [column.title if for_people else column.name for column in columns[table.name]]
            writers[table.name].writerow(headings)

        def write(name: str, row: Row) -> None:
            if name == "reports":
                of_report[:] = [row[n] for n in own]
            cells = _with(row, places[name], of_report)
            for n, column in texts[name]:
                value = cells[n]
                if value is not None:
                    cells[n] = cell(value, column, for_people=for_people)
            writers[name].writerow(cells)

        yield write


def cell(value: Cell, column: Column, *, for_people: bool) -> str:
    """What is no number as it stands in a file."""
    if isinstance(value, bool):
        return ("是" if value else "否") if for_people else ("true" if value else "false")
    text = value if isinstance(value, str) else LIST_MARK.join(value) if isinstance(value, tuple) else ""
    if for_people and column.words:
        text = column.words.get(text, text)
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return f"'{text}" if _COMPUTED.match(text) else text


def _place_of_report(table: Table) -> int | None:
    return next((n for n, column in enumerate(table.columns) if column.name == "report"), None)


def _with(values: Sequence[Value], at: int | None, more: Sequence[Value]) -> list[Value]:
    return [*values] if at is None else [*values[:at], *more, *values[at:]]
