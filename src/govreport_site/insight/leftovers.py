"""What a report seems to have kept of another text: another place, another agency, another year. Pure.

In flows a `Report`, out flow `Leftover`s in the order of the text, each with the words that told. What
reading has noted already (`reading/oddities.py`: openings, headings, sign-offs, the first subject of another
place) is taken over from the report's problems; here running text is looked through.

A report may name other places and years for a hundred reasons (协作, 考察, a court, a law). So a name counts
only where the text speaks as if it were its own: the place governs it, acts in it or is what it builds up, and
nothing in the clause tells of dealings between places; or where a city or county is named and the whole sentence does
not tell why.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from govreport_site import places
from govreport_site.findings import Leftover
from govreport_site.issuer_kinds import by_name, kind_of
from govreport_site.places import Place
from govreport_site.report import Kind, Report
from govreport_site.source import Span

_H = "\u3400-\u9fff"


def find_leftovers(report: Report) -> tuple[Leftover, ...]:
    """Candidates, in the order of the text, each place of the text once."""
    parts = _Parts(report)
    found: dict[int, Leftover] = {}
    for one in (*_noted(report, parts), *_other_place(report, parts), *_other_self(report, parts),
                *_other_agency(report, parts), *_other_year(report, parts)):  # fmt: skip
        found.setdefault(one.span.start, one)
    return tuple(found[at] for at in sorted(found))


class _Parts:
    """Where a place of the text stands: passages of running text and headings; `kind` is what the section is for."""

    def __init__(self, report: Report) -> None:
        rows = [
            (p.span, p.id, p.kind or section.kind, False)
            for section, p in report.passages()
            if p.role in ("intro", "text") and p.form == "paragraph"
        ]
        rows += [(s.heading, s.id, s.kind, True) for s in report.walk() if s.heading]
        rows.sort(key=lambda row: row[0].start)
        self.rows = rows
        self.starts = [row[0].start for row in rows]
        self._text = report.source.text

    def at(self, offset: int) -> tuple[Span, str, Kind | None, bool] | None:
        """Span, id, kind and whether it is a heading; None in a title, a sign-off, a table, and within 《》."""
        number = bisect_right(self.starts, offset) - 1
        if number < 0 or offset >= self.rows[number][0].end:
            return None
        row = self.rows[number]
        opened = self._text.rfind("《", row[0].start, offset)
        return None if opened >= 0 and self._text.find("》", opened, offset) < 0 else row


def _noted(report: Report, parts: _Parts) -> Iterator[Leftover]:
    """What reading has said already. Of a title or a sign-off the passage is that of the first or the last part."""
    source = report.source
    for problem in report.problems:
        if not problem.code.startswith("left-over/") or not parts.rows:
            continue
        start = source.line_starts[problem.line - source.first_line] + problem.column - 1
        number = max(bisect_right(parts.starts, start) - 1, 0)
        span = Span(start, start + problem.length)
        what: Literal["place", "year"] = "year" if problem.code == "left-over/year" else "place"
        yield Leftover(parts.rows[number][1], span, what, problem.found)


# --- Another place --------------------------------------------------------------------------

_WORD_GOES_ON = re.compile("区[域间块划别]|市场")
_NAME_ENDS = re.compile("[省市县区州盟旗]")
_CLAUSE_MARKS = re.compile("[，,。；;：:！!？?\n]")

# Dealings between places, and things that bear a place's name without being of it.
_DEALINGS = re.compile(
    "(?<!参)与(?!时俱进|会)|[和同跟](?=[^，]{2,12}(?:联|合作|协作|签|共建))|赴|前往|考察|交流|对口|协作|协同|合作|联合|联动|联席|联防|支援|援助|援[疆藏青]"
    "|帮扶|结对|借鉴|学习(?!贯彻|宣传)|经验|做法|异地|跨[省区市县域界流]|[毗相]邻|周边|接壤|交界|边界|签订|签署|协议|一体化|长三角|京津冀|成渝|川渝|粤港澳|大湾区"
    "|流域|都市圈|城市群|通办|互认|兄弟|先进地区|外地|外省|等地|举办|召开|承办|主办|参加(?!了)|出席|参会|开幕|评为|获|荣|授予|命名|刊|报道|日报|晚报|电视台|转发|来[我函访]"
    "|案[例件]|一案|诉讼|起诉|被诉|上诉|法院|检察|仲裁|判决|管辖|公司|集团|企业|律师事务所|律所|大学|学院|医院|学校|银行|分行|户籍|籍|务工|流入|来自|出口|进口|输入|输出|转运|疫情|地震|灾害"
    "|挂职|选派|派[出驻员]|移送|移交|协查|复函|搬迁|迁[入出移]|途经|铁路|高[速铁]|机场|航线|航班|海关|口岸|自贸|试验区|引[进入]|聘请|推广"
)
_BEFORE_SENTENCE = re.compile(
    r"(?:^|[。；;\n：:]|[一二三四五六七八九十]是|年(?:度|以来)?[，,]|[来下中][，,])[\s\u3000]*(?:中共)?$"
)
_ACTS = (
    "坚持|认真|始终|紧紧|高度重视|深入|全面|严格|积极|以习近平|以党|充分|不断|持续|扎实|大力|牢固|切实|着力|聚焦|围绕|按照|"
    "印发|出台|制定|修订|共[^同]|累计|现有|组织|开展|召开|成立|建立|将|把|法治政府建设|法治建设"
)
_BODY = f"(?:(?:委|人民政府|政府|委办公室|政府办公室|人大常委会)(?:、[{_H}]{{1,2}}政府)?|[{_H}]{{2,12}}?(?:局|委员会|委|厅|办公室|办|支队|总队))"
_SUBJECT = re.compile(rf"{_BODY}?(?:党组|党委|领导班子)?(?:[12]\d{{3}}年)?(?:{_ACTS})")
_GOVERNS_BEFORE = re.compile("(?:在|按照|根据|落实|贯彻|遵照|围绕|对照|紧扣|执行|接受)(?:好|了|中共)?$")
_GOVERNS = re.compile(
    rf"(?:委|人民政府|政府|{_BODY})[^，,。；;]{{0,16}}(?:领导|部署|要求|安排|决策|指导下|关心|支持下|统筹|监督|工作要点|规划)"
)
_BUILDS_BEFORE = re.compile(
    "(?:推进|推动|促进|提升|提高|加快|建设|打造|服务|助力|维护|优化|构建|谱写|加强|深化|保障|护航|奋力|开创|为)(?:了)?$"
)
_BUILDS = re.compile(
    rf"[{_H}“”、]{{0,14}}?(?:法治|依法行政|高质量|发展|营商环境|治理|现代化|建设|事业|稳定|大局|秩序|经济社会|平安|新篇章|新局面|保障)"
)
_HOME = re.compile(
    "(?:各级|全体|广大|辖区|辖内|境内|范围内|行政机关|法治政府|依法行政|依法治|全面依法|行政执法|人民群众|市民|政府系统|机关干部)"
)
# One of several places, or one that a quotation or a bracket names.
_LISTED = frozenset("、“”‘’（）()和及与")
_BRAND = re.compile("(?:法治|平安|信用|健康|数字|美丽|清廉|诚信|智慧|幸福)")
# Names of cities and provinces that are words too.
_BRAND_WORDS = frozenset("中山 黄山 白山 天水 丽水".split())


def _other_place(report: Report, parts: _Parts) -> Iterator[Leftover]:
    """Another place where this one's name is meant."""
    own = places.place(report.metadata.place) if report.metadata.place else None
    if own is None:
        return
    text = report.source.text
    mine = _names_within(own.code)
    for (start, end, name), (following, *_) in pairwise((*_names_in(text), (-1, -1, ""))):
        if (
            name in mine
            or start == following
            or _WORD_GOES_ON.match(text, end - 1)
            or (part := parts.at(end - 1)) is None
        ):
            continue
        why = _why_own(text, Span(start, end), part[0])
        if not why and (text[start - 1 : start] in _LISTED or text[end : end + 1] in _LISTED):
            continue
        meant = _meant(name)
        if not meant or any(_related(one.code, own.code) or (not why and one.level == "province") for one in meant):
            continue
        first, last = _clause(text, start, part[0]) if why else _sentence(text, start, part[0])
        if not _DEALINGS.search(text[first:start] + "，" + text[end:last]):
            reason = f"这是{own.name}的报告，“{text[start:end]}”在这里{why or '没有写明与本地有什么往来'}"
            yield Leftover(part[1], Span(start, end), "place", reason)
    brands = _brands()
    for found in _BRAND.finditer(text):
        at = found.end()
        if text[at : at + 2] not in brands:
            continue
        name = next((name for name in brands[text[at : at + 2]] if text.startswith(name, at)), "")
        if (
            not name
            or (part := parts.at(at)) is None
            or any(_related(one.code, own.code) for one in places.named(name))
        ):
            continue
        if not _DEALINGS.search(text, *_sentence(text, at, part[0])):
            reason = f"这是{own.name}的报告，“{found[0]}{name}”说的是别处"
            yield Leftover(part[1], Span(at, at + len(name)), "place", reason)


