"""What a report's text says about itself → guesses, each with its reason. Pure.

The text decides, the header of the page helps, its address comes last: a page's host, its
发布机构 and the report's issuer may be three different bodies. A title beats the sign-off,
the sign-off beats the first sentence, which tends to shorten the issuer's name. Where a name
lacks its place (区教育局, 我局), the bodies and titles the text cites are asked, then the
header, then the address. Nothing is guessed where several places remain: that becomes a
Problem with its candidates.

`header.py` reads the furniture around the text, `subject.py` names, `web_address.py` the
address, `script.py` traditional characters; here they are weighed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from govreport_site import issuer_kinds, places
from govreport_site.normalise import BLANK
from govreport_site.places import Place
from govreport_site.problems import Problem, place_problem
from govreport_site.reading import header, subject, web_address
from govreport_site.reading.header import Labelled, read_date
from govreport_site.reading.roles import is_date, split_title
from govreport_site.reading.script import dense
from govreport_site.report import Level, Passage, Section
from govreport_site.source import Source

_PARTY_FIRST = re.compile(r"中共[^\s]{1,24}(?:委员会|党委|党工委|工委|[省市县区]委)$")
_HAN = re.compile("[㐀-鿿]")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|度|(?=\D{0,12}法治|$))")
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?:年|度)")
_ASIDE = re.compile(r"[《(〔\[][^《》()〔〕\[\]]*[》)〕\]]")
_CITED = re.compile("《([^《》\n]{4,80})")
_SHARED_FILE = re.compile(r"《([^《》\n]{4,60}(?:报告|总结))\.(?:docx?|wps|pdf)》")
_OWN_DOCUMENT = re.compile(
    "(?:我|本)(?:局|委|厅|办|院|署|分局|中心|街道|镇|乡|区|县|市)[^,。;《》]{0,12}《([^《》\n]{4,80})"
)
_OWN_GENRE = re.compile("法治政府|依法行政")
_TOWNSHIP = re.compile("(镇|乡|街道|苏木)(人民政府|办事处|党工委|党委)?$")
_NATIONAL = re.compile(
    "^(国务院(.{2,12})?|国家.{2,14}(局|委员会|委|署|总局)|[㐀-鿿]{2,10}(?<!宣传)(?<!组织)(?<!统战)(?<!武装)(部|总局)|审计署|海关总署"
    "|中国(人民银行|气象局|地震局|证监会|银保监会|民用航空局))$"
)
_BRANCH = re.compile("^(?P<city>.{2,16}?局)(?P<rest>.{2,12}(?:分局|大队|支队|管理处))$")
_NO_COUNTIES = frozenset(("441900", "442000", "460400", "620200"))  # 东莞 中山 儋州 嘉峪关: towns right below the city

# How much of a text is asked for the names of bodies; the first sections cite most of them.
_NEAR_CHARS = 6000
_OPENING_CHARS = 500


@dataclass(frozen=True, slots=True)
class Guess:
    """A value read from the text, and in Chinese from where."""

    value: str | int
    reason: str


def infer(
    source: Source, sections: Sequence[Section], source_url: str | None = None
) -> tuple[dict[str, Guess], tuple[Problem, ...]]:
    """Field of `Metadata` → guess, for every field the text tells; and what stays ambiguous."""
    page = _Page(source, sections, source_url or "")
    guesses: dict[str, Guess] = {}
    _title(page, guesses)
    _dates(page, guesses)
    _numbers(page, guesses)
    problems = _who_and_where(page, guesses)
    _year(page, guesses)
    return guesses, problems


def compose_title(issuer: str | None, year: int | None) -> str | None:
    """A title for a report that bears none; it is shown in 〔 〕."""
    if issuer is None:
        return None
    return f"{issuer}{year}年法治政府建设年度报告" if year else f"{issuer}法治政府建设年度报告"


def join_lines(lines: Sequence[str]) -> str:
    """A title broken over lines, in one; blanks between two Han characters were line breaks too.

    Between joint issuers the blank is meant: 中共甲镇委员会 甲镇人民政府.
    """
    stripped = [line.strip("".join(BLANK)) for line in lines]
    text = (" " if _PARTY_FIRST.match(stripped[0]) else "").join(stripped) if stripped else ""
    kept = []
    for at, character in enumerate(text):
        inside = 0 < at < len(text) - 1
        if character in BLANK and inside and _HAN.match(text[at - 1]) and _HAN.match(text[at + 1]):
            if _PARTY_FIRST.fullmatch(text[:at]):
                kept.append(" ")
            continue
        kept.append(character)
    return "".join(kept)


@dataclass
class _Page:
    """A report and the page it stood on, with what several guesses ask of them, found when first asked."""

    source: Source
    sections: Sequence[Section]
    url: str
    _lines: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._lines = {"title": [], "header": [], "signoff": [], "foot": [], "intro": [], "salutation": []}
        for section in self.sections:
            if section.level == 0:
                for passage in section.passages:
                    if passage.role in self._lines:
                        self._lines[passage.role].append(self.source.cut(passage.span))

    def lines(self, role: str) -> list[str]:
        """Lines of the parts that stand under no heading, by their role."""
        return [line for text in self._lines[role] for line in text.split("\n")]

    @cached_property
    def labels(self) -> tuple[Labelled, ...]:
        return header.read_labels([*self.lines("header"), *self.lines("foot")])

    @cached_property
    def address(self) -> web_address.Address:
        return web_address.read_address(self.url)

    @cached_property
    def opening(self) -> str:
        """The first sentences of running text, without blanks."""
        text = ""
        for passage in self._running_text():
            text += dense(self.source.cut(passage.span)[:_OPENING_CHARS]) + "\n"
            if len(text) >= _OPENING_CHARS:
                break
        glued = split_title(text)
        return text[len(glued) :] if glued else text

    def _running_text(self) -> Iterator[Passage]:
        for section in self.sections:
            for inner in section.walk():
                for passage in inner.passages:
                    if passage.role in ("intro", "text"):
                        yield passage

    @cached_property
    def near(self) -> str:
        """The beginning of the text, in which it speaks of itself."""
        return dense(self.source.text[:_NEAR_CHARS])

    @cached_property
    def cited(self) -> tuple[str, ...]:
        return tuple(_CITED.findall(self.near))

    @cached_property
    def own_documents(self) -> frozenset[str]:
        """What the report says its own body issued: 我局印发《……》."""
        return frozenset(_OWN_DOCUMENT.findall(self.near))

    @cached_property
    def own_word(self) -> str | None:
        return subject.own_word(self.near)

    @cached_property
    def rank(self) -> str | None:
        """省, 市, 县 or 区, from salutation and first sentences."""
        salutation = "\n".join(dense(line) for line in self.lines("salutation"))
        rank = subject.rank_of(f"{salutation}\n{self.opening}", self.near)
        # A bureau of a city thanks the province's leaders too; a 局 is no 厅.
        return None if rank in ("省", "自治区") and self.own_word not in (None, "厅", "省") else rank

    @cached_property
    def said_of_issuer(self) -> tuple[tuple[str, str], ...]:
        """Names in the header's 发布机构 and 来源, with the label; and a body that stands beside the date."""
        named = [(one.value, one.label) for one in self.labels if one.field in ("issuer", "origin")]
        for line in self.lines("header"):
            beside = header.without_date(line)
            if beside != dense(line) and subject.is_named(beside) and issuer_kinds.kind_of(beside):
                named.append((beside, "日期旁的机关"))
        return tuple((name, label) for value, label in named if (name := dense(value)))

    @cached_property
    def cited_bodies(self) -> tuple[tuple[str, tuple[Place, ...], bool], ...]:
        """Bodies with their places that cited titles, header and first sentences name; whether as author of an own text."""
        found = []
        texts = [*self.cited, *(name for name, _ in self.said_of_issuer), *self.opening[:_OPENING_CHARS].split("\n")]
        for text in dict.fromkeys(texts):
            for name, candidates in subject.bodies_in(text):
                own = text in self.own_documents or bool(_OWN_GENRE.search(text))
                found.append((name, candidates, own and text.startswith(name)))
        return tuple(found)


