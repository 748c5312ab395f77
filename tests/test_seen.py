"""The number of each word, held against asking for one word after the other."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from complaints_learning.classify import seen

LETTERS = st.sampled_from("ab9%\xa3.")
lines = st.lists(
    st.lists(st.text(LETTERS, max_size=20), max_size=60).map(" ".join), min_size=1, max_size=3
)


@pytest.mark.parametrize(("slots", "at_a_time"), [(19, 1 << 16), (2, 7)])
@given(lines)
@example(["misunderstandings misunderstanding", "misunderstanding misunderstandingz"])
def test_each_word_has_the_number_that_it_was_given(
    slots: int, at_a_time: int, lines: list[str]
) -> None:
    before = seen._SLOTS, seen._WORDS
    seen._SLOTS, seen._WORDS = slots, at_a_time
    try:
        known: dict[str, int] = {}
        words = seen.Seen(lambda word: known.setdefault(word, 7 + len(known)))
        for line in lines:
            numbers = words.numbers(line.encode("latin-1")).tolist()
            assert numbers == [known[word] for word in line.split()]
        assert len(set(known.values())) == len(known)
    finally:
        seen._SLOTS, seen._WORDS = before


def test_a_word_that_was_seen_is_not_asked_for_again() -> None:
    asked: list[str] = []

    def number(word: str) -> int:
        asked.append(word)
        return len(word)

    words = seen.Seen(number)
    for _ in range(3):
        assert words.numbers(b"nobody rang nobody wrote").tolist() == [6, 4, 6, 5]
    assert sorted(asked) == ["nobody", "rang", "wrote"]
