"""Indicators: what different reports count under different words.

In flows the lexicon, `data/indicators.yaml` and files of the same form that a corpus may add; out flow a
`Lexicon` and, by `find_indicator`, the indicator a figure belongs to with the wording that told it.

A wording is written as reports write it, X for the number and its unit: 受理依申请公开X件. It matches
where the same words stand at the number, whatever fillers stand between (共, 各类, 依法, 截至目前), before
it or, in that order, around it (受理8件依申请公开). What is counted must stand there in full and nothing
else: 受理依申请公开答复8件 is something else. “受理申请……办结X件” asks for its first part anywhere before in
the same sentence. The unit must be one of the indicator's. The longest wording wins, then one with a
first part, then the one whose first part stands nearest.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from govreport_site.problems import Problem, Severity
from govreport_site.yaml_file import Node, load_placed

# Dropped on both sides before words are compared. 市场 and 区域 are not 全市 and 全区. Each begins with a
# plain character, so that `re` skips to the next one that may begin a filler.
_FILLER = re.compile(
    r"截至目前|截止目前|今年以来|去年以来|1\d{3}年(?:度|以来)?|2\d{3}年(?:度|以来)?|本年度|本年|全年|年内|目前|各级各类|各类|各项|各种|"
    r"累计|共计|合计|总计|依法|相关|有关|全市(?!场)|全县|全区(?!域)|全省|分别|均|已|共|总|各|约|近|超过|保持在?|稳定在|达到?|为|是|"
    r"了|的|等|次数\Z|件数\Z|总数\Z|数量\Z|数\Z|" + "|".join(map(re.escape, ' \t\n\u3000\xa0“”‘’"、（）()'))
)
_GAP = "……"
_NUMBER = "X"
_LONGEST = 30  # folded characters of a wording that may stand before the number
_WIDEST_GAP = 80  # characters between the first part of a wording and its second
# 未受理…, 拟…: what did not happen. 不予受理 ends in 予.
_DENIED = re.compile(r"(?:[未不非拟应]|不予)\Z")

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_REQUIRED = ("name", "group", "units")
_KEYS = ("id", *_REQUIRED, "definition", "trap", "verified", "unverified", "withdrawn")


@dataclass(frozen=True, slots=True)
class Wording:
    """A way of saying an indicator, X for the number and its unit.

    verified  whether it was read in a published report; else it is a guess at what reports say
    """

    text: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that reports count.

    id          ASCII, for addresses: permanent
    name        Chinese, as shown
    group       the heading it stands under
    units       measure words that count the same; the first is shown (宗 is 件 in some provinces)
    definition  what is counted, in one sentence; may be empty
    trap        what it must not be taken for; may be empty
    """

    id: str
    name: str
    group: str
    units: tuple[str, ...]
    wordings: tuple[Wording, ...] = ()
    definition: str = ""
    trap: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """A wording ready to be looked for: folded, cut at the gap and at the number."""

    indicator: Indicator
    wording: Wording
    head: str
    before: str
    words: str  # before + what follows the number
    follows: bool  # whether something must follow the number


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Indicators in the order of the files; their wordings by the first two characters, and by the last two."""

    indicators: tuple[Indicator, ...] = ()
    version: str = ""
    beginnings: Mapping[str, Sequence[_Way]] = field(init=False, repr=False, compare=False)
    endings: Mapping[str, Sequence[_Way]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        beginnings: dict[str, list[_Way]] = {}
        endings: dict[str, list[_Way]] = {}
        for indicator in self.indicators:
            for wording in indicator.wordings:
                way = _way(indicator, wording)
                beginnings.setdefault(way.words[:2], []).append(way)
                if not way.follows:
                    endings.setdefault(way.words[-2:], []).append(way)
        object.__setattr__(self, "beginnings", beginnings)
        object.__setattr__(self, "endings", endings)

    def by_id(self, name: str) -> Indicator | None:
        """The indicator with this id."""
        return next((indicator for indicator in self.indicators if indicator.id == name), None)


def find_indicator(
    lexicon: Lexicon, *, so_far: str, before: str, noun: str, after: str, unit: str
) -> tuple[Indicator, Wording] | None:
    """The indicator a number belongs to, and the wording that told it.

    so_far  the sentence up to the number
    before  its last clause, not beyond the number before
    noun    what follows the number at once and is counted by it; may be empty
    after   the clause behind the number
    """
    folded = _fold(before)[-_LONGEST:]
    best: tuple[int, bool, int] | None = None
    found: tuple[Indicator, Wording] | None = None
    for way in _ways_at(lexicon, folded, noun, after):
        if unit not in way.indicator.units:
            continue
        gap = 0
        if way.head:
            head_at = so_far.rfind(way.head)
            gap = len(so_far) - head_at - len(way.head)
            if head_at < 0 or gap > _WIDEST_GAP:
                continue
        rank = (len(way.words), bool(way.head), -gap)
        if best is None or rank > best:
            best, found = rank, (way.indicator, way.wording)
    return found


def _ways_at(lexicon: Lexicon, folded: str, noun: str, after: str) -> Iterator[_Way]:
    """Wordings that stand at a number, `folded` before it: 受理行政复议案件8件, 受理8件行政复议案件."""
    for way in lexicon.endings.get(folded[-2:], ()):
        if folded.endswith(way.words) and not _DENIED.search(folded, 0, len(folded) - len(way.words)):
            yield way
    if not after:
        return
    at = len(folded)
    joined = folded + _fold(after)
    noun_end = at + len(_fold(noun)) if noun else -1
    for start in range(at + 1):
        for way in lexicon.beginnings.get(joined[start : start + 2], ()):
            around = start + len(way.before) == at if way.follows else start + len(way.words) == noun_end
            if around and joined.startswith(way.words, start) and not (start and _DENIED.search(joined, 0, start)):
                yield way


def _fold(text: str) -> str:
    return _FILLER.sub("", text)


def _way(indicator: Indicator, wording: Wording) -> _Way:
    head, _, tail = wording.text.rpartition(_GAP)
    before, _, after = tail.partition(_NUMBER)
    for unit in sorted(indicator.units, key=len, reverse=True):
        if after.startswith(unit):
            after = after[len(unit) :]
            break
    folded = _fold(before)
    rest = _fold(after)
    return _Way(indicator, wording, head, folded, folded + rest, bool(rest))


@cache
def lexicon() -> Lexicon:
    """The package's own lexicon."""
    read, problems = read_lexicon([own_text()])
    assert not problems, problems
    return read


