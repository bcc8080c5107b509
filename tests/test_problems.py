"""Every problem code can happen, points at the right place, and says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport_site.catalogue import gather
from govreport_site.insight.set_phrases import read_set_phrases
from govreport_site.problems import CODES, Problem, as_text, display_width
from govreport_site.reading.duplicates import duplicates
from govreport_site.reading.read import LARGEST_BYTES, read_report, read_text
from govreport_site.site import check_originals, read_corpus
from govreport_site.source import Source

GOOD = """---
title: 许昌市卫生健康委员会关于2025年法治政府建设情况的报告
issuer: 许昌市卫生健康委员会
place: "411000"
year: 2025
---
一、主要举措和成效
甲。
二、存在的问题
乙。
三、下一步工作安排
丙。
"""


def problems_of(text: str) -> list[Problem]:
    return list(read_text(text, name="corpus/a.md", file="a.md").problems)


def yaml(line: str) -> str:
    return GOOD.replace("year: 2025\n", f"year: 2025\n{line}\n")


# code → a text that makes it happen, and where (line, column) it points
TEXTS: dict[str, tuple[str, tuple[int, int]]] = {
    "file/empty": ("---\nyear: 2025\n---\n \n", (4, 1)),
    "yaml/broken": (yaml("title2: a: b"), (6, 10)),
    "yaml/duplicate-key": (yaml("year: 2024"), (6, 1)),
    "yaml/unknown-key": (yaml("isuer: x"), (6, 1)),
    "yaml/wrong-type": (GOOD.replace("2025\n---", "二〇二五\n---"), (5, 7)),
    "yaml/unknown-value": (yaml("level: city"), (6, 8)),
    "yaml/unknown-section": (yaml('sections: {"九": {kind: plans}}'), (6, 1)),
    "outline/gap": (GOOD.replace("二、", "四、").replace("三、", "五、"), (9, 1)),
    "outline/repeated": (GOOD.replace("二、", "一、"), (9, 1)),
    "outline/skipped-level": ("（一）加强领导\n甲。\n（二）完善制度\n乙。\n", (1, 1)),
    "outline/no-headings": ("2025年，许昌市司法局开展工作。\n", (1, 1)),
    "kind/not-found": (GOOD.replace("二、存在的问题", "二、强化保障"), (7, 1)),
    "metadata/missing": ("一、举措\n甲。\n", (1, 1)),
    "text/mixed-width": (GOOD.replace("甲。", "甲，乙,丙，丁,戊。"), (8, 4)),
    "text/unbalanced": (GOOD.replace("甲。", "印发《甲办法，乙。"), (8, 3)),
    "text/ocr-spaces": (GOOD.replace("甲。", "推进法 治政府建 设。"), (8, 3)),
    "text/radicals": (GOOD.replace("甲。", "规范⾏政执法。"), (8, 3)),
    "text/traditional": (GOOD.replace("甲。", "區司法局開展執法監督。"), (8, 1)),
    "text/pinyin": (GOOD.replace("甲。", "應(yīng)急和建設(shè)。"), (8, 1)),
    "text/lost-character": (GOOD.replace("甲。", "按照纲要（20212025年）要求。"), (8, 6)),
    "text/filler": (GOOD.replace("甲。", "20__年，xx区司法局。"), (8, 1)),
    "text/control": (GOOD.replace("甲。", "甲\x07乙。"), (8, 2)),
    "left-over/year": (GOOD.replace("一、", "现将2024年工作情况报告如下。\n一、"), (7, 3)),
    "left-over/place": (GOOD.replace("甲。", "郑州市卫生健康委员会坚持依法行政。"), (8, 1)),
    "metadata/ambiguous-place": ("鼓楼区司法局2025年法治政府建设年度报告\n一、举措\n甲。\n", (1, 1)),
}


def test_a_good_report_has_no_problem() -> None:
    assert problems_of(GOOD) == []


@pytest.mark.parametrize("code", TEXTS)
def test_code_happens_and_points_at_its_place(code: str) -> None:
    text, place = TEXTS[code]
    found = [problem for problem in problems_of(text) if problem.code == code]
    assert found, [problem.code for problem in problems_of(text)]
    assert (found[0].line, found[0].column) == place


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xff\x00\x81")
    (tmp_path / "b.txt").write_bytes("一、举措\n".encode("gb18030"))
    with (tmp_path / "c.txt").open("wb") as large:
        large.truncate(LARGEST_BYTES + 1)
    (tmp_path / "d.txt").write_bytes(b"abc\0def")
    codes = {}
    for name in ("a", "b", "c", "d", "e"):
        report = read_report(tmp_path / f"{name}.txt", name=name)
        codes[name] = (report.problems[0].code, report.problems[0].severity)
    assert codes == {
        "a": ("file/unreadable", "error"),
        "b": ("file/encoding", "warning"),
        "c": ("file/too-large", "error"),
        "d": ("file/unreadable", "error"),
        "e": ("file/unreadable", "error"),
    }


def test_two_reports_with_one_address(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD, "utf-8")
    (tmp_path / "b.md").write_text(GOOD, "utf-8")
    catalogue, problems = gather(read_corpus(tmp_path))
    assert [problem.code for problem in problems] == ["corpus/same-address"]
    assert len({entry.folder for entry in catalogue.entries}) == 2


def test_a_text_that_was_taken_in_twice(tmp_path: Path) -> None:
    long = GOOD.replace(
        "甲。", "全年开展行政执法检查，规范行政处罚裁量，落实行政执法三项制度，办理行政复议案件，组织普法活动。"
    )
    (tmp_path / "a.md").write_text(long, "utf-8")
    (tmp_path / "b.md").write_text(long.replace("，", ","), "utf-8")
    (tmp_path / "c.md").write_text(long.replace("行政复议", "行政诉讼"), "utf-8")
    (tmp_path / "d.md").write_text(GOOD, "utf-8")
    problems = list(duplicates(read_corpus(tmp_path)))
    assert [(problem.code, Path(problem.file).name) for problem in problems] == [("corpus/duplicate", "b.md")]
    assert "a.md 相同" in problems[0].found


def test_an_original_that_changed(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_bytes(b"changed")
    (tmp_path / "a.md").write_text(yaml(f"source_file: sources/a.txt\nsource_sha256: {'0' * 64}"), "utf-8")
    problems = list(check_originals(tmp_path, read_corpus(tmp_path)))
    assert [problem.code for problem in problems] == ["metadata/source-changed"]


def test_phrases_that_are_too_short_or_unknown() -> None:
    _, problems = read_set_phrases([Source("corpus/set_phrases.list", "依法行政\n-从来没有收进表里的一句话\n")])
    assert [(one.code, one.line) for one in problems] == [("phrases/too-short", 1), ("phrases/unknown", 2)]


def test_every_code_is_made_to_happen_here() -> None:
    elsewhere = {
        "phrases/too-short",
        "phrases/unknown",
        "file/unreadable",
        "file/encoding",
        "file/too-large",
        "corpus/same-address",
        "corpus/duplicate",
        "metadata/source-changed",
    }
    assert set(TEXTS) | elsewhere == set(CODES)


def test_a_message_marks_the_place_in_display_columns() -> None:
    text, _ = TEXTS["outline/gap"]
    problem = next(p for p in problems_of(text) if p.code == "outline/gap")
    lines = as_text(problem).split("\n")
    assert lines[0] == "corpus/a.md:9:1  标题序号不连续  [outline/gap]"
    assert lines[1] == "  9 │ 四、存在的问题"
    assert lines[2] == "    │ ^^^^"
    assert lines[3:] == [
        "  发现  “一、”之后是“四、”",
        "  应为  “二、”",
        "  修改  看是否漏了一段，或上一个标题没有认出；若原文如此，不必改动",
    ]


def test_a_long_line_is_shown_around_the_place() -> None:
    problem = Problem("outline/gap", "a", 1, 500, "x", "y", "z", excerpt="字" * 499 + "错" + "字" * 300, length=1)
    lines = as_text(problem).split("\n")
    before, _, after = lines[1].partition("错")
    assert after
    assert display_width(lines[1]) < 150
    assert display_width(before) == lines[2].index("^") + display_width(lines[2]) - len(lines[2])


def test_yaml_wins_over_what_is_inferred_and_null_means_none() -> None:
    report = read_text(
        "---\nyear: 2024\ndated: null\n---\n许昌市司法局关于2025年法治政府建设情况的报告\n一、举措\n甲。\n许昌市司法局\n2026年1月2日\n",
        name="a",
        file="a",
    )
    assert report.metadata.year == 2024
    assert report.metadata.dated is None
    assert "year" not in report.metadata.inferred
    assert {"issuer", "place", "level"} <= set(report.metadata.inferred)


def test_a_person_decides_the_kind_of_a_section() -> None:
    report = read_text(yaml('sections: {"二": {kind: other, topics: [行政执法]}}'), name="a", file="a")
    second = next(section for section in report.walk() if section.key == "二")
    assert (second.kind, second.topics) == ("other", ("行政执法",))
    assert "编者" in second.reason
