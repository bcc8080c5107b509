"""The commands as a person gives them: what they print, what they write, what they return."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from govreport_site.cli import main
from govreport_site.problems import display_width
from govreport_site.switch import MARK

REPORT = "许昌市司法局关于2025年法治政府建设情况的报告\n一、主要举措和成效\n甲。\n二、存在的问题\n乙。\n三、下一步打算\n丙。\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_parse_prints_one_object_a_line_in_order(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "b.txt").write_bytes(b"\xff\xff\x00")
    assert main(["parse", "--json", "corpus/b.txt", "corpus/a.txt", "corpus/none.txt"]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["file"] for answer in answers] == ["corpus/b.txt", "corpus/a.txt", "corpus/none.txt"]
    assert [problem["severity"] for problem in answers[0]["problems"]] == ["error"]
    metadata = answers[1]["metadata"]
    assert (metadata["province"], metadata["city"], metadata["county"]) == ("河南省", "许昌市", None)
    assert (metadata["place"], metadata["year"], metadata["issuer_kind"]) == ("411000", 2025, "司法")
    top = answers[1]["sections"]
    assert [(s["level"], s["marker"], s["title"], s["kind"]) for s in top] == [
        (0, None, "", None),
        (1, "一、", "主要举措和成效", "achievements"),
        (1, "二、", "存在的问题", "problems"),
        (1, "三、", "下一步打算", "plans"),
    ]
    for section in top:
        for passage in section["passages"]:
            start, end = passage["span"]
            assert REPORT[start:end] == passage["text"]
    assert {"figures", "instruments", "remedies", "problems"} <= set(answers[1])


def test_a_folder_of_bare_texts_becomes_a_site(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert (corpus.parent / "site/henan/xuchang/2025-sifaju/index.html").is_file()
    said = capsys.readouterr().out
    assert "读了 1 份报告" in said
    assert "index.html" in said
    assert main(["build"]) == 0
    assert "与上次完全相同" in capsys.readouterr().out


def test_the_same_corpus_gives_the_same_bytes(corpus: Path) -> None:
    assert main(["build", "--output", "one"]) == 0
    assert main(["build", "--output", "two"]) == 0
    one = {
        p.relative_to(corpus.parent / "one"): p.read_bytes() for p in (corpus.parent / "one").rglob("*") if p.is_file()
    }
    two = {
        p.relative_to(corpus.parent / "two"): p.read_bytes() for p in (corpus.parent / "two").rglob("*") if p.is_file()
    }
    assert one == two


def test_a_broken_report_is_an_error_and_the_site_is_built(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "b.md").write_text("---\nyear: 二〇二五\n---\n" + REPORT, "utf-8")
    assert main(["build"]) == 1
    assert "corpus/b.md:2:7" in capsys.readouterr().err
    assert (corpus.parent / "site/index.html").is_file()


def test_an_empty_corpus_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 0
    assert "还没有报告" in capsys.readouterr().out
    assert (tmp_path / "site/index.html").is_file()


def test_no_corpus_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--corpus", str(tmp_path / "none"), "--output", str(tmp_path / "site")]) == 1
    assert "--corpus" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_called_from_elsewhere_the_project_is_still_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["lint"]) == 0


def test_a_folder_that_is_not_ours_is_not_replaced(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = corpus.parent / "site"
    mine.mkdir()
    (mine / "thesis.docx").write_bytes(b"years of work")
    assert main(["build"]) == 1
    assert "没有动它" in capsys.readouterr().err
    assert [path.name for path in mine.iterdir()] == ["thesis.docx"]


def test_a_build_that_was_killed_between_two_renames_is_mended(corpus: Path) -> None:
    assert main(["build"]) == 0
    site = corpus.parent / "site"
    site.rename(corpus.parent / ".site.old")
    assert main(["build"]) == 0
    assert (site / MARK).is_file()
    assert not (corpus.parent / ".site.old").exists()


def test_pages_of_a_removed_report_go(corpus: Path) -> None:
    (corpus / "b.txt").write_text(REPORT.replace("许昌市", "郑州市"), "utf-8")
    assert main(["build"]) == 0
    gone = corpus.parent / "site/henan/zhengzhou/2025-sifaju/index.html"
    assert gone.is_file()
    (corpus / "b.txt").unlink()
    assert main(["build"]) == 0
    assert not gone.exists()


def test_links_in_the_corpus_are_not_followed(corpus: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(REPORT.replace("司法局", "财政局"), "utf-8")
    try:
        (corpus / "link.txt").symlink_to(secret)
        (corpus / "loop").symlink_to(corpus, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    assert main(["build"]) == 0
    assert not (tmp_path / "site/henan/xuchang/2025-caizhengju").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bild"], "没有“bild”这个命令"),
        (["parse"], "缺少"),
        (["build", "--base", "ftp://x"], "--base"),
        (["lint", "--frobnicate"], "不认识"),
    ],
)
def test_wrong_usage_is_said_in_chinese(
    corpus: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_lint_writes_nothing_and_counts(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "b.txt").write_text(REPORT.replace("二、", "四、").replace("三、", "五、"), "utf-8")
    before = sorted(corpus.parent.rglob("*"))
    assert main(["lint"]) == 0
    said = capsys.readouterr().out
    assert "[outline/gap]" in said
    assert "corpus/b.txt:" in said
    assert sorted(corpus.parent.rglob("*")) == before


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("plain", [False, True])
def test_in_a_terminal_the_tree_has_colours_and_an_edge(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    (corpus / "b.txt").write_text(REPORT.replace("甲。", "\x1b[2J\u202e" + "坚持依法行政。" * 50), "utf-8")
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    monkeypatch.setenv("COLUMNS", "72")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    assert main(["parse", "corpus/b.txt"]) == 0
    tree = terminal.getvalue().split("\n\n")[0]
    shown = re.sub(r"\x1b\[[0-9]+m", "", tree)
    assert ("\x1b[32m主要举措和成效" in tree) != plain
    assert (tree == shown) == plain
    assert "\x1b" not in shown
    assert "\u202e" not in tree
    assert "推断：" in shown
    assert max(display_width(line) for line in shown.splitlines()) < 72


def test_terminal_escapes_in_a_report_stay_harmless(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "b.txt").write_text("\x1b[2J（一）\x1b]0;evil\x07加强\n", "utf-8")
    main(["lint"])
    main(["parse", "corpus/b.txt"])
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\x07" not in said
