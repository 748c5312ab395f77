"""Text templates in; every name they use that does not exist out. Nothing is rendered.

The templates' syntax trees are walked with the types of what a template may say, so that a
misspelt name in a branch that no register has reached yet is found too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import TemplateSyntaxError, nodes
from markupsafe import Markup

from complaints_learning.nouns import settings
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.texts import Texts
from complaints_learning.tell import about, engine, views
from complaints_learning.tell.figure import FigureView

Scope = dict[str, Any]

ROOTS: Mapping[str, Any] = MappingProxyType(
    {
        "council": settings.Council,
        "annual": settings.AnnualReport,
        "period": about.PeriodView,
        "report": about.Signing,
        "method": about.Method,
        "edition": str,
        "themes": tuple[views.ThemeView, ...],
        "main_themes": tuple[views.ThemeView, ...],
        "other_themes": tuple[views.ThemeView, ...],
    }
)
"""The values a template may use, with their types."""

FUNCTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "figure": FigureView,
        "has": bool,
        "has_table": bool,
        "has_listing": bool,
        "table": Markup,
        "listing": Markup,
        "chart": Markup,
        "see": Markup,
        "sources": Markup,
        "fact": str,
        "missing": str,
    }
)
"""The calls a template may make, with what they give."""

_LOOP = {"last", "first", "index", "index0", "length", "revindex"}


def problems(texts: Texts, findings: Findings | None = None) -> list[Problem]:
    """Every unknown name, with file, line and a suggestion.

    With `findings`, the names of figures, tables, charts and lists are checked too.
    """
    walk = _Walk(texts, findings)
    for section in texts.sections:
        file = f"{section}.md.j2"
        if file in texts.files:
            walk.file(file, {**ROOTS})
        else:
            walk.note("report.toml", 0, f"there is no file for the section '{section}'.")
    own = [file for file in texts.files if texts.sources.get(file, "").startswith("your ")]
    for file in sorted(file for file in own if file.endswith(".j2")):
        if file not in walk.seen:
            walk.unused(file)
    return list(dict.fromkeys(walk.found))


class _Walk:
    """The trees, visited with the names that are known at each place; includes are followed."""

    def __init__(self, texts: Texts, findings: Findings | None) -> None:
        self.texts, self.findings = texts, findings
        self.sandbox = engine.environment(texts)
        self.open: list[str] = []
        self.asked: set[str] = set()
        self.seen: set[str] = set()
        self.found: list[Problem] = []

    def file(self, name: str, scope: Scope) -> None:
        if name in self.open:
            return self.note(name, 0, "it includes itself.")
        try:
            tree = self.sandbox.parse(self.texts.files[name], filename=name)
        except TemplateSyntaxError as wrong:
            return self.note(name, wrong.lineno, f"{wrong.message}.")
        self.open.append(name)
        self.asked |= _asked(tree)
        self.seen.add(name)
        self.visit(tree, scope)
        self.open.pop()
        return None

    def note(self, file: str, line: int, message: str) -> None:
        source = self.texts.sources.get(file, file)
        place = Place(f"{source}:{line}" if line else source)
        hint = "`cl template figures` lists every name a template may use."
        self.found.append(Problem("template-wrong", message, place, hint))

    def unused(self, file: str) -> None:
        """A file of the council's own that no section is, and that no text includes."""
        close = difflib.get_close_matches(file, self.seen, n=1)
        meant = f"; did you mean '{close[0]}'?" if close else "; name it in report.toml."
        self.seen.add(file)
        self.note(file, 0, f"it is no section of the report{meant}")

    def visit(self, node: nodes.Node, scope: Scope) -> None:
        if isinstance(node, nodes.For):
            inner = {**scope, "loop": _LOOP}
            kind = self.kind(node.iter, scope)
            for name in node.target.find_all(nodes.Name):
                inner[name.name] = _element(kind)
            if isinstance(node.target, nodes.Name):
                inner[node.target.name] = _element(kind)
            for child in (*([node.test] if node.test else []), *node.body):
                self.visit(child, inner)
            for child in node.else_:
                self.visit(child, scope)
        elif isinstance(node, nodes.Assign):
            kind = self.kind(node.node, scope)
            if isinstance(node.target, nodes.Name):
                scope[node.target.name] = kind
        elif isinstance(node, nodes.Include):
            self._include(node, scope)
        elif isinstance(node, nodes.Expr):
            self.kind(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def kind(self, node: nodes.Node, scope: Scope) -> Any:
        """The type of an expression, None when it cannot be told; unknown names are noted."""
        if isinstance(node, nodes.Name):
            if node.name not in scope and node.name not in FUNCTIONS:
                self._unknown(node, node.name, [*scope, *FUNCTIONS])
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            return self._attribute(node, self.kind(node.node, scope))
        if isinstance(node, nodes.Call):
            return self._call(node, scope)
        if isinstance(node, nodes.Filter) and node.name not in engine.FILTERS:
            self._unknown(node, node.name, engine.FILTERS, "filter")
        for child in node.iter_child_nodes():
            self.visit(child, scope)
        return None

    def _attribute(self, node: nodes.Getattr, owner: Any) -> Any:
        if owner is None:
            return None
        if isinstance(owner, set):
            known: Mapping[str, Any] = dict.fromkeys(owner)
        else:
            known = members(owner)
        if known and node.attr not in known:
            self._unknown(node, node.attr, known)
        return known.get(node.attr)

    def _call(self, node: nodes.Call, scope: Scope) -> Any:
        for child in (*node.args, *node.kwargs):
            self.visit(child, scope)
        if isinstance(node.node, nodes.Name) and node.node.name in FUNCTIONS:
            self._name(node, node.node.name)
            return FUNCTIONS[node.node.name]
        return self.kind(node.node, scope)

    def _name(self, node: nodes.Call, function: str) -> None:
        """A figure, table, chart or list that is named in so many letters must exist.

        One that the text asks for with `has` may be absent: many a council has none to count.
        """
        if self.findings is None or not node.args or not isinstance(node.args[0], nodes.Const):
            return
        known: Mapping[str, Any] = {
            "figure": self.findings.figures,
            "table": self.findings.grids,
            "chart": self.findings.charts,
            "listing": self.findings.listings,
        }.get(function, {})
        name = str(node.args[0].value)
        if known and name not in known and name not in self.asked:
            self._unknown(node, name, known, function)

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        if isinstance(node.template, nodes.Const):
            name = str(node.template.value)
            if name in self.texts.files:
                self.file(name, {**scope})  # what it sets stays within it
            else:
                self._unknown(node, name, self.texts.files, "template")

    def _unknown(self, node: nodes.Node, name: str, known: Iterable[str], kind: str = "") -> None:
        close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
        meant = f"; did you mean '{close[0]}'?" if close else "."
        what = f"there is no {kind} called '{name}'" if kind else f"'{name}' is undefined"
        self.note(self.open[-1], node.lineno, f"{what}{meant}")


def members(kind: Any) -> dict[str, Any]:
    """The public names of a type with the types of their values; {} when it has none to check.

    >>> "start" in members(about.PeriodView), members(str)
    (True, {})
    """
    if not isinstance(kind, type) or kind in (str, bool, int, Markup):
        return {}
    hints = get_type_hints(kind) if hasattr(kind, "__struct_fields__") else {}
    found = {name: hint for name, hint in hints.items() if not name.startswith("_")}
    for name in dir(kind):
        if name.startswith("_") or name in found:
            continue
        value = getattr(kind, name)
        getter = value.fget if isinstance(value, property) else value
        if callable(getter):
            found[name] = get_type_hints(getter).get("return")
    return found


def _asked(tree: nodes.Node) -> set[str]:
    return {
        str(call.args[0].value)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name.startswith("has")
        and call.args
        and isinstance(call.args[0], nodes.Const)
    }


def _element(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple and get_args(kind) else None
