"""How wide text is, and how it breaks into lines, in the font that charts are drawn with.

The font is DejaVu Sans: the same file on every machine, so pictures are too.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

EM = 1000


@cache
def font_file() -> str:
    """DejaVu Sans as matplotlib ships it, found without importing matplotlib, which is slow."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib, which brings the font DejaVu Sans")
    return str(Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf")


@cache
def font(size: float) -> FreeTypeFont:
    """The font at a size in pixels."""
    from PIL import ImageFont  # only where something is drawn, which is in a process of its own

    return ImageFont.truetype(font_file(), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def width(text: str, size: float) -> float:
    """The width in points.

    >>> width("Communication", 10) < width("Communication", 20)
    True
    """
    return font(EM).getlength(text) / EM * size


def printable(text: str) -> str:
    r"""The text with characters that the font does not have shown as '?', on one line.

    >>> printable("Caf\u00e9 \n \ue123")
    'Café ?'
    """
    return "".join(c if _known(c) else "?" for c in " ".join(text.split()))


@cache
def _known(character: str) -> bool:
    if " " <= character <= "~":
        return True
    if not character.isprintable():
        return False
    shapes = [font(20).getmask(one) for one in (character, "\uffff")]
    return shapes[0].size != shapes[1].size or bytes(shapes[0]) != bytes(shapes[1])


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
