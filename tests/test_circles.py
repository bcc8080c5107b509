"""Builds do not look for circles (`site.unswept`): what they do by the thousand must leave none, or memory fills."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from govreport_site.catalogue import card_of, gather
from govreport_site.insight.between import compare_years
from govreport_site.insight.letters import letters_in, read_letters
from govreport_site.insight.of_report import findings_of, read_kit, traits_of
from govreport_site.insight.sketches import sketch
from govreport_site.making import units_in
from govreport_site.reading.duplicates import print_of
from govreport_site.reading.read import read_report
from govreport_site.records import flat_findings, flat_report, passages_of, raise_findings, raise_report
from govreport_site.report import Report
from govreport_site.search.contribution import contribute
from govreport_site.search.terms import terms_of
from govreport_site.words import Cutter

ROOT = Path(__file__).resolve().parents[1]
SEEDS = sorted((ROOT / "corpus").rglob("*.md"))
KIT, _ = read_kit()
CUTTER = Cutter()


def seed() -> Report:
    return read_report(SEEDS[0], name="x", file=SEEDS[0].name)


def find(report: Report) -> None:
    findings = findings_of(report, KIT)
    traits_of(findings)
    raise_findings(flat_findings(findings))


def keep(report: Report) -> None:
    flat = flat_report(report)
    raise_report(flat, "x")
    letters_in(flat[1], sorted(passages_of(flat).values(), key=lambda part: part[1].start), KIT.set_phrases)
    card_of(report)
    print_of(report)


def compare(report: Report) -> None:
    sketch(report, read_letters(report, KIT.set_phrases))
    compare_years(report, report, KIT.set_phrases)


def index(report: Report) -> None:
    contribute(units_in(report, gather([report])[0]), CUTTER.word_starts)
    terms_of(report.source.text, (section.title for section in report.walk()), CUTTER)


@pytest.mark.parametrize(
    "task", [lambda _: seed(), find, keep, compare, index], ids=["read", "find", "keep", "compare", "index"]
)
def test_no_circles(task: Callable[[Report], object]) -> None:
    report = seed()
    task(report)  # what is made once for all
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            task(report)
        assert gc.collect() == 0
    finally:
        gc.enable()
