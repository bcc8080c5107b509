"""What is odd in a text itself: damage of copying and scanning, leftovers of a template or of another report. Pure.

In flow a report's body, its tree and its metadata; out flow Problems, each pointing at the
first place of its kind and saying how many there are. A text is never altered: an editor
compares with the original and decides. A false alarm is worse than a miss, so whatever may
be usage (half-width commas throughout, 1) as a marker, a ×× in a court case) is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from govreport_site import places
from govreport_site.problems import Problem, place_problem
from govreport_site.report import Kind, Metadata, Passage, Section
from govreport_site.source import Source, Span
from govreport_site.variants import PINYIN, TRADITIONAL

_H = "\u3400-\u9fff"
_IF_PUBLISHED_SO = "对照原件改正；原文如此，不必改动"


def oddities(source: Source, sections: Sequence[Section], metadata: Metadata) -> tuple[Problem, ...]:
    """Everything odd in a text, a few Problems a kind at most. Never raises."""
    return (
        *_mixed_width(source),
        *_unbalanced(source, sections),
        *_spaces_in_words(source, sections),
        *_radicals(source),
        *_traditional(source),
        *_pinyin(source),
        *_lost_characters(source),
        *_fillers(source, sections),
        *_controls(source),
        *_other_year(source, sections, metadata),
        *_other_place(source, sections, metadata),
    )


def _spans_of(sections: Sequence[Section], roles: frozenset[str]) -> list[Span]:
    """What of the front and the end of a report plays one of these roles."""
    return [p.span for section in sections if not section.level for p in section.passages if p.role in roles]


def _within(offset: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= offset < span.end for span in spans)


# A text with more of a kind is no report; it must not cost the builder's memory.
_MOST = 1_000


def _all(form: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return list(islice(form.finditer(text), _MOST))


def _times(count: int) -> str:
    if count >= _MOST:
        return f"，至少 {_MOST:,} 处，第一处在此"
    return f"，共 {count:,} 处，第一处在此" if count > 1 else ""


# --- Width ----------------------------------------------------------------------------------

# A mark counts where Han stands on both sides; an opening bracket, also a heading's, where Han follows.
_CLOSING = "》”’）)】〕"
_OPENING = "《“‘【〔"
# The mark comes first in the pattern and what stands before it after: so a search need not stop at every character.
_HALF = re.compile(rf"[,;:!?](?=[{_H}{_OPENING}])(?<=[{_H}{_CLOSING}].)|\((?=[{_H}])")
_FULL = re.compile(rf"[，；：！？](?=[{_H}{_OPENING}])(?<=[{_H}{_CLOSING}].)|（(?=[{_H}])")
_TWIN = dict(zip(",;:!?(", "，；：！？（", strict=True))
# One slip of the hand is not worth a word.
_SLIPS = 2


def _mixed_width(source: Source) -> Iterator[Problem]:
    """The same mark in half and in full width: 甲,乙，丙. Half-width commas beside 。 throughout are a style."""
    half = [(m.group(), m.start()) for m in _HALF.finditer(source.text)]
    if not half:
        return
    full = [(m.group(), m.start()) for m in _FULL.finditer(source.text)]
    rarer: list[int] = []
    counts = []
    for narrow, wide in _TWIN.items():
        narrows = [at for mark, at in half if mark == narrow]
        wides = [at for mark, at in full if mark == wide]
        if narrows and wides:
            rarer += narrows if len(narrows) <= len(wides) else wides
            counts.append(f"半角“{narrow}”{len(narrows):,} 处、全角“{wide}”{len(wides):,} 处")
    if len(rarer) >= _SLIPS:
        yield place_problem(
            source, "text/mixed-width", min(rarer),
            found="；".join(counts) + "，较少的一种第一处在此",
            expected="同一种标点只用一种写法，正文里一般用全角",
            mend=_IF_PUBLISHED_SO + "，检索不分全角半角",
        )  # fmt: skip


# --- Brackets -------------------------------------------------------------------------------

_BRACKETS = re.compile("[《》〈〉“”‘’（）()【】〔〕「」『』\n]")
_PARTNER = {
    "》": "《", "〉": "〈", "”": "“", "’": "‘", "）": "（", ")": "（", "】": "【", "〕": "〔", "」": "「", "』": "『",
}  # fmt: skip
_OPENERS = frozenset("《〈“‘（【〔「『")
_SHAPE = {partner: mark for mark, partner in _PARTNER.items() if mark != ")"}
# “1)”, “a）”, “一）”, “①)”: a marker's bracket has no partner.
_MARKER_BEFORE = re.compile(rf"(?:[0-9０-９A-Za-z①-⑳]{{1,3}}|(?<![{_H}])[一二三四五六七八九十]{{1,3}})\Z")
_UNBALANCED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Alone:
    """A bracket without partner on its line."""

    offset: int
    kind: str  # the opening bracket of its pair, in full width
    opens: bool
    line: int


def _unbalanced(source: Source, sections: Sequence[Section]) -> Iterator[Problem]:
    """Brackets and quotation marks without partner; a pair may also stand on two lines that follow each other."""
    alone = list(islice(_without_partner(source), _MOST))
    if alone:
        furniture = _spans_of(sections, frozenset({"header", "foot"}))  # 字体：【大 中 小
        alone = [one for one in _joined(source, alone) if not _within(one.offset, furniture)]
    lines = {one.line: one for one in reversed(alone)}
    for line in sorted(lines)[:_UNBALANCED_SHOWN]:
        one = lines[line]
        mark = source.text[one.offset]
        wanted = _SHAPE[one.kind] if one.opens else one.kind
        if mark == "(":
            wanted = ")"
        elif mark == ")":
            wanted = "("
        side = "后" if one.opens else "前"
        more = len(lines) - _UNBALANCED_SHOWN
        rest = f"；这样的段落共 {len(lines):,} 个，列出前 {_UNBALANCED_SHOWN} 个" if more > 0 else ""
        yield place_problem(
            source, "text/unbalanced", one.offset, found=f"这一段里“{mark}”没有配对{rest}",
            expected=f"{side}面有“{wanted}”", mend=f"补上“{wanted}”，或删去“{mark}”；{_IF_PUBLISHED_SO}",
        )  # fmt: skip


def _without_partner(source: Source) -> Iterator[_Alone]:
    text = source.text
    line = 0
    open_: list[tuple[str, int]] = []
    for found in _BRACKETS.finditer(text):
        mark, at = found.group(), found.start()
        if mark == "\n":
            yield from (_Alone(offset, kind, True, line) for kind, offset in open_)
            open_.clear()
            line += 1
            continue
        if mark == "(":
            mark = "（"
        if mark in _OPENERS:
            open_.append((mark, at))
            if len(open_) > _MOST:
                return
            continue
        kind = _PARTNER[mark]
        if open_ and open_[-1][0] == kind:
            open_.pop()
        elif any(one == kind for one, _ in open_[-8:]):
            while open_[-1][0] != kind:
                one, offset = open_.pop()
                yield _Alone(offset, one, True, line)
            open_.pop()
        elif kind == "（" and _MARKER_BEFORE.search(text, max(0, at - 4), at):
            continue
        elif mark == "’" and (text[at - 1 : at].isascii() or text[at + 1 : at + 3].isdigit()):
            continue  # don’t, ’99
        else:
            yield _Alone(at, kind, False, line)
    yield from (_Alone(offset, kind, True, line) for kind, offset in open_)


def _joined(source: Source, alone: list[_Alone]) -> list[_Alone]:
    """What stays alone once the next lines are looked at: a paragraph may have been broken within a bracket."""
    near = cache(lambda first, second: _follows(source, first, second))
    kept: list[_Alone] = []
    for one in sorted(alone, key=lambda one: one.offset):
        last = kept[-1] if kept else None
        if last and last.opens and not one.opens and last.kind == one.kind and near(last.line, one.line):
            kept.pop()
        else:
            kept.append(one)
    return [one for one in kept if not (one.opens and one.kind in "“‘" and _goes_on(source, one))]


# Web pages break 《, the linked name and 》 onto lines of their own.
_LINES_BETWEEN = 1


def _follows(source: Source, first: int, second: int) -> bool:
    """Whether two lines follow each other, blank ones and a broken-off piece between them aside."""
    if not 0 < second - first <= 6:
        return False
    starts = source.line_starts
    between = source.text[starts[first + 1] : starts[second]]
    return sum(1 for line in between.split("\n") if line.strip()) <= _LINES_BETWEEN


def _goes_on(source: Source, one: _Alone) -> bool:
    """A quotation of several paragraphs opens anew on each and is closed on the last."""
    for row in range(one.line + 1, min(one.line + 4, len(source.line_starts))):
        start = source.line_starts[row]
        words = source.text[start : start + 40].split("\n", 1)[0].strip()
        if words:
            return words[0] == source.text[one.offset]
    return False


# --- Spaces ---------------------------------------------------------------------------------

_SPACES = re.compile("[ \t\xa0\u2002-\u200a\u202f\u205f\u3000]{1,3}")
_PARTED_YEAR = re.compile(r"[12１２](?: [\d０-９]){3} ?年")
# Words of two characters that these reports are made of: parted by a space they are a scanner's work.
# A space between two words may be meant (a broken title, two issuers), so no other pair counts.
_WORDS = frozenset(
    "法治 法制 法律 法规 依法 政府 政务 政策 行政 建设 工作 情况 报告 制度 责任 监督 管理 落实 贯彻 学习 领导 组织 机制 机关 部门 单位 "
    "干部 人员 人民 群众 企业 服务 执法 司法 普法 守法 复议 应诉 诉讼 调解 仲裁 许可 处罚 检查 审查 审核 审批 决策 规范 文件 公开 信息 "
    "公示 改革 发展 推进 推动 加强 强化 深化 深入 完善 健全 优化 提升 提高 开展 坚持 严格 全面 积极 持续 进一 一步 认真 履行 职责 职能 "
    "权力 权利 权益 义务 程序 标准 措施 举措 成效 问题 不足 原因 安排 打算 计划 方案 要求 目标 任务 重点 重大 重要 关键 主要 教育 培训 "
    "宣传 活动 会议 讲话 思想 精神 社会 经济 国家 中国 特色 时代 习近 近平 中央 国务 务院 党委 党组 党员 主义 共产 治理 能力 水平 体系 "
    "环境 营商 市场 安全 生产 应急 卫生 健康 财政 税务 交通 农业 农村 城市 城镇 乡村 街道 社区 基层 矛盾 纠纷 化解 信访 网络 平台 数据 "
    "资源 保护 保障 保护 案件 案例 合同 协议 顾问 律师 队伍 考核 评估 督察 督查 检验 检测 整改 整治 专项 行动 方面 方式 方法 形式 内容 "
    "意识 素质 质量 效率 效果 作用 基础 关系 影响 结合 围绕 按照 根据 通过 实施 实现 实行 执行 进行 提供 促进 维护 增强 创新 创建 示范 "
    "年度 全市 全县 全区 全省 我局 我市 我县 我区".split()
)


_SPACED_ON_PURPOSE = frozenset({"title", "header", "salutation", "signoff", "foot"})


def _spaces_in_words(source: Source, sections: Sequence[Section]) -> Iterator[Problem]:
    """法 治. Titles, headers and sign-offs are spaced on purpose: 报 告, 索 引 号."""
    text = source.text
    found = []
    last = len(text) - 1
    for blank in _SPACES.finditer(text):
        start, end = blank.span()
        if start > 0 and end <= last and text[start - 1] + text[end] in _WORDS:
            found.append((start - 1, end + 1))
    found += [parted.span() for parted in _PARTED_YEAR.finditer(text)]
    if found:
        apart = _spans_of(sections, _SPACED_ON_PURPOSE)
        found = sorted(one for one in found if not _within(one[0], apart))
    if found:
        start, end = found[0]
        written = text[start:end]
        yield place_problem(
            source, "text/ocr-spaces", start, found=f"词里夹着空格：“{written}”{_times(len(found))}",
            expected=f"“{''.join(written.split())}”", mend=f"删去空格；{_IF_PUBLISHED_SO}", length=end - start,
        )  # fmt: skip


# --- Characters -----------------------------------------------------------------------------

_RADICAL = re.compile("[\u2e80-\u2fdf]")


def _radicals(source: Source) -> Iterator[Problem]:
    """⾏ in place of 行: PDF files are copied so."""
    found = _all(_RADICAL, source.text)
    if found:
        mark = found[0].group()
        usual = unicodedata.normalize("NFKC", mark)
        yield place_problem(
            source, "text/radicals", found[0].start(),
            found=f"部首字符“{mark}”（U+{ord(mark):04X}）{_times(len(found))}",
            expected=f"汉字“{usual}”" if usual != mark else "同形的汉字",
            mend="换成同形的汉字；多见于从 PDF 复制的文字",
        )  # fmt: skip


# A traditional text has about 300 of them in 1,000 characters, a simplified one none.
_TRADITIONAL_SHARE = 0.02
_TRADITIONAL_MANY = 20


def _traditional(source: Source) -> Iterator[Problem]:
    found = _all(TRADITIONAL, source.text)
    if len(found) >= 3 and len(found) >= min(_TRADITIONAL_MANY, _TRADITIONAL_SHARE * len(source.text)):
        seen = "".join(dict.fromkeys(one.group() for one in found[:40]))[:8]
        yield place_problem(
            source, "text/traditional", found[0].start(), found=f"繁体字，如“{seen}”",
            expected="简体字；用简体字检索查不到繁体字的段落", mend="多半取自繁体镜像网页，换用发文机关网站上的简体原文",
        )  # fmt: skip


def _pinyin(source: Source) -> Iterator[Problem]:
    """應(yīng): a converter's work. One alone may explain a rare character."""
    found = _all(PINYIN, source.text)
    if len(found) > 1:
        start, end = found[0].start() - 1, found[0].end()
        yield place_problem(
            source, "text/pinyin", start, found=f"字后夹着拼音：“{source.text[start:end]}”{_times(len(found))}",
            expected=f"“{source.text[start]}”", mend="多半取自转换过的镜像网页，换用发文机关网站上的原文",
            length=end - start,
        )  # fmt: skip


