"""The three things a build does by the thousand, in whatever process: reading reports, comparing passages, making pages.

A batch of files becomes records, a batch of passages becomes overlaps, a batch of orders becomes files in a tree.
A worker writes what it makes, and gives back only what is to be known of it; so no process ever holds the texts
of a corpus, and the one that plans holds none.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, fields
from functools import cached_property, lru_cache
from itertools import starmap
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from govreport_site import addresses, issuer_kinds, places
from govreport_site.catalogue import Catalogue, arrange, card_of
from govreport_site.exports.machines import About, Leaf, leaf_bytes
from govreport_site.findings import Findings, Vocabulary
from govreport_site.graph import digest, digest_of
from govreport_site.insight.additions import Texts
from govreport_site.insight.between import compare_years
from govreport_site.insight.letters import Letters, letters_in, read_letters
from govreport_site.insight.of_report import Kit, findings_of, read_kit, traits_of, vocabulary_of
from govreport_site.insight.sketches import Candidate, sketch
from govreport_site.insight.unknown_names import unknown_in
from govreport_site.insight.wording import compare
from govreport_site.manifest import read_digest, signature
from govreport_site.pages.assets import Assets
from govreport_site.pages.environment import Compiled, Templates
from govreport_site.pages.press import Press
from govreport_site.pages.problems import ByFile
from govreport_site.pages.render import render
from govreport_site.pages.sheets import Sheet
from govreport_site.pages.views import Site, shown_title
from govreport_site.problems import GovreportError
from govreport_site.reading.duplicates import print_of
from govreport_site.reading.read import read_report
from govreport_site.records import (
    Plain,
    flat_card,
    flat_findings,
    flat_overlaps,
    flat_problems,
    flat_report,
    flat_traits,
    passages_of,
    raise_card,
    raise_findings,
    raise_overlaps,
    raise_report,
    source_file,
)
from govreport_site.report import Report
from govreport_site.search.contribution import contribute
from govreport_site.search.terms import ReportTerms, terms_of
from govreport_site.search.units import ReportUnits, units_of
from govreport_site.source import Span
from govreport_site.store import PackWriter, Place, load, pack_writer, read_piece, save
from govreport_site.switch import put
from govreport_site.topic_names import TopicNames
from govreport_site.words import Cutter

Done = TypeVar("Done")

Alike: TypeAlias = tuple[tuple[str, str, str], ...]
"""Passages of a report that may share their wording: passage, other file, passage there."""

_FORMAT = b"1"

# Below so many pieces of work a second process costs more than it saves.
_WORTH_A_POOL = 250
_LARGEST_BATCH = 200

# From so many large pieces of work on a second process is worth its start.
_WORTH_TWO = 4

# Reports that a process keeps as they lie in the cache, some 40 KB each.
_AS_KEPT = 1000

# Reports that a process keeps raised, some 100 KB each: pages that show the same ones are made one after another.
_RAISED = 500


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a report beside its text, so that most builds need not look at that.

    bytes_     digest of its file
    text       digest of the report as it was read
    mark       digest of its card
    cuts       titles that pages show, each with the pieces between which it may be broken
    place      where the report itself lies, and behind it what it gives to the suggestions
    said       digest of its findings
    traits     what lists know of these
    findings   where they lie, in the same pack
    judges     whether a person says in it what became of last year's plans
    sketch     by which wording that it shares with others is found
    """

    bytes_: bytes
    text: bytes
    mark: bytes
    card: Plain
    problems: Plain
    print_: Plain
    cuts: Plain
    place: Place
    terms: Place
    said: bytes
    traits: Plain
    findings: Place
    judges: bool
    sketch: Plain

    @property
    def source_file(self) -> str | None:
        """The file it came from, as its metadata names it."""
        return source_file(self.card)

    def flat(self) -> Plain:
        """As plain data."""
        report, terms, findings = self.place, self.terms, self.findings
        return (
            self.bytes_, self.text, self.mark, self.card, self.problems, self.print_, self.cuts,
            report.pack, report.offset, report.size_bytes, terms.offset, terms.size_bytes,
            self.said, self.traits, findings.offset, findings.size_bytes, self.judges, self.sketch,
        )  # fmt: skip

    @staticmethod
    def raised(plain: Plain) -> Record:
        """The record again."""
        (bytes_, text, mark, card, problems, print_, cuts, pack, offset, size_bytes, further, terms_bytes,
         said, traits, last, findings_bytes, judges, outline) = plain  # fmt: skip
        place, terms, findings = (
            Place(pack, at, size) for at, size in ((offset, size_bytes), (further, terms_bytes), (last, findings_bytes))
        )
        return Record(
            bytes_, text, mark, card, problems, print_, cuts, place, terms, said, traits, findings, judges, outline
        )


