"""A real browser on the real site: what the browser tests stand on.

    site         the folder of the site built from corpus/, once a session
    site_http    its address over http on loopback, with a final slash
    site_file    its address as file://, with a final slash
    site_url     both, one after the other: a test that takes it runs twice
    every_form   folder and http address of a site with every form of page (`tests/every_form.py`);
                 it was told its address when it was built
    page         a watched page for tests that open, use and look at pages: one for all of them, handed on
                 blank, with nothing stored, wide and light
    open_page    opens watched pages in a profile of their own, which takes half a second, for tests that need
                 more: open_page(url, java_script_enabled=False, permissions=[...], …), scripts before the
                 page's own, routes, several pages at once
    complaints   what the watched pages did wrong so far; a test that expects one removes it
    axe          axe(page): the accessibility problems of a page, one line each

A watched page fails its test on any console error, uncaught exception, CSP violation, failed
request or answer from 400 up, and on any request that leaves file:// and the loopback host.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    sync_playwright,
)

from tests import machine
from tests.every_form import write_corpus

# Quiet and closed: the browser asks for nothing but what the page asks for.
BROWSER_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# No list under the address bar: it is a page with a process of its own, made anew for every profile.
# Of several such arguments the last holds, so what Playwright turns off for quiet and for the sake of tests stands here too.
NOT_WANTED = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "msEdgeUpdateLaunchServicesPreferredVersion",
    "msForceBrowserSignIn",
]

# Wide enough for every column, as Playwright has it of itself.
VIEWPORT: ViewportSize = {"width": 1280, "height": 720}

# A violated policy is an error in the console in most cases; this makes it all cases.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
"""


def miss(reason: str) -> None:
    """What is not on this machine: a failure on CI, else a skipped test."""
    if machine.must_be_whole():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = machine.find_chromium()
    if found is None:
        miss(machine.how_to_get_chromium)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses root
    arguments = [*BROWSER_ARGUMENTS, f"--disable-features={','.join(NOT_WANTED)}", *(["--no-sandbox"] if root else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built") / "site"
    build(root, "--output", str(output))
    return output


def build(root: Path, *words: str) -> None:
    """A build as a person starts it."""
    command = [sys.executable, "-P", "-m", "govreport_site", "build", *words]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)


class Handler(SimpleHTTPRequestHandler):
    """A plain static host; what a type is does not depend on this machine's registry."""

    extensions_map = {  # noqa: RUF012  as the base class has it
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".woff2": "font/woff2",
        ".xml": "application/xml; charset=utf-8",
        "": "application/octet-stream",
    }
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *words: object) -> None:
        """Says nothing: what goes wrong is a complaint of the page that asked."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serves a folder, which may come to be later, as long as the block runs; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def site_http(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


class Hosted(NamedTuple):
    """A site on disk and over http; the address ends in a slash."""

    folder: Path
    address: str


@pytest.fixture(scope="session")
def every_form(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("every_form")
    write_corpus(folder / "corpus")
    with serving(folder / "site") as address:
        build(root, "--corpus", str(folder / "corpus"), "--output", str(folder / "site"), "--base", address)
        yield Hosted(folder / "site", address)


@pytest.fixture(scope="session")
def site_file(site: Path) -> str:
    return site.as_uri() + "/"


@pytest.fixture(params=["http", "file"])
def site_url(request: pytest.FixtureRequest) -> str:
    address: str = request.getfixturevalue(f"site_{request.param}")
    return address


@pytest.fixture(scope="session")
def heard() -> list[str]:
    """What all watched pages did wrong since the test began; tests take `complaints`."""
    return []


@pytest.fixture
def complaints(heard: list[str]) -> list[str]:
    heard.clear()
    return heard


def watch(context: BrowserContext, complaints: list[str]) -> None:
    """Notes everything a page of this context does wrong."""

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        at_home = address.scheme in ("file", "data", "blob", "about") or address.hostname in ("127.0.0.1", "localhost")
        if not at_home:
            complaints.append(f"leaves the site: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            complaints.append(f"{response.status}: {response.url}")

    def spoke(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text} ({message.location['url']})")

    def failed(request: Request) -> None:
        # Aborted: the test went on to another page while the icon was still under way.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.failure}: {request.url}")

    context.add_init_script(REPORT_VIOLATIONS)
    context.on("request", asked)
    context.on("response", answered)
    context.on("requestfailed", failed)
    context.on("weberror", lambda error: complaints.append(f"uncaught: {error.error}"))
    context.on("console", spoke)


def open_context(browser: Browser, heard: list[str], **options: Any) -> BrowserContext:
    """A profile of its own, watched."""
    context = browser.new_context(**{"locale": "zh-CN", "viewport": VIEWPORT, **options})
    context.set_default_timeout(10_000)  # a page from this machine that takes longer will not come
    watch(context, heard)
    return context


def arrive(page: Page) -> None:
    """One more round trip, so that complaints which are under way arrive."""
    page.evaluate("0")


@pytest.fixture
def open_page(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_page(url: str | None = None, **options: Any) -> Page:
        contexts.append(open_context(browser, complaints, **options))
        page = contexts[-1].new_page()
        if url is not None:
            page.goto(url)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            arrive(page)
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def page_for_all(browser: Browser, heard: list[str]) -> Page:
    """The one page behind `page`: a new one would take longer than most tests look at it."""
    page = open_context(browser, heard).new_page()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it would stay for all tests that follow: such a test takes open_page")

    for name in ("add_init_script", "route", "expose_function", "expose_binding"):
        setattr(page, name, refuse)
    return page


@pytest.fixture
def page(page_for_all: Page, complaints: list[str]) -> Iterator[Page]:
    page_for_all.set_viewport_size(VIEWPORT)
    page_for_all.emulate_media(color_scheme="light")
    yield page_for_all
    arrive(page_for_all)
    if page_for_all.url != "about:blank":
        page_for_all.evaluate("localStorage.clear(); sessionStorage.clear()")
    page_for_all.goto("about:blank")
    more = [one for one in page_for_all.context.pages if one != page_for_all]
    for one in more:
        one.close()
    assert not more, "a test that opens more pages takes open_page"
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    if not machine.AXE.is_file():
        miss("没有 axe-core，请运行 python3 build.py check 一次")
    source = machine.AXE.read_text(encoding="utf-8")

    def axe(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        # preload would fetch stylesheets again, which file:// forbids.
        found = page.evaluate("axe.run(document, {preload: false, resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return axe
