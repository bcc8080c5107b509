"""Reports, what they say, and what the catalogue knows of them ⇄ plain data that a cache can keep.

Plain is what `graph.digest_of` takes: equal reports are equal plain data, and give one digest.
How messages call a report's file is not part of it, since that depends on where a command is
given. Reading a report costs milliseconds, raising it from plain data a tenth of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeAlias

from govreport_site.catalogue import Card, Entry, KindCount
from govreport_site.findings import Content, Figure, Findings, Instrument, Item, Leftover, Overlap, Remedy, Tag, Traits
from govreport_site.problems import Problem
from govreport_site.report import Kind, Marker, Metadata, Passage, Point, Report, Section
from govreport_site.source import Source, Span

Plain: TypeAlias = tuple[Any, ...]

_KINDS = {kind.value: kind for kind in Kind}
_METADATA = tuple(field.name for field in fields(Metadata))
_TRAITS = tuple(field.name for field in fields(Traits))


def flat_report(report: Report) -> Plain:
    """A report as plain data."""
    return (
        report.file,
        report.source.text,
        report.source.first_line,
        _flat_metadata(report.metadata),
        tuple(map(_flat_section, report.sections)),
        report.composed,
        tuple(sorted(report.reasons.items())),
        flat_problems(report.problems),
        tuple(sorted(report.progress.items())),
    )


def raise_report(plain: Plain, name: str) -> Report:
    """The report again; `name` is how messages call its file."""
    file, text, first_line, metadata, sections, composed, reasons, problems, progress = plain
    return Report(
        file=file,
        source=Source(name, text, first_line),
        metadata=Metadata(*metadata),
        sections=tuple(map(_raise_section, sections)),
        composed=composed,
        reasons=MappingProxyType(dict(reasons)),
        problems=raise_problems(problems, name),
        progress=MappingProxyType(dict(progress)),
    )


def passages_of(plain: Plain) -> dict[str, tuple[str, Span, int | None]]:
    """Id, span and number of each passage of a flat report, by its id: some are wanted more often than the whole tree."""
    return {
        id_: (id_, Span(start, end), number)
        for section in _walk(plain[4])
        for id_, start, end, _, _, _, number, _ in section[-2]
    }


def _walk(sections: Plain) -> Iterator[Plain]:
    # Not a function within its caller: that would be a circle, and builds do not look for circles.
    for section in sections:
        yield section
        yield from _walk(section[-1])


def flat_problems(problems: tuple[Problem, ...]) -> Plain:
    """Problems of one file, without its name."""
    return tuple(
        (p.code, p.line, p.column, p.found, p.expected, p.mend, p.severity, p.length, p.excerpt) for p in problems
    )


def raise_problems(plain: Plain, name: str) -> tuple[Problem, ...]:
    """The problems again, in the file `name`."""
    return tuple(Problem(code, name, *rest) for code, *rest in plain)


def flat_card(card: Card) -> Plain:
    """What the catalogue needs of a report as plain data."""
    entry = card.entry
    return (
        card.body,
        entry.file,
        entry.title,
        entry.composed,
        entry.folder,
        entry.issuer,
        entry.place,
        entry.code,
        entry.kind_slug,
        _flat_metadata(entry.metadata),
        entry.sections,
        entry.items,
        entry.passages,
        entry.points,
        entry.characters,
        tuple((count.kind.value, count.sections, count.items, count.characters) for count in entry.kinds),
    )


def raise_card(plain: Plain) -> Card:
    """The card again."""
    (body, file, title, composed, folder, issuer, place, code, kind_slug, metadata,
     sections, items, passages, points, characters, kinds) = plain  # fmt: skip
    counts = tuple([KindCount(_KINDS[kind], ids, number, size) for kind, ids, number, size in kinds])
    return Card(
        Entry(
            file, title, composed, folder, issuer, place, code, kind_slug, Metadata(*metadata),
            sections, items, passages, points, characters, counts,
        ),
        body,
    )  # fmt: skip


def flat_findings(findings: Findings) -> Plain:
    """What a report says by itself as plain data."""
    return (
        tuple([(f.text, f.value, f.unit, f.bound, f.passage, f.span.start, f.span.end, f.sentence.start, f.sentence.end,
                f.counted, f.indicator, f.reason) for f in findings.figures]),
        tuple([(i.title, i.class_, i.passage, i.span.start, i.span.end, i.key, i.short, i.reason)
               for i in findings.instruments]),
        tuple([(t.topic, t.passage, t.word, t.span.start if t.span else None, t.span.end if t.span else None)
               for t in findings.tags]),
        tuple([(r.problem, r.plan, r.score, r.shared) for r in findings.remedies]),
        tuple([(c.id, c.where, c.reason) for c in findings.contents]),
        findings.timeliness,
        findings.due,
        tuple([(one.passage, one.span.start, one.span.end, one.what, one.reason) for one in findings.leftovers]),
        *(
            tuple([(item.id, item.key, item.title, item.span.start, item.span.end, item.ordinal) for item in items])
            for items in (findings.problems, findings.plans, findings.results)
        ),
    )  # fmt: skip


def raise_findings(plain: Plain) -> Findings:
    """The findings again."""
    figures, instruments, tags, remedies, contents, timeliness, due, leftovers, *items = plain
    return Findings(
        tuple([Figure(text, value, unit, bound, passage, Span(start, end), Span(first, last), *rest)
               for text, value, unit, bound, passage, start, end, first, last, *rest in figures]),
        tuple([Instrument(title, class_, passage, Span(start, end), *rest)
               for title, class_, passage, start, end, *rest in instruments]),
        tuple([Tag(topic, passage, word, Span(start, end) if start is not None else None)
               for topic, passage, word, start, end in tags]),
        tuple([Remedy(*remedy) for remedy in remedies]),
        tuple([Content(*content) for content in contents]),
        timeliness,
        due,
        tuple([Leftover(passage, Span(start, end), *rest) for passage, start, end, *rest in leftovers]),
        *[
            tuple([Item(id_, key, title, Span(start, end), ordinal) for id_, key, title, start, end, ordinal in several])
            for several in items
        ],
    )  # fmt: skip


def flat_overlaps(overlaps: tuple[Overlap, ...]) -> Plain:
    """Wording that stands elsewhere too as plain data."""
    return tuple([
        (one.passage, one.other, one.elsewhere, one.number, one.share,
         tuple([(run.start, run.end) for run in one.runs]), tuple([(run.start, run.end) for run in one.runs_elsewhere]))
        for one in overlaps
    ])  # fmt: skip


def raise_overlaps(plain: Plain) -> tuple[Overlap, ...]:
    """The overlaps again."""
    return tuple([
        Overlap(passage, other, elsewhere, number, share,
                tuple([Span(*run) for run in runs]), tuple([Span(*run) for run in runs_elsewhere]))
        for passage, other, elsewhere, number, share, runs, runs_elsewhere in plain
    ])  # fmt: skip


def flat_traits(traits: Traits) -> Plain:
    """What lists know of a report's findings as plain data."""
    return tuple([getattr(traits, name) for name in _TRAITS])


