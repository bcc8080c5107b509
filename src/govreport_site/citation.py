"""Report → the form in which it is cited.

GB/T 7714—2025, a report shown as a web page: 责任者. 题名[R/OL]. 日期. 网址. Without an
address it is [R]. A title made by the citer stands in square brackets. Points, brackets and
strokes are half-width, with one space after a point, as the standard sets them.
"""

from __future__ import annotations

from govreport_site.report import Metadata

UNKNOWN_AUTHOR = "佚名"


def gbt7714(metadata: Metadata, title: str, *, composed: bool = False, address: str | None = None) -> str:
    """The entry of a list of references.

    title     as shown on the page, in one line
    composed  the title stands nowhere in the text but was put together by the site
    address   where the report can be read: the site's permanent page, else its source
    """
    parts = [
        metadata.issuer or UNKNOWN_AUTHOR,
        (f"[{title}]" if composed else title) + ("[R/OL]" if address else "[R]"),
    ]
    if metadata.date:
        parts.append(metadata.date)
    if address:
        parts.append(address)
    return ". ".join(parts) + "."
