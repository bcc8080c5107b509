"""What comes out of any format: the body as our corpus keeps it, hints, and doubts. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """A value that the file or its page states about the report, never one we inferred from the text.

    key    as in the front matter: title, issuer, published, index_number, document_number, source_url
    value  as written; dates may be in any form that `reading` understands
    where  for people: “网页的 PubDate 标记”, “索引号表格”, “文件属性”
    """

    key: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at before the report is filed.

    code   stable, “intake/…”
    found  what was met, with the place in the file
    mend   what to do about it
    """

    code: str
    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it came in.

    text    the body: a paragraph a line, tables in Markdown, headings as published; ends with a line feed
    hints   in the order of trust, the best first
    doubts  in the order of the file
    """

    text: str
    hints: tuple[Hint, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Refused(Exception):
    """A file that no report can be made of. The message is Chinese: what was found, and what to do.

    code  stable, “intake/…”
    """

    def __init__(self, code: str, found: str, mend: str) -> None:
        super().__init__(f"{found}\n{mend}")
        self.code = code
        self.found = found
        self.mend = mend
