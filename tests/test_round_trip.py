"""A report's whole life through the commands: written, edited, new data, refreshed, compared."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import conftest
from complaints_learning.nouns.runs import PRINT
from complaints_learning.word import ooxml, package
from complaints_learning.write import zipped
from test_live import DOC, by_libreoffice, control, run, sub, swap

__all__ = ["by_libreoffice"]
BEFORE = [
    {
        "Date Received": f"{1 + n % 27:02d}/{4 + n % 9:02d}/2022",
        "Date Responded": f"{1 + n % 27:02d}/{4 + n % 9:02d}/2022" if n % 3 else None,
        "Outcome": ["Open", "Upheld", "Not upheld"][n % 3],
        "Procedure": ["Statutory", "Corporate"][n % 2],
    }
    for n in range(42)
]
HEADING = r"(<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/>)"
RECEIVED = r"<w:r>((?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)<w:t>42</w:t></w:r>"
LATE = (1, 4, 7, 10)
NEW_CELLS = {  # a row for the new file, and one for the rows that it replaced
    "register/complaints_#-#-#.xlsx": 1,
    "complaint register": 1,
    "fingerprint": 1,
    "Merged into their complaint or replaced: replaced by a later export": 1,
    "#": 2,
}
EDITS: dict[str, Callable[[str], str]] = {
    "a paragraph added": sub(
        HEADING, rf"<w:p>{run('Members asked on 3 March 2024 for more detail.')}</w:p>\1"
    ),
    "a heading set in the middle": sub(HEADING, r'\1<w:jc w:val="center"/>'),
    "the title in other words": swap("Learning from complaints", "What complaints taught us"),
    "a figure mistyped": sub(RECEIVED, r"<w:r>\1<w:t>43</w:t></w:r>"),
    "a figure split over runs": sub(
        RECEIVED,
        r'<w:r>\1<w:t>4</w:t></w:r><w:proofErr w:type="spellStart"/><w:r>\1<w:t>2</w:t></w:r>',
    ),
    "a figure replaced, tracked": sub(
        RECEIVED,
        r'<w:del w:id="900" w:author="A" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>40'
        r"</w:delText></w:r></w:del>"
        r'<w:ins w:id="901" w:author="A" w:date="2024-01-01T00:00:00Z"><w:r>\1<w:t>42</w:t></w:r>'
        r"</w:ins>",
    ),
    "a smart tag": sub(
        RECEIVED, r'<w:smartTag w:uri="u" w:element="e"><w:r>\1<w:t>42 </w:t></w:r></w:smartTag>'
    ),
    "a control around ours": sub(
        "(" + control("upheld_or_partly:percent") + ")",
        r'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>',
    ),
    "per cent spelt out": sub(r"<w:t>33%</w:t>", "<w:t>33 per cent</w:t>"),
    "a row added by hand": sub(
        r"(<w:tr>(?:(?!</w:tr>).)*<w:t>Not upheld</w:t>.*?</w:tr>)",
        rf"\1<w:tr><w:tc><w:p>{run('Of these, by post')}</w:p></w:tc><w:tc><w:p>{run('7')}</w:p>"
        r"</w:tc><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>",
    ),
    "words changed before a figure": swap("Of the ", "Out of the "),
    "a bullet of one's own": sub(
        r"(<w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr>)",
        r'<w:p><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>'
        rf"{run('The director agreed this.')}</w:p>\1",
    ),
}


def lines(path: Path) -> list[str]:
    file = package.opened(path.read_bytes(), path.name)
    return [ooxml.text_of(p) for p in file.root(DOC).iter(ooxml.q("p"))]


def edited(path: Path) -> bytes:
    file = package.opened(path.read_bytes(), path.name)
    text = file.parts[DOC].decode("utf-8")
    for way, change in EDITS.items():
        after = change(text)
        assert after != text, way
        text = after
    file.parts[DOC] = text.encode("utf-8")
    return zipped.packed(file.parts)


def a_later_export(home: Path) -> None:
    """Four late outcomes, and two complaints that the first export did not have."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(conftest.HEADER))
    for number in LATE:
        late = {"Case Ref": f"C{number:03d}", "Date Responded": "20/01/2023", "Outcome": "Upheld"}
        row = {**conftest.ORDINARY, **BEFORE[number - 1], **late}
        sheet.append([row[title] for title in conftest.HEADER])
    for number in (50, 51):
        row = {**conftest.ORDINARY, "Case Ref": f"C{number:03d}", "Outcome": "Not upheld"}
        sheet.append([row[title] for title in conftest.HEADER])
    book.save(home / "register" / "complaints_2023-06-30.xlsx")


