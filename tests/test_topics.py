"""Topics of passages: which words cause them, where, and how often that is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.findings import Tag
from govreport_site.insight.topics import package_text, read_taxonomy, tag, taxonomy, unknown_topics
from govreport_site.issuer_kinds import all_kinds
from govreport_site.problems import CODES
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report
from govreport_site.source import Source

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
SEEDS = {
    "xuchang": ROOT / "corpus/henan/xuchang/2025-xuchang-weijianwei.md",
    "zhengzhou": ROOT / "corpus/henan/zhengzhou/2025-zhengzhou-weijianwei.md",
}


def seed(case: str) -> Report:
    return read_report(SEEDS[case], name=case)


def made(body: str, kind: str = "政府", sections: str = "") -> Report:
    front = f"---\nissuer_kind: {kind}\n{sections}---\n"
    return read_text(front + body, name="x.md", file="x.md")


def tags(body: str, kind: str = "政府", sections: str = "") -> tuple[Tag, ...]:
    return tag(made(body, kind, sections), taxonomy())


def topics(body: str, kind: str = "政府") -> set[str]:
    return {one.topic for one in tags(body, kind)}


def tops(found: Iterable[Tag]) -> set[str]:
    return {taxonomy().top(one.topic) for one in found}


def rows(name: str) -> Iterator[list[str]]:
    for line in (GOLDEN / name).read_text("utf-8").splitlines():
        yield line.split("\t")


@pytest.mark.parametrize("case", SEEDS)
def test_topics_of_the_seeds(case: str, update_golden: bool) -> None:
    report = seed(case)
    of_passage = defaultdict(list)
    for one in tag(report, taxonomy()):
        assert one.span is not None
        assert report.source.cut(one.span) == one.word
        where = "标题" if one.span.start < report_start(report, one.passage) else f"{one.span.start}"
        of_passage[one.passage].append(f"    {one.topic}  {one.word}（{where}）\n")
    lines = []
    for section, passage in report.passages():
        if passage.role == "text":
            lines.append(f"{section.key}  {section.title}  {passage.id}\n")
            lines += of_passage[passage.id]
    golden = GOLDEN / f"topics_{case}.txt"
    if update_golden:
        golden.write_text("".join(lines), "utf-8", newline="\n")
    assert "".join(lines) == golden.read_text("utf-8")


def report_start(report: Report, id: str) -> int:
    return next(passage.span.start for _, passage in report.passages() if passage.id == id)


def test_precision_and_recall_over_what_a_person_labelled() -> None:
    """28 passages of the seeds and 64 headings of real reports, labelled by hand.

    Top-level topics. Whoever adds words sees here what they cost; the floors must not sink.
    """
    right = wrong = missed = 0

    def compare(found: set[str], wanted: str) -> None:
        nonlocal right, wrong, missed
        truth = set(wanted.split())
        right += len(found & truth)
        wrong += len(found - truth)
        missed += len(truth - found)

    of_section: dict[tuple[str, str], list[Tag]] = defaultdict(list)
    for case in SEEDS:
        report = seed(case)
        keys = {passage.id: section.key for section, passage in report.passages()}
        for one in tag(report, taxonomy()):
            of_section[case, keys[one.passage]].append(one)
    for case, key, wanted in rows("topics_passages.tsv"):
        compare(tops(of_section[case, key]), wanted)
    for kind, heading, wanted in rows("topics_headings.tsv"):
        compare(tops(tags(f"一、主要工作\n（一）{heading}\n相关任务均已完成，有关情况见附表。\n", kind)), wanted)
    assert right / (right + wrong) >= 0.96
    assert right / (right + missed) >= 0.93


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、主要工作\n全年收到行政复议申请8件。\n", {"disputes-review"}),
        ("一、主要工作\n专题学习《行政复议法》《行政处罚法》。\n", set()),
        ("一、主要工作\n落实“谁执法谁普法”普法责任制。\n", {"publicity"}),
        ("一、主要工作\n开展行政执法监督检查3次。\n", {"oversight-enforcement"}),
        ("一、主要工作\n牢固树立法治观念，建立法律顾问制度。\n", {"decisions-counsel"}),
        ("一、主要工作\n认真落实党中央决策部署。\n", set()),
        ("一、主要工作\n联合市应急管理局召开会议。\n", set()),
        ("一、主要工作\n加大执法力度。\n", set()),
        ("一、主要工作\n加大监管和执法力度。\n", {"enforcement"}),
        ("一、主要工作\n完善信访、普法、立法、复议等各项工作。\n", set()),
        ("一、主要工作\n收到行政復議申請8件。\n", {"disputes-review"}),
    ],
)
def test_a_word_counts_where_it_tells_of_its_topic(text: str, expected: set[str]) -> None:
    """Not in the name of a law, in the name of a body, within another word, in a list; a hint not alone."""
    assert topics(text) == expected


def test_each_point_has_its_own_topics() -> None:
    report = made("一、主要工作\n一是推进政务公开。公开信息3条。二是做好行政应诉。出庭应诉3次。三是其他。\n")
    found = tag(report, taxonomy())
    (passage,) = (passage for _, passage in report.passages())
    assert [one.topic for one in found] == ["oversight-openness", "disputes-litigation"]
    for one, point in zip(found, passage.points, strict=False):
        assert one.span is not None
        assert point.span.covers(one.span)


def test_the_nearest_telling_heading_speaks_for_the_passages_below() -> None:
    report = made("一、加大普法力度\n有关情况如下。\n（一）强化基础\n略。\n（二）做好信访工作\n略。\n")
    found = tag(report, taxonomy())
    assert [(one.topic, one.word) for one in found] == [
        ("publicity", "普法"), ("publicity", "普法"), ("disputes-petition", "信访"),
    ]  # fmt: skip
    headings = [section.heading for section in report.walk() if section.heading]
    assert [[one.span is not None and h.covers(one.span) for h in headings].index(True) for one in found] == [0, 0, 2]


def test_the_own_field_is_told_by_the_words_of_the_kind() -> None:
    text = "一、主要工作\n（一）严格依法治医\n略。\n"
    assert topics(text, "卫生健康") == {"field"}
    assert topics(text, "教育") == set()
    assert taxonomy().name("field", "卫生健康") == "依法治医"
    assert taxonomy().name("field", "外事") == taxonomy().name("field") == "本部门业务领域"


def test_front_matter_has_the_last_word() -> None:
    """Named by name, by id, or by what a kind calls its field; handed down, and nothing else is said there."""
    body = "一、普法工作\n普法。\n（一）信访\n信访。\n二、信访工作\n信访。\n"
    found = tags(body, sections='sections:\n  "一": {topics: [行政执法, disputes-review, 依法治医]}\n')
    decided = [
        ("enforcement", "行政执法", None),
        ("disputes-review", "disputes-review", None),
        ("field", "依法治医", None),
    ]
    assert [(one.topic, one.word, one.span) for one in found[:6]] == decided * 2
    assert [one.topic for one in found[6:]] == ["disputes-petition"]


def test_a_topic_that_is_unknown_is_a_problem_and_no_tag() -> None:
    report = made("一、普法工作\n普法。\n", sections='sections:\n  "一": {topics: [行政执罚, 行政执法]}\n')
    (problem,) = unknown_topics(report, taxonomy())
    assert (problem.code, problem.line, problem.column) == ("yaml/unknown-value", 6, 1)
    assert "行政执罚" in problem.found
    assert problem.expected == "是不是“行政执法”？"
    assert [one.topic for one in tag(report, taxonomy())] == ["enforcement"]


# --- The taxonomy ---------------------------------------------------------------------------


def test_the_package_s_taxonomy_is_without_fault() -> None:
    own, problems = read_taxonomy([package_text()])
    assert problems == ()
    assert [topic.part for topic in own.topics if topic.under is None] == [*"二三四五六七八九十", None, None]
    assert {field.kind for field in own.fields} <= {kind.name for kind in all_kinds()}
    # Names are how an editor names topics; two alike could not be told apart.
    names = [topic.name for topic in own.topics] + [field.name for field in own.fields]
    assert len(set(names)) == len(names)


def test_ids_of_topics_are_permanent() -> None:
    """They stand in addresses: none may go or be renamed; new ones are added here."""
    assert " ".join(topic.id for topic in taxonomy().topics) == (
        "functions functions-duties functions-services functions-business rules rules-legislation rules-documents "
        "decisions decisions-procedure decisions-counsel enforcement enforcement-system enforcement-conduct "
        "enforcement-supervision emergency disputes disputes-mediation disputes-petition disputes-review "
        "disputes-litigation disputes-adjudication oversight oversight-openness oversight-enforcement "
        "oversight-supervision oversight-integrity digital leadership leadership-thought leadership-first "
        "leadership-mechanism leadership-ability publicity field"
    )


def test_a_corpus_adds_words_topics_and_fields() -> None:
    more = """
