"""The table of places keeps its promises, and a name never means more or less than it says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport_site import places
from govreport_site.places import Place

# Pages and folders beside the provinces at the top of the site.
RESERVED = set(
    "national unplaced years sections issuers places search about assets topics figures instruments compare data feeds".split()
)


def every_place(code: str | None = None) -> list[Place]:
    return [one for child in places.children(code) for one in (child, *every_place(child.code))]


EVERY = every_place()


def paths(found: tuple[Place, ...]) -> list[str]:
    """Places as a person reads them: 河南省/许昌市."""
    return ["/".join(one.name for one in places.lineage(p.code)) for p in found]


def test_the_table_is_whole() -> None:
    """A row lost when the table is made again would lose every report of that place."""
    assert Counter(one.level for one in EVERY) == {"province": 34, "prefecture": 333, "county": 2851}
    assert [places.place(code) is not None for code in ("653132", "659013", "710000", "810000")] == [True] * 4


def test_every_place_is_found_again_by_code_and_name() -> None:
    """Code, lineage, children and names must tell the same story."""
    for one in EVERY:
        assert places.place(one.code) == one
        line = places.lineage(one.code)
        assert line[-1] == one
        assert line[0].level == "province"
        assert [p.code for p in line[:-1]] == (
            [] if one.parent is None else [p.code for p in places.lineage(one.parent)]
        )
        assert one in places.named(one.name)
        assert one in places.named(one.short)
        assert places.level_of(one) == one.level


def test_every_place_is_resolved_from_its_whole_name() -> None:
    """With province and prefecture in front no name in China is ambiguous."""
    for one in EVERY:
        whole = "".join(p.name for p in places.lineage(one.code))
        assert places.resolve(whole) == (one,), whole
        assert places.resolve(whole + "司法局") == (one,), whole
        [mention] = places.mentions(f"按照{whole}司法局的要求")
        assert (mention.candidates, mention.span.start, len(mention.span)) == ((one,), 2, len(whole))


def test_slugs_make_addresses() -> None:
    """An address is permanent, so slugs are plain ASCII, unique among siblings and no page's name."""
    siblings = defaultdict(list)
    for one in EVERY:
        siblings[one.parent].append(one.slug)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)?", one.slug), one
        assert one.slug not in RESERVED
    for parent, slugs in siblings.items():
        assert len(slugs) == len(set(slugs)), parent


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("411003", "henan/xuchang/jianan"),
        ("419001", "henan/jiyuan"),
        ("610000", "shaanxi"),
        ("140000", "shanxi"),
        ("340100", "anhui/hefei"),
        ("341500", "anhui/luan"),
        ("320116", "jiangsu/nanjing/luhe"),
        ("341621", "anhui/bozhou/guoyang"),
        ("500112", "chongqing/liangjiang"),
        ("140400", "shanxi/changzhi"),
        ("140428", "shanxi/changzhi/zhangzi"),
        ("211300", "liaoning/chaoyang"),
        ("141100", "shanxi/lvliang"),
        ("410783", "henan/xinxiang/changyuan"),
        ("410223", "henan/kaifeng/weishi"),
        ("371722", "shandong/heze/shanxian"),
        ("411100", "henan/luohe"),
        ("361124", "jiangxi/shangrao/yanshan"),
        ("150100", "neimenggu/huhehaote"),
        ("150207", "neimenggu/baotou/jiuyuan"),
        ("130107", "hebei/shijiazhuang/jingxing-kuangqu"),
        ("653221", "xinjiang/hetian/hetian-xian"),
        ("330382", "zhejiang/wenzhou/yueqing"),
        ("429021", "hubei/shennongjia"),
    ],
)
def test_slugs_are_read_as_the_places_are(code: str, address: str) -> None:
    """Dictionaries of pinyin read 长治 zhangzhi and 漯河 tahe; the table must not."""
    assert "/".join(one.slug for one in places.lineage(code)) == address


def test_province_run_counties_hang_under_their_province() -> None:
    """济源市 has no prefecture, nor has a district of 重庆; a made-up one would give a false address."""
    assert [paths((one,))[0] for code in ("419001", "429005", "469001", "500108") if (one := places.place(code))] == [
        "河南省/济源市",
        "湖北省/潜江市",
        "海南省/五指山市",
        "重庆市/南岸区",
    ]


@pytest.mark.parametrize(
    ("old", "name", "now"),
    [
        ("411023", "许昌县", "河南省/许昌市/建安区"),
        ("411222", "陕县", "河南省/三门峡市/陕州区"),
        ("110228", "密云县", "北京市/密云区"),
        ("420600", "襄樊市", "湖北省/襄阳市"),
        ("542323", "江孜县", "西藏自治区/日喀则市/江孜县"),
        ("500112", "渝北区", "重庆市/两江新区"),
    ],
)
def test_old_codes_and_names_lead_to_the_place_of_today(old: str, name: str, now: str) -> None:
    """Reports keep the names of their day; they belong on the page of the place as it is."""
    found = places.place(old)
    assert found is not None
    assert paths((found,)) == [now]
    assert now in paths(places.named(name))


def test_every_old_code_leads_somewhere() -> None:
    """A mistyped successor would silently unplace reports."""
    for old, name, new in places._former():
        assert re.fullmatch(r"\d{6}", old)
        assert places.place(old) == places.place(new) is not None
        # 铜仁市 was a county once; today the name means the prefecture above what it became.
        assert {new, *(p.code for p in places.lineage(new))} & {p.code for p in places.named(name)}


