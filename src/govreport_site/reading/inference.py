"""What a report's text says about itself → guesses, each with its reason. Pure.

The text decides, the header of the page helps, its address comes last: a page's host, its
发布机构 and the report's issuer may be three different bodies. A title beats the sign-off,
the sign-off beats the first sentence, which tends to shorten the issuer's name. Nothing is
guessed where two places bear the name: that becomes a Problem with its candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govreport_site import issuer_kinds, places
from govreport_site.normalise import BLANK, normalise
from govreport_site.problems import Problem, place_problem
from govreport_site.reading.markers import numeral_to_int
from govreport_site.reading.roles import is_body_name, is_date
from govreport_site.report import Level, Passage, Section
from govreport_site.source import Source

_HAN = re.compile("[\u3400-\u9fff]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?度?")
_BEFORE_SUBJECT = re.compile(r"^(?:中共)?(.{2,40}?)(?:关于|\s*(?:19|20)\d\d\s*年?度?)")
_ENDING = "人民政府|委员会|管委会|办事处|委|局|厅|部|院|署|办公室|办|中心|总队|支队|分局"
_SUBJECT = re.compile(
    rf"(?:^|[，,。；;：:、])\s*((?:(?![，,。；;：:、的和与]).){{2,30}}?(?:{_ENDING}))(?=的|坚持|认真|全面|以|在|深入|始终|紧紧|按照|围绕|严格|积极|深|着力|高度|贯彻)"
)
_OURS = re.compile("^(我|本|全|该|各)(市|县|区|省|州|局|委|厅|院|办|部|机关|单位)")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_CHINESE_DATE = re.compile(
    "([一二三四五六七八九〇○零ＯO0]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_CHINESE_DIGITS = {
    **{c: str(i) for i, c in enumerate("〇一二三四五六七八九")},
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
    "0": "0",
}
_PUBLISHED = re.compile("(?:发布|公开|发文)(?:日期|时间)[:：]?(.{8,20})")
_DOCUMENT_NUMBER = re.compile(r"(?:文号|发文字号)[:：]?([\u3400-\u9fff]{2,10}[〔\[（(【]\d{4}[〕\]）)】]第?\d{1,4}号?)")
_INDEX_NUMBER = re.compile(r"索引号[:：]?([0-9A-Za-z]{5,}(?:[-/][0-9A-Za-z-]+)*)")
_TOWNSHIP = re.compile("(镇|乡|街道|街道办事处)(人民政府|办事处)?$")
_NATIONAL = re.compile(
    "^(国务院|国家.{2,12}(局|委员会|委|署|总局)|.{2,12}(部|署|总局)|审计署|中国(人民银行|气象局|证监会|银保监会))$"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A value read from the text, and in Chinese from where."""

    value: str | int
    reason: str


def infer(source: Source, sections: Sequence[Section]) -> tuple[dict[str, Guess], tuple[Problem, ...]]:
    """Field of `Metadata` → guess, for every field the text tells; and what stays ambiguous."""
    front = sections[0].passages if sections else ()
    signed = [p for section in sections for p in section.passages if p.role == "signoff"]
    guesses: dict[str, Guess] = {}
    _title(source, front, guesses)
    _dates(source, front, signed, guesses)
    _numbers(source, front, guesses)
    opening = _opening(source, sections)
    _issuer(source, signed, opening, guesses)
    _year(opening, guesses)
    problems = _place(source, guesses)
    return guesses, problems


def compose_title(issuer: str | None, year: int | None) -> str | None:
    """A title for a report that bears none; it is shown in 〔 〕."""
    if issuer is None:
        return None
    return f"{issuer}{year}年法治政府建设年度报告" if year else f"{issuer}法治政府建设年度报告"


def join_lines(lines: Sequence[str]) -> str:
    """A title broken over lines, in one; blanks between two Han characters were line breaks too."""
    text = "".join(line.strip("".join(BLANK)) for line in lines)
    kept = []
    for at, character in enumerate(text):
        inside = 0 < at < len(text) - 1
        if character in BLANK and inside and _HAN.match(text[at - 1]) and _HAN.match(text[at + 1]):
            continue
        kept.append(character)
    return "".join(kept)


def _title(source: Source, front: Sequence[Passage], guesses: dict[str, Guess]) -> None:
    lines = [source.cut(p.span) for p in front if p.role == "title"]
    if lines:
        guesses["title"] = Guess(join_lines(lines), "正文前的标题")


