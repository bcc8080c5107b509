"""`add` and `undo`: what is understood, where it goes, what is there already, and that nothing is written unasked."""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_site import adding
from govreport_site.adding import Desk, Wishes, add, undo
from govreport_site.cli import main
from govreport_site.intake.arrival import Arrival, Doubt, Hint, Refused
from govreport_site.intake.fetch import Fetched, Fetcher
from govreport_site.normalise import normalise
from govreport_site.pinyin import slug_of_name
from govreport_site.problems import GovreportError, Problem, UsageError, display_width
from govreport_site.reading.metadata import FIELDS
from govreport_site.reading.read import read_report
from govreport_site.reading.tidy import scalar
from govreport_site.site import check_originals, read_corpus
from govreport_site.understanding import Material
from govreport_site.yaml_file import load_placed
from tests.strategies import report_texts

TITLE = "许昌市司法局关于2025年法治政府建设情况的报告"
BODY = """一、主要举措和成效
（一）完善制度。健全行政规范性文件备案审查制度。
（二）规范执法。开展案卷评查三次。
二、存在的问题
执法力量不足。
三、下一步打算
加强培训。
"""
REPORT = f"{TITLE}\n2025年，许昌市司法局认真推进法治政府建设。\n{BODY}"
TOWN = REPORT.replace("许昌市司法局", "许昌市建安区将官池镇人民政府")


@dataclass
class Sitting:
    """A folder with a corpus, and someone who answers; what was said is kept."""

    project: Path
    answers: list[str] | None = None
    said: list[str] = field(default_factory=list)
    arrivals: dict[str, Arrival | Refused] = field(default_factory=dict)

    @property
    def corpus(self) -> Path:
        return self.project / "corpus"

    @property
    def told(self) -> str:
        return "\n".join(self.said)

    @property
    def desk(self) -> Desk:
        def ask(question: str) -> str:
            self.said.append(question)
            assert self.answers, "asked once too often"
            return self.answers.pop(0)

        def show(problems: Iterable[Problem]) -> None:
            self.said.extend(problem.code for problem in problems)

        return Desk(self.said.append, show, None if self.answers is None else ask)

    def bring_in(
        self, name: str, data: bytes, *, address: str | None = None, charset: str | None = None, ocr: bool = False
    ) -> Arrival:
        """As `intake.bring_in` does it for text, unless the test has something in mind for the file."""
        planned = self.arrivals.get(name) or Arrival(data.decode("utf-8"))
        if isinstance(planned, Refused):
            raise planned
        return planned

    def add(self, *inputs: str | Path, fetcher: Fetcher | None = None, **wishes: object) -> int:
        """Runs `add`; wishes as in `Wishes`, yes unless somebody answers."""
        asked = Wishes(**{"yes": self.answers is None, **wishes})  # type: ignore[arg-type]
        words = [str(word) for word in inputs]
        return add(words, self.corpus, self.project, asked, self.desk, bring_in=self.bring_in, fetcher=fetcher)

    def file(self, text: str, name: str = "a.txt") -> Path:
        path = self.project / name
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return path

    def tree(self) -> dict[str, bytes | None]:
        return {
            path.relative_to(self.corpus).as_posix(): None if path.is_dir() else path.read_bytes()
            for path in self.corpus.rglob("*")
        }


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    (tmp_path / "corpus").mkdir()
    return Sitting(tmp_path)


HOME = "henan/xuchang/2025-xuchang-sifaju.md"


# --- What is written -----------------------------------------------------------------------------


