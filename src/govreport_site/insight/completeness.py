"""What the rules ask of a report, and what of it the report holds; when it was due. Pure but for its own data.

Rules are data, one file a rule: `data/rules/`. In flow a report and the rules of its place, out flow `Content`s with the
sections or passages that hold them and the words that told so. Where something was not found, the reason says what
was looked for: it may still be there, worded otherwise. An article's number that nobody has verified is not even read.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from govreport_site.findings import Content, Timeliness
from govreport_site.problems import Problem, Severity
from govreport_site.report import Kind, Metadata, Passage, Report, Section
from govreport_site.yaml_file import Node, load_placed


@dataclass(frozen=True, slots=True)
class Demand:
    """One content that a rule asks for. Its fields are explained in `data/rules/national-2019.yaml`."""

    id: str
    name: str
    text: str = ""
    kinds: tuple[Kind, ...] = ()
    titles: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    within: tuple[Kind, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule for these reports.

    place        GB/T 2260 code of the province it is for; None: the whole country
    first_year   the first year whose report it is for; None: unknown
    verified     whether its wording was seen
    before       (month, day) of the year after, by which a report is to be public; None: it says nothing of it
    publication  its words on that
    article      the number of that article; None unless verified
    """

    id: str
    name: str
    place: str | None = None
    document_number: str | None = None
    in_force: str | None = None
    first_year: int | None = None
    verified: bool = False
    demands: tuple[Demand, ...] = ()
    before: tuple[int, int] | None = None
    publication: str = ""
    article: str | None = None


# --- Reading the rules


@cache
def rules() -> tuple[Rule, ...]:
    """The rules that come with the program, in the order of their ids."""
    return read_rules(own_texts())[0]


def own_texts() -> dict[str, str]:
    """The texts of these rules by the names of their files, in order."""
    folder = Path(__file__).parents[1] / "data" / "rules"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}


def read_rules(texts: Mapping[str, str]) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """Rules by the names of their files, sorted by id; a later one takes the place of an earlier one of its id.

    A text is one rule or a list of them; one that cannot be read gives problems and no rule.
    """
    known: dict[str, Rule] = {}
    same: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        reader = _Reader(name, text)
        for rule, same_as in reader.rules():
            known[rule.id] = rule
            same.pop(rule.id, None)
            if same_as:
                same[rule.id] = same_as
        problems += reader.problems
    for id_, other in same.items():
        if other in known:
            known[id_] = replace(known[id_], demands=_over(known[other].demands, known[id_].demands))
    return tuple(known[id_] for id_ in sorted(known)), tuple(problems)


def rules_for(metadata: Metadata, known: Iterable[Rule] | None = None) -> tuple[Rule, ...]:
    """The rules a report falls under, the national ones first."""
    province = metadata.place[:2] + "0000" if metadata.place else None
    fitting = [rule for rule in (rules() if known is None else known) if rule.place in (None, province)]
    return tuple(sorted(fitting, key=lambda rule: (rule.place is not None, rule.id)))


def _over(below: tuple[Demand, ...], above: tuple[Demand, ...]) -> tuple[Demand, ...]:
    return tuple({demand.id: demand for demand in (*below, *above)}.values())


_RULE = ("version", "id", "name", "place", "document_number", "in_force", "first_year", "verified", "same_as", "contents",
         "publication")  # fmt: skip
_DEMAND = ("id", "name", "text", "kinds", "titles", "named", "words", "hints", "within", "optional")
_PUBLICATION = ("before", "text", "article", "verified")


class _Wrong(Exception):
    """A value that does not fit, and what was expected."""


