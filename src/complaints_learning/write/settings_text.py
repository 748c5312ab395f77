"""A proposal with its decisions in, the text of a cl.toml out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from complaints_learning.nouns import columns
from complaints_learning.nouns.proposal import Proposal, Proposed


def text(proposal: Proposal, council: str, decided: Mapping[tuple[str, str], str]) -> str:
    """The file as a council's analyst would want to find it: short, and saying why.

    `decided` gives what a person said of unknown columns: (table, header) to canonical name.
    """
    lines = [
        "# The choices of this workspace. docs/settings.md lists every one.",
        "",
        "[council]",
        f"name = {quoted(council)}",
        "",
        "[sources]",
    ]
    sources = dict(proposal.sources)
    for table in columns.TABLES:
        patterns = _patterns(sources.get(table, ()))
        lines.append(f"{table} = [{', '.join(map(quoted, patterns))}]")
    lines += [f"# not a table that could be told: {file}" for file in proposal.unread]
    for table in sources:
        lines += _columns(table, [one for one in proposal.columns if one.table == table], decided)
    if proposal.outcomes:
        lines += [
            "",
            "# What these outcomes count as: upheld, partly_upheld, not_upheld, resolved,",
        ]
        lines += [
            "# no_finding, withdrawn, refused or open. Take the # away and fill in.",
            "[outcomes]",
        ]
        lines += [f"# {quoted(word)} = " + '""' for word in proposal.outcomes]
    if proposal.procedures:
        lines += [
            "",
            "# What these words for a procedure mean: statutory or corporate. Take the # away and",
            "# fill in.",
            "[procedures]",
        ]
        lines += [f"# {quoted(word)} = " + '""' for word in proposal.procedures]
    if proposal.no_procedure:
        lines += ["", *_NO_PROCEDURE, "[procedure_by_file]"]
        lines += [f"# {quoted(file)} = " + '""' for file in proposal.no_procedure]
    return "\n".join(lines) + "\n"


_NO_PROCEDURE = [
    "# Nothing in these files says by which procedure complaints went, and without it no time",
    "# limit can be measured. If all in a file went by one, say which: statutory or corporate.",
]


def _columns(
    table: str, found: list[Proposed], decided: Mapping[tuple[str, str], str]
) -> list[str]:
    lines, told = ["", f"[columns.{table}]"], False
    for one in sorted(found, key=lambda one: not one.name):
        samples = "; ".join(one.samples)
        said = f"  # {_printable(samples)}" if samples else ""
        chosen = decided.get((one.table, one.header), "")
        if one.name == "ignore":
            lines.append(f'# not read: {quoted(one.header)} = "ignore"')
        elif one.name:
            lines.append(f"# known: {quoted(one.header)} = {quoted(one.name)}{said}")
        elif chosen:
            lines.append(f"{quoted(one.header)} = {quoted(chosen)}{said}")
        else:
            lines += [] if told else _UNKNOWN
            told = True
            others = f"; or {', '.join(one.closest[1:])}" if one.closest[1:] else ""
            likely = one.closest[0] if one.closest else ""
            lines.append(f"# {quoted(one.header)} = {quoted(likely)}{said}{others}")
    return lines


_UNKNOWN = [
    "# Nobody knows the next headers, so nothing under them is counted. Say what they mean",
    "# and take the # away; docs/columns.md has every name. ignore instead of a name leaves a",
    "# column out for good, and nothing will mention it again.",
]


def _patterns(files: tuple[str, ...]) -> list[str]:
    """A pattern for a folder of its own, names for files that stand alone."""
    folders = {str(PurePosixPath(file).parent) for file in files}
    if len(folders) == 1 and folders != {"."} and files:
        return [f"{folders.pop()}/*"]
    return list(files)


def quoted(text: str) -> str:
    """As a TOML string: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
