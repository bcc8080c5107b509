"""`serve`: what it answers, to whom, what it overlooks, and one whole run from start to Ctrl-C."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govreport_site import serve as serving
from govreport_site.cli import main
from govreport_site.loopback import OWN, Channel, Elsewhere, Server, at_root, find, inject, is_own_host, open_server
from govreport_site.problems import GovreportError, Problem
from govreport_site.serve import explain, is_noise, shown_problems
from govreport_site.switch import MARK

PATIENCE_SECONDS = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("index.html", "404.html", "henan/index.html", "search/root.js", "空 格.txt"):
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<html><head><title>{name}</title></head><body>页</body></html>", "utf-8")
    (site / MARK).touch()
    (site / "empty").mkdir()
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    return site


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/henan/", "henan/index.html"),
        ("/search/root.js", "search/root.js"),
        ("/%E7%A9%BA%20%E6%A0%BC.txt", "空 格.txt"),
    ],
)
def test_an_address_means_a_file(folder: Path, address: str, file: str) -> None:
    assert find(folder, address) == folder / file


@pytest.mark.parametrize(
    "address",
    [
        "", "*", "index.html", "http://127.0.0.1/", "//", "//henan/", "/henan//", "/none", "/empty", "/empty/", "/search/",
        "/index.html/", "/../secret.txt", "/henan/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/henan/..%5c..%5csecret.txt", "/./index.html", f"/{MARK}", "/index.html%00", "/C:/index.html", "/%ff", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_an_address_means_nothing(folder: Path, address: str) -> None:
    assert find(folder, address) is None


def test_a_folder_without_its_slash_is_elsewhere(folder: Path) -> None:
    assert find(folder, "/henan") == Elsewhere("/henan/")


def test_a_link_does_not_lead_out(folder: Path) -> None:
    try:
        (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert find(folder, "/out.txt") is None


def test_a_page_gets_one_script_before_its_head_ends() -> None:
    page = inject(b"<head><title>t</title></head><body></head></body>", "a-1")
    script = b'<script src="/__govreport__/serve.js" data-build="a-1" defer></script>\n'
    assert page == b"<head><title>t</title>" + script + b"</head><body></head></body>"
    assert inject(b"torn", "a-1") == b"torn" + script


def test_the_404_page_counts_from_the_root() -> None:
    page = b"<meta content=\"base-uri 'none'\"><title>t</title>"
    assert at_root(page) == b'<meta content="base-uri \'self\'"><base href="/">\n<title>t</title>'
    page = b'<meta content="base-uri \'self\'"><base href="https://example.org/a/"><title>t</title>'
    assert at_root(page) == b'<meta content="base-uri \'self\'"><base href="/">\n<title>t</title>'


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"])
def test_this_machine_has_these_names(host: str) -> None:
    assert is_own_host(host, 8000)


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "127.0.0.1",
        "localhost",
        "localhost:8001",
        "example.org:8000",
        "localhost.example.org:8000",
        "[::1]",
        ":8000",
    ],
)
def test_this_machine_has_no_other_name(host: str | None) -> None:
    assert not is_own_host(host, 8000)


def test_port_80_goes_without_saying() -> None:
    assert is_own_host("localhost", 80)
    assert is_own_host("[::1]", 80)


@pytest.mark.parametrize(
    "name",
    [
        ".2025.md.swp", "2025.md~", "2025.md.tmp", "#2025.md#", ".#2025.md", "4913", ".DS_Store", "~$2025.docx", ".~lock.2025.docx#",
        "2025.md.lock", "2025.md.swx", "2025.md___jb_tmp___", "___jb_old___",  "Thumbs.db", "2025.md.tmp.4711.123",
        ".git/index", ".obsidian/workspace.md", "henan/.2025.md.kate-swp", "__pycache__/a.pyc", "report.pdf.crdownload",
    ],
)  # fmt: skip
def test_noise_is_overlooked(name: str) -> None:
    assert is_noise(Path("/corpus") / name, Path("/corpus"))


@pytest.mark.parametrize(
    "name",
    [
        "2025.md",
        "corpus.yaml",
        "sources/a.docx",
        "henan",
        "henan/2025",
        "报告 (2).txt",
        "pages/home.html",
        "site.css",
        "C#.md",
        "4913/2025.md",
    ],
)
def test_a_person_s_files_are_no_noise(name: str) -> None:
    assert not is_noise(Path("/.home/tmp~/corpus") / name, Path("/.home/tmp~/corpus"))


def test_what_stands_outside_is_noise() -> None:
    assert is_noise(Path("/elsewhere/2025.md"), Path("/corpus"))


def test_errors_come_first_then_what_was_just_edited() -> None:
    def problem(file: str, severity: str) -> Problem:
        return Problem("outline/gap", file, 3, 1, "发现", "应为", "修改", severity)  # type: ignore[arg-type]

    many = [problem(f"{number:03}.md", "warning") for number in range(100)]
    shown = shown_problems([*many, problem("z.md", "error")], {"050.md"})
    assert (shown["errors"], shown["warnings"]) == (1, 100)
    listed = shown["problems"]
    assert isinstance(listed, list)
    assert [item["place"] for item in listed[:3]] == ["z.md:3:1", "050.md:3:1", "000.md:3:1"]
    assert len(listed) == serving.SHOWN


def test_a_failure_names_the_line_of_the_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "templates" / "home.html"
    try:
        exec(compile("\n\nnothing_of_this_name", str(file), "exec"), {})
    except NameError as error:
        failure = explain(error, [tmp_path / "templates"])
    assert failure["place"] == "templates/home.html:3"
    assert failure["found"].startswith("NameError: ")
    assert explain(GovreportError("写不进\n检查磁盘"), []) == {"place": "", "found": "写不进", "mend": "检查磁盘"}
    assert "终端" in explain(ValueError("x"), [tmp_path])["mend"]


def test_a_channel_tells_the_newest_state_and_when_it_closes() -> None:
    channel = Channel()
    channel.tell(build="a-1")
    channel.tell(building=True)
    found = channel.after(0, 0)
    assert found == (2, {"build": "a-1", "building": True})
    assert channel.after(2, 0.01) == found
    channel.close()
    assert channel.after(0, 5) is None


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    server = open_server(folder, 0)
    server.channel.tell(build="a-1")
    server.start()
    yield server
    server.stop()


def ask(port: int, address: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
    """Status, headers and text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, address, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def test_what_it_answers(server: Server, folder: Path) -> None:
    port = server.server_port
    status, headers, text = ask(port, "/?q=1")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert text.count("<script") == 1
    assert "<script" not in (folder / "index.html").read_text("utf-8")
    status, headers, text = ask(port, "/search/root.js")
    assert (status, headers["Content-Type"], "data-build" in text) == (200, "text/javascript; charset=utf-8", False)
    status, headers, _ = ask(port, "/henan?q=1")
    assert (status, headers["Location"]) == (301, "/henan/?q=1")
    status, headers, text = ask(port, "/henan/none.html")
    assert (status, '<base href="/">' in text, text.count("<script")) == (404, True, 1)
    assert ask(port, "/../secret.txt")[0] == 404
    status, headers, text = ask(port, "/index.html", "HEAD")
    assert (status, text, int(headers["Content-Length"]) > 50) == (200, "", True)
    assert ask(port, "/", "POST")[0] == 501
    for name in ("serve.js", "serve.css"):
        assert ask(port, OWN + name)[0] == 200
    assert ask(port, OWN + "serve.py")[0] == 404


