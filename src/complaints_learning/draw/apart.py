"""Charts in, pictures out, drawn in a second process that was started before they were known.

matplotlib takes longer to load than a small report to count. On a computer with a second core both
are done at the same time. The pictures are the same bytes as when they are drawn here, which is
what happens when there is no second core, or no second process, or it does not answer.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property

import msgspec
from msgspec import Struct

from complaints_learning import draw
from complaints_learning.nouns import processes
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.report import Chart, Picture, Report

_SECONDS = 60.0
_CHILD = "complaints_learning.draw.child"


class Order(Struct, frozen=True):
    """What is to be drawn, and how."""

    charts: tuple[Chart, ...]
    style: ChartStyle
    png: bool
    svg: bool


class Pictures(Mapping[str, Picture]):
    """The pictures of a report by their charts' names; who looks for one waits for it."""

    def __init__(self, process: subprocess.Popen[bytes] | None) -> None:
        self._process = process
        self._report: Report | None = None
        self._order = Order((), ChartStyle(), False, False)
        self._answer = b""
        self._waiting: threading.Thread | None = None

    def begin(self, report: Report, style: ChartStyle, *, png: bool, svg: bool) -> None:
        """Hand the charts over; what can be done without their pictures is done meanwhile."""
        charts = tuple(block for block in report.blocks if isinstance(block, Chart))
        self._report, self._order = report, Order(charts, style, png, svg)
        if self._process is not None and png and charts:
            self._waiting = threading.Thread(target=self._wait, daemon=True)
            self._waiting.start()

    def __getitem__(self, name: str) -> Picture:
        return self._pictures[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pictures)

    def __len__(self) -> int:
        return len(self._pictures)

    @cached_property
    def _pictures(self) -> dict[str, Picture]:
        """What `draw.charts` gives."""
        order = self._order
        if self._waiting is not None:
            self._waiting.join(_SECONDS)
            with suppress(msgspec.DecodeError):
                made = msgspec.msgpack.decode(self._answer, type=tuple[Picture, ...])
                names = (chart.name for chart in order.charts)
                return dict(zip(names, made, strict=True))
        assert self._report is not None, "begin comes first"
        try:
            return draw.charts(self._report, style=order.style, png=order.png, svg=order.svg)
        except KeyError as error:  # a mapping takes it for a chart that has no picture
            raise RuntimeError("a chart cannot be drawn") from error

    def _wait(self) -> None:
        assert self._process is not None
        order, answer = self._process.stdin, self._process.stdout
        assert order is not None
        assert answer is not None
        with suppress(OSError, ValueError):
            with order:
                order.write(msgspec.msgpack.encode(self._order))
            self._answer = answer.read()


@contextmanager
def pictures(png: bool) -> Iterator[Pictures]:
    """Pictures to begin later; the second process, if there is one, ends with the block."""
    process = None
    if png and processes.cores() > 1 and "matplotlib" not in sys.modules:
        process = processes.started(_CHILD)
    try:
        yield Pictures(process)
    finally:
        if process is not None:
            processes.end(process)