# --- Title, dates, numbers ----------------------------------------------------------------------


def _title(page: _Page, guesses: dict[str, Guess]) -> None:
    if lines := page.lines("title"):
        whole = subject.without_watermark(join_lines(lines))
        title = split_title(whole) or whole
        fuller = next(
            (copy for copy in map(join_lines, _each(page.lines("header"))) if _lost_nothing(copy, title)), title
        )
        guesses["title"] = Guess(fuller, "正文前的标题")
        return
    for one in page.labels:
        if one.field == "title" and _OWN_GENRE.search(dense(one.value)):
            guesses["title"] = Guess(join_lines([split_title(one.value) or one.value]), f"页首的“{one.label}”")
            return
    intro = page.lines("intro")
    for line in [*page.lines("header"), *intro[:2]]:
        if found := _SHARED_FILE.search(line):
            guesses["title"] = Guess(join_lines([found[1]]), "页面所示的文件名")
            return
    if intro and (glued := split_title(intro[0])):
        guesses["title"] = Guess(join_lines([subject.without_watermark(glued)]), "正文第一行的开头")


def _each(lines: Sequence[str]) -> Iterator[list[str]]:
    return ([line] for line in lines)


def _lost_nothing(copy: str, title: str) -> bool:
    """Whether a page's copy of a title has what the report's own lost: 度, or digits that were masked."""
    if len(copy) > 100 or copy == title:
        return False
    if "*" in title and "*" not in copy:
        return re.fullmatch(re.sub(r"(?:\\\*)+", ".{1,8}", re.escape(title)), copy) is not None
    return len(copy) > len(title) and copy.replace("年度", "年") == title.replace("年度", "年")


