"""Catalogue and reports → one kind of section, read across reports.

The page of a kind shows its newest reports in full and leads on to lists, one a year and
province, that show all of them; where these are long, one a year and prefecture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govreport_site import addresses, places
from govreport_site.catalogue import Catalogue, Entry, Item, item_characters, items, newest_year_first
from govreport_site.interface import KindName, kind_names
from govreport_site.pages.body import Block, passage_blocks, section_blocks
from govreport_site.pages.home import MOST_ACROSS, Cell, Coverage, CoverageRow, Way, way_of
from govreport_site.pages.lists import Reports, anchor_of, province_name, short_year
from govreport_site.pages.runs import Run, heading_runs
from govreport_site.pages.views import (
    KindLink,
    Link,
    full_place_name,
    heading_text,
    issuer_name,
    number,
    place_name,
    year_name,
)
from govreport_site.report import Kind, Report

# A page of a kind shows so many reports in full, fewer where they are long: it changes with every new report.
NEWEST_IN_FULL = 20
NEWEST_CHARACTERS = 6_000
NEWEST_AT_LEAST = 2

# What is longer in one province and year is parted into lists of its prefectures.
LONGEST_LIST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item, as published, and where it comes from."""

    href: str
    runs: tuple[Run, ...]
    context: tuple[Run, ...]
    blocks: tuple[Block, ...]
    issuer: Link
    year: str
    place: Link


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items of one place."""

    id: str
    name: str
    size: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class SideGroup:
    """A list of anchors beside the items."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class KindsView:
    """All kinds of sections."""

    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind, of all reports or of a year and province.

    table  years and provinces, each number leading to its list; None on such a list
    note   what of all is shown below
    """

    kind: KindName
    crumbs: tuple[Link, ...]
    name: str
    where: str
    lead: str
    table: Coverage | None
    note: str
    side: tuple[SideGroup, ...]
    others: tuple[KindLink, ...]
    groups: tuple[ItemGroup, ...]


def kinds_view(catalogue: Catalogue, reports: Reports) -> KindsView:
    """`reports` holds at least what `wanted_on_home` names."""
    return KindsView(tuple(way_of(addresses.KINDS, catalogue, kind, reports) for kind in Kind))


def wanted_on_kind(catalogue: Catalogue, kind: Kind) -> tuple[Entry, ...]:
    """The reports whose text the page of a kind shows, in the order of the catalogue."""
    files: set[str] = set()
    characters = 0
    for entry in catalogue.newest_of[kind][:NEWEST_IN_FULL]:
        count = entry.count(kind)
        characters += count.characters if count is not None else 0
        if len(files) >= NEWEST_AT_LEAST and characters > NEWEST_CHARACTERS:
            break
        files.add(entry.file)
    return tuple(entry for entry in catalogue.by_kind[kind] if entry.file in files)


def kind_view(catalogue: Catalogue, kind: Kind, reports: Reports) -> KindView:
    """`reports` holds what `wanted_on_kind` names."""
    at = addresses.kind_page(kind)
    name = kind_names()[kind]
    entries = catalogue.by_kind[kind]
    shown = wanted_on_kind(catalogue, kind)
    groups = _item_groups(at, kind, shown, reports)
    total = catalogue.items_of[kind]
    lead = f"{name.about}，按地区排列，照录原文。{number(len(entries))} 份报告，{number(total)} 项。"
    others = [
        KindLink(kind_names()[other], addresses.relative(at, addresses.kind_page(other)), number(count))
        for other in Kind
        if other is not kind and (count := catalogue.items_of[other])
    ]
    return KindView(
        kind=name,
        crumbs=(Link("板块", addresses.relative(at, addresses.KINDS)), Link(name.name)),
        name=name.name,
        where="",
        lead=lead if entries else f"{name.about}。现有报告中没有。",
        table=_kind_table(at, catalogue, kind) if entries else None,
        note=f"以下是最近的 {len(shown)} 份；其余请从表中进入。" if len(shown) < len(entries) else "",
        side=_side(shown, groups, kind),
        others=tuple(others),
        groups=groups,
    )


@dataclass(frozen=True, slots=True)
class KindList:
    """One kind in one year and area, and the entries it shows in full; `parted`: the others have lists of their own."""

    kind: Kind
    year: int | None
    area: str
    entries: tuple[Entry, ...]
    parted: bool = False


def kind_lists(catalogue: Catalogue) -> Iterator[KindList]:
    """Every list of one kind in one year and area: a province, and where that is long its prefectures too."""
    for (kind, year, province), entries in catalogue.lists_of.items():
        counts = (entry.count(kind) for entry in entries)
        if sum(count.characters for count in counts if count is not None) <= LONGEST_LIST_CHARACTERS:
            yield KindList(kind, year, province, entries)
            continue
        areas: dict[str, list[Entry]] = {province: []}
        for entry in entries:
            areas.setdefault(entry.area, []).append(entry)
        for area, of_area in areas.items():
            yield KindList(kind, year, area, tuple(of_area), parted=area == province)


def kind_list_view(one: KindList, catalogue: Catalogue, reports: Reports) -> KindView:
    """`reports` holds those of the list's entries; of the catalogue it sees one kind in one year and province."""
    kind, year, area = one.kind, one.year, one.area
    province = addresses.province_of(area)
    at = addresses.kind_list_page(kind, year, area)
    name = kind_names()[kind]
    everything = catalogue.lists_of[kind, year, province] if one.parted else one.entries
    where = area_name(everything[0], area)
    groups = _item_groups(at, kind, one.entries, reports)
    others = [
        KindLink(
            kind_names()[other],
            addresses.relative(at, addresses.kind_list_page(other, year, province)),
            number(_items_of(everything, other)),
        )
        for other in Kind
        if other is not kind and any(entry.count(other) for entry in everything)
    ]
    above = [Link(province_name(everything[0]), addresses.relative(at, addresses.kind_list_page(kind, year, province)))]
    side = _side(one.entries, groups, kind)
    return KindView(
        kind=name,
        crumbs=(
            Link("板块", addresses.relative(at, addresses.KINDS)),
            Link(name.name, addresses.relative(at, addresses.kind_page(kind))),
            Link(year_name(year), addresses.relative(at, addresses.year_page(year))),
            *(above if area != province else ()),
            Link(where),
        ),
        name=name.name,
        where=f"{where} {year_name(year)}",
        lead=f"{where}，{year_name(year)}。按地区排列，照录原文。"
        f"{number(len(everything))} 份报告，{number(_items_of(everything, kind))} 项。",
        table=None,
        note="各地的原文较长，分列各页；请从地区进入。" if one.parted else "",
        side=(*_areas(at, one, everything), *side),
        others=tuple(others),
        groups=groups,
    )


