"""Small findings and texts for tests of telling."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from complaints_learning.nouns import period, settings
from complaints_learning.nouns.findings import (
    Cell,
    ChartPlan,
    Figure,
    Findings,
    Grid,
    Listing,
    Series,
)
from complaints_learning.nouns.report import Report, plain
from complaints_learning.nouns.texts import Texts
from complaints_learning.tell import about, story

YEAR = period.parse("2022-23")
THEMES = SimpleNamespace(
    themes=(
        SimpleNamespace(
            code="communication",
            title="Communication",
            sub_themes=(
                SimpleNamespace(code="cover", title="Cover", says="not knowing who to call"),
                SimpleNamespace(code="reply", title="Reply", says="calls that were not returned"),
            ),
        ),
        SimpleNamespace(code="delay", title="Delay (not EHC)", sub_themes=()),
    )
)


def some_findings(figures: Mapping[str, Figure | int | None], **more: Any) -> Findings:
    """Findings of these figures; a number stands for a figure of that value."""
    made = {
        name: one if isinstance(one, Figure) else Figure(name, one, f"Meaning of {name}")
        for name, one in figures.items()
    }
    return Findings(YEAR, made, **more)


def some_texts(files: Mapping[str, str] | str) -> Texts:
    """Texts of one section called 'one', or of several files."""
    named = {"one.md.j2": files} if isinstance(files, str) else dict(files)
    sections = tuple(name.removesuffix(".md.j2") for name in named if not name.startswith("_"))
    return Texts("test", "Learning", sections, named, {name: f"templates/{name}" for name in named})


def told(text: Mapping[str, str] | str, findings: Findings, **more: Any) -> Report:
    """The report that these texts tell of these findings."""
    context = about.Context(
        council=settings.Council(),
        annual=settings.AnnualReport(),
        period=about.PeriodView("2022-23", "1 April 2022", "31 March 2023", "2021-22", "year"),
        report=about.Signing("Learning", "1 May 2023", "", "A. Writer", "", "", ""),
        method=about.Method("9.9"),
        edition=more.pop("edition", "public"),
    )
    return story.learning_report(
        findings,
        some_texts(text),
        THEMES,  # type: ignore[arg-type]
        context,
        **more,
    )


def sentence(text: str, findings: Findings, **more: Any) -> str:
    """The one paragraph that this text tells."""
    (block,) = told(text, findings, **more).blocks
    return plain(block.line)  # type: ignore[union-attr]


def a_grid() -> dict[str, Any]:
    """A table, chart and list over the figures 'a' and 'b'."""
    grid = Grid(
        "pair",
        "A pair of counts",
        "Thing",
        ("A", "B"),
        ("Number", "Share"),
        ((Cell("a"), Cell("a", "percent")), (Cell("b"), Cell(text="-"))),
    )
    plan = ChartPlan(
        "pair", "A pair of counts", "bars", ("A", "B"), (Series("All", ("a", "b")),), "x", "pair"
    )
    actions = Listing(
        "actions",
        "Actions",
        ("Action", "Owner"),
        (("Remind teams", "Head of service"), ("Train", "Lead")),
        ("communication", "delay"),
    )
    return {"grids": {"pair": grid}, "charts": {"pair": plan}, "listings": {"actions": actions}}
