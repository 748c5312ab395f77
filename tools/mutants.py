"""Mutation testing with mutmut: are the tests of these parts red when a line of theirs is wrong?

python tools/mutants.py [PART ...]   needs the packages of the extra `mutants`, and POSIX

Each part is mutated in a copy, and each mutant tried with the tests of that part alone: a part's
own tests should notice, not a report that happens to look odd. Of a part with more mutants than
`most` a random sample is tried, the same each time. mutmut writes the mutants and notes which test
reaches what; tools/forked.py tries them. Prints how many were killed, and writes the change of each
that was not into `mutants-PART.txt` of the folder that it was called in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("src", "tests", "templates", "sample_data", "docs", "tools", "README.md")
SECONDS = 5
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
        *("_statistics", "_timeliness"),
    )
)
VERDICTS = ("measure/verdicts.py", "measure/signals.py", "measure/working_days.py")
RULES = ("rules", "labels", "hints", "search", "words", "batch")
PARTS = {
    "period": Part(("nouns/period.py",), ("period",)),
    "statistics": Part(("measure/statistics.py",), ("measure_statistics", "measure_impact")),
    "verdicts": Part(
        VERDICTS,
        ("measure_impact", "measure_statistics", "measure_timeliness", "measure"),
    ),
    "protect": Part(("protect/*",), ("protect", "gate", "held", "private"), 150),
    "measure": Part(("measure/*",), MEASURE, 150, but=("measure/statistics.py", *VERDICTS)),
    "classify": Part(
        tuple(f"classify/{name}.py" for name in RULES), ("classify", "classify_apart"), 120
    ),
}
SLOW = (
    "classify.py::test_a_text_gets_the_same_labels_whatever_stands_beside_it",
    "classify.py::test_how_many_texts_are_read_at_a_time_changes_no_label",
    "classify.py::test_two_thousand_texts_are_labelled_in_well_under_ten_seconds",
    "gate.py::test_a_hundred_thousand_references_are_looked_for_quickly",
    "held.py::test_eight_words_in_a_row_are_found_just_as_by_comparing_all_with_all",
    "measure_statistics.py::test_exact_shares_are_those_of_scipy",
    "measure_timeliness.py::test_bank_holidays_are_what_the_library_says_without_the_rest_of_the_world",
    "protect.py::test_what_is_lost_is_near_the_least_that_could_be",
)
"""Left out here: each takes seconds, and a mutant that only these would kill counts as survived."""


def tried(name: str, part: Part, place: Path) -> tuple[int, Counter[str], list[str]]:
    """All mutants of a part, what became of those that were tried, and what survived."""
    for needed in NEEDED:
        source, ignored = ROOT / needed, shutil.ignore_patterns("__pycache__", "out", ".cl")
        if source.is_dir():
            shutil.copytree(source, place / needed, ignore=ignored)
        else:
            shutil.copy(source, place / needed)
    files = [f"src/complaints_learning/{file}" for file in part.files]
    options: dict[str, list[str]] = {
        "source_paths": ["src"],
        "only_mutate": files,
        "also_copy": [needed for needed in NEEDED if needed not in ("src", "tests")],
        "do_not_mutate": [f"src/complaints_learning/{file}" for file in part.but],
        "pytest_add_cli_args": [
            *("-p", "no:cacheprovider", "-p", "no:xdist"),
            *(f"--deselect=tests/test_{test}" for test in SLOW),
        ],
        "pytest_add_cli_args_test_selection": [f"tests/test_{test}.py" for test in part.tests],
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in options.items()]
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = settings + "\n[tool.mutmut]\n" + "\n".join(lines) + "\n"
    (place / "pyproject.toml").write_text(text, encoding="utf-8")
    paths = (place / "mutants" / "src", ROOT / "tools")
    around = {
        **os.environ,
        "CI": "1",
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "MUTANTS_OUT": str(place / "ends"),
        "MUTANTS_MOST": str(part.most),
        "MUTANTS_SECONDS": str(SECONDS),
    }
    around.pop("PYTHONDONTWRITEBYTECODE", None)

    def ran(folder: Path, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=folder, env=around, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def known() -> list[str]:
        metas = (place / "mutants").rglob("*.meta")
        noted = [json.loads(path.read_text(encoding="utf-8")) for path in metas]
        return sorted(mutant for one in noted for mutant in one["exit_code_by_key"])

    ran(place, "mutmut", "run", "--max-children", "1", "none.at.all")  # writes every mutant
    ran(place, "mutmut", "run", "--max-children", "1", known()[0])  # notes which tests reach what
    chosen = options["pytest_add_cli_args_test_selection"]
    said = ran(
        place / "mutants",
        *("pytest", "-q", "-p", "forked", *options["pytest_add_cli_args"], *chosen),
    )
    if not (place / "ends").exists():
        raise SystemExit(f"{name}: no mutant was tried.\n{said[-3000:]}")
    ends: Counter[str] = Counter()
    lost = []
    for line in (place / "ends").read_text(encoding="utf-8").splitlines():
        mutant, end = line.split()
        ends[end] += 1
        if end != "killed":
            lost.append(f"{end} {ran(place, 'mutmut', 'show', mutant)}")
    return len(known()), ends, lost


def main() -> None:
    """Try the parts named, or all."""
    for name in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            known, ends, lost = tried(name, PARTS[name], Path(folder))
        done = sum(ends.values())
        said = f"{name}: {done} of {known} mutants tried, {ends['killed']} killed"
        left = f"{ends['survived']} survived, {ends['untested']} not reached by its tests"
        print(f"{said}, {left}, {ends['stopped']} stopped after {SECONDS} s")
        Path(f"mutants-{name}.txt").write_text("\n".join(lost), encoding="utf-8")


if __name__ == "__main__":
    main()