def own_text() -> tuple[str, str]:
    """Name and text of the package's own lexicon, the first that `read_lexicon` is given."""
    path = Path(__file__).parents[1] / "data" / "indicators.yaml"
    return path.name, path.read_text(encoding="utf-8")


def read_lexicon(texts: Sequence[tuple[str, str]]) -> tuple[Lexicon, tuple[Problem, ...]]:
    """Texts in the form of `data/indicators.yaml`, each with its file's name → lexicon and problems.

    A later text adds indicators, or changes those with the same id: what it names anew replaces, wordings
    are added, `withdrawn` takes wordings away. What is wrong is left out and told; never raises.
    """
    indicators: dict[str, Indicator] = {}
    problems: list[Problem] = []
    versions = []
    for name, text in texts:
        reader = _Reader(name, text, problems)
        version = reader.take(indicators)
        versions.append(version)
    return Lexicon(tuple(indicators.values()), "+".join(v for v in versions if v)), tuple(problems)


class _Reader:
    """One text of a lexicon, with what is wrong in it."""

    def __init__(self, name: str, text: str, problems: list[Problem]) -> None:
        self._name, self._text, self._problems = name, text, problems
        self._lines = text.split("\n")

    def take(self, indicators: dict[str, Indicator]) -> str:
        """Puts what the text holds into `indicators`; gives its version."""
        root, faults = load_placed(self._text)
        for fault in faults:
            code = "yaml/duplicate-key" if fault.duplicate else "yaml/broken"
            self._complain(fault.line, fault.column, code, fault.message, "能读的 YAML", "按提示改这一行", "error")
        if root is None:
            return ""
        if not isinstance(root.value, dict):
            self._wrong(
                root, "不是一项一项的“名称: 值”", "version: 和 indicators: 两项", "参照程序自带的 indicators.yaml"
            )
            return ""
        for key in root.value:
            if key not in ("version", "indicators"):
                self._unknown(key, root, ("version", "indicators"))
        rows = root.value.get("indicators")
        if rows is not None and isinstance(rows.value, list):
            for row in rows.value:
                self._row(row, indicators)
        elif rows is None or rows.value is not None:
            self._wrong(
                rows or root, "没有指标的列表", "indicators: 下面一行一个“- id: …”", "参照程序自带的 indicators.yaml"
            )
        version = root.value.get("version")
        return version.value if version is not None and isinstance(version.value, str) else ""

    def _row(self, row: Node, indicators: dict[str, Indicator]) -> None:
        if not isinstance(row.value, dict):
            self._wrong(row, "一个指标不是“名称: 值”", "- id: …，下面写 name、group、units", "改这一项")
            return
        for key in row.value:
            if key not in _KEYS:
                self._unknown(key, row, _KEYS)
        id_node = row.value.get("id")
        if id_node is None or not isinstance(id_node.value, str) or not _ID.fullmatch(id_node.value):
            found = f"id 是“{id_node.value}”" if id_node is not None and isinstance(id_node.value, str) else "没有 id"
            expected = "小写拉丁字母、数字，以 - 相连，如 foi-received"
            self._wrong(id_node or row, found, expected, "补上或改正 id；它用作网址，定后不变", "yaml/unknown-value")
            return
        known = indicators.get(id_node.value)
        missing = [key for key in _REQUIRED if key not in row.value] if known is None else []
        if missing:
            self._wrong(
                row, f"指标 {id_node.value} 没有 {'、'.join(missing)}", "新的指标要有 name、group、units", "补上这几项"
            )
            return
        indicator = known or Indicator(id_node.value, "", "", ())
        for key, node in row.value.items():
            if key in ("name", "group", "definition", "trap"):
                if (line := self._line(node, key)) is not None:
                    indicator = replace(indicator, **{key: line})  # type: ignore[arg-type]
            elif key == "units" and (units := tuple(text for _, text in self._list(node, key))):
                indicator = replace(indicator, units=units)
        if not (indicator.name and indicator.group and indicator.units):
            return  # what is wrong with them has been told
        gone = {text for node in self._under(row, "withdrawn") for _, text in self._list(node, "withdrawn")}
        wordings = {w.text: w for w in indicator.wordings if w.text not in gone}
        for key in ("verified", "unverified"):
            for node in self._under(row, key):
                for at, text in self._list(node, key):
                    if self._fits(at, text, indicator):
                        wordings[text] = Wording(text, key == "verified")
        indicators[indicator.id] = replace(indicator, wordings=tuple(wordings.values()))

    def _fits(self, node: Node, text: str, indicator: Indicator) -> bool:
        expected = "恰好一个 X 代表数，X 前后有要统计的事项，如“受理依申请公开X件”；“……”只在前半句之后用一次"
        if text.count(_NUMBER) == 1 and text.count(_GAP) <= 1 and text.find(_GAP) < text.find(_NUMBER):
            way = _way(indicator, Wording(text, verified=False))
            if len(way.words) >= 2 and len(way.before) <= _LONGEST and (way.head or _GAP not in text):
                return True
        self._wrong(node, f"说法“{text}”没法用", expected, "改这一条，或删去", "yaml/unknown-value")
        return False

    @staticmethod
    def _under(row: Node, key: str) -> Iterator[Node]:
        if isinstance(row.value, dict) and key in row.value:
            yield row.value[key]

    def _line(self, node: Node, key: str) -> str | None:
        if isinstance(node.value, str) and "\n" not in node.value.strip():
            return node.value.strip()
        if node.value is not None:
            self._wrong(node, f"{key} 的值不对", "一行文字", "改这一行，或删去")
        return None

    def _list(self, node: Node, key: str) -> list[tuple[Node, str]]:
        """Texts of a list, or of a lone text, with their places."""
        if isinstance(node.value, str):
            return [(node, node.value.strip())]
        if isinstance(node.value, list):
            for item in node.value:
                if not isinstance(item.value, str):
                    self._wrong(item, f"{key} 里有一项不是文字", "一行文字", "改这一行，或删去")
            return [(item, item.value.strip()) for item in node.value if isinstance(item.value, str)]
        if node.value is not None:
            self._wrong(node, f"{key} 的值不对", "文字的列表，如 [件, 宗]", "改这一行，或删去")
        return []

    def _unknown(self, key: str, node: Node, keys: Sequence[str]) -> None:
        line, column = node.keys[key]
        near = difflib.get_close_matches(key, keys, 1, 0.5)
        expected = f"是不是“{near[0]}”？" if near else "、".join(keys)
        self._complain(line, column, "yaml/unknown-key", f"“{key}”", expected, "改名或删去")

    def _wrong(self, node: Node, found: str, expected: str, mend: str, code: str = "yaml/wrong-type") -> None:
        self._complain(node.line, node.column, code, found, expected, mend)

    def _complain(
        self, line: int, column: int, code: str, found: str, expected: str, mend: str, severity: Severity = "warning"
    ) -> None:
        excerpt = self._lines[line] if line < len(self._lines) else None
        self._problems.append(
            Problem(code, self._name, line + 1, column + 1, found, expected, mend, severity, excerpt=excerpt)
        )
