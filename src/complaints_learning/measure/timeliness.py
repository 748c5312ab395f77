"""Stages of complaints in; how many were answered in time, by procedure and stage, out.

The rows are stages, not complaints: a stage 2 asked for in the period belongs to it, whenever
its stage 1 was.
"""

from __future__ import annotations

import numpy as np

from complaints_learning.measure import clocks
from complaints_learning.measure.clocks import Stages, Timed
from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Ledger, Scope, series
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import ChartPlan, Condition, Figure
from complaints_learning.nouns.records import PROCEDURES

NO_DATES = "the register has no dates of answers"
NO_PROCEDURE = "the register does not say which procedure, and so which time limit, applies"
NOTHING_TO_TIME = "no answer of the period has dates and a time limit to measure it by"
ANSWERED = where("state", "answered")
TENTH = 10
"""Under so many answers, what nine in ten took is what the slowest took: one family's own days."""
_UNIT = "answers"


def count(given: Given, scope: Scope) -> None:
    """Count every clock in `scope`."""
    ledger, stages = given.ledger, given.stages
    for clock in clocks.all_of(stages.prepared.settings.timeliness):
        _states(ledger, stages, scope, clock)
        _answers(ledger, stages, scope, clock)
        _spread(ledger, stages, scope, clock)
        ledger.compare_shares(f"{clock.stem}.on_time")
    for procedure in ("statutory", "corporate"):
        _acknowledged(ledger, stages, scope, procedure)


def _states(ledger: Ledger, stages: Stages, scope: Scope, clock: Timed) -> None:
    """All cases of the stage by state, and the open ones by whether they are overdue."""
    stem, title = clock.stem, clock.title
    table = stages.table
    ledger.count(
        scope, f"{stem}.cases", table, clock.rule, f"Cases {{when}} at {title}", unit="cases"
    )
    for state, name, what in (
        ("answered", "answered", "Answered, with dates that can be measured"),
        ("open", "open", f"Not yet answered on {wording.day(stages.prepared.day)}"),
        ("ended", "ended", "Withdrawn or not accepted, so no answer was due"),
        ("unmeasured", "unmeasured", "Answered, but a date is missing or before the start"),
    ):
        rule = (*clock.rule, where("state", state))
        of = f"{stem}.cases"
        ledger.count(
            scope, f"{stem}.{name}", table, rule, f"{title} {{when}}: {what}", of=of, unit="cases"
        )
    whole = [f"{stem}.{state}" for state in ("answered", "open", "ended", "unmeasured")]
    ledger.adds_up_in(scope, f"{stem}.cases", whole)
    waiting = (*clock.rule, where("state", "open"))
    for name, bands, what in (
        ("open.within_limit", ("within_limit", "none"), "still within the limit"),
        ("open.over_limit", ("within_extension", "over"), "already beyond the limit"),
    ):
        ledger.count(
            scope,
            f"{stem}.{name}",
            table,
            (*waiting, where("band", *bands)),
            f"{title} {{when}}: not yet answered and {what} of {clock.clock.days} working days",
            of=f"{stem}.open",
            unit="cases",
        )
    ledger.adds_up_in(
        scope, f"{stem}.open", [f"{stem}.open.within_limit", f"{stem}.open.over_limit"]
    )


def _answers(ledger: Ledger, stages: Stages, scope: Scope, clock: Timed) -> None:
    """The answered ones by how long they took."""
    stem, days, longest = clock.stem, clock.clock.days, clock.clock.extended
    ledger.facts[f"{stem}.limit"], ledger.facts[f"{stem}.longer_limit"] = str(days), str(longest)
    lines: tuple[tuple[str, tuple[Condition, ...], str], ...] = (
        (
            f"within_{days}",
            (where("band", "within_limit"),),
            f"answered within {days} working days",
        ),
        (
            f"within_{longest}",
            (where("band", "within_limit", "within_extension"),),
            f"answered within {longest} working days",
        ),
        (
            f"over_{longest}",
            (where("band", "over"),),
            f"answered after more than {longest} working days",
        ),
        (
            "on_time",
            (where("on_time", True),),
            f"answered within {days} working days, or within {longest} with an extension",
        ),
        (
            "on_time.longer",
            (where("band", "within_extension"), where("on_time", True)),
            f"answered after more than {days} working days and within {longest}, with an extension",
        ),
        ("late", (where("on_time", False),), "answered late"),
        (
            "late.longer",
            (where("band", "within_extension"), where("on_time", False)),
            f"answered after more than {days} working days and within {longest}, "
            "without an extension",
        ),
        ("extended", (where("extended", True),), "answered, with an extension recorded"),
        (
            "extended.on_time",
            (where("extended", True), where("on_time", True)),
            f"extended and answered within {longest} working days",
        ),
    )
    for name, rule, what in lines:
        ledger.count(
            scope,
            f"{stem}.{name}",
            stages.table,
            (*clock.rule, ANSWERED, *rule),
            f"{clock.title} {{when}}: {what}",
            of=f"{stem}.extended" if name == "extended.on_time" else f"{stem}.answered",
            unit=_UNIT,
        )
    whole = f"{stem}.answered"
    ledger.adds_up_in(scope, whole, [f"{stem}.on_time", f"{stem}.late"])
    ledger.adds_up_in(scope, whole, [f"{stem}.within_{longest}", f"{stem}.over_{longest}"])
    between = [f"{stem}.on_time.longer", f"{stem}.late.longer"]  # what the others leave
    ledger.adds_up_in(scope, f"{stem}.on_time", [f"{stem}.within_{days}", between[0]])
    ledger.adds_up_in(scope, f"{stem}.late", [f"{stem}.over_{longest}", between[1]])
    ledger.adds_up_in(scope, f"{stem}.within_{longest}", [f"{stem}.within_{days}", *between])


