"""Legal status granted or refused: predicate `status`.

    matches          "received refugee status in Canada"  ·  "was granted asylum"  ·  "X granted the four refugee status"  ·  "refused asylum"
    must not match   "seeking asylum"  ·  "asylum seekers"  ·  "Refugee status is defined in Article 1."

The value tells what was granted or refused, and by or in which country; a refusal is stated as such ("refused asylum").
"""

from __future__ import annotations

import re
from functools import lru_cache

from regesta.extraction.cues import Cue, first_words, passages_with
from regesta.extraction.nearest_dates import when_near
from regesta.extraction.passages import Passage
from regesta.extraction.peoples import is_nationality_plural
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["statuses"]

_GRANT = lazy(
    r"\b(?:received|receives|receiving|(?:was|were|been|is|are) (?:granted|given|issued|offered|awarded)|granted|grants|gave|given|gives|obtained|obtains|won|got|gained|acquired|accepted|awarded|accorded|recogni[sz]ed|has|holds|held)\b",
    re.IGNORECASE,
)
_REFUSE = lazy(
    r"\b(?:refus(?:ed|es|ing)|den(?:ied|ies|ying)|reject(?:ed|s)|turned down|withdr[ae]wn?|revoked|stripped|lost|declined|withheld)\b",
    re.IGNORECASE,
)
_SEEK = lazy(
    r"\b(?:seek(?:s|ing)?|sought|ask(?:ed|ing|s)?|appl(?:y|ied|ying)|request(?:ed|ing)?|claim(?:ed|ing)?|demand(?:ed)?|hop(?:ed|ing)|want(?:ed)?|wait(?:ed|ing)|eligible|right to|application|would|could|may|can|if)\b",
    re.IGNORECASE,
)
_IN = lazy(
    r"\s+(?P<preposition>in|by|from|of)\s+(?P<place>(?:the\s+)?[A-Z][\w'-]*(?:\s+(?:(?:of|for)\s+(?:the\s+)?)?[A-Z][\w'-]*){0,4}"
    r"(?P<body>(?:\s+[a-z]+){0,2}\s+(?:authorit(?:y|ies)|governments?|courts?|embass(?:y|ies)|officials|state|ministry|police))?)"
)
_BODY = lazy(
    r"(?:the\s+)?(?:Government|Ministry|State|Department|Office|High Commission\w*|United Nations|UN\w*)\b"
)
"""Who may grant a status and is no country."""
_PASSIVE = lazy(
    r"^\s*(?:was|were|is|has been|had been|have been)\s+(?:later\s+|finally\s+|then\s+)?(?:granted|given|approved|refused|denied|rejected|withdrawn|revoked|accepted)\b|^\s+(?:granted|refused|denied|rejected|approved)\b",
    re.IGNORECASE,
)


_DECIDED = Cue(
    "application applications request requests claim claims petition petitions appeal appeals plea pleas case "
    "cases",
    r"\b(?P<owner>(?:[Hh]is|[Hh]er|[Tt]heir|the \w+'s?|[A-Z][\w-]+'s?)) (?:(?:asylum|first|second|own|joint) ){0,2}(?:application|request|claim|petition|appeal|plea|case)s?(?: for (?:asylum|refugee status|protection|residence|citizenship))? "
    r"(?:was|were|has been|had been|is) (?:finally |later |then |first |also )?(?P<verb>rejected|refused|denied|dismissed|turned down|granted|approved|accepted|upheld)\b",
)
_AS = Cue(
    "refugee refugees stateless seeker seekers exile exiles",
    r"\b(?P<verb>recogni[sz](?:ed|es)|accept(?:ed|s)|registered|admitted) (?P<whom>(?:him|her|them|[A-Z]\w+) )?as (?P<value>(?:an? )?(?:political |stateless |convention )?(?:refugees?|stateless persons?|asylum seekers?|exiles?))\b",
)


def statuses(scene: Scene) -> None:
    """State what status people were granted or refused."""
    _decided(scene)
    pattern = _terms_of(scene)
    firsts = first_words(scene.lexicon.status_terms)
    for passage in passages_with(scene, firsts):
        if passage.kind in ("heading", "caption"):
            continue
        done = passage.span.start
        for index in scene.tokens.within(firsts, passage.span):
            token = scene.tokens[index]
            if token.start < done:
                continue
            if match := pattern.match(scene.text, token.start, passage.span.end):
                done = match.end()
                _read(scene, passage, match)


def _decided(scene: Scene) -> None:
    """State "her request was rejected in 2021" and "recognised her as a refugee"."""
    for passage in passages_with(scene, _DECIDED.words, _AS.words):
        if passage.kind in ("heading", "caption"):
            continue
        for match in _DECIDED.find(scene, passage.span):
            span = Span(*match.span())
            words = span.of(scene.text)
            noun = words[match.end("owner") - match.start() : match.start("verb") - match.start()].split()
            text = " ".join(
                [*(w for w in noun if w not in ("was", "were", "has", "had", "been", "is")), match["verb"]]
            )
            owner = [
                s.actor for s in scene.said[passage.index]
                if s.is_possessive and s.span.start <= match.end("owner") and match.start() <= s.span.end
            ]  # fmt: skip
            _tell(scene, passage, owner[:1] or list(subject_of(scene, passage, match.start())), text, span)
        for match in _AS.find(scene, passage.span):
            span = Span(*match.span())
            whom = [
                s.actor for s in scene.said[passage.index]
                if match["whom"] and s.span.start == match.start("whom")
            ]  # fmt: skip
            people = whom[:1] or list(subject_of(scene, passage, match.start()))
            _tell(scene, passage, people, f"{match['verb']} as {match['value']}", span)