def _dates(page: _Page, guesses: dict[str, Guess]) -> None:
    for text in page.lines("signoff"):
        if is_date(text) and (day := read_date(text)):
            guesses["dated"] = Guess(day, f"落款“{text.strip()}”")
    by_field: dict[str, Guess] = {}
    for one in page.labels:
        if one.field in ("published", "updated", "made") and (day := read_date(one.value)):
            shown = f"“{one.label}：{one.value[:20]}”"
            by_field.setdefault(one.field, Guess(day, f"页首{shown}"))
            if one.field == "made" and one.label.startswith(("成文", "落款", "签")):
                guesses.setdefault("dated", Guess(day, f"页首{shown}"))
    below_title = None
    for day, line in header.bare_dates(page.lines("header")):
        if line[:1] in "(（":  # the note under a title: 成文日期
            guesses.setdefault("dated", Guess(day, f"题下“{line}”"))
            below_title = below_title or Guess(day, f"题下“{line}”，页面没有发布日期")
        else:
            by_field.setdefault("updated", Guess(day, f"页首“{line[:20]}”"))
    if made := by_field.get("made"):
        by_field["made"] = Guess(made.value, f"{made.reason}，页面没有发布日期")
    address = page.address.published
    for guess in (by_field.get("published"), by_field.get("updated"), by_field.get("made"), below_title):
        if guess:
            guesses["published"] = guess
            return
    if address:
        guesses["published"] = Guess(address, "网址中的日期")


def _numbers(page: _Page, guesses: dict[str, Guess]) -> None:
    # Only from the header: a number in the body is that of another document.
    for one in page.labels:
        if one.field == "document_number" and (number := header.document_number(one.value)):
            guesses.setdefault("document_number", Guess(number, f"页首的“{one.label}”"))
        if one.field == "index_number" and (index := header.index_number(one.value)):
            guesses.setdefault("index_number", Guess(index, f"页首的“{one.label}”"))
    for line in page.lines("header"):
        if header.is_document_number(line):
            guesses.setdefault("document_number", Guess(dense(line), "页首单独一行"))


