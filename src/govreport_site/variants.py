"""Traditional characters and pinyin notes → the simplified words they stand for. Pure.

Some pages come from mirrors that turned a report into traditional characters, some of them
with the sound of rare characters in brackets (現(xiàn)將). Here only as much as is needed to
understand such a text: the text itself is never changed, nor is what a search finds in it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "traditional.tsv"

# A sound in brackets behind the character it belongs to. Latin letters alone are no proof:
# one of them must bear a tone.
PINYIN = re.compile(
    r"(?<=[\u3400-\u9fff])[(（][a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,5}[)）]|(?<=[\u3400-\u9fff])[(（](?:de|le|zhe|men)[)）]"
)


@cache
def traditional() -> dict[int, str]:
    """Code point of a character that is only traditional → its simplified form, for `str.translate`."""
    table: dict[int, str] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            simple, _, characters = line.partition("\t")
            table.update(dict.fromkeys(map(ord, characters), simple))
    return table


def simplified(text: str) -> str:
    """The text with traditional characters made simple and sounds in brackets left out."""
    return PINYIN.sub("", text).translate(traditional())
