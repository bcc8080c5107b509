"""Search in the terminal: the index it asks, made when it is first asked, then kept up report by report.

In flow a query and the files of a corpus, out flow `Answer`s, the best first. The one door for
Whoosh, which finds the lines and scores the phrases; what is an answer is decided in `answers.py`,
so that the terminal finds what the site finds. `build` never comes here.

    <folder>.lock          held by whoever asks; the system frees it, however its holder ends
    <folder>/stamp.json    what the index was made by, and its files as they were left
    <folder>/*.seg, *.toc  Whoosh's own: one document a line, one for each report as a whole

    text    a line, folded, joining marks dropped: a term is one character, its position an ordinal
    marks   of the same line with its marks kept: those that `text` lacks, each a term

A phrase in quotes is looked for by its characters in `text` and its marks in `marks`; that they
stand in that order is seen in the line itself. Indexing every character a second time would
double time and size and find nothing more. (jieba's ChineseAnalyzer gives positions in
characters of the text, words and parts of words at once: no phrase is ever found with it.)

An index is only opened when its files are those we left: Whoosh reads pickles, and a folder that
came from elsewhere, by copy or in an archive, must not be able to run anything. It is then made
anew, as when it is damaged or was made by another version of this program.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from govreport_site import problems
from govreport_site.normalise import JOINING, normalise
from govreport_site.search import answers, ways
from govreport_site.search.answers import Answer, Filters
from govreport_site.search.query import Phrase, Query
from govreport_site.search.units import Place, ReportUnits, Unit, UnitSection

with warnings.catch_warnings():
    # Whoosh 2.7.4 writes some escapes in a way that newer Pythons warn of when they compile it:
    # all of it that is ever needed comes in here, so that nothing warns later.
    warnings.simplefilter("ignore")
    import whoosh
    import whoosh.codec.whoosh3
    import whoosh.searching
    import whoosh.writing
    from whoosh import fields, formats, query, scoring
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.util.filelock import FileLock, try_for

# Raised when what is stored here changes its form.
_FORMAT = 2

# Reports between two commits: so many are lost when the first run is stopped.
_BATCH = 200

# A heading that says it counts as so many sentences that say it.
_HEADING = 5

# So many characters of a phrase are looked for in the index, the rest in the lines it gives.
_LONGEST = 16

# Half a surrogate pair has no UTF-8.
_HALVES = re.compile("[\ud800-\udfff]")

Read = Callable[[Sequence[str]], Iterable[tuple[str, ReportUnits]]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is searched.

    digests  file → hash of its bytes
    read     reads the reports of these files, each with the address it would have alone
    """

    digests: Mapping[str, str]
    read: Read


@dataclass(frozen=True, slots=True)
class Found:
    """All answers, the best first; where there is none, the nearest questions that have some."""

    answers: tuple[Answer, ...]
    ways: tuple[ways.Way, ...]


def search(
    asked: Query,
    filters: Filters,
    corpus: Corpus,
    folder: Path,
    *,
    progress: Progress = lambda done, of: None,
    waiting: Callable[[], None] = lambda: None,
) -> Found:
    """Answers a query, after the index in `folder` has been made or kept up.

    progress  is told of each report that is taken in, and of how many
    waiting   is told when another run keeps the index to itself, and we wait for it
    """
    try:
        with _alone(folder, waiting):
            try:
                return _ask(asked, filters, corpus, _on_disk(folder), progress, folder)
            except problems.GovreportError:
                raise
            except Exception:  # whatever a damaged index raises; a new one raises what is ours
                _throw_away(folder)
                return _ask(asked, filters, corpus, _on_disk(folder), progress, folder)
    except OSError:  # a folder that cannot be written, a full disk: then without keeping it
        return _ask(asked, filters, corpus, RamStorage().create_index(_schema()), progress, None)


def _ask(asked: Query, filters: Filters, corpus: Corpus, index: Any, progress: Progress, folder: Path | None) -> Found:
    _keep_up(index, corpus, progress, folder)
    with index.searcher() as searcher:
        opened = _Opened(searcher)
        found = opened.answers(asked, filters)
        if found:
            return Found(tuple(found), ())
        return Found((), tuple(ways.ways_on(asked, filters, opened.count, opened.lines_with)))


# --- the index as a whole


@contextmanager
def _alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One run at a time: the second waits, and finds the index made."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(folder.with_name(folder.name + ".lock")))
    if not lock.acquire():
        waiting()
        try_for(lock.acquire, timeout=float("inf"), delay=0.2)
    try:
        yield
    finally:
        lock.release()


def _on_disk(folder: Path) -> Any:
    """The index in a folder, if it is the one we left there; else a new one."""
    if _read_stamp(folder) == _stamp(folder):
        return FileStorage(str(folder)).open_index(schema=_schema())
    _throw_away(folder)
    return FileStorage(str(folder)).create().create_index(_schema())


