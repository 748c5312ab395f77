"""The shipped texts: whatever was found, they read as sentences, and every number is a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle, pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from complaints_learning import pipeline
from complaints_learning.nouns.counted import Counted, Edition
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.report import (
    Bullets,
    Heading,
    KeyPoints,
    Paragraph,
    Report,
    Table,
    plain,
)
from complaints_learning.read import places, texts
from test_complaints_report import ALONE, lines

DAY = date(2023, 9, 1)
pytestmark = pytest.mark.usefixtures("counted_once")
REPORTS = ("learning_report", "complaints_report")

FAULTS = {
    "a mark of a table in a sentence": r"\[[cxz]\](?! in this edition)",
    "a number that is not there": r"\bNone\b(?! of\b|\.| is recorded)|\bnan\b|\bTrue\b|\bFalse\b",
    "two spaces": r"  ",
    "a space before a comma or a full stop": r" [,.;:]",
    "a wrong article": r"\ba undisclosed\b|\bthe an undisclosed\b|\ban one\b",
    "one of many": r"\b(one|1) (?!hundred)(complaints|actions|forms|answers|results|services)\b",
    "many of one": r"\b(two|three|[2-9]|\d\d+) (complaint|action|form|answer|result)\b",
    "one were, many was": r"\b[Oo]ne (complaint|action|form) (were|are|have)\b"
    r"|\b(two|three|four|no) \w+s (was|is|has)\b",
    "a word twice": r"(?i)\b(\w+) \1\b",
    "words run together": r"[a-z)][,;.][A-Za-z]|\)[a-z]",
    "a full stop twice": r"\.\.|,,|;;|,\.|;\.",
    "a template's own signs": r"\{\{|\}\}|\{%|%\}|<b>|\*\*",
}


def sentences(told: Report) -> Iterator[tuple[str, bool]]:
    """Every line of prose, and whether it must be a whole sentence."""
    for section in told.sections:
        signed = section.name == "sign_off"
        for block in section.blocks:
            if isinstance(block, Paragraph) and not signed:
                yield _text(block.line), block.numbered
            elif isinstance(block, KeyPoints):
                for item in block.items:
                    yield _text(item), True
            elif isinstance(block, Bullets):
                for item in block.items:
                    yield _text(item), False


def _text(line: tuple[object, ...]) -> str:
    return "".join((run.ref and "Table 1") or run.text for run in line)  # type: ignore[attr-defined]


def faults(told: Report) -> list[str]:
    """What reads wrongly, with its sentence."""
    return [fault for text, whole in sentences(told) for fault in wrong(text, whole)]


def wrong(text: str, whole: bool = True) -> Iterator[str]:
    """The faults of one line; `whole` when it must be a sentence."""
    for fault, pattern in FAULTS.items():
        if re.search(pattern, text):
            yield f"{fault}: {text}"
    if whole and not re.match(r"[A-Z0-9\u00a3']", text):
        yield f"no capital: {text}"
    if whole and not text.endswith((".", ":")):
        yield f"no full stop: {text}"


def ends(told: Report) -> list[str]:
    """Headings with nothing under them, and items that promise what does not follow."""
    blocks = [*told.blocks, Heading(1, ())]
    return [
        plain(one.line)
        for one, following in pairwise(blocks)
        if (
            (isinstance(one, Heading) and isinstance(following, Heading))
            and following.level <= one.level
        )
        or (
            (isinstance(one, Paragraph) and plain(one.line).endswith(":"))
            and not isinstance(following, Bullets)
        )
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("There were [c] complaints.", "a mark of a table in a sentence"),
        ("The  end.", "two spaces"),
        ("One , two.", "a space before a comma or a full stop"),
        ("It has a undisclosed number.", "a wrong article"),
        ("There were 1 complaints.", "one of many"),
        ("Of one complaints.", "one of many"),
        ("There were two complaint.", "many of one"),
        ("One complaint were upheld.", "one were, many was"),
        ("The the end.", "a word twice"),
        ("Three were done (one late)and one was not.", "words run together"),
        ("The end..", "a full stop twice"),
        ("there was none.", "no capital"),
        ("There was none", "no full stop"),
    ],
)
def test_the_reader_finds_each_fault(text: str, fault: str) -> None:
    assert fault in {one.partition(":")[0] for one in wrong(text)}


def _tell(counted: Counted, findings: Findings, template: str, edition: Edition) -> Report:
    from complaints_learning import tell

    given = texts.report_texts(template, counted.workspace)
    about = tell.context(
        counted.settings, counted.period, counted.checked, edition, "9.9", DAY, given.title
    )
    return tell.learning_report(findings, given, counted.themes, about)


def _all(findings: Findings, change: Callable[[Figure], Figure]) -> Findings:
    return replace(
        findings, figures={name: change(figure) for name, figure in findings.figures.items()}
    )


def _valued(value: int) -> Callable[[Figure], Figure]:
    """Every count is `value`, of as many; a change too."""

    def change(figure: Figure) -> Figure:
        if figure.value is None:
            return figure
        of = None if figure.of is None else value
        return replace(figure, value=value, of=of, of_name="", low=None, high=None)

    return change


def _masked(figure: Figure) -> Figure:
    return figure if figure.value == 0 else replace(figure, value=None, of=None, masked="hidden")


def _missing(figure: Figure) -> Figure:
    return replace(figure, value=None, of=None, low=None, high=None)


def _fallen(figure: Figure) -> Figure:
    known = figure.name.startswith("change.") and figure.value is not None
    return replace(figure, value=-abs(figure.value or 3)) if known else figure


STATES: dict[str, Callable[[Figure], Figure]] = {
    "as counted": lambda figure: figure,
    "none": _valued(0),
    "one": _valued(1),
    "two": _valued(2),
    "many": _valued(1234),
    "fallen": _fallen,
    "masked": _masked,
    "missing": _missing,
    "every other masked": lambda figure: _masked(figure) if len(figure.name) % 2 else figure,
    "every third masked": lambda figure: _masked(figure) if len(figure.name) % 3 else figure,
    "half missing": lambda figure: _missing(figure) if len(figure.name) % 2 else figure,
}


@pytest.mark.parametrize("template", REPORTS)
@pytest.mark.parametrize("state", STATES)
def test_whatever_was_found_the_texts_are_sentences(
    full: Counted, template: str, state: str
) -> None:
    told = _tell(full, _all(full.findings, STATES[state]), template, "internal")

    assert faults(told) == []
    assert ends(told) == []


@pytest.mark.parametrize("template", REPORTS)
@pytest.mark.parametrize("verdict", ["better", "worse", "no_clear_change", "too_few", "not_tested"])
def test_every_verdict_is_a_sentence_whatever_it_rests_on(
    full: Counted, template: str, verdict: str
) -> None:
    facts = dict(full.findings.facts)
    names = [name for name in facts if re.fullmatch(r"theme\.\w+\.verdict", name)]
    for name, basis in zip(
        names, cycle(["complaints", "audits", "both", "mixed", ""]), strict=False
    ):
        facts[name] = verdict
        facts[f"{name}.basis"] = basis
        facts[f"{name}.audits"] = verdict if basis in ("audits", "both") else "too_few"
    told = _tell(full, replace(full.findings, facts=facts), template, "internal")

    assert faults(told) == []


@pytest.mark.parametrize("template", REPORTS)
@pytest.mark.parametrize("edition", ["public", "internal"])
@pytest.mark.parametrize("rows", [0, 1, 2, 30])
def test_a_register_alone_reads_well(
    a_workspace: Callable[..., Path], template: str, edition: Edition, rows: int
) -> None:
    given: list[dict[str, object]] = [
        {"Outcome": ("Upheld", "Not upheld", "Partially upheld")[at % 3]} for at in range(rows)
    ]
    home = a_workspace(given or [{"Date Received": "10/05/2019"}], settings=ALONE)

    told = pipeline.tell(pipeline.count(home, "2023", DAY), edition, template).report

    assert faults(told) == []
    assert ends(told) == []


def test_the_public_edition_gives_no_count_of_cells_to_look_at_and_no_rows_of_a_file(
    full: Counted,
) -> None:
    count = re.compile(r": \d+$")
    internal = _tell(full, full.findings, "learning_report", "internal")
    told = _tell(full, pipeline.protect(full, "public"), "learning_report", "public")

    assert any(count.search(plain(line)) for line in lines(internal))
    (sources,) = (one for one in told.blocks if isinstance(one, Table) and one.name == "sources")
    assert sources.header == ("File", "What it holds", "Fingerprint")
    assert not any(count.search(plain(line)) for line in lines(told))


ALLOWED = re.compile(
    r"\b(19|20)\d\d\b"  # the years of Acts and Regulations
    r"|[Ss]tages? [123]( or [23])?|stage_[123]|\.stage_[123]"
    r"|section 26|Part 3|[Pp]aragraph 8\.1|SHA-256|95% interval|1,000 contacts|per_1000_contacts"
    r"|from 1 to \{\{"
    r"|revindex == 2|length == 1|\[\d\]|\.md\.j2"
)


@pytest.mark.parametrize("report", REPORTS)
def test_no_text_holds_a_number_that_should_be_a_figure(report: str) -> None:
    found = []
    for path in sorted((places.shipped("templates") / report).glob("*.j2")):
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            left = ALLOWED.sub("", re.sub(r"^(\{%-? else %\})?1\. ", "", line))
            if re.search(r"\d", left):
                found.append(f"{path.name}:{at}: {line}")

    assert found == []


def _said(home: Path) -> str:
    told = pipeline.tell(pipeline.count(home, "2023", DAY), "internal", "learning_report").report
    return "\n".join(text for text, _ in sentences(told))


def test_complaints_without_a_procedure_are_named_where_procedures_are_counted(
    a_workspace: Callable[..., Path],
) -> None:
    procedures = ["Statutory", "Corporate", "Corporate", "", "", ""]
    said = _said(a_workspace([{"Procedure": one} for one in procedures], settings=ALONE))

    assert (
        "one under the statutory procedure, two under the corporate procedure and three with no "
        "procedure recorded." in said
    )
    assert "Three complaints of the period have no procedure recorded, and so no limit," in said


@pytest.mark.parametrize(
    ("open_", "overdue", "late", "words"),
    [
        (2, 2, 0, "one was done and two were overdue."),
        (2, 0, 1, "one was done (late) and two were still open, none overdue."),
        (2, 1, 0, "one was done and two were still open, one of them overdue."),
    ],
)
def test_what_became_of_a_themes_actions_adds_up(
    full: Counted, open_: int, overdue: int, late: int, words: str
) -> None:
    counts = {"": 3, ".done": 1, ".done.late": late, ".open": open_, ".overdue": overdue}
    stem = next(name for name in full.findings.figures if name.endswith("communication.actions"))
    found = {
        f"{stem}{end}": replace(
            full.findings.figures[f"{stem}{end}"],
            value=value,
            of=open_ if end == ".overdue" else 3,
        )
        for end, value in counts.items()
    }
    changed = replace(full.findings, figures={**full.findings.figures, **found})
    told = _tell(full, changed, "learning_report", "internal")

    assert any(text.endswith(words) for text, _ in sentences(told))
