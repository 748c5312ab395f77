"""What is the same in hundreds of runs of `cl` in one process is made once.

A template is compiled, a chart is drawn, a workspace is counted and protected the first time that
a test needs it. Each comes back for an equal question only, so a test that changes a template, a
chart or a row gets its own. Tests of drawing and of templates call those themselves and share
nothing; `forget` is for tests that compare two runs.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import pytest
from openpyxl import Workbook

from complaints_learning.nouns.counted import Counted, Step, quiet
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import Settings

_MADE: dict[str, list[tuple[Any, Any]]] = {}
_MOST = 60
"""Of each kind; the oldest goes."""


def once(kind: str, asked: Any, make: Callable[[], Any]) -> Any:
    """What `make` gives, for an equal question only once."""
    known = _MADE.setdefault(kind, [])
    for question, answer in known:
        if question == asked:
            return answer
    answer = make()  # another thread may add its own meanwhile
    known.append((asked, answer))
    del known[:-_MOST]
    return answer


def forget() -> None:
    """Make everything anew the next time."""
    _MADE.clear()


@contextmanager
def templates() -> Iterator[None]:
    """Within the block a template's text is compiled once for environments of the same making."""
    real = jinja2.Environment.compile
    if real.__module__ == __name__:  # within such a block already
        yield
        return

    def compiled(self: jinja2.Environment, source: Any, *given: Any) -> Any:
        making = (type(self), self.autoescape, self.undefined, self.trim_blocks, {*self.filters})
        asked = (making, self.finalize is None, source, given)
        return once("template", asked, lambda: real(self, source, *given))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", compiled)
        yield


@contextmanager
def all_of_it() -> Iterator[None]:
    """Within the block templates are compiled and charts are drawn once."""
    from complaints_learning import draw

    real = draw.picture

    def picture(chart: Any, style: Any, **named: Any) -> Any:
        return once("picture", (chart, style, named), lambda: real(chart, style, **named))

    with pytest.MonkeyPatch.context() as patched, templates():
        patched.setattr(draw, "picture", picture)
        yield


def book(rows: list[list[object]]) -> bytes:
    """A workbook of these rows; for the same rows the same bytes, so that they are counted once."""

    def make() -> bytes:
        made, out = Workbook(), io.BytesIO()
        sheet = made.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        made.save(out)
        return out.getvalue()

    return once("book", repr(rows), make)


@contextmanager
def counting() -> Iterator[None]:
    """Within the block the same files are checked, counted and protected once.

    The same files are those of the same bytes, wherever they lie; what a look writes beside them
    (`.cl`, `out`) is no part of the question. The steps are told each time.
    """
    from complaints_learning import pipeline

    count, checked, protect = pipeline.count, pipeline.checked, pipeline.protect

    def counted_once(
        workspace: Path,
        period: str,
        today: date | None = None,
        step: Step = quiet,
        evidence: bool = False,
    ) -> Counted:
        asked = (files(workspace), period, today, evidence)
        made = _told(
            "count", asked, step, lambda tell: count(workspace, period, today, tell, evidence)
        )
        return msgspec.structs.replace(made, workspace=workspace)

    def checked_once(workspace: Path, settings: Settings, step: Step = quiet, *spare: Any) -> Any:
        asked = (files(workspace), settings)
        return _told(
            "checked", asked, step, lambda tell: checked(workspace, settings, tell, *spare)
        )

    def protected_once(counted: Any, edition: Any) -> Findings:
        asked = (counted.findings, edition, counted.settings.small_numbers)
        return once("protect", asked, lambda: protect(counted, edition))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "count", counted_once)
        patched.setattr(pipeline, "checked", checked_once)
        patched.setattr(pipeline, "protect", protected_once)
        yield


def files(workspace: Path) -> dict[str, bytes]:
    """The bytes of each file of a workspace, but not of what a run of `cl` leaves, as a digest."""
    return {
        name.as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for path in sorted(workspace.rglob("*"))
        if not {"out", ".cl"} & set((name := path.relative_to(workspace)).parts) and path.is_file()
    }


def _told(kind: str, asked: Any, step: Step, make: Callable[[Step], Any]) -> Any:
    """What is made, once; its steps are told to `step` whether it is made now or was before."""
    now: list[str] = []

    def tell(text: str) -> None:
        now.append(text)
        step(text)

    made, steps = once(kind, asked, lambda: (make(tell), now))
    for text in steps if not now else ():
        step(text)
    return made
