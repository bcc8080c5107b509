"""An HTML page → a report as it came in. The front of the rooms that read pages.

    bytes ─ encoding ─ html ─ page_lines ─┬─ page_body ──── lines of the body ─┬─ Arrival
                              page_tables └─ page_labels ── hints ─────────────┘

A page that holds no report is refused with what it holds instead: a list, only links to documents, a
script that would fetch the text, a question who is asking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govreport_site.intake.arrival import Arrival, Doubt, Refused
from govreport_site.intake.encoding import Claim, decode
from govreport_site.intake.lines import as_paragraph, control_doubts
from govreport_site.intake.page_body import Body, choose_body, reads_like_title
from govreport_site.intake.page_labels import read_hints
from govreport_site.intake.page_lines import Attachment, Line, Page, read_page

# The first bytes of a page name its encoding, if it does.
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]+)")
_HEAD_BYTES = 8192

# A report has thousands of characters of running text; a notice that links one has a sentence or two.
_LEAST_PROSE_CHARS = 120

_ASKS_WHO = re.compile(
    "验证码|安全验证|访问验证|人机验证|请完成验证|滑动验证|访问过于频繁|请求被拦截|统一身份认证|用户登录|请先登录|账号登录|captcha|Access Denied|403 Forbidden|请开启\\s*JavaScript",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    "404|页面不存在|您访问的页面|找不到(?:该|您)?.{0,6}页|信息不存在|已(?:被)?删除|Not Found", re.IGNORECASE
)
_BY_SCRIPT = re.compile(
    r"<div[^>]+id=[\"']?(?:app|root|__nuxt|main-app)\b|\.ajax\s*\(|axios|fetch\s*\(|XMLHttpRequest|\$\.(?:get|post|getJSON)\s*\(|new Vue|acw_sc__v2|__jsl_clearance|enable JavaScript|启用\s*JavaScript",
    re.IGNORECASE,
)
_MORE_PAGES = re.compile(r"createPageHTML\s*\(\s*[\"']?(\d{1,3})")

_OWN_MARKER = re.compile(r"[（(]?[一二三四五六七八九十百]{1,4}[、.．)）]|[（(]?\d{1,2}[.．、)）]|第[一二三四五六七八九十百]+[章节部条]|[㈠-㈩①-⑳⒈-⒛⑴-⒇]|[一二三四五六七八九十]+是")  # fmt: skip
_LONGEST_HEADING_CHARS = 80


def read_web_page(data: bytes, *, charset: str | None = None, address: str | None = None) -> Arrival:
    """The report on a page. charset: what the server said. Raises Refused when the page holds none."""
    decoded = decode(data, _claims(data, charset))
    doubts = list(decoded.doubts)
    page = read_page(decoded.text, address=address)
    body = choose_body(page)
    if body.prose_chars < _LEAST_PROSE_CHARS:
        hidden = read_page(decoded.text, address=address, with_hidden=True)
        shown = choose_body(hidden)
        if shown.prose_chars < 4 * _LEAST_PROSE_CHARS:
            raise _refusal(page, body, decoded.text)
        page, body = hidden, shown
        doubts.append(
            Doubt("intake/hidden-text", "正文在网页里是隐藏的，要由脚本显示", "对照网页，看收录的是不是要的那一篇")
        )
    lines = tuple(_written(body.lines))
    doubts += _doubts(page, body, decoded.text)
    doubts += control_doubts(lines)
    return Arrival("\n".join(lines) + "\n", read_hints(page, body.above, body.below, address), tuple(doubts))


def _claims(data: bytes, charset: str | None) -> list[Claim]:
    claims = [Claim(charset, "服务器")] if charset else []
    for pattern in (_META_CHARSET, _XML_ENCODING):
        if found := pattern.search(data[:_HEAD_BYTES]):
            claims.append(Claim(found[1].decode("ascii"), "网页"))
    # A page knows better than a server what its editor wrote.
    return sorted(claims, key=lambda claim: claim.where != "网页")


# --- Lines of the body → text ---------------------------------------------------------------------


def _written(lines: Sequence[Line]) -> list[str]:
    """Lines as our corpus keeps them; a heading that bears no number of its own gets # signs."""
    first_prose = next((at for at, line in enumerate(lines) if line.form == "text"), len(lines))
    titles = {
        at for at, line in enumerate(lines) if line.form == "heading" and at <= first_prose and reads_like_title(line)
    }
    levels = sorted({line.level for at, line in enumerate(lines) if line.form == "heading" and at not in titles})
    out: list[str] = []
    for at, line in enumerate(lines):
        if line.form == "table":
            out += line.text.split("\n")
        elif line.form == "heading" and at not in titles and _needs_sign(line.text):
            out.append("#" * min(6, levels.index(line.level) + 1) + " " + line.text)
        else:
            out.append(as_paragraph(line.text))
    while out and not out[-1]:
        out.pop()
    return out[1:] if out and not out[0] else out


