"""A text in; its pieces, by which private words are looked for, out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PIECE = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)*")


def pieces(text: str) -> list[tuple[str, int, int]]:
    """The runs of letters and digits of a text, case-blind, with where they stand.

    >>> [piece for piece, _, _ in pieces("O'Brien-Smith, ref C/2022/0145")]
    ["o'brien", 'smith', 'ref', 'c', '2022', '0145']
    """
    return [(_base(m[0]), m.start(), m.end()) for m in PIECE.finditer(text)]


@lru_cache(1 << 16)
def _base(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold().replace("\u2019", "'")
    return plain.removesuffix("'s")
