"""What happened, on what day: predicate `event`, for happenings that no other predicate fits.

    matches          "Two years later the police arrested him."  ·  "testified before the Senate"  ·  "It was announced on 11 April that ..."
    must not match   "He was born in 1950."  ·  "In 2005 there were 300 of them."  ·  "He works in Vienna."  ·  "He was 21 in 1990."

One claim a clause: a clause with a finite verb and a date of its own that no rule before has used, or a clause without a
date whose verb tells of arrest, trial, violence, testimony, diplomacy or law. The value is the clause without its subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from regesta.dates import DatePhrase
from regesta.extraction.bearing import about, when_of
from regesta.extraction.befallen import TURNING, whose
from regesta.extraction.clauses import Clause, clauses, is_finite
from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.instruments import latest
from regesta.extraction.move_dates import is_of_work
from regesta.extraction.passage_dates import is_of_source, is_of_title
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Scene
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["events"]

_TELLING = Cue(
    "arrest arrested arresting detained apprehended captured recaptured caught seized intercepted interrogated "
    "tortured beaten kidnapped abducted assassinat* murdered executed shot wounded struck ambushed fired fire "
    "attacked bombed poisoned stabbed sentenced convicted acquitted pardoned tried indicted charged expelled banned "
    "stripped extradited deported repatriated sent handed returned turned released freed exchanged ransomed bought "
    "sentence testified evidence participated part addressed spoke met survived rescued led leading resulted "
    "resulting retaliat* tightened closed reopened protested demonstrated strike announced agreed signed ratified "
    "vetoed recognised recognized broke apologised apologized denied demanded disappeared vanished missing suicide "
    "hanged redefected staged stormed raided searched confiscated burned overpowered hit injured hurt buried adopted "
    "honoured honored baptised baptized naturalised naturalized refused filed appealed sued won lost accused "
    "exonerated rehabilitated spared commuted founded launched established helped smuggled airlifted encountered "
    "granted reunited",
    r"\b(?:arrest(?:ed|ing)|detained|apprehended|captured|recaptured|caught|seized|intercepted|interrogated|tortured|beaten|kidnapped|abducted|"
    r"assassinat\w+|murdered|executed|shot|wounded|struck|ambushed|fired(?: on| at| \w+ (?:shots?|rounds?))|opened fire|attacked|bombed|poisoned|stabbed|"
    r"sentenced|convicted|acquitted|pardoned|tried (?:for|in|by|before)|indicted|charged with|expelled|banned|stripped|extradited|deported|repatriated|"
    r"sent back|handed over|returned to|turned back|released|freed|exchanged|ransomed|bought free|under (?:a )?sentence of|sentence(?:d)? to|"
    r"testified|gave evidence|participated|took part|addressed|spoke (?:at|before|to)|met (?:with )?(?:President|Pope|Prime|the)|survived|rescued|"
    r"(?:led|leading|resulted|resulting) (?:to|in) (?!a? ?(?:charge|team|company))|retaliat\w+|tightened|closed (?:its|the)|reopened|protested|demonstrated|went on (?:hunger )?strike|"
    r"was announced|announced that|agreed (?:to|on)|signed|ratified|vetoed|recognised|recognized|broke off|apologi[sz]ed|denied that|demanded (?:the|that|his|her|their)|"
    r"disappeared|vanished|went missing|committed suicide|hanged (?:himself|herself)|attempted suicide|redefected|staged|stormed|raided|searched|confiscated|burned|"
    r"overpowered|was (?:hit|injured|hurt|buried|adopted|honoured|honored|baptised|baptized|naturalised|naturalized)|refused to (?:extradite|return|hand)|"
    r"filed (?:a|an)|appealed|sued|won (?:a|the) (?:case|appeal)|lost (?:a|the) (?:case|appeal)|accused|exonerated|rehabilitated|spared|commuted|"
    r"founded|launched|established|helped (?:him|her|them)|smuggled|airlifted|encountered|granted|reunited)\b",
    re.IGNORECASE,
    opening="arrest arrested arresting detained apprehended captured recaptured caught seized intercepted "
    "interrogated tortured beaten kidnapped abducted assassinat* murdered executed shot wounded struck "
    "ambushed fired opened attacked bombed poisoned stabbed sentenced convicted acquitted pardoned tried "
    "indicted charged expelled banned stripped extradited deported repatriated sent handed returned turned "
    "released freed exchanged ransomed bought under sentence testified gave participated took addressed spoke "
    "met survived rescued led leading resulted resulting retaliat* tightened closed reopened protested "
    "demonstrated went was announced agreed signed ratified vetoed recognised recognized broke apologised "
    "apologized denied demanded disappeared vanished committed hanged attempted redefected staged stormed "
    "raided searched confiscated burned overpowered refused filed appealed sued won lost accused exonerated "
    "rehabilitated spared commuted founded launched established helped smuggled airlifted encountered granted "
    "reunited",
)
_GENERAL = lazy(
    r"\b(?:usually|often|typically|generally|always|many|most|some|if|when(?:ever)?|would|can|could|may|might|should|every|each|never|any(?:one|body)?|no one|nobody|no|number of|increasing(?:ly)?|growing|"
    r"continues?|still|tends?|sometimes|mainly|mostly|is to|are to|ever|already)\b",
    re.IGNORECASE,
)
_COUNTING = lazy(
    r"\b(?:number|total|sum|average) of\b|\b(?:many|most|some|several) (?:[\w-]+ ){1,4}have\b", re.IGNORECASE
)
_STATES = frozenset(
    "holds accommodates sleeps houses contains is are has have had does do did will would can could may might shall should must lives works costs remains".split()
)
_WAS = frozenset(("was", "were", "been"))
_NOMINAL = Cue(
    "revision amendment attempt arrest trial death escape defection coup uprising massacre election demonstration "
    "demonstrations referendum revolution bombing shooting kidnapping assassination execution invasion ceasefire "
    "armistice treaty agreement earthquake famine strike protest protests riot riots crackdown raid deportation "
    "repatriation expulsion exchange summit visit conference truce signing abolition introduction",
    r"\b(?P<noun>(?:revision|amendment|attempt|arrest|trial|death|escape|defection|coup|uprising|massacre|election|demonstrations?|referendum|revolution|"
    r"bombing|shooting|kidnapping|assassination|execution|invasion|ceasefire|armistice|treaty|agreement|earthquake|famine|strike|protests?|riots?|crackdown|raid|"
    r"deportation|repatriation|expulsion|exchange|summit|visit|conference|truce|signing|abolition|introduction)(?: (?:in|at|of|on|by|against|via|to) [\w' -]{2,40}?)?)"
    r" (?:in|of|on) (?=[\dA-Z])",
)
_OF_LAWS = frozenset("revision amendment abolition introduction signing".split())
_COVERS = frozenset(
    "arrival departure opened effective convention death birth imprisoned_for imprisoned_at award authored status introduced_by role_after".split()
)
_AGAIN = frozenset("again also later further subsequently finally first then once".split())
"""What may stand between "was" and what was done."""
_LEAD = frozenset("and but then who which where when while after before as since ing , ; that".split())

_OPENERS = frozenset(
    "and but or then after before when where while as since because who which that however also later".split()
)


_ONLY_SAYS = lazy(
    r"\W*(?:based on|said|says|told|added|announced|stated|reported|according to|(?:returned |fell |rose )?compared (?:to|with))\b",
    re.IGNORECASE,
)
"""How a clause begins that tells who says so, or what something is compared with, and nothing that happened."""


def events(scene: Scene) -> None:
    """State dated and telling happenings that no rule before has taken, one a clause."""
    taken = sorted((span, f.predicate) for f in scene.facts if f.predicate in _COVERS for span in f.spans)
    telling = {passage.index for passage in passages_with(scene, _TELLING.words)}
    for passage in scene.passages:
        if not (passage.dates or passage.index in telling):
            continue
        if passage.kind in ("heading", "caption", "definition") or _is_cell(scene, passage):
            continue
        first = bisect_left(taken, (Span(passage.span.start, 0), ""))
        last = bisect_left(taken, (Span(passage.span.end, 0), ""))
        for sentence in passage.sentences:
            dates = [
                d
                for d in passage.dates_in(sentence)
                if d.kind not in ("now", "open") and d.qualifier != "as-of"
                if not is_of_title(scene.text, d.span.start)
            ]
            dates = [d for d in dates if not is_of_work(scene, sentence, d)] or dates
            if not dates and not _TELLING.search(scene, sentence):
                continue
            carried: list[DatePhrase] = []
            for clause in clauses(scene, sentence):
                here = [d for d in dates if clause.span.start <= d.span.start < clause.span.end]
                if clause.verb is None and here and clause.span.end - here[-1].span.end < 3:
                    carried = here
                else:
                    _in_clause(scene, passage, clause, here or carried, taken[first:last])
                    carried = [] if clause.verb is not None else carried


def _is_cell(scene: Scene, passage: Passage) -> bool:
    """Whether the passage is a cell of few words, not one that tells."""
    return passage.kind == "cell" and scene.text.count(" ", *passage.span) < 4


def _in_clause(
    scene: Scene, passage: Passage, clause: Clause, dates: list[DatePhrase], taken: list[tuple[Span, str]]
) -> None:
    dates = [d for d in dates if not _is_of_another(scene, clause, d)]
    here = _nominal(scene, passage, clause, dates)
    telling = _TELLING.search(scene, clause.span)
    here = [d for d in here if not _is_used(scene, d, clause, taken)]
    if not here and telling is None:
        return
    verb = _verb(scene, clause, telling)
    if verb is None or scene.text.startswith("Of ", clause.span.start):
        return  # "Of those admitted in 1990"
    if scene.tokens.lowers[verb - 1] == "never":
        return  # "Ana Ruiz 1974 (never played abroad)"
    if not here and (telling is None or _is_covered(telling, taken) or _is_general(scene, passage, clause)):
        return
    if here and telling is None and not _happens(scene, passage, clause, verb):
        return
    _say(scene, passage, clause, verb, here)


def _is_of_another(scene: Scene, clause: Clause, date: DatePhrase) -> bool:
    """Whether a date is that of what is compared or planned: "fell by half compared with 2003", "the budget for 2016"."""
    if date.span.start > clause.span.start and _BRACKETED.search(
        scene.text, clause.span.start, date.span.start
    ):
        return is_of_source(scene.text, *date.span)
    before = Span(max(clause.span.start, date.span.start - 60), date.span.start)
    if clause.verb is not None and _BEGAN.search(scene.text, *before):
        return True  # "the conflict that began in 2020 has driven many out"
    if _SINCE.search(scene.text, *before):
        return True  # "have left their country since the armistice of 1954"
    return _COMPARED.search(scene.text, *before) is not None or (
        date.edtf is not None and len(date.edtf) == _A_YEAR and _FOR.search(before.of(scene.text)) is not None
    )


_BEGAN = lazy(
    r"\bthat (?:had |has )?(?:began|begun|started|broke out|broken out|erupted) (?:in|on|around) (?:the )?$"
)
_SINCE = lazy(r"\bsince (?:the|its|their) (?:[\w'-]+ ){1,4}(?:of|in|on) $")
_A_YEAR = 4
_BRACKETED = lazy(r"\([^()]*$")
_FOR = lazy(r"\bfor (?:the )?(?:(?:fiscal |calendar |financial )?year )?$", re.IGNORECASE)
_COMPARED = lazy(
    r"(?:, (?:up|down) from|\b(?:compar(?:ed|ing|ison)\b(?: \w+){0,3}? (?:to|with)|than (?:in|during|at|for)|versus|over the same))\b[^,;]*$",
    re.IGNORECASE,
)


def _is_used(scene: Scene, date: DatePhrase, clause: Clause, taken: list[tuple[Span, str]]) -> bool:
    """Whether a claim of another kind already stands on this date."""
    for span, predicate in taken:
        if predicate == "effective" and date.kind == "date" and TURNING.search(scene.text, *clause.span):
            continue
        if span.start <= date.span.start and date.span.end <= span.end:
            return True
    return False


def _is_covered(telling: re.Match[str], taken: list[tuple[Span, str]]) -> bool:
    return any(span.start <= telling.start() < span.end for span, _ in taken)


def _is_general(scene: Scene, passage: Passage, clause: Clause) -> bool:
    """Whether a clause without a date speaks of what happens, not of what happened: then it is no event."""
    if _GENERAL.search(scene.text, *clause.span):
        return True
    verb = scene.tokens.lowers[clause.verb] if clause.verb is not None else ""
    if verb in ("are", "do", "have", "will"):
        return True
    if passage.kind in ("item", "cell"):
        return False
    named = any(
        (s.actor.kind in ("person", "group") and s.form != "description")
        or (s.actor.is_named and s.actor.kind != "place")
        for s in scene.said[passage.index]
        if clause.span.start <= s.span.start < clause.span.end
    )
    things = any(
        c.kind in ("organisation", "place") and clause.span.start <= c.span.start < clause.span.end
        for c in scene.chunks[passage.index]
    )
    return not (named or things)


def _verb(scene: Scene, clause: Clause, telling: re.Match[str] | None) -> int | None:
    """Return the word at which the value of the clause begins: its finite verb, else the telling word."""
    if clause.verb is not None:
        if telling and scene.tokens.starts[clause.verb] > telling.start():
            return next((i for i in scene.tokens.between(*telling.span())), clause.verb)
        return clause.verb
    return next((i for i in scene.tokens.between(*telling.span())), None) if telling else None


def _happens(scene: Scene, passage: Passage, clause: Clause, verb: int) -> bool:
    """Whether a dated clause tells of a happening: not of a number, a state or an age."""
    word = scene.tokens.lowers[verb]
    turns = TURNING.search(scene.text, *clause.span) is not None
    if _COUNTING.search(scene.text, *clause.span) and not turns:
        return False
    following = scene.tokens[verb + 1] if verb + 1 < len(scene.tokens) else None
    if following is not None and following.lower in _AGAIN and verb + 2 < len(scene.tokens):
        following = scene.tokens[verb + 2]
    if word in _STATES or word in _WAS:
        if word in ("has", "have", "had") or word in _WAS:
            return following is not None and (
                following.lower.endswith(("ed", "en"))
                or is_finite(scene, verb + 1)
                or following.lower in _WAS
            )
        return False
    numbers = [
        q
        for q in passage.quantities
        if clause.span.start <= q.span.start < clause.span.end
        and q.kind in ("count", "percent", "money", "bare")
    ]
    return not (len(numbers) >= 2 and passage.kind != "item" and not turns)


def _say(
    scene: Scene,
    passage: Passage,
    clause: Clause,
    verb: int,
    here: list[DatePhrase],
) -> None:
    end = clause.span.end
    while end > clause.span.start and scene.text[end - 1] in ".;,: ":
        end -= 1
    start = scene.tokens.starts[verb]
    spoken = Span(start, end)
    first = scene.tokens.between(*clause.span)
    if here and here[0].span.end <= start and here[0].span.start - clause.span.start < 14:
        whole = Span(clause.span.start, end)
    elif _leads(clause):
        whole = spoken
    else:
        whole = Span(scene.tokens.starts[first.start], end)
    if spoken.end - spoken.start < 8 or whole.end - whole.start > 400:
        whole = Span(whole.start, min(whole.end, whole.start + 400))
    here = [d for d in here if not _of_law(scene, passage, d)] or here
    times: list[tuple[str | None, tuple[Span, ...]]]
    if here:
        best = min(here, key=lambda d: abs(d.span.start - start))
        times = [
            (d.edtf, tuple(s for s in d.evidence if not whole.contains(s)))
            for d in _listed_with(scene, here, best)
        ]
    else:
        times = [when_of(scene, passage, whole, is_open=False)]
    if _of_kin(scene, passage, clause, start):
        return
    actors = whose(scene, passage, clause, start)
    told = Span(_told_from(scene, passage, clause, start, actors), spoken.end)
    if all(actor.kind == "topic" for actor in actors) and _ONLY_SAYS.match(scene.text, *told):
        return  # "said an official on Thursday"
    value = TextValue(text=plain(scene, Span(told.start, min(told.end, told.start + 300))))
    for actor in actors:
        for when, more in times:
            scene.state(actor, "event", value, whole, *more, when=when, claims=[d.span for d in here])


def _listed_with(scene: Scene, dates: list[DatePhrase], first: DatePhrase) -> list[DatePhrase]:
    """Return a date and those that are listed behind it: "amended in 1999, 2004 and again in 2007" happened three times."""
    listed = [first]
    for date in dates:
        if date.span.start >= listed[-1].span.end and _LISTED.fullmatch(
            scene.text, listed[-1].span.end, date.span.start
        ):
            listed.append(date)
    return listed


_LISTED = lazy(r"(?:, |,? and )(?:again |then |once more |most recently |finally )?(?:(?:in|on) )?")


def _of_law(scene: Scene, passage: Passage, date: DatePhrase) -> bool:
    """Whether a year is part of a law's name: "the Marriage Act 1980 was amended in 1988"."""
    return any(
        c.kind == "law" and _OWN.fullmatch(scene.text, c.span.end, date.span.start)
        for c in scene.chunks[passage.index]
    )


