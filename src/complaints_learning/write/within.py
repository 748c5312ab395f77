"""The council's file opened by python-docx, changed through it and saved by it.

`shell.opened` has looked at the file first: it is small enough, whole, and holds nothing that
runs or fetches. From here on python-docx keeps its parts and relationships; `Within` gives them
under the names that the rest of `write` uses, and mends the two things python-docx leaves to its
callers: XML roots that must be replaced, and parts of kinds it has no words for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart

from complaints_learning.word import ooxml
from complaints_learning.word.ooxml import Element
from complaints_learning.word.package import OFFICE, Package, Relation, unreadable
from complaints_learning.write import zipped


class Within(Package):
    """A `Package` whose parts live in a python-docx document."""

    def __init__(self, shell: Package) -> None:
        super().__init__(shell.name, {}, shell.document)
        try:
            self.file = docx.Document(BytesIO(zipped.packed(shell.changed())))
        except (KeyError, ValueError, AttributeError) as wrong:
            raise unreadable(shell.name, f"python-docx cannot open it ({wrong})") from None
        self._held: dict[str, Part] = {
            part.partname.lstrip("/"): part for part in self.file.part.package.iter_parts()
        }
        self.parts = dict.fromkeys(self._held, b"")  # the names; the bytes are python-docx's

    def root(self, part: str) -> Element:
        """A part's XML, to read or to change."""
        held = self._held.get(part)
        if isinstance(held, XmlPart):
            return held.element
        if held is None:
            raise unreadable(self.name, f"its part {part} is missing")
        if part not in self._roots:
            self._roots[part] = ooxml.parsed(held.blob)
        return self._roots[part]

    def replace(self, part: str, root: Element) -> None:
        """Take another root for a part's XML."""
        held = self._held[part]
        if isinstance(held, XmlPart):
            held._element = root
        else:
            self._roots[part] = root
        self._edited.add(part)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part ('' for the whole file)."""
        return tuple(
            Relation(
                key,
                link.reltype.rpartition("/")[2],
                link.target_ref if link.is_external else link.target_part.partname.lstrip("/"),
                link.is_external,
            )
            for key, link in self._links(part).items()
        )

    def relate(self, part: str, kind: str, target: str, external: bool = False) -> str:
        """Add a relationship and give its id; the same target is related once."""
        full = kind if "://" in kind else f"{OFFICE}/{kind}"
        links = self._links(part)
        if external:
            return str(links.get_or_add_ext_rel(full, target))
        return str(links.get_or_add(full, self._held[target]).rId)

    def put(self, part: str, data: bytes, content_type: str) -> None:
        """Add or replace a part and say what it is."""
        held = self._held.get(part)
        self._roots.pop(part, None)
        if isinstance(held, XmlPart):
            held._element = ooxml.parsed(data)
        elif held is not None:
            held._blob = data
        else:
            whole = self.file.part.package
            self._held[part] = Part(PackURI(f"/{part}"), content_type, data, whole)
            self.parts[part] = b""

    def drop(self, part: str) -> None:
        """Take a part out by taking away what points to it."""
        for name in ("", *self._held):
            links = self._links(name)
            for relation in self.relations(name):
                if not relation.external and relation.target == part:
                    del links[relation.id]
        self._held.pop(part, None)
        self.parts.pop(part, None)

    def changed(self) -> list[tuple[str, bytes]]:
        """All parts as python-docx saves them, in its order."""
        for name in self._edited:
            held = self._held.get(name)
            if held is not None and name in self._roots:
                held._blob = ooxml.serialised(self._roots[name])
        made = BytesIO()
        self.file.save(made)
        return list(_entries(made))

    def _links(self, part: str) -> Any:
        return self._held[part].rels if part else self.file.part.package.rels


def _entries(made: BytesIO) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(made) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)
