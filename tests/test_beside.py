"""What is done while a large workbook is read: once, to its end, and without harm."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from complaints_learning import read
from complaints_learning.read import beside, texts

SAMPLE = Path(__file__).resolve().parent.parent / "sample_data"


def reading(work: object) -> object:
    return read.workspace(SAMPLE, texts.choices(SAMPLE), work)  # type: ignore[arg-type]


def test_it_runs_once_in_a_thread_and_has_ended_when_all_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "LARGE", 1)
    by: list[threading.Thread] = []

    raw = reading(lambda size: by.append(threading.current_thread()))

    assert len(by) == 1
    assert by[0] is not threading.current_thread()
    assert not by[0].is_alive()
    assert raw == reading(None)


def test_small_workbooks_are_read_without_it() -> None:
    done: list[int] = []

    with beside.Beside(done.append) as idle:
        for size in (1, beside.LARGE - 1, beside.LARGE):
            idle.begin(size)

    assert done == [beside.LARGE]


def test_what_goes_wrong_in_it_does_not_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def wrong(size: int) -> None:
        tried.append(size)
        raise ImportError("no such library")

    monkeypatch.setattr(beside, "LARGE", 1)

    assert reading(wrong) == reading(None)
    assert len(tried) == 1
