"""Text of a page → the text in which names, labels and dates are looked for. Pure.

Mirrors show reports in traditional characters, some with pinyin behind the rare ones
(區(qū)民政局), and every page mixes widths. Only what is recognised passes through here; the
words of a report are never changed.
"""

from __future__ import annotations

from govreport_site.normalise import BLANK
from govreport_site.variants import simplified

_WIDTHS = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x2236: ":", 0xFE55: ":"}
_SPACES = {ord(c): " " for c in BLANK if c != "\n"} | dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF))
_FLAT = str.maketrans(_WIDTHS | _SPACES)
_NO_BLANKS = str.maketrans(_WIDTHS | dict.fromkeys(map(ord, BLANK)))


def flat(text: str) -> str:
    """Half-width marks, and every blank a plain one: how labels are read."""
    return simplified(text).translate(_FLAT)


def dense(text: str) -> str:
    """Half-width marks and no blanks: how names are read."""
    return simplified(text).translate(_NO_BLANKS)
