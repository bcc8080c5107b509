"""Set phrases: wording that so many reports share that sharing it means nothing.

In flows the package's list, `data/set_phrases.txt`, and lists of the same form that a corpus may add;
out flow the phrases as letters (`letters.py`), and a Problem for each line that cannot be one.
One phrase a line; # begins a comment; a line that begins with - takes a phrase away.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from govreport_site.insight.letters import letters_of
from govreport_site.problems import Problem, place_problem
from govreport_site.source import Source

# Shorter ones are words: they would hide what a report says.
SHORTEST = 6


@cache
def own_phrases() -> tuple[str, ...]:
    """The package's phrases as letters, sorted."""
    text = (Path(__file__).parents[1] / "data" / "set_phrases.txt").read_text(encoding="utf-8")
    return _read(Source("set_phrases.txt", text), set())[0]


def read_set_phrases(texts: Iterable[Source] = ()) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The package's phrases with those of a corpus added and taken away, as letters, sorted; and what is wrong with a line."""
    phrases = own_phrases()
    problems: tuple[Problem, ...] = ()
    for source in texts:
        phrases, found = _read(source, set(phrases))
        problems += found
    return phrases, problems


def _read(source: Source, phrases: set[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    problems = []
    for span in source.lines():
        line = source.cut(span).strip()
        if not line or line[0] == "#":
            continue
        phrase = letters_of(line)
        if line[0] in "-－" and phrase in phrases:
            phrases.discard(phrase)
        elif line[0] in "-－":
            problems.append(
                place_problem(
                    source, "phrases/unknown", span.start, found=f"要去掉的“{line[1:].strip()}”不在表里",
                    expected="表里已有的一条套语，一字不差", mend="对照 set_phrases.txt 改正，或删去这一行", length=len(line),
                )
            )  # fmt: skip
        elif len(phrase) < SHORTEST:
            problems.append(
                place_problem(
                    source, "phrases/too-short", span.start, found=f"“{line}”除去标点和数字只有 {len(phrase)} 个字",
                    expected=f"至少 {SHORTEST} 个字，短了会把普通词语也略去", mend="写全这个提法，或删去这一行", length=len(line),
                )
            )  # fmt: skip
        else:
            phrases.add(phrase)
    return tuple(sorted(phrases)), tuple(problems)
