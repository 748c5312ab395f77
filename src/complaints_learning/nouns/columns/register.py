"""The complaint register: its columns, and the headers that mean them."""

from __future__ import annotations

from complaints_learning.nouns.columns.table import REFERENCE, SERVICE, Column, Table


def _stage_columns(stage: int) -> tuple[Column, ...]:
    """The columns of a later stage that some registers carry on the same row."""
    title = f"Stage {stage}"

    def spelt(*words: str) -> tuple[str, ...]:
        """With the stage before and behind; S2 and St2 are read as Stage 2."""
        before = tuple(f"{title} {word}".lower() for word in words)
        return before + tuple(f"{word} {title}".lower() for word in words)

    received = spelt("received", "date received", "requested", "date requested", "request date")
    received += spelt("received date", "start date", "date", "escalated", "date escalated")
    responded = spelt("responded", "date responded", "response sent", "response date", "closed")
    responded += spelt("response", "date closed", "closed date", "completed", "date completed")
    extra = ("escalation date", "date escalated", "escalated on") if stage == 2 else ()
    return (
        Column(f"stage{stage}_received", f"{title} received", "date", (*received, *extra)),
        Column(
            f"stage{stage}_acknowledged",
            f"{title} acknowledged",
            "date",
            spelt("acknowledged", "ack date", "date acknowledged", "acknowledgement sent"),
        ),
        Column(
            f"stage{stage}_due", f"{title} due", "date", spelt("due", "due date", "target date")
        ),
        Column(f"stage{stage}_responded", f"{title} responded", "date", responded),
        Column(
            f"stage{stage}_extended",
            f"{title} extended",
            "yesno",
            spelt("extended", "extension", "ext"),
        ),
        Column(
            f"stage{stage}_outcome",
            f"{title} outcome",
            "code",
            spelt("outcome", "decision", "finding", "result"),
        ),
    )


_POINTS = ("point", "element", "allegation", "concern", "issue")
"""What a system calls a part of a complaint that it gives a row of its own."""

