"""The index: exactly the answers of a plain look at every line, whatever pieces it is put together from."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from govreport_site.normalise import normalise
from govreport_site.report import Kind
from govreport_site.search import grams, segments
from govreport_site.search.answers import Filters, admits_report, admits_section, answers_in, as_record
from govreport_site.search.contribution import read_contribution
from govreport_site.search.query import parse_query
from govreport_site.search.segments import Contribution, update_index
from govreport_site.search.units import Place, ReportUnits, Unit, UnitSection
from tests import machine
from tests.made_units import contributions, made_units, shelf, unit_of
from tests.site_answers import ask_site, by_passage, made_text, without_words

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit so low that a few lines meet it: parts, splits, frequent and deepest grams, files and their pages."""
    monkeypatch.setattr(grams, "SPLIT", 2)
    monkeypatch.setattr(grams, "FREQUENT", 3)
    monkeypatch.setattr(grams, "PART", 50)
    monkeypatch.setattr(grams, "DEEPEST", 8)
    monkeypatch.setattr(segments, "SMALL", 0)
    monkeypatch.setattr(segments, "TAIL", 0)
    monkeypatch.setattr(segments, "_ROOT_FILES", 3)
    monkeypatch.setattr(segments, "_PAGE", 4)
    monkeypatch.setattr(segments, "_TEXT_LETTERS", (1, 1))
    monkeypatch.setattr(segments, "_GRAM_BYTES", (300, 300))


# --- what is found


def questions(lot: random.Random, reports: Iterable[ReportUnits], count: int) -> list[str]:
    """Of every class: cut from lines at any length, made, with marks, of several words, narrowed."""
    lines = [unit.text for report in reports for unit in report.units]

    def cut(shortest: int, longest: int) -> str:
        line = lot.choice(lines)
        at = lot.randrange(len(line))
        return re.sub(r'[\s"]', "", line[at : at + lot.randint(shortest, longest)])

    made: list[Callable[[], str]] = [
        lambda: cut(1, 1),
        lambda: cut(2, 2),
        lambda: cut(3, 7),
        lambda: cut(8, 9),
        lambda: cut(10, 40),
        lambda: normalise(cut(2, 12)),
        lambda: f'"{cut(1, 9)}"',
        lambda: f'"{cut(8, 20)}"',
        lambda: f"{cut(1, 3)} {cut(1, 2)}",
        lambda: f"{cut(1, 2)} {cut(1, 2)} {cut(1, 2)}",
        lambda: f"{cut(1, 2)} -{cut(1, 2)}",
        lambda: f'{cut(1, 3)} -"{cut(1, 2)}"',
        lambda: f"{cut(1, 2)} 种类:{lot.choice(['问题', '成效,安排', '没有', 'mixed'])}",
        lambda: f"{cut(1, 2)} {lot.choice(['地区:许昌', '地区:4101', '年份:2025', '年份:2019-2024', '机关:卫生健康'])}",
        lambda: lot.choice(["种类:问题", "种类:合写 年份:2024", "地区:河南 -法", "年份:2019", '机关:司法 -"、"', "普法 普法"]),
        lambda: lot.choice(['"..."', '"……"', '"、"', '"“"', "m2", "2", "i̇", "a", "𠀀", "ΣⅠ", "龘", "法法法法法法法法法法", "、", ""]),
        lambda: made_text(lot, 5, 1),
        lambda: f'"{made_text(lot, 3, 1)}"',
    ]  # fmt: skip
    return [made[number % len(made)]() for number in range(count)]


def plain(reports: Iterable[ReportUnits], query: str) -> dict[tuple[str, str], dict[str, Any]]:
    """By looking at every line."""
    asked = parse_query(query)
    return by_passage(
        as_record(answer)
        for report in reports
        if asked.asks_something and admits_report(report, asked, Filters())
        for answer in answers_in(report, asked)
        if admits_section(answer.section, asked, Filters())
    )