_LOST = re.compile("\ufffd+|[□▯?]{2,}")
_HAN = re.compile(f"[{_H}]")
_LONG_NUMBER = re.compile(r"[0-9]{5,9}[年日]")
_RUN_TOGETHER = re.compile(
    r"(?P<range>(?:19|20)\d\d(?:19|20)\d\d)年|(?P<date>20[0-3]\d{3,5})日|(?P<year>[1-9]20[0-3]\d)年"
)


def _lost_characters(source: Source) -> Iterator[Problem]:
    """�, 法□□府, 法??府; and 20212025年, 201211日, 22012年, where a dash, 年 and 月, or 、 is lost."""
    text = source.text
    found = []
    # `in` is ten times as fast as a pattern that finds nothing.
    for one in _all(_LOST, text) if any(mark in text for mark in "\ufffd□▯?") else ():
        between = one.start() and _HAN.match(text, one.start() - 1) and _HAN.match(text, one.end())
        if one.group()[0] == "\ufffd" or between:
            found.append(one)
    for number in _all(_LONG_NUMBER, text):
        joined = _RUN_TOGETHER.fullmatch(text, *number.span())
        if joined and (not joined["range"] or _is_range(joined["range"])):
            found.append(joined)
    found.sort(key=lambda one: one.start())
    if not found:
        return
    first = found[0]
    written = first.group()
    expected = "原来的字"
    if first.re is _RUN_TOGETHER:
        if years := first["range"]:
            expected = f"“{years[:4]}—{years[4:]}年”"
        elif first["date"]:
            expected = f"“{written[:4]}年……月……日”"
        else:
            expected = f"“{written[1:]}”，前面的“{written[0]}”是序号或多余的字"
    yield place_problem(
        source, "text/lost-character", first.start(),
        found=f"“{written}”像是丢了字{_times(len(found))}", expected=expected,
        mend="对照原件补上；乱码多因编码不对，换一种编码另存", length=len(written),
    )  # fmt: skip


