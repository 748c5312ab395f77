"""A run record in; its report made again to the same bytes, or what differs, out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from complaints_learning import pipeline, write
from complaints_learning.jobs import recording
from complaints_learning.jobs.recording import Same
from complaints_learning.nouns.cache import FOLDER
from complaints_learning.nouns.counted import Step, edition_of
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.runs import Run
from complaints_learning.read import fingerprints, places


class Again(Struct, frozen=True):
    """A report made again: what differs from the first time, and where it is now, if kept."""

    run: Run
    inputs: Same
    outputs: Same
    made: tuple[Path, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when every byte is the same, 3 when not."""
        return 3 if self.inputs or self.outputs else 0


def rerun(path: Path, workspace: Path | None, out: Path | None, step: Step) -> Again:
    """Make a recorded report again and compare its bytes. Raises LearningError.

    When an input has changed that is said and nothing is made, unless `out` is given: then the
    report is made there from what there is now. Without `out` nothing is kept.
    """
    path = recording.within(path)
    last = recording.read_back(path)
    home = _home(path, last, workspace)
    differs = recording.changed(last, home)
    if differs and out is None:
        return Again(last, differs, ())
    with write.draft(home / FOLDER) as aside:
        target = out or aside
        told = pipeline.report(
            home,
            last.options.period,
            edition=edition_of(last.options.edition),
            formats=last.options.formats,
            template=last.options.template,
            strict=last.options.strict,
            out=target,
            today=date.fromisoformat(last.day),
            step=step,
        )
        then = {one.file: one.sha256 for one in last.outputs}
        other = tuple(
            f"{one.name}: its bytes are not the same"
            for one in told.outputs
            if fingerprints.of(one) != then.get(one.name)
        )
    return Again(last, differs, other, told.outputs if out is not None else ())


def _home(path: Path, last: Run, given: Path | None) -> Path:
    if given is not None:
        return places.workspace(given)
    if last.options.workspace:
        home = path.resolve().parent / last.options.workspace
        if (home / "cl.toml").is_file():
            return home.resolve()
        raise SettingsError(
            f"{path.name}: its workspace is not where it was beside it: was the file copied?",
            "Name it: --workspace DIR",
            code="workspace-missing",
        )
    raise SettingsError(
        f"{path.name}: does not say where its workspace is, because the files went elsewhere.",
        "Name it: --workspace DIR",
        code="workspace-missing",
    )
