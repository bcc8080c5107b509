"""What each line above and below a report's text is for; and that none is moved or dropped."""

from __future__ import annotations

import pytest

from govreport_site.reading.header import index_number, is_furniture, read_date, read_labels
from govreport_site.reading.roles import is_body_name, roles_after, roles_before, split_title


def roles(*lines: str) -> str:
    """Roles of lines before the first heading, an initial each: t h s i."""
    return "".join({"title": "t", "header": "h", "salutation": "s", "intro": "i"}[role] for role in roles_before(lines))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # breadcrumb, title, date line, font widget, salutation, introduction
        (
            (
                "当前位置：首页 > 政务公开",
                "丽江市司法局2025年法治政府建设年度报告",
                "日期：2026-03-17 来源：丽江市司法局",
                "【字体： 【打印文本】",
                "市委、市政府：",
                "2025年，我局认真履职。现将情况报告如下：",
            ),
            "hthhsi",
        ),
        # bullets of a toolbar stand between title and text
        (
            ("文山州水务局2024年度法治政府建设报告", "• 字号:", "• |", "• 打印", "2024年，全州水务系统认真履职。"),
            "thhhi",
        ),
        # a page repeats its title: the later copy is the report's own
        (("江阴市2023年法治政府建设情况报告", "发布时间：2024-01-02", "江阴市2023年法治政府建设情况报告"), "hht"),
        # without a title the header still ends where a sentence begins
        (("索引号：123456/2024-1 文号：", "文昌市水务局", "2024-03-01", "2024年，我局认真履职。"), "hhhi"),
        # a sentence that mentions a report is no title
        (("现将2024年法治政府建设情况报告", "2024年，我局认真履职。"), "ti"),
        (("2024年，我局认真履职，现将法治政府建设情况报告如下：",), "i"),
        # traditional labels
        (("發布時間：2024-01-02", "廈門市民政局2023年法治政府建設年度報告", "市委、市政府："), "hts"),
        # the issuer below its title belongs to the header
        (("2025年度法治政府建设工作报告", "临江市教育局", "2025年，我局认真履职。"), "thi"),
        # the number of the document on a line of its own
        (("滕政发〔2026〕3号", "2025年度法治政府建设工作报告", "2025年，认真履职。"), "hti"),
    ],
)
def test_lines_before_the_text(lines: tuple[str, ...], expected: str) -> None:
    assert roles(*lines) == expected


def test_every_line_keeps_its_place() -> None:
    """As many roles as lines, whatever they hold."""
    lines = ["", "某", "》", "报告", "：", "\u3000", "x" * 500]
    assert len(roles_before(lines)) == len(roles_after(lines)) == len(lines)


def test_a_report_is_signed_near_its_end() -> None:
    assert roles_after(["工作仍有不足。", "绥化市林业和草原局", "2026 年 1 月 27 日", "责任编辑：王某"]) == [
        "text",
        "signoff",
        "signoff",
        "foot",
    ]


def test_labels_of_one_line_end_each_others_values() -> None:
    """索引号 without a blank before the next label would swallow it."""
    found = {
        one.label: one.value for one in read_labels(["索 引 号: 11/2-3 文号: 发布机构：甲市司法局发布日期：2024-1-2"])
    }
    assert found == {"索引号": "11/2-3", "发布机构": "甲市司法局", "发布日期": "2024-1-2"}


def test_a_value_on_the_line_below_its_label() -> None:
    """Tables that came apart have a cell a line."""
    assert [(one.label, one.value) for one in read_labels(["发布日期：", "2024-01-02", "正文"])] == [
        ("发布日期", "2024-01-02")
    ]


def test_cells_that_shifted() -> None:
    """An empty 关键词 must not take 发布机构 for its value."""
    assert [(one.label, one.value) for one in read_labels(["| 关键词 | 发布机构 | 甲镇 | |"])] == [("发布机构", "甲镇")]


def test_a_sentence_is_not_furniture() -> None:
    assert not is_furniture("2024年，我局公开方式不断完善，浏览次数明显增加。")
    assert is_furniture("浏览次数：")
    assert is_furniture("今天是：2019年10月31日 星期四")


def test_dates_as_written() -> None:
    for written in ("2025- 02- 12 16: 05", "2025 年 2 月 12 日", "2025.2.12", "二〇二五年二月十二日", "20250212"):
        assert read_date(written) == "2025-02-12", written
    assert read_date("2025年13月1日") is None


def test_none_is_no_index_number() -> None:
    assert index_number("无") is None
    assert index_number("mb1a2b3c4/2024-00012") == "MB1A2B3C4/2024-00012"


def test_a_glued_title_ends_before_the_first_sentence() -> None:
    assert split_title("某区2025年度法治政府建设情况报告2025年,全区") == "某区2025年度法治政府建设情况报告"
    assert split_title("2025年，我区依法治区，现将情况报告如下") is None


def test_a_body_is_named_by_its_ending() -> None:
    assert is_body_name("濟南市章丘區民政局")
    assert not is_body_name("2025年，民政局。")
