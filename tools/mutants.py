"""Mutation testing with mutmut: are the tests of these parts red when a line of theirs is wrong?

python tools/mutants.py [--again] [PART[:FROM[:TO]] ...]   needs the package mutmut, and POSIX

Each part is mutated in a copy, and each mutant tried with the tests and examples of that part
alone: a part's own tests should notice, not a report that happens to look odd. The mutants stand
in a queue, the same each time, of which so many are tried, or those from FROM to TO. mutmut writes
the mutants; tools/forked.py tries them, says how many were killed, and writes the others as it goes
into `mutants-PART.txt` where it was called. `--again` tries those that are in there,
with the slow tests too and more time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("src", "tests", "templates", "sample_data", "docs", "tools", "README.md")
SECONDS, AGAIN = 3, 60
"""Of the processor's time for each mutant. Those stopped then do not count as killed: some go round
for ever, but others only have tests that take long."""


@dataclass(frozen=True)
class Part:
    """Files below src/complaints_learning, the tests that should notice, the most mutants tried,
    and files that are not mutated."""

    files: tuple[str, ...]
    tests: tuple[str, ...]
    most: int = 10_000
    but: tuple[str, ...] = ()


MEASURE = tuple(
    f"measure{part}"
    for part in (
        *("", "_actions", "_assurance", "_forms", "_impact", "_people"),
        *("_statistics", "_timeliness", "_truth"),
    )
)
VERDICTS = ("measure/verdicts.py", "measure/signals.py", "measure/working_days.py")
RULES = ("rules", "labels", "mains", "hints", "search", "words", "batch")
PARTS = {
    "period": Part(("nouns/period.py",), ("period",)),
    "statistics": Part(("measure/statistics.py",), ("measure_statistics", "measure_impact")),
    "verdicts": Part(
        VERDICTS,
        ("measure_impact", "measure_statistics", "measure_timeliness", "measure"),
    ),
    "protect": Part(("protect/*.py",), ("protect", "gate", "held", "private"), 500),
    "measure": Part(("measure/*.py",), MEASURE, 250, but=("measure/statistics.py", *VERDICTS)),
    "classify": Part(
        tuple(f"classify/{name}.py" for name in RULES), ("classify", "classify_apart"), 250
    ),
}
SLOW = (
    "classify.py::test_a_text_gets_the_same_labels_whatever_stands_beside_it",
    "classify.py::test_how_many_texts_are_read_at_a_time_changes_no_label",
    "classify.py::test_two_thousand_texts_are_labelled_in_well_under_ten_seconds",
    "gate.py::test_a_hundred_thousand_references_are_looked_for_quickly",
    "held.py::test_eight_words_in_a_row_are_found_just_as_by_comparing_all_with_all",
    "measure_statistics.py::test_exact_shares_are_those_of_scipy",
    "measure_truth.py::test_a_second_implementation_counts_the_same",
    "measure_truth.py::test_everything_that_should_add_up_does",
    "measure_truth.py::test_the_rule_of_a_count_lists_as_many_rows_as_it_counts",
    "measure_timeliness.py::test_bank_holidays_are_what_the_library_says_without_the_rest_of_the_world",
    "protect.py::test_what_is_lost_is_near_the_least_that_could_be",
)
"""Left out at first: each takes seconds."""


def tried(part: Part, place: Path, around: dict[str, str], slow: bool) -> None:
    """Try the mutants of a part in a copy of the project, with the slow tests or without."""
    for needed in (*NEEDED, "pyproject.toml"):
        source, ignored = ROOT / needed, shutil.ignore_patterns("__pycache__", "out", ".cl")
        if source.is_dir():
            shutil.copytree(source, place / needed, ignore=ignored)
        else:
            shutil.copy(source, place / needed)
    package = place / "src" / "complaints_learning"
    left_alone = {package / file for file in part.but}
    mutated = {path for file in part.files for path in package.glob(file)} - left_alone
    with chdir(place):  # where mutmut looks for its settings
        for path in mutated:
            text = mutate_file_contents(str(path), path.read_text(encoding="utf-8")).code
            path.write_text(text, encoding="utf-8")
    paths = (place / "src", ROOT / "tools")
    around = {**os.environ, **around, "PYTHONPATH": os.pathsep.join(map(str, paths)), "CI": "1"}
    if not slow:
        around["CL_TABLES"] = "20"  # of 60
    around.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "forked", "--assert=plain"),
            *("--tb=line", "-p", "no:cacheprovider", "-p", "no:xdist"),
            *(f"--deselect=tests/test_{test}" for test in SLOW if not slow),
            *("-k", "not __mutmut_"),  # each mutant has the examples of its function, too
            *(f"tests/test_{test}.py" for test in part.tests),
            *map(str, sorted(mutated)),
        ],
        cwd=place,
        env=around,
        check=True,
    )


def main() -> None:
    """Try the parts named, or all."""
    again = "--again" in sys.argv
    for asked in [word for word in sys.argv[1:] if word != "--again"] or PARTS:
        name, _, bounds = asked.partition(":")
        first, _, last = bounds.partition(":")
        part, out = PARTS[name], Path(f"mutants-{name}.txt").resolve()
        around = {"MUTANTS_OUT": str(out), "MUTANTS_SECONDS": str(AGAIN if again else SECONDS)}
        around |= {"MUTANTS_FROM": first or "0", "MUTANTS_TO": last or str(part.most)}
        if again:
            lines = out.read_text(encoding="utf-8").splitlines()
            around["MUTANTS_AGAIN"] = " ".join(line for line in lines if "__mutmut_" in line)
        out.unlink(missing_ok=True)
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            tried(part, Path(folder), around, again)


if __name__ == "__main__":
    main()
