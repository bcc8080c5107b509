"""A plan → what the same issuer's report of the next year says was done. Pure; candidates, never a verdict.

What a person wrote into that report (`progress:` of its front matter) wins: the trace then has a status, and
keeps the texts that were found, so that both can still be read side by side.
"""

from __future__ import annotations

from govreport_site.findings import Item, Status, Trace
from govreport_site.insight.items import items, pieces
from govreport_site.insight.likeness import Wording, asking, scores, shared_words
from govreport_site.insight.remedies import wordings
from govreport_site.report import PROGRESS, Kind, Report

# Below it lies what any two texts of one field share: see tests/bench/insight_truth.py.
THRESHOLD = 0.55

STATUS: dict[str, Status] = dict(zip(PROGRESS, ("seen", "partly", "unseen", "reworded"), strict=True))


def trace(before: Report, after: Report) -> tuple[Trace, ...]:
    """One trace for each plan of the earlier report, in its order; `result` is None where nothing was found.

    Ids are those of `items.Item`; the result is the likest piece of the later report.
    """
    plans = items(before, Kind.PLANS)
    if not plans:
        return ()
    done = pieces(after)
    offered = _under_headings(after, done)
    background = "\n".join(wording.text for wording in offered)
    asked = asking(wordings(before, plans))
    found = []
    for plan, one, fits in zip(plans, asked, scores(asked, offered), strict=True):
        said = after.progress.get(plan.id) or after.progress.get(plan.key)
        status = STATUS[said] if said else None
        place = max(range(len(fits)), key=lambda at: (fits[at], -at), default=None)
        if place is None or fits[place] < THRESHOLD:
            found.append(Trace(plan.id, None, 0.0, (), status))
            continue
        shared = shared_words(one, offered[place].text, background)
        found.append(Trace(plan.id, done[place].id, round(fits[place], 2), shared, status))
    return tuple(found)


def unknown_plans(before: Report, after: Report) -> tuple[str, ...]:
    """Keys of the later report's `progress:` that name no plan of the earlier one, sorted."""
    known = {name for plan in items(before, Kind.PLANS) for name in (plan.id, plan.key)}
    return tuple(sorted(set(after.progress) - known))


def _under_headings(report: Report, found: tuple[Item, ...]) -> list[Wording]:
    """What pieces say, the heading they stand under included."""
    titles: dict[str, str] = {}
    for section in report.walk():
        for passage in section.passages:
            titles[passage.id] = section.title
    said = []
    for piece, wording in zip(found, wordings(report, found), strict=True):
        title = titles.get(piece.key)
        said.append(Wording(wording.title, f"{title}。{wording.text}") if title else wording)
    return said
