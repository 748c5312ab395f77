"""Where stages meet for themes: decisions read, texts labelled, what people decided learned."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints_learning.nouns import sealed
from complaints_learning.nouns.decisions import Decisions
from complaints_learning.nouns.errors import Place, Problem

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.classify import Model, Own, Reader
    from complaints_learning.nouns.processes import Spare
    from complaints_learning.nouns.records import Checked
    from complaints_learning.nouns.settings import Settings
    from complaints_learning.nouns.themes import Themes
    from complaints_learning.write.labelled import Row


class Themed(Struct, frozen=True):
    """Labelled complaints, what wants a look, and the decisions and model that were used.

    `own` is what the words alone say of the decided ones.
    """

    labelled: pd.DataFrame
    problems: tuple[Problem, ...]
    decisions: Decisions
    model: Model | None
    own: Own

    def facts(self) -> dict[str, str]:
        """How many decided complaints would have themes more by their words; what was learned from
        decisions ('helped' or 'not'), and macro-F1 without and with it in cross-validation."""
        told = {f"theme.{code}.by_words": str(n) for code, n in self.own.unsaid.items()}
        if self.own.more:
            told["decided.more_by_words"] = str(self.own.more)
        if self.model is not None:
            told["learned"] = "helped" if self.model.used.any() else "not"
            told["learned.before"] = f"{self.model.before:.2f}"
            told["learned.after"] = f"{self.model.after:.2f}"
        return told

    def onto(self, checked: Checked) -> Checked:
        """The checked tables with these problems, and what a person decided or confirmed."""
        rows = checked.frames["complaints"]
        decided = rows["reference"].isin(list(self.decisions.by_reference))
        agreed = rows.index.isin(rows.index[self.own.agreed])
        frames = {**checked.frames, "complaints": rows.assign(confirmed=decided, agreed=agreed)}
        return replace(checked, frames=frames, problems=(*checked.problems, *self.problems))


def reader(workspace: Path | None = None) -> Reader:
    """The themes of a workspace, ready to be found. Raises SettingsError.

    The shipped ones are kept ready where Python keeps what it compiled: making them ready takes as
    long as reading 10,000 texts.
    """
    from complaints_learning import classify
    from complaints_learning.read import compiled as keeping
    from complaints_learning.read import texts
    from complaints_learning.write import compiled as writing

    place = keeping.themes_place(workspace)
    if place is None:
        return classify.Reader(texts.themes(workspace))
    key = keeping.themes_key()
    data = sealed.opened(key, keeping.kept(place))
    if data:  # whole, and ours: pickle is for such bytes only
        found: Reader = pickle.loads(data)
        return found
    made = classify.Reader(texts.themes())
    writing.keep(place, lambda: sealed.seal(key, pickle.dumps(made, pickle.HIGHEST_PROTOCOL)))
    return made


def themed(
    complaints: pd.DataFrame,
    workspace: Path,
    settings: Settings,
    reader: Reader,
    evidence: bool = False,
    spare: Spare | None = None,
) -> Themed:
    """Label complaints with what people decided and was learned; `evidence`: and with the words.

    `spare` is a second process that helps, once it was started.
    """
    from complaints_learning import classify

    decided = decisions(workspace, settings, reader.themes, complaints)
    model = learned(complaints, decided, workspace, reader)
    labelled, foreign, own = classify.labelled(complaints, reader, decided, model, evidence, spare)
    seen = problems(complaints, decided, foreign)
    return Themed(labelled, seen, decided, model, own)


def proposed(
    complaints: pd.DataFrame, workspace: Path, settings: Settings, reader: Reader
) -> tuple[pd.DataFrame, tuple[Problem, ...], Decisions]:
    """The labels as if nobody had decided, with their words; what wants a look; the decisions."""
    from complaints_learning import classify

    decided = decisions(workspace, settings, reader.themes, complaints)
    model = learned(complaints, decided, workspace, reader)
    labelled, foreign = classify.proposed(complaints, reader, decided, model)
    return labelled, problems(complaints, decided, foreign.tolist()), decided


def decisions(
    workspace: Path, settings: Settings, themes: Themes, complaints: pd.DataFrame
) -> Decisions:
    """What people decided in the workspace's review workbook. Raises ReadError.

    Case, spaces and a stage in a reference do not matter, as in forms.
    """
    from complaints_learning.read import decisions as reading

    file = settings.sources.decisions
    return reading.decisions(workspace / file, file, themes, _as_registered(complaints))


def _as_registered(complaints: pd.DataFrame) -> Callable[[str], str]:
    """Gives the register's reference for one as typed, or that one when the register has none."""
    from complaints_learning.check import nearest

    known = frozenset(complaints["reference"].tolist())
    lookup = cache(lambda: nearest.Complaints(known))
    return lambda typed: typed if typed in known else lookup().named(typed)[0] or typed


