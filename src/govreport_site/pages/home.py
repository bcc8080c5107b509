"""Catalogue → what the first page shows: what is collected, what it says, what is new."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from govreport_site import addresses, places
from govreport_site.catalogue import Catalogue, Entry, items, newest_year_first
from govreport_site.interface import KindName, kind_names
from govreport_site.pages.lists import Reports, Sample, anchor_of, short_year, shown_years
from govreport_site.pages.runs import Run
from govreport_site.pages.views import (
    Cut,
    local_name,
    number,
    place_name,
    shown_title,
    year_name,
)
from govreport_site.report import Kind

NEWEST_ON_HOME = 10
HEADINGS_ON_HOME = 4
COVERAGE_YEARS = 10
# So many names stand across a table beside the newest reports; more of them would be hidden at its edge.
MOST_ACROSS = 18


@dataclass(frozen=True, slots=True)
class EntryView:
    """A report in a list: its title, and what one tells it from others by."""

    href: str
    pieces: tuple[str, ...]
    place: str
    year: str
    date: str | None
    dated: str
    characters: str


@dataclass(frozen=True, slots=True)
class Way:
    """A kind on the home page, with some of its headings."""

    kind: KindName
    href: str
    number: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table of numbers; `text` empty: nothing collected. Its row and column say of what."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A year and its cells; or a place with its page, where the table is turned."""

    name: str
    cells: tuple[Cell, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """What a phone gets instead of a column: a place and its years."""

    name: str
    href: str
    years: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Years down, places across; turned, places down and years across."""

    hint: str
    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    narrow: tuple[CoverageEntry, ...]
    rest: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page. `dateline` holds what is collected, in words and numbers."""

    empty: bool
    dateline: tuple[str, ...]
    ways: tuple[Way, ...]
    coverage: Coverage | None
    newest: tuple[EntryView, ...]
    places: str


def wanted_on_home(catalogue: Catalogue) -> tuple[Entry, ...]:
    """The reports whose headings the home page shows: of each kind the newest few."""
    wanted = {entry.file: entry for kind in Kind for entry in catalogue.newest_of[kind][:HEADINGS_ON_HOME]}
    return tuple(wanted[file] for file in sorted(wanted))


def home_view(catalogue: Catalogue, reports: Reports, cut: Cut) -> HomeView:
    """`reports` holds at least what `wanted_on_home` names."""
    at = addresses.HOME
    entries = catalogue.entries
    years = [year for year in catalogue.by_year if year is not None]
    dateline = ["尚未收录报告"]
    if entries:
        span = f"{min(years)}—{max(years)}" if len(years) > 1 else str(years[0]) if years else ""
        dateline = [
            f"收录 {number(len(entries))} 份",
            f"涉及 {number(len(catalogue.by_place))} 个地区",
            *([f"报告年度 {span}"] if span else []),
            f"正文 {number(sum(e.passages for e in entries))} 段 {number(sum(e.characters for e in entries))} 字",
        ]
    return HomeView(
        empty=not entries,
        dateline=tuple(dateline),
        ways=tuple(way_of(at, catalogue, kind, reports) for kind in Kind),
        coverage=_coverage(at, catalogue) if entries else None,
        newest=tuple(entry_view(at, entry, cut) for entry in catalogue.newest[:NEWEST_ON_HOME]),
        places=addresses.relative(at, addresses.PLACES),
    )


def entry_view(at: str, entry: Entry, cut: Cut) -> EntryView:
    """A report as a line of a list on the page `at`."""
    metadata = entry.metadata
    return EntryView(
        href=addresses.relative(at, entry.page),
        pieces=cut(shown_title(entry)),
        place=local_name(entry),
        year=year_name(entry.year),
        date=metadata.date,
        dated="发布" if metadata.published else "成文" if metadata.dated else "成文日期未注明",
        characters=f"{number(entry.characters)} 字",
    )


def way_of(at: str, catalogue: Catalogue, kind: Kind, reports: Reports) -> Way:
    """Headings of the newest reports in turn: the first of each, then the second of each."""
    columns = []
    for entry in catalogue.newest_of[kind][:HEADINGS_ON_HOME]:
        report = reports[entry.file]
        named = [item for item in items(report) if item.kind is kind and not item.lead and item.section.title]
        columns.append([(entry, report, item) for item in named[:HEADINGS_ON_HOME]])
    turns = [column[row] for row in range(HEADINGS_ON_HOME) for column in columns if row < len(column)]
    samples = []
    for entry, report, item in turns[:HEADINGS_ON_HOME]:
        place = places.place(entry.code) if entry.code else None
        samples.append(
            Sample(
                addresses.relative(at, addresses.fragment(entry.page, anchor_of(report, item))),
                (Run(item.section.title),),
                place.short if place else place_name(entry.place, entry.code),
            )
        )
    return Way(
        kind_names()[kind],
        addresses.relative(at, addresses.kind_page(kind)),
        f"{number(catalogue.items_of[kind])} 项",
        tuple(samples),
    )


def _coverage(at: str, catalogue: Catalogue) -> Coverage:
    provinces = {code for entry in catalogue.entries if entry.code and (code := places.lineage(entry.code)[0].code)}
    columns: list[tuple[str, str, str, tuple[Entry, ...]]] = []  # short name, name, page, entries
    if len(provinces) == 1:
        province = places.place(provinces.pop())
        assert province is not None
        folder = addresses.folder_of_code(province.code) or addresses.UNPLACED
        own = catalogue.by_place.get(folder, ())
        if own:
            columns.append(("本级", f"{province.name}本级", addresses.page_in(folder), own))
        for child in places.children(province.code):
            below = addresses.folder_of_code(child.code) or addresses.UNPLACED
            columns.append((child.short, child.name, addresses.page_in(below), catalogue.under.get(below, ())))
        missing = sum(not entries for _, _, _, entries in columns)
        hint = f"{province.name}，按报告年度；数字为份数，点为尚未收录。"
        rest = f"{province.name}其余 {missing} 地尚未收录" if missing else ""
    else:
        missing = 0
        for child in places.children(None):
            folder = addresses.folder_of_code(child.code) or addresses.UNPLACED
            if child.code in provinces:
                columns.append((child.short, child.name, addresses.page_in(folder), catalogue.under[folder]))
            else:
                missing += 1
        hint = "已有收录的省份，按报告年度；数字为份数，点为尚未收录。"
        rest = f"其余 {missing} 个省份尚未收录" if missing and provinces else ""
    for folder, short in ((addresses.NATIONAL, "国家"), (addresses.UNPLACED, "未详")):
        if folder in catalogue.by_place:
            name = place_name(folder, None)
            columns.append((short, name, addresses.page_in(folder), catalogue.by_place[folder]))
    years = shown_years(catalogue.by_year, COVERAGE_YEARS)
    counts = [Counter(entry.year for entry in entries) for _, _, _, entries in columns]
    if len(columns) > MOST_ACROSS:
        # Each place leads to its page once: a link in every cell would be hundreds of stops of the keyboard.
        down = tuple(
            CoverageRow(
                short, tuple(Cell(str(of_place[year] or ""), None) for year in years), addresses.relative(at, page)
            )
            for (short, _, page, _), of_place in zip(columns, counts, strict=True)
            if of_place
        )
        hint += f"{rest}。" if rest else ""
        return Coverage(hint, tuple(short_year(year) for year in years), down, (), "", turned=True)
    rows = []
    for year in years:
        cells = tuple(
            Cell(str(of_place[year]), addresses.relative(at, page)) if of_place[year] else Cell("", None)
            for (_, _, page, _), of_place in zip(columns, counts, strict=True)
        )
        rows.append(CoverageRow(short_year(year), cells))
    narrow = tuple(
        CoverageEntry(
            name,
            addresses.relative(at, page),
            "　".join(short_year(year) for year in sorted({e.year for e in entries}, key=newest_year_first)[:5]),
        )
        for _, name, page, entries in columns
        if entries
    )
    return Coverage(hint, tuple(short for short, _, _, _ in columns), tuple(rows), narrow, rest)
