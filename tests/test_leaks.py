"""Two hundred invented names, numbers and places are planted; none may come out in public."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from complaints_learning.read import finished

SETTINGS = """
[sources]
register = ["register/*.xlsx"]
monitoring = ["monitoring/*.xlsx"]
actions = ["actions.xlsx"]
assurance = []
activity = []
population = []
comparators = []
"""
HEADER = (
    *("Case Ref", "Date Received", "Date Responded", "Procedure", "Outcome", "Service"),
    *("Complainant Name", "Child Name", "DOB", "Address", "Postcode", "Telephone", "Email"),
    *("NHS Number", "Social Worker", "Summary"),
)
FORM = ("ID", "Name", "Email", "Complaint reference", "Service", "Learning identified")
SAID = (
    "Nobody rang us back about {child} although {worker} promised at {place}. Ring {phone}.",
    "The social worker was rude to {child} outside {place} and {worker} laughed.",
    "The EHC plan for {child} at {place} was nine months late, said {worker}.",
)


class Plants:
    """Invented people and places, the same for the same seed; `all` remembers every one."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.all: list[str] = []

    def put(self, text: str) -> str:
        self.all.append(text)
        return text

    def word(self) -> str:
        start = self.random.choice(["Zor", "Quel", "Vath", "Ximb", "Oryv", "Jesk", "Ulfr", "Wyxt"])
        middle = self.random.choice(["and", "ith", "oma", "ule", "evra", "isk"])
        end = self.random.choice(["ria", "thorpe", "wick", "mere", "dane", "ulla", "ova"])
        return f"{start}{middle}{end}{self.random.choice('aeiou')}x"

    def name(self) -> str:
        return self.put(f"{self.word()} {self.word()}")

    def place(self) -> str:
        return self.put(f"{self.word()} Primary School")

    def phone(self) -> str:
        return self.put(f"07700 900{self.random.randrange(1000):03}")

    def nhs(self) -> str:
        while True:
            nine = [self.random.randrange(10) for _ in range(9)]
            check = 11 - sum(d * (10 - i) for i, d in enumerate(nine)) % 11
            if check != 10:
                digits = "".join(map(str, [*nine, check % 11]))
                return self.put(f"{digits[:3]} {digits[3:6]} {digits[6:]}")


def planted(home: Path, *, actions: bool) -> Plants:
    """A workspace of 24 complaints and 12 forms with 200 plants, some in actions if asked."""
    plants = Plants(seed=7)
    for folder in ("register", "monitoring"):
        (home / folder).mkdir(parents=True)
    (home / "cl.toml").write_text(SETTINGS, encoding="utf-8")
    rows, workers = [], []
    for number in range(24):
        child, worker, place, phone = (
            *(plants.name(), plants.name()),
            *(plants.place(), plants.phone()),
        )
        workers.append(worker)
        said = SAID[number % 3].format(child=child, worker=worker, place=place, phone=phone)
        outcome = ("Upheld", "Not upheld")[number % 2]
        rows.append(
            (
                *(f"REF-{70300 + number}", f"{number % 28 + 1:02}/05/2022", "20/06/2022"),
                *("Statutory", outcome, "Front Door", plants.name(), child),
                *(f"14/03/{2005 + number % 12}", f"{number + 3} {plants.put(plants.word())} Lane"),
                *(f"ZE{number % 9 + 1} 4QX", phone, f"{plants.put(plants.word())}@post.example"),
                *(plants.nhs(), worker, said),
            )
        )
    forms = [
        (
            *(number, plants.name(), f"{plants.put(plants.word())}@council.example"),
            *(f"REF-{70300 + number}", "Front Door", f"{workers[number]} must ring back."),
        )
        for number in range(12)
    ]
    done = [
        (
            "REF-70301",
            "Communication",
            f"Train {worker} to ring back",
            "Head of Service",
            "01/09/2022",
        )
        for worker in (workers if actions else [])
    ]
    titles = ("Complaint Ref", "Theme", "Action", "Owner", "By when")
    _save(home / "register" / "log.xlsx", HEADER, rows)
    _save(home / "monitoring" / "forms.xlsx", FORM, forms)
    _save(home / "actions.xlsx", titles, done or [("", "Delay", "Ring back", "Head", "01/09/2022")])
    return plants


