"""Templates of running text: what a reader sees in their place.

    {{lang|fr|Paris}}              Paris
    {{birth date|1953|9|21}}       September 21, 1953
    {{convert|12|km|mi}}           12 km
    {{unknown|some words here}}    some words here   (its unnamed arguments, if they look like prose)

A template's meaning lies on a wiki that is not at hand; this table holds those that carry dates, names, numbers and
languages, as the English Wikipedia documents them. Nothing here parses wikitext.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

__all__ = ["DROPPED", "HATNOTES", "looks_like_prose", "text_of"]

Positional = Sequence[str]
Named = Mapping[str, str]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

DROPPED = re.compile(
    r"(?:short description|use \w+ (?:dates|english)|authority control|good article|featured article|featured list|pp|pp-.*|"
    r"defaultsort.*|displaytitle.*|italic title|coord.*|.*stub|.*navbox.*|navboxes.*|clear.*|-|toc.*|compact toc|commons.*|"
    r"portal.*|sister project.*|wikisource.*|wikiquote.*|anchor.*|flagicon.*|flag icon|icon|(?:dead|broken) link|deadlink|cbignore|"
    r"webarchive|refbegin|refend|col-.*|div col.*|colbegin|colend|colend|columns-.*|end|s-.*|succession box|"
    r"unreferenced.*|more citations.*|refimprove.*|citation style|cleanup.*|expand .*|orphan|multiple issues|update|"
    r"pov.*|globalize|tone|notability|original research|primary sources|rp|sfnref|sfn whitelist|void|shy|zwsp|wbr|"
    r"infobox.*/.*|taxonbar|wikidata.*|short pages.*|nobots|bots|use .*|engvar.*|protected.*|nihongo krt|"
    r"sortkey|hidden sort|hs|hid|dynamic list|incomplete list|list missing.*|better source.*|self-published.*|"
    r"subscription required|registration required|paywall|free access|closed access|open access|lock-.*|"
    r"page needed|verify source|full citation needed|failed verification|image.*|css image crop|annotated image|"
    r"location map.*|maplink|mapframe|audio|listen|spoken wikipedia|ipa.*|pronunciation.*|respell|h:.*|inflation|"
    r"#(?:tag|invoke|ifexist|ifexpr|switch|time|expr|titleparts|language|property|section).*|reflist.*|notelist.*|"
    r"align|center block|nowrap begin|nowrap end|nobold|nobr begin|nobr end|flatlist|endflatlist|plainlist begin|"
    r"pagename|fullpagename|namespace|sitename|currentyear|notoc|toclimit|tocright|tocleft|hover title)",
)
HATNOTES = re.compile(
    r"(?:about|for|hatnote|main|main article|see also|further|details|other uses.*|distinguish|redirect.*|other people|"
    r"self-reference|seealso|broader|family name hatnote|.* name|not to be confused with)"
)
_PROSE = re.compile(r"[^\W\d_]{2,}(?:[\s,.;:–-]+\w+){1,}|[^\W\d_]{3,}")
_SYMBOLS = {
    "ndash": "–", "en dash": "–", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "spaced en dash": " – ", "dash": " – ",
    "mdash": "—", "em dash": "—", "spaced mdash": " — ", "·": " · ", "•": " • ", "dot": " · ", "middot": " · ",
    "bullet": " • ", "\\": " / ", "nbsp": "\u00a0", "space": " ", "spaces": " ", "!": "|", "=": "=", "'": "'", "''": "''",
    '"': '"', "'s": "'s", "(": "{{", ")": "}}", "pipe": "|", "*": "*", "increase": "▲", "decrease": "▼", "steady": "■",
    "yes": "Yes", "no": "No", "n/a": "N/A", "na": "N/A", "unknown": "Unknown", "none": "None", "tba": "TBA", "dunno": "?",
    "citation needed": "[citation needed]", "cn": "[citation needed]", "fact": "[citation needed]",
    "when": "[when?]", "who": "[who?]", "by whom": "[by whom?]", "clarify": "[clarification needed]",
    "dubious": "[dubious – discuss]", "sic": "[sic]", "circa": "c.", "c.": "c.", "ca": "c.", "won": "Won", "$": "$",
    "steady2": "■", "dagger": "†", "double-dagger": "‡", "ref dagger": "†", "section": "§", "degree": "°",
}  # fmt: skip
_CURRENCIES = {
    "us$": "US$", "usd": "US$", "$": "$", "au$": "A$", "aud": "A$", "ca$": "C$", "cad": "C$", "gbp": "£", "£": "£", "eur": "€",
    "€": "€", "euro": "€", "krw": "₩", "₩": "₩", "jpy": "¥", "jpy¥": "¥", "¥": "¥", "cny": "CN¥", "inr": "₹", "indian rupee": "₹",
    "rub": "₽", "dm": "DM", "deutsche mark": "DM", "nok": "NOK", "sek": "SEK", "pln": "PLN", "chf": "CHF", "hk$": "HK$",
}  # fmt: skip
_TRANSPARENT = frozenset({
    "nowrap", "nobr", "nowiki", "small", "smaller", "big", "large", "larger", "center", "em", "strong", "bold", "italic",
    "sc", "smallcaps", "abbr", "tooltip", "hover", "nobold", "noitalic", "font color", "color", "colored text", "visible anchor",
    "vanchor", "plainlist", "flatlist", "nihongo2", "nihongo3", "zh-full", "keypress", "kbd", "tt", "code", "mono", "var", "sup",
    "sub", "su", "resize", "script", "hebrew", "rtl-lang", "nastaliq", "sort", "nts", "ntsh", "number table sorting", "align",
    "ship", "uss", "hms", "ss", "birth-date", "birth-date and age", "death-date", "death-date and age", "start-date",
    "end-date", "poem", "poemquote", "highlight", "strike", "notatypo", "as written", "proper name", "interlanguage link", "ill",
    "flag", "flagcountry", "flagu", "flaglink", "flag+link", "flagdeco", "country", "noflag", "rank", "convertabbr", "wikt",
    "wiktionary", "no wrap", "no break", "nq", "tq", "quote inline", "asof", "oldstyledate", "section link", "slink", "gaps",
})  # fmt: skip
_SECOND = frozenset(
    {
        "lang",
        "transl",
        "transliteration",
        "script/arabic",
        "font",
        "sort",
        "langx",
        "lang-x",
        "hover",
        "color",
        "fontcolor",
        "align",
        "linktext",
    }
)


def looks_like_prose(words: str) -> bool:
    """Return whether an argument of an unknown template may be words for the reader.

    >>> looks_like_prose("crossed in May"), looks_like_prose("200px"), looks_like_prose("12")
    (True, False, False)
    """
    words = words.strip()
    return bool(_PROSE.search(words)) and not re.fullmatch(
        r"(?:\d+px|#[0-9a-f]{3,6}|\w{1,2}|[\w-]+\.(?:jpe?g|png|svg|gif|webp)|left|right|center|none|yes|no|on|off|https?://\S+)",
        words,
        re.IGNORECASE,
    )


def text_of(name: str, positional: Positional, named: Named) -> str | None:
    """Return what a reader sees in place of a template, None for an unknown one; arguments are readable words already.

    >>> text_of("birth date", ["1953", "9", "21"], {"df": "y"}), text_of("convert", ["12", "km", "mi"], {})
    ('21 September 1953', '12 km')
    """
    known = _BY_NAME.get(name)
    if known is not None:
        return known(positional, named)
    if name in _SYMBOLS and not (name in {"circa", "c.", "ca", "sic", "$", "yes", "no"} and positional):
        return _SYMBOLS[name]
    if name in {"yes", "no"}:
        return positional[0]
    if name in _CURRENCIES:
        return _CURRENCIES[name] + (positional[0] if positional else "")
    if name in _SECOND and len(positional) >= 2:
        return positional[-1] if name.startswith("transl") else positional[1]
    if name in _TRANSPARENT or name.startswith("lang-"):
        return named.get("lt") or (positional[0] if positional else named.get("text", ""))
    if name.startswith(("formatnum:", "lc:", "uc:", "lcfirst:", "ucfirst:", "#if:", "#ifeq:", "nowrap:")):
        head = name.split(":", 1)[1]
        return head if not name.startswith("#") else (positional[0] if positional else "")
    return None


def _date(year: str, month: str = "", day: str = "", *, day_first: bool = False) -> str:
    if not month or not month.strip():
        return year
    if month.isdecimal() and len(month) < 3:
        month = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
    if not day or not day.strip():
        return f"{month} {year}"
    day = day.lstrip("0") or day
    return f"{day} {month} {year}" if day_first else f"{month} {day}, {year}"


def _day_first(named: Named) -> bool:
    return named.get("df", "").lower() in {"y", "yes", "1", "true"}


def _point(positional: Positional, named: Named) -> str:
    """{{start date|1997|5|3}} and its kin: year, month, day."""
    parts = [p for p in positional[:3] if p]
    if len(parts) == 1 and (found := re.fullmatch(r"(\d{4})-(\d\d?)(?:-(\d\d?))?", parts[0])):
        parts = [p for p in found.groups() if p]
    if not parts:
        return ""
    return _date(*parts, day_first=_day_first(named))


def _death(positional: Positional, named: Named) -> str:
    """{{death date and age|2000|1|2|1953|9|21}}: day of death, then of birth."""
    died, born = positional[:3], positional[3:6]
    words = _point(died, named)
    if len(died) == len(born) == 3 and all(p.isdecimal() and len(p) < 9 for p in (*died, *born)):
        y, m, d, by, bm, bd = map(int, (*died, *born))
        words += f" (aged {y - by - ((m, d) < (bm, bd))})"
    return words


def _age(positional: Positional, named: Named) -> str:
    """{{age|1953|9|21|1970|1|1}}: years between two dates; without the second it depends on the day of reading."""
    del named
    if len(positional) >= 6 and all(p.isdecimal() and len(p) < 9 for p in positional[:6]):
        by, bm, bd, y, m, d = map(int, positional[:6])
        return str(y - by - ((m, d) < (bm, bd)))
    return ""


def _convert(positional: Positional, named: Named) -> str:
    """{{convert|10|-|20|km|mi}}: the number or range as given, with its own unit."""
    del named
    words, at = positional[0] if positional else "", 1
    while at + 1 < len(positional) and positional[at].strip().lower() in {
        "-",
        "–",
        "to",
        "and",
        "or",
        "x",
        "by",
        "+/-",
        "to(-)",
    }:
        sign = positional[at].strip()
        words += "–" if sign in {"-", "–", "to(-)"} else f" {sign} "
        words += positional[at + 1]
        at += 2
    return f"{words} {positional[at]}" if at < len(positional) else words


def _as_of(positional: Positional, named: Named) -> str:
    if alt := named.get("alt"):
        return alt
    since = "Since" if named.get("since") else "As of"
    words = f"{since} {_date(*positional[:3], day_first=True)}" if positional else since
    return words[0].lower() + words[1:] if named.get("lc") else words


def _sort_name(positional: Positional, named: Named) -> str:
    del named
    return " ".join(positional[:2])


def _joined(separator: str) -> Callable[[Positional, Named], str]:
    return lambda positional, named: separator.join(p for p in positional if p.strip())  # noqa: ARG005


def _prefixed(prefix: str) -> Callable[[Positional, Named], str]:
    return lambda positional, named: f"{prefix} {', '.join(positional)}".strip()  # noqa: ARG005


def _scripts(positional: Positional, named: Named) -> str:
    """{{korean|hangul=…|hanja=…|rr=…}}, {{zh|s=…|p=…}}, {{nihongo|word|kanji|romaji}}: what is named, in its order."""
    skipped = {"labels", "links", "lead", "out", "context", "first", "scase"}
    rest = [v for k, v in named.items() if v and k not in skipped]
    if positional and (positional[1:] or rest):
        return f"{positional[0]} ({', '.join([p for p in positional[1:] if p] + rest)})"
    return "; ".join([*positional, *rest])


def _fraction(positional: Positional, named: Named) -> str:
    del named
    if len(positional) == 3:
        return f"{positional[0]} {positional[1]}/{positional[2]}"
    return "/".join(positional)


def _about(prefix: str) -> Callable[[Positional, Named], str]:
    return lambda positional, named: f"{prefix} {'–'.join(positional[:2])}".strip()  # noqa: ARG005


def _day_and_month(positional: Positional, named: Named) -> str:
    """{{dts|1997|May|3}} and {{dts|3 May 1997}}."""
    return _point(positional, named) if len(positional) > 1 else "".join(positional[:1])


def _value(positional: Positional, named: Named) -> str:
    words = positional[0] if positional else ""
    return f"{words} {named['u']}" if named.get("u") else words


_BY_NAME: dict[str, Callable[[Positional, Named], str]] = {
    **dict.fromkeys(
        ("birth date", "birth date and age", "bda", "start date", "start date and age", "end date", "end date and age",
         "death date", "film date", "birth year and age", "birth year", "date", "launch date", "release date", "dob",
         "birth date text", "formation date", "date and age"),
        _point,
    ),
    **dict.fromkeys(("death date and age", "dda", "death year and age"), _death),
    **dict.fromkeys(("dts", "date table sorting", "dts2", "sort date"), _day_and_month),
    **dict.fromkeys(("age", "age in years", "aged"), _age),
    **dict.fromkeys(("convert", "cvt"), _convert),
    **dict.fromkeys(("as of", "asof"), _as_of),
    **dict.fromkeys(("sortname", "sort name"), _sort_name),
    **dict.fromkeys(("circa", "c.", "ca"), _about("c.")),
    **dict.fromkeys(("floruit", "fl."), _about("fl.")),
    **dict.fromkeys(("reign", "r."), _about("r.")),
    **dict.fromkeys(("ubl", "unbulleted list", "plainlist list", "hlist", "cslist", "br separated entries", "br list",
                     "bulleted list", "blist", "comma separated entries"), _joined("\n")),
    **dict.fromkeys(("frac", "sfrac", "fraction"), _fraction),
    **dict.fromkeys(("korean", "korean/auto", "ko-hhrm", "zh", "chinese", "nihongo", "infobox korean name", "linktext-ko"), _scripts),
    **dict.fromkeys(("val", "num", "nts", "formatnum"), _value),
    "isbn": _prefixed("ISBN"),
    "issn": _prefixed("ISSN"),
    "oclc": _prefixed("OCLC"),
    "doi": _prefixed("doi:"),
    "jstor": _prefixed("JSTOR"),
    "official website": lambda positional, named: named.get("name", "Official website"),  # noqa: ARG005
    "official": lambda positional, named: named.get("name", "Official website"),  # noqa: ARG005
    "url": lambda positional, named: (list(positional[1:2]) or list(positional[:1]) or [""])[0],  # noqa: ARG005
    "sic": lambda positional, named: f"{positional[0]} [sic]" if positional else "[sic]",  # noqa: ARG005
    "font color": lambda positional, named: positional[-1] if positional else "",  # noqa: ARG005
    "sort": lambda positional, named: positional[-1] if positional else "",  # noqa: ARG005
    "r from": lambda positional, named: "",  # noqa: ARG005
}  # fmt: skip
