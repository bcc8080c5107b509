"""`build.py` as it meets a stranger's machine: a Python too old, no right to write, a `.venv` half made.

Each test walks through a front door of its own: a copy in a folder of its own, without a network.
"""

from __future__ import annotations

import ast
import errno
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

LOCKS = ["requirements.lock", "requirements-check.lock", "requirements-node.lock"]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def door(root: Path, tmp_path: Path) -> Any:
    """The module build.py of a copied checkout that has no `.venv` yet."""
    for name in ("build.py", "pyproject.toml", *LOCKS):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    return load(tmp_path / "build.py")


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("front_door_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pretend_whole(door: Any) -> None:
    """A `.venv` with all steps taken, as far as the front door looks."""
    python = Path(door.PYTHON)
    python.parent.mkdir(parents=True)
    python.touch()
    for name in ("jinja2", "jinja2-3.1.6.dist-info", "__pycache__"):
        (Path(door.PACKAGES) / name).mkdir(parents=True)
    (Path(door.VENV) / "pyvenv.cfg").touch()
    for step, files in door.STEPS.items():
        door.mark_whole(step, files)


# ── which Python ──────────────────────────────────────────────────────────────────────────────


def test_an_old_python_can_read_why_it_is_refused(root: Path) -> None:
    ast.parse((root / "build.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_oldest_python_is_the_one_of_pyproject(root: Path, door: Any) -> None:
    wanted = ".".join(str(part) for part in door.OLDEST)
    assert project(root)["requires-python"] == f">={wanted}"


def test_an_old_python_is_told_the_version_found_and_wanted(
    door: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(door.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(door, "newer_on_path", lambda: None)
    assert door.main([]) == 1
    said = capfd.readouterr().err
    assert "3.9.2" in said
    assert "3.11" in said
    assert "python.org" in said


def test_a_newer_python_on_path_is_named(door: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = tmp_path / "python3.12"
    newer.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert door.newer_on_path() == "python3.12"
    assert "python3.12 build.py" in door.too_old((3, 9, 2), "/usr/bin/python3", door.newer_on_path())


# ── whole or not ──────────────────────────────────────────────────────────────────────────────


def test_without_a_venv_nothing_is_whole(door: Any) -> None:
    assert not any(door.is_whole(step) for step in door.STEPS)


def test_steps_are_whole_when_marked(door: Any) -> None:
    pretend_whole(door)
    assert all(door.is_whole(step) for step in door.STEPS)


@pytest.mark.parametrize(
    ("step", "file"),
    [("packages", "requirements.lock"), ("project", "pyproject.toml"), ("check", "requirements-check.lock")],
)
def test_a_changed_file_undoes_its_own_step_only(door: Any, step: str, file: str) -> None:
    pretend_whole(door)
    with (Path(door.ROOT) / file).open("ab") as changed:
        changed.write(b"# changed\n")
    assert [name for name in door.STEPS if not door.is_whole(name)] == [step]


def test_a_venv_whose_python_is_gone_is_not_whole(door: Any) -> None:
    pretend_whole(door)
    Path(door.PYTHON).unlink()
    assert not door.is_whole("packages")
    assert "缺了一部分" in door.why_anew()


def test_a_venv_that_lost_a_package_is_not_whole(door: Any) -> None:
    pretend_whole(door)
    (Path(door.PACKAGES) / "__pycache__").rmdir()
    (Path(door.PACKAGES) / "pytest").mkdir()
    assert door.is_whole("packages")
    (Path(door.PACKAGES) / "jinja2").rmdir()
    assert not door.is_whole("packages")
    assert "缺了一部分" in door.why_anew()


def test_a_venv_of_another_python_is_not_whole(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_whole(door)
    monkeypatch.setattr(door.sys, "version_info", (3, 99, 0, "final", 0))
    assert not door.is_whole("packages")
    assert "另一个 Python" in door.why_anew()


def test_a_moved_venv_is_not_whole(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_whole(door)
    monkeypatch.setattr(door, "identity", lambda: "elsewhere")
    assert not door.is_whole("packages")


def test_a_half_made_venv_is_cleared_away(door: Any) -> None:
    pretend_whole(door)
    Path(door.step_file("packages")).unlink()
    assert "没有做完" in door.why_anew()
    (Path(door.ROOT) / ".venv.old" / "left").mkdir(parents=True)
    door.clear_away()
    assert not Path(door.VENV).exists()
    assert not (Path(door.ROOT) / ".venv.old").exists()


def test_a_folder_that_is_no_venv_is_left_alone(door: Any) -> None:
    mine = Path(door.VENV) / "letters.txt"
    mine.parent.mkdir()
    mine.touch()
    with pytest.raises(door.Trouble, match="不是虚拟环境"):
        door.clear_away()
    assert mine.exists()


def test_a_link_is_cut_and_what_it_leads_to_is_left_alone(door: Any, tmp_path: Path) -> None:
    mine = tmp_path / "elsewhere" / "letters.txt"
    mine.parent.mkdir()
    mine.touch()
    try:
        Path(door.VENV).symlink_to(mine.parent, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    door.clear_away()
    assert not Path(door.VENV).is_symlink()
    assert mine.exists()


def test_whole_steps_are_not_taken_again(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_whole(door)
    taken: list[list[str]] = []

    def hand_over(command: list[str]) -> int:
        taken.append(command)
        return 7

    monkeypatch.setattr(door, "hand_over", hand_over)
    monkeypatch.setattr(door, "run", lambda *words, **more: pytest.fail("ran something"))
    assert door.main([]) == 7
    assert door.main(["lint", "一.md"]) == 7
    assert door.main(["check", "-x"]) == 7
    assert [command[1:] for command in taken] == [
        ["-P", "-m", "govreport_site", "build"],
        ["-P", "-m", "govreport_site", "lint", "一.md"],
        ["-P", str(Path(door.ROOT) / "tests" / "check.py"), "-x"],
    ]


def test_a_step_that_fails_is_not_marked(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: object, **more: object) -> int:
        raise door.Trouble("没有网络", "…", "…")

    monkeypatch.setattr(door, "run", fail)
    assert door.main([]) == 1
    assert not door.is_whole("packages")


@pytest.mark.skipif(sys.platform == "win32", reason="flock is of POSIX")
def test_two_at_once_take_turns(door: Any) -> None:
    other = load(Path(door.ROOT) / "build.py")
    with door.alone():
        late = other.alone()
        late.descriptor = os.open(Path(door.ROOT) / ".venv.lock", os.O_RDWR)
        assert not late.take()
    assert late.take()
    os.close(late.descriptor)


def test_what_runs_inside_speaks_utf8_and_is_not_led_astray(door: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    environment = door.inner_environment()
    assert environment["PYTHONUTF8"] == "1"
    assert "/elsewhere" not in environment.values()
    assert environment["PIP_INDEX_URL"] == "http://127.0.0.1:9/simple"


# ── what went wrong ───────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(AS_ROOT or sys.platform == "win32", reason="root may write anywhere")
def test_no_right_to_write_is_said(door: Any, capfd: pytest.CaptureFixture[str]) -> None:
    folder = Path(door.ROOT)
    folder.chmod(0o555)
    try:
        assert door.main([]) == 1
    finally:
        folder.chmod(0o755)
    assert "没有写入权限" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "没有写入权限"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EIO, "准备运行环境时出错"),
    ],
)
def test_errors_of_the_system_are_said(
    door: Any, number: int, title: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*words: object) -> None:
        raise OSError(number, os.strerror(number), "/somewhere")

    monkeypatch.setattr(door.os, "mkdir", refuse)
    assert door.main([]) == 1
    said = capfd.readouterr().err
    assert title in said
    assert "修改" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("log", "title"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("NewConnectionError(…)\nERROR: No matching distribution found for jieba==0.42.1", "连不上软件包的下载站点"),
        ("from versions: 0.41, 0.42)\nERROR: No matching distribution found for jieba", "下载站点上没有所需的软件包"),
        ("(from versions: none)\nERROR: No matching distribution found for jieba", "连不上软件包的下载站点"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "下载的软件包与锁定的校验值不符"),
        ("SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED", "下载软件包时证书验证失败"),
        ("something nobody has seen before", "准备运行环境时出错"),
    ],
)
def test_what_pip_says_is_understood(door: Any, log: str, title: str) -> None:
    earlier = "$ first\nCould not install: No space left on device, long ago\n\n$ pip install\n"
    trouble = door.trouble_in(earlier + log, ["pip"], 1)
    assert trouble.title == title
    assert log.splitlines()[-1] in str(trouble)


def test_the_door_speaks_utf8_whatever_the_locale(door: Any) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    code = r"import build; build.say('\u8fd0\u884c')"
    done = subprocess.run([sys.executable, "-c", code], cwd=door.ROOT, env=environment, capture_output=True, check=True)
    assert done.stderr.decode("utf-8").strip() == "运行"


# ── the locks ─────────────────────────────────────────────────────────────────────────────────


def project(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return loaded


def groups(root: Path) -> dict[str, list[str]]:
    loaded = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(loaded["dependency-groups"])


def entries(text: str) -> dict[str, str]:
    """Package → its whole entry in a lock file."""
    found = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    return {entry.split("==")[0]: entry for entry in found}


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(root: Path, lock: str) -> None:
    locked = entries((root / lock).read_text(encoding="utf-8"))
    assert locked
    for entry in locked.values():
        assert re.match(r"[a-z0-9-]+==[0-9][0-9a-z.]* ", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("lock", [*LOCKS, *(f"tests/browser/{n}package-lock.json" for n in ("", "lighthouse/"))])
def test_a_lock_names_no_address(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_all_that_is_asked_for_is_locked(root: Path) -> None:
    use, check, node = (entries((root / lock).read_text(encoding="utf-8")) for lock in LOCKS)
    build_system = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    asked = groups(root)
    assert {name_of(r) for r in [*project(root)["dependencies"], *asked["build"], *build_system]} <= use.keys()
    assert {name_of(r) for r in asked["check"]} <= check.keys()
    assert {name_of(r) for r in asked["node"]} <= node.keys()


def test_checks_run_on_the_very_packages_that_are_used(root: Path) -> None:
    use, check = (entries((root / lock).read_text(encoding="utf-8")) for lock in LOCKS[:2])
    for name, entry in use.items():
        assert check[name].split(" ")[0] == entry.split(" ")[0]


def test_the_tools_that_come_first_are_cut_from_the_lock_with_their_hashes(root: Path, door: Any) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    tools = entries(door.part_of_lock(text, door.TOOLS))
    assert set(tools) == set(door.TOOLS)
    assert all("--hash=" in entry for entry in tools.values())


def test_axe_is_pinned(root: Path) -> None:
    asked = json.loads((root / "tests/browser/package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked = json.loads((root / "tests/browser/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked["node_modules/axe-core"]["version"] == asked["axe-core"]
    assert locked["node_modules/axe-core"]["integrity"].startswith("sha512-")
