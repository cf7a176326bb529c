"""Names that no list knows, known by how the document uses them: "his cousin Robel", "Letebrhan, a nurse, said".

    Robel    his cousin [Robel] was caught      kin before it: a person
    Zuwara   by lorry to [Zuwara]               a place before it: not
    DN       his wife, [DN], remained           initials that stand for somebody, as courts write them

The signs of all the places where a name stands are added up; a name counts only if one of them is strong by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict

from regesta import places
from regesta.extraction.chunk import Chunk
from regesta.extraction.described import head_class
from regesta.extraction.persons import is_called_so, is_creed, is_of_a_people
from regesta.extraction.scene import Scene

__all__ = ["ASKED", "named_by_use"]

_AWAY = frozenset(
    "in at near via into through from to around outside toward towards across reached left".split()
)
_BEING = frozenset("was is had has were".split())
_HUMAN = frozenset(
    "said says told who whose whom died did worked married studied lived remembers remembered gave denied claimed wrote writes played "
    "stayed followed became works lives thinks thought recalls smiled laughed grew applied remained testified believes".split()
)
_APPOSING = frozenset("a an the his her their then aged now today later currently".split())
"""Words that open what somebody is, after the name and a comma."""
_BODIES = frozenset(
    "team club band orchestra choir troupe company firm newspaper paper magazine ship boat vessel party".split()
)
_CLASSES = frozenset(("kin", "role", "rank", "person", "companion"))
ASKED = re.compile(
    r"\b(?:to be|be) (?:called|named|identified|known|referred to)(?: here)?(?: only| simply)?(?: as| by the name)? [\"']?$"
    r"|\b(?:calls|called|named) (?:himself|herself) [\"']?$|(?<!\()\b(?:known|identified|called|referred to)[^.;]{0,30} as [\"']?(?:\w+ and [\"']?)?$"
)
_ASKING = "call named identified known referred".split()
"""One of these stands in every match of `ASKED`."""
_CHANGED = re.compile(
    r"[\"']?\s*[–(,-]*\s*(?:a pseudonym|(?:it is )?not (?:his|her|their) (?:real |own )?name|(?:whose |his |her )?(?:real )?names? (?:has been |have been |is |was )?(?:changed|withheld))"
)
_LIVED = re.compile(
    r" (?:was|is|had (?:just )?turned) (?:only |just |barely |already |still |about )?(?:aged |a child of )?"
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:-\w+)?)"
    r"(?: years old| when\b| and \w| at the time)"
    r"| (?:was (?:born|widowed|orphaned|christened)|gave birth|(?:never |re|later )?married|(?:wept|smiled|laughed|teaches|grew up)\b)"
    r"|, the (?:youngest|eldest|oldest|elder|younger)\b"
)
"""What is said of people only: "was eleven when", "was born", ", the youngest,"."""
_LISTED = re.compile(
    r"(?P<head>\w+)(?:,|:) (?:[A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20}){0,2},? (?:and )?){1,4}$"
)
_MEANWHILE = re.compile(
    r"[^.!?;\n]{0,240}[.!?]\s{1,2}(?:(?:He|His)\b|She (?!carried|sank|sailed|docked|flew|was built|was carrying))"
)
"""The rest of a sentence, where the next one begins with somebody; a ship is a she that carries and sails."""
_LED_UP = frozenset(
    "in at to of on from for by via near into through about around since until before after the a an and".split()
)
_ABOARD = re.compile(r"\b(?:aboard|on board|passengers|crew|vessel|ship|hull|carrying|tonnes|tons)\b")
_THING_ENDS = re.compile(
    r"(?:tion|sion|ing|ment|ity|ance|ence|ness|ship|ism|ture|ics?|ous|ive|ure|ers|ies|ions|ways?|lines?|press|post|times|news)$"
)
"""Ends of English nouns and adjectives that open the names of ships, houses and papers: "Golden Venture"."""
_WITH_KIN = re.compile(
    r" and (?:his|her) (?:\w+ )?(?:wife|husband|mother|father|son|daughter|brother|sister|children|sons|daughters|family|baby|cousin|parents|"
    r"brothers|sisters|aunt|uncle|friend|niece|nephew|fiancée?|bride|groom|bridegroom|partner|boyfriend|girlfriend|grandson|granddaughter|grandmother|grandfather|twin)\b"
)
_WITH_KIN_ABROAD = re.compile(
    r" (?:y sus?|e (?:[oa]s? )?su[aoie]+s?|et s(?:on|a|es)|und (?:seine?|ihre?)[mnrs]?) (?P<kin>[^\W\d_]+)"
)
"""What stands behind somebody who comes with his own in other languages: "Lucía y su familia"."""
_KIN_TO = re.compile(
    r", (?:(?:elder|younger|twin|eldest|youngest|only) )?(?:brother|sister|son|daughter|wife|widow|husband|father|mother|nephew|niece|cousin|uncle|aunt) "
    r"(?:of|to) (?!the (?!late|party|former|president|poet|writer|same))|(?:,? alias| a\.?k\.?a\.?) \"?[A-Z]"
)
"""What only people are: "Sobron Aidit, brother of"; or have: "Salim alias Sailor"."""
_HIS_OWN = re.compile(
    r" (?:[a-z]{2,}ed|took|lost|left|sold|kept|held|told|brought|gave|led|sent|hid|fed|wore|shut|met|found|built|bought|wrote|drove|flew) his\b"
)
"""What only a man does: "Hailemedhin Abera took his airliner to"."""
_AND_ONE = re.compile(
    r",? and (?:an?|another|one) (?:[a-z]+ )?(?:man|woman|girl|boy|friend|neighbour|neighbor|colleague|soldier|student|other)\b(?! of (?:war|state)\b)"
)
"""What makes a name somebody's: "Filmon and a man called Haile"."""
_DONE_TO = frozenset("caught arrested hanged hung married buried beat".split())
"""Verbs of what is done to people, before the name: "They caught Filmon"."""
_SAYS = re.compile(r"[,\"] ?(?:says|said) $")
_YOUNGEST = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y) (?:youngest|eldest|oldest|elder|younger|firstborn|first-born), $"
)
_BOLD = re.compile(r"[*_]{0,3}")
_TERMED = re.compile(r"^[\"']?\)")


