"""A new project: a folder that needs nothing but Python to become a site, and to stay one.

build.py            the front door, as in the checkout
requirements.lock   all libraries, with their hashes
govreport_site-….whl  this very program: nothing has to be published for it
corpus/             an example report, to be replaced
templates/          what the project shows in its own way
.github/            publishes it on GitHub Pages
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from govreport_site.problems import GovreportError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]
_DISTRIBUTION = "govreport-site"

_README = """# 法治政府建设年度报告

这个文件夹是一个报告库，和把它做成网站的程序。有 Python 3.11 以上即可，第一次运行要联网下载软件包。

```
python3 build.py            生成网站，写到 site/；双击 site/index.html 即可阅读
python3 build.py serve      边改边看
python3 build.py add 文件   收录一份报告（网页、Word、WPS、PDF、文本）
python3 build.py lint       检查全部报告
python3 build.py publish zip 做成一个压缩包，发给别人
```

- `corpus/` 是报告。其中的例子可以删去，换成自己的。
- `corpus/corpus.yaml` 写网站的标题和地址。
- `templates/` 放自己改过的模板，见其中的 README.md。
- `.github/workflows/pages.yml` 把网站发布到 GitHub Pages；不用 GitHub 的，删去即可。
- `govreport_site-*.whl` 是生成网站的程序。要换新版本，把新的 .whl 放在这里，删去旧的，再运行 build.py。
"""

_TEMPLATES_README = """# 自己的模板

这里的文件代替程序自带的同名文件，一个文件一个文件地代替；没有的仍用自带的。自带的在
`.venv/` 里（运行 `python3 build.py` 之后）：`lib/python3.*/site-packages/govreport_site/templates/`，
Windows 上是 `Lib\\\\site-packages\\\\govreport_site\\\\templates\\\\`。

例如要改首页，把其中的 `pages/home.html` 复制到这里的 `pages/home.html`，再改；要改样式，复制
`static/site.css` 到 `static/site.css`。改坏了，删去这里的文件即可。
"""

_SETTINGS = """# 网站的标题；地址 base 可以不写，写了则用于引用格式和 404 页
title: 法治政府建设年度报告
# base: https://example.org/baogao/
"""

_GITIGNORE = """/.venv/
/.venv.old/
/.venv.lock
/site/
/site.zip
/site-nginx/
/export/
/.govreport*/
"""

_ATTRIBUTES = "corpus/** -text\n*.whl binary\n"


def begin(folder: Path) -> Iterator[str]:
    """Lays out a new project; gives the names of what it wrote.

    Raises GovreportError when the folder holds something, or cannot be written; then nothing is left of it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GovreportError(f"{folder} 里已有文件，没有动它。\n换一个空的或不存在的文件夹。")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".govreport-init-") as beside:
            new = Path(beside) / "project"
            new.mkdir()
            _lay_out(new)
            if folder.exists():
                folder.rmdir()
            new.rename(folder)
    except OSError as error:
        raise GovreportError(f"写不进 {folder}：{error.strerror or error}\n检查磁盘空间和文件夹的写权限。") from error
    yield from sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _lay_out(project: Path) -> None:
    for name, text in (
        ("README.md", _README), ("templates/README.md", _TEMPLATES_README), ("corpus/corpus.yaml", _SETTINGS),
        (".gitignore", _GITIGNORE), (".gitattributes", _ATTRIBUTES),
    ):  # fmt: skip
        path = project / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    examples = {
        "build.py": "build.py",
        "requirements.lock": "requirements.lock",
        ".github/workflows/pages.yml": "pages.yml",
        "corpus/henan/zhengzhou/2025-zhengzhou-weijianwei.md": "example.md",
        "corpus/sources/2025-zhengzhou-weijianwei.txt": "example.txt",
    }
    for name, packed in examples.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        source = _CHECKOUT / name if _in_checkout() else _PACKAGE / "project" / packed
        shutil.copyfile(source, project / name)
    _put_wheel(project)


def _in_checkout() -> bool:
    return (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "build.py").is_file()


def _put_wheel(project: Path) -> None:
    """The program as a wheel: made from the checkout; else the one it was installed from; else packed again."""
    if _in_checkout():
        made = subprocess.run(
            [sys.executable, "-m", "pip", "wheel", str(_CHECKOUT), "--no-deps", "--no-build-isolation", "--no-index",
             "--quiet", "--disable-pip-version-check", "--wheel-dir", str(project)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise GovreportError(f"没有做成程序的安装包（wheel）。\n{made.stderr.strip()[-2000:]}")
        return
    installed = distribution(_DISTRIBUTION)
    origin = json.loads(installed.read_text("direct_url.json") or "{}").get("url", "")
    parts = urlsplit(origin)
    source = Path(url2pathname(parts.path)) if parts.scheme == "file" else None
    if source is not None and source.suffix == ".whl" and source.is_file():
        shutil.copyfile(source, project / source.name)
    else:
        _pack_again(installed, project)


def _pack_again(installed: Distribution, project: Path) -> None:
    """A wheel from what it once unpacked."""
    name = f"{_DISTRIBUTION.replace('-', '_')}-{installed.version}"
    record = f"{name}.dist-info/RECORD"
    rows = []
    with zipfile.ZipFile(project / f"{name}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for file in sorted(installed.files or (), key=str):
            within = file.as_posix()
            # What the installer added is not part of the wheel.
            if within.startswith("..") or "__pycache__" in file.parts or within == record:
                continue
            if file.name in ("INSTALLER", "REQUESTED", "direct_url.json"):
                continue
            data = Path(str(file.locate())).read_bytes()
            wheel.writestr(zipfile.ZipInfo(within), data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.append(f"{within},sha256={digest},{len(data)}\n")
        wheel.writestr(zipfile.ZipInfo(record), "".join([*rows, f"{record},,\n"]))
