"""Files as they should never be exported: what `cl check` makes of each, written down by hand."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import nasty
from complaints_learning import check, read
from complaints_learning.nouns.errors import ReadError
from complaints_learning.nouns.settings import parse

READ = [
    ("C1", "2023-04-03", "upheld", "Fostering"),
    ("C2", "2023-04-04", "not_upheld", "SEND"),
]

REFUSED = {
    "packed_by_lzma.xlsx": "file-damaged",
    "cut_short.xlsx": "file-damaged",
    "half.xlsx": "file-damaged",
    "bit_turned.xlsx": "file-damaged",
    "empty_archive.xlsx": "file-other",
    "csv_in_a_zip.xlsx": "file-other",
    "word.xlsx": "file-other",
    "numbers.xlsx": "file-other",
    "no_sheet_part.xlsx": "file-damaged",
    "text_not_in_the_list.xlsx": "file-damaged",
    "no_cells.xlsx": "file-no-table",
    "chart_only.xlsx": "file-damaged",
    "sheet_is_no_xml.xlsx": "file-damaged",
    "sheet_breaks_off.xlsx": "file-damaged",
    "latin_letters_in_utf8.xlsx": "file-damaged",
    "entity_from_a_file.xlsx": "file-unsafe",
    "column_zzzzz.xlsx": "file-unsafe",
    "row_99999999999.xlsx": "file-unsafe",
    "picture.xlsx": "file-other",
    "parquet.csv": "file-other",
    "feather.csv": "file-other",
    "json.csv": "file-other",
    "json_lines.csv": "file-other",
    "json_lists.csv": "file-other",
    "gnumeric.xlsx": "file-other",
    "deflated.csv": "file-other",
    "web_archive.xls": "file-other",
    "web_table.xls": "file-other",
    "web_table_in_utf16.xls": "file-other",
    "xml_of_2003.xls": "file-other",
    "flat.ods": "file-other",
    "xml.csv": "file-other",
    "sylk.csv": "file-other",
    "text_document.ods": "file-other",
    "locked.ods": "file-locked",
    "only_noughts.xlsx": "file-other",
    "only_spaces.csv": "file-no-table",
    "only_a_mark.csv": "file-no-table",
    "compound_without_content.xls": "file-damaged",
    "excel_2_cut_short.xls": "file-damaged",
    "utf32_unmarked.csv": "file-other",
    "mainframe.csv": "encoding-unknown",
    "never_closed.csv": "csv-broken",
    "closed_rows_later.csv": "csv-broken",
    "100000_columns.csv": "file-unsafe",
    "one_line_of_20_mb.csv": "file-unsafe",
    "one_cell_of_20_mb.csv": "csv-broken",
    "5000000_lines.csv": "file-unsafe",
}
"""What is not read, with the one problem that says so."""

SAID = {
    "very_hidden.xlsx": ["sheet-hidden"],
    "windows.csv": ["encoding"],
    "dos.csv": ["encoding"],
    "mac.csv": ["encoding"],
    "a_nought_byte.csv": ["characters-removed"],
    "end_of_file_mark.csv": ["characters-removed"],
    "invisible_in_header.csv": ["characters-removed"],
    "turned_round.csv": ["characters-removed"],
    "text_after_a_quote.csv": ["csv-quotes"],
    "ragged.csv": ["column-nameless"],
    "two_outcomes.csv": ["column-twice"],
    "16384_unknown_headers.csv": ["sheet-not-read"],
}
"""What is read and something is said of."""

MORE = [(f"C{n}", "2023-04-05", "upheld", f"Caf\u00e9 \u00a3{n}") for n in range(3, 20)]
OTHERWISE = {
    "windows.csv": READ + MORE,
    "mac.csv": READ + MORE,
    "dos.csv": [(*READ[0][:3], "Caf\u00e9 \u00a35"), READ[1]],
    "backslashes.csv": [(*READ[0][:3], 'Fostering "now", please'), READ[1]],
    "space_before_quotes.csv": [(*READ[0][:3], "Fostering, north"), READ[1]],
    "tabs_and_commas.csv": [READ[0], (*READ[1][:3], "a, b, c, d, e, f")],
    "ragged.csv": [READ[0], ("C2", "2023-04-04", "open", "")],
    "two_outcomes.csv": [(*READ[0][:3], ""), (*READ[1][:3], "")],
    "header_only.csv": [],
    "16384_unknown_headers.csv": [],
}
"""Files that hold something else than the two complaints."""


@pytest.mark.parametrize("name", nasty.FILES)
def test_a_nasty_file_is_read_rightly_or_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(nasty.FILES[name])
    chosen = parse(f'[report]\ndate = 2024-03-31\n[sources]\nregister = ["{name}"]')
    start = time.process_time()

    found = check.everything(read.workspace(tmp_path, chosen), chosen)

    assert time.process_time() - start < 5
    codes = [problem.code for problem in found.problems]
    assert all(problem.place.file == name for problem in found.problems)
    assert all(problem.hint for problem in found.problems)
    complaints = found.frames["complaints"]
    held = [
        (row.reference, f"{row.received:%Y-%m-%d}", row.outcome, row.service)
        for row in complaints.itertuples()
    ]
    if name in REFUSED:
        assert (codes, held) == ([REFUSED[name]], [])
    else:
        assert (codes, held) == (SAID.get(name, []), OTHERWISE.get(name, READ))


def test_every_verdict_is_of_a_file_that_there_is() -> None:
    assert {*REFUSED, *SAID, *OTHERWISE} <= set(nasty.FILES)
    assert not set(REFUSED) & {*SAID, *OTHERWISE}


def test_a_mark_never_closed_is_told_by_the_line_where_it_opens(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(nasty.FILES["never_closed.csv"])

    with pytest.raises(ReadError) as wrong:
        read.tables(tmp_path / "a.csv", "register")

    assert str(wrong.value) == (
        "a.csv: line 2: a quotation mark opens a cell and is not closed as it should be.\n"
        "    Open it in Excel, look at that line, and save it as .xlsx."
    )
