"""The index on disk: what each report brings in, kept in segments, and the form of every file.

In flow contributions (`contribution.py`), out flow the files of `search/`, in a folder of the
cache from which the site links them. A contribution that was there before is not loaded again,
and what was written once is never written again: a *segment* is made and stays as it is until it
is given up as a whole. Reports that have gone or changed are only struck out in the root.

    grams   sorted grams of many reports (`grams.py`), a table of the reports, their text in blocks
    text    a few reports as they are: all of a small corpus, or what came in last. A reader's
            browser looks through them letter by letter

What comes in is text until it is more than `TAIL` letters; then it becomes a segment of its own,
which takes in every other one that is not four times as large. So there are few, and each report
is written again only when what it stands with has grown fourfold.

Every file is UTF-8 and one statement, `window.govreport.receive("<name>",<data>);`. Data are
arrays, numbers, strings and null: no text of a report ever becomes a key. *Numbers* are strings
made by `numbers.as_text`. Texts are parted by line feeds, which none of them holds.

    root.js           [FORMAT, SPLIT, [text name, …], [segment, …]]
      segment         [name, reports, places, passages, room, per block, gone, per page, grams]
                      reports: those that have a line and are not struck out; places, passages: theirs. room: all
                      numbers of places are below it; so many are in a block of text. gone: Numbers, steps between reports that are struck out.
                      grams: the least text that parts each file from the one before; where per page is not 0,
                      only of the first file of each page
    <text name>.js    [report, …]; name: 16 hex digits, the BLAKE2b of the data
      report          [address, url, title, issuer|null, [value, name]|null, [[code, name], …], year|null,
                      "YYYY-MM-DD"|null, [section, …], [line, …], topics]
      section         [[heading, …], kind|null]     headings from the top
      topics          of its places, one after another: `topics.py`
      line            [text, [[start, body, anchor, section, number, (1)], …], words]
                      start, body: UTF-16 units of the text; number: 0 when unnumbered; 1: a title;
                      words: `contribution._lengths`

    <segment>/        16 hex digits, the BLAKE2b of the data of all its files in order
      d<n>.js         a page of grams as in the root, when there are pages
      g<n>.js         [entries, letters, bits]                      `grams.shards`
      t<n>.js         a block of text: [skip, part of a report, …], each a report as above without topics, with 0 for
                      sections that it does not need
      m<hex>.js       Numbers: steps between the places that hold a joining mark
      breaks.js       the first two letters of each file b: for questions in quotes that stand in many lines
      b<n>.js         [keys, rising, lists: of each key Numbers: steps between the lines (their first places) in which
                      marks stand between two letters, each as often as they do]; a key is the letters and the marks
                      as strict text has them, or the first `contribution.MOST_MARKS` of these. All keys of two
                      letters are in one file
      table.js        what every question needs:
                      [codes (front-coded), names, how much of the way to the one before each shares (or that way's length
                      + 1 + the number of what it lies in), places of reports + 1 (steps),
                      values, names of kinds of issuers,
                      issuers' names or what follows their place's, kinds of issuers + 1 of these,
                      (3 × such a text, + 1 where it is the whole name, + 2 where the name of its place stands before it,
                      + 0 where there is no name) of each issuer, issuers of reports + 1 (steps), years + 1 after the first
                      of all or 0, the first of all,
                      lengths of groups, in eights: those of each kind, of each sort of report, sorts of reports,
                      [joined (steps), kinds + 1], [runs of continuing places (steps), back, lengths], marks]
      counts.js       by kind, Numbers: of each report, how many places its group is short of its length.
                      Only who narrows must know
      topics.js       [names of topics, sorted, “/” parts a topic from its part; Numbers: in which file k each stands]
      k<n>.js         [of each of its topics in order Numbers: steps between the places that have it, …]
      c<n>.js         topics of the numbers of places from 8192 × n on: `topics.py`. Who asks for no topic loads none
                      of this, who chooses one that topic's places, who counts them what surrounds the answers
      addresses.js    addresses of reports, front-coded
      dates.js        Numbers: for each report days since 1900-01-01, 0 when unknown

Texts stand with line feeds between. *Front-coded* texts are [Numbers: how many letters each has in common with the one
before, what follows these in each]. A step from one report to the next is signed: 0, 1, -1, 2, -2 … are written
0, 2, 1, 4, 3 …

Places of a segment are numbered report by report and, within a report, kind by kind: a *group*. Each group begins at a
multiple of eight, and what it does not fill stays free. So the lengths of groups are few small numbers; and a block
of text tells the numbers of its places: from its own number times `per block`, and `skip`, up by one, and to the next
multiple of eight where a report or a kind begins. A line stands in the block of its first place. Lists are hardly
longer for it.

Twins: templates/static/browser/shards.js, segment.js, table.js, texts.js, lines.js, topics.js; tests/golden/index/ holds a small one.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, starmap
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from govreport_site.search import grams
from govreport_site.search.contribution import KINDS, Brought, Line, as_json, read_contribution, read_order, read_size
from govreport_site.search.numbers import Numbers, as_text, as_texts, signed, steps
from govreport_site.search.topics import topic_column

FORMAT = 6

# A corpus of so many letters stays text: some nine reports, 30 KB on the way to a reader.
SMALL = 30_000

# What came in last stays text up to so many letters.
TAIL = 12_000

# A segment takes in the others that are not so many times as large.
GROWTH = 4

# One in so many reports struck out, and a segment is made anew.
_STRUCK = 5

# Files of text and of grams are as small as readers want them; in a large index such a part of all letters stands in
# each that there are ten thousand of both: hosts limit how many files a site may have. Those of grams are seven eighths
# full, as a rule (`grams._cuts`).
_TEXT_LETTERS, _TEXT_PART = (800, 20_000), 10_300
_GRAM_BYTES, _GRAM_PART = (4_500, 64_000), 1_300

# Groups of places, and blocks of text, begin at multiples of it; so many of these numbers are places, as a rule.
_ROUND = 8
_PLACES_A_ROUND = 5

# Numbers of places whose topics stand in one file; letters of such lists of places as stand together.
_TOPIC_ROOM = 8192
_TOPIC_LETTERS = 4_000

# Up to so many files of grams their beginnings stand in the root.
_ROOT_FILES = 256
_PAGE = 128


Each: TypeAlias = "Callable[[Callable[..., Any], Sequence[tuple[Any, ...]]], Iterable[Any]]"
"""Such as `itertools.starmap`."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one report brings to the index.

    digest  names the content of `load()`: the same digest, the same bytes
    load    the bytes that `contribution.contribute` made
    """

    digest: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment of grams.

    documents   its reports in order, each with its digest
    sizes       of each report its places and its passages
    root        what the root says of it
    size_bytes  of the contributions it was made from
    files       name → bytes
    """

    name: str
    documents: tuple[tuple[str, str], ...]
    sizes: tuple[tuple[int, int], ...]
    root: tuple[Any, ...]
    size_bytes: int
    files: Mapping[str, int]


