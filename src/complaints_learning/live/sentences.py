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
from complaints_learning.live.found import Figure, Found, Words, in_tables
from complaints_learning.live.known import Known, plain, same
from complaints_learning.report import Line
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
LIKE, FEWEST = 0.8, 4

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


def fresh_tokens(line: Line, period: str) -> list[Token]:
    """The same for a line of the fresh report; figures carry their tags."""
    result: list[Token] = []
    for run in line:
        if run.figure:
            result.append(Token(run.text, None, tags.tag(period, run.figure)))
        elif not run.ref:
            result += [Token(match[0].casefold()) for match in _TOKEN.finditer(run.text)]
    return result


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
    fresh = [
        (shape(line), line)
        for tokens_ in known.lines
        for line in [fresh_tokens(tokens_, known.report.period)]
    ]
    fresh = [(form, line) for form, line in fresh if any(token.tag for token in line)]
    for words in prose(found):
        if not any(char.isdigit() for char in words.text) and not _number_words(words):
            continue
        whole = tokens(words, 0, len(words.text), known)
        told = set()
        for token, tag, now in _against_report(whole, fresh, known):
            told.add(id(token))
            yield make(str(known.names[tag]), token.text, now, words.where, _sentence(words, token))
        for start, end in spans(words.text):
            said = " ".join(words.text[start:end].split())
            for token, what, now in _arithmetic(tokens(words, start, end, known)):
                if token.text not in {t.text for t in whole if id(t) in told}:
                    yield make(what, token.text, now, words.where, said)


def shape(line: list[Token]) -> list[str]:
    """A sentence with every number and figure as '#', to be compared with another's."""
    return ["#" if token.tag or token.is_number else token.text for token in line]


def _number_words(words: Words) -> bool:
    return any(word in _NUMBERS for word in words.text.casefold().split())


def _against_report(
    whole: list[Token], fresh: list[tuple[list[str], list[Token]]], known: Known
) -> Iterator[tuple[Token, str, str]]:
    """Typed numbers where the report's own version of the paragraph has a figure."""
    loose = [token for token in whole if token.is_number and token.figure is None]
    if not loose or len(whole) < FEWEST:
        return
    mine = shape(whole)
    best, best_line = 0.0, None
    for form, line in fresh:
        matcher = difflib.SequenceMatcher(None, form, mine, autojunk=False)
        if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
            continue
        score = matcher.ratio()
        if score > best:
            best, best_line = score, (matcher, line)
    if best < LIKE or best_line is None:
        return
    matcher, line = best_line
    for match in matcher.get_matching_blocks():
        for step in range(match.size):
            theirs, own = line[match.a + step], whole[match.b + step]
            if theirs.tag and own.figure is None and own.is_number:
                now = known.text(theirs.tag, own.text)
                if now is not None and not same(own.text, now) and known.figure(theirs.tag):
                    yield own, theirs.tag, now


def _sentence(words: Words, token: Token) -> str:
    for start, end in spans(words.text):
        if re.search(rf"(?<!\w){re.escape(token.text)}(?!\w)", words.text[start:end].casefold()):
            return " ".join(words.text[start:end].split())
    return " ".join(words.text.split())


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
