"""A report, or one passage of it → the forms in which it is cited.

Patterns only, each as its users set it:

    GB/T 7714—2025   责任者. 题名：文号[R/OL]. 日期：第几段. 网址.        no day of retrieval for a report
    GB/T 7714—2015   责任者. 题名: 文号[R/OL]. (日期)[引用日期]. 网址.
    law journals     机关：《题名》，文号，日期，第几段，网址，最后访问日期：……。

A report has no publisher but its author: naming the body twice, CSL styles take it for a book (“某委员会2026年版”),
so CSL-JSON and RIS name none. BibTeX asks for an institution. tests/test_citation.py holds both editions of GB/T 7714
to what CSL styles make of the same report.

Without an address a report is [R]; a title made by the citer stands in square brackets. The build
knows no today: where a form asks for the day of retrieval stands `TODAY` or `DAY_OF_VISIT`, for
the reader (or the script of the page) to fill in.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from govreport_site.report import Metadata

UNKNOWN_AUTHOR = "佚名"

TODAY = "引用日期"
DAY_OF_VISIT = "某年某月某日"

_LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Within:
    """A passage of a report: its anchor on the report's page, and its number in the running text."""

    anchor: str
    number: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited.

    key        names it in a list of references: ASCII, unlike all others of the site
    title      as shown on the page, in one line
    composed   the title stands nowhere in the text but was put together by the site
    address    where the report can be read: the site's permanent page, else its source
    permanent  whether that is the site's page, where each passage has an address too
    within     the passage, where it is one
    """

    metadata: Metadata
    key: str
    title: str
    composed: bool = False
    address: str | None = None
    permanent: bool = False
    within: Within | None = None

    @property
    def author(self) -> str:
        """Who answers for it."""
        return self.metadata.issuer or UNKNOWN_AUTHOR

    @property
    def named(self) -> str:
        """Its title; in brackets where that is not its own."""
        return f"[{self.title}]" if self.composed else self.title

    @property
    def day(self) -> date | None:
        """When it was published, else dated; None where that is no whole day."""
        return day_of(self.metadata.date)

    @property
    def where(self) -> str | None:
        """Which passage, in words: 第12段."""
        return f"第{self.within.number}段" if self.within is not None else None

    @property
    def link(self) -> str | None:
        """Its address, down to the passage where that has one."""
        if self.address is None or self.within is None or not self.permanent:
            return self.address
        return f"{self.address}#{self.within.anchor}"


def day_of(text: str | None) -> date | None:
    """2026-01-27 as a day; None where the text is none."""
    if text is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def gbt7714_2025(cited: Cited) -> str:
    """The entry of a list of references. Points, brackets and strokes are half-width, with one space after a point."""
    when = "：".join(filter(None, [cited.metadata.date, cited.where]))
    return _entry(cited, when, "：")


def gbt7714_2015(cited: Cited) -> str:
    """The same in the edition before, which asks for the day of retrieval of whatever is online."""
    if cited.address is None:
        return _entry(cited, ": ".join(filter(None, [cited.metadata.date, cited.where])), ": ")
    when = f"({cited.metadata.date})" if cited.metadata.date else ""
    return _entry(cited, ": ".join(filter(None, [when, cited.where])) + f"[{TODAY}]", ": ")


def _entry(cited: Cited, when: str, colon: str) -> str:
    """`colon` stands before the number of the report, which is part of its title (rule of both editions for reports)."""
    title = colon.join(filter(None, [cited.named, cited.metadata.document_number]))
    kind = "[R/OL]" if cited.address else "[R]"
    return ". ".join(filter(None, [cited.author, title + kind, when, cited.link])) + "."


def law_footnote(cited: Cited) -> str:
    """A footnote of a law journal. A title within a title stands in 〈 〉."""
    title = cited.title.replace("《", "〈").replace("》", "〉")
    day = cited.day
    parts = [
        f"《{title}》",
        cited.metadata.document_number,
        f"{day.year}年{day.month}月{day.day}日" if day else cited.metadata.date,
        cited.where,
        cited.link,
        f"最后访问日期：{DAY_OF_VISIT}" if cited.link else None,
    ]
    return f"{cited.author}：{'，'.join(filter(None, parts))}。"


def bibtex(cited: Cited) -> str:
    """An entry for BibTeX and biblatex. An author in double braces is a body, not a person with a surname."""
    day = cited.day
    fields = [
        ("author", f"{{{_tex(cited.author)}}}"),
        ("title", _tex(cited.title)),
        ("institution", _tex(cited.author)),
        ("number", _tex(cited.metadata.document_number or "")),
        ("date", day.isoformat() if day else ""),
        ("year", str(day.year) if day else ""),
        ("url", re.sub(r"[{}\\\s]", _percent, cited.link or "")),
        ("note", cited.where or ""),
        ("langid", "chinese"),
    ]
    lines = [f"  {name:<11} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@techreport{{{cited.key},", *lines, "}"])


def ris(cited: Cited) -> str:
    """A record for EndNote, NoteExpress, Zotero and their like."""
    day = cited.day
    fields = [
        ("TY", "RPRT"),
        ("AU", cited.author),
        ("TI", cited.title),
        ("SN", cited.metadata.document_number),
        ("PY", str(day.year) if day else None),
        ("DA", day.strftime("%Y/%m/%d") if day else None),
        ("UR", cited.link),
        ("N1", cited.where),
        ("LA", _LANGUAGE),
    ]
    return "\n".join([*(f"{name}  - {value}" for name, value in fields if value), "ER  - "])


def csl_json(cited: Cited) -> str:
    """A list of one item, as pandoc and citation processors take it."""
    day = cited.day
    item = {
        "id": cited.key,
        "type": "report",
        "title": cited.title,
        "author": [{"literal": cited.author}],
        "number": cited.metadata.document_number,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": cited.link,
        "note": cited.where,
        "language": _LANGUAGE,
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items() if value]
    return "[{\n" + ",\n".join(lines) + "\n}]"


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
