"""The lexicon: which wording counts what, what it must not be taken for, and how a corpus adds to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_site.insight.figures import find_figures
from govreport_site.insight.indicators import lexicon, own_text, read_lexicon
from govreport_site.problems import CODES
from govreport_site.reading.read import read_text

GOLDEN = Path(__file__).parent / "golden"
CASES = [
    line
    for line in (GOLDEN / "figures_indicators.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def told(sentence: str) -> list[tuple[str, str]]:
    report = read_text(f"一、工作成效\n{sentence}\n", name="x", file="x")
    return [(figure.text, figure.indicator or "-") for figure in find_figures(report, lexicon())]


@pytest.mark.parametrize("case", CASES)
def test_what_is_counted(case: str) -> None:
    marked, _, ids = case.partition(" → ")
    assert told(re.sub("[{}]", "", marked)) == list(zip(re.findall(r"\{(.*?)\}", marked), ids.split(), strict=True))


def test_every_wording_of_the_lexicon_finds_its_own_indicator() -> None:
    """A wording that another one always beats, or that the reader cannot match, is a dead line."""
    for indicator in lexicon().indicators:
        for wording in indicator.wordings:
            after = wording.text.partition("X")[2]
            unit = "" if after.startswith(indicator.units) else indicator.units[0]
            sentence = wording.text.replace("……", "有关情况，").replace("X", "12" + unit)
            assert indicator.id in [found for _, found in told(f"{sentence}。")], wording.text


def test_the_own_lexicon_is_sound() -> None:
    """Ids are addresses and must be unique; one wording must not count two things; each group stands together."""
    read, problems = read_lexicon([own_text()])
    assert problems == ()
    assert read.version == "1"
    assert len(read.indicators) >= 72
    wordings = [wording.text for indicator in read.indicators for wording in indicator.wordings]
    assert len(wordings) == len(set(wordings))
    assert all(indicator.wordings for indicator in read.indicators)
    groups = [indicator.group for indicator in read.indicators]
    assert [g for i, g in enumerate(groups) if i and groups[i - 1] != g and g in groups[:i]] == []


def test_a_corpus_adds_and_mends() -> None:
    base = "version: 1\nindicators:\n- id: a\n  name: 甲\n  group: 组\n  units: [件, 宗]\n  verified: [办理甲案X件, 收到甲X件]\n"
    more = (
        "version: 地方2\nindicators:\n- id: a\n  name: 甲案\n  unverified: 查办甲案X件\n  withdrawn: [收到甲X件]\n"
        "- id: b\n  name: 乙\n  group: 组\n  units: 次\n  unverified: [开展乙X次]\n"
    )
    read, problems = read_lexicon([("base.yaml", base), ("more.yaml", more)])
    assert problems == ()
    assert read.version == "1+地方2"
    first, second = read.indicators
    assert (first.name, first.group, first.units) == ("甲案", "组", ("件", "宗"))
    assert [(w.text, w.verified) for w in first.wordings] == [("办理甲案X件", True), ("查办甲案X件", False)]
    assert read.by_id("b") == second
    assert read.by_id("c") is None


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("indicators: [\n", "yaml/broken", 2, 1),
        ("- a\n", "yaml/wrong-type", 1, 1),
        ("version: 1\n", "yaml/wrong-type", 1, 1),
        ("indicators: 甲\n", "yaml/wrong-type", 1, 13),
        ("indicators:\n- 甲\n", "yaml/wrong-type", 2, 3),
        ("indicator: []\nindicators: []\n", "yaml/unknown-key", 1, 1),
        ("indicators:\n- id: 甲\n", "yaml/unknown-value", 2, 7),
        ("indicators:\n- name: 甲\n", "yaml/unknown-value", 2, 3),
        ("indicators:\n- id: a\n  name: 甲\n", "yaml/wrong-type", 2, 3),
        ("indicators:\n- {id: a, name: 甲, group: 组, units: 件, verifed: 甲X件}\n", "yaml/unknown-key", 2, 40),
        ("indicators:\n- {id: a, name: 甲, group: 组, units: 件, verified: [办理甲件]}\n", "yaml/unknown-value", 2, 51),
        ("indicators:\n- {id: a, name: 甲, group: 组, units: 件, verified: [X件]}\n", "yaml/unknown-value", 2, 51),
        ("indicators:\n- {id: a, name: 甲, group: 组, units: 件, verified: [[甲]]}\n", "yaml/wrong-type", 2, 51),
        ("indicators:\n- {id: a, name: [甲], group: 组, units: 件}\n", "yaml/wrong-type", 2, 17),
        ("indicators:\n- {id: a, name: 甲, group: 组, units: {件: 1}}\n", "yaml/wrong-type", 2, 37),
        ("indicators:\n- id: a\n  id: b\n", "yaml/duplicate-key", 3, 3),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, code: str, line: int, column: int) -> None:
    _, problems = read_lexicon([own_text(), ("指标.yaml", text)])
    first = problems[0]
    assert (first.code, first.file, first.line, first.column) == (code, "指标.yaml", line, column)
    assert first.code in CODES
    assert first.found
    assert first.expected
    assert first.mend
