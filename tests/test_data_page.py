"""The pages on data: the version is that of an export, every column is explained, one more report changes little."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from govreport_site.addresses import DATA, DATA_COLUMNS
from govreport_site.catalogue import gather
from govreport_site.cli import main
from govreport_site.dataset import Edition, citation, tables
from govreport_site.pages.assets import read_assets
from govreport_site.pages.data import data_view
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from tests.whole_site import render_site

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def pages(*reports: Report, site: Site | None = None) -> dict[str, str]:
    found = render_site(reports, gather(reports)[0], read_assets(TEMPLATES / "static"), site or Site(), TEMPLATES)
    return {name: data.decode() for name, data in found if name in (DATA, DATA_COLUMNS)}


def report(name: str, year: int) -> Report:
    text = f"{name}关于{year}年法治政府建设情况的报告\n一、主要举措和成效\n办理案件12件。\n{name}\n{year + 1}年1月9日\n"
    return read_text(text, name=f"{name}.md", file=f"{name}.md")


def test_every_table_and_column_is_explained() -> None:
    found = pages()
    for table in tables():
        (part,) = re.findall(
            f'<section aria-labelledby="(t-{table.name.replace("_", "-")})">(.*?)</section>',
            found[DATA_COLUMNS],
            re.DOTALL,
        )
        assert f'href="columns/index.html#{part[0]}"' in found[DATA]
        for column in table.columns:
            assert f"{column.title}　<code>{column.name}</code>" in part[1]
            assert column.explanation in html.unescape(part[1])


def test_what_is_in_it_and_how_it_is_cited() -> None:
    found = pages(
        report("许昌市司法局", 2024), report("郑州市司法局", 2025), site=Site("某站", "https://example.org/a/")
    )
    assert "2 份报告，2024—2025 年度；最新的日期 2026-01-09" in found[DATA]
    (version,) = re.findall('<b class="num">([0-9a-f]{12})</b>', found[DATA])
    cited = f"某站数据集[DS/OL]. V{version}. 某站（2026-01-09）[引用日期]. https://example.org/a/data/index.html."
    assert cited in found[DATA]
    assert citation(Edition(version, 0), "某站", None) == f"某站数据集[DS]. V{version}. 某站."


def test_without_reports_there_is_a_page_all_the_same() -> None:
    assert "0 份报告；最新的日期 未注明" in pages()[DATA]


def test_columns_do_not_change_with_the_corpus() -> None:
    assert pages()[DATA_COLUMNS] == pages(report("许昌市司法局", 2024))[DATA_COLUMNS]


@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite", "datapackage"])
def test_every_form_is_named_with_its_command(form: str) -> None:
    words = [command.words for command in data_view(Edition("0" * 12, 0), Site()).commands]
    assert f"python3 build.py export {form}" in words


def test_the_site_and_an_export_say_the_same_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what the build read is not read again."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    monkeypatch.chdir(tmp_path)
    (corpus / "a.txt").write_text(report("许昌市司法局", 2025).source.text, "utf-8")
    (corpus / "topics.yaml").write_text("topics:\n  - {id: enforcement, name: 执法}\n", "utf-8")
    assert main(["build", "--jobs", "1"]) == 0
    capsys.readouterr()
    monkeypatch.setattr("govreport_site.gathering.read_batch", lambda *_: pytest.fail("read again"))
    assert main(["export", "jsonl"]) == 0
    (version,) = re.findall("语料版本 ([0-9a-f]{12})", capsys.readouterr().out)
    assert f">{version}<" in (tmp_path / "site" / DATA).read_text("utf-8")
