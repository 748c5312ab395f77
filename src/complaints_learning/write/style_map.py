"""What a shell was found to offer in; cl.toml with the shell and its style map out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from complaints_learning.nouns.errors import SettingsError
from complaints_learning.write.settings_text import quoted


def added(text: str, shell: str, styles: Mapping[str, str], file: str = "cl.toml") -> str:
    """The text of a cl.toml with `shell` under [report] and a [styles] section.

    Everything that stands in the file stays as it is, with its comments. Raises SettingsError
    when it names a shell or styles already, because which are right is for a person to say.

    >>> print(added('[report]\\ntitle = "T"\\n', "council.docx", {"numbered": "Para 1"}), end="")
    [report]
    shell = "council.docx"
    title = "T"
    <BLANKLINE>
    [styles]
    numbered = "Para 1"
    """
    try:
        have = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsError(f"{file}: {wrong}.", code="settings-syntax") from None
    lines = [f"{role} = {quoted(name)}" for role, name in styles.items() if name]
    named = f"shell = {quoted(shell)}"
    if "styles" in have or "shell" in have.get("report", {}):
        raise SettingsError(
            f"{file}: names a shell or styles already, and is not changed.",
            "\n    ".join(["Put these lines in yourself:", "[report]", named, "[styles]", *lines]),
            code="shell-named-already",
        )
    start = re.search(r"^[ \t]*\[report\][^\n]*\n?", text, re.MULTILINE)
    if start:
        head = text[: start.end()].rstrip("\n") + "\n"
        text = f"{head}{named}\n{text[start.end() :]}"
    else:
        text = f"{text.rstrip()}\n\n[report]\n{named}\n".lstrip()
    return text.rstrip("\n") + "\n\n[styles]\n" + "\n".join(lines) + "\n"
