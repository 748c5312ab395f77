"""Numbers that people typed into an edited report and that contradict a finding.

Only what can be told is told: a number counts as wrong when it stands where the report itself puts
a figure in the same sentence, or when the sentence's own arithmetic fails.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from complaints_learning.nouns import wording as words_
from complaints_learning.word.live.contents import Contents
from complaints_learning.word.live.difference import Difference
from complaints_learning.word.live.expected import Expected, plain, same
from complaints_learning.word.live.sentences import (
    Token,
    fresh_sentences,
    prose,
    spans,
    tokens,
)

LIKE, FEWEST, CLEAR = 0.8, 4, 0.02  # how like two sentences are, of how many words, and how clearly


def numbers(found: Contents, expected: Expected) -> Iterator[Difference]:
    """Numbers outside any control that contradict a finding in their sentence."""
    fresh = [(shape(line), line) for line in fresh_sentences(expected)]
    for words in prose(found):
        for start, end in spans(words.text):
            line = tokens(words, start, end, expected)
            if not any(token.is_number and token.figure is None for token in line):
                continue
            said = " ".join(words.text[start:end].split())
            told = []
            for token, tag, now in _against_report(line, fresh, expected):
                told.append(token)
                name = str(expected.names[tag])
                yield Difference("typed", name, token.text, now, words.where, said)
            for token, what, now in _arithmetic(line):
                if not any(token is one for one in told):
                    yield Difference("typed", what, token.text, now, words.where, said)


def shape(line: list[Token]) -> list[str]:
    """A sentence with every number and figure as '#', to be compared with another's."""
    return ["#" if token.tag or token.is_number else token.text for token in line]


def _against_report(
    line: list[Token], fresh: list[tuple[list[str], list[Token]]], expected: Expected
) -> Iterator[tuple[Token, str, str]]:
    """Typed numbers where the report's own version of the sentence has a figure.

    Sentences of several themes differ in a word, so the live figures that a sentence still has
    weigh too, and where two sentences of the report are as like, nothing is said.
    """
    if len(line) < FEWEST:
        return
    live = {token.tag for token in line if token.tag}
    matcher = difflib.SequenceMatcher(None, [], shape(line), autojunk=False)
    scored = []
    for form, theirs in fresh:
        matcher.set_seq1(form)
        if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE:
            likeness = matcher.ratio()
            shared = len(live & {token.tag for token in theirs}) / max(len(live), 1)
            if likeness >= LIKE:
                scored.append((likeness + shared, form, theirs))
    scored.sort(key=lambda one: -one[0])
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR):
        return
    _, form, theirs = scored[0]
    matcher.set_seq1(form)
    for match in matcher.get_matching_blocks():
        for step in range(match.size):
            fresh_one, own = theirs[match.a + step], line[match.b + step]
            if fresh_one.tag and own.figure is None and own.is_number:
                now = expected.text(fresh_one.tag, own.text)
                if now is not None and not same(own.text, now):
                    yield own, fresh_one.tag, now


def _arithmetic(line: list[Token]) -> Iterator[tuple[Token, str, str]]:
    """'A of B (P%)' that does not add up; without brackets only where part of it is live."""
    for at in range(len(line) - 3):
        a, of, b = line[at : at + 3]
        # '126 of 301 complaints (42%)': a noun or two may stand before the share
        share = next((token for token in line[at + 3 : at + 6] if token.is_number), None)
        if of.text != "of" or share is None or not share.text.endswith(("%", "cent")):
            continue
        if not (share.opens or a.figure or b.figure or share.figure):
            continue
        left, right, percent = _value(a), _value(b), _value(share)
        if left is None or not right or percent is None or left > right:
            continue
        if abs(100 * left / right - percent) > 1:
            wrong = next((t for t in (share, a, b) if t.figure is None), None)
            if wrong is not None and not share.figure:
                yield wrong, f"{a.text} of {b.text}", words_.percent(100 * left / right)


def _value(token: Token) -> float | None:
    bare = plain(token.text).rstrip("%").lstrip("£")
    try:
        return float(bare)
    except ValueError:
        return None
