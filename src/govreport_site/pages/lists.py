"""Catalogue → what the pages of places, years and issuers show.

Each view names what it is made from in its arguments; reports themselves are needed only
where headings are shown. No list grows with the whole corpus: beyond `LONGEST_LIST` a page
gives numbers and leads on to the places. The first page is in `home.py`, kinds of sections
are in `kinds.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govreport_site import addresses, issuer_kinds, places
from govreport_site.catalogue import Catalogue, Entry, Item, items
from govreport_site.interface import KindName, kind_names
from govreport_site.pages.body import runs_in
from govreport_site.pages.compare import compare_link
from govreport_site.pages.remedies import has_remedies, remedy_years
from govreport_site.pages.runs import Run
from govreport_site.pages.tracking import consecutive
from govreport_site.pages.views import (
    Cut,
    KindLink,
    Link,
    hangs,
    heading_text,
    issuer_name,
    local_name,
    number,
    place_crumbs,
    place_name,
    who,
    year_name,
)
from govreport_site.report import Kind, Report

LEAST_YEARS = 5
# More groups than this do not stand on one screen.
LEAST_INDEXED = 6
LONGEST_LIST = 300

Reports = Mapping[str, Report]
"""File → report."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A heading on the home page, and where it comes from."""

    href: str
    runs: tuple[Run, ...]
    at: str
    hang: bool = False


def anchor_of(report: Report, item: Item) -> str:
    """Where an item begins on its report's page."""
    own = item.whole and item.section is not item.top
    if item.passages and not (own and not runs_in(report, item.section)):
        return item.passages[0].id
    return item.section.id


def shown_years(years: Iterable[int | None], most: int) -> list[int | None]:
    """The newest years without a gap, at least a few, so that one report does not make a lonely row."""
    known = [year for year in years if year is not None]
    shown: list[int | None] = []
    if known:
        first = max(max(known) - most + 1, min(min(known), max(known) - LEAST_YEARS + 1))
        shown = list(range(max(known), first - 1, -1))
    return [*shown, None] if None in years else shown


def short_year(year: int | None) -> str:
    return str(year) if year is not None else "未详"


# --- Places -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plain:
    """A name in a grid of names; without href nothing of it is collected."""

    name: str
    href: str | None
    number: str


