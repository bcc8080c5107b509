"""Search, ours beside Pagefind's, in one run: index, bytes, rounds, CPU, memory, exactness, adding one report.

    .venv/bin/python tests/bench/search.py [--sizes 100,1000,10000] [--texts FOLDER] [--queries 200] [--only ours]
                                           [--scratch FOLDER] [--output FILE] [--minutes 30] [--most-hits 2000]

For each size a corpus is made (`made_corpus.py`), or read from `--texts`: a folder of .txt, one report each.
Questions are drawn from it and answered by looking at every line (`questions.py`); then each is asked in a
fresh page of a real Chromium, from a loopback host that counts (`counting_host.py`). Ours is held to the
exact passages; Pagefind, which knows only pages, to the exact pages. Pagefind gets the same lines as plain
pages in zh-CN, and the question as typed, without quotes. It comes from PyPI into the scratch folder; where
it cannot be had its column is empty.

Bytes are bodies as sent, scripts gzipped. Rounds are the longest chain of requests of which each began
after the one before had ended. CPU is of all renderer processes, workers included; `main` of the page's
own thread alone. Prints one Markdown table a corpus.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from govreport_site.normalise import normalise  # noqa: E402
from tests import machine  # noqa: E402
from tests.bench.counting_host import Host, Sent, hosted  # noqa: E402
from tests.bench.made_corpus import made_reports, write_corpus  # noqa: E402
from tests.bench.measuring import (  # noqa: E402
    MEBIBYTE,
    Change,
    Cost,
    Failed,
    change,
    fetched,
    gzipped,
    kilo,
    quantile,
    run,
    say,
    table,
    tree_of,
)
from tests.bench.questions import Passage, Question, Text, draw, places, read_texts, truth  # noqa: E402

SEED = 7
SHOWN = 10
SECONDS_A_QUESTION = 60

Engine = Literal["ours", "pagefind"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in a fresh page. Bytes, milliseconds; shares from 0 to 1.

    hits, shown     what was sent for hits and count; with ten shown (hits included)
    rounds          for the hits; for the ten shown after that
    groups          kind of path → bytes, of all that was sent for it
    cpu, main, warm renderer processes; the page's thread; renderer processes when asked again
    memory, heap    largest renderer, its JavaScript heap
    found           right answers found, answers given, right answers there are
    exact           the set is the right one
    marks, links    of the ten shown, share whose marks are exactly the question; whose link leads to the passage
    """

    question: Question
    code: int
    directory: int
    hits: int
    shown: int
    rounds: tuple[int, int]
    groups: dict[str, int]
    cpu: float
    main: float
    warm: float
    memory: int
    heap: int
    found: tuple[int, int, int]
    exact: bool
    marks: float
    links: float


@dataclass(slots=True)
class Measured:
    """Everything of one engine on one corpus."""

    name: str
    built: Cost
    index_gz: int
    index_files: int
    asked: list[Asked] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    added: Cost | None = None
    added_index: Change | None = None
    added_site: Change | None = None


# --- Building -------------------------------------------------------------------------------


def build_ours(corpus: Path, output: Path, scratch: Path) -> Cost:
    """Builds the site as a user does."""
    command: list[str | Path] = [
        sys.executable,
        "-P",
        "-m",
        "govreport_site",
        "build",
        "--corpus",
        corpus,
        "--output",
        output,
    ]
    return run(command, cwd=scratch)


def write_pages(texts: list[Text], folder: Path) -> None:
    """One plain page a report, with ids as ours, and the page that asks."""
    for text in texts:
        body = "\n".join(
            f"<{tag}{_id(line.anchor, first)}>{escape(line.text)}</{tag}>" for line, tag, first in _tagged(text)
        )
        page = (
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(text.title)}</title></head>'
        )
        page += f"<body><main data-pagefind-body>\n{body}\n</main></body></html>\n"
        path = folder / text.address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, "utf-8")
    ask = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>检索</title></head><body></body></html>\n'
    )
    (folder / "index.html").write_text(ask, "utf-8")


def _tagged(text: Text) -> Iterator[tuple[Any, str, bool]]:
    seen: set[str] = set()
    for line in text.lines:
        yield line, "h2" if line.heading else "p", line.anchor not in seen
        seen.add(line.anchor)


def _id(anchor: str, first: bool) -> str:
    return f' id="{escape(anchor)}"' if anchor and first else ""


