"""The pages on data: which version this is, how to get it and cite it; and what each column means.

In flows an `Edition`, out flow views. The site carries the data of each report beside its page (`index.json`), and no
tables of many reports: measured, the rows of one report take 17 KB to 50 KB, so the tables of one prefecture and year,
the least that is of use, 0.5 MB to 1.5 MB; one more report would write these again, and a build may change 400 KB.
Whole tables are made when they are wanted, by `govreport export`. The columns have a page of their own, which no
report changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from govreport_site import addresses
from govreport_site.catalogue import Catalogue
from govreport_site.dataset import Edition, citation, edition_of, rights, tables
from govreport_site.graph import digest_of
from govreport_site.pages.sheets import NAMED, Marks, Sheet
from govreport_site.pages.views import NOT_GIVEN, Link, Site


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and what it is good for."""

    words: str
    about: str


@dataclass(frozen=True, slots=True)
class Told:
    """A word that is explained: a table or a column, its title, what it means, where more is said."""

    name: str
    title: str
    about: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class DataView:
    """The page 数据下载."""

    crumbs: tuple[Link, ...]
    version: str
    size: str
    cited: str
    has_address: bool
    rights: tuple[str, ...]
    commands: tuple[Command, ...]
    tables: tuple[Told, ...]
    columns: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with its columns, codes explained."""

    id: str
    table: Told
    key: str
    columns: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """The page on the columns."""

    crumbs: tuple[Link, ...]
    tables: tuple[TableView, ...]


_COMMANDS = (
    Command("python3 build.py export csv", "表格，一张表一个文件，用 Excel 或 WPS 打开；表头和各项都是中文"),
    Command("python3 build.py export sqlite", "一个 SQLite 数据库，可用 Datasette 等打开，能全文检索，有中文的视图"),
    Command("python3 build.py export datapackage", "表格，附 datapackage.json，写明每一列的类型和含义，供程序读入"),
    Command("python3 build.py export jsonl", "一行一个 JSON 对象，供程序读入"),
)


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """The pages of this room."""
    said = ((entry.file, marks.texts[entry.file], marks.findings[entry.file]) for entry in catalogue.entries)
    edition = edition_of(catalogue.entries, said, marks.vocabulary)
    inputs = ("语料版本", digest_of(astuple(edition)), NAMED, marks.named())
    yield Sheet(addresses.DATA, "data", inputs=inputs, told=edition)
    yield Sheet(addresses.DATA_COLUMNS, "data_columns")


def data_view(edition: Edition, site: Site) -> DataView:
    """What there is, which version, how it is cited."""
    at = addresses.DATA
    address = addresses.absolute(site.base, at) if site.base else None
    size = f"{edition.reports:,} 份报告"
    if edition.years is not None:
        first, last = edition.years
        size += f"，{first}—{last} 年度" if first != last else f"，{first} 年度"
    size += f"；最新的日期 {edition.newest or NOT_GIVEN}"
    columns = addresses.relative(at, addresses.DATA_COLUMNS)
    told = tuple(
        Told(table.name, table.title, table.about, addresses.fragment(columns, _id(table.name))) for table in tables()
    )
    crumbs = (Link("研读", addresses.relative(at, addresses.STUDY)), Link("数据下载"))
    return DataView(
        crumbs, edition.version, size, citation(edition, site.title, address), address is not None, rights(), _COMMANDS,
        told, columns,
    )  # fmt: skip


def columns_view() -> ColumnsView:
    """Every column of every table. The same whatever the corpus holds."""
    at = addresses.DATA_COLUMNS
    views = []
    for table in tables():
        columns = tuple(Told(column.name, column.title, column.explanation) for column in table.columns)
        titles = {column.name: column.title for column in table.columns}
        key = "、".join(titles[name] for name in table.key)
        views.append(TableView(_id(table.name), Told(table.name, table.title, table.about), key, columns))
    crumbs = (
        Link("研读", addresses.relative(at, addresses.STUDY)),
        Link("数据下载", addresses.relative(at, addresses.DATA)),
        Link("各列的含义"),
    )
    return ColumnsView(crumbs, tuple(views))


def _id(table: str) -> str:
    return f"t-{table.replace('_', '-')}"