def _year(page: _Page, guesses: dict[str, Guess]) -> None:
    title = guesses.get("title")
    if title and (found := _TITLE_YEAR.search(_ASIDE.sub("", dense(str(title.value))))):
        guesses["year"] = Guess(int(found[1]), "标题")
        return
    headings = (section.title for top in page.sections for section in top.walk() if section.level == 1)
    sources = (
        (_now_reporting(page.opening), "正文首句“现将……报告如下”"),
        (page.opening, "正文首句"),
        ("\n".join(dense(heading) for heading in headings), "一级标题"),
        (page.near, "正文中最先写明的年份"),
    )
    for text, reason in sources:
        if found := _YEAR.search(_ASIDE.sub("", text)):
            guesses["year"] = Guess(int(found[1]), reason)
            return
    if day := guesses.get("dated") or guesses.get("published"):
        guesses["year"] = Guess(int(str(day.value)[:4]) - 1, f"{day.value} 的上一年：原文没有写明年度")


def _now_reporting(opening: str) -> str:
    """现将2024年度……报告如下; of 2023年……和2024年工作打算 the first year is the report's."""
    found = re.search("(?:现就|现将|现把)[^。\n]{2,60}", opening)
    return found[0] if found else ""


# --- Who, and where -----------------------------------------------------------------------------


def _who_and_where(page: _Page, guesses: dict[str, Guess]) -> tuple[Problem, ...]:
    name, reason = _named(page, guesses)
    if name is None:
        name, reason = _unnamed(page)
    if name is None:
        candidates, where = _choose_by_text_and_address(page, page.rank, county=False)
        if len(candidates) == 1 and not subject.NOBODY.search(page.opening[:40]):
            guesses["place"] = Guess(candidates[0].code, where)
            guesses["level"] = Guess(places.level_of(candidates[0]), "由地区推出")
        return ()
    name = subject.alone(name)
    if subject.NOBODY.match(name):
        guesses["issuer"] = Guess(subject.full_name(name, None), reason)
        _kind_and_level(guesses, (), name)
        return ()
    if _NATIONAL.match(name) and not places.resolve(name):
        guesses["issuer"] = Guess(name, reason)
        _kind_and_level(guesses, (), name)
        return ()
    candidates, where = _places_of_name(page, name)
    if not candidates:
        name = _as_signed(page, name) or name
        if subject.NOBODY.match(name):
            guesses["issuer"] = Guess(name, reason)
            _kind_and_level(guesses, (), name)
            return ()
        candidates, where, fuller = _where_without_name(page, name)
        if fuller:
            guesses["issuer"] = Guess(fuller, f"{reason}“{name}”；全称见{where}")
            _kind_and_level(guesses, candidates, fuller, where)
            return _ambiguous(page, fuller, candidates)
    place = candidates[0] if len(candidates) == 1 else None
    full = _as_signed(page, name) or _as_cited(page, name, candidates) or subject.full_name(name, place)
    composed = full != name
    guesses["issuer"] = Guess(full, f"{reason}“{name}”，补全" if composed and name not in full else reason)
    _kind_and_level(guesses, candidates, full, where)
    return _ambiguous(page, name, candidates)


def _named(page: _Page, guesses: dict[str, Guess]) -> tuple[str | None, str]:
    """The issuer as title, sign-off, first sentence or header name it, and from where."""
    title = guesses.get("title")
    if title and (name := subject.of_title(dense(str(title.value)))):
        return name, "标题"
    for line in page.lines("signoff"):
        if not is_date(line) and (name := subject.alone(dense(line))) and subject.is_named(name):
            return name, "落款"
    for line in page.lines("header"):
        # The issuer on a line of its own, above or below the title.
        name = dense(line)
        if title and not header.is_furniture(line) and subject.is_named(name) and issuer_kinds.kind_of(name):
            return name, "标题旁单独一行"
    if name := next(subject.of_opening(page.opening), None):
        return name, "正文首句"
    for name, label in page.said_of_issuer:
        calls_itself_so = page.own_word in (None, "镇", "乡", "街道") or str(page.own_word) in name[-3:]
        if calls_itself_so and subject.is_named(name) and issuer_kinds.kind_of(name) and places.resolve(name):
            return name, f"页首的“{label}”"
    for line in page.lines("header"):
        name = header.without_date(line)
        if subject.is_named(name) and issuer_kinds.kind_of(name) and places.resolve(name):
            return name, "页首单独一行"
    return None, ""


