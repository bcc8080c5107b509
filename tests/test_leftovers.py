"""What seems left over of another text, and above all what does not: a report may name other places and years."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from govreport_site.findings import Leftover
from govreport_site.insight.leftovers import find_leftovers
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report
from tests.strategies import report_texts


def made(
    body: str, *, issuer: str = "许昌市司法局", kind: str = "司法", place: str = "411000", year: int = 2025
) -> Report:
    front = f'---\ntitle: {issuer}{year}年法治政府建设年度报告\nissuer: {issuer}\nissuer_kind: {kind}\nplace: "{place}"\nyear: {year}\n---\n'
    return read_text(front + body, name="a.md", file="a.md")


def done(sentence: str) -> str:
    """A report whose achievements hold the sentence, among others of the usual kind."""
    return (
        f"一、主要举措和成效\n我局坚持依法行政，全年办结复议案件20件。{sentence}我局组织培训3次，参训人员稳步增加。\n"
        "二、存在的不足\n执法力量有待加强，我局将认真研究。\n三、下一步工作安排\n继续规范执法行为。\n"
    )


def said(report: Report) -> list[tuple[str, str]]:
    return [(one.what, report.source.cut(one.span)) for one in find_leftovers(report)]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("宜宾市始终坚持执法为民，群众满意度不断提高。", "宜宾市"),
        ("在宜宾市委、市政府的坚强领导下，各项工作有序推进。", "宜宾市"),
        ("全面落实四川省宜宾市委关于法治建设的决策部署。", "四川省宜宾市"),
        ("扎实推进宜宾市法治政府建设再上新台阶。", "宜宾市"),
        ("切实维护宜宾市社会大局和谐稳定。", "宜宾市"),
        ("宜宾市各级行政机关负责人出庭应诉率稳步提高。", "宜宾市"),
        ("为建设法治宜宾、服务群众作出了贡献。", "宜宾"),
        ("排查翠屏区养老服务隐患并限期整改。", "翠屏区"),
    ],
)
def test_another_place_that_is_spoken_of_as_this_one(sentence: str, name: str) -> None:
    assert said(made(done(sentence))) == [("place", name)]


@pytest.mark.parametrize(
    "sentence",
    [
        "与宜宾市司法局签订行政执法协作协议。",
        "赴宜宾市考察学习优化营商环境的做法。",
        "借鉴宜宾市首违不罚经验，出台三张清单。",
        "宜宾市来我局交流普法工作。",
        "行政诉讼案件由郑州铁路运输法院集中管辖，郑州市中级人民法院给予指导。",
        "对口支援新疆哈密市的任务全部完成。",
        "认真学习习近平总书记在北京市考察时的重要讲话。",
        "融入长三角一体化发展，与宜宾市、泸州市实现跨省通办。",
        "干部赴北京大学、浙江大学参加培训。",
        "坚持和发展新时代“枫桥经验”。",
        "落实《宜宾市法治政府建设实施方案》。",
        "聘请上海市某律师事务所担任法律顾问，某公司不服宜宾市政府处罚提起诉讼。",
        "在省委、省政府和市委、市政府的领导下，推进河南省、许昌市法治建设。",
        "禹州市、长葛市积极推进综合行政执法改革，建安区坚持以案释法。",
        "推动法治河南、法治许昌、平安许昌建设。",
        "推动法治中国建设，打造平安校园、健康细胞和信用海关。",
        "解放区域内历史遗留问题，新城区建设稳步推进。",
        "案例被《宜宾日报》刊发。",
    ],
)
def test_places_named_for_a_reason_are_none(sentence: str) -> None:
    assert said(made(done(sentence))) == []


def test_places_above_and_within_are_not_other_places() -> None:
    county = made(done("按照许昌市委工作部署，推进河南省营商环境建设。"), issuer="禹州市司法局", place="411081")
    assert said(county) == []
    province = made(done("许昌市各级行政机关严格执法。"), issuer="河南省司法厅", place="410000")
    assert ("place", "许昌市") not in said(province)


def test_another_self_beside_the_right_one() -> None:
    assert said(made(done("我委制定了执法手册。"))) == [("agency", "我委")]
    assert said(made(done("我县群众普遍满意。"))) == [("place", "我县")]
    assert said(made(done("我市、我省和我国的法治建设，我办理的案件，自我局限，我局部署的工作。"))) == []


def test_a_report_that_calls_itself_so_throughout_is_believed() -> None:
    """The name that metadata give may be an old one: what most of a text says is no left-over."""
    assert said(made(done("").replace("我局", "我委"))) == []


def test_a_zone_or_a_region_may_call_itself_区() -> None:
    assert said(made(done("我区营商环境持续向好。"), issuer="南宁市司法局", place="450100")) == []
    assert said(made(done("我区营商环境持续向好。"))) == [("place", "我区")]


def test_another_agency_where_the_issuer_speaks_of_itself() -> None:
    health = made("许昌市公安局认真落实普法责任制。\n" + done(""))
    assert ("agency", "许昌市公安局") in said(health)
    assert said(made(done("市公安局积极配合，共同开展检查。"))) == []
    assert said(made("市委依法治市办认真组织培训。\n" + done(""), issuer="许昌市人民政府", kind="政府")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，我局共办理复议案件15件。",
        "2024年全年组织执法培训6次。",
        "这是2023年工作总结的主要内容。",
    ],
)
def test_another_year_as_the_subject(sentence: str) -> None:
    ((what, year),) = said(made(done(sentence)))
    assert (what, year) == ("year", sentence[:4] if sentence[0] == "2" else "2023")


@pytest.mark.parametrize(
    "sentence",
    [
        "办结案件30件，比2023年增长12%。",
        "自2021年以来，我局坚持每季度学法。",
        "落实《法治政府建设实施纲要（2021—2025年）》。",
        "2024年12月，我局被命名为示范单位。",
        "及时向市委报告2024年度法治政府建设工作情况，并向社会公开。",
        "2023年我局牵头创建示范市，2025年通过验收。",
        "2024年督察反馈的问题全部整改到位。",
        "2025年，我局共办理复议案件15件。",
        "条例自2026年3月1日起施行。",
        "对2022年以来的涉企案件全面回头看。",
    ],
)
def test_years_named_for_a_reason_are_none(sentence: str) -> None:
    assert said(made(done(sentence))) == []


def test_a_plan_for_the_year_that_is_over() -> None:
    text = done("").replace("继续规范执法行为。", "2025年，我局将继续规范执法行为。")
    assert said(made(text)) == [("year", "2025")]
    assert said(made(text.replace("2025年", "2026年"))) == []


def test_what_reading_noted_is_taken_over_and_not_said_twice() -> None:
    report = made("2024年，我局坚持依法行政。\n" + done(""))
    assert [problem.code for problem in report.problems if problem.code.startswith("left-over")] == ["left-over/year"]
    assert said(report) == [("year", "2024")]
    heading = made(done("").replace("一、主要举措和成效", "一、2024年主要举措和成效"))
    (found,) = find_leftovers(heading)
    assert (heading.source.cut(found.span), found.passage) == ("2024", "s-1")


def test_every_left_over_says_why_and_where() -> None:
    report = made(done("宜宾市始终坚持执法为民。我委制定了执法手册。2023年，我局共办理案件15件。"))
    found = find_leftovers(report)
    assert [one.what for one in found] == ["place", "agency", "year"]
    passages = {p.id: p.span for _, p in report.passages()}
    for one in found:
        assert passages[one.passage].covers(one.span)
        assert "许昌市" in one.reason or "2025" in one.reason


def test_the_seeds_have_nothing_left_over(root: Path) -> None:
    """Read by eye: both name no place, agency or year that is not theirs."""
    for path in sorted((root / "corpus/henan").rglob("20*.md")):
        assert find_leftovers(read_report(path, name=path.name)) == ()


@given(report_texts())
def test_any_text_is_looked_through(text: str) -> None:
    """Total, and every finding stands in the text, in order, in a part that exists."""
    report = made(text)
    found: tuple[Leftover, ...] = find_leftovers(report)
    ids = {p.id for _, p in report.passages()} | {section.id for section in report.walk()}
    assert [one.span.start for one in found] == sorted({one.span.start for one in found})
    assert all(one.passage in ids and one.span.end <= len(report.source.text) for one in found)
