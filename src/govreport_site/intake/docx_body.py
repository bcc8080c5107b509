"""The text of a Word file, in reading order: what Word shows is kept, what it does not is named. Pure.

In flow the parsed parts; out flow lines and doubts. A paragraph is a line with its automatic
number; a table of several columns is Markdown, one of a single column was only there for the
layout. Nothing is left out without a `Doubt` that says so.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from govreport_site.intake.arrival import Doubt
from govreport_site.intake.docx_lists import Styles, list_of, outline_of, style_of, switched, value, whole
from govreport_site.intake.lines import as_paragraph
from govreport_site.intake.numbering import Counting, List, joined, next_label
from govreport_site.intake.tables import table_lines


@dataclass(frozen=True, slots=True)
class Parts:
    """What a body needs of the other parts of its package.

    margins  headers and footers
    targets  relationship id → path or address
    """

    styles: Styles
    lists: Mapping[str, List]
    footnotes: Element | None = None
    endnotes: Element | None = None
    margins: Sequence[Element] = ()
    targets: Mapping[str, str] = field(default_factory=dict)


# code → what was found ({count}, {samples}), and what to do. A code's doubt comes once a file.
_DOUBTS = {
    "intake/insertions": ("修订：有 {count} 处插入，已当作接受收入：{samples}", "请核对这些修订是否已经定稿"),
    "intake/deletions": (
        "修订：有 {count} 处删除，已当作接受略去：{samples}",
        "请核对这些修订是否已经定稿；未定稿的，补回",
    ),
    "intake/hidden-text": (
        "有 {count} 处隐藏文字没有收入：{samples}",
        "请在 Word 中显示隐藏文字后核对；应当公开的，补进正文",
    ),
    "intake/text-box": ("有 {count} 个文本框，已放在所在段落之前：{samples}", "请对照原文，核对这些文字的位置"),
    "intake/toc": ("目录没有收入（{count} 处）", "目录只是标题的重复，一般不必补"),
    "intake/field": ("有 {count} 个域没有显示结果，没有收入：{samples}", "请对照原文，把显示出来的文字补上"),
    "intake/placeholder": ("有 {count} 处内容控件的提示文字没有收入：{samples}", "请核对这些空白是否应当填写"),
    "intake/symbol": ("有 {count} 个符号字体中的字符，按字形换成了通用字符：{samples}", "请对照原文逐个核对"),
    "intake/unknown-symbol": (
        "有 {count} 个字符只存在于特定字体中，认不出来：{samples}",
        "请对照原文，把 � 改成正确的字",
    ),
    "intake/number-format": ("有 {count} 处自动编号的样式认不出来：{samples}", "请对照原文核对这些编号"),
    "intake/note": ("有 {count} 条脚注或尾注，编号写作 [1]，注文放在文末：{samples}", "请对照原文核对编号和注文"),
    "intake/comment": ("有 {count} 条批注没有收入", "批注不是报告正文，一般不必补"),
    "intake/image": ("有 {count} 张图片，只留了位置：{samples}", "请看图片中是否有文字或表格；有的话，补进正文"),
    "intake/drawing": (
        "有 {count} 个图表、公式或嵌入的对象没有完整收入：{samples}",
        "请对照原文，把其中的文字补进正文",
    ),
    "intake/embedded": (
        "正文中嵌入了 {count} 个别的文件，没有收入：{samples}",
        "请在 Word 中打开，把内容粘贴成普通文字后另存，再收入",
    ),
    "intake/ruby": ("有 {count} 处注音没有收入：{samples}", "一般不必补"),
    "intake/nested-table": ("有 {count} 个表格嵌在表格里，已并入外层的单元格：{samples}", "请对照原文核对这些单元格"),
    "intake/margin": ("页眉页脚没有收入：{samples}", "如果其中有发文字号等内容，请补进正文"),
}

_SAMPLES = 3
_SAMPLE_CHARS = 20
_LOST = "\ufffd"
_LAYOUT = " \t\n\u3000"  # what indents a line or stands for a break around it

# Characters of symbol fonts by what their glyphs show; boxes and ticks are what reports use.
_SYMBOLS = {
    ("wingdings", 0x6C): "●",
    ("wingdings", 0x6E): "■",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x71): "❑",
    ("wingdings", 0x75): "◆",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xD8): "➢",
    ("wingdings", 0xFB): "✗",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x50): "✓",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0x54): "☒",
    ("wingdings 2", 0xA3): "□",
    ("symbol", 0xB7): "•",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB1): "±",
    ("symbol", 0xA3): "≤",
    ("symbol", 0xB3): "≥",
}
# Word's “encircle” is a formula without a result: eq \o\ac(○,1).
_ENCIRCLED = re.compile(r"eq\s+\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,，]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_TOC = re.compile(r"\s*TOC\b", re.IGNORECASE)
# Fields that Word never shows: index marks, variables, names of what follows.
_SILENT = re.compile(r"\s*(XE|TC|TA|RD|SET|ASK|PRIVATE|ADVANCE|GOTOBUTTON|HYPERLINK)\b", re.IGNORECASE)
# Whether a heading says its level itself, so that no # is needed.
_MARKED = re.compile(
    r"[(（]?[一二三四五六七八九十百]{1,4}[、.．)）]|[(（]?[0-9０-９]{1,2}[、.．)）]|[㈠-㈩①-⑳⑴-⒇⒈-⒛]|第.{1,4}[章节条部]"
)
# A report's title and issuer are set as headings in many files; they name the whole and are no part of it.
_TITLE = re.compile("(报告|总结|年报|情况)$")
_SENTENCE = re.compile("[。；]|[：:]$")
_WORDS = re.compile("[一-鿿A-Za-z]")

_INSERTED = frozenset({"w.ins", "w.moveTo"})
_DELETED = frozenset({"w.del", "w.moveFrom"})
_SILENT_ELEMENTS = frozenset(
    "w.pPr w.rPr w.tblPr w.trPr w.tcPr w.sdtPr w.sdtEndPr w.sectPr w.delText w.instrText w.delInstrText w.footnoteRef "
    "w.endnoteRef w.annotationRef w.separator w.continuationSeparator w.softHyphen w.lastRenderedPageBreak w.rt w.rubyPr".split()
)


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False
    shown: bool = False

    @property
    def toc(self) -> bool:
        return bool(_TOC.match(self.code))


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: counters, open fields, notes met, and what is to be told."""

    parts: Parts
    counting: Counting = field(default_factory=Counting)
    fields: list[_Field] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # footnotes or endnotes, and the id there
    found: dict[str, list[str]] = field(default_factory=dict)
    opened: bool = False  # whether the title, or running text, has been seen
    carried: str = ""  # of a paragraph whose end mark is deleted or hidden: it goes on in the next

    def tell(self, code: str, sample: str = "") -> None:
        self.found.setdefault(code, []).append(" ".join(sample.split()))

    @property
    def muted(self) -> bool:
        return any(not one.result or one.toc for one in self.fields)


