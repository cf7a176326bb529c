"""Short names: whom a part of a name means, once the whole of it has been read.

    Jan Novák fled in May. Novák ...         the one who bears it, the nearest where several do
    Anna Berg and her husband Karl. Karl     a given name of kin is somebody new, the name is his own
    NOVÁK'S FLIGHT                           a heading names whom the text is about

Whole names become people in `who`; nothing here makes somebody of words that name nobody yet, but kin.
"""

from __future__ import annotations

import re

from regesta import places
from regesta.extraction.chunk import Chunk
from regesta.extraction.headings import is_name_line
from regesta.extraction.openings import GIVEN_MONTHS
from regesta.extraction.passages import Passage
from regesta.extraction.persons import evidence_for_person, is_glossed, is_person
from regesta.extraction.scene import Actor, Said, Scene
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = [
    "is_naming",
    "names_in_headings",
    "shortened",
    "tie_named_again",
    "tie_short_name",
    "with_shared_surname",
]

_SECOND_OF_KIN = re.compile(
    r"\b(?:his|her|their) (?:\w+ ){0,2}(?:sons|daughters|brothers|sisters|children),? [A-ZÀ-Þ][\w'-]+ and $"
)
"""What leads up to the second of two children, who bears no surname there."""
_KIN_OF = re.compile(r"\b(?P<owner>[^\W\d_]+)'s (?:late |elder |younger )?(?P<kin>[a-z-]+),? $")
"""Whose relative the name behind it is."""
_IDENTIFIED = re.compile(
    r"\b(?:identified|known|referred to|named|called|introduced)\s+(?:(?:only|simply|publicly|initially|later|himself|herself)\s+){0,2}(?:as\s+)?(?:(?:by )?(?:(?:his|her|the|their) )?(?:(?:sur|family |last |first |given )name|pseudonym|alias|nickname)\s+)?[\"']?$|\b(?:said (?:his|her) name was|gave (?:only )?(?:his|her|the) (?:sur|family |first |given )?name(?:,? as)?,?) [\"']?$|\b(?:alias|a\.?k\.?a\.?|pseudonym|surnamed|(?:sur|family )name(?: of)?)\s+[\"']?$",
    re.IGNORECASE,
)
_IDENTIFYING = "identif known referred name called introduced alias k.a ka pseudonym".split()
"""One of these stands in every match of `_IDENTIFIED`."""
_MARKUP = " \n*_"
_MORE_NAMES = re.compile(
    r"(?:,\s[^\W\d_]{2,20}(?:[\s-][^\W\d_]{2,20}){1,3}){0,12},?\s(?:and|&)\s[^\W\d_]{2,20}(?:[\s-][^\W\d_]{2,20}){0,3}\s{0,2}(?:[.;,)]|$|\[)"
)
"""What goes on after a name in a list of them: ", Ana Ruiz and Eva Kos."."""
_AND_ABROAD = frozenset("und et y e i en og ed".split())


def names_in_headings(scene: Scene) -> None:
    """Note where a heading names somebody whom the body names too: "Obituary: Jan Novák, painter"."""
    for passage in scene.passages:
        if passage.kind != "heading":
            if is_name_line(scene, passage):
                _pair_of_heading(scene, passage)
            continue
        _pair_of_heading(scene, passage)
        for chunk in scene.chunks[passage.index]:
            words = tuple(chunk.text.lower().replace("-", " ").split())
            if chunk.kind != "name" or len(words) < 2:
                continue
            known = scene.namesakes(words[0])
            same = [a for a in known if a.words == words] or [a for a in known if _is_fuller(words, a.words)]
            actor = same[0] if same else None
            if actor is not None:
                scene.say(passage, _without_verb(scene, chunk, len(actor.words)), actor, "name")


