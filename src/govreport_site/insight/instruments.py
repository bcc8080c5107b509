"""Titled texts that a report names: every 《…》, with every 〈…〉 in it. Pure.

In flows a `Report`, out flow its mentions in the order of the text, each with its class, the word
that told it, and a key under which all ways of writing one title meet. `merge` tells of several mentions
what each key is called. The words are data: `data/instruments.yaml`.

Marks are matched within a line, since no title runs across one. Writers nest 《 in 《, close 〈 with 》
and forget closing marks: what cannot be a title (a sentence end in it, no letter at all) is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast, get_args

from govreport_site.findings import Class, Instrument
from govreport_site.normalise import normalise
from govreport_site.report import Report
from govreport_site.source import Span
from govreport_site.variants import TRADITIONAL, traditional
from govreport_site.yaml_file import load_plain

CLASSES: tuple[Class, ...] = get_args(Class)

# The longest official title met has 96 characters; a run beyond this is a lost closing mark.
LONGEST = 160

_MARK = re.compile("[《》〈〉<>＜＞]")
_INNER = str.maketrans("<＜>＞", "〈〈〉〉")
_NO_TITLE = re.compile("[。；;].|[\t|]")
_LETTER = re.compile(r"[0-9A-Za-z㐀-鿿]")

# What stands in brackets behind a title, within its marks or after them.
_BRACKETED = re.compile(r"\s*[（(]([^（）()《》]{1,12})[）)]\s*$")
_BEHIND = re.compile(r"[（(]([^（）()《》\n]{1,12})[）)]")
# A text on trial or in draft is another text than the one it becomes; an amended one is the same.
_VERSION = re.compile(
    r"(修订草案|修正草案|草案|征求意见稿|公开征求意见稿|送审稿|讨论稿|审议稿|试行|暂行)(?:[一二三]次审议稿|修改稿)?"
)
_BARE_DRAFT = re.compile("(修订草案|修正草案|草案|征求意见稿|送审稿)$")
_AMENDED = re.compile(r"(?:(?:19|20)\d\d年?)?(?:最新|新|第[一二三四五]次)?(?:修订|修正|修改)?(?:版|本)?")
_EXTENSION = re.compile(r"\.(?:docx?|pdf|wps|xlsx?|txt)$", re.IGNORECASE)
_PERIOD = re.compile(r"((?:19|20)\d\d)年?((?:19|20)\d\d)年?")
_TAIL = re.compile(r"[（(][^（）()]*[）)]\s*$|[0-9]{4}年?$|[》〉>＞”’\"」』\s]$")

_SHORT = re.compile(
    r"(?:[（(][^（）()\n]{1,40}[）)])?[（(][^（）()《》\n]{0,40}?(?:简称|下称)(?:为)?[：:]?\s*[“\"「『《〈]?"
    r"([^“”\"「」『』《》〈〉（）()，,；;。\n]{1,30})"
)
# 《条例》 by itself names no text; 《工作方案》 and 《实施意见》 do not either.
_BARE = "(?:实施|工作|指导|行动|专项|管理|总体|若干|暂行|具体|建设|任务|年度|本)*"
_NAMED_BY_KIND = ("regulation", "rule", "document", "plan", "standard")

# Two mentions with no more than this between them are one list, and what stands beside the list tells of all.
_LISTED = re.compile(r"[、，,和及与\s]{0,2}|以及")
_WHERE = "在被由经获登"
_CLAUSE = re.compile("[，。；：、《》（(,;:\n]")


@lru_cache(maxsize=4096)
def instrument_key(title: str) -> str:
    """The same for all ways of writing one title, another for its draft; empty where nothing is left.

    Blanks, marks, dashes, “中华人民共和国”, the word 年 in a period and a note of amendment （2021年修订）
    do not count; （草案）, （征求意见稿）, （试行） do, and stand behind a slash.
    """
    core = _EXTENSION.sub("", title)
    if TRADITIONAL.search(core):
        core = core.translate(traditional())
    version = ""
    while match := _BRACKETED.search(core):
        if told := _VERSION.fullmatch(match[1]):
            version = version or told[1]
        elif not _AMENDED.fullmatch(match[1]):
            break
        core = core[: match.start()]
    if (match := _BARE_DRAFT.search(core)) and match.start():
        version, core = version or match[1], core[: match.start()]
    folded = normalise(core).replace("<", "").replace(">", "")
    folded = _PERIOD.sub(r"\1\2", folded.replace("中华人民共和国", "") or folded)
    return f"{folded}/{version}" if version else folded


def find_instruments(report: Report) -> tuple[Instrument, ...]:
    """Every mention of a titled text, outer titles before those in them; in headings and tables too.

    A mention under an abbreviation that the report gave (以下简称《条例》) has the key and class of the
    full title. So has a mere 《条例》 where one title alone before it ends so; elsewhere its key is
    empty, for it names no text that others could name too.
    """
    text = report.source.text
    if "《" not in text:
        return ()
    spans = sorted(_titles(text), key=lambda span: (span.start, -span.end))
    told = _classes(text, spans)
    where = _Places(report)
    found: list[Instrument] = []
    short: dict[str, Instrument] = {}
    for span in spans:
        title = text[span.start + 1 : span.end - 1].strip()
        key, class_, reason = instrument_key(title), *told[span]
        if outside := _VERSION.fullmatch(match[1]) if (match := _BEHIND.match(text, span.end)) else None:
            key = key if "/" in key else f"{key}/{outside[1]}"
        full = short.get(key)
        if full is not None:
            key, class_, reason = full.key, full.class_, f"“{full.title}”的简称"
        elif _is_bare(key):
            full = _only_one_before(found, key)
            key, reason = (full.key, f"上文“{full.title}”") if full else ("", reason)
        given = _SHORT.match(text, span.end)
        instrument = Instrument(
            title, class_, where.id_at(span.start), span, key, given[1].strip() if given else None, reason
        )
        found.append(instrument)
        if instrument.short and key:
            short[instrument_key(instrument.short)] = instrument
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Merged:
    """What many mentions of one key are called together.

    title   the spelling most frequent among them, of equals the first by code point
    class_  what most of them are
    vague   whether the title names neither place nor body, so that several texts may bear it
            (关于加强普法工作的通知): a page then says so, and not that all cite one text
    """

    key: str
    title: str
    class_: Class
    vague: bool


def merge(mentions: Iterable[Instrument]) -> Mapping[str, Merged]:
    """What to call each key, in the order of keys; mentions without a key are left out."""
    titles: dict[str, Counter[str]] = {}
    classes: dict[str, Counter[Class]] = {}
    for mention in mentions:
        if not mention.key:
            continue
        core, _, version = mention.key.partition("/")
        own = instrument_key(mention.title)
        title = mention.title
        if version and own == core:
            title, own = f"{title}（{version}）", mention.key
        # An abbreviation is no name for a page, unless there is no other.
        titles.setdefault(mention.key, Counter())[title] += 1 if own == mention.key else 0
        classes.setdefault(mention.key, Counter())[mention.class_] += 1
    merged = {}
    for key in sorted(titles):
        title = min(titles[key], key=lambda name: (-titles[key][name], name))
        class_ = min(classes[key], key=lambda one: (-classes[key][one], CLASSES.index(one)))
        merged[key] = Merged(key, title, class_, _is_vague(key, class_))
    return merged


# --- Marks ----------------------------------------------------------------------------------


def _titles(text: str) -> Iterator[Span]:
    """Spans of titles with their marks, in no order."""
    at = text.find("《")
    while at != -1:
        end = text.find("\n", at)
        end = len(text) if end == -1 else end
        yield from _titles_of_line(text, at, end)
        at = text.find("《", end)


def _titles_of_line(text: str, start: int, end: int) -> Iterator[Span]:
    marks = [(match.start(), match[0].translate(_INNER)) for match in _MARK.finditer(text, start, end)]
    opened: list[tuple[int, str]] = []
    for number, (at, mark) in enumerate(marks):
        if mark == "《" or (opened and mark == "〈"):
            opened.append((at, mark))
            continue
        if not opened or mark == "〈":
            continue
        following = marks[number + 1][1] if number + 1 < len(marks) else ""
        if mark == "》":
            # 《关于印发〈甲办法》的通知》: the first 》 stands for 〉. Otherwise the 〈 was never closed.
            while opened[-1][1] == "〈" and following != "》":
                opened.pop()
        elif opened[-1][1] == "《" and following == "》":
            continue  # a stray mark within a title, whose own end is still to come
        span = Span(opened.pop()[0], at + 1)
        if _is_title(text[span.start + 1 : at]):
            yield span


def _is_title(title: str) -> bool:
    return len(title) <= LONGEST and bool(_LETTER.search(title)) and not _NO_TITLE.search(title)


class _Places:
    """Which passage, or which heading's section, a character stands in."""

    def __init__(self, report: Report) -> None:
        marks = [(section.heading.start, section.id) for section in report.walk() if section.heading]
        marks += [(passage.span.start, passage.id) for _, passage in report.passages()]
        marks.sort()
        self._starts = [start for start, _ in marks]
        self._ids = [name for _, name in marks]

    def id_at(self, offset: int) -> str:
        return self._ids[bisect_right(self._starts, offset) - 1]


