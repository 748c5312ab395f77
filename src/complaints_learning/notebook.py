"""The functions of the package: a workspace in; a report, its figures or themes of texts out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.nouns.errors import Problem
    from complaints_learning.nouns.findings import Findings

Format = Literal["docx", "html", "xlsx", "pdf"]
Edition = Literal["public", "internal"]


class Made(Struct, frozen=True):
    """What `report` made.

    `files` are in the order of the formats asked for. `figures` is the table that `figures`
    gives. `problems` are the cells to look at; empty when every row was counted.
    """

    files: tuple[Path, ...]
    figures: pd.DataFrame
    problems: tuple[Problem, ...]


def report(
    workspace: str | Path,
    period: str,
    *,
    edition: Edition = "public",
    formats: Iterable[Format] = ("docx",),
    out: str | Path | None = None,
    template: str = "learning_report",
    strict: bool = False,
) -> Made:
    """Write the learning report of `period` and give its files, figures and problems.

    `workspace` is the folder with cl.toml. `period` is as on the command line: "2023",
    "2022-23Q3", "2022-10..2023-03", "last". Files go to `out`, or to out/PERIOD in the
    workspace. With `strict` nothing is written while a cell needs a look.

    Raises `errors.LearningError` (ReadError, SettingsError, WriteError ...) with a message for a
    person; then no file has changed.
    """
    from complaints_learning import pipeline
    from complaints_learning.nouns.counted import edition_of

    told = pipeline.report(
        Path(workspace),
        period,
        edition=edition_of(edition),
        formats=tuple(formats),
        out=Path(out) if out is not None else None,
        template=template,
        strict=strict,
    )
    return Made(told.outputs, _table(told.shown), told.problems)


def figures(workspace: str | Path, period: str, *, edition: Edition = "public") -> pd.DataFrame:
    """Every figure of `period`: a row each, indexed by its public name, in the order counted.

    value     float    a count, rate, median or score in `unit`; NaN when hidden or not known
    of        float    the denominator, a count; NaN when the figure is no share
    percent   float    100 * value / of, not rounded
    low, high float    95% interval, in `unit`; NaN when the figure has none
    unit      str      complaints, working days, pounds ...
    masked    bool     hidden because it is small, or because it would give a small one away
    meaning   str      in words

    The names are listed in docs/figures.md and the rules, with their sources, in
    docs/measures.md. Raises `errors.LearningError`.
    """
    from complaints_learning import pipeline
    from complaints_learning.nouns.counted import edition_of

    counted = pipeline.count(Path(workspace), period)
    return _table(pipeline.protect(counted, edition_of(edition)))


def themes(texts: Iterable[str], workspace: str | Path | None = None) -> pd.DataFrame:
    """The themes of any texts: one row for each text and theme; none for a text without theme.

    text        int     which text, from 0
    theme       str     a code of themes.toml, such as communication
    sub_theme   str     a code, or ''
    probability float   0 to 1: how often such words have meant the theme
    primary     bool    whether it is the text's main theme
    words       str     what in the text led there: as private as the text itself
    sure        bool    False: let a person look

    With `workspace` its own templates/themes.toml is used. Texts are read on this computer only.
    docs/explanation/themes.md says how themes are found and how often they are right. Raises
    `errors.SettingsError` when themes.toml is wrong.
    """
    import pandas as pd

    from complaints_learning import classify as stage
    from complaints_learning.jobs import labelling

    said = list(texts)
    frame = pd.DataFrame({"reference": [str(n) for n in range(len(said))], "text": said})
    found = stage.by_theme(frame, labelling.reader(Path(workspace) if workspace else None))
    kept = ["theme", "sub_theme", "probability", "primary", "words", "sure"]
    result = found[kept].astype({"theme": "str", "sub_theme": "str"})
    result.insert(0, "text", found["reference"].astype("int64"))
    return result


def _table(shown: Findings) -> pd.DataFrame:
    import pandas as pd

    rows = {
        name: (
            *(one.value, one.of, one.percent, one.low, one.high),
            *(one.unit, bool(one.masked), one.meaning),
        )
        for name, one in shown.figures.items()
    }
    columns = ["value", "of", "percent", "low", "high", "unit", "masked", "meaning"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    numbers = dict.fromkeys(columns[:5], "float64")
    return table.astype({**numbers, "unit": "str", "masked": "bool", "meaning": "str"}).rename_axis(
        "name"
    )
