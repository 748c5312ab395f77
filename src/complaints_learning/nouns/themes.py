"""The themes a complaint can have, their sub-themes and the words that lead to them.

`parse` turns the text of a themes.toml into frozen values; `read.themes` opens the file. What
the marks in a phrase mean (`..`, `/`, `*`, `<list>`, WITH, UNLESS) is told at the top of
templates/themes.toml.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from complaints_learning.nouns.errors import SettingsError

OTHER = "other"
LEVELS = ("strong", "fair", "weak")
_SUB_KEYS = {"code", "title", "says", *LEVELS}
_THEME_KEYS = {"code", "title", "sub", "not", "denials"}
_TOP_KEYS = {"version", "lists", "spelling", "aside", "emphasis", "requests", "real_words", "theme"}
_EMPHASIS_KEYS = {"chiefly", "besides", "until"}
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LIST = re.compile(r"<([^<>]*)>")
_CONDITION = re.compile(r"\s+(WITH ANYWHERE|UNLESS ANYWHERE|WITH|UNLESS)\s+")


class Phrase(Struct, frozen=True):
    """Words to look for. `level` says how much they prove: strong, fair or weak."""

    text: str
    level: str = "strong"

    def parts(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The words themselves, then each condition as (kind, words).

        >>> Phrase("rang .. office UNLESS <family_time>").parts()
        ('rang .. office', (('UNLESS', '<family_time>'),))
        """
        if "WITH" not in self.text and "UNLESS" not in self.text:
            return self.text, ()
        first, *rest = _CONDITION.split(self.text)
        return first, tuple(zip(rest[::2], rest[1::2], strict=True))


class SubTheme(Struct, frozen=True):
    """One concern inside a theme. `says` is the neutral sentence part the report prints."""

    code: str
    title: str
    says: str
    phrases: tuple[Phrase, ...] = ()


class Theme(Struct, frozen=True):
    """One theme. `misleading` holds phrases whose words must not count for this theme.

    With `denials` its words name faults, which "not" takes back ("not rude", "no delay"); the
    words of other themes name things, of which "no" is the complaint ("no respite").
    """

    code: str
    title: str
    sub_themes: tuple[SubTheme, ...] = ()
    misleading: tuple[str, ...] = ()
    denials: bool = False


class Hints(Struct, frozen=True):
    """Small learned weights for words and pairs of words, in hundredths: see classify.hints.

    Each row is the word's rarity, one weight a theme for whether a text has it, in the order of
    `themes`, and one a theme for whether it is the main one.
    """

    themes: tuple[str, ...] = ()
    bias: tuple[int, ...] = ()
    main_bias: tuple[int, ...] = ()
    words: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


class Themes(Struct, frozen=True):
    """Everything in a themes.toml, in report order. `fingerprint` changes when the file does.

    `spelling` has the right word for a slip, and for a real word that looks like one the word.
    """

    themes: tuple[Theme, ...]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spelling: Mapping[str, str] = field(default_factory=dict)
    aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    emphasis: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    requests: tuple[str, ...] = ()
    fingerprint: str = ""
    weights: str = ""
    """The text of the hints: read when somebody asks for them, which takes a while."""

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    @property
    def hints(self) -> Hints:
        """The hints, read anew."""
        return parse_hints(self.weights) if self.weights else Hints()

    @property
    def codes(self) -> tuple[str, ...]:
        """The theme codes in report order."""
        return tuple(theme.code for theme in self.themes)

    def theme(self, code: str) -> Theme:
        """The theme with this code."""
        return next(theme for theme in self.themes if theme.code == code)

    def find(self, written: str) -> str:
        """The code for what a person wrote, a code or a title in any case; '' when it is neither.

        >>> themes = Themes((Theme("staff_behaviour", "Staff behaviour"),))
        >>> themes.find("Staff Behaviour "), themes.find("manners")
        ('staff_behaviour', '')
        """
        wanted = _comparable(written)
        for theme in self.themes:
            if wanted in (_comparable(theme.code), _comparable(theme.title)):
                return theme.code
        return ""

    def nearest(self, written: str) -> str:
        """The title that looks most like what was written, '' when none does."""
        titles = {_comparable(theme.title): theme.title for theme in self.themes}
        titles |= {_comparable(theme.code): theme.title for theme in self.themes}
        close = difflib.get_close_matches(_comparable(written), titles, n=1, cutoff=0.6)
        return titles[close[0]] if close else ""