def _is_range(years: str) -> bool:
    return 0 < int(years[4:]) - int(years[:4]) <= 40


_MAY_BE_FILLER = re.compile("[xX×Ｘ*＊_＿某]|此处|名称")
_FILLER = re.compile(
    r"(?<!\d)(?:19|20)\d?[xX×Ｘ*＊_＿]{1,2}年"
    r"|[*＊]{4}年|[_＿]{2,8}(?=[年月日省市县区镇乡局])"
    r"|(?<![A-Za-z*])(?P<cross>[xX×Ｘ]{2,8})(?=省|市|县|区|镇|乡|街道|局|委|村|年|月|日|同志)"
    r"|(?<![*\w])(?P<star>[*＊])(?=[省市县区镇乡](?![^\n]{0,40}[*＊]))"
    r"|(?P<some>某某?[省市县区镇乡局])(?P<body>人民政府|政府|党委|委、|司法|[^，,。；;]{0,4}年)?"
    r"|请?在?此处(?:填写|输入|插入)|[（(](?:单位|机关)名称[）)]"
)


def _fillers(source: Source, sections: Sequence[Section]) -> Iterator[Problem]:
    """某县, xx区, 20__年, ****年: blanks of a template that nobody filled in. In a case, ×× hides a name."""
    text = source.text
    if not _MAY_BE_FILLER.search(text):
        return
    found: list[re.Match[str]] = []
    ends_front: int | None = None
    for one in _all(_FILLER, text):
        if one["some"] or one["cross"]:
            if ends_front is None:
                ends_front = _end_of_front(sections)
            if re.search("[诉案]|申请人|原告", text[max(0, one.start() - 20) : one.end() + 20]):
                continue
            if one["some"] and not one["body"] and one.start() >= ends_front:
                continue
        found.append(one)
    if found:
        first = found[0]
        written = first["some"] or first.group() + (text[first.end()] if first["cross"] or first["star"] else "")
        yield place_problem(
            source, "text/filler", first.start(), found=f"“{written}”像是模板里的空格没有填{_times(len(found))}",
            expected="实际的名称或年份", mend=_IF_PUBLISHED_SO, length=len(written),
        )  # fmt: skip


