"""A file that came in → what is known of its report, each value with its reason.

    bytes ─ intake ─┬─ text ──┐
                    └─ hints ─┴─ the same reading as the build's ─ values

What a page states stands before the text as the labels it would bear there (发布机构：…), so
that the reading weighs it as it weighs the header of any page: the text decides, the header
helps. A person's word, on the command line or in the file's own front matter, comes before both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from govreport_site import issuer_kinds, places
from govreport_site.exports.addition import Told
from govreport_site.intake.arrival import Arrival, Doubt, Hint, Refused
from govreport_site.normalise import is_blank, normalise
from govreport_site.problems import UsageError, harmless
from govreport_site.reading import header
from govreport_site.reading.inference import compose_title
from govreport_site.reading.metadata import FIELDS, Decided, read_front_matter
from govreport_site.reading.read import LARGEST_BYTES, read_text
from govreport_site.reading.tidy import parted, scalar
from govreport_site.report import Report
from govreport_site.source import Source


class BringIn(Protocol):
    """Any file → a report's text, as `intake.bring_in` does it. Raises Refused."""

    def __call__(
        self, name: str, data: bytes, *, address: str | None = None, charset: str | None = None, ocr: bool = False
    ) -> Arrival: ...


@dataclass(frozen=True, slots=True)
class Material:
    """A file as it came: from the disk, out of a folder or an archive, or from the network.

    shown    how messages call it
    name     of the file, with the ending that tells its format
    address  where it stood on the web, charset and time as the server gave them
    """

    shown: str
    name: str
    data: bytes
    address: str | None = None
    charset: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What is known of a report before it has a place in the corpus.

    told      key of the metadata → value and reason, in the order of front matter; what is not known is not there
    decided   what the file's own front matter says of sections
    composed  whether the title was put together by us
    """

    material: Material
    body: str
    told: Mapping[str, Told]
    decided: Decided
    doubts: tuple[Doubt, ...]
    composed: bool


# How a page labels what a hint says.
_LABELS = {
    "title": "标题",
    "issuer": "发布机构",
    "published": "发布日期",
    "index_number": "索引号",
    "document_number": "发文字号",
}
# What a page states about itself as no text does: taken at its word.
_PLAIN: dict[str, Callable[[str], str | None]] = {
    "published": header.read_date,
    "index_number": header.index_number,
    "document_number": header.document_number,
    "source_url": lambda value: value if value.startswith(("http://", "https://")) and " " not in value else None,
}


def understand(material: Material, sets: Mapping[str, str], bring_in: BringIn, *, ocr: bool = False) -> Understood:
    """What is known of a file's report.

    sets  what the command line says: key of the metadata → value as in front matter, empty for none
    Raises Refused when no report can be made of it, UsageError when a value of `sets` is none.
    """
    arrival = bring_in(material.name, material.data, address=material.address, charset=material.charset, ocr=ocr)
    body = arrival.text
    _refuse_unfit(body)
    own = _own_front_matter(material.data)
    said = _checked(sets)
    hints = [_on_one_line(hint) for hint in arrival.hints if hint.key not in own.values]
    if material.address is not None:
        hints.insert(0, Hint("source_url", material.address, "下载的网址"))
    url = next((str(v) for v in (said.values.get("source_url"), *_plain(hints, "source_url")) if v), None)

    labels = [f"{_LABELS[hint.key]}：{hint.value}" for hint in hints if hint.key in _LABELS]
    alone = _read(body, url)
    weighed = _read("\n".join([*labels, "", body]), url) if labels else alone
    told = _weighed(alone, weighed, hints)
    composed = weighed.composed and alone.composed
    for key in _PLAIN:
        for hint in hints:
            if hint.key == key and (value := _PLAIN[key](hint.value)):
                told[key] = Told(value, hint.where)
                break
    for source, where in ((own, "文首 YAML"), (said, "命令行")):
        told, composed = _with_word_of(source, where, told, composed)
    if "issuer" not in told and "year" not in told:
        raise Refused(
            "intake/not-a-report", "看不出是哪个机关、哪个年度的报告",
            "若确是法治政府建设年度报告，写明再收录：--set issuer=许昌市司法局 --set year=2025",
        )  # fmt: skip
    ordered = {key: told[key] for key in FIELDS if key in told}
    return Understood(material, body, ordered, own, arrival.doubts, composed)


def _refuse_unfit(body: str) -> None:
    """What the build could not read again."""
    if is_blank(body):
        raise Refused("intake/empty", "里面没有一个字", "检查文件；扫描件可以加 --ocr 再试")
    if "\0" in body:
        raise Refused("intake/not-text", "正文里有空字符", "用原来的程序打开，另存为文本再收录")
    try:
        size_bytes = len(body.encode())
    except UnicodeEncodeError:
        raise Refused("intake/not-text", "正文里有残缺的字符", "用原来的程序打开，另存为文本再收录") from None
    if size_bytes > LARGEST_BYTES:
        raise Refused(
            "intake/too-large", f"正文有 {size_bytes / 1e6:.0f} MB，不像一份报告", "看是不是放错了文件；附件请另存"
        )


def _own_front_matter(data: bytes) -> Decided:
    """What a text that was a report of some corpus already says of itself."""
    if not data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        return Decided()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Decided()
    report = read_text(text, name="", file="")
    if broken := next((one for one in report.problems if one.severity == "error"), None):
        raise Refused("intake/front-matter", f"文首 YAML 第 {broken.line} 行：{broken.found}", f"{broken.mend}，再收录")
    return parted(text, report.source.text)[1]


def _checked(sets: Mapping[str, str]) -> Decided:
    """The command line's values, held to the same rules as front matter."""
    for key in sets:
        if key not in FIELDS:
            raise UsageError(f"--set 不认识“{key}”；可以是 {'、'.join(FIELDS)}")
    inner = "".join(f"{key}: {scalar(value or None)}\n" for key, value in sets.items())
    decided, problems = read_front_matter(Source("--set", inner))
    if problems:
        wrong = problems[0]
        raise UsageError(f"--set 的值不对：{wrong.found}；应为{wrong.expected}。{wrong.mend}")
    return decided


