"""Monitoring forms, what a manager learned from a complaint: their columns and headers."""

from __future__ import annotations

from complaints_learning.nouns.columns.table import REFERENCE, SERVICE, Column, Table

MONITORING = Table(
    "monitoring",
    "Monitoring forms",
    (
        Column("form", "Form", "reference", ("form", "form id", "form no", "form number", "id")),
        Column(
            "reference",
            "Complaint reference",
            "reference",
            (
                *REFERENCE,
                *("which complaint is this about", "complaint reference number"),
                *("reference of the complaint", "what is the complaint reference"),
                *("complaint reference as shown on the register", "enter the complaint reference"),
            ),
            required=True,
        ),
        Column(
            "completed",
            "Completed",
            "date",
            (
                *("date completed", "completed", "completion time", "date form completed"),
                *("completed on", "date of form", "form date", "date", "date returned"),
                *("returned", "date received", "completion date", "form completed"),
            ),
        ),
        Column("service", "Service", "code", (*SERVICE, "team", "your service", "which service")),
        Column(
            "learning",
            "Learning",
            "text",
            (
                *("learning", "learning identified", "what was learned", "lessons learned"),
                *("what did you learn", "what did we learn", "what have we learned"),
                *("lessons learnt", "what will we do differently", "what will you do differently"),
                *("what was the learning from this complaint", "what learning was identified"),
                *("learning from this complaint", "learning points"),
                *(
                    "what did you learn from this complaint",
                    "what did we learn from this complaint",
                ),
            ),
        ),
        Column(
            "learning_none",
            "No learning identified",
            "yesno",
            ("no learning identified", "none identified", "no learning", "learning none"),
        ),
        Column(
            "shared_supervision",
            "Shared in supervision",
            "yesno",
            (
                *("shared in supervision", "discussed in supervision", "supervision"),
                *("shared supervision", "shared in supervision or team meeting"),
                *("has the learning been shared in supervision", "learning shared in supervision"),
                *("was the learning shared in supervision", "shared in supervision y n"),
                *("shared with the team in supervision",),
            ),
        ),
        Column(
            "shared_cpp",
            "Shared with the Centre for Professional Practice",
            "yesno",
            (
                *("shared with cpp", "shared with centre for professional practice", "cpp"),
                *("shared with the centre for professional practice", "shared cpp"),
                *("has the learning been shared with the centre for professional practice",),
                *("was the learning shared with the centre for professional practice",),
                *("shared with practice team", "sent to cpp", "shared with the practice team"),
            ),
        ),
        Column(
            "themes",
            "Themes ticked",
            "code",
            (
                *("themes", "theme", "theme s", "what was the complaint about", "themes ticked"),
                *("which themes apply", "tick all themes that apply", "complaint themes"),
                *("which themes does the learning relate to", "learning themes"),
            ),
        ),
    ),
    ignored=(
        *("outcome", "outcome of complaint", "date complaint closed", "what went wrong"),
        *("manager completing form", "completed by", "manager completing", "job title", "role"),
        *("what action will be taken", "action", "actions", "by when", "who will do this"),
        *("sign off manager", "signed", "signed off by"),
    ),
    files=("monitoring", "form"),
)
