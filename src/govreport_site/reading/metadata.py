"""Front matter → what an editor decided, and everything wrong with it. Pure.

In flows YAML with places (`yaml_file.Node`), out flow `Decided` and problems with line and
column. A value of a wrong type is an error and is left out; an unknown key is a warning
and names the nearest known one. What is decided here always wins over what was inferred.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from govreport_site import issuer_kinds, places
from govreport_site.problems import Problem, Severity
from govreport_site.report import PROGRESS, Kind
from govreport_site.source import Source
from govreport_site.yaml_file import Node, load_placed

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What front matter says. A key that is present with null is decided too: there is none.

    values    metadata fields
    inferred  keys of `values` nobody has confirmed yet
    kinds     section key → kind
    topics    section key → topics
    progress  key of a section, or id of a passage, of last year's report → one of `PROGRESS`
    at        key → place (line, column) in the file, for later complaints
    """

    values: dict[str, Value] = field(default_factory=dict)
    inferred: tuple[str, ...] = ()
    kinds: dict[str, Kind] = field(default_factory=dict)
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    progress: dict[str, str] = field(default_factory=dict)
    at: dict[str, tuple[int, int]] = field(default_factory=dict)


class _Wrong(Exception):
    """A value that does not fit: what was expected, how to mend it."""

    def __init__(self, expected: str, mend: str, code: str = "yaml/wrong-type", severity: Severity = "error") -> None:
        self.expected, self.mend, self.code, self.severity = expected, mend, code, severity


def _text(node: Node) -> Value:
    if not isinstance(node.value, str):
        raise _Wrong("一行文字", "写成“名称: 文字”；文字含冒号时加引号")
    return node.value


def _year(node: Node) -> Value:
    if isinstance(node.value, str) and re.fullmatch(r"(19|20)\d\d", node.value):
        return int(node.value)
    raise _Wrong("四位数字的年份，如 2025", "写报告所述的年度，不是发布的年份；不带“年”字")


