"""The elements of a page → what it shows, line by line, and what its head says. Pure.

White space collapses as in a browser, hidden elements do not show, lists bear the numbers a browser gives
them, data tables become Markdown. Nothing here knows what a report is: `page_body` chooses the lines,
`page_labels` reads the header, `web_page` is the front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote, urljoin, urlsplit

from govreport_site.intake.html import Element, inner_text, read_elements
from govreport_site.intake.numbering import write_number
from govreport_site.intake.page_tables import data_tables
from govreport_site.intake.tables import table_lines
from govreport_site.normalise import BLANK, is_blank

LineForm = Literal["text", "heading", "table", "image"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A link to a document."""

    words: str
    address: str


@dataclass(slots=True)
class Line:
    """One line as shown.

    node         index of the first node it is made from
    level        of a heading, 1–6, else 0
    linked       characters inside links to other pages
    rows         of a table: its cells
    """

    text: str
    node: int
    form: LineForm = "text"
    level: int = 0
    linked: int = 0
    attachments: tuple[Attachment, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows and says.

    elements     every node, in the order of the source
    lines        every visible line, in the order of the source
    metas        name of a <meta> in lower case → its value, the first of a name
    title        of the <title>, blanks collapsed
    address      where the page stood: as given, else as its canonical link or Url says; "" when unknown
    documents    documents shown in a frame
    generated_numbers  how many lines bear a number that a list made
    embedded_images    how many pictures are part of the file and have no address
    """

    elements: tuple[Element, ...]
    lines: tuple[Line, ...]
    metas: Mapping[str, str]
    title: str
    address: str
    documents: tuple[Attachment, ...]
    generated_numbers: int
    embedded_images: int


# --- Reading --------------------------------------------------------------------------------------


def read_page(html: str, *, address: str | None = None, with_hidden: bool = False) -> Page:
    """What a page shows. with_hidden: elements that only a script would show count as shown.

    Raises Refused for markup that no honest page has.
    """
    elements = read_elements(html)
    metas = _metas(elements)
    address = _address(elements, metas, address)
    here = _base(elements, address)
    writer = _Writer(elements, here, with_hidden)
    body = next((at for at, element in enumerate(elements) if element.tag == "body"), None)
    if body is not None:
        writer.write(body, elements[body].end)
    title = next((inner_text(elements, at) for at, e in enumerate(elements) if e.tag == "title"), "")
    return Page(
        tuple(elements),
        tuple(writer.lines),
        metas,
        _collapse(title).strip(),
        address,
        tuple(_framed(elements, here)),
        writer.generated_numbers,
        writer.embedded_images,
    )


def _metas(elements: list[Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        if element.tag == "meta":
            name = element.attributes.get("name") or element.attributes.get("property") or ""
            value = _collapse(element.attributes.get("content") or "").strip("".join(BLANK))
            if name and value:
                found.setdefault(name.strip().lower(), value)
    return found


def _address(elements: list[Element], metas: Mapping[str, str], given: str | None) -> str:
    told = [given or ""]
    for element in elements:
        if element.tag == "link" and "canonical" in (element.attributes.get("rel") or "").lower():
            told.append(element.attributes.get("href") or "")
    told += [metas.get("url", ""), metas.get("og:url", "")]
    return next((one.strip() for one in told if re.match("https?://", one.strip(), re.IGNORECASE)), "")


def _base(elements: list[Element], address: str) -> str:
    """What relative links start from: the page's <base>, else the page."""
    href = next((e.attributes.get("href") or "" for e in elements if e.tag == "base" and "href" in e.attributes), "")
    return _safe(href, address) or address


_DOCUMENT = re.compile(r"\.(pdf|docx?|wps|ofd|rtf|xlsx?|et|csv|zip|rar|7z|pptx?|txt)$", re.IGNORECASE)


def is_document(address: str) -> bool:
    """Whether an address leads to a file to keep, not to a page."""
    try:
        parts = urlsplit(address)
    except ValueError:  # half a bracket
        return False
    return bool(_DOCUMENT.search(parts.path) or _DOCUMENT.search(parts.query))


def _framed(elements: list[Element], here: str) -> Iterator[Attachment]:
    """Documents a page shows in a frame, often through a viewer: viewer.html?file=/a.pdf."""
    for element in elements:
        if element.tag in ("iframe", "embed", "object", "frame"):
            source = element.attributes.get("src") or element.attributes.get("data") or ""
            if file := re.search(r"[?&](?:file|url|src)=([^&#]+)", source):
                source = unquote(file[1])
            if is_document(source) and (address := _safe(source, here)):
                yield Attachment(address.rsplit("/", 1)[-1], address)


def _safe(link: str, here: str) -> str:
    """A link as an absolute address that Markdown holds; "" for what is no web address; relative when `here` is unknown."""
    link = link.strip().replace("\n", "").replace("\t", "")
    try:
        whole = urljoin(here, link)
        scheme = urlsplit(whole).scheme.lower()
    except ValueError:
        return ""
    if scheme not in ("", "http", "https"):
        return ""
    return quote(whole, safe="/:?#@!$&'*+,;=%~[]-._")


# --- Lines ----------------------------------------------------------------------------------------

_NOT_SHOWN = frozenset(
    "script style template noscript head title iframe object embed audio video canvas svg math select option "
    "input button textarea rp datalist map dialog".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|table)", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3000-\u303f\U00020000-\U0003ffff“”‘’—…"
# CSS Text 3: a line end of the source between two wide characters is no blank.
_BREAK_WITHIN_CHINESE = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_KEPT_SPACE = "\x00"  # the parser lets no zero character through

# What parts paragraphs that share one <p>: two ideographic spaces or as much of others, behind the end of a sentence.
_PARTED = re.compile(
    r"(?<=[。；：:！？!?;”）)])(?:\u3000{2,}|\u2003{2,}|[\u3000\u2003\u2002\xa0 ]{4,})(?=[^\s])"
    r"|(?:\u3000{2,}|\u2003{2,}|[\u2003\u2002\xa0\u3000 ]{4,})"
    r"(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_OWN_NUMBER = re.compile(
    r"[（(]?[一二三四五六七八九十百\d]{1,4}[、.．)）]|第[一二三四五六七八九十百\d]+[条章节]|[㈠-㈩①-⑳⒈-⒛⑴-⒇]"
)

# Pictures that belong to the page and not to the text: icons, spacers, codes to scan.
_ORNAMENT = re.compile(
    r"icon|ico[_./-]|spacer|blank\.|dot\.|filetype|/ext/|qr_?code|ewm|erweima|weixin|wx\.|share|print|logo", re.I
)


def _collapse(text: str) -> str:
    return _BLANKS.sub(" ", _BREAK_WITHIN_CHINESE.sub("", text))


class _Writer:
    """Walks the elements once and writes their lines. Behaviour with a cursor, hence a class."""

    def __init__(self, elements: list[Element], here: str, with_hidden: bool, *, in_cell: bool = False) -> None:
        self.elements = elements
        self.here = here
        self.with_hidden = with_hidden
        self.in_cell = in_cell
        self.lines: list[Line] = []
        self.generated_numbers = 0
        self.embedded_images = 0
        self._tables = {} if in_cell else data_tables(elements)
        self._pieces: list[str] = []
        self._node = 0
        self._unseen = True  # whether the line so far holds nothing to see
        self._linked = 0
        self._attachments: list[Attachment] = []
        self._heading = 0
        self._number = ""  # what a list puts before the next line
        self._counters: dict[int, int] = {}

    def write(self, start: int, end: int) -> None:
        """Lines for the nodes from `start` to `end`."""
        closing: list[int] = []  # open elements, the innermost last
        links: list[tuple[int, int, int]] = []  # element, pieces and lines before it
        pre = 0
        at = start
        while at < end or closing:
            while closing and self.elements[closing[-1]].end <= at:
                element = self.elements[closing.pop()]
                if element.tag == "a" and _leads_on(element):
                    self._close_link(*links.pop())
                if _is_block(element):
                    self._flush()
                if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                    self._heading = 0
                pre -= _keeps_blanks(element)
            if at >= end:
                continue
            element = self.elements[at]
            if element.tag == "":
                self._text(element.text, at, pre=pre > 0, linked=bool(links))
                at += 1
                continue
            if element.tag in _NOT_SHOWN or (not self.with_hidden and _is_hidden(element)):
                if element.tag in ("button", "select", "input"):
                    self._add(" ", at)
                at = element.end
                continue
            if _is_block(element) or element.tag == "br":
                self._flush()
            if at in self._tables:
                self._table(at)
                at = element.end
                continue
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self._heading = int(element.tag[1])
            elif element.tag == "li":
                self._number = self._number_of(at)
            elif element.tag == "img":
                self._image(element, at)
            elif element.tag == "a" and _leads_on(element):
                links.append((at, len(self._pieces), len(self.lines)))
            pre += _keeps_blanks(element)
            closing.append(at)
            at += 1
        self._flush()

    def _add(self, text: str, at: int) -> None:
        if self._unseen:
            self._node = at
        self._unseen = self._unseen and is_blank(text)
        self._pieces.append(text)

    def _text(self, text: str, at: int, *, pre: bool, linked: bool) -> None:
        if pre:
            for number, line in enumerate(re.split(r"\r\n|\r|\n", text)):
                if number:
                    self._flush()
                self._add(re.sub(r"[ \t]", _KEPT_SPACE, line), at)
            return
        self._add(text, at)
        if linked:
            self._linked += sum(not c.isspace() for c in text)

    def _flush(self) -> None:
        """Ends the line."""
        text = _collapse("".join(self._pieces)).replace(_KEPT_SPACE, " ").strip("".join(BLANK))
        self._pieces.clear()
        self._unseen = True
        if text:
            if self._number and not _OWN_NUMBER.match(text):
                text = self._number + text
                self.generated_numbers += 1
            self._number = ""
            parts = [text] if self.in_cell else _PARTED.split(text)
            images = re.fullmatch(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+", text)
            if images:
                parts = re.findall(r"!\[[^\]]*\]\([^)]*\)", text)
            form: LineForm = "image" if images else "heading" if self._heading else "text"
            share = self._linked // len(parts)
            for part in parts:
                own = tuple(one for one in self._attachments if one.address in part)
                self.lines.append(
                    Line(part.strip("".join(BLANK)), self._node, form, self._heading, share, own)
                )  # fmt: skip
        self._linked = 0
        self._attachments.clear()

    def _close_link(self, link: int, pieces_before: int, lines_before: int) -> None:
        """A link to a document becomes Markdown; other links are their words."""
        href = self.elements[link].attributes.get("href") or ""
        if not is_document(href) or len(self.lines) != lines_before or not (address := _safe(href, self.here)):
            return
        words = _collapse("".join(self._pieces[pieces_before:])).strip("".join(BLANK))
        self._linked = max(0, self._linked - sum(not c.isspace() for c in words))
        words = words or self.elements[link].attributes.get("title") or address.rsplit("/", 1)[-1]
        self._attachments.append(Attachment(words, address))
        del self._pieces[pieces_before:]
        # A bracket inside the words would end them: such words stand before their link.
        plain = "[" not in words and "]" not in words
        self._add(f"[{words}]({address})" if plain else f"{words}[]({address})", link)

    def _image(self, element: Element, at: int) -> None:
        told = [element.attributes.get(name) or "" for name in ("src", "data-src", "data-original", "_src")]
        shown = [one for one in told if one and not one.startswith("data:") and "blank." not in one]
        source = shown[0] if shown else ""
        if _is_small(element) or _ORNAMENT.search(source):
            return
        if not source and not any(told):
            return
        if not source:
            self.embedded_images += 1
        words = re.sub(r"[\[\]\n]", " ", element.attributes.get("alt") or element.attributes.get("title") or "").strip()
        self._add(f"![{words}]({_safe(source, self.here) if source else ''})", at)

    def _table(self, at: int) -> None:
        rows = []
        for row in self._tables[at]:
            cells = []
            for cell in row:
                inner = _Writer(self.elements, self.here, self.with_hidden, in_cell=True)
                if cell is not None:
                    inner.write(cell + 1, self.elements[cell].end)
                self.embedded_images += inner.embedded_images
                self.generated_numbers += inner.generated_numbers
                self._linked += sum(line.linked for line in inner.lines)
                self._attachments += [one for line in inner.lines for one in line.attachments]
                cells.append(" ".join(line.text for line in inner.lines))
            rows.append(tuple(cells))
        # A first row in one merged cell is the table's caption, not its head.
        while len(rows) > 1 and rows[0][0] and not any(rows[0][1:]) and len(rows[0]) > 1:
            self.lines.append(Line(rows[0][0], at))
            rows = rows[1:]
        text = "\n".join(table_lines(rows))
        if text:
            self.lines.append(Line(text, at, "table", 0, self._linked, tuple(self._attachments), tuple(rows)))
        self._linked = 0
        self._attachments.clear()

    def _number_of(self, item: int) -> str:
        """What a browser writes before an item of a numbered list."""
        parent = self.elements[item].parent
        ol = self.elements[parent]
        if ol.tag != "ol" or re.search(r"list-style[^;]*none", _style(ol) + _style(self.elements[item]), re.I):
            return ""
        start, value = ol.attributes.get("start") or "", self.elements[item].attributes.get("value") or ""
        number = self._counters.get(parent, int(start) - 1 if re.fullmatch(r"\d{1,4}", start) else 0) + 1
        if re.fullmatch(r"\d{1,4}", value):
            number = int(value)
        self._counters[parent] = number
        kind = ol.attributes.get("type") or ""
        if re.search("cjk|chinese", _style(ol) + kind) and 1 <= number <= 99:
            return f"{write_number(number, 'chineseCounting')}、"
        if kind in ("a", "A") and number <= 26:
            return chr(ord(kind) + number - 1) + ". "
        return f"{number}. "


def _leads_on(link: Element) -> bool:
    """Whether a link leads somewhere: a bare anchor, often never closed, has the rest of the page inside."""
    href = (link.attributes.get("href") or "").strip()
    return href not in ("", "#") and not href.startswith("#")


def _style(element: Element) -> str:
    return (element.attributes.get("style") or "") + ";"


def _is_block(element: Element) -> bool:
    return element.tag in _BLOCK or bool(_BLOCK_STYLE.search(_style(element)))


def _is_hidden(element: Element) -> bool:
    attributes = element.attributes
    return (
        "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(_HIDDEN_STYLE.search(_style(element)))
    )


def _keeps_blanks(element: Element) -> bool:
    return element.tag == "pre" or bool(_PRE_STYLE.search(_style(element)))


def _is_small(element: Element) -> bool:
    """An ornament by its size in pixels."""
    sizes = [re.match(r"\s*(\d{1,4})(?:px)?\s*$", element.attributes.get(name) or "") for name in ("width", "height")]
    return any(size and int(size[1]) <= 40 for size in sizes)
