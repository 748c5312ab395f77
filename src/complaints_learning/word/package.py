"""A Word file as its parts: bytes in, parts and relationships out, and back to bytes.

Files come from outside, so reading has limits: a small file cannot unpack into a large one,
names stay inside the file, and XML has no entities.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from msgspec import Struct

from complaints_learning.nouns.errors import TemplateError
from complaints_learning.word import ooxml
from complaints_learning.word.ooxml import q

MEGABYTE = 1 << 20
LARGEST_FILE = 60 * MEGABYTE
LARGEST_PART = 80 * MEGABYTE
LARGEST_WHOLE = 200 * MEGABYTE
MOST_PARTS = 3000
PACKED_TOO_WELL = 150  # times smaller than its content, beyond a megabyte: a bomb

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
TYPES = "[Content_Types].xml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


class Relation(Struct, frozen=True):
    """One relationship of a part: its id, short type ('image'), target and whether outside."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """The parts of a Word file, by name without leading slash. `name` is for messages."""

    name: str
    parts: dict[str, bytes]
    document: str = ""
    _roots: dict[str, ooxml.Element] = field(default_factory=dict)
    _edited: set[str] = field(default_factory=set)

    def edit(self, part: str) -> ooxml.Element:
        """A part's XML to change; `changed` writes it again. Raises TemplateError."""
        self._edited.add(part)
        return self.root(part)

    def root(self, part: str) -> ooxml.Element:
        """A part's XML to read. Raises TemplateError."""
        if part not in self._roots:
            try:
                self._roots[part] = ooxml.parsed(self.parts[part])
            except (ooxml.etree.XMLSyntaxError, KeyError):
                raise unreadable(self.name, f"its part {part} is damaged or missing") from None
        return self._roots[part]

    def replace(self, part: str, root: ooxml.Element) -> None:
        """Take another root for a part's XML."""
        self._roots[part] = root
        self._edited.add(part)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part ('' for the whole file), targets made part names."""
        holder = relations_part(part)
        if holder not in self.parts:
            return ()
        found = []
        for node in self.root(holder).iter(q("rel:Relationship")):
            external = node.get("TargetMode") == "External"
            target = node.get("Target", "")
            if not external:
                target = posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(part), target)
                ).lstrip("/")
            kind = node.get("Type", "").rpartition("/")[2]
            found.append(Relation(node.get("Id", ""), kind, target, external))
        return tuple(found)

    def owners(self) -> tuple[str, ...]:
        """The parts that have relationships; '' is the whole file."""
        return tuple(_owner(name) for name in self.parts if name.endswith(".rels"))

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts inside the file that `part` relates to as `kind` ('header')."""
        return tuple(
            relation.target
            for relation in self.relations(part)
            if relation.kind == kind and not relation.external and relation.target in self.parts
        )

    def relate(self, part: str, kind: str, target: str, external: bool = False) -> str:
        """Add a relationship and give its id; the same target is related once."""
        holder = relations_part(part)
        if holder not in self.parts:
            self.parts[holder] = b""
            self._roots[holder] = ooxml.etree.Element(
                q("rel:Relationships"), nsmap={None: ooxml.NAMES["rel"]}
            )
        root = self.edit(holder)
        full = kind if "://" in kind else f"{OFFICE}/{kind}"
        if not external:
            target = posixpath.relpath("/" + target, "/" + posixpath.dirname(part))
        taken = set()
        for node in root:
            same = node.get("Type") == full and node.get("Target") == target
            if same and (node.get("TargetMode") == "External") == external:
                return str(node.get("Id"))
            taken.add(node.get("Id"))
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        node = ooxml.etree.SubElement(root, q("rel:Relationship"))
        node.set("Id", f"rId{number}")
        node.set("Type", full)
        node.set("Target", target)
        if external:
            node.set("TargetMode", "External")
        return f"rId{number}"

    def put(self, part: str, data: bytes, content_type: str) -> None:
        """Add or replace a part and say what it is."""
        self.parts[part] = data
        self._roots.pop(part, None)
        self._edited.discard(part)
        types = self.edit(TYPES)
        extension = part.rpartition(".")[2].lower()
        for node in types:
            if node.get("PartName", "").lstrip("/") == part:
                node.set("ContentType", content_type)
                return
            default = node.tag == q("ct:Default") and node.get("Extension", "").lower()
            if default == extension and node.get("ContentType") == content_type:
                return
        if extension in ("png", "jpeg", "jpg"):
            node = ooxml.etree.Element(q("ct:Default"), Extension=extension)
            types.insert(0, node)
        else:
            node = ooxml.etree.SubElement(types, q("ct:Override"), PartName="/" + part)
        node.set("ContentType", content_type)

    def drop(self, part: str) -> None:
        """Take a part out, with its relationships and what points to it."""
        self.parts.pop(part, None)
        self._roots.pop(part, None)
        self.parts.pop(relations_part(part), None)
        self._roots.pop(relations_part(part), None)
        for node in list(self.root(TYPES)):
            if node.get("PartName", "").lstrip("/") == part:
                self.edit(TYPES).remove(node)
        for owner in self.owners():
            holder = relations_part(owner)
            gone = {r.id for r in self.relations(owner) if not r.external and r.target == part}
            for node in list(self.root(holder)):
                if node.get("Id") in gone:
                    self.edit(holder).remove(node)

    def changed(self) -> list[tuple[str, bytes]]:
        """All parts in the file's own order; only those that were edited are written again."""
        names = sorted(self.parts, key=lambda name: name != TYPES)
        return [
            (n, ooxml.serialised(self._roots[n]) if n in self._edited else self.parts[n])
            for n in names
        ]


