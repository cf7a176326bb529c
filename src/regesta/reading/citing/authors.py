"""The people and houses at the head of a citation: who is a person, and where one name ends and the next begins.

    "Jenkins, Charles, and Jim Frederick"   ->  ("Jenkins, Charles", "Jim Frederick")
    "Doe, J., & Roe, K."                    ->  ("Doe, J.", "Roe, K.")
    "Marcus Smith, Ann Jones and Bo Li"     ->  three
    "Institute for Peace"                   ->  an organisation, no person

Judged by form: capitals, initials, and the words that organisations and newspapers carry in their names.
"""

from __future__ import annotations

import re

__all__ = ["is_author_list", "is_organisation", "is_person", "split_authors", "trailing_medium"]

_ORGANISATION = re.compile(
    r"\b(?:Institut[eo]?|University|Universit\w{1,4}|College|School|Ministry|Ministère|Ministerium|Ministerio|Department|Office|Bureau"
    r"|Committee|Commission|Council|Court|Cent(?:re|er|ro)|Foundation|Fund|Stiftung|Association|Society|Organi[sz]ation|Agency|Group|Watch"
    r"|International|Parliament|Senate|Congress|Government|Embassy|Library|Museum|Archiv\w{0,3}|Church|Union|League|Alliance|Network|Services?"
    r"|Corporation|Company|Co\.|Inc\.?|Ltd\.?|GmbH|Verlag|Publish\w{2,5}|Books|Nations|Amnesty|Cross|Assembly|Programme|Program|Project|Initiative"
    r"|Forum|Mission|Party|Secretariat|Authority|Administration|Police|Army|Tribunal|High Commissioner|Éditions|Editions|Editorial|Press|House of"
    r"|Republic|Kingdom|States|Academy|Akademie|Coalition|Campaign|Movement|Fellowship|Mémorial|Memorial|Gedenkstätte|Editors|Staff"
    r"|Times|Post|Herald|Tribune|Guardian|Telegraph|Journal|News|Daily|Gazette|Review|Chronicle|Mail|Mirror|Independent|Observer|Today|Week(?:ly)?"
    r"|Magazine|Radio|Television|TV|Broadcasting|Reuters|Zeitung|Tag(?:es)?blatt|Spiegel|Presse|Monde|Figaro|País|Mundo|Pravda|Izvestia|Shimbun|Ilbo"
    r"|Economist|Bulletin|Quarterly|Blog|Wire|Examiner|Inquirer|Courier|Globe|Express|Wikipedia|Encyclop(?:a?e|æ)dia|Newspaper|Gazeta|Xinhua|Rundschau)\b"
)
_MEDIUM = (
    r"(?:Times|Post|Herald|Tribune|Guardian|Telegraph|Journal|News|Gazette|Review|Chronicle|Mail|Mirror|Independent|Observer|Today|Week(?:ly)?"
    r"|Magazine|Radio|Television|TV|Press|Reuters|Zeitung|Tag(?:es)?blatt|Spiegel|Presse|Monde|Figaro|País|Mundo|Pravda|Izvestia|Shimbun|Ilbo|Economist"
    r"|Bulletin|Quarterly|Examiner|Inquirer|Courier|Globe|Express|Daily|Rundschau|Gazeta|Standard|Nation|Newsweek|Australian|Scotsman)"
)
_ACRONYM = r"(?:BBC|CNN|NBC|ABC|CBS|NPR|PBS|AFP|AP|UPI|DPA|RFA|RFE/RL|RFI|VOA|DW|SBS|NHK|KBS|MBC|RTÉ|CBC|ARD|ZDF|ORF|TASS|UNHCR|UNICEF|ICRC|ITV|PTI|RTS|TVN|Al Jazeera|Reuters|Xinhua)"
_CAPITALS = re.compile(rf"{_ACRONYM}|[A-Z]{{3,8}}")
_TRAILING = (
    re.compile(rf"(?<![\w-]){_ACRONYM}(?:\s[A-Z][\w.]{{1,15}}){{0,3}}$"),
    re.compile(
        rf"\b(?:The|Die|Der|Le|La|El|Il)\s(?:[A-Z][\w'’-]{{1,20}}\s){{0,4}}{_MEDIUM}(?:\s(?:on Sunday|of \w{{3,15}}))?$"
    ),
    re.compile(rf"(?:(?<=[a-z\d?!.:)'’]\s)|^)(?:[A-Z][\w'’-]{{1,20}}\s){{1,3}}{_MEDIUM}$"),
)
_PARTICLES = frozenset(
    (
        "de da do dos das del della di du van von der den ten ter zu zur le la el al bin ibn ben abu af av "
        "y e"
    ).split()
)
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_INITIALS = re.compile(r"^(?:[^\W\d_a-z]\.?[ -]?){1,4}$")
_NAME_WORD = re.compile(r"^[^\W\d_][\w'’ʹʼ´`.-]{0,30}$")
_JOINT = re.compile(r",?\s+(?:and|&|und|et|y|e|и|with|及)\s+", re.IGNORECASE)
_ET_AL = re.compile(r",?\s*(?:et al\b\.?|and others|u\. ?a\.|и др\.)", re.IGNORECASE)
_EDITOR = re.compile(
    r"[,\s]*[(\[]?\b(?:eds?|editors?|hrsg|hg|dir|trans|translators?|comps?|red)\b\.?[)\]]?\.?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:see|cf\.?|video|photo(?:graph)?s?|report|story|words|text|interview|edited|written|reported)\s+)?(?:by|von|par|por)\s+|^(?:see(?: also)?|cf\.?)\s+(?=[A-Z])",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r",\s|;\s|\sand\s")
