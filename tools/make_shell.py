"""Makes templates/word/shell.docx, the Word shell that a council has before it brings its own.

    python tools/make_shell.py

Written out as Word's XML, because a shell is a design: every line below is a choice somebody
may want to read. The same script gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from complaints_learning.write import zipped  # noqa: E402

TARGET = ROOT / "templates" / "word" / "shell.docx"

INK, ACCENT, MUTED, RULE = "1D1D1D", "12436D", "4A4A4A", "8A8A8A"
BOX, BAND, ALERT = "EEF3F8", "E4ECF4", "8B0000"

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES = f'xmlns:w="{MAIN}" xmlns:r="{RELS}"'


def style(
    id_: str,
    name: str,
    *,
    kind: str = "paragraph",
    based: str = "Normal",
    after: str = "",
    par: str = "",
    run: str = "",
    extra: str = "",
    priority: int = 10,
    quick: bool = True,
) -> str:
    """One w:style, its children in the order the schema asks for."""
    builtin = name.lower() in {
        *("normal", "title", "subtitle", "heading 1", "heading 2", "heading 3", "caption"),
        *("header", "footer", "hyperlink", "list bullet", "default paragraph font"),
        *("normal table", "no list"),
    }
    default = ' w:default="1"' if id_ in ("Normal", "DefaultParagraphFont", "TableNormal") else ""
    return (
        f'<w:style w:type="{kind}"{default}{"" if builtin else " w:customStyle=" + chr(34) + "1" + chr(34)}'
        f' w:styleId="{id_}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{after}"/>' if after else "")
        + f'<w:uiPriority w:val="{priority}"/>'
        + ("<w:qFormat/>" if quick else "")
        + (f"<w:pPr>{par}</w:pPr>" if par else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + extra
        + "</w:style>"
    )


def size(points: float) -> str:
    """Font size, for Latin and for complex scripts."""
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'


def colour(rgb: str) -> str:
    return f'<w:color w:val="{rgb}"/>'


def spacing(before: int, after: int, line: int = 0) -> str:
    """Space before and after in points; line height in percent of the font's own."""
    lines = f' w:line="{line * 240 // 100}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"{lines}/>'


def heading(level: int, points: int, before: int, after: int) -> str:
    return style(
        f"Heading{level}",
        f"heading {level}",
        after="NumberedParagraph",
        par=f'<w:keepNext/><w:keepLines/>{spacing(before, after, 110)}<w:outlineLvl w:val="{level - 1}"/>',
        run=f"<w:b/><w:bCs/>{colour(ACCENT if level < 3 else INK)}{size(points)}",
        priority=9,
    )


def box(edges: str) -> str:
    """The border of the key points box: a heavy left edge, so that it is not colour alone."""
    width = {"left": 24, "top": 4, "bottom": 4, "right": 4}
    sides = "".join(
        f'<w:{edge} w:val="single" w:sz="{width[edge]}" w:space="8" w:color="{ACCENT}"/>'
        for edge in ("top", "left", "bottom", "right")
        if edge in edges.split()
    )
    return f'<w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{BOX}"/>'


def styles() -> str:
    font = "".join(f' w:{kind}="Arial"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    body = (
        style("Normal", "Normal", based="", priority=0, run=""),
        style(
            "DefaultParagraphFont",
            "Default Paragraph Font",
            kind="character",
            based="",
            priority=1,
            quick=False,
        ),
        style(
            "TableNormal",
            "Normal Table",
            kind="table",
            based="",
            priority=99,
            quick=False,
            extra='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
        ),
        style(
            "Title",
            "Title",
            after="Normal",
            par=f"<w:keepNext/>{spacing(18, 4, 105)}",
            run=f"<w:b/><w:bCs/>{colour(ACCENT)}{size(26)}",
        ),
        style(
            "Subtitle",
            "Subtitle",
            after="Normal",
            par=spacing(0, 14),
            run=f"{colour(MUTED)}{size(15)}",
            priority=11,
        ),
        heading(1, 18, 22, 8),
        heading(2, 15, 16, 6),
        heading(3, 12, 12, 4),
        style(
            "NumberedParagraph",
            "Numbered Paragraph",
            par='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        ),
        style(
            "ListBullet",
            "List Bullet",
            par=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>{spacing(0, 5)}',
        ),
        style("ListBulletLast", "List Bullet Last", based="ListBullet", par=spacing(0, 10)),
        style(
            "Caption",
            "caption",
            after="Normal",
            par=f"<w:keepNext/><w:keepLines/>{spacing(12, 5, 105)}",
            run=f"<w:b/><w:bCs/>{colour(INK)}{size(12)}",
            priority=35,
        ),
        style("Picture", "Picture", after="Normal", par=f"<w:keepLines/>{spacing(0, 10, 100)}"),
        style(
            "KeyPointsHeading",
            "Key Points Heading",
            after="KeyPoints",
            par=f'<w:keepNext/><w:keepLines/>{box("top left bottom right")}{spacing(10, 0)}<w:ind w:left="227" w:right="227"/>',
            run=f"<w:b/><w:bCs/>{colour(ACCENT)}{size(13)}",
        ),
        style(
            "KeyPoints",
            "Key Points",
            par=f'<w:keepLines/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>{box("top left bottom right")}{spacing(3, 0)}<w:ind w:left="624" w:right="227" w:hanging="397"/>',
        ),
        style("TableText", "Table Text", par=spacing(2, 2, 100), run=size(12)),
        style("Note", "Note", par=spacing(4, 10, 105), run=f"{colour(MUTED)}{size(12)}"),
        style("ReportDetails", "Report Details", par=spacing(0, 2), run=colour(MUTED)),
        style(
            "Header",
            "header",
            par=spacing(0, 0, 100),
            run=f"{colour(MUTED)}{size(11)}",
            priority=99,
            quick=False,
        ),
        style(
            "Footer",
            "footer",
            par=f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/></w:pBdr>{spacing(0, 0, 100)}<w:jc w:val="right"/>',
            run=f"{colour(MUTED)}{size(11)}",
            priority=99,
            quick=False,
        ),
        style(
            "Marking",
            "Marking",
            based="Header",
            par='<w:jc w:val="center"/>',
            run=f"<w:b/><w:bCs/>{colour(ALERT)}{size(12)}",
        ),
        style(
            "Hyperlink",
            "Hyperlink",
            kind="character",
            based="DefaultParagraphFont",
            run=f'{colour("0B4F9E")}<w:u w:val="single"/>',
            priority=99,
            quick=False,
        ),
        style(
            "CouncilTable",
            "Council Table",
            kind="table",
            based="TableNormal",
            priority=59,
            par=spacing(0, 0, 100),
            extra=f'<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
            f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/></w:tblBorders>'
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/>{colour(INK)}</w:rPr><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{BAND}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>',
        ),
    )
    return (
        f"{XML}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{font}/>{colour(INK)}"
        f'{size(12)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing(0, 8, 115)}</w:pPr></w:pPrDefault></w:docDefaults>"
        + "".join(body)
        + "</w:styles>"
    )


def numbering() -> str:
    def level(form: str, text: str, left: int, hanging: int, linked: str) -> str:
        symbol = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:hint="default"/></w:rPr>'
        return (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{linked}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
            f"{symbol if form == 'bullet' else ''}</w:lvl>"
        )

    kinds = (
        level("decimal", "%1.", 680, 680, "NumberedParagraph"),
        level("bullet", "\u2022", 1077, 397, "ListBullet"),
        level("bullet", "\u2022", 624, 397, "KeyPoints"),
    )
    return (
        f"{XML}<w:numbering {NAMES}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="singleLevel"/>{kind}</w:abstractNum>'
            for n, kind in enumerate(kinds)
        )
        + "".join(
            f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>'
            for n in range(len(kinds))
        )
        + "</w:numbering>"
    )


