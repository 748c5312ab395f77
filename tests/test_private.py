"""What of a register is private: which columns, and in which forms it is looked for."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from attacker import YEAR
from complaints_learning.nouns.raw import Cell, Raw, RawTable
from complaints_learning.nouns.settings import Settings, parse
from complaints_learning.protect import private
from complaints_learning.protect.held import Held


def gathered(
    header: str, *cells: Cell, held: Held | None = None, settings: Settings | None = None
) -> private.Private:
    """What is gathered from one column of a register."""
    table = RawTable(
        file="register/log.xlsx",
        sheet="Log",
        kind="register",
        headers=(header,),
        letters=("A",),
        columns=(cells,),
        rows=tuple(range(2, 2 + len(cells))),
    )
    return private.gather(Raw((table,)), settings or Settings(), held)


def runs(header: str, *cells: Cell, settings: Settings | None = None) -> set[str]:
    found = gathered(header, *cells, settings=settings).runs.values()
    return {" ".join(run) for some in found for run in some}


@pytest.mark.parametrize(
    ("reference", "kept"),
    [
        *(("C123", True), ("C12", False), ("CCC12", False), ("123", False), ("1234", False)),
        *(("12345", True), ("12 34", False), ("12 345", True), ("AB123", True)),
    ],
)
def test_a_reference_is_looked_for_when_no_other_number_looks_like_it(
    reference: str, kept: bool
) -> None:
    assert bool(runs("Case Ref", reference)) == kept


def test_a_reference_of_figures_alone_counts_only_with_its_own_marks() -> None:
    assert gathered("Case Ref", " 123/45 ").exact == {("123", "45"): "123/45"}
    assert gathered("Case Ref", "12345").exact == {}
    assert gathered("Case Ref", "AB/123").exact == {}


def test_a_number_that_a_workbook_keeps_with_a_point_is_looked_for_without() -> None:
    assert runs("Case Ref", 49381.0) == {"49381"}


def test_outcomes_under_a_header_nobody_knows_are_no_names() -> None:
    found = gathered("St3 verdict", "Not Upheld", "Partly Upheld")
    assert not found.runs and not found.alone


def test_a_name_is_looked_for_in_both_orders_and_after_a_title() -> None:
    titles = ("mr", "mrs", "ms", "miss", "dr")
    assert runs("Complainant Name", "Mrs Ada Bo Vane") == {
        *("ada bo vane", "bo vane ada", "vane ada bo"),
        *(f"{title} {name}" for title in titles for name in ("ada", "bo", "vane")),
    }
    assert runs("Complainant Name", "B Vane") == {
        *("b vane", "vane b", *(f"{title} vane" for title in titles)),
    }


def test_a_name_alone_is_looked_for_when_it_is_long_and_no_ordinary_word() -> None:
    alone = gathered("Complainant Name", "Ada Vane", "Tom Green", "Li Quill").alone
    assert set(alone) == {"vane", "quill"}
    assert str(alone["quill"].place) == "register/log.xlsx, sheet Log, cell A4"
    assert alone["quill"].kind == "a name"


def test_a_contact_among_the_names_is_a_contact() -> None:
    for header in ("Complainant Name", "Email"):
        [mark] = gathered(header, "ada@post.example").runs[3].values()
        assert mark.kind == ("a name" if header == "Complainant Name" else "a contact detail")
    assert "020 7946 0018" in runs("Complainant Name", "020 7946 0018")


def test_a_contact_of_figures_alone_counts_only_with_its_own_marks() -> None:
    assert gathered("Mobile", " 07700 900123 ").exact == {("07700", "900123"): "07700 900123"}
    assert gathered("Mobile", "07700900123").exact == {}


@pytest.mark.parametrize(
    ("contact", "kept"),
    [
        *(("1 Elm", False), ("1 Elms", False), ("12 Elms", True), ("abcdef", False)),
        *(("abcde1", True), ("abcd1", False), ("", False)),
    ],
)
def test_a_contact_is_looked_for_when_it_is_long_enough(contact: str, kept: bool) -> None:
    assert bool(runs("Address", contact)) == kept


def test_a_contact_among_other_words_is_looked_for_without_them() -> None:
    kept = gathered("Mobile", "Mum: 07700 900123 after five, or DY1 1HF").runs[2]
    for run in (("07700", "900123"), ("dy1", "1hf")):
        assert kept[run].kind == "a contact detail"
        assert str(kept[run].place) == "register/log.xlsx, sheet Log, cell A2"


def test_a_column_is_what_the_settings_say_it_is() -> None:
    mapped = parse('[columns.register]\n"Vorgang" = "reference"\n"Name of unit" = "team"')
    assert runs("Vorgang", "C/2022/0145", settings=mapped) == {"c 2022 0145"}
    assert runs("Vorgang", "C/2022/0145") == set()
    assert runs("Name of unit", "Zadie Quill") != set()
    assert runs("Name of unit", "Zadie Quill", settings=mapped) == set()


@pytest.mark.parametrize("born", [datetime(2012, 3, 4, 9), date(2012, 3, 4)])
def test_a_birth_is_looked_for_in_every_form_that_is_usual(born: Cell) -> None:
    assert runs("DOB", born) == {
        *(
            "2012 03 04",
            "4 march 2012",
            "4 mar 2012",
            "04 03 2012",
            "4 3 2012",
            "04 march 2012",
            "04 03 12",
        ),
    }
    assert runs("DOB", "4/3/12") == {"4 3 12"}
    assert runs("DOB", "2012") == set()


NAMES = ("Ada Vane", "Bo Quist", "Cy Marl", "Di Hurl")


@pytest.mark.parametrize(
    ("cells", "private_"),
    [
        (NAMES, True),
        (("", *NAMES, " "), True),
        ((*NAMES[:2], "north side"), True),
        ((*NAMES[:3], "north", "south"), False),
        ((*NAMES[:3], *NAMES[:3]), False),
        ((*NAMES[:3], *NAMES[:2]), True),
        ((1, 2, *NAMES), True),
        ((), False),
    ],
)
def test_a_column_with_mostly_names_that_hardly_repeat_is_private(
    cells: tuple[Cell, ...], private_: bool
) -> None:
    assert bool(runs("Zuständig", *cells)) == private_


def test_only_what_a_file_can_hold_is_gathered_and_every_birth() -> None:
    held = Held(["It says Vane and C1234, and 4/5/2012."])

    def kept(header: str, *cells: Cell) -> bool:
        return bool(gathered(header, *cells, held=held).runs)

    assert kept("Complainant Name", "Quist, Bo", "Ada Vane")
    assert not kept("Complainant Name", "Bo Quist")
    assert kept("Case Ref", "C1234")
    assert not kept("Case Ref", "C1235")
    assert kept("Mobile", "07700900123ext")  # found in a file without the word it runs into
    assert not kept("Mobile", "0770090")
    assert kept("DOB", "7/7/2007")


def test_what_was_said_in_the_period_or_the_year_before_or_on_no_day_is_known() -> None:
    words = "nobody came to see us in all that long time"
    days = (
        *("2021-03-31 23:00", "2021-04-01", "2022-04-01", "2023-03-31 23:59", "2023-04-01", None),
    )
    complaints = pd.DataFrame(
        {
            "received": pd.to_datetime(pd.Series(days), format="mixed"),
            "text": [words] * len(days),
            "file": "log.xlsx",
            "sheet": "Log",
            "row": range(2, 2 + len(days)),
        }
    )
    said = private.Said(complaints, YEAR)

    found = said.within(Held([f"They wrote: {words}."]))
    assert [text for text, _ in found] == [words] * 4
    assert [str(place) for _, place in found] == [
        f"log.xlsx, sheet Log, row {row}" for row in (3, 4, 5, 7)
    ]
    assert said.within(Held(["Nothing of the kind was written by anybody at all here."])) == []
