"""Measure `cl report` beside other ways to do the job, and write docs/performance.md.

    python benchmarks/page.py [--rows 2000] [--runs 5]

Every ratio comes from runs taken in turn in this one call, which takes some twenty minutes, most of
them for a million rows. With `--rows` only these are measured and printed, and the page stays as it
is. R Markdown is measured where Rscript with rmarkdown, readxl and ggplot2 is installed; the plain
script runs once at 100,000 rows and is left out at a million, where it takes some ten minutes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
import register
import run

from complaints_learning import __version__
from complaints_learning.nouns.report import Chart, ChartSeries, Point

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "performance.png"
MILLION = 1_000_000
SIZES = (200, 2_000, 100_000, MILLION)
QUICK = 2
"""With more runs than this there is a warm-up, and every way runs as often."""
OURS, SLOWEST, R, FLOOR = "cl report", "plain script", "R Markdown", "reading alone"
READ = (
    "import sys, python_calamine\n"
    "for path in sys.argv[1:]:\n"
    "    book = python_calamine.CalamineWorkbook.from_path(path)\n"
    "    sum(1 for _ in book.get_sheet_by_index(0).iter_rows())\n"
)
TEXT = """# How fast it is

<!-- Written by benchmarks/page.py; do not edit. -->

Version {version}, {day}, {machine}, {cores} cores.
Whole processes, taken in turn in one call: medians of {runs} runs up to 2,000 rows, two runs at
100,000 (one of the plain script), one at a million. Absolute times do not hold from machine to
machine, ratios do.

`cl report` does its whole job: it checks every cell, finds themes with some {phrases:,} phrases,
writes every table and chart, and looks through the finished files for private words. The plain
script (`benchmarks/naive.py`: pandas, openpyxl, pyplot, docxtpl) and R Markdown
(`benchmarks/peer.Rmd`) read a tidy register without a check, count 300 phrases, and write five
charts and ten tables. *Reading alone* opens the workbook with python-calamine and goes through its
rows: the floor. Memory is the largest process's; where there is a second core, `cl` has one more
for the charts and, for a large register, one for half of the themes, of some 100 MB each.

{table}

![{alt}](images/performance.png)

{growth}

## What we aim at

{goals}

{lacking}

## Themes

Texts of 400 characters, in thousands a second on one core: phrases alone, everything, and with the
words that led there (`benchmarks/classify.py`). Registers repeat themselves less than the
benchmark's, whose texts are six of 18 sentences each; "all different" is the other end. In a report
a second core halves the time of texts that differ. *Automaton* is pyahocorasick with the plain
script's 300 phrases in the same call, by which a slow machine shows: where 100,000 and 20,000 texts
a second were set as goals it did 333,000, so the goals are 0.30 and 0.06 of what it does here. It
knows fixed strings only: no other forms, no words between, no slips, no "not".

{themes}

## Where the time goes

One report of 100,000 rows by stage (`make profile`), in this process. Reading includes loading the
libraries, which is done while python-calamine reads.

{stages}

## When nothing has changed

`cl --help` takes {help:.1f} times as long as Python alone. On 2,000 rows, unchanged since the last
look:

