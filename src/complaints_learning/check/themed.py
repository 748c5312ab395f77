"""The words for themes that a form or a table holds in; their codes out."""

from __future__ import annotations

from typing import Any

from complaints_learning.check import cells, values, vocabulary


def several(cell: Any) -> str | values.Bad:
    """The codes of the themes in a cell, with ; between them."""
    typed = cells.text(cell)
    if typed.casefold() in cells.BLANK:
        return ""
    found, lost = [], False
    for part in typed.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        code = _code(part)
        if code:
            found.append(code)
        else:
            lost = True
    joined = ";".join(dict.fromkeys(found))
    if lost:
        return values.Bad(
            "theme-unknown",
            "a theme in the cell is not known; it was left out.",
            f"Themes are: {', '.join(vocabulary.THEME_CODES)}. Several stand with ; between them.",
            joined,
        )
    return joined


_KNOWN = {cells.token(spelling): code for spelling, code in vocabulary.THEME_WORDS.items()}


def _code(part: str) -> str:
    word = cells.token(part)
    if word in vocabulary.THEME_CODES:
        return word
    return _KNOWN.get(word) or _KNOWN.get(cells.token(part.replace(",", " ")), "")


def one(cell: Any) -> str | values.Bad:
    """The code of the theme in a cell; empty for all themes and for none."""
    typed = cells.text(cell)
    if typed.casefold() in cells.BLANK or cells.token(typed) in ("all", "all themes", "general"):
        return ""
    code = _code(typed)
    if code:
        return code
    return values.Bad(
        "theme-unknown",
        f"{vocabulary.shown(cell)} is not a known theme; it was left empty.",
        f"Themes are: {', '.join(vocabulary.THEME_CODES)}.",
        "",
    )
