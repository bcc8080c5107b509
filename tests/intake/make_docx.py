"""A small writer of Word files: just enough XML by hand, so that a test says exactly what the file holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

_STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = {
    "document": "wordprocessingml.document.main",
    "styles": "wordprocessingml.styles",
    "numbering": "wordprocessingml.numbering",
    "footnotes": "wordprocessingml.footnotes",
    "endnotes": "wordprocessingml.endnotes",
    "header1": "wordprocessingml.header",
}


def docx(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    strict: bool = False,
    core: str = "",
    raw: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word file. `body` is the XML inside its root.

    parts  styles, numbering, footnotes, endnotes, header1: the XML inside each root
    core   XML inside core.xml: <dc:title>…
    raw    further files by path, as they are
    """
    tags = {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "header1": "hdr",
    }
    files = {"word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"}
    links = ""
    for number, (name, xml) in enumerate((parts or {}).items(), 1):
        files[f"word/{name}.xml"] = f"<w:{tags[name]} {_SPACES}>{xml}</w:{tags[name]}>"
        links += f'<Relationship Id="rId{number}" Type="{_RELATION}{name.rstrip("1")}" Target="{name}.xml"/>'
    for number, path in enumerate(raw or {}, 50):
        links += f'<Relationship Id="rId{number}" Type="{_RELATION}image" Target="{path.removeprefix("word/")}"/>'
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    files["word/_rels/document.xml.rels"] = f'<Relationships {package}relationships">{links}</Relationships>'
    files["_rels/.rels"] = (
        f'<Relationships {package}relationships"><Relationship Id="a" Type="{_RELATION}officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
    )
    files["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>'
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.{_TYPES[name]}+xml"/>'
        for name in ["document", *(parts or {})]
    )
    files["[Content_Types].xml"] = (
        f'<Types {package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{overrides}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, xml in files.items():
            for transitional, other in _STRICT.items() if strict else ():
                xml = xml.replace(transitional, other)
            archive.writestr(path, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)
        for path, data in (raw or {}).items():
            archive.writestr(path, data)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    *content: str, style: str | None = None, number: tuple[int, int] | None = None, properties: str = ""
) -> str:
    """A paragraph of runs; plain text is made a run. `number` is (numId, level from 0)."""
    tied = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if number:
        tied += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    runs = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p><w:pPr>{tied}{properties}</w:pPr>{runs}</w:p>"


def recipe(name: int, *levels: tuple[str, str], more: Mapping[int, str] | None = None) -> str:
    """An abstractNum; each level is (numFmt, lvlText), `more` is XML for a level by number."""
    written = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{(more or {}).get(at, "")}'
        f"<w:lvlText w:val={quoteattr(pattern)}/></w:lvl>"
        for at, (format, pattern) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{name}"><w:multiLevelType w:val="multilevel"/>{written}</w:abstractNum>'


def numbered(name: int, recipe: int, overrides: str = "") -> str:
    """A num that uses a recipe."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{recipe}"/>{overrides}</w:num>'


def style(
    name: str, *, called: str | None = None, based_on: str | None = None, properties: str = "", run: str = ""
) -> str:
    """A paragraph style."""
    below = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called or name}"/>{below}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A table row; plain text is made a cell."""
    written = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def cell(*content: str, properties: str = "") -> str:
    """A cell of paragraphs; plain text is made one."""
    written = "".join(one if one.startswith("<") else paragraph(one) for one in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{written}</w:tc>"


def text_box(*paragraphs: str) -> str:
    """A run with a text box as Word writes it: the new form, and the old one to fall back on."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def complex_field(code: str, *result: str) -> str:
    """A field with its code and, when there is one, its result."""
    divided = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + "".join(result) if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(code)}</w:instrText></w:r>{divided}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
