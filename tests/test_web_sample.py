"""The sample council's whole report as a web page and a data pack: nothing cut, nothing odd."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html

import browser
from complaints_learning import draw, pipeline, write
from complaints_learning.nouns.counted import Told
from complaints_learning.read import places, texts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told() -> Told:
    counted = pipeline.count(places.shipped("sample_data"), "2023")
    return pipeline.tell(counted, "public")


@pytest.fixture(scope="module")
def page(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("web") / "report.html"
    write.web(told.report, draw.charts(told.report, png=False), target, texts.page())
    return target


def test_every_link_of_the_page_leads_to_a_place_in_it(page: Path) -> None:
    read = html.fromstring(page.read_text(encoding="utf-8"))
    ids = read.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [link for link in read.xpath("//a/@href") if link.startswith("#")]
    assert len(links) > 20 and {link[1:] for link in links} <= set(ids)


def test_no_name_in_a_chart_is_cut(page: Path) -> None:
    read = html.fromstring(page.read_text(encoding="utf-8"))
    words = read.xpath("//div[@class='wide']//svg//text()")
    assert len(words) > 20
    assert [text for text in words if "…" in text] == []


@pytest.mark.browser
@browser.needed
def test_the_whole_page_passes_axe_and_needs_no_scrolling_sideways(
    chromium: Any, page: Path
) -> None:
    looks = {"color_scheme": "dark", "viewport": {"width": 320, "height": 800}}
    opened = chromium.new_context(offline=True, bypass_csp=True, **looks).new_page()
    opened.goto(page.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") == 320
    opened.evaluate(browser.axe())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    rules = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = opened.evaluate("rules => axe.run(document, rules)", rules)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


def test_the_pack_holds_every_table_and_figure(told: Told, tmp_path: Path) -> None:
    target = tmp_path / "pack.xlsx"
    write.pack(told.report, told.shown, target)
    book = openpyxl.load_workbook(target, read_only=True)
    tables = [name for name in book.sheetnames if name.startswith("Table ")]
    assert len(tables) == sum(type(block).__name__ == "Table" for block in told.report.blocks)
    names = {row[0] for row in book["Figures"].iter_rows(min_row=4, max_col=1, values_only=True)}
    assert set(told.shown.figures) <= names
    book.close()
