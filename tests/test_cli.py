"""What a person at the keyboard sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import complaints_learning
import made_once
from complaints_learning.commands import COMMANDS

Run = Callable[..., "object"]


def test_cl_alone_says_what_it_is_and_how_to_start(cl: Run) -> None:
    ran = cl()

    assert ran.code == 0
    assert "Turns a council's complaint register into a Learning from Complaints report." in ran.out
    assert "cl report --period 2023" in ran.out
    assert ran.err == ""


def test_the_version_is_the_packages_own(cl: Run) -> None:
    assert cl("--version").out == f"complaints-learning {complaints_learning.__version__}\n"


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help_with_an_example(cl: Run, command: str) -> None:
    ran = cl(command, "--help")

    assert ran.code == 0
    assert f"cl {command}" in ran.out
    assert "Examples:" in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_a_misspelt_command_is_told_with_the_nearest(cl: Run) -> None:
    ran = cl("reprot")

    assert ran.code == 2
    assert ran.err == (
        "cl: there is no command 'reprot'.\n    Did you mean 'cl report'? All commands: cl --help\n"
    )


def test_a_report_prints_its_path_and_what_was_counted(
    cl: Run, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace([{"Case Ref": f"C{n}"} for n in range(6)])

    ran = cl("report", "--period", "2023", "--workspace", home)

    target = home / "out" / "2022-23" / "learning-report.docx"
    assert ran.code == 0
    assert ran.out == f"{target}\n"
    assert target.is_file()
    assert ran.err == (
        "2022-23: 1 April 2022 to 31 March 2023\n"
        "1 file read; 6 rows in the register:\n"
        "  6 complaints counted in the period\n"
        "Its run record: run.json\n"
        f"After editing: cl verify {target} --workspace {home}\n"
    )


def test_json_says_where_every_row_went(cl: Run, a_workspace: Callable[..., Path]) -> None:
    rows = [{}, {"Date Received": "10/05/2021"}, {"Case Ref": None}, {"Outcome": "Part upheld"}]
    home = a_workspace(rows)

    ran = cl("report", "-p", "2023", "-w", home, "--json", "--edition", "internal")

    told = json.loads(ran.out)
    assert told["period"] == {"label": "2022-23", "start": "2022-04-01", "end": "2023-03-31"}
    rows_told = told["rows"]
    assert (rows_told["read"], rows_told["counted"], rows_told["outside"]) == (4, 2, 1)
    assert rows_told["left_out"] == 1
    assert rows_told["by_reason"] == {"no reference": 1}
    assert told["figures"]["upheld_or_partly"] == {
        "value": 2,
        "of": 2,
        "text": "2",
        "percent": 100.0,
        "unit": "complaints",
        "masked": False,
        "meaning": told["figures"]["upheld_or_partly"]["meaning"],
    }
    assert [Path(path).name for path in told["outputs"]] == [
        "learning-report-OFFICIAL-SENSITIVE.docx"
    ]
    assert (told["exit_code"], ran.code) == (3, 3)
    assert [one["code"] for one in told["problems"]] == ["reference-missing"]


def test_the_public_json_holds_no_small_number(cl: Run, a_workspace: Callable[..., Path]) -> None:
    home = a_workspace([{}, {}])

    ran = cl("report", "-p", "2023", "-w", home, "--json")

    assert ran.code in (0, 3), ran.err
    received = json.loads(ran.out)["figures"]["received"]
    assert (received["value"], received["text"], received["masked"]) == (None, "[c]", True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("report", "--period", "2022-24"),
            "cl: period '2022-24': the second year must follow the first.\n"
            "    Did you mean 2022-23 or 2023-24? "
            "A period is a year (2023 or 2022-23), a quarter (2022-23Q3), a month (2023-01), "
            "a span of months (2022-10..2023-03), last or last-quarter.\n",
        ),
        (
            ("report", "--period", "2023", "--edition", "secret"),
            "cl: --edition 'secret': it is public or internal.\n"
            "    public masks small numbers; internal shows all and says so on every page.\n",
        ),
        (
            ("report", "--period", "2023", "--format", "doc"),
            "cl: --format 'doc': it is one of docx, html, xlsx, pdf.\n    Did you mean 'docx'?\n",
        ),
        (
            ("report", "--period", "2023", "--template", "anual"),
            "cl: there is no report template 'anual'.\n    There are: ",
        ),
    ],
)
def test_a_wrong_option_is_told_with_what_is_right(
    cl: Run, a_workspace: Callable[..., Path], words: tuple[str, ...], message: str
) -> None:
    home = a_workspace()

    ran = cl(*words, "-w", home)

    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(message)
    assert not (home / "out").exists() or not any((home / "out").rglob("*.docx"))


def test_a_folder_that_is_no_workspace_is_told(cl: Run, tmp_path: Path) -> None:
    ran = cl("report", "-p", "2023", "-w", tmp_path / "nowhere")

    assert ran.code == 2
    assert ran.err == (
        f"cl: {tmp_path / 'nowhere'}: is not a folder.\n"
        f"    Make it, put the exports there, then: cl init {tmp_path / 'nowhere'}\n"
    )


def test_the_workspace_is_found_from_a_folder_inside_it(
    cl: Run, a_workspace: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = a_workspace()
    monkeypatch.chdir(home / "register")

    assert cl("report", "-p", "2023").code == 0


def test_the_workspace_may_be_named_by_the_environment(
    cl: Run, a_workspace: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CL_WORKSPACE", str(a_workspace()))

    assert cl("figures", "-p", "2023").code == 0


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (("Date Received", "Summary", "Outcome"), "reference"),
        (("Case Ref", "Date Received", "Summary"), "outcome"),
    ],
)
def test_a_register_without_reference_or_outcome_stops_the_run(
    cl: Run, a_workspace: Callable[..., Path], header: tuple[str, ...], name: str
) -> None:
    home = a_workspace(header=header)

    ran = cl("report", "-p", "2023", "-w", home)

    assert ran.code == 2
    assert ran.err == (
        f"cl: register/complaints.xlsx, sheet Sheet, row 1: no column is known to be "
        f"{name.capitalize()}, and without it nothing can be counted.\n"
        "    If a column holds it, map its header in cl.toml under [columns.register]: "
        f'"Its header" = "{name}".\n'
    )
    assert ran.out == ""
    assert not (home / "out").exists()


def test_an_empty_register_stops_the_run(cl: Run, a_workspace: Callable[..., Path]) -> None:
    ran = cl("report", "-p", "2023", "-w", a_workspace(rows=[]))

    assert ran.code == 2
    assert ran.err == (
        "cl: register/complaints.xlsx, sheet Sheet, row 1: no row under the header is a complaint."
        "\n    Export the register again; `cl check` lists why each row was left out.\n"
    )


def test_a_missing_register_stops_the_run(cl: Run, a_workspace: Callable[..., Path]) -> None:
    home = a_workspace()
    (home / "register" / "complaints.xlsx").unlink()

    ran = cl("report", "-p", "2023", "-w", home)

    assert ran.code == 2
    assert ran.err == (
        "cl: cl.toml: there is no complaint register to count.\n"
        "    [sources] register names register/*: put the exports there, or change it.\n"
    )


def test_a_template_with_a_typo_leaves_the_old_report_as_it_was(
    cl: Run, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace()
    target = home / "out" / "2022-23" / "learning-report.docx"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"the old report")
    own = home / "templates" / "learning_report"
    own.mkdir(parents=True)
    (own / "finance.md.j2").write_text("# Finance\n\n1. In {{ perod.label }}.\n", encoding="utf-8")

    ran = cl("report", "-p", "2023", "-w", home)

    assert ran.code == 2
    assert ran.err == (
        "cl: your templates/learning_report/finance.md.j2:3: 'perod' is undefined; "
        "did you mean 'period'?\n"
        "    3 | 1. In {{ perod.label }}.\n"
        "    `cl template check --period last` lists such lines, `cl template figures` all names.\n"
    )
    assert target.read_bytes() == b"the old report"
    assert [path.name for path in target.parent.iterdir()] == ["learning-report.docx"]


def test_strict_writes_nothing_when_a_cell_needs_a_look(
    cl: Run, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace([{}, {"Outcome": "Information"}])

    ran = cl("report", "-p", "2023", "-w", home, "--strict")

    assert ran.code == 2
    assert "--strict writes nothing" in ran.err
    assert not (home / "out").exists()


def test_the_same_input_gives_the_same_bytes(cl: Run, a_workspace: Callable[..., Path]) -> None:
    home = a_workspace([{"Case Ref": f"C{n}"} for n in range(8)])
    words = ("report", "-p", "2023", "-w", home, "-f", "docx", "-f", "html", "-f", "xlsx", "--out")

    cl(*words, home / "one")
    made_once.forget()
    cl(*words, home / "two")

    names = sorted(path.name for path in (home / "one").iterdir())
    assert {"learning-report.docx", "learning-report.html", "learning-report.xlsx"} <= set(names)
    for name in names:
        if name != "run.json":  # it says how long the run took
            assert (home / "one" / name).read_bytes() == (home / "two" / name).read_bytes(), name


def test_help_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from complaints_learning import cli; cli.run(['--help']);"
        "print([m for m in ('pandas', 'numpy', 'jinja2', 'docx', 'openpyxl', 'matplotlib', 'rich',"
        " 'msgspec', 'pydantic') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "cl sample demo" in told.stdout
    assert told.stdout.endswith("[]\n")


def test_help_loads_the_door_of_the_house_and_no_room() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from complaints_learning import cli; cli.run(['--help']);"
        "print(*sorted(m.partition('.')[2] for m in sys.modules"
        " if m.startswith('complaints_learning.')))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    doors = ("ending", "log", "progress", "say", "shared")
    expected = ["cli", "commands", *(f"commands.{name}" for name in doors), "nouns", "nouns.errors"]
    assert "cl sample demo" in told.stdout
    assert told.stdout.splitlines()[-1].split() == expected


def test_cl_leaves_with_its_code_and_all_that_it_said_without_taking_itself_apart() -> None:
    import subprocess
    import sys

    code = (
        "import atexit, sys; atexit.register(print, 'put away');"
        "sys.left = type('Left', (), {'__del__': lambda self: print('taken apart')})();"
        "from complaints_learning.__main__ import main; sys.argv[0] = 'cl'; main()"
    )
    for words, exit_code, said in (["--help"], 0, "cl sample demo"), (["reprot"], 2, "cl report"):
        told = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
        assert told.returncode == exit_code
        assert said in told.stdout + told.stderr
        assert "put away" in told.stdout
        assert "taken apart" not in told.stdout


def test_a_text_of_a_name_that_no_section_has_is_told(
    cl: Run, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace()
    own = home / "templates" / "learning_report"
    own.mkdir(parents=True)
    (own / "finanse.md.j2").write_text("# Money\n", encoding="utf-8")
    ran = cl("template", "check", "-w", home)
    assert ran.code == 3
    assert "finanse.md.j2: it is no section of the report; did you mean 'finance.md.j2'?" in ran.out
    assert "cl template check --period last" in ran.err
    (own / "finanse.md.j2").rename(own / "finance.md.j2")
    (own / "finance.md.j2").write_text('{{ figure("recieved") }}\n', encoding="utf-8")
    ran = cl("template", "check", "-w", home, "-p", "2023")
    assert "there is no figure called 'recieved'; did you mean 'received'?" in ran.out
    assert "received.not_stated" not in ran.out  # a shipped text asks whether it is there