def _unnamed(page: _Page) -> tuple[str | None, str]:
    """我局: which body that is, by what it cites of its own, else by kind and place of the address."""
    of_host, of_path = web_address.kinds_of_host(page.address), web_address.kinds_of_path(page.address)
    own = page.own_word
    scores: Counter[str] = Counter()
    for name, candidates, is_own in page.cited_bodies:
        kind = issuer_kinds.kind_of(name)
        fits = [place for place in candidates if subject.has_rank(place, page.rank)]
        if kind is None or not fits:
            continue
        score = 1 + 2 * is_own
        if own:
            score += 2 if _same_ending(name, own) else -3
        if of_host:
            score += 2 if kind in of_host else -3
        elif of_path:
            score += 2 if kind in of_path else -1
        score += any(web_address.support(page.address, place) for place in fits)
        scores[name] += max(score, -1)
    kinds = of_host or of_path
    best = scores.most_common(1)
    if best and best[0][1] >= 4:
        return best[0][0], "正文所引本机关文件"
    rank = page.rank if page.rank not in ("省", "自治区") else "省"
    if len(kinds) == 1 or (kinds and own in ("局", "委", "厅", "办")):
        candidates, _ = _choose_by_text_and_address(page, rank, county=False)
        if len(candidates) == 1:
            own = own if own in ("局", "委", "厅", "办") else web_address.ending_of(page.address)
            return subject.composed_name(kinds[0], candidates[0], own), "网址中的机关和地区"
        return None, ""
    if own in (None, *_GOVERNMENTS) and not kinds:
        candidates, where = _choose_by_text_and_address(page, own if own in _GOVERNMENTS else rank, county=False)
        if len(candidates) == 1 and (own or rank):
            return subject.chain(candidates[0]) + "人民政府", where
    return None, ""


_GOVERNMENTS = ("省", "自治区", "市", "县", "区", "州", "旗")


def _places_of_name(page: _Page, name: str) -> tuple[tuple[Place, ...], str]:
    """What the place a name begins with may be; where it may be several, chosen by what else is known."""
    candidates = places.resolve(name)
    if branch := _BRANCH.match(name):
        # 南京市公安局栖霞分局 serves the district.
        for city in candidates:
            if below := places.resolve(city.name + branch["rest"].removesuffix("分局")):
                candidates = below
                break
    if len(candidates) < 2:
        shown = candidates[0].name if candidates else ""
        return candidates, f"机关名称以“{shown}”开头" if shown in name else f"“{name}”"
    kept, where = _narrow(page, candidates)
    return kept, where if len(kept) == 1 else ""


def _narrow(page: _Page, candidates: tuple[Place, ...]) -> tuple[tuple[Place, ...], str]:
    """Of several places of one name those that header, cited titles or address speak for."""
    for texts, where in (
        ([name for name, _ in page.said_of_issuer], "页首"),
        (page.cited, "正文所引文件"),
        ([piece for line in page.lines("header") for piece in header.pieces(line)], "页首"),
        ([dense(line) for line in page.lines("salutation")], "主送机关"),
        ([page.opening], "正文首段"),
    ):
        codes = {one.code for text in texts for mention in places.mentions(text) for one in mention.candidates}
        kept = tuple(one for one in candidates if any(above.code in codes for above in places.lineage(one.code)))
        if len(kept) == 1:
            return kept, f"{where}提到的地区"
    supported = [(web_address.support(page.address, one), one) for one in candidates] if page.address.host else []
    best = max((score for score, _ in supported), default=0)
    kept = tuple(one for score, one in supported if score == best)
    if best and len(kept) == 1:
        return kept, "网址中的地区"
    return candidates, ""


