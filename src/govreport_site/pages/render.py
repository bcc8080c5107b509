"""View + template → the bytes of a page: the wing's front.

`plan.py` says which pages there are; `render` makes one of them, `render_site` all. Each form
of page has a function of its own that takes no more than that page is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry, Neighbours
from govreport_site.interface import kind_names
from govreport_site.pages import home, kinds, lists, problems
from govreport_site.pages.assets import Assets
from govreport_site.pages.environment import Templates
from govreport_site.pages.plan import Form, Marks, Sheet, plan
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
    cuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cutter: Cutter = field(default_factory=Cutter)

    def cut(self, text: str) -> tuple[str, ...]:
        """A title's pieces; `cuts` holds those that are known already."""
        return self.cuts.get(text) or self.cutter.phrases(text)

    def print(self, form: Form, page: str, nav: str, view: object) -> bytes:
        """One page. `nav` names the link of the masthead that leads here."""
        root = addresses.root_of(page)
        return self.templates.render(
            TEMPLATES[form],
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


# Form → the template it is printed with.
TEMPLATES: Mapping[Form, str] = {form: f"pages/{form}.html" for form in get_args(Form)}


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
    found = problems.by_file(by_file.values(), between)
    unmarked = dict.fromkeys(by_file, b"")
    for sheet in plan(catalogue, Marks(unmarked, unmarked, dict.fromkeys(found, b""))):
        yield sheet.page, render(press, sheet, catalogue, by_file, found)


def render(
    press: Press, sheet: Sheet, catalogue: Catalogue, reports: Mapping[str, Report], found: problems.ByFile
) -> bytes:
    """One page. `reports` holds at least those that the sheet names, `found` the problems if it shows any."""
    of: Any = sheet.of
    match sheet.form:
        case "home":
            return render_home(press, catalogue, reports)
        case "search":
            return render_search(press)
        case "about":
            return render_about(press)
        case "not_found":
            return render_not_found(press)
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
        case "report":
            entry = catalogue.by_file[of[0]]
            return render_report(press, reports[entry.file], entry, catalogue.neighbours(entry))


def render_report(press: Press, report: Report, entry: Entry, neighbours: Neighbours) -> bytes:
    """A report's page: the report and its neighbours' names, nothing else of the corpus."""
    return press.print("report", entry.page, "places", report_view(report, entry, neighbours, press.site, press.cut))


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
