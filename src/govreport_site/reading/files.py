"""Which files of a corpus are reports. Light: a build without changes comes no further into this wing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from govreport_site.manifest import Signature, signature

SUFFIXES = (".md", ".txt")


def report_files(corpus: Path) -> Iterator[Path]:
    """Every report below a corpus folder, sorted by path; originals and hidden files are none."""
    for name in report_signatures(corpus):
        yield corpus / name


def report_signatures(corpus: Path) -> dict[str, Signature]:
    """The same as paths within the corpus, with forward slashes, and how each file is at the moment."""
    found: dict[str, Signature] = {}

    def walk(folder: str, within: str) -> None:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
        for entry in entries:
            # A link could lead out of the corpus, or in a circle.
            if entry.name.startswith((".", "~")) or entry.is_symlink():
                continue
            if entry.is_dir():
                if within or entry.name != "sources":
                    walk(entry.path, f"{within}{entry.name}/")
            elif os.path.splitext(entry.name)[1].lower() in SUFFIXES and entry.name.lower() != "readme.md":  # noqa: PTH122
                found[within + entry.name] = signature(entry.stat())

    walk(str(corpus), "")
    return found
