"""Reports whose text is that of another report: the same page taken in twice, or a text in the wrong file. Pure.

In flow all reports; out flow Problems at the later one of each pair, naming the earlier. Two
texts are compared by their long paragraphs, which already bear a hash of their normalised
text, so width, blanks and page furniture make no difference. The cost is linear in the
number of paragraphs: one that many reports share proves nothing and is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from govreport_site.normalise import normalise
from govreport_site.problems import Problem
from govreport_site.report import Report
from govreport_site.source import Span

# Shorter paragraphs (无。, 报告如下：) are alike in reports that are not.
_LONG_CHARS = 40
# Sections that whole provinces share word for word tell nothing of two reports.
_COMMON = 20
_ALIKE = 0.9


def duplicates(reports: Iterable[Report]) -> Iterator[Problem]:
    """Every report that says what an earlier one says, in nine tenths of its text or more."""
    holders: dict[str, list[int]] = {}
    kept: list[tuple[Report, int]] = []
    for report in reports:
        lengths = {passage: len(span) for passage, span in _long_paragraphs(report).items()}
        size_chars = sum(lengths.values())
        if not size_chars:
            continue
        shared: Counter[int] = Counter()
        for passage, length_chars in lengths.items():
            for holder in holders.get(passage, ()):
                shared[holder] += length_chars
        number = len(kept)
        kept.append((report, size_chars))
        for passage in lengths:
            bearers = holders.setdefault(passage, [])
            if len(bearers) < _COMMON:
                bearers.append(number)
        alike = [(common / max(size_chars, kept[holder][1]), -holder) for holder, common in shared.items()]
        share, earlier = max(alike, default=(0.0, 0))
        if share < _ALIKE:
            continue
        other = kept[-earlier][0]
        if (share := _share(report, other)) >= _ALIKE:  # a short hash may be that of another text
            yield _problem(report, other, share)


def _long_paragraphs(report: Report) -> dict[str, Span]:
    """Id of each long paragraph of running text → where it stands."""
    return {
        passage.id: passage.span
        for _, passage in report.passages()
        if passage.role in ("intro", "text") and len(passage.span) >= _LONG_CHARS
    }


def _share(report: Report, other: Report) -> float:
    """How much of the longer text both have, in long paragraphs."""
    mine, theirs = (
        {normalise(one.source.cut(span)) for span in _long_paragraphs(one).values()} for one in (report, other)
    )
    return sum(map(len, mine & theirs)) / max(sum(map(len, mine)), sum(map(len, theirs)))


def _problem(report: Report, earlier: Report, share: float) -> Problem:
    source = report.source
    same = "相同" if share == 1 else f"有 {share:.0%} 相同" if share < 0.995 else "几乎相同"
    return Problem(
        "corpus/duplicate", source.name, source.first_line, 1, f"正文与 {earlier.file} {same}",
        "每份报告只收一次", "若是同一份报告，删去一份；若不是，核对是否放错了文件",
        excerpt=source.line_at(source.first_line),
    )  # fmt: skip
