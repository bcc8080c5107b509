"""Imports run strictly down, the wings never import each other, each library has one door.

Types and imports inside functions count too: hidden knots are knots.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "govreport_site"
WINGS = ("intake", "reading", "insight", "search", "pages", "exports")

# The one table of floors. A module may import what stands on a lower floor, and within its
# own wing whatever makes no circle. Ground and data floors are ordered among themselves.
FLOORS: dict[str, int] = {
    "__main__": 7,
    "cli": 6,
    "serve": 5,  # above site, which it calls; no circle may form
    "site": 5,
    "looking": 5,
    "rebuilding": 5,
    "gathering": 5,
    "telling": 5,
    "making": 5,
    "asking": 5,
    "beginning": 5,
    "publishing": 5,
    "exporting": 5,
    "understanding": 5,  # of one file that came in; adding calls it
    "shelf": 5,
    "adding": 5,
    **dict.fromkeys(WINGS, 4),
    "places": 3,
    "issuer_kinds": 3,
    "interface": 3,
    "topic_names": 3,
    "dataset": 3,
    "catalogue": 3,
    "addresses": 3,
    "citation": 3,
    "words": 3,
    "pinyin": 3,
    "records": 3,
    "progress": 2,
    "variants": 1,
    "report": 2,
    "findings": 2,
    "problems": 2,
    "switch": 2,
    "filing": 2,
    "loopback": 2,
    "graph": 1,
    "store": 1,
    "manifest": 1,
    "program": 1,
    "alone": 1,
    "source": 1,
    "yaml_file": 1,
    "normalise": 1,
    "": 0,  # the package itself: its version
}

DOORS = {
    "yaml": {"yaml_file"},
    "markdown_it": {"reading.blocks"},
    "jinja2": {"pages.environment"},
    "markupsafe": {"pages.environment"},
    "jieba": {"words"},
    "rjieba": {"words"},
    "defusedxml": {"intake.docx"},
    "selectolax": {"intake.html"},
    "pypdfium2": {"intake.pdf_file"},
    "rapidocr": {"intake.ocr"},
    "onnxruntime": {"intake.ocr"},
    "pypinyin": {"pinyin"},
    "rich": {"progress"},
    "rjsmin": {"pages.assets"},
    "numpy": {
        *("search.numbers", "search.bits", "search.grams", "search.contribution", "search.segments"),
        *("insight.letters", "insight.sketches"),
    },
    "watchfiles": {"serve"},
    "whoosh": {"search.terminal"},
}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Every module by its name within the package, with its syntax tree."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found.append((name.removesuffix(".__init__").removesuffix("__init__"), ast.parse(path.read_text("utf-8"))))
    return tuple(found)


def imports(tree: ast.Module) -> Iterator[str]:
    """Full names of everything a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(name: str) -> str | None:
    """`govreport_site.reading.tree.build_tree` → `reading.tree`; None for a library."""
    if name.split(".")[0] != "govreport_site":
        return None
    known = {module for module, _ in modules()}
    parts = name.split(".")[1:]
    while parts and ".".join(parts) not in known:
        parts.pop()
    return ".".join(parts)


@cache
def arrows() -> list[tuple[str, str]]:
    return [
        (module, target)
        for module, tree in modules()
        for name in imports(tree)
        if (target := own(name)) is not None and target != module
    ]


def test_every_room_has_a_floor() -> None:
    unknown = {module for module, _ in modules() if module.split(".")[0] not in FLOORS}
    assert not unknown, f"no floor in FLOORS for {sorted(unknown)}"


def test_no_arrow_climbs_or_crosses_between_wings() -> None:
    for module, target in arrows():
        here, there = module.split(".")[0], target.split(".")[0]
        if here == there and here in WINGS:
            continue
        assert not (here in WINGS and there in WINGS), f"{module} imports {target}: wings never import each other"
        assert FLOORS[there] <= FLOORS[here], (
            f"{module} (floor {FLOORS[here]}) imports {target} (floor {FLOORS[there]})"
        )


def test_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for module, target in arrows():
        if target:
            graph.setdefault(module, set()).add(target)
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, "circle: " + " → ".join([*trail[trail.index(module) :], module])
        if module in done:
            return
        for target in sorted(graph.get(module, ())):
            visit(target, (*trail, module))
        done.add(module)

    for module in sorted(graph):
        visit(module, ())


def test_each_library_has_one_door() -> None:
    for module, tree in modules():
        for name in imports(tree):
            doors = DOORS.get(name.split(".")[0])
            assert doors is None or module in doors, f"{module} imports {name}: its door is {sorted(doors or ())}"


def test_only_known_libraries_are_imported() -> None:
    for module, tree in modules():
        for name in imports(tree):
            library = name.split(".")[0]
            assert library == "govreport_site" or library in sys.stdlib_module_names or library in DOORS, (
                f"{module} imports {library}, which has no door in DOORS"
            )
