"""Old Word files, WPS and RTF → Word's present format, by LibreOffice, and then read as that.

Each run has its own profile in a temporary folder: LibreOffice otherwise hands the work to one
that is open, or to nobody when two start at once. A fresh profile runs no macros.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from govreport_site.intake.arrival import Arrival, Doubt, Refused
from govreport_site.intake.docx import read_docx

SECONDS = 120
LARGEST_BYTES = 100 * 1024 * 1024
# Where LibreOffice lies when it is not on PATH: macOS and Windows.
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_SAVE_AS = "请用 Word 或 WPS 打开，“另存为”docx 格式，再收入 docx 文件"


def find_libreoffice() -> str | None:
    """The program that converts; None when there is none."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return named or next((path for path in _ELSEWHERE if Path(path).is_file()), None)


def command_line(program: str, source: Path, folder: Path) -> Sequence[str]:
    """How LibreOffice is called: `source` becomes `folder`/<stem>.docx, the profile lies in `folder`."""
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]


def read_doc(path: Path) -> Arrival:
    """The report in a doc, wps or rtf file.

    Raises Refused: `intake/no-libreoffice`, `intake/too-large`, `intake/broken`, and as `read_docx` does.
    """
    program = find_libreoffice()
    if program is None:
        raise Refused(
            "intake/no-libreoffice",
            "这是旧的 Word、WPS 或 RTF 格式，要靠 LibreOffice 转换，这台电脑上没有找到它",
            f"{_SAVE_AS}；或者安装 LibreOffice（https://zh-cn.libreoffice.org）后再试",
        )
    if path.stat().st_size > LARGEST_BYTES:
        raise Refused("intake/too-large", "这个文件超过 100 MB，不像一份报告", f"{_SAVE_AS}，并删去大图")
    with tempfile.TemporaryDirectory(prefix="govreport-doc-", ignore_cleanup_errors=True) as made:
        folder = Path(made).resolve()
        # A name of our own: LibreOffice takes a leading - for an option, and names of 90 characters fail.
        source = folder / f"report{path.suffix.lower()}"
        shutil.copyfile(path, source)
        try:
            said = _run(command_line(program, source, folder))
        except subprocess.TimeoutExpired as error:
            raise Refused(
                "intake/broken",
                f"LibreOffice 用了 {SECONDS} 秒还没有转换完这个文件",
                f"文件可能已损坏或设有密码。{_SAVE_AS}",
            ) from error
        except OSError as error:
            raise Refused(
                "intake/no-libreoffice", f"LibreOffice（{program}）没有启动：{error}", f"{_SAVE_AS}"
            ) from error
        converted = source.with_suffix(".docx")
        if not converted.is_file():
            raise Refused(
                "intake/broken",
                "LibreOffice 没有能转换这个文件" + (f"：{said}" if said else ""),
                f"文件可能已损坏或设有密码。{_SAVE_AS}",
            )
        arrival = read_docx(converted.read_bytes())
    doubt = Doubt("intake/converted", "由 LibreOffice 转换成 docx 后读出", "请对照原文，核对编号、表格和文本框")
    return replace(arrival, doubts=(doubt, *arrival.doubts))


def _run(command: Sequence[str]) -> str:
    """Runs a program to its end; the last line it said. Raises TimeoutExpired, with everything it started ended too."""
    # soffice is a script that starts the program proper: killing the script alone would leave that running.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=hasattr(os, "killpg"),
    )
    try:
        output, _ = process.communicate(timeout=SECONDS)
    except BaseException:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
        raise
    return (output.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
