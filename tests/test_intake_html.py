"""Pages come in whole and alone: nothing of the report lost, nothing of the page added, what the page states read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_site.intake.arrival import Arrival, Refused
from govreport_site.intake.bring_in import bring_in
from govreport_site.intake.page_labels import read_labels, without_site
from govreport_site.intake.page_lines import read_page
from govreport_site.reading.read import read_text
from tests.intake.html_cases import CASES, ISSUER, NAV, TITLE, ZHENGZHOU, article, editor, page, paragraphs
from tests.intake.measure import Case, arrive, measure
from tests.intake.page_parts import BODY, HEADS, LAYOUTS, MARKUPS, TAILS, WRAPS, combined
from tests.strategies import report_texts

ADDRESS = "https://wjw.zhengzhou.gov.cn/fzzf/202601/t20260128_1.html"
PAGES = [case for case in CASES if case.file.endswith(("html", "doc"))]
LONG = ZHENGZHOU[2] + ZHENGZHOU[3]


def arrived(html: str) -> Arrival:
    return bring_in("a.html", html.encode(), address=ADDRESS)


def refused(html: str) -> Refused:
    with pytest.raises(Refused) as caught:
        arrived(html)
    return caught.value


def body_of(html: str) -> list[str]:
    return [line for line in arrived(html).text.split("\n") if line]


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name)
def test_a_report_comes_in_whole_and_alone(case: Case) -> None:
    row = measure(case)
    assert (row.lost, row.extra) == (0, 0)
    assert row.paragraphs_right == row.paragraphs
    assert row.metadata_right == row.metadata


@pytest.mark.parametrize("case", [case for case in PAGES if case.body == ZHENGZHOU], ids=lambda case: case.name)
def test_reading_finds_the_same_report_in_every_page(case: Case) -> None:
    wanted = read_text("\n".join(ZHENGZHOU), name="a", file="a")
    got = read_text(arrive(case).text, name="a", file="a")
    assert [(one.title, one.kind) for one in got.walk() if one.level] == [
        (one.title, one.kind) for one in wanted.walk() if one.level
    ]
    assert (got.metadata.issuer, got.metadata.dated) == (wanted.metadata.issuer, wanted.metadata.dated)


@settings(max_examples=150)
@given(*(st.sampled_from(sorted(part)) for part in (MARKUPS, WRAPS, HEADS, TAILS, LAYOUTS)))
def test_whatever_is_around_a_report_it_is_the_same(markup: str, wrap: str, head: str, tail: str, layout: str) -> None:
    """Nothing is ever lost; added at most the title above it, or the issuer's name repeated below."""
    html = combined(markup, wrap, head, tail, layout)
    arrival = arrived(html)
    got = [line for line in arrival.text.split("\n") if line]
    assert [line for line in got if line not in (TITLE, ISSUER)] == [line for line in BODY if line != ISSUER]
    assert got.count(ISSUER) >= 1
    first = {hint.key: hint.value for hint in reversed(arrival.hints)}
    assert first["published"].startswith("2026")
    assert TITLE in (first.get("title"), *got)


# --- Doubts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("one byte broken in utf-8", "intake/bad-bytes"),
        ("one byte broken in gbk", "intake/bad-bytes"),
        ("says utf-8, is gbk", "intake/encoding-mismatch"),
        ("cut off in the middle", "intake/truncated"),
        ("numbers made by lists", "intake/generated-numbers"),
        ("mhtml called .html, gbk", "intake/other-format"),
        ("page called .doc", "intake/other-format"),
    ],
)
def test_what_a_person_should_look_at_is_said(name: str, code: str) -> None:
    case = next(case for case in CASES if case.name == name)
    assert [doubt.code for doubt in arrive(case).doubts] == [code]


def test_a_bad_byte_is_placed() -> None:
    case = next(case for case in CASES if case.name == "one byte broken in gbk")
    at = case.make().index(b"\xff") + 1
    assert f"第 {at} 个字节" in arrive(case).doubts[0].found


