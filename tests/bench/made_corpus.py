"""A corpus of any size that reads, compresses and searches like a real one. Deterministic.

    .venv/bin/python tests/bench/made_corpus.py 1000 FOLDER [--seed 7] [--train FOLDER] [--stats]

Writes reports in the tidy form of corpus/ (front matter, then the body): about 4,489 characters each,
2,500 to 8,000, of real issuers in all 31 provinces, each issuer with several years from 2018 to 2025. The
first reports of a larger corpus are those of a smaller one, so "add one" is the next report.

A sentence is of one of two makes: a template of `made_sentences.txt` with names, numbers and laws in
its slots; or a walk along the words of the texts learnt from (`--train`, else the two seeds and the openings
of tests/eval), in which words change places with others of their kind. The dictionary of jieba gives
the words. So phrases at random places are as varied as in life, though no text means anything.
Part of what an issuer says is the same every year, as in life too.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice, pairwise
from pathlib import Path

from govreport_site import issuer_kinds, places
from govreport_site.issuer_kinds import IssuerKind
from govreport_site.normalise import normalise
from govreport_site.places import Place
from govreport_site.variants import simplified
from govreport_site.words import Cutter

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = Path(__file__).with_name("made_sentences.txt")
SEED = 7

# Characters aimed at; what is written comes out up to a tenth longer or shorter.
SHORTEST, USUAL, LONGEST = 2700, 4080, 7100
FIRST_YEAR, LAST_YEAR = 2018, 2025

# How much of a text is walked rather than filled in, and how often a walk changes a word for another of
# its kind: set so that 5 M characters hold about 170,000 distinct pairs, as the field's corpora do.
WALKED, CHANGED = 0.40, 0.15
# The share of a report's parts that its issuer repeats from year to year.
REPEATED = 0.15

NUMERALS = "一二三四五六七八九十"
TOPICS = (
    "leading", "functions", "making", "deciding", "enforcing", "emergency", "disputes", "supervising", "digital",
    "spreading", "field",
)  # fmt: skip

LAWS = """
行政处罚法 行政许可法 行政强制法 行政复议法 行政诉讼法 民法典 宪法 国家安全法 保密法 安全生产法 突发事件应对法 政府信息公开条例
优化营商环境条例 食品安全法 药品管理法 疫苗管理法 基本医疗卫生与健康促进法 传染病防治法 职业病防治法 中医药法 精神卫生法 教育法
义务教育法 未成年人保护法 家庭教育促进法 劳动合同法 保障农民工工资支付条例 社会保险法 土地管理法 城乡规划法 森林法 水法 防洪法 长江保护法
黄河保护法 环境保护法 大气污染防治法 固体废物污染环境防治法 噪声污染防治法 湿地保护法 野生动物保护法 种子法 农产品质量安全法 乡村振兴促进法 动物防疫法
消防法 道路交通安全法 道路运输条例 公路法 港口法 建筑法 招标投标法 政府采购法 预算法 审计法 税收征收管理法 统计法 反垄断法 反不正当竞争法 价格法 计量法 标准化法
产品质量法 特种设备安全法 消费者权益保护法 商标法 专利法 著作权法 文物保护法 非物质文化遗产法 旅游法 体育法 公共图书馆法 档案法 退役军人保障法
英雄烈士保护法 兵役法 人民调解法 法律援助法 社区矫正法 治安管理处罚法 禁毒法 反有组织犯罪法 数据安全法 个人信息保护法 网络安全法 慈善法 养老服务条例 老年人权益保障法
""".split()

AGENCIES = """
司法局 财政局 公安局 市场监管局 应急管理局 生态环境局 自然资源局 住房和城乡建设局 交通运输局 水利局 农业农村局 商务局 文化和旅游局 卫生健康委 医保局 人社局 民政局
教育局 科技局 发展改革委 审计局 税务局 统计局 信访局 政务服务局 数据局 城市管理局 消防救援支队 人民法院 检察院 总工会 妇联 残联 团委 工商联 依法治理办 政法委 组织部 宣传部
气象局 烟草专卖局 海关 金融监管局 邮政管理局 退役军人局 林业局 粮食和物资储备局 知识产权局 国资委 律师协会
""".split()

THINGS = """
行政许可 行政处罚 行政检查 行政强制 行政复议 合法性审查 规范性文件 公平竞争 权责清单 食品安全 药品安全 特种设备 危险化学品 医疗美容 校外培训 养老服务 物业管理 房屋征收 违法建设 垃圾分类 占道经营 扬尘污染
餐饮油烟 噪声扰民 河道采砂 水土保持 取水许可 饮用水源 黑臭水体 秸秆焚烧 耕地保护 宅基地 土地流转 林地占用 森林防火 野生动物 渔业资源 农药兽药 种子化肥 动物检疫 屠宰管理 农机安全 道路运输 网约车 超限超载
共享单车 公共停车 工程质量 招标投标 农民工工资 劳动争议 工伤认定 社会保险 职业技能 人才引进 失业保险 医保基金 医疗纠纷 疫苗接种 职业健康 公共场所卫生 消毒产品 放射诊疗 托育机构 妇幼保健 中医诊所
学校食堂 校园安全 民办教育 高考保障 体育设施 文物保护 网吧娱乐 旅游市场 广告监管 网络交易 价格行为 计量器具 知识产权 商标侵权 消费维权 企业登记 注销登记 信用修复 税费优惠 政府采购 预算绩效 国有资产 工程审计 统计造假
信访积案 法律援助 公证服务 司法鉴定 社区矫正 人民调解 行政裁决 仲裁协议 律师管理 电信诈骗 禁毒宣传 消防通道 燃气安全 电动自行车 自建房 既有建筑 地质灾害 防汛抗旱 应急物资 烟花爆竹 加油站 矿山开采 尾矿库
低保救助 殡葬服务 婚姻登记 残疾人就业 退役安置 军人优待 慈善募捐 志愿服务 社区治理 网格管理 数据共享 电子证照 政务热线 营商环境 招商引资 项目审批 粮食收储 能源双控 碳排放 排污许可 环境影响评价 固体废物 辐射安全
""".split()

WORKS = """
法治建设 依法行政 行政执法 行政审批 政务公开 普法宣传 执法监督 复议应诉 合法性审核 纠纷化解 述职述法 示范创建 监督检查 信用监管 队伍建设 案卷评查 法治督察 文件清理 风险防控 服务企业 政策宣讲 专项整治 日常巡查
法治培训 证照管理 合同审查 投诉处理 热线办理 基层治理 安全监管 数据归集 流程再造 绩效评价 民生服务 改革攻坚 督查督办
""".split()

PEOPLE = """
群众 企业 个体工商户 市场主体 农民工 老年人 未成年人 学生家长 医务人员 教师 患者 残疾人 退役军人 外来务工人员 货车司机 快递员 外卖骑手 种养大户 合作社社员 村干部 社区工作者 网格员 志愿者 高校毕业生 科技人员
新业态从业者 妇女儿童 低保户 小微企业主 出租车驾驶员 渔民 牧民 律师 仲裁员 调解员 游客
""".split()

WISHES = """
高质量发展 法治政府建设示范创建 优化法治化营商环境 服务中心大局 提升依法行政水平 建设更高水平的平安 推进治理体系和治理能力现代化 保障人民群众合法权益 打造一流营商环境 守护群众身边安全 建设人民满意的服务型机关
""".split()

SCENES = "机关 乡村 社区 学校 企业 单位 网络 家庭 军营 景区 市场 医院 工地 车站 园区 宗教场所 商圈 渔港 牧区".split()
PAPERS = (
    "实施意见 工作方案 若干措施 通知 行动计划 责任清单 实施细则 管理办法 指导意见 工作指引 考核办法 任务分解表".split()
)
RULE_KINDS = "条例 管理办法 实施办法 若干规定 促进条例 管理规定 暂行办法 实施细则".split()
UNITS = ("各科室", "各处室", "各股室", "各直属单位", "各基层所", "各大队", "各二级机构")
NUMBER_ENDS = ("", "", "", "余", "多")
NEW_THINGS = (
    "“四张清单”", "“1+{}”", "“{}+1+N”", "“互联网+明厨亮灶”", "“AB岗”", "“12345”热线", "“{}分钟服务圈”", "“一业一证”", "“首席法务官”", "“VR普法”",
    "“5G+”应用", "“{}个一”机制",
)  # fmt: skip

# Kinds whose body is called 厅 in a province; the rest keep 局 and 委.
CALLED_TING = frozenset(
    "科学技术 财政 商务 审计 公安 司法 应急管理 退役军人事务 教育 人力资源和社会保障 民政 文化和旅游 自然资源 生态环境 住房和城乡建设 交通运输 水利 农业农村 工业和信息化".split()
)
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
# How often a kind reports, beside those not named here, which count 1.
WEIGHTS = {
    "政府": 8, "公安": 3, "司法": 4, "教育": 3, "卫生健康": 3, "市场监督管理": 3, "财政": 2, "人力资源和社会保障": 3, "自然资源": 3, "生态环境": 3,
    "住房和城乡建设": 3, "交通运输": 3, "水利": 2, "农业农村": 3, "应急管理": 3, "文化和旅游": 2, "民政": 2, "发展改革": 2, "城市管理": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who reports: name, kind, place, what is below the place, and the years of its reports."""

    name: str
    kind: IssuerKind
    place: Place
    below: tuple[str, ...]
    years: tuple[int, ...]


