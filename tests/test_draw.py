"""Charts: their bars, names and descriptions, not their pixels."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from PIL import Image, ImageOps

from complaints_learning import draw
from complaints_learning.draw import lettering, png, shapes
from complaints_learning.nouns import chart_style, contrast
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.report import Chart, ChartSeries, Point, Report, Section

STYLE = ChartStyle()
TEMPLATE = Path(__file__).parent.parent / "templates" / "chart_style.toml"
LONG = "Education, health and care assessments and plans"


def a_point(value: float | None) -> Point:
    return Point(value, "[c]" if value is None else f"{value:g}")


def a_chart(kind: str, labels: tuple[str, ...], **series: tuple[float | None, ...]) -> Chart:
    runs = tuple(
        ChartSeries(title.replace("_", " "), tuple(map(a_point, values)))
        for title, values in series.items()
    )
    return Chart(
        "by_theme", "Complaints by theme", "What it shows.", kind, labels, runs, "complaints"
    )  # type: ignore[arg-type]


def bars(chart: Chart) -> dict[str, tuple[float, float]]:
    drawn = draw.drawing(chart, STYLE)
    return {m.of: (m.value, m.width) for m in drawn.marks if isinstance(m, shapes.Bar)}


def words(chart: Chart) -> list[str]:
    return [m.text for m in draw.drawing(chart, STYLE).marks if isinstance(m, shapes.Words)]


def a_report(*charts: Chart) -> Report:
    return Report("T", "", "", "public", "2022-23", (Section("all", charts),))


def test_a_bar_is_as_long_as_its_number_and_has_it_at_its_end() -> None:
    chart = a_chart("bars", ("Communication", "Delay"), All=(20, 5))
    found = bars(chart)
    assert {name: value for name, (value, _) in found.items()} == {
        "Communication|All": 20,
        "Delay|All": 5,
    }
    assert found["Communication|All"][1] == pytest.approx(4 * found["Delay|All"][1])
    assert words(chart) == ["Complaints", "Communication", "20", "Delay", "5"]


def test_a_masked_point_is_an_empty_slot_with_its_text_and_a_zero_says_0() -> None:
    chart = a_chart("bars", ("Communication", "Delay", "Money"), All=(20, None, 0))
    assert list(bars(chart)) == ["Communication|All"]
    assert words(chart)[-4:] == ["Delay", "[c]", "Money", "0"]


def test_grouped_bars_are_each_named_beside_them() -> None:
    chart = a_chart("grouped", ("Communication",), before=(15,), now=(19,))
    assert [value for value, _ in bars(chart).values()] == [15, 19]
    assert words(chart) == ["Complaints", "Communication", "before", "15", "now", "19"]


def test_a_fall_goes_to_the_left_of_nought() -> None:
    drawn = draw.drawing(a_chart("bars", ("Up", "Down"), Change=(4, -2)), STYLE)
    up, down = (m for m in drawn.marks if isinstance(m, shapes.Bar))
    assert down.x + down.width == pytest.approx(up.x)
    assert down.width == pytest.approx(up.width / 2)


def test_the_parts_of_a_stacked_bar_are_named_over_it_or_under_it() -> None:
    chart = a_chart("stacked", ("All",), Upheld=(48,), Open=(1,), Refused=(None,))
    assert [value for value, _ in bars(chart).values()] == [48, 1]
    told = words(chart)
    assert "Upheld" in told and "48" in told
    assert "Refused: [c]" in told and "Open: 1" in told
    assert "+ [c]" in told


def test_the_parts_of_a_stacked_bar_that_are_seen_have_the_first_colours() -> None:
    chart = a_chart("stacked", ("All", "Some"), A=(9, 8), B=(None, 0), C=(7, 6), D=(None, None))
    drawn = draw.drawing(chart, STYLE)
    inks = [m.ink for m in drawn.marks if isinstance(m, shapes.Bar)]
    assert inks == ["series-1", "series-2"] * 2
    assert "B, D: [c]" in words(chart) and "B: 0; D: [c]" in words(chart)


def test_names_over_a_stacked_bar_never_overlap_nor_cross_a_line_to_another() -> None:
    numbers = {f"A_rather_long_name_{n}": (10.0,) for n in range(6)}
    drawn = draw.drawing(a_chart("stacked", ("All",), **numbers), STYLE)
    names = [m for m in drawn.marks if isinstance(m, shapes.Words) and "long" in m.text]
    lines = [m for m in drawn.marks if isinstance(m, shapes.Stroke)]
    assert len(names) == len(lines) == 6
    for name in names:
        end = name.x + lettering.width(name.text, name.size)
        assert end <= drawn.width
        for other in names:
            if other is not name and other.y == name.y:
                assert other.x >= end or other.x < name.x
        for line in lines:
            (x, top), (_, foot) = line.points
            assert not (name.x < x < end and top < name.y - 3 < foot)


def test_lines_are_named_at_their_ends_and_broken_where_masked() -> None:
    months = ("April", "May", "June", "July")
    chart = a_chart("line", months, last_year=(1, 2, 3, 4), this_year=(4, None, 2, 6))
    drawn = draw.drawing(chart, STYLE)
    told = words(chart)
    assert "last year: 4" in told and "this year: 6" in told and told.count("[c]") == 1
    data = [m for m in drawn.marks if isinstance(m, shapes.Stroke) and m.width == 1.8]
    assert [len(line.points) for line in data] == [4, 2]
    assert len({m.shape for m in drawn.marks if isinstance(m, shapes.Spot)}) == 2


def test_an_xmr_chart_names_its_limits_and_marks_what_is_outside() -> None:
    chart = a_chart("xmr", ("April", "May", "June"), All=(4, 5, 30))
    chart = Chart(
        *(chart.name, chart.caption, chart.alt, "xmr", chart.labels, chart.series, chart.unit),
        centre=Point(6, "6.0"),
        lower=Point(0, "0"),
        upper=Point(12.5, "12.5"),
    )
    told = words(chart)
    assert {"Upper limit 12.5", "Mean 6.0", "Lower limit 0"} <= set(told)
    spots = [m for m in draw.drawing(chart, STYLE).marks if isinstance(m, shapes.Spot)]
    assert [spot.shape for spot in spots] == ["circle", "circle", "square"]
    told = words(replace(chart, lower=None, upper=None))
    assert "Median 6.0" in told and not {"Mean 6.0", "Upper limit 12.5"} & set(told)


@pytest.mark.parametrize("kind", ["bars", "grouped", "stacked", "line", "xmr"])
@pytest.mark.parametrize("labels", [(), ("April",), tuple(f"Month {n}" for n in range(70))])
def test_every_kind_draws_none_one_and_many_inside_its_picture(
    kind: str, labels: tuple[str, ...]
) -> None:
    runs = {name: tuple(float(n % 9) for n in range(len(labels))) for name in ("now", "before")}
    drawn = draw.drawing(a_chart(kind, labels, **runs), STYLE)
    assert drawn.height <= STYLE.max_height_cm * 72 / 2.54
    for mark in drawn.marks:
        if isinstance(mark, shapes.Words):
            wide = lettering.width(mark.text, mark.size)
            left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.align]
            assert left >= -0.5 and left + wide <= drawn.width + 0.5, mark
            assert mark.size <= mark.y <= drawn.height, mark


@pytest.mark.parametrize("kind", ["bars", "grouped", "stacked", "line", "xmr"])
def test_a_chart_with_everything_masked_is_still_a_chart(kind: str) -> None:
    chart = a_chart(kind, ("April", "May"), now=(None, None), before=(None, None))
    assert any("[c]" in text for text in words(chart))
    assert draw.picture(chart, STYLE).png


def test_a_long_chart_stops_and_says_where_the_others_are() -> None:
    labels = tuple(f"Service {n}" for n in range(40))
    chart = a_chart("bars", labels, All=tuple(range(40)))
    left_out = sum(label not in words(chart) for label in labels)
    assert left_out > 1
    assert words(chart)[-1] == f"The other {left_out} are in the table."


def test_the_pictures_are_small_made_of_the_same_bytes_and_hold_no_date_or_maker() -> None:
    chart = a_chart("bars", ("Communication", LONG), All=(20, 5))
    one, two = (draw.charts(a_report(chart))["by_theme"] for _ in range(2))
    assert one == two
    picture = Image.open(BytesIO(one.png))
    assert picture.mode == "P" and set(picture.info) <= {"dpi"}
    assert picture.width == pytest.approx(16 / 2.54 * 200, abs=2) and len(one.png) < 40_000
    assert one.width_cm == 16.0
    colours = {colour for _, colour in picture.convert("RGB").getcolors(10_000) or ()}  # type: ignore[attr-defined]
    assert {(255, 255, 255), (0x12, 0x43, 0x6D)} <= colours and len(colours) < 64


def test_the_svg_has_a_title_a_description_and_nothing_from_elsewhere() -> None:
    chart = a_chart("bars", ("Fish & <chips>",), All=(20,))
    svg = draw.charts(a_report(chart), png=False)["by_theme"].svg
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    ids = root.attrib["aria-labelledby"].split()
    assert [root.find(f"*[@id='{i}']").text for i in ids] == [chart.caption, chart.alt]  # type: ignore[union-attr]
    assert [e.text for e in root.iter(f"{space}text")] == ["Complaints", "Fish & <chips>", "20"]
    assert "href" not in svg and "url(" not in svg and "<style" not in svg


def test_only_the_pictures_asked_for_are_drawn() -> None:
    chart = a_chart("bars", ("Communication",), All=(20,))
    assert draw.charts(a_report(chart), svg=False)["by_theme"].svg == ""
    assert draw.charts(a_report(chart), png=False)["by_theme"].png == b""
    assert draw.charts(a_report()) == {}


def test_text_with_dollars_line_breaks_or_unknown_letters_is_drawn_as_it_is() -> None:
    chart = a_chart("bars", ("Paid $5 \n and $6 \ue123",), All=(20,))
    assert words(chart)[1] == "Paid $5 and $6 ?"
    assert draw.picture(chart, STYLE).png


def test_neighbouring_colours_differ_by_3_to_1_also_in_grey_print() -> None:
    inks = STYLE.series
    for one, other in zip(inks, inks[1:] + inks[:1], strict=True):
        assert contrast.ratio(one, other) >= 3 or (one, other) == (inks[-1], inks[0])
    colours = draw.colours(STYLE)
    for number, fill in enumerate(inks, 1):
        assert contrast.ratio(colours[f"on-series-{number}"], fill) >= 4.5
    assert contrast.ratio(STYLE.muted, STYLE.paper) >= 4.5


def test_the_style_file_that_comes_with_the_tool_says_the_defaults() -> None:
    assert chart_style.from_table(tomllib.loads(TEMPLATE.read_text("utf-8"))) == ChartStyle()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (
            {"text_size": 12},
            "chart_style.toml: 'text_size' is not a setting of the charts.\n"
            "    Did you mean text_pt?",
        ),
        (
            {"text_pt": "big"},
            "chart_style.toml: text_pt must be a number from 8 to 20.",
        ),
        (
            {"series": ["blue"]},
            "chart_style.toml: series must be colours written as '#' and six digits or letters"
            " a to f.\n    For example '#12436D'.",
        ),
        (
            {"series": "#12436D"},
            "chart_style.toml: series must be a list of colours such as '#12436D'.",
        ),
    ],
)
def test_a_style_that_cannot_be_used_is_explained(table: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        chart_style.from_table(table)
    assert str(caught.value) == message


def test_a_style_changes_the_picture() -> None:
    chart = a_chart("bars", ("Communication",), All=(20,))
    wide = chart_style.from_table({"width_cm": 12, "series": ["#000000"]})
    picture = draw.charts(a_report(chart), style=wide)["by_theme"]
    assert picture.width_cm == 12.0 and 'fill="#000000"' in picture.svg


def test_a_web_page_alone_does_not_wait_for_matplotlib() -> None:
    ask = "import sys; from complaints_learning import draw; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_chart_is_drawn_without_the_figures_of_matplotlib() -> None:
    ask = (
        "import sys; from complaints_learning.draw import png, shapes; png.ready();"
        "words = shapes.Drawing(40, 30, (shapes.Words(0, 20, 'Ab', 'text', 11),));"
        "print(png.picture(words, {'text': '#000000', 'paper': '#FFFFFF'}, 72)[1:4],"
        " [m for m in ('figure', 'axes', 'pyplot') if f'matplotlib.{m}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout == "b'PNG' []\n"  # 110 ms


@pytest.mark.parametrize("said", ["Communication", "Education, Health and Care plans", "31"])
def test_names_end_where_the_layout_says_and_are_as_wide_as_it_measured(said: str) -> None:
    drawing = shapes.Drawing(300, 30, (shapes.Words(250, 20, said, align="end"),))
    made = png.picture(drawing, {"text": "#000000", "paper": "#FFFFFF"}, 144)
    left, _, right, _ = ImageOps.invert(Image.open(BytesIO(made)).convert("L")).getbbox()  # type: ignore[misc]
    assert right == pytest.approx(500, abs=3)  # a letter's own room is left beside it
    assert right - left == pytest.approx(2 * lettering.width(said, 11), abs=6)


def test_a_matplotlibrc_of_the_folder_we_are_in_changes_no_chart(tmp_path: Path) -> None:
    ask = (
        "import hashlib; from complaints_learning.draw import png, shapes\n"
        "drawing = shapes.Drawing(200, 100, (shapes.Stroke(((10, 80), (150, 90)), 'text'),))\n"
        "inks = {'paper': '#FFFFFF', 'text': '#000000'}\n"
        "print(hashlib.sha256(png.picture(drawing, inks, 100)).hexdigest())"
    )
    own = tmp_path / "own"
    own.mkdir()
    (own / "matplotlibrc").write_text("path.sketch: 5, 100, 2\nlines.antialiased: False\n")
    seen = {
        subprocess.run(
            [sys.executable, "-c", ask], cwd=folder, capture_output=True, text=True, check=True
        ).stdout
        for folder in (tmp_path, own)
    }
    assert len(seen) == 1
