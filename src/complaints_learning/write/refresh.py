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
from complaints_learning.word.live.expected import Expected, core, same
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
    record.renew(package, expected.report, _listed(found, expected, _shown(package)))
    return zipped.packed(package.changed()), tuple(done)


def _figures(found: Contents, expected: Expected) -> list[Difference]:
    done = []
    inside = set(in_tables(found.figures, found.tables))
    for figure in found.figures:
        if figure in inside:
            continue
        tag = expected.tag(figure.tag, figure.mark)
        retag(figure, tag)
        at = core(figure.text)
        was = figure.text[at]
        now = expected.text(tag, was, prose=figure.table is None)
        if now is not None and not same(was, now):
            rewrite(figure.texts, now, at)
            done.append(Difference("figure", str(expected.names[tag]), was, now, figure.where))
    return done


def rewrite(texts: list[Element], now: str, at: slice) -> None:
    """Put new letters where those from `at` were, in the formatting of the first."""
    end = 0
    for node in texts:
        old = node.text or ""
        begin, end = end, end + len(old)
        low, high = max(at.start, begin), min(at.stop, end)
        if low < high:
            new = now if low == at.start else ""
            node.text = old[: low - begin] + new + old[high - begin :]
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
            done += refresh_table.synchronise(block, fresh, expected, found, ids)
    return done


def _charts(
    package: Package, found: Contents, expected: Expected, pictures: Mapping[str, Picture]
) -> list[Difference]:
    done = []
    for block in found.charts:
        fresh = expected.charts.get(block.tag or block.mark)
        if fresh is None or block.element is None or fresh.name not in pictures:
            continue
        if _redraw(package, block, fresh, pictures[fresh.name], found):
            done.append(Difference("chart", fresh.caption, "", fresh.alt, block.where))
    return done


def _redraw(
    package: Package, block: Block, fresh: Chart, picture: Picture, found: Contents
) -> bool:
    """Change the picture where it differs, as wide as people made it, and its description, unless
    somebody wrote another."""
    drawn: Element = block.element
    blip = next(drawn.iter(q("a:blip")), None)
    if blip is None:
        return False
    parts = {relation.id: relation.target for relation in package.relations(package.document)}
    old = parts.get(blip.get(q("r:embed"), ""), "")
    abouts = [*drawn.iter(q("wp:docPr")), *drawn.iter(q("pic:cNvPr"))]
    worded = [node for node in abouts if node.get("descr")] or abouts[:1]
    alt = ooxml.clean(fresh.alt)
    if any(node.get("descr") and found.typed(node.get("descr")) for node in worded):
        worded = []
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


def _listed(found: Contents, expected: Expected, shown: Mapping[str, int]) -> dict[str, int]:
    """What the file should show: what it does, and what people took out of what the report has."""
    has = expected.shows()
    out = {tag: min(times, has[tag]) for tag, times in found.listed.items()}
    both = {tag: max(shown.get(tag, 0), out.get(tag, 0)) for tag in (*shown, *out)}
    return {tag: times for tag, times in both.items() if times}


def _shown(package: Package) -> dict[str, int]:
    """Every tag of ours that the file holds now, and how often."""
    found: dict[str, int] = {}
    for node in package.root(package.document).iter(q("tag")):
        tag = node.get(q("val"), "")
        if tag.startswith(tags.PREFIX):
            found[tag] = found.get(tag, 0) + 1
    return found
