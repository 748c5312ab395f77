"""Two years of audits, stocktakes, deep dives, training and checks, with good and bad news.

The story, which nobody should have to be told by a report that works: communication got better
after the action of September 2022; EHC plans got worse after theirs; accuracy and staff behaviour
did not move; privacy has too few cases to say; money and family time are not tested yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from making import sheets
from making.rows import Fault
from making.sheets import chance

SERVICES = (
    "Assessment",
    "Care Experienced Young People",
    "Children in Care",
    "Children with Disabilities",
    "Early Help",
    "Family Safeguarding",
    "Fostering and Kinship",
    "Front Door",
    "Independent Review",
    "SEND and EHC",
)
AUDITED = (
    ("Assessment", "Family Safeguarding", "Children in Care"),
    ("Family Safeguarding", "Children with Disabilities", "Care Experienced Young People"),
    ("Assessment", "Children in Care", "Fostering and Kinship"),
)
HEADER = ("Date", "Activity", "Service", "Theme", "Question", "Result", "Out of", "Note")
Line = tuple[date, str, str, str, str, int | float | None, int | None, str]


def months(count: int = 24) -> Iterator[date]:
    """The first of each month of the two years, or of so many months."""
    for place in range(count):
        yield date(2021 + (place + 3) // 12, (place + 3) % 12 + 1, 1)


def _met(key: object, cases: int, share: float) -> int:
    luck = chance("met", key)
    return sum(luck.random() < share for _ in range(cases))


def practice_audits() -> Iterator[Line]:
    """Monthly: is the assessment good, was it shared, were corrections added, who covers."""
    for place, month in enumerate(months()):
        if month == date(2022, 8, 1):
            continue  # no audits that month, which is not the same as none good
        day = date(month.year, month.month, 20)
        for service in AUDITED[place % 3]:
            cases = chance("cases", month, service).randint(5, 8)
            cover = 0.86 if month >= date(2022, 10, 1) else 0.52
            shared = 0.80 if month >= date(2022, 10, 1) else 0.66
            for theme, question, share in (
                ("Accuracy of records", "Is the assessment good?", 0.64),
                ("Communication", "Was the assessment shared with the child and family?", shared),
                ("Accuracy of records", "Were the family's corrections added?", 0.58),
                ("Communication", "Did the family know who covers when the worker is away?", cover),
                ("Staff behaviour", "Do the family say they were treated with respect?", 0.83),
                ("Support and provision", "Had every agreed service begun?", 0.69),
            ):
                met = _met((month, service, question), cases, share)
                yield day, "Practice audit", service, theme, question, met, cases, ""
        if month.month in (5, 11):
            met = _met((month, "post"), 4, 0.75)
            question = "Was the letter sent to the right address?"
            yield day, "Practice audit", "Assessment", "Privacy and data", question, met, 4, ""


def stocktakes() -> Iterator[Line]:
    """Quarterly: each service's promises since the last one, and its showcase."""
    for year, month in (
        (2021, 6),
        (2021, 9),
        (2021, 12),
        (2022, 3),
        (2022, 6),
        (2022, 9),
        (2022, 12),
        (2023, 3),
    ):
        for service in SERVICES:
            luck = chance("stocktake", year, month, service)
            if luck.random() < 0.12:
                continue
            promised = luck.randint(3, 7)
            done = _met(("stocktake", year, month, service), promised, 0.72)
            question = "Promises from the last stocktake that were kept"
            day = date(year, month, luck.randint(6, 24))
            yield day, "Stocktake", service, "", question, done, promised, ""
            if luck.random() < 0.5:
                question = "Examples of good practice shown, of the three asked for"
                yield day, "Showcase", service, "", question, luck.randint(1, 3), 3, ""


