"""Search in the terminal: the same answers as the site's, from an index that follows the corpus."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from govreport_site import asking
from govreport_site.catalogue import gather
from govreport_site.cli import main
from govreport_site.normalise import normalise
from govreport_site.reading.read import read_report, read_text
from govreport_site.search import segments, terminal
from govreport_site.search.answers import Answer, Filters, addresses_of, answers_in, as_record, fold
from govreport_site.search.query import parse_query
from govreport_site.search.shown import block
from govreport_site.search.units import Place, ReportUnits, Unit, UnitSection
from govreport_site.site import read_corpus, units_in
from tests.made_units import contributions
from tests.site_answers import ask_site, by_passage, made_text, without_words

ROOT = Path(__file__).resolve().parents[1]
REPORT = (
    "许昌市司法局关于2025年法治政府建设情况的报告\n一、主要举措和成效\n（一）普法。推行“双随机、一公开”监管。\n"
    "二、存在的问题\n执法力量不足。\n三、下一步打算\n加强执法监督。\n"
)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, and beside it texts that are hard to search: addresses that clash, tables, torn lines."""
    project = tmp_path_factory.mktemp("project")
    for path in sorted((ROOT / "corpus").rglob("*.md")):
        copy = project / "corpus" / path.relative_to(ROOT / "corpus")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    lot = random.Random(11)
    for number in range(12):
        head = f'---\nissuer: 许昌市司法局\nplace: "411000"\nyear: {2022 + number % 4}\npublished: 2026-01-{number + 1:02}\n---\n'
        lines = [made_text(lot, 40) for _ in range(12)]
        table = [f"| {made_text(lot, 4)} | 处罚{made_text(lot, 3)} |" for _ in range(3)]
        text = "\n".join(
            ["一、主要举措和成效", *lines[:4], "（一）普法。" + lines[4], *table, "二、存在的问题", *lines[5:9]]
        )
        text += "\n三、2026年度工作安排（一）执法。" + "\n".join(lines[9:])
        (project / "corpus" / f"{number}.md").write_text(head * (number % 5 > 0) + text + "\n", "utf-8")
    return project / "corpus"


@pytest.fixture(scope="module")
def site_index(hard: Path) -> Path:
    """The index of that corpus, in the form that a large one has; what words are decides about order alone."""
    reports = read_corpus(hard)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "SMALL", 0)
        segments.update_index(hard.parent / "search", contributions(units_in(reports, gather(reports)[0])))
    return hard.parent / "search"


def ask(corpus: Path, query: str, filters: Filters | None = None) -> list[Answer]:
    return list(asking.ask(parse_query(query), filters or Filters(), corpus, corpus.parent).answers)


def found(corpus: Path, query: str) -> list[str]:
    return sorted(f"{answer.report.address}#{answer.unit.text}" for answer in ask(corpus, query))


def questions(hard: Path) -> list[str]:
    """Two hundred, of every class, drawn from the texts."""
    lot = random.Random(5)
    lines = [
        line for path in sorted(hard.rglob("*.md")) for line in path.read_text("utf-8").split("\n") if len(line) > 1
    ]
    real = [line for line in lines if len(line) > 60]

    def cut(source: Sequence[str], shortest: int, longest: int) -> str:
        line = lot.choice(source)
        at = lot.randrange(len(line))
        return line[at : at + lot.randint(shortest, longest)]

    def quoted(text: str) -> str:
        return '"' + text.replace('"', "") + '"'

    made: list[Callable[[], str]] = [
        lambda: cut(real, 2, 2),
        lambda: cut(real, 3, 6),
        lambda: cut(real, 7, 20),
        lambda: cut(real, 40, 60),
        lambda: quoted(cut(real, 3, 12)),
        lambda: quoted(cut(lines, 1, 6)),
        lambda: cut(lines, 1, 1),
        lambda: cut(lines, 1, 5),
        lambda: normalise(cut(real, 3, 15)),
        lambda: f"{cut(real, 2, 3)} {cut(real, 2, 2)}",
        lambda: f"执法 -{cut(real, 2, 2)} -\"{cut(lines, 1, 2)}",
        lambda: f"{cut(real, 1, 2)} 种类:{lot.choice(['问题', '成效,安排', '没有', 'mixed'])}",
        lambda: f"{cut(real, 1, 2)} {lot.choice(['地区:许昌', '地区:4101', '年份:2025', '年份:2020-2023', '机关:卫生健康'])}",
        lambda: lot.choice(["99.8%", "1+14", "2025年", "１", "AB", "ａ", "处罚", "m2", "i̇", "...", '"..."', '"……"', '"、"']),
        lambda: lot.choice(["没有这样的话", "法法法法法法", "龘", "的 龘", '"行、政"', "地区:许昌 年份:2025", "-普法", "、", ""]),
        lambda: made_text(lot, 4, 1),
    ]  # fmt: skip
    return [made[number % len(made)]() for number in range(208)]


