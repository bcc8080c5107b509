"""Plain text, folders and zip files: characters as they were, nobody hurt by an archive, what is odd said."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site.intake.archive import is_left_over, members
from govreport_site.intake.arrival import Refused
from govreport_site.intake.bring_in import bring_in
from govreport_site.intake.encoding import Claim, decode
from govreport_site.normalise import is_blank
from tests.intake.html_cases import CASES, PLAIN, XUCHANG, ZHENGZHOU
from tests.intake.measure import Case, arrive, measure
from tests.strategies import report_texts

TEXTS = [case for case in CASES if case.file.endswith(("txt", "md"))]


def refused(name: str, data: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        bring_in(name, data)
    assert caught.value.found and caught.value.mend
    return caught.value


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.name)
def test_a_text_comes_in_whole(case: Case) -> None:
    row = measure(case)
    assert row.perfect, row


def test_joined_lines_are_said_and_others_are_left_alone() -> None:
    by_name = {case.name: [doubt.code for doubt in arrive(case).doubts] for case in TEXTS}
    assert by_name.pop("txt, hard-wrapped") == ["intake/hard-wrapped"]
    assert not any(by_name.values()), by_name


def test_front_matter_of_ours_passes_untouched() -> None:
    body = "正文\r\n\x07# 一\r\n"
    arrival = bring_in("a.txt", f"---\ntitle: 报告\npublished: 2026-01-28\nsections:\n  一: x\n---\n{body}".encode())
    assert arrival.text == body
    assert [(hint.key, hint.value) for hint in arrival.hints] == [("title", "报告"), ("published", "2026-01-28")]


def test_control_characters_stay_and_are_said() -> None:
    arrival = bring_in("a.txt", f"第一行\n第二\x07行\n{PLAIN}".encode())
    assert "第二\x07行" in arrival.text
    assert [(doubt.code, "U+0007" in doubt.found, "第 2 行" in doubt.found) for doubt in arrival.doubts] == [
        ("intake/control", True, True)
    ]


def test_a_sign_of_markdown_in_a_text_is_said() -> None:
    assert [doubt.code for doubt in bring_in("a.txt", f"# 一\n{PLAIN}".encode()).doubts] == ["intake/markup"]
    assert bring_in("a.md", f"# 一\n{PLAIN}".encode()).doubts == ()


def test_verse_and_lists_are_not_joined() -> None:
    lines = [f"{number}．法治政府建设要点，逐项落实到人，按期完成。" for number in range(10, 40)]
    assert bring_in("a.txt", "\n".join(lines).encode()).text.split("\n")[:-1] == lines


# --- Encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("claim", [None, "utf-8", "gb2312", "GBK", "big5", "iso-8859-1", "nonsense"])
def test_what_is_said_of_an_encoding_never_spoils_a_report(encoding: str, claim: str | None) -> None:
    text = "\n".join(ZHENGZHOU)
    claims = [Claim(claim, "网页")] if claim else []
    assert decode(text.encode(encoding), claims).text == text


@given(st.lists(st.integers(0, 4000), max_size=5), st.sampled_from(["utf-8", "gb18030"]))
def test_broken_bytes_do_not_switch_the_encoding(places: list[int], encoding: str) -> None:
    """Each broken byte costs its line at most; every other line is as it was."""
    data = bytearray("\n".join(ZHENGZHOU).encode(encoding))
    for place in places:
        if data[place] != 10:
            data[place] = 0xFF
    lines = decode(bytes(data)).text.split("\n")
    assert len(lines) == len(ZHENGZHOU)
    assert sum(one != other for one, other in zip(lines, ZHENGZHOU, strict=True)) <= len(places)


def test_bytes_of_no_encoding_are_doubted() -> None:
    doubts = decode("龘靐齉爩鱻麤龗灪龖厵滟爨癵籱饢驫".encode("gb18030")).doubts
    assert [doubt.code for doubt in doubts] == ["intake/encoding-unsure"]


@given(report_texts())
def test_no_text_is_lost(text: str) -> None:
    """Whatever stands in a text file comes in, but for line ends and the byte order mark."""
    try:
        arrival = bring_in("a.md", text.encode())
    except Refused:
        return

    def seen(some: str) -> str:
        return "".join(c for c in some if not is_blank(c) and c not in "\x1c\x1d\x1e\x1f")

    if arrival.hints or text.startswith("---"):
        return
    assert seen(arrival.text) == seen(text) or "<" in text  # what looks like a page is read as one


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.md", "a", "a.mhtml"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        assert bring_in(name, data).text
    except Refused as error:
        assert error.code.startswith("intake/")


# --- Formats by content ---------------------------------------------------------------------------


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


# Name, bytes, and the code of the refusal.
REFUSED = [
    ("a.txt", b"", "intake/empty"),
    ("a.txt", b" \r\n\0\0", "intake/empty"),
    ("a.txt", "　\n".encode(), "intake/empty"),
    ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "intake/unknown-format"),
    ("a.docx", zipped({"xl/workbook.xml": b"<x/>"}), "intake/unknown-format"),
    ("a.zip", zipped({"报告.txt": b"x"}), "intake/unknown-format"),
    ("a.ofd", zipped({"OFD.xml": b"<x/>"}), "intake/unknown-format"),
    ("a.docx", zipped({"word/document.xml": b"<x/>"})[:40], "intake/broken"),
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "intake/encrypted"),
    ("a.doc", OLE + "Workbook".encode("utf-16-le"), "intake/unknown-format"),
    ("a.txt", PLAIN.encode() + b"\0", "intake/not-text"),
    ("a.rar", b"Rar!\x1a\x07\x01\0", "intake/unknown-format"),
    ("a.bin", bytes(range(256)) * 20, "intake/unknown-format"),
    ("a.txt", b"x" * (64 * 1024 * 1024 + 1), "intake/too-large"),
]


# Bytes are no names: those of an archive tell the time.
@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[f"{n}-{one[0]}" for n, one in enumerate(REFUSED)])
def test_what_is_no_report_is_refused_with_what_to_do(name: str, data: bytes, code: str) -> None:
    assert refused(name, data).code == code


# --- Folders and archives -------------------------------------------------------------------------


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    return path


def refused_archive(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        list(members(path))
    assert caught.value.mend
    return caught.value.code


FILES = {
    "2025/许昌.txt": "许昌".encode(),
    "2025/郑州.html": b"<p>",
    "__MACOSX/2025/._x.txt": b"x",
    "2025/.DS_Store": b"x",
    "2025/~$许昌.docx": b"x",
    "2025/报告.wps.tmp": b"x",
    "2025/郑州_files/a.css": b"x",
}


def test_a_zip_and_a_folder_give_the_same_files_without_what_programs_left(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(data)
    wanted = [("2025/许昌.txt", "许昌".encode()), ("2025/郑州.html", b"<p>")]
    assert list(members(written(tmp_path, zipped(FILES)))) == wanted
    assert list(members(tmp_path / "folder")) == wanted


def test_a_link_in_a_folder_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert list(members(tmp_path / "folder")) == []


def test_names_in_gbk_and_with_backslashes_are_read(tmp_path: Path) -> None:
    """Windows writes names in GBK without saying so."""
    raw = "目录\\许昌市报告.txt".encode("gbk")
    data = zipped({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
    assert list(members(written(tmp_path, data))) == [("目录/许昌市报告.txt", b"1")]


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "C:/x.txt", "a/../../x.txt", "..\\x.txt", "a\x1b[2J.txt"])
def test_names_that_lead_out_condemn_the_archive(tmp_path: Path, name: str) -> None:
    assert refused_archive(written(tmp_path, zipped({"a.txt": b"1", name: b"2"}))) == "intake/unsafe-name"


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    assert refused_archive(written(tmp_path, zipped({"b.zip": zipped({"a": b"1"})}))) == "intake/nested-archive"
    assert refused_archive(written(tmp_path, zipped({"b.doc": b"Rar!\x1a\x07\x00"}))) == "intake/nested-archive"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert refused_archive(written(tmp_path, zipped({"a.txt": b"0" * 30_000_000}))) == "intake/too-large"


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    assert refused_archive(written(tmp_path, zipped({str(at): b"" for at in range(5_001)}))) == "intake/too-large"


def test_an_archive_that_lies_about_sizes_is_found_out(tmp_path: Path) -> None:
    """Sizes in the directory are a claim: reading stops at what was claimed or at the limit."""
    data = bytearray(zipped({"a.txt": b"0" * 30_000_000}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)
    assert refused_archive(written(tmp_path, bytes(data))) == "intake/broken"


def test_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"1"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert refused_archive(written(tmp_path, bytes(data))) == "intake/encrypted"


@pytest.mark.parametrize("cut", [3, 30, 60, -5])
def test_a_broken_archive_is_refused(tmp_path: Path, cut: int) -> None:
    assert refused_archive(written(tmp_path, zipped({"a.txt": b"1" * 50})[:cut])) == "intake/broken"


def test_what_stands_beside_reports_by_accident() -> None:
    assert is_left_over("a/Thumbs.db") and is_left_over(".git/x") and is_left_over("~WRL0001.tmp")
    assert not is_left_over("a/许昌.docx")


def test_every_made_text_is_of_the_corpus() -> None:
    """The cases are worth something only while their truth is a report's own text."""
    assert len(CASES) >= 40
    assert all(
        set(case.body) & {*XUCHANG, *ZHENGZHOU}
        for case in TEXTS
        if "big5" not in case.name and case.name != "txt, one paragraph"
    )