def update_index(
    folder: Path,
    contributions: Mapping[str, Contribution],
    *,
    merge: bool = False,
    each: Each = starmap,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[str, ...]:
    """Brings the index in `folder` up to date; returns its files, relative, with forward slashes, sorted.

    contributions  address of a report → what it brings
    merge          one segment for everything, as a clean build makes it
    each           calls a function of this module with each of several arguments, perhaps in other
                   processes, and gives the results in order
    progress       is told how many letters of a new segment are sorted, and of how many

    Killed at any moment, the folder leads to the same answers again at the next call; damaged or
    deleted files are made again. Files that no longer belong to the index are removed after the
    new ones are complete, so a site that links the old ones keeps them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    old = [] if merge else _read_state(folder)
    kept, fresh = _divided(old, contributions)
    loaded, letters = _loaded(fresh, contributions, SMALL if not kept else TAIL)
    if letters > (SMALL if not kept else TAIL):
        wanted = set(fresh)
        size = sum(len(contributions[address].load()) for address in fresh) if kept else 0
        for segment in sorted(kept, key=lambda each: each.size_bytes):
            if segment.size_bytes <= GROWTH * size:
                kept.remove(segment)
                size += segment.size_bytes
                wanted |= {address for address, digest in segment.documents if _stands(address, digest, contributions)}
        kept.append(_write_segment(folder, wanted, contributions, each, progress))
        loaded = []
    texts = dict(_text_files(loaded))
    for name, data in texts.items():
        _write(folder / f"{name}.js", _script(name, data))
    root = [FORMAT, grams.SPLIT, list(texts), [_root_line(segment, contributions) for segment in kept]]
    _write(folder / "root.js", _script("root", as_json(root)))
    _write(folder / "state.json", json.dumps(_state(kept), separators=(",", ":")).encode())
    files = ["root.js", *(f"{name}.js" for name in texts)]
    for segment in kept:
        files += [f"{segment.name}/{name}" for name in segment.files]
    _clear(folder, {"state.json", *(name.split("/")[0] for name in files)})
    return tuple(sorted(files))


def _stands(address: str, digest: str, contributions: Mapping[str, Contribution]) -> bool:
    wanted = contributions.get(address)
    return wanted is not None and wanted.digest == digest


def _divided(
    segments: Iterable[_Segment], contributions: Mapping[str, Contribution]
) -> tuple[list[_Segment], list[str]]:
    """Segments that may stay, and reports that stand in none of them."""
    kept = []
    held: set[str] = set()
    for segment in segments:
        live = {address for address, digest in segment.documents if _stands(address, digest, contributions)}
        if live and (len(segment.documents) - len(live)) * _STRUCK < len(segment.documents) and not live & held:
            kept.append(segment)
            held |= live
    return kept, sorted(set(contributions) - held)


def _root_line(segment: _Segment, contributions: Mapping[str, Contribution]) -> list[object]:
    """What the root says of a segment."""
    stands = [_stands(address, digest, contributions) for address, digest in segment.documents]
    live = [size for size, stays in zip(segment.sizes, stands, strict=True) if stays]
    room, per_block, per_page, separators = segment.root
    return [
        segment.name,
        sum(places > 0 for places, _ in live),
        sum(places for places, _ in live),
        sum(passages for _, passages in live),
        room,
        per_block,
        as_text(steps([number for number, stays in enumerate(stands) if not stays])),
        per_page,
        separators,
    ]


def _loaded(
    addresses: Iterable[str], contributions: Mapping[str, Contribution], most: int
) -> tuple[list[Brought], int]:
    """Reports in order, and their letters; none when they have more than so many."""
    loaded = []
    letters = 0
    for address in addresses:
        data = contributions[address].load()
        loaded.append((read_order(data), read_contribution(data)))
        letters += len(loaded[-1][1].letters)
        if letters > most:
            return [], letters
    return [report for _, report in sorted(loaded, key=lambda each: each[0])], letters


# --- text


def _text_files(reports: Iterable[Brought]) -> Iterator[tuple[str, str]]:
    """Whole reports, in order, some 32 KB a file."""
    shelf: list[str] = []
    for report in reports:
        shelf.append(f"{_block(report, report.lines)[:-1]},{as_json(topic_column(report.topics))}]")
        if sum(map(len, shelf)) > 12_000:
            yield _named("[" + ",\n".join(shelf) + "]")
            shelf = []
    if shelf:
        yield _named("[" + ",\n".join(shelf) + "]")


def _between(bounds: tuple[int, int], number: int) -> int:
    return min(bounds[1], max(bounds[0], number))


def _named(data: str) -> tuple[str, str]:
    return hashlib.blake2b(data.encode(), digest_size=8).hexdigest(), data


# --- a segment of grams


def _write_segment(
    folder: Path,
    addresses: Iterable[str],
    contributions: Mapping[str, Contribution],
    each: Each,
    progress: Callable[[int, int], None],
) -> _Segment:
    """Makes a segment of these reports; it appears in the folder when it is complete."""
    ordered = []
    came_bytes, places, letters = 0, 0, 0
    for address in addresses:
        data = contributions[address].load()
        came_bytes += len(data)
        own_places, own_letters = read_size(data)
        places, letters = places + own_places, letters + own_letters
        ordered.append((read_order(data), address))
    ordered.sort()
    documents = tuple((address, contributions[address].digest) for _, address in ordered)
    block_letters = _between(_TEXT_LETTERS, letters // _TEXT_PART)
    gram_bytes = _between(_GRAM_BYTES, letters // _GRAM_PART)
    per_block = _ROUND * max(1, round(block_letters * places / max(1, letters) / _PLACES_A_ROUND))
    with tempfile.TemporaryDirectory(prefix=".segment-", dir=folder) as temporary:
        staging = Path(temporary, "segment")
        staging.mkdir()
        out = _Files(staging)
        table = _Table()
        blocks = _Blocks(out, per_block)
        with Path(temporary, "letters").open("wb") as folded, Path(temporary, "levels").open("wb") as levels:
            for address, _ in documents:
                report = read_contribution(contributions[address].load())
                folded.write(report.letters.tobytes())
                levels.write(report.levels.tobytes())
                blocks.take(report, table.take(report))
            blocks.end()
            folded.write(bytes(2 * grams.ROOM))
            levels.write(bytes(grams.ROOM))
        table.starts.tofile(Path(temporary, "starts"))
        table.ids.tofile(Path(temporary, "ids"))
        separators = _write_grams(out, Path(temporary), each, progress, gram_bytes)
        per_page = 0 if len(separators) <= _ROOT_FILES else _PAGE
        if per_page:
            for page, first in enumerate(range(0, len(separators), per_page)):
                out.write(f"d{page}", as_json("\n".join(separators[first : first + per_page])))
        for mark, holding in sorted(table.marks.items()):
            out.write(f"m{ord(mark):x}", as_json(as_text(steps(holding))))
        _write_topics(out, table)
        _write_breaks(out, table, gram_bytes)
        out.write("addresses", as_json(_front_coded([address for address, _ in documents])))
        out.write("dates", as_json(as_text(table.dates)))
        out.write("counts", as_json(table.short()))
        out.write("table", as_json(table.data()))
        name = out.digest.hexdigest()
        if not _is_whole(folder / name, out.files):
            shutil.rmtree(folder / name, ignore_errors=True)
            staging.rename(folder / name)
    root = (table.room, per_block, per_page, "\n".join(separators[:: per_page or 1]))
    return _Segment(name, documents, tuple(table.sizes), root, came_bytes, dict(sorted(out.files.items())))


class _Files:
    """The files of a segment as they are written; `count` of those so far, and one digest of all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, int] = {}
        self.digest = hashlib.blake2b(digest_size=8)

    @property
    def count(self) -> int:
        return len(self.files)

    def write(self, name: str, data: str) -> None:
        script = _script(name, data)
        self.digest.update(script)
        (self._folder / f"{name}.js").write_bytes(script)
        self.files[f"{name}.js"] = len(script)


