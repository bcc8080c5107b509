"""The browser's modules join into one classic script, or the reason why not is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govreport_site.interface import kind_names
from govreport_site.pages.assets import join_modules, read_assets
from govreport_site.problems import GovreportError

STATIC = Path(__file__).parent.parent / "templates" / "static"


def test_modules_stand_in_the_order_of_their_imports() -> None:
    script = join_modules(
        {
            "main.js": 'import { b } from "./b.js";\nimport {\n  a,\n} from "./a.js";\n\nb(a);\n',
            "b.js": '/** Says a. */\nimport { a } from "./a.js";\n\nexport function b(x) {\n  return a + x;\n}\n',
            "a.js": "// a\nexport const a = 1;\n",
        }
    )
    assert script == (
        '(function () {\n"use strict";\nconst a = 1;\n\nfunction b(x) {\n  return a + x;\n}\n\nb(a);\n}());\n'
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
        ({}, "没有浏览器脚本 main.js"),
    ],
)
def test_what_cannot_be_joined_is_refused(sources: dict[str, str], words: str) -> None:
    with pytest.raises(GovreportError, match=re.escape(words)):
        join_modules(sources)


def test_the_real_modules_join() -> None:
    assets = read_assets(STATIC)
    assert assets == read_assets(STATIC)
    assert re.fullmatch(r"assets/site\.[0-9a-f]{8}\.js", assets.script)
    assert re.fullmatch(r"assets/site\.[0-9a-f]{8}\.css", assets.style)
    assert [path for path, _ in assets.files] == [assets.script, assets.style, assets.icon]
    script = assets.files[0][1].decode()
    assert script.startswith('(function () {\n"use strict";\n') and script.endswith("}());\n")
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
    # What the page's content security policy forbids, or what would make HTML of text.
    assert not re.search(r"\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", script)


def test_nothing_newer_than_the_oldest_browser() -> None:
    """Chromium 90: names that came later, each with the version that brought it."""
    script = read_assets(STATIC).files[0][1].decode()
    newer = r"\.at\(|Object\.hasOwn|\.findLast|structuredClone|\.toSorted|\.toReversed|\.replaceAll\(|\?\?=|\|\|=|&&=|static \{|#\w+ in "
    assert not re.search(newer, script)


def test_kinds_are_called_the_same_in_the_browser() -> None:
    """Twin: kinds.js and data/interface.yaml."""
    source = (STATIC / "browser" / "kinds.js").read_text(encoding="utf-8")
    found = re.findall(r'\{ value: "(\w+)", box: "(.)", name: "(\w+)"', source)
    assert found == [(kind.value, name.box, name.name) for kind, name in kind_names().items()]
