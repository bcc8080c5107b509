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
      segment         [name, reports, places, gone, per page, grams]
                      gone: Numbers, steps between reports that are struck out. grams: the least text
                      that parts each file from the one before; where per page is not 0, only of the
                      first file of each page
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
      t<n>.js         a block of text: a report as above without topics, with 0 for sections that the block does not need
      m<hex>.js       Numbers: steps between the places that hold a joining mark
      addresses.js    [Numbers: how many letters the address of each report has in common with the one before,
                      what follows these in each, line feeds between]
      dates.js        Numbers: for each report days since 1900-01-01, 0 when unknown
      topics.js       of all places: `topics.py`. Three times as large as the table, so who asks for no topic waits for none
      table.js        [codes, names, parents + 1, places of reports + 1 (steps),
                      values, names of kinds of issuers, kinds of reports + 1,
                      issuers' names or what follows their place's, (2 × such a text + 1 with its place's name)
                      of each issuer, issuers of reports + 1 (steps), years (steps),
                      [places of each kind for each report, …],
                      [joined (steps), starts, kinds + 1], [continuing (steps), back],
                      marks, blocks of each report, places of all blocks but the last of a report]
                      texts with line feeds between, Numbers; a step from one report to the next is signed:
                      0, 1, -1, 2, -2 … are written 0, 2, 1, 4, 3 …

Twins: templates/static/browser/shards.js, segment.js, texts.js, lines.js, topics.js; tests/golden/index/ holds a small one.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from govreport_site.search import grams
from govreport_site.search.contribution import KINDS, Brought, Line, as_json, read_contribution, read_order
from govreport_site.search.numbers import as_text, signed, steps
from govreport_site.search.topics import topic_column

FORMAT = 4

# A corpus of so many letters stays text: some nine reports, 30 KB on the way to a reader.
SMALL = 30_000

# What came in last stays text up to so many letters.
TAIL = 12_000

# A segment takes in the others that are not so many times as large.
GROWTH = 4

# One in so many reports struck out, and a segment is made anew.
_STRUCK = 5

# Files of text and of grams are as small as readers want them, and in a large index so large that
# there are about so many of each: hosts limit how many files a site may have.
_FILES = 17_000
_TEXT_BYTES = (3_000, 20_000)
_GRAM_BYTES = (4_000, 24_000)

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
    root        what the root says of it
    size_bytes  of the contributions it was made from
    files       name → bytes
    """

    name: str
    documents: tuple[tuple[str, str], ...]
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
    struck = [_struck(segment, contributions) for segment in kept]
    root = [
        FORMAT,
        grams.SPLIT,
        list(texts),
        [
            [segment.name, len(segment.documents), segment.root[0], as_text(steps(gone)), *segment.root[1:]]
            for segment, gone in zip(kept, struck, strict=True)
        ],
    ]
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


def _struck(segment: _Segment, contributions: Mapping[str, Contribution]) -> list[int]:
    return [
        number
        for number, (address, digest) in enumerate(segment.documents)
        if not _stands(address, digest, contributions)
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
    came_bytes = 0
    for address in addresses:
        data = contributions[address].load()
        came_bytes += len(data)
        ordered.append((read_order(data), address))
    ordered.sort()
    documents = tuple((address, contributions[address].digest) for _, address in ordered)
    text_bytes, gram_bytes = (min(most, max(least, came_bytes // _FILES)) for least, most in (_TEXT_BYTES, _GRAM_BYTES))
    with tempfile.TemporaryDirectory(prefix=".segment-", dir=folder) as temporary:
        staging = Path(temporary, "segment")
        staging.mkdir()
        out = _Files(staging)
        table = _Table()
        with Path(temporary, "letters").open("wb") as letters, Path(temporary, "levels").open("wb") as levels:
            for address, _ in documents:
                report = read_contribution(contributions[address].load())
                letters.write(report.letters.tobytes())
                levels.write(report.levels.tobytes())
                blocks = list(_blocks(report, text_bytes))
                for block in blocks:
                    out.write(f"t{out.count}", _block(report, block))
                table.take(report, [sum(line.places for line in block) for block in blocks])
            letters.write(bytes(2 * grams.ROOM))
            levels.write(bytes(grams.ROOM))
        np.asarray(table.starts, np.int64).tofile(Path(temporary, "starts"))
        separators = _write_grams(out, Path(temporary), each, progress, gram_bytes)
        per_page = 0 if len(separators) <= _ROOT_FILES else _PAGE
        if per_page:
            for page, first in enumerate(range(0, len(separators), per_page)):
                out.write(f"d{page}", as_json("\n".join(separators[first : first + per_page])))
        for mark, places in sorted(table.marks.items()):
            out.write(f"m{ord(mark):x}", as_json(as_text(steps(places))))
        out.write("addresses", as_json(_front_coded([address for address, _ in documents])))
        out.write("dates", as_json(as_text(table.dates)))
        out.write("topics", as_json(topic_column(table.topics)))
        out.write("table", as_json(table.data()))
        name = out.digest.hexdigest()
        if not _is_whole(folder / name, out.files):
            shutil.rmtree(folder / name, ignore_errors=True)
            staging.rename(folder / name)
    root = (len(table.starts), per_page, "\n".join(separators[:: per_page or 1]))
    return _Segment(name, documents, root, came_bytes, dict(sorted(out.files.items())))


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
    )


def _blocks(report: Brought, target_bytes: int) -> Iterator[list[Line]]:
    block: list[Line] = []
    size_bytes = 0
    for line in report.lines:
        length_bytes = len(line.wire.encode())
        if block and size_bytes + length_bytes > target_bytes:
            yield block
            block, size_bytes = [], 0
        block.append(line)
        size_bytes += length_bytes
    yield block


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
        self.starts: list[int] = []
        self.dates: list[int] = []
        self.marks: dict[str, list[int]] = {}
        self.topics: list[tuple[str, ...]] = []
        self._letters = 0
        self._places: dict[tuple[str, str, int], int] = {}
        self._place_of: list[int] = []
        self._issuer_kinds: dict[tuple[str, str], int] = {}
        self._issuer_kind_of: list[int] = []
        self._names: dict[str, int] = {}
        self._issuers: dict[tuple[int, int], int] = {}
        self._issuer_of: list[int] = []
        self._years: list[int] = []
        self._kinds: list[tuple[int, ...]] = []
        self._joined: list[tuple[int, int, int]] = []
        self._continuing: list[tuple[int, int]] = []
        self._topic_sets: dict[tuple[str, ...], tuple[str, ...]] = {}  # one of each: there are 350,000 places
        self._blocks: list[int] = []
        self._block_places: list[int] = []

    def take(self, report: Brought, block_places: Sequence[int]) -> None:
        """Takes a report in; `block_places` are the places of its blocks."""
        base = len(self.starts)
        self.starts += (report.starts.astype(np.int64) + self._letters).tolist()
        self._letters += len(report.letters)
        place = 0
        for code, name in report.lineage:
            place = self._places.setdefault((code, name, place), len(self._places)) + 1
        self._place_of.append(place)
        kind = report.issuer_kind
        self._issuer_kind_of.append(self._issuer_kinds.setdefault(kind, len(self._issuer_kinds)) + 1 if kind else 0)
        self._issuer_of.append(self._issuer(report.issuer, report.lineage, place))
        self._years.append(report.year or 0)
        self.dates.append((datetime.date.fromisoformat(report.date) - _EPOCH).days if report.date else 0)
        self._kinds.append(report.kinds)
        self._joined += [(base + at, start, kind + 1) for at, start, kind in report.joined]
        self._continuing += [(base + at, back) for at, back in report.continuing]
        self.topics += map(self._topic_sets.setdefault, report.topics, report.topics)
        for mark, ids in report.marks:
            self.marks.setdefault(mark, []).extend(base + at for at in sorted(ids))
        self._blocks.append(len(block_places))
        self._block_places += block_places[:-1]

    def _issuer(self, name: str | None, lineage: tuple[tuple[str, str], ...], place: int) -> int:
        if name is None:
            return 0
        place_name = lineage[-1][1] if lineage else ""
        under = place_name != "" and name.startswith(place_name)
        text = self._names.setdefault(name[len(place_name) :] if under else name, len(self._names))
        return self._issuers.setdefault((2 * text + under, place), len(self._issuers)) + 1

    def data(self) -> list[object]:
        """The data of the table's file."""
        lines = "\n".join
        joined, continuing = (np.asarray(rows, np.int64).reshape(-1, width).T for rows, width in (
            (self._joined, 3), (self._continuing, 2)))  # fmt: skip
        return [
            lines(code for code, _, _ in self._places),
            lines(name for _, name, _ in self._places),
            as_text([parent for _, _, parent in self._places]),
            as_text(signed(steps(self._place_of))),
            lines(value for value, _ in self._issuer_kinds),
            lines(name for _, name in self._issuer_kinds),
            as_text(self._issuer_kind_of),
            lines(self._names),
            as_text([number for number, _ in self._issuers]),
            as_text(signed(steps(self._issuer_of))),
            as_text(signed(steps(self._years))),
            [as_text([kinds[kind] for kinds in self._kinds]) for kind in range(len(KINDS))],
            [as_text(steps(joined[0])), as_text(joined[1]), as_text(joined[2])],
            [as_text(steps(continuing[0])), as_text(continuing[1])],
            lines(sorted(self.marks)),
            as_text(self._blocks),
            as_text(self._block_places),
        ]


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
        "segments": [[each.name, each.documents, each.root, each.size_bytes, each.files] for each in segments],
    }


def _read_state(folder: Path) -> list[_Segment]:
    """The segments that are there as they were left; those with a file missing or cut off are not."""
    try:
        state = json.loads((folder / "state.json").read_bytes())
        if state["format"] != FORMAT:
            return []
        segments = [
            _Segment(name, tuple((a, d) for a, d in documents), tuple(root), size_bytes, dict(files))
            for name, documents, root, size_bytes, files in state["segments"]
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
