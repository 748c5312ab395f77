"""Write sample_data/review/decisions.xlsx: upheld complaints of both years decided as their truth.

Three sentences of families and what was learned from some complaints are approved for
publication, and one sentence is held back.

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

from complaints_learning import pipeline  # noqa: E402
from complaints_learning.jobs import publishing, reviewing  # noqa: E402
from complaints_learning.nouns.decisions import (  # noqa: E402
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
LEARNED = {
    "0049359": "Messages left with duty need an owner and a date.",
    "0049611": "Families must be told in writing when a worker changes and who covers.",
    "0051945": "Five weeks are long when nobody rings. Cover is now given by name.",
    "0049403": "Missed visits were hidden by a diary that nobody else could see.",
    "0050673": "Visits cancelled at short notice are to be rebooked in the same call.",
    "0051962": "A good handover between workers needs the family in the room.",
    "0050190": "Annual review paperwork needs a tracked date from meeting to decision.",
    "0050246": "Provision must say how much, how often and by whom.",
    "0050949": "Advice was asked for late, and everything after it was late.",
    "0050965": "Waiting lists are reviewed fortnightly and families told where they are.",
    "0050767": "Text copied forward must be read again beside the file.",
    "0050002": "Reasons for a decision are to be written so that a parent can follow them.",
    "0049510": "An agreed service is not done until it has started.",
    "0049974": "Family time that is cancelled is to be made up within the month.",
    "0049702": "Allowance letters must show how the sum was reached.",
    "0050510": "What is promised in a response needs to be somebody's job.",
}
"""Reference to what the council says that it learned from the complaint."""
FIRST, LAST = date(2021, 4, 1), date(2023, 3, 31)


def rows() -> list[review.ReviewRow]:
    """A decided row for each upheld complaint, by reference."""
    settings = texts.choices(SAMPLE)
    raw, checked = pipeline.checked(SAMPLE, settings)
    frame = checked.frames["complaints"]
    marker = publishing.Marker.of(raw, settings, frame["text"])
    recorded = reviewing.recorded(checked)
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
                    marked=marker.marked(text),
                    publication=_put_up(row["reference"], text),
                    recorded=marker.marked("\n".join(recorded.get(row["reference"], ()))),
                    learning=_learned(row["reference"], text),
                )
            )
    return sorted(found, key=lambda row: row.reference)


def _put_up(reference: str, text: str) -> Publication | None:
    if reference not in PUT_UP:
        return None
    sentence, decided = PUT_UP[reference]
    return Publication(reference, sentence, decided, fingerprint(text))


def _learned(reference: str, text: str) -> Publication | None:
    if reference not in LEARNED:
        return None
    return Publication(reference, LEARNED[reference], PUBLISH, fingerprint(text))


def main() -> None:
    """Write the workbook."""
    sheets.save(review.book(rows(), texts.themes()), SAMPLE / "review" / "decisions.xlsx")


if __name__ == "__main__":
    main()