def _where_without_name(page: _Page, name: str) -> tuple[tuple[Place, ...], str, str | None]:
    """The place of a body whose name lacks it; and its name in full where the text has it."""
    body, rank = subject.without_rank(name)
    kind = issuer_kinds.kind_of(name)
    township = bool(_TOWNSHIP.search(name))
    rank = rank or page.rank
    if kind and not township and not kind.many:
        for full, candidates, _ in page.cited_bodies:
            fits = tuple(one for one in candidates if subject.has_rank(one, rank))
            if fits and issuer_kinds.kind_of(full) == kind and _same_ending(full, body):
                kept, _ = _narrow(page, fits) if len(fits) > 1 else (fits, "")
                if len(kept) == 1:
                    return kept, "正文或页首", issuer_kinds.in_full(full)
    candidates, where = _choose_by_text_and_address(page, rank, county=township)
    if township and len(candidates) != 1:
        candidates, where = _choose_by_town(page, name, candidates, rank)
    return candidates, where, None


def _choose_by_town(
    page: _Page, name: str, candidates: tuple[Place, ...], rank: str | None
) -> tuple[tuple[Place, ...], str]:
    """A town's county out of those that have a town of its name, as far as text and address do not contradict."""
    town = re.sub("(?:人民政府|办事处|党工委|党委)$", "", name)
    homes = tuple(place for place in places.counties_of_town(town) if subject.has_rank(place, rank))
    if candidates:
        kept = tuple(place for place in homes if place in candidates)
        return (kept, f"网址中的地区，其下有{town}") if len(kept) == 1 else (kept or candidates, "")
    if len(homes) > 1:
        kept, where = _narrow(page, homes)
        return (kept, f"{where}，其下有{town}") if len(kept) == 1 else (homes, "")
    return homes, f"全国只有这里有{town}"


def _same_ending(full: str, body: str) -> bool:
    """局 and 局, 委 and 委员会: not the ministry of which a bureau speaks."""
    full, body = (re.sub("办公室$", "办", re.sub("委员会$", "委", name)) for name in (full, body))
    return full[-1] == body[-1]


def _choose_by_text_and_address(page: _Page, rank: str | None, *, county: bool) -> tuple[tuple[Place, ...], str]:
    """The place of a report that names none: by header, cited titles, address, in this order.

    rank    省, 市, 县 or 区, where known
    county  whether only counties will do, and cities without any: for towns
    """

    def fits(place: Place) -> bool:
        if county and not (place.level == "county" or place.code in _NO_COUNTIES):
            return False
        return subject.has_rank(place, rank)

    for name, label in page.said_of_issuer:
        candidates = tuple(filter(fits, places.resolve(name)))
        if len(candidates) > 1:
            candidates, _ = _narrow(page, candidates)
        if len(candidates) == 1:
            return candidates, f"页首的“{label}”"
    for line in page.lines("salutation"):
        if len(candidates := tuple(filter(fits, places.resolve(dense(line))))) == 1:
            return candidates, "主送机关"
    by_address = _choose_by_address(page, rank, county=county)
    votes: Counter[Place] = Counter()
    for text in (*page.cited, *(name for name, _, _ in page.cited_bodies)):
        candidates = tuple(filter(fits, places.resolve(text)))
        if len(candidates) == 1 and (rank or candidates[0].level != "province" or page.own_word == "厅"):
            votes[candidates[0]] += 1
    if votes:
        (first, most), *others = votes.most_common(2)
        inside = len(by_address) == 1 and any(above == first for above in places.lineage(by_address[0].code)[:-1])
        if rank is None and inside:
            return by_address, "网址中的地区"  # a district cites its city more often than itself
        if not others or others[0][1] < most:
            return (first,), "正文所引文件的地区"
        kept, _ = _narrow(page, tuple(place for place, count in votes.items() if count == most))
        if len(kept) == 1:
            return kept, "正文所引文件的地区"
    return by_address, "网址中的地区"


