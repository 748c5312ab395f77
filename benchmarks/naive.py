"""What an analyst would write in an afternoon: pandas, openpyxl, pyplot and docxtpl.

The benchmark's measure. It does the same job on a tidy register (header in the first row that
names a reference), with none of the checks: keywords, five charts, ten tables, a Word file.

    python benchmarks/naive.py WORKSPACE OUT.docx
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import docx
import matplotlib.pyplot as plt
import pandas as pd
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

ROOT = Path(__file__).resolve().parent.parent
RENAME = {
    "reference": ("case ref", "ref", "complaint no", "complaint no.", "case reference"),
    "received": ("date received", "received", "received on"),
    "outcome": ("outcome", "finding", "decision"),
    "text": ("complaint summary", "summary", "details", "details of complaint"),
    "procedure": ("procedure", "complaint type", "process"),
    "service": ("service area", "service", "business unit"),
    "responded": ("date responded", "responded", "response sent"),
}


def read(path: Path) -> pd.DataFrame:
    """Every sheet, from the row that looks like a header."""
    frames = []
    for raw in pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl").values():
        words = raw.head(15).map(lambda value: str(value).strip().lower())
        rows = words.index[words.isin(RENAME["reference"]).any(axis=1)]
        if len(rows) == 0:
            continue
        frame = raw.iloc[rows[0] + 1 :].copy()
        frame.columns = [str(value).strip().lower() for value in raw.iloc[rows[0]]]
        names = {title: name for name, titles in RENAME.items() for title in titles}
        frame = frame.rename(columns=names)
        frames.append(frame.loc[:, ~frame.columns.duplicated()])
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def phrases() -> dict[str, re.Pattern[str]]:
    """One alternation a theme, ignoring case, as people write it: some 300 phrases in all."""
    import tomllib

    with (ROOT / "templates" / "themes.toml").open("rb") as file:
        themes = tomllib.load(file)["theme"]
    found = {}
    for theme in themes:
        words = [w for sub in theme.get("sub", []) for w in sub.get("strong", [])]
        plain = [re.sub(r"[^a-z' ]+", " ", w.lower()).strip() for w in words][:26]
        found[theme["title"]] = re.compile(
            "|".join(map(re.escape, filter(None, plain))) or "$^", re.I
        )
    return found


def main() -> None:
    """Read, count, draw and write."""
    workspace, target = Path(sys.argv[1]), Path(sys.argv[2])
    data = pd.concat([read(path) for path in sorted(workspace.glob("register/*.xlsx"))])
    data = data.dropna(subset=["reference"]).drop_duplicates("reference", keep="last")
    data["received"] = pd.to_datetime(data["received"], dayfirst=True, errors="coerce")
    year = data[(data["received"] >= "2022-04-01") & (data["received"] < "2023-04-01")].copy()
    outcome = year["outcome"].astype(str).str.strip().str.lower()
    upheld = year[outcome.isin(["upheld", "fully upheld", "pu", "part upheld", "partially upheld"])]
    themes = {
        title: int(upheld["text"].astype(str).str.contains(pattern).sum())
        for title, pattern in phrases().items()
    }
    tables = {"themes": pd.Series(themes)}
    for column in ("outcome", "procedure", "service"):
        if column in year:
            tables[column] = year[column].value_counts()
            tables[f"{column} upheld"] = upheld[column].value_counts()
    tables["months"] = year.groupby(year["received"].dt.to_period("M")).size()
    tables["months upheld"] = upheld.groupby(upheld["received"].dt.to_period("M")).size()
    tables["quarters"] = year.groupby(year["received"].dt.quarter).size()
    with tempfile.TemporaryDirectory() as folder:
        write(tables, len(year), len(upheld), target, Path(folder))


def write(
    tables: dict[str, pd.Series], received: int, upheld: int, target: Path, folder: Path
) -> None:
    """Five charts, ten tables, one docxtpl render."""
    template = docx.Document()
    template.add_heading("Learning from Complaints", 0)
    template.add_paragraph("{{ received }} complaints were received and {{ upheld }} upheld.")
    for at in range(5):
        template.add_paragraph("{{ charts[" + str(at) + "] }}")
    for name in tables:
        template.add_heading(name, 1)
        grid = template.add_table(rows=4, cols=2)
        for row, text in enumerate(
            (
                "{%tr for row in tables['" + name + "'] %}",
                "{{ row[0] }}",
                "{%tr endfor %}",
            ),
            start=1,
        ):
            grid.cell(row, 0).text = text
        grid.cell(0, 0).text, grid.cell(0, 1).text = "Name", "Number"
        grid.cell(2, 1).text = "{{ row[1] }}"
    template.save(folder / "template.docx")
    page = DocxTemplate(folder / "template.docx")
    charts = []
    for at, (name, series) in enumerate(list(tables.items())[:5]):
        figure, axes = plt.subplots(figsize=(6.5, 3.5))
        if len(series):
            series.plot.barh(ax=axes, title=name)
        plt.tight_layout()
        figure.savefig(folder / f"{at}.png", dpi=200, bbox_inches="tight")
        plt.close(figure)
        charts.append(InlineImage(page, str(folder / f"{at}.png"), width=Cm(15)))
    rows = {
        name: [(str(key), str(value)) for key, value in one.items()] for name, one in tables.items()
    }
    page.render({"received": received, "upheld": upheld, "charts": charts, "tables": rows})
    page.save(target)


if __name__ == "__main__":
    main()
