"""A word as typed and the words that exist in, the one that was probably meant out.

Only for suggestions: likeness of letters never decides what something counts as.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_PART = ("part", "partial", "partially", "partly")
_NOT = re.compile(r"(?:not|no|nothing|un)$|un(?=up|found|just|subst)")


def meant(typed: str, known: Iterable[str], cutoff: float = 0.75) -> str:
    """The known word most like the typed one, or ''.

    A word that says 'part' or 'not' is never taken for one that does not, nor the other way.

    >>> meant("statuatory", ("statutory", "corporate")), meant("uphled", ("upheld", "not upheld"))
    ('statutory', 'upheld')
    >>> meant("part found", ("not found", "found")), meant("unupheld", ("upheld",))
    ('', '')
    """
    turn = _turns(typed)
    fair = [word for word in known if _turns(word) == turn]
    close = difflib.get_close_matches(typed, fair, n=1, cutoff=cutoff)
    return close[0] if close else ""


def _turns(word: str) -> tuple[bool, bool]:
    """Whether it says 'part', however spelt, and whether it says 'not'."""
    spoken = re.findall(r"[a-z]+", word.casefold())
    return (
        any(difflib.get_close_matches(each, _PART, cutoff=0.75) for each in spoken),
        any(_NOT.match(each) for each in spoken),
    )
