"""What the search box suggests: terms of a report, and the one file made of them."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govreport_site import places
from govreport_site.issuer_kinds import all_kinds
from govreport_site.places import Place
from govreport_site.search.terms import TERMS_OF_A_REPORT, ReportTerms, sound_of, suggestion_file, terms_of
from govreport_site.words import Cutter


@cache
def cutter() -> Cutter:
    return Cutter()


def read(file: bytes) -> dict[str, Any]:
    text = file.decode()
    head, tail = 'window.govreport.receive("suggestions",', ");\n"
    assert text.startswith(head) and text.endswith(tail)
    data: dict[str, Any] = json.loads(text[len(head) : -len(tail)])
    return data


def of(text: str) -> list[str]:
    return list(terms_of(text, (), cutter()).terms)


def one(code: str) -> Place:
    found = places.place(code)
    assert found is not None
    return found


def test_compounds_are_terms_and_their_parts_only_where_they_stand_alone_too() -> None:
    text = "行政执法监督，" * 3 + "普法。" * 3
    found = terms_of(text, (), cutter()).terms
    assert found["行政执法监督"] == 3
    assert found["普法"] == 3
    assert not {"执法监督", "行政执法", "监督"} & set(found)
    assert "监督" in of(text + "监督，" * 6)


def test_no_part_of_a_longer_run_is_a_term() -> None:
    """Six words in a row are too long to be offered, and their pieces say nothing."""
    found = of("中国特色社会主义法治体系建设。" * 4 + "依法行政。" * 3)
    assert found == ["依法行政"]


def test_places_and_words_that_say_nothing_are_no_terms() -> None:
    assert of("许昌市加强工作。许昌市的情况。进一步加强工作。" * 3) == []


def test_a_report_gives_few_terms_and_the_same_ones_again(root: Path) -> None:
    for path in sorted((root / "corpus").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        terms = terms_of(text, (), cutter())
        assert terms == terms_of(text, (), cutter())
        assert list(terms.terms) == list(terms_of(text, (), cutter()).terms)
        assert 20 <= len(terms.terms) <= TERMS_OF_A_REPORT
        assert all(2 <= len(term) <= 8 and " " not in term for term in terms.terms)


def test_headings_are_offered_that_several_reports_have() -> None:
    headings = [("规范行政执法", "一次"), ("规范 行政执法",), ("只有一份报告有", "第2部分很好")]
    reports = [terms_of("", titles, cutter()) for titles in headings]
    assert read(suggestion_file(reports, (), ()))["headings"] == "规范行政执法"


def test_the_file_is_the_same_in_any_order_and_holds_what_most_reports_have_first() -> None:
    few = ReportTerms({"普法": 9, "监督": 1}, (), "设")
    many = [ReportTerms({"监督": 1}, (), "务"), ReportTerms({"监督": 1}, (), "")]
    rows = [(one("411000"), 2), (one("410000"), 3)]
    kinds = [("sifa", "司法"), ("gongan", "公安")]
    file = suggestion_file([few, *many], rows, kinds)
    assert file == suggestion_file([*many, few], rows[::-1], kinds[::-1])
    data = read(file)
    assert data["terms"] == "监督 普法"
    assert data["places"] == "410000 河南省 HeNan 411000 许昌市 XuChang"
    assert data["kinds"] == "gongan 公安 sifa 司法"
    pairs = data["simple"]
    assert {pairs[i : i + 2] for i in range(0, len(pairs), 2)} >= {"設设", "務务"}
    assert set(pairs[1::2]) == {"设", "务"}


@pytest.mark.parametrize(
    ("code", "sound"),
    [
        ("411000", "XuChang"),
        ("610100", "XiAn"),
        ("610116", "ChangAn"),
        ("410000", "HeNan"),
        ("150100", "HuHeHaoTe"),
        ("130121", "JingXing-xian"),
        ("513200", "ABa"),
        ("321000", "YangZhou"),
    ],
)
def test_a_sound_has_a_capital_for_each_syllable(code: str, sound: str) -> None:
    assert sound_of(one(code)) == sound


def test_every_place_has_a_sound_that_is_its_slug() -> None:
    """And so each has initials."""

    def below(code: str | None) -> list[Place]:
        return [each for child in places.children(code) for each in (child, *below(child.code))]

    everything = below(None)
    assert len(everything) > 3000
    assert all(sound_of(place).lower() == place.slug for place in everything)
    assert [place.name for place in everything if sound_of(place) == place.slug] == []


@pytest.mark.parametrize(("number", "most_bytes"), [(1000, 12 * 1024), (10_000, 24 * 1024)])
def test_the_file_stays_small(root: Path, number: int, most_bytes: int) -> None:
    """Made of 92 openings of real pages over and over: more terms than real reports, which are much alike."""
    lines = (root / "tests" / "eval" / "openings.jsonl").read_text(encoding="utf-8").splitlines()
    found = [terms_of(json.loads(line)["text"], (), cutter()) for line in lines]
    everywhere = [
        (county, 1)
        for province in places.children(None)
        for prefecture in places.children(province.code)
        for county in (prefecture, *places.children(prefecture.code))
    ]
    reports = (found * (number // len(found) + 1))[:number]
    file = suggestion_file(reports, everywhere[: number // 2], [(kind.slug, kind.name) for kind in all_kinds()])
    assert len(gzip.compress(file, 9)) <= most_bytes
