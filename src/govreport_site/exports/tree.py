"""`Report` → its tree as text a person can review, in golden files and in the terminal. Pure.

  issuer_kind     卫生健康  推断：机关名称“许昌市卫生健康委员会”
  一、      133–2760    主要举措和成效  主要工作开展情况  ［s-1］标题含“主要工作”
    （一）    144–821     主要举措和成效  强化政治引领，筑牢法治建设根基  ［s-1-1］同上级标题

In the terminal the same lines have colours and end at its edge. Nothing a report says can
reach the terminal as a command: every piece is made harmless before it is painted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govreport_site.normalise import is_blank
from govreport_site.problems import display_width, harmless
from govreport_site.report import Kind, Passage, Report, Section

_ROLES = {
    "title": "标题",
    "header": "页首",
    "salutation": "称谓",
    "intro": "导语",
    "text": "正文",
    "signoff": "落款",
    "foot": "页尾",
}
_FORMS = {"paragraph": "段", "table": "表", "image": "图"}


# Style → how a terminal is told (SGR). What we say is dim or yellow, what the report says is plain.
_COLOURS = {
    "file": "1", "key": "2", "place": "2", "reason": "2", "inferred": "33", "marker": "1", "title": "1",
    "achievements": "32", "problems": "35", "plans": "36", "leadership": "34", "mixed": "33", "other": "2",
}  # fmt: skip

# How much of a passage is shown where there is no edge, and the least where there is one.
_HEAD_CHARS, _TAIL_CHARS = 16, 6
_LEAST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line. The long one, a passage's text, is shown as far as there is room.

    brief  what stands for it where lines end at an edge
    """

    text: str
    style: str = ""
    long: bool = False
    brief: str | None = None


def tree_lines(
    report: Report, *, kind_names: dict[str, str], width: int | None = None, colours: bool = False
) -> Iterator[str]:
    """Metadata, then every section and passage with its span; a line each.

    width    columns of the terminal, at which lines end; None: no edge
    colours  with the terminal's colours
    """
    for pieces in _lines(report, kind_names):
        yield _written(pieces, width, colours=colours)


def outline_lines(
    report: Report, *, kind_names: dict[str, str], deepest: int, width: int | None = None, colours: bool = False
) -> Iterator[str]:
    """Headings only, down to that many steps below the report: kind, title, length in characters, and why this kind."""
    for section in report.sections:
        for pieces in _heading(report, section, None, 1, deepest, kind_names):
            yield _written(pieces, width, colours=colours)


def _written(pieces: Sequence[_Piece], width: int | None, *, colours: bool) -> str:
    shown = [
        _Piece(
            harmless(piece.text if width is None or piece.brief is None else piece.brief).replace("\n", "⏎"),
            piece.style,
            piece.long,
        )
        for piece in pieces
    ]
    return _painted(_fitted(shown, width), colours=colours)


def _lines(report: Report, kind_names: dict[str, str]) -> Iterator[list[_Piece]]:
    yield [_Piece(report.file, "file")]
    metadata = report.metadata
    for key in metadata.__dataclass_fields__:
        value = getattr(metadata, key)
        if key == "inferred" or value is None:
            continue
        line = [_Piece("  " + _pad(key, 16), "key"), _Piece(str(value))]
        if key in metadata.inferred and key in report.reasons:
            line.append(_Piece(f"  推断：{report.reasons[key]}", "inferred"))
        yield line
    if report.composed:
        yield [_Piece("  （原文没有标题）", "inferred")]
    for section in report.sections:
        yield from _section(report, section, 0, kind_names)


