"""A workspace in; its review workbook out, where people decide themes and what may be published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints_learning.jobs import labelling
from complaints_learning.nouns import period as periods
from complaints_learning.nouns import wording
from complaints_learning.nouns.decisions import Decisions, fingerprint
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.themes import OTHER, Themes

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.jobs import publishing
    from complaints_learning.nouns.period import Period
    from complaints_learning.nouns.records import Checked
    from complaints_learning.nouns.settings import Settings
    from complaints_learning.write.review import ReviewRow


class Review(Struct, frozen=True):
    """A review workbook written: where, how many rows, how many of them decided."""

    path: Path
    period: Period
    rows: int
    decided: int
    problems: tuple[Problem, ...]


def review(workspace: Path, period: str) -> Review:
    """Write the review workbook for a period, least certain first. Decisions are kept."""
    from complaints_learning import check as stage
    from complaints_learning import pipeline, write
    from complaints_learning.jobs import publishing
    from complaints_learning.nouns.errors import WriteError
    from complaints_learning.read import fingerprints, places, texts
    from complaints_learning.write import review as writing

    with write.alone(workspace, "review"):
        settings = texts.choices(workspace)
        target = workspace / settings.sources.decisions
        if (lock := places.opened(target)) is not None:
            raise WriteError(
                f"{target.name}: is open in Excel.",
                "Save and close it, then run again. If nobody has it open, delete the file "
                f"{lock.name} beside it.",
                code="output-not-saved",
            )
        before = fingerprints.of(target)
        when = periods.parse(period, settings.periods.naming, None)
        ready = labelling.reader(workspace)
        themes = ready.themes
        raw, checked = pipeline.checked(workspace, settings)
        complaints = checked.frames["complaints"]
        labelled, problems, decided = labelling.proposed(complaints, workspace, settings, ready)
        _without_reference(decided)
        _with_nothing_lost(decided, settings.sources.decisions)
        marker = publishing.Marker.of(raw, settings, complaints["text"])
        rows = _review_rows(
            *(complaints, labelled, decided, when, settings, marker, recorded(checked), themes)
        )
        if fingerprints.of(target) != before:  # saved by a person meanwhile: theirs stays
            raise WriteError(
                f"{target.name}: was saved by somebody else just now, so it was not written.",
                "Close it in Excel and run again; nothing was lost.",
                code="output-not-saved",
            )
        writing.workbook(rows, themes, target, decided.headings)
        # cells are told where they stand now, in the workbook as it was written
        file = settings.sources.decisions
        again = labelling.decisions(workspace, settings, themes, complaints)
        now = labelling.problems(complaints, again, ())
        told = (
            *stage.within(complaints, when, settings.periods),
            *(one for one in problems if one.place.file != file or one.code in _GONE),
            *(one for one in now if one.place.file == file),
        )
        return Review(target, when, len(rows), sum(row.decision is not None for row in rows), told)


_GONE = frozenset({"decision-row-deleted", "decision-duplicate"})
"""What was wrong with the rows before, which the workbook as written shows no more."""


def _without_reference(decided: Decisions) -> None:
    """Stop for a decision about nobody knows what: it would be lost."""
    from complaints_learning.nouns.errors import ReadError

    for problem in decided.problems:
        if problem.code == "decision-reference-missing":
            raise ReadError(f"{problem.place}: {problem.message}", problem.hint, problem.code)


def _with_nothing_lost(decided: Decisions, file: str) -> None:
    """Stop for what people added to the workbook and a new one would not hold."""
    from complaints_learning.nouns.errors import WriteError

    if decided.lost:
        raise WriteError(
            f"{file}: {wording.listed(decided.lost)} would be lost, so it was not written again.",
            "Move sheets to another workbook. Copy comments into a column to the right of Text "
            "code, which is kept, and delete them.",
            code="output-not-saved",
        )


def _review_rows(
    complaints: pd.DataFrame,
    labelled: pd.DataFrame,
    decided: Decisions,
    when: Period,
    settings: Settings,
    marker: publishing.Marker,
    learned_of: Mapping[str, list[str]],
    themes: Themes,
) -> list[ReviewRow]:
    import pandas as pd

    from complaints_learning.write.review import ReviewRow as Made

    by_reference: dict[str, list[tuple[str, float, bool, str]]] = {}
    for reference, theme, chance, primary, said in zip(
        *(labelled[name] for name in ("reference", "theme", "probability", "primary", "words")),
        strict=True,
    ):
        by_reference.setdefault(str(reference), []).append((theme, chance, primary, said))
    titles = {theme.code: theme.title for theme in themes}
    dates = complaints[settings.periods.counts_by]
    inside = dates.dt.normalize().between(pd.Timestamp(when.start), pd.Timestamp(when.end))
    shown = (complaints["kind"] == "complaint") & inside
    known = dict.fromkeys(
        (
            *(*decided.by_reference, *decided.typed, *decided.publications),
            *(*decided.learning, *decided.own),
        )
    )
    shown |= complaints["reference"].isin(list(known))
    rows: list[ReviewRow] = []
    written: set[str] = set()
    for reference, text, day in zip(
        complaints["reference"][shown], complaints["text"][shown], dates[shown], strict=True
    ):
        decision = decided.by_reference.get(reference)
        put_up = decided.publications.get(reference)
        learning = decided.learning.get(reference)
        said = text if isinstance(text, str) else ""
        found = sorted(by_reference.get(str(reference), ()), key=lambda one: (not one[2], -one[1]))
        written.add(str(reference))
        rows.append(
            Made(
                reference=str(reference),
                received=day.date().isoformat() if day == day else "",
                text=said,
                proposed=tuple(one[0] for one in found),
                because="\n".join(
                    f"{titles[theme]}, {100 * chance:.0f}%" + (f": {words}" if words else "")
                    for theme, chance, _, words in found
                ),
                certainty=min((one[1] for one in found), default=0.0),
                fingerprint=fingerprint(said),
                decision=decision,
                marked=marker.marked(said),
                publication=put_up,
                recorded=marker.marked("\n".join(learned_of.get(str(reference), ()))),
                learning=learning,
                typed=decided.typed.get(reference, ()),
                own=decided.own.get(reference, ()),
            )
        )
    rows += [_orphan(reference, decided) for reference in known if reference not in written]
    return sorted(rows, key=_turn)


def _turn(row: ReviewRow) -> tuple[int, float, str]:
    """What cannot be used comes first, then the undecided, then where the words say more."""
    if row.typed:
        turn = 0
    elif row.decision is None:
        turn = 1
    else:
        turn = 3 if set(row.proposed) <= {*row.decision.themes, OTHER} else 2
    return turn, row.certainty, row.reference


def _orphan(reference: str, decided: Decisions) -> ReviewRow:
    """A decision whose complaint is not in the register now: kept, never lost."""
    from complaints_learning.write.review import ReviewRow as Made

    decision = decided.by_reference.get(reference)
    put_up = decided.publications.get(reference)
    known = (decision.fingerprint if decision else "") or (put_up.fingerprint if put_up else "")
    learning = decided.learning.get(reference)
    return Made(
        *(reference, "", "", (), "", 1.0, known, decision),
        publication=put_up,
        learning=learning,
        typed=decided.typed.get(reference, ()),
        own=decided.own.get(reference, ()),
    )


def recorded(checked: Checked) -> dict[str, list[str]]:
    """What the register and the monitoring forms say was learned, by reference, each once."""
    found: dict[str, dict[str, None]] = {}
    for name in ("complaints", "forms"):
        frame = checked.frames[name]
        for reference, said in zip(frame["reference"], frame["learning"], strict=True):
            if said:
                found.setdefault(str(reference), {})[str(said)] = None
    return {reference: list(each) for reference, each in found.items()}
