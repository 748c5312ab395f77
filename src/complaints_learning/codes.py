"""Every problem code with its meaning and mend, for messages, docs and `cl explain`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: a short title, what it means, and what to do about it."""

    title: str
    meaning: str
    todo: str


CODES: dict[str, Code] = {
    "period-unknown": Code(
        "A period that cannot be read",
        "The text after --period is not a year, quarter, month or span of months.",
        "Write 2023 or 2022-23, 2022-23Q3, 2023-01, 2022-10..2023-03, last or last-quarter.",
    ),
}
