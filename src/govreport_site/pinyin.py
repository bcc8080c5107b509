"""The name of a body → a word for addresses, for bodies that no table gives one. The one door for pypinyin.

许昌市建安区将官池镇人民政府 → jiangguanchizhen: the place goes, since the address names it already,
and so does the ending that all bodies of a kind share.
"""

from __future__ import annotations

import re

from govreport_site import places

# Endings by which no two bodies of a place differ.
_SHARED = re.compile("(?<=.)(人民政府|办事处|(?:党工委)?管理委员会|管委会)$")

# As long as an address stays readable; cut between syllables.
_LONGEST = 40


def slug_of_name(issuer: str) -> str | None:
    """Lower-case letters and digits, 1 to 40 of them; None where the name gives none."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 0.1 s, and few additions need it

    first = next(iter(places.mentions(issuer)), None)
    rest = issuer[first.span.end :] if first is not None and first.span.start == 0 else ""
    name = _SHARED.sub("", rest) or rest or issuer
    slug = ""
    for syllable in lazy_pinyin(name, style=Style.NORMAL):
        plain = re.sub("[^a-z0-9]", "", syllable.lower())
        if len(slug) + len(plain) > _LONGEST:
            break
        slug += plain
    return slug or None
