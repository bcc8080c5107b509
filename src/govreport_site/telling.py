"""What a build says of itself: what had changed, what was made again for it, and why a page was (not)."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from govreport_site.addresses import HOME, page_in
from govreport_site.exports.machines import FORMS, Leaf
from govreport_site.graph import Inputs, compare
from govreport_site.graph import pairs as pairs_of
from govreport_site.looking import (
    SETTINGS_FILE,
    Look,
    State,
)
from govreport_site.pages.sheets import Sheet

# Forms of pages for the summary, each with what is said of it.
_NAMES: Mapping[str, str] = {
    "report": "报告", "issuer": "机关", "place": "地区", "year": "年度", "kind": "板块", "kind_list": "板块列表",
    "issuer_kind": "机关类别", "problems_province": "待核对",
    "remedies_place": "问题与安排", "tracking": "安排与后续", "completeness_province": "应载内容",
    "topic": "主题", "topic_area": "主题",
    "indicator": "数据", "indicator_area": "数据", "instrument": "文件", "instrument_list": "文件",
    "wording_area": "相同的文字",
    **dict.fromkeys(FORMS, "供程序读的文件"),
}  # fmt: skip

# So many reports an explanation names.
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What the summary and an explanation are made from."""

    sheets: Mapping[str, Sheet | Leaf]
    rules: Mapping[str, Inputs]
    traces: Mapping[str, tuple[Inputs, bytes]]
    stale: Sequence[str]
    changed: frozenset[str]
    before: State | None
    look: Look


def why(told: Told) -> Iterator[str]:
    """What had changed, then what was made again for it; nothing where nothing had."""
    if not told.stale and not told.changed:
        return
    yield "起因：" + "，".join(_causes(told))
    forms = Counter(_NAMES.get(told.sheets[page].form, "总览") for page in told.stale)
    differing = Counter(_NAMES.get(told.sheets[page].form, "总览") for page in told.stale if page in told.changed)
    if forms:
        parts = [f"{name} {number:,} 页（{differing[name]:,} 页不同）" for name, number in forms.most_common()]
        yield "重做：" + "、".join(parts)


def _causes(told: Told) -> list[str]:
    if told.before is None:
        return ["第一次生成，或缓存已不在"]
    old, new = told.before.look, told.look
    causes = []
    for name, was, now in (("报告", old.reports, new.reports), ("原件", old.originals, new.originals)):
        added = len(now.files.keys() - was.files.keys())
        removed = len(was.files.keys() - now.files.keys())
        differ = sum(now.digest(file) != was.digest(file) for file in now.files.keys() & was.files.keys())
        for number, what in ((added, "新"), (differ, "改过的"), (removed, "删去的")):
            if number:
                causes.append(f"{number:,} 份{what}{name}")
    if not old.templates.same(new.templates):
        causes.append("模板有改动")
    if not old.settings.same(new.settings):
        causes.append(f"{SETTINGS_FILE} 有改动")
    if not old.program.same(new.program) or old.libraries != new.libraries:
        causes.append("程序有改动")
    if old.options != new.options:
        causes.append("命令的选项不同")
    return causes or ["网站的文件被改动过"]


def explained(told: Told, page: str) -> Iterator[str]:
    """From what a page is made, and why it was (not) made again."""
    page = page.strip("/")
    page = page if page in told.sheets else page_in(page) if page else HOME
    sheet = told.sheets.get(page)
    if sheet is None:
        near = difflib.get_close_matches(page, told.sheets, 3, 0.5)
        yield f"网站里没有 {page} 这一页。" + (f"相近的有：{'、'.join(near)}" if near else "")
        return
    yield f"{page} 由这些做成："
    for name, _ in pairs_of(told.rules[page]):
        yield f"  {name}"
    if sheet.reports:
        listed = "、".join(sheet.reports[:_LISTED])
        more = f" 等 {len(sheet.reports):,} 份" if len(sheet.reports) > _LISTED else ""
        yield f"  用到正文的报告：{listed}{more}"
    if page not in told.stale:
        yield "这一次没有重做：以上各项都与上次相同，页面也在。"
        return
    trace = told.traces.get(page)
    change = compare(trace[0] if trace else None, told.rules[page])
    if change.first:
        yield "这一次做了：上次没有这一页。"
    elif change:
        yield f"这一次重做了：{'、'.join((*change.changed, *change.added, *change.removed))}与上次不同。"
    else:
        yield "这一次重做了：网站里的这一页丢失，或被改动过。"
    yield "做出来与原来不同，已换上。" if page in told.changed else "做出来与原来一字不差，没有换。"