def _tell(scene: Scene, passage: Passage, people: list[Actor], text: str, span: Span) -> None:
    when, dated = when_near(scene, passage, span)
    sentence = passage.sentence_at(span.start)
    for actor in people:
        if actor.kind in ("person", "group"):
            spans = [d for d in dated if not sentence.contains(d)]
            scene.state(actor, "status", TextValue(text=text), span, *spans, when=when)


def _terms_of(scene: Scene) -> re.Pattern[str]:
    return _compiled(tuple(sorted(scene.lexicon.status_terms)))


@lru_cache(maxsize=4)
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda term: (-len(term), term))
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])"
        r"(?!\s+(?:seekers?|applica\w+|laws?|claims?|requests?|polic\w+|procedures?|hearings?|cases?|offices?|interviews?|courts?|appeals?|number|control))",
        re.IGNORECASE,
    )


def _read(scene: Scene, passage: Passage, match: re.Match[str]) -> None:
    sentence = passage.sentence_at(match.start())
    before = scene.text[max(sentence.start, match.start() - 110) : match.start()]
    after = scene.text[match.end() : min(sentence.end, match.end() + 60)]
    grants = list(_GRANT.finditer(before))
    refusals = list(_REFUSE.finditer(before))
    passive = _PASSIVE.match(after)
    verb: re.Match[str] | None = None
    refused = False
    if passive and not _SEEK.search(before[-24:]):
        refused = bool(_REFUSE.search(passive.group()))
        start, end = match.start(), match.end() + passive.end()
    else:
        candidates = [*grants[-1:], *refusals[-1:]]
        if not candidates:
            return
        verb = max(candidates, key=lambda m: m.start())
        if (
            refusals
            and grants
            and refusals[-1].start() < grants[-1].start()
            and grants[-1].start() - refusals[-1].end() < 12
        ):
            refused, verb = True, refusals[-1]  # "refused to grant"
        else:
            refused = verb in refusals
        between = before[verb.end() :]
        if any(mark in between for mark in ";:.") or _SEEK.search(between) or len(between) > 70:
            return
        if (
            verb.group().lower() in ("has", "holds", "held", "won", "got", "gave", "given", "gives")
            and between.count(" ") > 5
        ):
            return
        start, end = match.start() - len(before) + verb.start(), match.end()
        if _SEEK.search(before[max(0, verb.start() - 14) : verb.start()]) and not refused:
            return
    place = _IN.match(scene.text, match.end(), min(sentence.end, match.end() + 60))
    if place and any(d.span.start < place.end() and place.start() < d.span.end for d in passage.dates):
        place = None  # "granted the three asylum in April"
    if place:
        end = max(end, place.end())
    people = _holders(scene, passage, start, match, verb is not None)
    if not people and verb is not None:
        people = _crowd(scene, passage, Span(start, match.start()))
    if not people:
        return
    granter = _granter(scene, start, sentence, passage)
    words = " ".join(scene.document.text[match.start() : match.end()].split())
    where = place.group().strip() if place else None
    text = " ".join(
        part
        for part in ("refused" if refused else "", words, where or (f"by {granter}" if granter else ""))
        if part
    )
    when, dated = when_near(scene, passage, Span(start, end))
    for actor in people:
        scene.state(
            actor, "status", TextValue(text=text), Span(start, end), *(d for d in dated if not sentence.contains(d)), when=when,
            where=place["place"] if place and not place["body"] and not _BODY.match(place["place"]) else None,
        )  # fmt: skip


def _holders(scene: Scene, passage: Passage, start: int, match: re.Match[str], active: bool) -> list[Actor]:
    """Return who got it: the people between the verb and the term, else the clause's subject."""
    said = [
        s for s in scene.said[passage.index] if s.actor.kind in ("person", "group") and not s.is_possessive
    ]
    if active:
        inside = [s for s in said if start <= s.span.start and s.span.end <= match.start()]
        if inside:
            return [inside[0].actor]
    after = [s for s in said if match.end() <= s.span.start <= match.end() + 14]
    if after and re.match(r"\s+to\s", scene.text[match.end() : match.end() + 5]):
        return [after[0].actor]
    return [a for a in subject_of(scene, passage, start) if a.kind in ("person", "group")]


def _crowd(scene: Scene, passage: Passage, span: Span) -> list[Actor]:
    """Return a new group for "granted unnamed Kurds refugee status", where the words between are people in the plural."""
    words = scene.tokens.between(*span)
    if len(words) < 2:
        return []
    last = scene.tokens[words.stop - 1]
    if not (
        is_nationality_plural(last.lower, scene.lexicon)
        or scene.lexicon.singular(last.lower) in scene.lexicon.person_nouns - {last.lower}
    ):
        two = f"{scene.tokens.lowers[words.stop - 2]} {last.lower}"
        if not is_nationality_plural(two, scene.lexicon):
            return []
    first = next(
        (
            i
            for i in words
            if scene.tokens.lowers[i] in ("unnamed", "some", "several", "other", "unidentified", "more")
        ),
        None,
    )
    if first is None:
        return []
    group = scene.unnamed("group", last.lower, is_plural=True)
    scene.say(passage, Span(scene.tokens.starts[first], last.end), group, "description")
    return [group]


def _granter(scene: Scene, start: int, sentence: Span, passage: Passage) -> str | None:
    """Return the country right before an active verb: "Canada granted her asylum"."""
    for chunk in reversed(scene.chunks[passage.index]):
        if chunk.span.end <= start and chunk.span.start >= sentence.start:
            gap = scene.text[chunk.span.end : start].strip()
            return (
                chunk.text
                if chunk.kind in ("place", "organisation")
                and gap in ("", "has", "had", "finally", "then", "later")
                else None
            )
    return None
