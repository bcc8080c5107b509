"""A problem → the plan of the same report that may answer it. Pure; candidates, never a verdict.

One plan may answer several problems. A problem that shares too little with every plan has no remedy.
"""

from __future__ import annotations

from collections.abc import Iterable

from govreport_site.findings import Item, Remedy
from govreport_site.insight.items import items
from govreport_site.insight.likeness import Wording, asking, scores, shared_words
from govreport_site.report import Kind, Report

# Below it lies what shares a word or two by chance: see tests/bench/insight_truth.py.
THRESHOLD = 0.4
# Where both sides count alike, the same number is a sign, though a weak one.
_SAME_NUMBER = 0.04


def pair_remedies(report: Report) -> tuple[Remedy, ...]:
    """The likest plan of each problem that has one, in the order of the problems.

    Ids are those of `items.Item`: of sections, of passages where no heading stands, of points p-1a2b3c.2.
    """
    problems, plans = items(report, Kind.PROBLEMS), items(report, Kind.PLANS)
    if not problems or not plans:
        return ()
    side_by_side = len(problems) == len(plans)
    found = []
    asked, offered = asking(wordings(report, problems)), wordings(report, plans)
    background = "\n".join(wording.text for wording in offered)
    for problem, one, fits in zip(problems, asked, scores(asked, offered), strict=True):
        ranked = [
            (fit + _SAME_NUMBER * (side_by_side and fit > 0 and plan.ordinal == problem.ordinal), -place)
            for place, (plan, fit) in enumerate(zip(plans, fits, strict=True))
        ]
        score, place = max(ranked)
        if score >= THRESHOLD:
            shared = shared_words(one, offered[-place].text, background)
            found.append(Remedy(problem.id, plans[-place].id, round(min(score, 1.0), 2), shared))
    return tuple(found)


def wordings(report: Report, found: Iterable[Item]) -> list[Wording]:
    """What items say."""
    return [Wording(item.title, report.source.cut(item.span)) for item in found]
