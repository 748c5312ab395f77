"""What would make Word repair, refuse or misprint a file: references, ids, fields, pictures."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator

from complaints_learning.nouns.errors import Problem
from complaints_learning.word import active, ooxml
from complaints_learning.word.audit.places import Position, problem, texts
from complaints_learning.word.ooxml import q
from complaints_learning.word.package import TYPES, Package, relations_part

_LEFT_OVER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")


def problems(package: Package) -> Iterator[Problem]:
    """Leftover slots, broken references, fields, ids, pictures and parts; active content."""
    yield from _slots(package)
    yield from _references(package)
    yield from _fields(package)
    yield from _ids(package)
    yield from _images(package)
    yield from _parts(package)
    for words in active.content(package):
        yield problem(
            package, "document-active", f"the file holds {words}.", "Take it out in Word."
        )


def _slots(package: Package) -> Iterator[Problem]:
    for where, root in texts(package):
        position = Position(package)
        for paragraph in root.iter(q("p")):
            position.step(paragraph)
            if _LEFT_OVER.search(ooxml.text_of(paragraph)):
                place = position.here if where == "text" else where
                yield problem(
                    package, "document-slot-left", f"{place} holds a slot that was not filled."
                )


def _references(package: Package) -> Iterator[Problem]:
    root = package.root(package.document)
    starts = Counter(node.get(q("name"), "") for node in root.iter(q("bookmarkStart")))
    opened = [node.get(q("id")) for node in root.iter(q("bookmarkStart"))]
    closed = [node.get(q("id")) for node in root.iter(q("bookmarkEnd"))]
    for name, times in starts.items():
        if times > 1:
            yield problem(
                package, "document-bookmark", f"bookmark '{name}' is there {times} times."
            )
    if sorted(opened, key=str) != sorted(closed, key=str):
        yield problem(
            package, "document-bookmark", "a bookmark starts and does not end, or ends twice."
        )
    for where, part in texts(package):
        for instruction in active.fields(part):
            words = instruction.split()
            refers = len(words) > 1 and words[0].upper() in ("REF", "PAGEREF", "NOTEREF")
            if refers and words[1] not in starts:
                yield problem(
                    package,
                    "document-reference",
                    f"a reference in the {where} points to '{words[1]}', which is not there.",
                    "Delete it and insert it again: References, Cross-reference.",
                )
        for link in part.iter(q("hyperlink")):
            anchor = link.get(q("anchor"))
            if anchor and anchor != "_top" and anchor not in starts:
                yield problem(
                    package,
                    "document-reference",
                    f"a link in the {where} points to '{anchor}', which is not there.",
                )


def _fields(package: Package) -> Iterator[Problem]:
    for where, root in texts(package):
        depth = 0
        for node in root.iter(q("fldChar")):
            kind = node.get(q("fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            if depth < 0:
                break
        if depth:
            yield problem(
                package, "document-field", f"a field in the {where} has no end or no beginning."
            )


def _ids(package: Package) -> Iterator[Problem]:
    drawings = Counter(
        node.get("id", "") for _, root in texts(package) for node in root.iter(q("wp:docPr"))
    )
    if any(times > 1 for times in drawings.values()):
        yield problem(package, "document-id", "two pictures have the same number inside the file.")
    controls = Counter(
        node.get(q("val"), "")
        for properties in package.root(package.document).iter(q("sdtPr"))
        for node in properties.findall(q("id"))
    )
    if any(times > 1 for times in controls.values()):
        yield problem(package, "document-id", "two content controls have the same number.")


def _images(package: Package) -> Iterator[Problem]:
    owners = (package.document, *_margins(package))
    for owner in owners:
        targets = {relation.id: relation for relation in package.relations(owner)}
        for blip in package.root(owner).iter(q("a:blip")):
            id_ = blip.get(q("r:embed"))
            if id_ is None:
                continue
            relation = targets.get(id_)
            data = package.parts.get(relation.target) if relation else None
            if data is None:
                yield problem(
                    package, "document-picture-broken", "a picture is missing from the file."
                )
            elif not whole(data):
                name = relation.target.rpartition("/")[2] if relation else ""
                yield problem(package, "document-picture-broken", f"the picture {name} is damaged.")


def _margins(package: Package) -> tuple[str, ...]:
    return (
        *package.related(package.document, "header"),
        *package.related(package.document, "footer"),
    )


def whole(data: bytes) -> bool:
    """Whether a picture is there to its end; kinds we cannot read are given the benefit.

    >>> whole(b"\\x89PNG\\r\\n\\x1a\\n"), whole(b"\\xff\\xd8\\xff\\xe0 \\xff\\xd9")
    (False, True)
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        at = 8
        while at + 12 <= len(data):
            size = int.from_bytes(data[at : at + 4], "big")
            body, check = data[at + 4 : at + 8 + size], data[at + 8 + size : at + 12 + size]
            if len(check) < 4 or zlib.crc32(body) != int.from_bytes(check, "big"):
                return False
            if body[:4] == b"IEND":
                return True
            at += 12 + size
        return False
    if data.startswith(b"\xff\xd8"):
        return data.rstrip(b"\0").endswith(b"\xff\xd9")
    return bool(data)


def _parts(package: Package) -> Iterator[Problem]:
    known = {node.get("PartName", "").lstrip("/") for node in package.root(TYPES)}
    extensions = {node.get("Extension", "").lower() for node in package.root(TYPES)}
    for part in package.parts:
        if part.endswith((".xml", ".rels")):
            package.root(part)
        if (
            part != TYPES
            and part not in known
            and part.rpartition(".")[2].lower() not in extensions
        ):
            yield problem(package, "document-part", f"the file does not say what {part} is.")
    for owner in package.owners():
        if owner and owner not in package.parts:
            yield problem(package, "document-part", f"{relations_part(owner)} belongs to nothing.")
        for relation in package.relations(owner):
            inside = not relation.external and not relation.target.startswith("#")
            if inside and relation.target not in package.parts:
                yield problem(
                    package,
                    "document-part",
                    f"the file refers to {relation.target}, which is missing.",
                )
