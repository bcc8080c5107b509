"""Word's automatic numbers, as Word shows them: 一、（一）1.（1）. Pure.

In flow the list definitions of a document and, paragraph by paragraph, which list and level
each uses; out flows the label in front of it. Word stores no label anywhere, only the recipe,
so a reader that does not count loses every 一、 of a report.

ECMA-376 part 1, 17.9, says what the recipe means; where it is silent (a sublevel before its
parent, a list continued by another list of the same recipe) Word and LibreOffice agree, and
so does this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

# Formats that are a row of characters, one a number; behind the last Word counts on in digits.
_ROWS = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_DECIMAL = frozenset({"decimal", "decimalHalfWidth"})
_CHINESE = frozenset({"chineseCounting", "taiwaneseCounting"})
_CHINESE_THOUSAND = frozenset({"chineseCountingThousand", "taiwaneseCountingThousand"})

# Bullets are characters of symbol fonts; these are what their glyphs look like.
_BULLETS = {
    "\uf0b7": "•",
    "\uf06c": "●",
    "\uf06d": "○",
    "\uf06e": "■",
    "\uf075": "◆",
    "\uf0a7": "▪",
    "\uf0a8": "□",
    "\uf0b2": "◇",
    "\uf0d8": "➢",
    "\uf0e8": "➔",
    "\uf0fc": "✓",
    "\uf0fe": "☑",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered.

    format    numFmt, as in the file; "bullet" and "none" are formats too
    pattern   lvlText: “%1、”, “（%2）”, “%1.%2”; %n is the number of level n, from 1
    restarts  lvlRestart: the level, from 1, whose numbers start this one again; 0 never; None any above
    blank     whether a tab or a space stands behind the label
    legal     isLgl: every number of the label in Arabic digits
    style     the paragraph style that is tied to this level
    """

    format: str = "decimal"
    pattern: str = ""
    start: int = 1
    restarts: int | None = None
    blank: bool = True
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A w:num: the recipe it counts by, its levels from 0, and the levels it starts anew.

    recipe  lists of one recipe (abstractNum) count on from each other
    starts  level → the number it begins with when this list is first used
    """

    recipe: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counting:
    """Where the counters of a document stand while its paragraphs go by, by recipe and level."""

    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in front of a numbered paragraph.

    blank    whether the list puts a tab or a space behind it
    certain  False when the format is not one we know, or a bullet's sign cannot be told
    """

    text: str
    blank: bool = True
    certain: bool = True


def next_label(counting: Counting, name: str, numbered: List, at: int) -> Label:
    """The label of the next paragraph of a list, and the counters moved on.

    name  of the list, unique in the document; `at` is its level, from 0.
    """
    level = numbered.levels.get(at, Level(pattern=f"%{at + 1}."))
    counters = counting.counters.setdefault(numbered.recipe, {})
    if at in numbered.starts and (name, at) not in counting.begun:
        counting.begun.add((name, at))
        counters.pop(at, None)
    first = numbered.starts.get(at, level.start)
    counters[at] = counters[at] + 1 if at in counters else first
    for above in range(at):
        counters.setdefault(above, numbered.starts.get(above, numbered.levels.get(above, Level()).start))
    for below in [number for number in counters if number > at]:
        restarts = numbered.levels.get(below, Level()).restarts
        if restarts is None or restarts > at:
            del counters[below]
    return _label(numbered, level, counters)


def joined(label: Label, text: str) -> str:
    """A label and its paragraph on one line. A blank only between two half-width characters: “1. A” but “一、总体”."""
    blank = " " if label.blank and label.text[-1:].isascii() and text[:1].isascii() else ""
    return label.text + (blank if label.text and text else "") + text


def _label(numbered: List, level: Level, counters: Mapping[int, int]) -> Label:
    if level.format == "bullet":
        sign = "".join(_BULLETS.get(c, "•" if _private(c) else c) for c in level.pattern)
        known = all(c in _BULLETS or not _private(c) for c in level.pattern)
        return Label(sign, level.blank, known)
    text, certain = "", True
    rest = level.pattern
    while rest:
        here, percent, rest = rest.partition("%")
        text += here
        if percent and rest[:1] in "123456789" and rest:
            number = int(rest[0]) - 1
            rest = rest[1:]
            one = numbered.levels.get(number, Level())
            written = write_number(counters.get(number, one.start), "decimal" if level.legal else one.format)
            text += written if written is not None else str(counters.get(number, one.start))
            certain = certain and written is not None
        else:
            text += percent
    return Label(text, level.blank, certain=certain)


def _private(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff"


def write_number(number: int, format: str) -> str | None:
    """A number in a format of ST_NumberFormat; None when the format is not known here.

    A number outside what a format can write comes in Arabic digits, as in Word.
    """
    if format in _DECIMAL:
        return str(number)
    if format == "none":
        return ""
    if number < 1:
        return str(number)
    if format in _ROWS:
        row = _ROWS[format]
        return row[number - 1] if number <= len(row) else str(number)
    if format in _CHINESE:
        return _tens(number) if number < 100 else "".join("○" if d == "0" else _DIGITS[int(d)] for d in str(number))
    if format in _CHINESE_THOUSAND:
        return _thousands(number, _DIGITS.replace("〇", "零"), "十百千", one_ten=False)
    if format == "japaneseCounting":
        return _thousands(number, _DIGITS, "十百千", one_ten=False, japanese=True)
    if format in ("chineseLegalSimplified", "ideographLegalTraditional"):
        digits = _LEGAL_SIMPLIFIED if format == "chineseLegalSimplified" else _LEGAL_TRADITIONAL
        return _thousands(number, digits, "拾佰仟", one_ten=True)
    if format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(d)] for d in str(number))
    if format == "ideographZodiacTraditional":
        at = (number - 1) % 60
        return _STEMS[at % 10] + _BRANCHES[at % 12]
    if format in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord("０") + int(d)) for d in str(number))
    if format == "decimalZero":
        return f"{number:02d}"
    if format == "numberInDash":
        return f"- {number} -"
    if format in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if format == "upperRoman" else roman.lower()
    if format in ("upperLetter", "lowerLetter"):
        times, letter = divmod(number - 1, 26)
        return chr(ord("A" if format == "upperLetter" else "a") + letter) * (times + 1)
    return None


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _thousands(number: int, digits: str, units: str, *, one_ten: bool, japanese: bool = False) -> str:
    """1 … 9999 in numerals with units; beyond, Arabic digits.

    one_ten   壹拾 rather than 拾 at the front
    japanese  no 零 for a gap, and no 一 before a unit: 百一
    """
    if number > 9999:
        return str(number)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        if gap and not japanese:
            text += digits[0]
        gap = False
        bare = place > 0 and digit == 1 and (japanese or (place == 1 and not text and not one_ten))
        text += ("" if bare else digits[digit]) + (units[place - 1] if place else "")
    return text


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    text = ""
    for value, letters in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        times, number = divmod(number, value)
        text += letters * times
    return text
