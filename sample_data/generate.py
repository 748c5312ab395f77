"""Write the invented council's workspace again from its hand-written texts and a seed.

    python sample_data/generate.py [--out FOLDER]

Rewrites every workbook, truth.csv and faults.csv. Nothing in it is real.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from making import assurance, cases, follow, register, sheets  # noqa: E402


def main() -> None:
    """Write the workspace into --out, by default beside this file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=HERE)
    out = options.parse_args().out
    found = cases.read(HERE / "making" / "complaints.csv")
    faults = register.write(found, out)
    follow.compliments(HERE / "making" / "compliments.csv", out)
    faults += follow.forms(found, out)
    faults += follow.actions(found, HERE / "making" / "actions.csv", out)
    faults += assurance.write(out)
    faults += assurance.figures(out)
    sheets.table(
        out / "truth.csv",
        ("reference", "outcome", "themes", "primary", "received", "procedure"),
        [
            (c.reference, c.outcome, ";".join(c.themes), c.primary, c.received, c.procedure)
            for c in found
        ],
    )
    sheets.table(
        out / "faults.csv",
        ("file", "sheet", "cell", "problem", "code"),
        [(fault.file, fault.sheet, fault.cell, fault.problem, fault.code) for fault in faults],
    )


if __name__ == "__main__":
    main()
