"""What sentences say about their figures: numbers typed by hand, and words a change made wrong.

Only what can be told is told. A typed number counts as wrong when it stands where the report
itself puts a figure, or when the sentence's own arithmetic fails; a word counts as wrong when it
is next to the figure whose direction or number it states.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from complaints_learning import tags
from complaints_learning import wording as words_
from complaints_learning.live.found import Figure, Found, Piece, Words, in_tables
from complaints_learning.live.known import Known, plain, same
from complaints_learning.report import plain as plain_line

Made = TypeVar("Made")
Maker = Callable[[str, str, str, str, str], Made]

_TOKEN = re.compile(
    r"[£]?-?\d[\d,]*(?:\.\d+)?(?:\s?%| per ?cent\b)?|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*"
)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d\"'\u2018\u201c(])")
_NOT_END = re.compile(r"\b(?:e\.g|i\.e|No|para|Mr|Mrs|Ms|Dr|St|vs|approx|inc)\.$", re.IGNORECASE)
_NUMBERS = frozenset(words_._WORDS[1:]) | {"zero"}
_YEAR = re.compile(r"(?:19|20)\d\d$")
LIKE, FEWEST, CLEAR = 0.8, 4, 0.02

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


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a sentence, folded; `figure` when it is live."""

    text: str
    figure: Figure | None = None
    tag: str = ""

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


def tokens(words: Words, start: int, end: int, known: Known) -> list[Token]:
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
                tag = known.tag(piece.figure.tag, piece.figure.mark)
                result.append(Token(piece.figure.text.strip(), piece.figure, tag))
            last = piece.figure
            continue
        last = None
        if piece.reference:
            continue  # 'Table 2' is no figure
        text = piece.text[low - piece_start : high - piece_start]
        result += [Token(match[0].casefold()) for match in _TOKEN.finditer(text)]
    return result


def fresh_sentences(known: Known) -> list[list[Token]]:
    """The sentences of the fresh report that hold figures, as tokens with their tags."""
    result = []
    for line in known.lines:
        pieces = [
            Piece(
                run.text,
                Figure(tags.tag(known.report.period, run.figure), "") if run.figure else None,
                bool(run.ref),
            )
            for run in line
        ]
        words = Words(None, tuple(pieces), "")
        sentences = [tokens(words, start, end, known) for start, end in spans(words.text)]
        result += [one for one in sentences if any(token.tag for token in one)]
    # key points say again what the text says: the same sentence once
    return list({tuple((t.text, t.tag) for t in one): one for one in result}.values())


def prose(found: Found) -> list[Words]:
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


# --- numbers typed by hand ---


def typed(found: Found, known: Known, make: Maker[Made]) -> Iterator[Made]:
    """Numbers outside any control that contradict a finding in their sentence."""
    fresh = [(shape(line), line) for line in fresh_sentences(known)]
    for words in prose(found):
        for start, end in spans(words.text):
            line = tokens(words, start, end, known)
            if not any(token.is_number and token.figure is None for token in line):
                continue
            said = " ".join(words.text[start:end].split())
            told = []
            for token, tag, now in _against_report(line, fresh, known):
                told.append(token)
                yield make(str(known.names[tag]), token.text, now, words.where, said)
            for token, what, now in _arithmetic(line):
                if not any(token is one for one in told):
                    yield make(what, token.text, now, words.where, said)


def shape(line: list[Token]) -> list[str]:
    """A sentence with every number and figure as '#', to be compared with another's."""
    return ["#" if token.tag or token.is_number else token.text for token in line]


def _against_report(
    line: list[Token], fresh: list[tuple[list[str], list[Token]]], known: Known
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
                now = known.text(fresh_one.tag, own.text)
                if now is not None and not same(own.text, now):
                    yield own, fresh_one.tag, now


def _arithmetic(line: list[Token]) -> Iterator[tuple[Token, str, str]]:
    """'A of B (P%)' and 'by N from A to B' that do not add up, when part of it is live."""
    for at in range(len(line) - 3):
        a, of, b = line[at : at + 3]
        # '126 of 301 complaints (42%)': a noun or two may stand before the share
        share = next((token for token in line[at + 3 : at + 6] if token.is_number), None)
        if of.text != "of" or share is None or not share.text.endswith("%"):
            continue
        if a.figure is None and b.figure is None and share.figure is None:
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


# --- words that a changed figure makes wrong ---


def wording(found: Found, known: Known, make: Maker[Made]) -> Iterator[Made]:
    """Sentences whose words no longer fit their figures' values in the data."""
    fresh = {
        tags.said("".join("#" if run.figure or run.ref else run.text for run in line)): line
        for line in known.lines
    }
    for words in prose(found):
        if words.said in fresh:
            continue  # the report itself would word it so
        if words.said in found.said:
            other = _reworded(words, known)
            if other:
                said = " ".join(words.text.split())
                yield make("", "", f"the report now words this as: {other}", words.where, said)
                continue
        for start, end in spans(words.text):
            line = tokens(words, start, end, known)
            said = " ".join(words.text[start:end].split())
            for why in dict.fromkeys(_misfits(line, known)):
                yield make("", "", why, words.where, said)


def _reworded(words: Words, known: Known) -> str:
    """The fresh report's sentences about the same figures, for words that nobody has edited."""
    mine = {
        known.names[tag].name
        for piece in words.pieces
        if piece.figure
        for tag in [known.tag(piece.figure.tag, piece.figure.mark)]
        if tag in known.names
    }
    best, text = 0.5, ""
    for line in known.lines:
        theirs = {run.figure.partition(":")[0] for run in line if run.figure}
        both = len(mine & theirs) / max(len(mine | theirs), 1)
        if both > best:
            best, text = both, plain_line(line)
    return " ".join(text.split())


def _misfits(line: list[Token], known: Known) -> Iterator[str]:
    for at, token in enumerate(line):
        figure = known.figure(token.tag) if token.tag else None
        if figure is None:
            continue
        name = known.names[token.tag]
        now = known.text(token.tag, token.text) or ""
        yield from _number_words_misfit(line, at, now, name.show)
        if token.figure is not None and _hidden(token.text) != bool(figure.masked):
            state = "is hidden now" if figure.masked else "is shown now"
            yield f"{name} {state}; check the words around it."
        change = figure.value if _is_change(name.name) else None
        before = known.findings.figures.get(f"previous.{name.name}")
        if change is None and before is not None and not name.show:
            paired = any(other.tag and known.names[other.tag].name == before.name for other in line)
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
    return text.strip() in (words_.HIDDEN, "an undisclosed number", "An undisclosed number")
