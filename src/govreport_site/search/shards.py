"""The wire format of the search index: reports as scripts that a page can load from anywhere.

In flow `ReportUnits`, out flow files. Every file is UTF-8 and one statement:

    window.govreport.receive("<name>",<data>);\\n

`<data>` is JSON with the characters that a script or UTF-8 cannot hold escaped (`<`, U+2028,
U+2029, lone surrogates). It is made of arrays, numbers, strings and null only: no text of a
report ever becomes a key.

    search/root.js     name "root"; data [format, [name of each shard, …]], in order of address
    search/<name>.js   data [report, …]; the name is 16 hex digits, the BLAKE2b of the data

    report    [address, url, title, issuer|null, [value, name]|null, [[code, name], …], year|null,
               "YYYY-MM-DD"|null, [section, …], [unit, …]]
              address: folder under the root; url: its page, from the root; [value, name]: the
              kind of issuer; [code, name]: places from the province down
    section   [[heading, …], kind|null, [topic, …]]     headings from the top
    unit      [text, [place, …]]                        a line, as published; at least one place
    place     [start, body, anchor, section, number]    offsets in UTF-16 units of the text; the
              first start is 0; section: index in the report's sections; number: 0 when unnumbered

`format` is raised whenever this page changes. Twin: templates/static/browser/units.js
(`decodeReport`) and shards.js, which reads the root.

Shards hold whole reports, about `TARGET_BYTES` each. Where a shard ends is decided by the
report at its end alone (a number made of its address against its size), not by counting from
the start. So one more report changes one shard, or splits one, and the root: every other file
keeps its name, and readers keep it in their caches.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from govreport_site.addresses import page_in
from govreport_site.search.units import ReportUnits

FORMAT = 1
TARGET_BYTES = 256 * 1024

# A lone surrogate has no UTF-8; a script must hold neither “</script” nor “<!--”.
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


def index_files(reports: Iterable[ReportUnits]) -> Iterator[tuple[str, bytes]]:
    """Path under the site's root and bytes of every file of the index; the root comes last."""
    names = []
    for shard in _shards(sorted(reports, key=lambda report: report.address)):
        data = "[" + ",\n".join(shard) + "]"
        name = hashlib.blake2b(data.encode(), digest_size=8).hexdigest()
        names.append(name)
        yield f"search/{name}.js", _script(name, data)
    yield "search/root.js", _script("root", _json([FORMAT, names]))


def _shards(reports: Iterable[ReportUnits]) -> Iterator[list[str]]:
    """Reports in JSON, gathered into shards."""
    shard: list[str] = []
    size_bytes = 0
    for report in reports:
        data = _json(_wire(report))
        shard.append(data)
        length_bytes = len(data.encode())
        size_bytes += length_bytes
        if _ends_shard(report.address, length_bytes) or size_bytes > 2 * TARGET_BYTES:
            yield shard
            shard, size_bytes = [], 0
    if shard:
        yield shard


def _ends_shard(address: str, length_bytes: int) -> bool:
    """True for one report in `TARGET_BYTES` of reports, on average, and always for the same ones."""
    lot = int.from_bytes(hashlib.blake2b(address.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return lot * TARGET_BYTES < length_bytes << 64


def _wire(report: ReportUnits) -> list[object]:
    """A report as the module's docstring writes it down."""
    return [
        report.address,
        page_in(report.address),
        report.title,
        report.issuer,
        report.issuer_kind,
        report.lineage,
        report.year,
        report.date,
        [[section.path, section.kind, section.topics] for section in report.sections],
        [
            [unit.text, [[p.start, p.body, p.anchor, p.section, p.number or 0] for p in unit.places]]
            for unit in report.units
        ],
    ]


def _json(data: object) -> str:
    """JSON that is safe inside a script and has a UTF-8 form."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _script(name: str, data: str) -> bytes:
    return f'window.govreport.receive("{name}",{data});\n'.encode()