def _dates(source: Source, front: Sequence[Passage], signed: Sequence[Passage], guesses: dict[str, Guess]) -> None:
    for passage in signed:
        text = source.cut(passage.span)
        if is_date(text) and (day := read_date(text)):
            guesses["dated"] = Guess(day, f"落款“{text.strip()}”")
    for passage in front:
        if passage.role != "header":
            continue
        text = normalise(source.cut(passage.span), keep_marks=True)
        if (found := _PUBLISHED.search(text)) and (day := read_date(found[1])):
            guesses.setdefault("published", Guess(day, f"页首“{found[0][:20]}”"))


def read_date(text: str) -> str | None:
    """A date as written (2025- 02- 12, 2026 年 1 月 27 日, 二〇二六年一月二十七日) → ISO 8601; None when it is none."""
    if found := _DATE.search(normalise(text, keep_marks=True)):
        year, month, day = (int(part) for part in found.groups())
    elif found := _CHINESE_DATE.search(normalise(text, keep_marks=True)):
        year = int("".join(_CHINESE_DIGITS[c] for c in found[1]))
        month, day = numeral_to_int(found[2]) or 0, numeral_to_int(found[3]) or 0
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _numbers(source: Source, front: Sequence[Passage], guesses: dict[str, Guess]) -> None:
    # Only from the header: a number in the body is that of another document.
    for passage in front:
        if passage.role != "header":
            continue
        text = normalise(source.cut(passage.span), keep_marks=True)
        if found := _DOCUMENT_NUMBER.search(text):
            guesses.setdefault("document_number", Guess(found[1], "页首的文号"))
        if found := _INDEX_NUMBER.search(text):
            guesses.setdefault("index_number", Guess(found[1].upper(), "页首的索引号"))


def _opening(source: Source, sections: Sequence[Section]) -> str:
    """The first sentences of running text."""
    for section in sections:
        for inner in section.walk():
            for passage in inner.passages:
                if passage.role in ("intro", "text"):
                    return normalise(source.cut(passage.span)[:400], keep_marks=True)
    return ""


def _issuer(source: Source, signed: Sequence[Passage], opening: str, guesses: dict[str, Guess]) -> None:
    title = guesses.get("title")
    if title and (found := _BEFORE_SUBJECT.match(str(title.value))) and is_body_name(found[1]):
        guesses["issuer"] = Guess(found[1].strip(), "标题")
        return
    for passage in signed:
        name = source.cut(passage.span)
        if not is_date(name):
            guesses["issuer"] = Guess(join_lines([name]), "落款")
            return
    for found in _SUBJECT.finditer(opening):
        if not _OURS.match(found[1]):
            guesses["issuer"] = Guess(re.sub(r"^(19|20)\d\d年(度|以来)?", "", found[1]), "正文首句")
            return


def _year(opening: str, guesses: dict[str, Guess]) -> None:
    title = guesses.get("title")
    if title and (found := _YEAR.search(str(title.value))):
        guesses["year"] = Guess(int(found[1]), "标题")
    elif found := re.search(r"(?<!\d)((?:19|20)\d\d)年", opening):
        guesses["year"] = Guess(int(found[1]), "正文首句")


def _place(source: Source, guesses: dict[str, Guess]) -> tuple[Problem, ...]:
    """Place, level and kind follow from the issuer's name, or from the title where it names none."""
    named = guesses.get("issuer") or guesses.get("title")
    if named is None:
        return ()
    name = str(named.value)
    kind = issuer_kinds.kind_of(name) if "issuer" in guesses else None
    if kind:
        guesses["issuer_kind"] = Guess(kind.name, f"机关名称“{name}”")
    candidates = places.resolve(name)
    if len(candidates) == 1:
        place = candidates[0]
        guesses["place"] = Guess(place.code, f"机关名称以“{place.name}”开头" if place.name in name else f"“{name}”")
        level: Level = "township" if _TOWNSHIP.search(name) else places.level_of(place)
        guesses["level"] = Guess(level, "由地区推出" if level != "township" else f"机关名称“{name}”")
    elif not candidates and _NATIONAL.match(name):
        guesses["level"] = Guess("national", f"机关名称“{name}”")
    if len(candidates) < 2:
        return ()
    listed = "、".join("".join(p.name for p in places.lineage(c.code)) + f"（{c.code}）" for c in candidates[:8])
    at = max(0, source.text.find(name[:4]))
    return (
        place_problem(
            source,
            "metadata/ambiguous-place",
            at,
            found=f"“{name}”可以是：{listed}",
            expected="一个行政区划代码",
            mend=f'在文首 YAML 中写明，例如 place: "{candidates[0].code}"',
            length=len(name),
        ),
    )