def test_an_article_of_several_pages_is_not_taken_for_whole() -> None:
    html = page(article(editor(ZHENGZHOU)) + '<script>createPageHTML(3, 0, "t2026", "html");</script>')
    assert [doubt.code for doubt in arrived(html).doubts] == ["intake/more-pages"]


def test_much_text_outside_the_chosen_body_is_said() -> None:
    html = page(article(f"{editor(ZHENGZHOU)}<div><p>{LONG}</p><p>{LONG}</p></div>"))
    arrival = arrived(html)
    assert arrival.text.strip() == "\n".join(ZHENGZHOU)
    assert [doubt.code for doubt in arrival.doubts] == ["intake/body-unsure"]


def test_pictures_inside_the_page_are_said_to_be_left_out() -> None:
    html = page(
        article(f'<div id=zoom>{paragraphs(ZHENGZHOU)}<p><img src="data:image/png;base64,AAAA" alt="附表"></p></div>')
    )
    arrival = arrived(html)
    assert "![附表]()" in arrival.text
    assert [doubt.code for doubt in arrival.doubts] == ["intake/embedded-image"]


def test_links_whose_site_is_unknown_are_said() -> None:
    html = page(article(f'<div id=zoom>{paragraphs(ZHENGZHOU)}<p><a href="a.pdf">附表</a></p></div>'))
    arrival = bring_in("a.html", html.encode())
    assert "[附表](a.pdf)" in arrival.text
    assert [doubt.code for doubt in arrival.doubts] == ["intake/relative-link"]


def test_a_text_that_only_a_script_would_show_is_taken_with_a_doubt() -> None:
    arrival = arrived(page(f'<div id="c" style="display:none">{paragraphs(ZHENGZHOU)}</div>'))
    assert arrival.text.strip() == "\n".join(ZHENGZHOU)
    assert [doubt.code for doubt in arrival.doubts] == ["intake/hidden-text"]


# --- Marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["# 井号开头的一段原文，不是标题。", "###### 六个", "--- | ---", "|---|", "![不是图](x"]
)
def test_a_paragraph_that_looks_like_markdown_stays_one(line: str) -> None:
    html = page(article(f"<div id=zoom>{paragraphs([ZHENGZHOU[0], '甲 | 乙', line, *ZHENGZHOU[1:4]])}</div>"))
    report = read_text(arrived(html).text, name="a", file="a")
    texts = [report.source.cut(passage.span) for _, passage in report.passages()]
    assert line in texts
    assert {passage.form for _, passage in report.passages()} == {"paragraph"}


def test_a_table_is_one_passage_for_reading_and_takes_no_neighbour_with_it() -> None:
    case = next(case for case in CASES if case.name == "table, picture, attachments")
    report = read_text(arrive(case).text, name="a", file="a")
    forms = [(passage.form, report.source.cut(passage.span)[:6]) for _, passage in report.passages()]
    assert [form for form, _ in forms].count("table") == 1
    assert [form for form, _ in forms].count("image") == 1


def test_addresses_that_no_web_page_has_become_text() -> None:
    html = page(
        article(f"<div id=zoom>{paragraphs(ZHENGZHOU)}<p><a href='javascript:f(\"a.pdf\")'>附件一</a></p></div>")
    )
    assert body_of(html)[-1] == "附件一"


@pytest.mark.parametrize("href", ["http://[x/a.pdf", "http://a:b:c/x.pdf", "//[", "ht!tp://x.pdf", "\x01a.pdf"])
def test_broken_addresses_break_nothing(href: str) -> None:
    html = page(
        article(f'<div id=zoom>{paragraphs(ZHENGZHOU)}<p>见<a href="{href}">附表</a></p><img src="{href}"></div>')
    )
    assert "附表" in arrived(html).text


