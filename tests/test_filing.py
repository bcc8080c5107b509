"""Filing: all of it or nothing whatever fails, and undone to the byte. Each system call is made to fail in turn."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_site import filing
from govreport_site.filing import Change, digest_of, file_away, recover, undo
from govreport_site.problems import GovreportError

# What changes a disk. A kill comes before, after, or in the middle of one.
CALLS = ("open", "write", "fsync", "replace", "unlink", "mkdir", "rmdir")


class Killed(BaseException):
    """The process ended here."""


class Failing:
    """The `os` module, until the call number `at`: there it fails, and after a kill so does all that follows."""

    def __init__(self, at: int, *, kill: bool, after: bool = False) -> None:
        self.count = 0
        self._at, self._kill, self._after = at, kill, after

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self._guarded(real, name) if name in CALLS else real

    def _guarded(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            if str(arguments[0]).endswith("lock"):
                return real(*arguments)
            self.count += 1
            if self._kill and self.count > self._at:
                raise Killed
            if self.count == self._at:
                if self._kill and self._after:
                    if name == "write":
                        real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                    else:
                        real(*arguments)
                raise Killed if self._kill else OSError(28, "No space left on device")
            return real(*arguments)

        return call


def tree(root: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, every folder with None."""
    return {path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes() for path in root.rglob("*")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "henan").mkdir(parents=True)
    (folder / "henan" / "old.md").write_bytes(b"old")
    return folder


def changes(root: Path) -> list[Change]:
    """One file anew, one in folders that are not there yet, one replaced."""
    return [
        Change("sources/a.html", None, b"original"),
        Change("henan/xuchang/a.md", None, b"report"),
        Change("henan/old.md", digest_of(root / "henan/old.md"), b"new"),
    ]


def failures(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch, **how: bool) -> Iterator[int]:
    """Runs a piece of work over and over, failing at its first, second, third … call, until it no longer fails."""
    for at in range(1, 200):
        failing = Failing(at, **how)
        monkeypatch.setattr(filing, "os", failing)
        try:
            work()
        except (Killed, GovreportError):
            pass
        finally:
            monkeypatch.setattr(filing, "os", os)
        if failing.count < at:
            assert at > 15, "hardly anything was made to fail"
            return
        yield at
    raise AssertionError("the work never ended")


@pytest.mark.parametrize("after", [False, True])
def test_a_kill_at_any_call_leaves_all_or_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, after: bool) -> None:
    journals, before = root.parent / "journals", tree(root)
    seen = set()
    fresh = root.with_name("fresh")
    shutil.copytree(root, fresh)
    for _ in failures(lambda: file_away(changes(root), root, journals, run="1"), monkeypatch, kill=True, after=after):
        recover(root, journals)
        assert recover(root, journals) == ()
        now = tree(root)
        done = now != before
        seen.add(done)
        if done:
            assert now["henan/old.md"] == b"new" and now["sources/a.html"] == b"original"
            assert set(now) == {*before, "henan/xuchang", "henan/xuchang/a.md", "sources", "sources/a.html"}
            undo(root, journals)
            assert tree(root) == before
        assert [path.name for path in journals.iterdir()] == ["lock"]
    assert seen == {False, True}


def test_a_kill_at_any_call_of_an_undo_leaves_all_or_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journals, before = root.parent / "journals", tree(root)
    seen = set()

    def work() -> None:
        if tree(root) == before:
            with monkeypatch.context() as patched:
                patched.setattr(filing, "os", os)
                file_away(changes(root), root, journals, run="1")
        undo(root, journals)

    for _ in failures(work, monkeypatch, kill=True):
        recover(root, journals)
        now = tree(root)
        seen.add(now == before)
        assert now == before or (now["henan/old.md"] == b"new" and len(now) == len(before) + 4)
        assert now == before or (journals / "1.json").is_file() or any(journals.glob("*.json"))
    assert seen == {False, True}
    assert tree(root) == before


def test_a_kill_while_recovering_is_recovered_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journals, before = root.parent / "journals", tree(root)
    for first in (12, 25, 40):
        monkeypatch.setattr(filing, "os", Failing(first, kill=True))
        with pytest.raises(Killed):
            file_away(changes(root), root, journals, run="1")
        saved = root.with_name("saved"), journals.with_name("saved-journals")
        for at in range(1, 60):
            for kept, live in zip(saved, (root, journals), strict=True):
                if at == 1:
                    shutil.copytree(live, kept)
                shutil.rmtree(live)
                shutil.copytree(kept, live)
            monkeypatch.setattr(filing, "os", Failing(at, kill=True, after=bool(at % 2)))
            try:
                recover(root, journals)
            except Killed:
                monkeypatch.setattr(filing, "os", os)
                recover(root, journals)
            now = tree(root)
            assert now == before or (now["henan/old.md"] == b"new" and len(now) == len(before) + 4)
        monkeypatch.setattr(filing, "os", os)
        for kept in saved:
            shutil.rmtree(kept)
        if tree(root) != before:
            undo(root, journals)
        assert tree(root) == before