def test_it_answers_nobody_who_calls_it_by_another_name(server: Server) -> None:
    for address in ("/", OWN + "serve.js", OWN + "events"):
        status, _, text = ask(server.server_port, address, Host=f"example.org:{server.server_port}")
        assert (status, "只答应本机" in text) == (403, True)


def test_it_is_on_loopback_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_without_a_site_it_asks_for_patience(server: Server, folder: Path) -> None:
    server.channel.tell(build="")
    (folder / MARK).unlink()  # a folder that is not ours is not served
    status, _, text = ask(server.server_port, "/")
    assert (status, "还没有生成好" in text, text.count("<script")) == (503, True, 1)


def test_a_port_in_use_gives_the_next_one(server: Server, folder: Path) -> None:
    taken = server.server_port
    if taken + 20 > 65535:
        pytest.skip("no port above")
    second = open_server(folder, taken)
    assert taken < second.server_port <= taken + 20
    second.server_close()


def test_no_port_at_all_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr("govreport_site.loopback.NEXT_PORTS", 0)
        with pytest.raises(GovreportError, match="--port"):
            open_server(folder, taken.getsockname()[1])


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "70000"]) == 2
    assert "65535" in capsys.readouterr().err
    assert main(["serve", "--corpus", str(tmp_path / "none")]) == 1
    assert "--corpus" in capsys.readouterr().err


