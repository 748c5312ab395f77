"""Templates and themes compiled once: the same report, and never what is not ours or not whole."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

import builders_tell
import made_once
from complaints_learning import pipeline
from complaints_learning.classify import Reader
from complaints_learning.jobs import keeping as job
from complaints_learning.jobs import labelling
from complaints_learning.measure import working_days
from complaints_learning.nouns.errors import TemplateError
from complaints_learning.nouns.texts import Texts
from complaints_learning.read import compiled as places
from complaints_learning.tell import Compiled, engine
from complaints_learning.tell.sandbox import Sandbox
from complaints_learning.write import compiled as keeping

SHIPPED = {"one.md.j2": "{% for n in names %}1. {{ n }}\n{% endfor %}"}
VALUES = {"names": ("Ann & co", "two")}


def kept(texts: Texts, key: str = "k", before: bytes = b"") -> Compiled:
    compiled = Compiled(key, before)
    engine.render(engine.environment(texts, compiled), texts, "one", VALUES)
    return compiled


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("it is compiled again")

    monkeypatch.setattr(Sandbox, "compile", never)


def test_kept_code_says_the_same_and_is_not_compiled_again(request: pytest.FixtureRequest) -> None:
    texts = builders_tell.some_texts(SHIPPED)
    first = engine.render(engine.environment(texts), texts, "one", VALUES)
    data = kept(texts).dumps()
    request.getfixturevalue("no_compiler")

    again = Compiled("k", data)

    assert engine.render(engine.environment(texts, again), texts, "one", VALUES) == first
    assert "Ann" in first
    assert not again.changed


def test_kept_code_still_has_its_limits_and_names_the_line_that_is_wrong() -> None:
    texts = builders_tell.some_texts("fine\n{{ names.nobody }}\n")
    made = Compiled("k")
    with pytest.raises(TemplateError):
        engine.render(engine.environment(texts, made), texts, "one", VALUES)

    with pytest.raises(TemplateError, match=r"one\.md\.j2:2") as wrong:
        engine.render(engine.environment(texts, Compiled("k", made.dumps())), texts, "one", VALUES)

    assert "names.nobody" in str(wrong.value)


def test_a_changed_text_is_compiled_anew() -> None:
    data = kept(builders_tell.some_texts(SHIPPED)).dumps()
    other = builders_tell.some_texts({"one.md.j2": "something else"})
    compiled = Compiled("k", data)

    assert engine.render(engine.environment(other, compiled), other, "one", {}) == "something else"
    assert compiled.changed


@pytest.mark.parametrize("at", [0, 31, 32, 40, -1])
def test_a_byte_that_changed_makes_all_of_it_nothing(at: int) -> None:
    texts = builders_tell.some_texts(SHIPPED)
    data = bytearray(kept(texts).dumps())
    data[at] ^= 1

    assert kept(texts, before=bytes(data)).changed
    assert kept(texts, before=bytes(data[:50])).changed


def test_code_of_another_jinja_or_sandbox_is_nothing() -> None:
    texts = builders_tell.some_texts(SHIPPED)
    data = kept(texts).dumps()

    assert not kept(texts, before=data).changed
    assert kept(texts, "another", data).changed


def test_a_councils_own_template_is_neither_kept_nor_taken_from_there() -> None:
    ours = builders_tell.some_texts(SHIPPED)
    own = Texts("test", "Learning", ("one",), SHIPPED, {"one.md.j2": "your templates/x/one.md.j2"})

    assert not kept(own).changed
    assert kept(own).dumps() == Compiled("k").dumps()
    assert not kept(own, before=kept(ours).dumps()).changed


def test_the_place_is_pythons_own_and_none_when_python_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    found = places.place("learning_report")

    assert found is not None
    assert found.is_relative_to(tmp_path)
    assert places.place("../learning_report") is None
    assert places.place("ours") is None
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert places.place("learning_report") is None


def test_a_report_told_from_kept_code_is_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    sample = Path(__file__).resolve().parent.parent / "sample_data"
    counted = pipeline.count(sample, "2023")
    first = pipeline.tell(counted, "public").report
    file = places.place("learning_report")
    assert file is not None
    assert file.is_file()
    request.getfixturevalue("no_compiler")

    assert pipeline.tell(counted, "public").report == first


@pytest.fixture
def themes_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the shipped themes are kept ready, by a reader that has read something."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    place = places.themes_place()
    assert place is not None
    assert place.is_relative_to(tmp_path)

    def made() -> bytes:
        labelling.reader().found(["Nobody rang Xanthippe back."])
        return place.read_bytes()

    data = made_once.once("themes kept", (), made)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


@pytest.fixture
def never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it is made again")

    monkeypatch.setattr(Reader, "__init__", never)


SAID = ["Nobody rang me back.", "The comunication was rude. It is not late.", "", "Qué pasa"]


def test_themes_kept_ready_find_the_same_and_are_not_made_again(
    themes_kept: Path, request: pytest.FixtureRequest
) -> None:
    first = Reader(labelling.reader().themes).labels(SAID)
    request.getfixturevalue("never_made")

    assert labelling.reader().labels(SAID) == first
    assert labelling.reader().themes == labelling.reader().themes


def test_no_word_of_a_text_is_kept_with_the_themes(themes_kept: Path) -> None:
    reader = labelling.reader()
    reader.found(["Nobody rang Xanthippe back."])

    kept = themes_kept.read_bytes().lower()
    assert b"rang" in kept and b"xanthippe" not in kept
    assert "xanthippe" in reader.rules.lexicon.vocabulary
    assert b"xanthippe" not in pickle.dumps(reader).lower()


@pytest.mark.parametrize("at", [0, 31, 32, 1000, -1])
def test_themes_of_which_a_byte_changed_are_made_again(themes_kept: Path, at: int) -> None:
    whole = themes_kept.read_bytes()
    data = bytearray(whole)
    data[at] ^= 1
    themes_kept.write_bytes(data)

    assert labelling.reader().labels(SAID[:1])[0]
    assert themes_kept.read_bytes() == whole


def test_a_councils_own_themes_are_neither_kept_nor_taken_from_there(
    themes_kept: Path, tmp_path: Path
) -> None:
    own = tmp_path / "council" / "templates" / "themes.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        '[[theme]]\ncode = "noise"\ntitle = "Noise"\n[[theme.sub]]\ncode = "loud"\n'
        'title = "Loud"\nstrong = ["loud"]\n',
        encoding="utf-8",
    )
    before = themes_kept.read_bytes()

    assert labelling.reader(tmp_path / "council").themes.codes == ("noise",)
    assert themes_kept.read_bytes() == before


def test_where_nothing_can_be_written_nothing_is_made_to_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "none" / "kept"
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda *_: False)
        keeping.keep(place, lambda: pytest.fail("it was made"))
    assert list(tmp_path.iterdir()) == []

    keeping.keep(place, lambda: b"made")
    assert place.read_bytes() == b"made"


@pytest.fixture
def days_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the bank holidays of 2022 and 2023 are kept; nothing of them is known any more."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(working_days, "_ENGLAND", {})
    with job.bank_holidays():
        working_days.bank_holidays(2022, 2023)
    monkeypatch.setattr(working_days, "_ENGLAND", {})
    place = places.days_place()
    assert place is not None
    assert place.is_relative_to(tmp_path)
    return place


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The years of each question to the library."""
    years: list[list[int]] = []
    real = working_days._library

    def library() -> Any:
        def ask(**said: Any) -> Any:
            years.append(list(said["years"]))
            return real()(**said)

        return ask

    monkeypatch.setattr(working_days, "_library", library)
    return years


