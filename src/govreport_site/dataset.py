"""The reports as a set of tables: which there are, what each column means, which version it is, how it is cited.

`exports/` fills the tables, the page 数据下载 explains them. Both read `data/dataset.yaml`, so no column goes unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, cast

from govreport_site import __version__
from govreport_site.catalogue import Entry
from govreport_site.findings import Vocabulary
from govreport_site.graph import digest_of
from govreport_site.interface import class_names, kind_names, level_names
from govreport_site.yaml_file import load_plain

Type = Literal["string", "integer", "number", "boolean", "date", "list"]

Cell: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `words` says what its codes are called, where it holds codes."""

    name: str
    type: Type
    title: str
    about: str
    words: Mapping[str, str] | None = None

    @property
    def explanation(self) -> str:
        """What it means, and what its codes mean; may be empty."""
        codes = "，".join(f"{code} {word}" for code, word in (self.words or {}).items())
        return "：".join(filter(None, [self.about, codes]))


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `key` names a row; `links`: column → the table and column where it leads."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    links: Mapping[str, tuple[str, str]]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What of a corpus is exported.

    version  twelve hex digits; the same as long as reports and all that is said of them are the same
    newest   the newest day on which one was published or dated; None where no day is known
    years    first and last year reported on
    """

    version: str
    reports: int
    newest: str | None = None
    years: tuple[int, int] | None = None


@cache
def tables() -> tuple[Table, ...]:
    """All tables, in the order in which people look at them."""
    raw = _raw()
    named: dict[str, Mapping[str, str]] = {
        **cast("dict[str, dict[str, str]]", raw["words"]),
        "kinds": {kind.value: name.name for kind, name in kind_names().items()},
        "levels": level_names(),
        "classes": class_names(),
    }
    found = []
    for name, table in cast("dict[str, dict[str, object]]", raw["tables"]).items():
        links = {
            column: (to.partition(".")[0], to.partition(".")[2])
            for column, to in cast("dict[str, str]", table.get("links", {})).items()
        }
        columns = tuple(
            Column(column, cast("Type", told[0]), told[1], told[2], named[told[3]] if len(told) > 3 else None)
            for column, told in cast("dict[str, list[str]]", table["columns"]).items()
        )
        key = tuple(cast("list[str]", table["key"]))
        found.append(Table(name, str(table["title"]), str(table["about"]), key, links, columns))
    return tuple(found)


def rights() -> tuple[str, str]:
    """What may be done with the data, and what to be careful about: a sentence or two each."""
    return str(_raw()["rights"]), str(_raw()["caution"])


def edition_of(entries: Iterable[Entry], said: Iterable[tuple[str, bytes, bytes]], vocabulary: Vocabulary) -> Edition:
    """What of a corpus is exported; `said`: (file, digest of the report as it was read, digest of its findings) of each."""
    known = tuple(entries)
    days = [entry.metadata.date for entry in known if entry.metadata.date is not None]
    years = [entry.year for entry in known if entry.year is not None]
    span = (min(years), max(years)) if years else None
    return Edition(_version(said, vocabulary), len(known), max(days, default=None), span)


def _version(said: Iterable[tuple[str, bytes, bytes]], vocabulary: Vocabulary) -> str:
    names = (
        tuple((one.id, one.name, one.unit) for one in vocabulary.indicators),
        tuple((one.id, one.name) for one in vocabulary.topics),
        tuple((rule.id, rule.name) for rule in vocabulary.rules),
    )
    return digest_of((__version__, names, tuple(sorted(said))))[:6].hex()


def citation(edition: Edition, site: str, address: str | None) -> str:
    """The data as GB/T 7714—2025 cites a dataset. No clock: the day is that of the newest report, that of use is left open.

    address  of the page 数据下载; None where the site's is not known
    """
    day = f"（{edition.newest}）" if edition.newest else ""
    where = f"[引用日期]. {address}." if address else "."
    return f"{site}数据集[{'DS/OL' if address else 'DS'}]. V{edition.version}. {site}{day}{where}"


@cache
def _raw() -> dict[str, object]:
    text = files("govreport_site").joinpath("data/dataset.yaml").read_text(encoding="utf-8")
    return cast("dict[str, object]", load_plain(text))
