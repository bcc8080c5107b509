"""What the rules ask, what a report holds of it, and when it was due."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from govreport_site.catalogue import missing_years
from govreport_site.insight.completeness import (
    check_contents,
    deadline,
    missing,
    own_texts,
    read_rules,
    rules,
    rules_for,
    timeliness,
)
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Metadata, Report

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests/golden"


def seed(name: str) -> Report:
    return read_report(ROOT / f"corpus/henan/{name}/2025-{name}-weijianwei.md", name=name)


def contents(text: str) -> dict[str, tuple[tuple[str, ...], str]]:
    report = read_text(text, name="x", file="x")
    return {found.id: (found.where, found.reason) for found in check_contents(report, rules_for(report.metadata))}


@pytest.mark.parametrize("name", ["xuchang", "zhengzhou"])
def test_what_the_seeds_hold(name: str, update_golden: bool) -> None:
    report = seed(name)
    found = check_contents(report, rules_for(report.metadata))
    lines = "".join(f"{one.id}  {' '.join(one.where) or '—'}  {one.reason}\n" for one in found)
    golden = GOLDEN / f"completeness-{name}.txt"
    if update_golden:
        golden.write_text(lines, "utf-8", newline="\n")
    assert lines == golden.read_text("utf-8")


@pytest.mark.parametrize("name", ["xuchang", "zhengzhou"])
def test_what_the_seeds_lack(name: str) -> None:
    """Neither gives reasons under that name; who answers for it has no section of its own; neither says when it was public."""
    report = seed(name)
    found = check_contents(report, rules_for(report.metadata))
    assert [one.id for one in missing(found, rules_for(report.metadata))] == ["reasons"]
    leadership = next(one for one in found if one.id == "leadership")
    assert all(where.startswith("p-") for where in leadership.where)
    assert leadership.reason.startswith("没有单独一节；第")
    assert timeliness(report.metadata) == "unknown"


def test_a_section_of_its_own_is_found_by_its_heading() -> None:
    found = contents(
        "一、主要举措和成效\n甲。\n二、存在的不足和原因\n乙。\n三、党政主要负责人履行推进法治建设第一责任人职责情况\n丙。\n"
        "四、下一年度主要安排\n丁。\n五、其他需要报告的情况\n无。\n"
    )
    assert {id_: where for id_, (where, _) in found.items()} == {
        "achievements": ("s-1",), "problems": ("s-2",), "reasons": ("s-2",), "leadership": ("s-3",), "plans": ("s-4",),
        "other": ("s-5",),
    }  # fmt: skip


def test_two_contents_in_one_section_are_said_to_be() -> None:
    found = contents(
        "一、工作成效\n甲。\n二、存在的问题及下一步打算\n（一）力量不足。原因是编制少。\n（二）加强培训。\n"
    )
    assert found["problems"][0] == ("s-2-1",)
    found = contents("一、工作成效\n甲。\n二、存在的问题及下一步打算\n乙。\n")
    assert found["problems"][0] == found["plans"][0] == ("s-2",)
    assert "合写" in found["problems"][1]


def test_reasons_are_looked_for_among_the_problems_only() -> None:
    elsewhere = contents("一、工作成效\n分析原因。\n二、存在的问题\n由于人少，执法不力。\n三、下一步打算\n丙。\n")
    assert elsewhere["reasons"][0] == ()
    assert "由于人少" in elsewhere["reasons"][1]
    there = contents("一、工作成效\n甲。\n二、存在的问题\n究其原因，人少。\n三、下一步打算\n丙。\n")
    assert len(there["reasons"][0]) == 1


def test_what_is_optional_is_never_missing() -> None:
    report = read_text("一、工作成效\n甲。\n", name="x", file="x")
    found = check_contents(report, rules_for(report.metadata))
    assert "other" not in {one.id for one in missing(found, rules_for(report.metadata))}
    assert {"problems", "plans", "leadership"} <= {one.id for one in missing(found, rules_for(report.metadata))}


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-01-27", "on_time"),
        ("2026-03-31", "on_time"),
        ("2026-04-01", "on_the_day"),
        ("2026-04-02", "late"),
        ("2027-01-01", "late"),
        (None, "unknown"),
    ],
)
def test_in_time_is_before_the_first_of_april(published: str | None, expected: str) -> None:
    assert timeliness(Metadata(year=2025, published=published, dated="2026-01-01")) == expected


def test_no_deadline_before_there_was_the_rule() -> None:
    assert deadline(2025) == "2026-04-01"
    assert deadline(2017) is None
    assert timeliness(Metadata(year=2017, published="2018-06-01")) == "unknown"
    assert timeliness(Metadata(published="2026-01-01")) == "unknown"


def test_a_report_falls_under_the_rule_of_its_province_too() -> None:
    assert [rule.id for rule in rules_for(Metadata(place="411000"))] == ["national-2019", "henan"]
    assert [rule.id for rule in rules_for(Metadata(place="320500"))] == ["national-2019"]
    assert [rule.id for rule in rules_for(Metadata())] == ["national-2019"]


def test_our_own_rules_are_sound_and_no_unverified_number_is_read() -> None:
    assert read_rules(own_texts())[1] == ()
    assert {rule.id: rule.article for rule in rules()} == {"henan": None, "national-2019": "第二十四条"}
    text = own_texts()["national-2019.yaml"].replace("verified: true", "verified: false")
    assert read_rules({"a": text})[0][0].article is None


def test_a_later_text_adds_a_rule_or_takes_the_place_of_one() -> None:
    own = (
        '- id: jiangsu\n  name: 某省规定\n  place: "320000"\n  same_as: national-2019\n  publication: {before: 03-01}\n'
    )
    own += "  contents:\n  - {id: reasons, name: 不足的原因, named: [症结]}\n  - {id: cases, name: 典型案例, named: [案例]}\n"
    own += '- id: henan\n  name: 另一份规定\n  place: "410000"\n'
    known, problems = read_rules({**own_texts(), "rules.yaml": own})
    assert problems == ()
    assert [rule.id for rule in known] == ["henan", "jiangsu", "national-2019"]
    assert known[0].name == "另一份规定"
    assert known[0].demands == ()
    assert [demand.id for demand in known[1].demands][-1] == "cases"
    assert timeliness(Metadata(place="320500", year=2025, published="2026-03-15"), known) == "late"
    assert timeliness(Metadata(place="330100", year=2025, published="2026-03-15"), known) == "on_time"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("id: [", "yaml/broken", None),
        ("id: a\nname: b\nid: c\n", "yaml/duplicate-key", (3, 1)),
        ("id: a\nnaem: b\n", "yaml/unknown-key", (2, 1)),
        ("甲\n", "yaml/wrong-type", (1, 1)),
        ("name: b\n", "yaml/wrong-type", (1, 1)),
        ("id: a\nname: b\nplace: 河南\n", "yaml/wrong-type", (3, 8)),
        ("id: a\nname: b\nverified: maybe\n", "yaml/wrong-type", (3, 11)),
        ("id: a\nname: b\ncontents: 甲\n", "yaml/wrong-type", (3, 11)),
        ("id: a\nname: b\ncontents:\n- {id: c, name: d, words: 甲}\n", "yaml/wrong-type", (4, 27)),
        ("id: a\nname: b\ncontents:\n- {id: c, name: d, kinds: [plan]}\n", "yaml/unknown-value", (4, 28)),
        ("id: a\nname: b\npublication: {before: 4月1日}\n", "yaml/wrong-type", (3, 23)),
    ],
)
def test_a_fault_in_a_rule_is_told_with_its_place(text: str, code: str, place: tuple[int, int] | None) -> None:
    _, problems = read_rules({"corpus/rules.yaml": text})
    found = [problem for problem in problems if problem.code == code]
    assert found
    assert found[0].file == "corpus/rules.yaml"
    assert place is None or (found[0].line, found[0].column) == place
    assert all(problem.found and problem.expected and problem.mend for problem in problems)


def test_years_that_are_missing_between() -> None:
    assert missing_years([2019, 2020, 2023], range(2018, 2026)) == (2021, 2022)
    assert missing_years([2019, 2023], [2019, 2021, 2023]) == (2021,)
    assert missing_years([2025], range(2018, 2026)) == missing_years([], [2020]) == ()


def test_a_dated_report_without_a_day_of_publication_stays_unknown() -> None:
    metadata = seed("zhengzhou").metadata
    assert metadata.dated == "2026-01-27"
    assert timeliness(metadata) == "unknown"
    assert timeliness(replace(metadata, published=metadata.dated)) == "on_time"
