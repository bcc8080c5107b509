"""CSV files for programs → the `datapackage.json` beside them, after the Data Package standard (frictionlessdata.io, v1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from govreport_site.dataset import Column, Edition, Table, rights
from govreport_site.exports.csv_files import NOTE

FILE = "datapackage.json"


def write_datapackage(folder: Path, tables: Sequence[Table], edition: Edition, title: str, base: str | None) -> None:
    """Describes the CSV files of a folder. No day is noted: the same corpus gives the same bytes."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "govreport",
        "title": f"{title}数据集",
        "description": f"{'　'.join(rights())}　{NOTE}",
        "version": edition.version,
        **({"homepage": base} if base else {}),
        "keywords": ["法治政府建设年度报告"],
        "resources": [_resource(folder, table) for table in tables],
    }
    (folder / FILE).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


_TYPES = {"list": "string"}


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "title": table.title,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [_field(column, key=column.name in table.key) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": to if to != table.name else "", "fields": [there]}}
                for column, (to, there) in table.links.items()
            ],
        },
    }


def _field(column: Column, *, key: bool) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "title": column.title,
        **({"description": column.explanation} if column.explanation else {}),
        **({"constraints": {"required": True}} if key else {}),
        **({"constraints": {"enum": list(column.words)}} if column.words else {}),
    }
