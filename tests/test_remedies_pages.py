"""Problems beside plans, and plans beside what came of them: nothing is left out, and no page says more than was found."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

import pytest

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, gather
from govreport_site.findings import Comparison, Trace
from govreport_site.pages import remedies, tracking
from govreport_site.pages.assets import Assets, read_assets
from govreport_site.pages.remedies import Stretches, text_of
from govreport_site.pages.tracking import tracking_view
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report
from tests.whole_site import render_site

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"

BODY = """一、主要举措和成效
（一）普法。开展普法宣传活动13场次，群众参与度提高。
二、存在的问题
（一）普法针对性有待提高。普法内容不能满足不同群体的法律需求。
（二）锅炉老旧。冬天很冷。
三、下一步工作安排
（一）增强普法针对性。深入了解不同群体的法律需求，丰富普法内容。
（二）开好运动会。跑得更快。
"""


def read(file: str, issuer: str, code: str, year: int, body: str = BODY) -> Report:
    text = f'---\nissuer: {issuer}\nplace: "{code}"\nyear: {year}\n---\n{body}'
    return read_text(text, name=file, file=f"{file}.md")


def corpus() -> list[Report]:
    return [
        read("x25", "许昌市司法局", "411000", 2025),
        read("x24", "许昌市司法局", "411000", 2024),
        read("x22", "许昌市司法局", "411000", 2022),
        read("z25", "郑州市司法局", "410100", 2025),
        read("n25", "河南省司法厅", "410000", 2025, "一、主要成效\n做了。\n"),
        read("w25", "宛城区司法局", "411302", 2025),
    ]


@cache
def assets() -> Assets:
    return read_assets(TEMPLATES / "static")


def built(reports: list[Report]) -> tuple[dict[str, str], Catalogue]:
    catalogue, _ = gather(reports)
    pages = render_site(reports, catalogue, assets(), Site(), TEMPLATES)
    return {page: data.decode() for page, data in pages}, catalogue


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return built(corpus())[0]


def led_to(site: dict[str, str], page: str) -> set[str]:
    links = re.findall('href="([^"#?]+)', site[page])
    return {posixpath.normpath(posixpath.join(posixpath.dirname(page), link)) for link in links}


def words(html: str) -> str:
    return re.sub("<[^>]+>", "", html)


XUCHANG = "remedies/henan/xuchang/2025/index.html"


def test_from_the_place_it_is_one_click_to_its_problems_and_from_home_two(site: dict[str, str]) -> None:
    assert XUCHANG in led_to(site, "henan/xuchang/index.html")
    assert any(XUCHANG in led_to(site, page) for page in led_to(site, "index.html") & site.keys())


def test_the_list_of_places_leads_to_each_newest_year_and_over_a_place_above_where_there_is_no_other(
    site: dict[str, str],
) -> None:
    led = led_to(site, addresses.REMEDIES)
    assert {XUCHANG, "remedies/henan/zhengzhou/2025/index.html", "henan/nanyang/index.html"} <= led
    assert "remedies/henan/2025/index.html" not in site, "a report without problems and plans has no such page"


def test_every_problem_and_every_plan_is_there_paired_or_not(site: dict[str, str]) -> None:
    page = words(site[XUCHANG])
    for title in ("普法针对性有待提高", "锅炉老旧", "增强普法针对性", "开好运动会"):
        assert title in page
    assert page.count("未见对应的安排") == 1
    assert page.index("没有与问题对上的安排") < page.index("开好运动会")


def test_the_shared_words_are_marked_in_both_texts(site: dict[str, str]) -> None:
    marked = [re.sub("<[^>]+>", "", text) for text in re.findall("<mark>(.*?)</mark>", site[XUCHANG])]
    assert marked.count("不同群体") == 2
    assert "锅炉" not in "".join(marked)


def test_the_six_problems_of_the_seeds_stand_beside_the_plans_a_careful_reader_picks() -> None:
    reports = [
        read_report(ROOT / f"corpus/henan/{place}/2025-{place}-weijianwei.md", name=place, file=f"{place}.md")
        for place in ("xuchang", "zhengzhou")
    ]
    site, _ = built(reports)
    picked = {
        "xuchang": [("二（一）", "三（一）"), ("二（二）", "三（二）"), ("二（三）", "三（三）")],
        "zhengzhou": [("二(一)", "三(三)"), ("二(二)", "三(一)"), ("二(三)", "三(四)")],
    }
    for place, pairs in picked.items():
        page = site[f"remedies/henan/{place}/2025/index.html"]
        cells = re.findall(r'<div class="cell">.*?<small>(.*?)</small>', page)
        found = list(zip(cells[::2], cells[1::2], strict=True))
        assert [tuple(label.replace("（", "(").replace("）", ")") for label in pair) for pair in found] == [
            tuple(label.replace("（", "(").replace("）", ")") for label in pair) for pair in pairs
        ]


def test_a_long_place_gives_headings_only_and_still_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remedies, "LONGEST_IN_FULL_CHARACTERS", 50)
    page = words(built(corpus())[0][XUCHANG])
    assert "这里只列标题" in page
    assert all(title in page for title in ("普法针对性有待提高", "锅炉老旧", "开好运动会"))
    assert "不能满足" not in page


def test_an_item_shows_all_of_its_text_and_nothing_else() -> None:
    report = corpus()[0]
    entry = gather([report])[0].entries[0]
    stretches = Stretches.of(report)
    for id_, (span, _) in stretches.spans.items():
        text = text_of("a/index.html", entry, stretches, id_, ("普法", "法内"))
        shown = [run.text for runs in (text.heading, *text.paragraphs) for run in runs]
        assert re.sub(r"\s", "", "".join(shown)) == re.sub(r"\s", "", report.source.cut(span)), id_


def test_only_consecutive_years_are_tracked_and_the_issuer_leads_there(site: dict[str, str]) -> None:
    pages = [page for page in site if page.endswith("/tracking.html")]
    assert pages == ["henan/xuchang/sifaju/tracking.html"]
    assert pages[0] in led_to(site, "henan/xuchang/sifaju/index.html")
    assert "tracking.html" not in site["henan/zhengzhou/sifaju/index.html"]
    assert re.findall('id="y-(\\d+)"', site[pages[0]]) == ["2025"], "2022 and 2024 are no pair"


def test_a_person_s_word_wins_and_is_told_apart_from_the_program_s() -> None:
    reports = corpus()[:2]
    catalogue, _ = gather(reports)
    traces = (
        Trace("s-3-1", "s-1-1", 0.9, ("普法",), "partly"),
        Trace("s-3-2", "s-1-1", 0.6, ("群众",)),
        Trace("s-3-2", None, 0.0),
        Trace("s-3-1", None, 0.0, (), "unseen"),
    )
    by_file = {report.file: report for report in reports}
    view = tracking_view(catalogue, "henan/xuchang/sifaju", by_file, {("x25.md", "x24.md"): Comparison(traces, 0.326)})
    (years,) = view.years
    assert [one.said for one in years.pairings] == ["人工核对：部分", "程序比对：用词有些相近，不是结论"]
    assert [one.said for one in years.unseen] == ["", "人工核对：未见"]
    assert "33%" in years.changed


def test_of_many_years_the_older_ones_give_headings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "NEWEST_IN_FULL", 0)
    page = words(built(corpus())[0]["henan/xuchang/sifaju/tracking.html"])
    assert "较早的年度只列标题" in page and "增强普法针对性" in page
    assert "丰富普法内容" not in page


def test_one_report_more_changes_few_of_these_pages() -> None:
    """A place's other years, other places and the list of places stay as they are."""
    before, _ = built(corpus())
    after, _ = built([*corpus(), read("x25b", "许昌市教育局", "411000", 2025)])
    mine = [page for page in after if page.startswith("remedies/") or page.endswith("tracking.html")]
    assert [page for page in mine if after[page] != before.get(page)] == [XUCHANG]


def test_an_empty_corpus_has_a_page_that_says_so() -> None:
    site, _ = built([])
    assert "还没有" in site[addresses.REMEDIES]
