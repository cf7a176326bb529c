"""How plainly words say that somebody came to stay: verbs by what follows them, and phrases that are no verbs of flight.

landed in Lisbon      5    a verb of arriving              asked for asylum on ...   3.4  already there, says the place
followed in 1976      4.8  to where others were            fled to Kenya in 1994     3.5  a flight with its goal
moved to Princeton    4.2  a later change of place         fled in 1994              3    a flight without one

came to power · joined the party · entered the water · appeared in print · took refuge in the embassy · came home      0
"""

from __future__ import annotations

import re

from regesta import places
from regesta.extraction.cues import Cue, words_of
from regesta.extraction.goals import LEFT_COUNTRY_FOR
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = [
    "ABOARD",
    "ACROSS",
    "BROUGHT",
    "CARRIED",
    "CARRIED_MANY",
    "CLIMBED_OUT",
    "FETCHED",
    "FOLLOWED",
    "FOUND",
    "IN_EXILE",
    "LIVES",
    "MET",
    "OVER",
    "OVER_BORDER",
    "PATTERN_VERBS",
    "PLAIN",
    "PRESENT",
    "RECOGNISED",
    "STAYED_AWAY",
    "changes_place",
    "plainness",
]

PLAIN = 4.3
"""From this weight on a place says plainly that somebody came."""

