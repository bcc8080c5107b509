"""Who reports: names of bodies out of titles, sign-offs and first sentences. Pure.

In flows text as `script.dense` leaves it, out flow names as written, with what they lack: a
district's site says 区教育局, a first sentence 我局. `full_name` puts the whole together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from govreport_site import issuer_kinds, places
from govreport_site.places import Place

# What bodies are called last. 委 and 办 alone only behind two characters or more: 市委 is the party.
BODY = (
    "人民政府|行政公署|管理委员会|管委会|委员会|街道办事处|办事处|办公室|办公厅|分局|总队|支队|大队|调查队|中心|公署|联社|总社|总局"
    "|局|厅|署|院|部|(?<=[㐀-鿿][㐀-鿿])委|(?<=[㐀-鿿][㐀-鿿])办|海关|政府|联合会|法院|检察院|集团|所|站"
)
_BODY_END = re.compile(f"(?:{BODY})$")
_TOWNSHIP_END = re.compile("(?:镇|乡|街道|苏木)$")
_PLACE_END = re.compile("(?:省|市|县|区|州|旗|盟|地区|自治区|兵团)$")
_PARTY = re.compile(
    "^(?:中共)?.{0,12}(?:省委|市委|县委|区委|州委|旗委|党委|工委|镇委|乡委|党组|党工委|工作委员会)$|^中共.*委员会$"
)
# The names of nobody: templates and redacted reports.
NOBODY = re.compile(r"^(?:某|[x×*○〇_]+|XX|X)", re.IGNORECASE)

_YEAR = r"(?:(?:19|20)\d\d|20[_x×*]{2}|[x×*_]{4})(?:年度|年|度)?(?:上半年|下半年|以来)?"
_WHERE_TITLE_TURNS = re.compile(
    rf"关于|{_YEAR}|(?:深入|全面|扎实)?(?:推进|推动|加强|落实|贯彻|履行)|法治(?!办|委|局|促进|研究)|依法行政|依法治(?!.{{1,2}}(?:委|办|领导小组))"
    "|法制(?!办|局)|[一二三四五]年|上半年|上一年|年度|政府信息公开|工作"
)
_JOINT = re.compile(rf"^中共.{{2,24}}?(?:工作委员会|委员会|党工委|工委|党委|委)[、和与]?(?=(?:.{{2,24}}?(?:{BODY}))$)")


def of_title(title: str) -> str | None:
    """Whom a title names: 仓山区 in 2023年仓山区法治政府…, 市教育局; None when nobody."""
    rest = re.sub(r"^(?:附件\d*:?|【.{1,8}】|\d+[、.])", "", title)
    about = False
    for _ in range(4):
        found = _WHERE_TITLE_TURNS.search(rest)
        if found is None:
            return None
        if found.start() == 0:
            about = about or found[0] == "关于"
            rest = rest[found.end() :]
            continue
        name = alone(rest[: found.start()].strip(":,《》"))
        good = is_named(name) and (not about or bool(places.resolve(name)) or _BODY_END.search(name) is not None)
        return name if good else None
    return None


_WATERMARK = re.compile(r"^.*?(?:https?://|www\.)[a-zA-Z0-9./_-]+")


def without_watermark(title: str) -> str:
    """A title without the name and address of a site that were put in front of it."""
    return _WATERMARK.sub("", title) or title


def alone(name: str) -> str:
    """Of joint issuers the government: 中共甲镇委员会 乙镇人民政府 → 乙镇人民政府."""
    name = _JOINT.sub("", name)
    # A second government behind the first is one name read twice.
    return re.sub(r"^(.{4,})\1$", r"\1", name)


def is_named(name: str) -> bool:
    """Whether a piece of text may be the name of a body, or of the place that a government governs."""
    if not 2 <= len(name) <= 40 or re.search(r"[,。;:!?《》“”\"]", name):
        return False
    if NOBODY.match(name):
        return True
    return bool(_BODY_END.search(name) or _TOWNSHIP_END.search(name) or places.resolve(name)) and not _PARTY.match(name)


# --- First sentences --------------------------------------------------------------------------

# What a subject does next. Of what precedes 的, 和 or 、 nothing is said here.
_ACTS = "(?=[坚认全以在深始紧按围严积着高贯党持扎切聚立牢统结根充突狠把依大主进落推努继锚强注健不将抓履为学上共组创一围对精服有系(（]|的(?:法治|依法|各项))"
# 和 joins names, but not behind a body: 北和镇, 市委和市政府.
_CLAUSE = re.compile(
    r"(?:^|[,。;:、!\n])((?:(?![,。;:、!的()《》“”\n]|(?<=[委府局厅会门])[和与及]).){1,40}?)"
    f"(?P<end>{BODY}|镇|乡|街道|县|区|市|州|省)" + _ACTS
)
_BODY_BEHIND = re.compile(
    "(?!坚持|认真|全面|深入|始终|紧紧|按照|围绕|严格|积极|高度|贯彻|扎实|落实|统筹|着力|结合|不断|持续)"
    f"[㐀-鿿]{{1,14}}?(?:{BODY})" + _ACTS
)
_NOW = re.compile(
    rf"现(?:就|将|把)((?:(?![,。;:、的\n]).){{2,30}}?(?:{BODY}|镇|乡|街道|县|区|市|省))(?={_YEAR}|本年|上一?年|法治|推进|贯彻|落实|依法|近年|工作|有关)"
)
_BEFORE_NAME = re.compile(
    rf"^(?:{_YEAR},?|自(?!治)|今年以来|本年度|本年|一年来|上一?年度?|过去一年|近年来|同时|其中|近年|是|中共(?=.*政府$)|根据|按照)+"
)
_NOT_SUBJECT = re.compile(
    "^(?:在|由|按|根据|对|向|于|经|为|从|以|围绕|贯彻|落实|通过|依据|结合|是|将|把|与|及|接受|当)"
)
_SUPREME = re.compile("^(?:国务院|党中央|中央|全国人大)")  # quoted in first sentences, never their subject
_OURS = re.compile("^(?:我|本|该|各|全|两级)")
_SELF = re.compile("(?:我|本)(省|自治区|市|县|区|州|旗|镇|乡|街道|分局|总队|支队|局|委|厅|办|署|部|院|中心|管委会)")


def of_opening(text: str) -> Iterator[str]:
    """Names of the bodies that act in the first sentences, in order; never 我局, never a superior 在…领导下."""
    for pattern in (_NOW, _CLAUSE):
        for found in pattern.finditer(text):
            name = found[1] + (found["end"] if pattern is _CLAUSE else "")
            if pattern is _CLAUSE and (more := _BODY_BEHIND.match(text, found.end())):
                name += more[0]  # 邵阳市统计局: 统 is no verb here
            name = alone(_BEFORE_NAME.sub("", name))
            if _NOT_SUBJECT.match(name) or _OURS.match(name) or _SUPREME.match(name) or not is_named(name):
                continue
            yield name


def own_word(text: str) -> str | None:
    """What a report calls its issuer most often: 局 of 我局, 镇 of 我镇. Bodies before the places they serve."""
    words: list[str] = _SELF.findall(text)
    bodies = [word for word in words if word not in _RANKS]
    if not words:
        return None
    counts = Counter(bodies or words)
    return max(counts, key=lambda word: counts[word])


# --- Ranks ------------------------------------------------------------------------------------

_RANKS = ("省", "自治区", "市", "县", "区", "州", "旗")
_GENERIC = re.compile("^(?:我|本|全)?(省|自治区|市|县|区|州|旗|盟|师)(?=[㐀-鿿]{2})(?!辖|直|中区|北区|南区)")
_PAIR = r"(省|市|县|区|州|旗|自治区)(?:党委|委)(?:、|和|及|,)?(?:\1|自治区)?(?:人民)?政府"
_RANK_WORDS = re.compile(
    rf"(?:我|本|全)(省|市|县|区|州|旗|自治区)(?![域间块])|{_PAIR}|(?<![㐀-鿿])(省|市|县|区|州|旗)(?:委|人民政府|政府|人大)"
)
_OWN_RANK_WORDS = re.compile(rf"(?:我|本|全)(市|县|区|州|旗)(?![域间块])|{_PAIR}")


def without_rank(name: str) -> tuple[str, str | None]:
    """区教育局 → 教育局 and 区: the name of a body that leaves its place to be understood."""
    found = _GENERIC.match(name)
    if found and not places.resolve(name) and _BODY_END.search(name):
        return name[found.end() :], found[1]
    return name, None


def rank_of(opening: str, rest: str) -> str | None:
    """省, 市, 县 or 区, by the lowest whose leaders a text speaks of: 在区委、区政府的领导下.

    opening  salutation and first sentences, where superiors are thanked
    rest     where only 全市 and 市委、市政府 together count; 省 never, every city follows its 省委
    """
    for text, pattern, ranks in (
        (opening, _RANK_WORDS, ("区", "县", "旗", "州", "市", "省", "自治区")),
        (rest, _OWN_RANK_WORDS, ("区", "县", "旗", "州", "市")),
    ):
        found = {word for match in pattern.finditer(text) for word in match.groups() if word}
        for rank in ranks:
            if rank in found:
                return rank
    return None


def has_rank(place: Place, rank: str | None) -> bool:
    """Whether a place is called so; a 自治州 州, a 直辖市 市 and 省 both."""
    if rank is None:
        return True
    if rank in ("省", "自治区"):
        return place.level == "province"
    if rank == "市":
        return place.name.endswith("市")
    return place.name.endswith(rank) and place.level != "province"


# --- Whole names ------------------------------------------------------------------------------


def chain(place: Place) -> str:
    """A place as bodies write it: districts behind their city, all else alone: 福州市仓山区, 凤阳县."""
    above = places.lineage(place.code)[:-1]
    if place.level == "county" and place.name.endswith("区") and above and not place.name.endswith("自治区"):
        return above[-1].name + place.name
    return place.name


def full_name(name: str, place: Place | None) -> str:
    """A body's name, whole: 仓山区 → 福州市仓山区人民政府, 区教育局 with its place, 人社局 written out."""
    body, rank = without_rank(name)
    if rank is not None:
        name = (chain(place) if place else rank) + body
    elif place and name in (place.name, place.short, chain(place)):
        return chain(place) + "人民政府"
    if re.search("街道$", name):
        return name + "办事处"
    if re.search("街道办$", name):
        return name + "事处"
    if _TOWNSHIP_END.search(name):
        return name + "人民政府"
    if re.search("(?<!人民)政府$", name):
        return name.removesuffix("政府") + "人民政府"
    if _PLACE_END.search(name) and not _BODY_END.search(name):
        return name + "人民政府"
    if not _BODY_END.search(name):
        return name + "人民政府"
    return issuer_kinds.in_full(name)


