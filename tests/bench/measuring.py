"""What a command costs and what it changes: CPU, memory, files.

In flow commands and folders, out flow plain figures. CPU is user + system of a command and of every
process it waited for; memory is the largest of them. A tree is known by the hash of each file,
so a file written again with the same content has not changed.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1 << 20
# What a command may say before it is cut off.
_TAIL = 2000


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one command. Seconds, bytes; `output` is the end of what it printed, both streams."""

    cpu: float
    wall: float
    peak: int
    code: int
    output: str


class Failed(Exception):
    """A command that did not end well, with what it said."""


# Runs a command and writes down what it used. A process keeps the peak of the one it was started from, so
# the command must not be started from a benchmark that holds a whole corpus, but from this, which holds nothing.
_STARTER = """
import os, sys
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
with open(sys.argv[1], "w") as file:
    print(used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status), file=file)
"""


def run(command: Sequence[str | Path], *, cwd: Path, timeout: float = 3600) -> Cost:
    """Runs a command to its end. Raises Failed when its exit code is not 0 or its time is over."""
    with tempfile.TemporaryDirectory(dir=cwd) as folder, (Path(folder) / "output").open("w+b") as output:
        used = Path(folder) / "used"
        words = [sys.executable, "-I", "-S", "-c", _STARTER, str(used), *map(str, command)]
        began = time.monotonic()
        process = subprocess.Popen(
            words, cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            pass  # told below, as one that did not end well
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        wall = time.monotonic() - began
        output.seek(0)
        said = output.read().decode("utf-8", "replace")[-_TAIL:]
        cpu, peak, code = used.read_text().split() if used.is_file() else ("0", "0", "-1")
    cost = Cost(float(cpu), wall, int(peak) * (1 if sys.platform == "darwin" else 1024), int(code), said)
    if cost.code != 0:
        raise Failed(f"{' '.join(map(str, command))}\nexit code {cost.code} after {cost.wall:.0f} s\n{said}")
    return cost


# --- Trees of files -------------------------------------------------------------------------

# Path below the root → hash and size.
Tree = dict[str, tuple[bytes, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """Between two trees: files new or different, their bytes and gzipped bytes, and files gone."""

    files: int
    size: int
    gone: int


def tree_of(folder: Path) -> Tree:
    """Every file below a folder."""
    tree: Tree = {}
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            tree[path.relative_to(folder).as_posix()] = (hashlib.blake2b(data, digest_size=16).digest(), len(data))
    return tree


def change(before: Tree, after: Tree, under: str = "") -> Change:
    """What stands in `after` and not so in `before`, below a folder."""
    fresh = [name for name, what in after.items() if name.startswith(under) and before.get(name) != what]
    gone = sum(1 for name in before if name.startswith(under) and name not in after)
    return Change(len(fresh), sum(after[name][1] for name in fresh), gone)


def gzipped(data: bytes) -> bytes:
    """As a usual host sends it: level 6."""
    return gzip.compress(data, 6, mtime=0)


# --- Tools from PyPI ------------------------------------------------------------------------


def fetched(packages: Sequence[str], scratch: Path) -> Path:
    """The folder of programs of a virtual environment in `scratch` that holds these packages.

    Raises Failed where they cannot be had.
    """
    folder = scratch / "tools"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not programs.is_dir():
        venv.create(folder, with_pip=True)
    run([programs / "python", "-m", "pip", "install", "--quiet", *packages], cwd=scratch, timeout=600)
    return programs


# --- Words for tables -----------------------------------------------------------------------


def kilo(size: float) -> str:
    """12.3 K of bytes, 1,000 a K."""
    return f"{size / 1000:.1f} K" if size < 100_000 else f"{size / 1000:,.0f} K"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share stands; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def say(text: str) -> None:
    """Progress, on stderr."""
    print(time.strftime("%H:%M:%S "), text, file=sys.stderr, flush=True)
