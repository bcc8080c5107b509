"""A folder over http, for this machine alone. The ground: does not know what a site is.

In flow the folder and a state; out go its files as they are at that moment, and to every open
page the state, again and again as it changes. On disk nothing is touched: a page gets its
script on the way out.

    GET /henan/          henan/index.html, with one <script> brought in
    GET /henan           led on to /henan/, since links are relative
    GET /nothing         404.html, with status 404
    GET /__govreport__/  serve.js, serve.css and events: a stream of states, each one JSON object

Whoever asks must call this machine by its own name (`is_own_host`): else a page from elsewhere,
whose name was pointed at 127.0.0.1, could read along.
"""

from __future__ import annotations

import errno
import json
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from urllib.parse import unquote

from govreport_site.problems import GovreportError
from govreport_site.switch import MARK

HOST = "127.0.0.1"
OWN = "/__govreport__/"
# When a port is taken, so many after it are tried.
NEXT_PORTS = 20
# A stream says something at least this often, so that a reader who left is noticed.
HEARTBEAT_SECONDS = 10.0

_DATA = Path(__file__).resolve().parent / "data"
_OWN_FILES = ("serve.js", "serve.css")

# What a type is must not depend on this machine's registry.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/x-ndjson; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}

_WAITING = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>正在生成</title>
<link rel="icon" href="data:,">
</head>
<body>
<main><h1>网站还没有生成好</h1><p>生成之后，这一页会自动换成网站。</p></main>
</body>
</html>
""".encode()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The address is another one: a folder's ends in a slash."""

    address: str


def find(folder: Path, address: str) -> Path | Elsewhere | None:
    """The file that an address means; None when it means none.

    address  the path as it was asked for, percent signs and all, without `?` and what follows
    Hidden files, folders without index.html and whatever lies outside the folder are no files.
    """
    first, *names = address.split("/")
    if first or not names:
        return None
    *names, last = names
    try:
        names, last = [unquote(name, errors="strict") for name in names], unquote(last, errors="strict")
        if not all(map(_is_plain, names)) or not (last == "" or _is_plain(last)):
            return None
        path = folder.joinpath(*names, last or "index.html")
        # A link in the folder could lead out of it.
        if not path.resolve().is_relative_to(folder.resolve()):
            return None
        if path.is_file():
            return path
        return Elsewhere(address + "/") if (path / "index.html").is_file() else None
    except (OSError, ValueError):
        return None


def _is_plain(name: str) -> bool:
    return name != "" and not name.startswith(".") and not any(c in '/\\:*?"<>|' or c < " " for c in name)


def inject(page: bytes, build: str) -> bytes:
    """A page with the script of this server; `build` names what the page was made by."""
    script = f'<script src="{OWN}serve.js" data-build="{build}" defer></script>\n'.encode()
    before, head_end, after = page.partition(b"</head>")
    return before + script + head_end + after if head_end else page + script


def at_root(page: bytes) -> bytes:
    """404.html for an address of any depth: its links count from the root of this server.

    What it names as its base may be where the site will stand one day.
    """
    before, _, rest = page.partition(b"<base ")
    page = before + rest.partition(b">")[2] if rest else page
    page = page.replace(b"base-uri 'none'", b"base-uri 'self'", 1)
    return page.replace(b"<title>", b'<base href="/">\n<title>', 1)


def is_own_host(host: str | None, port: int) -> bool:
    """Whether a `Host` header names this machine, and this port."""
    name, _, number = (host or "").lower().rpartition(":")
    if not number.isdecimal():
        name, number = host or "", "80"
    return name.lower() in ("localhost", "127.0.0.1", "[::1]") and number == str(port)


class Channel:
    """The newest state, for all who follow it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._revision = 0
        self._state: dict[str, object] = {}
        self._closed = False

    def tell(self, **values: object) -> None:
        """Changes these values of the state; who follows gets the whole."""
        with self._changed:
            self._state = {**self._state, **values}
            self._revision += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Ends all streams."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def state(self) -> Mapping[str, object]:
        """The state at this moment."""
        with self._changed:
            return self._state

    def after(self, revision: int, seconds: float) -> tuple[int, Mapping[str, object]] | None:
        """The next state after a revision, or the same one when so many seconds brought none; None: closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._revision != revision, seconds)
            return None if self._closed else (self._revision, self._state)


