"""What a person sees of `cl init --shell`, and of a report in the council's own Word file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from complaints_learning.nouns import settings
from test_shell import SHEET, a_shell

Cl = Callable[..., Any]


def test_a_shell_and_its_style_map_are_put_into_an_existing_cl_toml(
    cl: Cl, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace()
    before = (home / "cl.toml").read_text(encoding="utf-8")
    a_shell(home, (SHEET, 'w:val="Numbered Paragraph"', 'w:val="Body Numbered"'))
    ran = cl("init", home, "--shell", home / "council.docx")
    assert ran.code == 0
    assert ran.out == f"{home / 'cl.toml'}\n"
    assert "  numbered -> Body Numbered\n" in ran.err
    assert ran.err.endswith(
        "Slots: {{ meeting }}, {{ report_of }}, {{ title }}, {{ subtitle }}, {{ report }}, "
        "{{ marking }}, {{ council }} and {{ period }}\n"
    )
    text = (home / "cl.toml").read_text(encoding="utf-8")
    assert text.startswith(before.rstrip())
    chosen = settings.parse(text)
    assert chosen.report.shell == "council.docx"
    assert chosen.styles["numbered"] == "Body Numbered"
    assert cl("report", "--period", "2023", "--workspace", home).code == 0


def test_a_shell_that_is_named_already_is_left_with_the_lines_to_put_in(
    cl: Cl, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace(settings='[report]\nshell = "old.docx"\n')
    a_shell(home)
    ran = cl("init", home, "--shell", "council.docx")
    assert ran.code == 2
    assert ran.err.startswith(
        "cl: cl.toml: names a shell or styles already, and is not changed.\n"
        "    Put these lines in yourself:\n"
        "    [report]\n"
        '    shell = "council.docx"\n'
        "    [styles]\n"
    )
    assert (home / "cl.toml").read_text(encoding="utf-8") == '[report]\nshell = "old.docx"\n'


def test_a_shell_outside_the_workspace_is_refused(
    cl: Cl, a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    home = a_workspace()
    outside = a_shell(tmp_path)
    ran = cl("init", home, "--shell", outside)
    assert ran.code == 2
    assert ran.err == (
        f"cl: {outside}: is not inside the workspace {home}.\n"
        "    Copy it there, such as to templates/, and name it again.\n"
    )


def test_a_new_workspace_can_have_its_shell_at_once(
    cl: Cl, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace()
    (home / "cl.toml").unlink()
    a_shell(home)
    cl("init", home, "--no-input", "--shell", "council.docx")
    chosen = settings.parse((home / "cl.toml").read_text(encoding="utf-8"))
    assert chosen.report.shell == "council.docx"
    assert chosen.styles["table"] == "Council Table"


def test_a_missing_style_stops_the_report_before_anything_is_written(
    cl: Cl, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace(
        settings='[report]\nshell = "council.docx"\n[styles]\nnumbered = "Nmbered"\n'
    )
    a_shell(home)
    ran = cl("report", "--period", "2023", "--workspace", home)
    assert ran.code == 2
    assert "council.docx: 1 style is missing:\n    numbered = 'Nmbered'" in ran.err
    assert not list(home.glob("out/**/*.docx"))
