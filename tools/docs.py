"""Write the generated parts of docs/ from the code: commands, settings, problems,
columns, figures, shape, the picture of the layers.

python tools/docs.py          write them
python tools/docs.py --check  say which would change; leaves with 1 when one would
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import shape as house

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- Written by tools/docs.py; do not edit. -->\n\n"


def commands() -> str:
    """Every command's help, plain and 80 columns wide, as anybody would see it."""
    from complaints_learning.commands import COMMANDS

    asked = [""]
    for name in COMMANDS:
        asked += [name, *(f"{name} {sub}" for sub in _subcommands(name))]
    parts = [
        f"\n##{'#' * words.count(' ')} cl {words}\n\n{told}" if words else told
        for words, told in zip(asked, _helps(asked), strict=True)
    ]
    return "".join([f"# Commands\n\n{MADE}", *parts, _exit_codes()])


def _exit_codes() -> str:
    from complaints_learning.commands import EXIT_CODES

    rows = "".join(f"| {code} | {said} |\n" for code, said in EXIT_CODES.items())
    return (
        f"\n## Exit codes\n\n| code | meaning |\n|---|---|\n{rows}\n"
        "Each command's help says what 3 means for it. With `--json` the same number stands in "
        "the\nanswer as `exit_code`; the answers are described in [schemas](schemas).\n"
    )


HELPS = """
import contextlib, io, json, sys
from complaints_learning import cli
told = []
for words in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert cli.run([*words.split(), "--help"]) == 0
    told.append(out.getvalue())
print(json.dumps(told))
"""


def _helps(asked: list[str]) -> list[str]:
    """The help of each of these commands, all from one process."""
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
    command = [sys.executable, "-c", HELPS, *asked]
    told = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=True
    )
    return [f"```text\n{each.rstrip()}\n```\n" for each in json.loads(told.stdout)]


def _subcommands(name: str) -> list[str]:
    from importlib import import_module

    app = import_module(f"complaints_learning.commands.{name.replace('-', '_')}").app
    found = app.registered_commands
    return [one.name for one in found if one.name] if len(found) > 1 else []


def settings() -> str:
    """Every setting with its default, in the order of cl.toml."""
    import msgspec

    from complaints_learning.nouns import settings as noun

    parts = [
        "# Settings: cl.toml\n\n",
        MADE,
        "Every choice has a default, so an empty `cl.toml` is a valid one. Dates are written "
        "without quotes: `meeting = 2024-03-11`.\n",
    ]
    for section in msgspec.structs.fields(noun.Settings):
        kind = section.type
        if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
            parts.append(f"\n## [{section.name}]\n\n{_MAPS[section.name]}\n")
            continue
        parts.append(f"\n## [{section.name}]\n\n{inspect.getdoc(kind)}\n\n")
        parts.append("| setting | default |\n|---|---|\n")
        parts += [f"| `{one.name}` | {_default(one)} |\n" for one in msgspec.structs.fields(kind)]
    return "".join(parts)


_MAPS = {
    "outcomes": 'What your own outcome words mean: `"Part Uphled" = "partly_upheld"`. The '
    "known ones need no line.",
    "procedures": 'What your own words for a procedure mean: `"Children Act" = "statutory"`.',
    "procedure_by_file": "By which procedure complaints went whose row says none, by the name or "
    'pattern of their file: `"Social care log*.xlsx" = "statutory"`.',
    "services": 'One name for a service that has several: `"SEND Team" = "SEND and EHC"`.',
    "complainants": 'What your own words for who complained mean: `"Nan" = "carer"`.',
    "styles": 'Which style of your Word file plays which part: `numbered = "Body Numbered"`.',
}


def _default(one: object) -> str:
    import msgspec

    value = one.default  # type: ignore[attr-defined]
    if value is msgspec.NODEFAULT:
        value = {}
    if isinstance(value, msgspec.Struct):
        inner = ", ".join(
            f"{name} = {_toml(getattr(value, name))}" for name in value.__struct_fields__
        )
        return f"`{{{inner}}}`"
    return "" if value is None else f"`{_toml(value)}`"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return "{}" if value == {} else str(value)


def problems() -> str:
    """Every problem code with its meaning and what to do."""
    from complaints_learning.nouns.codes import CODES

    rows = [
        f"## {code}\n\n**{one.title}.** {one.meaning}\n\nWhat to do: {one.todo}\n"
        for code, one in sorted(CODES.items())
    ]
    lead = "Every problem that `cl` can name. `cl explain CODE` prints the same text.\n\n"
    return f"# Problems\n\n{MADE}{lead}" + "\n".join(rows)