def problems(
    complaints: pd.DataFrame, decided: Decisions, foreign: Iterable[int] | None = None
) -> tuple[Problem, ...]:
    """Texts that were not read and cells of the review workbook to look at.

    `foreign` are the positions of the texts in another language, when they are known.
    """
    from complaints_learning import classify
    from complaints_learning.check import nearest

    places = {one.reference: one.place for one in decided.publications.values()}
    places |= {one.reference: one.place for one in decided.by_reference.values()}
    known = frozenset(complaints["reference"].tolist()) if places else frozenset()
    lost = {reference: place for reference, place in places.items() if reference not in known}
    close = nearest.Complaints(decided.gone)
    return (
        *classify.problems(complaints, decided, foreign),
        *(
            Problem(
                "decision-reference-unknown",
                f"no complaint has the reference '{reference}'.",
                place,
                f"Did you mean '{meant}'?"
                if (meant := close.named(reference)[1])
                else "Correct the reference, or leave the row for the year that it belongs to.",
            )
            for reference, place in lost.items()
        ),
    )


def learned(
    complaints: pd.DataFrame, decided: Decisions, workspace: Path, reader: Reader
) -> Model | None:
    """What the decisions teach: from the cache, or learned now and kept there."""
    from complaints_learning import classify
    from complaints_learning.read import models as reading
    from complaints_learning.write import models as writing

    if len(decided.by_reference) < classify.LEAST:
        return None
    texts, given = classify.taught(complaints, decided)
    if len(texts) < classify.LEAST:
        return None
    key = classify.learned_key(texts, given, reader.themes)
    kept = reading.model(workspace, key)
    if kept is not None:
        return classify.Model(**kept)
    model = reader.learn(texts, given)
    writing.model(workspace, key, {name: getattr(model, name) for name in reading.FIELDS})
    return model


class File(Struct, frozen=True):
    """A file's texts labelled: rows to print or save, and texts that could not be read.

    `left_out` are the rows that are no text, each with why.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    empty: int
    left_out: tuple[tuple[Place, str], ...] = ()


def file(path: Path, text_column: str, reference: str = "", workspace: Path | None = None) -> File:
    """The themes of each text in one column of a spreadsheet or CSV."""
    import pandas as pd

    from complaints_learning import classify
    from complaints_learning.check import faults
    from complaints_learning.classify import labels
    from complaints_learning.read import labelled as reading

    column = reading.column(path, text_column, reference)
    ready = reader(workspace)
    found = ready.found(column.texts)
    frame = pd.DataFrame(
        {
            "reference": column.references,
            "text": column.texts,
            "file": column.file,
            "sheet": column.sheets,
            "row": column.rows,
        }
    )
    empty = sum(not text.strip() for text in column.texts)
    rows = tuple(labels.rows(column.references, found, ready.themes))
    unread = tuple(
        dataclasses.replace(one, hint="Read it, and give it its themes by hand.")
        for one in classify.problems(frame, foreign=found.foreign)
    )
    without = tuple(faults.problem(place, fault) for place, fault in column.faults)
    return File(rows, (*without, *unread), empty, column.left_out)