_DEFECTED = 4.25
"""Of a defection without a place: plainer than moving house."""
_TO_VERB = re.compile(r"\s+to (?!the\b|a\b|an\b|his\b|her\b|their\b|this\b)[a-z]")
_CAME_OTHERWISE = re.compile(
    r"\s+(?:home|aboard|back|up|out of (?:the |a |an |his |her )?(?:[a-z-]+ )?(?:camp|prison|jail|gaol|hospital|cell|army|detention|hiding)\b|down(?! (?:on|in|at|near|outside|among)\b)|for|of age|out (?:openly|publicly|against|in (?:favou?r|support|opposition))|openly|first|second|third|true|close|near|along|on board|under (?!the)"
    r"|before (?:us\b|(?:[\w'-]+ ){0,4}(?i:judges?|courts?|tribunals?|panel|magistrate|adjudicator|committee|board)\b)"
    r"|from\b(?![^.;,]{0,60}\bto\b|\s[A-Z][\w'-]+(?: [A-Z][\w'-]+)? (?:on|in) (?:(?:early|late|mid) )?(?:\d|[JFMASOND][a-z]+ \d))"
    r"|into (?:force|use|being|effect|view|power|contact)|in (?:first|second|third)|to (?:power|an end|terms|nothing|light|mind|the throne|a halt|rest))"
)
_SOMEBODY = re.compile(r"\s+(?:up with )?(?:him|her|them|(?:his|her|their) [a-z]+)\b")
_TO_THEM = re.compile(
    r" (?:out |over |across )?to (?:him|her|them|(?:his|her|their) (?:father|mother|parents|husband|wife))\b"
)
_COMMON_OBJECT = re.compile(
    r"\s+(?:the|a|an|his|her|their) (?!(?:country|west|city|town|port|capital|border|frontier|harbou?r|airport|island|isle|shore|coast|camp|kingdom|"
    r"river|lake|bay|colony|settlement|province|district|valley|camp|united|free|republic|station|village|mainland|other side|refuge)\b)[a-z]"
)
_NEEDS_PLACE = frozenset(
    (
        "appeared",
        "surfaced",
        "emerged",
        "put in",
        "pulled in",
        "rescued",
        "came out",
        "ejected",
        "showed up",
        "appears",
    )
)
_INSTITUTION = re.compile(
    r"[^.;,]{0,60}\b(?:embassy|consulate|legation|monastery|church|nunciature|mission)\b", re.IGNORECASE
)
_CONFINED = re.compile(
    r"\s+(?:(?!to\b)[\w']+\s){0,3}?(?:in|im|ins|en|em|au|à|a|w|into|na|nella?)\s+(?:the |la |el |a |o )?(?:prison|jail|gaol|custody|hospital|Gefängnis|Haft|Lazarett|cárcel|carcere|prigione|prisão|cadeia|gevangenis|więzieni)"
)
"""Where nobody comes to stay: "landed in jail"."""
_ON_AIR = re.compile(
    r" (?:again |live )?(?:on|in) (?:[a-z-]+ ){0,3}(?:television|TV|radio|stage|court|public|film|print|trial)\b"
)
"""Where somebody is seen who has not come for it: "appeared on state television in Oruro"."""
_STATION = re.compile(
    r"(?:walked|stepped|climbed|got|came|stumbled)\s+(?:out of|down from|off|from) (?:the |a )?(?:[a-z-]+ ){0,2}(?:station|airport|ferry|train|aeroplane|airplane|plane|jet|boat|ship|terminal)\b"
)
_FOR_COUNTRY = re.compile(
    r" for (?:the )?(?:[A-Z][\w'-]+ )+(?:in|at the end of) (?:[a-z]+ )?(?:[A-Z][a-z]+ )?\d{4}"
)
"""Where somebody leaves for who is not said to have gone elsewhere: "left for West Germany in 1968"."""
_LEFT_COUNTRY = re.compile(r"\s+(?:for|the country|(?:his|her|their) (?:country|homeland))\b")
_FLED = (
    "fled",
    "escap",
    "defect",
    "emigrat",
    "exile",
    "flee",
    "jumped ship",
    "deserted",
    "got away",
    "got out",
    "was let out",
    "were let out",
    "was brought out",
    "were brought out",
    "slipped",
    "swum",
    "huy",
    "se exili",
    "emigr",
    "émigr",
    "s'en",
    "fug",
    "floh",
    "flücht",
    "entka",
    "swam",
)
_LEAVING_ABROAD = (
    "part", "est part", "sont part", "a quitt", "ont quitt", "quitt", "verließ", "sali", "seguiu", "embarcou", "wyjech", "abandon", "fue expuls", "fueron expuls",
    "fut expuls", "furent expuls", "wurde", "wurden",
)  # fmt: skip
"""Verbs of leaving in other languages, which say nothing of coming."""
_CROSSED = re.compile(
    r"\s*(?:,? ?the (?:[\w-]+ )?(?:border|frontier|river|line|wall|strait|sea)|the [A-Z][\w-]+|into|to|over to)\b"
)
_OTHER_WAY = re.compile(r"[^.;,]{0,30}?\bthe (?:other way|opposite direction)\b")
_AFOOT = ("waded", "swam", "rowed", "paddled", "walked", "rode", "crawled", "drove", "skied", "slipped")
_OVER = re.compile(
    r"\s+(?:[a-z]+ )?(?:through|across|over|under) (?:the )?(?:[\w-]+ )?(?:border|frontier|river|wire|fence|line|strait|channel|Rhine|Danube|Elbe|Mekong)\b"
)
_BY_CAPTORS = re.compile(
    r"\s+by (?:the |a |two |three )?(?:[\w-]+ )?(?:police(?:men)?\b(?! (?:boat|launch|cutter))|soldiers|militia\w*|Taliban|security|(?:border )?guards?|gendarmes?|army|troops|agents?|Gestapo|Stasi|KGB|NKVD|rebels)\b"
)
"""Who picks people up to hold them."""
_RIVER = re.compile(r"\s+the (?:[a-z]+ )?(?:[A-Z][\w'-]+|river|canal|strait)\b")
_CROSSED_WHEN = re.compile(r"\s*(?:on|in|at|during|that|the same|the next|the following)\b")
_FOR = re.compile(r"\s+(?:away |out )?for\b")
"""What makes sailing a departure: the goal is not reached yet."""
_NO_FLIGHT = (
    "disappear",
    "vanish",
    "went missing",
    "set ",
    "sets ",
    "quit",
    "brib",
    "was freed",
    "was released",
)
_PASSIVE = (
    "s'install",
    "se instal",
    "se radic",
    "se estab",
    "se traslad",
    "si trasfer",
    "s'établ",
    "si stabil",
    "instalou",
    "siedelte",
    "was t",
    "were t",
    "was b",
    "were b",
    "settl",
    "start",
    "beg",
    "built",
    "move",
    "relocat",
)
_WHERE = re.compile(r"\bwhere (?:(?:his|her|their) )?[^,.;]{2,40}$")
"""What has named the place: "to Canada, where her brother had settled"."""
_ASYLUM = re.compile(r"[^.;,]{0,30}\b(?:asylum|refugee status) (?:in|by) (?:the )?[A-Z]")
"""What is granted to who is there already: it dates the coming where nothing else does."""
_TAKEN_IN = re.compile(r"asyl|asil[eo]|azyl|убежищ|притул")
_NO_ASYLUM = re.compile(r"\s+(?:by|into|as|with|an?|the|no|his|her|their|\d|word|news|help|aid|from)\b")
"""What is received, or how, where nobody comes to stay."""
_RIDING = ("went", "goes", "walked", "drove", "put in", "flew", "sailed")
_BEFORE_VERB = frozenset("they we to and will he she who".split())

