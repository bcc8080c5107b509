"""Makes the PDF files of tests/intake/pdf/ with a real browser, from the pages written here.

    .venv/bin/python tests/make/pdfs.py

Run it when a page changes; the lines that must come out stand in tests/intake/office_cases.py.
Characters are few on purpose: a browser draws each as a font of its own, a kilobyte a piece.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import machine  # noqa: E402

PDFS = ROOT / "tests" / "intake" / "pdf"
STYLE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
@page { size: A4; margin: 25mm }
body { font: 16pt/28pt "Noto Sans CJK SC"; margin: 0 }
p { text-indent: 2em; margin: 0; text-align: justify }
h1 { font: inherit; text-align: center; margin: 0 }
.right { text-align: right }
table { border-collapse: collapse; width: 100% } td { border: 1px solid; padding: 2pt }
.columns { columns: 2; column-gap: 2em }
.page { break-before: page }
.head { text-align: center; text-indent: 0 }
</style>"""

# “”：marks of quotation come out of order; 1060 and 99.8%: figures set with space around them.
QUOTES = """<title>水务法治</title><h1>临川市水务局<br>2025年法治报告</h1>
<p>2025年，临川市水务局“法治水务”工作，办件1060件，办结99.8%，“一局一法”、“水务水法”办结，“法治水务”工作年年办结。</p>
<p>一、“法治”工作</p><p>（一）“水务”办结。一年办件1060件，件件办结，年年办结，工作年年办结。</p>
<table><tr><td>工作<td>件<tr><td>水务<td>1060<tr><td>法治<td>99.8%</table>
<p>（二）办结工作。</p><p class="right">临川市水务局</p><p class="right">2026年1月27日</p>"""

HEADS = """<title>水务年报.docx</title>""" + "".join(
    f"""<div class="page"><p class="head">水务局年报</p><p>{page}水务局年报，年年报水，水水年报，局局报水，水务年年报，务局水年报，年年年报水务{tail}</p>
<div style="position:absolute;top:{page * 247 - 12}mm;left:0;right:0;text-align:center">— {page} —</div></div>"""
    for page, tail in ((1, "局水，报年水务报局水"), (2, "。"), (3, "。"))
)

COLUMNS = (
    """<title></title><h1>水务局年报</h1><div class="columns">"""
    + "".join(f"<p>{number}.水务局年报，年年报水务，局报水年务。</p>" for number in range(1, 9))
    + "</div>"
)

PAGES = {
    "quotes": (QUOTES, True),
    "heads": (HEADS, False),
    "columns": (COLUMNS, False),
}


def main() -> None:
    chromium = machine.find_chromium()
    if chromium is None:
        sys.exit(machine.how_to_get_chromium)
    PDFS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, (page, browser_margins) in PAGES.items():
            source = Path(folder) / f"{name}.html"
            source.write_text(STYLE + page, "utf-8")
            target = PDFS / f"{name}.pdf"
            options = [] if browser_margins else ["--no-pdf-header-footer"]
            subprocess.run(
                [chromium, "--headless", "--no-sandbox", "--disable-pdf-tagging", f"--user-data-dir={folder}/profile"]
                + [*options, f"--print-to-pdf={target}", source.as_uri()],
                check=True,
                capture_output=True,
            )
            print(target, target.stat().st_size)


if __name__ == "__main__":
    main()
