"""Which lines of a page are the report. Pure.

In flows a `Page`; out flow the lines of the body and those above and below it. Content management systems
name the element that holds the text (TRS_Editor, zoom …); where none does, the way leads down from the whole
page to the smallest element outside of which nothing reads like a report. What is left of the page's
furniture is cut from the ends, and out of the middle only what is furniture word for word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from govreport_site.intake.html import Element
from govreport_site.intake.page_labels import is_label_line, is_title
from govreport_site.intake.page_lines import Attachment, Line, Page
from govreport_site.normalise import BLANK

# Elements that editors of content management systems fill, and only they.
_EDITOR = re.compile(
    r"(?:^|\s)(?:trs_editor|trs_editor_view|trs_ueditor|zoom|zoomcon|ucap-content|ivs_content|vsb_content\S*|v_news_content|ueditor\S*"
    r"|xl_content|nr_content|article_?con|articlecontent|newscontent_?txt|bt_content|view-content|info_content|div_content|doccontent"
    r"|fontzoom|printcontent|txtcontent|wz_content|wzcontent|pages_content|easysite-news-text)(?=\s|$)"
)
# Elements of the page's furniture.
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumbs?|position|dqwz|location|foot|footer\w*|bottom|copyright|share\w*|bdshare\w*"
    r"|qr\w*|ewm|erweima|sidebar|aside|related\w*|xgxx|xglj|xgwz|relate\w*|toolbar|tools?|print\w*|fontsize|page_?turn\w*|prev_?next"
    r"|login\w*|search\w*|banner|topbar|friend_?link\w*|yqlj|recommend\w*|hot\w*news|comment\w*)(?=[\s_-]|$)"
)

_SENTENCE = re.compile("[。；;，,：！？]")
_HAN = re.compile("[㐀-鿿]")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、)）]|第[一二三四五六七八九十]+[部章节]|[㈠-㈩]")
_DATE = re.compile(r"[（(]?(?:(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?|[二〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[)）]?$")  # fmt: skip
_BODY_NAME = re.compile("(?:政府|委员会|局|厅|部|院|署|办公室|办事处|管委会|委|办|中心|队|站)$")

# Lines that belong to the page whatever stands around them.
_WIDGET = re.compile(
    r"(?:[【\[（(]?\s*(?:字体|字号|字体大小|文字大小|大|中|小|打印(?:本页|本文|文本)?|关闭(?:窗口|本页)?|保存|收藏|分享(?:到)?|扫一扫|朗读|返回(?:顶部|首页)?|回到顶部|微信|微博|空间"
    r"|无障碍(?:阅读|浏览)?|长者(?:版|模式)|保护视力色|背景色|下载文字版|下载图片版|我要纠错|纠错|点赞|视力保护色)\s*[】\]）)]?[\s:：|｜·、/]*)+"
    r"|扫一扫.{0,24}|用?微信.{0,6}扫.{0,20}|分享到.{0,30}|打开微信.{0,40}"
)
_FOOT = re.compile(
    r"[【\[（(]?(?:责任编辑|责编|(?:编辑|审核|校对|初审|复审|终审|主办(?:单位)?|承办(?:单位)?|地址|邮编|作者|信息来源|来源|发布(?:时间|日期))\s*[:：]|上一[篇条]|下一[篇条]|相关(?:链接|文章|文档|新闻|信息|阅读|稿件|报道)|友情链接|推荐阅读|热门|版权所有"
    r"|技术支持|网站(?:标识码|地图|声明)|政府网站标识码|联系我们|关于我们|[^，,。]{0,4}ICP备|.{0,8}公网安备|Copyright|您(?:是)?第.{0,10}位|浏览(?:次数|量)|访问量|阅读(?:次数|量)"
    r"|手机版|电脑版|建议使用|网站支持|为确保最佳浏览)"
)
# A breadcrumb; a date as machines write it, alone or before who published. A report dates itself 2026年1月27日.
_HEADER = re.compile(
    r"首页|网站首页|您.{0,6}位置|当前位置|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?(?:$|\s*[|｜\s])"
)

_PAGE_DATE = re.compile(r"\s*[\[(（]?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[\])）]?\s*")

# An editor's element is the text when it holds nearly all there is: a report may lie in two of them.
_WHOLE = 0.8

# A line of prose, not a caption: a sentence mark and as many characters.
_PROSE_CHARS = 20


@dataclass(frozen=True, slots=True)
class Body:
    """The report's lines and the page's.

    prose_chars       Chinese characters in running text, of the body
    elsewhere_chars   of the rest of the page
    attachments       documents the page links outside its furniture
    """

    lines: tuple[Line, ...]
    above: tuple[Line, ...]
    below: tuple[Line, ...]
    prose_chars: int
    elsewhere_chars: int
    attachments: tuple[Attachment, ...]


def choose_body(page: Page) -> Body:
    """The report on a page; no lines when nothing on it reads like running text. Total."""
    lines = page.lines
    furniture = _furniture(page)
    weights = [0 if aside else prose(line) for line, aside in zip(lines, furniture, strict=True)]
    first, last, by_name = _container(page, weights, furniture)
    inside = [
        (at, line)
        for at, line in enumerate(lines[first:last], first)
        if not furniture[at] and not _WIDGET.fullmatch(line.text)
    ]
    start = 0 if by_name else _behind_header([line for _, line in inside])
    end = _before_foot([line for _, line in inside], start)
    kept = inside[start:end]
    top = kept[0][0] if kept else last
    bottom = kept[-1][0] + 1 if kept else last
    body = [line for _, line in kept]
    known = {one.address for line in body for one in line.attachments}
    behind = [
        line
        for at, line in enumerate(lines[bottom:], bottom)
        if line.attachments and not furniture[at] and not {one.address for one in line.attachments} & known
    ]
    total = sum(prose(line) for line in lines)
    mine = sum(prose(line) for line in body)
    return Body(
        (*body, *behind) if mine else tuple(body),
        tuple(lines[:top]),
        tuple(lines[bottom:]),
        mine,
        total - mine,
        tuple(one for line, aside in zip(lines, furniture, strict=True) if not aside for one in line.attachments),
    )


def prose(line: Line) -> int:
    """Chinese characters of running text in a line; none in captions, links and labels."""
    count = len(_HAN.findall(line.text))
    if line.form == "table":
        return 0 if 2 * line.linked > count or _is_header(line) else count // 4
    if count < _PROSE_CHARS or not _SENTENCE.search(line.text) or 2 * line.linked > count or _FOOT.match(line.text):
        return 0
    return 0 if is_label_line(line.text) else count


def _furniture(page: Page) -> list[bool]:
    """Per line, whether it stands in an element of the page's furniture."""
    elements = page.elements
    nodes = [line.node for line in page.lines]
    chars = list(accumulate((prose(line) for line in page.lines), initial=0))
    found = [False] * len(page.lines)
    at = 0
    while at < len(elements):
        element = elements[at]
        if element.tag and _EDITOR.search(element.names):
            at = element.end  # whatever an editor pasted there is text
            continue
        if element.tag and _is_furniture(element):
            first, last = bisect_left(nodes, at), bisect_left(nodes, element.end)
            # What is called a menu and holds the text is no menu.
            if chars[last] - chars[first] <= 0.3 * chars[-1]:
                found[first:last] = [True] * (last - first)
                at = element.end
                continue
        at += 1
    return found