def _write_grams(
    out: _Files, folder: Path, each: Each, progress: Callable[[int, int], None], target_bytes: int
) -> list[str]:
    """All files of grams; gives the texts that part them. Letters are read from disk as they are needed."""
    parts = grams.parts(_letters_in(folder))
    calls = [(folder, low, high, target_bytes) for low, high, _ in parts]
    every, done = sum(size for *_, size in parts), 0
    separators: list[str] = []
    before = ""
    for (*_, size), files in zip(parts, each(sorted_part, calls), strict=True):
        for first, last, (count, text, data) in files:
            out.write(f"g{len(separators)}", f'[{count},{as_json(text)},"{data}"]')
            separators.append(grams.separator(before, first))
            before = last
        done += size
        progress(done, every)
    if not separators:  # lines of marks and nothing else
        out.write("g0", '[0,"",""]')
        separators.append("")
    return separators


def sorted_part(folder: Path, low: int, high: int, target_bytes: int) -> list[tuple[str, str, tuple[int, str, str]]]:
    """`grams.shards` of letters that lie in a folder: for whatever process."""
    return grams.shards(_letters_in(folder), low, high, target_bytes)


def _letters_in(folder: Path) -> grams.Letters:
    return grams.Letters(
        np.memmap(folder / "letters", np.uint16, "r"),
        np.memmap(folder / "levels", np.uint8, "r"),
        np.fromfile(folder / "starts", np.int64),
        np.fromfile(folder / "ids", np.int64),
    )


