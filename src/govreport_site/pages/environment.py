"""The one door for Jinja2. A template sees views and nothing else; every value is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


class Templates:
    """The templates of a folder, each compiled once."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder, encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            newline_sequence="\n",
            auto_reload=False,
        )

    def render(self, name: str, values: Mapping[str, Any]) -> bytes:
        """A page. A name that a template uses and nobody gave is an error, never an empty place."""
        text = self._environment.get_template(name).render(values)
        # A lone surrogate cannot be written as UTF-8; a reader of files never lets one in.
        return text.encode("utf-8", "replace")
