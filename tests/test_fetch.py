"""Fetching a page: what arrives, and that nothing a server does takes longer, or more room, than allowed."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from govreport_site.intake.arrival import Refused
from govreport_site.intake.fetch import AGENT, Fetcher, Limits, is_address, readable_address

PAGE = "<html><title>许昌市司法局</title></html>".encode("gb18030")
LIMITS = Limits(silence_seconds=0.4, total_seconds=1.2, size_bytes=200_000, redirects=5, pause_seconds=0.0)


class Site(BaseHTTPRequestHandler):
    """Every way in which a server may answer, by the first word of the path."""

    asked: list[str]

    def do_GET(self) -> None:
        asked = type(self).asked
        asked.append(self.path)
        word, _, rest = self.path.strip("/").partition("/")
        with suppress(OSError):
            match word:
                case "many":
                    self._moved(f"/many/{int(rest) - 1}" if rest != "0" else "/page.html#bottom")
                case "loop":
                    self._moved(self.path)
                case "away":
                    self._moved({"ftp": "ftp://127.0.0.1/x", "file": "file:///etc/passwd", "none": "/空 页.html"}[rest])
                case "silent":
                    time.sleep(1)
                case "drip":
                    self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
                    self._drip(b"x")
                case "drip-headers":
                    self.wfile.write(b"HTTP/1.0 200 OK\r\n")
                    self._drip(b"X-A: b\r\n")
                case "endless":
                    self._head("text/html")
                    while True:
                        self.wfile.write(b"x" * 65536)
                case "huge":
                    self._head("text/html", ("Content-Length", str(10**12)))
                case "short":
                    self._head("text/html", ("Content-Length", "100"))
                    self.wfile.write(b"x" * 10)
                case "flaky":
                    if asked.count(self.path) > 1:
                        self._head("text/html", ("Content-Length", str(len(PAGE))))
                        self.wfile.write(PAGE)
                case "gzip":
                    self._head("text/html", ("Content-Encoding", "gzip"))
                    self.wfile.write(gzip.compress(PAGE)[: -4 if rest else None])
                case "bomb":
                    self._head("text/html", ("Content-Encoding", "gzip"))
                    self.wfile.write(gzip.compress(bytes(50_000_000)))
                case "br":
                    self._head("text/html", ("Content-Encoding", "br"))
                case "status":
                    self.send_error(int(rest))
                case "junk":
                    self.wfile.write(b"\xff\xfe\x00 nothing like it\r\n\r\n")
                case "empty-status":
                    self.wfile.write(b"HTTP/1.0 204 No Content\r\n\r\n")
                case "named":
                    self._head(rest, ("Content-Disposition", 'attachment; filename="../../report 1.PDF"'))
                case "agent":
                    self._head("text/plain")
                    self.wfile.write(self.headers["User-Agent"].encode())
                case _:
                    self._head("text/html; charset=GB2312")
                    self.wfile.write(PAGE)

    def _head(self, kind: str, *headers: tuple[str, str]) -> None:
        self.send_response(200)
        for name, value in (("Content-Type", kind), *headers):
            self.send_header(name, value)
        self.end_headers()

    def _moved(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where.encode().decode("latin-1"))
        self.end_headers()

    def _drip(self, piece: bytes) -> None:
        for _ in range(60):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def address(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Asked", (Site,), {"asked": asked}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def refusal(address: str, limits: Limits = LIMITS) -> Refused:
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        Fetcher(limits).fetch(address)
    assert time.monotonic() - began < limits.total_seconds + 1
    assert any("一" <= c <= "鿿" for c in caught.value.found) and any("一" <= c <= "鿿" for c in caught.value.mend)
    return caught.value


def test_a_page_arrives_as_it_is(address: str) -> None:
    page = Fetcher(LIMITS).fetch(f" {address}/art/page.shtml?id=1#top\n")
    assert (page.data, page.charset) == (PAGE, "gb2312")
    assert page.address == f"{address}/art/page.shtml?id=1"
    assert page.name == "page.html"
    assert page.when.endswith("Z") and len(page.when) == 20


def test_the_final_address_is_kept(address: str, asked: list[str]) -> None:
    assert Fetcher(LIMITS).fetch(f"{address}/many/4").address == f"{address}/page.html"
    assert len(asked) == 6


@pytest.mark.parametrize(("path", "redirects"), [("many/5", 6), ("loop", 6), ("away/ftp", 1), ("away/file", 1)])
def test_redirects_end(address: str, asked: list[str], path: str, redirects: int) -> None:
    assert refusal(f"{address}/{path}").code in ("intake/redirects", "intake/address", "intake/status")
    assert len(asked) == redirects


def test_a_redirect_may_be_written_as_people_write(address: str, asked: list[str]) -> None:
    Fetcher(LIMITS).fetch(f"{address}/away/none")
    assert asked[1] == "/%E7%A9%BA%20%E9%A1%B5.html"


@pytest.mark.parametrize("path", ["silent", "drip", "drip-headers"])
def test_a_slow_server_is_left(address: str, path: str) -> None:
    assert refusal(f"{address}/{path}").code == "intake/too-slow"


@pytest.mark.parametrize("path", ["endless", "huge", "bomb"])
def test_no_more_is_read_than_allowed(address: str, path: str) -> None:
    assert refusal(f"{address}/{path}", Limits(10, 60, 200_000, pause_seconds=0)).code == "intake/too-large"


def test_what_was_compressed_unasked_is_unpacked(address: str) -> None:
    assert Fetcher(LIMITS).fetch(f"{address}/gzip").data == PAGE
    assert refusal(f"{address}/br").code == "intake/encoding"


@pytest.mark.parametrize("path", ["short", "gzip/torn"])
def test_half_a_page_is_no_page(address: str, asked: list[str], path: str) -> None:
    """It is asked for once more, never taken for the whole."""
    assert refusal(f"{address}/{path}").code == "intake/unreachable"
    assert len(asked) == 2


def test_a_dropped_connection_is_tried_once_more(address: str, asked: list[str]) -> None:
    assert Fetcher(LIMITS).fetch(f"{address}/flaky").data == PAGE
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("path", "code", "says"),
    [
        ("status/404", "intake/status", "没有这一页"),
        ("status/403", "intake/status", "不让程序取"),
        ("status/500", "intake/status", "500"),
        ("empty-status", "intake/status", "204"),
        ("junk", "intake/unreachable", ""),
    ],
)
def test_what_is_no_page_is_refused(address: str, path: str, code: str, says: str) -> None:
    refused = refusal(f"{address}/{path}")
    assert refused.code == code
    assert says in refused.found


def test_nobody_there(address: str) -> None:
    assert refusal("http://127.0.0.1:9/").code == "intake/unreachable"


def test_encryption_that_does_not_hold_is_refused(address: str, tmp_path: Path) -> None:
    """Neither a server that speaks none, nor one whose certificate nobody vouches for."""
    assert refusal(address.replace("http:", "https:") + "/page").code == "intake/certificate"
    (tmp_path / "own.pem").write_text(OWN_CERTIFICATE, "ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Asked", (Site,), {"asked": []}))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        assert refusal(f"https://127.0.0.1:{server.server_port}/page").code == "intake/certificate"
    finally:
        server.shutdown()
        server.server_close()


def test_a_host_is_asked_once_a_second(address: str) -> None:
    waited: list[float] = []
    fetcher = Fetcher(Limits(pause_seconds=1.0), sleep=waited.append)
    fetcher.fetch(f"{address}/page")
    assert waited == []
    fetcher.fetch(f"{address}/many/0")
    assert len(waited) == 2 and all(0.5 < seconds <= 1 for seconds in waited)


def test_a_server_is_told_who_asks(address: str) -> None:
    assert Fetcher(LIMITS).fetch(f"{address}/agent").data == AGENT.encode()
    assert AGENT.startswith("govreport-site/")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("application/pdf", "report 1.pdf"),
        ("application/octet-stream", "report 1.pdf"),
        ("text/html", "report 1.html"),
        ("application/msword", "report 1.doc"),
    ],
)
def test_a_file_has_the_ending_of_its_type(address: str, kind: str, name: str) -> None:
    assert Fetcher(LIMITS).fetch(f"{address}/named/{kind}").name == name


@pytest.mark.parametrize(
    ("typed", "needed"),
    [
        ("HTTP://WWW.Xuchang.gov.cn", "http://www.xuchang.gov.cn/"),
        (
            "https://例子.中国/报告 1.html?x=许#y",
            "https://xn--fsqu00a.xn--fiqs8s/%E6%8A%A5%E5%91%8A%201.html?x=%E8%AE%B8",
        ),
        ("http://a.cn:8080/%E6%8A%A5?a=b%20c", "http://a.cn:8080/%E6%8A%A5?a=b%20c"),
        ("http://[::1]/a", "http://[::1]/a"),
    ],
)
def test_an_address_becomes_what_a_request_needs(typed: str, needed: str) -> None:
    assert is_address(typed)
    assert readable_address(typed) == needed
    assert readable_address(needed) == needed


@pytest.mark.parametrize(
    "typed",
    ["ftp://a.cn/", "file:///etc/passwd", "javascript://x", "http://", "http:///a", "http://a.cn:x/", "http://u:p@a.cn/", "http://..cn/"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        readable_address(typed)
    assert caught.value.code == "intake/address"


def test_a_file_is_no_address() -> None:
    assert not any(map(is_address, ["a.html", "C:\\a.html", "C:/a.html", "http.txt", "./http://"]))


# Made for this test alone; nobody vouches for it, which is the point.
OWN_CERTIFICATE = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgawS5gQ1BN5FP0dvI
GQdEsDD0gtpY5aDAWE4im92eh3ihRANCAATPNiJy85qrWVljiHiFZyoAg+OTT19u
BKIvEBXJGatwLVmDoff5BcOMVw7cgIJ8YAOgsIdfj1zdfx37xKqClX99
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUf+0/PUst57ek8j0uqK3nDl2DjPkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjAxMDgzNFoYDzIxMjYxMDI5
MDEwODM0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATPNiJy85qrWVljiHiFZyoAg+OTT19uBKIvEBXJGatwLVmDoff5BcOM
Vw7cgIJ8YAOgsIdfj1zdfx37xKqClX99o2QwYjAdBgNVHQ4EFgQUQiWZzDb6/LPK
cOEMTdWfpJkVEcowHwYDVR0jBBgwFoAUQiWZzDb6/LPKcOEMTdWfpJkVEcowDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQDQJH8uPihkqNuFiUj8zZUysLeTZxQmcozGp/d/jJRdcgIgQudVNGU9ndVJNhgu
pIVhUZ3lbTl1zri736A4tJJI/XU=
-----END CERTIFICATE-----
"""
