"""Make faults and count what breaks: half files, lost decisions, tracebacks. Writes docs.

python tests/faults/run.py [KILLS]   every fault, and docs/reliability.md from what was counted

Runs are forked from a warm process, so that a kill falls into the work and not into Python's
start. Needs POSIX; `tests/test_faults.py` runs a short form of the same.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from openpyxl import Workbook, load_workbook

from complaints_learning import __version__, cli
from complaints_learning.nouns import cache, sealed

ROOT = Path(__file__).resolve().parent.parent.parent
SEAL = len(sealed.seal("", b""))
HEADER = ("Case Ref", "Date Received", "Date Responded", "Procedure", "Summary", "Outcome")
OUTPUTS = ("learning-report.docx", "learning-report.html", "learning-report.xlsx", "run.json")
REPORT = ("report", "-p", "2023", *(w for kind in ("docx", "html", "xlsx") for w in ("-f", kind)))


@dataclass
class Count:
    """What was done and what broke; `codes` are the exit codes seen."""

    name: str
    runs: int = 0
    half_files: int = 0
    lost_decisions: int = 0
    tracebacks: int = 0
    left_over: int = 0
    orphans: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def broken(self) -> int:
        lost = self.half_files + self.lost_decisions + self.tracebacks
        return lost + self.left_over + self.orphans


class Place:
    """A workspace with two versions of its register, and the outputs that each must give."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "workspace"
        self.out = self.home / "out" / "2022-23"
        self.register = self.home / "register" / "complaints.xlsx"
        self.decisions = self.home / "review" / "decisions.xlsx"
        self.edited = folder / "edited.docx"
        self.refreshed = folder / "edited-refreshed.docx"
        self.register.parent.mkdir(parents=True)
        (self.home / "cl.toml").write_text("[report]\ndate = 2023-09-01\n", encoding="utf-8")
        self.versions = [_register(20), _register(26)]
        self.good: set[str] = set()
        self.use(0)
        assert self.run("review", "-p", "2023") in (0, 3)
        self.decided = self._decide()
        for number in (0, 1):
            self.use(number)
            assert self.run(*REPORT) in (0, 3)
            if number == 0:
                shutil.copyfile(self.out / OUTPUTS[0], self.edited)
            assert self.run("refresh", self.edited, "-o", self.refreshed) in (0, 3)
            self.good |= {_mark(path) for path in (*self._outputs(), self.refreshed)}

    def use(self, number: int) -> None:
        """Put version `number` of the register in place, in one step."""
        new = self.register.with_name(".new")
        new.write_bytes(self.versions[number])
        new.replace(self.register)

    def words(self, *words: object) -> list[str]:
        told = [str(word) for word in words]
        return [*told, "-w", str(self.home)]

    def run(self, *words: object) -> int:
        code, _ = finish(start(self.words(*words)))
        return code

    def _outputs(self) -> list[Path]:
        return [self.out / name for name in OUTPUTS if name != "run.json"]

    def _decide(self) -> dict[str, str]:
        """Decide three complaints, as a person would."""
        book = load_workbook(self.decisions)
        sheet = book.worksheets[0]
        titles = [cell.value for cell in sheet[1]]
        column = titles.index("Theme 1") + 1
        for row in (2, 3, 4):
            sheet.cell(row, column).value = "Communication"
        book.save(self.decisions)
        return self.said()

    def said(self) -> dict[str, str]:
        """What the workbook says a person decided, by reference."""
        sheet = load_workbook(self.decisions).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        at = rows[0].index("Theme 1")
        return {str(row[0]): str(row[at]) for row in rows[1:] if row[at]}

    def look(self, count: Count) -> None:
        """Count what is broken in the workspace now."""
        for path in (*self._outputs(), self.refreshed):
            if path.exists() and _mark(path) not in self.good:
                count.half_files += 1
        with contextlib.suppress(FileNotFoundError):
            try:
                json.loads((self.out / "run.json").read_text(encoding="utf-8"))
            except ValueError:
                count.half_files += 1
        for path in (self.home / ".cl").glob("*.npz"):
            try:
                with np.load(path, allow_pickle=False) as kept:
                    [kept[name] for name in kept.files]
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
                count.half_files += 1
        for path in (self.home / ".cl").glob("kept-*.bin"):
            count.half_files += not _whole(path.read_bytes())
        try:
            lost = self.said() != self.decided
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            lost = True
        count.lost_decisions += lost

    def left(self) -> list[Path]:
        """Files that nobody asked for, after a run that was not killed."""
        folders = (self.out, self.home / "review", self.refreshed.parent, self.home)
        found = [path for at in folders for path in at.glob(".*") if path.name != ".cl"]
        return [*found, *(self.home / ".cl").glob(".*")]

    def age(self) -> None:
        """Make what was left over two days old, so that nobody can be writing it."""
        for path in self.left():
            long_ago = time.time() - 2 * 24 * 60 * 60
            os.utime(path, (long_ago, long_ago))


