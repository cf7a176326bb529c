"""Who is spoken of where: names, shortened names, descriptions and pronouns of one document, each tied to its actor.

    1 names         "Jan Novák"                      one actor per name in the document
    2 short names   "Novák", "Jan"                   the actor whose name begins or ends so, nearest first
    3 naming        "identified only as 'N.'"        a name for whoever is described there
    4 entries       whom each list item, row or biography is about (`entries.py`); describes the unnamed ones
    5 companions    "with her son", "he and a friend" somebody new, tied to the entry
    6 definite      "the family", "the colonel"      the entry's own people again
    7 pronouns      he she they his her their        the nearest subject that agrees (`antecedents.py`)

The steps build on each other in this order. Which facts follow is not decided here.
"""

from __future__ import annotations

import re

from regesta import places
from regesta.extraction import antecedents, entries
from regesta.extraction.assumed import tie_assumed
from regesta.extraction.described import Phrase, head_class, people_words, phrases
from regesta.extraction.headings import is_name_line
from regesta.extraction.membership import find_members
from regesta.extraction.named_rows import named_in_rows
from regesta.extraction.narrator import find_tellers, tie_first_person
from regesta.extraction.passages import Passage
from regesta.extraction.persons import evidence_for_person, is_glossed, is_person
from regesta.extraction.proper import GIVEN_MONTHS, Chunk
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.extraction.usage import named_by_use
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = ["find_actors"]

_COUPLE = re.compile(r"\b(?:Mr|Herr|M|Monsieur|Dr)\.? (?:and|und|et|&) (?:Mrs|Frau|Mme|Madame)\.? $")
"""What two people of one name are called together."""
_SECOND_OF_KIN = re.compile(
    r"\b(?:his|her|their) (?:\w+ ){0,2}(?:sons|daughters|brothers|sisters|children),? [A-ZÀ-Þ][\w'-]+ and $"
)
"""What leads up to the second of two children, who bears no surname there."""
_BORN = re.compile(r"(?:^|[.!?]\s)Born (?:as )?$")
_WAS_HE = re.compile(r" (?:in|on|at|to|into)\b[^.;]{1,80}?, (?:he|she)\b")
_KIN_OF = re.compile(r"\b(?P<owner>[^\W\d_]+)'s (?:late |elder |younger )?(?P<kin>[a-z-]+),? $")
"""Whose relative the name behind it is."""
_NAMED_AT_BIRTH = re.compile(r"[\"'*_]*\s?[,(]?\s*(?:née|nee|né|geb\.|geborene|born|nata|nacida)\s[*_]*")
_OF_A_PLACE = re.compile(r", [A-Z]")
_IDENTIFIED = re.compile(
    r"\b(?:identified|known|referred to|named|called|introduced)\s+(?:(?:only|simply|publicly|initially|later|himself|herself)\s+){0,2}(?:as\s+)?(?:(?:by )?(?:(?:his|her|the|their) )?(?:(?:sur|family |last |first |given )name|pseudonym|alias|nickname)\s+)?[\"']?$|\b(?:said (?:his|her) name was|gave (?:only )?(?:his|her|the) (?:sur|family |first |given )?name(?:,? as)?,?) [\"']?$|\b(?:alias|a\.?k\.?a\.?|pseudonym|surnamed|(?:sur|family )name(?: of)?)\s+[\"']?$",
    re.IGNORECASE,
)
_IDENTIFYING = "identif known referred name called introduced alias k.a ka pseudonym".split()
"""One of these stands in every match of `_IDENTIFIED`."""
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'-]{2,30}(?:, [^–-]{2,50})? (?:[–-]|\([^)]{2,30}\) [–-]) ")
_SMALL_DATELINE = re.compile(
    r"(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?:, [A-Z][^–.;]{2,40})? [–-] (?=[A-Z\"])"
)
_RANKED_TOO = re.compile(r", [A-Z][a-z]{1,5}\.? ")
"""What may stand between a companion and the name: "A friend, Capt. Ernesto Lam"."""
_CALLED_TOO = re.compile(r", (?:the|an?) (?:[a-z-]+ ){1,3}")
"""What may stand between a relative and the name: "her husband, the engineer Farhang"."""
_ON_BOARD = re.compile(r"\b(?:[Oo]n board|[Aa]board) were\b")
_ON_THE_WAY = frozenset(("arrive", "defect", "flee"))
_NO_PEOPLE = frozenset(
    "vehicle origin destination date year month day arrival departure birth death age size reference index part".split()
)
_SHORT_CELL = 60
"""Characters of a cell that holds what its column says; a longer one tells a story, and of people."""
_MARKUP = " \n*_"
_TOTAL = re.compile(r"\b(?:[Tt]otal|[Nn]umber)\b[^.:]{0,24}: $")
"""What makes a count a sum of what the text tells, and no group: "Total interviewed: 5 people"."""
_FAMILY = frozenset("family families brothers sisters couple siblings household".split())
_CARRIED = frozenset("carried led brought took pushed by".split())
_LISTED_WITH = re.compile(r"\bwith (?:his|her|their) [^.;:]{0,50},\s*$", re.IGNORECASE)
_MORE_NAMES = re.compile(
    r"(?:,\s[^\W\d_]{2,20}(?:[\s-][^\W\d_]{2,20}){1,3}){0,12},?\s(?:and|&)\s[^\W\d_]{2,20}(?:[\s-][^\W\d_]{2,20}){0,3}\s{0,2}(?:[.;,)]|$|\[)"
)
"""What goes on after a name in a list of them: ", Ana Ruiz and Eva Kos."."""
_AND_ABROAD = frozenset("und et y e i en og ed".split())
_WITH = frozenset("with and bringing taking accompanied carrying plus".split())


