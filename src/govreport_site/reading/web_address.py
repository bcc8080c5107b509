"""The address of a page → a day, places and kinds of bodies it may speak of. Pure.

Addresses are the last to be asked: mirrors and parents show the reports of others. Read are
hosts under gov.cn and what their paths abbreviate: pinyin (xuchang), initials (jlp), a place
behind the one it lies in (cqna, zgxuchang, xcyz), words for bodies (wjw, xgaj, qwsjkw_1024).
Every place that fits comes out, never a guess: what else is known of the report chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from govreport_site import issuer_kinds, places
from govreport_site.places import Place
from govreport_site.reading.header import iso_date

_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/@]*@)?(?P<host>[^/:?#]+)(?::\d+)?(?P<path>[^?#]*)", re.IGNORECASE)
_GENERIC = frozenset("www m wap gov cn com net org zwgk zfxxgk xxgk zw new old app mobile big5 zwfw gkml".split())

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d",  # TRS: /202403/t20240115_1.html
        r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/",  # /art/2025/2/17/art_1.html
        r"/((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)(?=/|_|\.|$)",  # /2026/01-13/1.html, /2026-02-04/1.shtml
        r"/((?:19|20)\d\d)/?(\d\d)(\d\d)/",  # /2026/0113/1.html, /20260113/1.html
    )
)

# 副省级城市: where initials stand alone, the greater city has the shorter host (sz is 深圳 before 宿州).
_GREATER = frozenset(
    "440100 440300 320100 420100 210100 610100 510100 370100 330100 230100 220100 210200 370200 350200 330200".split()
)

# How sure a part of a host makes a place: its pinyin, its initials behind those of a place
# above, its initials alone.
PINYIN, BEHIND_PARENT, INITIALS = 4, 3, 2


@dataclass(frozen=True, slots=True)
class Address:
    """What an address tells.

    host       its parts that name something, the most general first: gov.cn → xuchang, wjw
    path       its folders, without numbers behind them
    published  the day in it, ISO 8601
    """

    host: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    published: str | None = None


def read_address(url: str) -> Address:
    """Total: what is no address tells nothing."""
    found = _ADDRESS.match(url.strip())
    if not found:
        return Address()
    host, path = found["host"].lower(), found["path"]
    folders = tuple(
        word
        for segment in path.lower().split("/")[:-1]
        if (word := re.sub(r"[_\d-]*\d[_\d]*$|^site_", "", segment)) and word.isascii() and word.isalpha()
    )
    labels: tuple[str, ...] = ()
    if host.endswith(".gov.cn"):
        labels = tuple(word for word in reversed(host.split(".")[:-2]) if word not in _GENERIC)
    return Address(labels, folders if labels else (), _published(path))


def _published(path: str) -> str | None:
    for pattern in _DATES:
        for found in pattern.finditer(path):
            if day := iso_date(*(int(part) for part in found.groups())):
                return day
    return None


def kinds_of_host(address: Address) -> tuple[issuer_kinds.IssuerKind, ...]:
    """The kinds of bodies a host may belong to: wjw.xuchang.gov.cn."""
    return _word_of_host(address)[1]


def kinds_of_path(address: Address) -> tuple[issuer_kinds.IssuerKind, ...]:
    """The kinds of bodies its last folder that names one may belong to; sometimes the wrong bureau's."""
    return _word_of_path(address)[1]


def ending_of(address: Address) -> str | None:
    """局, 厅, 委 or 办, as the word for the body ends: qjw is a 委, rsj a 局."""
    word = _word_of_host(address)[0] or _word_of_path(address)[0]
    if word.endswith(("w", "wyh")):
        return "委"
    return {"j": "局", "t": "厅", "b": "办"}.get(word[-1:])


_Word = tuple[str, tuple[issuer_kinds.IssuerKind, ...]]


