"""Words are cut the same by both segmenters, and joined they are the text."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.words import OWN_WORDS, Cutter, Segmenter, fastest_segmenter
from tests.strategies import report_texts

needs_both = pytest.mark.skipif(find_spec("rjieba") is None, reason="没有安装 rjieba")


@cache
def cutter(segmenter: Segmenter | None = None) -> Cutter:
    return Cutter(segmenter=segmenter)


def texts(root: Path) -> list[str]:
    openings = (root / "tests" / "eval" / "openings.jsonl").read_text(encoding="utf-8").splitlines()
    reports = sorted((root / "corpus").rglob("*.md"))
    return [path.read_text(encoding="utf-8") for path in reports] + [json.loads(line)["text"] for line in openings]


@needs_both
def test_both_segmenters_cut_the_same_words(root: Path) -> None:
    """Over the corpus and 92 openings of real pages: a build must not depend on what is installed."""
    for text in texts(root):
        assert cutter("rjieba").word_starts(text) == cutter("jieba").word_starts(text)


def test_words_of_this_field_are_whole() -> None:
    for segmenter in ("jieba", fastest_segmenter()):
        pieces = [piece for word in OWN_WORDS for piece in cutter(segmenter).pieces(f"，{word}。")]
        assert pieces == [piece for word in OWN_WORDS for piece in ("，", word, "。")]


@given(report_texts())
def test_joined_the_words_are_the_text(text: str) -> None:
    words = cutter().words(text)
    assert "".join(word.text for word in words) == text
    assert [word.span.start for word in words] == list(cutter().word_starts(text))
    assert all(text[word.span.start : word.span.end] == word.text != "" for word in words)
    assert "".join(cutter().phrases(text)) == text


@given(st.text("法治政府建设依行年的第一二〇2025aB%.，、 \n"))
def test_a_number_and_a_foreign_word_are_one(text: str) -> None:
    for before, after in zip(*(cutter().pieces(text)[start:] for start in (0, 1)), strict=False):
        assert not (before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha())
        assert not (before[-1] in "025" and after[0] in "025" and "." not in before)


def test_a_title_is_broken_between_words() -> None:
    assert cutter().phrases("许昌市卫生健康委员会关于2025年法治政府建设情况的报告") == (
        "许昌市", "卫生健康", "委员会", "关于2025年", "法治政府", "建设", "情况的", "报告",
    )  # fmt: skip
