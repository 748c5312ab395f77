"""A finished run in, its record out; and a record read back: is anything changed since, and what.

`runs` is the shape of a record, `comparing` holds two together, `rerunning` makes one again.
"""

from __future__ import annotations

import codecs
import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from complaints_learning import __version__
from complaints_learning.nouns import period as periods
from complaints_learning.nouns import runs
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.runs import File, Input, Options, Run, Shown, Span
from complaints_learning.read import fingerprints, texts

if TYPE_CHECKING:
    from complaints_learning.nouns.counted import Counted, Told
    from complaints_learning.nouns.findings import Figure
    from complaints_learning.nouns.period import Period
    from complaints_learning.nouns.records import Source

Same = tuple[str, ...]
_ROWS = "rows."


def folder(workspace: Path, period: Period, out: Path | None = None) -> Path:
    """Where a report of the period goes."""
    return out or workspace / "out" / period.label


def run(
    told: Told,
    options: Options,
    outputs: Sequence[Path],
    began: float,
    folder: Path,
    last: Sequence[File],
) -> Run:
    """The record of a run whose files lie finished in a draft of their folder; `last` are `written`
    there before."""
    counted = told.counted
    made = tuple(File(path.name, fingerprints.of(path)) for path in outputs)
    settings, span = counted.settings, counted.period
    internal = options.edition == "internal"
    chosen = fingerprints.choices(counted.workspace, settings, options.template)
    return Run(
        schema=runs.SCHEMA,
        version=__version__,
        made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        seconds=round(time.monotonic() - began, 2),
        options=options,
        period=Span(span.label, span.start.isoformat(), span.end.isoformat()),
        day=counted.day.isoformat(),
        inputs=_inputs(counted.checked.sources, internal),
        choices=_files(chosen),
        rows={
            name.removeprefix(_ROWS): figure.value
            for name, figure in sorted(told.shown.figures.items())
            if name.startswith(_ROWS)
        },
        figures={
            name: _shown(figure, internal) for name, figure in sorted(told.shown.figures.items())
        },
        outputs=made,
        warnings=_warnings(told.problems, internal),
        exit_code=told.exit_code,
        tables=_tables(counted) if internal else {},
        beside=tuple(
            one
            for one in last
            if one.file not in {new.file for new in made}
            and fingerprints.of(folder / one.file) == one.sha256
        ),
    )


def _inputs(sources: Sequence[Source], internal: bool) -> tuple[Input, ...]:
    """Inside, each file and its rows; in public no file by whose name somebody may be known."""
    if internal:
        return tuple(Input(one.file, one.sha256, one.table, one.rows) for one in sources)
    return tuple(
        Input(where, runs.together([one.sha256 for one in some]), some[0].table, None)
        for where, some in runs.gathered(sources).items()
    )


def _shown(figure: Figure, internal: bool) -> Shown:
    shown = Shown(figure.value, figure.of, figure.unit, bool(figure.masked))
    if not internal or not figure.rows:
        return shown
    rule = tuple((one.column, tuple(map(runs.plain, one.values))) for one in figure.rule)
    return Shown(shown.value, shown.of, shown.unit, shown.masked, figure.rows, rule)


def _tables(counted: Counted) -> dict[str, runs.Coded]:
    from complaints_learning import measure

    tables = measure.tables(
        counted.checked, counted.labelled, counted.period, counted.settings, counted.day
    )
    return measure.coded_rows(counted.findings.figures.values(), tables)


def _warnings(problems: Iterable[Problem], internal: bool) -> dict[str, int | None]:
    """How many of each kind, inside; in public only which: it may be a hidden outcome's number."""
    found = Counter(one.code for one in problems)
    return {code: n if internal else None for code, n in sorted(found.items())}


def _files(marked: Mapping[str, str]) -> tuple[File, ...]:
    return tuple(File(name, mark) for name, mark in sorted(marked.items()))


def moved(counted: Counted) -> tuple[Problem, ...]:
    """The inputs that are no longer what was read: replaced while the report was made."""
    now = fingerprints.inputs(counted.workspace, counted.settings)
    return tuple(
        Problem(
            "input-changed",
            "changed while the report was made; the report shows what it held before.",
            Place(one.file),
            "Run again when nobody is saving it.",
        )
        for one in counted.checked.sources
        if now.get(one.file) != one.sha256
    )


