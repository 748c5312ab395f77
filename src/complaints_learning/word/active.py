"""What in a Word file could run, fetch or hide something: a package in, plain words out.

A shell may come from anywhere, and Word does as the file says when somebody opens the report.
Links that a reader clicks are fine. Fields go by a list of those that only count and repeat;
a list of bad ones could be got round by a field that spells another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import TYPES, Package

RELATIONS = {
    "vbaProject": "a macro",
    "wordVbaData": "a macro",
    "keyMapCustomizations": "key or toolbar commands",
    "attachedToolbars": "key or toolbar commands",
    "extensibility": "a ribbon of its own",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "an ActiveX control",
    "activeXControlBinary": "an ActiveX control",
    "aFChunk": "a document inside the document (altChunk)",
    "subDocument": "a sub-document",
    "frame": "a web frame",
    "mailMergeSource": "a mail merge",
    "mailMergeHeaderSource": "a mail merge",
    "webextension": "a web add-in",
    "webextensiontaskpanes": "a web add-in",
    "taskpanes": "a web add-in",
}
ELEMENTS = {
    "altChunk": "a document inside the document (altChunk)",
    "subDoc": "a sub-document",
    "object": "an embedded object",
    "OLEObject": "an embedded object",
    "control": "an ActiveX control",
    "mailMerge": "a mail merge",
    "frameset": "a web frame",
    "movie": "a film",
}
KINDS = {
    "macroenabled": "a macro",
    "vbaproject": "a macro",
    "activex": "an ActiveX control",
    "oleobject": "an embedded object",
}
FIELDS = frozenset(
    re.findall(
        r"\w+",
        """
        PAGE NUMPAGES SECTION SECTIONPAGES SEQ REF PAGEREF NOTEREF STYLEREF TOC TOA TC TA XE INDEX
        DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME TITLE SUBJECT AUTHOR KEYWORDS COMMENTS
        LASTSAVEDBY REVNUM FILENAME FILESIZE DOCPROPERTY DOCVARIABLE NUMWORDS NUMCHARS INFO TEMPLATE
        HYPERLINK LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT FORMTEXT FORMCHECKBOX FORMDROPDOWN SYMBOL
        ADVANCE USERNAME USERINITIALS USERADDRESS BIBLIOGRAPHY CITATION IF MERGEFIELD SET EQ
        """,
    )
)
SAFE_LINK = re.compile(r"(https?://|mailto:|tel:|#)", re.IGNORECASE)
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*:|\\\\|//)", re.IGNORECASE)


def content(package: Package) -> list[str]:
    """Everything that a shell must not hold, each said once, in the order found."""
    found = [*_parts(package), *_relations(package), *_elements(package)]
    return list(dict.fromkeys(found))


def _parts(package: Package) -> Iterator[str]:
    for node in package.root(TYPES):
        kind = node.get("ContentType", "").lower()
        yield from (words for sign, words in KINDS.items() if sign in kind)
    for part in package.parts:
        low = part.lower()
        if low.endswith(("vbaproject.bin", "vbadata.xml")):
            yield "a macro"
        elif low.endswith((".docm", ".dotm", ".exe", ".dll", ".js", ".vbs", ".ps1", ".lnk")):
            yield "a program"
        elif "/embeddings/" in low:
            yield "an embedded file"


def _relations(package: Package) -> Iterator[str]:
    for owner in package.owners():
        for relation in package.relations(owner):
            if relation.kind in RELATIONS:
                yield RELATIONS[relation.kind]
            elif relation.external and relation.kind == "attachedTemplate":
                yield "a link to a Word template elsewhere (File, Options, Add-ins, Templates)"
            elif relation.external and relation.kind == "hyperlink":
                if _SCHEME.match(relation.target) and not SAFE_LINK.match(relation.target):
                    yield "a link to a file or program"
            elif relation.external:
                yield f"a link that loads something from outside ({relation.kind})"


def _elements(package: Package) -> Iterator[str]:
    for part in package.parts:
        if not part.endswith(".xml") or not part.startswith("word/"):
            continue
        root = package.root(part)
        for node in root.iter():
            if not isinstance(node.tag, str):
                continue
            local = node.tag.rpartition("}")[2]
            if local in ELEMENTS:
                yield ELEMENTS[local]
            if local in ("imagedata", "fill", "stroke") and _outside(node):
                yield "a picture that is loaded from outside"
        for instruction in fields(root):
            words = instruction.split()
            name = words[0].upper() if words else ""
            if name.startswith("="):
                continue
            if name and name not in FIELDS:
                yield f"a field that can fetch or run something ({name[:20]})"
            if name == "HYPERLINK":
                target = instruction.strip()[9:].strip().strip('"\u201c\u201d')
                if _SCHEME.match(target) and not SAFE_LINK.match(target):
                    yield "a link to a file or program"


def _outside(node: Element) -> bool:
    return any(
        name.rpartition("}")[2] in ("src", "href", "althref") and _SCHEME.match(value)
        for name, value in node.attrib.items()
    )


def fields(root: Element) -> Iterator[str]:
    """The instruction of every field, whole although Word splits it over runs, each its own."""
    open_: list[tuple[list[str], list[bool]]] = []
    for node in root.iter(q("fldSimple"), q("fldChar"), q("instrText"), q("delInstrText")):
        if node.tag == q("fldSimple"):
            yield node.get(q("instr"), "")
        elif node.tag == q("fldChar"):
            kind = node.get(q("fldCharType"))
            if kind == "begin":
                open_.append(([], [True]))
            elif kind == "separate" and open_:
                open_[-1][1][0] = False
            elif kind == "end" and open_:
                yield "".join(open_.pop()[0])
        elif open_ and open_[-1][1][0]:
            open_[-1][0].append(node.text or "")
        elif node.text:
            yield node.text  # an instruction without a field, or in a result: judged as one
    for pieces, _ in open_:
        yield "".join(pieces)