def _section(report: Report, section: Section, depth: int, kind_names: dict[str, str]) -> Iterator[list[_Piece]]:
    indent = "  " * (depth + 1)
    if section.level:
        marker = section.marker.text if section.marker else "#" * section.level
        kind = section.kind.value if section.kind else ""
        yield [
            _Piece(indent + _pad(marker, 10), "marker"),
            _Piece(_pad(f"{section.span.start}–{section.span.end}", 12), "place"),
            _Piece(_pad(kind_names[kind] if kind else "", 16), kind),
            _Piece(section.title, "title"),
            _Piece(f"  ［{section.id}］", "place"),
            _Piece(section.reason, "reason"),
        ]
    for passage in section.passages:
        yield [_Piece(indent + "  "), *_passage(report, passage)]
    for inner in section.subsections:
        yield from _section(report, inner, depth + 1, kind_names)


def _heading(
    report: Report, section: Section, above: Kind | None, depth: int, deepest: int, kind_names: dict[str, str]
) -> Iterator[list[_Piece]]:
    if section.level:
        marker = section.marker.text if section.marker else "#" * section.level
        kind = section.kind.value if section.kind else ""
        yield [
            _Piece("  " * depth + _pad(marker, 10), "marker"),
            _Piece(_pad(kind_names[kind] if kind else "", 16), kind),
            _Piece(section.title, "title"),
            _Piece(f"  {visible_chars(report.source.cut(section.span)):,} 字", "place"),
            # That a part is of its parent's kind goes without saying.
            _Piece(f"  {section.reason}" if section.kind != above else "", "reason"),
        ]
    if depth < deepest or not section.level:
        for inner in section.subsections:
            yield from _heading(report, inner, section.kind, depth + (section.level > 0), deepest, kind_names)


def visible_chars(text: str) -> int:
    """How many characters are not blank."""
    return sum(not is_blank(character) for character in text)


def _passage(report: Report, passage: Passage) -> list[_Piece]:
    name = _ROLES[passage.role] if passage.role != "text" else _FORMS[passage.form]
    number = f"第{passage.number}段" if passage.number else name
    points = "  " + " ".join(f"{p.marker}{p.span.start}–{p.span.end}" for p in passage.points) if passage.points else ""
    return [
        _Piece(_pad(number, 8)),
        _Piece(f"{_pad(f'{passage.span.start}–{passage.span.end}', 12)}{passage.id}  ", "place"),
        _Piece(report.source.cut(passage.span), long=True),
        _Piece(points, "place", brief=f"  {len(passage.points)} 点" if points else None),
    ]


def _fitted(pieces: Sequence[_Piece], width: int | None) -> list[_Piece]:
    """A line's pieces, ending at the edge: the long one gives way first, then what stands last."""
    if width is None:
        return [_Piece(_shortened(p.text), p.style) if p.long else p for p in pieces]
    width -= 1  # a full line would make some terminals begin another
    taken = sum(display_width(piece.text) for piece in pieces if not piece.long)
    room = max(_LEAST_COLUMNS, width - taken)
    left = width
    fitted = []
    for piece in pieces:
        text = _within(piece.text, room) if piece.long else piece.text
        text = _within(text, left)
        left -= display_width(text)
        fitted.append(_Piece(text, piece.style))
        if left <= 0:
            break
    return fitted


def _shortened(text: str) -> str:
    if len(text) <= _HEAD_CHARS + _TAIL_CHARS + 2:
        return text
    return f"{text[:_HEAD_CHARS]}……{text[-_TAIL_CHARS:]}"


def _within(text: str, columns: int) -> str:
    """A text, cut to so many columns."""
    if len(text) <= columns and display_width(text) <= columns:
        return text
    kept = text[: max(0, columns - 1)]
    while kept and display_width(kept) > columns - 1:
        kept = kept[:-1]
    return kept + "…" if columns > 0 else ""


def _painted(pieces: Sequence[_Piece], *, colours: bool) -> str:
    if not colours:
        return "".join(piece.text for piece in pieces)
    return "".join(
        f"\x1b[{_COLOURS[piece.style]}m{piece.text}\x1b[0m" if piece.style and piece.text else piece.text
        for piece in pieces
    )


def _pad(text: str, width: int) -> str:
    return text + " " * max(1, width - display_width(text))
