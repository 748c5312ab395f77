"""Complaint text in; one row per complaint and theme out, with the words that led there.

What a person decided always wins; the words speak for the rest, helped by a small model learned
from what was decided where that is known to help.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from complaints_learning.classify.labels import LONGEST, SURE, Label, Reader
from complaints_learning.classify.languages import foreign
from complaints_learning.classify.model import LEAST, Model
from complaints_learning.decisions import Decision, Decisions, fingerprint
from complaints_learning.errors import Place, Problem
from complaints_learning.themes import Themes

__all__ = [
    "LEAST",
    "SURE",
    "Label",
    "Model",
    "Reader",
    "by_theme",
    "learn",
    "learned_key",
    "problems",
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


def by_theme(
    complaints: pd.DataFrame,
    themes: Themes,
    decisions: Decisions | None = None,
    model: Model | None = None,
) -> pd.DataFrame:
    """One row per complaint and theme, in the order of complaints. None for no theme at all.

    `complaints` needs the columns reference and text. `words` is evidence and as private as the
    text; `decided` says who gave the theme: a person, the words, or the model learned from what
    people decided.
    """
    found = Reader(themes).labels(_texts(complaints), model)
    by_reference = decisions.by_reference if decisions else {}
    others = "words" if model is None or not model.used.any() else "model"
    rows = []
    for reference, labels in zip(complaints["reference"], found, strict=True):
        decision = by_reference.get(str(reference))
        given = _decided(decision, labels) if decision is not None else labels
        decided = "person" if decision is not None else others
        rows += [
            (
                *(reference, label.theme, label.sub_theme, label.probability, label.primary),
                *("; ".join(label.words), decided, label.sure),
            )
            for label in given
        ]
    return pd.DataFrame(rows, columns=list(LABELLED)).astype(LABELLED)


def _texts(complaints: pd.DataFrame) -> list[str]:
    return [text if isinstance(text, str) else "" for text in complaints["text"]]


def _decided(decision: Decision, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels as a person decided, with the evidence that the words have for them."""
    known = {label.theme: label for label in labels}
    return tuple(
        Label(
            theme=theme,
            sub_theme=known[theme].sub_theme if theme in known else "",
            probability=1.0,
            primary=theme == decision.primary,
            words=known[theme].words if theme in known else (),
            sure=True,
        )
        for theme in decision.themes
    )


def problems(complaints: pd.DataFrame, decisions: Decisions | None = None) -> tuple[Problem, ...]:
    """Texts that were not or not wholly read, and decisions that no longer fit their text."""
    found: list[Problem] = list(decisions.problems) if decisions else []
    by_reference = decisions.by_reference if decisions else {}
    placed = [complaints[name] for name in ("file", "sheet", "row") if name in complaints]
    for n, (reference, text) in enumerate(
        zip(complaints["reference"], _texts(complaints), strict=True)
    ):
        if len(text) > LONGEST or (text and foreign(text)):
            where = [column.iloc[n] for column in placed]
            place = (
                Place(str(where[0]), str(where[1]), int(where[2])) if len(where) == 3 else Place()
            )
            found.append(_unread(str(reference), text, place))
        decision = by_reference.get(str(reference))
        if decision is not None and decision.fingerprint not in ("", fingerprint(text)):
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


def _unread(reference: str, text: str, place: Place) -> Problem:
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
    rows: list[tuple[str, str, tuple[str, ...]]] = []
    for reference, text in zip(complaints["reference"], _texts(complaints), strict=True):
        decision = decisions.by_reference.get(str(reference))
        if decision is not None and text.strip():
            rows.append((fingerprint(text), text, decision.themes))
    rows.sort()
    return tuple(text for _, text, _ in rows), tuple(themes for _, _, themes in rows)


def learned_key(texts: Sequence[str], given: Sequence[Sequence[str]], themes: Themes) -> str:
    """A name for what would be learned from these: the same for the same decisions."""
    told = [themes.fingerprint, "1"]
    told += [
        f"{fingerprint(text)} {' '.join(codes)}" for text, codes in zip(texts, given, strict=True)
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def learn(texts: Sequence[str], given: Sequence[Sequence[str]], themes: Themes) -> Model | None:
    """A model from decided texts; None when they are too few to teach anything."""
    return Reader(themes).learn(texts, given) if len(texts) >= LEAST else None
