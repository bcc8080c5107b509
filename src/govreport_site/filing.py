"""Files that change together: all of them or none, whatever happens, and back again.

In flow changes to files below one folder; out flows the changed folder and a journal of it,
from which `undo` puts back what was there. A kill at any moment leaves a journal that the
next call completes or rolls back. The ground: does not know what a report is.

    <journals>/lock      held by whoever files; the system frees it, however its holder ends
    <journals>/7.json    what was changed the seventh time, and how far it is
    <journals>/7/0       what the first file of it held before

    preparing   new contents are being written beside the old files; a crash rolls back
    ready       contents change names; a crash is completed, or rolled back where that cannot be
    back        is being rolled back; a crash goes on with that
    done        kept for `undo`, until so many runs came after it
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby, takewhile
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from govreport_site.alone import alone
from govreport_site.problems import GovreportError

# How many runs can be undone, one after the other.
KEPT_RUNS = 20

State = Literal["preparing", "ready", "back", "done"]


@dataclass(frozen=True, slots=True)
class Change:
    """What one file is to hold.

    path    below the folder, with forward slashes
    before  SHA-256 of what it holds now, as the one who decided saw it; None: there is no such file
    data    what it is to hold; None: the file goes
    """

    path: str
    before: str | None
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: files taken away, files put back as they were, and the notes of what was undone."""

    removed: tuple[str, ...]
    restored: tuple[str, ...]
    notes: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class _Journal:
    """One filing. `folders` were made for it, the outer first; `undoes` are the numbers it takes back."""

    number: int
    run: str
    state: State
    files: tuple[_File, ...]
    folders: tuple[str, ...] = ()
    undoes: tuple[int, ...] = ()
    note: Mapping[str, str] = field(default_factory=dict)


