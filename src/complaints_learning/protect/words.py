"""A sentence somebody might publish in; what looks identifying in it out, for a person to judge.

Marks are help, never permission: only the exact sentences that a person approved come out of
`approved`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from complaints_learning.protect import patterns
from complaints_learning.protect.patterns import Span
from complaints_learning.protect.private import Private, pieces

_CAPITAL = re.compile(r"(?<![.!?:\u201c\"'(] )(?<!^)\b[A-Z][\w\u2019'-]*[a-z][\w\u2019'-]*")
_USUAL = frozenset(
    re.findall(
        r"\S+",
        """
        i january february march april may june july august september october november december
        monday tuesday wednesday thursday friday saturday sunday christmas easter council ehc ehcp
        ehc's send education health care plan plans section ombudsman english england social
        services children act team god covid internet zoom teams whatsapp
        """,
    )
)


def marks(text: str, private: Private | None = None) -> tuple[Span, ...]:
    """Everything in `text` that looks identifying, in order, longest first where two overlap.

    >>> [(span.kind, "Sam rang Mrs Okoro at Elm Park School"[span.start : span.end])
    ...  for span in marks("Sam rang Mrs Okoro at Elm Park School")]
    [('name with a title', 'Mrs Okoro'), ('school', 'Elm Park School')]
    """
    found = [*patterns.sure(text), *patterns.loose(text)]
    if private is not None:
        found += _known(text, private)
    found += [
        Span(*match.span(), "capital letter")
        for match in _CAPITAL.finditer(text)
        if match[0].casefold() not in _USUAL
    ]
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start - s.end, s.start, s.kind == "capital letter")):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


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


def shown(text: str, found: Iterable[Span], opening: str = "[", closing: str = "]") -> str:
    """The text with brackets round what was marked.

    >>> shown("Ring Mrs Okoro", marks("Ring Mrs Okoro"))
    'Ring [Mrs Okoro]'
    """
    for span in sorted(found, reverse=True):
        inner = text[span.start : span.end]
        text = f"{text[: span.start]}{opening}{inner}{closing}{text[span.end :]}"
    return text


def approved(sentences: Iterable[str], decisions: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences a person approved, exactly as approved, in their order, each once.

    `decisions` maps the exact sentence to the person's word; only 'publish' publishes. A
    sentence that was changed since by one character is not approved.

    >>> approved(["Nobody rang.", "Nobody rang back."], {"Nobody rang.": "publish"})
    ('Nobody rang.',)
    """
    return tuple(
        dict.fromkeys(
            sentence
            for sentence in sentences
            if sentence and decisions.get(sentence, "").strip().casefold() == "publish"
        )
    )
