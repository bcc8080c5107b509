"""A report → its items of a kind: this problem, that plan, one thing that was done. Pure.

An item stands under a heading of its own （一）…, or is a paragraph of a section without such headings,
or, where a paragraph says 一是…二是…, one of its points. A part that holds problems and plans in one is
taken apart by the kinds its sections and passages have (`report.Kind`). What only leads in
(“主要有以下问题：”) is no item, nor is a heading of reasons (原因) among problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govreport_site.findings import Item
from govreport_site.report import Kind, Passage, Report, Section


def items(report: Report, kind: Kind) -> tuple[Item, ...]:
    """Every item of a kind, in the order of the text."""
    return tuple(item for top in report.sections for item in _within(report, top, kind, top=True))


def anchor(id_: str) -> str:
    """The id of the section or passage that an item's id leads to."""
    return id_.partition(".")[0]


# Words of a title that says what kind of content follows and names nothing of it: 存在的主要问题, 下一步工作打算.
_BARE = re.compile(
    "存在|面临|主要|突出|当前|目前|工作|法治|政府|依法行政|建设|推进|方面|情况|问题|不足|短板|困难|薄弱环节|差距|弱项|挑战"
    "|下一?步|下一?年度?|今后|明年|来年|年度?|打算|计划|安排|思路|措施|举措|改进|方向|重点|任务|努力|整改|落实|成效|做法"
    "|[0-9０-９的和与及以、，,：:。]"
)
_REASONS = re.compile("^(?!.*(问题|不足|短板|困难)[和与及、]).*原因")
# A paragraph that only leads to those below it.
_LEADS_IN = re.compile("[：:]$")
_CLAUSE = re.compile("[^。；;，,：:！!？?\n]+")


def _within(report: Report, section: Section, kind: Kind, *, top: bool = False) -> Iterator[Item]:
    """Items of a section, which is one itself where its heading names it and it stands in a part of another kind."""
    if section.kind is kind:
        if top or _is_bare(section.title):
            yield from _parts(report, section, kind)
        else:
            yield _whole(section, 1)
        return
    yield from _paragraphs(report, [passage for passage in section.passages if passage.kind is kind])
    for child in section.subsections:
        yield from _within(report, child, kind)


def _parts(report: Report, section: Section, kind: Kind) -> Iterator[Item]:
    """What stands under a heading that names a kind of content."""
    if section.subsections:
        for place, child in enumerate(section.subsections, 1):
            if child.kind is not kind:
                yield from _within(report, child, kind)
            elif kind is Kind.PROBLEMS and _REASONS.search(child.title):
                continue
            elif _is_bare(child.title):
                yield from _parts(report, child, kind)
            else:
                yield _whole(child, place)
        return
    passages = [passage for passage in section.passages if passage.kind in (None, kind)]
    if len(passages) == 1 and not passages[0].points and not _is_bare(section.title):
        yield _whole(section, 1)
    else:
        yield from _paragraphs(report, passages)


def _whole(section: Section, place: int) -> Item:
    ordinal = section.marker.ordinal if section.marker is not None else place
    return Item(section.id, section.key, section.title, section.span, ordinal)


def _paragraphs(report: Report, passages: list[Passage]) -> Iterator[Item]:
    text = report.source.text
    count = 0
    for passage in passages:
        if passage.role != "text" or passage.form != "paragraph":
            continue
        if len(passage.points) > 1:
            for number, point in enumerate(passage.points, 1):
                title = _opening(text, point.span.start + len(point.marker), point.span.end)
                yield Item(f"{passage.id}.{number}", passage.id, title, point.span, number)
        elif len(passages) == 1 or not _LEADS_IN.search(text[passage.span.start : passage.span.end]):
            count += 1
            lead = len(passage.points[0].marker) if passage.points else 0
            title = _opening(text, passage.span.start + lead, passage.span.end)
            yield Item(passage.id, passage.id, title, passage.span, count)


def _opening(text: str, start: int, end: int) -> str:
    match = _CLAUSE.search(text, start, end)
    return match[0].strip() if match else ""


def _is_bare(title: str) -> bool:
    return len(_BARE.sub("", title)) < 2


def pieces(report: Report) -> tuple[Item, ...]:
    """What was done, in the smallest parts that have an address: all but problems and plans, in the order of the text.

    A section of one plain paragraph is one piece under its heading; else each paragraph, or point of one, is.
    """
    return tuple(piece for section in report.walk() if section.level for piece in _done(report, section))


_NOT_DONE = (Kind.PROBLEMS, Kind.PLANS)


def _done(report: Report, section: Section) -> Iterator[Item]:
    passages = [passage for passage in section.passages if (passage.kind or section.kind) not in _NOT_DONE]
    if len(passages) == 1 and not section.subsections and len(passages[0].points) < 2:
        yield _whole(section, 1)
    else:
        yield from _paragraphs(report, passages)
