"""Workbooks with a password: opened with one from a file, never from the command line."""

from __future__ import annotations

import io
import os
from pathlib import Path

from complaints_learning.nouns.errors import ReadError
from complaints_learning.read.kinds import locked

VARIABLE = "CL_PASSWORD_FILE"


def given() -> bool:
    """Whether a file of passwords is named."""
    return bool(os.environ.get(VARIABLE))


def unlocked(data: bytes, file: str) -> bytes:
    """The workbook without its password, kept in memory alone; ReadError when none fits."""
    plain = next((each for word in _passwords() if (each := _decrypted(data, word))), None)
    if plain is None:
        wrong = locked(file)
        raise ReadError(
            f"{file}: no password in the file that {VARIABLE} names opens the workbook.",
            wrong.hint,
            wrong.code,
        )
    return plain


def _passwords() -> list[str]:
    """One a line."""
    path = Path(os.environ[VARIABLE])
    try:
        return [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line]
    except (OSError, UnicodeDecodeError):
        raise ReadError(
            f"{path}: the file of passwords that {VARIABLE} names cannot be read.",
            "It is a text file with one password a line.",
            code="file-locked",
        ) from None


def _decrypted(data: bytes, password: str) -> bytes | None:
    try:
        import msoffcrypto
    except ImportError:
        raise ReadError(
            "workbooks with a password need msoffcrypto-tool, which is not installed.",
            'Install it with: pip install "complaints-learning[passwords]"',
            code="file-locked",
        ) from None
    out = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        book.load_key(password=password)
        book.decrypt(out)
    except Exception:  # its errors for a wrong password and for a broken file are of many kinds
        return None
    return out.getvalue()
