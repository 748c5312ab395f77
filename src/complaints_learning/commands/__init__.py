"""One file a command. A command reads its options, makes one call and prints what came of it."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "init": "Make a folder of exports a workspace.",
    "check": "Say what is wrong in the exports, cell by cell.",
    "report": "Write the learning report for a period.",
    "rerun": "Make the report of a run record again, byte for byte.",
    "compare": "Say which figures changed between two runs, and why.",
    "verify": "Say which figures of an edited report no longer match the data.",
    "refresh": "Bring the figures of an edited report up to date.",
    "figures": "List every figure of a period with its value and meaning.",
    "explain": "Explain a figure, a complaint or a problem code.",
    "themes": "Show what complaints were about, as bars.",
    "trend": "Show complaints by month, with the limits of chance.",
    "chain": "Follow each theme from complaint to tested change.",
    "classify": "Give each text of a spreadsheet its themes.",
    "review": "Write the workbook in which a person decides themes.",
    "evaluate": "Measure how well themes are found.",
    "template": "The report's texts: list, copy, check, names.",
    "sample": "Write the invented sample workspace to a folder.",
    "doctor": "Say what is installed, found and missing.",
}
"""Each command with its line in `cl --help`, in the order of use."""

EXIT_CODES: dict[int, str] = {
    0: "everything was counted, or all is as it should be",
    1: "a mistake of ours (Python's own code for a crash): please report what it prints",
    2: "it could not be done, and no file was changed; the message says what to do",
    3: "done, with rows left out or things for a person to look at (`--strict` makes that 2)",
    4: "another run holds the workspace; nothing was changed, and later it will do",
    130: "stopped by Ctrl+C; nothing is left half written",
    143: "stopped by the system; nothing is left half written",
}
"""What each number that `cl` leaves with means; the tests allow no other."""
