"""What Word shows comes in, what Word does not show is named; what is no Word file is refused with advice."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.intake import doc as old_word
from govreport_site.intake.arrival import Refused
from govreport_site.intake.doc import command_line, find_libreoffice, read_doc
from govreport_site.intake.docx import read_docx
from govreport_site.intake.numbering import write_number
from govreport_site.reading.markers import int_to_numeral
from tests.intake.make_docx import complex_field, docx, numbered, paragraph, recipe, run, style, text_box
from tests.intake.measure import Case, arrive, measure
from tests.intake.office_cases import CASES, REFUSED, WORD


def lines(data: bytes) -> list[str]:
    return [line for line in read_docx(data).text.split("\n") if line]


def codes(data: bytes) -> set[str]:
    return {doubt.code for doubt in read_docx(data).doubts}


@pytest.mark.parametrize("case", WORD, ids=lambda case: case.name)
def test_every_case_comes_in_line_by_line(case: Case) -> None:
    assert [line for line in read_docx(case.make()).text.split("\n") if line] == list(case.body)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_office_file_is_known_by_its_bytes_and_measured_perfect(case: Case) -> None:
    assert measure(case).perfect


@pytest.mark.parametrize(("case", "code"), REFUSED, ids=lambda one: getattr(one, "name", ""))
def test_what_no_report_can_be_made_of_is_refused_at_the_front(case: Case, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        arrive(case)
    assert refusal.value.code == code


DROPPED = {
    "intake/deletions": paragraph("甲", f"<w:del>{run('乙')}</w:del>"),
    "intake/insertions": paragraph("甲", f"<w:ins>{run('乙')}</w:ins>"),
    "intake/hidden-text": paragraph("甲", run("乙", "<w:vanish/>")),
    "intake/toc": paragraph("甲") + paragraph(complex_field("TOC \\o", run("乙"))),
    "intake/field": paragraph("甲", complex_field("EQ \\f(1,2)")),
    "intake/placeholder": f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('单击输入')}</w:sdtContent></w:sdt>",
    "intake/symbol": paragraph(run("\uf0a8", '<w:rFonts w:ascii="Wingdings"/>')),
    "intake/unknown-symbol": paragraph('<w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r>'),
    "intake/comment": paragraph("甲", '<w:r><w:commentReference w:id="1"/></w:r>'),
    "intake/image": paragraph('<w:r><w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'),
    "intake/drawing": paragraph("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
    "intake/embedded": paragraph("甲") + '<w:altChunk r:id="x"/>',
    "intake/ruby": paragraph(
        f"<w:r><w:ruby><w:rt>{run('zhì')}</w:rt><w:rubyBase>{run('治')}</w:rubyBase></w:ruby></w:r>"
    ),
    "intake/text-box": paragraph(text_box(paragraph("临川市水务局文件")), "甲"),
}


@pytest.mark.parametrize("code", DROPPED)
def test_nothing_is_left_out_or_moved_without_a_doubt(code: str) -> None:
    assert codes(docx(DROPPED[code])) == {code}


def test_text_in_the_page_head_is_named_but_page_numbers_are_not() -> None:
    """Some files keep the red head in the page head; — 3 — is worth no line."""
    assert codes(docx(paragraph("甲"), parts={"header1": paragraph("临川市水务局文件")})) == {"intake/margin"}
    assert codes(docx(paragraph("甲"), parts={"header1": paragraph("第 3 页 共 9 页")})) == set()


def test_private_characters_of_old_fonts_are_kept_and_named() -> None:
    data = docx(paragraph("李\ue5f1同志"))
    assert lines(data) == ["李\ue5f1同志"]
    assert codes(data) == {"intake/unknown-symbol"}


def test_an_unknown_number_format_counts_in_digits_and_is_named() -> None:
    numbering = recipe(0, ("hebrew1", "%1.")) + numbered(1, 0)
    data = docx(paragraph("甲", number=(1, 0)), parts={"numbering": numbering})
    assert lines(data) == ["1.甲"]
    assert codes(data) == {"intake/number-format"}


def test_a_recipe_kept_in_a_style_is_followed() -> None:
    """numStyleLink: the list that a paragraph names has no levels of its own."""
    numbering = (
        recipe(0, ("chineseCounting", "%1、"))
        + '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + numbered(1, 0)
        + numbered(2, 1)
    )
    styles = style("L", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    data = docx(
        paragraph("甲", number=(2, 0)) + paragraph("乙", number=(1, 0)),
        parts={"numbering": numbering, "styles": styles},
    )
    assert lines(data) == ["一、甲", "二、乙"]


def test_a_deleted_numbered_paragraph_does_not_count() -> None:
    numbering = recipe(0, ("chineseCounting", "%1、")) + numbered(1, 0)
    gone = paragraph(f"<w:del>{run('作废')}</w:del>", number=(1, 0), properties="<w:rPr><w:del/></w:rPr>")
    data = docx(paragraph("甲", number=(1, 0)) + gone + paragraph("乙", number=(1, 0)), parts={"numbering": numbering})
    assert lines(data) == ["一、甲", "二、乙"]


def test_old_properties_kept_by_revisions_are_not_read() -> None:
    """pPrChange and rPrChange hold what was before: its number and its hidden mark are gone."""
    numbering = recipe(0, ("chineseCounting", "%1、")) + numbered(1, 0)
    before = '<w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    shown = run("甲", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")
    assert lines(docx(paragraph(shown, properties=before), parts={"numbering": numbering})) == ["甲"]


@given(st.integers(1, 99))
def test_chinese_numbers_are_those_that_headings_are_read_by(number: int) -> None:
    for format in ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting"):
        assert write_number(number, format) == int_to_numeral(number)


@pytest.mark.parametrize(
    ("format", "written"),
    [
        ("chineseCounting", {100: "一○○"}),
        ("chineseCountingThousand", {100: "一百", 105: "一百零五", 110: "一百一十", 1010: "一千零一十"}),
        ("japaneseCounting", {10: "十", 101: "百一", 111: "百十一"}),
        ("ideographDigital", {10: "一〇", 23: "二三"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("chineseLegalSimplified", {10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {3: "⑶"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("lowerLetter", {1: "a", 27: "aa", 53: "aaa"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "甲子"}),
        ("decimal", {0: "0"}),
        ("chineseCounting", {0: "0"}),
    ],
)
def test_numbers_are_written_as_word_writes_them(format: str, written: dict[int, str]) -> None:
    assert {number: write_number(number, format) for number in written} == written


@given(st.lists(st.text("一二（）、|#\\*_“”。 　A1\t\n-", max_size=12), min_size=1, max_size=6))
def test_no_character_of_a_paragraph_is_lost_or_invented(texts: list[str]) -> None:
    got = read_docx(docx("".join(paragraph(run(text)) for text in texts))).text
    assert "".join(got.split()) == "".join("".join(texts).split())


# --- refusals ---------------------------------------------------------------


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(30_000_000))
    return stream.getvalue()


def entities() -> bytes:
    text = '<!DOCTYPE w [<!ENTITY a "甲">]><w>&a;</w>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", text)
    return stream.getvalue()


def other_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"not a zip", "intake/broken"),
        (lambda: docx(paragraph("甲"))[:-40], "intake/broken"),
        (lambda: docx("<w:p>"), "intake/broken"),
        (lambda: docx("<w:p>" * 3000 + "</w:p>" * 3000), "intake/broken"),
        (entities, "intake/broken"),
        (bomb, "intake/too-large"),
        (other_zip, "intake/unknown-format"),
        (lambda: OLE, "intake/unknown-format"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "intake/encrypted"),
    ],
)
def test_what_is_no_readable_word_file_is_refused_with_advice(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_docx(make())
    assert refusal.value.code == code
    assert refusal.value.mend


# --- doc, wps, rtf ----------------------------------------------------------


def pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, behaviour: str) -> None:
    """A program that stands for LibreOffice: Python that sees its arguments as `argv` and does as told."""
    script = folder / "soffice.py"
    script.write_text(f"import pathlib, shutil, subprocess, sys, time\nargv = sys.argv[1:]\n{behaviour}\n", "utf-8")

    def called(program: str, source: Path, folder: Path) -> list[str]:
        return [sys.executable, str(script), *command_line(program, source, folder)[1:]]

    monkeypatch.setattr(old_word, "find_libreoffice", lambda: "soffice")
    monkeypatch.setattr(old_word, "command_line", called)


def test_each_run_has_a_profile_of_its_own_and_writes_docx(tmp_path: Path) -> None:
    command = command_line("soffice", tmp_path / "report.doc", tmp_path)
    assert f"-env:UserInstallation={tmp_path.as_uri()}/profile" in command
    assert command[command.index("--convert-to") + 1].startswith("docx")
    assert command[command.index("--outdir") + 1] == str(tmp_path)
    assert "--headless" in command


def test_without_libreoffice_the_advice_is_to_save_as_docx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_word, "find_libreoffice", lambda: None)
    with pytest.raises(Refused, match=r"另存为.*docx") as refusal:
        read_doc(tmp_path / "报告.wps")
    assert refusal.value.code == "intake/no-libreoffice"


def test_what_libreoffice_makes_is_read_and_its_place_left_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file goes in under a name of ours: one that begins with - would be taken for an option."""
    made = tmp_path / "made.docx"
    made.write_bytes(WORD[0].make())
    seen = tmp_path / "seen"
    pretend(
        monkeypatch,
        tmp_path,
        "source = pathlib.Path(argv[-1]); assert source.read_bytes() == b'old word'\n"
        f"pathlib.Path({str(seen)!r}).write_text(str(source))\n"
        f"shutil.copy({str(made)!r}, pathlib.Path(argv[argv.index('--outdir') + 1]) / (source.stem + '.docx'))",
    )
    report = tmp_path / "-报告.wps"
    report.write_bytes(b"old word")
    arrival = read_doc(report)
    assert [line for line in arrival.text.split("\n") if line] == list(WORD[0].body)
    assert [doubt.code for doubt in arrival.doubts] == ["intake/converted"]
    source = Path(seen.read_text("utf-8"))
    assert source.name == "report.wps"
    assert not source.parent.exists()


