"""A page to be, and the digests of all it may be made from: what the rooms of this wing tell `plan.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from govreport_site.catalogue import Entry
from govreport_site.findings import Traits, Vocabulary
from govreport_site.graph import Inputs, digest

Form: TypeAlias = Literal[
    "home", "search", "about", "specimen", "not_found", "problems", "problems_province", "places", "place", "years", "year",
    "kinds", "kind", "kind_list", "issuers", "issuer_kind", "issuer", "report", "study",
    "figures", "indicator", "indicator_area", "instruments", "instrument", "instrument_list",
    "topics", "topic", "topic_area", "compare",
    "remedies", "remedies_place", "tracking", "completeness", "completeness_province", "wording", "wording_area", "data", "data_columns",
]  # fmt: skip

# Names of inputs, for people.
LISTED, TEXTS, AROUND, CHECKED, SAID = "收录的报告", "报告正文", "前后报告", "待核对的问题", "报告中的发现"
NAMED, WHOLE = "指标、主题和规定", "收录的报告和其中的内容"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be. `of` says which one of its form.

    reports  files whose text it needs
    sayings  files whose findings it needs
    shared   (file, which of its wording stands elsewhere, as in `Marks.shared`)
    pairs    (file, file of the same issuer's report for the year before) that it compares
    told     what its room's plan knows of it beside: frozen data
    """

    page: str
    form: Form
    of: tuple[str | int | None, ...] = ()
    reports: tuple[str, ...] = ()
    inputs: Inputs = ()
    sayings: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    told: object = None
    shared: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Digests by file of a report: what the catalogue knows of it, its whole text, its problems (if any), its findings.

    traits      by file, what lists know of the findings
    vocabulary  what findings are called
    phrases     digest of the set phrases that comparisons of years leave aside
    shared      by file, which of its wording stands elsewhere: plain data, of which the second is the other file
    """

    entries: Mapping[str, bytes]
    texts: Mapping[str, bytes]
    problems: Mapping[str, bytes]
    findings: Mapping[str, bytes]
    traits: Mapping[str, Traits]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    phrases: bytes = b""
    shared: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    _whole: Mapping[str, bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        texts, findings = self.texts, self.findings
        whole = {file: digest(mark, texts[file], findings[file]) for file, mark in self.entries.items()}
        object.__setattr__(self, "_whole", whole)

    def whole(self, files: Iterable[str]) -> bytes:
        """What pages see that list these reports with their text and findings: one digest is taken faster than three."""
        return digest(*map(self._whole.__getitem__, files))

    def listed(self, entries: Iterable[Entry]) -> bytes:
        """What pages see that list these entries."""
        return digest(*map(self.entries.__getitem__, [entry.file for entry in entries]))

    def read(self, files: Iterable[str]) -> bytes:
        """What pages see that show the text of these reports."""
        return digest(*map(self.texts.__getitem__, files))

    def said(self, files: Iterable[str]) -> bytes:
        """What pages see that show the findings of these reports."""
        return digest(*map(self.findings.__getitem__, files))

    def named(self) -> bytes:
        """What pages see that call findings by their names."""
        return digest(repr(self.vocabulary).encode("utf-8", "surrogatepass"))

    def checked(self, entries: Iterable[Entry]) -> bytes:
        """What pages see that show the problems of these reports."""
        return digest(*[part for e in entries for part in (self.entries[e.file], self.problems.get(e.file, b""))])
