"""What a Word report says of itself for `cl verify`: its period, edition, texts and controls.

No text of the report is kept here: somebody who deletes a sentence has deleted its figures.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from complaints_learning.nouns.report import Chart, Report, Table, plain
from complaints_learning.word import ooxml, tags
from complaints_learning.word.ooxml import Element, etree
from complaints_learning.word.package import OFFICE, Package

DATASTORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
KIND_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
KIND_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def add(package: Package, report: Report, used: Mapping[str, int]) -> None:
    """Put the list of controls and the property into the file, in place of an older report's."""
    for part in package.related(package.document, "customXml"):
        if package.root(part).tag == f"{{{tags.RECORD}}}report":
            package.put(part, ooxml.serialised(_listed(report, used)), "application/xml")
            return _property(package, _said(report))
    number = 1
    while f"customXml/item{number}.xml" in package.parts:
        number += 1
    item, about = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    package.put(item, ooxml.serialised(_listed(report, used)), "application/xml")
    package.relate(package.document, "customXml", item)
    id_ = uuid.uuid5(uuid.NAMESPACE_URL, f"{tags.RECORD}/{report.period}/{report.edition}")
    properties = etree.Element(f"{{{DATASTORE}}}datastoreItem", nsmap={"ds": DATASTORE})
    properties.set(f"{{{DATASTORE}}}itemID", f"{{{str(id_).upper()}}}")
    refs = etree.SubElement(properties, f"{{{DATASTORE}}}schemaRefs")
    etree.SubElement(refs, f"{{{DATASTORE}}}schemaRef").set(f"{{{DATASTORE}}}uri", tags.RECORD)
    package.put(about, ooxml.serialised(properties), KIND_PROPERTIES)
    package.relate(item, "customXmlProps", about)
    return _property(package, _said(report))


def renew(package: Package, report: Report, used: Mapping[str, int]) -> None:
    """The same for a file that has them: what it shows now, and the data that it shows.

    The prints of its sentences stay: a sentence that nobody reworded is still the old one.
    Those of cells' words stay beside the new ones.
    """
    for part in package.related(package.document, "customXml"):
        root = package.root(part)
        if root.tag == f"{{{tags.RECORD}}}report":
            old = [node for node in root if node.get("print") or node.get("words")]
            known = {node.get("words", "") for node in old}
            made = _listed(report, used)
            for node in list(made):
                if node.get("print") or node.get("words", "-") in known:
                    made.remove(node)
            made.extend(old)
            package.put(part, ooxml.serialised(made), "application/xml")
    if package.related("", "custom-properties"):
        _property(package, _said(report))


def _said(report: Report) -> str:
    """What the property says; `word.live` reads it by its places."""
    return "; ".join((report.period, report.edition, report.source, report.template))


def _listed(report: Report, used: Mapping[str, int]) -> Element:
    root = etree.Element(f"{{{tags.RECORD}}}report", nsmap={None: tags.RECORD})
    root.set("period", report.period)
    root.set("edition", report.edition)
    root.set("template", report.template)
    for tagged, times in used.items():
        shown = etree.SubElement(root, f"{{{tags.RECORD}}}shown")
        shown.set("tag", tagged)
        shown.set("times", str(times))
    for line in report.lines:
        if any(run.figure for run in line):  # new data may word it otherwise
            said = etree.SubElement(root, f"{{{tags.RECORD}}}said")
            said.set("print", tags.said_of(line))
    for print_ in dict.fromkeys(map(tags.said, _words(report))):
        etree.SubElement(root, f"{{{tags.RECORD}}}said").set("words", print_)
    return root


def _words(report: Report) -> Iterator[str]:
    """The words of cells without a figure and of charts' descriptions: new data rewrites those
    that nobody has."""
    for block in report.blocks:
        if isinstance(block, Chart):
            yield ooxml.clean(block.alt)
        elif isinstance(block, Table):
            cells = (line for row in block.rows for line in row)
            yield from (plain(line) for line in cells if not any(run.figure for run in line))


def _property(package: Package, text: str) -> None:
    have = package.related("", "custom-properties")
    part = have[0] if have else "docProps/custom.xml"
    if have:
        root = package.edit(part)
    else:
        root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap={None: CUSTOM, "vt": VALUES})
    ids = [1]
    for node in list(root):
        if node.get("name") == tags.PROPERTY:
            root.remove(node)
        else:
            ids.append(int(node.get("pid", "1")))
    node = etree.SubElement(root, f"{{{CUSTOM}}}property")
    node.set("fmtid", FORMAT)
    node.set("pid", str(max(ids) + 1))
    node.set("name", tags.PROPERTY)
    etree.SubElement(node, f"{{{VALUES}}}lpwstr").text = ooxml.clean(text)
    package.put(part, ooxml.serialised(root), KIND_CUSTOM)
    package.relate("", f"{OFFICE}/custom-properties", part)
