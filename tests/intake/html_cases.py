"""Pages and text files with a known report in each, bent the way real ones are. See `measure.py`; the table is `CASES`.

The true text is that of the corpus' two reports and of the labelled openings; what is around it
is furniture as content management systems of government sites put it there.
"""

from __future__ import annotations

import json
from base64 import encodebytes
from collections.abc import Callable, Mapping, Sequence
from email.message import Message
from email.mime.multipart import MIMEMultipart
from functools import partial
from html import escape
from pathlib import Path
from quopri import encodestring

from tests.intake.measure import Case

ROOT = Path(__file__).resolve().parents[2]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _seed(path: str) -> tuple[str, ...]:
    return _lines((ROOT / path).read_text("utf-8").split("\n---\n", 1)[1])


XUCHANG = _seed("corpus/henan/xuchang/2025-xuchang-weijianwei.md")
ZHENGZHOU = _seed("corpus/henan/zhengzhou/2025-zhengzhou-weijianwei.md")
_OPENINGS = {
    one["id"]: one["text"]
    for one in map(json.loads, (ROOT / "tests/eval/openings.jsonl").read_text("utf-8").splitlines())
}
TRADITIONAL = _lines(_OPENINGS["h075"]) + _lines(_OPENINGS["h057"])

TITLE = "郑州市卫生健康委员会2025年法治政府建设年度报告"
ISSUER = "郑州市卫生健康委员会"
METAS = (
    '<meta name="SiteName" content="郑州市卫生健康委员会"><meta name="ColumnName" content="法治政府建设年度报告">'
    f'<meta name="articletitle" content="{TITLE}"><META NAME="PubDate" CONTENT="2026-01-28 09:30">'
    f'<meta name="ContentSource" content="{ISSUER}">'
)
TOLD = {"title": TITLE, "published": "2026-01-28", "issuer": ISSUER}

NAV = (
    '<div class="header"><a href="/">网站首页</a><ul class="nav"><li><a href="/a">机构职能</a></li><li><a href="/b">政务公开</a></li>'
    '<li><a href="/c">办事服务</a></li></ul><form action="/search"><input name="q" value="请输入关键词"><button>搜索</button></form></div>'
    "<script>document.write('今天是2026年2月3日，星期二。')</script>"
)
CRUMBS = (
    '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/b">政务公开</a> &gt; 法治政府建设年度报告</div>'
)
DATE_LINE = (
    f'<div class="info">发布时间：2026-01-28 09:30　来源：{ISSUER}　浏览次数：<span id="hits"></span>　'
    '字号：<a href="javascript:f(1)">大</a> <a href="javascript:f(2)">中</a> <a href="javascript:f(3)">小</a></div>'
)
AFTER = (
    '<div class="tools"><a href="javascript:print()">【打印】</a><a href="javascript:close()">【关闭】</a></div>'
    "<div>扫一扫在手机打开当前页</div><div>分享到：微信 微博</div><p>责任编辑：李明</p>"
    '<div>上一篇：<a href="/1.html">关于开展卫生健康执法检查的通知</a></div><div>下一篇：<a href="/2.html">2024年法治政府建设年度报告</a></div>'
    '<div><h3>相关链接</h3><ul><li><a href="/3.html">郑州市卫生健康委员会2024年法治政府建设情况的报告</a></li>'
    '<li><a href="/4.html">郑州市卫生健康委员会2023年法治政府建设情况的报告</a></li></ul></div>'
)
FOOTER = (
    '<div class="foot"><p>版权所有：郑州市卫生健康委员会　主办：郑州市卫生健康委员会，承办：信息中心</p>'
    "<p>地址：郑州市中原路，邮编：450000　网站标识码4101000000　豫ICP备05000000号　豫公网安备 41010202000000号</p></div>"
)


def page(middle: str, *, head: str = METAS, title: str = f"{TITLE}_{ISSUER}", charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}</title>{head}'
        f"<style>p{{text-indent:2em}}</style></head>\n<body>{NAV}{middle}{FOOTER}</body></html>"
    )


