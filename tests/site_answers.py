"""What the browser's own code says, asked by Node.js: the other half of a twin."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import machine

SCRIPT = machine.ROOT / "tests" / "node" / "answers.mjs"

# Rich in what makes searching Chinese hard; as tests/node/made.mjs.
ALPHABET = list('一一二（、）(),，。％%１1+＋.．ＡaAb法法行政 \u3000\u200b㎡㈠⾏“”"-—𠀀𠮷𝟙İΣ……...:：')


@cache
def _answering() -> subprocess.Popen[str]:
    """Node.js with the scripts loaded, one for all questions of this process; it ends when its input does, with us."""
    node = machine.find_node()
    if node is None:
        if machine.must_be_whole():
            pytest.fail("no Node.js")
        pytest.skip("no Node.js")
    return subprocess.Popen([node, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


def ask_site(index: Path | None, questions: Iterable[tuple[str, dict[str, str]]]) -> dict[str, Any]:
    """The kinds it knows, and what it makes of each question; `index` is the folder `search` of a site."""
    asked = {
        "index": None if index is None else str(index),
        "questions": [{"query": query, "options": options} for query, options in questions],
    }
    answering = _answering()
    assert answering.stdin is not None and answering.stdout is not None
    answering.stdin.write(json.dumps(asked) + "\n")
    answering.stdin.flush()
    answers: dict[str, Any] = json.loads(answering.stdout.readline() or '{"thrown": "it ended"}')
    assert "thrown" not in answers, answers["thrown"]
    return answers


def by_passage(records: Iterable[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Hits by report and passage: what is found, whatever the order."""
    return {(record["report"]["id"], record["passage"]): record for record in records}


def without_words(hit: dict[str, Any]) -> dict[str, Any]:
    """A hit as the terminal gives it: its link in the browser also carries the words, so that the page marks them."""
    page, question, rest = hit["url"].partition("?")
    fragment = rest.partition("#")[2] if question else ""
    return hit | {"url": f"{page}#{fragment}" if fragment else page}


def made_text(lot: random.Random, longest: int, shortest: int = 0) -> str:
    """A text made to be difficult."""
    return "".join(lot.choices(ALPHABET, k=lot.randint(shortest, longest)))
