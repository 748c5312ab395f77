"""Marks that carry figures, tables and charts through Jinja and Markdown unharmed.

A mark is a private-use character, a number and text. Private-use characters are removed from
all input when it is read, so nothing in a spreadsheet can forge one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from complaints_learning.nouns.report import Block, Text

_OPEN, _MIDDLE, _CLOSE, _BLOCK = "\ue000", "\ue001", "\ue002", "\ue003"
_RUN = re.compile(f"{_OPEN}(\\d+){_MIDDLE}([^{_CLOSE}]*){_CLOSE}")
_BLOCKS = re.compile(f"{_BLOCK}(\\d+){_BLOCK}")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!&])")
_STARTS = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+])(\s)")


def escape(text: str) -> str:
    """Text as Markdown that shows it letter by letter, whatever it holds.

    >>> escape("1. *Smith & Sons* <b>")
    '1\\\\. \\\\*Smith \\\\& Sons\\\\* \\\\<b\\\\>'
    """
    safe = _SPECIAL.sub(r"\\\1", text.replace("\r", " ").replace("\n", " "))
    return _STARTS.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}{m[6]}", safe)


@dataclass(slots=True)
class Marks:
    """The runs and blocks marked while one report is rendered."""

    _runs: list[Text] = field(default_factory=list)
    _placed: list[Block] = field(default_factory=list)

    def run(self, run: Text) -> str:
        """A mark for a live run; its text stays visible in the Markdown."""
        self._runs.append(run)
        return f"{_OPEN}{len(self._runs) - 1}{_MIDDLE}{escape(run.text)}{_CLOSE}"

    def block(self, block: Block) -> str:
        """A mark for a table or chart, standing as a paragraph of its own."""
        self._placed.append(block)
        return f"\n\n{_BLOCK}{len(self._placed) - 1}{_BLOCK}\n\n"

    def blocks_in(self, text: str) -> list[Block]:
        """The blocks marked in a paragraph's text, in order."""
        return [self._placed[int(found[1])] for found in _BLOCKS.finditer(text)]

    def runs_in(self, text: str, bold: bool, italic: bool, link: str) -> Iterator[Text]:
        """The text split into plain and live runs. `text` is after Markdown's unescaping."""
        at = 0
        for found in _RUN.finditer(text):
            if found.start() > at:
                yield Text(text[at : found.start()], bold, italic, link=link)
            live = self._runs[int(found[1])]
            yield Text(found[2], bold, italic, live.figure, live.link or link, live.ref)
            at = found.end()
        if at < len(text):
            yield Text(text[at:], bold, italic, link=link)


def unmarked(text: str) -> str:
    """Marked Markdown as plain text, for captions and alt text."""
    shown = _RUN.sub(lambda found: found[2], text)
    return re.sub(r"\\([\\`*_\[\]<>#|~!&.)+-])", r"\1", shown)


def first_letter(text: str) -> int:
    """Where the first visible letter stands, past an opening mark."""
    found = re.match(f"{_OPEN}\\d+{_MIDDLE}", text)
    return found.end() if found else 0
