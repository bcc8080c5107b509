"""Joins the browser's modules into one classic script, and names script, style and icon by content.

In flow `templates/static/browser/*.js`, `site.css` and `icon.svg`, out flow the files of `assets/`.
`file://` refuses module scripts, so the modules, which Node tests as they are, are put one
after another in the order of their imports, inside one function. That works because they keep
to a small subset of JavaScript, and what lies outside it is refused here, not at a reader's:

- imports stand at the top, name what they take, rename nothing, and form no cycle;
- exports are declarations (`export function`, `export const`, `export class`);
- no two modules have the same name at the top level: they share one scope.

What begins in the first column is top level. Whole-line comments stay in the sources.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from govreport_site.problems import GovreportError

ENTRY = "main.js"

_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"\./([\w.-]+)";[ \t]*$\n?', re.MULTILINE)
_DECLARATION = re.compile(
    r"^(export\s+)?(?:async\s+)?(?:function\b\s*\*?|class\b|const\b|let\b|var\b)\s*([\w$]+)?", re.MULTILINE
)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+function|function|class|const|let)\b)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_BLANK_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Assets:
    """Script, style and icon: their paths under the site's root, and the files to write there."""

    script: str
    style: str
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


def read_assets(static: Path) -> Assets:
    """The site's script, style and icon, each named by its content."""
    script = join_modules({path.name: _read(path) for path in sorted((static / "browser").glob("*.js"))})
    files = []
    for text, ending in ((script, "js"), (_read(static / "site.css"), "css"), (_read(static / "icon.svg"), "svg")):
        data = text.encode()
        files.append((f"assets/site.{hashlib.blake2b(data, digest_size=4).hexdigest()}.{ending}", data))
    (script_file, _), (style_file, _), (icon_file, _) = files
    return Assets(script_file, style_file, icon_file, tuple(files))


def join_modules(sources: dict[str, str]) -> str:
    """One classic script of all modules that `main.js` needs; GovreportError says what it cannot join."""
    modules = {name: _parse(name, text) for name, text in sources.items()}
    ordered: list[_Module] = []
    _visit(ENTRY, modules, ordered, ())
    forgotten = sorted(set(modules) - {module.name for module in ordered})
    if forgotten:
        raise GovreportError(f"浏览器脚本 {'、'.join(forgotten)} 没有被任何模块引用（从 {ENTRY} 起）")
    owners: dict[str, str] = {}
    for module in ordered:
        for name in module.declared:
            if name in owners:
                raise GovreportError(
                    f"浏览器脚本 {owners[name]} 和 {module.name} 的顶层都有 {name}；合并后会冲突，请改名"
                )
            owners[name] = module.name
    body = "\n".join(module.text for module in ordered)
    return f'(function () {{\n"use strict";\n{body}}}());\n'


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
    return _Module(name, _BLANK_LINES.sub("\n", text).lstrip("\n"), imports, frozenset(exported), tuple(declared))


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
