"""What a report says about itself, in the shapes in which real pages say it.

Each case is an invented opening of a real body: the text, the address where one is needed, and
the fields it protects. A place is given by code.
"""

from __future__ import annotations

import time
from typing import Any

import pytest

from govreport_site.reading.read import read_text
from govreport_site.report import Report


def read(text: str, url: str | None = None) -> Report:
    front = f"---\nsource_url: {url}\n---\n" if url else ""
    return read_text(front + text, name="case.md", file="case.md")


BODY = "坚持以习近平新时代中国特色社会主义思想为指导，扎实推进各项工作。现将有关情况报告如下：\n一、主要举措和成效\n（一）健全制度。印发文件。\n二、存在的不足\n能力不足。\n"

# What it protects · text · address · fields
CASES: tuple[tuple[str, str, str | None, dict[str, Any]], ...] = (
    (
        "issuer, year and place from a title",
        f"兰州市财政局关于2024年度法治政府建设情况的报告\n2024年，我局{BODY}",
        None,
        {"title": "兰州市财政局关于2024年度法治政府建设情况的报告", "issuer": "兰州市财政局", "year": 2024, "place": "620100"},
    ),
    (
        "a place alone is its government, a district's with its city",
        f"仓山区2023年度法治政府建设情况报告\n2023年，仓山区{BODY}",
        None,
        {"issuer": "福州市仓山区人民政府", "year": 2023, "place": "350104", "level": "county", "issuer_kind": "政府"},
    ),
    (
        "the year first, then the place",
        f"2021年凤阳县法治政府建设工作报告\n{BODY}",
        None,
        {"issuer": "凤阳县人民政府", "year": 2021, "place": "341126"},
    ),
    (
        "the issuer on the line above the title",
        f"湘潭市水利局\n2022年度法治政府建设工作报告\n2022年，我局{BODY}",
        None,
        {"title": "湘潭市水利局2022年度法治政府建设工作报告", "issuer": "湘潭市水利局"},
    ),
    (
        "the issuer on the line below the title",
        f"2025年度法治政府建设工作报告\n铁西区应急管理局\n2025年，我局{BODY}",
        "http://www.sytiexi.gov.cn/zwgk/1.html",
        {"title": "2025年度法治政府建设工作报告", "issuer": "铁西区应急管理局", "place": "210106"},
    ),
    (
        "a title broken over lines, and repeated",
        f"宜昌市生态环境局2020年度法治政府\n建设情况报告\n来源：宜昌市生态环境局 发布时间：2021-02-09 09:18\n宜昌市生态环境局2020年度法治政府\n建设情况报告\n{BODY}",
        None,
        {"title": "宜昌市生态环境局2020年度法治政府建设情况报告", "published": "2021-02-09"},
    ),
    (
        "a blank where the line was broken",
        f"丹东市公安局 关于2025年法治政府建设工作情况的报告\n{BODY}",
        None,
        {"title": "丹东市公安局关于2025年法治政府建设工作情况的报告", "issuer": "丹东市公安局"},
    ),
    (
        "a site's name hung behind the title",
        f"钦州市民政局2025年法治政府建设年度报告-广西钦州市人民政府门户网站\n{BODY}",
        None,
        {"title": "钦州市民政局2025年法治政府建设年度报告", "issuer": "钦州市民政局"},
    ),
    (
        "a title only in the header's table, joint issuers",
        ("| 索引号：000014349/2026-02861 | |\n| 发文字号： | 发文时间：2025-12-22 |\n| 发文机关：城关镇人民政府 | 主题词： |\n"
        "| 标题：中共城关镇委员会 城关镇人民政府关于2025年度法治政府建设情况的报告 | |\n| 主题分类： | 发布日期：2025-12-23 |\n"
        f"2025年，在县委、县政府的坚强领导下，城关镇{BODY}"),
        "http://www.luoyuan.gov.cn/xxgk/202601/1.html",
        {
            "title": "中共城关镇委员会 城关镇人民政府关于2025年度法治政府建设情况的报告",
            "issuer": "城关镇人民政府",
            "level": "township",
            "place": "350123",
            "published": "2025-12-23",
            "index_number": "000014349/2026-02861",
            "document_number": None,
        },
    ),
    (
        "a table without colons, blanks inside the labels",
        ("索  引  号 11340200003/202402-00012  公开方式 主动公开\n发布机构  芜湖市商务局  文  号  无\n生成日期  2024-02-20\n"
        f"芜湖市商务局2023年法治政府建设年度报告\n{BODY}"),
        None,
        {"index_number": "11340200003/202402-00012", "published": "2024-02-20", "document_number": None},
    ),
    (
        "everything on one line, a label twice",
        ("索 引 号: 014351/2025-00087 主题分类: 综合政务 发布机构: 霍邱县司法局 发文日期: 2025年12月15日 文  号: 文  号:无 效力状态: 有效 发布日期: 2025年12月16日\n"
        f"霍邱县司法局2025年法治政府建设年度报告\n{BODY}"),
        None,
        {"index_number": "014351/2025-00087", "published": "2025-12-16", "document_number": None},
    ),
    (
        "the document's number in the header, never one of the body",
        f"索引号：11410000MB/2013-0007 文号：召政文[2013]27号\n召陵区人民政府2013年度依法行政工作报告\n根据国发〔2010〕33号文件，我区{BODY}",
        None,
        {"document_number": "召政文[2013]27号", "year": 2013},
    ),
    (
        "a number cited by the body is another document's",
        f"2024年，鹤岗市审计局认真贯彻鹤政发〔2024〕3号文件，{BODY}",
        None,
        {"document_number": None, "issuer": "鹤岗市审计局", "place": "230400"},
    ),
    (
        "labels glued behind a time",
        f"娄底市统计局2023年法治政府建设年度报告\n发布时间 : 2023-12-22 16:05来源 : 娄底市统计局\n{BODY}",
        None,
        {"published": "2023-12-22", "issuer": "娄底市统计局"},
    ),
    (
        "blanks inside a date",
        f"嘉兴市审计局2024年度法治政府建设年度报告\n发布日期: 2025- 02- 12 16: 05 访问次数: 信息来源: 嘉兴市审计局\n{BODY}",
        None,
        {"published": "2025-02-12"},
    ),
    (
        "dates with points",
        f"发布时间：2025.1.6 浏览次数：\n泰州市水利局2024年度法治政府建设情况报告\n{BODY}",
        None,
        {"published": "2025-01-06"},
    ),
    (
        "the page's clock is no date",
        f"今天是:2019年10月31日 星期四 农历十月初四\n您所在的位置:政务公开 > 工作报告\n2021年岱山县法治政府建设情况报告\n文章来源:司法局 更新时间:2022/03/29 11:30:01\n{BODY}",
        None,
        {"published": "2022-03-29", "issuer": "岱山县人民政府"},
    ),
    (
        "a clock beside the site's name",
        f"衡阳市南岳区人民政府 2019年12月3日星期二\n无障碍 简体| 繁体\n南岳区2022年度法治政府建设情况报告\n{BODY}",
        "https://www.nanyue.gov.cn/art/2023/2/17/art_1229_1.html",
        {"published": "2023-02-17", "place": "430412"},
    ),
    (
        "a pipe between date and body",
        f"2026-01-20 17:01 | 黄石市水利和湖泊局\n2025年，我局{BODY}",
        None,
        {"published": "2026-01-20", "issuer": "黄石市水利和湖泊局"},
    ),
    (
        "a bare body and a bare date above a text without title",
        f"防城港市应急管理局\n2023-01-29\n2022年，我局{BODY}",
        None,
        {"published": "2023-01-29", "issuer": "防城港市应急管理局", "year": 2022},
    ),
    (
        "the date in the address, the last resort",
        f"2024年，河池市司法局{BODY}",
        "http://sfj.hechi.gov.cn/zwgk/202503/t20250312_6471624.shtml",
        {"published": "2025-03-12", "issuer": "河池市司法局", "year": 2024},
    ),
    ("a folder of year and day", f"2025年，新野县财政局{BODY}", "https://www.xinye.gov.cn/2026/01-13/1373744.html", {"published": "2026-01-13"}),
    ("a month alone is no day", f"2025年，新野县财政局{BODY}", "https://www.xinye.gov.cn/202602/13737.html", {"published": None}),
    (
        "a number that looks like a date",
        f"2017年，新野县财政局{BODY}",
        "https://www.xinye.gov.cn/show/2018161702810013697.html",
        {"published": None},
    ),
    (
        "发布日期 before the address",
        f"发布日期：2025-12-22\n新野县财政局2025年法治政府建设年度报告\n{BODY}",
        "https://www.xinye.gov.cn/202601/t20260129_31.html",
        {"published": "2025-12-22"},
    ),
    (
        "no title: issuer and year from the first sentence, and the short name written out",
        f"2024年,黔南州卫生健康局{BODY}",
        None,
        {"issuer": "黔南州卫生健康局", "year": 2024, "place": "522700"},
    ),
    (
        "a bureau of a city, its place from the host alone",
        f"2025年,市教育局{BODY}",
        "http://edu.huaihua.gov.cn/14317/content_215.html",
        {"issuer": "怀化市教育局", "place": "431200", "level": "prefecture"},
    ),
    (
        "我局: the kind from the host too",
        f"2025年，我局{BODY}",
        "http://rsj.maoming.gov.cn/zwgk/content/post_1.html",
        {"issuer": "茂名市人力资源和社会保障局", "place": "440900", "issuer_kind": "人力资源和社会保障"},
    ),
    (
        "short hosts: of one pair of initials the greater city",
        f"2021年，在市委、市政府的坚强领导下，我局{BODY}",
        "http://hrss.sz.gov.cn/gkmlpt/content/3/3711/post_3711117.html",
        {"issuer": "深圳市人力资源和社会保障局", "place": "440300"},
    ),
    (
        "initials behind those of the place above",
        f"区教委关于2024年法治政府建设情况的报告\n{BODY}",
        "http://www.cqna.gov.cn/bm/qjyw_65453/202502/t20250224_15.html",
        {"issuer": "重庆市南岸区教育委员会", "place": "500108", "published": "2025-02-24"},
    ),
    (
        "a folder tells which of two places of one pinyin",
        f"2025年，我局{BODY}",
        "http://www.yuzhou.gov.cn/xcyzmzj/content/post_1.html",
        {"issuer": "禹州市民政局", "place": "411081"},
    ),
    (
        "a bureau's place from the titles it cites",
        f"2023年，市文广旅局{BODY}印发《乐山市文化广播电视和旅游局2023年普法工作方案》，落实《乐山市物业管理条例》。",
        None,
        {"issuer": "乐山市文化广播电视和旅游局", "place": "511100"},
    ),
    (
        "我委 and what it issued, though the folder is another bureau's",
        f"2022年我委{BODY}我委印发了《重庆市忠县卫生健康委员会关于加强规范性文件管理的通知》。",
        "http://www.zhongxian.gov.cn/bm/fzggw/202302/t20230218_1.html",
        {"issuer": "重庆市忠县卫生健康委员会", "place": "500233"},
    ),
    (
        "last year's report in the body: its year is not this one's",
        f"2025年以来，我局{BODY}公示《朔州市交通运输局关于2024年法治政府建设情况的报告》。",
        "https://jtysj.shuozhou.gov.cn/tzgg/202602/t20260209_31.html",
        {"issuer": "朔州市交通运输局", "year": 2025, "place": "140600"},
    ),
    (
        "superiors thanked first",
        f"2024年，在省公安厅的指导下，在市委和市政府的领导下，十堰市公安局{BODY}",
        None,
        {"issuer": "十堰市公安局", "place": "420300"},
    ),
    (
        "a host is not the issuer: the nation's report on a city's site",
        f"2024年，审计署{BODY}",
        "https://shaoyang.gov.cn/sjj/1288/338686.html",
        {"issuer": "审计署", "level": "national", "place": None},
    ),
    (
        "a ministry",
        f"水利部2023年度法治政府建设情况的报告\n{BODY}",
        None,
        {"issuer": "水利部", "level": "national", "place": None},
    ),
    (
        "a mirror's domain decides nothing",
        f"2022年，应急管理部{BODY}",
        "http://www.123guangzhou.com/Laws/202303/5700706.shtml",
        {"issuer": "应急管理部", "level": "national"},
    ),
    (
        "traditional characters with pinyin behind them: the title stays as it is",
        f"揭陽市榕城區(qū)教育局2022年法治政府建設(shè)年度報告\n2022年，揭陽市榕城區(qū)教育局{BODY}",
        None,
        {"title": "揭陽市榕城區(qū)教育局2022年法治政府建設(shè)年度報告", "issuer": "揭阳市榕城区教育局", "place": "445202", "year": 2022},
    ),
    (
        "two places of one name, told apart by the header",
        f"鼓楼区审计局2024年法治政府建设年度报告\n来源：开封市鼓楼区审计局\n{BODY}",
        None,
        {"issuer": "开封市鼓楼区审计局", "place": "410204"},
    ),
    (
        "two places of one name, told apart by a cited title",
        f"2024年，西湖区司法局{BODY}贯彻《南昌市法治政府建设实施方案》。",
        None,
        {"place": "360103"},
    ),
    (
        "two places of one name, told apart by the host",
        f"2024年，河东区司法局{BODY}",
        "https://www.lyhd.gov.cn/zwgk/1.html",
        {"place": "371312"},
    ),
    ("two places of one name and nothing else: never a guess", f"2024年，朝阳区司法局{BODY}", None, {"place": None, "issuer": "朝阳区司法局"}),
    (
        "a branch serves its district",
        f"南京市公安局栖霞分局关于2023年度法治政府建设情况的报告\n{BODY}",
        None,
        {"issuer": "南京市公安局栖霞分局", "place": "320113", "level": "county"},
    ),
    (
        "a county-level city calls itself 市",
        f"2025年，兴宁市公安局{BODY}",
        "http://www.xingning.gov.cn/1.html",
        {"issuer": "兴宁市公安局", "place": "441481", "level": "county"},
    ),
    (
        "a town of a county, its county from the host",
        f"2025年是收官之年，河西镇全面贯彻党的精神。现将2025年度工作报告如下：\n{BODY}",
        "http://www.donghai.gov.cn/xxgk/1.html",
        {"issuer": "河西镇人民政府", "level": "township", "place": "320722"},
    ),
    (
        "a street's office",
        f"三里亭街道关于2025年度法治政府建设情况的报告\n来源：海曙区人民政府\n{BODY}",
        None,
        {"issuer": "三里亭街道办事处", "level": "township", "place": "330203"},
    ),
    (
        "a template's county is nobody's, one word glued to the first sentence",
        f"某县 2025 年度法治政府建设情况报告2025 年,全县{BODY}",
        None,
        {"title": "某县 2025 年度法治政府建设情况报告", "issuer": "某县人民政府", "place": None, "year": 2025},
    ),
    (
        "a shared file names its title",
        f"《区民政局2022年法治政府建设情况报告.docx》由会员分享,可在线阅读。\n2022年,xx区民政局{BODY}",
        None,
        {"title": "区民政局2022年法治政府建设情况报告", "issuer": "xx区民政局", "place": None},
    ),
    (
        "a body that is named between 现将 and its year",
        "现将市医疗保障局2019年度法治政府建设工作报告如下：\n一、举措\n2019年以来，平凉市医疗保障局全面贯彻法律。\n",
        "https://ybj.pingliang.gov.cn/gs/2659275.html",
        {"issuer": "平凉市医疗保障局", "year": 2019, "place": "620800"},
    ),
    (
        "next year's plans are not the year",
        "我局认真履职。现将2023年法治政府建设工作开展情况和2024年工作打算报告如下：\n一、举措\n做了工作。\n",
        "http://slj.baoshan.gov.cn/1.html",
        {"year": 2023},
    ),
    ("年 missing", f"琼海市科学技术局2025度法治政府建设年度报告\n{BODY}", None, {"year": 2025, "place": "469002"}),
    (
        "a sign-off names whom neither title nor sentence does",
        "2025年法治政府建设年度报告\n一、举措\n做了工作。\n\n南平市林业局\n2026年1月27日\n",
        None,
        {"issuer": "南平市林业局", "place": "350700", "dated": "2026-01-27", "year": 2025},
    ),
    (
        "a department of a province",
        f"2023年以来，在省委、省政府的正确领导下，省水利厅{BODY}",
        "http://slt.anhui.gov.cn/art/2024/2/17/art_1.html",
        {"issuer": "安徽省水利厅", "place": "340000", "level": "province"},
    ),
    (
        "a town whose name one county alone has",
        f"2024年，西街口镇{BODY}",
        None,
        {"issuer": "西街口镇人民政府", "place": "530126", "level": "township"},
    ),
    (
        "a team of the statistics bureau in a city",
        f"国家统计局温州调查队2024年法治政府建设情况报告\n{BODY}",
        None,
        {"issuer": "国家统计局温州调查队", "place": "330300", "issuer_kind": "统计"},
    ),
    (
        "the region's department, by the host of its government",
        f"2025年，自治区水利厅{BODY}",
        "http://slt.gxzf.gov.cn/1.html",
        {"issuer": "广西壮族自治区水利厅", "place": "450000"},
    ),
    (
        "the place's initials before the word for the body, without its 局",
        f"2024年，我局在市委、市政府的领导下{BODY}",
        "http://wzsl.wenzhou.gov.cn/art/2025/2/27/art_1.html",
        {"issuer": "温州市水利局", "place": "330300"},
    ),
    (
        "joint issuers on two lines",
        f"中共奉节县兴隆镇委员会\n奉节县兴隆镇人民政府关于2025年法治政府建设情况的报告\n{BODY}",
        None,
        {
            "title": "中共奉节县兴隆镇委员会 奉节县兴隆镇人民政府关于2025年法治政府建设情况的报告",
            "issuer": "奉节县兴隆镇人民政府",
            "place": "500236",
        },
    ),
    (
        "a watermark in front of a title, in one paragraph",
        "文库之家每日更新www.example.com青海省人民政府关于2023年度法治政府建设情况的报告2023年，我省全面依法治省。一、举措做了工作。二、不足能力不足。",
        None,
        {"title": "青海省人民政府关于2023年度法治政府建设情况的报告", "place": "630000"},
    ),
    (
        "the State Council is quoted, not reporting",
        f"根据中共中央、国务院《法治政府建设实施纲要》和我区有关要求，我局{BODY}制定《肇庆市端州区统计局2022年抽查计划》。",
        "http://www.zqdz.gov.cn/gzjg/dzqtjj/content/post_1.html",
        {"issuer": "肇庆市端州区统计局", "place": "441202"},
    ),
    (
        "the copy of a title that has lost nothing",
        f"石岐街道2025年度法治政府建设年度报告\n石岐街道2025年法治政府建设年度报告\n{BODY}",
        None,
        {"title": "石岐街道2025年度法治政府建设年度报告", "issuer": "石岐街道办事处", "place": "442000"},
    ),
)  # fmt: skip