topics:
  - {id: publicity, words: [法润许昌], not: [普法]}
  - {id: harbour, name: 自贸港, words: [自贸港]}
  - {id: harbour-law, under: harbour, name: 自贸港立法, words: [自贸港法]}
fields:
  - {kind: 外事, name: 依法外事, words: [涉外法治]}
"""
    own, problems = read_taxonomy([package_text(), Source("corpus.yaml", more)])
    assert problems == ()
    assert own.version == taxonomy().version

    def told(text: str, kind: str = "政府") -> list[str]:
        return [one.topic for one in tag(made(f"一、主要工作\n{text}\n", kind), own)]

    assert told("打造法润许昌品牌。") == ["publicity"]
    assert told("开展普法。") == []
    assert told("建设自贸港。") == ["harbour"]
    assert own.top("harbour-law") == "harbour"
    assert told("推进涉外法治。", "外事") == ["field"]


@pytest.mark.parametrize(
    ("yaml", "code", "place"),
    [
        ("topics: [", "yaml/broken", (2, 1)),
        ("version: 1\nversion: 2", "yaml/duplicate-key", (2, 1)),
        ("- 普法", "yaml/wrong-type", (1, 1)),
        ("topic: []", "yaml/unknown-key", (1, 1)),
        ("topics: 普法", "yaml/wrong-type", (1, 9)),
        ("topics:\n  - 普法", "yaml/wrong-type", (2, 5)),
        ("topics:\n  - {id: 普法, name: 普法}", "yaml/wrong-type", (2, 10)),
        ("topics:\n  - {id: harbour}", "yaml/wrong-type", (2, 5)),
        ("topics:\n  - {id: harbour, name: 港, under: port}", "yaml/unknown-value", (2, 35)),
        ("topics:\n  - {id: publicity, word: [甲乙]}", "yaml/unknown-key", (2, 21)),
        ("topics:\n  - {id: publicity, words: 甲乙}", "yaml/wrong-type", (2, 28)),
        ("topics:\n  - {id: publicity, words: [法]}", "yaml/wrong-type", (2, 29)),
        ("fields:\n  - {kind: 卫生, name: 依法治医}", "yaml/unknown-value", (2, 12)),
        ("fields:\n  - {kind: 外事}", "yaml/wrong-type", (2, 5)),
        ("years: {from: 二〇二一}", "yaml/wrong-type", (1, 15)),
        ("years: 2021", "yaml/wrong-type", (1, 8)),
        ("successor: {enforcement: x}", "yaml/wrong-type", (1, 26)),
        ("outline: [甲]", "yaml/wrong-type", (1, 10)),
    ],
)
def test_a_fault_in_a_taxonomy_is_said_with_its_place(yaml: str, code: str, place: tuple[int, int]) -> None:
    """And the rest of the file, and the package's own topics, still count."""
    own, problems = read_taxonomy([package_text(), Source("corpus/topics.yaml", yaml)])
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [(code, *place)]
    assert code in CODES
    assert {topic.id for topic in taxonomy().topics} <= {topic.id for topic in own.topics}


@given(st.text(alphabet="一是二、。（）\n普法信访执行政复议《》 ：", max_size=80))
def test_a_tag_points_at_its_word_for_any_text(text: str) -> None:
    report = read_text(text, name="x.md", file="x.md")
    passages = {passage.id for _, passage in report.passages()}
    for one in tag(report, taxonomy()):
        assert one.span is not None
        assert report.source.cut(one.span) == one.word
        assert one.passage in passages
