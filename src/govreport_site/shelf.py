"""What already stands in a corpus, as far as one who adds to it must know: who, when, whence, and which text.

In flows a corpus; out flows a `Shelf` that is asked about one report at a time. A file in the
tidy form is not read as a report: its front matter says enough, and its text is looked at only
where a count of its commonest characters equals that of the new one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from govreport_site import addresses
from govreport_site.normalise import normalise
from govreport_site.reading.metadata import read_front_matter
from govreport_site.reading.read import read_report, report_files
from govreport_site.report import Metadata
from govreport_site.source import Source

# Characters that stand in every report, and that normalising neither drops nor makes of others.
_COMMON = "的法政设作进强"

Why = Literal["original", "text", "version"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One report of the corpus. file: path within it; digest: SHA-256 of the file itself."""

    file: str
    metadata: Metadata
    digest: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A report that is there already.

    why  original: from the very same file; text: the same words; version: another text of the same report
    """

    standing: Standing
    why: Why
    reason: str


@dataclass
class Shelf:
    """A corpus's reports, read when first asked about."""

    corpus: Path
    _standing: list[Standing] | None = field(default=None)

    def match(self, metadata: Metadata, body: str, digest: str) -> Match | None:
        """The report that this one is, or is a version of; the surest sign first.

        digest  SHA-256 of the file that came in
        """
        standing = self._all()
        for one in standing:
            if digest in (one.metadata.source_sha256, one.digest):
                return Match(one, "original", "原件一个字节也不差")
        counts, folded = _counts(body), normalise(body)
        for one in standing:
            if one.counts == counts and normalise(self.body(one.file)) == folded:
                return Match(one, "text", "正文相同")
        url = _where(metadata.source_url)
        for one in standing:
            if metadata.year == one.metadata.year is not None:
                if url and url == _where(one.metadata.source_url):
                    return Match(one, "version", "来自同一个网址，正文不同")
                if metadata.issuer and _same_issuer(metadata, one.metadata):
                    return Match(one, "version", "同一机关、同一年度，正文不同")
        return None

    def slug(self, metadata: Metadata) -> tuple[str, str] | None:
        """The slug that reports of the same issuer bear, and a file that does."""
        for one in self._all():
            same = normalise(one.metadata.issuer or "") == normalise(metadata.issuer or "")
            if one.metadata.slug and metadata.issuer and same and one.metadata.place == metadata.place:
                return one.metadata.slug, one.file
        return None

    def body(self, file: str) -> str:
        """The text of a report of the corpus, without its front matter."""
        return read_report(self.corpus / file, name=file).source.text

    def put(self, file: str) -> None:
        """A report was added, or replaced."""
        kept = [one for one in self._all() if one.file != file]
        self._standing = sorted([*kept, _standing(self.corpus, self.corpus / file)], key=lambda one: one.file)

    def _all(self) -> list[Standing]:
        if self._standing is None:
            self._standing = [_standing(self.corpus, path) for path in report_files(self.corpus)]
        return self._standing


def _standing(corpus: Path, path: Path) -> Standing:
    file = path.relative_to(corpus).as_posix()
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    metadata, body = _tidy(data) or (None, "")
    if metadata is None:
        report = read_report(path, name=file)
        metadata, body = report.metadata, report.source.text
    return Standing(file, metadata, hashlib.sha256(data).hexdigest(), _counts(body))


def _tidy(data: bytes) -> tuple[Metadata, str] | None:
    """Metadata and text of a file whose front matter says who and when; None where it must be read as a report."""
    if not data.startswith(b"---\n"):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    end = text.find("\n---\n", 3)
    if end == -1:
        return None
    decided, _ = read_front_matter(Source("", text[4 : end + 1]))
    if decided.values.get("issuer") is None or decided.values.get("year") is None:
        return None
    known = {key: value for key, value in decided.values.items() if value is not None}
    return Metadata(**known, inferred=decided.inferred), text[end + 5 :]  # type: ignore[arg-type]


def _counts(body: str) -> tuple[int, ...]:
    return tuple(map(body.count, _COMMON))


def _same_issuer(one: Metadata, other: Metadata) -> bool:
    if one.place is not None and other.place is not None and one.place != other.place:
        return False
    if normalise(one.issuer or "") == normalise(other.issuer or ""):
        return True
    # 许昌市卫健委 and 许昌市卫生健康委员会: of such a kind a place has one.
    kind = addresses.issuer_kind(one)
    return kind is not None and not kind.many and one.place is not None and kind == addresses.issuer_kind(other)


def _where(url: str | None) -> str | None:
    """An address as far as it tells one page from another: http and https show the same."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}{parts.path.rstrip('/')}?{parts.query}"
    except ValueError:
        return url
