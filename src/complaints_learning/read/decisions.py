"""The review workbook in, decisions out, with the cells that want a look."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from complaints_learning.nouns.decisions import (
    COLUMNS,
    HOW,
    KEEP_BACK,
    LISTED,
    NO_THEME,
    PUBLISH,
    SHEET,
    THEMES,
    Decision,
    Decisions,
    Publication,
)
from complaints_learning.nouns.errors import Place, Problem, ReadError, column_letters
from complaints_learning.nouns.raw import Cell, on_a_line, shown
from complaints_learning.nouns.themes import Themes
from complaints_learning.read import texts, workbook
from complaints_learning.read.grid import Grid

*_THEMES, _PRIMARY = map(str.casefold, THEMES)
_NONE = re.compile(r"none|nil|n ?/ ?a|not applicable|no themes?|no|-", re.IGNORECASE)
_AFRESH = "Move it to another folder, and write a new one: cl review --period 2023"
_UNTOUCHED = f"Restore the heading as cl review wrote it. Else: {_AFRESH[0].lower()}{_AFRESH[1:]}"


def decisions(
    path: Path, file: str, themes: Themes, named: Callable[[str], str] = str
) -> Decisions:
    """The decisions of a review workbook; none when there is no such file.

    Raises ReadError when the file is there and is not a review workbook. `file` is what
    problems call it; `named` gives the complaint's reference for one as typed.
    """
    if not path.is_file():
        return Decisions()
    data = texts.data(path, file, "Excel")
    grids = {grid.sheet: grid for grid in workbook.grids(data, file)}
    if SHEET not in grids:
        raise ReadError(
            f"{file}: it has no sheet {SHEET}.",
            _AFRESH,
            code="decision-sheet-missing",
        )
    listed = grids[LISTED].rows[1:] if LISTED in grids else []
    reader = _Reader(file, grids[SHEET], themes, named, _titles(listed))
    found = reader.rows()
    gone = reader.gone(said for row in listed if (said := on_a_line(row[0] if row else "")))
    return Decisions(
        found,
        tuple(reader.problems),
        reader.publications,
        reader.learning,
        reader.typed,
        headings=tuple(reader.own.values()),
        own=reader.theirs,
        lost=_lost(data, grids),
        gone=gone,
    )


def _lost(data: bytes, grids: Iterable[str]) -> tuple[str, ...]:
    """What people put into the workbook that writing it again would take out."""
    sheets = tuple(f"the sheet '{name}'" for name in grids if name not in (SHEET, LISTED, HOW))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        comments = any("comments" in name.casefold() for name in package.namelist())
    return (*sheets, "comments on its cells") if comments else sheets


def _titles(listed: Iterable[Sequence[Cell]]) -> dict[str, str]:
    """The code of each title that the lists offered: a title may have been changed since."""
    rows = (tuple(map(on_a_line, row)) for row in listed if len(row) > 3)
    return {row[1].casefold(): row[3] for row in rows if row[1] and row[3]}


class _Reader:
    def __init__(
        self,
        file: str,
        grid: Grid,
        themes: Themes,
        named: Callable[[str], str],
        titles: Mapping[str, str],
    ) -> None:
        self.file, self.grid, self.themes, self.named = file, grid, themes, named
        self.titles = {said: code for said, code in titles.items() if code in themes.codes}
        self.problems: list[Problem] = []
        self.seen: dict[str, int] = {}
        self.publications: dict[str, Publication] = {}
        self.learning: dict[str, Publication] = {}
        self.typed: dict[str, tuple[str, ...]] = {}
        self.theirs: dict[str, tuple[str, ...]] = {}
        header = [on_a_line(cell).casefold() for cell in grid.rows[0]]
        self.column = {name: n for n, name in enumerate(header) if name}
        self.own = self._own(header)
        missing = [name for name in ("reference", "theme 1") if name not in self.column]
        if missing:
            raise ReadError(
                f"{file}, sheet {SHEET}: there is no column {missing[0].capitalize()}.",
                _UNTOUCHED,
                code="decision-sheet-missing",
            )

    def _own(self, header: Sequence[str]) -> dict[int, str]:
        """The headings of the columns that somebody added, by position; '' when it has none."""
        ours, top = {name.casefold() for name in COLUMNS}, self.grid.rows[0]
        wide = max(map(len, self.grid.rows))
        theirs = [n for n in range(wide) if n >= len(header) or header[n] not in ours]
        return {
            n: on_a_line(top[n]) if n < len(top) else ""
            for n in theirs
            if any(n < len(row) and shown(row[n]).strip() for row in self.grid.rows)
        }

    def place(self, row: int, name: str) -> Place:
        letters = column_letters(self.grid.first_column + self.column[name])
        return Place(self.file, SHEET, self.grid.first_row + row, letters)

    def cell(self, cells: Sequence[Cell], name: str) -> str:
        at = self.column.get(name, -1)
        return on_a_line(cells[at]) if 0 <= at < len(cells) else ""

    def rows(self) -> dict[str, Decision]:
        """The decisions by reference; a row without any theme is not decided yet."""
        found: dict[str, Decision] = {}
        for n, cells in enumerate(self.grid.rows[1:], 1):
            reference = self.named(self.cell(cells, "reference"))
            seen = len(self.problems)
            decision = self.decision(n, cells, reference)
            usable = len(self.problems) == seen
            if not reference:
                if decision is not None:
                    self.problem(
                        "decision-reference-missing",
                        "a decision without a reference, so nobody knows which complaint it is.",
                        self.place(n, "reference"),
                        "Type the reference, or delete the row.",
                    )
                continue
            if reference in self.seen:
                first = self.grid.first_row + self.seen[reference]
                self.problem(
                    "decision-duplicate",
                    f"'{reference}' is in row {first} too; the first that is decided counts"
                    f"{self.instead(found.get(reference), decision)}.",
                    self.place(n, "reference"),
                    "Delete one of the two rows.",
                )
            else:
                self.seen[reference] = n
            if reference not in found:  # what counts and what stays typed are of one row
                if decision is not None:
                    found[reference] = decision
                    self.typed.pop(reference, None)
                if not usable:
                    said = tuple(self.cell(cells, name) for name in (*_THEMES, _PRIMARY))
                    self.typed.setdefault(reference, said)
            theirs = tuple(shown(cells[n]).strip() if n < len(cells) else "" for n in self.own)
            if any(theirs):
                self.theirs.setdefault(reference, theirs)
            for kept, named, choice in (
                (self.publications, "sentence to publish", "publication"),
                (self.learning, "learning to publish", "learning publication"),
            ):
                publication = self.publication(n, cells, reference, named, choice)
                if publication is not None:
                    kept.setdefault(reference, publication)
        return found

    def decision(self, row: int, cells: Sequence[Cell], reference: str) -> Decision | None:
        themes: list[str] = []
        none = ""
        for name in _THEMES:
            said = self.cell(cells, name)
            if not said:
                continue
            if said.casefold() == NO_THEME.casefold():
                none = none or name
                continue
            code = self.theme(row, name, said, reference)
            if code and code not in themes:
                themes.append(code)
        primary = ""
        said = self.cell(cells, _PRIMARY)
        if said and not (none and said.casefold() == NO_THEME.casefold()):
            primary = self.theme(row, _PRIMARY, said, reference)
            if primary and primary not in themes:
                themes.append(primary)
        if not themes and not none:
            return None
        if none and themes:
            self.problem(
                "decision-contradictory",
                f"'{reference}' has '{NO_THEME}' and a theme; the theme counts.",
                self.place(row, none),
                f"Clear '{NO_THEME}', or the themes beside it.",
            )
        return Decision(
            reference=reference,
            themes=tuple(themes),
            primary=primary or (themes[0] if themes else ""),
            fingerprint=self.cell(cells, "text code"),
            place=self.place(row, "reference"),
        )

    def instead(self, counts: Decision | None, other: Decision | None) -> str:
        """What a second row says of a complaint that is decided otherwise."""
        if counts is None or other is None:
            return ""
        if (set(counts.themes), counts.primary) == (set(other.themes), other.primary):
            return ""
        said = "; ".join(self.themes.theme(code).title for code in other.themes) or NO_THEME
        return f", and not {said}"

    def publication(
        self, row: int, cells: Sequence[Cell], reference: str, named: str, choice: str
    ) -> Publication | None:
        """What a person put up in column `named`; a word that is no choice publishes nothing."""
        sentence = self.cell(cells, named)
        decided = self.cell(cells, choice)
        if not sentence and not decided:
            return None
        if decided.casefold() not in ("", PUBLISH, KEEP_BACK):
            self.problem(
                "publication-unknown",
                f"'{decided}' is neither '{PUBLISH}' nor '{KEEP_BACK}', so nothing is published.",
                self.place(row, choice),
                "Choose one of the list in the cell.",
            )
        elif decided.casefold() == PUBLISH and not sentence:
            self.problem(
                "publication-empty",
                "it says 'publish' and there is no sentence.",
                self.place(row, choice),
                f"Write the sentence into {named.capitalize()}, or clear the choice.",
            )
        shown = named if sentence else choice
        return Publication(
            reference=reference,
            sentence=sentence,
            decided=decided.casefold(),
            fingerprint=self.cell(cells, "text code"),
            place=self.place(row, shown),
        )

    def theme(self, row: int, name: str, said: str, reference: str) -> str:
        code = self.themes.find(said) or self.titles.get(said.casefold(), "")
        if not code:
            self.problem(
                "decision-theme-unknown",
                f"'{said}', given to '{reference}', is not a theme."
                if reference
                else f"'{said}' is not a theme.",
                self.place(row, name),
                self.instead_of(said),
            )
        return code

    def instead_of(self, said: str) -> str:
        """What to do about a cell that holds no theme."""
        if sum(bool(self.themes.find(part)) for part in re.split("[;,/&+|]", said)) > 1:
            return "Put one theme into a cell: Theme 1, Theme 2, Theme 3 and Theme 4."
        near = NO_THEME if _NONE.fullmatch(said) else self.themes.nearest(said)
        titles = ", ".join((*(theme.title for theme in self.themes), NO_THEME))
        return f"Did you mean '{near}'?" if near else f"Choose one of: {titles}."

    def gone(self, listed: Iterable[str]) -> tuple[str, ...]:
        """Rows that cl review wrote and somebody deleted."""
        written = dict.fromkeys(map(self.named, listed))
        gone = tuple(reference for reference in written if reference not in self.seen)
        for reference in gone:
            self.problem(
                "decision-row-deleted",
                f"the row of '{reference}' is gone; its themes come from its words again.",
                Place(self.file, SHEET),
                "If that was a slip, write the workbook again: cl review.",
            )
        return gone

    def problem(self, code: str, message: str, place: Place, hint: str) -> None:
        self.problems.append(Problem(code, message, place, hint))
