"""The kinds of issuers: names and slugs are permanent, and a body is taken for what it is."""

from __future__ import annotations

import re

import pytest

from govreport_site import issuer_kinds, places


def test_names_and_slugs_are_unique_and_lead_back() -> None:
    """Both stand in front matter and in addresses; two kinds with one slug would share a page."""
    kinds = issuer_kinds.all_kinds()
    assert len({kind.name for kind in kinds}) == len({kind.slug for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert re.fullmatch(r"[a-z]+", kind.slug)
        assert kind.patterns
        assert issuer_kinds.by_name(kind.name) == issuer_kinds.by_slug(kind.slug) == kind
    assert issuer_kinds.by_name("没有") is issuer_kinds.by_slug("nothing") is None


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("卫生健康", "weijianwei"),
        ("政府", "zhengfu"),
        ("司法", "sifaju"),
        ("教育", "jiaoyuju"),
        ("公安", "gonganju"),
        ("人力资源和社会保障", "rensheju"),
        ("市场监督管理", "shijianju"),
    ],
)
def test_slugs_that_addresses_rely_on(name: str, slug: str) -> None:
    """Addresses are permanent."""
    kind = issuer_kinds.by_name(name)
    assert kind is not None
    assert kind.slug == slug


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("许昌市卫生健康委员会", "卫生健康"),
        ("广西壮族自治区卫生健康委", "卫生健康"),
        ("江源区卫生健康局", "卫生健康"),
        ("天津市静海区人民政府", "政府"),
        ("宛城区政府", "政府"),
        ("国务院", "政府"),
        ("中共山丹县委员会 山丹县人民政府", "政府"),
        ("中共大马营镇委员会 大马营镇人民政府", "乡镇政府"),
        ("南坑乡人民政府", "乡镇政府"),
        ("古城街道办事处", "街道办事处"),
        ("许昌经济技术开发区管理委员会", "开发区管委会"),
        ("许昌市人民政府办公室", "政府办公室"),
        ("许昌市人民政府国有资产监督管理委员会", "国有资产监督管理"),
        ("江苏省司法厅", "司法"),
        ("中华人民共和国司法部", "司法"),
        ("许昌市建安区教育体育局", "教育"),
        ("广东省人力资源和社会保障厅", "人力资源和社会保障"),
        ("住房和城乡建设局", "住房和城乡建设"),
        ("北京市规划和自然资源委员会", "自然资源"),
        ("岳阳市生态环境局岳阳县分局", "生态环境"),
        ("徐闻县文化广电旅游体育局", "文化和旅游"),
        ("道县文广新局", "文化和旅游"),
        ("金乡县水务局", "水利"),
        ("农业农村和水利局", "农业农村"),
        ("城市管理和综合行政执法局", "城市管理"),
        ("国家税务总局许昌市税务局", "税务"),
        ("国家统计局许昌调查队", "统计"),
        ("公安局交通警察支队", "公安"),
        ("浙江省市场监督管理局（知识产权局）", "市场监督管理"),
        ("贵州省大数据发展管理局", "数据"),
        ("中共许昌市委全面依法治市委员会办公室", "全面依法治理"),
        ("四川省地方金融监督管理局", "地方金融"),
        ("上海海关", "海关"),
        ("许昌市民政局", "民政"),
        # A county called 公安 is no police, 人民政府 holds no 民政.
        ("公安县财政局", "财政"),
        ("公安县公安局", "公安"),
        ("公安县人民政府", "政府"),
    ],
)
def test_kind_of(issuer: str, kind: str) -> None:
    """The kind gives a report its address and its place among its peers."""
    found = issuer_kinds.kind_of(issuer)
    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize("issuer", ["", "许昌市", "静海区", "新乡", "本单位"])
def test_no_kind_without_a_body(issuer: str) -> None:
    """Nothing is better than a wrong kind: an editor is asked."""
    assert issuer_kinds.kind_of(issuer) is None


def test_every_place_has_a_government_and_bureaus() -> None:
    """No name of a place may be taken for a body: 公安县, 民政 in 人民政府, 新乡."""
    for province in places.children(None):
        for second in places.children(province.code):
            for one in (second, *places.children(second.code)):
                for body, kind in (("人民政府", "政府"), ("司法局", "司法"), ("卫生健康委员会", "卫生健康")):
                    found = issuer_kinds.kind_of(one.name + body)
                    assert found is not None
                    assert found.name == kind, one.name + body