def text(words: str, bold: bool = False) -> str:
    return f'<w:r>{"<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(style_id: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{"".join(runs)}</w:p>'


def field(name: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
    return mark("begin") + instruction + mark("separate") + text("1") + mark("end")


SLASH, DIGIT = "/", "1"


def document() -> str:
    return (
        f"{XML}<w:document {NAMES}><w:body>"
        + paragraph("ReportDetails", text("{{ meeting }}"))
        + paragraph("ReportDetails", text("{{ report_of }}"))
        + paragraph("Title", text("{{ title }}"))
        + paragraph("Subtitle", text("{{ subtitle }}"))
        + paragraph("Normal", text("{{ report }}"))
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId6"/><w:footerReference w:type="default" r:id="rId7"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418"'
        ' w:header="624" w:footer="624" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def header() -> str:
    return (
        f"{XML}<w:hdr {NAMES}>"
        + paragraph("Marking", text("{{ marking }}"))
        + paragraph("Header", text("{{ council }}"))
        + "</w:hdr>"
    )


def footer() -> str:
    # no tab stops: a turned page is wider, and this stands at its right edge all the same
    pages = (
        text("{{ title }}, {{ period }}  |  Page ")
        + field("PAGE")
        + text(" of ")
        + field("NUMPAGES")
    )
    return f"{XML}<w:ftr {NAMES}>{paragraph('Footer', pages)}{paragraph('Marking', text('{{ marking }}'))}</w:ftr>"


def settings() -> str:
    return (
        f'{XML}<w:settings {NAMES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts() -> str:
    return (
        f'{XML}<w:fonts {NAMES}><w:font w:name="Arial"><w:altName w:val="Liberation Sans"/>'
        '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme() -> str:
    """Colours for Word's palette (the chart colours, each 3:1 or more on white) and Arial."""
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    palette = {
        "dk1": INK,
        "lt1": "FFFFFF",
        "dk2": ACCENT,
        "lt2": BOX,
        "accent1": ACCENT,
        "accent2": "1F7F78",
        "accent3": "801650",
        "accent4": "C2500F",
        "accent5": "3D3D3D",
        "accent6": "7A5CB5",
        "hlink": "0B4F9E",
        "folHlink": "5A2D82",
    }
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{rgb}"/></a:{name}>' for name, rgb in palette.items()
    )
    face = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    return (
        f'{XML}<a:theme xmlns:a="{main}" name="Report"><a:themeElements><a:clrScheme name="Report">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Report"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Report"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def parts() -> dict[str, bytes]:
    """Every part of the file, by name."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    kinds = {
        "document": ("document.main+xml", document()),
        "styles": ("styles+xml", styles()),
        "numbering": ("numbering+xml", numbering()),
        "settings": ("settings+xml", settings()),
        "fontTable": ("fontTable+xml", fonts()),
        "header1": ("header+xml", header()),
        "footer1": ("footer+xml", footer()),
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}{kind}"/>'
        for name, (kind, _) in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELS}/{name.rpartition(SLASH)[2].rstrip(DIGIT)}" Target="{name}.xml"/>'
        for n, name in (
            (1, "styles"),
            (5, "theme/theme1"),
            (2, "numbering"),
            (3, "settings"),
            (4, "fontTable"),
            (6, "header1"),
            (7, "footer1"),
        )
    )
    found = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>",
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Report shell</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>',
        "word/theme/theme1.xml": theme(),
        **{f"word/{name}.xml": xml for name, (_, xml) in kinds.items()},
    }
    return {name: xml.encode("utf-8") for name, xml in found.items()}


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(zipped.packed(parts()))
    print(TARGET.relative_to(ROOT))
