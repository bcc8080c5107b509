"""A PDF file → its report. The front of this format.

`pdf_file.py` opens it, `pdf_layout.py` puts its characters in order; a file that is only
pictures goes to `ocr.py` when that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from govreport_site.intake.arrival import Arrival, Doubt, Hint, Refused
from govreport_site.intake.lines import as_paragraph, control_doubts
from govreport_site.intake.ocr import read_scan
from govreport_site.intake.pdf_file import opened, properties, read_pages
from govreport_site.intake.pdf_layout import Layout, Page, lay_out

_COMPARE = "请对照原文核对"
_NO_TITLE = re.compile(r"^(文档|Document|新建|无标题|untitled|about:blank)|^\W*$", re.IGNORECASE)
_PROGRAM = re.compile(r"^Microsoft Word - |\.(docx?|wps|pdf|html?)$", re.IGNORECASE)
_BODY_NAME = re.compile("[一-鿿]{2,}(政府|委员会|委|局|厅|部|院|署|办公室|办|办事处|处|中心|会)$")
_SHOWN = 5


def read_pdf(data: bytes, *, ocr: bool) -> Arrival:
    """The report in a PDF file.

    ocr  whether a file without text may be recognised from its pictures
    Raises Refused: `intake/scanned-pdf`, `intake/encrypted`, `intake/broken`, `intake/too-large`, and as `read_scan`.
    """
    with opened(data) as document:
        pages = read_pages(document)
        stated = properties(document)
    if not any(glyph.text.strip() for page in pages for glyph in page.glyphs):
        if ocr:
            return read_scan(data)
        raise Refused(
            "intake/scanned-pdf",
            f"这个 PDF 有 {len(pages)} 页，都是图片，没有文字",
            "最好换成 Word 或网页形式的报告；没有的话，加上 --ocr 由程序识别（需先安装：pip install 'govreport-site[ocr]'），再逐字核对",
        )
    layout = lay_out(pages)
    text = "\n".join(as_paragraph(paragraph) for paragraph in layout.paragraphs) + "\n"
    return Arrival(text, _hints(stated, layout), (*_doubts(pages, layout), *control_doubts(text.split("\n"))))


def _doubts(pages: list[Page], layout: Layout) -> list[Doubt]:
    text = "\n".join(layout.paragraphs)
    doubts = []
    if layout.margins:
        doubts.append(
            Doubt(
                "intake/margin",
                f"页眉、页脚和页码没有收入：{_quoted(layout.margins)}",
                "如果其中有正文或发文字号，补进正文",
            )
        )
    if empty := [
        number for number, page in enumerate(pages, 1) if not page.glyphs and (page.pictures or page.uprights)
    ]:
        doubts.append(
            Doubt(
                "intake/scanned-page",
                f"{_pages(empty)}是图片，没有文字，没有收入",
                "请看这几页是否是正文；是的话，补进正文",
            )
        )
    if seen := [number for number, page in enumerate(pages, 1) if page.invisible]:
        doubts.append(
            Doubt(
                "intake/text-layer",
                f"{_pages(seen)}的文字是扫描软件识别后衬在图片下面的",
                "识别常有错字，请逐字对照原文",
            )
        )
    if slanted := [page.slanted for page in pages if page.slanted]:
        doubts.append(
            Doubt(
                "intake/slanted",
                f"斜放或竖放的文字没有收入：{_quoted(dict.fromkeys(slanted))}",
                "多半是水印；如果是正文，补进正文",
            )
        )
    if layout.tables:
        doubts.append(
            Doubt(
                "intake/pdf-table",
                f"有 {len(layout.tables)} 个表格，一行写作一段：{_quoted(layout.tables)}",
                f"{_COMPARE}，需要时改写成 Markdown 表格",
            )
        )
    if layout.columned:
        doubts.append(
            Doubt("intake/columns", f"{_pages(layout.columned)}是两栏，已先左后右排好", f"{_COMPARE}先后次序")
        )
    if pictured := [number for number, page in enumerate(pages, 1) if page.pictures and page.glyphs]:
        doubts.append(
            Doubt("intake/image", f"{_pages(pictured)}有图片，没有收入", "请看图片中是否有文字或表格；有的话，补进正文")
        )
    if layout.radicals:
        doubts.append(
            Doubt(
                "intake/radicals",
                f"有 {layout.radicals} 个字在 PDF 中是部首的编码（如 ⾏），已换成同形的字（行）",
                f"一般无误；可{_COMPARE[1:]}",
            )
        )
    if lost := len(re.findall("[\ufffd\ue000-\uf8ff]", text)):
        doubts.append(
            Doubt(
                "intake/unknown-symbol",
                f"有 {lost} 个字，PDF 的字体没有说明是什么字，写作 � 或原来的编码",
                f"{_COMPARE}，改成正确的字",
            )
        )
    return doubts


def _quoted(texts: Mapping[str, object] | tuple[str, ...]) -> str:
    shown = list(texts)
    more = f"等 {len(shown)} 种" if len(shown) > _SHOWN else ""
    return "、".join(f"“{text[:40]}”" for text in shown[:_SHOWN]) + more


def _pages(numbers: list[int] | tuple[int, ...]) -> str:
    more = f"等 {len(numbers)} 页" if len(numbers) > _SHOWN else "页"
    return f"第 {'、'.join(map(str, numbers[:_SHOWN]))} {more}"


def _hints(stated: Mapping[str, str], layout: Layout) -> tuple[Hint, ...]:
    hints = []
    title = _PROGRAM.sub("", stated.get("Title", "")).strip()
    if not _NO_TITLE.search(title):
        hints.append(Hint("title", title, "PDF 文件属性中的“标题”"))
    if _BODY_NAME.search(author := stated.get("Author", "")):
        hints.append(Hint("issuer", author, "PDF 文件属性中的“作者”"))
    if layout.address:
        hints.append(Hint("source_url", layout.address, "打印网页时印在页脚的网址"))
    return tuple(hints)
