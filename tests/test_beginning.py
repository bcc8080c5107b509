"""`init`: a new project holds all it needs, and the program comes along as a wheel, wherever it was itself."""

from __future__ import annotations

import zipfile
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from govreport_site import beginning
from govreport_site.beginning import begin
from govreport_site.problems import GovreportError
from govreport_site.reading.read import read_report


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "below" / "mine"
    list(begin(folder))
    return folder


def test_a_project_holds_all_it_needs(project: Path, root: Path) -> None:
    assert (project / "build.py").read_bytes() == (root / "build.py").read_bytes()
    assert (project / "requirements.lock").read_bytes() == (root / "requirements.lock").read_bytes()
    workflow = ".github/workflows/pages.yml"
    assert (project / workflow).read_bytes() == (root / workflow).read_bytes()
    (example,) = (project / "corpus").rglob("*.md")
    report = read_report(example, name="x")
    assert report.metadata.source_file is not None
    assert (project / "corpus" / report.metadata.source_file).is_file()
    assert {path.name for path in (project / "templates").iterdir()} == {"README.md"}
    assert "site" in (project / ".gitignore").read_text("utf-8")


def test_the_wheel_holds_what_init_needs_again(project: Path) -> None:
    (wheel,) = project.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        f"govreport_site/project/{name}"
        for name in ("build.py", "requirements.lock", "pages.yml", "example.md", "example.txt")
    } <= names
    assert "govreport_site/templates/pages/home.html" in names


def test_an_installed_program_can_be_packed_again(project: Path, tmp_path: Path) -> None:
    (wheel,) = project.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site-packages")
        before = {name: packed.read(name) for name in packed.namelist() if not name.endswith("RECORD")}
    (info,) = (tmp_path / "site-packages").glob("*.dist-info")
    (info / "INSTALLER").write_text("pip", "utf-8")
    beginning._pack_again(PathDistribution(info), tmp_path)
    (again,) = tmp_path.glob("*.whl")
    assert again.name == wheel.name
    with zipfile.ZipFile(again) as packed:
        assert {name: packed.read(name) for name in packed.namelist() if not name.endswith("RECORD")} == before


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(GovreportError, match="没有动它"):
        list(begin(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(project: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(beginning, "_put_wheel", fail)
    with pytest.raises(GovreportError, match="写不进"):
        list(begin(tmp_path / "new"))
    assert list(tmp_path.iterdir()) == []
