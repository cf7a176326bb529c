"""Lines that stand alone: which name what follows, and which name a picture that is no longer there.

    1953                    heading: a period
    Routes through China    heading: few words, no full stop, no verb
    The president meets survivors of the camp      caption: a picture shows somebody doing something
    He died in 1990.        neither

Only the words are judged here; what stands above and below is weighed in `plain`.
"""

from __future__ import annotations

import re

__all__ = ["MAX_HEADING", "could_head", "could_title", "heading_shape", "is_caption", "is_day", "is_period"]

_DAY = re.compile(
    r"(?:[^\W\d]{2,12},? )?(?:\d{1,2}(?:st|nd|rd|th|\.)? (?:de )?[^\W\d]{3,10}\.?,? (?:de )?|[^\W\d]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? )(?:1[5-9]|20)\d\d$"
    r"|(?:1[5-9]|20)\d\d-\d\d-\d\d$"
)
_PERIOD = re.compile(
    r"""^[\[(]?(?:
        (?:the\ )?(?:early|mid|late|pre|post|before|after|since|until|in|years?|anno|año|année|jahr|г\.)?[ -]?
        (?:1[0-9]|20)\d\d(?:'?s|er|年|년|年代|년대|г\.)?
        (?:\ ?(?:[-–—/]|to|and|bis|à)\ ?(?:(?:1[0-9]|20)?\d\d'?s?|present|today|now))?(?:\ ?\([^)]{1,30}\))?
      | (?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\ \d{4})?
      | \d{1,2}(?:st|nd|rd|th)\ century(?:\ [bc]{2,3}|\ ad)?
    )[\])]?:?$""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|(?:chapter|part|section|annex|appendix) [\dIVXA-Z]{1,4}\b[.:]?|[IVX]{1,5}\.)\s",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?<![A-Z])\b(?:is|are|was|were|has|have|had|did|does|will|would|can|could|fled|escaped|defected|arrived|crossed|died"
    r"|said|became|left|went|came|told|reached|received|joined|worked|lived|returned)\b"
)
_POSED = re.compile(
    r"\b(?:showing|shows|depicting|depicts|standing|sitting|seated|posing|poses|pictured|meets?|meeting|greets?|greeting"
    r"|shakes|shaking|speaks|speaking|addresses|addressing|receives|receiving|holds|holding|visits|visiting|signs|signing"
    r"|waits?|waiting|walks?|walking|looks? (?:on|at|over)|looking|seen|boards?|boarding|carries|carrying|wearing|guarding|patrols?"
    r"|with (?:his|her|their) (?:wife|husband|family|mother|father|son|daughter))\b"
)
_CAPTIONED = re.compile(
    r"^(?:photo(?:graph)?s?|image|picture|figure \d|fig\. ?\d|map|portrait|poster|stamp|statue|memorial|aerial view|view|flag|logo"
    r"|screenshot|file)\b(?:[:.]| of | by | showing )|\((?:left|right|centre|center|pictured|above|below|photo[^)]{0,40}|second from [a-z]{4,5})\)",
    re.IGNORECASE,
)
_END = re.compile(r"[.;,!…]$|^(?:sources?|notes?|credits?|data|note to|by|update|warning)\s?:", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|BY)(?:\s+(?:and|&|AND|[A-Z][\w.'’-]*,?)){2,9}$")
"""Who wrote what follows: "By Ana Ruiz"."""
_MARKS = re.compile(r"(?:\[[^\]]{1,8}\]){1,9}$")
_COUNTED = re.compile(
    r"(?:[A-Z]{3} |US ?|[$€£¥₩])\s?\d|(?!(?:1[5-9]|20)\d\d )\d{3,}(?:\.\d+)? (?:\S+ ){1,6}?[a-z]{3,}ed\b"
)
"""A figure with what it counts, as fact sheets put it alone: "832 latrines constructed in Orla", "USD 7.28 million in cash"."""
MAX_HEADING = 200
"""Code points, the marks behind it included."""
_ENTRY = re.compile(r"\s[–—-]\s.*\d|:\s?\S*\d|https?://|^\W+$|\d{3,}$|\d[.,]\d{3}\b")


def is_period(words: str) -> bool:
    """Return whether the words are nothing but a year, a decade, a month or the like.

    >>> [is_period(x) for x in ("1953", "1980s", "1996–1998", "Before 1989", "1953 was cold")]
    [True, True, True, True, False]
    """
    return bool(_PERIOD.match(words.strip()))


def is_day(words: str) -> bool:
    """Return whether the words are nothing but a day, as above a report: the day of a text is not its title.

    >>> [is_day(x) for x in ("Thursday, July 9, 2009", "17 Dec 2018", "9. Juli 2009", "2009-07-09", "1953", "May 1968")]
    [True, True, True, True, False, False]
    """
    return len(words) < 40 and _DAY.match(words.strip()) is not None


def could_head(words: str) -> bool:
    """Return whether a line that stands alone may be a heading.

    >>> [could_head(x) for x in ("Routes through Laos", "He died in 1990.", "Jan Novák – 12 May 1961", "832 huts built and opened")]
    [True, False, False, False]
    """
    words = words.strip()
    if len(words) > MAX_HEADING:
        return False
    words = _MARKS.sub("", words)
    if is_period(words):
        return True
    n_words = words.count(" ") + 1
    if len(words) > 100 or n_words > 14 or _END.search(words) or _ENTRY.search(words) or _BYLINE.match(words):
        return False
    if n_words > 8 and words.count(",") >= 2:
        return False  # "Ana Ruiz, nurse, came with her two children to Lyon, June 1940"
    if words.endswith(":") and n_words > 6:
        return False
    if _COUNTED.match(words):
        return False
    first = next((c for c in words if c.isalpha()), "")
    if not first or (first.islower() and not words[0].isdigit()):
        return False
    return not (n_words > 4 and _VERB.search(words))


def could_title(words: str) -> bool:
    """Return whether a document's first line may be its title: longer than a heading, and a year may end it.

    >>> could_title("The expulsion of the weavers from Lower Saxony, 1732"), could_title("He died in 1990.")
    (True, False)
    """
    words = words.strip()
    if len(words) > MAX_HEADING + 50:
        return False
    words = _MARKS.sub("", words)
    return (
        2 <= len(words) <= 130
        and not re.search(r"[.;,]$|https?://|\d[.,]\d{3}\b", words)
        and any(c.isalpha() for c in words)
    )


def is_caption(words: str) -> bool:
    """Return whether a line that stands alone tells what a picture shows.

    >>> [is_caption(x) for x in ("A guard standing at the bridge", "Map of the camps", "Routes through Laos")]
    [True, True, False]
    """
    if len(words) > 250:
        return False
    if _CAPTIONED.search(words):
        return True
    if ". " in words:
        return False
    posed = _POSED.search(words)
    return posed is not None and posed.start() > 0 and words.count(" ") >= 4 and not _VERB.search(words)


def heading_shape(words: str) -> str:
    """Return what headings of one level have in common: a period, capitals, a number, or the first word.

    >>> heading_shape("1953"), heading_shape("ROUTES"), heading_shape("2.1 Routes"), heading_shape("In Laos")
    ('period', 'capitals', 'number 1', 'In')
    """
    words = words.strip()
    if is_period(words):
        return (
            "decade"
            if re.search(r"\d0'?s\b", words)
            else "century"
            if "century" in words.lower()
            else "period"
        )
    number = _NUMBERED.match(words)
    if number:
        return f"number {number.group().rstrip('. ').count('.')}"
    if words.upper() == words and sum(c.isalpha() for c in words) >= 4 and words.lower() != words:
        return "capitals"
    return words.split(maxsplit=1)[0] if words else ""
