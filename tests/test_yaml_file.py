"""YAML keeps what an editor wrote, tells where, and cannot be made to hurt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.yaml_file import MAX_DEPTH, Node, load_placed


def values(text: str) -> dict[str, object]:
    root, faults = load_placed(text)
    assert root is not None, faults
    assert isinstance(root.value, dict)
    return {key: node.value for key, node in root.value.items()}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0374", "0374"),
        ("12:30", "12:30"),
        ("no", "no"),
        ("2026-01-27", "2026-01-27"),
        ("1e3", "1e3"),
        ("'null'", "null"),
    ],
)
def test_scalars_stay_as_written(written: str, value: str) -> None:
    """YAML 1.1 would make them 252, 750, false, a date, 1000.0."""
    assert values(f"a: {written}") == {"a": value}


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_nothing_is_none(written: str) -> None:
    assert values(f"a: {written}") == {"a": None}


def test_a_key_that_stands_twice_is_reported_and_the_first_kept() -> None:
    root, faults = load_placed("year: 2024\nplace: x\nyear: 2025\n")
    assert root is not None
    assert isinstance(root.value, dict)
    assert root.value["year"].value == "2024"
    assert [(fault.duplicate, fault.line, fault.column) for fault in faults] == [("year", 2, 0)]


def test_places_count_lines_and_columns() -> None:
    root, _ = load_placed('a: 1\nsections:\n  "二": {kind: problems}\n')
    assert root is not None
    assert isinstance(root.value, dict)
    sections = root.value["sections"]
    assert isinstance(sections.value, dict)
    assert sections.keys["二"] == (2, 2)
    inner = sections.value["二"]
    assert isinstance(inner.value, dict)
    assert (inner.value["kind"].line, inner.value["kind"].column) == (2, 14)


@pytest.mark.parametrize("bomb", ["[" * 100_000, "- " * 100_000, "{a: " * 50_000])
def test_deep_nesting_is_refused_not_followed(bomb: str) -> None:
    """PyYAML's own composer ends the process on these."""
    root, faults = load_placed(bomb)
    assert root is None
    assert str(MAX_DEPTH) in faults[0].message


def test_aliases_are_not_followed() -> None:
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    root, faults = load_placed(laughs)
    assert root is not None
    assert len(faults) == 9 * 8


@pytest.mark.parametrize("character", ["\x01", "\ufffe", "\ud800"])
def test_a_character_yaml_forbids_is_said_with_its_place(character: str) -> None:
    """A lone surrogate was found by tests/bench/fuzz.py."""
    root, faults = load_placed(f"year: 2025\ntitle: 一{character}\n")
    assert root is None
    assert (faults[0].message, faults[0].line) == ("含有 YAML 不允许的字符", 1)


@given(st.text(max_size=80) | st.text("ab:- []{}\"'&*!|>%@`#\n\t?,年", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    root, faults = load_placed(text)
    assert isinstance(root, Node) or faults
    for fault in faults:
        assert fault.message
        assert 0 <= fault.line <= text.count("\n") + 1