def test_a_file_that_is_not_converted_is_refused_with_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, tmp_path, "print('source file could not be loaded')")
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(Refused, match="could not be loaded") as refusal:
        read_doc(tmp_path / "a.doc")
    assert refusal.value.code == "intake/broken"


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are of POSIX; there the program itself is ended")
def test_a_run_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = tmp_path / "alive"
    child = f"import time, pathlib; time.sleep(1.5); pathlib.Path({str(sign)!r}).touch()"
    pretend(monkeypatch, tmp_path, f"subprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(60)")
    monkeypatch.setattr(old_word, "SECONDS", 0.5)
    (tmp_path / "a.doc").write_bytes(b"x")
    began = time.monotonic()
    with pytest.raises(Refused) as refusal:
        read_doc(tmp_path / "a.doc")
    assert refusal.value.code == "intake/broken"
    assert time.monotonic() - began < 10
    time.sleep(1.5)
    assert not sign.exists()


RTF = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}\pard\uc1 "
    + "".join(rf"\u{ord(c)}?" for c in "一、主要举措：检查32次。")
    + r"\par}"
)


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not here; its fake above is always asked")
def test_the_real_libreoffice_is_understood(tmp_path: Path) -> None:
    (tmp_path / "报告.rtf").write_text(RTF, "ascii")
    assert read_doc(tmp_path / "报告.rtf").text == "一、主要举措：检查32次。\n"