def test_county_names_that_occur_twice_stay_ambiguous() -> None:
    """28 names of counties occur twice or more: a guess would put a report on another city's page."""
    count = Counter(one.name for one in EVERY if one.level == "county")
    twice = {name: times for name, times in count.items() if times > 1}
    assert len(twice) == 28
    for name, times in twice.items():
        assert len([p for p in places.resolve(f"{name}司法局") if p.name == name]) == times
    assert paths(places.resolve("鼓楼区司法局")) == [
        "江苏省/南京市/鼓楼区",
        "江苏省/徐州市/鼓楼区",
        "福建省/福州市/鼓楼区",
        "河南省/开封市/鼓楼区",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("河南省许昌市建安区财政局", ["河南省/许昌市/建安区"]),
        ("许昌市卫生健康委员会", ["河南省/许昌市"]),
        ("海宁市卫生健康局", ["浙江省/嘉兴市/海宁市"]),
        ("南京市鼓楼区司法局", ["江苏省/南京市/鼓楼区"]),
        ("重庆市南岸区人民政府", ["重庆市/南岸区"]),
        ("新疆维吾尔自治区人民政府", ["新疆维吾尔自治区"]),
        ("济源市人民政府", ["河南省/济源市"]),
        ("河北省定州市教育局", ["河北省/保定市/定州市"]),
        ("吉林省吉林市船营区", ["吉林省/吉林市/船营区"]),
        ("恩施州恩施市公安局", ["湖北省/恩施土家族苗族自治州/恩施市"]),
        ("石柱县公安局", ["重庆市/石柱土家族自治县"]),
        ("三都县司法局", ["贵州省/黔南布依族苗族自治州/三都水族自治县"]),
        ("管城区人民政府", ["河南省/郑州市/管城回族区"]),
        ("伊犁州塔城地区", ["新疆维吾尔自治区/塔城地区"]),
        ("中共许昌市委员会", ["河南省/许昌市"]),
        ("国家税务总局许昌市税务局", ["河南省/许昌市"]),
        ("岳阳市生态环境局岳阳县分局", ["湖南省/岳阳市"]),
        # A short name before its own county, and 市中区 after a short name: 济南|市中区, not 济南市.
        ("河南许昌建安区财政局", ["河南省/许昌市/建安区"]),
        ("济南市中区司法局", ["山东省/济南市/市中区"]),
        ("济南市市中区司法局", ["山东省/济南市/市中区"]),
        ("许昌市场监督管理局", ["河南省/许昌市"]),
        # Short names alone.
        ("浑源2025年法治政府建设年度报告", ["山西省/大同市/浑源县"]),
        ("武汉经开区统计局", ["湖北省/武汉市"]),
        ("河南省公安厅", ["河南省"]),
        ("河南公安厅", ["河南省"]),
        # Counties that moved count under both prefectures.
        ("安庆市枞阳县司法局", ["安徽省/铜陵市/枞阳县"]),
        ("铜陵市枞阳县司法局", ["安徽省/铜陵市/枞阳县"]),
        ("许昌市许昌县人民政府", ["河南省/许昌市/建安区"]),
        ("巢湖市居巢区人民政府", ["安徽省/合肥市/巢湖市"]),
        ("铜仁市碧江区人民政府", ["贵州省/铜仁市/碧江区"]),
        # No place.
        ("司法局", []),
        ("省司法厅", []),
        ("谢塘镇人民政府", []),
        ("朝阳产业", []),
        ("和平年代", []),
        ("", []),
    ],
)
def test_resolve(text: str, expected: list[str]) -> None:
    """What an issuer's name begins with decides on which page a report stands."""
    assert paths(places.resolve(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局在河南省许昌市建安区和郑州市中原区开展试点", ["河南省许昌市建安区", "郑州市中原区"]),
        ("南京市鼓楼区、玄武区", ["南京市鼓楼区", "玄武区"]),
        ("广东深圳市前海", ["广东深圳市"]),
        ("阳泉市城区", ["阳泉市城区"]),
        ("2024年,和县司法局", ["和县"]),
        ("长沙市区道路", ["长沙市"]),
        ("济南市中级人民法院", ["济南市"]),
        ("维护和平区域稳定", []),
        ("和平区人民政府", ["和平区"]),
        ("朝阳产业、和平发展", []),
        ("全市和县直部门", []),
        ("推进老城区改造和主城区防汛", []),
        ("沿海城市和上海城市更新", []),
        ("长江都市圈", []),
        ("全县召开县委常委会", []),
        ("西南山区", []),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    """Ordinary words hold names of places; a report that says 老城区改造 is not from 洛阳."""
    assert [text[m.span.start : m.span.end] for m in places.mentions(text)] == expected


def test_words_that_need_care_are_names() -> None:
    """A misspelt exception would do nothing, silently."""
    assert all(places.named(name) for name in places._WORDLIKE)


NAMES = st.sampled_from([one.name for one in EVERY] + [one.short for one in EVERY])
TEXTS = st.lists(NAMES | st.text("中共市县区省的、，。 \n司法局和经开场域委", max_size=4), max_size=8).map("".join)


@given(TEXTS)
def test_mentions_never_overlap_and_never_fail(text: str) -> None:
    """Spans are used to mark the text: in order, apart, not empty, each with someone to be."""
    at = 0
    for mention in places.mentions(text):
        assert at <= mention.span.start < mention.span.end <= len(text)
        assert mention.candidates
        at = mention.span.end
    assert places.resolve(text) == tuple(sorted(set(places.resolve(text)), key=lambda p: p.code))


@pytest.mark.parametrize("part", ["市中区", "居巢区", "许昌县", "河南", "巢湖市居巢区", "中"])
def test_no_text_is_too_long_or_too_odd(part: str) -> None:
    """A file of one name a thousand times over must not end the build."""
    assert all(mention.candidates for mention in places.mentions(part * 3000))
    assert len(places.resolve(part * 3000)) <= 10
