"""What is odd about a report, said so that an editor can mend it.

    Problem           data: place, what was found, what was expected, how to mend it
      error           the file cannot be read as it stands: not decodable, YAML broken
      warning         everything else; the report is in the site all the same

    GovreportError    what no editor of a report can mend; ends the command with code 1
      UsageError      wrong arguments; ends the command with code 2

`CODES` is the one table of codes: the README lists them, a test makes each happen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from govreport_site.source import Source

Severity = Literal["error", "warning"]


class GovreportError(Exception):
    """Something outside the reports is wrong: the message says what, and what to do."""


class UsageError(GovreportError):
    """The command was called in a way it cannot work."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One oddity. `line` and `column` count in the file, from 1; `length` in characters."""

    code: str
    file: str
    line: int
    column: int
    found: str
    expected: str
    mend: str
    severity: Severity = "warning"
    length: int = 1
    excerpt: str | None = None

    @property
    def title(self) -> str:
        """The code's name in Chinese."""
        return CODES[self.code]


# code → its name on screen. A code is permanent; its explanation stands in the README.
CODES: dict[str, str] = {
    "file/unreadable": "文件读不出来",
    "file/too-large": "文件过大",
    "file/encoding": "编码不是 UTF-8",
    "file/empty": "没有正文",
    "yaml/broken": "YAML 写法有误",
    "yaml/duplicate-key": "YAML 同一项写了两次",
    "yaml/unknown-key": "YAML 有不认识的项",
    "yaml/wrong-type": "YAML 的值类型不对",
    "yaml/unknown-value": "YAML 的值不在可选范围内",
    "phrases/too-short": "套语太短",
    "phrases/unknown": "要去掉的套语不在表里",
    "yaml/unknown-section": "YAML 指向不存在的标题",
    "outline/gap": "标题序号不连续",
    "outline/repeated": "标题序号重复",
    "outline/skipped-level": "标题层级跳跃",
    "outline/no-headings": "没有找到标题",
    "kind/not-found": "缺少规定的部分",
    "metadata/missing": "缺少元数据",
    "metadata/ambiguous-place": "地区有歧义",
    "metadata/source-changed": "原件与登记的校验值不符",
    "text/mixed-width": "全角半角混用",
    "text/unbalanced": "括号引号不配对",
    "text/ocr-spaces": "词里有空格",
    "text/radicals": "用部首代替了汉字",
    "text/traditional": "正文是繁体字",
    "text/pinyin": "字后夹着拼音",
    "text/lost-character": "丢了字",
    "text/filler": "模板的空格没有填",
    "text/control": "有看不见的控制字符",
    "left-over/year": "写着别的年度",
    "left-over/place": "写着别的地方",
    "corpus/same-address": "两份报告的地址相同",
    "corpus/duplicate": "两份报告的正文相同",
}


def display_width(text: str) -> int:
    """Columns a terminal gives a text: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


# C0 and C1 controls but the line feed, and the marks that turn the direction of writing.
_HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """Report text may hold terminal escapes; no control passes but the line feed."""
    return _HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text)


def place_problem(
    source: Source,
    code: str,
    offset: int,
    *,
    found: str,
    expected: str,
    mend: str,
    severity: Severity = "warning",
    length: int = 1,
) -> Problem:
    """A problem at a character of a source, with the line it stands on."""
    line, column = source.place(offset)
    return Problem(code, source.name, line, column, found, expected, mend, severity, length, source.line_at(line))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, then by place: the order in which an editor walks through them."""
    return sorted(problems, key=lambda p: (p.file, p.line, p.column, p.code, p.found))


def as_text(problem: Problem) -> str:
    """A problem as a good compiler prints it; carets count display columns."""
    file = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in problem.file)
    lines = [f"{file}:{problem.line}:{problem.column}  {problem.title}  [{problem.code}]"]
    if problem.excerpt is not None and problem.excerpt.strip():
        # A report's line can be a thousand characters: show the part around the place.
        first = max(0, problem.column - 1 - 20)
        shown = problem.excerpt[first : first + 60].replace("\t", " ").rstrip("\r")
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
        before = shown[: problem.column - 1 - first]
        marked = shown[len(before) : len(before) + max(1, problem.length)]
        gutter = f"  {problem.line} │ "
        lead = "…" if first else ""
        lines.append(gutter + lead + shown + ("…" if first + 60 < len(problem.excerpt) else ""))
        margin = " " * (display_width(gutter) - 2) + "│ "
        lines.append(margin + " " * display_width(lead + before) + "^" * max(1, display_width(marked)))
    lines.append(f"  发现  {problem.found}")
    lines.append(f"  应为  {problem.expected}")
    lines.append(f"  修改  {problem.mend}")
    return "\n".join(lines)
