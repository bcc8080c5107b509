"""Reports → an Atom feed of the newest (RFC 4287). Pure.

A report is new by the day it was published, else dated; one without such a day stands in no
feed, since the build knows no clock. Entries and feeds are named by their permanent addresses, so
a corrected title is no new entry. A day begins in Beijing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govreport_site import addresses, places
from govreport_site.catalogue import Entry
from govreport_site.citation import UNKNOWN_AUTHOR, day_of
from govreport_site.exports.xml_text import DECLARATION, xml_text

_NEVER = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest reports that a page lists, the newest first; the title is empty for the whole site."""

    title: str
    page: str
    entries: Sequence[Entry]


def is_dated(entry: Entry) -> bool:
    """Whether a report can stand in a feed."""
    return day_of(entry.metadata.date) is not None


def feed_file(feed: Feed, site: str, base: str) -> str:
    """The feed. One without entries says that nothing is known to be new."""
    title = f"{feed.title}：{site}" if feed.title else site
    own = _address(base, addresses.feed_beside(feed.page))
    newest = feed.entries[0].metadata.date if feed.entries else _NEVER
    return (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"<id>{own}</id>\n<title>{xml_text(title)}</title>\n<updated>{_moment(newest)}</updated>\n"
        f'<author><name>{xml_text(site)}</name></author>\n<link rel="self" href="{own}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_address(base, feed.page)}"/>\n'
        f"{''.join(_entry(entry, base) for entry in feed.entries)}</feed>\n"
    )


def _entry(entry: Entry, base: str) -> str:
    address = _address(base, entry.page)
    metadata = entry.metadata
    place = "".join(place.name for place in places.lineage(entry.code)) if entry.code else ""
    year = f"{entry.year} 年度" if entry.year is not None else ""
    summary = "，".join(filter(None, [place, year, f"{entry.characters:,} 字"]))
    return (
        f"<entry><id>{address}</id><title>{xml_text(entry.title)}</title>"
        f"<updated>{_moment(metadata.date)}</updated>"
        f"<author><name>{xml_text(metadata.issuer or UNKNOWN_AUTHOR)}</name></author>"
        f'<link href="{address}"/><summary>{xml_text(summary)}</summary></entry>\n'
    )


def _moment(day: str | None) -> str:
    return f"{day}T00:00:00+08:00"


def _address(base: str, page: str) -> str:
    return xml_text(addresses.absolute(base, page))
