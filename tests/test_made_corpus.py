"""The corpora that the benchmarks are measured on: the same each time, of the size that was said, read as reports."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from pathlib import Path

import pytest

from govreport_site import issuer_kinds, places
from govreport_site.normalise import is_blank
from govreport_site.reading.read import read_text
from govreport_site.report import leaves
from tests.bench.made_corpus import made_reports, stats, write_corpus

COUNT = 120


@pytest.fixture(scope="module")
def made() -> list[tuple[str, str]]:
    return list(made_reports(COUNT))


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(made: list[tuple[str, str]]) -> None:
    """So that "add one report" adds the next one, and figures can be made again anywhere."""
    assert list(made_reports(7)) == made[:7]
    assert list(islice(made_reports(3, seed=8), 3)) != made[:3]


def test_the_paths_are_distinct(made: list[tuple[str, str]]) -> None:
    """No report is written over another."""
    assert len({path for path, _ in made}) == COUNT


def test_lengths_are_those_of_real_reports(made: list[tuple[str, str]]) -> None:
    """About 4,489 characters, none tiny, none huge: bytes a query depend on it."""
    lengths = [len(text.partition("\n---\n")[2]) for _, text in made]
    assert 4100 < sum(lengths) / COUNT < 4900
    assert 2200 < min(lengths) < 3200 < 6000 < max(lengths) < 9000


def test_an_issuer_has_its_years_in_a_row(made: list[tuple[str, str]]) -> None:
    """Reports of one issuer are compared year by year."""
    years: dict[str, list[int]] = defaultdict(list)
    for path, _ in made:
        folder, _, name = path.rpartition("/")
        year, _, issuer = name.partition("-")
        years[f"{folder}/{issuer}"].append(int(year))
    assert any(len(found) >= 4 for found in years.values())
    for found in years.values():
        assert found == list(range(found[0], found[0] + len(found)))
        assert found[0] >= 2018
        assert found[-1] <= 2025


def test_they_are_read_as_reports_and_nothing_is_lost(made: list[tuple[str, str]]) -> None:
    """The metadata is as written, the parts are found, every character has its place."""
    for path, text in made[:20]:
        report = read_text(text, name=path, file=path)
        body = report.source.text
        assert text.endswith(body)
        kinds = {str(section.kind) for section in report.sections}
        assert {"achievements", "problems", "plans"} <= kinds
        place = places.place(report.metadata.place or "")
        assert place is not None
        assert report.metadata.issuer is not None
        assert report.metadata.issuer.startswith(place.name)
        kind = issuer_kinds.kind_of(report.metadata.issuer)
        assert kind is not None
        assert kind.name == report.metadata.issuer_kind
        at = 0
        for leaf in leaves(report):
            assert is_blank(body[at : leaf.start])
            at = leaf.end
        assert at == len(body)


def test_no_slot_is_left_open_and_no_two_quotes_meet(made: list[tuple[str, str]]) -> None:
    """A template that was written wrongly would otherwise stand in every corpus."""
    for _, text in made:
        assert not re.search(r"[{}\[\]]|““|””|。。", text.partition("\n---\n")[2])


def test_the_texts_are_varied(made: list[tuple[str, str]]) -> None:
    """Few sentences stand twice: phrases at random places must not all be boilerplate."""
    said = stats(text for _, text in made)
    share = re.search(r"([\d.]+)% of sentences", said)
    pairs = re.search(r"([\d,]+) distinct pairs", said)
    assert share is not None
    assert pairs is not None
    assert float(share.group(1)) < 15
    assert int(pairs.group(1).replace(",", "")) > 40_000


def test_a_corpus_is_written_as_it_was_made(made: list[tuple[str, str]], tmp_path: Path) -> None:
    """The files are the texts, with line breaks of one character on every system."""
    assert write_corpus(tmp_path, made[:3]) == 3
    for path, text in made[:3]:
        assert (tmp_path / path).read_bytes().decode("utf-8") == text