@pytest.mark.parametrize("seed", range(6))
def test_grams_give_exactly_what_a_look_at_every_line_gives(seed: int, tmp_path: Path, small: None) -> None:
    """Whole hits: passage, text, marks, span, occurrences."""
    reports = shelf(seed, 5)
    files = update_index(tmp_path, contributions(reports))
    assert sum("/d" in name for name in files) > 2, "the beginnings of files must stand in pages"
    asked = questions(random.Random(seed), reports, 108)
    found = 0
    for query, site in zip(asked, ask_site(tmp_path, [(query, {}) for query in asked])["answers"], strict=True):
        expected = plain(reports, query)
        assert by_passage(map(without_words, site["hits"])) == expected, ascii(query)
        assert site["total"] == len(expected), ascii(query)
        found += bool(expected)
    assert len(asked) / 2 < found < len(asked), "the questions must be of both sorts"


CHOICES: list[dict[str, str]] = [
    {},
    {"kind": "problems,plans"},
    {"place": "410000", "year": "2019-2024"},
    {"sort": "date", "limit": "3", "offset": "2"},
    {"sort": "place"},
    {"topic": "普法", "issuer_kind": "sifaju"},
    {"topic": "执法", "kind": "plans,other"},
    {"topic": "执法/规范,复议"},
    {"issuer": "郑州市卫生健康委员会", "limit": "2"},
]


def asked_with_choices(seed: int, reports: Iterable[ReportUnits]) -> list[tuple[str, dict[str, str]]]:
    return [
        (query, CHOICES[number % len(CHOICES)])
        for number, query in enumerate(questions(random.Random(seed), reports, 126))
    ]


