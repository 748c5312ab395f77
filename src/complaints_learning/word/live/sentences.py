"""The sentences of an edited report and of the fresh one, as words, numbers and live figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from complaints_learning.nouns import wording as words_
from complaints_learning.word import tags
from complaints_learning.word.live.contents import Contents, Figure, Piece, Words, in_tables
from complaints_learning.word.live.expected import Expected

_TOKEN = re.compile(
    r"[£]?-?\d[\d,]*(?:\.\d+)?(?:\s?%| per ?cent\b)?|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*"
)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d\"'\u2018\u201c(])")
_NOT_END = re.compile(r"\b(?:e\.g|i\.e|No|para|Mr|Mrs|Ms|Dr|St|vs|approx|inc)\.$", re.IGNORECASE)
_NUMBERS = frozenset(words_.NUMBERS[1:]) | {"zero"}


class Token(Struct, frozen=True):
    """A word or number of a sentence, folded; `figure` when it is live.

    `opens`: a typed one right behind '('.
    """

    text: str
    figure: Figure | None = None
    tag: str = ""
    opens: bool = False

    @property
    def is_number(self) -> bool:
        return (
            self.figure is not None
            or bool(re.match(r"[£-]?\d", self.text))
            or (self.text in _NUMBERS)
        )


def around(words: Words, figure: Figure) -> str:
    """The sentence of a paragraph that a figure stands in."""
    at = 0
    for piece in words.pieces:
        if piece.figure is figure:
            break
        at += len(piece.text)
    for start, end in spans(words.text):
        if start <= at < end or (start <= at and end == len(words.text)):
            return " ".join(words.text[start:end].split())
    return ""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph start and end.

    >>> [text[a:b] for text in ["Up. Down, e.g. by 3. End"] for a, b in spans(text)]
    ['Up. ', 'Down, e.g. by 3. ', 'End']
    """
    start = 0
    for match in _END.finditer(text):
        if not _NOT_END.search(text[start : match.start()]):
            yield start, match.end()
            start = match.end()
    if text[start:].strip():
        yield start, len(text)


def tokens(words: Words, start: int, end: int, expected: Expected) -> list[Token]:
    """The words and numbers of a sentence; a live figure is one token, however many words."""
    result: list[Token] = []
    at = 0
    last: Figure | None = None
    for piece in words.pieces:
        piece_start, at = at, at + len(piece.text)
        low, high = max(start, piece_start), min(end, at)
        if low >= high:
            continue
        if piece.figure is not None:
            if piece.figure is not last:
                tag = expected.tag(piece.figure.tag, piece.figure.mark)
                result.append(Token(piece.figure.text.strip(), piece.figure, tag))
            last = piece.figure
            continue
        last = None
        if piece.reference:
            continue  # 'Table 2' is no figure
        text = piece.text[low - piece_start : high - piece_start]
        result += [
            Token(match[0].casefold(), opens=text[: match.start()].endswith("("))
            for match in _TOKEN.finditer(text)
        ]
    return result


def fresh_sentences(expected: Expected) -> list[list[Token]]:
    """The sentences of the fresh report that hold figures, as tokens with their tags."""
    result = []
    for line in expected.lines:
        pieces = [
            Piece(
                run.text,
                Figure(tags.tag(expected.report.period, run.figure), "") if run.figure else None,
                bool(run.ref),
            )
            for run in line
        ]
        words = Words(None, tuple(pieces), "")
        sentences = [tokens(words, start, end, expected) for start, end in spans(words.text)]
        result += [one for one in sentences if any(token.tag for token in one)]
    # key points say again what the text says: the same sentence once
    return list({tuple((t.text, t.tag) for t in one): one for one in result}.values())


def prose(found: Contents) -> list[Words]:
    """The paragraphs outside our own tables."""
    inside = {id(figure) for figure in in_tables(found.figures, found.tables)}
    ours = {block.element for block in found.tables}
    return [
        words
        for words in found.paragraphs
        if words.text.strip()
        and not any(above in ours for above in words.paragraph.iterancestors())
        and not any(
            piece.figure is not None and id(piece.figure) in inside for piece in words.pieces
        )
    ]
