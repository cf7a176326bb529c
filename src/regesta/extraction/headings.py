"""Which headings and lines of their own are people, whose life the paragraphs below tell.

    ## Ana Ruiz          ANA RUIZ             **Ana Ruiz**          4. Ruiz, Ana
    A baker. Fled ...    Born in Jaén in      She was born ...      Reached Oran in ...

A name alone is no sign: the line may name a place or a ship. What stands below decides: a birth, a verb without a subject,
"he", or what somebody was. Who the people are, `who.py` notes; which passages are theirs, `entries.py`.
"""

from __future__ import annotations

import re

from regesta.extraction.chunk import Chunk
from regesta.extraction.described import head_class
from regesta.extraction.passages import Passage
from regesta.extraction.rows import is_somebody
from regesta.extraction.scene import Scene
from regesta.extraction.subjects import is_headless
from regesta.names import lists as names

__all__ = [
    "LIFE_YEARS",
    "has_years",
    "heads_roles",
    "is_head_line",
    "is_life_line",
    "is_name_line",
    "is_told_below",
    "opens_birth",
    "opens_life",
    "opens_with_he",
]

_BIRTHS = frozenset(
    "born né née nés nées nacido nacida geb geboren nascido nascida nato nata baptised baptized".split()
)
_PRONOUNS = frozenset("he she they".split())
_BORN_AT_LAST = re.compile(
    r"(?:(?:Am|Im|In) )?(?:[^\W\d_]+ )?[^.;,A-Z]{0,6}(?:[A-Z][a-zä]+ )?\d{4} (?:in [^.;,]{2,40} )?(?:geboren|born)\b"
)
"""A birth that German tells behind its day and place: "1946 in Herat geboren"."""
_LONGEST = 60
"""Code points of a line that is nothing but a name."""
_PLACE = r"(?:[^\W\d_][^\d–;:.]{1,24}?,? )?"
_DAY = r"(?:\d{1,2}\.? [^\W\d_]{3,12}\.? )?"
_LIFE_LINE = re.compile(
    rf"[*_(]{{0,3}}{_PLACE}{_DAY}1[5-9]\d\d ?(?:–|-) ?{_PLACE}{_DAY}(?:1[5-9]|20)\d\d[*_)]{{0,3}}"
)
_LIFE_OPENS = re.compile(
    rf"\((?:[^\W\d_][^()\d]{{1,40}},? )?{_DAY}1[5-9]\d\d ?[–-] ?(?:[^\W\d_][^()\d]{{1,40}},? )?{_DAY}(?:1[5-9]|20)\d\d\)"
)
"""The two ends of a life that open what is told of it: "(Riga 1916 - Città di Malta 1999) was a poet"."""
LIFE_YEARS = re.compile(
    r"[*_]*,?\s\(?\s?(?:\*|b\.|geb\.|born)?\s?(?P<born>1[5-9]\d\d)\s?[-–/]\s?(?:†|d\.)?\s?(?P<died>(?:1[5-9]|20)\d\d)\s?\)?[\s*_.]*$"
)
_SHORTEST_LIFE = 18
"""A life behind the name, which is all that stands in the line: "Brandt Kos, Rafael (1902-1999)"."""
_HEADED = frozenset(("prose", "definition"))


def _names_a_life(scene: Scene, passage: Passage) -> bool:
    """Whether a heading is a name and the years of a life: "Ana Kos (1902-1999)", not "Estado Novo (1933-1974)"."""
    years = LIFE_YEARS.search(scene.text, *passage.span)
    row = scene.chunks[passage.index]
    return (
        years is not None
        and int(years["died"]) - int(years["born"]) >= _SHORTEST_LIFE
        and row[:1] != []
        and row[0].span.start == passage.span.start
        and any(
            names.is_given(w) and not names.is_weak(w) for c in row[:2] for w in c.text.lower().split()[:2]
        )
    )


