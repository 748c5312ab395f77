"""The words for themes that a form or a table holds in; their codes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaints_learning.check import cells, values, vocabulary
from complaints_learning.nouns.themes import Themes


def spellings(own: Themes | None) -> dict[str, str]:
    """Each word for a theme, as it is looked up, with the theme's code.

    `own` are the council's own themes, by code and title; None where it has the shipped ones.
    """
    words = {cells.token(word): code for word, code in vocabulary.THEME_WORDS.items()}
    if own is None:
        return words
    said = {cells.token(word): theme.code for theme in own for word in (theme.code, theme.title)}
    usual = {word: code for word, code in words.items() if code in own.codes and word not in said}
    return said | usual


def several(known: Mapping[str, str]) -> values.ReadCell:
    """A reader of cells with themes: their codes, with ; between them."""

    def read(cell: Any) -> str | values.Bad:
        typed = cells.text(cell)
        if typed.casefold() in cells.BLANK:
            return ""
        parts = [part for part in typed.replace("\n", ";").split(";") if part.strip()]
        codes = [_code(part, known) for part in parts]
        joined = ";".join(dict.fromkeys(filter(None, codes)))
        if all(codes):
            return joined
        return values.Bad(
            "theme-unknown",
            "a theme in the cell is not known; it was left out.",
            f"{_listed(known)} Several stand with ; between them.",
            joined,
        )

    return read


def one(known: Mapping[str, str]) -> values.ReadCell:
    """A reader of cells with one theme: its code; empty for all themes and for none."""

    def read(cell: Any) -> str | values.Bad:
        typed = cells.text(cell)
        if typed.casefold() in cells.BLANK or cells.token(typed) in (
            "all",
            "all themes",
            "general",
        ):
            return ""
        return _code(typed, known) or values.Bad(
            "theme-unknown",
            f"{vocabulary.shown(cell)} is not a known theme; it was left empty.",
            _listed(known),
            "",
        )

    return read


def _code(typed: str, known: Mapping[str, str]) -> str:
    return known.get(cells.token(typed)) or known.get(cells.token(typed.replace(",", " ")), "")


def _listed(known: Mapping[str, str]) -> str:
    return f"Themes are: {', '.join(dict.fromkeys(known.values()))}."
