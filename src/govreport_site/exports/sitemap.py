"""Pages → sitemaps, parted so that one more report changes one of them (sitemaps.org). Pure.

A part holds the pages of one area, whatever shows it: `henan/…` as well as `sections/plans/2025/henan/…`.
No day of the last change stands there: the build knows no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from govreport_site import addresses
from govreport_site.exports.xml_text import DECLARATION, xml_text
from govreport_site.graph import digest

# A part is parted further when it has more pages: it should stay small (the standard allows fifty thousand).
LARGEST = 400

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_REST = "site"


def areas(pages: Iterable[str], folders: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Name of a sitemap → its pages, both sorted. `folders` are those of places, as `henan/xuchang`."""
    of_province: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        if page != addresses.NOT_FOUND:
            area = _area(page, folders)
            of_province.setdefault(addresses.province_of(area), []).append((area, page))
    parts: dict[str, list[str]] = {}
    for province, listed in of_province.items():
        for area, page in listed:
            parts.setdefault(area if len(listed) > LARGEST else province, []).append(page)
    found: dict[str, tuple[str, ...]] = {}
    for area in sorted(parts):
        for number, several in enumerate(_lots(parts[area])):
            found[addresses.sitemap_of(f"{area}-{number}" if number else area)] = tuple(sorted(several))
    return found


def _lots(pages: Sequence[str]) -> Sequence[Sequence[str]]:
    """Pages in lots, each page always in the same one until there are twice as many."""
    lots: list[list[str]] = [[] for _ in range(1 << ((len(pages) - 1) // LARGEST).bit_length())]
    for page in pages:
        lots[int.from_bytes(digest(page.encode())[:4], "big") % len(lots)].append(page)
    return lots


def _area(page: str, folders: Collection[str]) -> str:
    """The province, or prefecture, of which a page's address speaks."""
    parts = page.split("/")
    for at, part in enumerate(parts[:-1]):
        if part in folders:
            below = "/".join(parts[at : at + 2])
            return below if below in folders else part
    return _REST


def sitemap_file(base: str, pages: Iterable[str]) -> str:
    """One sitemap."""
    urls = "".join(f"<url><loc>{_address(base, page)}</loc></url>\n" for page in pages)
    return f'{DECLARATION}<urlset xmlns="{_NAMESPACE}">\n{urls}</urlset>\n'


def index_file(base: str, names: Iterable[str]) -> str:
    """The sitemap of all sitemaps."""
    maps = "".join(f"<sitemap><loc>{_address(base, name)}</loc></sitemap>\n" for name in names)
    return f'{DECLARATION}<sitemapindex xmlns="{_NAMESPACE}">\n{maps}</sitemapindex>\n'


def _address(base: str, page: str) -> str:
    return xml_text(addresses.absolute(base, page))
