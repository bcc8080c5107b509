"""Catalogue, reports and findings → indicators across places and years.

Which pages there are, and what each shows. An indicator has a page of its own. Where few reports have figures of
it, all stand there; else that page leads to areas, and in an area the indicators of one group share a page: they
come from the same sentences, and a report more changes one page and not one for each indicator.

Nothing is added up, nothing ranked: the order is that of the catalogue, and every figure is shown as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry, newest_year_first
from govreport_site.findings import Bound, Figure, Findings, IndicatorName, Vocabulary
from govreport_site.graph import Inputs, digest_of
from govreport_site.pages.areas import areas
from govreport_site.pages.kinds import area_name
from govreport_site.pages.lists import Plain, Reports, short_year
from govreport_site.pages.quotes import Saying, place_of, quote, several_provinces, speaker, stands
from govreport_site.pages.runs import Mark
from govreport_site.pages.sheets import LISTED, NAMED, WHOLE, Marks, Sheet
from govreport_site.pages.views import Link, year_name
from govreport_site.source import Span

# So many reports stand on one page.
MOST_ON_A_PAGE = 60

# Name of an input, for people.
FOUND = "见到的指标"

Sayings = Mapping[str, Findings]
"""File → findings."""


@dataclass(frozen=True, slots=True)
class Parted:
    """An indicator of a group's page of an area: its id, and the areas below that have figures of it on theirs."""

    indicator: str
    below: tuple[str, ...]


# --- Which pages there are ----------------------------------------------------------------


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """The pages of this room."""
    names = {indicator.id: indicator for indicator in marks.vocabulary.indicators}
    found: dict[str, list[Entry]] = {id_: [] for id_ in names}
    for entry in catalogue.entries:
        for id_ in marks.traits[entry.file].indicators:
            if id_ in found:
                found[id_].append(entry)
    seen = tuple(id_ for id_, entries in found.items() if entries)
    named = digest_of(tuple(map(_flat, names.values())))
    yield Sheet(addresses.FIGURES, "figures", inputs=(NAMED, named, FOUND, digest_of(seen)), told=seen)
    groups: dict[str, list[str]] = {}
    for id_ in seen:
        page = addresses.indicator_page(id_)
        own = digest_of(_flat(names[id_]))
        if len(found[id_]) <= MOST_ON_A_PAGE:
            files = tuple(entry.file for entry in found[id_])
            inputs: Inputs = (NAMED, own, WHOLE, marks.whole(files))
            yield Sheet(page, "indicator", (id_,), files, inputs, files)
            continue
        provinces = tuple(dict.fromkeys(entry.province for entry in found[id_]))
        inputs = (NAMED, own, LISTED, digest_of(provinces))
        yield Sheet(page, "indicator", (id_,), inputs=inputs, told=provinces)
        groups.setdefault(names[id_].group, []).append(id_)
    for group, ids in groups.items():
        named = digest_of(tuple(_flat(names[id_]) for id_ in ids))
        yield from _of_group(catalogue, marks, group, {id_: found[id_] for id_ in ids}, named)


def _of_group(
    catalogue: Catalogue, marks: Marks, group: str, found: Mapping[str, Sequence[Entry]], named: bytes
) -> Iterator[Sheet]:
    files = {entry.file for entries in found.values() for entry in entries}
    every = list(areas((entry for entry in catalogue.entries if entry.file in files), MOST_ON_A_PAGE))
    lying = {entry.file: area.folder for area in every for entry in area.entries}
    folders = {id_: {lying[entry.file] for entry in entries} for id_, entries in found.items()}
    for area in every:
        told = tuple(
            Parted(id_, below)
            for id_, seen in folders.items()
            if (below := tuple(folder for folder in area.below if folder in seen)) or area.folder in seen
        )
        shown = tuple(entry.file for entry in area.entries)
        parts = digest_of(tuple((one.indicator, one.below) for one in told))
        inputs: Inputs = (NAMED, named, FOUND, parts, WHOLE, marks.whole(shown))
        page = addresses.indicator_area_page(group, area.folder)
        yield Sheet(page, "indicator_area", (group, area.folder), shown, inputs, shown, told=told)


def _flat(name: IndicatorName) -> tuple[str, ...]:
    return (name.id, name.name, name.group, name.unit, name.definition, name.trap)


