"""Each table's columns: canonical name, title, kind of value, and the headers that mean it.

A header is recognised only when it is one of the spellings listed here, whatever its case,
spaces and punctuation. Likeness only ever makes a suggestion.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

Kind = Literal["reference", "text", "date", "code", "yesno", "number", "money"]
IGNORE = "ignore"
"""What a header is mapped to when its column is known and deliberately not read."""


@dataclass(frozen=True, slots=True)
class Column:
    """One canonical column. `headers` are the spellings that mean it with certainty.

    The first spellings are the strongest: when two columns of one table mean the same, the
    one whose spelling comes first is read.
    """

    name: str
    title: str
    kind: Kind
    headers: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One kind of table a council exports. `ignored` headers are known and never read.

    `either` lists headers that councils use for different columns: only the values under them
    can tell which.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ()
    either: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that canonical name. KeyError when there is none."""
        return _by_name(self)[name]

    def names(self) -> tuple[str, ...]:
        """The canonical names, in order."""
        return tuple(column.name for column in self.columns)


_FORMAT = re.compile(r"\bd{1,2}\W?m{1,4}\W?y{2,4}\b")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """A header without what does not change its meaning: case, spaces, marks, date formats.

    >>> plain("Date  Received\\n(dd/mm/yyyy)"), plain(" Compensation (£) "), plain("Upheld?")
    ('date received', 'compensation', 'upheld')
    """
    text = unicodedata.normalize("NFKC", header).casefold().replace("&", " and ")
    text = _FORMAT.sub(" ", text.replace("'", "").replace("\u2019", ""))
    return _NOT_WORD.sub(" ", text).strip()


@cache
def _by_name(table: Table) -> dict[str, Column]:
    return {column.name: column for column in table.columns}


@cache
def _spellings(table: Table) -> dict[str, tuple[str, int]]:
    """Every certain spelling with its column and strength (0 is the strongest)."""
    found: dict[str, tuple[str, int]] = {}
    doubtful = {plain(header) for header, _ in table.either}
    for column in table.columns:
        for strength, header in enumerate((column.name.replace("_", " "), *column.headers)):
            if plain(header) in doubtful:
                continue
            found.setdefault(plain(header), (column.name, strength))
    for header in (*table.ignored, *PRIVATE):
        found.setdefault(plain(header), (IGNORE, 0))
    return found


def recognise(
    table: Table, header: str, mapped: Mapping[str, str] | None = None
) -> tuple[str, int] | None:
    """The canonical name a header means, and how strongly (0 is the strongest); None in doubt.

    `mapped` is the council's own map from cl.toml and goes before everything.

    >>> recognise(REGISTER, "Date Received"), recognise(REGISTER, "Recieved")
    (('received', 1), None)
    """
    name = plain(header)
    if not name:
        return None
    if mapped:
        own = _own(tuple(mapped.items())).get(name)
        if own is not None:
            return own, -1
    found = _spellings(table).get(name)
    if found and "\u00a3" in header and f"{found[0]}_amount" in table.names():
        return f"{found[0]}_amount", found[1]  # "Remedy (£)" holds sums, not kinds of remedy
    return found


@cache
def _either(table: Table) -> dict[str, tuple[str, ...]]:
    return {plain(header): names for header, names in table.either}


def either(table: Table, header: str) -> tuple[str, ...]:
    """The columns a header may mean, when only the values under it can tell.

    >>> either(REGISTER, "Complaint Type")
    ('procedure', 'kind')
    """
    return _either(table).get(plain(header), ())


@cache
def _own(mapped: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {plain(header): name for header, name in mapped}


def closest(table: Table, header: str, count: int = 3) -> tuple[str, ...]:
    """Canonical names whose spellings look like a header: to suggest, never to decide.

    >>> closest(REGISTER, "Recieved date")[0]
    'received'
    """
    spellings = _spellings(table)
    alike = difflib.get_close_matches(plain(header), spellings, n=8, cutoff=0.6)
    names = [spellings[each][0] for each in alike if spellings[each][0] != IGNORE]
    return tuple(dict.fromkeys(names))[:count]


def may_mean(table: Table, header: str, name: str) -> bool:
    """Whether to suggest a header nobody reads as the column `name`.

    A "Case No" is the child's in some councils and the complaint's in others, so only a person
    can say that it is the reference.

    >>> may_mean(REGISTER, "Case No", "reference"), may_mean(REGISTER, "Officer", "reference")
    (True, False)
    """
    found = recognise(table, header)
    if found is None:
        return name in closest(table, header, 1)
    return found[0] == IGNORE and name == "reference" and plain(header) == "case no"


PRIVATE = (
    *("name", "complainant name", "name of complainant", "customer name", "complainant"),
    *("child name", "childs name", "name of child", "young persons name", "service user name"),
    *("first name", "forename", "surname", "last name", "full name", "contact name", "title"),
    *("address", "home address", "postcode", "post code", "email", "email address", "e mail"),
    *("phone", "telephone", "mobile", "telephone number", "phone number", "contact details"),
    *("date of birth", "dob", "child dob", "nhs number", "mosaic id", "lcs id", "lcs number"),
    *("case no", "client id", "person id", "child id", "social worker", "allocated worker"),
    *("investigator", "investigating officer", "io", "officer", "handled by", "case officer"),
    *("allocated to", "assigned to", "complaints officer", "logged by", "created by", "start time"),
    *("last modified time", "modified by", "respondent", "manager", "team manager"),
    *("manager name", "name of manager", "your name", "advocate name", "independent person"),
    *("comments", "notes", "internal notes", "officer notes"),
)
"""Headers of names, contacts and working notes: known, and never read."""

_REFERENCE = (
    *("reference", "ref", "case ref", "case reference", "complaint no", "complaint number"),
    *("complaint ref", "complaint reference", "case id", "case number", "respond ref"),
    *("reference number", "ref no", "ref number", "reference no", "complaint id", "our ref"),
    *("unique reference", "feedback reference", "icasework ref", "urn"),
)
_SERVICE = (
    *("service", "service area", "business unit", "department", "service name", "service unit"),
    *("division", "area of service", "service involved"),
)
_YES: Kind = "yesno"


def _stage_columns(stage: int) -> tuple[Column, ...]:
    """The columns of a later stage that some registers carry on the same row."""
    names = (f"stage {stage}", f"s{stage}", f"stage{stage}")

    def spelt(*words: str) -> tuple[str, ...]:
        before = tuple(f"{name} {word}" for word in words for name in names)
        return before + tuple(f"{word} {name}" for word in words for name in names)

    title = f"Stage {stage}"
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
        Column(f"stage{stage}_extended", f"{title} extended", _YES, spelt("extended", "extension")),
        Column(
            f"stage{stage}_outcome",
            f"{title} outcome",
            "code",
            spelt("outcome", "decision", "finding", "result"),
        ),
    )