_OWN = lazy(r",? (?:of )?\(?")


def _of_kin(scene: Scene, passage: Passage, clause: Clause, start: int) -> bool:
    """Whether the clause is about an unnamed relative ("his father was accused"), who is not the entry's person."""
    sentence = passage.sentence_at(start)
    since = max(
        (s.span.end for s in scene.said[passage.index] if s.is_subject and s.span.end <= start), default=0
    )
    begin = max(sentence.start, clause.span.start - 110, since)
    words = [scene.tokens.lowers[i] for i in scene.tokens.between(begin, start)]
    return any(
        word in ("his", "her", "their") and any(w in scene.lexicon.kin for w in words[i + 1 : i + 3])
        for i, word in enumerate(words)
    )


def _told_from(scene: Scene, passage: Passage, clause: Clause, start: int, actors: tuple[Actor, ...]) -> int:
    """Return where the words of the happening begin: at the verb where its subject is the claim's, else at the subject."""
    said = [s for s in scene.said[passage.index] if clause.span.start <= s.span.start < start]
    if any(s.actor in actors and s.is_subject for s in said):
        return start
    dates = [d.span for d in passage.dates]
    for index in scene.tokens.between(clause.span.start, start):
        token = scene.tokens[index]
        leads = token.lower in ("in", "on", "at", "by") and any(0 <= d.start - token.end <= 1 for d in dates)
        if leads or token.lower in _OPENERS or any(d.start <= token.start < d.end for d in dates):
            continue
        return token.start
    return start


