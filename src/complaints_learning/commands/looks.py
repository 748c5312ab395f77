"""The opening of every command that only looks at the figures of a period."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from complaints_learning.commands import say
from complaints_learning.nouns import wording

if TYPE_CHECKING:
    from complaints_learning.nouns.counted import Overview
    from complaints_learning.nouns.findings import Findings


def at(workspace: Path | None, period: str, edition: str, anew: bool) -> tuple[Overview, Findings]:
    """What is known of the period, and what the edition may show of it. Raises LearningError."""
    from complaints_learning import pipeline
    from complaints_learning.jobs import looking
    from complaints_learning.nouns.counted import edition_of
    from complaints_learning.read import places

    overview = looking.overview(places.workspace(workspace), period, say.step, anew)
    return overview, pipeline.protect(overview, edition_of(edition))


def hidden(said: Iterable[str], command: str) -> None:
    """Say what stands for a number that is not shown, where one does, and how to see it."""
    if any(wording.HIDDEN in one for one in said):
        internal = say.line(f"{command} --edition internal")
        say.note(f"{wording.HIDDEN}: a small number, not shown in public. To see it: {internal}")
