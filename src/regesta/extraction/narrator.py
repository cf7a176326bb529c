"""Who says "I": the tellers of testimonies, statements, interviews and letters, and the words that mean them.

    Interview 14: Ana Ruiz                 a heading, a field, a signature or the teller's own words say whose words they are
    AR: I left in May.                     her part of a conversation: by her initials, her name, or as the answers
    CL: When I asked ...                   somebody else's "I"
    Q: Would you tell us ...               and the questions

A document may have several tellers, each for a stretch of it. One without a teller has none: the author of a report is
nobody of the chronicle, and what "I" did there is nobody else's deed. What stands within quotation marks is said by
others and tied to nobody here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping

from regesta import places
from regesta.extraction.chunk import Chunk
from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.introductions import Introduction, introductions, is_quoted_whole
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.tokens import Token
from regesta.extraction.turns import find_voices, is_role, keep_turns, labels
from regesta.names import lists as names
from regesta.text.span import Span

__all__ = ["find_tellers", "tie_first_person"]

_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset("i me my myself mine we us our i'm i've i'd i'll we'd we've".split()),
    "de": frozenset(
        "ich mich mir mein meine meinen meinem meiner wir uns unser unsere unseren unserem unserer".split()
    ),
    "fr": frozenset("je j'ai j'avais j'étais me moi mon ma mes nous notre nos".split()),
    "es": frozenset("yo me mi mis mí nosotros nosotras nuestro nuestra nuestros nuestras".split()),
    "pt": frozenset("eu meu minha meus minhas mim nós nosso nossa nossos nossas".split()),
    "it": frozenset("io mio mia miei mie noi nostro nostra nostri nostre".split()),
    "nl": frozenset("ik mij mijn wij ons onze".split()),
    "ru": frozenset(
        "я мне меня мной мы нас нам нами мой моя моё мои моего моей моих моим наш наша наши нашей".split()
    ),
}
_POSSESSIVE = frozenset(
    "my mine our mein meine meinen meinem meiner unser unsere unseren unserem unserer mon ma mes notre nos mi mis nuestro nuestra "
    "nuestros nuestras meu minha meus minhas nosso nossa nossos nossas mio mia miei mie nostro nostra nostri nostre mijn ons onze мой моя моё мои моего моей моих моим наш наша наши нашей".split()
)
_BEHIND = {
    "ich": False,
    "yo": False,
    "eu": False,
    "io": False,
    "ik": False,
    "wir": True,
    "nosotros": True,
    "nosotras": True,
    "nós": True,
    "wij": True,
}
"""Words that may stand as the subject behind a verb, as in German, and whether they are plural."""
_ENDS_WE = ("mos", "mmo")
_ENDS_I = ("é", "í", "ei", "ai")
"""How verbs of flight end in Spanish, Portuguese and Italian that need no "we" or "I": "llegamos", "cheguei"."""
_NUMERALS = frozenset(("i", "US", "MI", "IO", "ES"))
"""What is written like a word of one's own and is none."""
_SUBJECTS = frozenset(("i", "we", "i'd", "we'd", "i've", "we've", "i'm"))
_SUBJECTS_ABROAD = _SUBJECTS | frozenset("ich wir je nous yo nosotros nosotras eu nós io noi ik wij".split())
_LEAST = 3
"""How often somebody says "I", "my" or "we" at least under a heading that calls it a testimony."""
_LEAST_SIGNED = 2
"""How often at least in a letter."""
_LEAST_NAMELESS = 5
"""How often where no name is given."""
_TALK = 80
"""Code points of a passage in which somebody tells something."""
_FAR = 70
_NEAR = 24
_OF_FLIGHT = frozenset(
    "fled flee flight escape escaped defected defect exile exiled emigrated asylum deported geflohen floh flohen fliehen flüchten geflüchtet "
    "flüchtete flucht ausreise ausgereist emigrierte emigration asyl fui fuir fuite exil exilé exilée asile huí huir huimos exilio exilié "
    "exiliarme asilo refugio refugiado fugi fugir fuga fugimos exílio fuggii fuggire fuggito esilio gevlucht vluchtte vluchten бежал бежала "
    "бежали сбежал сбежала побег эмигрировал эмигрировала убежище эмиграции".split()
)
_HEARD = re.compile(
    r"\b(?:interview|conversation|story|testimony|account|memoir|life|words|gespräch|bericht|geschichte|entretien|témoignage|récit|entrevista|testimonio|relato|intervista)\b"
    r"[^.\n]{0,24}\b(?:refugee|asylee|asylum[- ]seeker|defector|exile|escapee|survivor|flüchtling|geflüchteten|réfugiée?|exilée?|refugiad[oa]|exiliad[oa]|rifugiat[oa])\b"
    r"|\b(?:refugee|asylee|defector|exile|escapee|survivor)'s (?:own )?(?:story|tale|account|testimony|memoirs?|journey)\b",
    re.IGNORECASE,
)
_ESCAPE_FROM = re.compile(
    r"(?:(?:my|our|the|unsere|meine|die|ma|notre|la|mi|nuestra|a|minha) )?(?:escape|flight|flucht|fuite|huida|fuga|побег) "
    r"(?:from|out of|aus|du|des|de|desde|do|da|из) (?:the )?[^\W\d_]",
    re.IGNORECASE,
)
_HEAD = 240
_OPENS_FLIGHT = re.compile(
    r"[\"* ]*(?:I|We|Ich|Wir|J'ai|Ik) (?:fled|escaped|left|floh|flüchtete|fui|quitté|vluchtte|ontvluchtte)\b"
)
"""How each of several stories may open."""
_COUNTRY_LEFT = re.compile(
    r"\b(?:left|leave|quitt\w+|verl[aieß]\w+|dej(?:é|ar|amos|ado)|lascia\w*|deix\w+|sorti\w*|sal[íi](?:mos)?|sa[íi](?:mos)?)\b[^.;!?]{0,24}\b(?:country|homeland|pays|[Ll]and|Heimat|país|paese|patria)\b"
)
"""What says of a journey that it was a flight: "we left our country"."""
_AS_REFUGEE = re.compile(
    r"[^.;!?]{0,16}\b(?:am|was|were|are|become|became|came|live[sd]?|lived|bin|war|suis|étais|soy|fui|sou|era) (?:here )?(?:also |once |now )?"
    r"(?:as |als |comme |como )?(?:an? |two |three |political |eine?n? |une? |una? |uma )*(?:refugees?|asylum[- ]seekers?|flüchtlinge?|réfugiée?s?|refugiad[oa]s?)\b"
    r"|[^.;!?]{0,60}\b(?:stayed|lived|spent|slept|born|grew)\b[^.;!?]{0,40}\b(?:refugee|transit|displacement) (?:camp|centre|center)\b"
    r"|[^.;!?]{0,24}\b(?:paid|pay|bribed|hired|followed) (?:[^\W\d]+ ){0,3}(?:smugglers?|traffickers?|coyotes?)\b",
    re.IGNORECASE,
)
"""What says of somebody that he or she is a refugee: "I am a refugee", "I stayed in the refugee camp", "we paid a smuggler"."""
_OTHERS = frozenset(
    "he she they who whom him her them his their er sie ihn ihm wer il elle ils elles qui lui él ella ellos ellas quien quienes que "
    "ele ela eles che hij zij он она они который которая которые".split()
)
"""Words between "I" and a flight that make it another's."""
_HOUSEHOLD = re.compile(r" (?:whole |entire |own )?(?:family|parents|household)\b")
_THEIRS = frozenset(("they", "them", "their"))
"""Words that mean one's own family right behind it: "my family began their flight"."""
_ONES = Cue(
    "deponent applicant claimant appellant petitioner interviewee complainant affiant declarant",
    r"[Tt]he (?:principal )?(?i:deponent|applicant|claimant|appellant|petitioner|interviewee|complainant|affiant|declarant)\b(?!'s? )",
)
"""How files call the one whose file it is."""
_NAMED_BEHIND = re.compile(r", | \((?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?|, (?:Mr|Mrs|Ms|Miss|Dr)\.? ")
_CALLED_HERE = re.compile(r" \(\"?")
"""What leads from that word to the name, "the applicant (Mr [Tom Abel])", and from the name to it: 'Tom Abel ("the appellant")'."""


