"""A workspace of an invented council with as many complaints as asked: seeded, always the same.

Twenty columns as a case system exports them, texts of about 400 characters, shared strings as
Excel writes them. Written as XML by hand, because a million rows through a workbook library take
minutes; this is only ever a benchmark's input.
"""

from __future__ import annotations

import random
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

HEADER = (
    *("Case Ref", "Procedure", "Stage", "Date Received", "Date Acknowledged", "Due Date"),
    *("Date Responded", "Extended?", "Service Area", "Team", "Category", "Complainant Type"),
    *("Age Band", "Gender", "Ethnicity", "Disability", "Complaint Summary", "Outcome"),
    *("Learning Identified", "Action Agreed"),
)
_SENTENCES = (
    "Nobody rang us back for three weeks although we left messages every other day.",
    "The worker was off sick and no one told us who was covering for her.",
    "She spoke to my daughter as if she was wasting her time.",
    "The plan is six months late and the school says it cannot start without it.",
    "We have been waiting since spring for the assessment to begin.",
    "The report has the wrong dates and says my son lives with his father.",
    "They closed the case without a meeting and without asking us.",
    "The short breaks stopped in the summer and nothing took their place.",
    "Contact was cancelled again on the morning it should have happened.",
    "The allowance has not been paid since the placement changed.",
    "A letter about us was sent to the wrong address.",
    "Our first complaint was never answered and the promised meeting did not happen.",
    "My grandson was moved on a Friday with an hour to pack his things.",
    "I want somebody to say sorry and to put it right.",
    "It has been a very hard year for the whole family.",
    "We were told one thing by the school and another by the council.",
    "The minutes arrived after the next meeting had taken place.",
    "He did not turn up twice and did not ring to say so.",
)
_OUTCOMES = ("Upheld", "Partially upheld", "Not upheld", "Not Upheld", "Withdrawn", "PU", "")
_SERVICES = ("Assessment", "Family Safeguarding", "Children in Care", "SEND and EHC", "Early Help")


def workspace(folder: Path, rows: int) -> Path:
    """Write cl.toml and register/register.xlsx of `rows` complaints, unless they are there."""
    target = folder / "register" / "register.xlsx"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, rows)
        (folder / "cl.toml").write_text(
            '[council]\nname = "Benchmark Council"\n[sources]\nregister = ["register/*.xlsx"]\n'
            "monitoring = []\nactions = []\nassurance = []\nactivity = []\n"
            "population = []\ncomparators = []\n[report]\ndate = 2023-09-01\n",
            encoding="utf-8",
        )
    return folder


def words(chance: random.Random) -> str:
    """What one complaint says, in about 400 characters."""
    return " ".join(chance.sample(_SENTENCES, 6))


def _write(target: Path, rows: int) -> None:
    chance = random.Random(20261123)
    strings: dict[str, int] = {}

    def shared(text: str) -> str:
        return f't="s"><v>{strings.setdefault(text, len(strings))}</v></c>'

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in _PARTS.items():
            book.writestr(name, text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"{_HEAD}<worksheet {_NS}><sheetData>".encode())
            sheet.write(_row(1, [shared(title) for title in HEADER]).encode())
            lines = []
            for number in range(rows):
                lines.append(_row(number + 2, _cells(number, chance, shared)))
                if len(lines) == 2000:
                    sheet.write("".join(lines).encode())
                    lines.clear()
            sheet.write("".join(lines).encode() + b"</sheetData></worksheet>")
        with book.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'{_HEAD}<sst {_NS} uniqueCount="{len(strings)}">'.encode())
            for text in strings:
                part.write(f"<si><t>{escape(text)}</t></si>".encode())
            part.write(b"</sst>")


def _cells(number: int, chance: random.Random, shared: object) -> list[str]:
    assert callable(shared)
    received = date(2021, 4, 1) + timedelta(days=chance.randrange(730))
    serial = (received - date(1899, 12, 30)).days
    answered = serial + chance.randrange(3, 60)
    said = words(chance)
    day = 's="1"><v>{}</v></c>'
    return [
        shared(f"{number:07d}"),
        shared(chance.choice(("Statutory", "Corporate", "Corporate"))),
        shared(chance.choice(("Stage 1", "Stage 1", "Stage 1", "Stage 2"))),
        day.format(serial),
        day.format(serial + chance.randrange(1, 6)),
        day.format(serial + 14),
        day.format(answered),
        shared(chance.choice(("Yes", "No", "No", "No"))),
        shared(chance.choice(_SERVICES)),
        shared(f"Team {chance.randrange(12)}"),
        shared(chance.choice(("Quality of service", "Delay", "Staff", "Decision"))),
        shared(chance.choice(("Parent", "Carer", "Young person", "Advocate"))),
        shared(chance.choice(("0-4", "5-10", "11-15", "16-17", "18+"))),
        shared(chance.choice(("Female", "Male", "Not stated"))),
        shared(chance.choice(("White British", "Asian", "Black", "Mixed", "Not stated"))),
        shared(chance.choice(("Yes", "No", "Not stated"))),
        shared(said),
        shared(chance.choice(_OUTCOMES)),
        shared(chance.choice(("Remind the team", "None identified", "Change the letter", ""))),
        shared(chance.choice(("Training", "Apology", "", ""))),
    ]


def _row(number: int, cells: list[str]) -> str:
    placed = "".join(f'<c r="{chr(65 + at)}{number}" {cell}' for at, cell in enumerate(cells))
    return f'<row r="{number}">{placed}</row>'


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NS = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
    "</Types>",
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'{_HEAD}<workbook {_NS}><sheets><sheet name="Export" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
    "xl/styles.xml": f'{_HEAD}<styleSheet {_NS}><fonts count="1"><font/></fonts><fills count="1">'
    '<fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>",
}
