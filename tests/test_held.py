"""What cannot stand in the finished files is left out first, and nothing that can."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from complaints_learning.nouns import period
from complaints_learning.nouns.errors import Place
from complaints_learning.nouns.raw import Raw, RawTable
from complaints_learning.nouns.settings import Settings
from complaints_learning.protect import gate, private
from complaints_learning.protect.held import Held, Plain
from complaints_learning.read import finished

WORDS = (
    *(
        "a",
        "i",
        "to",
        "s",
        "he",
        "a'b5",
        "5's",
        "child",
        "child's",
        "Child\u2019s",
        "CHILD'S",
        "don't",
    ),
    *("dont", "don", "t", "O'Brien", "o\u2019brien", "brien's", "\ufb01re", "fire", "Zo\u00eb"),
    *("ZO\u00cb", "\xbd", "stra\xdfe", "STRASSE", "x_y", "1,250", "1250", "0049381", "C/2022/0145"),
    *("Quillfeather", "Quillfeather's", "Zadie", "Green", "Mrs", "\u0141\u00f3d\u017a", "a's's"),
    *("01384 555012", "01384555012ext", "DY1 1HF", "z.quill@post.example", "12", "Elm", "Road"),
)
BETWEEN = (" ", " ", " ", ", ", ". ", "\n", " \u2013 ", "--", " '", "' ", "\u2019 ", "_", "/", "\0")


def joined(words: list[str], between: list[str]) -> str:
    return "".join(w + b for w, b in zip(words, between, strict=False))


SPELT = (str, str.upper, str.title, "{}'s".format, "{}\u2019S".format)
TEXTS = st.builds(
    joined,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=24),
    st.lists(st.sampled_from(BETWEEN), min_size=24, max_size=24),
)


def naive_pieces(text: str) -> list[str]:
    """Sign by sign: runs of letters and digits; after an apostrophe within one, letters only."""
    runs, run = [], ""
    for sign, following in zip(text, f"{text[1:]} ", strict=False):
        letter = sign.isalnum() and not sign.isdecimal()
        if sign in "'\u2019" and run and following.isalnum() and not following.isdecimal():
            run += "'"
        elif letter or (sign.isalnum() and "'" not in run):
            run += sign
        else:
            runs.append(run)
            run = sign if sign.isalnum() else ""
    plain = [unicodedata.normalize("NFKC", r).casefold() for r in (*runs, run) if r]
    return [piece[:-2] if piece.endswith("'s") else piece for piece in plain]


def eights(text: str) -> set[tuple[str, ...]]:
    cut = naive_pieces(text)
    return {tuple(cut[at : at + 8]) for at in range(len(cut) - 7)}


def looked_through(files: list[str], raw: Raw, said: list[str]) -> list[gate.Hit]:
    """As a report is: with what the files hold known before anything is gathered."""
    looked = [finished.Piece("r.docx", f"paragraph {n}", text) for n, text in enumerate(files)]
    held = Held(files)
    complaints = pd.DataFrame(
        {
            "received": pd.Series([pd.Timestamp("2022-05-01")] * len(said), dtype="datetime64[s]"),
            "text": pd.Series(said, dtype=object),
            "file": "log.xlsx",
            "sheet": "Log",
            "row": range(2, 2 + len(said)),
        }
    )
    words = private.Said(complaints, period.parse("2023")).within(held)
    return gate.hits(looked, private.gather(raw, Settings(), held, words))


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4), st.data())
def test_eight_words_in_a_row_are_found_just_as_by_comparing_all_with_all(
    files: list[str], said: list[str], data: st.DataObject
) -> None:
    if files and said:  # most random texts share nothing
        copied = naive_pieces(data.draw(st.sampled_from(files)))
        ways = st.lists(st.sampled_from(SPELT), min_size=len(copied), max_size=len(copied))
        spelt = [way(piece) for way, piece in zip(data.draw(ways), copied, strict=True)]
        between = st.lists(st.sampled_from(BETWEEN), min_size=len(spelt), max_size=len(spelt))
        said[0] = f"{said[0]} {joined(spelt, data.draw(between))}"
    found = looked_through(files, Raw(), said)
    there = set().union(*map(eights, files)) if files else set()
    expected = [n for n, text in enumerate(said) if text and eights(text) & there]
    quoted = [hit for hit in found if hit.kind == "a complaint's own words"]
    assert [hit.place.row - 2 for hit in quoted] == expected


@pytest.mark.parametrize("letters", range(1, 27))
def test_eight_words_of_every_length_are_found_wherever_they_stand(letters: int) -> None:
    words = f"a b c d e f g {'h' * letters}"
    held = Held(["They wrote this:", words, "and more"])
    for before in range(17):
        said = f"{'x' * before} {words} then nothing".strip()
        assert held.quoted(Plain(["", said, "other"])) == [1]


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("the child plan was late once more then", "The child's plan was late ONCE more, then"),
        ("a 5 b c d e f g", "a's5 b c d e f g"),
        ("fire at the door of our school again", "\ufb01re at the door of our school again"),
        ("a b c d e f g h", "a\0b c d e f g h"),
        ("fire a's's b c d e f g", "\ufb01re a's's b c d e f g"),
        ("we don't know why he was not told", "we don\u2019t know why \u201che was not told"),
    ],
)
def test_eight_words_are_the_same_however_they_are_written(held: str, said: str) -> None:
    assert Held([held]).quoted(Plain([said])) == Held([said]).quoted(Plain([held])) == [0]


def test_words_on_either_side_of_two_texts_are_not_in_a_row() -> None:
    held = Held(["one two three four", "five six seven eight", "nine"])
    assert held.quoted(Plain(["one two three four five six seven eight"])) == []


def test_a_register_is_not_cut_into_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The close look is for the files: a register a thousand times as long costs no more of it."""
    cut: list[str] = []
    monkeypatch.setattr(private, "pieces", lambda text: cut.append(text) or [])
    rows = [(f"C/2023/{n:05}", f"Zadie Quill{n}", f"01384 55{n:05}", "") for n in range(500)]
    said = [f"complaint {n} says that nobody rang back for a week or two" for n in range(500)]
    looked_through(
        ["Nobody rang C/2023 back for a week, said 301 of 2,000 people"], register(rows), said
    )
    assert len(cut) < 20