def opens_life(scene: Scene, passage: Passage) -> bool:
    """Return whether the paragraph right below the passage tells of somebody whom it does not name."""
    if passage.kind == "heading" and _names_a_life(scene, passage):
        return True
    index = passage.index + 1
    if index < len(scene.passages) and is_life_line(scene, scene.passages[index]):
        index += 1
    below = scene.passages[index] if index < len(scene.passages) else None
    if (
        below is not None
        and below.kind == "prose"
        and scene.text[below.span.start : below.span.end].endswith(":")
    ):
        below = scene.passages[index + 1] if index + 1 < len(scene.passages) else None  # "From the handbook:"
    if (
        below is None
        or below.kind not in _HEADED
        or (below.block == passage.block and not is_head_line(scene, passage))
    ):
        return False
    words = scene.tokens.between(*below.span)
    if len(words) < 2:
        return False
    first, second = scene.tokens[words.start], scene.tokens[words.start + 1]
    if _LIFE_OPENS.match(scene.text, *below.span):
        return True
    if _tells_birth(scene, below) or first.lower in _PRONOUNS or is_headless(scene, below.sentences[0]):
        return True
    lead = first if first.is_capital and first.lower not in ("a", "an") else second
    kind = head_class(lead.lower, scene.lexicon)
    return (
        kind is not None
        and kind[0] in ("role", "rank")
        and (
            scene.text[lead.end : lead.end + 1] in (".", ",")
            or (lead is first and _OF.match(scene.text, lead.end) is not None)
        )
    )


def opens_birth(scene: Scene, passage: Passage) -> bool:
    """Return whether the paragraph right below a heading opens with a birth, so that the heading is whoever was born."""
    below = scene.passages[passage.index + 1] if passage.index + 1 < len(scene.passages) else None
    return below is not None and below.kind == "prose" and _tells_birth(scene, below)


def _tells_birth(scene: Scene, passage: Passage) -> bool:
    words = scene.tokens.between(*passage.span)
    return (words and scene.tokens.lowers[words.start] in _BIRTHS) or _BORN_AT_LAST.match(
        scene.text, *passage.span
    ) is not None


_OF = re.compile(r" (?:of|for|at|de|d[eu]s?|della?|dell'|di|der|von|do|da) ")
"""What goes on behind what somebody is, with no article before it: "Leader of the miners' union."."""


