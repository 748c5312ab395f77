"""What commands print: notes on stderr, results on stdout, JSON with a stable shape."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from complaints_learning import wording
from complaints_learning.codes import CODES
from complaints_learning.errors import Problem
from complaints_learning.findings import Figure, Findings
from complaints_learning.period import Period
from complaints_learning.records import Checked, Rows


def note(text: str, quiet: bool = False) -> None:
    """A line for a person, on stderr, unless they asked for quiet."""
    if not quiet:
        print(text, file=sys.stderr)


def step(text: str) -> None:
    """What is being done now. A terminal shows it when a command takes over a second."""


def result(text: str) -> None:
    """A result, on stdout."""
    print(text)


def as_json(value: Mapping[str, Any]) -> None:
    """One JSON object, on stdout."""
    print(json.dumps(value, ensure_ascii=True, indent=2, default=str))


def dates(period: Period) -> str:
    """'2022-23: 1 April 2022 to 31 March 2023'."""
    return f"{period.label}: {wording.day(period.start)} to {wording.day(period.end)}"


def period_as_json(period: Period) -> dict[str, str]:
    """First and last day, both inside, and the label."""
    return {
        "label": period.label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def rows_as_json(findings: Findings, checked: Checked) -> dict[str, Any]:
    """Where every row of the register went; read is the sum of the others."""
    register = checked.rows.get("register") or Rows("register")
    value = {name: _value(findings, f"rows.{name}") for name in ("outside", "undated")}
    others = sum(_value(findings, f"rows.{kind}") for kind in ("compliment", "comment", "enquiry"))
    return {
        "read": register.read,
        "counted": _value(findings, "rows.counted"),
        "other_kinds": others,
        "outside": value["outside"],
        "undated": value["undated"],
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
    told = rows_as_json(findings, checked)
    number = wording.number
    lines = [
        f"{_many(len(checked.sources), 'file')} read; "
        f"{_many(told['read'], 'row')} in the register:",
        f"  {_many(told['counted'], 'complaint')} counted in the period",
    ]
    for key, said in (
        ("other_kinds", "compliments, comments and enquiries of the period, counted apart"),
        ("outside", "outside the period"),
        ("undated", "without a date that puts them in a period"),
        ("superseded", "merged into their complaint or replaced by a later export"),
        ("left_out", "left out"),
    ):
        if told[key]:
            lines.append(f"  {number(told[key])} {said}")
    lines += [f"    {number(count)} {reason}" for reason, count in told["by_reason"].items()]
    return lines


def _many(count: int, noun: str) -> str:
    return f"{wording.number(count)} {wording.plural(count, noun)}"


def figures_as_json(findings: Findings) -> dict[str, dict[str, Any]]:
    """Every figure by name."""
    return {name: figure_as_json(one) for name, one in sorted(findings.figures.items())}


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """Value and denominator (null when masked or missing), the text that is shown, the rest."""
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
    counts = Counter(one.code for one in problems)
    return [
        f"{count} x {code}: {CODES[code].title if code in CODES else code}"
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