def _areas(at: str, one: KindList, entries: Iterable[Entry]) -> Iterator[SideGroup]:
    """The lists of the prefectures, where there are such."""
    if not one.parted:
        return
    areas: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.area != one.area:
            areas.setdefault(entry.area, []).append(entry)
    yield SideGroup(
        "各地",
        tuple(
            Link(
                area_name(of[0], area).removeprefix(province_name(of[0])),
                addresses.relative(at, addresses.kind_list_page(one.kind, one.year, area)),
                number(_items_of(of, one.kind)),
            )
            for area, of in areas.items()
        ),
    )


def area_name(entry: Entry, area: str) -> str:
    """The name of the area an entry lies in: 河南省, 河南省许昌市."""
    line = places.lineage(entry.code)[: 1 + area.count("/")] if entry.code else ()
    return "".join(place.name for place in line) or province_name(entry)


def _items_of(entries: Iterable[Entry], kind: Kind) -> int:
    return sum(count.items for entry in entries if (count := entry.count(kind)))


def _kind_table(at: str, catalogue: Catalogue, kind: Kind) -> Coverage:
    entries = catalogue.by_kind[kind]
    provinces: dict[str, Entry] = {}
    for entry in entries:
        provinces.setdefault(entry.province, entry)
    years = sorted({entry.year for entry in entries}, key=newest_year_first)
    names = []
    for entry in provinces.values():
        top = places.lineage(entry.code)[0] if entry.code else None
        names.append(top.short if top else place_name(entry.place, None)[:2])

    def cell(year: int | None, province: str) -> Cell:
        count = catalogue.items_at.get((kind, year, province))
        page = addresses.relative(at, addresses.kind_list_page(kind, year, province))
        return Cell(number(count) if count else "", page if count else None)

    hint = "按报告年度和省份；数字为项数，点入是该年该省的全部原文。"
    if len(names) > MOST_ACROSS:
        down = tuple(
            CoverageRow(name, tuple(cell(year, province) for year in years))
            for name, province in zip(names, provinces, strict=True)
        )
        return Coverage(hint, tuple(map(short_year, years)), down, (), "", turned=True)
    rows = tuple(CoverageRow(short_year(year), tuple(cell(year, province) for province in provinces)) for year in years)
    return Coverage(hint, tuple(names), rows, (), "")


def _side(entries: Iterable[Entry], groups: Iterable[ItemGroup], kind: Kind) -> tuple[SideGroup, ...]:
    provinces: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        provinces.setdefault(province_name(entry), {}).setdefault(entry.place, []).append(entry)
    return tuple(
        SideGroup(
            name,
            tuple(
                Link(
                    place_name(place, of[0].code),
                    "#" + addresses.group_id(place),
                    number(_items_of(of, kind)),
                )
                for place, of in by_place.items()
            ),
        )
        for name, by_place in provinces.items()
    )


def _item_groups(at: str, kind: Kind, entries: Iterable[Entry], reports: Reports) -> tuple[ItemGroup, ...]:
    by_place: dict[str, list[Entry]] = {}
    for entry in entries:
        by_place.setdefault(entry.place, []).append(entry)
    groups = []
    for place, of_place in by_place.items():
        found = []
        characters = 0
        for entry in of_place:
            report = reports[entry.file]
            for item in items(report):
                if item.kind is kind:
                    found.append(_item(at, entry, report, item))
                    characters += item_characters(report, item)
        size = f"{number(_items_of(of_place, kind))} 项，{number(characters)} 字"
        name = full_place_name(place, of_place[0].code)
        groups.append(ItemGroup(addresses.group_id(place), name, size, tuple(found)))
    return tuple(groups)


def _item(at: str, entry: Entry, report: Report, item: Item) -> ItemView:
    blocks = section_blocks(report, item.section, item.kind) if item.whole else passage_blocks(report, item.passages)
    top = item.section is item.top
    first = next((passage.number for passage in item.passages if passage.number is not None), None)
    where = f"第 {first} 段" if first is not None else "原文"
    page = addresses.fragment(entry.page, anchor_of(report, item))
    return ItemView(
        href=addresses.relative(at, page),
        runs=heading_runs(report.source.cut(item.section.heading)),
        context=() if top else heading_text(report, item.top),
        blocks=blocks,
        issuer=Link(issuer_name(entry), addresses.relative(at, addresses.page_in(entry.issuer))),
        year=year_name(entry.year),
        place=Link(where, addresses.relative(at, page)),
    )