def find_tellers(scene: Scene, heads: Mapping[int, Chunk]) -> Actor | None:
    """Fill `scene.tellers`, by passage who says "I" in it; return whom the whole document is told by or about, if it says so."""
    own = [passage.index for passage, _ in _own_words(scene)]
    introduced = list(introductions(scene, heads))
    within = {one.passage.index: one for one in introduced if _is_within(scene, one)}
    stretches: list[tuple[int, int, Introduction]] = []
    for one in introduced:
        first = one.passage.index
        if first in within:
            continue
        if one.kind == "signed":
            first = stretches[-1][1] if stretches else 0
            if any(_same(scene, one, other) for *_, other in stretches[-1:]) or first > one.passage.index:
                continue
        elif stretches and _same(scene, one, stretches[-1][2]):
            continue
        elif stretches:
            stretches[-1] = (stretches[-1][0], first, stretches[-1][2])
        end = one.passage.index + 1 if one.kind == "signed" else len(scene.passages)
        stretches.append((first, end, one))
    filed = {_named(scene, one).words for *_, one in stretches if one.kind == "field"}
    if len(filed) == 1:
        scene.filed_of = next(_named(scene, one) for *_, one in stretches if one.kind == "field")
    told = [s for s in stretches if _is_told(own, s)]
    if not told:
        found = _of_the_file(scene, stretches) or _nameless(scene)
        _tell_within(scene, within)
        return found
    alone = len({_named(scene, one).words for *_, one in told}) == 1
    for first, end, one in told:
        actor = _introduce(scene, one)
        whole = alone and one.kind != "signed"
        for index in range(0 if whole else first, len(scene.passages) if whole else end):
            scene.tellers[index] = actor
    keep_turns(scene)
    _tell_within(scene, within)
    return _named(scene, told[0][2]) if alone else None


