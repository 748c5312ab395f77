"""What is wrong in cl.toml as the computer says it in, as a person would say it out.

Each message names the line, what stands there and what may stand there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from complaints_learning.nouns import alike, columns, period
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.records import COMPLAINANTS, OUTCOMES, PROCEDURES

if TYPE_CHECKING:
    from complaints_learning.nouns.settings import Settings

_AT = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_STRAIGHT = str.maketrans("\u201c\u201d\u201e\u2018\u2019\u201a", "\"\"\"'''")
_SLASHED = re.compile(r"[\"']?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[\"']?")


def syntax(wrong: tomllib.TOMLDecodeError, text: str, file: str) -> SettingsError:
    """Why a file is no TOML, with the line as it should be where that can be told."""
    found = _AT.search(str(wrong))
    lines = text.splitlines()
    number = int(found["line"]) if found and found["line"] else max(len(lines), 1)
    stands = lines[number - 1].strip() if number <= len(lines) else ""
    why, hint = _unreadable(_AT.sub("", str(wrong)), stands)
    return SettingsError(f"{file}, line {number}: {why}.", hint, "settings-syntax")


_USUAL = 'Texts stand in straight quotes: name = "Our council". Lists in square brackets.'


def _unreadable(said: str, stands: str) -> tuple[str, str]:
    key, equals, value = (part.strip() for part in stands.partition("="))
    straight = stands.translate(_STRAIGHT)
    if straight != stands and (_is_toml(straight) or not {'"', "'"} & set(stands)):
        return "the quotes are curly, and settings need straight quotes", f"Write: {straight}"
    if equals and (day := _SLASHED.fullmatch(value)):
        return f"{value} is no day as it is written here", _day(key, day)
    if equals and value in ("True", "False", "yes", "no", "Yes", "No", "TRUE", "FALSE"):
        word = "true" if value.casefold() in ("true", "yes") else "false"
        return f"{value} is no value", f"Write: {key} = {word}"
    if "\\" in stands and _is_toml(stands.replace("\\", "/")):
        return "a \\ stands in a text", f"Write / instead: {stands.replace(chr(92), '/')}"
    if equals and " " in key and _is_toml(f'"{key}" = {value}'):
        return "a name with a space needs straight quotes", f'Write: "{key}" = {value}'
    if equals and re.match(r"\d{4}-\d", value):
        return f"{value} is no day", _day(key, None)
    if said.startswith("Unterminated"):
        return "the closing quote is missing", _USUAL
    if equals and value and _is_toml(f'{key} = "{value}"'):
        return "the text after = has no quotes", f'Write: {key} = "{value}"'
    if "overwrite" in said or "twice" in said:
        return f"{stands if len(stands) <= 60 else 'this'} stands here a second time", (
            "Keep one of them; the lines of a section stand together under its [name]."
        )
    return f"{said[:1].lower()}{said[1:]}", _USUAL


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _day(key: str, day: re.Match[str] | None) -> str:
    shown = "2024-03-11"
    if day:
        with suppress(ValueError):
            shown = f"{date(int(day[3]), int(day[2]), int(day[1])):%Y-%m-%d}"
    return f"Write a day as {shown}, without quotes: {key} = {shown}"


_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]+)`")
_MISSING = re.compile(r"missing required field `(?P<key>[^`]+)`")
_PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")


def value(
    wrong: str, raw: Mapping[str, Any], whole: type[Settings], text: str, file: str
) -> SettingsError:
    """Why a setting is not what `whole` takes: it does not exist, or its value cannot be used."""
    import msgspec.inspect

    path = _PATH.search(wrong)
    keys, kind = _walked(path["path"] if path else "", raw, msgspec.inspect.type_info(whole))
    section = ".".join(keys)
    if unknown := _UNKNOWN.search(wrong):
        return _no_setting(unknown["key"], section, kind, text, file)
    if lacking := _MISSING.search(wrong):
        before, _, name = section.rpartition(".")
        said = f"[{section}] says no {lacking['key']}"
        where = line(text, before, name)
        return SettingsError(
            f"{file}{where}: {said}.", f"Write all of it: {_example(name, kind)}", "settings-value"
        )
    before, key = ".".join(keys[:-1]), keys[-1] if keys else ""
    given = _at(raw, keys)
    too_long = isinstance(given, str) and isinstance(kind, msgspec.inspect.StrType)
    name = f"[{before}] {key}" if before else f"[{key}]"
    said = "is too long" if too_long else f"cannot be {_shown(given)}"
    where = line(text, before, key)
    return SettingsError(
        f"{file}{where}: {name} {said}.", _takes(section, kind, given), "settings-value"
    )


def _no_setting(key: str, section: str, kind: Any, text: str, file: str) -> SettingsError:
    known = [field.encode_name for field in getattr(kind, "fields", ())]
    close = alike.meant(key, known, 0.6)
    where = f" in [{section}]" if section else ""
    hint = f"Did you mean '{close}'?" if close else f"There are: {', '.join(known)}."
    if section == "columns" and not close:
        hint = f"Headers stand under their table: {', '.join(f'[columns.{k}]' for k in known)}."
    place = line(text, section, key)
    return SettingsError(
        f"{file}{place}: there is no setting '{key}'{where}.", hint, "settings-unknown"
    )


def _walked(path: str, raw: Mapping[str, Any], kind: Any) -> tuple[list[str], Any]:
    """The names on the way to what is wrong, and what kind of thing is wanted there."""
    keys: list[str] = []
    for step in re.findall(r"\[\.\.\.\]|\[\d+\]|[^.\[\]]+", path):
        if step == "[...]":
            here = _at(raw, keys)
            keys.append(next((k for k, v in here.items() if not isinstance(v, str)), ""))
            kind = kind.value_type
        elif not step.startswith("["):
            keys.append(step)
            kind = next(field.type for field in kind.fields if field.encode_name == step)
    return keys, kind


def _at(raw: Mapping[str, Any], keys: list[str]) -> Any:
    here: Any = raw
    for key in keys:
        here = here[key]
    return here


def _shown(given: object) -> str:
    if isinstance(given, str):
        return f"'{given}'" if len(given) <= 60 else "this text"
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict):
        return "a section"
    return "a list" if isinstance(given, list) else str(given)


def _takes(section: str, kind: Any, given: object) -> str:
    """What may stand there, in words and as a line to copy."""
    of, key = msgspec.inspect, section.rpartition(".")[2]
    if isinstance(kind, of.UnionType):  # a day or nothing
        kind = next(each for each in kind.types if not isinstance(each, of.NoneType))
    match kind:
        case of.DateType():
            return _day(key, _SLASHED.fullmatch(given) if isinstance(given, str) else None)
        case of.LiteralType():
            words = [str(word) for word in kind.values]
            close = alike.meant(str(given), words, 0.6)
            asked = f"Did you mean '{close}'? " if close else ""
            return f"{asked}It is {' or '.join(words)}, in straight quotes."
        case of.IntType():
            return f"Write a whole number from {kind.ge} to {kind.le}, without quotes."
        case of.BoolType():
            return f"Write true or false, without quotes: {key} = true"
        case of.VarTupleType():
            return f'Write a list of texts in square brackets: {key} = ["first", "second"]'
        case of.StrType():
            most = f" of at most {kind.max_length:,} characters" if kind.max_length else ""
            return f"Write a text{most} in straight quotes."
        case of.DictType():
            return f'It is a section [{section}] with lines such as "as typed" = "what it means".'
    return f"It is a section of its own: [{section}]; docs/settings.md lists what stands in it."


def _example(name: str, kind: Any) -> str:
    known = ", ".join(
        f"{field.encode_name} = 20" for field in getattr(kind, "fields", ()) if field.required
    )
    return f"{name} = {{ {known} }}"


def maps(chosen: Settings, text: str, file: str) -> None:
    """Raise SettingsError when a map's right-hand side is nothing that can be counted."""
    wrong = [
        (f"{file}{line(text, section, typed)}", *_no_meaning(name, what, known))
        for section, what, known, given in _meanings(chosen)
        for typed, name in given.items()
        if name not in known
    ]
    if wrong:
        (place, said, hint), *more = wrong
        others = "".join(f"\n    Also {at}: {also}" for at, also, _ in more)
        raise SettingsError(f"{place}: {said}", f"{hint}{others}", "settings-value")


