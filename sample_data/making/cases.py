"""The hand-written complaints in, the council's cases out: reference, dates and stages.

`complaints.csv` holds each text with its truth (themes, outcome), written by hand. Everything
here is decided by a seed of the complaint's own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from making.sheets import chance, later, working

LAST_ANSWER = date(2023, 5, 26)
UPHELD = ("upheld", "partly_upheld")
TITLES = {
    "upheld": "Upheld",
    "partly_upheld": "Partially Upheld",
    "not_upheld": "Not Upheld",
    "withdrawn": "Withdrawn",
    "resolved": "Resolved",
    "no_finding": "No Finding",
    "refused": "Rejected",
    "open": "",
    "not_recorded": "",
}
# complaints a month, April first, for the themes whose story the sample tells
PATTERNS = {
    ("2022-23", "communication"): "333222101101",
    ("2022-23", "ehc"): "222334544556",
    ("2021-22", "communication"): "223232133221",
    ("2021-22", "ehc"): "321222222433",
}
FLAT = "323334233443"


@dataclass(frozen=True)
class Stage:
    """One stage of a case, as the register has it."""

    number: int
    received: date
    acknowledged: date | None
    due: date
    responded: date | None
    extended: bool
    outcome: str
    typed: str


@dataclass(frozen=True)
class Case:
    """One complaint with its truth."""

    id: str
    year: str
    procedure: str
    service: str
    complainant: str
    outcome: str
    primary: str
    themes: tuple[str, ...]
    text: str
    typed: str
    reference: str = ""
    stages: tuple[Stage, ...] = field(default=())

    @property
    def received(self) -> date:
        """When stage 1 came."""
        return self.stages[0].received

    @property
    def responded(self) -> date | None:
        """When the latest stage was answered; None while it is open."""
        return self.stages[-1].responded

    @property
    def upheld(self) -> bool:
        """Whether it was upheld, in whole or part."""
        return self.outcome in UPHELD


def read(path: Path) -> list[Case]:
    """All cases in order of receipt, with references that follow that order."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    months = _months(rows)
    cases = []
    for row in rows:
        case = Case(
            id=row["id"],
            year=row["year"],
            procedure=row["procedure"],
            service=row["service"],
            complainant=row["complainant"],
            outcome=row["outcome"],
            primary=row["primary"],
            themes=tuple(filter(None, row["themes"].split(";"))),
            text=row["text"],
            typed=row["outcome_as_typed"],
        )
        cases.append(replace(case, stages=_stages(case, _day(case.id, months[case.id]))))
    cases.sort(key=lambda case: (case.received, case.id))
    number = 46_117
    named = []
    for case in cases:
        number += chance("gap", case.id).choice((3, 7, 9, 14, 16, 22))
        named.append(replace(case, reference=f"{number:07d}"))
    return _one_still_open(named)


def _one_still_open(cases: list[Case]) -> list[Case]:
    """One complaint, not upheld at stage 1, whose stage 2 nobody has answered yet."""
    at = next(
        place
        for place, case in enumerate(cases)
        if case.received >= date(2023, 2, 1)
        and case.outcome == "not_upheld"
        and len(case.stages) == 1
    )
    again = _stage(cases[at], 2, date(2023, 5, 9), "open", "")
    changed = replace(cases[at], stages=(*cases[at].stages, again))
    return [*cases[:at], changed, *cases[at + 1 :]]


def _months(rows: list[dict[str, str]]) -> dict[str, tuple[int, int]]:
    """The month in which each complaint came: its own where the text says so, else one that
    keeps its theme's pattern over the year."""
    found: dict[str, tuple[int, int]] = {}
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        if row["year"] == "2020-21":
            found[row["id"]] = 2021, 3
        elif row["year"] == "2023-24":
            place = (
                int(row["month"][5:]) if row["month"] else chance("after", row["id"]).choice((4, 5))
            )
            found[row["id"]] = 2023, place
        else:
            themes = row["themes"].split(";") if row["outcome"] in UPHELD else []
            theme = next((t for t in ("communication", "ehc") if t in themes), "")
            groups.setdefault((row["year"], theme), []).append(row)
    for (year, theme), group in groups.items():
        weights = [int(weight) for weight in PATTERNS.get((year, theme), FLAT)]
        room = [len(group) * weight / sum(weights) for weight in weights]
        for row in sorted(group, key=lambda row: (not row["month"], _shuffled(row))):
            place = max(range(12), key=lambda place: room[place])
            if row["month"]:
                place = (int(row["month"][5:]) - 4) % 12
            room[place] -= 1
            found[row["id"]] = int(year[:4]) + (place > 8), (place + 3) % 12 + 1
    return found


def _shuffled(row: dict[str, str]) -> float:
    return chance("order", row["id"]).random()


def _day(name: str, month: tuple[int, int]) -> date:
    luck = chance("day", name)
    last = 26 if month == (2023, 5) else 28
    day = date(*month, 1) + timedelta(days=luck.randrange(last))
    # people write at weekends too, now and then
    while not working(day) and luck.random() < 0.8:
        day += timedelta(days=1)
        if (day.year, day.month) != month:
            day = date(*month, 4)
    return day


def _stages(case: Case, received: date) -> tuple[Stage, ...]:
    luck = chance("stages", case.id)
    escalated = case.outcome in ("not_upheld", *UPHELD) and luck.random() < 0.08
    typed = case.typed or TITLES[case.outcome]
    only = (_stage(case, 1, received, case.outcome, typed),)
    if not escalated:
        return only
    first = luck.choice(("not_upheld", "not_upheld", "partly_upheld", case.outcome))
    if case.outcome == "not_upheld":
        first = "not_upheld"
    one = _stage(case, 1, received, first, TITLES[first])
    again = later(one.responded or received, luck.randint(3, 19))
    two = _stage(case, 2, again, case.outcome, typed)
    return (one, two) if two.responded and two.responded < LAST_ANSWER else only


def _stage(case: Case, number: int, received: date, outcome: str, typed: str) -> Stage:
    luck = chance("clock", case.id, number)
    days = {("statutory", 1): (10, 20), ("statutory", 2): (25, 65)}.get(
        (case.procedure, number), (10, 20) if number == 1 else (20, 40)
    )
    acknowledged = later(received, luck.choice((0, 1, 1, 2, 2, 3, 4, 5, 5, 7)))
    start = acknowledged if case.procedure == "corporate" else received
    extended = luck.random() < (0.22 if number == 1 else 0.5)
    due = later(start, days[extended])
    if luck.random() < 0.68:
        responded = later(start, luck.randint(days[extended] // 3, days[extended]))
    else:
        responded = later(due, luck.choice((1, 2, 3, 5, 8, 12, 19, 31)))
    if responded > LAST_ANSWER and number == 1:
        responded = min(later(received, luck.randint(4, 9)), LAST_ANSWER)
    answered = None if outcome == "open" else responded
    noted = None if luck.random() < 0.02 else acknowledged
    return Stage(number, received, noted, due, answered, extended, outcome, typed)
