"""Which passages of a report stand elsewhere too, and which words seem left over from another text.

In flow the catalogue, findings and overlaps, out flow the list of areas and, for each, its reports in
the order of the catalogue. A passage is compared with what stood before: in an earlier report of another
issuer, or in one of the same year. Set phrases count nowhere. What is shown is a trace, with both places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry
from govreport_site.findings import Findings, Leftover, Overlap
from govreport_site.graph import Inputs, digest_of
from govreport_site.pages.areas import areas
from govreport_site.pages.kinds import area_name
from govreport_site.pages.lists import Reports
from govreport_site.pages.quotes import Quote, Stand, passage_label, quote, sentence_around, stands
from govreport_site.pages.runs import Mark, Run, runs
from govreport_site.pages.sheets import AROUND, LISTED, WHOLE, Marks, Sheet
from govreport_site.pages.views import Link, who, year_name
from govreport_site.report import Report
from govreport_site.source import Span

# So many reports stand on one page.
MOST_ON_A_PAGE = 40

# Of the wording that two passages share, the longest stretches are shown, each up to so many characters.
_STRETCHES, _LONGEST = 2, 90

_WHAT = {"place": "别处的地名", "agency": "别的机关", "year": "别的年份"}


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """The pages of this room."""
    telling = [entry for entry in catalogue.entries if entry.file in marks.shared or marks.traits[entry.file].leftovers]
    every = list(areas(telling, MOST_ON_A_PAGE))
    folders = tuple(area.folder for area in every)
    yield Sheet(addresses.WORDING, "wording", folders, inputs=(LISTED, digest_of(folders)))
    for area in every:
        files = tuple(entry.file for entry in area.entries)
        shared = tuple((file, marks.shared[file]) for file in files if file in marks.shared)
        named = sorted({other for _, overlaps in shared for _, other, *_ in overlaps})
        others = tuple(
            (one.folder, one.issuer, one.metadata.issuer, one.year) for one in map(catalogue.by_file.__getitem__, named)
        )
        inputs: Inputs = (
            WHOLE, marks.whole(files), "相同的段落", digest_of((shared, others)), AROUND, digest_of(area.below),
        )  # fmt: skip
        yield Sheet(
            addresses.wording_page(area.folder), "wording_area", (area.folder,), files, inputs, files,
            told=area.below, shared=shared,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Province:
    """A province's page, and those of the prefectures that have pages of their own."""

    way: Link
    parts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WordingView:
    """All areas by province; none where nothing was found."""

    provinces: tuple[Province, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that stands elsewhere too.

    stretches  of what both have, the longest
    share      how much of it stands there, for people
    """

    place: Link
    heading: tuple[Run, ...]
    stretches: tuple[tuple[Run, ...], ...]
    share: str
    other: Link
    other_place: Link


@dataclass(frozen=True, slots=True)
class Left:
    """Words that seem left over, in their sentence."""

    what: str
    place: Link
    quote: Quote
    reason: str


@dataclass(frozen=True, slots=True)
class ReportWording:
    """What was found in one report."""

    id: str
    name: Link
    year: str
    shared: tuple[Shared, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class WordingAreaView:
    """The reports of one area in which something was found; `below`: areas with pages of their own."""

    crumbs: tuple[Link, ...]
    where: str
    reports: tuple[ReportWording, ...]
    below: tuple[Link, ...]


def wording_view(catalogue: Catalogue, folders: tuple[str, ...]) -> WordingView:
    """The list of areas."""
    names = _names(catalogue, folders)
    provinces: dict[str, list[Link]] = {}
    for folder in folders:
        province = addresses.province_of(folder)
        name = names[folder] if folder == province else names[folder].removeprefix(names.get(province, ""))
        way = Link(name, addresses.relative(addresses.WORDING, addresses.wording_page(folder)))
        provinces.setdefault(province, []).append(way)
    return WordingView(tuple(Province(way, tuple(parts)) for way, *parts in provinces.values()))


def area_view(
    catalogue: Catalogue,
    sheet: Sheet,
    reports: Reports,
    sayings: Mapping[str, Findings],
    overlaps: Mapping[str, tuple[Overlap, ...]],
) -> WordingAreaView:
    """One area. A report of which no passage really stands elsewhere, and in which nothing is left over, is left out."""
    folder = str(sheet.of[0])
    below = sheet.told if isinstance(sheet.told, tuple) else ()
    names = _names(catalogue, (folder, *below))
    shown = []
    for file in sheet.sayings:
        entry, report = catalogue.by_file[file], reports[file]
        left = _left(sheet.page, entry, report, sayings[file].leftovers)
        shared = _shared(sheet.page, catalogue, entry, reports, overlaps.get(file, ()))
        if left or shared:
            name = Link(who(entry), addresses.relative(sheet.page, entry.page))
            shown.append(
                ReportWording("r-" + entry.folder.replace("/", "-"), name, year_name(entry.year), shared, left)
            )
    return WordingAreaView(
        crumbs=(
            Link("研读", addresses.relative(sheet.page, addresses.STUDY)),
            Link("相同的文字", addresses.relative(sheet.page, addresses.WORDING)),
            Link(names[folder]),
        ),
        where=names[folder],
        reports=tuple(shown),
        below=tuple(
            Link(names[one], addresses.relative(sheet.page, addresses.wording_page(one)))
            for one in below
            if isinstance(one, str)
        ),
    )


def _names(catalogue: Catalogue, folders: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for folder in folders:
        within = catalogue.under.get(folder)
        found[folder] = area_name(within[0], folder) if within else folder
    return found


def _shared(
    at: str, catalogue: Catalogue, entry: Entry, reports: Reports, overlaps: tuple[Overlap, ...]
) -> tuple[Shared, ...]:
    own = stands(reports[entry.file], {one.passage for one in overlaps})
    shown = []
    for one in overlaps:
        other = catalogue.by_file[one.other]
        if one.passage not in own:
            continue
        there = passage_label(one.number)
        text = reports[entry.file].source.text
        longest = sorted(sorted(one.runs, key=len, reverse=True)[:_STRETCHES], key=lambda span: span.start)
        shown.append(
            Shared(
                place=_way(at, entry, one.passage, own[one.passage]),
                heading=own[one.passage].heading,
                stretches=tuple(_stretch(text, span) for span in longest),
                share=_in_words(one.share),
                other=Link(f"{who(other)}（{year_name(other.year)}）", addresses.relative(at, other.page)),
                other_place=Link(there, addresses.relative(at, addresses.fragment(other.page, one.elsewhere))),
            )
        )
    return tuple(shown)


def _stretch(text: str, span: Span) -> tuple[Run, ...]:
    cut = text[span.start : span.end].strip()
    return runs(cut if len(cut) <= _LONGEST else cut[:_LONGEST] + "……")


def _in_words(share: float) -> str:
    """Tenths, as one says them: a share is no measure."""
    tenths = round(share * 10)
    return "整段" if tenths >= 10 else "约" + "〇一二三四五六七八九"[max(1, tenths)] + "成"


def _left(at: str, entry: Entry, report: Report, leftovers: tuple[Leftover, ...]) -> tuple[Left, ...]:
    own = stands(report, {one.passage for one in leftovers})
    shown = []
    for one in leftovers:
        stand = own.get(one.passage)
        if stand is not None:
            sentence = sentence_around(report.source.text, stand.span, one.span)
            shown.append(
                Left(
                    _WHAT[one.what],
                    _way(at, entry, one.passage, stand),
                    quote(report, sentence, [Mark(one.span, "shared")]),
                    one.reason,
                )
            )
    return tuple(shown)


def _way(at: str, entry: Entry, passage: str, stand: Stand) -> Link:
    return Link(stand.label, addresses.relative(at, addresses.fragment(entry.page, passage)))