def _register(rows: int) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    for n in range(rows):
        words = "Nobody rang us back for weeks although we left messages."
        row = (f"C{n:03d}", f"{n % 28 + 1:02d}/05/2022", "20/06/2022", "Statutory", words, "Upheld")
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _mark(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _whole(kept: bytes) -> bool:
    """Whether a kept file is what its own key was sealed with."""
    try:
        key = msgspec.msgpack.decode(kept[SEAL:])["key"]
    except (msgspec.DecodeError, KeyError, TypeError):
        return False
    return cache.parse(kept, key) is not None


@dataclass
class Started:
    """A run in a process of its own, and the file that takes what it prints."""

    pid: int
    told: Path


def start(words: list[str], before: Callable[[], None] = lambda: None) -> Started:
    """Begin `cl` in a fork of this process."""
    handle, name = tempfile.mkstemp(prefix="cl-faults-")
    pid = os.fork()
    if pid == 0:
        os.setsid()  # what it starts can be told by its session
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8")
        sys.stderr = io.TextIOWrapper(
            os.fdopen(2, "wb", closefd=False), encoding="utf-8", line_buffering=True
        )
        code = 1
        try:
            before()
            cli.main(words)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0
        except BaseException:
            os.write(handle, traceback.format_exc().encode())
        finally:
            os._exit(code)
    os.close(handle)
    return Started(pid, Path(name))


def finish(run: Started) -> tuple[int, str]:
    """Wait for a run: its exit code (minus the signal that killed it) and what it printed."""
    _, status = os.waitpid(run.pid, 0)
    told = run.told.read_text(encoding="utf-8", errors="replace")
    run.told.unlink()
    return os.waitstatus_to_exitcode(status), told


def still_running(session: int, seconds: float = 30.0) -> int:
    """How many processes that a run started are there some seconds after its end."""
    until = time.monotonic() + seconds
    while True:
        alive = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                told = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
                alive += told[0] != "Z" and int(told[3]) == session
        if not alive or time.monotonic() > until:
            return alive
        time.sleep(0.1)


def judge(count: Count, place: Place, code: int, told: str) -> None:
    """Count one run that ended with `code` and printed `told`."""
    count.runs += 1
    count.codes[str(code)] += 1
    if "Traceback" in told or "mistake of our own" in told or code == 1:
        count.tracebacks += 1
        sys.stderr.write(told)
    place.look(count)


def kills(place: Place, times: int, chance: random.Random) -> Iterator[Count]:
    """kill -9, SIGTERM and Ctrl+C at random moments over report, review and refresh."""
    commands = {
        "report": REPORT,
        "review": ("review", "-p", "2023"),
        "refresh": ("refresh", place.edited, "-o", place.refreshed),
        "figures": ("figures", "-p", "2023"),  # it keeps what it counted
    }
    took = {}
    for name, words in commands.items():
        began = time.monotonic()
        place.run(*words)
        took[name] = time.monotonic() - began
    for number, name in ((9, "kill -9"), (15, "SIGTERM"), (2, "Ctrl+C")):
        count = Count(name)
        for turn in range(times if number == 9 else times // 6):
            what = list(commands)[turn % 4]
            place.use(turn // 4 % 2)
            run = start(place.words(*commands[what]))
            time.sleep(chance.random() * took[what] * 1.1)
            with contextlib.suppress(ProcessLookupError):
                os.kill(run.pid, signal.Signals(number))
            judge(count, place, *finish(run))
            count.orphans += still_running(run.pid)
            if number != 9:
                count.left_over += len(place.left())
        place.age()
        # the next runs tidy up after those that were killed
        for words in commands.values() if place.left() else ():
            place.run(*words)
        count.left_over += len(place.left())
        for path in place.left():
            sys.stderr.write(f"left over: {path}\n")
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True)
        yield count


def full_disk(place: Place, error: int, name: str, most: int = 400) -> Count:
    """The n-th call that writes fails, for every n until a run has no n-th one."""
    count = Count(name)
    for words in (
        REPORT,
        ("review", "-p", "2023"),
        ("refresh", place.edited, "-o", place.refreshed),
    ):
        for nth in range(1, most):
            code, told = finish(start(place.words(*words), lambda n=nth: _failing(n, error)))
            judge(count, place, code, told)
            count.left_over += len(place.left())
            if code in (0, 3):
                break
    return count


def small_disk(folder: Path, step: int = 64) -> list[Count]:
    """A real disk with so much room, then `step` KB more, until a run fits; then read-only.

    Root alone may mount one: else nothing, and the page says so.
    """
    disk = folder / "disk"
    disk.mkdir(parents=True)
    mounted = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mounted, capture_output=True, check=False).returncode:
        return []
    try:
        place = Place(disk)
        full, only = Count("a real disk with too little room"), Count("a real disk, read-only")
        ballast = disk / "ballast"
        for words in (
            REPORT,
            ("review", "-p", "2023"),
            ("refresh", place.edited, "-o", place.refreshed),
        ):
            for room in range(0, 4000, step):
                ballast.unlink(missing_ok=True)
                free = shutil.disk_usage(disk).free - room * 1024
                ballast.write_bytes(bytes(max(free, 0)))
                run = start(place.words(*words))
                code, told = finish(run)
                judge(full, place, code, told)
                full.orphans += still_running(run.pid)
                full.left_over += len(place.left())
                if code in (0, 3):
                    break
        ballast.unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for words in (
            REPORT,
            ("review", "-p", "2023"),
            ("refresh", place.edited, "-o", place.refreshed),
            ("check",),
        ):
            judge(only, place, *finish(start(place.words(*words))))
        return [full, only]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def _failing(nth: int, error: int) -> None:
    """From the `nth` call that writes on, every one fails: a disk stays full."""
    calls = 0

    def wrapped(call: Callable[..., Any], writes: Callable[..., bool]) -> Callable[..., Any]:
        def inner(*args: Any, **named: Any) -> Any:
            nonlocal calls
            if writes(*args):
                calls += 1
                if calls >= nth:
                    raise OSError(error, os.strerror(error))
            return call(*args, **named)

        return inner

    def always(*_: object) -> bool:
        return True

    for name in ("fsync", "mkdir", "link", "replace", "rename"):
        setattr(os, name, wrapped(getattr(os, name), always))
    os.open = wrapped(os.open, lambda _, flags, *rest: bool(flags & (os.O_WRONLY | os.O_RDWR)))


def replaced_input(place: Place, times: int, chance: random.Random) -> Count:
    """The register is replaced, and written over in place, while runs read it."""
    count = Count("input replaced while it is read")
    for turn in range(times):
        run = start(place.words(*REPORT))
        for flip in range(8):
            time.sleep(chance.random() * 0.08)
            place.use(flip % 2)
            if turn % 2:
                place.register.write_bytes(place.versions[flip % 2])
        judge(count, place, *finish(run))
    place.use(0)
    return count


def crowd(place: Place, size: int) -> Count:
    """So many runs at once in one workspace."""
    count = Count(f"{size} runs at once")
    for code, told in [finish(run) for run in [start(place.words(*REPORT)) for _ in range(size)]]:
        judge(count, place, code, told)
        if code not in (0, 3, 4):
            count.tracebacks += 1
    count.left_over += len(place.left())
    return count


def surroundings(place: Place) -> Count:
    """Locale, time zone, no HOME, and nobody who reads the answer."""
    count = Count("locale, time zone, clock, no HOME, output closed")

    def around(**said: str) -> Callable[[], None]:
        def change() -> None:
            os.environ.pop("HOME", None)
            os.environ.update(said)
            time.tzset()

        return change

    def clock(seconds: float) -> Callable[[], None]:
        """The clock as it would be had somebody set it."""
        told = time.time

        def change() -> None:
            time.time = lambda: told() + seconds

        return change

    def blind() -> None:
        for number in (0, 1, 2):
            with contextlib.suppress(OSError):
                os.close(number)
        sys.stdout = sys.stderr = None

    def deaf() -> None:
        read, write = os.pipe()
        os.close(read)
        os.dup2(write, 1)

    for before in (
        around(LC_ALL="tr_TR.UTF-8", TZ="Asia/Kathmandu"),
        around(LC_ALL="fr_FR.ISO-8859-1", TZ="Pacific/Kiritimati"),
        around(LC_ALL="C", TZ="nonsense"),
        clock(-20 * 365 * 86400),
        clock(20 * 365 * 86400),
        deaf,
        blind,
    ):
        for words in (
            REPORT,
            ("figures", "-p", "2023"),
            ("refresh", place.edited, "-o", place.refreshed),
        ):
            judge(count, place, *finish(start(place.words(*words), before)))
    return count


def everything(folder: Path, times: int, size: int, seed: int = 9) -> list[Count]:
    """Every fault, counted; several at a time, each in a workspace of its own."""
    jobs: list[Callable[[Place, random.Random], list[Count]]] = [
        *[lambda place, chance: list(kills(place, times // 6, chance))] * 6,
        lambda place, _: [full_disk(place, errno.ENOSPC, "disk full at each write")],
        lambda place, _: [full_disk(place, errno.EROFS, "read-only at each write")],
        lambda place, _: small_disk(place.home.parent),
        lambda place, chance: [
            replaced_input(place, max(times // 15, 2), chance),
            crowd(place, size),
            surroundings(place),
        ],
    ]
    running, found = [], []
    for number, job in enumerate(jobs):
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            counts = job(Place(folder / str(number)), random.Random(seed + number))
            with os.fdopen(write, "wb") as file:
                file.write(pickle.dumps(counts))
            os._exit(0)
        os.close(write)
        running.append((pid, read))
    for pid, read in running:
        with os.fdopen(read, "rb") as file:
            found += pickle.loads(file.read())
        os.waitpid(pid, 0)
    return together(found)


def together(counts: list[Count]) -> list[Count]:
    """The counts of one fault, made in several workspaces at once, as one."""
    found: dict[str, Count] = {}
    for one in counts:
        kept = found.setdefault(one.name, Count(one.name))
        for part in ("runs", "half_files", "lost_decisions", "tracebacks", "left_over", "orphans"):
            setattr(kept, part, getattr(kept, part) + getattr(one, part))
        kept.codes += one.codes
    return list(found.values())


def page(counts: list[Count]) -> str:
    """docs/reliability.md."""
    lines = [
        "# Reliability: faults made, and what broke",
        "",
        "<!-- Written by `make faults`; do not edit. -->",
        "",
        f"Version {__version__}, {datetime.now(UTC):%d %B %Y}, {sys.platform}, Python "
        f"{sys.version_info.major}.{sys.version_info.minor}: {sum(one.runs for one in counts):,} "
        f"runs, {sum(one.half_files for one in counts)} half files, "
        f"{sum(one.lost_decisions for one in counts)} lost decisions, "
        f"{sum(one.tracebacks for one in counts)} tracebacks.",
        "",
        "Each row is a kind of fault, made on a workspace whose register changes between runs.",
        "After every run each file must be the old one or the new one byte for byte, every",
        "decision of a person must be there, and nothing may print a traceback. Left over are",
        "files in the making that a run which could tidy up did not, or, after `kill -9`, the next",
        "runs did not remove. Orphans are processes that a run started and that outlived it by",
        "half a minute. Charts are drawn in a second process, which sees the end of its run once",
        "it has loaded: on a busy computer that takes some seconds.",
        "",
        "| fault | runs | half files | lost decisions | tracebacks | left over | orphans "
        "| exit codes |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for one in counts:
        codes = ", ".join(f"{code}: {n}" for code, n in sorted(one.codes.items()))
        lines.append(
            f"| {one.name} | {one.runs} | {one.half_files} | {one.lost_decisions} "
            f"| {one.tracebacks} | {one.left_over} | {one.orphans} | {codes} |"
        )
    lines += [
        "",
        "A negative exit code is the signal that ended the process. Kills fall at random moments",
        "over report, review, refresh and figures. 'At each write' lets the first write fail, then",
        "the second, and so on until a run has no such write. The real disks are small ones in",
        "memory, mounted for the test; that needs root, and without it these rows are missing.",
        "",
        "What is not claimed: files of one run are put in place one after the other, within a few",
        "thousandths of a second. A kill between two of them can leave a new report beside an",
        "older data pack, each whole; the run record is put in place last, so `cl report",
        "--if-changed` sees that they do not belong together and makes them again.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Run all and write the page; leaves with 1 when anything broke."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        counts = everything(Path(folder), times, 50)
    text = page(counts)
    (ROOT / "docs" / "reliability.md").write_text(text, encoding="utf-8", newline="\n")
    print(text)
    raise SystemExit(1 if any(one.broken for one in counts) else 0)


if __name__ == "__main__":
    main()