REGISTER = Table(
    "register",
    "Complaint register",
    (
        Column("reference", "Reference", "reference", (*_REFERENCE, "id"), required=True),
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
            ),
        ),
        Column(
            "due",
            "Due",
            "date",
            (
                *("due date", "due", "target date", "response due", "sla date", "date due"),
                *("response due date", "deadline", "target", "stage 1 due", "due by"),
                *("revised due date", "revised due"),
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
                *("final response sent", "date replied", "completion date", "date completed"),
                *("completed", "closed date", "date closed", "closed", "closed on"),
            ),
        ),
        Column(
            "extended",
            "Extended",
            _YES,
            (
                *("extended", "extension", "extension agreed", "holding letter", "extension given"),
                *("holding letter sent", "extended y n", "time extended", "extension y n"),
            ),
        ),
        Column("service", "Service", "code", _SERVICE),
        Column("team", "Team", "code", ("team", "team name", "locality", "team involved")),
        Column(
            "category",
            "Category",
            "code",
            (
                *("category", "nature of complaint", "complaint category", "reason", "subject"),
                *("root cause", "classification", "reason for complaint", "complaint reason"),
                *("complaint subject", "nature", "primary category", "theme", "issue type"),
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
)

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
                *_REFERENCE,
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
        Column("service", "Service", "code", (*_SERVICE, "team", "your service", "which service")),
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
            ),
        ),
        Column(
            "learning_none",
            "No learning identified",
            _YES,
            ("no learning identified", "none identified", "no learning", "learning none"),
        ),
        Column(
            "shared_supervision",
            "Shared in supervision",
            _YES,
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
            _YES,
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
)

ACTIONS = Table(
    "actions",
    "Action register",
    (
        Column("reference", "Complaint reference", "reference", (*_REFERENCE, "complaint")),
        Column("theme", "Theme", "code", ("theme", "learning theme", "complaint theme")),
        Column(
            "action",
            "Action",
            "text",
            (
                *("action", "recommendation", "action agreed", "agreed action", "action required"),
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
                *("date due", "target", "timescale"),
            ),
        ),
        Column(
            "completed",
            "Completed",
            "date",
            (
                *("completed", "date completed", "completion date", "completed on", "date done"),
                *("closed", "date closed", "done", "closed date"),
            ),
        ),
        Column(
            "evidence",
            "Evidence",
            "text",
            (
                *("evidence", "evidence of completion", "evidence recorded", "evidence seen"),
                *("evidence of impact", "how do we know"),
            ),
        ),
        Column("service", "Service", "code", (*_SERVICE, "team")),
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
    ),
)

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
        Column("service", "Service", "code", (*_SERVICE, "team", "team audited")),
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
)

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
            ),
            required=True,
        ),
        Column("service", "Service", "code", (*_SERVICE, "team")),
        Column("measure", "Measure", "code", ("measure", "indicator", "metric", "activity")),
        Column("value", "Value", "number", ("value", "count", "number", "total"), required=True),
    ),
    ignored=("note", "notes", "comment", "comments"),
)

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
        Column("group", "Group", "code", ("group", "category", "band"), required=True),
        Column(
            "value",
            "Children",
            "number",
            ("value", "children", "count", "number", "population", "number of children"),
            required=True,
        ),
    ),
    ignored=("note", "notes", "source", "date", "year"),
)

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

TABLES: dict[str, Table] = {
    table.name: table
    for table in (*(REGISTER, MONITORING, ACTIONS, ASSURANCE, ACTIVITY, POPULATION, COMPARATORS),)
}
"""Every kind of table, in the order they are read."""