def _on_one_line(hint: Hint) -> Hint:
    return replace(hint, value=" ".join(harmless(hint.value).replace("\N{REPLACEMENT CHARACTER}", " ").split()))


def _plain(hints: list[Hint], key: str) -> list[str]:
    return [value for hint in hints if hint.key == key and (value := _PLAIN[key](hint.value))]


def _read(text: str, url: str | None) -> Report:
    front = f"---\nsource_url: {scalar(url)}\n---\n" if url else ""
    return read_text(front + text, name="", file="")


def _weighed(alone: Report, weighed: Report, hints: list[Hint]) -> dict[str, Told]:
    """What the reading says, once without and once with what the page states."""
    told: dict[str, Told] = {}
    for key in FIELDS:
        plain, value = getattr(alone.metadata, key), getattr(weighed.metadata, key)
        # A title of the text stays the report's own, whatever a page puts above it.
        if plain is not None and (plain == value or value is None or (key == "title" and not alone.composed)):
            told[key] = Told(plain, _reason(alone, key), key in alone.metadata.inferred)
        elif value is not None:
            stated = next((hint for hint in hints if hint.key == key), None)
            reason = _reason(weighed, key)
            same = stated is not None and normalise(stated.value) == normalise(str(value))
            told[key] = Told(value, stated.where if stated and same else _from_page(reason, hints), True)
    return told


def _reason(report: Report, key: str) -> str:
    return report.reasons.get(key, "")


def _from_page(reason: str, hints: list[Hint]) -> str:
    """页首的“发布机构” → where that really stands."""
    for key, label in _LABELS.items():
        if f"页首的“{label}”" in reason and (hint := next((one for one in hints if one.key == key), None)):
            return reason.replace(f"页首的“{label}”", hint.where)
    return reason


def _with_word_of(source: Decided, where: str, told: dict[str, Told], composed: bool) -> tuple[dict[str, Told], bool]:
    """A person's values over the others, and what follows from them."""
    values = {
        key: value for key, value in source.values.items() if not key.startswith("source_") or key == "source_url"
    }
    told = {key: one for key, one in told.items() if key not in values or values[key] is not None}
    for key, value in values.items():
        if value is not None:
            told[key] = Told(value, where, key in source.inferred)
    fixed = set(values)
    if "issuer" in fixed and "issuer" in told:
        issuer = str(told["issuer"].value)
        if "issuer_kind" not in fixed:
            told.pop("issuer_kind", None)
            if kind := issuer_kinds.kind_of(issuer):
                told["issuer_kind"] = Told(kind.name, f"机关名称“{issuer}”", True)
        if "place" not in fixed and len(meant := places.resolve(issuer)) == 1:
            told["place"] = Told(meant[0].code, f"机关名称“{issuer}”", True)
            fixed.add("place")
    if "place" in fixed and "place" in told and "level" not in values:
        known, place = told.get("level"), places.place(str(told["place"].value))
        if place is not None and not (known and known.value == "township"):
            told["level"] = Told(places.level_of(place), "由地区推出", True)
    if "title" in values:
        composed = "title" in source.inferred and composed
    elif composed and fixed & {"issuer", "year"}:
        who, when = told.get("issuer"), told.get("year")
        title = compose_title(str(who.value) if who else None, int(when.value) if when else None)
        if title is not None:
            told["title"] = Told(title, "原文没有标题，由机关和年度拼成", True)
    return told, composed
