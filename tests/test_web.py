"""The web page: its structure, its safety, and what axe-core and a narrow screen say of it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import browser
import builders_report as made
from complaints_learning import draw, write
from complaints_learning.nouns import contrast
from complaints_learning.nouns.errors import TemplateError, WriteError
from complaints_learning.nouns.report import Heading, KeyPoints, Paragraph, Report, Text

TEMPLATES = Path(__file__).parent.parent / "templates" / "web"
TEXTS = {
    name: (TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.html.j2", "page.css")
}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def saved(report: Report, folder: Path) -> str:
    target = folder / "report.html"
    write.web(report, draw.charts(report, png=False), target, TEXTS)
    return target.read_text(encoding="utf-8")


@pytest.fixture
def page(tmp_path: Path) -> Any:
    return html.fromstring(saved(made.a_report(), tmp_path))


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_the_page_has_a_language_a_title_and_landmarks(page: Any) -> None:
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == (
        "Learning from Complaints - 1 April 2022 to 31 March 2023 - Marlbrook Council"
    )
    assert [len(page.findall(f".//{name}")) for name in ("header", "nav", "main", "footer")] == [
        *(1, 1, 1, 1)
    ]
    skip = page.find(".//body/a")
    assert skip.text == "Skip to the report" and skip.get("href") == "#report"
    assert page.get_element_by_id("report").tag == "main"


def test_headings_go_down_one_level_at_a_time(page: Any) -> None:
    found = [(e.tag, text_of(e)) for e in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert found == [
        ("h1", "Learning from Complaints"),
        ("h2", "Contents"),
        ("h2", "Purpose of report"),
        ("h3", "Key points"),
        ("h2", "Recommendations"),
        ("h2", "Themes"),
        ("h3", "All themes"),
        ("h3", "What <others> said"),
    ]


def test_a_heading_that_leaps_a_level_is_brought_back(tmp_path: Path) -> None:
    report = made.a_report(Heading(3, made.line("Deep")), KeyPoints("Points", (made.line("One."),)))
    page = html.fromstring(saved(report, tmp_path))
    assert [e.tag for e in page.xpath("//main//h2|//main//h3|//main//h4")] == ["h2", "h3"]


def test_the_contents_lead_to_every_heading(page: Any) -> None:
    links = page.xpath("//nav//a")
    assert [text_of(link) for link in links] == [
        *("Purpose of report", "Recommendations", "Themes", "All themes", "What <others> said")
    ]
    for link in links:
        assert text_of(page.get_element_by_id(link.get("href")[1:])) == text_of(link)


def test_paragraphs_are_numbered_through_the_whole_report(page: Any) -> None:
    numbered = [text_of(p) for p in page.xpath("//p[@class='numbered']")]
    assert numbered == [
        "1. Of those, 126 were upheld & answered.",
        "2. It is recommended that members:",
        "3. See Table 1 and Figure 1, the guidance and this too.",
    ]
    assert page.xpath("//main//p[last()]")[-1].get("class") is None


def test_a_table_has_a_caption_and_heads_its_columns_and_rows(page: Any) -> None:
    table = page.get_element_by_id("table-1")
    assert (
        text_of(table.find("caption")) == "Table 1: Complaints upheld or partially upheld, by theme"
    )
    assert [(text_of(e), e.get("scope"), e.get("class")) for e in table.xpath("thead//th")] == [
        ("Theme", "col", None),
        ("Complaints", "col", "number"),
        ("Percentage of 126", "col", "number"),
    ]
    rows = [[text_of(cell) for cell in row] for row in table.xpath("tbody/tr")]
    assert rows == [
        ["Communication", "19", "15%"],
        ["Staff behaviour", "13", "10%"],
        ["Money", "[c]", "[c]"],
    ]
    assert {e.get("scope") for e in table.xpath("tbody//th")} == {"row"}
    assert not page.xpath("//*[@colspan or @rowspan]")
    region = table.getparent()
    assert region.get("tabindex") == "0" and region.get("role") == "region"
    assert region.get("aria-labelledby") == table.find("caption").get("id")
    assert "[c] not shown, so that nobody can be identified." in text_of(page.find(".//main"))


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    empty = made.a_table()
    from msgspec.structs import replace

    page = html.fromstring(saved(made.a_report(replace(empty, rows=(), notes=())), tmp_path))
    assert text_of(page.find(".//p[@class='note']")) == "There is nothing to show in this table."


def test_a_chart_is_a_figure_with_a_caption_a_title_and_a_description(page: Any) -> None:
    figure = page.get_element_by_id("figure-1")
    assert text_of(figure.find("figcaption")) == "Figure 1: Complaints by theme (bars)"
    for svg in figure.iter("svg"):
        title, desc = (page.get_element_by_id(i) for i in svg.get("aria-labelledby").split())
        assert title.text == "Complaints by theme (bars)"
        assert desc.text.startswith("A chart of complaints by theme, drawn as bars.")
        assert svg.get("role") == "img"
    assert len(page.findall(".//figure")) == 5


def test_cross_references_and_links_lead_somewhere_safe(page: Any, tmp_path: Path) -> None:
    third = page.get_element_by_id("paragraph-3")
    assert [(a.text, a.get("href")) for a in third.iter("a")] == [
        ("Table 1", "#table-1"),
        ("Figure 1", "#figure-1"),
        ("guidance", "https://www.example.gov.uk/guidance"),
    ]
    unsafe = Paragraph((Text("press", link="javascript:alert(1)"), Text("", ref="table:none")))
    other = html.fromstring(saved(made.a_report(unsafe), tmp_path))
    assert text_of(other.find(".//main/p")) == "press" and not other.xpath("//main//a")


def test_no_id_is_used_twice_even_when_a_chart_is(tmp_path: Path) -> None:
    chart, table = made.charts()[0], made.a_table()
    page = html.fromstring(saved(made.a_report(chart, table, chart, table), tmp_path))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [text_of(c) for c in page.iter("caption")][1].startswith("Table 2:")


def test_nothing_in_the_page_comes_from_elsewhere_or_runs(tmp_path: Path) -> None:
    text = saved(made.a_report(marking=made.MARKING), tmp_path)
    page = html.fromstring(text)
    assert not page.xpath("//script|//link|//img|//iframe|//object|//embed|//form|//base|//@style")
    assert not [name for e in page.iter() for name in e.attrib if name.startswith("on")]
    assert "url(" not in text and "@import" not in text and "src=" not in text
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    seal = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert page.xpath("//meta[@http-equiv]/@content") == [
        f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'"
    ]


def test_text_stays_text(tmp_path: Path) -> None:
    nasty = "<script>alert('1')</script> & {{ doc }} <b>"
    table = made.a_table("themes", (nasty, nasty, nasty))
    report = made.a_report(
        Heading(1, made.line(nasty)), Paragraph(made.line(nasty), numbered=True), table
    )
    text = saved(report, tmp_path)
    page = html.fromstring(text)
    assert not page.xpath("//script|//main//b")
    assert text_of(page.find(".//main/h2")) == nasty
    assert [cell.text for cell in page.xpath("//tbody/tr/*")] == [nasty] * 3


def test_the_internal_edition_is_marked_at_the_top_the_foot_and_on_every_printed_page(
    tmp_path: Path,
) -> None:
    page = html.fromstring(saved(made.a_report(marking=made.MARKING), tmp_path))
    marks = [text_of(e) for e in page.xpath("//*[@class='marking']")]
    assert marks == [made.MARKING, made.MARKING]
    assert page.findtext(".//title").startswith(made.MARKING)
    assert f'@top-center {{ content: "{made.MARKING}"' in page.findtext(".//style")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]


def test_a_marking_cannot_break_out_of_the_style_sheet(tmp_path: Path) -> None:
    text = saved(made.a_report(marking='x"; } body { display: none } </style><b>'), tmp_path)
    assert '"; } body' not in text.split("</style>")[0].split("@top-center")[1]
    assert len(re.findall("</style>", text)) == 1


def test_the_public_edition_has_no_marking(page: Any) -> None:
    assert not page.xpath("//*[@class='marking']") and "@top-center" not in page.findtext(
        ".//style"
    )


def test_the_same_report_gives_the_same_page(tmp_path: Path) -> None:
    assert saved(made.a_report(), tmp_path) == saved(made.a_report(), tmp_path)


def test_an_empty_report_is_still_a_page(tmp_path: Path) -> None:
    from msgspec.structs import replace

    page = html.fromstring(saved(replace(made.a_report(), sections=()), tmp_path))
    assert page.find(".//nav") is None and text_of(page.find(".//h1")) == "Learning from Complaints"


def test_a_chart_without_a_picture_says_what_it_shows(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write.web(made.a_report(made.charts()[0]), {}, target, TEXTS)
    page = html.fromstring(target.read_text(encoding="utf-8"))
    assert text_of(page.find(".//figure/p")).startswith("A chart of complaints by theme")


def test_a_broken_page_template_is_named_and_nothing_is_saved(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    with pytest.raises(TemplateError) as caught:
        write.web(made.a_report(), {}, target, {**TEXTS, "page.html.j2": "{{ doc.titel }}"})
    assert str(caught.value) == (
        "templates/web/page.html.j2: 'dict object' has no attribute 'titel'.\n"
        "    Put back the file that came with the tool."
    )
    assert not list(tmp_path.iterdir())


def test_a_page_that_cannot_be_saved_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(WriteError):
        saved(made.a_report(), tmp_path)


def test_colours_of_the_page_are_far_enough_apart_in_light_and_dark() -> None:
    css = TEXTS["page.css"]
    light, dark = (dict(re.findall(r"--(\w[\w-]*): (#\w{6})", part)) for part in css.split("}")[:2])
    for look in (light, {**light, **dark}):
        ground = look["ground"]
        for name in ("text", "muted", "link", "visited"):
            assert contrast.ratio(look[name], ground) >= 4.5
            assert contrast.ratio(look[name], look["raised"]) >= 4.5
        assert contrast.ratio(look["mark"], look["on-mark"]) >= 4.5
        for number in range(1, 7):
            assert contrast.ratio(look[f"s{number}"], ground) >= 2.99
            assert contrast.ratio(look[f"s{number}"], look[f"on{number}"]) >= 4.5


def opened(chromium: Any, folder: Path, marking: str = "", **looks: Any) -> Any:
    saved(made.a_report(marking=marking), folder)
    page = chromium.new_context(offline=True, **looks).new_page()
    page.goto((folder / "report.html").as_uri())
    return page


@pytest.mark.browser
@browser.needed
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_against_wcag_2_2_aa(
    chromium: Any, tmp_path: Path, scheme: str, width: int
) -> None:
    looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = opened(chromium, tmp_path, made.MARKING, bypass_csp=True, **looks)
    page.evaluate(browser.axe())
    rules = {"runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]}}
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.browser
@browser.needed
def test_axe_would_find_a_fault(chromium: Any, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, bypass_csp=True)
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate(browser.axe())
    found = page.evaluate("axe.run(document)")
    assert "html-has-lang" in [v["id"] for v in found["violations"]]


@pytest.mark.browser
@browser.needed
@pytest.mark.parametrize("width", [320, 768])
def test_a_narrow_screen_needs_no_scrolling_sideways(
    chromium: Any, tmp_path: Path, width: int
) -> None:
    page = opened(chromium, tmp_path, viewport={"width": width, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    tall = (
        "[...document.querySelectorAll('figure text')].map(t => t.getBoundingClientRect().height)"
    )
    assert min(height for height in page.evaluate(tall) if height) >= 11
    wide = page.evaluate("document.querySelector('#table-2').parentElement.scrollWidth")
    assert wide > width


@pytest.mark.browser
@browser.needed
def test_the_browser_keeps_to_the_page_s_own_policy_without_complaint(
    chromium: Any, tmp_path: Path
) -> None:
    page = opened(chromium, tmp_path, made.MARKING)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    assert said == []
    ground = "getComputedStyle(document.querySelector('.marking')).backgroundColor"
    assert page.evaluate(ground) == "rgb(128, 22, 80)"
    blocked = (
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
    )
    assert page.evaluate(f"{blocked} document.head.append(s); return window.ran }}") is None


@pytest.mark.browser
@browser.needed
def test_on_paper_the_page_is_light_and_has_no_skip_link(chromium: Any, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, made.MARKING, color_scheme="dark")
    page.emulate_media(media="print")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).display") == "none"