def find_actors(scene: Scene) -> None:
    """Fill `scene.said`, `scene.entries` and `scene.entry_of`."""
    nouns = scene.tokens.where(people_words(scene.tokens, scene.lexicon))
    may_head = sorted({*nouns, *scene.tokens.capitals})
    described = [
        phrases(scene.text, scene.tokens, p.span, scene.lexicon, p.quantities, _closed(scene, p), may_head)
        if p.kind != "heading"
        else []
        for p in scene.passages
    ]
    heads = entries.head_chunks(scene)
    used = named_by_use(scene) | named_in_rows(scene)
    leftover: list[tuple[Passage, Chunk]] = []
    for passage in scene.passages:
        _names(scene, passage, heads, leftover, used)
    _in_headings(scene)
    told_by = find_tellers(scene, heads)
    for passage, chunk in leftover:
        _short_name(scene, passage, chunk, used)
    antecedents.tell_genders(scene)
    scene.protagonist = told_by or antecedents.choose_protagonist(scene)
    tie_first_person(scene)
    entries.build(scene, described, heads)
    for passage in scene.passages:
        _naming(scene, passage)
    _named_again(scene, leftover)
    for passage in scene.passages:
        _companions(scene, passage, described[passage.index])
        _definite(scene, passage, described[passage.index])
        _groups(scene, passage, described[passage.index])
        antecedents.tie_definite(scene, passage, described[passage.index])
        antecedents.mark_bystanders(scene, passage, described[passage.index])
        antecedents.tie_pronouns(scene, passage)
    tie_assumed(scene)
    find_members(scene)


def _closed(scene: Scene, passage: Passage) -> frozenset[int]:
    """Return the words that belong to proper names and cannot head a description."""
    return frozenset(
        index
        for chunk in scene.chunks[passage.index]
        if chunk.kind not in ("nationality", "calendar", "description")
        for index in range(chunk.first, chunk.last + 1)
    )


