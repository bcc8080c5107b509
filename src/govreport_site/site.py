"""The whole build, told once, top to bottom.

    look ── nothing changed? then that was all
      │
      └─ read what changed ─ catalogue ─ plan ─┬─ make the pages that are stale ─┐
                                               └─ bring the index up to date ────┼─ switch ─ site/
                             templates ─ assets ─────────────────────────────────┘

Only this module knows the wings; they do not know each other. What a build learns it keeps in a
cache beside the site, and believes again only as far as it can verify it; without the cache the
same site is made, only later. Beside the cache's files lies the twin of the site (`switch.py`).

    .govreport/build/<hash of the output>/
        lock        held by the build that is running
        state       what was seen last: every input with its times, every file of the site
        records     of each report what others need to know of it; packs/: the reports themselves
        wording     of each report the passages whose wording stands elsewhere, and from which texts that was told
        traces      of each page what it was made from, and a digest of what it was
        search/     the index, from which the site takes its files
        tree/       the twin; tree.dirty says that it is being changed
"""

from __future__ import annotations

import errno
import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from govreport_site.alone import alone
from govreport_site.graph import digest
from govreport_site.looking import (
    Built,
    Written,
    check_outputs,
    kept_problems,
    load_state,
    look_at,
    original_problem,
    save_state,
    sha256_of,
    shown_prefix,
)
from govreport_site.looking import shown_name as shown_name
from govreport_site.looking import template_folder as template_folder
from govreport_site.problems import GovreportError, Problem
from govreport_site.progress import Progress
from govreport_site.reading.files import report_files
from govreport_site.switch import recover, refuse_foreign

if TYPE_CHECKING:
    from govreport_site.catalogue import Catalogue
    from govreport_site.report import Report
    from govreport_site.search.units import ReportUnits


def build(
    corpus: Path,
    output: Path,
    *,
    base: str | None = None,
    templates: Sequence[Path] = (),
    jobs: int | None = None,
    merge: bool = False,
    explain: str | None = None,
    progress: Progress | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> Built:
    """Builds the site of a corpus into a folder, which is replaced as a whole.

    base       the site's address on the web; wins over corpus.yaml
    templates  folders whose files stand in for ours of the same name
    jobs       processes that may be used; None: as many as there are processors
    merge      the index in one piece, as a clean build makes it
    explain    a page to be explained: from what it is made, and why it was (not) made again
    waiting    is called when another build of this site is running, and we wait for it
    Raises GovreportError when there is no corpus, or the folder cannot be written.
    """
    began = time.perf_counter()
    if not corpus.is_dir():
        raise GovreportError(f"没有找到报告的文件夹 {corpus}。\n把报告放进去，或用 --corpus 指明它在哪里。")
    output = output.absolute()
    cache = cache_folder(output)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with alone(cache / "lock", waiting), unswept():
            recover(output)
            refuse_foreign(output)
            options = (str(corpus.absolute()), base or "", *(str(folder.absolute()) for folder in templates))
            state = load_state(cache)
            look = look_at(corpus, (*templates, template_folder()), options, state.look if state else None)
            lost, whole = check_outputs(output, cache, state)
            if state is not None and look.same(state.look) and not lost and not merge and explain is None:
                if state.look.reports.seen_ns != look.reports.seen_ns:
                    save_state(cache, replace(state, look=look))
                reports, pages, size_bytes = state.counts
                problems = kept_problems(cache, shown_prefix(corpus))
                if problems is not None:
                    written = Written(len(state.outputs), size_bytes)
                    return Built(reports, pages, written, problems, time.perf_counter() - began)
            # Late: a build without changes needs neither templates nor words.
            from govreport_site.rebuilding import rebuild  # noqa: PLC0415

            return rebuild(
                corpus, output, cache, look, state, lost, whole, base=base, templates=tuple(templates), jobs=jobs,
                merge=merge, explain=explain, progress=progress or Progress(), began=began,
            )  # fmt: skip
    except OSError as error:
        raise _cannot_write(output, error) from error


@contextmanager
def unswept() -> Iterator[None]:
    """No looking for circles: what is held is trees of frozen data, and looking again and again took a fifth of a build."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def cache_folder(output: Path) -> Path:
    """Where is kept what makes the next build of a site short."""
    name = digest(os.fsencode(output.name))[:4].hex()
    return output.parent / ".govreport" / "build" / name


def _cannot_write(output: Path, error: OSError) -> GovreportError:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        found, mend = "磁盘已满", "腾出空间，再运行一次。"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        found, mend = (
            "没有写的权限",
            "检查文件夹的写权限，或换一个 --output；在 Windows 上，先关闭正打开其中文件的程序。",
        )
    else:
        found, mend = error.strerror or str(error), "检查磁盘和文件夹，再运行一次。"
    at = f"（{error.filename}）" if error.filename else ""
    return GovreportError(f"写不进 {output}：{found}{at}\n原来的网站没有改动。{mend}")


# --- What others ask of a corpus ----------------------------------------------------------


def read_corpus(corpus: Path) -> list[Report]:
    """Every report of a corpus, in the order of its files."""
    from govreport_site.reading.read import read_report  # noqa: PLC0415 - see `build`

    if not corpus.is_dir():
        raise GovreportError(f"没有找到报告的文件夹 {corpus}。\n把报告放进去，或用 --corpus 指明它在哪里。")
    return [
        read_report(path, name=shown_name(path), file=path.relative_to(corpus).as_posix())
        for path in report_files(corpus)
    ]


def units_in(reports: Iterable[Report], catalogue: Catalogue) -> Iterator[ReportUnits]:
    """What is searched, report by report, in the order of the catalogue."""
    from govreport_site.making import units_in as units_of_report  # noqa: PLC0415 - see `build`

    by_file = {report.file: report for report in reports}
    for entry in catalogue.entries:
        yield units_of_report(by_file[entry.file], catalogue)


def check_originals(corpus: Path, reports: Iterable[Report]) -> Iterator[Problem]:
    """Originals that are not there, or are no longer what the front matter says they were."""
    for report in reports:
        metadata = report.metadata
        if metadata.source_file is not None:
            found = sha256_of(corpus / metadata.source_file)
            yield from original_problem(report.source.name, metadata.source_file, metadata.source_sha256, found)
