"""Where what we compiled is kept, what is kept there, and the fingerprint of what compiled it.

The place is Python's own for what it compiled (`__pycache__` of the package, or under
PYTHONPYCACHEPREFIX): whoever may write there may change the program itself.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from complaints_learning.read import places

MOST_BYTES = 20_000_000
_HOME = Path(__file__).resolve().parent.parent


def place(template: str) -> Path | None:
    """The file for the templates of a shipped report; None when Python is to keep nothing."""
    if not template.isidentifier() or not (places.shipped("templates") / template).is_dir():
        return None
    return _beside(f"{template}.templates")


def themes_place(workspace: Path | None = None) -> Path | None:
    """The file for the shipped themes, ready to find them; None where a council has its own."""
    own = workspace is not None and (workspace / "templates" / "themes.toml").is_file()
    return None if own else _beside("themes.ready")


def days_place() -> Path | None:
    """The file for the bank holidays that a report asked for."""
    return _beside("bank_holidays.ready")


def _beside(name: str) -> Path | None:
    if sys.dont_write_bytecode or sys.implementation.cache_tag is None:
        return None
    path = _HOME / name
    return Path(cache_from_source(str(path.with_suffix(".py")))).with_suffix(path.suffix)


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
    return _fingerprint("jinja2", sorted((_HOME / "tell").glob("*.py")))


def themes_key() -> str:
    """The fingerprint of what makes themes ready, and of the shipped themes by their content."""
    shipped = places.shipped("templates")
    texts = [(shipped / name).read_bytes() for name in ("themes.toml", "theme_hints.json")]
    ours = [_HOME / "nouns/themes.py", *sorted((_HOME / "classify").glob("*.py"))]
    return " ".join((_fingerprint("numpy", ours), *(hashlib.sha256(t).hexdigest() for t in texts)))


def days_key() -> str:
    """The fingerprint of what says when bank holidays are."""
    return _fingerprint(
        "holidays", [_HOME / "measure/working_days.py"], "countries/united_kingdom.py"
    )


def _fingerprint(library: str, ours: list[Path], *more: str) -> str:
    """Of Python, the modules at a library's top and `more`, and these of ours, by size and time."""
    said = [sys.version]
    spec = find_spec(library)
    if spec is not None and spec.origin is not None:
        top = Path(spec.origin).parent
        ours = [*(path for each in ("*.py", *more) for path in sorted(top.glob(each))), *ours]
    for path in ours:
        about = path.stat()
        said.append(f"{path} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
