"""A report, and one passage of it, is cited as the standards and programs set it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

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


def test_the_edition_of_2025_asks_for_no_day_of_retrieval() -> None:
    assert gbt7714_2025(REPORT) == f"{ISSUER}. {TITLE}[R/OL]. 2026-01-27. {ADDRESS}."
    assert gbt7714_2025(PASSAGE) == f"{ISSUER}. {TITLE}[R/OL]. 2026-01-27：第12段. {ADDRESS}#p-1a2b3c."


def test_the_edition_of_2015_leaves_the_day_of_retrieval_to_the_reader() -> None:
    assert gbt7714_2015(REPORT) == f"{ISSUER}. {TITLE}[R/OL]. (2026-01-27)[引用日期]. {ADDRESS}."
    assert "(2026-01-27): 第12段[引用日期]. https://example.org/a/index.html#p-1a2b3c." in gbt7714_2015(PASSAGE)


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
    assert form(replace(REPORT, address=None)) == f"{ISSUER}. {TITLE}[R]. 2026-01-27."


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
    assert bare.keys() == {"id", "type", "title", "author", "publisher", "language"}


@pytest.mark.parametrize("text", [None, "", "2026-01", "2026-02-30", "2026年1月"])
def test_what_is_no_whole_day_is_none(text: str | None) -> None:
    """Programs refuse a date that does not exist."""
    assert day_of(text) is None
    assert "DA  - " not in ris(replace(REPORT, metadata=Metadata(published=text)))
