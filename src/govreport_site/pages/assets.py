"""Joins the browser's modules into classic scripts, and names scripts, styles and icon by content.

In flow `templates/static/browser/*.js`, `site.css`, `specimen.css` and `icon.svg`, out flow the files of `assets/`.
`file://` refuses module scripts, so the modules, which Node tests as they are, are put one
after another in the order of their imports, inside one function. Each entry makes a script
with a scope of its own; a module that two entries need stands in both. That works because they
keep to a small subset of JavaScript, and what lies outside it is refused here, not at a reader's:

- imports stand at the top, name what they take, rename nothing, and form no cycle;
- exports are declarations (`export function`, `export const`, `export class`);
- no two modules of a script have the same name at the top level: they share one scope;
- a text in backticks ends on the line on which it begins, and holds none within it.

What begins in the first column is top level. Comments and blanks that mean nothing stay in the sources.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import rjsmin

from govreport_site.pages.states import stated
from govreport_site.problems import GovreportError

# What each script holds, and the order of `Assets`: every page, a report's page, where there is
# a search box, what that one brings when it is first asked for, where reports are compared.
ENTRIES = ("main.js", "reader.js", "finder.js", "later.js", "compare.js")

_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"\./([\w.-]+)";[ \t]*$\n?', re.MULTILINE)
_DECLARATION = re.compile(
    r"^(export\s+)?(?:async\s+)?(?:function\b\s*\*?|class\b|const\b|let\b|var\b)\s*([\w$]+)?", re.MULTILINE
)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+function|function|class|const|let)\b)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_NESTED = re.compile(r"\$\{[^}`]*`")
_SHEET_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SHEET_BLANK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Assets:
    """Scripts, styles and icon: their paths under the site's root, and the files to write there.

    script  for every page     reader  for a report's page
    finder  for pages with a search box; later: what it brings when that is first asked for
    compare  for the page of comparisons
    specimen  style for the specimen, beside that for every page
    """

    script: str
    reader: str
    finder: str
    later: str
    compare: str
    style: str
    specimen: str
    icon: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Module:
    """One source: its text without imports and `export`, what it takes and what it offers."""

    name: str
    text: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    exported: frozenset[str]
    declared: tuple[str, ...]


def read_assets(*folders: Path) -> Assets:
    """The site's scripts, styles and icon, each named by its content; of two files with one name the first folder's."""

    def static(name: str) -> Path:
        return next((folder / name for folder in folders if (folder / name).is_file()), folders[-1] / name)

    names = sorted({path.name for folder in folders for path in (folder / "browser").glob("*.js")})
    sources = {name: _read(static(f"browser/{name}")) for name in names}
    scripts = zip(("site", "reader", "finder", "later", "compare"), join_modules(sources, ENTRIES), strict=True)
    texts = [(name, text, "js") for name, text in scripts]
    sheet = _lean(_read(static("site.css")))
    texts += [("site", sheet, "css"), ("specimen", _lean(_read(static("specimen.css"))) + stated(sheet), "css")]
    texts.append(("site", _read(static("icon.svg")), "svg"))
    files = []
    for name, text, ending in texts:
        data = text.encode()
        files.append((f"assets/{name}.{hashlib.blake2b(data, digest_size=4).hexdigest()}.{ending}", data))
    script, reader, finder, later, compare, style, specimen, icon = (path for path, _ in files)
    return Assets(script, reader, finder, later, compare, style, specimen, icon, tuple(files))


def join_modules(sources: dict[str, str], entries: tuple[str, ...]) -> tuple[str, ...]:
    """For each entry one classic script of all modules it needs; GovreportError says what cannot be joined."""
    modules = {name: _parse(name, text) for name, text in sources.items()}
    scripts = []
    used: set[str] = set()
    for entry in entries:
        ordered: list[_Module] = []
        _visit(entry, modules, ordered, ())
        used.update(module.name for module in ordered)
        scripts.append(_joined(ordered))
    forgotten = sorted(set(modules) - used)
    if forgotten:
        raise GovreportError(f"浏览器脚本 {'、'.join(forgotten)} 没有被任何模块引用（从 {'、'.join(entries)} 起）")
    return tuple(scripts)


def _joined(ordered: list[_Module]) -> str:
    """Modules one after another in one function."""
    owners: dict[str, str] = {}
    for module in ordered:
        for name in module.declared:
            if name in owners:
                raise GovreportError(
                    f"浏览器脚本 {owners[name]} 和 {module.name} 的顶层都有 {name}；合并后会冲突，请改名"
                )
            owners[name] = module.name
    body = "".join(module.text for module in ordered)
    return f'(function () {{\n"use strict";\n{body}}}());\n'


def _lean(sheet: str) -> str:
    """A style sheet without its comments, which are a fifth of what would be sent, and without indentation."""
    return _SHEET_BLANK.sub("\n", _SHEET_COMMENT.sub("", sheet)).strip("\n") + "\n"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GovreportError(f"读不出 {path}：{error.strerror}") from error


def _parse(name: str, source: str) -> _Module:
    imports = tuple(
        (found[2], tuple(part.strip() for part in found[1].split(",") if part.strip()))
        for found in _IMPORT.finditer(source)
    )
    text = _COMMENT.sub("", _IMPORT.sub("", source))
    for _, names in imports:
        for taken in names:
            if not re.fullmatch(r"[\w$]+", taken):
                raise GovreportError(f"浏览器脚本 {name} 引用时改名（{taken}）；合并后只有一个名字，请用原名")
    declared = []
    exported = set()
    for found in _DECLARATION.finditer(text):
        if found[2] is None:
            raise GovreportError(f"浏览器脚本 {name} 的顶层有解构声明（{_line_of(text, found)}）；请逐个声明")
        declared.append(found[2])
        if found[1]:
            exported.add(found[2])
    text = _EXPORT.sub("", text)
    odd = re.search(r"^(?:import|export)\b|(?<![\w$.])import\s*\(|(?<![\w$.])import\.meta\b", text, re.MULTILINE)
    if odd:
        raise GovreportError(
            f"浏览器脚本 {name} 有不能合并的写法（{_line_of(text, odd)}）；"
            f'只用 import {{ 名字 }} from "./模块.js"; 和 export function / const / class'
        )
    for line in text.split("\n"):
        if line.count("`") % 2:
            raise GovreportError(f"浏览器脚本 {name} 的反引号没有在同一行里成对（{line.strip()}）；请拆成几段相加")
        if _NESTED.search(line):  # what makes scripts small would take blanks from the inner one
            raise GovreportError(f"浏览器脚本 {name} 的反引号里又有反引号（{line.strip()}）；里面的请先算出来")
    return _Module(name, rjsmin.jsmin(text) + "\n", imports, frozenset(exported), tuple(declared))


def _line_of(text: str, found: re.Match[str]) -> str:
    return text[found.start() :].split("\n", 1)[0].strip()


def _visit(name: str, modules: dict[str, _Module], ordered: list[_Module], above: tuple[str, ...]) -> None:
    """Puts a module behind all it imports; `above` is the way down to it."""
    if name in above:
        raise GovreportError(f"浏览器脚本循环引用：{' → '.join((*above[above.index(name) :], name))}")
    if name not in modules:
        raise GovreportError(f"没有浏览器脚本 {name}" + (f"（{above[-1]} 引用了它）" if above else ""))
    module = modules[name]
    if module in ordered:
        return
    for target, names in module.imports:
        _visit(target, modules, ordered, (*above, name))
        for taken in names:
            if taken not in modules[target].exported:
                raise GovreportError(f"浏览器脚本 {name} 引用的 {taken} 不在 {target} 的导出之中")
    ordered.append(module)
