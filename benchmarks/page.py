"""Measure `cl report` beside other ways to do the job, and write docs/performance.md.

    python benchmarks/page.py [--rows 200 2000 100000] [--million]

Every ratio comes from runs taken in turn in this one call. R Markdown is measured where Rscript
with rmarkdown, readxl and ggplot2 is installed; the plain script is left out at a million rows,
where it takes the better part of ten minutes.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import register
import run

from complaints_learning import __version__
from complaints_learning.nouns.report import Chart, ChartSeries, Point

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "performance.png"
MILLION = 1_000_000
READ = (
    "import sys, python_calamine\n"
    "for path in sys.argv[1:]:\n"
    "    book = python_calamine.CalamineWorkbook.from_path(path)\n"
    "    sum(1 for _ in book.get_sheet_by_index(0).iter_rows())\n"
)
TEXT = """# How fast it is

<!-- Written by benchmarks/page.py; do not edit. -->

Version {version}, {day}, {machine}, {cores} cores.
Whole processes, taken in turn in one call; absolute times do not hold from machine to machine,
ratios do.

`cl report` does its whole job: it checks every cell, finds themes with some 4,400 phrases, writes
every table and chart, and looks through the finished files for private words. The plain script
(`benchmarks/naive.py`: pandas, openpyxl, pyplot, docxtpl) and R Markdown (`benchmarks/peer.Rmd`)
read a tidy register without a check, count 300 phrases, and write five charts and ten tables.
*Reading alone* opens the workbook with python-calamine and goes through its rows: the floor.

{table}

![{alt}](images/performance.png)

{growth}
`cl --help` takes {help} times as long as Python alone.

The register is that of `benchmarks/register.py`: 20 columns, and texts of 400 characters from 18
sentences, which is kind to whatever remembers a sentence. On text that never repeats itself finding
themes takes some five times as long; `benchmarks/classify.py` prints both.

On 2,000 rows, when nothing has changed since the last look:

{looks}