def covered(chosen: Settings, text: str, file: str) -> None:
    """Raise SettingsError when [periods] covered is no period."""
    if not (span := chosen.periods.covered):
        return
    try:
        period.parse(span, chosen.periods.naming)
    except SettingsError:
        place = f"{file}{line(text, 'periods', 'covered')}"
        said = f"[periods] covered cannot be {_shown(span)}."
        hint = 'Write its first and last month: covered = "2021-04..2023-03"'
        raise SettingsError(f"{place}: {said}", hint, "settings-value") from None


def _meanings(chosen: Settings) -> list[tuple[str, str, list[str], Mapping[str, str]]]:
    """Each map whose meanings are fixed: its section, what it maps to, which there are."""
    tables = [
        (
            f"columns.{name}",
            f"a column of the table '{name}'",
            [*table.names(), columns.IGNORE],
            getattr(chosen.columns, name),
        )
        for name, table in columns.TABLES.items()
    ]
    words = (
        ("outcomes", "an outcome", OUTCOMES, chosen.outcomes),
        ("procedures", "a procedure", PROCEDURES, chosen.procedures),
        ("procedure_by_file", "a procedure", PROCEDURES, chosen.procedure_by_file),
        ("complainants", "a kind of complainant", COMPLAINANTS, chosen.complainants),
    )
    return [
        *((section, what, [k for k in known if k], own) for section, what, known, own in words),
        *tables,
    ]


def _no_meaning(name: str, what: str, known: list[str]) -> tuple[str, str]:
    close = alike.meant(name, known)
    asked = f"Did you mean '{close}'? " if close else ""
    shown = _shown(name) if name else "nothing between the quotes"
    return f"{shown} is not {what}.", f"{asked}It can be: {', '.join(known)}."


def line(text: str, section: str, key: str) -> str:
    """', line 12' of the key within its section, or '' when it cannot be told."""
    inside = not section
    for number, stands in enumerate(text.splitlines(), 1):
        opening = re.match(r"\s*\[\s*([^\]]+?)\s*\]", stands)
        if opening:
            inside = opening[1] == section
            if opening[1] == (f"{section}.{key}" if section else key):
                return f", line {number}"
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", stands):
            return f", line {number}"
    return ""