def digest_of(path: Path) -> str | None:
    """SHA-256 of a file, lower-case hex; None when there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def file_away(
    changes: Sequence[Change], root: Path, journals: Path, *, run: str, note: Mapping[str, str] | None = None
) -> None:
    """Makes these changes below a folder, all or none.

    run   what was filed in one run is undone in one
    note  kept in the journal, for people
    Raises GovreportError, with nothing changed, where a path leads out of the folder, a file is
    no longer what it was when the change was decided, or the disk refuses.
    """
    with _alone(root, journals):
        _recover(root, journals)
        files = tuple(_File(c.path, c.before, _digest(c.data)) for c in changes)
        for file in files:
            _place(root, file.path)
        folders = _missing_folders(root, [file.path for file in files if file.after is not None])
        journal = _Journal(_next(journals), run, "preparing", files, folders, note=dict(note or {}))
        _carry_out(journal, {change.path: change.data for change in changes}, root, journals)


def undo(root: Path, journals: Path) -> Undone:
    """Takes back the last run that filed something.

    Raises GovreportError when there is none, or when a file of it has been changed since.
    """
    with _alone(root, journals):
        _recover(root, journals)
        known = _read_all(journals)
        if not known:
            raise GovreportError("没有可以撤销的收录。")
        last = list(takewhile(lambda journal: journal.run == known[-1].run, reversed(known)))[::-1]
        first: dict[str, tuple[int, int, str | None]] = {}
        now: dict[str, str | None] = {}
        for journal in last:
            for place, file in enumerate(journal.files):
                first.setdefault(file.path, (journal.number, place, file.before))
                now[file.path] = file.after
        changed = [path for path, digest in now.items() if digest_of(_place(root, path)) != digest]
        if changed:
            raise GovreportError(
                f"收录之后又改过：{'、'.join(changed)}。\n"
                "撤销会丢掉这些改动，因此什么也没有动；要撤销，先把它们改回去，或自行删除。"
            )
        contents = {
            path: None if before is None else (journals / str(number) / str(place)).read_bytes()
            for path, (number, place, before) in first.items()
            if before != now[path]
        }
        files = tuple(_File(path, now[path], _digest(data)) for path, data in contents.items())
        folders = tuple(dict.fromkeys(folder for journal in last for folder in journal.folders))
        numbers = tuple(journal.number for journal in last)
        undoing = _Journal(_next(journals), "undo", "preparing", files, folders, numbers)
        _carry_out(undoing, contents, root, journals)
    removed = tuple(file.path for file in files if file.after is None)
    restored = tuple(file.path for file in files if file.after is not None)
    return Undone(removed, restored, tuple(journal.note for journal in last))


def recover(root: Path, journals: Path) -> tuple[str, ...]:
    """Ends what an earlier run left half done, and says in Chinese what that was; forgets runs too old to be undone."""
    if not journals.is_dir():
        return ()
    with _alone(root, journals):
        said = _recover(root, journals)
        runs = [tuple(run) for _, run in groupby(_read_all(journals), key=lambda journal: journal.run)]
        for run in runs[:-KEPT_RUNS]:
            for journal in run:
                _forget(journal.number, journals)
    return said


# --- One filing ----------------------------------------------------------------------------------


def _carry_out(journal: _Journal, contents: Mapping[str, bytes | None], root: Path, journals: Path) -> None:
    _save(journal, journals)
    try:
        _prepare(journal, contents, root, journals)
    except BaseException:
        _go_back(journal, root, journals)
        raise
    ready = replace(journal, state="ready")
    try:
        _save(ready, journals)
        _go_on(ready, root, journals)
    except OSError:
        # The disk may hold the word “ready”: what is undone from here on must say so first.
        back = replace(journal, state="back")
        _save(back, journals)
        _go_back(back, root, journals)
        raise
    _end(replace(journal, state="done"), journals)


def _prepare(journal: _Journal, contents: Mapping[str, bytes | None], root: Path, journals: Path) -> None:
    """New contents beside the old files, old contents beside the journal, all of it safe on the disk."""
    for folder in () if journal.undoes else journal.folders:
        os.mkdir(root / folder)  # noqa: PTH102 - the system's own calls, each of which a test makes fail
    for place, file in enumerate(journal.files):
        path = _place(root, file.path)
        if digest_of(path) != file.before:
            raise GovreportError(f"{file.path} 刚刚被别的程序改过，因此什么也没有动。再运行一次。")
        if file.before is not None:
            backup = journals / str(journal.number) / str(place)
            if not backup.parent.is_dir():
                os.mkdir(backup.parent)  # noqa: PTH102
            _write(backup, path.read_bytes())
        data = contents[file.path]
        if data is not None:
            _write(_beside(path, journal.number), data)
    backups = journals / str(journal.number)
    _sync({backups, journals} if backups.is_dir() else {journals})
    _sync(_folders_of(journal, root))


def _go_on(journal: _Journal, root: Path, journals: Path) -> None:
    """From ready to done. May be done again after any part of it."""
    for file in journal.files:
        path = _place(root, file.path)
        if file.after is None:
            _unlink(path)
        elif (new := _beside(path, journal.number)).exists():
            os.replace(new, path)  # noqa: PTH105
    if journal.undoes:
        _remove_folders(journal.folders, root)
    _sync(_folders_of(journal, root))
    _save(replace(journal, state="done"), journals)


def _go_back(journal: _Journal, root: Path, journals: Path) -> None:
    """From preparing or back to before. May be done again after any part of it."""
    for place, file in enumerate(journal.files):
        path = _place(root, file.path)
        new, old = _beside(path, journal.number), _beside(path, journal.number, "old")
        # With its new content still beside it, a file has not been touched.
        touched = journal.state == "back" and not new.exists() and digest_of(path) == file.after
        if touched and file.before is None:
            _unlink(path)
        elif touched:
            _unlink(old)
            for folder in journal.folders:  # of an undo, which removes them
                if not (root / folder).is_dir():
                    os.mkdir(root / folder)  # noqa: PTH102
            _write(old, (journals / str(journal.number) / str(place)).read_bytes())
            os.replace(old, path)  # noqa: PTH105
        _unlink(new)
        _unlink(old)
    if not journal.undoes:
        _remove_folders(journal.folders, root)
    _sync(_folders_of(journal, root))
    _forget(journal.number, journals)


def _end(journal: _Journal, journals: Path) -> None:
    """What was undone needs no journal any more, nor does the undoing itself."""
    for number in (*journal.undoes, *((journal.number,) if journal.undoes else ())):
        _forget(number, journals)


def _recover(root: Path, journals: Path) -> tuple[str, ...]:
    said = []
    for torn in journals.glob("*.new"):
        _unlink(torn)
    for journal in _read_all(journals):
        if journal.state == "done":
            _end(journal, journals)
            continue
        what = "撤销" if journal.undoes else "收录"
        names = "、".join(file.path for file in journal.files)
        if journal.state == "ready" and _may_go_on(journal, root):
            _go_on(journal, root, journals)
            _end(journal, journals)
            said.append(f"上次的{what}中断在半路，已补完：{names}。")
            continue
        if journal.state == "ready":
            journal = replace(journal, state="back")
            _save(journal, journals)
        _go_back(journal, root, journals)
        said.append(f"上次的{what}中断在半路，已退回原状：{names}。")
    return tuple(said)


def _may_go_on(journal: _Journal, root: Path) -> bool:
    """Whether nobody has touched, since the crash, what is still to be replaced."""
    for file in journal.files:
        path = _place(root, file.path)
        waits = file.after is None or _beside(path, journal.number).exists()
        if waits and digest_of(path) not in (file.before, file.after):
            return False
    return True


# --- Paths ---------------------------------------------------------------------------------------


def _place(root: Path, name: str) -> Path:
    """A file below the folder; refuses a name, or a link on its way, that leads out of it."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or not pure.parts or ".." in pure.parts or "\\" in name or ":" in name or "\0" in name:
        raise GovreportError(f"程序有误：文件名“{name}”越出了文件夹 {root}")
    path = root.joinpath(*pure.parts)
    if not path.parent.resolve().is_relative_to(root.resolve()) or path.is_symlink() or path.is_dir():
        raise GovreportError(f"{path} 是链接或文件夹，或者在一个通向别处的链接之下，因此没有动它。")
    return path


