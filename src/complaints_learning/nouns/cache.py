"""What was checked and counted, as it is kept in a workspace's cache: numbers, places, problems.

No word of a complaint is in it. It lies under a seal, so that half of it, or what was changed, is
nothing at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from complaints_learning.nouns import sealed
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.records import Checked, Rows, Source

FOLDER = ".cl"


class Cached(Struct, frozen=True):
    """All of `Checked` but its tables; when it was counted too, the findings and the themes'
    titles by their codes."""

    key: str
    problems: tuple[Problem, ...]
    rows: dict[str, Rows]
    sources: tuple[Source, ...]
    supplied: frozenset[str]
    changes: tuple[str, ...]
    stops: tuple[Problem, ...]
    findings: Findings | None = None
    titles: dict[str, str] = {}

    @property
    def checked(self) -> Checked:
        """What `check` said, without tables."""
        return Checked(
            {}, self.problems, self.rows, self.sources, self.supplied, self.changes, self.stops
        )


def of(
    key: str,
    checked: Checked,
    findings: Findings | None = None,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> Cached:
    """What is to be kept of a workspace read and checked, and perhaps counted.

    Approved sentences are not kept: they are what people wrote.
    """
    return Cached(
        key,
        checked.problems,
        dict(checked.rows),
        checked.sources,
        checked.supplied,
        checked.changes,
        checked.stops,
        findings and replace(findings, quotations={}, learning={}),
        dict(titles),
    )


def key(marks: Mapping[str, str], *asked: str) -> str:
    """One fingerprint for all that went in and what was asked.

    >>> key({"a": "1"}, "2023") == key({"a": "1"}, "2024")
    False
    """
    told = msgspec.msgpack.encode((sorted(marks.items()), asked))
    return hashlib.sha256(told).hexdigest()


def name(key: str) -> str:
    """The file that holds what is kept under a key."""
    return f"kept-{key[:32]}.bin"


def dumps(kept: Cached) -> bytes:
    """The bytes of a kept file."""
    return sealed.seal(kept.key, msgspec.msgpack.encode(kept, enc_hook=_of_python))


def parse(data: bytes, key: str) -> Cached | None:
    """What these bytes keep under this key; None when they are damaged or somebody else's."""
    try:
        return msgspec.msgpack.decode(sealed.opened(key, data), type=Cached)
    except (msgspec.DecodeError, RecursionError):
        return None


def _of_python(value: object) -> object:
    """A number of numpy's as Python's own."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(type(value).__name__)
