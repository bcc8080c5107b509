"""What a line of a report is for, when it is neither heading nor body: title, header, salutation, sign-off, foot. Pure.

In flow the lines before the first heading and the lines at the end; out flow their roles.
Every line keeps its place; nothing is moved or dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govreport_site.normalise import normalise
from govreport_site.report import Role

# A line of a title: it names the report. 情况 alone closes a title (…2025年法治政府建设情况).
_TITLE_END = re.compile("(报告|报 告|总结|年报|情况|報告|總結)([（(][^（）()]{1,12}[)）])?$")
_TITLE_WORDS = re.compile("法治|依法|法制|建设|建設|报告|報告|总结")
_SENTENCE = re.compile("[。；;！!？?]")
_CLAUSE = re.compile("[，,]")

# The furniture of a web page above its text: labels, breadcrumbs, font widgets, counters.
_HEADER = re.compile(
    "^(当前位置|您(现在|当前)?的?位置|首页|索引号|文号|发布(日期|时间|机构|单位)|成文日期|生成日期|公开(方式|日期|时限|范围)"
    "|信息(来源|名称|分类)|来源|作者|字体|字号|浏览(次数|量)?|访问(量|次数)|阅读(人?次|量)?|点击(数|率|量)?|打印|关闭|分享|朗读"
    "|今天是|标题|主题(词|分类)|关键词|有效性|效力状态|责任编辑|编辑|无障碍|设为首页|加入收藏|日期|时间|名称|发文(机关|字号|日期))"
)
_DATE = r"[（(【\[]?(19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?(\s*\d{1,2}\s*:\s*\d{2}(\s*:\s*\d{2})?)?[)）】\]]?"
_ONLY_DATE = re.compile(rf"{_DATE}$")
_ONLY_CHINESE_DATE = re.compile(
    "[（(]?[一二三四五六七八九十〇○零ＯO0]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日[)）]?$"
)

_SALUTATION = re.compile("(党委|市委|县委|区委|省委|党工委|工委|委|政府|人大(常委会)?|办公室|局|厅)[：:]$")
_BODY_NAME = re.compile(
    "(人民政府|委员会|政府|局|厅|部|院|署|办公室|办事处|管委会|党委|工委|委|办|中心|总队|支队|大队|分局|站|所|社|会|馆)$"
)
_FOOT = re.compile(
    "^(附件|附：|附:|抄送|联系人|相关(附件|链接|信息)|扫一扫|分享|打印|关闭|责任编辑|编辑|上一[篇条]|下一[篇条]|false$|版权所有)"
)

LONGEST_TITLE_LINE = 80


def is_date(line: str) -> bool:
    """Whether a line is a date and nothing else, in figures or in Chinese numerals."""
    words = line.strip()
    return bool(_ONLY_DATE.match(words) or _ONLY_CHINESE_DATE.match(normalise(words, keep_marks=True)))


def is_body_name(line: str) -> bool:
    """Whether a line may be the name of a government body: short, one piece, with a name's ending."""
    words = normalise(line)
    return 2 < len(words) <= 40 and not _SENTENCE.search(words) and bool(_BODY_NAME.search(words))


def roles_before(lines: Sequence[str]) -> list[Role]:
    """Roles of the lines before the first heading, in order."""
    roles: list[Role] = ["intro"] * len(lines)
    title = _title_lines(lines)
    for row in title:
        roles[row] = "title"
    behind = title[-1] + 1 if title else 0
    for row, line in enumerate(lines):
        if roles[row] == "title":
            continue
        words = normalise(line, keep_marks=True)
        if is_date(line) or _HEADER.match(normalise(line)) or (row < behind and not _SENTENCE.search(words)):
            roles[row] = "header"
        elif row <= behind + 2 and len(words) <= 40 and _SALUTATION.search(words) and not re.search("报告", words):
            roles[row] = "salutation"
    return roles


def _title_lines(lines: Sequence[str]) -> list[int]:
    """Rows of the title: the last line that ends as one, and the lines it was broken from.

    A page often repeats its title above the text; the later copy is the report's own.
    """
    for last in range(len(lines) - 1, -1, -1):
        line = normalise(lines[last], keep_marks=True)
        if len(line) > LONGEST_TITLE_LINE or _SENTENCE.search(line) or _HEADER.match(line) or line[-1:] in "：:，,":
            continue
        if not _TITLE_END.search(line) or not _TITLE_WORDS.search(line):
            continue
        rows = [last]
        # 关于… or 2025年… says what, not who: the issuer stands on the line above. A line that
        # begins in mid-phrase (建设情况报告) was broken off the one above.
        for row in range(last - 1, max(-1, last - 4), -1):
            above = normalise(lines[row], keep_marks=True)
            joined = normalise(lines[rows[0]], keep_marks=True)
            if not above or len(above) > LONGEST_TITLE_LINE or _SENTENCE.search(above) or _CLAUSE.search(above):
                break
            if _HEADER.match(above) or is_date(above) or _TITLE_END.search(above) or above[-1] in "：:":
                break
            starts_late = joined.startswith("关于") or re.match(r"(19|20)\d\d年", joined)
            broken = not re.search("局|厅|委|政府|镇|乡|街道|市|县|区|省|部|署|院|办", joined[:12])
            if not ((starts_late and is_body_name(above)) or broken):
                break
            rows.insert(0, row)
        return rows
    return []


def roles_after(lines: Sequence[str]) -> list[Role]:
    """Roles of the last lines of a report: text, then sign-off, then foot.

    A date on a line of its own, near the end, signs the report, together with the names of
    bodies right above it; what follows is the page's foot. A name without a date signs too.
    """
    roles: list[Role] = ["text"] * len(lines)
    end = len(lines)
    while end > 0 and _FOOT.match(normalise(lines[end - 1], keep_marks=True)):
        end -= 1
        roles[end] = "foot"
    first = max(0, end - 6)
    date = next((row for row in range(end - 1, first - 1, -1) if is_date(lines[row])), None)
    if date is not None and any(_SENTENCE.search(line) for line in lines[date + 1 : end]):
        date = None  # a date above running text dates something else
    if date is None:
        if end and is_body_name(lines[end - 1]) and not re.match("[（(]", lines[end - 1].strip()):
            roles[end - 1] = "signoff"
        return roles
    for row in range(date + 1, end):
        below = date + 1 == row and is_body_name(lines[row])
        roles[row] = "signoff" if below else "foot"
    row = date
    roles[row] = "signoff"
    while row > 0 and is_body_name(lines[row - 1]):
        row -= 1
        roles[row] = "signoff"
    return roles