@dataclass(slots=True)
class _Inline:
    """A paragraph as it is read: its text, and what floats before and after it."""

    style: str | None
    text: str = ""
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def read_body(body: Element, parts: Parts) -> tuple[str, tuple[Doubt, ...]]:
    """w.body → text that ends with a line feed, and what a person should look at."""
    walk = _Walk(parts)
    lines = _blocks(walk, body)
    for number, (kind, name) in enumerate(walk.notes, 1):
        root = parts.footnotes if kind == "footnote" else parts.endnotes
        note = (
            next((one for one in root.iter(f"w.{kind}") if one.get("w.id") == name), None) if root is not None else None
        )
        written = _blocks(walk, note) if note is not None else []
        lines.extend([f"[{number}] {' '.join(written)}"])
        walk.tell("intake/note", " ".join(written))
    for margin in parts.margins:
        text = " ".join("".join(t.text or "" for t in p.iter("w.t")) for p in margin.iter("w.p")).strip()
        if _WORDS.search(re.sub("第|页|共|Page|of", "", text)) and text not in walk.found.get("intake/margin", ()):
            walk.tell("intake/margin", text)
    for line in lines:
        for lost in re.findall("[\ue000-\uf8ff\U000f0000-\U0010ffff]", line):
            walk.tell("intake/unknown-symbol", line[max(0, line.index(lost) - 6) :][:_SAMPLE_CHARS])
    return "\n".join(lines).strip("\n") + "\n", tuple(_doubt(code, samples) for code, samples in walk.found.items())


