"""Keys of laws, works, terms, events and topics: equal keys are one law, one book, one word.

    "Immigration Act of 1971", "1971 Immigration Act" in a text about the United Kingdom  ->  immigration act 1971 @GB
    "The Third Wave: A Memoir", "Third Wave - a memoir"                                    ->  third wave a memoir
    "ttangkul", "땅굴", "ttangkul (땅굴)"                                                    ->  ttangkul

A year is part of a title. What every country has (a constitution, an immigration act) is a key only with its country.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.resolution.wording import lexicon, owned, split_year, words_of

__all__ = ["event_key", "law_key", "romanised", "term_key", "topic_key", "work_key"]

_RESOLUTION: Final = re.compile(
    r"(?:the )?(?:(?:unsc|(?:(?:united nations|un|u\.n\.) )?security council)(?:'s)? resolution(?: no\.?| number)? "
    r"(?P<n>\d{1,4})|s/res/(?P<m>\d{1,4}))(?:\s*\(\d{4}\))?",
    re.IGNORECASE,
)
_QUOTES: Final = " \t\n\"'“”‘’«»„‹›*_.,;:《》〈〉「」『』"
_ARTICLE: Final = re.compile(r"(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_QUALIFIER: Final = re.compile(r"(?P<title>.+?)\s*\((?P<what>[^()]{3,40})\)")
_WORK_KINDS: Final = frozenset(
    "film book novel song album series documentary play opera magazine newspaper painting game".split()
)
_PART: Final = re.compile(
    r"\b(?P<what>part|volume|vol|book|chapter|season|episode|number|no)\.?\s+(?P<n>[ivx]+|[a-z]+|\d+)\b"
)
_ROMAN: Final = {
    r: str(n) for n, r in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(), 1)
}
_COUNTED: Final = {
    w: str(n) for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_BOTH: Final = re.compile(r"(?P<a>[^()（）]+?)\s*[(（](?P<b>[^()（）]+)[)）]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_ONSETS: Final = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
_VOWELS: Final = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_CODAS: Final = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
_LIAISON: Final = {"k": "g", "t": "d", "p": "b", "l": "r"}


def law_key(name: str, near: frozenset[str]) -> str | None:
    """Return the key of a law, None where the name alone does not say which one.

    >>> law_key("Immigration Act of 1971", frozenset({"GB"})), law_key("British Immigration Act 1971", frozenset())
    ('immigration act 1971 @GB', 'immigration act 1971 @GB')
    >>> law_key("Law No. 15", frozenset()), law_key("UN Security Council Resolution 1718", frozenset())
    (None, 'unsc resolution 1718')
    """
    name = name.strip(_QUOTES)
    if (match := _RESOLUTION.fullmatch(name)) is not None:
        return f"unsc resolution {match['n'] or match['m']}"
    title, year = split_year(name)
    words = words_of(title)
    if not words:
        return None
    code = None
    if not _is(words, "law"):
        left, code = owned(title)
        core = words_of(left) if code is not None else []
        if not core or not _is(core, "law") or lexicon().groups["about"].intersection(core):
            return " ".join([*words, year]).strip()
        words = core
    if year and code is None and words[-1] in lexicon().groups["treaty"] and len(words) > 1:
        return " ".join([*words, year])
    code = code or (next(iter(near)) if len(near) == 1 else None)
    if code is None or (len(words) == 1 and words[0] != "constitution" and not year):
        return None
    return f"{' '.join([*words, year]).strip()} @{code}"


def work_key(name: str) -> str | None:
    """Return the key of a work, None where many works have the title.

    >>> work_key("“The Third Wave: A Memoir”"), work_key("Third Wave - a Memoir"), work_key("Annual Report")
    ('third wave a memoir', 'third wave a memoir', None)
    >>> work_key("Crossing (2008 film)"), work_key("Crossing")
    ('crossing # 2008 film', 'crossing')
    """
    name = name.strip(_QUOTES)
    told = ""
    match = _QUALIFIER.fullmatch(name)
    if match is not None:
        what = match["what"].lower().split()
        if all(word in _WORK_KINDS or re.fullmatch(r"\d{4}", word) for word in what):
            name, told = match["title"].strip(_QUOTES), " # " + " ".join(sorted(what))
    name = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    words = words_of(_PART.sub(_part, name.lower()))
    if not words or (_is(words, "work") and not told):
        return None
    return " ".join(words) + told


def event_key(name: str, near: frozenset[str]) -> str | None:
    """Return the key of an event, None where the name alone does not say which one.

    >>> event_key("Second World War", frozenset()), event_key("1992 presidential election", frozenset())
    ('world war ii', None)
    """
    title, year = split_year(name.strip(_QUOTES))
    words = words_of(title)
    if not words:
        return None
    if not year and (known := lexicon().known.get(" ".join(words))) is not None:
        return known
    if not _is(words, "event"):
        return " ".join([*words, year]).strip()
    if not year or len(near) != 1:
        return None
    return f"{' '.join([*words, year])} @{next(iter(near))}"


def topic_key(name: str) -> str | None:
    """Return the key of a topic: its words.

    >>> topic_key("Arrivals by  year"), topic_key("...")
    ('arrivals by year', None)
    """
    return " ".join(words_of(name)) or None


def term_key(name: str) -> str | None:
    """Return the key of a term; where it stands with its Hangul beside it, that of the Latin spelling.

    >>> term_key("ttangkul (땅굴)"), term_key("땅굴"), term_key("“Ttang-kul”")
    ('ttangkul', 'ttanggul', 'ttangkul')
    """
    name = name.strip(_QUOTES)
    if (match := _BOTH.fullmatch(name)) is not None:
        sides = (match["a"].strip(_QUOTES), match["b"].strip(_QUOTES))
        latin = [side for side in sides if side.isascii() or _is_latin(side)]
        if len(latin) == 1:
            name = latin[0]
    if _HANGUL.search(name):
        name = romanised(name)
    words = words_of(name)
    if not words:
        return None
    return "".join(words)


def _is_latin(text: str) -> bool:
    return all(not letter.isalpha() or letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in text)


def romanised(text: str) -> str:
    """Return Hangul in Latin letters, syllable by syllable, with no change of sounds but that of a coda before a vowel.

    Revised Romanization of Korean (Ministry of Culture and Tourism, 2000), simplified; other letters stay.

    >>> romanised("국어"), romanised("한강"), romanised("Tor 3")
    ('gugeo', 'hangang', 'Tor 3')
    """
    return _HANGUL.sub(lambda match: _syllables(match[0]), text)


def _syllables(hangul: str) -> str:
    found: list[str] = []
    for letter in hangul:
        number = ord(letter) - 0xAC00
        onset, vowel, coda = _ONSETS[number // 588], _VOWELS[number % 588 // 28], _CODAS[number % 28]
        if onset == "-":
            onset = ""
            if found and found[-1] in _LIAISON:
                found[-1] = _LIAISON[found[-1]]
        found += [onset + vowel, "" if coda == "-" else coda]
    return "".join(found)


def _part(match: re.Match[str]) -> str:
    number = match["n"]
    digits = number if number.isdigit() else _COUNTED.get(number) or _ROMAN.get(number)
    return match[0] if digits is None else f"{match['what']} {int(digits)}"


def _is(words: list[str], group: str) -> bool:
    """Return whether every word is one that many names of this group have, or a number."""
    plain = lexicon().groups[group]
    return all(word in plain or word.lstrip("n").isdigit() for word in words)
