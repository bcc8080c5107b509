"""A question in the terminal, told once: which files there are, which have changed, what they answer.

    corpus ─ files and their hashes ─ index beside the site ─ answers
               └─ only what changed is read ──┘

Like `site.py`, this knows the wings; they do not know each other.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from govreport_site.problems import GovreportError
from govreport_site.reading.read import read_report, report_files
from govreport_site.search.answers import Filters
from govreport_site.search.query import Query
from govreport_site.search.terminal import Corpus, Found, search
from govreport_site.search.units import ReportUnits


def ask(
    query: Query,
    filters: Filters,
    corpus: Path,
    project: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, of: None,
    waiting: Callable[[], None] = lambda: None,
) -> Found:
    """What a corpus answers. The index lies in the project's folder, beside the site.

    progress, waiting  as in `search.terminal.search`
    Raises GovreportError when there is no corpus.
    """
    if not corpus.is_dir():
        raise GovreportError(f"没有找到报告的文件夹 {corpus}。\n把报告放进去，或用 --corpus 指明它在哪里。")
    known = Corpus(_digests(corpus), lambda files: _read(corpus, files))
    return search(query, filters, known, index_folder(corpus, project), progress=progress, waiting=waiting)


def index_folder(corpus: Path, project: Path) -> Path:
    """Where the index of a corpus is kept: each corpus has its own, by its way from the project."""
    project = project.absolute()
    try:
        name = Path(os.path.relpath(corpus.absolute(), project)).as_posix()
    except ValueError:  # on another drive
        name = corpus.absolute().as_posix()
    return project / ".govreport" / "search" / hashlib.blake2b(os.fsencode(name), digest_size=4).hexdigest()


def _digests(corpus: Path) -> dict[str, str]:
    """file → hash of its bytes; one that cannot be read says so when it is read as a report."""
    digests = {}
    for path in report_files(corpus):
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        digests[path.relative_to(corpus).as_posix()] = hashlib.blake2b(data, digest_size=16).hexdigest()
    return digests


def _read(corpus: Path, files: Sequence[str]) -> Iterator[tuple[str, ReportUnits]]:
    # Late: most searches find the index as it must be, and need neither templates nor places.
    from govreport_site.catalogue import gather  # noqa: PLC0415
    from govreport_site.site import shown_name, units_in  # noqa: PLC0415

    for file in files:
        report = read_report(corpus / file, name=shown_name(corpus / file), file=file)
        # Gathered alone, a report has the address it would have alone.
        for units in units_in([report], gather([report])[0]):
            yield file, units