def _doubt(code: str, samples: list[str]) -> Doubt:
    found, mend = _DOUBTS[code]
    seen = [sample for sample in samples if sample]
    shown = "、".join(f"“{s[:_SAMPLE_CHARS]}{'…' if len(s) > _SAMPLE_CHARS else ''}”" for s in seen[:_SAMPLES])
    more = "等" if len(seen) > _SAMPLES else ""
    return Doubt(code, found.format(count=len(samples), samples=shown + more).rstrip("："), mend)


# --- blocks -----------------------------------------------------------------


def _blocks(walk: _Walk, container: Element, *, cell: bool = False) -> list[str]:
    """The lines of everything in a container, in order; within a cell tables and headings lose their marks."""
    lines: list[str] = []
    for child in _children(walk, container):
        match child.tag:
            case "w.p":
                lines += _paragraph(walk, child, cell=cell)
            case "w.tbl":
                lines += _table(walk, child, cell=cell)
            case "w.altChunk":
                walk.tell("intake/embedded", posixpath.basename(walk.parts.targets.get(child.get("r.id", ""), "")))
            case _ if child.tag not in _SILENT_ELEMENTS:
                lines += _blocks(walk, child, cell=cell)
    if walk.carried and container.tag in ("w.body", "w.tc", "w.txbxContent", "w.footnote", "w.endnote"):
        lines.append(walk.carried)
        walk.carried = ""
    return lines


def _children(walk: _Walk, container: Element) -> Iterator[Element]:
    """What stands in a container for the reader: revisions accepted, controls opened, alternatives chosen."""
    for child in container:
        if child.tag in _DELETED:
            walk.tell("intake/deletions", _all_text(child))
        elif child.tag in _INSERTED:
            if text := _all_text(child):
                walk.tell("intake/insertions", text)
            yield from _children(walk, child)
        elif child.tag == "w.sdt":
            content = child.find("w.sdtContent")
            if content is None:
                continue
            if value(child, "w.sdtPr/w.docPartObj/w.docPartGallery") == "Table of Contents":
                walk.tell("intake/toc")
            elif switched(child, "w.sdtPr/w.showingPlcHdr"):
                walk.tell("intake/placeholder", _all_text(content))
            else:
                yield from _children(walk, content)
        elif child.tag == "mc.AlternateContent":
            choices = [*child.findall("mc.Choice"), *child.findall("mc.Fallback")]
            chosen = next((one for one in choices if _says_something(one)), None)
            if chosen is not None:
                yield from _children(walk, chosen)
        elif child.tag in ("w.smartTag", "w.customXml", "w.hyperlink", "w.dir", "w.bdo"):
            yield from _children(walk, child)
        else:
            yield child


def _says_something(choice: Element) -> bool:
    return any(
        one.tag in ("w.t", "a.t", "a.blip", "v.imagedata", "c.chart", "dgm.relIds", "w.sym") for one in choice.iter()
    )


def _all_text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter() if one.tag in ("w.t", "w.delText", "m.t", "a.t"))


def _paragraph(walk: _Walk, paragraph: Element, *, cell: bool) -> list[str]:
    properties = paragraph.find("w.pPr")
    inline = _Inline(style_of(properties, walk.parts.styles))
    _read_inline(walk, paragraph, inline)
    lines = inline.before
    mark = properties.find("w.rPr") if properties is not None else None
    if mark is not None and any(mark.find(tag) is not None for tag in _DELETED):
        walk.carried += inline.text
        return lines
    text, walk.carried = (walk.carried + inline.text).strip(_LAYOUT), ""
    hidden = bool(switched(mark, "w.vanish"))
    label = None
    numbered = list_of(properties, walk.parts.styles, walk.parts.lists)
    if numbered is not None and not (hidden and not text):
        label = next_label(walk.counting, *numbered)
        if not label.certain:
            walk.tell("intake/number-format", f"{label.text}{text}")
        text = joined(label, text)
    if hidden:
        walk.carried = text
        return lines
    level = outline_of(properties, walk.parts.styles)
    written = [as_paragraph(line) for line in (line.strip(_LAYOUT) for line in text.split("\n")) if line]
    if level and walk.opened and not cell and not label and len(written) == 1 and not _MARKED.match(text):
        written[0] = f"{'#' * level} {written[0]}"
    walk.opened = walk.opened or bool(_TITLE.search(text) or _SENTENCE.search(text))
    return lines + written + inline.after