@pytest.mark.parametrize("seed", (10, 11, 12))
def test_a_corpus_as_text_and_as_grams_answers_alike(
    seed: int, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Order, facets, what was searched and the ways on included."""
    reports = shelf(seed, 6)
    asked = asked_with_choices(seed, reports)
    update_index(tmp_path / "grams", contributions(reports))
    monkeypatch.setattr(segments, "SMALL", 10**6)
    assert len(update_index(tmp_path / "text", contributions(reports))) <= 3
    in_grams, in_text = (ask_site(tmp_path / name, asked)["answers"] for name in ("grams", "text"))
    for question, one, other in zip(asked, in_grams, in_text, strict=True):
        assert one == other, ascii(question)


def test_a_place_that_is_called_two_names_keeps_what_lies_in_it(
    tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then what a place lies in need not stand on the way to the place before it."""
    names, below = (("410000", "河南省"), ("410000", "河南")), ("411000", "许昌市")
    lineages = ((names[0],), (names[1],), (names[0], below), (names[1], below), ())
    reports = [
        replace(report, lineage=lineage, issuer=f"{number}局")
        for number, (report, lineage) in enumerate(zip(shelf(2, 5), lineages, strict=True))
    ]
    update_index(tmp_path / "grams", contributions(reports))
    monkeypatch.setattr(segments, "SMALL", 10**6)
    update_index(tmp_path / "text", contributions(reports))
    asked: list[tuple[str, dict[str, str]]] = [
        ("种类:问题,成效", {}),
        ("地区:河南", {"sort": "place"}),
        ("法", {"place": "411000"}),
    ]
    in_grams, in_text = (ask_site(tmp_path / name, asked)["answers"] for name in ("grams", "text"))
    assert in_grams == in_text
    assert {hit["report"]["places"][0] for hit in in_grams[1]["hits"]} == {"河南省", "河南"}


def lines_with_marks(seed: int, count: int) -> ReportUnits:
    """A report of lines that are much alike but for the marks between their letters."""
    lot = random.Random(seed)
    parts = ("普法", "法治", "普", "法", "一", "、", "“", "（一）", "㈠", "…", "，", "\0", " ")
    lines = ["".join(lot.choices(parts, k=lot.randint(2, 6))) + "。" for _ in range(count)]
    units = (unit_of([(line, f"p-{number}", 0, 0)]) for number, line in enumerate(lines))
    return replace(shelf(1, 1)[0], units=tuple(units))


@pytest.mark.parametrize("seed", (1, 2))
def test_a_frequent_phrase_in_quotes_is_found_where_no_mark_parts_it(
    seed: int, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In more lines than are read for it; as many as a look at every line finds, in the order that text gives."""
    report = lines_with_marks(seed, 600)
    update_index(tmp_path / "grams", contributions([report]))
    monkeypatch.setattr(segments, "SMALL", 10**6)
    update_index(tmp_path / "text", contributions([report]))
    letters = ("普", "法", "治", "一", "\0")
    asked: list[tuple[str, dict[str, str]]] = [(f'"{one}{two}"', {}) for one in letters for two in letters]
    asked += [(f'"普法{one}{two}"', {}) for one in letters for two in letters[:2]]
    asked += [
        (f'"{one}{marks}{two}"', {}) for one in letters[:4] for two in letters[:3] for marks in ("、", "“", "（", "…")
    ]
    asked += [
        (query, {})
        for query in ('"普法、法"', '"法、普法"', '"、普法"', '"普法）"', '"（一）普"', '"普、、法"', '-"普、法" 普')
    ]
    in_grams, in_text = (ask_site(tmp_path / name, asked)["answers"] for name in ("grams", "text"))
    frequent = 0
    for (query, _), one, other in zip(asked, in_grams, in_text, strict=True):
        assert one == other, ascii(query)
        assert by_passage(map(without_words, one["hits"])) == plain([report], query), ascii(query)
        frequent += one["total"] > 20
    assert frequent > 9, "there must be phrases that stand in many lines"


def test_a_frequent_phrase_in_quotes_is_counted_without_reading_its_lines(tmp_path: Path, small: None) -> None:
    """At ten thousand reports they would be tens of megabytes."""
    lines = ["普法。", "“双随机、一公开”与双随机一公开"]
    lines += [f"{number}普法工作“双随机、一公开”监管" for number in range(100)]
    lines += [f"{number}普、法工作双随机一公开监管" for number in range(50)]
    units = (unit_of([(line, f"p-{number}", 0, 0)]) for number, line in enumerate(lines))
    update_index(tmp_path, contributions([replace(shelf(1, 1)[0], units=tuple(units))]))
    asked = ("普法", "普、法", "双随机一公开", "双随机、一公开", "双随机“一公开", "作“双")
    answers = ask_site(tmp_path, [(f'"{phrase}"', {"limit": "0"}) for phrase in asked])
    assert [one["total"] for one in answers["answers"]] == [101, 50, 51, 101, 0, 100]
    read = {name for name in answers["brought"] if "/t" in name and not name.endswith(("/table", "/topics"))}
    assert len(read) == 1, "only the line that has it with and without its mark is read"


def test_a_corpus_without_marks_has_no_breaks(tmp_path: Path, small: None) -> None:
    units = (unit_of([(f"{number}普法工作", f"p-{number}", 0, 0)]) for number in range(30))
    update_index(tmp_path, contributions([replace(shelf(1, 1)[0], units=tuple(units))]))
    answers = ask_site(tmp_path, [('"普法"', {}), ('"普、法"', {})])["answers"]
    assert [one["total"] for one in answers] == [30, 0]


@pytest.mark.parametrize("text", ["", "、", "\0", "\0\0一", "一" * 200, "𠀀𠀀𠀀𠀁", "ab\0"])
def test_odd_lines(text: str, tmp_path: Path, small: None) -> None:
    """No letters at all, one letter for ever, pairs, and the letter that ends lines inside."""
    lines = [text] if text in ("", "、") else [text, "尾"]
    units = (unit_of([(line, f"p-{number}", 0, 0)]) for number, line in enumerate(lines) if line)
    report = replace(shelf(1, 1)[0], units=tuple(units))
    update_index(tmp_path, contributions([report]))
    asked = [
        *filter(None, {text, text[:1], text[:2], text[1:9], f'"{text}"'}),
        "一" * 40,
        "尾",
        "一尾",
        "种类:合写",
        "年份:2025",
    ]
    for query, site in zip(asked, ask_site(tmp_path, [(query, {}) for query in asked])["answers"], strict=True):
        assert by_passage(map(without_words, site["hits"])) == plain([report], query), ascii(query)


# --- grams, entry by entry


def test_grams_stand_in_order_however_many_ways_a_letter_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """More groups of suffixes in one part than sixteen bits count: files would be looked for in the wrong place."""
    monkeypatch.setattr(grams, "SPLIT", 1)
    made = "".join(f"一{chr(0x4E10 + n // 300)}{chr(0x5010 + n % 300)}二三\0" * 2 for n in range(70_000))
    units = np.frombuffer(made.encode("utf-16-le"), "<u2").astype(np.uint16)
    source = grams.Letters(
        np.append(units, np.zeros(grams.ROOM, np.uint16)),
        np.ones(len(units) + grams.ROOM, np.uint8),
        np.append(0, np.flatnonzero(units == 0)[:-1] + 1),
        np.arange(int((units == 0).sum())),
    )
    files = [file for low, high, _ in grams.parts(source) for file in grams.shards(source, low, high, 16_000)]
    ends = ["", *(last for _, last, _ in files)]
    separators = [grams.separator(before, first) for before, (first, _, _) in zip(ends, files, strict=False)]
    assert len(separators) > 50
    assert separators == sorted(set(separators), key=lambda text: text.encode("utf-16-be"))


# --- an index that follows its corpus


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits at which a dozen reports are several segments and some text."""
    monkeypatch.setattr(segments, "SMALL", 900)
    monkeypatch.setattr(segments, "TAIL", 500)
    monkeypatch.setattr(segments, "GROWTH", 2)
    monkeypatch.setattr(segments, "_STRUCK", 2)
    monkeypatch.setattr(grams, "SPLIT", 4)
    monkeypatch.setattr(grams, "FREQUENT", 8)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clean(folder: Path, wanted: Mapping[str, Contribution]) -> dict[str, bytes]:
    """A new index of the same, in a folder that is made for it."""
    shutil.rmtree(folder, ignore_errors=True)
    update_index(folder, wanted)
    return contents(folder)


def check_files(folder: Path, files: tuple[str, ...]) -> None:
    """What is returned is what is there."""
    assert sorted(contents(folder).keys() - {"state.json"}) == list(files)


def check_answers(folder: Path, other: Path, asked: list[tuple[str, dict[str, str]]]) -> None:
    for question, one, two in zip(
        asked, ask_site(folder, asked)["answers"], ask_site(other, asked)["answers"], strict=True
    ):
        assert one == two, ascii(question)


def changed(lot: random.Random, reports: dict[str, ReportUnits]) -> None:
    """Adds, changes or takes away some."""
    for _ in range(lot.choice((1, 1, 2, 5))):
        address = f"henan/a/{lot.randrange(14):03}"
        if address in reports and lot.random() < 0.4:
            del reports[address]
        else:
            reports[address] = made_units(lot, address, lines=lot.choice((2, 10)))


@pytest.mark.parametrize("seed", range(4))
def test_however_it_came_about_an_index_answers_as_a_clean_one(seed: int, tmp_path: Path, growing: None) -> None:
    """And merged it is the clean one, byte for byte."""
    lot = random.Random(seed)
    reports = {report.address: report for report in shelf(seed, 8)}
    several = 0
    for step in range(12):
        changed(lot, reports)
        wanted = contributions(reports.values())
        check_files(tmp_path / "index", update_index(tmp_path / "index", wanted))
        root = read_back((tmp_path / "index" / "root.js").read_bytes())[1]
        several += len(root[3]) + len(root[2]) > 1 and any(gone for *_, gone, _, _ in root[3])
        if step % 4 == 3:
            clean(tmp_path / "clean", wanted)
            check_answers(tmp_path / "index", tmp_path / "clean", asked_with_choices(seed, reports.values())[:70])
    assert several, "several segments, some reports struck out"
    check_files(tmp_path / "index", update_index(tmp_path / "index", wanted, merge=True))
    assert contents(tmp_path / "index") == clean(tmp_path / "clean", wanted)


def test_one_more_report_leaves_what_is_there(tmp_path: Path, growing: None) -> None:
    """Old files keep their names and are not written again."""
    reports = shelf(3, 12)
    update_index(tmp_path, contributions(reports[:-1]))
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.rglob("*.js")}
    update_index(tmp_path, contributions(reports))
    after = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.rglob("*.js")}
    same = {path for path in before if after.get(path) == before[path]}
    assert before.keys() - same == {tmp_path / "root.js"}
    assert len(after.keys() - same) <= 2
    assert len(same) > 5