def heads_roles(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Return whether a heading is a known name and what its bearer is: "Boris Novak, ballet dancer, choreographer"."""
    if chunk.first == chunk.last or chunk.span.start - passage.span.start > 1 or not _is_known(chunk):
        return False
    rest = _ROLES.fullmatch(scene.text, chunk.span.end, passage.span.end)
    parts = rest["roles"].split(", ") if rest else []
    return bool(parts) and all(
        (kind := head_class(part.split()[-1], scene.lexicon)) is not None and kind[0] in ("role", "rank")
        for part in parts
    )


def opens_with_he(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Return whether a known name heads a paragraph whose first person is a "he": "Oleg Petrov" over "In 1922 he left"."""
    below = scene.passages[passage.index + 1] if passage.index + 1 < len(scene.passages) else None
    if below is None or below.kind not in _HEADED or chunk.first == chunk.last or not _is_known(chunk):
        return False
    start = below.span.start
    return _HE_OPENS.match(scene.text, start, below.span.end) is not None and not any(
        c.kind == "name" and c.span.start < start + _OPENING for c in scene.chunks[below.index]
    )


_ROLES = re.compile(r", (?P<roles>[a-z][a-z -]{2,40}(?:, [a-z][a-z -]{2,40})*)\W*")
_HE_OPENS = re.compile(
    r"(?:In|On|At|By|During|After|When:?|As) [^.;A-Z]{0,12}(?:[A-Z][a-z]+ )?[^.;A-Z]{0,14},? s?he "
)
_OPENING = 30
"""Code points of a paragraph in which no other name may stand."""


def _is_known(chunk: Chunk) -> bool:
    first = chunk.text.split()[0].lower()
    return names.is_given(first) and not names.is_weak(first)


def is_told_below(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Return whether the paragraphs below go on with the last word of a heading alone, and with "he" or "she".

    No word of the name may be written small anywhere: "Assefa Worku" over "Worku left in May. She ...", not "Night Train".
    """
    words = [scene.tokens[i] for i in range(chunk.first, chunk.last + 1)]
    if any(not scene.tokens.capital[at] for word in words for at in scene.tokens.by_word.get(word.lower, ())):
        return False
    for below in scene.passages[passage.index + 1 : passage.index + _BELOW]:
        if below.kind not in _HEADED:
            return False
        alone = [c for c in scene.chunks[below.index] if c.kind == "name" and c.text == words[-1].text]
        if any(_DOES.match(scene.text, c.span.end) for c in alone):
            return not _HE_OR_SHE.isdisjoint(scene.tokens.smalls(scene.tokens.between(*below.span)))
    return False


_BELOW = 4
"""Paragraphs behind a heading that are looked at, the last excluded."""
_HE_OR_SHE = frozenset("he she his her".split())
_DOES = re.compile(
    r",? (?:who |then |now )?(?:is|was|had|has|would|could|left|fled|went|came|told|said|says|grew|began|became|[a-z]{2,}ed)\b"
)


def is_life_line(scene: Scene, passage: Passage) -> bool:
    """Return whether a paragraph is nothing but the two ends of a life: "Riga 1916 – Adelaide 1999"."""
    if passage.kind != "prose" or passage.span.end - passage.span.start > _LONGEST:
        return False
    return _LIFE_LINE.fullmatch(passage.span.of(scene.text)) is not None


def has_years(scene: Scene, passage: Passage, name: Chunk) -> bool:
    """Return whether a line is a name, what its bearer was, and the years of a life: "CHEMIST PAUL LIND (1903 - ?)"."""
    if name.kind != "name" or name.first == name.last or passage.span.end - passage.span.start > _LONGEST:
        return False
    years = LIFE_YEARS.fullmatch(scene.text, name.span.end, passage.span.end)
    lead = name.prefix.start if name.prefix else name.span.start
    if years is None:
        return _OPEN_LIFE.fullmatch(scene.text, name.span.end, passage.span.end) is not None
    leads_up = lead - passage.span.start <= 1 or scene.text[passage.span.start : lead].isupper()
    return leads_up and int(years["died"]) - int(years["born"]) >= _SHORTEST_LIFE


_OPEN_LIFE = re.compile(r"\s\((?:\*|b\.|born)?\s?1[5-9]\d\d\s?[-–]\s?\?\s?\)\W*")


def is_name_line(scene: Scene, passage: Passage) -> bool:
    """Return whether a paragraph is nothing but one name, or two joined, and a life stands below; or a name and its years."""
    row = scene.chunks[passage.index]
    if passage.kind == "prose" and row and has_years(scene, passage, row[-1]):
        return True
    if (
        passage.kind != "prose"
        or passage.span.end - passage.span.start > _LONGEST
        or not 1 <= len(row) <= 2
        or any(chunk.kind != "name" and not (chunk.text.isupper() and len(row) == 2) for chunk in row)
        or row[-1].first == row[-1].last
    ):
        return False
    letters = sum(c.isalpha() for c in passage.span.of(scene.text))
    named = sum(c.isalpha() for chunk in row for c in chunk.span.of(scene.text))
    is_told = is_head_line(scene, passage) and is_somebody(row[0].text)
    return named >= letters - len("and") and (is_told or opens_life(scene, passage))


def is_head_line(scene: Scene, passage: Passage) -> bool:
    """Return whether a passage is a line of its own over the rest of its paragraph."""
    end = passage.span.end
    below = scene.passages[passage.index + 1] if passage.index + 1 < len(scene.passages) else None
    return (
        below is not None
        and below.block == passage.block
        and end - passage.span.start <= _LONGEST
        and "\n" in scene.document.text[end : below.span.start]
    )
