"""What is kept from one look at a workspace to the next: it changes the time, and no output."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from complaints_learning import pipeline
from complaints_learning.jobs import looking
from complaints_learning.nouns import cache
from complaints_learning.read import fingerprints, places

pytestmark = pytest.mark.usefixtures("counted_once")

WORDS = "Nobody rang us back for weeks although we left messages."
LOOKS = [
    ("check",),
    ("check", "--all", "--json"),
    ("figures", "-p", "2023"),
    ("figures", "-p", "2023", "--edition", "internal", "--json"),
    ("themes", "-p", "2023"),
    ("trend", "-p", "2023"),
    ("chain", "-p", "2022-23Q3", "--json"),
    ("explain", "upheld_or_partly", "-p", "2023"),
    ("explain", "upheld_or_partly", "-p", "2023", "--edition", "internal", "--json"),
]


@pytest.fixture
def home(a_workspace: Callable[..., Path]) -> Path:
    return a_workspace([{"Outcome": "Part upheld"}, *({} for _ in range(6))])


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that were really done."""
    done: list[str] = []
    for name in ("count", "check"):
        real = getattr(pipeline, name)

        def counting(*given: Any, _real: Any = real, _name: str = name, **named: Any) -> Any:
            done.append(_name)
            return _real(*given, **named)

        monkeypatch.setattr(pipeline, name, counting)
    return done


def files(home: Path) -> list[Path]:
    return sorted((home / cache.FOLDER).glob("kept-*"))


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_what_was_kept_says_what_counting_anew_says(
    cl: Any, sample: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    home = tmp_path / "demo"
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns(".cl"))

    anew = cl(*words, "--workspace", home, "--no-cache")
    assert files(home) == []
    first = cl(*words, "--workspace", home)
    assert len(files(home)) == 1
    again = cl(*words, "--workspace", home)

    assert anew == first == again
    assert len(anew.out) > 200


def test_a_look_at_what_was_kept_loads_no_table_library(cl: Any, home: Path) -> None:
    looks = [[*words, "--workspace", str(home)] for words in LOOKS[:-1]]
    codes = [cl(*words).code for words in looks]
    assert set(codes) == {0}
    code = (
        "import json, sys; from complaints_learning import cli\n"
        "heavy = {'pandas', 'numpy', 'openpyxl', 'jinja2', 'lxml', 'PIL'}\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    code = cli.run(words); print('loaded', sorted(heavy & set(sys.modules)), code)\n"
    )
    command = [sys.executable, "-c", code, json.dumps(looks)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)

    loaded = [line for line in told.stdout.splitlines() if line.startswith("loaded")]
    assert loaded == [f"loaded [] {code}" for code in codes]


def _a_row_more(home: Path) -> None:
    (home / "register" / "more.csv").write_text("Case Ref,Outcome\nC900,Upheld\n", "utf-8")


def _a_row_changed(home: Path) -> None:
    from openpyxl import load_workbook

    path = home / "register" / "complaints.xlsx"
    book = load_workbook(path)
    book.active["F3"] = "Not upheld"
    about = path.stat()
    book.save(path)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def _an_export_gone(home: Path) -> None:
    (home / "register" / "complaints.xlsx").rename(home / "complaints.xlsx")
    _a_row_more(home)


def _a_setting(home: Path) -> None:
    text = (home / "cl.toml").read_text("utf-8")
    (home / "cl.toml").write_text(f"[small_numbers]\nthreshold = 3\n{text}", "utf-8")


def _a_theme(home: Path) -> None:
    shipped = places.shipped("templates") / "themes.toml"
    (home / "templates").mkdir()
    shutil.copy(shipped, home / "templates" / "themes.toml")


