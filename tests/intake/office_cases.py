"""Word and PDF files with a known report in each. See `measure.py`; the table is `CASES`.

Lines are fictitious, their shapes are those of published reports. What a reader leaves out
(notes of revision, running heads) stands in no `body`: the tests ask for a Doubt on it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.intake import make_docx as word
from tests.intake.make_docx import cell, docx, numbered, paragraph, recipe, row, run, style, table, text_box
from tests.intake.measure import Case

PDFS = Path(__file__).with_name("pdf")

TITLE = "临川市水务局关于2025年法治政府建设情况的报告"
INTRO = "2025年，临川市水务局坚持以习近平法治思想为指导，推进依法治水。现将有关情况报告如下："
HAN = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
LIST = recipe(0, *HAN) + numbered(1, 0)

RED_HEAD = text_box(paragraph("临川市水务局文件"), paragraph("临水发〔2026〕3号"))
MERGED = table(
    row(
        cell("类别", properties='<w:vMerge w:val="restart"/>'), cell("案件（件）", properties='<w:gridSpan w:val="2"/>')
    ),
    row(cell("", properties="<w:vMerge/>"), "2024年", "2025年"),
    row("行政复议", "3", "5"),
)
TABLE = ("| 类别 | 案件（件） |  |", "| --- | --- | --- |", "|  | 2024年 | 2025年 |", "| 行政复议 | 3 | 5 |")

OUTLINE_STYLES = (
    style("1", called="heading 1", properties='<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>')
    + style("2", called="heading 2", properties='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    + style("a", called="市局二级", based_on="2")
    + style("b", called="无编号", based_on="2", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
)


def _case(name: str, body: str, lines: tuple[str, ...], **parts: str) -> Case:
    return Case(name, "report.docx", partial(docx, body, parts=parts), lines)


WORD = (
    _case(
        "automatic numbers of four levels",
        paragraph(TITLE)
        + paragraph(INTRO)
        + paragraph("主要举措和成效", number=(1, 0))
        + paragraph("健全制度。修订制度12项。", number=(1, 1))
        + paragraph("2025年办理建议8件。", number=(1, 2))
        + paragraph("其中市级3件。", number=(1, 3))
        + paragraph("其中县级5件。", number=(1, 3))
        + paragraph("加强执法。", number=(1, 1))
        + paragraph("开展检查32次。", number=(1, 2))
        + paragraph("存在的不足和原因", number=(1, 0))
        + paragraph("队伍建设有待加强。", number=(1, 1)),
        (
            TITLE,
            INTRO,
            "一、主要举措和成效",
            "（一）健全制度。修订制度12项。",
            "1. 2025年办理建议8件。",
            "（1）其中市级3件。",
            "（2）其中县级5件。",
            "（二）加强执法。",
            "1.开展检查32次。",
            "二、存在的不足和原因",
            "（一）队伍建设有待加强。",
        ),
        numbering=LIST,
    ),
    _case(
        "other schemes of numbers",
        paragraph("总则", number=(1, 0))
        + paragraph("目的", number=(1, 1))
        + paragraph("依据", number=(1, 1))
        + paragraph("甲类", number=(2, 0))
        + paragraph("全角", number=(2, 1))
        + paragraph("罗马", number=(2, 2))
        + paragraph("字母", number=(2, 3))
        + paragraph("圈", number=(3, 0))
        + paragraph("括号", number=(3, 1))
        + paragraph("点", number=(3, 2)),
        ("1总则", "1.1目的", "1.2依据", "甲、甲类", "１．全角", "IV.罗马", "a)字母", "①圈", "⑵括号", "●点"),
        numbering=recipe(0, ("decimal", "%1"), ("decimal", "%1.%2"))
        + recipe(
            1,
            ("ideographTraditional", "%1、"),
            ("decimalFullWidth", "%2．"),
            ("upperRoman", "%3."),
            ("lowerLetter", "%4)"),
        )
        + recipe(2, ("decimalEnclosedCircle", "%1"), ("decimalEnclosedParen", "%2"), ("bullet", "\uf06c"))
        + numbered(1, 0)
        + numbered(2, 1, '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="4"/></w:lvlOverride>')
        + numbered(3, 2, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="2"/></w:lvlOverride>'),
    ),
    _case(
        "numbers by style, through its chain",
        paragraph(TITLE)
        + paragraph("主要举措和成效", style="1")
        + paragraph("健全制度", style="2")
        + paragraph("加强执法", style="a")
        + paragraph("不编号的标题", style="b")
        + paragraph("存在的不足", style="1")
        + paragraph("人员不足", style="a"),
        (
            TITLE,
            "一、主要举措和成效",
            "（一）健全制度",
            "（二）加强执法",
            "## 不编号的标题",
            "二、存在的不足",
            "（一）人员不足",
        ),
        numbering=recipe(0, *HAN, more={1: '<w:pStyle w:val="2"/>'}) + numbered(1, 0),
        styles=OUTLINE_STYLES,
    ),
    _case(
        "restarts and continued lists",
        paragraph("甲", number=(1, 0))
        + paragraph("乙", number=(1, 1))
        + paragraph("丙", number=(2, 0))
        + paragraph("丁", number=(2, 1))
        + paragraph("戊", number=(3, 0))
        + paragraph("己", number=(4, 2))
        + paragraph("庚", number=(4, 0))
        + paragraph("辛", number=(4, 2)),
        ("一、甲", "（一）乙", "二、丙", "（一）丁", "一、戊", "1.己", "二、庚", "2.辛"),
        numbering=recipe(0, *HAN)
        + recipe(1, *HAN, more={2: '<w:lvlRestart w:val="0"/>'})
        + numbered(1, 0)
        + numbered(2, 0)
        + numbered(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
        + numbered(4, 1),
    ),
    _case(
        "tracked changes",
        paragraph("一、开展检查")
        + paragraph(
            "共检查",
            f"<w:ins>{run('32')}</w:ins>",
            f"<w:del>{run('23').replace('w:t', 'w:delText')}</w:del>",
            "次。",
        )
        + paragraph("这一段与", properties="<w:rPr><w:del/></w:rPr>")
        + paragraph("下一段相连。")
        + f"<w:p><w:pPr/><w:moveFrom>{run('挪走的话。')}</w:moveFrom></w:p>"
        + f"<w:p><w:pPr/><w:moveTo>{run('挪来的话。')}</w:moveTo></w:p>"
        + table(row("项目", "件数"), row("作废", "0", properties="<w:del/>"), row("处罚", "7")),
        (
            "一、开展检查",
            "共检查32次。",
            "这一段与下一段相连。",
            "挪来的话。",
            "| 项目 | 件数 |",
            "| --- | --- |",
            "| 处罚 | 7 |",
        ),
    ),
    _case(
        "red head in text boxes",
        paragraph(RED_HEAD, TITLE) + paragraph(INTRO),
        ("临川市水务局文件", "临水发〔2026〕3号", TITLE, INTRO),
    ),
    _case(
        "content controls, fields and links",
        f"<w:sdt><w:sdtContent>{paragraph(TITLE)}</w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('目录')}{paragraph('一、举措……1')}</w:sdtContent></w:sdt>"
        + paragraph(word.complex_field(' TOC \\o "1-2"', run("二、不足……9")))
        + paragraph(
            "2025年",
            "<w:sdt><w:sdtContent>" + run("召开会议") + "</w:sdtContent></w:sdt>",
            word.complex_field(" =SUM(A1) ", run("12")),
            "次",
            "<w:hyperlink>" + run("（详见附件）") + "</w:hyperlink>",
            '<w:smartTag w:element="date">' + run("，全部公开") + "</w:smartTag>",
            "<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:tab/><w:t>C</w:t><w:br/><w:t>另起一行</w:t></w:r>",
            word.complex_field(" eq \\o\\ac(○,3)"),
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        ),
        (TITLE, "2025年召开会议12次（详见附件），全部公开A-B C", "另起一行③☑"),
    ),
    _case(
        "tables: data, merged, nested and mere layout",
        table(row(cell(paragraph(TITLE), paragraph("（2026年1月27日）"))))
        + MERGED
        + paragraph("表后一段。")
        + table(row("部门", "情况"), row("水政科", cell("甲|乙", table(row("内", "表")), "完")))
        + table(row(cell("独列一")), row(cell("独列二"))),
        (
            TITLE,
            "（2026年1月27日）",
            *TABLE,
            "表后一段。",
            "| 部门 | 情况 |",
            "| --- | --- |",
            "| 水政科 | 甲\\|乙 内 表 完 |",
            "独列一",
            "独列二",
        ),
    ),
    Case(
        "footnotes, images, comments and hidden text",
        "report.docx",
        partial(
            docx,
            paragraph(
                "行政复议纠错率10%",
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
                "。",
                '<w:r><w:commentReference w:id="0"/></w:r>',
            )
            + paragraph(
                "组织培训",
                run("（内部掌握）", "<w:vanish/>"),
                "4场。",
                '<w:r><w:drawing><a:blip r:embed="rId50"/></w:drawing></w:r>',
            ),
            parts={
                "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
                + paragraph("<w:r><w:footnoteRef/></w:r>", run(" 不含撤回的案件。"))
                + "</w:footnote>",
                "header1": paragraph("内部资料　注意保存"),
            },
            raw={"word/media/image1.png": b"\x89PNG"},
        ),
        ("行政复议纠错率10%[1]。", "组织培训4场。", "![](image1.png)", "[1] 不含撤回的案件。"),
    ),
    Case(
        "strict OOXML, title and author in its properties",
        "report.docx",
        partial(
            docx,
            paragraph(RED_HEAD, TITLE) + paragraph("主要举措", number=(1, 0)) + MERGED,
            strict=True,
            parts={"numbering": LIST},
            core=f"<dc:title>{TITLE}</dc:title><dc:creator>临川市水务局</dc:creator>",
        ),
        ("临川市水务局文件", "临水发〔2026〕3号", TITLE, "一、主要举措", *TABLE),
        {"title": TITLE, "issuer": "临川市水务局"},
    ),
    Case(
        "headings by style without numbers; a template's properties",
        "report.docm",
        partial(
            docx,
            paragraph("临川市水务局", style="1")
            + paragraph("关于2025年法治政府建设情况的报告", style="1")
            + paragraph(INTRO)
            + paragraph("主要举措", style="1")
            + paragraph("（一）健全制度", style="2"),
            parts={"styles": style("1", called="heading 1") + style("2", called="heading 2")},
            core="<dc:title>文档1</dc:title><dc:creator>Administrator</dc:creator>",
        ),
        ("临川市水务局", "关于2025年法治政府建设情况的报告", INTRO, "# 主要举措", "（一）健全制度"),
        {"title": None, "issuer": None},
    ),
)


def picture_pdf() -> bytes:
    """A page that is one picture, as a scanner makes it."""
    drawing = b"q 400 0 0 500 90 150 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    return tiny_pdf(drawing)


def tiny_pdf(drawing: bytes, trailer: bytes = b"", page: bytes = b"") -> bytes:
    """A page with what is drawn on it, in the font F; readers rebuild the table of objects that is left out."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>%b>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%b\nendstream endobj\ntrailer<</Root 1 0 R/Size 5%b>>\n%%%%EOF"
        % (page, len(drawing), drawing, trailer)
    )


