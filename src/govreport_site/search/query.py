"""What a person typed, understood: text in, `Query` out, and back to text or to a sentence.

    依法行政            one string, found with and without joining marks
    执法 不足           white space: both, in the same line
    "双随机、一公开"     ASCII quotes around a whole word: every mark counts
    -罚款              ASCII hyphen first: not in that line
    种类:问题 地区:许昌 年份:2024-2025 机关:卫生健康        narrow; several by comma

Parsing is total: what is no operator is text. A quote opens only at the start of a word and
closes only at the end of one, so that pasted text with ASCII quotes inside stays one string.
Twin: templates/static/browser/query.js and kinds.js, where the reasons stand;
tests/golden/query.json holds both to it. Read on in `answers.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from govreport_site.interface import kind_names
from govreport_site.normalise import BLANK, normalise
from govreport_site.report import Kind

Key = Literal["kind", "place", "year", "issuer"]

KEYS: dict[str, Key] = {"种类": "kind", "地区": "place", "年份": "year", "机关": "issuer"}

# What may stand after 种类: beside name, boxed character and value; the first is the one we show.
KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.ACHIEVEMENTS: ("成效", "举措", "举措和成效", "主要举措", "成绩"),
    Kind.PROBLEMS: ("问题", "不足", "存在的问题", "存在问题", "不足和原因"),
    Kind.PLANS: ("安排", "计划", "打算", "下一步", "下一年度", "工作安排"),
    Kind.LEADERSHIP: ("履职", "负责人", "主要负责人", "党政主要负责人履职"),
    Kind.MIXED: ("合写", "混合", "不足与安排", "不足和安排"),
    Kind.OTHER: ("其他", "其它", "其余"),
}

# Unicode White_Space parts words; a byte order mark or a zero-width character does not.
WHITE = BLANK - frozenset("\ufeff\u200b\u200c\u200d")

# A query is read up to here, in UTF-16 units, as in the browser.
_LONGEST_QUERY = 2000

_LEAD = re.compile('(?:-|(?:种类|地区|年份|机关)[:：])?"')
_COMMAS = re.compile("[,，、]")
_YEARS = re.compile("([0-9]{4})年?(?:[-–—~〜至]([0-9]{4})年?)?")
# What JavaScript's `trim` takes away; Python's `strip` takes other characters.
_TRIMMED = "".join(WHITE - {"\x85"}) + "\ufeff"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One string to be found. `folded` is what is looked for, never empty; `at`: which word of the query it is."""

    text: str
    strict: bool
    folded: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """种类: 地区: 年份: 机关: and what follows.

    text    the value as typed
    values  kinds by name, years as “2024-2025”, places and issuers folded; empty when the
            value is not understood: then nothing is found, and `describe` says why
    """

    key: Key
    text: str
    values: tuple[str, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """All phrases must occur in one line, no exclusion may; all narrowings must hold."""

    phrases: tuple[Phrase, ...] = ()
    exclusions: tuple[Phrase, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()

    @property
    def asks_something(self) -> bool:
        """Whether there is anything to look for: words, or a narrowing in the text itself."""
        return bool(self.phrases or self.narrowings)


def parse_query(text: str) -> Query:
    """Text to query. Never raises."""
    phrases: list[Phrase] = []
    exclusions: list[Phrase] = []
    narrowings: list[Narrowing] = []
    for word in _words(_first_units(text, _LONGEST_QUERY)):
        at = len(phrases) + len(exclusions) + len(narrowings)
        if (narrowing := _narrowing(word)) is not None:
            narrowings.append(replace(narrowing, at=at))
        elif word.startswith("-") and (exclusion := _phrase(word[1:])) is not None:
            exclusions.append(replace(exclusion, at=at))
        elif (phrase := _phrase(word)) is not None:
            phrases.append(replace(phrase, at=at))
    return Query(tuple(phrases), tuple(exclusions), tuple(narrowings))


def query_as_typed(query: Query) -> str:
    """The query as one line that parses to the same query; the order of its words stays."""
    names = {key: name for name, key in KEYS.items()}
    words = [(phrase.at, phrase_as_typed(phrase)) for phrase in query.phrases]
    words += [(phrase.at, "-" + phrase_as_typed(phrase)) for phrase in query.exclusions]
    words += [(narrowing.at, f"{names[narrowing.key]}:{_value_as_typed(narrowing)}") for narrowing in query.narrowings]
    return " ".join(word for _, word in sorted(words, key=lambda pair: pair[0]))


def phrase_as_typed(phrase: Phrase) -> str:
    """With its quotes, where it had some."""
    return f'"{phrase.text}"' if phrase.strict else phrase.text


def describe(query: Query) -> str:
    """The query as a Chinese sentence without an end: “含有“执法”和“不足”，不含“罚款””."""
    parts = []
    if query.phrases:
        parts.append("含有" + "和".join(f"“{phrase.text}”" for phrase in query.phrases))
    if query.exclusions:
        parts.append("不含" + "和".join(f"“{phrase.text}”" for phrase in query.exclusions))
    return "，".join([*parts, *map(_describe_narrowing, query.narrowings)])


def kind_of(folded: str) -> Kind | None:
    """The kind that a name, a word for it, its boxed character or its value means, folded."""
    return _kinds_by_word().get(folded)


def years_of(text: str) -> str | None:
    """“2025”, “2024-2025”, “2024—2025”, “2025年” → “2024-2025”."""
    found = _YEARS.fullmatch(unicodedata.normalize("NFKC", text).replace("——", "—").strip(_TRIMMED))
    return f"{found[1]}-{found[2] or found[1]}" if found else None


def within_years(ranges: tuple[str, ...], year: int | None) -> bool:
    """Whether a year lies in one of the ranges, each as `years_of` gives them."""
    if year is None:
        return False
    bounds = (text.partition("-") for text in ranges)
    return any(int(first) <= year <= int(last) for first, _, last in bounds)


@cache
def _kinds_by_word() -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for kind, shown in kind_names().items():
        for word in (kind.value, shown.box, shown.name, *KIND_WORDS[kind]):
            kinds.setdefault(normalise(word), kind)
    return kinds


def _words(text: str) -> Iterator[str]:
    """Cuts at white space, but not inside `"…"`, `-"…"` and `机关:"…"`."""
    at = 0
    while at < len(text):
        if text[at] in WHITE:
            at += 1
            continue
        end = _quoted_end(text, at)
        if end is None:
            end = at
            while end < len(text) and text[end] not in WHITE:
                end += 1
        yield text[at:end]
        at = end


def _quoted_end(text: str, start: int) -> int | None:
    """Where a word in quotes ends: after the first `"` that has white space or nothing behind it."""
    lead = _LEAD.match(text, start)
    if lead is None:
        return None
    at = text.find('"', lead.end())
    while at != -1:
        if at + 1 == len(text) or text[at + 1] in WHITE:
            return at + 1
        at = text.find('"', at + 1)
    return None


def _is_quoted(word: str) -> bool:
    return len(word) > 2 and word[0] == word[-1] == '"'


def _phrase(word: str) -> Phrase | None:
    """None when nothing is left to look for: `、` without quotes."""
    strict = _is_quoted(word)
    text = word[1:-1] if strict else word
    folded = normalise(text, keep_marks=strict)
    return Phrase(text, strict, folded) if folded else None


def _narrowing(word: str) -> Narrowing | None:
    key = KEYS.get(word[:2])
    if key is None or word[2:3] not in (":", "："):
        return None
    rest = word[3:]
    text = rest[1:-1] if _is_quoted(rest) else rest
    pieces = _COMMAS.split(text)
    parts = [part for part in map(normalise, pieces) if part]
    if not parts:
        return None
    if key == "kind":
        return Narrowing(key, text, tuple(kind.value for kind in map(kind_of, parts) if kind is not None))
    if key == "year":
        # Folding drops the hyphen of a range, so years are read from the word as typed.
        return Narrowing(key, text, tuple(years for years in map(years_of, pieces) if years is not None))
    return Narrowing(key, text, tuple(parts))


def _value_as_typed(narrowing: Narrowing) -> str:
    # JavaScript's \s: what `trim` takes away.
    return f'"{narrowing.text}"' if any(c in _TRIMMED for c in narrowing.text) else narrowing.text


def _describe_narrowing(narrowing: Narrowing) -> str:
    text = narrowing.text
    if narrowing.key == "kind":
        if not narrowing.values:
            return f"种类“{text}”不在{'、'.join(words[0] for words in KIND_WORDS.values())}之中"
        return "板块为" + "或".join(
            shown.name for kind, shown in kind_names().items() if kind.value in narrowing.values
        )
    if narrowing.key == "year":
        return f"报告年度为 {text}" if narrowing.values else f"年份“{text}”须写作 2025 或 2024-2025"
    return f"地区为{text}" if narrowing.key == "place" else f"发文机关含“{text}”"


def _first_units(text: str, count: int) -> str:
    """The first UTF-16 units of a text, as JavaScript cuts it."""
    if len(text) * 2 <= count:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: count * 2].decode("utf-16-le", "surrogatepass")
