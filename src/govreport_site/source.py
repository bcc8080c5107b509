"""Text with places: where a character stands, as an offset, as a line and as a column.

In flows decoded text; out flow `Source` and `Span`, which every later room points with.
Nothing here knows what a report is. Read on in `report.py`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) in characters (code points) of a source's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Source:
    """A text, the name of its file, and the line its first character stands on.

    A report's body is a source of its own whose `first_line` says where in the file it
    begins, so that spans count in the body and messages count in the file.

    Lines end at "\\n" only: `str.splitlines` also cuts at U+2028 and form feeds, and line
    numbers would leave the editor's.
    """

    name: str
    text: str
    first_line: int = 1
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        at = self.text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "line_starts", tuple(starts))

    @property
    def digest(self) -> str:
        """BLAKE2b-128 of the text in UTF-8, as lower-case hex: the key of everything made from it."""
        return hashlib.blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def cut(self, span: Span) -> str:
        """The text a span points at."""
        return self.text[span.start : span.end]

    def lines(self) -> tuple[Span, ...]:
        """Every line without its line feed; a final line feed opens no further line."""
        ends = (*(start - 1 for start in self.line_starts[1:]), len(self.text))
        spans = [Span(start, end) for start, end in zip(self.line_starts, ends, strict=True)]
        if len(spans) > 1 and not spans[-1]:
            spans.pop()
        return tuple(spans)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, both from 1; the column counts characters."""
        row = bisect_right(self.line_starts, offset) - 1
        return self.first_line + row, offset - self.line_starts[row] + 1

    def line_at(self, line: int) -> str | None:
        """The text of a line of the file, or None where this source does not hold it."""
        row = line - self.first_line
        if not 0 <= row < len(self.line_starts):
            return None
        end = self.line_starts[row + 1] - 1 if row + 1 < len(self.line_starts) else len(self.text)
        return self.text[self.line_starts[row] : end]
