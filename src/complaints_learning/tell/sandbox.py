"""Jinja's sandbox made smaller: plain looking-up and looping, within limits, and nothing else.

The library's own sandbox keeps a template from Python's insides. It does not keep it from
filling the memory (`'a'.center(10 ** 9)`, a text doubled forty times) or from looping for days.
Here a template has no methods of texts and lists, does not compute, and may take so many steps
and make so much text, counted over the whole report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

MOST_STEPS = 60_000
"""Loop turns, macro calls and inclusions in one report; ours takes some 3,000."""
MOST_TEXT = 4_000_000
"""Characters made in one report, each time they are made; ours makes some 300,000."""
LONGEST_TEMPLATE = 300_000
"""Characters in one template file; our longest has some 4,000."""
WIDEST, DEEPEST = 500, 3
"""Items in one list, and lists in lists."""
_LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth"})
_OF_LISTS = frozenset({"listed", "length"})
_LOOP_CALLS = frozenset({"cycle", "changed", "previtem", "nextitem", "depth0"})


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox with its limits. One for each report: the steps and texts are counted in it."""

    intercepted_binops = frozenset(["*", "**", "+", "-", "/", "//", "%"])
    intercepted_unops = frozenset(["+", "-"])

    def __init__(
        self,
        files: Mapping[str, str],
        filters: Mapping[str, Callable[..., Any]],
        shown: Callable[[Any], Any],
        compiled: BytecodeCache | None = None,
    ) -> None:
        self.steps = 0
        self.made = 0

        def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            text = files.get(name)
            if text is not None and len(text) > LONGEST_TEMPLATE:
                raise SecurityError(f"the file is longer than {LONGEST_TEMPLATE:,} characters")
            return None if text is None else (text, name, lambda: True)

        def finalize(value: Any) -> Any:
            _no_list([value], "a list is shown with | listed, or one item at a time")
            return self.counted(shown(value))

        super().__init__(
            loader=FunctionLoader(load),
            undefined=StrictUndefined,
            autoescape=True,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            auto_reload=False,
            bytecode_cache=compiled,
        )
        self.globals.clear()
        self.filters.clear()
        self.filters.update({n: self._counting(f, n in _OF_LISTS) for n, f in filters.items()})

    def step(self) -> str:
        """One more loop turn, macro call or inclusion."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise SecurityError(f"it takes more than {MOST_STEPS:,} steps")
        return ""

    def counted(self, value: Any) -> Any:
        """The value, its length counted when it is a text."""
        self.made += len(value) if isinstance(value, str) else 8
        if self.made > MOST_TEXT:
            raise SecurityError(f"it makes more than {MOST_TEXT:,} characters")
        return value

    def joined(self, *parts: Any) -> Any:
        """What `~` does, counted; texts are escaped when one of them is already markup."""
        _no_list(parts, "a list cannot be joined to a text")
        marked = any(hasattr(part, "__html__") for part in parts)
        return self.counted(
            Markup("").join(parts) if marked else "".join(str(part) for part in parts)
        )

    def listing(self, *items: Any) -> list[Any]:
        """What `[a, b]` does; not deep, because lists doubled in lists have no end."""
        if len(items) > WIDEST or _depth(items) > DEEPEST:
            raise SecurityError("a list is too long, or holds lists of lists of lists")
        return list(items)

    def call(self, context: Any, obj: Any, *given: Any, **named: Any) -> Any:
        """What `f(a)` does; our own functions take texts and numbers only."""
        if getattr(obj, "__self__", None) is not self and not isinstance(obj, Macro):
            theirs = [value for name, value in named.items() if not name.startswith("_")]
            _no_list((*given, *theirs), "a list cannot be given to a function")
        return super().call(context, obj, *given, **named)

    def _counting(self, change: Callable[..., Any], of_lists: bool) -> Callable[..., Any]:
        def counting(value: Any, *given: Any, **named: Any) -> Any:
            _no_list((*given, *named.values()), "a list cannot be given to a filter")
            if not of_lists:
                _no_list([value], "this filter is for texts, not for lists")
            elif isinstance(value, list | tuple):
                _no_list(value, "a list of lists cannot be shown")
            return self.counted(change(value, *given, **named))

        return counting

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"a template does not compute ('{operator}')")

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        raise SecurityError(f"a template does not compute ('{operator}')")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what our own views offer, and what a loop says of itself."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, LoopContext):
            return attr in _LOOP or attr in _LOOP_CALLS
        if isinstance(obj, dict):
            return attr == "items"
        ours = type(obj).__module__.partition(".")[0] == "complaints_learning"
        return ours and bool(super().is_safe_attribute(obj, attr, value))

    def is_safe_callable(self, obj: Any) -> bool:
        """Only macros, `caller` and the functions of our own views."""
        if isinstance(obj, Macro) or getattr(obj, "__self__", None) is self:
            return True
        if isinstance(getattr(obj, "__self__", None), LoopContext | dict):
            return True
        return (getattr(obj, "__module__", None) or "").partition(".")[0] == "complaints_learning"

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        looping = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
        again: list[Any] = list(tree.find_all(looping))
        for node in [tree, *again]:
            node.body.insert(0, self._step_at(node.lineno))
        _replace(tree)
        return tree

    @staticmethod
    def _step_at(line: int) -> nodes.Node:
        call = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None)
        made = nodes.ExprStmt(call)
        made.set_lineno(line, override=True)
        return made


def _no_list(values: Iterable[Any], message: str) -> None:
    if any(isinstance(value, list | tuple | dict | set | frozenset) for value in values):
        raise SecurityError(message)


def _depth(value: Any) -> int:
    if not isinstance(value, list | tuple):
        return 0
    return 1 + max((_depth(item) for item in value), default=0)


def _replace(node: nodes.Node) -> None:
    """Let every `a ~ b` be counted and every `[a, b]` looked at."""
    for name, value in node.iter_fields():
        if isinstance(value, list):
            setattr(node, name, [_replaced(one) for one in value])
        elif isinstance(value, nodes.Node):
            setattr(node, name, _replaced(value))
    for child in node.iter_child_nodes():
        _replace(child)


def _replaced(value: Any) -> Any:
    if isinstance(value, nodes.Concat):
        name, parts = "joined", value.nodes
    elif isinstance(value, nodes.List) or (isinstance(value, nodes.Tuple) and value.ctx == "load"):
        name, parts = "listing", value.items
    elif isinstance(value, nodes.Dict):
        raise SecurityError("a template makes no dictionaries")
    else:
        return value
    made = nodes.Call(nodes.EnvironmentAttribute(name), list(parts), [], None, None)
    made.set_lineno(value.lineno, override=True)
    if value.environment is not None:
        made.set_environment(value.environment)
    return made
