"""The run record: what it holds, making a report again from it, and two records together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaints_learning import pipeline
from complaints_learning.jobs import recording
from complaints_learning.nouns import runs
from complaints_learning.nouns.errors import ReadError

Run = Callable[..., "object"]
Make = Callable[..., Path]
TEN = [{"Case Ref": f"C{n:03d}"} for n in range(10)]


def a_record(home: Path, *words: object, cl: Run, name: str = "run.json") -> dict[str, object]:
    cl("report", "-p", "2023", "-w", home, "-q", *words)
    return json.loads((home / "out" / "2022-23" / name).read_text(encoding="utf-8"))


def test_the_record_says_what_went_in_and_what_came_out(cl: Run, a_workspace: Make) -> None:
    home = a_workspace([*TEN, {"Case Ref": None}])

    told = a_record(home, "-f", "docx", "-f", "html", cl=cl)

    assert told["schema"] == "complaints-learning/run/1"
    assert told["options"] == {
        "command": "report",
        "period": "2022/23",
        "edition": "public",
        "formats": ["docx", "html"],
        "template": "learning_report",
        "strict": False,
        "workspace": "../..",
    }
    assert told["period"] == {"label": "2022-23", "start": "2022-04-01", "end": "2023-03-31"}
    register = home / "register" / "complaints.xlsx"
    assert told["inputs"] == [
        {
            "file": "register/complaints.xlsx",
            "sha256": hashlib.sha256(register.read_bytes()).hexdigest(),
            "table": "register",
            "rows": None,  # in the internal record only
        }
    ]
    choices = {one["file"]: one["sha256"] for one in told["choices"]}
    assert choices["cl.toml"] == hashlib.sha256((home / "cl.toml").read_bytes()).hexdigest()
    assert "shipped/themes.toml" in choices
    for one in told["outputs"]:
        data = (home / "out" / "2022-23" / one["file"]).read_bytes()
        assert one["sha256"] == hashlib.sha256(data).hexdigest()
    assert [one["file"] for one in told["outputs"]] == [
        "learning-report.docx",
        "learning-report.html",
    ]
    assert (told["rows"]["read"], told["rows"]["counted"]) == (11, 10)
    assert told["figures"]["received"]["value"] == 10
    assert told["exit_code"] == 3


def test_the_public_record_holds_no_small_number_and_no_reference(
    cl: Run, a_workspace: Make
) -> None:
    home = a_workspace([{"Case Ref": "C/2022/0145"}, *([{"Case Ref": None}] * 9)])

    told = a_record(home, cl=cl)

    assert told["figures"]["received"] == {"value": None, "masked": True}
    assert told["rows"]["counted"] is None
    assert told["warnings"] == {"reference-missing": None}  # nine may be a hidden outcome's
    assert [one["rows"] for one in told["inputs"]] == [None]
    assert told["tables"] == {}
    assert "0145" not in json.dumps(told)


def test_forms_named_with_their_complaints_stop_no_public_report(
    cl: Run, a_workspace: Make
) -> None:
    sources = '[sources]\nactions = []\nassurance = []\nmonitoring = ["monitoring/*"]\n'
    home = a_workspace(
        [{"Case Ref": f"C/2022/014{n}"} for n in range(10)],
        settings=f"{sources}activity = []\npopulation = []\ncomparators = []\n",
    )
    forms = home / "monitoring"
    forms.mkdir()
    for n in range(3):
        text = f"Complaint ref,Service,Learning\nC/2022/014{n},Fostering,We ring back.\n"
        (forms / f"Form C-2022-014{n}.csv").write_text(text, encoding="utf-8")
    record = home / "out" / "2022-23" / "run.json"

    told = a_record(home, "--if-changed", cl=cl)

    assert [one["file"] for one in told["inputs"]] == ["register/complaints.xlsx", "monitoring/*"]
    assert "2022-014" not in json.dumps(told)
    assert cl("rerun", record).code == 0
    before = record.stat().st_mtime_ns
    cl("report", "-p", "2023", "-w", home, "-q", "--if-changed")
    assert record.stat().st_mtime_ns == before
    (forms / "Form C-2022-0142.csv").unlink()
    assert cl("rerun", record).out == "monitoring/*: has changed\n"
    inside = "run-OFFICIAL-SENSITIVE.json"
    told = a_record(home, "--edition", "internal", cl=cl, name=inside)
    assert [one["file"] for one in told["inputs"]][1:] == [
        "monitoring/Form C-2022-0140.csv",
        "monitoring/Form C-2022-0141.csv",
    ]


def test_the_internal_record_counts_every_figure_again_from_its_own_rows(sample: Path) -> None:
    from complaints_learning.jobs import comparing

    counted = pipeline.count(sample, "2023")
    told = pipeline.tell(counted, "internal")
    asked = recording.options(
        sample,
        sample,
        period="2022/23",
        edition="internal",
        formats=("docx",),
        template="learning_report",
        strict=False,
    )
    run = runs.parse(runs.dumps(recording.run(told, asked, (), 0.0, sample, ())), "run.json")

    ruled = {
        name: one
        for name, one in run.figures.items()
        if one.rule and isinstance(one.value, int) and one.rows != "assurance"  # not results
    }
    again = {name: len(comparing.counted(one, run.tables[one.rows])) for name, one in ruled.items()}
    assert len(again) > 1000
    assert again == {name: one.value for name, one in ruled.items()}


def test_a_record_of_another_shape_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text('{"schema": "complaints-learning/run/9"}', encoding="utf-8")

    with pytest.raises(ReadError) as wrong:
        recording.read_back(path)

    assert str(wrong.value) == (
        "run.json: is a run record of another shape ('complaints-learning/run/9').\n"
        "    Name a run.json that this version of cl report wrote."
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 1}', "nothing"])
def test_a_file_that_is_no_record_is_told(cl: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")

    ran = cl("rerun", tmp_path / "run.json")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "cl: run.json: is not a run record.\n"
        "    Name a run.json that this version of cl report wrote.\n"
    )


def test_a_report_is_made_again_to_the_same_bytes(cl: Run, a_workspace: Make) -> None:
    home = a_workspace(TEN)
    record = home / "out" / "2022-23" / "run.json"
    cl("report", "-p", "2023", "-w", home, "-f", "docx", "-f", "html", "-f", "xlsx")
    before = record.read_bytes()

    ran = cl("rerun", record)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "The same bytes again: learning-report.docx, learning-report.html, learning-report.xlsx\n"
    )
    assert record.read_bytes() == before


@pytest.mark.usefixtures("counted_once")
@pytest.mark.parametrize("period", ["2023", "2022-23Q1", "2022-05", "2022-04..2022-06", "2011/12"])
def test_every_kind_of_period_is_made_again(cl: Run, a_workspace: Make, period: str) -> None:
    home = a_workspace(TEN)
    cl("report", "-p", period, "-w", home)
    (record,) = (home / "out").glob("*/run.json")

    assert cl("rerun", record).code == 0


def test_a_changed_input_is_told_instead_and_nothing_is_made(
    cl: Run, a_workspace: Make, prepared: Make
) -> None:
    home = prepared(a_workspace(TEN), "report", "-p", "2023")
    (home / "register" / "more.csv").write_text(
        "Case Ref,Date Received,Outcome\nX1,1/5/2022,Upheld\n", encoding="utf-8"
    )
    toml = home / "cl.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + "[council]\n", encoding="utf-8")
    at = sorted(path.name for path in (home / "out" / "2022-23").iterdir())

    ran = cl("rerun", home / "out" / "2022-23" / "run.json")

    assert ran.code == 3
    assert ran.out == "cl.toml: has changed\nregister/more.csv: is new\n"
    assert ran.err == "Nothing was made. To make it from what there is now, add: --out DIR\n"
    assert sorted(path.name for path in (home / "out" / "2022-23").iterdir()) == at


def test_with_out_it_is_made_from_what_there_is_now(
    cl: Run, a_workspace: Make, prepared: Make
) -> None:
    home = prepared(a_workspace(TEN), "report", "-p", "2023")
    (home / "cl.toml").write_text('[council]\nname = "Other"\n', encoding="utf-8")

    ran = cl("rerun", home / "out" / "2022-23" / "run.json", "--out", home / "again")

    assert ran.code == 3
    assert "learning-report.docx: its bytes are not the same\n" in ran.out
    assert (home / "again" / "learning-report.docx").is_file()


def test_a_record_that_went_elsewhere_needs_its_workspace_named(
    cl: Run, a_workspace: Make, tmp_path: Path
) -> None:
    home = a_workspace(TEN)
    cl("report", "-p", "2023", "-w", home, "--out", tmp_path / "elsewhere")
    record = tmp_path / "elsewhere" / "run.json"

    ran = cl("rerun", record)

    assert ran.code == 2
    assert ran.err == (
        "cl: run.json: does not say where its workspace is, because the files went elsewhere.\n"
        "    Name it: --workspace DIR\n"
    )
    assert cl("rerun", record, "-w", home).code == 0


def test_two_runs_of_the_same_are_the_same(cl: Run, a_workspace: Make, prepared: Make) -> None:
    home = prepared(a_workspace(TEN), "report", "-p", "2023")
    record = home / "out" / "2022-23" / "run.json"

    ran = cl("compare", record, record)

    assert (ran.code, ran.out, ran.err) == (0, "Every figure is the same.\n", "")


def test_a_late_outcome_is_named_behind_every_figure_it_moved(
    cl: Run, a_workspace: Make, tmp_path: Path
) -> None:
    rows = [{"Outcome": None} if n == 3 else {} for n in range(10)]
    first, second = a_workspace(rows, folder="a"), a_workspace(TEN, folder="b")
    # the same references in both
    for home in (first, second):
        cl("report", "-p", "2023", "-w", home, "--edition", "internal", "-q")
    records = [h / "out" / "2022-23" / "run-OFFICIAL-SENSITIVE.json" for h in (first, second)]

    ran = cl("compare", *records, "--json")

    assert ran.code == 3
    told = json.loads(ran.out)
    assert told["files"] == ["register/complaints.xlsx: has changed"]
    changes = {one["name"]: one for one in told["changes"]}
    assert (changes["upheld_or_partly"]["was"], changes["upheld_or_partly"]["now"]) == (9, 10)


def test_rows_are_named_with_what_changed_about_them(cl: Run, a_workspace: Make) -> None:
    late = [{"Case Ref": f"C{n:03d}"} for n in range(9)]
    first = a_workspace([{**late[0], "Outcome": "Not upheld"}, *late[1:]], folder="a")
    second = a_workspace([*late, {"Case Ref": "C009"}], folder="b")
    for home in (first, second):
        cl("report", "-p", "2023", "-w", home, "--edition", "internal", "-q")
    records = [h / "out" / "2022-23" / "run-OFFICIAL-SENSITIVE.json" for h in (first, second)]

    ran = cl("compare", *records)

    assert ran.code == 3
    assert ran.err == "register/complaints.xlsx: has changed\n"
    lines = ran.out.splitlines()
    at = lines.index("  upheld_or_partly: 8, now 10")
    assert lines[at + 1 : at + 3] == [
        "    + C000 (outcome: not_upheld, now upheld)",
        "    + C009 (is new)",
    ]
    at = lines.index("  outcome.not_upheld: 1, now 0")
    assert lines[at + 1] == "    - C000 (outcome: not_upheld, now upheld)"


def test_public_records_tell_figures_and_no_rows(cl: Run, a_workspace: Make) -> None:
    many = [{"Case Ref": f"C{n:03d}"} for n in range(20)]
    first = a_workspace(many[:12], folder="a")
    second = a_workspace(many, folder="b")
    for home in (first, second):
        cl("report", "-p", "2023", "-w", home, "-q")

    ran = cl("compare", *(h / "out" / "2022-23" / "run.json" for h in (first, second)))

    assert "  received: 12, now 20" in ran.out.splitlines()
    assert "C01" not in ran.out
    assert ran.err.endswith("Two internal records (--edition internal) would name the rows.\n")


def test_a_record_may_be_named_by_its_folder(cl: Run, a_workspace: Make) -> None:
    home = a_workspace([{} for _ in range(6)])
    a_record(home, cl=cl)
    out = home / "out" / "2022-23"
    assert cl("rerun", out).code == 0
    assert cl("compare", out, out).out == "Every figure is the same.\n"


@pytest.mark.parametrize("data", [b"PK\x03\x04\xff", b"\xff\xfe{", b"[1", b""])
def test_what_is_no_record_is_said(cl: Run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "edited.docx"
    path.write_bytes(data)
    ran = cl("rerun", path)
    assert ran.code == 2
    assert ran.err == (
        "cl: edited.docx: is not a run record.\n"
        "    Name a run.json that this version of cl report wrote.\n"
    )


def test_a_copied_run_record_asks_for_its_workspace_and_names_no_place_outside(
    cl: Callable[..., Any], a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    home = a_workspace()
    cl("report", "--period", "2023", "--workspace", home)
    copied = tmp_path / "elsewhere" / "deep" / "run.json"
    copied.parent.mkdir(parents=True)
    copied.write_bytes((home / "out" / "2022-23" / "run.json").read_bytes())
    ran = cl("rerun", copied)
    assert ran.code == 2
    assert ran.err.endswith(
        "cl: run.json: its workspace is not where it was beside it: was the file copied?\n"
        "    Name it: --workspace DIR\n"
    )
    assert cl("rerun", copied, "--workspace", home).code == 0


def test_what_somebody_edited_is_kept_when_the_report_is_made_again(
    cl: Run, a_workspace: Make
) -> None:
    home = a_workspace(TEN)
    out = home / "out" / "2022-23"
    report, page = out / "learning-report.docx", out / "learning-report.html"
    a_record(home, "-f", "docx", "-f", "html", cl=cl)
    a_record(home, "-f", "html", cl=cl)  # the Word file of the run before is ours still
    ours, ours_too = report.read_bytes(), page.read_bytes()
    register = home / "register" / "complaints.xlsx"
    later = a_workspace([*TEN, {"Case Ref": "C099"}], folder="later")
    register.write_bytes((later / "register" / "complaints.xlsx").read_bytes())

    a_record(home, "-f", "docx", cl=cl)
    fresh = report.read_bytes()
    assert fresh != ours
    assert page.read_bytes() == ours_too
    assert not list(out.glob("*-edited*"))

    for n, work in enumerate((b"a week of her work", b"and another")):
        report.write_bytes(work)
        done = cl("report", "-p", "2023", "-w", home, "-q")
        kept = out / f"learning-report-edited{'-2' if n else ''}.docx"
        assert kept.read_bytes() == work
        assert report.read_bytes() == fresh
        assert done.err == f"An older file that somebody had edited is kept as {kept.name}\n"
    report.write_bytes(b"a third")
    told = json.loads(cl("report", "-p", "2023", "-w", home, "--json").out)
    assert told["kept"] == [str(out / "learning-report-edited-3.docx")]


def test_a_public_report_that_shares_days_with_another_is_told(cl: Run, a_workspace: Make) -> None:
    home = a_workspace(TEN)
    assert "share days" not in cl("report", "-p", "2023", "-w", home).err
    assert "share days" not in cl("report", "-p", "2021-22", "-w", home).err
    inside = cl("report", "-p", "2022-04..2022-09", "-w", home, "--edition", "internal")
    assert "share days" not in inside.err
    assert (
        "There is a public report of 2022-23 too. Do not publish two periods that share days"
        in cl("report", "-p", "2022-04..2022-09", "-w", home).err
    )
