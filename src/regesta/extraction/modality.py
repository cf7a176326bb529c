"""How a claim is said: `reported`, `hedged`, `denied`, `intended`, else asserted; and by whom, where the words name somebody.

    Officials said that  [he fled in 1990]        reported by "Officials"
    He allegedly  [fled in 1990]                  hedged
    He tried to  [cross the border]               intended
    He did not  [reach Vienna]                    denied
    [He was beaten],  an accusation that the police deny        denied

A cue counts for the clause it stands in and for what that clause governs ("said that ..."), never for the whole sentence.
It runs after all rules and changes how their facts are said, nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from regesta.extraction.clauses import Clause, clauses
from regesta.extraction.cues import is_cued, words_of
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Fact, Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["modalities"]

Modality = Literal["reported", "hedged", "denied", "intended"]

_SAYS = lazy(
    r"\b(?:said|says|saying|stated|states|stating|claimed|claims|claiming|reported|reports|asserted|asserts|alleges|alleging|testified|maintains|maintained|"
    r"insisted|insists|argued|argues|estimates?|estimated|recalled|recalls|told(?: (?:the |a |an )?[\w.]+){0,4}|was announced(?: on [\w ]{3,20})?|announced(?: on [\w ]{3,20})?|"
    r"confirmed|confirms|suggested|suggests|believes?|believed|noted|notes)\s*(?P<that>that\b)?"
)
_NEEDS_THAT = frozenset(
    "announced reported reports noted notes confirmed confirms suggested suggests estimated estimates estimate recalled recalls argued argues states stated "
    "testified claimed claims insisted insists believed believe believes asserted asserts maintained maintains".split()
)
_ACCORDING = lazy(
    r"\b[Aa]ccording to (?P<by>(?:the |a |an |his |her |its |their )?(?:[^,.;:()]|(?<=\d)[,.](?=\d{3})){2,90}?)"
    r"(?=[.;:()]|,(?!\d{3})|$| (?:he|she|they|it|at|in|there|about|some)\b|(?<! of)(?<! from)(?<! in)(?<! with) (?:\d{1,3}(?:,\d{3})+|\d[\d.]*(?:%| per ?cent))(?!\w))"
)
_NO_SOURCE = lazy(
    r"\b(?:law|laws|rules?|practice|customs?|plans?|size|age|needs?|means|category|categories|agreement|treaty|act|classification|schedule|tradition|rank|importance|wishes)\b",
    re.IGNORECASE,
)
_REPORTED = lazy(
    r"\b(?:reportedly|a reported|(?:is|are|was|were) (?:said|reported|reputed|claimed|stated) to|it (?:is|was) (?:said|reported|claimed)|"
    r"(?:figures|sources|newspapers|records|accounts|papers) (?:speak|spoke|tell|told|talk|wrote|write) of|by (?:his|her|their) own account)\b"
)
_POSTPOSED = lazy(
    r",\s*\"?\s*(?P<by>(?:the |a |an )?(?!\d)[\w .'-]{2,40}?) (?:said|says|told|claimed|reported|recalled|wrote|writes)\b[^,;]{0,40}[.\"]*$"
)
_RELATIVE = lazy(r"(?:who|which|that|and|but|as|when)\b")
"""What goes on with the sentence and names nobody who says so: ", who reported"."""
_PRONOUNS = frozenset("he she it they i we".split())
_HEDGED = lazy(
    r"\b(?:allegedly|possibly|perhaps|maybe|probably|presumably|apparently|supposedly|reputedly|seemingly|purportedly|conceivably|rumou?red|"
    r"(?:is|are|was|were|been) (?:widely |generally |variously |now )?(?:believed|thought|suspected|alleged|presumed|assumed|speculated|feared|supposed|considered likely)(?: to)?|"
    r"(?:widely |strongly )suspected|variously speculated|appears? to|appeared to|seems? to|seemed to|may have|might have|could have|may be|might be|it is (?:possible|likely|unclear|not known)|likely to have|"
    r"(?:historians|scholars|researchers|experts|observers|some|many|most)(?: now| today)? (?:think|believe|assume|suspect|suppose)|"
    r"unconfirmed|uncertain|not certain|in doubt|never (?:been )?(?:confirmed|proved|proven)|does not believe|unverified|most likely|in all likelihood)\b",
    re.IGNORECASE,
)
_ALLEGED = lazy(
    r"\b(?:alleged|suspected|supposed|purported|presumed|putative|so-called)\s+(?:[\w'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_DENIES = lazy(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|reject(?:s|ed)? (?:the )?(?:claim|charge|accusation|report)s?|refut(?:es?|ed|ing)|neither confirm(?:s|ed)? nor den(?:ies|ied))\b"
)
_ACCUSATION = lazy(
    r"^\W*(?:an? |the )?(?:accusation|allegation|claim|charge|assertion|report|version|account|statement)s?\b[^.;]{0,80}\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)|refut(?:es?|ed)|contradict(?:s|ed))\b"
)
_NOT = lazy(
    r"(?:\b(?:did|does|do|has|had|have|was|were|is|are|could|would|will|can) (?:not|never)|n't|\bnever|\bwithout|\bfailed to|\bunable to|\bnot to)\s+"
    r"(?:(?:yet|actually|in fact|ever|being|been|have|having|be|successfully|managed? to|able to)\s+){0,3}$"
)
_INTENDS = lazy(
    r"\b(?:tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|plan(?:s|ned|ning)?|hop(?:e|es|ed|ing)|want(?:s|ed|ing)?|intend(?:s|ed|ing)?|intention|wish(?:es|ed|ing)?|mean(?:s|t)?|"
    r"threaten(?:s|ed|ing)?|prepar(?:es?|ed|ing)|seek(?:s|ing)?|sought|decid(?:es?|ed|ing)|demand(?:s|ed|ing)?|desire[sd]?|ask(?:s|ed|ing)?|about|offer(?:s|ed)?|urged?|entice|persuade[d]?|"
    r"ordered|caught|order|chance|opportunity|way|due|bound|forbidden|refus(?:es?|ed|ing)|would like)\s+(?:(?:them|him|her|people|[A-Z]\w+|[a-z]+s)\s+)?(?:four times |twice |again |even |once )?to\s+"
    r"(?:(?:be|have|get|flee|escape|leave|try to|help|illegally|then|either|secretly)\s+){0,3}$"
)
_ATTEMPT = lazy(
    r"\b(?:attempt(?:s|ed)?|bid|plans?|planned|try|tried|failed attempts?)\b(?: at| to)?\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NOT_UNTIL = lazy(r"^\w+\s[^.;]{0,60}?\buntil\s")
_NEVER_SO = lazy(r"\b(?:was|were|is|are) (?:never|not) (?:really |actually |in fact )?$")
_WORDS = words_of(
    "according said says saying stated states stating claimed claims claiming reported reports asserted "
    "asserts alleges alleging testified maintains maintained insisted insists argued argues estimate "
    "estimates estimated recalled recalls told announced confirmed confirms suggested suggests believe "
    "believes believed noted notes wrote writes write speak spoke tell talk reportedly reputed account "
    "allegedly possibly perhaps maybe probably presumably apparently supposedly reputedly seemingly "
    "purportedly conceivably rumoured rumored thought suspected alleged presumed assumed speculated feared "
    "supposed considered appear appears appeared seem seems seemed may might could possible likely unclear "
    "known think assume suspect suppose unconfirmed uncertain certain doubt proved proven unverified "
    "likelihood purported putative called deny denies denied denying disput* reject* refut* confirm "
    "contradict contradicts contradicted accusation accusations allegation allegations not never t without "
    "failed unable try tries tried trying attempt* plan plans planned planning hope hopes hoped hoping want* "
    "intend* intention wish* mean means meant threaten* prepar* seek* sought decid* demand* desire* ask* "
    "about offer* urge urged entice persuade persuaded ordered caught order chance opportunity way due bound "
    "forbidden refus* like bid"
)
"""A sentence without any of these says plainly what it says."""
_COUNTED = frozenset("amount count figure population capacity duration".split())
_MOVES = frozenset("arrival departure route companion status death".split())
_AFFIRMS = frozenset("convention term means introduced_by alias name location".split())
_TIGHT = frozenset("role role_after kin accused_kin vehicle count figure group_size companion".split())


@dataclass(frozen=True, slots=True)
class _Reported:
    """From where on in a sentence somebody else speaks, and who."""

    scope: Span
    by: str | None


def modalities(scene: Scene) -> None:
    """Note how each fact is said, by the words of the clause that it stands in."""
    reports: dict[Span, list[_Reported]] = {}
    for fact in scene.facts:
        if fact.predicate in _AFFIRMS or fact.qualifiers.modality != "asserted" or not fact.spans:
            continue
        if fact.predicate == "arrival" and _NOT_UNTIL.search(fact.spans[0].of(scene.text)):
            continue  # "was not able to cross until 14 October": then it was so
        passage = scene.passage_at(fact.spans[0].start)
        if passage is None:
            continue
        sentence = passage.sentence_at(fact.spans[0].start)
        if not is_cued(scene, _WORDS, (sentence.start, max(sentence.end, fact.spans[0].end))):
            continue
        if sentence not in reports:
            reports[sentence] = _reports(scene, passage, sentence)
        said = _of_fact(scene, sentence, fact)
        if said is not None:
            scene.requalify(fact, modality=said)
            continue
        report = next((r for r in reports[sentence] if r.scope.start <= _anchor(fact) < r.scope.end), None)
        if report is not None and not (
            fact.predicate == "event" and fact.spans[0].start < report.scope.start
        ):
            scene.requalify(fact, modality="reported", by=fact.qualifiers.by or report.by)


def _anchor(fact: Fact) -> int:
    """Return the place of the fact that decides which clause it belongs to."""
    span = fact.spans[0]
    opens = fact.predicate == "event" or fact.predicate in _TIGHT
    return span.start if opens or span.end - span.start < 40 else (span.start + span.end) // 2


def _of_fact(scene: Scene, sentence: Span, fact: Fact) -> Modality | None:
    span = fact.spans[0]
    row = clauses(scene, sentence)
    clause = _clause(row, _anchor(fact))
    behind = next((c for c in row if c.span.start >= clause.span.end), None)
    if behind is not None and _ACCUSATION.match(scene.text[behind.span.start : behind.span.end]):
        return "denied"
    verb = _verb(scene, fact, span)
    before = scene.text[max(clause.span.start, verb - 70) : verb]
    if fact.predicate in _MOVES:
        if _NOT.search(before[-45:]):
            return "denied"
        if _INTENDS.search(before) or (fact.predicate != "status" and _ATTEMPT.search(before[-40:])):
            return "intended"
    if fact.predicate in _COUNTED and _NEVER_SO.search(
        scene.text[max(clause.span.start, span.start - 24) : span.start]
    ):
        return "denied"
    lead = scene.text[_scope_start(scene, row, clause) : max(verb, span.start)]
    if fact.predicate != "event" or _DENIES.search(lead):
        denial = _DENIES.search(lead)
        if denial and (" that " in lead[denial.end() :] + " " or lead[denial.end() :].count(" ") <= 6):
            return "denied"
    return _hedge(scene, clause, fact, span)


def _hedge(scene: Scene, clause: Clause, fact: Fact, span: Span) -> Modality | None:
    text = scene.text
    if fact.predicate in _TIGHT:
        if _ALLEGED.search(text[max(clause.span.start, span.start - 40) : span.start]):
            return "hedged"
        near = text[max(clause.span.start, span.start - 48) : min(clause.span.end, span.end + 24)]
        if _REPORTED.search(near):
            return "reported"
        return "hedged" if _HEDGED.search(near) else None
    if (
        _ALLEGED.search(text[max(clause.span.start, span.start - 24) : span.start])
        and fact.predicate != "event"
    ):
        return "hedged"
    reach = 16 if fact.predicate in ("authored", "award", "imprisoned_at", "imprisoned_for") else 80
    near = text[max(clause.span.start, span.start - reach) : min(clause.span.end, span.start + 36)]
    if _REPORTED.search(near):
        return "reported"
    return "hedged" if _HEDGED.search(near) else None


def _clause(row: list[Clause], offset: int) -> Clause:
    best = row[0]
    for clause in row:
        if clause.span.start <= offset:
            best = clause
    return best


def _scope_start(scene: Scene, row: list[Clause], clause: Clause) -> int:
    """Return where the words begin that may govern the clause: its own start, or that of "X denied that" before it."""
    place = row.index(clause)
    if place and (
        clause.opening in ("that", "")
        or scene.text[row[place - 1].span.start : row[place - 1].span.end].rstrip().endswith("that")
    ):
        return row[place - 1].span.start
    return clause.span.start


def _verb(scene: Scene, fact: Fact, span: Span) -> int:
    """Return where the verb of the fact stands: the first verb of movement in its passage, else its beginning."""
    if fact.predicate in ("arrival", "departure", "route", "companion"):
        for index in scene.tokens.between(*span):
            if scene.lexicon.flight.get(scene.tokens.lowers[index]) in ("arrive", "defect", "flee", "seek"):
                before = scene.tokens.lowers[index - 1] if index else ""
                if before in ("his", "her", "their", "the"):
                    continue
                return scene.tokens.starts[index]
    return span.start


def _reports(scene: Scene, passage: Passage, sentence: Span) -> list[_Reported]:
    """Return the stretches of a sentence in which somebody else is quoted."""
    found: list[_Reported] = []
    text = scene.text
    for match in _ACCORDING.finditer(text, *sentence):
        if not _NO_SOURCE.search(match["by"]):
            scope = (
                sentence if match.start() - sentence.start < 12 else _around(scene, sentence, match.start())
            )
            found.append(_Reported(scope, _name(scene, Span(*match.span("by")))))
    row = clauses(scene, sentence)
    for match in _SAYS.finditer(text, *sentence):
        word = match.group().split()[0].lower()
        if not match["that"] and (word in _NEEDS_THAT or word == "was" or not _has_clause(row, match.end())):
            continue
        end = next(
            (c.span.start for c in row if c.span.start > match.end() and c.opening in (";", "but", "–")),
            sentence.end,
        )
        found.append(
            _Reported(
                Span(match.end(), max(end, match.end())), _speaker(scene, passage, sentence, row, match)
            )
        )
    post = _POSTPOSED.search(text, *sentence)
    if post is not None and not _RELATIVE.match(text, post.start("by")):
        by = _named_by(scene, passage, Span(*post.span("by")))
        found.append(_Reported(Span(sentence.start, post.start()), by))
    return found


def _around(scene: Scene, sentence: Span, offset: int) -> Span:
    """Return the clause before "according to": "200 came, according to the ministry"."""
    row = clauses(scene, sentence)
    clause = _clause(row, offset)
    return (
        Span(clause.span.start, offset) if clause.span.start < offset - 12 else Span(sentence.start, offset)
    )


def _has_clause(row: list[Clause], offset: int) -> bool:
    """Whether a clause with a verb of its own follows within the words that a saying governs."""
    return any(c.verb is not None and c.span.end > offset + 8 and c.span.start >= offset - 60 for c in row)


def _speaker(
    scene: Scene, passage: Passage, sentence: Span, row: list[Clause], match: re.Match[str]
) -> str | None:
    if "announced" in match.group() and match.group().startswith("was"):
        return None
    here = [
        s for s in scene.said[passage.index] if sentence.start <= s.span.start and s.span.end <= match.start()
    ]
    clause = _clause(row, match.start())
    own = [s for s in here if s.span.start >= clause.span.start and s.form != "pronoun"]
    if own:
        return _name(scene, own[-1].span)
    named = [
        c
        for c in scene.chunks[passage.index]
        if clause.span.start <= c.span.start and c.span.end <= match.start()
    ]
    words = Span(clause.span.start, match.start()).strip(scene.text)
    text = plain(scene, words)
    if (
        text
        and len(text) <= 60
        and "," not in text
        and text.split()[-1].lower().strip("\"'“”‘’")
        not in ("who", "and", "which", "that", "he", "she", "they", "it")
    ):
        return text
    if named:
        return _name(scene, named[-1].span)
    who = [s for s in here if s.form != "pronoun"]
    return _named_by(scene, passage, who[-1].span) if who else None


def _named_by(scene: Scene, passage: Passage, span: Span) -> str | None:
    """Return who says so; of a pronoun whom it means, None where nobody is known: ", he said"."""
    name = _name(scene, span)
    if name.lower() not in _PRONOUNS:
        return name
    actor = next((s.actor for s in scene.said[passage.index] if s.span == span), None)
    return plain(scene, actor.first) if actor is not None else None


def _name(scene: Scene, span: Span) -> str:
    return plain(scene, span)
