"""How many complaints, by procedure, stage, outcome and service: counts and their sums."""

from __future__ import annotations

from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Ledger, Scope, series
from complaints_learning.measure.prepare import Prepared
from complaints_learning.nouns.findings import Cell, ChartPlan
from complaints_learning.nouns.records import OUTCOMES, PROCEDURES, UPHELD

COMPLAINT = where("kind", "complaint")
UPHELD_OR_PARTLY = where("outcome", *UPHELD)
DECIDED_OUTCOMES = ("upheld", "partly_upheld", "not_upheld")
OUTCOME_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "upheld": ("Upheld", ("upheld",)),
    "partly_upheld": ("Partially upheld", ("partly_upheld",)),
    "not_upheld": ("Not upheld", ("not_upheld",)),
    "closed": ("Closed without a finding", ("resolved", "no_finding", "withdrawn", "refused")),
    "unclear": (
        "Open, or outcome missing or not recognised",
        ("open", "not_recorded", "unknown"),
    ),
}
"""The outcomes as tables by procedure show them: title, and the outcomes in the group."""
PROCEDURE_SLUGS = {"statutory": "statutory", "corporate": "corporate", "": "not_stated"}
"""How figures name the procedures."""


def count(given: Given, scope: Scope) -> None:
    """Count the headline in `scope`."""
    ledger, prepared = given.ledger, given.prepared
    table = prepared.complaints
    ledger.count(scope, "received", table, (COMPLAINT,), "Complaints received")
    ledger.count(
        scope,
        "decided",
        table,
        (COMPLAINT, where("outcome", *DECIDED_OUTCOMES)),
        "Complaints received {when} with a decision: upheld, partially or not upheld",
        of="received",
    )
    for stem, of in (("upheld_or_partly", "received"), ("upheld_or_partly.of_decided", "decided")):
        ledger.count(
            scope,
            stem,
            table,
            (COMPLAINT, UPHELD_OR_PARTLY),
            "Complaints upheld or partially upheld",
            of=of,
        )
    ledger.same(scope.name("upheld_or_partly"), scope.name("upheld_or_partly.of_decided"))
    procedures = _procedures(prepared)
    compared = _by_procedure(ledger, prepared, scope, procedures)
    _by_outcome(ledger, prepared, scope, procedures)
    _by_service(ledger, prepared, scope)
    ledger.compare("received", "decided", "upheld_or_partly", *compared)
    ledger.compare_shares("upheld_or_partly", "upheld_or_partly.of_decided")


def _procedures(prepared: Prepared) -> list[str]:
    """The two procedures, and '' when some complaint of any year states none."""
    found = prepared.complaints.narrowed(COMPLAINT).values("procedure")
    return [p for p in PROCEDURES if p or "" in found]


def _by_procedure(
    ledger: Ledger, prepared: Prepared, scope: Scope, procedures: list[str]
) -> list[str]:
    table, compared = prepared.complaints, []
    for stage in (1, 2, 3):
        ledger.count(
            scope,
            f"received.stage_{stage}",
            table,
            (COMPLAINT, where("stage", stage)),
            f"Complaints received {{when}} whose highest stage is {stage}",
            of="received",
        )
    for procedure in procedures:
        slug, title = PROCEDURE_SLUGS[procedure], PROCEDURES[procedure].lower()
        rule = (COMPLAINT, where("procedure", procedure))
        what = f"procedure {title}"
        ledger.count(
            scope,
            f"received.{slug}",
            table,
            rule,
            f"Complaints received {{when}}, {what}",
            of="received",
        )
        ledger.count(
            scope,
            f"upheld_or_partly.{slug}",
            table,
            (*rule, UPHELD_OR_PARTLY),
            f"Complaints upheld or partially upheld {{when}}, {what}",
            of=f"received.{slug}",
        )
        for stage in (1, 2, 3):
            ledger.count(
                scope,
                f"received.{slug}.stage_{stage}",
                table,
                (*rule, where("stage", stage)),
                f"Complaints received {{when}}, {what}, whose highest stage is {stage}",
                of=f"received.{slug}",
            )
        compared += [f"received.{slug}", f"upheld_or_partly.{slug}"]
    used = [PROCEDURE_SLUGS[procedure] for procedure in procedures]
    for whole in ("received", "upheld_or_partly"):
        ledger.adds_up_in(scope, whole, [f"{whole}.{slug}" for slug in used])
    for slug in ("", *used):
        whole = f"received.{slug}".rstrip(".")
        ledger.adds_up_in(scope, whole, [f"{whole}.stage_{stage}" for stage in (1, 2, 3)])
    for stage in (1, 2, 3):
        ledger.adds_up_in(
            scope,
            f"received.stage_{stage}",
            [f"received.{slug}.stage_{stage}" for slug in used],
        )
    return compared


