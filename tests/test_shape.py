"""The rules of the house, held: `docs/architecture.md` says why each is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import gutted
import shape

from complaints_learning.nouns.counted import Counted

TESTS = Path(__file__).resolve().parent
OPENS = {"open", "os.open", ".open", ".read_text", ".read_bytes"}
SAVES = {
    *("os.open", ".write_text", ".write_bytes", ".mkdir", "os.mkdir", ".unlink", "os.unlink"),
    *(".rmdir", ".touch", ".rename", "os.replace", "shutil.rmtree", "shutil.copyfile"),
    *("shutil.copy", "shutil.copytree", "shutil.move"),
}
PRINTS = {"print", "typer.echo", "typer.secho", "input", "typer.prompt", "typer.confirm"}
HEAVY = {"pandas", "numpy", "matplotlib", "docx", "openpyxl", "scipy", "jinja2", "lxml", "PIL"}

MAY_OPEN = {
    "write.shell": "the council's Word file is the ground that the report is written on",
    "write.safely": "opens the file that it saves",
    "write.paper": "takes back the PDF that LibreOffice made",
    "write.copied": "copies the sample",
    "write.lock": "asks who holds the workspace",
    "word.package": "opens the parts of a Word file already in memory",
    "jobs.finishing": "hands the finished drafts to the gate",
    "commands.crash": "when we crash, nothing else of ours can be relied on",
    "commands.log": "keeps the log open while a command runs",
    "commands.say": "turns a stream that nobody reads to nowhere",
}
MAY_SAVE = {
    "commands.say": "turns a stream that nobody reads to nowhere",
    "commands.log": "keeps the log open while a command runs",
    "commands.crash": "when we crash, nothing else of ours can be relied on",
}
MAY_PRINT = {"commands.crash": "when we crash, nothing else of ours can be relied on"}
LONG = {
    "nouns.codes": "a list: every problem with its meaning",
    "commands.schemas": "a list: the shape of every answer",
}


def test_stages_never_import_each_other() -> None:
    found = [
        f"{one.module} imports {one.target}"
        for one in shape.imports()
        if shape.layer(one.module) == shape.layer(one.target) == "stages"
        and shape.top(one.module) != shape.top(one.target)
    ]

    assert found == []


def test_layers_only_look_down() -> None:
    order = list(shape.LAYERS)
    upward = [
        f"{one.module} imports {one.target}"
        for one in shape.imports()
        if order.index(shape.layer(one.module)) > order.index(shape.layer(one.target))
    ]

    assert upward == []


def test_nouns_load_nothing_heavy() -> None:
    nouns = [name for name in shape.modules() if shape.layer(name) == "nouns"]
    heavy = {name: shape.outside(name) & HEAVY for name in nouns if shape.outside(name) & HEAVY}

    assert "nouns.findings" in nouns
    assert heavy == {}


def test_no_module_needs_itself_neither_loaded_nor_later() -> None:
    assert shape.cycles(("top", "lazy")) == []


def test_no_job_needs_itself_not_even_for_its_types() -> None:
    assert shape.cycles(("top", "lazy", "types"), among="jobs") == []


@pytest.mark.parametrize(
    ("done", "by", "may"),
    [
        (OPENS, ("read",), MAY_OPEN),
        (SAVES, ("write",), MAY_SAVE),
        (PRINTS, ("cli", "commands"), MAY_PRINT),
    ],
    ids=["only read opens", "only write saves", "only cli prints"],
)
def test_files_and_the_screen_are_at_the_ends(
    done: set[str], by: tuple[str, ...], may: dict[str, str]
) -> None:
    found = [
        f"{name} calls {call}"
        for name in shape.modules()
        for call, _ in shape.calls(name)
        if call in done and shape.top(name) not in by and name not in may
    ]

    assert found == []


def test_no_module_touches_a_file_or_the_screen_when_it_is_imported() -> None:
    found = [
        f"{name} calls {call}"
        for name in shape.modules()
        for call, when in shape.calls(name)
        if when == "top" and call in OPENS | SAVES | PRINTS
    ]

    assert found == []


def test_what_a_complaint_said_stops_at_classify(full: Counted) -> None:
    assert "text" not in full.checked.frames["complaints"].columns
    assert len(full.words) == len(full.checked.frames["complaints"])


def test_no_stage_after_classify_asks_for_what_a_complaint_said() -> None:
    after = ("measure", "protect", "tell", "draw", "write", "word")
    asked = ('complaints["text"]', "complaints.text", 'frame["text"]')
    found = [
        name
        for name, path in shape.modules().items()
        if shape.top(name) in after
        and any(words in path.read_text(encoding="utf-8") for words in asked)
    ]

    assert found == []


def test_only_drafts_ask_for_temporary_files() -> None:
    """What needs one gets it in a draft: the old formats and passwords are read from memory."""
    found = [
        name
        for name, path in shape.modules().items()
        if "tempfile" in path.read_text(encoding="utf-8")
    ]

    assert found == ["write.drafted"]


def test_values_are_structs() -> None:
    """Python takes half a millisecond to make a frozen dataclass; 110 of them took 60 ms."""
    found = [
        name
        for name, path in shape.modules().items()
        if "@dataclass(frozen=True" in path.read_text(encoding="utf-8")
    ]

    assert found == ["nouns.errors"]  # which help loads, and msgspec it does not


def test_every_test_file_has_a_subject_that_is_taken_from_it_or_says_why_not() -> None:
    tests = sorted(path.stem.removeprefix("test_") for path in TESTS.glob("test_*.py"))
    named = [name for names in gutted.SUBJECTS.values() for name in names]

    assert sorted([*named, *gutted.WITHOUT]) == tests, "name each once in tools/gutted.py"
    assert set(" ".join(gutted.SUBJECTS).split()) <= set(shape.modules())
    for test in gutted.ALIVE:
        path, _, name = test.partition("::")
        text = (TESTS.parent / path).read_text(encoding="utf-8")
        assert f"def {name}(" in text, f"{test} is no test any more"


def test_a_long_file_says_why_it_is_long() -> None:
    long = {name for name in shape.modules() if shape.lines(name) > 350}

    assert sorted(long - set(LONG)) == [], "split it, or give the reason in LONG"


def test_the_rules_notice_what_they_forbid() -> None:
    called = {call for name in shape.modules() for call, _ in shape.calls(name)}
    pairs = {(shape.top(one.module), shape.top(one.target)) for one in shape.imports()}

    assert {".read_bytes", "print", "shutil.rmtree"} <= called
    assert {("pipeline", "read"), ("measure", "nouns"), ("cli", "commands")} <= pairs