_FUNCTION = frozenset(
    "the of for in on and to from with by at an his her their as or is are was what how why when who".split()
)


def is_organisation(words: str) -> bool:
    """Return whether the words carry a word that organisations and newspapers have in their names.

    >>> is_organisation("Institute for Peace"), is_organisation("The Daily Planet"), is_organisation("Jane Doe")
    (True, True, False)
    """
    return bool(_ORGANISATION.search(words) or _CAPITALS.fullmatch(words.strip()))


def is_person(words: str) -> bool:
    """Return whether the words have the form of one person's full name, in either order.

    >>> [is_person(x) for x in ("Jane Doe", "Doe, J. R.", "van der Berg, Anna", "The Doe", "Doe", "김철수")]
    [True, True, True, False, False, True]
    """
    words = words.strip(" .,;")
    if 2 <= len(words) <= 4 and all("\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in words):
        return True
    tokens = words.replace(",", " ").split()
    if not 2 <= len(tokens) <= 6 or is_organisation(words) or words.count(",") > 2:
        return False
    n_names = 0
    for token in tokens:
        low = token.casefold()
        if low in _FUNCTION:
            return False
        if low in _PARTICLES or low in _SUFFIXES:
            continue
        if not _NAME_WORD.match(token) or not (token[0].isupper() or (token[0].lower() == token[0].upper())):
            return False
        n_names += 1
    return n_names >= 2


def split_authors(words: str) -> tuple[str, ...]:
    """Return the names of a list, each as written, without "by", "et al.", "(eds.)".

    >>> split_authors("Jenkins, Charles Robert, and Jim Frederick")
    ('Jenkins, Charles Robert', 'Jim Frederick')
    >>> split_authors("Doe, J., Roe, K. & Poe, L. (eds.)")
    ('Doe, J.', 'Roe, K.', 'Poe, L.')
    """
    words = _BY.sub("", _ET_AL.sub("", _EDITOR.sub("", words.strip(" ,;:–—-")))).strip(" ,;:–—-")
    if not words:
        return ()
    if is_organisation(words) and not _some_person(words):
        return (words,)
    if ";" in words:
        return tuple(part for piece in words.split(";") for part in _split_piece(piece) if part)
    return tuple(name for piece in _JOINT.split(words) for name in _pair(piece) if name)


def _split_piece(piece: str) -> tuple[str, ...]:
    """Return a piece between semicolons: one "Last, First", or two joined by "and"."""
    piece = re.sub(r"^\s*(?:and|&)\s+", "", piece.strip(" ,"))
    return tuple(part.strip(" ,") for part in _JOINT.split(piece))


def _some_person(words: str) -> bool:
    return any(is_person(part) for part in _BETWEEN_NAMES.split(words))


def _pair(piece: str) -> list[str]:
    """Return the names between two "and": "Last, First" belongs together, "First Last" stands alone."""
    parts = [part.strip() for part in piece.split(",") if part.strip()]
    names: list[str] = []
    index = 0
    while index < len(parts):
        here = parts[index]
        after = parts[index + 1] if index + 1 < len(parts) else ""
        if after.casefold() in _SUFFIXES:
            names.append(f"{here}, {after}")
            index += 2
        elif after and _is_surname(here) and _is_given(after, here):
            names.append(f"{here}, {after}")
            index += 2
            if index < len(parts) and parts[index].casefold() in _SUFFIXES:
                names[-1] += f", {parts[index]}"
                index += 1
        else:
            names.append(here)
            index += 1
    return names


def _is_surname(words: str) -> bool:
    tokens = [token for token in words.split() if token.casefold() not in _PARTICLES]
    return 1 <= len(tokens) <= 2 and all(_NAME_WORD.match(token) for token in tokens) and "." not in words


def _is_given(words: str, surname: str) -> bool:
    tokens = words.split()
    if _INITIALS.match(words):
        return True
    n_surnames = sum(token.casefold() not in _PARTICLES for token in surname.split())
    return 1 <= len(tokens) <= (4 if n_surnames == 1 else 1) and all(
        _NAME_WORD.match(token) for token in tokens
    )


def is_author_list(words: str) -> bool:
    """Return whether the words are nothing but names of persons.

    >>> is_author_list("Doe, Jane, and Richard Roe"), is_author_list("The long way home")
    (True, False)
    """
    if len(words) > 300 or is_organisation(words):
        return False
    names = split_authors(words)
    return bool(names) and all(is_person(name) for name in names)


def trailing_medium(words: str) -> int | None:
    """Return where a newspaper's or agency's name begins that ends the words, None where none does.

    >>> words = "Boat reaches port The Daily Herald"
    >>> words[trailing_medium(words) :]
    'The Daily Herald'
    """
    words = words.rstrip(" .,;")
    for pattern in _TRAILING:
        match = pattern.search(words, max(0, len(words) - 80))
        if match:
            return match.start()
    return None
