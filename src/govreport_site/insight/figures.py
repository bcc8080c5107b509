"""Figures: numbers with their unit and what they count, as running text says them.

In flows a `Report` and a `Lexicon` (`insight/indicators.py`), out flow its `Figure`s in the order of the
text. The rule, by which the two reports in `corpus/` hold 15 and 24:

    A figure is a number that a *measure word* (件, 人次, 万元, %) follows at once. The number stands in
    Arabic digits, or in Chinese ones where these count exactly (三百二十件), say how far they are
    off (近百万人次, 十余次) or give a share (百分之九十五).

    A plain Chinese numeral up to ten, or a round one below a hundred (四类问题, 三项制度, 二十条措施),
    numbers a list or belongs to a name: these reports write in digits what they count, as GB/T 15835
    asks. Likewise no figure: what stands in 《…》 or between quotation marks, which name a thing; ordinals
    (第3次, 前3名); years, dates, times of day, document numbers; sums and models (1+14, A4); set phrases
    (24小时, 跑1次).

`text` begins with the mark that bounds the number (近, 超, 约) and ends with the one that follows it
(以上). A verb before it (达到, 超过, 不低于) bounds too but belongs to the sentence. A range
(3至5个) has its lower end as value, bound above.

`counted` is the clause the number stands in, without the time it begins with; where the number stands
before the noun, “…” stands for the number (废止…规范性文件), since 废止 and 制定 count different things.

Read are paragraphs and headings; not tables, titles, page heads and sign-offs. What a plan says is a
figure but has no indicator: nothing has been counted yet.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal

from govreport_site.findings import Bound, Figure
from govreport_site.insight.indicators import Lexicon, find_indicator
from govreport_site.normalise import trim
from govreport_site.report import Kind, Report
from govreport_site.source import Span

# Measure words, each with the characters (or the expression) that must not follow: 3部门 are no books, 12人民法庭 no people.
_MEASURES = {
    "人次": "", "户次": "", "家次": "", "件次": "", "场次": "", "班次": "", "批次": "", "车次": "", "台次": "",
    "架次": "", "艘次": "", "组次": "", "期次": "", "篇次": "", "例次": "", "项次": "", "点次": "", "辆次": "",
    "所次": "", "厂次": "", "处次": "", "份次": "", "条次": "", "个次": "", "频次": "",
    "百分点": "", "工作日": "", "个月": "", "平方公里": "", "平方米": "", "立方米": "", "公里": "", "公顷": "",
    "公斤": "", "千克": "", "斤": "", "千米": "", "千瓦小时": "", "千瓦时": "", "千瓦": "", "小时": "", "分钟": "", "课时": "", "学时": "", "美元": "", "%": "", "％": "", "‰": "",
    "件": "均", "宗": "旨教", "起": "来到草诉步点源义效", "例": "如外行会", "案": "件例卷", "个": "性体",
    "名": "(?:单(?!位)|[称录下牌列])", "位": "于置列居次", "人": "民大员口才事社均行身体类家防力物", "户": "籍口外均",
    "家": "庭属长教访", "所": "有在属需以谓辖学涉作提", "处": "理罚置于分级室境在", "座": "谈位席", "项": "",
    "条": "例约件款", "款": "项物", "篇": "章幅", "份": "额", "册": "", "卷": "宗", "部": "门委署队分长",
    "本": "级地市省县区局系部门年行报单领人届办辖科质职委院镇街乡次", "期": "间限满末刊盼", "场": "所地馆景域面合",
    "次": "日要年序数生元", "轮": "流岗换训候值胎", "批": "准复评示", "支": "持撑付出援教", "队": "伍员长",
    "组": "织成建长合团", "套": "餐取", "台": "账湾风阶州", "辆": "", "架": "构", "艘": "", "只": "有要是能",
    "头": "脑部", "张": "", "幅": "度员", "块": "", "封": "闭面", "枚": "", "棵": "", "株": "", "栋": "", "幢": "",
    "间": "接隔断", "床": "", "层": "级面次", "道": "路德理", "堂": "", "节": "点约能日假气水", "课": "程堂题件",
    "门": "户店诊类槛口窗", "集": "中体成团约聚合", "站": "点位上在稳", "类": "似别型案",
    "种": "子植养业", "字": "号", "吨": "", "亩": "", "米": "", "元": "旦宵素年月件", "倍": "",
    "天": "然气津河地桥山水", "分": "别类级局管析工为成解享布批期钟散支公院中数之段行领层组步包值",
    "年": "度级代份版末初底龄行规计期鉴",
}  # fmt: skip

_ALTERNATIVES = "|".join(
    word + (f"(?!{barred if barred[0] == '(' else f'[{barred}]'})" if barred else "")
    for word, barred in sorted(_MEASURES.items(), key=lambda item: -len(item[0]))
)
_DIGIT = "0-9０-９"
_NUMERAL = f"[{_DIGIT}〇零一二两三四五六七八九十百千万亿]"
_WITHIN = f"(?:[{_DIGIT}〇零一二两三四五六七八九十百万亿]|千(?![瓦克米]))"
# Possessive, and never begun within a number: a long row of digits without a unit costs one look.
_NUMBER = rf"{_NUMERAL}(?<!{_NUMERAL}{{2}})(?:{_WITHIN}|[.．点](?={_NUMERAL})|[,，](?=[{_DIGIT}]{{3}}(?![{_DIGIT}])))*+"
_BLANK = "[ \u3000\xa0]{0,2}"
_BEYOND = (
    r"(?P<after>[多余](?=[，。、；的时来])|有余|(?:及|或)?以上|(?:及|或)?以下|以内|(?<=[日天时钟月])内|左右|上下|之多)?"
)
_FIGURE = re.compile(
    rf"(?P<number>{_NUMBER}){_BLANK}(?:[%％]?{_BLANK}[-－—–~～至到]{{1,2}}{_BLANK}(?P<upper>{_NUMBER}))?"
    rf"(?P<more>[余多几来])?{_BLANK}(?P<scale>(?:[十百万亿]|千(?![瓦克米])){{0,3}})(?P<more_yet>[余多])?{_BLANK}"
    rf"(?:个(?=百分点|工作日|小时|课时|学时))?(?P<unit>{_ALTERNATIVES}|日(?=以?内)){_BEYOND}"
)
_SHARE = re.compile(
    rf"(?P<unit>百分之)(?P<number>{_NUMBER})(?P<more>[余多几])?(?P<scale>)(?P<more_yet>)"
    rf"(?:[-－—–~～至到]{{1,2}}百分之(?P<upper>{_NUMBER}))?{_BEYOND}"
)

# `round`: 上 and 过 bound only what begins with a round number (上千, 过百); 晚上12人 has no bound.
_MARK_BEFORE = re.compile(
    r"(?:(?P<above>(?<![赶商])超|逾)|(?P<round>(?<![以网线])上|(?<![超通经不])过)|(?P<below>将近|接近|(?<![附最临就邻贴靠亲])近|不足|不到)"
    r"|(?P<about>大约|(?<![节预签违解条契公合特邀履立])约))" + _BLANK + r"\Z"
)
_VERB_BEFORE = re.compile(
    r"(?:(?P<below>不超过|未超过|不高于|不多于|不大于|至多|低于|少于|小于|[<＜≤])"
    r"|(?P<above>不少于|不低于|不小于|至少|超过|超出|突破|高于|多于|大于|多达|[>＞≥])|(?P<about>大概|约为|约占))"
    + _BLANK
    + r"\Z"
)
_AFTER: dict[str, Bound] = {"以下": "below", "以内": "below", "内": "below", "左右": "about", "上下": "about"}

# What stands before a number that orders, adds or names; or that is the head of the number (5 1 6 0 元).
_NO_FIGURE_BEFORE = re.compile(
    rf"(?:第{_BLANK}|第{_NUMERAL}{{1,5}}[、至到和及—–-]|[前每]|排名|位列|位居|名列|列第|[A-Za-z+＋×*/=＝>＞-]|跑|[.．]|[0-9０-９.．][ \u3000\xa0]{{1,2}}|[〔\[](?:19|20)\d\d[〕\]])\Z"
)
# The last characters of all that these three patterns find; nearly every number stands behind another one.
_TELLING = frozenset(
    "第、至到和及—–-－~前每名列居跑〕]+＋×*/=＝>＞<＜≤≥.．超逾上过近不足约于多少出破大概为占 \u3000\xa0"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
# Set phrases, from the number on.
_SET_PHRASE = re.compile(
    r"24小时(?!以?内)|365天|8小时(?:以|之)?外|7天无理由|1次(?:办|通办|告知|性)|1件事|[34]张清单|3项制度|\d+分钟[^，。；]{0,10}圈"
)
_SET_UNITS = frozenset(("小时", "天", "次", "件", "张", "项", "分钟"))
_CLOCK = frozenset("时点:：")
_YEARS_JOINED = frozenset("年、-—–至")
_TIME_UNITS = frozenset(("年", "个月", "天", "小时", "分钟", "工作日", "日"))

_QUOTED = re.compile(r"“[^“”。；\n]{1,30}”|‘[^‘’。；\n]{1,30}’|「[^「」。；\n]{1,30}」|\"[^\"，。；,\n]{1,20}\"")
_TITLE_MARK = re.compile("[《》]")
_SENTENCE_END = re.compile(r"[。！？!?；;\n][”’」』）)]*")
_CLAUSE_END = re.compile(r"[，。；：！？,;:!?\n]")

# What opens a clause but does not tell what is counted, and what joins the noun to the number.
_OPENING = re.compile(
    r"(?:[\s、]|[一二三四五六七八九十]{1,3}是|\d{4}年(?:度|以来)?|(?:今|去|本|全|当)年(?:度|以来)?|年[内度]|截至(?:目前|\d{4}年底?)?|目前|"
    r"其中|共计|累计|总计|合计|共)+"
)
_CLOSING = re.compile(
    r"(?:达到?|(?<!行)为|是|均|都|(?<![签条])约|(?<!公)共计?|总计|累计|合计|超过|突破|保持在?|稳定在|分别|各|已|至少|至多|"
    r"不少于|不低于|不超过|高达|多达|了|(?<![所持拥现])有|[\s“])+\Z"
)
# A noun right behind the number ends where the sentence goes on to say what became of it.
_NOUN = re.compile(
    r"的?(?P<noun>[㐀-鿿“”《》]{0,20}?)(?=均|都|已|全部|全面|全覆盖|得到|获|被|进行|实现|参与|参加|参训|并|落地|落实|如期|顺利|"
    r"承担|按时|按期|按规定|纳入|通过|列入|完成|达到?|占|(?<!行)为|未|等|覆盖|涉及|发现|接受|发放|惠及|受益|开展|办理|提出|其中|高质量|"
    r"与|以及|和|分别|签订|整合|压缩|[^㐀-鿿“”《》]|\Z)"
)
_CLOSING_ENDS = frozenset("达到为是均都约共计总累合过破持在定分别各已至少多于高了有“ \u3000")
_GROUPS = ("number", "scale", "unit", "more", "more_yet", "upper", "after")
_WINDOW = 40  # characters looked at on either side of a number

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_LONGEST = 24  # characters of a number; what is longer counts nothing
_PART = re.compile(r"([0-9,]+(?:\.[0-9]+)?)([十百千万亿]*)")
_ARABIC = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[十百千万亿]{1,3}(?:[0-9]+[十百千万]{1,2})?)?"
)
_CHINESE = re.compile(r"[〇零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+[十百千万亿]{0,2})?")
_ANY_DIGIT = re.compile(f"[{_DIGIT}]")


def find_figures(report: Report, lexicon: Lexicon) -> tuple[Figure, ...]:
    """Every figure of a report's running text, in its order. Never raises; spans never overlap."""
    found: list[Figure] = []
    for passage, span, counts in _regions(report):
        found.extend(_figures_in(report.source.text, passage, span, lexicon if counts else None))
    return tuple(found)


