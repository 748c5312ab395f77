"""Complaint text in; one row per complaint and theme out, with the words that led there.

What a person decided always wins; the words speak for the rest, helped by a small model learned
from what was decided where that is known to help.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from complaints_learning.classify import languages
from complaints_learning.classify.labels import LONGEST, SURE, Found, Label, Reader
from complaints_learning.classify.model import LEAST, Model
from complaints_learning.nouns.decisions import Decision, Decisions, fingerprint
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.processes import Spare
from complaints_learning.nouns.themes import OTHER, Themes

if TYPE_CHECKING:
    import pandas as pd

Numbers = np.ndarray[Any, Any]

__all__ = [
    "LEAST",
    "SURE",
    "Label",
    "Model",
    "Own",
    "Reader",
    "by_theme",
    "labelled",
    "learn",
    "learned_key",
    "problems",
    "proposed",
    "taught",
]

LABELLED = {
    "reference": "str",
    "theme": "category",
    "sub_theme": "category",
    "probability": "float64",
    "primary": "bool",
    "words": "object",
    "decided": "category",
    "sure": "bool",
}


class Own(NamedTuple):
    """What the words alone say of the complaints that a person decided.

    `agreed` are the positions of those whose main theme they have too. `more` are those to which
    the words give a theme that the person did not; `unsaid` counts them for each theme, by code,
    that no decision gives at all: one that was added since, perhaps.
    """

    agreed: Numbers
    more: int = 0
    unsaid: Mapping[str, int] = MappingProxyType({})


def by_theme(
    complaints: pd.DataFrame,
    reader: Reader,
    decisions: Decisions | None = None,
    model: Model | None = None,
) -> pd.DataFrame:
    """One row per complaint and theme, in the order of complaints. None for no theme at all.

    `complaints` needs the columns reference and text. `words` is evidence and as private as the
    text; `decided` says who gave the theme: a person, the words, or the model learned from what
    people decided.
    """
    return labelled(complaints, reader, decisions, model)[0]


def labelled(
    complaints: pd.DataFrame,
    reader: Reader,
    decisions: Decisions | None = None,
    model: Model | None = None,
    evidence: bool = True,
    spare: Spare | None = None,
) -> tuple[pd.DataFrame, Numbers, Own]:
    """The table of `by_theme`, the positions of the texts in another language, and what the words
    alone say of those that a person decided.

    Without `evidence`, `words` is empty: a report has no use for it. `spare` is a second process
    that helps, once it was started.
    """
    import pandas as pd

    found = reader.found(_texts(complaints), model, evidence, spare)
    codes = np.array(reader.themes.codes, dtype=object)
    subs = [[*(sub.code for sub in theme.sub_themes), ""] for theme in reader.themes]
    sub_codes = np.array(list(itertools.chain(*subs)), dtype=object)
    ends = np.cumsum([0, *map(len, subs)])
    sub = np.where(found.sub < 0, ends[found.theme + 1] - 1, ends[found.theme] + found.sub)
    table = pd.DataFrame(
        {
            "reference": complaints["reference"].to_numpy()[found.text],
            "theme": codes[found.theme],
            "sub_theme": sub_codes[sub],
            "probability": found.probability,
            "primary": found.primary,
            "words": ["; ".join(said) for said in found.words] if evidence else "",
            "decided": "words" if model is None or not model.used.any() else "model",
            "sure": found.sure,
        },
        index=found.text,
    )
    own = Own(np.empty(0, dtype=np.int64))
    if decisions and decisions.by_reference:
        own = _own(complaints, reader, decisions, None if model else found)
        table = _as_decided(table, complaints["reference"], decisions)
    return table.astype(LABELLED).reset_index(drop=True), found.foreign, own


def proposed(
    complaints: pd.DataFrame, reader: Reader, decisions: Decisions, model: Model | None
) -> tuple[pd.DataFrame, Numbers]:
    """The table of `by_theme` as if nobody had decided, and the positions of foreign texts.

    The words alone speak for what was decided: the model has learned from that very text.
    """
    import pandas as pd

    decided = complaints["reference"].isin(list(decisions.by_reference)).to_numpy()
    tables, foreign = [], []
    for these, with_model in ((~decided, model), (decided, None)):
        table, abroad, _ = labelled(complaints[these], reader, None, with_model)
        tables.append(table)
        foreign.append(np.flatnonzero(these)[abroad])
    return pd.concat(tables, ignore_index=True), np.concatenate(foreign)


def _own(
    complaints: pd.DataFrame, reader: Reader, decisions: Decisions, found: Found | None
) -> Own:
    """What the words alone say of the decided complaints.

    `found` is what the words alone found; None when it has to be found for the decided ones.
    """
    by_position = _positions(complaints["reference"], decisions)
    if not by_position:
        return Own(np.empty(0, dtype=np.int64))
    if found is None:
        there = np.array(list(by_position))
        said = _texts(complaints)
        found = reader.found([said[n] for n in by_position], evidence=False)
        found = found._replace(text=there[found.text])
    mains: dict[int, str] = {}
    more: dict[str, set[int]] = {}
    given = {theme for _, one in by_position.values() for theme in one.themes}
    for n, number, primary in zip(
        *(each.tolist() for each in (found.text, found.theme, found.primary)), strict=True
    ):
        if n in by_position:
            theme = reader.themes.codes[number]
            if primary:
                mains[n] = theme
            if theme != OTHER and theme not in by_position[n][1].themes:
                more.setdefault(theme, set()).add(n)
    agreed = [n for n, (_, one) in by_position.items() if mains.get(n, "") == one.primary]
    unsaid = {theme: len(those) for theme, those in more.items() if theme not in given}
    return Own(np.array(agreed, dtype=np.int64), len(set().union(*more.values())), unsaid)


def _as_decided(table: pd.DataFrame, references: pd.Series, decisions: Decisions) -> pd.DataFrame:
    """The labels with those that a person gave in their place, with the evidence for these."""
    import pandas as pd

    by_position = _positions(references, decisions)
    theirs = table.index.isin(list(by_position))
    known = {
        (n, theme): (sub_theme, words)
        for n, theme, sub_theme, words in zip(
            table.index[theirs],
            *(table[name][theirs] for name in ("theme", "sub_theme", "words")),
            strict=True,
        )
    }
    given = [
        (n, reference, theme, known.get((n, theme), ("", "")), theme == decision.primary)
        for n, (reference, decision) in by_position.items()
        for theme in decision.themes
    ]
    rows = [
        (reference, theme, sub_theme, 1.0, primary, words, "person", True)
        for _, reference, theme, (sub_theme, words), primary in given
    ]
    people = pd.DataFrame(rows, columns=list(LABELLED), index=[n for n, *_ in given], dtype=object)
    return pd.concat([table[~theirs], people]).sort_index(kind="stable")


def _positions(references: pd.Series, decisions: Decisions) -> dict[int, tuple[str, Decision]]:
    """The complaints that a person decided, by their position."""
    there = np.flatnonzero(references.isin(list(decisions.by_reference))).tolist()
    return {
        n: (reference, decisions.by_reference[reference])
        for n, reference in zip(there, references.iloc[there], strict=True)
    }


def _texts(complaints: pd.DataFrame) -> list[str]:
    return [text if isinstance(text, str) else "" for text in complaints["text"].to_numpy(object)]


def problems(
    complaints: pd.DataFrame,
    decisions: Decisions | None = None,
    foreign: Iterable[int] | None = None,
) -> tuple[Problem, ...]:
    """Texts that were not or not wholly read, and decisions that no longer fit their text.

    `foreign` are the positions of the texts in another language, when they are known.
    """
    found: list[Problem] = list(decisions.problems) if decisions else []
    texts = _texts(complaints)
    if foreign is None:
        foreign = [n for n, text in enumerate(texts) if languages.foreign(text)]
    unread = {*foreign, *(n for n, text in enumerate(texts) if len(text) > LONGEST)}
    decided = _positions(complaints["reference"], decisions) if decisions else {}
    for n in sorted({*unread, *decided}):
        if n in unread and n not in decided:
            found.append(_unread(complaints.iloc[n], texts[n]))
        if n in decided and decided[n][1].fingerprint not in ("", fingerprint(texts[n])):
            reference, decision = decided[n]
            found.append(
                Problem(
                    "decision-text-changed",
                    f"the text of '{reference}' has changed since its themes were decided; "
                    "the decision still counts.",
                    decision.place,
                    "Look at it again; to keep the decision, clear its Text code.",
                )
            )
    return tuple(found)


def _unread(complaint: pd.Series, text: str) -> Problem:
    reference = complaint["reference"]
    placed = all(name in complaint for name in ("file", "sheet", "row"))
    place = Place()
    if placed:
        place = Place(str(complaint["file"]), str(complaint["sheet"]), int(complaint["row"]))
    if len(text) > LONGEST:
        return Problem(
            "text-too-long",
            f"the text of '{reference}' has {len(text):,} characters; the first {LONGEST:,} "
            "were read for themes.",
            place,
            "Decide its themes in the review workbook: cl review.",
        )
    return Problem(
        "text-not-english",
        f"the text of '{reference}' is not in English, so no theme was given.",
        place,
        "Decide its themes in the review workbook: cl review.",
    )


def taught(
    complaints: pd.DataFrame, decisions: Decisions
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The texts that a person decided and their themes, in the order of fingerprints."""
    texts = _texts(complaints)
    rows = [
        (fingerprint(texts[n]), texts[n], decision.themes)
        for n, (_, decision) in _positions(complaints["reference"], decisions).items()
        if texts[n].strip()
    ]
    rows.sort()
    return tuple(text for _, text, _ in rows), tuple(themes for _, _, themes in rows)


def learned_key(texts: Sequence[str], given: Sequence[Sequence[str]], themes: Themes) -> str:
    """A name for what would be learned from these: the same for the same decisions."""
    told = [themes.fingerprint, "2"]  # another number when what is learned from changes
    told += [
        f"{fingerprint(text)} {' '.join(codes)}" for text, codes in zip(texts, given, strict=True)
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def learn(texts: Sequence[str], given: Sequence[Sequence[str]], themes: Themes) -> Model | None:
    """A model from decided texts; None when they are too few to teach anything."""
    return Reader(themes).learn(texts, given) if len(texts) >= LEAST else None
