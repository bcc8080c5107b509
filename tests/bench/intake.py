"""How well files come in: every made case of `tests/intake`, one row each, as a Markdown table.

    .venv/bin/python tests/bench/intake.py

Prints characters lost and too many, paragraphs and hints that are right, the codes of the
doubts and milliseconds a case; then the totals, and the files that are refused with their codes.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path, PurePosixPath

from govreport_site.intake.arrival import Refused

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests import test_intake_html, test_intake_text
from tests.intake import html_cases, office_cases
from tests.intake.measure import Case, Row, arrive, measure


def main() -> None:
    cases = (*html_cases.CASES, *office_cases.CASES)
    print("| case | file | lost | extra | paragraphs | hints | doubts | ms |\n" + "|" + " --- |" * 8)
    rows: list[tuple[Row, set[str]]] = []
    refused: list[tuple[str, str]] = []
    for case in cases:
        try:
            row, doubts, taken_ms = measured(case)
        except Refused as error:
            refused.append((case.name, f"{error.code}, but it should come in"))
            continue
        rows.append((row, doubts))
        print(f"| {case.name} | {ending(case)} | {counts(row)} | {', '.join(sorted(doubts))} | {taken_ms:.0f} |")
    sums = Row("", *(sum(getattr(row, one.name) for row, _ in rows) for one in fields(Row)[1:]))
    silent = [row.name for row, doubts in rows if not row.perfect and not doubts]
    print(f"| {len(rows)} cases | | {counts(sums)} | | |\n")
    print(f"Perfect: {sum(row.perfect for row, _ in rows)} of {len(rows)}.", end=" ")
    print(f"Imperfect without a doubt: {', '.join(silent) or 'none'}.")
    formats = Counter(ending(case) for case in cases)
    print(f"Files: {', '.join(f'{number} {one}' for one, number in formats.most_common())}.\n")

    print("| refused | file | code | expected |\n| --- | --- | --- | --- |")
    for case, code in refusals():
        print(f"| {case.name} | {ending(case)} | {refusal(case)} | {code} |")
    for name, what in refused:
        print(f"| {name} | | {what} | |")


def measured(case: Case) -> tuple[Row, set[str], float]:
    """A case's row, the codes of its doubts and the time one arrival takes. Raises Refused."""
    began = time.perf_counter()
    doubts = {doubt.code for doubt in arrive(case).doubts}
    taken_ms = (time.perf_counter() - began) * 1000
    return measure(case), doubts, taken_ms


def refusals() -> Iterator[tuple[Case, str]]:
    """Files that no report can be made of, with the code each is to be refused with."""
    yield from office_cases.REFUSED
    for html, code in test_intake_html.REFUSED:
        yield Case("page", "a.html", html.encode, ()), code
    for name, data, code in test_intake_text.REFUSED:
        yield Case(f"{len(data):,} bytes", name, partial(bytes, data), ()), code


def refusal(case: Case) -> str:
    try:
        arrive(case)
    except Refused as error:
        return error.code
    return "it came in"


def counts(row: Row) -> str:
    return f"{row.lost} | {row.extra} | {row.paragraphs_right}/{row.paragraphs} | {row.metadata_right}/{row.metadata}"


def ending(case: Case) -> str:
    return PurePosixPath(case.file).suffix.removeprefix(".")


if __name__ == "__main__":
    main()
