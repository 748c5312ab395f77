"""Text in, a spreadsheet cell out: a number where it reads as one, and never a formula.

Text that a spreadsheet could take for a formula is stored as text and marked with Excel's own
leading quote, so that it stays text when the cell is edited, copied or saved as CSV and opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell

RISKY = tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST = 32_767
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<pound>£?)(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,15})"
    r"(?:\.(?P<places>\d{1,6}))?(?P<percent>%?)",
    re.ASCII,
)


def put_text(cell: Cell, text: str) -> None:
    """Write text as text, whatever it begins with."""
    clean = NOT_IN_XML.sub("", text)[:MOST]
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(RISKY):
        cell.quotePrefix = True


def put(cell: Cell, shown: str) -> None:
    """Write what a report shows: '1,234', '15%', '+3' and '£2.50' as numbers that look alike."""
    found = number(shown)
    if found is None:
        put_text(cell, shown)
    else:
        cell.value, cell.number_format = found


def number(shown: str) -> tuple[float, str] | None:
    """The number in a shown text and its format, or None when it is not just a number.

    >>> number("1,234"), number("15%"), number("+3"), number("[c]"), number("under 1%")
    ((1234, '#,##0'), (0.15, '0%'), (3, '+#,##0;-#,##0;0'), None, None)
    """
    match = _NUMBER.fullmatch(shown.strip())
    if match is None or (match["pound"] and match["percent"]):
        return None
    places = len(match["places"] or "")
    value = float(f"{match['sign']}{match['whole'].replace(',', '')}.{match['places'] or '0'}")
    form = "#,##0" + (f".{'0' * places}" if places else "")
    if match["percent"]:
        value, form = round(value / 100, places + 4), form.replace("#,##0", "0") + "%"
    if match["pound"]:
        form = f'"£"{form}'
    if match["sign"] == "+":
        form = f"+{form};-{form};0"
    return (int(value) if value.is_integer() and not match["percent"] else value), form
