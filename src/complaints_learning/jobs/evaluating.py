"""Texts that people labelled in; how well the words alone find their themes, out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints_learning.jobs import labelling
from complaints_learning.nouns.errors import SettingsError

if TYPE_CHECKING:
    from complaints_learning.classify.accuracy import Accuracy
    from complaints_learning.nouns.report import Chart
    from complaints_learning.nouns.themes import Themes


def evaluate(
    path: Path,
    text_column: str = "text",
    workspace: Path | None = None,
    themes_column: str = "themes",
    primary_column: str = "primary",
) -> Accuracy:
    """How well the words of the workspace's themes alone find those of a labelled file."""
    from complaints_learning.classify import accuracy
    from complaints_learning.read import labelled as reading

    ready = labelling.reader(workspace)
    themes = ready.themes
    rows = reading.labelled(path, text_column, themes_column, primary_column)
    known = []
    for row in rows:
        if not row.text.strip() or not row.themes:
            continue
        where = f"{path.name}, {row.place}"
        primary = "".join(_codes((row.primary,) if row.primary else (), themes, where))
        given = _codes(row.themes, themes, where)
        known.append(
            accuracy.Known(
                row.text,
                given if primary in ("", *given) else (*given, primary),
                primary,
                tuple(_codes(each, themes, where) for each in row.readers),
            )
        )
    if not known:
        raise SettingsError(
            f"{path.name}: no row has a text and themes.",
            "Put one theme or more, joined by ';', beside each text.",
            code="labelled-empty",
        )
    found = ready.labels([each.text for each in known])
    measured = accuracy.measure(known, found, themes.codes)
    return replace(measured, skipped=len(rows) - len(known))


def _codes(said: tuple[str, ...], themes: Themes, where: str) -> tuple[str, ...]:
    from complaints_learning.read.labelled import no_theme

    codes = []
    for each in said:
        if no_theme(each):
            continue
        code = themes.find(each)
        if not code:
            near = themes.nearest(each)
            if any(map(themes.find, each.split(","))):
                hint = "Join several themes with ';', not with a comma."
            elif near:
                hint = f"Did you mean '{near}'?"
            else:
                hint = f"Use: {', '.join(themes.codes)}."
            raise SettingsError(
                f"{where}: '{each}' is not a theme.", hint, code="decision-theme-unknown"
            )
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def accuracy_chart(found: Accuracy, themes: Themes) -> Chart:
    """F1 by theme, as a chart to draw."""
    from complaints_learning.nouns.report import Chart, ChartSeries, Point

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


def may_draw(target: Path, labelled: Path) -> None:
    """Raises WriteError when a chart would be written over the labelled file or is no PNG."""
    from complaints_learning.nouns.errors import WriteError
    from complaints_learning.read import places

    places.not_over(target, [labelled])
    if target.suffix.lower() != ".png":
        raise WriteError(
            f"{target}: a chart of another kind than PNG cannot be drawn.",
            "End the name with .png.",
            code="output-kind",
        )


def picture(found: Accuracy, target: Path, workspace: Path | None = None) -> None:
    """Draw F1 by theme as a PNG file."""
    from complaints_learning import draw
    from complaints_learning.read import texts
    from complaints_learning.write import safely

    chart = accuracy_chart(found, texts.themes(workspace))
    drawn = draw.picture(chart, texts.chart_style(workspace), svg=False)
    safely.save(target, drawn.png)
