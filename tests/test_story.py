"""The README's story, told again: a Word file comes in, one line is mended, the site is built, and it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.intake.story import story_file

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
FILE = "卫健委年报.docx"


def steps() -> list[tuple[str, list[str]]]:
    """Each command of the README's transcript with the lines shown below it."""
    (block,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    told = [one.split("\n") for one in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(command.split(" #")[0].strip(), [line for line in lines if line]) for command, *lines in told]


def ran(command: str, folder: Path) -> str:
    """What a command of the transcript prints; sed and grep, which Windows has not, done by hand."""
    words = command.split()
    if words[0] == "sed":
        (wanted, better), file = re.findall(r"s/(.*)/(.*)/'", command)[0], folder / words[-1]
        text, count = re.subn(wanted, better, file.read_text("utf-8"), flags=re.MULTILINE)
        assert count == 1, f"not one line to mend in {file}"
        file.write_bytes(text.encode())
        return ""
    if words[0] == "grep":
        return "\n".join(line for line in (folder / words[2]).read_text("utf-8").split("\n") if words[1] in line)
    assert words[:2] == ["python3", "build.py"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "govreport_site", *(words[2:] or ["build"])],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_story_of_the_readme_still_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line it shows is printed, in that order; …… stands for what it leaves out."""
    monkeypatch.setenv("PYTHONUTF8", "1")
    (tmp_path / "corpus").mkdir()
    (tmp_path / FILE).write_bytes(story_file())
    assert [command.split()[0] for command, _ in steps()] == ["python3", "sed", "python3", "grep"]
    for command, shown in steps():
        output = ran(command, tmp_path)
        at = 0
        for piece in (piece for line in shown for piece in line.split("……") if piece.strip()):
            found = output.find(piece, at)
            assert found != -1, f"$ {command}\n{piece!r} is no longer printed (there) in\n{output}"
            at = found + len(piece)
