"""Sentences that people put up in the review workbook in; those that a report may quote, out.

Where decisions, the register's names and the words of complaints meet. Nothing else of a
complaint's words goes further than `classify`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from complaints_learning.nouns import wording
from complaints_learning.nouns.decisions import PUBLISH, Decisions, Publication, fingerprint
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import UPHELD
from complaints_learning.protect import identifying, private
from complaints_learning.protect.held import Held

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from complaints_learning.nouns.period import Period
    from complaints_learning.nouns.raw import Raw
    from complaints_learning.nouns.settings import Settings

_WITHOUT_SECTION = ("", "other")
_ByTheme = dict[str, dict[str, None]]


class Marker(Struct, frozen=True):
    """Marks what looks identifying, knowing a register's names and its ordinary words."""

    names: private.Private
    ordinary: frozenset[str]

    @classmethod
    def of(
        cls,
        raw: Raw,
        settings: Settings,
        texts: Iterable[object],
        sentences: Iterable[str] | None = None,
    ) -> Marker:
        """Knowing all that is needed to read these `sentences`, or any text at all."""
        said = (text for text in texts if isinstance(text, str))
        if sentences is None:
            return cls(private.gather(raw, settings), identifying.ordinary(said))
        put_up = "\n".join(sentences)
        return cls(
            private.gather(raw, settings, Held([put_up])), identifying.ordinary(said, among=put_up)
        )

    def marked(self, text: str) -> str:
        """The text with \u00ab \u00bb around what looks identifying."""
        return identifying.shown(text, identifying.marks(text, self.names, self.ordinary))

    def told(self, text: str, quoted: bool) -> list[str]:
        """Which words of a text look like what, as 'word 1 looks like a name'.

        What the council says itself, not `quoted`, may begin with any word but a known name.
        """
        found = identifying.marks(text, self.names, self.ordinary, first=quoted)
        return [
            f"{(at := identifying.words(text, span))} {'look' if ' to ' in at else 'looks'} like "
            f"{identifying.KINDS.get(span.kind, f'a {span.kind}')}"
            for span in found
        ]


class Approved(Struct, frozen=True):
    """What may be published, by theme code: families' own sentences and what was learned.

    `problems` name the cell of each sentence that may not.
    """

    quotations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    learning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def problems(
    complaints: pd.DataFrame, decided: Decisions, raw: Raw, workspace: Path, settings: Settings
) -> tuple[Problem, ...]:
    """Every approved sentence, of whatever period, that a report would not print."""
    from complaints_learning import classify
    from complaints_learning.jobs import labelling

    wanted = {**_wanted(decided.publications), **_wanted(decided.learning)}
    if not wanted:
        return ()
    put_up = complaints[complaints["reference"].isin(list(wanted))]
    labelled = classify.by_theme(put_up, labelling.reader(workspace), decided)
    return approved(complaints, labelled, decided, raw, None, settings).problems


def _wanted(put_up: Mapping[str, Publication]) -> dict[str, Publication]:
    return {
        reference: one
        for reference, one in put_up.items()
        if one.decided == PUBLISH and one.sentence
    }


def approved(
    complaints: pd.DataFrame,
    labelled: pd.DataFrame,
    decided: Decisions,
    raw: Raw,
    when: Period | None,
    settings: Settings,
) -> Approved:
    """What people approved of the period's complaints, under each complaint's primary theme.

    A sentence is printed only when its complaint was upheld or partially upheld (the sections
    tell of those) and nothing in it looks identifying; a family's, when besides its text is the
    one that was read and the words are the complaint's own. Otherwise its cell is a problem.
    """
    quoted, learned = _wanted(decided.publications), _wanted(decided.learning)
    if not quoted and not learned:
        return Approved()
    put_up = (one.sentence for one in (*quoted.values(), *learned.values()))
    marker = Marker.of(raw, settings, complaints["text"], put_up)
    main = labelled[labelled["primary"]]
    theme_of = dict(zip(main["reference"], main["theme"].astype(str), strict=True))
    sentences: tuple[_ByTheme, _ByTheme] = ({}, {})
    unfit = []
    columns = ("reference", "text", "kind", "outcome", settings.periods.counts_by)
    concerned = complaints[complaints["reference"].isin([*quoted, *learned])]
    for reference, text, kind, outcome, day in zip(
        *(concerned[name] for name in columns), strict=True
    ):
        inside = when is None or (day == day and when.start <= day.date() <= when.end)
        if kind != "complaint" or not inside:
            continue
        theme = theme_of.get(reference, "")
        for by_theme, one, said in zip(
            sentences,
            (quoted.get(reference), learned.get(reference)),
            (str(text or ""), None),
            strict=True,
        ):
            if one is None:
                continue
            one = replace(one, sentence=_as_printed(one.sentence, quoted=said is not None))
            wrong = _section(one, str(outcome), theme) or _words(one, said, marker)
            if wrong is None:
                by_theme.setdefault(theme, {})[one.sentence] = None
            else:
                unfit.append(wrong)
    families, council = (
        {theme: tuple(each) for theme, each in by_theme.items()} for by_theme in sentences
    )
    return Approved(families, council, tuple(unfit))


def _section(one: Publication, outcome: str, theme: str) -> Problem | None:
    """Whether a section of the report tells of such complaints at all."""
    if outcome in UPHELD and theme not in _WITHOUT_SECTION:
        return None
    what, todo = (
        ("it has no theme with a section of its own", "Clear Publication, or decide its themes.")
        if outcome in UPHELD
        else (
            "the complaint was not upheld, and the sections tell of those that were",
            "Clear Publication.",
        )
    )
    return Problem(
        "publication-without-section",
        f"the sentence is not quoted: {what}.",
        one.place,
        todo,
    )


def _words(one: Publication, text: str | None, marker: Marker) -> Problem | None:
    """Whether the sentence tells nobody and is still its complaint's own; None: it need not be."""
    if text is not None and one.fingerprint not in ("", fingerprint(text)):
        return Problem(
            "publication-text-changed",
            "the sentence is not quoted: the text of its complaint has changed since.",
            one.place,
            "Read both again; to keep the sentence, clear its Text code.",
        )
    if text is not None and not identifying.is_quoted_from(one.sentence, text):
        return Problem(
            "publication-not-their-words",
            "the sentence is not quoted: these are not the words of the complaint.",
            one.place,
            "Copy them from Text. What you leave out is ..., your own words stand in [ ].",
        )
    if told := marker.told(one.sentence, quoted=text is not None):
        return Problem(
            "publication-identifying",
            f"the sentence is not {'printed' if text is None else 'quoted'}: "
            f"{wording.listed(told)}.",
            one.place,
            "Say it in other words."
            if text is None
            else "Leave it out with ..., or say it in other words in [ ].",
        )
    return None


_MARKS = str.maketrans("", "", "\u00ab\u00bb")
_BRACKETS = str.maketrans("", "", "[]")


def _as_printed(sentence: str, quoted: bool) -> str:
    """A sentence as it is printed: without the workbook's marks, which may have come along.

    In what the council says itself [ ] stand round nobody else's words: they go too.

    >>> _as_printed("[families] are told.", quoted=False)
    'Families are told.'
    """
    said = " ".join(sentence.translate(_MARKS).split())
    if quoted:
        return said
    bare = said.translate(_BRACKETS).strip()
    return wording.upper_first(bare) if said.startswith("[") else bare
