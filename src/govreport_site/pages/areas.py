"""Entries → the areas a long page is parted into: provinces, and the prefectures of a long one.

An area is the first part of a place's folder, `henan`, or the first two, `henan/xuchang`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govreport_site.catalogue import Entry


@dataclass(frozen=True, slots=True)
class Area:
    """One part: the entries it shows, and the areas below it that are parts of their own."""

    folder: str
    entries: tuple[Entry, ...]
    below: tuple[str, ...] = ()


def areas(entries: Iterable[Entry], most: int) -> Iterator[Area]:
    """The parts, in the order of the entries; none has more than `most`, unless it is a prefecture.

    A parted province shows what belongs to none of its prefectures; that may be nothing.
    """
    provinces: dict[str, list[Entry]] = {}
    for entry in entries:
        provinces.setdefault(entry.province, []).append(entry)
    for province, of_province in provinces.items():
        if len(of_province) <= most:
            yield Area(province, tuple(of_province))
            continue
        parts: dict[str, list[Entry]] = {province: []}
        for entry in of_province:
            parts.setdefault(entry.area, []).append(entry)
        yield Area(province, tuple(parts.pop(province)), tuple(parts))
        yield from (Area(folder, tuple(of_area)) for folder, of_area in parts.items())