def _without_verb(scene: Scene, chunk: Chunk, n_words: int) -> Span:
    """Return the name that opens a title without what its bearer does there: "[Ana Ruiz] Shines In Lund"."""
    behind = [scene.tokens[i] for i in range(chunk.first + n_words, chunk.last + 1)]
    does = behind and (
        behind[0].lower in scene.lexicon.flight
        or (behind[0].lower.endswith(("s", "ed")) and not names.is_surname(behind[0].lower))
        or any(token.text in _IN_TITLES for token in behind)
    )
    return Span(chunk.span.start, scene.tokens.ends[chunk.first + n_words - 1]) if does else chunk.span


_IN_TITLES = frozenset(("In", "Of", "From", "To", "For", "With", "Into", "At", "After", "On"))


def _pair_of_heading(scene: Scene, passage: Passage) -> None:
    """Name both of a heading that is two names: "Kurt and Walter Löwenthal"."""
    row = [c for c in scene.chunks[passage.index] if c.kind == "name" or c.text.isupper()]
    if len(row) != 2 or scene.text[row[0].span.end : row[1].span.start].strip().lower() not in ("and", "&"):
        return
    first, second = row
    whole = second.span.end - first.span.start >= 0.8 * (passage.span.end - passage.span.start)
    if (
        whole
        and second.last > second.first
        and all(names.is_given(scene.tokens.lowers[c.first]) for c in row)
    ):
        for chunk in row:
            scene.say(passage, chunk.span, scene.named("person", chunk.text), "name")


