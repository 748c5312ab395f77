"""How much is done, in counts that no busy computer changes: files opened, modules loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from complaints_learning.nouns import columns
from complaints_learning.read import named, places, texts

COUNT = """
import collections, json, sys
opened = collections.Counter()
def heard(event, given):
    if event == "open" and isinstance(given[0], str):
        opened[given[0]] += 1
sys.addaudithook(heard)
from complaints_learning import cli
code = cli.run(sys.argv[1:])
print(json.dumps([code, opened]))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, never looked at."""
    sample = Path(__file__).resolve().parent.parent / "sample_data"
    target = tmp_path_factory.mktemp("work") / "sample"
    return Path(shutil.copytree(sample, target, ignore=shutil.ignore_patterns("out", ".cl")))


def opened(*words: str | Path) -> dict[str, int]:
    """How often each file is opened by one command, by the process that is asked."""
    command = [sys.executable, "-c", COUNT, *map(str, words)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    code, counts = json.loads(said.splitlines()[-1])
    assert code in (0, 3)
    return dict(counts)


@pytest.fixture(scope="module")
def of_a_report(home: Path) -> dict[str, int]:
    """How often the first report of the workspace opens each file."""
    return opened("report", "-w", home, "-p", "2023", "--quiet")


def inputs(home: Path) -> list[str]:
    sources = texts.choices(home).sources
    found = [path for name in columns.TABLES for path in named(home, getattr(sources, name))[0]]
    return [str(path) for path in dict.fromkeys(found)]


def test_a_report_reads_each_export_once_and_hashes_it_once_more_at_the_end(
    home: Path, of_a_report: dict[str, int]
) -> None:
    counts, exports = of_a_report, inputs(home)

    assert len(exports) > 10
    assert {counts[export] for export in exports} == {2}
    assert counts[str(home / "cl.toml")] == 2  # read, and hashed for the run record


def test_a_report_opens_no_shipped_text_more_than_three_times(
    of_a_report: dict[str, int],
) -> None:
    shipped = str(places.shipped("templates"))
    ours = {name: n for name, n in of_a_report.items() if name.startswith(shipped)}

    assert len(ours) > 20
    assert max(ours.values()) <= 3  # told, looked for by the gate, hashed for the run record


def test_a_look_when_nothing_has_changed_hashes_each_export_once(home: Path) -> None:
    opened("figures", "-w", home, "-p", "2023")
    counts = opened("figures", "-w", home, "-p", "2023")

    assert {counts[export] for export in inputs(home)} == {1}


def test_a_report_stops_nowhere_to_look_for_garbage(home: Path, tmp_path: Path) -> None:
    code = (
        "import gc, os, sys\n"
        "looks = []\n"
        "def look(phase, _):\n"
        "    if phase == 'start' and 'complaints_learning.pipeline' in sys.modules:\n"
        "        looks.append(phase)\n"
        "gc.callbacks.append(look)\n"
        "os._exit = lambda code: print(code, len(looks))\n"
        "from complaints_learning.__main__ import main; main()"
    )
    words = ("report", "-w", str(home), "-p", "2023", "--out", str(tmp_path))
    told = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)

    assert told.stdout.splitlines()[-1] in ("0 0", "3 0")  # 30 ms each
