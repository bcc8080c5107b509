"""Bytes of a page or a text file → its characters. Pure.

In flow bytes and the encodings they claim; out flow text, the encoding that was used, and doubts. A claim
is only a claim: pages that say utf-8 hold GB18030. What decides is whether the characters that come out are
those that Chinese reports are made of. One bad byte is replaced and reported; it never switches the encoding.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from govreport_site.intake.arrival import Doubt

# The characters that fill a third and more of any report, simplified and traditional, with
# their marks. Read in a wrong encoding a report holds next to none of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出对成会可主发年动同工能下而方后多定行学法所民得经三进部度"
    "市政府治建设依推行执监督管理服务全面加强落实制度机关工作开展组织案件规范重决策审批复议矛盾化解宣传教育领导责任"
    "這個國來時們對會發動後學進經設務實項關開書導執監員體與從將為長問題黨機構據組織強規範聯辦點應無當過處"
    "，。、：；（）“”《》〈〉？！…—\u3000"
)

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE_CHARS = 20_000

# A label → Python's codec. gb2312 and gbk are subsets of gb18030, and pages that say gb2312 hold more.
# latin-1 and ascii are what a server says that was told nothing.
_CODECS = {"utf8": "utf-8", "utf16": "utf-16-le", "utf16le": "utf-16-le", "utf16be": "utf-16-be", "big5": "cp950"}
_SHOWN = {"utf-8": "UTF-8", "gb18030": "GB18030", "cp950": "Big5", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# How much better another reading must be than the declared one: less than one common character in twenty.
_TRUST = 0.05
# Below this share of common characters nothing is a Chinese text. Reports reach a third and more.
_CHINESE = 0.1


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says the encoding is. where: for people, “网页” or “服务器”."""

    label: str
    where: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte order mark; `encoding` as people call it."""

    text: str
    encoding: str
    doubts: tuple[Doubt, ...] = ()


def codec_of(label: str) -> str | None:
    """Python's codec for a label; None when the label tells nothing."""
    name = re.sub(r"[^a-z0-9]", "", label.lower())
    if name.startswith("gb") or name in ("cp936", "windows936", "chinese", "xgbk", "hz"):
        return "gb18030"
    if name.startswith(("big5", "xxbig5", "cp950")):
        return "cp950"
    return _CODECS.get(name)


def decode(data: bytes, claims: Sequence[Claim] = ()) -> Decoded:
    """Characters for bytes. Total: what no encoding explains is replaced by U+FFFD, with a doubt."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            text, bad = _strictly(data[len(mark) :], marked, len(mark))
            return Decoded(text, _SHOWN[marked], _bad_bytes(bad, marked))
    known = [(codec, claim) for claim in claims if (codec := codec_of(claim.label))]
    candidates = dict.fromkeys([codec for codec, _ in known if not codec.startswith("utf-16")])
    candidates |= dict.fromkeys(["utf-8", "gb18030", "cp950"])
    if b"\0" in data[:65536]:  # in no other text does a zero byte stand
        wide = [codec for codec in ("utf-16-le", "utf-16-be") if _likeness(data, codec) > _CHINESE]
        candidates = dict.fromkeys([*wide, *candidates])
    declared = known[0][0] if known else None
    marks = {codec: _likeness(data, codec) + (_TRUST if codec == declared else 0) for codec in candidates}
    best = max(candidates, key=lambda codec: marks[codec])
    text, bad = _strictly(data, best, 0)
    doubts = list(_bad_bytes(bad, best))
    if declared is not None and best != declared and _NOT_ASCII.search(text):
        claim = known[0][1]
        doubts.append(
            Doubt(
                "intake/encoding-mismatch",
                f"{claim.where}声明编码是 {claim.label}，内容却是 {_SHOWN[best]}，已按 {_SHOWN[best]} 读出",
                "核对正文有无乱码",
            )
        )
    sample = len(_NOT_ASCII.findall(text[:_SAMPLE_CHARS]))
    if sample >= 10 and marks[best] < _CHINESE:
        doubts.append(
            Doubt(
                "intake/encoding-unsure",
                f"按 {_SHOWN[best]} 读出，但常用汉字很少，可能是乱码",
                "核对正文；若是乱码，用编辑器另存为 UTF-8 再收录",
            )
        )
    return Decoded(text, _SHOWN[best], tuple(doubts))


def _likeness(data: bytes, codec: str) -> float:
    """How much a reading looks like Chinese: the share of common characters, less that of broken ones; 0 for plain ASCII."""
    text = data.decode(codec, "replace")
    sample = "".join(_NOT_ASCII.findall(text))[:_SAMPLE_CHARS]
    if not sample:
        return 0.0
    return (sum(c in _COMMON for c in sample) - 2 * sample.count("\ufffd")) / len(sample)


def _strictly(data: bytes, codec: str, offset: int) -> tuple[str, list[int]]:
    """Text, and where each byte stands that was replaced (from 1, in the file)."""
    try:
        return data.decode(codec), []
    except UnicodeDecodeError as error:
        first = error.start
    if codec.startswith("utf-16"):
        text = data.decode(codec, "replace")
        return text, [offset + first + 1] * max(1, text.count("\ufffd"))
    # A line at a time: in these encodings a line feed is never part of a character, and a
    # broken one ends with its line.
    pieces: list[str] = []
    bad: list[int] = []
    at = 0
    for line in data.split(b"\n"):
        start = 0
        while start <= len(line):
            try:
                pieces.append(line[start:].decode(codec))
                break
            except UnicodeDecodeError as error:
                pieces.append(line[start : start + error.start].decode(codec) + "\ufffd")
                bad.append(offset + at + start + error.start + 1)
                start += max(error.end, error.start + 1)
        pieces.append("\n")
        at += len(line) + 1
    return "".join(pieces[:-1]), bad


def _bad_bytes(bad: Sequence[int], codec: str) -> tuple[Doubt, ...]:
    if not bad:
        return ()
    where = "、".join(str(at) for at in bad[:3]) + (" 等" if len(bad) > 3 else "")
    return (
        Doubt(
            "intake/bad-bytes",
            f"有 {len(bad)} 处字节不是 {_SHOWN[codec]}（第 {where} 个字节），已用 \ufffd 代替",
            "对照原文，在收录后的正文里把 \ufffd 改回原字",
        ),
    )
