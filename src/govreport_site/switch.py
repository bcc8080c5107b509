"""A folder is switched in at once, for another of its kind. The ground: does not know what a site is.

A reader, or a web server, sees the old folder whole or the new one whole. Where the system can
exchange two names in one step (Linux, macOS) it does; elsewhere they change names one after
the other, and a run that finds only half of that done ends it:

    .site.old   the folder that is being replaced; put back when a crash came between the two renames

Making thousands of folders anew for each change would cost more than all the rest of a build.
So there are two trees whose files are the same files (hard links): the one that is shown, and
its twin beside the cache. A build changes the twin, the two are exchanged, and what was shown
is brought up to date behind the scene. A file is never written to in place: both trees hold it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from govreport_site.problems import GovreportError

# What is no plain way down from a folder, on any system.
_LEADS_OUT = re.compile(r"^$|^/|[\\:]|(?:^|/)\.\.?(?:/|$)|//")

# Says that a folder was made by this program, so that no other folder is ever replaced.
MARK = ".govreport-site"
MARK_TEXT = b"This folder is written by govreport-site as a whole. Do not edit: the next build replaces it.\n"

Identity = tuple[int, int]
"""Which folder it is on disk, whatever its name."""


def identity(folder: Path) -> Identity | None:
    """None when there is no such folder."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if folder.is_dir() else None


def recover(output: Path) -> None:
    """Ends what an earlier run left half done."""
    replaced = _replaced(output)
    if replaced.exists():
        if output.exists():
            shutil.rmtree(replaced, ignore_errors=True)
        else:
            replaced.rename(output)


def refuse_foreign(output: Path) -> None:
    """Raises GovreportError when a folder is not ours to replace."""
    if not output.exists() or (output / MARK).exists():
        return
    if not output.is_dir():
        raise GovreportError(f"{output} 是一个文件，不能当作输出文件夹。换一个 --output。")
    if any(output.iterdir()):
        raise GovreportError(
            f"{output} 里有别的文件，不是本程序生成的网站，因此没有动它。\n换一个空的或不存在的文件夹作 --output。"
        )


def switch_in(new: Path, output: Path) -> bool:
    """Puts a tree in another's place. True: the old tree now bears the name of the new one.

    Raises OSError when the system refuses; the old tree is then where it was.
    """
    if not output.exists():
        output.parent.mkdir(parents=True, exist_ok=True)
        new.rename(output)
        return False
    if _exchange(new, output):
        return True
    replaced = _replaced(output)
    output.rename(replaced)
    try:
        new.rename(output)
    except OSError:
        replaced.rename(output)
        raise
    replaced.rename(new)
    return True


def check_names(names: Collection[str], new: Iterable[str]) -> None:
    """Raises GovreportError when a new path would leave the folder, or two of all are one where case does not count."""
    for name in new:
        if _LEADS_OUT.search(name):
            raise GovreportError(f"程序有误：网站的文件名“{name}”越出了输出文件夹")
    if len({name.lower() for name in names}) < len(names):
        twice = next(name for name, count in Counter(name.lower() for name in names).items() if count > 1)
        raise GovreportError(f"程序有误：网站里有两个文件同名“{twice}”")


def put(tree: Path, name: str, data: bytes) -> os.stat_result:
    """Writes a file of a tree, as a new one: its twin, if it has one, keeps the old content."""
    path = _way_to(tree, name)
    _unlink(path)
    with open(path, "xb") as file:  # noqa: PTH123 - thousands of them
        file.write(data)
    return os.stat(path)  # noqa: PTH116


def link(source: Path, tree: Path, name: str) -> bool:
    """Takes a file into a tree: as the same file, or (False) as a copy where the disk has no hard links."""
    path = _way_to(tree, name)
    _unlink(path)
    try:
        os.link(source, path)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise
        shutil.copy2(source, path)
        return False
    return True


def drop(tree: Path, names: Iterable[str]) -> None:
    """Removes files, and the folders that are empty then."""
    for name in names:
        path = tree / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == tree:
                break
            try:
                parent.rmdir()
            except OSError:
                break


def make_twin(tree: Path, twin: Path, names: Iterable[str]) -> bool:
    """A second tree of the same files. False: the disk has no hard links, and they are copies."""
    linked = True
    made: set[str] = {""}
    from_root, to_root = f"{tree}{os.sep}", f"{twin}{os.sep}"
    twin.mkdir(parents=True)
    for name in names:
        parent = name.rpartition("/")[0]
        if parent not in made:
            os.makedirs(to_root + parent, exist_ok=True)  # noqa: PTH103
            made.add(parent)
        try:
            os.link(from_root + name, to_root + name)
        except OSError as error:
            if isinstance(error, FileNotFoundError):
                raise
            shutil.copy2(from_root + name, to_root + name)
            linked = False
    return linked


def remove_tree(folder: Path) -> None:
    """Removes a folder, or whatever stands in its place."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _way_to(tree: Path, name: str) -> str:
    path = f"{tree}{os.sep}{name}"
    parent = os.path.dirname(path)  # noqa: PTH120
    try:
        os.makedirs(parent, exist_ok=True)  # noqa: PTH103
    except (FileExistsError, NotADirectoryError):
        # A file stood where a folder must be now.
        above = Path(parent)
        while not above.exists() or above.is_dir():
            above = above.parent
        above.unlink()
        os.makedirs(parent, exist_ok=True)  # noqa: PTH103
    return path


def _unlink(path: str) -> None:
    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        pass
    except (IsADirectoryError, PermissionError):
        if not os.path.isdir(path):  # noqa: PTH112
            raise
        shutil.rmtree(path)


def _replaced(output: Path) -> Path:
    return output.with_name(f".{output.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two names in one step; False where the system or the disk cannot."""
    system: str = sys.platform
    if system not in ("linux", "darwin"):
        return False
    import ctypes  # noqa: PLC0415 - a build without changes must not pay for it

    library = ctypes.CDLL(None, use_errno=True)
    here, there = os.fsencode(one), os.fsencode(other)
    try:
        if system == "linux":
            at_cwd, exchange = -100, 2
            return bool(library.renameat2(at_cwd, here, at_cwd, there, exchange) == 0)
        swap = 2
        return bool(library.renamex_np(here, there, swap) == 0)
    except AttributeError:  # a C library from before 2018
        return False
