"""An export, told once: the corpus as it is now, all that is said of it, rows into files.

    corpus ─ records (as the build keeps them; read anew where a file changed) ─ catalogue
               └─ which passages may share wording
             for each report, in order: report, findings, year before, shared wording ─ rows ─ a writer

The site's own cache serves where it is of this corpus, so that after a build nothing is read twice; else an export keeps
one of its own. Of reports only a few are in memory at a time. Like `site.py`, this knows the wings.
"""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from govreport_site import addresses, store
from govreport_site.alone import alone
from govreport_site.catalogue import Catalogue, arrange
from govreport_site.dataset import Edition, Row, citation, edition_of, rights, tables
from govreport_site.exports.csv_files import NOTE as CSV_NOTE
from govreport_site.exports.csv_files import csv_files
from govreport_site.exports.datapackage import write_datapackage
from govreport_site.exports.jsonl import jsonl_files
from govreport_site.exports.rows import Desk, Told, name_rows, rows_of
from govreport_site.exports.sqlite import is_ours, sqlite_file
from govreport_site.exports.target import MARK, refuse_foreign, replacing
from govreport_site.exports.writing import Write
from govreport_site.findings import Comparison
from govreport_site.gathering import read_records, shared_wording
from govreport_site.graph import digest
from govreport_site.insight.additions import Texts, read_texts
from govreport_site.insight.letters import Letters, read_letters
from govreport_site.insight.of_report import read_kit, vocabulary_of
from govreport_site.insight.progress import trace
from govreport_site.insight.wording import changed_share
from govreport_site.looking import SETTINGS_FILE, load_state, look_at, shown_prefix
from govreport_site.making import Pool, Record, kept_findings, kept_report, processors
from govreport_site.problems import GovreportError
from govreport_site.progress import Progress
from govreport_site.reading.settings import Settings, read_settings
from govreport_site.records import Plain, raise_card, raise_overlaps
from govreport_site.report import Report
from govreport_site.site import cache_folder, unswept

# Form → what it is written to below the project, unless something else is said.
FORMS: Mapping[str, str] = {
    "csv": "export/csv", "jsonl": "export/jsonl", "sqlite": "export/govreport.sqlite", "datapackage": "export/datapackage",
}  # fmt: skip

# Reports that are kept at hand, some 100 KB each: those of one issuer follow one another.
_AT_HAND = 100
# Reports whose letters are, some 60 KB each: whoever shares wording may stand anywhere.
_SPELT = 1000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: table → its rows, and the bytes of all files."""

    edition: Edition
    rows: Mapping[str, int]
    size_bytes: int


def export(
    form: str,
    corpus: Path,
    output: Path,
    project: Path,
    *,
    base: str | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    waiting: Callable[[], None] = lambda: None,
) -> Exported:
    """Writes a corpus as data.

    form     one of `FORMS`
    project  where the site and its cache are
    base     the site's address on the web; wins over corpus.yaml
    waiting  is called when another run uses the cache, and we wait for it
    Raises GovreportError when there is no corpus, or the output is not ours to replace or cannot be written.
    """
    progress = progress or Progress()
    if not corpus.is_dir():
        raise GovreportError(f"没有找到报告的文件夹 {corpus}。\n把报告放进去，或用 --corpus 指明它在哪里。")
    output = output.absolute()
    folder = form != "sqlite"
    refuse_foreign(output, folder=folder, is_ours=is_ours)
    try:
        cache = _cache(corpus, project)
        cache.mkdir(parents=True, exist_ok=True)
        with alone(cache / "lock", waiting), unswept():
            read = _read(corpus, cache, jobs, progress)
            settings = read_settings(corpus, name=SETTINGS_FILE)[0]
            settings = settings if base is None else Settings(settings.title, base)
            vocabulary = vocabulary_of(read_kit(read.texts)[0])
            said = ((file, record.text, record.said) for file, record in read.records.items())
            edition = edition_of(read.catalogue.entries, said, vocabulary)
            desk = Desk(vocabulary, settings.base)
            counts: Counter[str] = Counter()
            with replacing(output, folder=folder) as new:
                with _writer(form, new, edition, settings) as write:
                    for name, row in chain(name_rows(vocabulary), _rows(read, desk, progress)):
                        counts[name] += 1
                        write(name, row)
                if form == "datapackage":
                    write_datapackage(new, tables(), edition, settings.title, settings.base)
                if folder:
                    _explain(new, form, edition, settings)
                files = [path for path in new.iterdir() if path.name != MARK] if folder else [new]
                size_bytes = sum(path.stat().st_size for path in files)
    except OSError as error:
        raise _cannot_write(output, error) from error
    return Exported(edition, {table.name: counts[table.name] for table in tables()}, size_bytes)


# --- The corpus ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """A corpus as it is now.

    texts  what it adds to what is looked for
    shared  by file, which of its wording stands elsewhere, as plain data
    """

    corpus: Path
    cache: Path
    prefix: str
    texts: Texts
    records: Mapping[str, Record]
    catalogue: Catalogue
    shared: Mapping[str, Plain]


def _cache(corpus: Path, project: Path) -> Path:
    """Where records are kept: by the site's builds, where these are of this corpus, else by exports."""
    of_site = cache_folder((project / "site").absolute())
    state = load_state(of_site)
    if state is not None and state.look.options[0] == str(corpus.absolute()):
        return of_site
    name = digest(os.fsencode(corpus.absolute()))[:4].hex()
    return project.absolute() / ".govreport" / "export" / name


