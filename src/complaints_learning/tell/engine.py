"""Text templates in; marked Markdown out. Templates come from outside and are not trusted.

Jinja's immutable sandbox, strict about undefined names, autoescaped, with no globals and only
the filters below. Every error names the file, the line and the line's text.
"""

from __future__ import annotations

import difflib
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from markupsafe import Markup

from complaints_learning.nouns import wording
from complaints_learning.nouns.errors import LearningError, TemplateError
from complaints_learning.nouns.texts import Texts
from complaints_learning.tell import marks
from complaints_learning.tell.compiled import Compiled
from complaints_learning.tell.sandbox import Sandbox

MOST_TEXT = 500_000
"""The longest text, in characters, that one section may render: a report is some 40,000."""
MOST_MARKS = 20_000
"""How often one of the signs that mean something in Markdown may stand in a section: reading
brackets in brackets takes the square of their number."""


def _finalize(value: Any) -> Any:
    return value if isinstance(value, Markup) or hasattr(value, "__html__") else _safe(value)


def _safe(value: Any) -> Markup:
    return Markup(marks.escape(str(value)))


def _shown(value: Any) -> Markup:
    found = _finalize(value)
    return found if isinstance(found, Markup) else Markup(found.__html__())


def _letter(value: Any, change: Callable[[str], str]) -> Markup:
    text = str(_shown(value))
    at = marks.first_letter(text)
    return Markup(text[:at] + change(text[at:]))


def _listed(items: Any, last: str = "and") -> Markup:
    return Markup(wording.listed([str(_shown(item)) for item in items], last))


def _plural(count: Any, one: str, many: str = "") -> str:
    if hasattr(count, "is_one"):
        return one if count.is_one else many or f"{one}s"
    return wording.plural(count, one, many)


FILTERS: dict[str, Callable[..., Any]] = {
    "lower_first": lambda value: _letter(value, wording.lower_first),
    "upper_first": lambda value: _letter(value, wording.upper_first),
    "listed": _listed,
    "plural": _plural,
    "length": len,
}
"""All that a template may do to a value; `cl template figures` lists them."""


def environment(texts: Texts, compiled: Compiled | None = None) -> Sandbox:
    """A fresh sandbox over these texts; `compiled` spares it compiling those that ship."""
    if compiled is not None:
        compiled.names = {n for n, at in texts.sources.items() if at.startswith("templates/")}
    return Sandbox(texts.files, FILTERS, _finalize, compiled)


def render(sandbox: Sandbox, texts: Texts, section: str, values: dict[str, Any]) -> str:
    """One section as marked Markdown. Raises TemplateError naming file, line and text."""
    file = f"{section}.md.j2"
    pieces: list[str] = []
    size = 0
    try:
        for piece in sandbox.get_template(file).generate(**values):
            size += len(piece)
            if size > MOST_TEXT:
                raise SecurityError(f"its text is longer than {MOST_TEXT:,} characters")
            pieces.append(piece)
    except TemplateSyntaxError as wrong:
        _stop(texts, wrong.name or file, wrong.lineno, wrong.message or "not understood")
    except TemplateNotFound as wrong:
        _stop(texts, file, _line(wrong, texts), f"there is no template '{wrong.name}'")
    except UndefinedError as wrong:
        _stop(texts, *_where(wrong, texts, file), _undefined(str(wrong), values))
    except LearningError as wrong:
        _stop(texts, *_where(wrong, texts, file), wrong.message, wrong.hint)
    except (JinjaError, TypeError, ValueError, RecursionError, OverflowError) as wrong:
        _stop(texts, *_where(wrong, texts, file), str(wrong) or type(wrong).__name__)
    text = "".join(pieces)
    for sign in "[]()*_`<>!":
        if text.count(sign) > MOST_MARKS:
            _stop(texts, file, 0, f"its text has more than {MOST_MARKS:,} times '{sign}'")
    return text


def _where(wrong: BaseException, texts: Texts, file: str) -> tuple[str, int]:
    """The innermost template line that the error passed through."""
    for frame in reversed(traceback.extract_tb(wrong.__traceback__)):
        if frame.filename in texts.files:
            return frame.filename, frame.lineno or 0
    return file, 0


def _line(wrong: BaseException, texts: Texts) -> int:
    return _where(wrong, texts, "")[1]


def _undefined(said: str, values: Mapping[str, Any]) -> str:
    name = said.split("'")[1] if "'" in said else said
    close = difflib.get_close_matches(name, list(values), n=1)
    if said.endswith("is undefined") and " " not in name:
        return f"'{name}' is undefined" + (f"; did you mean '{close[0]}'?" if close else "")
    return said


def _stop(texts: Texts, file: str, line: int, what: str, hint: str = "") -> NoReturn:
    source = texts.sources.get(file, file)
    lines = texts.files.get(file, "").splitlines()
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    at = f"{source}:{line}" if line else source
    quoted = f"\n    {line} | {shown}" if shown else ""
    raise TemplateError(
        f"{at}: {what}.{quoted}".replace("?.", "?"),
        hint
        or "`cl template check --period last` lists such lines, `cl template figures` all names.",
        code="template-wrong",
    ) from None
