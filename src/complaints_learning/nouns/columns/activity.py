"""Contacts, open cases and other denominators: their columns and headers."""

from __future__ import annotations

from complaints_learning.nouns.columns.table import SERVICE, Column, Table

ACTIVITY = Table(
    "activity",
    "Activity",
    (
        Column(
            "date",
            "Month",
            "date",
            (
                "date",
                "month",
                "period",
                "month start",
                "month beginning",
                "month ending",
                "quarter",
                "reporting month",
                "reporting period",
            ),
            required=True,
        ),
        Column("service", "Service", "service", (*SERVICE, "team")),
        Column(
            "measure",
            "Measure",
            "code",
            ("measure", "indicator", "metric", "activity", "kpi", "kpi name"),
        ),
        Column(
            "value",
            "Value",
            "number",
            ("value", "count", "number", "total", "kpi value"),
            required=True,
        ),
    ),
    ignored=("note", "notes", "comment", "comments"),
    files=("activity", "contacts"),
    value="value",
)
