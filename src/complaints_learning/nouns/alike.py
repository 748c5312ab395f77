"""A word as typed and the words that exist in, the one that was probably meant out.

Only for suggestions: likeness of letters never decides what something counts as.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_TURNS = {
    "in part": re.compile(r"part(?:ial|ially|ly)?(?![a-z])"),
    "not": re.compile(r"(?:not|no|nothing)(?![a-z])|un(?=up|found|just|subst)"),
}


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


def _turns(word: str) -> frozenset[str]:
    """Which words that turn an outcome into another one it holds."""
    spoken = re.split(r"[^a-z]+", word.casefold())
    return frozenset(
        name for name, said in _TURNS.items() if any(said.match(each) for each in spoken)
    )
