"""What a corpus adds to our data for insight: files beside its corpus.yaml, in the form of those of the same name in `data/`."""

from __future__ import annotations

from pathlib import Path

INDICATORS, TOPICS, RULES, SET_PHRASES = "indicators.yaml", "topics.yaml", "rules.yaml", "set_phrases.list"
FILES = (INDICATORS, TOPICS, RULES, SET_PHRASES)

Texts = tuple[tuple[str, str, str], ...]
"""(which of `FILES`, how messages call it, what it holds) of those that are there."""


def read_texts(corpus: Path, prefix: str) -> Texts:
    """The corpus' own additions. Bytes that are no UTF-8 become marks of replacement, and faults of the data."""
    found = []
    for name in FILES:
        path = corpus / name
        if path.is_file():
            found.append((name, prefix + name, path.read_text("utf-8-sig", "replace")))
    return tuple(found)
