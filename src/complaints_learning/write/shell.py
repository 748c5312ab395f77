"""The council's Word file in; a safe, mended package to write the report into out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from complaints_learning.nouns.errors import ReadError, TemplateError
from complaints_learning.nouns.report import Report
from complaints_learning.word import active, ooxml, package, tags
from complaints_learning.word.ooxml import Element, add, etree, new, q
from complaints_learning.word.package import DOCX, TYPES, Package
from complaints_learning.write import slots
from complaints_learning.write import styles as sheet

OURS = Path("word") / "shell.docx"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_RELATION = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


def default() -> Path:
    """The shell that comes with the program: in the wheel, or in the source tree."""
    here = Path(__file__).parents[1]
    inside = here / "templates" / OURS
    return inside if inside.is_file() else here.parents[1] / "templates" / OURS


def opened(path: Path | None) -> Package:
    """The shell's parts, checked and mended. Raises ReadError or TemplateError."""
    path = path or default()
    try:
        data = path.read_bytes()
    except OSError:
        raise ReadError(
            f"{path}: the Word shell cannot be opened.",
            "Check shell under [report] in cl.toml, or the name after --shell.",
            code="shell-not-found",
        ) from None
    shell = package.opened(data, path.name)
    refuse(shell)
    _mend(shell)
    return shell


class Inspected(Struct, frozen=True):
    """What a council's Word file offers: a style for each use ('' for none), its slots, and the
    uses that must have a style and have none."""

    styles: Mapping[str, str]
    slots: tuple[str, ...]
    missing: tuple[str, ...]


def inspect(path: Path) -> Inspected:
    """Look at a shell for `cl init --shell`. Raises ReadError or TemplateError."""
    shell = opened(path)
    proposed = sheet.proposed(styles(shell))
    parts = (shell.document, *(part for _, part in margins(shell)))
    names = [slot.name for part in parts for slot in slots.found(shell.root(part))]
    missing = [
        role for role, name in proposed.items() if not name and not sheet.ROLES[role].optional
    ]
    return Inspected(proposed, tuple(dict.fromkeys(names)), tuple(missing))


def refuse(shell: Package) -> None:
    """Raise TemplateError that lists what in the shell could run, fetch or hide something."""
    found = active.content(shell)
    if found:
        raise TemplateError(
            f"{shell.name}: cannot be used as a shell, because it holds:\n    "
            + "\n    ".join(found),
            "Take it out in Word, save the file as .docx, and run again.",
            code="shell-unsafe",
        )
    values = (node.get(q("val"), "") for node in shell.root(shell.document).iter(q("tag")))
    figures = [value for value in values if value.startswith(tags.PREFIX)]
    if figures:
        raise TemplateError(
            f"{shell.name}: cannot be used as a shell, because it holds {len(figures)} figures, "
            f"tables or charts of a report of {figures[0].split(':')[1]}.",
            "Delete that report's text in Word, leave the slots, and run again.",
            code="shell-report",
        )


def _mend(shell: Package) -> None:
    """Make a document of a template, and take out parts that Word or validators trip over."""
    for node in shell.edit(TYPES):
        if node.get("PartName", "").lstrip("/") == shell.document:
            node.set("ContentType", DOCX)
    for kind in ("stylesWithEffects",):
        for part in shell.related(shell.document, kind):
            shell.drop(part)
    for part in shell.related("", "thumbnail"):
        shell.drop(part)
    shell.replace(shell.document, ooxml.declared(shell.root(shell.document), "r", "w15"))


def styles(shell: Package) -> Element:
    """The root of styles.xml."""
    have = shell.related(shell.document, "styles")
    if not have:
        raise package.unreadable(shell.name, "it has no styles")
    return shell.root(have[0])


def body(shell: Package) -> Element:
    """The document's body."""
    found = shell.root(shell.document).find(q("body"))
    if found is None:
        raise package.unreadable(shell.name, "it has no text part")
    return found


def margins(shell: Package) -> Iterator[tuple[str, str]]:
    """The headers and footers in use: where ('header'), and the part's name."""
    for kind in ("header", "footer"):
        for part in shell.related(shell.document, kind):
            yield kind, part


