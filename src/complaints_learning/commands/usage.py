"""A command line that cannot be understood in; our own message out: where, what, what next."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from complaints_learning.commands import COMMANDS
from complaints_learning.nouns import wording
from complaints_learning.nouns.errors import LearningError, SettingsError

_PERIOD = re.compile(r"\d{4}(-\d\d?|/\d\d|Q\d|\.\.|$)|last")


def unknown_command(typed: str, group: str, known: Sequence[str]) -> LearningError:
    """The message for a word that is no command of `group` ('cl' or 'cl template')."""
    close = difflib.get_close_matches(typed.casefold(), known, n=1)
    asked = f"Did you mean '{group} {close[0]}'? " if close else ""
    return _wrong(group, f"there is no command '{typed}'", f"{asked}All commands: {group} --help")


def unanswered() -> LearningError:
    """A question was asked and the input ended."""
    return _wrong("cl", "a question had no answer, so nothing was written", "Run again.")


def told(wrong: Any, line: Sequence[str]) -> LearningError:
    """What `line` lacks or has too much of. `wrong` is an error of the command line's parser."""
    context: Any = getattr(wrong, "ctx", None)
    at = context.command_path if context else f"cl {' '.join(line[:1])}".strip()
    kind = type(wrong).__name__
    if kind == "MissingParameter" and wrong.param is not None:
        return _missing(at, wrong.param, context, line)
    if kind == "NoSuchOption":
        return _no_option(at, wrong.option_name, context, line)
    message = str(wrong.format_message()).rstrip(".")
    word = re.search(r"'([^']+)'|\(([^()]*)\)$", message)
    named = (word[1] or word[2]) if word else ""
    if message.startswith("Got unexpected extra arg"):
        return _too_much(at, named, context)
    if "requires an argument" in message:
        return _wrong(at, f"{named} needs a value after it", f"Such as: {at} {named} ...")
    if message.startswith("No such command"):
        return unknown_command(named, at, context.command.list_commands(context))
    if message == "Missing command":
        known = wording.listed(context.command.list_commands(context))
        return _wrong(at, f"say what to do with it: {known}", _example(context))
    return _wrong(at, wording.lower_first(message), f"All options: {at} --help")


def _missing(at: str, param: Any, context: Any, line: Sequence[str]) -> LearningError:
    name = param.opts[0] if param.param_type_name == "option" else param.metavar
    period = next((word for word in line[1:] if _PERIOD.match(word)), "")
    if name == "--period" and period:
        return _wrong(at, f"{name} is missing", f"Did you mean {name} {period}?")
    help_ = getattr(param, "help", "") or ""
    which = f" ({wording.lower_first(help_.rstrip('.'))})" if name != "--period" else ""
    return _wrong(at, f"{name} is missing{which}", _example(context))


def _no_option(at: str, typed: str, context: Any, line: Sequence[str]) -> LearningError:
    later = [word for word in line if word in COMMANDS]
    if at == "cl" and later:
        hint = f"Options come after the command: cl {later[0]} {typed} ..."
        return _wrong(at, f"there is no option {typed} before a command", hint)
    params = context.command.get_params(context) if context else ()
    known = [word for one in params for word in one.opts]
    close = difflib.get_close_matches(typed.casefold(), known, n=1, cutoff=0.6)
    meant = f"Did you mean {close[0]}? " if close else ""
    return _wrong(at, f"there is no option {typed}", f"{meant}All options: {at} --help")


def _too_much(at: str, word: str, context: Any) -> LearningError:
    known = {word for one in context.command.params for word in one.opts}
    first = word.split(" ")[0]
    if "--period" in known and _PERIOD.match(first):
        hint = f"Did you mean --period {first}?"
    elif "--workspace" in known and Path(first).is_dir():
        hint = f"Did you mean --workspace {first}?"
    else:
        hint = "A name with spaces needs quotes around it."
    return _wrong(at, f"'{word}' is too much", f"{hint} All options: {at} --help")


def _example(context: Any) -> str:
    """The first example in the help of the command, or of the one that it belongs to."""
    at = context.command_path
    while context is not None:
        examples = (context.command.help or "").partition("Examples:\n")[2].split("\n")
        fitting = [line.strip() for line in examples if line.strip().startswith(at)]
        if fitting:
            return f"Such as: {fitting[0]}"
        context = context.parent
    return f"All options: {at} --help"


def _wrong(at: str, message: str, hint: str) -> LearningError:
    where = at.removeprefix("cl").strip()
    return SettingsError(f"{where}: {message}." if where else f"{message}.", hint, "command-line")