def weight(folder: Path) -> tuple[int, int]:
    """Gzipped bytes and number of the files of an index; its pages do not count."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".html", ".css")]
    sent = (path.read_bytes() if ".pf_" in path.name else gzipped(path.read_bytes()) for path in files)
    return sum(map(len, sent)), len(files)


# --- In the browser -------------------------------------------------------------------------

# Every request a page or its worker makes, when it was asked for and when it was over, in ms.
_RESOURCES = """() => performance.getEntriesByType("resource")
  .map((e) => [performance.timeOrigin + e.startTime, performance.timeOrigin + e.responseEnd])"""

_WITHIN = f"""
window.within = (promise) => Promise.race([promise, new Promise((_, reject) =>
  setTimeout(() => reject(new Error("not within {SECONDS_A_QUESTION} s")), {SECONDS_A_QUESTION * 1000}))]);
performance.setResourceTimingBufferSize(100000);
"""

_OURS = {
    "start": "() => document.readyState",
    "hits": "(q) => within(window.govreport.search(q, {limit: 0})).then((r) => ({total: r.total}))",
    "shown": f"(q) => within(window.govreport.search(q, {{limit: {SHOWN}}})).then((r) => ({{total: r.total, hits: r.hits.map("
    "(h) => ({url: new URL(h.url, location).href, passage: h.passage, text: h.text, marks: h.marks}))}))",
    "all": "([q, limit]) => within(window.govreport.search(q, {limit})).then((r) => ({total: r.total, hits: r.hits.map("
    "(h) => new URL(h.url, location).href)}))",
}

_PAGEFIND = {
    "start": "async () => { window.pf = await import('/pagefind/pagefind.js'); await pf.init(); }",
    "hits": "async (q) => { window.found = await within(pf.search(q)); return {total: found.results.length, ids: found.results.map((r) => r.id)}; }",
    "shown": f"async (q) => {{ const all = await within(Promise.all(found.results.slice(0, {SHOWN}).map((r) => r.data())));"
    " return {total: found.results.length, hits: all.map((d) => ({url: d.url, excerpt: d.excerpt, subs: d.sub_results.map((s) => s.url)}))}; }",
    "all": "async ([q, _]) => { const f = await within(pf.search(q)); await within(Promise.all("
    f"f.results.slice(0, {SHOWN}).map((r) => r.data()))); return {{total: f.results.length}}; }}",
}


@dataclass(slots=True)
class Renderers:
    """CPU and memory of Chromium's renderer processes, from /proc."""

    session: CDPSession

    def pids(self) -> list[int]:
        told = self.session.send("SystemInfo.getProcessInfo")["processInfo"]
        return [int(process["id"]) for process in told if process["type"] == "renderer"]

    def cpu(self) -> dict[int, float]:
        """Milliseconds so far, by process."""
        return {pid: _cpu(pid) for pid in self.pids()}

    def memory(self) -> int:
        """Resident bytes of the largest."""
        return max((_resident(pid) for pid in self.pids()), default=0)


def _cpu(pid: int) -> float:
    total = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(path.read_text().split()[0])
        except OSError:
            continue  # a thread that has just ended
    return total / 1e6


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found.group(1)) * 1024 if found else 0


def _spent(before: dict[int, float], after: dict[int, float]) -> float:
    # A process that has come since is one Chromium keeps ready for a next page.
    return sum(after[pid] - spent for pid, spent in before.items() if pid in after)


