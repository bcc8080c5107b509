"""What a line of a report is for, when it is neither heading nor body: title, header, salutation, sign-off, foot. Pure.

In flow the lines before the first heading and the lines at the end; out flow their roles.
Every line keeps its place; nothing is moved or dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govreport_site.normalise import normalise
from govreport_site.reading.header import is_document_number, is_furniture
from govreport_site.report import Role
from govreport_site.variants import simplified

# A line of a title: it names the report. 情况 alone closes a title (…2025年法治政府建设情况).
_TITLE_END = re.compile("(报告|总结|年报|情况)(书)?([（(][^（）()]{1,12}[)）])?$")
_TITLE_WORDS = re.compile("法治|依法|法制|建设|报告|总结")
# What a site hangs behind a title: -许昌市人民政府, _法治政府, .docx, 》.
_HUNG = r"(?:[》】]?(?:\.(?:docx?|pdf|wps))?(?:\s*[-–—_|｜].{2,24})?)"
_SPLIT_TITLE = re.compile(
    rf"^\s*(?P<title>[^。；;！!？?，,]{{0,60}}(?:法\s*治|依\s*法|法\s*制)[^。；;！!？?，,]{{0,40}}?(?:报\s*告|報\s*告|总\s*结|總\s*結|年\s*报)(?:[（(][^（）()]{{1,12}}[)）])?)"
    rf"(?:{_HUNG}\s*$|(?=\s*(?:19|20)\d\d\s*年))"
)
_SENTENCE = re.compile("[。；;！!？?]")
_CLAUSE = re.compile("[，,]")

_DATE = r"[（(【\[]?(19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?(\s*\d{1,2}\s*:\s*\d{2}(\s*:\s*\d{2})?)?[)）】\]]?"
_ONLY_DATE = re.compile(rf"{_DATE}$")
_ONLY_CHINESE_DATE = re.compile(
    "[（(]?[一二三四五六七八九十〇○零ＯO0]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日[)）]?$"
)

_SALUTATION = re.compile(
    "(党委|党组|工委|委员会|委|政府|人大|常委会|办公室|领导小组|局|厅|办|部|同志们|各位代表|各位委员|主任|单位)[：:]$"
)
_BODY_NAME = re.compile(
    "(人民政府|委员会|政府|局|厅|部|院|署|办公室|办事处|管委会|党委|工委|委|办|中心|总队|支队|大队|分局|站|所|社|会|馆)$"
)
_FOOT = re.compile(
    "^(附件|附：|附:|抄送|联系人|相关(附件|链接|信息)|扫一扫|分享|打印|关闭|责任编辑|编辑|上一[篇条]|下一[篇条]|false$|版权所有|主办(单位)?[:：]"
    "|承办(单位)?[:：]|政府网站标识码|网站标识码|[^，,。]{0,4}ICP备|公网安备|仅展示|信息来源[:：]|来源[:：])"
)

LONGEST_TITLE_LINE = 80


def is_date(line: str) -> bool:
    """Whether a line is a date and nothing else, in figures or in Chinese numerals."""
    words = line.strip()
    return bool(_ONLY_DATE.match(words) or _ONLY_CHINESE_DATE.match(normalise(words, keep_marks=True)))


def is_body_name(line: str) -> bool:
    """Whether a line may be the name of a government body: short, one piece, with a name's ending."""
    words = normalise(simplified(line))
    return 2 < len(words) <= 40 and not _SENTENCE.search(words) and bool(_BODY_NAME.search(words))


def split_title(text: str) -> str | None:
    """The title a line begins with, where a site's name or the first sentence is glued behind it; None when none is."""
    found = _SPLIT_TITLE.match(text)
    return found["title"] if found else None


def roles_before(lines: Sequence[str]) -> list[Role]:
    """Roles of the lines before the first heading, in order."""
    roles: list[Role] = ["intro"] * len(lines)
    plain = [normalise(simplified(line), keep_marks=True) for line in lines]
    title = _title_lines(lines, plain)
    for row in title:
        roles[row] = "title"
    behind = title[-1] + 1 if title else 0
    begun = False  # whether running text, or a salutation, has been seen
    for row, (line, words) in enumerate(zip(lines, plain, strict=True)):
        if roles[row] == "title":
            continue
        prose = bool(_SENTENCE.search(words)) and not is_furniture(line)
        if (
            (row < behind and not prose)
            or is_date(line)
            or is_furniture(line)
            or (not begun and _stands_alone(line, words))
        ):
            roles[row] = "header"
        elif not begun and len(words) <= 40 and _SALUTATION.search(words) and not re.search("报告|如下", words):
            roles[row] = "salutation"
        elif row >= behind:
            begun = True
    return roles


def _stands_alone(line: str, words: str) -> bool:
    """The issuer or the number of the document, on a line of its own."""
    short = len(words) <= 30 and not _CLAUSE.search(words)
    return (short and is_body_name(line)) or is_document_number(line)


def _title_lines(lines: Sequence[str], plain: Sequence[str]) -> list[int]:
    """Rows of the title: the last line that ends as one, and the lines it was broken from.

    A page often repeats its title above the text; the later copy is the report's own.
    """
    for last in range(len(lines) - 1, -1, -1):
        line = plain[last]
        if (hung := split_title(line)) and len(hung) < len(line):
            line = hung if re.fullmatch(_HUNG, line[len(hung) :]) else line
        if (
            len(line) > LONGEST_TITLE_LINE
            or _SENTENCE.search(line)
            or is_furniture(lines[last])
            or line[-1:] in "：:，,"
        ):
            continue
        if not _TITLE_END.search(line) or not _TITLE_WORDS.search(line):
            continue
        rows = [last]
        # 关于… or 2025年… says what, not who: the issuer stands on the line above. A line that
        # begins in mid-phrase (建设情况报告) was broken off the one above.
        for row in range(last - 1, max(-1, last - 4), -1):
            above = plain[row]
            joined = plain[rows[0]]
            if not above or len(above) > LONGEST_TITLE_LINE or _SENTENCE.search(above) or _CLAUSE.search(above):
                break
            if is_furniture(lines[row]) or is_date(lines[row]) or _TITLE_END.search(above) or above[-1] in "：:":
                break
            starts_late = joined.startswith("关于") or re.match(r"(19|20)\d\d年", joined)
            broken = not re.search("局|厅|委|政府|镇|乡|街道|市|县|区|省|部|署|院|办", joined[:12])
            joint = above.startswith("中共") and is_body_name(lines[row])
            if not (joint or (starts_late and is_body_name(above)) or (broken and not starts_late)):
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
    while end > 0 and _FOOT.match(normalise(simplified(lines[end - 1]), keep_marks=True)):
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
