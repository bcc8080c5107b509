"""A report, and one passage of it, is cited as the standards and programs set it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from govreport_site.catalogue import gather
from govreport_site.citation import (
    Cited,
    Within,
    bibtex,
    csl_json,
    day_of,
    gbt7714_2015,
    gbt7714_2025,
    law_footnote,
    ris,
)
from govreport_site.pages.citing import citing_view
from govreport_site.reading.read import read_text
from govreport_site.report import Metadata

TITLE = "许昌市卫生健康委员会关于2025年法治政府建设情况的报告"
ADDRESS = "https://example.org/a/index.html"
ISSUER = "许昌市卫生健康委员会"
METADATA = Metadata(
    issuer=ISSUER, dated="2026-01-20", published="2026-01-27", year=2025, document_number="许卫〔2026〕3号"
)
REPORT = Cited(METADATA, "henan-xuchang-2025-weijianwei", TITLE, address=ADDRESS, permanent=True)
PASSAGE = replace(REPORT, within=Within("p-1a2b3c", "12"))
BARE = Cited(Metadata(), "unplaced-undated-x", "某某报告", composed=True)


# Title, document number, day → what independent styles make of our CSL-JSON (2026-11-22), less the number in the list
# and with the reader's day in place of the day of retrieval. 2015: “China National Standard GB/T 7714-2015 (numeric,
# 中文)” of the CSL project, updated 2024-01-22, run by citeproc-js 1.4.63. 2025: what the list of examples of
# “GB/T 7714—2025（顺序编码，双语）” (Zotero 中文社区) prints for reports, as 题名：编号[R/OL]. 日期. 网址.
JUDGED = {
    (TITLE, None, None): (
        f"{ISSUER}. {TITLE}[R/OL]. {ADDRESS}.",
        f"{ISSUER}. {TITLE}[R/OL]. [引用日期]. {ADDRESS}.",
    ),
    (TITLE, "许卫〔2026〕3号", "2026-01-27"): (
        f"{ISSUER}. {TITLE}：许卫〔2026〕3号[R/OL]. 2026-01-27. {ADDRESS}.",
        f"{ISSUER}. {TITLE}: 许卫〔2026〕3号[R/OL]. (2026-01-27)[引用日期]. {ADDRESS}.",
    ),
    ("关于贯彻《纲要》的报告", None, "2025-12-01"): (
        f"{ISSUER}. 关于贯彻《纲要》的报告[R/OL]. 2025-12-01. {ADDRESS}.",
        f"{ISSUER}. 关于贯彻《纲要》的报告[R/OL]. (2025-12-01)[引用日期]. {ADDRESS}.",
    ),
}


@pytest.mark.parametrize(("known", "judged"), JUDGED.items())
def test_both_editions_of_the_standard_stand_as_independent_styles_set_them(
    known: tuple[str, str | None, str | None], judged: tuple[str, str]
) -> None:
    """A reader who imports the CSL-JSON and one who copies the text get the same entry."""
    title, document_number, published = known
    metadata = Metadata(issuer=ISSUER, document_number=document_number, published=published)
    cited = Cited(metadata, "x", title, address=ADDRESS, permanent=True)
    assert (gbt7714_2025(cited), gbt7714_2015(cited)) == judged


def test_the_passage_follows_the_day_as_a_page_does() -> None:
    """2025 sets “日期：页码”, 2015 “日期: 页码[引用日期]”; without a day the passage stands alone."""
    assert "[R/OL]. 2026-01-27：第12段. https://example.org/a/index.html#p-1a2b3c." in gbt7714_2025(PASSAGE)
    assert "(2026-01-27): 第12段[引用日期]. https://example.org/a/index.html#p-1a2b3c." in gbt7714_2015(PASSAGE)
    undated = replace(PASSAGE, metadata=Metadata(issuer=ISSUER))
    assert "[R/OL]. 第12段. https" in gbt7714_2025(undated)
    assert "[R/OL]. 第12段[引用日期]. https" in gbt7714_2015(undated)


def test_a_law_journal_names_the_document_and_the_passage() -> None:
    assert law_footnote(REPORT) == (
        f"{ISSUER}：《{TITLE}》，许卫〔2026〕3号，2026年1月27日，{ADDRESS}，最后访问日期：某年某月某日。"
    )
    assert "，第12段，https://example.org/a/index.html#p-1a2b3c，" in law_footnote(PASSAGE)


def test_a_title_within_a_title_stands_in_single_marks() -> None:
    assert "《关于贯彻〈纲要〉的报告》" in law_footnote(replace(REPORT, title="关于贯彻《纲要》的报告"))


@pytest.mark.parametrize("form", [gbt7714_2025, gbt7714_2015])
def test_without_an_address_it_is_not_online_and_a_title_of_the_citer_stands_in_brackets(form: object) -> None:
    assert callable(form)
    assert form(BARE) == "佚名. [某某报告][R]."
    unnumbered = replace(REPORT, metadata=replace(METADATA, document_number=None), address=None)
    assert form(unnumbered) == f"{ISSUER}. {TITLE}[R]. 2026-01-27."


def test_a_passage_has_no_address_where_the_page_is_not_ours() -> None:
    elsewhere = replace(PASSAGE, permanent=False)
    assert elsewhere.link == ADDRESS
    assert "第12段" in gbt7714_2025(elsewhere)
    assert "http" not in law_footnote(replace(PASSAGE, address=None))


def test_bibtex_keeps_a_body_whole_and_escapes_what_tex_reads() -> None:
    entry = bibtex(PASSAGE)
    assert entry.startswith("@techreport{henan-xuchang-2025-weijianwei,\n") and entry.endswith("\n}")
    fields = dict(re.findall(r"^  (\w+) += \{(.*)\},$", entry, re.MULTILINE))
    assert fields["author"] == f"{{{ISSUER}}}"
    assert (fields["date"], fields["year"], fields["number"]) == ("2026-01-27", "2026", "许卫〔2026〕3号")
    assert fields["url"] == f"{ADDRESS}#p-1a2b3c"
    assert fields["note"] == "第12段"
    odd = bibtex(replace(REPORT, title=r"100%的{A}_B\C", address="https://example.org/{a}"))
    assert r"100\%的\{A\}\_B\textbackslash{}C" in odd
    assert "https://example.org/%7Ba%7D" in odd


def test_ris_is_a_report_from_its_type_to_its_end() -> None:
    lines = ris(PASSAGE).split("\n")
    assert (lines[0], lines[-1]) == ("TY  - RPRT", "ER  - ")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert {"AU  - " + ISSUER, "DA  - 2026/01/27", f"UR  - {ADDRESS}#p-1a2b3c", "N1  - 第12段"} <= set(lines)


def test_csl_json_is_read_by_any_json_parser() -> None:
    (item,) = json.loads(csl_json(PASSAGE))
    assert item["type"] == "report"
    assert item["author"] == [{"literal": ISSUER}]
    assert item["issued"] == {"date-parts": [[2026, 1, 27]]}
    assert item["URL"].endswith("#p-1a2b3c")
    (bare,) = json.loads(csl_json(BARE))
    assert bare.keys() == {"id", "type", "title", "author", "language"}  # no publisher: styles would take it for a book


@pytest.mark.parametrize("text", [None, "", "2026-01", "2026-02-30", "2026年1月"])
def test_what_is_no_whole_day_is_none(text: str | None) -> None:
    """Programs refuse a date that does not exist."""
    assert day_of(text) is None
    assert "DA  - " not in ris(replace(REPORT, metadata=Metadata(published=text)))


# What Zotero's translator “Embedded Metadata” reads of a page's head, and which field of a report it fills; names in
# DC. it hands to its RDF translator. DC.source is not among them: there it is the name of a periodical.
ZOTERO_READS = {
    "citation_title": "title",
    "citation_author": "creators",
    "citation_publication_date": "date",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "reportNumber",
    "citation_public_url": "url",
    "citation_language": "language",
    "DC.title": "title",
    "DC.creator": "creators",
    "DC.date": "date",
    "DC.type": "itemType",
    "DC.language": "language",
    "DC.identifier": "",  # looked through for DOI and ISBN only
}


@pytest.mark.parametrize("issuer", [ISSUER, None])
def test_zotero_takes_every_tag_of_the_head_and_takes_the_page_for_a_report(issuer: str | None) -> None:
    """Of an unknown issuer too: then only DC.type keeps it from being taken for a journal article."""
    report = read_text("一、成效\n甲。\n", name="", file="1.md")
    catalogue, _ = gather([report])
    (entry,) = catalogue.entries
    meta = dict(citing_view(replace(METADATA, issuer=issuer), entry, "https://example.org/").meta)
    assert meta.keys() <= ZOTERO_READS.keys()
    assert meta["DC.type"].lower() == "report"  # compared in lower case there
    assert meta["citation_publication_date"] == "2026/01/27"
    assert ("citation_author" in meta) == (issuer is not None)
    # It splits an author at semicolons and commas, and takes what follows a space for a family name.
    assert not re.search(r"[;,\s]", meta.get("citation_author", ""))
