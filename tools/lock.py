"""Write requirements.lock: versions and hashes for every platform, and no registry address."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Versions and hashes of everything that is installed. Rewritten by: make lock\n"


def main() -> None:
    """Resolve with uv, which reads pyproject.toml and knows every platform's markers."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "lock"
        options = "--extra dev --universal --generate-hashes --no-header --no-annotate --quiet"
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml"]
        subprocess.run([*command, *options.split(), "-o", str(found)], cwd=ROOT, check=True)
        text = found.read_text(encoding="utf-8")
    if "://" in text:
        raise SystemExit("the lock names an address; resolve without extra indexes")
    (ROOT / "requirements.lock").write_text(HEAD + text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