@dataclass(frozen=True, slots=True)
class Order:
    """A page to make, or (no sheet) only a report's contribution to the index.

    brings  file of the report whose contribution is wanted too
    """

    sheet: Sheet | Leaf | None
    brings: str | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The reports whose text it needs."""
        return (*(self.sheet.reports if self.sheet is not None else ()), *([self.brings] if self.brings else ()))


@dataclass(frozen=True, slots=True)
class Made:
    """A page that was made: `status` is None where it is what was there before."""

    page: str
    digest: bytes
    status: tuple[int, int] | None


@dataclass(frozen=True)
class Bench:
    """All that making pages needs. What is large is loaded when it is first asked for.

    corpus  reports are read again when they are gone from the cache
    tree    where pages are written
    prefix  what stands before a file where messages name it
    before  page → digest of what stands in the tree
    texts   what the corpus adds to what is looked for in reports
    found   only needed for pages that show problems
    """

    corpus: Path
    cache: Path
    tree: Path
    templates: tuple[Path, ...]
    assets: Assets
    site: Site
    prefix: str
    catalogue: Catalogue
    records: Mapping[str, Record]
    before: Mapping[str, bytes]
    texts: Texts = ()
    found: ByFile = field(default_factory=dict)

    @cached_property
    def press(self) -> Press:
        """What pages are printed with."""
        cuts = {cut[0]: cut[1:] for record in self.records.values() for cut in record.cuts}
        return Press(self.printed_with, self.assets, self.site, cuts, self.cutter, self.vocabulary)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What findings are called."""
        return vocabulary_of(read_kit(self.texts)[0])

    @cached_property
    def printed_with(self) -> Templates:
        """The templates, compiled by an earlier run where that left them."""
        return Templates(*self.templates, compiled=self.compiled)

    @cached_property
    def compiled(self) -> Compiled:
        """Compiled templates are code: they are taken from the cache only when it is we who left them there."""
        at = self.cache / "compiled"
        left = load(self.cache / "compiled.left", _FORMAT)
        return Compiled(load(at, _FORMAT) if left is not None and left == _as_left(at) else None)

    def keep_compiled(self) -> None:
        """Compiles what is not yet compiled, for every process and run after this one."""
        self.printed_with.compile_all()
        if self.compiled.grown:
            at = self.cache / "compiled"
            save(at, _FORMAT, self.compiled.codes)
            save(self.cache / "compiled.left", _FORMAT, _as_left(at))

    @cached_property
    def cutter(self) -> Cutter:
        """Cuts titles that no report has, and words."""
        return cutter_of(self.cache)

    @cached_property
    def raised(self) -> dict[str, Report]:
        """Reports that were raised lately."""
        return {}

    def report(self, file: str) -> Report:
        """A report as it was read when its record was made."""
        record = self.records[file]
        return _lately(
            self.raised, _RAISED, file, lambda: kept_report(self.corpus, self.cache, self.prefix, file, record)
        )

    def findings(self, file: str) -> Findings:
        """What a report says, as it was found when its record was made."""
        record = self.records[file]
        return _lately(
            self._said, _RAISED, file, lambda: kept_findings(self.cache, record, self.texts, lambda: self.report(file))
        )

    @cached_property
    def _said(self) -> dict[str, Findings]:
        return {}

    def units(self, file: str) -> ReportUnits:
        """What of a report is searched."""
        kind = self.catalogue.by_file[file].metadata.issuer_kind
        return units_in(self.report(file), self.catalogue, self._topics.paths(self.findings(file).tags, kind))

    @cached_property
    def _topics(self) -> TopicNames:
        return TopicNames(self.vocabulary)

    def contribution(self, file: str) -> bytes:
        """What a report brings to the index."""
        return contribute(self.units(file), self.cutter.word_starts)