def made_reports(count: int, seed: int = SEED, train: Path | None = None) -> Iterator[tuple[str, str]]:
    """Path within the corpus and text, front matter included, of each report; a longer run begins like a shorter one."""
    trained = _walk(train)
    number = 0
    for issuer in _issuers(seed):
        for year in issuer.years:
            if number == count:
                return
            yield _report(issuer, year, random.Random(f"{seed}/{number}"), seed, trained)
            number += 1


def write_corpus(folder: Path, reports: Iterable[tuple[str, str]]) -> int:
    """Writes reports below a folder; returns their number."""
    number = 0
    for number, (name, text) in enumerate(reports, 1):  # noqa: B007  the last one is the number
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return number


# --- Issuers --------------------------------------------------------------------------------


def _issuers(seed: int) -> Iterator[Issuer]:
    """Without end: a round through the provinces in an order drawn anew each time, no issuer twice."""
    dice = random.Random(f"issuers/{seed}")
    kinds = [kind for kind in issuer_kinds.all_kinds() if not kind.many and (kind.full or kind.name == "政府")]
    weights = [WEIGHTS.get(kind.name, 1) for kind in kinds]
    provinces = [place for place in places.children(None) if places.children(place.code)]
    seen: set[tuple[str, str]] = set()
    while True:
        for province in dice.sample(provinces, len(provinces)):
            place = _place(province, dice)
            (kind,) = dice.choices(kinds, weights)
            span = dice.choice((1, 2, 3, 4, 4, 5, 6, 8))
            last = min(LAST_YEAR, max(FIRST_YEAR + span - 1, LAST_YEAR - dice.choice((0, 0, 0, 1, 2, 3))))
            if (place.code, kind.slug) not in seen:
                seen.add((place.code, kind.slug))
                below = tuple(child.name for child in places.children(place.code)) or _towns(place.code)
                name = place.name + _body_name(kind, place)
                yield Issuer(name, kind, place, below, tuple(range(last - span + 1, last + 1)))