def _needs_sign(text: str) -> bool:
    return not _OWN_MARKER.match(text) and len(text) <= _LONGEST_HEADING_CHARS and not text.endswith(("。", "；"))


# --- What a person should look at -----------------------------------------------------------------


def _doubts(page: Page, body: Body, html: str) -> list[Doubt]:
    doubts = []
    lower = html[-20_000:].lower()
    if "</html" not in lower and "</body" not in lower and "<body" in html.lower():
        doubts.append(
            Doubt("intake/truncated", "网页没有结尾的 </body>，可能没有下载完", "看正文末尾是否完整；不完整就重新下载")
        )
    if (pages := _MORE_PAGES.search(html)) and int(pages[1]) > 1:
        doubts.append(
            Doubt("intake/more-pages", f"文章分成 {pages[1]} 页，这里只有其中一页", "把其余各页的正文接在后面")
        )
    if 10 * body.elsewhere_chars > body.prose_chars:
        doubts.append(
            Doubt(
                "intake/body-unsure",
                f"取作正文的有 {body.prose_chars} 字，页面其他地方还有 {body.elsewhere_chars} 字成段的文字",
                "看取的是不是报告全文；不是就把正文复制到文本文件里再收录",
            )
        )
    if page.generated_numbers:
        doubts.append(
            Doubt(
                "intake/generated-numbers",
                f"有 {page.generated_numbers} 个序号是网页的编号列表自动生成的，已写进正文",
                "对照网页，看序号是否相同",
            )
        )
    if page.embedded_images:
        doubts.append(
            Doubt(
                "intake/embedded-image",
                f"有 {page.embedded_images} 幅图片嵌在网页里，没有网址，只留下了位置",
                "图片里若有文字，请补进正文",
            )
        )
    if not page.address and any(line.attachments or "](" in line.text for line in body.lines):
        doubts.append(
            Doubt(
                "intake/relative-link",
                "不知道网页的网址，附件和图片的链接可能打不开",
                "收录时给出网址，或在正文里把链接补全",
            )
        )
    return doubts


# --- Pages without a report -----------------------------------------------------------------------


def _refusal(page: Page, body: Body, html: str) -> Refused:
    text = " ".join(line.text for line in page.lines)
    documents = list(dict.fromkeys([*body.attachments, *page.documents]))
    if documents:
        return Refused(
            "intake/only-links",
            "网页本身没有正文，只链接了文件：\n" + "\n".join(_shown(one) for one in documents[:20]),
            "收录所链接的文件：下载后 add 该文件，或者 add 它的网址",
        )
    if len(text) < 2_000 and _ASKS_WHO.search(page.title + text):
        return Refused(
            "intake/login-page",
            f"这是登录或验证页面（“{text[:40]}”），不是报告",
            "用浏览器打开网址，通过验证后把网页存下来（另存为 .html 或 .mhtml），再收录存下的文件",
        )
    if len(text) < 1_000 and _NOT_FOUND.search(page.title + text):
        return Refused(
            "intake/error-page", f"网站说没有这个页面（“{text[:40]}”）", "核对网址；页面若已搬走，找到新网址再收录"
        )
    linked = sum(line.linked for line in page.lines)
    count = sum(line.linked > 0 for line in page.lines)
    if count >= 10 and 2 * linked > sum(not c.isspace() for c in text):
        return Refused(
            "intake/list-page",
            f"这是列表页：{count} 行都是链接，没有成段的文字",
            "打开列表里的那一份报告，收录它自己的网址",
        )
    if _BY_SCRIPT.search(html):
        return Refused(
            "intake/script-page",
            "网页的正文要由脚本载入，文件里没有",
            "用浏览器打开网页，等正文出现后另存为 .mhtml 再收录，或把正文复制到文本文件里",
        )
    if any(line.form == "image" for line in page.lines) and body.prose_chars == 0:
        return Refused("intake/only-images", "网页的正文是图片，没有文字", "用 OCR 认出文字，或者找文字版再收录")
    return Refused(
        "intake/empty",
        f"网页里没有成段的文字（共 {sum(not c.isspace() for c in text)} 字）",
        "核对是不是存错了页面；正文若在别处，把它复制到文本文件里再收录",
    )


def _shown(one: Attachment) -> str:
    return f"{one.words}  {one.address}" if one.words != one.address else one.address
