"""Makes tests/golden/numbers.json, bits.json and scoring.json: what Python writes, for the browser to read.

    .venv/bin/python -m tests.make.index_cases

Small cases that can be checked by hand, and the edges. `pytest --update-golden` does the same.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from govreport_site.search import bits, numbers, scoring

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

NUMBERS: tuple[tuple[int, ...], ...] = (
    (),
    (0,),
    (0, 1, 2, 56, 57, 58),  # around the backslash, which is left out
    (91, 92, 2011, 2012),
    (24_575, 24_576, 24_577),
    (32_767, 32_768, 65_535, 65_536),
    (numbers.LARGEST,),
    (5, 100_000, 5, 3_000_000),
)

# Codes of one file, one after another: rice with number and parameter, gamma with number.
CODES: tuple[tuple[tuple[str, int, int], ...], ...] = (
    (("rice", 0, 0),),
    (("rice", 5, 1), ("rice", 6, 2), ("gamma", 1, 0), ("gamma", 5, 0)),
    tuple(("rice", n, 0) for n in range(9)),
    (("rice", 23, 0), ("rice", 24, 0), ("rice", 25, 0)),
    (("rice", 47, 1), ("rice", 48, 1), ("rice", 2**32 - 1, 0), ("rice", 2**32 - 1, 31)),
    (("rice", 2**25, 25), ("rice", 2**26 + 7, 26), ("rice", 2**31 + 1, 28)),
    tuple(("gamma", n, 0) for n in (1, 2, 3, 4, 7, 8, 255, 256)),
    tuple(("gamma", n, 0) for n in (2**24, 2**25 - 1, 2**25, 2**31)),
    tuple(pair for n in range(1, 40) for pair in (("rice", n * n, n % 7), ("gamma", n, 0))),
)  # fmt: skip


def number_cases() -> list[dict[str, Any]]:
    """Numbers, and the text they become."""
    return [{"numbers": list(each), "text": numbers.as_text(each)} for each in NUMBERS]


def sign_cases() -> list[list[int]]:
    """A whole number, and how it is written."""
    return [[n, int(numbers.signed([n])[0])] for n in (0, 1, -1, 2, -2, 1000, -1000)]


def bit_cases() -> list[dict[str, Any]]:
    """Codes, their bits, and the file."""
    made = []
    for codes in CODES:
        packed = [
            bits.rice(np.asarray([n]), k) if kind == "rice" else bits.gamma(np.asarray([n])) for kind, n, k in codes
        ]
        values, lengths = (np.concatenate([each[part] for each in packed]) for part in (0, 1))
        (file,) = bits.pack((np.asarray(values, np.uint64), np.asarray(lengths, np.int64)), np.asarray([0]))
        written = "".join(f"{byte:08b}" for byte in base64.b64decode(file))
        made.append({"codes": [list(code) for code in codes], "bits": written[: int(lengths.sum())], "file": file})
    return made


def scoring_cases() -> dict[str, Any]:
    """Levels, weights, cells, rarities and scores."""
    weights = (4, 7, 8, 11, 15, 16, 22, 32, 44, 63, 64, 127, 128, 255, 256, 511, 512, 100_000)
    rarities = ((0, 1), (1, 1), (1, 2), (0, 1000), (1, 1000), (500, 1000), (1000, 1000), (3, 2_000_000))
    scores = ((1.0, (0,)), (1.0, (3,)), (2.5, (0, 0, 0)), (2.5, (7,)), (0.1, (2, 5)))
    return {
        "levels": [[f.value, n, scoring.level(f, n)] for f in scoring.Field for n in (0, 1, 40, 41, 1000)],
        "weights": list(scoring.WEIGHTS),
        "cells": [[weight, scoring.cell(weight)] for weight in weights],
        "rarities": [[df, places, _digits(scoring.idf(df, places))] for df, places in rarities],
        "scores": [[idf, list(cells), _digits(scoring.score([(idf, list(cells))]))] for idf, cells in scores],
    }


def _digits(value: float) -> float:
    """So many as every machine's logarithm agrees on."""
    return float(f"{value:.12g}")


def number_file() -> dict[str, Any]:
    """numbers.json."""
    return {
        "about": "Numbers as characters: search/numbers.py. signed: a whole number, and how it is written.",
        "cases": number_cases(),
        "signed": sign_cases(),
    }


def bit_file() -> dict[str, Any]:
    """bits.json."""
    return {
        "about": "Numbers as bits: search/bits.py. codes: rice with number and parameter, or gamma with number and 0.",
        "cases": bit_cases(),
    }


def scoring_file() -> dict[str, Any]:
    """scoring.json."""
    about = (
        "What weighs how much: search/scoring.py. levels: field, its words, level. weights: of levels 0 to 4, in "
        "sixteenths. cells: weight, cell. rarities: df, places, idf. scores: idf, cells of a phrase's places, score."
    )
    return {"about": about, **scoring_cases()}


FILES: dict[str, Callable[[], dict[str, Any]]] = {
    "numbers.json": number_file,
    "bits.json": bit_file,
    "scoring.json": scoring_file,
}


def as_text(data: dict[str, Any]) -> str:
    """A case a line, so that a diff shows which."""
    parts = []
    for key, value in data.items():
        one = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value and isinstance(value[0], dict | list):
            one = "[\n  " + ",\n  ".join(json.dumps(case, ensure_ascii=False) for case in value) + "\n ]"
        parts.append(f' "{key}": {one}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    for name, make in FILES.items():
        (GOLDEN / name).write_text(as_text(make()), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
