"""What Korean sentences tell of people: `arrival`, `death`, `birth` and `role`.

    matches          "1983년 2월 5일 배를 타고 귀순한 한가람 대위"  ·  "한가람은 2008년 탈북해 2010년 한국에 입국했다"
    must not match   "귀순 의사를 밝혔다"  ·  "탈북을 시도했다"  ·  "2010년 입국한 탈북민은 2,400명이다"

The verb stands last: whose it is has been said before it with a mark of the subject, or follows at once where the verb only
describes ("귀순한 한가람"). What has no sign of a person (`hangul.py`) is not told of.
"""

from __future__ import annotations

from regesta.dates import DatePhrase
from regesta.extraction.dating import POINT_KINDS
from regesta.extraction.hangul import TITLE, has_hangul
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Said, Scene
from regesta.model import DateValue, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["told_in_hangul"]

_REAL = r"(?:했|하였|해(?![가-힣]{0,2}[자진])|하며|하면서|한(?= )|한(?= )|함|(?= ?[.\n]|$))"
_FLED = lazy(
    rf"(?P<coming>(?:입국|도착|상륙){_REAL}|(?:남한|한국|대한민국)(?:에|으로|로) (?:(?:망명|귀순)(?:하는 데 성공|에 성공)?{_REAL}|들어왔|들어온(?= )))"
    rf"|(?P<flight>(?:귀순|망명|월남|탈북|탈출|귀환)(?:하는 데 성공|에 성공)?{_REAL})"
    r"|(?P<over>(?:넘어|건너|몰고|타고|내려) ?(?:왔|와|온(?= )))"
)
_UNREAL = lazy(r"[^.]{0,6}?(?:지 (?:못|않)|다는 (?:의혹|소문)|고 싶|려)")
_DIED = lazy(
    r"사망했|사망하였|사망한(?= )|숨졌|숨진(?= )|숨을 거[뒀두]|별세|처형(?:됐|되었|당했)|세상을 (?:떠|등)"
)
_BORN = lazy(r"태어났|태어난(?= )|태어나|출생했|출생(?=[.,\n)]|$)")
_TURNS = lazy(r"(?:했고|였고|됐고|었고|했으며|했지만|했으나|그 ?후|이후|다가)[, ]")
"""After them a date of the clause before says nothing of the verb."""
_TOPIC = lazy(r"(?<![가-힣])(?P<word>[가-힣]{1,10})(?:은|는|이|가)(?= )")
_HE = frozenset("그 그녀 당시 지난 같 오 가 있 없 하 되 받 많 작 높 낮 젊 다른 이 또 모두 함께".split())
"""What stands before such a mark and is no other person: "그는", and ends of verbs."""
_WHERE = lazy(r"(?P<place>[가-힣]{2,9}?)(?:에|으로|로) (?:집단 |무사히 |안전하게 |바로 |다시 )?$")
_PLACES = ("국", "시", "군", "항", "섬", "한")
"""Ends of the names of countries, towns and ports."""
_ABOUT = 30
"""Code points from a verb that describes to the name of whom."""
_MANY = 500
_MONTH = len("1997-02")
_ROLE_BEHIND = lazy(rf" (?P<role>(?:[가-힣A-Za-z·]+ ){{0,2}}?{TITLE})(?![가-힣]*(?:들|단)(?![가-힣]))")
_ROLE_BEFORE = lazy(
    rf"(?P<role>(?:(?<![가-힣0-9])[가-힣A-Za-z·]+ ){{0,2}}(?<![가-힣0-9])(?:[가-힣]*?){TITLE})(?P<was>이었던|이던|였던|이자|인|출신)? $"
)
_OF_WHAT = lazy(r" ?(?:사건|것|일이|사실|사례|경우|가운데|뒤|후|이후)")
"""What a verb describes when it tells of the people before it: "4명이 귀순한 [사건]"."""
_PARTS = frozenset("은는이가을를에의와과로도며고서면한된던")
_NOUN = lazy(r"(?P<noun>[가-힣]{2,12}) $")


def told_in_hangul(scene: Scene) -> None:
    """State when people of Korean sentences came, were born and died, and what they were."""
    if not has_hangul(scene):
        return
    comings: list[tuple[Actor, DatePhrase, Span, str | None, bool]] = []
    fugitives: set[int] = set()
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        for sentence in passage.sentences:
            for match in _FLED.finditer(scene.text, *sentence):
                if _UNREAL.match(scene.text, match.end(), sentence.end):
                    continue
                verb = Span(*match.span())
                who = _who(scene, passage, sentence, verb) or _party(scene, passage, sentence, verb)
                if who is None:
                    continue
                if match["coming"] is None:
                    fugitives.add(id(who))
                date = _date(scene, passage, sentence, verb)
                if date is not None:
                    comings.append(
                        (who, date, verb, _place(scene, sentence, verb), match["coming"] is not None)
                    )
            for pattern, predicate in ((_DIED, "death"), (_BORN, "birth")):
                for match in pattern.finditer(scene.text, *sentence):
                    _life(scene, passage, sentence, Span(*match.span()), predicate)
        _roles(scene, passage)
    _state_comings(scene, comings, fugitives)


