"""Report, catalogue → what a template may see.

In flow the data of floors 1 to 3; out flow frozen views with every text chosen, every number
written and every link relative to the page it stands on. A template shows them and computes
nothing. Read `body.py` for the text of a report, `evidence.py` for what findings add to it;
`home.py`, `lists.py`, `kinds.py` for the pages that list reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from govreport_site import addresses, places
from govreport_site.catalogue import Entry, Neighbours, count_characters
from govreport_site.findings import Findings, Vocabulary
from govreport_site.interface import KindName, kind_names, level_names
from govreport_site.pages.body import Block, Heading, Part, head_passages, passage_blocks, read_parts, runs_in
from govreport_site.pages.citing import Citing, citing_view
from govreport_site.pages.evidence import (
    FigureRow,
    InstrumentRow,
    Required,
    added_to,
    figure_rows,
    instrument_rows,
    names_of_places,
    required,
)
from govreport_site.pages.linked_data import Thing, report_thing
from govreport_site.pages.runs import Run, heading_runs, is_outside
from govreport_site.report import Kind, Report, Section

Cut = Callable[[str], tuple[str, ...]]
"""Text → the pieces between which a title may be broken."""

NOT_GIVEN = "未注明"

_NO_FINDINGS, _NO_NAMES = Findings(), Vocabulary()


@dataclass(frozen=True, slots=True)
class Site:
    """What the corpus says of the whole site. `base`: its address on the web, if it has one."""

    title: str = "法治政府建设年度报告"
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, or (href None) only stand there."""

    text: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class KindLink:
    """A kind, where its fellows stand, and how many there are."""

    kind: KindName
    href: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line of a title, in pieces between which it may be broken; `id` where it stands in the text."""

    id: str | None
    pieces: tuple[str, ...]
    notation: str = ""


@dataclass(frozen=True, slots=True)
class HeadPart:
    """Of the head of a report: its title (h1), the title once more, or lines around it."""

    title: tuple[TitleLine, ...]
    main: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the metadata. `reason`: why we think so, where nobody has confirmed it."""

    name: str
    text: str
    href: str | None = None
    code: str = ""
    reason: str | None = None
    absent: bool = False
    wide: bool = False
    date: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the site says what the report does not: a name, and the words that led to it."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class RailItem:
    """A line of the contents; `hang`: it begins with a marker as wide as （一）."""

    href: str
    runs: tuple[Run, ...]
    hang: bool


