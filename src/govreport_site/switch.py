"""Files → a folder that is switched in at once. The ground: does not know what a site is.

A reader, or a web server, sees the old folder whole or the new one whole. The new tree is
written beside the old one, then the two change names; a build that is killed leaves the
old folder, and the next one clears up after it:

    .site.new   being written; worthless after a crash
    .site.old   the folder that was replaced; put back when a crash came between the two renames
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from govreport_site.problems import GovreportError

# Says that a folder was made by this program, so that no other folder is ever replaced.
MARK = ".govreport-site"
_MARK_TEXT = b"This folder is written by govreport-site as a whole. Do not edit: the next build replaces it.\n"


@dataclass(frozen=True, slots=True)
class Written:
    """What a switch did: all files and bytes, and how many of the files are new or different."""

    files: int
    size_bytes: int
    changed: int


def switch_in(files: Iterable[tuple[str, bytes]], output: Path) -> Written:
    """Replaces a folder by these files (path within it, with forward slashes; bytes).

    Raises GovreportError when the folder is not ours to replace, when a path would leave it,
    and when two files bear one name (also where only the case of letters differs).
    """
    output = output.absolute()
    staging, replaced = output.with_name(f".{output.name}.new"), output.with_name(f".{output.name}.old")
    _recover(output, replaced)
    _refuse_foreign(output)
    try:
        if staging.exists():
            shutil.rmtree(staging)
        staging.mkdir(parents=True)
        written = _write(files, staging, output)
        if written.changed == 0 and output.is_dir():
            shutil.rmtree(staging)
            return written
        if output.exists():
            output.rename(replaced)
        staging.rename(output)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        _recover(output, replaced)
        raise GovreportError(
            f"写不进 {output}：{error.strerror or error}\n原来的网站没有改动。检查磁盘空间和文件夹的写权限；"
            "在 Windows 上，先关闭正打开其中文件的程序。"
        ) from error
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    shutil.rmtree(replaced, ignore_errors=True)
    return written


def _recover(output: Path, replaced: Path) -> None:
    """Ends what an earlier run left half done."""
    if replaced.exists():
        if output.exists():
            shutil.rmtree(replaced, ignore_errors=True)
        else:
            replaced.rename(output)


def _refuse_foreign(output: Path) -> None:
    if not output.exists() or (output / MARK).exists():
        return
    if not output.is_dir():
        raise GovreportError(f"{output} 是一个文件，不能当作输出文件夹。换一个 --output。")
    if any(output.iterdir()):
        raise GovreportError(
            f"{output} 里有别的文件，不是本程序生成的网站，因此没有动它。\n换一个空的或不存在的文件夹作 --output。"
        )


def _write(files: Iterable[tuple[str, bytes]], staging: Path, output: Path) -> Written:
    names: set[str] = set()
    made: set[Path] = set()
    size_bytes = changed = 0
    for name, data in [(MARK, _MARK_TEXT), *files]:
        pure = PurePosixPath(name)
        if pure.is_absolute() or not pure.parts or ".." in pure.parts or "\\" in name or ":" in name:
            raise GovreportError(f"程序有误：网站的文件名“{name}”越出了输出文件夹")
        if name.lower() in names:
            raise GovreportError(f"程序有误：网站里有两个文件同名“{name}”")
        names.add(name.lower())
        path = staging.joinpath(*pure.parts)
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)
        size_bytes += len(data)
        changed += not _same(output.joinpath(*pure.parts), data)
    gone = sum(1 for path in _files_below(output) if path.lower() not in names) if output.is_dir() else 0
    return Written(len(names), size_bytes, changed + gone)


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _files_below(folder: Path) -> Iterable[str]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent, name).relative_to(folder).as_posix()
