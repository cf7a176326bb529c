"""Verbs of movement in languages other than English: where their subject stands, their other half, what denies them.

    Im August schwamm [Jürgen Pohl] durch die Havel      the subject behind the verb
    traf am 3. Mai mit seiner Frau in Ulm [ein]          without its other half it only meets
    [atravessou os Pirenéus]                             a border, river or mountain is crossed
    kam [nie] an, non arrivò [mai], [wollte] fliehen     denied, or only wished

Which words are verbs of flight is told by the lexicon (`flight_abroad.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from regesta.extraction.enumeration import row_after
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.text.span import Span

__all__ = ["CROSSES", "PARTED", "inverted", "is_of_another", "is_unreal_abroad"]

_BREAKS = frozenset(",;.–:")
_IN_AT_LAST = re.compile(r"\bein(?=\s*[,.;:)]|\s+und\b)")
_OFF_AT_LAST = re.compile(r"\bab(?=\s*[,.;:)]|\s+und\b|$)")
_TO_FLEE = re.compile(r"\bzur (?:Flucht|Ausreise)\b")
_FLIGHT = re.compile(
    r"\b(?:Flucht|Durchbruch|Grenzübertritt|Ausreise)\b|\bzu (?:fliehen|flüchten|entkommen|gelangen|fahren|schwimmen)\b|\bzu über\w+"
)
_ON_AT_LAST = re.compile(r"\b(?:aan|naar|over|binnen|terecht|in [A-Z])")
_GOES_ON = re.compile(
    r"(?<=iehen|chten|anden) (?:[^\W\d_]+ ){0,4}?(?:am|im|in|nach|aus|über|mit|an|auf|von|vor) \S"
)
"""What stands behind a verb in the present, and behind no infinitive, which ends its clause: "wir fliehen | nach Ulm"."""
PARTED: Mapping[str, re.Pattern[str]] = {
    "fliehen": _GOES_ON, "flüchten": _GOES_ON, "landen": _GOES_ON,
    "setzte sich": _OFF_AT_LAST, "setzten sich": _OFF_AT_LAST, "setzt sich": _OFF_AT_LAST, "setzen sich": _OFF_AT_LAST,
    "nutzt": _TO_FLEE, "nutzte": _TO_FLEE, "nutzten": _TO_FLEE, "traf": _IN_AT_LAST, "trafen": _IN_AT_LAST, "gelang": _FLIGHT, "glückte": _FLIGHT, "kwam": _ON_AT_LAST, "kwamen": _ON_AT_LAST,
}  # fmt: skip
"""Verbs whose other part stands later in the clause and makes the arrival: "traf Otto Lemke ein", "gelang die Flucht"."""

CROSSES = re.compile(
    r"(?:pas[sóò]|cruz|atrav|attrav|travers|franch|überqu|überschr|varc|overst|przekr|przep)\w*\s"
    r"(?:(?:la|le|el|los|las|les|il|lo|o|os|as|a|die|den|das|de|het|l')\s?)?"
    r"(?:(?:fronti|fronte|frontera|fronteira|confin|r[ií]o\b|fiume|fleuve|col\b|canal|mar\b|mer\b|mare\b|Grenz|Fluss|Donau|Elbe|Rhein|grens|granic|rzek|montañ|montagn|Pir[ei]n|Pyr[eé]n|Alp|Bidasoa|Minho|Danub|Dunaj|Manche|estrecho|stretto|Ärmelkanal|Ostsee))"
    r"|(?:ging(?:en)?|geht|gehen)\s(?:[^\W_]+ ){0,4}?ins (?:[a-zäöüß]+ )?Exil\b"
    r"|(?:march(?:ó|aron)|fue|fueron|sal(?:ió|ieron)|part(?:ió|ieron)|obligad[oa]s?|forzad[oa]s?)\s(?:(?:hacia|rumbo|camino) )?(?:al|a un|el) exilio\b"
    r"|(?:partit|partirent|parti(?:e|s|es)?|contrainte?s?|forcée?s?)\s(?:en |à l'|à un )exil\b"
    r"|(?:andò|andarono|costrett[oaie])\s(?:in |all'|a un )esilio\b|(?:foi|foram|partiu|partiram|forçad[oa]s?|obrigad[oa]s?)\s(?:para o|ao) exílio\b"
)
"""A border, river or mountain is crossed, or somebody goes into exile, in other languages."""


_TO_SUBJECT = re.compile(
    r"\s+(?:(?:der|die|das|auch|dann|endlich|schließlich|el|la|lo|il|le|les|los|las|o|a|os|as|de|het|su|seu|sua|suo|son|sa|seine?|ihre?|zijn|haar|jego|jej|ook|też|również|don|doña|broers|zussen|hermanos|hermanas|irmãos|irmãs|frères|sœurs|époux|esposos|[a-zà-ž]{4,}[eaoiry]|[A-ZÄÖÜ][a-zäöüß]+|[а-яёіїєґ]{3,})\s+){0,3}"
)


_BEFORE_DATES = re.compile(r"\s(?:im|am|in|en|el|le|il|nel|em|op|w|dnia|в|у)\s+(?=\s)")


def inverted(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> tuple[Actor, ...]:
    """Return who stands right behind the verb, in languages whose subject may: "Im August schwamm Jürgen Pahl durch"."""
    if scene.language is None:
        return ()
    said = [s for s in scene.people_in(passage, sentence) if s.form == "name"]
    if any(s.span.end <= verb.start for s in said):
        return ()
    first = next((s for s in said if s.span.start >= verb.end), None)
    if first is None:
        return ()
    between = scene.text[verb.end : first.span.start]
    for date in passage.dates:  # "floh im April 1963 Otto Lemke"
        if verb.end <= date.span.start and date.span.end <= first.span.start:
            between = between.replace(date.span.of(scene.text), " ")
    between = _BEFORE_DATES.sub(" ", between) if len(between) != first.span.start - verb.end else between
    if not _TO_SUBJECT.fullmatch(between):
        return ()
    row = [s.actor for s in row_after(scene, passage, verb.end, sentence.end)]
    return tuple(row) if row and row[0] is first.actor else (first.actor,)


_RELATIVE = re.compile(
    r"(?P<noun>[^\W\d_]+)(?P<gap>,? )(?:die|welche|que|quienes|qui|che|którzy|które|którzy|которые)(?: [^\s,;.:()]+){0,12} $"
)
_MANY_DO = re.compile(
    r"[^\W\d_]*(?:aron|ieron|yeron|èrent|irent|urent|aient|aram|eram|iram|arono|irono|erono|evano|avano|aban|ían|flohen|chteten|langten|reichten|kamen|tkamen|rierten|deten|li|ły|ли)\b"
    r"|(?:han|ont|sont|hanno|sono|foram|fueron|furono|furent|haben|sind)\b"
)
_MANY = re.compile(r"[a-zà-ž]{3,}(?:s|x|i|e|en|n|ów|y|ы|и)$|[A-ZÄÖÜ][a-zäöüß]+(?:en|er|n|s|e)$")
"""How plurals end, in one language or another."""
_SAYING = frozenset("dice dicen hace antes después desde luego para entonces además aunque mientras".split())
_BEFORE_VERB = re.compile(r"(?:^|\s)(?P<noun>[a-zà-ž]{4,}(?:s|i|e|x|ów)) $")
_ALL_OF_THEM = frozenset(
    "todos todas ambos ambas ellos ellas juntos juntas después entonces además tous toutes elles alors puis ensemble tutti tutte entrambi entrambe "
    "infine insieme eles elas depois então onde donde dove quando cuando mais pero sempre siempre anche inoltre wszyscy oboje".split()
)
"""Words before a verb that are no noun which could be its subject."""
_VESSEL = re.compile(
    r"(?:(?P<before>[^\W\d_]+)\s|,\s)(?:el|la|los|las|un|una|le|les|une|il|lo|o|os|um|uma|der|die|das|ein|eine|het|een|de)\s(?:[a-zà-ž]+\s)?(?P<noun>[^\W\d_]+)"
)
_ABOARD_WORDS = frozenset(
    "en a con por de desde sobre dans à sur par avec du bordo bord auf mit an in im am su da di con nel no na num numa em do da pelo com op met aan van sul dal del al".split()
)
_THING_OPENS = re.compile(
    r"(?:[^,.;:]{0,40},\s)?(?:El|La|Los|Las|Le|Les|Il|Lo|O|A|Os|As|el|la|los|las|le|les|il|lo|o|os|as)\s(?P<noun>[^\W\d_]+)(?:\s(?P<name>[A-ZÀ-Ž][\w'-]*(?:\s[A-ZÀ-Ž][\w'-]*)?))?\s(?:(?:ya|se|no|también|había|habían|avait|est|era|è|foi|tinha)\s)*$"
)


def is_of_another(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> bool:
    """Whether who or what moves is no person of the scene, as the words of another language show.

    "die Familien, die 1979 flohen", "los españoles que huyeron": whoever the clause is about, not who was named before;
    "llegó al puerto el buque", "El Orinoco llegó": a vessel.
    """
    if scene.language is None:
        return False
    text = scene.text
    said = [s for s in scene.people_in(passage, sentence) if s.form != "pronoun"]
    if (behind := _RELATIVE.search(text, sentence.start, verb.start)) is not None:
        at = behind.start("noun")
        is_somebody = any(s.span.start <= at < s.span.end or s.span.end == behind.end("noun") for s in said)
        is_plural = _MANY_DO.match(text, verb.start) and _MANY.match(behind["noun"])
        if not is_somebody and is_plural and behind["noun"] not in _SAYING:
            return True
    if (many := _BEFORE_VERB.search(text, sentence.start, verb.start)) is not None:
        noun = many["noun"]
        is_somebody = any(s.span.start <= many.start("noun") < s.span.end for s in said)
        if not (is_somebody or noun in _ALL_OF_THEM or noun.endswith("mente")) and _MANY_DO.match(
            text, verb.start
        ):
            return True  # "medio millón de campesinos cruzaron"
    if any(s.span.end <= verb.start for s in said):
        return False
    for match in _VESSEL.finditer(text, verb.end, min(sentence.end, verb.end + 90)):
        if (
            match["noun"].lower() in scene.lexicon.vehicles
            and (match["before"] or "").lower() not in _ABOARD_WORDS
        ):
            return True
    opens = _THING_OPENS.fullmatch(text, sentence.start, verb.start)
    if opens is None:
        return _is_ahead(scene, passage, sentence, verb)
    return opens["noun"].lower() in scene.lexicon.vehicles or (
        opens["noun"][0].isupper() and opens["name"] is None
    )


def _is_ahead(scene: Scene, passage: Passage, sentence: Span, verb: Span) -> bool:
    """Whether all whom the entry is about are first named behind the verb, and not where a main clause begins."""
    entry = scene.entry_of[passage.index]
    firsts = [a.first for a in entry.principals if a.mentions] if entry else []
    return bool(firsts) and all(
        first.start >= verb.end
        and not (first.start < sentence.end and scene.text[first.start - 2 : first.start] == ", ")
        for first in firsts
    )


_UNREAL_ABROAD: Mapping[str, tuple[frozenset[str], re.Pattern[str]]] = {
    code: (frozenset(before.split()), re.compile(rf"\b(?:{behind})\b"))
    for code, before, behind in (
        ("es", "no nunca jamás quiso quería quisieron intentó intentaron pensaba", "nunca|jamás"),
        (
            "fr",
            "ne n jamais voulait voulut voulaient tenta tentèrent tenté essaya essayé",
            "jamais|(?<!ne )pas",
        ),
        ("it", "non mai voleva volle cercò provò tentò tentarono", "mai"),
        ("pt", "não nem nunca queria quis tentou tentaram", "nunca"),
        (
            "de",
            "nicht nie niemals wollte wollten sollte sollten versuchte versuchten konnte",
            "nicht(?! mehr)|nie|niemals",
        ),
        ("nl", "niet nooit wilde wilden probeerde probeerden kon", "niet(?! meer)|nooit"),
        (
            "ru",
            "не никогда хотел хотела хотели пытался пыталась пытались ні ніколи хотів хотіла хотіли якби если бы чтобы",
            "бы",
        ),
        ("pl", "nie nigdy chciał chciała chcieli próbował próbowała próbowali", "nigdy"),
    )
}
"""By language: words before a verb that deny or only wish it, and words behind it: "kam nie an", "non arrivò mai"."""


def is_unreal_abroad(scene: Scene, words: range, index: int) -> bool:
    """Whether a verb in another language is denied or only wished: "n'arriva jamais", "wollte 1953 fliehen", "kam nie an"."""
    before, behind = _UNREAL_ABROAD.get((scene.language or "")[:2], (frozenset(), None))
    for step in range(index - 1, max(words.start, index - 4) - 1, -1):
        if not _BREAKS.isdisjoint(scene.text[scene.tokens.ends[step] : scene.tokens.starts[step + 1]]):
            break
        if scene.tokens.lowers[step] in before:
            return True
    verb = scene.tokens[index]
    if behind is None or verb.lower.startswith("n'"):
        return behind is not None
    match = behind.search(scene.text, verb.end, min(scene.tokens.ends[words[-1]], verb.end + 60))
    return match is not None and _BREAKS.isdisjoint(scene.text[verb.end : match.start()])
