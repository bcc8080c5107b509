"""Makes src/govreport_site/data/traditional.tsv: characters that are only traditional, and their simplified form.

    pip install opencc==1.4.2 && python tests/make/variants.py

Source: OpenCC 1.4.2 (Apache-2.0), its t2s table, character by character. Left out: rare
characters outside the basic block, and pairs in which the character is simplified Chinese
too (后, 里, 面 are words of their own), so that folding never changes a simplified text.
"""

from __future__ import annotations

from pathlib import Path

import opencc  # type: ignore[import-not-found]  # no dependency: needed to make the table, once

TARGET = Path(__file__).resolve().parents[2] / "src" / "govreport_site" / "data" / "traditional.tsv"


def main() -> None:
    to_simplified = opencc.OpenCC("t2s")
    to_traditional = opencc.OpenCC("s2t")
    pairs: dict[str, str] = {}
    for point in range(0x4E00, 0xA000):
        character = chr(point)
        simple = to_simplified.convert(character)
        # What OpenCC reads as simplified, too, is left: 著 and 乾 stand in simplified texts.
        if len(simple) == 1 and simple != character and to_traditional.convert(character) == character:
            if _in_gb2312(character):
                continue
            pairs[character] = simple
    lines = [
        "# Characters that are only traditional → simplified. Made by tests/make/variants.py from OpenCC 1.4.2 (Apache-2.0).",
        *(
            f"{simple}\t{''.join(sorted(c for c, s in pairs.items() if s == simple))}"
            for simple in sorted(set(pairs.values()))
        ),
    ]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    print(len(pairs), "characters")


def _in_gb2312(character: str) -> bool:
    """Whether the standard of simplified Chinese holds a character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