def paragraphs(lines: Sequence[str], indent: str = "&nbsp;&nbsp;&nbsp;&nbsp;") -> str:
    return "\n".join(f"<p>{indent}{escape(line, quote=False)}</p>" for line in lines)


def editor(lines: Sequence[str]) -> str:
    return f'<div class="TRS_Editor"><div class="TRS_Editor">{paragraphs(lines)}</div></div>'


def article(inner: str, above: str = "") -> str:
    return f'<div class="main"><div class="wrap">{CRUMBS}{above}<h1>{TITLE}</h1>{DATE_LINE}{inner}{AFTER}</div></div>'


def _html(
    name: str,
    middle: str,
    body: Sequence[str],
    metadata: Mapping[str, str | None] | None = None,
    *,
    file: str = "a.html",
    encoding: str = "utf-8",
    declared: str | None = None,
    head: str = METAS,
    title: str = f"{TITLE}_{ISSUER}",
    charset: str | None = None,
    change: Callable[[bytes], bytes] = bytes,
    address: str | None = "https://wjw.zhengzhou.gov.cn/fzzf/202601/t20260128_1.html",
) -> Case:
    def make() -> bytes:
        return change(
            page(middle, head=head, title=title, charset=declared or encoding).encode(encoding, "xmlcharrefreplace")
        )

    return Case(name, file, make, tuple(body), metadata or {}, address, charset)


def _text(
    name: str,
    text: str,
    body: Sequence[str],
    *,
    encoding: str = "utf-8",
    file: str = "a.txt",
    metadata: Mapping[str, str | None] | None = None,
) -> Case:
    return Case(name, file, partial(text.encode, encoding), tuple(body), metadata or {})


# --- Encodings ------------------------------------------------------------------------------------

RARE = "联系人：李喆、王镕、张㛃、陈昇。"

ENCODINGS = (
    _html("utf-8, TRS", article(editor(ZHENGZHOU)), ZHENGZHOU, TOLD),
    _html(
        "says gb2312, is gb18030",
        article(editor((*ZHENGZHOU, RARE))),
        (*ZHENGZHOU, RARE),
        TOLD,
        encoding="gb18030",
        declared="gb2312",
    ),
    _html("says utf-8, is gbk", article(editor(ZHENGZHOU)), ZHENGZHOU, TOLD, encoding="gbk", declared="utf-8"),
    _html("says gb2312, is utf-8", article(editor(ZHENGZHOU)), ZHENGZHOU, TOLD, declared="gb2312"),
    _html("server says latin-1, gbk", article(editor(XUCHANG)), XUCHANG, encoding="gbk", declared="", charset="latin1"),
    _html("utf-16 with mark", article(editor(XUCHANG)), XUCHANG, encoding="utf-16"),
    _html(
        "big5",
        f'<div class="article">{paragraphs(TRADITIONAL)}</div>',
        TRADITIONAL,
        encoding="cp950",
        declared="big5",
        head="",
        title="法治",
    ),
    _html(
        "one byte broken in utf-8",
        article(editor(ZHENGZHOU)),
        (*ZHENGZHOU[:1], ZHENGZHOU[1].replace("主", "\ufffd"), *ZHENGZHOU[2:]),
        TOLD,
        change=lambda data: data.replace("一、主要举措".encode(), "一、".encode() + b"\xe4\xb8" + "要举措".encode(), 1),
    ),
    _html(
        "one byte broken in gbk",
        article(editor(ZHENGZHOU)),
        (*ZHENGZHOU[:1], ZHENGZHOU[1] + "\ufffd", *ZHENGZHOU[2:]),
        TOLD,
        encoding="gbk",
        change=lambda data: data.replace(
            "一、主要举措和成效".encode("gbk"), "一、主要举措和成效".encode("gbk") + b"\xff", 1
        ),
    ),
)

# --- Shapes of content management systems ---------------------------------------------------------