def _leads(clause: Clause) -> bool:
    return clause.opening in _LEAD and clause.verb is not None


def _nominal(scene: Scene, passage: Passage, clause: Clause, dates: list[DatePhrase]) -> list[DatePhrase]:
    """State what a noun tells with its date ("after revision in 1978"); return the dates that no noun has taken."""
    left = list(dates)
    for match in _NOMINAL.find(scene, clause.span) if dates else ():
        date = next((d for d in left if 0 <= d.span.start - match.end() <= 12), None)
        if date is None or scene.is_claimed(date.span):
            continue
        verb = scene.tokens.starts[clause.verb] if clause.verb is not None else -1
        if verb > date.span.end and not re.search(
            r"\b(?:after|before|since|following|until|during)\s+(?:[\w-]+\s+){0,2}$",
            scene.text[clause.span.start : match.start()],
        ):
            continue
        if 0 <= verb < match.start() and not re.search(
            r"\b(?:after|before|following)\s+(?:[\w-]+\s+){0,2}$",
            scene.text[clause.span.start : match.start()],
        ):
            continue
        left.remove(date)
        span = Span(match.start("noun"), date.span.end)
        law = latest(scene, passage) if match["noun"].split()[0] in _OF_LAWS else None
        for actor in (law,) if law is not None else about(scene, passage, clause, match.start()):
            more = [s for s in date.evidence if not span.contains(s)]
            scene.state(
                actor,
                "event",
                TextValue(text=plain(scene, span)),
                span,
                *more,
                when=date.edtf,
                claims=[date.span],
            )
    return left