`make profile` says where the time of one report goes, by stage. At 100,000 rows reading and finding
themes take most of it; in a small run it is starting Python, pandas and the theme words, and
compiling the report's texts.
"""
Taken = dict[str, tuple[float, float]]
"""Median seconds and megabytes of each way."""


def ways(folder: Path, rows: int) -> dict[str, list[str]]:
    """The commands to compare on one workspace, ours first."""
    out, files = run.DATA / "out", sorted(map(str, folder.glob("register/*.xlsx")))
    found = {"cl report": [*run.CL, "report", "-w", str(folder), "-p", "2023", "--out", str(out)]}
    if rows < MILLION:
        script = [sys.executable, str(run.HERE / "naive.py")]
        found["plain script"] = [*script, str(folder), str(run.DATA / "naive.docx")]
    if shutil.which("Rscript"):
        found["R Markdown"] = [
            *("Rscript", "-e"),
            f"rmarkdown::render('{run.HERE / 'peer.Rmd'}', output_file='{run.DATA / 'peer.docx'}', "
            f"intermediates_dir='{run.DATA}', quiet=TRUE, "
            f"params=list(workspace='{folder}', phrases='{phrases()}'))",
        ]
    found["reading alone"] = [sys.executable, "-c", READ, *files]
    return found


PHRASES = (
    "import naive\n"
    "for title, words in naive.phrases().items():\n"
    "    for one in words.pattern.replace(chr(92), '').split('|'):\n"
    "        print(title, one, sep=chr(9))\n"
)


def phrases() -> Path:
    """The plain script's phrases, for R: theme, tab, words. Asked of another process: what this
    one loads would count as memory of those that it starts."""
    target = run.DATA / "phrases.txt"
    asked = [sys.executable, "-c", PHRASES]
    said = subprocess.run(asked, cwd=run.HERE, check=True, capture_output=True, text=True)
    target.write_text(said.stdout, encoding="utf-8")
    return target


def taken(commands: dict[str, list[str]], runs: int) -> Taken:
    """Each way in turn, `runs` times, after one warm-up where there are several."""
    if runs > 1:
        for command in commands.values():
            run.timed(command)
    found = [{name: run.timed(each) for name, each in commands.items()} for _ in range(runs)]
    return {
        name: tuple(statistics.median(one[name][at] for one in found) for at in (0, 1))
        for name in commands
    }  # type: ignore[misc]


def table(measured: dict[int, Taken]) -> list[str]:
    """Seconds, memory and ratios, a line for each number of rows."""
    names = list(dict.fromkeys(name for one in measured.values() for name in one))
    lines = [
        "| rows | "
        + " | ".join(names)
        + " | of the plain script | of R Markdown | memory of R's |",
        "|---" * (len(names) + 4) + "|",
    ]
    for rows, one in measured.items():
        ours = one["cl report"]
        cells = [f"{one[n][0]:.2f} s, {one[n][1]:,.0f} MB" if n in one else "" for n in names]
        for name, at in (("plain script", 0), ("R Markdown", 0), ("R Markdown", 1)):
            cells.append(f"{ours[at] / one[name][at]:.2f}" if name in one else "")
        lines.append(f"| {rows:,} | " + " | ".join(cells) + " |")
    return lines


def chart(measured: dict[int, Taken]) -> Chart:
    """How long each way takes, as shares of the slowest, at the largest number that all did."""
    rows = max(n for n, one in measured.items() if len(one) == max(map(len, measured.values())))
    one = measured[rows]
    points = tuple(Point(round(seconds, 2), f"{seconds:.1f} s") for seconds, _ in one.values())
    said = "; ".join(f"{name} {point.text}" for name, point in zip(one, points, strict=True))
    return Chart(
        name="performance",
        caption=f"Seconds for {rows:,} rows",
        alt=f"Bars of seconds for {rows:,} rows: {said}.",
        kind="bars",
        labels=tuple(one),
        series=(ChartSeries("Seconds", points),),
        unit="seconds",
    )


def page(measured: dict[int, Taken], looks: list[str], help_ratio: float) -> str:
    """docs/performance.md."""
    picture = chart(measured)
    large = sorted(n for n in measured if n >= 100_000)
    growth = ""
    if len(large) > 1:
        a, b = large[0], large[-1]
        times = [measured[n]["cl report"][0] for n in (a, b)]
        power = math.log(times[1] / times[0]) / math.log(b / a)
        growth = f"From {a:,} to {b:,} rows the time grows as rows to the power {power:.2f}."
    return TEXT.format(
        version=__version__,
        day=date.today().isoformat(),
        machine=f"{platform.platform()}, Python {platform.python_version()}",
        cores=os.cpu_count(),
        table="\n".join(table(measured)),
        alt=picture.alt,
        growth=growth,
        help=f"{help_ratio:.1f}",
        looks="\n".join(looks),
    )


def main() -> None:
    """Measure and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="*", default=[200, 2_000, 100_000])
    options.add_argument("--million", action="store_true")
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    run.DATA.mkdir(exist_ok=True)
    start = run.pair([*run.CL, "--help"], [sys.executable, "-c", "pass"], 9)
    measured: dict[int, Taken] = {}
    looks: list[str] = []
    for rows in [*chosen.rows, *([MILLION] if chosen.million else [])]:
        folder = register.workspace(run.DATA / str(rows), rows)
        runs = chosen.runs if rows <= 10_000 else 2 if rows < MILLION else 1
        measured[rows] = taken(ways(folder, rows), runs)
        print(rows, measured[rows], flush=True)
        if rows == 2_000:
            commands = {
                name: [*run.CL, name, *words, "-w", str(folder)]
                for name, words in run.LOOKS.items()
            }
            seconds = taken(commands, chosen.runs)
            looks = [f"- `cl {name}`: {one[0]:.2f} s" for name, one in seconds.items()]
    from complaints_learning import draw
    from complaints_learning.read import texts

    drawn = draw.picture(chart(measured), texts.chart_style(), svg=False)
    PICTURE.write_bytes(drawn.png)
    PAGE.write_text(page(measured, looks, start["ratio"]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
