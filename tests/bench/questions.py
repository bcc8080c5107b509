"""Questions drawn from a corpus, and what a perfect search would answer.

In flows a folder of reports, out flow `Question`s and, for each, the truth: the passages (address of the report,
anchor) whose line, folded as `normalise` folds, holds the folded question where that passage begins or runs.
Found by looking at every line, with no index at all.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from govreport_site.catalogue import gather
from govreport_site.normalise import normalise
from govreport_site.reading.read import read_report, report_files
from govreport_site.search.units import ReportUnits, units_of
from govreport_site.words import Cutter

# A passage: the folder of its report's page, and its id there.
Passage = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """As published; the anchor of its first place; whether it is a heading and nothing else."""

    text: str
    anchor: str
    heading: bool


@dataclass(frozen=True, slots=True)
class Text:
    """One report: its lines, and all of them folded with a line break between.

    starts   where in `folded` each place begins
    anchors  of each place
    """

    address: str
    title: str
    lines: tuple[Line, ...]
    folded: str
    starts: tuple[int, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, folded, and of which class it is."""

    text: str
    folded: str
    kind: str


def read_texts(corpus: Path, *, keep_marks: bool = False) -> list[Text]:
    """Every report of a corpus, as searched; `keep_marks`: as questions in quotes search it."""
    reports = [
        read_report(path, name=path.name, file=path.relative_to(corpus).as_posix()) for path in report_files(corpus)
    ]
    by_file = {report.file: report for report in reports}
    catalogue, _ = gather(reports)
    return [
        _text(
            units_of(by_file[entry.file], address=entry.folder, title=entry.title, lineage=(), issuer_kind=None),
            keep_marks=keep_marks,
        )
        for entry in catalogue.entries
    ]


def _text(report: ReportUnits, *, keep_marks: bool) -> Text:
    lines, folded, starts, anchors = [], [], [], []
    at = 0
    for unit in report.units:
        first = unit.places[0]
        lines.append(Line(unit.text, first.anchor, first.body >= _utf16_length(unit.text)))
        line = normalise(unit.text, keep_marks=keep_marks)
        for place in unit.places:
            starts.append(at + len(normalise(_utf16_prefix(unit.text, place.start), keep_marks=keep_marks)))
            anchors.append(place.anchor)
        folded.append(line)
        at += len(line) + 1
    return Text(
        report.address,
        report.title,
        tuple(lines),
        "\n".join(folded),
        tuple(starts),
        tuple(anchors),
    )


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _utf16_prefix(text: str, length: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: 2 * length].decode("utf-16-le", "surrogatepass")


def places(folded: str, text: str) -> Iterator[int]:
    """Where a question occurs in a folded text; overlapping ones too."""
    at = text.find(folded)
    while at != -1:
        yield at
        at = text.find(folded, at + 1)


def truth(question: Question, texts: list[Text]) -> set[Passage]:
    """The passages that answer."""
    return {
        (text.address, text.anchors[bisect_right(text.starts, at) - 1])
        for text in texts
        for at in places(question.folded, text.folded)
    }


# --- Drawing --------------------------------------------------------------------------------

# Class → share of all questions, in hundredths; the last finds nothing.
SHARES = {
    "2 characters": 20, "3–4 characters": 15, "phrase of 5–8": 20, "institution": 8, "with joining mark": 4, "mark left out": 4, "number": 6,
    "Latin": 4, "《title》": 5, "1 character": 4, "nothing": 10,
}  # fmt: skip

_HAN = "[㐀-鿿]"
_PATTERNS = {
    "institution": rf"{_HAN}{{2,8}}(?:局|委员会|厅|人民政府|办公室|法院|检察院|支队)",
    "with joining mark": rf"{_HAN}{{2,4}}、{_HAN}{{2,4}}",
    "number": rf"{_HAN}?\d[\d.]*(?:%|余|万|亿|个|件|份|家|多)(?:{_HAN}{{0,2}})",
    "Latin": rf"{_HAN}{{0,2}}(?:[A-Za-z]+|\d+\+[\dN+]+)(?:{_HAN}{{0,2}})",
    "《title》": r"《[^《》\s]{3,20}》",
}
_SPACED = re.compile(r"[\s\"]|^-")


def draw(texts: list[Text], count: int, seed: int) -> list[Question]:
    """So many questions of all classes, no two alike; those of the class "nothing" find nothing."""
    dice = random.Random(f"questions/{seed}")
    whole = "\n".join(text.folded for text in texts)
    cutter = Cutter()
    chosen: dict[str, Question] = {}
    for kind, share in SHARES.items():
        wanted = len(chosen) + max(1, round(share * count / 100))
        for _ in range(100 * count):
            if len(chosen) >= wanted:
                break
            typed = _draw(kind, texts, dice, cutter)
            folded = normalise(typed)
            if not folded or _SPACED.search(typed) or folded in chosen:
                continue
            if (folded in whole) == (kind != "nothing"):
                chosen[folded] = Question(typed, folded, kind)
    return list(chosen.values())


def _draw(kind: str, texts: list[Text], dice: random.Random, cutter: Cutter) -> str:
    """One try; empty when nothing of the class stands where the dice fell."""
    line = _line(texts, dice)
    if kind == "nothing":
        return _word(line, dice, cutter, 2, 4) + _word(_line(texts, dice), dice, cutter, 2, 4)
    if kind == "2 characters":
        return _word(line, dice, cutter, 2, 2)
    if kind == "3–4 characters":
        return _word(line, dice, cutter, 3, 4)
    if kind == "1 character":
        return _run(line, dice, 1)
    if kind == "phrase of 5–8":
        return _run(line, dice, dice.randint(5, 8))
    if kind == "mark left out":
        return _match("with joining mark", line, dice).replace("、", "")
    return _match(kind, line, dice)


def _line(texts: list[Text], dice: random.Random) -> str:
    return dice.choice(dice.choice(texts).lines or (Line("", "", False),)).text


def _word(line: str, dice: random.Random, cutter: Cutter, shortest: int, longest: int) -> str:
    start = dice.randrange(max(1, len(line) - 60))
    words = [word.text for word in cutter.words(line[start : start + 60])]
    return _one([w for w in words if shortest <= len(w) <= longest and re.fullmatch(_HAN + "+", w)], dice)


def _run(line: str, dice: random.Random, length: int) -> str:
    """Characters at a random place, whatever marks stand between, but neither first nor last."""
    at = dice.randrange(max(1, len(line) - length))
    run = line[at : at + length]
    return run if len(run) == length and re.fullmatch(f"{_HAN}.*(?<={_HAN})", run) else ""


def _match(kind: str, line: str, dice: random.Random) -> str:
    return _one(re.findall(_PATTERNS[kind], line), dice)


def _one(choices: list[str], dice: random.Random) -> str:
    return dice.choice(choices) if choices else ""