_KIN_ABROAD = frozenset(
    "mari frère sœur soeur fils fille père mère époux épouse femme cousin cousine oncle tante neveu nièce fiancé fiancée compagnon compagne beau-frère belle-sœur "
    "hermano hermana hijo hija padre madre esposo esposa marido mujer primo prima tío tía sobrino sobrina cuñado cuñada novio novia namorado namorada compañero compañera suegra suegro nieto nieta "
    "fratello sorella figlio figlia marito moglie cugino cugina zio zia nipote cognato cognata fidanzato fidanzata suocera suocero compagno compagna "
    "irmão irmã filho filha pai mãe mulher tio tia sobrinho sobrinha cunhado cunhada noivo noiva companheiro companheira sogra neto neta "
    "broer zus zuster zoon dochter man vrouw vader moeder echtgenoot echtgenote verloofde oom neef nicht zwager schoonzus "
    "brat siostra syn córka mąż żona ojciec matka brata siostrę syna córkę męża żonę bratem siostrą synem córką mężem żoną narzeczona narzeczony kuzyn kuzynka "
    "sohn tochter bruder schwester mann frau vater mutter ehemann ehefrau verlobte verlobter schwager schwägerin neffe nichte onkel enkel enkelin "
    "frères sœurs fils filles hermanos hermanas hijos hijas fratelli sorelle figli figlie irmãos irmãs filhos filhas broers zussen zonen dochters söhne töchter bracia siostry synowie".split()
)
_FAMILIES = frozenset(
    "familia familie famille famiglia família enfants hijos kinder figli filhos parents padres eltern genitori pais".split()
)
_SAID_TO_BE = re.compile(r"\s(?:war|ist|wurde|is|was)(?=\s?[.,;])")
"""What ends a German clause and says that somebody is what stands before it: "weil ihr Mann Däne war"."""
_OWNERS_ABROAD = frozenset(
    "son sa ses leur leurs le la i gli un une mon ma su sus el los las una mi suo sua suoi loro il lo l uno o a os as um uma seu seus suas meu minha "
    "zijn haar hun de het een mijn jego jej ich swoją swoim swój mój moja sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer der die den dem ein eine mein meine".split()
)
"""What leads up to a relative in languages other than English."""


_SIBLINGS = re.compile(
    r"\b(?:frères|sœurs|hermanos|hermanas|fratelli|sorelle|irmãos|irmãs|filhos|filhas|hijos|hijas|figli|broers|zussen|bracia|siostry|Brüder|Schwestern|Söhne|Töchter|brothers|sisters|sons|daughters|twins)\b"
    r"[^.;:\n]{0,30}?[*_]{0,2}\s?[:–]\s(?:[A-ZÀ-Ž][\w'-]{1,20}(?:,\s|,?\s(?:e|et|y|und|and|i|en)\s))*$"
)
"""What leads up to brothers or sisters told one by one: "Les frères Duong – Quang et Thanh"."""


