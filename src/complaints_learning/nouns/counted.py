"""What a run has in hand: a workspace counted for a period, and a report told from it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from complaints_learning.nouns.errors import Problem, SettingsError
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.period import Period
from complaints_learning.nouns.raw import Raw
from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.report import Report
from complaints_learning.nouns.settings import Settings
from complaints_learning.nouns.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.nouns.themes import Themes

Edition = Literal["public", "internal"]
Step = Callable[[str], None]
"""Is told what is being done now, such as 'reading'."""


def quiet(_: str) -> None:
    """No progress."""


def edition_of(text: str) -> Edition:
    """The edition as typed. Raises SettingsError when it is neither."""
    if text not in ("public", "internal"):
        close = difflib.get_close_matches(text.casefold(), ("public", "internal"), n=1)
        meant = f"Did you mean {close[0]}? " if close else ""
        raise SettingsError(
            f"--edition '{text}': it is public or internal.",
            f"{meant}public masks small numbers; internal shows all and says so on every page.",
            code="edition-unknown",
        )
    return "internal" if text == "internal" else "public"


class Counted(Struct, frozen=True):
    """A workspace read, checked, classified and measured for one period.

    Nothing in `checked` says what a complaint said. `words` does, for the gate alone, which looks
    for them in the finished files: received, text, file, sheet and row of each complaint.
    """

    workspace: Path
    settings: Settings
    period: Period
    themes: Themes
    checked: Checked
    labelled: pd.DataFrame
    findings: Findings
    raw: Raw
    words: pd.DataFrame

    @property
    def day(self) -> date:
        """The day the report speaks for: set in cl.toml, or the day of the run."""
        return date.fromisoformat(self.findings.facts["day"])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every cell to look at, in the order of the inputs."""
        return self.checked.problems

    @property
    def exit_code(self) -> int:
        """0 when everything was counted, 3 when a person should look at something."""
        return 3 if self.problems else 0


class Told(Struct, frozen=True):
    """A report told: what was counted and shown, the texts, and the files and record once written.

    `late` are the inputs that changed while it was made, `kept` the older files that people had
    edited, under the names that they have now, `overlaps` other periods with public reports that
    share days with this one.
    """

    counted: Counted
    shown: Findings
    report: Report
    texts: Texts
    outputs: tuple[Path, ...] = ()
    record: Path | None = None
    late: tuple[Problem, ...] = ()
    kept: tuple[Path, ...] = ()
    overlaps: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to look at."""
        return (*self.counted.problems, *self.late)

    @property
    def exit_code(self) -> int:
        """0 when everything was counted, 3 when a person should look at something."""
        return 3 if self.problems else 0


class Overview(Struct, frozen=True):
    """The findings of a period, the cells to look at, and the themes' titles by their codes.

    `counted` has the tables when they were counted just now.
    """

    settings: Settings
    period: Period
    findings: Findings
    problems: tuple[Problem, ...]
    titles: Mapping[str, str]
    counted: Counted | None = None
