"""What a program that comes to the site looks for first: `robots.txt`, `llms.txt`, `opensearch.xml`. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from govreport_site import addresses
from govreport_site.exports.xml_text import DECLARATION, xml_text

_PAGES = (
    ("地区", addresses.PLACES, "省、市、县，每个机关各年的报告"),
    ("年度", addresses.YEARS, "每一年的报告"),
    ("板块", addresses.KINDS, "各报告写成效、不足、下一年度安排的部分，并排来读"),
    ("机关", addresses.ISSUERS, "同一类机关的报告"),
    ("说明", addresses.ABOUT, "怎样读出，怎样检索"),
)


_ABOUT = """
> 各级政府和部门公布的法治政府建设年度报告。正文照发布时的原样登载，一字不改，按部分和段落拆开，可以逐段引用。
> China's annual reports on law-based government, kept character for character.

- 一份报告一页：`省/市/县/年度-机关/index.html`。同一文件夹里的 `index.json` 是这份报告的数据。
- 每段有永久地址：报告的网址加 `#` 和段落的 `id`，如 `#p-1a2b3c`。引用时请用段落的地址，并照录原文。
- `index.json`：`metadata` 元数据，`sections` 各部分、段落和原文，`figures` 数据，`instruments` 提到的文件，`topics` 主题，
  `remedies` 可能对应的不足与安排。`span` 是在正文中的起止位置，以字计，从 0 起，不含末尾。
- `metadata.inferred` 所列各项由程序推断，没有人核对过。数据、主题和对应关系是候选，以原文为准；本站不评价，不排名。

## 目录
"""


def robots_file(base: str | None) -> str:
    """All is open."""
    text = "User-agent: *\nAllow: /\n"
    return text + (f"\nSitemap: {addresses.absolute(base, addresses.SITEMAPS)}\n" if base else "")


def opensearch_file(title: str, base: str) -> str:
    """How a browser's address bar searches the site."""
    find = xml_text(addresses.absolute(base, addresses.SEARCH)) + "?q={searchTerms}"
    return (
        f'{DECLARATION}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        # The standard allows sixteen characters.
        f"<ShortName>{xml_text(title[:16])}</ShortName>\n<Description>在{xml_text(title)}的原文中逐字检索</Description>\n"
        f'<InputEncoding>UTF-8</InputEncoding>\n<Url type="text/html" template="{find}"/>\n</OpenSearchDescription>\n'
    )


def llms_file(title: str, base: str | None, provinces: Iterable[tuple[str, str]]) -> str:
    """What the site is and how to use it, for a language model (llmstxt.org).

    provinces  folder and name of each part of the country that has reports
    """

    def line(name: str, page: str, note: str = "") -> str:
        address = addresses.absolute(base, page) if base else page
        return f"- [{name}]({address}){'：' if note else ''}{note}"

    lines = [
        f"# {title}",
        _ABOUT,
        *(line(*page) for page in _PAGES),
        "",
        "## 地区",
        "",
        *(line(name, addresses.page_in(folder)) for folder, name in provinces),
    ]
    if base:
        lines += [
            "",
            "## 数据",
            "",
            line("全部网页", addresses.SITEMAPS, "网站地图，按地区分开"),
            line("新收录", addresses.feed_beside(addresses.HOME), "Atom；地区、机关、主题各页旁边另有各自的 feed.xml"),
        ]
    return "\n".join([*lines, ""])
