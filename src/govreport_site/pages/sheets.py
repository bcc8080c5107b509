"""A page to be, and the digests of all it may be made from: what the rooms of this wing tell `plan.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from govreport_site.catalogue import Entry
from govreport_site.findings import Traits, Vocabulary
from govreport_site.graph import Inputs, digest

Form: TypeAlias = Literal[
    "home", "search", "about", "not_found", "problems", "problems_province", "places", "place", "years", "year",
    "kinds", "kind", "kind_list", "issuers", "issuer_kind", "issuer", "report", "study",
    "figures", "indicator", "indicator_area", "instruments", "instrument", "instrument_list",
    "topics", "topic", "topic_area", "compare",
    "remedies", "remedies_place", "tracking", "completeness", "completeness_province", "wording", "wording_area", "data", "data_columns",
]  # fmt: skip

# Names of inputs, for people.
LISTED, TEXTS, AROUND, CHECKED, SAID = "收录的报告", "报告正文", "前后报告", "待核对的问题", "报告中的发现"
NAMED = "指标、主题和规定"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be. `of` says which one of its form.

    reports  files whose text it needs
    sayings  files whose findings it needs
    alike    (file, candidates as in `Marks.alike`) whose wording it compares
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
    alike: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Digests by file of a report: what the catalogue knows of it, its whole text, its problems (if any), its findings.

    traits      by file, what lists know of the findings
    vocabulary  what findings are called
    alike       by file, (passage, other file, passage there) that may share wording
    phrases     digest of the set phrases that comparisons of years leave aside
    """

    entries: Mapping[str, bytes]
    texts: Mapping[str, bytes]
    problems: Mapping[str, bytes]
    findings: Mapping[str, bytes]
    traits: Mapping[str, Traits]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    phrases: bytes = b""
    alike: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)

    def listed(self, entries: Iterable[Entry]) -> bytes:
        """What pages see that list these entries."""
        return digest(*[self.entries[entry.file] for entry in entries])

    def read(self, files: Iterable[str]) -> bytes:
        """What pages see that show the text of these reports."""
        return digest(*[self.texts[file] for file in files])

    def said(self, files: Iterable[str]) -> bytes:
        """What pages see that show the findings of these reports."""
        return digest(*[self.findings[file] for file in files])

    def named(self) -> bytes:
        """What pages see that call findings by their names."""
        return digest(repr(self.vocabulary).encode("utf-8", "surrogatepass"))

    def checked(self, entries: Iterable[Entry]) -> bytes:
        """What pages see that show the problems of these reports."""
        return digest(*[part for e in entries for part in (self.entries[e.file], self.problems.get(e.file, b""))])
