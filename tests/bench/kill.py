"""Builds that are killed at any moment: each time the old site or the new one is there, whole.

    .venv/bin/python tests/bench/kill.py [--times 100] [--reports 60]

Each time a report is changed, a build is started and killed with SIGKILL, itself and its workers, after a
random part of the time that a whole build takes. Then the site must be, byte for byte, the one that
was there before or the one that a clean build makes; and the next build must make the latter. The index
may stand in segments, so of the folder search/ only its being there is asked.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from govreport_site.site import build, cache_folder

REPORT = "许昌市{name}局关于{year}年法治政府建设情况的报告\n一、主要举措和成效\n{words}\n二、存在的问题\n乙。\n三、下一步打算\n丙。\n"
NAMES = ("司法", "教育", "财政", "公安", "民政", "水利")


def kill_sometimes(corpus: Path, site: Path, *, times: int, seed: int) -> int:
    """Kills so many builds; returns how many were switched in all the same. AssertionError when a site was not whole."""
    dice = random.Random(seed)
    build(corpus, site, jobs=1)
    began = time.perf_counter()
    _finish(_start(corpus, site, dice))
    whole_seconds = time.perf_counter() - began
    switched = 0
    for number in range(times):
        before = _outside_index(site)
        process = _start(corpus, site, dice)
        time.sleep(dice.uniform(0, whole_seconds))
        _kill(process)
        clean = site.with_name("clean")
        shutil.rmtree(clean, ignore_errors=True)
        _forget(cache_folder(clean))
        build(corpus, clean, jobs=1)
        wanted, now = _outside_index(clean), _outside_index(site)
        assert now in (before, wanted), f"the {number + 1}. time: neither the old site nor the new one"
        assert (site / "search" / "root.js").is_file()
        switched += now == wanted
        build(corpus, site, jobs=1)
        assert _outside_index(site) == wanted, f"the {number + 1}. time: the next build is not a clean one"
        left = sorted(path.name for path in cache_folder(site).iterdir() if path.name.endswith((".new", ".dirty")))
        assert not left, f"left behind: {left}"
    return switched


def _forget(cache: Path) -> None:
    """Everything but compiled templates, which take half of a small clean build and know no report."""
    for path in cache.iterdir() if cache.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path)
        elif not path.name.startswith("compiled"):
            path.unlink()


def _start(corpus: Path, site: Path, dice: random.Random) -> subprocess.Popen[bytes]:
    some = dice.choice(sorted(corpus.rglob("*.md")))
    some.write_text(some.read_text("utf-8") + f"{dice.randrange(10**9)}。\n", "utf-8")
    words = [sys.executable, "-m", "govreport_site", "build", "--corpus", str(corpus), "--output", str(site)]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(words, cwd=corpus.parent, start_new_session=True, **quiet)  # type: ignore[call-overload, no-any-return]


def _finish(process: subprocess.Popen[bytes]) -> None:
    assert process.wait() == 0


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _outside_index(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and not (path.parent == site / "search" and path.suffix == ".js")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Kills builds at any moment.")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--reports", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number in range(options.reports):
            words = "\n".join(f"（{n}）第{number}份报告的第{n}段，讲依法行政。" for n in "一二三四五六")
            text = REPORT.format(name=NAMES[number % 6], year=2010 + number // 6, words=words)
            (corpus / f"{number}.md").write_text(text, "utf-8")
        began = time.perf_counter()
        switched = kill_sometimes(corpus, Path(folder) / "site", times=options.times, seed=1)
        print(f"{options.times} killed, {switched} of them after the switch; every site was whole.")
        print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