def _table(walk: _Walk, table: Element, *, cell: bool) -> list[str]:
    rows = [
        (row, [one for one in _children(walk, row) if one.tag == "w.tc"])
        for row in _children(walk, table)
        if row.tag == "w.tr" and not _row_deleted(walk, row)
    ]
    if not any(len(cells) > 1 for _, cells in rows):
        return [line for _, cells in rows for one in cells for line in _blocks(walk, one, cell=cell)]
    written = []
    for row, cells in rows:
        columns = [""] * (whole(value(row, "w.trPr/w.gridBefore")) or 0)
        for one in cells:
            merged = one.find("w.tcPr/w.vMerge"), one.find("w.tcPr/w.hMerge")
            goes_on = any(mark is not None and mark.get("w.val", "continue") == "continue" for mark in merged)
            text = " ".join(_blocks(walk, one, cell=True))
            columns.append("" if goes_on and not text else text)
            columns += [""] * ((whole(value(one, "w.tcPr/w.gridSpan")) or 1) - 1)
        written.append(columns)
    if cell:
        text = " ".join(one for columns in written for one in columns if one)
        walk.tell("intake/nested-table", text)
        return [text] if text else []
    return table_lines(written)


def _row_deleted(walk: _Walk, row: Element) -> bool:
    if row.find("w.trPr/w.del") is None:
        return False
    walk.tell("intake/deletions", _all_text(row))
    return True


# --- within a paragraph -----------------------------------------------------


def _read_inline(walk: _Walk, parent: Element, inline: _Inline) -> None:
    """Adds what a paragraph or a part of it shows."""
    if parent.tag == "w.r" and _hidden(walk, parent, inline):
        if text := _all_text(parent):
            walk.tell("intake/hidden-text", text)
        # Marks of fields lie in hidden runs too; the field stays balanced.
        for one in parent.iter():
            if one.tag in ("w.fldChar", "w.instrText"):
                _field_mark(walk, one, inline)
        return
    for child in _children(walk, parent):
        _read_one(walk, parent, child, inline)


def _read_one(walk: _Walk, parent: Element, child: Element, inline: _Inline) -> None:
    match child.tag:
        case "w.fldChar" | "w.instrText":
            _field_mark(walk, child, inline)
        case "w.fldSimple":
            walk.fields.append(_Field(child.get("w.instr", ""), result=True))
            _read_inline(walk, child, inline)
            if walk.fields.pop().toc:
                walk.tell("intake/toc")
        case "w.txbxContent":
            carried, walk.carried = walk.carried, ""
            _text_box(walk, _blocks(walk, child), inline)
            walk.carried = carried
        case "a.t" if child.text and child.text.strip():
            _text_box(walk, [child.text.strip()], inline)
        case "a.blip" | "v.imagedata":
            _image(walk, child, inline)
        case "c.chart" | "dgm.relIds":
            walk.tell("intake/drawing", "图表" if child.tag == "c.chart" else "SmartArt 图形")
        case "m.oMath":
            walk.tell("intake/drawing", _all_text(child))
            _add(walk, inline, _all_text(child))
        case "w.commentReference":
            walk.tell("intake/comment")
        case "w.ruby":
            walk.tell("intake/ruby", "".join(_all_text(one) for one in child.iter("w.rt")))
            _read_inline(walk, child, inline)
        case "w.object":
            walk.tell("intake/drawing", "嵌入的对象")
            _read_inline(walk, child, inline)
        case tag if tag not in _SILENT_ELEMENTS:
            shown = _shown(walk, parent, child)
            if shown is None:
                _read_inline(walk, child, inline)
            else:
                _add(walk, inline, shown)


