"""One report in many shapes is one report: headings, kinds and metadata do not depend on how a page lost its form.

The two reports of the corpus are bent the way real pages are bent; what a person would still
read in them must still be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from govreport_site.normalise import normalise
from govreport_site.reading.markers import int_to_numeral
from govreport_site.reading.read import read_report, read_text
from govreport_site.report import Report

ROOT = Path(__file__).resolve().parents[1]
REPORTS = {
    "xuchang": ROOT / "corpus/henan/xuchang/2025-xuchang-weijianwei.md",
    "zhengzhou": ROOT / "corpus/henan/zhengzhou/2025-zhengzhou-weijianwei.md",
}
HALF = str.maketrans("，：；（）！？", ",:;()!?")
FULL = str.maketrans(",:;()!?", "，：；（）！？")
HEADING = re.compile(r"(?m)^(\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])[^\n。]*。)(?=[^\n])")


def without_breaks(text: str) -> str:
    """One paragraph: line breaks became blanks."""
    return re.sub(r"\s*\n\s*", " ", text.strip())


def glued(text: str) -> str:
    """One paragraph: line breaks vanished; what stood alone on its line got a full stop, as such pages have."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    return "".join(line if line[-1] in "。：:；;" else line + "。" for line in lines)


def lined_up(text: str) -> str:
    """Every heading alone on its line."""
    return HEADING.sub(r"\1\n", text)


def one_character(text: str) -> str:
    """（一）as ㈠."""
    return re.sub(
        r"(?m)^[（(]([一二三四五六七八九十])[)）]",
        lambda found: chr(ord("㈠") + "一二三四五六七八九十".index(found[1])),
        text,
    )


def digits(text: str) -> str:
    """（一）as 1. right under 一、."""
    numbers = {int_to_numeral(number): number for number in range(1, 20)}
    return re.sub(r"(?m)^[（(]([一二三四五六七八九十]+)[)）]", lambda found: f"{numbers[found[1]]}.", text)


def hashes(text: str) -> str:
    """Level 1 as a Markdown heading."""
    return re.sub(r"(?m)^([一二三]、)", r"## \1", text)


SHAPES: dict[str, Callable[[str], str]] = {
    "as published": lambda text: text,
    "half width": lambda text: text.translate(HALF),
    "full width": lambda text: text.translate(FULL),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "indented by two ideographic spaces": lambda text: re.sub(r"(?m)^(?=\S)", "\u3000\u3000", text),
    "indented by tabs and no-break spaces": lambda text: re.sub(r"(?m)^(?=\S)", "\t\xa0\xa0", text),
    "blank lines between": lambda text: text.replace("\n", "\n\n \n"),
    "blanks at the ends of lines": lambda text: text.replace("\n", " \u3000\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "blanks after the numbers": lambda text: re.sub(r"(?m)^([（(]?[一二三四五六七八九十]+[、)）])", r"\1 ", text),
    "headings on lines of their own": lined_up,
    "one-character numbers": one_character,
    "digits under level 1": digits,
    "Markdown headings": hashes,
    "no line breaks, blanks instead": without_breaks,
    "no line breaks at all": glued,
}


def body(case: str) -> str:
    return read_report(REPORTS[case], name=case).source.text


def understood(report: Report) -> list[tuple[str, str | None]]:
    return [(normalise(section.title), section.kind) for section in report.walk() if section.level]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", REPORTS)
def test_headings_and_kinds_do_not_depend_on_the_shape(case: str, shape: str) -> None:
    text = body(case)
    wanted = understood(read_text(text, name="a", file="a"))
    assert len(wanted) == {"xuchang": 13, "zhengzhou": 21}[case]
    assert understood(read_text(SHAPES[shape](text), name="a", file="a")) == wanted


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", REPORTS)
def test_metadata_does_not_depend_on_the_shape(case: str, shape: str) -> None:
    metadata = read_text(SHAPES[shape](body(case)), name="a", file="a").metadata
    assert metadata.year == 2025
    assert metadata.place == {"xuchang": "411000", "zhengzhou": "410100"}[case]
    assert metadata.issuer_kind == "卫生健康"
    assert metadata.level == "prefecture"
    assert (metadata.issuer or "").startswith({"xuchang": "许昌市卫生健康委", "zhengzhou": "郑州市卫生健康委"}[case])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", REPORTS)
def test_points_do_not_depend_on_the_shape(case: str, shape: str) -> None:
    def points(text: str) -> list[str]:
        report = read_text(text, name="a", file="a")
        return [point.marker for _, passage in report.passages() for point in passage.points]

    assert points(SHAPES[shape](body(case))) == points(body(case))
