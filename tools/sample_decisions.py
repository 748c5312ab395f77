"""Write sample_data/review/decisions.xlsx: every upheld complaint of 2022-23 decided as its truth.

Three sentences are approved for publication, and one is held back.

python tools/sample_decisions.py      always the same for the same register and truth
"""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_data"
sys.path[:0] = [str(ROOT / "src"), str(SAMPLE)]

from making import sheets  # noqa: E402

from complaints_learning import pipeline, publishing  # noqa: E402
from complaints_learning.decisions import (  # noqa: E402
    KEEP_BACK,
    PUBLISH,
    Decision,
    Publication,
    fingerprint,
)
from complaints_learning.read import texts  # noqa: E402
from complaints_learning.write import review  # noqa: E402

UPHELD = ("upheld", "partly_upheld")
PUT_UP = {
    "0049572": (
        "I only want to know if I should still be filling in the diary sheet or not.",
        PUBLISH,
    ),
    "0049667": ("The plan came on time. It's just no good.", PUBLISH),
    "0049749": ("I have never felt so small in my own home.", PUBLISH),
    "0049636": ("He waits by the window with his shoes on.", KEEP_BACK),
}
"""Reference to a sentence of the complaint and what was decided about it."""
FIRST, LAST = date(2022, 4, 1), date(2023, 3, 31)


def rows() -> list[review.ReviewRow]:
    """A decided row for each complaint upheld in 2022-23, by reference."""
    settings = texts.choices(SAMPLE)
    raw, checked = pipeline.checked(SAMPLE, settings)
    frame = checked.frames["complaints"]
    reader = publishing.Reader.of(raw, settings, frame["text"])
    said = dict(zip(frame["reference"], frame["text"], strict=True))
    found = []
    with (SAMPLE / "truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            received = date.fromisoformat(row["received"])
            if row["outcome"] not in UPHELD or not FIRST <= received <= LAST:
                continue
            text = said[row["reference"]]
            themes = tuple(row["themes"].split(";")) if row["themes"] else ()
            decision = Decision(row["reference"], themes, row["primary"], fingerprint(text))
            found.append(
                review.ReviewRow(
                    reference=row["reference"],
                    received=row["received"],
                    text=text,
                    proposed=(),
                    because="",
                    certainty=1.0,
                    fingerprint=fingerprint(text),
                    decision=decision,
                    marked=reader.marked(text),
                    publication=_put_up(row["reference"], text),
                )
            )
    return sorted(found, key=lambda row: row.reference)


def _put_up(reference: str, text: str) -> Publication | None:
    if reference not in PUT_UP:
        return None
    sentence, decided = PUT_UP[reference]
    return Publication(reference, sentence, decided, fingerprint(text))


def main() -> None:
    """Write the workbook."""
    sheets.save(review.book(rows(), texts.themes()), SAMPLE / "review" / "decisions.xlsx")


if __name__ == "__main__":
    main()
