"""Where an export goes: a new file or folder is written beside, and put in the old one's place when it is whole.

Only what an earlier export made is ever replaced: a folder that bears `MARK`, a file that `is_ours` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from govreport_site.problems import GovreportError
from govreport_site.switch import recover, remove_tree, switch_in

MARK = ".govreport-export"
_MARK_TEXT = b"This folder is written by govreport export as a whole. Do not edit: the next export replaces it.\n"


def refuse_foreign(output: Path, *, folder: bool, is_ours: Callable[[Path], bool]) -> None:
    """Raises GovreportError when something stands there that is no export of this form."""
    if not output.exists() or (folder and output.is_dir() and not any(output.iterdir())):
        return
    if folder and output.is_dir() and (output / MARK).is_file():
        return
    if not folder and output.is_file() and is_ours(output):
        return
    raise GovreportError(
        f"{output} 已在，不是先前导出的{'文件夹' if folder else '数据库'}，因此没有动它。\n"
        "换一个不存在的名称作 --output，或先把它移走。"
    )


@contextmanager
def replacing(output: Path, *, folder: bool) -> Iterator[Path]:
    """Gives the path to write to; what is there at the end takes the old one's place. After an error nothing has changed.

    Raises OSError when it cannot be written.
    """
    if folder:
        recover(output)
    new = output.with_name(f".{output.name}.new")
    remove_tree(new)
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        if folder:
            new.mkdir()
            (new / MARK).write_bytes(_MARK_TEXT)
        yield new
        if folder:
            if output.exists() and not (output / MARK).is_file():
                output.rmdir()
            switch_in(new, output)
        else:
            new.replace(output)
    finally:
        remove_tree(new)
