"""Plain data kept in files of a cache: written whole or not at all, and believed only when intact.

Nothing here raises for what a cache holds. A file that is missing, torn, altered, or made by
another program is no file: what it held is then made again.

    a store    one value: 16 bytes BLAKE2b of all that follows, a stamp, marshalled data
    a pack     many pieces, one behind the other: 16 bytes BLAKE2b of the piece, the piece

marshal is faster than any other form and, unlike pickle, makes nothing but plain data: a
cache from elsewhere cannot run anything. What is intact but wrong only gives a wrong page.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

_DIGEST_BYTES = 16


def save(path: Path, stamp: bytes, value: Any) -> None:
    """Keeps plain data under a stamp. Raises OSError when it cannot be written."""
    body = len(stamp).to_bytes(2, "big") + stamp + marshal.dumps(value)
    replace_file(path, _digest(body) + body)


def load(path: Path, stamp: bytes) -> Any:
    """What was kept under this very stamp; None when there is no such thing, or it is damaged."""
    try:
        data = path.read_bytes()
        head = data[_DIGEST_BYTES : _DIGEST_BYTES + 2 + len(stamp)]
        if head != len(stamp).to_bytes(2, "big") + stamp or _digest(memoryview(data)[_DIGEST_BYTES:]) != data[:16]:
            return None
        return marshal.loads(memoryview(data)[_DIGEST_BYTES + len(head) :])
    except (OSError, ValueError, EOFError, TypeError):
        return None


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole, or the old one is."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece lies: the name of its pack, and from where to where."""

    pack: str
    offset: int
    size_bytes: int


class PackWriter:
    """Pieces, one behind the other, into one new file."""

    def __init__(self, file: BinaryIO, pack: str) -> None:
        self._file, self._pack, self._at = file, pack, 0

    def add(self, piece: bytes) -> Place:
        """Keeps a piece; says where."""
        self._file.write(_digest(piece))
        self._file.write(piece)
        place = Place(self._pack, self._at, len(piece))
        self._at += _DIGEST_BYTES + len(piece)
        return place


@contextmanager
def pack_writer(folder: Path, pack: str) -> Iterator[PackWriter]:
    """A new pack. Raises OSError when it cannot be written."""
    with (folder / pack).open("wb") as file:
        yield PackWriter(file, pack)


def read_piece(folder: Path, place: Place) -> bytes | None:
    """A piece as it was kept; None when it is gone or damaged."""
    try:
        with (folder / place.pack).open("rb") as file:
            file.seek(place.offset)
            data = file.read(_DIGEST_BYTES + place.size_bytes)
    except OSError:
        return None
    piece = data[_DIGEST_BYTES:]
    return piece if len(piece) == place.size_bytes and _digest(piece) == data[:_DIGEST_BYTES] else None


def remove_packs(folder: Path, keep: set[str]) -> None:
    """Removes the packs that hold nothing any more."""
    for path in folder.glob("*.pack"):
        if path.name not in keep:
            path.unlink(missing_ok=True)


def _digest(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()