def _is_within(scene: Scene, one: Introduction) -> bool:
    """Whether somebody gives his name in a paragraph that is all his words: '"My name is Ana. I left in May."'."""
    return one.kind == "named" and is_quoted_whole(scene, one.passage)


def _tell_within(scene: Scene, within: Mapping[int, Introduction]) -> None:
    """Tie the paragraphs that stand within quotation marks to those who give their names in them, and no other ones."""
    for index, one in within.items():
        scene.tellers[index] = _introduce(scene, one)
        scene.kept.setdefault("quoted", set()).add(index)


def _nameless(scene: Scene) -> Actor | None:
    """Return the teller who gives no name, where most of a text says "I" and tells of a flight of one's own; tie the passages."""
    own = _own_words(scene)
    if sum(n > 1 and not is_role(who) for who, n in labels(scene).items()) > 1:
        return None  # several speak
    scene.kept["quoted"] = {p.index for p in scene.passages if is_quoted_whole(scene, p, on=True)}
    telling = {passage.index for passage, _ in _own_words(scene, quoted=True)}
    prose = [p for p in scene.passages if p.kind in ("prose", "item") and p.span.end - p.span.start >= _TALK]
    freely = {passage.index for passage, _ in own}
    if len(own) < _LEAST_NAMELESS or 2 * len([p for p in prose if p.index in freely]) < len(prose):
        return None
    if not (_is_asked(scene) or any(_flees(scene, passage, word) for passage, word in own)):
        return None
    openings = [p.index for p in prose if _OPENS_FLIGHT.match(scene.text, p.span.start)]
    teller = (_writer(scene) or _headed(scene) if len(openings) < 2 else None) or _narrator(scene)
    for passage in scene.passages:
        if len(openings) > 1 and passage.index in openings[1:]:
            teller = _narrator(scene)  # everybody's story opens with the flight
        text = passage.span.of(scene.text).rstrip()
        if passage.kind != "heading" and (passage.index in telling or not text.endswith("?")):
            scene.tellers[passage.index] = teller
    keep_turns(scene)
    return teller if len(openings) < 2 else None


_WRITTEN_BY = re.compile(
    r"(?:(?:[Ww]ritten|[Tt]old|[Aa]s told|[Nn]arrated|[Ss]tory) )?(?:[Bb]y|BY|[Pp]ar|[Vv]on|[Pp]or):? "
)
"""What leads to the name of who writes, in a line of nothing else."""


def _writer(scene: Scene) -> Actor | None:
    """Return who signs a story of one's own flight in a line at its head: "Written by Dino Kos"."""
    for passage in scene.passages[:_HEADS]:
        lead = _WRITTEN_BY.match(scene.text, *passage.span)
        for chunk in scene.chunks[passage.index] if lead else ():
            whole = lead is not None and chunk.span.start == lead.end() and chunk.span.end == passage.span.end
            if whole and chunk.kind == "name" and chunk.last > chunk.first:
                actor = scene.named("person", chunk.text)
                scene.say(passage, chunk.span, actor, "name")
                return actor
    return None


