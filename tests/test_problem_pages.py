"""What is to be checked stands on pages of its own, by province, and changes no other page."""

from __future__ import annotations

from pathlib import Path

from govreport_site.catalogue import gather
from govreport_site.pages.views import Site
from govreport_site.problems import Problem
from govreport_site.reading.duplicates import duplicates
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from tests.test_pages import ASSETS
from tests.test_problems import GOOD
from tests.whole_site import render_site

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
INDEX, HENAN = "problems/index.html", "problems/henan/index.html"


def report(name: str, text: str) -> Report:
    return read_text(text, name=f"somewhere/{name}", file=name)


def built(*reports: Report, between: tuple[Problem, ...] = ()) -> dict[str, str]:
    catalogue, _ = gather(list(reports))
    pages = render_site(reports, catalogue, ASSETS, Site(), TEMPLATES, between)
    return {path: data.decode("utf-8") for path, data in pages}


def test_where_nothing_was_found_the_page_says_so() -> None:
    site = built(report("a.md", GOOD))
    assert "没有发现" in site[INDEX]
    assert "<table" not in site[INDEX]
    assert [path for path in site if path.startswith("problems/")] == [INDEX]


def test_each_problem_stands_with_place_found_expected_and_mend() -> None:
    odd = report("henan/a.md", GOOD.replace("甲。", "印发《<b>甲办法，乙。"))
    site = built(odd)
    assert 'href="henan/index.html"' in site[INDEX]
    assert "text/unbalanced" in site[INDEX]
    page = site[HENAN]
    (problem,) = odd.problems
    for words in (
        problem.found,
        problem.expected,
        problem.mend,
        problem.title,
        problem.code,
        "第 8 行第 3 列",
        "henan/a.md",
    ):
        assert words in page
    assert 'href="../../henan/xuchang/2025-weijianwei/index.html"' in page


def test_a_quotation_of_a_report_is_harmless() -> None:
    hostile = GOOD.replace("year: 2025\n", 'year: 2025\nlevel: "<script>\\u202e"\n')
    page = built(report("a.md", hostile))[HENAN]
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert "\u202e" not in page


def test_problems_between_reports_are_listed_by_path_in_the_corpus() -> None:
    long = GOOD.replace(
        "甲。", "全年开展行政执法检查，规范行政处罚裁量，落实行政执法三项制度，办理行政复议案件，组织普法活动。"
    )
    reports = report("a.md", long), report("b.md", long.replace("year: 2025", "year: 2024"))
    between = tuple(duplicates(reports))
    page = built(*reports, between=between)[HENAN]
    assert "正文与 a.md 相同" in page
    assert "somewhere" not in page


def test_a_problem_changes_no_other_page() -> None:
    clean = report("a.md", GOOD)
    noted = Problem("text/control", clean.source.name, 8, 1, "x", "y", "z")
    before, after = built(clean), built(clean, between=(noted,))
    assert {path for path in after if before.get(path) != after[path]} == {INDEX, HENAN}
