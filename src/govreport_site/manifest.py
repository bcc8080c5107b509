"""Files as they were last seen: which of them may have changed is told by their size and times alone.

A file is read again only when its size or one of its times differs from what was noted, or
when it was written so shortly before it was noted that a second change could bear the same
time. Nothing here knows what the files hold.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from govreport_site.graph import digest

Signature = tuple[int, int, int]
"""Size in bytes, time of the last change of the content and (where the system has it) of anything, in ns."""

# The coarsest clock of a file system in use counts in two seconds.
_CLOCK_NS = 2_000_000_000

MISSING = b""
"""The digest of a file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was seen. Each file has its size, its two times, and the digest of its content.

    seen_ns  the time at which the look began
    """

    files: Mapping[str, tuple[int, int, int, bytes]]
    seen_ns: int = 0

    def digest(self, name: str) -> bytes | None:
        """What a file held; None for one that was not there."""
        known = self.files.get(name)
        return known[3] if known else None

    def knows(self, name: str, seen: Signature) -> bool:
        """Whether a file is surely the one that was noted."""
        known = self.files.get(name)
        return known is not None and known[:3] == seen and max(seen[1:]) < self.seen_ns - _CLOCK_NS

    def again(
        self, seen: Mapping[str, Signature], seen_ns: int, read: Callable[[str], bytes | None], *, known: bool = False
    ) -> Manifest:
        """What is there now; `read` gives a digest where the times leave it open.

        known  True: `read` is asked only for files that were there before; new ones stay without a digest
        """
        files: dict[str, tuple[int, int, int, bytes]] = {}
        for name, signature in seen.items():
            if self.knows(name, signature):
                files[name] = self.files[name]
            elif known and name not in self.files:
                files[name] = (*signature, MISSING)
            else:
                files[name] = (*signature, read(name) or MISSING)
        return Manifest(files, seen_ns)

    def same(self, other: Manifest) -> bool:
        """Whether both hold the same files with the same content."""
        return self.files.keys() == other.files.keys() and all(
            file[3] == other.files[name][3] for name, file in self.files.items()
        )

    def digest_of_all(self, names: Iterable[str]) -> bytes:
        """One digest for several files, their names included."""
        return digest(*(part for name in sorted(names) for part in (name.encode(), b"\0", self.files[name][3])))


def signature(status: os.stat_result) -> Signature:
    """What tells a file from its next state."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def read_digest(path: Path) -> bytes:
    """The digest of a file's content; `MISSING` when it cannot be read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return MISSING


def files_below(folder: Path) -> dict[str, Signature]:
    """Every file below a folder by its path in it, hidden ones and compiled Python excepted."""
    found: dict[str, Signature] = {}

    def walk(path: str, within: str) -> None:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    walk(entry.path, f"{within}{entry.name}/")
                else:
                    found[within + entry.name] = signature(entry.stat())

    if folder.is_dir():
        walk(str(folder), "")
    return dict(sorted(found.items()))


def all_files(folder: Path) -> dict[str, Signature]:
    """Every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): signature(path.lstat())
        for path in sorted(folder.rglob("*"))
        if not path.is_dir() or path.is_symlink()
    }


def signatures(folder: Path, names: Iterable[str]) -> dict[str, Signature]:
    """Of these files those that are there."""
    found = {}
    root = f"{folder}{os.sep}"
    for name in names:
        try:
            status = os.stat(root + name)  # noqa: PTH116 - ten thousand of them, at each build
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(status.st_mode):
            found[name] = signature(status)
    return found
