"""An address → the bytes that stand there. The one room that uses the network.

In flows what a person typed, out flows `Fetched`: bytes as the server keeps them (compression
undone), the address they really came from, and what its headers say. Everything has a limit:
seconds without a word, seconds in all, bytes, redirects. A server is asked politely: by name,
one request a second, once more only when the connection broke. `robots.txt` is not asked: it
speaks to programs that follow links by themselves, and this fetches what a person named.
"""

from __future__ import annotations

import http.client
import re
import ssl
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from govreport_site import __version__
from govreport_site.intake.arrival import Refused

AGENT = f"govreport-site/{__version__} (takes in one public report at a person's request)"

# A type that a server names → how a file of it is called. Others keep the ending of their address.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-works": ".wps",
    "application/wps-office.wps": ".wps",
}
_PIECE_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much: seconds without a word, seconds in all, bytes, redirects."""

    silence_seconds: float = 20.0
    total_seconds: float = 60.0
    size_bytes: int = 64 * 1024 * 1024
    redirects: int = 5
    pause_seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address.

    address  where it really stood, after redirects
    name     of a file, with an ending that tells its format as far as the server knows it
    charset  as the server says, or None
    when     ISO 8601, UTC
    """

    data: bytes
    address: str
    name: str
    charset: str | None
    when: str


@dataclass
class Fetcher:
    """Fetches one address after another, and remembers whom it asked when."""

    limits: Limits = Limits()
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, address: str) -> Fetched:
        """What stands at an address. Raises Refused, in Chinese, for whatever stands in the way."""
        asked = readable_address(address)
        deadline = time.monotonic() + self.limits.total_seconds
        try:
            return self._fetch_once(asked, deadline)
        except (ConnectionError, http.client.IncompleteRead, http.client.BadStatusLine):
            if time.monotonic() > deadline:
                raise self._too_slow(asked) from None
        except _GaveUp:
            raise self._too_slow(asked) from None
        try:
            return self._fetch_once(asked, deadline)
        except _GaveUp:
            raise self._too_slow(asked) from None
        except (ConnectionError, http.client.HTTPException) as error:
            raise Refused(
                "intake/unreachable", f"{asked} 的连接两次中断（{_said(error)}）",
                "过一会儿再试；或用浏览器打开，另存后收录存下的文件",
            ) from error  # fmt: skip

    def _fetch_once(self, address: str, deadline: float) -> Fetched:
        redirects = _Redirects(self)
        with _watched(deadline) as watch:
            opener = urllib.request.build_opener(
                _Http(watch), _Https(watch), redirects, urllib.request.HTTPCookieProcessor()
            )
            opener.addheaders = [("User-Agent", AGENT), ("Accept-Encoding", "identity"), ("Accept-Language", "zh-CN")]
            self.wait_for(address)
            with _refusing(address), opener.open(address, timeout=self.limits.silence_seconds) as response:
                if response.status != 200:
                    raise _refused_status(address, response.status)
                data = self._read(response, address, watch)
                return _fetched(data, response.geturl(), response.headers)

    def _read(self, response: Any, address: str, watch: _Watch) -> bytes:
        """The body, unpacked; never more than the limit, whatever the headers promise."""
        limit = self.limits.size_bytes
        if (length := response.headers.get("Content-Length", "")).isdecimal() and int(length) > limit:
            raise _too_large(address, limit)
        unpacking = _unpacking(response.headers.get("Content-Encoding", ""), address)
        data = bytearray()
        taken = 0
        while piece := response.read1(_PIECE_BYTES):
            watch.check()
            taken += len(piece)
            data += unpacking.decompress(piece, limit + 1 - len(data)) if unpacking else piece
            if max(taken, len(data)) > limit:
                raise _too_large(address, limit)
        watch.check()
        if response.length or (unpacking and not unpacking.eof):  # what was promised and not sent
            raise http.client.IncompleteRead(b"", response.length)
        return bytes(data)

    def wait_for(self, address: str) -> None:
        """Lets a second pass between two requests to one host."""
        host = urlsplit(address).netloc.lower()
        if host in self._asked and (left := self._asked[host] + self.limits.pause_seconds - time.monotonic()) > 0:
            self.sleep(left)
        self._asked[host] = time.monotonic()

    def _too_slow(self, address: str) -> Refused:
        return Refused(
            "intake/too-slow", f"{address} 在 {self.limits.total_seconds:.0f} 秒内没有传完",
            "过一会儿再试；或用浏览器打开，另存后收录存下的文件",
        )  # fmt: skip


