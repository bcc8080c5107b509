"""The whole build, told once, top to bottom.

    corpus ─ read ─┬─ catalogue ─ pages ──┐
                   └─ search index ───────┼─ switch ─ site/
    templates ─────── assets ─────────────┘

Only this module knows the wings; they do not know each other.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from govreport_site import addresses, issuer_kinds, places
from govreport_site.catalogue import Catalogue, gather
from govreport_site.pages.assets import read_assets
from govreport_site.pages.render import render_site
from govreport_site.pages.views import Site
from govreport_site.problems import GovreportError, Problem, in_order
from govreport_site.reading.duplicates import duplicates
from govreport_site.reading.read import read_report, report_files
from govreport_site.reading.settings import Settings, read_settings
from govreport_site.report import Report
from govreport_site.search.shards import index_files
from govreport_site.search.units import ReportUnits, units_of
from govreport_site.switch import Written, switch_in


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `search_files` of the `written` ones are the index."""

    reports: int
    pages: int
    written: Written
    problems: tuple[Problem, ...]
    seconds: float


def build(corpus: Path, output: Path, *, base: str | None = None) -> Built:
    """Builds the site of a corpus into a folder, which is replaced as a whole.

    base  the site's address on the web; wins over corpus.yaml
    Raises GovreportError when there is no corpus, or the folder cannot be written.
    """
    began = time.perf_counter()
    settings, problems = read_settings(corpus, name=shown_name(corpus / "corpus.yaml"))
    if base is not None:
        settings = replace(settings, base=base)
    reports = read_corpus(corpus)
    catalogue, clashes = gather(reports)
    between = [*clashes, *check_originals(corpus, reports), *duplicates(reports)]
    everything = [*problems, *(p for report in reports for p in report.problems), *between]
    pages = dict(pages_of(reports, catalogue, settings, between))
    index = index_files(units_in(reports, catalogue))
    written = switch_in((*pages.items(), *index), output)
    count = sum(1 for name in pages if name.endswith(".html"))
    return Built(len(reports), count, written, tuple(in_order(everything)), time.perf_counter() - began)


def read_corpus(corpus: Path) -> list[Report]:
    """Every report of a corpus, in the order of its files."""
    if not corpus.is_dir():
        raise GovreportError(f"没有找到报告的文件夹 {corpus}。\n把报告放进去，或用 --corpus 指明它在哪里。")
    return [
        read_report(path, name=shown_name(path), file=path.relative_to(corpus).as_posix())
        for path in report_files(corpus)
    ]


def pages_of(
    reports: list[Report], catalogue: Catalogue, settings: Settings, between: Iterable[Problem]
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site but the index: pages, stylesheet, script."""
    templates = template_folder()
    assets = read_assets(templates / "static")
    yield from assets.files
    yield from render_site(reports, catalogue, assets, Site(settings.title, settings.base), templates, between)


def units_in(reports: Iterable[Report], catalogue: Catalogue) -> Iterator[ReportUnits]:
    """What is searched, report by report, in the order of the catalogue."""
    by_file = {report.file: report for report in reports}
    for entry in catalogue.entries:
        report = by_file[entry.file]
        kind = issuer_kinds.by_name(entry.metadata.issuer_kind or "")
        code = entry.metadata.place
        yield units_of(
            report,
            address=entry.folder,
            title=entry.title,
            lineage=tuple((place.code, place.name) for place in places.lineage(code)) if code else (),
            issuer_kind=(addresses.issuer_kind_slug(entry.metadata), kind.name) if kind else None,
        )


def check_originals(corpus: Path, reports: Iterable[Report]) -> Iterator[Problem]:
    """Originals that are not there, or are no longer what the front matter says they were."""
    for report in reports:
        metadata = report.metadata
        if metadata.source_file is None:
            continue
        original = corpus / metadata.source_file
        found = None
        try:
            # By pieces: an original may be a scan of any size.
            with original.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if metadata.source_sha256 is not None and digest != metadata.source_sha256:
                found = f"{metadata.source_file} 现在的 SHA-256 是 {digest[:12]}…"
        except OSError:
            found = f"{metadata.source_file} 打不开"
        if found is not None:
            yield Problem(
                "metadata/source-changed", report.source.name, 1, 1, found, "收录时的原件，一个字节也没有变",
                "找回原件；若有意更换，改 source_file 和 source_sha256",
            )  # fmt: skip


def template_folder() -> Path:
    """In a checkout ./templates, so that an edit shows at once; else what the wheel brought."""
    package = Path(__file__).resolve().parent
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout / "templates"
    return package / "templates"


def shown_name(path: Path) -> str:
    """How messages call a file: from where the command was given, with forward slashes."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
