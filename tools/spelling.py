"""Say which words of the user-facing text are misspelt or spelt the American way.

python tools/spelling.py     leaves with 1 when there is one

The words are codespell's: its list of misspellings, and its British-to-American list turned round.
Looked at: the docs, the text templates, and every sentence in the source (messages, help,
docstrings): a sentence is a text with a space in it. Nothing is fetched.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORD = re.compile(r"(?<!\w)[A-Za-z][a-z]+(?:'[a-z]+)?(?!\w)")
CODE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|\{[{%#].*?[}%#]\}|https?://\S+", re.S)
MEANT = frozenset(
    (
        # right in British English too, with another meaning or another part of speech
        *("practice", "practices", "license", "licenses", "program", "programs", "check", "checks"),
        *("draft", "drafts", "drafted", "drafting", "story", "stories", "meter", "meters", "curb"),
        *("inquiry", "inquiries", "connection", "connections", "disk", "disks"),
        # what codespell takes for a slip and is none here
        *("fo", "nd", "te", "ot", "caf"),
        # names: of a family, of a place in a style sheet
        *("gray", "center"),
    )
)
AS_TYPED = ("check/vocabulary.py", "nouns/columns/", "classify/", "protect/patterns.py")
"""Words as other people type them, which these look for."""
TEXTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")


def dictionary() -> dict[str, str]:
    """Each wrong spelling with the right one."""
    data = files("codespell_lib") / "data"
    wrong = {}
    for line in (data / "dictionary.txt").read_text(encoding="utf-8").splitlines():
        bad, _, good = line.partition("->")
        wrong[bad.lower()] = good.strip(" ,")
    for line in (data / "dictionary_en-GB_to_en-US.txt").read_text(encoding="utf-8").splitlines():
        british, _, american = line.partition("->")
        for word in american.split(","):
            if word.strip():
                wrong[word.strip().lower()] = british
        wrong.pop(british.lower(), None)
    return {bad: good for bad, good in wrong.items() if bad not in MEANT}


def sentences() -> Iterator[tuple[str, int, str]]:
    """Every text a person may read: file, line and the text, code taken out."""
    pages = [ROOT / name for name in TEXTS] + sorted((ROOT / "docs").rglob("*.md"))
    pages += sorted((ROOT / "templates").rglob("*.md.j2"))
    for path in pages:
        if path.is_file():
            text = CODE.sub(_blank, path.read_text(encoding="utf-8"))
            for number, line in enumerate(text.splitlines(), 1):
                yield path.relative_to(ROOT).as_posix(), number, line
    source = ROOT / "src" / "complaints_learning"
    for path in sorted(source.rglob("*.py")):
        if path.relative_to(source).as_posix().startswith(AS_TYPED):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                text = CODE.sub(_blank, node.value)
                yield path.relative_to(ROOT).as_posix(), node.lineno, text


def _blank(found: re.Match[str]) -> str:
    return "".join(c if c == "\n" else " " for c in found[0])


def found() -> list[str]:
    """A line for each wrong word."""
    wrong = dictionary()
    return [
        f"{name}:{line}: {word} -> {wrong[word.lower()]}"
        for name, line, text in sentences()
        for word in WORD.findall(text)
        if word.lower() in wrong
    ]


if __name__ == "__main__":
    told = found()
    print("\n".join(told))
    sys.exit(1 if told else 0)