def locked_pdf() -> bytes:
    """A file that asks for a password."""
    keys = b"(" + b"x" * 32 + b")"
    return tiny_pdf(b"", b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O" + keys + b"/U" + keys + b">>")


def _pdf(name: str) -> Callable[[], bytes]:
    return (PDFS / f"{name}.pdf").read_bytes


PDF = (
    Case(
        "pdf from a browser: quotation marks, figures, a table, what browsers print around",
        "report.pdf",
        _pdf("quotes"),
        (
            "临川市水务局",
            "2025年法治报告",
            "2025年，临川市水务局“法治水务”工作，办件1060件，办结99.8%，“一局一法”、“水务水法”办结，“法治水务”工作年年办结。",
            "一、“法治”工作",
            "（一）“水务”办结。一年办件1060件，件件办结，年年办结，工作年年办结。",
            "工作 件",
            "水务 1060",
            "法治 99.8%",
            "（二）办结工作。",
            "临川市水务局",
            "2026年1月27日",
        ),
        {"title": "水务法治", "source_url": None},
    ),
    Case(
        "pdf with running heads and page numbers",
        "report.pdf",
        _pdf("heads"),
        (
            "1水务局年报，年年报水，水水年报，局局报水，水务年年报，务局水年报，年年年报水务局水，报年水务报局水",
            "2水务局年报，年年报水，水水年报，局局报水，水务年年报，务局水年报，年年年报水务。",
            "3水务局年报，年年报水，水水年报，局局报水，水务年年报，务局水年报，年年年报水务。",
        ),
        {"title": "水务年报"},
    ),
    Case(
        "pdf in two columns",
        "report.pdf",
        _pdf("columns"),
        ("水务局年报", *(f"{number}.水务局年报，年年报水务，局报水年务。" for number in range(1, 9))),
    ),
)

CASES: tuple[Case, ...] = (*WORD, *PDF)

# Files that no report can be made of, and the code of the refusal.
REFUSED: tuple[tuple[Case, str], ...] = tuple(
    (Case(name, file, make, ()), code)
    for name, file, make, code in (
        ("pdf of pictures", "report.pdf", picture_pdf, "intake/scanned-pdf"),
        ("pdf with a password", "report.pdf", locked_pdf, "intake/encrypted"),
        ("pdf that is cut off", "report.pdf", lambda: b"%PDF-1.4\n1 0 obj<<", "intake/broken"),
        ("docx that is cut off", "report.docx", lambda: docx(paragraph(TITLE))[:-40], "intake/broken"),
    )
)
