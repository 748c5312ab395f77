"""Slots in a Word shell, such as ``{{ committee }}``: found over split runs, then filled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from complaints_learning.nouns.errors import TemplateError
from complaints_learning.word.ooxml import Element, clean, q

_QUOTE = "[\"'\u2018\u2019\u201c\u201d]"
_SLOT = re.compile(
    r"\{\{\s*(?:block\s*\[\s*"
    + _QUOTE
    + r"(?P<quoted>[\w-]+)"
    + _QUOTE
    + r"\s*\]|(?P<name>[\w.-]+))\s*\}\}"
)
_LEFT_OVER = re.compile(r"\{\{[^{}]{0,60}\}?\}?|\{%[^{}]{0,60}\}?|\{\#[^{}]{0,60}")
_SKIPPED = frozenset(q(name) for name in ("del", "moveFrom"))


class Slot(Struct, frozen=True):
    """One slot: its paragraph, its name ('title', 'report', 'block.themes') and its letters."""

    paragraph: Element
    name: str
    start: int
    end: int
    alone: bool

    @property
    def is_block(self) -> bool:
        """Whether whole paragraphs go here, not a short text."""
        return self.name == "report" or self.name.startswith("block.")


def found(root: Element) -> Iterator[Slot]:
    """The slots under an element, in reading order, also in tables and text boxes."""
    for paragraph in root.iter(q("p")):
        text = "".join(node.text or "" for node in _texts(paragraph))
        if "{" not in text:
            continue
        for match in _SLOT.finditer(text):
            name = f"block.{match['quoted']}" if match["quoted"] else match["name"]
            alone = not (text[: match.start()] + text[match.end() :]).strip()
            yield Slot(paragraph, name, match.start(), match.end(), alone)


def left_over(root: Element) -> list[str]:
    """What looks like a slot but is none: an unclosed ``{{``, or template logic."""
    result = []
    for paragraph in root.iter(q("p")):
        text = "".join(node.text or "" for node in _texts(paragraph))
        if "{" in text:
            result += [match[0].strip() for match in _LEFT_OVER.finditer(_SLOT.sub("", text))]
    return result


def fill(root: Element, values: Mapping[str, str]) -> None:
    """Put short texts in their slots; a paragraph that held only empty ones goes away."""
    slots = [slot for slot in found(root) if not slot.is_block and slot.name in values]
    for slot in reversed(slots):
        _put(slot, " ".join(clean(values[slot.name]).split()))
    for slot in slots:
        words = "".join(node.text or "" for node in _texts(slot.paragraph))
        if not words.strip():
            remove(slot.paragraph)


def remove(paragraph: Element) -> None:
    """Take a paragraph away unless something needs it: a section end, a picture, its container."""
    parent = paragraph.getparent()
    needed = any(
        next(paragraph.iter(q(name)), None) is not None
        for name in ("sectPr", "drawing", "pict", "fldChar", "br", "commentReference")
    )
    if parent is None or needed:
        return
    blocks = [node for node in parent if node.tag in (q("p"), q("tbl"), q("sdt"))]
    if len(blocks) > 1 and (blocks[-1] is not paragraph or blocks[-2].tag == q("p")):
        parent.remove(paragraph)


def check(
    names: list[tuple[str, Slot, bool]], values: Mapping[str, str], sections: list[str], file: str
) -> None:
    """Raise TemplateError that lists every slot that cannot be filled. `names` gives each slot
    with where it is and whether whole paragraphs may stand there."""
    known = [*values, "report", *(f"block.{name}" for name in sections)]
    wrong = []
    for where, slot, body in names:
        if slot.name not in known:
            near = difflib.get_close_matches(slot.name, known, n=1, cutoff=0.5)
            hint = f"; did you mean {{{{ {near[0]} }}}}?" if near else ""
            wrong.append(f"{where}: {{{{ {slot.name} }}}} is not known{hint}")
        elif slot.is_block and not body:
            wrong.append(f"{where}: {{{{ {slot.name} }}}} can only stand in the text")
        elif slot.is_block and not slot.alone:
            wrong.append(f"{where}: {{{{ {slot.name} }}}} must be alone in its paragraph")
    blocks = [slot.name for _, slot, _ in names if slot.is_block]
    wrong += [
        f"text: {{{{ {name} }}}} stands twice"
        for name in dict.fromkeys(blocks)
        if blocks.count(name) > 1
    ]
    if wrong:
        raise unfilled(file, wrong)


def unfilled(file: str, wrong: list[str]) -> TemplateError:
    """The error for slots that cannot be filled."""
    what = "1 slot" if len(wrong) == 1 else f"{len(wrong)} slots"
    return TemplateError(
        f"{file}: {what} cannot be filled:\n    " + "\n    ".join(dict.fromkeys(wrong)),
        "Change them in Word. A slot is a name in double braces, such as {{ committee }}.",
        code="shell-slot-unknown",
    )


def _texts(paragraph: Element) -> list[Element]:
    """The w:t of this paragraph itself, not of text boxes inside it or of deleted text."""
    result = []
    for node in paragraph.iter(q("t")):
        for above in node.iterancestors():
            if above is paragraph:
                result.append(node)
                break
            if above.tag == q("p") or above.tag in _SKIPPED:
                break
    return result


def _put(slot: Slot, value: str) -> None:
    at = 0
    for node in _texts(slot.paragraph):
        text = node.text or ""
        start, end = max(slot.start - at, 0), min(slot.end - at, len(text))
        at += len(text)
        if start >= end:
            continue
        # the slot's first letters take its text; later runs only lose their share
        node.text = text[:start] + (value if slot.start >= at - len(text) else "") + text[end:]
        node.set(q("xml:space"), "preserve")