def _place(province: Place, dice: random.Random) -> Place:
    chance = dice.random()
    place = province
    while chance > 0.06 and (lower := places.children(place.code)):
        place = dice.choice(lower)
        if chance < 0.4:
            break
    return place


def _body_name(kind: IssuerKind, place: Place) -> str:
    if kind.name == "政府":
        return "人民政府"
    if place.level == "province" and place.code not in MUNICIPALITIES and kind.name in CALLED_TING:
        return kind.full.removesuffix("局") + "厅"
    return kind.full


@cache
def _town_names() -> dict[str, tuple[str, ...]]:
    text = (ROOT / "src/govreport_site/data/towns.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    return {code: tuple(map(_town, names.split())) for code, names in rows}


def _town(written: str) -> str:
    if written[-1] == "-":
        return written[:-1] + "街道"
    return written[:-1] + "乡" if written[-1] == "+" else written + "镇"


def _towns(code: str) -> tuple[str, ...]:
    return _town_names().get(code) or ("城关镇", "东街街道", "西街街道", "南河镇")


# --- Words ----------------------------------------------------------------------------------

# Of jieba's tags, those whose words may stand for one another.
_OPEN = {"n", "v", "vn", "a", "d", "nz", "ad", "an", "l", "i", "ns", "b", "j"}
_HAN = re.compile(r"[㐀-鿿]{2,4}")
# No word with one of these, and nothing learnt of persons or of the highest bodies: a walk would put them anywhere.
_UNWANTED = re.compile("[死杀尸奸妓淫毒党帝鬼贼匪炸枪血屎尿骂奴毛贱囚]")
_UNLEARNT = re.compile("习近平|总书记|党|中央|国务院|同志|[厅局部处科市县区院主]长|主任|书记|某")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """tag → words, each as often as it is used; word → tag."""

    tables: dict[str, list[str]]
    tags: dict[str, str]


@cache
def _lexicon() -> Lexicon:
    """The dictionary that jieba brings, read as a file: 349,000 words with frequency and tag."""
    found = importlib.util.find_spec("jieba")
    assert found is not None
    assert found.origin is not None
    rows: dict[str, list[tuple[str, float]]] = {tag: [] for tag in _OPEN}
    tags: dict[str, str] = {}
    for line in Path(found.origin).with_name("dict.txt").read_text("utf-8").splitlines():
        word, often, tag = line.split(" ")
        tags[word] = tag
        if tag in _OPEN and int(often) >= 300 and _HAN.fullmatch(word) and not _UNWANTED.search(word):
            rows[tag].append((word, int(often) ** 0.7))
    return Lexicon({tag: _spread(words, 1 << 15) for tag, words in rows.items()}, tags)


def _spread(weighted: list[tuple[str, float]], size: int) -> list[str]:
    """A table in which each word stands about as often as it weighs: drawing is then one step."""
    heights = list(accumulate(weight for _, weight in weighted))
    step = heights[-1] / size
    return [weighted[bisect_left(heights, (at + 0.5) * step)][0] for at in range(size)]


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a sentence may begin, and what may follow each word; \"#\" is a number, \"\" the end."""

    starts: list[str]
    following: dict[str, list[str]]


@cache
def _walk(folder: Path | None) -> Walk:
    cutter = Cutter()
    starts: list[str] = []
    following: dict[str, list[str]] = {}
    for sentence in sorted({s for text in _texts(folder) for s in _sentences(text)}):
        words = ["#" if word.text[0].isdigit() else word.text for word in cutter.words(sentence)]
        starts.append(words[0])
        for word, after in zip(words, [*words[1:], ""], strict=True):
            following.setdefault(word, []).append(after)
    return Walk(starts, following)


def _texts(folder: Path | None) -> list[str]:
    if folder is not None:
        return [p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.suffix in (".txt", ".md")]
    seeds = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").rglob("20*.md"))]
    openings = (ROOT / "tests/eval/openings.jsonl").read_text("utf-8").splitlines()
    return seeds + [simplified(json.loads(line)["text"]) for line in openings]


_FULL_WIDTH = str.maketrans(",;:", "，；：", "“”\"'《》（）()[]【】〔〕 \u3000")
_LEADING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[)）、是]|第[一二三四五]，|\d+[.、])+")


