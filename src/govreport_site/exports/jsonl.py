"""Rows → JSONL files, one a table, a row a line: an object with the columns' names; lists are arrays, what is absent is null."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from govreport_site.dataset import Row, Table
from govreport_site.exports.writing import Write


@contextmanager
def jsonl_files(folder: Path, tables: Sequence[Table]) -> Iterator[Write]:
    """Gives what writes a row."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    names = {table.name: [column.name for column in table.columns] for table in tables}
    with ExitStack() as stack:
        files = {
            table.name: stack.enter_context(
                (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
            )
            for table in tables
        }

        def write(name: str, row: Row) -> None:
            files[name].write(encode(dict(zip(names[name], row, strict=True))) + "\n")

        yield write
