"""The style map: what the report needs of a Word file's styles, and what the file has."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from complaints_learning.nouns.errors import TemplateError
from complaints_learning.word.ooxml import Element, q

Kind = Literal["paragraph", "table", "character"]


class Role(Struct, frozen=True):
    """A use the report makes of a style: its kind, and names it often has, best first.

    An optional role falls back on another one when the file has no such style.
    """

    kind: Kind
    names: tuple[str, ...]
    instead: str = ""
    optional: bool = False


ROLES: dict[str, Role] = {
    "body": Role("paragraph", ("Body Text", "Normal", "Text Body", "Default"), optional=True),
    "title": Role("paragraph", ("Title", "Report Title"), optional=True, instead="heading_1"),
    "heading_1": Role("paragraph", ("Heading 1",)),
    "heading_2": Role("paragraph", ("Heading 2",)),
    "heading_3": Role("paragraph", ("Heading 3",), optional=True, instead="heading_2"),
    "numbered": Role(
        "paragraph",
        ("Numbered Paragraph", "Body Numbered", "Numbered Para", "Numbered Text", "List Number"),
    ),
    "bullets": Role(
        "paragraph", ("List Bullet", "Bullet List", "Bullets", "Bullet", "List Paragraph")
    ),
    "bullets_last": Role("paragraph", ("List Bullet Last",), optional=True, instead="bullets"),
    "caption": Role("paragraph", ("Caption", "Table Caption", "Table Title")),
    "picture": Role("paragraph", ("Picture", "Figure"), optional=True, instead="body"),
    "key_points_title": Role(
        "paragraph", ("Key Points Heading", "Key Points Title"), optional=True, instead="key_points"
    ),
    "key_points": Role(
        "paragraph", ("Key Points", "Summary Box", "Callout"), optional=True, instead="bullets"
    ),
    "table": Role("table", ("Council Table", "Report Table", "Table Grid", "Grid Table 1 Light")),
    "table_text": Role(
        "paragraph", ("Table Text", "Table Contents", "Table Body"), optional=True, instead="body"
    ),
    "note": Role("paragraph", ("Note", "Table Note", "Source"), optional=True, instead="body"),
    "marking": Role(
        "paragraph", ("Marking", "Protective Marking"), optional=True, instead="header"
    ),
    "header": Role("paragraph", ("Header",), optional=True, instead="body"),
    "link": Role("character", ("Hyperlink", "Internet Link"), optional=True),
}


class Styles(Struct, frozen=True):
    """Style ids by role. '' means that the file's default does."""

    ids: Mapping[str, str]
    direct: frozenset[str]  # roles with no style of their own, to be formatted directly
    header_stands_out: bool = True  # whether the table style sets its first row apart

    def borrowed(self, role: str, other: str) -> bool:
        """Whether a role with no style of its own uses the style of another, which has one."""
        return role in self.direct and other not in self.direct

    def __getitem__(self, role: str) -> str:
        return self.ids[role]


def names(root: Element, kind: Kind) -> dict[str, str]:
    """The styles of a kind in styles.xml: name as shown in Word -> id."""
    found = {}
    for style in root.iter(q("style")):
        name = style.find(q("name"))
        if style.get(q("type"), "paragraph") == kind and name is not None:
            found[shown(name.get(q("val"), ""))] = style.get(q("styleId"), "")
    return found


BUILT_IN = (
    *("heading ", "toc ", "list ", "body text", "table grid", "caption", "header", "footer"),
    *("index ", "footnote text", "annotation "),
)


def shown(name: str) -> str:
    """A style's name as Word's own window shows it.

    >>> shown("heading 1"), shown("caption"), shown("iMPOWER body")
    ('Heading 1', 'Caption', 'iMPOWER body')
    """
    return name.title() if name.startswith(BUILT_IN) else name


def proposed(root: Element) -> dict[str, str]:
    """For each role the file's best style by name, '' where nothing fits (`cl init --shell`)."""
    result = {}
    for role, asked in ROLES.items():
        have = {name.casefold(): name for name in names(root, asked.kind)}
        exact = [have[name.casefold()] for name in asked.names if name.casefold() in have]
        near = [
            have[found]
            for name in (() if asked.optional else asked.names[:3])
            for found in difflib.get_close_matches(name.casefold(), have, n=1, cutoff=0.8)
        ]
        result[role] = (exact or near or [""])[0]
    return result


def resolved(root: Element, chosen: Mapping[str, str], file: str) -> Styles:
    """Style ids for every role: as chosen in cl.toml, else by the usual names.

    Raises TemplateError that lists every style that is not there, with the nearest that is.
    """
    guess = proposed(root)
    ids: dict[str, str] = {}
    missing = []
    unknown = [role for role in chosen if role not in ROLES]
    for role, asked in ROLES.items():
        have = names(root, asked.kind)
        fold = {name.casefold(): id_ for name, id_ in have.items()}
        wanted = chosen.get(role, "")
        if wanted and wanted.casefold() not in fold:
            missing.append((role, wanted, asked))
        elif wanted or guess[role].casefold() in fold:
            ids[role] = fold[(wanted or guess[role]).casefold()]
        elif not asked.optional:
            missing.append((role, asked.names[0], asked))
    if missing or unknown:
        raise _missing(root, missing, unknown, file)
    return Styles(*_filled(ids), _sets_header_apart(root, ids["table"]))


def _sets_header_apart(root: Element, id_: str) -> bool:
    by_id = {style.get(q("styleId"), ""): style for style in root.iter(q("style"))}
    seen: set[str] = set()
    while id_ in by_id and id_ not in seen:
        seen.add(id_)
        for part in by_id[id_].findall(q("tblStylePr")):
            if part.get(q("type")) == "firstRow" and len(part):
                return True
        based = by_id[id_].find(q("basedOn"))
        id_ = based.get(q("val"), "") if based is not None else ""
    return False


def _filled(ids: dict[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    direct = frozenset(ROLES) - frozenset(ids)
    for role in direct:
        instead = ROLES[role].instead
        while instead and instead not in ids:
            instead = ROLES[instead].instead
        ids[role] = ids.get(instead, "")
    if {"key_points", "key_points_title"} <= direct:
        ids["key_points_title"] = ids["body"]  # it has a box of ours, and no bullet
    return ids, direct


def _missing(
    root: Element, missing: list[tuple[str, str, Role]], unknown: list[str], file: str
) -> TemplateError:
    lines = []
    for role, wanted, asked in missing:
        have = {name.casefold(): name for name in names(root, asked.kind)}
        near = [
            have[n] for n in difflib.get_close_matches(wanted.casefold(), have, n=2, cutoff=0.5)
        ]
        hint = "; nearest: " + ", ".join(f"'{n}'" for n in near) if near else ""
        lines.append(f"{role} = '{wanted}' ({asked.kind} style{hint})")
    for role in unknown:
        near = difflib.get_close_matches(role, ROLES, n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]}?" if near else ""
        lines.append(f"{role}: the report has no such use of a style{hint}")
    what = "1 style is" if len(lines) == 1 else f"{len(lines)} styles are"
    return TemplateError(
        f"{file}: {what} missing:\n    " + "\n    ".join(lines),
        "Name the file's own styles in cl.toml under [styles], such as "
        'numbered = "Body Numbered", or add them in Word.',
        code="shell-style-missing",
    )