def named_by_use(scene: Scene) -> frozenset[str]:
    """Return the texts of chunks that the document itself shows to be people's names."""
    total: dict[str, int] = defaultdict(int)
    strong: set[str] = set()
    against: dict[str, int] = defaultdict(int)
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        for chunk in scene.chunks[passage.index]:
            if chunk.kind != "name" and not _is_initials(chunk):
                continue
            plus, is_strong = _signs(scene, passage.span.start, passage.span.end, chunk)
            if plus < 0:
                against[chunk.text] += 1
            total[chunk.text] += plus
            if is_strong:
                strong.add(chunk.text)
    known = {text for text in strong if total[text] >= 3 and against[text] <= 1}
    firsts = {text for text in known if " " not in text}
    for passage in scene.passages if firsts else ():  # "Tsehaytu" is somebody: so is "Tsehaytu Woldemichael"
        for chunk in scene.chunks[passage.index]:
            if chunk.kind == "name" and 1 <= chunk.last - chunk.first <= 2 and chunk.text not in known:
                first, _, rest = chunk.text.partition(" ")
                if first in firsts and rest.split()[0] not in firsts:
                    known.add(chunk.text)
    return frozenset(known)


def _is_initials(chunk: Chunk) -> bool:
    return (
        chunk.kind == "organisation"
        and chunk.text.isupper()
        and chunk.text.isalpha()
        and 2 <= len(chunk.text) <= 3
    )


_AGENCY = re.compile(r" (?:news|press) (?:agency|service)\b")