def columns() -> str:
    """Every column of every table, with the headers that are known to mean it."""
    from complaints_learning.nouns import columns as noun

    parts = [
        f"# Columns\n\n{MADE}Headers are compared without capitals, spaces and signs, without a "
        'number before them ("3. Outcome") and "Y/N" behind. Short words are read in full: Dt, '
        "Recd, Svc, Resp, St2, Dept.\n"
    ]
    for table in noun.TABLES.values():
        parts.append(f"\n## {table.title}\n\n| column | headers that mean it |\n|---|---|\n")
        for one in table.columns:
            known = ", ".join(one.headers) or "only by a line in cl.toml"
            known += f"; is the `{one.stands_for}` where there is no other" * bool(one.stands_for)
            parts.append(f"| `{one.name}`{' (needed)' if one.required else ''} | {known} |\n")
    return "".join(parts)


def shape() -> str:
    """Each module with its first line and what of ours it imports: nouns by name, else folders."""
    rows = []
    for name in sorted(house.modules()):
        first = (ast.get_docstring(house.tree(name)) or "").split("\n\n")[0].replace("\n", " ")
        used = {house.part(one.target) for one in house.imports() if one.module == name}
        listed = ", ".join(sorted(used - {house.part(name)}))
        shown = name or "complaints_learning"
        rows.append(f"| `{shown}` | {first.replace('|', '/')} | {listed} |\n")
    return f"# The shape\n\n{MADE}| module | what | imports |\n|---|---|---|\n{''.join(rows)}"


def architecture() -> str:
    """The page as it is, with its picture drawn anew from the imports."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    before, _, rest = page.partition(_PICTURE)
    after = rest.partition("```\n\n")[2]
    return f"{before}{_PICTURE}```text\n{house.picture()}\n```\n\n{after}"


_PICTURE = "<!-- The picture is written by tools/docs.py from the imports. -->\n\n"


def figures() -> str:
    """The page as it is, with its tables, charts and lists as the sample council's report has them.

    Names of themes and activities are given once: THEME, ACTIVITY.
    """
    from complaints_learning import pipeline
    from complaints_learning.measure.assurance import ACTIVITIES

    counted = pipeline.count(ROOT / "sample_data", "2023")
    found, codes = counted.findings, [theme.code for theme in counted.themes]
    general = {f"theme_{code}_": "theme_THEME_" for code in codes}
    general |= {f"assurance_{name}": "assurance_ACTIVITY" for name in ACTIVITIES}
    titles = {theme.title: "THEME" for theme in counted.themes}
    titles |= {title: "ACTIVITY" for title, _ in ACTIVITIES.values()}
    kinds = (
        ("table", {n: (g.title, (g.row_title, *g.columns)) for n, g in found.grids.items()}),
        ("chart", {n: (c.title, (f"as {c.kind}",)) for n, c in found.charts.items()}),
        ("list", {n: (one.title, one.columns) for n, one in found.listings.items()}),
    )
    rows: dict[str, str] = {}
    for kind, listed in kinds:
        for name, (title, columns) in sorted(listed.items()):
            for exact, shown in general.items():
                if name == exact or (exact.endswith("_") and name.startswith(exact)):
                    name = name.replace(exact, shown, 1)
                    title = _generalised(title, titles)
            said = "; ".join(columns).replace("|", "/")
            line = f"| {kind} | `{name}` | {title} | {said} |\n"
            rows.setdefault(f"{kind} {name}", line)
    table = "| kind | name | title | columns |\n|---|---|---|---|\n" + "".join(rows.values())
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    before, _, rest = page.partition(_LAID_OUT)
    return f"{before}{_LAID_OUT}{table}\n{rest[rest.index(_LAID_OUT_END) :]}"


_LAID_OUT = "<!-- Written by tools/docs.py from the sample council's report. -->\n\n"
_LAID_OUT_END = "<!-- to here -->"


def _generalised(text: str, titles: dict[str, str]) -> str:
    for title, shown in titles.items():
        text = text.replace(title, shown)
    return text


def schema(kind: str) -> str:
    """The JSON Schema of one kind of --json answer."""
    import json

    import msgspec

    from complaints_learning.commands import schemas

    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"complaints-learning/{kind}/1",
        **msgspec.json.schema(schemas.SCHEMAS[kind]),
    }
    return json.dumps(whole, indent=2) + "\n"


def _schemas() -> dict[str, Callable[[], str]]:
    from functools import partial

    from complaints_learning.commands import schemas

    return {f"docs/schemas/{kind}.json": partial(schema, kind) for kind in schemas.SCHEMAS}


PAGES: dict[str, Callable[[], str]] = {
    "docs/commands.md": commands,
    "docs/settings.md": settings,
    "docs/problems.md": problems,
    "docs/columns.md": columns,
    "docs/figures.md": figures,
    "docs/shape.md": shape,
    "docs/architecture.md": architecture,
}


def main() -> None:
    """Write or compare every page."""
    stale = []
    for name, page in {**PAGES, **_schemas()}.items():
        target, text = ROOT / name, page()
        target.parent.mkdir(exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                target.write_text(text, encoding="utf-8", newline="\n")
    if stale and "--check" in sys.argv:
        raise SystemExit(f"out of date, run make docs: {', '.join(stale)}")


if __name__ == "__main__":
    main()