def _lately(kept: dict[str, Done], most: int, file: str, make: Callable[[], Done]) -> Done:
    """What was made lately for a file, or made now; of so many all are given up at once."""
    if file not in kept:
        made = make()
        if len(kept) >= most:
            kept.clear()
        kept[file] = made
    return kept[file]


def _as_left(path: Path) -> tuple[int, ...] | None:
    """How a file was left. One that was copied or unpacked has another time of its last change."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino, *signature(status))


def kept_report(corpus: Path, cache: Path, prefix: str, file: str, record: Record) -> Report:
    """A report from the cache; where it is gone from there, read again."""
    plain = _kept_plain(cache, record.place, record.text)
    return raise_report(plain, prefix + file) if plain is not None else _read_again(corpus, prefix, file)


def _kept_plain(cache: Path, place: Place, text: bytes) -> Plain | None:
    piece = read_piece(cache / "packs", place)
    plain: Plain | None = marshal.loads(piece) if piece is not None and digest(piece) == text else None
    return plain


def _read_again(corpus: Path, prefix: str, file: str) -> Report:
    return read_report(corpus / file, name=prefix + file, file=file)


def kept_findings(cache: Path, record: Record, texts: Texts, report: Callable[[], Report]) -> Findings:
    """What a report says, from the cache; where it is gone from there, found again."""
    piece = read_piece(cache / "packs", record.findings)
    if piece is not None and digest(piece) == record.said:
        return raise_findings(marshal.loads(piece))
    return findings_of(report(), read_kit(texts)[0])


def units_in(
    report: Report, catalogue: Catalogue, topics: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> ReportUnits:
    """What of a report is searched, at its address in a catalogue. `topics`: of each passage; the terminal asks for none."""
    entry = catalogue.by_file[report.file]
    kind = issuer_kinds.by_name(entry.metadata.issuer_kind or "")
    code = entry.metadata.place
    return units_of(
        report,
        address=entry.folder,
        title=entry.title,
        lineage=tuple((place.code, place.name) for place in places.lineage(code)) if code else (),
        issuer_kind=(addresses.issuer_kind_slug(entry.metadata), kind.name) if kind else None,
        topics=topics,
    )


def read_batch(
    corpus: Path, prefix: str, cache: Path, texts: Texts, pack: str, one_in: int, files: Sequence[str]
) -> list[tuple[str, Plain]]:
    """Reads reports; their texts go into a new pack, their records come back as plain data.

    one_in  of so many reports one is asked what it gives to the suggestions
    """
    cutter = cutter_of(cache)
    kit, _ = read_kit(texts)
    done = []
    with pack_writer(cache / "packs", pack) as writer:
        for file in files:
            done.append((file, _read(corpus, prefix, file, writer, cutter, kit, one_in).flat()))
    return done


def compare_batch(
    corpus: Path, prefix: str, cache: Path, texts: Texts,
    kept: Mapping[str, tuple[Place, bytes]], asked: Sequence[tuple[str, Alike]],
) -> list[tuple[str, Plain]]:  # fmt: skip
    """Of each report the passages whose wording really stands elsewhere, as plain data.

    kept   of every report that is asked for or named: where it lies, and the digest of its text
    asked  file of a report, and its passages that may stand elsewhere
    """
    phrases = read_kit(texts)[0].set_phrases
    plains: dict[str, tuple[str, dict[str, tuple[str, Span, int | None]]]] = {}

    def plain(file: str) -> tuple[str, dict[str, tuple[str, Span, int | None]]]:
        flat = _kept_plain(cache, *kept[file]) or flat_report(_read_again(corpus, prefix, file))
        return flat[1], passages_of(flat)

    def letters(file: str, ids: Iterable[str]) -> Letters:
        text, passages = _lately(plains, _AS_KEPT, file, lambda: plain(file))
        return letters_in(text, sorted((passages[id_] for id_ in set(ids)), key=lambda part: part[1].start), phrases)

    done = []
    for file, alike in asked:
        wanted = [Candidate(*one, 0) for one in alike]
        own = letters(file, (one.passage for one in wanted))
        named = {one.other for one in wanted}
        others = {other: letters(other, (o.elsewhere for o in wanted if o.other == other)) for other in named}
        done.append((file, flat_overlaps(compare(own, others, wanted))))
    return done


@lru_cache(maxsize=1)
def cutter_of(cache: Path) -> Cutter:
    """One for all that a process does: its dictionary is large."""
    return Cutter(cache / "words")


def _read(corpus: Path, prefix: str, file: str, writer: PackWriter, cutter: Cutter, kit: Kit, one_in: int) -> Record:
    bytes_ = read_digest(corpus / file)
    report = read_report(corpus / file, name=prefix + file, file=file)
    card = card_of(report)
    piece = marshal.dumps(flat_report(report), 2)
    flat = flat_card(card)
    own = print_of(report)
    findings = findings_of(report, kit)
    said = marshal.dumps(flat_findings(findings), 2)
    titles = {shown_title(card.entry), *filter(None, [card.entry.metadata.issuer])}
    for _, passage in report.passages():
        if passage.role == "title":
            titles.add(report.source.cut(passage.span).lstrip("#").lstrip())
    return Record(
        bytes_=bytes_,
        text=digest(piece),
        mark=digest_of(flat),
        card=flat,
        problems=flat_problems((*report.problems, *unknown_in(report, kit))),
        print_=(own.first_tenth, own.paragraphs, own.size_chars),
        cuts=tuple((title, *cutter.phrases(title)) for title in sorted(titles)),
        place=writer.add(piece),
        terms=writer.add(marshal.dumps(_flat_terms(report, cutter), 2) if is_asked(file, one_in) else b""),
        said=digest(said),
        traits=flat_traits(traits_of(findings)),
        findings=writer.add(said),
        judges=bool(report.progress),
        sketch=astuple(sketch(report, read_letters(report, kit.set_phrases))),
    )


def is_asked(file: str, one_in: int) -> bool:
    """Whether a report is one of those that give to the suggestions; always for the same ones."""
    return int.from_bytes(digest(os.fsencode(file))[:4], "big") % one_in == 0


def _flat_terms(report: Report, cutter: Cutter) -> Plain:
    terms = terms_of(report.source.text, (section.title for section in report.walk()), cutter)
    return tuple(terms.terms.items()), terms.headings, terms.characters


def kept_terms(corpus: Path, cache: Path, prefix: str, file: str, record: Record, cutter: Cutter) -> ReportTerms:
    """What a report gives to the suggestions."""
    piece = read_piece(cache / "packs", record.terms)
    if piece:
        terms, headings, characters = marshal.loads(piece)
    else:
        terms, headings, characters = _flat_terms(kept_report(corpus, cache, prefix, file, record), cutter)
    return ReportTerms(dict(terms), headings, characters)


def make_batch(
    cache: Path, stamp: bytes, pack: str, orders: Sequence[Order]
) -> tuple[list[Made], list[tuple[str, Place]]]:
    """Makes pages in a tree, and contributions in a new pack, by file. The bench is laid out once a process."""
    return make_here(_laid_out(cache, stamp), pack, orders)


def lay_out(bench: Bench, stamp: bytes) -> None:
    """Puts a bench where other processes find it."""
    save(
        bench.cache / "bench",
        stamp,
        (
            str(bench.corpus), str(bench.tree), tuple(map(str, bench.templates)), _names(bench.assets),
            bench.site.title, bench.site.base, bench.prefix,
            [(file, record.flat()) for file, record in bench.records.items()], dict(bench.before), bench.texts,
        ),
    )  # fmt: skip


def _names(assets: Assets) -> tuple[str, ...]:
    """All that pages need of them; the files themselves come last."""
    return tuple(getattr(assets, each.name) for each in fields(assets)[:-1])


_benches: dict[bytes, Bench] = {}


def _laid_out(cache: Path, stamp: bytes) -> Bench:
    if stamp not in _benches:
        _benches.clear()
        corpus, tree, templates, assets, title, base, prefix, flat, before, texts = load(cache / "bench", stamp)
        records = {file: Record.raised(plain) for file, plain in flat}
        catalogue, _ = arrange(
            (raise_card(record.card) for record in records.values()), {file: prefix + file for file in records}
        )
        _benches[stamp] = Bench(
            Path(corpus), cache, Path(tree), tuple(map(Path, templates)), Assets(*(*assets, ())), Site(title, base),
            prefix, catalogue, records, before, texts,
        )  # fmt: skip
    return _benches[stamp]


def make_here(bench: Bench, pack: str, orders: Iterable[Order]) -> tuple[list[Made], list[tuple[str, Place]]]:
    """The same with a bench at hand."""
    made = []
    brought = []
    with pack_writer(bench.cache / "brought", pack) as writer:
        for order in orders:
            sheet = order.sheet
            if sheet is not None:
                made.append(write(bench.tree, sheet.page, print_sheet(bench, sheet), bench.before.get(sheet.page)))
            if order.brings is not None:
                brought.append((order.brings, writer.add(bench.contribution(order.brings))))
    return made, brought


def print_sheet(bench: Bench, sheet: Sheet | Leaf) -> bytes:
    """A page, or a file beside the pages."""
    reports = {file: bench.report(file) for file in sheet.reports}
    sayings = {file: bench.findings(file) for file in sheet.sayings}
    if isinstance(sheet, Leaf):
        odd = {file: unknown_in(report, read_kit(bench.texts)[0]) for file, report in reports.items()}
        return leaf_bytes(sheet, About(bench.site.title, bench.site.base), bench.catalogue, reports, sayings, odd)
    phrases = read_kit(bench.texts)[0].set_phrases if sheet.pairs else ()
    comparisons = {
        (file, before): compare_years(bench.report(before), bench.report(file), phrases) for file, before in sheet.pairs
    }
    overlaps = {file: raise_overlaps(plain) for file, plain in sheet.shared}
    return render(bench.press, sheet, bench.catalogue, reports, sayings, comparisons, overlaps, bench.found)


def write(tree: Path, page: str, data: bytes, before: bytes | None) -> Made:
    """A file of the tree, unless it holds that already."""
    now = digest(data)
    if now == before:
        return Made(page, now, None)
    status = put(tree, page, data)
    return Made(page, now, (status.st_size, status.st_mtime_ns))


# --- Processes ----------------------------------------------------------------------------


class Pool:
    """Workers; started when there is enough to do for them, and then kept."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def jobs(self, work: int) -> int:
        """How many processes so much work is worth."""
        return self._jobs if work >= _WORTH_A_POOL else 1

    def run(self, task: Callable[..., Done], calls: Iterable[tuple[Any, ...]]) -> Iterator[Done]:
        """The results of calls, as they come. Raises GovreportError when a worker was ended from outside."""
        workers = self._workers()
        futures = [workers.submit(task, *arguments) for arguments in calls]
        with _told_of_the_end():
            for future in as_completed(futures):
                yield future.result()

    def each(self, task: Callable[..., Done], calls: Sequence[tuple[Any, ...]]) -> Iterator[Done]:
        """The results in the order of the calls, of which only so many are under way that no worker waits."""
        if self._jobs == 1 or len(calls) < _WORTH_TWO:
            yield from starmap(task, calls)
            return
        workers = self._workers()
        waiting = deque(workers.submit(task, *arguments) for arguments in calls[: 2 * self._jobs])
        with _told_of_the_end():
            for number in range(len(calls)):
                result = waiting.popleft().result()
                if number + 2 * self._jobs < len(calls):
                    waiting.append(workers.submit(task, *calls[number + 2 * self._jobs]))
                yield result

    def _workers(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # Spawned, on every system: a fork would copy locks that other threads hold.
            context = get_context("spawn")
            self._executor = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin_work)
        return self._executor


@contextmanager
def _told_of_the_end() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise GovreportError(
            "一个工作进程被系统终止，多半是内存不够。\n原来的网站没有改动；关掉一些程序，或加上 --jobs 1，再运行一次。"
        ) from error


def batches(items: Sequence[Done], jobs: int) -> Iterator[Sequence[Done]]:
    """Items in pieces small enough that no process waits long for another."""
    size = max(1, min(_LARGEST_BATCH, -(-len(items) // (jobs * 6)))) if jobs > 1 else _LARGEST_BATCH
    for start in range(0, len(items), size):
        yield items[start : start + size]


def processors() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin_work() -> None:
    # Ctrl-C reaches every process of a terminal; the one that plans ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Trees of frozen data hold no circles: looking for some took a fifth of all the time.
    gc.disable()
