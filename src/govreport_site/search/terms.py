"""What the search box suggests: reports → one script of terms, headings, places, kinds of issuers.

In flows, report by report, what `terms_of` finds in its text (small, and the same for the same
text, so a build may keep it); out flows `search/suggestions.js`. Like the root of the index it
has a fixed name, and is brought when a reader begins to type:

    window.govreport.receive("suggestions",<data>);\\n

`<data>` is a JSON object of strings; none of the words in them holds a blank:

    terms     words and compounds, joined by blanks: those of most reports first
    headings  titles of sections that several reports have, likewise
    places    code, name and sound of each place, joined by blanks: those with most reports
              first. In the sound each syllable begins with a capital (XuChang), so that it
              gives the initials too; a name without sound by syllables has no capital
    kinds     slug and name of each kind of issuer, joined by blanks
    simple    pairs without blanks, a common traditional character and its simplified form, for
              forms that occur in the reports, the most frequent ones

Twin: templates/static/browser/completions.js (`readKnown`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from govreport_site.places import Place, named
from govreport_site.variants import simplified, traditional
from govreport_site.words import Cutter

# What a report gives, and what the file takes of all of them.
TERMS_OF_A_REPORT = 60
TERMS = 700
HEADINGS = 100
SIMPLE_FORMS = 600
FEWEST_PLACES, MOST_PLACES, REPORTS_A_PLACE = 150, 1100, 10

# A compound counts where its words stand side by side at least this often in the report. Longer
# runs of words are no terms, but tell which shorter ones are only parts of them.
_OFTEN = 2
_LONGEST_RUN = 6
_LONGEST_COMPOUND = 3
_SHORTEST_TERM, _LONGEST_TERM = 2, 8
_TELLING = 4  # a word of the dictionary this long counts though it occurs once
_SHORTEST_HEADING, _LONGEST_HEADING = 4, 16

# A part is not offered where nearly all of it stands inside a longer term of the same report.
_INSIDE = 0.8

# Words that nobody looks for by themselves, and that no compound begins or ends with.
_STOP = frozenset(
    "我们 他们 以及 并且 或者 还是 但是 因此 由于 为了 通过 根据 按照 关于 对于 其中 其他 以上 以下 之间 之一 同时 此外 "
    "一是 二是 三是 四是 五是 六是 一个 一次 一批 一些 部分 各类 各项 各级 各地 全面 全部 所有 有关 相关 有效 切实 不断 "
    "进一步 逐步 积极 大力 深入 扎实 认真 严格 充分 及时 持续 着力 坚持 加强 推进 推动 开展 组织 实施 落实 完善 健全 建立 "
    "提高 提升 强化 做好 确保 促进 形成 进行 实现 加大 加快 继续 作为 具有 存在 达到 取得 围绕 结合 按时 全年 今年 去年 "
    "本年 年度 年月 目前 下一步 方面 情况 问题 工作 任务 要求 措施 内容 方式 力度 水平 能力 作用 基础 重点 主要 重要 "
    "没有 不够 不足 较为 比较 可以 能够 需要 应当 必须 已经 仍然 尚未 以来 期间 过程 之中 其次 首先 最后 "
    "来源 发布 日期 时间 字号 浏览 打印 关闭 分享 当前位置 首页 位置".split()
)
# Characters that begin or end no word of a compound.
_LOOSE = frozenset("的了和与及或在对为将把被由于从以等并就也都而且又其之是有不未无个位次项件名人年月日第各该本此")

_HAN = re.compile(r"[\u3400-\u9fff]+")
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ReportTerms:
    """What one report gives to the suggestions.

    terms       term → how often it occurs; at most `TERMS_OF_A_REPORT`
    headings    titles of its sections that are short enough to be asked for
    characters  the simplified characters of its text that have a traditional form, sorted
    """

    terms: Mapping[str, int]
    headings: tuple[str, ...]
    characters: str


def terms_of(text: str, headings: Iterable[str], cutter: Cutter) -> ReportTerms:
    """What a report's text and the titles of its sections, without their markers, give."""
    short = {"".join(heading.split()) for heading in headings}
    return ReportTerms(
        dict(_frequent(cutter.pieces(simplified(text)))),
        tuple(sorted(h for h in short if _SHORTEST_HEADING <= len(h) <= _LONGEST_HEADING and _HAN.fullmatch(h))),
        "".join(sorted(set(text) & _simple_forms())),
    )


