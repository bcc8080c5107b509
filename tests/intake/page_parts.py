"""Parts of pages that combine freely: how text is marked up, what is around it. Names are for messages of tests.

Four thousand pages of one report: whatever the combination, the report is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.intake.html_cases import (
    AFTER,
    CRUMBS,
    DATE_LINE,
    FOOTER,
    INDEX,
    INDEX_CELLS,
    ISSUER,
    NAV,
    TITLE,
    ZHENGZHOU,
    paragraphs,
)

# Enough of the report to have every kind of line: prose, headings of both levels, sign-off and date.
BODY = ZHENGZHOU[:4] + ZHENGZHOU[12:15] + ZHENGZHOU[-3:]

MARKUPS: dict[str, Callable[[Sequence[str]], str]] = {
    "p": paragraphs,
    "br": lambda lines: "<br>".join("&emsp;&emsp;" + line for line in lines),
    "br in p": lambda lines: "<p>" + "<br/>".join("　　" + line for line in lines) + "</p>",
    "div": lambda lines: "".join(f"<div>{line}</div>" for line in lines),
    "span": lambda lines: "".join(f"<p><span><span>{line[:5]}</span>{line[5:]}</span></p>" for line in lines),
    "strong": lambda lines: "".join(f"<p><strong>{line[:12]}</strong>{line[12:]}</p>" for line in lines),
    "section": lambda lines: (
        f"<section><section>{paragraphs(lines[:3])}</section><section>{paragraphs(lines[3:])}</section></section>"
    ),
    "td": lambda lines: f"<table><tbody><tr><td>{paragraphs(lines)}</td></tr></tbody></table>",
    "h3": lambda lines: "".join(f"<h3>{line}</h3>" if "、" in line[:3] else f"<p>{line}</p>" for line in lines),
    "sign-off in a div": lambda lines: (
        paragraphs(lines[:-2]) + f"<div align=right><p>{lines[-2]}</p><p>{lines[-1]}</p></div>"
    ),
}
WRAPS: dict[str, Callable[[str], str]] = {
    "editor": lambda text: f"<div class=TRS_Editor>{text}</div>",
    "zoom": lambda text: f'<div id="zoom" class="con">{text}</div>',
    "anonymous": lambda text: f"<div>{text}</div>",
    "none": lambda text: text,
    "article": lambda text: f"<article>{text}</article>",
    "called like furniture": lambda text: f'<div id="printBox"><div class="share-content">{text}</div></div>',
}
HEADS = {
    "h1 and date line": f"{CRUMBS}<h1>{TITLE}</h1>{DATE_LINE}",
    "title in a div": f'<div><a href="/">首页</a>&gt;<a href="/b">政务公开</a>&gt;正文</div><div class="tit">{TITLE}</div><div>2026-01-28 09:30　|　{ISSUER}</div>',
    "index table": f'{INDEX}<div class="bt">{TITLE}</div>',
    "index list": f"{INDEX_CELLS}<h2>{TITLE}</h2>",
    "spans": f"<h1>{TITLE}</h1><p><span>来源：{ISSUER}</span><span>发布时间：2026-01-28</span><span>字体：【<a href='#'>大</a> <a href='#'>中</a>】</span></p><p>浏览量：233</p>",
    "bare date and widgets": f"<h1>{TITLE}</h1><div>2026-01-28</div><div><span>打印</span><span>|</span><span>关闭</span></div><div>分享：<a>微信</a></div>",
}
TAILS = {
    "all of it": AFTER + FOOTER,
    "plain footer": f"<div><p>主办：{ISSUER}</p><p>豫ICP备05000000号</p><p>{ISSUER}</p></div>",
    "related": '<div>相关文档</div><ul><li><a href="/1">2024年报告</a><span>2025-01-20</span></li></ul><div>Copyright © 2026</div>',
    "none": "",
}
LAYOUTS: dict[str, Callable[[str, str, str], str]] = {
    "columns": lambda head, text, tail: f"<div class=w><div class=m>{head}{text}</div>{tail}</div>",
    "one element": lambda head, text, tail: f"<div class=content>{head}{text}{tail}</div>",
    "tables": lambda head, text, tail: (
        f"<table><tr><td><a href=/x>通知公告</a><br><a href=/y>政策文件</a></td><td><table><tr><td>{head}</td></tr>"
        f"<tr><td>{text}</td></tr><tr><td>{tail}</td></tr></table></td></tr></table>"
    ),
}


def combined(markup: str, wrap: str, head: str, tail: str, layout: str) -> str:
    """One page of the report, by the names of its parts."""
    text = WRAPS[wrap](MARKUPS[markup](BODY))
    page = LAYOUTS[layout](HEADS[head], text, TAILS[tail])
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>政务公开</title></head><body>{NAV}{page}</body></html>"
    )
