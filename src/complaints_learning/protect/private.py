"""Raw tables in; everything in them that names somebody out, made ready to be looked for.

A text is compared as its pieces, the runs of letters and digits, without regard to case or to
the marks between: 'C/2022/0145' is found as 'c-2022-0145'. What could be an ordinary word or
number is only looked for where it cannot be one:

- a full name, in either order, or a title and surname: wherever the pieces stand together;
- one name alone: as a whole word of at least four letters, written with a capital, that is
  neither in the report's own texts nor a name that is also a word (Green, Price, May);
- a reference: with at least four characters and three digits; one of digits only, or with marks
  that numbers have, also needs five digits and its own marks, so that 12 or 1,250 is no hit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import compress
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field

from complaints_learning.nouns import columns, wording
from complaints_learning.nouns.errors import Place
from complaints_learning.nouns.raw import Cell, Raw, RawTable, shown
from complaints_learning.nouns.settings import Settings
from complaints_learning.protect import patterns
from complaints_learning.protect.pieces import pieces

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.nouns.period import Period
    from complaints_learning.nouns.themes import Themes
    from complaints_learning.protect.held import Held

_NAME_HEADERS = re.compile(
    r"\b(?:name|forename|surname|worker|officer|manager|investigator|advocate|respondent|io|"
    r"author|handled by|allocated to|assigned to|logged by|created by|modified by|child|parent|"
    r"person|who|by whom|contact)\b"
)
_CONTACT_HEADERS = re.compile(
    r"\b(?:e ?mail|phone|telephone|mobile|tel|address|post ?code|nhs|mosaic|lcs|client|upn|id|no|"
    r"number|case no)\b"
)
_BIRTH_HEADERS = re.compile(r"\b(?:dob|birth|born)\b")
_PERSON = re.compile(r"[A-Z][\w'\u2019-]+(?:,? [A-Z][\w'\u2019.-]*){1,3}")
_RUN_ON = re.compile(r"\d{7}[^\W\d_]")
_NOT_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        mr mrs ms miss mx dr prof sir lady lord rev cllr anon anonymous unknown none not given
        stated known self parent parents carer mother father mum dad child young person family the
        and of for team service manager worker social officer staff various other advocate council
        school tbc na client customer resident representative solicitor grandparent relative head
        director upheld partially partly fully resolved withdrawn rejected closed finding stage
        """,
    )
)
ORDINARY = frozenset(
    re.findall(
        r"\S+",
        """
        abbey amber angel april august baker bank banks barber bell best bishop black bloom bond
        booth brook brooks brown bush carol carpenter carter case chance chase christian church
        close cook cooper cross daisy dale dawn day deal dean diamond drew drive east english fair
        faith farmer field fields fisher flower ford forest fox frank free french frost gardener
        gate gold good grace grant gray green grey ground hall hand harmony haven hazel head heath
        heather high hill holiday holly home hope house hunt hunter iris ivory jade jasmine joy
        judge june justice kent key king knight lake lamb lane last law lily little long lord love
        major march mark marks marsh mason may mercy merit miles mill miller mills moon moor moss
        noble north olive page paige park parker parks patience pearl penny piper pool pope poppy
        port porter post potter power price prince proctor prudence rain ray read reading reed
        rice rich ring river rivers robin rock root rose rowan ruby rush sage sandy self sharp
        shepherd shore short singer sky small smart smith snow south speed spring star steel
        sterling stone storm street strong summer summers sunny swift tanner taylor temple thorn
        town tree trinity turner unity victor violet walker wall ward waters weaver weeks wells
        west white will wills winter winters wise wood woods work worth wright york young
        """,
    )
)
"""Names that are also words a report may well contain."""


class Mark(Struct, frozen=True):
    """What a private string is ('a name', 'a reference') and where the workspace has it."""

    kind: str
    place: Place


class Private(Struct, frozen=True):
    """All private strings, by number of pieces. `alone` are single names, `exact` references
    that only count with their own marks. `texts` are complaints' words with their place."""

    runs: Mapping[int, Mapping[tuple[str, ...], Mark]]
    alone: Mapping[str, Mark] = field(default_factory=dict)
    exact: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    texts: tuple[tuple[str, Place], ...] = ()


def gather(
    raw: Raw,
    settings: Settings,
    held: Held | None = None,
    texts: Iterable[tuple[str, Place]] = (),
) -> Private:
    """Every name, contact and reference in the columns of the sources.

    With `held`, only those that can stand in the files that it was made of.
    """
    found = _Gathering(held)
    for table in raw.tables:
        known = columns.TABLES.get(table.kind)
        mapped: Mapping[str, str] = getattr(settings.columns, table.kind, {})
        for number, header in enumerate(table.headers):
            meant = columns.recognise(known, header, mapped) if known else None
            kind = _kind(known, meant[0] if meant else "", header, table.columns[number])
            if kind:
                found.column(table, number, kind)
    return Private(found.runs, found.alone, found.exact, tuple(texts))


class Said:
    """What the period's complaints and the year before's say, with their place."""

    def __init__(self, complaints: pd.DataFrame, period: Period) -> None:
        from complaints_learning.protect.held import Plain

        before = period.before()
        within = complaints["received"].between(str(before.start), f"{period.end} 23:59:59")
        self._rows = complaints[within | complaints["received"].isna()]
        self._plain = Plain(self._rows["text"].tolist())

    def within(self, held: Held) -> list[tuple[str, Place]]:
        """Only those of which `held` can have words: most often none."""
        some = self._rows.iloc[held.quoted(self._plain)]
        columns_of = (some[name] for name in ("text", "file", "sheet", "row"))
        return [
            (str(said), Place(str(file), str(sheet), int(row)))
            for said, file, sheet, row in zip(*columns_of, strict=True)
        ]


