"""Where everything of the site stands: the only place that spells a URL or an anchor.

In flows metadata; out flow paths below the site's root, with forward slashes, ASCII, lower
case, each ending in a file name, so that a link works from a folder on disk. Which of two
reports with one address keeps it is settled in `catalogue.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from govreport_site import issuer_kinds, places
from govreport_site.issuer_kinds import IssuerKind
from govreport_site.normalise import normalise
from govreport_site.report import Kind, Metadata

HOME = "index.html"
SEARCH = "search/index.html"
ABOUT = "about/index.html"
SPECIMEN = "about/specimen/index.html"
PLACES = "places/index.html"
YEARS = "years/index.html"
KINDS = "sections/index.html"
ISSUERS = "issuers/index.html"
PROBLEMS = "problems/index.html"
STUDY = "study/index.html"
FIGURES = "figures/index.html"
INSTRUMENTS = "instruments/index.html"
TOPICS = "topics/index.html"
COMPLETENESS = "completeness/index.html"
REMEDIES = "remedies/index.html"
WORDING = "wording/index.html"
COMPARE = "compare/index.html"
DATA = "data/index.html"
DATA_COLUMNS = "data/columns/index.html"
NOT_FOUND = "404.html"

# Beside the pages, for programs.
SITEMAPS = "sitemap.xml"
OPENSEARCH = "opensearch.xml"
ROBOTS = "robots.txt"
LLMS = "llms.txt"
HEADERS = "_headers"

NATIONAL = "national"
UNPLACED = "unplaced"
UNDATED = "undated"
OTHER_ISSUERS = "other"


def place_folder(metadata: Metadata) -> str:
    """`henan/xuchang`; `national` for central bodies; `unplaced` where the place is not known."""
    if metadata.place is not None:
        folder = folder_of_code(metadata.place)
        if folder is not None:
            return folder
    return NATIONAL if metadata.level == "national" else UNPLACED


@cache
def folder_of_code(code: str) -> str | None:
    """The folder of a GB/T 2260 code, from the province down; None for a code nobody knows."""
    if places.place(code) is None:
        return None
    return "/".join(place.slug for place in places.lineage(code)) or None


def slug_of(metadata: Metadata) -> str:
    """The last part of a report's address: what YAML says, else its kind's, else a hash of its issuer.

    Where a place has many bodies of a kind (towns), the kind's slug would name none of them,
    and numbers behind it would move whenever a file is added.
    """
    given = _as_slug(metadata.slug or "")
    if given:
        return given
    kind = issuer_kind(metadata)
    if kind is not None and not kind.many:
        return kind.slug
    name = normalise(metadata.issuer or metadata.title or "")
    return "x" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()


def issuer_kind(metadata: Metadata) -> IssuerKind | None:
    """The kind of body that reports: what the metadata says, else what its name tells."""
    kind = issuer_kinds.by_name(metadata.issuer_kind) if metadata.issuer_kind else None
    if kind is None and metadata.issuer:
        kind = issuer_kinds.kind_of(metadata.issuer)
    return kind


def issuer_kind_slug(metadata: Metadata) -> str:
    """Its slug; `other` where the table has none."""
    kind = issuer_kind(metadata)
    return kind.slug if kind is not None else OTHER_ISSUERS


def report_folder(metadata: Metadata) -> str:
    """`henan/xuchang/2025-weijianwei`: what makes a report's address its own."""
    return f"{place_folder(metadata)}/{_year(metadata.year)}-{slug_of(metadata)}"


def issuer_folder(metadata: Metadata) -> str:
    """`henan/xuchang/weijianwei`: all years of one issuer."""
    return f"{place_folder(metadata)}/{slug_of(metadata)}"


def page_in(folder: str) -> str:
    """The page that opens when one opens a folder."""
    return f"{folder}/index.html"


def year_page(year: int | None) -> str:
    """All reports on one year."""
    return page_in(f"years/{_year(year)}")


def kind_page(kind: Kind) -> str:
    """One kind of section: which years and provinces there are, and the newest in full."""
    return page_in(f"sections/{kind.value}")


def kind_list_page(kind: Kind, year: int | None, area: str) -> str:
    """One kind of section in one year and area; `area`: the first part of a place's folder, or the first two."""
    return page_in(f"sections/{kind.value}/{_year(year)}/{area}")


