"""A report told and drawn in; its files and their record out, all of them or none.

Where `write`, `protect` and `read` meet: everything is written to a draft folder, looked through
for private words, recorded, and only then put in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from complaints_learning import write
from complaints_learning.jobs import recording
from complaints_learning.nouns import runs, wording
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.runs import Options

if TYPE_CHECKING:
    from complaints_learning.nouns.counted import Counted, Step, Told
    from complaints_learning.nouns.report import Picture
    from complaints_learning.nouns.texts import Texts
    from complaints_learning.protect.gate import Hit


def files(
    told: Told,
    pictures: Mapping[str, Picture],
    folder: Path,
    options: Options,
    began: float,
    step: Step,
) -> Told:
    """Write, look through, record and publish. Raises LearningError, and then nothing changed.

    The pictures may still be drawn elsewhere: they are looked for last.
    """
    from complaints_learning.read import texts

    counted, edition, formats = told.counted, options.edition, options.formats
    gate = Gate(counted, told.texts) if edition == "public" else None
    step("writing")
    ours = folder.resolve().is_relative_to(counted.workspace.resolve())  # the lock holds it
    with write.draft(folder, ours) as draft:
        name = _name(options.template, edition)
        made = {kind: draft / f"{name}.{kind}" for kind in ("docx", *formats)}
        if "docx" in formats or "pdf" in formats:
            styles = counted.settings.styles
            write.word(told.report, pictures, made["docx"], shell(counted), styles)
        if "html" in formats:
            write.web(told.report, pictures, made["html"], texts.page())
        if "xlsx" in formats:
            write.pack(told.report, told.shown, made["xlsx"])
        if "pdf" in formats:
            step("making the PDF")
            write.pdf(made["docx"], made["pdf"])
        told = msgspec.structs.replace(told, late=recording.moved(counted))
        outputs = [made[kind] for kind in formats]
        record = draft / runs.name(edition, options.template)
        last = recording.written(folder / record.name)
        run = recording.run(told, options, outputs, began, folder, last)
        write.whole(record, runs.dumps(run))
        if gate is not None:
            step("looking for private words")
            drafts = [file for file in made.values() if file.exists() and file.suffix != ".pdf"]
            gate.stop([*drafts, record])
        step("publishing")
        edited = recording.edited(folder, run, last)
        *done, recorded = write.publish([*outputs, record], folder, edited)
    public = edition == "public"
    return msgspec.structs.replace(
        told,
        outputs=tuple(done),
        record=recorded,
        kept=tuple(edited.values()),
        overlaps=recording.overlapping(counted.workspace, counted.period) if public else (),
    )


class Gate:
    """Looks through finished files of the public edition: what it needs to know of the workspace
    is made ready before they are there."""

    def __init__(self, counted: Counted, texts: Texts) -> None:
        from complaints_learning.protect import gate, private
        from complaints_learning.read import finished  # noqa: F401 (loaded meanwhile)

        self._counted = counted
        self._said = private.Said(counted.words, counted.period)
        self._usual = gate.Usual(
            vouched=private.vouched(counted.settings),
            ours=(*texts.files.values(), *private.theme_words(counted.themes)),
        )
        self._approved = [
            wording.quoted(sentence)
            for sentences in counted.findings.quotations.values()
            for sentence in sentences
        ]

    def hits(self, files: Iterable[Path]) -> list[Hit]:
        """Where they hold something private of the workspace, or look as if they did."""
        from complaints_learning.protect import gate, private
        from complaints_learning.protect.held import Held
        from complaints_learning.read import finished

        looked = [text for file in files for text in finished.texts(file.name, file.read_bytes())]
        left = gate.without(self._approved, looked)
        held = Held(left.values())
        said, raw, settings = self._said.within(held), self._counted.raw, self._counted.settings
        its_shell = finished.texts("shell.docx", shell(self._counted).read_bytes())
        return gate.hits(
            looked,
            private.gather(raw, settings, held, said),
            self._usual,
            shell=(text.text for text in its_shell),
            left=left,
        )

    def stop(self, files: Iterable[Path]) -> None:
        """Raise LearningError when they hold anything private.

        A PDF is made from a Word file that is looked through.
        """
        from complaints_learning.protect import gate

        gate.stop(self.hits(files))


def _name(template: str, edition: str) -> str:
    name = template.replace("_", "-")
    return f"{name}-OFFICIAL-SENSITIVE" if edition == "internal" else name


def shell(counted: Counted) -> Path:
    """The Word file that gives the report its looks: the council's own, or ours."""
    from complaints_learning.read import places

    own = counted.settings.report.shell
    if not own:
        return places.shipped("templates") / "word" / "shell.docx"
    found = counted.workspace / own
    if not found.resolve().is_relative_to(counted.workspace.resolve()):
        raise SettingsError(
            f"cl.toml: [report] shell: {own} leads out of the workspace.",
            "Put the Word file into the workspace and give its place there.",
            code="shell-missing",
        )
    if not found.is_file():
        raise SettingsError(
            f"cl.toml: [report] shell: there is no file {own} in the workspace.",
            "Give its place within the workspace, or leave shell out.",
            code="shell-missing",
        )
    return found
