"""What `add` shows of a report before it is filed: its parts, its metadata with reasons, what a new version changes. Pure.

In flow a report and what is told of it; out flow lines for the terminal, all of them harmless.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from govreport_site import places
from govreport_site.exports.tree import outline_lines, visible_chars
from govreport_site.normalise import normalise
from govreport_site.problems import Problem, display_width, harmless
from govreport_site.report import Report

# What the keys of front matter are called.
_NAMES = {
    "title": "标题", "issuer": "发文机关", "issuer_kind": "机关类别", "slug": "网址用名", "place": "地区", "level": "层级",
    "year": "报告年度", "published": "发布日期", "dated": "成文日期", "document_number": "发文字号",
    "index_number": "索引号", "source_url": "来源网址",
}  # fmt: skip
# Where the reasons begin; behind a longer value, two blanks further on.
_VALUE_COLUMNS = 24
_ALL_DEPTHS = 9

# How many changed paragraphs are shown, and how much of each around its first difference.
_SHOWN = 6
_BEFORE_CHARS, _SHOWN_CHARS = 12, 48


@dataclass(frozen=True, slots=True)
class Told:
    """One value of the metadata, and in Chinese from where.

    inferred  whether nobody has confirmed it, neither a person nor the page it came from
    """

    value: str | int
    reason: str
    inferred: bool = False


def understood_lines(
    report: Report, told: dict[str, Told], *, kind_names: dict[str, str], brief: bool, width: int | None, colours: bool
) -> Iterator[str]:
    """Metadata with reasons, then every heading with its kind and length. brief: of the headings only the first level."""
    for key, one in told.items():
        value = str(one.value)
        if key == "place":
            value += "（" + "".join(place.name for place in places.lineage(value)) + "）"
        reason = f"推断：{one.reason}" if one.inferred else one.reason
        if colours:
            reason = f"\x1b[{'33' if one.inferred else '2'}m{_line(reason)}\x1b[0m"
        named = _padded(_NAMES[key], 10) + _padded(key, 16)
        yield f"  {named}{_padded(_line(value), _VALUE_COLUMNS)}  {reason if colours else _line(reason)}".rstrip()
    yield from outline_lines(
        report, kind_names=kind_names, deepest=1 if brief else _ALL_DEPTHS, width=width, colours=colours
    )
    passages = sum(1 for _ in report.passages())
    headings = sum(1 for section in report.walk() if section.level)
    rest = "；下级标题在单独收录这一份时列出" if brief else ""
    yield f"  共 {headings} 个标题，{passages} 段，{visible_chars(report.source.text):,} 字{rest}"


def problem_line(problem: Problem) -> str:
    """A problem where there is room for no more than a line."""
    word = {"error": "错误", "warning": "提醒"}[problem.severity]
    return _line(f"  {word}：第 {problem.line} 行，{problem.found}  [{problem.code}]")


def difference_lines(old: str, new: str) -> Iterator[str]:
    """Paragraphs of two versions that differ, side by side, each around its first difference."""
    before, after = (tuple(filter(None, map(str.strip, text.split("\n")))) for text in (old, new))
    matcher = SequenceMatcher(None, [normalise(one) for one in before], [normalise(one) for one in after], False)
    pairs: list[tuple[str | None, str | None]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            gone, come = before[i:j], after[k:m]
            for row in range(max(len(gone), len(come))):
                pairs.append((gone[row] if row < len(gone) else None, come[row] if row < len(come) else None))
    for was, now in pairs[:_SHOWN]:
        at = _first_difference(was or "", now or "") if was is not None and now is not None else 0
        yield "  原：" + ("（没有这一段）" if was is None else _cut(was, at))
        yield "  新：" + ("（没有这一段）" if now is None else _cut(now, at))
    if len(pairs) > _SHOWN:
        yield f"  另有 {len(pairs) - _SHOWN} 段不同"


def _first_difference(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(text: str, at: int) -> str:
    start = max(0, at - _BEFORE_CHARS)
    end = start + _SHOWN_CHARS
    return ("…" if start else "") + _line(text[start:end]) + ("…" if end < len(text) else "")


def _line(text: str) -> str:
    """On one line, whatever it holds."""
    return harmless(text).replace("\n", "⏎")


def _padded(text: str, width: int) -> str:
    return text + " " * max(1, width - display_width(text))
