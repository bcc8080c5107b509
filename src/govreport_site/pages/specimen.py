"""Every visible thing once, in all its states: what the specimen page shows. Nothing flows in.

The report, its places and its numbers are made up and never change, so the page is the same whatever the
corpus holds. They are of the very classes that real pages are made of, and its template calls the very macros:
a thing that changes, changes here too. What only scripts make stands in the template as they leave it,
held to them by `tests/browser/test_specimen_page.py`. Contrasts are held to the style by `tests/test_specimen.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from govreport_site import addresses
from govreport_site.interface import KindName, kind_names, level_names
from govreport_site.pages import completeness, home, problems
from govreport_site.pages.body import Block, Heading, Line, Lines, Paragraph, Piece, TableBlock
from govreport_site.pages.citing import CitedAs, Citing
from govreport_site.pages.completeness import Asked, MatrixView, Sign
from govreport_site.pages.evidence import ContentRow, FigureRow, InstrumentRow, Place, Remark, Required
from govreport_site.pages.figures import Amount, AmountRow, IndicatorSection
from govreport_site.pages.home import Coverage, CoverageEntry, CoverageRow, EntryView, Way
from govreport_site.pages.instruments import Title, TitleGroup
from govreport_site.pages.kinds import ItemGroup, ItemView, KindView, SideGroup
from govreport_site.pages.lists import (
    IssuerRow,
    IssuerView,
    KindRow,
    Plain,
    PlainGroup,
    RowGroup,
    Sample,
    YearCell,
    YearColumn,
    YearPlace,
    YearsTable,
)
from govreport_site.pages.quotes import Quote, Saying
from govreport_site.pages.remedies import Pairing, Text
from govreport_site.pages.runs import Mark, Run
from govreport_site.pages.tables import Cell, Table
from govreport_site.pages.topics import Said, SaidBy
from govreport_site.pages.views import (
    Fact,
    HeadPart,
    KindLink,
    Link,
    PartView,
    RailItem,
    RailPart,
    Reason,
    ReportView,
    TitleLine,
    TurnCell,
)
from govreport_site.report import Kind
from govreport_site.source import Span

# Where every made-up link leads: to the top of what is shown.
_AT = "#main"

_ISSUER, _TITLE = "某县司法局", ("某县司法局", "关于2025年", "法治政府", "建设情况的", "报告")
_LONG = (
    "某省某市", "某某新区", "管理委员会", "综合行政执法", "和应急管理局", "关于贯彻落实", "《法治政府建设", "实施纲要》",
    "2025年度", "工作情况的", "报告",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the sheet by its token. Contrasts on paper, light and dark, as `4.5`; empty for what carries no sign."""

    token: str
    name: str
    use: str
    light: str = ""
    dark: str = ""