@pytest.mark.parametrize(("protects", "text", "url", "fields"), CASES, ids=[case[0] for case in CASES])
def test_an_opening_tells(protects: str, text: str, url: str | None, fields: dict[str, Any]) -> None:
    metadata = read(text, url).metadata
    assert {key: getattr(metadata, key) for key in fields} == fields


def test_an_ambiguous_place_is_a_problem_with_its_candidates() -> None:
    """朝阳区 lies in 北京 and in 长春: a person has to say which."""
    report = read(f"2024年，朝阳区司法局{BODY}")
    [problem] = [p for p in report.problems if p.code == "metadata/ambiguous-place"]
    assert "北京市朝阳区（110105）" in problem.found
    assert "吉林省长春市朝阳区（220104）" in problem.found


def test_every_guess_has_its_reason_in_chinese() -> None:
    for _, text, url, _ in CASES:
        report = read(text, url)
        for key in report.metadata.inferred:
            assert report.reasons[key].strip(), key
            assert any("\u4e00" <= c <= "\u9fff" for c in report.reasons[key])


def test_no_line_is_lost_whatever_its_role() -> None:
    """Header lines are told apart, never taken out."""
    for _, text, url, _ in CASES:
        report = read(text, url)
        kept = "".join(report.source.cut(p.span) for _, p in report.passages())
        kept += "".join(report.source.cut(s.heading) for s in report.walk())
        assert sorted(c for c in kept if not c.isspace()) == sorted(c for c in report.source.text if not c.isspace())


def test_a_long_report_is_inferred_in_linear_time() -> None:
    """A hundred thousand characters without a place must not be searched again and again."""
    text = "2024年，我局推进工作。" + "我局印发《关于工作的通知》，全面落实。" * 6000
    started = time.process_time()
    read(text, "http://gov.example/1")
    assert time.process_time() - started < 5


def test_a_verb_within_a_name_does_not_end_it() -> None:
    """统 of 邵阳市统计局 is no 统筹: the subject is the bureau, not the city."""
    report = read_text(
        "2022年以来，在市委、市政府的正确领导下，邵阳市统计局深入学习贯彻习近平法治思想。\n一、主要举措\n甲。\n",
        name="a",
        file="a",
    )
    assert (report.metadata.issuer, report.metadata.place) == ("邵阳市统计局", "430500")


def test_a_body_beside_the_date_lends_its_place() -> None:
    report = read_text(
        "2019-01-24 17:01 | 抚州市发展和改革委员会\n2018年，市发展和改革委坚持依法行政。\n一、主要举措\n甲。\n",
        name="a",
        file="a",
    )
    assert (report.metadata.issuer, report.metadata.place) == ("抚州市发展和改革委员会", "361000")
