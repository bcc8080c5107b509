"""What a report is, once it has been read: frozen data, no I/O, no formatting.

`reading/` makes these, `pages/` and `search/` only look. All spans count characters of
`Report.source.text`, which is the body without its front matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from govreport_site.problems import Problem
from govreport_site.source import Source, Span


class Kind(StrEnum):
    """What a section is for. The order is the order of the rule's five contents (and two of ours)."""

    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    PLANS = "plans"
    LEADERSHIP = "leadership"
    MIXED = "mixed"
    OTHER = "other"


Role = Literal["title", "header", "salutation", "intro", "text", "signoff", "foot"]
Form = Literal["paragraph", "table", "image"]
Level = Literal["national", "province", "prefecture", "county", "township"]

# What a person may say of a plan of the year before: done as it stood, in part, not to be seen, worded otherwise.
PROGRESS = ("已见", "部分", "未见", "表述变化")


@dataclass(frozen=True, slots=True)
class Marker:
    """The number in front of a heading, as written: “（二）” is level 2, ordinal 2.

    Levels follow GB/T 9704: 一、 1, （一） 2, 1. 3, （1） 4; ① 5.
    """

    text: str
    level: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Point:
    """One “一是……” of a passage, from its ordinal to the next point or the passage's end."""

    marker: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a table or an image; a run-in heading before it belongs to the section.

    id      permanent address within the report: p- and 6 hex digits of its normalised text
    span    without the white space around it
    kind    None: that of its section
    number  counts the running text of the report from 1, for display only; None elsewhere
    """

    id: str
    span: Span
    role: Role = "text"
    form: Form = "paragraph"
    kind: Kind | None = None
    number: int | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One titled part of a report, with everything under it.

    `span` covers heading, passages and subsections. Siblings' spans touch, so joining
    them gives the parent's text back, character for character.

    key      markers' numerals from the top, “二/一”, a second one “二#2”; how YAML names it
    id       its address within the report: s-2-1
    level    the marker's rank, not its depth; 0 for text that stands under no heading
    heading  marker, title and closing mark, where they stand; empty at level 0
    title    as written, without marker and closing mark
    kind     None only at level 0
    reason   why it has this kind, in Chinese, for people
    """

    key: str
    id: str
    level: int
    marker: Marker | None
    title: str
    heading: Span
    span: Span
    kind: Kind | None = None
    reason: str = ""
    topics: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    subsections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        yield self
        for section in self.subsections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Metadata:
    """Who reports on which year, and where the text comes from.

    place     GB/T 2260 code; province, city and county follow from it (`places.lineage`)
    dates     ISO 8601, YYYY-MM-DD
    inferred  names of the fields nobody has confirmed yet, sorted
    """

    title: str | None = None
    issuer: str | None = None
    issuer_kind: str | None = None
    slug: str | None = None
    place: str | None = None
    level: Level | None = None
    year: int | None = None
    published: str | None = None
    dated: str | None = None
    document_number: str | None = None
    index_number: str | None = None
    source_url: str | None = None
    source_file: str | None = None
    source_sha256: str | None = None
    inferred: tuple[str, ...] = ()

    @property
    def date(self) -> str | None:
        """The day by which “newest” is decided: published, else dated."""
        return self.published or self.dated


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its body, what is known of it, its tree, and everything odd about it.

    file      path within the corpus, with forward slashes; how a report is named in messages
    sections  level 0 first (may be empty); sign-off and page foot at level 0, last
    composed  True where the title stands nowhere in the text but was put together by us
    reasons   why each inferred field has its value, by field name
    progress  what a person says of plans of the year before: key of a section or id of a passage of
              that year's report → one of `PROGRESS`
    """

    file: str
    source: Source
    metadata: Metadata
    sections: tuple[Section, ...]
    composed: bool = False
    reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
    progress: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def walk(self) -> Iterator[Section]:
        """Every section, in the order of the text."""
        for section in self.sections:
            yield from section.walk()

    def passages(self) -> Iterator[tuple[Section, Passage]]:
        """Every passage with the section it stands in, in the order of the text."""
        for section in self.walk():
            for passage in section.passages:
                yield section, passage


def leaves(report: Report) -> Iterator[Span]:
    """Headings, passages and the white space between them: touching spans that cover the body."""
    at = 0
    marks = sorted(
        [section.heading for section in report.walk() if section.heading]
        + [passage.span for _, passage in report.passages()]
    )
    for span in marks:
        if at < span.start:
            yield Span(at, span.start)
        yield span
        at = span.end
    if at < len(report.source.text):
        yield Span(at, len(report.source.text))
