"""Other councils' figures: the columns and headers."""

from __future__ import annotations

from complaints_learning.nouns.columns.table import Column, Table

COMPARATORS = Table(
    "comparators",
    "Comparators",
    (
        Column(
            "council",
            "Council",
            "code",
            ("council", "authority", "local authority", "la", "la name"),
            required=True,
        ),
        Column("measure", "Measure", "code", ("measure", "indicator", "metric"), required=True),
        Column("period", "Period", "code", ("period", "year", "reporting year")),
        Column("value", "Value", "number", ("value", "count", "number"), required=True),
        Column(
            "note", "Note", "text", ("note", "notes", "comment", "caveat", "source", "definition")
        ),
    ),
)