def suggestion_file(
    reports: Iterable[ReportTerms], places: Sequence[tuple[Place, int]], kinds: Iterable[tuple[str, str]]
) -> bytes:
    """The script, the same for the same reports in any order.

    places  each place that has reports, with how many lie in it; those above it too
    kinds   slug and name of each kind of issuer that has reports
    """
    terms: Counter[str] = Counter()
    often: Counter[str] = Counter()
    headings: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    number = 0
    for report in reports:
        number += 1
        terms.update(report.terms.keys())
        often.update(report.terms)
        headings.update(report.headings)
        forms.update(report.characters)
    known = sorted(terms, key=lambda term: (-terms[term], -often[term], term))[:TERMS]
    shared = sorted((h for h in headings if headings[h] > 1), key=lambda h: (-headings[h], h))[:HEADINGS]
    simple = set(sorted(forms, key=lambda form: (-forms[form], form))[:SIMPLE_FORMS])
    most = min(MOST_PLACES, FEWEST_PLACES + number // REPORTS_A_PLACE)
    offered = sorted(places, key=lambda row: (-row[1], row[0].code))[:most]
    data = {
        "terms": " ".join(known),
        "headings": " ".join(shared),
        "places": " ".join(f"{place.code} {place.name} {sound_of(place)}" for place, _ in offered),
        "kinds": " ".join(f"{slug} {name}" for slug, name in sorted(kinds)),
        "simple": "".join(
            chr(code) + form for code, form in sorted(traditional().items()) if form in simple and _is_common(chr(code))
        ),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return f'window.govreport.receive("suggestions",{safe});\n'.encode()


def sound_of(place: Place) -> str:
    """`XuChang` for 许昌市; the slug as it is where it does not fall into one syllable a character."""
    sound, hyphen, kind = place.slug.partition("-")  # yining-shi beside yining-xian
    for name in (place.short, place.name):
        syllables = _syllables(sound, name)
        if syllables is not None:
            return "".join(syllable.capitalize() for syllable in syllables) + hyphen + kind
    return place.slug


_FINAL = (
    "iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|aan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v"
)
_SYLLABLE = re.compile(rf"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])|(?=[aeo]))(?:{_FINAL})")
# The characters of names of places that begin with a vowel: 长安 is chang-an, 河南 is he-nan.
_VOWELS = frozenset("安儿鞍岸庵桉阿爱艾奥澳敖鳌额峨鄂恩洱尔二耳昂瓯偶")


def _syllables(slug: str, name: str) -> tuple[str, ...] | None:
    """A slug as a syllable for each character of the name; None where it does not fall so."""
    if not name or not slug:
        return () if name == slug else None
    if (slug[0] in "aeo") != (name[0] in _VOWELS):
        return None
    longest = _SYLLABLE.match(slug)
    for end in range(longest.end() if longest else 0, 0, -1):
        if _SYLLABLE.fullmatch(slug, 0, end):
            rest = _syllables(slug[end:], name[1:])
            if rest is not None:
                return slug[:end], *rest
    return None


@cache
def _simple_forms() -> frozenset[str]:
    return frozenset(traditional().values())


def _is_common(character: str) -> bool:
    """Whether it is in the first plane of Big5, where the 5,401 characters of daily use stand."""
    try:
        return character.encode("big5") < b"\xc6\x80"
    except UnicodeEncodeError:
        return False


def _frequent(pieces: Sequence[str]) -> list[tuple[str, int]]:
    """Terms of a report with how often they occur, those that say most first."""
    single: Counter[str] = Counter()
    runs: Counter[tuple[str, ...]] = Counter()
    for at, piece in enumerate(pieces):
        if not _may_stand(piece):
            continue
        single[piece] += 1
        for end in range(at + 2, min(at + _LONGEST_RUN, len(pieces)) + 1):
            if not _may_stand(pieces[end - 1]):
                break
            runs[tuple(pieces[at:end])] += 1
    often = {run: count for run, count in runs.items() if count >= _OFTEN}
    inside: Counter[str] = Counter()
    for run, count in often.items():
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1 - (start == 0)):
                part = "".join(run[start:end])
                inside[part] = max(inside[part], count)
    counts = {piece: count for piece, count in single.items() if count >= _OFTEN or len(piece) >= _TELLING}
    counts |= {"".join(run): count for run, count in often.items() if len(run) <= _LONGEST_COMPOUND}
    whole = {
        term: count
        for term, count in counts.items()
        if _SHORTEST_TERM <= len(term) <= _LONGEST_TERM and inside[term] < _INSIDE * count
    }
    ranked = sorted(whole.items(), key=lambda item: (-item[1] * (len(item[0]) - 1), item[0]))
    return ranked[:TERMS_OF_A_REPORT]


@lru_cache(maxsize=1 << 16)
def _may_stand(piece: str) -> bool:
    """Whether a piece may be a term or a part of one; a place is offered as a place."""
    if len(piece) < _SHORTEST_TERM or _HAN.fullmatch(piece) is None or piece in _STOP:
        return False
    if piece[0] in _LOOSE or piece[-1] in _LOOSE:
        return False
    return not (piece[-1] in "省市县区州旗" and named(piece))
