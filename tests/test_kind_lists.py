"""Lists of one kind in one year: long ones are parted by prefecture, and nothing is lost between them."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from govreport_site.catalogue import Catalogue, gather
from govreport_site.pages import kinds
from govreport_site.pages.assets import read_assets
from govreport_site.pages.kinds import kind_lists, wanted_on_kind
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Kind, Report
from tests.whole_site import render_site

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def corpus() -> tuple[list[Report], Catalogue]:
    names = ("河南省司法厅", "许昌市司法局", "长葛市司法局", "郑州市司法局", "许昌市教育局")
    texts = [
        f"{name}关于2025年法治政府建设情况的报告\n一、主要举措和成效\n（一）{name}的事。{'办' * 50}\n" for name in names
    ]
    reports = [read_text(text, name=f"{n}.md", file=f"{n}.md") for n, text in enumerate(texts)]
    return reports, gather(reports)[0]


def test_a_short_list_is_one_page() -> None:
    (one,) = kind_lists(corpus()[1])
    assert (one.area, one.parted, len(one.entries)) == ("henan", False, 5)


def test_a_long_list_is_parted_and_every_report_is_in_one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "LONGEST_LIST_CHARACTERS", 100)
    reports, catalogue = corpus()
    lists = {one.area: one for one in kind_lists(catalogue)}
    assert {area: len(one.entries) for area, one in lists.items()} == {
        "henan": 1, "henan/zhengzhou": 1, "henan/xuchang": 3,
    }  # fmt: skip
    pages = dict(render_site(reports, catalogue, read_assets(TEMPLATES / "static"), Site(), TEMPLATES))
    top = "sections/achievements/2025/henan/index.html"
    page = pages[top].decode()
    assert "5 份报告" in page
    assert "河南省司法厅的事" in page
    assert "长葛市司法局的事" not in page
    led = {posixpath.normpath(posixpath.join(posixpath.dirname(top), to)) for to in re.findall('href="([^"#]+)"', page)}
    for area in ("henan/xuchang", "henan/zhengzhou"):
        below = f"sections/achievements/2025/{area}/index.html"
        assert below in led
        assert f'href="{posixpath.relpath(top, posixpath.dirname(below))}"' in pages[below].decode()
    assert "长葛市司法局的事" in pages["sections/achievements/2025/henan/xuchang/index.html"].decode()


def test_a_kind_s_page_shows_fewer_reports_where_they_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = corpus()[1]
    assert len(wanted_on_kind(catalogue, Kind.ACHIEVEMENTS)) == 5
    monkeypatch.setattr(kinds, "NEWEST_CHARACTERS", 10)
    assert len(wanted_on_kind(catalogue, Kind.ACHIEVEMENTS)) == kinds.NEWEST_AT_LEAST
