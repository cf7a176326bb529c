"""The search of a site: an index in small script files, which a page loads as it needs them, from a file too.

    search/pieces.js      which pieces there are
    search/ki.js          the words that begin with "ki", each with the numbers of whom they name
    search/_cn.js         the same by sound: "cnsncl" is Jang Seong-cheol, Chang Sŏng-ch’ŏl and 장성철
    search/cards-0.js     numbers 0 to 255: address, name, what it is

Of people the words of all names are indexed, and of those that may be Korean how else they are spelled, as the search of the web
knows them. By sound a name is its consonants, as Latin letters and Hangul share them; `search.js` reckons the same. Words of claims
and passages are not searched: that needs a server.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from regesta.names import variants
from regesta.publishing.paths import Paths
from regesta.shelf import Shelf
from regesta.text.letters import UNDIVIDED

__all__ = ["folded", "pieces_of", "sound", "words_of_name"]

_CARDS = 256
"""Entries of one file of cards."""
_LARGE = 48_000
"""Bytes of a piece above which its words go into smaller ones."""
_MOST_WORDS = 24
_LONGEST = 32
_LONGEST_NAME = 80
_APART = re.compile(r"[\W_]+")
_JOINED = re.compile(r"(?<=\w)['’‘ʼ`.·-](?=\w)")
_PLAIN = str.maketrans({**UNDIVIDED, "ħ": "h"})
_ONSETS = ("k", "k", "n", "t", "t", "l", "n", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h")
_CODAS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "l", "n", "l", "l", "l", "l", "l", "n", "p", "p", "t", "t", "n", "t", "t",
    "k", "t", "p", "",
)  # fmt: skip
"""Consonants of Hangul syllables, in the order of Unicode; m, n and ng are one at the end and at the beginning."""
_SPELLED = (
    ("sch", "s"), ("tch", "c"), ("sh", "s"), ("ch", "c"), ("kh", "k"), ("th", "t"), ("ph", "p"), ("gh", "k"), ("rh", "l"),
    ("ng", "n"), ("ck", "k"), ("x", "ks"),
)  # fmt: skip
_CLASSES = {pair[0]: pair[1] for pair in "bp cc dt fp gk hh jc kk ll mn nn pp qk rl ss tt vp zc".split()}
"""Latin letters with their class; vowels and glides have none."""


def folded(text: str) -> str:
    """Return a text in small plain letters, Hangul syllables whole.

    >>> folded("Ch’oe ŬN-hŭi"), folded("장성철")
    ('ch’oe un-hui', '장성철')
    """
    taken_apart = unicodedata.normalize("NFKD", text.lower()).translate(_PLAIN)
    return unicodedata.normalize("NFC", "".join(c for c in taken_apart if not unicodedata.combining(c)))


def words_of_name(name: str) -> list[str]:
    """Return the words that find a name, its parts and what hyphens join.

    >>> words_of_name("Lee Ung-bŏm")
    ['lee', 'ung', 'bom', 'ungbom']
    """
    plain = folded(name)
    words = [word for word in _APART.split(plain) if word]
    words += [word for word in _APART.split(_JOINED.sub("", plain)) if word]
    return [word[:_LONGEST] for word in dict.fromkeys(words) if len(word) > 1 or not word.isascii()][
        :_MOST_WORDS
    ]


def sound(name: str) -> str:
    """Return the consonants of a name in classes that romanisations share; of Hangul the same. The vowels are left out.

    >>> [sound(name) for name in ("Jang Seong-cheol", "Chang Sŏng-ch’ŏl", "장성철", "Lee Ung-bae", "Rhee Woong-pae", "Ada Brook")]
    ['cnsncl', 'cnsncl', 'cnsncl', 'lnp', 'lnp', 'tplk']
    """
    found = []
    for word in _APART.split(folded(name[:_LONGEST_NAME])):
        spelled = word
        for letters, plain in _SPELLED:
            spelled = spelled.replace(letters, plain)
        last = ""
        for char in spelled:
            at = ord(char) - 0xAC00
            if 0 <= at <= 11171:
                found.append(_ONSETS[at // 588] + _CODAS[at % 28])
                last = ""
                continue
            here = _CLASSES.get(char, "")
            if here and here != last:
                found.append(here)
            last = here
    return "".join(found)


def pieces_of(shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index: path below the site, and bytes."""
    cards: list[list[object]] = []
    places: dict[str, list[int]] = defaultdict(list)
    for number, (card, words) in enumerate(_entries(shelf)):
        cards.append(card)
        for word in words:
            places[word].append(number)
    for at in range(0, len(cards), _CARDS):
        yield f"search/cards-{at // _CARDS}.js", _script("cards", at // _CARDS, cards[at : at + _CARDS])
    names = []
    for beginning, words in _cut(sorted(places), places):
        names.append(beginning)
        yield f"search/{_file(beginning)}.js", _script("piece", beginning, [[w, *places[w]] for w in words])
    yield "search/pieces.js", _script("pieces", names, [len(cards), _CARDS])


def _cut(words: list[str], places: dict[str, list[int]], size: int = 2) -> Iterator[tuple[str, list[str]]]:
    """Yield beginnings of words with the words that so begin; where these are too much for a file, by longer beginnings."""
    by: dict[str, list[str]] = defaultdict(list)
    for word in words:
        by[word[:size] if word[0].isascii() else word[: size - 1]].append(word)
    for beginning, some in sorted(by.items()):
        weight = sum(len(word) + 4 + 6 * len(places[word]) for word in some)
        longer = [word for word in some if len(word) > len(beginning)]
        if weight > _LARGE and longer and len(beginning) < 6:
            whole = [word for word in some if len(word) == len(beginning)]
            if whole:
                yield beginning, whole
            yield from _cut(longer, places, size + 1)
        else:
            yield beginning, some


def _entries(shelf: Shelf) -> Iterator[tuple[list[object], list[str]]]:
    """Yield each card with the words that find it: those of whom most is said first, sources after them."""
    paths = Paths()
    rows = shelf.rows(
        "select e.id, e.kind, e.label, e.aliases, e.is_named, c.n_claims, c.arrival_first from sought s"
        " join entities e on e.id = s.entity join cards c on c.id = e.id order by s.place"
    )
    for row in rows:
        names = list(dict.fromkeys([row["label"], *json.loads(row["aliases"])]))
        is_person = row["kind"] in ("person", "group") and bool(row["is_named"])
        words = _words(names, is_person=is_person)
        card = [paths.path("people", row["id"], {}), row["label"], row["kind"], row["n_claims"]]
        if row["arrival_first"]:
            card.append(str(row["arrival_first"])[:4])
        yield card, words
    from regesta.pages import source_key

    for row in shelf.rows("select name, title from sources order by name"):
        path = paths.path("sources", source_key(row["name"]), {})
        title = row["title"] or row["name"]
        yield [path, title, "source", 0], _words([title, row["name"]], is_person=False)


def _words(names: Iterable[str], *, is_person: bool) -> list[str]:
    found: dict[str, None] = {}
    for name in names:
        spelled = [name]
        if is_person and len(name) <= _LONGEST_NAME:
            others = variants(name)
            spelled += [other.text for other in others] + [other.hangul for other in others[:1]]
        for one in spelled:
            found.update(dict.fromkeys(words_of_name(one)))
            heard = sound(one) if is_person else ""
            if len(heard) > 1:
                found[f"_{heard}"] = None
    return list(found)


def _file(beginning: str) -> str:
    """Return the name of the file of a piece.

    >>> _file("ki"), _file("이"), _file("con")
    ('ki', 'uc774', 'con-')
    """
    name = "".join(c if c.isascii() and (c.isalnum() or c == "_") else f"u{ord(c):x}" for c in beginning)
    return f"{name}-" if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name) else name


def _script(call: str, name: object, value: object) -> bytes:
    """Return a call of `search.js`, as a script: a page that was opened from a file can load nothing else."""
    text = ",".join(json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (name, value))
    return f"regesta.{call}({text});\n".encode()
