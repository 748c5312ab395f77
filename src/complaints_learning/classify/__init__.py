"""Complaint text in; one row per complaint and theme out, with the words that led there."""

from __future__ import annotations

import pandas as pd

from complaints_learning.classify.labels import Reader
from complaints_learning.themes import Themes

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


def by_theme(complaints: pd.DataFrame, themes: Themes) -> pd.DataFrame:
    """One row per complaint and theme, in the order of complaints. None for no theme at all.

    `complaints` needs the columns reference and text. `words` is evidence and as private as the
    text; `decided` says who gave the theme: a person, the words, or the model learned from what
    people decided.
    """
    texts = [text if isinstance(text, str) else "" for text in complaints["text"]]
    found = Reader(themes).labels(texts)
    rows = [
        (
            *(reference, label.theme, label.sub_theme, label.probability, label.primary),
            *("; ".join(label.words), "words", label.sure),
        )
        for reference, labels in zip(complaints["reference"], found, strict=True)
        for label in labels
    ]
    return pd.DataFrame(rows, columns=list(LABELLED)).astype(LABELLED)
