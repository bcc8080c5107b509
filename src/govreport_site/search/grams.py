"""Letters with their places → sorted grams, each with its list: the heart of the index. Pure arrays.

Every letter of every line begins a *suffix*, the rest of its line. Sorted, suffixes that begin
alike stand side by side; so the whole index is one sorted list of *entries*:

    LEAF  a gram, and every suffix that begins with it: its place and its level
    END   the same, where the line is over after the gram
    ALL   a gram so frequent that a question must not load all its suffixes: its places, once
          each, with how often and with what weight it stands there

A gram is made longer, and its suffixes parted by their next letter, until at most `SPLIT` of
them are left. So a question, however long, is answered by one run of entries, or by the ALL
that stands before them, or it leads into one LEAF: at most `SPLIT` places, and their text, most
of which is shown anyway, says which of them it is. No positions are needed, and nothing is
intersected. Grams end at `DEEPEST` letters; only there a LEAF may hold more.

LEAF and END entries part the suffixes: none is written twice. An ALL whose suffixes all go on
alike stands once, at the longest gram they share.

Read on in segments.py, which writes entries into files, and in templates/static/browser/grams.js.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govreport_site.search import bits, scoring
from govreport_site.search.bits import Codes

Array = NDArray[Any]

SPLIT = 8
FREQUENT, MOST_FREQUENT, PLACES_A_FREQUENT = 2048, 4096, 80
DEEPEST = 64

# Letters that are sorted at a time: bounds the memory, some 900 bytes each at the worst.
PART = 300_000
_PIECE = 4_000_000
_LETTERS = 0x10000

# Letters that are looked at in one step of sorting; so many zeros must follow the last line.
_STEP = 4
ROOM = _STEP

LEAF, END, ALL = 0, 1, 2

# What is met often is written small: dropping one letter and adding one leads to the next gram.
UP = (1, 0, 2)
OWN = (1, 2, 0)
LEVELS = (1, 0, 2, 3, 4)
CELLS = (1, 0, 2, 3, 4, 5, 6, 7)

_WEIGHTS = np.asarray(scoring.WEIGHTS, np.int64)
_BOUNDS = np.asarray(scoring.BOUNDS, np.int64)


@dataclass(frozen=True, slots=True)
class Letters:
    """What is indexed: all lines, one after another.

    letters  UTF-16 units, 0 behind each line; `ROOM` zeros more at the end
    levels   of each letter
    starts   where each place begins in `letters`, rising
    ids      the number of each place, rising
    """

    letters: Array
    levels: Array
    starts: Array
    ids: Array

    @property
    def room(self) -> int:
        """All numbers of places are below it."""
        return int(self.ids[-1]) + 1 if len(self.ids) else 0

    @property
    def frequent(self) -> int:
        """A gram with more suffixes has an ALL: in a large index, where these are long, a little later."""
        return max(FREQUENT, min(MOST_FREQUENT, len(self.starts) // PLACES_A_FREQUENT))


def parts(source: Letters) -> list[tuple[int, int, int]]:
    """Ranges [low, high) of how suffixes begin that can be sorted one by one, with how many each has, in order.

    A range counts first letter · 2¹⁶ + second letter. It holds all suffixes of one or more first letters; or,
    of a letter that has too many (the comma is one in twenty), those whose second letter is one of a few.
    """
    counts = np.zeros(_LETTERS, np.int64)
    for start in range(0, len(source.letters), PART):
        counts += np.bincount(source.letters[start : start + PART], minlength=_LETTERS)
    counts[0] = 0
    found = []
    for low, high, size in _ranges(counts, 1):
        seconds = np.zeros(_LETTERS, np.int64)
        if size > PART:
            for at in _places_of(source.letters, low << 16, high << 16):
                seconds += np.bincount(source.letters[at + 1], minlength=_LETTERS)
        several = list(_ranges(seconds, 0))
        if len(several) > 1:
            # The letter's own list stands in the part that begins with it.
            several[0] = (0, *several[0][1:])
            found += [((low << 16) + first, (low << 16) + end, part) for first, end, part in several]
        else:
            found.append((low << 16, high << 16, size))
    return found


def _ranges(counts: Array, low: int) -> Iterator[tuple[int, int, int]]:
    """Letters from `low` on in ranges [low, high) that have `PART` between them or hold one letter; how many each has."""
    while low < _LETTERS:
        total = np.cumsum(counts[low:])
        high = low + max(1, int(np.searchsorted(total, PART, "right")))
        size = int(total[high - low - 1])
        if size:
            yield low, high, size
        low = high


def _places_of(letters: Array, low: int, high: int) -> Iterator[Array]:
    """Where suffixes of a range begin, in order; piece by piece, since there may be any number of letters."""
    first, last = low >> 16, high - 1 >> 16
    parted = (low | high) & 0xFFFF
    for start in range(0, len(letters), _PIECE):
        piece = letters[start : start + _PIECE]
        at = np.flatnonzero((piece >= first) & (piece <= last)) + start
        if parted:
            begins = (first << 16) | letters[at + 1].astype(np.int64)
            at = at[(begins >= low) & (begins < high)]
        yield at


def shards(source: Letters, low: int, high: int, target_bytes: int) -> list[tuple[str, str, tuple[int, str, str]]]:
    """The entries of one part in order, cut into files of about so many bytes: first gram, last gram, and the file.

    A file is its entries, letters and bits. Entries of one gram are never parted. A file's letters
    are those by which each gram differs from the one before, end to end. Its bits, for each
    entry, with `place(x, ORDER)` for where x stands in the order, or x itself beyond it:

        type     LEAF 0, END 10, ALL 11
        up       letters to drop from the gram before: rice(place(up, UP), 0); 0 for the first
        own      letters to add: rice(place(own, OWN), 0)
        count    gamma: suffixes of LEAF and END, places of ALL
        list     for each, in order of places: the step from the one before, rice(step, step_bits(count, room)); then
                 LEAF, END  rice(place(level, LEVELS), 0)
                 ALL        rice(place(cell, CELLS), 0) unless its gram is one letter; gamma(how often)
    """
    return list(_cut(_part(source, low, high), target_bytes))


def step_bits(count: Array, room: int) -> Array:
    """The parameter of the steps of lists with so many of so many numbers of places."""
    return np.maximum(0, bits.bit_length(room * 69 // (100 * np.asarray(count, np.int64))) - 1)


@dataclass(frozen=True, slots=True)
class _Entries:
    """Entries of one part: arrays of one length, and the codes of their lists, end to end: two for a member of an ALL, else one.

    at      where the gram begins in `letters`, at one of its places
    depths  its letters
    shared  how many of them it shares with the gram before
    """

    letters: Array
    at: Array
    depths: Array
    shared: Array
    types: Array
    counts: Array
    codes: Codes

    def gram(self, number: int) -> str:
        start = int(self.at[number])
        return _text(self.letters[start : start + int(self.depths[number])])


def _part(source: Letters, low: int, high: int) -> _Entries:
    at = np.concatenate(list(_places_of(source.letters, low, high)))
    parted = (high - low) & 0xFFFF
    tree = _sorted(source.letters, at, source.frequent, shortest=2 if parted else 1)
    suffixes = _Suffixes(tree.order, source.ids[np.searchsorted(source.starts, at, "right") - 1], source.levels[at])
    room = source.room

    firsts = np.flatnonzero(np.append(True, tree.shared[1:] < tree.depths[1:]))
    counts = np.diff(np.append(firsts, len(at)))
    types = np.where(tree.ends[firsts], END, LEAF)
    groups = [(firsts, tree.depths[firsts].astype(np.int64), types, *_lists(firsts, counts, suffixes, room))]
    starts, sizes, depths = tree.frequent
    if parted:
        # The letter itself is not of this part alone: its places stand before the first of its parts.
        longer = depths > 1
        starts, sizes, depths = starts[longer], sizes[longer], depths[longer]
        if not low & 0xFFFF:
            groups.append((np.zeros(1, np.int64), np.ones(1, np.int64), np.full(1, ALL), *_whole(source, low >> 16)))
    if len(starts):
        groups.append((starts, depths, np.full(len(starts), ALL), *_wholes(starts, sizes, depths == 1, suffixes, room)))
    first, depth, types, counts, values, lengths = (
        np.concatenate([group[part] for group in groups]) for part in range(6)
    )
    sizes = np.where(types == ALL, 2 * counts, counts)
    begin = np.cumsum(sizes) - sizes
    # Where several begin with one suffix, ALLs of rising length stand before what they sum up.
    by_gram = np.lexsort((np.where(types == ALL, depth, DEEPEST + 1), first))
    members = _ragged(begin[by_gram], sizes[by_gram])
    first, depth = first[by_gram], depth[by_gram]
    before = np.append(0, depth[:-1])
    same = np.append(False, first[1:] == first[:-1])
    return _Entries(
        source.letters,
        at[tree.order[first]],
        depth,
        np.where(same, before, np.minimum(tree.shared[first], before)),
        types[by_gram],
        counts[by_gram],
        (values[members], lengths[members]),
    )


@dataclass(frozen=True, slots=True)
class _Tree:
    """Suffixes in order. Arrays of one length, but `frequent`.

    order     sorts them
    shared    letters each shares with the one before, as far as it was looked at
    depths    letters of the gram it is filed under
    ends      whether it is over there
    frequent  of each ALL: its first suffix, how many it has, letters of its gram
    """

    order: Array
    shared: Array
    depths: Array
    ends: Array
    frequent: tuple[Array, Array, Array]


@dataclass(frozen=True, slots=True)
class _Suffixes:
    """Suffixes as they stand in the text, and `order`, which sorts them."""

    order: Array
    ids: Array
    levels: Array


def _sorted(letters: Array, at: Array, most: int, shortest: int) -> _Tree:
    """Sorts suffixes by four letters at a time, and goes on only with those that are still too many alike.

    shortest  letters of the least gram that may stand for its suffixes: of a letter in several parts, one part has not all
    """
    count = len(at)
    order = np.arange(count)
    shared, depths, ends = np.zeros(count, np.int16), np.zeros(count, np.int16), np.zeros(count, np.bool_)
    found: list[tuple[Array, Array, Array]] = []
    where, group = np.arange(count), np.zeros(count, np.int64)
    pending = (np.empty(0, np.int64), np.empty(0, np.int64), 0)
    for step in range(0, DEEPEST, _STEP):
        columns = _columns(letters, at[order[where]] + step)
        inner = np.arange(len(where))
        # Sixteen bits at a time: so numpy sorts by radix.
        halves = [(group >> shift).astype(np.uint16) for shift in (0, 16) if group[-1] >> shift]
        for column in (*reversed(columns), *halves):
            inner = inner[np.argsort(column[inner], kind="stable")]
        order[where] = order[where[inner]]
        columns = [column[inner] for column in columns]

        head = np.append(True, group[1:] != group[:-1])
        alike = ~head[1:]
        here = np.full(len(where), step, np.int16)
        length = np.full(len(where), step, np.int16)
        going = np.ones(len(where), np.bool_)
        for column in columns:
            alike &= column[1:] == column[:-1]
            here[1:] += alike
            going &= column != 0
            length += going
        here = np.where(head, shared[where], here)
        shared[where] = here

        filed = np.zeros(len(where), np.int16)
        for depth in range(step + 1, step + _STEP + 1):
            firsts = np.flatnonzero(head | (here < depth))
            sizes = np.diff(np.append(firsts, len(where)))
            over = (filed == 0) & (length < depth)
            ends[where[over]] = True
            filed[over] = depth - 1
            filed[(filed == 0) & np.repeat((sizes <= SPLIT) & (depth >= shortest), sizes)] = depth
            on = length[firsts] >= depth
            found.append(_parting(pending, where[firsts[on]], sizes[on]))
            frequent = on & (sizes > most)
            pending = (where[firsts[frequent]], sizes[frequent], depth)
        depths[where] = filed
        rest = np.flatnonzero(filed == 0)
        group = np.unique(np.cumsum(head | (here < step + _STEP))[rest], return_inverse=True)[1]
        where = where[rest]
        if not len(where):
            break
    found.append((pending[0], pending[1], np.full(len(pending[0]), pending[2])))
    depths[where] = DEEPEST
    starts, counts, deep = (np.concatenate([each[part] for each in found]) for part in range(3))
    return _Tree(order, shared, depths, ends, (starts, counts, deep))


def _parting(pending: tuple[Array, Array, int], firsts: Array, sizes: Array) -> tuple[Array, Array, Array]:
    """Of frequent grams those whose suffixes do not all go on alike; firsts and sizes are one letter further down."""
    starts, counts, depth = pending
    if not len(firsts):
        return starts, counts, np.full(len(starts), depth)
    near = np.minimum(np.searchsorted(firsts, starts), len(firsts) - 1)
    parting = (firsts[near] != starts) | (sizes[near] != counts)
    return starts[parting], counts[parting], np.full(int(parting.sum()), depth)


def _columns(letters: Array, at: Array) -> list[Array]:
    """Four letters of each suffix; 0 beyond its line."""
    columns = []
    going = np.ones(len(at), np.bool_)
    for step in range(_STEP):
        column = np.where(going, letters[at + step], 0).astype(np.uint16)
        going &= column != 0
        columns.append(column)
    return columns


def _lists(firsts: Array, counts: Array, suffixes: _Suffixes, room: int) -> tuple[Array, Array, Array]:
    """Of LEAF and END: how many members each has, and the code of each."""
    # Within an entry, suffixes stand by place: sorting by further letters has mixed them.
    entry = np.repeat(np.arange(len(firsts), dtype=np.uint64), counts)
    packed = (entry << np.uint64(32)) | suffixes.order.astype(np.uint64)
    packed.sort()
    order = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    level = bits.rice(_places_in(LEVELS)[suffixes.levels[order]], 0)
    return counts, *bits.joined(_steps(firsts, counts, suffixes.ids[order], room), level)


def _wholes(starts: Array, sizes: Array, single: Array, suffixes: _Suffixes, room: int) -> tuple[Array, Array, Array]:
    """Of ALL: how many places each has, and two codes for each. `single`: whether its gram is one letter."""
    where = suffixes.order[_ragged(starts, sizes)]
    owner = np.repeat(np.arange(len(starts), dtype=np.uint64), sizes)
    packed = (owner << np.uint64(40)) | (suffixes.ids[where].astype(np.uint64) << np.uint64(3))
    packed |= suffixes.levels[where].astype(np.uint64)
    packed.sort()
    place = packed >> np.uint64(3)
    firsts = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    times = np.diff(np.append(firsts, len(place)))
    weights = np.add.reduceat(_WEIGHTS[(packed & np.uint64(7)).astype(np.int64)], firsts)
    cells = np.maximum(0, np.searchsorted(_BOUNDS, weights, "right") - 1)
    ids = (place[firsts] & np.uint64((1 << 37) - 1)).astype(np.int64)
    counts = np.bincount((place[firsts] >> np.uint64(37)).astype(np.int64), minlength=len(starts))
    weighed = bits.rice(_places_in(CELLS)[cells], 0)
    unweighed = np.repeat(single, counts)
    weighed = (np.where(unweighed, np.uint64(0), weighed[0]), np.where(unweighed, 0, weighed[1]))
    second = bits.joined(weighed, bits.gamma(times))
    first = _steps(np.cumsum(counts) - counts, counts, ids, room)
    values, lengths = (np.stack(pair, axis=1).reshape(-1) for pair in zip(first, second, strict=True))
    return counts, values, lengths


def _whole(source: Letters, letter: int) -> tuple[Array, Array, Array]:
    """`_wholes` for one letter that stands in several parts: which places have it, and how often."""
    times = np.zeros(len(source.starts), np.int64)
    for at in _places_of(source.letters, letter << 16, letter + 1 << 16):
        ids = np.searchsorted(source.starts, at, "right") - 1
        if len(ids):
            times[ids[0] : ids[-1] + 1] += np.bincount(ids - ids[0])
    held = np.flatnonzero(times)
    counts = np.asarray([len(held)])
    first, second = _steps(np.zeros(1, np.int64), counts, source.ids[held], source.room), bits.gamma(times[held])
    values, lengths = (np.stack(pair, axis=1).reshape(-1) for pair in zip(first, second, strict=True))
    return counts, values, lengths


def _steps(firsts: Array, counts: Array, ids: Array, room: int) -> Codes:
    """For each member the code of its step; lists begin at each of `firsts`."""
    steps = np.diff(ids, prepend=0)
    steps[firsts] = ids[firsts]
    return bits.rice(steps, np.repeat(step_bits(counts, room), counts))


def _cut(entries: _Entries, target_bytes: int) -> Iterator[tuple[str, str, tuple[int, str, str]]]:
    """The files of a part: first gram, last gram, and the file."""
    lengths = entries.codes[1]
    sizes = np.where(entries.types == ALL, 2 * entries.counts, entries.counts)
    members = np.cumsum(sizes) - sizes
    # In base64, and about three bytes an entry for what is not its list.
    begins = np.append(0, np.cumsum(lengths))[members] // 6 + 3 * np.arange(len(sizes))
    before = np.append(0, entries.depths[:-1])
    same = (entries.shared == entries.depths) & (entries.depths == before)
    firsts = np.asarray(_cuts(begins, np.where(same, DEEPEST + 1, entries.shared), target_bytes))
    starts = np.zeros(len(sizes), np.bool_)
    starts[firsts] = True
    shared = np.where(starts, 0, entries.shared)
    up = np.where(starts, 0, before - shared)
    own = entries.depths - shared
    kind: Codes = (
        np.asarray((0b0, 0b10, 0b11), np.uint64)[entries.types],
        np.asarray((1, 2, 2), np.int64)[entries.types],
    )
    heads = (
        bits.joined(kind, bits.rice(_places_in(UP)[up], 0)),
        bits.rice(_places_in(OWN)[own], 0),
        bits.gamma(entries.counts),
    )
    values, widths = (
        np.insert(
            entries.codes[part], np.repeat(members, 3), np.column_stack([head[part] for head in heads]).reshape(-1)
        )
        for part in (0, 1)
    )
    files = bits.pack((np.asarray(values, np.uint64), np.asarray(widths, np.int64)), members[firsts] + 3 * firsts)
    units = entries.letters[_ragged(entries.at + shared, own)]
    letters_at = np.append(0, np.cumsum(own))
    for first, end, file in zip(firsts.tolist(), np.append(firsts[1:], len(sizes)).tolist(), files, strict=True):
        text = _text(units[letters_at[first] : letters_at[end]])
        yield entries.gram(first), entries.gram(end - 1), (end - first, text, file)


def _cuts(begins: Array, shared: Array, target_bytes: int) -> list[int]:
    """Which entries begin a file. Of those that would leave it nearly full it is the one whose gram shares least with the one
    before: so the text that parts the files is short (`separator`). `shared` is beyond `DEEPEST` where there must be no cut."""
    cuts = [0]
    while begins[-1] - begins[cuts[-1]] > target_bytes:
        base = begins[cuts[-1]]
        low = max(cuts[-1] + 1, int(np.searchsorted(begins, base + target_bytes * 3 // 4)))
        high = max(low + 1, int(np.searchsorted(begins, base + target_bytes, "right")))
        cut = high - 1 - int(np.argmin(shared[low:high][::-1]))
        while cut < len(shared) and shared[cut] > DEEPEST:
            cut += 1
        if cut == len(shared):
            break
        cuts.append(cut)
    return cuts


def _places_in(order: tuple[int, ...]) -> Array:
    """For each of 0…DEEPEST where it stands in `order`; beyond it, itself."""
    places = np.arange(DEEPEST + 1)
    places[list(order)] = np.arange(len(order))
    return places


def _ragged(starts: Array, lengths: Array) -> Array:
    """Indices of many ranges, one after another: [start, start + length) for each."""
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.repeat(starts - before, lengths) + np.arange(int(lengths.sum())))


def _text(units: Array) -> str:
    return units.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")


def separator(before: str, first: str) -> str:
    """The least text that parts the gram `first` from `before`: its shortest beginning that comes after it, in UTF-16 units."""
    units, known = (text.encode("utf-16-be", "surrogatepass") for text in (first, before))
    for length in range(2, len(units), 2):
        if units[:length] > known:
            return units[:length].decode("utf-16-be", "surrogatepass")
    return first
