"""The sections in order: each text rendered, turned into blocks and put in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.report import Report, Section
from complaints_learning.nouns.texts import Texts
from complaints_learning.tell import blocks, engine
from complaints_learning.tell.about import Context
from complaints_learning.tell.compiled import Compiled
from complaints_learning.tell.context import slots
from complaints_learning.tell.marks import Marks
from complaints_learning.tell.views import Lookup, theme_views

if TYPE_CHECKING:
    from complaints_learning.nouns.themes import Themes

_INTERNAL = "OFFICIAL-SENSITIVE: internal edition, not for publication"


def values(
    shown: Findings, themes: Themes, context: Context, marks: Marks, words: bool
) -> dict[str, Any]:
    """Every name a template may use. Documented by `cl template figures`."""
    lookup = Lookup(shown, marks, words, context.method.sources)
    views = theme_views(themes.themes, lookup)
    return {
        "council": context.council,
        "annual": context.annual,
        "period": context.period,
        "report": context.report,
        "method": context.method,
        "edition": context.edition,
        "themes": views,
        "main_themes": tuple(view for view in views if view.is_main),
        "other_themes": tuple(view for view in views if not view.is_main),
        "figure": lookup.figure,
        "has": lookup.has,
        "has_table": lookup.has_table,
        "has_listing": lookup.has_listing,
        "table": lookup.table,
        "listing": lookup.listing,
        "chart": lookup.chart,
        "see": lookup.see,
        "fact": lookup.fact,
        "missing": lookup.missing,
        "sources": lookup.sources,
    }


def learning_report(
    shown: Findings,
    texts: Texts,
    themes: Themes,
    context: Context,
    *,
    words: bool = True,
    source: str = "",
    compiled: Compiled | None = None,
) -> Report:
    """Render every section of `texts` from protected findings.

    With `words` numbers under ten are written so. `source` names the run. Templates in `compiled`
    are not compiled again. Raises TemplateError.
    """
    marks = Marks()
    given = values(shown, themes, context, marks, words)
    sandbox = engine.environment(texts, compiled)
    sections = []
    for name in texts.sections:
        markdown = engine.render(sandbox, texts, name, given)
        sections.append(Section(name, blocks.of(markdown, marks, f"{name}.md.j2")))
    internal = context.edition == "internal"
    return Report(
        title=context.report.title,
        subtitle=f"{context.period.start} to {context.period.end}",
        author=context.report.author,
        edition="internal" if internal else "public",
        period=shown.period.label,
        sections=tuple(sections),
        values=slots(context),
        marking=_INTERNAL if internal else "",
        source=source,
        template=texts.name,
    )
