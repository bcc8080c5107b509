"""A section → its kind, with the reason. Pure.

The kinds are the contents the rule for these reports names, but a title seldom repeats the
rule: of the first headings of 145 real reports half hold no 举措 or 成效, and 27 are
slogans. So wording, position and year decide together, the surest sign first; and
“突出问题导向” is no problem, since what is led by problems, or solves them, is an achievement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govreport_site.normalise import normalise
from govreport_site.report import Kind
from govreport_site.variants import simplified

# Who answers for it: 党政主要负责人履行推进法治建设第一责任人职责 (content 3 of the rule).
_LEADERSHIP = re.compile("第一责任人|主要负责(人|同志)(切实|认真|带头|严格)?(履行|履职)|法治建设责任人职责")

# Words in which 问题 and its like name no shortcoming of the issuer.
_NOT_A_PROBLEM = re.compile(
    "(突出|坚持|强化|聚焦|树立|围绕|紧盯|以)[^，,]{0,6}问题(为)?导向|问题导向|(解决|化解|处置|整治|破解|回应|查摆|治理|研究|整改)[^，,]{0,14}问题"
    "|问题(整改|清单|台账|线索|化解|解决)|热点问题|难点问题|正视差距|补(齐|足)?短板|困难群(众|体)|(解|纾)(难|困)"
)
_PROBLEM = re.compile("问题|不足|短板|困难|薄弱环节|差距|欠缺|弱项|原因|挑战")
_PLAN = re.compile(
    "下一?步|下一?年|下一?阶段|明年|今后|来年|打算|展望|安排|工作计划|改进(措施|方向|计划|情况)|努力方向|工作思路|工作重点|重点工作"
    "|总体要求|工作谋划|工作设想|的建议|下半年"
)
# Words that name a plan when they are the title; in a slogan they are filler.
_PLAN_ALONE = re.compile("^[^，,]{0,10}(重点|主要|工作|基本|目标|创建)任务$|^20[0-9]{2}年(的)?(重点)?工作$")
_DONE = re.compile(
    "举措|成效|措施|做法|成绩|亮点|经验|回顾|总结|开展情况|完成情况|推进情况|落实情况|执行情况|工作情况|建设情况|主要工作|主要情况"
)
# 政府信息公开工作年度报告 is a sibling with a national form; its headings name none of our contents.
_OTHER = re.compile(
    "^其[他它]|其[他它](需要|应当|有关)|情况概述|背景|启示|附件|名词解释|收费|(依申请|主动|不予|申请)公开"
    "|政府信息.{0,12}(复议|诉讼)|(申请|提起|提请)(行政)?(复议|诉讼|申诉)"
)

_STRONG_PROBLEM = re.compile(
    "存在[^，,]{0,8}(问题|不足|困难|短板|差距)|(问题|不足)(和|与|及|以及|、)?(主要|其)?(原因|困难|不足|短板)?$"
)
_STRONG_PLAN = re.compile("(今后|下一?步|下一?年|下一?阶段|明年)[^，,]{0,12}(措施|打算|安排|计划|方向|思路|任务|重点)$")

_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?=年|度|工作)")


@dataclass(frozen=True, slots=True)
class Typed:
    """A kind and why, in Chinese, for people."""

    kind: Kind
    reason: str


def kind_of_top(title: str, *, index: int, count: int, year: int | None) -> Typed:
    """The kind of a section of the first level.

    index, count  its place among its siblings, from 0; count 0 when unknown
    year          the year reported on; a title that names a later one is a plan
    """
    words = normalise(simplified(title))
    if found := _LEADERSHIP.search(words):
        return Typed(Kind.LEADERSHIP, f"标题含“{found[0]}”")
    plain = _NOT_A_PROBLEM.sub("", words)
    problem, plan, done = _PROBLEM.search(plain), _PLAN.search(plain) or _PLAN_ALONE.search(plain), _DONE.search(plain)
    years = [int(found) for found in _YEAR.findall(words)]
    later = next((named for named in years if year is not None and named > year), None)
    if problem and (plan or re.search("改进|整改|对策|建议|思路|措施", plain)):
        improving = plan[0] if plan else "改进"
        return Typed(Kind.MIXED, f"标题兼含“{problem[0]}”与“{improving}”")
    if problem and not (done and done.start() < problem.start() and index == 0):
        return Typed(Kind.PROBLEMS, f"标题含“{problem[0]}”")
    if plan and done and done.start() < plan.start() and re.search("情况和|情况及|情况与|总结和|总结及", plain):
        return Typed(Kind.MIXED, f"标题兼含“{done[0]}”与“{plan[0]}”")
    if later is not None:
        return Typed(Kind.PLANS, f"标题写明 {later} 年，晚于报告年度")
    if plan and not (done and done.end() > plan.end()):
        return Typed(Kind.PLANS, f"标题含“{plan[0]}”")
    if other := _OTHER.search(plain):
        return Typed(Kind.OTHER, f"标题含“{other[0]}”")
    if done:
        return Typed(Kind.ACHIEVEMENTS, f"标题含“{done[0]}”")
    if index == 0:
        return Typed(Kind.ACHIEVEMENTS, "第一部分")
    return Typed(Kind.ACHIEVEMENTS, "标题没有说明，从多数报告的写法推断")


def kind_of_part(title: str, parent: Typed) -> Typed:
    """The kind of a section below the first level: its parent's, unless its title speaks plainly."""
    words = normalise(simplified(title))
    if found := _LEADERSHIP.search(words):
        return Typed(Kind.LEADERSHIP, f"标题含“{found[0]}”")
    plain = _NOT_A_PROBLEM.sub("", words)
    if parent.kind is not Kind.PLANS and (found := _STRONG_PROBLEM.search(plain)):
        return Typed(Kind.PROBLEMS, f"标题含“{found[0]}”")
    if found := _STRONG_PLAN.search(plain):
        return Typed(Kind.PLANS, f"标题含“{found[0]}”")
    if parent.kind is Kind.MIXED:
        if found := _PROBLEM.search(plain):
            return Typed(Kind.PROBLEMS, f"标题含“{found[0]}”")
        if found := (_PLAN.search(plain) or re.search("改进|加强|强化|提升|完善|推进|健全", plain)):
            return Typed(Kind.PLANS, f"标题含“{found[0]}”")
    return Typed(parent.kind, "同上级标题")


