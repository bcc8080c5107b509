"""What a person types, how it is read, and how it is said back: as in the browser."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from govreport_site.interface import kind_names
from govreport_site.search.query import (
    KIND_WORDS,
    Narrowing,
    Phrase,
    Query,
    describe,
    kind_of,
    parse_query,
    query_as_typed,
    within_years,
    years_of,
)
from tests.site_answers import ask_site, made_text

CASES = json.loads((Path(__file__).parent / "golden" / "query.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_reads(case: dict[str, Any]) -> None:
    read = parse_query(case["query"])
    assert [[phrase.text, phrase.strict] for phrase in read.phrases] == case["phrases"]
    assert [[phrase.text, phrase.strict] for phrase in read.exclusions] == case["exclusions"]
    assert [[narrowing.key, list(narrowing.values)] for narrowing in read.narrowings] == case["narrowings"]
    assert query_as_typed(read) == case["typed"]


def queries(count: int) -> list[str]:
    lot = random.Random(3)
    leads = ["", "", "-", '"', '-"', "种类:", "地区：", "年份:", "机关:", '机关:"', '地区："']
    ends = ["", '"', " ", "\u3000", "\x85", "\ufeff", '" ']
    words = [
        "2025",
        "2024-2025年",
        "２０２４——2025",
        "2020～2021",
        "问题",
        "不足、安排",
        "许昌",
        "\ufeff2025",
        "去年,2023",
    ]

    def word() -> str:
        middle = lot.choice(words) if lot.random() < 0.4 else made_text(lot, 6)
        return lot.choice(leads) + middle + lot.choice(ends)

    made = [" ".join(word() for _ in range(lot.randrange(4))) for _ in range(count)]
    return [*made, "法" * 2100, "法" + "𠀀" * 1200, "一 " * 1500]


def test_any_query_is_read_as_the_browser_reads_it() -> None:
    asked = queries(1000)
    for text, site in zip(asked, ask_site(None, [(text, {}) for text in asked])["answers"], strict=True):
        read = parse_query(text)
        assert as_browser(read) == site["query"], ascii(text)
        assert query_as_typed(read) == site["typed"], ascii(text)
        assert describe(read) == site["said"], ascii(text)


def as_browser(query: Query) -> dict[str, Any]:
    def phrase(p: Phrase) -> dict[str, Any]:
        return {"text": p.text, "strict": p.strict, "folded": p.folded, "at": p.at}

    def narrowing(n: Narrowing) -> dict[str, Any]:
        return {"key": n.key, "text": n.text, "values": list(n.values), "at": n.at}

    return {
        "phrases": [phrase(p) for p in query.phrases],
        "exclusions": [phrase(p) for p in query.exclusions],
        "narrowings": [narrowing(n) for n in query.narrowings],
    }


def test_kinds_have_the_same_words_in_the_browser() -> None:
    site = ask_site(None, [])["kinds"]
    assert [(kind["value"], kind["words"]) for kind in site] == [
        (kind.value, list(words)) for kind, words in KIND_WORDS.items()
    ]
    assert [(kind["box"], kind["name"]) for kind in site] == [(k.box, k.name) for k in kind_names().values()]


def test_a_query_is_said_in_chinese() -> None:
    assert (
        describe(parse_query('执法 "不、足" -罚款 种类:问题 地区:许昌 年份:2025 机关:卫生'))
        == "含有“执法”和“不、足”，不含“罚款”，板块为存在的不足，地区为许昌，报告年度为 2025，发文机关含“卫生”"
    )
    assert "不在成效、问题、" in describe(parse_query("种类:没有"))
    assert "须写作" in describe(parse_query("年份:去年"))


def test_years_and_kinds() -> None:
    assert years_of(" 2024年至2025年 ") == "2024-2025"
    assert years_of("2024-") is years_of("24") is None
    assert within_years(("2020-2022", "2025-2025"), 2021) and not within_years(("2020-2022",), 2023)
    assert not within_years(("2020-2022",), None)
    assert kind_of("缺") == kind_of("problems") == kind_of("存在的不足") == "problems"
    assert kind_of("没有") is None
