"""What topics are called, which are parts of which: a vocabulary, looked up. Pure.

A topic's *path* is its name, behind that of the topic it is a part of: 行政执法/规范执法行为. Search takes it
for the topic's value, so that who asks for 行政执法 finds its parts too. Twin: templates/static/browser/topics.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from govreport_site.findings import Tag, TopicName, Vocabulary

FIELD = "field"
"""The id of the topic that is the department's own field; its name depends on the kind of issuer."""

# In the address of a search a comma parts topics, a stroke a topic from its part.
_PATH = str.maketrans({"/": "／", ",": "，"})


class TopicNames:
    """The topics of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def by_id(self) -> Mapping[str, TopicName]:
        """In the order of the taxonomy: each top-level topic, then its parts."""
        topics = self._vocabulary.topics
        return {
            topic.id: topic
            for top in topics
            if top.under is None
            for topic in (top, *(part for part in topics if part.under == top.id))
        }

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        return dict(self._vocabulary.fields)

    def parts(self, top: str) -> tuple[TopicName, ...]:
        """The parts of a topic."""
        return tuple(topic for topic in self.by_id.values() if topic.under == top)

    def covered(self, id: str) -> frozenset[str]:
        """The ids of a topic and its parts."""
        return frozenset((id, *(part.id for part in self.parts(id))))

    def field(self, issuer_kind: str | None) -> str | None:
        """What the own field of a kind of issuer is called."""
        return self._fields.get(issuer_kind or "")

    def path(self, id: str, issuer_kind: str | None = None) -> str:
        """A topic's path, in the reports of a kind of issuer. KeyError where the vocabulary does not know it."""
        topic = self.by_id[id]
        names = [topic.name] if topic.under is None else [self.by_id[topic.under].name, topic.name]
        own = self.field(issuer_kind) if id == FIELD else None
        return "/".join(name.translate(_PATH) for name in (*names, *([own] if own else [])))

    def paths(self, tags: Iterable[Tag], issuer_kind: str | None) -> dict[str, tuple[str, ...]]:
        """Passage → the paths of its topics, each once, in the order of the tags; a topic told with a part goes unsaid."""
        found: dict[str, dict[str, None]] = {}
        for tag in tags:
            if tag.topic in self.by_id:
                found.setdefault(tag.passage, {})[self.path(tag.topic, issuer_kind)] = None
        return {
            passage: tuple(path for path in paths if not any(other.startswith(path + "/") for other in paths))
            for passage, paths in found.items()
        }