def _end_of_front(sections: Sequence[Section]) -> int:
    """Where title, header, salutation and introduction end."""
    first = sections[0] if sections else None
    if first is None or first.level:
        return 0
    return max((p.span.end for p in first.passages if p.role != "text"), default=0)


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\U000f0000-\U0010ffff]|\r(?!\n)"
)


def _controls(source: Source) -> Iterator[Problem]:
    """Control characters, marks that turn the direction of writing, and private use: seen differently everywhere."""
    found = _all(_CONTROL, source.text)
    if found:
        point = ord(found[0].group())
        name = "专用区字符" if point >= 0xE000 else "控制字符"
        yield place_problem(
            source, "text/control", found[0].start(), found=f"{name} U+{point:04X}{_times(len(found))}",
            expected="看得见的字", mend="对照原件，删去或换成原来的字；专用区字符多是 Word 的项目符号",
        )  # fmt: skip


# --- Left over from another report ----------------------------------------------------------

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUOTED = re.compile("《[^《》\n]*》|〔[^〔〕\n]*〕")
_OPENS_WITH_YEAR = re.compile(r"\s*((?:19|20)\d\d)年(?:度|以来)?[，,]")
_REPORTS_AS_FOLLOWS = re.compile(r"现将([^。；;\n]{0,60}?)报告如下")
_SIGNED = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]")
_PLANNED = re.compile("打算|安排|计划|思路|下一步")
# What last year left: its unsolved problems, what an inspection had found.
_OF_LAST_YEAR = re.compile("整改|反馈|督察|上年|半年|季度")


