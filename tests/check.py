"""`python3 build.py check [--quick | --lighthouse] [WORDS FOR pytest …]`: everything this project asks of itself.

In flow words for pytest; out goes what each tool says, then a summary, and 1 when any of them
failed. All of them run, whatever the others say. `--quick` is the half for before a commit:
it leaves out the browser and Node.js. `--lighthouse` runs Lighthouse too, which takes minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Run as a script, and with -P, this finds neither the front door nor its neighbours by itself.
sys.path.insert(0, str(Path(__file__).parents[1]))

import build
from tests import machine

NODE_TESTS = machine.ROOT / "tests" / "node"


@dataclass(frozen=True, slots=True)
class Check:
    """One tool: its name on screen, and what runs it and tells whether it was content."""

    name: str
    run: Callable[[], bool]


def tool(*words: str) -> Callable[[], bool]:
    """A check that is a Python tool of `.venv`."""
    return lambda: runs([sys.executable, "-m", *words])


def runs(command: list[str]) -> bool:
    """Runs a tool with our own output; whether it was content."""
    return subprocess.run(command, cwd=machine.ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0


def node_tests() -> bool:
    """`node --test`, given each file: what it makes of a folder's name differs between its versions."""
    node = machine.find_node()
    if node is None:
        print("没有 Node.js，JavaScript 测试没有运行。")
        return False
    files = sorted(str(path) for path in NODE_TESTS.rglob("*.test.*js"))
    if not files:
        print("tests/node 里没有测试（文件名应为 *.test.js）。")
        return False
    return runs([node, "--test", "--test-reporter=spec", *files])


def lighthouse() -> bool:
    """Scores of four pages; apart from pytest, since it takes minutes and wants a quiet machine."""
    try:
        machine.fetch_lighthouse()
    except build.Trouble as trouble:
        print(trouble, flush=True)
        return False
    return runs([sys.executable, "-P", str(machine.BROWSER_TESTS / "lighthouse" / "run.py")])


def is_test(word: str) -> bool:
    """Whether a word for pytest names a file or a test in one, rather than an option."""
    return ".py" in word or word == "-k" or word.startswith("-k")


def plan(words: list[str], *, quick: bool, scores: bool) -> list[Check]:
    """The checks in their order: what answers soonest comes first."""
    # One process a core; a single test that is asked for by name is done sooner without.
    spread = ["-n", "auto", "--dist", "worksteal"] if not any(map(is_test, words)) else []
    pytest = ["pytest", *spread, *(["-m", "not browser"] if quick else []), *words]
    checks = [
        Check("代码规则  ruff check", tool("ruff", "check")),
        Check("代码格式  ruff format", tool("ruff", "format", "--check")),
        Check("类型  mypy --strict", tool("mypy", "--strict")),
        Check("测试  pytest", tool(*pytest)),
    ]
    if not quick:
        checks.append(Check("浏览器脚本测试  node --test", node_tests))
    return [*checks, Check("评分  Lighthouse", lighthouse)] if scores else checks


def prepare() -> bool:
    """Node.js, judges of pages and a browser; False when something is missing that must be there."""
    try:
        machine.fetch_node()
        machine.fetch_judges()
    except build.Trouble as trouble:
        print(trouble, flush=True)
        return False
    if machine.find_chromium() or machine.fetch_chromium():
        return True
    print(machine.how_to_get_chromium, flush=True)
    if not machine.must_be_whole():
        print("这一次跳过浏览器测试。", flush=True)
    return not machine.must_be_whole()


def main(words: list[str]) -> int:
    """Runs every check, then says what came of each."""
    quick, scores = "--quick" in words, "--lighthouse" in words
    words = [word for word in words if word not in ("--quick", "--lighthouse")]
    prepared = quick or prepare()
    outcomes = [] if prepared else [("准备  Node.js、检查网页的工具、浏览器", False, 0.0)]
    for check in plan(words, quick=quick, scores=scores):
        print(f"\n── {check.name} " + "─" * 40, flush=True)
        start = time.monotonic()
        content = check.run()
        outcomes.append((check.name, content, time.monotonic() - start))
    print("\n── 检查结果 " + "─" * 40)
    for name, content, seconds in outcomes:
        print(f"  {'通过' if content else '未通过'}  {name}  {seconds:.1f} 秒")
    failed = sum(not content for _, content, _ in outcomes)
    print(f"{failed} 项未通过，详见上文。" if failed else "全部通过。", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(machine.ROOT)
    sys.exit(main(sys.argv[1:]))
