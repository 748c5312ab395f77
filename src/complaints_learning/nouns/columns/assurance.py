"""Audits, stocktakes, deep dives, training and surveys: their columns and headers."""

from __future__ import annotations

from complaints_learning.nouns.columns.table import SERVICE, Column, Table

ASSURANCE = Table(
    "assurance",
    "Assurance",
    (
        Column(
            "date",
            "Date",
            "date",
            (
                *("date", "month", "audit date", "date of audit", "audit month", "date held"),
                *("date of activity", "activity date", "date completed", "quarter", "session date"),
            ),
            required=True,
        ),
        Column(
            "activity",
            "Activity",
            "code",
            (
                "activity",
                "type",
                "activity type",
                "audit type",
                "type of activity",
                "assurance type",
            ),
        ),
        Column("service", "Service", "code", (*SERVICE, "team", "team audited")),
        Column("theme", "Theme", "code", ("theme", "learning theme", "audit theme")),
        Column(
            "question",
            "Question",
            "code",
            (
                *("question", "measure", "standard", "audit question", "what was tested"),
                *("indicator", "criterion", "what was asked"),
            ),
        ),
        Column(
            "result",
            "Result",
            "number",
            (
                *("result", "met", "number met", "yes", "score", "compliant", "cases met"),
                *("number", "count", "met standard", "numerator", "attended", "attendees"),
            ),
        ),
        Column(
            "out_of",
            "Out of",
            "number",
            (
                *("out of", "of", "cases", "sample", "sample size", "cases audited", "total"),
                *("number audited", "denominator", "cases looked at", "invited", "responses"),
            ),
        ),
        Column("note", "Note", "text", ("note", "notes", "comment", "comments", "summary")),
    ),
    files=("assurance", "audit", "dive", "stocktake", "training", "survey"),
)
