"""Reports whose text is that of another report: the same page taken in twice, or a text in the wrong file. Pure.

In flow prints of all reports, out flow pairs, the later one with the earlier. Two texts are
compared by their long paragraphs, which already bear a hash of their normalised text, so width,
blanks and page furniture make no difference.

Texts that agree in nine tenths share one of the paragraphs that make up the first tenth of
either, if all paragraphs stand in one order (here: that of their hashes). So only a few
paragraphs of each report are looked up. The cost is linear in the number of reports: a
paragraph that many reports share proves nothing and is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from govreport_site.normalise import normalise
from govreport_site.problems import Problem
from govreport_site.report import Report
from govreport_site.source import Span

# Shorter paragraphs (无。, 报告如下：) are alike in reports that are not.
_LONG_CHARS = 40
# Sections that whole provinces share word for word tell nothing of two reports.
_COMMON = 20
_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Print:
    """What a report is recognised by: its long paragraphs by the hash of their text.

    first_tenth  the hashes of which a text that is alike must have one
    paragraphs   each hash and length in characters, parted by blanks: seldom asked for, so one text
    """

    first_tenth: tuple[str, ...]
    paragraphs: str
    size_chars: int

    def lengths(self) -> dict[str, int]:
        """Hash → length in characters."""
        words = self.paragraphs.split()
        return dict(zip(words[::2], map(int, words[1::2]), strict=True))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that say the same; `share` of the longer text is in both, 0.9 to 1."""

    file: str
    earlier: str
    share: float


def print_of(report: Report) -> Print:
    """What a report is recognised by."""
    lengths = sorted((passage, len(span)) for passage, span in _long_paragraphs(report).items())
    size_chars = sum(length for _, length in lengths)
    first = []
    left_chars: float = size_chars
    for passage, length in lengths:
        first.append(passage)
        left_chars -= length
        if left_chars < _ALIKE * size_chars:
            break
    return Print(tuple(first), " ".join(f"{passage} {length}" for passage, length in lengths), size_chars)


def pairs(prints: Mapping[str, Print], share: Callable[[str, str], float]) -> Iterator[Pair]:
    """Every file that says what an earlier one says, in nine tenths of its text or more.

    prints  file → print, in the order in which a file counts as earlier
    share   how much of the longer text two files really have in common, asked for likely pairs
            only: a short hash may be that of another text
    """
    holders: dict[str, list[str]] = {}
    for file, own in prints.items():
        if not own.size_chars:
            continue
        likely: dict[str, None] = {}
        for paragraph in own.first_tenth:
            bearers = holders.setdefault(paragraph, [])
            likely.update(dict.fromkeys(bearers))
            if len(bearers) < _COMMON:
                bearers.append(file)
        if not likely:
            continue
        lengths = own.lengths()
        best, earlier = 0.0, ""
        for other in likely:
            theirs = prints[other]
            longer = max(own.size_chars, theirs.size_chars)
            if min(own.size_chars, theirs.size_chars) < _ALIKE * longer:
                continue
            common = sum(length for paragraph, length in theirs.lengths().items() if paragraph in lengths) / longer
            if common > best:
                best, earlier = common, other
        if best >= _ALIKE and (really := share(file, earlier)) >= _ALIKE:
            yield Pair(file, earlier, really)


def duplicates(reports: Iterable[Report]) -> Iterator[Problem]:
    """The same for reports at hand, as problems."""
    by_file = {report.file: report for report in reports}
    prints = {file: print_of(report) for file, report in by_file.items()}
    for pair in pairs(prints, lambda file, other: share_of(by_file[file], by_file[other])):
        yield duplicate_problem(by_file[pair.file], pair)


def share_of(report: Report, other: Report) -> float:
    """How much of the longer text both have, in long paragraphs."""
    mine, theirs = (
        {normalise(one.source.cut(span)) for span in _long_paragraphs(one).values()} for one in (report, other)
    )
    return sum(map(len, mine & theirs)) / max(sum(map(len, mine)), sum(map(len, theirs)))


def duplicate_problem(report: Report, pair: Pair) -> Problem:
    """What is said of the later one of a pair."""
    source = report.source
    share = pair.share
    same = "相同" if share == 1 else f"有 {share:.0%} 相同" if share < 0.995 else "几乎相同"
    return Problem(
        "corpus/duplicate", source.name, source.first_line, 1, f"正文与 {pair.earlier} {same}",
        "每份报告只收一次", "若是同一份报告，删去一份；若不是，核对是否放错了文件",
        excerpt=source.line_at(source.first_line),
    )  # fmt: skip


def _long_paragraphs(report: Report) -> dict[str, Span]:
    """Id of each long paragraph of running text → where it stands."""
    return {
        passage.id: passage.span
        for _, passage in report.passages()
        if passage.role in ("intro", "text") and len(passage.span) >= _LONG_CHARS
    }
