"""Learning from complaints about children's services: registers in, a committee report out.

    import complaints_learning as cl

    cl.report("demo", "2023")
    cl.figures("demo", "2023").loc["upheld_or_partly"]
    cl.themes(["Nobody rang us back."])

The same functions as the commands: the same rules, the same small numbers hidden, the same
errors. Nothing is printed. `docs/extending/notebook.md` shows each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaints_learning.notebook import Made, figures, report, themes

__all__ = ["Made", "__version__", "figures", "report", "themes"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What `__all__` names, loaded when it is first asked for, so that `cl` starts quickly."""
    if name in __all__:
        from complaints_learning import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
