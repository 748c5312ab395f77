"""Sentences that people put up in the review workbook in; those that a report may quote, out.

Where decisions, the register's names and the words of complaints meet. Nothing else of a
complaint's words goes further than `classify`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from complaints_learning.decisions import PUBLISH, Decisions, Publication, fingerprint
from complaints_learning.errors import Problem
from complaints_learning.protect import private, words
from complaints_learning.protect.held import Held

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.period import Period
    from complaints_learning.raw import Raw
    from complaints_learning.settings import Settings
    from complaints_learning.themes import Themes

_UPHELD = ("upheld", "partly_upheld")
_WITHOUT_SECTION = ("", "other")


@dataclass(frozen=True, slots=True)
class Reader:
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
    ) -> Reader:
        """Knowing all that is needed to read these `sentences`, or any text at all."""
        said = (text for text in texts if isinstance(text, str))
        if sentences is None:
            return cls(private.gather(raw, settings), words.ordinary(said))
        put_up = "\n".join(sentences)
        return cls(
            private.gather(raw, settings, Held([put_up])), words.ordinary(said, among=put_up)
        )

    def marked(self, text: str) -> str:
        """The text with \u00ab \u00bb around what looks identifying."""
        return words.shown(text, words.marks(text, self.names, self.ordinary))

    def kinds(self, text: str) -> list[str]:
        """What kinds of identifying things stand in a text, each once."""
        found = words.marks(text, self.names, self.ordinary)
        return list(dict.fromkeys(span.kind for span in found))


@dataclass(frozen=True, slots=True)
class Quotations:
    """The sentences that may be quoted, by theme code, and those that may not with their cell."""

    by_theme: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def problems(
    complaints: pd.DataFrame, decided: Decisions, raw: Raw, themes: Themes, settings: Settings
) -> tuple[Problem, ...]:
    """Every approved sentence, of whatever period, that a report would not quote."""
    from complaints_learning import classify

    wanted = _wanted(decided)
    if not wanted:
        return ()
    put_up = complaints[complaints["reference"].isin(list(wanted))]
    labelled = classify.by_theme(put_up, themes, decided)
    return quotations(complaints, labelled, decided, raw, None, settings).problems


def _wanted(decided: Decisions) -> dict[str, Publication]:
    return {
        reference: one
        for reference, one in decided.publications.items()
        if one.decided == PUBLISH and one.sentence
    }


def quotations(
    complaints: pd.DataFrame,
    labelled: pd.DataFrame,
    decided: Decisions,
    raw: Raw,
    when: Period | None,
    settings: Settings,
) -> Quotations:
    """What people approved of the period's complaints, under each complaint's primary theme.

    A sentence is quoted only when its complaint was upheld or partially upheld (the sections
    tell of those), its text is the one that was read, the words are the complaint's own, and
    nothing in it looks identifying. Otherwise its cell is a problem, and nothing is quoted.
    """
    wanted = _wanted(decided)
    if not wanted:
        return Quotations()
    sentences = (one.sentence for one in wanted.values())
    reader = Reader.of(raw, settings, complaints["text"], sentences)
    main = labelled[labelled["primary"]]
    theme_of = dict(zip(main["reference"], main["theme"].astype(str), strict=True))
    by_theme: dict[str, dict[str, None]] = {}
    unfit = []
    columns = ("reference", "text", "kind", "outcome", settings.periods.counts_by)
    for reference, text, kind, outcome, day in zip(
        *(complaints[name] for name in columns), strict=True
    ):
        one = wanted.get(str(reference))
        inside = when is None or (day == day and when.start <= day.date() <= when.end)
        if one is None or kind != "complaint" or not inside:
            continue
        theme = theme_of.get(reference, "")
        wrong = _section(one, str(outcome), theme) or _words(one, str(text or ""), reader)
        if wrong is None:
            by_theme.setdefault(theme, {})[one.sentence] = None
        else:
            unfit.append(wrong)
    return Quotations(
        {theme: tuple(sentences) for theme, sentences in by_theme.items()}, tuple(unfit)
    )


def _section(one: Publication, outcome: str, theme: str) -> Problem | None:
    """Whether a section of the report tells of such complaints at all."""
    if outcome in _UPHELD and theme not in _WITHOUT_SECTION:
        return None
    what = (
        "it has no theme with a section of its own"
        if outcome in _UPHELD
        else "the complaint was not upheld, and the sections tell of those that were"
    )
    return Problem(
        "publication-without-section",
        f"the sentence is not quoted: {what}.",
        one.place,
        "Clear Publication, or decide its themes.",
    )


def _words(one: Publication, text: str, reader: Reader) -> Problem | None:
    """Whether the sentence is still the complaint's own and tells nobody."""
    if one.fingerprint not in ("", fingerprint(text)):
        return Problem(
            "publication-text-changed",
            "the sentence is not quoted: the text of its complaint has changed since.",
            one.place,
            "Read both again; to keep the sentence, clear its Text code.",
        )
    if not words.is_quoted_from(one.sentence, text):
        return Problem(
            "publication-not-their-words",
            "the sentence is not quoted: these are not the words of the complaint.",
            one.place,
            "Copy them from Text. What you leave out is ..., your own words stand in [ ].",
        )
    if kinds := reader.kinds(one.sentence):
        return Problem(
            "publication-identifying",
            f"the sentence is not quoted: it holds what looks like {_listed(kinds)}.",
            one.place,
            "Leave it out with ..., or say it in other words in [ ].",
        )
    return None


def _listed(kinds: list[str]) -> str:
    from complaints_learning import wording

    return wording.listed([words.KINDS.get(kind, f"a {kind}") for kind in kinds])
