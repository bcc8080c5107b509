"""`export`: what is written is what `parse --json` says, in every form; nothing else is overwritten, nothing half-written."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site import exporting
from govreport_site.cli import main
from govreport_site.dataset import Column, Table, tables
from govreport_site.exporting import FORMS, Exported, export
from govreport_site.exports.csv_files import LIST_MARK, cell
from govreport_site.exports.record import as_record
from govreport_site.insight.of_report import findings_of, read_kit
from govreport_site.problems import GovreportError
from govreport_site.reading.read import read_report

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ("henan/xuchang/2025-xuchang-weijianwei.md", "henan/zhengzhou/2025-zhengzhou-weijianwei.md")

BEFORE = """许昌市司法局关于2024年法治政府建设情况的报告
一、主要举措和成效
（一）强化行政执法监督。组织开展行政执法案卷评查，评查案卷320余件，办结行政复议案件45件。
二、存在的问题
（一）行政执法监督力量不足。基层执法监督人员少，案卷评查覆盖面不够。
（二）普法宣传不够深入。
三、下一步打算
（一）加强行政执法监督。充实基层执法监督人员，扩大案卷评查覆盖面，开展专项执法检查。
"""
AFTER = """---
progress: {"三/一": 已见}
sections:
  "一": {topics: [行政执法]}
---
许昌市司法局关于2025年法治政府建设情况的报告
一、主要举措和成效
（一）加强行政执法监督。充实基层执法监督人员18名，扩大案卷评查覆盖面，开展专项执法检查6次。贯彻《中华人民共和国行政复议法》。
二、存在的问题
（一）行政复议质效有待提升。行政复议案件审理周期偏长。
三、下一步打算
（一）提升行政复议质效。缩短行政复议案件审理周期。
"""
# What a spreadsheet would take for a formula, a quotation mark, a table with line ends of its own.
HOSTILE = """长葛市司法局关于2025年法治政府建设情况的报告
一、主要举措和成效
=HYPERLINK("https://example.org","点此")，办理案件12件。
'本来就有的撇号，+86。
@所有人，"引号"，，；分号。郑州市司法局党组高度重视法治政府建设工作。

| 项 | 数 |\r
| --- | --- |\r
| 甲 | -1 |\r
"""

Row = dict[str, Any]


def lay_out(folder: Path) -> Path:
    corpus = folder / "corpus"
    for name in SEEDS:
        (corpus / name).parent.mkdir(parents=True)
        shutil.copyfile(ROOT / "corpus" / name, corpus / name)
    for name, text in (("a.md", BEFORE), ("b.md", AFTER), ("c.md", HOSTILE)):
        (corpus / name).write_bytes(text.encode())
    return corpus


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose corpus has been exported in every form."""
    folder = tmp_path_factory.mktemp("exports")
    lay_out(folder)
    for form in FORMS:
        run(folder, form, folder / FORMS[form])
    return folder


def run(project: Path, form: str, output: Path) -> Exported:
    return export(form, project / "corpus", output, project, jobs=1)