{looks}
"""
Taken = dict[str, tuple[float, float]]
"""Median seconds and megabytes of each way."""


def ways(folder: Path, rows: int) -> dict[str, list[str]]:
    """The commands to compare on one workspace, ours first."""
    out, files = run.DATA / "out", sorted(map(str, folder.glob("register/*.xlsx")))
    found = {OURS: [*run.CL, "report", "-w", str(folder), "-p", "2023", "--out", str(out)]}
    if rows < MILLION:
        script = [sys.executable, str(run.HERE / "naive.py")]
        found[SLOWEST] = [*script, str(folder), str(run.DATA / "naive.docx")]
    if shutil.which("Rscript"):
        found[R] = [
            *("Rscript", "-e"),
            f"rmarkdown::render('{run.HERE / 'peer.Rmd'}', output_file='{run.DATA / 'peer.docx'}', "
            f"intermediates_dir='{run.DATA}', quiet=TRUE, "
            f"params=list(workspace='{folder}', phrases='{phrases()}'))",
        ]
    found[FLOOR] = [sys.executable, "-c", READ, *files]
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
    """Each way in turn, `runs` times, after one warm-up where they are quick."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in commands}
    for turn in range(0 if runs > QUICK else 1, runs + 1):
        for name, command in commands.items():
            if name == SLOWEST and len(found[name]) and runs <= QUICK:
                continue  # once is enough of what takes longest
            one = run.timed(command)
            if turn:
                found[name].append(one)
    return {
        name: tuple(statistics.median(one[at] for one in each) for at in (0, 1))
        for name, each in found.items()
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
        ours = one[OURS]
        cells = [f"{one[n][0]:.2f} s, {one[n][1]:,.0f} MB" if n in one else "" for n in names]
        for name, at in ((SLOWEST, 0), (R, 0), (R, 1)):
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


def growth(measured: dict[int, Taken]) -> float:
    """The power of rows as which our time grows from 100,000 rows to a million."""
    a, b = (measured[n][OURS][0] for n in (100_000, MILLION))
    return math.log(b / a) / math.log(MILLION / 100_000)


LACKING = {
    "time": "What is missed in time is missed to the work that the others do not do: every cell is "
    "checked, and every finished file is looked through.",
    "memory": "Memory holds every cell as typed, with its place, because each message names it.",
    "looks": "A look without change still starts Python, typer and msgspec, and reads every input "
    "to be sure that nothing has changed.",
    "themes": "Of text that never repeats every sentence is searched by itself: numpy looks at "
    "some 180 places a text where a phrase's rarest word stands, and a second core takes half.",
}
"""Why a goal of each kind may be missed."""


class Goal(NamedTuple):
    """What we aim at, as it is printed; `kind` says why it may be missed."""

    name: str
    measured: str
    wanted: str
    reached: bool
    kind: str


def most(name: str, measured: float, wanted: float, kind: str) -> Goal:
    """A goal that is reached by not being more."""
    return Goal(name, f"{measured:.2f}", f"at most {wanted:g}", measured <= wanted, kind)


def goals(
    measured: dict[int, Taken], looks: Taken, help_ratio: float, speed: dict[str, float]
) -> list[Goal]:
    """Each goal and whether it was reached."""
    few = measured[2_000]
    ours, best = few[OURS], min(few[name][0] for name in (SLOWEST, R) if name in few)
    memory = ours[1] / few[SLOWEST][1]
    found = [
        most("`cl --help`, times Python", help_ratio, 6.5, "looks"),
        most("2,000 rows, time of the better of the two", ours[0] / best, 0.45, "time"),
        most("2,000 rows, memory of the plain script's", memory, 1.2, "memory"),
    ]
    for rows, *wanted in ((100_000, 0.22, 0.5), (MILLION, 0.25, 0.45)):
        for at, kind in enumerate(("time", "memory") if R in measured[rows] else ()):
            share = measured[rows][OURS][at] / measured[rows][R][at]
            found.append(most(f"{rows:,} rows, {kind} of R Markdown's", share, wanted[at], kind))
    found.append(most("growth, power of rows", growth(measured), 1.05, "time"))
    for name, (seconds, _) in looks.items():
        found.append(most(f"`cl {name}` unchanged, seconds", seconds, 0.4, "looks"))
    found.append(most("2,000 texts with loading, seconds", speed["first"], 0.5, "themes"))
    for kind, words in TEXTS.items():
        if plain := speed.get(f"{kind}: automaton_per_second"):
            for name, wanted_share in (("phrases", 0.30), ("everything", 0.06)):
                share = speed[f"{kind}: {name}_per_second"] / plain
                said = (f"texts a second, {words}, {name}, of an automaton's", f"{share:.2f}")
                aim = f"at least {wanted_share:.2f}"
                found.append(Goal(*said, aim, share >= wanted_share, "themes"))
    return found


def goal_table(found: list[Goal]) -> list[str]:
    """The goals, and whether each was reached."""
    return [
        "| | measured | wanted | |",
        "|---|---|---|---|",
        *(
            f"| {one.name} | {one.measured} | {one.wanted} | "
            f"{'reached' if one.reached else 'not reached'} |"
            for one in found
        ),
    ]


TEXTS = {"again": "from known sentences", "different": "all different"}


def theme_speed() -> dict[str, float]:
    """What benchmarks/classify.py says, and the seconds of 2,000 texts with loading."""
    told = json.loads(_said(str(run.HERE / "classify.py")))
    first = told["import_seconds"] + told["load_seconds"] + told["first_2000_seconds"]
    return {**told, "first": first}


def theme_table(speed: dict[str, float]) -> list[str]:
    """Thousands of texts a second."""
    names = ("phrases", "everything", "with_evidence", "automaton")
    lines = [
        "| texts | phrases | everything | with evidence | automaton |",
        "|---|---|---|---|---|",
    ]
    for kind, said in TEXTS.items():
        many = (speed.get(f"{kind}: {name}_per_second") for name in names)
        cells = (f"{each / 1000:.1f}" if each else "" for each in many)
        lines.append(f"| {said} | " + " | ".join(cells) + " |")
    return [*lines, "", f"The first 2,000, with loading, take {speed['first']:.2f} s."]


def stages() -> list[str]:
    """What benchmarks/stages.py says."""
    lines = _said(str(run.HERE / "stages.py")).splitlines()[1:]
    return [
        "| stage | seconds | CPU s | share | peak MB |",
        "|---|---|---|---|---|",
        *("| " + " | ".join((line[:28].strip(), *line[28:].split())) + " |" for line in lines),
    ]


def _said(script: str) -> str:
    """What another script of ours prints."""
    kept = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    asked = [sys.executable, script]
    return subprocess.run(asked, check=True, capture_output=True, text=True, env=kept).stdout


def number_of_phrases() -> int:
    """How many phrases the shipped themes have."""
    from complaints_learning.read import texts

    return sum(len(sub.phrases) for theme in texts.themes() for sub in theme.sub_themes)


def page(
    measured: dict[int, Taken], looks: Taken, help_ratio: float, speed: dict[str, float], runs: int
) -> str:
    """docs/performance.md."""
    picture, found = chart(measured), goals(measured, looks, help_ratio, speed)
    missed = dict.fromkeys(one.kind for one in found if not one.reached)
    return TEXT.format(
        version=__version__,
        day=date.today().isoformat(),
        machine=f"{platform.platform()}, Python {platform.python_version()}",
        cores=os.cpu_count(),
        runs=runs,
        phrases=number_of_phrases() // 100 * 100,
        table="\n".join(table(measured)),
        alt=picture.alt,
        growth="From 100,000 to a million rows the time grows as rows to the power "
        f"{growth(measured):.2f}.",
        goals="\n".join(goal_table(found)),
        lacking="\n".join(LACKING[kind] for kind in missed) or "All are reached.",
        themes="\n".join(theme_table(speed)),
        stages="\n".join(stages()),
        help=help_ratio,
        looks="\n".join(f"- `cl {name}`: {one[0]:.2f} s" for name, one in looks.items()),
    )


def main() -> None:
    """Measure and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="*", help="only these; the page stays as it is")
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    run.DATA.mkdir(exist_ok=True)
    measured: dict[int, Taken] = {}
    looks: Taken = {}
    start = run.pair([*run.CL, "--help"], [sys.executable, "-c", "pass"], 9)
    print(f"help: {start['ratio']:.2f}", flush=True)
    for rows in chosen.rows or SIZES:
        folder = register.workspace(run.DATA / str(rows), rows)
        runs = chosen.runs if rows <= 10_000 else QUICK if rows < MILLION else 1
        measured[rows] = taken(ways(folder, rows), runs)
        print(*table({rows: measured[rows]})[::2], sep="\n", flush=True)
        if rows == 2_000:
            commands = {
                name: [*run.CL, name, *words, "-w", str(folder)]
                for name, words in run.LOOKS.items()
            }
            looks = taken(commands, max(chosen.runs, QUICK + 1))
            print(looks, flush=True)
    if chosen.rows:
        return
    from complaints_learning import draw
    from complaints_learning.read import texts

    text = page(measured, looks, start["ratio"], theme_speed(), chosen.runs)
    drawn = draw.picture(chart(measured), texts.chart_style(), svg=False)
    PICTURE.write_bytes(drawn.png)
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