class _Blocks:
    """Text in blocks, each of so many numbers of places, written as reports come in."""

    def __init__(self, out: _Files, per_block: int) -> None:
        self._out = out
        self._per_block = per_block
        self._number = -1
        self._parts: list[str] = []

    def take(self, report: Brought, ids: Numbers) -> None:
        """Takes a report in, with the numbers of its places; a line stands where its first place stands."""
        firsts = ids[np.cumsum([0, *(line.places for line in report.lines)])[:-1]].tolist()
        for number, held in groupby(
            zip(firsts, report.lines, strict=True), lambda first_and_line: first_and_line[0] // self._per_block
        ):
            (first, line), *rest = held
            if number != self._number:
                self.end()
                self._number = number
                self._parts = [str(first - number * self._per_block)]
            self._parts.append(_block(report, [line, *(line for _, line in rest)]))

    def end(self) -> None:
        """Writes what is left."""
        if self._parts:
            self._out.write(f"t{self._number}", f"[{','.join(self._parts)}]")
            self._parts = []


def _write_topics(out: _Files, table: _Table) -> None:
    """Topics of all places: where each stands, and which there are from one number on to another."""
    topics_of = dict(zip(table.ids.tolist(), table.topics, strict=True))
    places: dict[str, list[int]] = {}
    for number, topics in topics_of.items():
        for topic in topics:
            places.setdefault(topic, []).append(number)
    shelf: list[str] = []
    file_of = []
    files = 0
    for topic in sorted(places):
        file_of.append(files)
        shelf.append(as_text(steps(places[topic])))
        if sum(map(len, shelf)) > _TOPIC_LETTERS:
            out.write(f"k{files}", as_json(shelf))
            shelf, files = [], files + 1
    if shelf:
        out.write(f"k{files}", as_json(shelf))
    out.write("topics", as_json(["\n".join(sorted(places)), as_text(file_of)]))
    for number, first in enumerate(range(0, table.room, _TOPIC_ROOM)):
        last = min(table.room, first + _TOPIC_ROOM)
        out.write(f"c{number}", as_json(topic_column(topics_of.get(at, ()) for at in range(first, last))))


