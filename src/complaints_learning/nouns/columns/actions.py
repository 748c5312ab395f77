"""The action register, what was done: its columns and headers."""

from __future__ import annotations

from complaints_learning.nouns.columns.table import REFERENCE, SERVICE, Column, Table

ACTIONS = Table(
    "actions",
    "Action register",
    (
        Column("reference", "Complaint reference", "reference", (*REFERENCE, "complaint")),
        Column("theme", "Theme", "code", ("theme", "learning theme", "complaint theme")),
        Column(
            "action",
            "Action",
            "text",
            (
                *("action", "recommendation", "action agreed", "agreed action", "action required"),
                *("improvement action", "improvement"),
                *(
                    "description of action",
                    "what will be done",
                    "action description",
                    "learning action",
                ),
            ),
            required=True,
        ),
        Column(
            "owner",
            "Owner",
            "code",
            (
                *("owner", "lead", "action owner", "owner role", "responsible", "lead officer"),
                *("responsible officer", "who", "owner lead", "owner or lead", "lead role"),
                "assigned lead",
            ),
        ),
        Column(
            "opened",
            "Opened",
            "date",
            (
                *("opened", "date opened", "date agreed", "agreed", "agreed on", "date raised"),
                *("start date", "date added", "date set", "created", "raised"),
            ),
        ),
        Column(
            "due",
            "Due",
            "date",
            (
                *("due", "due date", "by when", "target date", "deadline", "complete by"),
                *("date due", "target", "timescale", "target completion", "target completion date"),
            ),
        ),
        Column(
            "completed",
            "Completed",
            "date",
            (
                *("completed", "date completed", "completion date", "completed on", "date done"),
                *("closed", "date closed", "done", "closed date", "actual completion"),
                "actual completion date",
            ),
        ),
        Column(
            "evidence",
            "Evidence",
            "text",
            (
                *("evidence", "evidence of completion", "evidence recorded", "evidence seen"),
                *("evidence of impact", "how do we know", "proof"),
            ),
        ),
        Column("service", "Service", "code", (*SERVICE, "team")),
    ),
    ignored=(
        "status",
        "rag",
        "rag status",
        "status rag",
        "progress",
        "update",
        "action no",
        "no",
        "id",
        "action id",
        "action number",
        "action status",
    ),
    files=("action",),
)
