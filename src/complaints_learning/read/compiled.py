"""A report's name in; where the code of its shipped templates is kept, and what is kept there.

The place is Python's own for what it compiled (`__pycache__` of the package, or under
PYTHONPYCACHEPREFIX): whoever may write there may change the program itself.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from complaints_learning.read import places

MOST_BYTES = 10_000_000


def place(template: str) -> Path | None:
    """The file for the templates of a shipped report; None when Python is to keep nothing."""
    if sys.dont_write_bytecode or sys.implementation.cache_tag is None:
        return None
    if not template.isidentifier() or not (places.shipped("templates") / template).is_dir():
        return None
    home = Path(__file__).resolve().parent.parent
    return Path(cache_from_source(str(home / f"{template}.py"))).with_suffix(".templates")


def kept(path: Path | None) -> bytes:
    """The bytes that are kept, nothing when there are none."""
    try:
        if path is None or path.stat().st_size > MOST_BYTES:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def key() -> str:
    """The fingerprint of what compiles templates: Python, Jinja, our sandbox, by size and time."""
    said = [sys.version]
    spec = find_spec("jinja2")
    jinja = [Path(spec.origin).parent] if spec is not None and spec.origin is not None else []
    for folder in (*jinja, Path(__file__).resolve().parent.parent / "tell"):
        for path in sorted(folder.glob("*.py")):
            about = path.stat()
            said.append(f"{path} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
