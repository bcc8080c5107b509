"""The page that leads to all ways of reading reports side by side. The same whatever the corpus holds."""

from __future__ import annotations

from dataclasses import dataclass

from govreport_site import addresses


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading: its page, its name, what one finds there."""

    href: str
    name: str
    about: str


_WAYS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "说了什么",
        (
            (addresses.TOPICS, "主题", "行政执法、行政复议、普法等各个主题之下，各地报告分别怎么说"),
            (addresses.FIGURES, "数据", "同一个指标，各报告的数字和它所在的句子；不相加，不排名"),
            (addresses.INSTRUMENTS, "文件", "报告提到的法律、法规、规章和文件，各由谁在哪里提到"),
        ),
    ),
    (
        "前后对照",
        (
            (addresses.REMEDIES, "问题与安排", "每个问题旁边，是同一份报告里可能与它对应的安排"),
            (addresses.COMPARE, "并排比较", "任选两到四份报告，按板块逐项并排"),
        ),
    ),
    (
        "对照规定",
        (
            (addresses.COMPLETENESS, "应载内容和期限", "规定要求写明的内容见到没有，公布得是否及时，哪些年度未见"),
            (addresses.WORDING, "相同的文字", "与上年相同的文字有多少，哪些段落也见于别处，哪些像是遗留"),
        ),
    ),
    (
        "取用",
        ((addresses.DATA, "数据下载", "以上全部可以整批取用，并注明版本，供引用和核验"),),
    ),
)


def study_view() -> tuple[tuple[str, tuple[Way, ...]], ...]:
    """Groups of ways, each with its name."""
    return tuple(
        (name, tuple(Way(addresses.relative(addresses.STUDY, to), title, about) for to, title, about in ways))
        for name, ways in _WAYS
    )
