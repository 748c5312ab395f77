"""Office files as zip archives: the same parts in, the same bytes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive can hold


def packed(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of `parts` in their order, with no times or machine in it.

    >>> packed({"a.xml": b"<a/>"}) == packed({"a.xml": b"<a/>"})
    True
    """
    items = parts.items() if isinstance(parts, Mapping) else parts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in items:
            info = zipfile.ZipInfo(name, FIRST)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
