"""Whatever happens between two builds, the site is the one a clean build makes; and no more is made than that needs."""

from __future__ import annotations

import atexit
import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport_site import addresses, gathering, looking, making, program, rebuilding, site
from govreport_site.insight.sketches import Candidates, Sketch, renewed
from govreport_site.looking import Built, look_at
from govreport_site.pages.render import render
from govreport_site.pages.sheets import Sheet
from govreport_site.problems import GovreportError
from govreport_site.site import build, cache_folder

ISSUERS = ("许昌市司法局", "许昌市教育局", "郑州市司法局", "广州市越秀区人民政府")
LONG = "全年开展行政执法检查，规范行政处罚裁量，落实行政执法三项制度，办理行政复议案件，组织普法宣传活动多场次。"


def text(number: int, paragraph: str = "甲。", year: int | None = None) -> str:
    """A report; of `number` depend issuer and year."""
    issuer, year = ISSUERS[number % len(ISSUERS)], year or 2023 + number // len(ISSUERS)
    return (
        f"{issuer}关于{year}年法治政府建设情况的报告\n一、主要举措和成效\n（一）加强领导。{LONG}{number}\n{paragraph}\n"
        f"二、存在的问题\n乙{number}。\n三、下一步打算\n丙。\n"
    )


class Place:
    """A project in a folder of its own: corpus/, own templates, two sites."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus, self.templates, self.site = folder / "corpus", folder / "templates", folder / "site"
        self.corpus.mkdir()
        self.templates.mkdir()
        self.base: str | None = None
        _take_compiled(_compiled(), self.site)

    def build(self, output: Path | None = None, **options: bool | str | int) -> Built:
        arguments = {"base": self.base, "templates": (self.templates,), "jobs": 1, **options}
        return build(self.corpus, output or self.site, **arguments)  # type: ignore[arg-type]

    def write(self, name: str, words: str) -> None:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, "utf-8")

    def own(self, name: str, words: str) -> None:
        """A template that says something more wherever it begins to show something."""
        text = (looking.template_folder() / name).read_text("utf-8")
        for start in ("{% block main %}", "<footer ", '<nav class="rail"'):
            text = text.replace(
                start, f"{start}<!-- {words} -->" if start.endswith("}") else f"<!-- {words} -->{start}"
            )
        (self.templates / name).parent.mkdir(exist_ok=True)
        (self.templates / name).write_text(text, "utf-8")

    def reports(self) -> list[Path]:
        return sorted(self.corpus.rglob("*.md"))

    def clean(self) -> dict[str, bytes]:
        """What a build without any cache makes."""
        output = self.folder / "clean"
        shutil.rmtree(output, ignore_errors=True)
        shutil.rmtree(cache_folder(output), ignore_errors=True)
        _take_compiled(cache_folder(self.site), output)
        self.build(output)
        return files(output)


@cache
def _compiled() -> Path:
    """A folder with the compiled templates of the program: compiling takes half of a small clean build."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "corpus").mkdir()
    (folder / "corpus" / "0.md").write_text(text(0), "utf-8")
    build(folder / "corpus", folder / "site", jobs=1)
    return cache_folder(folder / "site")


def _take_compiled(cache_from: Path, site: Path) -> None:
    """Gives the next build of a site compiled templates, and nothing else, from another cache."""
    cache_folder(site).mkdir(parents=True)
    for compiled in cache_from.glob("compiled*"):
        shutil.copy2(compiled, cache_folder(site))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def outside_index(found: dict[str, bytes]) -> dict[str, bytes]:
    """All but the index, which may stand in segments."""
    return {name: data for name, data in found.items() if not (name.startswith("search/") and name.endswith(".js"))}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path)
    for number in range(4):
        found.write(f"{number}.md", text(number))
    return found


@pytest.fixture(autouse=True)
def _nothing_is_too_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    # A file written just before a look is read again at the next one, to be sure: here that would hide what is tested.
    monkeypatch.setattr("govreport_site.manifest._CLOCK_NS", -(10**12))
    # Compiled templates may be copied here, which saves each clean build half its time.
    monkeypatch.setattr(making, "_as_left", lambda path: (1,))


# --- What is made again -------------------------------------------------------------------


