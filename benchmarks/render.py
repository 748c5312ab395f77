"""How long it takes to turn findings into a saved Word file and a web page, charts drawn before.

    python benchmarks/render.py [WORKSPACE] [--period 2023]

Everything is loaded, told and drawn once before, so that what is timed is the work and not
starting; the median of nine, in seconds of CPU. LibreOffice counts the pages, where there is one.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from complaints_learning.nouns.report import Picture, Report

    Pictures = Mapping[str, Picture]

TIMES = 9
ROOT = Path(__file__).resolve().parent.parent


def median(work: Callable[[], object]) -> float:
    """Seconds of CPU, the first time (which loads) not counted."""
    work()
    spent = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def pages(file: Path) -> int:
    """How many pages LibreOffice makes of it; 0 without LibreOffice."""
    from complaints_learning import write
    from complaints_learning.nouns.errors import LearningError

    made = file.with_suffix(".pdf")
    try:
        write.pdf(file, made)
    except LearningError:
        return 0
    return made.read_bytes().count(b"/Type/Page\n") + made.read_bytes().count(b"/Type/Page/")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("workspace", type=Path, nargs="?", default=ROOT / "sample_data")
    options.add_argument("--period", default="2023")
    chosen = options.parse_args()
    from complaints_learning import draw, pipeline, write
    from complaints_learning.jobs import finishing
    from complaints_learning.nouns.report import Section, Table, Text
    from complaints_learning.read import texts

    counted = pipeline.count(chosen.workspace, chosen.period)
    told = pipeline.tell(counted, "public")
    pictures = draw.charts(told.report)
    shell, styles = finishing.shell(counted), counted.settings.styles
    print(f"{'':24}{'pages':>6}{'text':>8}{'Word':>8}{'both':>8}{'web':>8}")
    with tempfile.TemporaryDirectory() as at:
        word, web = Path(at) / "report.docx", Path(at) / "report.html"

        def saved(report: Report, pictures: Pictures) -> float:
            return median(lambda: write.word(report, pictures, word, shell, styles))

        def shown(report: Report, pictures: Pictures) -> float:
            return median(lambda: write.web(report, pictures, web, texts.page()))

        # hiding small numbers is no part of rendering
        hiding = median(lambda: pipeline.protect(counted, "public"))
        text = median(lambda: pipeline.tell(counted, "public")) - hiding
        made = saved(told.report, pictures)
        found = pages(word)
        print(
            f"{'the report':24}{found:6}{text:8.3f}{made:8.3f}{text + made:8.3f}"
            f"{shown(told.report, pictures):8.3f}",
            flush=True,
        )
        for rows in (1_000, 10_000):
            line = ((Text("Upheld"),), (Text("4"),), (Text("12%"),))
            table = Table(
                "t", "A table", ("Outcome", "Number", "Share"), (line,) * rows, (False, True, True)
            )
            long = msgspec.structs.replace(told.report, sections=(Section("all", (table,)),))
            print(f"{f'a table of {rows:,} rows':24}{'':6}{'':8}{saved(long, {}):8.3f}")


if __name__ == "__main__":
    main()
