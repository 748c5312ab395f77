"""Write docs/images/report.png: two pages of the sample report, as a reader sees them.

python tools/page_picture.py

Needs LibreOffice and poppler (pdftoppm, pdftotext). Run it when the report has changed its looks.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

import complaints_learning as cl

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images" / "report.png"
PAGES = ("Key points", "Complaints upheld or partially upheld, by theme")
DOTS = 72
LARGEST = 150_000


def main() -> None:
    """Make the report, take the first page that has each of PAGES, and put them side by side."""
    with tempfile.TemporaryDirectory() as folder:
        made = cl.report(ROOT / "sample_data", "2023", formats=["pdf"], out=folder)
        pdf = made.files[0]
        told = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        pages = told.stdout.split("\f")
        numbers = [next(n for n, page in enumerate(pages, 1) if words in page) for words in PAGES]
        images = []
        for number in numbers:
            stem = Path(folder) / f"page{number}"
            command = ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS)]
            where = ["-f", str(number), "-l", str(number), str(pdf), str(stem)]
            subprocess.run([*command, *where], check=True)
            with Image.open(stem.with_suffix(".png")) as page:
                images.append(ImageOps.expand(page.convert("RGB"), border=1, fill="#505050"))
    gap = 16
    width = sum(image.width for image in images) + gap * (len(images) - 1)
    sheet = Image.new("RGB", (width, max(image.height for image in images)), "white")
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width + gap
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(64, dither=Image.Dither.NONE).save(TARGET, optimize=True)
    size = TARGET.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{TARGET.name} has {size} bytes, more than {LARGEST}")


if __name__ == "__main__":
    main()