def test_nothing_new_is_not_loaded_again(tmp_path: Path, growing: None) -> None:
    """What stands in a segment is known by its digest."""
    wanted = contributions(shelf(3, 12))
    files = update_index(tmp_path, wanted)

    def refused() -> bytes:
        raise AssertionError("loaded again")

    assert (
        update_index(tmp_path, {address: Contribution(one.digest, refused) for address, one in wanted.items()}) == files
    )


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a file of grams": lambda folder: next(folder.glob("*/g0.js")).unlink(),
    "a file cut off": lambda folder: next(folder.glob("*/t0.js")).write_text("window.govreport.rec"),
    "a table": lambda folder: next(folder.glob("*/table.js")).unlink(),
    "a segment": lambda folder: shutil.rmtree(next(folder.glob("*/g0.js")).parent),
    "the root": lambda folder: (folder / "root.js").unlink(),
    "a broken root": lambda folder: (folder / "root.js").write_text("x"),
    "no state": lambda folder: (folder / "state.json").unlink(),
    "a broken state": lambda folder: (folder / "state.json").write_text('{"format": 3, "segments": [[1'),
    "another state": lambda folder: (folder / "state.json").write_text('{"format": 3, "segments": [[1]]}'),
    "an older state": lambda folder: (folder / "state.json").write_text('{"format": 0, "segments": []}'),
    "a stranger among the grams": lambda folder: (next(folder.glob("*/g0.js")).parent / ".DS_Store").write_text("x"),
    "what a killed run left": lambda folder: os.makedirs(folder / ".segment-x" / "segment"),  # noqa: PTH103
    "a file half written": lambda folder: (folder / ".root.js.new").write_text("window.gov"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_again(damage: str, tmp_path: Path, growing: None) -> None:
    wanted = contributions(shelf(5, 9))
    whole = clean(tmp_path, wanted)
    DAMAGES[damage](tmp_path)
    check_files(tmp_path, update_index(tmp_path, wanted))
    assert contents(tmp_path) == whole


def test_a_run_that_is_killed_at_any_write_does_no_harm(
    tmp_path: Path, growing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there still answers as before, and the next run makes what this one should have."""
    lot = random.Random(8)
    reports = {report.address: report for report in shelf(8, 9)}
    old = contributions(reports.values())
    changed(lot, reports)
    reports.update({report.address: report for report in shelf(9, 6)})
    new = contributions(reports.values())
    update_index(tmp_path / "index", old)
    before = contents(tmp_path / "index")
    clean(tmp_path / "clean", new)
    asked = asked_with_choices(8, reports.values())[:30]
    write, rename = segments._write, Path.rename
    for stop in range(20):
        left = stop

        def count() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt

        def written(path: Path, data: bytes) -> None:
            count()
            write(path, data)

        def renamed(path: Path, target: Path) -> Path:
            count()
            return rename(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(segments, "_write", written)
            patch.setattr(Path, "rename", renamed)
            try:
                update_index(tmp_path / "index", new)
                break
            except KeyboardInterrupt:
                there = contents(tmp_path / "index")
                assert {name: there.get(name) for name in before if name not in ("root.js", "state.json")} == {
                    name: data for name, data in before.items() if name not in ("root.js", "state.json")
                }
        check_files(tmp_path / "index", update_index(tmp_path / "index", new))
        if stop % 2 == 0:
            check_answers(tmp_path / "index", tmp_path / "clean", asked)
        shutil.rmtree(tmp_path / "index")
        update_index(tmp_path / "index", old)
    assert stop >= 3, "there were several writes to be killed at"


MAKER = """
import sys
from pathlib import Path
from govreport_site.search import segments
from tests import machine
from tests.made_units import contributions, shelf
segments.SMALL = 0
made = contributions(shelf(4, 5))
order = sorted(made, reverse=sys.argv[2] == "backwards")
segments.update_index(Path(sys.argv[1]), {address: made[address] for address in order})
"""


def test_the_same_bytes_in_any_process_and_order(tmp_path: Path) -> None:
    for seed, order in (("0", "forwards"), ("1", "backwards")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        subprocess.run([sys.executable, "-c", MAKER, str(tmp_path / order), order], env=environment, check=True)
    assert len(contents(tmp_path / "forwards")) > 5
    assert contents(tmp_path / "forwards") == contents(tmp_path / "backwards")


def test_an_empty_corpus_has_an_index_too(tmp_path: Path) -> None:
    assert update_index(tmp_path, {}) == ("root.js",)
    assert update_index(tmp_path, contributions(shelf(1, 1))) != ("root.js",)
    assert update_index(tmp_path, {}) == ("root.js",)
    check_files(tmp_path, ("root.js",))


# --- what is written


def read_back(data: bytes) -> tuple[str, Any]:
    """What `window.govreport.receive` is called with."""
    found = re.fullmatch(r'window\.govreport\.receive\("(\w+)",(.*)\);\n', data.decode(), re.DOTALL)
    assert found is not None
    return found[1], json.loads(found[2])


HOSTILE = "</script><!--<script>\u2028\u2029\ud800\"\\'`${x}\x00\r__proto__"


def hostile() -> ReportUnits:
    section = UnitSection((HOSTILE,), Kind.OTHER.value)
    lines = (
        Unit(HOSTILE + end, (Place(0, 0, "__proto__", 0, None, topics=(HOSTILE,)),)) for end in ("", "constructor")
    )
    codes = ((HOSTILE.replace("\n", ""), HOSTILE),)
    return ReportUnits(
        "a/" + HOSTILE, HOSTILE, HOSTILE, (HOSTILE, HOSTILE), codes, 2025, None, (section,), tuple(lines)
    )


CHECKER = """
const fs = require("node:fs"), vm = require("node:vm"), path = require("node:path");
const keys = (data) => data !== null && typeof data === "object" && (!Array.isArray(data) || data.some(keys));
for (const file of process.argv.slice(1)) {
  const calls = [];
  const source = fs.readFileSync(file, "utf8");
  vm.runInNewContext(source, { window: { govreport: { receive: (name, data) => calls.push([name, data]) } } });
  if (calls.length !== 1 || calls[0][0] !== path.basename(file, ".js") || keys(JSON.parse(JSON.stringify(calls[0][1])))) {
    throw new Error(file);
  }
}
"""


@pytest.mark.parametrize("form", ["text", "grams"])
def test_no_text_leaves_its_script(form: str, tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is one statement that brings arrays, strings and numbers under its own name; no text is a key."""
    if form == "text":
        monkeypatch.setattr(segments, "SMALL", 10**6)
    files = update_index(tmp_path, contributions([hostile(), *shelf(2, 2)]))
    for name in files:
        data = (tmp_path / name).read_text("utf-8")
        assert "</" not in data and "<!" not in data and "<s" not in data
        assert not re.search("[\u2028\u2029\ud800-\udfff]", data)
        assert data.count("\n") == data.rstrip("\n").count("\n") + 1
    node = machine.find_node()
    if node is None:
        pytest.skip("no Node.js")
    done = subprocess.run(
        [node, "-e", CHECKER, *(str(tmp_path / name) for name in files)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for query in ("script", '"</script>"', "${x}", "constructor", "__proto__"):
        (site,) = ask_site(tmp_path, [(query, {"topic": "x"}), (query, {})])["answers"][1:]
        assert by_passage(map(without_words, site["hits"])).keys() == plain([hostile()], query).keys(), query


def test_a_broken_contribution_is_refused() -> None:
    """A cache that was cut off must not become an index."""
    (one,) = contributions(shelf(1, 1)).values()
    data = one.load()
    for broken in (b"", data[:10], data[:-1], data + b"x", b"\xff" * 64):
        with pytest.raises(ValueError, match="contribution"):
            read_contribution(broken)
