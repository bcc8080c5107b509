"""`python3 build.py check --lighthouse`: Lighthouse on four pages of the site of `corpus/`, built anew and hosted.

Out goes a table of scores, and below it what kept a page from a whole score; the exit code is 1
where a score is below `LEAST`. Performance is Lighthouse's own simulation of a slow phone. Since
it starts from what was measured, a busy machine lowers it: a page that falls short is tried again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from govreport_site.site import build  # noqa: E402
from tests import machine  # noqa: E402
from tests.bench.counting_host import hosted  # noqa: E402

PAGES = {
    "首页": "index.html",
    "地区": "henan/xuchang/index.html",
    "报告": "henan/xuchang/2025-weijianwei/index.html",
    "检索": "search/index.html?q=普法",
}
CATEGORIES = {"performance": "性能", "accessibility": "无障碍", "best-practices": "规范", "seo": "搜索收录"}
LEAST = 98
TRIES = 3


def judge(address: str, chromium: str, folder: Path) -> dict[str, Any]:
    """What Lighthouse says of one page."""
    flags = ["--headless=new", "--disable-gpu"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # Chromium's sandbox refuses root
        flags.append("--no-sandbox")
    output = folder / "lighthouse.json"
    command = [
        str(machine.find_node()),
        str(machine.LIGHTHOUSE),
        address,
        "--quiet",
        f"--chrome-flags={' '.join(flags)}",
    ]
    command += ["--output=json", f"--output-path={output}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    said: dict[str, Any] = json.loads(output.read_text("utf-8"))
    return said


def scores_of(said: dict[str, Any]) -> dict[str, int]:
    """Category → 0 to 100; an audit that could not be made gives 0."""
    return {id_: round(100 * (said["categories"][id_]["score"] or 0)) for id_ in CATEGORIES}


def losses_of(said: dict[str, Any]) -> list[str]:
    """Audits that cost points, as Lighthouse calls them."""
    weighed = {
        audit["id"]: category["title"]
        for category in said["categories"].values()
        for audit in category["auditRefs"]
        if audit["weight"]
    }
    audits = {id_: said["audits"][id_] for id_ in weighed}
    return [
        f"{weighed[id_]}: {audit['title']} {audit.get('displayValue', '')}".rstrip()
        for id_, audit in audits.items()
        if audit["score"] is not None and audit["score"] < 1
    ]


def main() -> int:
    chromium = machine.find_chromium()
    if chromium is None:
        print(machine.how_to_get_chromium)
        return 1
    content = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with hosted(folder / "site") as host:
            build(ROOT / "corpus", folder / "site", base=host.address)
            print("　　　　" + "".join(f"{title:　>6}" for title in CATEGORIES.values()))
            for title, page in PAGES.items():
                for _ in range(TRIES):
                    said = judge(f"{host.address}/{page}", chromium, folder)
                    scores = scores_of(said)
                    if min(scores.values()) >= LEAST:
                        break
                else:
                    content = False
                print(title + "　　" + "".join(f"{score:>12}" for score in scores.values()), flush=True)
                for loss in losses_of(said):
                    print(f"        {loss}")
    print(f"每项应不低于 {LEAST}。")
    return 0 if content else 1


if __name__ == "__main__":
    sys.exit(main())
