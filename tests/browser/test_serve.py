"""`serve` in a real browser: the open page follows the reports, its corner says what is wrong."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from govreport_site.looking import Built
from govreport_site.loopback import Server, open_server
from govreport_site.serve import Workshop, address_of
from govreport_site.site import build

PATIENCE_MILLISECONDS = 60_000
PAGE = "henan/xuchang/2025-weijianwei/index.html"


class Preview:
    """A served copy of the corpus, in this process; `page` is before any page that opens it is closed."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.corpus = folder / "corpus"
        shutil.copytree(root / "corpus", self.corpus)
        self.report = self.corpus / "henan/xuchang/2025-xuchang-weijianwei.md"
        self.text = self.report.read_text("utf-8")
        self.said: list[str] = []
        self.server: Server = open_server(folder / "site", 0)
        self.workshop = Workshop(self.corpus, folder / "site", self.server, self.said.append, lambda problems: None)
        self.server.start()

    def address(self, page: str = "") -> str:
        return address_of(self.server) + page

    def write(self, text: str) -> None:
        self.report.write_text(text, "utf-8")


@pytest.fixture
def preview(root: Path, tmp_path: Path) -> Iterator[Preview]:
    preview = Preview(tmp_path, root)
    yield preview
    preview.server.stop()  # a second time does no harm
    preview.workshop.finish()


@pytest.fixture
def started(preview: Preview) -> Preview:
    preview.workshop.start()
    assert preview.workshop.wait_for_first()
    return preview


def test_the_open_page_follows_the_report(started: Preview, page: Page) -> None:
    page.goto(started.address(PAGE) + "#s-2")
    expect(page.locator("govreport-serve")).to_be_hidden()
    page.evaluate("scrollTo(0, 700)")
    page.evaluate("window.before = true")
    started.write(started.text + "\n这一句刚刚写下。\n")
    expect(page.get_by_text("这一句刚刚写下。")).to_have_count(1, timeout=PATIENCE_MILLISECONDS)
    assert page.evaluate("window.before") is None
    assert page.evaluate("location.hash") == "#s-2"
    page.wait_for_function("Math.abs(scrollY - 700) < 5")


def test_the_corner_shows_what_is_broken(started: Preview, page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(started.address(PAGE))
    started.write("---\ntitle: [\n---\n" + started.text)
    panel = page.get_by_role("region", name="生成结果")
    toggle = panel.get_by_role("button", name=re.compile("^1 处错误"))
    expect(toggle).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(panel.get_by_text("YAML 写法有误")).to_be_visible()
    expect(panel.get_by_text(re.compile(r"2025-xuchang-weijianwei\.md:\d+:\d+$")).first).to_be_visible()
    assert axe(page) == []

    # By keys: out of the list it folds, and stays folded on the next page.
    toggle.focus()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="关闭")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(panel.get_by_text("YAML 写法有误")).to_be_hidden()
    page.goto(started.address())
    expect(toggle).to_have_attribute("aria-expanded", "false")
    panel.get_by_role("button", name="关闭").click()
    expect(panel).to_be_hidden()
    page.goto(started.address(PAGE))
    page.wait_for_load_state("load")
    expect(panel).to_be_hidden()

    # What is mended goes by itself.
    started.write(started.text)
    expect(page.locator("govreport-serve")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("许昌市卫生健康委员会", timeout=PATIENCE_MILLISECONDS)


def test_a_failed_build_leaves_the_old_page_and_says_so(
    started: Preview, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto(started.address(PAGE))
    page.evaluate("window.before = true")
    real = build

    def fail(corpus: Path, output: Path, **options: object) -> None:
        raise ValueError("模板里有 <b>错</b>")

    monkeypatch.setattr("govreport_site.serve.build", fail)
    started.write(started.text + "\n")
    panel = page.get_by_role("region", name="生成结果")
    expect(panel.get_by_role("button", name="没有生成，这是旧的网站")).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    expect(panel.get_by_text("ValueError: 模板里有 <b>错</b>")).to_be_visible()
    assert page.evaluate("window.before") is True
    monkeypatch.setattr("govreport_site.serve.build", real)
    started.write(started.text)
    expect(panel).to_be_hidden(timeout=PATIENCE_MILLISECONDS)


def test_before_there_is_a_site_the_page_waits(
    preview: Preview, page: Page, complaints: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    real = build

    def build_later(corpus: Path, output: Path, templates: Sequence[Path] = ()) -> Built:
        assert gate.wait(60)
        return real(corpus, output, templates=templates)

    monkeypatch.setattr("govreport_site.serve.build", build_later)
    preview.workshop.start()
    page.goto(preview.address(PAGE))
    expect(page.locator("h1")).to_have_text("网站还没有生成好")
    expect(page.get_by_text("正在重新生成…")).to_be_visible()
    gate.set()
    expect(page.locator("h1")).to_contain_text("许昌市卫生健康委员会", timeout=PATIENCE_MILLISECONDS)
    complaints[:] = [complaint for complaint in complaints if "503" not in complaint]


def test_a_preview_that_ended_says_so(started: Preview, page: Page, complaints: list[str]) -> None:
    page.goto(started.address(PAGE))
    page.wait_for_function("performance.getEntriesByType('resource').some((asked) => asked.name.endsWith('serve.css'))")
    started.server.channel.tell(building=True)
    expect(page.get_by_text("正在重新生成…")).to_be_visible()
    started.server.stop()
    expect(page.get_by_text(re.compile("^预览已停止"))).to_be_visible()
    page.goto("about:blank")
    complaints[:] = [complaint for complaint in complaints if "/__govreport__/events" not in complaint]


def test_a_missing_page_looks_like_one_of_the_site(started: Preview, page: Page, complaints: list[str]) -> None:
    (started.corpus / "corpus.yaml").write_text("base: https://example.org/reports/\n", "utf-8")
    page.goto(started.address("henan/none/none.html"))
    expect(page.locator("h1")).to_have_text("没有这个地址")
    assert complaints and all("404" in complaint for complaint in complaints)
    page.locator("#main").get_by_role("link", name="首页").click()
    expect(page).to_have_url(started.address("index.html"))
    # The new base is built by now or soon: the missing page may have been asked for once more.
    page.evaluate("0")
    complaints[:] = [complaint for complaint in complaints if "404" not in complaint]


def test_eight_hidden_pages_do_not_block_the_ninth(started: Preview, open_page: Callable[..., Page]) -> None:
    """A browser gives one address six connections; only a page that is looked at keeps one."""
    page = open_page()
    page.context.add_init_script("Object.defineProperty(document, 'hidden', {get: () => window.away})")
    others = []
    for _ in range(8):
        other = page.context.new_page()
        other.goto(started.address(PAGE))
        other.evaluate("window.away = true; document.dispatchEvent(new Event('visibilitychange'))")
        others.append(other)
    page.goto(started.address(PAGE))
    started.write(started.text + "\n这一句刚刚写下。\n")
    expect(page.get_by_text("这一句刚刚写下。")).to_have_count(1, timeout=PATIENCE_MILLISECONDS)
    expect(others[0].get_by_text("这一句刚刚写下。")).to_have_count(0)
    others[0].evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(others[0].get_by_text("这一句刚刚写下。")).to_have_count(1)
