"""A file → one `Report` and its problems. The wing's front: the whole way, top to bottom.

    bytes ─ decode ─ split ─┬─ front matter ──────────── metadata ──┐
                            └─ body ─ blocks ─ outline ─ tree ─ inference ─ merge ─ kinds ─ Report

Nothing here raises for what a file holds: a file that cannot be read gives an empty report
with an error among its problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from govreport_site.normalise import is_blank
from govreport_site.problems import Problem, in_order, place_problem
from govreport_site.reading.blocks import read_blocks
from govreport_site.reading.files import report_files as report_files
from govreport_site.reading.inference import Guess, compose_title, infer
from govreport_site.reading.metadata import FIELDS, Decided, Value, read_front_matter
from govreport_site.reading.oddities import oddities
from govreport_site.reading.outline import outline_problems, read_headings
from govreport_site.reading.tree import build_tree, with_kinds
from govreport_site.report import Kind, Metadata, Report, Section
from govreport_site.source import Source
from govreport_site.yaml_file import FRONT_MATTER

# The longest text seen (a State Council report of 1981) has 0.3 MB. What is larger is no
# report, and reading it would cost the builder's memory.
LARGEST_BYTES = 8 * 1024 * 1024

_UNCLOSED = re.compile(r"\A\ufeff?---[ \t]*\r?\n[ \t]*[A-Za-z_]+[ \t]*:")


def read_report(path: Path, *, name: str, file: str | None = None) -> Report:
    """The report in a file.

    name  how messages call the file
    file  its path within the corpus, with forward slashes; `name` when it stands in none
    """
    text, problems = _decode(path, name)
    return read_text(text, name=name, file=file or name, before=problems)


def read_text(text: str, *, name: str, file: str, before: tuple[Problem, ...] = ()) -> Report:
    """The report in a text, front matter included. Total: never raises."""
    problems = list(before)
    front = FRONT_MATTER.match(text)
    decided = Decided()
    body = Source(name, text)
    if front:
        decided, found = read_front_matter(Source(name, front["yaml"], first_line=2))
        problems += found
        body = Source(name, text[front.end() :], first_line=text.count("\n", 0, front.end()) + 1)
    elif _UNCLOSED.match(text):
        unclosed = place_problem(
            body, "yaml/broken", 0, found="文首的 --- 之后没有另一行 ---", expected="文首 YAML 上下各有一行 ---",
            mend="在 YAML 的最后一行之下补一行 ---；补上之前整个文件都当作正文", severity="error", length=3,
        )  # fmt: skip
        problems.append(unclosed)
    blocks = read_blocks(body)
    headings = read_headings(body, blocks)
    sections = build_tree(body, blocks, headings)
    address = decided.values.get("source_url")
    guesses, found = infer(body, sections, address if isinstance(address, str) else None)
    # A person's word ends the ambiguity.
    problems += [p for p in found if not (p.code == "metadata/ambiguous-place" and decided.values.get("place"))]
    metadata, composed, reasons = _merge(decided, guesses)
    sections = with_kinds(body, sections, year=metadata.year, decided=decided.kinds)
    sections = _with_topics(sections, decided.topics)
    problems += outline_problems(body, headings)
    if not before:
        problems += _what_is_missing(body, metadata, sections)
    problems += _dangling(body, decided, sections)
    problems += oddities(body, sections, metadata)
    return Report(
        file=file,
        source=body,
        metadata=metadata,
        sections=sections,
        composed=composed,
        reasons=MappingProxyType(reasons),
        problems=tuple(in_order(problems)),
        progress=MappingProxyType(decided.progress),
    )


def _decode(path: Path, name: str) -> tuple[str, tuple[Problem, ...]]:
    """A file's text, not a character changed; line ends stay as they are."""

    def refuse(code: str, found: str, expected: str, mend: str) -> tuple[str, tuple[Problem, ...]]:
        return "", (Problem(code, name, 1, 1, found, expected, mend, "error"),)

    try:
        size_bytes = path.stat().st_size
        if size_bytes > LARGEST_BYTES:
            return refuse(
                "file/too-large", f"{size_bytes / 1e6:.0f} MB", f"一份报告，不超过 {LARGEST_BYTES / 1e6:.0f} MB",
                "看是不是放错了文件；附件和表格请另存，不放在正文里",
            )  # fmt: skip
        data = path.read_bytes()
    except OSError as error:
        return refuse("file/unreadable", error.strerror or str(error), "能打开的文件", "检查文件是否存在、有无读取权限")
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError as error:
        return _decode_as_gb18030(data, name, error)
    if "\0" in text:
        return refuse("file/unreadable", "含有空字符，不是文本文件", "UTF-8 编码的文本", "Word、PDF 等请先另存为纯文本")
    return text, ()