def _main_thread(session: CDPSession) -> tuple[float, int]:
    """Milliseconds of tasks so far; bytes of the heap."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"] * 1000, int(metrics["JSHeapUsedSize"])


def rounds(spans: list[tuple[float, float]]) -> int:
    """The longest chain of requests of which each was asked for after the one before was over."""
    depths: list[tuple[float, int]] = []
    for start, end in sorted(spans):
        depths.append((end, 1 + max((depth for ended, depth in depths if ended <= start), default=0)))
    return max((depth for _, depth in depths), default=0)


def _resources(page: Page) -> list[tuple[float, float]]:
    entries = page.evaluate(_RESOURCES)
    for worker in page.workers:
        entries += worker.evaluate(_RESOURCES)
    return sorted((start, end) for start, end in entries)


@dataclass(slots=True)
class Bench:
    """One engine, open in a browser. Of a question with more answers than `most_hits` the count is compared, and the first ones."""

    engine: Engine
    browser: Browser
    renderers: Renderers
    host: Host
    site: Path
    page: str
    fragments: dict[str, str]
    most_hits: int

    def ask(self, question: Question, right: set[Passage]) -> Asked:
        """One question in a fresh context. Raises what the page raises."""
        steps = _OURS if self.engine == "ours" else _PAGEFIND
        context = self.browser.new_context()
        try:
            page = context.new_page()
            page.add_init_script(_WITHIN)
            session = context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            mark = len(self.host.log)
            page.goto(f"{self.host.address}/{self.page}", wait_until="load")
            page.evaluate(steps["start"])
            before = self.host.sent_since(mark)
            self._settle()
            at = [len(_resources(page))]

            mark = len(self.host.log)
            hits, cpu_hits, main_hits = self._timed(page, session, steps["hits"], question.text)
            sent_hits = self.host.sent_since(mark)
            at.append(len(_resources(page)))

            mark = len(self.host.log)
            shown, cpu_shown, main_shown = self._timed(page, session, steps["shown"], question.text)
            sent_shown = self.host.sent_since(mark)
            spans = _resources(page)

            everything, warm, _ = self._timed(page, session, steps["all"], [question.text, SHOWN])
            heap = _main_thread(session)[1]
            memory = self.renderers.memory()
            # After everything is measured: all answers, as far as they are compared.
            if self.engine == "ours":
                everything = page.evaluate(steps["all"], [question.text, self.most_hits])
            before = [one for one in before if not one.path.endswith((".html", ".css", ".svg", "/", ".ico"))]
            code = [one for one in before if self._standing(one) == "code"]
            directory = [one for one in before if self._standing(one) != "code"]
            # What is the same for every question belongs to the start, whenever it is asked for.
            late = [(one, self._standing(one)) for one in sent_hits]
            code += [one for one, standing in late if standing == "code"]
            directory += [one for one, standing in late if standing == "directory"]
            sent_hits = [one for one, standing in late if standing == "index"]
            groups: Counter[str] = Counter()
            for one in (*sent_hits, *sent_shown):
                groups[one.group] += one.size
            size_hits = sum(one.size for one in sent_hits)
            found, exact = self._judge(question, right, hits, everything)
            marks, links = self._shown(question, right, shown["hits"])
            return Asked(
                question=question,
                code=sum(one.size for one in code),
                directory=sum(one.size for one in directory),
                hits=size_hits,
                shown=size_hits + sum(one.size for one in sent_shown),
                rounds=(rounds(spans[at[0] : at[1]]), rounds(spans[at[1] :])),
                groups=dict(groups),
                cpu=cpu_hits + cpu_shown,
                main=main_hits + main_shown,
                warm=warm,
                memory=memory,
                heap=heap,
                found=found,
                exact=exact,
                marks=marks,
                links=links,
            )
        finally:
            context.close()

    def _settle(self) -> None:
        """Waits until the page has painted and rests, two seconds at most: none of that is the question's."""
        for _ in range(20):
            before = self.renderers.cpu()
            time.sleep(0.1)
            if _spent(before, self.renderers.cpu()) < 3:
                break

    def _timed(self, page: Page, session: CDPSession, step: str, given: object) -> tuple[Any, float, float]:
        """What a step gives, with the milliseconds of all renderers and of the page's thread meanwhile."""
        cpu, main = self.renderers.cpu(), _main_thread(session)[0]
        result = page.evaluate(step, given)
        return result, _spent(cpu, self.renderers.cpu()), _main_thread(session)[0] - main

    def _standing(self, sent: Sent) -> Literal["code", "directory", "index"]:
        if self.engine == "ours":
            if not sent.path.startswith("/search/"):
                return "code"
            return "directory" if sent.path == "/search/root.js" else "index"
        if sent.path.endswith((".js", ".pagefind")):
            return "code"
        return "directory" if sent.path.endswith((".pf_meta", "pagefind-entry.json")) else "index"

    def _judge(
        self, question: Question, right: set[Passage], hits: dict[str, Any], everything: dict[str, Any]
    ) -> tuple[tuple[int, int, int], bool]:
        """Right answers found, answers given, right answers there are; whether it is all and only them."""
        if self.engine == "pagefind":
            pages = {self.fragments[name] for name in hits["ids"]}
            right_pages = {address for address, _ in right}
            return (len(pages & right_pages), len(pages), len(right_pages)), pages == right_pages
        total = everything["total"]
        given = [self._passage(url) for url in everything["hits"]]
        true = len(set(given) & right)
        whole = len(given) == total
        exact = (
            hits["total"] == total == len(right)
            and len(set(given)) == len(given)
            and true == len(given)
            and len(given) == min(total, self.most_hits)
        )
        if not whole:  # what was not looked at is taken to be as right as what was
            true = min(len(right), round(total * true / max(1, len(given))))
        return (true, total, len(right)), exact

    def _passage(self, url: str) -> Passage:
        parts = urlsplit(url)
        return unquote(parts.path).removesuffix("index.html").strip("/"), unquote(parts.fragment)

    def _shown(self, question: Question, right: set[Passage], hits: list[dict[str, Any]]) -> tuple[float, float]:
        """Of the shown ones, the share whose marks are exactly the question, and whose link leads where it stands."""
        if not hits:
            return 1.0, 1.0
        marked = linked = 0
        for hit in hits:
            if self.engine == "ours":
                text = hit["text"].encode("utf-16-le", "surrogatepass")
                marks = [text[2 * m[0] : 2 * m[1]].decode("utf-16-le", "surrogatepass") for m in hit["marks"]]
                expected = len(list(places(question.folded, normalise(hit["text"]))))
                marked += len(marks) == expected and all(normalise(mark) == question.folded for mark in marks)
                address, anchor = passage = self._passage(hit["url"])
                page = self.site / address / "index.html"
                stands = not anchor or (page.is_file() and f'id="{anchor}"' in page.read_text("utf-8"))
                linked += passage in right and anchor == hit["passage"] and stands
            else:
                excerpt = re.sub(r"</mark>(\s*)<mark>", r"\1", hit["excerpt"])
                marks = re.findall(r"<mark>(.*?)</mark>", excerpt)
                marked += bool(marks) and all(normalise(mark) == question.folded for mark in marks)
                here = self._sections(self._passage(hit["url"])[0], right)
                linked += any(self._passage(url) in here for url in hit["subs"])
        return marked / len(hits), linked / len(hits)

    def _sections(self, address: str, right: set[Passage]) -> set[Passage]:
        """Of the passages on one of Pagefind's pages, the headings above them."""
        found: set[Passage] = set()
        heading = ""
        for tag, name in re.findall(r'<(h2|p) id="([^"]*)"', (self.site / address / "index.html").read_text("utf-8")):
            heading = name if tag == "h2" else heading
            if (address, name) in right:
                found.add((address, heading))
        return found


