"""A made file with a known report in it → how much of that report comes in. Shared by all formats.

A `Case` knows the bytes and the truth; `measure` lets the intake wing's front read the bytes and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from govreport_site.intake.arrival import Arrival
from govreport_site.intake.bring_in import bring_in
from govreport_site.normalise import is_blank
from govreport_site.reading.header import read_date


@dataclass(frozen=True, slots=True)
class Case:
    """A file that holds a report we know.

    name      for people, unique in its table
    file      name of the file as a maintainer has it
    make      its bytes
    body      the true lines: a paragraph, heading or table row each; no blank lines
    metadata  key of a hint → its true value (dates as YYYY-MM-DD); None where no hint may be given
    """

    name: str
    file: str
    make: Callable[[], bytes]
    body: tuple[str, ...]
    metadata: Mapping[str, str | None] = field(default_factory=dict)
    address: str | None = None
    charset: str | None = None
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a case.

    lost, extra       characters that are not blank: missing from the body, and in it without being the report's
    paragraphs_right  true lines that came in as they are, in order, of `paragraphs`
    metadata_right    hints that are right, of `metadata`; the first of a key counts, as it would be used
    """

    name: str
    lost: int
    extra: int
    paragraphs_right: int
    paragraphs: int
    metadata_right: int
    metadata: int

    @property
    def perfect(self) -> bool:
        return (self.lost, self.extra) == (0, 0) and (self.paragraphs_right, self.metadata_right) == (
            self.paragraphs,
            self.metadata,
        )


def arrive(case: Case) -> Arrival:
    """The case's file through the wing's front. Raises Refused."""
    return bring_in(case.file, case.make(), address=case.address, charset=case.charset, ocr=case.ocr)


def measure(case: Case) -> Row:
    """How much of a case's report comes in. Raises Refused when none does."""
    arrival = arrive(case)
    lines = [line.strip() for line in arrival.text.split("\n") if not is_blank(line)]
    wanted = [line.strip() for line in case.body]
    lost = extra = right = 0
    for tag, a, b, c, d in SequenceMatcher(None, wanted, lines, autojunk=False).get_opcodes():
        if tag == "equal":
            right += b - a
        else:
            missing, more = _differing("".join(wanted[a:b]), "".join(lines[c:d]))
            lost += missing
            extra += more
    first = {hint.key: hint.value for hint in reversed(arrival.hints)}
    good = sum(_as_compared(key, first.get(key)) == _as_compared(key, value) for key, value in case.metadata.items())
    return Row(case.name, lost, extra, right, len(wanted), good, len(case.metadata))


def _differing(wanted: str, got: str) -> tuple[int, int]:
    """Characters of `wanted` that `got` lacks in its order, and the other way; blanks do not count."""
    one, other = ("".join(c for c in text if not is_blank(c)) for text in (wanted, got))
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return len(one) - same, len(other) - same


def _as_compared(key: str, value: str | None) -> str | None:
    if value is None or key not in ("published", "dated"):
        return value
    return read_date(value)