def _regions(report: Report) -> Iterator[tuple[str, Span, bool]]:
    """Id and span of all that is running text, and whether its figures count what has been done."""
    for section in report.walk():
        counts = section.kind is not Kind.PLANS
        if section.heading and section.marker:
            yield section.id, Span(section.heading.start + len(section.marker.text), section.heading.end), counts
        elif section.heading:
            yield section.id, section.heading, counts
        for passage in section.passages:
            if passage.form == "paragraph" and passage.role in ("text", "intro"):
                yield passage.id, passage.span, (passage.kind or section.kind) is not Kind.PLANS


def _figures_in(text: str, passage: str, region: Span, lexicon: Lexicon | None) -> Iterator[Figure]:
    page: _Page | None = None
    behind = region.start  # the end of the figure before
    for match in _matches(text, region):
        read = _read(match, text)
        if read is None:
            continue
        value, unit, bound, span = read
        if page is None:  # most headings and many paragraphs hold no number at all
            page = _Page(text, region)
        if page.names(span):
            continue
        sentence = page.sentence(span)
        before, after = page.clause(span, max(behind, sentence.start))
        noun = _noun(after)
        told = None
        if lexicon is not None:
            so_far = text[sentence.start : span.start]
            told = find_indicator(lexicon, so_far=so_far, before=before, noun=noun, after=after, unit=unit)
        yield Figure(
            text=text[span.start : span.end],
            value=value,
            unit=unit,
            bound=bound,
            passage=passage,
            span=span,
            sentence=sentence,
            counted=_counted(before, noun, listed=behind == span.start - len(before)),
            indicator=told[0].id if told else None,
            reason=told[1].text if told else "",
        )
        behind = span.end