DIVES = (
    (date(2021, 5, 19), "Front Door", 14),
    (date(2021, 6, 9), "Early Help", 10),
    (date(2021, 6, 23), "Assessment", 15),
    (date(2021, 8, 18), "SEND and EHC", 16),
    (date(2021, 9, 8), "Family Safeguarding", 15),
    (date(2021, 9, 22), "Children in Care", 12),
    (date(2021, 11, 10), "Independent Review", 10),
    (date(2021, 11, 24), "Fostering and Kinship", 12),
    (date(2021, 12, 8), "Children with Disabilities", 9),
    (date(2022, 2, 9), "Care Experienced Young People", 11),
    (date(2022, 2, 23), "Assessment", 15),
    (date(2022, 3, 9), "SEND and EHC", 14),
    (date(2022, 5, 18), "Early Help", 10),
    (date(2022, 6, 8), "Family Safeguarding", 15),
    (date(2022, 6, 22), "Children in Care", 12),
    (date(2022, 8, 17), "Assessment", 15),
    (date(2022, 9, 7), "Fostering and Kinship", 12),
    (date(2022, 9, 21), "Children with Disabilities", 10),
    (date(2022, 11, 9), "SEND and EHC", 16),
    (date(2022, 11, 23), "Care Experienced Young People", 11),
    (date(2022, 12, 7), "Family Safeguarding", 14),
    (date(2023, 2, 8), "Early Help", 10),
    (date(2023, 2, 22), "Children in Care", 12),
    (date(2023, 3, 8), "Assessment", 14),
    (date(2023, 3, 22), "SEND and EHC", 16),
)
"""Three or four a quarter. Front Door and Independent Review have not been seen since 2021."""


def deep_dives() -> Iterator[Line]:
    """Each: was practice good, did learning from complaints show, is supervision recorded."""
    for day, service, cases in DIVES:
        for question, share in (
            ("Was practice good or better?", 0.62),
            ("Does learning from complaints show in the work?", 0.41),
            ("Is supervision recorded every month?", 0.70),
        ):
            met = _met((day, service, question), cases, share)
            yield day, "Deep dive", service, "", question, met, cases, ""


def training() -> Iterator[Line]:
    """Sessions: how many attended of the places offered."""
    courses = (
        ("Motivational interviewing", "", ("Family Safeguarding", "Early Help", "Assessment")),
        ("Restorative practice", "Staff behaviour", SERVICES),
        ("Induction", "", ("Assessment", "Children in Care", "SEND and EHC")),
        (
            "Co-production",
            "EHC assessments and plans",
            ("SEND and EHC", "Children with Disabilities"),
        ),
    )
    for course, theme, services in courses:
        for place, month in enumerate(months()):
            luck = chance("course", course, month)
            if place % 3 != courses.index((course, theme, services)) % 3 or luck.random() < 0.1:
                continue
            for service in luck.sample(services, min(2, len(services))):
                offered = luck.choice((8, 10, 12, 15))
                came = _met(("course", course, month, service), offered, 0.76)
                day = date(month.year, month.month, luck.randint(4, 26))
                yield day, "Training", service, theme, course, came, offered, ""


def quality_group() -> Iterator[Line]:
    """Every other month, all agencies: did it meet, and how many plans met the standard."""
    theme, service = "EHC assessments and plans", "SEND and EHC"
    for place, month in enumerate(months()):
        if place % 2:
            continue
        day = date(month.year, month.month, 14)
        met = month not in (date(2021, 8, 1), date(2022, 8, 1))
        note = "" if met else "Not enough agencies could come"
        question = "Did the group meet?"
        yield day, "EHC quality group", service, theme, question, int(met), 1, note
        if met:
            share = 0.68 if month < date(2022, 11, 1) else 0.38
            plans = chance("plans", month).randint(20, 26)
            question = "Plans that met the standard"
            good = _met(("plans", month), plans, share)
            yield day, "EHC quality group", service, theme, question, good, plans, ""


def checks() -> Iterator[Line]:
    """Monthly: out-of-office messages, advice on time; quarterly: what families say."""
    for month in months():
        day = date(month.year, month.month, 26)
        if month >= date(2022, 1, 1):
            share = 0.90 if month >= date(2022, 10, 1) else 0.45
            question = "Message names who covers, with a number that is answered"
            good = _met(("office", month), 20, share)
            yield day, "Out of office check", "", "Communication", question, good, 20, ""
        asked = chance("asked", month).randint(14, 24)
        question = "Social care advice given within six weeks"
        theme = "EHC assessments and plans"
        share = 0.71 if month < date(2022, 11, 1) else 0.58
        good = _met(("advice", month), asked, share)
        yield day, "EHC advice", "Children with Disabilities", theme, question, good, asked, ""
        if month.month in (6, 9, 12, 3):
            question = "I know who to ask when our worker is away"
            share = 0.74 if month >= date(2022, 12, 1) else 0.55
            replies = chance("survey", month).randint(38, 64)
            good = _met(("survey", month), replies, share)
            yield day, "Survey", "", "Communication", question, good, replies, ""