def is_address(text: str) -> bool:
    """Whether a word of the command line is an address and no file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", text) is not None


def readable_address(address: str) -> str:
    """An address as a request needs it: ASCII, without its fragment. Raises Refused for what can be none."""
    text = address.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        if parts.scheme.lower() not in ("http", "https") or not host:
            raise ValueError
        host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:
        raise Refused(
            "intake/address", f"“{text[:200]}”不是 http:// 或 https:// 开头的网址", "从浏览器的地址栏里复制整个网址"
        ) from None
    if parts.username or parts.password:
        raise Refused("intake/address", "网址里写着用户名或密码", "去掉 @ 和它前面的部分：网址会写进公开的报告")
    safe = "!$%&'()*+,-./:;=?@_~"
    host += f":{port}" if port is not None else ""
    return urlunsplit((parts.scheme.lower(), host, quote(parts.path or "/", safe), quote(parts.query, safe), ""))


# --- On the way ----------------------------------------------------------------------------------


class _GaveUp(Exception):
    """The time is over."""


@dataclass
class _Watch:
    """Closes what is open when the time is over, so that no server can hold us by a word now and then."""

    deadline: float
    over: bool = False
    open: list[Any] = field(default_factory=list)

    def check(self) -> None:
        if self.over or time.monotonic() > self.deadline:
            raise _GaveUp

    def end(self) -> None:
        self.over = True
        for connection in self.open:
            try:
                connection.shutdown(2)
            except OSError:
                continue  # it is closed already


@contextmanager
def _watched(deadline: float) -> Iterator[_Watch]:
    watch = _Watch(deadline)
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), watch.end)
    timer.daemon = True
    timer.start()
    try:
        yield watch
        watch.check()
    except (OSError, http.client.HTTPException, Refused):
        watch.check()  # what broke after the end of the time broke because of it
        raise
    finally:
        timer.cancel()


class _Http(urllib.request.HTTPHandler):
    """Plain connections, each of them watched."""

    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        watch = self._watch

        class Connection(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                watch.open.append(self.sock)

        return self.do_open(Connection, req)


class _Https(urllib.request.HTTPSHandler):
    """Encrypted connections, each of them watched; a certificate that does not hold is refused."""

    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        watch = self._watch

        class Connection(http.client.HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                watch.open.append(self.sock)

        return self.do_open(Connection, req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few, to http and https only, as politely as the first request."""

    max_repeats = 1000  # one count is enough

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._left = fetcher.limits.redirects

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        self._left -= 1
        if self._left < 0:
            raise Refused(
                "intake/redirects", f"{req.full_url} 一再转到别的网址，超过 {self._fetcher.limits.redirects} 次",
                "用浏览器打开，复制最后停下的网址；若要登录才能看，另存后收录存下的文件",
            )  # fmt: skip
        there = readable_address(newurl)
        self._fetcher.wait_for(there)
        return super().redirect_request(req, fp, code, msg, headers, there)  # type: ignore[arg-type]


@contextmanager
def _refusing(address: str) -> Iterator[None]:
    """What the network raises → Refused, but for broken connections, which are tried once more."""
    save = "用浏览器打开，另存后收录存下的文件"
    try:
        yield
    except urllib.error.HTTPError as error:
        error.close()
        raise _refused_status(address, error.code) from None
    except (ConnectionError, http.client.IncompleteRead, http.client.BadStatusLine):
        raise
    except TimeoutError as error:
        raise Refused("intake/too-slow", f"{address} 的服务器久不答话", f"过一会儿再试；或{save}") from error
    except urllib.error.URLError as error:
        cause = error.reason
        if isinstance(cause, ConnectionError) and not isinstance(cause, ConnectionRefusedError):
            raise cause from None
        if isinstance(cause, TimeoutError):
            raise Refused("intake/too-slow", f"{address} 的服务器久不答话", f"过一会儿再试；或{save}") from error
        if isinstance(cause, ssl.SSLError):
            raise Refused(
                "intake/certificate", f"{address} 的证书或加密方式不可信（{_said(cause)}），没有下载",
                f"核对网址；确是该机关的网站时，{save}",
            ) from error  # fmt: skip
        raise Refused(
            "intake/unreachable", f"连不上 {address}（{_said(cause)}）", f"检查网址和网络；能用浏览器打开的话，{save}"
        ) from error
    except (ssl.SSLError, OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise Refused("intake/unreachable", f"{address} 的应答读不懂（{_said(error)}）", save) from error


def _refused_status(address: str, status: int) -> Refused:
    if status in (404, 410):
        return Refused(
            "intake/status", f"{address} 上没有这一页（{status}）", "核对网址；网页也许搬走了，到该网站上搜索标题"
        )
    if status in (401, 403, 412, 418, 429, 521):
        return Refused("intake/status", f"{address} 不让程序取（{status}）", "用浏览器打开，另存后收录存下的文件")
    return Refused(
        "intake/status", f"{address} 的服务器答以 {status}，不是网页", "过一会儿再试；或用浏览器打开，另存后收录"
    )


def _too_large(address: str, limit: int) -> Refused:
    return Refused(
        "intake/too-large", f"{address} 上的文件超过 {limit / 1048576:.0f} MB", "看是不是放错了网址；一份报告没有这么大"
    )


def _unpacking(encoding: str, address: str) -> zlib._Decompress | None:
    """What undoes a compression that we did not ask for, a limited number of bytes at a time."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name not in ("gzip", "x-gzip", "deflate"):
        raise Refused(
            "intake/encoding", f"{address} 用了没有要求的压缩方式 {name[:20]}", "用浏览器打开，另存后收录存下的文件"
        )
    return zlib.decompressobj(wbits=zlib.MAX_WBITS if name == "deflate" else 16 + zlib.MAX_WBITS)


def _fetched(data: bytes, address: str, headers: Message) -> Fetched:
    when = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    charset = headers.get_content_charset()
    return Fetched(data, urlsplit(address)._replace(fragment="").geturl(), _name(address, headers), charset, when)


def _name(address: str, headers: Message) -> str:
    """The last part of the address, or what the server calls the file, with the ending its type has."""
    path = PurePosixPath(unquote(urlsplit(address).path))
    given = headers.get_filename()
    name = PurePosixPath(given.replace("\\", "/")).name if given else path.name
    known = _ENDINGS.get(headers.get_content_type()) if "Content-Type" in headers else None
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    if known is None or (known == ".txt" and ending in (".md", ".html", ".htm")):
        known = ending or ".html"
    return (stem or "index") + known


def _said(error: object) -> str:
    """An error of the system on one line, as far as it says anything."""
    return " ".join(str(error).split())[:160] or type(error).__name__
