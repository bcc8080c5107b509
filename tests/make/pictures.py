"""Takes the README's pictures: builds the site of corpus/ and photographs it in a real browser.

    .venv/bin/python tests/make/pictures.py

Writes tests/pictures/*.png, anew each time; run it when the look has changed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from govreport_site.site import build  # noqa: E402
from tests import machine  # noqa: E402

PICTURES = ROOT / "tests" / "pictures"
SHOTS = {
    "home": "index.html",
    "report": "henan/xuchang/2025-weijianwei/index.html",
    "search": "search/index.html?q=普法",
}


def main() -> None:
    chromium = machine.find_chromium()
    if chromium is None:
        sys.exit(machine.how_to_get_chromium)
    PICTURES.mkdir(exist_ok=True)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(ROOT / "corpus", site)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if root else [])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="zh-CN")
        for name, address in SHOTS.items():
            page.goto(site.as_uri() + "/" + address)
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / f"{name}.png")
            print(PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
