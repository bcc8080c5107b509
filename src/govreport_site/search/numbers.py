"""Whole numbers as characters of a JavaScript string: how the index writes columns of its tables.

A number below 0x6000 is one character, a larger one two: the first, 0x6000 or above, holds what
lies over its low 15 bits, the second the low 15 bits. Characters begin at `#` and leave out the
backslash, so that nothing in a string literal needs an escape but U+2028 and U+2029; the highest
lies below the surrogates. UTF-8 then writes small numbers in one byte, and the host's gzip or
brotli brings the rest close to what the numbers are worth: no base64, and nothing to inflate.

    number           characters                    in UTF-8
    0 … 91           1                             1 byte
    92 … 2,011       1                             2 bytes
    … 24,575         1                             3 bytes
    … 671,088,639    2                             4 to 6 bytes

Twin: templates/static/browser/numbers.js; tests/golden/numbers.json holds both to it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

LARGEST = ((0xB000 - 0x6000) << 15) - 1

_FIRST = 0x23  # “#”
_BACKSLASH = 0x5C
_TWO = 0x6000


def as_text(numbers: Any) -> str:
    """Numbers in 0…LARGEST as one string."""
    values = np.asarray(numbers, np.int64)
    two = values >= _TWO
    ends = np.cumsum(two + 1)
    characters = np.empty(int(ends[-1]) if len(ends) else 0, np.int64)
    characters[ends - 1] = np.where(two, values & 0x7FFF, values)
    characters[ends[two] - 2] = _TWO + (values[two] >> 15)
    characters += _FIRST
    characters += characters >= _BACKSLASH
    return characters.astype("<u4").tobytes().decode("utf-32-le")


def as_texts(numbers: Any, firsts: Any) -> list[str]:
    """Runs of numbers as a string each; a run begins at each of `firsts`, the first of which is 0."""
    values = np.asarray(numbers, np.int64)
    text = as_text(values)
    begins = np.append(0, np.cumsum((values >= _TWO) + 1))
    bounds = begins[np.append(np.asarray(firsts, np.int64), len(values))].tolist()
    return [text[begin:end] for begin, end in pairwise(bounds)]


def steps(rising: Any) -> Numbers:
    """Rising numbers as the first one and the steps between them."""
    return np.asarray(np.diff(np.asarray(rising, np.int64), prepend=0), np.int64)


def signed(numbers: Any) -> Numbers:
    """Whole numbers as numbers from 0 on: 0, 1, -1, 2, -2 … become 0, 2, 1, 4, 3 …"""
    values = np.asarray(numbers, np.int64)
    return np.where(values > 0, 2 * values, -2 * values - (values < 0))
