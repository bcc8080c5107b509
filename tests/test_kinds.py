"""Kinds of sections: by wording, position and year, with the reason kept."""

from __future__ import annotations

import pytest

from govreport_site.reading.kinds import kind_of_part, kind_of_top
from govreport_site.reading.read import read_text
from govreport_site.report import Kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("主要举措和成效", "achievements"),
        ("2025年法治政府建设工作开展情况", "achievements"),
        ("突出问题导向，服务效能全面提升", "achievements"),
        ("着力解决群众反映强烈的突出问题", "achievements"),
        ("深化思想引领，筑牢法治建设思想根基", "achievements"),
        ("存在的问题和不足", "problems"),
        ("法治政府建设工作存在的问题及原因", "problems"),
        ("面临的困难和短板", "problems"),
        ("存在的主要问题及下步工作安排", "mixed"),
        ("存在问题以及改进措施", "mixed"),
        ("工作开展情况和2026年工作打算", "mixed"),
        ("2026年度工作安排", "plans"),
        ("2026年推进法治政府建设的主要举措", "plans"),
        ("下一步工作计划", "plans"),
        ("今后改进方向", "plans"),
        ("重点任务", "plans"),
        ("党政主要负责人履行推进法治建设第一责任人职责情况", "leadership"),
        ("切實履行法治建設(shè)第一責(zé)任人責(zé)任", "leadership"),
        ("其他需要报告的情况", "other"),
        ("依申请公开政府信息情况", "other"),
    ],
)
def test_titles_of_the_first_level(title: str, kind: str) -> None:
    typed = kind_of_top(title, index=2, count=4, year=2025)
    assert typed.kind == kind
    assert typed.reason


def test_a_later_year_is_a_plan_and_the_reports_own_is_not() -> None:
    assert kind_of_top("2025年重点工作推进情况", index=0, count=3, year=2025).kind == "achievements"
    assert kind_of_top("2026年重点工作推进", index=2, count=3, year=2025).kind == "plans"


def test_parts_follow_their_section_unless_they_speak_plainly() -> None:
    achievements = kind_of_top("主要举措和成效", index=0, count=3, year=2025)
    assert kind_of_part("坚持问题导向，推进信访工作法治化", achievements).kind == "achievements"
    assert kind_of_part("主要负责人履行第一责任人职责情况", achievements).kind == "leadership"
    assert kind_of_part("存在的不足", achievements).kind == "problems"
    mixed = kind_of_top("存在的问题和下一步打算", index=1, count=2, year=2025)
    assert kind_of_part("执法力量不足", mixed).kind == "problems"
    assert kind_of_part("加强队伍建设", mixed).kind == "plans"


def kinds(text: str) -> list[tuple[str, Kind | None]]:
    report = read_text(text, name="x", file="x")
    return [(report.source.cut(p.span)[:4], p.kind or s.kind) for s, p in report.passages()]


def test_a_mixed_section_without_headings_is_typed_part_by_part() -> None:
    found = kinds(
        "一、工作成效\n甲乙丙丁。\n二、存在的问题和下一步打算\n"
        "我局工作还存在执法力量不足的问题。\n普法形式单一。\n下一步，我局将加强培训。\n完善制度。\n"
    )
    assert found == [
        ("甲乙丙丁", Kind.ACHIEVEMENTS),
        ("我局工作", Kind.PROBLEMS),
        ("普法形式", Kind.PROBLEMS),
        ("下一步，", Kind.PLANS),
        ("完善制度", Kind.PLANS),
    ]


def test_problems_that_are_only_a_closing_paragraph_are_found() -> None:
    found = kinds(
        "一、加强领导\n甲乙丙丁。\n二、规范执法\n子丑寅卯。\n同时，我局工作还存在一些不足，主要是力量薄弱。\n下一步，我局将加强培训。\n"
    )
    assert found[-2:] == [("同时，我", Kind.PROBLEMS), ("下一步，", Kind.PLANS)]


def test_a_closing_paragraph_stays_where_the_report_has_its_own_section() -> None:
    found = kinds("一、做法\n甲乙丙丁。\n虽然还存在不足，但成效明显。\n二、存在的问题\n乙。\n三、下一步打算\n丙。\n")
    assert found[1] == ("虽然还存", Kind.ACHIEVEMENTS)


def test_no_paragraph_is_retyped_where_a_person_decided() -> None:
    text = '---\nsections: {"一": {kind: achievements}}\n---\n一、做法\n甲。\n但还存在不足和问题。\n'
    assert {kind for _, kind in kinds(text)} == {Kind.ACHIEVEMENTS}