def _other_year(source: Source, sections: Sequence[Section], metadata: Metadata) -> Iterator[Problem]:
    """Last year's number where this report's own is meant: opening, 现将…报告如下, first headings, sign-off."""
    year = metadata.year
    front = sections[0].passages if sections else ()
    title = "".join(source.cut(p.span) for p in front if p.role == "title")
    in_title = _years(title)
    # Only a title or a person says surely which year is meant.
    if year is None or not (in_title == {year} or (not in_title and "year" not in metadata.inferred)):
        return

    def problem(offset: int, found: int, where: str, expected: str) -> Problem:
        return place_problem(
            source, "left-over/year", offset, found=f"{where}写的是 {found} 年，报告年度是 {year} 年",
            expected=expected, mend=f"多半是沿用上年文稿；{_IF_PUBLISHED_SO}", length=4,
        )  # fmt: skip

    if opening := _opening(sections):
        text = source.cut(opening.span)
        first = _OPENS_WITH_YEAR.match(text)
        if first and year - 5 < int(first[1]) < year and year not in _years(text):
            yield problem(opening.span.start + first.start(1), int(first[1]), "开头", f"“{year}年”")
        elif (stated := _REPORTS_AS_FOLLOWS.search(text)) and (named := _years(stated[1])) and max(named) < year:
            last = max(named)
            at = text.index(str(last), stated.start())
            yield problem(opening.span.start + at, last, "“现将……报告如下”一句", f"“{year}年”")
    for section in sections:
        named = _years(section.title) if section.level else set()
        if len(named) != 1 or _OF_LAST_YEAR.search(section.title):
            continue
        (own,) = named
        at = section.heading.start + source.cut(section.heading).find(str(own))
        if section.kind is Kind.PLANS and own == year and _PLANNED.search(section.title):
            yield problem(at, own, "下一年度安排的标题", f"“{year + 1}年”")
        elif section.kind in (Kind.ACHIEVEMENTS, Kind.PROBLEMS) and own == year - 1 and "问题" not in section.title:
            yield problem(at, own, "标题", f"“{year}年”")
    for passage in _signatures(sections):
        if signed := _SIGNED.search(source.cut(passage.span)):
            own, month = int(signed[1]), int(signed[2])
            if own < year or (own == year and month <= 3):
                expected = f"晚于 {year} 年的日期；也可能是报告年度写错了"
                yield problem(passage.span.start + signed.start(1), own, "落款日期", expected)


