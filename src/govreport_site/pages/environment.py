"""The one door for Jinja2. A template sees views and nothing else; every value is escaped."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from govreport_site.pages.body import Piece
from govreport_site.pages.runs import Mark, Run


class Compiled(BytecodeCache):
    """Templates as Python's own code, which a later run need not compile again.

    codes  name and source of a template (as Jinja2 hashes them) → its code, marshalled, for
           those that were used. It is run: it must come from nowhere but an earlier `Compiled`.
    """

    def __init__(self, codes: Mapping[str, bytes] | None = None) -> None:
        self._known = codes or {}
        self.codes: dict[str, bytes] = {}
        self.grown = False

    def load_bytecode(self, bucket: Bucket) -> None:
        key = f"{bucket.key} {bucket.checksum}"
        if key in self._known:
            self.codes[key] = self._known[key]
            bucket.code = marshal.loads(self.codes[key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.codes[f"{bucket.key} {bucket.checksum}"] = marshal.dumps(bucket.code)
            self.grown = True


class Templates:
    """The templates of some folders, each compiled once; of two with one name that of the first folder counts."""

    def __init__(self, *folders: Path, compiled: Compiled | None = None) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folders, encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            newline_sequence="\n",
            auto_reload=False,
            bytecode_cache=compiled,
        )
        # For JSON-LD. What would end a script element is escaped all the same.
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        self._environment.globals.update(inline=inline, points=points, running=running)

    def compile_all(self) -> None:
        """Compiles every template there is."""
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)

    def render(self, name: str, values: Mapping[str, Any]) -> bytes:
        """A page. A name that a template uses and nobody gave is an error, never an empty place."""
        text = self._environment.get_template(name).render(values)
        # A lone surrogate cannot be written as UTF-8; a reader of files never lets one in.
        return text.encode("utf-8", "replace")


_SPECIAL = re.compile("[&<>\"']")


def inline(runs: Iterable[Run]) -> Markup:
    """Runs of text as HTML, no blank added.

    With `points` and `running` the one visible thing that is no macro: a report has up to two
    thousand runs, and macros for them took four fifths of the time of a page.
    """
    return Markup(_inline(runs))


def points(pieces: Iterable[Piece]) -> Markup:
    """The pieces of a paragraph as HTML. Of 一是……；二是…… each begins a line, by style alone."""
    return Markup(
        "".join(
            f'<span class="pt"><b class="ord">{_plain(piece.ordinal)}</b>{_inline(piece.runs)}</span>'
            if piece.ordinal
            else f'<span class="pt">{_inline(piece.runs)}</span>'
            for piece in pieces
        )
    )


def running(pieces: Iterable[Piece]) -> Markup:
    """The same where points are not told apart."""
    return Markup("".join(_plain(piece.ordinal) + _inline(piece.runs) for piece in pieces))


def _inline(runs: Iterable[Run]) -> str:
    out = []
    mark: Mark | None = None
    for run in runs:
        if run.mark is not mark:
            if mark is not None:
                out.append(_closing(mark))
            mark = run.mark
            if mark is not None:
                out.append(_opening(mark))
        text = _plain(run.text)
        if run.form == "plain":
            out.append(text)
        elif run.form == "air":
            out.append(f'<span class="hw">{text}</span>')
        elif run.form == "notation":
            out.append(f'<span class="notation" aria-hidden="true">{text}</span>')
        else:
            out.append(f'<a href="{escape(run.href)}" rel="noreferrer">{text}</a>')
    if mark is not None:
        out.append(_closing(mark))
    return "".join(out)


def _opening(mark: Mark) -> str:
    if mark.form == "shared":
        return "<mark>"
    return f'<a class="{mark.form}" href="{escape(mark.href)}">' if mark.href else f'<span class="{mark.form}">'


def _closing(mark: Mark) -> str:
    return "</mark>" if mark.form == "shared" else "</a>" if mark.href else "</span>"


def _plain(text: str) -> str:
    return text if _SPECIAL.search(text) is None else str(escape(text))
