"""A newcomer's first ten minutes at the terminal, played and written down as text.

python tools/first_minutes.py   writes docs/first-ten-minutes.md, and README.md where it has
                                <!-- first-ten-minutes --> and <!-- /first-ten-minutes -->
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from complaints_learning.commands import say

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- first-ten-minutes -->", "<!-- /first-ten-minutes -->"
HEAD, TAIL = 9, 5
README = (2, 1)
"""How many first and last lines of an answer the README has."""
OURS = {"PYTHONPATH": str(ROOT / "src")}
STEPS: tuple[tuple[str, str], ...] = (
    ("A workspace to try everything on: an invented council's exports.", "cl sample demo"),
    ("What is wrong in the exports, cell by cell.", "cl check --workspace demo"),
    ("A mistake.", "cl report --workspace demo --period 2022-24"),
    ("Its mend.", "cl report --workspace demo --period 2022-23"),
    ("A word that nobody knew: what does the message mean?", "cl explain outcome-unknown"),
    ("Somebody says what it means, in a text editor, in cl.toml.", "edit"),
    ("And the report again: three fewer things to look at.", "cl report -w demo -p 2022-23"),
)
LINE = '[outcomes]\n"Information" = "no_finding"\n'


def played(folder: Path) -> list[tuple[str, str, str, int]]:
    """Every step with what it printed and its exit code."""
    found = []
    for title, line in STEPS:
        if line == "edit":
            toml = folder / "demo" / "cl.toml"
            text = toml.read_text(encoding="utf-8").replace("[outcomes]\n", LINE, 1)
            toml.write_text(text, encoding="utf-8", newline="\n")
            found.append((title, "", LINE, 0))
            continue
        ran = subprocess.run(
            [sys.executable, "-m", "complaints_learning", *line.split()[1:]],
            cwd=folder,
            env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1", **OURS},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        found.append((title, line, ran.stdout.replace("\\", "/"), ran.returncode))
    return found


def text(steps: list[tuple[str, str, str, int]], head: int = HEAD, tail: int = TAIL) -> str:
    """The terminal's text, long answers cut to their first and last lines."""
    parts = ["```text"]
    for title, line, told, _ in steps:
        lines = say.fitted(told.rstrip(), 80).splitlines()
        if len(lines) > head + tail + 1:
            cut = f"... ({len(lines) - head - tail} lines)"
            lines = [*lines[:head], cut, *lines[-tail:]]
        parts += [f"# {title}", *([f"$ {line}"] if line else []), *lines, ""]
    return "\n".join(parts[:-1]) + "\n```\n"


def main() -> None:
    """Play it and write it down."""
    with tempfile.TemporaryDirectory() as folder:
        steps = played(Path(folder))
    told, short = text(steps), text(steps, *README)
    page = (
        "# The first ten minutes\n\n<!-- Written by tools/first_minutes.py; do not edit. -->\n\n"
        "`pip install complaints-learning`, then:\n\n" + told
    )
    (ROOT / "docs" / "first-ten-minutes.md").write_text(page, encoding="utf-8", newline="\n")
    readme = ROOT / "README.md"
    before = readme.read_text(encoding="utf-8")
    after = re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{short}{END}", before, flags=re.DOTALL)
    if after != before:
        readme.write_text(after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
