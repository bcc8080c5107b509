"""Catalogue, reports and findings → problems of one place and year, each beside the plan that may answer it.

There is a page for each place and year that has problems or plans (`remedy_years`), and one that leads to them.
Where the texts of a place and year are long its page gives their headings only. `text_of` shows one item of a
report with the words marked that another text has too; `tracking.py` uses it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govreport_site import addresses, places
from govreport_site.catalogue import Catalogue, Entry, newest_year_first
from govreport_site.findings import Findings, Item
from govreport_site.graph import Inputs, digest_of
from govreport_site.pages.evidence import apart, names_of_places
from govreport_site.pages.runs import Mark, Run, heading_runs, marked, runs
from govreport_site.pages.sheets import LISTED, SAID, TEXTS, Marks, Sheet
from govreport_site.pages.views import (
    Link,
    issuer_name,
    local_name,
    place_crumbs,
    place_name,
    year_name,
)
from govreport_site.report import Kind, Report
from govreport_site.source import Span

# Where problems and plans of a place and year are longer than this, its page gives their headings only.
LONGEST_IN_FULL_CHARACTERS = 20_000

_KINDS = (Kind.PROBLEMS, Kind.PLANS)


@dataclass(frozen=True, slots=True)
class Text:
    """One item as its report has it; without paragraphs only its heading."""

    href: str
    label: str
    heading: tuple[Run, ...]
    paragraphs: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """A text and the one that may answer it, or none; `said`: what the site, or a person, says of the two."""

    left: Text
    right: Text | None
    shared: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class OfReport:
    """One report's problems with their plans, and the plans that answer none."""

    id: str
    issuer: Link
    pairings: tuple[Pairing, ...]
    spare: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class RemediesView:
    """Problems and plans of one place and year; `years` leads to the other years, if there are any."""

    name: str
    crumbs: tuple[Link, ...]
    note: str
    years: str | None
    reports: tuple[OfReport, ...]


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """A province and the places in it that have such pages."""

    name: str
    links: tuple[Link, ...]


# --- Which pages there are ----------------------------------------------------------------


def has_remedies(entry: Entry) -> bool:
    """Whether a report has problems or plans of its own."""
    return any(entry.count(kind) is not None for kind in _KINDS)


def remedy_years(entries: Iterable[Entry]) -> tuple[int | None, ...]:
    """Of entries of one place: the years that have a page of problems and plans, the newest first."""
    return tuple(sorted({entry.year for entry in entries if has_remedies(entry)}, key=newest_year_first))


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """The pages of this room."""
    yield Sheet(addresses.REMEDIES, "remedies", inputs=(LISTED, digest_of(_led_to(catalogue))))
    for folder, of_place in catalogue.by_place.items():
        by_year: dict[int | None, list[Entry]] = {}
        for entry in of_place:
            if has_remedies(entry):
                by_year.setdefault(entry.year, []).append(entry)
        for year in sorted(by_year, key=newest_year_first):
            shown = by_year[year]
            files = tuple(entry.file for entry in shown)
            full = _is_short(shown)
            others = digest_of(len(by_year) > 1)
            inputs: Inputs = (LISTED, marks.listed(shown), SAID, marks.said(files), "年度", others)
            if full:
                inputs = (*inputs, TEXTS, marks.read(files))
            page = addresses.remedies_page(folder, year)
            # Headings alone are in the findings, but not what their places are called.
            yield Sheet(page, "remedies_place", (folder, year, full), files, inputs, files)


def _is_short(entries: Iterable[Entry]) -> bool:
    counts = (count for entry in entries for kind in _KINDS if (count := entry.count(kind)))
    return sum(count.characters for count in counts) <= LONGEST_IN_FULL_CHARACTERS


# --- The page that leads to them ----------------------------------------------------------


def remedies_view(catalogue: Catalogue) -> tuple[PlaceGroup, ...]:
    """Provinces with their places, each leading to its newest year."""
    groups: dict[str, list[Link]] = {}
    for province, name, page in _led_to(catalogue):
        groups.setdefault(province, []).append(Link(name, addresses.relative(addresses.REMEDIES, page)))
    return tuple(PlaceGroup(name, tuple(links)) for name, links in groups.items())


def _led_to(catalogue: Catalogue) -> tuple[tuple[str, str, str], ...]:
    """Province, name and page: provinces and prefectures, and the page of a place where only lower ones have any."""
    found: dict[str, tuple[str, str, str]] = {}
    for folder, of_place in catalogue.by_place.items():
        if not any(map(has_remedies, of_place)):
            continue
        first = of_place[0]
        line = places.lineage(first.code) if first.code else ()
        province = line[0].name if line else place_name(folder, None)
        if len(line) <= 2:
            page = addresses.remedies_page(folder, remedy_years(of_place)[0])
            found[folder] = (province, local_name(first), page)
        else:
            above = addresses.folder_of_code(line[1].code) or folder
            if above not in catalogue.by_place:
                found.setdefault(above, (province, line[1].name, addresses.page_in(above)))
    return tuple(found.values())


