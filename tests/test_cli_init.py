"""What a person sees of `cl init`, and the cl.toml it writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from complaints_learning import cli
from complaints_learning.nouns import settings

REGISTER = [
    ["Case Ref", "Date Received", "Complaint Type", "Outcome", "Summary", "Worker", "Complainant"],
    ["0012", "03/04/2023", "Statutory", "Upheld", "Nobody rang us.", "Jo Moor", "Al Vale"],
    ["0013", "04/04/2023", "Corporate", "Information", "Too late.", "Jo Moor", "Bo Vale"],
]


def a_book(path: Path, rows: list[list[Any]]) -> None:
    """A workbook of these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_a_folder_of_exports_becomes_a_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_book(tmp_path / "register" / "2023.xlsx", REGISTER)
    (tmp_path / "activity.csv").write_text(
        "month,measure,value\n01/04/2023,contacts,1300\n", encoding="utf-8"
    )
    assert cli.run(["init", str(tmp_path), "--no-input", "--council", "Marlowe"]) == 3
    written = (tmp_path / "cl.toml").read_text(encoding="utf-8")
    assert written == (
        "# The choices of this workspace. docs/settings.md lists every one.\n"
        "\n"
        "[council]\n"
        'name = "Marlowe"\n'
        "\n"
        "[sources]\n"
        'register = ["register/*"]\n'
        "monitoring = []\n"
        "actions = []\n"
        "assurance = []\n"
        'activity = ["activity.csv"]\n'
        "population = []\n"
        "comparators = []\n"
        "\n"
        "[columns.register]\n"
        '# known: "Case Ref" = "reference"  # 9999\n'
        '# known: "Date Received" = "received"  # 99/99/9999\n'
        '# known: "Complaint Type" = "procedure"  # Statutory; Corporate\n'
        '# known: "Outcome" = "outcome"  # Upheld; Information\n'
        '# known: "Summary" = "text"  # text of up to 15 characters\n'
        '# not read: "Complainant" = "ignore"\n'
        "# Nobody knows the next headers, so nothing under them is counted. Say what they mean\n"
        "# and take the # away; docs/columns.md has every name. ignore instead of a name leaves a\n"
        "# column out for good, and nothing will mention it again.\n"
        '# "Worker" = ""  # Aa Aaaa\n'
        "\n"
        "[columns.activity]\n"
        '# known: "month" = "date"  # 99/99/9999\n'
        '# known: "measure" = "measure"  # contacts\n'
        '# known: "value" = "value"  # 1300\n'
        "\n"
        "# What these outcomes count as: upheld, partly_upheld, not_upheld, resolved,\n"
        "# no_finding, withdrawn, refused or open. Take the # away and fill in.\n"
        "[outcomes]\n"
        '# "Information" = ""\n'
    )
    settings.parse(written)
    told = capsys.readouterr()
    assert told.out == f"{tmp_path / 'cl.toml'}\n"
    for private in ("Moor", "Vale", "rang"):
        assert private not in told.err + written


def test_a_workspace_that_is_there_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cl.toml").write_text("# mine\n", encoding="utf-8")
    assert cli.run(["init", str(tmp_path), "--no-input"]) == 2
    assert (tmp_path / "cl.toml").read_text(encoding="utf-8") == "# mine\n"
    assert capsys.readouterr().err == (
        f"cl: {tmp_path / 'cl.toml'}: is there already, and is not written over.\n"
        "    Change it in a text editor, or move it away and run again.\n"
    )


def test_an_empty_folder_is_still_made_a_workspace_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["init", str(tmp_path), "--no-input"]) == 3
    assert "No exports were found." in capsys.readouterr().err


