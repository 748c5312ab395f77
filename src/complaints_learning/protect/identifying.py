"""Words of a complaint in; what looks identifying in them out, for a person to judge.

Marks are help, never permission: `publishing` quotes only the exact sentences that a person
approved, and of those only what is still the complaint's own and free of marks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from complaints_learning.protect import patterns
from complaints_learning.protect.patterns import Span
from complaints_learning.protect.pieces import pieces
from complaints_learning.protect.private import Private

_CAPITAL = re.compile(r"\b[A-Z\u00C0-\u00DE][\w\u2019'-]*[a-z\u00DF-\u00FF][\w\u2019'-]*")
_BEFORE = frozenset(".!?:;\u2026\u201c\"'([\u00ab*-")
_SENTENCE = re.compile(
    r"(?:^|(?<!\b\w)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bRev)(?<!\bCllr)(?<!\bProf)"
    r"[.!?][\u201d\u2019\"')]*\s+)[\u201c\u2018\"'(\s]*$"
)
"""What stands before the first word of a sentence; no end is the point of 'e.g.' or 'St.'."""
_USUAL = frozenset(
    re.findall(
        r"\S+",
        """
        i i'd i'll i'm i've january february march april may june july august september october
        november december jan feb mar apr jun jul aug sept sep oct nov dec
        monday tuesday wednesday thursday friday saturday sunday christmas easter council ehc ehcp
        send education health care plan plans section ombudsman english england social
        services children act team god covid internet zoom teams whatsapp
        """,
    )
)
"""Words that people write with a capital and that name nobody."""
_STARTS = frozenset(
    re.findall(
        r"\S+",
        """
        a about after again all also although an and another any anyone anything are as at because
        been before being both but by can can't could did didn't do does doesn't don't during each
        even every everyone everything few finally first for from had hardly has have he her here
        his how i'd i'll i'm i've if in instead is it it's its just last later many me more most
        much my never next no nobody none not nothing now of often on once one only or other our
        people please really several she should since so some somebody someone something sometimes
        still such than that that's the their them then there there's these they they're this those
        three through to today too two until us very was we we're we've were what when where which
        while who why will with without would yes yet you your
        """,
    )
)
"""Words that often begin a sentence."""
KINDS = {
    "email": "an email address",
    "address": "an address",
    "NHS number": "an NHS number",
    "telephone": "a telephone number",
    "number": "a long number",
    "capital letter": "a name (a word with a capital that is not an everyday one)",
}
"""How a kind of mark is said, where 'a KIND' would not do."""


def ordinary(texts: Iterable[str], among: str | None = None) -> frozenset[str]:
    """The words that somebody writes without a capital: at a sentence's start they are no names.

    With `among`, at least those of its words: a text that has none of them is not cut up.

    >>> sorted(ordinary(["Nobody rang Kezia back."]))
    ['back', 'rang']
    >>> sorted(ordinary(["Nobody rang back.", "Everything went wrong."], "Went Kezia too far?"))
    ['went', 'wrong']
    """
    found: set[str] = set()
    wanted = None if among is None else {piece for piece, _, _ in pieces(among)}
    for text in texts:
        if wanted is not None and text.isascii():
            low = text.lower()
            if not any(word.partition("'")[0] in low for word in wanted):
                continue
        found.update(piece for piece, start, _ in pieces(text) if text[start].islower())
        if wanted is not None:
            wanted -= found
    return frozenset(found)


def marks(
    text: str,
    private: Private | None = None,
    everyday: frozenset[str] | None = None,
    *,
    first: bool = True,
) -> tuple[Span, ...]:
    """Everything in `text` that looks identifying, in order, longest first where two overlap.

    With `everyday` words (see `ordinary`) an unknown word is marked at a sentence's start too;
    not `first`: not as its first word, unless `private` knows it as a name.

    >>> [(span.kind, "Sam rang Mrs Okoro at Elm Park School"[span.start : span.end])
    ...  for span in marks("Sam rang Mrs Okoro at Elm Park School")]
    [('name with a title', 'Mrs Okoro'), ('school', 'Elm Park School')]
    >>> [span.kind for span in marks("Kezia cried. Nobody came.", None, frozenset({"nobody"}))]
    ['capital letter']
    >>> [span.start for span in marks("Calls to Kezia.", None, frozenset(), first=False)]
    [9]
    """
    found = [*patterns.sure(text), *patterns.loose(text)]
    if private is not None:
        found += _known(text, private)
    for match in _CAPITAL.finditer(text):
        word = match[0].casefold().replace("\u2019", "'").removesuffix("'s")
        if word in _USUAL:
            continue
        if _begins(text, match.start()) and (
            everyday is None
            or word in everyday
            or word in _STARTS
            or (not first and _SENTENCE.search(text, 0, match.start()))
        ):
            continue
        found.append(Span(*match.span(), "capital letter"))
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start - s.end, s.start, s.kind == "capital letter")):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def _begins(text: str, at: int) -> bool:
    """Whether a sentence, or something in quotes or brackets, begins here."""
    while at and text[at - 1].isspace():
        at -= 1
    return at == 0 or text[at - 1] in _BEFORE


def _known(text: str, private: Private) -> list[Span]:
    """Names and references of the register; here a single name counts however it is written."""
    cut = pieces(text)
    words = [piece for piece, _, _ in cut]
    found = []
    for length, runs in private.runs.items():
        for i in range(len(words) - length + 1):
            mark = runs.get(tuple(words[i : i + length]))
            if mark is not None:
                kind = mark.kind.partition(" ")[2]
                found.append(Span(cut[i][1], cut[i + length - 1][2], f"{kind} in the register"))
    for piece, start, end in cut:
        if piece in private.alone:
            found.append(Span(start, end, "name in the register"))
    return found


def shown(
    text: str, found: Iterable[Span], opening: str = "\u00ab", closing: str = "\u00bb"
) -> str:
    """The text with marks round what looks identifying.

    >>> shown("Ring Mrs Okoro", marks("Ring Mrs Okoro"), "[", "]")
    'Ring [Mrs Okoro]'
    """
    for span in sorted(found, reverse=True):
        inner = text[span.start : span.end]
        text = f"{text[: span.start]}{opening}{inner}{closing}{text[span.end :]}"
    return text


def words(text: str, span: Span) -> str:
    """Which words of a text a mark stands on, counted from 1, for a message without them.

    >>> words("Ring Mrs Okoro ... today", Span(5, 14, "name with a title"))
    'words 2 to 3'
    """
    cut = [found for found in re.finditer(r"\S+", text) if any(c.isalnum() for c in found[0])]
    on = [n for n, one in enumerate(cut, 1) if one.start() < span.end and span.start < one.end()]
    return f"word {on[0]}" if len(on) == 1 else f"words {on[0]} to {on[-1]}"


_TAG = re.compile(r"<[/a-zA-Z!][^<>]*>")
_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|\.{3,}|\u2026")
LEAST_WORDS = 3


def is_quoted_from(sentence: str, text: str) -> bool:
    """Whether a sentence says the text's own words in their order.

    '...' stands for what is left out, and what stands in [ ] is somebody else's words. Capitals and
    marks between the words do not count, nor does HTML that a case system left in the text. Fewer
    than three words of the text are no quotation.

    >>> is_quoted_from("She ... told [the school] first.", "She was rude. She told Elm Park first")
    True
    >>> is_quoted_from("She told us first.", "She told Elm Park first.")
    False
    >>> is_quoted_from("She told us & them.", "<p>She <b>told us</b> &amp; them.</p>")
    True
    """
    plain = html.unescape(_TAG.sub(" ", text))
    return _said_in_order(sentence, text) or (plain != text and _said_in_order(sentence, plain))


def _said_in_order(sentence: str, text: str) -> bool:
    said = [piece for piece, _, _ in pieces(text)]
    at = own = 0
    for fragment in _LEFT_OUT.split(sentence):
        wanted = [piece for piece, _, _ in pieces(fragment)]
        while said[at : at + len(wanted)] != wanted:
            at += 1
            if at + len(wanted) > len(said):
                return False
        at += len(wanted)
        own += len(wanted)
    return own >= LEAST_WORDS
