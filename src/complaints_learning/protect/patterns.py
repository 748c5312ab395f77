"""Text in, what looks like it could identify somebody out: the shapes that need no list of names.

Our own short expressions rather than a library: `python-stdnum` is LGPL for the five lines of
the NHS checksum, and `phonenumbers` costs a large import to be told what a British number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Lord|Rev|Revd|Cllr|Councillor)"
_NAME = r"[A-Z\u00C0-\u00DE][\w'\u2019-]*[a-z\u00DF-\u00FF][\w'\u2019-]*"
_STREETS = (
    r"(?:Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Crescent|Grove|Terrace|Gardens|Court|Place|"
    r"Way|Walk|Row|Mews|Square|Hill|Rise|View|Green|Parade|Croft|Fold|Mount)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{2,4}})"

_NO_FINGERPRINT = r"(?![\da-f]{64}\b)"
"""One SHA-256 in 2,000 begins as a telephone number does, and a run record has some of them."""

SHAPES: dict[str, re.Pattern[str]] = {
    "email": re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"),
    "postcode": re.compile(
        r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b"
        r"|\b[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}\b"
    ),
    "NHS number": re.compile(r"(?<![\w.,/-])\d{3}([ -]?)\d{3}\1\d{4}(?!\w|[.,/-]\d)"),
    "telephone": re.compile(
        rf"(?<![\w.,/-]){_NO_FINGERPRINT}"
        r"(?:\+44 ?(?:\(0\) ?)?|\(?0)"
        r"(?:[1-378]\d(?:[ ()-]{0,2}\d){7,8})(?!\d|[.,/-]\d)"
    ),
    "National Insurance number": re.compile(
        r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b",
        re.IGNORECASE,
    ),
    "date of birth": re.compile(
        rf"\b(?:d\.?o\.?b\.?|born(?: on)?|date of birth|birthday)\b[ :,]*(?:is |was |on )?{_DAY}",
        re.IGNORECASE,
    ),
    "address": re.compile(
        rf"\b(?:Flat|Apartment|Unit)? ?\d{{1,4}}[a-zA-Z]?,? (?:{_NAME} ){{1,3}}{_STREETS}\b"
    ),
    "name with a title": re.compile(rf"\b{TITLES}\.? (?:[A-Z]\.? )?{_NAME}(?: {_NAME})?"),
}
"""What the finished files are searched for as well: hardly ever anything else."""

_NEEDS = {"email": "@", "name with a title": ""}
"""The sign without which a shape cannot be there: a digit unless it says another."""
_DIGIT = re.compile(r"\d")

LOOSE: dict[str, re.Pattern[str]] = {
    "date": re.compile(rf"\b{_DAY}\b", re.IGNORECASE),
    "school": re.compile(
        rf"\b(?:(?:St\.? )?{_NAME}(?:'s|\u2019s)? ){{1,4}}"
        r"(?:School|Academy|College|Nursery|Primary|Infants|Juniors|High|Grammar|Sixth Form|PRU)\b"
    ),
    "role with a name": re.compile(
        r"\b(?:[Ss]ocial [Ww]orker|SW|[Mm]anager|[Tt]eacher|[Hh]ead ?teacher|[Cc]arer|[Aa]dvocate|"
        rf"SENCO|IRO|[Oo]fficer|[Dd]octor|[Nn]urse|[Ss]on|[Dd]aughter|[Bb]rother|[Ss]ister|"
        rf"[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Ff]riend|[Pp]artner),? (?:called |named )?{_NAME}"
    ),
    "case reference": re.compile(r"\b[A-Z]{1,6}[ /-]?\d{2,4}[/-]\d{2,6}\b"),
    "number": re.compile(r"(?<![\w.,/-])\d{5,}(?![\w])"),
}
"""Also marked for a person to judge, in words that somebody might publish."""


class Span(Struct, frozen=True, order=True):
    """Characters `start` to `end` of a text look like `kind`."""

    start: int
    end: int
    kind: str


def sure(text: str) -> Iterator[Span]:
    """What hardly ever is anything but private.

    >>> [span.kind for span in sure("Ring Mrs Okoro on 01384 555 012, DY1 1HF")]
    ['postcode', 'telephone', 'name with a title']
    """
    there = {"": True, "@": "@" in text, "0": _DIGIT.search(text) is not None}
    for kind, shape in SHAPES.items():
        for found in shape.finditer(text) if there[_NEEDS.get(kind, "0")] else ():
            if kind != "NHS number" or is_nhs_number(found[0]):
                yield Span(*found.span(), kind)


def loose(text: str) -> Iterator[Span]:
    """What a person should look at."""
    for kind, shape in LOOSE.items():
        for found in shape.finditer(text):
            yield Span(*found.span(), kind)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry the NHS's check digit (modulus 11).

    >>> is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")
    (True, False)
    """
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    left = 11 - sum(digit * (10 - i) for i, digit in enumerate(digits[:9])) % 11
    return digits[9] == (0 if left == 11 else left)