# --- Classes --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Endings:
    """Words that a text may end with, and the class each tells; None: it tells nothing."""

    classes: Mapping[str, Class | None]
    longest: int

    def longest_of(self, text: str) -> str:
        """The longest of the words that a text ends with; empty where it ends with none."""
        for length in range(min(self.longest, len(text)), 0, -1):
            if text[-length:] in self.classes:
                return text[-length:]
        return ""


@dataclass(frozen=True, slots=True)
class _Words:
    endings: _Endings
    before: _Endings
    made: tuple[tuple[str, Class], ...]
    after: tuple[tuple[str, Class], ...]
    carried: tuple[str, ...]
    bare: re.Pattern[str]
    national: frozenset[str]


@cache
def _words() -> _Words:
    text = files("govreport_site").joinpath("data/instruments.yaml").read_text(encoding="utf-8")
    table = cast(dict[str, Any], load_plain(text))

    def listed(name: str) -> tuple[tuple[str, Class], ...]:
        rows = [(word, cast(Class, class_)) for class_, words in table[name].items() for word in words]
        return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))

    def endings(name: str) -> _Endings:
        classes = {word: class_ if class_ in CLASSES else None for word, class_ in listed(name)}
        return _Endings(classes, max(map(len, classes)))

    kinds = [word for word, class_ in listed("endings") if class_ in _NAMED_BY_KIND]
    return _Words(
        endings=endings("endings"),
        before=endings("before"),
        made=listed("made"),
        after=listed("after"),
        carried=tuple(table["carried"]),
        bare=re.compile(f"{_BARE}(?:{'|'.join(kinds)})"),
        national=frozenset(map(instrument_key, table["national"])),
    )


