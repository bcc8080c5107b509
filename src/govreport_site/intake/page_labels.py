"""What a page says about the report it shows: its head, its 索引号 table, its date line, its title → hints. Pure.

In flow a `Page` and the lines around the body; out flow hints, the most trusted first. The table comes in
every shape: a cell a label, several on one line, cells shifted, blanks inside the labels, no colons. So a
label is looked for anywhere in a line, and its value ends where the next label begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from govreport_site.intake.arrival import Hint
from govreport_site.intake.page_lines import Line, Page
from govreport_site.normalise import BLANK

# --- The head -------------------------------------------------------------------------------------

# Names of <meta>, in lower case, by what they tell; 《政府网站发展指引》 names the first of each.
_METAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("articletitle", "og:title", "dc.title")),
    (
        "published",
        ("pubdate", "publishdate", "firstpublishedtime", "article:published_time", "publish_time", "dc.date.issued"),
    ),
    ("document_number", ("documentnumber", "fileno")),
    ("index_number", ("indexnumber", "indexno")),
)
# Who is told here passed the text on; often the issuer, often its web site.
_ORIGINS = ("contentsource", "author", "source")

# --- Labels on the page ---------------------------------------------------------------------------

_LABELS: tuple[tuple[str, str], ...] = (
    ("index_number", "索引号 信息索引号 信息索引 索引编号"),
    ("document_number", "发文字号 文号 发布文号 文件编号 文件字号 公文文号 发文文号 发文号 文件号"),
    ("title", "标题 名称 信息标题 信息名称 文件标题 文件名称 公文名称 公文标题"),
    (
        "issuer",
        "发文机关 发文机构 发文单位 发布机构 发布机关 发布单位 制发机关 制发机构 成文单位 成文机关 印发机关 公开机构 公开单位 公开主体",
    ),
    ("dated", "成文日期 成文时间 生成日期 生成时间 发文日期 发文时间 印发日期 签发日期 制发日期 落款日期"),
    ("published", "发布日期 发布时间 公开日期 公开时间 信息公开日期 上网日期 更新时间 更新日期 时间 日期"),
    ("origin", "来源 信息来源 文章来源 内容来源 稿件来源 来源单位"),
    (
        "",
        (
            "主题词 主题分类 主题类别 组配分类 体裁分类 信息分类 信息类别 服务对象分类 公文种类 分类 文种 体裁 关键词 关键字 公开方式 公开形式 公开范围 公开类别 公开属性 公开时限 "
            "公开程序 时效性 时效 有效性 效力状态 是否有效 有效期 实施日期 生效日期 失效日期 废止日期 内容概述 内容概要 摘要 备注 责任编辑 编辑 作者 审核 浏览次数 浏览量 浏览 "
            "访问次数 访问量 点击数 点击量 点击率 点击次数 阅读次数 阅读量 阅读 字体大小 字体 字号 大小 打印本页 打印 关闭窗口 关闭 分享到 分享 收藏 保护视力色 背景色 语种 "
            "当前位置 您的位置 您所在的位置 您现在的位置 您当前所在的位置"
        ),
    ),
)  # fmt: skip
_FIELD = {word: key for key, words in _LABELS for word in words.split()}
# Too common to be a label without a colon or a cell of its own.
_NEED_COLON = frozenset("标题 名称 时间 日期 来源 编辑 审核 作者 摘要 备注 时效 大小 浏览 阅读 分类 收藏 文号".split())
_FLAT = str.maketrans({c: " " for c in BLANK if c not in "\n\t"} | {"：": ":", "﹕": ":", "∶": ":"})
_LABEL = re.compile(
    "(?P<word>"
    + "|".join(" *".join(word) for word in sorted(_FIELD, key=lambda w: (-len(w), w)))
    + r")(?P<colon>[】\]]?[ \t]*:)?"
)
# A whole 索引号 table on one line.
_LONGEST_LABEL_LINE = 800

_DATE = re.compile(r"(?:19|20)\d\d *[-年./] *\d{1,2} *[-月./] *\d{1,2}")
# A date beside the title that no label claims; with a day of the week it is the clock.
_BARE_DATE = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?(?:$|\s*[|｜\s])(?!.*(?:星期|农历))"
)
_NUMBER = re.compile(r"[〔\[(（【]?\d{4}[〕\])）】]?第?\d{1,4}号?|\d+号")
_NOTHING = frozenset(["", "无", "暂无", "-", "--", "/", "没有", "空", "null"])
# Where a text comes from may be a person or a newspaper; how names of government bodies end.
_BODY_NAME = re.compile(
    "(?:政府|[局厅委部院署办镇乡]|街道|委员会|办公室|办事处|管委会|中心|大队|支队|总队|分局|管理处|[省市县区])$"
)
_NO_BODY = re.compile("^(?:本站|本网|本单位|原创|互联网|网络|管理员|admin|未知|转载)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label and its value; `field` is a key of hints, “origin”, or "" for a label that tells nothing to us."""

    field: str
    label: str
    value: str


