"""A random mutator for the reader: no exception, lossless, spans nested, problems inside the file.

    .venv/bin/python tests/bench/fuzz.py [SECONDS] [PROCESSES]

Pieces of real reports, markers, marks and stray characters are cut, doubled, swapped and torn;
each input is read and checked. Prints how many inputs were read, and the first that fails,
with its seed, so that it can become a case of tests/golden/outline.txt.
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from pathlib import Path

from govreport_site.normalise import is_blank
from govreport_site.reading.read import read_text
from govreport_site.report import Section, leaves

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.strategies import PIECES  # noqa: E402

MORE = [
    "当前位置：首页 > 政务公开", "索 引 号：", "发布日期：2026-01-27", "来源：许昌市司法局", "字体：【大 中 小】", "市委、市政府：",
    "2025年，", "我局", "还存在不足", "下一步", "责任人", "第一", "（20212025年）", "某县", "xx区", "區(qū)", "與", "⾏", "法 治", "\ufffd",
    "---\n", "year: 2025\n", "place: \"411000\"\n", "sections: {\"一\": {kind: plans}}\n", "[", "{", "- ", "\0", "\ud800", "\x1b[2J", "\u202e",
]  # fmt: skip


def check(text: str) -> None:
    report = read_text(text, name="x", file="x")
    body = report.source.text
    assert text.endswith(body)
    held = {section.heading for section in report.walk()} | {passage.span for _, passage in report.passages()}
    at = 0
    for leaf in leaves(report):
        assert leaf.start == at, "leaves touch"
        assert leaf in held or is_blank(report.source.cut(leaf)), "only blanks between"
        at = leaf.end
    assert at == len(body), "lossless"

    def nested(sections: tuple[Section, ...], start: int, end: int) -> None:
        for section in sections:
            assert section.span.start == start, "siblings touch"
            assert section.span.end <= end
            for passage in section.passages:
                assert section.span.covers(passage.span)
                assert all(passage.span.covers(point.span) for point in passage.points)
            if section.subsections:
                nested(section.subsections, section.subsections[0].span.start, section.span.end)
            start = section.span.end

    nested(report.sections, 0, len(body))
    lines = text.count("\n") + 1
    for problem in report.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1


def mutated(dice: random.Random, corpus: list[str]) -> str:
    pieces = []
    for _ in range(dice.randint(1, 9)):
        choice = dice.random()
        if choice < 0.4:
            pieces.append(dice.choice(PIECES))
        elif choice < 0.6:
            pieces.append(dice.choice(MORE))
        elif choice < 0.95:
            text = dice.choice(corpus)
            start = dice.randrange(len(text))
            pieces.append(text[start : start + dice.randint(1, 40)])
        else:
            pieces.append(chr(dice.randrange(0x110000)))
        if dice.random() < 0.3:
            pieces.append("\n")
    dice.shuffle(pieces)
    return "".join(pieces)


def run(seed: int, seconds: float) -> tuple[int, str]:
    """Inputs read, and what failed: the text and the complaint."""
    dice = random.Random(seed)
    corpus = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").rglob("*.md"))]
    corpus.append((ROOT / "tests/golden/outline.txt").read_text("utf-8"))
    end = time.monotonic() + seconds
    count = 0
    while time.monotonic() < end:
        for _ in range(200):
            text = mutated(dice, corpus)
            count += 1
            try:
                check(text)
            except Exception as error:  # a fuzzer reports whatever comes
                return count, f"{text!r}\n{type(error).__name__}: {error}"
    return count, ""


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else multiprocessing.cpu_count()
    seed = int(time.time())
    with multiprocessing.Pool(processes) as pool:
        results = pool.starmap(run, [(seed + number, seconds) for number in range(processes)])
    print(f"{sum(count for count, _ in results):,} inputs in {seconds:.0f} s, {processes} processes, seed {seed}")
    failures = [failure for _, failure in results if failure]
    print("\n\n".join(failures) or "no exception, lossless, spans nested, problems inside the file")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
