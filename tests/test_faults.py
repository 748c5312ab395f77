"""A short form of `make faults`: what is killed, starved of disk or crowded breaks nothing."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator

import pytest

if not hasattr(os, "fork"):
    pytest.skip("the fault suite forks its runs", allow_module_level=True)

import complaints_learning.draw.png  # noqa: F401  # forks then draw; `make faults` has the rest
import made_once
from complaints_learning import cli
from faults import run

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


class Prepared(run.Place):
    """What the place is prepared with is run here, so that no fork has to draw the charts again."""

    here = True

    def run(self, *words: object) -> int:
        return cli.run(self.words(*words)) if self.here else super().run(*words)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[run.Place]:
    with made_once.all_of_it():
        made = Prepared(tmp_path_factory.mktemp("faults"))
        made.here = False
        yield made


def test_runs_that_are_killed_leave_the_old_file_or_the_new_one(place: run.Place) -> None:
    counts = list(run.kills(place, 6, random.Random(4)))

    assert [one.name for one in counts] == ["kill -9", "SIGTERM", "Ctrl+C"]
    assert [one.runs for one in counts] == [6, 1, 1]
    assert [one.broken for one in counts] == [0, 0, 0]


def test_a_disk_that_fills_leaves_the_old_report_and_says_so(place: run.Place) -> None:
    count = run.full_disk(place, errno.ENOSPC, "full", most=4)

    assert (count.runs, count.broken, set(count.codes)) == (9, 0, {"2"})


def test_of_many_runs_at_once_one_works_and_the_others_leave(place: run.Place) -> None:
    count = run.crowd(place, 5)

    assert (count.runs, count.broken) == (5, 0)
    assert count.codes["4"] >= 1
    assert count.codes["0"] + count.codes["3"] >= 1


def test_the_check_notices_a_half_file_and_a_lost_decision(place: run.Place) -> None:
    report = place.out / "learning-report.docx"
    whole, decided = report.read_bytes(), place.decisions.read_bytes()
    report.write_bytes(whole[: len(whole) // 2])
    place.decisions.write_bytes(b"")
    count = run.Count("broken on purpose")

    place.look(count)

    report.write_bytes(whole)
    place.decisions.write_bytes(decided)
    assert (count.half_files, count.lost_decisions) == (1, 1)


def test_the_page_states_every_count() -> None:
    text = run.page([run.Count("kill -9", 300, codes=run.Counter({"-9": 290, "3": 10}))])

    assert "| kill -9 | 300 | 0 | 0 | 0 | 0 | 0 | -9: 290, 3: 10 |" in text


def test_the_page_in_the_docs_has_enough_kills_and_nothing_lost() -> None:
    text = (run.ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]

    assert int(rows[0][1]) >= 300
    assert {row[0] for row in rows} >= {
        "| kill -9",
        "| disk full at each write",
        "| 50 runs at once",
    }
    assert [row[2:6] for row in rows] == [["0"] * 4] * len(rows)
