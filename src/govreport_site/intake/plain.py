"""A text or Markdown file → a report's text. Pure.

In flow bytes; out flows the text as it stands, in lines that end at \\n. A file that already has our front
matter passes untouched. Lines that were cut at one width are joined again, and that is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from govreport_site.intake.arrival import Arrival, Doubt, Hint, Refused
from govreport_site.intake.encoding import Claim, decode
from govreport_site.intake.lines import control_doubts
from govreport_site.normalise import BLANK, is_blank
from govreport_site.problems import display_width
from govreport_site.yaml_file import FRONT_MATTER, load_placed

# \f begins a page, \v and U+2028 are a line break inside a paragraph of Word: all of them end a line.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

_MARKER = re.compile(r"[（(]?[一二三四五六七八九十百]{1,4}[、.．)）]|[（(]?\d{1,2}[.．、)）](?!\d)|[㈠-㈩①-⑳]|#{1,6} ")
_CLOSED = re.compile(r"[。！？；：.!?;:”」』)）]$")
_MARKED = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)


def read_plain(data: bytes, *, charset: str | None = None, markdown: bool = False) -> Arrival:
    """The report in a text file. markdown: its # are meant.

    Raises Refused for what is no text, and for a file without a word.
    """
    decoded = decode(data, [Claim(charset, "服务器")] if charset else [])
    text, doubts = decoded.text, list(decoded.doubts)
    if "\0" in text:
        raise Refused(
            "intake/not-text",
            f"第 {text.index(chr(0)) + 1} 个字符是空字符，不是文本文件",
            "Word、PDF 文件请保留原来的扩展名再收录；其他格式请先另存为纯文本",
        )
    if front := FRONT_MATTER.match(text):
        return Arrival(text[front.end() :], _stated(front["yaml"]), tuple(doubts))
    if is_blank(text):
        raise Refused("intake/empty", "文件里没有一个字", "检查是不是存错了文件，把报告全文放进去再收录")
    lines = _LINE_ENDS.sub("\n", text).strip("\n").split("\n")
    if not markdown and (wrapped := _joined(lines)):
        doubts.append(
            Doubt(
                "intake/hard-wrapped",
                f"原文按固定宽度折行，已把 {len(lines)} 行接成 {len(wrapped)} 行",
                "看段落是否接得对；不对就在正文中重新分段",
            )
        )
        lines = wrapped
    if not markdown and (signs := _MARKED.findall("\n".join(lines))):
        doubts.append(
            Doubt(
                "intake/markup",
                f"有 {len(signs)} 行以“# ”开头，会读作标题",
                "若“#”是原文的字，在那一行的行首加一个全角空格",
            )
        )
    doubts += control_doubts(lines)
    return Arrival("\n".join(lines) + "\n", (), tuple(doubts))


def _stated(yaml: str) -> tuple[Hint, ...]:
    """What the front matter says, as it is written; broken YAML says nothing here, and `reading` reports it."""
    root, _ = load_placed(yaml)
    values = root.value if root is not None else None
    if not isinstance(values, dict):
        return ()
    stated = [(key, node.value) for key, node in values.items()]
    return tuple(Hint(key, value, "文首 YAML") for key, value in stated if isinstance(value, str) and value)


# --- Lines that were cut at one width -----------------------------------------------------------

# Programs count columns or characters. A mail program cuts at 72 columns, GB/T 9704 at 28
# characters; narrower lines are a list or a poem, wider ones paragraphs. By columns a line falls short by a mark that must
# not begin the next one, twice, and by half a character; by characters only by the marks.
_RULERS: tuple[tuple[Callable[[str], int], int, int, int], ...] = ((len, 18, 60, 3), (display_width, 36, 100, 5))


def _joined(lines: Sequence[str]) -> list[str] | None:
    """The lines with hard wraps undone; None unless most lines end at one width in mid-sentence."""
    written = [line.rstrip() for line in lines]
    full = max((_full_lines(written, *ruler) for ruler in _RULERS), key=len)
    count = sum(not is_blank(line) for line in written)
    open_ended = sum(not _CLOSED.search(written[row]) for row in full)
    if count < 8 or len(full) < 0.5 * count or open_ended < 0.6 * len(full):
        return None
    # Where paragraphs are indented, an indent begins one and nothing else does.
    indented = sum(line[:1] in BLANK for line in written if line) >= 3
    out: list[str] = []
    for row, line in enumerate(written):
        begins = not line or line[0] in BLANK or (not indented and _MARKER.match(line) is not None)
        if row - 1 in full and not begins:
            out[-1] = _glued(out[-1], line)
        else:
            out.append(line)
    return out


def _full_lines(lines: Sequence[str], ruler: Callable[[str], int], least: int, most: int, slack: int) -> set[int]:
    """Rows that reach the width at which the text was cut; none when a line is longer."""
    widths = [ruler(line) for line in lines]
    counts = Counter(width for width in widths if least <= width <= most)
    if not counts:
        return set()
    full = max(counts, key=lambda width: (sum(counts[width - less] for less in range(slack)), width))
    return {row for row, width in enumerate(widths) if full - slack < width} if max(widths) <= full else set()


def _glued(above: str, below: str) -> str:
    """Two lines of one paragraph; a space only between words that need one."""
    above = above.rstrip()
    ascii_both = above[-1:].isascii() and above[-1:].isalnum() and below[:1].isascii() and below[:1].isalpha()
    return above + (" " if ascii_both else "") + below
