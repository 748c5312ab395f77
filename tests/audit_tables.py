"""Attack random linked tables under every rule, count what comes back, and write it into the docs.

python tests/audit_tables.py [TABLES] [FIRST]   minutes to an hour; docs/small-numbers.md

The short form of the same runs with the tests: `test_protect.py`.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from attacker import linked_tables, recoverable, unsafe
from complaints_learning import protect
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import SmallNumbers

DOC = Path(__file__).resolve().parent.parent / "docs" / "small-numbers.md"
BEGIN, END = "<!-- counted by tests/audit_tables.py -->\n", "<!-- end -->\n"
RULES = {
    "under 3": SmallNumbers(threshold=3),
    "under 5 (default)": SmallNumbers(),
    "1 to 5 (as under 6; the Department for Education's)": SmallNumbers(rule="dfe"),
    "under 10": SmallNumbers(threshold=10),
}


def alone(findings: Findings, rule: SmallNumbers) -> Findings:
    """Small counts hidden and nothing else: what a careful person with a highlighter does."""
    small = {
        name: replace(figure, value=None, masked="hidden")
        for name, figure in findings.figures.items()
        if figure.value is not None
        and 1 <= figure.value <= rule.hidden_up_to
        and "change" not in name
    }
    return replace(findings, figures={**findings.figures, **small})


def attacked(rule: SmallNumbers, seeds: range) -> tuple[int, int, int, int]:
    """Figures hidden, those computed back, small numbers told too much of, and tables opened by
    hiding small counts alone."""
    hidden = back = told = opened = 0
    for seed in seeds:
        findings = linked_tables(seed)
        public = protect.for_edition(findings, "public", rule)
        hidden += sum(1 for figure in public.figures.values() if figure.masked)
        back += len(recoverable(findings, public))
        told += len(unsafe(findings, public, rule.hidden_up_to))
        opened += bool(recoverable(findings, alone(findings, rule)))
    return hidden, back, told, opened


def main(tables: int, first: int) -> int:
    """Attack, print and write. 1 when anything came back."""
    seeds = range(first, first + tables)
    lines, broken = [], 0
    for name, rule in RULES.items():
        hidden, back, told, opened = attacked(rule, seeds)
        broken += back + told
        lines.append(
            f"| {name} | {tables:,} | {hidden:,} | {back} | {told} | {100 * opened / tables:.0f}% |"
        )
        print(lines[-1], flush=True)
    today = datetime.now(UTC)
    table = "\n".join(
        (
            f"Counted on {today.day} {today:%B %Y}, random tables {first:,} to {seeds[-1]:,}:",
            "",
            "| Rule | Tables | Hidden | Computed back | Told too closely | Opened, small alone |",
            "|---|---|---|---|---|---|",
            *lines,
        )
    )
    text = DOC.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    DOC.write_text(f"{before}{BEGIN}\n{table}\n\n{END}{after}", encoding="utf-8")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (*sys.argv[1:], "1000", "10000")[:2])))
