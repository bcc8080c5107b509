"""The catalogue: order, neighbours, clashes, and what counts as an item."""

from __future__ import annotations

import random

from govreport_site.catalogue import Entry, gather, items
from govreport_site.reading.read import read_text
from govreport_site.report import Kind, Report

BODY = "一、主要举措和成效\n（一）甲。做了甲。\n（二）乙。做了乙。\n二、存在的不足\n不足一句。\n三、下一步安排\n（一）丙。要做丙。\n"


def report(file: str, *, body: object = BODY, **metadata: object) -> Report:
    front = "".join(f"{key}: {value}\n" for key, value in metadata.items())
    return read_text(f"---\n{front}---\n{body}", name=file, file=file)


def weijianwei(file: str, place: str, city: str, year: int | None = 2025, **more: object) -> Report:
    known: dict[str, object] = {"year": year} if year else {}
    return report(file, **{"issuer": f"{city}卫生健康委员会", "place": f'"{place}"', **known, **more})


def entry(reports: list[Report], file: str) -> Entry:
    return gather(reports)[0].by_file[file]


def test_order_does_not_depend_on_the_order_of_files() -> None:
    reports = [
        weijianwei("a.md", "411000", "许昌市", 2024),
        weijianwei("b.md", "410100", "郑州市"),
        weijianwei("c.md", "411000", "许昌市"),
        report("d.md", issuer="许昌市人民政府", place='"411000"', year=2025),
        weijianwei("e.md", "110101", "东城区"),
    ]
    catalogue, problems = gather(reports)
    assert [e.file for e in catalogue.entries] == ["e.md", "b.md", "d.md", "c.md", "a.md"]
    assert not problems
    random.Random(1).shuffle(reports)
    assert gather(reports) == (catalogue, problems)


def test_neighbours() -> None:
    catalogue, _ = gather(
        [
            weijianwei("x23.md", "411000", "许昌市", 2023),
            weijianwei("x24.md", "411000", "许昌市", 2024),
            weijianwei("x25.md", "411000", "许昌市", 2025),
            weijianwei("z24.md", "410100", "郑州市", 2024),
            report("g24.md", issuer="许昌市人民政府", place='"411000"', year=2024),
        ]
    )
    near = catalogue.neighbours(catalogue.by_file["x24.md"])
    assert near.earlier is not None and near.earlier.file == "x23.md"
    assert near.later is not None and near.later.file == "x25.md"
    assert near.previous is not None and near.previous.file == "z24.md"
    assert near.next is None


def test_a_short_name_is_the_same_issuer() -> None:
    reports = [
        report("a.md", issuer="许昌市卫生健康委", place='"411000"', year=2024),
        report("b.md", issuer="许昌市卫生健康委员会", place='"411000"', year=2025),
    ]
    assert entry(reports, "a.md").issuer == entry(reports, "b.md").issuer == "henan/xuchang/weijianwei"


def test_two_bodies_of_a_kind_share_no_page() -> None:
    reports = [
        report("a.md", issuer="许昌市卫生健康委员会", place='"411000"', year=2025),
        report("b.md", issuer="许昌市卫生局", place='"411000"', year=2012),
    ]
    assert {entry(reports, file).issuer for file in ("a.md", "b.md")} == {
        "henan/xuchang/weijianwei",
        "henan/xuchang/weijianwei-2",
    }


def test_an_issuer_never_stands_on_the_page_of_a_place() -> None:
    reports = [weijianwei("a.md", "411000", "许昌市", slug="weidu")]
    assert entry(reports, "a.md").issuer == "henan/xuchang/weidu-2"
    assert entry(reports, "a.md").folder == "henan/xuchang/2025-weidu"


def test_one_address_for_two_reports_is_a_problem() -> None:
    reports = [weijianwei("b.md", "411000", "许昌市"), weijianwei("a.md", "411000", "许昌市")]
    catalogue, problems = gather(reports)
    assert catalogue.by_file["a.md"].folder == "henan/xuchang/2025-weijianwei"
    assert catalogue.by_file["b.md"].folder == "henan/xuchang/2025-weijianwei-2"
    assert [(p.code, p.file) for p in problems] == [("corpus/same-address", "b.md")]
    assert "a.md" in problems[0].found


def test_reports_that_name_nobody_are_nobodys_series() -> None:
    body = "一、工作情况\n全年做了甲。\n"
    catalogue, _ = gather([report("a.md", body=body, year=2024), report("b.md", body=body, year=2025)])
    assert len(catalogue.by_issuer) == 2


def test_newest_is_by_published_then_dated_and_unknown_comes_last() -> None:
    catalogue, _ = gather(
        [
            weijianwei("none.md", "411000", "许昌市", 2025),
            weijianwei("old.md", "410100", "郑州市", 2025, published="2026-01-02"),
            weijianwei("new.md", "410200", "开封市", 2025, dated="2026-03-01"),
        ]
    )
    assert [e.file for e in catalogue.newest] == ["new.md", "old.md", "none.md"]


def test_items_are_parts_with_headings_or_the_text_of_a_section_without() -> None:
    one = weijianwei("a.md", "411000", "许昌市")
    found = [(item.kind, item.section.title, len(item.passages)) for item in items(one)]
    assert found == [
        (Kind.ACHIEVEMENTS, "甲", 1),
        (Kind.ACHIEVEMENTS, "乙", 1),
        (Kind.PROBLEMS, "存在的不足", 1),
        (Kind.PLANS, "丙", 1),
    ]
    counted = entry([one], "a.md")
    assert [(count.kind, count.sections, count.items) for count in counted.kinds] == [
        (Kind.ACHIEVEMENTS, ("s-1",), 2),
        (Kind.PROBLEMS, ("s-2",), 1),
        (Kind.PLANS, ("s-3",), 1),
    ]
    assert (counted.sections, counted.items) == (3, 3)


def test_text_that_leads_over_to_parts_is_kept_but_not_counted() -> None:
    one = weijianwei("a.md", "411000", "许昌市")
    led = report(
        "a.md",
        body=BODY.replace("成效\n", "成效\n今年以来，做了几件事。\n"),
        issuer="许昌市卫生健康委员会",
        place='"411000"',
        year=2025,
    )
    assert [item.lead for item in items(led)].count(True) == 1
    assert entry([led], "a.md").kinds[0].items == entry([one], "a.md").kinds[0].items


def test_a_mixed_section_is_typed_part_by_part() -> None:
    body = "一、主要成效\n做了甲。\n二、存在的问题和下一步打算\n（一）存在的问题。不足。\n（二）下一步打算。计划。\n"
    one = report("a.md", body=body, issuer="许昌市卫生健康委员会", place='"411000"', year=2025)
    kinds = {item.section.title: item.kind for item in items(one)}
    assert kinds["存在的问题"] is Kind.PROBLEMS
    assert kinds["下一步打算"] is Kind.PLANS


def test_editing_a_paragraph_leaves_identity_as_it_was() -> None:
    before = entry([weijianwei("a.md", "411000", "许昌市")], "a.md")
    after = entry(
        [
            report(
                "a.md",
                body=BODY.replace("做了甲", "办了甲"),
                issuer="许昌市卫生健康委员会",
                place='"411000"',
                year=2025,
            )
        ],
        "a.md",
    )
    assert before == after
