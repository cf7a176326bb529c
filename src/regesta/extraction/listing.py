"""Whether a document's list is a register of people who fled, and what the line that leads up to it lends its entries.

    Refugees landed at Lisbon on 5 May 1940:    lends the day to the entries below that have none
    A list of those who did not go home         says that being listed is having fled
    12 May: two men. 14 May: a family.          dated entries of people, in a document that tells of flight

In a register an entry needs no verb: "8 June 1987 - Jan Novak, pilot" says that he came on that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from regesta.extraction.dating import best_date, head_date
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Filed
from regesta.extraction.scene import Scene
from regesta.text.span import Span

__all__ = ["dates_reports", "is_register", "is_titled", "lend_lead_in", "tells_of_flight"]


def _plain(text: str) -> str:
    """Return a text in small letters, as patterns that ignore case see it."""
    return text.replace("İ", "i").casefold().replace("ı", "i")


def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern for what `_plain` returns, which is found several times as fast as one that ignores case."""
    return re.compile(_plain(words))


_REGISTER = _pattern(
    r"defect|escap|refuge|flight|\bfled\b|\bflee(?:s|ing)?\b|\bleft\b|\bleave|exile|hijack|emigr|migra|asylum|arriv|evacu|crossing|crossed|expell|expuls|boat people|displaced|"
    r"\bland(?:ed|ing)\b|sanctuary|\bcame (?:to|over|across)\b|stayed in the (?:west|free world)|(?:did|does|would) not (?:go home|come back|return)|over the (?:border|wall|sea)|"
    r"\breach(?:ed|ing)\b|stayed (?:abroad|on in|in the)|(?:those|people|men|women|who) (?:who )?(?:stayed|got|made it|broke|swam|crossed|came) (?:in|out|away|over|through|across|abroad|come)\b|"
    r"reception (?:centre|center|camp)|strangers|newcomers|\bmade it\b|émigr|deserter|stowaway|resettle|to (?:freedom|safety)|rescued"
)


_PROSE = _pattern(
    r"\bdefect(?:s|ed|ing|ors?|ions?)?\b|\bescap|refuge|\bfled\b|\bflee(?:s|ing)?\b|\bexile|hijack|migra(?:nt|ted|tion)|asylum|\barrivals?\b|"
    r"\barriv(?:e|ed|ing) (?:in|at|from|on|by|here|to|safely)\b|evacu|expell|expuls|boat people|displaced|deserter|stowaway|stowed away|resettle|"
    r"rescued|sanctuary|newcomers|émigr|\bland(?:ed|ing) (?:at|in|on|near|here|from)\b|\b(?:days?|dates?) of (?:the )?landing\b|cross(?:ed|ing) (?:the|into|over|to|from)\b|"
    r"\bcame (?:to|over|across|ashore|out|through)\b|\bleft (?:the (?:country|homeland|island|east)|home|for|their (?:country|homes?|village))\b|"
    r"\breach(?:ed|ing) (?:safety|freedom|shore|the (?:coast|shore|border|west|camp|port|harbour))\b|"
    r"stayed (?:abroad|in the)|not (?:go home|come back|return)|over the (?:border|wall|sea)|reception (?:centre|center|camp)|"
    r"to (?:freedom|safety)\b|made it (?:across|over|to|out)|(?:got|broke|swam) (?:out|away|over|through|across)\b"
)
"""What in running text tells of flight by itself."""
_ABROAD = _pattern(
    r"\b(?:flücht|geflo[hg]en|flucht|ankunft|angekomm|ankömml|eingereist|emigr|ausgewander|auswander|übergesiedelt|vertrieben|überläuf|asyl|"
    r"réfugi|arriv[ée]e?s?\b|évad|évasion|exil|fuit|enfui|émigr|débarqu|transfuge|déserteur|passage de|"
    r"refugiad|exiliad|huid|fugad|fugitiv|llegad|desembar|asilad|desertor|emigrad|"
    r"profugh|rifugiat|fuggit|fuggiasch|esul[ei]|sbarc|disertor|fugid|chegad|exilad|"
    r"vluchteling|gevlucht|aankomst|aangekomen|overloper|uchodź|uciek|zbieg|przyby|"
    r"uprchl|emigrant|přeběh|utečen|menekül|disszid|flykting|flyktning|flygtning|flóttam|pakolai|loikan|põgenik|bēgļ|pabėgėl|"
    r"избегл|izbjegl|беж(?:ен|ал|авш)|эмигр|перебеж|прибы(?:л|т|в)|біжен|утік|mülteci|göçmen|firari|sığınmac|tị nạn|vượt biên|pengungsi|"
    r"πρόσφυγ|refugiaț|fugit)|탈북|망명|귀순|난민|월남|도착|难民|難民|逃亡|叛逃|亡命|脱北|到着|لاجئ|اللاجئ|منشق|פליט|עולים"
)
"""How words for those who flee and come begin in other languages than English."""
_OTHERWISE = frozenset(
    (
        "joined,joins,join,ran,run,runs,drove,drive,drives,appeared,appears,emerged,left,leave,leaves,leaving,departed,moved to,moves to,reached,"
        "reach,reaches,came,come,comes,coming,flew,fly,flies,flying,flew to,was brought,were brought,was released,were released,turned up,ended up"
    ).split(",")
)
"""What people do as often without fleeing."""