@pytest.mark.parametrize("city", ["xuchang", "zhengzhou"])
def test_a_seed_comes_out_as_it_stands_in_the_corpus(sitting: Sitting, root: Path, city: str) -> None:
    """By the real reader of text; only what people confirmed since, and blank lines at the end, differ."""
    seed = root / f"corpus/henan/{city}/2025-{city}-weijianwei.md"
    original = root / f"corpus/sources/2025-{city}-weijianwei.txt"
    assert add([str(original)], sitting.corpus, sitting.project, Wishes(yes=True), sitting.desk) == 0
    file = sitting.corpus / f"henan/{city}/2025-{city}-weijianwei.md"
    ours, theirs = (read_report(path, name="x") for path in (file, seed))
    for key in FIELDS:
        assert getattr(ours.metadata, key) == getattr(theirs.metadata, key), key
    assert set(theirs.metadata.inferred) <= set(ours.metadata.inferred)
    assert ours.composed == theirs.composed
    assert ours.source.text.rstrip("\n") == theirs.source.text.rstrip("\n")
    lines = [
        [line for line in path.read_text("utf-8").rstrip("\n").split("\n") if not line.startswith("inferred:")]
        for path in (file, seed)
    ]
    assert lines[0] == lines[1]
    assert (sitting.corpus / f"sources/2025-{city}-weijianwei.txt").read_bytes() == original.read_bytes()
    assert not list(check_originals(sitting.corpus, read_corpus(sitting.corpus)))


def test_what_a_page_states_is_taken_and_said(sitting: Sitting) -> None:
    text = "2025年度法治政府建设工作报告\n2025年，我局认真工作。\n" + BODY
    sitting.arrivals["p.html"] = Arrival(
        text,
        (
            Hint("published", "2026年1月7日 10:00", "网页的 PubDate 标记"),
            Hint("issuer", "许昌市司法局", "网页的 ContentSource 标记"),
            Hint("index_number", "12345678/2026-00012", "索引号表格"),
            Hint("document_number", "无", "索引号表格"),
            Hint("title", "许昌市司法局首页\x1b[2J\n发布日期：1999-01-01", "网页的 title"),
            Hint("source_url", "javascript:alert(1)", "网页"),
        ),
        (Doubt("intake/body-unsure", "取作正文的有 9 字", "看是不是全文"),),
    )
    assert sitting.add(sitting.file("x", "p.html")) == 0
    metadata = read_report(sitting.corpus / HOME, name="x").metadata
    assert (metadata.issuer, metadata.place, metadata.year) == ("许昌市司法局", "411000", 2025)
    assert (metadata.published, metadata.index_number) == ("2026-01-07", "12345678/2026-00012")
    assert (metadata.document_number, metadata.source_url) == (None, None)
    assert metadata.title == "2025年度法治政府建设工作报告"
    assert "published" not in metadata.inferred and "issuer" in metadata.inferred
    assert "网页的 PubDate 标记" in sitting.told and "推断：网页的 ContentSource 标记" in sitting.told
    assert "intake/body-unsure" in sitting.told and "\x1b" not in sitting.told
    assert metadata.source_file == "sources/2025-xuchang-sifaju.html"


def test_a_person_has_the_last_word(sitting: Sitting) -> None:
    sets = {"issuer": "许昌市魏都区司法局", "year": "2024", "published": "2025-01-02", "source_url": ""}
    assert sitting.add(sitting.file(BODY), sets=sets) == 0
    report = read_report(sitting.corpus / "henan/xuchang/weidu/2024-weidu-sifaju.md", name="x")
    metadata = report.metadata
    assert (metadata.place, metadata.level, metadata.issuer_kind) == ("411002", "county", "司法")
    assert metadata.title == "许昌市魏都区司法局2024年法治政府建设年度报告"
    assert report.composed
    assert set(metadata.inferred) == {"issuer_kind", "level", "place", "title"}


@pytest.mark.parametrize("sets", [{"place": "999999"}, {"year": "去年"}, {"inferred": "title"}, {"nonsense": "1"}])
def test_a_wrong_value_on_the_command_line_stops_before_anything_is_written(
    sitting: Sitting, sets: dict[str, str]
) -> None:
    with pytest.raises(UsageError, match="--set"):
        sitting.add(sitting.file(REPORT), sets=sets)
    assert sitting.tree() == {}


def test_front_matter_that_comes_along_is_kept(sitting: Sitting) -> None:
    text = (
        '---\nissuer: 许昌市司法局\nyear: 2023\nslug: sfj\ninferred: [issuer]\nsections:\n  "二": {kind: other, topics: [行政执法]}\n---\n'
        + BODY
    )
    sitting.arrivals["r.md"] = Arrival(BODY, (Hint("year", "2023", "文首 YAML"),))
    assert sitting.add(sitting.file(text, "r.md")) == 0
    report = read_report(sitting.corpus / "henan/xuchang/2023-xuchang-sfj.md", name="x")
    assert report.metadata.year == 2023 and "year" not in report.metadata.inferred
    assert "issuer" in report.metadata.inferred
    assert [section.kind for section in report.sections if section.key == "二"] == ["other"]
    assert report.problems == read_report(sitting.corpus / "henan/xuchang/2023-xuchang-sfj.md", name="x").problems
    assert not [problem for problem in report.problems if problem.code.startswith("yaml/")]


