"""Text → words with their places; the one door for jieba.

`Cutter` is made once and loads its dictionary (0.8 s, 80 MB) when the first text comes.
`phrases` is what titles are broken by: 法治政府 is never cut in two.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govreport_site.source import Span

# Names of this field that the general dictionary cuts.
OWN_WORDS = ("法治政府", "依法行政", "依法治国", "依法治市", "卫生健康", "应急管理", "市场监督", "行政执法", "行政复议")

_PARTICLE = frozenset("的和及与暨等")
_YEAR = re.compile(r"[0-9０-９〇零一二三四五六七八九]{4}")
_OPENING = frozenset("（(《〈〔【“‘「『[")
_CLOSING = frozenset("）)》〉〕】”’」』]，。、；：！？,.;:!?…")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the dictionary cuts it; marks and blanks are words of their own."""

    text: str
    span: Span


class Cutter:
    """A segmenter with its own dictionary, shared with nobody.

    cache  a private folder in which the prepared dictionary may be kept; None: it is kept
           nowhere. jieba's own default is the temp folder that everyone on a machine shares.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._tokenizer: Any = None

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of a text, touching: joined they are the text."""
        return tuple(Word(text[start:end], Span(start, end)) for start, end in self._cut(text))

    def phrases(self, text: str) -> tuple[str, ...]:
        """Pieces between which a title may be broken; joined they are the text.

        Closer than words: 关于 and an opening mark hold on to what follows, a particle, 年
        and a closing mark to what stands before.
        """
        pieces: list[str] = []
        hold = False
        for word in self.words(text):
            if pieces and (hold or _leans_back(word.text, pieces[-1])):
                pieces[-1] += word.text
            else:
                pieces.append(word.text)
            hold = word.text == "关于" or word.text in _OPENING
        return tuple(pieces)

    def _cut(self, text: str) -> Iterator[tuple[int, int]]:
        if not text:
            return
        if self._tokenizer is None:
            self._tokenizer = _load(self._cache)
        at = 0
        for word in self._tokenizer.cut(text):
            yield at, at + len(word)
            at += len(word)


def _leans_back(word: str, before: str) -> bool:
    if word in _PARTICLE or word in _CLOSING:
        return True
    return word in ("年", "年度") and _YEAR.search(before[-4:]) is not None


def _load(cache: Path | None) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 warns of its own escapes and of pkg_resources
        import jieba  # noqa: PLC0415 - half a second that a build without changes must not pay

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    if cache is None:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    else:
        cache.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(cache)
        tokenizer.initialize()
    for word in OWN_WORDS:
        tokenizer.add_word(word)
    return tokenizer
