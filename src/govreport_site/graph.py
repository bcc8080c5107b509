"""What is made from what: rules with named inputs, and traces that verify them. Knows no report.

A rule is an output and everything it is made from, each input with its name and a digest of
its content. What an output was made from last time is its trace. An output is made again when
rule and trace differ, and for no other reason: not because a file is newer, and not because
something it does not name has changed. Whoever makes it compares the result with what was
there; where that is the same, nothing above sees a change, and the rebuild stops there.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Inputs = tuple["str | bytes", ...]
"""Name, digest, name, digest … of all that an output is made from, in a fixed order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has to be done: outputs to make, in the order of the rules, and outputs no rule makes any more."""

    stale: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Why an output is made again, by names of inputs; `first` where it was never made."""

    first: bool = False
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.first or self.changed or self.added or self.removed)


def verify(rules: Mapping[str, Inputs], traces: Mapping[str, Inputs]) -> Verdict:
    """Rules against what was made last time."""
    stale = tuple(output for output, inputs in rules.items() if traces.get(output) != inputs)
    return Verdict(stale, tuple(sorted(traces.keys() - rules.keys())))


def compare(before: Inputs | None, now: Inputs) -> Change:
    """What differs between a trace and a rule; nothing where the output still stands."""
    if before is None:
        return Change(first=True)
    old, new = dict(pairs(before)), dict(pairs(now))
    return Change(
        changed=tuple(name for name in new if name in old and new[name] != old[name]),
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
    )


def pairs(inputs: Inputs) -> Iterator[tuple[str, bytes]]:
    """Each input's name with its digest."""
    for name, value in zip(inputs[::2], inputs[1::2], strict=True):
        assert isinstance(name, str) and isinstance(value, bytes)
        yield name, value


def digest(*parts: bytes) -> bytes:
    """BLAKE2b-96 of bytes that follow one another: long enough that no two contents ever share one."""
    return hashlib.blake2b(b"".join(parts), digest_size=12).digest()


def digest_of(value: Any) -> bytes:
    """The same for plain data: numbers, strings, bytes, None, tuples and lists of these.

    Raises ValueError for anything else.
    """
    # Version 2 writes equal values alike; later ones note which objects are one and the same.
    return digest(marshal.dumps(value, 2))