def test_broken_front_matter_is_refused_with_its_line(sitting: Sitting) -> None:
    sitting.arrivals["r.md"] = Arrival(BODY)
    assert sitting.add(sitting.file("---\nyear: 2025\nissuer: [\n---\n" + BODY, "r.md")) == 1
    assert "intake/front-matter" in sitting.told and sitting.tree() == {}


def test_years_of_one_issuer_share_an_address(sitting: Sitting) -> None:
    assert sitting.add(sitting.file(TOWN), sets={"slug": "jgc"}) == 0
    assert sitting.add(sitting.file(TOWN.replace("2025", "2024"))) == 0
    assert (sitting.corpus / "henan/xuchang/jianan/2024-jianan-jgc.md").is_file()


@pytest.mark.parametrize(
    ("issuer", "slug"),
    [
        ("许昌市建安区将官池镇人民政府", "jiangguanchizhen"),
        ("许昌市魏都区西关街道办事处", "xiguanjiedao"),
        ("郑州市人民政府", "renminzhengfu"),
        ("黄河" * 30, "huanghe" * 5 + "huang"),
        ("、", None),
    ],
)
def test_a_body_that_no_table_knows_gets_a_word_for_its_address(issuer: str, slug: str | None) -> None:
    assert slug_of_name(issuer) == slug


def test_a_name_that_is_taken_is_never_written_over(sitting: Sitting) -> None:
    (sitting.corpus / "henan/xuchang").mkdir(parents=True)
    (sitting.corpus / HOME).write_text("另一篇文字，与报告无关。", "utf-8")
    (sitting.corpus / "sources").mkdir()
    (sitting.corpus / "sources/2025-XUCHANG-sifaju-2.PDF").write_bytes(b"kept")
    before = sitting.tree()
    assert sitting.add(sitting.file(REPORT)) == 0
    after = sitting.tree()
    assert {name: after[name] for name in before} == before
    assert "henan/xuchang/2025-xuchang-sifaju-3.md" in after and "sources/2025-xuchang-sifaju-3.txt" in after


# --- What is not written -------------------------------------------------------------------------


def test_of_several_reports_each_is_shown_in_few_lines(sitting: Sitting) -> None:
    """One alone with all its headings and problems in full; several with the first level, and a line a problem."""
    town = sitting.file(TOWN.replace("三、下一步打算\n加强培训。\n", ""), "b.txt")
    sitting.add(town, dry_run=True)
    assert "完善制度" in sitting.told and "kind/not-found" in sitting.said and "--set" in sitting.told
    sitting.said.clear()
    sitting.add(sitting.file(REPORT), town, dry_run=True)
    assert sitting.told.count("一、  ") == 2 and "完善制度" not in sitting.told
    assert "没有认出“下一年度安排”的部分  [kind/not-found]" in sitting.told and "kind/not-found" not in sitting.said
    assert sitting.told.count("--dry-run") == 1


def test_what_is_guessed_is_told_from_what_is_stated_by_columns(sitting: Sitting) -> None:
    sitting.add(sitting.file(REPORT), sets={"dated": "2026-01-05"}, dry_run=True)
    rows = {line.split()[1]: line for line in sitting.said if line.startswith("  ") and len(line.split()) > 3}
    year, dated = rows["year"], rows["dated"]
    assert year.split()[0] == "报告年度" and year.endswith("推断：标题")
    assert dated.endswith("  命令行") and "推断" not in dated
    assert display_width(year.partition("推断")[0]) == display_width(dated.partition("命令行")[0])


