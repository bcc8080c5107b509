"""A report → all that it says by itself: the wing's front. `Kit` is what is looked for, from our data and the corpus' own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from govreport_site.findings import ContentName, Findings, IndicatorName, RuleName, TopicName, Traits, Vocabulary
from govreport_site.insight import completeness, indicators, topics
from govreport_site.insight.additions import INDICATORS, RULES, SET_PHRASES, TOPICS, Texts
from govreport_site.insight.figures import find_figures
from govreport_site.insight.instruments import find_instruments, merge
from govreport_site.insight.items import items
from govreport_site.insight.leftovers import find_leftovers
from govreport_site.insight.remedies import pair_remedies
from govreport_site.insight.set_phrases import read_set_phrases
from govreport_site.problems import Problem
from govreport_site.report import Kind, Report
from govreport_site.source import Source


@dataclass(frozen=True, slots=True)
class Kit:
    """What is looked for in a report."""

    lexicon: indicators.Lexicon
    taxonomy: topics.Taxonomy
    rules: tuple[completeness.Rule, ...]
    set_phrases: tuple[str, ...]


@lru_cache(maxsize=1)
def read_kit(texts: Texts = ()) -> tuple[Kit, tuple[Problem, ...]]:
    """Our data with the corpus' additions, and all that is wrong in these."""
    own = {which: (name, text) for which, name, text in texts}
    lexicon, of_indicators = indicators.read_lexicon([indicators.own_text(), *_given(own, INDICATORS)])
    added = [Source(name, text) for name, text in _given(own, TOPICS)]
    taxonomy, of_topics = topics.read_taxonomy([topics.package_text(), *added])
    rules, of_rules = completeness.read_rules({**completeness.own_texts(), **dict(_given(own, RULES))})
    phrases, of_phrases = read_set_phrases(Source(name, text) for name, text in _given(own, SET_PHRASES))
    return Kit(lexicon, taxonomy, rules, phrases), (*of_indicators, *of_topics, *of_rules, *of_phrases)


def _given(own: Mapping[str, tuple[str, str]], which: str) -> list[tuple[str, str]]:
    return [own[which]] if which in own else []


def findings_of(report: Report, kit: Kit) -> Findings:
    """All that one report says by itself."""
    rules = completeness.rules_for(report.metadata, kit.rules)
    return Findings(
        figures=find_figures(report, kit.lexicon),
        instruments=find_instruments(report),
        tags=topics.tag(report, kit.taxonomy),
        remedies=pair_remedies(report),
        contents=completeness.check_contents(report, rules),
        timeliness=completeness.timeliness(report.metadata, kit.rules),
        due=completeness.deadline(report.metadata.year, rules) if report.metadata.year is not None else None,
        leftovers=find_leftovers(report),
        problems=items(report, Kind.PROBLEMS),
        plans=items(report, Kind.PLANS),
        results=items(report, Kind.ACHIEVEMENTS),
    )


def traits_of(findings: Findings) -> Traits:
    """What lists need to know of them."""
    return Traits(
        indicators=tuple(sorted({figure.indicator for figure in findings.figures if figure.indicator is not None})),
        instruments=tuple((one.key, one.title, one.class_, one.vague) for one in merge(findings.instruments).values()),
        topics=tuple(sorted({tag.topic for tag in findings.tags})),
        contents=tuple(content.id for content in findings.contents if content.where),
        timeliness=findings.timeliness,
        problems=(len(findings.problems), len({remedy.problem for remedy in findings.remedies})),
        leftovers=bool(findings.leftovers),
    )


def vocabulary_of(kit: Kit) -> Vocabulary:
    """What findings are called."""
    return Vocabulary(
        tuple(IndicatorName(i.id, i.name, i.group, i.units[0], i.definition, i.trap) for i in kit.lexicon.indicators),
        tuple(TopicName(topic.id, topic.name, topic.part, topic.under) for topic in kit.taxonomy.topics),
        tuple((field.kind, field.name) for field in kit.taxonomy.fields),
        tuple(_rule_name(rule) for rule in kit.rules),
    )


def _rule_name(rule: completeness.Rule) -> RuleName:
    contents = tuple(ContentName(demand.id, demand.name, demand.text, demand.optional) for demand in rule.demands)
    return RuleName(
        rule.id, rule.name, rule.place, rule.first_year, rule.verified, rule.publication, rule.article, contents
    )