def _spread(ledger: Ledger, stages: Stages, scope: Scope, clock: Timed) -> None:
    """The median and the 90th percentile of working days."""
    rule = (scope.when, *clock.rule, ANSWERED)
    taken = stages.taken[stages.table.rows(rule)] if scope.known else np.array([])
    half = float(np.median(taken)) if len(taken) else None
    most = float(np.quantile(taken, 0.9, method="inverted_cdf")) if len(taken) else None
    for name, value, what, needs in (
        ("median", half, "half were answered in at most this", 0),
        ("p90", most, "nine in ten were answered in at most this", TENTH),
    ):
        ledger.add(
            Figure(
                scope.name(f"{clock.stem}.{name}"),
                value,
                f"{clock.title}: working days to the answer, {what}, {scope.words}",
                unit="working days",
                of_name=scope.name(f"{clock.stem}.answered"),
                base=len(taken) if scope.known else None,
                needs=needs,
                rows="stages",
                rule=rule,
            )
        )


def _acknowledged(ledger: Ledger, stages: Stages, scope: Scope, procedure: str) -> None:
    """Acknowledgements of stage 1, where the register records their date."""
    limit = stages.prepared.settings.timeliness.acknowledge
    rule = clocks.at(procedure, 1)
    title, stem = PROCEDURES[procedure], f"timely.{procedure}.acknowledged"
    ledger.count(
        scope,
        stem,
        stages.table,
        (*rule, where("acknowledgement", "in_time", "late")),
        f"{title}, stage 1 {{when}}: acknowledged on a date that the register holds",
        of=f"timely.{procedure}.stage_1.cases",
        unit="cases",
    )
    for name, value, what in (
        (f"within_{limit}", "in_time", f"acknowledged within {limit} working days"),
        (f"over_{limit}", "late", f"acknowledged after more than {limit} working days"),
    ):
        ledger.count(
            scope,
            f"{stem}.{name}",
            stages.table,
            (*rule, where("acknowledgement", value)),
            f"{title}, stage 1 {{when}}: {what}",
            of=stem,
            unit="cases",
        )
    ledger.adds_up_in(scope, stem, [f"{stem}.within_{limit}", f"{stem}.over_{limit}"])


def _why_not(stages: Stages) -> str:
    """Why no answer can be timed, so that nobody looks for dates which are there."""
    frame = stages.frame
    if frame["responded"].isna().all():
        return NO_DATES
    if not frame["procedure"].isin([name for name in PROCEDURES if name]).any():
        return NO_PROCEDURE
    return NOTHING_TO_TIME


def lay_out(given: Given) -> None:
    """The tables and the chart, of the clocks that ran in the period."""
    ledger, stages = given.ledger, given.stages
    every = clocks.all_of(stages.prepared.settings.timeliness)
    used = [clock for clock in every if ledger.value(f"{clock.stem}.cases")]
    answered = [clock for clock in used if ledger.value(f"{clock.stem}.answered")]
    if not answered:
        ledger.missing["timeliness"] = _why_not(stages)
        return
    ledger.grid(
        "timeliness",
        "Complaints answered on time, by procedure and stage, in working days",
        "Stage (limit / longer limit)",
        (
            *("Answers", "In the limit", "In the longer limit", "On time", "Share on time"),
            *("Median days", "Nine in ten in"),
        ),
        {
            f"{c.title} ({c.clock.days}/{c.clock.extended})": (
                ledger.shown(f"{c.stem}.answered"),
                ledger.shown(f"{c.stem}.within_{c.clock.days}", "percent"),
                ledger.shown(f"{c.stem}.within_{c.clock.extended}", "percent"),
                ledger.shown(f"{c.stem}.on_time"),
                ledger.shown(f"{c.stem}.on_time", "percent"),
                ledger.shown(f"{c.stem}.median"),
                ledger.shown(f"{c.stem}.p90"),
            )
            for c in answered
        },
        notes=(
            "On time: within the limit, or the longer limit where an extension was recorded.",
            "The day after the clock starts is day 1. Bank holidays are not working days.",
        ),
    )
    ledger.grid(
        "timeliness_open",
        f"Cases by whether they are answered, on {wording.day(stages.prepared.day)}",
        "Stage",
        ("Cases", "Answered", "Still open", "Open, over limit", "No answer due", "Not measured"),
        {
            c.title: (
                ledger.shown(f"{c.stem}.cases"),
                ledger.shown(f"{c.stem}.answered"),
                ledger.shown(f"{c.stem}.open"),
                ledger.shown(f"{c.stem}.open.over_limit"),
                ledger.shown(f"{c.stem}.ended"),
                ledger.shown(f"{c.stem}.unmeasured"),
            )
            for c in used
        },
        notes=(
            "No answer due: withdrawn or not accepted. Not measured: dates missing or disordered.",
        ),
    )
    ledger.chart(
        ChartPlan(
            "timeliness",
            "Share of complaints answered on time, by procedure and stage",
            "bars",
            tuple(clock.title for clock in answered),
            (series("On time", [f"{c.stem}.on_time" for c in answered], "percent"),),
            "percent of those answered",
            "timeliness",
        )
    )


MEASURE = Measure(count, lay_out=lay_out)