def _comparable(written: str) -> str:
    return " ".join(written.replace("_", " ").casefold().split())


def parse_hints(text: str) -> Hints:
    """Hints from the text of theme_hints.json."""
    data = json.loads(text)
    themes, bias, main_bias = (tuple(data[name]) for name in ("themes", "bias", "main_bias"))
    return Hints(themes, bias, main_bias, data["words"])


def parse(text: str, name: str = "themes.toml", weights: str = "") -> Themes:
    """Themes from the text of a themes.toml; `name` is what messages call the file.

    `weights` is the text of theme_hints.json.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{name}: this is not valid TOML: {error}.", _slip(text, str(error))
        ) from error
    return replace(_Reader(text, name).themes(data), weights=weights)


def _slip(text: str, error: str) -> str:
    """What probably went wrong where TOML says that it cannot go on."""
    at = re.search(r"line (\d+)", error)
    line = text.split("\n")[int(at[1]) - 1] if at else ""
    if re.search("[\u2018\u2019\u201c\u201d]", line):
        return 'Write straight quotes (") instead of the curly ones that Word makes.'
    if line.strip().startswith("[") and "twice" in error:
        return "Begin each theme with [[theme]] and each sub-theme with [[theme.sub]]."
    return "Look for a missing quote, comma or bracket just before that place."


class _Reader:
    """Checks each part of the file and knows which line to point at when it is wrong."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name

    def fail(self, near: str, message: str, hint: str, after: str = "") -> SettingsError:
        """The message with the line of `near`, below the last line with `after`; no comment's."""
        lines = ["" if each.lstrip()[:1] == "#" else each for each in self.text.splitlines()]
        start = max((n for n, words in enumerate(lines) if after and after in words), default=0)
        below = enumerate(lines[start:], start + 1)
        line = next((n for n, words in below if near and near in words), 0)
        where = f"{self.name}, line {line}" if line else self.name
        return SettingsError(f"{where}: {message}", hint)

    def themes(self, data: Mapping[str, Any]) -> Themes:
        self.keys(data, _TOP_KEYS, "the file")
        lists = {
            key: self.words(value, f"list '{key}'")
            for key, value in self.table(data, "lists").items()
        }
        aside = {
            key: self.phrases_of(value, f"'{key}' in [aside]", lists)
            for key, value in self.table(data, "aside").items()
        }
        emphasis = {
            key: self.phrases_of(value, f"'{key}' in [emphasis]", lists)
            for key, value in self.table(data, "emphasis").items()
        }
        self.keys(emphasis, _EMPHASIS_KEYS, "[emphasis]")
        real = self.words(data.get("real_words", []), "'real_words'")
        tables = self.tables(data, "theme", "[[theme]]")
        if not tables:
            raise self.fail("", "it has no [[theme]].", "Start from the themes.toml that cl ships.")
        read = [self.theme(table, lists) for table in tables]
        # what is added at the end of the file still comes before 'other' in every table
        themes = tuple(sorted(read, key=lambda theme: theme.code == OTHER))
        codes = [theme.code for theme in themes]
        for what, said in (("code", codes), ("title", [theme.title for theme in themes])):
            for each in said:
                if said.count(each) > 1:
                    near = f'"{each}"'
                    message = f"two themes have the {what} '{each}'."
                    raise self.fail(near, message, f"Give each its own {what}.", after=near)
        return Themes(
            themes=themes,
            lists=lists,
            spelling=self.spelling(self.table(data, "spelling")) | {word: word for word in real},
            aside=aside,
            emphasis=emphasis,
            requests=self.phrases_of(data.get("requests", []), "'requests'", lists),
            fingerprint=hashlib.sha256(self.text.encode()).hexdigest(),
        )

    def table(self, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = data.get(name, {})
        if not isinstance(found, Mapping):
            raise self.fail(
                name, f"'{name}' is no table.", f"Write [{name}] on a line, its entries below it."
            )
        return found

    def tables(
        self, data: Mapping[str, Any], name: str, written: str, after: str = ""
    ) -> list[Mapping[str, Any]]:
        found = data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
            hint = f"Write {written} on a line, and what belongs to it below."
            message = f"each {written} needs two brackets on either side."
            raise self.fail(written[1:-1], message, hint, after)
        return found

    def spelling(self, found: Mapping[str, Any]) -> dict[str, str]:
        for slip, right in found.items():
            if not isinstance(right, str) or (right != slip and found.get(right) == slip):
                message = f"'{slip}' in [spelling] needs the right word, in quotes."
                raise self.fail(slip, message, 'Such as sociel = "social".')
        return dict(found)

    def theme(self, table: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Theme:
        code = self.code(table, "a theme")
        self.keys(table, _THEME_KEYS, f"theme '{code}'")
        below = self.tables(table, "sub", "[[theme.sub]]", f'"{code}"')
        subs = tuple(self.sub(sub, code, lists) for sub in below)
        return Theme(
            code=code,
            title=self.title(table, code),
            sub_themes=subs,
            misleading=self.phrases_of(table.get("not", []), f"'not' of theme '{code}'", lists),
            denials=bool(table.get("denials", False)),
        )

    def sub(
        self, table: Mapping[str, Any], theme: str, lists: Mapping[str, tuple[str, ...]]
    ) -> SubTheme:
        code = self.code(table, f"a sub-theme of '{theme}'")
        self.keys(table, _SUB_KEYS, f"sub-theme '{code}'")
        phrases = tuple(
            Phrase(words, level)
            for level in LEVELS
            for words in self.phrases_of(
                table.get(level, []), f"'{level}' of sub-theme '{code}'", lists
            )
        )
        title = self.title(table, code)
        return SubTheme(code, title, str(table.get("says", title.lower())), phrases)

    def keys(self, table: Mapping[str, Any], allowed: set[str], where: str) -> None:
        for key in table:
            if key not in allowed:
                close = difflib.get_close_matches(key, allowed, n=1)
                hint = (
                    f"Did you mean '{close[0]}'?" if close else f"Use {', '.join(sorted(allowed))}."
                )
                raise self.fail(key, f"{where} has '{key}', which means nothing here.", hint)

    def code(self, table: Mapping[str, Any], what: str) -> str:
        code = table.get("code", "")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise self.fail(
                f'"{code}"' if code else "",
                f"{what} has the code '{code}'.",
                "A code is small letters, digits and underscores, such as staff_behaviour.",
            )
        return code

    def title(self, table: Mapping[str, Any], code: str) -> str:
        title = table.get("title", "")
        if not isinstance(title, str) or not title.strip():
            raise self.fail(
                f'"{code}"', f"'{code}' has no title.", 'Add a line such as title = "Delay".'
            )
        return title.strip()

    def words(self, value: Any, where: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            key, _, of = where.removeprefix("list ").lstrip("'").partition("'")
            after = of.split("'")[1] if "'" in of else ""
            raise self.fail(
                key,
                f"{where} must be a list of words in quotes.",
                'For example ["rang", "called"].',
                after=f'"{after}"' if after else "",
            )
        for each in value:
            if not each.strip():
                raise self.fail(
                    '""', f"{where} holds an empty phrase.", "Take the empty quotes out."
                )
        return tuple(value)

    def phrases_of(
        self, value: Any, where: str, lists: Mapping[str, tuple[str, ...]]
    ) -> tuple[str, ...]:
        phrases = self.words(value, where)
        for phrase in phrases:
            for wanted in _LIST.findall(phrase):
                if wanted not in lists:
                    close = difflib.get_close_matches(wanted, lists, n=1)
                    hint = f"Did you mean <{close[0]}>?" if close else "Add it under [lists]."
                    raise self.fail(
                        phrase, f"'{phrase}' uses <{wanted}>, which is not in [lists].", hint
                    )
            first, conditions = Phrase(phrase).parts()
            for part in (first, *(words for _, words in conditions)):
                if any(part.count(begin) != part.count(end) for begin, end in ("()", "[]")):
                    message = f"'{phrase}' has a bracket without the one that belongs to it."
                    raise self.fail(phrase, message, "Add that one, or take this one out.")
                if not re.search(r"[a-z0-9#<£]", part):
                    message = f"'{phrase}' has no words to look for."
                    raise self.fail(phrase, message, "Write a word in small letters.")
        return phrases
