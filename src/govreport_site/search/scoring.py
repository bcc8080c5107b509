"""What an occurrence weighs, and what a passage scores: BM25F over words, in whole numbers.

A place of a line has *fields*: title, heading, text. An occurrence of a phrase weighs what its
field is worth, more in a short text than in a long one, and less where it begins inside a word:
法治 in 执法治理 is not the word. That is its *level*, 0…4, known when the index is made. A
reader's browser adds up the levels of all occurrences in a place, lets them saturate, and
multiplies by how rare the phrase is:

    weight  = Σ WEIGHTS[level]                   sixteenths
    cell    = how often the weight doubles, 0…7
    value   = 2 ** cell / 4
    score   = Σ over phrases  idf · Σ value · (K1 + 1) / (Σ value + K1)
    idf     = ln(1 + (N - df + 0.5) / (df + 0.5))  N places in all, df of them hold the phrase

Source: Robertson & Zaragoza 2009; idf with Lucene's +1, so never negative. Levels and cells
stand for exact numbers so that an index of many parts, however it was put together, gives every
passage the same score.
Twin: templates/static/browser/scoring.js; tests/golden/scoring.json holds both to it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from enum import Enum

K1 = 1.2

# A text of so many words is short: some 75 characters, one sentence.
SHORT_WORDS = 40


class Field(Enum):
    """What a part of a place is; the value is its level."""

    TEXT = 1
    HEADING = 3
    TITLE = 4


# Of levels, in sixteenths: four mentions in short texts weigh what one in a heading does.
WEIGHTS = (4, 11, 32, 128, 256)

# The least weight of each cell.
BOUNDS = tuple(4 << cell for cell in range(8))


def level(field: Field, words: int) -> int:
    """Of an occurrence at the start of a word, in a field of so many words; 1…4. Inside a word one less."""
    return field.value + (field is Field.TEXT and words <= SHORT_WORDS)


def cell(weight: int) -> int:
    """The cell of a weight in sixteenths."""
    return max(0, bisect_right(BOUNDS, weight) - 1)


def idf(df: int, places: int) -> float:
    """How rare a phrase is; ≥ 0. df: places that hold it, 0 ≤ df ≤ places."""
    if not 0 <= df <= places:
        raise ValueError(f"df {df} of {places} places: the index is damaged")
    return math.log(1 + (places - df + 0.5) / (df + 0.5))


def score(phrases: list[tuple[float, list[int]]]) -> float:
    """Of a passage: for each phrase its idf, and the cells of its places in the passage."""
    total = 0.0
    for rarity, cells in phrases:
        value = sum(2**number / 4 for number in cells)
        total += rarity * value * (K1 + 1) / (value + K1)
    return total
