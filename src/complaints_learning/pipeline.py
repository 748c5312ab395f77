"""The story in order: read, check, classify, measure, protect, tell, draw, write.

The main place where stages meet; docs/architecture.md names the others. Each step takes values
and gives new ones; stages are imported when their turn comes, so that a quick command does not
wait for a slow library.
"""

from __future__ import annotations

import hashlib
import time
from datetime import date
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from complaints_learning import __version__
from complaints_learning.nouns import period as periods
from complaints_learning.nouns import processes
from complaints_learning.nouns.counted import Counted, Edition, Overview, Step, Told, quiet
from complaints_learning.nouns.errors import ReadError, SettingsError
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.proposal import Proposal
from complaints_learning.nouns.raw import Raw
from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.runs import PRINT
from complaints_learning.nouns.settings import Settings

LEARNING_REPORT = "learning_report"
FORMATS = ("docx", "html", "xlsx", "pdf")


def count(
    workspace: Path,
    period: str,
    today: date | None = None,
    step: Step = quiet,
    evidence: bool = False,
) -> Counted:
    """Read, check, classify and measure. `period` is as typed; raises LearningError.

    With `evidence` each label keeps the words that led to it.
    """
    from complaints_learning.read import texts

    settings = texts.choices(workspace)
    when = periods.parse(period, settings.periods.naming, today)
    with processes.Spare("complaints_learning.classify.child") as spare:
        raw, found = checked(workspace, settings, step, spare)
        if found.stops:
            first = found.stops[0]
            raise ReadError(f"{first.place}: {first.message}", first.hint, first.code)
        step("finding themes")
        from complaints_learning import check as stage
        from complaints_learning import measure
        from complaints_learning.jobs import keeping, labelling, publishing
        from complaints_learning.measure import rare

        reader = labelling.reader(workspace)
        themes = reader.themes
        complaints = found.frames["complaints"]
        result = labelling.themed(complaints, workspace, settings, reader, evidence, spare)
    labelled = result.labelled
    public = publishing.approved(complaints, labelled, result.decisions, raw, when, settings)
    words = complaints[["received", "text", "file", "sheet", "row"]]
    empty = stage.within(complaints, when, settings.periods)
    # what was said goes no further, but for the sentences that a person approved
    found = rare.together(result.onto(found).without_words(), settings)
    found = replace(found, problems=(*found.problems, *public.problems, *empty))
    step("counting")
    with keeping.bank_holidays():
        findings = measure.findings(found, labelled, when, settings, themes, today or date.today())
    findings = replace(findings, quotations=public.quotations, learning=public.learning)
    findings = replace(findings, facts={**findings.facts, **result.facts()})
    return Counted(workspace, settings, when, themes, found, labelled, findings, raw, words)


def check(workspace: Path, step: Step = quiet) -> Checked:
    """Read and check a workspace and its review workbook. Raises LearningError."""
    from complaints_learning.jobs import labelling, publishing
    from complaints_learning.read import texts

    settings = texts.choices(workspace)
    raw, found = checked(workspace, settings, step)
    if found.stops:
        return found
    complaints, themes = found.frames["complaints"], texts.themes(workspace)
    decided = labelling.decisions(workspace, settings, themes, complaints)
    more = (
        *labelling.problems(complaints, decided),
        *publishing.problems(complaints, decided, raw, workspace, settings),
    )
    return replace(found, problems=(*found.problems, *more))


def checked(
    workspace: Path,
    settings: Settings,
    step: Step = quiet,
    spare: processes.Spare | None = None,
) -> tuple[Raw, Checked]:
    """A workspace as it was typed and as it was understood. Raises LearningError.

    `spare`, a second process, is started for a large register.
    """
    from complaints_learning import read
    from complaints_learning.read import texts

    step("reading")
    raw = read.workspace(workspace, settings, partial(_load, spare))
    step("checking")
    from complaints_learning import check as stage

    found = stage.everything(raw, settings, texts.own_themes(workspace))
    if any(stop.code == "register-missing" for stop in found.stops):
        like = dict(propose(workspace).sources).get("register", ())
        found = replace(found, stops=tuple(stage.elsewhere(stop, like) for stop in found.stops))
    return raw, found


