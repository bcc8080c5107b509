"""What of a report is searched: every line of it, and which passage each part of a line belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from govreport_site.normalise import is_blank, trim
from govreport_site.reading.read import read_text
from govreport_site.report import Kind, Marker, Metadata, Passage, Report, Section
from govreport_site.search.units import Place, ReportUnits, Unit, UnitSection, units_of
from govreport_site.source import Source, Span

HENAN = (("410000", "河南省"), ("411000", "许昌市"))


def of(report: Report, topics: Mapping[str, tuple[str, ...]] | None = None) -> ReportUnits:
    address = "henan/xuchang/2025-weijianwei"
    kind = ("weijianwei", "卫生健康")
    return units_of(report, address=address, title="报告", lineage=HENAN, issuer_kind=kind, topics=topics or {})


def made(text: str) -> Report:
    """A report with all there is: text before headings, a bare heading, run-in ones, a table."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    preface = Section(
        "", "s", 0, None, "", Span(0, 0), Span(0, 0), passages=(Passage("p-intro", span("开头𠀀。"), number=1),)
    )
    law = Section(
        "一/一",
        "s-1-1",
        2,
        Marker("（一）", 2, 1),
        "普法",
        span("（一）普法。"),
        Span(0, 0),
        Kind.ACHIEVEMENTS,
        passages=(Passage("p-law", span("加大力度。"), number=2),),
    )
    staff = Section(
        "一/二",
        "s-1-2",
        2,
        Marker("（二）", 2, 2),
        "执法",
        span("（二）执法。"),
        Span(0, 0),
        Kind.ACHIEVEMENTS,
        passages=(Passage("p-staff", span("规范执法。"), kind=Kind.PROBLEMS, number=3),),
    )
    work = Section(
        "一",
        "s-1",
        1,
        Marker("一、", 1, 1),
        "工作",
        span("一、工作"),
        Span(0, 0),
        Kind.ACHIEVEMENTS,
        passages=(Passage("p-table", span("| 甲 |\n| 乙 |"), form="table"),),
        subsections=(law, staff),
    )
    metadata = Metadata(issuer="许昌市卫生健康委员会", year=2025, dated="2026-01-27")
    return Report("a.md", Source("a.md", text), metadata, (preface, work))


TEXT = "　　开头𠀀。\n\n## 一、工作\n| 甲 |\n| 乙 |\n𠀀（一）普法。加大力度。（二）执法。规范执法。\r\n尾"


def test_places() -> None:
    units = of(made(TEXT), {"p-table": ("复议", "执法/监管"), "p-staff": ("执法",)})
    assert units.date == "2026-01-27"
    assert units.sections == (
        UnitSection((), None),
        UnitSection(("一、工作",), "achievements"),
        UnitSection(("一、工作", "（一）普法"), "achievements"),
        UnitSection(("一、工作", "（二）执法"), "problems"),
    )
    assert units.units == (
        Unit("开头𠀀。", (Place(0, 0, "p-intro", 0, 1),)),
        Unit("## 一、工作", (Place(0, 7, "s-1", 1, None),)),
        Unit("| 甲 |", (Place(0, 0, "p-table", 1, None, topics=("复议", "执法/监管")),)),
        Unit("| 乙 |", (Place(0, 0, "p-table", 1, None, topics=("复议", "执法/监管")),)),
        # 𠀀 counts two in UTF-16: the first place begins at 0, its body at 8.
        Unit(
            "𠀀（一）普法。加大力度。（二）执法。规范执法。",
            (Place(0, 8, "p-law", 2, 2), Place(13, 19, "p-staff", 3, 3, topics=("执法",))),
        ),
        # A line that the tree says nothing of belongs to what stands before it.
        Unit("尾", (Place(0, 0, "p-staff", 3, 3, topics=("执法",)),)),
    )


def test_a_heading_with_another_behind_it_is_a_place_of_its_own() -> None:
    text = "一、工作（一）普法。加大力度。"
    law = Section(
        "一/一",
        "s-1-1",
        2,
        Marker("（一）", 2, 1),
        "普法",
        Span(4, 10),
        Span(4, 15),
        Kind.PLANS,
        passages=(Passage("p-1", Span(10, 15)),),
    )
    work = Section(
        "一", "s-1", 1, Marker("一、", 1, 1), "工作", Span(0, 4), Span(0, 15), Kind.PLANS, subsections=(law,)
    )
    units = of(Report("a.md", Source("a.md", text), Metadata(), (work,)))
    assert [(p.start, p.body, p.anchor) for p in units.units[0].places] == [(0, 4, "s-1"), (4, 10, "p-1")]


LINES = st.lists(
    st.text(alphabet=st.sampled_from("一二三（）、。.1 \u3000普法是：#|\r\u2028𠀀"), max_size=12), max_size=12
).map("\n".join)


@given(LINES)
def test_every_line_is_a_unit_and_every_place_leads_somewhere(text: str) -> None:
    """Whatever the reader makes of a text, all that can be seen of it can be found."""
    report = read_text(text, name="a.md", file="a.md")
    units = of(report)
    body = report.source
    expected = [body.cut(trim(body.text, line)) for line in body.lines() if not is_blank(body.cut(line))]
    assert [unit.text for unit in units.units] == expected
    anchors = {passage.id for _, passage in report.passages()} | {section.id for section in report.walk()}
    for unit in units.units:
        length = len(unit.text.encode("utf-16-le")) // 2
        starts = [place.start for place in unit.places]
        assert starts[0] == 0 and starts == sorted(set(starts))
        ends = [*starts[1:], length]
        for place, end in zip(unit.places, ends, strict=True):
            assert place.start <= place.body <= end
            assert place.anchor in anchors
            assert 0 <= place.section < len(units.sections)