def _headed(scene: Scene) -> Actor | None:
    """Return whose name is all that the first heading holds: "Kidane" over "I escaped after four months"."""
    first = scene.passages[0]
    row = scene.chunks[0] if first.kind == "heading" else ()
    if len(row) != 1 or row[0].kind != "name" or row[0].span != first.span:
        return None
    word = row[0].text.split()[0].lower()
    if not names.is_given(word) or names.is_weak(word):
        return None
    actor = scene.named("person", row[0].text)
    scene.say(first, row[0].span, actor, "name")
    return actor


_HEADS = 12
"""Passages among which a line says who writes."""


def _narrator(scene: Scene) -> Actor:
    actor = scene.unnamed("person", "narrator")
    actor.called = "the narrator"
    return actor


def _is_asked(scene: Scene) -> bool:
    """Whether the head of a text says that somebody who fled is heard: "Interview with a refugee", "My escape from Laos"."""
    head = [p for p in scene.passages[:3] if p.span.end - p.span.start < _HEAD]
    return any(
        _HEARD.search(scene.text, *p.span)
        or (p.span.end - p.span.start < _TALK and _ESCAPE_FROM.match(scene.text, *p.span))
        for p in head
    )


def _flees(scene: Scene, passage: Passage, word: Token) -> bool:
    """Whether a word of flight follows one's own word in the sentence, and nobody else stands between: "I fled", "my escape"."""
    end = min(passage.sentence_at(word.start).end, word.end + _FAR)
    for index in scene.tokens.within(_OF_FLIGHT, Span(word.end, end)):
        household = _HOUSEHOLD.match(scene.text, word.end) if word.lower in ("my", "our") else None
        between = scene.tokens.between(household.end() if household else word.end, scene.tokens.starts[index])
        others = _OTHERS - _THEIRS if household else _OTHERS
        return all(scene.tokens.lowers[i] not in others for i in between)
    if word.lower in _SUBJECTS_ABROAD and _leaves_country(scene, passage, word):
        return True
    if word.lower in _SUBJECTS_ABROAD and _AS_REFUGEE.match(scene.text, word.end, end):
        return True
    left = _COUNTRY_LEFT.search(scene.text, word.end, end)
    return left is not None and left.start() - word.end < _NEAR


def _leaves_country(scene: Scene, passage: Passage, word: Token) -> bool:
    """Whether somebody says to have left a country by its name: "I left Cuba", "we fled Laos"."""
    left = _LEFT.match(scene.text, word.end)
    named = next((c for c in scene.chunks[passage.index] if left and c.span.start == left.end()), None)
    return named is not None and places.country(named.text) is not None


_LEFT = re.compile(r" (?:had |finally )?(?:left|fled|escaped from|escaped) (?:the )?")


def _named(scene: Scene, one: Introduction) -> Actor:
    text = one.chunk.text
    return scene.named("person", text.title() if text.isupper() and len(text) > 3 else text)


def _same(scene: Scene, one: Introduction, other: Introduction) -> bool:
    left, right = _named(scene, one).words, _named(scene, other).words
    return set(left) <= set(right) or set(right) <= set(left)


def _is_short_form(word: str) -> bool:
    """Whether a word is written as the short form of a name is: "EU", which Portuguese has for "I", and "US"."""
    return len(word) > 1 and word.isupper()


def _own_words(scene: Scene, *, quoted: bool = False) -> list[tuple[Passage, Token]]:
    """Return where somebody says "I" or "my" outside quotation marks, in the language that does so most.

    `quoted`: also in paragraphs of which a teller was found to say all, within such marks.
    """
    said = (
        [i for i in scene.tokens.where(words) if not _is_short_form(scene.tokens.texts[i])]
        for words in _WORDS.values()
    )
    places = max(said, key=len)
    found = []
    for token in (scene.tokens[i] for i in places):
        passage = scene.passage_at(token.start)
        if passage is None or token.text in _NUMERALS:
            continue
        marks = scene.text.count('"', passage.span.start, token.start)
        if not marks % 2 or (quoted and marks == 1 and passage.index in scene.kept.get("quoted", ())):
            found.append((passage, token))
    return found


def _is_told(own: list[int], stretch: tuple[int, int, Introduction]) -> bool:
    """Whether "I" is said often enough in the stretch; `own`: the passages in which it is, in order."""
    first, end, one = stretch
    least = {"named": 1, "signed": _LEAST_SIGNED}.get(one.kind, _LEAST)
    return bisect_left(own, end) - bisect_left(own, first) >= least