_LARGE = 5_000_000
"""Bytes of a workbook whose texts are so many that a second process pays."""


def _load(spare: processes.Spare | None, size: int) -> None:
    """Load what comes after reading: a second's work for a second core."""
    if spare is not None and size > _LARGE:
        spare.start()
    from complaints_learning import check, classify, measure, protect, tell, write  # noqa: F401
    from complaints_learning.jobs import keeping, labelling, publishing  # noqa: F401
    from complaints_learning.measure import working_days

    with keeping.bank_holidays():
        working_days.bank_holidays(2020, 2021)  # any years: what it takes is loaded by asking
    write.ready(("docx",))


def propose(folder: Path) -> Proposal:
    """What a folder of exports seems to hold."""
    from complaints_learning import check as stage
    from complaints_learning import read

    found, problems = read.candidates(folder)
    return stage.proposal(found, problems)


def protect(counted: Counted | Overview, edition: Edition) -> Findings:
    """The findings that this edition may show."""
    from complaints_learning import protect as stage

    return stage.for_edition(counted.findings, edition, counted.settings.small_numbers)


def tell(counted: Counted, edition: Edition, template: str = LEARNING_REPORT) -> Told:
    """The report in words, from protected findings only."""
    from complaints_learning import tell as stage
    from complaints_learning.jobs import keeping
    from complaints_learning.read import texts

    shown = protect(counted, edition)
    settings = counted.settings
    given = texts.report_texts(template, counted.workspace)
    own_title = settings.report.title if template == LEARNING_REPORT else ""
    about = stage.context(
        settings,
        counted.period,
        counted.checked,
        edition,
        __version__,
        counted.day,
        own_title or given.title,
    )
    with keeping.templates(template) as compiled:
        told = stage.learning_report(
            shown,
            given,
            counted.themes,
            about,
            words=settings.report.small_words,
            source=_source(counted),
            compiled=compiled,
        )
    return Told(counted, shown, told, given)


def report(
    workspace: Path,
    period: str,
    *,
    edition: Edition = "public",
    formats: tuple[str, ...] = ("docx",),
    out: Path | None = None,
    template: str = LEARNING_REPORT,
    strict: bool = False,
    today: date | None = None,
    step: Step = quiet,
) -> Told:
    """The whole job: from a workspace to the files of a report and their run record.

    `formats` are any of docx, html, xlsx and pdf. With `strict` a problem stops the run before
    anything is written. Raises LearningError; nothing half-written is left.
    """
    from complaints_learning import write
    from complaints_learning.draw import apart
    from complaints_learning.jobs import finishing, recording
    from complaints_learning.read import texts

    began = time.monotonic()
    png = "docx" in formats or "pdf" in formats
    with write.alone(workspace, "report"), apart.pictures(png) as pictures:
        counted = count(workspace, period, today, step)
        if strict and counted.problems:
            raise SettingsError(
                f"{len(counted.problems)} things need a look, and --strict writes nothing then.",
                "See them with: cl check",
                code="strict",
            )
        step("telling")
        told = tell(counted, edition, template)
        step("drawing")
        style = texts.chart_style(workspace)
        pictures.begin(told.report, style, png=png, svg="html" in formats)
        write.ready(formats)
        folder = recording.folder(workspace, counted.period, out)
        asked = recording.options(
            workspace,
            folder,
            period=counted.period.typed,
            edition=edition,
            formats=formats,
            template=template,
            strict=strict,
        )
        return finishing.files(told, pictures, folder, asked, began, step)


def _source(counted: Counted) -> str:
    """Version and a fingerprint of all inputs: the same for the same input."""
    together = "".join(sorted(one.sha256 for one in counted.checked.sources))
    return f"{__version__} {hashlib.sha256(together.encode()).hexdigest()[:PRINT]}"
