"""Whatever reports say, the site is made: every page of every room, years compared and wording shared included."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

from govreport_site.catalogue import gather
from govreport_site.insight.progress import trace
from govreport_site.pages.assets import read_assets
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from tests.strategies import report_texts
from tests.whole_site import render_site

TEMPLATES = Path(__file__).parents[1] / "templates"
PLANS = "一、主要举措和成效\n（一）依法履职。普法八次。\n二、下一年工作安排\n（一）推进普法。送法进企业。\n"


def read(slug: str, year: int, body: str) -> Report:
    issuer = {"jiaoyuju": "许昌市教育局", "caizhengju": "许昌市财政局"}[slug]
    head = f'---\ntitle: {issuer}{year}年法治政府建设年度报告\nissuer: {issuer}\nslug: {slug}\nplace: "411000"\nyear: {year}\n---\n'
    name = f"henan/xuchang/{year}-{slug}.md"
    return read_text(head + body, name=name, file=name)


def pages(*reports: Report) -> dict[str, bytes]:
    catalogue, _ = gather(reports)
    return dict(render_site(reports, catalogue, read_assets(TEMPLATES / "static"), Site(), TEMPLATES))


def test_plans_before_a_year_that_says_nothing() -> None:
    """A build once ended in a division by zero here: last year's plans, and a report without one sentence of results."""
    before, after = read("jiaoyuju", 2023, PLANS), read("jiaoyuju", 2024, "")
    assert [found.result for found in trace(before, after)] == [None]
    assert "henan/xuchang/jiaoyuju/tracking.html" in pages(before, after)


@settings(max_examples=12)
@given(report_texts(), report_texts(), report_texts())
def test_any_texts_make_a_site(first: str, second: str, third: str) -> None:
    site = pages(
        read("jiaoyuju", 2022, PLANS + first),
        read("jiaoyuju", 2023, second),
        read("jiaoyuju", 2024, first + third),
        read("caizhengju", 2024, PLANS + third + second),
    )
    assert {"henan/xuchang/2024-jiaoyuju/index.html", "henan/xuchang/jiaoyuju/tracking.html"} <= site.keys()
    assert all(page.rstrip().endswith(b"</html>") for page in site.values())
