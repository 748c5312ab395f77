"""Pages turned for a wide table: margins leave it room and never cut into header or footer."""

from __future__ import annotations

import pytest

from complaints_learning.word.ooxml import add, new, q
from complaints_learning.write.landscape import Pages


@pytest.mark.parametrize(
    ("side", "header", "turned"),
    [("1418", "624", "1134"), ("1000", "624", "1000"), ("1701", "1000", "1420")],
    ids=["2.5 cm becomes 2", "the council's own are narrower", "a tall header keeps its room"],
)
def test_a_turned_page_has_narrow_margins(side: str, header: str, turned: str) -> None:
    section = new("sectPr")
    add(section, "pgSz", w="11906", h="16838")
    add(section, "pgMar", top=side, bottom="1134", left="1418", right="1418", header=header)
    pages = Pages(section)

    upright = pages.turn().find(f".//{q('pgMar')}")
    lying = pages.turn()

    assert upright.get(q("top")) == side
    assert lying.find(f".//{q('pgSz')}").get(q("orient")) == "landscape"
    margins = lying.find(f".//{q('pgMar')}")
    assert [margins.get(q(each)) for each in ("top", "left")] == [turned, "1134"]
    assert pages.width == 16838 - 2 * 1134