# --- Their views --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the list of all."""

    name: str
    href: str
    definition: str
    trap: str


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """Indicators of one group: those with figures, and the names of those without."""

    name: str
    rows: tuple[IndicatorRow, ...]
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """All indicators."""

    lead: str
    groups: tuple[IndicatorGroup, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as written, and the way to its sentence; its bar, if it has one.

    width  of a bar that ends squarely, in per cent
    path   of one that does not, in a box of 100 by 5
    """

    text: str
    href: str
    width: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An issuer, and its figures year by year."""

    issuer: str
    cells: tuple[tuple[Amount, ...], ...]


@dataclass(frozen=True, slots=True)
class IndicatorSection:
    """The figures of one indicator; `below`: areas whose figures stand on pages of their own."""

    id: str
    name: str
    definition: str
    trap: str
    years: tuple[str, ...]
    rows: tuple[AmountRow, ...]
    bars: bool
    below: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator: its figures, or the areas that have some."""

    crumbs: tuple[Link, ...]
    name: str
    definition: str
    trap: str
    section: IndicatorSection | None
    sayings: tuple[Saying, ...]
    areas: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class IndicatorAreaView:
    """The indicators of one group in one area."""

    crumbs: tuple[Link, ...]
    name: str
    where: str
    contents: tuple[Link, ...]
    sections: tuple[IndicatorSection, ...]
    sayings: tuple[Saying, ...]


def figures_view(sheet: Sheet, vocabulary: Vocabulary) -> FiguresView:
    """Every indicator there is; the sheet tells of which there are figures."""
    assert isinstance(sheet.told, tuple)
    known = frozenset(sheet.told)
    groups: dict[str, list[IndicatorName]] = {}
    for indicator in vocabulary.indicators:
        groups.setdefault(indicator.group, []).append(indicator)
    lead = "同一个指标，各报告的数字和它所在的句子。数字照原文，不相加，不排名；各地口径未必一致，比较之前请看原句。"
    if not known:
        lead = "还没有哪份报告的数字能归入下列指标。"
    return FiguresView(
        lead,
        tuple(
            IndicatorGroup(
                group,
                tuple(
                    IndicatorRow(
                        one.name,
                        addresses.relative(addresses.FIGURES, addresses.indicator_page(one.id)),
                        one.definition,
                        one.trap,
                    )
                    for one in of_group
                    if one.id in known
                ),
                tuple(one.name for one in of_group if one.id not in known),
            )
            for group, of_group in groups.items()
        ),
    )


def indicator_view(
    sheet: Sheet, catalogue: Catalogue, reports: Reports, sayings: Sayings, vocabulary: Vocabulary
) -> IndicatorView:
    """`reports` and `sayings` hold what the sheet names."""
    id_ = str(sheet.of[0])
    name = next(indicator for indicator in vocabulary.indicators if indicator.id == id_)
    at = sheet.page
    said = _Said(at, (id_,), [catalogue.by_file[file] for file in sheet.reports], reports, sayings)
    provinces = sheet.told if isinstance(sheet.told, tuple) else ()
    return IndicatorView(
        crumbs=(Link("数据", addresses.relative(at, addresses.FIGURES)), Link(name.name)),
        name=name.name,
        definition=name.definition,
        trap=name.trap,
        section=_section(name, said) if sheet.reports else None,
        sayings=tuple(said.sayings),
        areas=tuple(
            Plain(
                area_name(catalogue.under[province][0], province),
                addresses.relative(at, _in_area(name, province)),
                "",
            )
            for province in provinces
        ),
    )


def indicator_area_view(
    sheet: Sheet, catalogue: Catalogue, reports: Reports, sayings: Sayings, vocabulary: Vocabulary
) -> IndicatorAreaView:
    """`reports` and `sayings` hold what the sheet names."""
    group, folder = str(sheet.of[0]), str(sheet.of[1])
    at = sheet.page
    names = {indicator.id: indicator for indicator in vocabulary.indicators}
    assert isinstance(sheet.told, tuple)
    ids = [one.indicator for one in sheet.told]
    said = _Said(at, ids, [catalogue.by_file[file] for file in sheet.reports], reports, sayings)
    sections = []
    for one in sheet.told:
        name = names[one.indicator]
        below = tuple(
            Link(area_name(catalogue.under[area][0], area), addresses.relative(at, _in_area(name, area)))
            for area in one.below
        )
        sections.append(_section(name, said, below))
    where = area_name(catalogue.under[folder][0], folder)
    province = addresses.province_of(folder)
    above = [
        Link(
            area_name(catalogue.under[province][0], province),
            addresses.relative(at, addresses.indicator_area_page(group, province)),
        )
    ]
    return IndicatorAreaView(
        crumbs=(
            Link("数据", addresses.relative(at, addresses.FIGURES)),
            *(above if province != folder else ()),
            Link(f"{group}：{where}"),
        ),
        name=group,
        where=where,
        contents=tuple(Link(section.name, f"#{section.id}") for section in sections),
        sections=tuple(sections),
        sayings=tuple(said.sayings),
    )


def _in_area(name: IndicatorName, area: str) -> str:
    return addresses.fragment(addresses.indicator_area_page(name.group, area), addresses.indicator_id(name.id))


class _Said:
    """All sentences of some reports that have figures of some indicators, each once, and the figures in them."""

    def __init__(
        self, at: str, ids: Iterable[str], entries: Sequence[Entry], reports: Reports, sayings: Sayings
    ) -> None:
        wanted = frozenset(ids)
        self.abroad = several_provinces(entries)
        self.sayings: list[Saying] = []
        self.figures: dict[str, list[tuple[Entry, Figure, str]]] = {id_: [] for id_ in ids}
        for entry in entries:
            sentences: dict[Span, list[Figure]] = {}
            for figure in sayings[entry.file].figures:
                if figure.indicator in wanted:
                    sentences.setdefault(figure.sentence, []).append(figure)
            report = reports[entry.file]
            known = stands(report, {figures[0].passage for figures in sentences.values()})
            for sentence, figures in sentences.items():
                anchor = f"f{len(self.sayings) + 1}"
                quoted = quote(report, sentence, [Mark(figure.span, "figure") for figure in figures])
                passage = figures[0].passage
                place = place_of(at, entry, passage, known[passage])
                self.sayings.append(
                    Saying(quoted, speaker(entry, self.abroad), year_name(entry.year), place, id=anchor)
                )
                for figure in figures:
                    self.figures[figure.indicator or ""].append((entry, figure, anchor))


def _section(name: IndicatorName, said: _Said, below: tuple[Link, ...] = ()) -> IndicatorSection:
    found = said.figures[name.id]
    years = sorted({entry.year for entry, _, _ in found}, key=newest_year_first)
    top = _top([figure for _, figure, _ in found], name.unit)
    rows: dict[str, tuple[str, dict[int | None, list[Amount]]]] = {}
    for entry, figure, anchor in found:
        _, cells = rows.setdefault(entry.issuer, (speaker(entry, said.abroad), {year: [] for year in years}))
        cells[entry.year].append(_amount(figure, f"#{anchor}", top))
    return IndicatorSection(
        id=addresses.indicator_id(name.id),
        name=name.name,
        definition=name.definition,
        trap=name.trap,
        years=tuple(short_year(year) for year in years),
        rows=tuple(
            AmountRow(issuer, tuple(tuple(amounts) for amounts in cells.values())) for issuer, cells in rows.values()
        ),
        bars=top > 0,
        below=below,
    )


# --- Bars ---------------------------------------------------------------------------------

# How a bar of length %s ends where it does not end squarely: in a point, where the true number is
# larger; in a notch, where it is not reached; ragged, where it is about that.
_ENDS: Mapping[Bound, str] = {
    "above": "M0 0H%sl4 2.5-4 2.5H0z",
    "below": "M0 0H%sl-4 2.5 4 2.5H0z",
    "about": "M0 0H%sl-3 1.25 3 1.25-3 1.25 3 1.25H0z",
}
_FULL = 95


def _top(figures: Sequence[Figure], unit: str) -> float:
    """What the longest bar stands for; 0 where there is nothing to compare.

    The units of an indicator count alike (件, 宗, 起): that is how the lexicon is made.
    """
    if len(figures) < 2:
        return 0
    return max(100 if unit == "%" else 0, *(figure.value for figure in figures))


def _amount(figure: Figure, href: str, top: float) -> Amount:
    if not top:
        return Amount(figure.text, href)
    length = f"{_FULL * figure.value / top:.3g}"
    if figure.bound == "exact":
        return Amount(figure.text, href, width=length)
    return Amount(figure.text, href, path=_ENDS[figure.bound] % length)
