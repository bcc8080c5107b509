"""Titled texts in reports: what is one, what it is, and under which key its spellings meet."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.addresses import instrument_slug
from govreport_site.findings import Instrument
from govreport_site.insight.instruments import find_instruments, instrument_key, merge
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
SEEDS = {
    "xuchang": ROOT / "corpus/henan/xuchang/2025-xuchang-weijianwei.md",
    "zhengzhou": ROOT / "corpus/henan/zhengzhou/2025-zhengzhou-weijianwei.md",
}


def seed(case: str) -> Report:
    return read_report(SEEDS[case], name=case)


def found(text: str) -> tuple[Instrument, ...]:
    return find_instruments(read_text(text, name="x.md", file="x.md"))


def titles(text: str) -> list[str]:
    return [one.title for one in found(text)]


@pytest.mark.parametrize("case", SEEDS)
def test_the_seeds_name_what_a_careful_reader_finds(case: str, update_golden: bool) -> None:
    report = seed(case)
    lines = [
        f"{one.span.start}–{one.span.end}  {one.passage}  {one.class_}（{one.reason}）  {one.title}\n    {one.key}\n"
        for one in find_instruments(report)
    ]
    golden = GOLDEN / f"instruments_{case}.txt"
    if update_golden:
        golden.write_text("".join(lines), "utf-8", newline="\n")
    assert "".join(lines) == golden.read_text("utf-8")


@pytest.mark.parametrize(("case", "instruments", "beside"), [("xuchang", 3, {"work"}), ("zhengzhou", 10, {"media"})])
def test_the_seeds_name_so_many_instruments(case: str, instruments: int, beside: set[str]) -> None:
    """A notice and the two titles in it are three; a draft and its regulation are two; film and paper are none."""
    all_of_them = find_instruments(seed(case))
    assert len({one.key for one in all_of_them if one.class_ not in ("work", "media")}) == instruments
    assert {one.class_ for one in all_of_them} & {"work", "media"} == beside


@pytest.mark.parametrize("case", SEEDS)
def test_a_span_holds_title_and_marks(case: str) -> None:
    report = seed(case)
    for one in find_instruments(report):
        assert report.source.cut(one.span)[1:-1] == one.title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发《关于印发〈甲办法〉〈乙办法〉的通知》。", ["关于印发〈甲办法〉〈乙办法〉的通知", "甲办法", "乙办法"]),
        ("印发《关于印发《甲办法》的通知》。", ["关于印发《甲办法》的通知", "甲办法"]),
        (
            "贯彻《甲市落实<乙纲要(2021-2025年)>实施方案》。",
            ["甲市落实<乙纲要(2021-2025年)>实施方案", "乙纲要(2021-2025年)"],
        ),
        ("印发《关于印发〈甲办法》的通知》。", ["关于印发〈甲办法》的通知", "甲办法"]),
        ("落实《甲办法〉，开展检查。", ["甲办法"]),
        ("落实《关于〈甲办法的通知》，另有《乙办法》。", ["关于〈甲办法的通知", "乙办法"]),
        ("落实《甲办法，推进《乙办法》实施。", ["乙办法"]),
        ("落实《甲办法。全年开展检查。依照乙办法》执行。", []),
        ("落实《甲办法，\n推进乙办法》实施。", []),
        ("》落实乙办法《", []),
        ("《》《 》《××》《……》", []),
        ("数值a<b，且c>d，〈附注〉不是题名。", []),
        ("落实《 甲办法 》。", ["甲办法"]),
    ],
)
def test_marks_nested_crossed_and_lost(text: str, expected: list[str]) -> None:
    """A lost mark costs its own title, never a paragraph or the next title."""
    assert titles(text) == expected


def test_headings_and_tables_hold_titles_too() -> None:
    text = "一、落实《甲办法》情况\n全文见下。\n\n| 文件 | 年 |\n| --- | --- |\n| 《乙办法》 | 2025 |\n"
    first, second = found(text)
    assert (first.title, first.passage) == ("甲办法", "s-1")
    assert second.title == "乙办法"
    assert second.passage.startswith("p-")


@pytest.mark.parametrize(
    ("text", "class_"),
    [
        ("学习《中华人民共和国行政处罚法》", "law"),
        ("学习《未成年人保护法》", "law"),
        ("学习《预算法》", "law"),
        ("学习《民法典》", "law"),
        ("修订《刑法修正案（十一）》", "law"),
        ("学习《中华人民共和国企业所得税法（草案）》", "law"),
        ("学习《中华人民共和国基本医疗卫生与健康促进法实施条例》", "regulation"),
        ("制定《绍兴市电梯安全条例》", "regulation"),
        ("修改《河南省实施〈中华人民共和国水法〉办法》", "regulation"),
        ("落实《山东省政府信息公开办法》", "rule"),
        ("落实《医疗机构工作人员廉洁从业九项准则实施细则(试行)》", "rule"),
        ("印发《规范涉企行政执法六条措施》", "document"),
        ("公布《天津市行政许可事项清单修改对照表》（征求意见稿）", "document"),
        ("報送《關於做好2024年法治政府建設情況年度報告工作的通知》", "document"),
        ("围绕《郑州市2025年度法治政府建设工作要点》", "plan"),
        ("贯彻《法治政府建设实施纲要（2021—2025年）》", "plan"),
        ("制定地方标准《河道管护规范》", "standard"),
        ("制作动漫微视频《守护职业健康 共筑安全防线》", "work"),
        ("拍摄《我与宪法的故事》《小案大道理》等普法微视频3部", "work"),
        ("排演情景剧《老张的烦恼》", "work"),
        ("编印《民法典知识一本通》", "work"),
        ("在《河南法制报》刊发报道30余篇", "media"),
        ("在《半月谈》等媒体刊发", "media"),
        ("被《中国卫生》杂志报道", "media"),
        ("送达《行政执法监督意见书》12份", "other"),
        ("印发《情况通报》", "document"),
        ("推广《今日说法》的经验", "other"),
    ],
)
def test_a_title_is_classed_by_its_end_or_by_what_stands_beside_it(text: str, class_: str) -> None:
    assert found(text)[0].class_ == class_


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中华人民共和国政府信息公开条例", "政府信息公开条例"),
        ("法治政府建设实施纲要(2021-2025 年)", "法治政府建设实施纲要（2021—2025）"),
        ("海安市贯彻落实〈法治政府建设实施纲要〉方案", "海安市贯彻落实《法治政府建设实施纲要》方案"),
        ("海安市贯彻落实<甲纲要>方案", "海安市贯彻落实〈甲纲要〉方案"),
        ("关于“会前学法”的通知", "关于会前学法的通知"),
        ("河南省消防条例（2021年修订）", "河南省消防条例"),
        ("守护职业健康 共筑安全防线", "守护职业健康　共筑安全防线"),
        ("郑州市中医药发展促进条例(草案)", "郑州市中医药发展促进条例草案"),
        ("法治政府建設實施綱要", "法治政府建设实施纲要"),
        ("区教育局报告.docx", "区教育局报告"),
    ],
)
def test_ways_of_writing_one_title_meet(one: str, other: str) -> None:
    assert instrument_key(one) == instrument_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("郑州市中医药发展促进条例(草案)", "郑州市中医药发展促进条例"),
        ("甲办法（试行）", "甲办法"),
        ("甲条例（草案）", "甲条例（征求意见稿）"),
        ("法治政府建设实施纲要（2015—2020年）", "法治政府建设实施纲要（2021—2025年）"),
        ("刑法修正案（十一）", "刑法修正案（十二）"),
        ("刑法", "刑法修正案（十二）"),
    ],
)
def test_texts_of_their_own_stay_apart(one: str, other: str) -> None:
    assert instrument_key(one) != instrument_key(other)


def test_a_draft_may_be_told_behind_the_mark() -> None:
    draft, regulation = found("形成《郑州市养犬条例》（草案），《郑州市养犬条例》获通过。")
    assert draft.key == regulation.key + "/草案"
    assert merge([draft])[draft.key].title == "郑州市养犬条例（草案）"


@pytest.mark.parametrize(
    "given_as",
    [
        "（以下简称《条例》）",
        "（国务院令第711号,以下简称“条例”）",
        "（国办发〔2020〕1号）（以下简称：条例）",
        "(下称条例)",
    ],
)
def test_an_abbreviation_has_the_key_of_its_title(given_as: str) -> None:
    text = f"根据《中华人民共和国政府信息公开条例》{given_as}和《省条例》，按照《条例》编制。"
    mentions = found(text)
    assert mentions[0].short == "条例"
    assert mentions[0].key == mentions[-1].key == "政府信息公开条例"
    assert mentions[-1].reason == "“中华人民共和国政府信息公开条例”的简称"


def test_a_mere_kind_of_text_is_the_only_one_before_or_none() -> None:
    """《条例》 of two reports is not one text; where one title before ends so, it is that one."""
    assert [one.key for one in found("落实《消防条例》，《条例》规定……")] == ["消防条例", "消防条例"]
    assert found("落实《消防条例》《信访条例》，《条例》规定……")[-1].key == ""
    assert found("制定《实施方案》。")[0].key == ""
    assert found("形成《消防条例（草案）》，《条例》规定……")[-1].key == ""


def test_merging_takes_the_most_frequent_spelling_and_no_abbreviation() -> None:
    mentions = [
        *found("《政府信息公开条例》（以下简称《条例》）、《条例》、《条例》、《条例》"),
        *found("《中华人民共和国政府信息公开条例》"),
        *found("《中华人民共和国政府信息公开条例》"),
        *found("《方案》"),
    ]
    (merged,) = merge(mentions).values()
    assert (merged.title, merged.class_, merged.vague) == ("中华人民共和国政府信息公开条例", "regulation", False)
    # Of equally frequent spellings the first by code point: the answer must not depend on the order of reports.
    one, other = found("《甲市　消防办法》"), found("《甲市消防办法》")
    assert merge([*one, *other]) == merge([*other, *one])


@pytest.mark.parametrize(
    ("title", "vague"),
    [
        ("关于加强普法工作的通知", True),
        ("2025年全区法治政府建设工作要点", True),
        ("规范市场监管执法若干措施", True),
        ("许昌市司法局关于加强普法工作的通知", False),
        ("法治政府建设实施纲要（2021—2025年）", False),
        ("行政处罚法", False),
    ],
)
def test_a_title_without_a_maker_may_be_of_several_texts(title: str, vague: bool) -> None:
    (merged,) = merge(found(f"落实《{title}》。")).values()
    assert merged.vague is vague


def test_a_slug_is_permanent() -> None:
    """Addresses of pages: were this to change, every link to an instrument would break."""
    assert instrument_slug("政府信息公开条例") == "i-6cbed1fe32"


@given(st.text(alphabet="《》〈〉<>甲乙法办的，。、（草案）\n 1以下简称“”", max_size=60))
def test_any_text_gives_titles_within_lines_in_order(text: str) -> None:
    report = read_text(text, name="x.md", file="x.md")
    mentions = find_instruments(report)
    spans = [one.span for one in mentions]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    for one in mentions:
        cut = report.source.cut(one.span)
        assert "\n" not in cut
        assert cut[0] in "《〈<"
        assert cut[-1] in "》〉>"
        assert one.passage
