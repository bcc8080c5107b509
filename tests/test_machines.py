"""Programs find all that a person can: files beside the pages, and what the head of a page says, are whole and lead somewhere."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from govreport_site import addresses
from govreport_site.catalogue import Catalogue, gather
from govreport_site.exports.feeds import Feed, feed_file
from govreport_site.exports.hosting import POLICY, headers_file
from govreport_site.exports.machines import NEWEST_OF_ALL, About, Leaf, Seen, leaf_bytes, leaves
from govreport_site.exports.record import as_json
from govreport_site.exports.signposts import llms_file, robots_file
from govreport_site.exports.sitemap import LARGEST, areas
from govreport_site.exports.xml_text import xml_text
from govreport_site.findings import Findings, Vocabulary
from govreport_site.graph import digest
from govreport_site.insight.of_report import findings_of, read_kit, traits_of, vocabulary_of
from govreport_site.pages.linked_data import dataset_thing
from govreport_site.pages.views import Site
from govreport_site.reading.read import read_text
from govreport_site.report import Report
from tests.test_pages import ASSETS, TEMPLATES
from tests.whole_site import render_site

BASE = "https://example.org/reports/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TITLE = "法治年报"


def report(number: int, issuer: str, place: str, published: str | None, title: str | None = None) -> Report:
    head = [f"issuer: {issuer}", f'place: "{place}"', "year: 2025", "document_number: 许司〔2026〕1号"]
    head += [f"published: {published}"] if published else []
    head += [f"title: '{title}'"] if title else []
    body = "一、主要举措\n开展行政执法检查12件，落实《中华人民共和国行政处罚法》。\n二、存在的问题\n执法力量不足。\n"
    return read_text("---\n" + "\n".join(head) + f"\n---\n{body}", name=f"{number}.md", file=f"{number}.md")


REPORTS = (
    report(0, "许昌市司法局", "411000", "2026-01-27"),
    report(1, "许昌市教育局", "411000", "2026-03-05", '</script><b>&"《年报》'),
    report(2, "广州市越秀区人民政府", "440104", "2026-02-30"),
    report(3, "郑州市司法局", "410100", None),
)


class Machine:
    """All that a site of these reports offers to programs, with an address or without one."""

    def __init__(self, base: str | None) -> None:
        self.catalogue: Catalogue = gather(REPORTS)[0]
        kit, _ = read_kit()
        self.sayings: dict[str, Findings] = {one.file: findings_of(one, kit) for one in REPORTS}
        self.pages = dict(render_site(REPORTS, self.catalogue, ASSETS, Site(TITLE, base), TEMPLATES))
        unmarked = {one.file: digest(one.source.text.encode()) for one in REPORTS}
        traits = {file: traits_of(found) for file, found in self.sayings.items()}
        self.seen = Seen(unmarked, unmarked, unmarked, unmarked, traits, vocabulary_of(kit))
        self.leaves = {leaf.page: leaf for leaf in leaves(self.catalogue, self.pages, self.seen, base)}
        self.files = {page: self.bytes(leaf, base) for page, leaf in self.leaves.items()}

    def bytes(self, leaf: Leaf, base: str | None) -> bytes:
        reports = {one.file: one for one in REPORTS}
        return leaf_bytes(leaf, About(TITLE, base), self.catalogue, reports, self.sayings, dict.fromkeys(reports, ()))


@pytest.fixture(scope="module")
def known() -> Machine:
    return Machine(BASE)


@pytest.fixture(scope="module")
def unknown() -> Machine:
    return Machine(None)


class Heads(HTMLParser):
    """Meta, links and data of a page's head."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.data: list[str] = []
        self._is_data = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "meta" and "name" in found:
            self.meta[found["name"]] = found["content"]
        if tag == "link":
            self.links.append(found)
        self._is_data = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False

    def linked(self) -> dict[str, dict[str, Any]]:
        (text,) = self.data
        return {thing["@type"]: thing for thing in json.loads(text)["@graph"]}