# How a paragraph begins to speak of shortcomings, and of what comes next.
_ADMITS = re.compile(
    "(还|仍|尚|也|依然|但|存在)[^。；]{0,30}(存在|有)?[^。；]{0,24}(不足|问题|差距|短板|薄弱|困难)|主要(问题|不足)(是|有|表现)"
)
_NEXT = re.compile(
    "^(下一?步|下一?年|下一?阶段|今后|接下来|明年|20[0-9]{2}年?[^。]{0,20}(将|要))|(下一?步|今后|下一?年)[^。]{0,12}(将|要|打算|继续)"
)


def kinds_of_passages(texts: Sequence[str], kind: Kind, *, has_problems: bool, has_plans: bool) -> list[Kind | None]:
    """Kinds of the paragraphs right under one heading where they differ from their section's; else None.

    A mixed section without headings of its own is typed part by part: shortcomings until a
    paragraph turns to what comes next. In another section only its last paragraphs are looked
    at, and only for a content the report has no section for: problems that are no more than a
    closing paragraph are found too.
    """
    found: list[Kind | None] = [None] * len(texts)
    words = [normalise(simplified(text)) for text in texts]
    if kind is Kind.MIXED:
        now: Kind | None = None
        for place, text in enumerate(words):
            if _NEXT.search(text[:60]):
                now = Kind.PLANS
            elif now is None and _ADMITS.search(text[:120]):
                now = Kind.PROBLEMS
            found[place] = now
        return found
    if kind is not Kind.ACHIEVEMENTS:
        return found
    for place in range(max(0, len(words) - 2), len(words)):
        opening = _NOT_A_PROBLEM.sub("", words[place][:120])
        if not has_plans and _NEXT.match(words[place]):
            found[place] = Kind.PLANS
        elif not has_problems and place and _ADMITS.search(opening[:60]):
            found[place] = Kind.PROBLEMS
    return found