_PROSE_STEMS = (
    "defect,escap,refuge,fled,flee,exile,hijack,migra,asylum,arriv,evacu,expell,expuls,boat people,displaced,deserter,stowaway,stowed away,"
    "resettle,rescued,sanctuary,newcomers,émigr,landed ,landing,crossed ,crossing ,came ,left ,reached ,reaching ,stayed ,not go home,"
    "not come back,not return,over the border,over the wall,over the sea,reception c,to freedom,to safety,made it ,got ,broke ,swam "
).split(",")
"""One of these stands in every match of `_PROSE`."""
_STEMS_ABROAD = _plain(
    "flücht,geflo,flucht,ankunft,angekomm,ankömml,eingereist,emigr,auswander,ausgewander,übergesiedelt,vertrieben,überläuf,asyl,"
    "réfugi,arrive,arrivé,évad,évasion,exil,fuit,enfui,émigr,débarqu,transfuge,déserteur,passage de,refugi,huid,fugad,fugitiv,llegad,"
    "desembar,asilad,desertor,profugh,rifugiat,fuggit,fuggiasch,esule,esuli,sbarc,disertor,fugid,chegad,vluchteling,gevlucht,aankomst,"
    "aangekomen,overloper,uchodź,uciek,zbieg,przyby,uprchl,přeběh,utečen,menekül,disszid,flykting,flyktning,flygtning,flóttam,pakolai,"
    "loikan,põgenik,bēgļ,pabėgėl,избегл,izbjegl,беж,эмигр,перебеж,прибы,біжен,утік,mülteci,göçmen,firari,sığınmac,tị nạn,vượt biên,"
    "pengungsi,πρόσφυγ,fugit,탈북,망명,귀순,난민,월남,도착,难民,難民,逃亡,叛逃,亡命,脱北,到着,لاجئ,اللاجئ,منشق,פליט,עולים"
).split(",")
"""One of these stands in every match of `_ABROAD`."""
_STEMS = (
    "defect,escap,refuge,flight,fled,flee,left,leave,exile,hijack,migr,asylum,arriv,evacu,crossing,crossed,expell,expuls,boat people,displaced,"
    "landed,landing,sanctuary,came ,stayed ,not go home,not come back,not return,over the border,over the wall,over the sea,reach,got ,"
    "made it,broke ,swam ,reception c,strangers,newcomers,émigr,deserter,stowaway,resettle,freedom,safety,rescued"
).split(",")
"""One of these stands in every match of `_REGISTER`; to look for all of them is quicker by far."""


def is_titled(text: str) -> bool:
    """Whether the words of a title or a heading are of people who came or fled."""
    plain = _plain(text)
    return _holds(plain, _STEMS, _REGISTER) or _holds(plain, _STEMS_ABROAD, _ABROAD)


def tells_of_flight(text: str) -> bool:
    """Whether prose tells of people who came or fled: what leaves, reaches and lands there may be anything."""
    plain = _plain(text)
    return _holds(plain, _PROSE_STEMS, _PROSE) or _holds(plain, _STEMS_ABROAD, _ABROAD)


def _holds(plain: str, stems: Iterable[str], pattern: re.Pattern[str]) -> bool:
    """Whether a pattern is met in a text in small letters; it is tried only where one of its stems stands."""
    return any(map(plain.__contains__, stems)) and pattern.search(plain) is not None


