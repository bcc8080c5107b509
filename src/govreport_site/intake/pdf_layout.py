"""Characters with their places on pages → lines → paragraphs, as a reader sees them. Pure.

A PDF knows neither lines nor paragraphs nor order, and its spaces come and go with the
printer. Lines are made of characters on one base line, by where each stands; paragraphs of
lines, by indents and by how far they reach. Measures are in points, y grows upwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character at its origin; `right` is where its box ends, `size` that of its font."""

    text: str
    x: float
    y: float
    right: float
    size: float

    @property
    def wide(self) -> bool:
        return unicodedata.east_asian_width(self.text[:1]) in "WF" or self.text in "“”‘’…—·"

    @property
    def end(self) -> float:
        """Where the next character would stand: boxes of Han characters are often their ink only."""
        return (
            max(self.x + self.size, self.right) if unicodedata.east_asian_width(self.text[:1]) in "WF" else self.right
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on a page.

    uprights  upright ruled lines: x, lower end, upper end
    pictures  number of pictures larger than a sign
    slanted   characters that do not stand upright: watermarks, labels along an edge
    invisible whether text lies unseen over a picture, as scanners leave it
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    uprights: tuple[tuple[float, float, float], ...] = ()
    pictures: int = 0
    slanted: str = ""
    invisible: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one base line.

    opening width of what no line break may part from its beginning: a word, a character and its comma
    column  0 across the page, 1 left, 2 right
    cell    whether it is a row of a table
    gaps    where it is wide open, as (from, to)
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    opening: float = 0.0
    column: int = 0
    cell: bool = False
    gaps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What was read off the pages.

    margins   lines left out: running heads, page numbers
    tables    first line of each table
    columned  numbers of pages set in two columns, from 1
    radicals  number of characters that were radicals and are now what they look like
    address   the address that a browser printed at the foot
    """

    paragraphs: tuple[str, ...]
    margins: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    columned: tuple[int, ...] = ()
    radicals: int = 0
    address: str | None = None


# Radicals that are characters of their own; Unicode folds the Kangxi ones (2F00–2FDF) and hardly any of these.
# Source: EquivalentUnifiedIdeograph.txt of Unicode 12 and later.
_SUPPLEMENT = dict(
    zip(
        "⺁⺇⺌⺎⺒⺓⺟⺠⺧⺬⺮⺰⺶⺼⻁⻃⻄⻅⻆⻉⻋⻏⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几小兀巳幺母民牛示竹纟羊肉虎覀西见角贝车阝長镸长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")

_MARKER = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十百0-9]{1,4}[）)]|[0-9]{1,2}[.．、](?![0-9])|第[一二三四五六七八九十]{1,3}[章条]|附件"
)
_ENDED = re.compile("[。；：！？”）.;:!?)》]$")

# Marks that never end a line, and those that never begin one.
_OPENS = frozenset("（《〈“‘「『【〔([")
_CLOSES = frozenset("，。、；：！？）》〉”’」』】〕…—·％,.;:!?)]%-")

_PAGE_NUMBER = re.compile(
    r"[-—–－―·•~～\s]*(第\s*)?[0-9０-９]{1,4}(\s*页)?([\s/／，,|·]*(共|of|/|／)\s*[0-9０-９]{1,4}(\s*页)?)?[-—–－―·•~～\s]*|[ivxⅰ-ⅹ]{1,5}",
    re.IGNORECASE,
)
# What browsers print around a page: the time and the title above, the address and the number below.
_PRINTED_ABOVE = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4},?\s*(上午|下午)?\d{1,2}:\d{2}(:\d{2})?(\s*[AP]M)?(\s|$)")
_PRINTED_BELOW = re.compile(r"(?P<address>(https?|file)://\S+)(\s+\d{1,4}/\d{1,4})?")
_EDGE = 0.14  # of the page's height: where running heads and page numbers stand
_BROWSER_EDGE = 0.06

_SAME_LINE = 0.35  # em between base lines of one line: digits of another font, a raised mark
_TYPED_SPACE = 0.15  # em that a written space must take up to count
_WORD_GAP = 0.2  # em between half-width characters: a space, written or not
_OPEN_GAP = 1.0  # em between others: they do not belong together
_CELL_GAP = 1.5  # em between cells of a table without rules, or between columns
_INDENT = 1.2  # em: less is uneven setting, more opens a paragraph
_SLACK = 0.5  # em that a full line may stand off the right margin
_LEAST_COLUMN_LINES = 6
_LEAST_COLUMN_GLYPHS = 6


def lay_out(pages: Sequence[Page]) -> Layout:
    """Pages → paragraphs in reading order; a row of a table is a paragraph of its own."""
    lines, columned = [], []
    for number, page in enumerate(pages):
        rows = [_line(row, number, page.uprights) for row in _rows(page.glyphs)]
        rows = _mark_tables([row for row in rows if row.text], page)
        ordered = _by_column(rows, page, number)
        if any(row.column for row in ordered):
            columned.append(number + 1)
        lines += ordered
    lines, margins, address = _without_margins(lines, pages)
    width = max((page.width for page in pages), default=0.0)
    drawn = _paragraphs(lines, width)
    paragraphs = tuple(map(fold_radicals, drawn))
    radicals = sum(
        a != b for one, folded in zip(drawn, paragraphs, strict=True) for a, b in zip(one, folded, strict=True)
    )
    tables = tuple(b.text for a, b in pairwise([None, *lines]) if b is not None and b.cell and not (a and a.cell))
    return Layout(paragraphs, margins, tables, tuple(columned), radicals, address)


def fold_radicals(text: str) -> str:
    """⾏ → 行 and ⻓ → 长, where a printer took the radical for the character; nothing else is touched."""
    return _RADICAL.sub(lambda found: _SUPPLEMENT.get(found[0]) or unicodedata.normalize("NFKC", found[0]), text)


# --- lines ------------------------------------------------------------------


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters of one base line together, from the top; in each from the left, whatever order they were drawn in."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.y, one.x)):
        if rows and rows[-1][0].y - glyph.y <= _SAME_LINE * min(max(one.size for one in rows[-1][-8:]), glyph.size * 2):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda one: one.x) for row in rows]


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _line(row: Sequence[Glyph], page: int, uprights: Sequence[tuple[float, float, float]] = ()) -> Line:
    seen: list[Glyph] = []
    text, gaps, typed = "", [], False
    for glyph in row:
        if glyph.text.isspace():
            typed = bool(seen)
            continue
        if seen:
            before = seen[-1]
            em = max(before.size, glyph.size)
            # Drawn twice to look bold. The letters of a ligature (ff) share one place and are two.
            if glyph.text == before.text and abs(glyph.x - before.x) < 0.1 * em and not _is_letter(glyph.text):
                continue
            gap = glyph.x - before.end
            half = not before.wide and not glyph.wide
            ruled = any(before.x < x < glyph.x + 1 and low <= glyph.y <= high for x, low, high in uprights)
            if ruled or gap >= (_TYPED_SPACE if typed else _WORD_GAP if half else _OPEN_GAP) * em:
                text += " "
            if gap >= _CELL_GAP * em:
                gaps.append((before.end, glyph.x))
        text += glyph.text
        seen.append(glyph)
        typed = False
    if not seen:
        return Line("", 0, 0, 0, 0, page)
    size = Counter(round(one.size, 1) for one in seen).most_common(1)[0][0]
    opening = seen[_opening(seen)].end - seen[0].x
    return Line(text, seen[0].x, max(one.end for one in seen), seen[0].y, size, page, opening, gaps=tuple(gaps))


def _opening(row: Sequence[Glyph]) -> int:
    """Place of the last character that must stand on a line with the first."""
    at = 0
    while at + 1 < len(row):
        here, following = row[at].text, row[at + 1]
        word = here.isascii() and following.text.isascii() and following.x - row[at].end < _WORD_GAP * following.size
        if not word and here not in _OPENS and following.text not in _CLOSES:
            break
        at += 1
    return at


def _mark_tables(rows: Sequence[Line], page: Page) -> list[Line]:
    """Rows of tables marked: between ruled lines, or two and more with wide gaps one below the other."""
    ruled: list[list[float]] = []  # lower end, upper end, then the x of each upright
    for x, low, high in sorted(page.uprights, key=lambda one: one[1]):
        if ruled and low <= ruled[-1][1] + 3:
            ruled[-1][1] = max(ruled[-1][1], high)
            ruled[-1].append(x)
        else:
            ruled.append([low, high, x])
    fields = [(low, high) for low, high, *at in ruled if len({round(x / 8) for x in at}) >= 3]
    open_rows = [bool(row.gaps) for row in rows]
    marked = []
    for at, row in enumerate(rows):
        beside = (at > 0 and open_rows[at - 1]) or (at + 1 < len(rows) and open_rows[at + 1])
        inside = any(low <= row.y + row.size * 0.3 <= high for low, high in fields)
        marked.append(replace(row, cell=inside or (open_rows[at] and beside)))
    return marked


def _by_column(rows: Sequence[Line], page: Page, number: int) -> list[Line]:
    """Lines of a page in two columns: the left ones, then the right ones, between what runs across."""
    parted = [
        ((low + high) / 2, row)
        for row in rows
        for low, high in row.gaps
        if len(row.gaps) == 1 and 0.35 * page.width < (low + high) / 2 < 0.65 * page.width
    ]
    if len(parted) < _LEAST_COLUMN_LINES:
        return list(rows)
    middle = median(at for at, _ in parted)
    halves: list[tuple[list[Glyph], list[Glyph]] | None] = []
    for row in _rows(page.glyphs):
        seen = [one for one in row if not one.text.isspace()]
        if not seen:
            continue
        crossed = any(one.x < middle < one.end - 0.2 * one.size for one in seen)
        halves.append(None if crossed else ([o for o in seen if o.x < middle], [o for o in seen if o.x >= middle]))
    both = sum(
        1 for half in halves if half and len(half[0]) >= _LEAST_COLUMN_GLYPHS and len(half[1]) >= _LEAST_COLUMN_GLYPHS
    )
    if both < _LEAST_COLUMN_LINES or any(row.cell and len(row.gaps) > 1 for row in rows):
        return list(rows)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line, half in zip([line for line in rows if line.text], halves, strict=True):
        if half is None:
            ordered += [*left, *right, line]
            left, right = [], []
            continue
        for side, part, column in ((left, half[0], 1), (right, half[1], 2)):
            if part:
                side.append(replace(_line(part, number), column=column))
    return [*ordered, *left, *right]


# --- what stands around the text --------------------------------------------


def _without_margins(lines: Sequence[Line], pages: Sequence[Page]) -> tuple[list[Line], tuple[str, ...], str | None]:
    """Lines without running heads and page numbers; what was taken out, each wording once; a browser's address."""
    edges: dict[tuple[str, int], set[int]] = {}
    near = []
    for line in lines:
        page = pages[line.page]
        top = page.height - line.y
        edge = top < _EDGE * page.height or line.y < _EDGE * page.height
        near.append(edge)
        if edge:
            edges.setdefault(_shape(line), set()).add(line.page)
    outermost = _outermost(lines)
    taken, kept, address = [], [], None
    for at, line in enumerate(lines):
        page = pages[line.page]
        browser = min(line.y, page.height - line.y) < _BROWSER_EDGE * page.height
        below = _PRINTED_BELOW.fullmatch(line.text) if browser else None
        repeated = near[at] and len(pages) > 1 and len(edges[_shape(line)]) >= max(2, len(pages) * 0.4)
        number = near[at] and at in outermost and _PAGE_NUMBER.fullmatch(line.text)
        if below or number or repeated or (browser and _PRINTED_ABOVE.match(line.text)):
            taken.append(line.text)
            if below and below["address"].startswith("http"):
                address = address or below["address"]
        else:
            kept.append(line)
    return kept, tuple(dict.fromkeys(taken)), address


def _shape(line: Line) -> tuple[str, int]:
    """A running head by its words without the page number, and its height on the page."""
    return re.sub(r"[0-9０-９]+", "#", line.text), round(line.y / 4)


def _outermost(lines: Sequence[Line]) -> set[int]:
    """Places of the two highest and two lowest lines of each page."""
    by_page: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        by_page.setdefault(line.page, []).append(at)
    found = set()
    for places in by_page.values():
        places.sort(key=lambda at: lines[at].y)
        found.update(places[:2] + places[-2:])
    return found


# --- paragraphs -------------------------------------------------------------


def _paragraphs(lines: Sequence[Line], width: float) -> list[str]:
    """Lines joined where a sentence goes on in the next."""
    if not lines:
        return []
    edges = {column: _edges([line for line in lines if line.column == column], width) for column in (0, 1, 2)}
    steps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
    step = median(steps) if steps else 0.0
    done: list[str] = []
    first = before = lines[0]
    text = first.text
    for line in lines[1:]:
        if _goes_on(first, before, line, edges[line.column], step):
            space = " " if _is_letter(text[-1]) and _is_letter(line.text[0]) else ""
            text += space + line.text
        else:
            done.append(text)
            first, text = line, line.text
        before = line
    return [*done, text]


def _edges(lines: Sequence[Line], width: float) -> tuple[float, float]:
    """Left and right margin of running text on pages of a width: the outermost that two lines share.

    Where hardly a line is full, all that can be said is that the right margin is like the left.
    """
    text = [line for line in lines if not line.cell] or list(lines)
    if not text:
        return 0.0, 0.0
    em = text[0].size

    def shared(values: list[float]) -> float:
        return next((a for a, b in pairwise(values) if abs(a - b) < 1.2 * em), values[0])

    # A comma at the end may hang out over the margin.
    inside = [line.right for line in text if line.text[-1] not in _CLOSES] or [line.right for line in text]
    left, right = shared(sorted(line.left for line in text)), shared(sorted(inside, reverse=True))
    full = sum(abs(line.right - right) < 0.8 * em for line in text)
    if text[0].column or full >= 5 or (full * 4 >= len(text) and right > 0.6 * width):
        return left, right
    return left, max(right, width - left - 2 * em)


def _goes_on(first: Line, before: Line, line: Line, edges: tuple[float, float], step: float) -> bool:
    """Whether a line goes on with the paragraph that `first` opened and `before` belongs to."""
    em = line.size
    left, right = edges
    if before.cell or line.cell or abs(before.size - line.size) > 0.15 * em:
        return False
    if before.page == line.page and before.column == line.column and before.y - line.y > 1.5 * step:
        return False
    # The line would have held what the next one begins with: so it ended on purpose.
    if before.column == line.column and before.right + line.opening < right - _SLACK * em:
        return False
    if _MARKER.match(line.text) and _ENDED.search(before.text):
        return False
    if line.left > left + _INDENT * em:
        # Under a hanging number the lines that go on stand further in than the first.
        return line.left > first.left + 0.8 * em and not _ENDED.search(before.text) and before.left != first.left
    return True
