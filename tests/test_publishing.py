"""A site goes out as it was built: as a zip, behind a real nginx, by GitHub's own workflow."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from govreport_site.exports.hosting import FOR_EVER, POLICY
from govreport_site.problems import GovreportError
from govreport_site.publishing import CONFIGURATION, lay_out, pack
from govreport_site.switch import MARK, MARK_TEXT
from tests import machine

LONG = "<!DOCTYPE html><title>年报</title>" + "行政执法。" * 1000


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder as a build leaves it: enough of one to be published."""
    folder = tmp_path / "site"
    files = {
        MARK: MARK_TEXT.decode(),
        "_headers": "/*\n",
        "index.html": LONG,
        "404.html": "<!DOCTYPE html><title>没有</title>",
        "henan/xuchang/2025-weijianwei/index.html": LONG,
        "henan/xuchang/2025-weijianwei/index.json": "{}",
        "assets/site.0a1b2c3d.js": "0;\n" * 1000,
        "search/root.js": "1;",
        "search/0123456789abcdef/g0.js": "2;" * 2000,
        "feed.xml": "<feed/>",
        "llms.txt": "# 年报",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


# --- A zip --------------------------------------------------------------------------------


def test_a_zip_opens_at_index_html_and_says_how(site: Path, tmp_path: Path) -> None:
    packed = zipfile.ZipFile(pack(site, tmp_path / "年报.zip").path)
    assert packed.testzip() is None
    assert packed.read("site/index.html").decode() == LONG
    note = packed.read("README.txt").decode("utf-8")
    assert note.startswith("\ufeff") and "先把整个压缩包解压" in note
    assert not {f"site/{MARK}", "site/_headers"} & set(packed.namelist())


def test_names_in_a_zip_are_safe_for_every_program_that_unpacks_it(site: Path, tmp_path: Path) -> None:
    """ASCII without the flag for UTF-8, which old ones do not know; no way out; readable by all."""
    for item in zipfile.ZipFile(pack(site, tmp_path / "法治政府建设年度报告.zip").path).infolist():
        assert item.filename.isascii() and not item.flag_bits & 0x800
        assert not item.filename.startswith("/") and ".." not in item.filename
        assert (item.external_attr >> 16) & 0o444 == 0o444


def test_the_same_site_is_the_same_zip(site: Path, tmp_path: Path) -> None:
    first = pack(site, tmp_path / "a.zip").path.read_bytes()
    for path in site.rglob("*.html"):
        os.utime(path, (1, 1))
    assert pack(site, tmp_path / "b.zip").path.read_bytes() == first
    assert not list(tmp_path.glob(".*.new"))


def test_what_is_no_site_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(GovreportError, match="没有本程序生成的网站"):
        pack(tmp_path / "mine", tmp_path / "a.zip")
    with pytest.raises(GovreportError, match="没有本程序生成的网站"):
        lay_out(tmp_path / "mine", tmp_path / "b", None)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


# --- nginx --------------------------------------------------------------------------------


def test_what_is_text_lies_compressed_beside_it(site: Path, tmp_path: Path) -> None:
    www = lay_out(site, tmp_path / "out", None).path / "www"
    page = www / "index.html"
    assert gzip.decompress((www / "index.html.gz").read_bytes()) == page.read_bytes()
    assert not (www / "404.html.gz").exists(), "too small to be worth it"
    assert not (www / "_headers").exists()


def test_what_has_not_changed_is_not_compressed_again(site: Path, tmp_path: Path) -> None:
    www = lay_out(site, tmp_path / "out", None).path / "www"
    first = {path.name: path.stat().st_ino for path in www.glob("*.gz")}
    (site / "index.html").unlink()
    (site / "index.html").write_text(LONG + "新", "utf-8")
    (site / "feed.xml").unlink()
    lay_out(site, tmp_path / "out", None)
    assert gzip.decompress((www / "index.html.gz").read_bytes()).decode().endswith("新")
    assert (www / "index.html.gz").stat().st_ino != first["index.html.gz"]
    assert not (www / "feed.xml").exists()
    again = www / "assets/site.0a1b2c3d.js.gz"
    before = again.stat().st_ino
    lay_out(site, tmp_path / "out", None)
    assert again.stat().st_ino == before


def test_a_folder_of_others_is_left_alone(site: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "mine.html").touch()
    with pytest.raises(GovreportError, match="没有动它"):
        lay_out(site, tmp_path / "www", None)
    assert [path.name for path in (tmp_path / "www").iterdir()] == ["mine.html"]


def find_nginx() -> str:
    found = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
    if found is None:
        reason = "没有 nginx，没有试它的配置（Debian、Ubuntu：sudo apt install nginx-light）"
        if machine.must_be_whole():
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return found


class Nginx:
    """A real nginx on a port of its own, with the configuration that a publication holds."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        ours = (folder / CONFIGURATION).read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        assert f":{self.port};" in ours
        (scratch / "site.conf").write_text(ours, "utf-8")
        temporary = "".join(
            f"{part}_temp_path {scratch}/{part};" for part in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # As root it would serve as a user who may not look into the folders of tests.
        user = f"user {_user()};" if os.geteuid() == 0 else ""
        (scratch / "nginx.conf").write_text(
            f"daemon off; {user} pid {scratch}/pid; error_log {scratch}/error.log; events {{}}\n"
            f"http {{ access_log off; {temporary}\ninclude {scratch}/site.conf; }}\n",
            "utf-8",
        )
        self.scratch = scratch

    def __enter__(self) -> Nginx:
        words = [find_nginx(), "-e", str(self.scratch / "error.log"), "-c", str(self.scratch / "nginx.conf")]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(100):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        pytest.fail((self.scratch / "error.log").read_text("utf-8"), pytrace=False)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.communicate(timeout=10)

    def get(self, path: str, *, gzipped: bool = False) -> tuple[int, dict[str, str], bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if gzipped else {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()


def _user() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def served(site: Path, tmp_path: Path) -> Iterator[Nginx]:
    (tmp_path / "nginx").mkdir()
    folder = lay_out(site, tmp_path / "out folder", "https://example.org/re.ports/").path
    with Nginx(folder, tmp_path / "nginx") as nginx:
        yield nginx


@pytest.mark.skipif(sys.platform == "win32", reason="nginx is tried where it is at home")
def test_nginx_serves_the_site_under_its_path(served: Nginx) -> None:
    at = "/re.ports"
    status, headers, body = served.get(f"{at}/henan/xuchang/2025-weijianwei/index.html")
    assert (status, body.decode()) == (200, LONG)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"
    assert served.get(f"{at}/henan/xuchang/2025-weijianwei/")[2].decode() == LONG
    assert served.get(f"{at}/llms.txt")[1]["Content-Type"] == "text/plain; charset=utf-8"
    assert served.get(f"{at}/henan/xuchang/2025-weijianwei/index.json")[1]["Content-Type"].startswith(
        "application/json"
    )

    status, headers, body = served.get(f"{at}/index.html", gzipped=True)
    assert (headers["Content-Encoding"], gzip.decompress(body).decode()) == ("gzip", LONG)
    assert headers["Vary"] == "Accept-Encoding"
    for path in ("assets/site.0a1b2c3d.js", "search/0123456789abcdef/g0.js"):
        assert served.get(f"{at}/{path}", gzipped=True)[1]["Cache-Control"] == FOR_EVER
    assert served.get(f"{at}/search/root.js")[1]["Cache-Control"] == "no-cache"

    status, headers, body = served.get(f"{at}/nothing/here")
    assert (status, body.decode()) == (404, "<!DOCTYPE html><title>没有</title>")
    assert headers["Content-Security-Policy"] == POLICY
    assert served.get(f"{at}/.govreport-site")[0] == 404


# --- GitHub Pages -------------------------------------------------------------------------

WORKFLOW = ".github/workflows/pages.yml"


def test_the_workflow_is_what_github_takes(root: Path) -> None:
    """Against the schema that check-jsonschema brings along; a word that is wrong would only be found on GitHub."""
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*words, str(root / WORKFLOW)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_builds_with_the_front_door_and_the_sites_own_address(root: Path) -> None:
    text = (root / WORKFLOW).read_text("utf-8")
    assert re.search(r'run: python3 build\.py build --base "\$BASE"', text)
    assert "steps.pages.outputs.base_url" in text
    # What GitHub fills in stands in the environment: in a command line it could be read as one.
    assert not re.search(r"run:.*\$\{\{", text)
