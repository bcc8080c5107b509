"""The style sheet → the same rules for an element that is shown in a state: what the specimen needs beside the sheet.

A page at rest shows no hover, no focus and no target. Of the site's own sheet the rules that speak of
them are taken over with the state as an attribute, so that the specimen shows what they do, never a copy
that somebody wrote: `.btn:hover` gives `.btn[data-state="hover"]`. An attribute weighs as much as a
pseudo-class, and the order is kept, so what wins in the one wins in the other.
"""

from __future__ import annotations

import re

_STATES = {"hover": "hover", "focus": "focus", "focus-visible": "focus", "focus-within": "focus", "target": "target"}
_STATE = re.compile(r":(hover|focus-visible|focus-within|focus|target)(?![\w-])")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STEP = re.compile(r"([^{}]*)([{}])")
_BETWEEN = re.compile(r",(?![^()]*\))")


def stated(sheet: str) -> str:
    """The rules of a sheet that speak of a state, each within its own at-rules; empty where there are none.

    Braces within a text count as braces: of such a sheet the specimen may show too little, and nothing else suffers.
    """
    opened: list[tuple[str, list[str]]] = [("", [])]
    for text, brace in _STEP.findall(_COMMENT.sub("", sheet)):
        if brace == "{":
            opened.append((text.rpartition(";")[2].strip(), []))
            continue
        if len(opened) == 1:
            continue  # a brace too many, in a sheet of the corpus' own: the browser passes over it too
        head, inner = opened.pop()
        if head.startswith("@"):
            if inner:
                opened[-1][1].append(f"{head} {{\n{''.join(inner)}}}\n")
        elif selectors := [_marked(one) for one in _BETWEEN.split(head) if _STATE.search(one)]:
            opened[-1][1].append(f"{', '.join(selectors)} {{ {text.strip()} }}\n")
    return "".join(opened[0][1])


def _marked(selector: str) -> str:
    return _STATE.sub(lambda found: f'[data-state="{_STATES[found[1]]}"]', selector.strip())
