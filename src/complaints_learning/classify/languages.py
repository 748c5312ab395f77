"""A text in; whether it is in another language than English, out."""

from __future__ import annotations

from complaints_learning.classify import words

_ENGLISH = frozenset(
    (
        *("the", "and", "to", "of", "a", "i", "is", "in", "it", "my", "was", "that", "for", "not"),
        *("on", "with", "they", "we", "she", "he", "have", "has", "had", "be", "are", "you", "me"),
        *("but", "this", "at", "her", "his", "our", "been", "no", "from", "by", "were", "an"),
        *("what", "when", "who", "u", "im", "i'm", "your", "us", "them", "their", "so", "or"),
    )
)
_OTHERS = frozenset(
    (
        *("nie", "jest", "sie", "się", "na", "że", "ze", "do", "od", "dla", "przez", "moja"),
        *("que", "los", "las", "el", "por", "una", "un", "con", "para", "mi", "não", "uma", "os"),
        *("le", "les", "des", "est", "pas", "une", "pour", "dans", "je", "et", "nous", "mon"),
        *("der", "die", "und", "ist", "nicht", "ich", "ein", "eine", "mein", "zu", "das", "mit"),
        *("nu", "este", "pentru", "din", "și", "si", "la", "care", "copilul", "meu", "mea"),
        *("ve", "bir", "bu", "için", "çok", "değil", "ir", "kad", "mano", "yra", "su", "ku"),
        *("yn", "ac", "wedi", "mae", "ei", "nid", "ddim", "fy", "ers", "wyf", "oes", "gyda", "dw"),
        *("jsem", "není", "jsme", "už", "jak", "som", "nás", "ktorý", "který", "ako", "sú"),
        *("y", "qué", "está", "se", "pero", "muy", "hace", "desde", "ha", "lo"),
        *("không", "tôi", "và", "là", "của", "có", "với", "cho", "một", "đã"),
        *("û", "ji", "li", "ez", "bi", "jî"),
        *("agus", "níl", "mé", "tá"),
        *("ang", "ng", "hindi", "mga"),
        *("és", "nem", "hogy", "egy", "az", "már", "niet", "ik", "het", "een", "en", "mijn", "van"),
        *("waa", "iyo", "ka", "waxaan", "ma", "soo", "e", "di", "che", "non", "il", "per"),
    )
)
_FEW = 8
TELLING, ENGLISH = (
    tuple(sorted(set(words.plain(sorted(listed))) - {words.BREAK}))
    for listed in (_OTHERS, _ENGLISH)
)
"""The small words of other languages, and of English, as `words.plain` gives them."""
REPEATED = 8
"""A text with more than so many small English words for each of another language is not looked at
further: it is English, or most of it is."""
_NO_LETTERS = bytes(n for n in range(256) if not (n < 128 and chr(n).isalpha()))


def foreign(text: str) -> bool:
    """Whether a text of some length is hardly English: other letters or other small words.

    >>> foreign("Nobody told us that the visit was off, and it was the third time.")
    False
    >>> foreign("Nikt nie powiedział nam, że wizyta jest odwołana, i to już nie pierwszy raz.")
    True
    """
    if text.isascii():
        text = text[:4_000]
    elif other_letters(text):
        return True
    listed = text.lower().split()[:400]
    others = len(_OTHERS.intersection(listed))
    if not others or len(said := set(listed)) < _FEW:
        return False
    english = len(said & _ENGLISH)
    return english < 0.2 * len(said) and others > english


def other_letters(text: str) -> bool:
    """Whether most letters of a text are not Latin ones."""
    if text.isascii():
        return False
    plain = text.encode("ascii", "ignore")
    if len(text) - len(plain) <= len(plain.translate(None, _NO_LETTERS)):
        return False  # counting each letter is slow
    letters = sum(map(str.isalpha, text))
    return sum(c.isalpha() and ord(c) > 0x24F for c in text) > 0.5 * letters
