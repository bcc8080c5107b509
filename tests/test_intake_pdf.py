"""The text of a PDF comes in as a reader sees it; what stands around it is named; what has no text is refused."""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_site.intake import pdf_file
from govreport_site.intake.arrival import Refused
from govreport_site.intake.ocr import read_scan
from govreport_site.intake.pdf import read_pdf
from govreport_site.intake.pdf_layout import Glyph, Page, fold_radicals, lay_out
from tests.intake.measure import Case
from tests.intake.office_cases import PDF, REFUSED, picture_pdf, tiny_pdf

EM = 16.0
WIDTH, HEIGHT = 595.0, 842.0
LEFT, ACROSS, DOWN = 73.5, 28, 22  # GB/T 9704: 28 characters a line, 22 lines a page


def glyphs(text: str, x: float, y: float, size: float = EM) -> list[Glyph]:
    return [Glyph(c, x + at * size, y, x + (at + 1) * size, size) for at, c in enumerate(text)]


def page(*drawn: Sequence[Glyph], uprights: tuple[tuple[float, float, float], ...] = ()) -> Page:
    return Page(WIDTH, HEIGHT, tuple(glyph for line in drawn for glyph in line), uprights)


def typeset(paragraphs: Sequence[str]) -> list[Page]:
    """Paragraphs with an indent of two characters, a running head and page numbers, drawn in no order."""
    rows: list[tuple[str, float]] = []
    for text in paragraphs:
        rows.append((text[: ACROSS - 2], LEFT + 2 * EM))
        rows += [(text[at : at + ACROSS], LEFT) for at in range(ACROSS - 2, len(text), ACROSS)]
    pages = []
    for number, at in enumerate(range(0, len(rows), DOWN), 1):
        drawn = [glyphs(text, x, 700 - 28 * row) for row, (text, x) in enumerate(rows[at : at + DOWN])]
        drawn.append(glyphs(f"—{number}—", 280, 40, 14))
        if len(rows) > DOWN:  # on a single page nothing tells a running head from a first line
            drawn.append(glyphs("临川市水务局年报", 220, 800, 10))
        mixed = [one for line in drawn for one in line]
        random.Random(number).shuffle(mixed)
        pages.append(page(mixed))
    return pages


@pytest.mark.parametrize("case", PDF, ids=lambda case: case.name)
def test_every_case_comes_in_line_by_line(case: Case) -> None:
    assert read_pdf(case.make(), ocr=False).text.removesuffix("\n").split("\n") == list(case.body)


@pytest.mark.parametrize(
    ("case", "code", "words"),
    [
        (PDF[0], "intake/margin", "水务法治"),
        (PDF[0], "intake/pdf-table", "工作 件"),
        (PDF[1], "intake/margin", "水务局年报"),
    ]
    + [(PDF[1], "intake/margin", "—3—"), (PDF[2], "intake/columns", "第 1 页")],
)
def test_what_is_left_out_or_moved_is_named(case: Case, code: str, words: str) -> None:
    found = {doubt.code: doubt.found for doubt in read_pdf(case.make(), ocr=False).doubts}
    assert words in found[code]


@pytest.mark.parametrize(("case", "code"), [one for one in REFUSED if one[0].file.endswith("pdf")])
def test_what_has_no_readable_text_is_refused_with_advice(case: Case, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_pdf(case.make(), ocr=False)
    assert refusal.value.code == code
    assert refusal.value.mend


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "MOST_PAGES", 0)
    with pytest.raises(Refused) as refusal:
        read_pdf(tiny_pdf(b""), ocr=False)
    assert refusal.value.code == "intake/too-large"


def test_a_watermark_across_the_page_is_named_and_left_out() -> None:
    """It would stand in the middle of sentences."""
    mark = b"BT /F 40 Tf .7 .7 -.7 .7 100 300 Tm (DRAFT) Tj ET "
    arrival = read_pdf(tiny_pdf(mark + b"BT /F 12 Tf 80 600 Td (Report) Tj ET"), ocr=False)
    assert arrival.text == "Report\n"
    assert [(doubt.code, "DRAFT" in doubt.found) for doubt in arrival.doubts] == [("intake/slanted", True)]