@dataclass(frozen=True, slots=True)
class RailPart:
    """A section of the first rank in the contents, with its parts."""

    kind: KindName
    href: str
    runs: tuple[Run, ...]
    count: str
    parts: tuple[RailItem, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A section of the first rank, as shown: its kind, the way to its fellows, its size, its text."""

    id: str
    kind: KindName | None
    heading: Heading | None
    fellows: str
    size: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TurnCell:
    """One of the two cells under a report: reports to turn to, or what is missing."""

    name: str
    links: tuple[Link, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report's page."""

    title: str
    crumbs: tuple[Link, ...]
    head: tuple[HeadPart, ...]
    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    has_points: bool
    compare: str
    has_marks: bool
    rail: tuple[RailPart, ...]
    parts: tuple[PartView, ...]
    citing: Citing
    thing: Thing
    figures: tuple[FigureRow, ...]
    instruments: tuple[InstrumentRow, ...]
    required: Required | None
    source: tuple[Fact, ...]
    colophon: tuple[str, ...]
    turn: tuple[TurnCell, ...]
    published: str | None
    issuer: str | None


def report_view(
    report: Report,
    entry: Entry,
    neighbours: Neighbours,
    site: Site,
    cut: Cut,
    findings: Findings = _NO_FINDINGS,
    vocabulary: Vocabulary = _NO_NAMES,
) -> ReportView:
    """What the page of one report shows. Of other reports it needs no more than its neighbours."""
    at = entry.page
    address = addresses.absolute(site.base, at) if site.base else None
    names = names_of_places(report)
    added = added_to(report, findings, names)
    parts = tuple(read_parts(report, added))
    facts = tuple(_facts(report, entry))
    return ReportView(
        title=shown_title(entry),
        crumbs=_crumbs(entry),
        head=tuple(_head(report, entry, cut)),
        facts=facts,
        reasons=tuple(_reasons(report, facts)),
        has_points=entry.points > 0,
        compare=addresses.comparison(entry.page, [entry.folder]),
        has_marks=bool(added.marks),
        rail=tuple(_rail_part(report, part) for part in parts if part.kind is not None),
        parts=tuple(_part(report, entry, part) for part in parts),
        citing=citing_view(report.metadata, entry, site.base),
        thing=report_thing(report.metadata, entry, site.base),
        figures=figure_rows(at, findings, vocabulary, names),
        instruments=instrument_rows(at, findings, names),
        required=required(entry, findings, vocabulary, names),
        source=tuple(_source(report)),
        colophon=tuple(_colophon(report, address)),
        turn=tuple(_turn(entry, neighbours)),
        published=report.metadata.published,
        issuer=report.metadata.issuer,
    )


def shown_title(entry: Entry) -> str:
    """A title that we put together stands in 〔 〕, as archivists do."""
    return f"〔{entry.title}〕" if entry.composed else entry.title


def number(value: int) -> str:
    """1060 → 1,060."""
    return f"{value:,}"


def year_name(year: int | None) -> str:
    """2025 → 2025 年度."""
    return f"{year} 年度" if year is not None else "年度未注明"


def place_name(place: str, code: str | None) -> str:
    """The name of the place itself: 许昌市. `place` is its folder, `code` None for what has no code."""
    found = places.place(code) if code is not None else None
    if found is not None:
        return found.name
    return "国家机关" if place == addresses.NATIONAL else "地区未注明"


def full_place_name(place: str, code: str | None) -> str:
    """The name of a place from the province down: 河南省许昌市."""
    if code is None:
        return place_name(place, code)
    return "".join(above.name for above in places.lineage(code))


def place_crumbs(at: str, place: str, code: str | None, *, link_last: bool) -> tuple[Link, ...]:
    """全国 ／ 河南省 ／ 许昌市."""
    crumbs = [Link("全国", addresses.relative(at, addresses.PLACES))]
    if code is None:
        crumbs.append(Link(place_name(place, code), addresses.relative(at, addresses.page_in(place))))
    for above in places.lineage(code) if code is not None else ():
        page = addresses.page_in(addresses.folder_of_code(above.code) or addresses.UNPLACED)
        crumbs.append(Link(above.name, addresses.relative(at, page)))
    if not link_last:
        crumbs[-1] = Link(crumbs[-1].text)
    return tuple(crumbs)


def issuer_name(entry: Entry) -> str:
    """Who reports, for people."""
    return entry.metadata.issuer or "发文机关未注明"


def who(entry: Entry) -> str:
    """What a report stands under in a list of issuers: its issuer, else its title."""
    return entry.metadata.issuer or shown_title(entry)


def local_name(entry: Entry) -> str:
    """The name of a report's place below its province: 南阳市宛城区; a province's own name."""
    line = places.lineage(entry.code) if entry.code else ()
    return "".join(place.name for place in line[1:] or line) or place_name(entry.place, None)


def _crumbs(entry: Entry) -> tuple[Link, ...]:
    above = place_crumbs(entry.page, entry.place, entry.code, link_last=True)
    issuer = Link(issuer_name(entry), addresses.relative(entry.page, addresses.page_in(entry.issuer)))
    return (*above, issuer, Link(year_name(entry.year)))


def _head(report: Report, entry: Entry, cut: Cut) -> list[HeadPart]:
    """The lines above the text, in their order; a title of our own where they hold none."""
    head: list[HeadPart] = []
    lines = head_passages(report)
    main = False
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].role == lines[at].role:
            end += 1
        if lines[at].role == "title":
            title = tuple(_title_line(line.id, report.source.cut(line.span), cut) for line in lines[at:end])
            head.append(HeadPart(title, not main, ()))
            main = True
        else:
            head.append(HeadPart((), False, passage_blocks(report, lines[at:end])))
        at = end
    if not main:
        head.insert(0, HeadPart((TitleLine(None, cut(shown_title(entry))),), True, ()))
    return head


def _title_line(anchor: str, text: str, cut: Cut) -> TitleLine:
    # Markdown's # is no part of a title, yet it was published: it stays, unseen.
    words = text.lstrip("#").lstrip()
    return TitleLine(anchor, cut(words), text[: len(text) - len(words)])


def _facts(report: Report, entry: Entry) -> list[Fact]:
    metadata = report.metadata
    at = entry.page

    def fact(name: str, text: str | None, field: str, *, to: str | None = None, code: str = "") -> Fact:
        if text is None:
            return Fact(name, NOT_GIVEN, absent=True)
        reason = None
        if field in metadata.inferred:
            reason = report.reasons.get(field) or "由程序推断，尚未经人核对"
        href = addresses.relative(at, to) if to else None
        return Fact(name, text, href, code, reason, date=field in ("dated", "published") and _is_day(text))

    place: str | None = full_place_name(entry.place, entry.code)
    if entry.place == addresses.UNPLACED:
        place = f"代码 {metadata.place}" if metadata.place else None
    facts = [
        fact("发文机关", metadata.issuer, "issuer", to=addresses.page_in(entry.issuer)),
        fact("报告年度", _text(metadata.year), "year", to=addresses.year_page(metadata.year)),
        fact("地区", place, "place", to=addresses.page_in(entry.place), code=entry.code or ""),
        fact("机关类别", metadata.issuer_kind, "issuer_kind", to=addresses.issuer_kind_page(entry.kind_slug)),
        fact("层级", level_names().get(metadata.level or ""), "level"),
        fact("发文字号", metadata.document_number, "document_number"),
        fact("成文日期", metadata.dated, "dated"),
        fact("发布日期", metadata.published, "published"),
    ]
    if metadata.index_number:
        facts.append(fact("索引号", metadata.index_number, "index_number"))
    extent = [(entry.sections, "部分"), (entry.items, "项"), (entry.points, "点")]
    counted = " ".join(f"{value} {unit}" for value, unit in extent if value)
    size = f"{number(entry.characters)} 字"
    facts.append(Fact("篇幅", f"{counted}，{size}" if counted else size, wide=True))
    return facts


