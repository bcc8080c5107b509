"""A report is cited as GB/T 7714—2025 sets it."""

from __future__ import annotations

from govreport_site.citation import gbt7714
from govreport_site.report import Metadata

REPORT = Metadata(issuer="许昌市卫生健康委员会", dated="2026-01-20", published="2026-01-27", year=2025)
TITLE = "许昌市卫生健康委员会关于2025年法治政府建设情况的报告"


def test_a_report_with_an_address_is_online() -> None:
    assert gbt7714(REPORT, TITLE, address="https://example.org/a/index.html") == (
        f"许昌市卫生健康委员会. {TITLE}[R/OL]. 2026-01-27. https://example.org/a/index.html."
    )


def test_without_an_address_it_is_not() -> None:
    assert gbt7714(REPORT, TITLE) == f"许昌市卫生健康委员会. {TITLE}[R]. 2026-01-27."


def test_a_title_made_by_the_citer_stands_in_brackets() -> None:
    assert gbt7714(Metadata(), "某某报告", composed=True) == "佚名. [某某报告][R]."
