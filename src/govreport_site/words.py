"""Text → words with their places; the one door for jieba, and for rjieba where it is installed.

rjieba is jieba in Rust: it cuts the same words 16 times as fast. They differ only in how they cut
runs of Latin letters, digits and signs, so neither is asked about these: words are looked for
in runs of Chinese characters alone, and what stands between is cut here, a number or a
foreign word as one, every other character by itself.

`Cutter` is made once and loads its dictionary (jieba 0.8 s, 80 MB; rjieba 0.1 s) when the first
text comes. `phrases` is what titles are broken by: 法治政府 is never cut in two.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from govreport_site.source import Span

# Names of this field that the general dictionary cuts.
OWN_WORDS = ("法治政府", "依法行政", "依法治国", "依法治市", "卫生健康", "应急管理", "市场监督", "行政执法", "行政复议")

Segmenter = Literal["jieba", "rjieba"]

_PARTICLE = frozenset("的和及与暨等")
_YEAR = re.compile(r"[0-9０-９〇零一二三四五六七八九]{4}")
_OPENING = frozenset("（(《〈〔【“‘「『[")
_CLOSING = frozenset("）)》〉〕】”’」』]，。、；：！？,.;:!?…")

# Runs of which the words are kept in mind: some 10 MB.
_KNOWN_RUNS = 20_000

# A run of Chinese, as jieba's dictionary knows it; a number or a foreign word; anything else.
_RUN = re.compile(r"[\u4e00-\u9fd5]+|[A-Za-z]+|[0-9]+(?:\.[0-9]+)?%?|[^\u4e00-\u9fd5]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the dictionary cuts it; marks and blanks are words of their own."""

    text: str
    span: Span


class Cutter:
    """A segmenter with its own dictionary, shared with nobody.

    cache      a private folder in which jieba's prepared dictionary may be kept; None: it is kept
               nowhere. jieba's own default is the temp folder that everyone on a machine shares.
    segmenter  None: rjieba where it is installed, else jieba
    """

    def __init__(self, cache: Path | None = None, segmenter: Segmenter | None = None) -> None:
        self._cache = cache
        self._segmenter = segmenter or fastest_segmenter()
        self._cut: Callable[[str], Iterable[str]] | None = None
        self._known: dict[str, tuple[str, ...]] = {}

    def pieces(self, text: str) -> list[str]:
        """The words of a text as strings, touching: joined they are the text. For long texts."""
        known = self._known
        pieces: list[str] = []
        for run in _RUN.findall(text):
            if "\u4e00" <= run[0] <= "\u9fd5":
                pieces += known.get(run) or self._pieces_of(run)
            else:
                pieces.append(run)
        return pieces

    def _pieces_of(self, run: str) -> tuple[str, ...]:
        """The words of a run of Chinese. Runs are met again: in the same report, and in the next one."""
        if self._cut is None:
            self._cut = _load_rjieba() if self._segmenter == "rjieba" else _load_jieba(self._cache)
        if len(self._known) >= _KNOWN_RUNS:
            self._known.clear()
        pieces = self._known[run] = tuple(self._cut(run))
        return pieces

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of a text with their places."""
        found = []
        at = 0
        for piece in self.pieces(text):
            found.append(Word(piece, Span(at, at + len(piece))))
            at += len(piece)
        return tuple(found)

    def word_starts(self, text: str) -> tuple[int, ...]:
        """Where words begin, in characters of the text, marks and blanks included; ascending from 0."""
        return tuple(accumulate(map(len, self.pieces(text)[:-1]), initial=0)) if text else ()

    def phrases(self, text: str) -> tuple[str, ...]:
        """Pieces between which a title may be broken; joined they are the text.

        Closer than words: 关于 and an opening mark hold on to what follows, a particle, 年
        and a closing mark to what stands before.
        """
        phrases: list[str] = []
        hold = False
        for piece in self.pieces(text):
            if phrases and (hold or _leans_back(piece, phrases[-1])):
                phrases[-1] += piece
            else:
                phrases.append(piece)
            hold = piece == "关于" or piece in _OPENING
        return tuple(phrases)


def fastest_segmenter() -> Segmenter:
    """`rjieba` where it is installed."""
    return "rjieba" if find_spec("rjieba") else "jieba"


def _leans_back(word: str, before: str) -> bool:
    if word in _PARTICLE or word in _CLOSING:
        return True
    return word in ("年", "年度") and _YEAR.search(before[-4:]) is not None


def _load_jieba(cache: Path | None) -> Callable[[str], Iterable[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 warns of its own escapes and of pkg_resources
        import jieba  # noqa: PLC0415 - half a second that a build without changes must not pay

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer: Any = jieba.Tokenizer()
    if cache is None:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    else:
        cache.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(cache)
        tokenizer.initialize()
    for word in OWN_WORDS:
        tokenizer.add_word(word)
    cut: Callable[[str], Iterable[str]] = tokenizer.cut
    return cut


def _load_rjieba() -> Callable[[str], Iterable[str]]:
    import rjieba  # noqa: PLC0415 - as above

    tokenizer: Any = rjieba.Jieba()
    for word in OWN_WORDS:
        tokenizer.add_word(word, None, None)
    cut: Callable[[str], Iterable[str]] = tokenizer.cut
    return cut