# --- One place and year -------------------------------------------------------------------


def remedies_place_view(
    catalogue: Catalogue,
    folder: str,
    year: int | None,
    full: bool,
    reports: Mapping[str, Report],
    sayings: Mapping[str, Findings],
) -> RemediesView:
    """`reports` and `sayings` hold those of this place and year that have problems or plans."""
    at = addresses.remedies_page(folder, year)
    of_place = catalogue.by_place[folder]
    shown = [entry for entry in of_place if entry.year == year and has_remedies(entry)]
    code = of_place[0].code
    return RemediesView(
        name=f"{place_name(folder, code)} {year_name(year)}",
        crumbs=(
            *place_crumbs(at, folder, code, link_last=True),
            Link("问题与安排", addresses.relative(at, addresses.REMEDIES)),
            Link(year_name(year)),
        ),
        note="" if full else "这一年各报告的问题与安排较长，这里只列标题；原文请从标题进入。",
        # The place's own page lists them, so that a new year changes no other.
        years=addresses.relative(at, addresses.fragment(addresses.page_in(folder), "h-remedies"))
        if len(remedy_years(of_place)) > 1
        else None,
        reports=tuple(_of_report(at, entry, reports[entry.file], sayings[entry.file], full) for entry in shown),
    )


def _of_report(at: str, entry: Entry, report: Report, findings: Findings, full: bool) -> OfReport:
    stretches = Stretches.of(report)
    remedies = {remedy.problem: remedy for remedy in findings.remedies}
    answering = {remedy.plan for remedy in findings.remedies}
    plans = {plan.id: plan for plan in findings.plans}

    def shown(item: Item, words: Sequence[str]) -> Text:
        return text_of(at, entry, stretches, item.id, words, full=full)

    pairings = []
    for problem in findings.problems:
        remedy = remedies.get(problem.id)
        words = remedy.shared if remedy is not None else ()
        right = shown(plans[remedy.plan], words) if remedy is not None else None
        pairings.append(Pairing(shown(problem, words), right, words))
    return OfReport(
        addresses.group_id(entry.folder),
        Link(issuer_name(entry), addresses.relative(at, entry.page)),
        tuple(pairings),
        tuple(
            text_of(at, entry, stretches, plan.id, (), full=False)
            for plan in findings.plans
            if plan.id not in answering
        ),
    )


# --- One item of a report -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where each section, passage and point of a report stands, by id, with its heading; what its place is called."""

    report: Report
    spans: Mapping[str, tuple[Span, Span | None]]
    names: Mapping[str, str]

    @staticmethod
    def of(report: Report) -> Stretches:
        """Those of a report."""
        spans: dict[str, tuple[Span, Span | None]] = {}
        for section in report.walk():
            spans[section.id] = section.span, section.heading
            for passage in section.passages:
                spans[passage.id] = passage.span, None
                spans.update((f"{passage.id}.{n}", (point.span, None)) for n, point in enumerate(passage.points, 1))
        return Stretches(report, spans, names_of_places(report))


_OPENING = re.compile("[^。；;：:！？!?\n]+")


def text_of(at: str, entry: Entry, stretches: Stretches, id_: str, words: Sequence[str], *, full: bool = True) -> Text:
    """An item as the page `at` shows it, each place marked where one of the words stands; not full: its heading alone."""
    span, heading = stretches.spans[id_]
    source = stretches.report.source
    marks = apart(Mark(found, "shared") for word in words for found in _standings(source.text, word, span))

    def shown(start: int, end: int, *, as_heading: bool = False) -> tuple[Run, ...]:
        text = source.text[start:end]
        return marked(
            heading_runs(text) if as_heading else runs(text),
            start,
            [mark for mark in marks if mark.span.end > start and mark.span.start < end],
        )

    href = addresses.relative(at, addresses.fragment(entry.page, id_.partition(".")[0]))
    label = stretches.names[id_]
    if heading is None and not full:
        opening = _OPENING.match(source.text, span.start, span.end)
        return Text(href, label, shown(span.start, opening.end() if opening else span.end))
    title = shown(heading.start, heading.end, as_heading=True) if heading is not None else ()
    if not full:
        return Text(href, label, title)
    start = heading.end if heading is not None else span.start
    lines = re.finditer(r"[^\s][^\n]*", source.text[start : span.end])
    return Text(href, label, title, tuple(shown(start + line.start(), start + line.end()) for line in lines))


def _standings(text: str, word: str, span: Span) -> Iterator[Span]:
    at = text.find(word, span.start, span.end)
    while at != -1:
        yield Span(at, at + len(word))
        at = text.find(word, at + len(word), span.end)