def _matches(text: str, region: Span) -> list[re.Match[str]]:
    """All that may be a figure, in order, none overlapping another."""
    plain = list(_FIGURE.finditer(text, region.start, region.end))
    if text.find("百分之", region.start, region.end) < 0:
        return plain
    shares = list(_SHARE.finditer(text, region.start, region.end))
    apart = [m for m in plain if not any(s.start() < m.end() and m.start() < s.end() for s in shares)]
    return sorted(apart + shares, key=lambda match: match.start())


def _read(match: re.Match[str], text: str) -> tuple[int | float, str, Bound, Span] | None:
    """Value, unit, bound and place of a figure, or None where a match is none."""
    number, scale, unit, more, more_yet, upper, after = match.group(*_GROUPS)
    if unit == "年" and len(number) == 4:
        return None
    start = match.start()
    share = unit == "百分之"
    plain = not scale and number.isascii() and number.isdigit() and len(number) < 10
    value = int(number) if plain else _value(number + scale)
    if value is None and (comma := max(number.rfind(","), number.rfind("，"))) >= 0:
        start += comma + 1  # 2025，100件: the comma parts two numbers
        number = number[comma + 1 :]
        value = _value(number + scale)
    if value is None:
        return None
    if upper is not None:  # the scale behind a range is that of both its ends: 3-5万
        lower = _value(number + _scale_at_end(upper + scale))
        value = lower if lower is not None and lower <= (_value(upper + scale) or 0) else value
    before = text[max(0, start - 8) : start]
    near = before[-1:] in _TELLING
    if near and _NO_FIGURE_BEFORE.search(before):
        return None
    if unit in _SET_UNITS and _SET_PHRASE.match(text, start):
        return None
    mark = _MARK_BEFORE.search(before) if near else None
    if mark and mark["round"] and number[0] not in "百千万亿":
        mark = None
    more = more or more_yet
    spelled = not (share or plain or _ANY_DIGIT.search(number))
    if spelled and not _counts(number + scale, value, unit, bounded=bool(mark or more), before=before):
        return None
    if (unit == "年" and value >= (100 if before[-1:] in _YEARS_JOINED else 1000)) or (
        (unit == "日" and before[-1:] == "月") or (unit == "分" and before[-1:] in _CLOCK)
    ):
        return None
    if mark and unit in _TIME_UNITS and mark[0][0] == "近":
        mark = None  # 近3年 are the last three years
    bound = _bound(mark or _VERB_BEFORE.search(before)) if near else "exact"
    if after:
        bound = next((sense for word, sense in _AFTER.items() if after.endswith(word)), "above")
    elif more or upper:
        bound = "about" if more == "来" else "above"
    span = Span(start - len(mark[0]) if mark else start, match.end())
    return value, "%" if share or unit == "％" else unit, bound, span