# --- Files beside the pages ---------------------------------------------------------------


def test_the_data_beside_a_report_are_what_parse_prints(known: Machine) -> None:
    for one in REPORTS:
        entry = known.catalogue.by_file[one.file]
        data = known.files[addresses.data_beside(entry.page)]
        assert data.decode() == as_json(one, known.sayings[one.file]) + "\n"
        assert json.loads(data)["figures"]


def test_only_a_site_that_knows_its_address_has_files_that_name_it(unknown: Machine) -> None:
    assert {leaf.form for leaf in unknown.leaves.values()} == {"robots", "headers", "llms", "report_data"}
    assert not any(b"None" in data for data in unknown.files.values())


def test_every_page_but_the_missing_one_stands_in_one_sitemap(known: Machine) -> None:
    maps = [found.text or "" for found in xml(known, "sitemap.xml").iter(f"{SITEMAP}loc")]
    names = [one.removeprefix(BASE) for one in maps]
    assert {"sitemap-henan.xml", "sitemap-guangdong.xml", "sitemap-site.xml"} <= set(names)
    listed = [loc.text or "" for name in names for loc in xml(known, name).iter(f"{SITEMAP}loc")]
    assert sorted(listed) == sorted(BASE + page for page in known.pages if page != addresses.NOT_FOUND)


def test_a_page_of_one_area_changes_that_sitemap_alone() -> None:
    """Small areas together, a large province by prefecture, and what is still too large by lots that stay."""
    folders = {"henan", "henan/xuchang", "anhui"}
    pages = [f"henan/xuchang/{n}/index.html" for n in range(3 * LARGEST)] + ["anhui/index.html", "sections/plans/2025/henan/index.html"]  # fmt: skip
    before = areas(pages, folders)
    assert all(len(listed) < 2 * LARGEST for listed in before.values())
    assert "sections/plans/2025/henan/index.html" in before["sitemap-henan.xml"]
    after = areas([*pages, "henan/xuchang/new/index.html"], folders)
    assert sum(before[name] != after[name] for name in before) == 1
    assert before.keys() == after.keys()
    assert areas(reversed(pages), folders) == before


def test_one_more_report_changes_what_names_it_and_nothing_else(known: Machine) -> None:
    """By the inputs of each file: what has the same ones is not made again."""

    def planned(reports: tuple[Report, ...]) -> dict[str, Leaf]:
        catalogue = gather(reports)[0]
        pages = [entry.page for entry in catalogue.entries]
        return {leaf.page: leaf for leaf in leaves(catalogue, pages, known.seen, BASE)}

    before, after = planned(REPORTS[1:]), planned(REPORTS)
    changed = {page for page, leaf in after.items() if page not in before or before[page].inputs != leaf.inputs}
    topics = {page for page in changed if page.startswith("topics/")}
    assert changed - topics == {
        "henan/xuchang/2025-sifaju/index.json", "sitemap-henan.xml", "feed.xml", "henan/feed.xml",
        "henan/xuchang/feed.xml", "issuers/sifaju/feed.xml",
    }  # fmt: skip
    assert topics <= {page for page, leaf in after.items() if "0.md" in leaf.entries}


def feeds(machine: Machine) -> Iterator[tuple[str, Element]]:
    for page, leaf in machine.leaves.items():
        if leaf.form == "feed":
            yield page, xml(machine, page)


def xml(machine: Machine, page: str) -> Element:
    found: Element = fromstring(machine.files[page])
    return found


def test_a_feed_has_all_that_atom_asks_for(known: Machine) -> None:
    found = dict(feeds(known))
    assert {"feed.xml", "henan/feed.xml", "henan/xuchang/feed.xml", "issuers/sifaju/feed.xml", "topics/enforcement/feed.xml"} <= found.keys()  # fmt: skip
    for page, feed in found.items():
        for part in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                text = part.findtext(f"{ATOM}{name}")
                assert text, (page, name)
            datetime.datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "")
            assert part.findtext(f"{ATOM}author/{ATOM}name")
        assert feed.findtext(f"{ATOM}id") == BASE + page
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids)


