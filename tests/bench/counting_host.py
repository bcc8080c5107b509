"""A static host on loopback that gzips as a usual host does and writes down all it sends.

In flow folders, out flow bytes and a log. Each answer waits a moment (`DELAY`), so that what a page
asks for at once is seen to be asked at once.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.bench.measuring import gzipped

DELAY = 0.02

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer: path, bytes of its body as sent."""

    path: str
    size: int

    @property
    def group(self) -> str:
        """The path without what makes it one of many: search/p/a1.js → search/p/*.js."""
        folder, _, name = self.path.lstrip("/").rpartition("/")
        stem, dot, ending = name.rpartition(".")
        if ending.startswith("pf_") or (folder.split("/")[0] == "search" and re.search(r"\d|^[0-9a-f]{2,}$", stem)):
            letters = re.match(r"[a-z]+(?=-)", stem) if ending == "js" else None
            name = (letters.group() + "-" if letters else "") + "*" + dot + ending
        return f"{folder}/{name}" if folder else name


@dataclass
class Host:
    """Where it is, and what it has sent so far."""

    address: str = ""
    log: list[Sent] = field(default_factory=list)
    at_work: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sent_since(self, mark: int) -> list[Sent]:
        """What was sent since the log had that length, once nothing more is asked for."""
        quiet = time.monotonic()
        end = quiet + 20
        seen = -1
        while time.monotonic() < end and time.monotonic() - quiet < 0.06:
            with self.lock:
                now = len(self.log)
                if self.at_work or now != seen:
                    quiet = time.monotonic()
                seen = now
            time.sleep(0.01)
        return self.log[mark:]


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Serves a folder for as long as the block runs."""
    host = Host()
    bodies: dict[str, tuple[bytes, dict[str, str]]] = {}

    def body_of(path: str) -> tuple[bytes, dict[str, str]] | None:
        if path not in bodies:
            file = folder / path.lstrip("/")
            if path.endswith("/"):
                file = file / "index.html"
            if not file.is_file():
                return None
            data, ending = file.read_bytes(), file.suffix
            headers = {"Content-Type": _TYPES.get(ending, "application/octet-stream")}
            if ending in _TYPES:
                data, headers["Content-Encoding"] = gzipped(data), "gzip"
            bodies[path] = (data, headers)
        return bodies[path]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            with host.lock:
                host.at_work += 1
            try:
                path = unquote(urlsplit(self.path).path)
                found = body_of(path)
                time.sleep(DELAY)
                data, headers = found or (b"", {})
                self.send_response(200 if found else 404)
                for name, value in {**headers, "Content-Length": str(len(data)), "Cache-Control": "no-store"}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
                with host.lock:
                    host.log.append(Sent(path, len(data)))
            finally:
                with host.lock:
                    host.at_work -= 1

        def log_message(self, format: str, *words: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield host
        finally:
            server.shutdown()