def _years(text: str) -> set[int]:
    """The years a text names, those of documents it cites aside."""
    return {int(year) for year in _YEAR.findall(_QUOTED.sub("", text))}


def _opening(sections: Sequence[Section]) -> Passage | None:
    """The first passage of running text before the headings."""
    front = sections[0].passages if sections and not sections[0].level else ()
    return next((passage for passage in front if passage.role in ("intro", "text")), None)


def _signatures(sections: Sequence[Section]) -> Iterator[Passage]:
    for section in sections:
        if not section.level:
            yield from (passage for passage in section.passages if passage.role == "signoff")


_CLAUSE_ENDS = re.compile(r"[。；;\n][ \u3000]*")
_BEGINS = r"(?:[12]\d{3}年(?:度|以来)?[，,])?"
_GOVERNS = "(?:坚持|认真|始终|紧紧|高度重视|深入|全面|严格|积极|以习近平|在[^，,。；;]{2,20}领导下)"
_TOWN_SUBJECT = re.compile(
    rf"{_BEGINS}(?P<name>[{_H}]{{2,3}}[乡镇]|[{_H}]{{2,4}}街道)"
    rf"(?:党委、政府|党委|党工委|人民政府|政府|办事处|司法所)?(?:{_GOVERNS})"
)
_COUNTY_SUBJECT = re.compile(
    rf"{_BEGINS}(?P<name>[{_H}]{{2,9}}?[省市县区旗])(?:委、[{_H}]?政府|委|人民政府|政府|[{_H}]{{2,8}}(?:局|委|厅|委员会|办公室))(?:{_GOVERNS})"
)
# 我镇, 全乡, 各乡镇 name no town.
_NO_NAME = re.compile("^(?:我|全|各|本|该|辖|两|所|新型|美丽|特色|小)|乡镇$|[村城]镇$|镇街道$")


def _subjects(source: Source, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Who a sentence or clause begins with."""
    for at in (0, *(one.end() for one in _CLAUSE_ENDS.finditer(source.text))):
        if found := form.match(source.text, at):
            yield found


def _other_place(source: Source, sections: Sequence[Section], metadata: Metadata) -> Iterator[Problem]:
    """Another place of the same rank as the one that acts: 黄村乡坚持…… in a report of 参内乡."""

    def problem(offset: int, name: str, own: str) -> Problem:
        return place_problem(
            source, "left-over/place", offset, found=f"“{name}”，而这是{own}的报告", expected=own,
            mend=f"多半是沿用别处文稿；{_IF_PUBLISHED_SO}", length=len(name),
        )  # fmt: skip

    if metadata.level == "township":
        own = metadata.issuer or ""
        for found in _subjects(source, _TOWN_SUBJECT):
            name = found["name"]
            # 王河乡 has become 王河镇.
            if own and not _NO_NAME.search(name) and name.removesuffix("街道").rstrip("乡镇") not in own:
                yield problem(found.start("name"), name, own)
                return
        return
    here = places.place(metadata.place) if metadata.place else None
    if here is None:
        return
    for found in _subjects(source, _COUNTY_SUBJECT):
        candidates = places.named(found["name"])
        if candidates and all(_beside(one, here) for one in candidates):
            yield problem(found.start("name"), found["name"], here.name)
            return
    for passage in _signatures(sections):
        candidates = places.resolve(source.cut(passage.span))
        if len(candidates) == 1 and _beside(candidates[0], here):
            yield problem(passage.span.start, candidates[0].name, here.name)
            return


def _beside(one: places.Place, here: places.Place) -> bool:
    """Whether a place has the same rank and is another one."""
    return one.level == here.level and one.code != here.code
