"""Which program this is: its own files and its libraries, by content. Knows no other room.

What a room makes is kept only as long as the room stays the same. A version number would not
do: while the program is being worked on it stays, and everything else changes.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from govreport_site.graph import digest
from govreport_site.manifest import Manifest, Signature, files_below

PACKAGE = Path(__file__).resolve().parent

_WINGS = ("intake", "reading", "insight", "search", "pages", "exports")
# What no output depends on: how a command is given, served, and told.
_NO_MATTER = frozenset(
    {
        "__main__.py",
        "asking.py",
        "adding.py",
        "beginning.py",
        "cli.py",
        "exporting.py",
        "filing.py",
        "loopback.py",
        "progress.py",
        "publishing.py",
        "serve.py",
        "switch.py",
        "telling.py",
        "README.md",
    }
)
# Whose words, marks and HTML end up in the site; by the names of their folders in site-packages.
_LIBRARIES = ("jieba-", "rjieba-", "jinja2-", "markupsafe-", "markdown_it_py-", "numpy-", "pyyaml-")


def program_files() -> dict[str, Signature]:
    """Every file of the package."""
    return files_below(PACKAGE)


def libraries() -> str:
    """Python and the libraries, with their versions."""
    found = find_spec("jinja2")
    folder = Path(found.origin).parents[1] if found is not None and found.origin else PACKAGE
    names = sorted(path.name.lower() for path in folder.iterdir() if path.name.endswith(".dist-info"))
    return "\n".join([sys.version, *(name for name in names if name.startswith(_LIBRARIES))])


def part_digest(files: Manifest, wing: str) -> bytes:
    """What a wing's work depends on: the wing, and all that is not another one."""
    names = []
    for name in files.files:
        top = name.partition("/")[0]
        if (
            name not in _NO_MATTER
            and top not in ("decisions", "templates", "project")
            and (top == wing or top not in _WINGS)
        ):
            names.append(name)
    return digest(files.digest_of_all(names), libraries().encode())