def test_a_disk_that_refuses_once_leaves_nothing_behind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journals, before = root.parent / "journals", tree(root)
    for _ in failures(lambda: file_away(changes(root), root, journals, run="1"), monkeypatch, kill=False):
        if tree(root) != before:  # a folder's names could not be made safe, which some systems cannot do
            undo(root, journals)
        assert tree(root) == before
        recover(root, journals)
        assert [path.name for path in journals.iterdir()] == ["lock"]


def test_what_was_edited_since_is_not_undone(root: Path) -> None:
    journals = root.parent / "journals"
    file_away(changes(root), root, journals, run="1")
    (root / "henan/xuchang/a.md").write_bytes(b"edited")
    with pytest.raises(GovreportError, match=r"henan/xuchang/a\.md"):
        undo(root, journals)
    assert (root / "henan/xuchang/a.md").read_bytes() == b"edited"
    assert (root / "henan/old.md").read_bytes() == b"new"


def test_a_crash_does_not_overwrite_what_a_person_wrote_after_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journals = root.parent / "journals"
    real = os.replace

    def replace(old: Path, new: Path) -> None:
        if Path(new).name == "old.md":
            raise Killed
        real(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        with pytest.raises(Killed):
            file_away(changes(root), root, journals, run="1")
    (root / "henan/old.md").write_bytes(b"by hand")
    (said,) = recover(root, journals)
    assert "退回原状" in said
    assert tree(root) == {"henan": None, "henan/old.md": b"by hand"}


def test_a_file_that_changed_since_the_decision_stops_everything(root: Path) -> None:
    journals, decided = root.parent / "journals", changes(root)
    (root / "henan/old.md").write_bytes(b"other")
    with pytest.raises(GovreportError, match="刚刚被别的程序改过"):
        file_away(decided, root, journals, run="1")
    assert tree(root) == {"henan": None, "henan/old.md": b"other"}
    with pytest.raises(GovreportError, match="没有可以撤销"):
        undo(root, journals)


def test_a_new_file_never_takes_the_place_of_another(root: Path) -> None:
    with pytest.raises(GovreportError, match="改过"):
        file_away([Change("henan/old.md", None, b"x")], root, root.parent / "journals", run="1")
    assert (root / "henan/old.md").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\..\\x", "C:x", "", "a\0b"])
def test_no_name_leaves_the_folder(root: Path, name: str) -> None:
    with pytest.raises(GovreportError):
        file_away([Change(name, None, b"x")], root, root.parent / "journals", run="1")
    assert tree(root) == {"henan": None, "henan/old.md": b"old"}


def test_no_link_leads_out_of_the_folder(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    try:
        (root / "link").symlink_to(outside)
    except OSError:
        pytest.skip("this system lets nobody make links")
    with pytest.raises(GovreportError, match="链接"):
        file_away([Change("link/x", None, b"x")], root, root.parent / "journals", run="1")
    assert not any(outside.iterdir())


def test_a_journal_that_cannot_be_read_is_named(root: Path) -> None:
    journals = root.parent / "journals"
    journals.mkdir()
    (journals / "1.json").write_text("{", "utf-8")
    with pytest.raises(GovreportError, match=r"1\.json"):
        undo(root, journals)


def test_only_the_last_runs_are_kept_and_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too old to be undone goes with its backups; a run of several files never in part."""
    monkeypatch.setattr(filing, "KEPT_RUNS", 2)
    journals = root.parent / "journals"
    for run in "1223":
        old = root / "henan/old.md"
        file_away([Change("henan/old.md", digest_of(old), old.read_bytes() + b"+")], root, journals, run=run)
    assert recover(root, journals) == ()
    assert sorted(path.name for path in journals.iterdir() if path.name != "lock") == sorted(
        f"{number}{ending}" for number in (2, 3, 4) for ending in ("", ".json")
    )
    undo(root, journals)
    undo(root, journals)
    assert (root / "henan/old.md").read_bytes() == b"old+"
    with pytest.raises(GovreportError):
        undo(root, journals)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.md", "x/a.md", "x/y/b.md"]),
            st.sampled_from([b"", b"1", None]),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_filing_and_undoing_everything_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bytes | None, bool]]
) -> None:
    """Undone run by run, any changes leave the folder as each run found it."""
    root = tmp_path_factory.mktemp("filing") / "corpus"
    (root / "x").mkdir(parents=True)
    (root / "x/a.md").write_bytes(b"first")
    journals = root.parent / "journals"
    found: list[dict[str, bytes | None]] = []
    for path, data, joined in steps:
        before = digest_of(root / path)
        if before is None and data is None:
            continue
        if not (found and joined):
            found.append(tree(root))
        file_away([Change(path, before, data)], root, journals, run=str(len(found)))
    for state in reversed(found):
        undo(root, journals)
        assert tree(root) == state
    with pytest.raises(GovreportError):
        undo(root, journals)