def test_a_header_nobody_knows_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_book(tmp_path / "register" / "2023.xlsx", REGISTER)
    answers = iter(["colour", "team", "Marlowe"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    assert cli.run(["init", str(tmp_path)]) == 0
    written = (tmp_path / "cl.toml").read_text(encoding="utf-8")
    assert '"Worker" = "team"  # Aa Aaaa\n' in written
    assert 'name = "Marlowe"\n' in written
    said = capsys.readouterr().err
    assert "what is 'Worker'? (Aa Aaaa)" in said
    assert "There is no column 'colour'." in said


def test_what_is_needed_and_not_found_is_named_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headers = ["Case No", "Rec'd", "Remedy (£)", "Decision", "Summary", "Stage"]
    a_book(tmp_path / "register.xlsx", [headers, ["C1", "03/04/2023", "50", "Upheld", "Late.", 1]])
    a_book(tmp_path / "lunch.xlsx", [["Soup", "Bread"], ["Leek", "Rye"]])
    assert cli.run(["init", str(tmp_path), "--no-input"]) == 3
    told = capsys.readouterr().err
    assert "Rec'd -> received" in told
    assert "Remedy (£) -> remedy_amount" in told
    assert "known and not read: Case No\n" in told
    assert (
        "needed and not found: Reference. Say in cl.toml, under [columns.register], "
        'which header it is: "Case No" = "reference"\n'
    ) in told
    assert "No table that could be told: lunch.xlsx\n  If you know what it holds" in told
    assert '# not read: "Case No" = "ignore"' in (tmp_path / "cl.toml").read_text(encoding="utf-8")
    cli.run(["check", "--workspace", str(tmp_path)])
    checked = capsys.readouterr().out
    assert '"Case No" = "reference".' in " ".join(checked.split())
    assert checked.splitlines()[2].startswith("A column that is needed and not found")


def test_an_action_register_is_one_of_actions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_book(tmp_path / "action register.xlsx", [["Was tun", "Wer"], ["Anrufen", "Leitung"]])
    cli.run(["init", str(tmp_path), "--no-input"])
    assert "Action register: action register.xlsx" in capsys.readouterr().err


def test_the_meaning_most_like_a_header_comes_before_leaving_it_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headers = ["Case Ref", "Date Received", "Outcome", "Servise", "Outcom", "Remedy"]
    row = ["C1", "03/04/2023", "Upheld", "Front door", "x", 150]
    a_book(tmp_path / "register.xlsx", [headers, row])

    cli.run(["init", str(tmp_path), "--no-input"])

    written = (tmp_path / "cl.toml").read_text(encoding="utf-8")
    assert '# "Servise" = "service"  # Aaaaa aaaa; or text\n' in written
    assert '# "Outcom" = "outcome"' not in written  # another column is that already
    assert '# known: "Remedy" = "remedy_amount"  # 150\n' in written
    settings.parse(written)
    cli.run(["check", "--workspace", str(tmp_path)])
    told = " ".join(capsys.readouterr().out.split())
    assert "nobody knows the header 'Servise'; nothing in the column was counted." in told
    assert 'under [columns.register]: "Servise" = "service".' in told
    assert '"ignore" instead of a name leaves the column out for good.' in told


def test_actions_that_only_the_forms_hold_are_said_not_to_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_book(tmp_path / "register.xlsx", REGISTER)
    headers = ["Complaint ref", "Form completed", "Learning identified", "Agreed actions"]
    row = ["0012", "05/05/2023", "Ring back on the day.", "Jo Moor to write a guide"]
    a_book(tmp_path / "forms.xlsx", [headers, row, ["0013", "06/05/2023", "Nothing new.", "-"]])
    (tmp_path / "actions.csv").write_text("Action,Theme,Due\nA guide,Communication,01/09/2023\n")
    sources = '[sources]\nregister = ["register.xlsx"]\nmonitoring = ["forms.xlsx"]\n'

    (tmp_path / "cl.toml").write_text(f"{sources}actions = []\n")
    cli.run(["check", "--workspace", str(tmp_path)])
    without = " ".join(capsys.readouterr().out.split())
    (tmp_path / "cl.toml").write_text(f'{sources}actions = ["actions.csv"]\n')
    cli.run(["check", "--workspace", str(tmp_path)])
    with_them = " ".join(capsys.readouterr().out.split())

    assert "a column of actions, 'Agreed actions', and 1 cell of it says something; " in without
    assert "under [sources] actions." in without
    assert "Moor" not in without
    assert "actions: 1 row read 1 counted" in with_them
    assert "a column of actions" not in with_them


def test_a_register_without_procedures_gets_a_line_a_file_and_a_pivot_table_none(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Case Ref", "Date Received", "Outcome"],
        *([f"C{n}", "03/04/2023", "Upheld"] for n in range(9)),
    ):
        book.active.append(row)
    pivot = book.create_sheet("Pivot")
    for row in (["Row Labels", "Upheld", "Grand Total"], ["Fostering", 2, 2], ["MASH", 7, 7]):
        pivot.append(row)
    book.save(tmp_path / "Social care log.xlsx")
    corporate = [["Case ID", "Case Type", "Created", "Outcome"]]
    corporate += [[n, "Corporate complaint", "03/04/2023", "Upheld"] for n in range(9)]
    a_book(tmp_path / "corporate register.xlsx", corporate)

    cli.run(["init", str(tmp_path), "--no-input"])

    written = (tmp_path / "cl.toml").read_text(encoding="utf-8")
    assert written.endswith('[procedure_by_file]\n# "Social care log.xlsx" = ""\n')
    assert "Row Labels" not in written
    assert '"2"' not in written
    chosen = settings.parse(
        written.replace('# "Social care log.xlsx" = ""', '"Soc*" = "statutory"')
    )
    assert chosen.procedure_by_file == {"Soc*": "statutory"}


def test_forms_with_headings_of_their_own_get_lines_to_fill_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = [["Case Ref", "Date Received", "Procedure", "Outcome"]]
    log += [[f"C{n}", "03/04/2023", "CA89", "Upheld"] for n in range(9)]
    a_book(tmp_path / "register.xlsx", log)
    forms = [["Which cmplt?", "Whenever", "Author"]]
    forms += [[f"C{n}", "05/05/2023", "Jo Moor"] for n in range(5)]
    a_book(tmp_path / "monitoring" / "returns.xlsx", forms)

    cli.run(["init", str(tmp_path), "--no-input"])

    written = (tmp_path / "cl.toml").read_text(encoding="utf-8")
    assert 'monitoring = ["monitoring/*"]\n' in written
    assert '\n# "Which cmplt?" = "reference"  # A9' in written
    assert '\n# "Whenever" = ""  # 99/99/9999\n' in written
    assert '[procedures]\n# "CA89" = ""\n' in written
    assert 'which header it is: "Which cmplt?" = "reference"' in capsys.readouterr().err
    assert "Moor" not in written
    settings.parse(written)
    cli.run(["check", "--workspace", str(tmp_path)])
    told = capsys.readouterr().out
    assert "Map its headers, which are 'Which cmplt?', 'Whenever', 'Author', in cl.toml" in told
    assert 'Say in cl.toml under [procedures]: "CA89" = "NAME". NAME is one of corporate' in told
    found = written.replace('# "Which', '"Which').replace('# "CA89" = ""', '"CA89" = "corporate"')
    (tmp_path / "cl.toml").write_text(found, encoding="utf-8")
    cli.run(["check", "--workspace", str(tmp_path)])
    told = capsys.readouterr().out
    assert "monitoring: 5 rows read\n    5 counted" in told
    assert "CA89" not in told


def test_a_file_with_the_registers_references_is_offered_as_forms_whatever_it_is_called(
    tmp_path: Path,
) -> None:
    log = [["Case Ref", "Date Received", "Outcome"]]
    a_book(tmp_path / "all.xlsx", log + [[f"C{n}", "03/04/2023", "Upheld"] for n in range(9)])
    a_book(tmp_path / "back.xlsx", [["Which?", "Said"], ["C1", "Rang."], ["C2", "Wrote."]])
    a_book(tmp_path / "lunch.xlsx", [["Soup", "Bread"], ["Leek", "Rye"]])

    cli.run(["init", str(tmp_path), "--no-input"])

    written = (tmp_path / "cl.toml").read_text(encoding="utf-8")
    assert 'monitoring = ["back.xlsx"]\n' in written
    assert '\n# "Which?" = "reference"  # A9' in written
    assert "# not a table that could be told: lunch.xlsx\n" in written


def test_every_name_that_a_header_may_still_have_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_book(tmp_path / "register.xlsx", [[*REGISTER[0], "Zip zap"], [*REGISTER[1], "a"]])
    cli.run(["init", str(tmp_path), "--no-input"])
    cli.run(["check", "--workspace", str(tmp_path)])
    assert (
        '"Zip zap" = "NAME". NAME is one of kind, stage, acknowledged, due, responded, extended, '
        "service, team, category, complainant, age_band, gender, ethnicity, disability, remedy, "
        "remedy_amount, learning, action, ombudsman, or of stage 2 and 3: stage2_received and so "
        "on (docs/columns.md)."
    ) in " ".join(capsys.readouterr().out.split())