def _introduce(scene: Scene, one: Introduction) -> Actor:
    """Note the name where it introduces the teller, and in the capitals of a heading: "STATEMENT OF ANA RUIZ"."""
    actor = _named(scene, one)
    scene.say(one.passage, one.chunk.span, actor, "name")
    name = one.chunk.text
    for passage in scene.passages[:3]:
        at = scene.text.find(name.upper(), *passage.span) if passage.kind == "heading" and " " in name else -1
        if at >= 0:
            scene.say(passage, Span(at, at + len(name)), actor, "name")
    return actor


def _of_the_file(scene: Scene, stretches: list[tuple[int, int, Introduction]]) -> Actor | None:
    """Return whose file it is that speaks of him or her: "Name: Ana Ruiz ... The applicant left"; tie those words."""
    found = [one for *_, one in stretches if one.kind == "field" or scene.passages[0] is one.passage]
    if not found and not stretches:
        return _of_the_court(scene)
    if len(found) != 1:
        return None
    actor = None
    for passage in scene.passages:
        for match in _ONES.find(scene, passage.span):
            actor = actor or _introduce(scene, found[0])
            scene.say(passage, Span(*match.span()), actor, "description")
    return actor


def _of_the_court(scene: Scene) -> Actor | None:
    """Return whom a judgment calls by the part in it, "the Appellant", or "the claimant, Ana Ruiz", where it says so often enough."""
    told = (p for p in passages_with(scene, _ONES.words) if p.kind != "heading")
    found = [(p, match) for p in told for match in _ONES.find(scene, p.span)]
    times = Counter(match[0].rsplit(" ", 1)[-1].lower() for _, match in found)
    word = times.most_common(1)[0][0] if times else ""
    if len(scene.tokens.by_word.get(word, ())) < _LEAST:  # the label at its head, "Appellant", counts too
        return None
    found = [(p, match) for p, match in found if match[0].lower().endswith(word)]
    named = (
        s.actor
        for p, match in found
        for s in scene.said[p.index]
        if s.form == "name"
        and (
            _NAMED_BEHIND.fullmatch(scene.text, match.end(), s.span.start)
            or _CALLED_HERE.fullmatch(scene.text, s.span.end, match.start())
        )
    )
    actor = next(named, None) or scene.unnamed("person", word)
    for passage, match in found:
        scene.say(passage, Span(*match.span()), actor, "description")
    return actor


def tie_first_person(scene: Scene) -> None:
    """Tie "I", "my", "we" to the teller where one speaks; elsewhere what "I" did is done by nobody known."""
    if not any(scene.tellers):
        find_voices(scene)
    _note_endings(scene)
    for passage, token in _own_words(scene, quoted=any(scene.tellers)):
        span, teller = Span(token.start, token.end), scene.tellers[passage.index]
        if teller is not None:
            scene.say(passage, span, teller, "pronoun", is_possessive=token.lower in _POSSESSIVE)
            if token.lower in _BEHIND:
                _note_verb(scene, span, is_plural=_BEHIND[token.lower])
        elif token.lower in _SUBJECTS and passage.kind != "heading" and _is_somebody(scene, passage, span):
            scene.bystanders[passage.index].append(span)


def _note_endings(scene: Scene) -> None:
    for index in scene.tokens.spot(scene.lexicon.flight) if any(scene.tellers) else ():
        word = scene.tokens.lowers[index]
        if word.endswith((*_ENDS_WE, *_ENDS_I)):
            scene.own_verbs[scene.tokens.starts[index]] = word.endswith(_ENDS_WE)


def _note_verb(scene: Scene, span: Span, *, is_plural: bool) -> None:
    """Note the word right before "wir" or "ich": if it is a verb, they are its subject."""
    index = scene.tokens.between(*span).start
    if index and scene.text[scene.tokens.ends[index - 1] : span.start] == " ":
        scene.own_verbs[scene.tokens.starts[index - 1]] = is_plural


_OPENS_CLAUSE = re.compile(
    r"(?:^|[.!?,;:(–\n] ?|\b(?:and|but|when|while|as|because|if|then|so|where|before|after|until|since) )$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that)\b[^,;.]*$")


def _is_somebody(scene: Scene, passage: Passage, span: Span) -> bool:
    """Whether "I" or "we" is the subject of a clause of its own: not of "whose departure I reported", nor "Nicholas I"."""
    lead = scene.text[max(passage.span.start, span.start - 60) : span.start]
    if lead.endswith("(") and scene.text.startswith(")", span.end):
        return False  # "(I)" is a mark
    return (
        _OPENS_CLAUSE.search(lead) is not None
        and _RELATIVE.search(lead) is None
        and scene.stands_as_subject(span)
    )
