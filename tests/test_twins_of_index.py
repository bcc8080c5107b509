"""What Python writes and the browser reads: numbers, bits, scores and a whole small index, held by golden files.

tests/node/index.test.mjs reads the same files. `pytest --update-golden` rewrites them; the diff is the review.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.report import Kind
from govreport_site.search import bits, grams, numbers, scoring, segments
from govreport_site.search.units import ReportUnits, UnitSection
from tests.made_units import contributions, unit_of
from tests.make import index_cases

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", index_cases.FILES)
def test_the_cases_are_what_python_writes(name: str, update_golden: bool) -> None:
    made = index_cases.as_text(index_cases.FILES[name]())
    if update_golden:
        (GOLDEN / name).write_text(made, "utf-8", newline="\n")
    assert made == (GOLDEN / name).read_text("utf-8")


# --- numbers


def read_numbers(text: str) -> list[int]:
    """As the table in numbers.py has it."""
    values = [ord(c) - 0x23 - (c > "\\") for c in text]
    found = []
    at = 0
    while at < len(values):
        if values[at] < 0x6000:
            found.append(values[at])
            at += 1
        else:
            found.append(((values[at] - 0x6000) << 15) + values[at + 1])
            at += 2
    return found


@given(st.lists(st.one_of(st.integers(0, 100), st.integers(0, 40_000), st.integers(0, numbers.LARGEST))))
def test_numbers_need_no_escape_and_come_back(given_numbers: list[int]) -> None:
    """In a script, and in UTF-8."""
    text = numbers.as_text(given_numbers)
    assert read_numbers(text) == given_numbers
    assert json.loads(f'"{text}"') == text
    assert not set(text) & set("\\\"'<>\n\r") - set("'<>")
    assert text.encode("utf-8").decode("utf-8") == text


def test_the_largest_number_is_below_the_surrogates() -> None:
    assert max(numbers.as_text([numbers.LARGEST])) < "\ud800"
    assert len(numbers.as_text([24_575])) == 1 and len(numbers.as_text([24_576])) == 2


def test_steps_and_signs() -> None:
    assert numbers.steps([3, 3, 10]).tolist() == [3, 0, 7]
    assert numbers.steps([]).tolist() == []
    assert numbers.signed([0, 1, -1, 2, -2]).tolist() == [0, 2, 1, 4, 3]


# --- bits


def spelled(kind: str, number: int, parameter: int) -> str:
    """A code as the docstring of bits.py says it."""
    if kind == "gamma":
        return "0" * (number.bit_length() - 1) + f"{number:b}"
    if number >> parameter >= 24:
        return "1" * 24 + f"{number:032b}"
    low = f"{number & ((1 << parameter) - 1):0{parameter}b}" if parameter else ""
    return "1" * (number >> parameter) + "0" + low


RICE = st.tuples(st.just("rice"), st.one_of(st.integers(0, 200), st.integers(0, 2**32 - 1)), st.integers(0, 31))
GAMMA = st.tuples(st.just("gamma"), st.one_of(st.integers(1, 200), st.integers(1, 2**31)), st.just(0))


@given(st.lists(st.lists(RICE | GAMMA, min_size=1, max_size=30), min_size=1, max_size=4))
def test_bits_are_those_that_are_written_down(files: list[list[tuple[str, int, int]]]) -> None:
    """File by file, each beginning with a byte of its own."""
    codes = [
        bits.rice(np.asarray([n]), k) if kind == "rice" else bits.gamma(np.asarray([n]))
        for file in files
        for kind, n, k in file
    ]
    values, lengths = (np.concatenate([each[part] for each in codes]) for part in (0, 1))
    firsts = np.cumsum([0, *(len(file) for file in files[:-1])])
    packed = bits.pack((np.asarray(values, np.uint64), np.asarray(lengths, np.int64)), firsts)
    for file, text in zip(files, packed, strict=True):
        expected = "".join(spelled(*code) for code in file)
        data = base64.b64decode(text)
        assert "".join(f"{byte:08b}" for byte in data) == expected + "0" * (-len(expected) % 8)


def test_bit_cases_can_be_read_by_hand() -> None:
    """What stands in the golden file, against the words of the docstring."""
    assert spelled("rice", 5, 1) == "1101" and spelled("gamma", 5, 0) == "00101"
    for case in json.loads((GOLDEN / "bits.json").read_text("utf-8"))["cases"]:
        assert case["bits"] == "".join(spelled(*code) for code in case["codes"])


@given(st.lists(st.integers(0, 2**53 - 1), min_size=1))
def test_lengths_in_bits(given_numbers: list[int]) -> None:
    assert bits.bit_length(np.asarray(given_numbers)).tolist() == [number.bit_length() for number in given_numbers]


# --- scores


def test_a_cell_is_how_often_a_weight_doubles() -> None:
    assert [scoring.cell(weight) for weight in (4, 7, 8, 16, 511, 512, 10**6)] == [0, 0, 1, 2, 6, 7, 7]
    assert min(scoring.WEIGHTS) == scoring.BOUNDS[0], "no weight lies below the first cell"


def test_what_weighs_more() -> None:
    """Title over heading over short text over long text; inside a word one level less, never below the least."""
    levels = [
        scoring.level(field, words)
        for field, words in ((scoring.Field.TEXT, 41), (scoring.Field.TEXT, 40), (scoring.Field.HEADING, 5), (scoring.Field.TITLE, 9))
    ]  # fmt: skip
    assert levels == [1, 2, 3, 4]
    assert list(scoring.WEIGHTS) == sorted(scoring.WEIGHTS)


def test_a_rare_phrase_weighs_more_and_none_less_than_nothing() -> None:
    assert scoring.idf(1, 1000) > scoring.idf(10, 1000) > scoring.idf(1000, 1000) > 0
    with pytest.raises(ValueError, match="damaged"):
        scoring.idf(2, 1)


# --- a whole index


def tiny() -> list[ReportUnits]:
    """Two reports: a title, a run-in heading, joined places, a table, marks, all that a table of reports holds."""
    henan, xuchang = ("410000", "河南省"), ("411000", "许昌市")
    work = UnitSection(("一、工作", "（一）普法"), Kind.ACHIEVEMENTS.value)
    wants = UnitSection(("二、不足",), Kind.PROBLEMS.value)
    topics = ((), ("普法",), ("普法", "执法/规范"))
    first = (
        unit_of([("法治政府建设报告", "p-title", 0, 0, True)]),
        unit_of([("二、不足", "s-2", 2, 4)]),
        unit_of([("（一）普法。“法治”先行，法治政府", "p-1", 1, 6), ("执法不足", "p-2", 2, 0)], 1, topics),
        unit_of([("| 法治 |", "p-3", 1, 0)], 3, topics),
        unit_of([("| 执法 |", "p-3", 1, 0)], 3, topics),
    )
    second = (unit_of([("法治政府𠀀㎡", "p-1", 0, 0)], numbered=1),)
    nothing = UnitSection((), None)
    return [
        ReportUnits(
            "henan/xuchang/2025-sifaju", "报告", "许昌市司法局", ("sifaju", "司法行政"), (henan, xuchang), 2025, "2026-01-27",
            (nothing, work, wants), first,
        ),
        ReportUnits("2024-x", "报告", None, None, (), None, None, (nothing,), second),
    ]  # fmt: skip


def test_a_tiny_index_is_written_as_ever(tmp_path: Path, update_golden: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the wire format shows in review; then FORMAT must be raised, here and in shards.js."""
    for module, name, value in ((segments, "SMALL", 0), (grams, "SPLIT", 3), (grams, "FREQUENT", 4)):
        monkeypatch.setattr(module, name, value)
    segments.update_index(tmp_path, contributions(tiny()))
    golden = GOLDEN / "index"
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.js")}
    if update_golden:
        for old in golden.rglob("*.js"):
            old.unlink()
        for path, data in written.items():
            (golden / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / path).write_bytes(data)
    assert written == {path.relative_to(golden): path.read_bytes() for path in golden.rglob("*.js")}
