"""What a page is, as JSON-LD (schema.org): plain data for the head of the page.

Addresses stand in full where the site has one, else as the page's own links do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from govreport_site import addresses, places
from govreport_site.catalogue import Entry
from govreport_site.citation import day_of
from govreport_site.report import Metadata

LANGUAGE = "zh-CN"

Thing = dict[str, Any]


def report_thing(metadata: Metadata, entry: Entry, base: str | None) -> Thing:
    """A report: who reported what, on which year and place, and where the text came from."""
    at = entry.page
    lineage = places.lineage(entry.code) if entry.code is not None else ()
    author = {"@type": "GovernmentOrganization", "name": metadata.issuer} if metadata.issuer else None
    area = {
        "@type": "AdministrativeArea",
        "name": "".join(place.name for place in lineage),
        "identifier": entry.code,
    }
    data = {
        "@type": "MediaObject",
        "encodingFormat": "application/json",
        "contentUrl": _address(base, at, addresses.relative(at, addresses.data_beside(at))),
    }
    thing = {
        "@type": "Report",
        "url": _address(base, at, addresses.relative(at, at)),
        "name": entry.title,
        "headline": entry.title,
        "inLanguage": LANGUAGE,
        "author": author,
        "reportNumber": metadata.document_number,
        "datePublished": metadata.published if day_of(metadata.published) else None,
        "dateCreated": metadata.dated if day_of(metadata.dated) else None,
        "temporalCoverage": str(entry.year) if entry.year is not None else None,
        "spatialCoverage": area if lineage else None,
        "isBasedOn": metadata.source_url,
        "isAccessibleForFree": True,
        "encoding": data,
    }
    return {name: value for name, value in thing.items() if value is not None}


def site_thing(title: str, base: str | None) -> Thing:
    """The site, for its first page: how it is searched."""
    find = _address(base, addresses.HOME, addresses.SEARCH)
    return {
        "@type": "WebSite",
        "name": title,
        "url": _address(base, addresses.HOME, addresses.HOME),
        "inLanguage": LANGUAGE,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": find + "?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


def dataset_thing(title: str, base: str | None) -> Thing:
    """All reports as data, for the page that offers them."""
    at = addresses.DATA
    return {
        "@type": "Dataset",
        "name": title,
        "description": "各级政府和部门公布的法治政府建设年度报告，照原文逐份收录，拆成部分和段落，标出其中的数据、文件和主题。",
        "url": _address(base, at, addresses.relative(at, at)),
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
    }


def crumbs_thing(page: str, crumbs: Iterable[tuple[str, str | None]], base: str | None) -> Thing:
    """The way down to a page: words, each with its link from the page; the last may have none."""
    items = []
    for position, (name, href) in enumerate(crumbs, 1):
        item: Thing = {"@type": "ListItem", "position": position, "name": name}
        if href is not None:
            item["item"] = _address(base, page, href)
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _address(base: str | None, page: str, href: str) -> str:
    return urljoin(addresses.absolute(base, page), href) if base else href