def test_bank_holidays_kept_are_the_same_and_only_other_years_are_asked_for(
    days_kept: Path, asked: list[list[int]]
) -> None:
    import holidays

    with job.bank_holidays():
        first = working_days.bank_holidays(2022, 2023)
        assert asked == []
        more = working_days.bank_holidays(2021, 2023)

    assert asked == [[2021]]
    for found, years in ((first, (2022, 2023)), (more, (2021, 2022, 2023))):
        said = holidays.country_holidays("GB", subdiv="ENG", years=years)
        assert found.tolist() == sorted(said)


@pytest.mark.parametrize("at", [0, 31, 32, -1])
def test_bank_holidays_that_are_damaged_are_asked_for_again(
    days_kept: Path, asked: list[list[int]], at: int
) -> None:
    data = bytearray(days_kept.read_bytes())
    data[at] ^= 1
    days_kept.write_bytes(data)
    with job.bank_holidays():
        working_days.bank_holidays(2022, 2023)

    assert asked == [[2022, 2023]]


def test_bank_holidays_of_another_library_are_asked_for_again(
    days_kept: Path, asked: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "days_key", lambda: "another")
    with job.bank_holidays():
        working_days.bank_holidays(2022, 2023)

    assert asked == [[2022, 2023]]


def test_years_of_which_the_library_gave_no_answer_are_not_taken_for_years_without_holidays(
    days_kept: Path, asked: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = working_days._library

    def fails() -> Any:
        raise MemoryError

    monkeypatch.setattr(working_days, "_library", fails)
    with pytest.raises(MemoryError), job.bank_holidays():
        working_days.bank_holidays(2020, 2020)
    monkeypatch.setattr(working_days, "_library", real)
    monkeypatch.setattr(working_days, "_ENGLAND", {})
    with job.bank_holidays():
        assert len(working_days.bank_holidays(2020, 2020)) == 9
    assert asked == [[2020]]