def _save(path: Path, header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(row)
    book.save(path)


def everything_in(folder: Path) -> str:
    """All that a curious reader could find in the files: texts as read, and every raw byte."""
    said = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        said += [path.name, data.decode("utf-8", "ignore"), data.decode("utf-16-le", "ignore")]
        if path.suffix != ".pdf":
            said += [piece.text for piece in finished.texts(path.name, data)]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as files:
                said += [files.read(name).decode("utf-8", "ignore") for name in files.namelist()]
    return "\n".join(said)


def leaked(plants: Plants, text: str) -> list[str]:
    """Plants, or any of their words that is not an English one, in a text."""
    low = text.casefold()
    words = {w for plant in plants.all for w in plant.split() if len(w) > 6}
    words -= {"Primary", "School"}
    return [plant for plant in {*plants.all, *words} if plant.casefold() in low]


FORMATS = ("--format", "docx", "--format", "html", "--format", "xlsx")


def test_two_hundred_plants_never_come_out_in_public(
    tmp_path: Path, cl: Callable[..., Any]
) -> None:
    home = tmp_path / "home"
    plants = planted(home, actions=False)
    assert len(plants.all) >= 200
    out = tmp_path / "out"
    common = ("--period", "2023", "--workspace", home)
    told = [
        cl("report", *common, "--out", out, *FORMATS),
        cl("report", *common, "--out", out, "--json"),
        cl("figures", *common),
        cl("figures", *common, "--json"),
        cl("check", "--workspace", home),
        cl("check", "--workspace", home, "--json"),
    ]
    assert told[0].code in (0, 3), told[0].err
    assert {path.suffix for path in out.iterdir()} == {".docx", ".html", ".json", ".xlsx"}
    said = "\n".join(ran.out + ran.err for ran in told)
    assert leaked(plants, everything_in(out) + said) == []


def test_plants_in_an_action_stop_the_public_report_and_stand_in_the_internal_one(
    tmp_path: Path, cl: Callable[..., Any]
) -> None:
    home = tmp_path / "home"
    plants = planted(home, actions=True)
    out = tmp_path / "out"
    out.mkdir()
    (out / "learning-report.docx").write_bytes(b"last year's")
    common = ("--period", "2023", "--workspace", home, "--out", out)

    public = cl("report", *common, *FORMATS)

    assert public.code == 2
    assert "the public report would tell something private in" in public.err
    assert leaked(plants, public.out + public.err) == []
    assert [path.name for path in out.iterdir()] == ["learning-report.docx"]
    assert (out / "learning-report.docx").read_bytes() == b"last year's"

    (out / "learning-report.docx").unlink()
    internal = cl("report", *common, *FORMATS, "--edition", "internal")

    assert internal.code in (0, 3), internal.err
    said = everything_in(out)
    in_actions = [plant for plant in plants.all if f"Train {plant} to" in said]
    assert len(in_actions) == 24
    assert set(in_actions) <= set(leaked(plants, said))


def test_a_hit_leaves_no_folder_that_was_not_there(tmp_path: Path, cl: Callable[..., Any]) -> None:
    home = tmp_path / "home"
    planted(home, actions=True)
    assert cl("report", "--period", "2023", "--workspace", home).code == 2
    assert not (home / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("edition", ["public", "internal"])
def test_nobody_else_may_read_what_is_written(
    tmp_path: Path, cl: Callable[..., Any], edition: str
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    planted(home, actions=False)
    cl("report", "--period", "2023", "--workspace", home, "--out", out, "--edition", edition)
    assert {path.stat().st_mode & 0o077 for path in out.iterdir()} == {0}