def read_labels(texts: Iterable[str]) -> tuple[Labelled, ...]:
    """Every label with what it says; \\t parts the cells of a table's row."""
    found: list[Labelled] = []
    waiting: tuple[str, str] | None = None
    for text in (raw.translate(_FLAT) for raw in texts):
        labels = list(_labels(text))
        if waiting and not labels and text.strip():
            found.append(Labelled(*waiting, text.strip(" \t:")))  # a table that came apart: the value stands below
        if text.strip():
            waiting = None
        for at, (word, _, end) in enumerate(labels):
            limit = labels[at + 1][1] if at + 1 < len(labels) else len(text)
            value = re.split(r"\t", text[end:limit].strip(" \t:;,【】[]()·•-"))[0].strip(" :;,【】[]·•")
            if value:
                found.append(Labelled(_FIELD[word], word, value))
            elif limit == len(text):
                waiting = (_FIELD[word], word)
    return tuple(found)


def _labels(text: str) -> Iterator[tuple[str, int, int]]:
    """Label, where it begins and where its value does."""
    for match in _LABEL.finditer(text):
        word = re.sub(r"\s", "", match["word"])
        start, end = match.span()
        if not match["colon"]:
            before, behind = text[start - 1 : start], text[end : end + 1]
            own_cell = before in ("", "\t") and (behind == "\t" or before + behind == "")
            alone = before in ("", " ", "\t", "[", "【", "|") and behind in ("", " ", "\t", "]", "】", "|")
            if not (own_cell or (alone and word not in _NEED_COLON)):
                continue
        yield word, start, end


def is_label_line(text: str) -> bool:
    """Whether a line is made of labels and their values: 发布时间：… 来源：… 字号：大 中 小."""
    if len(text) > _LONGEST_LABEL_LINE or "。" in text:
        return False
    flat = text.translate(_FLAT)
    labels = list(_labels(flat))
    return bool(labels) and labels[0][1] <= 2 and (len(labels) > 1 or len(flat) <= 60)


def texts_of(lines: Sequence[Line]) -> list[str]:
    """Lines as label reading wants them: a table's row a text, its cells parted."""
    return [
        text
        for line in lines
        for text in (["\t".join(row) for row in line.rows] if line.form == "table" else [line.text])
    ]


# --- Titles ---------------------------------------------------------------------------------------

_GENRE = re.compile("法治|依法|法制|普法")
_TITLE_END = re.compile("(?:报告|總結|总结|年报|情况|報告)(?:[（(][^（）()]{1,12}[)）])?$")
_SITE_TAIL = re.compile(r"\s*[-_|–—｜>]+\s*(?P<tail>[^-_|–—｜>]{2,40})$")
_SITE_WORDS = re.compile("网|政府|局|委|厅|门户|公开|中心|专栏|办|平台|报告|信息|工作")


