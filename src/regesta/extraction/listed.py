"""The place that a number is listed under: "Peru: 41", "Canada, 68,600; Brazil 22,300", "Venezuela (41 applicants)", "41 to Peru".

A name before a number is a place where the gazetteer has it; in brackets so are three names or more. What the number counts
is for rules to say.
"""

from __future__ import annotations

from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Scene
from regesta.places import demonym, is_place
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["BRACKETED", "LISTED", "gone_to", "listed_place", "says_origin"]

_LABEL = lazy(
    r"(?:^|[;,:.(]\s?|\b(?:and|are|were|in|by|de|por|sido|son|y|e|von|aus|und|sind|waren|par|et|du|da|dal|dalla|sono|sont|est|en|van|uit|zijn)\s|[a-zà-ÿ]\s(?=[^()]{1,60}\([^()]{0,30}$))"
    r"(?:(?:[Tt]he|[Ll][aeo]s?|[Ee]l|[Ii]l|[Gg]li|[Dd]ie|[Dd]er|[Hh]et)\s|[Ll]['’])?(?P<place>[A-ZÀ-Þ][\w.'’-]*(?:\s(?:of\s|and\s|the\s|du\s|démocratique\s)?[A-ZÀ-Þ][\w.'’-]*){0,4})"
    r"(?:(?:\s?[:,.–-])?\s|\s?[:–-]\s?|,?\s(?:with|mit|con|avec|com|met)\s|(?P<bracket>\s{1,2}\((?:\d[\d,.  ]*(?:\s[^\W\d_]+)?\s?[,/]\s?)?[+−–-]?\s?))$"
)
"""A name right before a number: "Peru: 1,290", "Canada, 68,600; Brazil 22,300"."""
BRACKETED = lazy(
    r"[A-Z][\w.'’-]*\s\((?:nearly\s|about\s|over\s|some\s|around\s|almost\s|more\sthan\s)?[+−–-]?\d[\d,. %\u00a0]*(?: [^\W\d_]+)?(?:\s?[,/] [^()]{1,24}|\s(?:as\sof|in)\s[^()]{4,18})?\)"
)
_BEHIND = lazy(r"\s(?:to|in|at)\s(?:the\s)?(?P<place>[A-Z][\w'’-]*(?:\s(?:of\s|and\s)?[A-Z][\w'’-]*){0,3})")
_GONE = lazy(
    r"\s(?:(?:had|were|was|have|been|then|later|also)\s){0,3}(?:went|gone|came|fled|escaped|moved|emigrated|migrated|settled|resettled|returned|"
    r"sailed|flown|flew|sent|taken|admitted|deported|evacuated|crossed|relocated|transferred)\s(?:the\scountry\s)?(?:to|into|in)\s(?:the\s)?"
    r"(?P<place>[A-Z][\w'’-]*(?:\s(?:of\s|and\s)?[A-Z][\w'’-]*){0,3})(?!,?\s(?:and\s|or\s)?(?:the\s)?[A-Z])"
)
_ELSEWHERE = lazy(r"\s(?:to|in|at|from|for|on)\s(?!\d|[A-Z][a-z]{2,8}\s\d)")
"""What goes on to say where behind a number, so that the name before it is another's place: "7 in Vora, 3 in Lum"."""
_IN_ROW = lazy(r"(?:,|\sand|\sy|\set|\sund)\s(?:[A-Z]\w+\s\d|\d+\s[a-z])")
"""What follows a number in a row of peoples: "Cuban 97, Haitian 92"."""
LISTED = 3
"""So many names with numbers in brackets are places all, where the gazetteer lacks one."""


def listed_place(scene: Scene, passage: Passage, quantity: Quantity) -> Span | None:
    """Return the place that a number is listed under, right before or right behind it: "Peru: 41", "41 to Peru"."""
    if _ELSEWHERE.match(scene.text, quantity.span.end, passage.span.end):
        behind = _BEHIND.match(scene.text, quantity.span.end, passage.span.end)
        return Span(*behind.span("place")) if behind and is_place(behind["place"]) else None
    start = max(passage.span.start, quantity.span.start - 60)
    label = _LABEL.search(scene.text[start : quantity.span.start])
    if label is None:
        return _row_label(scene, passage, quantity)
    listed = 0
    if label["bracket"]:
        sentence = passage.sentence_at(quantity.span.start)
        listed = len(BRACKETED.findall(sentence.of(scene.text)))
        if listed <= 1:
            return None  # "most refugees from Bosnia (223,000)"
    people = demonym(label["place"]) is not None and (
        listed > 1 or _IN_ROW.match(scene.text, quantity.span.end, passage.span.end) is not None
    )
    known = is_place(label["place"]) or people
    if not known and listed < LISTED:
        return None
    return Span(start + label.start("place"), start + label.end("place"))


def gone_to(scene: Scene, passage: Passage, quantity: Quantity) -> Span | None:
    """Return the one place to which people went who are told by their number alone: "6,000 emigrated to Peru, 400 went to Malta"."""
    gone = _GONE.match(scene.text, quantity.span.end, passage.span.end)
    return Span(*gone.span("place")) if gone is not None and is_place(gone["place"]) else None


def says_origin(scene: Scene, passage: Passage, place: Span) -> bool:
    """Return whether the words that lead a row of places in say that people came from them, not where they were counted."""
    sentence = passage.sentence_at(place.start)
    lead = scene.text[max(sentence.start, place.start - _LEAD) : place.start]
    return _ORIGIN.search(lead) is not None


_LEAD = 300
_ORIGIN = lazy(
    r"\b(?:(?:countr(?:y|ies)|places?|states?) of origin|source countr(?:y|ies)|nationalit(?:y|ies)|citizens? of|nationals of|(?:came|come|coming|originat\w+|mainly|mostly) from|(?:refugees|migrants|nationals|applicants|applications|asylum[- ]seekers|people) from(?= (?:the )?$)|"
    r"(?:países|país) de origen|nacionalidad(?:es)?|procedentes? de|provenientes? de|Herkunftsl[aä]nd\w*|Herkunftsstaat\w*|Staatsangehörig\w+|stamm\w+ aus|"
    r"pays d['’]origine|nationalités?|originaires? d[eu']|paesi di (?:origine|provenienza)|nazionalità|provenient[ei] d\w+|kraj\w+ pochodzenia|obywatel\w+|landen van herkomst)\b"
)


def _row_label(scene: Scene, passage: Passage, quantity: Quantity) -> Span | None:
    """Return the place that a number alone stands beside: the term that it defines, or the first cell of its row."""
    blocks = scene.document.blocks
    block = blocks[passage.block]
    if passage.span.strip(scene.text, " .;+~–—") != quantity.number_span or passage.block < 1:
        return None
    if block.kind == "definition":
        label = blocks[passage.block - 1]
    elif block.kind == "cell" and (block.column or 0) > 0:
        label = blocks[passage.block - (block.column or 0)]
    else:
        return None
    same = label.kind == "term" or (label.parent == block.parent and not label.is_header)
    place = label.content.strip(scene.text, " *_:")
    return place if same and is_place(place.of(scene.text)) else None
