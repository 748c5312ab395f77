"""A Word file in; what stands between it and publication out: access, soundness, contrast.

Used on every file that we write, in the tests, and by `cl check FILE.docx` on a file that people
have edited. It knows nothing of reports, so any Word file can be checked.
"""

from __future__ import annotations

from complaints_learning.nouns.errors import Problem
from complaints_learning.word.audit import access, contrast, sound
from complaints_learning.word.package import Package


def document(package: Package) -> tuple[Problem, ...]:
    """Everything to mend, in reading order within each kind."""
    return (*access.problems(package), *contrast.problems(package), *sound.problems(package))
