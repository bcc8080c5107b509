"""The browser's modules join into one classic script, or the reason why not is said."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from govreport_site.interface import kind_names
from govreport_site.pages.assets import ENTRIES, join_modules, read_assets
from govreport_site.problems import GovreportError

STATIC = Path(__file__).parent.parent / "templates" / "static"


def test_modules_stand_in_the_order_of_their_imports() -> None:
    (script,) = join_modules(
        {
            "main.js": 'import { b } from "./b.js";\nimport {\n  a,\n} from "./a.js";\n\nb(a);\n',
            "b.js": '/** Says a. */\nimport { a } from "./a.js";\n\nexport function b(x) {\n  return a + x;\n}\n',
            "a.js": "// a\nexport const a = 1;\n",
        },
        ("main.js",),
    )
    assert script == '(function () {\n"use strict";\nconst a=1;\nfunction b(x){return a+x;}\nb(a);\n}());\n'


def test_each_entry_has_a_scope_of_its_own_and_a_module_both_need_stands_in_both() -> None:
    scripts = join_modules(
        {
            "main.js": 'import { a } from "./a.js";\nconst here = a;\n',
            "more.js": 'import { a } from "./a.js";\nconst here = a + 1;\n',
            "a.js": "export const a = 1;\n",
        },
        ("main.js", "more.js"),
    )
    assert [script.count("const a=1;") for script in scripts] == [1, 1]
    assert [script.count("const here") for script in scripts] == [1, 1]


def test_what_is_left_out_of_a_script_means_nothing() -> None:
    """Blanks in texts and patterns stay, and an end of line where it ends a statement."""
    (script,) = join_modules(
        {
            "main.js": 'f(  // one\n  "a // b",\n);\nconst x = g(); // it\'s {\nlet y = x\n++z\n'
            'k(`  ${ y }  // c`);\nreturn / +[/ ]"/.test( y );\n'
        },
        ("main.js",),
    )
    assert script == (
        '(function () {\n"use strict";\nf("a // b",);const x=g();let y=x\n++z\n'
        'k(`  ${ y }  // c`);return/ +[/ ]"/.test(y);\n}());\n'
    )


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ({"main.js": 'import { a } from "./main.js";\n'}, "循环引用：main.js → main.js"),
        (
            {
                "main.js": 'import { a } from "./a.js";\n',
                "a.js": 'import { b } from "./b.js";\nexport const a = 1;\n',
                "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n',
            },
            "循环引用：a.js → b.js → a.js",
        ),
        ({"main.js": 'import { a } from "./a.js";\n'}, "没有浏览器脚本 a.js"),
        ({"main.js": 'import { b } from "./a.js";\n', "a.js": "export const a = 1;\n"}, "不在 a.js 的导出之中"),
        ({"main.js": 'import { a } from "./a.js";\n', "a.js": "const a = 1;\n"}, "不在 a.js 的导出之中"),
        ({"main.js": 'import { a } from "./a.js";\nconst b = 1;\n', "a.js": "export const a = 1;\nlet b;\n"}, "都有 b"),
        ({"main.js": 'import { a as b } from "./a.js";\n', "a.js": "export const a = 1;\n"}, "改名"),
        ({"main.js": "export default 1;\n"}, "不能合并的写法（export default"),
        ({"main.js": "const a = 1;\nexport { a };\n"}, "不能合并的写法（export {"),
        ({"main.js": 'export * from "./a.js";\n'}, "不能合并的写法"),
        ({"main.js": 'import * as a from "./a.js";\n'}, "不能合并的写法"),
        ({"main.js": 'import a from "./a.js";\n'}, "不能合并的写法"),
        ({"main.js": 'if (1) {\n  import("./a.js");\n}\n'}, "不能合并的写法"),
        ({"main.js": "const { a } = {};\n"}, "解构"),
        ({"main.js": "", "idle.js": "export const a = 1;\n"}, "idle.js 没有被任何模块引用"),
        ({"main.js": "const a = `b\n  c`;\n"}, "反引号没有在同一行里成对（const a = `b）"),
        ({"main.js": "const a = `b ${c ? `${c} d` : e}`;\n"}, "反引号里又有反引号（const a = `b"),
        ({}, "没有浏览器脚本 main.js"),
    ],
)
def test_what_cannot_be_joined_is_refused(sources: dict[str, str], words: str) -> None:
    with pytest.raises(GovreportError, match=re.escape(words)):
        join_modules(sources, ("main.js",))


def scripts() -> dict[str, str]:
    """What each entry becomes."""
    return dict(
        zip(ENTRIES, (data.decode() for path, data in read_assets(STATIC).files if path.endswith(".js")), strict=True)
    )


def test_the_real_modules_join() -> None:
    assets = read_assets(STATIC)
    assert assets == read_assets(STATIC)
    assert re.fullmatch(r"assets/site\.[0-9a-f]{8}\.js", assets.script)
    assert re.fullmatch(r"assets/finder\.[0-9a-f]{8}\.js", assets.finder)
    assert re.fullmatch(r"assets/site\.[0-9a-f]{8}\.css", assets.style)
    assert [path for path, _ in assets.files] == [
        assets.script, assets.reader, assets.finder, assets.later, assets.compare, assets.style, assets.specimen, assets.icon,
    ]  # fmt: skip
    style = dict(assets.files)[assets.style].decode()
    source = (STATIC / "site.css").read_text("utf-8")
    assert "/*" not in style and style.startswith('@charset "UTF-8";\n')
    assert re.findall(r"[{}]", style) == re.findall(r"[{}]", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL))
    for script in scripts().values():
        assert script.startswith('(function () {\n"use strict";\n') and script.endswith("}());\n")
        assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
        # What the page's content security policy forbids, or what would make HTML of text.
        assert not re.search(r"\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", script)


def test_the_search_page_begins_with_little_script() -> None:
    """What a page with a search box loads before anyone types; what is asked for later comes later."""
    sizes = {name: len(gzip.compress(script.encode(), 9)) for name, script in scripts().items()}
    assert sizes["main.js"] + sizes["finder.js"] <= 24_100
    assert sizes["main.js"] <= 750
    # The tables of characters are long: they must not come a second time.
    assert "FOLDED" not in scripts()["later.js"]


def test_nothing_newer_than_the_oldest_browser() -> None:
    """Chromium 90: names that came later, each with the version that brought it."""
    newer = r"\.at\(|Object\.hasOwn|\.findLast|structuredClone|\.toSorted|\.toReversed|\.replaceAll\(|\?\?=|\|\|=|&&=|static \{|#\w+ in "
    for name, script in scripts().items():
        assert not re.search(newer, script), name


def test_kinds_are_called_the_same_in_the_browser() -> None:
    """Twin: kinds.js and data/interface.yaml."""
    source = (STATIC / "browser" / "kinds.js").read_text(encoding="utf-8")
    found = re.findall(r'\{ value: "(\w+)", box: "(.)", name: "(\w+)"', source)
    assert found == [(kind.value, name.box, name.name) for kind, name in kind_names().items()]
