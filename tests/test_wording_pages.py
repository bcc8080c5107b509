"""The pages of shared wording: what stands elsewhere is shown with both places, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from govreport_site.catalogue import gather
from govreport_site.pages.assets import read_assets
from govreport_site.pages.views import Site
from govreport_site.pages.wording import wording_view
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from tests.whole_site import render_site

TEMPLATES = Path(__file__).parents[1] / "templates"

COPIED = (
    "我局建立执法案卷评查与执法监督联动的工作台账，逐案列明发现的问题、整改的时限和责任的人员，"
    "每季度向分管领导报告一次办理进度，对逾期没有整改的单位发出督办函并抄送纪检部门。"
)


def made(file: str, place: str, issuer: str, year: int, plain: str) -> Report:
    text = (
        f'---\ntitle: {issuer}{year}年法治政府建设年度报告\nissuer: {issuer}\nplace: "{place}"\nyear: {year}\n---\n'
        f"一、主要工作开展情况\n（一）规范行政执法。{plain}\n（二）加强学习。今年共组织干部学习培训八次，参加人员覆盖全局。\n"
        "二、存在的问题\n（一）执法力量不足。基层人员偏少。\n三、下一年工作打算\n（一）充实执法力量。招录人员。\n"
    )
    return read_text(text, name=file, file=file)


def pages(*reports: Report) -> dict[str, str]:
    catalogue, _ = gather(reports)
    found = render_site(reports, catalogue, read_assets(TEMPLATES / "static"), Site(), TEMPLATES)
    return {path: data.decode() for path, data in found}


def test_a_copied_passage_leads_to_both_places() -> None:
    first = made("a.md", "411000", "许昌市商务局", 2024, COPIED)
    second = made("b.md", "410100", "郑州市商务局", 2025, COPIED)
    site = pages(first, second)
    area = site["wording/henan/index.html"]
    assert area.count("也见于 <a") == 1, "only the later report names the earlier one"
    assert "郑州市商务局" in area and "许昌市商务局（2024 年度）" in area
    assert "建立执法案卷评查与执法监督联动的工作台账" in area
    links = re.findall(r'href="([^"]*#p-[0-9a-f]{6})"', area)
    assert len(links) == 2
    for link in links:
        page, _, anchor = link.replace("../../", "").partition("#")
        assert f'id="{anchor}"' in site[page]


def test_what_differs_is_not_shown() -> None:
    other = "全市统一使用电子证照，窗口受理的事项当场办结，企业足不出户即可办理开办、变更和注销的全部手续，反响很好。"
    site = pages(
        made("a.md", "411000", "许昌市商务局", 2024, COPIED), made("b.md", "410100", "郑州市商务局", 2025, other)
    )
    assert "wording/henan/index.html" not in site
    assert "还没有见到与别处相同的段落" in site["wording/index.html"]


def test_words_of_another_place_are_shown_in_their_sentence() -> None:
    left = made("b.md", "410100", "郑州市商务局", 2025, "2025年，宜宾市商务局严格落实行政执法责任制，规范执法行为。")
    site = pages(left)
    assert "宜宾市" in site["wording/henan/index.html"]
    assert "像是遗留的字句" in site["wording/henan/index.html"]


def test_a_parted_province_leads_to_its_prefectures() -> None:
    folders = ("beijing", "henan", "henan/xuchang", "henan/zhengzhou")
    catalogue, _ = gather(
        [
            made("a.md", "110000", "北京市商务局", 2024, COPIED),
            made("b.md", "410000", "河南省商务厅", 2024, COPIED),
            made("c.md", "411000", "许昌市商务局", 2024, COPIED),
            made("d.md", "410100", "郑州市商务局", 2024, COPIED),
        ]
    )
    view = wording_view(catalogue, folders)
    assert [(one.way.text, [part.text for part in one.parts]) for one in view.provinces] == [
        ("北京市", []),
        ("河南省", ["许昌市", "郑州市"]),
    ]