def _word_of_host(address: Address) -> _Word:
    for label in reversed(address.host):
        for word, kinds in _body_words(label, shortest=2):
            if len(word) > 2 or word == label:
                return word, kinds
        # wzsl.wenzhou: behind the place's initials the word may lack its 局.
        for other in address.host:
            for code in _by_slug().get(other, ()) if other != label else ():
                lead = initials(_place(code))
                if label.startswith(lead) and (kinds := _kinds_of_short_word(label[len(lead) :])):
                    return label[len(lead) :], kinds
    return "", ()


def _kinds_of_short_word(word: str) -> tuple[issuer_kinds.IssuerKind, ...]:
    return issuer_kinds.by_host_word(word) or issuer_kinds.by_host_word(word + "j")


def _word_of_path(address: Address) -> _Word:
    for folder in reversed(address.path):
        for word, kinds in _body_words(folder, shortest=3 if len(folder) > 3 else 2):
            return word, kinds
    return "", ()


def _place(code: str) -> Place:
    found = places.place(code)
    assert found is not None
    return found


def _body_words(text: str, *, shortest: int) -> Iterator[tuple[str, tuple[issuer_kinds.IssuerKind, ...]]]:
    """The longest word for a body that ends a part: whole (wjw), behind 省市县区 (xgaj), behind a place (xcyzmzj)."""
    text = re.sub(r"\d+$", "", text)
    for start in range(min(len(text) - shortest, 7) + 1):
        if kinds := issuer_kinds.by_host_word(text[start:]):
            if start > 1 and len(text) - start < 3:
                continue
            yield text[start:], kinds
            return


def places_of(address: Address) -> tuple[tuple[int, Place], ...]:
    """Every place the host may name, with how sure it is, the surest first, then in code order."""
    found: dict[str, int] = {}
    for label in address.host:
        for code, sure in _places_of_label(label):
            found[code] = max(found.get(code, 0), sure)
    ranked = sorted(((sure, code) for code, sure in found.items()), key=lambda item: (-item[0], item[1]))
    return tuple((sure, place) for sure, code in ranked if (place := places.place(code)))


def support(address: Address, place: Place) -> int:
    """How much an address speaks for a place, 0 for not at all: to choose among several, never to find one."""
    above = places.lineage(place.code)[:-1]
    own = {place.slug.split("-")[0], initials(place)}
    by_itself = behind_parent = 0
    for word in (*address.host, *address.path):
        weight = 2 if word in address.host else 1
        if word in own and len(word) > 3:
            by_itself = max(by_itself, 2 * weight)
        elif any(_with_rank(word, name, place) for name in own):
            by_itself = max(by_itself, weight)
        for parent in above:
            if any(word.startswith(lead + name) for lead in (parent.slug, initials(parent)) for name in own):
                behind_parent = max(behind_parent, weight + 2)
    host_above = sum(label == parent.slug for label in address.host for parent in above)
    return by_itself + behind_parent + host_above


def children_in_path(address: Address, parent: Place) -> tuple[Place, ...]:
    """Places right below one that a folder names, as sites of cities name those of their districts: /ayq/, /hengyangxian/."""
    return tuple(
        child
        for child in places.children(parent.code)
        if any(_with_rank(word, name, child) for word in address.path for name in (child.slug, initials(child)))
    )


# What a host may write behind a place's name: its rank, and that it is a government.
_RANKS = {"县": "x(?:ian)?", "区": "q(?:u)?", "市": "s(?:hi)?", "省": "s(?:heng)?", "州": "z(?:hou)?", "旗": "q(?:i)?", "盟": "m(?:eng)?"}  # fmt: skip
_GOVERNMENT = "(?:z|zf|zfw|rmzf|zfwz|gov|xxgk|zwgk|fw)?"


def _with_rank(word: str, name: str, place: Place) -> bool:
    return re.fullmatch(name + _RANKS.get(place.name[-1], "") + _GOVERNMENT, word) is not None