def composed_name(kind: issuer_kinds.IssuerKind, place: Place, own: str | None) -> str:
    """A body of which only kind and place are known, called as it calls itself: 我委 → …委员会."""
    stem = re.sub("(?:委员会|局|办公室|支队|管理中心)$", "", kind.full)
    ending = kind.full[len(stem) :]
    municipality = place.level == "province" and place.name.endswith("市")
    if own == "委":
        ending = "委员会"
    elif own in ("局", "厅", "办"):
        ending = {"办": "办公室"}.get(own, own)
    elif (
        own is None
        and place.level == "province"
        and not municipality
        and ending == "局"
        and not stem.endswith("监督管理")
    ):
        ending = "厅"
    return chain(place) + stem + ending


_AGENCY = re.compile(rf"((?:(?![,。;:、!的和与及()《》“”<>\d]|关于|人民法院).){{2,18}}?(?:{BODY}))(?![长员门])")
_AND_AGENCY = re.compile(rf"((?:(?![,。;:、!的()《》“”<>\d]|关于|人民法院).){{2,18}}?(?:{BODY}))(?![长员门])")


def bodies_in(text: str) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Full names of bodies in running text: a place with a body behind it, and what the place may be."""
    for mention in places.mentions(text):
        for pattern in (_AGENCY, _AND_AGENCY):
            if found := pattern.match(text, mention.span.end):
                yield text[mention.span.start : mention.span.end] + found[1], mention.candidates
                break
