"""`Report` → the JSON object that `govreport parse --json` prints, one a line. Pure.

Keys may be added here, none renamed: other programs read them. Spans are half-open, in
characters of the body; `line` and `column` count in the file, from 1. Lists of rooms that
are not built yet are empty.
"""

from __future__ import annotations

import json
from typing import Any

from govreport_site import places
from govreport_site.problems import Problem
from govreport_site.report import Metadata, Passage, Report, Section
from govreport_site.source import Span


def as_json(report: Report) -> str:
    """One line of JSON. Lone surrogates, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(as_record(report), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_record(report: Report) -> dict[str, Any]:
    """Everything known of a report, as plain data."""
    return {
        "file": report.file,
        "metadata": _metadata(report.metadata) | {"composed": report.composed, "reasons": dict(report.reasons)},
        "sections": [_section(report, section) for section in report.sections],
        "figures": [],
        "instruments": [],
        "remedies": [],
        "problems": [_problem(problem) for problem in report.problems],
    }


def place_names(code: str | None) -> dict[str, str | None]:
    """Province, city and county of a GB/T 2260 code; a 直辖市 has no city between."""
    names: dict[str, str | None] = {"province": None, "city": None, "county": None}
    for place in places.lineage(code) if code else ():
        names[{"prefecture": "city"}.get(place.level, place.level)] = place.name
    return names


def _metadata(metadata: Metadata) -> dict[str, Any]:
    return {
        "title": metadata.title,
        "issuer": metadata.issuer,
        "issuer_kind": metadata.issuer_kind,
        "slug": metadata.slug,
        "year": metadata.year,
        "level": metadata.level,
        **place_names(metadata.place),
        "place": metadata.place,
        "published": metadata.published,
        "dated": metadata.dated,
        "document_number": metadata.document_number,
        "index_number": metadata.index_number,
        "source_url": metadata.source_url,
        "source_file": metadata.source_file,
        "source_sha256": metadata.source_sha256,
        "inferred": list(metadata.inferred),
    }


def _section(report: Report, section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "key": section.key,
        "level": section.level,
        "marker": section.marker.text if section.marker else None,
        "title": section.title,
        "kind": section.kind.value if section.kind else None,
        "reason": section.reason,
        "topics": list(section.topics),
        "span": _span(section.span),
        "heading": _span(section.heading),
        "passages": [_passage(report, passage) for passage in section.passages],
        "sections": [_section(report, inner) for inner in section.subsections],
    }


def _passage(report: Report, passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "text": report.source.cut(passage.span),
        "span": _span(passage.span),
        "form": passage.form,
        "role": passage.role,
        "kind": passage.kind.value if passage.kind else None,
        "number": passage.number,
        "points": [{"marker": point.marker, "span": _span(point.span)} for point in passage.points],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "line": problem.line,
        "column": problem.column,
        "found": problem.found,
        "expected": problem.expected,
        "mend": problem.mend,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
