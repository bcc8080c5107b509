"""A report's tree → blocks in the order of the text, ready to be shown.

Every character of the body that is not blank is in exactly one block. A block's `form` says
which macro shows it. What the site adds, marks and notes, comes from `evidence.py`. Read on in `views.py`, which puts the rest of the page around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from govreport_site.addresses import heading_id
from govreport_site.interface import KindName, kind_names
from govreport_site.pages.evidence import NOTHING_ADDED, Added, Remark
from govreport_site.pages.runs import Run, heading_runs, image_runs, marked, runs
from govreport_site.pages.tables import Table, read_table
from govreport_site.report import Kind, Passage, Report, Section
from govreport_site.source import Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `tag` by its depth, for the outline of the page; `level` by its marker, for its face."""

    id: str
    tag: str
    level: int
    runs: tuple[Run, ...]
    form: Literal["heading"] = "heading"
    note: KindName | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One point of a paragraph; `ordinal` is its 一是, empty for the text before the first."""

    ordinal: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, with the heading that stands on its line before it.

    gap      what stands between heading and text: blanks
    note     its kind where that is not its section's
    remarks  what stands beside it, of its heading too
    """

    id: str
    number: int | None
    heading: Heading | None
    gap: str
    pieces: tuple[Piece, ...]
    note: KindName | None = None
    remarks: tuple[Remark, ...] = ()
    form: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; `text` is what was written, shown where no clean table could be read."""

    id: str
    table: Table | None
    text: str
    form: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with an address of its own."""

    id: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one role that stand together: header, title, salutation, sign-off, foot; or an image."""

    form: Literal["header", "title", "salutation", "signoff", "foot", "image"]
    lines: tuple[Line, ...]


Block: TypeAlias = Heading | Paragraph | TableBlock | Lines


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the first rank, or (`kind` None, no heading) text that stands under none."""

    section: Section
    kind: KindName | None
    heading: Heading | None
    blocks: tuple[Block, ...]


def head_passages(report: Report) -> tuple[Passage, ...]:
    """The lines before the text that belong to its head: header lines and title, up to the first other one."""
    if not report.sections or report.sections[0].level != 0:
        return ()
    head: list[Passage] = []
    for passage in report.sections[0].passages:
        if passage.role not in ("title", "header"):
            break
        head.append(passage)
    return tuple(head)


def read_parts(report: Report, added: Added = NOTHING_ADDED) -> Iterator[Part]:
    """The whole body but its head, part by part, with what the site adds to it."""
    names = kind_names()
    head = set(head_passages(report))
    for section in report.sections:
        left = tuple(passage for passage in section.passages if passage not in head)
        if section.level == 0:
            blocks = tuple(_grouped(_section_blocks(report, section, left, None, 2, added)))
            if blocks:
                yield Part(section, None, None, blocks)
            continue
        kind = section.kind or Kind.OTHER
        shown = _heading_runs(report, section, added)
        heading = Heading(heading_id(section.id), "h2", section.level, shown, remarks=added.beside(section.id))
        blocks = tuple(_grouped(_section_blocks(report, section, left, kind, 2, added)))
        yield Part(section, names[kind], heading, blocks)


def section_blocks(report: Report, section: Section, kind: Kind | None) -> tuple[Block, ...]:
    """What stands under a section's heading, without the heading."""
    return tuple(_grouped(_section_blocks(report, section, section.passages, kind, 3, NOTHING_ADDED)))


def passage_blocks(report: Report, passages: Iterable[Passage]) -> tuple[Block, ...]:
    """Passages alone, without the headings between them."""
    return tuple(_grouped(_passage_block(report, passage, None, "", None, NOTHING_ADDED) for passage in passages))


def runs_in(report: Report, section: Section) -> bool:
    """Whether a section's text goes on in the line of its heading."""
    return _gap(report, section) is not None


def _section_blocks(
    report: Report, section: Section, passages: tuple[Passage, ...], kind: Kind | None, depth: int, added: Added
) -> Iterator[Block]:
    for passage in passages:
        yield _passage_block(report, passage, None, "", _other(passage.kind, kind), added)
    for part in section.subsections:
        yield from _part_blocks(report, part, kind, depth + 1, added)


def _part_blocks(report: Report, section: Section, above: Kind | None, depth: int, added: Added) -> Iterator[Block]:
    kind = section.kind or above
    note = _other(section.kind, above)
    shown = _heading_runs(report, section, added)
    remarks = added.beside(section.id)
    heading = Heading(section.id, f"h{min(depth, 6)}", section.level, shown, note=note, remarks=remarks)
    passages = section.passages
    gap = _gap(report, section)
    if gap is not None:
        first, passages = passages[0], passages[1:]
        yield _passage_block(report, first, heading, gap, _other(first.kind, kind) or note, added)
    else:
        yield heading
    yield from _section_blocks(report, section, passages, kind, depth, added)


def _heading_runs(report: Report, section: Section, added: Added) -> tuple[Run, ...]:
    return _with_marks(heading_runs(report.source.cut(section.heading)), section.heading, added)


def _with_marks(found: tuple[Run, ...], span: Span, added: Added) -> tuple[Run, ...]:
    marks = added.within(span)
    return marked(found, span.start, marks) if marks else found


def _gap(report: Report, section: Section) -> str | None:
    """The blanks between a heading and the text in its line; None when it stands alone."""
    first = section.passages[0] if section.passages else None
    if first is None or first.form != "paragraph" or first.role != "text" or not section.heading:
        return None
    gap = report.source.text[section.heading.end : first.span.start]
    return None if "\n" in gap else gap


def _passage_block(
    report: Report, passage: Passage, heading: Heading | None, gap: str, note: KindName | None, added: Added
) -> Block:
    text = report.source.cut(passage.span)
    if passage.form == "table":
        return TableBlock(passage.id, read_table(text), text)
    if passage.form == "image":
        return Lines("image", (Line(passage.id, image_runs(text)),))
    if passage.role in ("header", "title", "salutation", "signoff", "foot"):
        return Lines(passage.role, (Line(passage.id, _with_marks(runs(text), passage.span, added)),))
    remarks = (*(heading.remarks if heading is not None else ()), *added.beside(passage.id))
    return Paragraph(passage.id, passage.number, heading, gap, tuple(_pieces(report, passage, added)), note, remarks)


def _pieces(report: Report, passage: Passage, added: Added) -> Iterator[Piece]:
    def shown(start: int, end: int) -> tuple[Run, ...]:
        return _with_marks(runs(report.source.text[start:end]), Span(start, end), added)

    at = passage.span.start
    for point in passage.points:
        if at < point.span.start:
            yield Piece("", shown(at, point.span.start))
        start, end = point.span.start, point.span.end
        if report.source.text.startswith(point.marker, start, end):
            yield Piece(point.marker, shown(start + len(point.marker), end))
        else:
            yield Piece("", shown(start, end))
        at = end
    if at < passage.span.end:
        yield Piece("", shown(at, passage.span.end))


def _grouped(blocks: Iterable[Block]) -> Iterator[Block]:
    """Lines of one role that follow one another become one block."""
    held: Lines | None = None
    for block in blocks:
        if isinstance(block, Lines) and held is not None and held.form == block.form:
            held = Lines(held.form, held.lines + block.lines)
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(block, Lines):
            held = block
        else:
            yield block
    if held is not None:
        yield held


def _other(own: Kind | None, above: Kind | None) -> KindName | None:
    return kind_names()[own] if own is not None and own is not above else None