def vouched(settings: Settings) -> list[str]:
    """What the council says of itself in cl.toml: it may stand in the report."""
    about = (
        msgspec.to_builtins(part)
        for part in (settings.council, settings.report, settings.annual_report)
    )
    said = [value for part in about for value in part.values() if isinstance(value, str)]
    services = (*settings.assurance.services, *settings.services.values())
    return [*said, *settings.council.priorities, *services]


def theme_words(themes: Themes) -> list[str]:
    """The titles and sentence parts of themes.toml, which the report is written with."""
    titles = [theme.title for theme in themes]
    return [
        *titles,
        *(t for theme in themes for sub in theme.sub_themes for t in (sub.title, sub.says)),
    ]


def _kind(table: columns.Table | None, name: str, header: str, cells: Iterable[Cell]) -> str:
    """'reference', 'name', 'contact', 'birth' or '' for what a column holds."""
    if table is not None and name and name != columns.IGNORE:
        return "reference" if table.column(name).kind == "reference" else ""
    plain = columns.plain(header)
    if _BIRTH_HEADERS.search(plain):
        return "birth"
    if _CONTACT_HEADERS.search(plain):
        return "contact"
    if _NAME_HEADERS.search(plain):
        return "name"
    filled = {c: n for c, n in Counter(cells).items() if isinstance(c, str) and c.strip()}
    every = sum(filled.values())
    if len(filled) <= 0.5 * every:
        return ""
    people = sum(n for cell, n in filled.items() if _PERSON.fullmatch(cell.strip()))
    return "name" if people > 0.6 * every else ""


class _Gathering:
    """Private strings as they are found."""

    def __init__(self, held: Held | None) -> None:
        self.held = held
        self.runs: dict[int, dict[tuple[str, ...], Mark]] = {}
        self.alone: dict[str, Mark] = {}
        self.exact: dict[tuple[str, ...], str] = {}
        self.takes: dict[str, tuple[str, Callable[[Cell, Mark], None]]] = {
            "reference": ("a reference", self.reference),
            "name": ("a name", self.name),
            "birth": ("a date of birth", self.birth),
            "contact": ("a contact detail", self.contact),
        }

    def column(self, table: RawTable, number: int, kind: str) -> None:
        cells = table.columns[number]
        wanted = self.wanted(cells, kind)
        for record, cell in enumerate(cells):
            if not wanted:
                return
            if cell in wanted:
                wanted.remove(cell)
                said, take = self.takes[kind]
                take(cell, Mark(said, table.place(record, number)))

    def wanted(self, cells: Iterable[Cell], kind: str) -> set[Cell]:
        """The different cells of a column that the files can hold something of."""
        different = [cell for cell in dict.fromkeys(cells) if cell != ""]
        if self.held is None or kind == "birth":
            return set(different)
        texts = [shown(cell) for cell in different]
        if kind == "reference":
            return set(compress(different, self.held.all_of(texts)))
        # a telephone number that runs into a word is found in the files without it
        return {
            cell
            for cell, text, may in zip(different, texts, self.held.any_of(texts), strict=True)
            if may or _RUN_ON.search(text)
        }

    def add(self, run: tuple[str, ...], mark: Mark) -> None:
        self.runs.setdefault(len(run), {}).setdefault(run, mark)

    def reference(self, cell: Cell, mark: Mark) -> None:
        text = shown(cell)
        run = tuple(piece for piece, _, _ in pieces(text))
        joined = "".join(run)
        digits = sum(c.isdigit() for c in joined)
        if len(joined) < 4 or digits < 3:
            return
        if digits == len(joined):
            if digits < 5:
                return
            if len(run) > 1:
                self.exact[run] = text.strip()
        self.add(run, mark)

    def name(self, cell: Cell, mark: Mark) -> None:
        text = shown(cell)
        if "@" in text or any(c.isdigit() for c in text):
            self.contact(text, mark)
            return
        run = tuple(p for p, _, _ in pieces(text) if p not in _NOT_NAMES)
        if len(run) > 1:
            self.add(run, mark)
            self.add((*run[1:], run[0]), mark)
            self.add((run[-1], *run[:-1]), mark)
        for piece in run:
            if len(piece) > 3 and piece not in ORDINARY:
                self.alone.setdefault(piece, mark)
            for title in ("mr", "mrs", "ms", "miss", "dr"):
                if len(piece) > 1:
                    self.add((title, piece), mark)

    def birth(self, cell: Cell, mark: Mark) -> None:
        if isinstance(cell, datetime | date):
            day = cell.date() if isinstance(cell, datetime) else cell
            forms = [
                day.isoformat(),
                wording.day(day),
                wording.short_day(day),
                f"{day:%d/%m/%Y}",
                f"{day.day}/{day.month}/{day.year}",
                f"{day:%d %B %Y}",
                f"{day:%d/%m/%y}",
            ]
        else:
            forms = [shown(cell)]
        for form in forms:
            run = tuple(piece for piece, _, _ in pieces(form))
            if len(run) == 3:
                self.add(run, mark)

    def contact(self, cell: Cell, mark: Mark) -> None:
        text = shown(cell)
        run = tuple(piece for piece, _, _ in pieces(text))
        joined = "".join(run)
        if len(run) > 1 and len(joined) > 5:
            if joined.isdigit():
                self.exact[run] = text.strip()
            self.add(run, mark)
        elif len(joined) > 5 and any(c.isdigit() for c in joined):
            self.add(run, mark)
        for span in patterns.sure(text):
            inner = tuple(piece for piece, _, _ in pieces(text[span.start : span.end]))
            if len("".join(inner)) > 4:
                self.add(inner, mark)
