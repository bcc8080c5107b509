"""Opening pages of a small site and of a large one, in a real browser: is home, a place, a report, search as quick with a thousand?

    .venv/bin/python tests/bench/opening.py [--sizes 2,1000] [--rounds 15] [--sites SMALL,LARGE] [--output FILE]

Builds two sites from the same made reports (the large begins with the small), or takes two that are built.
Opens each page in a fresh browser context, by http on loopback and by file://, the two sites by turns, so that a busy
machine slows both. Prints one Markdown table:

    bytes before paint   the page and what Chromium says blocks its rendering, gzipped as a usual host sends them
    bytes in all         with everything the page asks for by itself until it is quiet, and how many requests
    first paint, load    milliseconds from the start of navigation to first contentful paint, and to the end of the load
                         event; medians over the rounds; then large ÷ small, the only figure to compare across machines

Each answer over http waits 20 ms, as from a near host. Nothing is typed: what a search then asks for, search.py measures.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import machine  # noqa: E402
from tests.bench.counting_host import Host, hosted  # noqa: E402
from tests.bench.made_corpus import SEED, made_reports, write_corpus  # noqa: E402
from tests.bench.measuring import kilo, run, say, table  # noqa: E402

_TIMES = """async () => {
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
  while (!painted() || !performance.getEntriesByType("navigation")[0].loadEventEnd) {
    await new Promise((go) => setTimeout(go, 10));
  }
  const page = performance.getEntriesByType("navigation")[0];
  const blocking = performance.getEntriesByType("resource").filter((one) => one.renderBlockingStatus === "blocking");
  return {
    paint: painted().startTime,
    load: page.loadEventEnd,
    before: [page, ...blocking].reduce((sum, one) => sum + one.encodedBodySize, 0),
  };
}"""


@dataclass(frozen=True, slots=True)
class Opening:
    """One page opened once: milliseconds, bytes, requests; bytes and requests are 0 by file://."""

    paint: float
    load: float
    before: int
    whole: int
    requests: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A site with the number of its reports, where it is served, and the pages that are opened."""

    reports: int
    folder: Path
    host: Host
    pages: dict[str, str]

    def address(self, page: str, by_file: bool) -> str:
        """Where a page of its is."""
        return (self.folder / page).as_uri() if by_file else f"{self.host.address}/{page}"


def build(scratch: Path, size: int) -> Path:
    """A site of so many made reports."""
    place = scratch / f"opening-{size}"
    shutil.rmtree(place, ignore_errors=True)
    say(f"building {size:,} reports")
    write_corpus(place / "corpus", islice(made_reports(size, SEED), size))
    options: tuple[str | Path, ...] = ("--corpus", place / "corpus", "--output", place / "site")
    run((sys.executable, "-m", "govreport_site", "build", *options), cwd=place)
    return place / "site"


def reports_of(site: Path) -> list[str]:
    """Folders of its reports, each with its data beside its page, in order."""
    return sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.json"))


def pages_of(report: str) -> dict[str, str]:
    """Name and path of what is opened."""
    place = report.rpartition("/")[0]
    return {
        "home": "index.html",
        "place": f"{place}/index.html",
        "report": f"{report}/index.html",
        "search": "search/index.html",
    }


def opening(browser: Browser, site: Opened, page: str, by_file: bool) -> Opening:
    """Opens a page as one who has never been there."""
    mark = len(site.host.log)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    try:
        shown = context.new_page()
        shown.goto(site.address(page, by_file))
        times = shown.evaluate(_TIMES)
        sent = [] if by_file else site.host.sent_since(mark)
        return Opening(times["paint"], times["load"], times["before"], sum(one.size for one in sent), len(sent))
    finally:
        context.close()


def measure(browser: Browser, sites: list[Opened], rounds: int) -> dict[tuple[str, bool, int], list[Opening]]:
    """Page, by file, which site → its openings. The sites take turns, each first in every other round."""
    found: dict[tuple[str, bool, int], list[Opening]] = defaultdict(list)
    for number in range(rounds + 1):
        say(f"round {number} of {rounds}")
        for name in sites[0].pages:
            for by_file in (False, True):
                for which in (0, 1) if number % 2 else (1, 0):
                    once = opening(browser, sites[which], sites[which].pages[name], by_file)
                    if number:  # the first round warms the disk and the browser
                        found[name, by_file, which].append(once)
    return found


def report(sites: list[Opened], found: dict[tuple[str, bool, int], list[Opening]]) -> str:
    """The table."""
    small, large = (f"{site.reports:,}" for site in sites)
    head = ["page", "by"]
    head += [f"{what}: {small} → {large}" for what in ("bytes before paint", "bytes in all", "requests")]
    head += [f"{what}, ms: {small} → {large} (ratio)" for what in ("first paint", "load")]
    rows = []
    for name in sites[0].pages:
        for by_file in (False, True):
            one, other = (found[name, by_file, which] for which in (0, 1))
            if by_file:
                counted = ["", "", ""]
            else:
                counted = [
                    f"{kilo(one[0].before)} → {kilo(other[0].before)}",
                    f"{kilo(one[0].whole)} → {kilo(other[0].whole)}",
                    f"{one[0].requests} → {other[0].requests}",
                ]
            paint = [statistics.median(each.paint for each in openings) for openings in (one, other)]
            load = [statistics.median(each.load for each in openings) for openings in (one, other)]
            timed = [f"{few:.0f} → {many:.0f} ({many / few:.2f})" for few, many in (paint, load)]
            rows.append([name, "file" if by_file else "http", *counted, *timed])
    return table(head, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures how quickly pages of a small and a large site open.")
    parser.add_argument("--sizes", default="2,1000")
    parser.add_argument("--sites", help="two folders that are built already, the small one first")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    chromium = machine.find_chromium()
    if chromium is None:
        sys.exit(machine.how_to_get_chromium)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if given.sites:
            folders = [Path(site).resolve() for site in given.sites.split(",")]
        else:
            folders = [build(scratch, int(size)) for size in given.sizes.split(",")]
        held = [reports_of(folder) for folder in folders]
        # The same report where both have it; two sites of different reports are compared as they are.
        shared = next((one for one in held[0] if one in set(held[1])), None)
        sites = [
            Opened(len(reports), folder, stack.enter_context(hosted(folder)), pages_of(shared or reports[0]))
            for folder, reports in zip(folders, held, strict=True)
        ]
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        said = report(sites, measure(browser, sites, given.rounds))
        browser.close()
    print(said)
    if given.output:
        given.output.write_text(said + "\n", "utf-8")


if __name__ == "__main__":
    main()
