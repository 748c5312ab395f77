"""One file a command. A command reads its options, makes one call and prints what came of it."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "report": "Write the learning report for a period.",
    "figures": "List every figure of a period with its value and meaning.",
}
"""Each command with its line in `cl --help`, in the order of use."""