def _write_breaks(out: _Files, table: _Table, target_bytes: int) -> None:
    """Between which letters which marks stand, and in which lines."""
    pairs, runs, lines = table.breaks
    names = sorted(table.runs, key=lambda run: run.encode("utf-16-be"))
    rank = np.zeros(len(names), np.int64)
    rank[[table.runs[name] for name in names]] = np.arange(len(names))
    order = np.lexsort((lines, rank[runs], pairs))
    pairs, runs, lines = pairs[order], rank[runs][order], lines[order]
    firsts = np.flatnonzero((np.diff(pairs, prepend=-1) != 0) | (np.diff(runs, prepend=-1) != 0))
    ahead = steps(lines)
    ahead[firsts] = lines[firsts]
    shelves: list[tuple[list[str], list[str]]] = [([], [])]
    size = 0
    for pair, run, text in zip(pairs[firsts].tolist(), runs[firsts].tolist(), as_texts(ahead, firsts), strict=True):
        letters = chr(pair >> 16) + chr(pair & 0xFFFF)
        if size > target_bytes and not shelves[-1][0][-1].startswith(letters):
            shelves.append(([], []))
            size = 0
        keys, lists = shelves[-1]
        keys.append(letters + names[run])
        lists.append(text)
        size += 2 * (len(keys[-1]) + len(text))
    for number, (keys, lists) in enumerate(shelves):
        out.write(f"b{number}", as_json(["\n".join(keys), "\n".join(lists)]))
    out.write("breaks", as_json("\n".join("".join(keys)[:2] for keys, _ in shelves)))


def _block(report: Brought, lines: Iterable[Line]) -> str:
    wanted = {section for line in lines for section in line.sections}
    sections = ",".join(text if number in wanted else "0" for number, text in enumerate(report.sections))
    return f"[{report.head},[{sections}],[{','.join(line.wire for line in lines)}]]"


def _front_coded(texts: Sequence[str]) -> list[str]:
    """Texts that begin like those before them."""
    shared = []
    for before, text in zip(["", *texts], texts, strict=False):
        shorter = min(len(before), len(text))
        shared.append(next((at for at in range(shorter) if before[at] != text[at]), shorter))
    return [as_text(shared), "\n".join(text[common:] for text, common in zip(texts, shared, strict=True))]


