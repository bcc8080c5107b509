"""Text as XML 1.0 may hold it: escaped, and without the characters that XML has no place for."""

from __future__ import annotations

import re
from html import escape

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

_NO_PLACE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """For between tags and within double quotes."""
    return escape(_NO_PLACE.sub("\ufffd", text), quote=False).replace('"', "&quot;")