def width_at(shell: Package, place: Element | None) -> int:
    """The width of the text at a place, in twentieths of a point."""
    cell = next(place.iterancestors(q("tc")), None) if place is not None else None
    if cell is not None:
        width = cell.find(f"{q('tcPr')}/{q('tcW')}")
        if width is not None and width.get(q("type")) == "dxa":
            return max(int(width.get(q("w"), "0")) - 216, 2000)
    section = section_at(shell, place)
    if section is None:
        return 9070
    size, margin = section.find(q("pgSz")), section.find(q("pgMar"))
    if size is None or margin is None:
        return 9070
    across = int(size.get(q("w"), "11906"))
    sides = int(margin.get(q("left"), "1418")) + int(margin.get(q("right"), "1418"))
    return max(across - sides, 2000)


def section_at(shell: Package, place: Element | None) -> Element | None:
    """The w:sectPr that ends the section of a place: its page size, margins, headers."""
    ends = list(body(shell).iter(q("sectPr")))
    if place is not None:
        order = {node: n for n, node in enumerate(body(shell).iter(q("p"), q("sectPr")))}
        ends = [end for end in ends if order[end] > order.get(place, -1)] or ends
    return ends[0] if ends else None


def describe(shell: Package, report: Report) -> None:
    """Title, subject, author and language of the file; no dates, so that bytes repeat."""
    have = shell.related("", "core-properties")
    part = have[0] if have else "docProps/core.xml"
    names = {prefix: ooxml.NAMES[prefix] for prefix in ("cp", "dc", "dcterms")}
    made = etree.Element(q("cp:coreProperties"), nsmap=names)
    texts = {
        "dc:title": f"{report.title}: {report.subtitle}" if report.subtitle else report.title,
        "dc:subject": f"Learning from complaints, {report.period}, {report.edition} edition",
        "dc:creator": report.author or report.values.get("council", ""),
        "cp:lastModifiedBy": report.author or report.values.get("council", ""),
        "dc:language": report.language,
        "dc:description": report.source,
        "cp:contentStatus": report.marking,
    }
    for name, text in texts.items():
        if text:
            etree.SubElement(made, q(name)).text = ooxml.clean(text)
    shell.put(part, ooxml.serialised(made), CORE)
    if not have:
        shell.relate("", CORE_RELATION, part)
    (part,) = shell.related(shell.document, "styles")[:1]
    _speak(shell.edit(part), report.language)


def _speak(root: Element, language: str) -> None:
    """Set the language that Word proofs and reads aloud in."""
    defaults = root.find(q("docDefaults"))
    if defaults is None:
        defaults = new("docDefaults")
        root.insert(0, defaults)
    for name in ("rPrDefault", "rPr"):
        child = defaults.find(q(name))
        if child is None:
            child = new(name)
            defaults.insert(0, child)
        defaults = child
    lang = defaults.find(q("lang"))
    if lang is None:
        lang = add(defaults, "lang")
    lang.set(q("val"), language)


def mark(shell: Package, marking: str, style: str) -> None:
    """Print the marking at the head of every page whose header does not hold it already."""
    for part in _headers(shell):
        root = shell.root(part)
        if marking in ooxml.text_of(root):
            continue
        shell.edit(part)
        paragraph = new("p")
        shape = add(paragraph, "pPr")
        if style:
            add(shape, "pStyle", val=style)
        add(shape, "jc", val="center")
        run = add(paragraph, "r")
        bold = add(run, "rPr")
        add(bold, "b")
        add(bold, "bCs")
        add(run, "t").text = ooxml.clean(marking)
        root.insert(0, paragraph)


def _headers(shell: Package) -> tuple[str, ...]:
    """Every header in use; a kind of page that has none gets one."""
    settings = shell.related(shell.document, "settings")
    odd_and_even = (
        bool(settings) and shell.root(settings[0]).find(q("evenAndOddHeaders")) is not None
    )
    seen: set[str] = set()
    document = body(shell)
    if document.find(q("sectPr")) is None:
        add(document, "sectPr")
    for section in document.iter(q("sectPr")):
        wanted = ["default", *(["even"] if odd_and_even else [])]
        if section.find(q("titlePg")) is not None:
            wanted.append("first")
        have = {ref.get(q("type"), "default") for ref in section.findall(q("headerReference"))}
        for kind in wanted:
            if kind not in have | seen:
                section.insert(0, _new_header(shell, kind))
        seen |= have | set(wanted)
    return shell.related(shell.document, "header")


def _new_header(shell: Package, kind: str) -> Element:
    part = f"word/header-cl-{kind}.xml"
    root = etree.Element(q("hdr"), nsmap={"w": ooxml.NAMES["w"], "r": ooxml.NAMES["r"]})
    shell.put(part, ooxml.serialised(root), HEADER)
    reference = new("headerReference", type=kind)
    reference.set(q("r:id"), shell.relate(shell.document, "header", part))
    return reference
