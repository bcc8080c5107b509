"""A page → what its head tells programs: its address, its data, its feeds, and what it is.

JSON-LD stands in a `<script>` that is data: no browser runs it, and no policy forbids it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govreport_site import addresses
from govreport_site.findings import Vocabulary
from govreport_site.pages.linked_data import Thing, crumbs_thing, dataset_thing, site_thing
from govreport_site.pages.sheets import Form
from govreport_site.pages.views import Site

# Forms of pages that list reports, beside each of which stands a feed of the newest of these.
_FEEDS: frozenset[Form] = frozenset({"place", "issuer_kind"})


@dataclass(frozen=True, slots=True)
class Head:
    """Links are relative to the page; where one is None there is nothing to lead to.

    canonical  the page's one address on the web, in full
    data       the same as JSON
    feeds      (title, link) of the whole site, and of what the page lists
    search     how a browser may search the site
    linked     JSON-LD
    """

    canonical: str | None
    data: str | None
    feeds: tuple[tuple[str, str], ...]
    search: str | None
    linked: dict[str, Any] | None


def topic_pages(vocabulary: Vocabulary) -> frozenset[str]:
    """The pages of topics that have feeds: not those of their parts, of which a report speaks of dozens."""
    return frozenset(addresses.topic_page(topic.id) for topic in vocabulary.topics if topic.under is None)


def head_of(site: Site, page: str, form: Form, view: object, topics: frozenset[str]) -> Head:
    """What the head of a page holds.

    view    may have `crumbs`, and a `thing` that the page is about
    topics  pages of topics that have feeds
    """
    things = list(_things(site, page, view))
    linked = {"@context": "https://schema.org", "@graph": things} if things else None
    data = addresses.relative(page, addresses.data_beside(page)) if form == "report" else None
    if site.base is None or form == "not_found":
        return Head(None, data, (), None, linked)
    feeds = [(site.title, addresses.relative(page, addresses.feed_beside(addresses.HOME)))]
    if form in _FEEDS or page in topics:
        feeds.append((f"{site.title}：本页所列", addresses.relative(page, addresses.feed_beside(page))))
    canonical = addresses.absolute(site.base, page)
    return Head(canonical, data, tuple(feeds), addresses.relative(page, addresses.OPENSEARCH), linked)


def _things(site: Site, page: str, view: object) -> Iterator[Thing]:
    if page == addresses.HOME:
        yield site_thing(site.title, site.base)
    if page == addresses.DATA:
        yield dataset_thing(site.title, site.base)
    thing = getattr(view, "thing", None)
    if thing is not None:
        yield thing
    crumbs = getattr(view, "crumbs", ())
    if len(crumbs) > 1:
        yield crumbs_thing(page, ((crumb.text, crumb.href) for crumb in crumbs), site.base)
