"""Whether every question is answered exactly, asked of the site's own scripts in Node.js: no browser, no bytes, no times.

    .venv/bin/python tests/bench/exact.py CORPUS SITE [--queries 200] [--most-hits 2000] [--quoted]

`search.py` asks in a browser, which takes seconds a question; this asks all of the same questions in a minute. CORPUS is
a folder of reports and SITE what was built from it. The truth comes from looking at every line (`questions.py`); of a
question with more answers than `--most-hits` all are counted and so many compared. `--quoted` puts each question in
double quotes, where every mark counts. Prints what is wrong, then a line of counts; the exit code is 1 when anything is.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from govreport_site.normalise import normalise  # noqa: E402
from tests.bench.questions import draw, read_texts, truth  # noqa: E402
from tests.bench.search import SEED  # noqa: E402
from tests.site_answers import ask_site  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="Holds every answer of a site's search to the truth.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--most-hits", type=int, default=2000)
    parser.add_argument("--quoted", action="store_true")
    given = parser.parse_args()
    texts = read_texts(given.corpus)
    questions = draw(texts, given.queries, SEED)
    random.Random(SEED).shuffle(questions)
    words = [question.text for question in questions]
    if given.quoted:
        texts = read_texts(given.corpus, keep_marks=True)
        questions = [replace(one, folded=normalise(one.text, keep_marks=True)) for one in questions]
        words = [f'"{word}"' for word in words]
    asked = [(word, {"limit": str(given.most_hits)}) for word in words]
    wrong = nothing = 0
    for question, answer in zip(questions, ask_site(given.site / "search", asked)["answers"], strict=True):
        right = truth(question, texts)
        found = [(hit["report"]["id"], hit["passage"]) for hit in answer["hits"]]
        nothing += not right
        enough = len(found) == min(len(right), given.most_hits)
        if answer["total"] != len(right) or not enough or len(set(found)) != len(found) or not set(found) <= right:
            wrong += 1
            print(f"{question.kind}: {question.text}: {answer['total']} of {len(right)}")
    print(
        f"{len(questions) - wrong} of {len(questions)} exactly right; {len(questions) - nothing} of them find something"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
