"""YAML → plain data that knows where it stood. The one door for PyYAML.

`load_plain` reads the package's own tables. `load_placed` reads what an editor wrote:
every scalar stays a string (YAML 1.1 would make 0374 the number 252, 12:30 the number 750
and `no` false), every value keeps its line and column, and a key that stands twice is
reported, where PyYAML would silently keep the last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

# The C loader reads 10,000 front matters a second, the Python one 1,500.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# At the head of a text, `yaml` between two lines of ---; the text itself begins behind the match.
FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)

# Front matter is two or three levels deep. More is refused while reading, since YAML's own
# composer recurses in C: a hundred thousand “[” end the process (measured, libyaml 0.2.5).
MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place: `line` and `column` count in the YAML text, from 0.

    value   a mapping, a list, a string, or None for an empty or null scalar
    quoted  True for a string in quotes, which is text whatever it looks like
    """

    value: dict[str, Node] | list[Node] | str | None
    line: int
    column: int
    quoted: bool = False
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the YAML itself gets wrong. `duplicate` names the key that stands twice."""

    message: str
    line: int
    column: int
    duplicate: str | None = None


def load_plain(text: str) -> object:
    """A table of the package as dicts, lists and scalars. Raises on broken YAML: it is our own."""
    return yaml.load(text, Loader=_Loader)


def load_placed(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """An editor's YAML with places. Never raises; None when nothing of it can be read."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except _Refused as refused:
        return None, (refused.fault,)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return None, (Fault(_in_chinese(error.problem or error.context or ""), line, column),)
    except UnicodeEncodeError as error:  # half a surrogate pair, which no file in UTF-8 can hold
        return None, (_forbidden(text[: error.start]),)
    except yaml.YAMLError as error:  # a character YAML forbids
        position = getattr(error, "position", 0)
        # libyaml counts bytes of the text in UTF-8.
        before = text.encode("utf-8")[:position].decode("utf-8", "ignore") if isinstance(position, int) else ""
        return None, (_forbidden(before),)
    return builder.root or Node({}, 0, 0), tuple(builder.faults)


def _forbidden(before: str) -> Fault:
    """A character YAML does not allow, by the text before it."""
    return Fault("含有 YAML 不允许的字符", before.count("\n"), len(before) - before.rfind("\n") - 1)


class _Refused(Exception):
    def __init__(self, message: str, line: int, column: int) -> None:
        self.fault = Fault(message, line, column)


class _Builder:
    """Parser events → nodes, on a stack of its own, so that no depth of nesting can hurt."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[Node] = []
        self._keys: list[tuple[str, int, int] | None] = []  # the key that waits for its value, per open node

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        assert mark is not None  # the parser gives every event its place
        if isinstance(event, yaml.ScalarEvent):
            quoted = event.style in ("'", '"', "|", ">")
            empty = not quoted and event.value in ("", "~", "null", "Null", "NULL")
            self._place(Node(None if empty else event.value, mark.line, mark.column, quoted), event.value)
        elif isinstance(event, yaml.AliasEvent):
            # Nine nested aliases are a billion laughs; no front matter needs one.
            self.faults.append(Fault("不支持 YAML 的锚点和引用（& 和 *）", mark.line, mark.column))
            self._place(Node(None, mark.line, mark.column), "")
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(self._open) >= MAX_DEPTH:
                raise _Refused(f"嵌套超过 {MAX_DEPTH} 层", mark.line, mark.column)
            mapping = isinstance(event, yaml.MappingStartEvent)
            node = Node({} if mapping else [], mark.line, mark.column)
            self._place(node, None)
            self._open.append(node)
            self._keys.append(None)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise _Refused("多了一行 ---", mark.line, mark.column)

    def _place(self, node: Node, as_key: str | None) -> None:
        """Puts a node where it belongs: the root, the next item, a key, or a key's value."""
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
            return
        assert isinstance(parent.value, dict)
        if self._keys[-1] is None:
            if as_key is None:
                raise _Refused("项的名字必须是一个词", node.line, node.column)
            self._keys[-1] = (as_key, node.line, node.column)
            return
        key, line, column = self._keys[-1]
        self._keys[-1] = None
        if key in parent.value:
            self.faults.append(Fault(f"“{key}”写了两次", line, column, duplicate=key))
            return
        parent.keys[key] = (line, column)
        parent.value[key] = node


# The parser's commonest complaints, as an editor can understand them.
_COMPLAINTS = (
    ("mapping values are not allowed", "一行里有两个冒号加空格，或者缩进不对；含冒号的值要加引号"),
    ("could not find expected ':'", "这一行少了冒号；应写成“名称: 值”，冒号是半角，后面有空格"),
    ("did not find expected key", "缩进不对，或者上一项的引号、括号没有合上"),
    ("did not find expected ',' or", "方括号或花括号没有合上"),
    ("found character that cannot start any token", "这里不能用制表符或 @ ` % 开头；请改用空格，或给值加引号"),
    ("found unexpected end of stream", "引号没有合上"),
    ("found undefined alias", "* 开头的值要加引号"),
    ("while scanning an alias", "* 开头的值要加引号"),
    ("while scanning an anchor", "& 开头的值要加引号"),
    ("tab character", "这里不能用制表符，请改用空格"),
)


def _in_chinese(complaint: str) -> str:
    for part, chinese in _COMPLAINTS:
        if part in complaint:
            return chinese
    return f"无法解析（{complaint}）"
