"""Topics of a report's passages, by a taxonomy that is data. Pure.

`read_taxonomy` makes `data/topics.yaml`, and what a corpus adds to it, a `Taxonomy`; `tag` says which
topics a report's passages have, each with the word that caused it and where that word stands. That file's
head says what words, hints and phrases that do not count are.

    scan       one pass over the text finds all words; what stands between 《 and 》 is a name and counts nothing
    units      the points 一是…二是… of a passage, or the passage; each has its own topics, three at most
    headings   the nearest one that names a topic speaks for all passages under it

A word weighs most in the sentence a unit begins with, and half in a list (行政执法、复议应诉、普法等领域), where it
is mentioned rather than told of. Under a heading with a topic, another topic needs more than one word.
What front matter says of a section wins, and is all that its passages have.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from govreport_site import issuer_kinds
from govreport_site.findings import Tag
from govreport_site.problems import Problem, Severity, place_problem
from govreport_site.report import Passage, Report, Section
from govreport_site.source import Source, Span
from govreport_site.topic_names import FIELD
from govreport_site.variants import TRADITIONAL, traditional
from govreport_site.yaml_file import Node, load_placed


@dataclass(frozen=True, slots=True)
class Words:
    """What tells a topic: words do alone, hints two at a time; of `without` no word counts."""

    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic.

    id     ASCII, permanent: part of addresses
    part   the part of the Outline it stands for, as a Chinese numeral; None: ours
    under  the id of the topic it is a part of; None at the top
    """

    id: str
    name: str
    part: str | None = None
    under: str | None = None
    told: Words = Words()


@dataclass(frozen=True, slots=True)
class Field:
    """What the own field of one kind of issuer is called and told by: 卫生健康 → 依法治医."""

    kind: str
    name: str
    told: Words = Words()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A version of the topics, and the years of reports it is made for; None: open.

    successor  (id here, ids that take over from it in the next taxonomy); empty while there is none
    """

    version: str = ""
    outline: str = ""
    first_year: int | None = None
    last_year: int | None = None
    successor: tuple[tuple[str, tuple[str, ...]], ...] = ()
    topics: tuple[Topic, ...] = ()
    fields: tuple[Field, ...] = ()

    def __hash__(self) -> int:
        # Of a thousand words it would take half a millisecond, a report; equality still looks at all.
        return hash((self.version, self.outline, len(self.topics), len(self.fields)))

    def topic(self, id: str) -> Topic | None:
        """The topic with this id."""
        return _by_id(self).get(id)

    def named(self, written: str) -> Topic | None:
        """The topic that an editor means by an id or a name; a name of any kind's own field is `field`."""
        return _by_name(self).get(written)

    def top(self, id: str) -> str:
        """The id of the top-level topic that a topic belongs to."""
        return _tops(self)[id]

    def name(self, id: str, issuer_kind: str | None = None) -> str:
        """What a topic is called on screen, in the reports of this kind of issuer or in all."""
        if id == FIELD:
            for own in self.fields:
                if own.kind == issuer_kind:
                    return own.name
        return _by_id(self)[id].name


@lru_cache(maxsize=8)
def _by_id(taxonomy: Taxonomy) -> dict[str, Topic]:
    return {topic.id: topic for topic in taxonomy.topics}


@lru_cache(maxsize=8)
def _tops(taxonomy: Taxonomy) -> dict[str, str]:
    return {topic.id: topic.under or topic.id for topic in taxonomy.topics}


@lru_cache(maxsize=8)
def _by_name(taxonomy: Taxonomy) -> dict[str, Topic]:
    known = _by_id(taxonomy)
    names = {own.name: known[FIELD] for own in taxonomy.fields if FIELD in known}
    return names | {topic.name: topic for topic in taxonomy.topics} | known


@cache
def taxonomy() -> Taxonomy:
    """The package's own."""
    return read_taxonomy([package_text()])[0]


