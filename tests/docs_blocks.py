"""The code blocks of a page of the docs, and how each kind is run.

    ```console               `$ cl ...` and `$ cd FOLDER` run here; other lines are what they say
    ```pycon                 a doctest
    ```toml file=PATH        the whole file PATH (any language); `add=PATH` adds to its end
    ```diff                  a change to our own source, applied to a copy of it; outside
                             docs/extending, to a file in this folder

Blocks of `text`, and toml or csv without a path, are for reading.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FENCE = re.compile(r"^( *)```([a-z]+)?(?: (file|add)=(\S+))?\n(.*?)^\1```$", re.M | re.S)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+[^)\s]*)\)")
KINDS = {"console", "pycon", "diff", "text", "toml", "csv", "jinja", "python", "json", "make"}
SOURCE = ("src/", "tests/", "templates/learning_report/", "docs/", "tools/")


@dataclass(frozen=True)
class Block:
    """A code block: its language, where its text goes ('file' or 'add', and a path), its line."""

    kind: str
    how: str
    path: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The page's code blocks in order."""
    whole = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(whole):
        indent, kind, how, path, text = found.groups()
        lines = [line.removeprefix(indent) for line in text.splitlines()]
        at = whole.count("\n", 0, found.start()) + 1
        yield Block(kind or "", how or "", path or "", "\n".join(lines) + "\n", at)


def run(page: Path, home: Path, cl: Callable[..., Any], ours: Path | None = None) -> int:
    """Run a page's blocks in folder `home`; how many ran. `ours` is a copy of our source."""
    ran, here, names = 0, home, dict[str, Any]()
    back = Path.cwd()
    try:
        for block in blocks(page):
            os.chdir(here)
            place = f"{page.name}, line {block.line}"
            assert block.kind in KINDS, f"{place}: a block needs a language that we know"
            if block.kind == "console":
                here = _console(block, here, cl, place)
            elif block.kind == "pycon":
                _doctest(block, place, names)
            elif block.kind == "diff":
                patch(ours or here, block.text, place)
            elif block.path:
                in_source = ours is not None and block.path.startswith(SOURCE)
                target = (ours if in_source and ours else here) / block.path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("a" if block.how == "add" else "w", encoding="utf-8") as file:
                    file.write("\n" * (block.how == "add") + block.text)
            else:
                continue
            ran += 1
    finally:
        os.chdir(back)
    return ran


def _console(block: Block, here: Path, cl: Callable[..., Any], place: str) -> Path:
    """Run the commands of a block; each line that is no command must be in what they print."""
    said, expected = "", []
    for line in block.text.splitlines():
        if not line.startswith("$ "):
            expected.append(" ".join(line.split()))
            continue
        name, *words = shlex.split(line[2:], comments=True)
        if name == "cd":
            here = here / words[0]
            os.chdir(here)
            continue
        assert name == "cl", f"{place}: {name} is not run by the tests; make it a text block"
        told = cl(*words)
        assert told.code in (0, 3), f"{place}: {line}\n{told.err}"
        said += told.out + told.err
    whole = " ".join(said.split())
    missing = [line for line in expected if line not in ("", "...") and line not in whole]
    assert missing == [], f"{place}: not printed: {missing}\n{said}"
    return here


def _doctest(block: Block, place: str, names: dict[str, Any]) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, names, place, place, block.line)
    told: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    runner = doctest.DocTestRunner(verbose=False, optionflags=flags)
    runner.run(test, out=told.append, clear_globs=False)
    names.update(test.globs)
    assert told == [], "".join(told)


def patch(root: Path, diff: str, place: str) -> None:
    """Apply a diff. A hunk's kept and removed lines must stand once in the file."""
    for part in re.split(r"^(?=--- )", diff, flags=re.M)[1:]:
        head, *hunks = re.split(r"^@@.*\n", part, flags=re.M)
        name = re.search(r"^\+\+\+ b/(\S+)$", head, re.M)
        assert name, f"{place}: the diff names no file"
        target = root / name[1]
        assert target.is_file(), f"{place}: {name[1]} is not there to change"
        text = target.read_text(encoding="utf-8")
        for hunk in hunks:
            lines = hunk.splitlines()
            old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in ("", " ", "-"))
            new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in ("", " ", "+"))
            assert text.count(old) == 1, f"{place}: {name[1]} no longer has:\n{old}"
            text = text.replace(old, new)
        target.write_text(text, encoding="utf-8")


def touched(page: Path) -> set[str]:
    """The files that a page's blocks make or change."""
    named = {block.path for block in blocks(page) if block.path}
    changed = {
        name
        for block in blocks(page)
        if block.kind == "diff"
        for name in re.findall(r"^\+\+\+ b/(\S+)$", block.text, re.M)
    }
    return named | changed
