"""The text templates of one report, as values: what `read` finds and `tell` renders."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Texts(Struct, frozen=True):
    """File name to text, with the report's title and the sections to render in order.

    `sources` says where each file lies, for messages: a council's own one, or the package's.
    """

    name: str
    title: str
    sections: tuple[str, ...]
    files: Mapping[str, str]
    sources: Mapping[str, str]