def package_text() -> Source:
    """`data/topics.yaml`, to stand first among the texts of a taxonomy."""
    text = files("govreport_site").joinpath("data/topics.yaml").read_text(encoding="utf-8")
    return Source("topics.yaml", text)


# --- Tags -----------------------------------------------------------------------------------


def tag(report: Report, taxonomy: Taxonomy) -> tuple[Tag, ...]:
    """Topics of the report's running text, in its order; of each unit those best told first.

    A tag names the most specific topic told; `Taxonomy.top` leads to its top-level one. A passage has
    a topic of its heading once, and one of its points once a point. A tag from front matter has no span,
    and what was written there as its word. Words of a text in traditional characters are given in simple ones.
    """
    text = report.source.text
    if TRADITIONAL.search(text):
        text = text.translate(traditional())
    hits = _scan(text, taxonomy, report.metadata.issuer_kind)
    reading = _Reading(taxonomy, text, hits, _tops(taxonomy))
    found: list[Tag] = []
    for section in report.sections:
        _tag_section(section, reading, (), decided=False, found=found)
    return tuple(found)


def unknown_topics(report: Report, taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Topics that front matter names and the taxonomy does not hold, at the heading they are given to."""
    problems = []
    names = [topic.name for topic in taxonomy.topics]
    for section in report.walk():
        for written in section.topics:
            if taxonomy.named(written) is None:
                near = difflib.get_close_matches(written, [*names, *_by_id(taxonomy)], 1, 0.4)
                problem = place_problem(
                    report.source, "yaml/unknown-value", section.heading.start,
                    found=f"文首 sections 给标题“{section.key}”写的主题“{written}”",
                    expected=f"是不是“{near[0]}”？" if near else "主题分类里的一个名称",
                    mend=f"改成其中之一：{'、'.join(t.name for t in taxonomy.topics if t.under is None)}，或其下的二级主题",
                    length=len(section.heading),
                )  # fmt: skip
                problems.append(problem)
    return tuple(problems)


# Where a word begins, the word, and the topics it tells with their weights. A plain tuple: 250 a report.
_Hit = tuple[int, str, tuple[tuple[str, int], ...]]


class _Told(NamedTuple):
    """A topic that a stretch of text has, and its best word."""

    topic: str
    word: str
    span: Span


# Weights of a word and of a hint; how often they count in the sentence a unit begins with, elsewhere, in a list.
_WORD, _HINT = 2, 1
_FIRST, _LATER, _LISTED = 4, 2, 1
# What a topic needs, and what one needs that is not the heading's.
_ENOUGH, _ENOUGH_BESIDE = 4, 8
# Topics of one unit, of one heading, and the share of the best one's score that the others must reach.
_MOST, _MOST_IN_HEADING, _SHARE = 3, 2, 0.4
# A first sentence that is longer says no more than any other.
_FIRST_SENTENCE = 60


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text, the hits in it in order, and the top-level topic of each topic."""

    taxonomy: Taxonomy
    text: str
    hits: list[_Hit]
    tops: dict[str, str]

    def within(self, span: Span) -> list[_Hit]:
        """Hits that begin in a span."""
        return self.hits[bisect_left(self.hits, (span.start,)) : bisect_left(self.hits, (span.end,))]


def _tag_section(
    section: Section, reading: _Reading, above: tuple[_Told, ...], *, decided: bool, found: list[Tag]
) -> None:
    """Tags of a section and all below it; `above` is what the nearest telling heading says, or front matter."""
    if section.topics:
        known = (reading.taxonomy.named(written) for written in section.topics)
        above = tuple(
            _Told(topic.id, written, Span(0, 0)) for topic, written in zip(known, section.topics, strict=True) if topic
        )
        decided = True
    elif not decided:
        above = _told_by_heading(section, reading) or above
    for passage in section.passages:
        if decided:
            found += [Tag(told.topic, passage.id, told.word, None) for told in above]
        elif passage.role == "text":
            found += [Tag(told.topic, passage.id, told.word, told.span) for told in above]
            _tag_units(passage, reading, above, found)
    for inner in section.subsections:
        _tag_section(inner, reading, above, decided=decided, found=found)


def _told_by_heading(section: Section, reading: _Reading) -> tuple[_Told, ...]:
    """What a heading tells: by its words; where it has none, a hint in so short a text is enough."""
    hits = reading.within(section.heading)
    if not hits:
        return ()
    words = {word: (_LATER, start, topics) for start, word, topics in reversed(hits)}
    told = tuple(_best(words, reading.tops, _ENOUGH, _MOST_IN_HEADING))
    return told or tuple(_best(words, reading.tops, _ENOUGH // 2, _MOST_IN_HEADING))


def _tag_units(passage: Passage, reading: _Reading, above: tuple[_Told, ...], found: list[Tag]) -> None:
    """What a passage, or each point of it, tells beside what its heading told."""
    # What a heading told is not said again; its parts may be: they tell more exactly.
    said = {topic for told in above for topic in (told.topic, reading.tops[told.topic])}
    enough = _ENOUGH_BESIDE if above else _ENOUGH
    text = reading.text
    for unit in _units(passage):
        stop = text.find("。", unit.start, unit.start + _FIRST_SENTENCE)
        words: dict[str, _Weighed] = {}
        for start, word, topics in reading.within(unit):
            after = start + len(word)
            if text[start - 1] == "、" or text[after : after + 1] == "、":
                weight = _LISTED
            else:
                weight = _FIRST if start < stop else _LATER
            if word not in words or words[word][0] < weight:
                words[word] = (weight, start, topics)
        for told in _best(words, reading.tops, enough, _MOST):
            if told.topic not in said:
                found.append(Tag(told.topic, passage.id, told.word, told.span))


def _units(passage: Passage) -> Iterator[Span]:
    if not passage.points:
        yield passage.span
        return
    if passage.span.start < passage.points[0].span.start:
        yield Span(passage.span.start, passage.points[0].span.start)
    for point in passage.points:
        yield point.span


# How a word counts where it stands, where that is, and the topics it tells with their weights.
_Weighed = tuple[int, int, tuple[tuple[str, int], ...]]


def _best(words: dict[str, _Weighed], tops: dict[str, str], enough: int, most: int) -> Iterator[_Told]:
    """The topics told well enough, the best first; of each its parts that are, or that tell most of it, or itself."""
    scores: dict[str, int] = {}
    totals: dict[str, int] = {}
    for times, _, topics in words.values():
        for topic, weight in topics:
            # A hint never is enough alone, not even in the first sentence.
            score = times * weight if weight == _WORD else min(times, _LATER)
            scores[topic] = scores.get(topic, 0) + score
            top = tops[topic]
            totals[top] = totals.get(top, 0) + score
    best = max(totals.values(), default=0)
    if best < enough:
        return
    least = max(enough, best * _SHARE)
    ranked = sorted((-total, top) for top, total in totals.items() if total >= least)
    for total, top in ranked[:most]:
        parts = sorted((-score, id) for id, score in scores.items() if tops[id] == top != id)
        told_enough = [id for score, id in parts[:2] if -score >= enough]
        for id in told_enough or [id for score, id in parts[:1] if score * 2 < total] or [top]:
            told = (
                (-times * weight, start, word)
                for word, (times, start, topics) in words.items()
                for topic, weight in topics
                if topic == id or (id == top and tops[topic] == top)
            )
            _, start, word = min(told)
            yield _Told(id, word, Span(start, start + len(word)))


# --- Finding words --------------------------------------------------------------------------


class _Lexicon(NamedTuple):
    pattern: re.Pattern[str]
    topics: dict[str, tuple[tuple[str, int], ...]]


def _scan(text: str, taxonomy: Taxonomy, issuer_kind: str | None) -> list[_Hit]:
    """Every word that counts for some topic, in the order of the text."""
    lexicons = _lexicons(taxonomy, issuer_kind)
    hits: list[_Hit] = []
    for pattern, topics in lexicons:
        hits += [
            (match.start(), match[0], found) for match in pattern.finditer(text) if (found := topics.get(match[0]))
        ]
    if len(lexicons) > 1:
        hits.sort()
    return hits


@lru_cache(maxsize=256)
def _lexicons(taxonomy: Taxonomy, issuer_kind: str | None) -> tuple[_Lexicon, ...]:
    """That of all topics; then, apart, so that 200 kinds need not 200 large ones, that of a kind's own field."""
    own = [
        _lexicon([(FIELD, one.told)])
        for one in taxonomy.fields
        if one.kind == issuer_kind and FIELD in _by_id(taxonomy)
    ]
    return (_common(taxonomy), *own)


@lru_cache(maxsize=8)
def _common(taxonomy: Taxonomy) -> _Lexicon:
    return _lexicon([(topic.id, topic.told) for topic in taxonomy.topics])


def _lexicon(told: Iterable[tuple[str, Words]]) -> _Lexicon:
    topics: dict[str, tuple[tuple[str, int], ...]] = {}
    for topic, words in told:
        for word, weight in [(w, _WORD) for w in words.words] + [(w, _HINT) for w in words.hints]:
            topics[word] = (*topics.get(word, ()), (topic, weight))
        for phrase in words.without:
            # It takes its characters out of the scan; a word of this very form of another topic still counts.
            topics[phrase] = tuple(pair for pair in topics.get(phrase, ()) if pair[0] != topic)
    return _Lexicon(_expression(topics), topics)


def _expression(words: Iterable[str]) -> re.Pattern[str]:
    """Matches a title with its marks, or else the longest of the words that begins at a place.

    Most places are dismissed by two characters; of 700 words one pass over 4,500 characters then takes
    0.7 ms, where trying them one by one takes 2.4 ms and an expression without that 3 ms.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    firsts = sorted(rests, key=lambda first: (-len(rests[first]), first))
    seconds = {rest[0] for some in rests.values() for rest in some}
    begins = f"[{re.escape(''.join(firsts))}][{re.escape(''.join(sorted(seconds)))}]"
    branches = [re.escape(first) + _any_of(rests[first]) for first in firsts]
    # A title is a name: studying 《行政复议法》 is not 行政复议.
    return re.compile(f"(?={begins}|《)(?:{'|'.join(branches)}|《[^《》\n]{{1,80}}》)")


def _any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; words that begin alike share their beginning."""
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        rests.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(first) + _any_of(rest) for first, rest in rests.items() if first]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in rests else ''}"


# --- Reading a taxonomy ---------------------------------------------------------------------

KEYS = ("version", "outline", "years", "successor", "topics", "fields")
_WORD_KEYS = {"words": "words", "hints": "hints", "not": "without"}
TOPIC_KEYS = ("id", "name", "part", "under", *_WORD_KEYS)
FIELD_KEYS = ("kind", "name", *_WORD_KEYS)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read_taxonomy(texts: Sequence[Source]) -> tuple[Taxonomy, tuple[Problem, ...]]:
    """The taxonomy in some YAML texts of the form of `data/topics.yaml`, each later one adding to those before.

    Never raises: what cannot be understood is left out, and said with line and column.
    """
    found = Taxonomy()
    problems: list[Problem] = []
    for source in texts:
        found = _Reader(source, found, problems).read()
    return found, tuple(problems)


class _Reader:
    """Reads one text on top of a taxonomy."""

    def __init__(self, source: Source, before: Taxonomy, problems: list[Problem]) -> None:
        self._source, self._before, self._problems = source, before, problems

    def read(self) -> Taxonomy:
        root, faults = load_placed(self._source.text)
        for fault in faults:
            if fault.duplicate is not None:
                self._complain(fault.line, fault.column, "yaml/duplicate-key", fault.message, "每项只写一次",
                               "删去多余的一行；现在用的是先写的那个", "warning", len(fault.duplicate))  # fmt: skip
            else:
                self._complain(fault.line, fault.column, "yaml/broken", fault.message, "能读的 YAML", "按提示改这一行")
        if root is None or not isinstance(root.value, dict):
            if root is not None and root.value is not None:
                self._wrong(root, "不是一项一项的“名称: 值”", "如 topics:", "冒号用半角，后面加一个空格")
            return self._before
        self._known(root, KEYS)
        items = root.value
        first, last = self._years(items.get("years"))
        return replace(
            self._before,
            version=self._text(items.get("version")) or self._before.version,
            outline=self._text(items.get("outline")) or self._before.outline,
            first_year=first,
            last_year=last,
            successor=self._successor(items.get("successor")) or self._before.successor,
            topics=self._topics(items.get("topics")),
            fields=self._fields(items.get("fields")),
        )

    def _topics(self, node: Node | None) -> tuple[Topic, ...]:
        topics = {topic.id: topic for topic in self._before.topics}
        for item in self._items(node, TOPIC_KEYS, "如 - {id: …, name: …, words: […]}"):
            assert isinstance(item.value, dict)
            id_node = item.value.get("id")
            id = self._text(id_node)
            if id_node is None or id is None or not _ID.fullmatch(id):
                self._wrong(id_node or item, f"id: “{id or ''}”", "小写字母、数字和连字符，如 disputes-review",
                            "它用在网址里，只能用这些字符，定了不再改")  # fmt: skip
                continue
            known = topics.get(id)
            name = self._text(item.value.get("name")) or (known.name if known else None)
            if name is None:
                self._wrong(item, f"新主题“{id}”没有名称", "一行 name: …", "补上名称；若是增补已有的主题，核对 id")
                continue
            under_node = item.value.get("under")
            under = self._text(under_node)
            if (
                under_node is not None
                and under is not None
                and (under not in topics or topics[under].under is not None)
            ):
                tops = [topic.id for topic in topics.values() if topic.under is None]
                self._complain(under_node.line, under_node.column, "yaml/unknown-value", f"under: “{under}”",
                               f"前面写过的一级主题：{'、'.join(tops)}", "改成其中之一", "warning", len(under))  # fmt: skip
                continue
            part = self._text(item.value.get("part")) or (known.part if known else None)
            told = self._words(item, known.told if known else Words())
            topics[id] = Topic(id, name, part, under or (known.under if known else None), told)
        return tuple(topics.values())

    def _fields(self, node: Node | None) -> tuple[Field, ...]:
        fields = {own.kind: own for own in self._before.fields}
        kinds = [kind.name for kind in issuer_kinds.all_kinds()]
        for item in self._items(node, FIELD_KEYS, "如 - {kind: 卫生健康, name: 依法治医, words: […]}"):
            assert isinstance(item.value, dict)
            kind_node = item.value.get("kind")
            kind = self._text(kind_node)
            if kind not in kinds:
                near = difflib.get_close_matches(kind or "", kinds, 1, 0.4)
                at = kind_node or item
                self._complain(at.line, at.column, "yaml/unknown-value", f"kind: “{kind or ''}”",
                               f"是不是“{near[0]}”？" if near else "机关类别的名称", f"改成其中之一：{'、'.join(kinds)}",
                               "warning", len(kind or " "))  # fmt: skip
                continue
            known = fields.get(kind)
            name = self._text(item.value.get("name")) or (known.name if known else None)
            if name is None:
                self._wrong(item, f"“{kind}”没有名称", "一行 name: …", "补上本领域的名称，如 依法治医")
                continue
            fields[kind] = Field(kind, name, self._words(item, known.told if known else Words()))
        return tuple(fields.values())

    def _items(self, node: Node | None, keys: tuple[str, ...], example: str) -> Iterator[Node]:
        """The mappings of a list; what is none is complained of."""
        if node is None or node.value is None:
            return
        if not isinstance(node.value, list):
            self._wrong(node, "不是列表", example, "每项一行，以“- ”开头")
            return
        for item in node.value:
            if isinstance(item.value, dict):
                self._known(item, keys)
                yield item
            else:
                self._wrong(item, "不是一项一项的“名称: 值”", example, "补上花括号，或在冒号后面加空格")

    def _words(self, item: Node, before: Words) -> Words:
        assert isinstance(item.value, dict)
        added: dict[str, tuple[str, ...]] = {}
        for key, name in _WORD_KEYS.items():
            node = item.value.get(key)
            words: list[str] = list(getattr(before, name))
            if node is not None and not isinstance(node.value, list):
                self._wrong(node, f"{key} 不是列表", f"如 {key}: [行政复议, 复议案件]", "用方括号括起，各项以逗号分开")
            elif node is not None:
                assert isinstance(node.value, list)
                for one in node.value:
                    if isinstance(one.value, str) and len(one.value) >= 2 and "\n" not in one.value:
                        words.append(one.value)
                    else:
                        self._wrong(
                            one, f"{key} 中的“{one.value or ''}”", "两个字以上的词", "写完整的词；单个字到处都有"
                        )
            added[name] = tuple(dict.fromkeys(words))
        return Words(**added)

    def _years(self, node: Node | None) -> tuple[int | None, int | None]:
        years: dict[str, int | None] = {"from": self._before.first_year, "to": self._before.last_year}
        if node is None or node.value is None:
            return years["from"], years["to"]
        if not isinstance(node.value, dict):
            self._wrong(
                node, "years 不是花括号", "如 {from: 2021, to: 2025}", "写成花括号；还没有终了的年度，to 后面空着"
            )
            return years["from"], years["to"]
        self._known(node, tuple(years))
        for key in years:
            one = node.value.get(key)
            if one is not None and isinstance(one.value, str) and re.fullmatch(r"(19|20)\d\d", one.value):
                years[key] = int(one.value)
            elif one is not None and one.value is not None:
                self._wrong(one, f"{key}: “{one.value}”", "四位数字的年份", "写成 2021；还没有终了的，空着")
        return years["from"], years["to"]

    def _successor(self, node: Node | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if node is None or node.value is None:
            return ()
        if not isinstance(node.value, dict):
            self._wrong(
                node, "successor 不是花括号", "如 {enforcement: [enforcement, supervision]}", "写成 原主题: [新主题, …]"
            )
            return ()
        pairs = []
        for id, ids in node.value.items():
            if isinstance(ids.value, list):
                pairs.append((id, tuple(one.value for one in ids.value if isinstance(one.value, str))))
            else:
                self._wrong(ids, f"“{id}”之后不是列表", "如 [enforcement]", "用方括号括起")
        return tuple(pairs)

    def _text(self, node: Node | None) -> str | None:
        if node is None or node.value is None:
            return None
        if isinstance(node.value, str) and "\n" not in node.value:
            return node.value
        self._wrong(node, "一组值", "一行文字", "写成“名称: 文字”")
        return None

    def _known(self, node: Node, keys: tuple[str, ...]) -> None:
        assert isinstance(node.value, dict)
        for key in node.value:
            if key not in keys:
                line, column = node.keys[key]
                near = difflib.get_close_matches(key, keys, 1, 0.5)
                self._complain(line, column, "yaml/unknown-key", f"“{key}”", f"是不是“{near[0]}”？" if near else "、".join(keys),
                               "改名或删去", "warning", len(key))  # fmt: skip

    def _wrong(self, node: Node, found: str, expected: str, mend: str) -> None:
        self._complain(node.line, node.column, "yaml/wrong-type", found, expected, mend)

    def _complain(
        self, line: int, column: int, code: str, found: str, expected: str, mend: str,
        severity: Severity = "error", length: int = 1,
    ) -> None:  # fmt: skip
        line += self._source.first_line
        self._problems.append(
            Problem(
                code,
                self._source.name,
                line,
                column + 1,
                found,
                expected,
                mend,
                severity,
                length,
                self._source.line_at(line),
            )
        )
