"""A PDF file → its pages: every character with its place, ruled lines, pictures. The one door for pypdfium2.

What the characters say to a reader, `pdf_layout.py` knows; nothing is put in order here.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from govreport_site.intake.arrival import Refused
from govreport_site.intake.pdf_layout import Glyph, Page

LARGEST_BYTES = 200 * 1024 * 1024
MOST_PAGES = 2000
MOST_GLYPHS = 5_000_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_INVISIBLE = 3  # the text render mode of the layer that scanners lay over a picture
_UPRIGHT_DEGREES = 3
_RULE_POINTS = 2.5  # no thicker is a ruled line


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document, closed at the end. Raises Refused: damaged, encrypted, too large."""
    if len(data) > LARGEST_BYTES:
        raise Refused(
            "intake/too-large", f"这个 PDF 有 {len(data) // 1024 // 1024} MB，上限是 200 MB", "压缩其中的图片后再收入"
        )
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Refused(
                "intake/encrypted", "这个 PDF 设有打开密码", "用 PDF 阅读软件输入密码打开，“打印”成新的 PDF，再收入"
            ) from error
        raise Refused(
            "intake/broken", "这个 PDF 已损坏，打不开", "重新下载一次；仍打不开时，换成 Word 或网页形式的报告"
        ) from error
    try:
        if len(document) > MOST_PAGES:
            raise Refused(
                "intake/too-large",
                f"这个 PDF 有 {len(document)} 页，上限是 {MOST_PAGES} 页",
                "只留下报告的那几页，再收入",
            )
        yield document
    finally:
        document.close()


def properties(document: Any) -> dict[str, str]:
    """The document's own word on itself: Title, Author and the like."""
    return {key: value.strip() for key, value in document.get_metadata_dict().items()}


def read_pages(document: Any) -> list[Page]:
    """Every page with its characters, as the file draws them. Raises Refused when pages cannot be read."""
    pages, glyphs = [], 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError as error:
            raise Refused(
                "intake/broken", f"这个 PDF 的第 {number + 1} 页已损坏", "重新下载一次，或换成 Word、网页形式的报告"
            ) from error
        pages.append(_read_page(page))
        page.close()
        glyphs += len(pages[-1].glyphs)
        if glyphs > MOST_GLYPHS:
            raise Refused(
                "intake/too-large", "这个 PDF 的文字超过 500 万字，不像一份报告", "只留下报告的那几页，再收入"
            )
    return pages


def draw_pages(document: Any, *, dots_per_inch: int) -> Iterator[Any]:
    """Each page as a picture: an array of rows, columns and the colours blue, green, red."""
    for number in range(len(document)):
        page = document[number]
        yield page.render(scale=dots_per_inch / 72, rev_byteorder=False).to_numpy().copy()
        page.close()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A character as the file draws it: origin, the far corner of its box, and the angle of its line in degrees."""

    text: str
    x: float
    y: float
    far_x: float
    far_y: float
    size: float
    angle: float


def _read_page(page: Any) -> Page:
    text = page.get_textpage()
    drawn = list(_drawn(text))
    invisible = _invisible(text)
    text.close()
    # Most of the text stands upright for the reader, whatever the page says of its rotation:
    # a table set sideways is read sideways.
    turns = Counter(round(one.angle / 90) % 4 * 90 for one in drawn if not one.text.isspace())
    turned = turns.most_common(1)[0][0] if turns else page.get_rotation() % 360
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom

    def place(x: float, y: float) -> tuple[float, float]:
        """A point of the file as it stands on the page that a reader sees."""
        x, y = x - left, y - bottom
        return {0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[turned]

    glyphs, slanted = [], []
    for one in drawn:
        if abs((one.angle - turned + 180) % 360 - 180) > _UPRIGHT_DEGREES and not one.text.isspace():
            slanted.append(one.text)
            continue
        x, y = place(one.x, one.y)
        glyphs.append(Glyph(one.text, x, y, max(x, place(one.far_x, one.far_y)[0]), one.size))
    uprights, pictures = [], 0
    for shape in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH, pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
        x0, y0, x1, y1 = shape.get_bounds()
        (x0, y0), (x1, y1) = place(x0, y0), place(x1, y1)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if shape.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE:
            pictures += x1 - x0 > 20 and y1 - y0 > 20
        elif y1 - y0 > 6 and x1 - x0 <= _RULE_POINTS:
            uprights.append(((x0 + x1) / 2, y0, y1))
        elif y1 - y0 > 6 and x1 - x0 > 15 and y1 - y0 < height / 2:
            uprights += [(x0, y0, y1), (x1, y0, y1)]  # a cell drawn as a frame
    seen = (height, width) if turned in (90, 270) else (width, height)
    return Page(*seen, tuple(glyphs), tuple(uprights), pictures, "".join(slanted), invisible)


def _drawn(text: Any) -> Iterator[_Drawn]:
    """Every character that the file itself has; spaces and line ends that the reader made up are none."""
    for at in range(text.count_chars()):
        if pdfium.raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        character = _character(text, at)
        if not character:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.raw.FPDFText_GetCharOrigin(text, at, x, y)
        matrix = pdfium.raw.FS_MATRIX()
        pdfium.raw.FPDFText_GetMatrix(text, at, matrix)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        size = pdfium.raw.FPDFText_GetFontSize(text, at) * (math.hypot(matrix.c, matrix.d) or 1)
        low_x, low_y, high_x, high_y = text.get_charbox(at, loose=True)
        # The corner behind the character in the direction of its line.
        far = {0: (high_x, low_y), 1: (high_x, high_y), 2: (low_x, high_y), 3: (low_x, low_y)}[round(angle / 90) % 4]
        yield _Drawn(character, x.value, y.value, *far, size, angle)


def _invisible(text: Any) -> bool:
    """Whether text lies unseen on the page, as scanners leave what they recognised; one character of fifty tells."""
    for at in range(0, text.count_chars(), 50):
        drawn = pdfium.raw.FPDFText_GetTextObject(text, at)
        if drawn and pdfium.raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            return True
    return False


def _character(text: Any, at: int) -> str:
    """The character that a glyph stands for; nothing for the second half of a pair, � when the font does not say."""
    code = pdfium.raw.FPDFText_GetUnicode(text, at)
    if 0xD800 <= code < 0xDC00:
        low = pdfium.raw.FPDFText_GetUnicode(text, at + 1)
        return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)) if 0xDC00 <= low < 0xE000 else "\ufffd"
    if 0xDC00 <= code < 0xE000:
        return ""
    if code == 2 or pdfium.raw.FPDFText_IsHyphen(text, at) == 1:
        return "-"
    if code in (0, 0xFFFE, 0xFFFF) or pdfium.raw.FPDFText_HasUnicodeMapError(text, at) == 1:
        return "\ufffd"
    return " " if code in (9, 10, 13) else chr(code)