def _read(corpus: Path, cache: Path, jobs: int | None, progress: Progress) -> _Read:
    (cache / "packs").mkdir(exist_ok=True)
    (cache / "words").mkdir(exist_ok=True)
    prefix = shown_prefix(corpus)
    texts = read_texts(corpus, prefix)
    state = load_state(cache)
    look = look_at(corpus, (), (str(corpus.absolute()),), state.look if state is not None else None)
    with Pool(jobs or processors()) as pool:
        look, records = read_records(corpus, cache, prefix, texts, look, pool, progress)
        shared = shared_wording(corpus, cache, prefix, texts, look, records, pool, progress)
    store.remove_packs(cache / "packs", {record.place.pack for record in records.values()})
    catalogue, _ = arrange(
        (raise_card(record.card) for record in records.values()), {file: prefix + file for file in records}
    )
    return _Read(corpus, cache, prefix, texts, records, catalogue, shared)


def _rows(read: _Read, desk: Desk, progress: Progress) -> Iterator[tuple[str, Row]]:
    """All rows that reports give, in the order of the catalogue."""
    kit, _ = read_kit(read.texts)
    entries = read.catalogue.by_file

    @lru_cache(_AT_HAND)
    def report(file: str) -> Report:
        return kept_report(read.corpus, read.cache, read.prefix, file, read.records[file])

    @lru_cache(_SPELT)
    def letters(file: str) -> Letters:
        return read_letters(report(file), kit.set_phrases)

    def told(file: str) -> Told:
        findings = kept_findings(read.cache, read.records[file], read.texts, lambda: report(file))
        return Told(report(file), entries[file], findings)

    progress.phase("写出数据", len(entries))
    for file, entry in entries.items():
        own = told(file)
        overlaps = raise_overlaps(read.shared.get(file, ()))
        own = replace(own, overlaps=overlaps, folders={one.other: entries[one.other].folder for one in overlaps})
        before = read.catalogue.year_before(entry)
        if before is not None:
            changed = changed_share(letters(before.file), letters(file))
            comparison = Comparison(trace(report(before.file), own.report), changed)
            own = replace(own, before=told(before.file), comparison=comparison)
        yield from rows_of(own, desk)
        progress.step()


# --- What is written ----------------------------------------------------------------------


def _writer(form: str, new: Path, edition: Edition, settings: Settings) -> AbstractContextManager[Write]:
    match form:
        case "sqlite":
            return sqlite_file(new, tables(), edition, _cited(edition, settings))
        case "jsonl":
            return jsonl_files(new, tables())
        case _:
            return csv_files(new, tables(), for_people=form == "csv")


def _cited(edition: Edition, settings: Settings) -> str:
    address = addresses.absolute(settings.base, addresses.DATA) if settings.base else None
    return citation(edition, settings.title, address)


def _explain(folder: Path, form: str, edition: Edition, settings: Settings) -> None:
    """A text beside the files that says what they are, for whoever finds them without us."""
    newest = f"，最新的日期 {edition.newest}" if edition.newest else ""
    lines = [
        f"{settings.title}数据集", "", f"语料版本 {edition.version}，{edition.reports:,} 份报告{newest}。",
        f"引用：{_cited(edition, settings)}", "", *rights(),
    ]  # fmt: skip
    if form != "jsonl":
        lines.append(CSV_NOTE)
    if form == "csv":
        lines.append("各表都有报告编号，它前面是发文机关、报告年度和地区，取自报告一表。")
    ending = "jsonl" if form == "jsonl" else "csv"
    for table in tables():
        lines += ["", f"{table.name}.{ending}　{table.title}：{table.about}"]
        for column in table.columns:
            name = column.title if form == "csv" else f"{column.name}　{column.title}"
            about = column.about if form == "csv" else column.explanation
            lines.append(f"  {name}" + (f"：{about}" if about else ""))
    # With a mark of byte order and CR LF: it is opened by a double click on Windows too.
    text = "\r\n".join([*lines, ""])
    (folder / "说明.txt").write_text(text, "utf-8-sig", newline="")


def _cannot_write(output: Path, error: OSError) -> GovreportError:
    found = "磁盘已满" if error.errno == errno.ENOSPC else error.strerror or str(error)
    at = f"（{error.filename}）" if error.filename else ""
    return GovreportError(f"写不进 {output}：{found}{at}\n原来的没有改动。检查磁盘空间和写权限，或换一个 --output。")
