"""The Word file of the README's story: a report of the corpus, its 一、 and （一） numbered by Word itself.

.venv/bin/python -m tests.intake.story FILE
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.intake.html_cases import XUCHANG
from tests.intake.make_docx import docx, paragraph
from tests.intake.office_cases import LIST

_MARKERS = (re.compile("[一二三]、"), re.compile("（[一二三四]）"))


def story_file() -> bytes:
    """The report with its markers taken away, for Word to count."""
    return docx("".join(map(_written, XUCHANG)), parts={"numbering": LIST})


def _written(line: str) -> str:
    for level, marker in enumerate(_MARKERS):
        if found := marker.match(line):
            return paragraph(line[found.end() :], number=(1, level))
    return paragraph(line)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(story_file())
