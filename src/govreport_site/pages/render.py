"""View + template → the bytes of a page: the wing's front.

`plan.py` says which pages there are; `render` makes one of them. Each form of page has a
function of its own that takes no more than that page is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry, Neighbours
from govreport_site.dataset import Edition
from govreport_site.findings import Comparison, Findings, Overlap
from govreport_site.interface import kind_names
from govreport_site.pages import (
    compare,
    completeness,
    data,
    figures,
    home,
    instruments,
    kinds,
    lists,
    problems,
    remedies,
    specimen,
    study,
    topics,
    tracking,
    wording,
)
from govreport_site.pages.press import Press
from govreport_site.pages.sheets import Sheet
from govreport_site.pages.views import report_view
from govreport_site.report import Kind, Report

_NO_FINDINGS = Findings()


def render(
    press: Press,
    sheet: Sheet,
    catalogue: Catalogue,
    reports: Mapping[str, Report],
    sayings: Mapping[str, Findings],
    comparisons: Mapping[tuple[str, str], Comparison],
    overlaps: Mapping[str, tuple[Overlap, ...]],
    found: problems.ByFile,
) -> bytes:
    """One page.

    reports, sayings  at least those that the sheet names
    comparisons       of the pairs that it names
    overlaps          of the files whose wording it compares
    found             the problems if it shows any
    """
    of: Any = sheet.of
    match sheet.form:
        case "home":
            return render_home(press, catalogue, reports)
        case "search":
            return render_search(press)
        case "about":
            return render_about(press)
        case "specimen":
            return press.print("specimen", addresses.SPECIMEN, "about", specimen.specimen_view())
        case "not_found":
            return render_not_found(press)
        case "study":
            return press.print("study", addresses.STUDY, "study", study.study_view())
        case "compare":
            return press.print("compare", addresses.COMPARE, "study", compare.compare_view())
        case "figures":
            every = figures.figures_view(sheet, press.vocabulary)
            return press.print("figures", sheet.page, "study", every)
        case "indicator":
            one_indicator = figures.indicator_view(sheet, catalogue, reports, sayings, press.vocabulary)
            return press.print("indicator", sheet.page, "study", one_indicator)
        case "indicator_area":
            several = figures.indicator_area_view(sheet, catalogue, reports, sayings, press.vocabulary)
            return press.print("indicator_area", sheet.page, "study", several)
        case "instruments" | "instrument_list":
            return press.print(sheet.form, sheet.page, "study", instruments.list_view(sheet, catalogue, sayings))
        case "instrument":
            citing = instruments.instrument_view(sheet, catalogue, reports, sayings)
            return press.print("instrument", sheet.page, "study", citing)
        case "topics" | "topic" | "topic_area":
            return topics.render_topics(press, sheet, catalogue, reports, sayings)
        case "data":
            assert isinstance(sheet.told, Edition)
            return press.print("data", sheet.page, "study", data.data_view(sheet.told, press.site))
        case "data_columns":
            return press.print("data_columns", sheet.page, "study", data.columns_view())
        case "wording":
            return press.print("wording", addresses.WORDING, "study", wording.wording_view(catalogue, of))
        case "wording_area":
            area = wording.area_view(catalogue, sheet, reports, sayings, overlaps)
            return press.print("wording_area", sheet.page, "study", area)
        case "problems":
            return render_problems(press, catalogue, found)
        case "problems_province":
            return render_province_problems(press, of[0], problems.provinces_of(catalogue, found)[of[0]], found)
        case "places":
            return render_places(press, catalogue)
        case "place":
            return render_place(press, catalogue, *of)
        case "years":
            return render_years(press, catalogue)
        case "year":
            return render_year(press, catalogue, *of)
        case "kinds":
            return render_kinds(press, catalogue, reports)
        case "kind":
            return render_kind(press, catalogue, Kind(of[0]), reports)
        case "kind_list":
            entries = tuple(catalogue.by_file[file] for file in sheet.reports)
            one = kinds.KindList(Kind(of[0]), of[1], of[2], entries, of[3])
            return render_kind_list(press, catalogue, one, reports)
        case "issuers":
            return render_issuers(press, catalogue)
        case "issuer_kind":
            return render_issuer_kind(press, catalogue, *of)
        case "issuer":
            return render_issuer(press, catalogue, of[0], reports)
        case "remedies":
            return press.print("remedies", addresses.REMEDIES, "study", remedies.remedies_view(catalogue))
        case "remedies_place":
            folder, year, full = of
            view = remedies.remedies_place_view(catalogue, folder, year, full, reports, sayings)
            return press.print("remedies_place", sheet.page, "study", view)
        case "tracking":
            traced = tracking.tracking_view(catalogue, of[0], reports, comparisons)
            return press.print("tracking", sheet.page, "study", traced)
        case "completeness":
            asked = completeness.completeness_view(catalogue, press.vocabulary)
            return press.print("completeness", addresses.COMPLETENESS, "study", asked)
        case "completeness_province":
            assert isinstance(sheet.told, completeness.Matrix)
            matrix = completeness.completeness_province_view(sheet.told, catalogue, press.vocabulary)
            return press.print("completeness_province", sheet.page, "study", matrix)
        case "report":
            entry = catalogue.by_file[of[0]]
            said = sayings[entry.file]
            return render_report(press, reports[entry.file], entry, catalogue.neighbours(entry), said)


def render_report(
    press: Press, report: Report, entry: Entry, neighbours: Neighbours, findings: Findings = _NO_FINDINGS
) -> bytes:
    """A report's page: the report, what was found in it, and its neighbours' names, nothing else of the corpus."""
    view = report_view(report, entry, neighbours, press.site, press.cut, findings, press.vocabulary)
    return press.print("report", entry.page, "places", view)


def render_home(press: Press, catalogue: Catalogue, reports: Mapping[str, Report]) -> bytes:
    """The first page; of reports it needs those that `home.wanted_on_home` names."""
    return press.print("home", addresses.HOME, "", home.home_view(catalogue, reports, press.cut))


def render_search(press: Press) -> bytes:
    """The search page: the same whatever the corpus holds."""
    return press.print("search", addresses.SEARCH, "search", None)


def render_about(press: Press) -> bytes:
    """What this is, how it reads and searches."""
    return press.print("about", addresses.ABOUT, "about", tuple(kind_names().values()))


def render_not_found(press: Press) -> bytes:
    """The page a server shows for an address that does not exist."""
    return press.print("not_found", addresses.NOT_FOUND, "", None)


def render_problems(press: Press, catalogue: Catalogue, found: problems.ByFile) -> bytes:
    """What is to be checked, in numbers."""
    return press.print("problems", addresses.PROBLEMS, "about", problems.problems_view(catalogue, found))


def render_province_problems(press: Press, province: str, entries: Sequence[Entry], found: problems.ByFile) -> bytes:
    """What is to be checked in one province, report by report; of problems it needs those of its own reports."""
    view = problems.province_problems_view(province, entries, found, press.cut)
    return press.print("problems_province", addresses.problems_page(province), "about", view)


def render_places(press: Press, catalogue: Catalogue) -> bytes:
    """All provinces."""
    return press.print("places", addresses.PLACES, "places", lists.places_view(catalogue))


def render_place(press: Press, catalogue: Catalogue, folder: str, code: str | None) -> bytes:
    """One place."""
    view = lists.place_view(catalogue, folder, code, press.cut)
    return press.print("place", addresses.page_in(folder), "places", view)


def render_years(press: Press, catalogue: Catalogue) -> bytes:
    """All years."""
    return press.print("years", addresses.YEARS, "years", lists.years_view(catalogue))


def render_year(press: Press, catalogue: Catalogue, year: int | None) -> bytes:
    """One year."""
    return press.print("year", addresses.year_page(year), "years", lists.year_view(catalogue, year))


def render_kinds(press: Press, catalogue: Catalogue, reports: Mapping[str, Report]) -> bytes:
    """All kinds of sections; of reports it needs those that `home.wanted_on_home` names."""
    return press.print("kinds", addresses.KINDS, "kinds", kinds.kinds_view(catalogue, reports))


def render_kind(press: Press, catalogue: Catalogue, kind: Kind, reports: Mapping[str, Report]) -> bytes:
    """One kind; of reports it needs those that `kinds.wanted_on_kind` names."""
    return press.print("kind", addresses.kind_page(kind), "kinds", kinds.kind_view(catalogue, kind, reports))


def render_kind_list(press: Press, catalogue: Catalogue, one: kinds.KindList, reports: Mapping[str, Report]) -> bytes:
    """One kind in one year and area; of reports it needs those it shows in full."""
    page = addresses.kind_list_page(one.kind, one.year, one.area)
    return press.print("kind_list", page, "kinds", kinds.kind_list_view(one, catalogue, reports))


def render_issuers(press: Press, catalogue: Catalogue) -> bytes:
    """All kinds of bodies."""
    return press.print("issuers", addresses.ISSUERS, "issuers", lists.issuers_view(catalogue))


def render_issuer_kind(press: Press, catalogue: Catalogue, slug: str) -> bytes:
    """Bodies of one kind."""
    view = lists.issuer_kind_view(catalogue, slug, press.cut)
    return press.print("issuer_kind", addresses.issuer_kind_page(slug), "issuers", view)


def render_issuer(press: Press, catalogue: Catalogue, folder: str, reports: Mapping[str, Report]) -> bytes:
    """One issuer; of reports it needs its own."""
    return press.print("issuer", addresses.page_in(folder), "issuers", lists.issuer_view(catalogue, folder, reports))
