"""`cl doctor`: what is installed, found and missing, to paste into a question. No private data."""

from __future__ import annotations

import getpass
import locale
import os
import platform
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path

import typer
from msgspec import Struct

from complaints_learning import __version__
from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, WorkspaceOption
from complaints_learning.nouns import columns, wording
from complaints_learning.nouns import period as periods
from complaints_learning.nouns.errors import LearningError
from complaints_learning.nouns.settings import Settings

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Say what is installed, found and missing.

The program, the libraries, LibreOffice, the terminal, the clock, and the workspace: its settings,
how many files each source has, whether it can be written in, room on the disk, and who holds it.
The text can be pasted into a question: it holds no name, no value of your data and no folder but
its last name. Leaves with 3 when something should be mended.

\b
Examples:
  cl doctor
  cl doctor --workspace demo --json
"""
_PACKAGE = "complaints-learning"
_ROOM = 200_000_000
"""Bytes below which a disk is called nearly full: some hundred reports."""


class Diagnosis(Struct, frozen=True):
    """One thing that was looked at; `hint` says what to do when it is not well."""

    group: str
    name: str
    value: str
    well: bool = True
    hint: str = ""


@app.command(help=HELP)
def doctor(
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    found = [
        *_program(),
        *_terminal(),
        *_workspace(workspace),
    ]
    code = 0 if all(one.well for one in found) else 3
    if json:
        checks = [
            {
                "group": one.group,
                "name": one.name,
                "value": _private(one.value),
                "well": one.well,
                "hint": _private(one.hint),
            }
            for one in found
        ]
        say.as_json({"checks": checks, "exit_code": code})
    else:
        _print(found)
    raise typer.Exit(code)


def _print(found: list[Diagnosis]) -> None:
    width = max(len(one.name) for one in found)
    group = ""
    for one in found:
        if one.group != group:
            say.result(f"{chr(10) if group else ''}{one.group}")
            group = one.group
        mark = "  " if one.well else "! "
        say.result(f"{mark}{one.name:<{width}}  {_private(one.value)}")
        if one.hint:
            say.result(f"    {_private(one.hint)}")
    ill = sum(not one.well for one in found)
    say.result(f"\n{ill} to mend, marked with !" if ill else "\nAll is well.")


def _program() -> Iterator[Diagnosis]:
    """Ourselves, Python, and every library that we need."""
    from complaints_learning.draw import lettering
    from complaints_learning.read import places
    from complaints_learning.write import paper

    def one(name: str, value: str, well: bool = True, hint: str = "") -> Diagnosis:
        return Diagnosis("Program", name, value, well, hint)

    yield one(_PACKAGE, __version__)
    bits = platform.architecture()[0].replace("bit", " bit")
    yield one("Python", f"{platform.python_version()}, {bits}")
    yield one("system", f"{platform.system()} {platform.release()} {platform.machine()}")
    for name in _libraries():
        try:
            yield one(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield one(name, "missing", False, "Install complaints-learning again.")
    shell = places.shipped("templates") / "word" / "shell.docx"
    font = Path(lettering.font_file())
    for name, file in (("Word shell", shell), ("font of charts", font)):
        there = file.is_file()
        hint = "" if there else "Install complaints-learning again."
        yield one(name, f"{file.name}, found" if there else "missing", there, hint)
    # a PDF can be made in Word as well, so nothing is ill without it
    office = paper.found()
    hint = "Only --format pdf needs it."
    yield one("LibreOffice", "found" if office else "not found", True, "" if office else hint)


def _libraries() -> list[str]:
    """What this package says it needs, by name; nothing when it runs from its source alone."""
    try:
        needs = metadata.requires(_PACKAGE) or []
    except metadata.PackageNotFoundError:
        return []
    names = [re.split(r"[^\w.-]", need)[0] for need in needs if "extra ==" not in need]
    return sorted(names, key=str.casefold)


def _terminal() -> Iterator[Diagnosis]:
    """What a text is printed on, in which language, and what day it is there."""
    encoding = sys.stdout.encoding or "unknown"
    kind = "a terminal" if sys.stdout.isatty() else "no terminal"
    columns = shutil.get_terminal_size().columns
    yield Diagnosis("Surroundings", "output", f"{kind}, {encoding}, {columns} columns")
    yield Diagnosis("Surroundings", "language", ".".join(filter(None, locale.getlocale())) or "C")
    offset = time.strftime("%z")
    last = periods.parse("last").label
    day = wording.day(date.today())
    yield Diagnosis("Surroundings", "today", f"{day} (UTC{offset}), so 'last' is {last}")
    known = sorted(
        name for name in os.environ if name.startswith("CL_") or name in ("NO_COLOR", "TZ")
    )
    yield Diagnosis("Surroundings", "variables", ", ".join(known) or "none that matter here")


def _workspace(given: Path | None) -> Iterator[Diagnosis]:
    """What the workspace holds, as counts; nothing more is said of it."""
    from complaints_learning.read import places, texts

    def one(name: str, value: str, well: bool = True, hint: str = "") -> Diagnosis:
        return Diagnosis("Workspace", name, value, well, hint)

    try:
        home = places.workspace(given)
    except LearningError as wrong:
        asked = given is not None or bool(os.environ.get("CL_WORKSPACE"))
        yield one("folder", wrong.message if asked else "none here", not asked, wrong.hint)
        return
    yield one("folder", str(home.resolve()))
    try:
        settings = texts.choices(home)
    except LearningError as wrong:
        yield one("cl.toml", wrong.message, False, wrong.hint)
        return
    yield one("cl.toml", "valid")
    yield from _sources(home, settings)
    yield from _room(home)


def _sources(home: Path, settings: Settings) -> Iterator[Diagnosis]:
    for table in columns.TABLES:
        patterns: tuple[str, ...] = getattr(settings.sources, table)
        files = {path for pattern in patterns for path in home.glob(pattern) if path.is_file()}
        count = f"{wording.number(len(files))} {wording.plural(len(files), 'file')}"
        needed = table == "register" and not files
        hint = "Put the exports there, or change [sources] in cl.toml." if needed else ""
        yield Diagnosis("Workspace", table, count if patterns else "not used", not needed, hint)
    decided = home / settings.sources.decisions
    yield Diagnosis("Workspace", "decisions", "found" if decided.is_file() else "none yet")


def _room(home: Path) -> Iterator[Diagnosis]:
    from complaints_learning import write

    refused = write.refused(home)
    hint = "Ask for the right to write there, or give cl report another folder with --out."
    yield Diagnosis(
        "Workspace", "writing", refused or "possible", not refused, hint if refused else ""
    )
    with suppress(OSError):
        free = shutil.disk_usage(home).free
        low = free < _ROOM
        told = f"{free / 1e9:.1f} GB free"
        yield Diagnosis("Workspace", "disk", told, not low, "Make room first." if low else "")
    held = "" if refused else write.held(home)
    yield Diagnosis("Workspace", "in use", held or "by nobody")


def _private(text: str) -> str:
    """The text without who you are: the home folder is ~, other folders lose all but their name.

    >>> _private("/srv/share/complaints/demo"), _private("cl.toml: line 3"), _private("a/b")
    ('.../demo', 'cl.toml: line 3', 'a/b')
    """
    with suppress(RuntimeError, OSError):
        home = str(Path.home())
        if len(home) > 1:
            text = text.replace(home, "~")
    text = re.sub(r"(?:[A-Za-z]:|\\\\[^\s\\]+|(?<![\w~.])/)[^\s:,]*[\\/]", ".../", text)
    host = socket.gethostname()
    if len(host) > 1:
        text = re.sub(rf"\b{re.escape(host)}\b", "this computer", text)
    with suppress(Exception):  # a service may have no user
        user = getpass.getuser()
        if len(user) > 1:
            text = re.sub(rf"(?<=[\\/]){re.escape(user)}\b", "USER", text)
    return text
