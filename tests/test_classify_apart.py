"""Texts read in a second process: the same labels, no process left behind, and no need of it."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
import time
from collections import deque
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from complaints_learning.classify import Reader, apart, child, labels
from complaints_learning.nouns import processes
from complaints_learning.read import texts

TUNE = Path(__file__).parent / "data" / "themes" / "tune.jsonl"
SAID = [json.loads(line)["text"] for line in TUNE.read_text("utf-8").splitlines()[:60]]


@cache
def here() -> Reader:
    return Reader(texts.themes())


@cache
def alone() -> labels.Found:
    return here().found(SAID)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second core, and small parts that are worth it."""
    alone()
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
        with apart.helped(other, (here(), None, True), waiting, done):
            while len(done) < parts and time.monotonic() < until:
                time.sleep(0.01)

    assert len(done) == parts > 5
    assert same(labels.together(done), alone())


def test_one_that_was_started_early_helps_with_whatever_there_is(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "WORTH", 1e9)
    with apart.spare() as other:
        other.start()
        assert same(here().found(SAID, spare=other), alone())
        assert here().found([], spare=other).text.size == 0

    assert len(started) == 1
    assert started[0].poll() is not None


def test_both_together_find_the_same(started: list[subprocess.Popen[bytes]]) -> None:
    assert same(here().found(SAID), alone())
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

    assert same(here().found(SAID), alone())


def test_a_system_that_starts_no_process_reads_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert same(here().found(SAID), alone())


def test_without_a_second_core_or_much_to_read_there_is_no_second_process(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 1)
    assert same(here().found(SAID), alone())
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(apart, "WORTH", 2.0)
    assert same(here().found(SAID), alone())

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
        here().found(SAID)

    assert len(started) == 1
    assert started[0].poll() is not None


def test_a_reader_that_has_read_is_sent_without_what_it_has_seen() -> None:
    reader = pickle.loads(pickle.dumps(here()))

    assert reader.rules.lexicon.vocabulary == {}
    assert same(reader.found(SAID), alone())


def test_the_other_process_is_ready_and_answers_part_after_part_until_nothing_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts, calls = list(labels._parts(SAID))[:2], list[object]()
    monkeypatch.setattr(child.signal, "signal", lambda *given: calls.append(given))
    monkeypatch.setattr(child.gc, "disable", lambda: calls.append("gc"))
    given = io.BytesIO(b"".join(pickle.dumps(each) for each in ((here(), None, True), *parts)))
    answers = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=answers))

    child.main()

    assert calls == [(child.signal.SIGINT, child.signal.SIG_IGN), "gc"]
    answers.seek(0)
    assert pickle.load(answers) == "ready"
    for first, said in parts:
        assert same(pickle.load(answers), here().part(first, said, None, True))
    assert answers.read() == b""


def talked(waiting: deque[apart.Part], *answers: object) -> tuple[dict[int, Any], list[object]]:
    """What came of sharing with a process that gives these answers, and what it was told."""
    told, done = io.BytesIO(), dict[int, Any]()
    said = io.BytesIO(b"".join(map(pickle.dumps, answers)))
    process: Any = SimpleNamespace(stdin=told, stdout=said)
    apart._share(process, pickle.dumps("order"), waiting, done)
    end = told.tell()
    told.seek(0)
    heard = []
    while told.tell() < end:
        heard.append(pickle.load(told))
    return done, heard


def test_parts_are_shared_from_the_right_and_one_without_answer_waits_again() -> None:
    one, two, three = (0, ["a"]), (1, ["b"]), (2, ["c"])

    waiting = deque([one, two, three])
    assert talked(waiting, "ready", "C") == ({2: "C"}, ["order", three, two])
    assert waiting == deque([one, two])

    assert talked(waiting) == ({}, ["order"])
    assert waiting == deque([one, two])

    assert talked(waiting, "ready", "B", "A") == ({0: "A", 1: "B"}, ["order", two, one])
    assert not waiting


def test_a_part_that_was_taken_just_now_is_not_shared() -> None:
    class Taken(deque[apart.Part]):
        def pop(self) -> apart.Part:  # as when the other thread is quicker
            self.popleft()
            return super().pop()

    assert talked(Taken([(0, ["a"])]), "ready", "A") == ({}, ["order"])
