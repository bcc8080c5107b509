"""Findings → what the site adds to one report's page: marks and notes in its text, lists behind it.

In flow a report, its findings and what these are called; out flow frozen views. All of it is a candidate
with the words that caused it; nothing here judges. `body.py` puts marks and notes into the text, `views.py`
the lists behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from govreport_site import addresses
from govreport_site.catalogue import Entry
from govreport_site.findings import Findings, Instrument, Item, RuleName, Timeliness, Vocabulary
from govreport_site.interface import class_names
from govreport_site.pages.runs import Mark
from govreport_site.report import Passage, Report, Section
from govreport_site.source import Span

# So many of the shared words stand in a note; the page of remedies shows all of them in their texts.
_SHARED_IN_A_NOTE = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the way there, how the place is called (三（一）, 第 9 段), what it is headed."""

    href: str
    label: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note beside a problem or a plan.

    name    可参看安排, 可参看不足; or what was not found, and then there are no places
    of      which point of the paragraph it is about: 二是; empty where it is about all of it
    shared  words that both texts have
    first   whether it is the first of its kind in the report, which says what notes are
    """

    name: str
    of: str
    places: tuple[Place, ...] = ()
    shared: tuple[str, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What the site adds to the text of a report.

    marks    in order, none overlapping another
    remarks  by the id of the section or passage they stand beside
    """

    marks: tuple[Mark, ...] = ()
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)

    def within(self, span: Span) -> tuple[Mark, ...]:
        """The marks of a stretch, those that only reach into it too."""
        first = bisect_right(self.marks, span.start, key=lambda mark: mark.span.end)
        return self.marks[first : bisect_left(self.marks, span.end, key=lambda mark: mark.span.start)]

    def beside(self, anchor: str) -> tuple[Remark, ...]:
        """The notes beside a section or a passage."""
        return self.remarks.get(anchor, ())