def test_a_dry_run_writes_nothing(sitting: Sitting) -> None:
    assert sitting.add(sitting.file(REPORT), dry_run=True) == 0
    assert "corpus/henan/xuchang/2025-xuchang-sifaju.md" in sitting.told
    assert sitting.tree() == {} and not (sitting.project / ".govreport").exists()


def test_without_anyone_to_ask_nothing_is_written(sitting: Sitting) -> None:
    assert sitting.add(sitting.file(REPORT), yes=False) == 1
    assert "--yes" in sitting.told and "--dry-run" in sitting.told and sitting.tree() == {}


def test_no_is_the_answer_of_silence(sitting: Sitting) -> None:
    sitting.answers = [""]
    assert sitting.add(sitting.file(REPORT)) == 0
    assert sitting.tree() == {}


def test_metadata_is_corrected_before_it_is_filed(sitting: Sitting) -> None:
    sitting.answers = ["e", "year=2024", "what", "", "y"]
    assert sitting.add(sitting.file(REPORT)) == 0
    metadata = read_report(sitting.corpus / "henan/xuchang/2024-xuchang-sifaju.md", name="x").metadata
    assert metadata.year == 2024 and "year" not in metadata.inferred


@pytest.mark.parametrize("text", ["", " \n", "空\0字", "今天天气很好。\n"])
def test_what_is_no_report_is_refused_and_the_others_are_not(sitting: Sitting, text: str) -> None:
    bad, good = sitting.file(text, "bad.txt"), sitting.file(REPORT)
    assert sitting.add(bad, sitting.project / "none.txt", good) == 1
    assert (sitting.corpus / HOME).is_file()
    assert "没有这个文件" in sitting.told
    assert sitting.told.count("[intake/") == 2 and sitting.told.count("没有收：") == 4  # at once, and in the end
    assert "收录 1 份；没有收 2 份。" in sitting.told


def test_a_corpus_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(GovreportError, match="没有找到"):
        add(["a"], tmp_path / "corpus", tmp_path, Wishes(), Sitting(tmp_path).desk)


