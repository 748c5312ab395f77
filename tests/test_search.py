"""Every place where a phrase occurs, held against looking word by word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints_learning.classify import search, words
from complaints_learning.classify.search import Lexicon
from complaints_learning.nouns.themes import Phrase

WORDS = ("ka", "lo", "mi", "nu", "pe", "7")
Place = tuple[int, int, int]

word = st.sampled_from((*WORDS[:5], "l*", "#"))
run = st.lists(st.sampled_from(WORDS[:5]), min_size=2, max_size=3).map(" ".join)
choice = st.lists(st.one_of(word, word, run), min_size=1, max_size=2, unique=True)
element = choice.map(lambda several: f"[{'/'.join(several)}]")
step = st.tuples(st.sampled_from(("", "", "", ".. ", "... ")), element, st.booleans())


@st.composite
def phrases(draw: st.DrawFn) -> str:
    """A phrase as somebody could write it into themes.toml."""
    first, *more = draw(st.lists(step, min_size=1, max_size=4))
    parts = [first[1]]
    for gap, said, optional in more:
        parts.append(f"({said.strip('[]')})" if optional and not gap else f"{gap}{said}")
    kinds = ("WITH", "UNLESS", "WITH ANYWHERE", "UNLESS ANYWHERE")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"{draw(st.sampled_from(kinds))} {draw(element).strip('[]')}")
    return " ".join(parts)


sentence = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
text = st.lists(sentence, min_size=1, max_size=4).map(". ".join)


def lengths(choices: words.Element, said: list[str], at: int) -> int:
    """How many words from here on are one choice, at most; 0 for none."""
    if at >= len(said):
        return 0
    here = said[at]
    one = (
        here in choices.exact
        or here.startswith(choices.prefixes or ("?",))
        or (choices.number and words.is_number(here))
    )
    found = [len(run) for run in choices.runs if tuple(said[at : at + len(run)]) == run]
    return max([int(one), *found])


def ends(
    steps: tuple[words.Step, ...], elements: list[words.Element], said: list[str], at: int
) -> list[tuple[tuple[int, ...], int]]:
    """Every end of the steps from k on, with the steps that were left out."""
    found = []

    def follow(k: int, end: int, left_out: tuple[int, ...]) -> None:
        if k == len(steps):
            found.append((left_out, end))
            return
        for place in range(end, min(end + steps[k].gap + 1, len(said))):
            if length := lengths(elements[steps[k].element], said, place):
                follow(k + 1, place + length, left_out)
                break
        if steps[k].optional:
            follow(k + 1, end, (*left_out, k))

    if length := lengths(elements[steps[0].element], said, at):
        follow(1, at + length, ())
    return found


def slowly(written: list[str], texts: list[str]) -> list[tuple[int, int, Place]]:
    """(text, sentence, (start, phrase, end)) of every place, looked for one after the other."""
    compiler = words.Compiler({})
    compiled = [compiler.phrase(Phrase(each)) for each in written]
    found = []
    for t, whole in enumerate(texts):
        sentences = [each.split() for each in whole.split(".")]

        def says(element: int, those: list[list[str]]) -> bool:
            choices = compiler.elements[element]
            return any(lengths(choices, each, at) for each in those for at in range(len(each)))

        for s, said in enumerate(sentences):
            for p, one in enumerate(compiled):
                met = all(
                    kind.startswith("WITH")
                    == says(element, sentences if "ANYWHERE" in kind else [said])
                    for kind, element in one.conditions
                )
                for at in range(len(said)) if met else ():
                    several = ends(one.steps, compiler.elements, said, at)
                    if several:
                        _, end = min(several, key=lambda each: sum(1 << k for k in each[0]))
                        found.append((t, s, (at, p, end)))
    return found


@pytest.mark.parametrize("places", [5, 1 << 16])
@given(st.lists(phrases(), min_size=1, max_size=6), st.lists(text, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_every_place_is_found_that_looking_word_by_word_finds(
    places: int, written: list[str], texts: list[str]
) -> None:
    lexicon = Lexicon([Phrase(each) for each in written], {})
    before, search._PLACES = search._PLACES, places
    try:
        batch = lexicon.batch(texts)
        hits = lexicon.hits(batch)
    finally:
        search._PLACES = before
    found = []
    owner = batch.owner[hits.start].tolist()
    for standing, (t, s) in enumerate(zip(batch.text, batch.sentence, strict=True)):
        number = standing - int((batch.text < t).sum())
        for n in (n for n, whose in enumerate(owner) if whose == s):
            first = batch.first[s]
            start, end = hits.start[n] - first, hits.end[n] - first
            found.append((int(t), number, (int(start), int(hits.phrase[n]), int(end))))
    assert sorted(found) == sorted(slowly(written, texts))
