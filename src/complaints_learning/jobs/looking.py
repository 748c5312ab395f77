"""A workspace in; what is known of it out: as it was kept, or read and counted now and kept.

For the commands that only look. Every byte that could change what they say goes into the key:
exports, settings, decisions, themes, the program itself, the day. A report never asks here; it
counts anew.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from complaints_learning import pipeline
from complaints_learning.nouns import cache
from complaints_learning.nouns import period as periods
from complaints_learning.nouns.counted import Overview
from complaints_learning.nouns.period import Period
from complaints_learning.nouns.records import Checked
from complaints_learning.read import cache as reading
from complaints_learning.read import fingerprints, passwords, texts
from complaints_learning.write import cache as writing

if TYPE_CHECKING:
    from complaints_learning.nouns.counted import Step


def checked(workspace: Path, step: Step, anew: bool = False) -> Checked:
    """What `pipeline.check` says; without tables when it was kept. Raises LearningError."""
    key = "" if anew else _key(workspace, "check")
    found = reading.found(workspace, key) if key else None
    if found is not None:
        return found.checked
    made = pipeline.check(workspace, step)
    # without a register, files that are no source are looked at as well
    if (
        key and not made.stops and key == _key(workspace, "check")
    ):  # else it may be of neither state of the files
        writing.keep(workspace, cache.of(key, made))
    return made


def overview(
    workspace: Path, period: str, step: Step, anew: bool = False, evidence: bool = False
) -> Overview:
    """What `pipeline.count` finds for the period as typed. Raises LearningError."""
    settings = texts.choices(workspace)
    when = periods.parse(period, settings.periods.naming)
    key = "" if anew else _key(workspace, "count", *_said(when))
    found = reading.found(workspace, key) if key else None
    if found is not None and found.findings is not None:
        return Overview(settings, when, found.findings, found.problems, found.titles)
    counted = pipeline.count(workspace, period, step=step, evidence=evidence)
    titles = {theme.code: theme.title for theme in counted.themes}
    if key and key == _key(workspace, "count", *_said(counted.period)):
        writing.keep(workspace, cache.of(key, counted.checked, counted.findings, titles))
    return Overview(
        counted.settings, counted.period, counted.findings, counted.problems, titles, counted
    )


def _said(when: Period) -> tuple[str, ...]:
    return when.start.isoformat(), when.end.isoformat(), when.label, when.kind


def _key(workspace: Path, *asked: str) -> str:
    """The fingerprint of all that goes in, or '' when it cannot be known."""
    if passwords.given():  # what is read then depends on a file elsewhere
        return ""
    settings = texts.choices(workspace)
    went_in = fingerprints.counting(workspace, settings)
    return cache.key({**went_in, **fingerprints.program()}, date.today().isoformat(), *asked)
