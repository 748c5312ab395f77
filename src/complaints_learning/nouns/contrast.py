"""How clearly one colour stands out from another: two colours in, their contrast out."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(1024)
def ratio(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21: six digits each, with or without '#'.

    Web Content Accessibility Guidelines 2.2, contrast ratio and relative luminance.

    >>> round(ratio("000000", "FFFFFF")), round(ratio("#FFFFFF", "#12436D"), 1)
    (21, 10.2)
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
