"""What every page is printed with: templates, assets, the frame around all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

from govreport_site import addresses
from govreport_site.findings import Vocabulary
from govreport_site.interface import kind_names
from govreport_site.pages.assets import Assets
from govreport_site.pages.environment import Templates
from govreport_site.pages.head import head_of, topic_pages
from govreport_site.pages.sheets import Form
from govreport_site.pages.views import Link, Site
from govreport_site.report import Kind
from govreport_site.words import Cutter

# Form → the template it is printed with.
TEMPLATES: Mapping[Form, str] = {form: f"pages/{form}.html" for form in get_args(Form)}


@dataclass(frozen=True)
class Press:
    """What all pages are printed with."""

    templates: Templates
    assets: Assets
    site: Site
    cuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cutter: Cutter = field(default_factory=Cutter)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def cut(self, text: str) -> tuple[str, ...]:
        """A title's pieces; `cuts` holds those that are known already."""
        return self.cuts.get(text) or self.cutter.phrases(text)

    @cached_property
    def topic_feeds(self) -> frozenset[str]:
        """Pages of topics that have feeds."""
        return topic_pages(self.vocabulary)

    def print(self, form: Form, page: str, nav: str, view: object) -> bytes:
        """One page. `nav` names the link of the masthead that leads here."""
        root = addresses.root_of(page)
        return self.templates.render(
            TEMPLATES[form],
            {
                "root": root,
                "assets": self.assets,
                "site": self.site,
                "frame": _frame(self.site, page, nav),
                "head": head_of(self.site, page, form, view, self.topic_feeds),
                "kinds": tuple((kind.value, kind_names()[kind].short) for kind in _SCOPES),
                "view": view,
            },
        )


# What a search may be limited to beside the search field: the rule's own contents.
_SCOPES = (Kind.ACHIEVEMENTS, Kind.PROBLEMS, Kind.PLANS, Kind.LEADERSHIP)

_NAVIGATION = (
    ("search", "检索", addresses.SEARCH),
    ("places", "地区", addresses.PLACES),
    ("years", "年度", addresses.YEARS),
    ("kinds", "板块", addresses.KINDS),
    ("issuers", "机关", addresses.ISSUERS),
    ("study", "研读", addresses.STUDY),
    ("about", "说明", addresses.ABOUT),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What frames every page; a link's note is its aria-current."""

    title: str
    base: str | None
    home: str
    about: str
    problems: str
    links: tuple[Link, ...]


def _frame(site: Site, page: str, nav: str) -> Frame:
    links = []
    for name, text, to in _NAVIGATION:
        current = "page" if to == page else "true" if name == nav else ""
        links.append(Link(text, addresses.relative(page, to), current))
    return Frame(
        title=site.title,
        base=site.base.rstrip("/") + "/" if site.base else None,
        home=addresses.relative(page, addresses.HOME),
        about=addresses.relative(page, addresses.ABOUT),
        problems=addresses.relative(page, addresses.PROBLEMS),
        links=tuple(links),
    )
