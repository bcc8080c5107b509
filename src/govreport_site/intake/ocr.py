"""A PDF of pictures → recognised text. The one door for rapidocr and onnxruntime, an extra that may be missing.

In flow the bytes of a PDF, each page drawn as a picture; out flows its text, every page with a
`Doubt`: what a machine recognised is never taken for what was published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from govreport_site.intake.arrival import Arrival, Doubt, Refused
from govreport_site.intake.lines import as_paragraph
from govreport_site.intake.pdf_file import draw_pages, opened
from govreport_site.intake.pdf_layout import Glyph, Page, lay_out

DOTS_PER_INCH = 200  # a character of 16 points is then 44 dots high, what the models are made for
MOST_PAGES = 200
_UNSURE = 0.8  # below this mean certainty of a line (0 to 1) the doubt names it
_SHOWN = 3

# A picture → boxes (four corners as x, y in dots, clockwise from the upper left), texts, certainties.
Recognise = Callable[[Any], tuple[Sequence[Any], Sequence[str], Sequence[float]]]


def read_scan(data: bytes, recognise: Recognise | None = None) -> Arrival:
    """The report in a PDF of pictures.

    recognise  what reads a picture; rapidocr when none is given
    Raises Refused: `intake/no-ocr` when rapidocr is not there, `intake/scanned-pdf` when nothing was
    recognised, `intake/too-large`, and as `pdf_file.opened`.
    """
    recognise = recognise or _rapidocr()
    with opened(data) as document:
        if len(document) > MOST_PAGES:
            raise Refused(
                "intake/too-large",
                f"这个 PDF 有 {len(document)} 页图片，识别的上限是 {MOST_PAGES} 页",
                "只留下报告的那几页，再收入",
            )
        pages, doubts = [], []
        for number, picture in enumerate(draw_pages(document, dots_per_inch=DOTS_PER_INCH), 1):
            boxes, texts, certainties = recognise(picture)
            pages.append(_page(picture.shape[1], picture.shape[0], boxes, texts))
            doubts.append(_doubt(number, texts, certainties))
    layout = lay_out(pages)
    if not layout.paragraphs:
        raise Refused(
            "intake/scanned-pdf", f"这个 PDF 的 {len(pages)} 页图片中没有认出文字", "换成 Word 或网页形式的报告"
        )
    if layout.margins:
        left_out = "、".join(f"“{text}”" for text in layout.margins[:_SHOWN])
        doubts.append(
            Doubt("intake/margin", f"页眉、页脚和页码没有收入：{left_out}", "如果其中有正文或发文字号，补进正文")
        )
    return Arrival("\n".join(map(as_paragraph, layout.paragraphs)) + "\n", (), tuple(doubts))


def _rapidocr() -> Recognise:
    try:
        # Late: an extra that few install, and a second to load.
        import onnxruntime  # noqa: F401, PLC0415
        from rapidocr import RapidOCR  # noqa: PLC0415
    except ImportError as error:
        raise Refused(
            "intake/no-ocr",
            "这个 PDF 全是图片，识别文字要用的 rapidocr 和 onnxruntime 没有安装",
            "安装：pip install 'govreport-site[ocr]'（或 pip install rapidocr onnxruntime），再试；或者换成 Word 或网页形式的报告",
        ) from error
    # Asking of every line whether it stands on its head takes longer than reading it.
    engine = RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})

    def recognise(picture: Any) -> tuple[Sequence[Any], Sequence[str], Sequence[float]]:
        found = engine(picture)
        return ((), (), ()) if found.boxes is None else (found.boxes, found.txts, found.scores)

    return recognise


def _page(width: int, height: int, boxes: Sequence[Any], texts: Sequence[str]) -> Page:
    """Recognised lines as characters at even steps, so that they are joined as those of any PDF; in dots."""
    heights = [float(box[3][1] - box[0][1]) for box in boxes]
    usual = median(heights) if heights else 0.0
    glyphs = []
    for box, text, tall in zip(boxes, texts, heights, strict=True):
        left, right, low = float(box[0][0]), float(box[1][0]), float(box[3][1])
        # Boxes of one font differ by a few dots; sizes must not.
        size = usual if abs(tall - usual) < 0.3 * usual else tall
        size *= 0.8  # a box has air above and below
        step = (right - left) / max(1, len(text))
        glyphs += [
            Glyph(character, left + at * step, height - low, left + (at + 1) * step, min(size, step) if step else size)
            for at, character in enumerate(text)
        ]
    return Page(float(width), float(height), tuple(glyphs))


def _doubt(number: int, texts: Sequence[str], certainties: Sequence[float]) -> Doubt:
    unsure = [text for text, certainty in zip(texts, certainties, strict=True) if certainty < _UNSURE]
    named = "；尤其：" + "、".join(f"“{text[:20]}”" for text in unsure[:_SHOWN]) if unsure else ""
    return Doubt(
        "intake/recognised", f"第 {number} 页的文字是程序从图片中识别的{named}", "识别常有错字、漏字，请逐字对照原文"
    )
