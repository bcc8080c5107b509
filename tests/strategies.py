"""Texts for property tests: an alphabet rich in what makes reports hard."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    "一、", "二、", "三、", "十一、", "（一）", "(二)", "（三）、", "㈠", "1.", "2、", "12.4", "（1）", "①", "一是", "二是", "三是",
    "。", "；", "：", ":", "，", ",", "\n", "\n\n", "\r\n", " ", "\u3000", "\t", "\ufeff", "\u200b", "\u2028", "\f", "%", "％",
    "主要举措和成效", "存在的问题", "2026年度工作安排", "第一责任人", "法治政府", "许昌市卫生健康委员会", "2026 年 1 月 27 日", "附件：",
    "关于2025年法治政府建设情况的报告", "现将有关情况报告如下：", "《", "》", "“", "”", "# ", "## ", "|", "|-|", "![图](a.png)", "---",
    "```", "[1]: x", "<b>", "&amp;", "\\", "a", "Z", "0", "9", "𠀀", "é", "\U0001d7d8",
]  # fmt: skip


def report_texts(max_pieces: int = 60) -> st.SearchStrategy[str]:
    """Texts that look like torn reports, with any other character now and then."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
    return st.lists(st.sampled_from(PIECES) | anything, max_size=max_pieces).map("".join)