class Server(ThreadingHTTPServer):
    """Serves a folder until it is closed; `channel.state["build"]` names what is in it."""

    daemon_threads = True
    request_queue_size = 64
    # On Windows this would let two programs have the same port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.channel = Channel()
        self.channel.tell(build="")
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        """Without the look-up of a name that http.server makes: it can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who closes the page early is no error."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def start(self) -> None:
        """Answers from now on, in the background."""
        threading.Thread(target=self.serve_forever, args=(0.1,), name="loopback", daemon=True).start()

    def stop(self) -> None:
        """Ends the streams and gives the port back. Only after `start`."""
        self.channel.close()
        self.shutdown()
        self.server_close()


def open_server(folder: Path, port: int) -> Server:
    """A server on the first free port from this one on; 0 takes any.

    Raises GovreportError when none of them can be had.
    """
    last = min(port + NEXT_PORTS, 65535) if port else 0
    for number in range(port, last + 1):
        try:
            return Server(folder, number)
        except OSError as error:
            # Windows calls a port that another program keeps for itself a matter of permission.
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise GovreportError(f"打不开本机的端口 {number}：{error.strerror}") from error
    raise GovreportError(
        f"端口 {port} 到 {last} 都不能用（被别的程序占着，或没有权限）。用 --port 换一个，如 --port 9000。"
    )


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "govreport", ""
    timeout = 60
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """A page, or one of our own things."""
        address = self.path.partition("?")[0].partition("#")[0]
        if not is_own_host(self.headers["Host"], self.server.server_port):
            text = f"只答应本机：请用 http://{HOST}:{self.server.server_port}/ 打开。\n"
            self._send(HTTPStatus.FORBIDDEN, _TYPES[".txt"], text.encode())
        elif address == OWN + "events":
            self._stream()
        elif address.startswith(OWN):
            name = address.removeprefix(OWN)
            if name in _OWN_FILES:
                self._send(HTTPStatus.OK, _TYPES[Path(name).suffix], (_DATA / name).read_bytes())
            else:
                self._send(HTTPStatus.NOT_FOUND, _TYPES[".txt"], "没有这个地址\n".encode())
        else:
            self._send_file(address)

    do_HEAD = do_GET

    def _send_file(self, address: str) -> None:
        # First, so that a page made meanwhile counts as older than it is, and is loaded once more.
        build = str(self.server.channel.state["build"])
        if not self._has_site(build):
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, _TYPES[".html"], inject(_WAITING, build))
            return
        found = find(self.server.folder, address)
        if isinstance(found, Elsewhere):
            query = self.path[len(address) :]
            self._send(HTTPStatus.MOVED_PERMANENTLY, _TYPES[".txt"], b"", {"Location": found.address + query})
            return
        status = HTTPStatus.OK
        data = _read(found)
        if found is None or data is None:
            found, status = self.server.folder / "404.html", HTTPStatus.NOT_FOUND
            data = at_root(_read(found) or "<title>没有这个地址</title>没有这个地址".encode())
        kind = _TYPES.get(found.suffix.lower(), "application/octet-stream")
        self._send(status, kind, inject(data, build) if kind.startswith("text/html") else data)

    def _has_site(self, build: str) -> bool:
        """Whether the folder is a site of ours; between two renames of a switch it is not there for a moment."""
        until = time.monotonic() + (0.5 if build else 0)
        while not (self.server.folder / MARK).is_file():
            if time.monotonic() >= until:
                return False
            time.sleep(0.01)
        return True

    def _send(self, status: HTTPStatus, kind: str, data: bytes, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(data)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self) -> None:
        """States, as Server-Sent Events."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        headers = {**_HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "Connection": "close"}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 1000\n\n")
        seen = 0
        while (found := self.server.channel.after(seen, HEARTBEAT_SECONDS)) is not None:
            revision, state = found
            said = b":\n\n" if revision == seen else f"data: {json.dumps(state)}\n\n".encode()
            self.wfile.write(said)
            seen = revision

    def log_message(self, format: str, *words: object) -> None:
        """Says nothing: the terminal is for builds."""


_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _read(path: Path | None) -> bytes | None:
    try:
        return path.read_bytes() if path is not None else None
    except OSError:
        return None