def _signs(scene: Scene, start: int, end: int, chunk: Chunk) -> tuple[int, bool]:
    """Return (signs for a person, whether one of them is strong) at one place."""
    text, tokens = scene.text, scene.tokens
    score, is_strong = 0, False
    behind = _BOLD.match(text, chunk.span.end).end()  # type: ignore[union-attr]
    initials = _is_initials(chunk)
    if chunk.first == chunk.last and _SIBLINGS.search(
        text, max(start, chunk.span.start - 90), chunk.span.start
    ):
        return 3, True
    before = tokens[chunk.first - 1] if chunk.first and tokens.starts[chunk.first - 1] >= start else None
    gap = text[before.end : chunk.span.start] if before else ""
    if before and gap == " " and before.lower in _AWAY:
        score -= 2
    if is_called_so(tokens, chunk, scene.lexicon) or _AGENCY.match(text, chunk.span.end):
        return -3, False
    if is_creed(text, tokens, chunk) or is_of_a_people(text, tokens, chunk, scene.lexicon):
        return -3, False
    if chunk.first == chunk.last and tokens.lowers[chunk.first] in scene.lexicon.stop_names:
        return -3, False  # "the Korean War, a pilot"
    if _is_honour(text, chunk, gap, is_behind_name=before is not None and before.is_capital):
        return -3, False
    if before and gap == " " and before.lower in ("a", "an") and chunk.last == chunk.first:
        return -3, False  # "I am a Bosniak, an electrician"
    if text[chunk.span.end : chunk.span.end + 1] == "," and _YOUNGEST.search(
        text, max(start, chunk.span.start - 20), chunk.span.start
    ):
        score, is_strong = score + 3, True
    if before and gap.strip(" \"'") in ("", ",", "(") and not before.is_possessive:
        kind = head_class(before.lower, scene.lexicon)
        single = kind is not None and kind[0] in _CLASSES and not (before.is_capital and gap == " ")
        single = single or (
            (
                scene.language is not None
                and before.lower in _KIN_ABROAD
                and (gap.isspace() or (gap == ", " and text[chunk.span.end : chunk.span.end + 1] == ","))
            )
            and not _SAID_TO_BE.match(text, chunk.span.end)
        )
        closers = (",", ")", ".", ";") if kind is not None and kind[0] == "kin" else (",", ")")
        close = (
            gap.strip(" \"'") == "" or text[chunk.span.end : chunk.span.end + 2].lstrip("\"'")[:1] in closers
        )
        if (single and close and _determined(scene, chunk.first - 1, start)) or (
            gap.strip() == ","
            and text[chunk.span.end : chunk.span.end + 1] == ","
            and _follows_human(scene, chunk, start)
        ):
            score, is_strong = score + 3, True
    if (
        before
        and gap.strip(" \"'") == "("
        and _TERMED.match(text, chunk.span.end)
        and _follows_human(scene, chunk, start)
    ):
        score, is_strong = score + 3, True
    asked = text[max(start, chunk.span.start - 70) : chunk.span.start]
    if any(verb in asked for verb in _ASKING) and ASKED.search(asked):
        score, is_strong = score + 3, True
    abroad = _WITH_KIN_ABROAD.match(text, behind) if scene.language else None
    with_kin = abroad is not None and (
        abroad["kin"].lower() in _KIN_ABROAD or abroad["kin"].lower() in _FAMILIES
    )
    if (
        with_kin
        or _WITH_KIN.match(text, behind)
        or (before and gap == " " and _SAYS.search(text, max(start, chunk.span.start - 8), chunk.span.start))
    ):
        score, is_strong = score + 3, True
    if _KIN_TO.match(text, behind) and not (before and gap == " " and before.lower in _AWAY):
        score, is_strong = score + 3, True
    if _HIS_OWN.match(text, behind) and not (before and gap == " " and before.lower in (*_AWAY, "the")):
        score, is_strong = score + 3, True
    if (_AND_ONE.match(text, behind) and chunk.text.lower() not in scene.lexicon.stop_names) or (
        before
        and gap == " "
        and before.lower in _DONE_TO
        and text[chunk.span.end : chunk.span.end + 2] != " '"
    ):
        score, is_strong = score + 3, True
    if _CHANGED.match(text, behind):
        score, is_strong = score + 3, True
    if _LIVED.match(text, behind) and not (before and gap == " " and before.lower in _AWAY):
        score, is_strong = score + 3, True
    if (
        _ends_a_list(text, max(start, chunk.span.start - 90), chunk.span.start)
        and (listed := _LISTED.search(text, max(start, chunk.span.start - 90), chunk.span.start))
        and (kind := head_class(listed["head"].lower(), scene.lexicon))
        and kind[0] == "kin"
        and kind[2]
    ):
        score, is_strong = score + 3, True
    after = (
        tokens[chunk.last + 1]
        if chunk.last + 1 < len(tokens) and tokens.starts[chunk.last + 1] < end
        else None
    )
    if after:
        gap = text[chunk.span.end : after.start].lstrip("*_†")  # a name in bold
        flees = scene.lexicon.flight.get(after.lower)
        if gap in (" ", ", ") and (after.lower in _HUMAN or flees):
            score += 2
            if after.lower in ("who", "whose", "whom"):
                is_strong = True
            is_strong = is_strong or initials
            if gap == " " and flees and _acts(scene, chunk, start, end):
                score, is_strong = score + 1, True
        elif gap == " " and after.lower in _BEING:
            score += 1
        elif (gap == "'s " and (kin := head_class(after.lower, scene.lexicon)) and kin[0] == "kin") or (
            gap == ", " and _opens_apposition(scene, chunk.last + 1, end)
        ):
            score, is_strong = score + 3, True
    if (
        before
        and gap == ", "
        and before.lower in _BODIES
        and text[chunk.span.end : chunk.span.end + 1] in ",. "
    ):
        return -3, False  # "the team, Red Meteor, was playing"
    if _is_he(scene, chunk, start, end):
        score, is_strong = score + 3, True
    return score, is_strong


def _is_honour(text: str, chunk: Chunk, gap: str, *, is_behind_name: bool) -> bool:
    """Whether capitals between commas behind a name are what its bearer was given: "Ana Ruiz, MBE, a teacher"."""
    return (
        is_behind_name
        and gap == ", "
        and chunk.first == chunk.last
        and chunk.text.isupper()
        and len(chunk.text) <= _LONGEST_HONOUR
        and text[chunk.span.end : chunk.span.end + 1] == ","
    )


_LONGEST_HONOUR = 5


def _ends_a_list(text: str, start: int, end: int) -> bool:
    """Whether a name, or "and", and a blank end a stretch with a comma or a colon, as every match of `_LISTED` does."""
    words = text[start:end].split(" ")
    return (
        len(words) > 2
        and not words[-1]
        and (words[-2] == "and" or words[-2][:1].isupper())
        and any(word.endswith((",", ":")) for word in words)
    )


_ENDED = re.compile(r"[.!?:;] +")


def _opens(scene: Scene, chunk: Chunk, start: int) -> bool:
    """Whether a name of several words is what its sentence is about: it opens it, or stands behind a few words and a comma."""
    if chunk.last == chunk.first or chunk.kind != "name" or chunk.is_possessive:
        return False
    lead = scene.text[start : chunk.span.start].rpartition("\n")[2]
    lead = _ENDED.split(lead)[-1].strip(" *_\"'“")
    words = lead.split()
    return not words or (
        len(words) <= 6
        and words[-1].lower() not in _LED_UP
        and not any(word[0].isupper() for word in words[1:])
        and scene.tokens.lowers[chunk.first - 1] not in scene.lexicon.vehicles
    )