class _Table:
    """What is known of the reports of a segment, gathered report by report."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.dates: list[int] = []
        self.marks: dict[str, list[int]] = {}
        self.topics: list[tuple[str, ...]] = []
        self._starts = [np.zeros(0, np.int64)]
        self._ids = [np.zeros(0, np.int64)]
        self.runs: dict[str, int] = {}
        self._breaks = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))]
        self._next = 0
        self._letters = 0
        self._places: dict[tuple[str, str, int], int] = {}
        self._place_of: list[int] = []
        self._issuer_kinds: dict[tuple[str, str], int] = {}
        self._names: dict[tuple[str, int], int] = {}
        self._issuers: dict[tuple[int, int], int] = {}
        self._issuer_of: list[int] = []
        self._years: list[int] = []
        self._kinds: list[tuple[int, ...]] = []
        self._joined: list[tuple[int, int]] = []
        self._continuing: list[tuple[int, int, int]] = []
        self._topic_sets: dict[tuple[str, ...], tuple[str, ...]] = {}  # one of each: there are 350,000 places

    @property
    def room(self) -> int:
        """All numbers of places are below it."""
        return int(self._ids[-1][-1]) + 1 if len(self._ids[-1]) else 0

    @property
    def starts(self) -> Numbers:
        """Where each place begins in the letters of all."""
        return np.concatenate(self._starts)

    @property
    def ids(self) -> Numbers:
        """The number of each place."""
        return np.concatenate(self._ids)

    @property
    def breaks(self) -> tuple[Numbers, Numbers, Numbers]:
        """Of each break its letters, first · 2¹⁶ + second; its marks, a number of `runs`; the first place of its line."""
        pairs, runs, lines = (np.concatenate([each[part] for each in self._breaks]) for part in (0, 1, 2))
        return pairs, runs, lines

    def take(self, report: Brought) -> Numbers:
        """Takes a report in; gives the numbers of its places."""
        begins = self._next + np.append(0, np.cumsum(_rounded(report.kinds)))
        before = np.cumsum(report.kinds) - report.kinds
        ids = np.arange(len(report.starts)) + np.repeat(begins[:-1] - before, report.kinds)
        self._next = int(begins[-1])
        if len(ids):
            self._starts.append(report.starts.astype(np.int64) + self._letters)
            self._ids.append(ids)
            firsts = np.cumsum([0, *(line.places for line in report.lines)])
            line = np.searchsorted(np.flatnonzero(report.letters == 0), report.breaks)
            letters = report.letters.astype(np.int64)
            pairs = (letters[report.breaks.astype(np.int64) - 1] << 16) + letters[report.breaks]
            runs = [self.runs.setdefault(run, len(self.runs)) for run in report.runs]
            self._breaks.append((pairs, np.asarray(runs, np.int64), ids[firsts[line]]))
        self.sizes.append((len(ids), len(ids) - len(report.continuing)))
        self._letters += len(report.letters)
        place = 0
        for code, name in report.lineage:
            place = self._places.setdefault((code, name, place), len(self._places)) + 1
        self._place_of.append(place)
        self._issuer_of.append(self._issuer(report, place))
        self._years.append(report.year or 0)
        self.dates.append((datetime.date.fromisoformat(report.date) - _EPOCH).days if report.date else 0)
        self._kinds.append(report.kinds)
        self._joined += [(int(ids[at]), kind + 1) for at, _, kind in report.joined]
        for at, back in report.continuing:
            self._continue(int(ids[at]), int(ids[at] - ids[at - back]))
        self.topics += map(self._topic_sets.setdefault, report.topics, report.topics)
        for mark, places in report.marks:
            self.marks.setdefault(mark, []).extend(ids[sorted(places)].tolist())
        return ids

    def _continue(self, number: int, back: int) -> None:
        """A place that continues a passage, mostly behind another one that does."""
        if self._continuing:
            first, first_back, length = self._continuing[-1]
            if (number, back) == (first + length, first_back + length):
                self._continuing[-1] = (first, first_back, length + 1)
                return
        self._continuing.append((number, back, 1))

    def _issuer(self, report: Brought, place: int) -> int:
        name = report.issuer
        kind = (
            self._issuer_kinds.setdefault(report.issuer_kind, len(self._issuer_kinds)) + 1 if report.issuer_kind else 0
        )
        if name is None and not kind:
            return 0
        place_name = report.lineage[-1][1] if report.lineage else ""
        form = 0 if name is None else 2 if place_name and name.startswith(place_name) else 1
        rest = (name or "")[len(place_name) if form == 2 else 0 :]
        text = self._names.setdefault((rest, kind), len(self._names))
        return self._issuers.setdefault((3 * text + form, place), len(self._issuers)) + 1

    def short(self) -> list[str]:
        """How many places each group is short of its length, by kind."""
        kinds = np.asarray(self._kinds, np.int64).reshape(-1, len(KINDS))
        return [as_text(column) for column in (_rounded(kinds) - kinds).T]

    def data(self) -> list[object]:
        """The data of the table's file, but for the blocks."""
        lines = "\n".join
        lengths = [tuple(row) for row in (_rounded(self._kinds) // _ROUND).tolist()]
        often = Counter(lengths)
        sorts = {row: number for number, row in enumerate(sorted(often, key=lambda row: (-often[row], row)))}
        first = min(filter(None, self._years), default=0)
        joined, continuing = (np.asarray(rows, np.int64).reshape(-1, width).T for rows, width in (
            (self._joined, 2), (self._continuing, 3)))  # fmt: skip
        return [
            _front_coded([code for code, _, _ in self._places]),
            lines(name for _, name, _ in self._places),
            as_text(_ways([parent for _, _, parent in self._places])),
            as_text(signed(steps(self._place_of))),
            lines(value for value, _ in self._issuer_kinds),
            lines(name for _, name in self._issuer_kinds),
            lines(name for name, _ in self._names),
            as_text([kind for _, kind in self._names]),
            as_text([number for number, _ in self._issuers]),
            as_text(signed(steps(self._issuer_of))),
            as_text([year - first + 1 if year else 0 for year in self._years]),
            first,
            as_text([length for row in sorts for length in row]),
            as_text([sorts[row] for row in lengths]),
            [as_text(steps(joined[0])), as_text(joined[1])],
            [as_text(steps(continuing[0])), as_text(continuing[1]), as_text(continuing[2])],
            lines(sorted(self.marks)),
        ]


def _ways(parents: Sequence[int]) -> list[int]:
    """Of each place how much of the way to the one before it shares; parents + 1, 0 for none."""
    written = []
    way: list[int] = []
    for number, parent in enumerate(parents, 1):
        if parent and parent not in way:
            written.append(len(way) + 1 + parent)
            way = [parent]  # as a reader has it, who need not know what lies above
        else:
            shared = way.index(parent) + 1 if parent else 0
            written.append(shared)
            way = way[:shared]
        way.append(number)
    return written


def _rounded(counts: Any) -> Numbers:
    """Up to the next multiple of eight."""
    return -(-np.asarray(counts, np.int64).reshape(-1, len(KINDS)) // _ROUND) * _ROUND


# --- files


_EPOCH = datetime.date(1900, 1, 1)


def _script(name: str, data: str) -> bytes:
    return f'window.govreport.receive("{name}",{data});\n'.encode()


def _write(path: Path, data: bytes) -> None:
    """All of a file or none of it."""
    written = path.with_name(f".{path.name}.new")
    written.write_bytes(data)
    written.replace(path)


def _state(segments: Iterable[_Segment]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "segments": [
            [each.name, each.documents, each.sizes, each.root, each.size_bytes, each.files] for each in segments
        ],
    }


def _read_state(folder: Path) -> list[_Segment]:
    """The segments that are there as they were left; those with a file missing or cut off are not."""
    try:
        state = json.loads((folder / "state.json").read_bytes())
        if state["format"] != FORMAT:
            return []
        segments = [
            _Segment(
                name,
                tuple((a, d) for a, d in documents),
                tuple((places, passages) for places, passages in sizes),
                tuple(root),
                size_bytes,
                dict(files),
            )
            for name, documents, sizes, root, size_bytes, files in state["segments"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [segment for segment in segments if _is_whole(folder / segment.name, segment.files)]


def _is_whole(folder: Path, files: Mapping[str, int]) -> bool:
    try:
        with os.scandir(folder) as found:
            return {entry.name: entry.stat().st_size for entry in found} == files
    except OSError:
        return False


def _clear(folder: Path, wanted: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in wanted:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
