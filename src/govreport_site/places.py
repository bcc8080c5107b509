"""The places of China: code → names, parents, slug; a text → the places it may mean.

In flows a GB/T 2260 code or a name as an issuer writes it, out flow `Place`s: always all
that fit, never a guess, since 28 names of counties occur twice or more (鼓楼区 four times).
The table is `data/places.tsv`; codes and names no longer in use, and where they lead, are
`data/places_overrides.tsv`; towns, by which a report without its county may be placed, are
`data/towns.tsv`. Each is read when first asked for.

A chain is the whole of what stands in a row, 河南省许昌市建安区: each part lies within the
one before it, levels may be left out, and what the chain means is its last part. Old names
count within their old prefecture and their new one: 安庆市枞阳县 and 铜陵市枞阳县.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, cast

from govreport_site.report import Level
from govreport_site.source import Span

PlaceLevel = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Place:
    """A province, prefecture or county.

    code    GB/T 2260, six digits
    short   the name without 省, 市, 县, 区 …, two characters or more: 许昌, but 单县
    slug    ASCII, unique among the places of one parent
    parent  code of the place above; a district of a 直辖市 and a county-level city run by its
            province (济源市) hang directly under the province
    """

    code: str
    name: str
    short: str
    level: PlaceLevel
    slug: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A chain of places named in a text, and the places its last part may be, in code order."""

    span: Span
    candidates: tuple[Place, ...]


def place(code: str) -> Place | None:
    """The place of a code; an old code gives the place it became part of (411023 → 建安区)."""
    if code not in _table():
        code = _former_codes().get(code, "")
    return _made(code) if code in _table() else None


@lru_cache(maxsize=8192)
def lineage(code: str) -> tuple[Place, ...]:
    """From the province down to the place itself; empty when the code is unknown."""
    found = place(code)
    if found is None:
        return ()
    return (*lineage(found.parent), found) if found.parent else (found,)


def children(code: str | None) -> tuple[Place, ...]:
    """The places directly under a place, in code order; under None the provinces."""
    if code is None:
        return tuple(map(_made, _families()[""]))
    found = place(code)
    return tuple(map(_made, _families().get(found.code, ()))) if found else ()


def named(name: str) -> tuple[Place, ...]:
    """Places whose full, usual (恩施州) or short name is exactly this, old names too, in code order."""
    return _in_order(_meanings(name))


def counties_of_town(name: str) -> tuple[Place, ...]:
    """Where a town, township or street of this name lies, in code order: 西街口镇, 石岐街道; empty when unknown."""
    for ending, mark in (("街道", "-"), ("镇", ""), ("乡", "+")):
        if name.endswith(ending):
            return tuple(map(_made, _towns().get(name.removesuffix(ending) + mark, ())))
    return ()


def level_of(place: Place) -> Level:
    """The level of a body that governs this place."""
    return place.level


def resolve(text: str) -> tuple[Place, ...]:
    """What the place that a text begins with may be; empty when it begins with none.

    A short name counts where a place of it follows (河南许昌市), a province's always, another's
    where the text ends or turns to something a body is called by (浑源2025年…, 许昌财政局).
    A short name that is also a province's means the province (河南, 海南, 吉林).
    中共 and the like may stand in front.
    """
    found = _chain(text, _after_prefix(text), at_start=True)
    return found.candidates if found else ()


def mentions(text: str) -> tuple[Mention, ...]:
    """Every chain of places a text names, leftmost and longest, in the order of the text.

    Full and usual names count anywhere; names of two characters (和县) and names that are also
    ordinary words (老城区) only at the start of a line or a clause or after a place they
    belong to, so that 全市和县直部门 names none. Short names count only where a place of
    theirs follows them, or at the start of the text, as in `resolve`.
    """
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    heads = _heads()
    start = at = _after_prefix(text)
    end = len(text)
    while at < end:
        if text[at : at + 2] in heads:
            if word := next((w for w in _SWALLOW.get(text[at : at + 2], ()) if text.startswith(w, at)), None):
                at += len(word)
                continue
            if found := _chain(text, at, at_start=at == start):
                yield found
                at = found.span.end
                continue
        at += 1


# --- The tables -----------------------------------------------------------------------------

_DATA = Path(__file__).parent / "data"

# 塔城地区 and 阿勒泰地区 have codes of their own level but are governed by 伊犁州.
_ALSO_UNDER = {"654200": "654000", "654300": "654000"}


