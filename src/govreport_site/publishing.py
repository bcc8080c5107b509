"""A site that has been built → the form in which it goes to where it is read.

    zip     one file for an office network: unpacked anywhere, opened by a double click
    nginx   a folder with the site, all that is text compressed beside it, and a configuration:

        site-nginx/
            govreport.conf     goes into conf.d/
            www/<path>/        the site, under the path of its address; page.html.gz beside page.html

GitHub Pages, Netlify and Cloudflare Pages take the site's folder as it is.
"""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from govreport_site.addresses import HEADERS
from govreport_site.exports.hosting import nginx_file
from govreport_site.problems import GovreportError
from govreport_site.switch import MARK, MARK_TEXT, link, put, recover, refuse_foreign, remove_tree, switch_in

CONFIGURATION = "govreport.conf"

# Within the zip all names are ASCII: some programs that unpack one take others for another encoding.
_FOLDER = "site"
_NOTE = "README.txt"
_NOTE_TEXT = "\ufeff先把整个压缩包解压到一个文件夹里，再双击 site 文件夹中的 index.html。\r\n不要在压缩包里直接打开：那样打不开别的网页。\r\n"

_COMPRESSED = (".html", ".js", ".css", ".svg", ".json", ".xml", ".txt", ".csv")
# Below this a network packet is not saved.
_WORTH_COMPRESSING = 1024


@dataclass(frozen=True, slots=True)
class Published:
    """Where it lies, how many files of the site are in it, and how many bytes it takes."""

    path: Path
    files: int
    size_bytes: int


def pack(site: Path, target: Path) -> Published:
    """The site as a zip: the same bytes for the same site. An older one is replaced when the new one is whole.

    Raises GovreportError when there is no site, or the file cannot be written.
    """
    names = [name for name in _files(site) if name not in (MARK, HEADERS)]
    unfinished = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(unfinished, "w") as packed:
            packed.writestr(_item(_NOTE), _NOTE_TEXT.encode())
            for name in names:
                packed.writestr(_item(f"{_FOLDER}/{name}"), (site / name).read_bytes())
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise _cannot_write(target, error) from error
    return Published(target, len(names), target.stat().st_size)


def _item(name: str) -> zipfile.ZipInfo:
    # Its own time would make each zip another one.
    item = zipfile.ZipInfo(name)
    item.compress_type = zipfile.ZIP_DEFLATED
    item.create_system = 3
    item.external_attr = 0o644 << 16
    return item


def lay_out(site: Path, folder: Path, base: str | None) -> Published:
    """The site for nginx, put in the place of an older one at once; what has not changed is not compressed again.

    Raises GovreportError when there is no site, or the folder is not ours or cannot be written.
    """
    names = [name for name in _files(site) if name not in (MARK, HEADERS)]
    path = urlsplit(base or "").path.rstrip("/") + "/"
    www = f"www{path}"
    new = folder.with_name(f".{folder.name}.new")
    try:
        recover(folder)
        refuse_foreign(folder)
        remove_tree(new)
        new.mkdir(parents=True)
        put(new, MARK, MARK_TEXT)
        put(new, CONFIGURATION, nginx_file((folder / "www").absolute().as_posix(), path).encode())
        for name in names:
            link(site / name, new, www + name)
            if name.endswith(_COMPRESSED):
                _compress(site / name, folder / (www + name), new, www + name)
        size_bytes = sum(found.stat().st_size for found in new.rglob("*") if found.is_file())
        if switch_in(new, folder):
            remove_tree(new)
    except OSError as error:
        remove_tree(new)
        raise _cannot_write(folder, error) from error
    return Published(folder, len(names), size_bytes)


def _compress(source: Path, before: Path, new: Path, name: str) -> None:
    """Puts a file's compressed form beside it, the one of last time where that is still right."""
    status = source.stat()
    if status.st_size < _WORTH_COMPRESSING:
        return
    kept = before.with_name(before.name + ".gz")
    # Both have the time of the file they were made from.
    if kept.is_file() and kept.stat().st_mtime_ns == status.st_mtime_ns and _same(before, status):
        link(kept, new, name + ".gz")
        return
    put(new, name + ".gz", gzip.compress(source.read_bytes(), 9, mtime=0))
    os.utime(new / (name + ".gz"), ns=(status.st_atime_ns, status.st_mtime_ns))


def _same(before: Path, status: os.stat_result) -> bool:
    return before.is_file() and before.stat().st_size == status.st_size


def _files(site: Path) -> Iterator[str]:
    """Names of all files of a site, sorted."""
    if not (site / MARK).is_file():
        raise GovreportError(f"{site} 里没有本程序生成的网站。先运行 python3 build.py 生成。")
    yield from sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def _cannot_write(path: Path, error: OSError) -> GovreportError:
    return GovreportError(f"写不进 {path}：{error.strerror or error}\n检查磁盘空间和文件夹的写权限，再运行一次。")
