"""The furniture around a report on its page → labels, dates and numbers. Pure.

In flow the lines above the text (breadcrumb, 索引号 table, font widget, date line), out flow
what its labels say. The table comes in every shape: one field a line or all on one, as
bullets, as cells of a pipe table that have shifted, with blanks inside the labels, without
colons, a label twice. So a label is looked for anywhere in a line, and its value ends where
the next label begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from govreport_site.reading.markers import numeral_to_int
from govreport_site.reading.script import dense, flat

Field = Literal["title", "issuer", "origin", "published", "updated", "made", "document_number", "index_number", ""]

# Labels by what they tell; "" tells nothing but ends the value before it.
_WORDS: tuple[tuple[Field, str], ...] = (
    ("index_number", "索引号 信息索引号 索引编号 信息索引"),
    ("document_number", "发文字号 发布文号 文件编号 文件字号 公文文号 发文文号 发文号 文号 文件号"),
    ("title", "信息标题 信息名称 文件标题 文件名称 公文名称 公文标题 标题 名称"),
    (
        "issuer",
        (
            "发布机构 发文机构 发文机关 发布机关 发布单位 发文单位 公开机构 公开机关 公开单位 公开主体 制发机关 制发机构 "
            "成文单位 成文机关 印发机关 印发机构 印发单位 信息发布单位 信息公开单位 责任单位 责任部门 发布部门 公开责任部门 公开部门"
        ),
    ),
    ("origin", "信息来源 文章来源 内容来源 稿件来源 来源 来源单位 供稿单位 供稿 作者 发布者 发布人"),
    ("published", "发布日期 发布时间 公开日期 公开时间 信息公开日期 发布于 上网日期 上传时间 上传日期 网站发布时间"),
    ("updated", "更新时间 更新日期 时间 日期 添加时间 录入时间"),
    ("made", "成文日期 成文时间 生成日期 生成时间 产生日期 发文日期 发文时间 印发日期 印发时间 制发日期 形成日期 签发日期 签署日期 落款日期"),
    (
        "",
        (
            "主题词 主题分类 主题类别 组配分类 体裁分类 服务对象分类 信息分类 信息类别 所属类别 所属主题 分类 公文种类 文种 体裁 "
            "关键词 关键字 公开方式 公开形式 公开范围 公开类别 公开类型 公开属性 公开时限 公开期限 公开程序 时效性 时效 有效性 效力状态 有效期 实施日期 生效日期 失效日期 废止日期 "
            "终止日期 是否有效 "
            "浏览次数 浏览量 浏览 访问次数 访问量 点击数 点击量 点击率 点击次数 阅读次数 阅读人次 阅读量 阅读 已阅读 字体大小 字体 字号 文字大小 大小 打印本页 打印文本 打印 "
            "关闭窗口 关闭 分享到 分享 收藏 保护视力色 视力保护色 背景色 责任编辑 编辑 审核 审核人 校对 校核 签发 初审 复审 终审 录入人 上传人 发布人员 语音播报 朗读 "
            "人工智能朗读 内容概述 内容概要 摘要 备注 文件状态 统一编号 统一登记号 登记号 编号 信息格式 语种 载体类型 当前位置 您的位置 您所在的位置 您现在的位置 您当前所在的位置 位置"
        ),
    ),
)  # fmt: skip
_FIELD_OF: dict[str, Field] = {word: field for field, words in _WORDS for word in words.split()}
# Words so common that only a colon makes them a label.
_NEED_COLON = frozenset(
    "时间 日期 名称 来源 作者 浏览 阅读 大小 位置 编辑 审核 校对 签发 分类 保存 收藏 摘要 备注 时效 编号 标题 供稿 朗读".split()
)
# Widgets that need neither colon nor value.
_WIDGETS = frozenset("打印本页 打印文本 打印 关闭窗口 关闭 分享到 分享 收藏 字体大小 字体".split())
_LABEL = re.compile(
    "(?P<word>"
    + "|".join(" *".join(word) for word in sorted(_FIELD_OF, key=lambda w: (-len(w), w)))
    + r")(?P<colon>[】\]]? *:)?"
)

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d) *[-年./] *(\d{1,2}) *[-月./] *(\d{1,2})(?!\d)")
_PACKED_DATE = re.compile(r"^((?:19|20)\d\d)([01]\d)([0-3]\d)$")
_CHINESE_DATE = re.compile(
    "([一二三四五六七八九〇○零O0]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_CHINESE_DIGITS = {**{c: str(i) for i, c in enumerate("〇一二三四五六七八九")}, "○": "0", "零": "0", "O": "0", "0": "0"}
# The clock of a page shows the day it was fetched.
_CLOCK = re.compile("今天是|现在是|当前时间|农历|星期[一二三四五六日天]")
_TIME = re.compile(r"\d{1,2} *: *\d{2}(?: *: *\d{2})?")

_DOCUMENT_NUMBER = re.compile(r"[㐀-鿿]{2,12}[〔\[(【﹝]\d{4}[〕\])】﹞]第?\d{1,4}号?")
_INDEX_NUMBER = re.compile(r"[0-9A-Za-z㐀-鿿]{0,4}[0-9A-Za-z]{4,}(?:[-/_.:]+[0-9A-Za-z]+)*")
_NONE = frozenset(["", "无", "暂无", "-", "--", "/", "没有", "空", "null"])


@dataclass(frozen=True, slots=True)
class Labelled:
    """What one label of the header says.

    field  what the label tells
    label  as shown in reasons, without blanks: 发布日期
    value  its text up to the next label; never empty
    """

    field: Field
    label: str
    value: str


def read_labels(lines: Sequence[str]) -> tuple[Labelled, ...]:
    """Every label of the header with a value, in the order of the text."""
    found: list[Labelled] = []
    waiting: Labelled | None = None
    for line in lines:
        text = flat(line).replace("|", "  ")
        labels = list(_labels(text))
        if waiting and text.strip() and not labels:
            # A table that came apart: the value stands on the line below its label.
            found.append(Labelled(waiting.field, waiting.label, text.strip()))
        waiting = waiting if waiting and not text.strip() else None
        for at, (field, label, _, end) in enumerate(labels):
            limit = labels[at + 1][2] if at + 1 < len(labels) else len(text)
            value = text[end:limit].strip(" :;,【】[]()•·-")
            if value and field:
                found.append(Labelled(field, label, text[end:limit].strip(" :;,")))
            elif field and limit == len(text):
                waiting = Labelled(field, label, "")
    return tuple(found)


def _labels(text: str) -> Iterator[tuple[Field, str, int, int]]:
    """Field, label, where it begins and where its value does."""
    for found in _LABEL.finditer(text):
        word = found["word"].replace(" ", "")
        start, end = found.span()
        if not found["colon"]:
            # Without a colon a label stands by itself: between blanks, or at the end of its line.
            alone = (start == 0 or text[start - 1] in " [【(•·-") and (end == len(text) or text[end] in " ]】)")
            if not (word in _WIDGETS or (alone and word not in _NEED_COLON)):
                continue
        yield _FIELD_OF[word], word, start, end


_FURNITURE = re.compile(
    "^(?:当前位置|您(?:所在|现在|当前)?(?:所在)?的?位置|首页|网站首页|今天是|现在是|设为首页|加入收藏|无障碍|长者(?:版|模式)|适老|简体|繁体|登录|注册|退出"
    "|搜索|请输入|返回|导航|移动端|手机版|微信|微博|客户端|扫一扫|分享|打印|关闭|朗读|字体|字号|大中小|人工智能朗读|false$|true$|[>|»]|·?$"
    "|.{0,30}(?:首页|政务公开|信息公开|专题专栏|新闻动态|法治政府)[^,。]{0,20}>)"
)
_BULLETS = " |>•·*-—【[(〖※◆■"


def is_furniture(line: str) -> bool:
    """Whether a line above the text belongs to the page and not to the report."""
    text = flat(line).strip()
    words = text.lstrip(_BULLETS)
    if not words or _FURNITURE.match(words.replace(" ", "")) or (_CLOCK.search(words) and len(words) < 50):
        return True
    if words[:1] in "大中小" and not words.strip("大中小|[]【】() "):
        return True
    first = next(_labels(text), None)
    if first is None:
        return bool(_DATE.match(words)) and len(_TIME.sub("", words)) <= 40 and not re.search("[,。;]", words)
    # A label opens the line, or stands behind the value of a date or a short name.
    return not text[: first[2]].strip(_BULLETS) or bool(_DATE.match(words))


def read_date(text: str) -> str | None:
    """A date as written (2025- 02- 12, 2026 年 1 月 27 日, 二〇二六年一月二十七日) → ISO 8601; None when it is none."""
    plain = flat(text)
    if found := _DATE.search(plain) or _PACKED_DATE.match(plain.strip()):
        return iso_date(*(int(part) for part in found.groups()))
    if chinese := _CHINESE_DATE.search(dense(text)):
        year = int("".join(_CHINESE_DIGITS[c] for c in chinese[1]))
        return iso_date(year, numeral_to_int(chinese[2]) or 0, numeral_to_int(chinese[3]) or 0)
    return None


def iso_date(year: int, month: int, day: int) -> str | None:
    """ISO 8601; None where the calendar has no such month or day."""
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def bare_dates(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Dates of header lines that no label claims, with the line; never the page's clock."""
    for line in lines:
        text = flat(line).strip()
        if _CLOCK.search(text) or any(field or word == "位置" for field, word, start, _ in _labels(text) if not start):
            continue
        words = text.lstrip(_BULLETS + "发布于")
        if _DATE.match(words) and (day := read_date(words)):
            yield day, text


def pieces(line: str) -> list[str]:
    """A header line parted at blanks and marks; 浙江/台州 stays one piece, without its stroke."""
    return [piece for piece in re.split(r"[ |>·•:()\[\]-]+", flat(line).replace("/", "")) if piece]


def without_date(line: str) -> str:
    """What a header line says beside a date: 2026-01-20 17:01 | 黄石市水务局."""
    return dense(_TIME.sub("", _DATE.sub("", flat(line)))).strip("日|-_·•()")


def document_number(value: str) -> str | None:
    """The number of a document in a label's value; 无 and empty mean none."""
    text = dense(value)
    found = _DOCUMENT_NUMBER.match(text)
    return found[0] if found and text not in _NONE else None


def index_number(value: str) -> str | None:
    """The 索引号 in a label's value, in upper case."""
    found = _INDEX_NUMBER.match(dense(value.split(" ")[0] if " " in value.strip() else value))
    return found[0].upper() if found and any(c.isdigit() for c in found[0]) else None


def is_document_number(line: str) -> bool:
    """Whether a line is the number of a document and nothing else."""
    return bool(_DOCUMENT_NUMBER.fullmatch(dense(line)))