def _beside(path: Path, number: int, age: Literal["new", "old"] = "new") -> Path:
    """Where content waits to change names with a file. Hidden, so that no build takes it for a report."""
    return path.with_name(f".{path.name}.{number}.{age}")


def _missing_folders(root: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Folders that have to be made for these files, the outer first."""
    wanted: dict[str, None] = {}
    for name in names:
        for folder in reversed(PurePosixPath(name).parents):
            if str(folder) != "." and not (root / folder).is_dir():
                wanted[str(folder)] = None
    return tuple(wanted)


def _folders_of(journal: _Journal, root: Path) -> set[Path]:
    folders = {(root / file.path).parent for file in journal.files}
    return {one for folder in folders for one in (folder, folder.parent) if one.is_dir() and one.is_relative_to(root)}


def _remove_folders(folders: Sequence[str], root: Path) -> None:
    """Those that are empty again, the inner first."""
    for folder in reversed(folders):
        path = root / folder
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            os.rmdir(path)  # noqa: PTH106


# --- The journal ---------------------------------------------------------------------------------


def _save(journal: _Journal, journals: Path) -> None:
    path = journals / f"{journal.number}.json"
    new = path.with_suffix(".new")
    _unlink(new)
    _write(new, (json.dumps(asdict(journal), ensure_ascii=False, indent=1) + "\n").encode())
    os.replace(new, path)  # noqa: PTH105
    _sync({journals})


def _read_all(journals: Path) -> list[_Journal]:
    """Every journal, the oldest first."""
    numbers = sorted(int(path.stem) for path in journals.glob("*.json") if path.stem.isdecimal())
    return [_read(journals / f"{number}.json") for number in numbers]


def _read(path: Path) -> _Journal:
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        files = tuple(_File(**file) for file in told.pop("files"))
        folders, undoes = tuple(told.pop("folders")), tuple(told.pop("undoes"))
        return _Journal(files=files, folders=folders, undoes=undoes, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise GovreportError(
            f"收录的记录 {path} 读不懂（{error}）。\n若不需要撤销那一次收录，删去它再运行一次。"
        ) from error


def _next(journals: Path) -> int:
    """One more than any number in use; left-over backups count too."""
    return max((int(path.stem) for path in journals.iterdir() if path.stem.isdecimal()), default=0) + 1


def _forget(number: int, journals: Path) -> None:
    """Removes a journal: the backups first, so that a crash leaves what names them."""
    backups = journals / str(number)
    if backups.is_dir():
        for path in sorted(backups.iterdir()):
            _unlink(path)
        os.rmdir(backups)  # noqa: PTH106
    _unlink(journals / f"{number}.json")
    _sync({journals})


@contextmanager
def _alone(root: Path, journals: Path) -> Iterator[None]:
    """Holds the journals' lock; waits for whoever has it. What the disk refuses is said plainly."""
    try:
        journals.mkdir(parents=True, exist_ok=True)
        with alone(journals / "lock", waiting=lambda: None):
            yield
    except OSError as error:
        raise GovreportError(
            f"写不进 {root} 或 {journals}：{error.strerror or error}\n"
            "没有做成；做到一半的，下次运行 add 或 undo 时自动退回。检查磁盘空间和文件夹的写权限。"
        ) from error


# --- Single steps --------------------------------------------------------------------------------


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    """A new file, safe on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unlink(path: Path) -> None:
    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        return


def _sync(folders: Iterable[Path]) -> None:
    """The names in a folder, safe on the disk, where the system has such a thing (Windows has not)."""
    for folder in sorted(folders):
        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
                raise
        finally:
            os.close(descriptor)
