"""A report told and drawn in; its files and their record out, all of them or none.

Where `write`, `protect` and `read` meet: everything is written to a draft folder, looked through
for private words, recorded, and only then put in place.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    from complaints_learning.protect.gate import Hit
    from complaints_learning.protect.private import Said


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
    from complaints_learning.protect import private
    from complaints_learning.read import texts

    counted, edition, formats = told.counted, options.edition, options.formats
    said = private.Said(counted.words, counted.period) if edition == "public" else None
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
        run = recording.run(told, options, outputs, began)
        write.whole(record, runs.dumps(run))
        if edition == "public":
            step("looking for private words")
            drafts = [file for file in made.values() if file.exists() and file.suffix != ".pdf"]
            look_through(counted, options.template, [*drafts, record], said)
        step("publishing")
        *done, recorded = write.publish([*outputs, record], folder)
    return msgspec.structs.replace(told, outputs=tuple(done), record=recorded)


def look_through(
    counted: Counted, template: str, files: list[Path], said: Said | None = None
) -> None:
    """Stop when a finished file of the public edition holds anything private.

    A PDF is made from a Word file that is looked through. `said` is what complaints say, where it
    is ready.
    """
    from complaints_learning.protect import gate

    gate.stop(private_words(counted, template, files, said))


def private_words(
    counted: Counted, template: str, files: list[Path], said: Said | None = None
) -> list[Hit]:
    """Where finished files hold something private of the workspace, or look as if they did."""
    from complaints_learning.protect import gate, private
    from complaints_learning.protect.held import Held
    from complaints_learning.read import finished, texts

    settings = counted.settings
    looked = [text for file in files for text in finished.texts(file.name, file.read_bytes())]
    approved = [
        wording.quoted(sentence)
        for sentences in counted.findings.quotations.values()
        for sentence in sentences
    ]
    held = Held(dict.fromkeys(gate.cut(text.text, approved) for text in looked))
    said = said or private.Said(counted.words, counted.period)
    report_texts = texts.report_texts(template, counted.workspace).files.values()
    return gate.hits(
        looked,
        private.gather(counted.raw, settings, held, said.within(held)),
        vouched=private.vouched(settings),
        ours=(*report_texts, *private.theme_words(counted.themes)),
        shell=(text.text for text in finished.texts("shell.docx", shell(counted).read_bytes())),
        approved=approved,
    )


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
