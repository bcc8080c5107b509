"""A Word file → its report. The front of this format, and the one door for defusedxml.

In flow the bytes of a .docx or .docm; here the package is opened, kept within limits, and its
parts are parsed. `docx_lists.py` knows styles and lists, `docx_body.py` walks the text. Both
spellings of the format (transitional and strict) are one from here on: names are “w.p”, “r.id”, since a colon means a
prefix to ElementTree.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from govreport_site.intake.arrival import Arrival, Hint, Refused
from govreport_site.intake.docx_body import Parts, read_body
from govreport_site.intake.docx_lists import read_lists, read_styles

LARGEST_PACKAGE_BYTES = 200 * 1024 * 1024  # unpacked, all parts together
LARGEST_PART_BYTES = 32 * 1024 * 1024  # of XML that is parsed; a report of 100,000 characters has 5 MB
LARGEST_RATIO = 200  # unpacked to packed, where that makes more than a few MB: text reaches 50
_SMALL_BYTES = 20 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:schemas-microsoft-com:vml": "v",
}

_ASK_FOR_ANOTHER = "请用 Word 或 WPS 打开原文件，另存为新的 docx 再试；打不开时，请向来源处重新索取"

# Names that programs put where a title or a body should stand.
_NO_TITLE = re.compile(r"^(Microsoft Word|PowerPoint|文档|Document|新建|无标题|untitled)|^\W*$", re.IGNORECASE)
_BODY_NAME = re.compile("[一-鿿]{2,}(政府|委员会|委|局|厅|部|院|署|办公室|办|办事处|处|中心|会)$")


def read_docx(data: bytes) -> Arrival:
    """The report in a Word file.

    Raises Refused: `intake/broken`, `intake/encrypted`, `intake/too-large`, `intake/unknown-format`.
    """
    try:
        package = _open(data)
        return _read(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError, ValueError) as error:
        raise Refused("intake/broken", f"这个 Word 文件已损坏（{error}）", _ASK_FOR_ANOTHER) from error
    except (ParseError, DefusedXmlException, RecursionError) as error:
        raise Refused("intake/broken", "这个 Word 文件的内容不是完好的 XML", _ASK_FOR_ANOTHER) from error


@dataclass(frozen=True, slots=True)
class _Package:
    """The zip archive of a Word file; its parts by path, without a slash in front."""

    archive: zipfile.ZipFile
    names: Mapping[str, str] = field(default_factory=dict)  # lower case → as stored


def _open(data: bytes) -> _Package:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _encrypted()
        raise Refused(
            "intake/unknown-format",
            "这个文件是旧的 Word 格式（doc 或 wps），只是名字以 docx 结尾",
            "请把文件名的结尾改成 .doc 再试，或用 Word、WPS 打开后另存为 docx",
        )
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_PACKAGE_BYTES or (
        total > _SMALL_BYTES and total > LARGEST_RATIO * max(1, sum(entry.compress_size for entry in entries))
    ):
        raise _too_large(total)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _encrypted()
    return _Package(archive, {entry.filename.lower(): entry.filename for entry in entries})


def _encrypted() -> Refused:
    return Refused(
        "intake/encrypted",
        "这个 Word 文件设有打开密码",
        "请用 Word 或 WPS 输入密码打开，去掉密码（文件 → 信息 → 保护文档）后另存，再收入",
    )


def _too_large(size_bytes: int) -> Refused:
    return Refused(
        "intake/too-large",
        f"这个 Word 文件解开后有 {size_bytes // 1024 // 1024} MB，不像一份报告（上限 200 MB，正文 32 MB）",
        "请核对文件；确是报告时，删去其中的大图或附件，另存后再收入",
    )


def _part(package: _Package, path: str) -> Element | None:
    """A part by its path, its names made short; None when the package lacks it."""
    stored = package.names.get(path.lower())
    if stored is None:
        return None
    if package.archive.getinfo(stored).file_size > LARGEST_PART_BYTES:
        raise _too_large(package.archive.getinfo(stored).file_size)
    root: Element = fromstring(package.archive.read(stored))
    for element in root.iter():
        element.tag = _short(element.tag)
        if any(key.startswith("{") for key in element.attrib):
            element.attrib = {_short(key): value for key, value in element.attrib.items()}
    return root


def _short(name: str) -> str:
    namespace, brace, local = name[1:].rpartition("}")
    prefix = _NAMESPACES.get(namespace) if brace else None
    return f"{prefix}.{local}" if prefix else name


def _relations(package: _Package, path: str) -> dict[str, tuple[str, str]]:
    """Id → the last word of its type, and the path it leads to (or an address outside)."""
    folder, _, name = path.rpartition("/")
    root = _part(package, f"{folder}/_rels/{name}.rels".lstrip("/"))
    found = {}
    for one in root if root is not None else ():
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
    return found


def _read(package: _Package) -> Arrival:
    top = _relations(package, "")
    path = next((target for kind, target in top.values() if kind == "officeDocument"), "word/document.xml")
    root = _part(package, path)
    body = root.find("w.body") if root is not None else None
    if body is None:
        raise Refused(
            "intake/unknown-format",
            "这个文件是压缩包，但里面没有 Word 正文",
            "请核对：如果是 zip 压缩包，先解开；如果是表格或演示文稿，请换成报告的 Word 文件",
        )
    relations = _relations(package, path)

    def part(kind: str) -> Element | None:
        target = next((target for one, target in relations.values() if one == kind), None)
        return _part(package, target) if target is not None else None

    margins = [
        margin
        for kind, target in relations.values()
        if kind in ("header", "footer") and (margin := _part(package, target)) is not None
    ]
    text, doubts = read_body(
        body,
        Parts(
            styles=(styles := read_styles(part("styles"))),
            lists=read_lists(part("numbering"), styles),
            footnotes=part("footnotes"),
            endnotes=part("endnotes"),
            margins=tuple(margins),
            targets={name: target for name, (_, target) in relations.items()},
        ),
    )
    core = next((target for kind, target in top.values() if kind == "core-properties"), "docProps/core.xml")
    return Arrival(text, _hints(_part(package, core)), doubts)


def _hints(core: Element | None) -> tuple[Hint, ...]:
    """Title and author of the file's properties, where they are more than a program's filling."""
    if core is None:
        return ()
    title, creator = (" ".join((core.findtext(f"dc.{name}") or "").split()) for name in ("title", "creator"))
    hints = []
    if not _NO_TITLE.search(title):
        hints.append(Hint("title", title, "Word 文件属性中的“标题”"))
    if _BODY_NAME.search(creator):
        hints.append(Hint("issuer", creator, "Word 文件属性中的“作者”"))
    return tuple(hints)