def _is_furniture(element: Element) -> bool:
    if element.tag in ("nav", "footer", "aside"):
        return True
    return element.tag in ("div", "ul", "section", "td", "table", "p", "span", "dl", "header") and bool(
        _FURNITURE_NAME.search(element.names)
    )


def _container(page: Page, weights: Sequence[int], furniture: Sequence[bool]) -> tuple[int, int, bool]:
    """First line, line behind the last, and whether an editor's element holds them."""
    elements = page.elements
    nodes = [line.node for line in page.lines]
    chars = list(accumulate(weights, initial=0))
    total = chars[-1]

    def range_of(at: int) -> tuple[int, int]:
        return bisect_left(nodes, at), bisect_left(nodes, elements[at].end)

    at = next((one for one, element in enumerate(elements) if element.tag == "body"), 0)
    first, last = (0, len(nodes))
    while total:
        if _EDITOR.search(elements[at].names):
            return first, last, True
        best, most = -1, 0
        child = at + 1
        while child < elements[at].end:
            a, b = range_of(child)
            if elements[child].tag and chars[b] - chars[a] > most:
                best, most = child, chars[b] - chars[a]
            child = elements[child].end
        if best < 0:
            break
        a, b = range_of(best)
        named = bool(_EDITOR.search(elements[best].names)) and most >= _WHOLE * total
        if not named and not _all_outside(page.lines, weights, furniture, (first, last), (a, b)):
            break
        at, first, last = best, a, b
    return first, last, False


