"""Text files in: cl.toml, the text templates of a report, chart style. UTF-8, with a message."""

from __future__ import annotations

import difflib
import tomllib
from functools import lru_cache
from pathlib import Path

from complaints_learning.nouns import chart_style as chart_styles
from complaints_learning.nouns import settings
from complaints_learning.nouns import themes as nouns
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.errors import ReadError, SettingsError
from complaints_learning.nouns.settings import Settings
from complaints_learning.nouns.texts import Texts
from complaints_learning.nouns.themes import Themes
from complaints_learning.read import places


def text(path: Path, called: str = "") -> str:
    """The file's text. Raises ReadError when it is missing or not UTF-8."""
    called = called or path.name
    try:
        return data(path, called).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ReadError(
            f"{called}: the text is not UTF-8.",
            "Save it again as UTF-8 (Notepad: Save as, Encoding).",
            code="text-not-utf8",
        ) from None


def data(path: Path, called: str = "", program: str = "another program") -> bytes:
    """The file's bytes. Raises ReadError when it is missing, or `program` may hold it."""
    called = called or path.name
    try:
        return path.read_bytes()
    except OSError as wrong:
        why, todo = places.unopened(path, wrong, program)
        raise ReadError(f"{called}: {why}.", todo, "file-unreadable") from None


def choices(workspace: Path) -> Settings:
    """The workspace's settings. Raises SettingsError naming file, line and key."""
    return settings.parse(text(workspace / "cl.toml"), "cl.toml")


def themes(workspace: Path | None = None) -> Themes:
    """The themes: the workspace's own templates/themes.toml, or the shipped one, with its hints."""
    own = own_themes(workspace) if workspace else None
    shipped = places.shipped("templates") / "themes.toml"
    return own or _parsed(text(shipped), "themes.toml", _hints())


def own_themes(workspace: Path) -> Themes | None:
    """The workspace's own templates/themes.toml; None where it has the shipped themes."""
    own = workspace / "templates" / "themes.toml"
    return _parsed(text(own), "templates/themes.toml", _hints()) if own.is_file() else None


_parsed = lru_cache(maxsize=4)(nouns.parse)
"""A run asks for its themes twice, and parsing them takes a tenth of a second."""


def _hints() -> str:
    return text(places.shipped("templates") / "theme_hints.json")


def page() -> dict[str, str]:
    """The web page's template and style sheet, as they ship, by file name."""
    folder = places.shipped("templates") / "web"
    return {name: text(folder / name) for name in ("page.html.j2", "page.css")}


def chart_style(workspace: Path | None = None) -> ChartStyle:
    """How charts look: the workspace's own templates/chart_style.toml, or the shipped one."""
    own = workspace / "templates" / "chart_style.toml" if workspace else None
    path, called = places.shipped("templates") / "chart_style.toml", "chart_style.toml"
    if own is not None and own.is_file():
        path, called = own, "templates/chart_style.toml"
    try:
        return chart_styles.from_table(tomllib.loads(text(path, called)), called)
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsError(f"{called}: {wrong}.", code="settings-syntax") from None


def report_texts(name: str, workspace: Path | None = None) -> Texts:
    """The templates of report `name`: the shipped ones, overridden one file at a time.

    A report may borrow the texts of another, so that both say the same. Raises SettingsError when
    there is no such report.
    """
    files, sources = _files(name, workspace)
    if "report.toml" not in files:
        known = sorted(p.parent.name for p in places.shipped("templates").glob("*/report.toml"))
        close = difflib.get_close_matches(name, known, n=1)
        raise SettingsError(
            f"there is no report template '{name}'.",
            f"Did you mean '{close[0]}'?" if close else f"There are: {', '.join(known)}.",
            code="template-unknown",
        )
    title, borrows, sections = _manifest(files["report.toml"], sources["report.toml"])
    if borrows:
        lent, where = _files(borrows, workspace)
        files, sources = {**lent, **files}, {**where, **sources}
    return Texts(name, title, sections, files, sources)


def _files(name: str, workspace: Path | None) -> tuple[dict[str, str], dict[str, str]]:
    """Each text of report `name` and where it lies: the council's own before the shipped one."""
    shipped = places.shipped("templates") / name
    own = workspace / "templates" / name if workspace else None
    files: dict[str, str] = {}
    sources: dict[str, str] = {}
    for folder, label in ((shipped, "templates"), (own, "your templates")):
        if folder is None or not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            if path.suffix in (".j2", ".toml") and path.is_file():
                files[path.name] = text(path)
                sources[path.name] = f"{label}/{name}/{path.name}"
    return files, sources


def _manifest(manifest: str, source: str) -> tuple[str, str, tuple[str, ...]]:
    """Title, the report it borrows texts from or '', and the sections in order."""
    try:
        said = tomllib.loads(manifest)
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsError(f"{source}: {wrong}.", code="settings-syntax") from None
    title, borrows = (said.get(key, "") for key in ("title", "borrows"))
    sections = said.get("sections", [])
    if not isinstance(sections, list) or not all(isinstance(one, str) for one in sections):
        raise SettingsError(
            f"{source}: sections must be a list of texts.",
            'Write: sections = ["purpose", "background"]',
            code="settings-value",
        )
    named = isinstance(borrows, str) and (not borrows or borrows.isidentifier())
    if not isinstance(title, str) or not title.strip() or not named:
        raise SettingsError(
            f"{source}: title must be a text, and borrows, when it is there, a report's name.",
            'Write: title = "Learning from Complaints"',
            code="settings-value",
        )
    return title, borrows, tuple(sections)
