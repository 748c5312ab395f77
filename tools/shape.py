"""The package's modules, what each imports, and which layer it belongs to; read from the source.

`docs/architecture.md` gets its picture from here, and `tests/test_shape.py` holds the rules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "complaints_learning"
PACKAGE = "complaints_learning"

STAGES = ("read", "check", "classify", "measure", "protect", "tell", "draw", "write")
DOORS = ("", "__main__", "cli", "commands", "notebook")
LAYERS = {
    "doors": DOORS,
    "jobs": ("pipeline", "jobs"),
    "stages": STAGES,
    "word": ("word",),
    "nouns": ("nouns",),
}
"""The layers from top to bottom, each with the folders and files that are in it."""


@dataclass(frozen=True, slots=True)
class Import:
    """`module` imports `target`: 'top' when it is loaded, 'lazy' in a function, or for 'types'."""

    module: str
    target: str
    when: str


def top(module: str) -> str:
    """The first part of a module's name: 'measure.themes' belongs to 'measure'."""
    return module.partition(".")[0]


def layer(module: str) -> str:
    """The layer that a module is in."""
    return next(name for name, members in LAYERS.items() if top(module) in members)


def part(module: str) -> str:
    """What a module is named by in its layer: 'nouns.findings' is 'findings'."""
    first, _, rest = module.partition(".")
    return top(rest) if first in ("nouns", "word", "jobs") else first


@cache
def modules() -> dict[str, Path]:
    """Every module by name within the package; the package itself is ''."""
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        .removesuffix("__init__")
        .removesuffix("."): path
        for path in sorted(SOURCE.rglob("*.py"))
    }


@cache
def tree(module: str) -> ast.Module:
    """A module's syntax."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def lines(module: str) -> int:
    """How long a module is."""
    return len(modules()[module].read_text(encoding="utf-8").splitlines())


@cache
def imports() -> tuple[Import, ...]:
    """Every import of one of our modules by another."""
    return tuple(one for module in modules() for one in _ours(module))


def _ours(module: str) -> Iterator[Import]:
    for node, when in _nodes(module):
        if isinstance(node, ast.ImportFrom) and top(node.module or "") == PACKAGE:
            base = (node.module or "").removeprefix(PACKAGE).lstrip(".")
            for alias in node.names:
                full = f"{base}.{alias.name}".lstrip(".")
                target = full if full in modules() else base
                if target:
                    yield Import(module, target, when)


def outside(module: str) -> set[str]:
    """The packages that are not ours and that are loaded with a module."""
    found = set()
    for node, when in _nodes(module):
        if when == "top" and isinstance(node, ast.Import):
            found |= {top(alias.name) for alias in node.names}
        if when == "top" and isinstance(node, ast.ImportFrom):
            found.add(top(node.module or ""))
    return found - {PACKAGE}


@cache
def _nodes(module: str) -> tuple[tuple[ast.AST, str], ...]:
    return tuple(_walk(tree(module), "top"))


def _walk(node: ast.AST, when: str) -> Iterator[tuple[ast.AST, str]]:
    """Each node below, with when it runs."""
    for child in ast.iter_child_nodes(node):
        below = when
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            below = "lazy"
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            below = "types"
        yield child, below
        yield from _walk(child, below)


@cache
def calls(module: str) -> tuple[tuple[str, str], ...]:
    """What a module calls ('print', '.read_text', 'os.open') and when, 'top' or 'lazy'."""
    return tuple(_calls(module))


def _calls(module: str) -> Iterator[tuple[str, str]]:
    for node, when in _nodes(module):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, when
            elif isinstance(node.func, ast.Attribute):
                owner = node.func.value
                known = owner.id if isinstance(owner, ast.Name) else ""
                named = known if known in ("os", "sys", "typer", "shutil", "zipfile") else ""
                yield f"{named}.{node.func.attr}", when


def cycles(whens: tuple[str, ...] = ("top",), among: str = "") -> list[tuple[str, ...]]:
    """Modules that need each other: to be loaded, or also (`whens`) when a function runs.

    `among` looks at one layer alone.
    """
    needs: dict[str, set[str]] = {
        module: set() for module in modules() if not among or layer(module) == among
    }
    for one in imports():
        if (
            one.when in whens
            and one.target != one.module
            and {one.module, one.target} <= set(needs)
        ):
            needs[one.module].add(one.target)
    found, done = [], set[str]()

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            found.append((*path[path.index(module) :], module))
        elif module not in done:
            for target in sorted(needs[module]):
                visit(target, (*path, module))
            done.add(module)

    for module in needs:
        visit(module, ())
    return found


def picture() -> str:
    """The layers from top to bottom, then which noun each stage uses."""
    members: dict[str, list[str]] = {name: [] for name in LAYERS}
    for module in modules():
        if part(module) and part(module) not in members[layer(module)]:
            members[layer(module)].append(part(module))
    members["jobs"].sort(key=lambda name: name != "pipeline")
    members["stages"] = list(STAGES)
    told = []
    for name in LAYERS:
        joint = " > " if name == "stages" else "  "
        told += _wrapped(name, members[name], joint)
        told.append("")
    return "\n".join([*told, *_matrix(members["nouns"] + members["word"])])


def _wrapped(title: str, names: list[str], joint: str) -> list[str]:
    rows, row = [], ""
    for name in names:
        longer = f"{row}{joint}{name}" if row else name
        if len(longer) > 66:
            rows.append(row)
            longer = name
        row = longer
    rows.append(row)
    return [f"{title if not number else '':<20}{text}" for number, text in enumerate(rows)]


def _matrix(names: list[str]) -> list[str]:
    """A row a noun, a column a stage: a mark where the stage imports it."""
    pairs = {
        (top(one.module), part(one.target))
        for one in imports()
        if layer(one.target) in ("nouns", "word")
    }
    used = [name for name in names if any((stage, name) in pairs for stage in STAGES)]
    head = " " * 20 + "".join(f"{stage:<10}" for stage in STAGES)
    rows = [
        f"{name:<20}" + "".join(f"{'x' if (stage, name) in pairs else '.':<10}" for stage in STAGES)
        for name in used
    ]
    return [line.rstrip() for line in (head, *rows)]
