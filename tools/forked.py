"""A pytest plugin for tools/mutants.py: each mutant in a fork of one process that has all tests.

What costs time is done once, before the forks: collection, the import of what tests import as they
run, and what their modules make once (a function under `functools.cache`), where the mutant has no
part in it. mutmut's trampolines, which ask at each call which mutant is meant, are left out: a fork
gives the function the mutant's code and runs the tests that reach it, until one fails: first those
that take little and have killed many. A mutant's place in the queue hangs on its name alone, so
what is tried when time is up is a random sample, and the same one when the code has changed.
"""

from __future__ import annotations

import difflib
import hashlib
import importlib
import inspect
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline

MUTATED: list[tuple[FunctionType, dict[str, Any]]] = []
"""Each function that has mutants, and what mutmut wrote for it, by name."""


def _as_it_is(
    mutants: dict[str, Any], is_classmethod: bool = False
) -> Callable[[FunctionType], FunctionType]:
    def noted(function: FunctionType) -> FunctionType:
        MUTATED.append((function, mutants))
        return function

    return noted


trampoline.wrap_in_trampoline = _as_it_is  # type: ignore[assignment]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of the tests once: the tests of each mutant of the sample."""
    terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    items = {item.nodeid: item for item in session.items}
    mutants = {
        f"{function.__module__}.{name}": (function, getattr(mutant, "__func__", mutant))
        for function, known in MUTATED
        for name, mutant in known.items()
        if name != "_mutmut_orig"
    }
    made = _made(session.items)
    reached: dict[str, list[str]] = {}
    took: dict[str, float] = {}
    for test, item in items.items():
        said = _forked(partial(_alone, item, made))
        if isinstance(said, str) or said[0]:
            raise pytest.UsageError(f"red where nothing is mutated: {test}")
        _, took[test], called, imported = said
        for module in imported:
            with suppress(ImportError):
                importlib.import_module(module)
        for function in called:
            reached.setdefault(function, []).append(test)
    terminal.write_line(
        f"{len(mutants)} mutants; {len(items)} tests take {sum(took.values()):.0f} s"
    )
    kills: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    with Path(os.environ["MUTANTS_OUT"]).open("a", encoding="utf-8") as out:
        for mutant in _queue(mutants):
            function, changed = mutants[mutant]
            tests = reached.get(_name(function), ())
            queue = sorted(tests, key=lambda test: took[test] / (1 + kills[test]))
            end = "not reached"
            if queue:
                ordered = [items[test] for test in queue]
                spoilt = [maker for maker, called in made.items() if _name(function) in called]
                spoilt += _kept("complaints_learning")
                work = partial(_killer, mutant, function, changed, ordered, spoilt)
                killer = _forked(work, int(os.environ["MUTANTS_SECONDS"]))
                end = killer if killer in ("stopped", "survived") else "killed"
                kills[killer] += 1
            ends[end] += 1
            if end != "killed":
                print(end, mutant, _difference(function, changed), sep="\n", file=out, flush=True)
            terminal.write_line(f"{sum(ends.values())} tried: {dict(ends)}")
    return True


def _name(function: FunctionType) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _queue(mutants: dict[str, Any]) -> list[str]:
    if again := os.environ.get("MUTANTS_AGAIN"):
        return [mutant for mutant in again.split() if mutant in mutants]
    drawn = sorted(mutants, key=lambda mutant: hashlib.sha256(mutant.encode()).digest())
    return drawn[int(os.environ["MUTANTS_FROM"]) : int(os.environ["MUTANTS_TO"])]


def _forked(work: Callable[[], Any], seconds: int = 0) -> Any:
    """What the work answers in a fork, stopped after so many seconds of the processor; 0: never."""
    answer = Path(os.environ["MUTANTS_OUT"]).with_suffix(".answer")
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        signal.alarm(20 * seconds)  # waiting for what never comes takes no time of the processor
        with Path(os.devnull).open("w") as nowhere:  # closed late: an unclosed file is a red test
            sys.stdout = sys.stderr = nowhere
            try:
                answer.write_text(json.dumps(work()), encoding="utf-8")
            finally:
                os._exit(0)
    _, status = os.waitpid(child, 0)
    try:
        return json.loads(answer.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "stopped" if os.WIFSIGNALED(status) else "ended"
    finally:
        answer.unlink(missing_ok=True)


def _kept(package: str) -> list[Any]:
    """The functions of a package's modules whose answers are kept."""
    modules = [module for name, module in sys.modules.items() if name.startswith(package)]
    values = [value for module in modules for value in vars(module).values()]
    return [value for value in values if isinstance(value, type(cache(_kept)))]


def _made(items: list[pytest.Item]) -> dict[Any, set[str]]:
    """What tests' modules make once, and the mutated functions that this calls."""
    modules = {item.module.__name__ for item in items if isinstance(item, pytest.Function)}
    makers = {maker for name in modules for maker in _kept(name) if maker.__module__ == name}
    called: dict[Any, set[str]] = {}
    for maker in makers:
        for other in makers:
            other.cache_clear()
        called[maker] = _called(maker)
    for maker in makers:
        maker()
    return called


def _called(work: Callable[[], Any]) -> set[str]:
    """The mutated functions that some work calls."""
    seen: set[CodeType] = set()

    def note(frame: Any, event: str, given: Any) -> None:
        seen.add(frame.f_code)

    threading.settrace(note)
    sys.settrace(note)
    work()
    sys.settrace(None)
    return {_name(function) for function, _ in MUTATED if function.__code__ in seen}


def _alone(
    item: pytest.Item, made: dict[Any, set[str]]
) -> tuple[bool, float, list[str], list[str]]:
    """Of a test: whether it is red, what it takes, the mutated functions that it, or what it
    needs, calls, and what else is imported as it runs."""
    asked = {maker: maker.cache_info().hits for maker in made}
    before = {*sys.modules}
    began = time.process_time()
    red: list[str] = []
    called = _called(lambda: red.append(_first_red([item])))
    took = time.process_time() - began
    used = [maker for maker, hits in asked.items() if maker.cache_info().hits > hits]
    others = [
        name
        for name, module in sys.modules.items()
        if name not in before
        and not name.startswith("complaints_learning")
        and getattr(module, "__spec__", None) is not None
    ]
    return any(red), took, sorted(called.union(*(made[maker] for maker in used))), others


def _killer(
    mutant: str,
    function: FunctionType,
    changed: FunctionType,
    items: list[pytest.Item],
    spoilt: list[Any],
) -> str:
    function.__code__ = changed.__code__
    function.__defaults__ = changed.__defaults__
    function.__kwdefaults__ = changed.__kwdefaults__
    os.environ["MUTANT_UNDER_TEST"] = mutant  # for a process that a test starts
    for maker in spoilt:
        maker.cache_clear()
    return _first_red(items) or "survived"


def _first_red(items: list[pytest.Item]) -> str:
    for item, then in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=then)):
            return item.nodeid
    return ""


def _difference(function: FunctionType, changed: FunctionType) -> str:
    before = inspect.getsource(function).splitlines()[1:]  # without the decorator
    after = inspect.getsource(changed).replace(changed.__name__, function.__name__).splitlines()
    return "\n".join(list(difflib.unified_diff(before, after, lineterm="", n=4))[2:])
