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
            "name",
            ("council", "authority", "local authority", "la", "la name"),
            required=True,
        ),
        Column("measure", "Measure", "name", ("measure", "indicator", "metric"), required=True),
        Column("period", "Period", "name", ("period", "year", "reporting year")),
        Column("value", "Value", "number", ("value", "count", "number"), required=True),
        Column(
            "note", "Note", "text", ("note", "notes", "comment", "caveat", "source", "definition")
        ),
    ),
    files=("comparator", "benchmark", "neighbour"),
    value="value",
)
