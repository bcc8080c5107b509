"""Catalogue, reports and comparisons → what one issuer planned, beside what its report a year later says of it.

Issuers with reports of two consecutive years have such a page. The newest pairs of years stand in full; of the
older ones the headings, which lead into the reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry
from govreport_site.findings import Comparison, Status, Trace
from govreport_site.graph import Inputs
from govreport_site.pages.remedies import Pairing, Stretches, Text, text_of
from govreport_site.pages.sheets import LISTED, TEXTS, Marks, Sheet
from govreport_site.pages.views import Link, issuer_name, place_crumbs, year_name
from govreport_site.report import PROGRESS, Report

# So many pairs of years stand in full.
NEWEST_IN_FULL = 2


@dataclass(frozen=True, slots=True)
class YearsView:
    """Plans of one year, and what the report of the next says of them.

    changed  how much of the later report's wording is new, in words; empty where that cannot be said
    unseen   plans of which nothing was found
    """

    id: str
    before: Link
    after: Link
    changed: str
    note: str
    pairings: tuple[Pairing, ...]
    unseen: tuple[Pairing, ...]


@dataclass(frozen=True, slots=True)
class TrackingView:
    """One issuer's plans, pair of years by pair of years, the newest first."""

    name: str
    crumbs: tuple[Link, ...]
    years: tuple[YearsView, ...]


def consecutive(catalogue: Catalogue, issuer: str) -> tuple[tuple[Entry, Entry], ...]:
    """Each report of an issuer (its folder) whose year before has one too, with that one; the newest first."""
    by_year: dict[int, Entry] = {}
    for entry in catalogue.by_issuer[issuer]:
        if entry.year is not None:
            by_year.setdefault(entry.year, entry)
    return tuple((by_year[year], by_year[year - 1]) for year in sorted(by_year, reverse=True) if year - 1 in by_year)


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """The pages of this room."""
    for issuer, own in catalogue.by_issuer.items():
        if len(own) < 2 or not (pairs := consecutive(catalogue, issuer)):
            continue
        shown = tuple({entry.file: entry for pair in pairs for entry in pair}.values())
        files = tuple(entry.file for entry in shown)
        inputs: Inputs = (
            LISTED, marks.listed(shown), TEXTS, marks.read(files), "通行语句", marks.phrases,
        )  # fmt: skip
        compared = tuple((after.file, before.file) for after, before in pairs)
        yield Sheet(addresses.tracking_page(issuer), "tracking", (issuer,), files, inputs, pairs=compared)


def tracking_view(
    catalogue: Catalogue,
    issuer: str,
    reports: Mapping[str, Report],
    comparisons: Mapping[tuple[str, str], Comparison],
) -> TrackingView:
    """`reports` and `comparisons` hold those of each pair of consecutive years."""
    at = addresses.tracking_page(issuer)
    newest = catalogue.by_issuer[issuer][0]
    pairs = consecutive(catalogue, issuer)
    stretches = {entry.file: Stretches.of(reports[entry.file]) for pair in pairs for entry in pair}
    return TrackingView(
        name=issuer_name(newest),
        crumbs=(
            *place_crumbs(at, newest.place, newest.code, link_last=True),
            Link(issuer_name(newest), addresses.relative(at, addresses.page_in(issuer))),
            Link("安排与后续"),
        ),
        years=tuple(
            _years(at, pair, stretches, comparisons[pair[0].file, pair[1].file], full=number < NEWEST_IN_FULL)
            for number, pair in enumerate(pairs)
        ),
    )


def _years(
    at: str, pair: tuple[Entry, Entry], stretches: Mapping[str, Stretches], compared: Comparison, *, full: bool
) -> YearsView:
    after, before = pair

    def text(entry: Entry, id_: str, words: tuple[str, ...]) -> Text:
        return text_of(at, entry, stretches[entry.file], id_, words, full=full)

    pairings = [
        Pairing(
            text(before, trace.plan, trace.shared),
            text(after, trace.result, trace.shared) if trace.result is not None else None,
            trace.shared,
            _said(trace),
        )
        for trace in compared.traces
    ]
    return YearsView(
        id=f"y-{after.year}",
        before=Link(year_name(before.year), addresses.relative(at, before.page)),
        after=Link(year_name(after.year), addresses.relative(at, after.page)),
        changed=_changed(compared.changed),
        note="" if full else "较早的年度只列标题；原文请从标题进入。",
        pairings=tuple(pairing for pairing in pairings if pairing.right is not None),
        unseen=tuple(pairing for pairing in pairings if pairing.right is None),
    )


_STATUS: Mapping[Status, str] = dict(zip(get_args(Status), PROGRESS, strict=True))


def _said(trace: Trace) -> str:
    if trace.status is not None:
        return f"人工核对：{_STATUS[trace.status]}"
    if trace.result is None:
        return ""
    alike = "很相近" if trace.score >= 0.8 else "相近" if trace.score >= 0.65 else "有些相近"
    return f"程序比对：用词{alike}，不是结论"


def _changed(share: float | None) -> str:
    if share is None:
        return ""
    return f"这一年的报告约有 {round(share * 100)}% 的文字不见于上一年"
