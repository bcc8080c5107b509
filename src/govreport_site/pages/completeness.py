"""Catalogue and traits → which contents the rules ask for, which were found, and when reports were public: issuer × year.

One page tells the rules; one a province shows its issuers, down to lower places where these are many. Whether
something is there is not for this page to say: it was found, or it was not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from govreport_site import addresses, places
from govreport_site.catalogue import Catalogue, Entry, missing_years, newest_year_first
from govreport_site.findings import ContentName, RuleName, Timeliness, Vocabulary
from govreport_site.graph import Inputs, digest_of
from govreport_site.pages.evidence import rule_words, rules_of, timeliness_name
from govreport_site.pages.sheets import LISTED, NAMED, SAID, Marks, Sheet
from govreport_site.pages.views import Link, local_name, place_name, who, year_name

# A page shows so many reports; where an area has more, its lower places have pages of their own.
LONGEST_MATRIX = 300

# What stands for a content in a cell; the first four are those of the kinds of sections.
_SIGNS: Mapping[str, str] = {
    "achievements": "成", "problems": "缺", "leadership": "责", "plans": "计", "reasons": "因", "other": "余",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A content that a rule asks for, with the sign that stands for it."""

    sign: str
    name: str
    text: str
    optional: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule; no texts where its wording was not seen."""

    name: str
    where: str
    verified: bool
    contents: tuple[Asked, ...]
    publication: str
    article: str


@dataclass(frozen=True, slots=True)
class CompletenessView:
    """The rules, and the areas that have reports."""

    rules: tuple[RuleView, ...]
    areas: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A content in a cell."""

    sign: str
    found: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One report; `unseen`: names of what was not found, for those who do not see the signs."""

    href: str
    signs: tuple[Sign, ...]
    unseen: str
    timely: str


@dataclass(frozen=True, slots=True)
class Year:
    """An issuer's reports on one year; none: `lacking` says whether there are earlier and later ones."""

    cells: tuple[Cell, ...]
    lacking: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One issuer, year by year."""

    name: str
    href: str
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The issuers of one place."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The issuers of an area."""

    name: str
    crumbs: tuple[Link, ...]
    rules: str
    legend: tuple[Asked, ...]
    years: tuple[str, ...]
    groups: tuple[Group, ...]
    below: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the page of an area shows.

    area   folder of a place
    files  of the reports shown
    below  lower areas that have pages, each with its name
    said   of each file which contents were found, and whether it was public in time
    """

    area: str
    files: tuple[str, ...]
    below: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[tuple[str, ...], Timeliness], ...] = ()


def matrices(catalogue: Catalogue) -> Iterator[Matrix]:
    """Every page of an area: each province, and where that has many reports what is below it."""
    provinces = dict.fromkeys(entry.province for entry in catalogue.entries)
    for province in provinces:
        yield from _parted(catalogue, province)


def _parted(catalogue: Catalogue, area: str) -> Iterator[Matrix]:
    entries = catalogue.under[area]
    own = catalogue.by_place.get(area, ())
    if len(entries) <= LONGEST_MATRIX or len(own) == len(entries):
        yield Matrix(area, tuple(entry.file for entry in entries))
        return
    depth = area.count("/") + 1
    below: dict[str, str] = {}
    for entry in entries:
        if entry.place != area:
            folder = "/".join(entry.place.split("/")[: depth + 1])
            below.setdefault(folder, _name_at(entry, depth))
    yield Matrix(area, tuple(entry.file for entry in own), tuple(below.items()))
    for folder in below:
        yield from _parted(catalogue, folder)


def _name_at(entry: Entry, depth: int) -> str:
    line = places.lineage(entry.code) if entry.code else ()
    return line[depth].name if depth < len(line) else place_name(entry.place, entry.code)


def sheets(catalogue: Catalogue, marks: Marks) -> Iterator[Sheet]:
    """The pages of this room."""
    named = (NAMED, marks.named())
    every = list(matrices(catalogue))
    tops = tuple(one.area for one in every if "/" not in one.area)
    yield Sheet(addresses.COMPLETENESS, "completeness", inputs=(LISTED, digest_of(tops), *named))
    years = digest_of(tuple(catalogue.by_year))
    for one in every:
        listed = marks.listed(catalogue.by_file[file] for file in one.files)
        said = tuple((marks.traits[file].contents, marks.traits[file].timeliness) for file in one.files)
        inputs: Inputs = (LISTED, listed, SAID, digest_of((said, one.below)), "年度", years, *named)
        page = addresses.completeness_page(one.area)
        yield Sheet(page, "completeness_province", inputs=inputs, told=replace(one, said=said))


def completeness_view(catalogue: Catalogue, vocabulary: Vocabulary) -> CompletenessView:
    """The rules and where to go on."""
    at = addresses.COMPLETENESS
    first = {entry.province: entry for entry in reversed(catalogue.entries)}
    return CompletenessView(
        tuple(
            _rule_view(rule) for rule in sorted(vocabulary.rules, key=lambda rule: (rule.place is not None, rule.id))
        ),
        tuple(
            Link(_name_at(first[province], 0), addresses.relative(at, addresses.completeness_page(province)))
            for province in dict.fromkeys(entry.province for entry in catalogue.entries)
        ),
    )


def _rule_view(rule: RuleName) -> RuleView:
    found = places.place(rule.place) if rule.place is not None else None
    since = f"，{rule.first_year} 年度起" if rule.first_year is not None else ""
    return RuleView(
        rule.name,
        (found.name if found is not None else "全国") + since,
        rule.verified,
        tuple(map(_asked, rule.contents)) if rule.verified else (),
        rule.publication if rule.verified else "",
        rule.article or "",
    )


def _asked(content: ContentName) -> Asked:
    return Asked(_SIGNS.get(content.id, content.name[:1]), content.name, content.text, content.optional)


def completeness_province_view(one: Matrix, catalogue: Catalogue, vocabulary: Vocabulary) -> MatrixView:
    """Of the catalogue it sees the entries shown, and which years there are."""
    at = addresses.completeness_page(one.area)
    first = catalogue.under[one.area][0]
    entries = tuple(catalogue.by_file[file] for file in one.files)
    said = dict(zip(one.files, one.said, strict=True))
    rules = rules_of(vocabulary, first.code)
    asked = {content.id: content for rule in rules for content in rule.contents}
    in_corpus = {year for year in catalogue.by_year if year is not None}
    years = sorted(_shown_years(entries, in_corpus), key=newest_year_first)
    by_place: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        by_place.setdefault(entry.place, {}).setdefault(entry.issuer, []).append(entry)
    crumbs = [Link("应载内容和期限", addresses.relative(at, addresses.COMPLETENESS))]
    parts = one.area.split("/")
    for depth in range(1, len(parts) + 1):
        page = addresses.completeness_page("/".join(parts[:depth]))
        crumbs.append(Link(_name_at(first, depth - 1), addresses.relative(at, page) if depth < len(parts) else None))
    return MatrixView(
        name="".join(link.text for link in crumbs[1:]),
        crumbs=tuple(crumbs),
        rules="；".join(rule_words(rule) for rule in rules),
        legend=tuple(map(_asked, asked.values())),
        years=tuple(year_name(year) for year in years),
        groups=tuple(
            Group(
                local_name(next(iter(issuers.values()))[0]) if len(by_place) > 1 else "",
                tuple(_row(at, own, years, in_corpus, asked.values(), said) for own in issuers.values()),
            )
            for issuers in by_place.values()
        ),
        below=tuple(Link(name, addresses.relative(at, addresses.completeness_page(area))) for area, name in one.below),
    )


def _shown_years(entries: Iterable[Entry], in_corpus: set[int]) -> set[int | None]:
    found: set[int | None] = {entry.year for entry in entries}
    known = [year for year in found if year is not None]
    return found | {year for year in in_corpus if known and min(known) < year < max(known)}


def _row(
    at: str,
    own: list[Entry],
    years: Iterable[int | None],
    in_corpus: set[int],
    asked: Iterable[ContentName],
    said: Mapping[str, tuple[tuple[str, ...], Timeliness]],
) -> Row:
    lacking = missing_years([entry.year for entry in own if entry.year is not None], in_corpus)
    return Row(
        who(own[0]),
        addresses.relative(at, addresses.page_in(own[0].issuer)),
        tuple(
            Year(
                tuple(_cell(at, entry, *said[entry.file], asked) for entry in own if entry.year == year),
                year in lacking,
            )
            for year in years
        ),
    )


def _cell(
    at: str, entry: Entry, contents: tuple[str, ...], timeliness: Timeliness, asked: Iterable[ContentName]
) -> Cell:
    signs = []
    unseen = []
    for content in asked:
        found = content.id in contents
        if found or not content.optional:
            signs.append(Sign(_asked(content).sign, found))
        if not found and not content.optional:
            unseen.append(content.name)
    href = addresses.relative(at, addresses.fragment(entry.page, "required"))
    return Cell(href, tuple(signs), "、".join(unseen), timeliness_name(timeliness))
