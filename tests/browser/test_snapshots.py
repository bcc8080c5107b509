"""What pages look like, against pictures taken before: only in the browser, and with the fonts, that took them.

`tests/browser/snapshots/` holds the pictures, at half size, and in `taken_with.json` the browser and
a digest of a few words in each of the faces that the style names. Where either is another, letters
have other edges, and the tests are skipped. `pytest tests/browser/test_snapshots.py
--update-snapshots` photographs anew; looking at the pictures is the review.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

SNAPSHOTS = Path(__file__).with_name("snapshots")
TAKEN_WITH = SNAPSHOTS / "taken_with.json"
LARGEST = 150_000

# Name → address, what scripts fill, and light or dark.
SHOTS = {
    "home": ("index.html", "h1", "light"),
    "place": ("henan/index.html", "h1", "light"),
    "report": ("henan/xuchang/2025-weijianwei/index.html", "[data-marks]:not([hidden])", "light"),
    "report-dark": ("henan/zhengzhou/2025-weijianwei/index.html", "[data-marks]:not([hidden])", "dark"),
    "search": ("search/index.html?q=普法", ".hit", "light"),
    "figures": ("figures/index.html", "h1", "light"),
}
WIDTHS = {390: 1600, 1280: 1000}  # CSS pixels → how far down

# Of a picture's pixels, so many in a thousand may differ, by more than so many of 255 steps in a colour.
TOLERATED, STEPS = 1, 24

FACES = (
    "serif",
    "sans-serif",
    "monospace",
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "Charter",
    "Cambria",
    "KaiTi",
    "FangSong",
)

# Two pictures → the share of pixels that differ, in thousands; 1000 where the sizes do.
DIFFERENCE = """async ([one, other, steps]) => {
  const pixels = async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  if (a.width !== b.width || a.height !== b.height) return 1000;
  let differing = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    if ([0, 1, 2].some((colour) => Math.abs(a.data[at + colour] - b.data[at + colour]) > steps)) differing += 1;
  }
  return 4000 * differing / a.data.length;
}"""


def taken_here(browser: Browser) -> dict[str, str]:
    """The browser's version, and a digest of how it draws each face."""
    page = browser.new_page(viewport={"width": 400, "height": 40 * len(FACES)})
    lines = "".join(f"<p style='font:24px \"{face}\"'>法治政府建设，Ag 2025</p>" for face in FACES[3:])
    lines += "".join(f"<p style='font:24px {face}'>法治政府建设，Ag 2025</p>" for face in FACES[:3])
    page.set_content(f"<body style='margin:0'>{lines}")
    drawn = hashlib.sha256(page.screenshot()).hexdigest()[:16]
    page.close()
    return {"chromium": browser.version, "faces": drawn}


@pytest.fixture(scope="module")
def updating(pytestconfig: pytest.Config, browser: Browser) -> bool:
    """Whether pictures are taken anew; skips where they cannot be compared."""
    here = taken_here(browser)
    if pytestconfig.getoption("--update-snapshots"):
        SNAPSHOTS.mkdir(exist_ok=True)
        TAKEN_WITH.write_text(json.dumps(here, indent=2) + "\n", "utf-8")
        return True
    recorded = json.loads(TAKEN_WITH.read_text("utf-8"))
    if recorded != here:
        pytest.skip(f"截图是在另一种浏览器或字体下拍的：当时 {recorded}，现在 {here}")
    return False


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SHOTS)
def test_a_page_looks_as_it_did(
    updating: bool,
    site_http: str,
    open_page: Callable[..., Page],
    page: Page,
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    width: int,
) -> None:
    address, filled, scheme = SHOTS[name]
    half = open_page(color_scheme=scheme, viewport={"width": width, "height": WIDTHS[width]}, device_scale_factor=0.5)
    half.clock.set_fixed_time("2026-03-01T00:00:00Z")  # citations name the day
    half.goto(site_http + address)
    half.locator(filled).first.wait_for()
    taken = half.screenshot(animations="disabled", caret="hide")
    kept = SNAPSHOTS / f"{name}-{width}.png"
    if updating:
        kept.write_bytes(taken)
        assert len(taken) <= LARGEST
        return
    words = [base64.b64encode(data).decode() for data in (kept.read_bytes(), taken)]
    differing = page.evaluate(DIFFERENCE, [*words, STEPS])
    if differing > TOLERATED:
        now = tmp_path_factory.getbasetemp() / kept.name
        now.write_bytes(taken)
        pytest.fail(
            f"{kept.name}: {differing:.1f}‰ 的像素变了，现在的样子见 {now}；若应如此，用 --update-snapshots 重拍",
            pytrace=False,
        )


def test_the_pictures_are_the_ones_compared_and_small() -> None:
    names = {f"{name}-{width}.png" for name in SHOTS for width in WIDTHS}
    assert {path.name for path in SNAPSHOTS.glob("*.png")} == names
    assert all((SNAPSHOTS / name).stat().st_size <= LARGEST for name in names)