def test_a_full_disk_leaves_nothing(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert sitting.add(sitting.file(REPORT)) == 1
    assert sitting.tree() == {} and "磁盘空间" in sitting.told


@pytest.mark.parametrize(
    "title",
    [
        "许昌市司法局\x1b]0;x\x072025年法治政府建设情况的报告",
        '许昌市司法局2025年法治政府建设情况的报告: # "a" \'&*[',
        "../../许昌市司法局2025年法治政府建设情况的报告",
        "许昌市司法局\u202e2025年法治政府建设情况的报告\u2028---",
        "---",
        "%YAML 1.2 许昌市司法局2025年法治政府建设报告",
    ],
)
def test_a_hostile_title_stays_a_title(sitting: Sitting, title: str) -> None:
    sets = {"title": title, "issuer": "许昌市司法局", "year": "2025"}
    assert sitting.add(sitting.file(BODY, "a.TXT"), sets=sets) == 0
    assert read_report(sitting.corpus / HOME, name="x").metadata.title == title
    assert not any(c in sitting.told for c in "\x1b\x07\u202e\u2028")
    assert sitting.tree().keys() == {"henan", "henan/xuchang", HOME, "sources", "sources/2025-xuchang-sifaju.txt"}
    assert undo(sitting.corpus, sitting.project, sitting.desk) == 0
    assert not any(c in sitting.told for c in "\x1b\x07\u202e\u2028")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_value_reads_back_as_it_was_written(value: str) -> None:
    root, faults = load_placed(f"title: {scalar(value)}\nyear: 2025\n")
    assert root is not None and isinstance(root.value, dict) and not faults
    assert root.value["title"].value == value
    assert scalar(value).count("\n") == 0


# --- What is there already -----------------------------------------------------------------------


def test_the_same_original_and_the_same_text_are_known(sitting: Sitting) -> None:
    assert sitting.add(sitting.file(REPORT)) == 0
    before = sitting.tree()
    wide = REPORT.replace("，", " ，").replace("2025", "２０２５")
    assert normalise(wide) == normalise(REPORT)
    assert sitting.add(sitting.file(REPORT, "b.txt"), sitting.file(wide, "c.txt")) == 0
    assert sitting.told.count("已在库中：") == 2 and HOME in sitting.told
    assert sitting.tree() == before


def test_one_run_knows_what_it_has_filed(sitting: Sitting) -> None:
    assert sitting.add(sitting.file(REPORT), sitting.file(REPORT, "b.txt")) == 0
    assert "收录 1 份；已在库中 1 份。" in sitting.told


@pytest.mark.parametrize("bare", [False, True])
def test_another_version_is_shown_and_replaces_only_when_told(sitting: Sitting, bare: bool) -> None:
    if bare:
        (sitting.corpus / "old.txt").write_text(REPORT, "utf-8")
    else:
        assert sitting.add(sitting.file(REPORT), sets={"published": "2026-01-05"}) == 0
    file = sitting.corpus / ("old.txt" if bare else HOME)
    if not bare:
        edited = file.read_text("utf-8").replace("title: ", "# 审校：张三\ntitle: ")
        edited = edited.replace('# "二": {kind: problems}', '  "二": {kind: other}').replace(", title", "")
        file.write_text(edited, "utf-8")
    before = sitting.tree()
    version = sitting.file(REPORT.replace("执法力量不足", "执法力量仍然不足"), "b.txt")
    assert sitting.add(version) == 1
    assert "--replace" in sitting.told and "新：执法力量仍然不足。" in sitting.told
    assert sitting.tree() == before
    assert sitting.add(version, replace=True) == 0
    after = sitting.tree()
    report = read_report(file, name="x")
    assert "执法力量仍然不足" in report.source.text
    assert {name for name in before if before[name] != after[name]} == {file.relative_to(sitting.corpus).as_posix()}
    assert report.metadata.source_sha256 == hashlib.sha256(version.read_bytes()).hexdigest()
    assert not [problem for problem in report.problems if problem.code.startswith("yaml/")]
    if not bare:
        text = file.read_text("utf-8")
        assert "# 审校：张三\n" in text and '  "二": {kind: other}\n' in text and '# "二"' not in text
        assert report.metadata.published == "2026-01-05" and "title" not in report.metadata.inferred
        assert text.count('# "一": {kind: achievements}') == 1
    assert undo(sitting.corpus, sitting.project, sitting.desk) == 0
    assert sitting.tree() == before


def test_two_reports_of_one_year_may_both_stay(sitting: Sitting) -> None:
    assert sitting.add(sitting.file(REPORT)) == 0
    sitting.answers = ["2", "y"]
    assert sitting.add(sitting.file(REPORT.replace("不足", "仍弱"), "b.txt")) == 0
    assert (sitting.corpus / "henan/xuchang/2025-xuchang-sifaju-2.md").is_file()
    slugs = {report.metadata.slug for report in read_corpus(sitting.corpus)}
    assert slugs == {"sifaju", "sifaju-2"}


# --- From the web --------------------------------------------------------------------------------


class Pages(Fetcher):
    """A web of a few pages, without a network."""

    pages: dict[str, Fetched]

    def fetch(self, address: str) -> Fetched:
        if address not in self.pages:
            raise Refused("intake/status", f"{address} 上没有这一页（404）", "核对网址")
        return self.pages[address]


def page(address: str, text: str, name: str) -> Fetched:
    return Fetched(text.encode(), address, name, "utf-8", "2026-02-01T08:00:00Z")


URL = "http://sfj.xuchang.gov.cn/a/1.html"


def test_a_page_is_filed_with_its_address(sitting: Sitting) -> None:
    web = Pages()
    web.pages = {"http://x.cn/short": page(URL, REPORT, "1.html")}
    assert sitting.add("http://x.cn/short", "http://x.cn/gone", fetcher=web) == 1
    metadata = read_report(sitting.corpus / HOME, name="x").metadata
    assert metadata.source_url == URL and "source_url" not in metadata.inferred
    assert metadata.source_file == "sources/2025-xuchang-sifaju.html"
    (journal,) = (sitting.project / ".govreport/undo").glob("*/*.json")
    assert "2026-02-01T08:00:00Z" in journal.read_text("utf-8")
    web.pages = {"http://x.cn/short": page(URL.replace("http:", "https:"), REPORT.replace("三次", "四次"), "1.html")}
    assert sitting.add("http://x.cn/short", fetcher=web) == 1
    assert "来自同一个网址" in sitting.told


def test_the_one_file_a_page_links_is_followed_only_when_told(sitting: Sitting) -> None:
    web = Pages()
    file = "http://sfj.xuchang.gov.cn/a/1.pdf"
    web.pages = {URL: page(URL, "x", "1.html"), file: page(file, REPORT, "1.pdf")}
    linked = f"网页本身没有正文，只链接了文件：\n报告 全文.pdf  {file}"
    sitting.arrivals["1.html"] = Refused("intake/only-links", linked, "收录所链接的文件")
    assert sitting.add(URL, fetcher=web) == 1
    assert sitting.tree() == {}
    assert sitting.add(URL, fetcher=web, follow=True) == 0
    metadata = read_report(sitting.corpus / HOME, name="x").metadata
    assert (metadata.source_url, metadata.source_file) == (URL, "sources/2025-xuchang-sifaju.pdf")
    sitting.arrivals["1.html"] = Refused("intake/only-links", linked + "\n附件  http://a.cn/2.pdf", "…")
    assert sitting.add(URL, fetcher=web, follow=True) == 1


# --- Back again ----------------------------------------------------------------------------------


@settings(max_examples=25)
@given(report_texts(30), st.binary(max_size=20), st.sampled_from(["a.html", "../b.PDF", "c.x/y", "d. ", "CON.txt"]))
def test_adding_and_undoing_leaves_the_corpus_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: bytes, name: str
) -> None:
    """Whatever comes in: it is refused with nothing changed, or filed so that it reads back, and undone."""
    sitting = Sitting(tmp_path_factory.mktemp("adding"))
    (sitting.corpus / "henan").mkdir(parents=True)
    (sitting.corpus / "henan/old.txt").write_text(REPORT.replace("许昌", "郑州"), "utf-8")
    before = sitting.tree()
    material = Material(name, name, data)
    sitting.arrivals[name] = Arrival(text)
    run = adding._Adding(
        sitting.corpus, adding.journals_of(sitting.corpus, sitting.project), Wishes(yes=True), sitting.desk,
        sitting.bring_in, Fetcher(), brief=False,
    )  # fmt: skip
    try:
        outcome = run._one(material)
    except Refused:
        assert sitting.tree() == before
        return
    assert outcome is adding.Outcome.FILED
    new = [name for name, held in sitting.tree().items() if name not in before and held is not None]
    assert len(new) == 2 and all(name.isascii() for name in new)
    undo(sitting.corpus, sitting.project, sitting.desk)
    assert sitting.tree() == before


