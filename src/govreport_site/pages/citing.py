"""A report → how it is cited, for people to copy and for programs that collect references.

Each form stands twice in the page: for the report, and as a pattern for one of its passages, in
which `ANCHOR` and `NUMBER` stand for the passage that a reader chooses (browser/citing.js puts
its own in). So the script knows none of the forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from govreport_site import citation
from govreport_site.addresses import absolute
from govreport_site.catalogue import Entry
from govreport_site.citation import Cited, Within
from govreport_site.pages.runs import is_outside
from govreport_site.report import Metadata

# No title holds these: in browser/citing.js too.
ANCHOR, NUMBER = "⟦id⟧", "⟦n⟧"

# Name, how it is written, whether its line breaks are part of it.
_FORMS: tuple[tuple[str, Callable[[Cited], str], bool], ...] = (
    ("GB/T 7714—2025", citation.gbt7714_2025, False),
    ("GB/T 7714—2015", citation.gbt7714_2015, False),
    ("法学期刊脚注", citation.law_footnote, False),
    ("BibTeX", citation.bibtex, True),
    ("RIS", citation.ris, True),
    ("CSL-JSON", citation.csl_json, True),
)


@dataclass(frozen=True, slots=True)
class CitedAs:
    """One form: for the report, and the pattern for a passage."""

    name: str
    text: str
    passage: str
    code: bool


@dataclass(frozen=True, slots=True)
class Citing:
    """All forms.

    meta  name and content of what programs read in the head of the page
    """

    forms: tuple[CitedAs, ...]
    meta: tuple[tuple[str, str], ...]


def citing_view(metadata: Metadata, entry: Entry, base: str | None) -> Citing:
    """How a report is cited; `base` is the site's address on the web, if it has one."""
    source = metadata.source_url if is_outside(metadata.source_url) else None
    cited = Cited(
        metadata,
        entry.folder.replace("/", "-"),
        entry.title,
        entry.composed,
        absolute(base, entry.page) if base else source,
        base is not None,
    )
    passage = replace(cited, within=Within(ANCHOR, NUMBER))
    forms = tuple(CitedAs(name, write(cited), write(passage), code) for name, write, code in _FORMS)
    return Citing(forms, tuple(_meta(cited)))


def _meta(cited: Cited) -> Iterator[tuple[str, str]]:
    """Highwire's names, by which Zotero and Google Scholar know a report from a web page, then Dublin Core's.

    Zotero's translator “Embedded Metadata” takes a page for a report by the institution or by DC.type; a report without
    an issuer has only the latter. It reads DC.source as the name of a periodical, so where the text came from is left to
    JSON-LD.
    """
    metadata = cited.metadata
    values = (
        ("citation_title", cited.title),
        ("citation_author", metadata.issuer),
        ("citation_technical_report_institution", metadata.issuer),
        ("citation_technical_report_number", metadata.document_number),
        ("citation_publication_date", cited.day.strftime("%Y/%m/%d") if cited.day else None),
        ("citation_language", "zh-CN"),
        ("citation_public_url", cited.address),
        ("DC.title", cited.title),
        ("DC.creator", metadata.issuer),
        ("DC.date", metadata.date),
        ("DC.type", "Report"),
        ("DC.language", "zh-CN"),
        ("DC.identifier", cited.address),
    )
    for name, value in values:
        if value:
            yield name, value