def test_a_folder_of_someone_else_s_ends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "diary.txt").touch()
    words = ["serve", "--port", "0", "--corpus", str(tmp_path / "corpus"), "--output", str(tmp_path / "home")]
    assert main(words) == 1
    assert "--output" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["diary.txt"]


class Workbench:
    """A workshop whose builds are counted, and held up until they are let go."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.corpus = tmp_path / "corpus"
        self.corpus.mkdir()
        self.builds = 0
        self.gate = threading.Event()
        self.gate.set()
        monkeypatch.setattr(serving, "build", self._build)
        self.server = open_server(tmp_path / "site", 0)
        self.said: list[str] = []
        self.workshop = serving.Workshop(
            self.corpus, tmp_path / "site", self.server, self.said.append, lambda problems: None
        )

    def _build(self, corpus: Path, output: Path, **options: object) -> None:
        self.builds += 1
        assert self.gate.wait(PATIENCE_SECONDS)
        raise GovreportError("没有生成")

    def settle(self, builds: int) -> None:
        """Waits until there were so many builds, and a little longer whether there are more."""
        wait_until(lambda: self.builds >= builds)
        time.sleep(0.7)
        assert self.builds == builds, self.said


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    bench = Workbench(tmp_path, monkeypatch)
    bench.workshop.start()
    bench.settle(1)
    yield bench
    bench.gate.set()
    bench.workshop.finish()
    bench.server.server_close()


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_burst_gives_one_build(bench: Workbench) -> None:
    for number in range(50):
        (bench.corpus / f"{number}.md").write_text("一", "utf-8")
    bench.settle(2)
    for name in (".a.md.swp", "4913", "a.md~"):
        (bench.corpus / name).write_text("一", "utf-8")
    bench.settle(2)


def test_changes_during_a_build_give_one_more(bench: Workbench) -> None:
    bench.gate.clear()
    (bench.corpus / "a.md").write_text("一", "utf-8")
    wait_until(lambda: bench.builds == 2)
    for number in range(5):
        (bench.corpus / f"{number}.md").write_text("一", "utf-8")
        time.sleep(0.15)
    time.sleep(0.5)  # until the last of them has been noticed
    bench.gate.set()
    bench.settle(3)


def test_a_corpus_removed_and_made_again_is_watched(bench: Workbench) -> None:
    bench.corpus.rename(bench.corpus.with_name("away"))
    wait_until(lambda: bench.builds >= 2)
    bench.corpus.mkdir()
    time.sleep(1)
    before = bench.builds
    (bench.corpus / "a.md").write_text("一", "utf-8")
    wait_until(lambda: bench.builds > before)


def test_a_template_takes_effect_and_a_broken_one_is_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates, corpus = tmp_path / "templates", tmp_path / "corpus"
    shutil.copytree(root / "templates", templates)
    shutil.copytree(root / "corpus", corpus)
    for module in ("site", "rebuilding", "serve"):
        monkeypatch.setattr(f"govreport_site.{module}.template_folder", lambda: templates)
    monkeypatch.chdir(tmp_path)
    server = open_server(tmp_path / "site", 0)
    said: list[str] = []
    workshop = serving.Workshop(corpus, tmp_path / "site", server, said.append, lambda problems: None)
    assert workshop.watched == [corpus.resolve(), templates.resolve()]
    workshop.start()
    try:
        assert workshop.wait_for_first()
        home = templates / "pages" / "home.html"
        good = home.read_text("utf-8")
        line = good.count("\n") + 1
        for broken in ("{{ nothing_of_this_name }}", "{% nothing_of_this_name %}"):
            home.write_text(good.replace("{% block main %}", "{% block main %}" + broken), "utf-8")
            wait_until(lambda: bool(server.channel.state.get("failure")))
            failure = server.channel.state["failure"]
            assert isinstance(failure, dict)
            assert re.fullmatch(r"templates/pages/home\.html:\d+", failure["place"]), failure
            assert int(failure["place"].rpartition(":")[2]) <= line
            assert "nothing_of_this_name" in failure["found"]
            assert (tmp_path / "site" / "index.html").is_file()
            home.write_text(good.replace("{% block main %}", "{% block main %}<p>新的一句</p>"), "utf-8")
            wait_until(lambda: not server.channel.state["failure"])
            assert "新的一句" in (tmp_path / "site" / "index.html").read_text("utf-8")
    finally:
        workshop.finish()
        server.server_close()
    assert not any("Traceback" in line for line in said)


class Run:
    """`govreport serve` as a program of its own, on a copy of the corpus."""

    def __init__(self, root: Path, folder: Path, *words: str) -> None:
        self.corpus, self.output = folder / "corpus", folder / "site"
        shutil.copytree(root / "corpus", self.corpus)
        command = [
            sys.executable, "-P", "-m", "govreport_site", "serve", "--corpus", str(self.corpus),
            "--output", str(self.output), *words,
        ]  # fmt: skip
        # On Windows only a process of another group can be sent a Ctrl-C.
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        self.process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", creationflags=flags
        )
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self.port = int(self.wait_for_line(r"http://127\.0\.0\.1:(\d+)/")[1])

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)

    def wait_for_line(self, pattern: str) -> re.Match[str]:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            for line in list(self.said):
                if found := re.search(pattern, line):
                    return found
            assert time.monotonic() < until and self.process.poll() is None, "".join(self.said)
            time.sleep(0.02)

    def stop(self) -> int:
        self.process.send_signal(getattr(signal, "CTRL_C_EVENT", signal.SIGINT))
        return self.process.wait(PATIENCE_SECONDS)


@pytest.fixture
def start(root: Path, tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start(*words: str) -> Run:
        runs.append(Run(root, tmp_path, *words))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.wait()


def states(port: int) -> Iterator[dict[str, object]]:
    """What an open page is told, one state after another."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("GET", OWN + "events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_from_start_to_ctrl_c(start: Callable[..., Run]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = start("--port", str(taken.getsockname()[1]))
        assert run.port != taken.getsockname()[1]
    run.wait_for_line("已被占用")
    told = states(run.port)
    first = next(state for state in told if state["build"] and not state["building"])
    run.wait_for_line("2 份报告")
    page = "/henan/xuchang/2025-weijianwei/"
    assert f'data-build="{first["build"]}"' in ask(run.port, page)[2]

    report = run.corpus / "henan/xuchang/2025-xuchang-weijianwei.md"
    text = report.read_text("utf-8")
    report.write_text(text + "\n这一句刚刚写下。\n", "utf-8")
    second = next(state for state in told if state["build"] != first["build"])
    assert "这一句刚刚写下" in ask(run.port, page)[2]
    run.wait_for_line(r"2 份报告，\d+ 页；\d+ 个文件有变化；.*2025-xuchang-weijianwei\.md")

    report.write_text("---\ntitle: [\n---\n" + text, "utf-8")
    third = next(state for state in told if state.get("errors"))
    problems = third["problems"]
    assert isinstance(problems, list)
    assert problems[0]["severity"] == "error"
    assert re.search(r"2025-xuchang-weijianwei\.md:\d+:\d+$", problems[0]["place"])
    assert third["build"] != second["build"]
    wait_until(lambda: any("yaml/broken" in line for line in run.said))

    assert run.stop() == 0
    assert "已停止" in run.said[-1]
    assert "Traceback" not in "".join(run.said)
    assert all(state["build"] for state in told)  # the stream ends
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", run.port)) != 0
    assert (run.output / "index.html").is_file()
    assert b"__govreport__" not in (run.output / "index.html").read_bytes()
    assert sorted(path.name for path in run.output.parent.iterdir() if path.name.startswith(".site")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_during_a_build_ends_it_in_good_order(start: Callable[..., Run]) -> None:
    run = start("--port", "0")
    next(state for state in states(run.port) if state.get("building"))
    assert run.stop() == 0
    assert "Traceback" not in "".join(run.said)
    assert (run.output / "index.html").is_file() or not run.output.exists()
    assert sorted(path.name for path in run.output.parent.iterdir() if path.name.startswith(".site")) == []
