"""What a build does when something has changed: the second half of `site.py`, told top to bottom."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, starmap
from pathlib import Path

from govreport_site import issuer_kinds, places, store
from govreport_site.exports.machines import FORMS, Leaf, LeafForm, Seen, leaves
from govreport_site.gathering import (
    gather,
    marks_of,
    one_in,
    read_records,
    save_records,
    shared_wording,
)
from govreport_site.graph import Inputs, digest, digest_of, verify
from govreport_site.insight.additions import read_texts
from govreport_site.insight.of_report import read_kit, vocabulary_of
from govreport_site.looking import (
    SETTINGS_FILE,
    Built,
    Look,
    State,
    Written,
    save_problems,
    save_state,
    shown_prefix,
    template_folder,
)
from govreport_site.making import (
    Bench,
    Made,
    Order,
    Pool,
    Record,
    batches,
    is_asked,
    kept_terms,
    lay_out,
    make_batch,
    make_here,
    print_sheet,
    processors,
    write,
)
from govreport_site.manifest import all_files, read_digest
from govreport_site.pages.assets import Assets, read_assets
from govreport_site.pages.plan import plan
from govreport_site.pages.press import TEMPLATES
from govreport_site.pages.sheets import Form, Sheet
from govreport_site.pages.views import Site
from govreport_site.problems import Problem, in_order
from govreport_site.program import part_digest
from govreport_site.progress import Progress
from govreport_site.reading.settings import Settings, read_settings
from govreport_site.records import Plain, flat_problems
from govreport_site.search.segments import Contribution, update_index
from govreport_site.search.terms import suggestion_file
from govreport_site.store import Place, read_piece
from govreport_site.switch import MARK, MARK_TEXT, check_names, drop, identity, link, make_twin, remove_tree, switch_in
from govreport_site.telling import Told, explained, why
from govreport_site.topic_names import TopicNames

_FORMAT = b"1"

# Templates name the ones they are made of.
_USES = re.compile(rb"""\{%-?\s*(?:extends|from|import|include)\s+["']([^"']+)["']""")

_INDEX = "search/"
_SUGGESTIONS = "search/suggestions.js"

# So much of what reports bring to the index is kept for the next time.
_BROUGHT_BYTES = 64 * 1024 * 1024

# So many packs may lie side by side before they are put together.
_MANY_PACKS = 40


def rebuild(
    corpus: Path,
    output: Path,
    cache: Path,
    look: Look,
    state: State | None,
    lost: frozenset[str],
    whole: bool,
    *,
    base: str | None,
    templates: tuple[Path, ...],
    jobs: int | None,
    merge: bool,
    explain: str | None,
    progress: Progress,
    began: float,
) -> Built:
    """Makes what has changed, and switches it in.

    lost   files of the site that are not as they were left
    whole  whether the twin is as the site is
    Arguments else as in `site.build`. Raises OSError when something cannot be written.
    """
    for folder in ("packs", "brought", "search", "words"):
        (cache / folder).mkdir(exist_ok=True)
    folders = (*templates, template_folder())
    prefix = shown_prefix(corpus)
    settings, of_settings = read_settings(corpus, name=prefix + SETTINGS_FILE)
    texts = read_texts(corpus, prefix)
    kit, of_texts = read_kit(texts)
    of_corpus = (*of_settings, *of_texts)
    if base is not None:
        settings = replace(settings, base=base)
    with Pool(jobs or processors()) as pool:
        look, records = read_records(corpus, cache, prefix, texts, look, pool, progress)
        gathered = gather(corpus, cache, prefix, look, records)

        assets = read_assets(*(folder / "static" for folder in folders))
        shared = shared_wording(corpus, cache, prefix, texts, look, records, pool, progress)
        vocabulary = vocabulary_of(kit)
        marks = marks_of(gathered, vocabulary, digest_of(kit.set_phrases), shared)
        sheets: dict[str, Sheet | Leaf] = {sheet.page: sheet for sheet in plan(gathered.catalogue, marks)}
        pages = tuple(sheets)
        odd = {file: digest_of(record.problems) for file, record in records.items()}
        seen = Seen(marks.entries, marks.texts, marks.findings, odd, marks.traits, marks.vocabulary)
        sheets.update((leaf.page, leaf) for leaf in leaves(gathered.catalogue, pages, seen, settings.base))
        looks = _looks(look, folders, settings, assets)
        rules: dict[str, Inputs] = {page: (*looks[sheet.form], *sheet.inputs) for page, sheet in sheets.items()}
        traces: dict[str, tuple[Inputs, bytes]] = store.load(cache / "traces", _FORMAT) or {}

        tree, outputs = _twin(output, cache, state, lost, whole)
        stands = {page: stood[0] for page, stood in outputs.items()}
        before = {page: trace[0] for page, trace in traces.items() if stands.get(page) == trace[1]}
        stale = verify(rules, before).stale

        bench = Bench(
            corpus, cache, tree, folders, assets, Site(settings.title, settings.base), prefix,
            gathered.catalogue, records, stands, texts, gathered.problems,
        )  # fmt: skip
        searching = part_digest(look.program, "search")
        topics = TopicNames(vocabulary)
        called = digest_of((tuple(map(topics.path, topics.by_id)), vocabulary.fields))
        bears = {
            e.folder: digest_of((records[e.file].text, records[e.file].said, e.folder, searching, called))
            for e in gathered.catalogue.entries
        }
        had = state.brought if state is not None and (cache / "search" / "root.js").is_file() else {}
        wanted = {address for address, content in bears.items() if address not in had or had[address][0] != content}
        made, fresh = _make(bench, [sheets[page] for page in stale], wanted, pool, progress)

        lying = {e.folder: fresh.get(e.file) or _place(had, e.folder) for e in gathered.catalogue.entries}
        contributions = {
            entry.folder: Contribution(bears[entry.folder].hex(), _loader(bench, entry.file, lying[entry.folder]))
            for entry in gathered.catalogue.entries
        }
        telling = _telling(progress, "检索索引")
        index = update_index(cache / "search", contributions, merge=merge, each=pool.each, progress=telling)

    for name, data in ((MARK, MARK_TEXT), *assets.files):
        made.append(write(tree, name, data, stands.get(name)))
    made += _taken(cache / "search", index, tree, outputs)
    brought = _brought(cache, bears, lying)
    suggested = state.suggested if state is not None and _SUGGESTIONS in outputs else {}
    read = {file: record.text for file, record in records.items()}
    if merge or _much_differs(suggested, read):
        made.append(write(tree, _SUGGESTIONS, _suggestions(bench), stands.get(_SUGGESTIONS)))
        suggested = read
    else:
        made.append(Made(_SUGGESTIONS, outputs[_SUGGESTIONS][0], None))

    now = {one.page: (one.digest, *(one.status or outputs[one.page][1:])) for one in made}
    names = {*now, *sheets}
    check_names(names, names - outputs.keys())
    now = {name: now[name] if name in now else outputs[name] for name in sorted(names)}
    changed = sorted(one.page for one in made if one.status is not None)
    gone = sorted(outputs.keys() - names)
    drop(tree, gone)

    store.save(cache / "traces", _FORMAT, {page: (rules[page], now[page][0]) for page in sheets})
    save_problems(cache, chain(_flat_of_corpus(of_corpus, prefix), _flat(gathered.problems)))
    size_bytes = sum(size for _, size, _ in now.values())
    left = State(look, None, None, now, (len(records), len(pages), size_bytes), brought, suggested)
    _switch(output, cache, left, changed, gone)
    _tidy(cache, look, records)

    new = sum(name not in outputs for name in changed)
    written = Written(len(now), size_bytes, new, len(changed) - new, len(gone))
    problems = tuple(in_order([*of_corpus, *chain.from_iterable(gathered.problems.values())]))
    told = Told(sheets, rules, traces, stale, frozenset(changed), state, look)
    return Built(
        len(records), len(pages), written, problems, time.perf_counter() - began,
        tuple(why(told)), tuple(explained(told, explain)) if explain is not None else (),
    )  # fmt: skip


# --- Making -------------------------------------------------------------------------------


def _looks(look: Look, folders: Sequence[Path], settings: Settings, assets: Assets) -> dict[Form | LeafForm, Inputs]:
    """What every page, or file beside the pages, of a form is made from beside its reports."""
    files: dict[str, bytes] = {}
    for name, (*_, content) in look.templates.files.items():
        files.setdefault(name.partition("/")[2], content)
    uses: dict[str, set[str]] = {}

    def used(name: str) -> set[str]:
        if name not in uses:
            uses[name] = {name}
            path = next((folder / name for folder in folders if (folder / name).is_file()), None)
            for below in _USES.findall(path.read_bytes()) if path is not None else ():
                uses[name] |= used(below.decode())
        return uses[name]

    # Years are compared while pages are made: of insight more than the findings has a say.
    about = digest(part_digest(look.program, "insight"), digest_of((settings.title, settings.base)))
    program, beside = (digest(part_digest(look.program, wing), about) for wing in ("pages", "exports"))
    styles = digest_of(tuple(name for name, _ in assets.files))
    of_pages: dict[Form | LeafForm, Inputs] = {
        form: (
            f"模板 {template}", digest_of(tuple((name, files.get(name, b"")) for name in sorted(used(template)))),
            "样式和脚本", styles,
            "程序和网站设置", program,
        )
        for form, template in TEMPLATES.items()
    }  # fmt: skip
    return {**of_pages, **dict.fromkeys(FORMS, ("程序和网站设置", beside))}


def _twin(
    output: Path, cache: Path, state: State | None, lost: frozenset[str], whole: bool
) -> tuple[Path, dict[str, tuple[bytes, int, int]]]:
    """A tree to be changed, as the site is now; and the files in it."""
    tree = cache / "tree"
    outputs: dict[str, tuple[bytes, int, int]] = {}
    if state is not None and state.site is not None and identity(output) == state.site:
        outputs = {name: stood for name, stood in state.outputs.items() if name not in lost}
    elif output.is_dir():
        outputs = {
            name: (read_digest(output / name), size, changed) for name, (size, changed, _) in all_files(output).items()
        }
    (cache / "tree.dirty").touch()
    if not whole:
        remove_tree(tree)
        make_twin(output, tree, outputs)
    return tree, outputs


def _make(
    bench: Bench, sheets: Sequence[Sheet | Leaf], wanted: set[str], pool: Pool, progress: Progress
) -> tuple[list[Made], dict[str, Place]]:
    """Makes pages, and the contributions of the reports at `wanted` addresses."""
    made: list[Made] = []
    orders = []
    left = {entry.file for entry in bench.catalogue.entries if entry.folder in wanted}
    for sheet in sheets:
        if sheet.form in ("problems", "problems_province"):
            # Only this process knows the problems.
            made.append(write(bench.tree, sheet.page, print_sheet(bench, sheet), bench.before.get(sheet.page)))
            continue
        brings = sheet.reports[0] if sheet.form == "report" and sheet.reports[0] in left else None
        left.discard(brings or "")
        orders.append(Order(sheet, brings))
    orders += [Order(None, file) for file in sorted(left)]
    # Pages that show the same reports side by side, so that a process raises each report once.
    position = {entry.file: number for number, entry in enumerate(bench.catalogue.entries)}
    orders.sort(key=lambda order: min((position[file] for file in order.files), default=-1))
    fresh: dict[str, Place] = {}
    if not orders:
        return made, fresh
    progress.phase("做网页", len(orders))
    bench.keep_compiled()
    processes = pool.jobs(len(orders))
    parts = list(batches(orders, processes))
    stamp = secrets.token_bytes(8)
    if processes > 1:
        lay_out(bench, stamp)
        calls = [(bench.cache, stamp, f"{stamp.hex()}-{number}.pack", part) for number, part in enumerate(parts)]
        results = pool.run(make_batch, calls)
    else:
        results = starmap(make_here, ((bench, f"{stamp.hex()}-{n}.pack", part) for n, part in enumerate(parts)))
    for pages, several in results:
        made += pages
        fresh.update(several)
        progress.step(len(pages))
    (bench.cache / "bench").unlink(missing_ok=True)
    return made, fresh


def _telling(progress: Progress, name: str) -> Callable[[int, int], None]:
    """Tells of work of which only it knows how much it is."""
    progress.phase(name, 1)
    told = 0

    def tell(done: int, of: int) -> None:
        nonlocal told
        if told == 0:
            progress.phase(name, of)
        progress.step(done - told)
        told = done

    return tell


def _loader(bench: Bench, file: str, place: Place | None) -> Callable[[], bytes]:
    def load() -> bytes:
        kept = read_piece(bench.cache / "brought", place) if place is not None else None
        return kept if kept is not None else bench.contribution(file)

    return load


def _taken(
    folder: Path, names: Sequence[str], tree: Path, outputs: Mapping[str, tuple[bytes, int, int]]
) -> Iterator[Made]:
    """The files of the index, taken into the tree."""
    root = f"{folder}{os.sep}"
    for name in names:
        page = _INDEX + name
        here = os.stat(root + name)  # noqa: PTH116 - tens of thousands of them
        known = outputs.get(page)
        # In the site stands the very same file, else one that may be equal.
        same = known is not None and known[1] == here.st_size and known[2] == here.st_mtime_ns
        if not same and known is not None and known[1] == here.st_size:
            same = (tree / page).read_bytes() == (folder / name).read_bytes()
        if same:
            yield Made(page, b"", None)
            continue
        link(folder / name, tree, page)
        status = (tree / page).stat()
        yield Made(page, b"", (status.st_size, status.st_mtime_ns))


def _place(had: Mapping[str, tuple[bytes, str, int, int]], address: str) -> Place | None:
    return Place(*had[address][1:]) if address in had and had[address][1] else None


def _brought(
    cache: Path, bears: Mapping[str, bytes], lying: Mapping[str, Place | None]
) -> dict[str, tuple[bytes, str, int, int]]:
    """What is noted of each contribution. The bytes of the latest ones stay: the index asks for them soon again."""
    kept = {place.pack for place in lying.values() if place is not None}
    packs = [cache / "brought" / pack for pack in kept]
    if sum(pack.stat().st_size for pack in packs if pack.exists()) > _BROUGHT_BYTES:
        kept = set()
    store.remove_packs(cache / "brought", kept)
    return {
        address: (content, place.pack, place.offset, place.size_bytes)
        if (place := lying[address]) is not None and place.pack in kept
        else (content, "", 0, 0)
        for address, content in bears.items()
    }


def _much_differs(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> bool:
    """Whether more than one report in a hundred is new, another, or gone: suggestions need be no fresher."""
    differing = sum(before.get(file) != text for file, text in now.items()) + len(before.keys() - now.keys())
    return not before or differing * 100 > len(now)


def _suggestions(bench: Bench) -> bytes:
    """The script of what the search box suggests."""
    asked = one_in(len(bench.records))
    counts: Counter[str] = Counter()
    kinds = set()
    for entry in bench.catalogue.entries:
        for above in places.lineage(entry.code) if entry.code is not None else ():
            counts[above.code] += 1
        kind = issuer_kinds.by_slug(entry.kind_slug)
        if kind is not None:
            kinds.add((kind.slug, kind.name))
    return suggestion_file(
        (
            kept_terms(bench.corpus, bench.cache, bench.prefix, file, record, bench.cutter)
            for file, record in bench.records.items()
            if is_asked(file, asked)
        ),
        [(found, count) for code, count in counts.items() if (found := places.place(code)) is not None],
        kinds,
    )


# --- Switching ----------------------------------------------------------------------------


def _switch(output: Path, cache: Path, left: State, changed: Sequence[str], gone: Sequence[str]) -> None:
    """Puts the tree in the site's place, and makes the other one its twin."""
    tree, dirty = cache / "tree", cache / "tree.dirty"
    if not changed and not gone and output.is_dir():
        save_state(cache, replace(left, site=identity(output), twin=identity(tree)))
        dirty.unlink()
        return
    # Before the switch: a run that is killed right behind it finds the site it knows.
    save_state(cache, replace(left, site=identity(tree), twin=identity(output)))
    if not switch_in(tree, output):
        make_twin(output, tree, left.outputs)
    else:
        for name in changed:
            link(output / name, tree, name)
        drop(tree, gone)
    save_state(cache, replace(left, site=identity(output), twin=identity(tree)))
    dirty.unlink()


def _flat(problems: Mapping[str, tuple[Problem, ...]]) -> Iterator[tuple[str, Plain]]:
    for file, several in problems.items():
        for plain in flat_problems(several):
            yield file, plain


def _flat_of_corpus(problems: Iterable[Problem], prefix: str) -> Iterator[tuple[str, Plain]]:
    for problem in problems:
        yield problem.file.removeprefix(prefix), flat_problems((problem,))[0]


def _tidy(cache: Path, look: Look, records: Mapping[str, Record]) -> None:
    """Removes packs that no record needs; puts small ones together when there are many."""
    live: Counter[str] = Counter()
    for record in records.values():
        live[record.place.pack] += record.place.size_bytes
    packs = cache / "packs"
    if len(live) > _MANY_PACKS:
        few = {pack for pack, _ in live.most_common()[_MANY_PACKS // 2 :]}
        name = f"{secrets.token_hex(4)}.pack"
        moved = {}
        with store.pack_writer(packs, name) as writer:
            for file, record in records.items():
                if record.place.pack in few:
                    pieces = [read_piece(packs, place) for place in (record.place, record.terms, record.findings)]
                    if None not in pieces:
                        place, terms, findings = (writer.add(piece) for piece in pieces if piece is not None)
                        moved[file] = replace(record, place=place, terms=terms, findings=findings)
        records = {**records, **moved}
        save_records(cache, look, records)
    store.remove_packs(packs, {record.place.pack for record in records.values()})