def _names(
    scene: Scene,
    passage: Passage,
    heads: dict[int, Chunk],
    leftover: list[tuple[Passage, Chunk]],
    used: frozenset[str],
) -> None:
    head = heads.get(passage.index)
    dateline = _dateline(scene, passage) if passage.kind == "prose" else None
    is_short = passage.span.end - passage.span.start <= _SHORT_CELL
    if (
        passage.kind in ("cell", "definition")
        and is_short
        and scene.cell_meanings.get(passage.span) in _NO_PEOPLE
    ):
        return
    for chunk in scene.chunks[passage.index]:
        if (passage.kind == "heading" and chunk is not head) or (
            dateline and chunk.span.start < dateline.end()
        ):
            continue
        if scene.language is not None and any(
            q.number_span.start <= chunk.span.start < q.number_span.end for q in passage.quantities
        ):
            continue  # "Acht Tage", "Millionen Menschen"
        if chunk.kind == "name" and (bearer := _born_so(scene, passage, chunk)):
            scene.say(passage, chunk.span, bearer, "name")
            continue
        if chunk.kind == "name" and (
            couple := _COUPLE.search(
                scene.text, max(passage.span.start, chunk.span.start - 24), chunk.span.start
            )
        ):
            pair = scene.named("group", f"{couple[0].strip()} {chunk.text}")
            pair.head, pair.is_plural, pair.size = "couple", True, 2
            scene.say(
                passage, Span(couple.start(), chunk.span.end), pair, "name", is_possessive=chunk.is_possessive
            )
            continue
        after = scene.tokens[chunk.last + 1] if chunk.last + 1 < len(scene.tokens) else None
        if (
            after
            and after.lower in _FAMILY
            and scene.text[chunk.span.end : after.start] == " "
            and chunk.kind in ("name", "nationality")
            and not head_is_role(scene, chunk)
        ):
            if chunk.kind == "name":
                actor = scene.named("group", f"{chunk.text} {after.text}")
                actor.head, actor.is_plural = after.lower, True
                scene.say(passage, Span(chunk.span.start, after.end), actor, "name")
            continue
        if (
            is_person(scene.text, scene.tokens, chunk, scene.lexicon, is_head=chunk is head)
            or chunk.text in used
        ):
            if chunk.last > chunk.first or chunk is head:
                actor = _shortened(scene, passage, chunk) or scene.named("person", chunk.text)
                span = _with_stop(scene, chunk)
                scene.say(passage, span, actor, "name", is_possessive=chunk.is_possessive)
            else:
                leftover.append((passage, chunk))
        elif chunk.kind == "name":
            leftover.append((passage, chunk))


def _born_so(scene: Scene, passage: Passage, chunk: Chunk) -> Actor | None:
    """Return who is named right before a name of birth, which names nobody else: "Ilse Marchwitza, née Stern".

    The same where the paragraph tells of one person and goes on with "Born Ilse Stern in Graz, she".
    """
    if _BORN.search(scene.text, max(passage.span.start, chunk.span.start - 12), chunk.span.start):
        if not _WAS_HE.match(scene.text, chunk.span.end):
            return None
        told = {
            id(s.actor): s.actor
            for s in scene.said[passage.index]
            if s.form == "name" and s.actor.kind == "person"
        }
        return next(iter(told.values())) if len(told) == 1 else None
    before = [s for s in scene.said[passage.index] if s.form == "name" and s.span.end <= chunk.span.start]
    if not before or before[-1].actor.kind != "person":
        return None
    between = (
        scene.text[before[-1].span.end : chunk.span.start]
        if chunk.span.start - before[-1].span.end < 20
        else ""
    )
    if chunk.first == chunk.last and _OF_A_PLACE.match(scene.text, chunk.span.end) and "(" in between:
        return None  # "Ana Ruiz (born Andújar, Spain, in 1911)"
    return before[-1].actor if _NAMED_AT_BIRTH.fullmatch(between) else None


def _dateline(scene: Scene, passage: Passage) -> re.Match[str] | None:
    """Return the match of the place that opens a report: "LIMA, March 3 -", "Addis Ababa - When"."""
    small = _SMALL_DATELINE.match(scene.text, *passage.span)
    if small and places.is_place(small["place"]):
        return small
    return _DATELINE.match(scene.text, *passage.span)


def _with_stop(scene: Scene, chunk: Chunk) -> Span:
    """Return the name with the full stop of its last initial or of "Jr.": "Peter B.", "Ken Griffey Jr."."""
    end = chunk.span.end
    last = scene.tokens[chunk.last]
    is_short = chunk.last > chunk.first and (len(last.text) == 1 or last.lower in ("jr", "sr"))
    return Span(chunk.span.start, end + 1) if is_short and scene.text[end : end + 1] == "." else chunk.span


def _in_headings(scene: Scene) -> None:
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
                scene.say(passage, chunk.span, actor, "name")


def _pair_of_heading(scene: Scene, passage: Passage) -> None:
    """Name both of a heading that is two names: "Kurt and Walter Löwenthal"."""
    row = [c for c in scene.chunks[passage.index] if c.kind == "name" or c.text.isupper()]
    if len(row) != 2 or scene.text[row[0].span.end : row[1].span.start].strip().lower() not in ("and", "&"):
        return
    first, second = row
    whole = second.span.end - first.span.start >= 0.8 * (passage.span.end - passage.span.start)
    if whole and second.last > second.first and all(names.is_given(scene.tokens[c.first].lower) for c in row):
        for chunk in row:
            scene.say(passage, chunk.span, scene.named("person", chunk.text), "name")


