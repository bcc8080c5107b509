"""One report and all that is said of it → rows of the tables in `dataset`. Pure.

A row holds its values in the order of its table's columns, codes as codes, lists as tuples. Parts and passages
are named by where they stand: the report's folder, #, the id on its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from govreport_site import addresses
from govreport_site.catalogue import Entry
from govreport_site.dataset import Row
from govreport_site.exports.record import place_names
from govreport_site.findings import Comparison, Findings, Item, Overlap, Vocabulary
from govreport_site.report import Report
from govreport_site.source import Span
from govreport_site.topic_names import FIELD, TopicNames


@dataclass(frozen=True)
class Told:
    """A report, where it stands, and all that is said of it.

    before      the same issuer's report for the year before, where there is one; `comparison` with it
    overlaps    with reports of other issuers
    folders     file of a report → its folder, of all that `overlaps` names
    """

    report: Report
    entry: Entry
    findings: Findings
    before: Told | None = None
    comparison: Comparison | None = None
    overlaps: tuple[Overlap, ...] = ()
    folders: Mapping[str, str] | None = None

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """Id of a section or a passage → that of the section it is or stands in."""
        found = {section.id: section.id for section in self.report.walk()}
        return found | {passage.id: section.id for section, passage in self.report.passages()}

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """Id of a section, a passage or a point of one → where it stands."""
        found = {section.id: section.span for section in self.report.walk()}
        for _, passage in self.report.passages():
            found[passage.id] = passage.span
            for number, point in enumerate(passage.points, 1):
                found[f"{passage.id}.{number}"] = point.span
        return found

    def named(self, id: str) -> str:
        """The id of a part, a passage or an item, among those of all reports."""
        return f"{self.entry.folder}#{id}"

    def text(self, span: Span) -> str:
        """What stands there, without blanks around it."""
        return self.report.source.cut(span).strip()


@dataclass(frozen=True)
class Desk:
    """What all rows are made with: what findings are called, and the site's address (None: addresses begin at its root)."""

    vocabulary: Vocabulary
    base: str | None = None

    @cached_property
    def topics(self) -> TopicNames:
        """The topics, looked up."""
        return TopicNames(self.vocabulary)

    @cached_property
    def indicators(self) -> Mapping[str, str]:
        """Id of an indicator → its name."""
        return {one.id: one.name for one in self.vocabulary.indicators}

    def address(self, folder: str, id: str | None = None) -> str:
        """The address of a report, or of a place in it; of a point that of its passage."""
        page = addresses.page_in(folder)
        page = addresses.fragment(page, id.partition(".")[0]) if id else page
        return addresses.absolute(self.base, page) if self.base else page

    def demands(self, place: str | None) -> Mapping[str, tuple[str, bool]]:
        """Id of a content that a report of a place is asked for → its name, and whether it is optional."""
        province = place[:2] + "0000" if place else None
        rules = [rule for rule in self.vocabulary.rules if rule.place in (None, province)]
        rules.sort(key=lambda rule: (rule.place is not None, rule.id))
        return {one.id: (one.name, one.optional) for rule in rules for one in rule.contents}


def rows_of(told: Told, desk: Desk) -> Iterator[tuple[str, Row]]:
    """All rows of one report, each with the name of its table; of a table in order."""
    for name, make in _TABLES.items():
        for row in make(told, desk):
            yield name, row


def name_rows(vocabulary: Vocabulary) -> Iterator[tuple[str, Row]]:
    """The rows that no report has a part in: what findings are called."""
    for indicator in vocabulary.indicators:
        yield "indicators", (
            indicator.id, indicator.name, indicator.group, indicator.unit, indicator.definition or None, indicator.trap or None,
        )  # fmt: skip
    for topic in TopicNames(vocabulary).by_id.values():
        yield "topic_names", (topic.id, topic.name, topic.part, topic.under)
    for rule in vocabulary.rules:
        for content in rule.contents:
            yield "contents", (
                rule.id, rule.name, rule.place, content.id, content.name, content.text or None, content.optional,
            )  # fmt: skip


def _reports(told: Told, desk: Desk) -> Iterator[Row]:
    entry, about = told.entry, told.entry.metadata
    names = place_names(about.place)
    changed = told.comparison.changed if told.comparison is not None else None
    yield (
        entry.folder, entry.file, entry.title, entry.composed, about.issuer, about.issuer_kind, about.level, about.place,
        names["province"], names["city"], names["county"], about.year, about.published, about.dated,
        about.document_number, about.index_number, about.source_url, about.source_file, about.source_sha256,
        about.inferred, entry.characters, told.findings.timeliness, told.findings.due,
        round(changed, 3) if changed is not None else None, desk.address(entry.folder),
    )  # fmt: skip


def _sections(told: Told, desk: Desk) -> Iterator[Row]:
    parents = {inner.id: section.id for section in told.report.walk() for inner in section.subsections}
    for section in told.report.walk():
        yield (
            told.named(section.id), told.entry.folder, told.named(parents[section.id]) if section.id in parents else None,
            section.key or None, section.level, section.marker.text if section.marker else None, section.title or None,
            section.kind.value if section.kind else None, section.reason or None, section.topics,
            section.span.start, section.span.end,
            # What stands under no heading has no anchor of its own.
            desk.address(told.entry.folder, section.id if section.level else None),
        )  # fmt: skip