def _decode_as_gb18030(data: bytes, name: str, error: UnicodeDecodeError) -> tuple[str, tuple[Problem, ...]]:
    """Old office files are GB18030; anything else is refused, naming the first bad byte."""
    line = data.count(b"\n", 0, error.start) + 1
    column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or "\ufffd" in text:
        problem = Problem(
            "file/unreadable", name, line, column, f"第 {error.start + 1} 个字节 0x{data[error.start]:02X} 不是 UTF-8",
            "UTF-8 或 GB18030 编码的文本", "用编辑器另存为 UTF-8；Word、PDF 等请先另存为纯文本", "error",
        )  # fmt: skip
        return "", (problem,)
    found = Problem(
        "file/encoding", name, line, column, "不是 UTF-8，已按 GB18030 读出", "UTF-8 编码的文本",
        "核对有无乱码，再另存为 UTF-8",
    )  # fmt: skip
    return text, (found,)


def _merge(decided: Decided, guesses: Mapping[str, Guess]) -> tuple[Metadata, bool, dict[str, str]]:
    """Front matter over guesses; each guess that is used is marked as inferred, with its reason."""
    values: dict[str, Value] = {}
    reasons: dict[str, str] = {}
    inferred = {key for key in decided.inferred if decided.values.get(key) is not None}
    for key in FIELDS:
        if key in decided.values:
            values[key] = decided.values[key]
            if key in inferred:
                guess = guesses.get(key)
                reasons[key] = guess.reason if guess and guess.value == values[key] else "收录时推断，尚未核对"
        elif key in guesses:
            values[key] = guesses[key].value
            reasons[key] = guesses[key].reason
            inferred.add(key)
    if values.get("title") is None and "title" not in decided.values:
        issuer, year = values.get("issuer"), values.get("year")
        title = compose_title(issuer if isinstance(issuer, str) else None, year if isinstance(year, int) else None)
        if title is not None:
            values["title"] = title
            reasons["title"] = "原文没有标题，由机关和年度拼成"
            inferred.add("title")
    # A title that an editor confirmed is the report's own, even where the text lacks it.
    composed = "title" not in guesses and "title" in inferred
    known: dict[str, Any] = {key: value for key, value in values.items() if value is not None}
    return Metadata(**known, inferred=tuple(sorted(inferred))), composed, reasons


def _with_topics(sections: tuple[Section, ...], topics: dict[str, tuple[str, ...]]) -> tuple[Section, ...]:
    if not topics:
        return sections
    return tuple(
        replace(s, topics=topics.get(s.key, ()), subsections=_with_topics(s.subsections, topics)) for s in sections
    )


_WANTED = {"issuer": ("发文机关", "issuer: 许昌市卫生健康委员会"), "year": ("报告年度", "year: 2025")}
_KINDS_WANTED = (
    (Kind.ACHIEVEMENTS, "主要举措和成效"),
    (Kind.PROBLEMS, "存在的不足和原因"),
    (Kind.PLANS, "下一年度安排"),
)


def _what_is_missing(body: Source, metadata: Metadata, sections: tuple[Section, ...]) -> Iterator[Problem]:
    if is_blank(body.text):
        yield place_problem(
            body,
            "file/empty",
            0,
            found="文首之后没有一个字",
            expected="报告的正文",
            mend="把报告全文贴在文首 YAML 之下",
        )
        return
    for key, (chinese, example) in _WANTED.items():
        if getattr(metadata, key) is None:
            yield place_problem(
                body, "metadata/missing", 0, found=f"看不出{chinese}", expected=chinese,
                mend=f"在文首 YAML 中写明，例如 {example}",
            )  # fmt: skip
    if metadata.place is None and metadata.level != "national" and metadata.issuer is not None:
        yield place_problem(
            body, "metadata/missing", 0, found=f"看不出“{metadata.issuer}”在哪里", expected="行政区划代码",
            mend='在文首 YAML 中写明，例如 place: "411000"；国家机关写 level: national',
        )  # fmt: skip
    if not any(section.level for section in sections):
        yield place_problem(
            body, "outline/no-headings", 0, found="没有“一、”“（一）”这样的标题", expected="至少一个标题",
            mend="原文确无标题则不必改动；若标题没有序号，可在其行首加“# ”",
        )  # fmt: skip
        return
    kinds = {section.kind for top in sections for section in top.walk()}
    kinds |= {passage.kind for top in sections for section in top.walk() for passage in section.passages}
    for kind, chinese in _KINDS_WANTED:
        if kind not in kinds and not (kind is not Kind.ACHIEVEMENTS and Kind.MIXED in kinds):
            yield place_problem(
                body, "kind/not-found", 0, found=f"没有认出“{chinese}”的部分", expected="规定应当载明的内容",
                mend='若有而未认出，在文首 YAML 中指定，例如 sections: {"二": {kind: ' + kind + "}}",
            )  # fmt: skip


def _dangling(body: Source, decided: Decided, sections: tuple[Section, ...]) -> Iterator[Problem]:
    """Keys of `sections:` that name no heading."""
    known = [section.key for top in sections for section in top.walk() if section.key]
    line, column = decided.at.get("sections", (1, 1))
    for key in sorted({*decided.kinds, *decided.topics} - set(known)):
        yield Problem(
            "yaml/unknown-section", body.name, line, column, f"sections 中的“{key}”不是这份报告的标题",
            f"其中之一：{'、'.join(known[:12])}" if known else "这份报告没有标题",
            "写标题的序号，如 \"二\"、\"二/一\"；govreport parse 会列出全部",
        )  # fmt: skip