def issuer_kind_page(slug: str) -> str:
    """All bodies of one kind, such as all health commissions."""
    return page_in(f"issuers/{slug}")


def problems_page(province: str) -> str:
    """What is to be checked in the reports of one province."""
    return page_in(f"problems/{province}")


def indicator_page(indicator: str) -> str:
    """One indicator: its figures; where these are many, which areas have some."""
    return page_in(f"figures/{indicator}")


def indicator_area_page(group: str, area: str) -> str:
    """The indicators of one group in one area (as in `kind_list_page`). An id has no such form: g- and 6 hex digits."""
    slug = hashlib.blake2b(group.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
    return page_in(f"figures/g-{slug}/{area}")


def instrument_page(key: str, area: str | None = None) -> str:
    """One instrument by its key: who names it; where many do, area by area."""
    slug = instrument_slug(key)
    return page_in(f"instruments/{slug}/{area}" if area else f"instruments/{slug}")


def instrument_slug(key: str) -> str:
    """A key's part of an address: i- and 10 hex digits of its BLAKE2b. Permanent, like the key.

    Ten digits: of 50,000 titles two would meet with a chance of 1 in 900 (with eight digits: 1 in 4).
    """
    return "i-" + hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def instruments_page(part: str) -> str:
    """Titles of instruments: all of one class named in several provinces, or those named in one area alone."""
    return page_in(f"instruments/{part}")


def topic_page(topic: str, area: str | None = None) -> str:
    """One topic: which areas speak of it; or what they say."""
    return page_in(f"topics/{topic}/{area}" if area else f"topics/{topic}")


def completeness_page(province: str) -> str:
    """What the rule asks for and which reports hold it, in one province."""
    return page_in(f"completeness/{province}")


def remedies_page(place: str, year: int | None) -> str:
    """Problems of the reports of one place and year, each beside the plan that may answer it."""
    return page_in(f"remedies/{place}/{_year(year)}")


def wording_page(area: str) -> str:
    """Which passages of the reports of one area stand elsewhere too, and what seems left over in them."""
    return page_in(f"wording/{area}")


def tracking_page(issuer: str) -> str:
    """What one issuer planned and what it reported a year later; problems and plans; wording that stays the same."""
    return f"{issuer}/tracking.html"


def data_beside(page: str) -> str:
    """The same report as data, beside its page."""
    return page.removesuffix(".html") + ".json"


def feed_beside(page: str) -> str:
    """What is new of all that a page lists."""
    return page.removesuffix("index.html") + "feed.xml"


def sitemap_of(area: str) -> str:
    """The pages of one area, as `henan` or `henan/xuchang`."""
    return f"sitemap-{area.replace('/', '-')}.xml"


def province_of(place: str) -> str:
    """The first part of a place's folder: `henan`, `national`, `unplaced`."""
    return place.split("/", 1)[0]


def area_of(place: str) -> str:
    """The first two parts of a place's folder: `henan/xuchang`, `henan`."""
    return "/".join(place.split("/", 2)[:2])


def group_id(place: str) -> str:
    """The anchor of a place's group on a list page. A passage's id begins with p-, a section's with s-."""
    return "at-" + place.replace("/", "-")


def indicator_id(indicator: str) -> str:
    """The anchor of an indicator on a page that shows several."""
    return "n-" + indicator


def heading_id(section: str) -> str:
    """The anchor by which a section is named by its heading."""
    return "h-" + section


def fragment(page: str, anchor: str) -> str:
    """An address within a page."""
    return f"{page}#{anchor}"


@lru_cache(maxsize=65536)
def relative(from_page: str, to_page: str) -> str:
    """The link from one page to another; it always names a file. A fragment is carried over."""
    here = from_page.split("/")[:-1]
    path, mark, anchor = to_page.partition("#")
    there = path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) + mark + anchor


def comparison(from_page: str, folders: Iterable[str]) -> str:
    """The link from a page to a comparison that begins with these reports."""
    return f"{relative(from_page, COMPARE)}?{'&'.join(f'r={folder}' for folder in folders)}"


def root_of(page: str) -> str:
    """What leads from a page to the site's root: empty, or `../../`."""
    return "../" * page.count("/")


def absolute(base: str, page: str) -> str:
    """The permanent address of a page on a site whose own address is known."""
    return base.rstrip("/") + "/" + page


def _year(year: int | None) -> str:
    return str(year) if year is not None else UNDATED


def _as_slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
