"""A Word file in, a tagged PDF out, through LibreOffice when it is on this computer.

LibreOffice works in a folder of its own beside the output, readable by the owner alone, with a
fresh profile: it neither touches nor waits for the user's own, and leaves nothing behind.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import safely

SECONDS = 120
NAMES = ("soffice", "libreoffice", "soffice.com")
MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
OPTIONS = (
    '{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"},'
    '"UseLosslessCompression":{"type":"boolean","value":"true"},'
    '"ReduceImageResolution":{"type":"boolean","value":"false"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"ExportNotes":{"type":"boolean","value":"false"}}'
)
QUIET = (
    *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
    "--nofirststartwizard",
)


def pdf(docx: Path, target: Path) -> None:
    """Save the Word file as a tagged PDF with its title. Raises WriteError."""
    office = found()
    if not office:
        raise WriteError(
            f"{target.name}: LibreOffice is not installed, and a PDF is made with it.",
            "Install LibreOffice, or open the Word file and save it as PDF from there.",
            code="pdf-no-office",
        )
    with _folder(target) as folder:
        source = folder / "report.docx"
        shutil.copyfile(docx, source)
        made = folder / "report.pdf"
        _convert(office, source, folder, target)
        if not made.is_file() or not made.stat().st_size:
            raise _failed(target, "it made no PDF")
        safely.save(target, made.read_bytes())


def found() -> str:
    """Where LibreOffice is, or ''."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    programs = (os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)"))
    windows = (Path(base) / "LibreOffice" / "program" / "soffice.com" for base in programs if base)
    return next((str(path) for path in (*windows, MAC) if path.is_file()), "")


@contextmanager
def _folder(target: Path) -> Iterator[Path]:
    folder = target.parent / f".pdf-{secrets.token_hex(4)}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        yield folder
    except OSError as error:
        raise _failed(target, error.strerror or "the folder cannot be used") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _convert(office: str, source: Path, folder: Path, target: Path) -> None:
    profile = (folder / "profile").absolute().as_uri()
    command = [
        *(office, f"-env:UserInstallation={profile}", *QUIET),
        *("--convert-to", f"pdf:writer_pdf_Export:{OPTIONS}"),
        *("--outdir", str(folder), str(source)),
    ]
    running = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = running.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise _failed(target, f"it did not finish in {SECONDS} seconds") from None
    finally:
        _end(running)
    if code:
        raise _failed(target, f"it ended with code {code}")


def _end(running: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and what it started, also on Ctrl+C: soffice is a script that starts more."""
    if running.poll() is not None:
        return
    if sys.platform == "win32":
        ended = ["taskkill", "/F", "/T", "/PID", str(running.pid)]
        subprocess.run(ended, check=False, capture_output=True)
    else:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _failed(target: Path, why: str) -> WriteError:
    return WriteError(
        f"{target.name}: LibreOffice could not make the PDF: {why}.",
        "Open the Word file and save it as PDF from there.",
        code="pdf-failed",
    )
