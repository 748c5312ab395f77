"""Where stages meet for themes: decisions read, texts labelled, a review written, accuracy told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from complaints_learning import period as periods
from complaints_learning.decisions import Decisions, fingerprint
from complaints_learning.errors import Problem, SettingsError

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning import publishing
    from complaints_learning.classify import Model, Reader
    from complaints_learning.classify.accuracy import Accuracy
    from complaints_learning.period import Period
    from complaints_learning.records import Checked
    from complaints_learning.report import Chart
    from complaints_learning.settings import Settings
    from complaints_learning.themes import Themes
    from complaints_learning.write.labelled import Row
    from complaints_learning.write.review import ReviewRow


@dataclass(frozen=True, slots=True)
class Themed:
    """Labelled complaints, what wants a look, and the decisions and model that were used.

    `agreed` are the positions of those whose decided main theme the words alone have too.
    """

    labelled: pd.DataFrame
    problems: tuple[Problem, ...]
    decisions: Decisions
    model: Model | None
    agreed: Sequence[int]

    def onto(self, checked: Checked) -> Checked:
        """The checked tables with these problems, and what a person decided or confirmed."""
        rows = checked.frames["complaints"]
        decided = rows["reference"].isin(list(self.decisions.by_reference))
        agreed = rows.index.isin(rows.index[list(self.agreed)])
        frames = {**checked.frames, "complaints": rows.assign(confirmed=decided, agreed=agreed)}
        return replace(checked, frames=frames, problems=(*checked.problems, *self.problems))


def themed(
    complaints: pd.DataFrame,
    workspace: Path,
    settings: Settings,
    themes: Themes,
    evidence: bool = False,
) -> Themed:
    """Label complaints with what people decided and was learned; `evidence`: and with the words."""
    from complaints_learning import classify

    decided = decisions(workspace, settings, themes)
    reader = classify.Reader(themes)
    model = learned(complaints, decided, workspace, reader)
    labelled, foreign, agreed = classify.labelled(complaints, reader, decided, model, evidence)
    seen = problems(complaints, decided, foreign)
    return Themed(labelled, seen, decided, model, agreed.tolist())


def decisions(workspace: Path, settings: Settings, themes: Themes) -> Decisions:
    """What people decided in the workspace's review workbook. Raises ReadError."""
    from complaints_learning.read import decisions as reading

    file = settings.sources.decisions
    return reading.decisions(workspace / file, file, themes)


def problems(
    complaints: pd.DataFrame, decided: Decisions, foreign: Iterable[int] | None = None
) -> tuple[Problem, ...]:
    """Texts that were not read and cells of the review workbook to look at.

    `foreign` are the positions of the texts in another language, when they are known.
    """
    from complaints_learning import classify

    known = set(complaints["reference"])
    places = {one.reference: one.place for one in decided.publications.values()}
    places |= {one.reference: one.place for one in decided.by_reference.values()}
    return (
        *classify.problems(complaints, decided, foreign),
        *(
            Problem(
                "decision-reference-unknown",
                f"no complaint has the reference '{reference}'.",
                place,
                "Correct the reference, or leave the row for the year that it belongs to.",
            )
            for reference, place in places.items()
            if reference not in known
        ),
    )


def learned(
    complaints: pd.DataFrame, decided: Decisions, workspace: Path, reader: Reader
) -> Model | None:
    """What the decisions teach: from the cache, or learned now and kept there."""
    from complaints_learning import classify
    from complaints_learning.read import models as reading
    from complaints_learning.write import models as writing

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


@dataclass(frozen=True, slots=True)
class Review:
    """A review workbook written: where, how many rows, how many of them decided."""

    path: Path
    period: Period
    rows: int
    decided: int
    problems: tuple[Problem, ...]


def review(workspace: Path, period: str) -> Review:
    """Write the review workbook for a period, least certain first. Decisions are kept."""
    from complaints_learning import pipeline, publishing, write
    from complaints_learning.errors import WriteError
    from complaints_learning.read import marks, texts
    from complaints_learning.write import review as writing

    with write.alone(workspace, "review"):
        settings = texts.choices(workspace)
        before = marks.of(workspace / settings.sources.decisions)
        when = periods.parse(period, settings.periods.naming, None)
        themes = texts.themes(workspace)
        raw, checked = pipeline.checked(workspace, settings)
        complaints = checked.frames["complaints"]
        result = themed(complaints, workspace, settings, themes, evidence=True)
        reader = publishing.Reader.of(raw, settings, complaints["text"])
        rows = _review_rows(complaints, result, when, settings, reader, recorded(checked))
        target = workspace / settings.sources.decisions
        if marks.of(target) != before:  # saved by a person meanwhile: theirs stays
            raise WriteError(
                f"{target.name}: was saved by somebody else just now, so it was not written.",
                "Close it in Excel and run again; nothing was lost.",
                code="output-not-saved",
            )
        writing.workbook(rows, themes, target)
        decided = sum(row.decision is not None for row in rows)
        return Review(target, when, len(rows), decided, result.problems)


