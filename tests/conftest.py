"""What every test may use: the sample workspace, small workspaces, and `cl` in this process."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from complaints_learning.nouns.counted import Counted

# the same examples on every run where runs are compared; a thousand where somebody asks for them
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
)

sys.path.insert(0, str(Path(__file__).parent))  # the builders beside the tests

# what Python and Jinja compile is kept, whatever is around: else each `cl` that a test starts in
# a process of its own compiles all of ours again, and takes twice as long
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# modules and tests are no garbage: while they are loaded nothing looks for it, and later only
# among what is newer, and seldom. Looking took a twentieth of the tests' time.
gc.disable()

HEADER = ("Case Ref", "Date Received", "Date Responded", "Procedure", "Summary", "Outcome")
ORDINARY = {
    "Date Received": "10/05/2022",
    "Date Responded": "20/05/2022",
    "Procedure": "Statutory",
    "Summary": "Nobody rang us back for weeks although we left messages.",
    "Outcome": "Upheld",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the agreed outlines")


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@dataclass(frozen=True)
class Ran:
    """What one `cl` command gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def cl(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run `cl` with these words, in this process; what many tests make is made once for all."""
    import made_once
    from complaints_learning import cli
    from complaints_learning.commands import EXIT_CODES

    def run(*words: object) -> Ran:
        if words[:1] == (
            "report",
        ):  # then charts are drawn in this process, not in one for each test
            import complaints_learning.draw.png  # noqa: F401
        capsys.readouterr()
        with made_once.all_of_it():
            code = cli.run([str(word) for word in words])
        told = capsys.readouterr()
        assert code in EXIT_CODES, "docs/commands.md lists the exit codes from EXIT_CODES"
        return Ran(code, told.out, told.err)

    return run


@pytest.fixture
def prepared(
    cl: Callable[..., Ran], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Path]:
    """Run `cl` with these words in a workspace; into one of the same files goes a copy of what
    that left the first time."""
    import made_once

    def run(home: Path, *words: str) -> Path:
        def make() -> Path:
            ran = cl(*words, "--workspace", home)
            assert ran.code == 0, ran.err
            return shutil.copytree(home, tmp_path_factory.mktemp("prepared") / "home")

        asked = (words, made_once.files(home))
        shutil.copytree(made_once.once("prepared", asked, make), home, dirs_exist_ok=True)
        return home

    return run


@pytest.fixture
def counted_once() -> Iterator[None]:
    """The same files and period are counted once, and a template is compiled once, for all tests
    that ask for this."""
    import made_once

    with made_once.templates(), made_once.counting():
        yield


@pytest.fixture
def drawn_once() -> Iterator[None]:
    """The same charts are drawn once, in this process, for all tests that ask for this."""
    import complaints_learning.draw.png  # noqa: F401
    import made_once

    with made_once.all_of_it():
        yield


@pytest.fixture
def a_workspace(tmp_path: Path) -> Callable[..., Path]:
    """A small workspace: an ordinary register, changed as the test asks."""
    import made_once

    def made(
        rows: Iterable[Mapping[str, object]] = ({},),
        header: Iterable[str] = HEADER,
        settings: str = "",
        folder: str = "workspace",
    ) -> Path:
        home = tmp_path / folder
        (home / "register").mkdir(parents=True)
        (home / "cl.toml").write_text(
            settings
            or "[sources]\nmonitoring = []\nactions = []\nassurance = []\n"
            "activity = []\npopulation = []\ncomparators = []\n",
            encoding="utf-8",
        )
        titles = list(header)
        full = [
            {"Case Ref": f"C{number:03d}", **ORDINARY, **row}
            for number, row in enumerate(rows, start=1)
        ]
        cells = [titles, *([row.get(title) for title in titles] for row in full)]
        (home / "register" / "complaints.xlsx").write_bytes(made_once.book(cells))
        return home

    return made


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace, as `cl sample` writes it. Tests do not change it."""
    from complaints_learning import write
    from complaints_learning.read import places

    folder = tmp_path_factory.mktemp("sample") / "demo"
    write.sample(places.shipped("sample_data"), folder)
    return folder


@pytest.fixture(scope="session")
def full(sample: Path) -> Counted:
    """The sample council counted for 2022-23, on 1 September 2023."""
    from complaints_learning import pipeline

    return pipeline.count(sample, "2023", date(2023, 9, 1))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running browser."""
    import browser

    with browser.started() as running:
        yield running
