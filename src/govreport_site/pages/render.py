"""View + template → the bytes of a page: the wing's front.

`render_site` yields every page of the site. Each kind of page has a function of its own that
takes no more than that page is made of, so that a build may make one page alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry, Neighbours
from govreport_site.interface import kind_names
from govreport_site.pages import home, kinds, lists, problems
from govreport_site.pages.assets import Assets
from govreport_site.pages.environment import Templates
from govreport_site.pages.views import Link, Site, report_view
from govreport_site.problems import Problem
from govreport_site.report import Kind, Report
from govreport_site.words import Cutter


@dataclass(frozen=True)
class Press:
    """What all pages are printed with."""

    templates: Templates
    assets: Assets
    site: Site
    cutter: Cutter = field(default_factory=Cutter)

    def cut(self, text: str) -> tuple[str, ...]:
        """A title's pieces."""
        return self.cutter.phrases(text)

    def print(self, template: str, page: str, nav: str, view: object) -> bytes:
        """One page. `nav` names the link of the masthead that leads here."""
        root = addresses.root_of(page)
        return self.templates.render(
            f"pages/{template}",
            {
                "root": root,
                "assets": self.assets,
                "site": self.site,
                "frame": _frame(self.site, page, nav),
                "kinds": tuple((kind.value, kind_names()[kind].short) for kind in _SCOPES),
                "view": view,
            },
        )


# What a search may be limited to beside the search field: the rule's own contents.
_SCOPES = (Kind.ACHIEVEMENTS, Kind.PROBLEMS, Kind.PLANS, Kind.LEADERSHIP)

