"""Headline figures counted a second time, in plain Python over rows: no pandas, no shared code.

Written from docs/measures.md, not from the code that it checks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
_LISTED = """
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19
2022-12-26 2022-12-27 2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29
2023-08-28 2023-12-25 2023-12-26
"""
BANK_HOLIDAYS = {date.fromisoformat(day) for day in re.findall(r"\S+", _LISTED)}
"""England's, as gov.uk lists them, for the years that the tests use."""
UPHELD = {"upheld", "partly_upheld"}


def working_days(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`."""
    taken, day = 0, start
    while day < end:
        day += timedelta(days=1)
        taken += day.weekday() < 5 and day not in BANK_HOLIDAYS
    return taken


def figures(
    complaints: Iterable[Row],
    labels: Iterable[tuple[str, str]],
    forms: Iterable[Row],
    start: date,
    end: date,
    prefix: str = "",
) -> Counter[str]:
    """Every figure of this module, for complaints received from `start` to `end`."""
    found: Counter[str] = Counter()
    complaints, themes = list(complaints), set(labels)
    returned = {form["reference"] for form in forms if form["matched"]}

    def add(name: str, number: int = 1) -> None:
        found[f"{prefix}{name}"] += number

    for row in complaints:
        if row["kind"] != "complaint":
            continue
        upheld = row["outcome"] in UPHELD
        answered = row["responded"] is not None and start <= row["responded"] <= end
        if upheld and answered:
            add("forms.expected")
            add("forms.returned", row["reference"] in returned)
            add("forms.outstanding", row["reference"] not in returned)
        if row["received"] is None or not start <= row["received"] <= end:
            continue
        _headline(add, row, upheld)
        _themes(
            add, {theme for reference, theme in themes if reference == row["reference"]}, upheld
        )
        _timeliness(add, row)
    return found


def _headline(add: Any, row: Row, upheld: bool) -> None:
    procedure = row["procedure"] or "not_stated"
    service = row["service"].lower().replace(" ", "_") or "not_stated"
    month = f"{row['received']:%Y-%m}"
    for end in ("", f".{procedure}", f".service.{service}", f".{month}"):
        add(f"received{end}")
        add(f"upheld_or_partly{end}", upheld)
    add(f"received.stage_{row['stage']}")
    add(f"received.{procedure}.stage_{row['stage']}")
    add(f"outcome.{row['outcome']}")
    add("decided", row["outcome"] in UPHELD | {"not_upheld"})
    add("escalated", row["escalated"])
    add(f"complainant.{row['complainant'] or 'not_stated'}")


def _themes(add: Any, themes: set[str], upheld: bool) -> None:
    for stem, counts in (("received", True), ("upheld_or_partly", upheld)):
        if not counts:
            continue
        add(f"concerns.{stem}", len(themes))
        add(f"themed.{stem}", bool(themes))
        add(f"theme.none.{stem}", not themes)
        for theme in themes:
            add(f"theme.{theme}.{stem}")
    if upheld:
        for theme in themes:
            for other in themes - {theme}:
                add(f"theme.{theme}.with.{other}")


def _timeliness(add: Any, row: Row) -> None:
    """Stage 1 of the statutory procedure: 10 working days, 20 with an extension."""
    if row["procedure"] != "statutory" or row["stage"] != 1:
        return
    stem = "timely.statutory.stage_1"
    add(f"{stem}.cases")
    if row["outcome"] in ("withdrawn", "refused"):
        add(f"{stem}.ended")
    elif row["responded"] is None:
        add(f"{stem}.open" if row["outcome"] == "open" else f"{stem}.unmeasured")
    elif row["responded"] < row["received"]:
        add(f"{stem}.unmeasured")
    else:
        taken = working_days(row["received"], row["responded"])
        add(f"{stem}.answered")
        add(f"{stem}.within_10", taken <= 10)
        add(f"{stem}.within_20", taken <= 20)
        on_time = taken <= 10 or (taken <= 20 and row["extended"])
        add(f"{stem}.on_time", on_time)
        add(f"{stem}.late", not on_time)
