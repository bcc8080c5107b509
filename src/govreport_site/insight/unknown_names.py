"""What front matter says of topics and of last year's plans, and names nothing that is there. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from govreport_site.insight.of_report import Kit
from govreport_site.insight.progress import unknown_plans
from govreport_site.insight.topics import unknown_topics
from govreport_site.problems import Problem
from govreport_site.report import Report


def unknown_in(report: Report, kit: Kit) -> tuple[Problem, ...]:
    """What a report by itself names in vain: topics."""
    return unknown_topics(report, kit.taxonomy)


def unknown_before(report: Report, before: Report | None) -> Iterator[Problem]:
    """Keys of its `progress:` that name no plan of the same issuer's report for the year before; None: there is no such report."""
    keys = tuple(sorted(report.progress)) if before is None else unknown_plans(before, report)
    for key in keys:
        found = f"文首 progress 写到的“{key}”"
        if before is None:
            expected = "库里有同一机关上一年度的报告"
            mend = "收录上一年度的报告；它在库里的，核对两份的 issuer、place 和 year；否则删去这一行"
        else:
            expected = f"上一年度的报告 {before.source.name} 里一项安排的序号或段落编号，如“三/一”"
            mend = f"用 parse --json {before.source.name} 查看它的 items，改成其中之一，或删去这一行"
        yield Problem("yaml/unknown-section", report.source.name, 1, 1, found, expected, mend)