def is_register(scene: Scene, moves: dict[int, list[Movement]]) -> bool:
    """Whether the document's list is one of people who fled: its title says so, or most entries tell of it."""
    title = scene.document.title or scene.text[:200]
    if dates_reports(scene) or _LOG.search(title):
        return False
    if is_titled(title):
        return True
    told = sum(
        m.is_real
        and m.kind in ("arrive", "defect", "flee")
        and m.span.of(scene.text).lower() not in _OTHERWISE
        for row in moves.values()
        for m in row
    )
    items = [e for e in scene.entries if e.kind in ("item", "row") and e.principals]
    if (told >= 3 and told * 4 >= len(items)) or tells_of_flight(_opening(scene)):
        return True
    telling = sum(
        any(m.kind in ("arrive", "defect", "flee") for i in e.passages for m in moves.get(i, ()))
        for e in items
    )
    if telling * 2 >= len(items):
        return True
    dated = sum(
        any(head_date(scene, scene.passages[i]) for i in e.passages[:1])
        or (e.filed is not None and not e.filed.is_weak)
        for e in items
    )
    if len(items) < _ENOUGH or dated * 3 < len(items) * 2:
        return False
    return bool(told or tells_of_flight(scene.text)) or not _OTHER_LIST.search(_opening(scene))


_OF_REPORTS = re.compile(
    r"\b(?:under|by|with) the dates? of the (?:news)?(?:paper|report|article|publication|dispatch|letter|issue|broadcast)s?\b|"
    r"\bdates? (?:given )?(?:is|are) (?:that|those) of (?:the )?(?:news)?(?:paper|report|article|publication|dispatch|letter|issue|broadcast)s?\b",
    re.IGNORECASE,
)
_LOG = re.compile(
    r"\b(?:[Jj]ournal|[Ll]og(?:-?book)?)\b.*\b(?:master|captain|bound (?:from|for)|voyage)\b", re.DOTALL
)
"""The log of a ship, whose days are hers."""
_ENOUGH = 4
"""Dated entries of people that make a list."""
_OTHER_LIST = re.compile(
    r"\b(?:deaths?|died|dead|victims?|memor\w+|martyrs?|executed|executions?|killed|killings?|arrest\w*|sentence\w*|trials?|prison\w*|detain\w*|"
    r"award\w*|prizes?|laureates|medals?|elections?|appoint\w*|dismiss\w*|laws?|decrees?|books?|films?|concerts?|born|births?|members|victories)\b",
    re.IGNORECASE,
)


def _opening(scene: Scene) -> str:
    """Return what stands between the title and the first entry of the first list, and all the headings."""
    known: str | None = scene.kept.get("listing")
    if known is not None:
        return known
    spans: list[Span] = []
    for passage in scene.passages:
        entry = scene.entry_of[passage.index]
        if entry is not None and entry.kind != "prose":
            break
        spans.append(passage.span)
    known = scene.kept["listing"] = " ".join(span.of(scene.text) for span in spans if span.start < 700)[:700]
    return known


def dates_reports(scene: Scene) -> bool:
    """Whether the list says of its dates that they are those of the reports: then none of them is an arrival."""
    opening = _opening(scene)
    return "date" in opening.lower() and _OF_REPORTS.search(opening) is not None


def lend_lead_in(scene: Scene, moves: dict[int, list[Movement]]) -> None:
    """File the undated entries under the line that leads up to them: "Refugees landed at Lisbon on 5 May 1940:"."""
    lead: Filed | None = None
    for passage in scene.passages:
        entry = scene.entry_of[passage.index]
        if passage.kind == "heading":
            lead = None
        elif entry is not None and entry.kind == "item":
            if lead is not None and (entry.filed is None or lead.edtf.startswith(entry.filed.edtf)):
                entry.filed = lead
        elif passage.kind == "prose" and entry is not None and not entry.principals:
            dated = [
                date
                for m in moves.get(passage.index, ())
                if m.is_real and m.kind in ("arrive", "defect") and not any(a.is_named for a in m.who)
                for date in [best_date(m)]
                if date is not None and date.kind == "date"
            ]
            short = passage.span.end - passage.span.start <= 200
            lead = Filed(dated[0].edtf or "", (dated[0].span,)) if dated and short else None
