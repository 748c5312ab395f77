"""A workbook as openpyxl saved it in; the same workbook as Excel itself would have it out.

Without the time of saving, so that the same content gives the same bytes; with fonts in the order
of the Open XML schema and each text stored once, so that a strict validator finds nothing.
"""

from __future__ import annotations

import io
import re
import zipfile

from complaints_learning.word.ooxml import Element, etree
from complaints_learning.write import zipped

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
TIMES = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")
FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)


def workbook(data: bytes) -> bytes:
    """The tidied bytes of an xlsx file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = TIMES.sub(b"", parts["docProps/core.xml"])
    parts["xl/styles.xml"] = _fonts_in_order(parts["xl/styles.xml"])
    shared: dict[str, int] = {}
    uses = 0
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name], used = _texts_shared(parts[name], shared)
            uses += used
    _add_strings(parts, _strings(shared, uses))
    return zipped.packed(parts)


def _add_strings(parts: dict[str, bytes], strings: bytes) -> None:
    """Put the texts in, and say so where a workbook lists its parts."""
    if "xl/sharedStrings.xml" not in parts:
        rels = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
        said = {"Id": "texts", "Type": f"{OFFICE}/sharedStrings", "Target": "sharedStrings.xml"}
        etree.SubElement(rels, f"{{{PACKAGE}/relationships}}Relationship", said)
        parts["xl/_rels/workbook.xml.rels"] = _bytes(rels)
        types = etree.fromstring(parts["[Content_Types].xml"])
        said = {"PartName": "/xl/sharedStrings.xml", "ContentType": STRINGS}
        etree.SubElement(types, f"{{{PACKAGE}/content-types}}Override", said)
        parts["[Content_Types].xml"] = _bytes(types)
    parts["xl/sharedStrings.xml"] = strings


def _fonts_in_order(styles: bytes) -> bytes:
    root = etree.fromstring(styles)
    for font in root.iter(f"{{{SPACE}}}font"):
        font[:] = sorted(font, key=lambda child: FONT_ORDER.index(etree.QName(child).localname))
    return _bytes(root)


def _texts_shared(sheet: bytes, shared: dict[str, int]) -> tuple[bytes, int]:
    """The sheet with its texts as numbers into `shared`, which grows; and how many there are."""
    root = etree.fromstring(sheet)
    used = 0
    for cell in root.iter(f"{{{SPACE}}}c"):
        if cell.get("t") != "inlineStr":
            continue
        text = "".join(cell.itertext())
        cell[:] = []
        cell.set("t", "s")
        at = shared.setdefault(text, len(shared))
        etree.SubElement(cell, f"{{{SPACE}}}v").text = str(at)
        used += 1
    return _bytes(root), used


def _strings(shared: dict[str, int], uses: int) -> bytes:
    counts = {"count": str(uses), "uniqueCount": str(len(shared))}
    root = etree.Element(f"{{{SPACE}}}sst", counts, nsmap={None: SPACE})
    for text in shared:
        item = etree.SubElement(root, f"{{{SPACE}}}si")
        etree.SubElement(item, f"{{{SPACE}}}t", PRESERVE).text = text
    return _bytes(root)


def _bytes(root: Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