@pytest.mark.office
def test_a_report_goes_round_through_edits_libreoffice_and_a_new_export(
    cl: Callable[..., Any],
    a_workspace: Callable[..., Path],
    tmp_path: Path,
    by_libreoffice: Callable[[bytes], bytes],
) -> None:
    home = a_workspace(BEFORE)
    ask = ("report", "--period", "2023", "--workspace", home, "--edition", "internal")
    ran = cl(*ask)
    written = Path(ran.out.split("\n")[0])
    assert written.suffix == ".docx", ran.err
    (record,) = written.parent.glob("run*.json")
    old = tmp_path / "before.json"
    old.write_bytes(record.read_bytes())
    saved = tmp_path / "edited.docx"
    saved.write_bytes(by_libreoffice(edited(written)))

    told = json.loads(cl("verify", saved, "-w", home, "--json").out)
    assert [(one["name"], one["was"], one["now"]) for one in told["differences"]] == [
        ("received", "43", "42")
    ]

    a_later_export(home)
    ran = cl("verify", saved, "-w", home, "--json")
    assert ran.code == 3
    moved = {(one["name"], one["was"], one["now"]) for one in json.loads(ran.out)["differences"]}
    assert moved >= {
        ("received", "43", "44"),
        ("upheld_or_partly", "14", "18"),
        ("upheld_or_partly:percent", "33 per cent", "41%"),
    }

    new = tmp_path / "new.docx"
    ran = cl("refresh", saved, "-w", home, "--out", new)
    assert (ran.code, ran.out) == (0, f"{new}\n"), ran.err
    assert cl("verify", new, "-w", home).code == 0
    assert docx.Document(str(new)).core_properties.title
    ran = cl("check", new)
    assert ran.code == 0, ran.out
    only_where_it_should(lines(saved), lines(new))

    assert cl(*ask).code == 0
    ran = cl("compare", old, record)
    assert ran.code == 3
    assert "register/complaints_2023-06-30.xlsx: is new" in ran.err
    said = ran.out.splitlines()
    at = said.index("  upheld_or_partly: 14, now 18")
    assert said[at + 1 : at + 5] == [
        f"    + C{number:03d} (outcome: open, now upheld)" for number in LATE
    ]
    at = said.index("  received: 42, now 44")
    assert said[at + 1 : at + 3] == ["    + C050 (is new)", "    + C051 (is new)"]


def only_where_it_should(before: list[str], after: list[str]) -> None:
    """Sentences keep their words, people's own lines stay, and only two table rows are new."""
    old, new = (Counter(map(without_numbers, told)) for told in (before, after))
    assert not old - new
    assert new - old == Counter(NEW_CELLS)
    own = ("Members asked on 3 March 2024 for more detail.", "The director agreed this.")
    for line in (*own, "Of these, by post"):
        assert after.count(line) == 1
    assert [line for line in after if line.startswith("Out of the ")]


def without_numbers(line: str) -> str:
    if re.fullmatch(rf"[0-9a-f]{{{PRINT}}}", line):
        return "fingerprint"
    return re.sub(r"\d[\d,]*( per cent|%)?", "#", line)
