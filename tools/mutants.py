"""Mutation testing with mutmut: are the tests of these parts red when a line of theirs is wrong?

python tools/mutants.py [PART ...]   needs the packages of the extra `mutants`, and POSIX

Each part is mutated in a copy, and each mutant tried with the tests of that part alone: a part's
own tests should notice, not a report that happens to look odd. Of a part with more mutants than
`most` a sample is tried, the same each time. Prints how many were killed, and the change of each
that was not, into `mutants-PART.txt` of the folder that it was called in.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("src", "tests", "templates", "sample_data", "docs", "tools", "README.md")
ENDS = {1: "killed", 3: "killed", 0: "survived", 33: "untested", -24: "stopped", 36: "stopped"}
"""Exit codes as mutmut notes them. Stopped are those that a minute was too short for: most go
round for ever, but a busy computer stops others too, so they do not count as killed."""


@dataclass(frozen=True)
class Part:
    """Files below src/complaints_learning, the tests that should notice, the most mutants tried."""

    files: tuple[str, ...]
    tests: tuple[str, ...]
    most: int = 10_000


MEASURE = tuple(
    f"measure{part}"
    for part in (
        *("", "_actions", "_assurance", "_forms", "_impact", "_people"),
        *("_statistics", "_timeliness"),
    )
)
PARTS = {
    "period": Part(("nouns/period.py",), ("period",)),
    "statistics": Part(("measure/statistics.py",), ("measure_statistics", "measure_impact")),
    "verdicts": Part(
        ("measure/verdicts.py", "measure/signals.py", "measure/working_days.py"),
        ("measure_impact", "measure_statistics", "measure_timeliness", "measure"),
    ),
    "hide": Part(("protect/hide.py", "protect/ground.py"), ("protect",)),
    "held": Part(("protect/held.py", "protect/patterns.py"), ("held", "gate")),
    "protect": Part(
        tuple(f"protect/{name}.py" for name in ("__init__", "links", "small", "gate", "private")),
        ("protect", "gate", "held"),
        200,
    ),
    "measure": Part(("measure/*",), MEASURE, 300),
    "classify": Part(("classify/*",), ("classify", "classify_apart"), 200),
}


def tried(name: str, part: Part, place: Path) -> tuple[int, Counter[str], list[str]]:
    """All mutants of a part, what became of those that were tried, and what survived."""
    for needed in NEEDED:
        source, ignored = ROOT / needed, shutil.ignore_patterns("__pycache__", "out", ".cl")
        if source.is_dir():
            shutil.copytree(source, place / needed, ignore=ignored)
        else:
            shutil.copy(source, place / needed)
    files = [f"src/complaints_learning/{file}" for file in part.files]
    options = {
        "source_paths": ["src"],
        "only_mutate": files,
        "also_copy": [needed for needed in NEEDED if needed not in ("src", "tests")],
        "timeout_multiplier": 3.0,
        "timeout_constant": 20.0,  # a minute by the clock, since the computer may be busy
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-p", "no:xdist"],
        "pytest_add_cli_args_test_selection": [f"tests/test_{test}.py" for test in part.tests],
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in options.items()]
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = settings + "\n[tool.mutmut]\n" + "\n".join(lines) + "\n"
    (place / "pyproject.toml").write_text(text, encoding="utf-8")
    around = {**os.environ, "CI": "1", "PYTHONPATH": str(place / "mutants" / "src")}
    around.pop("PYTHONDONTWRITEBYTECODE", None)

    def mutmut(*words: str) -> str:
        command = [sys.executable, "-m", "mutmut", *words]
        ran = subprocess.run(command, cwd=place, env=around, capture_output=True, text=True)
        return ran.stdout + ran.stderr

    mutmut("run", "--max-children", "1", "none.at.all")  # writes every mutant, tries none
    known = sorted(_noted(place))
    chosen = sorted(random.Random(11).sample(known, min(part.most, len(known))))
    said = mutmut("run", "--max-children", "1", *chosen)
    noted = _noted(place)
    ends: Counter[str] = Counter()
    lost = []
    for one in chosen:
        code = noted[one]
        if code is None:
            raise SystemExit(f"{name}: {one} was not tried.\n{said[-3000:]}")
        end = ENDS.get(code, "killed")
        ends[end] += 1
        if end != "killed":
            lost.append(f"{end} {mutmut('show', one)}")
    return len(known), ends, lost


def _noted(place: Path) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for path in (place / "mutants").rglob("*.meta"):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def main() -> None:
    """Try the parts named, or all."""
    for name in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            known, ends, lost = tried(name, PARTS[name], Path(folder))
        done = sum(ends.values())
        said = f"{name}: {done} of {known} mutants tried, {ends['killed']} killed"
        left = f"{ends['survived']} survived, {ends['untested']} not reached by its tests"
        print(f"{said}, {left}, {ends['stopped']} stopped after a minute")
        Path(f"mutants-{name}.txt").write_text("\n".join(lost), encoding="utf-8")


if __name__ == "__main__":
    main()
