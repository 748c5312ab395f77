"""Every problem code with its meaning and mend, for messages, docs and `cl explain`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct


class Code(Struct, frozen=True):
    """One kind of problem: a short title, what it means, and what to do about it."""

    title: str
    meaning: str
    todo: str


CODES: dict[str, Code] = {
    "action-unmatched": Code(
        "An action whose complaint is not in the register",
        "The action names no theme, and the complaint that would give it one is unknown.",
        "Correct the reference, or give the action its theme.",
    ),
    "actions-in-forms": Code(
        "Actions that are written in monitoring forms",
        "The forms have a column of actions and there is no action register. Actions are counted "
        "from an action register alone: whether one is done, and when, is not said by a form.",
        "Make a table with a row an action (theme, action, owner, due, completed) and name it "
        "under [sources] actions in cl.toml.",
    ),
    "activity-missing": Code(
        "A result that names no activity",
        "The row says what was found and not in which activity; it is counted as other assurance.",
        "Name the activity, such as practice audit, stocktake or deep dive.",
    ),
    "activity-unknown": Code(
        "An assurance activity nobody knows",
        "The word for an audit, stocktake, deep dive, training or survey is not in the list.",
        "Use one of the words in the message; the row is counted under other activity until then.",
    ),
    "cell-error": Code(
        "A cell that shows an error",
        "Excel shows an error such as #N/A or #REF! in the cell, so there is no value to read.",
        "Correct the formula, or type the value.",
    ),
    "cell-formula": Code(
        "A formula saved without its value",
        "The program that wrote the workbook did not calculate; the cell has no result.",
        "Open the workbook in Excel, save it, and run again.",
    ),
    "characters-removed": Code(
        "Characters that no report can hold",
        "Control, private-use or direction-override characters were taken out of some cells.",
        "Nothing, unless the text looks odd.",
    ),
    "chart-style": Code(
        "A chart style that cannot be used",
        "templates/chart_style.toml has a key or a value that charts do not know.",
        "Correct it as the message says, or delete the line to have the default.",
    ),
    "column-missing": Code(
        "A column that is needed and not found",
        "No header of the table is known to mean the column.",
        "Map the right header in cl.toml under [columns], or add the column.",
    ),
    "column-nameless": Code(
        "A column with cells and no header",
        "The column holds values but nobody can tell what they are.",
        "Type a header, or delete the column.",
    ),
    "column-spare": Code(
        "A second column of the same meaning",
        "Two headers mean the same; the one with the plainer header was read.",
        "If the other is right, map it in cl.toml under [columns].",
    ),
    "column-twice": Code(
        "Two columns with the same header",
        "Two columns have headers that mean the same; the first was read.",
        'Rename or delete one, or map it to "ignore".',
    ),
    "column-unknown": Code(
        "A header nobody knows",
        "The column was not read. Headers are never matched by likeness alone.",
        'Say in cl.toml under [columns] what it means. Map it to "ignore" only when nothing in it '
        "should count: no check will mention it again.",
    ),
    "command-line": Code(
        "A command line that cannot be understood",
        "A command, option or value that `cl` does not know, or one that is missing.",
        "Do as the message says; `cl COMMAND --help` lists every option with examples.",
    ),
    "complainant-unknown": Code(
        "A kind of complainant nobody knows",
        "The cell is counted as other.",
        "Correct the cell, or map it in cl.toml under [complainants].",
    ),
    "complaints-undated": Code(
        "Many complaints without the date they were received",
        "A complaint is counted in the period in which it was received. More than one in ten has "
        "no such date, most often because nobody knows the header above it.",
        "See in cl check which header or cells it is; map the header in cl.toml, or correct them.",
    ),
    "concerns-differ": Code(
        "Concerns of one complaint that ended differently",
        "Several rows of one complaint have different outcomes; together they are counted as one.",
        "If the whole complaint has one outcome, write it in each row.",
    ),
    "csv-broken": Code(
        "A text file whose cells cannot be told apart",
        "A quotation mark is probably never closed.",
        "Open it in Excel, look at the line named, and save it as .xlsx.",
    ),
    "csv-quotes": Code(
        "A stray quotation mark in a text file",
        "A quotation mark stands inside a quoted cell, so that where the cell ends is in doubt.",
        "Look at the row named and those after it, or export again as .xlsx.",
    ),
    "date-implausible": Code(
        "A date that cannot be right",
        "The date is long past or in the future where it cannot be.",
        "Check the year.",
    ),
    "date-impossible": Code(
        "A day that is not in the calendar",
        "The text looks like a date but there is no such day.",
        "Correct the cell.",
    ),
    "date-month-first": Code(
        "A date with its month first",
        "The second number is above 12, so the date is not day first. It is not turned round.",
        "Type it with its day first.",
    ),
    "date-unreadable": Code(
        "A cell that should be a date and is not",
        "The cell could not be read by any of the known forms of date.",
        "Type the day as in 31/01/2023.",
    ),
    "date-week": Code(
        "A week where a day should be",
        "The first day of the week was used.",
        "Type the day itself.",
    ),
    "dates-exchanged": Code(
        "Dates whose day and month a spreadsheet exchanged",
        "No true date of the column is after the 12th and every later day is text, as when a file "
        "is opened with other settings. By chance that does not happen, so they were changed back.",
        "Export again without opening the file, or check a few of the dates.",
    ),
    "dates-month-first": Code(
        "A column of dates with the month first",
        "Several dates of the column have their month first for certain and none its day, so all "
        "of them were read with the month first.",
        "Nothing, if that is right. Else type the dates with their day first.",
    ),
    "dates-out-of-order": Code(
        "An answer dated before its complaint",
        "The later step has the earlier date; it was left empty.",
        "Correct whichever of the two is wrong.",
    ),
    "decision-contradictory": Code(
        "No theme, and a theme",
        "A row of the review workbook says both 'No theme' and a theme; the theme counts.",
        "Clear 'No theme', or the themes beside it.",
    ),
    "decision-duplicate": Code(
        "A complaint decided twice",
        "Two rows of the review workbook have the same reference.",
        "Delete one of them; until then the first row that is decided counts.",
    ),
    "decision-reference-missing": Code(
        "A decision without a reference",
        "A row of the review workbook has themes and no reference.",
        "Type the reference, or delete the row.",
    ),
    "decision-reference-unknown": Code(
        "A decision about no complaint",
        "The review workbook decides a reference that no register has.",
        "Correct the reference, or leave the row for the year that it belongs to.",
    ),
    "decision-row-deleted": Code(
        "A row of the review workbook is gone",
        "A row that cl review wrote was deleted; its themes come from its words again.",
        "If that was a slip, write the workbook again with cl review.",
    ),
    "decision-sheet-missing": Code(
        "A review workbook that cannot be used",
        "The sheet Decisions or one of its columns is missing.",
        "Restore it, or move the file away and write a new one with cl review.",
    ),
    "decision-text-changed": Code(
        "A decided complaint whose text has changed",
        "The words of the complaint are not those that were decided on; the decision still counts.",
        "Look at it again; to keep the decision, clear its Text code.",
    ),
    "decision-theme-unknown": Code(
        "A theme nobody knows",
        "A theme in the review workbook or a labelled file is not in themes.toml.",
        "Choose one from the list in the cell.",
    ),
    "document-active": Code(
        "A Word file that could run or fetch something",
        "The file holds a macro, an object, or a field or link that Word acts on.",
        "Take it out in Word before anybody else opens the file.",
    ),
    "document-alt-text": Code(
        "A picture without description",
        "Who cannot see it gets nothing, or a file's name.",
        "Write alternative text that says what it shows.",
    ),
    "document-blank-line": Code(
        "An empty paragraph",
        "A screen reader reads it as 'blank'; space belongs to styles.",
        "Delete it and set the spacing of its neighbours.",
    ),
    "document-bookmark": Code(
        "A broken bookmark",
        "A bookmark has no end, or two have one name.",
        "Delete it, and insert the reference again.",
    ),
    "document-contrast": Code(
        "Text too pale for what is behind it",
        "The contrast is under 4.5 to 1 (3 to 1 for large text).",
        "Choose a darker text or a lighter ground.",
    ),
    "document-field": Code(
        "A broken field",
        "A field has no end, so Word may hide the text after it.",
        "Delete the paragraph and type it again.",
    ),
    "document-heading": Code(
        "Headings that skip a level or are empty",
        "People who listen to a report move through it by its headings.",
        "Make each heading one level below the one above, or the same.",
    ),
    "document-id": Code(
        "Two things of one number",
        "Pictures or controls share a number; Word may repair the file and lose one.",
        "Open the file in Word, save, and check again.",
    ),
    "document-language": Code(
        "A Word file in no language or another one",
        "A screen reader pronounces the text by its language.",
        "In Word: Review, Language, English (United Kingdom).",
    ),
    "document-not-read": Code(
        "A Word file that cannot be opened",
        "It is not there, not a Word file, damaged, locked or open in Word.",
        "Do what the message says and run again.",
    ),
    "document-other-period": Code(
        "A report of another period",
        "The report shows one period and --period names another.",
        "Leave --period out, or write a new report.",
    ),
    "document-part": Code(
        "A part that is missing or unexplained",
        "The file's own list of parts does not agree with its parts.",
        "Open the file in Word, save, and check again.",
    ),
    "document-picture-broken": Code(
        "A picture that is damaged or missing",
        "The file holds no whole picture in its place.",
        "Insert it again.",
    ),
    "document-picture-floating": Code(
        "A picture beside the text",
        "It has no place in the order in which the text is read.",
        "Set it in line with the text.",
    ),
    "document-reference": Code(
        "A reference to nothing",
        "A cross-reference or link points to a place that was deleted.",
        "Insert it again, or delete it.",
    ),
    "document-slot-left": Code(
        "A slot that was not filled",
        "Double braces of the shell are still in the text.",
        "Fill or delete it.",
    ),
    "document-table-header": Code(
        "A table without header row",
        "Its columns cannot be told apart by ear, nor on its second page.",
        "Mark its first row as one that repeats.",
    ),
    "document-table-merged": Code(
        "A table with merged or missing cells",
        "Merged cells are read in the wrong order.",
        "Split them, and repeat the words in each cell.",
    ),
    "document-title": Code(
        "A Word file without title",
        "Screen readers and browsers announce the title first.",
        "In Word: File, Info, Title.",
    ),
    "document-without-figures": Code(
        "A Word file without live figures",
        "None of its figures can be followed to the data.",
        "Name a report that cl report wrote.",
    ),
    "edition-unknown": Code(
        "An edition that does not exist",
        "A report is public (small numbers masked) or internal (everything shown and marked).",
        "Write --edition public or --edition internal.",
    ),
    "encoding": Code(
        "A text file that is not UTF-8",
        "The text was read by the encoding named in the message.",
        "Check accented letters and pound signs, or save as 'CSV UTF-8'.",
    ),
    "encoding-unknown": Code(
        "A text file in an unknown code page",
        "The text is neither UTF-8 nor the Windows code page of Western Europe; it is not guessed.",
        "Save it as .xlsx or 'CSV UTF-8' in the program it came from.",
    ),
    "file-damaged": Code(
        "A file that cannot be read",
        "The workbook is damaged, or is not what its name says.",
        "Open it in Excel, let Excel repair it, and save it as .xlsx.",
    ),
    "file-empty": Code(
        "An empty file",
        "The file holds nothing, perhaps because OneDrive has not downloaded it.",
        "Open it once, or export again.",
    ),
    "file-exists": Code(
        "A file that is there already",
        "Nothing is overwritten that a person may have made.",
        "Name another file or folder, or take the old one away.",
    ),
    "file-locked": Code(
        "A workbook with a password",
        "The workbook is encrypted.",
        "Take the password off in Excel, or name a file that holds it in CL_PASSWORD_FILE.",
    ),
    "file-mended": Code(
        "A damaged workbook that could be read in part",
        "What could be read was read; cells with errors look empty.",
        "Open it in Excel, let Excel repair it, and save it as .xlsx.",
    ),
    "file-missing": Code(
        "A file that is not there",
        "A file named in [sources] of cl.toml does not exist.",
        "Put it there, or change [sources].",
    ),
    "file-no-table": Code(
        "A file without a table",
        "The workbook has no cells, or only charts.",
        "Export it again, or take it away.",
    ),
    "file-other": Code(
        "A file that is neither a workbook nor a CSV",
        "The content, not the name, says what it is. In the register's folder it stops the report.",
        "Save a web page or XML as .xlsx in Excel. Export others again, or move them elsewhere.",
    ),
    "file-unopened": Code(
        "A file that cannot be opened",
        "The computer refused, perhaps because the file is open in Excel.",
        "Close it and run again.",
    ),
    "file-unreadable": Code(
        "A file that cannot be read",
        "It is not there, or this account may not open it.",
        "Check its name and that you may open it.",
    ),
    "file-unsafe": Code(
        "A file that was refused for safety",
        "It would unpack to far too much, defines XML entities or spreads few cells over a sheet.",
        "Copy its cells into a new workbook, if it is a real export.",
    ),
    "finished-unknown": Code(
        "A file that cannot be checked",
        "The public edition only lets out files in which private words can be looked for.",
        "Leave the file out of the public edition.",
    ),
    "form-answer-below": Code(
        "An answer in a form that may be a label",
        "The form has its answers beside their labels. Beside this one stands nothing, and below "
        "it a few words that may be its answer or the label of the next, so they were not read.",
        "Type the answer beside its label; or say in cl.toml under [columns.monitoring] what the "
        "label below means, or ignore.",
    ),
    "form-no-reference": Code(
        "A monitoring form without a reference",
        "The form is counted, and matched to no complaint.",
        "Ask who returned it which complaint it is about.",
    ),
    "form-repeated": Code(
        "A second form for one complaint",
        "Two monitoring forms name the same complaint; both are counted as forms.",
        "Take one away if it is the same form.",
    ),
    "form-unmatched": Code(
        "A monitoring form of no known complaint",
        "The form's reference is not in the register.",
        "Correct the reference; the nearest one is suggested when there is one.",
    ),
    "format-unknown": Code(
        "A format that does not exist",
        "A report is written as docx, html, xlsx or pdf.",
        "Write one of them after --format.",
    ),
    "input-changed": Code(
        "An export that changed during the run",
        "Somebody saved the file while the report was made; the report shows what it held before.",
        "Run again when nobody is saving it.",
    ),
    "kind-unknown": Code(
        "A kind of contact nobody knows",
        "The row is counted as a complaint.",
        "Correct the cell: complaint, compliment, comment or enquiry.",
    ),
    "labelled-empty": Code(
        "A labelled file without labels",
        "No row of the file has both a text and themes.",
        "Put one theme or more, joined by ;, beside each text.",
    ),
    "labelled-line": Code(
        "A line that is no labelled text",
        "A line of the JSON lines file is not an object with text and themes.",
        "Correct the line named in the message.",
    ),
    "log-not-written": Code(
        "A log that cannot be written",
        "The file named with --log-file cannot be opened for writing.",
        "Name another file, or leave the option out.",
    ),
    "name-unknown": Code(
        "A name that means nothing here",
        "It is no figure, no complaint of the register and no problem code.",
        "List the figures with: cl figures --period 2023",
    ),
    "number-unreadable": Code(
        "A cell that should be a number and is not",
        "The cell was left empty.",
        "Type the number alone.",
    ),
    "outcome-changed": Code(
        "An outcome that a later export changed",
        "Two exports give the complaint different outcomes; the later one was used.",
        "Nothing, if the change is right.",
    ),
    "outcome-missing": Code(
        "A complaint answered without an outcome",
        "There is a date of answer and no outcome.",
        "Record the outcome in the case system and export again.",
    ),
    "outcome-several": Code(
        "Several outcomes in one cell",
        "The cell is counted as the one outcome the message names.",
        "Write one outcome, or map the cell under [outcomes].",
    ),
    "outcome-unknown": Code(
        "An outcome nobody knows",
        "The complaint is counted as 'outcome not recognised', never as another outcome.",
        "Correct the cell, or map it in cl.toml under [outcomes].",
    ),
    "output-kind": Code(
        "A kind of file that cannot be written",
        "The ending of the name after --out or --xlsx is not one that is known.",
        "Choose one of the endings in the message.",
    ),
    "output-not-saved": Code(
        "A file that cannot be saved",
        "The output file is open elsewhere, or its folder, disk or name does not allow saving.",
        "Close the file, or choose another place with --out.",
    ),
    "output-there": Code(
        "A file that would be written over",
        "Somebody may have edited the file that the refreshed report would replace.",
        "Name another file with --out; or name that file, when nobody needs what is in it.",
    ),
    "pdf-failed": Code(
        "A PDF that LibreOffice could not make",
        "LibreOffice was started and ended without a PDF, or took too long.",
        "Open the Word file and save it as PDF from there.",
    ),
    "pdf-no-office": Code(
        "A PDF without LibreOffice",
        "A PDF is made with LibreOffice, which was not found on this computer.",
        "Install LibreOffice, or open the Word file and save it as PDF from there.",
    ),
    "period-empty": Code(
        "A period without complaints",
        "The exports hold complaints, and none of them is dated in the period that was asked for.",
        "Correct --period, or put the exports of that period into the workspace.",
    ),
    "period-missing": Code(
        "A period is needed",
        "Figures and complaints are counted for a period.",
        "Add --period, such as --period 2023.",
    ),
    "period-unknown": Code(
        "A period that cannot be read",
        "The text after --period is not a year, quarter, month or span of months.",
        "Write 2023 or 2022-23, 2022-23Q3, 2023-01, 2022-10..2023-03, last or last-quarter.",
    ),
    "picture-missing": Code(
        "A chart without picture",
        "The report places a chart that was not drawn.",
        "Report this; it is a mistake in the program.",
    ),
    "private-found": Code(
        "Something private in a public file",
        "A finished file holds a name, reference, contact or words of the register.",
        "Take it out where it comes from, or write the internal edition. Nothing was written.",
    ),
    "procedure-unknown": Code(
        "A procedure nobody knows",
        "The complaint is counted with no procedure.",
        "Correct the cell, or map it in cl.toml under [procedures].",
    ),
    "publication-empty": Code(
        "Nothing to publish",
        "A row of the review workbook says 'publish' and has no sentence.",
        "Copy the sentence into Sentence to publish, or clear the choice.",
    ),
    "publication-identifying": Code(
        "An approved sentence that looks identifying",
        "A sentence to publish still holds a name, place, number, date or an unknown word with a "
        "capital. It is not quoted.",
        "Leave that out with ..., or say it in other words in [ ].",
    ),
    "publication-not-their-words": Code(
        "An approved sentence that is not the complaint's",
        "A sentence to publish does not stand in the text of its complaint, or has fewer than "
        "three words of it. It is not quoted.",
        "Copy it from Text. What you leave out is ..., your own words stand in [ ].",
    ),
    "publication-text-changed": Code(
        "An approved sentence whose complaint has changed",
        "The words of the complaint are not those that were read when the sentence was approved. "
        "It is not quoted.",
        "Read both again; to keep the sentence, clear its Text code.",
    ),
    "publication-unknown": Code(
        "A choice about publication nobody knows",
        "Publication says neither 'publish' nor 'do not publish'. Nothing is quoted.",
        "Choose one of the list in the cell.",
    ),
    "publication-without-section": Code(
        "An approved sentence that no section can quote",
        "The sections of the report tell of upheld complaints with a theme; the sentence's "
        "complaint is not one.",
        "Clear Publication, or decide its themes.",
    ),
    "record-unusable": Code(
        "A run record that cannot be used",
        "The file is not the run.json of a report, or another version of cl wrote it.",
        "Name the run.json beside a report that this version wrote.",
    ),
    "reference-above": Code(
        "Rows that give a further point of the complaint above",
        "They have neither a reference nor a date received nor a service, as in a report that "
        "prints them once for each complaint.",
        "Nothing, unless one of them is a complaint of its own: give it its reference.",
    ),
    "reference-missing": Code(
        "A row without a reference",
        "The row cannot be told from others and was left out.",
        "Give it the reference it has in the case system.",
    ),
    "reference-reused": Code(
        "A reference with two dates received",
        "Rows of one reference have different dates; they are counted as one complaint.",
        "If they are two complaints, give one its own reference.",
    ),
    "reference-unknown": Code(
        "A reference to nothing",
        "The text refers to a table or chart that the report does not hold.",
        "Add the table or chart to the text, or take the reference out.",
    ),
    "reference-zeros": Code(
        "A reference that may have lost its noughts",
        "Two references differ only in leading noughts, as when a spreadsheet makes text a number. "
        "They are one complaint only when different exports have them with one date received.",
        "If the message has it wrong, format the column as text and export again.",
    ),
    "register-empty": Code(
        "A register without a complaint",
        "Its header was read, and no row under it could be counted.",
        "Export it again; `cl check` lists why each row was left out.",
    ),
    "register-missing": Code(
        "No complaint register",
        "No file that [sources] in cl.toml names holds a complaint register.",
        "Put the exports in the register folder, or name them in cl.toml.",
    ),
    "remedies-added": Code(
        "Concerns of one complaint with different amounts paid",
        "Several rows of one complaint have different amounts in the column of what was paid; the "
        "complaint is counted with their sum. An amount that stands in several rows counts once.",
        "If one of the amounts is the sum already, delete the others.",
    ),
    "result-over": Code(
        "A result larger than it is out of",
        "More cases met the standard than were looked at; both figures were left empty.",
        "Correct whichever of the two is wrong.",
    ),
    "row-incomplete": Code(
        "A row without what makes it a record",
        "The row was left out.",
        "Fill the cell named, or delete the row.",
    ),
    "row-repeated": Code(
        "The same row twice",
        "The row is counted once.",
        "Delete one of them.",
    ),
    "rows-hidden": Code(
        "Hidden rows",
        "Rows that Excel does not show, hidden or filtered out, were read all the same.",
        "Delete them if they should not count.",
    ),
    "section-not-placed": Code(
        "A section that is not in the report",
        "The Word shell has slots for some sections but none for this one.",
        "Add its slot or {{ report }} to the shell, unless it is meant.",
    ),
    "service-rare": Code(
        "A service that hardly any row names",
        "One or two rows name it, and cl.toml lists no services. It may be a slip, or somebody's "
        "name typed into the wrong column, so reports count it under 'Other services'.",
        "Correct the cell, or name the service in cl.toml under [assurance] services.",
    ),
    "service-unknown": Code(
        "A service that is not in the list",
        "The name is none of [assurance] services in cl.toml; it was kept as typed.",
        "Correct the cell, or map it in cl.toml under [services].",
    ),
    "settings-syntax": Code(
        "A settings file that is not valid",
        "The file is not TOML: a quote, bracket or equals sign is missing or too many.",
        "Look at the line that the message names.",
    ),
    "settings-unknown": Code(
        "A setting that does not exist",
        "A name in cl.toml is misspelt or stands in the wrong section.",
        "docs/settings.md lists every setting.",
    ),
    "settings-value": Code(
        "A setting with a wrong value",
        "The value is of the wrong kind or outside its range.",
        "docs/settings.md lists every setting with its default.",
    ),
    "sheet-hidden": Code(
        "A hidden sheet",
        "The sheet is not shown in Excel; it was read all the same.",
        "Delete it if it should not count.",
    ),
    "sheet-not-read": Code(
        "A sheet that is not the table looked for",
        "No header of the sheet means a column that is needed.",
        "Map its headers in cl.toml, or nothing if it is a list of choices.",
    ),
    "shell-missing": Code(
        "The Word file of the council is not there",
        "cl.toml names a Word file under [report] shell that is not in the workspace.",
        "Put it there, or take the line out to have the shipped one.",
    ),
    "shell-named-already": Code(
        "A shell or styles that cl.toml names already",
        "cl init --shell does not change what a person has chosen.",
        "Put the lines of the message into cl.toml yourself.",
    ),
    "shell-not-found": Code(
        "A Word shell that is not there",
        "The file named as shell cannot be opened.",
        "Check shell under [report] in cl.toml, or the name after --shell.",
    ),
    "shell-not-usable": Code(
        "A Word file that cannot be used",
        "The file is damaged, locked, not a Word file, or holds something that could run or fetch.",
        "Do what the message says in Word, save as .docx, and run again.",
    ),
    "shell-outside": Code(
        "A Word shell outside the workspace",
        "A workspace holds all that its report is made from.",
        "Copy the file into the workspace and name it again.",
    ),
    "shell-report": Code(
        "A Word shell that holds another report",
        "Figures, tables or charts of an older report would stand beside the new ones.",
        "Delete the older report's text in Word, leave the slots, and run again.",
    ),
    "shell-slot-unknown": Code(
        "Slots that cannot be filled",
        "A name in double braces is not one that a report can fill, or stands in a wrong place.",
        "Change it in Word; the message lists each with the nearest name.",
    ),
    "shell-style-missing": Code(
        "Styles that the Word shell lacks",
        "The report needs a style for each use, and the shell has none of that name.",
        "Name the shell's own styles in cl.toml under [styles], or add them in Word.",
    ),
    "shell-unsafe": Code(
        "A Word file that could run or fetch something",
        "The file holds a macro, an embedded object, a field or a link that Word acts on alone.",
        "Take out what the message lists, save as .docx, and run again.",
    ),
    "source-outside": Code(
        "A source outside the workspace",
        "A file or pattern under [sources] leads to another folder; only the workspace is read.",
        "Put the file into the workspace and give its place there.",
    ),
    "stage-unknown": Code(
        "A stage nobody knows",
        "The row is counted as stage 1.",
        "Write 1, 2 or 3.",
    ),
    "strict": Code(
        "Stopped because cells need a look",
        "--strict writes no report while a cell of the exports needs a look.",
        "See the cells with: cl check",
    ),
    "template-markdown": Code(
        "A text with a part that a report cannot hold",
        "Texts may have headings, numbered paragraphs, bullets, a box, emphasis and links.",
        "Take the other part out of the text.",
    ),
    "template-unknown": Code(
        "A text template that does not exist",
        "There is no report or section of that name.",
        "List them with: cl template list",
    ),
    "template-wrong": Code(
        "A text template that cannot be told",
        "It uses a name that does not exist, or is not valid.",
        "List all such lines with: cl template check",
    ),
    "text-not-english": Code(
        "A text in another language",
        "The words for themes are English, so no theme was given.",
        "Decide its themes in the review workbook: cl review.",
    ),
    "text-not-utf8": Code(
        "A text file that is not UTF-8",
        "Settings and texts are read as UTF-8.",
        "Save it again as UTF-8 (Notepad: Save as, Encoding).",
    ),
    "text-too-long": Code(
        "A very long text",
        "Only the first part of the text was read for themes.",
        "Decide its themes in the review workbook: cl review.",
    ),
    "theme-unknown": Code(
        "A theme nobody knows",
        "The theme in the cell was left out.",
        "Use one of the theme codes in the message.",
    ),
    "trend-unknown": Code(
        "A trend of something else",
        "cl trend draws complaints received, or those upheld or partially upheld.",
        "Write --of received or --of upheld.",
    ),
    "web-template": Code(
        "A web page template that does not work",
        "templates/web was changed so that the page cannot be made.",
        "Put back the file that came with the tool.",
    ),
    "workspace-busy": Code(
        "A workspace that another run is using",
        "Two runs at once could mix their files, so the second one left and changed nothing.",
        "Wait until the other is done and run again; the message says which process it is.",
    ),
    "workspace-exists": Code(
        "A workspace that is there already",
        "The folder has a cl.toml, which cl init does not write over.",
        "Change it in a text editor, or move it away.",
    ),
    "workspace-missing": Code(
        "No workspace",
        "A workspace is a folder with a cl.toml.",
        "Make one with: cl init FOLDER",
    ),
    "yes-no-unreadable": Code(
        "A cell that says neither yes nor no",
        "The cell was left empty.",
        "Type Yes or No.",
    ),
}


def kinds(codes: Iterable[str]) -> list[tuple[str, str, int]]:
    """Each different code with its title and how often it occurs, the most frequent first.

    >>> kinds(["outcome-unknown", "date-unreadable", "outcome-unknown"])[0]
    ('outcome-unknown', 'An outcome nobody knows', 2)
    """
    counts = sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0]))
    return [(code, CODES[code].title if code in CODES else code, many) for code, many in counts]
