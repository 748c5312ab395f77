"""Native numbering: the shell's own where a style has it, ours where it has none."""

from __future__ import annotations

from dataclasses import dataclass, field

from complaints_learning.word.ooxml import NAMES, Element, add, etree, new, q
from complaints_learning.word.package import Package
from complaints_learning.write.styles import Styles

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
FORMS = {
    "numbered": ("decimal", "%1."),
    "bullets": ("bullet", "\u2022"),
    "key_points": ("bullet", "\u2022"),
}


@dataclass(slots=True)
class Numbering:
    """Number ids for roles whose style does not number by itself ('' where it does)."""

    ids: dict[str, str] = field(default_factory=dict)

    def for_role(self, role: str) -> str:
        """The w:numId to put on a paragraph of this role, or ''."""
        return self.ids.get(role, "")


def prepared(package: Package, styles: Styles, root: Element) -> Numbering:
    """Look which of the numbered roles number by style; add a definition for the others."""
    found = Numbering()
    for role in FORMS:
        if not _numbers_itself(root, styles[role]):
            found.ids[role] = _defined(package, role)
    return found


def _numbers_itself(root: Element, style_id: str) -> bool:
    by_id = {style.get(q("styleId")): style for style in root.iter(q("style"))}
    seen = set()
    while style_id in by_id and style_id not in seen:
        seen.add(style_id)
        style = by_id[style_id]
        number = style.find(f"{q('pPr')}/{q('numPr')}/{q('numId')}")
        if number is not None:
            return bool(number.get(q("val")) != "0")
        based = style.find(q("basedOn"))
        style_id = based.get(q("val"), "") if based is not None else ""
    return False


def _defined(package: Package, role: str) -> str:
    root = _root(package)
    abstract_id = _free(root, "abstractNum", "abstractNumId")
    number_id = _free(root, "num", "numId", least=1)
    form, shown = FORMS[role]
    abstract = new("abstractNum", abstractNumId=abstract_id)
    add(abstract, "multiLevelType", val="singleLevel")
    level = add(abstract, "lvl", ilvl="0")
    add(level, "start", val="1")
    add(level, "numFmt", val=form)
    add(level, "lvlText", val=shown)
    add(level, "lvlJc", val="left")
    left = "567" if role == "numbered" else "964" if role == "bullets" else "624"
    hanging = "567" if role == "numbered" else "397"
    add(add(level, "pPr"), "ind", left=left, hanging=hanging)
    first = root.find(q("num"))
    if first is None:
        root.append(abstract)
    else:
        first.addprevious(abstract)
    number = new("num", numId=number_id)
    add(number, "abstractNumId", val=abstract_id)
    others = root.findall(q("num"))
    if others:
        others[-1].addnext(number)
    else:
        abstract.addnext(number)
    return number_id


def _root(package: Package) -> Element:
    have = package.related(package.document, "numbering")
    if have:
        return package.edit(have[0])
    part = "word/numbering.xml"
    empty = etree.Element(q("numbering"), nsmap={"w": NAMES["w"]})
    package.put(part, etree.tostring(empty), KIND)
    package.relate(package.document, "numbering", part)
    return package.edit(part)


def _free(root: Element, name: str, attribute: str, least: int = 0) -> str:
    used = {int(node.get(q(attribute), "0")) for node in root.iter(q(name))}
    return str(max({least - 1} | used) + 1)
