"""What commands print: notes on stderr, results on stdout, JSON with a stable shape.

Imported with `cli`, so what only some of it needs is imported there: help does not wait for it.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from complaints_learning.commands import ending, log, progress
from complaints_learning.nouns.errors import LearningError, Problem

if TYPE_CHECKING:
    from complaints_learning.nouns.findings import Figure, Findings
    from complaints_learning.nouns.period import Period
    from complaints_learning.nouns.records import Checked

_OF_THE_RUN = ("period-empty", "complaints-undated", "input-changed")


class Running:
    """The command that runs, and whether it was asked to be quiet."""

    command: str = ""
    quiet: bool = False
    workspace: Path | None = None


def screen() -> None:
    """Give a run without screen (a service, `>&-`) somewhere to print, and keep 0, 1 and 2 taken.

    Else the first file that is opened gets such a number, and a library's warning lands in it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number: this one
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nowhere)


def begin(command: str) -> None:
    """A command begins: nothing of the one before is left."""
    Running.command, Running.quiet, Running.workspace = command, False, None


def note(text: str, quiet: bool = False) -> None:
    """A line for a person, on stderr, unless they asked for quiet."""
    log.event("note", text=text)
    if not (quiet or Running.quiet):
        _print(text, sys.stderr)


def aloud(text: str) -> None:
    """A note that whoever asked for quiet needs all the more."""
    log.event("note", text=text)
    _print(text, sys.stderr)


def at(home: Path) -> Path:
    """The workspace that was found beside a file: proposals name it, unless we are inside it."""
    if Running.workspace is None and not Path.cwd().is_relative_to(home.resolve()):
        Running.workspace = home
    return home


def line(command: str) -> str:
    """A command to type next, in the workspace that was named: it can be copied as it is."""
    home = Running.workspace
    return f"{command} --workspace {quoted(home)}" if home is not None else command


def quoted(path: Path) -> str:
    """A path as it is typed at a terminal of any system.

    >>> quoted(Path("our report.docx")), quoted(Path("report.docx"))
    ('"our report.docx"', 'report.docx')
    """
    return f'"{path}"' if " " in str(path) else str(path)


def what_next(problems: Sequence[Problem], then: str = "", quiet: bool = False) -> None:
    """The end of a command that counted: what is to be looked at in the exports, what comes next.

    `then` is a sentence, or a command.
    """
    from complaints_learning.nouns import wording

    cells = [one for one in problems if one.code not in _OF_THE_RUN]
    if cells:
        many = wording.number(len(cells))
        things = wording.plural(len(cells), "thing")
        note(f"{many} {things} to look at in the exports: {line('cl check')}", quiet)
    if then:
        note(then, quiet)


def step(text: str) -> None:
    """What is being done now. A terminal shows it when a command takes over a second."""
    ending.check()
    log.event("step", text=text)
    if not Running.quiet:
        progress.step(text)


def result(text: str) -> None:
    """A result, on stdout."""
    _print(text, sys.stdout)


def wrote(path: Path) -> None:
    """A file that was written: its path is the result."""
    log.event("wrote", file=str(path))
    _print(str(path), sys.stdout)


def error(wrong: LearningError) -> None:
    """Why we cannot go on, on stderr, quiet or not."""
    log.event("error", code=wrong.code, message=wrong.message, hint=wrong.hint)
    _print(f"cl: {wrong}", sys.stderr)


def as_json(value: Mapping[str, Any], kind: str = "") -> None:
    """One JSON object, on stdout, with its shape's name and version first.

    `kind` names the shape when a command has several; docs/schemas has one file a shape.
    """
    whole = {"schema": f"complaints-learning/{kind or Running.command}/1", **value}
    result(json.dumps(whole, ensure_ascii=True, indent=2, default=str))


def _print(text: str, stream: TextIO) -> None:
    """Print, and take no offence when nobody reads on: `cl figures | head`."""
    progress.clear()
    try:
        print(fitted(text) if stream.isatty() else text, file=stream)
    except OSError as wrong:
        if wrong.errno not in (errno.EPIPE, errno.EINVAL):
            raise
        closed(stream)


def columns() -> int:
    """Characters of a line in the terminal; a longer one than 100 is hard to read."""
    import shutil

    return min(shutil.get_terminal_size().columns, 100)


def fitted(text: str, width: int = 0) -> str:
    """Long lines broken between words for a terminal, the rest of each a step further in.

    >>> fitted("  one two three", 10)
    '  one two\\n    three'
    """
    import textwrap

    width = width or columns()
    lines = []
    for line in text.split("\n"):
        lead = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line,
            width,
            subsequent_indent=f"{lead}  ",
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