def _scale_at_end(number: str) -> str:
    return number[len(number.rstrip("十百千万亿")) :]


def _bound(words: re.Match[str] | None) -> Bound:
    kind = words.lastgroup if words else None
    return (
        "above"
        if kind in ("above", "round")
        else "below"
        if kind == "below"
        else "about"
        if kind == "about"
        else "exact"
    )


def _counts(number: str, value: int | float, unit: str, *, bounded: bool, before: str) -> bool:
    """Whether a number in Chinese characters is a figure; the module's docstring gives the rule."""
    if unit in _TIME_UNITS:
        return False  # 百年, 十年
    if not number.strip("十百千万亿"):
        return bounded and before[-1:] not in ("数", "几", "成")
    if value >= 100 or "点" in number:
        return True
    if value <= 10 or value % 10 == 0:
        return bounded and value >= 10
    return bounded or unit not in ("条", "字", "节", "分")


def _value(written: str) -> int | float | None:
    """The value of a number, 万 and 亿 multiplied out; None for what is no number (三五, 1,23)."""
    written = written.translate(_HALF_WIDTH)
    if len(written) > _LONGEST:
        return None
    if _ARABIC.fullmatch(written):
        total = Decimal(0)
        for digits, scale in _PART.findall(written):
            factor = 1
            for unit in scale:
                factor *= _SCALES[unit]
            total += Decimal(digits.replace(",", "")) * factor
        return int(total) if total == total.to_integral_value() else float(total)
    if _CHINESE.fullmatch(written):
        return _chinese(written)
    return None


