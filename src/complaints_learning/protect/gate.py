"""Texts of finished files and private strings in; the places where one holds the other out.

The last look before a public file may leave: nothing here trusts what came before. A hit says
where it is in the file and which cell of the workspace holds the same, never the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from complaints_learning.nouns.errors import LearningError, Place
from complaints_learning.protect import patterns
from complaints_learning.protect.held import WORDS_IN_A_ROW
from complaints_learning.protect.pieces import pieces
from complaints_learning.protect.private import Private

NOWHERE = Place()
_AN = frozenset({"email", "address", "NHS number"})


class Finished(Protocol):
    """A text of a finished file: the file, where in it, and what it says."""

    @property
    def file(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def text(self) -> str: ...


class Hit(Struct, frozen=True):
    """A private string in a finished file; `place` is where the workspace has it, if known."""

    file: str
    where: str
    kind: str
    place: Place = NOWHERE

    def __str__(self) -> str:
        return f"{self.file}, {self.what}"

    @property
    def what(self) -> str:
        """Where in the file, what, and where the workspace has the same: never the value."""
        same = f", the same as in {self.place}" if str(self.place) else ""
        return f"{self.where}: {self.kind}{same}"


class Usual:
    """What any report may say, made ready to be looked up.

    `vouched` are texts of the settings (the author's and the director's names, the council's
    address, its services): what they say may be said. `ours` are the report's own texts
    (templates, themes): their words are no names.
    """

    def __init__(self, vouched: Iterable[str] = (), ours: Iterable[str] = ()) -> None:
        said, own = list(vouched), list(ours)
        self.shapes = _shapes([*said, *own])
        self.vouched = [[piece for piece, _, _ in pieces(text)] for text in said]
        self.words = {word for words in self.vouched for word in words}
        self.words |= {piece for text in own for piece, _, _ in pieces(text)}


def hits(
    finished: Iterable[Finished],
    private: Private,
    usual: Usual | None = None,
    shell: Iterable[str] = (),
    left: Mapping[str, str] | None = None,
) -> list[Hit]:
    """Every private string in the finished texts, each place and kind once.

    `shell` are the texts of the council's Word file: its telephone number is nobody's secret.
    `left` is what `without` leaves of each text when sentences were approved for publication.
    """
    looked, usual = list(finished), usual or Usual()
    private = _without(private, usual)
    known = usual.shapes | _shapes(shell)
    cut = left or without((), looked)
    told = {
        text: [*_strings(text, private), *_patterns(text, known)]
        for text in dict.fromkeys(cut.values())
    }
    found: dict[Hit, None] = {}
    for text in looked:
        for kind, place in told[cut[text.text]]:
            found[Hit(text.file, text.where, kind, place)] = None
    for hit in _complaints_words(looked, cut, private):
        found[hit] = None
    return list(found)


def _patterns(text: str, known: set[str]) -> Iterator[tuple[str, Place]]:
    """What looks like a telephone number, an address and the like, and is nobody's own."""
    for span in patterns.sure(text):
        if _squeezed(text[span.start : span.end]) not in known:
            yield f"{'an' if span.kind in _AN else 'a'} {span.kind}", NOWHERE


def stop(found: list[Hit]) -> None:
    """Nothing when there are no hits; else the error that says where, and what to do."""
    if not found:
        return
    shown = [f"\n    {hit}" for hit in found[:10]]
    if len(found) > 10:
        shown.append(f"\n    and {len(found) - 10} more")
    places = "place" if len(found) == 1 else "places"
    raise LearningError(
        f"the public report would tell something private in {len(found)} {places}, so nothing "
        f"was written:{''.join(shown)}",
        "Take it out where it comes from (an action's words, a service, a template, the "
        "Word shell, or words typed into the report), or "
        "write the internal edition: --edition internal",
        code="private-found",
    )


def _shapes(texts: Iterable[str]) -> set[str]:
    """All that looks like a telephone number, an address and the like."""
    return {
        _squeezed(text[span.start : span.end]) for text in texts for span in patterns.sure(text)
    }


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def without(approved: Iterable[str], finished: Iterable[Finished]) -> dict[str, str]:
    """Each different text, and what is left of it without the sentences that a person approved.

    They are approved word for word, in their quotation marks. A report says many things many times:
    each is looked at once.
    """
    found = {one.text: one.text for one in finished}
    for sentence in filter(None, approved):
        for text, cut in found.items():
            if sentence in cut:
                found[text] = cut.replace(sentence, " | ")
    return found


def _strings(text: str, private: Private) -> Iterator[tuple[str, Place]]:
    if not (private.runs or private.alone):
        return
    found = pieces(text)
    words = [piece for piece, _, _ in found]
    for length, runs in sorted(private.runs.items()):
        for i in range(len(words) - length + 1):
            run = tuple(words[i : i + length])
            mark = runs.get(run)
            if mark is None:
                continue
            start, end = found[i][1], found[i + length - 1][2]
            if run in private.exact and text[start:end] != private.exact[run]:
                continue
            if _is_part_of_a_number(text, start, end, run):
                continue
            yield mark.kind, mark.place
    for piece, start, _ in found:
        mark = private.alone.get(piece)
        if mark is not None and text[start].isupper():
            yield mark.kind, mark.place


def _is_part_of_a_number(text: str, start: int, end: int, run: tuple[str, ...]) -> bool:
    """Whether digits only go on beyond a thousands or decimal mark: 12,345,678."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if run[0].isdigit() and len(before) == 2 and before[0].isdigit() and before[1] in ",.":
        return True
    return run[-1].isdigit() and len(after) == 2 and after[0] in ",." and after[1].isdigit()


def _complaints_words(
    looked: list[Finished], cut: Mapping[str, str], private: Private
) -> Iterator[Hit]:
    """Where words of a complaint stand, eight in a row."""
    if not private.texts:
        return
    first: dict[str, Finished] = {}
    for text in looked:
        first.setdefault(cut[text.text], text)
    rows: dict[tuple[str, ...], Finished] = {}
    for said, text in first.items():
        if len(said) < 2 * WORDS_IN_A_ROW - 1:  # a letter each, and what is between them
            continue
        words = [piece for piece, _, _ in pieces(said)]
        for i in range(len(words) - WORDS_IN_A_ROW + 1):
            rows.setdefault(tuple(words[i : i + WORDS_IN_A_ROW]), text)
    for complaint, place in private.texts:
        words = [piece for piece, _, _ in pieces(complaint)]
        for i in range(len(words) - WORDS_IN_A_ROW + 1):
            where = rows.get(tuple(words[i : i + WORDS_IN_A_ROW]))
            if where is not None:
                yield Hit(where.file, where.where, "a complaint's own words", place)
                break


def _without(private: Private, usual: Usual) -> Private:
    """The private strings without what the settings say, and single names without our words."""
    drop = {
        run[turn:] + run[:turn]
        for words in usual.vouched
        for length in private.runs
        for i in range(len(words) - length + 1)
        for run in [tuple(words[i : i + length])]
        for turn in (0, 1, length - 1)
    }
    runs = {
        length: {run: mark for run, mark in marks.items() if run not in drop}
        if any(len(run) == length for run in drop)
        else marks
        for length, marks in private.runs.items()
    }
    alone = {word: mark for word, mark in private.alone.items() if word not in usual.words}
    return replace(private, runs=runs, alone=alone)