def test_links_start_from_the_base_of_the_page() -> None:
    html = page(
        article(f'<div id=zoom>{paragraphs(ZHENGZHOU)}<p><a href="a.pdf">附表</a></p></div>'), head='<base href="/f/">'
    )
    arrival = arrived(html)
    assert "[附表](https://wjw.zhengzhou.gov.cn/f/a.pdf)" in arrival.text
    assert [hint.value for hint in arrival.hints if hint.key == "source_url"] == [ADDRESS]


def test_blanks_inside_a_line_stay_as_published() -> None:
    html = page(article(f"<div id=zoom>{paragraphs(ZHENGZHOU)}<p>&emsp;&emsp;2026 年&nbsp;1　月27日  止\n</p></div>"))
    assert body_of(html)[-1] == "2026 年\xa01　月27日 止"


# --- What the page states -------------------------------------------------------------------------


def test_trust_goes_from_meta_to_table_to_heading_to_title() -> None:
    html = page(
        article(
            editor(ZHENGZHOU),
            "<table><tr><td>名称</td><td>表格里的法治政府建设年度报告</td></tr><tr><td>索引号</td><td>A-2026-1</td></tr></table>",
        ),
        head='<meta name=ARTICLETITLE content="网页标记里的法治政府建设年度报告">',
        title="窗口标题里的法治政府建设年度报告-某市政府网",
    )
    titles = [hint.value[:4] for hint in arrived(html).hints if hint.key == "title"]
    assert titles == ["网页标记", "表格里的", "郑州市卫", "窗口标题"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["索 引 号：", "MB-1", "文　号", "无"], {"索引号": "MB-1", "文号": "无"}),
        (["发布时间：2026-01-28 16:05来源：市卫健委"], {"发布时间": "2026-01-28 16:05", "来源": "市卫健委"}),
        (["发文机关\t\t郑州市人民政府\t\t成文日期\t2026年1月2日"], {"发文机关": "郑州市人民政府", "成文日期": "2026年1月2日"}),
        (["【索引号】A-1【发布日期】2026-01-02"], {"索引号": "A-1", "发布日期": "2026-01-02"}),
        (["名称 与 标题 是两个普通的词"], {}),
    ],
)  # fmt: skip
def test_labels_in_every_shape(lines: list[str], expected: dict[str, str]) -> None:
    assert {one.label: one.value for one in read_labels(lines)} == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{TITLE}_郑州市卫生健康委员会", TITLE),
        (f"{TITLE} - 法治政府建设 - 郑州市人民政府门户网站", TITLE),
        (f"郑州市人民政府门户网站-{TITLE}", TITLE),
        ("法治政府建设实施纲要（2021-2025年）落实情况的报告", "法治政府建设实施纲要（2021-2025年）落实情况的报告"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title: str, expected: str) -> None:
    assert without_site(title) == expected


def test_a_person_or_a_newspaper_is_no_issuer() -> None:
    html = page(
        editor(ZHENGZHOU), head='<meta name=Author content="欧阳小明"><meta name=ContentSource content="大河报">'
    )
    assert [hint for hint in arrived(html).hints if hint.key == "issuer"] == []


def test_the_clock_and_the_search_box_of_a_page_state_nothing() -> None:
    html = page(article(editor(ZHENGZHOU)).replace("发布时间：2026-01-28 09:30", ""), head="", title="政务公开")
    html = html.replace(NAV, NAV + "<div>今天是2019年10月31日</div>")
    assert [hint for hint in arrived(html).hints if hint.key in ("published", "dated")] == []


# --- Pages without a report -----------------------------------------------------------------------

LIST = page(
    "<ul>" + "".join(f'<li><a href="/{at}.html">{TITLE}（{at}）</a> 2026-01-28</li>' for at in range(30)) + "</ul>"
)
ONLY_LINKS = page(article('<div id=zoom><p>现将报告公布如下。</p><p><a href="/f/2025.pdf">2025年报告</a></p></div>'))
VIEWER = page(article('<iframe src="/pdfjs/web/viewer.html?file=/f/2025.pdf"></iframe>'))