@contextmanager
def opened(engine: Engine, folder: Path, page: str, most_hits: int) -> Iterator[Bench]:
    """A browser of its own on a host of its own."""
    found = machine.find_chromium()
    if found is None:
        raise Failed(machine.how_to_get_chromium)
    with hosted(folder) as host, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        try:
            renderers = Renderers(browser.new_browser_cdp_session())
            yield Bench(engine, browser, renderers, host, folder, page, _fragments(folder), most_hits)
        finally:
            browser.close()


def _fragments(folder: Path) -> dict[str, str]:
    """Pagefind's name of a page → its address."""
    names = {}
    for path in (folder / "pagefind" / "fragment").glob("*.pf_fragment"):
        data = gzip.decompress(path.read_bytes())
        told = json.loads(data[data.index(b"{") :])
        names[path.stem] = told["url"].removesuffix("index.html").strip("/")
    return names


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked and what is right, in the same order; for how long at most; `most_hits` as in `Bench`."""

    questions: list[Question]
    truths: list[set[Passage]]
    minutes: float
    most_hits: int


def ask_all(measured: Measured, bench: Bench, asking: Asking) -> None:
    """Asks every question, as long as there is time."""
    questions = asking.questions
    end = time.monotonic() + asking.minutes * 60
    for number, (question, right) in enumerate(zip(questions, asking.truths, strict=True), 1):
        if time.monotonic() > end:
            measured.failed.append(f"{len(questions) - number + 1} not asked: {asking.minutes:g} minutes were over")
            break
        try:
            measured.asked.append(bench.ask(question, right))
        except Exception as error:  # whatever a page does is a finding, and the next question is asked
            measured.failed.append(f"{question.text}: {str(error).splitlines()[0]}")
        if number % 50 == 0:
            say(f"{measured.name}: {number} of {len(questions)} asked")


# --- One corpus -----------------------------------------------------------------------------


def measure(
    corpus: Path, extra: tuple[str, str], count: int, engines: list[Engine], minutes: float, most_hits: int
) -> tuple[list[Measured], list[Text]]:
    """Builds beside the corpus, asks, adds one report, for each engine."""
    say("reading the corpus for the truth")
    texts = read_texts(corpus)
    questions = draw(texts, count, SEED)
    random.Random(SEED).shuffle(questions)
    asking = Asking(questions, [truth(question, texts) for question in questions], minutes, most_hits)
    results = []
    for engine in engines:
        try:
            if engine == "ours":
                results.append(_ours(corpus, extra, asking))
            else:
                results.append(_pagefind(corpus, extra, texts, asking))
        except Failed as failure:
            say(f"{engine} is left out: {failure}")
    return results, texts


def _ours(corpus: Path, extra: tuple[str, str], asking: Asking) -> Measured:
    scratch = corpus.parent
    site = scratch / "site"
    say("building ours")
    built = build_ours(corpus, site, scratch)
    measured = Measured("ours", built, *weight(site / "search"))
    before = tree_of(site)
    with opened("ours", site, "search/index.html", asking.most_hits) as bench:
        ask_all(measured, bench, asking)
    say("adding one report to ours")
    write_corpus(corpus, [extra])
    measured.added = build_ours(corpus, site, scratch)
    (corpus / extra[0]).unlink()
    after = tree_of(site)
    measured.added_index, measured.added_site = change(before, after, "search/"), change(before, after)
    return measured


def _pagefind(corpus: Path, extra: tuple[str, str], texts: list[Text], asking: Asking) -> Measured:
    scratch = corpus.parent
    say("fetching Pagefind")
    programs = fetched(["pagefind[extended]"], scratch.parent)
    site = scratch / "pages"
    write_pages(texts, site)
    command: list[str | Path] = [programs / "python", "-m", "pagefind", "--site", site]
    say("building Pagefind's index")
    built = run(command, cwd=scratch)
    measured = Measured("Pagefind", built, *weight(site / "pagefind"))
    before = tree_of(site)
    with opened("pagefind", site, "index.html", asking.most_hits) as bench:
        ask_all(measured, bench, asking)
    say("adding one report to Pagefind")
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        write_corpus(Path(folder), [extra])
        write_pages(read_texts(Path(folder)), site)
    # Left as it is, the folder would keep the old index beside the new one.
    for path in sorted((site / "pagefind").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    measured.added = run(command, cwd=scratch)
    after = tree_of(site)
    measured.added_index, measured.added_site = change(before, after, "pagefind/"), change(before, after)
    return measured


# --- The table ------------------------------------------------------------------------------


def _pair(values: list[float], form: Callable[[float], str]) -> str:
    return f"{form(quantile(values, 0.5))} / {form(quantile(values, 0.95))}"


def _number(value: float) -> str:
    return f"{value:,.1f}"


def rows(measured: Measured) -> dict[str, str]:
    """What the table says of one engine."""
    asked = measured.asked
    real = [a for a in asked if a.question.kind != "nothing"]
    none = [a for a in asked if a.question.kind == "nothing"]
    found, given, there = (sum(a.found[at] for a in real) for at in range(3))
    recall = [a.found[0] / a.found[2] for a in real]
    precision = [a.found[0] / a.found[1] for a in real if a.found[1]]
    groups: Counter[str] = Counter()
    for a in asked:
        groups.update(a.groups)
    shown = [a for a in real if a.found[1]]
    figures = {
        "build, CPU s": f"{measured.built.cpu:.1f}",
        "build, peak MiB of the largest process": f"{measured.built.peak / MEBIBYTE:.0f}",
        "index, MiB gzipped / files": f"{measured.index_gz / MEBIBYTE:.2f} / {measured.index_files:,}",
        "before the first query: code + directory": f"{kilo(_median([a.code for a in asked]))} + {kilo(_median([a.directory for a in asked]))}",
        "hits and count, bytes, median / p95": _pair([a.hits for a in asked], kilo),
        "with ten shown, bytes, median / p95": _pair([a.shown for a in asked], kilo),
        "of them by path, mean a query": ", ".join(
            f"`{group}` {kilo(size / max(1, len(asked)))}" for group, size in groups.most_common(8)
        ),
        "rounds: hits, then ten shown, median / p95": _pair([a.rounds[0] for a in asked], _number)
        + ", "
        + _pair([a.rounds[1] for a in asked], _number),
        "CPU ms a query, fresh page, ten shown, median / p95": _pair([a.cpu for a in asked], _number),
        "… of it tasks of the page's own thread": _pair([a.main for a in asked], _number),
        "CPU ms, the same query again": _pair([a.warm for a in asked], _number),
        "renderer MiB, median / largest": f"{_median([a.memory for a in asked]) / MEBIBYTE:.0f} / {max([a.memory for a in asked], default=0) / MEBIBYTE:.0f}",
        "… JavaScript heap MiB": f"{_median([a.heap for a in asked]) / MEBIBYTE:.1f} / {max([a.heap for a in asked], default=0) / MEBIBYTE:.1f}",
        "recall / precision, mean over queries": f"{_mean(recall):.3f} / {_mean(precision):.3f}",
        "… over all answers": f"{found / max(1, there):.3f} / {found / max(1, given):.3f}",
        "exactly right": f"{sum(a.exact for a in asked)} of {len(asked)}",
        "false alarms": f"{sum(a.found[1] > 0 for a in none)} of {len(none)}",
        "marks exactly the query": f"{_mean([a.marks for a in shown]):.3f}",
        "link leads to where it stands": f"{_mean([a.links for a in shown]):.3f}",
    }
    if measured.added and measured.added_index and measured.added_site:
        index, site = measured.added_index, measured.added_site
        figures |= {
            "add one report, CPU s": f"{measured.added.cpu:.2f}",
            "… index: files changed / gone, bytes": f"{index.files} / {index.gone}, {kilo(index.size)}",
            "… whole site: files changed / gone, bytes": f"{site.files} / {site.gone}, {kilo(site.size)}",
        }
    by_kind = Counter(a.question.kind for a in asked)
    right = Counter(a.question.kind for a in asked if a.exact)
    figures["exactly right by class"] = ", ".join(f"{kind} {right[kind]}/{by_kind[kind]}" for kind in by_kind)
    figures["failed"] = "; ".join(measured.failed[:5]) + (
        f" and {len(measured.failed) - 5} more" if len(measured.failed) > 5 else ""
    )
    return figures


def _median(values: list[int]) -> float:
    return quantile(values, 0.5)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def report(label: str, results: list[Measured], texts: list[Text]) -> str:
    """One corpus as Markdown."""
    characters = sum(len(line.text) for text in texts for line in text.lines)
    every = [rows(measured) for measured in results]
    names = list(dict.fromkeys(name for figures in every for name in figures))
    body = [[name, *(figures.get(name, "") for figures in every)] for name in names]
    asked = max((len(m.asked) for m in results), default=0)
    head = f"## {label}: {len(texts):,} reports, {characters:,} characters, {asked} queries\n\n"
    return head + table(["", *(measured.name for measured in results)], body) + "\n"


# --- The command ----------------------------------------------------------------------------


def corpora(sizes: list[int], folder: Path | None, scratch: Path) -> Iterator[tuple[str, Path, tuple[str, str]]]:
    """Label, folder, and one report more for each corpus asked for; a copy, so that adding changes nothing of anybody's."""
    if folder is not None:
        corpus = scratch / "texts" / "corpus"
        files = sorted(folder.glob("*.txt"))
        named = [(f"{number:03}-{path.stem}.md", path.read_text("utf-8")) for number, path in enumerate(files)]
        write_corpus(corpus, named)
        yield f"texts of {folder.name}", corpus, next(made_reports(1, SEED))
    for size in sizes:
        corpus = scratch / str(size) / "corpus"
        reports = made_reports(size + 1, SEED)
        say(f"making {size:,} reports")
        write_corpus(corpus, islice(reports, size))
        yield f"{size:,} made reports", corpus, next(reports)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures search, ours and Pagefind's.")
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--only", choices=["ours", "pagefind"])
    parser.add_argument("--scratch", type=Path, help="kept; else a temporary folder, removed")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--minutes", type=float, default=30, help="in a browser, for each engine and size, at most")
    parser.add_argument("--most-hits", type=int, default=2000, help="of a question, so many answers are compared")
    given = parser.parse_args()
    engines: list[Engine] = [given.only] if given.only else ["ours", "pagefind"]
    sizes = [int(size) for size in given.sizes.split(",") if size]
    with tempfile.TemporaryDirectory() as folder:
        scratch = (given.scratch or Path(folder)).resolve()
        scratch.mkdir(parents=True, exist_ok=True)
        said = []
        for label, corpus, extra in corpora(sizes, given.texts, scratch):
            results, texts = measure(corpus, extra, given.queries, engines, given.minutes, given.most_hits)
            said.append(report(label, results, texts))
            print(said[-1], flush=True)
            if given.output:
                given.output.write_text("\n".join(said), "utf-8")


if __name__ == "__main__":
    main()