def test_nothing_changed_touches_nothing(place: Place) -> None:
    place.build()
    before = {path: path.stat() for path in place.site.rglob("*")}
    identity = place.site.stat().st_ino
    built = place.build()
    assert (built.written.changed, built.why) == (0, ())
    assert place.site.stat().st_ino == identity
    assert {path: path.stat().st_mtime_ns for path in place.site.rglob("*")} == {
        path: status.st_mtime_ns for path, status in before.items()
    }


def test_without_changes_no_library_is_loaded(place: Place) -> None:
    place.build()
    code = (
        "import sys; from pathlib import Path; from govreport_site.site import build;"
        f"build(Path({str(place.corpus)!r}), Path({str(place.site)!r}), templates=(Path({str(place.templates)!r}),));"
        "print(sorted({'jinja2', 'yaml', 'jieba', 'rjieba', 'numpy', 'markdown_it', 'rich', 'asyncio'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def made_again(place: Place, monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> set[str]:
    """The pages that a change makes a build render."""
    place.build()
    change()
    rendered: set[str] = set()

    def noting(press: object, sheet: Sheet, *rest: object) -> bytes:
        rendered.add(sheet.page)
        return render(press, sheet, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as noted:
        noted.setattr(making, "render", noting)
        place.build()
    assert outside_index(files(place.site)) == outside_index(place.clean())
    return rendered


def test_wording_is_looked_for_once_in_what_changed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed report that shares no wording is asked by one build, and noted: not again by each build after it."""
    long = "我局逐案列明发现的问题、整改的时限和责任的人员，每季度向分管领导报告一次办理进度，对逾期没有整改的单位发出督办函。"
    asked: list[set[str]] = []

    def noting(sketches: Mapping[str, Sketch], before: Mapping[str, Sketch | None]) -> Candidates:
        asked.append(set(before))
        return renewed(sketches, before)

    monkeypatch.setattr(gathering, "renewed", noting)
    place.build()
    place.write("0.md", text(0, long))
    place.build()
    place.write("1.md", text(1, "丁。" + long[::-1]))
    place.build()
    assert asked == [{"0.md"}, {"1.md"}]


def test_an_edited_paragraph_leaves_other_reports_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered = made_again(place, monkeypatch, lambda: place.write("0.md", text(0, "丁。")))
    assert {page for page in rendered if "/2023-" in page} == {"henan/xuchang/2023-sifaju/index.html"}
    assert "henan/xuchang/jiaoyuju/index.html" not in rendered


def test_a_new_report_is_seen_by_its_neighbours_only(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered = made_again(place, monkeypatch, lambda: place.write("4.md", text(4)))
    assert {page.rpartition("/")[0] for page in rendered if page.startswith(("henan", "guangdong"))} == {
        "henan", "henan/xuchang", "henan/xuchang/sifaju", "henan/xuchang/2024-sifaju", "henan/xuchang/2023-sifaju",
    }  # fmt: skip
    assert not any(page.startswith("sections/") and "/2023/" in page for page in rendered)


def test_a_template_makes_its_own_pages_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def edit() -> None:
        place.own("pages/about.html", "自家的话")

    assert made_again(place, monkeypatch, edit) == {"about/index.html"}
    assert "自家的话" in (place.site / "about/index.html").read_text("utf-8")


def test_a_macro_makes_every_page_again_that_uses_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def edit() -> None:
        place.own("macros/report.html", "自家的话")

    rendered = made_again(place, monkeypatch, edit)
    reports = {page for page in rendered if "/2023-" in page}
    assert len(reports) == 4
    assert rendered - reports <= {addresses.SPECIMEN}, "which shows every macro"


def test_another_insight_makes_every_page_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Years and passages are compared while pages are made: what does it is one of their inputs."""
    real = program.part_digest

    def edit() -> None:
        monkeypatch.setattr(rebuilding, "part_digest", lambda of, wing: b"" if wing == "insight" else real(of, wing))
        place.write("4.md", text(4))

    rendered = made_again(place, monkeypatch, edit)
    assert {"about/index.html", "henan/xuchang/jiaoyuju/index.html"} <= rendered


def test_an_original_that_changed_is_noticed(place: Place) -> None:
    (place.corpus / "sources").mkdir()
    original = place.corpus / "sources" / "a.html"
    original.write_text("原件", "utf-8")
    place.write("0.md", f'---\nsource_file: sources/a.html\nsource_sha256: "{"0" * 64}"\n---\n{text(0)}')

    def said() -> list[str]:
        return [problem.found for problem in place.build().problems if problem.code == "metadata/source-changed"]

    (first,) = said()
    assert said() == [first]
    original.write_text("别的", "utf-8")
    (second,) = said()
    assert second != first
    original.unlink()
    assert said() == ["sources/a.html 打不开"]


def test_problems_are_told_again_when_nothing_changed(place: Place) -> None:
    place.write("copy.md", text(0))
    first = place.build().problems
    assert {problem.code for problem in first} >= {"corpus/same-address", "corpus/duplicate"}
    assert place.build().problems == first


def test_a_page_is_explained(place: Place) -> None:
    place.build()
    page = "henan/xuchang/2023-sifaju/index.html"
    said = "\n".join(place.build(explain=page).explained)
    assert "没有重做" in said
    assert "0.md" in said
    assert "模板 pages/report.html" in said
    place.write("0.md", text(0, "丁。"))
    assert "报告正文" in "\n".join(place.build(explain="henan/xuchang/2023-sifaju").explained).splitlines()[-2]
    assert "没有" in place.build(explain="henan/nowhere").explained[0]


def test_processes_make_the_same_site(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_WORTH_A_POOL", 1)
    place.build(jobs=2)
    assert outside_index(files(place.site)) == outside_index(place.clean())


# --- Whatever happens ---------------------------------------------------------------------

happenings = st.sampled_from(
    [
        "add", "add", "paragraph", "paragraph", "year", "rename", "remove", "copy", "template", "no template", "settings", "broken settings",
        "base", "program", "no cache", "damage", "damage", "twin file lost", "site file lost", "site file edited", "no site",
        "killed", "original",
    ]
)  # fmt: skip


class Killed(BaseException):
    """Stands for a signal: nothing may catch it."""


@settings(max_examples=12)
@given(st.lists(st.tuples(happenings, st.integers(0, 10**6)), min_size=2, max_size=6))
def test_a_build_after_anything_is_a_clean_build(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        place = Place(Path(folder))
        for number in range(3):
            place.write(f"{number}.md", text(number))
        place.build()
        for what, lot in steps:
            happen(place, what, lot, patch)
            place.build()
        assert outside_index(files(place.site)) == outside_index(place.clean()), steps
        place.build(merge=True)
        place.build(place.folder / "clean", merge=True)
        assert files(place.site) == files(place.folder / "clean")


def happen(place: Place, what: str, lot: int, patch: pytest.MonkeyPatch) -> None:
    """One thing that may happen between two builds."""
    dice = random.Random(lot)
    reports, cache = place.reports(), cache_folder(place.site)
    some = dice.choice(reports) if reports else None
    if what == "add":
        place.write(f"{dice.choice(('', 'a/', 'b/c/'))}{lot % 12}.md", text(lot % 12))
    elif what == "paragraph" and some:
        some.write_text(some.read_text("utf-8").replace("乙", f"乙{LONG}{lot % 5}"), "utf-8")
    elif what == "year" and some:
        some.write_text(some.read_text("utf-8").replace("2023", "2021"), "utf-8")
    elif what == "rename" and some:
        some.rename(some.with_name(f"x{lot % 7}.md"))
    elif what == "remove" and some:
        some.unlink()
    elif what == "copy" and some:
        shutil.copy2(some, some.with_name(f"y{lot % 3}.md"))
    elif what == "template":
        name = dice.choice(("pages/report.html", "macros/frame.html", "pages/home.html"))
        place.own(name, str(lot % 3))
    elif what == "no template":
        shutil.rmtree(place.templates)
        place.templates.mkdir()
    elif what == "settings":
        place.write("corpus.yaml", f"title: 第{lot % 3}站\n")
    elif what == "broken settings":
        place.write("corpus.yaml", "title: [\n")
    elif what == "base":
        place.base = dice.choice((None, "https://example.org/a/"))
    elif what == "program":
        for room in (looking, program):
            patch.setattr(room, "libraries", lambda: f"jinja2-{lot % 3}")
    elif what == "no cache":
        shutil.rmtree(cache)
    elif what == "damage":
        damaged = dice.choice(
            sorted(p for p in cache.rglob("*") if p.is_file() and p.parent.name not in ("tree", "search"))
        )
        data = damaged.read_bytes()
        damaged.unlink()
        at = dice.randrange(len(data)) if data else 0
        damaged.write_bytes(data[:at] + dice.choice((b"", b"\0" + data[at + 1 :])))
    elif what == "twin file lost":
        dice.choice(sorted(p for p in (cache / "tree").rglob("*") if p.is_file())).unlink()
    elif what == "site file lost":
        dice.choice(sorted(p for p in place.site.rglob("*.html"))).unlink()
    elif what == "site file edited":
        dice.choice(sorted(place.site.rglob("*.html"))).write_bytes(b"mine")
    elif what == "no site":
        shutil.rmtree(place.site)
    elif what == "original":
        (place.corpus / "sources").mkdir(exist_ok=True)
        (place.corpus / "sources" / "a.txt").write_text(str(lot), "utf-8")
        place.write("z.md", f"---\nsource_file: sources/a.txt\nsource_sha256: {lot:064}\n---\n{text(5)}")
    elif what == "killed":
        before = files(place.site)
        place.write("k.md", text(7, f"{lot}。"))
        left = [lot % 40]

        def kill(*_: object) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        with pytest.MonkeyPatch.context() as killing:
            for room, name in (
                (making, "put"),
                (rebuilding, "link"),
                (rebuilding, "switch_in"),
                (rebuilding, "save_state"),
            ):
                killing.setattr(room, name, _then(kill, getattr(room, name)))
            with suppress(Killed):
                place.build()
        now = outside_index(files(place.site))
        assert now == outside_index(before) or now == outside_index(place.clean())


def _then(first: Callable[[], None], then: Callable[..., object]) -> Callable[..., object]:
    def both(*arguments: object) -> object:
        first()
        return then(*arguments)

    return both


# --- When it cannot be written ------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有写的权限"), (errno.EIO, "检查磁盘")]
)
def test_a_disk_that_fails_loses_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    place.build()
    before = files(place.site)
    place.write("4.md", text(4))

    def fail(tree: Path, name: str, data: bytes) -> None:
        raise OSError(number, os.strerror(number), str(tree / name))

    with pytest.MonkeyPatch.context() as failing:
        failing.setattr(making, "put", fail)
        with pytest.raises(GovreportError) as said:
            place.build()
    assert words in str(said.value)
    assert "原来的网站没有改动" in str(said.value)
    assert files(place.site) == before
    place.build()
    assert outside_index(files(place.site)) == outside_index(place.clean())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nobody forbids root to write")
def test_a_folder_that_must_not_be_written_is_named(place: Place) -> None:
    place.folder.chmod(0o555)
    try:
        with pytest.raises(GovreportError, match="没有写的权限"):
            place.build()
    finally:
        place.folder.chmod(0o755)


def test_where_there_are_no_hard_links_a_site_is_made_all_the_same(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    place.build()
    place.write("0.md", text(0, "丁。"))
    place.build()
    assert outside_index(files(place.site)) == outside_index(place.clean())
    assert place.build().written.changed == 0


# --- Two at once, and killed --------------------------------------------------------------


def test_a_second_build_waits_and_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go_on, waited = threading.Event(), threading.Event(), threading.Event()

    def slow(*arguments: object) -> object:
        inside.set()
        assert go_on.wait(20)
        return look_at(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(site, "look_at", slow)
    first = threading.Thread(target=place.build)
    first.start()
    assert inside.wait(20)

    def told() -> None:
        waited.set()
        go_on.set()

    build(place.corpus, place.site, templates=(place.templates,), jobs=1, waiting=told)
    first.join()
    assert waited.is_set()
    assert outside_index(files(place.site)) == outside_index(place.clean())


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Place]:
    found = Place(tmp_path)
    for number in range(12):
        found.write(f"{number}.md", text(number))
    yield found


def test_a_build_that_is_killed_leaves_the_old_site_whole(many: Place) -> None:
    from tests.bench.kill import kill_sometimes

    kill_sometimes(many.corpus, many.site, times=6, seed=3)