def _shown(walk: _Walk, run: Element, child: Element) -> str | None:
    """What a leaf of a run shows; None for what is no leaf."""
    match child.tag:
        case "w.t":
            return _from_symbol_font(walk, run, child.text or "")
        case "w.tab" | "w.ptab":
            return " "
        case "w.br" | "w.cr":
            return "\n"
        case "w.noBreakHyphen":
            return "-"
        case "w.sym":
            code = int(child.get("w.char", "0"), 16)
            return _symbol(walk, child.get("w.font", ""), code)
        case "w.footnoteReference" | "w.endnoteReference":
            if walk.muted:
                return ""
            walk.notes.append((child.tag[2:].removesuffix("Reference"), child.get("w.id", "")))
            # A note with a mark of its own has it written behind the reference.
            return "" if child.get("w.customMarkFollows") in ("1", "true", "on") else f"[{len(walk.notes)}]"
    return None


def _add(walk: _Walk, inline: _Inline, text: str) -> None:
    if walk.muted:
        return
    if text.strip():
        for one in walk.fields:
            one.shown = True
    inline.text += text


def _from_symbol_font(walk: _Walk, run: Element, text: str) -> str:
    """Text as its font shows it: letters set in Wingdings are signs."""
    if run.tag != "w.r":
        return text
    fonts = run.find("w.rPr/w.rFonts")
    font = fonts.get("w.ascii", "") if fonts is not None else ""
    if font.lower() not in ("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol"):
        return text
    return "".join(
        _symbol(walk, font, ord(c)) if (c.isascii() and c.isprintable() and c != " ") or _is_symbol(c) else c
        for c in text
    )


def _is_symbol(character: str) -> bool:
    return "\uf000" <= character <= "\uf0ff"


def _symbol(walk: _Walk, font: str, code: int) -> str:
    """A character of a symbol font as one that every font has; � when it is not known."""
    byte = code & 0xFF
    if not (code <= 0xFF or 0xF000 <= code <= 0xF0FF):
        return chr(code)
    if font.lower() == "symbol" and 0x20 <= byte < 0x7F and not chr(byte).isalpha():
        return chr(byte)  # figures and points are themselves there; letters are Greek
    sign = _SYMBOLS.get((font.lower(), byte))
    walk.tell("intake/symbol" if sign else "intake/unknown-symbol", f"{sign or _LOST}（{font} {byte:02X}）")
    return sign or _LOST


def _hidden(walk: _Walk, run: Element, inline: _Inline) -> bool:
    """Whether a run is hidden text: by itself, its own style or the paragraph's."""
    own = switched(run, "w.rPr/w.vanish")
    if own is not None:
        return own
    styles = walk.parts.styles
    for named in (value(run, "w.rPr/w.rStyle"), inline.style):
        for _, style in styles.chain(named):
            if style.hidden is not None:
                return style.hidden
    return False


def _field_mark(walk: _Walk, mark: Element, inline: _Inline) -> None:
    """Begins, divides or ends a field; its code is never shown, its result is."""
    if mark.tag == "w.instrText":
        if walk.fields and not walk.fields[-1].result:
            walk.fields[-1].code += mark.text or ""
        return
    kind = mark.get("w.fldCharType")
    if kind == "begin":
        walk.fields.append(_Field())
    elif kind == "separate" and walk.fields:
        walk.fields[-1].result = True
    elif kind == "end" and walk.fields:
        ended = walk.fields.pop()
        encircled = _ENCIRCLED.search(ended.code)
        if ended.toc:
            walk.tell("intake/toc")
        elif encircled and 1 <= int(encircled[1]) <= 20:
            _add(walk, inline, chr(ord("①") + int(encircled[1]) - 1))
        elif not ended.shown and not walk.muted and not _SILENT.match(ended.code) and ended.code.strip():
            walk.tell("intake/field", ended.code.strip())


def _text_box(walk: _Walk, lines: Iterable[str], inline: _Inline) -> None:
    kept = [line for line in lines if line]
    if kept and not walk.muted:
        walk.tell("intake/text-box", kept[0])
        inline.before += kept


def _image(walk: _Walk, picture: Element, inline: _Inline) -> None:
    name = picture.get("r.embed") or picture.get("r.link") or picture.get("r.id") or ""
    name = posixpath.basename(walk.parts.targets.get(name, "")) or "image"
    walk.tell("intake/image", name)
    inline.after.append(f"![]({name})")
