"""Other councils' published figures in; the same, as they state them, out."""

from __future__ import annotations

import numpy as np

from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.prepare import slugs
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure


def lay_out(given: Given) -> None:
    """The figures and their table, when they were supplied."""
    ledger, prepared = given.ledger, given.prepared
    frame = prepared.checked.frames["comparators"]
    if not len(frame):
        ledger.missing["comparators"] = "no figures of other councils were supplied"
        return
    pairs = [
        (f"{council}, {period}" if period else str(council), str(measure))
        for council, period, measure in zip(
            frame["council"], frame["period"], frame["measure"], strict=True
        )
    ]
    councils = slugs(list(dict.fromkeys(council for council, _ in pairs)))
    measures = slugs(list(dict.fromkeys(measure for _, measure in pairs)))
    for (council, measure), value in zip(pairs, frame["value"], strict=True):
        name = f"comparator.{councils[council]}.{measures[measure]}"
        if name not in ledger.figures:
            ledger.add(
                Figure(
                    name,
                    None if np.isnan(value) else float(value),
                    f"{measure}, {council}, as published there",
                    unit="councils",
                )
            )
    notes = dict.fromkeys(
        f"{council}: {wording.lower_first(str(note))}"
        for council, note in zip(frame["council"], frame["note"], strict=True)
        if note
    )
    ledger.grid(
        "comparators",
        "Figures of other councils, as they published them",
        "Council",
        tuple(measures),
        {
            council: [ledger.shown(f"comparator.{slug}.{measure}") for measure in measures.values()]
            for council, slug in councils.items()
        },
        notes=(
            "Councils count differently, so these show the scale and are not a ranking.",
            *notes,
        ),
    )


MEASURE = Measure(lay_out=lay_out)