def test_a_feed_shows_what_is_new_by_the_reports_own_days(known: Machine) -> None:
    """The newest first; a report without a day, or with one that does not exist, is not called new."""
    days = [one.findtext(f"{ATOM}updated") for one in dict(feeds(known))["feed.xml"].iter(f"{ATOM}entry")]
    assert days == ["2026-03-05T00:00:00+08:00", "2026-01-27T00:00:00+08:00"]
    empty = dict(feeds(known))["guangdong/feed.xml"]
    assert not empty.findall(f"{ATOM}entry")


def test_an_entry_keeps_its_name_when_its_title_is_corrected(known: Machine) -> None:
    entry = known.catalogue.by_file["0.md"]

    def name(title: str) -> str | None:
        feed = fromstring(feed_file(Feed("", addresses.HOME, [replace(entry, title=title)]), TITLE, BASE))
        return str(feed.findtext(f"{ATOM}entry/{ATOM}id"))

    assert name("旧题") == name("新题") == BASE + entry.page


def test_a_feed_ends(known: Machine) -> None:
    catalogue = Catalogue(
        tuple(replace(known.catalogue.by_file["0.md"], file=f"{n}", folder=f"henan/{n}") for n in range(200))
    )
    unmarked = {entry.file: b"" for entry in catalogue.entries}
    traits = {entry.file: known.seen.traits["0.md"] for entry in catalogue.entries}
    seen = Seen(unmarked, unmarked, unmarked, unmarked, traits, Vocabulary())
    lengths = {len(leaf.entries) for leaf in leaves(catalogue, (), seen, BASE) if leaf.form == "feed"}
    assert max(lengths) == NEWEST_OF_ALL


def test_xml_holds_whatever_a_title_holds() -> None:
    assert fromstring(f'<a b="{xml_text("<&>" + chr(34) + chr(1))}"/>').get("b") == '<&>"\ufffd'


def test_a_browser_can_search_the_site_by_its_description(known: Machine) -> None:
    found = xml(known, "opensearch.xml")
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(found.findtext(f"{space}ShortName") or "") <= 16
    url = found.find(f"{space}Url")
    assert url is not None and url.get("template") == BASE + addresses.SEARCH + "?q={searchTerms}"


def test_robots_are_shown_the_sitemap() -> None:
    assert robots_file(BASE).endswith(f"\nSitemap: {BASE}sitemap.xml\n")
    assert "Sitemap" not in robots_file(None)


@pytest.mark.parametrize("base", [None, BASE])
def test_every_link_for_language_models_leads_somewhere(base: str | None, known: Machine) -> None:
    text = llms_file(TITLE, base, [("henan", "河南省")])
    assert text.startswith(f"# {TITLE}\n\n> ")
    links = [urljoin(BASE, link).removeprefix(BASE) for link in re.findall(r"\]\((.*?)\)", text)]
    assert len(links) >= 6
    assert {*links} <= {*known.pages, *known.files}


def test_the_policy_in_the_header_is_that_of_the_pages() -> None:
    (text,) = re.findall(
        r'Content-Security-Policy" content="(.*?)">', (TEMPLATES / "layouts/base.html").read_text("utf-8")
    )
    pages = dict(part.split(" ", 1) for part in re.sub(r"\{%.*?%\}", "", text).split("; "))
    header = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert header.pop("frame-ancestors") == "'none'"
    assert header.pop("base-uri") == "'self'"
    assert pages.pop("base-uri") == "'none'"
    assert header == pages


def test_hosts_join_values_of_one_header_so_no_two_rules_set_it() -> None:
    """Netlify and Cloudflare apply every rule that matches."""
    names = re.findall(r"^(?:/\*|  ([\w-]+):.*)$", headers_file().split("/assets/*")[0], re.MULTILINE)
    assert "Cache-Control" not in names
    assert "/search/:segment/:file" in headers_file()


