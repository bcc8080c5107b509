"""What stands beside the pages for programs: every such file, from what it is made, and how. The wing's front for a build.

Always: a report's data beside its page, `robots.txt`, `llms.txt`, `_headers`. Only where the site
knows its address on the web, since they name pages in full: sitemaps, feeds, the description by
which a browser searches the site. Like a page each names its inputs, so that one more report
changes its own data, one sitemap, and the feeds it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from govreport_site import addresses, issuer_kinds, places
from govreport_site.catalogue import Catalogue, Entry, ancestors
from govreport_site.exports.feeds import Feed, feed_file, is_dated
from govreport_site.exports.hosting import headers_file
from govreport_site.exports.record import as_json
from govreport_site.exports.signposts import llms_file, opensearch_file, robots_file
from govreport_site.exports.sitemap import areas, index_file, sitemap_file
from govreport_site.findings import Findings, Traits, Vocabulary
from govreport_site.graph import Inputs, digest, digest_of
from govreport_site.problems import Problem
from govreport_site.report import Report
from govreport_site.topic_names import TopicNames

LeafForm: TypeAlias = Literal["report_data", "feed", "sitemap", "sitemaps", "opensearch", "robots", "llms", "headers"]
FORMS: tuple[LeafForm, ...] = get_args(LeafForm)

# A feed shows so many reports. Those of a part are shorter: a new report stands in a dozen of them.
NEWEST_OF_ALL, NEWEST_OF_PART = 50, 20


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file to be. `of` says which one of its form, or what it lists; `entries` the files of reports it lists.

    reports  files whose text and problems it needs
    sayings  files whose findings it needs
    """

    page: str
    form: LeafForm
    of: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    inputs: Inputs = ()
    sayings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """Digests by file of a report: what the catalogue knows of it, its text, its findings, what is odd; and traits."""

    entries: Mapping[str, bytes]
    texts: Mapping[str, bytes]
    findings: Mapping[str, bytes]
    problems: Mapping[str, bytes]
    traits: Mapping[str, Traits]
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class About:
    """The site: its title, and its address on the web, if it has one, which ends in a slash."""

    title: str
    base: str | None


def leaves(catalogue: Catalogue, pages: Iterable[str], seen: Seen, base: str | None) -> Iterator[Leaf]:
    """Every file beside the pages, in a fixed order; `pages` are those of the site."""
    provinces = tuple(dict.fromkeys(entry.province for entry in catalogue.entries))
    yield Leaf(addresses.ROBOTS, "robots")
    yield Leaf(addresses.HEADERS, "headers")
    yield Leaf(addresses.LLMS, "llms", provinces, inputs=("省份", digest_of(provinces)))
    if base is not None:
        yield Leaf(addresses.OPENSEARCH, "opensearch")
        yield from _sitemaps(catalogue, pages)
        yield from _feeds(catalogue, seen)
    for entry in catalogue.entries:
        alone = (entry.file,)
        inputs = (
            "报告正文",
            digest_of((entry.file, seen.texts[entry.file])),
            "报告中的发现",
            digest(seen.findings[entry.file], seen.problems[entry.file]),
        )
        yield Leaf(addresses.data_beside(entry.page), "report_data", alone, (), alone, inputs, alone)


def _sitemaps(catalogue: Catalogue, pages: Iterable[str]) -> Iterator[Leaf]:
    found = areas(pages, catalogue.under)
    for name, listed in found.items():
        yield Leaf(name, "sitemap", listed, inputs=("网页", digest_of(listed)))
    names = tuple(found)
    yield Leaf(addresses.SITEMAPS, "sitemaps", names, inputs=("网站地图", digest_of(names)))


def _feeds(catalogue: Catalogue, seen: Seen) -> Iterator[Leaf]:
    newest = [entry for entry in catalogue.newest if is_dated(entry)]
    names = TopicNames(seen.vocabulary)
    # Every page of the form has its feed, if an empty one.
    of_place: dict[str, list[Entry]] = {folder: [] for folder in catalogue.under}
    of_kind: dict[str, list[Entry]] = {slug: [] for slug in catalogue.by_issuer_kind}
    of_topic: dict[str, list[Entry]] = {topic.id: [] for topic in seen.vocabulary.topics if topic.under is None}
    for entry in newest:
        _append(of_place, ancestors(entry.place), entry)
        _append(of_kind, (entry.kind_slug,), entry)
        spoken = {names.by_id[topic].under or topic for topic in seen.traits[entry.file].topics if topic in names.by_id}
        _append(of_topic, spoken & of_topic.keys(), entry)

    def feed(page: str, title: str, entries: list[Entry]) -> Leaf:
        files = tuple(entry.file for entry in entries)
        inputs = ("收录的报告", digest(*(seen.entries[file] for file in files)), "名称", digest_of(title))
        return Leaf(addresses.feed_beside(page), "feed", (title, page), files, inputs=inputs)

    yield feed(addresses.HOME, "", newest[:NEWEST_OF_ALL])
    for folder, entries in of_place.items():
        yield feed(addresses.page_in(folder), _place_name(folder, catalogue), entries)
    for slug, entries in of_kind.items():
        kind = issuer_kinds.by_slug(slug)
        yield feed(addresses.issuer_kind_page(slug), kind.name if kind else "其他机关", entries)
    for id, entries in of_topic.items():
        yield feed(addresses.topic_page(id), names.by_id[id].name, entries)


def _append(groups: Mapping[str, list[Entry]], names: Iterable[str], entry: Entry) -> None:
    for name in names:
        if len(groups[name]) < NEWEST_OF_PART:
            groups[name].append(entry)


def _place_name(folder: str, catalogue: Catalogue) -> str:
    if folder in (addresses.NATIONAL, addresses.UNPLACED):
        return "国家机关" if folder == addresses.NATIONAL else "地区未注明"
    code = catalogue.under[folder][0].code
    assert code is not None
    return "".join(place.name for place in places.lineage(code)[: folder.count("/") + 1])


def leaf_bytes(
    leaf: Leaf,
    about: About,
    catalogue: Catalogue,
    reports: Mapping[str, Report],
    sayings: Mapping[str, Findings],
    odd: Mapping[str, Iterable[Problem]],
) -> bytes:
    """The file.

    reports, sayings  at least those that it names
    odd               what is odd about these reports beside what was so when they were read
    """
    base = about.base or ""
    match leaf.form:
        case "report_data":
            (file,) = leaf.reports
            text = as_json(reports[file], sayings[file], odd[file]) + "\n"
        case "feed":
            title, page = leaf.of
            entries = [catalogue.by_file[file] for file in leaf.entries]
            text = feed_file(Feed(title, page, entries), about.title, base)
        case "sitemap":
            text = sitemap_file(base, leaf.of)
        case "sitemaps":
            text = index_file(base, leaf.of)
        case "opensearch":
            text = opensearch_file(about.title, base)
        case "robots":
            text = robots_file(about.base)
        case "llms":
            text = llms_file(about.title, about.base, [(folder, _place_name(folder, catalogue)) for folder in leaf.of])
        case "headers":
            text = headers_file()
    return text.encode("utf-8", "replace")
