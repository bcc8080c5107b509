"""CPU time of reading: one report, and texts of 5 MB made to be hard.

    .venv/bin/python tests/bench/reading.py

Prints milliseconds a report (read and infer, front matter included; best and median of
rounds, process CPU time), and seconds for each large text.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from govreport_site.reading.read import read_text

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 60
LARGE_BYTES = 5_000_000

UNITS = {
    "a report again and again": None,
    "one line without an end": "法治政府建设",
    "markers only": "一、（一）1.（1）①",
    "headings on lines": "（一）加强领导。召开会议。\n",
    "points": "一是加强。二是规范；",
    "blanks": "。\n\u3000",
    "brackets": "1)《“（",
    "table rows": "| 甲 | 1 |\n",
    "digits and dates": "2025年1月27日12.4万元，",
}


def cpu_ms(text: str) -> float:
    began = time.process_time()
    read_text(text, name="x", file="x")
    return (time.process_time() - began) * 1000


def main() -> None:
    for path in sorted((ROOT / "corpus").rglob("20*.md")):
        text = path.read_text("utf-8")
        cpu_ms(text)
        rounds = [cpu_ms(text) for _ in range(ROUNDS)]
        print(
            f"{path.name:34} {len(text):6,} characters  best {min(rounds):5.2f} ms  median {statistics.median(rounds):5.2f} ms"
        )
    report = next((ROOT / "corpus").rglob("2025-zhengzhou*.md")).read_text("utf-8").partition("\n---\n")[2]
    for name, unit in UNITS.items():
        unit = unit or report
        text = unit * (LARGE_BYTES // len(unit.encode()))
        print(f"{name:34} {len(text):9,} characters  {cpu_ms(text) / 1000:6.2f} s")


if __name__ == "__main__":
    main()
