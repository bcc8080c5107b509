"""`Report` → its tree as text a person can review, in the terminal and in golden files. Pure.

一、        133–2760  主要举措和成效  主要工作开展情况  （标题含“工作开展情况”）
（一）      144–821   同上            强化政治引领，筑牢法治建设根基  [s-1-1] 4 点
"""

from __future__ import annotations

from collections.abc import Iterator

from govreport_site.problems import display_width
from govreport_site.report import Passage, Report, Section

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


def tree_lines(report: Report, *, kind_names: dict[str, str]) -> Iterator[str]:
    """Metadata, then every section and passage with its span; a line each."""
    yield report.file
    metadata = report.metadata
    for key in metadata.__dataclass_fields__:
        value = getattr(metadata, key)
        if key == "inferred" or value is None:
            continue
        why = f"  推断：{report.reasons[key]}" if key in metadata.inferred and key in report.reasons else ""
        yield f"  {_pad(key, 16)}{value}{why}"
    if report.composed:
        yield "  （原文没有标题）"
    for section in report.sections:
        yield from _section(report, section, 0, kind_names)


def _section(report: Report, section: Section, depth: int, kind_names: dict[str, str]) -> Iterator[str]:
    indent = "  " * (depth + 1)
    if section.level:
        marker = section.marker.text if section.marker else "#" * section.level
        kind = kind_names[section.kind.value] if section.kind else ""
        span = f"{section.span.start}–{section.span.end}"
        yield f"{indent}{_pad(marker, 10)}{_pad(span, 12)}{_pad(kind, 16)}{section.title}  ［{section.id}］{section.reason}"
    for passage in section.passages:
        yield indent + "  " + _passage(report, passage)
    for inner in section.subsections:
        yield from _section(report, inner, depth + 1, kind_names)


def _passage(report: Report, passage: Passage) -> str:
    text = report.source.cut(passage.span).replace("\n", "⏎")
    shown = text if len(text) <= 24 else f"{text[:16]}……{text[-6:]}"
    name = _ROLES[passage.role] if passage.role != "text" else _FORMS[passage.form]
    number = f"第{passage.number}段" if passage.number else name
    points = "  " + " ".join(f"{p.marker}{p.span.start}–{p.span.end}" for p in passage.points) if passage.points else ""
    return f"{_pad(number, 8)}{_pad(f'{passage.span.start}–{passage.span.end}', 12)}{passage.id}  {shown}{points}"


def _pad(text: str, width: int) -> str:
    return text + " " * max(1, width - display_width(text))