def _day(node: Node) -> Value:
    try:
        if isinstance(node.value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", node.value):
            return datetime.date.fromisoformat(node.value).isoformat()
    except ValueError:
        pass
    raise _Wrong("日期，如 2026-01-27", "写成 年-月-日，月和日各两位")


def _place(node: Node) -> Value:
    if not isinstance(node.value, str) or not re.fullmatch(r"\d{6}", node.value):
        raise _Wrong('六位行政区划代码，如 "411000"', "查 GB/T 2260，或删去这一行，由程序推断")
    if places.place(node.value) is None:
        raise _Wrong("在用的行政区划代码", "核对代码；新设的区划请更新程序的地区表", "yaml/unknown-value", "warning")
    return node.value


def _one_of(names: tuple[str, ...]) -> Callable[[Node], Value]:
    def check(node: Node) -> Value:
        if not isinstance(node.value, str):
            raise _Wrong("一行文字", f"可选：{'、'.join(names)}")
        if node.value not in names:
            near = difflib.get_close_matches(node.value, names, 1, 0.4)
            hint = f"是不是“{near[0]}”？" if near else ""
            raise _Wrong("、".join(names), hint + "改成其中之一", "yaml/unknown-value", "warning")
        return node.value

    return check


def _issuer_kind(node: Node) -> Value:
    return _one_of(tuple(kind.name for kind in issuer_kinds.all_kinds()))(node)


def _slug(node: Node) -> Value:
    if not isinstance(node.value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", node.value):
        raise _Wrong("小写字母、数字和连字符，如 weijianwei", "它用在网址里，只能用这些字符")
    return node.value


def _address(node: Node) -> Value:
    if not isinstance(node.value, str) or not re.match(r"https?://", node.value):
        raise _Wrong("http:// 或 https:// 开头的网址", "写报告原来所在的网页地址")
    return node.value


def _file(node: Node) -> Value:
    if not isinstance(node.value, str):
        raise _Wrong("一行文字", "写原件在 corpus 中的路径，如 sources/2025-xuchang.html")
    if ".." in node.value.split("/") or node.value.startswith("/") or "\\" in node.value or ":" in node.value:
        raise _Wrong("corpus 之内的路径", "写成 sources/文件名，不带 ..、盘符和反斜线")
    return node.value


def _sha256(node: Node) -> Value:
    if not isinstance(node.value, str) or not re.fullmatch(r"[0-9a-f]{64}", node.value):
        raise _Wrong("64 位十六进制的 SHA-256", "用 sha256sum 求得")
    return node.value


LEVELS = ("national", "province", "prefecture", "county", "township")

# Every key of front matter, in the order in which it is written, and how its value is read.
FIELDS: dict[str, Callable[[Node], Value]] = {
    "title": _text,
    "issuer": _text,
    "issuer_kind": _issuer_kind,
    "slug": _slug,
    "place": _place,
    "level": _one_of(LEVELS),
    "year": _year,
    "published": _day,
    "dated": _day,
    "document_number": _text,
    "index_number": _text,
    "source_url": _address,
    "source_file": _file,
    "source_sha256": _sha256,
}
KEYS = (*FIELDS, "inferred", "sections", "progress")


def read_front_matter(source: Source) -> tuple[Decided, tuple[Problem, ...]]:
    """Front matter without its --- lines, as a source that knows where it stands in the file."""
    problems: list[Problem] = []

    def complain(
        node_line: int,
        column: int,
        code: str,
        found: str,
        expected: str,
        mend: str,
        severity: Severity = "warning",
        length: int = 1,
    ) -> None:
        line = source.first_line + node_line
        problems.append(
            Problem(code, source.name, line, column + 1, found, expected, mend, severity, length, source.line_at(line))
        )

    root, faults = load_placed(source.text)
    for fault in faults:
        if fault.duplicate is not None:
            complain(
                fault.line, fault.column, "yaml/duplicate-key", fault.message, "每项只写一次",
                "删去多余的一行；现在用的是先写的那个", "warning", len(fault.duplicate),
            )  # fmt: skip
        else:
            complain(
                fault.line, fault.column, "yaml/broken", fault.message, "能读的 YAML",
                "按提示改这一行；改好之前文首各项都不作数", "error",
            )  # fmt: skip
    if root is None:
        return Decided(), tuple(problems)
    if not isinstance(root.value, dict):
        complain(root.line, root.column, "yaml/wrong-type", "不是一项一项的“名称: 值”", "如 year: 2025",
                 "冒号要用半角，后面加一个空格", "error")  # fmt: skip
        return Decided(), tuple(problems)

    values: dict[str, Value] = {}
    inferred: tuple[str, ...] = ()
    kinds: dict[str, Kind] = {}
    topics: dict[str, tuple[str, ...]] = {}
    progress: dict[str, str] = {}
    at: dict[str, tuple[int, int]] = {}
    for key, node in root.value.items():
        line, column = root.keys[key]
        at[key] = (source.first_line + line, column + 1)
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1, 0.5)
            complain(line, column, "yaml/unknown-key", f"“{key}”", f"是不是“{near[0]}”？" if near else "已知的项",
                     f"改名或删去；已知的项：{'、'.join(KEYS)}", "warning", len(key))  # fmt: skip
        elif key == "inferred":
            inferred = _inferred(node, complain)
        elif key == "sections":
            _sections(node, kinds, topics, complain)
        elif key == "progress":
            progress = _progress(node, complain)
        elif node.value is None:
            values[key] = None
        else:
            try:
                values[key] = FIELDS[key](node)
            except _Wrong as wrong:
                found = f"“{node.value}”" if isinstance(node.value, str) else "一组值"
                length = len(node.value) if isinstance(node.value, str) else 1
                complain(node.line, node.column, wrong.code, f"{key}: {found}", wrong.expected, wrong.mend,
                         wrong.severity, length)  # fmt: skip
    return Decided(values, inferred, kinds, topics, progress, at), tuple(problems)


def _inferred(node: Node, complain: Callable[..., None]) -> tuple[str, ...]:
    if node.value is None:
        return ()
    if not isinstance(node.value, list):
        complain(node.line, node.column, "yaml/wrong-type", "inferred 不是列表", "如 [issuer_kind, level]",
                 "用方括号括起，各项以逗号分开", "error")  # fmt: skip
        return ()
    names = []
    for item in node.value:
        if isinstance(item.value, str) and item.value in FIELDS:
            names.append(item.value)
        else:
            complain(item.line, item.column, "yaml/unknown-value", f"inferred 中的“{item.value}”", "元数据项的名称",
                     f"改成其中之一：{'、'.join(FIELDS)}")  # fmt: skip
    return tuple(names)


def _sections(
    node: Node, kinds: dict[str, Kind], topics: dict[str, tuple[str, ...]], complain: Callable[..., None]
) -> None:
    if node.value is None:
        return
    example = '"二": {kind: problems}'
    if not isinstance(node.value, dict):
        complain(node.line, node.column, "yaml/wrong-type", "sections 不是一项一项的", f"如 {example}",
                 "每行一个标题的序号，缩进两格", "error")  # fmt: skip
        return
    for key, section in node.value.items():
        if not isinstance(section.value, dict):
            complain(section.line, section.column, "yaml/wrong-type", f"“{key}”之下不是花括号", f"如 {example}",
                     "写成 {kind: …, topics: […]}", "error")  # fmt: skip
            continue
        for name, value in section.value.items():
            if name == "kind":
                if isinstance(value.value, str) and value.value in set(Kind):
                    kinds[key] = Kind(value.value)
                else:
                    complain(value.line, value.column, "yaml/unknown-value", f"kind: “{value.value}”",
                             "、".join(Kind), "改成其中之一")  # fmt: skip
            elif name == "topics" and isinstance(value.value, list):
                topics[key] = tuple(item.value for item in value.value if isinstance(item.value, str))
            else:
                line, column = section.keys[name]
                complain(line, column, "yaml/unknown-key", f"“{name}”", "kind 或 topics",
                         "标题之下只认 kind 和 topics（一个列表）")  # fmt: skip


def _progress(node: Node, complain: Callable[..., None]) -> dict[str, str]:
    if node.value is None:
        return {}
    example = '"三/一": 已见'
    if not isinstance(node.value, dict):
        complain(node.line, node.column, "yaml/wrong-type", "progress 不是一项一项的", f"如 {example}",
                 "每行一项上年的安排（标题的序号或段落的编号），缩进两格", "error")  # fmt: skip
        return {}
    said = {}
    for key, status in node.value.items():
        if not isinstance(status.value, str):
            complain(status.line, status.column, "yaml/wrong-type", f"“{key}”之后不是一个词", f"如 {example}",
                     f"写 {'、'.join(PROGRESS)} 之一", "error")  # fmt: skip
        elif status.value not in PROGRESS:
            near = difflib.get_close_matches(status.value, PROGRESS, 1, 0.4)
            complain(status.line, status.column, "yaml/unknown-value", f"“{key}”: “{status.value}”",
                     "、".join(PROGRESS), (f"是不是“{near[0]}”？" if near else "") + "改成其中之一", "warning",
                     len(status.value))  # fmt: skip
        else:
            said[key] = status.value
    return said