def _by_outcome(ledger: Ledger, prepared: Prepared, scope: Scope, procedures: list[str]) -> None:
    """Every outcome for all complaints; by procedure the groups, so that few must be hidden."""
    table = prepared.complaints
    for outcome, title in OUTCOMES.items():
        rule = (COMPLAINT, where("outcome", outcome))
        what = f"Complaints {{when}} with the outcome '{title}'"
        ledger.count(scope, f"outcome.{outcome}", table, rule, what, of="received")
    for group, (title, outcomes) in OUTCOME_GROUPS.items():
        what = f"Complaints {{when}} that ended as '{title}'"
        if group not in OUTCOMES:
            rule = (COMPLAINT, where("outcome", *outcomes))
            ledger.count(scope, f"outcome.{group}", table, rule, what, of="received")
            ledger.adds_up_in(scope, f"outcome.{group}", [f"outcome.{one}" for one in outcomes])
        for procedure in procedures:
            slug = PROCEDURE_SLUGS[procedure]
            ledger.count(
                scope,
                f"outcome.{group}.{slug}",
                table,
                (COMPLAINT, where("procedure", procedure), where("outcome", *outcomes)),
                f"{what}, procedure {PROCEDURES[procedure].lower()}",
                of=f"received.{slug}",
            )
        parts = [f"outcome.{group}.{PROCEDURE_SLUGS[one]}" for one in procedures]
        ledger.adds_up_in(scope, f"outcome.{group}", parts)
    ledger.adds_up_in(scope, "received", [f"outcome.{group}" for group in OUTCOME_GROUPS])
    ledger.adds_up_in(scope, "upheld_or_partly", [f"outcome.{outcome}" for outcome in UPHELD])
    ledger.adds_up_in(scope, "decided", [f"outcome.{outcome}" for outcome in DECIDED_OUTCOMES])
    for slug in (PROCEDURE_SLUGS[one] for one in procedures):
        ledger.adds_up_in(
            scope, f"received.{slug}", [f"outcome.{o}.{slug}" for o in OUTCOME_GROUPS]
        )
        ledger.adds_up_in(
            scope, f"upheld_or_partly.{slug}", [f"outcome.{o}.{slug}" for o in UPHELD]
        )


def services(prepared: Prepared) -> dict[str, str]:
    """Every service that either year names, in alphabetical order, with its short name."""
    return prepared.words("service")


def _by_service(ledger: Ledger, prepared: Prepared, scope: Scope) -> None:
    table = prepared.complaints
    for service, slug in services(prepared).items():
        rule = (COMPLAINT, where("service", service))
        title = service or "not stated"
        ledger.count(
            scope,
            f"received.service.{slug}",
            table,
            rule,
            f"Complaints received {{when}} about {title}",
            of="received",
        )
        ledger.count(
            scope,
            f"upheld_or_partly.service.{slug}",
            table,
            (COMPLAINT, UPHELD_OR_PARTLY, where("service", service)),
            f"Complaints upheld or partially upheld {{when}} about {title}",
            of=f"received.service.{slug}",
        )
    for whole in ("received", "upheld_or_partly"):
        parts = [f"{whole}.service.{slug}" for slug in services(prepared).values()]
        ledger.adds_up_in(scope, whole, parts)


