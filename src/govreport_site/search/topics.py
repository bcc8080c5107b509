"""The topics of places, one after another, on the wire.

Few sets of topics come up again and again, so each is written once, and of each place its number:

    [names, sets, numbers]   names     “/” parts a topic from its part; line feeds between names
                             sets      Numbers of each set: its names
                             numbers   of each place 0 for none, else its set + 1

Twin: templates/static/browser/topics.js.
"""

from __future__ import annotations

from collections.abc import Iterable

from govreport_site.search.numbers import as_text


def topic_column(places: Iterable[tuple[str, ...]]) -> list[object]:
    """The topics of each place → the data of a file, or of a part of one."""
    names: dict[str, int] = {}
    sets: dict[tuple[str, ...], int] = {}
    numbers = []
    for topics in places:
        for name in topics:
            names.setdefault(name, len(names))
        numbers.append(sets.setdefault(topics, len(sets)) + 1 if topics else 0)
    return ["\n".join(names), [as_text([names[name] for name in topics]) for topics in sets], as_text(numbers)]
