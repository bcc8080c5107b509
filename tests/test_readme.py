"""The README cannot rot: what it names exists, what exists it names, and its commands run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from govreport_site.cli import command_names, main
from govreport_site.problems import CODES
from govreport_site.reading.metadata import KEYS, LEVELS
from govreport_site.reading.settings import KEYS as SETTINGS
from govreport_site.report import Kind

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_every_problem_code_is_explained(code: str) -> None:
    assert re.search(rf"^\| `{code}` \| .+ \| .+ \|$", README, re.MULTILINE)


def test_no_code_is_explained_that_does_not_exist() -> None:
    assert {code for code in explained() if not code.startswith("intake/")} == set(CODES)


def test_exactly_the_codes_of_intake_are_explained_and_each_once() -> None:
    """A code is any string of the source that looks like one."""
    strings = (
        node.value
        for path in (ROOT / "src/govreport_site").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    known = {text for text in strings if re.fullmatch("intake/[a-z-]+", text)}
    told = [code for code in explained() if code.startswith("intake/")]
    assert sorted(told) == sorted(known)


def explained() -> list[str]:
    return re.findall(r"^\| `([a-z-]+/[a-z-]+)` \| .+ \| .+ \|$", README, re.MULTILINE)


@pytest.mark.parametrize("key", KEYS)
def test_every_metadata_key_is_shown(key: str) -> None:
    assert re.search(rf"^{key}:", README, re.MULTILINE)


@pytest.mark.parametrize("word", [*SETTINGS, *LEVELS, *Kind])
def test_every_value_and_setting_is_named(word: str) -> None:
    assert re.search(rf"\b{word}\b", README)


@pytest.mark.parametrize("name", [*command_names(), "check"])
def test_every_command_is_shown(name: str) -> None:
    bare = "|python3 build\\.py +# " if name == "build" else ""
    assert re.search(rf"python3 build\.py {name}\b{bare}", README)


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]


def test_there_are_commands() -> None:
    assert len(commands()) >= 6


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site is built; one folder, so that what one command built is not built from nothing by the next."""
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("command", [line for line in commands() if not {"check", "serve"} & set(line.split())])
def test_every_command_runs(command: str, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` runs this very test, `serve` does not end (`test_serve.py` runs it); the others run here, against a scratch output."""
    words = command.removeprefix("python3 build.py").split()
    if not words or words[0] == "build":
        words = [*(words or ["build"]), "--output", str(scratch / "site")]
    elif words[0] == "export":
        words += ["--output", str(tmp_path / "out")]
    elif words[0] == "publish":
        words += ["--site", str(scratch / "site"), "--output", str(tmp_path / "out")]
    monkeypatch.chdir(ROOT)
    try:
        outcome = main(words)
    except SystemExit as ended:  # as `--help` does
        outcome = int(ended.code or 0)
    assert outcome == 0


@pytest.mark.parametrize("link", re.findall(r"(?<![`!])!?\[[^]]+\]\((?!https:)([^)#]+)\)", README))
def test_every_file_it_links_to_exists(link: str) -> None:
    assert (ROOT / link).exists()


def test_files_named_in_the_walk_exist() -> None:
    walk = (ROOT / "src/govreport_site/README.md").read_text("utf-8")
    for name in re.findall(
        r"`((?:intake|reading|search|pages|exports|data|tests|templates)/[\w./-]+|\w+\.(?:py|js))`", walk
    ):
        places = (
            ROOT,
            ROOT / "src/govreport_site",
            ROOT / "templates/static/browser",
            ROOT / "src/govreport_site/search",
        )
        assert any((place / name).exists() for place in places), name
