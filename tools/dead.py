"""Say which functions, methods, classes and imports of ours nobody uses.

python tools/dead.py     leaves with 1 when there is one
"""

from __future__ import annotations

import sys
from fnmatch import fnmatch
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("function", "method", "class", "import", "unreachable_code")
CALLED_BY_OTHERS = (
    # click, html.parser and jinja2 look for methods of these names
    *(
        "list_commands",
        "format_commands",
        "handle_*",
        "call_binop",
        "call_unop",
        "is_safe_callable",
        "get_cache_key",
        "get_source_checksum",
        "load_bytecode",
        "dump_bytecode",
    ),
    "__getattr__",  # Python asks it for the package's public names
    "pytest_configure",  # pytest asks a plugin for it
    # what people decided on publishing; read back from the review workbook
    "publications",
    # a text template may say these
    *("share_of", "is_*", "has_*"),
)


def found() -> list[str]:
    """A line for each thing that nothing in the source, tools or templates names."""
    search = Vulture(ignore_decorators=["@*app.command", "@*app.callback"])
    search.scavenge([str(ROOT / "src")])
    templates = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.j2")
    )
    tools = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tools").glob("*.py"))
    return [
        f"{Path(one.filename).relative_to(ROOT).as_posix()}:{one.first_lineno}: "
        f"{one.typ} {one.name} is not used"
        for one in search.get_unused_code()
        if one.typ in KINDS
        and not any(fnmatch(one.name, name) for name in CALLED_BY_OTHERS)
        and Path(one.filename).name != "notebook.py"
        and one.name not in templates + tools
    ]


if __name__ == "__main__":
    told = found()
    print("\n".join(told))
    sys.exit(1 if told else 0)
