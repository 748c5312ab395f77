"""What is the same in hundreds of runs of `cl` in one process is made once.

A template is compiled, a chart is drawn and a workspace is counted the first time that a test
needs it. Each comes back for an equal question only, so a test that changes a template, a chart or
a row gets its own. Tests of drawing and of templates call those themselves and share nothing;
`forget` is for tests that compare two runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import pytest

_MADE: dict[str, list[tuple[Any, Any]]] = {}
_MOST = 60
"""Of each kind; the oldest goes."""


def _once(kind: str, asked: Any, make: Callable[[], Any]) -> Any:
    known = _MADE.setdefault(kind, [])
    for question, answer in known:
        if question == asked:
            return answer
    known.append((asked, make()))
    del known[:-_MOST]
    return known[-1][1]


def forget() -> None:
    """Make everything anew the next time."""
    _MADE.clear()


@contextmanager
def templates() -> Iterator[None]:
    """Within the block a template's text is compiled once for environments of the same making."""
    real = jinja2.Environment.compile

    def compiled(self: jinja2.Environment, source: Any, *given: Any) -> Any:
        making = (type(self), self.autoescape, self.undefined, self.trim_blocks, {*self.filters})
        asked = (making, self.finalize is None, source, given)
        return _once("template", asked, lambda: real(self, source, *given))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", compiled)
        yield


@contextmanager
def all_of_it() -> Iterator[None]:
    """Within the block templates are compiled and charts are drawn once."""
    from complaints_learning import draw

    real = draw.picture

    def picture(chart: Any, style: Any, **named: Any) -> Any:
        return _once("picture", (chart, style, named), lambda: real(chart, style, **named))

    with pytest.MonkeyPatch.context() as patched, templates():
        patched.setattr(draw, "picture", picture)
        yield


def counting(count: Callable[..., Any]) -> Callable[..., Any]:
    """`pipeline.count`, asked once for the same bytes, period and options."""

    def counted(workspace: Path, period: str, *given: Any, **named: Any) -> Any:
        inside = {path: path.relative_to(workspace) for path in sorted(workspace.rglob("*"))}
        prints = {
            name.as_posix(): hashlib.sha256(path.read_bytes()).digest()
            for path, name in inside.items()
            if path.is_file() and not {"out", ".cl"} & set(name.parts)
        }
        options = [[one for one in given if not callable(one)]]
        options += [[item for item in named.items() if not callable(item[1])]]
        answer = _once(
            "count",
            (prints, period, options),
            lambda: count(workspace, period, *given, **named),
        )
        return msgspec.structs.replace(answer, workspace=workspace)

    return counted
