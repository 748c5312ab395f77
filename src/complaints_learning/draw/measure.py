"""How wide text is, and how it breaks into lines, in the font that charts are drawn with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font


def font_file(bold: bool) -> Path:
    """matplotlib's own DejaVu Sans: the same on every machine, so pictures are too."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name


@cache
def _advances(bold: bool) -> tuple[FT2Font, dict[int, int]]:
    font = FT2Font(str(font_file(bold)))
    font.set_size(100, 72)
    return font, dict(font.get_charmap())


@cache
def _units(text: str, bold: bool) -> float:
    font, _ = _advances(bold)
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 6400


def width(text: str, size: float, bold: bool = False) -> float:
    """The width in points.

    >>> width("Communication", 10) < width("Communication", 20)
    True
    """
    return _units(text, bold) * size if text else 0.0


def printable(text: str) -> str:
    r"""The text with characters that the font does not have shown as '?', on one line.

    >>> printable("Caf\u00e9 \n \ue123")
    'Café ?'
    """
    _, known = _advances(False)
    return "".join(c if ord(c) in known else "?" for c in " ".join(text.split()))


def lines(text: str, size: float, room: float, most: int = 3) -> tuple[str, ...]:
    """The text broken at spaces to fit the room; what is over the last line is cut with '...'.

    >>> lines("Education, health and care", 10, 70)
    ('Education,', 'health and', 'care')
    """
    made: list[str] = []
    for word in text.split():
        if made and width(f"{made[-1]} {word}", size) <= room:
            made[-1] += f" {word}"
        else:
            made.append(word)
    made, over = made[:most], made[most:]
    cut = [_cut(line, size, room) for line in made]
    if over:
        cut[-1] = _cut(f"{made[-1]} {over[0]}" + "…", size, room)
    return tuple(cut)


def _cut(line: str, size: float, room: float) -> str:
    if width(line, size) <= room:
        return line
    while line and width(line + "…", size) > room:
        line = line[:-1]
    return line.rstrip(" …") + "…"