def _sentences(text: str) -> Iterator[str]:
    """Sentences of Chinese alone, without marks that come in pairs and without their numbering."""
    for sentence in re.findall(r"[^\n。；;]{8,120}(?=[。；;])", text):
        plain = _LEADING.sub("", sentence).translate(_FULL_WIDTH).strip("，：、")
        if len(plain) >= 8 and re.fullmatch(r"[㐀-鿿0-9，、：%.]+", plain) and not _UNLEARNT.search(plain):
            yield plain


# --- Templates ------------------------------------------------------------------------------

# A template in pieces: text, one of several texts, or the name of a slot.
Piece = tuple[str, tuple[str, ...]]


@cache
def _groups() -> dict[str, list[tuple[Piece, ...]]]:
    groups: dict[str, list[tuple[Piece, ...]]] = {}
    group: list[tuple[Piece, ...]] = []
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("= "):
            group = groups.setdefault(line[2:], [])
        elif line and line[0] != "#":
            group.append(tuple(_pieces(line)))
    return groups


def _pieces(line: str) -> Iterator[Piece]:
    for text, choices, slot in re.findall(r"([^\[{]+)|\[([^\]]+)\]|\{(\w+)\}", line):
        if slot:
            yield (slot, ())
        else:
            yield ("", tuple(choices.split("|")) if choices else (text,))


