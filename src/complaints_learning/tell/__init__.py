"""Findings and text templates in; a described report out. Nothing is computed here.

The text is Jinja over a small Markdown: headings, numbered paragraphs (`1.`), bullets (`-`),
a key-points box (`>`), and figures, tables and charts by name. `engine` renders it, `marks`
carries live figures through the Markdown, `blocks` turns it into the report's blocks, `views`,
`figure` and `about` are what a template may say.
"""

from __future__ import annotations

from complaints_learning.tell.compiled import Compiled
from complaints_learning.tell.context import context
from complaints_learning.tell.story import learning_report

__all__ = ["Compiled", "context", "learning_report"]