def _a_decision(home: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Reference", "Decided themes"])
    book.active.append(["C001", "delay"])
    (home / "review").mkdir()
    book.save(home / "review" / "decisions.xlsx")


@pytest.mark.parametrize(
    "change",
    [_a_row_more, _a_row_changed, _an_export_gone, _a_setting, _a_theme, _a_decision],
)
def test_every_change_of_what_goes_in_is_noticed(
    cl: Any, home: Path, counts: list[str], change: Callable[[Path], None]
) -> None:
    looks = (("check",), ("figures", "-p", "2023"))
    for _ in range(2):
        for words in looks:
            cl(*words, "--workspace", home)
    assert counts == ["check", "count"]

    change(home)
    for words in looks:
        kept_says = cl(*words, "--workspace", home)
        assert kept_says == cl(*words, "--workspace", home, "--no-cache")
    assert counts == ["check", "count", *["check"] * 2, *["count"] * 2]


def test_another_day_period_or_program_counts_anew(
    home: Path, counts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(period: str = "2023") -> None:
        looking.overview(home, period, lambda _: None)

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date(2031, 1, 1)

    look()
    look("2022/23")
    assert counts == ["count"]
    look("2022-23Q1")
    monkeypatch.setattr(fingerprints, "program", lambda: {"python": "another"})
    look()
    monkeypatch.setattr(looking, "date", Tomorrow)
    look()
    assert counts == ["count"] * 4


def test_with_a_file_of_passwords_nothing_is_kept(
    cl: Any, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "words").write_text("open sesame\n", "utf-8")
    monkeypatch.setenv("CL_PASSWORD_FILE", str(tmp_path / "words"))
    cl("check", "--workspace", home)
    assert files(home) == []

    monkeypatch.delenv("CL_PASSWORD_FILE")
    cl("check", "--workspace", home)
    assert len(files(home)) == 1


def test_nothing_is_kept_of_files_that_were_saved_while_they_were_read(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.count

    def meanwhile(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        _a_row_changed(home)
        return found

    monkeypatch.setattr(pipeline, "count", meanwhile)
    looking.overview(home, "2023", lambda _: None)
    assert files(home) == []

    monkeypatch.setattr(pipeline, "count", real)
    looking.overview(home, "2023", lambda _: None)
    assert len(files(home)) == 1


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _other_number(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _of_another(path: Path) -> None:
    told = cache.parse(path.read_bytes(), _key_of(path))
    assert told is not None
    path.write_bytes(cache.dumps(cache.Cached(*("0" * 64, (), {}, (), frozenset(), (), ()))))


def _a_pickle(path: Path) -> None:
    path.write_bytes(pickle.dumps({"findings": None}))


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _a_link(path: Path) -> None:
    aside = path.with_suffix(".aside")
    path.rename(aside)
    path.symlink_to(aside)


def _key_of(path: Path) -> str:
    key = msgspec.msgpack.decode(path.read_bytes()[32:])["key"]
    assert isinstance(key, str)
    return key


@pytest.mark.parametrize("harm", [_cut, _other_number, _of_another, _a_pickle, _a_folder, _a_link])
def test_what_is_damaged_or_not_ours_is_passed_over_in_silence(
    cl: Any, home: Path, counts: list[str], harm: Callable[[Path], None]
) -> None:
    first = cl("figures", "-p", "2023", "--workspace", home)
    [path] = files(home)
    harm(path)

    assert cl("figures", "-p", "2023", "--workspace", home) == first
    assert counts == ["count", "count"]


def test_what_is_kept_is_private_and_holds_no_complaints_words(cl: Any, home: Path) -> None:
    for words in LOOKS:
        cl(*words, "--workspace", home)

    assert len(files(home)) == 3
    for path in files(home):
        assert not any(word.encode() in path.read_bytes() for word in ("rang us", WORDS))
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_not_even_an_approved_sentence_is_kept(home: Path) -> None:
    counted = pipeline.count(home, "2023")
    quoted = msgspec.structs.replace(counted.findings, quotations={"delay": (WORDS,)})
    found = cache.of("0" * 64, counted.checked, quoted)

    assert found.findings == msgspec.structs.replace(quoted, quotations={})
    assert WORDS.encode() not in cache.dumps(found)


def test_only_so_many_are_kept(home: Path) -> None:
    from complaints_learning.write import cache as writing

    found = cache.of("0" * 64, pipeline.check(home))
    for number in range(writing.KEPT + 3):
        writing.keep(home, msgspec.structs.replace(found, key=f"{number:064}"[::-1]))

    assert len(files(home)) == writing.KEPT


def test_a_workspace_that_keeps_nothing_works_as_well(cl: Any, home: Path) -> None:
    (home / cache.FOLDER).write_text("a file where the folder should be", "utf-8")

    for _ in range(2):
        assert cl("figures", "-p", "2023", "--workspace", home).code == 0


def test_a_report_never_believes_what_was_kept(cl: Any, home: Path) -> None:
    cl("figures", "-p", "2023", "--workspace", home)
    [path] = files(home)
    told = cache.parse(path.read_bytes(), _key_of(path))
    assert told is not None and told.findings is not None
    figures = {
        name: msgspec.structs.replace(one, value=99) for name, one in told.findings.figures.items()
    }
    findings = msgspec.structs.replace(told.findings, figures=figures)
    path.write_bytes(cache.dumps(cache.of(told.key, told.checked, findings)))
    cl("report", "-p", "2023", "--workspace", home)

    record = json.loads((home / "out" / "2022-23" / "run.json").read_text("utf-8"))
    assert record["figures"]["received"]["value"] == 7