def test_text_that_a_scanner_hid_under_a_picture_is_doubted() -> None:
    arrival = read_pdf(tiny_pdf(b"BT 3 Tr /F 12 Tf 80 600 Td (Report) Tj ET"), ocr=False)
    assert arrival.text == "Report\n"
    assert [doubt.code for doubt in arrival.doubts] == ["intake/text-layer"]


@pytest.mark.parametrize("rotation", [b"/Rotate 90", b""])
def test_a_page_set_sideways_is_read_as_its_text_stands(rotation: bytes) -> None:
    drawn = b"BT /F 12 Tf 0 1 -1 0 300 100 Tm (upper) Tj ET BT /F 12 Tf 0 1 -1 0 340 100 Tm (lower) Tj ET"
    assert read_pdf(tiny_pdf(drawn, page=rotation), ocr=False).text == "upper\nlower\n"


# --- lines and paragraphs ---------------------------------------------------

SENTENCES = st.text("甲乙丙丁年水务局，。“”、（）", min_size=1, max_size=90)
FULL = "甲" * 3 * ACROSS  # a paragraph that shows how wide the page is set


@settings(max_examples=60)
@given(st.lists(SENTENCES, min_size=1, max_size=40))
def test_paragraphs_come_back_as_they_were_set(paragraphs: list[str]) -> None:
    """Whatever the order of drawing, wherever lines and pages end."""
    assert list(lay_out(typeset([FULL, *paragraphs, FULL])).paragraphs) == [FULL, *paragraphs, FULL]


@given(st.lists(st.text("甲行⾏A1 ，“”。", min_size=1, max_size=60), min_size=1, max_size=60), st.integers(0, 99))
def test_no_character_is_lost_or_invented(lines: list[str], seed: int) -> None:
    """However lines lie on the pages: what is not in a paragraph is in a margin."""
    places = random.Random(seed)
    pages = [
        page(*(glyphs(text, places.uniform(40, 300), 780 - 18 * row) for row, text in enumerate(lines[at : at + 40])))
        for at in range(0, len(lines), 40)
    ]
    layout = lay_out(pages)
    got = sorted("".join([*layout.paragraphs, *map(fold_radicals, layout.margins)]).replace(" ", ""))
    if not layout.margins:  # a margin is told once however often it stands there
        assert got == sorted(fold_radicals("".join(lines)).replace(" ", ""))


def test_radicals_of_printers_are_folded_and_nothing_else() -> None:
    """NFKC on a whole text would turn （１）％ into (1)%, which nobody published."""
    assert fold_radicals("⾏⽂⼊⼝⽴，⻓⻔⻢⻅（１）％㈠㎡") == "行文入口立，长门马见（１）％㈠㎡"
    layout = lay_out([page(glyphs("依法⾏政", LEFT, 700))])
    assert (layout.paragraphs, layout.radicals) == (("依法行政",), 1)


def test_marks_of_quotation_drawn_last_stand_where_they_are_seen() -> None:
    text = "推进“放管服”改革。"
    drawn = sorted(glyphs(text, LEFT, 700), key=lambda one: one.text in "“”")
    assert lay_out([page(drawn)]).paragraphs == (text,)


def test_spaces_without_a_width_are_dropped_and_those_with_one_kept() -> None:
    narrow = [Glyph("共", 100, 700, 116, EM), Glyph(" ", 116, 700, 116, EM), Glyph("3", 117, 700, 125, EM)]
    narrow += [Glyph("2", 125, 700, 133, EM), Glyph("件", 137, 700, 153, EM)]
    assert lay_out([page(narrow)]).paragraphs == ("共32件",)
    words = [*glyphs("A", 100, 700, 8), *glyphs("B", 112, 700, 8)]
    assert lay_out([page(words)]).paragraphs == ("A B",)
    typed = [*glyphs("许", 100, 700), Glyph(" ", 116, 700, 120, EM), *glyphs("某", 120, 700)]
    assert lay_out([page(typed)]).paragraphs == ("许 某",)


def test_a_bold_character_drawn_twice_is_one_but_a_ligature_is_two() -> None:
    twice = [Glyph("法", 100, 700, 116, EM), Glyph("法", 100.4, 700, 116.4, EM), *glyphs("治", 116, 700)]
    assert lay_out([page(twice)]).paragraphs == ("法治",)
    ligature = [Glyph("o", 100, 700, 108, EM), Glyph("f", 108, 700, 118, EM), Glyph("f", 108, 700, 118, EM)]
    assert lay_out([page(ligature)]).paragraphs == ("off",)