NESTED = (
    '<table width="980" align="center"><tr><td><table width="100%"><tr><td class="left" width="200"><a href="/x">领导之窗</a><br>'
    '<a href="/y">通知公告</a></td><td><table><tr><td><font size="5"><b>{title}</b></font></td></tr><tr><td align="center">'
    "时间：2026-01-28 来源：{issuer} 点击：123</td></tr><tr><td><font>{text}</font></td></tr>"
    '<tr><td align="right">[<a href="javascript:print()">打印</a>][<a href="javascript:close()">关闭</a>]</td></tr></table></td></tr></table></td></tr></table>'
)


def _middle(line: str) -> int:
    """Where Word may end a line of the source: between two Chinese characters, else at the end."""
    return next((at for at in range(len(line) // 2, len(line)) if min(line[at - 1 : at + 1]) >= "一"), len(line))


WORD = "".join(
    f"""<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span lang=EN-US style='font-size:16.0pt;
font-family:仿宋_GB2312'><o:p></o:p></span><span style='font-family:仿宋'>{escape(line[: _middle(line)], quote=False)}
</span><![if !supportMisalignedColumns]><![endif]><span style='display:none;mso-hide:all'>隐藏</span><b><span>{escape(line[_middle(line) :], quote=False)}</span></b></p>
"""
    for line in ZHENGZHOU
)
HEADED = "".join(
    f"<h2>{line}</h2>"
    if line[1:2] == "、" or line[2:3] == "、"
    else f"<h3>{line}</h3>"
    if line[0] == "("
    else f"<p>{line}</p>"
    for line in ZHENGZHOU
)
_PLAIN_HEADS = (
    ("h2", "主要举措和成效"),
    ("h3", "筑牢法治底线"),
    ("p", ZHENGZHOU[2]),
    ("h3", "强化立法保障"),
    ("p", ZHENGZHOU[3]),
    ("h2", "存在的问题与不足"),
    ("p", ZHENGZHOU[13]),
    ("p", "# 不是标题，是原文的井号；这一段照原样保留，一个字也不丢。"),
)
BLOB = "".join(line if at == 0 else "　　" + line for at, line in enumerate(ZHENGZHOU[:12]))
INDEX = (
    "<table class='xxgk'><tr><td>索 引 号</td><td></td><td>MB0000000-2026-00012</td><td>公开方式</td><td>主动公开</td></tr>"
    "<tr><td>发文机关：</td><td>郑州市卫生健康委员会</td><td>文　号：</td><td>郑卫发〔2026〕6号</td></tr>"
    f"<tr><td>名　　称</td><td colspan=3>{TITLE}</td></tr>"
    "<tr><td>成文日期</td><td>2026年1月27日</td><td>发布日期</td><td>2026年1月28日</td></tr></table>"
)
INDEXED = {
    "index_number": "MB0000000-2026-00012",
    "issuer": ISSUER,
    "document_number": "郑卫发〔2026〕6号",
    "title": TITLE,
    "dated": "2026-01-27",
    "published": "2026-01-28",
}
INDEX_LINE = "<div>索 引 号 MB0000000-2026-00012 文  号：无 发布机构 郑州市卫生健康委员会 成文日期： 2026年1月27日 发布日期：2026-01-28</div>"
INDEX_CELLS = (
    "<ul class=idx><li><b>索引号：</b>MB0000000-2026-00012</li><li><b>文号：</b></li><li><b>发文机关：</b>郑州市卫生健康委员会</li>"
    "<li><b>发布日期：</b>2026-01-28</li></ul>"
)

SHAPES = (
    _html(
        "nested layout tables",
        NESTED.format(title=TITLE, issuer=ISSUER, text=paragraphs(ZHENGZHOU, "")),
        ZHENGZHOU,
        {"title": TITLE, "published": "2026-01-28"},
        head="",
        title="郑州市卫生健康委员会",
    ),
    _html(
        "br and emsp",
        article('<div class="content">' + "<br/>\r\n".join("&emsp;&emsp;" + line for line in ZHENGZHOU) + "</div>"),
        ZHENGZHOU,
        {"published": "2026-01-28", "title": TITLE},
        head="",
        title="政务公开",
    ),
    _html("Word paste", article(f"<div id=zoom>{WORD}</div>"), ZHENGZHOU, TOLD),
    _html("h2 and h3 with numbers", article(f"<div id=zoom>{HEADED}</div>"), ZHENGZHOU, TOLD),
    _html(
        "h2 and h3 without numbers",
        article(
            "<div id=zoom>"
            + "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in _PLAIN_HEADS)
            + "</div>"
        ),
        [{"h2": "# ", "h3": "## ", "p": ""}[tag] + text for tag, text in _PLAIN_HEADS],
    ),
    _html("one p, parted by two ideographic spaces", article(f'<div class="txt"><p>{BLOB}</p></div>'), ZHENGZHOU[:12]),
    _html(
        "index table with shifted cells", article(editor(XUCHANG), INDEX), XUCHANG, INDEXED, head="", title="政务公开"
    ),
    _html(
        "index on one line, blanks in labels",
        article(f'<div class="con">{paragraphs(XUCHANG)}</div>', INDEX_LINE),
        XUCHANG,
        {key: INDEXED[key] for key in ("index_number", "issuer", "dated", "published")} | {"document_number": None},
        head="",
        title="政务公开",
    ),
    _html(
        "index as a list, number empty",
        article(editor(XUCHANG), INDEX_CELLS),
        XUCHANG,
        {key: INDEXED[key] for key in ("index_number", "issuer", "published")} | {"document_number": None},
        head="",
        title="政务公开",
    ),
    _html(
        "no element with a name",
        f"<center>{TITLE}</center><center>发布日期：2026/1/28</center>" + paragraphs(ZHENGZHOU),
        ZHENGZHOU,
        {"published": "2026-01-28"},
        head="",
        title="政务公开",
    ),
    _html(
        "a div a paragraph, sign-off apart",
        article(
            "<section><div>"
            + "".join(f"<div>{line}</div>" for line in ZHENGZHOU[:-2])
            + "</div>"
            + "".join(f'<div style="text-align:right">{line}</div>' for line in ZHENGZHOU[-2:])
            + "</section>"
        ),
        ZHENGZHOU,
        {"published": "2026-01-28"},
        head="",
    ),
    _html(
        "text in two divs of one article",
        article(
            f"<div class=page1>{paragraphs(ZHENGZHOU[:18])}</div><div class=page2>{paragraphs(ZHENGZHOU[18:])}</div>"
        ),
        ZHENGZHOU,
    ),
    _html("text in two editors", article(editor(ZHENGZHOU[:9]) + editor(ZHENGZHOU[9:])), ZHENGZHOU, TOLD),
    _html("one form around the page", f'<form id="form1">{article(editor(ZHENGZHOU))}</form>', ZHENGZHOU, TOLD),
    _html("pre", article("<pre>" + "\n".join("    " + line for line in XUCHANG) + "</pre>"), XUCHANG),
    _html(
        "span shown as a block",
        article("<div>" + "".join(f'<span style="display:block">{line}</span>' for line in XUCHANG) + "</div>"),
        XUCHANG,
    ),
)

# --- What stands in and around a body -------------------------------------------------------------

RICH = (
    paragraphs(ZHENGZHOU[:6])
    + "<p>2025年行政执法情况统计表</p><table border=1><tr><th>类别</th><th colspan=2>案件（件）</th></tr><tr><td rowspan=2>行政处罚</td>"
    "<td>一般程序</td><td>32</td></tr><tr><td>简易|当场</td><td><p>1,060</p></td></tr></table>"
    '<p align=center><img src="./W020260128.png" alt="执法现场"></p><img src="/images/icon_doc.gif" width=16>'
    + paragraphs(ZHENGZHOU[6:])
    + '<p>附件：<a href="./P020260128.docx">1.统计表</a></p><p><img src="/i/pdf.gif" width="16"><a href="/f/说明 (1).pdf">2.说明</a></p>'
)
RICH_BODY = (
    *ZHENGZHOU[:6],
    "2025年行政执法情况统计表",
    "| 类别 | 案件（件） |  |",
    "| --- | --- | --- |",
    "| 行政处罚 | 一般程序 | 32 |",
    "|  | 简易\\|当场 | 1,060 |",
    "![执法现场](https://wjw.zhengzhou.gov.cn/fzzf/202601/W020260128.png)",
    *ZHENGZHOU[6:],
    "附件：[1.统计表](https://wjw.zhengzhou.gov.cn/fzzf/202601/P020260128.docx)",
    "[2.说明](https://wjw.zhengzhou.gov.cn/f/%E8%AF%B4%E6%98%8E%20%281%29.pdf)",
)
ITEMS = (
    "依法全面履行职能，全年办理行政许可1060件。",
    "开展普法宣传，受众10万人次。",
    "推进信访法治化，按期办结率100%。",
)
LISTED = (
    f"<p>{ZHENGZHOU[0]}</p><p>{ZHENGZHOU[2]}</p><ol>"
    + "".join(f"<li>{item}</li>" for item in ITEMS)
    + '</ol><ol start="4" style="list-style-type:cjk-ideographic"><li>其他工作情况，按要求报送。</li></ol><ol style="list-style:none"><li>（一）没有自动编号的一项，照原样。</li></ol>'
)
HIDDEN = (
    f'<div style="display:none">{paragraphs(XUCHANG[3:6])}</div><p hidden>真人电子游艺平台，注册即送，欢迎访问，立即开户领取。</p>'
    '<div aria-hidden="true">屏幕阅读器专用的说明文字，重复一遍标题，不是正文的内容。</div>'
    '<p style="VISIBILITY : hidden">第一秘书之家，全网资源每日更新，海量范文下载，欢迎访问。</p>'
)

CONTENTS = (
    _html(
        "salutation before and annex behind the element of the text",
        article(
            f"<div><p>市委、市政府：</p><div>{paragraphs(XUCHANG)}</div><p>特此报告。</p><p>附件：1.执法统计表</p></div>"
        ),
        ("市委、市政府：", *XUCHANG, "特此报告。", "附件：1.执法统计表"),
    ),
    _html(
        "furniture inside the content element",
        '<div class="content">' + CRUMBS + f"<h1>{TITLE}</h1>" + DATE_LINE + paragraphs(ZHENGZHOU) + AFTER + "</div>",
        ZHENGZHOU,
        {"title": TITLE, "published": "2026-01-28", "issuer": ISSUER},
        head="",
    ),
    _html("table, picture, attachments", article(f'<div id="UCAP-CONTENT">{RICH}</div>'), RICH_BODY, TOLD),
    _html(
        "numbers made by lists",
        article(f"<div>{LISTED}</div>"),
        (
            ZHENGZHOU[0],
            ZHENGZHOU[2],
            *(f"{at}. {item}" for at, item in enumerate(ITEMS, 1)),
            "四、其他工作情况，按要求报送。",
            "（一）没有自动编号的一项，照原样。",
        ),
    ),
    _html("hidden decoys", article(f"<div>{HIDDEN}{paragraphs(ZHENGZHOU)}{HIDDEN}</div>"), ZHENGZHOU, TOLD),
    _html(
        "attachments behind the content element",
        article(editor(XUCHANG) + '<div class="fj">附件：<a href="/f/1.pdf">统计表.pdf</a></div>'),
        (*XUCHANG, "附件：[统计表.pdf](https://wjw.zhengzhou.gov.cn/f/1.pdf)"),
    ),
    _html(
        "titles of other reports beside the text",
        '<div class="l"><ul>'
        + "".join(
            f'<li><a href="/{y}.html">某某市关于{y}年法治政府建设情况的报告，全文，以及解读材料</a></li>'
            for y in range(2010, 2025)
        )
        + f"</ul></div>{article(paragraphs(ZHENGZHOU))}",
        ZHENGZHOU,
    ),
)

# --- Damage ---------------------------------------------------------------------------------------

DAMAGE = (
    _html(
        "an anchor never closed",
        article(f'<div class="c"><a name="_Toc1">{paragraphs(ZHENGZHOU)}</div>'),
        ZHENGZHOU,
        {"published": "2026-01-28"},
        head="",
    ),
    _html(
        "cut off in the middle",
        article(editor(ZHENGZHOU)),
        (*ZHENGZHOU[:9], ZHENGZHOU[9][:30]),
        TOLD,
        change=lambda data: data[: data.index(ZHENGZHOU[9].encode()) + len(ZHENGZHOU[9][:30].encode())],
    ),
    _html(
        "tags never closed",
        f"<div class=article><table><tr><td>{CRUMBS}<font><b><p>"
        + "<p><font>".join(ZHENGZHOU)
        + "</div></td></span></b>",
        ZHENGZHOU,
    ),
)

# --- Saved pages, documents that are pages --------------------------------------------------------


def mhtml(html: str, *, encoding: str = "utf-8", transfer: str = "quoted-printable") -> bytes:
    """As Chromium saves a page."""
    whole = MIMEMultipart("related", type="text/html")
    whole["From"] = "<Saved by Blink>"
    whole["Snapshot-Content-Location"] = "https://wjw.zhengzhou.gov.cn/fzzf/1.html"
    for content, kind in ((html, f"text/html; charset={encoding}"), ("p{}", "text/css")):
        part = Message()
        part["Content-Type"] = kind
        part["Content-Transfer-Encoding"] = transfer
        raw = content.encode(encoding)
        part.set_payload((encodestring(raw) if transfer == "quoted-printable" else encodebytes(raw)).decode("ascii"))
        whole.attach(part)
    return whole.as_bytes()


SAVED = (
    Case(
        "mhtml, utf-8",
        "a.mhtml",
        lambda: mhtml(page(article(editor(ZHENGZHOU)))),
        ZHENGZHOU,
        TOLD | {"source_url": "https://wjw.zhengzhou.gov.cn/fzzf/1.html"},
    ),
    Case(
        "mhtml called .html, gbk",
        "a.html",
        lambda: mhtml(page(article(editor(XUCHANG)), charset="gbk"), encoding="gbk", transfer="base64"),
        XUCHANG,
        TOLD,
    ),
    _html("page called .doc", f"<div class=Section1>{WORD}</div>", ZHENGZHOU, file="a.doc"),
)

# --- Plain text -----------------------------------------------------------------------------------

PLAIN = "\n".join(XUCHANG) + "\n"


def _wrapped(lines: Sequence[str], width: int = 30) -> str:
    out = []
    for line in lines:
        text = "　　" + line
        out += [text[at : at + width] for at in range(0, len(text), width)]
    return "\n".join(out)


TEXTS = (
    _text("txt, utf-8", PLAIN, XUCHANG),
    _text("txt, utf-8 with mark, CRLF", "\ufeff" + PLAIN.replace("\n", "\r\n"), XUCHANG),
    _text("txt, utf-16 LE", "\ufeff" + PLAIN, XUCHANG, encoding="utf-16-le"),
    _text("txt, utf-16 BE without mark", PLAIN, XUCHANG, encoding="utf-16-be"),
    _text("txt, gb18030", PLAIN + RARE, (*XUCHANG, RARE), encoding="gb18030"),
    _text("txt, big5", "\n".join(TRADITIONAL), TRADITIONAL, encoding="cp950"),
    _text("txt, hard-wrapped", _wrapped([line for line in XUCHANG if ord(line[0]) > 127]), XUCHANG[:2] + XUCHANG[3:]),
    _text("txt, one paragraph", " ".join(XUCHANG), (" ".join(XUCHANG),)),
    _text("txt, form feeds", PLAIN.replace("\n", "\n\f", 3), XUCHANG),
    _text(
        "md with our front matter",
        f"---\ntitle: {TITLE}\nyear: 2025\n---\n{PLAIN}",
        XUCHANG,
        file="a.md",
        metadata={"title": TITLE, "year": "2025"},
    ),
)

CASES: tuple[Case, ...] = (*ENCODINGS, *SHAPES, *CONTENTS, *DAMAGE, *SAVED, *TEXTS)
