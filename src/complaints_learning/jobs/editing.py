"""An edited report and its workspace in; what no longer matches, or the refreshed file, out.

Like `pipeline`, on which it builds, this is a place where stages meet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints_learning import pipeline
from complaints_learning.nouns.counted import Counted, Step, Told, edition_of, quiet
from complaints_learning.nouns.errors import Place, Problem, ReadError, SettingsError, WriteError
from complaints_learning.nouns.texts import Texts
from complaints_learning.read import edited, texts
from complaints_learning.word.live import contents, differences
from complaints_learning.word.live.contents import Contents
from complaints_learning.word.live.difference import Difference
from complaints_learning.word.live.expected import Expected

if TYPE_CHECKING:
    from complaints_learning.word.package import Package


class Verified(Struct, frozen=True):
    """An edited report held against the data: what was found in it, and what differs."""

    told: Told
    found: Contents
    differences: tuple[Difference, ...]
    private: tuple[Problem, ...] = ()
    """Where a public report holds private words that somebody typed."""

    @property
    def strange(self) -> bool:
        """Whether so much differs that it may be the report of other data altogether."""
        kinds = ("figure", "cell", "unknown")
        return sum(one.kind in kinds for one in self.differences) > max(
            20, len(self.found.figures) // 2
        )

    @property
    def exit_code(self) -> int:
        """0 when all match and nothing private was typed, else 3."""
        return 3 if self.differences or self.private else 0


class Refreshed(Struct, frozen=True):
    """A refreshed file: where it is, what was changed, and what a person must still look at."""

    told: Told
    target: Path
    changed: tuple[Difference, ...]
    left: tuple[Difference, ...]

    @property
    def exit_code(self) -> int:
        """0 when all match now, 3 when sentences or typed numbers need a person."""
        return 3 if self.left else 0


def check(path: Path, workspace: Path | None = None, step: Step = quiet) -> tuple[Problem, ...]:
    """What stands between a Word file and publication. Raises LearningError.

    With a workspace its private words are looked for too, but in an internal report: that may
    hold them.
    """
    from complaints_learning.word import audit

    package = edited.report(path)
    problems = audit.document(package)
    if workspace is None:
        return problems
    shown = contents.of(package)
    if shown.edition == "internal":
        return problems
    counted = pipeline.count(workspace, shown.period or "last", step=step)
    told_by = texts.report_texts(_template(shown), workspace)
    return (*problems, *_private(path, counted, told_by, step))


def _template(shown: Contents, asked: str = "") -> str:
    """The texts that a report was told by: as asked for, as the file says, or the usual ones."""
    said = shown.template if shown.template.isidentifier() else ""  # never a path to elsewhere
    return asked or said or pipeline.LEARNING_REPORT


def _private(path: Path, counted: Counted, told_by: Texts, step: Step) -> tuple[Problem, ...]:
    """Each place of a Word file that holds something private: the place, never the words."""
    from complaints_learning.jobs import finishing

    step("looking for private words")
    return tuple(
        Problem("private-found", hit.what, Place(file=hit.file), TYPED)
        for hit in finishing.Gate(counted, told_by).hits([path])
    )


TYPED = "Take it out in Word, or where it comes from, before the file goes out."


def verify(
    path: Path,
    workspace: Path,
    *,
    period: str = "",
    edition: str = "",
    template: str = "",
    step: Step = quiet,
) -> Verified:
    """Compare an edited report with the data, and look for private words in a public one.

    Raises LearningError.
    Period, edition and template are those that the report says it shows, unless they are given.
    """
    package = edited.report(path)
    shown, told, said = _both(package, workspace, period, edition, template, step)
    public = told.report.edition == "public"
    private = _private(path, told.counted, told.texts, step) if public else ()
    return Verified(told, shown, differences.differences(shown, said), private)


def refresh(
    path: Path,
    workspace: Path,
    out: Path | None,
    *,
    period: str = "",
    edition: str = "",
    template: str = "",
    step: Step = quiet,
) -> Refreshed:
    """Write the edited report with its figures brought up to date. Raises LearningError.

    Without `out` it goes beside the edited one, where no file may be: who edits the refreshed file
    and refreshes the first one again would lose the work.

    What people typed into a public report is looked through for private words, as everything of
    the public edition is; on a hit nothing is written.
    """
    from complaints_learning import draw, write
    from complaints_learning.jobs import finishing
    from complaints_learning.word import package as packages

    target = out or path.with_name(f"{path.stem}-refreshed.docx")
    write.named(target, ".docx")
    if out is None and target.exists():
        raise WriteError(
            f"{target.name}: is there already, and somebody may have edited it.",
            "Name another file with --out, or the same to write over it.",
            code="output-there",
        )
    package = edited.report(path)
    shown, told, said = _both(package, workspace, period, edition, template, step)
    step("drawing")
    pictures = draw.charts(told.report, style=texts.chart_style(workspace), png=True, svg=False)
    step("refreshing")
    data, changed = write.refreshed(package, shown, said, pictures)
    again = contents.of(packages.opened(data, target.name))
    with write.draft(target.parent) as draft:
        made = draft / target.name
        write.whole(made, data)
        if told.report.edition == "public":
            step("looking for private words")
            finishing.Gate(told.counted, told.texts).stop([made])
        write.publish([made], target.parent)
    return Refreshed(told, target, changed, differences.differences(again, said))


def _both(
    package: Package, workspace: Path, period: str, edition: str, template: str, step: Step
) -> tuple[Contents, Told, Expected]:
    """What the file shows, the report as the data would tell it now, and what its tags say then."""
    shown = contents.of(package)
    if not (shown.figures or shown.tables or shown.charts or shown.listed):
        raise ReadError(
            f"{package.name}: it holds no live figures, so there is nothing to compare.",
            "Name a report that cl report wrote; a copy pasted into another file loses them.",
            code="document-without-figures",
        )
    wanted = period or shown.period
    if not wanted:
        raise SettingsError(
            f"{package.name}: it no longer says which period it shows.",
            "Add it: --period 2023",
            code="period-missing",
        )
    counted = pipeline.count(workspace, wanted, step=step)
    if shown.period and counted.period.label != shown.period:
        raise SettingsError(
            f"{package.name}: shows {shown.period}, not {counted.period.label}.",
            "Leave --period out, or write a new report for the other period with cl report.",
            code="document-other-period",
        )
    which = edition_of(edition or shown.edition or "public")
    told = pipeline.tell(counted, which, _template(shown, template))
    return shown, told, Expected(told.shown, told.report)
