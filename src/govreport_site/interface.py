"""What things are called on screen: the package's table `data/interface.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from govreport_site.report import Kind
from govreport_site.yaml_file import load_plain


@dataclass(frozen=True, slots=True)
class KindName:
    """How a kind of section is shown; `value` also names its classes and its address."""

    value: str
    box: str
    name: str
    short: str
    about: str
    empty: str


@cache
def kind_names() -> Mapping[Kind, KindName]:
    """Every kind with its names, in the order of `Kind`."""
    table = cast("dict[str, dict[str, str]]", _table()["kinds"])
    return MappingProxyType({kind: KindName(value=kind.value, **table[kind.value]) for kind in Kind})


@cache
def level_names() -> Mapping[str, str]:
    """The names of administrative levels."""
    return MappingProxyType(cast("dict[str, str]", _table()["levels"]))


@cache
def class_names() -> Mapping[str, str]:
    """The names of classes of titled texts."""
    return MappingProxyType(cast("dict[str, str]", _table()["classes"]))


@cache
def _table() -> dict[str, Any]:
    text = files("govreport_site").joinpath("data/interface.yaml").read_text(encoding="utf-8")
    return cast("dict[str, Any]", load_plain(text))