def raise_traits(plain: Plain) -> Traits:
    """The traits again."""
    return Traits(*plain)


def source_file(card: Plain) -> str | None:
    """The file a report came from, as its metadata names it."""
    name: str | None = card[9][_METADATA.index("source_file")]
    return name


def _flat_metadata(metadata: Metadata) -> Plain:
    return tuple([getattr(metadata, name) for name in _METADATA])


def _flat_section(section: Section) -> Plain:
    marker = section.marker
    return (
        section.key,
        section.id,
        section.level,
        (marker.text, marker.level, marker.ordinal) if marker is not None else None,
        section.title,
        section.heading.start,
        section.heading.end,
        section.span.start,
        section.span.end,
        section.kind.value if section.kind is not None else None,
        section.reason,
        section.topics,
        tuple(map(_flat_passage, section.passages)),
        tuple(map(_flat_section, section.subsections)),
    )


def _flat_passage(passage: Passage) -> Plain:
    return (
        passage.id,
        passage.span.start,
        passage.span.end,
        passage.role,
        passage.form,
        passage.kind.value if passage.kind is not None else None,
        passage.number,
        tuple([(point.marker, point.span.start, point.span.end) for point in passage.points]),
    )


def _raise_section(plain: Plain) -> Section:
    (key, id_, level, marker, title, heading, heading_end, start, end,
     kind, reason, topics, passages, subsections) = plain  # fmt: skip
    return Section(
        key,
        id_,
        level,
        Marker(*marker) if marker is not None else None,
        title,
        Span(heading, heading_end),
        Span(start, end),
        _KINDS[kind] if kind is not None else None,
        reason,
        topics,
        tuple([_raise_passage(passage) for passage in passages]),
        tuple([_raise_section(section) for section in subsections]),
    )


def _raise_passage(plain: Plain) -> Passage:
    id_, start, end, role, form, kind, number, points = plain
    return Passage(
        id_,
        Span(start, end),
        role,
        form,
        _KINDS[kind] if kind is not None else None,
        number,
        tuple([Point(marker, Span(at, to)) for marker, at, to in points]),
    )
