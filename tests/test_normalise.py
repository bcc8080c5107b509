"""The one definition of “the same character”, held to the vectors that JavaScript reads too."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.normalise import BLANK, FOLDED, JOINING, fold_character, is_blank, normalise, trim
from govreport_site.source import Span

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "normalise.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_cases(case: dict[str, str]) -> None:
    assert normalise(case["text"]) == case["loose"]
    assert normalise(case["text"], keep_marks=True) == case["strict"]


@pytest.mark.parametrize(
    ("keep_marks", "digest"), [(False, GOLDEN["digests"]["loose"]), (True, GOLDEN["digests"]["strict"])]
)
def test_every_folding_is_pinned(keep_marks: bool, digest: str) -> None:
    """Another version of Unicode must not fold one character otherwise: addresses hang on it."""
    table = hashlib.sha256()
    for start, end in FOLDED:
        for point in range(start, end):
            table.update(f"{point:x}={fold_character(chr(point), keep_marks=keep_marks)};".encode())
    assert table.hexdigest() == digest


def test_with_marks_a_character_is_what_it_is_without_and_marks() -> None:
    """The index keeps letters and, beside them, which marks stand between them."""
    for start, end in FOLDED:
        for character in map(chr, range(start, end)):
            kept = fold_character(character, keep_marks=True)
            assert "".join(c for c in kept if c not in JOINING) == fold_character(character), hex(ord(character))


def test_tables_are_pinned() -> None:
    assert sorted(map(ord, BLANK)) == GOLDEN["blank"]
    assert sorted(map(ord, JOINING)) == GOLDEN["joining"]
    assert [list(bounds) for bounds in FOLDED] == GOLDEN["folded"]


@given(st.text(alphabet=st.sampled_from("一（、）％Ａa1 \u3000㈠㎡⾏“”Σİ\U0001d7d9\U00020000，")))
def test_folding_is_by_character(text: str) -> None:
    """A place in the folded text leads back to one character, so no neighbour may matter."""
    assert normalise(text) == "".join(normalise(character) for character in text)
    assert is_blank(text) == (normalise(text, keep_marks=True) == "")


@given(st.text(alphabet=st.sampled_from("一、 \u3000\ufeff\n")))
def test_trimming_takes_blanks_only(text: str) -> None:
    span = trim(text, Span(0, len(text)))
    assert is_blank(text[: span.start]) and is_blank(text[span.end :])
    assert not span or not (is_blank(text[span.start]) or is_blank(text[span.end - 1]))
