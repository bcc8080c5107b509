"""Catalogue → every page of the site, each with exactly what it is made from.

A `Sheet` (`sheets.py`) names its page, the form it is printed in (`render.py`), the reports whose
text it needs, and a digest for each group of its inputs. Cut here where changes should stop: a
page names the entries it lists, never the catalogue itself, unless it counts all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry, Neighbours
from govreport_site.graph import Inputs, digest, digest_of
from govreport_site.pages import (
    completeness,
    data,
    figures,
    home,
    instruments,
    kinds,
    lists,
    problems,
    remedies,
    topics,
    tracking,
    wording,
)
from govreport_site.pages.sheets import AROUND, CHECKED, LISTED, NAMED, SAID, TEXTS, Form, Marks, Sheet
from govreport_site.report import Kind


def plan(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """Every page, in a fixed order."""
    everything: Inputs = (LISTED, marks.listed(catalogue.entries))
    years = digest_of(tuple(catalogue.by_year))
    named = marks.named()

    def with_texts(page: str, form: Form, of: tuple[str | int | None, ...], entries: Iterable[Entry]) -> Sheet:
        files = tuple(entry.file for entry in entries)
        return Sheet(page, form, of, files, (*everything, TEXTS, marks.read(files)))

    yield with_texts(addresses.HOME, "home", (), home.wanted_on_home(catalogue))
    yield Sheet(addresses.SEARCH, "search")
    yield Sheet(addresses.ABOUT, "about")
    yield Sheet(addresses.SPECIMEN, "specimen")
    yield Sheet(addresses.NOT_FOUND, "not_found")
    yield Sheet(addresses.STUDY, "study")
    yield Sheet(addresses.COMPARE, "compare")
    yield from topics.sheets(catalogue, marks)
    yield from figures.sheets(catalogue, marks)
    yield from instruments.sheets(catalogue, marks)
    noted = problems.provinces_of(catalogue, marks.problems.keys())
    checked = marks.checked(entry for entries in noted.values() for entry in entries)
    yield Sheet(addresses.PROBLEMS, "problems", inputs=(CHECKED, checked))
    inputs: Inputs
    for province, entries in noted.items():
        inputs = (CHECKED, marks.checked(entries))
        yield Sheet(addresses.problems_page(province), "problems_province", (province,), inputs=inputs)
    yield Sheet(addresses.PLACES, "places", inputs=everything)
    for folder, code in lists.place_pages(catalogue):
        inputs = (LISTED, marks.listed(catalogue.under[folder]))
        yield Sheet(addresses.page_in(folder), "place", (folder, code), inputs=inputs)
    yield Sheet(addresses.YEARS, "years", inputs=everything)
    for year, of_year in catalogue.by_year.items():
        inputs = (LISTED, digest(marks.listed(of_year), years))
        yield Sheet(addresses.year_page(year), "year", (year,), inputs=inputs)
    yield with_texts(addresses.KINDS, "kinds", (), home.wanted_on_home(catalogue))
    for kind in Kind:
        yield with_texts(addresses.kind_page(kind), "kind", (kind.value,), kinds.wanted_on_kind(catalogue, kind))
    for one in kinds.kind_lists(catalogue):
        files = tuple(entry.file for entry in one.entries)
        page = addresses.kind_list_page(one.kind, one.year, one.area)
        entries = catalogue.lists_of[one.kind, one.year, one.area] if one.parted else one.entries
        inputs = (LISTED, marks.listed(entries), TEXTS, marks.read(files))
        yield Sheet(page, "kind_list", (one.kind.value, one.year, one.area, one.parted), files, inputs)
    yield Sheet(addresses.ISSUERS, "issuers", inputs=everything)
    for slug, of_kind in catalogue.by_issuer_kind.items():
        page = addresses.issuer_kind_page(slug)
        yield Sheet(page, "issuer_kind", (slug,), inputs=(LISTED, marks.listed(of_kind)))
    for folder, own in catalogue.by_issuer.items():
        files = tuple(entry.file for entry in own)
        around = digest_of(lists.fellows_of(catalogue, own[0]))
        inputs = (LISTED, marks.listed(own), TEXTS, marks.read(files), AROUND, around)
        yield Sheet(addresses.page_in(folder), "issuer", (folder,), files, inputs)
    for entry in catalogue.entries:
        around = digest_of(_seen(catalogue.neighbours(entry)))
        alone = (entry.file,)
        inputs = (
            LISTED, marks.entries[entry.file], TEXTS, marks.texts[entry.file], SAID, marks.said(alone), NAMED, named,
            AROUND, around,
        )  # fmt: skip
        yield Sheet(entry.page, "report", alone, alone, inputs, alone)
    yield from remedies.sheets(catalogue, marks)
    yield from tracking.sheets(catalogue, marks)
    yield from completeness.sheets(catalogue, marks)
    yield from wording.sheets(catalogue, marks)
    yield from data.sheets(catalogue, marks)


def _seen(near: Neighbours) -> tuple[tuple[object, ...] | None, ...]:
    """What a report's page shows of its neighbours."""
    return tuple(
        (other.folder, other.metadata.issuer, other.year) if other is not None else None
        for other in (near.earlier, near.later, near.previous, near.next)
    )
