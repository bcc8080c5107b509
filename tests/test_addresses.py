"""Addresses are permanent, readable, ASCII, and every link names a file."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site import addresses
from govreport_site.report import Kind, Metadata

XUCHANG = Metadata(issuer="许昌市卫生健康委员会", place="411000", level="prefecture", year=2025)

ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")


def test_a_report_stands_under_its_place_year_and_kind() -> None:
    assert addresses.report_folder(XUCHANG) == "henan/xuchang/2025-weijianwei"
    assert addresses.issuer_folder(XUCHANG) == "henan/xuchang/weijianwei"
    assert addresses.page_in(addresses.place_folder(XUCHANG)) == "henan/xuchang/index.html"


def test_what_yaml_says_wins() -> None:
    named = Metadata(issuer="许昌市卫生健康委员会", slug="jiankang", place="411000", year=2025)
    assert addresses.report_folder(named) == "henan/xuchang/2025-jiankang"


@pytest.mark.parametrize(
    ("metadata", "folder"),
    [
        (Metadata(issuer="审计署", level="national", year=2024), "national/2024-shenjiju"),
        (Metadata(issuer="某市公安局", year=2024), "unplaced/2024-gonganju"),
        (Metadata(issuer="某市公安局", place="999999", year=2024), "unplaced/2024-gonganju"),
        (Metadata(issuer="许昌市公安局", place="411000"), "henan/xuchang/undated-gonganju"),
    ],
)
def test_what_is_not_known_has_an_address_all_the_same(metadata: Metadata, folder: str) -> None:
    assert addresses.report_folder(metadata) == folder


def test_an_unknown_issuer_and_one_of_many_are_told_apart_by_a_hash() -> None:
    towns = [Metadata(issuer=f"魏都区{name}镇人民政府", place="411002", year=2025) for name in ("甲", "乙")]
    slugs = [addresses.slug_of(town) for town in towns]
    assert len(set(slugs)) == 2
    assert all(re.fullmatch("x[0-9a-f]{6}", slug) for slug in slugs)


@given(st.text(max_size=40))
def test_a_slug_never_leaves_its_folder(text: str) -> None:
    metadata = Metadata(issuer=text or None, slug=text or None, place="411000", year=2025)
    folder = addresses.report_folder(metadata)
    assert ADDRESS.fullmatch(folder)
    assert folder.startswith("henan/xuchang/2025-")


def test_pages_that_list() -> None:
    assert addresses.kind_page(Kind.PROBLEMS) == "sections/problems/index.html"
    assert addresses.kind_list_page(Kind.PROBLEMS, 2025, "henan") == "sections/problems/2025/henan/index.html"
    assert addresses.kind_list_page(Kind.PLANS, None, "unplaced") == "sections/plans/undated/unplaced/index.html"
    assert addresses.year_page(2025) == "years/2025/index.html"
    assert addresses.issuer_kind_page("weijianwei") == "issuers/weijianwei/index.html"


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("index.html", "henan/index.html", "henan/index.html"),
        ("henan/index.html", "index.html", "../index.html"),
        ("henan/xuchang/index.html", "henan/zhengzhou/index.html", "../zhengzhou/index.html"),
        ("henan/index.html", "henan/index.html#a", "index.html#a"),
        ("henan/xuchang/2025-x/index.html", "henan/xuchang/index.html", "../index.html"),
    ],
)
def test_links_are_relative_and_name_a_file(here: str, there: str, link: str) -> None:
    assert addresses.relative(here, there) == link


PAGES = st.lists(st.sampled_from(["henan", "xuchang", "years", "2025"]), max_size=4).map(
    lambda parts: "/".join([*parts, "index.html"])
)


@given(PAGES, PAGES)
def test_a_link_leads_where_it_should(here: str, there: str) -> None:
    link = addresses.relative(here, there)
    assert posixpath.normpath(posixpath.join(posixpath.dirname(here), link)) == there
    assert posixpath.normpath(addresses.root_of(here) + there or ".").endswith(there)


def test_an_absolute_address_has_one_stroke() -> None:
    assert addresses.absolute("https://example.org/f/", "a/index.html") == "https://example.org/f/a/index.html"
    assert addresses.absolute("https://example.org/f", "a/index.html") == "https://example.org/f/a/index.html"
