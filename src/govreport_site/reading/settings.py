"""`corpus.yaml` → what a corpus says of itself. All of it is optional."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from govreport_site.problems import Problem, Severity
from govreport_site.yaml_file import Node, load_placed

FILE = "corpus.yaml"
TITLE = "法治政府建设年度报告"
KEYS = ("title", "base")


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's title, and its address on the web, if it has one; `base` ends in a slash."""

    title: str = TITLE
    base: str | None = None


def read_settings(corpus: Path, *, name: str) -> tuple[Settings, tuple[Problem, ...]]:
    """Settings of a corpus; the defaults where there is no file, or where it is wrong."""
    path = corpus / FILE
    if not path.is_file():
        return Settings(), ()
    problems: list[Problem] = []

    def complain(
        line: int, column: int, code: str, found: str, expected: str, mend: str, severity: Severity = "error"
    ) -> None:
        excerpt = lines[line] if line < len(lines) else None
        problems.append(Problem(code, name, line + 1, column + 1, found, expected, mend, severity, 1, excerpt))

    lines: list[str] = []
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        complain(0, 0, "file/unreadable", str(error), "UTF-8 编码的文本", "用编辑器另存为 UTF-8")
        return Settings(), tuple(problems)
    lines = text.split("\n")
    root, faults = load_placed(text)
    for fault in faults:
        code = "yaml/duplicate-key" if fault.duplicate else "yaml/broken"
        complain(fault.line, fault.column, code, fault.message, "能读的 YAML", "按提示改这一行")
    if root is None or not isinstance(root.value, dict):
        if root is not None and root.value is not None:
            complain(
                root.line, root.column, "yaml/wrong-type", "不是一项一项的“名称: 值”", "如 title: 某站", "冒号用半角"
            )
        return Settings(), tuple(problems)
    title, base = TITLE, None
    for key, node in root.value.items():
        line, column = root.keys[key]
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1, 0.5)
            expected = f"是不是“{near[0]}”？" if near else "、".join(KEYS)
            complain(line, column, "yaml/unknown-key", f"“{key}”", expected, "改名或删去", "warning")
        elif key == "title" and _is_line(node):
            title = str(node.value)
        elif key == "base" and isinstance(node.value, str) and is_base(node.value):
            base = node.value.rstrip("/") + "/"
        elif node.value is not None:
            expected = "一行文字" if key == "title" else "http:// 或 https:// 开头的网址"
            complain(node.line, node.column, "yaml/wrong-type", f"{key} 的值不对", expected, "改这一行，或删去")
    return Settings(title, base), tuple(problems)


def is_base(address: str) -> bool:
    """Whether an address can stand before every path of the site."""
    return bool(re.fullmatch(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?", address))


def _is_line(node: Node) -> bool:
    return isinstance(node.value, str) and 0 < len(node.value) <= 60 and "\n" not in node.value
