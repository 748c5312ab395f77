"""Texts read in a second process: the same labels, no process left behind, and no need of it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from complaints_learning.classify import Reader, apart, labels
from complaints_learning.nouns import processes
from complaints_learning.read import texts

TUNE = Path(__file__).parent / "data" / "themes" / "tune.jsonl"
SAID = [json.loads(line)["text"] for line in TUNE.read_text("utf-8").splitlines()[:60]]
READER = Reader(texts.themes())
ALONE = READER.found(SAID)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second core, and small parts that are worth it."""
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(apart, "WORTH", -1.0)
    monkeypatch.setattr(labels, "LETTERS", 1000)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started."""
    found: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*given: Any, **named: Any) -> subprocess.Popen[bytes]:
        found.append(real(*given, **named))
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return found


def same(one: labels.Found, other: labels.Found) -> bool:
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_the_other_process_finds_the_same() -> None:
    waiting, done = deque(labels._parts(SAID)), dict[int, Any]()
    parts, until = len(waiting), time.monotonic() + 60
    with apart.spare() as other:
        other.start()
        with apart.helped(other, (READER, None, True), waiting, done):
            while len(done) < parts and time.monotonic() < until:
                time.sleep(0.01)

    assert len(done) == parts > 5
    assert same(labels.together(done), ALONE)


def test_one_that_was_started_early_helps_with_whatever_there_is(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "WORTH", 1e9)
    with apart.spare() as other:
        other.start()
        assert same(READER.found(SAID, spare=other), ALONE)
        assert READER.found([], spare=other).text.size == 0

    assert len(started) == 1
    assert started[0].poll() is not None


def test_both_together_find_the_same(started: list[subprocess.Popen[bytes]]) -> None:
    assert same(READER.found(SAID), ALONE)
    assert len(started) == 1
    assert started[0].poll() is not None


READY = "import pickle, sys; pickle.dump(1, sys.stdout.buffer); sys.stdout.flush();"


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.exit(1)",
        "print('no labels', flush=True)",
        f"{READY} pickle.load(sys.stdin.buffer); pickle.load(sys.stdin.buffer)",
    ],
    ids=["ends at once", "says something else", "ends with a part in hand"],
)
def test_what_a_process_does_not_give_back_is_read_here(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    real, part = subprocess.Popen, Reader.part
    monkeypatch.setattr(
        subprocess, "Popen", lambda _, **named: real([sys.executable, "-c", program], **named)
    )

    def slowly(*given: Any) -> labels.Found:
        time.sleep(0.05)
        return part(*given)

    monkeypatch.setattr(Reader, "part", slowly)

    assert same(READER.found(SAID), ALONE)


def test_a_system_that_starts_no_process_reads_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert same(READER.found(SAID), ALONE)


def test_without_a_second_core_or_much_to_read_there_is_no_second_process(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 1)
    assert same(READER.found(SAID), ALONE)
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(apart, "WORTH", 2.0)
    assert same(READER.found(SAID), ALONE)

    assert started == []


def test_it_is_gone_when_the_reading_ends_by_an_error(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    parts, part = [], Reader.part

    def wrong(self: Reader, first: int, *given: Any) -> labels.Found:
        parts.append(first)
        if len(parts) > 1:
            raise ZeroDivisionError
        return part(self, first, *given)

    monkeypatch.setattr(Reader, "part", wrong)
    with pytest.raises(ZeroDivisionError):
        READER.found(SAID)

    assert len(started) == 1
    assert started[0].poll() is not None


def test_a_reader_that_has_read_is_sent_without_what_it_has_seen() -> None:
    import pickle

    reader = pickle.loads(pickle.dumps(READER))

    assert reader.rules.lexicon.vocabulary == {}
    assert same(reader.found(SAID), ALONE)