def test_cells_between_ruled_lines_are_parted() -> None:
    drawn = [glyphs("处罚", 100, 700), glyphs("32件", 133, 700), glyphs("复议", 100, 680), glyphs("5件", 133, 680)]
    layout = lay_out([page(*drawn, uprights=((98, 670, 720), (132.5, 670, 720), (190, 670, 720)))])
    assert layout.paragraphs == ("处罚 32件", "复议 5件")
    assert layout.tables == ("处罚 32件",)


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    """Only what stands at an edge is a page number: a figure may have a line of its own."""
    layout = lay_out([page(glyphs("全年办件", LEFT, 500), glyphs("1060", LEFT, 440), glyphs("－5－", 280, 40))])
    assert layout.paragraphs == ("全年办件", "1060")
    assert layout.margins == ("－5－",)


def test_what_a_browser_prints_is_no_text_and_its_address_a_hint() -> None:
    drawn = [glyphs("2026/1/27 09:30", 30, 825, 8), glyphs("https://www.example.gov.cn/a.html 1/1", 30, 12, 8)]
    layout = lay_out([page(*drawn, glyphs("正文一段", LEFT, 500))])
    assert layout.paragraphs == ("正文一段",)
    assert layout.address == "https://www.example.gov.cn/a.html"


def test_a_heading_begins_a_paragraph_although_the_line_above_is_full() -> None:
    above = "甲" * (ACROSS - 1) + "。"
    drawn = [glyphs(text, LEFT, 700 - 28 * row) for row, text in enumerate([above, "一、主要举措", above, above])]
    assert lay_out([page(*drawn)]).paragraphs == (above, "一、主要举措", above + above)


# --- recognition ------------------------------------------------------------


def box(x: float, y: float, text: str, tall: float = 44) -> list[list[float]]:
    right = x + tall * 0.8 * len(text)
    return [[x, y], [right, y], [right, y + tall], [x, y + tall]]


def test_recognised_pages_are_joined_like_any_other_and_each_is_doubted() -> None:
    first, second = "甲" * 30, "乙" * 10 + "。"
    texts = ["一、主要举措", first, second]
    boxes = [box(270, 300, texts[0]), box(200, 370, first), box(200, 440, second)]
    seen: list[Any] = []

    def recognise(picture: Any) -> tuple[Sequence[Any], Sequence[str], Sequence[float]]:
        seen.append(picture.shape)
        return boxes, texts, (0.99, 0.95, 0.5)

    arrival = read_scan(picture_pdf(), recognise)
    assert arrival.text == f"一、主要举措\n{first}{second}\n"
    assert [doubt.code for doubt in arrival.doubts] == ["intake/recognised"]
    assert second[:5] in arrival.doubts[0].found
    assert seen[0] == (2339, 1653, 3)


def test_pictures_without_a_word_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read_scan(picture_pdf(), lambda picture: ((), (), ()))
    assert refusal.value.code == "intake/scanned-pdf"


def test_without_rapidocr_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(Refused, match="pip install") as refusal:
        read_pdf(picture_pdf(), ocr=True)
    assert refusal.value.code == "intake/no-ocr"


def test_rapidocr_is_asked_as_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer has boxes, txts and scores, all None for an empty page."""
    answers = iter(
        [SimpleNamespace(boxes=[box(200, 300, "甲")], txts=("甲",), scores=(0.9,)), SimpleNamespace(boxes=None)]
    )
    engine = SimpleNamespace(RapidOCR=lambda params: lambda picture: next(answers))
    monkeypatch.setitem(sys.modules, "rapidocr", engine)
    monkeypatch.setitem(sys.modules, "onnxruntime", SimpleNamespace())
    assert read_scan(picture_pdf()).text == "甲\n"
    with pytest.raises(Refused):
        read_scan(picture_pdf())


def test_rapidocr_is_not_loaded_by_reading_a_pdf() -> None:
    """It takes a second and is an extra: only a scan asks for it."""
    importlib.import_module("govreport_site.intake.pdf")
    assert "rapidocr" not in sys.modules