BOOKS = (
    ("practice_audits.xlsx", practice_audits),
    ("stocktake_and_showcase.xlsx", stocktakes),
    ("deep_dives.xlsx", deep_dives),
    ("training.xlsx", training),
    ("ehc_quality_group.xlsx", quality_group),
    ("checks_and_surveys.xlsx", checks),
)


def write(folder: Path) -> list[Fault]:
    """Write one workbook an activity; give back what was planted."""
    faults = []
    for name, lines in BOOKS:
        book = sheets.workbook()
        sheet = book.create_sheet("Results")
        sheets.bold(sheet, sheets.add(sheet, HEADER))
        for line in sorted(lines(), key=lambda line: line[0]):
            sheets.add(sheet, line)
        file = f"assurance/{name}"
        if name == "practice_audits.xlsx":
            sheet["F40"].value = int(str(sheet["G40"].value)) + 3
            note = "a result over its own maximum"
            faults.append(Fault(file, "Results", "F40", note, "result-over"))
        if name == "stocktake_and_showcase.xlsx":
            sheet["D21"].value = "Leadership"
            note = "a theme that does not exist"
            faults.append(Fault(file, "Results", "D21", note, "theme-unknown"))
        if name == "training.xlsx":
            sheet["C12"].value = "Youth Hub"
            note = "a service that is not in the list"
            faults.append(Fault(file, "Results", "C12", note, "service-unknown"))
        sheets.save(book, folder / file)
    return faults


def figures(folder: Path) -> list[Fault]:
    """Write contacts and open cases by month, the population, and other councils' figures."""
    faults = []
    rows: list[tuple[object, ...]] = []
    for month in months(26):
        luck = chance("activity", month)
        quiet = 0.84 if month.month in (8, 12) else 1.0
        trend = 1 + 0.06 * (month >= date(2022, 4, 1))
        rows.append(
            (f"{month:%d/%m/%Y}", "", "contacts", round(luck.gauss(1335, 45) * quiet * trend))
        )
        for service in SERVICES:
            size = 160 + 37 * (SERVICES.index(service) * 7 % 10)
            size = round(
                size * trend * (2.4 if service == "SEND and EHC" else 1) + luck.gauss(0, 6)
            )
            missing = service == "Early Help" and month == date(2022, 12, 1)
            if missing:
                cell, note = f"D{len(rows) + 2}", "a month without its figure, which is not nought"
                faults.append(Fault("activity.csv", "", cell, note, "row-incomplete"))
            rows.append((f"{month:%d/%m/%Y}", service, "open_cases", "" if missing else size))
    sheets.table(folder / "activity.csv", ("month", "service", "measure", "value"), rows)
    sheets.table(folder / "population.csv", ("characteristic", "group", "children"), POPULATION)
    header = ("council", "measure", "period", "value", "note")
    sheets.table(folder / "comparators.csv", header, COMPARATORS)
    return faults


POPULATION: list[tuple[object, ...]] = [
    *(
        ("age_band", group, n)
        for group, n in (
            ("0 to 4", 1480),
            ("5 to 10", 2210),
            ("11 to 15", 2390),
            ("16 to 17", 870),
            ("18 to 25", 640),
        )
    ),
    *(("gender", group, n) for group, n in (("Female", 3370), ("Male", 4220))),
    *(
        ("ethnicity", group, n)
        for group, n in (
            ("White British", 4620),
            ("White other", 410),
            ("Mixed", 720),
            ("Asian or Asian British", 930),
            ("Black or Black British", 480),
            ("Other", 150),
        )
    ),
    *(("disability", group, n) for group, n in (("Yes", 2150), ("No", 5440))),
]
COMPARATORS: list[tuple[object, ...]] = [
    (council, measure, period, value, note)
    for council, note, values in (
        ("Aldersham", "Counts enquiries as complaints", (312, 341, 41, 44, 58, 61)),
        ("Brackenshire", "Statutory and corporate together, as here", (198, 224, 46, 49, 66, 63)),
        ("Corvedale", "Statutory complaints only", (64, 71, 38, 35, 52, 49)),
        ("Easterley", "Statutory and corporate together, as here", (271, 289, 51, 50, 71, 74)),
    )
    for measure, period, value in zip(
        ("Complaints received",) * 2
        + ("Upheld or partially upheld, %",) * 2
        + ("Stage 1 answered in time, %",) * 2,
        ("2021-22", "2022-23") * 3,
        values,
        strict=True,
    )
]