def _all_outside(
    lines: Sequence[Line],
    weights: Sequence[int],
    furniture: Sequence[bool],
    around: tuple[int, int],
    within: tuple[int, int],
) -> bool:
    """Whether of the lines of an element none outside a part of it reads like the report's."""
    signed = any(_DATE.match(line.text) for line in lines[max(within[0], within[1] - 8) : within[1]])
    for at in (*range(around[0], within[0]), *range(within[1], around[1])):
        line = lines[at]
        if furniture[at] or 2 * line.linked > len(line.text):
            continue
        if weights[at] or _HEADING.match(line.text):
            return False
        if at < within[0] and line.text.endswith(("：", ":")) and not is_label_line(line.text):
            return False  # 市委、市政府：
        if at >= within[1] and (_closes(line.text) or (not signed and _signs(line.text))):
            return False
    return True


def _signs(text: str) -> bool:
    return bool(_DATE.match(text)) or _is_name(text)


def _is_name(text: str) -> bool:
    dense = text.strip("".join(BLANK))
    return 3 < len(dense) <= 30 and not _FOOT.match(dense) and bool(_BODY_NAME.search(dense))


def _behind_header(lines: Sequence[Line]) -> int:
    """How many lines at the top are the page's: breadcrumb, its title, 索引号 table, date line."""
    begins = next((at for at, line in enumerate(lines) if prose(line) or _HEADING.match(line.text)), len(lines))
    labels = [at for at in range(begins) if _is_header(lines[at])]
    return labels[-1] + 1 if labels else 0


def _is_header(line: Line) -> bool:
    if line.form == "table":
        return sum(is_label_line("\t".join(row)) for row in line.rows) * 2 >= len(line.rows)
    if 2 * line.linked > len(line.text):
        return True
    return is_label_line(line.text) or bool(_HEADER.match(line.text))


def _closes(text: str) -> bool:
    """Whether a line without prose may still be the end of a report: a last sentence, a list of annexes."""
    return text.startswith(("附件", "附：")) or (text.endswith(("。", "）")) and not _FOOT.match(text))


def _before_foot(lines: Sequence[Line], start: int) -> int:
    """The line behind the report's last: from the first of the page's foot on, nothing reads like a report's."""
    end = len(lines)
    for at in range(len(lines) - 1, start - 1, -1):
        line = lines[at]
        # Beside a link in a list stands its date.
        links_only = line.linked and 2 * line.linked > len(_PAGE_DATE.sub("", line.text))
        if (links_only or _FOOT.match(line.text)) and not line.text.startswith("附"):
            end = at
        elif line.attachments or line.form in ("image", "table") or prose(line) or _closes(line.text):
            break
    return end


def reads_like_title(line: Line) -> bool:
    """Whether a line may stand above a report as part of its title: the title, or who issues it."""
    return is_title(line.text) or _signs(line.text)
