"""Problems of reports → the pages that list them: how many of which kind and where, then report by report.

A report's own problems come with it, those between reports (one text twice, one address
twice) from outside. The catalogue knows nothing of problems, so a mended report changes its
province's page and the first one, and no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, Entry
from govreport_site.pages.lists import province_name
from govreport_site.pages.views import Cut, Link, local_name, number, shown_title, year_name
from govreport_site.problems import CODES, Problem, harmless, in_order
from govreport_site.report import Report

ByFile = Mapping[str, Sequence[Problem]]
"""File of a report → its problems, in the order of the text; reports without any are left out."""

_SEVERITIES = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One kind of problem and how often it occurs."""

    code: str
    name: str
    number: str
    reports: str


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """One province that has problems."""

    name: str
    href: str
    number: str
    reports: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """All problems in numbers; both tables are empty where nothing was found."""

    lead: str
    codes: tuple[CodeRow, ...]
    provinces: tuple[ProvinceRow, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One problem. `at`: where in the file; empty for the file as a whole."""

    at: str
    severity: str
    code: str
    name: str
    found: str
    expected: str
    mend: str


@dataclass(frozen=True, slots=True)
class ReportProblems:
    """One report and its problems."""

    id: str
    href: str
    pieces: tuple[str, ...]
    place: str
    year: str
    file: str
    number: str
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class ProvinceProblemsView:
    """The reports of one province that have problems."""

    crumbs: tuple[Link, ...]
    name: str
    lead: str
    reports: tuple[ReportProblems, ...]


def by_file(reports: Iterable[Report], between: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Every report's problems under its path in the corpus; `between` names reports as messages do."""
    grouped: dict[str, list[Problem]] = {}
    files: dict[str, str] = {}
    for report in reports:
        files[report.source.name] = report.file
        if report.problems:
            grouped.setdefault(report.file, []).extend(report.problems)
    for problem in between:
        if problem.file in files:
            grouped.setdefault(files[problem.file], []).append(problem)
    return {file: in_order(problems) for file, problems in grouped.items()}


def provinces_of(catalogue: Catalogue, problems: Container[str]) -> dict[str, tuple[Entry, ...]]:
    """Province → its reports that have problems, both in the order of the catalogue; `problems`: their files."""
    provinces: dict[str, list[Entry]] = {}
    for entry in catalogue.entries:
        if entry.file in problems:
            provinces.setdefault(entry.province, []).append(entry)
    return {province: tuple(entries) for province, entries in provinces.items()}


def problems_view(catalogue: Catalogue, problems: ByFile) -> ProblemsView:
    """How many problems of which kind there are, and in which province."""
    at = addresses.PROBLEMS
    provinces = provinces_of(catalogue, problems)
    shown = [problems[entry.file] for entries in provinces.values() for entry in entries]
    total = Counter(problem.code for found in shown for problem in found)
    bearers = Counter(code for found in shown for code in {problem.code for problem in found})
    if shown:
        lead = f"{number(len(shown))} 份报告，{number(total.total())} 处。由程序逐份检查得出，供编者对照原件核对；报告正文一律照原样登载，不因此改动。"
    else:
        lead = "由程序逐份检查，没有发现要核对的地方。"
    return ProblemsView(
        lead,
        tuple(
            CodeRow(code, name, number(total[code]), number(bearers[code]))
            for code, name in CODES.items()
            if total[code]
        ),
        tuple(
            ProvinceRow(
                province_name(entries[0]),
                addresses.relative(at, addresses.problems_page(province)),
                number(sum(len(problems[entry.file]) for entry in entries)),
                number(len(entries)),
            )
            for province, entries in provinces.items()
        ),
    )


def province_problems_view(province: str, entries: Sequence[Entry], problems: ByFile, cut: Cut) -> ProvinceProblemsView:
    """The reports of one province that have problems, each with all of them."""
    at = addresses.problems_page(province)
    name = province_name(entries[0])
    count = sum(len(problems[entry.file]) for entry in entries)
    return ProvinceProblemsView(
        crumbs=(Link("待核对", addresses.relative(at, addresses.PROBLEMS)), Link(name)),
        name=name,
        lead=f"{number(len(entries))} 份报告，{number(count)} 处待核对。行、列指文件中的位置，均从 1 数起。",
        reports=tuple(
            ReportProblems(
                id=addresses.group_id(entry.folder),
                href=addresses.relative(at, entry.page),
                pieces=cut(shown_title(entry)),
                place=local_name(entry),
                year=year_name(entry.year),
                file=entry.file,
                number=f"{number(len(problems[entry.file]))} 处",
                problems=tuple(map(_problem_view, problems[entry.file])),
            )
            for entry in entries
        ),
    )


def _problem_view(problem: Problem) -> ProblemView:
    return ProblemView(
        at=f"第 {number(problem.line)} 行第 {number(problem.column)} 列",
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        name=problem.title,
        found=harmless(problem.found),
        expected=harmless(problem.expected),
        mend=harmless(problem.mend),
    )