def _passages(told: Told, desk: Desk) -> Iterator[Row]:
    for section, passage in told.report.passages():
        kind = passage.kind or section.kind
        yield (
            told.named(passage.id), told.entry.folder, told.named(section.id), passage.number, passage.role, passage.form,
            kind.value if kind else None, told.report.source.cut(passage.span), passage.span.start, passage.span.end,
            desk.address(told.entry.folder, passage.id),
        )  # fmt: skip


def _where(told: Told, id: str) -> tuple[str, str | None]:
    """The section a finding stands in, and its passage, where it is not in the heading."""
    section = told.sections[id]
    return told.named(section), told.named(id) if id != section else None


def _figures(told: Told, desk: Desk) -> Iterator[Row]:
    cut = told.report.source.cut
    for number, one in enumerate(told.findings.figures, 1):
        yield (
            told.entry.folder, number, *_where(told, one.passage), one.text, one.value, one.unit, one.bound,
            one.counted or None, one.indicator, desk.indicators.get(one.indicator or ""), one.reason or None,
            cut(one.sentence), one.span.start, one.span.end, desk.address(told.entry.folder, one.passage),
        )  # fmt: skip


def _instruments(told: Told, desk: Desk) -> Iterator[Row]:
    for number, one in enumerate(told.findings.instruments, 1):
        yield (
            told.entry.folder, number, *_where(told, one.passage), one.title or None, one.class_, one.key, one.short,
            one.reason or None, one.span.start, one.span.end, desk.address(told.entry.folder, one.passage),
        )  # fmt: skip


def _topics(told: Told, desk: Desk) -> Iterator[Row]:
    field = desk.topics.field(told.entry.metadata.issuer_kind)
    for number, one in enumerate(told.findings.tags, 1):
        name = field if one.topic == FIELD and field else desk.topics.by_id[one.topic].name
        yield (
            told.entry.folder, number, told.named(one.passage), one.topic, name, one.word,
            one.span.start if one.span else None, one.span.end if one.span else None,
            desk.address(told.entry.folder, one.passage),
        )  # fmt: skip


def _items(told: Told, desk: Desk) -> Iterator[Row]:
    findings = told.findings
    several = (("problems", findings.problems), ("plans", findings.plans), ("achievements", findings.results))
    for kind, items in several:
        for one in items:
            yield (
                told.named(one.id), told.entry.folder, kind, one.ordinal, one.title or None, told.text(one.span),
                one.span.start, one.span.end, desk.address(told.entry.folder, one.id),
            )  # fmt: skip


def _remedies(told: Told, desk: Desk) -> Iterator[Row]:
    plans = {item.id: item for item in told.findings.plans}
    answers: dict[str, list[tuple[Item | None, float | None, tuple[str, ...]]]] = {}
    for one in told.findings.remedies:
        answers.setdefault(one.problem, []).append((plans[one.plan], one.score, one.shared))
    number = 0
    for problem in told.findings.problems:
        for plan, score, shared in answers.get(problem.id, [(None, None, ())]):
            number += 1
            yield (
                told.entry.folder, number, told.named(problem.id), told.named(plan.id) if plan else None,
                problem.title or None, (plan.title or None) if plan else None, told.text(problem.span),
                told.text(plan.span) if plan else None, score, shared, desk.address(told.entry.folder, problem.id),
                desk.address(told.entry.folder, plan.id) if plan else None,
            )  # fmt: skip


def _progress(told: Told, desk: Desk) -> Iterator[Row]:
    if told.before is None or told.comparison is None:
        return
    before = told.before
    plans = {item.id: item for item in before.findings.plans}
    for number, one in enumerate(told.comparison.traces, 1):
        plan = plans[one.plan]
        found = one.result
        yield (
            told.entry.folder, number, before.entry.folder, before.named(plan.id), told.named(found) if found else None,
            plan.title or None, before.text(plan.span), told.text(told.spans[found]) if found else None,
            one.score if found else None, one.shared, one.status, desk.address(before.entry.folder, plan.id),
            desk.address(told.entry.folder, found) if found else None,
        )  # fmt: skip


def _completeness(told: Told, desk: Desk) -> Iterator[Row]:
    demands = desk.demands(told.entry.metadata.place)
    for one in told.findings.contents:
        name, optional = demands[one.id]
        yield (
            told.entry.folder, one.id, name, optional, bool(one.where), tuple(map(told.named, one.where)), one.reason,
            desk.address(told.entry.folder, one.where[0]) if one.where else None,
        )  # fmt: skip


def _leftovers(told: Told, desk: Desk) -> Iterator[Row]:
    for number, one in enumerate(told.findings.leftovers, 1):
        yield (
            told.entry.folder, number, *_where(told, one.passage), told.report.source.cut(one.span), one.what, one.reason,
            one.span.start, one.span.end, desk.address(told.entry.folder, one.passage),
        )  # fmt: skip


def _overlaps(told: Told, desk: Desk) -> Iterator[Row]:
    for number, one in enumerate(told.overlaps, 1):
        other = (told.folders or {})[one.other]
        yield (
            told.entry.folder, number, told.named(one.passage), other, f"{other}#{one.elsewhere}", round(one.share, 3),
            tuple(map(told.text, one.runs)), desk.address(told.entry.folder, one.passage),
            desk.address(other, one.elsewhere),
        )  # fmt: skip


_TABLES: Mapping[str, Callable[[Told, Desk], Iterator[Row]]] = {
    "reports": _reports, "sections": _sections, "passages": _passages, "figures": _figures,
    "instruments": _instruments, "topics": _topics, "items": _items, "remedies": _remedies, "progress": _progress,
    "completeness": _completeness, "leftovers": _leftovers, "overlaps": _overlaps,
}  # fmt: skip