def closed(stream: TextIO) -> None:
    """Let what is still to be printed on a closed stream go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def meant(typed: str, known: Iterable[str]) -> str:
    """A question for a word that is nearly one of `known`, or ''.

    >>> meant("doc", ("docx", "html"))
    "Did you mean 'docx'?"
    """
    import difflib

    close = difflib.get_close_matches(typed.casefold(), list(known), n=1)
    return f"Did you mean '{close[0]}'?" if close else ""


def dates(period: Period) -> str:
    """'2022-23: 1 April 2022 to 31 March 2023'."""
    from complaints_learning.nouns import wording

    return f"{period.label}: {wording.day(period.start)} to {wording.day(period.end)}"


def heading(period: Period, problems: Iterable[Problem], quiet: bool = False) -> None:
    """What a command says first: the period's dates, and what is wrong with this run as a whole.

    That is about no cell, so `cl check` does not list it; and when nothing falls in the period,
    what follows is about nothing.
    """
    note(dates(period), quiet)
    for one in problems:
        if one.code in _OF_THE_RUN:
            aloud(str(one))


def period_as_json(period: Period) -> dict[str, str]:
    """First and last day, both inside, and the label."""
    return {
        "label": period.label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def rows_as_json(findings: Findings, checked: Checked) -> dict[str, Any]:
    """Where every row of the register went; read is the sum of the others."""
    from complaints_learning.nouns.records import Rows

    register = checked.rows.get("register") or Rows("register")
    value = {
        name: _value(findings, f"rows.{name}") for name in ("outside", "undated", "unanswered")
    }
    others = sum(_value(findings, f"rows.{kind}") for kind in ("compliment", "comment", "enquiry"))
    return {
        "read": register.read,
        "counted": _value(findings, "rows.counted"),
        "other_kinds": others,
        "outside": value["outside"],
        "undated": value["undated"],
        "unanswered": value["unanswered"],
        "superseded": sum(register.superseded.values()),
        "left_out": sum(register.left_out.values()),
        "by_reason": {**register.superseded, **register.left_out},
        "tables": {
            name: {
                "read": rows.read,
                "counted": rows.counted,
                "superseded": sum(rows.superseded.values()),
                "left_out": sum(rows.left_out.values()),
                "by_reason": {**rows.superseded, **rows.left_out},
            }
            for name, rows in sorted(checked.rows.items())
        },
    }


def _value(findings: Findings, name: str) -> int:
    figure = findings.figures.get(name)
    return int(figure.value) if figure is not None and figure.value is not None else 0


def rows(findings: Findings, checked: Checked) -> list[str]:
    """The same as a few lines: what was read, counted, outside and left out, with reasons."""
    from complaints_learning.nouns import wording
    from complaints_learning.nouns.records import Rows

    told = rows_as_json(findings, checked)
    register = checked.rows.get("register") or Rows("register")
    reasons = {"superseded": register.superseded, "left_out": register.left_out}
    number = wording.number
    lines = [
        f"{_many(len(checked.sources), 'file')} read; "
        f"{_many(told['read'], 'row')} in the register:",
        f"  {_many(told['counted'], 'complaint')} counted in the period",
    ]
    if told["other_kinds"]:
        kinds = wording.plural(
            told["other_kinds"],
            "compliment, comment or enquiry",
            "compliments, comments and enquiries",
        )
        lines.append(f"  {number(told['other_kinds'])} {kinds} of the period, counted apart")
    for key, said in (
        ("outside", "outside the period"),
        ("undated", "without a date that puts them in a period"),
        ("unanswered", "not answered yet, so in no period"),
        ("superseded", "merged into their complaint or replaced by a later export"),
        ("left_out", "left out"),
    ):
        if told[key]:
            lines.append(f"  {number(told[key])} {said}")
            why = reasons.get(key, {})
            lines += [f"    {number(count)} {reason}" for reason, count in why.items()]
    return lines


def _many(count: int, noun: str) -> str:
    from complaints_learning.nouns import wording

    return f"{wording.number(count)} {wording.plural(count, noun)}"


def figures_as_json(findings: Findings) -> dict[str, dict[str, Any]]:
    """Every figure by name."""
    return {name: figure_as_json(one) for name, one in sorted(findings.figures.items())}


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """Value and denominator (null when masked or missing), the text that is shown, the rest."""
    from complaints_learning.nouns import wording

    return {
        "value": figure.value,
        "of": figure.of,
        "text": wording.figure(figure),
        "percent": None if figure.percent is None else round(figure.percent, 1),
        "unit": figure.unit,
        "masked": bool(figure.masked),
        "meaning": figure.meaning,
    }


def problems_as_json(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Each problem with its place; messages hold no names and no words of a complaint."""
    return [
        {
            "code": one.code,
            "file": one.place.file,
            "sheet": one.place.sheet,
            "cell": one.place.cell,
            "message": one.message,
            "hint": one.hint,
        }
        for one in problems
    ]


def problem_kinds(problems: Iterable[Problem]) -> list[str]:
    """'3 x outcome-unknown: An outcome that is not mapped', most frequent first."""
    from complaints_learning.nouns import codes

    found = codes.kinds(one.code for one in problems)
    return [f"{count} x {code}: {title}" for code, title, count in found]
