"""The kinds of bodies that publish reports: 许昌市卫生健康委员会 is a 卫生健康.

In flows an issuer's name, out flows its `IssuerKind`. The table is `data/issuer_kinds.yaml`,
which explains how its patterns are written and which of them wins; its names and slugs are
part of addresses and of front matter, so they are permanent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from govreport_site.normalise import normalise
from govreport_site.yaml_file import load_plain


@dataclass(frozen=True, slots=True)
class IssuerKind:
    """A kind of body.

    name      Chinese, as shown and as written in front matter: 卫生健康
    slug      ASCII, for addresses: weijianwei
    patterns  as written in the table
    many      whether one place has several bodies of the kind (towns, zones): an address then
              needs the body's own name
    full      what such a body of a city is usually called, without the city: 卫生健康委员会
    hosts     words that stand for it in addresses of pages: wjw, wsjkw
    """

    name: str
    slug: str
    patterns: tuple[str, ...]
    many: bool = False
    full: str = ""
    hosts: tuple[str, ...] = ()


@cache
def all_kinds() -> tuple[IssuerKind, ...]:
    """Every kind, in the order of the table."""
    text = (Path(__file__).parent / "data" / "issuer_kinds.yaml").read_text(encoding="utf-8")
    return tuple(
        IssuerKind(
            row["name"],
            row["slug"],
            tuple(row["patterns"]),
            row.get("many", False),
            row.get("full", ""),
            tuple(row.get("hosts", ())),
        )
        for row in cast(list[dict[str, Any]], load_plain(text))
    )


@cache
def by_name(name: str) -> IssuerKind | None:
    """The kind with this Chinese name."""
    return next((kind for kind in all_kinds() if kind.name == name), None)


@cache
def by_slug(slug: str) -> IssuerKind | None:
    """The kind with this slug."""
    return next((kind for kind in all_kinds() if kind.slug == slug), None)


def by_host_word(word: str) -> tuple[IssuerKind, ...]:
    """The kinds a word of a page's address may stand for: wjw → 卫生健康, swj → 商务, 税务, 水利."""
    return _host_words().get(word, ())


@cache
def _host_words() -> dict[str, tuple[IssuerKind, ...]]:
    words: dict[str, tuple[IssuerKind, ...]] = {}
    for kind in all_kinds():
        for word in kind.hosts:
            words[word] = (*words.get(word, ()), kind)
    return words


def in_full(name: str) -> str:
    """A body's name with the usual short forms written out: 许昌市人社局 → 许昌市人力资源和社会保障局."""
    for short, full in _short_names():
        if name.endswith(short):
            return name[: -len(short)] + full
    return name


@cache
def _short_names() -> tuple[tuple[str, str], ...]:
    text = (Path(__file__).parent / "data" / "agency_names.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]
    return tuple((short, full) for short, full in rows)


def kind_of(issuer: str) -> IssuerKind | None:
    """What kind of body a name names; None when the table knows none.

    Of joint issuers the one that stands first, but 中共…委员会 …人民政府 is a government.
    """
    folded = normalise(issuer)
    best = (len(folded) + 1, 0)
    found = None
    for kind, pattern in _patterns():
        if pattern.expression is None and pattern.word not in folded:
            continue  # nearly always; the loop below would find out more slowly
        for start, end in pattern.places(folded):
            if (start, -end) < best:
                best, found = (start, -end), kind
    return found


# What a … at a pattern's end stands for: 卫生健康|委员会, 农业农村|和水利局, 发展改革|委. It stops
# at the name of a lower place, so that the 公安 of 公安县 is not the police.
_REST = re.compile(r"[^省市县区镇乡局厅委办署队]{0,12}?(?:委员会|委|局|厅|办公室|办|署|总队|支队|大队|中心|部|处|院)")
_PLAIN = re.compile(r"[㐀-鿿]+")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern, ready. Most are plain words, which need no expression of their own (200 took 200 ms)."""

    word: str
    expression: re.Pattern[str] | None
    rest: bool

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the pattern begins and ends in a text."""
        for start, end in self._stems(text):
            if not self.rest:
                yield start, end
            elif match := _REST.match(text, end):
                yield start, match.end()

    def _stems(self, text: str) -> Iterator[tuple[int, int]]:
        if self.expression:
            for match in self.expression.finditer(text):
                yield match.span()
            return
        at = text.find(self.word)
        while at != -1:
            yield at, at + len(self.word)
            at = text.find(self.word, at + 1)


@cache
def _patterns() -> tuple[tuple[IssuerKind, _Pattern], ...]:
    patterns = []
    for kind in all_kinds():
        for written in kind.patterns:
            word = written.removesuffix("…")
            expression = None if _PLAIN.fullmatch(word) else re.compile(word)
            patterns.append((kind, _Pattern(word, expression, rest=written != word)))
    return tuple(patterns)
