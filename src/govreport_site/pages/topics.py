"""Catalogue and findings → topics: which there are, which areas speak of them, and what is said there.

    topics/           all topics with their parts
    topics/<id>/      the provinces that speak of one
    topics/<id>/<area>/…   what a province says of a topic and its parts; where that is long, each prefecture has
                      a page of its own, and where that is long, each year but the newest

Parts of a topic have a page that leads on; what is said of them stands with their topic, so that one more
report changes a page a topic, not one a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, starmap
from typing import Any

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry, newest_year_first
from govreport_site.findings import Findings, Tag, TopicName
from govreport_site.graph import digest_of
from govreport_site.interface import KindName, kind_names
from govreport_site.pages.kinds import area_name
from govreport_site.pages.lists import province_name, short_year
from govreport_site.pages.press import Press
from govreport_site.pages.runs import Mark, Run, heading_runs, marked, runs
from govreport_site.pages.sheets import AROUND, LISTED, NAMED, WHOLE, Marks, Sheet
from govreport_site.pages.views import Link, heading_text, issuer_name, year_name
from govreport_site.report import Passage, Report, Section
from govreport_site.source import Span
from govreport_site.topic_names import FIELD, TopicNames

# A page shows the reports of so many; more are parted by prefecture, then by year.
LONGEST_LIST = 12

# Of a longer sentence a page shows what stands around the word.
LONGEST_SENTENCE = 100

_ENDS = re.compile(r"[。！？；!?;\n]+")
_PAUSES = re.compile(r"[，,、：:]")


@dataclass(frozen=True, slots=True)
class TopicList:
    """What one page says of a topic.

    area   a province; where it is parted its own bodies or a prefecture: the first two parts of a place's folder
    years  of a parted area, the newest first; then `entries` are those of `year`
    areas  the prefectures of a parted province
    """

    topic: str
    area: str
    entries: tuple[Entry, ...]
    year: int | None = None
    years: tuple[int | None, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """Its address: the newest year stands for the area."""
        return _page(self.topic, self.area, self.years, self.year)


def _page(topic: str, area: str, years: tuple[int | None, ...], year: int | None) -> str:
    older = years and year != years[0]
    return addresses.topic_page(topic, f"{area}/{year or addresses.UNDATED}" if older else area)


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """Every page of topics."""
    names = TopicNames(marks.vocabulary)
    called = NAMED, digest_of((tuple(map(names.path, names.by_id)), marks.vocabulary.fields))
    speaking = _speaking(catalogue, marks)
    spoken = tuple(sorted(speaking))
    yield Sheet(addresses.TOPICS, "topics", spoken, inputs=(*called, LISTED, digest_of(spoken)))
    for id, topic in names.by_id.items():
        provinces: dict[str, list[Entry]] = {}
        covered = (id,) if topic.under else names.covered(id)
        for number in sorted({number for one in covered for number in speaking.get(one, ())}):
            entry = catalogue.entries[number]
            provinces.setdefault(entry.province, []).append(entry)
        spans = tuple((province, *_span(entries)) for province, entries in provinces.items())
        yield Sheet(addresses.topic_page(id), "topic", (id,), inputs=(*called, LISTED, digest_of(spans)), told=spans)
        if topic.under:
            continue
        for one in chain.from_iterable(starmap(_lists, ((id, *of_province) for of_province in provinces.items()))):
            files = tuple(entry.file for entry in one.entries)
            told = (one.year, one.years, one.areas)
            around = digest_of(told)
            inputs = (
                *called, WHOLE, marks.whole(files), AROUND, around,
            )  # fmt: skip
            yield Sheet(one.page, "topic_area", (id, one.area), files, inputs, files, told=told)


def _speaking(catalogue: Catalogue, marks: Marks) -> dict[str, list[int]]:
    """Topic → which entries of the catalogue have passages of it."""
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(catalogue.entries):
        for topic in marks.traits[entry.file].topics:
            found.setdefault(topic, []).append(number)
    return found


def _lists(topic: str, province: str, entries: list[Entry]) -> Iterator[TopicList]:
    if len(entries) <= LONGEST_LIST:
        yield TopicList(topic, province, tuple(entries))
        return
    areas: dict[str, list[Entry]] = {province: []}
    for entry in entries:
        areas.setdefault(entry.area, []).append(entry)
    others = tuple(area for area in areas if area != province)
    for area, of_area in areas.items():
        below = others if area == province else ()
        if len(of_area) <= LONGEST_LIST:
            yield TopicList(topic, area, tuple(of_area), areas=below)
            continue
        by_year: dict[int | None, list[Entry]] = {}
        for entry in of_area:
            by_year.setdefault(entry.year, []).append(entry)
        years = tuple(sorted(by_year, key=newest_year_first))
        for year in years:
            yield TopicList(topic, area, tuple(by_year[year]), year, years, below)


def _span(entries: Iterable[Entry]) -> tuple[int | None, int | None]:
    years = [entry.year for entry in entries if entry.year is not None]
    return (min(years), max(years)) if years else (None, None)


# --- What pages show ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the list of all. `note`: the part of the Outline it stands for, and that no report speaks of it."""

    name: str
    href: str | None
    note: str
    parts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TopicsView:
    """All topics."""

    crumbs: tuple[Link, ...]
    rows: tuple[TopicRow, ...]


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province that speaks of a topic, and the years of its reports."""

    name: str
    href: str
    years: str


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic: its parts, or what it is a part of; the provinces that speak of it; what departments call it."""

    name: str
    crumbs: tuple[Link, ...]
    lead: str
    parts: tuple[Link, ...]
    rows: tuple[ProvinceRow, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a topic, or (no sentence) a heading that speaks for what stands below it.

    heading  empty where it is that of the sentence before; then its link is called `number`
    note     for how many passages a heading speaks, and that a person decided so
    """

    kind: KindName | None
    href: str
    heading: tuple[Run, ...]
    number: str
    sentence: tuple[Run, ...]
    cut_before: bool = False
    cut_after: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SaidBy:
    """What one report says."""

    issuer: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class SaidGroup:
    """What is said of a topic, or of a part of it, year by year."""

    id: str
    name: str
    years: tuple[tuple[str, tuple[SaidBy, ...]], ...]


@dataclass(frozen=True, slots=True)
class AreaView:
    """What an area says of a topic."""

    name: str
    where: str
    crumbs: tuple[Link, ...]
    lead: str
    areas: tuple[Link, ...]
    years: tuple[Link, ...]
    side: tuple[Link, ...]
    groups: tuple[SaidGroup, ...]


def render_topics(
    press: Press,
    sheet: Sheet,
    catalogue: Catalogue,
    reports: Mapping[str, Report],
    sayings: Mapping[str, Findings],
) -> bytes:
    """A page of topics; `reports` and `sayings` hold those that the sheet names."""
    names = TopicNames(press.vocabulary)
    told: Any = sheet.told
    if sheet.form == "topics":
        return press.print("topics", sheet.page, "study", _topics_view(names, frozenset(sheet.of)))
    if sheet.form == "topic":
        return press.print("topic", sheet.page, "study", _topic_view(press, names, catalogue, str(sheet.of[0]), told))
    topic, area = map(str, sheet.of)
    one = TopicList(topic, area, tuple(catalogue.by_file[file] for file in sheet.reports), *told)
    return press.print("topic_area", sheet.page, "study", _area_view(names, one, catalogue, reports, sayings))


def _topics_view(names: TopicNames, spoken: frozenset[object]) -> TopicsView:
    def link(topic: TopicName) -> Link:
        href = addresses.relative(addresses.TOPICS, addresses.topic_page(topic.id))
        return Link(topic.name, href, "" if spoken & names.covered(topic.id) else "还没有")

    rows = []
    for topic in names.by_id.values():
        if topic.under is None:
            own = link(topic)
            part = f"纲要第{topic.part}部分" if topic.part else ""
            note = "、".join(filter(None, (part, own.note)))
            rows.append(TopicRow(own.text, own.href, note, tuple(map(link, names.parts(topic.id)))))
    return TopicsView((Link("研读", addresses.relative(addresses.TOPICS, addresses.STUDY)), Link("主题")), tuple(rows))


def _topic_view(
    press: Press, names: TopicNames, catalogue: Catalogue, id: str, spans: Iterable[tuple[str, int | None, int | None]]
) -> TopicView:
    topic = names.by_id[id]
    at = addresses.topic_page(id)
    rows = []
    for province, first, last in spans:
        page = addresses.topic_page(topic.under or id, province)
        shown = f"{first}—{last} 年度" if first != last else year_name(first)
        rows.append(ProvinceRow(province_name(catalogue.under[province][0]), addresses.relative(at, page), shown))
    above = names.by_id[topic.under] if topic.under else None
    crumbs = [
        Link("研读", addresses.relative(at, addresses.STUDY)),
        Link("主题", addresses.relative(at, addresses.TOPICS)),
    ]
    if above is not None:
        crumbs.append(Link(above.name, addresses.relative(at, addresses.topic_page(above.id))))
    lead = f"哪些地方的报告说到{_quoted(topic.name)}；从地区进入，看各机关分别怎么说。"
    if above is not None:
        lead += f"它是{_quoted(above.name)}的一部分，与之列在同一页。"
    return TopicView(
        name=topic.name,
        crumbs=(*crumbs, Link(topic.name)),
        lead=lead if rows else f"还没有报告说到{_quoted(topic.name)}。",
        parts=tuple(Link(part.name, addresses.relative(at, addresses.topic_page(part.id))) for part in names.parts(id)),
        rows=tuple(rows),
        fields=press.vocabulary.fields if id == FIELD else (),
    )


def _quoted(name: str) -> str:
    return name if "“" in name else f"“{name}”"


def _area_view(
    names: TopicNames,
    one: TopicList,
    catalogue: Catalogue,
    reports: Mapping[str, Report],
    sayings: Mapping[str, Findings],
) -> AreaView:
    at = one.page
    topic = names.by_id[one.topic]
    province = addresses.province_of(one.area)
    entry = catalogue.under[one.area][0] if one.area in catalogue.under else catalogue.under[province][0]
    where = area_name(entry, one.area)
    crumbs = [
        Link("研读", addresses.relative(at, addresses.STUDY)),
        Link("主题", addresses.relative(at, addresses.TOPICS)),
        Link(topic.name, addresses.relative(at, addresses.topic_page(topic.id))),
    ]
    if one.area != province:
        above = addresses.relative(at, addresses.topic_page(topic.id, province))
        crumbs.append(Link(province_name(entry), above))
    of_year = f" {year_name(one.year)}" if one.years else ""
    groups = tuple(_groups(at, names, one, reports, sayings))
    lead = f"{where}的报告怎么说{_quoted(topic.name)}：每条是一句原文，标出的词是归入这个主题的缘由。"
    if one.areas:
        lead += "以下是省级机关的；各地的从地区进入。" if groups else "各地的从地区进入。"
    return AreaView(
        name=topic.name,
        where=where + of_year,
        crumbs=(*crumbs, Link(where + of_year)),
        lead=lead,
        areas=tuple(
            Link(
                area_name(catalogue.under[area][0], area).removeprefix(province_name(entry)),
                addresses.relative(at, addresses.topic_page(topic.id, area)),
            )
            for area in one.areas
        ),
        years=tuple(
            Link(
                short_year(year),
                addresses.relative(at, _page(topic.id, one.area, one.years, year)) if year != one.year else None,
            )
            for year in one.years
        ),
        side=tuple(Link(group.name, f"#{group.id}") for group in groups) if len(groups) > 1 else (),
        groups=groups,
    )


def _groups(
    at: str, names: TopicNames, one: TopicList, reports: Mapping[str, Report], sayings: Mapping[str, Findings]
) -> Iterator[SaidGroup]:
    """The topic itself, then its parts; of the own field what each kind of department calls it."""
    found: dict[tuple[str, str], dict[int | None, list[SaidBy]]] = {}
    covered = names.covered(one.topic)
    order = [id for id in names.by_id if id in covered]
    for entry in one.entries:
        by_topic: dict[str, list[Tag]] = {}
        for tag in sayings[entry.file].tags:
            if tag.topic in covered:
                by_topic.setdefault(tag.topic, []).append(tag)
        own = names.field(entry.metadata.issuer_kind)
        for id, tags in by_topic.items():
            name = own if id == FIELD and own else names.by_id[id].name
            rows = found.setdefault((id, name), {}).setdefault(entry.year, [])
            rows.append(SaidBy(issuer_name(entry), tuple(_said(at, entry, reports[entry.file], tags))))
    for number, (id, name) in enumerate(sorted(found, key=lambda key: order.index(key[0]))):
        years = found[id, name]
        ordered = sorted(years, key=newest_year_first)
        anchor = id if id != FIELD else f"{id}-{number}"
        yield SaidGroup(anchor, name, tuple((year_name(year), tuple(years[year])) for year in ordered))


def _said(at: str, entry: Entry, report: Report, tags: Iterable[Tag]) -> Iterator[Said]:
    """What tags of one topic show: a heading for all passages it speaks for, else each sentence once."""
    passages = {passage.id: (section, passage) for section, passage in report.passages()}
    headings: dict[str, tuple[Section, Section, Passage, Tag, int]] = {}
    sentences: dict[tuple[str, int], tuple[Section, Passage, list[Span], Span]] = {}
    for tag in tags:
        section, passage = passages[tag.passage]
        caused = section if tag.span is None else _heading_at(report, tag.span)
        if caused is not None:
            known = headings.get(caused.id)
            headings[caused.id] = (caused, section, passage, tag, 1) if known is None else (*known[:4], known[4] + 1)
        elif tag.span is not None:
            span = _sentence(report.source.text, passage.span, tag.span)
            sentences.setdefault((passage.id, span.start), (section, passage, [], span))[2].append(tag.span)
    for caused, section, passage, tag, count in headings.values():
        told = [Mark(tag.span, "shared")] if tag.span is not None else []
        heading = marked(heading_runs(report.source.cut(caused.heading)), caused.heading.start, told)
        below = f"其下 {count} 段" if count > 1 else ""
        note = below if tag.span is not None else "，".join(filter(None, (below, f"由人归入“{tag.word}”")))
        yield Said(*_where(at, entry, section, passage, heading), (), note=note)
    before: Section | None = None
    for section, passage, spans, span in sentences.values():
        shown, cut_before, cut_after = _around(report.source.text, span, spans[0])
        told = [Mark(one, "shared") for one in sorted(set(spans)) if shown.covers(one)]
        text = marked(runs(report.source.cut(shown)), shown.start, told)
        heading = heading_text(report, section) if section is not before else ()
        yield Said(*_where(at, entry, section, passage, heading), text, cut_before, cut_after)
        before = section


def _where(
    at: str, entry: Entry, section: Section, passage: Passage, heading: tuple[Run, ...]
) -> tuple[KindName | None, str, tuple[Run, ...], str]:
    kind = passage.kind or section.kind
    return (
        kind_names()[kind] if kind is not None else None,
        addresses.relative(at, addresses.fragment(entry.page, passage.id)),
        heading,
        f"第 {passage.number} 段" if passage.number is not None else "原文",
    )


def _heading_at(report: Report, span: Span) -> Section | None:
    """The section in whose heading a span lies."""
    return next(
        (section for section in report.walk() if section.heading.start <= span.start < section.heading.end), None
    )


def _sentence(text: str, within: Span, at: Span) -> Span:
    """The sentence of a passage around a span, without blanks at its ends."""
    start = max((end.end() for end in _ENDS.finditer(text, within.start, at.start)), default=within.start)
    ending = _ENDS.search(text, at.end, within.end)
    end = ending.end() if ending is not None else within.end
    cut = text[start:end]
    return Span(start + len(cut) - len(cut.lstrip()), start + len(cut.rstrip()))


def _around(text: str, sentence: Span, at: Span) -> tuple[Span, bool, bool]:
    """What is shown of a sentence, from one pause to another, and whether it begins before and goes on behind that."""
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence, False, False
    half = LONGEST_SENTENCE // 2
    start, end = sentence.start, sentence.end
    if at.start - start > half:
        pause = next(_PAUSES.finditer(text, at.start - half, at.start), None)
        start = pause.end() if pause is not None else at.start - half
    if end - start > LONGEST_SENTENCE:
        pauses = list(_PAUSES.finditer(text, at.end, min(end, max(start + LONGEST_SENTENCE, at.end))))
        end = pauses[-1].start() if pauses else max(start + LONGEST_SENTENCE, at.end)
    return Span(start, end), start > sentence.start, end < sentence.end