def test_undo_takes_back_a_run_at_a_time(sitting: Sitting) -> None:
    assert sitting.add(sitting.file(TOWN, "t.txt")) == 0
    first = sitting.tree()
    assert sitting.add(sitting.file(REPORT), sitting.file(REPORT.replace("许昌", "郑州"), "z.txt")) == 0
    assert undo(sitting.corpus, sitting.project, sitting.desk) == 0
    assert sitting.tree() == first
    assert TITLE in sitting.told and "已删去" in sitting.told
    assert undo(sitting.corpus, sitting.project, sitting.desk) == 0
    assert sitting.tree() == {}
    with pytest.raises(GovreportError, match="没有可以撤销"):
        undo(sitting.corpus, sitting.project, sitting.desk)


# --- As commands ---------------------------------------------------------------------------------


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    sitting = Sitting(tmp_path)
    sitting.corpus.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    file = str(sitting.file(REPORT))
    assert main(["add", file]) == 1
    assert "--yes" in capsys.readouterr().out
    assert main(["add", file, "--dry-run", "--set", "place"]) == 2
    assert "名称=值" in capsys.readouterr().err
    assert main(["add", file, "--yes", "--set", "published=2026-01-05"]) == 0
    said = capsys.readouterr().out
    assert "推断：标题" in said and re.search("2026-01-05 +命令行", said) and "（一）" in said and "共 5 个标题" in said
    assert main(["lint"]) == 0
    assert main(["undo"]) == 0
    assert sitting.tree() == {}
    assert main(["undo"]) == 1
    assert "没有可以撤销" in capsys.readouterr().err
