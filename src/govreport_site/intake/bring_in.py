"""A file of any format → a report as it came in. The wing's front.

What a file is, its bytes decide; its name only helps where they are silent. A .doc may be HTML, RTF or docx,
a .html a saved page. The rooms that need heavy libraries are imported when a file asks for them.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Literal

from govreport_site.intake.archive import LARGEST_FILE_BYTES, PACKED
from govreport_site.intake.arrival import Arrival, Doubt, Hint, Refused
from govreport_site.intake.encoding import decode
from govreport_site.intake.mhtml import read_mhtml
from govreport_site.intake.plain import read_plain
from govreport_site.intake.web_page import read_web_page

Format = Literal["html", "mhtml", "docx", "doc", "rtf", "wps", "odt", "pdf", "text"]

_SUFFIXES: dict[str, Format] = {
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".jhtml": "html", ".mhtml": "mhtml", ".mht": "mhtml",
    ".docx": "docx", ".docm": "docx", ".doc": "doc", ".wps": "wps", ".rtf": "rtf", ".odt": "odt", ".pdf": "pdf",
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text",
}  # fmt: skip
_SHOWN: dict[Format, str] = {
    "html": "网页", "mhtml": "MHTML 网页", "docx": "Word 文档（docx）", "doc": "旧版 Word 文档（doc）", "wps": "WPS 文档",
    "rtf": "RTF 文档", "odt": "ODT 文档", "pdf": "PDF", "text": "纯文本",
}  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(rb"<(?:p|div|span|table|br|h[1-6]|td)\b[^>]*>", re.IGNORECASE)
_MIME = re.compile(rb"^(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}", re.MULTILINE)
_HEAD_BYTES = 4096


def bring_in(
    name: str, data: bytes, *, address: str | None = None, charset: str | None = None, ocr: bool = False
) -> Arrival:
    """The report in a file.

    name     the file's name; its suffix helps to say what it is
    address  where it was fetched from
    charset  what the server said of its encoding
    ocr      whether pages that are pictures may be recognised
    Raises Refused: too large, empty, no report, no format of ours.
    """
    if len(data) > LARGEST_FILE_BYTES:
        raise Refused(
            "intake/too-large",
            f"“{name}”有 {len(data) / 1e6:.0f} MB，超过 {LARGEST_FILE_BYTES / 1e6:.0f} MB",
            "一份报告没有这么大；看是不是放错了文件，图片多的请先另存为较小的文件",
        )
    if not data.strip(b"\0 \t\r\n\x0b\x0c"):
        raise Refused("intake/empty", f"“{name}”是空文件", "重新下载或重新保存，再收录")
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    named = _SUFFIXES.get(suffix)
    found = _format(name, data, named)
    arrival = _read(found, name, data, address, charset, ocr)
    if named is not None and named != found:
        doubt = Doubt(
            "intake/other-format",
            f"扩展名是 {suffix}，内容却是{_SHOWN[found]}，已按{_SHOWN[found]}读出",
            "看正文是否完整；不完整就用原来的程序打开，另存后再收录",
        )
        arrival = replace(arrival, doubts=(doubt, *arrival.doubts))
    if address and not any(hint.key == "source_url" for hint in arrival.hints):
        arrival = replace(arrival, hints=(*arrival.hints, Hint("source_url", address, "收录时的网址")))
    return arrival


def _read(found: Format, name: str, data: bytes, address: str | None, charset: str | None, ocr: bool) -> Arrival:
    match found:
        case "html":
            return read_web_page(data, charset=charset, address=address)
        case "mhtml":
            return read_mhtml(data, address=address)
        case "text":
            markdown = name.lower().endswith((".md", ".markdown"))
            return read_plain(data, charset=charset, markdown=markdown)
        case "docx":
            from govreport_site.intake.docx import read_docx  # noqa: PLC0415

            return read_docx(data)
        case "pdf":
            from govreport_site.intake.pdf import read_pdf  # noqa: PLC0415

            return read_pdf(data, ocr=ocr)
    from govreport_site.intake.doc import read_doc  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="govreport-") as folder:
        # LibreOffice goes by the suffix, and a name may hold anything.
        file = Path(folder) / f"report.{found}"
        file.write_bytes(data)
        return read_doc(file)


# --- What a file is -------------------------------------------------------------------------------


def _format(name: str, data: bytes, named: Format | None) -> Format:
    """The format of a file, by its bytes. Raises Refused for what we do not read."""
    head = data[:_HEAD_BYTES]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(name, data)
    if head.startswith(_OLE):
        return _in_ole(name, data, named)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(PACKED):
        raise _unread(name, "是压缩包", "解开后收录里面的文件；zip 压缩包可以直接收录")
    if head.startswith(_PICTURES) and b"\0" in head:
        raise _unread(name, "是图片", "图片里的报告请先合成 PDF，再用 OCR 收录，或者找文字版")
    # UTF-16 puts a zero beside each letter of a tag.
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")
    if _is_mime(plain):
        return "mhtml"
    if _HTML.match(plain) or (named == "html" and _TAGS.search(plain)):
        return "html"
    if named not in ("text", "html") and len(_TAGS.findall(plain)) >= 5:
        return "html"
    if b"\0" in head and decode(data[: _HEAD_BYTES * 4]).encoding != "UTF-16":
        raise _unread(name, "不是文本，也不是认识的格式", "收录 html、mhtml、docx、doc、wps、rtf、pdf、txt 或 md 文件")
    return "text"


def _is_mime(head: bytes) -> bool:
    found = _MIME.match(head.replace(b"\r\n", b"\n"))
    return (
        found is not None
        and re.search(rb"^content-type:\s*(?:multipart/|text/html)", found[0], re.I | re.M) is not None
    )


def _in_zip(name: str, data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.namelist()
            kind = archive.read("mimetype")[:100] if "mimetype" in inside else b""
    except Exception as error:  # zipfile raises what it meets: a broken file meets anything
        raise Refused("intake/broken", f"“{name}”损坏，打不开", "重新下载或重新保存，再收录") from error
    if any(one.startswith("word/") for one in inside):
        return "docx"
    if b"opendocument.text" in kind:
        return "odt"
    if "OFD.xml" in inside:
        raise _unread(name, "是 OFD 版式文件", "用阅读软件打开，另存为 PDF 再收录")
    if any(one.startswith(("xl/", "ppt/")) for one in inside):
        raise _unread(name, "是表格或演示文稿，不是报告", "收录报告本身；表格可作为附件另存")
    raise _unread(name, "是压缩包，不是一份报告", "收录整个压缩包，或解开后收录里面的文件")


def _in_ole(name: str, data: bytes, named: Format | None) -> Format:
    """The older office formats are one kind of file; the streams in it tell which."""
    if _utf16("EncryptedPackage") in data:
        raise Refused("intake/encrypted", f"“{name}”有打开密码", "用 Word 打开，去掉密码另存后再收录")
    if _utf16("WordDocument") not in data and (_utf16("Workbook") in data or _utf16("PowerPoint Document") in data):
        raise _unread(name, "是表格或演示文稿，不是报告", "收录报告本身；表格可作为附件另存")
    return "wps" if named == "wps" else "doc"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _unread(name: str, what: str, mend: str) -> Refused:
    return Refused("intake/unknown-format", f"“{name}”{what}", mend)
