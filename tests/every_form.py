"""A corpus whose site has every form of page, and which page has which: for whatever judges pages by their looks.

Beside the two reports of `corpus/` it holds short made ones: as many as one year, kind of issuer,
indicator, instrument and topic must have before a list is parted, and a few odd ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import get_args

from govreport_site import places
from govreport_site.pages.sheets import Form

ROOT = Path(__file__).resolve().parents[1]

# Counties that report, by province: as many as name a figure or an instrument before its page is parted by place.
COUNTIES = {"410000": 40, "130000": 30}
# Times that one county says a few words: as long as a list of one kind may be before it is parted by place.
LONG_LIST = 4_000

BODY = """{name}人民政府{year}年度法治政府建设情况报告
一、主要举措和成效
（一）规范行政执法。落实《优化营商环境条例》，全年办结行政复议案件{number}件，开展“双随机、一公开”检查。
（二）学习宪法。制定《{name}行政执法监督办法》《{name}行政执法证件管理办法》《{name}行政处罚裁量基准》。
二、存在的不足
（一）执法力量不足。基层执法人员偏少，个别人员业务能力不强，面对新业态办法不多；执法装备陈旧，经费保障不到位，制约了工作的开展。
三、下一年度工作安排
（一）充实执法力量。招录基层执法人员，组织业务培训，更新执法装备，落实经费保障，逐步解决人员偏少、能力不强的问题，提高执法水平。
"""

# What they had planned, and what the second report of `corpus/` did a year later.
YEAR_BEFORE = """---
title: 许昌市卫生健康委员会关于2024年法治政府建设情况的报告
issuer: 许昌市卫生健康委员会
place: "411000"
year: 2024
published: 2025-01-24
document_number: 许卫〔2025〕3号
source_url: https://wjw.example.org/2024.html
---
许昌市卫生健康委员会关于2024年法治政府建设情况的报告
一、主要举措和成效
依法行政。宜宾市卫生健康委严格落实行政执法责任制，规范执法行为，群众满意度不断提高。
二、存在的问题
（一）普法针对性有待提高。对不同群体的法律需求了解不深，普法内容和形式较为单一。
三、下一年度工作安排
（一）扎实开展述法工作。将述法内容作为领导班子年度述职的重要组成部分，召开市属医院党政主要负责人现场述法会议。
（二）修订档案管理办法。完善归档目录。
"""

# The address of the report that has neither issuer nor year.
ODD_SLUG = "odd"

# A table, a list, a link, a long title with marks that HTML knows, two titles in one sentence, no place, no year.
ODD = """---
title: 关于某某部门贯彻落实“法治政府建设实施纲要”《年度报告工作规定》<附件>&有关事项、进一步加强和改进行政执法与行政复议应诉工作的情况报告
slug: odd
---
# 一、主要举措

| 项目 | 数量 |
| --- | --- |
| 行政处罚 | 12件 |
| 行政检查 | 1,204次 |

- 制定《甲办法》和《乙规定》
- 宣传《甲办法》
- 对照《甲办法》改进工作
- 督促各单位执行《甲办法》
- 检查《甲办法》落实情况
- 按《甲办法》办理
- 修改《甲办法》
- 公布新的《甲办法》
- 见[公开的全文](https://example.org/a?b=1&c=2)

# 四、不足

1．人员不足
2．经费不足
"""
# Form → its pages, each in another state: of reports and of places, undivided and parted, full and empty.
PAGES: dict[Form, tuple[str, ...]] = {
    "home": ("index.html",),
    "search": ("search/index.html",),
    "about": ("about/index.html",),
    "specimen": ("about/specimen/index.html",),
    "not_found": ("404.html",),
    "problems": ("problems/index.html",),
    "problems_province": ("problems/henan/index.html", "problems/unplaced/index.html"),
    "places": ("places/index.html",),
    "place": ("henan/index.html", "henan/xuchang/index.html", "unplaced/index.html"),
    "years": ("years/index.html",),
    "year": ("years/2025/index.html", "years/2024/index.html", "years/undated/index.html"),
    "kinds": ("sections/index.html",),
    "kind": ("sections/problems/index.html", "sections/leadership/index.html"),
    "kind_list": (
        "sections/plans/2025/henan/index.html",
        "sections/problems/2025/henan/index.html",
        "sections/problems/2025/henan/xuchang/index.html",
    ),
    "issuers": ("issuers/index.html",),
    "issuer_kind": ("issuers/weijianwei/index.html", "issuers/zhengfu/index.html"),
    "issuer": ("henan/xuchang/weijianwei/index.html",),
    "report": (
        "henan/xuchang/2025-weijianwei/index.html",
        "henan/zhengzhou/2025-weijianwei/index.html",
        "henan/xuchang/2024-weijianwei/index.html",
        f"unplaced/undated-{ODD_SLUG}/index.html",
    ),
    "study": ("study/index.html",),
    "figures": ("figures/index.html",),
    "indicator": ("figures/reconsideration-closed/index.html", "figures/media-posts/index.html"),
    "indicator_area": ("figures/g-e0803d/henan/index.html",),
    "instruments": ("instruments/index.html",),
    "instrument": (
        "instruments/i-4976a112d3/index.html",
        "instruments/i-646bd63142/index.html",
        "instruments/i-646bd63142/henan/index.html",
    ),
    "instrument_list": (
        "instruments/regulation/index.html",
        "instruments/in/henan/index.html",
        "instruments/in/henan/xuchang/index.html",
    ),
    "topics": ("topics/index.html",),
    "topic": ("topics/enforcement/index.html", "topics/field/index.html"),
    "topic_area": ("topics/enforcement/henan/index.html", "topics/enforcement/henan/xuchang/index.html"),
    "compare": ("compare/index.html",),
    "remedies": ("remedies/index.html",),
    "remedies_place": ("remedies/henan/xuchang/2025/index.html", "remedies/unplaced/undated/index.html"),
    "tracking": ("henan/xuchang/weijianwei/tracking.html",),
    "completeness": ("completeness/index.html",),
    "completeness_province": ("completeness/henan/index.html", "completeness/unplaced/index.html"),
    "wording": ("wording/index.html",),
    "wording_area": ("wording/henan/index.html",),
    "data": ("data/index.html",),
    "data_columns": ("data/columns/index.html",),
}
assert PAGES.keys() == set(get_args(Form))


def write_corpus(folder: Path) -> None:
    """The reports as files below `folder`, which is made."""
    shutil.copytree(ROOT / "corpus", folder)
    (folder / "2024-xuchang-weijianwei.md").write_text(YEAR_BEFORE, "utf-8")
    (folder / "odd.md").write_text(ODD, "utf-8")
    counties = (county for province, count in COUNTIES.items() for county in islice(_counties(province), count))
    for number, county in enumerate(counties, start=1):
        text = BODY.format(name=county.name, year=2025, number=number)
        if number == 1:
            text = text.replace("人员偏少，", "人员偏少，" * LONG_LIST)
        front = f'---\nissuer: {county.name}人民政府\nplace: "{county.code}"\nyear: 2025\n---\n'
        (folder / f"{county.code}.md").write_text(front + text, "utf-8")


def _counties(province: str) -> Iterator[places.Place]:
    for prefecture in places.children(province):
        yield from places.children(prefecture.code)