class Writer:
    """Writes one report: draws, and fills the slots of templates."""

    def __init__(self, issuer: Issuer, year: int, dice: random.Random, trained: Walk) -> None:
        self.issuer, self.year, self.trained = issuer, year, trained
        self.projects: list[str] = []
        self._decks: dict[str, list[tuple[Piece, ...]]] = {}
        self.use(dice)
        place = issuer.place
        government = issuer.kind.name == "政府"
        last = place.name[-1] if government else issuer.name[-1]
        above = {"county": "县委、县政府", "prefecture": "市委、市政府", "province": "省委、省政府"}[place.level]
        if place.name[-1] == "区" and place.level == "county":
            above = "区委、区政府"
        fixed = {
            "issuer": issuer.name, "year": str(year), "last": str(year - 1), "next": str(year + 1), "place": place.name,
            "short": place.short, "up": "上级党委、政府" if government else above,
            "body": "我" + (last if last in "局厅办市县区省州盟旗" else "委" if last == "会" else "单位"),
            "field": "政府系统" if government else issuer.kind.name,
        }  # fmt: skip
        self._fixed = fixed
        self._drawn: dict[str, Callable[[], str]] = {
            "n": lambda: str(int(2 + 28 * self.chance() ** 2)),
            "m": lambda: str(int(30 + 900 * self.chance() ** 2)) + self.one_of(NUMBER_ENDS),
            "k": lambda: str(int(10 ** (3 + 1.8 * self.chance()))) + self.one_of(NUMBER_ENDS),
            "pc": lambda: f"{60 + 40 * self.chance():.{int(self.chance() * 3)}f}",
            "wan": lambda: f"{0.5 + 900 * self.chance() ** 4:.{int(self.chance() * 3)}f}",
            "yi": lambda: f"{0.2 + 60 * self.chance() ** 3:.{int(self.chance() * 2) + 1}f}",
            "month": lambda: str(int(1 + 12 * self.chance())),
            "date": lambda: f"{int(1 + 12 * self.chance())}月{int(1 + 28 * self.chance())}日",
            "docno": lambda: f"〔{year}〕{int(1 + 120 * self.chance())}号",
            "law": lambda: self.one_of(LAWS), "agency": lambda: self.one_of(AGENCIES), "who": lambda: self.one_of(PEOPLE),
            "wish": lambda: self.one_of(WISHES), "scene": lambda: self.one_of(SCENES), "paper": lambda: self.one_of(PAPERS),
            "rulekind": lambda: self.one_of(RULE_KINDS), "unit": lambda: self.one_of(UNITS),
            "subunit": lambda: self.one_of(issuer.below) + self.one_of(("", "分局", "所", "中心", "分中心")),
            "subarea": lambda: self.one_of(issuer.below),
            "otherplace": lambda: self.one_of(_all_names()),
            "work": lambda: self.one_of(WORKS) if self.chance() < 0.6 else self.word("vn") + self.word("n"),
            "thing": self._thing, "slogan": self._slogan, "project": self._project, "aim": self._aim,
            "campaign": lambda: f"“{self.word('n')}{self.word('v')}”{self.one_of(('专项行动', '专项整治', '集中攻坚', '百日行动', '大排查', '专项执法'))}",
        }  # fmt: skip

    def use(self, dice: random.Random) -> None:
        """Draws from another source from now on."""
        self.dice, self.chance = dice, dice.random

    def one_of(self, choices: Sequence[str]) -> str:
        return choices[int(self.chance() * len(choices))]

    def word(self, tag: str) -> str:
        """A word of the dictionary."""
        return self.one_of(_lexicon().tables[tag])

    def _thing(self) -> str:
        chance = self.chance()
        if chance < 0.72:
            return self.one_of(THINGS)
        if chance < 0.86:
            return self.word("n")
        if chance < 0.96:
            return self.word("n") + self.word("n")
        return self.one_of(NEW_THINGS).format(self.dice.randint(2, 15))

    def _slogan(self) -> str:
        return self.word("v") + self.word("n") + ("、" if self.chance() < 0.3 else "") + self.word("v") + self.word("n")

    def _aim(self) -> str:
        return self.one_of(("加强", "推进", "规范", "深化", "做好", "完善")) + self._thing() + self.one_of(WORKS)

    def _project(self) -> str:
        """One of the report's own names, or a new one."""
        if len(self.projects) < 4 or self.chance() < 0.2:
            made = (
                self.word("n") + self.word("n")
                if self.chance() < 0.5
                else self.word("a") + self.word("n") + self.word("v")
            )
            self.projects.append("“" + made + self.one_of(("", "", "通", "云", "+", "365", "e站", "先锋", "码")) + "”")
        return self.one_of(self.projects)

    def fill(self, group: str) -> str:
        """A template of a group, its slots filled; each comes once before one comes again."""
        deck = self._decks.setdefault(group, [])
        if not deck:
            deck.extend(_groups()[group])
        fixed, drawn, parts = self._fixed, self._drawn, []
        for slot, choices in deck.pop(int(self.chance() * len(deck))):
            if not slot:
                parts.append(choices[0] if len(choices) == 1 else self.one_of(choices))
            else:
                parts.append(fixed[slot] if slot in fixed else drawn[slot]())
        return "".join(parts)

    def walk(self) -> str:
        """A sentence along the words learnt."""
        tables, tags = _lexicon().tables, _lexicon().tags
        following, chance = self.trained.following, self.chance
        while True:
            word = self.one_of(self.trained.starts)
            parts: list[str] = []
            length = 0
            while word and (length < 70 or word != "，"):
                after = following[word]
                next_word = after[int(chance() * len(after))]
                said = word
                if word == "#":
                    said = str(FIRST_YEAR + int(8 * chance()) if next_word == "年" else int(10 ** (4 * chance())))
                elif chance() < CHANGED and (table := tables.get(tags.get(word, ""))) is not None:
                    said = table[int(chance() * len(table))]
                parts.append(said)
                length += len(said)
                word = next_word
            if length >= 10 and not _LEADING.match("".join(parts)):
                return "".join(parts).strip("，、：") + "。"

    def sentence(self, group: str) -> str:
        return self.walk() if self.chance() < WALKED else self.fill(group)

    def paragraph(self, group: str, length: int) -> str:
        """Sentences of a group, about so many characters; now and then as points 一是…二是…"""
        points = self.chance() < 0.45
        parts: list[str] = []
        written = 0
        while written < length:
            lead = NUMERALS[len(parts) // 2] + "是" if points and len(parts) % 2 == 0 and len(parts) < 20 else ""
            said = lead + self.sentence(group)
            parts.append(said)
            written += len(said)
        return "".join(parts)


@cache
def _all_names() -> tuple[str, ...]:
    provinces = places.children(None)
    return tuple(p.name for province in provinces for p in (province, *places.children(province.code)))


# --- A report -------------------------------------------------------------------------------


def _report(issuer: Issuer, year: int, dice: random.Random, seed: int, trained: Walk) -> tuple[str, str]:
    writer = Writer(issuer, year, dice, trained)
    title = writer.fill("titles")
    length = min(LONGEST, max(SHORTEST, USUAL * dice.lognormvariate(0, 0.27)))
    dated = f"{year + 1}-{dice.randint(1, 3):02}-{dice.randint(1, 28):02}"
    published = dated if dice.random() < 0.8 else f"{year + 1}-04-{dice.randint(1, 30):02}"
    lineage = places.lineage(issuer.place.code)
    folder = "/".join(place.slug for place in lineage)
    front = f"""---
title: {title}
issuer: {issuer.name}
issuer_kind: {issuer.kind.name}
slug: {issuer.kind.slug}
place: "{issuer.place.code}"
level: {issuer.place.level}
year: {year}
published: {published}
dated: {dated}
document_number: null
index_number: null
source_url: null
source_file: null
source_sha256: null
inferred: []
---
"""
    body = "\n".join(_body(writer, length, seed)) + f"\n\n{issuer.name}\n{_chinese_date(dated)}\n"
    if dice.random() < 0.08:
        body = body.translate(str.maketrans("，：；（）", ",:;()"))
    return f"{folder}/{year}-{issuer.place.slug}-{issuer.kind.slug}.md", front + body


def _chinese_date(date: str) -> str:
    year, month, day = map(int, date.split("-"))
    return f"{year}年{month}月{day}日"


def _body(writer: Writer, length: float, seed: int) -> Iterator[str]:
    own = writer.dice
    blank = own.random() < 0.5
    run_in = own.random() < 0.5
    yield writer.fill("opening")
    parts = ["achievements", "problems", "plans"]
    if own.random() < 0.6:
        parts.insert(own.randint(1, 2), "leadership")
    if own.random() < 0.1:
        parts.append("other")
    shares = {"achievements": 0.70, "problems": 0.10, "leadership": 0.08, "plans": 0.13, "other": 0.03}
    for number, part in enumerate(parts):
        if blank:
            yield ""
        yield f"{NUMERALS[number]}、{writer.fill(part + '.heading')}"
        target = length * shares[part]
        if part in ("leadership", "other"):
            yield writer.paragraph("lead" if part == "leadership" else "supervising", int(target))
            continue
        topics = [part.removesuffix("s")] * own.randint(3, 4)
        if part == "achievements":
            topics = sorted(own.sample(TOPICS, own.randint(4, 8)), key=TOPICS.index)
        each = target / len(topics)
        for at, topic in enumerate(topics):
            again = own.random() < REPEATED
            if again:
                writer.use(random.Random(f"{seed}/{writer.issuer.name}/{topic}/{at}"))
            yield from _subsection(writer, NUMERALS[at], topic, each * (0.7 + 0.6 * writer.chance()), run_in)
            writer.use(own)
        if part == "achievements" and own.random() < 0.12:
            yield from _table(writer)
    if own.random() < 0.4:
        yield writer.fill("closing")


def _subsection(writer: Writer, numeral: str, topic: str, length: float, run_in: bool) -> Iterator[str]:
    heading = f"（{numeral}）{writer.fill(topic + '.heading')}"
    paragraphs = max(1, round(length / (150 + 200 * writer.chance())))
    each = int(min(400, length / paragraphs)) - 20
    for number in range(paragraphs):
        text = writer.paragraph(topic, each)
        if number == 0 and run_in:
            yield heading + "。" + text
        elif number == 0:
            yield heading
            yield text
        else:
            yield text


def _table(writer: Writer) -> Iterator[str]:
    yield ""
    yield f"| 事项 | {writer.year - 1}年 | {writer.year}年 | 单位 |"
    yield "| --- | --- | --- | --- |"
    for _ in range(writer.dice.randint(3, 7)):
        things = writer.one_of(THINGS) + writer.one_of(("件数", "办结数", "抽查数", "投诉数"))
        yield f"| {things} | {writer.dice.randint(1, 900)} | {writer.dice.randint(1, 900)} | {writer.one_of(('件', '户', '人次', '起'))} |"
    yield ""


# --- Figures --------------------------------------------------------------------------------


def stats(texts: Iterable[str]) -> str:
    """Characters, distinct pairs and fours of normalised lines, and the share of sentences that occur twice or more."""
    lengths: list[int] = []
    pairs: set[str] = set()
    fours: set[str] = set()
    sentences: Counter[str] = Counter()
    for text in texts:
        body = text.partition("\n---\n")[2]
        lengths.append(len(body))
        for line in map(normalise, body.splitlines()):
            pairs.update(map("".join, pairwise(line)))
            fours.update(line[at : at + 4] for at in range(len(line) - 3))
        sentences.update(s for s in re.split(r"[。\n]", body) if len(s) >= 12)
    repeated = sum(often for often in sentences.values() if often > 1) / max(1, sum(sentences.values()))
    return (
        f"{len(lengths):,} reports, {sum(lengths):,} characters, {sum(lengths) / max(1, len(lengths)):,.0f} each"
        f" ({min(lengths, default=0):,}–{max(lengths, default=0):,}); {len(pairs):,} distinct pairs,"
        f" {len(fours):,} distinct fours; {repeated:.1%} of sentences stand elsewhere too"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a corpus of made reports.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--train", type=Path, help="a folder of texts to learn the words from")
    parser.add_argument("--stats", action="store_true", help="print figures of what was written")
    given = parser.parse_args()
    count = write_corpus(given.folder, made_reports(given.count, given.seed, given.train))
    print(f"{count:,} reports in {given.folder}", file=sys.stderr)
    if given.stats:
        print(stats(text for _, text in islice(made_reports(given.count, given.seed, given.train), count)))


if __name__ == "__main__":
    main()
