"""A page saved with everything on it (.mhtml, .mht) → a report as it came in.

The parts are messages; the page is the HTML part that holds the report, often in a frame of its own.
"""

from __future__ import annotations

import email.policy
import re
from email import message_from_bytes
from email.message import EmailMessage, Message

from govreport_site.intake.arrival import Arrival, Refused
from govreport_site.intake.web_page import read_web_page

_WEB = re.compile("https?://", re.IGNORECASE)


def read_mhtml(data: bytes, *, address: str | None = None) -> Arrival:
    """The report on a saved page. Raises Refused when none of its parts holds one."""
    # Browsers put a blank line or a byte order mark before the head.
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)
    refused: Refused | None = None
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        try:
            return read_web_page(payload, charset=part.get_content_charset(), address=address or _told(message, part))
        except Refused as error:
            refused = refused or error
    raise refused or Refused(
        "intake/broken", "MHTML 文件里没有网页", "用浏览器重新打开网页，另存为“网页，单个文件”，再收录"
    )


def _told(message: Message | EmailMessage, part: Message | EmailMessage) -> str | None:
    """The address the browser wrote down: of the page, else of the part; none for frames it made up (cid:)."""
    for value in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        if value and _WEB.match(str(value).strip()):
            return re.sub(r"\s", "", str(value))
    return None
