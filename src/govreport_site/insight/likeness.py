"""Which of several texts speaks of the same as another, and by which words. Pure, and without a segmenter.

Two texts share pairs of neighbouring characters; set phrases of the field are taken out before. A pair weighs
the more the fewer of the offered texts have it and the rarer it is in the report; in a heading it weighs double.
Words that stand for one another (`ALIKE`: 普法, 法治宣传) count as shared where either text has its own. What is
shown in the end are the longest runs that stand in both texts as they are written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby, pairwise
from math import log
from typing import TypeAlias

# What stands in every report and tells nothing of what is spoken of.
SET_PHRASES = """
进一步 有待 亟待 亟需 仍需 需要 不够 不足 不强 不高 不到位 不充分 不理想 不平衡 存在 问题 短板 弱项 差距 薄弱 欠缺 现象 情况 情形
加强 加大 加快 强化 提升 提高 增强 完善 健全 推进 推动 深化 深入 落实 开展 持续 不断 积极 切实 全面 扎实 着力 大力 充分 严格 认真 有效 稳步 稳妥
进行 实现 确保 坚持 坚决 围绕 聚焦 结合 通过 按照 根据 针对 继续 努力 力争 做好 抓好 抓实 做实 促进 发挥 作用 形成 建立 构建 打造 营造 优化 创新
工作 建设 水平 力度 要求 任务 重点 重要 主要 相关 有关 方面 过程 基础 保障 支撑 目标 部分 个别 少数 一些 有的 各级 全市 全县 全区 全省 我市 我县 我区 我局 我委 我厅
法治政府 法治建设 依法行政 高质量发展 新时代 新形势 年度 今年 明年 下一步 一是 二是 三是 四是 五是 六是 七是 八是 九是 由于 因此 比较 较为 较大 时有发生
习近平 思想 中国特色社会主义 党的 二十大 全会 精神 贯彻 效果 成效 实效 质效 效能 能够 不能 未能 已经 目前 截至
""".split()
_PARTICLES = "的了和与及等在对将已把被并其需但还仍更较"

# Words of which a writer takes one for the problem and another for its remedy, or for what became of a plan.
ALIKE = tuple(
    tuple(words.split())
    for words in (
        "普法 法治宣传 法制宣传 法律宣传 法治教育 宣传教育",
        "队伍 力量 人员 人才 人手 骨干 队员",
        "能力 素质 素养 本领 培训 练兵 轮训",
        "共享 壁垒 互通 打通 对接",
        "协同 协作 联动 联合 衔接 会同 配合",
        "形式 载体 多样",
        "意识 思维 观念 理念",
        "装备 设备 车辆",
        "纠纷 矛盾 争议",
        "复议 应诉 诉讼 败诉",
        "融合 结合 同部署 同谋划",
        "企业 经营者 经营户 经营主体 市场主体 涉企",
        "审查 审核 把关",
        "信息化 智慧 数字 科技 平台",
        "公开 透明",
        "欠薪 工资 治欠",
        "监督 督察 督查 督导",
        "执法 办案 监察",
        "检查 巡查 抽查",
        "审批 许可 放管服 政务服务 办事",
    )
)


def _between(characters: str) -> str:
    """The Chinese characters but these, as ranges of a character class."""
    edges = [chr(0x33FF), *sorted(characters), chr(0xA000)]
    return "".join(f"{chr(ord(a) + 1)}-{chr(ord(b) - 1)}" for a, b in pairwise(edges) if ord(b) - ord(a) > 1)


# Chinese or Latin without a break; particles break it.
_RUN = re.compile(f"[A-Za-z{_between(_PARTICLES)}]{{2,}}")
_GROUP_OF = {word: group[0] for group in ALIKE for word in group}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


_SET, _ALIKE = _any_of(SET_PHRASES), _any_of(_GROUP_OF)

# Words of one meaning weigh as so many pairs.
_ALIKE_WEIGHT = 1.2
# Shared weight that gives a score of one half.
_HALF = 8.0
# How much of what a long text has in excess is counted off: it shares more by chance.
_BY_LENGTH = 0.3
# Words that are shown, at most.
_SHOWN = 8


# Two neighbours as one number (4 bytes of UTF-16), which is made and compared three times as fast as a text of two; or
# the first word of a group of `ALIKE`.
Pair: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Wording:
    """What one text says: what it is called (heading or opening clause), and all of it, that included."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A text for which a likest one is looked for.

    runs   what is left of it without set phrases and particles, NUL between
    pairs  of neighbours in `runs`, and the first of each group of `ALIKE` of which it has a word
    title  those of `pairs` that its title has
    """

    wording: Wording
    runs: str
    pairs: frozenset[Pair]
    title: frozenset[Pair]


def asking(wordings: Sequence[Wording]) -> list[Asked]:
    """Texts made ready to ask."""
    found = []
    for wording in wordings:
        runs = _runs(wording.text)
        pairs: frozenset[Pair] = frozenset((*_neighbours(runs), *_groups(wording.text)))
        title = pairs.intersection(_neighbours(wording.title)) | _groups(wording.title)
        found.append(Asked(wording, runs, pairs, title))
    return found


def scores(asked: Sequence[Asked], offered: Sequence[Wording]) -> list[list[float]]:
    """For each asking text, how well each offered one fits it: 0 to 1; 0 where nothing is shared."""
    if not offered:
        return [[] for _ in asked]
    known: frozenset[Pair] = frozenset().union(*(one.pairs for one in asked))
    texts, titles = [], []
    for wording in offered:
        groups = _groups(wording.text) & known
        text = known.intersection(_neighbours(wording.text)) | groups
        title = text.intersection(_neighbours(wording.title))
        texts.append(text)
        titles.append(title | _groups(wording.title) & groups if groups else title)
    size = len(offered)
    rarity = [log(1 + size / max(1, held)) / log(1 + size) for held in range(size + 1)]
    # Whole numbers: their sum is the same in whatever order a set gives them.
    weights: dict[Pair, int] = {
        pair: round(1000 * rarity[held] * (_ALIKE_WEIGHT if isinstance(pair, str) else 1.0))
        for pair, held in Counter(chain.from_iterable(texts)).items()
    }
    weigh = weights.__getitem__

    def fit(one: Asked, text: frozenset[Pair], title: frozenset[Pair], length: float) -> float:
        # In one title a pair counts twice, in both four times.
        total = sum(map(weigh, one.pairs & text)) + sum(map(weigh, one.title & text))
        if title:
            total += sum(map(weigh, one.pairs & title)) + sum(map(weigh, one.title & title))
        return total / (total + 1000 * _HALF * length)

    usual = max(1, sum(len(wording.text) for wording in offered)) / size
    lengths = [1 - _BY_LENGTH + _BY_LENGTH * len(wording.text) / usual for wording in offered]
    held = list(zip(texts, titles, lengths, strict=True))
    return [[fit(one, *of_offered) for of_offered in held] for one in asked]


def shared_words(asked: Asked, other: str, background: str) -> tuple[str, ...]:
    """The longest runs of two or more characters that stand in both texts, rarest in the background first.

    Words of one meaning come last, each as its text has it. At most eight.
    """
    # Breaks of the two texts are never the same.
    runs, other_runs, words = asked.runs, _runs(other).replace("\0", "\1"), set[str]()
    shared = asked.pairs.intersection(_neighbours(other_runs))
    places = [place for place, pair in enumerate(_in_order(runs)) if pair in shared]
    for _, stretch in groupby(zip(places, count(), strict=False), lambda at: at[0] - at[1]):
        touching = [place for place, _ in stretch]
        start, last = touching[0], touching[-1] + 2
        while start < last - 1:
            end = start + 2
            while end < last and runs[start : end + 1] in other_runs:
                end += 1
            # 监督执法力 stands in 监督执法力量 and in 监督执法力度: half a word is none.
            words.add(runs[start : end - (runs[end - 1 : end + 1] in _GROUP_OF and end - start > 2)])
            start = end - 1
    longest = [word for word in words if not any(word != longer and word in longer for longer in words)]
    longest.sort(key=lambda word: (background.count(word), -len(word), word))
    mine = {_GROUP_OF[word]: word for word in reversed(_ALIKE.findall(asked.wording.text))}
    its = {_GROUP_OF[word]: word for word in reversed(_ALIKE.findall(other))}
    for group in sorted(mine.keys() & its.keys()):
        if not any(mine[group] in word or its[group] in word for word in longest):
            longest += dict.fromkeys((mine[group], its[group]))
    return tuple(longest[:_SHOWN])


def _neighbours(text: str) -> Iterator[int]:
    """Every pair of neighbours, those at even places first."""
    return chain(*_halves(text))


def _in_order(text: str) -> list[int]:
    """Every pair of neighbours, in the order of the text."""
    even, odd = _halves(text)
    pairs = [0] * (len(even) + len(odd))
    pairs[::2], pairs[1::2] = even, odd
    return pairs


def _halves(text: str) -> tuple[memoryview[int], memoryview[int]]:
    units = text.encode("utf-16-le", "surrogatepass")
    size = len(units)
    return memoryview(units[: size & ~3]).cast("I"), memoryview(units[2 : 2 + ((size - 2) & ~3)]).cast("I")


def _runs(text: str) -> str:
    """What is left without set phrases and particles, NUL between."""
    return "\0".join(_RUN.findall(_SET.sub(" ", text)))


def _groups(text: str) -> frozenset[str]:
    return frozenset(map(_GROUP_OF.__getitem__, _ALIKE.findall(text)))