def is_title(text: str) -> bool:
    """Whether a line names a report: ends as titles do, holds no sentence."""
    dense = re.sub(r"\s", "", text)
    return 6 <= len(dense) <= 90 and "。" not in dense and bool(_TITLE_END.search(dense) and _GENRE.search(dense))


def without_site(title: str) -> str:
    """A <title> without the site's and the column's name behind it."""
    while tail := _SITE_TAIL.search(title):
        head = title[: tail.start()]
        if is_title(tail["tail"]) and not is_title(head):  # the site's name came first
            return tail["tail"].strip()
        inside_brackets = head.count("（") + head.count("(") > head.count("）") + head.count(")")
        if len(head) < 6 or inside_brackets or not _SITE_WORDS.search(tail["tail"]):
            break
        title = head
    return title.strip()


def _shown_title(lines: Sequence[Line]) -> str:
    """The page's heading above the body; lines of one heading are one title."""
    best = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        text = line.text
        if line.form == "heading":
            while at + 1 < len(lines) and lines[at + 1].form == "heading" and lines[at + 1].level == line.level:
                at += 1
                text += lines[at].text
        if is_title(text):
            best = text
        at += 1
    return best


# --- All of it ------------------------------------------------------------------------------------


def read_hints(page: Page, above: Sequence[Line], below: Sequence[Line], given: str | None) -> tuple[Hint, ...]:
    """Everything a page states, the most trusted first; of one key every source that differs.

    above, below  lines of the page before and behind the report
    given         the address the page was fetched from
    """
    hints: list[Hint] = []
    for key, names in _METAS:
        for name in names:
            if value := page.metas.get(name, ""):
                value = without_site(value) if key == "title" else value
                hints.append(Hint(key, value, f"网页的 {_spelt(name)} 标记"))
    late: list[Hint] = []
    for one in (*read_labels(texts_of(above)), *read_labels(texts_of(below))):
        where = f"页面上的“{one.label}”"
        if one.field == "origin":
            late += [Hint("issuer", one.value, where)] if _BODY_NAME.search(one.value) else []
        elif one.field:
            hints.append(Hint(one.field, one.value, where))
    if title := _shown_title(above):
        hints.append(Hint("title", title, "页面上的标题"))
    late += [Hint("published", line.text, "页面上的日期") for line in above if _BARE_DATE.match(line.text)]
    if page.title:
        late.append(Hint("title", without_site(page.title), "网页的 title"))
    late += [
        Hint("issuer", page.metas[name], f"网页的 {_spelt(name)} 标记")
        for name in _ORIGINS
        if _BODY_NAME.search(page.metas.get(name, ""))
    ]
    if given or page.address:
        hints.append(Hint("source_url", given or page.address, "收录时的网址" if given else "网页自己写的网址"))
    return tuple(dict.fromkeys(hint for hint in (*hints, *late) if _says_something(hint)))


_SPELT = {
    "articletitle": "ArticleTitle", "pubdate": "PubDate", "contentsource": "ContentSource", "author": "Author",
    "publishdate": "PublishDate", "source": "Source",
}  # fmt: skip


def _spelt(name: str) -> str:
    return _SPELT.get(name, name)


def _says_something(hint: Hint) -> bool:
    dense = re.sub(r"\s", "", hint.value)
    if dense in _NOTHING:
        return False
    match hint.key:
        case "published" | "dated":
            return bool(_DATE.search(hint.value.translate(_FLAT)))
        case "document_number":
            return bool(_NUMBER.search(dense)) and len(dense) <= 30
        case "index_number":
            return any(c.isdigit() for c in dense) and len(dense) <= 60
        case "issuer":
            return 3 <= len(dense) <= 40 and not re.search("[。，；]|http", dense) and not _NO_BODY.match(dense)
        case "title":
            return 4 <= len(dense) <= 120
    return True
