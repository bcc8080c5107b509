"""Reports as they are now, and what is only seen when they are looked at together.

In flow the files of a corpus, out flow a `Record` of each (read anew where its file changed), the catalogue, the
problems that lie between reports, and the passages that share their wording: all that pages are planned from.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import starmap
from pathlib import Path

from govreport_site import store
from govreport_site.catalogue import Card, Catalogue, arrange
from govreport_site.findings import Vocabulary
from govreport_site.graph import digest, digest_of
from govreport_site.insight.additions import Texts
from govreport_site.insight.sketches import Candidate, Sketch, find_candidates, renewed
from govreport_site.insight.unknown_names import unknown_before
from govreport_site.looking import (
    SETTINGS_FILE,
    Look,
    look_at_originals,
    original_problem,
)
from govreport_site.making import (
    Alike,
    Pool,
    Record,
    batches,
    compare_batch,
    kept_report,
    read_batch,
)
from govreport_site.manifest import MISSING, Manifest, read_digest
from govreport_site.pages.sheets import Marks
from govreport_site.problems import Problem, in_order
from govreport_site.program import part_digest
from govreport_site.progress import Progress
from govreport_site.reading.duplicates import Print, duplicate_problem, pairs, share_of
from govreport_site.records import Plain, flat_problems, raise_card, raise_problems, raise_traits

_FORMAT = b"1"

# Of each report so many passages are looked at that may stand elsewhere too.
_MOST_ALIKE = 8

# So many reports, to twice as many, tell what the search box suggests.
_ASKED_REPORTS = 200


@dataclass(frozen=True, slots=True)
class Gathered:
    """All reports as far as the planning process needs to know them; `problems` by file, those between reports too."""

    records: Mapping[str, Record]
    cards: Mapping[str, Card]
    catalogue: Catalogue
    problems: Mapping[str, tuple[Problem, ...]]


def read_records(
    corpus: Path, cache: Path, prefix: str, texts: Texts, look: Look, pool: Pool, progress: Progress
) -> tuple[Look, dict[str, Record]]:
    """The records of all reports, read anew where their files changed; and the look, with what they told."""
    stamp = reading_stamp(look)
    kept: dict[str, Plain] = store.load(cache / "records", stamp) or {}
    records: dict[str, Record] = {}
    wanted = []
    for file, (*_, bytes_) in look.reports.files.items():
        plain = kept.get(file)
        if plain is not None and plain[0] == (bytes_ or read_digest(corpus / file)):
            records[file] = Record.raised(plain)
        else:
            wanted.append(file)
    if wanted:
        progress.phase("读报告", len(wanted))
        run = secrets.token_hex(4)
        every = one_in(len(look.reports.files))
        processes = pool.jobs(len(wanted))
        parts = batches(wanted, processes)
        calls = [
            (corpus, prefix, cache, texts, f"{run}-{number}.pack", every, part) for number, part in enumerate(parts)
        ]
        results = pool.run(read_batch, calls) if processes > 1 else starmap(read_batch, calls)
        for result in results:
            records.update((file, Record.raised(plain)) for file, plain in result)
            progress.step(len(result))
    records = {file: records[file] for file in look.reports.files}
    if wanted or kept.keys() != records.keys():
        save_records(cache, look, records)
    reports = {file: (*seen[:3], records[file].bytes_) for file, seen in look.reports.files.items()}
    named = tuple(sorted({name for record in records.values() if (name := record.source_file) is not None}))
    originals = look_at_originals(corpus, named, look.originals, look.reports.seen_ns)
    return replace(look, reports=Manifest(reports, look.reports.seen_ns), originals=originals, named=named), records


def save_records(cache: Path, look: Look, records: Mapping[str, Record]) -> None:
    store.save(cache / "records", reading_stamp(look), {file: record.flat() for file, record in records.items()})


def reading_stamp(look: Look) -> bytes:
    """Under what is kept all that is read from reports."""
    # What a report gives to the suggestions is kept with it.
    program = [part_digest(look.program, wing) for wing in ("reading", "insight", "search")]
    return _FORMAT + digest(*program, look.settings.digest_of_all(look.settings.files.keys() - {SETTINGS_FILE}))


def gather(corpus: Path, cache: Path, prefix: str, look: Look, records: Mapping[str, Record]) -> Gathered:
    """The catalogue, and what is only seen when reports are looked at together."""
    names = {file: prefix + file for file in records}
    cards = {file: raise_card(record.card) for file, record in records.items()}
    catalogue, clashes = arrange(cards.values(), names)
    between: list[Problem] = list(clashes)
    for file, card in cards.items():
        metadata = card.entry.metadata
        if metadata.source_file is not None:
            original = look.originals.digest(metadata.source_file) or MISSING
            between += original_problem(names[file], metadata.source_file, metadata.source_sha256, original)

    for entry in catalogue.entries:
        if records[entry.file].judges:
            before = catalogue.year_before(entry)
            this, last = (
                kept_report(corpus, cache, prefix, one.file, records[one.file]) if one is not None else None
                for one in (entry, before)
            )
            between += unknown_before(this, last) if this is not None else ()

    shares: dict[bytes, float] = store.load(cache / "alike", _FORMAT) or {}
    asked: dict[bytes, float] = {}

    def share(file: str, other: str) -> float:
        key = records[file].text + records[other].text
        if key not in shares:
            one, two = (kept_report(corpus, cache, prefix, f, records[f]) for f in (file, other))
            shares[key] = share_of(one, two)
        asked[key] = shares[key]
        return asked[key]

    prints = {file: Print(*record.print_) for file, record in records.items()}
    for pair in pairs(prints, share):
        between.append(duplicate_problem(kept_report(corpus, cache, prefix, pair.file, records[pair.file]), pair))
    if asked.keys() != shares.keys() or not (cache / "alike").is_file():
        store.save(cache / "alike", _FORMAT, asked)
    by_name = {name: file for file, name in names.items()}
    grouped: dict[str, list[Problem]] = {}
    for problem in between:
        grouped.setdefault(by_name[problem.file], []).append(problem)
    every = {}
    for file, record in records.items():
        own = raise_problems(record.problems, names[file])
        if own or file in grouped:
            every[file] = tuple(in_order([*own, *grouped.get(file, ())]))
    return Gathered(records, cards, catalogue, every)


def marks_of(gathered: Gathered, vocabulary: Vocabulary, phrases: bytes, shared: Mapping[str, Plain]) -> Marks:
    entries = {}
    for entry in gathered.catalogue.entries:
        record = gathered.records[entry.file]
        # Only where another report holds its address is an entry not as its card says.
        as_it_is = entry is gathered.cards[entry.file].entry
        entries[entry.file] = record.mark if as_it_is else digest_of((record.mark, entry.folder, entry.issuer))
    return Marks(
        entries,
        {file: record.text for file, record in gathered.records.items()},
        {file: digest_of(flat_problems(problems)) for file, problems in gathered.problems.items()},
        {file: record.said for file, record in gathered.records.items()},
        {file: raise_traits(record.traits) for file, record in gathered.records.items()},
        vocabulary,
        phrases,
        shared,
    )


def shared_wording(
    corpus: Path, cache: Path, prefix: str, texts: Texts, look: Look, records: Mapping[str, Record], pool: Pool,
    progress: Progress,
) -> dict[str, Plain]:  # fmt: skip
    """Of each report that has any, the passages whose wording stands elsewhere, as `flat_overlaps` gives them.

    What was found last time is kept with what it was found from; only what differs is compared again.
    """
    stamp = reading_stamp(look)
    kept = store.load(cache / "wording", stamp)
    sketched: dict[str, Plain]
    alike: dict[str, Alike]
    shared: dict[str, tuple[bytes, Plain]]
    sketched, alike, shared = ({}, {}, {}) if kept is None else kept
    differing = {
        file: sketched.get(file)
        for file in {*sketched, *records}
        if file not in records or sketched.get(file) != records[file].sketch
    }
    if kept is None or differing:
        alike = _passages_alike(records, differing if kept is not None else None, alike)
    of_texts = {
        file: digest(records[file].text, digest_of(several), *(records[other].text for _, other, _ in several))
        for file, several in alike.items()
    }
    wanted = [file for file, key in of_texts.items() if file not in shared or shared[file][0] != key]
    if wanted:
        progress.phase("比较文字", len(wanted))
    processes = pool.jobs(len(wanted))
    calls = []
    for part in batches(wanted, processes):
        named = {*part, *(other for file in part for _, other, _ in alike[file])}
        kept_as = {file: (records[file].place, records[file].text) for file in named}
        calls.append((corpus, prefix, cache, texts, kept_as, [(file, alike[file]) for file in part]))
    fresh: dict[str, Plain] = {}
    for result in pool.run(compare_batch, calls) if processes > 1 else starmap(compare_batch, calls):
        fresh.update(result)
        progress.step(len(result))
    now = {file: (key, fresh[file] if file in fresh else shared[file][1]) for file, key in of_texts.items()}
    if kept is None or differing or wanted:
        store.save(cache / "wording", stamp, ({file: record.sketch for file, record in records.items()}, alike, now))
    return {file: plain for file, (_, plain) in now.items() if plain}


def _passages_alike(
    records: Mapping[str, Record], differing: Mapping[str, Plain | None] | None, of: Mapping[str, Alike]
) -> dict[str, Alike]:
    """Of each report, the passages elsewhere whose wording is most likely its own.

    differing  files whose sketches are not what `of` was found from, with those that were; None: find all
    """
    sketches = {file: Sketch(*record.sketch) for file, record in records.items()}
    if differing is None:
        found = find_candidates(sketches)
    else:
        was = {file: Sketch(*plain) if plain is not None else None for file, plain in differing.items()}
        found = renewed(sketches, was)
    fresh = {file: _likeliest(candidates) for file, candidates in found.items()}
    return {file: alike for file in records if (alike := fresh.get(file, of.get(file, ())))}


def _likeliest(candidates: Iterable[Candidate]) -> Alike:
    ranked = sorted(candidates, key=lambda one: (-one.shared, one.passage, one.other, one.elsewhere))
    return tuple((one.passage, one.other, one.elsewhere) for one in ranked[:_MOST_ALIKE])


def one_in(reports: int) -> int:
    """One report in how many gives to the suggestions: in a large corpus a part of them says the same.

    A power of two, so that as a corpus grows the ones that are asked are among those that were.
    """
    return 1 << max(0, (reports - 1) // _ASKED_REPORTS).bit_length()
