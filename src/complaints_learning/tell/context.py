"""What a report says of itself: council, dates, people, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from complaints_learning.nouns import codes, columns, runs, wording
from complaints_learning.nouns.period import Period
from complaints_learning.nouns.records import Checked, Source
from complaints_learning.nouns.settings import Settings
from complaints_learning.tell.about import Context, Method, PeriodView, Signing, SourceView


def context(
    settings: Settings,
    period: Period,
    checked: Checked,
    edition: str,
    version: str,
    today: date,
    title: str,
) -> Context:
    """The names around the figures. `today` is the day the report speaks for."""
    choices = settings.report
    return Context(
        council=settings.council,
        annual=settings.annual_report,
        period=PeriodView(
            label=period.label,
            start=wording.day(period.start),
            end=wording.day(period.end),
            before=period.before().label,
            kind=period.kind,
            counted=_COUNTED[settings.periods.counts_by],
        ),
        report=Signing(
            title=title,
            date=wording.day(today),
            meeting=wording.day(choices.meeting) if choices.meeting else "",
            author=choices.author,
            author_role=choices.author_role,
            author_email=choices.author_email,
            signed_by=choices.signed_by,
        ),
        method=Method(
            version=version,
            sources=_sources(checked.sources, edition),
            choices=_choices(settings),
            problems=_problems(checked, edition),
            changes=len(checked.changes),
            hidden_up_to=settings.small_numbers.hidden_up_to,
            deep_dive_months=settings.assurance.deep_dive_months,
        ),
        edition=edition,
    )


def slots(context: Context) -> dict[str, str]:
    """Short texts beside the report's own that a shell may place, such as ``{{ committee }}``."""
    council, report = context.council, context.report
    on = f" - {report.meeting}" if report.meeting else ""
    return {
        "council": council.name,
        "directorate": council.directorate,
        "committee": council.committee,
        "director": council.director,
        "meeting": f"Meeting of the {council.committee}{on}",
        "meeting_date": report.meeting,
        "report_of": f"Report of the {council.director}",
        "date": report.date,
        "author_role": report.author_role,
        "author_email": report.author_email,
        "signed_by": report.signed_by,
    }


_COUNTED = {"received": "received", "responded": "answered"}


def _sources(files: Sequence[Source], edition: str) -> tuple[SourceView, ...]:
    return tuple(
        SourceView(
            where,
            runs.together([one.sha256 for one in some])[: runs.PRINT],
            "" if edition == "public" else wording.number(sum(one.rows for one in some)),
            columns.TABLES[some[0].table].title.lower()
            + (", a file each" if where.endswith("*") else ""),
        )
        for where, some in runs.gathered(files).items()
    )


def _choices(settings: Settings) -> tuple[str, ...]:
    naming = {
        "end": "A year is named by the March in which it ends.",
        "start": "A year is named by the April in which it starts.",
        "calendar": "A year runs from January to December.",
    }
    day = _COUNTED[settings.periods.counts_by]
    small = settings.small_numbers
    hidden = (
        "Counts of 1 to 5 are hidden in the public edition."
        if small.rule == "dfe"
        else f"Counts from 1 to {small.hidden_up_to} are hidden in the public edition."
    )
    return (
        f"A complaint belongs to the period in which it was {day}.",
        naming[settings.periods.naming],
        hidden,
    )


def _problems(checked: Checked, edition: str) -> tuple[str, ...]:
    """The kinds of problems. How many of each only inside: it may be a hidden outcome's number."""
    found = codes.kinds(one.code for one in checked.problems)
    if edition == "public":
        return tuple(sorted(title for _, title, _ in found))
    return tuple(f"{title}: {wording.number(count)}" for _, title, count in found)
