"""Sentences of an edited report whose words no longer fit their figures' values in the data.

A sentence that nobody edited is held against what the report says now. In others a word counts as
wrong when it is next to the figure whose direction or number it states.
"""

from __future__ import annotations

from collections.abc import Iterator

from complaints_learning.nouns import wording as words_
from complaints_learning.nouns.report import plain as plain_line
from complaints_learning.word import tags
from complaints_learning.word.live.contents import Contents, Words
from complaints_learning.word.live.difference import Difference
from complaints_learning.word.live.expected import UNDISCLOSED, Expected, plain
from complaints_learning.word.live.sentences import Token, prose, spans, tokens

UP = frozenset(
    {
        "rose",
        "rise",
        "rises",
        "risen",
        "rising",
        "up",
        "more",
        "increase",
        "increased",
        "increases",
        "increasing",
        "higher",
        "grew",
        "grown",
        "growth",
        "above",
        "climbed",
    }
)
DOWN = frozenset(
    {
        "fell",
        "fall",
        "falls",
        "fallen",
        "falling",
        "down",
        "fewer",
        "less",
        "decrease",
        "decreased",
        "decreases",
        "decreasing",
        "lower",
        "dropped",
        "drop",
        "reduced",
        "reduction",
        "below",
        "declined",
        "decline",
    }
)
SAME = frozenset(
    {
        "unchanged",
        "same",
        "stable",
    }
)
NOUNS = {
    **{f"{word}s": word for word in ("complaint", "action", "form", "service", "theme", "audit")},
    **{f"{word}s": word for word in ("concern", "month", "week", "day", "case", "file", "team")},
    **{f"{word}s": word for word in ("outcome", "manager", "stage", "decision", "compliment")},
    "enquiries": "enquiry",
    "families": "family",
    "children": "child",
    "people": "person",
}
VERBS = {"were": "was", "are": "is", "have": "has"}
NEAR = 7


def wording(found: Contents, expected: Expected) -> Iterator[Difference]:
    """Sentences whose words no longer fit their figures' values in the data."""
    fresh = {tags.said_of(line) for line in expected.lines}
    for words in prose(found):
        if words.said in fresh:
            continue  # the report itself would word it so
        if words.said in found.said:
            other = _reworded(words, expected)
            if other:
                said = " ".join(words.text.split())
                now = f"the report now words this as: {other}"
                yield Difference("wording", "", "", now, words.where, said)
                continue
        for start, end in spans(words.text):
            line = tokens(words, start, end, expected)
            said = " ".join(words.text[start:end].split())
            for why in dict.fromkeys(_misfits(line, expected)):
                yield Difference("wording", "", "", why, words.where, said)


def _reworded(words: Words, expected: Expected) -> str:
    """The fresh report's sentences about the same figures, for words that nobody has edited."""
    mine = {
        expected.names[tag].name
        for piece in words.pieces
        if piece.figure
        for tag in [expected.tag(piece.figure.tag, piece.figure.mark)]
        if tag in expected.names
    }
    best, text = 0.5, ""
    for line in expected.lines:
        theirs = {run.figure.partition(":")[0] for run in line if run.figure}
        both = len(mine & theirs) / max(len(mine | theirs), 1)
        if both > best:
            best, text = both, plain_line(line)
    return " ".join(text.split())


def _misfits(line: list[Token], expected: Expected) -> Iterator[str]:
    for at, token in enumerate(line):
        figure = expected.figure(token.tag) if token.tag else None
        if figure is None:
            continue
        name = expected.names[token.tag]
        now = expected.text(token.tag, token.text) or ""
        yield from _number_words_misfit(line, at, now, name.show)
        if token.figure is not None and _hidden(token.text) != bool(figure.masked):
            state = "is hidden now" if figure.masked else "is shown now"
            yield f"{name} {state}; check the words around it."
        change = figure.value if _is_change(name.name) else None
        before = expected.findings.figures.get(f"previous.{name.name}")
        if change is None and before is not None and not name.show:
            paired = any(
                other.tag and expected.names[other.tag].name == before.name for other in line
            )
            if paired and figure.value is not None and before.value is not None:
                change = figure.value - before.value
        if change is not None:
            yield from _direction(line, at, change, str(name))


def _direction(line: list[Token], at: int, change: float, name: str) -> Iterator[str]:
    near = [token.text for token in line[max(0, at - NEAR) : at + NEAR + 1] if token.figure is None]
    up, down = [w for w in near if w in UP], [w for w in near if w in DOWN]
    if up and down:
        return  # both are said; which one is about this figure cannot be told
    same_ = [word for word in near if word in SAME]
    if up and change < 0:
        yield f"'{up[0]}' no longer fits: {name} went down."
    elif down and change > 0:
        yield f"'{down[0]}' no longer fits: {name} went up."
    elif (up or down) and change == 0:
        yield f"'{(up + down)[0]}' no longer fits: {name} did not change."
    elif same_ and change and not (up or down):
        yield f"'{same_[0]}' no longer fits: {name} changed."


def _number_words_misfit(line: list[Token], at: int, now: str, show: str) -> Iterator[str]:
    """One complaints, two complaint, one were."""
    if show in ("percent", "interval") or at + 1 >= len(line):
        return
    one = plain(now) == "1"
    if not plain(now).isdigit():
        return  # not a count: '£6,150 was paid' is right
    following = line[at + 1].text
    if one and following in NOUNS:
        yield f"'{following}' no longer fits: there is one."
    elif not one and following in NOUNS.values() and not _hidden(now):
        yield f"'{following}' no longer fits: there are {now}."
    else:
        following = following if following in VERBS or following in VERBS.values() else ""
        noun = line[at + 1].text in NOUNS or line[at + 1].text in NOUNS.values()
        if noun and at + 2 < len(line):
            following = line[at + 2].text
        if one and following in VERBS:
            yield f"'{following}' no longer fits: there is one."
        elif not one and following in VERBS.values() and not noun and not _hidden(now):
            yield f"'{following}' no longer fits: there are {now}."


def _is_change(name: str) -> bool:
    return name.startswith("change.") or name.endswith((".change", "_change")) or ".change." in name


def _hidden(text: str) -> bool:
    return text.strip().casefold() in (words_.HIDDEN, UNDISCLOSED)
