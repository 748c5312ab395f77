"""What takes long to make, kept from one run to the next beside what Python compiled.

The themes ready to be found are kept in the same way: see `labelling.reader`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from complaints_learning.nouns import sealed
from complaints_learning.read import compiled as reading
from complaints_learning.write import compiled as writing

if TYPE_CHECKING:
    from complaints_learning.tell import Compiled


@contextmanager
def templates(report: str) -> Iterator[Compiled]:
    """The shipped templates of a report as far as they were compiled before; more are kept."""
    from complaints_learning.tell import Compiled

    place = reading.place(report)
    compiled = Compiled(reading.key(), reading.kept(place))
    yield compiled
    if compiled.changed and place is not None:
        writing.keep(place, compiled.dumps)


@contextmanager
def bank_holidays() -> Iterator[None]:
    """While the block runs, bank holidays that an earlier run asked for are known."""
    from complaints_learning.measure import working_days

    place, key = reading.days_place(), reading.days_key()
    working_days.remember(sealed.opened(key, reading.kept(place)))
    before = working_days.known()
    yield
    if place is not None and working_days.known() != before:
        writing.keep(place, lambda: sealed.seal(key, working_days.known()))
