"""How much of a report's wording stands elsewhere: in another report, or in the same issuer's report before.

In flow `Letters` of two reports, out flow `Overlap`s with the places of the common runs, and shares.
Marks, blanks, digits, titled texts and set phrases count neither as shared nor as own (`letters.py`).
Which passages are worth comparing, `sketches.py` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from govreport_site.findings import Overlap
from govreport_site.insight.letters import Letters, countable, shared, spans
from govreport_site.insight.sketches import Candidate

# So many letters at least stand elsewhere too, and either this share of the passage or so many that they make one.
LEAST_LETTERS = 30
LEAST_SHARE = 0.3
MANY_LETTERS = 80


def compare(own: Letters, others: Mapping[str, Letters], candidates: Iterable[Candidate]) -> tuple[Overlap, ...]:
    """Of a report's candidates those whose wording really stands in the other passage, in the order given.

    others  the letters of each report that a candidate names
    """
    found = []
    for one in candidates:
        theirs = others[one.other]
        here, there = own.stretch(one.passage), theirs.stretch(one.elsewhere)
        runs, runs_there = own.runs[here], theirs.runs[there]
        marked = shared(runs, runs_there)
        size = int(marked.sum())
        share = size / max(1, int(countable(runs).sum()))
        if size >= LEAST_LETTERS and (share >= LEAST_SHARE or size >= MANY_LETTERS):
            marked_there = shared(runs_there, runs)
            found.append(
                Overlap(
                    one.passage, one.other, one.elsewhere, theirs.number(one.elsewhere), share,
                    spans(own, marked, here), spans(theirs, marked_there, there),
                )
            )  # fmt: skip
    return tuple(found)


def changed_share(before: Letters, after: Letters) -> float | None:
    """How much of a report's running text did not stand in the one before, 0 to 1; None where it has no text to compare."""
    size = int(countable(after.runs).sum())
    return 1 - int(shared(after.runs, before.runs).sum()) / size if size else None
