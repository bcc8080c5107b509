"""Ways on when nothing was found: the nearest questions that do have answers, with their counts. Pure.

Nothing is loosened silently: these are offered, the person chooses.
Twin: templates/static/browser/suggest.js.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from govreport_site.normalise import fold_character, normalise
from govreport_site.search.answers import Filters
from govreport_site.search.query import Phrase, Query, parse_query, phrase_as_typed, query_as_typed

# Longer words are first cut to this many characters.
_LONGEST_WORD = 60

_PARTING = re.compile(r"[，。；：！？,.;:!?\s]+")


@dataclass(frozen=True, slots=True)
class Way:
    """What would change, the query to ask without any further choice, and how many passages it finds."""

    lead: str
    query: str
    total: int


def ways_on(
    asked: Query, filters: Filters, count: Callable[[Query, Filters], int], lines_with: Callable[[Phrase], int]
) -> Iterator[Way]:
    """All with answers, each query once."""
    offered: set[str] = set()
    for lead, text in _changes(asked, filters, lines_with):
        if text and text not in offered and (total := count(parse_query(text), Filters())):
            offered.add(text)
            yield Way(lead, text, total)


def _changes(asked: Query, filters: Filters, lines_with: Callable[[Phrase], int]) -> Iterator[tuple[str, str]]:
    if filters != Filters():
        yield "去掉限定", query_as_typed(asked)
    if asked.narrowings:
        yield "去掉检索词中的限定", query_as_typed(replace(asked, narrowings=()))
    if asked.exclusions:
        yield "不排除任何词", query_as_typed(replace(asked, exclusions=()))
    if any(phrase.strict for phrase in asked.phrases):
        loose = tuple(replace(phrase, strict=False) for phrase in asked.phrases)
        yield "不计标点", query_as_typed(replace(asked, phrases=loose))
    apart = [part for phrase in asked.phrases for part in _PARTING.split(phrase.text) if normalise(part)]
    if len(apart) > len(asked.phrases):
        yield "在标点处分开", " ".join(apart)
    if len(asked.phrases) > 1:
        for phrase in asked.phrases[:4]:
            yield "只查一词", phrase_as_typed(phrase)
    for phrase in asked.phrases[:2]:
        yield "少写几个字", longest_part(phrase.text[:_LONGEST_WORD], lines_with)


def longest_part(text: str, lines_with: Callable[[Phrase], int]) -> str:
    """The longest part of a word that is found somewhere; of several the rarest, which says most.

    Empty when no two characters of it stand together anywhere. Whatever is found holds only
    parts that are found, so both ends of the part move forward only.
    """
    # Cut where folding lets it be cut: a character that is dropped stands at no end of a part.
    kept = [at for at, character in enumerate(text) if fold_character(character)]
    best, longest, fewest = "", 1, 0
    start = 0
    for end in range(1, len(kept) + 1):
        while end - start >= max(2, longest):
            part = text[kept[start] : kept[end - 1] + 1]
            total = _lines_with(part, lines_with)
            if total:
                if end - start > longest or total < fewest:
                    best, longest, fewest = part, end - start, total
                break
            start += 1
    return best if longest < len(kept) else ""


def _lines_with(part: str, lines_with: Callable[[Phrase], int]) -> int:
    """0 for a part that would be read as an operator or as two words."""
    read = parse_query(part)
    alone = len(read.phrases) == 1 and not read.exclusions and not read.narrowings
    return lines_with(read.phrases[0]) if alone else 0
