"""Files in, raw tables out: cells as typed with file, sheet and Excel row. No row is dropped."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import Table
from complaints_learning.nouns.errors import LearningError, Place, Problem, ReadError, SettingsError
from complaints_learning.nouns.raw import Raw, RawTable
from complaints_learning.nouns.records import Source
from complaints_learning.nouns.settings import Settings
from complaints_learning.read import beside, delimited, kinds, layout, passwords, places, workbook
from complaints_learning.read.grid import Grid

__all__ = ["candidates", "named", "tables", "workspace"]

_GLOB = set("*?[")


def workspace(
    folder: Path, settings: Settings, meanwhile: Callable[[int], object] | None = None
) -> Raw:
    """Everything the sources of a workspace hold.

    A file that cannot be read is a problem, and the others are still read. While a large workbook
    is read, `meanwhile` runs once in a thread of its own, which is told its size and has ended when
    this returns.
    """
    found: list[RawTable] = []
    sources: list[Source] = []
    problems: list[Problem] = []
    supplied: set[str] = set()
    unread: dict[str, list[Problem]] = {}
    with _no_garbage_collection(), beside.Beside(meanwhile) as idle:
        for name, table in columns.TABLES.items():
            patterns: tuple[str, ...] = getattr(settings.sources, name)
            mapped: Mapping[str, str] = getattr(settings.columns, name)
            paths, missing = named(folder, patterns)
            problems += missing
            for path in paths:
                file = path.relative_to(folder).as_posix()
                try:
                    data = path.read_bytes()
                    tables_of, notes = _read(file, data, table, mapped, idle)
                except LearningError as wrong:
                    problems.append(_unread(file, wrong))
                    if wrong.code != "file-other" or name == "register":
                        unread.setdefault(name, []).append(problems[-1])
                    continue
                except OSError as wrong:
                    problems.append(_cannot_open(file, wrong))
                    unread.setdefault(name, []).append(problems[-1])
                    continue
                found += tables_of
                problems += notes
                supplied.add(name)
                rows = sum(len(each) + len(each.not_records) for each in tables_of)
                sources.append(Source(file, hashlib.sha256(data).hexdigest(), rows, name))
    return Raw(
        tuple(found),
        tuple(sources),
        tuple(problems),
        frozenset(supplied),
        {name: tuple(each) for name, each in unread.items()},
    )


def tables(
    path: Path, wanted: str | Table | None = None, mapped: Mapping[str, str] | None = None
) -> list[RawTable]:
    """The tables of one file; ReadError says why when it is not one we can read.

    `wanted` names the kind of table looked for; without it the first full row is the header.
    """
    table = columns.TABLES[wanted] if isinstance(wanted, str) else wanted
    with _no_garbage_collection():
        try:
            data = path.read_bytes()
        except OSError as wrong:
            why, todo = places.unopened(path, wrong, "Excel")
            missing = isinstance(wrong, FileNotFoundError)
            code = "file-missing" if missing else "file-unopened"
            raise ReadError(f"{path}: {why}.", todo, code) from None
        return _read(path.name, data, table, mapped or {})[0]


_NOT_EXPORTS = frozenset(("out", "templates", "review", "making"))
_MOST_FILES = 500


def candidates(folder: Path) -> tuple[dict[str, dict[str, list[RawTable]]], list[Problem]]:
    """Every file of a folder that reads as a table, as each kind that it might be."""
    found: dict[str, dict[str, list[RawTable]]] = {}
    problems: list[Problem] = []
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths[:_MOST_FILES]:
        inside = path.relative_to(folder)
        hidden = any(part.startswith((".", "~$")) for part in inside.parts)
        if hidden or inside.parts[0] in _NOT_EXPORTS or path.suffix.casefold() in _NEVER:
            continue
        file = inside.as_posix()
        try:
            with _no_garbage_collection():
                grids = _grids(file, path.read_bytes())
                found[file] = {
                    name: [each for grid in grids for each in layout.tables(grid, file, table)]
                    for name, table in columns.TABLES.items()
                }
        except LearningError as wrong:
            problems.append(_unread(file, wrong))
        except OSError as wrong:
            problems.append(_cannot_open(file, wrong))
    return found, problems


_NEVER = frozenset((".toml", ".md", ".py", ".docx", ".doc", ".pdf", ".pptx", ".png", ".jpg", ".j2"))


def _read(
    file: str,
    data: bytes,
    table: Table | None,
    mapped: Mapping[str, str],
    idle: beside.Beside | None = None,
) -> tuple[list[RawTable], list[Problem]]:
    grids = _grids(file, data, idle)
    notes = [note for grid in grids for note in grid.notes]
    found: list[RawTable] = []
    for grid in grids:
        found += layout.tables(grid, file, table, mapped)
        if grid.hidden:
            notes.append(_hidden(file, grid))
    if not found:
        notes.append(
            Problem(
                "file-no-table",
                "there is no table in the file.",
                Place(file),
                "Export it again, or take it away.",
            )
        )
    return found, notes


def _grids(file: str, data: bytes, idle: beside.Beside | None = None) -> list[Grid]:
    if not data:
        raise ReadError(
            f"{file}: the file is empty.",
            "If it is kept in OneDrive or SharePoint, open it once so that it is downloaded.",
            code="file-empty",
        )
    try:
        return _opened(file, data, idle)
    except ReadError as wrong:
        if wrong.code != "file-locked" or not passwords.given():
            raise
    return _opened(file, passwords.unlocked(data, file), idle)


def _opened(file: str, data: bytes, idle: beside.Beside | None) -> list[Grid]:
    kind = kinds.told(data, file)
    if kind == "xlsx":
        return workbook.grids(data, file, idle)
    if kind == "text":
        return [delimited.grid(data, file)]
    if kind == "html":
        raise kinds.not_a_table(file, "a web page (HTML)")
    if kind == "xml2003":
        raise kinds.not_a_table(file, "an XML spreadsheet of 2003")
    return workbook.apart(data, file, kind)


def named(folder: Path, patterns: Iterable[str]) -> tuple[list[Path], list[Problem]]:
    """The files that patterns name, each once, Office's lock files and hidden files left out."""
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for pattern in patterns:
        if _leads_out(pattern):
            raise SettingsError(
                f"cl.toml: [sources]: '{pattern}' leads out of the workspace.",
                "Put the file into the workspace and give its place there.",
                code="source-outside",
            )
        if (folder / pattern).is_file():
            found[folder / pattern] = None
        elif _GLOB & set(pattern):
            for path in sorted(folder.glob(pattern), key=lambda each: each.as_posix()):
                if path.is_file() and not path.name.startswith(("~$", ".")):
                    found[path] = None
        else:
            problems.append(
                Problem(
                    "file-missing",
                    f"{pattern}: there is no such file in the workspace.",
                    hint="Put the export there, or change [sources] in cl.toml.",
                )
            )
    return list(found), problems


