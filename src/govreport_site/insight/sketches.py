"""Which passages of which reports may share wording, told from a few hundred bytes of each.

In flow `Letters`, out flow a `Sketch` of each report, kept between builds, and from all sketches the
`Candidates`: for each passage a few passages of other issuers, to be compared letter by letter (`wording.py`).

A sketch keeps one of `EVERY` runs of letters, chosen by its number alone, so that the same run is kept in
every report; and of each passage the run with the smallest number, so that a copy is never missed. Runs
that more than `COMMON` issuers have are set phrases in effect, and lead to no candidate.

Only what stood in an earlier report, or stands in one of the same year, is a candidate: so a new report seldom
changes what is said of older ones. What is found depends on the sketches alone. `renewed` goes through
the runs of the reports that changed, and then of those that share one with them, and finds the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from govreport_site.insight.letters import Array, Letters, countable
from govreport_site.report import Report

# Passages with fewer letters outside set phrases are no evidence.
SHORTEST = 40
# One run of so many is kept.
EVERY = 12
# Wording that more issuers have is a set phrase in effect.
COMMON = 30
# Of a run, each passage is paired with so many before it; more than `PER_PASSAGE` come to light by its other runs.
REACH = 8
# For each passage so many others are named, each of another issuer.
PER_PASSAGE = 3
# Of a passage's runs in the sketch, so many at least and such a share stand in the other passage; one that no more
# than `_RARE` passages have counts twice, and where there are only a `_FEW`, one is enough.
_LEAST = 2
_LEAST_SHARE = 0.12
_FEW = 4
_RARE = 3

_NONE = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a report is kept to find shared wording.

    year      0: unknown
    issuer    the same for all reports of one body
    passages  ids of those with `SHORTEST` letters or more, parted by blanks
    counts    how many runs each has, four bytes each, low byte first
    runs      the four high bytes of each run's number, low byte first, passage by passage, rising
    """

    year: int
    issuer: str
    passages: str
    counts: bytes
    runs: bytes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and one of another report; `shared`: how many runs they have in common, rare ones counted twice."""

    passage: str
    other: str
    elsewhere: str
    shared: int


Candidates: TypeAlias = Mapping[str, tuple[Candidate, ...]]
"""The candidates of each file, in the order of its passages, likeliest first."""


def sketch(report: Report, letters: Letters) -> Sketch:
    """The sketch of a report."""
    about = report.metadata
    year, issuer = about.year or 0, f"{about.place or ''} {about.slug or about.issuer or report.file}"
    runs, starts = letters.runs, letters.starts
    counted = np.append(0, np.cumsum(countable(runs)))[starts]
    long = np.flatnonzero(np.diff(counted) >= SHORTEST)
    if not len(long):
        return Sketch(year, issuer, "", b"", b"")
    numbers = np.append(runs >> np.uint64(32), _NONE)
    numbers[:-1][runs == 0] = _NONE
    # From each long passage's first letter to its end, and from there to the next one's, which is not asked for.
    smallest = np.minimum.reduceat(numbers, np.stack((starts[long], starts[long + 1]), axis=1).ravel())[::2]
    # Chosen by low bits and kept by high ones, so that what is kept still has 32 of its own.
    chosen = np.flatnonzero((runs.astype(np.uint32) % EVERY == 0) & (runs != 0))
    passage = np.searchsorted(starts, chosen, "right") - 1
    at = np.minimum(np.searchsorted(long, passage), len(long) - 1)
    inside = long[at] == passage
    above = np.uint64(32)
    of_chosen = (at[inside].astype(np.uint64) << above) | numbers[chosen[inside]]
    keys = _rising(np.concatenate((of_chosen, (np.arange(len(long), dtype=np.uint64) << above) | smallest)))
    counts = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(long))
    ids = " ".join([letters.passages[number] for number in long.tolist()])
    return Sketch(year, issuer, ids, counts.astype("<u4").tobytes(), keys.astype("<u4").tobytes())


def find_candidates(sketches: Mapping[str, Sketch]) -> Candidates:
    """All candidates, from nothing. Files without any are not named."""
    sheaf = _tie(sketches, {})
    groups = _groups(sheaf, np.arange(len(sheaf.runs)))
    every = np.ones(len(sheaf.files), np.bool_)
    return _named(sheaf, _pairs(sheaf, groups, every))


def renewed(sketches: Mapping[str, Sketch], before: Mapping[str, Sketch | None]) -> Candidates:
    """What a change alters in what `find_candidates` finds: all else is as it was.

    It holds every file that was asked again, also one that has no candidate (any more).

    before  each file that is new, changed or gone, with the sketch it had before; None: it is new
    """
    sheaf = _tie(sketches, {file: old for file, old in before.items() if old})
    fresh = ~sheaf.gone & np.array([file in before for file in sheaf.files], np.bool_)
    changed = sheaf.gone | fresh
    wanted = _rising(sheaf.runs_of(changed))
    places = sheaf.with_runs(wanted)

    touched = (fresh | _touched(sheaf, _groups(sheaf, places), fresh, changed)) & ~sheaf.gone
    others = sheaf.with_runs(_rising(sheaf.runs_of(touched)))
    others = others[~sheaf.gone[sheaf.file_of_passage[sheaf.passage_of_run[others]]]]
    pairs = _pairs(sheaf, _groups(sheaf, others), touched)

    asked: dict[str, tuple[Candidate, ...]] = {sheaf.files[file]: () for file in np.flatnonzero(touched).tolist()}
    return asked | _named(sheaf, pairs)


def _touched(sheaf: _Sheaf, groups: _Groups, fresh: Array, changed: Array) -> Array:
    """Files for which other candidates may follow, since a changed one came or went near them in a group."""
    was = groups.counts(sheaf.issuers, fresh) > COMMON
    now = groups.counts(sheaf.issuers, sheaf.gone) > COMMON
    file = sheaf.file_of_passage[groups.passage]
    touched = np.zeros(len(sheaf.files), np.bool_)
    few_were, few_are = (
        np.bincount(groups.group[~aside[file]], minlength=len(groups.run)) <= _RARE for aside in (fresh, sheaf.gone)
    )
    touched[file[((was != now) | (few_were != few_are))[groups.group]]] = True
    rare = ~(was | now)[groups.group]
    file, group = file[rare], groups.group[rare]
    for step in range(1, REACH + 1):
        same = group[step:] == group[:-step]
        late, early = file[step:][same], file[:-step][same]
        touched[late[changed[early]]] = True
        touched[early[changed[late] & sheaf.even(early, late)]] = True
    return touched


# --- All sketches as one --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Sheaf:
    """All sketches, by year and file. Numbers of files and passages count in that order.

    files, years, issuers, ids  one for each file; issuers are numbered, ids as in the sketch
    gone                        one for each file: whether this is how it was, and not how it is
    first_passage, first_run    the same, and at last the number of all
    file_of_passage, sizes      one for each passage; `sizes`: how many runs it has
    runs, passage_of_run        one for each run kept
    """

    files: tuple[str, ...]
    years: Array
    issuers: Array
    gone: Array
    ids: tuple[str, ...]
    first_passage: Array
    first_run: Array
    file_of_passage: Array
    sizes: Array
    runs: Array
    passage_of_run: Array

    def runs_of(self, marked: Array) -> Array:
        """All runs of the files marked."""
        firsts = self.first_run
        parts = [self.runs[firsts[file] : firsts[file + 1]] for file in np.flatnonzero(marked).tolist()]
        return np.concatenate(parts) if parts else self.runs[:0]

    def with_runs(self, wanted: Array) -> Array:
        """The places in `runs` of the numbers wanted, which must rise."""
        if not len(wanted):
            return np.empty(0, np.int64)
        likely = np.zeros(1 << 20, np.bool_)  # by high bits: the low ones are those by which runs were chosen
        likely[wanted >> 12] = True
        places = np.flatnonzero(likely[self.runs >> 12])
        near = np.searchsorted(wanted, self.runs[places])
        found: Array = places[wanted[np.minimum(near, len(wanted) - 1)] == self.runs[places]]
        return found

    def even(self, early: Array, late: Array) -> Array:
        """Of files in order, whether none is known to be the earlier one: they are of one year, or a year is unknown."""
        years = self.years
        even: Array = (years[early] == years[late]) | (years[early] == 0)
        return even

    def name(self, passage: int) -> tuple[str, str]:
        """File and id of a passage."""
        file = int(self.file_of_passage[passage])
        return self.files[file], self.ids[file].split()[passage - int(self.first_passage[file])]


def _rising(values: Array, *, is_sorted: bool = False) -> Array:
    """The values in order, each once."""
    values = values if is_sorted else np.sort(values)
    rising: Array = values[np.append(True, values[1:] != values[:-1])[: len(values)]]
    return rising


def _tie(sketches: Mapping[str, Sketch], gone: Mapping[str, Sketch]) -> _Sheaf:
    rows = [(one.year, file, False, one) for file, one in sketches.items()]
    rows += [(one.year, file, True, one) for file, one in gone.items()]
    rows.sort(key=lambda row: row[:3])
    order = [(file, one) for _, file, _, one in rows]
    numbers: dict[str, int] = {}
    passages = np.array([len(one.counts) // 4 for _, one in order], np.int64)
    sizes = np.frombuffer(b"".join([one.counts for _, one in order]), "<u4").astype(np.int64)
    return _Sheaf(
        files=tuple([file for file, _ in order]),
        years=np.array([one.year for _, one in order], np.int64),
        issuers=np.array([numbers.setdefault(one.issuer, len(numbers)) for _, one in order], np.int64),
        gone=np.array([is_gone for _, _, is_gone, _ in rows], np.bool_),
        ids=tuple([one.passages for _, one in order]),
        first_passage=np.append(0, np.cumsum(passages)),
        first_run=np.append(0, np.cumsum(np.array([len(one.runs) // 4 for _, one in order], np.int64))),
        file_of_passage=np.repeat(np.arange(len(order)), passages),
        sizes=sizes,
        runs=np.frombuffer(b"".join([one.runs for _, one in order]), "<u4"),
        passage_of_run=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Passages that have a run in common, run by run, each in order. `group` numbers the runs, `run` is each one's number."""

    sheaf: _Sheaf
    passage: Array
    group: Array
    run: Array

    def counts(self, of_file: Array, besides: Array | None = None) -> Array:
        """How many different values of a file's the members of each group have, files marked aside; 0 for small groups."""
        files = self.sheaf.file_of_passage[self.passage]
        big = np.bincount(self.group, minlength=len(self.run)) > COMMON
        counted = big[self.group] if besides is None else big[self.group] & ~besides[files]
        keys = _rising((self.group[counted] << 32) | of_file[files[counted]])
        return np.bincount(keys >> 32, minlength=len(self.run))


