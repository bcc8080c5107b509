"""Markdown → blocks as line ranges. The one door for markdown-it-py.

Of Markdown only headings (#), tables and images are switched on here, and a line is a
paragraph: markdown-it's defaults would make a line above --- a heading, swallow
“[1]: 见附件” and join lines. markdown-it keeps lines but not characters, so text is always
cut from the `Source`, never taken from a token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt

from govreport_site.normalise import trim
from govreport_site.source import Source, Span

Form = Literal["line", "heading", "table", "image"]

_MARKDOWN = MarkdownIt("zero").enable(["heading", "table"])
# Only lines of these shapes can be anything but a paragraph; other bodies skip the parser.
_MAY_BE_MARKDOWN = re.compile(r"^ {0,3}(#{1,6}[ \t]|\|?.*\|)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_HASHES = re.compile(r" {0,3}(#{1,6})[ \t]+")


@dataclass(frozen=True, slots=True)
class Block:
    """Something that stands on lines of its own.

    span   without blanks at its ends; never empty. Of a heading: without its # signs
    lead   where the block begins, # signs included
    level  number of # of a heading, else 0
    """

    form: Form
    span: Span
    lead: int
    level: int = 0


def read_blocks(source: Source) -> tuple[Block, ...]:
    """Every non-blank line of a source, in order, as a block of its own or within a table."""
    lines = source.lines()
    marked = _marked_lines(source.text)
    blocks: list[Block] = []
    row = 0
    while row < len(lines):
        form, last = marked.get(row, ("line", row + 1))
        last = min(last, len(lines))
        if form == "table":
            # markdown-it lets a table swallow the lines below it; here a row has a “|”.
            while "|" not in source.cut(lines[last - 1]):
                last -= 1
        span = trim(source.text, Span(lines[row].start, lines[last - 1].end))
        lead = span.start
        if span and form == "heading":
            hashes = _HASHES.match(source.text, lines[row].start)
            if hashes:
                inner = trim(source.text, Span(hashes.end(), span.end))
                if inner:
                    blocks.append(Block("heading", inner, lead, len(hashes[1])))
                    row = last
                    continue
            form = "line"
        if span:
            if form == "line" and _IMAGE.fullmatch(source.text, span.start, span.end):
                form = "image"
            blocks.append(Block(form, span, lead))
        row = last
    return tuple(blocks)


def _marked_lines(text: str) -> dict[int, tuple[Form, int]]:
    """Row → form and the row behind the block, for headings and tables; rows from 0."""
    if not _MAY_BE_MARKDOWN.search(text):
        return {}
    # markdown-it ends lines at \r too; ours end at \n only, so \r must not look like one.
    tokens = _MARKDOWN.parse(text.replace("\r", " "))
    forms: dict[str, Form] = {"heading_open": "heading", "table_open": "table"}
    return {
        token.map[0]: (forms[token.type], token.map[1])
        for token in tokens
        if token.type in forms and token.map and token.level == 0
    }