REGISTER = Table(
    "register",
    "Complaint register",
    (
        Column("reference", "Reference", "reference", (*REFERENCE, "id"), required=True),
        Column(
            "kind",
            "Kind of contact",
            "code",
            (
                *("kind", "record type", "contact type", "feedback type", "type of feedback"),
                *("type of contact", "nature of feedback", "representation type"),
            ),
        ),
        Column(
            "procedure",
            "Procedure",
            "code",
            (
                *("procedure", "process", "statutory corporate", "statutory or corporate"),
                *("scheme", "complaint procedure", "complaints procedure", "complaint process"),
                *("procedure type", "policy"),
            ),
        ),
        Column(
            "stage",
            "Stage",
            "code",
            (
                "stage",
                "current stage",
                "level",
                "complaint stage",
                "stage reached",
                "highest stage",
            ),
        ),
        Column(
            "received",
            "Received",
            "date",
            (
                *("date received", "received", "received on", "received date", "date logged"),
                *("recd", "date recd", "recd date"),
                *("date of complaint", "complaint received", "date complaint received"),
                *("complaint date", "stage 1 received", "stage 1 date received", "logged"),
                *("stage 1 received date", "date opened", "opened", "start date", "created"),
                *("logged date", "date created", "created on", "open date"),
                *("stage start date", "stage started", "stage received", "stage received date"),
                *("stage date received", "stage opened", "stage 1 start date"),
            ),
            required=True,
        ),
        Column(
            "acknowledged",
            "Acknowledged",
            "date",
            (
                *("date acknowledged", "acknowledged", "ack date", "acknowledgement sent"),
                *("acknowledgement date", "date of acknowledgement", "acknowledged on", "ack sent"),
                *("acknowledged date", "stage 1 acknowledged", "ack"),
                *("stage acknowledged", "stage acknowledged date", "stage acknowledgement date"),
                *("stage 1 acknowledged date", "stage 1 date acknowledged"),
            ),
        ),
        Column(
            "due",
            "Due",
            "date",
            (
                *("due date", "due", "target date", "response due", "sla date", "date due"),
                *("response due date", "deadline", "target", "stage 1 due", "due by"),
                *("stage 1 due date", "stage 1 target date"),
                *("revised due date", "revised due"),
                *("stage due", "stage due date", "stage target date"),
            ),
        ),
        Column(
            "responded",
            "Responded",
            "date",
            (
                *("date responded", "responded", "response sent", "date response sent"),
                *("response date", "date of response", "responded on", "responded date"),
                *("stage 1 responded", "stage 1 response", "stage 1 response date"),
                *("stage 1 date responded", "stage 1 response sent", "stage 1 date closed"),
                *("stage 1 closed", "stage 1 date completed", "stage 1 completed"),
                *("final response sent", "date replied", "completion date", "date completed"),
                *("completed", "closed date", "date closed", "closed", "closed on"),
                *("stage end date", "stage ended", "stage responded", "stage response date"),
                *("stage closed", "stage closed date", "stage date closed", "stage completed"),
                *("stage completed date", "stage response sent"),
            ),
        ),
        Column(
            "extended",
            "Extended",
            "yesno",
            (
                *("extended", "extension", "extension agreed", "holding letter", "extension given"),
                *("holding letter sent", "extended y n", "time extended", "extension y n"),
                "stage 1 ext",
                *("stage extended", "stage extension", "stage 1 extended", "stage 1 extension"),
            ),
        ),
        Column("service", "Service", "code", SERVICE),
        Column(
            *("team", "Team", "code", ("team", "team name", "locality", "team involved")),
            stands_for="service",
        ),
        Column(
            "category",
            "Category",
            "code",
            (
                *("category", "nature of complaint", "complaint category", "reason", "subject"),
                *("root cause", "classification", "reason for complaint", "complaint reason"),
                *("complaint subject", "nature", "primary category", "theme", "issue type"),
                *(f"{one} {word}" for one in _POINTS for word in ("category", "type")),
            ),
        ),
        Column(
            "text",
            "What the complaint says",
            "text",
            (
                *("details", "summary", "description", "complaint summary", "complaint details"),
                *("complaint text", "summary of complaint", "details of complaint", "issue"),
                *("description of complaint", "complaint description", "brief summary"),
                *("issues raised", "complaint", "what happened", "full details"),
                *("synopsis", "synopsis of complaint", "case description", "case details"),
                *("case summary", "outline of complaint"),
                *(f"{one} of complaint" for one in _POINTS),
                *(f"complaint {one}" for one in _POINTS),
                *(f"{one} {word}" for one in _POINTS for word in ("description", "details")),
            ),
        ),
        Column(
            "outcome",
            "Outcome",
            "code",
            (
                *("outcome", "decision", "finding", "result", "upheld", "complaint outcome"),
                *("outcome of complaint", "findings", "stage 1 outcome", "final outcome"),
                *("overall outcome", "upheld not upheld", "outcome decision"),
                *("stage 1 finding", "stage 1 decision", "stage 1 result"),
                *("stage outcome", "stage decision", "stage finding", "stage result"),
                *(
                    f"{one} {word}"
                    for one in _POINTS
                    for word in ("outcome", "decision", "finding")
                ),
            ),
        ),
        Column(
            "complainant",
            "Who complained",
            "code",
            (
                *("complainant type", "relationship", "customer type", "made by"),
                *("type of complainant", "relationship to child", "who complained"),
                *("complaint made by", "complained by", "source", "relationship to young person"),
                *("rel to child", "relationship of complainant", "complainant relationship"),
            ),
        ),
        Column("age_band", "Age", "code", ("age band", "age group", "age range", "age of child")),
        Column("gender", "Gender", "code", ("gender", "sex", "gender of child", "child gender")),
        Column(
            "ethnicity",
            "Ethnicity",
            "code",
            ("ethnicity", "ethnic group", "ethnic origin", "ethnicity of child"),
        ),
        Column(
            "disability",
            "Disability",
            "code",
            ("disability", "disabled", "disability y n", "child disability", "considered disabled"),
        ),
        Column("remedy", "Remedy", "code", ("remedy", "redress", "remedies", "remedy type")),
        Column(
            "remedy_amount",
            "Payment in pounds",
            "money",
            (
                *("remedy amount", "compensation", "compensation amount", "payment", "amount"),
                *(
                    "amount paid",
                    "financial remedy",
                    "compensation paid",
                    "payment amount",
                    "redress amount",
                ),
            ),
        ),
        Column(
            "learning",
            "Learning",
            "text",
            (
                *("learning", "lessons learned", "learning identified", "lessons learnt"),
                *("what will we do differently", "learning from complaint", "lesson learned"),
                *("learning recorded", "learning points", "service improvement"),
                *("what did we learn", "what was learned", "what have we learned"),
            ),
        ),
        Column(
            "action",
            "Action",
            "text",
            (
                *("action", "actions", "recommendation", "recommendations", "action taken"),
                *("actions taken", "action agreed", "agreed actions", "action recorded"),
                *("remedial action", "actions agreed"),
            ),
        ),
        Column(
            "ombudsman",
            "Ombudsman's decision",
            "code",
            (
                *("ombudsman", "ombudsman decision", "lgsco decision", "ombudsman outcome"),
                *("lgsco outcome", "lgsco", "lgo decision", "lgo outcome"),
            ),
        ),
        *_stage_columns(2),
        *_stage_columns(3),
    ),
    either=(
        ("complaint type", ("procedure", "kind")),
        ("type of complaint", ("procedure", "kind")),
        ("type", ("procedure", "kind")),
        ("case type", ("procedure", "kind")),
        ("complainant", ("complainant",)),
        ("status", ("outcome",)),
    ),
    ignored=tuple(f"{one} {word}" for one in _POINTS for word in ("no", "number", "id")),
    files=("register", "complaint", "log", "export"),
)
