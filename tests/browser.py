"""A headless Chromium for tests of the web page: the system's own, without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str:
    """Where Chromium is, or ''. CL_CHROMIUM names another."""
    named = os.environ.get("CL_CHROMIUM", "")
    return named or next((found for name in NAMES if (found := shutil.which(name))), "")


def axe() -> str:
    """The text of axe-core, the accessibility engine, as its PyPI package ships it; or ''."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        return ""
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


needed = pytest.mark.skipif(
    not chromium() or not axe(),
    reason="needs Chromium and the PyPI package axe-playwright-python",
)


@contextmanager
def started() -> Iterator[Any]:
    """A running browser. As root, as in a container, it has no sandbox of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), chromium_sandbox=False)
        try:
            yield browser
        finally:
            browser.close()
