"""What insight says of reports: frozen data, no I/O, no formatting.

`insight/` makes these, `pages/` and `exports/` only look. Each is a candidate with its evidence: where
it stands, and the words that caused it. Spans count characters of `Report.source.text`. `passage` is the
id of the passage a finding stands in, or, where it stands in a heading, the id of the heading's section.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govreport_site.source import Span

Bound = Literal["exact", "above", "below", "about"]

Class = Literal["law", "regulation", "rule", "document", "plan", "standard", "work", "media", "other"]

Status = Literal["seen", "partly", "unseen", "reworded"]
"""What a person decided of a plan: 已见, 部分, 未见, 表述变化."""

Timeliness = Literal["on_time", "on_the_day", "late", "unknown"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and what it counts, as a sentence says it.

    text       as written: 近百万人次
    value      in the unit, 万 and 亿 multiplied out: 1000000
    unit       the measure word alone; % stays %
    bound      whether the true number is the value, above it, below it, or about it
    span       of `text`
    sentence   the sentence that holds it
    counted    the words of the sentence that say what is counted; “…” stands for the number between them; may be empty
    indicator  id of the indicator its sentence words; None where the lexicon knows none
    reason     the wording that told the indicator
    """

    text: str
    value: int | float
    unit: str
    bound: Bound
    passage: str
    span: Span
    sentence: Span
    counted: str = ""
    indicator: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One mention of a titled text: what stands between 《 and 》, or between 〈 and 〉 within them.

    title   as written, without the outer marks
    span    of the title with its marks
    key     the same for all ways of writing one title (blanks, marks, “中华人民共和国”, （2021年修订） aside); empty where
            only a part of a title stands there, and nothing tells of which
    short   the abbreviation given behind it (以下简称“…”), as written
    reason  the word that told the class
    """

    title: str
    class_: Class
    passage: str
    span: Span
    key: str
    short: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic of a passage, with the word that caused it; without a span it was decided in YAML."""

    topic: str
    passage: str
    word: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Item:
    """One problem, plan or achievement.

    id       of its section, or of its passage where it has no heading of its own; a point adds its number to
             that of the passage: p-1a2b3c.2. What stands before the dot is an anchor of the report's page.
    key      how YAML names it: the section's key, or the passage's id
    title    what it is called: its heading without marker, or its opening clause
    span     all of its text, heading included
    ordinal  as its marker counts, else its place among its like, from 1
    """

    id: str
    key: str
    title: str
    span: Span
    ordinal: int

    @property
    def anchor(self) -> str:
        """The id on the report's page that leads to it."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A problem and the plan of the same report that may answer it: ids of sections, or of passages without one.

    score   0 to 1
    shared  the words of both that caused it, rarest first
    """

    problem: str
    plan: str
    score: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A plan, and what the same issuer's report of the next year says of it.

    plan     id of a section or passage of the earlier report
    result   the same of the later one; None where nothing was found
    status   what a person decided; None: nobody has
    """

    plan: str
    result: str | None
    score: float
    shared: tuple[str, ...] = ()
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A content that the rule asks for, found in a report or not.

    id      as the rule's data call it
    where   ids of the sections or passages that hold it; empty: not found
    reason  the words that told so, or what was looked for in vain, in Chinese, for people
    """

    id: str
    where: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """A passage whose wording stands, wholly or in great part, in another report.

    other           file of the other report, `elsewhere` the passage in it
    number          by which that passage is called; None where it has none
    share           of the passage's letters, set phrases aside, those that stand there too, 0 to 1
    runs            where they stand in the report, in order
    runs_elsewhere  where they stand in the other report's text
    """

    passage: str
    other: str
    elsewhere: str
    number: int | None
    share: float
    runs: tuple[Span, ...] = ()
    runs_elsewhere: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words that seem left over from another text: another place's or agency's name, another year."""

    passage: str
    span: Span
    what: Literal["place", "agency", "year"]
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one report says by itself.

    due                       the day before which it was to be public; None where no rule says
    problems, plans, results  its items of these kinds, in the order of the text; results are achievements
    """

    figures: tuple[Figure, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    tags: tuple[Tag, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    contents: tuple[Content, ...] = ()
    timeliness: Timeliness = "unknown"
    due: str | None = None
    leftovers: tuple[Leftover, ...] = ()
    problems: tuple[Item, ...] = ()
    plans: tuple[Item, ...] = ()
    results: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report beside that of the same issuer for the year before.

    traces   what became of each plan of the earlier one
    changed  the share of the later one's text that did not stand in the earlier one; None where too short to say
    """

    traces: tuple[Trace, ...] = ()
    changed: float | None = None


@dataclass(frozen=True, slots=True)
class IndicatorName:
    """An indicator as pages show it; `trap` says what it must not be taken for."""

    id: str
    name: str
    group: str
    unit: str
    definition: str = ""
    trap: str = ""


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic as pages show it: `under` is the id of the one it is a part of, `part` that of the Outline it stands for."""

    id: str
    name: str
    part: str | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True)
class ContentName:
    """A content that a rule asks for: a short name, and the rule's words (empty where they were not seen)."""

    id: str
    name: str
    text: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class RuleName:
    """A rule as pages show it.

    place        GB/T 2260 code of the province it is for; None: the whole country
    first_year   the first year whose report it is for; None: unknown
    verified     whether its wording was seen
    publication  its words on when a report is to be public; `article` their number; both empty or None where not verified
    """

    id: str
    name: str
    place: str | None
    first_year: int | None
    verified: bool
    publication: str
    article: str | None
    contents: tuple[ContentName, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What findings are called. `fields`: the topic of the department's own field, by the name of its kind."""

    indicators: tuple[IndicatorName, ...] = ()
    topics: tuple[TopicName, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    rules: tuple[RuleName, ...] = ()


@dataclass(frozen=True, slots=True)
class Traits:
    """What lists need to know of a report's findings, so that none of them has to load these.

    indicators   ids of indicators it has figures of
    instruments  of each it names: key, title, class, whether several texts may bear the title (as `merge` tells)
    topics       ids of topics its passages have
    contents     ids of contents of the rule that were found in it
    problems     how many problems it names, and of these how many have a plan that may answer them
    leftovers    whether words in it seem left over from another text
    """

    indicators: tuple[str, ...] = ()
    instruments: tuple[tuple[str, str, Class, bool], ...] = ()
    topics: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    timeliness: Timeliness = "unknown"
    problems: tuple[int, int] = (0, 0)
    leftovers: bool = False