def lines(project: Path, table: str) -> list[Row]:
    text = (project / f"export/jsonl/{table}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def table_of(name: str) -> Table:
    return next(table for table in tables() if table.name == name)


# --- What is written is what was found ----------------------------------------------------


@cache
def kit() -> Any:
    return read_kit()[0]


def told(project: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Of each report its folder, its body, and what `parse --json` says."""
    for row in lines(project, "reports"):
        report = read_report(project / "corpus" / row["file"], name=row["file"])
        yield row["id"], report.source.text, as_record(report, findings_of(report, kit()))


def all_sections(sections: list[Row]) -> Iterator[Row]:
    for section in sections:
        yield section
        yield from all_sections(section["sections"])


def test_every_report_is_there_once_with_its_metadata(project: Path) -> None:
    rows = {row["id"]: row for row in lines(project, "reports")}
    assert len(rows) == 5
    for folder, _, record in told(project):
        for key, value in record["metadata"].items():
            if key in rows[folder] and key not in ("title", "composed"):
                assert rows[folder][key] == value, (folder, key)
        assert rows[folder]["timeliness"] == record["timeliness"]


def test_sections_and_passages_hold_all_the_words(project: Path) -> None:
    passages, sections = lines(project, "passages"), lines(project, "sections")
    for folder, text, record in told(project):
        every = list(all_sections(record["sections"]))
        said = [
            (f"{folder}#{p['id']}", f"{folder}#{s['id']}", p["text"], p["kind"] or s["kind"], *p["span"])
            for s in every
            for p in s["passages"]
        ]
        own = [row for row in passages if row["report"] == folder]
        assert [(r["id"], r["section"], r["text"], r["kind"], r["start"], r["end"]) for r in own] == said
        assert all(text[row["start"] : row["end"]] == row["text"] for row in own)
        of_report = [row for row in sections if row["report"] == folder]
        assert [(r["id"], r["marker"], r["title"] or "", r["kind"], [r["start"], r["end"]]) for r in of_report] == [
            (f"{folder}#{s['id']}", s["marker"], s["title"], s["kind"], s["span"]) for s in every
        ]


def test_findings_are_those_of_parse(project: Path) -> None:
    written = {name: lines(project, name) for name in ("figures", "instruments", "topics", "items", "leftovers")}
    keys = {
        "figures": ("text", "value", "unit", "bound", "indicator"), "instruments": ("title", "class", "key", "short"),
        "topics": ("topic", "word"), "items": ("kind", "ordinal", "title"), "leftovers": ("what", "reason"),
    }  # fmt: skip
    seen = dict.fromkeys(keys, 0)
    for folder, text, record in told(project):
        for name, compared in keys.items():
            own = [row for row in written[name] if row["report"] == folder]
            seen[name] += len(own)
            assert [([row[key] for key in compared], row["start"]) for row in own] == [
                ([one[key] for key in compared], one["span"][0] if one["span"] else None) for one in record[name]
            ]
            assert all(text[r["start"] : r["end"]].strip() == r["text"] for r in own if "text" in r)
    assert seen["figures"] > 39
    assert min(seen[name] for name in ("instruments", "topics", "items")) > 10
    assert seen["leftovers"] == 1


def test_problems_stand_beside_their_plans_and_one_without_a_plan_alone(project: Path) -> None:
    rows = lines(project, "remedies")
    for folder, _, record in told(project):
        pairs = {(f"{folder}#{one['problem']}", f"{folder}#{one['plan']}") for one in record["remedies"]}
        own = [row for row in rows if row["report"] == folder]
        assert {(row["problem"], row["plan"]) for row in own if row["plan"]} == pairs
        assert {row["problem"] for row in own} == {
            f"{folder}#{item['id']}" for item in record["items"] if item["kind"] == "problems"
        }
    alone = [row for row in rows if row["plan"] is None]
    assert [row["problem_title"] for row in alone] == ["普法宣传不够深入"]
    assert alone[0]["score"] is None


def test_a_plan_stands_beside_what_the_next_year_says(project: Path) -> None:
    (row,) = lines(project, "progress")
    assert (row["report"], row["before"]) == ("henan/xuchang/2025-sifaju", "henan/xuchang/2024-sifaju")
    assert row["plan_text"].startswith("（一）加强行政执法监督")
    assert "充实基层执法监督人员18名" in row["result_text"]
    assert row["status"] == "seen"
    assert "案卷评查" in "".join(row["shared"])


def test_what_a_rule_asks_for_is_there_found_or_not(project: Path) -> None:
    rows = lines(project, "completeness")
    for folder, _, record in told(project):
        own = {row["content"]: row for row in rows if row["report"] == folder}
        assert {name: [place.partition("#")[2] for place in row["where"]] for name, row in own.items()} == {
            one["id"]: one["where"] for one in record["contents"]
        }
        assert all(row["found"] == bool(row["where"]) for row in own.values())


def test_wording_that_stands_elsewhere_names_both_places(tmp_path: Path) -> None:
    corpus = lay_out(tmp_path)
    shared = "围绕群众急难愁盼问题，建立首问负责、限时办结、容缺受理和帮办代办四项制度，逐项编制流程图并在大厅醒目处张贴，接受监督。"
    for name, place in (("d.md", "许昌市"), ("e.md", "漯河市")):
        text = f"{place}民政局关于2025年法治政府建设情况的报告\n一、主要举措和成效\n{shared}\n"
        (corpus / name).write_text(text, "utf-8")
    run(tmp_path, "jsonl", tmp_path / "export/jsonl")
    rows = lines(tmp_path, "overlaps")
    assert {(row["report"], row["other"]) for row in rows} == {
        ("henan/xuchang/2025-minzhengju", "henan/luohe/2025-minzhengju"),
        ("henan/luohe/2025-minzhengju", "henan/xuchang/2025-minzhengju"),
    }
    known = {row["id"]: row["text"] for row in lines(tmp_path, "passages")}
    for row in rows:
        assert row["share"] > 0.9
        assert all(part in known[row["passage"]] for part in row["shared"])
        assert known[row["other_passage"]] == shared


def test_an_address_is_whole_where_the_site_s_is_known(project: Path) -> None:
    (project / "with").mkdir()
    export("jsonl", project / "corpus", project / "with/jsonl", project, base="https://example.org/a/", jobs=1)
    row = json.loads((project / "with/jsonl/passages.jsonl").read_text("utf-8").splitlines()[0])
    assert row["address"] == f"https://example.org/a/{row['report']}/index.html#{row['id'].partition('#')[2]}"
    assert lines(project, "passages")[0]["address"] == row["address"].removeprefix("https://example.org/a/")


# --- CSV ----------------------------------------------------------------------------------


@given(st.text(st.sampled_from("=+-@＝＋－＠'\t\r\n 　\"；,甲1"), max_size=6))
def test_no_cell_is_computed_and_each_is_the_text_it_was(text: str) -> None:
    column = Column("x", "string", "x", "")
    written = cell(text, column, for_people=True)
    assert written.strip()[:1] not in tuple("=+-@＝＋－＠")
    assert "\r" not in written
    assert written.removeprefix("'") == text.replace("\r\n", "\n").replace("\r", "\n")


def test_csv_for_programs_holds_what_the_lines_hold(project: Path) -> None:
    def read(text: str, column: Column) -> Any:
        if text == "":
            return [] if column.type == "list" else None
        match column.type:
            case "integer":
                return int(text)
            case "number":
                return float(text)
            case "boolean":
                return {"true": True, "false": False}[text]
            case "list":
                return text.removeprefix("'").split(LIST_MARK)
            case _:
                return text.removeprefix("'")

    for table in tables():
        head, *rows = cells(project / f"export/datapackage/{table.name}.csv")
        assert head == [column.name for column in table.columns]
        written = [{c.name: read(v, c) for c, v in zip(table.columns, row, strict=True)} for row in rows]
        said = lines(project, table.name)
        for row in said:
            for name, value in row.items():
                row[name] = value.replace("\r\n", "\n") if isinstance(value, str) else value
        assert written == said, table.name


def test_csv_for_people_opens_in_a_spreadsheet(project: Path) -> None:
    """A mark of byte order, CR LF, Chinese headings and words, and whose report it is in each row."""
    data = (project / "export/csv/figures.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    head, *rows = cells(project / "export/csv/figures.csv")
    assert head[:6] == ["发文机关", "报告年度", "省", "市", "县", "报告编号"]
    first = dict(zip(head, next(row for row in rows if "许昌市卫生健康" in row[0]), strict=True))
    assert (first["报告年度"], first["市"]) == ("2025", "许昌市")
    assert {row[head.index("界限")] for row in rows} <= {"恰为", "多于", "不足", "约为"}
    passages = (project / "export/csv/passages.csv").read_text("utf-8-sig")
    assert "\"'=HYPERLINK(" in passages
    assert "''本来就有的撇号" in passages
    assert (project / "export/csv/说明.txt").read_bytes().startswith(b"\xef\xbb\xbf")


# --- The data package ---------------------------------------------------------------------


def test_the_data_package_keeps_what_it_says(project: Path) -> None:
    folder = project / "export/datapackage"
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    kept: dict[str, list[Row]] = {}
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        head, *rows = cells(folder / resource["path"])
        fields = resource["schema"]["fields"]
        assert head == [field["name"] for field in fields]
        kept[resource["name"]] = [dict(zip(head, row, strict=True)) for row in rows]
        for field in fields:
            values = {row[field["name"]] for row in kept[resource["name"]]} - {""}
            assert values <= set(field.get("constraints", {}).get("enum", values))
            if field["type"] == "integer":
                assert all(value.isdecimal() for value in values)
        key = resource["schema"]["primaryKey"]
        keys = [tuple(row[name] for name in key) for row in kept[resource["name"]]]
        assert len(set(keys)) == len(keys), resource["name"]
        assert all(map(all, keys))
    for resource in package["resources"]:
        for link in resource["schema"]["foreignKeys"]:
            there = kept[link["reference"]["resource"] or resource["name"]]
            known = {row[link["reference"]["fields"][0]] for row in there}
            assert {row[link["fields"][0]] for row in kept[resource["name"]]} - {""} <= known
    assert {resource["name"] for resource in package["resources"]} == {table.name for table in tables()}


def test_every_table_and_column_is_called_something() -> None:
    for table in tables():
        assert table.title
        assert table.about
        titles = [column.title for column in table.columns]
        assert all(titles)
        # A heading or a column of a view that stood twice could not be told from the other.
        assert len(set(titles)) == len(titles), table.name


# --- SQLite -------------------------------------------------------------------------------


@pytest.fixture
def database(project: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(project / FORMS["sqlite"])) as connection:
        yield connection


def test_the_database_is_whole(database: sqlite3.Connection, project: Path) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in tables():
        rows = database.execute(f'SELECT * FROM "{table.name}"').fetchall()
        said = lines(project, table.name)
        assert len(rows) == len(said)
        kept = [
            tuple(json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in row.values())
            for row in said
        ]
        assert rows == kept, table.name
        assert len(database.execute(f'SELECT * FROM "{table.title}"').fetchall()) == len(said)


def test_the_text_is_found_by_any_three_characters(database: sqlite3.Connection) -> None:
    found = database.execute(
        "SELECT passages.id FROM passages JOIN passages_fts ON passages_fts.rowid = passages.rowid"
        " WHERE passages_fts MATCH '法监督人员少'"
    ).fetchall()
    said = database.execute("SELECT id FROM passages WHERE text LIKE '%法监督人员少%'").fetchall()
    assert found == said
    assert len(found) == 1


def test_views_speak_chinese(database: sqlite3.Connection) -> None:
    row = database.execute("SELECT 发文机关, 报告年度, 界限 FROM 数据 WHERE 原文 = '320余件'").fetchone()
    assert row == ("许昌市司法局", 2024, "多于")


# --- Files --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_the_same_corpus_gives_the_same_bytes(project: Path, tmp_path: Path, form: str) -> None:
    """From another folder, without a cache."""
    lay_out(tmp_path)
    output = tmp_path / FORMS[form]
    run(tmp_path, form, output)
    first = project / FORMS[form]
    names = [path.name for path in first.iterdir()] if first.is_dir() else [""]
    assert {path.name for path in output.iterdir()} == set(names) if first.is_dir() else True
    for name in names:
        assert (output / name).read_bytes() == (first / name).read_bytes(), name


def test_the_version_follows_the_corpus(tmp_path: Path) -> None:
    corpus = lay_out(tmp_path)
    first = run(tmp_path, "jsonl", tmp_path / "one").edition
    assert (first.reports, first.newest, first.years) == (5, "2026-01-27", (2024, 2025))
    (corpus / "a.md").write_text(BEFORE.replace("45件", "46件"), "utf-8")
    second = run(tmp_path, "jsonl", tmp_path / "two").edition
    (corpus / "a.md").write_text(BEFORE, "utf-8")
    assert second.version != first.version == run(tmp_path, "jsonl", tmp_path / "one").edition.version


def test_what_is_no_export_is_not_touched(project: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("x", "utf-8")
    (tmp_path / "mine.db").write_text("x", "utf-8")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (x)")
    for form, name in (
        ("csv", "mine"),
        ("csv", "mine.db"),
        ("sqlite", "mine.db"),
        ("sqlite", "other.db"),
        ("sqlite", "mine"),
    ):
        with pytest.raises(GovreportError, match="没有动它"):
            run(project, form, tmp_path / name)
    assert (tmp_path / "mine.db").read_text("utf-8") == "x"
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_an_export_that_fails_leaves_the_old_one(
    project: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    run(project, form, output)
    kept = {path: path.read_bytes() for path in ([output] if output.is_file() else output.iterdir())}

    def full(*_: object) -> Iterator[object]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exporting, "rows_of", full)
    with pytest.raises(GovreportError, match="磁盘已满"):
        run(project, form, output)
    assert {path: path.read_bytes() for path in kept} == kept
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_older_export_is_replaced_as_a_whole(project: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run(project, "csv", output)
    run(project, "jsonl", output)
    assert not list(output.glob("*.csv"))
    assert (output / "reports.jsonl").is_file()


# --- The command --------------------------------------------------------------------------


def test_the_command_says_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["export", "csv"]) == 0
    said = capsys.readouterr().out
    assert "reports" in said
    assert "语料版本" in said
    assert (tmp_path / "export/csv/figures.csv").is_file()
    assert main(["export", "xlsx"]) == 2
    assert "csv、jsonl、sqlite、datapackage" in capsys.readouterr().err
    assert main(["export", "csv", "--corpus", "none"]) == 1


def test_parse_says_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = lay_out(tmp_path)
    (corpus / "indicators.yaml").unlink(missing_ok=True)
    monkeypatch.chdir(tmp_path)
    assert main(["parse", "--json", "corpus/a.md", "corpus/b.md"]) == 0
    before, after = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [figure["text"] for figure in before["figures"]] == ["320余件", "45件"]
    assert [one["title"] for one in after["instruments"]] == ["中华人民共和国行政复议法"]
    assert len(before["remedies"]) == 1
    (decided,) = [section for section in after["sections"] if section["key"] == "一"]
    assert decided["topics"] == ["enforcement"]
    assert {one["id"] for one in before["contents"] if one["where"]} >= {"achievements", "problems", "plans"}


def test_topics_and_plans_that_name_nothing_are_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    monkeypatch.chdir(tmp_path)
    (corpus / "a.md").write_text(BEFORE, "utf-8")
    wrong = AFTER.replace("三/一", "九/一").replace("[行政执法]", "[行政执法力]")
    (corpus / "b.md").write_text(wrong, "utf-8")
    for command in (["lint"], ["build"]):
        assert main(command) == 0
        streams = capsys.readouterr()
        said = streams.out + streams.err
        assert "“行政执法力”" in said, command
        assert "是不是“行政执法”" in said
        assert "progress 写到的“九/一”" in said
    (corpus / "b.md").write_text(AFTER, "utf-8")
    assert main(["lint"]) == 0
    assert "progress" not in capsys.readouterr().out
    (corpus / "a.md").unlink()
    assert main(["lint"]) == 0
    assert "同一机关上一年度的报告" in capsys.readouterr().out
