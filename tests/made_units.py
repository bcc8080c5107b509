"""Made reports for tests of the index: small, always the same for the same dice, and hard to search."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Sequence

from govreport_site.normalise import is_blank, trim
from govreport_site.report import Kind
from govreport_site.search.contribution import contribute
from govreport_site.search.segments import Contribution
from govreport_site.search.units import Place, ReportUnits, Unit, UnitSection
from govreport_site.source import Span
from tests.site_answers import made_text

HENAN = ("410000", "河南省")
LINEAGES = ((), (HENAN,), (HENAN, ("411000", "许昌市")), (HENAN, ("410100", "郑州市")), (("420000", "湖北省"),))
ISSUERS = (None, "许昌市司法局", "郑州市卫生健康委员会", "司法局", "𠀀办")
ISSUER_KINDS = (None, ("sifaju", "司法行政"), ("weisheng", "卫生健康"))
TOPICS = ("普法", "执法/监管", "执法/规范", "执法", "复议")

# A line's parts: text, anchor, section, length of its heading in UTF-16 units, and, where it is one, that it is a title.
Part = tuple[str, str, int, int] | tuple[str, str, int, int, bool]

_WORD = re.compile("\n|[一二法行政执1+]{1,12}|.", re.DOTALL)


def word_starts(folded: str) -> list[int]:
    """Where words begin: a cut that is as good as any, with words longer than nine letters in it."""
    return [found.start() for found in _WORD.finditer(folded)]


def made_units(lot: random.Random, address: str, *, lines: int = 12) -> ReportUnits:
    """A report with joined places, run-in headings, tables that go on for lines, all kinds and none."""
    lineage = lot.choice(LINEAGES)
    year = lot.choice((None, 2019, 2024, 2025))
    kinds = [None, *(kind.value for kind in Kind), *lot.choices(list(Kind), k=2)]
    sections = tuple(
        UnitSection((f"{number}、工作", "（一）普法")[: lot.randrange(3)], kind) for number, kind in enumerate(kinds)
    )
    topics = [tuple(lot.sample(TOPICS, lot.randrange(3))) for _ in sections]
    units: list[Unit] = []
    for number in range(lines):
        section = lot.randrange(len(sections))
        if lot.random() < 0.15:
            units += [
                unit_of([(_part(lot, 8, table=True), f"t-{number}", section, 0)], topics=topics) for _ in range(3)
            ]
            continue
        parts: list[Part] = []
        for piece in range(lot.choice((1, 1, 1, 2, 3))):
            text = _part(lot, 30)
            heading = len(f"（{piece}）普法。".encode("utf-16-le")) // 2 if lot.random() < 0.3 else 0
            parts.append(
                (
                    f"（{piece}）普法。" * bool(heading) + text,
                    f"p-{number}-{piece}",
                    section,
                    heading,
                    lot.random() < 0.05,
                )
            )
            section = lot.randrange(len(sections))
        units.append(unit_of(parts, numbered=number * 3, topics=topics))
    return ReportUnits(
        address=address,
        title=f"报告{address}",
        issuer=lot.choice(ISSUERS),
        issuer_kind=lot.choice(ISSUER_KINDS),
        lineage=lineage,
        year=year,
        date=None if year is None or lot.random() < 0.3 else f"{year + 1}-01-{lot.randint(10, 28)}",
        sections=sections,
        units=tuple(units),
    )


def _part(lot: random.Random, longest: int, *, table: bool = False) -> str:
    """A text without blanks at its ends."""
    texts = ("法治政府", "行政执法", "依法行政，", "执法。", "“双随机、一公开”")
    text = "".join(lot.choice(texts) if lot.random() < 0.5 else made_text(lot, longest // 2) for _ in range(2))
    span = trim(text, Span(0, len(text)))
    return f"| {text} |" if table else text[span.start : span.end] or "一"


def unit_of(parts: Iterable[Part], numbered: int = 0, topics: Sequence[tuple[str, ...]] = ()) -> Unit:
    """A line of these parts, of which none begins or ends within a pair; `topics`: those of each section."""
    text = ""
    places = []
    for number, (part, anchor, section, heading, *title) in enumerate(parts):
        start = len(text.encode("utf-16-le")) // 2
        own = topics[section] if topics else ()
        places.append(Place(start, start + heading, anchor, section, numbered + number or None, bool(title), own))
        text += part
    assert not is_blank(text)
    return Unit(text, tuple(places))


def shelf(seed: int, count: int, *, lines: int = 12) -> list[ReportUnits]:
    """So many made reports."""
    lot = random.Random(seed)
    return [made_units(lot, f"henan/a/{number:03}-{lot.randrange(9)}", lines=lines) for number in range(count)]


def contributions(reports: Iterable[ReportUnits]) -> dict[str, Contribution]:
    """What they bring to an index."""

    def of(data: bytes) -> Contribution:
        return Contribution(hashlib.blake2b(data, digest_size=8).hexdigest(), lambda: data)

    return {report.address: of(contribute(report, word_starts)) for report in reports}
