"""A report beside that of the same issuer for the year before."""

from __future__ import annotations

from collections.abc import Sequence

from govreport_site.findings import Comparison
from govreport_site.insight.letters import read_letters
from govreport_site.insight.progress import trace
from govreport_site.insight.wording import changed_share
from govreport_site.report import Report


def compare_years(before: Report, after: Report, phrases: Sequence[str]) -> Comparison:
    """What became of last year's plans, and how much of the wording is new; `phrases` as `read_set_phrases` gives them."""
    return Comparison(trace(before, after), changed_share(read_letters(before, phrases), read_letters(after, phrases)))
