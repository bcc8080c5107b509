"""HTML → its elements, as a browser would understand it, however broken. The one door for selectolax.

In flows decoded HTML; out flows the tree as a flat list, since pages nest deeper than Python recurses. What
the elements show is read in `page_lines`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from govreport_site.intake.arrival import Refused


@dataclass(slots=True)
class Element:
    """One node of the page, in the order of the source.

    parent  index of the element around it, -1 for the root
    end     index behind the last node inside it
    text    of a text node, whose tag is ""
    """

    tag: str
    parent: int
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    text: str = ""
    end: int = 0

    @property
    def names(self) -> str:
        """Its id and classes, in lower case."""
        return f"{self.attributes.get('id') or ''} {self.attributes.get('class') or ''}".lower()


def read_elements(html: str) -> list[Element]:
    """Every element and text of a page, the root first. Raises Refused for markup that no honest page has."""
    _refuse_monsters(html)
    # The parser owns the nodes: it must live while they are walked.
    parser = LexborHTMLParser(html)
    return _flatten(parser.root) if parser.root is not None else []


def inner_text(elements: Sequence[Element], at: int) -> str:
    """All text inside an element, as it stands in the source."""
    return "".join(element.text for element in elements[at : elements[at].end])


def _flatten(root: LexborNode) -> list[Element]:
    """The tree as a list, without recursion."""
    elements: list[Element] = []
    node: LexborNode | None = root
    parent = -1
    while node is not None:
        if node.is_text_node:
            elements.append(Element("", parent, text=node.text_content or ""))
        elif node.is_element_node or node is root:
            elements.append(Element(node.tag or "", parent, node.attributes))
            if (child := node.first_child) is not None:
                parent, node = len(elements) - 1, child
                continue
            elements[-1].end = len(elements)
        if elements and not elements[-1].end:
            elements[-1].end = len(elements)
        while node is not None and node.next is None and parent >= 0:
            elements[parent].end = len(elements)
            parent = elements[parent].parent
            node = node.parent
        node = node.next if node is not None and parent >= 0 else None
    return elements


# --- Guards ---------------------------------------------------------------------------------------

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_NESTING = frozenset("div span table section article blockquote ul ol dl center fieldset form".split())
_BLOCK_STARTS = _NESTING | frozenset("p h1 h2 h3 h4 h5 h6 li td tr pre".split())
# A parser's time and memory grow with depth times length (20,000 nested <div>: 1.3 s, 300,000:
# minutes), and each block repeats the <font>s left open before it. No page of an office comes near.
_DEEPEST, _MOST_NODES = 2_000, 3_000_000


def _refuse_monsters(html: str) -> None:
    """Raises Refused for markup made to exhaust the parser; a cheap look at the tags."""
    depth = open_formatting = expected = 0
    for slash, name in _TAG.findall(html):
        tag = name.lower()
        step = -1 if slash else 1
        if tag in _NESTING:
            depth = max(0, depth + step)
        elif tag in _FORMATTING:
            open_formatting = max(0, open_formatting + step)
        expected += 1 + (open_formatting if tag in _BLOCK_STARTS and not slash else 0)
        if depth > _DEEPEST or expected > _MOST_NODES:
            raise Refused(
                "intake/too-large",
                "网页的标记嵌套得太深或太多，不是正常的网页",
                "用浏览器打开网页，把正文复制到文本文件里再收录",
            )