def _review_rows(
    complaints: pd.DataFrame,
    result: Themed,
    when: Period,
    settings: Settings,
    reader: publishing.Reader,
    learned_of: Mapping[str, list[str]],
) -> list[ReviewRow]:
    import pandas as pd

    from complaints_learning.write.review import ReviewRow as Made

    labelled = result.labelled
    by_reference: dict[str, list[tuple[str, float, bool, str]]] = {}
    for reference, theme, chance, primary, said in zip(
        *(labelled[name] for name in ("reference", "theme", "probability", "primary", "words")),
        strict=True,
    ):
        by_reference.setdefault(str(reference), []).append((theme, chance, primary, said))
    dates = complaints[settings.periods.counts_by]
    inside = dates.dt.normalize().between(pd.Timestamp(when.start), pd.Timestamp(when.end))
    shown = (complaints["kind"] == "complaint") & inside
    decided = result.decisions
    known = dict.fromkeys((*decided.by_reference, *decided.publications, *decided.learning))
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
                because="; ".join(one[3] for one in found if one[3]),
                certainty=min((one[1] for one in found), default=0.0),
                fingerprint=fingerprint(said),
                decision=decision,
                marked=reader.marked(said),
                publication=put_up,
                recorded=reader.marked("\n".join(learned_of.get(str(reference), ()))),
                learning=learning,
            )
        )
    rows += [_orphan(reference, decided) for reference in known if reference not in written]
    rows.sort(key=lambda row: (row.decision is not None, row.certainty, row.reference))
    return rows


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


@dataclass(frozen=True, slots=True)
class File:
    """A file's texts labelled: rows to print or save, and texts that could not be read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    empty: int


def file(path: Path, text_column: str, reference: str = "", workspace: Path | None = None) -> File:
    """The themes of each text in one column of a spreadsheet or CSV."""
    import pandas as pd

    from complaints_learning import classify
    from complaints_learning.classify import labels
    from complaints_learning.read import labelled as reading
    from complaints_learning.read import texts

    column = reading.column(path, text_column, reference)
    themes = texts.themes(workspace)
    found = classify.Reader(themes).found(column.texts)
    frame = pd.DataFrame(
        {
            "reference": column.references,
            "text": column.texts,
            "file": column.file,
            "sheet": column.sheet,
            "row": column.rows,
        }
    )
    empty = sum(not text.strip() for text in column.texts)
    rows = tuple(labels.rows(column.references, found, themes))
    return File(rows, classify.problems(frame, foreign=found.foreign), empty)


def evaluate(path: Path, text_column: str = "text", workspace: Path | None = None) -> Accuracy:
    """How well the words alone find the themes of a labelled file."""
    from complaints_learning.classify import Reader, accuracy
    from complaints_learning.read import labelled as reading
    from complaints_learning.read import texts

    themes = texts.themes(workspace)
    rows = reading.labelled(path, text_column)
    known = [
        accuracy.Known(
            row.text,
            _codes(row.themes, themes, path),
            themes.find(row.primary),
            tuple(_codes(each, themes, path) for each in row.readers),
        )
        for row in rows
        if row.text.strip() and row.themes
    ]
    if not known:
        raise SettingsError(
            f"{path.name}: no row has a text and themes.",
            "Put one theme or more, joined by ';', beside each text.",
            code="labelled-empty",
        )
    found = Reader(themes).labels([each.text for each in known])
    measured = accuracy.measure(known, found, themes.codes)
    return replace(measured, skipped=len(rows) - len(known))


def _codes(said: tuple[str, ...], themes: Themes, path: Path) -> tuple[str, ...]:
    codes = []
    for each in said:
        code = themes.find(each)
        if not code:
            near = themes.nearest(each)
            raise SettingsError(
                f"{path.name}: '{each}' is not a theme.",
                f"Did you mean '{near}'?" if near else f"Use: {', '.join(themes.codes)}.",
                code="decision-theme-unknown",
            )
        codes.append(code)
    return tuple(codes)


def accuracy_chart(found: Accuracy, themes: Themes) -> Chart:
    """F1 by theme, as a chart to draw."""
    from complaints_learning.report import Chart, ChartSeries, Point

    titles = {theme.code: theme.title for theme in themes}
    shown = [each for each in found.scores if each.count]
    points = tuple(Point(round(100 * each.f1, 1), f"{100 * each.f1:.0f}%") for each in shown)
    best = max(shown, key=lambda each: each.f1)
    least = min(shown, key=lambda each: each.f1)
    return Chart(
        name="accuracy",
        caption="How well each theme is found (F1, percent)",
        alt=(
            f"Bars of F1 by theme over {found.texts} texts: highest {titles[best.theme]} at "
            f"{100 * best.f1:.0f}%, lowest {titles[least.theme]} at {100 * least.f1:.0f}%."
        ),
        kind="bars",
        labels=tuple(titles[each.theme] for each in shown),
        series=(ChartSeries("F1", points),),
        unit="%",
    )


def picture(found: Accuracy, target: Path) -> None:
    """Draw F1 by theme as a PNG file."""
    from complaints_learning import draw
    from complaints_learning.read import texts
    from complaints_learning.write import safely

    drawn = draw.picture(accuracy_chart(found, texts.themes()), texts.chart_style(), svg=False)
    safely.save(target, drawn.png)