COLOURS = (
    Colour("ink", "墨", "报告的正文", "16.6", "12.8"),
    Colour("ink-2", "淡墨", "次要的字", "8.7", "8.7"),
    Colour("ink-3", "灰墨", "说明、出处", "5.7", "6.1"),
    Colour("zhu", "朱", "本站所加", "6.7", "6.9"),
    Colour("rule-2", "框线", "可按之处的边", "3.2", "3.8"),
    Colour("rule", "细线", "分隔，不表意"),
    Colour("paper", "纸", "底"),
    Colour("paper-sunk", "衬纸", "引文、所指的段"),
    Colour("zhu-wash", "朱晕", "检索标记的底"),
    Colour("k-achievements", "石绿", "主要举措和成效", "7.0", "6.0"),
    Colour("k-problems", "赭石", "存在的不足", "6.9", "6.5"),
    Colour("k-plans", "石青", "下一年度安排", "7.3", "7.1"),
    Colour("k-leadership", "紫棠", "负责人履职", "7.8", "6.6"),
    Colour("k-mixed", "秋香", "不足与安排合写", "6.9", "6.9"),
    Colour("k-other", "灰", "其他", "6.9", "7.3"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """A step of the printer's scale: its class, its name, its measure, words set in it."""

    of: str
    name: str
    measure: str
    words: str


_SIZES = (
    Size("size-0s", "小初", "36 点", "法治政府"),
    Size("size-1", "一号", "26 点", "存在的不足"),
    Size("size-2", "二号", "22 点", "关于2025年法治政府建设情况的报告"),
    Size("size-3", "三号　黑体", "16 点", "一、主要举措和成效"),
    Size("size-4 face-kai", "四号　楷体", "14 点", "（一）健全依法行政制度体系。"),
    Size(
        "size-4", "四号　宋体", "14 点", "坚持以公开为常态、不公开为例外，全年公开信息1,060余条，办理WTO合规审查3件。"
    ),
    Size("size-4 face-fang", "四号　仿宋", "14 点", "印刷时正文用仿宋，每面22行，每行28字。"),
    Size("size-4s", "小四", "12 点", "检索　地区　年度　板块　机关　研读　说明"),
    Size("size-5", "五号", "10.5 点", "某县司法局　2025 年度　第 6 段"),
    Size("size-5s", "小五", "13 像素", "两处同有“普法内容”"),
)

_SPACES = (
    ("space-eighth", "八分之一行"),
    ("space-quarter", "四分之一行"),
    ("space-half", "半行"),
    ("space-line", "一行"),
    ("space-gutter", "段号栏"),
    ("space-notes", "旁注栏"),
    ("space-rail", "目录栏"),
    ("space-measure", "版心，三十四字"),
)


@dataclass(frozen=True, slots=True)
class SpecimenView:
    """All of it, in the order of the page; `lead` describes it to programs too."""

    lead: str
    crumbs: tuple[Link, ...]
    sizes: tuple[Size, ...]
    colours: tuple[Colour, ...]
    spaces: tuple[tuple[str, str], ...]
    every_kind: tuple[KindName, ...]
    dateline: tuple[str, ...]
    report: ReportView
    long_title: HeadPart
    title_again: HeadPart
    pointed: Paragraph
    running: Paragraph
    excerpts: tuple[Block, ...]
    entries: tuple[EntryView, ...]
    ways: tuple[Way, ...]
    coverage: Coverage
    coverage_turned: Coverage
    years: YearsTable
    plain: tuple[Plain, ...]
    plain_group: PlainGroup
    kind_counts: tuple[KindLink, ...]
    items: KindView
    abreast: IssuerView
    by_place: tuple[YearPlace, ...]
    matrix: MatrixView
    groups: tuple[TitleGroup, ...]
    amounts: IndicatorSection
    parted: IndicatorSection
    sayings: tuple[Saying, ...]
    said: tuple[SaidBy, ...]
    side: tuple[Link, ...]
    pairings: tuple[Pairing, ...]
    spare: tuple[Text, ...]
    problems: tuple[problems.ProblemView, ...]


def specimen_view() -> SpecimenView:
    """The whole page; the same each time."""
    at = addresses.SPECIMEN
    kinds = kind_names()
    return SpecimenView(
        lead="本站的每一种字、线、标记和表，连同各种状态，都用真的部件排在这里。文字和数目是编的，与任何报告无关。",
        crumbs=(Link("说明", addresses.relative(at, addresses.ABOUT)), Link("样张")),
        sizes=_SIZES,
        colours=COLOURS,
        spaces=_SPACES,
        every_kind=tuple(kinds.values()),
        dateline=("编造的日期行", "0 份报告", "0 个地区"),
        report=_report(),
        pointed=_paragraph(11, Piece("", _plain("点开一个段号，网址就指到这一段：段下衬纸，段号加粗加线。"))),
        running=_paragraph(
            12, Piece("一是", _marked("复制、检索、朗读的都是原文，")), Piece("二是", _marked("全年办理", ("figure", "8件"), "。"))
        ),
        long_title=HeadPart((TitleLine("p-long", ("〔", *_LONG, "〕")),), True, ()),
        title_again=HeadPart((TitleLine("p-again", _LONG, notation="# "),), False, ()),
        excerpts=_excerpts(),
        entries=(
            EntryView(_AT, _TITLE, "某县", "2025 年度", "2026-01-20", "发布", "3,516 字"),
            EntryView(_AT, ("〔", *_LONG, "〕"), "某市某某新区", "2024 年度", None, "发布日期未注明", "12,040 字"),
        ),
        ways=tuple(_ways()),
        coverage=_coverage(),
        coverage_turned=_coverage_turned(),
        years=_years(),
        plain=(Plain("某县", _AT, "12"), Plain("某某自治县", _AT, "3"), Plain("某区", None, "")),
        plain_group=PlainGroup("某省", _AT, "15 份", (Plain("某市", _AT, "15"), Plain("另一市", None, ""))),
        kind_counts=tuple(KindLink(kinds[kind], _AT, n) for kind, n in ((Kind.PROBLEMS, "30"), (Kind.PLANS, "28"))),
        items=_items(),
        abreast=_abreast(),
        by_place=(
            YearPlace("某县", _AT, (_cell("某县司法局", "3,516 字"), _cell("某县卫生健康委员会", "2,870 字", Kind.MIXED))),
        ),
        matrix=_matrix(),
        groups=(
            TitleGroup("法规", (Title("优化营商环境条例", _AT, "12 份"), Title("某省行政执法监督条例", _AT, ""))),
            TitleGroup("文件", (Title("".join(_LONG[6:8]).strip("《》") + "（2021—2025年）", _AT, "8 份"),)),
        ),
        amounts=_amounts(),
        parted=IndicatorSection("parted", "行政复议", "", "", (), (), False, (Link("某市", _AT), Link("另一市", _AT))),
        sayings=_sayings(),
        said=_said(),
        side=(Link("某市", _AT, "12"), Link("另一市", _AT, "3"), Link("本页所在的市", None, "8")),
        pairings=_pairings(),
        spare=(Text(_AT, "第 14 段", _plain("（四）修订档案管理办法")), Text(_AT, "第 15 段", ())),
        problems=_problems(),
    )  # fmt: skip


# --- A report -----------------------------------------------------------------------------


def _plain(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def _marked(*parts: str | tuple[str, str]) -> tuple[Run, ...]:
    """Texts, each plain or with its mark: `("figure", "8件")`."""
    nowhere = Span(0, 0)
    runs = []
    for part in parts:
        if isinstance(part, str):
            runs.append(Run(part))
            continue
        form, text = part
        if form == "figure":
            runs.append(Run(text, mark=Mark(nowhere, "figure")))
        elif form == "instrument":
            runs.append(Run(text, mark=Mark(nowhere, "instrument", "#works")))
        elif form == "shared":
            runs.append(Run(text, mark=Mark(nowhere, "shared")))
        elif form == "air":
            runs.append(Run(text, "air"))
        elif form == "notation":
            runs.append(Run(text, "notation"))
        else:
            runs.append(Run(text, "link", "https://example.org/"))
    return tuple(runs)


def _heading(id: str, level: int, text: str, tag: str = "h3") -> Heading:
    return Heading(id, tag, level, _plain(text))


def _paragraph(number: int, *pieces: Piece, heading: Heading | None = None) -> Paragraph:
    return Paragraph(f"p-{number:06x}", number, heading, "", pieces)


_TABLE = TableBlock(
    "p-table1",
    Table(
        tuple(Cell(_plain(name)) for name in ("事项", "2023年", "2024年", "2025年", "比上年")),
        (
            tuple(Cell(_plain(text)) for text in ("行政处罚", "12件", "15件", "9件", "减少6件")),
            tuple(Cell(_plain(text)) for text in ("行政检查", "1,204次", "1,388次", "876次", "减少512次")),
        ),
    ),
    "",
)
_WRITTEN = TableBlock(
    "p-table2", None, "事项　　　数量　　　比上年\n行政处罚　９件　　　减少６件　　（原文没有写成整齐的表，照录）"
)


def _remarks() -> tuple[Remark, ...]:
    plan = Place("#p-00000a", "三（一）", "进一步增强普法针对性。")
    return (
        Remark("可参看安排", "", (plan,), ("不同群体", "普法内容"), first=True),
        Remark("未见对应的安排", "二是"),
    )  # fmt: skip


def _parts() -> tuple[PartView, ...]:
    kinds = kind_names()
    opening = PartView(
        "", None, None, "", "",
        (
            Lines("salutation", (Line("p-to", _plain("某市人民政府：")),)),
            _paragraph(
                1,
                Piece("", _marked(
                    "2025年", ("air", ","), "某县司法局深入学习宣传", ("instrument", "《法治政府建设实施纲要》"), ("air", ","),
                    "原文的半角逗号照原样", ("air", ","), "后面只在显示时留一点空。全年办理", ("figure", "1,060余件"),
                    "，详见", ("link", "县政府网站"), "。现将有关情况报告如下：",
                )),
            ),
        ),
    )  # fmt: skip
    done = PartView(
        "s-done", kinds[Kind.ACHIEVEMENTS], Heading("h-done", "h2", 1, _plain("一、主要举措和成效")), _AT, "2 项 3 点，412 字",
        (
            _paragraph(
                2,
                Piece("一是", _marked(
                    "坚持科学民主依法决策。列入目录的", ("figure", "2个"), "重大行政决策事项均已完成，公平竞争审查做到“应审尽审”。",
                )),
                Piece("二是", _marked(
                    "扎实推进政务公开。通过网站、微信公众号发布信息", ("figure", "近1060篇"), "，受理依申请公开", ("figure", "8件"),
                    "，均在规定时限内办理。",
                )),
                Piece("三是", _plain("加强应急处置。")),
                heading=_heading("h-run-in", 2, "（一）健全制度机制，依法履行职能。", "h3"),
            ),
            _heading("h-two", 2, "（二）规范执法行为", "h3"),
            _heading("h-three", 3, "1．三级标题，宋体加粗", "h4"),
            _heading("h-four", 4, "（1）四级标题，与正文同", "h5"),
            _paragraph(3, Piece("", _plain("各级标题之下的一段。")), heading=None),
            _TABLE,
            _WRITTEN,
            Lines("image", (Line("p-image", _plain("某县行政执法流程图（原文为图片）")),)),
        ),
    )  # fmt: skip
    lacking = PartView(
        "s-lacking", kinds[Kind.PROBLEMS], replace(
            Heading("h-lacking", "h2", 1, _plain("二、存在的不足")), remarks=(Remark("未见“原因”", ""),),
        ), _AT, "2 项，180 字",
        (
            replace(
                _paragraph(
                    8, Piece("", _plain("对不同群体的法律需求了解不深，普法内容和形式较为单一，部分活动“大水漫灌”，效果不够理想。")),
                    heading=_heading("h-few", 2, "（一）普法针对性有待提高。", "h3"),
                ),
                remarks=_remarks(),
            ),
            replace(
                _paragraph(9, Piece("", _plain("下一年将修订办法。")), heading=_heading("h-odd", 2, "（二）档案管理不够规范。", "h3")),
                note=kinds[Kind.PLANS],
            ),
        ),
    )  # fmt: skip
    planned = PartView(
        "s-planned", kinds[Kind.PLANS], Heading("h-planned", "h2", 1, _plain("三、下一年度安排")), _AT, "1 项，60 字",
        (
            replace(
                _paragraph(
                    10, Piece("", _plain("按不同群体丰富普法内容。")), heading=_heading("h-aim", 2, "（一）增强普法针对性。", "h3")
                ),
                remarks=(Remark("可参看不足", "", (Place("#p-000008", "二（一）", "普法针对性有待提高。"),)),),
            ),
            Lines("signoff", (Line("p-sign", _plain(_ISSUER)), Line("p-date", _plain("2026年1月20日")))),
            Lines("foot", (Line("p-foot", _plain("信息来源：某县司法局　　打印　　关闭窗口")),)),
        ),
    )  # fmt: skip
    others = tuple(
        PartView(f"s-{kind.value}", kinds[kind], Heading(f"h-{kind.value}", "h2", 1, _plain(name)), _AT, "20 字", ())
        for kind, name in (
            (Kind.LEADERSHIP, "四、主要负责人履行第一责任人职责情况"),
            (Kind.MIXED, "五、存在的不足和改进措施"),
            (Kind.OTHER, "六、其他需要报告的事项"),
        )
    )
    return (opening, done, lacking, planned, *others)


def _rail() -> tuple[RailPart, ...]:
    below = {
        "s-done": (
            RailItem("#p-000002", _plain("（一）健全制度机制，依法履行职能"), hang=True),
            RailItem("#h-two", _plain("（二）规范执法行为，一条长到要折到第二行的标题"), hang=True),
        ),
        "s-lacking": (RailItem("#p-000008", _plain("（一）普法针对性有待提高"), hang=True),),
        "s-planned": (RailItem("#p-00000a", _plain("1．增强普法针对性"), hang=False),),
    }
    return tuple(
        RailPart(part.kind, f"#{part.id}", part.heading.runs, f"{len(items)} 项" if items else "", items)
        for part in _parts()
        if part.kind is not None and part.heading is not None
        for items in (below.get(part.id, ()),)
    )


def _facts() -> tuple[Fact, ...]:
    return (
        Fact("发文机关", _ISSUER, _AT),
        Fact("报告年度", "2025", _AT),
        Fact("地区", "某省某市某县", _AT, code="000000"),
        Fact("机关类别", "司法行政", _AT, reason="机关名称以“司法局”结尾"),
        Fact("层级", level_names()["county"], reason="地区代码为县级"),
        Fact("发文字号", "未注明", absent=True),
        Fact("成文日期", "2026-01-20", date=True),
        Fact("发布日期", "未注明", absent=True),
        Fact("篇幅", "6 部分 4 项 3 点，3,516 字", wide=True),
    )


def _citing() -> Citing:
    cited = f"{_ISSUER}. {''.join(_TITLE)}[R/OL]. [引用日期]. https://example.org/about/specimen/index.html"
    bibtex = (
        f"@techreport{{specimen,\n  author = {{{_ISSUER}}},\n  title = {{{''.join(_TITLE)}}},\n  year = {{2026}}\n}}"
    )
    return Citing(
        (
            CitedAs("GB/T 7714—2025", cited + ".", cited + "#⟦id⟧.", False),
            CitedAs("BibTeX", bibtex, bibtex, True),
        ),
        (),
    )


def _report() -> ReportView:
    place = Place("#p-000002", "第 2 段")
    return ReportView(
        title="".join(_TITLE),
        crumbs=(),
        head=(
            HeadPart((), False, (Lines("header", (Line("p-index", _plain("索引号：000000/2026-00001　　发布时间：2026-01-20")),)),)),
            HeadPart((TitleLine("p-title1", _TITLE[:1]), TitleLine("p-title2", _TITLE[1:])), True, ()),
        ),
        facts=_facts(),
        reasons=(
            Reason("机关类别“司法行政”", "机关名称以“司法局”结尾"),
            Reason("“五、存在的不足和改进措施”归入“不足与安排合写”", "标题兼有“不足”和“措施”"),
        ),
        has_points=True,
        compare=addresses.relative(addresses.SPECIMEN, addresses.COMPARE),
        has_marks=True,
        rail=_rail(),
        parts=_parts(),
        citing=_citing(),
        thing={},
        figures=(
            FigureRow("1,060余件", "全年办理", None, Place("#p-000001", "第 1 段")),
            FigureRow("8件", "依申请公开", Place(_AT, "依申请公开件数"), place),
        ),
        instruments=(
            InstrumentRow("w-1", "法治政府建设实施纲要（2021—2025年）", ("法治政府建设实施纲要",), "规划、计划", _AT, (
                Place("#p-000001", "第 1 段"), place,
            )),
        ),
        required=Required(
            "《法治政府建设与责任落实督察工作规定》第二十四条",
            (
                ContentRow("主要举措和成效", (Place("#s-done", "一", "主要举措和成效"),), "标题写明“举措和成效”"),
                ContentRow("存在的不足和原因", (), "没有见到“原因”"),
            ),
            "按期公开",
            "2026-01-20 发布，期限 2026-04-01",
        ),
        source=(
            Fact("原文地址", "https://example.org/2026/01/20/a-long-address-that-has-to-break.html", "https://example.org/",
                 wide=True, outside=True),
            Fact("原件", "未注明", absent=True, wide=True),
        ),
        colophon=(f"来源：{_ISSUER}　报告年度：2025", "正文照发布时的原样登载。"),
        turn=(
            TurnCell("同类机关，同一年度", (Link("某区司法局", _AT, "上一份"), Link("另一市某某区司法局", _AT, "下一份")), ""),
            TurnCell("本机关，其他年度", (), "尚未收录"),
        ),
        published="2026-01-20",
        issuer=_ISSUER,
    )  # fmt: skip


def _excerpts() -> tuple[Block, ...]:
    return (
        _heading("x-1", 2, "（二）单独成行的标题"),
        _paragraph(
            1, Piece("一是", _plain("摘录不分点，")), Piece("二是", _plain("照原文连排。")),
            heading=_heading("x-2", 2, "（一）行内的标题。"),
        ),
        _TABLE,
        Lines("signoff", (Line("x-3", _plain(_ISSUER)),)),
        Lines("title", (Line("x-4", _plain("正文中又出现的题名")),)),
    )  # fmt: skip


# --- Lists --------------------------------------------------------------------------------


def _cell(text: str, label: str, *kinds: Kind) -> YearCell:
    names = kind_names()
    shown = kinds or (Kind.ACHIEVEMENTS, Kind.PROBLEMS, Kind.PLANS)
    return YearCell(tuple(names[kind] for kind in shown), _AT, text, label)


def _ways() -> list[Way]:
    names = kind_names()
    return [
        Way(names[Kind.ACHIEVEMENTS], _AT, "48 项", (
            Sample(_AT, _plain("健全依法行政制度体系"), "某县 2025"), Sample(_AT, _plain("规范行政执法"), "某市 2025"),
        )),
        Way(names[Kind.PROBLEMS], _AT, "30 项", (Sample(_AT, _plain("执法力量不足"), "某县 2025"),)),
        Way(names[Kind.LEADERSHIP], _AT, "0 项", ()),
    ]  # fmt: skip


def _coverage() -> Coverage:
    names = ("某市", "另一市", "某某新区", "某某土家族苗族自治州", "某盟", "某地区")
    there, none = home.Cell("2", _AT), home.Cell("", None)
    return Coverage(
        hint="数字为份数，点为尚未收录。",
        columns=names,
        rows=(
            CoverageRow("2025", (there, none, there, there, none, none)),
            CoverageRow("2024", (there, none, none, there, none, none)),
            CoverageRow("未详", (none, none, none, none, none, home.Cell("1", _AT))),
        ),
        narrow=(CoverageEntry("某市", _AT, "2025、2024"), CoverageEntry("某地区", _AT, "年度未详")),
        rest="其余三地尚未收录",
    )


def _coverage_turned() -> Coverage:
    rows = (
        CoverageRow("某省", (home.Cell("12", None), home.Cell("7", None)), _AT),
        CoverageRow("某某自治区", (home.Cell("", None), home.Cell("3", None)), _AT),
    )
    return Coverage("地方多时，地区在左。", ("2025", "2024"), rows, (), "", turned=True)


def _years() -> YearsTable:
    short, other = (
        _cell("3,516 字", "某县司法局，2025 年度"),
        _cell("2,870 字", "某局，2024 年度", Kind.MIXED, Kind.OTHER),
    )
    rows = (
        IssuerRow((_ISSUER,), _AT, ((short,), (other,), ()), "2 份"),
        IssuerRow(_LONG[:5], _AT, ((), (short, other), ()), ""),
    )
    return YearsTable(
        ("2025", "2024", "2023"), True, 5, (RowGroup("", None, rows[:1]), RowGroup("某某新区", _AT, rows[1:]))
    )


def _items() -> KindView:
    kinds = kind_names()
    item = ItemView(
        _AT, _plain("（一）普法针对性有待提高"), _plain("二、存在的不足"),
        (_paragraph(8, Piece("", _plain("对不同群体的法律需求了解不深，普法内容和形式较为单一。"))),),
        Link(_ISSUER, _AT), "2025 年度", Link("某县", _AT),
    )  # fmt: skip
    bare = ItemView(
        _AT,
        (),
        (),
        (_paragraph(9, Piece("", _plain("没有标题的一项，只有正文。"))),),
        item.issuer,
        "2024 年度",
        item.place,
    )
    return KindView(
        kind=kinds[Kind.PROBLEMS], crumbs=(), name="", where="", lead="", table=None,
        note="只列最近的两项。",
        side=(SideGroup("各地", (Link("某县", "#at-sample", "2"), Link("某区", "#at-sample", "0"))),),
        others=(KindLink(kinds[Kind.PLANS], _AT, "28"), KindLink(kinds[Kind.MIXED], _AT, "4")),
        groups=(ItemGroup("at-sample", "某县", "2 项", (item, bare)),),
    )  # fmt: skip


def _abreast() -> IssuerView:
    kinds = kind_names()
    heads = (
        Sample(_AT, _plain("（一）普法针对性有待提高"), "", hang=True),
        Sample(_AT, _plain("（二）执法力量不足，人员老化，一条长到要折行的标题"), "", hang=True),
    )
    return IssuerView(
        name=_ISSUER, crumbs=(), lead="",
        columns=(YearColumn("2025", _AT, "3,516 字"), YearColumn("2024", _AT, "2,870 字")),
        rows=(
            KindRow(kinds[Kind.PROBLEMS], (heads, heads[:1])),
            KindRow(kinds[Kind.LEADERSHIP], ((), (Sample(_AT, _plain("认真履行职责"), ""),))),
        ),
        remedies=(), tracking=None, compare=_AT, kind=Link("", _AT), fellows=(),
    )  # fmt: skip


def _matrix() -> MatrixView:
    def cell(timely: str, unseen: str = "") -> completeness.Cell:
        signs = tuple(Sign(sign, sign not in unseen) for sign in "成缺因责计")
        return completeness.Cell(_AT, signs, unseen, timely)

    return MatrixView(
        name="某省", crumbs=(), rules="", legend=(Asked("成", "主要举措和成效", "", False),), years=("2025", "2024", "2023"),
        groups=(
            completeness.Group("某县", (
                completeness.Row(_ISSUER, _AT, (
                    completeness.Year((cell("按期"),), False), completeness.Year((cell("迟 12 天", "因责"),), False),
                    completeness.Year((), True),
                )),
                completeness.Row("某县另一局", _AT, (
                    completeness.Year((), False), completeness.Year((cell("未注明", "因"),), False), completeness.Year((), False),
                )),
            )),
        ),
        below=(),
    )  # fmt: skip


# --- What is read side by side --------------------------------------------------------------


def _amounts() -> IndicatorSection:
    return IndicatorSection(
        id="n-specimen", name="行政复议案件办结数",
        definition="一年内办结的行政复议案件，以件计。", trap="有的报告把上一年转入的也算在内。",
        years=("2025", "2024"),
        rows=(
            AmountRow(_ISSUER, ((Amount("128件", _AT, width="95"),), (Amount("90余件", _AT, path="M0 0H66.8l4 2.5-4 2.5H0z"),))),
            AmountRow("".join(_LONG[:5]), (
                (Amount("近60件", _AT, path="M0 0H44.5l-4 2.5 4 2.5H0z"), Amount("约40件", _AT, path="M0 0H29.7l-3 1.25 3 1.25-3 1.25 3 1.25H0z")),
                (),
            )),
            AmountRow("没有横条的一行", ((Amount("3件", _AT),), ())),
        ),
        bars=True,
    )  # fmt: skip


def _sayings() -> tuple[Saying, ...]:
    said = _marked("全年办结行政复议案件", ("figure", "128件"), "，按时办结率100%。")
    return (
        Saying(
            Quote(said, before=True, after=True),
            _ISSUER,
            "2025 年度",
            Link("第 3 段", _AT),
            _plain("（二）规范执法行为"),
        ),
        Saying(
            Quote(_marked("落实", ("instrument", "《优化营商环境条例》"), "。")),
            _ISSUER,
            "2024 年度",
            Link("第 5 段", _AT),
        ),
    )


def _said() -> tuple[SaidBy, ...]:
    sentence = _marked("举办", ("shared", "普法"), "讲座12场。")
    return (
        SaidBy(_ISSUER, (
            Said(kind_names()[Kind.ACHIEVEMENTS], _AT, _plain("（三）加大普法力度"), "", sentence, cut_after=True, note="　本节 4 段"),
            Said(None, _AT, (), "第 6 段", sentence, cut_before=True),
        )),
    )  # fmt: skip


def _pairings() -> tuple[Pairing, ...]:
    left = Text(
        _AT,
        "第 8 段",
        _plain("（一）普法针对性有待提高"),
        (_marked("对", ("shared", "不同群体"), "的法律需求了解不深。"),),
    )
    right = Text(
        _AT, "第 10 段", _plain("（一）增强普法针对性"), (_marked("按", ("shared", "不同群体"), "丰富普法内容。"),)
    )
    return (
        Pairing(left, right, ("不同群体",), "人工核对"),
        Pairing(Text(_AT, "第 9 段", (), (_plain("没有标题的一处不足。"),)), None, ()),
    )


def _problems() -> tuple[problems.ProblemView, ...]:
    return (
        problems.ProblemView(
            "第 41 行", "提醒", "outline/skipped-level", "标题层级跳跃", "二级标题“（一）”直接位于报告标题之下",
            "其上有一级标题，如“一、……”", "补上一级标题；若原文如此，不必改动",
        ),
    )  # fmt: skip
