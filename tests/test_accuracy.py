"""How much of labelled real pages is read right: pinned floors that refuse to sink.

`eval/openings.jsonl` holds openings of real pages, labelled by hand, their running prose
replaced by filler; `eval/heading_titles.tsv` headings with their kinds. No rule of the
reader may name a page of these files: another set, kept apart, is scored the same way.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from govreport_site.exports.record import as_record
from govreport_site.reading.kinds import Typed, kind_of_part, kind_of_top
from govreport_site.reading.read import read_text
from govreport_site.report import Kind

EVAL = Path(__file__).parent / "eval"

# field → label in the file, and the least share that must be right
FLOORS = {
    "title": ("title", 1.0),
    "year": ("year", 1.0),
    "province": ("province", 1.0),
    "city": ("city", 1.0),
    "county": ("county", 0.97),
    "issuer": ("agency", 1.0),
    "published": ("publish_date", 1.0),
    "index_number": ("index_number", 1.0),
}
KIND_FLOOR, HEADING_FLOOR, TITLE_KIND_FLOOR = 0.97, 0.985, 0.91


def fold(value: object) -> str | None:
    """One shape for comparison: NFKC, lower case, no blanks, no punctuation."""
    if value is None:
        return None
    text = unicodedata.normalize("NFKC", str(value)).lower()
    return "".join(c for c in text if not c.isspace() and not unicodedata.category(c).startswith("P"))


def same(field: str, got: object, want: object) -> bool:
    one, other = fold(got) or "", fold(want) or ""
    if field == "issuer":  # 委 and 委员会 name one body; so do 市教育局 and 某市教育局
        one, other = one.replace("委员会", "委"), other.replace("委员会", "委")
        return bool(one) and (one == other or one.endswith(other) or other.endswith(one))
    if field in ("province", "city", "county"):
        return one.removesuffix("市") == other.removesuffix("市")
    return one == other


@cache
def answers() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    rows = [json.loads(line) for line in (EVAL / "openings.jsonl").read_text("utf-8").splitlines()]
    found = []
    for row in rows:
        if row["genre"] == "fazhi":
            front = f"---\nsource_url: {json.dumps(row['url'])}\n---\n" if row["url"] else ""
            found.append((row, as_record(read_text(front + row["text"], name=row["id"], file=row["id"]))))
    return found


@pytest.mark.parametrize("field", FLOORS)
def test_metadata(field: str) -> None:
    label, floor = FLOORS[field]
    asked = [(row["id"], answer["metadata"][field], row[label]) for row, answer in answers() if row[label] is not None]
    misses = [miss for miss in asked if not same(field, *miss[1:])]
    assert 1 - len(misses) / len(asked) >= floor, misses


@pytest.mark.parametrize(
    ("field", "label"), [("title", "title"), ("document_number", "doc_number"), ("index_number", "index_number")]
)
def test_nothing_is_invented(field: str, label: str) -> None:
    """A title may be composed, when it is marked as inferred; numbers never."""
    for row, answer in answers():
        if row[label] is None:
            metadata = answer["metadata"]
            assert not metadata[field] or field in metadata["inferred"], (row["id"], metadata[field])


def headings(sections: list[dict[str, Any]]) -> list[tuple[int, str | None, str | None, str | None]]:
    found = []
    for section in sections:
        if section["marker"]:
            found.append((section["level"], fold(section["marker"]), fold(section["title"]), section["kind"]))
        found += headings(section["sections"])
    return found


def test_headings() -> None:
    right = found = labelled = 0
    for row, answer in answers():
        want = Counter(
            (h["level"], fold(h["marker"]), fold(h["title"])) for h in row["headings"] if h["level"] in (1, 2)
        )
        have = Counter(heading[:3] for heading in headings(answer["sections"]) if heading[0] in (1, 2))
        right += (want & have).total()
        found += have.total()
        labelled += want.total()
    assert 2 * right / (found + labelled) >= HEADING_FLOOR


def test_kinds_of_sections() -> None:
    hits, misses = 0, []
    for row, answer in answers():
        kinds = {heading[2]: heading[3] for heading in headings(answer["sections"]) if heading[0] == 1}
        tops = [heading for heading in row["headings"] if heading["level"] == 1]
        for heading, kind in zip(tops, row["section_kinds"], strict=False):
            got = kinds.get(fold(heading["title"]))
            hits += got == kind
            misses += [] if got == kind else [(row["id"], heading["title"], kind, got)]
    assert hits / (hits + len(misses)) >= KIND_FLOOR, misses


def test_kinds_of_titles_alone() -> None:
    """Title and level, position unknown."""
    rows = [line.split("\t") for line in (EVAL / "heading_titles.tsv").read_text("utf-8").splitlines()[1:]]
    misses = []
    for level, kind, title, *_ in rows:
        if level == "1":
            typed = kind_of_top(title, index=1, count=0, year=None)
        else:
            above = Kind.MIXED if kind in ("problems", "plans") else Kind.ACHIEVEMENTS
            typed = kind_of_part(title, Typed(above, ""))
        if typed.kind != kind:
            misses.append((kind, typed.kind.value, title))
    assert 1 - len(misses) / len(rows) >= TITLE_KIND_FLOOR, misses
