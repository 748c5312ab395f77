"""Write the locks: versions and hashes for every platform, and no registry address."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Versions and hashes of everything that is installed. Rewritten by: make lock\n"
LOCKS = {"requirements.lock": "dev", "requirements-dask.lock": "dask"}


def main() -> None:
    """Resolve with uv, which reads pyproject.toml and knows every platform's markers."""
    for name, extra in LOCKS.items():
        with tempfile.TemporaryDirectory() as folder:
            found = Path(folder) / "lock"
            options = f"--extra {extra} --universal --generate-hashes --no-header --no-annotate -q"
            command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml"]
            subprocess.run([*command, *options.split(), "-o", str(found)], cwd=ROOT, check=True)
            text = found.read_text(encoding="utf-8")
        if "://" in text:
            raise SystemExit("the lock names an address; resolve without extra indexes")
        (ROOT / name).write_text(HEAD + text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
