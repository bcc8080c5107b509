"""Markers are read in every form reports use, and written in the standard one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.reading.markers import int_to_numeral, key_part, marker_at, numeral_to_int, write_marker


@given(st.integers(1, 199))
def test_numerals_go_both_ways(number: int) -> None:
    assert numeral_to_int(int_to_numeral(number)) == number


@pytest.mark.parametrize("number", [0, 200, -1])
def test_numbers_without_a_numeral_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        int_to_numeral(number)


@pytest.mark.parametrize("numeral", ["十一十", "一二", "百百", "", "〇"])
def test_what_is_no_numeral_is_none(numeral: str) -> None:
    assert numeral_to_int(numeral) is None


@given(st.integers(1, 5), st.integers(1, 20))
def test_markers_go_both_ways(level: int, ordinal: int) -> None:
    text = write_marker(level, ordinal)
    found = marker_at(text + "加强领导", 0)
    assert found is not None
    marker, end = found
    assert (marker.text, marker.level, marker.ordinal, end) == (text, level, ordinal, len(text))
    assert key_part(marker) in text or level == 5


@pytest.mark.parametrize(
    ("text", "level", "ordinal"),
    [
        ("（三）、因地制宜", 2, 3),
        ("( 二 )加强", 2, 2),
        ("㈠加强", 2, 1),
        ("1、加强", 3, 1),
        ("1. 加强", 3, 1),
        ("⒉加强", 3, 2),
        ("⑴加强", 4, 1),
        ("(2)加强", 4, 2),
        ("二十一、加强", 1, 21),
        ("三、2026年度工作", 1, 3),
    ],
)
def test_forms_that_reports_use(text: str, level: int, ordinal: int) -> None:
    found = marker_at(text, 0)
    assert found is not None
    assert (found[0].level, found[0].ordinal) == (level, ordinal)


@pytest.mark.parametrize(
    "text", ["12.4宪法日", "5.5%", "2025.1.6", "一、二级医院", "一方面", "十九大", "（试行）", "第一，"]
)
def test_what_looks_like_a_marker_and_is_none(text: str) -> None:
    assert marker_at(text, 0) is None
