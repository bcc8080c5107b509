"""Pages of topics: every passage that was tagged is shown with the word that caused it, where a reader looks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from govreport_site import addresses
from govreport_site.catalogue import gather
from govreport_site.findings import Tag, TopicName, Vocabulary
from govreport_site.insight.of_report import findings_of, read_kit, traits_of, vocabulary_of
from govreport_site.pages import topics
from govreport_site.pages.environment import Templates
from govreport_site.pages.press import Press
from govreport_site.pages.sheets import Marks
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from govreport_site.source import Span
from govreport_site.topic_names import FIELD, TopicNames
from tests.test_pages import ASSETS

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
KIT, _ = read_kit()

BODY = """# 一、主要举措
## （一）规范行政执法
开展执法检查。落实双随机。
加强培训。
## （二）其他工作
办理行政复议案件5件；<b>受理</b>行政复议申请。完成其他事项。
# 二、不足
执法人员不足。"""


def made(place: str, year: int, issuer: str, front: str = "", body: str = BODY) -> Report:
    text = f'---\nissuer: {issuer}\nplace: "{place}"\nyear: {year}\n{front}---\n{body}\n'
    return read_text(text, name=f"{issuer}{year}.md", file=f"{issuer}{year}.md")


def render(*reports: Report) -> dict[str, LexborHTMLParser]:
    """The pages of topics by their addresses."""
    catalogue, _ = gather(reports)
    press = Press(Templates(TEMPLATES), ASSETS, Site("报告"), vocabulary=vocabulary_of(KIT))
    by_file = {report.file: report for report in reports}
    sayings = {file: findings_of(report, KIT) for file, report in by_file.items()}
    return {
        sheet.page: LexborHTMLParser(topics.render_topics(press, sheet, catalogue, by_file, sayings))
        for sheet in topics.sheets(catalogue, marks_of(list(reports)))
    }


def texts(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_a_passage_stands_under_its_topic_with_the_word_marked_and_leads_to_the_report() -> None:
    """A heading speaks once for all below it; a sentence stands once, however many of its words were told."""
    report = made("411000", 2025, "许昌市林业局")
    page = render(report)["topics/enforcement/henan/index.html"]
    assert texts(page, ".hit .src") == ["许昌市林业局"] * 3
    assert [(*texts(node, "a"), *texts(node, "mark"), *texts(node, "small")) for node in page.css(".said")] == [
        ("## （一）规范行政执法", "行政执法", "其下 2 段"),
        ("二、不足", "执法人员"),
        ("（一）规范行政执法", "执法检查"),
    ]
    assert texts(page, ".said")[1] == "缺二、不足执法人员不足。"
    tags = findings_of(report, KIT).tags
    own = {tag.passage for tag in tags if tag.topic in TopicNames(vocabulary_of(KIT)).covered("enforcement")}
    led = {node.attributes["href"] for node in page.css(".hit a")}
    assert {str(href).partition("#")[2] for href in led} <= own
    assert all(str(href).startswith("../../../henan/xuchang/2025-lin") for href in led)


def test_a_sentence_is_shown_as_published_and_is_no_markup() -> None:
    body = "# 一、工作\n<b>办理</b>行政复议案件5件；其他不计。"
    page = render(made("411000", 2025, "许昌市司法局", body=body))["topics/disputes/henan/index.html"]
    assert texts(page, ".said") == ["成一、工作<b>办理</b>行政复议案件5件；"]


def test_a_person_s_choice_wins_and_is_said_to_be_one() -> None:
    report = made("411000", 2025, "许昌市司法局", 'sections:\n  "一/一": {topics: [数字法治政府]}\n')
    pages = render(report)
    (row,) = pages["topics/digital/henan/index.html"].css(".hit")
    assert "其下 2 段，由人归入“数字法治政府”" in row.text()
    assert not row.css("mark")


def test_a_topic_without_passages_says_so_and_has_no_lists() -> None:
    pages = render(made("411000", 2025, "许昌市司法局", body="# 一、工作\n做好工作。"))
    assert "还没有报告说到“立法”" in texts(pages["topics/rules-legislation/index.html"], "main")[0]
    assert texts(pages["topics/index.html"], "dt")[3] == "行政执法纲要第五部分、还没有"
    assert not [page for page in pages if page.count("/") > 2]


def test_without_any_report_every_topic_still_has_its_page() -> None:
    pages = render()
    assert len(pages) == 1 + len(vocabulary_of(KIT).topics)


def test_the_own_field_is_called_what_each_kind_of_department_calls_it() -> None:
    body = "# 一、工作\n深入推进依法治林，加强林业法治。"
    other = "# 一、工作\n深入推进依法治水，加强水利法治，依法管水。"
    forest, water = (f"issuer_kind: {kind}\n" for kind in ("林业", "水利"))
    pages = render(
        made("411000", 2025, "许昌市林业局", forest, body), made("411000", 2025, "许昌市水利局", water, other)
    )
    assert sorted(texts(pages["topics/field/henan/index.html"], "section.group > h2")) == ["依法治林", "依法治水"]
    assert "林业依法治林" in texts(pages["topics/field/index.html"], "tbody tr")


def many() -> Iterator[Report]:
    """In one prefecture more than a page holds, over two years; in another one, and the province itself."""
    for number in range(topics.LONGEST_LIST):
        for year in (2023, 2024):
            yield made("411000", year, f"许昌市第{number}局")
    yield made("410100", 2024, "郑州市司法局")
    yield made("410000", 2024, "河南省司法厅")


def test_long_lists_are_parted_by_prefecture_and_year_and_nothing_is_lost() -> None:
    """Every report is on exactly one list of a topic, and every list is led to from the one above it."""
    pages = render(*many())
    lists = {page: node for page, node in pages.items() if page.startswith("topics/disputes/henan")}
    assert sorted(lists) == [
        "topics/disputes/henan/index.html",
        "topics/disputes/henan/xuchang/2023/index.html",
        "topics/disputes/henan/xuchang/index.html",
        "topics/disputes/henan/zhengzhou/index.html",
    ]
    shown = [name for page in lists.values() for name in {node.text() for node in page.css(".src")}]
    assert len(shown) == 2 * topics.LONGEST_LIST + 2
    seen, left = set(), ["topics/disputes/henan/index.html"]
    while left:
        page = left.pop()
        seen.add(page)
        for node in lists[page].css("nav.facet a[href]"):
            target = addresses.page_in(str((Path("/") / page).parent / str(node.attributes["href"])).removeprefix("/"))
            target = re.sub(r"[^/]+/\.\./", "", re.sub(r"[^/]+/\.\./", "", target)).removesuffix("/index.html")
            if target in lists and target not in seen:
                left.append(target)
    assert seen == set(lists)
    assert "2024 年度" in texts(pages["topics/disputes/henan/xuchang/index.html"], "title")[0]


def marks_of(reports: list[Report]) -> Marks:
    plain = {report.file: report.file.encode() for report in reports}
    traits = {report.file: traits_of(findings_of(report, KIT)) for report in reports}
    return Marks(plain, plain, {}, plain, traits, vocabulary_of(KIT))


def test_one_more_report_changes_one_list_a_topic_and_no_page_above() -> None:
    """What a build must make again: overviews name provinces and years, not how many there are."""
    reports = list(many())

    def inputs(some: list[Report]) -> dict[str, object]:
        return {sheet.page: (sheet.inputs, sheet.told) for sheet in topics.sheets(gather(some)[0], marks_of(some))}

    before, after = inputs(reports), inputs([*reports, made("411000", 2024, "许昌市新局")])
    changed = {page for page in after if before.get(page) != after[page]}
    assert changed == {page for page in after if page.endswith("/henan/xuchang/index.html")}


@given(st.text(alphabet="办理行政复议，。；\n", max_size=300), st.data())
def test_a_sentence_holds_its_word_and_is_cut_only_where_it_is_long(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    word = Span(at, data.draw(st.integers(at, min(len(text), at + 6))))
    whole = topics._sentence(text, Span(0, len(text)), word)
    if not text[word.start : word.end].strip() or any(c in "。；\n" for c in text[word.start : word.end]):
        return
    shown, before, after = topics._around(text, whole, word)
    assert whole.covers(shown) and shown.covers(word)
    assert (before, after) == (shown.start > whole.start, shown.end < whole.end)
    assert len(shown) <= topics.LONGEST_SENTENCE + len(word)


NAMES = TopicNames(
    Vocabulary(
        topics=(
            TopicName("a", "甲"),
            TopicName("b", "乙"),
            TopicName("a-1", "甲/一,", under="a"),
            TopicName(FIELD, "本领域"),
        ),
        fields=(("林业", "依法治林"),),
    )
)


def test_a_path_names_the_topic_above_and_parts_stand_behind_their_topic() -> None:
    """A comma would part two topics in the address of a search, a stroke a topic from its part."""
    assert list(NAMES.by_id) == ["a", "a-1", "b", FIELD]
    assert NAMES.path("a-1") == "甲/甲／一，"
    assert (NAMES.path(FIELD, "林业"), NAMES.path(FIELD, "水利")) == ("本领域/依法治林", "本领域")
    with pytest.raises(KeyError):
        NAMES.path("c")


def test_a_passage_has_each_topic_once_and_none_that_one_of_its_parts_says_better() -> None:
    tags = [Tag(topic, "p", "词", None) for topic in ("b", "a", "a-1", "b", "gone")]
    assert NAMES.paths(tags, None) == {"p": ("乙", "甲/甲／一，")}
