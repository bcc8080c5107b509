"""What is odd in a text is said, and what is only usage is not: most lines here must stay silent."""

from __future__ import annotations

import pytest

from govreport_site.reading.read import read_text
from tests.test_problems import GOOD


def codes(body: str, *, text: str = GOOD) -> list[str]:
    report = read_text(text.replace("甲。", body), name="a.md", file="a.md")
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize(
    "body",
    [
        "坚持依法行政,推进建设,完善制度。",  # half-width commas throughout are a style
        "甲,乙，丙，丁。",  # one slip of the hand
        "1)开展检查；2）完善制度；a)落实；一）加强。",
        "“第一段引文。\n“第二段引文。”",
        "印发《\n\n甲市司法局关于乙的通知\n\n》，执行。",
        "修订《刑法修正案（十一）》和《关于印发〈甲办法〉的通知》（试行）。",
        "举办’99博览会，don’t。",
        "《守护职业健康 共筑安全防线》，中共甲镇委员会 甲镇人民政府。",
        "　　加强学习。　　一是落实。",
        "鄠(hù)邑的做法。",
        "办理张某某诉某县人民政府案，对某公司、李××处罚。",
        "自2021—2025年，共12345件，编号20251231。",
        "满意□ 不满意□，好不好？？好。",
        "2024年，甲获表彰；2026年将继续。《甲规划（2024年）》。",
        "**重点**：落实*区*。",
        "指导郑州市卫生健康委员会坚持依法行政。",
        "各镇街坚持依法行政。河南省卫生健康委员会高度重视。建安区卫生健康委员会坚持落实。",
    ],
)
def test_usage_is_not_odd(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("一（二）甲(三)乙（四）丙(五)丁。", "text/mixed-width"),
        ("“六五’期间。", "text/unbalanced"),
        ("甲》。", "text/unbalanced"),
        ("1 9 9 8 年的工作。", "text/ocr-spaces"),
        ("自201211日至20121231日。", "text/lost-character"),
        ("推进法□□府建设。", "text/lost-character"),
        ("推进\ufffd治。", "text/lost-character"),
        ("****年，古城街道落实。", "text/filler"),
        ("甲\uf0b7乙。", "text/control"),
        ("甲\u202e乙。", "text/control"),
    ],
)
def test_damage_is_said_once(body: str, code: str) -> None:
    assert codes(body) == [code]


@pytest.mark.parametrize(
    ("change", "odd"),
    [
        (("三、下一步工作安排", "三、2025年工作打算"), True),
        (("三、下一步工作安排", "三、2026年工作打算"), False),
        (("三、下一步工作安排", "三、2025年下半年工作打算"), False),
        (("一、主要举措和成效", "一、2024年主要举措和成效"), True),
        (("一、主要举措和成效", "一、2024—2025年主要举措和成效"), False),
        (("一、主要", "2024年，市卫健委坚持依法行政。\n一、主要"), True),
        (("一、主要", "2024年，获评先进。2025年，继续努力。\n一、主要"), False),
        (("一、主要", "现将2025年工作情况和2026年打算报告如下：\n一、主要"), False),
        (("丙。\n", "丙。\n许昌市卫生健康委员会\n2025年1月20日\n"), True),
        (("丙。\n", "丙。\n许昌市卫生健康委员会\n2026年1月20日\n"), False),
        (("丙。\n", "丙。\n许昌市卫生健康委员会\n2025年12月30日\n"), False),
    ],
)
def test_another_year_where_the_report_s_own_is_meant(change: tuple[str, str], odd: bool) -> None:
    assert ("left-over/year" in codes("甲。", text=GOOD.replace(*change))) == odd


@pytest.mark.parametrize(
    ("body", "odd"),
    [
        ("2025年，黄村乡坚持依法行政。", True),
        ("黄村乡人民政府认真落实。", True),
        ("2025年，参内乡坚持依法行政。", False),
        ("参内镇党委坚持依法行政。", False),
        ("我乡坚持依法行政。各乡镇认真落实。", False),
        ("与黄村乡人民政府共建。", False),
    ],
)
def test_another_town_in_a_town_s_report(body: str, odd: bool) -> None:
    text = "参内乡人民政府2025年法治政府建设年度报告\n一、主要举措和成效\n甲。\n二、存在的问题\n乙。\n三、下一步打算\n丙。\n"
    found = codes(body, text="---\nlevel: township\n---\n" + text)
    assert ("left-over/place" in found) == odd


def test_a_sign_off_of_another_place() -> None:
    assert "left-over/place" in codes("甲。", text=GOOD + "郑州市卫生健康委员会\n2026年1月20日\n")


def test_many_of_a_kind_are_one_problem() -> None:
    report = read_text(GOOD.replace("甲。", "规范⾏政⾏为，⾏得通。"), name="a.md", file="a.md")
    (problem,) = report.problems
    assert problem.found == "部首字符“⾏”（U+2F8F），共 3 处，第一处在此"
    assert problem.expected == "汉字“行”"