# Page, and the code of its refusal.
REFUSED = [
    (LIST, "intake/list-page"),
    (ONLY_LINKS, "intake/only-links"),
    (VIEWER, "intake/only-links"),
    (page("<div>用户登录</div><form>用户名<input>密码<input>验证码<input></form>"), "intake/login-page"),
    ("<html><body><script>document.cookie='acw_sc__v2=1'</script>请开启JavaScript并刷新该页</body></html>", "intake/login-page"),
    ("<html><head><title>404</title></head><body>您访问的页面不存在</body></html>", "intake/error-page"),
    ("<html><body><div id=app></div><script src=/js/app.js></script></body></html>", "intake/script-page"),
    (page(article('<div id=zoom><img src="/1.jpg"><img src="/2.jpg"></div>'), title="政务公开"), "intake/only-images"),
    ("<html><body> &nbsp; </body></html>", "intake/empty"),
    (page("<div>" * 5_000 + LONG), "intake/too-large"),
    (page("<font>" * 3_000 + "<p>一" * 3_000), "intake/too-large"),
    (page(article(editor(ZHENGZHOU) + "<table><tr>" + "<td rowspan=9999 colspan=100>一<td>二" * 400 + "<tr><td>三<td>四" * 900 + "</table>")), "intake/too-large"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "code"), REFUSED, ids=lambda value: value if len(value) < 30 else "")
def test_a_page_without_a_report_is_refused_with_what_to_do(html: str, code: str) -> None:
    started = time.monotonic()
    error = refused(html)
    assert error.code == code
    assert error.found and error.mend
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("html", [ONLY_LINKS, VIEWER])
def test_the_documents_of_a_page_that_only_links_them_are_named(html: str) -> None:
    assert "https://wjw.zhengzhou.gov.cn/f/2025.pdf" in refused(html).found


def test_a_saved_page_may_hold_the_report_in_a_frame() -> None:
    data = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        "<html><body><iframe src=cid:1></iframe></body></html>\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{page(editor(ZHENGZHOU))}\r\n--b--\r\n"
    ).encode()
    assert bring_in("a.mht", data).text.strip() == "\n".join(ZHENGZHOU)


# --- Any page -------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    "<p> </p> <div> </div> <table> <tr> <td> </td> </table> <br> <li> <ol> </ol> <span> <a href=a.pdf> </a> <h2> </h2> <!-- --> <script> "
    "</script> <img src=a.jpg> &nbsp; &emsp; &# < > <b> </font> <pre> </pre> <select> <svg> <template> <td rowspan=9 colspan=9>".split(
        " "
    )
)


@given(st.lists(PIECES | report_texts(8), max_size=40).map("".join), st.booleans())
def test_any_page_is_read_or_refused(html: str, declared: bool) -> None:
    """No page, however broken, ends in anything but a text or a refusal; and what is read has no blank lines at its ends."""
    data = (f"<html><body>{html}{LONG if declared else ''}").encode("utf-8", "surrogatepass")
    try:
        text = bring_in("a.html", data).text
    except Refused:
        return
    assert text.endswith("\n") and text.strip() and not text.startswith("\n")


@given(st.lists(st.sampled_from(ZHENGZHOU), min_size=4, max_size=12), st.sampled_from(["p", "div", "section", "li"]))
def test_paragraphs_keep_their_order_and_number(lines: list[str], tag: str) -> None:
    html = page(
        f"<div id=zoom><p>{LONG}</p>" + "".join(f"<{tag}>{line}</{tag}>" for line in lines) + f"<p>{LONG}</p></div>"
    )
    assert body_of(html) == [LONG, *lines, LONG]


def test_a_page_without_marks_is_read_as_a_browser_reads_it() -> None:
    """Line ends of the source part nothing: between Chinese characters they vanish, else they are a blank."""
    assert [line.text for line in read_page("<body>中\n文 a\nb<p>一<b>\n二</b>").lines] == ["中文 a b", "一二"]