def _groups(sheaf: _Sheaf, places: Array) -> _Groups:
    """The groups of some runs; each must be there with all its places."""
    keys = np.sort(
        (sheaf.runs[places].astype(np.uint64) << np.uint64(32)) | sheaf.passage_of_run[places].astype(np.uint64)
    )
    run = (keys >> np.uint64(32)).astype(np.uint32)
    same = run[1:] == run[:-1]
    several = np.append(same, False)[: len(run)] | np.append(False, same)[: len(run)]
    run = run[several]
    first = np.append(True, run[1:] != run[:-1])[: len(run)]
    passage = (keys[several] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return _Groups(sheaf, passage, np.cumsum(first) - 1, run[first])


# --- Candidates -----------------------------------------------------------------------------

_PAIR = np.dtype([("passage", np.int64), ("elsewhere", np.int64), ("shared", np.int64)])


def _pairs(sheaf: _Sheaf, groups: _Groups, asked: Array) -> Array:
    """The best pairs of each passage of the files asked, as `_PAIR`, in order: passage, best first."""
    rare = (groups.counts(sheaf.issuers) <= COMMON)[groups.group]
    passage, group = groups.passage[rare], groups.group[rare]
    file = sheaf.file_of_passage[passage]
    issuer, wanted = sheaf.issuers[file], asked[file]
    # What few have is better evidence: it counts twice.
    few = np.bincount(group, minlength=len(groups.run))[group] <= _RARE
    found = []
    for step in range(1, REACH + 1):
        late, early = slice(step, None), slice(None, -step)
        both = (group[late] == group[early]) & (issuer[late] != issuer[early])
        ours = both & wanted[late]
        keys = (passage[late][ours] << 32) | passage[early][ours]
        found += [keys, keys[few[late][ours]]]
        ours = both & wanted[early]
        ours[ours] = sheaf.even(file[early][ours], file[late][ours])
        keys = (passage[early][ours] << 32) | passage[late][ours]
        found += [keys, keys[few[late][ours]]]
    every = np.concatenate(found)
    every.sort()
    keys = _rising(every, is_sorted=True)
    shared = np.diff(np.append(np.searchsorted(every, keys), len(every)))
    passage, other = keys >> 32, keys & 0xFFFFFFFF
    size = sheaf.sizes[passage]
    likely = ((shared >= _LEAST) | (size <= _FEW)) & (shared >= _LEAST_SHARE * size)
    passage, other, shared = passage[likely], other[likely], shared[likely]

    # The best of each issuer, then the best of these; of equals the nearest in time.
    issuer = sheaf.issuers[sheaf.file_of_passage[other]]
    passage, other, shared = _first(
        np.lexsort((-other, -shared, issuer, passage)), 1, (passage, issuer), passage, other, shared
    )
    passage, other, shared = _first(
        np.lexsort((-other, -shared, passage)), PER_PASSAGE, (passage,), passage, other, shared
    )
    best = np.empty(len(passage), _PAIR)
    best["passage"], best["elsewhere"], best["shared"] = passage, other, shared
    return best


def _first(order: Array, count: int, by: tuple[Array, ...], *columns: Array) -> tuple[Array, ...]:
    """Columns in an order, of each stretch of rows that are equal in `by` the first so many only."""
    opens = np.zeros(len(order), np.bool_)
    opens[:1] = True
    for column in by:
        opens[1:] |= column[order[1:]] != column[order[:-1]]
    at = np.arange(len(order))
    kept = order[at - np.maximum.accumulate(np.where(opens, at, 0)) < count] if len(order) else order
    return tuple([column[kept] for column in columns])


def _named(sheaf: _Sheaf, pairs: Array) -> dict[str, tuple[Candidate, ...]]:
    found: dict[str, list[Candidate]] = {}
    for passage, elsewhere, shared in pairs.tolist():
        file, own = sheaf.name(passage)
        found.setdefault(file, []).append(Candidate(own, *sheaf.name(elsewhere), shared))
    return {file: tuple(those) for file, those in sorted(found.items())}
