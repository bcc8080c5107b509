"""Reports → their order, neighbours and groups.

In flow reports, out flows one `Entry` each: metadata, address and small counts, never text,
so that what is made from the catalogue stays as it is when a paragraph is edited. `items`
says what stands side by side when one kind of section is read across reports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby
from typing import TypeVar

from govreport_site import addresses, issuer_kinds, places
from govreport_site.normalise import BLANK, normalise
from govreport_site.problems import Problem
from govreport_site.report import Kind, Metadata, Passage, Report, Section

Key = TypeVar("Key")

_BLANKS = re.compile(f"[{re.escape(''.join(sorted(BLANK)))}]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a report says under a kind: a part with its own heading, or text without one.

    top       the section of the first rank it stands in
    section   whose heading names it; the same as `top` where that has no parts of its own
    passages  its text, without headings
    whole     True where it is everything below `section`, headings further down included
    """

    kind: Kind
    top: Section
    section: Section
    passages: tuple[Passage, ...]
    whole: bool

    @property
    def lead(self) -> bool:
        """Text that only leads over to the parts of its section: shown with them, not counted."""
        return not self.whole and bool(self.section.subsections) and self.kind is self.section.kind


@dataclass(frozen=True, slots=True)
class KindCount:
    """What a report has of one kind: ids of its sections of the first rank, items, characters."""

    kind: Kind
    sections: tuple[str, ...]
    items: int
    characters: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One report as lists see it.

    title       one line, for people; `composed` where the text does not hold it
    folder      its address: `henan/xuchang/2025-weijianwei`
    issuer      the folder of its issuer's page: `henan/xuchang/weijianwei`
    place       the folder of its place, `national` or `unplaced`
    code        the place's code as in use now; None for those two
    kind_slug   the kind of body that reports, as addresses spell it
    characters  of text and headings, without blanks; title, header and sign-off do not count
    province    the first part of its place's folder
    area        the first two, which is a prefecture; a province's own area is itself
    year        the year reported on
    """

    file: str
    title: str
    composed: bool
    folder: str
    issuer: str
    place: str
    code: str | None
    kind_slug: str
    metadata: Metadata
    sections: int
    items: int
    passages: int
    points: int
    characters: int
    kinds: tuple[KindCount, ...]
    # Plans of pages ask for these a million times.
    province: str = field(init=False, compare=False, repr=False)
    area: str = field(init=False, compare=False, repr=False)
    year: int | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "province", addresses.province_of(self.place))
        object.__setattr__(self, "area", addresses.area_of(self.place))
        object.__setattr__(self, "year", self.metadata.year)

    @property
    def page(self) -> str:
        """The report's own page."""
        return addresses.page_in(self.folder)

    def count(self, kind: Kind) -> KindCount | None:
        """What it has of a kind."""
        return next((count for count in self.kinds if count.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Card:
    """What a report alone knows of its entry: the address it has where no other one claims it.

    body  who reports, by place and normalised name: what makes an issuer the same over the years
    """

    entry: Entry
    body: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The reports one turns to from a report; each may be missing."""

    earlier: Entry | None = None
    later: Entry | None = None
    previous: Entry | None = None
    next: Entry | None = None


@dataclass(frozen=True)
class Catalogue:
    """All entries in order: province, place, kind of issuer, issuer, then the newest year first."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def by_file(self) -> Mapping[str, Entry]:
        """file → entry."""
        return {entry.file: entry for entry in self.entries}

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Entry, ...]]:
        """Folder of a place → the entries of that very place, not of those below it."""
        return _grouped((entry.place, entry) for entry in self.entries)

    @cached_property
    def under(self) -> Mapping[str, tuple[Entry, ...]]:
        """Folder of a place → its entries and those of all places below it."""
        return _grouped((folder, entry) for entry in self.entries for folder in ancestors(entry.place))

    @cached_property
    def by_issuer(self) -> Mapping[str, tuple[Entry, ...]]:
        """Folder of an issuer → its entries, the newest year first."""
        return _grouped((entry.issuer, entry) for entry in self.entries)

    @cached_property
    def bodies_of(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """Folder of a place and slug of a kind of body → the last entry of each issuer there, in its order."""
        groups: defaultdict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        for entry in self.entries:
            groups[entry.place, entry.kind_slug][entry.issuer] = entry
        return {key: tuple(issuers.values()) for key, issuers in groups.items()}

    @cached_property
    def by_year(self) -> Mapping[int | None, tuple[Entry, ...]]:
        """Year → entries; the newest year first, unknown years last."""
        groups = _grouped((entry.year, entry) for entry in self.entries)
        return {year: groups[year] for year in sorted(groups, key=newest_year_first)}

    @cached_property
    def by_issuer_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        """Slug of a kind of body → entries."""
        return _grouped((entry.kind_slug, entry) for entry in self.entries)

    @cached_property
    def by_kind(self) -> Mapping[Kind, tuple[Entry, ...]]:
        """Kind of section → the entries that have it; every kind is there."""
        groups = _grouped((count.kind, entry) for entry in self.entries for count in entry.kinds)
        return {kind: groups.get(kind, ()) for kind in Kind}

    @cached_property
    def lists_of(self) -> Mapping[tuple[Kind, int | None, str], tuple[Entry, ...]]:
        """Kind, year and province → the entries that have it; kind by kind."""
        return _grouped(((kind, e.year, e.province), e) for kind in Kind for e in self.by_kind[kind])

    @cached_property
    def items_at(self) -> Mapping[tuple[Kind, int | None, str], int]:
        """Kind, year and province → how many items there are."""
        numbers: defaultdict[tuple[Kind, int | None, str], int] = defaultdict(int)
        for entry in self.entries:
            at = entry.year, entry.province
            for count in entry.kinds:
                numbers[count.kind, *at] += count.items
        return dict(numbers)

    @cached_property
    def items_of(self) -> Mapping[Kind, int]:
        """Kind → how many items there are; every kind is there."""
        numbers = dict.fromkeys(Kind, 0)
        for (kind, _, _), number in self.items_at.items():
            numbers[kind] += number
        return numbers

    @cached_property
    def newest(self) -> tuple[Entry, ...]:
        """By the day published, else dated, the newest first; then by year. Unknown comes last: never the clock."""
        return tuple(sorted(self.entries, key=lambda e: (e.metadata.date or "", e.year or 0), reverse=True))

    @cached_property
    def newest_of(self) -> Mapping[Kind, tuple[Entry, ...]]:
        """Kind of section → the entries that have it, the newest first; every kind is there."""
        groups = _grouped((count.kind, entry) for entry in self.newest for count in entry.kinds)
        return {kind: groups.get(kind, ()) for kind in Kind}

    @cached_property
    def _fellows(self) -> Mapping[tuple[str, int | None], tuple[Entry, ...]]:
        return _grouped(((entry.kind_slug, entry.year), entry) for entry in self.entries)

    @cached_property
    def _fellow_number(self) -> Mapping[str, int]:
        return {entry.file: number for fellows in self._fellows.values() for number, entry in enumerate(fellows)}

    @cached_property
    def _around(self) -> Mapping[str, tuple[Entry | None, Entry | None]]:
        """File → the same issuer's entry of the year before, and of the year after."""
        around: dict[str, tuple[Entry | None, Entry | None]] = {}
        for series in self.by_issuer.values():
            # One issuer may be of one kind this year and of another the next; then the order is not that of years.
            ordered = sorted(series, key=lambda entry: newest_year_first(entry.year))
            groups = groupby(ordered, key=lambda entry: entry.year)
            years = [(year, list(of_year)) for year, of_year in groups if year is not None]
            for number, (_, of_year) in enumerate(years):
                earlier = years[number + 1][1][0] if number + 1 < len(years) else None
                later = years[number - 1][1][-1] if number else None
                around.update((entry.file, (earlier, later)) for entry in of_year)
        return around

    def year_before(self, entry: Entry) -> Entry | None:
        """The same issuer's entry for the very year before; None also where only an older one is there."""
        earlier = self._around.get(entry.file, (None, None))[0]
        return earlier if earlier and earlier.year and entry.year == earlier.year + 1 else None

    def neighbours(self, entry: Entry) -> Neighbours:
        """The same issuer's year before and after; the same kind of body and year, one place before and after."""
        earlier, later = self._around.get(entry.file, (None, None))
        if entry.kind_slug == addresses.OTHER_ISSUERS:
            return Neighbours(earlier, later)
        fellows = self._fellows[entry.kind_slug, entry.year]
        number = self._fellow_number[entry.file]
        return Neighbours(
            earlier,
            later,
            fellows[number - 1] if number else None,
            fellows[number + 1] if number + 1 < len(fellows) else None,
        )


def gather(reports: Iterable[Report]) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Reports → the catalogue, and a problem for each report whose address another one holds."""
    known = list(reports)
    names = {report.file: report.source.name for report in known}
    return arrange(map(card_of, known), names)


def card_of(report: Report) -> Card:
    """What the catalogue needs of a report; made from it alone."""
    folder = addresses.report_folder(report.metadata)
    return Card(_entry(report, folder, addresses.issuer_folder(report.metadata)), _body(report))


def arrange(cards: Iterable[Card], names: Mapping[str, str]) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Cards → the catalogue, and a problem for each report whose address another one holds.

    names  file → how messages call it
    """
    known = sorted(cards, key=lambda card: card.entry.file)
    problems: list[Problem] = []
    issuers = _issuer_folders(known)
    taken: dict[str, str] = {}
    entries = []
    for card in known:
        entry = card.entry
        folder = _free(entry.folder, taken)
        taken[folder] = entry.file
        if folder != entry.folder:
            problems.append(_same_address(names[entry.file], entry.folder, folder, taken[entry.folder]))
        issuer = issuers[card.body]
        if (folder, issuer) != (entry.folder, entry.issuer):
            entry = replace(entry, folder=folder, issuer=issuer)
        entries.append(entry)
    return Catalogue(tuple(sorted(entries, key=_order))), tuple(problems)


def items(report: Report) -> Iterator[Item]:
    """What a report says, part by part, each with its kind, in the order of the text."""
    for top in report.sections:
        if top.kind is not None:
            yield from _parts(top, top, top.kind)
        else:
            for own, run in _runs(top.passages, None):
                if own is not None:
                    yield Item(own, top, top, run, whole=False)


def _parts(top: Section, section: Section, kind: Kind) -> Iterator[Item]:
    # A part is cut further only where something in it is of another kind than itself.
    if section is not top and all(part.kind in (None, kind) for part in section.walk()):
        every = tuple(passage for part in section.walk() for passage in part.passages)
        if all(passage.kind in (None, kind) for passage in every):
            yield Item(kind, top, section, every, whole=True)
            return
    runs = _runs(section.passages, kind)
    whole = not section.subsections and len(runs) <= 1
    for own, run in runs or ([] if section.subsections else [(kind, ())]):
        yield Item(own or kind, top, section, run, whole)
    for part in section.subsections:
        yield from _parts(top, part, part.kind or kind)


def _runs(passages: Iterable[Passage], kind: Kind | None) -> list[tuple[Kind | None, tuple[Passage, ...]]]:
    """Passages in runs of one kind; those without a kind of their own have `kind`."""
    return [(own, tuple(run)) for own, run in groupby(passages, key=lambda passage: passage.kind or kind)]


def ancestors(place: str) -> tuple[str, ...]:
    """`henan/xuchang` → `henan`, `henan/xuchang`."""
    parts = place.split("/")
    return tuple("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def missing_years(issuer: Collection[int], corpus: Collection[int]) -> tuple[int, ...]:
    """Years between an issuer's first and last report of which it has none, though the corpus has some, ascending."""
    if not issuer:
        return ()
    return tuple(sorted(year for year in set(corpus) - set(issuer) if min(issuer) < year < max(issuer)))


def newest_year_first(year: int | None) -> tuple[bool, int]:
    """Sorts years downwards, unknown ones last."""
    return year is None, -(year or 0)


def count_characters(text: str) -> int:
    """How long a text is for a reader: blanks do not count."""
    return len(text) - sum(map(len, _BLANKS.findall(text)))


def item_characters(report: Report, item: Item) -> int:
    """How long an item is: its text and the headings that belong to it alone."""
    spans = [passage.span for passage in item.passages]
    if item.whole:
        spans += [part.heading for part in item.section.walk() if part is not item.top]
    return sum(count_characters(report.source.cut(span)) for span in spans)


def one_line_title(report: Report) -> tuple[str, bool]:
    """The title as lists show it, and whether the site put it together."""
    metadata = report.metadata
    if metadata.title:
        return " ".join(metadata.title.split()), report.composed
    lines = [report.source.cut(passage.span) for _, passage in report.passages() if passage.role == "title"]
    if lines:
        return "".join(" ".join(line.split()) for line in lines), False
    year = f"{metadata.year}年" if metadata.year is not None else ""
    return f"{metadata.issuer or '发文机关未注明'}{year}法治政府建设年度报告", True


def _entry(report: Report, folder: str, issuer: str) -> Entry:
    title, composed = one_line_title(report)
    ids: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    numbers = dict.fromkeys(Kind, 0)
    sizes = dict.fromkeys(Kind, 0)
    parts = 0
    for item in items(report):
        if item.top.id not in ids[item.kind]:
            ids[item.kind].append(item.top.id)
        numbers[item.kind] += not item.lead
        sizes[item.kind] += item_characters(report, item)
        parts += item.whole and item.section is not item.top
    passages = [passage for _, passage in report.passages()]
    return Entry(
        file=report.file,
        title=title,
        composed=composed,
        folder=folder,
        issuer=issuer,
        place=addresses.place_folder(report.metadata),
        code=_code(report.metadata),
        kind_slug=addresses.issuer_kind_slug(report.metadata),
        metadata=report.metadata,
        sections=sum(section.level > 0 for section in report.sections),
        items=parts,
        passages=sum(passage.number is not None for passage in passages),
        points=sum(len(passage.points) for passage in passages),
        characters=_text_characters(report),
        kinds=tuple(KindCount(kind, tuple(ids[kind]), numbers[kind], sizes[kind]) for kind in Kind if numbers[kind]),
    )


def _text_characters(report: Report) -> int:
    spans = [section.heading for section in report.walk()]
    spans += [p.span for _, p in report.passages() if p.role in ("salutation", "intro", "text")]
    return sum(count_characters(report.source.cut(span)) for span in spans)


def _body(report: Report) -> tuple[str, str]:
    # 卫生健康委 and 卫生健康委员会 are one body. Two reports that name nobody are nobody's series.
    name = normalise(report.metadata.issuer or "") or f"/{report.file}"
    return addresses.place_folder(report.metadata), name.removesuffix("员会") if name.endswith("委员会") else name


def _issuer_folders(cards: Iterable[Card]) -> dict[tuple[str, str], str]:
    """Issuer → folder. Two issuers never share a page, and none stands on a place's."""
    folders: dict[tuple[str, str], str] = {}
    taken: dict[str, str] = {}
    seen: set[str] = set()
    for card in cards:
        if card.body in folders:
            continue
        entry = card.entry
        if entry.code is not None and entry.code not in seen:
            seen.add(entry.code)
            taken.update((f"{card.body[0]}/{child.slug}", child.name) for child in places.children(entry.code))
        folder = _free(entry.issuer, taken)
        taken[folder] = entry.file
        folders[card.body] = folder
    return folders


def _free(wanted: str, taken: Mapping[str, str]) -> str:
    folder, number = wanted, 1
    while folder in taken:
        number += 1
        folder = f"{wanted}-{number}"
    return folder


def _same_address(name: str, wanted: str, folder: str, first: str) -> Problem:
    return Problem(
        "corpus/same-address",
        name,
        1,
        1,
        found=f"地址与“{first}”相同，都是 {wanted}；本份暂用 {folder}",
        expected="每份报告各有自己的地址",
        mend="若是同一份报告，删去其一；若不是，在文首 YAML 中写明 year、place、issuer，或另写 slug",
    )


def _code(metadata: Metadata) -> str | None:
    found = places.place(metadata.place) if metadata.place is not None else None
    return found.code if found is not None else None


def _order(entry: Entry) -> tuple[str, str, int, str, tuple[bool, int], str]:
    # National bodies stand before 11 (北京), what has no place after 82 (澳门).
    place = entry.code or ("00" if entry.place == addresses.NATIONAL else "99")
    return (
        place[:2] + "0000",
        place,
        _ranks().get(entry.kind_slug, len(_ranks())),
        entry.issuer,
        newest_year_first(entry.year),
        entry.file,
    )


@cache
def _ranks() -> Mapping[str, int]:
    # The order of the table: governments first.
    return {kind.slug: rank for rank, kind in enumerate(issuer_kinds.all_kinds())}


def _grouped(pairs: Iterable[tuple[Key, Entry]]) -> dict[Key, tuple[Entry, ...]]:
    groups: defaultdict[Key, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        groups[key].append(entry)
    return {key: tuple(group) for key, group in groups.items()}