def _rows(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and line[0] != "#"]


@cache
def _table() -> dict[str, list[str]]:
    """Code → fields of its row, in code order. A `Place` is made when asked for: 3,214 take 10 ms."""
    return {row[0]: row for row in _rows("places.tsv")}


@cache
def _made(code: str) -> Place:
    code, name, level, parent, slug, short = _table()[code]
    return Place(code, name, short, cast(PlaceLevel, level), slug, parent or None)


@cache
def _families() -> dict[str, list[str]]:
    """Parent's code, empty for provinces → codes."""
    families: dict[str, list[str]] = {}
    for code, _, _, parent, _, _ in _table().values():
        families.setdefault(parent, []).append(code)
    return families


@cache
def _former() -> tuple[tuple[str, str, str], ...]:
    """Old code, old name, code in use."""
    return tuple((code, name, new) for code, name, new, _year in _rows("places_overrides.tsv"))


@cache
def _former_codes() -> dict[str, str]:
    return {code: new for code, _, new in _former()}


@cache
def _towns() -> dict[str, list[str]]:
    """Name of a town as the table writes it → codes of counties; 38,000 names, asked for by towns only."""
    towns: dict[str, list[str]] = {}
    for code, names in _rows("towns.tsv"):
        if code in _table():
            for name in names.split(" "):
                towns.setdefault(name, []).append(code)
    return towns


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A place a name may mean, the codes it may stand after, and whether the name is its short one."""

    place: Place
    under: frozenset[str]
    short: bool


# How a name belongs to a place: its code, the old code that had the name or empty, whether it is the short name.
_Naming = tuple[str, str, bool]


@cache
def _names() -> dict[str, list[_Naming]]:
    """Every name → the places it may mean."""
    names: dict[str, list[_Naming]] = {}
    for code, name, _, _, _, short in _table().values():
        names.setdefault(name, []).append((code, "", False))
        if short != name:
            names.setdefault(short, []).append((code, "", True))
            if usual := _usual_name(name, short):
                names.setdefault(usual, []).append((code, "", False))
    for old, name, new in _former():
        names.setdefault(name, []).append((new, old, False))
    return names


@cache
def _meanings(name: str) -> tuple[_Meaning, ...]:
    """What a name may mean; the same place more than once where it may stand after several others."""
    found = []
    for code, old, short in _names().get(name, ()):
        if not old:
            found.append(_Meaning(_made(code), _above(code), short))
        # 铜仁市 was a county and is now the prefecture over 碧江区: the name means the prefecture.
        elif old == code or all(name != one.name for one in lineage(code)[:-1]):
            # 居巢区 has become 巢湖市 itself, so it may stand after it.
            found.append(_Meaning(_made(code), _above(code) | _old_parents(old) | {code}, short))
    return tuple(found)


def _above(code: str) -> frozenset[str]:
    """The codes of all places a place lies in."""
    also = _ALSO_UNDER.get(code)
    return frozenset(one.code for one in lineage(code)[:-1]) | ({also} if also else set())


def _old_parents(code: str) -> frozenset[str]:
    former = _former_codes()
    return frozenset(former.get(p, p) for p in (code[:2] + "0000", code[:4] + "00") if p != code)


def _in_order(meanings: tuple[_Meaning, ...]) -> tuple[Place, ...]:
    return tuple(sorted({m.place for m in meanings}, key=lambda p: p.code))


def _usual_name(name: str, short: str) -> str | None:
    """恩施州 for 恩施土家族苗族自治州, 石柱县, 鄂伦春旗, 管城区, 新疆自治区: shorter, and still whole."""
    if name.endswith(("自治州", "自治县", "自治旗", "族区")):
        return short + name[-1]
    if name.endswith("自治区") and name != short + "自治区":
        return short + "自治区"
    return None


@cache
def _heads() -> dict[str, list[int]]:
    """First two characters → lengths of the names that begin so, longest first."""
    heads: dict[str, set[int]] = {head: set() for head in _SWALLOW}
    for name in _names():
        heads.setdefault(name[:2], set()).add(len(name))
    return {head: sorted(lengths, reverse=True) for head, lengths in heads.items()}


# --- Reading a chain ------------------------------------------------------------------------

_PREFIX = re.compile(r"\s*(?:中共|中国共产党|国家税务总局|国家统计局)\s*|\s+")


def _after_prefix(text: str) -> int:
    found = _PREFIX.match(text)
    return found.end() if found else 0


# What may follow a short name at the start of a text.
_AFTER_SHORT = re.compile(
    r"\s*(?:$|[0-9０-９二〇（(，,。、：:]|关于|经济技术|经开|高新|司法|财政|公安|教育|卫生|卫健|人社|人力资源|民政|市监|市场监|"
    r"自然资源|生态环境|环境保护|环保|住房|住建|交通|水利|水务|农业|商务|文化|文旅|应急|审计|统计|医疗保障|医保|税务|海关|"
    r"气象|发展和?改革|发改|科技|科学技术|工业和信息化|工信|城市管理|城管|林业|行政审批|大数据|信访|人民政府|人大|检察院|法院|调查队)"
)

# 南海区域, 和平区间, 东方市场: the name's last character begins another word.
_NOT_AFTER = {"区": re.compile("[域间块划别]"), "市": re.compile("场(?!监)")}

# Full names that are ordinary words too, or arise from two (沿|海城市, 创|新和县委).
_WORDLIKE = frozenset(
    "新城区 老城区 古城区 山城区 城关区 城中区 城东区 城西区 城北区 港口区 新市区 市中区 中原区 解放区 "
    "平安县 平安区 公安县 合作市 东方市 新和县 政和县 西和县 兴和县 南部县 海城市 运城市 应城市 增城市 双城市 "
    "江都市 新林区 友好区 前进区 工农区 振兴区".split()
)
# First two characters → words in which a name hides that must count elsewhere (南山区).
_SWALLOW: dict[str, tuple[str, ...]] = {
    "西南": ("西南山区",),
    "东南": ("东南山区",),
    "淮南": ("淮南山区",),
    "沂蒙": ("沂蒙山区",),
}
_HAN = re.compile(r"[㐀-鿿]")

# Province, prefecture, county, and one more, since an old name may repeat its place (巢湖市居巢区).
_MOST_PARTS = 4


def _chain(text: str, at: int, *, at_start: bool) -> Mention | None:
    """The longest chain that begins here; None when none does."""
    best: tuple[int, tuple[_Meaning, ...]] | None = None
    for end, meanings in _links(text, at, (), at_start=at_start):
        if best is None or end > best[0]:
            best = end, meanings
    if best is None:
        return None
    return Mention(Span(at, best[0]), _in_order(best[1]))


def _links(
    text: str, at: int, parts: tuple[tuple[_Meaning, ...], ...], *, at_start: bool
) -> Iterator[tuple[int, tuple[_Meaning, ...]]]:
    """Every way to go on from here with a chain of parts, with what its last part may mean."""
    if len(parts) == _MOST_PARTS:
        return
    names = _names()
    for length in _heads().get(text[at : at + 2], ()):
        name = text[at : at + length]
        if name not in names:
            continue
        meanings = _meanings(name)
        if parts:
            codes = {m.place.code for m in parts[-1]}
            meanings = tuple(m for m in meanings if not codes.isdisjoint(m.under))
        if not meanings:
            continue
        end = at + len(name)
        yield from _links(text, end, (*parts, meanings), at_start=at_start)
        ending = tuple(m for m in meanings if _may_end(text, at, end, m, first=not parts, at_start=at_start))
        if ending:
            # 沙县 was a full name before it became the short one of 沙县区: read as the full one. And
            # 河南 alone is the province; 河南蒙古族自治县 calls itself 河南县 for that reason.
            full = tuple(m for m in ending if not m.short)
            provinces = tuple(m for m in ending if m.place.level == "province")
            yield end, full or provinces or ending


def _may_end(text: str, at: int, end: int, meaning: _Meaning, *, first: bool, at_start: bool) -> bool:
    """Whether a chain may end with this name, read with this meaning, at this place of the text."""
    name = text[at:end]
    if meaning.short:
        if not at_start:
            return False
        return (first and meaning.place.level == "province") or _AFTER_SHORT.match(text, end) is not None
    after = _NOT_AFTER.get(name[-1])
    if after and after.match(text, end):
        return at_start and name[-1] == "市"  # 许昌市场监督管理局
    if first and not at_start and (len(name) == 2 or name in _WORDLIKE):
        return at == 0 or _HAN.match(text, at - 1) is None
    return True
