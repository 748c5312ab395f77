"""A picture into a Word file: its part, and the inline drawing that shows it."""

from __future__ import annotations

import hashlib

from complaints_learning.nouns.report import Picture
from complaints_learning.word.ooxml import NAMES, Element, clean, etree, q
from complaints_learning.word.package import Package

EMU_PER_CM = 360_000
EMU_PER_TWIP = 635


def stored(package: Package, png: bytes) -> str:
    """Keep a picture as a part of the file and give its relationship's id."""
    part = f"word/media/cl-{hashlib.sha256(png).hexdigest()[:12]}.png"
    package.put(part, png, "image/png")
    return package.relate(package.document, "image", part)


def picture(
    package: Package, drawn: Picture, alt: str, name: str, number: int, text_width: int
) -> Element:
    """The w:drawing of a picture, inline, with its description, at most as wide as the text."""
    across, down = drawn.width_cm * EMU_PER_CM, drawn.height_cm * EMU_PER_CM
    scale = min(1.0, text_width * EMU_PER_TWIP / across)
    size = {"cx": str(round(across * scale)), "cy": str(round(down * scale))}
    drawing = etree.Element(q("drawing"))
    inline = etree.SubElement(
        drawing,
        q("wp:inline"),
        dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
        nsmap={"wp": NAMES["wp"]},
    )
    etree.SubElement(inline, q("wp:extent"), size)
    etree.SubElement(inline, q("wp:docPr"), {"id": str(number), "name": name, "descr": clean(alt)})
    frame = etree.SubElement(inline, q("wp:cNvGraphicFramePr"))
    etree.SubElement(
        frame, q("a:graphicFrameLocks"), {"noChangeAspect": "1"}, nsmap={"a": NAMES["a"]}
    )
    graphic = etree.SubElement(inline, q("a:graphic"), nsmap={"a": NAMES["a"]})
    data = etree.SubElement(graphic, q("a:graphicData"), {"uri": NAMES["pic"]})
    pic = etree.SubElement(data, q("pic:pic"), nsmap={"pic": NAMES["pic"]})
    about = etree.SubElement(pic, q("pic:nvPicPr"))
    etree.SubElement(about, q("pic:cNvPr"), {"id": str(number), "name": name})
    etree.SubElement(about, q("pic:cNvPicPr"))
    fill = etree.SubElement(pic, q("pic:blipFill"))
    etree.SubElement(fill, q("a:blip"), {q("r:embed"): stored(package, drawn.png)})
    etree.SubElement(etree.SubElement(fill, q("a:stretch")), q("a:fillRect"))
    shape = etree.SubElement(pic, q("pic:spPr"))
    moved = etree.SubElement(shape, q("a:xfrm"))
    etree.SubElement(moved, q("a:off"), {"x": "0", "y": "0"})
    etree.SubElement(moved, q("a:ext"), size)
    form = etree.SubElement(shape, q("a:prstGeom"), {"prst": "rect"})
    etree.SubElement(form, q("a:avLst"))
    return drawing