_NAVIGATION = (
    ("search", "检索", addresses.SEARCH),
    ("places", "地区", addresses.PLACES),
    ("years", "年度", addresses.YEARS),
    ("kinds", "板块", addresses.KINDS),
    ("issuers", "机关", addresses.ISSUERS),
    ("about", "说明", addresses.ABOUT),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What frames every page; a link's note is its aria-current."""

    title: str
    base: str | None
    home: str
    about: str
    problems: str
    links: tuple[Link, ...]


def _frame(site: Site, page: str, nav: str) -> Frame:
    links = []
    for name, text, to in _NAVIGATION:
        current = "page" if to == page else "true" if name == nav else ""
        links.append(Link(text, addresses.relative(page, to), current))
    return Frame(
        title=site.title,
        base=site.base.rstrip("/") + "/" if site.base else None,
        home=addresses.relative(page, addresses.HOME),
        about=addresses.relative(page, addresses.ABOUT),
        problems=addresses.relative(page, addresses.PROBLEMS),
        links=tuple(links),
    )


def render_site(
    reports: Iterable[Report],
    catalogue: Catalogue,
    assets: Assets,
    site: Site,
    templates: Path,
    between: Iterable[Problem] = (),
) -> Iterator[tuple[str, bytes]]:
    """Every page as its path below the site's root and its bytes, in a fixed order.

    between  problems that no report has by itself, such as one text twice
    """
    press = Press(Templates(templates), assets, site)
    by_file = {report.file: report for report in reports}
    yield addresses.HOME, render_home(press, catalogue, by_file)
    yield addresses.SEARCH, render_search(press)
    yield addresses.ABOUT, render_about(press)
    yield addresses.NOT_FOUND, render_not_found(press)
    found = problems.by_file(by_file.values(), between)
    yield addresses.PROBLEMS, render_problems(press, catalogue, found)
    for province, entries in problems.provinces_of(catalogue, found).items():
        yield addresses.problems_page(province), render_province_problems(press, province, entries, found)
    yield addresses.PLACES, render_places(press, catalogue)
    for folder, code in lists.place_pages(catalogue):
        yield addresses.page_in(folder), render_place(press, catalogue, folder, code)
    yield addresses.YEARS, render_years(press, catalogue)
    for year in catalogue.by_year:
        yield addresses.year_page(year), render_year(press, catalogue, year)
    yield addresses.KINDS, render_kinds(press, catalogue, by_file)
    for kind in Kind:
        yield addresses.kind_page(kind), render_kind(press, catalogue, kind, by_file)
    for kind, year, province, entries in kinds.kind_lists(catalogue):
        page = addresses.kind_list_page(kind, year, province)
        yield page, render_kind_list(press, kind, year, province, entries, by_file)
    yield addresses.ISSUERS, render_issuers(press, catalogue)
    for slug in catalogue.by_issuer_kind:
        yield addresses.issuer_kind_page(slug), render_issuer_kind(press, catalogue, slug)
    for folder in catalogue.by_issuer:
        yield addresses.page_in(folder), render_issuer(press, catalogue, folder, by_file)
    for entry in catalogue.entries:
        yield entry.page, render_report(press, by_file[entry.file], entry, catalogue.neighbours(entry))


def render_report(press: Press, report: Report, entry: Entry, neighbours: Neighbours) -> bytes:
    """A report's page: the report and its neighbours' names, nothing else of the corpus."""
    return press.print(
        "report.html", entry.page, "places", report_view(report, entry, neighbours, press.site, press.cut)
    )


def render_home(press: Press, catalogue: Catalogue, reports: Mapping[str, Report]) -> bytes:
    """The first page; of reports it needs those that `home.wanted_on_home` names."""
    return press.print("home.html", addresses.HOME, "", home.home_view(catalogue, reports, press.cut))


def render_search(press: Press) -> bytes:
    """The search page: the same whatever the corpus holds."""
    return press.print("search.html", addresses.SEARCH, "search", None)


def render_about(press: Press) -> bytes:
    """What this is, how it reads and searches."""
    return press.print("about.html", addresses.ABOUT, "about", tuple(kind_names().values()))


def render_not_found(press: Press) -> bytes:
    """The page a server shows for an address that does not exist."""
    return press.print("not_found.html", addresses.NOT_FOUND, "", None)


def render_problems(press: Press, catalogue: Catalogue, found: problems.ByFile) -> bytes:
    """What is to be checked, in numbers."""
    return press.print("problems.html", addresses.PROBLEMS, "about", problems.problems_view(catalogue, found))


def render_province_problems(press: Press, province: str, entries: Sequence[Entry], found: problems.ByFile) -> bytes:
    """What is to be checked in one province, report by report; of problems it needs those of its own reports."""
    view = problems.province_problems_view(province, entries, found, press.cut)
    return press.print("problems_province.html", addresses.problems_page(province), "about", view)


def render_places(press: Press, catalogue: Catalogue) -> bytes:
    """All provinces."""
    return press.print("places.html", addresses.PLACES, "places", lists.places_view(catalogue))


def render_place(press: Press, catalogue: Catalogue, folder: str, code: str | None) -> bytes:
    """One place."""
    view = lists.place_view(catalogue, folder, code, press.cut)
    return press.print("place.html", addresses.page_in(folder), "places", view)


def render_years(press: Press, catalogue: Catalogue) -> bytes:
    """All years."""
    return press.print("years.html", addresses.YEARS, "years", lists.years_view(catalogue))


def render_year(press: Press, catalogue: Catalogue, year: int | None) -> bytes:
    """One year."""
    return press.print("year.html", addresses.year_page(year), "years", lists.year_view(catalogue, year))


def render_kinds(press: Press, catalogue: Catalogue, reports: Mapping[str, Report]) -> bytes:
    """All kinds of sections; of reports it needs those that `home.wanted_on_home` names."""
    return press.print("kinds.html", addresses.KINDS, "kinds", kinds.kinds_view(catalogue, reports))


def render_kind(press: Press, catalogue: Catalogue, kind: Kind, reports: Mapping[str, Report]) -> bytes:
    """One kind; of reports it needs those that `kinds.wanted_on_kind` names."""
    return press.print("kind.html", addresses.kind_page(kind), "kinds", kinds.kind_view(catalogue, kind, reports))


def render_kind_list(
    press: Press,
    kind: Kind,
    year: int | None,
    province: str,
    entries: tuple[Entry, ...],
    reports: Mapping[str, Report],
) -> bytes:
    """One kind in one year and province, in full."""
    view = kinds.kind_list_view(kind, year, province, entries, reports)
    return press.print("kind_list.html", addresses.kind_list_page(kind, year, province), "kinds", view)


def render_issuers(press: Press, catalogue: Catalogue) -> bytes:
    """All kinds of bodies."""
    return press.print("issuers.html", addresses.ISSUERS, "issuers", lists.issuers_view(catalogue))


def render_issuer_kind(press: Press, catalogue: Catalogue, slug: str) -> bytes:
    """Bodies of one kind."""
    view = lists.issuer_kind_view(catalogue, slug, press.cut)
    return press.print("issuer_kind.html", addresses.issuer_kind_page(slug), "issuers", view)


def render_issuer(press: Press, catalogue: Catalogue, folder: str, reports: Mapping[str, Report]) -> bytes:
    """One issuer; of reports it needs its own."""
    return press.print(
        "issuer.html", addresses.page_in(folder), "issuers", lists.issuer_view(catalogue, folder, reports)
    )
