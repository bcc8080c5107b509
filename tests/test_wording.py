"""Shared wording: what counts as the same, which passages are candidates, and that a change is found as from nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_site.insight import sketches as sketching
from govreport_site.insight.letters import RUN, Letters, letters_of, read_letters
from govreport_site.insight.set_phrases import own_phrases, read_set_phrases
from govreport_site.insight.sketches import (
    COMMON,
    PER_PASSAGE,
    Candidate,
    Sketch,
    find_candidates,
    renewed,
    sketch,
)
from govreport_site.insight.wording import changed_share, compare
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from govreport_site.source import Source, Span
from tests.strategies import report_texts

# Told apart from each other in every run of 13 letters.
OWN = (
    "聚焦群众反映强烈的噪声扰民问题，组织执法人员夜间巡查工地，劝导商户关停音响，督促施工单位错峰作业，投诉量明显下降。"
)
OTHER = "面向外来务工人员开设周末课堂，由公职律师讲解工资支付和工伤认定，编印口袋书送到宿舍，受到职工欢迎和好评。"
THIRD = "修订渔业资源养护办法时到码头听取渔民意见，逐条答复采纳与否，并把禁渔期巡护队伍的组建方式写进文件里。"


def made(issuer: str, year: int, *passages: str, place: str = "411000") -> Report:
    front = f'---\ntitle: {issuer}{year}年法治政府建设年度报告\nissuer: {issuer}\nplace: "{place}"\nyear: {year}\n---\n'
    file = f"{year}-{issuer}.md"
    return read_text(front + "一、主要举措和成效\n" + "\n\n".join(passages) + "\n", name=file, file=file)


def letters(report: Report) -> Letters:
    return read_letters(report, own_phrases())


def sketches_of(*reports: Report) -> dict[str, Sketch]:
    return {report.file: sketch(report, letters(report)) for report in reports}


def overlaps(own: Report, other: Report) -> list[tuple[float, list[str], list[str]]]:
    """Of every pair of passages: share, and the texts of the common runs on both sides."""
    pairs = [
        Candidate(mine.id, other.file, theirs.id, 0) for _, mine in own.passages() for _, theirs in other.passages()
    ]
    found = compare(letters(own), {other.file: letters(other)}, pairs)
    return [
        (one.share, [own.source.cut(run) for run in one.runs], [other.source.cut(run) for run in one.runs_elsewhere])
        for one in found
    ]


def test_marks_blanks_and_digits_make_no_difference() -> None:
    assert letters_of("⼀、 受理（ＶＲ）案件 1,060余件；") == "一受理vr案件余件"
    rewritten = OWN.replace("，", ", ").replace("夜间", "夜间12次")
    ((share, runs, _),) = overlaps(made("甲局", 2024, OWN), made("乙局", 2023, rewritten))
    assert share == 1
    assert runs == [OWN.rstrip("。")]


def test_an_overlap_shows_the_common_runs_of_both() -> None:
    """A changed clause parts a passage in two runs, and what surrounds it does not count."""
    copied = OWN.replace("劝导商户关停音响", "约谈经营者十余人")
    ((share, runs, elsewhere),) = overlaps(made("甲局", 2024, "开头另有一句。" + copied), made("乙局", 2023, OWN))
    first, last = "聚焦群众反映强烈的噪声扰民问题，组织执法人员夜间巡查工地", "督促施工单位错峰作业，投诉量明显下降"
    assert (runs, elsewhere) == ([first, last], [first, last])
    assert 0.6 < share < 0.9


def test_runs_shorter_than_a_clause_do_not_count() -> None:
    pieces = [letters_of(OWN)[at : at + RUN - 1] for at in range(0, 48, RUN - 1)]
    assert overlaps(made("甲局", 2024, OWN), made("乙局", 2023, "甲".join(pieces) + OTHER)) == []


def test_set_phrases_and_titles_never_count() -> None:
    formula = (
        "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大和二十届二中、三中全会精神，深入学习贯彻习近平法治思想，"
        "落实《法治政府建设实施纲要（2021—2025年）》《党政主要负责人履行推进法治建设第一责任人职责规定》，增强“四个意识”、坚定“四个自信”、做到“两个维护”，"
    )
    one, two = made("甲局", 2024, formula + OWN), made("乙局", 2023, formula + OTHER)
    assert overlaps(one, two) == []
    assert not find_candidates(sketches_of(one, two))


def test_a_corpus_adds_its_own_set_phrases_and_takes_ours_away() -> None:
    mine = Source("set_phrases.txt", "# 本省的提法\n聚焦群众反映强烈的噪声扰民问题\n-新时代“枫桥经验”\n")
    phrases, problems = read_set_phrases([mine])
    assert problems == ()
    assert set(phrases) ^ set(own_phrases()) == {"聚焦群众反映强烈的噪声扰民问题", "新时代枫桥经验"}
    report = made("甲局", 2024, OWN)
    assert len(read_letters(report, phrases).runs.nonzero()[0]) < len(letters(report).runs.nonzero()[0])


@pytest.mark.parametrize(("line", "code"), [("依法行政", "phrases/too-short"), ("-从来没有的提法", "phrases/unknown")])
def test_a_line_that_can_be_no_set_phrase_is_a_problem_with_its_place(line: str, code: str) -> None:
    _, (problem,) = read_set_phrases([Source("set_phrases.txt", f"# 表\n\n{line}\n")])
    assert (problem.code, problem.line, problem.column) == (code, 3, 1)
    assert problem.found
    assert problem.expected
    assert problem.mend


def test_a_copy_is_found_in_the_later_report_and_named_with_its_source() -> None:
    source, copy = made("乙局", 2023, OTHER, OWN), made("甲局", 2024, THIRD, OWN, place="410100")
    found = find_candidates(sketches_of(source, copy, made("丙局", 2022, THIRD[:30] + OTHER[30:])))
    ((file, (candidate, *_)),) = [(file, those) for file, those in found.items() if file == copy.file]
    of_own = [one for one in found[file] if copy.source.cut(_span(copy, one.passage)) == OWN]
    assert [one.other for one in of_own] == [source.file]
    assert source.source.cut(_span(source, of_own[0].elsewhere)) == OWN
    assert source.file not in {one.other for one in found.get(source.file, ())}
    assert candidate.shared > 0


def _span(report: Report, ident: str) -> Span:
    return next(p.span for _, p in report.passages() if p.id == ident)


def test_the_same_issuer_is_no_candidate_but_compared_with_its_year_before() -> None:
    before, after = made("甲局", 2023, OWN, OTHER), made("甲局", 2024, OWN, THIRD)
    assert not find_candidates(sketches_of(before, after))
    changed = changed_share(letters(before), letters(after))
    assert changed is not None
    assert 0.4 < changed < 0.6
    assert changed_share(letters(before), letters(before)) == 0
    assert changed_share(letters(before), letters(made("甲局", 2025))) is None


def test_reports_of_one_year_are_candidates_of_each_other() -> None:
    one, two = made("甲局", 2024, OWN), made("乙局", 2024, OWN)
    assert set(find_candidates(sketches_of(one, two))) == {one.file, two.file}


def test_wording_that_many_issuers_have_leads_to_no_candidate() -> None:
    reports = [made(f"第{chr(0x4E00 + number)}局", 2024, OWN) for number in range(COMMON + 1)]
    assert not find_candidates(sketches_of(*reports))
    assert len(find_candidates(sketches_of(*reports[:-1]))) == COMMON


def test_what_is_named_is_bounded() -> None:
    reports = [made(f"第{chr(0x4E00 + number)}局", 2024, OWN) for number in range(COMMON)]
    assert {len(those) for those in find_candidates(sketches_of(*reports)).values()} == {PER_PASSAGE}


def test_sketches_do_not_depend_on_the_machine() -> None:
    """Kept from build to build, and made in several processes: a golden value, and no salt of Python's hash."""
    one = sketch(report := made("甲局", 2024, OWN), letters(report))
    assert (one.year, one.issuer, one.counts) == (2024, "411000 甲局", (len(one.runs) // 4).to_bytes(4, "little"))
    assert one.runs.hex() == GOLDEN_RUNS


GOLDEN_RUNS = "76531b0009b2e81894c6504e947c6e655996a5c0"


@given(report_texts())
def test_any_text_has_letters_that_point_back_at_it(text: str) -> None:
    report = read_text(text, name="x", file="x")
    found = letters(report)
    points = [report.source.text[at] for at in found.at.tolist()]
    assert all(len(letters_of(point)) == 1 for point in points)
    assert sorted(found.at.tolist()) == found.at.tolist()
    assert len(found.starts) == len(found.passages) + 1
    sketch(report, found)


PIECES = [OWN, OTHER, THIRD, OWN[:29] + OTHER[29:], THIRD[:25] + OWN[25:], OTHER[:30] + THIRD[30:]]
ROWS = st.tuples(
    st.sampled_from("甲乙丙丁戊己庚辛"), st.integers(2022, 2024), st.lists(st.sampled_from(PIECES), max_size=3)
)


@settings(max_examples=60)
@given(st.lists(ROWS, max_size=14), st.lists(ROWS, max_size=5), st.randoms(use_true_random=False))
def test_a_change_is_found_as_from_nothing(
    rows: list[tuple[str, int, list[str]]], changes: list[tuple[str, int, list[str]]], dice: random.Random
) -> None:
    """Reports that come, change and go: what was found before, altered by `renewed`, is what is found from nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketching, "COMMON", 3)
        patch.setattr(sketching, "REACH", 2)
        old = sketches_of(*(made(f"{name}局", year, *texts) for name, year, texts in rows))
        new = old | sketches_of(*(made(f"{name}局", year, *texts) for name, year, texts in changes))
        for file in dice.sample(sorted(new), len(new) // 4):
            del new[file]
        before = {file: old.get(file) for file in {*old, *new} if old.get(file) != new.get(file)}
        was, now, delta = find_candidates(old), find_candidates(new), renewed(new, before)
    assert {file: those for file, those in {**was, **delta}.items() if those and file in new} == now
