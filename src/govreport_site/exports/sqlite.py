"""Rows → an SQLite database that opens well in Datasette: keys, indexes, search in full, and views in Chinese.

Lists are JSON arrays, which Datasette can facet by; what is true is 1. `passages_fts` finds any three characters or more
that follow one another, where this SQLite knows trigrams; shorter words want LIKE. The same rows give the same bytes
with the same SQLite.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from govreport_site.dataset import Cell, Column, Edition, Row, Table, rights
from govreport_site.exports.writing import Write

# In the head of the file: GRPT.
_APPLICATION = 0x47525054
_PAGE_BYTES = 4096
# So many rows of a table are written at once.
_MANY = 500

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

# What is asked for beside keys and links.
_INDEXED = {
    "reports": ("year", "issuer_kind", "place"), "passages": ("kind",), "instruments": ("key",), "items": ("kind",),
    "completeness": ("content",),
}  # fmt: skip

# Of the report, in the views of the other tables.
_OF_REPORT = ("issuer", "year", "province", "city", "county")


def is_ours(path: Path) -> bool:
    """Whether a file is such a database."""
    with path.open("rb") as file:
        head = file.read(100)
    return head[:16] == b"SQLite format 3\0" and head[68:72] == _APPLICATION.to_bytes(4, "big")


@contextmanager
def sqlite_file(path: Path, tables: Sequence[Table], edition: Edition, citation: str) -> Iterator[Write]:
    """Gives what writes a row into a new database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in (f"page_size={_PAGE_BYTES}", "encoding='UTF-8'", f"application_id={_APPLICATION}",
                        "journal_mode=OFF", "synchronous=OFF", "cache_size=-65536"):  # fmt: skip
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        for table in tables:
            database.execute(_create(table))
        waiting: dict[str, list[list[str | int | float | None]]] = {table.name: [] for table in tables}
        inserts = {
            table.name: f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})' for table in tables
        }

        def write(name: str, row: Row) -> None:
            rows = waiting[name]
            rows.append([_value(value) for value in row])
            if len(rows) >= _MANY:
                database.executemany(inserts[name], rows)
                rows.clear()

        yield write
        for name, rows in waiting.items():
            database.executemany(inserts[name], rows)
        _finish(database, tables, edition, citation)


def _finish(database: sqlite3.Connection, tables: Sequence[Table], edition: Edition, citation: str) -> None:
    for table in tables:
        for column in dict.fromkeys((*table.links, *_INDEXED.get(table.name, ()))):
            database.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
        database.execute(_view(table, tables))
    about = {
        "版本": edition.version, "报告": str(edition.reports), "最新的日期": edition.newest or "", "引用": citation,
        "权利": rights()[0], "注意": rights()[1],
    }  # fmt: skip
    database.execute('CREATE TABLE "dataset" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL)')
    database.executemany("INSERT INTO dataset VALUES (?, ?)", about.items())
    database.execute(
        'CREATE TABLE "columns" ("table" TEXT, "column" TEXT, "table_title" TEXT, "title" TEXT, "about" TEXT,'
        ' PRIMARY KEY ("table", "column"))'
    )
    told = [(t.name, c.name, t.title, c.title, c.explanation) for t in tables for c in t.columns]
    database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", told)
    database.execute("COMMIT")
    _index_text(database)
    database.execute("VACUUM")


def _index_text(database: sqlite3.Connection) -> None:
    try:
        database.execute("CREATE VIRTUAL TABLE passages_fts USING fts5(text, content='passages', tokenize='trigram')")
    except sqlite3.OperationalError:  # an SQLite before 3.34, or one without FTS5
        return
    database.execute("INSERT INTO passages_fts(passages_fts) VALUES ('rebuild')")


def _create(table: Table) -> str:
    lines = [
        f'"{column.name}" {_TYPES.get(column.type, "TEXT")}{" NOT NULL" if column.name in table.key else ""}'
        for column in table.columns
    ]
    lines.append("PRIMARY KEY (" + ", ".join(f'"{name}"' for name in table.key) + ")")
    lines += [f'FOREIGN KEY ("{column}") REFERENCES "{to}" ("{there}")' for column, (to, there) in table.links.items()]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _view(table: Table, tables: Sequence[Table]) -> str:
    """The table in Chinese: headings, words for codes, and whose report it is."""
    (reports,) = (one for one in tables if one.name == "reports")
    shown = []
    joined = ""
    for column in table.columns:
        shown.append(f'{_shown("t", column)} AS "{column.title}"')
        if column.name == "report":
            shown += [f'r."{one.name}" AS "{one.title}"' for one in reports.columns if one.name in _OF_REPORT]
            joined = ' JOIN "reports" AS r ON r."id" = t."report"'
    return f'CREATE VIEW "{table.title}" AS SELECT {", ".join(shown)} FROM "{table.name}" AS t{joined}'


def _shown(table: str, column: Column) -> str:
    name = f'{table}."{column.name}"'
    if column.type == "boolean":
        return f"CASE {name} WHEN 1 THEN '是' ELSE '否' END"
    if column.words:
        cases = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in column.words.items())
        return f"CASE {name} {cases} END"
    return name


def _value(value: Cell) -> str | int | float | None:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and not value.isascii():
        # Half a surrogate pair cannot be kept as UTF-8.
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