def relations_part(part: str) -> str:
    """Where a part's relationships are kept.

    >>> relations_part("word/document.xml"), relations_part("")
    ('word/_rels/document.xml.rels', '_rels/.rels')
    """
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _owner(holder: str) -> str:
    folder, _, file = holder.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def opened(data: bytes, name: str) -> Package:
    """The parts of a .docx or .dotx. Raises TemplateError when it is not one or is not safe."""
    if len(data) > LARGEST_FILE:
        raise unreadable(name, "it is larger than 60 MB", "Make its pictures smaller.")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise unreadable(
            name,
            "it has a password or is an old Word file (.doc)",
            "Open it in Word and save it as .docx without a password.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _unpacked(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise unreadable(name, "it is not a Word file, or it is damaged") from None
    package = Package(name, parts)
    main = package.related("", "officeDocument")
    if not main or package.root(main[0]).tag != q("document"):
        raise unreadable(name, "it is not a Word file (.docx or .dotx)")
    package.document = main[0]
    return package


def _unpacked(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    whole = sum(info.file_size for info in infos)
    largest = max((info.file_size for info in infos), default=0)
    packed = sum(info.compress_size for info in infos)
    bomb = whole > MEGABYTE * 20 and whole > PACKED_TOO_WELL * max(packed, 1)
    if len(infos) > MOST_PARTS or whole > LARGEST_WHOLE or largest > LARGEST_PART or bomb:
        raise unreadable(name, "it unpacks to far more than a Word file holds")
    parts: dict[str, bytes] = {}
    for info in infos:
        part = info.filename.replace("\\", "/")
        if part.startswith("/") or ".." in part.split("/") or part in parts:
            raise unreadable(name, "it holds parts with names that a Word file cannot have")
        with archive.open(info) as file:
            # the size a file states may be a lie; never read past it
            data = file.read(info.file_size + 1)
        if len(data) > info.file_size:
            raise unreadable(name, "it unpacks to far more than a Word file holds")
        parts[part] = data
    if TYPES not in parts or "_rels/.rels" not in parts:
        raise unreadable(name, "it is not a Word file (.docx or .dotx)")
    return parts


def unreadable(name: str, why: str, todo: str = "") -> TemplateError:
    """The error for a Word file that cannot be used."""
    return TemplateError(
        f"{name}: cannot be used, because {why}.",
        todo or "Open it in Word, save it again as .docx, and run again.",
        code="shell-not-usable",
    )
