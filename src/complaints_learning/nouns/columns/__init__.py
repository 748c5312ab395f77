"""Which header means which column of which table. A file here lists a table's columns.

A header is recognised only when it is one of the spellings listed there, whatever its case,
spaces and punctuation, its number or "Y/N", its short words ("Dt Recd") read in full. Likeness only
ever makes a suggestion.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from complaints_learning.nouns.columns.actions import ACTIONS
from complaints_learning.nouns.columns.activity import ACTIVITY
from complaints_learning.nouns.columns.assurance import ASSURANCE
from complaints_learning.nouns.columns.comparators import COMPARATORS
from complaints_learning.nouns.columns.monitoring import MONITORING
from complaints_learning.nouns.columns.population import POPULATION
from complaints_learning.nouns.columns.register import REGISTER
from complaints_learning.nouns.columns.table import Table as Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        REGISTER,
        MONITORING,
        ACTIONS,
        ASSURANCE,
        ACTIVITY,
        POPULATION,
        COMPARATORS,
    )
}
"""Every kind of table, in the order they are read. `nouns.settings` has two lines for each."""

IGNORE = "ignore"
"""What a header is mapped to when its column is known and deliberately not read."""

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
def _spellings(table: Table) -> dict[str, tuple[str, int]]:
    """Every certain spelling with its column and strength (0 is the strongest)."""
    found: dict[str, tuple[str, int]] = {}
    doubtful = {plain(header) for header, _ in table.either}
    for column in table.columns:
        for strength, header in enumerate((column.name.replace("_", " "), *column.headers)):
            if plain(header) in doubtful:
                continue
            found.setdefault(plain(header), (column.name, strength))
    for name, meant in [*found.items()]:
        found.setdefault(_date_last(name), meant)
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
    >>> recognise(REGISTER, "Date esc. to St2")[0], recognise(MONITORING, "3. Supervision? Y/N")[0]
    ('stage2_received', 'shared_supervision')
    """
    name = plain(header)
    if not name:
        return None
    if mapped:
        own = _own(tuple(mapped.items())).get(name)
        if own is not None:
            return own, -1
    spelt = _spellings(table)
    found = spelt.get(name) or next(
        (
            (spelt[each][0], spelt[each][1] + less)
            for each, less in _spelt_out(header)
            if each in spelt
        ),
        None,
    )
    if found and "\u00a3" in header and f"{found[0]}_amount" in table.names():
        return f"{found[0]}_amount", found[1]  # "Remedy (£)" holds sums, not kinds of remedy
    return found


_SHORT = {
    **dict.fromkeys(("dt", "dte"), "date"),
    **dict.fromkeys(("recd", "rcvd", "recvd"), "received"),
    **dict.fromkeys(("svc", "serv", "srvc"), "service"),
    **dict.fromkeys(("resp", "reply"), "response"),
    **{f"{name}{n}": f"stage {n}" for name in ("s", "st", "stg", "stage") for n in (1, 2, 3)},
    "stg": "stage",
    "esc": "escalated",
    "replied": "responded",
    "ackd": "acknowledged",
    "cat": "category",
    "desc": "description",
    "dept": "department",
    "num": "number",
    "typ": "type",
    **dict.fromkeys(("cmplt", "cmplnt"), "complaint"),
    "cust": "customer",
    "nm": "name",
    "decn": "decision",
    "amt": "amount",
    "cd": "code",
    "evid": "evidence",
}
"""Words that headers shorten, and one that all use for another: certain, as likeness is not."""
_NUMBERED = re.compile(r"\s*(?:q(?:uestion)?\s*)?\d{1,2}\s*[.):]\s*(?=\D)", re.IGNORECASE)
_ASKS = re.compile(r" (?:y n|yn|yes no|y or n|yes or no)(?: n a)?$")
_LITTLE = re.compile(r"\b(?:to|at|the) ")


@lru_cache(maxsize=4096)
def _in_full(header: str) -> tuple[str, ...]:
    """A header without its number and its "Y/N", its short words in full; then without "to"."""
    name = _ASKS.sub("", plain(_NUMBERED.sub("", header, count=1)))
    full = " ".join(_SHORT.get(word, word) for word in name.split())
    return name, full, _LITTLE.sub("", full)


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_A_CODE = re.compile(r" (description|code)$")
_LESS = {"description": 30, "code": 60}
"""How much weaker such a header claims its column: the words of a code go before the code."""


@lru_cache(maxsize=4096)
def _spelt_out(header: str) -> tuple[tuple[str, int], ...]:
    """What a header says in full, and how much weaker: `stg2_dt_resp`, `outcome_cd`, `CaseRef`.

    Only a system's name for a column ends in `_desc` and means the code: a person's "Remedy
    description" is prose.

    >>> [each for each, _ in _spelt_out("stg2_dt_resp")][-1], _spelt_out("OutcomeCd")[-1]
    ('stage 2 response date', ('outcome', 60))
    """
    found = dict.fromkeys((*_in_full(header), *_in_full(_HUMP.sub(" ", header))), 0)
    system = "_" in header or " " not in header.strip()
    for name in [*found] if system else []:
        if last := _OF_A_CODE.search(name):
            found.setdefault(name[: last.start()], _LESS[last[1]])
    for name, less in [*found.items()]:
        found.setdefault(_date_last(name), less)
    return tuple(found.items())


def _date_last(name: str) -> str:
    """A header with its "date" at the end: where it stands changes nothing.

    >>> _date_last("date agreed"), _date_last("stage 2 date received"), _date_last("closed")
    ('agreed date', 'stage 2 received date', 'closed')
    """
    words = name.split()
    if "date" not in words:
        return name
    return " ".join([word for word in words if word != "date"] + ["date"])


@cache
def _either(table: Table) -> dict[str, tuple[str, ...]]:
    return {plain(header): names for header, names in table.either}


def either(table: Table, header: str) -> tuple[str, ...]:
    """The columns a header may mean, when only the values under it can tell.

    >>> either(REGISTER, "Complaint Type")
    ('procedure', 'kind')
    """
    known = _either(table)
    found = (known[each] for each in (plain(header), *dict(_spelt_out(header))) if each in known)
    return next(found, ())


@cache
def _own(mapped: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {plain(header): name for header, name in mapped}


def closest(table: Table, header: str, count: int = 3) -> tuple[str, ...]:
    """Canonical names whose spellings look like a header: to suggest, never to decide.

    A header that begins a spelling, as "Ext" does "extended", is taken for short.

    >>> closest(REGISTER, "Recieved date")[0], closest(REGISTER, "Ext?")[0]
    ('received', 'extended')
    """
    spellings, name = _spellings(table), _in_full(header)[1]
    alike = [each for each in spellings if len(name) > 2 and each.startswith(name)]
    alike += difflib.get_close_matches(name, spellings, n=8, cutoff=0.6 if len(name) > 3 else 0.75)
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