def _choose_by_address(page: _Page, rank: str | None, *, county: bool) -> tuple[Place, ...]:
    """What the address says where nothing else does: one place, or all that fit it equally."""
    named = web_address.places_of(page.address)
    fits = [
        (sure, place)
        for sure, place in named
        if subject.has_rank(place, rank) and (not county or place.level == "county" or place.code in _NO_COUNTIES)
    ]
    if not fits:
        # The site of a city shows its districts' reports in folders of their own.
        cities = [place for sure, place in named if sure == web_address.PINYIN and place.level != "county"]
        below = [one for city in cities for one in web_address.children_in_path(page.address, city)]
        return tuple(one for one in below if subject.has_rank(one, rank)) if len(below) < 4 else ()
    best = fits[0][0]
    surest = [place for sure, place in fits if sure == best]
    if len(surest) == 1:
        return (surest[0],)
    supported = [(web_address.support(page.address, place), place) for place in surest]
    most = max(score for score, _ in supported)
    kept = [place for score, place in supported if score == most]
    if len(kept) > 1 and best == web_address.INITIALS:
        # Short hosts went to the greater first: sz is 深圳, and of one rank the only one.
        greater = [place for place in kept if web_address.is_greater_city(place)]
        cities = [place for place in kept if place.level == "prefecture"]
        if len(greater) == 1 and rank in (None, "市"):
            return (greater[0],)
        if len(cities) == 1 and rank == "市":
            return (cities[0],)
    return tuple(kept)


def _as_signed(page: _Page, name: str) -> str | None:
    """The same name with more in front, as sign-off, header or first sentence have it: 湘潭市岳塘区统计局."""
    names = [dense(line) for line in page.lines("signoff")] + [said for said, _ in page.said_of_issuer]
    if subject.without_rank(name)[1]:
        names += list(subject.of_opening(page.opening))
    for one in names:
        longer = one != name and one.endswith(name) and len(one) < 40 and not one.startswith("中共")
        if longer and (places.resolve(one) or subject.NOBODY.match(one)):
            return one
    return None


def _as_cited(page: _Page, name: str, candidates: tuple[Place, ...]) -> str | None:
    """A shortened name written out elsewhere in the text, of the same place and kind."""
    if issuer_kinds.in_full(name) == name:
        return None
    kind = issuer_kinds.kind_of(name)
    for full, others, _ in page.cited_bodies:
        if (
            issuer_kinds.in_full(full) == full
            and full != name
            and set(others) == set(candidates)
            and issuer_kinds.kind_of(full) == kind
            and _same_ending(full, name)
        ):
            return full
    return None


def _kind_and_level(guesses: dict[str, Guess], candidates: tuple[Place, ...], name: str, where: str = "") -> None:
    if kind := issuer_kinds.kind_of(name):
        guesses["issuer_kind"] = Guess(kind.name, f"机关名称“{name}”")
    if len(candidates) == 1:
        place = candidates[0]
        guesses["place"] = Guess(place.code, where)
        level: Level = "township" if _TOWNSHIP.search(name) else places.level_of(place)
        guesses["level"] = Guess(level, "由地区推出" if level != "township" else f"机关名称“{name}”")
    elif _TOWNSHIP.search(name):
        guesses["level"] = Guess("township", f"机关名称“{name}”")
    elif not candidates and _NATIONAL.match(name):
        guesses["level"] = Guess("national", f"机关名称“{name}”")


def _ambiguous(page: _Page, name: str, candidates: tuple[Place, ...]) -> tuple[Problem, ...]:
    if len(candidates) < 2:
        return ()
    listed = "、".join("".join(p.name for p in places.lineage(c.code)) + f"（{c.code}）" for c in candidates[:8])
    at = max(0, page.source.text.find(name[:4]))
    return (
        place_problem(
            page.source,
            "metadata/ambiguous-place",
            at,
            found=f"“{name}”可以是：{listed}",
            expected="一个行政区划代码",
            mend=f'在文首 YAML 中写明，例如 place: "{candidates[0].code}"',
            length=len(name),
        ),
    )