def _is_fuller(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether one name is the other with more words in it: "Elena del Carmen Riquelme Soto", "Elena Riquelme"."""
    if len(full) <= len(short) or len(short) < 2 or full[0] != short[0]:
        return False
    rest = iter(full)
    return all(word in rest for word in short)


def shortened(scene: Scene, passage: Passage, chunk: Chunk) -> Actor | None:
    """Return who in the same passage was named before with more words: "Tran Van Minh ... Van Minh"."""
    words = tuple(chunk.text.lower().replace("-", " ").split())
    before = max(passage.span.start, chunk.span.start - 60), chunk.span.start
    for said in reversed(scene.said[passage.index]):
        if said.form == "name" and said.actor.kind == "person" and _begins_or_ends(said.actor.words, words):
            kin_of = _KIN_OF.search(scene.text, *before)
            if kin_of and kin_of["owner"].lower() in said.actor.words and kin_of["kin"] in scene.lexicon.kin:
                continue  # "Tesfay's father, Tesfay Woldu", told beside Samuel Tesfay Woldu
            return said.actor
    if len(words) < 2 or passage.kind not in ("prose", "definition", "heading"):
        return None
    for actor in scene.namesakes(words[0]):
        if actor.words == words:
            continue
        if _is_fuller(actor.words, words) or _is_fuller(words, actor.words):
            return actor
    return None if names.is_given(words[0]) else scene.of_surnames(words)


def tie_short_name(scene: Scene, passage: Passage, chunk: Chunk, used: frozenset[str]) -> None:
    """Tie a bare surname or given name to the nearest person before it whose name it begins or ends."""
    if any(said.span.overlaps(chunk.span) for said in scene.said[passage.index]):
        return
    names = is_naming(scene, passage, chunk)
    if names and chunk.text not in used:
        return
    words = tuple(word for word in chunk.text.lower().replace("-", " ").split())
    if names:
        scene.say(passage, chunk.span, scene.named("person", chunk.text), "name")
        return
    best: Actor | None = None
    ahead = 30 if passage.kind == "prose" and chunk.kind == "name" and len(words) == 1 else 2
    places = (
        passage.index,
        *range(passage.index - 1, max(-1, passage.index - 40), -1),
        passage.index,
        *range(passage.index + 1, min(len(scene.passages), passage.index + ahead)),
    )
    for step, here in enumerate(places if scene.may_shorten(words) else ()):
        candidates = [
            said.actor
            for said in scene.said[here]
            if said.form == "name"
            and said.actor.kind == "person"
            and _begins_or_ends(said.actor.words, words)
            and (
                step or said.span.start < chunk.span.start
            )  # who is named later on only if nobody was before
        ]
        if gender := _titled(scene, chunk.span.start):
            candidates = [a for a in candidates if _titled(scene, a.first.start) in (None, gender)]
        if here == passage.index and candidates and _is_new_kin(scene, passage, chunk):
            candidates = []
        titled = _of_the_title(scene, words)
        if candidates and titled is not None:
            best = titled
            break
        if candidates:
            own = [a for a in candidates if a.words != words]
            best = (own or candidates)[
                -1 if here != passage.index else _nearest(scene, passage, own or candidates, chunk)
            ]
            break
    if best is not None:
        scene.say(passage, chunk.span, best, "name", is_possessive=chunk.is_possessive)
        return
    if (whole := with_shared_surname(scene, passage, chunk)) is not None:
        bearer = scene.named("person", whole)
        bearer.called = whole
        scene.say(passage, chunk.span, bearer, "name")
        return
    joined = _joins_a_person(scene, passage, chunk) or _is_known_to_teller(scene, passage, chunk)
    known = chunk.kind == "name" and any(a.words == words for a in scene.namesakes(words[0]))
    if (
        joined
        or known
        or chunk.text in used
        or is_person(scene.text, scene.tokens, chunk, scene.lexicon, is_head=False)
    ):
        scene.say(
            passage, chunk.span, scene.named("person", chunk.text), "name", is_possessive=chunk.is_possessive
        )


def with_shared_surname(scene: Scene, passage: Passage, chunk: Chunk) -> str | None:
    """Return a given name with the surname that stands behind the next one: "[Nela] and Oto Brand" is Nela Brand.

    Both are known given names, or the words say that the two are kin: "the brothers Oto and Emre Brand", "Oto and Emre Brand, twins".
    """
    behind = next((c for c in scene.chunks[passage.index] if c.first > chunk.last), None)
    if (
        behind is None
        or behind.kind != "name"
        or behind.last - behind.first != 1
        or chunk.prefix is not None
        or chunk.first != chunk.last
        or chunk.is_possessive
        or scene.text[chunk.span.end : behind.span.start] not in _JOINED
    ):
        return None
    first, given, surname = (scene.tokens[i] for i in (chunk.first, behind.first, behind.last))
    both = all(names.is_given(one.lower) and not names.is_weak(one.lower) for one in (first, given)) or (
        _KIN_BEFORE.search(scene.text, max(passage.span.start, chunk.span.start - 20), chunk.span.start)
        or _KIN_BEHIND.match(scene.text, behind.span.end, passage.span.end)
    )
    return f"{chunk.text} {surname.text}" if both and surname.is_capital else None


_KIN_BEFORE = re.compile(
    r"\b(?:[Bb]rothers|[Ss]isters|[Ss]iblings|[Tt]wins|[Ss]pouses|[Cc]ousins|[Cc]ouple|[Gg]eschwister|[Bb]rüder|[Ss]chwestern|[Ff]rères|[Ss]œurs|[Hh]erman[oa]s) [*_'\"]{0,3}$"
)
_KIN_BEHIND = re.compile(
    r"[*_'\"]{0,3}(?:,| were| are) (?:the )?(?:two |both )?(?:twin )?(?:brothers|sisters|siblings|twins|cousins|spouses|husband and wife|wife and husband|"
    r"brother and sister|sister and brother|a (?:\w+ )?couple)\b"
)
_JOINED = frozenset((" and ", " & ", " und ", " et ", " y ", " e ", " en ", " i ", " og ", " och "))
_TITLED = re.compile(
    r"\b(?:(?P<m>Mr|Mister|Herr|Señor|Sr|Monsieur|Signor|Senhor|Pan|Meneer)|(?P<f>Mrs|Miss|Ms|Frau|Fräulein|Señora|Señorita|Mme|Madame|Mlle|Signora|Senhora|Pani|Mevrouw))\.? $"
)


def _titled(scene: Scene, start: int) -> str | None:
    """Return what a form of address right before a name tells: `m` or `f`."""
    found = _TITLED.search(scene.text, max(0, start - 14), start)
    return found.lastgroup if found else None


def _is_new_kin(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether a name behind "his son" stands where its bearer would not be told of so again: "son of D. S.; his son D."."""
    at = chunk.first - 1
    if _SECOND_OF_KIN.search(scene.text, max(passage.span.start, chunk.span.start - 60), chunk.span.start):
        return True
    if at < 1 or scene.tokens.lowers[at] not in scene.lexicon.kin:
        return False
    sentence = passage.sentence_at(chunk.span.start)
    earlier = [s for s in scene.said[passage.index] if sentence.start <= s.span.start < chunk.span.start]
    return scene.tokens.lowers[at - 1] in ("his", "her", "their") and any(
        s.form == "name" and _begins_or_ends(s.actor.words, (chunk.text.lower(),)) for s in earlier
    )


def _is_known_to_teller(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether a given name stands alone in somebody's own words, where no place is asked for: "it is true about Karim"."""
    word = scene.tokens.lowers[chunk.first]
    if scene.tellers[passage.index] is None or chunk.kind != "name" or chunk.last > chunk.first:
        return False
    return (
        names.is_given(word)
        and not names.is_weak(word)
        and not places.is_place(chunk.text)
        and evidence_for_person(scene.text, scene.tokens, chunk, scene.lexicon, is_head=False) >= _GIVEN
        and scene.text[chunk.span.start - 2 : chunk.span.start] not in ('"', '*"')
    )


_GIVEN = 2
"""The signs that a given name alone has, and nothing against it."""


def _joins_a_person(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether a bare given name stands in a list with somebody: "Anna Berg, Maria and Josef"; or one of their surname."""
    word = scene.tokens.lowers[chunk.first]
    if chunk.kind != "name":
        return False
    if chunk.last == chunk.first and not names.is_given(word):
        return _is_second_of_kin(scene, passage, chunk)
    before = [s for s in scene.said[passage.index] if s.form == "name" and s.span.end <= chunk.span.start]
    gap = scene.text[before[-1].span.end : chunk.span.start].strip(_MARKUP) if before else ""
    if scene.language is not None and gap in _AND_ABROAD:
        gap = "and"
    if chunk.last > chunk.first:
        surname = scene.tokens.lowers[chunk.last]
        if gap in ("and", ",", ", and", "&", ";") and before[-1].actor.words[-1:] == (surname,):
            return True
        beside_full = bool(before) and len(before[-1].actor.words) > 1
        closes = gap in ("and", ", and", "&")
        return beside_full and (
            closes or (gap == "," and bool(_MORE_NAMES.match(scene.text, chunk.span.end)))
        )
    if gap in ("and", ",", ", and", "&"):
        return True
    after = [s for s in scene.said[passage.index] if s.form == "name" and s.span.start >= chunk.span.end]
    if after and _before_full_name(scene, chunk, after[0]):
        return not names.is_weak(word)
    return (
        bool(after)
        and scene.text[chunk.span.end : after[0].span.start].strip(_MARKUP)
        in ("and", "&", *(_AND_ABROAD if scene.language else ()))
        and len(after[0].actor.words) > 1
    )


def _before_full_name(scene: Scene, chunk: Chunk, following: Said) -> bool:
    """Whether a given name is one of a list that goes on with a full name: "to Basel, Heinrich, Karl Ebner and I"."""
    return (
        scene.text[max(0, chunk.span.start - 2) : chunk.span.start] == ", "
        and scene.text[chunk.span.end : following.span.start] == ", "
        and len(following.actor.words) > 1
        and re.match(r",? and\b", scene.text[following.span.end : following.span.end + 6]) is not None
    )


def _of_the_title(scene: Scene, words: tuple[str, ...]) -> Actor | None:
    """Return whose life the document is, if the words are his or her surname: "Somlai" under "Éva Somlai" is no other."""
    title = tuple((scene.document.title or "").lower().replace("-", " ").split())
    if len(title) <= len(words) or title[-len(words) :] != words:
        return None
    return next((a for a in scene.namesakes(title[0]) if a.words == title and a.kind == "person"), None)


def _nearest(scene: Scene, passage: Passage, candidates: list[Actor], chunk: Chunk) -> int:
    """Return the index of the candidate named last before the chunk, else of the first one after it."""
    place = {
        id(s.actor): s.span.start
        for s in scene.said[passage.index]
        if s.form == "name" and s.span.start < chunk.span.start
    }
    before = [(place[id(a)], i) for i, a in enumerate(candidates) if id(a) in place]
    return max(before)[1] if before else 0


def _begins_or_ends(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(words) < len(name) and (name[: len(words)] == words or name[-len(words) :] == words)


def _is_second_of_kin(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether a bare name that no list knows is the second of two after kin: "her sons Alikhan and Daniyar"."""
    before = [s for s in scene.said[passage.index] if s.form == "name" and s.span.end <= chunk.span.start]
    if not before or scene.text[before[-1].span.end : chunk.span.start].strip() not in ("and", "&"):
        return False
    first = scene.tokens.between(*before[-1].span)
    if len(first) != 1 or not first[0]:
        return False
    kin = scene.tokens[first[0] - 1]
    return kin.lower in scene.lexicon.kin and kin.lower.endswith(("s", "ren"))


def is_naming(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether words such as "identified only as" stand right before the chunk, and it is no word that is explained."""
    if is_glossed(scene.text, chunk):
        return False
    before = scene.text[max(passage.span.start, chunk.span.start - 60) : chunk.span.start]
    plain = before.casefold()
    found = _IDENTIFIED.search(before) if any(stem in plain for stem in _IDENTIFYING) else None
    if found is None:
        return False
    start = chunk.span.start - len(found[0])
    if scene.text[start - 1 : start] == "(" and not any(
        s.span.end >= start - 3 and s.span.start < start for s in scene.said[passage.index]
    ):
        return False  # "a show, Dawn (known at home as Sabah)"
    words = scene.tokens.between(passage.span.start, chunk.span.start - len(found[0]))
    noun = scene.tokens.lowers[words[-1]] if words else ""
    known = (scene.lexicon.facilities, scene.lexicon.place_nouns, scene.lexicon.vehicles)
    return not any(noun in names for names in known)  # "a camp called Stradishall"


def _months_as_names(scene: Scene) -> None:
    """Tie "August" to August Peraza where it is a subject: "August never left"."""
    for actor in [
        a for a in scene.actors if a.kind == "person" and a.words[:1] and a.words[0] in GIVEN_MONTHS
    ]:
        for index in scene.tokens.by_word.get(actor.words[0], ()):
            token = scene.tokens[index]
            span, passage = Span(token.start, token.end), scene.passage_at(token.start)
            opens = passage is not None and any(s.start == span.start for s in passage.sentences)
            after = scene.tokens[index + 1] if index + 1 < len(scene.tokens) else None
            if (
                passage is not None
                and opens
                and after is not None
                and scene.text[span.end : after.start] == " "
                and after.text.islower()
                and after.lower not in ("of", "the")
            ):
                scene.say(passage, span, actor, "name")


def tie_named_again(scene: Scene, leftover: list[tuple[Passage, Chunk]]) -> None:
    """Tie the single names that only "a girl called Abrehet" has told to be somebody's, where they stand again."""
    _months_as_names(scene)
    called = {" ".join(a.words): a for a in scene.actors if a.is_named and a.kind == "person" and a.mentions}
    for passage, chunk in leftover:
        actor = called.get(chunk.text.lower()) if chunk.kind == "name" else None
        if (
            actor is not None
            and chunk.span.start > actor.first.start
            and not any(said.span.overlaps(chunk.span) for said in scene.said[passage.index])
        ):
            scene.say(passage, chunk.span, actor, "name", is_possessive=chunk.is_possessive)