def _reasons(report: Report, facts: Iterable[Fact]) -> Iterator[Reason]:
    for fact in facts:
        if fact.reason is not None:
            yield Reason(f"{fact.name}“{fact.text}”", fact.reason)
    for section in report.sections:
        if section.level > 0 and section.reason:
            name = kind_names()[section.kind or Kind.OTHER].name
            heading = "".join(run.text for run in heading_text(report, section) if run.form != "notation")
            yield Reason(f"“{heading}”归入“{name}”", section.reason)


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _rail_part(report: Report, part: Part) -> RailPart:
    section = part.section
    below = tuple(_rail_item(report, child) for child in section.subsections)
    assert part.kind is not None
    return RailPart(
        part.kind,
        "#" + section.id,
        heading_text(report, section),
        f"{len(below)} 项" if below else "",
        below,
    )


def _rail_item(report: Report, section: Section) -> RailItem:
    anchor = section.passages[0].id if runs_in(report, section) else section.id
    return RailItem("#" + anchor, heading_text(report, section), hangs(section))


def hangs(section: Section) -> bool:
    """Whether a heading begins with a full-width marker, behind which its second line is set."""
    return section.marker is not None and section.marker.text.startswith("（")


def heading_text(report: Report, section: Section) -> tuple[Run, ...]:
    """A heading as a list shows it: without Markdown's notation and without the mark that closes it."""
    text = re.sub(r"^#{1,6}\s+", "", report.source.cut(section.heading)).strip()
    return heading_runs(text.rstrip("。：:．.；;，,") or text)


def _part(report: Report, entry: Entry, part: Part) -> PartView:
    section = part.section
    if part.kind is None:
        return PartView("", None, None, "", "", part.blocks)
    kind = Kind(part.kind.value)
    # A mixed section whose parts are all typed has no fellows of its own kind: then the kind's own page.
    to = addresses.kind_page(kind)
    if entry.count(kind) is not None:
        to = addresses.kind_list_page(kind, entry.year, entry.province)
    passages = [passage for below in section.walk() for passage in below.passages]
    points = sum(len(passage.points) for passage in passages)
    spans = [passage.span for passage in passages]
    spans += [below.heading for below in section.walk() if below is not section]
    characters = sum(count_characters(report.source.cut(span)) for span in spans)
    counted = " ".join(f"{n} {unit}" for n, unit in ((len(section.subsections), "项"), (points, "点")) if n)
    size = f"{number(characters)} 字"
    return PartView(
        section.id,
        part.kind,
        part.heading,
        addresses.relative(entry.page, to),
        f"{counted}，{size}" if counted else size,
        part.blocks,
    )


def _source(report: Report) -> Iterator[Fact]:
    metadata = report.metadata
    if metadata.source_url:
        href = metadata.source_url if is_outside(metadata.source_url) else None
        yield Fact("原文地址", metadata.source_url, href, wide=True, outside=href is not None)
    else:
        yield Fact("原文地址", NOT_GIVEN, absent=True, wide=True)
    if metadata.source_file:
        yield Fact("原件", metadata.source_file, wide=True)
    if metadata.source_sha256:
        yield Fact("校验值", f"SHA-256 {metadata.source_sha256}", wide=True)
    yield Fact("本站文本", report.file, wide=True)


def _colophon(report: Report, address: str | None) -> list[str]:
    metadata = report.metadata
    lines = [f"来源：{metadata.issuer or NOT_GIVEN}　报告年度：{metadata.year or NOT_GIVEN}"]
    if address:
        lines.append(f"地址：{address}")
    if metadata.source_url:
        lines.append(f"原文：{metadata.source_url}")
    lines.append("正文照发布时的原样登载。")
    return lines


def _turn(entry: Entry, near: Neighbours) -> list[TurnCell]:
    fellows = [
        Link(issuer_name(other), addresses.relative(entry.page, other.page), word)
        for other, word in ((near.previous, "上一份"), (near.next, "下一份"))
        if other is not None
    ]
    years = [
        Link(year_name(other.year), addresses.relative(entry.page, other.page), word)
        for other, word in ((near.earlier, "上一份"), (near.later, "下一份"))
        if other is not None
    ]
    return [
        TurnCell("同类机关，同一年度", tuple(fellows), "其他地区尚未收录"),
        TurnCell("本机关，其他年度", tuple(years), "尚未收录"),
    ]