NOTHING_ADDED = Added()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as written, what it counts, the indicator it is of (name and page), where it stands."""

    text: str
    counted: str
    indicator: Place | None
    place: Place


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A titled text: its anchor, how it is written, other ways of writing it, its class, the search for it, where it stands."""

    id: str
    title: str
    also: tuple[str, ...]
    class_: str
    href: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A content that the rule asks for; no places: not found. `reason`: why, or what was looked for."""

    name: str
    places: tuple[Place, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Required:
    """What the rules ask of a report, and what of it was found; when it was to be public, and when it was."""

    rules: str
    contents: tuple[ContentRow, ...]
    timely: str
    dates: str


# --- In the text --------------------------------------------------------------------------


Names = Mapping[str, str]
"""Id of a section, passage or point → what its place is called."""


def added_to(report: Report, findings: Findings, names: Names) -> Added:
    """Marks and notes for the text of a report; `names` as `names_of_places` gives them."""
    if findings.problems or findings.plans:
        return Added(_marks(findings), _remarks(report, findings, names))
    return Added(_marks(findings))


def names_of_places(report: Report) -> Names:
    """What each section, passage and point is called, by its id: 三（一）, 第 9 段, 第 9 段二是."""
    return dict(_names(report.sections, ""))


def _names(sections: Iterable[Section], above: str) -> Iterator[tuple[str, str]]:
    for section in sections:
        own = above + (section.marker.text.rstrip("、.．，, ") if section.marker is not None else "")
        yield section.id, own or section.title
        for passage in section.passages:
            name = f"第 {passage.number} 段" if passage.number is not None else _unnumbered(passage)
            yield passage.id, name
            for number, point in enumerate(passage.points, 1):
                yield f"{passage.id}.{number}", name + point.marker
        yield from _names(section.subsections, own)


def _unnumbered(passage: Passage) -> str:
    if passage.form != "paragraph":
        return "表格" if passage.form == "table" else "附图"
    return {"title": "标题", "signoff": "落款", "foot": "文末"}.get(passage.role, "文首")


def _marks(findings: Findings) -> tuple[Mark, ...]:
    numbers = {key: number for number, key in enumerate(dict.fromkeys(one.key for one in findings.instruments), 1)}
    every = [Mark(figure.span, "figure") for figure in findings.figures]
    every += [Mark(one.span, "instrument", f"#{_work(numbers[one.key])}") for one in findings.instruments]
    return apart(every)


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks in order; of those that overlap the one that begins first, the longer of two that begin together."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        if not kept or mark.span.start >= kept[-1].span.end:
            kept.append(mark)
    return tuple(kept)


def _remarks(report: Report, findings: Findings, names: Names) -> dict[str, tuple[Remark, ...]]:
    points = {
        f"{passage.id}.{number}": point.marker
        for _, passage in report.passages()
        for number, point in enumerate(passage.points, 1)
    }
    plans = {plan.id: plan for plan in findings.plans}
    problems = {problem.id: problem for problem in findings.problems}
    remedies = {remedy.problem: remedy for remedy in findings.remedies}
    answered: dict[str, list[Item]] = {}
    for remedy in findings.remedies:
        answered.setdefault(remedy.plan, []).append(problems[remedy.problem])

    def place(item: Item) -> Place:
        return Place(f"#{item.anchor}", names.get(item.id, ""), item.title)

    found: dict[str, list[Remark]] = {}
    for number, problem in enumerate(findings.problems):
        of = points.get(problem.id, "")
        remark = Remark("未见对应的安排", of, first=number == 0)
        if (answer := remedies.get(problem.id)) is not None:
            shared = answer.shared[:_SHARED_IN_A_NOTE]
            remark = Remark("可参看安排", of, (place(plans[answer.plan]),), shared, number == 0)
        found.setdefault(problem.anchor, []).append(remark)
    first = True
    for plan in findings.plans:
        if of_plan := answered.get(plan.id):
            remark = Remark("可参看不足", points.get(plan.id, ""), tuple(map(place, of_plan)), first=first)
            found.setdefault(plan.anchor, []).append(remark)
            first = False
    return {anchor: tuple(remarks) for anchor, remarks in found.items()}


# --- Behind the text ----------------------------------------------------------------------


def figure_rows(at: str, findings: Findings, vocabulary: Vocabulary, names: Names) -> tuple[FigureRow, ...]:
    """Every figure, in the order of the text; links as seen from the page `at`."""
    indicators = {indicator.id: indicator.name for indicator in vocabulary.indicators}
    rows = []
    for figure in findings.figures:
        id_ = figure.indicator
        indicator = None
        if id_ in indicators:
            indicator = Place(addresses.relative(at, addresses.indicator_page(id_)), indicators[id_])
        place = Place(f"#{figure.passage}", names.get(figure.passage, "原文"))
        rows.append(FigureRow(figure.text, figure.counted, indicator, place))
    return tuple(rows)


def instrument_rows(at: str, findings: Findings, names: Names) -> tuple[InstrumentRow, ...]:
    """Every instrument once, in the order of the text, however often and in however many ways it is written."""
    named: dict[str, list[Instrument]] = {}
    for one in findings.instruments:
        named.setdefault(one.key, []).append(one)
    rows = []
    for number, mentions in enumerate(named.values(), 1):
        title = mentions[0].title
        ways = dict.fromkeys([*(one.title for one in mentions), *(one.short for one in mentions if one.short)])
        rows.append(
            InstrumentRow(
                _work(number),
                title,
                tuple(way for way in ways if way != title),
                class_names()[mentions[0].class_],
                addresses.relative(at, addresses.SEARCH) + "?q=" + quote(_query(title)),
                tuple(
                    Place(f"#{passage}", names.get(passage, "原文"))
                    for passage in dict.fromkeys(one.passage for one in mentions)
                ),
            )
        )
    return tuple(rows)


def _query(title: str) -> str:
    # What all reports say of it is asked for: a page of its own exists only where other reports name it too.
    return f'"{title}"' if re.search(r"\s", title) else title


def _work(number: int) -> str:
    return f"w-{number}"


def required(entry: Entry, findings: Findings, vocabulary: Vocabulary, names: Names) -> Required | None:
    """What the rules of its place ask of a report; None where no rule asks for anything."""
    rules = rules_of(vocabulary, entry.code)
    if not rules or not findings.contents:
        return None
    called = {content.id: content.name for rule in rules for content in rule.contents}
    rows = tuple(
        ContentRow(
            called.get(content.id, content.id),
            tuple(Place(f"#{where}", names.get(where, "原文")) for where in content.where),
            content.reason,
        )
        for content in findings.contents
    )
    return Required(
        "；".join(rule_words(rule, entry.year) for rule in rules),
        rows,
        timeliness_name(findings.timeliness),
        _dates(rules, findings.due, entry.metadata.published),
    )


def rules_of(vocabulary: Vocabulary, code: str | None) -> tuple[RuleName, ...]:
    """The rules that reports of a place (its code) fall under, the national ones first."""
    province = code[:2] + "0000" if code else None
    fitting = [rule for rule in vocabulary.rules if rule.place in (None, province)]
    return tuple(sorted(fitting, key=lambda rule: (rule.place is not None, rule.id)))


def timeliness_name(timeliness: Timeliness) -> str:
    """按期, 当日, 逾期, 未注明."""
    return {"on_time": "按期", "on_the_day": "当日", "late": "逾期", "unknown": "未注明"}[timeliness]


def rule_words(rule: RuleName, year: int | None = None) -> str:
    """A rule's name, with what keeps it from being applied as it stands to a report on a year (None: to any)."""
    words = f"《{rule.name}》"
    if not rule.verified:
        words += "（条文没有见到，暂按国家规定对照）"
    if rule.first_year is not None and (year is None or year < rule.first_year):
        words += f"（自 {rule.first_year} 年度起，此前的报告只作参照）"
    return words


def _dates(rules: Iterable[RuleName], due: str | None, published: str | None) -> str:
    public = f"{published} 发布" if published else "发布日期未注明"
    if due is None:
        return f"没有可以对照的期限，{public}"
    article = next((f"（《{rule.name}》{rule.article}）" for rule in rules if rule.article), "")
    return f"应在 {due} 之前公开{article}，{public}"
