"""A report and its pictures in; one web page out, complete in itself and without a script.

The page's security policy allows its own style sheet, by its fingerprint, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from complaints_learning.nouns import report as nouns
from complaints_learning.nouns.errors import TemplateError
from complaints_learning.nouns.report import LINKS, Line, Picture, Report, Text
from complaints_learning.write import numbered, safely

ABOVE_THE_TITLE = ("council", "meeting", "report_of")
Part = dict[str, Any]


def web(
    report: Report, pictures: Mapping[str, Picture], target: Path, texts: Mapping[str, str]
) -> None:
    """Save the report as a web page. Raises WriteError when it cannot be saved.

    `texts` are the files of templates/web by name: 'page.html.j2' and 'page.css'.
    """
    safely.save(target, html(report, pictures, texts).encode("utf-8"))


def html(report: Report, pictures: Mapping[str, Picture], texts: Mapping[str, str]) -> str:
    """The whole page as text."""
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        made = environment.from_string(texts["page.html.j2"]).render(
            doc=_document(report, pictures, texts["page.css"])
        )
    except JinjaError as wrong:
        raise TemplateError(
            f"templates/web/page.html.j2: {wrong.message or 'the page cannot be made'}.",
            "Put back the file that came with the tool.",
            code="web-template",
        ) from None
    return made.lstrip() + "\n"


def _document(report: Report, pictures: Mapping[str, Picture], css: str) -> Part:
    style = css.replace("\r\n", "\n") + _marked_pages(report.marking)
    if "</" in style:
        raise TemplateError(
            "templates/web/page.css: a style sheet cannot hold '</'.",
            "Take it out, or put back the file that came with the tool.",
            code="web-template",
        )
    blocks = list(_blocks(report, pictures))
    council = report.values.get("council", "")
    return {
        "language": report.language,
        "policy": _policy(style),
        "style": Markup(style),
        "window_title": " - ".join(
            text for text in (report.marking, report.title, report.subtitle, council) if text
        ),
        "title": report.title,
        "subtitle": report.subtitle,
        "author": report.author,
        "above": [found for name in ABOVE_THE_TITLE if (found := report.values.get(name, ""))],
        "marking": report.marking,
        "source": report.source,
        "contents": _contents(blocks),
        "blocks": blocks,
    }


def _policy(style: str) -> str:
    seal = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'"


def _marked_pages(marking: str) -> str:
    """The marking at the head of every printed page, as a rule of the style sheet."""
    if not marking:
        return ""
    text = "".join(
        c if c.isascii() and (c.isalnum() or c in " -.,:") else f"\\{ord(c):x} " for c in marking
    )
    return f'@page {{ @top-center {{ content: "{text}"; font: bold 10pt Arial, sans-serif; }} }}\n'


def _blocks(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Part]:
    places = numbered.places(report)
    level, heading = 1, 0
    for one in numbered.blocks(report):
        block = one.block
        if isinstance(block, nouns.Heading):
            heading += 1
            level = min(block.level + 1, level + 1, 6)
            text = _line(block.line, places)
            yield {"kind": "heading", "level": level, "id": f"section-{heading}", "text": text}
        elif isinstance(block, nouns.Paragraph):
            kind = "numbered" if block.numbered else "paragraph"
            text = _line(block.line, places)
            yield {
                "kind": kind,
                "id": one.id,
                "label": f"{one.label}.",
                "text": text,
                "note": block.style == "note",
            }
        elif isinstance(block, nouns.Bullets):
            yield {"kind": "bullets", "entries": [_line(item, places) for item in block.items]}
        elif isinstance(block, nouns.KeyPoints):
            heading += 1
            yield {
                "kind": "key_points",
                "level": min(level + 1, 6),
                "id": f"points-{heading}",
                "title": block.title,
                "entries": [_line(item, places) for item in block.items],
            }
        elif isinstance(block, nouns.Table):
            yield _table(block, one, places)
        else:
            yield _chart(block, one, pictures.get(block.name))


def _table(table: nouns.Table, one: numbered.Numbered, places: Mapping[str, Any]) -> Part:
    return {
        "kind": "table",
        "id": one.id,
        "label": one.label,
        "caption": table.caption,
        "header": _cells(map(_heading, table.header), table.numeric),
        "rows": [
            _cells([_line(line, places) for line in row], table.numeric) for row in table.rows
        ],
        "notes": table.notes,
    }


def _cells(texts: Any, numeric: tuple[bool, ...]) -> list[Part]:
    return [{"text": text, "numeric": right} for text, right in zip(texts, numeric, strict=True)]


def _heading(title: str) -> Markup:
    """A column's title in which a year is never broken: 2022-23 may be wider than its numbers.

    >>> print(_heading("Of 2022-23"))
    Of <span class="whole">2022-23</span>
    """
    return Markup(_YEAR.sub(r'<span class="whole">\1</span>', str(escape(title))))


_YEAR = re.compile(r"\b(\d{4}-\d{2})\b")


def _chart(chart: nouns.Chart, one: numbered.Numbered, picture: Picture | None) -> Part:
    return {
        "kind": "chart",
        "id": one.id,
        "label": one.label,
        "caption": chart.caption,
        "svg": _svg(picture.svg, one.id) if picture else "",
        "narrow": _svg(picture.narrow, f"{one.id}-narrow") if picture else "",
        "alt": chart.alt,
    }


def _svg(svg: str, key: str) -> Markup:
    """The picture with ids of its own, also when a report shows a chart twice."""
    named = f'aria-labelledby="{key}-title {key}-desc"'
    svg = re.sub(r'aria-labelledby="[^"]*"', named, svg, count=1)
    return Markup(re.sub(r"<(title|desc) id=[^>]*>", rf'<\1 id="{key}-\1">', svg, count=2))


def _line(line: Line, places: Mapping[str, numbered.Numbered]) -> Markup:
    return Markup("").join(_run(run, places) for run in line)


def _run(run: Text, places: Mapping[str, numbered.Numbered]) -> Markup:
    to = places.get(run.ref) if run.ref else None
    made = escape(run.text or (to.label if to else ""))
    if run.italic:
        made = Markup("<em>{}</em>").format(made)
    if run.bold:
        made = Markup("<strong>{}</strong>").format(made)
    if to is not None:
        return Markup('<a href="#{}">{}</a>').format(to.id, made)
    if run.link.lower().startswith(LINKS):
        return Markup('<a href="{}">{}</a>').format(run.link, made)
    return made


def _contents(blocks: list[Part]) -> list[Part]:
    """Sections and the headings right under them."""
    entries: list[Part] = []
    for block in blocks:
        if block["kind"] != "heading" or block["level"] > 3:
            continue
        entry: Part = {"id": block["id"], "text": block["text"].striptags(), "below": []}
        if block["level"] == 2 or not entries:
            entries.append(entry)
        else:
            entries[-1]["below"].append(entry)
    return entries
