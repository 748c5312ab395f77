"""Two run records in; which figures differ between them, and through which rows, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from msgspec import Struct

from complaints_learning.nouns import runs as records
from complaints_learning.nouns.runs import Coded, Number, Run, Shown


class Row(Struct, frozen=True):
    """A row that counts in one run and not in the other, and what changed about it.

    `how` is '+' when it counts now and '-' when it no longer does. `why` are lines such as
    'outcome: not_upheld, now upheld', 'is new' and 'is gone'; empty when another row of the same
    reference made the difference.
    """

    how: str
    reference: str
    why: tuple[str, ...]


class Change(Struct, frozen=True):
    """A figure that differs: its value and denominator then and now, and the rows behind it."""

    name: str
    was: Number
    now: Number
    of_was: int | None
    of_now: int | None
    masked: tuple[bool, bool]
    rows: tuple[Row, ...] = ()


class Compared(Struct, frozen=True):
    """What differs between two runs. `files` says what went in differently, a line each."""

    first: Run
    second: Run
    files: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def exit_code(self) -> int:
        """0 when every figure is the same, 3 when not."""
        return 3 if self.changes else 0


def runs(first: Run, second: Run) -> Compared:
    """Compare two runs; rows are told when both are internal."""
    changes = []
    for name in sorted({*first.figures, *second.figures}):
        a, b = first.figures.get(name), second.figures.get(name)
        if a is None or b is None or _seen(a) != _seen(b):
            changes.append(_change(name, a, b, first.tables, second.tables))
    return Compared(first, second, _files(first, second), tuple(changes))


def _seen(one: Shown) -> tuple[object, ...]:
    return one.value, one.of, one.masked


_NOTHING = Shown(None)


def _change(
    name: str,
    first: Shown | None,
    second: Shown | None,
    tables: Mapping[str, Coded],
    later: Mapping[str, Coded],
) -> Change:
    a, b = first or _NOTHING, second or _NOTHING
    known = a.rows and a.rows == b.rows and a.rows in tables and b.rows in later
    rows = _rows(a, b, tables[a.rows], later[b.rows]) if known else ()
    return Change(name, a.value, b.value, a.of, b.of, (a.masked, b.masked), rows)


def _rows(a: Shown, b: Shown, then: Coded, now: Coded) -> tuple[Row, ...]:
    """The references that the figure counts in one run only, or not as often."""
    was, is_ = Counter(counted(a, then)), Counter(counted(b, now))
    columns = tuple(dict.fromkeys(column for column, _ in (*a.rule, *b.rule)))
    said_then, said_now = _said(then, columns), _said(now, columns)
    found = []
    for reference in sorted({*was, *is_}):
        if was[reference] != is_[reference]:
            how = "+" if is_[reference] > was[reference] else "-"
            why = _why(said_then.get(reference), said_now.get(reference), columns)
            found.append(Row(how, reference, why))
    return tuple(found)


def counted(figure: Shown, table: Coded) -> list[str]:
    """The references of the rows that pass the figure's rule: it is counted again."""
    kept = list(range(len(table.references)))
    for column, values in figure.rule:
        coded = table.columns[column]
        passing = {code for code, value in enumerate(coded.values) if value in values}
        kept = [row for row in kept if coded.codes[row] in passing]
    return [table.references[row] for row in kept]


def _said(table: Coded, columns: tuple[str, ...]) -> dict[str, dict[str, tuple[object, ...]]]:
    """What each reference's rows say in these columns."""
    found: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for column in columns:
        coded = table.columns.get(column)
        for row, reference in enumerate(table.references):
            code = coded.codes[row] if coded else -1
            found[reference][column].append(coded.values[code] if coded and code >= 0 else None)
    return {
        reference: {column: tuple(values) for column, values in said.items()}
        for reference, said in found.items()
    }


def _why(
    then: Mapping[str, tuple[object, ...]] | None,
    now: Mapping[str, tuple[object, ...]] | None,
    columns: tuple[str, ...],
) -> tuple[str, ...]:
    if then is None:
        return ("is new",)
    if now is None:
        return ("is gone",)
    return tuple(
        f"{column}: {_text(then[column])}, now {_text(now[column])}"
        for column in columns
        if then[column] != now[column]
    )


def _text(values: tuple[object, ...]) -> str:
    return " and ".join(
        "nothing" if one is None or one == "" else str(one) for one in dict.fromkeys(values)
    )


def _files(first: Run, second: Run) -> tuple[str, ...]:
    """Version, period, edition and files that differ."""
    lines = []
    for what, a, b in (
        ("version", first.version, second.version),
        ("period", first.period.label, second.period.label),
        ("edition", first.options.edition, second.options.edition),
        ("day", first.day, second.day),
    ):
        if a != b:
            lines.append(f"{what}: {a}, now {b}")
    return (*lines, *records.other(first.went_in, second.went_in))
