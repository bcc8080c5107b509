"""Golden trees: what a careful person reads in a report, as text that can be reviewed.

`pytest --update-golden` rewrites the files; their diff is the review.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from govreport_site.exports.tree import tree_lines
from govreport_site.interface import kind_names
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report, Section

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"

REPORTS = {
    "xuchang": ROOT / "corpus/henan/xuchang/2025-xuchang-weijianwei.md",
    "zhengzhou": ROOT / "corpus/henan/zhengzhou/2025-zhengzhou-weijianwei.md",
}


def read(path: Path) -> Report:
    return read_report(path, name=path.name, file=path.name)


@pytest.mark.parametrize("case", REPORTS)
def test_a_report_reads_as_a_careful_person_reads_it(case: str, update_golden: bool) -> None:
    names = {kind.value: shown.name for kind, shown in kind_names().items()}
    tree = "\n".join(tree_lines(read(REPORTS[case]), kind_names=names)) + "\n"
    golden = GOLDEN / case / "tree.txt"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(tree, "utf-8", newline="\n")
    assert tree == golden.read_text("utf-8")


@pytest.mark.parametrize(("case", "parts"), [("xuchang", [4, 3, 3]), ("zhengzhou", [10, 3, 5])])
def test_the_two_seeds_have_their_headings_and_kinds(case: str, parts: list[int]) -> None:
    tops = [section for section in read(REPORTS[case]).sections if section.level]
    assert [section.kind for section in tops] == ["achievements", "problems", "plans"]
    assert [len(section.subsections) for section in tops] == parts
    assert all(section.level == 2 for top in tops for section in top.subsections)


@pytest.mark.parametrize("case", REPORTS)
def test_every_point_is_found(case: str) -> None:
    report = read(REPORTS[case])
    for _, passage in report.passages():
        text = report.source.cut(passage.span)
        written = [ordinal for ordinal in "一二三四五六七八九" if f"{ordinal}是" in text]
        assert [point.marker for point in passage.points] == [f"{ordinal}是" for ordinal in written]


def test_metadata_of_the_seeds_without_front_matter() -> None:
    """A body dropped into the corpus as it is: what the text tells is read, the rest stays open."""
    texts = {case: read(path).source.text for case, path in REPORTS.items()}
    xuchang = read_text(texts["xuchang"], name="a.txt", file="a.txt")
    assert xuchang.metadata.title == "许昌市卫生健康委员会关于2025年法治政府建设情况的报告"
    assert not xuchang.composed
    assert (xuchang.metadata.issuer, xuchang.metadata.place) == ("许昌市卫生健康委员会", "411000")
    assert (xuchang.metadata.year, xuchang.metadata.level) == (2025, "prefecture")
    assert xuchang.metadata.issuer_kind == "卫生健康"
    assert xuchang.metadata.dated is None
    zhengzhou = read_text(texts["zhengzhou"], name="b.txt", file="b.txt")
    assert zhengzhou.metadata.title == "郑州市卫生健康委员会2025年法治政府建设年度报告"
    assert zhengzhou.composed
    assert (zhengzhou.metadata.issuer, zhengzhou.metadata.place) == ("郑州市卫生健康委员会", "410100")
    assert (zhengzhou.metadata.year, zhengzhou.metadata.dated) == (2025, "2026-01-27")
    assert zhengzhou.reasons["issuer"] == "落款"


def outline(report: Report) -> str:
    """Headings and passages, a line each: `1 一、|标题` and `- 正文`; roles other than text in 〔 〕."""
    lines: list[str] = []

    def add(section: Section, indent: str) -> None:
        if section.level:
            marker = section.marker.text if section.marker else "#"
            lines.append(f"{indent}{section.level} {marker}|{section.title}")
        for passage in section.passages:
            role = "" if passage.role == "text" else f"〔{passage.role}〕"
            form = "" if passage.form == "paragraph" else f"〔{passage.form}〕"
            points = "".join(f" <{point.marker}>" for point in passage.points)
            text = report.source.cut(passage.span).replace("\n", "⏎")
            lines.append(f"{indent}- {role}{form}{text}{points}")
        for inner in section.subsections:
            add(inner, indent + "  ")

    for section in report.sections:
        add(section, "")
    return "\n".join(lines)


def cases() -> list[tuple[str, str, str]]:
    """Cases of outline.txt: a title, then input and expected output between lines that hold one dot."""
    blocks = (GOLDEN / "outline.txt").read_text("utf-8").split("\n.\n")
    return [
        (title.strip().split("\n")[-1], given, expected)
        for title, given, expected in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=False)
    ]


@pytest.mark.parametrize(("title", "given", "expected"), cases(), ids=lambda value: value[:40])
def test_outline_case(title: str, given: str, expected: str) -> None:
    assert outline(read_text(given, name="x.md", file="x.md")) == expected, title