# --- Heads of pages -----------------------------------------------------------------------


def test_every_link_of_a_head_leads_to_a_file(known: Machine, unknown: Machine) -> None:
    for machine in (known, unknown):
        there = {*machine.pages, *machine.files, ASSETS.style, ASSETS.specimen, ASSETS.icon}
        for page, data in machine.pages.items():
            for link in Heads(data).links:
                assert urljoin(BASE + page, link["href"]).removeprefix(BASE) in there, (page, link)


def test_a_page_has_one_address_where_the_site_has_one(known: Machine, unknown: Machine) -> None:
    for page, data in known.pages.items():
        canonical = [link["href"] for link in Heads(data).links if link["rel"] == "canonical"]
        assert canonical == ([] if page == addresses.NOT_FOUND else [BASE + page])
    assert not any(link["rel"] == "canonical" for data in unknown.pages.values() for link in Heads(data).links)


def test_zotero_finds_a_report(known: Machine) -> None:
    """Its embedded-metadata translator: Highwire's names, of which the institution makes it a report; then Dublin Core's."""
    meta = Heads(known.pages[known.catalogue.by_file["1.md"].page]).meta
    assert meta["citation_title"] == meta["DC.title"] == meta["ArticleTitle"] == '</script><b>&"《年报》'
    assert meta["citation_author"] == meta["citation_technical_report_institution"] == "许昌市教育局"
    assert meta["citation_publication_date"] == "2026/03/05"
    assert meta["citation_technical_report_number"] == "许司〔2026〕1号"
    assert meta["citation_public_url"].startswith(BASE)
    undated = Heads(known.pages[known.catalogue.by_file["2.md"].page]).meta
    assert "citation_publication_date" not in undated


def test_linked_data_say_what_a_report_is(known: Machine, unknown: Machine) -> None:
    entry = known.catalogue.by_file["1.md"]
    thing = Heads(known.pages[entry.page]).linked()["Report"]
    assert thing["name"] == '</script><b>&"《年报》'
    assert thing["author"]["name"] == "许昌市教育局"
    assert thing["datePublished"] == "2026-03-05"
    assert thing["spatialCoverage"] == {"@type": "AdministrativeArea", "name": "河南省许昌市", "identifier": "411000"}
    assert thing["url"] == BASE + entry.page
    assert thing["encoding"]["contentUrl"] == BASE + addresses.data_beside(entry.page)
    local = Heads(unknown.pages[entry.page]).linked()["Report"]
    assert (local["url"], local["encoding"]["contentUrl"]) == ("index.html", "index.json")


def test_linked_data_say_where_a_page_stands(known: Machine) -> None:
    entry = known.catalogue.by_file["0.md"]
    crumbs = Heads(known.pages[entry.page]).linked()["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3, 4, 5]
    assert [crumb["name"] for crumb in crumbs][1:3] == ["河南省", "许昌市"]
    assert crumbs[2]["item"] == BASE + "henan/xuchang/index.html"
    assert "item" not in crumbs[-1]


def test_linked_data_of_home_and_of_the_data(known: Machine) -> None:
    action = Heads(known.pages[addresses.HOME]).linked()["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == BASE + "search/index.html?q={search_term_string}"
    assert dataset_thing(TITLE, BASE)["url"] == BASE + addresses.DATA


def test_every_report_is_offered_in_all_forms(known: Machine, unknown: Machine) -> None:
    for machine in (known, unknown):
        page = machine.pages[machine.catalogue.by_file["0.md"].page].decode()
        for name in ("GB/T 7714—2025", "GB/T 7714—2015", "法学期刊脚注", "BibTeX", "RIS", "CSL-JSON"):
            assert name in page
        assert page.count("data-within=") == 6
        assert ("⟦id⟧" in page) == (machine is known)