def _why_own(text: str, span: Span, part: Span) -> str:
    """How the text speaks of the place as its own; empty when it does not."""
    before = text[max(part.start, span.start - 12) : span.start]
    if _BEFORE_SENTENCE.search(before) and _SUBJECT.match(text, span.end, part.end):
        return "是句子的主语，像在说本地"
    if _GOVERNS_BEFORE.search(before) and _GOVERNS.match(text, span.end, part.end):
        return "像是领导本地的上级"
    if _BUILDS_BEFORE.search(before) and _BUILDS.match(text, span.end, part.end):
        return "像是本地建设的对象"
    if _HOME.match(text, span.end, part.end):
        return "像在说本地"
    return ""


@lru_cache(maxsize=4096)
def _meant(name: str) -> tuple[Place, ...]:
    """The places a full name means within a clause; none where it is a word as well (新城区, 解放区)."""
    return next((mention.candidates for mention in places.mentions("的" + name)), ())


def _names_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Full names of places: where the chain begins that a name ends (四川省|宜宾市), where it ends, and the name."""
    ends = _ends()
    for found in _NAME_ENDS.finditer(text):
        end = found.end()
        if (tail := text[max(0, end - 3) : end]) in ends and (name := _name_before(text, end, ends[tail])):
            start = end - len(name)
            while above := _name_before(text, start, ends.get(text[max(0, start - 3) : start], ())):
                start -= len(above)
            yield start, end, name


def _name_before(text: str, end: int, names: Iterable[str]) -> str:
    """Which of the names ends here; empty when none does."""
    return next((name for name in names if text.endswith(name, 0, end)), "")


def _sentence(text: str, at: int, part: Span) -> tuple[int, int]:
    """The sentence around a place of a part."""
    first = max(part.start, *(text.rfind(mark, part.start, at) + 1 for mark in "。；;\n"))
    last = _SENTENCE_ENDS.search(text, at, part.end)
    return first, last.start() if last else part.end


def _clause(text: str, at: int, part: Span) -> tuple[int, int]:
    """The clause around a place of a part."""
    first = part.start
    for mark in _CLAUSE_MARKS.finditer(text, part.start, at):
        first = mark.end()
    last = _CLAUSE_MARKS.search(text, at, part.end)
    return first, last.start() if last else part.end


@cache
def _ends() -> dict[str, tuple[str, ...]]:
    """The last three characters of full names → these names, longest first."""
    ends: dict[str, list[str]] = {}
    for one in _all_places():
        if len(one.name) >= 3:
            ends.setdefault(one.name[-3:], []).append(one.name)
    return {end: tuple(sorted(names, key=len, reverse=True)) for end, names in ends.items()}


@cache
def _brands() -> dict[str, tuple[str, ...]]:
    """The first two characters of short names of provinces and prefectures → these names."""
    brands: dict[str, tuple[str, ...]] = {}
    for one in _all_places():
        if one.level != "county" and one.short not in _BRAND_WORDS:
            brands[one.short[:2]] = (*brands.get(one.short[:2], ()), one.short)
    return brands


def _all_places(under: str | None = None) -> Iterator[Place]:
    for one in places.children(under):
        yield one
        yield from _all_places(one.code)


@lru_cache(maxsize=512)
def _names_within(code: str) -> frozenset[str]:
    """Names of a place, of those above it and of those within it."""
    return frozenset(one.name for one in (*places.lineage(code), *_all_places(code)))


@lru_cache(maxsize=4096)
def _related(one: str, other: str) -> bool:
    """Whether one of two places, given by their codes, lies within the other."""
    lineages = [{place.code for place in places.lineage(code)} for code in (one, other)]
    return one in lineages[1] or other in lineages[0]


# --- Another self ---------------------------------------------------------------------------

_SELF = re.compile(
    r"我(局(?![部面限势])|委(?![员托派屈任婉])|厅|办(?![理事公案法结好实学了成])|省|市(?!场)|县(?!域)|区(?![域别分间块])|旗|州|盟|镇|乡(?!村)|街道)"
)
_NOT_BEFORE_SELF = frozenset("自忘你敌")
_BODIES = "局委厅办"


def _other_self(report: Report, parts: _Parts) -> Iterator[Leftover]:
    """我局 in the report of a 委, 我县 in that of a district: seldom, beside the words that are right."""
    issuer = (report.metadata.issuer or "").removesuffix("员会").removesuffix("公室")
    own = places.lineage(report.metadata.place) if report.metadata.place else ()
    if not issuer or not own:
        return
    text = report.source.text
    found = [one for one in _SELF.finditer(text) if text[one.start() - 1 : one.start()] not in _NOT_BEFORE_SELF]
    right = {one.name[-1] for one in own} | set(_BODIES).intersection(report.metadata.issuer or "")
    if issuer[-1] not in _BODIES and not issuer.endswith(("政府", "镇", "乡", "街道")) and "街道" not in issuer:
        right |= set(_BODIES)  # 管委会, 支队, 中心 call themselves what they like
    right |= {word for word in ("镇", "乡", "街道", "区", "旗") if word in issuer}
    if own[-1].name.endswith("街道") or "街道" in issuer:
        right.add("办")
    counts = Counter(one[1] in right for one in found)
    if not counts[False] or counts[False] >= counts[True]:
        return
    for one in found:
        if one[1] not in right and (part := parts.at(one.start())):
            body = one[1] in _BODIES
            yield Leftover(
                part[1], Span(*one.span()), "agency" if body else "place",
                f"“{one[0]}”，而这是{report.metadata.issuer}的报告，别处说“我{_most(found, right)}”",
            )  # fmt: skip


def _most(found: list[re.Match[str]], right: set[str]) -> str:
    return Counter(one[1] for one in found if one[1] in right).most_common(1)[0][0]


_AGENCY = re.compile(
    rf"[\s\u3000]*(?:[12]\d{{3}}年(?:度|以来)?[，,])?(?P<name>[{_H}]{{2,24}}?(?:局|委员会|委|厅))(?:党组|党委)?"
    "(?:坚持|认真|始终|紧紧|高度重视|深入|全面|严格|积极|以习近平|在[^，,。；;]{2,20}领导下)"
)
_STATED = re.compile(rf"现将(?P<name>[{_H}]{{4,24}}?(?:局|委员会|委|厅))[^。；;\n]{{0,40}}报告如下")
_ABOVE_ALL = re.compile(
    "^国家|^国务院|党委|依法治|领导小组|协调小组|常委|人大|政协|[省市县区州旗镇乡]委$|^我|^全|^各|^本"
)


def _other_agency(report: Report, parts: _Parts) -> Iterator[Leftover]:
    """Another body where the issuer speaks of itself: at the beginning of a paragraph, or in 现将……报告如下."""
    kind = by_name(report.metadata.issuer_kind or "")
    if kind is None or kind.name == "政府" or kind.many:
        return
    text = report.source.text
    for span, ident, _, is_heading in parts.rows:
        if is_heading:
            continue
        found = _AGENCY.match(text, span.start, span.end) or _STATED.search(
            text, span.start, min(span.end, span.start + 600)
        )
        if found is None or _ABOVE_ALL.search(found["name"]):
            continue
        other = kind_of(found["name"])
        if other is not None and other != kind and not other.many and other.name != "政府":
            yield Leftover(
                ident, Span(*found.span("name")), "agency",
                f"“{found['name']}”在这里像是报告机关自己，而这是{report.metadata.issuer}的报告",
            )  # fmt: skip


# --- Another year ---------------------------------------------------------------------------

_YEAR = re.compile(r"((?:19|20)\d\d)年(?<![\d第].....)")
_SENTENCE_ENDS = re.compile("[。；;\n]")
_SENTENCE_START = re.compile(r"(?:^|[。；;\n]|[一二三四五六七八九十]是)[\s\u3000]*$")
_DID = re.compile(
    f"(?:度)?[，,]?(?:我[{_H}]|全[市县区省局委厅系年镇乡州旗]|本[局委市县区]|[市县区州旗][委政{_H}]|共|累计|先后|组织|开展|召开|受理|办理|完成|印发|制定|主动公开|法治政府建设工作)"
)
_PLANNED = re.compile(f"(?:度)?[，,]?[{_H}]{{0,8}}?(?:将(?!军)|计划|打算|拟(?!定)|我们要|要(?![求点素件闻]))")
_SUMMARY = re.compile("(?:度)?(?:全年)?(?:法治政府建设|依法行政|法治建设)?工作(?:总结|情况)(?!报告会)")
_LOOKS_BACK = re.compile(
    "比|较|增长|下降|同期|上年|去年|上一年|以来|至今|起|截至|历年|近年|连续|此前|已于|曾|整改|反馈|督察|遗留|结转|底前|年底|[0-9]月|期间|—|－|-|至20|评为|获|授予|命名|确定为|入选|列为|批准|"
    "施行|实施方案|纲要|规划|修订|颁布|创建"
)
_HANDS_IN = re.compile("报送|上报|报告|公开|公布|发布|审议|听取|汇报|提交|通报|考核|评估|印发|撰写|形成|起草")


def _other_year(report: Report, parts: _Parts) -> Iterator[Leftover]:
    """Last year's number where this year's is meant."""
    year = report.metadata.year
    if year is None:
        return
    text = report.source.text
    for found in _YEAR.finditer(text):
        named = int(found[1])
        if not year - 5 <= named <= year:
            continue
        part = parts.at(found.start())
        if part is None or part[3]:
            continue
        span, ident, kind, _ = part
        begins = _SENTENCE_START.search(text[max(span.start, found.start() - 6) : found.start()]) is not None
        last = _SENTENCE_ENDS.search(text, found.end(), span.end)
        stop = last.start() if last else span.end
        why = ""
        if kind is Kind.PLANS:
            if begins and _PLANNED.match(text, found.end(), stop) and str(year + 1) not in text[span.start : span.end]:
                why = f"安排的是 {named} 年，而报告年度是 {year} 年，下一年度是 {year + 1} 年"
        elif named < year and not _LOOKS_BACK.search(text, found.end(), stop):
            whole = text[span.start : span.end]
            others = {int(one) for one in _YEAR.findall(whole)} - {named}
            if begins and _DID.match(text, found.end(), stop) and not any(one > named for one in others):
                why = f"这一句说的是 {named} 年的工作，而报告年度是 {year} 年"
            elif _SUMMARY.match(text, found.end(), stop) and not _HANDS_IN.search(
                text, *_clause(text, found.start(), span)
            ):
                why = f"“{text[found.start() : stop][:16]}”说的是 {named} 年，而报告年度是 {year} 年"
        if why:
            yield Leftover(ident, Span(*found.span(1)), "year", why)