def _places_of_label(label: str) -> Iterator[tuple[str, int]]:
    """Codes of the places one part of a host may name."""
    for rest, parent in _leads(label):
        for name in _without_tail(rest):
            for code in _by_slug().get(name, ()):
                if parent is None or _lies_in(code, parent):
                    yield code, PINYIN
            for code in _by_initials().get(name, ()):
                if parent is not None and _lies_in(code, parent):
                    yield code, BEHIND_PARENT
                elif parent is None and (name == rest or rest == name + "zf"):
                    yield code, INITIALS


def _leads(label: str) -> Iterator[tuple[str, str | None]]:
    """What is left of a host's part behind 中国 or a place above, with that place's code."""
    yield label, None
    if label.startswith("zg") and len(label) > 4:
        yield label[2:], None
    for code, names in _above().items():
        for name in names:
            if label.startswith(name) and len(label) - len(name) >= 2:
                yield label[len(name) :], code


def _without_tail(text: str) -> Iterator[str]:
    """A name as it stands, and without the rank or 政府 behind it: naq, xczf, licheng."""
    yield text
    for tail in ("x", "q", "s", "z", "zf", "xzf", "qzf", "szf", "rmzf", "xian", "qu", "shi", "gov", "xxgk", "zfw", "m"):
        if text.endswith(tail) and len(text) - len(tail) >= 2:
            yield text[: -len(tail)]
    for start in range(2, len(text) - 2):  # szhrss, xnsgaj
        if issuer_kinds.by_host_word(text[start:]):
            yield text[:start]


def _lies_in(code: str, parent: str) -> bool:
    return any(one.code == parent for one in places.lineage(code)[:-1])


# --- Indexes, made when the first address has to decide -----------------------------------------


def _every_place() -> Iterator[Place]:
    for province in places.children(None):
        yield province
        for below in places.children(province.code):
            yield below
            yield from places.children(below.code)


@cache
def _by_slug() -> dict[str, tuple[str, ...]]:
    return _gathered((place.slug.split("-")[0], place.code) for place in _every_place())


@cache
def _by_initials() -> dict[str, tuple[str, ...]]:
    return _gathered((initials(place), place.code) for place in _every_place())


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, code in pairs:
        if len(name) > 1:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _above() -> dict[str, tuple[str, ...]]:
    """Provinces and prefectures by code, with what may stand for them before a lower place."""
    above = [place for place in _every_place() if place.level != "county"]
    return {place.code: (place.slug, initials(place)) for place in above}


# ü is spelt v in slugs (lvliang).
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:[iu]?ang|i?ong|[ie]ng|ua[in]?|[iu]an|iao|uai|ve?|ue|u[in]|i[aeu]|in|[aeo][io]?|an|en|er|ao|ou|[iu]o?)"
)


@cache
def initials(place: Place) -> str:
    """The first letters of a place's syllables: 南岸 na. A short name of one character keeps its 县: 单县 sx."""
    if place.slug == "shaanxi":  # spelt to differ from 山西
        return "sx"
    cut = _syllables(place.slug.split("-")[0], len(place.short))
    return "".join(syllable[0] for syllable in cut)


def _syllables(slug: str, count: int) -> tuple[str, ...]:
    """A slug in so many syllables; none when it cannot be cut so."""
    if count == 0 or not slug:
        return () if slug or count else ("",)[:0]
    for end in range(min(6, len(slug) - count + 1), 0, -1):
        if _is_syllable(slug[:end]):
            if count == 1:
                if end == len(slug):
                    return (slug,)
                continue
            if rest := _syllables(slug[end:], count - 1):
                return (slug[:end], *rest)
    return ()


@cache
def _is_syllable(text: str) -> bool:
    return _SYLLABLE.fullmatch(text) is not None


def is_greater_city(place: Place) -> bool:
    """Whether initials alone, as a host, mean this city before others."""
    return place.code in _GREATER
