"""What of a page is not its body: reference lists, link lists, navigation, licences.

Three questions that readers ask of words, whatever the format:

    role_of("Notes and references [edit]")      what does a section of that name hold?
    looks_like_reference("Doe, J. ... ISBN")    how much does an entry look like a citation?
    is_furniture("Jump to navigation")          is it the page's own, not the author's?

The answers are guesses from form alone; nothing here knows where in a document the words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

__all__ = ["Role", "is_furniture", "looks_like_reference", "role_of", "strip_edit"]

Role = Literal["notes", "works", "links", "related", "contents"]

_TITLES: dict[Role, str] = {
    "notes": "notes|footnotes|endnotes|references|reference list|citations|notes and references|references and notes"
    "|notes and citations|explanatory notes|sources and notes|notes and sources|in-line citations|inline citations"
    "|einzelnachweise|anmerkungen|fußnoten|belege|références|notes et références|referencias|notas|notas y referencias"
    "|referências|note|riferimenti|примечания|сноски|виноски|примітки|przypisy|각주|주석|脚注|出典|注释|參考資料",
    "works": "bibliography|select bibliography|selected bibliography|further reading|works cited|literature|sources"
    "|sources cited|printed sources|primary sources|secondary sources|publications|selected publications|books"
    "|literatur|quellen|quellen und literatur|weiterführende literatur|bibliographie|bibliografía|bibliografia"
    "|lectura adicional|fuentes|fontes|литература|источники|література|джерела|literatura|bibliografia"
    "|참고 문헌|참고문헌|参考文献|文献",
    "links": "external links|links|external link|web links|weblinks|liens externes|enlaces externos"
    "|ligações externas|collegamenti esterni|ссылки|посилання|linki zewnętrzne|외부 링크|外部リンク|外部链接|外部連結",
    "related": "see also|related articles|related pages|related topics|related links|related content|read more"
    "|more on this story|siehe auch|voir aussi|véase también|ver também|voci correlate|см. также|див. також"
    "|zobacz też|같이 보기|関連項目|参见|參見",
    "contents": "contents|table of contents|inhaltsverzeichnis|inhalt|sommaire|índice|содержание|зміст|spis treści"
    "|목차|目次|目录",
}
_ROLES: dict[str, Role] = {name: role for role, names in _TITLES.items() for name in names.split("|")}

_EDIT = re.compile(
    r"\s{0,4}(?:\[ ?(?:edit|edit source|hide|show|update)(?: ?\| ?edit source)? ?\]|(?<=[a-z0-9)])Edit)$"
)
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z]\.)\s+")


def strip_edit(heading: str) -> str:
    """Return the heading without the "[edit]" or "Edit" that a page's button left at its end.

    >>> strip_edit("See alsoEdit"), strip_edit("Routes[edit]"), strip_edit("Edit")
    ('See also', 'Routes', 'Edit')
    """
    return _EDIT.sub("", heading.rstrip())


def role_of(heading: str) -> Role | None:
    """Return what a section with that heading holds, None where it is part of the body.

    >>> role_of("Notes and references [edit]"), role_of("3. Works cited:"), role_of("Notes from prison")
    ('notes', 'works', None)
    """
    name = _NUMBERING.sub("", strip_edit(heading.strip().strip("=#*_ "))).rstrip(" :.").casefold()
    return _ROLES.get(name)


# Signs of a citation, in words of common languages. Before most stands what it cannot be without and what is found a
# hundred times faster: an entry with a sum of 2 looks like a citation, and nearly everything that is asked is none.
_NUMBER = re.compile(
    r"\b(?:ISBN|ISSN|OCLC|ASIN|PMID|JSTOR|doi)\b[:\s-]{0,3}[\dBX]|\bdoi\.org/|\b10\.\d{4,9}/"
)
_NUMBER_NAMES = ("IS", "OCLC", "ASIN", "PMID", "JSTOR", "doi", "10.")
_RETRIEVED = re.compile(
    r"\b(?:[Rr]etrieved|[Aa]ccessed|[Aa]rchived|[Cc]onsulted|[Aa]bgerufen|[Cc]onsulté|[Cc]onsultado)\b[^.]{0,40}\d{4}"
)
_RETRIEVED_WORDS = ("etrieved", "ccessed", "rchived", "onsult", "bgerufen")
_BACK = re.compile(r"\s{0,4}[\^↑]")
_ADDRESS = re.compile(r"https?://|\bwww\.\w")
_SAME = re.compile(r"\b(?:[Ii]bid(?:em)?|[Oo]p\. ?cit|[Ll]oc\. ?cit)\b")
_CASE = re.compile(r"\bv\.? [A-Z][\w'’.-]{1,30}(?: \w{1,20}){0,6},? (?:\[|\(|\d)")
_QUOTED = re.compile(r"[\"“„«「『][^\"”“»」』]{8,300}[\"”“»」』]")
_YEAR_APART = re.compile(
    r"\((?:c\. ?)?(?:\d{1,2}\.? )?(?:[A-Z][a-zé]{2,9}\.? )?(?:\d{1,2}, )?(?:1[5-9]|20)\d\d[a-z]?(?:, [A-Z][a-z]{2,9} \d{1,2})?\)"
)
_STOP_NUMBER = re.compile(r"\. ?\d")
_PAGES = re.compile(r"\b(?:pp?|S|vol|Vol|no|No|Bd|Nr|t|fol|Bl)\. ?\d{1,5}")
_VOLUME = re.compile(
    r"\b\d{1,4} ?\(\d{1,5}\)|\d{1,3}:\d{1,4}\b|: \d{1,4}[-–]\d{1,4}\b"
)  # volume (issue): pages
_IMPRINT = re.compile(r"[.,:] [A-Z][^.:]{2,40}: [A-Z][^.:]{2,80}, (?:1[5-9]|20)\d\d\b")  # Place: House, 1999
_YEAR_AT_END = re.compile(r"(?:^|[ ,(])(?:1[5-9]|20)\d\d[a-z]?\)?[.,]?$")
_INVERTED = re.compile(
    r"[A-ZÀ-Þ][\w'’ʹ-]{1,24}(?: [A-ZÀ-Þ][\w'’-]{1,20})?, (?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]{1,20}\b)[^.]{0,80}[.(;]"
)
_HOUSE = re.compile(
    r"\b(?:Press|Verlag|Publishers?|Publications?|Books|Éditions|University|Thesis|Dissertation|eds\.|trans\.|et al\.)|\bed\."
)
_HOUSE_WORDS = (
    "Press", "Verlag", "Publi", "Books", "Éditions", "University", "Thesis", "Dissertation", "eds.", "trans.", "et al.",
    " ed.", "(ed.", "[ed.",
)  # fmt: skip
_EDITED = re.compile(r"ed\.")
_YEAR_STOP = re.compile(r"\d\.")
_YEAR_STOPPED = re.compile(r"\b(?:1[5-9]|20)\d\d\.(?:$| [A-Z])")
_DAY_AT_END = re.compile(r", \d{1,2} [A-Z][a-z]{2,8} (?:1[5-9]|20)\d\d\.?$")
_QUOTES = '"“„«「『'


def looks_like_reference(words: str, least: int = 0) -> int:
    """Return how strongly an entry looks like a citation: 0 not at all, 2 and more rather so.

    Where only `least` or more matters, less may come out as even less, sooner.

    >>> looks_like_reference('Doe, Jane (2004). "The long way". The Herald. Retrieved 3 May 2010.') >= 2
    True
    >>> looks_like_reference("Jan Novák - crossed the border in May 1961 with his wife.")
    0
    """
    if len(words) > 1500:
        return 0
    words = words[:700]
    score = _sure_signs(words)
    score += (words[:1] in _QUOTES if words else 0) + (_holds(words, _QUOTES) and _matches(_QUOTED, words))
    score += "," in words[:60] and _INVERTED.match(words) is not None
    score += "(" in words and _matches(_YEAR_APART, words)
    score += (":" in words or "(" in words) and _matches(_VOLUME, words)
    score += ": " in words and _matches(_IMPRINT, words)
    score += _YEAR_AT_END.search(words, max(0, len(words) - 10)) is not None
    if score + 3 < least:
        return score
    score += _matches(_STOP_NUMBER, words) and _matches(_PAGES, words)
    if score + 2 < least:
        return score
    is_stopped = _matches(_YEAR_STOP, words) and _matches(_YEAR_STOPPED, words)
    score += is_stopped or _DAY_AT_END.search(words, max(0, len(words) - 24)) is not None
    return score if score + 1 < least else score + _names_house(words)


def _sure_signs(words: str) -> int:
    """Return the sum of the signs that hardly stand in anything but a citation."""
    score = 3 if _BACK.match(words) else 0
    if ("http" in words or "www." in words) and _ADDRESS.search(words):
        score += 2
    if ("bid" in words or "cit" in words) and _SAME.search(words):
        score += 2
    if _holds(words, _NUMBER_NAMES) and _NUMBER.search(words):
        score += 3
    if _holds(words, _RETRIEVED_WORDS) and _RETRIEVED.search(words):
        score += 3
    if ("v. " in words or "v " in words) and _CASE.search(words):
        score += 2
    return score


def _matches(sign: re.Pattern[str], words: str) -> bool:
    return sign.search(words) is not None


def _holds(words: str, pieces: Iterable[str]) -> bool:
    """Return whether one of the pieces stands in the words; twice as fast as `any` with a generator."""
    for piece in pieces:  # noqa: SIM110
        if piece in words:
            return True
    return False


def _names_house(words: str) -> bool:
    """Return whether a house, a thesis or an editor is named; "ed." ends half of all English sentences."""
    if _holds(words, _HOUSE_WORDS):
        return _matches(_HOUSE, words)
    return any(
        found.start() == 0 or not (words[found.start() - 1].isalnum() or words[found.start() - 1] == "_")
        for found in _EDITED.finditer(words)
    )


_FURNITURE = re.compile(
    r"""^(?:
        from\ .{1,60}(?:wikipedia|encyclop(?:a?e|æ)dia|wiki\b|wiktionary).{0,60}
      | (?:.{1,30},\ )?the\ free\ encyclop(?:a?e|æ)dia
      | (?:jump|skip)\ to\b.{0,60}
      | (?:main\ menu|menu|search|home|navigation|log\ ?in|sign\ (?:in|up)|subscribe.{0,40}|print|share|tweet|email|advertisement|sponsored.{0,30}
          |loading\.*|read|edit|view\ (?:history|source)|tools|donate|share\ (?:this|on)\b.{0,40}|print\ this.{0,20}|back\ to\ top|top|previous|next
          |download\ (?:as\ )?pdf|create\ account|privacy\ policy|terms\ of\ (?:use|service)|contact\ us|about\ us|cookie.{0,30}
          |listen|toggle\ .{1,60}|hide|show|more|add\ languages?|\d{1,3}\ languages?|article|talk|discussion|random\ article
          |share\ to|content\ shortcut|news|.{1,40}\ logo|found\ a\ mistake.{0,40}
          |(?:zum\ inhalt|aller\ au\ contenu|(?:ir|saltar|pasar)\ al\ contenido|vai\ al\ contenuto|(?:ir|pular)\ para\ o\ conteúdo)\b.{0,30}
          |본문.{0,8}바로가기.{0,40}|найти\ тему|перейти\ к\ .{1,30}
          |follow\ us.{0,40}|newsletter|comments?(?:\ \(\d+\))?|tags?:.{0,200}|filed\ under.{0,100}|related\ stories)
      | \[ ?edit ?\]
      | did\ you\ know\??
      | .{0,60}\bcookies?\b.{0,120}\b(?:accept|agree|consent|experience|policy|settings|use)\b.{0,200}
      | (?:we|this\ (?:web)?site)\ uses?\ cookies\b.{0,300}
      | retrieved\ from\ ["“']?https?:.{0,300}
      | (?:this\ page|page)\ was\ last\ (?:edited|modified|updated|changed)\b.{0,200}
      | last\ (?:updated|modified|edited|reviewed)\b.{0,60}
      | categor(?:y|ies):.{0,600} | hidden\ categor(?:y|ies):.{0,600}
      | (?:all\ )?(?:external\ )?links?\ (?:last\ )?(?:retrieved|accessed|checked)\b.{0,60}
      | .{0,80}\b(?:referral|affiliate)\ (?:fees?|links?)\b.{0,100}
      | (?:©|\(c\)|copyright\b).{0,200}
      | .{0,100}\ball\ rights\ reserved\b.{0,100}
      | the\ history\ of\ this\ article\b.{0,200}
      | (?:page\ \d{1,4}(?:\ of\ \d{1,4})?|[-–—]{1,3}\ ?(?:page\ )?\d{1,4}\ ?[-–—]{1,3}|p\.\ ?\d{1,4})
      | (?:part\ of\ a\ series\ on|this\ article\ (?:needs|is\ about|may|has\ multiple\ issues|relies)|for\ other\ uses,?\ see)\b.{0,300}
      | (?:abgerufen\ von|récupérée\ de|obtenido\ de)\ .{0,300}
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_LICENCE = re.compile(
    r"creative commons|\bcc[- ]by(?:[- ]sa)?\b|terms of (?:use|the license)|\bGFDL\b|free documentation licen"
    r"|separately licen[sc]ed|text is available under|non-profit organi[sz]ation.{0,60}trademark|registered trademark"
    r"|licen[cs]e.{0,40}\b(?:applies|attribution)",
    re.IGNORECASE,
)


_HEADS = frozenset(
    "abg abo add adv art bac cat coo cop cre dis don dow edi ema ext fil fol hid hom jum las lin lis loa log mai men mor nav "
    "nex obt p. pag pre pri ran rea rel ret réc sea sha sho sig ski spo sub tag tal ter tog too top twe vie".split()
)
"""How the words of `_FURNITURE` begin."""
_COMMON_HEADS = (
    "all ex", "all li", "comment", "contact u", "did you", "for other", "from ", "link", "newsl", "part of a s", "the history of",
    "this p", "this a", "this w", "this s", "we use", "news", "content s", "zum inhalt", "aller au c", "ir al c", "saltar al", "pasar al",
    "vai al c", "ir para o c", "pular para", "본문", "найти", "перейти к", "found a",
)  # fmt: skip
"""The same, where many other sentences begin with the same letters."""
_SIGNS_WITHIN = (" logo", "the free encyc", "cookie", "referral", "affiliate", "all rights reserved")
_LICENCE_WORDS = (
    "creative commons", "licen", "cc-by", "cc by", "terms of use", "gfdl", "text is available", "trademark",
)  # fmt: skip


def is_furniture(words: str) -> bool:
    """Return whether a whole line or paragraph is the page's own: navigation, licence, cookie notice, page number.

    >>> is_furniture("From Some Encyclopedia"), is_furniture("Page 3 of 10"), is_furniture("From Laos by boat")
    (True, True, False)
    """
    words = words.strip().strip("|·• ")
    low = words[:3000].lower()
    if (
        len(words) < 700
        and (
            low[:3].rstrip() in _HEADS
            or low[:1] in "[(©-–—"
            or low[:1].isdecimal()
            or low.startswith(_COMMON_HEADS)
            or _holds(low, _SIGNS_WITHIN)
        )
        and _FURNITURE.match(words)
    ):
        return True
    return _holds(low, _LICENCE_WORDS) and bool(_LICENCE.search(words[:3000]))
