"""Catalogue, reports and findings → titled texts that reports name: which, and who names each where.

A title that two reports name has a page; where many do, that page leads to areas. The list of all titles is one
page while it is short. Else titles named in several provinces stand by class, those most often named first, in
steps, so that a report more moves few of them; all others stand in the smallest area that names them.

A title that one report alone names leads straight to where that stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry
from govreport_site.findings import Class, Findings, Instrument
from govreport_site.graph import Inputs, digest_of
from govreport_site.interface import class_names
from govreport_site.pages.areas import areas
from govreport_site.pages.evidence import apart
from govreport_site.pages.kinds import area_name
from govreport_site.pages.lists import Plain, Reports
from govreport_site.pages.quotes import Saying, place_of, quote, sentence_around, several_provinces, speaker, stands
from govreport_site.pages.runs import Mark
from govreport_site.pages.sheets import LISTED, SAID, WHOLE, Form, Marks, Sheet
from govreport_site.pages.views import Link, who, year_name
from govreport_site.report import Report
from govreport_site.source import Span

# So many reports stand on one page.
MOST_ON_A_PAGE = 60

# So many titles stand in one list of all; so many in that of a province before its prefectures have their own.
LONGEST_LIST = 200
LONGEST_PROVINCE = 60

# Titles named by as many reports stand together.
STEPS = (1000, 300, 100, 30, 10, 3, 2)

CLASSES: tuple[Class, ...] = get_args(Class)

# Name of an input, for people.
TITLES = "文件的题名"

Sayings = Mapping[str, Findings]
"""File → findings."""


@dataclass(frozen=True, slots=True)
class Named:
    """A titled text as lists call it.

    ways   other ways of writing the title, those of each report that it uses most
    vague  whether several texts may bear the title
    step   the largest of `STEPS` that the number of reports naming it reaches; 1 for one report
    file   the report that alone names it; None where several do
    """

    key: str
    title: str
    class_: Class
    ways: tuple[str, ...]
    vague: bool
    step: int
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of titles: of one class, of one area, or of all.

    name     class or area; empty for all
    classes  classes that have lists of their own, `places` areas that have
    """

    name: str
    titles: tuple[Named, ...] = ()
    classes: tuple[Class, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citing:
    """A titled text's page: of all reports that name it, or those of one area; `below`: areas with pages."""

    named: Named
    area: str | None = None
    below: tuple[str, ...] = ()


# --- Which pages there are ----------------------------------------------------------------


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """The pages of this room."""
    citing: dict[str, list[Entry]] = {}
    told: dict[str, list[tuple[str, str, Class, bool]]] = {}
    for entry in catalogue.entries:
        for one in marks.traits[entry.file].instruments:
            key = one[0]
            if key in citing:
                citing[key].append(entry)
                told[key].append(one)
            else:
                citing[key] = [entry]
                told[key] = [one]
    named = {key: _named(key, told[key], entries) for key, entries in citing.items()}
    yield from _lists(marks, named, citing)
    for key, entries in citing.items():
        if len(entries) > 1:
            yield from _of_instrument(marks, named[key], entries)


def _named(key: str, told: Sequence[tuple[str, str, Class, bool]], entries: Sequence[Entry]) -> Named:
    if len(told) == 1:
        _, title, class_, vague = told[0]
        return Named(key, title, class_, (), vague, 1, entries[0].file)
    titles = Counter(title for _, title, _, _ in told)
    classes = Counter(class_ for _, _, class_, _ in told)
    title = min(titles, key=lambda one: (-titles[one], one))
    class_ = min(classes, key=lambda one: (-classes[one], CLASSES.index(one)))
    vague = any(vague for _, _, of_class, vague in told if of_class == class_)
    step = next(step for step in STEPS if len(told) >= step)
    return Named(key, title, class_, tuple(sorted(titles.keys() - {title})), vague, step)


def _lists(marks: Marks, named: Mapping[str, Named], citing: Mapping[str, Sequence[Entry]]) -> Iterator[Sheet]:
    if len(named) <= LONGEST_LIST:
        yield _list(marks, addresses.INSTRUMENTS, Listing("", tuple(named.values())))
        return
    classes: dict[Class, list[Named]] = {}
    provinces: dict[str, list[Named]] = {}
    for key, one in named.items():
        entries = citing[key]
        province = entries[0].province
        # Entries are in the order of provinces.
        if len(entries) > 1 and entries[-1].province != province:
            classes.setdefault(one.class_, []).append(one)
        else:
            provinces.setdefault(province, []).append(one)
    known = tuple(class_ for class_ in CLASSES if class_ in classes)
    yield _list(marks, addresses.INSTRUMENTS, Listing("", classes=known, places=tuple(provinces)))
    for class_ in known:
        yield _list(marks, addresses.instruments_page(class_), Listing(class_, tuple(classes[class_])))
    for province, titles in provinces.items():
        parts: dict[str, list[Named]] = {province: []}
        if len(titles) <= LONGEST_PROVINCE:
            parts[province] = titles
        else:
            for one in titles:
                found = {entry.area for entry in citing[one.key]}
                parts.setdefault(found.pop() if len(found) == 1 else province, []).append(one)
        below = tuple(area for area in parts if area != province)
        for area, of_area in parts.items():
            places = below if area == province else ()
            page = addresses.instruments_page(f"in/{area}")
            yield _list(marks, page, Listing(area, tuple(of_area), places=places))


def _list(marks: Marks, page: str, listing: Listing) -> Sheet:
    files = tuple(dict.fromkeys(one.file for one in listing.titles if one.file is not None))
    titles = digest_of((listing.classes, listing.places, tuple(_flat(one) for one in listing.titles)))
    inputs: Inputs = (TITLES, titles)
    if files:
        inputs = (*inputs, LISTED, digest_of([marks.entries[file] for file in files]), SAID, marks.said(files))
    form: Form = "instruments" if page == addresses.INSTRUMENTS else "instrument_list"
    return Sheet(page, form, (listing.name,), inputs=inputs, sayings=files, told=listing)


def _of_instrument(marks: Marks, named: Named, entries: Sequence[Entry]) -> Iterator[Sheet]:
    titles = digest_of(_flat(named))
    if len(entries) <= MOST_ON_A_PAGE:
        yield _citing(marks, Citing(named), titles, entries)
        return
    parts = tuple(areas(entries, MOST_ON_A_PAGE))
    provinces = tuple(area.folder for area in parts if "/" not in area.folder)
    page = addresses.instrument_page(named.key)
    inputs: Inputs = (TITLES, titles, LISTED, digest_of(provinces))
    yield Sheet(page, "instrument", (named.key, None), inputs=inputs, told=Citing(named, below=provinces))
    # How often it is named all in all, and how others write it, is not said in an area.
    titles = digest_of((named.title, named.class_, named.vague))
    for area in parts:
        yield _citing(marks, Citing(named, area.folder, area.below), titles, area.entries)


def _citing(marks: Marks, citing: Citing, titles: bytes, entries: Sequence[Entry]) -> Sheet:
    files = tuple(entry.file for entry in entries)
    inputs: Inputs = (
        TITLES, titles, WHOLE, digest_of((marks.whole(files), citing.below)) if citing.below else marks.whole(files),
    )  # fmt: skip
    page = addresses.instrument_page(citing.named.key, citing.area)
    return Sheet(page, "instrument", (citing.named.key, citing.area), files, inputs, files, told=citing)


def _flat(one: Named) -> tuple[object, ...]:
    return (one.key, one.title, one.class_, one.ways, one.vague, one.step, one.file)


# --- Their views --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a list; `note`: who alone names it, and when."""

    text: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """Titles under a heading."""

    name: str
    titles: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of titles, and the way to further ones."""

    crumbs: tuple[Link, ...]
    name: str
    lead: str
    groups: tuple[TitleGroup, ...]
    classes: tuple[Plain, ...]
    places: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """One titled text: what it is, and who names it.

    reason  the word that told its class
    ways    other ways of writing it, `short` its abbreviations
    """

    crumbs: tuple[Link, ...]
    title: str
    where: str
    class_: str
    reason: str
    ways: tuple[str, ...]
    short: tuple[str, ...]
    vague: bool
    sayings: tuple[Saying, ...]
    areas: tuple[Plain, ...]


def list_view(sheet: Sheet, catalogue: Catalogue, sayings: Sayings) -> ListView:
    """`sayings` holds what the sheet names."""
    listing = sheet.told
    assert isinstance(listing, Listing)
    at = sheet.page
    first = Link("文件", addresses.relative(at, addresses.INSTRUMENTS))
    name, lead = "文件", _LEAD
    crumbs: tuple[Link, ...] = ()
    by_step = listing.name in CLASSES
    if by_step:
        name = class_names()[listing.name]
        lead = "两个以上省份的报告都提到的；提到它的报告多的在前，分档排列。"
        crumbs = (first, Link(name))
    elif listing.name:
        province = addresses.province_of(listing.name)
        name = area_name(catalogue.under[listing.name][0], listing.name)
        lead = "只有这里的报告提到的文件。各地都提到的，在“文件”页按类别列出。"
        above = Link(
            area_name(catalogue.under[province][0], province),
            addresses.relative(at, addresses.instruments_page(f"in/{province}")),
        )
        crumbs = (first, *([above] if province != listing.name else []), Link(name))
    elif not (listing.titles or listing.classes or listing.places):
        lead = "还没有哪份报告提到带书名号的文件。"
    return ListView(
        crumbs,
        name,
        lead,
        _groups(at, listing.titles, by_step, catalogue, sayings),
        tuple(
            Plain(class_names()[class_], addresses.relative(at, addresses.instruments_page(class_)), "")
            for class_ in listing.classes
        ),
        tuple(
            Plain(
                area_name(catalogue.under[area][0], area),
                addresses.relative(at, addresses.instruments_page(f"in/{area}")),
                "",
            )
            for area in listing.places
        ),
    )


_LEAD = "报告里用书名号提到的法律、法规、规章、文件和作品，各由谁在哪里提到。按题名归并，同一件的不同写法算一件。"


def _groups(
    at: str, titles: Iterable[Named], by_step: bool, catalogue: Catalogue, sayings: Sayings
) -> tuple[TitleGroup, ...]:
    def rank(one: Named) -> int:
        return -one.step if by_step else CLASSES.index(one.class_)

    ordered = sorted(titles, key=lambda one: (rank(one), one.title, one.key))
    return tuple(
        TitleGroup(
            _step_name(-of) if by_step else class_names()[CLASSES[of]],
            tuple(_title(at, one, catalogue, sayings) for one in group),
        )
        for of, group in groupby(ordered, key=rank)
    )


def _step_name(step: int) -> str:
    above = [other for other in STEPS if other > step]
    if not above:
        return f"{step:,} 份以上报告提到"
    return f"{step} 至 {min(above) - 1} 份报告提到" if min(above) - 1 > step else f"{step} 份报告提到"


def _title(at: str, one: Named, catalogue: Catalogue, sayings: Sayings) -> Title:
    if one.file is None:
        return Title(one.title, addresses.relative(at, addresses.instrument_page(one.key)), "")
    entry = catalogue.by_file[one.file]
    passage = next(mention.passage for mention in sayings[one.file].instruments if mention.key == one.key)
    page = addresses.fragment(entry.page, passage)
    return Title(one.title, addresses.relative(at, page), f"{who(entry)} {year_name(entry.year)}")


def instrument_view(sheet: Sheet, catalogue: Catalogue, reports: Reports, sayings: Sayings) -> InstrumentView:
    """`reports` and `sayings` hold what the sheet names."""
    citing = sheet.told
    assert isinstance(citing, Citing)
    at, named, area = sheet.page, citing.named, citing.area
    entries = [catalogue.by_file[file] for file in sheet.reports]
    mentions = {
        entry.file: [mention for mention in sayings[entry.file].instruments if mention.key == named.key]
        for entry in entries
    }
    every = [mention for of_report in mentions.values() for mention in of_report]
    crumbs = [Link("文件", addresses.relative(at, addresses.INSTRUMENTS))]
    where = ""
    if area is not None:
        where = area_name(catalogue.under[area][0], area)
        province = addresses.province_of(area)
        crumbs.append(Link(named.title, addresses.relative(at, addresses.instrument_page(named.key))))
        if province != area:
            above = addresses.relative(at, addresses.instrument_page(named.key, province))
            crumbs.append(Link(area_name(catalogue.under[province][0], province), above))
    abroad = several_provinces(entries)
    ways = dict.fromkeys(mention.title for mention in every) if every else dict.fromkeys(named.ways)
    return InstrumentView(
        crumbs=(*crumbs, Link(where or named.title)),
        title=named.title,
        where=where,
        class_=class_names()[named.class_],
        reason=next((one.reason for one in every if one.class_ == named.class_), ""),
        ways=tuple(way for way in ways if way != named.title),
        short=tuple(dict.fromkeys(mention.short for mention in every if mention.short)),
        vague=named.vague,
        sayings=tuple(
            said for entry in entries for said in _sayings(at, entry, reports[entry.file], mentions[entry.file], abroad)
        ),
        areas=tuple(
            Plain(
                area_name(catalogue.under[below][0], below),
                addresses.relative(at, addresses.instrument_page(named.key, below)),
                "",
            )
            for below in citing.below
        ),
    )


def _sayings(at: str, entry: Entry, report: Report, mentions: Sequence[Instrument], abroad: bool) -> Iterator[Saying]:
    """The sentences of one report that name it, each once."""
    known = stands(report, {mention.passage for mention in mentions})
    sentences: dict[Span, list[Instrument]] = {}
    for mention in mentions:
        sentence = sentence_around(report.source.text, known[mention.passage].span, mention.span)
        sentences.setdefault(sentence, []).append(mention)
    for sentence, found in sentences.items():
        passage = found[0].passage
        quoted = quote(report, sentence, apart(Mark(one.span, "instrument") for one in found))
        place = place_of(at, entry, passage, known[passage])
        yield Saying(quoted, speaker(entry, abroad), year_name(entry.year), place, known[passage].heading)