@dataclass(frozen=True, slots=True)
class PlainGroup:
    """Names under a heading; `id` names it in the page, where something leads to it."""

    name: str
    href: str | None
    number: str
    names: tuple[Plain, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class PlacesView:
    """All provinces; those collected with what is below them, and before many of them a way to each."""

    lead: str
    index: tuple[Plain, ...]
    groups: tuple[PlainGroup, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearCell:
    """One report in a table of issuers and years: its kinds, and the link to it."""

    kinds: tuple[KindName, ...]
    href: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class IssuerRow:
    """An issuer and its reports, a cell a year; `earlier`: those of years that are not shown."""

    pieces: tuple[str, ...]
    href: str
    cells: tuple[tuple[YearCell, ...], ...]
    earlier: str


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under a name; the name may be empty."""

    name: str
    href: str | None
    rows: tuple[IssuerRow, ...]


@dataclass(frozen=True, slots=True)
class YearsTable:
    """Issuers down, years across."""

    years: tuple[str, ...]
    has_earlier: bool
    width: int
    groups: tuple[RowGroup, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place: its issuers and years, its problems and plans year by year, and the places below it."""

    name: str
    crumbs: tuple[Link, ...]
    lead: str
    table: YearsTable | None
    compare: str | None
    remedies: tuple[Link, ...]
    below_name: str
    below_note: str
    below: tuple[Plain, ...]


def places_view(catalogue: Catalogue) -> PlacesView:
    """All of China, as far as it is collected."""
    at = addresses.PLACES
    groups, others = [], []
    for province in places.children(None):
        folder = addresses.folder_of_code(province.code) or addresses.UNPLACED
        entries = catalogue.under.get(folder, ())
        if not entries:
            others.append(province.name)
            continue
        href = addresses.relative(at, addresses.page_in(folder))
        groups.append(
            PlainGroup(
                province.name,
                href,
                f"{number(len(entries))} 份",
                _below(at, catalogue, province.code),
                addresses.group_id(folder),
            )
        )
    for folder in (addresses.NATIONAL, addresses.UNPLACED):
        if found := catalogue.by_place.get(folder, ()):
            href = addresses.relative(at, addresses.page_in(folder))
            id = addresses.group_id(folder)
            groups.append(PlainGroup(place_name(folder, None), href, f"{number(len(found))} 份", (), id))
    collected = len(catalogue.by_place)
    lead = (
        f"收录 {number(collected)} 个地区的 {number(len(catalogue.entries))} 份报告。"
        if collected
        else "尚未收录报告。"
    )
    return PlacesView(lead, _index(groups), tuple(groups), tuple(others))


def _index(groups: Sequence[PlainGroup | YearGroup]) -> tuple[Plain, ...]:
    """A way to each group of a page, where they are many."""
    if len(groups) <= LEAST_INDEXED:
        return ()
    return tuple(Plain(group.name, f"#{group.id}", group.number.removesuffix(" 份")) for group in groups)


def place_view(catalogue: Catalogue, folder: str, code: str | None, cut: Cut) -> PlaceView:
    """A place by its folder; `code` None for `national` and `unplaced`."""
    at = addresses.page_in(folder)
    own = catalogue.by_place.get(folder, ())
    everything = catalogue.under.get(folder, ())
    lead = ""
    if code is not None:
        line = places.lineage(code)
        above = "".join(place.name for place in line[:-1])
        lead = f"{above}所辖，" if above else ""
        lead += f"行政区划代码 {code}。"
    issuers = len({entry.issuer for entry in own})
    lead += f"本级收录 {number(issuers)} 个机关的 {number(len(own))} 份报告" if own else "本级机关尚未收录"
    if len(everything) > len(own):
        lead += f"，连同所辖各地共 {number(len(everything))} 份"
    below = _below(at, catalogue, code) if code is not None else ()
    found = sum(name.href is not None for name in below)
    return PlaceView(
        compare=compare_link(at, _newest_of_each(own)) if own else None,
        name=place_name(folder, code),
        crumbs=place_crumbs(at, folder, code, link_last=False),
        lead=lead + "。",
        table=years_table(at, [("", None, own)], cut) if own else None,
        remedies=tuple(
            Link(year_name(year), addresses.relative(at, addresses.remedies_page(folder, year)))
            for year in remedy_years(own)
        ),
        below_name="所辖各地" if code is None or code.endswith("0000") else "下辖县市区",
        below_note="均未收录" if not found else "均已收录" if found == len(below) else f"已收录 {found} 地，数字为份数",
        below=below,
    )


def _newest_of_each(entries: Iterable[Entry]) -> list[Entry]:
    """Of each issuer the newest report."""
    newest: dict[str, Entry] = {}
    for entry in entries:
        newest.setdefault(entry.issuer, entry)
    return list(newest.values())


def place_pages(catalogue: Catalogue) -> Iterator[tuple[str, str | None]]:
    """Folder and code of every place that has a page: those with reports, and all above them."""
    codes: dict[str, str | None] = {}
    for entry in catalogue.entries:
        if entry.code is None:
            codes[entry.place] = None
            continue
        for above in places.lineage(entry.code):
            codes[addresses.folder_of_code(above.code) or addresses.UNPLACED] = above.code
    yield from codes.items()


def _below(at: str, catalogue: Catalogue, code: str) -> tuple[Plain, ...]:
    names = []
    for child in places.children(code):
        folder = addresses.folder_of_code(child.code) or addresses.UNPLACED
        count = len(catalogue.under.get(folder, ()))
        href = addresses.relative(at, addresses.page_in(folder)) if count else None
        names.append(Plain(child.name, href, str(count) if count else ""))
    return tuple(names)


def years_table(at: str, groups: Iterable[tuple[str, str | None, Iterable[Entry]]], cut: Cut) -> YearsTable:
    """Groups of entries (name, page, entries) → issuers down, their newest years across."""
    found = [(name, href, tuple(entries)) for name, href, entries in groups]
    every = [entry for _, _, entries in found for entry in entries]
    years = shown_years({entry.year for entry in every}, LEAST_YEARS)
    has_earlier = any(entry.year not in years for entry in every)
    made = []
    for name, href, entries in found:
        series: dict[str, list[Entry]] = {}
        for entry in entries:
            series.setdefault(entry.issuer, []).append(entry)
        rows = []
        for issuer, of_issuer in series.items():
            cells = tuple(tuple(_year_cell(at, e) for e in of_issuer if e.year == year) for year in years)
            earlier = sum(entry.year not in years for entry in of_issuer)
            page = addresses.relative(at, addresses.page_in(issuer))
            rows.append(IssuerRow(cut(who(of_issuer[0])), page, cells, f"{earlier} 份" if earlier else ""))
        made.append(RowGroup(name, addresses.relative(at, href) if href else None, tuple(rows)))
    return YearsTable(tuple(short_year(year) for year in years), has_earlier, 1 + len(years) + has_earlier, tuple(made))


def _year_cell(at: str, entry: Entry) -> YearCell:
    return YearCell(
        tuple(kind_names()[count.kind] for count in entry.kinds),
        addresses.relative(at, entry.page),
        f"{number(entry.characters)} 字",
        f"{who(entry)} {year_name(entry.year)}",
    )


# --- Issuers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A year of an issuer: the head of a column."""

    year: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind across the years: headings, each a link into its report."""

    kind: KindName
    cells: tuple[tuple[Sample, ...], ...]


@dataclass(frozen=True, slots=True)
class IssuerView:
    """An issuer: its years side by side; its problems with its plans, its plans with what came of them."""

    name: str
    crumbs: tuple[Link, ...]
    lead: str
    columns: tuple[YearColumn, ...]
    rows: tuple[KindRow, ...]
    remedies: tuple[Link, ...]
    tracking: str | None
    compare: str
    fellows: tuple[Link, ...]
    kind: Link


@dataclass(frozen=True, slots=True)
class IssuersView:
    """All kinds of bodies that report."""

    lead: str
    names: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class IssuerKindView:
    """Bodies of one kind, place by place; in a large corpus only the numbers."""

    name: str
    crumbs: tuple[Link, ...]
    lead: str
    table: YearsTable | None
    groups: tuple[PlainGroup, ...]


def issuer_view(catalogue: Catalogue, folder: str, reports: Reports) -> IssuerView:
    """`reports` holds the reports of this issuer."""
    at = addresses.page_in(folder)
    entries = catalogue.by_issuer[folder]
    newest = entries[0]
    fellows = fellows_of(catalogue, newest)
    by_kind: dict[Kind, list[tuple[Sample, ...]]] = {kind: [] for kind in Kind}
    for entry in entries:
        report = reports[entry.file]
        found: dict[Kind, list[Sample]] = {kind: [] for kind in Kind}
        for item in items(report):
            if item.lead:
                continue
            href = addresses.relative(at, addresses.fragment(entry.page, anchor_of(report, item)))
            runs = heading_text(report, item.section) or (Run("未分标题的文字"),)
            found[item.kind].append(Sample(href, runs, "", hangs(item.section)))
        for kind, samples in found.items():
            by_kind[kind].append(tuple(samples))
    kind_page = addresses.relative(at, addresses.issuer_kind_page(newest.kind_slug))
    return IssuerView(
        compare=compare_link(at, entries),
        name=issuer_name(newest),
        crumbs=(*place_crumbs(at, newest.place, newest.code, link_last=True), Link(issuer_name(newest))),
        lead=f"收录 {number(len(entries))} 份报告。",
        columns=tuple(
            YearColumn(year_name(e.year), addresses.relative(at, e.page), f"{number(e.characters)} 字") for e in entries
        ),
        rows=tuple(KindRow(kind_names()[kind], tuple(cells)) for kind, cells in by_kind.items() if any(cells)),
        remedies=tuple(
            Link(year_name(entry.year), addresses.relative(at, addresses.fragment(page, anchor)))
            for entry in entries
            if has_remedies(entry)
            for page in [addresses.remedies_page(entry.place, entry.year)]
            for anchor in [addresses.group_id(entry.folder)]
        ),
        tracking=addresses.relative(at, addresses.tracking_page(folder)) if consecutive(catalogue, folder) else None,
        fellows=tuple(Link(name, addresses.relative(at, addresses.page_in(other))) for other, name in fellows),
        kind=Link(issuer_kind_name(newest.kind_slug), kind_page),
    )


def fellows_of(catalogue: Catalogue, newest: Entry) -> tuple[tuple[str, str], ...]:
    """Folder and name of the other issuers of the same kind in the same place."""
    if newest.kind_slug == addresses.OTHER_ISSUERS:
        return ()
    return tuple(
        (entry.issuer, issuer_name(entry))
        for entry in catalogue.bodies_of[newest.place, newest.kind_slug]
        if entry.issuer != newest.issuer
    )


def issuers_view(catalogue: Catalogue) -> IssuersView:
    """Kinds of bodies, those with most reports first."""
    at = addresses.ISSUERS
    found = sorted(catalogue.by_issuer_kind.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    names = tuple(
        Plain(
            issuer_kind_name(slug),
            addresses.relative(at, addresses.issuer_kind_page(slug)),
            f"{number(len(entries))}",
        )
        for slug, entries in found
    )
    count = len(catalogue.by_issuer)
    lead = f"{number(count)} 个机关，按职能归为 {number(len(names))} 类；数字为份数。" if count else "尚未收录报告。"
    return IssuersView(lead, names)


def issuer_kind_view(catalogue: Catalogue, slug: str, cut: Cut) -> IssuerKindView:
    """Bodies of one kind by their slug; `other` for those of no known kind."""
    at = addresses.issuer_kind_page(slug)
    entries = catalogue.by_issuer_kind[slug]
    table, groups = _table_or_numbers(at, entries, cut)
    return IssuerKindView(
        name=issuer_kind_name(slug),
        crumbs=(Link("机关", addresses.relative(at, addresses.ISSUERS)), Link(issuer_kind_name(slug))),
        lead=f"{number(len({e.issuer for e in entries}))} 个机关的 {number(len(entries))} 份报告，按地区排列。",
        table=table,
        groups=groups,
    )


def issuer_kind_name(slug: str) -> str:
    """The Chinese name of a kind of body."""
    kind = issuer_kinds.by_slug(slug)
    return kind.name if kind is not None else "其他机关"


def _table_or_numbers(
    at: str, entries: tuple[Entry, ...], cut: Cut
) -> tuple[YearsTable | None, tuple[PlainGroup, ...]]:
    """A table of issuers and years by province; beyond `LONGEST_LIST` the places with their numbers."""
    provinces: dict[str, list[Entry]] = {}
    for entry in entries:
        provinces.setdefault(entry.province, []).append(entry)
    if len(entries) <= LONGEST_LIST:
        named = [(province_name(of[0]), addresses.page_in(folder), of) for folder, of in provinces.items()]
        return years_table(at, named, cut), ()
    return None, tuple(_numbers(at, folder, of) for folder, of in provinces.items())


def _numbers(at: str, folder: str, entries: list[Entry]) -> PlainGroup:
    below: dict[tuple[str, str], int] = {}
    for entry in entries:
        line = places.lineage(entry.code) if entry.code else ()
        # A province's prefectures and no further: the page must not grow with the corpus.
        place = line[:2][-1] if line else None
        page = addresses.folder_of_code(place.code) if place else None
        key = (page or folder, place.name if place else place_name(entry.place, None))
        below[key] = below.get(key, 0) + 1
    return PlainGroup(
        province_name(entries[0]),
        addresses.relative(at, addresses.page_in(folder)),
        f"{number(len(entries))} 份",
        tuple(
            Plain(name, addresses.relative(at, addresses.page_in(page)), number(count))
            for (page, name), count in below.items()
        ),
        addresses.group_id(folder),
    )


def province_name(entry: Entry) -> str:
    return places.lineage(entry.code)[0].name if entry.code else place_name(entry.place, None)


# --- Years --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year and how much there is of it."""

    name: str
    href: str
    reports: str
    places: str
    issuers: str
    kinds: tuple[KindLink, ...]


@dataclass(frozen=True, slots=True)
class YearsView:
    """All years."""

    lead: str
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class YearPlace:
    """A place and its reports of one year."""

    name: str
    href: str
    reports: tuple[YearCell, ...]


@dataclass(frozen=True, slots=True)
class YearGroup:
    """A province and its places in one year."""

    name: str
    href: str
    number: str
    places: tuple[YearPlace, ...]
    id: str


@dataclass(frozen=True, slots=True)
class YearView:
    """All reports on one year by province and place; in a large corpus only the numbers."""

    name: str
    crumbs: tuple[Link, ...]
    lead: str
    kinds: tuple[KindLink, ...]
    index: tuple[Plain, ...]
    groups: tuple[YearGroup, ...]
    numbers: tuple[PlainGroup, ...]
    earlier: Link | None
    later: Link | None


def years_view(catalogue: Catalogue) -> YearsView:
    """Every year that has reports."""
    at = addresses.YEARS
    rows = []
    for year, entries in catalogue.by_year.items():
        rows.append(
            YearRow(
                short_year(year),
                addresses.relative(at, addresses.year_page(year)),
                number(len(entries)),
                number(len({entry.place for entry in entries})),
                number(len({entry.issuer for entry in entries})),
                _kind_counts(at, entries),
            )
        )
    lead = "年度是报告所讲的那一年，不是发布的那一年。" if rows else "尚未收录报告。"
    return YearsView(lead, tuple(rows))


def year_view(catalogue: Catalogue, year: int | None) -> YearView:
    """One year."""
    at = addresses.year_page(year)
    entries = catalogue.by_year[year]
    provinces: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        provinces.setdefault(entry.province, {}).setdefault(entry.place, []).append(entry)
    groups: tuple[YearGroup, ...] = ()
    numbers: tuple[PlainGroup, ...] = ()
    if len(entries) <= LONGEST_LIST:
        groups = tuple(_year_group(at, folder, of) for folder, of in provinces.items())
    else:
        numbers = tuple(_numbers(at, folder, [e for es in of.values() for e in es]) for folder, of in provinces.items())
    known = [one for one in catalogue.by_year if one is not None]
    earlier = next((one for one in known if year is not None and one < year), None)
    later = next((one for one in reversed(known) if year is not None and one > year), None)
    return YearView(
        name=year_name(year),
        crumbs=(Link("年度", addresses.relative(at, addresses.YEARS)), Link(year_name(year))),
        lead=f"{number(len({e.place for e in entries}))} 个地区的 {number(len(entries))} 份报告，按地区排列。",
        kinds=_kind_counts(at, entries),
        index=_index(groups or numbers),
        groups=groups,
        numbers=numbers,
        earlier=_year_link(at, earlier),
        later=_year_link(at, later),
    )


def _year_link(at: str, year: int | None) -> Link | None:
    return Link(year_name(year), addresses.relative(at, addresses.year_page(year))) if year is not None else None


def _year_group(at: str, folder: str, by_place: Mapping[str, list[Entry]]) -> YearGroup:
    found = []
    for place, entries in by_place.items():
        page = addresses.relative(at, addresses.page_in(place))
        cells = tuple(
            YearCell(
                tuple(kind_names()[count.kind] for count in entry.kinds),
                addresses.relative(at, entry.page),
                who(entry),
                f"{number(entry.characters)} 字",
            )
            for entry in entries
        )
        found.append(YearPlace(local_name(entries[0]), page, cells))
    first = next(iter(by_place.values()))[0]
    count = sum(len(entries) for entries in by_place.values())
    return YearGroup(
        province_name(first),
        addresses.relative(at, addresses.page_in(folder)),
        f"{number(count)} 份",
        tuple(found),
        addresses.group_id(folder),
    )


def _kind_counts(at: str, entries: Iterable[Entry]) -> tuple[KindLink, ...]:
    """How many reports have each kind."""
    counts = Counter(count.kind for entry in entries for count in entry.kinds)
    return tuple(
        KindLink(kind_names()[kind], addresses.relative(at, addresses.kind_page(kind)), number(count))
        for kind in Kind
        if (count := counts[kind])
    )
