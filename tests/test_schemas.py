"""Every --json answer has the shape that docs/schemas states, and says which one it is."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from complaints_learning.commands import COMMANDS, schemas

pytestmark = pytest.mark.usefixtures("counted_once")

ROOT = Path(__file__).resolve().parent.parent
TEN = [{"Case Ref": f"C{n:03d}"} for n in range(10)]
IN_THE_WORKSPACE = [
    ("check",),
    ("figures", "-p", "2023"),
    ("themes", "-p", "2023"),
    ("trend", "-p", "2023"),
    ("chain", "-p", "2023"),
    ("report", "-p", "2023"),
    ("report", "-p", "2023", "--edition", "internal", "-f", "xlsx"),
    ("explain", "received", "-p", "2023", "--edition", "internal"),
    ("explain", "C003", "-p", "2023", "--edition", "internal"),
    ("doctor",),
    ("template", "check"),
    ("template", "list"),
    ("template", "copy", "finance"),
    ("template", "figures", "-p", "2023"),
    ("review", "-p", "2023"),
]


def held_to_its_schema(text: str) -> str:
    """The answer's kind, when every field is as its schema says and no other is there."""
    told = json.loads(text)
    assert next(iter(told)) == "schema"
    name, kind, version = told["schema"].split("/")
    assert (name, version) == ("complaints-learning", "1")
    msgspec.convert(told, schemas.SCHEMAS[kind], strict=True)
    return kind


@pytest.mark.parametrize("words", IN_THE_WORKSPACE, ids=" ".join)
def test_an_answer_has_the_shape_that_it_names(
    cl: Callable[..., object], a_workspace: Callable[..., Path], words: tuple[str, ...]
) -> None:
    home = a_workspace([*TEN, {"Case Ref": None}])

    ran = cl(*words, "-w", home, "--json")

    assert held_to_its_schema(ran.out).split("-")[0] == words[0]


def test_answers_about_a_report_have_their_shapes(
    cl: Callable[..., object], a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace(TEN)
    cl("report", "-p", "2023", "-w", home)
    out = home / "out" / "2022-23"
    document, record = out / "learning-report.docx", out / "run.json"

    assert held_to_its_schema(cl("verify", document, "-w", home, "--json").out) == "verify"
    assert held_to_its_schema(cl("refresh", document, "-w", home, "--json").out) == "refresh"
    assert held_to_its_schema(cl("check", document, "--json").out) == "check-document"
    assert held_to_its_schema(cl("rerun", record, "--json").out) == "rerun"
    assert held_to_its_schema(cl("compare", record, record, "--json").out) == "compare"
    assert held_to_its_schema(record.read_text(encoding="utf-8")) == "run"
    again = ("report", "-p", "2023", "-w", home, "--if-changed", "--json")
    assert held_to_its_schema(cl(*again).out) == "unchanged"
    assert held_to_its_schema(cl("explain", "outcome-unknown", "--json").out) == "explain-code"


def test_answers_about_files_have_their_shapes(
    cl: Callable[..., object], a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    home = a_workspace(TEN)
    register = home / "register" / "complaints.xlsx"
    texts = tmp_path / "texts.csv"
    texts.write_text("text,themes,primary\nNobody rang us back.,communication,\n", "utf-8")

    sorted_ = cl("classify", register, "-t", "Summary", "--json")
    assert held_to_its_schema(sorted_.out) == "classify"
    assert len(json.loads(sorted_.out)["rows"]) == len(TEN)
    assert held_to_its_schema(cl("evaluate", texts, "--json").out) == "evaluate"
    assert held_to_its_schema(cl("sample", tmp_path / "demo", "--json").out) == "sample"
    (home / "cl.toml").unlink()
    proposed = cl("init", home, "--json")
    assert (held_to_its_schema(proposed.out), proposed.err) == ("init", "")


def test_every_command_answers_in_json_and_has_a_schema() -> None:
    kinds = {kind.split("-")[0] for kind in schemas.SCHEMAS}
    for name in COMMANDS:
        app = importlib.import_module(f"complaints_learning.commands.{name}").app
        for one in app.registered_commands:
            assert "json" in inspect.signature(one.callback).parameters, f"{name} {one.name}"
        assert name in kinds, f"{name}: add the shape of its answer to commands/schemas.py"


def test_the_schemas_are_written_down() -> None:
    written = {path.stem for path in (ROOT / "docs" / "schemas").glob("*.json")}

    assert written == set(schemas.SCHEMAS)
    for kind, shape in schemas.SCHEMAS.items():
        path = ROOT / "docs" / "schemas" / f"{kind}.json"
        told = json.loads(path.read_text(encoding="utf-8"))
        assert told.pop("$id") == f"complaints-learning/{kind}/1"
        told.pop("$schema")
        assert told == json.loads(json.dumps(msgspec.json.schema(shape)))
