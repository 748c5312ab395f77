"""The register in; compliments, comments and enquiries out, which are no complaints."""

from __future__ import annotations

from complaints_learning.measure import headline
from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Scope

KINDS: dict[str, str] = {
    "compliment": "Compliments",
    "comment": "Comments",
    "enquiry": "Enquiries",
}
_STEMS = {"compliment": "compliments", "comment": "comments", "enquiry": "enquiries"}


def count(given: Given, scope: Scope) -> None:
    """Count each kind, compliments and comments by theme, compliments by service."""
    ledger, prepared = given.ledger, given.prepared
    for kind, title in KINDS.items():
        rule = (where("kind", kind),)
        stem = _STEMS[kind]
        ledger.count(scope, stem, prepared.complaints, rule, f"{title} received", unit=stem)
        if kind == "enquiry":
            continue
        for theme in given.themes:
            ledger.count(
                scope,
                f"theme.{theme.code}.{stem}",
                prepared.complaints,
                (*rule, where(f"theme.{theme.code}", True)),
                f"{title} received {{when}} about '{theme.title}'",
                of=stem,
                unit=stem,
            )
    services = headline.services(prepared)
    for service, slug in services.items():
        ledger.count(
            scope,
            f"compliments.service.{slug}",
            prepared.complaints,
            (where("kind", "compliment"), where("service", service)),
            f"Compliments received {{when}} about {service or 'a service not stated'}",
            of="compliments",
            unit="compliments",
        )
    ledger.compare("compliments")


def lay_out(given: Given) -> None:
    """Compliments beside complaints by theme and by service, when there are any."""
    ledger, prepared = given.ledger, given.prepared
    if not ledger.value("compliments"):
        ledger.missing["compliments"] = "the register has no compliments"
        return
    by_theme = {
        theme.title: (
            ledger.shown(f"theme.{theme.code}.compliments"),
            ledger.shown(f"theme.{theme.code}.comments"),
            ledger.shown(f"theme.{theme.code}.received"),
        )
        for theme in given.themes
        if ledger.value(f"theme.{theme.code}.compliments")
        or ledger.value(f"theme.{theme.code}.comments")
    }
    if by_theme:
        ledger.grid(
            "compliments_themes",
            "Compliments and comments beside complaints, by theme",
            "Theme",
            ("Compliments", "Comments", "Complaints received"),
            by_theme,
        )
    rows = {
        service or "Not stated": (
            ledger.shown(f"compliments.service.{slug}"),
            ledger.shown(f"received.service.{slug}"),
        )
        for service, slug in headline.services(prepared).items()
    }
    rows["All services"] = (ledger.shown("compliments"), ledger.shown("received"))
    ledger.grid(
        "compliments",
        "Compliments beside complaints, by service",
        "Service",
        ("Compliments", "Complaints received"),
        rows,
    )


MEASURE = Measure(count, lay_out=lay_out)
