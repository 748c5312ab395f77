"""What was asked of the calendar before in; what was asked now kept, beside Python's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from complaints_learning.nouns import sealed
from complaints_learning.read import compiled as keeping
from complaints_learning.write import compiled as writing


@contextmanager
def remembered() -> Iterator[None]:
    """While the block runs, bank holidays that an earlier run asked for are known."""
    from complaints_learning.measure import working_days

    place, key = keeping.days_place(), keeping.days_key()
    working_days.remember(sealed.opened(key, keeping.kept(place)))
    before = working_days.known()
    yield
    if place is not None and working_days.known() != before:
        writing.keep(place, lambda: sealed.seal(key, working_days.known()))
