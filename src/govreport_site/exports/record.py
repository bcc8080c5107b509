"""`Report`, `Findings` → the JSON object that `govreport parse --json` prints, one a line. Pure.

Keys may be added here, none renamed: other programs read them. Spans are half-open, in
characters of the body; `line` and `column` count in the file, from 1. A finding names its
passage by id, or the section in whose heading it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from govreport_site import places
from govreport_site.findings import Figure, Findings, Instrument
from govreport_site.problems import Problem, in_order
from govreport_site.report import Metadata, Passage, Report, Section
from govreport_site.source import Span

_NONE = Findings()


def as_json(report: Report, findings: Findings, problems: Iterable[Problem] = ()) -> str:
    """One line of JSON. Lone surrogates, which UTF-8 cannot hold, are escaped. Arguments as in `as_record`."""
    text = json.dumps(as_record(report, findings, problems), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_record(report: Report, findings: Findings = _NONE, problems: Iterable[Problem] = ()) -> dict[str, Any]:
    """Everything known of a report, as plain data.

    problems  what is odd about it beside what was so when it was read
    """
    topics = _Topics(report, findings)
    items = {"problems": findings.problems, "plans": findings.plans, "achievements": findings.results}
    return {
        "file": report.file,
        "metadata": _metadata(report.metadata) | {"composed": report.composed, "reasons": dict(report.reasons)},
        "sections": [_section(report, section, topics) for section in report.sections],
        "figures": [_figure(figure) for figure in findings.figures],
        "instruments": [_instrument(instrument) for instrument in findings.instruments],
        "topics": [
            {
                "topic": tag.topic,
                "passage": tag.passage,
                "word": tag.word,
                "span": _span(tag.span) if tag.span else None,
            }
            for tag in findings.tags
        ],
        "items": [
            {"id": i.id, "kind": kind, "ordinal": i.ordinal, "title": i.title, "span": _span(i.span)}
            for kind, several in items.items()
            for i in several
        ],
        "remedies": [
            {"problem": one.problem, "plan": one.plan, "score": one.score, "shared": list(one.shared)}
            for one in findings.remedies
        ],
        "contents": [{"id": one.id, "where": list(one.where), "reason": one.reason} for one in findings.contents],
        "timeliness": findings.timeliness,
        "due": findings.due,
        "leftovers": [
            {"passage": one.passage, "span": _span(one.span), "what": one.what, "reason": one.reason}
            for one in findings.leftovers
        ],
        "problems": [_problem(problem) for problem in in_order([*report.problems, *problems])],
    }


class _Topics:
    """Which topics the text of a section has, its parts included, in the order in which they come up."""

    def __init__(self, report: Report, findings: Findings) -> None:
        starts = {passage.id: passage.span.start for _, passage in report.passages()}
        self._found = sorted(((starts[tag.passage], tag.topic) for tag in findings.tags), key=lambda one: one[0])

    def within(self, span: Span) -> list[str]:
        return list(dict.fromkeys(topic for start, topic in self._found if span.start <= start < span.end))


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


def _section(report: Report, section: Section, topics: _Topics) -> dict[str, Any]:
    return {
        "id": section.id,
        "key": section.key,
        "level": section.level,
        "marker": section.marker.text if section.marker else None,
        "title": section.title,
        "kind": section.kind.value if section.kind else None,
        "reason": section.reason,
        "topics": topics.within(section.span),
        "span": _span(section.span),
        "heading": _span(section.heading),
        "passages": [_passage(report, passage) for passage in section.passages],
        "sections": [_section(report, inner, topics) for inner in section.subsections],
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


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": figure.value,
        "unit": figure.unit,
        "bound": figure.bound,
        "passage": figure.passage,
        "span": _span(figure.span),
        "sentence": _span(figure.sentence),
        "counted": figure.counted,
        "indicator": figure.indicator,
        "reason": figure.reason,
    }


def _instrument(instrument: Instrument) -> dict[str, Any]:
    return {
        "title": instrument.title,
        "class": instrument.class_,
        "passage": instrument.passage,
        "span": _span(instrument.span),
        "key": instrument.key,
        "short": instrument.short,
        "reason": instrument.reason,
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