def options(
    workspace: Path,
    target: Path,
    *,
    period: str,
    edition: str,
    formats: tuple[str, ...],
    template: str,
    strict: bool,
) -> Options:
    """What was asked for, with the way from the record's folder to the workspace."""
    home, at = workspace.resolve(), target.resolve()
    way = Path(os.path.relpath(home, at)).as_posix() if at.is_relative_to(home) else ""
    return Options("report", period, edition, formats, template, strict, way)


def read_back(path: Path) -> Run:
    """A record from its file, or from the folder that holds it. Raises ReadError."""
    path = within(path)
    return runs.parse(texts.data(path).removeprefix(codecs.BOM_UTF8), path.name)


def within(path: Path) -> Path:
    """A record, or the one in a folder: the public one where there are both."""
    if not path.is_dir():
        return path
    both = [path / runs.name(edition, "learning_report") for edition in ("public", "internal")]
    return next((one for one in both if one.is_file()), both[0])


def unchanged(
    workspace: Path,
    out: Path | None,
    period: str,
    edition: str,
    formats: tuple[str, ...],
    template: str,
    strict: bool,
    today: date | None = None,
) -> Run | None:
    """The record of the last such run, when doing it again would give the same report.

    Same inputs, settings, templates, version and options, and the outputs are there as written.
    The day is not looked at: without [report] date a report of a later day may judge an action
    overdue that was not.
    """
    settings = texts.choices(workspace)
    span = periods.parse(period, settings.periods.naming, today)
    target = folder(workspace, span, out)
    path = target / runs.name(edition, template)
    if not path.is_file():
        return None
    try:
        last = read_back(path)
    except Exception:  # a record that cannot be read is no reason not to make the report
        return None
    asked = options(
        workspace,
        target,
        period=span.typed,
        edition=edition,
        formats=formats,
        template=template,
        strict=strict,
    )
    same = (
        last.version == __version__
        and last.options == asked
        and not changed(last, workspace)
        and all(fingerprints.of(target / one.file) == one.sha256 for one in last.outputs)
    )
    return last if same else None


def written(record: Path) -> tuple[File, ...]:
    """What the runs up to this record wrote; without one nothing says that a file is ours."""
    try:
        last = read_back(record)
    except Exception:  # a record that cannot be read is no reason not to make the report
        return ()
    return (*last.outputs, *last.beside)


def edited(folder: Path, run: Run, last: Sequence[File]) -> dict[Path, Path]:
    """The older files that this run would write over and no run wrote, each with a free name.

    A file that is neither as `last` has it, which the folder's record tells, nor as this run writes
    it, is somebody's work.
    """
    ours = {(one.file, one.sha256) for one in (*run.outputs, *last)}
    there = [folder / one.file for one in run.outputs if (folder / one.file).is_file()]
    return {at: _free(at) for at in there if (at.name, fingerprints.of(at)) not in ours}


def overlapping(workspace: Path, period: Period) -> tuple[str, ...]:
    """The other periods in `out` with a public report that shares days with this one.

    Two reports that share days can be taken from each other, and so what one of them hides.
    """
    found = []
    first, end = period.start.isoformat(), period.end.isoformat()
    for record in sorted((workspace / "out").glob("*/run*.json")):
        with suppress(Exception):  # a record that cannot be read says nothing
            last = read_back(record)
            shared = last.period.start <= end and first <= last.period.end
            if shared and not last.internal and last.period.label != period.label:
                found.append(last.period.label)
    return tuple(dict.fromkeys(found))


def _free(path: Path) -> Path:
    ends = chain([""], (f"-{n}" for n in count(2)))
    names = (path.with_name(f"{path.stem}-edited{end}{path.suffix}") for end in ends)
    return next(name for name in names if not name.exists())


def changed(last: Run, workspace: Path) -> Same:
    """What is not as it was in a run, a line each: inputs, settings, templates, version."""
    settings = texts.choices(workspace)
    now = fingerprints.inputs(workspace, settings) | fingerprints.choices(
        workspace, settings, last.options.template
    )
    version = last.version == __version__
    lines = [] if version else [f"version: {last.version}, now {__version__}"]
    return (*lines, *runs.other(last.went_in, runs.like(last.went_in, now)))
