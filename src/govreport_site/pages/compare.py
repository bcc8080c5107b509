"""The page on which a reader puts reports side by side: the same whatever the corpus holds.

Its script, `templates/static/browser/compare.js`, takes the texts from the index of the search.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from govreport_site import addresses
from govreport_site.catalogue import Entry
from govreport_site.pages.views import Link

# As in templates/static/browser/comparing.js.
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class CompareView:
    """Where a reader without scripts goes on."""

    crumbs: tuple[Link, ...]
    places: str
    kinds: str


def compare_view() -> CompareView:
    """The page, without any choice."""
    at = addresses.COMPARE
    return CompareView(
        (Link("研读", addresses.relative(at, addresses.STUDY)), Link("并排比较")),
        addresses.relative(at, addresses.PLACES),
        addresses.relative(at, addresses.KINDS),
    )


def compare_link(at: str, entries: Iterable[Entry]) -> str:
    """The link from a page to a comparison that begins with these reports, or with the first of many."""
    return addresses.comparison(at, [entry.folder for entry in islice(entries, MOST_COLUMNS)])
