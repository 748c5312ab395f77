"""A pytest plugin for tools/mutants.py: each mutant in a fork of one process that has all tests.

mutmut wrote the mutants and which test reaches which function. A fork after collection saves each
mutant the imports; its tests run cheapest first until one fails. The sample is tried in the order
it was drawn, so what is tried when time is up is still a random sample.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.format_utils import mangled_name_from_mutant_name


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of the tests once: the tests of each mutant of the sample."""
    stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
    seconds = float(os.environ["MUTANTS_SECONDS"])
    reached, took = stats["tests_by_mangled_function_name"], stats["duration_by_test"]
    items = {item.nodeid: item for item in session.items}
    if _end("", list(items.values()), seconds=0) != "survived":
        raise pytest.UsageError("the tests are red where nothing is mutated")
    with Path(os.environ["MUTANTS_OUT"]).open("a", encoding="utf-8") as out:
        for mutant in _sample(int(os.environ["MUTANTS_MOST"])):
            tests = items.keys() & set(reached.get(mangled_name_from_mutant_name(mutant), ()))
            ordered = [items[test] for test in sorted(tests, key=lambda test: took.get(test, 0))]
            end = _end(mutant, ordered, seconds) if ordered else "untested"
            print(mutant, end, file=out, flush=True)
    return True


def _sample(most: int) -> list[str]:
    known = sorted(
        mutant
        for path in Path().rglob("*.meta")
        for mutant in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    )
    return random.Random(11).sample(known, min(most, len(known)))


def _end(mutant: str, items: list[pytest.Item], seconds: float) -> str:
    """What became of a mutant, stopped after so many seconds of the processor; 0 is never."""
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        with Path(os.devnull).open("w") as nowhere:  # closed late: an unclosed file is a red test
            sys.stdout = sys.stderr = nowhere
            try:
                os._exit(_failed(mutant, items))
            finally:
                os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "stopped"
    return "killed" if os.WEXITSTATUS(status) else "survived"


def _failed(mutant: str, items: list[pytest.Item]) -> bool:
    set_mutant_under_test(mutant)
    themes = sys.modules.get("test_classify")
    if themes is not None:  # what it made when it was imported, a mutant makes otherwise
        themes.READER = themes.classify.Reader(themes.THEMES)
        themes.RULES = themes.Rules(themes.THEMES)
    return any(
        report.failed
        for item, then in zip(items, [*items[1:], None], strict=True)
        for report in runtestprotocol(item, log=False, nextitem=then)
    )