def _classes(text: str, spans: list[Span]) -> dict[Span, tuple[Class, str]]:
    """Class of each title, and the word that told it."""
    told: dict[Span, tuple[Class, str]] = {}
    outer: list[Span] = []
    for span in spans:
        if outer and outer[-1].covers(span):
            told[span] = _by_ending(text[span.start + 1 : span.end - 1]) or ("other", "")
        else:
            outer.append(span)
    start = 0
    for number, span in enumerate(outer):
        last = number + 1 == len(outer)
        if last or not _LISTED.fullmatch(text, span.end, outer[number + 1].start):
            listed = outer[start : number + 1]
            before = _CLAUSE.split(text[max(0, listed[0].start - 12) : listed[0].start])[-1]
            behind = _CLAUSE.split(text[span.end : span.end + 14], maxsplit=1)[0]
            decisive = _right_before(before)
            for one in listed:
                title = text[one.start + 1 : one.end - 1]
                told[one] = decisive or _by_ending(title) or _around(before, behind) or ("other", "")
            start = number + 1
    return told


@lru_cache(maxsize=4096)
def _by_ending(title: str) -> tuple[Class, str] | None:
    if TRADITIONAL.search(title):
        title = title.translate(traditional())
    core = _EXTENSION.sub("", title)
    while match := _TAIL.search(core):
        core = core[: match.start()]
    if draft := _BARE_DRAFT.search(core):
        core = core[: draft.start()] or core
    # Provincial congresses carry national laws out by 实施〈…法〉办法, which are regulations.
    if core.endswith("办法") and (carried := re.search("实施.{2,40}法[〉》>＞]?办法$", core)):
        return "regulation", carried[0][:2] + "…法办法"
    ending = _words().endings.longest_of(core)
    class_ = _words().endings.classes.get(ending)
    return (class_, ending) if class_ else None


def _right_before(before: str) -> tuple[Class, str] | None:
    """A word that touches the opening mark: 微视频《…》."""
    table = _words().before
    word = table.longest_of(before.rstrip('“‘" '))
    class_ = table.classes.get(word)
    return (class_, word) if class_ else None


def _around(before: str, behind: str) -> tuple[Class, str] | None:
    """A word behind, in the same clause, or a verb of making before."""
    words = _words()
    for word, class_ in words.after:
        if word in behind:
            return class_, word
    if any(where in before for where in _WHERE) and (carried := next((w for w in words.carried if w in behind), None)):
        return "media", carried
    return next(((class_, word) for word, class_ in words.made if word in before), None)


# --- Abbreviations and vague titles ---------------------------------------------------------


def _is_bare(key: str) -> bool:
    """Whether a title is the word for its kind and no more, a draft or not."""
    core = key.partition("/")[0]
    return len(core) <= 8 and _words().bare.fullmatch(core) is not None


def _only_one_before(found: list[Instrument], key: str) -> Instrument | None:
    """The one text before whose title ends with a bare one, both drafts or neither; None of none or several."""
    ending, _, version = key.partition("/")
    full: dict[str, Instrument] = {}
    for one in found:
        core, _, its_version = one.key.partition("/")
        if its_version == version and core.rstrip("0123456789").endswith(ending):
            full.setdefault(one.key, one)
    return next(iter(full.values())) if len(full) == 1 else None


_NAMES_A_MAKER = re.compile(
    "国务院|中共|中央|全国|国家|最高|总局|中国|(?<![全本我各])省(?!级)|自治[区州县]|(?<![全本我各城])市(?!场)|(?<![全本我各])县(?!域|级)"
    "|(?<![全本我各社辖园])区(?!域|别|分)|(?<!乡)镇(?!域)|街道|厅|委员会|局关于|委关于"
)


def _is_vague(key: str, class_: Class) -> bool:
    if class_ not in ("rule", "document", "plan", "other"):
        return False
    return key not in _words().national and not _NAMES_A_MAKER.search(key)