def lay_out(given: Given) -> None:
    """The tables and charts of the headline."""
    ledger, prepared = given.ledger, given.prepared
    now, before = given.now, given.before
    labels = (now.period.label, before.period.label, "Change", "Change, %")
    rows = {
        "Received": "received",
        "Received, statutory": "received.statutory",
        "Received, corporate": "received.corporate",
        "Received, procedure not stated": "received.not_stated",
        "Upheld or partially upheld": "upheld_or_partly",
        "Upheld or partially, statutory": "upheld_or_partly.statutory",
        "Upheld or partially, corporate": "upheld_or_partly.corporate",
        "Upheld or partially, procedure not stated": "upheld_or_partly.not_stated",
        "Answered with a decision": "decided",
    }
    ledger.grid(
        "headline",
        "Complaints received and upheld or partially upheld, with the year before",
        "Complaints",
        labels,
        {
            title: (
                ledger.shown(stem),
                ledger.shown(f"previous.{stem}"),
                ledger.shown(f"change.{stem}"),
                ledger.shown(f"change.{stem}", "percent"),
            )
            for title, stem in rows.items()
            if stem in ledger.figures
        },
    )
    _lay_out_outcomes(ledger, prepared)
    _lay_out_services(ledger, prepared)


def _lay_out_outcomes(ledger: Ledger, prepared: Prepared) -> None:
    used = {PROCEDURE_SLUGS[p]: PROCEDURES[p] for p in _procedures(prepared)}
    rows = {
        title: [
            *(ledger.shown(f"outcome.{group}.{slug}") for slug in used),
            ledger.shown(f"outcome.{group}"),
        ]
        for group, (title, _) in OUTCOME_GROUPS.items()
    }
    rows["Total received"] = [
        *(ledger.shown(f"received.{slug}") for slug in used),
        ledger.shown("received"),
    ]
    ledger.grid(
        "outcomes",
        "Outcomes of the complaints received, by procedure",
        "Outcome",
        (*used.values(), "All complaints"),
        rows,
    )
    ledger.grid(
        "outcomes_all",
        "Outcomes as the register records them",
        "Outcome",
        ("Complaints", "Share of received"),
        {
            title: (
                ledger.shown(f"outcome.{outcome}"),
                ledger.shown(f"outcome.{outcome}", "percent"),
            )
            for outcome, title in OUTCOMES.items()
        },
    )
    ledger.grid(
        "stages",
        "Complaints received, by procedure and highest stage reached",
        "Procedure",
        ("Stage 1", "Stage 2", "Stage 3", "Total"),
        {
            title: [
                *(ledger.shown(f"received{slug}.stage_{stage}") for stage in (1, 2, 3)),
                ledger.shown(f"received{slug}"),
            ]
            for slug, title in [*((f".{s}", t) for s, t in used.items()), ("", "All complaints")]
        },
    )
    ledger.chart(
        ChartPlan(
            "outcomes",
            "Outcomes of complaints by procedure",
            "stacked",
            tuple(used.values()),
            tuple(
                series(title, [f"outcome.{group}.{slug}" for slug in used])
                for group, (title, _) in OUTCOME_GROUPS.items()
                if ledger.value(f"outcome.{group}")
            ),
            "complaints",
            "outcomes",
        )
    )


def _lay_out_services(ledger: Ledger, prepared: Prepared) -> None:
    def shown(title: str, end: str) -> tuple[str, list[Cell]]:
        return title, [
            ledger.shown(f"received{end}"),
            ledger.shown(f"upheld_or_partly{end}"),
            ledger.shown(f"upheld_or_partly{end}", "percent"),
        ]

    rows = [
        shown(service or "Not stated", f".service.{slug}")
        for service, slug in services(prepared).items()
        if ledger.value(f"received.service.{slug}")
    ]
    ledger.grid(
        "services",
        "Complaints received and upheld or partially upheld, by service",
        "Service",
        ("Received", "Upheld or partially upheld", "Share of received"),
        [*rows, shown("All services", "")],
    )


MEASURE = Measure(count, lay_out=lay_out)
