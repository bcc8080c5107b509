"""Every page of a site from reports at hand, without files: for tests of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from govreport_site.catalogue import Catalogue
from govreport_site.insight.between import compare_years
from govreport_site.insight.letters import read_letters
from govreport_site.insight.of_report import findings_of, read_kit, traits_of, vocabulary_of
from govreport_site.insight.sketches import find_candidates, sketch
from govreport_site.insight.wording import compare
from govreport_site.pages import problems
from govreport_site.pages.assets import Assets
from govreport_site.pages.environment import Templates
from govreport_site.pages.plan import plan
from govreport_site.pages.press import Press
from govreport_site.pages.render import render
from govreport_site.pages.sheets import Marks
from govreport_site.pages.views import Site
from govreport_site.problems import Problem
from govreport_site.records import flat_overlaps
from govreport_site.report import Report


@cache
def _templates(folder: Path) -> Templates:
    # Compiling them takes longer than all pages of a small site.
    return Templates(folder)


def render_site(
    reports: Iterable[Report],
    catalogue: Catalogue,
    assets: Assets,
    site: Site,
    templates: Path,
    between: Iterable[Problem] = (),
) -> Iterator[tuple[str, bytes]]:
    """Every page as its path below the site's root and its bytes, in the order of the plan.

    between  problems that no report has by itself, such as one text twice
    """
    kit, _ = read_kit()
    press = Press(_templates(templates), assets, site, vocabulary=vocabulary_of(kit))
    by_file = {report.file: report for report in reports}
    found = problems.by_file(by_file.values(), between)
    sayings = {file: findings_of(report, kit) for file, report in by_file.items()}
    traits = {file: traits_of(sayings[file]) for file in by_file}
    unmarked = dict.fromkeys(by_file, b"")
    letters = {file: read_letters(report, kit.set_phrases) for file, report in by_file.items()}
    candidates = find_candidates({file: sketch(report, letters[file]) for file, report in by_file.items()})
    overlaps = {file: compare(letters[file], letters, several) for file, several in candidates.items()}
    shared = {file: flat_overlaps(several) for file, several in overlaps.items() if several}
    marks = Marks(
        unmarked, unmarked, dict.fromkeys(found, b""), unmarked, traits, vocabulary_of(kit), b"", shared
    )  # fmt: skip
    for sheet in plan(catalogue, marks):
        comparisons = {
            (file, before): compare_years(by_file[before], by_file[file], kit.set_phrases)
            for file, before in sheet.pairs
        }
        yield sheet.page, render(press, sheet, catalogue, by_file, sayings, comparisons, overlaps, found)
