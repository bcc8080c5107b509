"""Reading is total and lossless, whatever the text: the promise everything else stands on."""

from __future__ import annotations

from hypothesis import given

from govreport_site.normalise import is_blank
from govreport_site.reading.read import read_text
from govreport_site.report import Report, Section, leaves
from tests.strategies import report_texts


def read(text: str) -> Report:
    return read_text(text, name="x.md", file="x.md")


@given(report_texts())
def test_no_character_is_lost(text: str) -> None:
    report = read(text)
    assert "".join(report.source.cut(leaf) for leaf in leaves(report)) == report.source.text
    assert text.endswith(report.source.text)


@given(report_texts())
def test_only_blanks_stand_between_headings_and_passages(text: str) -> None:
    report = read(text)
    held = {section.heading for section in report.walk()} | {passage.span for _, passage in report.passages()}
    for leaf in leaves(report):
        assert leaf in held or is_blank(report.source.cut(leaf)), report.source.cut(leaf)


@given(report_texts())
def test_spans_nest_and_siblings_touch(text: str) -> None:
    report = read(text)

    def check(sections: tuple[Section, ...], start: int, end: int) -> None:
        for section in sections:
            assert section.span.start == start
            assert section.span.end <= end
            inside = section.heading.end
            for passage in section.passages:
                assert section.span.covers(passage.span)
                assert passage.span
                assert passage.span.start >= inside
                inside = passage.span.end
                for point in passage.points:
                    assert passage.span.covers(point.span)
                    assert report.source.text.startswith(point.marker, point.span.start)
            if section.subsections:
                check(section.subsections, section.subsections[0].span.start, section.span.end)
                assert section.subsections[0].span.start >= inside
            start = section.span.end
        if sections:
            assert start == end

    check(report.sections, 0, len(report.source.text))


@given(report_texts())
def test_ids_and_keys_are_unique_in_a_report(text: str) -> None:
    report = read(text)
    ids = [section.id for section in report.walk()] + [passage.id for _, passage in report.passages()]
    assert len(ids) == len(set(ids))
    keys = [section.key for section in report.walk() if section.level]
    assert len(keys) == len(set(keys))


@given(report_texts(), report_texts(10))
def test_a_passage_keeps_its_address_when_something_else_changes(text: str, more: str) -> None:
    before = {report.source.cut(p.span): p.id for report in [read(text)] for _, p in report.passages()}
    after = {report.source.cut(p.span): p.id for report in [read(text + "\n" + more)] for _, p in report.passages()}
    for words in before.keys() & after.keys():
        assert before[words].split("-")[:2] == after[words].split("-")[:2]


@given(report_texts())
def test_problems_point_into_the_file(text: str) -> None:
    lines = text.count("\n") + 1
    for problem in read(text).problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.found
        assert problem.expected
        assert problem.mend
