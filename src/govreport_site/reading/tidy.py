"""What is known of a report → front matter in its tidy form, and back into one that people have edited. Pure.

`metadata.py` reads what is written here. Every key stands on a line of its own, in the order
of `FIELDS`; what was read of the sections stands below them as comments, to be uncommented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from govreport_site.reading.metadata import FIELDS, Decided, Value, read_front_matter
from govreport_site.report import Kind, Section
from govreport_site.source import Source
from govreport_site.yaml_file import load_placed

# What a report may truly lack, so that null is an answer; other keys stay open, for a better reading.
_MAY_LACK = ("published", "dated", "document_number", "index_number", "source_url", "source_file", "source_sha256")

_SUGGESTED = re.compile(r'^# ".*": \{kind: [a-z]+\}\s*$')
_FENCE = "---\n"


def parted(text: str, body: str) -> tuple[str, Decided]:
    """The front matter of a file whose body is known, without its --- lines, and what it says; empty where it has none."""
    front = text[: len(text) - len(body)]
    lines = front.split("\n")
    inner = "\n".join(line.rstrip("\r") for line in lines[1:-2]) + "\n" if len(lines) > 2 else ""
    return inner, read_front_matter(Source("", inner, first_line=2))[0]


def front_matter(
    values: Mapping[str, Value], inferred: Collection[str], sections: Sequence[Section], decided: Decided | None = None
) -> str:
    """The whole of it, --- lines included.

    values   metadata; a key that is missing is written as null where there may be none, else left open
    decided  what a person said of the sections, and of last year's plans, stands as it is; None: nobody said anything
    """
    lines = [
        f"# {key}:" if values.get(key) is None and key not in _MAY_LACK else f"{key}: {scalar(values.get(key))}"
        for key in FIELDS
    ]
    lines.append(_inferred(inferred))
    lines.append("sections:")
    lines += _suggestions(sections, decided)
    lines += (*_decisions(decided), *_progress(decided)) if decided else ()
    return _FENCE + "\n".join(lines) + "\n" + _FENCE


def amended(
    inner: str, values: Mapping[str, Value], inferred: Collection[str], sections: Sequence[Section], decided: Decided
) -> str:
    """Front matter that people have edited, with these values changed and every other line as it was.

    inner   as `parted` gives it
    values  only what is to change
    """
    root, _ = load_placed(inner)
    keys = root.keys if root is not None else {}
    rows = sorted(line for line, _ in keys.values())
    lines = inner.split("\n")[:-1]
    written = {**{key: f"{key}: {scalar(value)}" for key, value in values.items()}, "inferred": _inferred(inferred)}
    kept: dict[int, list[str]] = {row: [line] for row, line in enumerate(lines)}
    for key, line in written.items():
        if key not in keys:
            continue
        row = keys[key][0]
        following = next((later for later in rows if later > row), len(lines))
        kept[row] = [line]
        for rest in range(row + 1, following):
            if lines[rest][:1] not in ("", "#"):
                kept[rest] = []  # the value went on there
    sections_row = keys["sections"][0] if "sections" in keys else None
    for row, line in enumerate(lines):
        if _SUGGESTED.match(line):
            kept[row] = []
    if sections_row is not None and kept[sections_row]:
        kept[sections_row] = [*kept[sections_row], *_suggestions(sections, decided)]
    new = [line for key, line in written.items() if key not in keys]
    out = [line for row in sorted(kept) for line in kept[row] if not _opened(line, written)]
    at = next((row for row, line in enumerate(out) if line.startswith("sections:")), len(out))
    return _FENCE + "\n".join([*out[:at], *new, *out[at:]]) + "\n" + _FENCE


def _opened(line: str, written: Collection[str]) -> bool:
    """A line that left a key open (# place:) which now has a value."""
    return line.startswith("# ") and line.endswith(":") and line[2:-1] in written


def scalar(value: Value) -> str:
    """A value as YAML: plain where that reads back as the same text, else in double quotes."""
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    plain = value.isprintable() and not value.isdecimal() and value == value.strip()
    if plain:
        root, faults = load_placed(f"k: {value}\n")
        node = root.value.get("k") if root is not None and isinstance(root.value, dict) else None
        if not faults and node is not None and node.value == value and not node.quoted and value.lower() not in _WORDS:
            return value
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


# Words that other readers of YAML take for something else than text.
_WORDS = frozenset(("yes", "no", "true", "false", "on", "off", "null", "~"))


def _inferred(keys: Collection[str]) -> str:
    return f"inferred: [{', '.join(sorted(keys))}]"


def _suggestions(sections: Sequence[Section], decided: Decided | None) -> Iterator[str]:
    """What was understood: every top section, and those below that differ from the one they stand in."""

    def walk(section: Section, above: Kind | None) -> Iterator[str]:
        known = decided is not None and (section.key in decided.kinds or section.key in decided.topics)
        if section.kind is not None and section.kind is not above and not known:
            yield f"# {json.dumps(section.key, ensure_ascii=False)}: {{kind: {section.kind}}}"
        for inner in section.subsections:
            yield from walk(inner, section.kind)

    for section in sections:
        if section.level:
            yield from walk(section, None)


def _decisions(decided: Decided) -> Iterator[str]:
    for key in dict.fromkeys((*decided.kinds, *decided.topics)):
        said = [f"kind: {decided.kinds[key]}"] if key in decided.kinds else []
        if topics := decided.topics.get(key):
            said.append(f"topics: {json.dumps(topics, ensure_ascii=False)}")
        yield f"  {json.dumps(key, ensure_ascii=False)}: {{{', '.join(said)}}}"


def _progress(decided: Decided) -> Iterator[str]:
    if decided.progress:
        yield "progress:"
    for key, status in decided.progress.items():
        yield f"  {json.dumps(key, ensure_ascii=False)}: {status}"