def test_the_same_answers_as_the_site(hard: Path, site_index: Path) -> None:
    asked = questions(hard)
    nothing = 0
    for query, site in zip(asked, ask_site(site_index, [(query, {}) for query in asked])["answers"], strict=True):
        answers = ask(hard, query)
        assert by_passage(map(as_record, answers)) == by_passage(map(without_words, site["hits"])), ascii(query)
        assert sum(answer.occurrences for answer in answers) == site["occurrences"], ascii(query)
        nothing += not answers
    assert 20 < nothing < len(asked) / 2, "the questions must be of both sorts"


@pytest.mark.parametrize(
    ("filters", "options"),
    [
        (Filters(kinds=("problems", "plans")), {"kind": "problems,plans"}),
        (Filters(places=("411000",)), {"place": "411000"}),
        (Filters(places=("410000",), years=("2025-2025",)), {"place": "410000", "year": "2025"}),
        (Filters(years=("2022-2023",)), {"year": "2022-2023"}),
        (Filters(issuer_kinds=("sifaju",)), {"issuer_kind": "sifaju"}),
        (Filters(places=("110000",)), {"place": "110000"}),
    ],
)
def test_the_same_choice_as_the_site(hard: Path, site_index: Path, filters: Filters, options: dict[str, str]) -> None:
    for query in ("法", "执法 -不足", "地区:河南"):
        (site,) = ask_site(site_index, [(query, options)])["answers"]
        answers = ask(hard, query, filters)
        assert by_passage(map(as_record, answers)) == by_passage(map(without_words, site["hits"]))


def test_the_same_ways_on_as_the_site(hard: Path, site_index: Path) -> None:
    asked = ["法治政府建设没有这样的话", "普法 龘", '"行、政执、法"', "执法 -法", "普法。龘", "普法 种类:没有"]
    for query, site in zip(asked, ask_site(site_index, [(query, {}) for query in asked])["answers"], strict=True):
        result = asking.ask(parse_query(query), Filters(), hard, hard.parent)
        assert [(way.lead, way.query, way.total) for way in result.ways] == [
            (way["lead"], way["query"], way["total"]) for way in site["ways"]
        ], query