def _leads_out(pattern: str) -> bool:
    """Whether a pattern of cl.toml starts elsewhere or climbs, on this system or another.

    >>> _leads_out("register/*.xlsx"), _leads_out("../x.csv"), _leads_out("C:\\\\x.csv")
    (False, True, True)
    """
    parts = pattern.replace("\\", "/").split("/")
    return ".." in parts or parts[0] in ("", "~") or parts[0].endswith(":")


def _hidden(file: str, grid: Grid) -> Problem:
    return Problem(
        "sheet-hidden",
        "the sheet is hidden in Excel; it was read.",
        Place(file, grid.sheet),
        "If it should not count, delete the sheet or export again without it.",
    )


def _unread(file: str, wrong: LearningError) -> Problem:
    """An error of one file as a problem of it: the others are still read."""
    return Problem(
        wrong.code or "file-damaged",
        wrong.message.removeprefix(f"{file}: "),
        Place(file) if wrong.message.startswith(f"{file}: ") else Place(),
        wrong.hint,
    )


def _cannot_open(file: str, wrong: OSError) -> Problem:
    if isinstance(wrong, FileNotFoundError):
        return Problem("file-missing", f"{file}: there is no such file.", hint="Check the name.")
    return Problem(
        "file-unopened",
        f"{file}: cannot be opened ({wrong.strerror or type(wrong).__name__}).",
        hint="Close it if it is open in Excel, and check that you may read it.",
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Reading makes millions of cells and no cycles: looking for garbage only costs time.

    What was read is set aside before collecting goes on, or the first collection would walk
    through all of it; it is freed all the same when nothing refers to it any more.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.freeze()
            gc.enable()