def _state_comings(
    scene: Scene, comings: list[tuple[Actor, DatePhrase, Span, str | None, bool]], fugitives: set[int]
) -> None:
    """State one arrival each: a coming to the country before a flight of which the place is not said."""
    best: dict[int, tuple[Actor, DatePhrase, Span, str | None, bool]] = {}
    for told in comings:
        who, date, _, _, came = told
        size = who.size or 1
        if not who.is_named and (size > _MANY or len(date.edtf or "") < _MONTH):
            continue  # a figure of a year, not a party
        if id(who) in fugitives and (id(who) not in best or (came and not best[id(who)][4])):
            best[id(who)] = told
    for who, date, verb, where, _ in best.values():
        if any(fact.predicate == "arrival" for fact in scene.facts_of(who)):
            continue
        scene.state(
            who,
            "arrival",
            DateValue(edtf=date.edtf or ""),
            date.span.cover(verb),
            *date.evidence,
            when=date.edtf,
            where=where,
        )


def _who(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> Actor | None:
    """Return the one person whose verb it is, where the words tell."""
    named = [s for s in scene.said[passage.index] if s.actor.kind == "person" and s.form == "name"]
    if verb.of(scene.text).endswith(("한", "온", "진", "난")):
        behind = next((s for s in named if 0 < s.span.start - verb.end <= _ABOUT), None)
        return behind.actor if behind is not None and _leads(scene, verb, behind) else None
    own = [s for s in named if sentence.start <= s.span.start and s.span.end <= verb.start and s.is_subject]
    others = [
        m.start() for m in _TOPIC.finditer(scene.text, sentence.start, verb.start) if m["word"] not in _HE
    ]
    if own:
        behind_it = [at for at in others if at >= own[-1].span.end + 24]
        return None if behind_it and _people_counted(passage, own[-1].span.end, verb.start) else own[-1].actor
    if others or _people_counted(passage, sentence.start, verb.start):
        return None
    before = [s for s in named if s.span.end <= sentence.start and s.is_subject]
    return before[-1].actor if before and len({id(s.actor) for s in before[-2:]}) == 1 else None


def _people_counted(passage: Passage, start: int, end: int) -> bool:
    return any(q.unit == "person" and start <= q.span.start < end for q in passage.quantities)


def _leads(scene: Scene, verb: Span, named: Said) -> bool:
    """Whether only words of what somebody is stand between: "귀순한 [북한군 장교] 한가람"."""
    gap = scene.text[verb.end : named.span.start].split()
    return all(word[-1] not in _PARTS or word.endswith(("출신의", "출신인")) for word in gap)


def _party(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> Actor | None:
    """Return the people that a number counts and whose verb it is: "[어민 4명이] 배를 타고 귀순했다"."""
    counted: list[Quantity] = [
        q
        for q in passage.quantities
        if q.unit == "person"
        and q.number
        and sentence.start <= q.span.start
        and q.span.end <= verb.start
        and scene.text[q.span.end : q.span.end + 1] in ("이", "은", "가", "도")
    ]
    adnominal = verb.of(scene.text).endswith(("한", "온"))
    if not counted or (adnominal and not _OF_WHAT.match(scene.text, verb.end)):
        return None
    quantity = counted[-1]
    noun = _NOUN.search(scene.text, sentence.start, quantity.span.start)
    if noun is None or noun["noun"][-1] in _PARTS:
        return None
    span = Span(noun.start(), quantity.span.end)
    held = next((s for s in scene.said[passage.index] if s.span.overlaps(span)), None)
    if held is not None:
        return held.actor if held.actor.kind == "group" else None
    number = int(quantity.number or 0)
    actor = scene.unnamed(
        "group" if number > 1 else "person", noun["noun"], size=number, is_plural=number > 1
    )
    scene.say(passage, span, actor, "description", is_subject=True)
    return actor


def _date(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> DatePhrase | None:
    """Return the last date before the verb that goes with it."""
    before = [
        d
        for d in passage.dates_in(sentence)
        if d.edtf and d.kind in POINT_KINDS and ".." not in d.edtf and d.span.end <= verb.start
    ]
    if not before or _TURNS.search(scene.text, before[-1].span.end, verb.start):
        return None
    return before[-1]


def _place(scene: Scene, sentence: Span, verb: Span) -> str | None:
    match = _WHERE.search(scene.text, max(sentence.start, verb.start - 20), verb.start)
    return match["place"] if match and match["place"].endswith(_PLACES) else None


def _life(scene: Scene, passage: Passage, sentence: Span, verb: Span, predicate: str) -> None:
    who = _who(scene, passage, sentence, verb)
    date = _date(scene, passage, sentence, verb)
    if who is None or date is None or any(f.predicate == predicate for f in scene.facts_of(who)):
        return
    scene.state(
        who,
        predicate,
        DateValue(edtf=date.edtf or ""),
        date.span.cover(verb),
        *date.evidence,
        when=date.edtf,
        claims=[date.span],
    )


def _roles(scene: Scene, passage: Passage) -> None:
    """State what is said beside a name: "한가람 통일부 대변인", "무역회사 지배인이었던 한가람"."""
    for said in scene.said[passage.index]:
        if said.form != "name" or said.actor.kind != "person":
            continue
        behind = _ROLE_BEHIND.match(scene.text, said.span.end, passage.span.end)
        before = _ROLE_BEFORE.search(
            scene.text, max(passage.span.start, said.span.start - 36), said.span.start
        )
        span = Span(*behind.span("role")) if behind else Span(*before.span("role")) if before else None
        if span is None:
            continue
        words = span.of(scene.text).split()
        while len(words) > 1 and words[0][-1] in _PARTS:
            span = Span(
                span.start + scene.text[span.start : span.end].index(words[1], len(words[0])), span.end
            )
            words = words[1:]
        if any(word[-1] in _PARTS and len(word) > 1 for word in words[:-1]):
            continue
        text = " ".join(words)
        if not any(
            f.predicate == "role" and f.value == TextValue(text=text) for f in scene.facts_of(said.actor)
        ):
            scene.state(said.actor, "role", TextValue(text=text), said.span.cover(span))