CARRIED = re.compile(
    r"\b(?:took|brought|flew|carried|towed|drove|rowed|ferried|landed|put|guided|led|smuggled|set) (?P<whom>him|her|them|me|us|[A-Z][\w'-]+)"
    r"(?: (?:ashore|safely|back|on|up|down|off|aboard|aboard and))? (?:to|into|at|in|ashore at|ashore in) (?:the (?:port|island|harbour|town) of )?(?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
"""Somebody is taken to a place; `whom`, `place`."""
CARRIED_MANY = re.compile(
    r"\b(?:took|brought|flew|carried|towed|drove|ferried|landed|put|guided|led) (?P<whom>(?:the|all|its) (?:[a-z]+ )?(?:survivors|passengers|refugees|others|rest|men|women|children|crew|family|two|three|four|five|six))"
    r"(?:, (?P<among>[^.;]{3,60}) among them,)?(?: (?:ashore|safely|on))? (?:to|into|ashore at|ashore in) (?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
)
"""Many are taken to a place, some of them named; `among`, `place`."""
OVER = re.compile(
    r"\b(?:took|brought|carried|rowed|ferried|led|smuggled|guided|walked|saw|let) (?P<whom>him|her|them|[A-Z][\w'-]+) (?:over|across|ashore|in)(?=[ ,.;])(?! (?:to|the|his|her|a)\b)"
)
OVER_BORDER = re.compile(
    r"\b(?:took|brought|carried|rowed|ferried|led|smuggled|guided|walked|fetched|drove|helped|got) (?P<whom>him|her|them|[A-Z][\w'-]+|(?:(?:about|some|at least|the|another) )?(?:[a-z-]+|\d+) (?:people|persons|refugees|fugitives|men|women|children|families|others|students|friends))"
    r" (?:safely )?(?:over|across|through|out through|under) (?:the )?(?:[A-Z]\w+ )?(?:border|frontier|wire|wall|Wall|checkpoint|Checkpoint|lines|Iron Curtain|pass|strait|river)\b"
)
"""Somebody is taken over a border; `whom`."""
"""Somebody is taken over, wherever that is; `whom`."""
RECOGNISED = re.compile(
    r"\b(?:recogni[sz]ed|accepted|admitted|registered) (?P<whom>him|her|them|[A-Z][\w'-]+) as (?:a |an )?(?:political |convention )?(?:refugee|asylum seeker|exile)s?\b"
)
"""A country takes somebody for a refugee; `whom`."""
ABOARD = Cue(
    "board aboard boat raft cutter ship canoe plane aircraft lorry truck bus train convoy group party pilot crew captain skipper "
    "navigator occupant occupants passenger passengers among",
    r"\b(?:on board|aboard|(?:in|on) (?:the|this|that) (?:boat|raft|cutter|ship|canoe|plane|aircraft|lorry|truck|bus|train|convoy|group|party)) (?:too )?(?:was|were) (?=[A-Z]|the |a |an |his |her |two |three )"
    r"|\b(?:its|the) (?:only )?(?:pilot|co-pilot|crew|captain|skipper|navigator|occupants?|passengers?)(?: (?:was|were)\b|, )"
    r"|\bamong (?:the )?(?:few|many|first|last|hundreds|thousands)(?: [a-z]+){0,6} (?:was|were) "
    r"|\bamong (?:them|those (?:on board|aboard|who (?:landed|arrived|came ashore))|the (?:\w+ )?(?:passengers|others|crew|arrivals|newcomers|refugees|two|three|four|five|six|seven|eight|nine|ten|dozen)) (?:was|were) ",
    re.IGNORECASE,
)
"""Others of a party whose landing was told."""
CLIMBED_OUT = Cue(
    "climbed got stepped scrambled crawled staggered jumped emerged came",
    r"\b(?:climbed|got|stepped|scrambled|crawled|staggered|jumped) (?:down )?(?:out|off|down from)(?: of)? (?:of |from )?(?:it|the [a-z]+)\b"
    r"|\b(?:[Oo]ut of|[Ff]rom|[Oo]ff) (?:it|the (?:[a-z-]+ )?[a-z]+) (?:climbed|stepped|crawled|scrambled|emerged|came)(?P<behind>)\b",
)
"""Somebody gets out of what has come down or tied up; `behind` where who that is follows."""
MET = re.compile(
    r"\b(?:met|welcomed|greeted|collected|fetched) (?P<whom>him|her|them|[A-Z][\w'-]+) (?:at|off|from) the (?:airport|station|harbou?r|port|quay|dock|ship|train|boat|plane)\b"
)
"""Somebody is met where people arrive; `whom`."""
PRESENT = re.compile(
    r"\b(?P<verb>was|were|had been|has been|have been|has lived|have lived|had lived|lived|has worked) (?:safely |already |living |in exile |safe |at last )*(?:in|at|on) (?:the (?:[a-z]+ ){1,3}(?:in|at|of|near) )?"
    r"(?P<place>(?:the|this|our) (?:camp|country|city|town|village|settlement|centre|center|hostel|island)\b|(?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
    r"|\bwhere (?:he|she|they) (?P<there>has lived|have lived|had lived|has been living|have been living)(?: in exile)?(?= (?:since|from)\b)"
)
"""Somebody is at a place, which dates the coming with "by" or "since"; `verb`, `place`."""
FOUND = re.compile(
    r"\b(?:(?:was|were) (?:found|discovered|put ashore|set ashore|set down|fished out of the water)|found (?:himself|herself|themselves))"
    r" (?:hiding |hidden )?(?:at|in|near|off|on) (?P<place>(?:the )?[A-Z][\w'-]+"
    r"|an? (?:[a-z]+ )?(?:beach|shore|reef|sandbank|island|islet|mudflat|lifeboat|raft|dinghy)\b)"
)
"""Somebody is found at a place; `place`."""
ACROSS = re.compile(
    r"\b(?:was|were) (?:met|welcomed|greeted|collected|fetched)(?: by [^.;,]{3,40})? (?:at|off|on) (?P<quay>the (?:\w+ )?(?:airport|station|harbou?r|port|quay|dock|pier|ship|train|boat|plane)\b)"
    r"|\b(?:was|were) (?:safely |already |soon |both |all )?(?:across|over) (?P<place>(?:the )?(?:[A-Z]\w+ )?(?:border|frontier|wire|wall))\b"
)
"""Somebody is beyond a border, or is met where people arrive; `place` or `quay`."""
IN_EXILE = re.compile(
    r"\b(?:was|were|been|lived|stayed|remained) in exile(?: in (?P<place>(?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?))?"
)
"""Somebody is in exile, whose years follow; `place`."""
FETCHED = re.compile(
    r"\b(?:[Tt]rouxe|[Tt]rouxeram|[Tt]rajo|[Tt]rajeron|fit venir|firent venir|fece venire|portò|(?P<parted>holte|holten)|brachte|[Mm]andó traer|[Mm]andou vir|sprowadził|sprowadziła)\b"
)
"""Somebody has kin come, in other languages; `parted` where the verb is only that with "nach" at its end."""
LIVES = re.compile(
    r"\b(?:vit|vivent|vivait|habite|habitent|réside|résident|[Rr]éfugiée?s?|[Ii]nstallée?s?|[Éé]tablie?s?|[Ee]xilée?s?|lebt|leben|lebte|lebten|wohnt|wohnen|wohnte|wohnten|"
    r"se encuentran?(?= (?:en|exiliad|refugiad|asilad))(?! en (?:prisión|la cárcel|prision))|ha(?:n)? encontrado refugio|ha(?:nno)? trovato rifugio|"
    r"vive|viven|vivía|vivían|reside|residen|radicad[oa]s?|[Ee]xiliad[oa]s?|[Rr]efugiad[oa]s?|vivem|vivia|viviam|mora|moram|residem|vivono|viveva|vivevano|abita|abitano|risiede|risiedono|"
    r"woont|wonen|woonde|woonden|leeft|mieszka|mieszkają|mieszkał|mieszkała|mieszkali)\b"
)
"""Somebody lives where the text tells of, in other languages."""
BROUGHT = re.compile(
    r"\bbrought (?:with (?:him|her) |over |out )?(?P<whom>(?:his|her|their) [a-z-]+(?: and [a-z-]+)?)\b(?! (?:to|in)\b)"
)
"""Somebody comes with kin; `whom`."""
FOLLOWED = re.compile(
    r"\bfollowed (?P<by>by)\b|\b(?:followed|follows|went (?:on )?ahead)\b(?: (?:him|her|them))?(?: (?:there|to [A-Z][\w'-]+))?(?=,? )(?! (?:the|that|this|a|an|his|her|their) (?!(?:same )?(?:year|month|week|day|summer|spring|autumn|winter)|next|following))"
)
"""Somebody comes where others have come before; `by` where who comes is named behind it: "was followed by Ana Ruiz in 1993"."""
STAYED_AWAY = re.compile(
    r"\b(?:walked out of|walked away from|slipped out of|slipped away from|(?:sneaked|snuck) out of|(?:left|leaves|abandoned|deserted) (?:the|his|her|their) (?:[\w'-]+ ){0,2}(?:team|squad|delegation|troupe|tour|ensemble|orchestra|company|choir)\b|(?:slipped|evaded|eluded) (?:his|her|their) (?:[\w'-]+ ){0,2}(?:handlers|minders|guards|escorts|chaperones?)\b|(?:remained|stayed) in (?:the )?[A-Z][\w'-]*(?: [A-Z][\w'-]*)? after (?:the |an? |his |her |their )?(?:[\w'-]+ ){0,2}(?:tour|games|match|tournament|concert|championships?|festival|visit|congress|conference)\b|left|leaves|(?<!who had )stayed behind|did not board|did not get (?:back )?on(?:to)? the|fail(?:s|ed) to (?:appear|board|return|show up)|"
    r"never (?:went|came) back|did not go back|jump(?:s|ed) (?:ship|bail)|(?:asked|applied|asks|applies) for (?:political )?asylum|claimed asylum|sought asylum)\b"
)
"""Somebody leaves a team or asks for asylum where he or she is."""
PATTERN_VERBS = words_of(
    "was were been lived worked found followed follows ahead took brought flew carried towed drove rowed ferried landed put guided led smuggled set "
    "sneaked snuck evaded eluded remained abandoned deserted walked saw let fetched helped got recognised recognized accepted admitted registered met welcomed greeted collected left leaves stayed slipped "
    "did fail fails failed never jumps jumped asked asks applied applies claimed sought"
)
"""One of these stands in every match of the patterns above that are of English, but for those that are cues themselves."""


def plainness(scene: Scene, passage: Passage, move: Movement) -> float:
    """Return how plainly a verb says that somebody came to stay; 0 where it does not."""
    verb = move.span.of(scene.text).lower()
    if _INSTITUTION.match(scene.text, move.span.end, move.sentence.end) and "surrender" not in verb:
        return 0.0
    if _CONFINED.match(scene.text, move.span.end, move.sentence.end):
        return 0.0
    place = _is_place(scene, move)
    if move.kind == "arrive":
        if _TAKEN_IN.search(verb):
            return 2.1 if place else 0.0
        return _arriving(scene, passage, move, verb, place=place)
    if move.kind == "defect":
        return PLAIN if place else _DEFECTED
    if move.kind == "flee":
        return _fleeing(scene, move, verb, place=place)
    if move.kind == "admit":
        if place and _ASYLUM.match(scene.text, move.span.start):
            return 2.1
        return 4.6 if "resettl" in verb else 2.8 if "leave" in verb else 0.0
    return 3.4 if move.kind == "seek" else 0.0


def _arriving(scene: Scene, passage: Passage, move: Movement, verb: str, *, place: bool) -> float:
    text, end = scene.text, move.span.end
    if verb.endswith("reunited with"):
        return 4.0  # either of the two may have come
    if verb not in scene.lexicon.flight:
        return 4.4  # the path alone tells it
    if verb.startswith(("came", "come")) and (_TO_VERB.match(text, end) or _CAME_OTHERWISE.match(text, end)):
        return 0.0
    if verb.startswith("join"):
        return 4.8 if _joins_somebody(scene, passage, end) else 0.0
    if verb.startswith(("reach", "enter", "land", "got to")) and _COMMON_OBJECT.match(text, end):
        return 5.0 if verb.startswith("land") and _lands_craft(scene, move) else 0.0
    if verb.startswith(("was brought", "were brought", "was taken", "were taken")) and _TO_THEM.match(
        text, end
    ):
        return 4.8
    if verb.endswith("picked up") and _BY_CAPTORS.match(text, end):
        return 0.0
    if "towed" in verb or "escorted" in verb:
        return 5.0 if place else 0.0
    if verb.startswith("appear") and _ON_AIR.match(text, end):
        return 0.0
    if verb in _NEEDS_PLACE or verb.startswith(_PASSIVE):
        there = place or (
            verb.startswith("settl") and _WHERE.search(text, move.sentence.start, move.span.start)
        )
        return 4.2 if there else 0.0
    if verb.startswith("got as far") or (verb.endswith("received") and _NO_ASYLUM.match(text, end)):
        return 0.0
    if verb.startswith("got off"):
        return 4.2
    if verb.startswith(_RIDING):
        return 4.4 if place else 0.0
    if verb in ("land", "lands") and not _is_verb(scene, passage, move):
        return 0.0
    return 5.0 if place or verb not in ("came", "come", "coming", "comes") else 4.5


def _lands_craft(scene: Scene, move: Movement) -> bool:
    """Whether what somebody lands is what carries him: "landed their biplane at Graz", not "landed the job"."""
    words = scene.tokens.between(move.span.end, min(move.span.end + 40, move.sentence.end))
    return any(scene.tokens.lowers[i] in scene.lexicon.vehicles for i in words[1:4])


def _fleeing(scene: Scene, move: Movement, verb: str, *, place: bool) -> float:
    text, end = scene.text, move.span.end
    if _STATION.match(text, move.span.start):
        return 4.6
    if verb.startswith("cross") and _CROSSED.match(text, end):
        return 4.2
    if _OTHER_WAY.match(text, end) or (
        verb.startswith(("escap", "fle", "broke")) and _OUT_OF_PRISON.match(text, end)
    ):
        return 0.0
    if verb.startswith(("waded", "swam", "forded")) and _RIVER.match(text, end):
        return 4.2
    if verb.startswith(_AFOOT) and _OVER.match(text, end):
        return 4.2
    if verb == "crossed" and _CROSSED_WHEN.match(text, end):
        return 3.0
    if verb.startswith(_NO_FLIGHT) or (verb.startswith("sail") and _FOR.match(text, end)):
        return 0.0
    if verb.endswith(("expelled", "exiled")):
        return 3.5 if place and move.place and places.country(move.place.of(text)) else 0.0
    if place and (not verb.startswith("left") or _FOR_COUNTRY.match(text, end) or _left_country(text, end)):
        return 3.5
    if verb.startswith(_FLED) or " fled" in verb or "escaped" in verb:
        return 3.0
    if scene.language is not None:
        return 0.0 if verb.startswith(_LEAVING_ABROAD) else 3.0
    return 2.2 if verb.startswith("left") and _LEFT_COUNTRY.match(text, end) else 0.0


def _left_country(text: str, end: int) -> bool:
    """Whether what is left for another place is a country: "left Chad for Lyon", not "left Bath for Lyon"."""
    left = LEFT_COUNTRY_FOR.match(text, end)
    return left is not None and (left["from"] is None or bool(places.country(left["from"])))


_OUT_OF_PRISON = re.compile(
    r" (?:from |out of )?(?:(?:an?|the|his|her|their) )?(?:[\w'-]+ ){0,2}(?:prison|jail|custody|sentence|handcuffs|courtroom|police station)\b"
    r"(?![^.;]*? (?:to|into|for|reach\w*|cross\w*|over the) (?:the )?[A-Z])"
)
"""Who escapes from prison is free, and in no other country yet, unless the sentence leads there."""
_CHANGES = re.compile(
    r"(?:was |were )?(?:re)?(?:settl|mov|locat|transferred|start|beg[aiu]n|built)"
    r"|se (?:traslad|instal|radic|estab|mud)|mudou|s'(?:install|établ)|si (?:stabil|trasfer)|instalou|siedelt|übersiedel|zog",
    re.IGNORECASE,
)


def changes_place(scene: Scene, verb: Span) -> bool:
    """Whether a verb says of somebody only that he or she moved house: "settled", "moved to", "was resettled"."""
    return _CHANGES.match(scene.text, verb.start) is not None


def _is_verb(scene: Scene, passage: Passage, move: Movement) -> bool:
    """Whether "land" is not the noun: somebody lands, or is to land."""
    start = move.span.start
    words = scene.tokens.between(max(move.sentence.start, start - 20), start)
    before = scene.tokens.lowers[words[-1]] if words else ""
    return before in _BEFORE_VERB or any(s.span.end in (start - 1, start) for s in scene.said[passage.index])


_HERE = re.compile(r"\s*(?:(?:to|at|in)? ?(?:this|our) [a-z]|(?:chez nous|ici|hier|aquí|aqui|here)\b)")
"""Where the writer is: "walked into this office"."""


def _is_place(scene: Scene, move: Movement) -> bool:
    if _HERE.match(scene.text, move.span.end):
        return True
    if move.place is None:
        return False
    first = scene.tokens.between(*move.place)
    word = scene.tokens.lowers[first.start] if first else ""
    last = scene.tokens.lowers[first[-1]] if first else ""
    return (
        word not in scene.lexicon.organisations
        and last not in _SCHOOLS
        and move.place.start - move.span.end <= 60
    )


_SCHOOLS = frozenset("school college university academy institute".split())
"""Where somebody goes to learn or teach, which says of no country: "went to Lumi Primary School in 1959"."""


def _joins_somebody(scene: Scene, passage: Passage, end: int) -> bool:
    if _SOMEBODY.match(scene.text, end):
        return True
    here = Span(end, end + 80)
    return any(
        s.span.start - end <= 2 for s in scene.people_in(passage, here) if s.actor.kind in ("person", "group")
    )
