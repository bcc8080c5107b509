"""Whole numbers as bits, many at a time: how the lists of the index are packed. Pure arrays.

A *code* is a run of bits, the most significant first:

    rice(n, k)   n >> k ones, a zero, then the low k bits of n; where there would be 24 ones or
                 more: 24 ones, then n in 32 bits
    gamma(n)     for n ≥ 1: as many zeros as n has bits beyond the first, then n

Codes stand one after another without gaps; each file begins with the first bit of a byte and is
filled up with zeros. Files are written in base64, which gzip brings back to the size of the bits.
Twin: templates/static/browser/bits.js; tests/golden/bits.json holds both to it.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = tuple[NDArray[np.uint64], NDArray[np.int64]]

# From so many ones on a number stands as it is.
ESCAPE = 24
_PLAIN = 32


def rice(numbers: NDArray[Any], parameter: NDArray[Any] | int) -> Codes:
    """Values and lengths of codes; numbers in 0…2³²-1, parameter in 0…31."""
    n = np.asarray(numbers).astype(np.uint64)
    k = np.broadcast_to(np.asarray(parameter, np.uint64), n.shape)
    quotient = n >> k
    plain = quotient >= ESCAPE
    quotient = np.where(plain, 0, quotient)
    one = np.uint64(1)
    values = ((((one << quotient) - one) << (k + one)) | (n & ((one << k) - one))).astype(np.uint64)
    lengths = (quotient + k + one).astype(np.int64)
    if plain.any():
        values[plain] = (np.uint64((1 << ESCAPE) - 1) << np.uint64(_PLAIN)) | n[plain]
        lengths[plain] = ESCAPE + _PLAIN
    return values, lengths


def gamma(numbers: NDArray[Any]) -> Codes:
    """Values and lengths of codes; numbers in 1…2³¹."""
    n = np.asarray(numbers).astype(np.uint64)
    return n, 2 * bit_length(n) - 1


def bit_length(numbers: NDArray[Any]) -> NDArray[np.int64]:
    """As `int.bit_length`, for numbers below 2⁵³."""
    return np.frexp(np.asarray(numbers, np.float64))[1].astype(np.int64)


def joined(first: Codes, second: Codes) -> Codes:
    """Pairs of codes made one; together at most 64 bits."""
    return (first[0] << second[1].astype(np.uint64)) | second[0], first[1] + second[1]


def pack(codes: Codes, firsts: NDArray[Any]) -> list[str]:
    """Codes as files in base64; a file begins with the code at each of `firsts`, of which the first is 0."""
    values, lengths = codes
    ends = np.cumsum(lengths)
    begins = ends - lengths
    file_begins = begins[firsts]
    file_bits = np.diff(np.append(file_begins, ends[-1]))
    file_words = (file_bits + 63) >> 6
    bases = np.cumsum(file_words) - file_words
    counts = np.diff(np.append(firsts, len(values)))
    at = begins + np.repeat(bases * 64 - file_begins, counts)
    word = at >> 6
    shift = (at & 63).astype(np.uint64)
    left = values << (64 - lengths).astype(np.uint64)
    high = left >> shift
    # A shift by 64 is undefined: what is over is shifted in two steps.
    low = (left << (np.uint64(63) - shift)) << np.uint64(1)
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    words = np.zeros(int(file_words.sum()) + 1, np.uint64)
    words[word[starts]] = np.bitwise_or.reduceat(high, starts)
    words[word[starts] + 1] |= np.bitwise_or.reduceat(low, starts)
    data = words.astype(">u8").tobytes()
    return [
        base64.b64encode(data[8 * base : 8 * base + (bits + 7) // 8]).decode()
        for base, bits in zip(bases.tolist(), file_bits.tolist(), strict=True)
    ]