def _throw_away(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _stamp(folder: Path) -> dict[str, Any]:
    """What made the index, and its files. An unpacked or copied file has another time of change."""
    found = {}
    for path in folder.glob("*.*"):
        if path.suffix in (".seg", ".toc"):
            status = path.stat()
            found[path.name] = [status.st_size, status.st_mtime_ns, status.st_ctime_ns]
    return {"program": _program(), "files": found}


def _read_stamp(folder: Path) -> Any:
    try:
        return json.loads((folder / "stamp.json").read_bytes())
    except (OSError, ValueError):
        return None


def _write_stamp(folder: Path) -> None:
    written = folder / "stamp.new"
    written.write_text(json.dumps(_stamp(folder)), "utf-8")
    written.replace(folder / "stamp.json")


def _program() -> str:
    """The program that reads reports and makes the index: any change of it may change what is found."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(f"{_FORMAT} {whoosh.__version__}".encode(), digest_size=16)
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".tsv", ".txt", ".yaml")):
        data = path.read_bytes()
        digest.update(f"\n{path.relative_to(package).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def _schema() -> Any:
    # Lengths of fields are not asked for: `_Opened` scores by those of the lines that are there now.
    def characters() -> Any:
        field = fields.TEXT(analyzer=_characters)
        field.format, field.scorable = _Ordinals(), False
        return field

    return fields.Schema(
        report=fields.ID(), part=fields.ID(), text=characters(), marks=characters(), data=fields.STORED()
    )


def _characters(text: str, **_: object) -> Iterator[str]:
    """The analyser: a character is a term."""
    yield from _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


class _Ordinals(formats.Positions):  # type: ignore[misc]
    """Whoosh's positions, counted here: its own way makes an object of every character."""

    def word_values(
        self, value: str, analyzer: Callable[[str], Iterable[str]], **_: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for at, character in enumerate(analyzer(value)):
            positions[character].append(at)
        for character, found in positions.items():
            yield character, len(found), float(len(found)), self.encode(found)


# --- kept up


def _keep_up(index: Any, corpus: Corpus, progress: Progress, folder: Path | None) -> None:
    """Takes out the reports that have gone or changed, takes in those that are new or changed."""
    with index.searcher() as searcher:
        known = {head.file: head.digest for head in _heads(searcher)}
        crowded = searcher.reader().has_deletions() and searcher.doc_count() < 0.5 * searcher.doc_count_all()
    changed = [file for file, digest in corpus.digests.items() if known.get(file) != digest]
    stale = [file for file in known if file not in corpus.digests or file in changed]
    if not changed and not stale:
        if folder is not None and _read_stamp(folder) is None:
            _write_stamp(folder)
        return
    done = 0
    if changed:
        progress(0, len(changed))
    for start in range(0, max(1, len(changed)), _BATCH):
        writer = index.writer(limitmb=256)
        try:
            for file in stale if start == 0 else ():
                writer.delete_by_term("report", _key(file))
            for file, units in corpus.read(changed[start : start + _BATCH]):
                _take_in(writer, file, corpus.digests[file], units)
                done += 1
                progress(done, len(changed))
        except BaseException:
            writer.cancel()
            raise
        last = start + _BATCH >= len(changed)
        writer.commit(optimize=crowded and last, merge=last)
        if folder is not None:
            _write_stamp(folder)


def _take_in(writer: Any, file: str, digest: str, units: ReportUnits) -> None:
    key = _key(file)
    characters = 0
    for number, unit in enumerate(units.units):
        text = normalise(unit.text)
        marks = set(normalise(unit.text, keep_marks=True)) & JOINING
        characters += len(text)
        places = [[p.start, p.body, p.anchor, p.section, p.number] for p in unit.places]
        data = json.dumps([file, number, unit.text, places])
        writer.add_document(report=key, part="line", text=text, marks="".join(sorted(marks)), data=data)
    whole = {
        "file": file,
        "digest": digest,
        "lines": len(units.units),
        "characters": characters,
        "address": units.address,
        "title": units.title,
        "issuer": units.issuer,
        "issuer_kind": units.issuer_kind,
        "lineage": units.lineage,
        "year": units.year,
        "date": units.date,
        "sections": [[section.path, section.kind] for section in units.sections],
    }
    writer.add_document(report=key, part="report", data=json.dumps(whole))


def _key(file: str) -> str:
    """A term for a file whatever its name is made of."""
    return hashlib.blake2b(file.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


# --- asked


@dataclass(frozen=True, slots=True)
class _Head:
    """A report without its lines, and what the index keeps of it as a whole."""

    file: str
    digest: str
    lines: int
    characters: int
    units: ReportUnits


def _heads(searcher: Any) -> Iterator[_Head]:
    for number in searcher.docs_for_query(query.Term("part", "report")):
        known = json.loads(searcher.stored_fields(number)["data"])
        yield _Head(
            known["file"],
            known["digest"],
            known["lines"],
            known["characters"],
            ReportUnits(
                address=known["address"],
                title=known["title"],
                issuer=known["issuer"],
                issuer_kind=tuple(known["issuer_kind"]) if known["issuer_kind"] else None,
                lineage=tuple((code, name) for code, name in known["lineage"]),
                year=known["year"],
                date=known["date"],
                sections=tuple(UnitSection(tuple(path), kind) for path, kind in known["sections"]),
                units=(),
            ),
        )


class _Opened:
    """An index that is up to date, for one question and for those that are offered instead."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._lines: dict[Phrase, frozenset[int]] = {}

    @cached_property
    def _known(self) -> dict[str, _Head]:
        heads = {head.file: head for head in _heads(self._searcher)}
        settled = answers.addresses_of({file: head.units.address for file, head in heads.items()})
        return {file: replace(head, units=replace(head.units, address=settled[file])) for file, head in heads.items()}

    @cached_property
    def _size(self) -> tuple[int, float]:
        """How many lines there are, and how long they are on average, in characters."""
        lines = sum(head.lines for head in self._known.values())
        return lines, sum(head.characters for head in self._known.values()) / max(1, lines)

    def answers(self, asked: Query, filters: Filters) -> list[Answer]:
        """All answers, the best first."""
        if not asked.asks_something:
            return []
        found = [
            answer
            for report in self._reports(asked, filters)
            for answer in answers.answers_in(report, asked)
            if answers.admits_section(answer.section, asked, filters)
        ]
        scores = {id(answer): self._score(answer) for answer in found}
        found.sort(key=lambda answer: (answer.report.address, answer.order))
        found.sort(key=lambda answer: answer.report.date or "", reverse=True)
        found.sort(key=lambda answer: scores[id(answer)], reverse=True)
        return found

    def count(self, asked: Query, filters: Filters) -> int:
        """How many answers there are."""
        return len(self.answers(asked, filters))

    def lines_with(self, phrase: Phrase) -> int:
        """How many lines may hold a phrase; as many do, unless it is long or in quotes."""
        return len(self._candidates(phrase))

    def _reports(self, asked: Query, filters: Filters) -> Iterator[ReportUnits]:
        """The reports that the query and the choice admit, each with those of its lines that may answer."""
        admitted = {
            file: head.units for file, head in self._known.items() if answers.admits_report(head.units, asked, filters)
        }
        if not admitted:
            return
        if asked.phrases:
            numbers = frozenset.intersection(*map(self._candidates, asked.phrases))
        else:
            numbers = frozenset(self._searcher.docs_for_query(query.Term("part", "line")))
        lines: defaultdict[str, list[tuple[int, Unit]]] = defaultdict(list)
        for number in numbers:
            file, place, text, places = json.loads(self._searcher.stored_fields(number)["data"])
            if file in admitted:
                lines[file].append((place, Unit(text, tuple(Place(*each) for each in places))))
        for file, known in lines.items():
            known.sort(key=lambda line: line[0])
            yield replace(admitted[file], units=tuple(unit for _, unit in known))

    def _candidates(self, phrase: Phrase) -> frozenset[int]:
        """The lines that hold a phrase, and perhaps some that do not."""
        if phrase not in self._lines:
            self._lines[phrase] = frozenset(self._searcher.docs_for_query(_lines_query(phrase)))
        return self._lines[phrase]

    def _score(self, answer: Answer) -> float:
        """BM25 of whole phrases over the lines that there are now, the same however the index came to be."""
        lines, average = self._size
        score = 0.0
        for phrase, tally in zip(answer.phrases, answer.tallies, strict=True):
            weight = scoring.bm25(1.0, tally.body + _HEADING * tally.heading, answer.length, average, 0.75, 1.2)
            # As Whoosh has it, without its own count of lines, which goes on counting those that are gone.
            score += weight * (1 + math.log(lines / (self.lines_with(phrase) + 1)))
        return score


def _lines_query(phrase: Phrase) -> Any:
    """What every line that holds a phrase answers to."""
    if not phrase.strict:
        return _side_by_side(phrase.folded)
    letters = "".join(c for c in phrase.folded if c not in JOINING)
    parts = [_side_by_side(letters)] if letters else []
    parts += [query.Term("marks", mark) for mark in sorted(set(phrase.folded) & JOINING)]
    return query.And(parts) if len(parts) > 1 else parts[0]


def _side_by_side(folded: str) -> Any:
    terms = list(_characters(folded[:_LONGEST]))
    return query.Phrase("text", terms) if len(terms) > 1 else query.Term("text", terms[0])
