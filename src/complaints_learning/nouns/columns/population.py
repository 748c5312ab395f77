"""How many children there are, by characteristic: the columns and headers."""

from __future__ import annotations

from complaints_learning.nouns.columns.table import Column, Table

POPULATION = Table(
    "population",
    "Population",
    (
        Column(
            "characteristic",
            "Characteristic",
            "code",
            ("characteristic", "characteristics", "breakdown", "dimension"),
            required=True,
        ),
        Column("group", "Group", "words", ("group", "category", "band"), required=True),
        Column(
            "value",
            "Children",
            "number",
            (
                *("value", "children", "count", "number", "population", "number of children"),
                *("estimate", "mid year estimate", "mid year est", "population estimate"),
            ),
            required=True,
        ),
    ),
    ignored=("note", "notes", "source", "date", "year"),
    files=("population", "cohort"),
    value="value",
)