# --- the index follows the corpus


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with every file that is read as a report."""
    known: list[str] = []

    def counted(path: Path, *, name: str, file: str | None = None) -> Any:
        known.append(path.name)
        return read_report(path, name=name, file=file)

    monkeypatch.setattr(asking, "read_report", counted)
    return known


def test_only_what_changed_is_read(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = reads(monkeypatch)
    assert len(found(corpus, "执法力量")) == 1
    assert len(found(corpus, "执法力量")) == 1
    assert known == ["a.txt"]
    (corpus / "b.txt").write_text(REPORT.replace("许昌", "郑州"), "utf-8")
    assert [name.split("#")[0] for name in found(corpus, "执法力量")] == [
        "henan/xuchang/2025-sifaju",
        "henan/zhengzhou/2025-sifaju",
    ]
    assert known == ["a.txt", "b.txt"]
    (corpus / "a.txt").write_text(REPORT.replace("执法力量不足", "执法能力不足"), "utf-8")
    assert [name.split("#")[0] for name in found(corpus, "执法力量")] == ["henan/zhengzhou/2025-sifaju"]
    assert len(found(corpus, "执法能力")) == 1
    (corpus / "b.txt").unlink()
    assert found(corpus, "执法力量") == []
    assert known == ["a.txt", "b.txt", "a.txt"]
    (corpus / "a.txt").rename(corpus / "c.txt")
    assert len(found(corpus, "执法能力")) == 1
    (corpus / "c.txt").unlink()
    assert found(corpus, "执法") == []


def test_many_changes_leave_one_index_and_the_same_order(corpus: Path) -> None:
    lot = random.Random(2)
    for number in range(25):
        city = lot.choice(["许昌", "郑州", "洛阳", "开封"])
        (corpus / f"{number % 7}.txt").write_text(REPORT.replace("许昌", city) + f"第{number}次执法。\n", "utf-8")
        ask(corpus, "执法")
    kept = asking.index_folder(corpus, corpus.parent)
    assert len(list(kept.glob("*.seg"))) < 12
    grown = [as_record(answer) for answer in ask(corpus, "执法 不足")]
    shutil.rmtree(kept)
    assert grown == [as_record(answer) for answer in ask(corpus, "执法 不足")]


def test_addresses_follow_when_two_reports_want_the_same_one(corpus: Path) -> None:
    (corpus / "b.txt").write_text(REPORT.replace("不足", "尚有不足"), "utf-8")
    (corpus / "c.txt").write_text(REPORT.replace("不足", "仍有不足"), "utf-8")

    def addresses() -> dict[str, str]:
        return {answer.unit.text: answer.report.address for answer in ask(corpus, "不足")}

    assert addresses() == {
        "执法力量不足。": "henan/xuchang/2025-sifaju",
        "执法力量尚有不足。": "henan/xuchang/2025-sifaju-2",
        "执法力量仍有不足。": "henan/xuchang/2025-sifaju-3",
    }
    (corpus / "a.txt").unlink()
    reports = read_corpus(corpus)
    assert set(addresses().values()) == {entry.folder for entry in gather(reports)[0].entries}


def test_addresses_are_those_of_the_catalogue() -> None:
    reports = [read_text(REPORT, name=f"{n}.txt", file=f"{n}.txt") for n in (3, 1, 2, 10)]
    wanted = {report.file: gather([report])[0].entries[0].folder for report in reports}
    assert addresses_of(wanted) == {entry.file: entry.folder for entry in gather(reports)[0].entries}


@pytest.mark.parametrize("damage", ["gone", "cut", "overwritten", "no stamp", "no table", "odd stamp", "a file"])
def test_a_damaged_index_is_made_anew(corpus: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(found(corpus, "双随机一公开")) == 1
    kept = asking.index_folder(corpus, corpus.parent)
    (segment,) = kept.glob("*.seg")
    if damage in ("gone", "a file"):
        shutil.rmtree(kept)
        if damage == "a file":
            kept.write_text("x", "utf-8")
    elif damage == "cut":
        segment.write_bytes(segment.read_bytes()[:100])
    elif damage == "overwritten":
        segment.write_bytes(bytes(segment.stat().st_size))
    elif damage == "no table":
        next(kept.glob("*.toc")).unlink()
    elif damage == "no stamp":
        (kept / "stamp.json").unlink()
    else:
        (kept / "stamp.json").write_text("[1, {", "utf-8")
    known = reads(monkeypatch)
    assert len(found(corpus, "双随机一公开")) == 1
    assert len(found(corpus, "双随机一公开")) == 1
    assert known == ["a.txt"]


def test_an_index_that_whoosh_stumbles_over_is_made_anew(corpus: Path) -> None:
    """The stamp says that all is well, and it is not."""
    assert len(found(corpus, "普法")) == 1
    kept = asking.index_folder(corpus, corpus.parent)
    (segment,) = kept.glob("*.seg")
    segment.write_bytes(b"\x00" * segment.stat().st_size)
    terminal._write_stamp(kept)
    assert len(found(corpus, "普法")) == 1


def test_an_index_from_elsewhere_or_another_version_is_not_opened(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(found(corpus, "普法")) == 1
    kept = asking.index_folder(corpus, corpus.parent)
    known = reads(monkeypatch)
    copied = kept.with_name("copy")
    shutil.copytree(kept, copied)
    shutil.rmtree(kept)
    copied.rename(kept)
    found(corpus, "普法")
    assert known == ["a.txt"]
    monkeypatch.setattr(terminal, "_program", lambda: "another version")
    found(corpus, "普法")
    assert known == ["a.txt", "a.txt"]


def test_a_run_that_is_stopped_does_no_harm(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found(corpus, "普法")
    (corpus / "b.txt").write_text(REPORT.replace("许昌", "郑州"), "utf-8")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(asking, "read_report", stopped)
        with pytest.raises(KeyboardInterrupt):
            ask(corpus, "普法")
    assert len(found(corpus, "普法")) == 2


def test_where_nothing_can_be_kept_it_still_answers(corpus: Path) -> None:
    (corpus.parent / ".govreport").write_text("a file where the folder should be", "utf-8")
    assert len(found(corpus, "普法")) == 1


def test_two_runs_at_once(corpus: Path) -> None:
    for number, city in enumerate(["郑州", "洛阳", "开封", "平顶山", "安阳"]):
        (corpus / f"{number}.txt").write_text(REPORT.replace("许昌", city), "utf-8")
    command = [sys.executable, "-P", "-m", "govreport_site", "search", "普法", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    runs = [
        subprocess.Popen(
            command, cwd=corpus.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(3)
    ]  # fmt: skip
    outcomes = [(run.communicate(timeout=120), run.returncode) for run in runs]
    for (said, complaint), code in outcomes:
        assert code == 0, complaint
        assert len(said.splitlines()) == 6


# --- answers one by one


def units(*lines: str | list[tuple[str, str, int]]) -> ReportUnits:
    """A report of these lines; a line of several places is a list of text, anchor and length of its heading."""
    made = []
    for number, line in enumerate(lines):
        text, places = "", []
        for part, anchor, heading in [(line, f"p-{number}", 0)] if isinstance(line, str) else line:
            start = len(text.encode("utf-16-le")) // 2
            places.append(Place(start, start + heading, anchor, 0, number + 1))
            text += part
        made.append(Unit(text, tuple(places)))
    section = UnitSection(("一、工作",), None)
    return ReportUnits("a/2025-x", "报告", None, None, (), 2025, None, (section,), tuple(made))


def anchors(report: ReportUnits, query: str) -> list[str]:
    return [answer.place.anchor for answer in answers_in(report, parse_query(query))]


def test_answers() -> None:
    report = units(
        "执法人员不足", "全面推行“双随机、一公开”", [("（一）普法。", "p-a", 6), ("加大力度", "p-b", 0)], "执法𠀀，不足"
    )
    assert anchors(report, "执法 不足") == ["p-0", "p-3"]
    assert anchors(report, "执法 不足 -人员") == ["p-3"]
    assert anchors(report, "双随机一公开") == anchors(report, '"双随机、一公开"') == ["p-1"]
    assert anchors(report, '"双随机一公开"') == anchors(report, "不足全面") == []
    assert anchors(report, "普法。加大") == ["p-a"]
    (answer,) = answers_in(report, parse_query("不足 𠀀"))
    assert answer.marks == [(2, 4), (5, 7)]
    assert fold("𠀀㎡、一").ends == (2, 3, 3, 5)


def test_what_a_person_reads() -> None:
    report = units("先行。“普法”先行！说完了。再说普法；无关。又是普法。最后普法。")
    (answer,) = answers_in(report, parse_query("普法 说"))
    lines = ["".join(f"[{text}]" if marked else text for text, marked in line) for line in block(answer)]
    assert lines == [
        "报告  2025 年度  第 1 段",
        "  一、工作",
        "  ……“[普法]”先行！[说]完了。再[说普法]；……",
        "  a/2025-x/index.html#p-0",
    ]


def test_the_command(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "执法", "--kind", "问题,plans"]) == 0
    captured = capsys.readouterr()
    assert "第 2 段" in captured.out and "【执法】力量不足" in captured.out
    assert captured.out.endswith("共 2 段 2 处。\n")
    assert "1 份报告" in captured.err
    assert main(["search", "执法", "--limit", "1"]) == 0
    captured = capsys.readouterr()
    assert "前 1 段" in captured.out and captured.err == ""
    assert main(["search", "双随机一公开", "--json", "--place", "许昌", "--year", "2025", "--issuer-kind", "司法"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    hit = json.loads(line)
    assert hit["text"][slice(*hit["marks"][0])] == "双随机、一公开"
    assert hit["url"] == f"henan/xuchang/2025-sifaju/index.html#{hit['passage']}"


def test_nothing_found_is_said_with_the_nearest_that_would(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "普法", "没有这样的话", "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "没有找到：含有“普法”和“没有这样的话”。" in captured.err
    assert "只查一词：普法  （1 段）" in captured.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["、"], "没有要查的词"),
        (["法", "--kind", "没有"], "--kind"),
        (["法", "--year", "去年"], "2020-2025"),
        (["法", "--limit", "-1"], "--limit"),
        ([], "缺少"),
    ],
)
def test_wrong_usage(corpus: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", *words]) == 2
    assert said in capsys.readouterr().err


def test_no_corpus_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "法", "--corpus", str(tmp_path / "none")]) == 1
    assert "--corpus" in capsys.readouterr().err


def test_terminal_escapes_stay_harmless(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "b.txt").write_text("一、\x1b[2J普法\x9b31m\n普法\x1b]0;evil\x07先行\x9b2J\n", "utf-8")
    assert main(["search", "普法"]) == 0
    assert main(["search", "普法", "--json"]) == 0
    captured = capsys.readouterr()
    assert not set("\x1b\x07\x9b") & set(captured.out + captured.err)
    assert main(["search", "普法\x1b[2J没有"]) == 1
    assert "\x1b" not in capsys.readouterr().err