def _chinese(written: str) -> int | float | None:
    """三千二百五十万 → 32500000; digits that follow one another (三五, 二〇二五) give None."""
    whole, _, decimals = written.partition("点")
    scale = decimals.lstrip("〇零一二两三四五六七八九")
    total = section = digit = 0
    fresh = True  # whether a digit may come
    for c in whole:
        if c in _SCALES:
            size = _SCALES[c]
            if size < 10_000:
                section += (digit or 1) * size
            elif size == 10_000:
                total += ((section + digit) or 1) * size
                section = 0
            else:
                total = ((total + section + digit) or 1) * size
                section = 0
            digit, fresh = 0, True
        elif c in "〇零":
            fresh = True
        elif not fresh:
            return None
        else:
            digit, fresh = "零一二三四五六七八九".find(c) if c != "两" else 2, False
    total += section + digit
    if not decimals:
        return total
    fraction = "".join(
        str("零一二三四五六七八九".find(c)).replace("-1", "0" if c == "〇" else "2")
        for c in decimals[: len(decimals) - len(scale)]
    )
    exact = Decimal(f"{total}.{fraction}")
    for unit in scale:
        exact *= _SCALES[unit]
    return int(exact) if exact == exact.to_integral_value() else float(exact)


class _Page:
    """A stretch of running text, with its names, sentences and clauses looked up once."""

    def __init__(self, text: str, region: Span) -> None:
        self._text, self._region = text, region
        names = _names(text, region)
        self._name_starts, self._name_ends = [start for start, _ in names], [end for _, end in names]
        self._ends = [end.end() for end in _SENTENCE_END.finditer(text, region.start, region.end)]
        self._marks = [mark.start() for mark in _CLAUSE_END.finditer(text, region.start, region.end)]
        self._sentence = Span(region.start, region.start)

    def names(self, span: Span) -> bool:
        """Whether a span stands in a name."""
        at = bisect_left(self._name_starts, span.end) - 1
        return at >= 0 and self._name_ends[at] > span.start

    def sentence(self, span: Span) -> Span:
        """The sentence that holds a span, without blanks at its ends."""
        if span.start >= self._sentence.end:  # spans come in order
            at = bisect_right(self._ends, span.start)
            start = self._ends[at - 1] if at else self._region.start
            end = self._ends[at] if at < len(self._ends) else self._region.end
            self._sentence = trim(self._text, Span(start, end))
        return self._sentence

    def clause(self, span: Span, earliest: int) -> tuple[str, str]:
        """What stands before a span in its clause, not beyond `earliest`, and what behind it up to a 、."""
        at = bisect_right(self._marks, span.start)
        start = max(earliest, span.start - _WINDOW, self._marks[at - 1] + 1 if at else 0)
        at = bisect_right(self._marks, span.end - 1, at)
        end = self._marks[at] if at < len(self._marks) else self._region.end
        after = self._text[span.end : min(end, span.end + _WINDOW)]
        return self._text[start : span.start], after.partition("、")[0]


def _names(text: str, region: Span) -> list[tuple[int, int]]:
    """Where something stands in title marks or between quotation marks; in order, none within another."""
    found = [quoted.span() for quoted in _QUOTED.finditer(text, region.start, region.end)]
    start, depth = 0, 0
    for mark in _TITLE_MARK.finditer(text, region.start, region.end):
        if mark[0] == "《":
            start = start if depth else mark.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append((start, mark.end()))
    names: list[tuple[int, int]] = []
    for name in sorted(found):
        if names and name[0] < names[-1][1]:
            names[-1] = (names[-1][0], max(names[-1][1], name[1]))
        else:
            names.append(name)
    return names


def _noun(after: str) -> str:
    found = _NOUN.match(after) if after else None
    return found["noun"].strip("“”") if found else ""


def _counted(before: str, noun: str, *, listed: bool) -> str:
    """`listed` says that the figure before ends where `before` begins: 14支…、30支…."""
    if listed:
        before = before[before.rfind("、") + 1 :]
    opening = _OPENING.match(before)
    told = before[opening.end() :] if opening else before
    if told[-1:] in _CLOSING_ENDS:
        told = _CLOSING.sub("", told)
    for left, right in ("《》", "“”"):
        if told.count(right) > told.count(left):  # the clause is longer than what was looked at
            told = told[told.index(right) + 1 :]
    return f"{told}…{noun}" if told and noun else told or noun