NAMES = st.sampled_from(
    (
        *("Mrs Zadie Quillfeather", "QUILLFEATHER, Zadie", "O'Brien", "Green", "Anon", "Zo\u00eb"),
        *("Tamsin Green", "t@b.example", "Price", "", "\u0141\u00f3d\u017a Elm", "Mr A Elm"),
    )
)
REFERENCES = st.sampled_from(
    ("C/2022/0145", "0049381", "C-2022-0145", "12", "1250", 49381.0, "12-50-77", "12/50/77", "")
)
CONTACTS = st.sampled_from(
    (
        "01384 555012",
        "01384555012ext",
        "z.quill@post.example",
        "12 Elm Tree Road, DY1 1HF",
        "",
        1250,
    )
)
BIRTHS = st.sampled_from((datetime(2012, 3, 14), "14/3/2012", "", "March"))
SAID = (
    *("C/2022/0145", "c 2022 0145", "0049381", "49381", "12,50,77", "12-50-77", "Zadie", "zadie"),
    *("Quillfeather", "Ms Green", "Green", "O'Brien's", "01384 555012", "01384555012", "DY1 1HF"),
    *("z.quill@post.example", "14 March 2012", "14/03/12", "\u0141\u00d3D\u0179", "Mr Elm", "Elm"),
)


@given(
    st.lists(st.tuples(REFERENCES, NAMES, CONTACTS, BIRTHS), max_size=5),
    st.lists(st.lists(st.sampled_from(SAID), max_size=9).map(" ".join), max_size=4),
)
@example([("", "", "01384555012ext", "")], ["01384555012"])
def test_leaving_out_first_what_cannot_be_there_changes_nothing(
    rows: list[tuple[object, ...]], files: list[str]
) -> None:
    raw = register(rows)
    looked = [finished.Piece("r.docx", f"paragraph {n}", text) for n, text in enumerate(files)]
    everything = gate.hits(looked, private.gather(raw, Settings()))
    assert looked_through(files, raw, []) == everything


@given(
    st.lists(st.tuples(REFERENCES, NAMES), max_size=5),
    st.lists(st.lists(st.sampled_from((*SAID, *WORDS)), max_size=5).map(" ".join), max_size=3),
)
def test_references_and_full_names_are_found_just_as_by_comparing_all_with_all(
    rows: list[tuple[object, ...]], files: list[str]
) -> None:
    found = looked_through(files, register([(*row, "", "") for row in rows]), [])
    kinds = {(hit.where, hit.kind) for hit in found if hit.place != Place()}
    for number, text in enumerate(files):
        where, cut = f"paragraph {number}", naive_pieces(text)
        for reference, name in rows:
            typed = str(int(reference)) if isinstance(reference, float) else str(reference)
            pieces = naive_pieces(typed)
            joined = "".join(pieces)
            if joined.isdigit() or sum(c.isdigit() for c in joined) < 3:
                long_enough = joined.isdigit() and len(pieces) == 1 and len(joined) >= 5
            else:
                long_enough = len(joined) >= 4
            # a number may go on beyond a mark, as in 12,345,678: then it is another number
            alone = text.count(",") == 0
            if long_enough and alone and in_a_row(pieces, cut):
                assert (where, "a reference") in kinds
            people = [p for p in naive_pieces(str(name)) if p not in ("mr", "mrs", "anon")]
            if len(people) > 1 and "@" not in str(name) and in_a_row(people, cut):
                assert (where, "a name") in kinds
    none = {naive for row in rows for cell in row for naive in naive_pieces(str(cell))}
    for hit in found:
        if hit.place != Place():
            text = files[int(hit.where.split()[1])]
            assert set(naive_pieces(text)) & (none | {"49381"}), "nothing of the register is there"


def in_a_row(run: list[str], cut: list[str]) -> bool:
    return any(cut[at : at + len(run)] == run for at in range(len(cut) - len(run) + 1))


def register(rows: list[tuple[object, ...]]) -> Raw:
    headers = ("Case Ref", "Complainant Name", "Telephone", "DOB")
    table = RawTable(
        file="register/log.xlsx",
        sheet="Log",
        kind="register",
        headers=headers,
        letters=tuple("ABCD"),
        columns=tuple(zip(*rows, strict=True)) if rows else ((), (), (), ()),  # type: ignore[arg-type]
        rows=tuple(range(2, 2 + len(rows))),
    )
    return Raw((table,))
