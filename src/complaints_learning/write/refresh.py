"""An edited report and fresh findings in; the same file with its figures up to date out.

Only what stands in our controls changes: a figure's letters, a table's cells, a chart's picture
and description. Sentences, comments, tracked changes, styles and whatever people added stay.
"""

from __future__ import annotations

from collections.abc import Mapping

from complaints_learning.nouns.report import Chart, Picture
from complaints_learning.word import ooxml, tags
from complaints_learning.word.live.contents import Block, Contents, Figure, in_tables
from complaints_learning.word.live.difference import Difference
from complaints_learning.word.live.expected import Expected, same
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package
from complaints_learning.write import controls, drawing, record, refresh_table, zipped


def refreshed(
    package: Package, found: Contents, expected: Expected, pictures: Mapping[str, Picture]
) -> tuple[bytes, tuple[Difference, ...]]:
    """The bytes of the refreshed file, and everything that was changed in it."""
    package.edit(package.document)
    done = [
        *_figures(found, expected),
        *_tables(package, found, expected),
        *_charts(package, found, expected, pictures),
    ]
    record.renew(package, expected.report, _shown(package))
    return zipped.packed(package.changed()), tuple(done)


def _figures(found: Contents, expected: Expected) -> list[Difference]:
    done = []
    inside = set(in_tables(found.figures, found.tables))
    for figure in found.figures:
        if figure in inside:
            continue
        tag = expected.tag(figure.tag, figure.mark)
        retag(figure, tag)
        was = figure.text
        now = expected.text(tag, was, prose=figure.table is None)
        if now is not None and not same(was, now):
            rewrite(figure.texts, now)
            done.append(Difference("figure", str(expected.names[tag]), was, now, figure.where))
    return done


def rewrite(texts: list[Element], now: str) -> None:
    """Put new letters where the first ones were, in their formatting."""
    for number, node in enumerate(texts):
        node.text = now if number == 0 else ""
        node.set(q("xml:space"), "preserve")


def retag(figure: Figure, tag: str) -> None:
    """Give a control its tag again when another program has forgotten it."""
    if figure.tag or not tag or not figure.texts:
        return
    control = next(figure.texts[0].iterancestors(q("sdt")), None)
    if control is not None:
        controls.name(control, tag)


def _tables(package: Package, found: Contents, expected: Expected) -> list[Difference]:
    done = []
    ids = refresh_table.Ids(package.root(package.document))
    for block in found.tables:
        fresh = expected.tables.get(block.tag or block.mark)
        if fresh is not None and block.element is not None:
            done += refresh_table.synchronise(block, fresh, expected, found.listed, ids)
    return done


def _charts(
    package: Package, found: Contents, expected: Expected, pictures: Mapping[str, Picture]
) -> list[Difference]:
    done = []
    for block in found.charts:
        fresh = expected.charts.get(block.tag or block.mark)
        if fresh is None or block.element is None or fresh.name not in pictures:
            continue
        if _redraw(package, block, fresh, pictures[fresh.name]):
            done.append(Difference("chart", fresh.caption, "", fresh.alt, block.where))
    return done


def _redraw(package: Package, block: Block, fresh: Chart, picture: Picture) -> bool:
    """Change the picture where it differs, as wide as people made it."""
    drawn: Element = block.element
    blip = next(drawn.iter(q("a:blip")), None)
    if blip is None:
        return False
    parts = {relation.id: relation.target for relation in package.relations(package.document)}
    old = parts.get(blip.get(q("r:embed"), ""), "")
    abouts = [*drawn.iter(q("wp:docPr")), *drawn.iter(q("pic:cNvPr"))]
    worded = [node for node in abouts if node.get("descr") is not None]
    alt = ooxml.clean(fresh.alt)
    same_words = all(node.get("descr") == alt for node in worded)
    if package.parts.get(old) == picture.png and same_words:
        return False
    for node in worded:
        node.set("descr", alt)
    if package.parts.get(old) != picture.png:
        blip.set(q("r:embed"), drawing.stored(package, picture.png))
        _resize(drawn, picture)
        _drop_unused(package, old)
    return True


def _resize(element: Element, picture: Picture) -> None:
    for node in (*element.iter(q("wp:extent")), *element.iter(q("a:ext"))):
        if node.get("cx", "").isdigit():
            high = int(node.get("cx")) * picture.height_cm / picture.width_cm
            node.set("cy", str(round(high)))


def _drop_unused(package: Package, part: str) -> None:
    if not part:
        return
    ids = {r.id for r in package.relations(package.document) if r.target == part}
    used = {
        value
        for node in package.root(package.document).iter()
        if isinstance(node.tag, str)
        for name, value in node.attrib.items()
        if name.startswith(f"{{{ooxml.NAMES['r']}}}")
    }
    elsewhere = any(
        relation.target == part
        for owner in package.owners()
        if owner != package.document
        for relation in package.relations(owner)
    )
    if not ids & used and not elsewhere:
        package.drop(part)


def _shown(package: Package) -> dict[str, int]:
    """Every tag of ours that the file holds now, and how often."""
    found: dict[str, int] = {}
    for node in package.root(package.document).iter(q("tag")):
        tag = node.get(q("val"), "")
        if tag.startswith(tags.PREFIX):
            found[tag] = found.get(tag, 0) + 1
    return found