def _is_fuller(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether one name is the other with more words in it: "Elena del Carmen Riquelme Soto", "Elena Riquelme"."""
    if len(full) <= len(short) or len(short) < 2 or full[0] != short[0]:
        return False
    rest = iter(full)
    return all(word in rest for word in short)


def _shortened(scene: Scene, passage: Passage, chunk: Chunk) -> Actor | None:
    """Return who in the same passage was named before with more words: "Tran Van Minh ... Van Minh"."""
    words = tuple(chunk.text.lower().replace("-", " ").split())
    kin_of = _KIN_OF.search(scene.text, max(passage.span.start, chunk.span.start - 60), chunk.span.start)
    for said in reversed(scene.said[passage.index]):
        if said.form == "name" and said.actor.kind == "person" and _begins_or_ends(said.actor.words, words):
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
    return None


def head_is_role(scene: Scene, chunk: Chunk) -> bool:
    """Return whether the chunk is made of describing words only."""
    return all(head_class(scene.tokens[i].lower, scene.lexicon) for i in range(chunk.first, chunk.last + 1))


def _short_name(scene: Scene, passage: Passage, chunk: Chunk, used: frozenset[str]) -> None:
    """Tie a bare surname or given name to the nearest person before it whose name it begins or ends."""
    if any(said.span.overlaps(chunk.span) for said in scene.said[passage.index]):
        return
    is_naming = _is_naming(scene, passage, chunk)
    if is_naming and chunk.text not in used:
        return
    words = tuple(word for word in chunk.text.lower().replace("-", " ").split())
    if is_naming:
        scene.say(passage, chunk.span, scene.named("person", chunk.text), "name")
        return
    best: Actor | None = None
    ahead = 30 if passage.kind == "prose" and chunk.kind == "name" and len(words) == 1 else 2
    places = (
        passage.index,
        *range(passage.index - 1, max(-1, passage.index - 40), -1),
        *range(passage.index + 1, min(len(scene.passages), passage.index + ahead)),
    )
    for here in places if scene.may_shorten(words) else ():
        candidates = [
            said.actor
            for said in scene.said[here]
            if said.form == "name"
            and said.actor.kind == "person"
            and _begins_or_ends(said.actor.words, words)
            and (here != passage.index or said.span.start < chunk.span.start or here == passage.index)
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
    if at < 1 or scene.tokens[at].lower not in scene.lexicon.kin:
        return False
    sentence = passage.sentence_at(chunk.span.start)
    earlier = [s for s in scene.said[passage.index] if sentence.start <= s.span.start < chunk.span.start]
    return scene.tokens[at - 1].lower in ("his", "her", "their") and any(
        s.form == "name" and _begins_or_ends(s.actor.words, (chunk.text.lower(),)) for s in earlier
    )


def _is_known_to_teller(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
    """Whether a given name stands alone in somebody's own words, where no place is asked for: "it is true about Karim"."""
    word = scene.tokens[chunk.first].lower
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
    word = scene.tokens[chunk.first].lower
    if chunk.kind != "name":
        return False
    if chunk.last == chunk.first and not names.is_given(word):
        return _is_second_of_kin(scene, passage, chunk)
    before = [s for s in scene.said[passage.index] if s.form == "name" and s.span.end <= chunk.span.start]
    gap = scene.text[before[-1].span.end : chunk.span.start].strip(_MARKUP) if before else ""
    if scene.language is not None and gap in _AND_ABROAD:
        gap = "and"
    if chunk.last > chunk.first:
        surname = scene.tokens[chunk.last].lower
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


def _is_naming(scene: Scene, passage: Passage, chunk: Chunk) -> bool:
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
    noun = scene.tokens[words[-1]].lower if words else ""
    known = (scene.lexicon.facilities, scene.lexicon.place_nouns, scene.lexicon.vehicles)
    return not any(noun in names for names in known)  # "a camp called Stradishall"


def _naming(scene: Scene, passage: Passage) -> None:
    """Tie a name that follows "identified as", "known as" to whoever is described just before it."""
    for chunk in scene.chunks[passage.index]:
        if chunk.kind not in ("name", "place") or not _is_naming(scene, passage, chunk):
            continue
        already = next((s for s in scene.said[passage.index] if s.span == chunk.span), None)
        sentence = passage.sentence_at(chunk.span.start)
        before = [
            s for s in scene.people_in(passage, (sentence.start, chunk.span.start)) if s.form == "description"
        ]
        if already:
            if before and not before[-1].actor.is_named and before[-1].actor.kind == "person":
                entries.unite(scene, already.actor, before[-1].actor)
            continue
        if before:
            actor = before[-1].actor
            if not actor.is_named:
                _give_name(actor, chunk)
            scene.say(passage, chunk.span, actor, "name")
            continue
        entry = scene.entry_of[passage.index]
        if entry and entry.principals and entry.kind != "prose":
            scene.say(passage, chunk.span, entry.principals[0], "name")
        elif chunk.kind == "name" and not chunk.text.isupper():
            scene.say(passage, chunk.span, scene.named("person", chunk.text), "name")


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


def _named_again(scene: Scene, leftover: list[tuple[Passage, Chunk]]) -> None:
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


def _give_name(actor: Actor, chunk: Chunk) -> None:
    actor.is_named = True
    actor.words = tuple(chunk.text.lower().replace("-", " ").split())


def _companions(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Make somebody of "with her son", "he and a friend", "his family fled": kin and companions who move too."""
    for phrase in described:
        listed = phrase.head_class == "person" and _is_listed_with(scene, passage, phrase)
        if not listed and (
            phrase.head_class not in ("kin", "companion", "group") or _taken(scene, passage, phrase.span)
        ):
            continue
        if later := antecedents.called_later(scene, passage, phrase):
            scene.say(passage, phrase.span, later, "description")
            continue
        if named := _name_beside(scene, passage, phrase):
            if not phrase.possessor:
                continue
            if named.head == "":
                named.head = phrase.head
            continue
        before = (
            scene.tokens[phrase.first - 1].lower
            if phrase.first > 0 and scene.tokens[phrase.first - 1].end > passage.span.start
            else ""
        )
        lead = scene.text[max(0, phrase.span.start - 40) : phrase.span.start].rstrip()
        listing = lead[-1:] == "," and phrase.possessor is not None
        carried = before in _CARRIED and phrase.possessor is not None
        if before == "and" and phrase.possessor is None and _is_of_pair(scene, phrase.first - 2):
            continue  # "Valery and Galina Pesin, husband and wife"
        joined = before in _WITH or carried or listed or (listing and phrase.head_class == "kin")
        after = scene.tokens[phrase.last + 1].lower if phrase.last + 1 < len(scene.tokens) else ""
        moves = (
            scene.lexicon.flight.get(after) in ("arrive", "defect", "flee") and phrase.possessor is not None
        )
        if not (joined or moves) or phrase.determiner == "the" or not _in_flight(scene, passage, phrase):
            continue
        entry = scene.entry_of[passage.index]
        if entry is None or not entry.principals:
            continue
        if phrase.determiner == "their" and entry.principals[0].head in _FAMILY:
            continue
        twin = next(
            (
                a
                for a in dict.fromkeys(s.actor for i in entry.passages for s in scene.said[i])
                if not a.is_named and a.head == phrase.head and _same_entry(scene, entry, a)
            ),
            None,
        )
        size = int(phrase.quantity.number) if phrase.quantity and phrase.quantity.number else None
        kind = (
            "group"
            if phrase.is_plural or phrase.head_class == "group" or phrase.head in _FAMILY
            else "person"
        )
        actor = twin or scene.unnamed(kind, phrase.head, size=size, is_plural=kind == "group")  # type: ignore[arg-type]
        kin = scene.lexicon.kin.get(phrase.head)
        if kin and kin.gender:
            actor.gender = "f" if kin.gender.startswith("f") else "m"
        scene.say(passage, phrase.span, actor, "description")


def _is_of_pair(scene: Scene, index: int) -> bool:
    """Whether a bare noun of kin stands at `index`, as the first of "husband and wife"."""
    if index < 1 or scene.tokens[index].lower not in scene.lexicon.kin:
        return False
    return not scene.text[scene.tokens[index - 1].end : scene.tokens[index].start].isspace()


def _is_listed_with(scene: Scene, passage: Passage, phrase: Phrase) -> bool:
    """Whether a counted phrase goes on a list of those who came along: "with his wife Anna, two infants and a nurse"."""
    if phrase.quantity is None or phrase.determiner == "the" or _taken(scene, passage, phrase.span):
        return False
    return (
        _LISTED_WITH.search(scene.text, max(passage.span.start, phrase.span.start - 80), phrase.span.start)
        is not None
    )


def _same_entry(scene: Scene, entry: Entry, actor: Actor) -> bool:
    passages = (scene.passage_at(actor.first.start),)
    return any(p is not None and p.index in entry.passages for p in passages)


def _in_flight(scene: Scene, passage: Passage, phrase: Phrase) -> bool:
    """Return whether the sentence tells of moving, so that a companion in it moved too."""
    sentence = passage.sentence_at(phrase.span.start)
    entry = scene.entry_of[passage.index]
    words = scene.tokens.between(*sentence)
    if _ON_BOARD.search(scene.text, *sentence):
        return True
    for i in words:
        pair = f"{scene.tokens[i].lower} {scene.tokens[i + 1].lower}" if i + 1 < words.stop else ""
        if {scene.lexicon.flight.get(scene.tokens[i].lower), scene.lexicon.flight.get(pair)} & _ON_THE_WAY:
            return True
    opening = (
        entry is not None
        and entry.kind != "prose"
        and passage.index == entry.passages[0]
        and sentence == passage.sentences[0]
    )
    before = [
        scene.tokens[i].lower
        for i in words
        if scene.tokens[i].end <= phrase.span.start and not scene.tokens[i].is_capital
    ]
    return opening and not any(word.endswith("ed") for word in before[-9:])


def _name_beside(scene: Scene, passage: Passage, phrase: Phrase) -> Actor | None:
    """Return the named actor that the phrase stands beside: "his aide Jan Novák", "Jan Novák, his aide"."""
    for said in scene.said[passage.index]:
        if said.form != "name":
            continue
        after = scene.text[phrase.span.end : said.span.start] if said.span.start >= phrase.span.end else None
        before = scene.text[said.span.end : phrase.span.start] if said.span.end <= phrase.span.start else None
        if after is not None and (after.strip() in ("", ",", '"')) and len(after) <= 4:
            return said.actor
        if after is not None and phrase.head_class == "kin" and _CALLED_TOO.fullmatch(after):
            return said.actor
        if after is not None and phrase.head_class == "companion" and _RANKED_TOO.fullmatch(after):
            return said.actor
        if before is not None and before.strip(" \")'") == "," and len(before) <= 4:
            return said.actor
    return None


def _taken(scene: Scene, passage: Passage, span: Span) -> bool:
    return any(said.span.overlaps(span) and said.form != "pronoun" for said in scene.said[passage.index])


def _definite(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Tie "the family", "the unnamed man" to the entry's own unnamed or grouped people."""
    entry = scene.entry_of[passage.index]
    if entry is None:
        return
    for phrase in described:
        if phrase.determiner not in ("the", "this", "these", "those", "a", "an") or _taken(
            scene, passage, phrase.span
        ):
            continue
        known = [
            actor
            for actor in dict.fromkeys(
                [*entry.principals, *(s.actor for i in entry.passages for s in scene.said[i])]
            )
            if _fits(actor, phrase)
            and (
                entry.kind != "item"
                or not actor.mentions
                or actor.first.start < passage.sentence_at(phrase.span.start).end
            )
            and (phrase.determiner not in ("a", "an") or (actor.head == phrase.head and not actor.is_named))
        ]
        if known:
            scene.say(passage, phrase.span, known[0], "description")


def _fits(actor: Actor, phrase: Phrase) -> bool:
    if actor.kind not in ("person", "group") or (actor.is_named and actor.kind == "person"):
        return False
    if actor.head == phrase.head:
        return True
    general = phrase.head in (
        "man",
        "woman",
        "person",
        "defector",
        "refugee",
        "escapee",
        "group",
        "family",
        "fugitive",
    )
    return general and (actor.kind == "group" or actor.is_plural) == (
        phrase.is_plural or phrase.head_class == "group"
    )


def _groups(scene: Scene, passage: Passage, described: list[Phrase]) -> None:
    """Make a group of every counted body of people, and somebody of everyone said to be unnamed."""
    for phrase in described:
        if _taken(scene, passage, phrase.span) or _name_beside(scene, passage, phrase):
            continue
        quantity = phrase.quantity
        counted = (
            quantity is not None
            and quantity.unit == "person"
            and not quantity.is_weak
            and phrase.determiner != "the"
        )
        if not (counted or phrase.is_unnamed) or _TOTAL.search(
            scene.text, max(passage.span.start, phrase.span.start - 40), phrase.span.start
        ):
            continue
        size = int(quantity.number) if quantity and quantity.number and quantity.low is None else None
        plural = phrase.is_plural or phrase.head_class == "group"
        actor = scene.unnamed("group" if plural else "person", phrase.head, size=size, is_plural=plural)
        scene.say(passage, phrase.span, actor, "description")
