"""A folder or a zip file → the files in it, one after the other.

What unpacks to more than any collection of reports is refused before it can hurt: sizes are counted while
reading, since an archive may lie about them. Nothing is ever written to disk, names are only names.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from govreport_site.intake.arrival import Refused

MOST_FILES = 5_000
LARGEST_FILE_BYTES = 64 * 1024 * 1024
LARGEST_TOTAL_BYTES = 1024 * 1024 * 1024
# Text packs 3 to 10 times, a bomb a thousand times.
LARGEST_RATIO = 200
_SMALL_BYTES = 1024 * 1024  # below this no ratio matters

_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar")
# How packed files other than zip begin.
PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"\xfd7zXZ\x00", b"BZh")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name (with forward slashes, below the folder or archive) and bytes of every file, sorted by name.

    What systems and programs leave behind is skipped: __MACOSX, .DS_Store, lock files (~$…), the files of a saved
    page beside it. Raises Refused: too large, encrypted, broken, an archive in an archive, a name that leads out.
    """
    return _of_folder(path) if path.is_dir() else _of_zip(path)


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    count = 0
    for file in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink() or not file.is_file() or is_left_over(name):
            continue
        count += 1
        if count > MOST_FILES:
            raise _too_large(folder.name, f"文件超过 {MOST_FILES} 个")
        size_bytes = file.stat().st_size
        if size_bytes > LARGEST_FILE_BYTES:
            raise _too_large(name, f"有 {size_bytes / 1e6:.0f} MB")
        yield name, file.read_bytes()


def is_left_over(name: str) -> bool:
    """Whether a file is none of the maintainer's: made by a system, an office program or a browser."""
    *folders, last = PurePosixPath(name).parts
    if "__MACOSX" in folders or any(one.startswith(".") for one in (*folders, last)):
        return True
    if any(one.endswith(("_files", ".files")) for one in folders):  # beside a page saved whole
        return True
    lower = last.lower()
    return last.startswith(("~", "._")) or lower in ("thumbs.db", "desktop.ini") or lower.endswith((".tmp", ".bak"))


def _of_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(path.name) from error
    with archive:
        chosen = _checked(path.name, archive.infolist())
        total = 0
        for name, info in sorted(chosen, key=lambda one: one[0]):
            data = _read(archive, info, name)
            total += len(data)
            if total > LARGEST_TOTAL_BYTES:
                raise _too_large(path.name, f"解开后超过 {LARGEST_TOTAL_BYTES / 1e6:.0f} MB")
            if data.startswith(PACKED):
                raise _nested(name)
            yield name, data


def _checked(archive: str, infos: list[zipfile.ZipInfo]) -> list[tuple[str, zipfile.ZipInfo]]:
    """The members to read, once all of them were looked at: one that is hostile condemns the archive."""
    if len(infos) > MOST_FILES:
        raise _too_large(archive, f"里面有 {len(infos)} 个文件")
    if sum(info.file_size for info in infos) > LARGEST_TOTAL_BYTES:
        raise _too_large(archive, f"解开后有 {sum(info.file_size for info in infos) / 1e6:.0f} MB")
    chosen = []
    for info in infos:
        name = member_name(info)
        if info.is_dir() or name.endswith("/"):
            continue
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or ":" in parts[0] or not name.isprintable():
            raise Refused(
                "intake/unsafe-name",
                f"压缩包 {archive} 里的文件名“{_printable(name)}”指向压缩包之外，或含有不能用的字符",
                "这样的压缩包可能有害；确认来源后，自己解开到文件夹，再收录文件夹",
            )
        if is_left_over(name):
            continue
        if info.flag_bits & _ENCRYPTED:
            raise Refused(
                "intake/encrypted", f"压缩包 {archive} 里的“{name}”有密码", "先用密码解开到文件夹，再收录文件夹"
            )
        if name.lower().endswith(_ARCHIVES):
            raise _nested(name)
        if info.file_size > LARGEST_FILE_BYTES:
            raise _too_large(name, f"有 {info.file_size / 1e6:.0f} MB")
        if info.file_size > _SMALL_BYTES and info.file_size > LARGEST_RATIO * max(info.compress_size, 1):
            raise _too_large(name, f"压缩比是 {info.file_size // max(info.compress_size, 1)} 倍，不正常")
        chosen.append((name, info))
    return chosen


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name. Windows writes GBK and tells nobody; some programs write backslashes."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(info) as stream:
            data = stream.read(LARGEST_FILE_BYTES + 1)
    except RuntimeError as error:
        raise Refused("intake/encrypted", f"“{name}”有密码", "先用密码解开到文件夹，再收录文件夹") from error
    except Exception as error:  # zlib, lzma and zipfile each have their own, and a broken file meets all of them
        raise _broken(name) from error
    if len(data) > LARGEST_FILE_BYTES:
        raise _too_large(name, f"解开后超过 {LARGEST_FILE_BYTES / 1e6:.0f} MB")
    return data


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)[:80]


def _too_large(name: str, why: str) -> Refused:
    return Refused("intake/too-large", f"“{_printable(name)}”{why}", "确认它是什么；分成几份，或只收录需要的文件")


def _nested(name: str) -> Refused:
    return Refused("intake/nested-archive", f"压缩包里还有压缩包“{name}”", "先解开到文件夹，再收录文件夹")


def _broken(name: str) -> Refused:
    return Refused("intake/broken", f"“{_printable(name)}”打不开：压缩包损坏，或不是 zip", "重新下载或重新压缩，再收录")
