"""A report and its pictures in; a Word file in the council's own shell out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.report import Picture, Report, Section
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package
from complaints_learning.write import (
    landscape,
    numbering,
    record,
    safely,
    shell,
    slots,
    styles,
    zipped,
)
from complaints_learning.write.blocks import Builder
from complaints_learning.write.controls import Controls
from complaints_learning.write.landscape import Pages
from complaints_learning.write.slots import Slot
from complaints_learning.write.within import Within


def word(
    report: Report,
    pictures: Mapping[str, Picture],
    target: Path,
    into: Path | None = None,
    style_map: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Write the report as `target`, in the shell `into` (ours when None).

    `style_map` names the shell's styles by role (`numbered = "Body Numbered"`); a role that is
    not named goes by its usual name. Everything that could be wrong with the shell is found
    before anything is written. Raises ReadError, TemplateError or WriteError.
    """
    data, problems = made(report, pictures, into, style_map)
    safely.save(target, data)
    return problems


def made(
    report: Report,
    pictures: Mapping[str, Picture],
    into: Path | None = None,
    style_map: Mapping[str, str] | None = None,
) -> tuple[bytes, tuple[Problem, ...]]:
    """The bytes of the Word file, and what a person should know about the shell."""
    file = Within(shell.opened(into))
    values = slot_values(report)
    found = checked_slots(file, report, values)
    chosen = styles.resolved(shell.styles(file), style_map or {}, file.name)
    placed, problems = _placed(report, [slot for slot in found if slot.is_block], file.name)
    builder = Builder(
        file,
        chosen,
        numbering.prepared(file, chosen, shell.styles(file)),
        Controls(report.period, _taken(file, "id", "sdtPr"), _next_id(file, "bookmarkStart")),
        shell.width_at(file, None),
        _next_drawing(file),
    )
    builder.number([b for _, sections in placed for section in sections for b in section.blocks])
    for slot, sections in placed:
        _place(file, builder, slot, sections)
    for part in (file.document, *(part for _, part in shell.margins(file))):
        slots.fill(file.edit(part), values)
    if report.marking:
        shell.mark(file, report.marking, chosen["marking"])
    shell.describe(file, report)
    record.add(file, report, builder.controls.used)
    builder.show(pictures)
    return zipped.packed(file.changed()), problems


def slot_values(report: Report) -> dict[str, str]:
    """The short texts that a shell may place."""
    own = {
        "title": report.title,
        "subtitle": report.subtitle,
        "author": report.author,
        "edition": report.edition,
        "period": report.period,
        "marking": report.marking,
        "source": report.source,
    }
    return {**report.values, **own}


def checked_slots(file: Package, report: Report, values: Mapping[str, str]) -> list[Slot]:
    """The slots of the text; those of headers and footers are checked with them."""
    text = list(slots.found(file.root(file.document)))
    places = [("text", slot, True) for slot in text]
    odd = [f"text: {bit}" for bit in slots.left_over(file.root(file.document))]
    for where, part in shell.margins(file):
        places += [(where, slot, False) for slot in slots.found(file.root(part))]
        odd += [f"{where}: {bit}" for bit in slots.left_over(file.root(part))]
    if odd:
        raise slots.unfilled(file.name, [f"{bit} is not a slot" for bit in odd])
    slots.check(places, values, [section.name for section in report.sections], file.name)
    return text


def _placed(
    report: Report, found: list[Slot], file: str
) -> tuple[list[tuple[Slot | None, tuple[Section, ...]]], tuple[Problem, ...]]:
    """Which sections go in which slot. ``{{ report }}`` takes those without a slot of their own."""
    by_name = {section.name: section for section in report.sections}
    own = {slot.name.removeprefix("block.") for slot in found if slot.name != "report"}
    rest = tuple(section for section in report.sections if section.name not in own)
    placed: list[tuple[Slot | None, tuple[Section, ...]]] = [
        (slot, rest if slot.name == "report" else (by_name[slot.name.removeprefix("block.")],))
        for slot in found
    ]
    if not found:
        return [(None, rest)], ()
    if any(slot.name == "report" for slot in found):
        return placed, ()
    return placed, tuple(
        Problem(
            "section-not-placed",
            f"{file}: the section '{section.name}' has no slot, so it is not in the report.",
            hint=f"Add {{{{ block.{section.name} }}}} or {{{{ report }}}} to the shell.",
        )
        for section in rest
        if section.blocks
    )


def _place(
    file: Package, builder: Builder, slot: Slot | None, sections: tuple[Section, ...]
) -> None:
    body = shell.body(file)
    blocks = [block for section in sections for block in section.blocks]
    place = slot.paragraph if slot else None
    builder.width = shell.width_at(file, place)
    section = shell.section_at(file, place)
    inside = place is not None and next(place.iterancestors(q("tc")), None) is not None
    builder.pages = None if inside or not landscape.may_turn(section) else Pages(section)
    elements = list(builder.blocks(blocks))
    if slot is None:
        end = body.find(q("sectPr"))
        for element in elements:
            if end is None:
                body.append(element)
            else:
                end.addprevious(element)
        return
    paragraph = slot.paragraph
    for element in elements:
        paragraph.addprevious(element)
    _clear(paragraph)
    slots.remove(paragraph)


def _clear(paragraph: Element) -> None:
    """Empty the slot's paragraph but keep its shape, in case a section ends with it."""
    for child in list(paragraph):
        if child.tag != q("pPr"):
            paragraph.remove(child)


def _taken(file: Package, name: str, inside: str) -> frozenset[str]:
    return frozenset(
        node.get(q("val"), "")
        for properties in file.root(file.document).iter(q(inside))
        for node in properties.findall(q(name))
    )


def _next_id(file: Package, name: str) -> int:
    ids = [node.get(q("id"), "0") for node in file.root(file.document).iter(q(name))]
    return max((int(id_) for id_ in ids if id_.isdigit()), default=0) + 1


def _next_drawing(file: Package) -> int:
    """A drawing id that no picture of the text, headers and footers has."""
    parts = (file.document, *(part for _, part in shell.margins(file)))
    ids = [node.get("id", "0") for part in parts for node in file.root(part).iter(q("wp:docPr"))]
    return max((int(id_) for id_ in ids if id_.isdigit()), default=0) + 1
