"""Complaint text in; one row per complaint and theme out, with the words that led there."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from complaints_learning.classify.rules import Rules
from complaints_learning.themes import OTHER, Themes

SURE = 0.75
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


def by_theme(complaints: pd.DataFrame, themes: Themes, decisions: object = None) -> pd.DataFrame:
    """One row per complaint and theme, in the order of complaints. None for no theme at all."""
    rules = Rules(themes)
    codes = themes.codes
    rows: list[tuple[object, ...]] = []
    for reference, text in zip(complaints["reference"], complaints["text"], strict=True):
        if not isinstance(text, str) or not text.strip():
            continue
        reading = rules.read(text)
        scores = reading.scores
        other = codes.index(OTHER) if OTHER in codes else -1
        chosen = [n for n, score in enumerate(scores) if score > 0 and n != other]
        if not chosen:
            best = int(np.argmax(scores))
            chosen = [best] if scores[best] > -1.6 else [other] if other >= 0 else []
        main = max(chosen, key=lambda n: scores[n], default=-1)
        for n in chosen:
            probability = 1 / (1 + math.exp(-scores[n]))
            subs = [found.sub for found in reading.found if found.theme == n]
            sub = themes.themes[n].sub_themes[subs[0]].code if subs else ""
            rows.append(
                (
                    *(reference, codes[n], sub, round(probability, 4), n == main),
                    *("; ".join(reading.words_of(n)), "words", probability >= SURE),
                )
            )
    frame = pd.DataFrame(rows, columns=list(LABELLED))
    return frame.astype(LABELLED)