@dataclass
class _Reader:
    """Reads one text; what is wrong gathers in `problems`."""

    name: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def rules(self) -> Iterator[tuple[Rule, str | None]]:
        """Each with the id of the rule whose contents it shares."""
        root, faults = load_placed(self.text)
        for fault in faults:
            code = "yaml/duplicate-key" if fault.duplicate else "yaml/broken"
            self._complain(fault.line, fault.column, code, fault.message, "能读的 YAML", "按提示改这一行")
        if root is None:
            return
        for node in root.value if isinstance(root.value, list) else [root]:
            if rule := self._rule(node):
                yield rule

    def _rule(self, node: Node) -> tuple[Rule, str | None] | None:
        try:
            rows = self._rows(node, _RULE)
            id_, name = self._word(rows, "id", node), self._word(rows, "name", node)
        except _Wrong:
            return None
        rule = Rule(
            id_,
            name,
            place=self._text(rows, "place", r"\d\d0000", '省级行政区划代码，如 "410000"'),
            document_number=self._text(rows, "document_number"),
            in_force=self._text(rows, "in_force", r"\d{4}-\d\d-\d\d", "日期，如 2019-04-15"),
            first_year=int(self._text(rows, "first_year", r"20\d\d", "年份，如 2019") or 0) or None,
            verified=self._flag(rows, "verified"),
            demands=tuple(self._demands(rows.get("contents"))),
        )
        return self._with_publication(rule, rows.get("publication")), self._text(rows, "same_as")

    def _with_publication(self, rule: Rule, node: Node | None) -> Rule:
        if node is None or node.value is None:
            return rule
        try:
            rows = self._rows(node, _PUBLICATION)
        except _Wrong:
            return rule
        before = self._text(rows, "before", r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", "月-日，如 04-01")
        return replace(
            rule,
            before=(int(before[:2]), int(before[3:])) if before else None,
            publication=self._text(rows, "text") or "",
            article=self._text(rows, "article") if self._flag(rows, "verified") else None,
        )

    def _demands(self, node: Node | None) -> Iterator[Demand]:
        if node is None or node.value is None:
            return
        if not isinstance(node.value, list):
            self._wrong(node, "contents 不是列表", "一项内容一个“- id: …”")
            return
        for item in node.value:
            try:
                rows = self._rows(item, _DEMAND)
                yield Demand(
                    self._word(rows, "id", item),
                    self._word(rows, "name", item),
                    text=self._text(rows, "text") or "",
                    kinds=tuple(self._kinds(rows, "kinds")),
                    titles=self._words(rows, "titles"),
                    named=self._words(rows, "named"),
                    words=self._words(rows, "words"),
                    hints=self._words(rows, "hints"),
                    within=tuple(self._kinds(rows, "within")),
                    optional=self._flag(rows, "optional"),
                )
            except _Wrong:
                continue

    def _rows(self, node: Node, keys: tuple[str, ...]) -> dict[str, Node]:
        if not isinstance(node.value, dict):
            self._wrong(node, "不是一项一项的“名称: 值”", f"{keys[0]}: …")
            raise _Wrong
        for key in node.value:
            if key not in keys:
                line, column = node.keys[key]
                near = difflib.get_close_matches(key, keys, 1, 0.5)
                expected = f"是不是“{near[0]}”？" if near else "、".join(keys)
                self._complain(
                    line, column, "yaml/unknown-key", f"“{key}”", expected, "改名或删去", "warning", len(key)
                )
        return node.value

    def _word(self, rows: dict[str, Node], key: str, node: Node) -> str:
        """A text that must be there."""
        found = self._text(rows, key)
        if found is None:
            if key not in rows:
                self._wrong(node, f"没有 {key}", f"{key}: 一行文字")
            raise _Wrong
        return found

    def _text(self, rows: dict[str, Node], key: str, pattern: str = r"\S.*", expected: str = "一行文字") -> str | None:
        node = rows.get(key)
        if node is None or node.value is None:
            return None
        if isinstance(node.value, str) and re.fullmatch(pattern, node.value):
            return node.value
        self._wrong(node, f"{key} 的值不对", expected)
        return None

    def _flag(self, rows: dict[str, Node], key: str) -> bool:
        return self._text(rows, key, "true|false", "true 或 false") == "true"

    def _words(self, rows: dict[str, Node], key: str) -> tuple[str, ...]:
        return tuple(str(item.value) for item in self._items(rows, key, lambda item: isinstance(item.value, str)))

    def _kinds(self, rows: dict[str, Node], key: str) -> Iterator[Kind]:
        for item in self._items(rows, key, lambda item: isinstance(item.value, str)):
            if item.value in set(Kind):
                yield Kind(str(item.value))
            else:
                self._complain(item.line, item.column, "yaml/unknown-value", f"{key} 中的“{item.value}”", "、".join(Kind),
                               "改成其中之一", "warning")  # fmt: skip

    def _items(self, rows: dict[str, Node], key: str, fits: Callable[[Node], bool]) -> list[Node]:
        node = rows.get(key)
        if node is None or node.value is None:
            return []
        if isinstance(node.value, list) and all(map(fits, node.value)):
            return node.value
        self._wrong(node, f"{key} 不是一列词", f"{key}: [甲, 乙]")
        return []

    def _wrong(self, node: Node, found: str, expected: str) -> None:
        self._complain(node.line, node.column, "yaml/wrong-type", found, expected, "改这一行，或删去")

    def _complain(
        self, line: int, column: int, code: str, found: str, expected: str, mend: str,
        severity: Severity = "error", length: int = 1,
    ) -> None:  # fmt: skip
        lines = self.text.split("\n")
        excerpt = lines[line] if line < len(lines) else None
        self.problems.append(
            Problem(code, self.name, line + 1, column + 1, found, expected, mend, severity, length, excerpt)
        )


# --- What a report holds


def check_contents(report: Report, known: Iterable[Rule]) -> tuple[Content, ...]:
    """For each content that any of the rules asks for, where it stands, or what was looked for in vain.

    An optional content that is absent is given too, with an empty `where`: `missing` leaves it out.
    """
    demands: tuple[Demand, ...] = ()
    for rule in known:
        demands = _over(demands, rule.demands)
    sections = [section for top in report.sections if top.level for section in _outermost(top)]
    return tuple(_content(report, sections, demand) for demand in demands)


def missing(contents: Iterable[Content], known: Iterable[Rule]) -> tuple[Content, ...]:
    """Contents that were not found and that a rule does not leave open."""
    optional = {demand.id for rule in known for demand in rule.demands if demand.optional}
    return tuple(content for content in contents if not content.where and content.id not in optional)


def _content(report: Report, sections: list[Section], demand: Demand) -> Content:
    own = [s for s in sections if s.kind in demand.kinds and (s.kind is not Kind.OTHER or _titled(s, demand))]
    if own:
        return Content(demand.id, tuple(s.id for s in own), "；".join(f"“{_named(s)}”{s.reason}" for s in own))
    for section in sections:
        if section.kind is Kind.MIXED and (word := _titled(section, demand)):
            reason = f"没有单独一节；“{_named(section)}”合写，标题含“{word}”"
            return Content(demand.id, (section.id,), reason)
    typed = [p for _, p in report.passages() if p.kind is not None and p.kind in demand.kinds]
    if typed:
        return Content(demand.id, tuple(p.id for p in typed), f"没有单独一节；{_numbers(typed)}说到")
    return _by_words(report, sections, demand)


def _titled(section: Section, demand: Demand) -> str | None:
    return next((word for word in demand.titles if word in section.title), None)


def _by_words(report: Report, sections: list[Section], demand: Demand) -> Content:
    words = demand.named + demand.words
    for section in sections:
        if demand.within and section.kind not in demand.within:
            continue
        if word := next((word for word in demand.named if word in section.title), None):
            return Content(demand.id, (section.id,), f"“{_named(section)}”标题含“{word}”")
    for word in words:
        found = [(p, at) for p, at in _places(report, demand, word) if p.number is not None]
        if found:
            said = "；".join(f"第{p.number}段提到“{_clause(report.source.text, at, len(word))}”" for p, at in found[:3])
            return Content(demand.id, tuple(p.id for p, _ in found), f"没有单独一节；{said}")
    if words:
        reason = f"没有单独一节，也没有写到{_quoted(words)}"
    else:
        reason = f"没有认出说“{demand.name}”的部分，标题里找过{_quoted(demand.titles)}"
    for hint in demand.hints:
        if found := _places(report, demand, hint):
            passage, at = found[0]
            clause = _clause(report.source.text, at, len(hint))
            return Content(demand.id, (), f"{reason}；第{passage.number}段有“{clause}”，是否算作，请读者判断")
    return Content(demand.id, (), reason + ("；没有也不算缺" if demand.optional else ""))


def _quoted(words: tuple[str, ...]) -> str:
    return "“" + "”“".join(words) + "”"


def _outermost(section: Section) -> Iterator[Section]:
    """A part, and those below it that are of another kind than the part they stand in."""
    yield section
    for child in section.subsections:
        inner = _outermost(child)
        first = next(inner)
        if first.kind is not section.kind:
            yield first
        yield from inner


def _places(report: Report, demand: Demand, word: str) -> list[tuple[Passage, int]]:
    """Passages that hold a word, with where it first stands in each; those the demand looks in."""
    text = report.source.text
    if word not in text:
        return []
    found = []
    for section, passage in report.passages():
        kind = passage.kind or section.kind
        looked_in = kind in demand.within if demand.within else kind not in (Kind.PROBLEMS, Kind.PLANS)
        if section.level and looked_in:
            at = text.find(word, passage.span.start, passage.span.end)
            if at != -1:
                found.append((passage, at))
    return found


_CLAUSE_END = re.compile("[。；;，,：:！？!?\n、]")


def _clause(text: str, at: int, length: int) -> str:
    """The clause around a word, at most forty characters of it."""
    start = max((match.end() for match in _CLAUSE_END.finditer(text, max(0, at - 30), at)), default=max(0, at - 30))
    end = _CLAUSE_END.search(text, at + length)
    return text[start : min(end.start() if end else len(text), start + 40)]


def _named(section: Section) -> str:
    return (section.marker.text if section.marker else "") + section.title


def _numbers(passages: list[Passage]) -> str:
    return "、".join(f"第{passage.number}段" for passage in passages)


# --- When it was due


def deadline(year: int, known: Iterable[Rule] | None = None) -> str | None:
    """The day before which the report on a year is to be public (2025 → 2026-04-01); None for years before the rule.

    known  the rules it falls under, national ones first (`rules_for`); None: the national ones
    """
    of_these = rules_for(Metadata()) if known is None else tuple(known)
    rule = next((rule for rule in reversed(of_these) if rule.before), None)
    if rule is None or rule.before is None or (rule.first_year is not None and year < rule.first_year):
        return None
    return datetime.date(year + 1, *rule.before).isoformat()


def timeliness(metadata: Metadata, known: Iterable[Rule] | None = None) -> Timeliness:
    """Whether a report was public in time. “Before 1 April” is read as up to 31 March; 1 April is said apart.

    Only `published` counts: a report may be dated long before it is public. Unknown where there is no such day, no
    year, or no rule for that year yet.
    """
    due = deadline(metadata.year, rules_for(metadata, known)) if metadata.year is not None else None
    if due is None or metadata.published is None:
        return "unknown"
    if metadata.published == due:
        return "on_the_day"
    return "on_time" if metadata.published < due else "late"
