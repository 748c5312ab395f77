"""`cl doctor`: everything found and missing, and nothing private."""

from __future__ import annotations

import getpass
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaints_learning import write

Cl = Callable[..., Any]
Make = Callable[..., Path]


def looked_at(cl: Cl, *words: object) -> dict[str, dict[str, Any]]:
    """Each thing by its name."""
    told = json.loads(cl("doctor", *words, "--json").out)
    return {one["name"]: one for one in told["checks"]}


def test_a_healthy_workspace_is_told_as_counts(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace()

    ran, found = cl("doctor", "-w", home), looked_at(cl, "-w", home)

    assert ran.code == 0
    assert ran.out.endswith("\nAll is well.\n")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert {"Python", "pandas", "openpyxl", "LibreOffice", "Word shell", "output"} <= set(found)
    assert (found["cl.toml"]["value"], found["register"]["value"]) == ("valid", "1 file")
    assert (found["monitoring"]["value"], found["writing"]["value"]) == ("not used", "possible")
    assert found["in use"]["value"] == "by nobody"
    assert found["disk"]["value"].endswith(" GB free")
    assert sorted(path.name for path in home.iterdir()) == ["cl.toml", "register"]


@pytest.mark.parametrize(
    ("damage", "name", "said"),
    [
        (lambda home: (home / "cl.toml").write_text("[sorces]\n"), "cl.toml", "sorces"),
        (lambda home: (home / "register" / "complaints.xlsx").unlink(), "register", "0 files"),
    ],
)
def test_what_should_be_mended_is_marked_with_what_to_do(
    cl: Cl, a_workspace: Make, damage: Callable[[Path], object], name: str, said: str
) -> None:
    home = a_workspace()
    damage(home)

    ran, found = cl("doctor", "-w", home), looked_at(cl, "-w", home)

    assert ran.code == 3
    assert said in found[name]["value"]
    assert found[name]["hint"]
    assert f"\n! {name}" in ran.out
    assert ran.out.endswith("\n1 to mend, marked with !\n")


def test_who_holds_the_workspace_and_a_folder_that_takes_nothing_are_told(
    cl: Cl, a_workspace: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = a_workspace()
    with write.alone(home, "report"):
        held = looked_at(cl, "-w", home)["in use"]["value"]
    monkeypatch.setattr(write, "refused", lambda _: "Read-only file system")
    refused = looked_at(cl, "-w", home)["writing"]

    assert held.startswith("this workspace is in use by cl report, process ")
    assert (refused["value"], refused["well"]) == ("Read-only file system", False)


def test_nothing_says_who_or_where_you_are(
    cl: Cl, a_workspace: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "users" / "jane"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "users" / "jane"))
    (tmp_path / "users").mkdir()
    at_home = a_workspace(folder="users/jane/complaints")

    inside = cl("doctor", "-w", at_home)
    with write.alone(at_home, "report"):
        locked = cl("doctor", "-w", at_home).out
    elsewhere = cl("doctor", "-w", tmp_path / "secret-project" / "nothing").out

    assert f"  {Path('~/complaints')}\n" in inside.out
    assert ".../nothing: is not a folder" in elsewhere
    told = inside.out + locked + elsewhere
    assert str(tmp_path) not in told
    assert "secret-project" not in told
    assert "jane" not in told
    assert socket.gethostname() not in told.replace("this computer", "")
    assert f"/{getpass.getuser()}" not in told
