"""The settings that checking needs, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field


class Choices(Struct, frozen=True):
    """The council's own words, and the day by which dates are judged.

    `themes` are `themed.spellings`: the shipped themes' words, or those of the council's own.
    """

    today: date
    outcomes: Mapping[str, str] = field(default_factory=dict)
    procedures: Mapping[str, str] = field(default_factory=dict)
    procedure_by_file: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    complainants: Mapping[str, str] = field(default_factory=dict)
    wide: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    listed_services: tuple[str, ...] = ()