def _is_he(scene: Scene, chunk: Chunk, start: int, end: int) -> bool:
    """Whether the next sentence goes on about the name as about somebody: "Svate Svimlund reached Leith. He worked"."""
    if not _opens(scene, chunk, start) or places.is_place(chunk.text):
        return False
    rest = _MEANWHILE.match(scene.text, chunk.span.end, min(len(scene.text), max(end, chunk.span.end) + 300))
    if rest is None:
        return False
    tokens = scene.tokens
    for index in range(chunk.last + 1, len(tokens)):  # nobody else may stand between
        if tokens.starts[index] >= rest.end() - 6:
            return True
        if tokens.capital[index] and not (
            tokens.lowers[index - 1] in _LED_UP
            or tokens.capital[index - 1]
            or tokens.texts[index - 1][0].isdigit()
            or places.is_place(tokens.texts[index])
        ):
            return False
    return True


def _acts(scene: Scene, chunk: Chunk, start: int, end: int) -> bool:
    """Whether the name does what people do, and no ship or house does: its words are no English ones, none stands beside it."""
    if not _opens(scene, chunk, start) or (chunk.first and scene.tokens.lowers[chunk.first - 1] == "the"):
        return False
    words = [scene.tokens.lowers[i] for i in range(chunk.first, chunk.last + 1)]
    return not any(
        _THING_ENDS.search(word) or head_class(word, scene.lexicon) or word in scene.lexicon.vehicles
        for word in words
    ) and not _ABOARD.search(scene.text, chunk.span.end, min(end, chunk.span.end + 160))


def _determined(scene: Scene, head: int, start: int) -> bool:
    """Whether an article or possessive leads up to the noun, so that it describes one person: "his cousin", "a young lawyer"."""
    index = head - 1
    while index >= 0 and head - index <= 4 and scene.tokens.starts[index] >= start:
        token = scene.tokens[index]
        if scene.text[token.end : scene.tokens.starts[index + 1]].replace("\n", " ") not in (" ", "'s "):
            return False
        if (
            token.lower in ("a", "an", "the", "his", "her", "their", "my", "our", "another")
            or token.is_possessive
        ):
            return True
        if scene.language is not None and token.lower in _OWNERS_ABROAD:
            return True
        index -= 1
    return False


def _follows_human(scene: Scene, chunk: Chunk, start: int) -> bool:
    """Whether the words before a name set off by commas describe somebody: "a boy from the same street, Filmon,"."""
    for index in range(chunk.first - 1, max(-1, chunk.first - 9), -1):
        token = scene.tokens[index]
        if token.start < start or any(
            m in scene.text[token.end : scene.tokens.starts[index + 1]] for m in ".;:"
        ):
            return False
        kind = head_class(token.lower, scene.lexicon)
        if kind and kind[0] in _CLASSES and not kind[2] and not token.is_capital and not token.is_possessive:
            return _determined(scene, index, start)
    return False


def _goes_on(scene: Scene, at: int, following: str) -> bool:
    """Whether the word of a person only describes a thing, or opens a clause: "a feminist magazine", "his doctor wrote"."""
    if scene.text[scene.tokens.ends[at] : scene.tokens.ends[at] + 1] != " ":
        return False
    return (
        following in _BODIES
        or following in scene.lexicon.works
        or (following in _HUMAN and not following.startswith("who"))
        or (following.endswith("ed") and following not in ("named", "called", "aged"))
    )


def _opens_apposition(scene: Scene, index: int, end: int) -> bool:
    """Whether "a student leader", "the dentist" begins at the word, so that the name before it is somebody's."""
    if scene.tokens.lowers[index] not in _APPOSING:
        return False
    for at in range(index + 1, min(index + 5, len(scene.tokens))):
        token = scene.tokens[at]
        if token.start >= end or any(
            m in scene.text[scene.tokens.ends[at - 1] : token.start] for m in ",.;:"
        ):
            return False
        kind = head_class(token.lower, scene.lexicon)
        if kind and kind[0] in _CLASSES and not kind[2] and not token.is_possessive:
            following = scene.tokens.lowers[at + 1] if at + 1 < len(scene.tokens) else ""
            if not (head_class(following, scene.lexicon) or _goes_on(scene, at, following)):
                return True
    return False
