"""Numbers and what they count in eight languages, German to Dutch: `rund 28.000 Menschen`, `plus de 1,5 million`, `около 28 тысяч`.

    bis zu   2,5     Millionen   Euro
    bound    number  scale       unit       a point groups, a comma divides: that is the language's business

Only asked for text that is in one of these languages (`foreign_quantities`). A noun that no table knows is a count of that noun, as
written; a number in words without a noun is left alone, for many of them are other words too. Of rates those of money are read: `70 zł miesięcznie na osobę`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from regesta import places
from regesta.extraction.number_words import NUMBER_WORDS, NumberWords
from regesta.extraction.numbers import whole, with_thousands
from regesta.extraction.quantity import Bound, Kind, Quantity
from regesta.text.span import Span

__all__ = ["read_latin_quantities"]

_GAP: Final = r"[ \u00a0\u202f\u2009\t]{0,2}\n?[ \u00a0\u202f\u2009\t]{0,4}"
_NOUN: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AGE_BEFORE: Final = re.compile(
    r"(?:âgée?s?\sde|à\sl['’]âge\sde|(?:^|[,.(]\s)à(?:\s(?:seulement|peine))?|a\slos|aos|avoir|im\sAlter\svon|в\sвозрасте|de\sedad\sde|ten(?:ía|ian|ían)|tiene|tuvo|cumplió|,\sde|miał\w{0,2}(?:\s(?:wtedy|wówczas|już|zaledwie|tylko))?|mając|com(?:\sapenas)?|con(?:\s(?:apenas|tan\ss[oó]lo|s[oó]lo))?|desde\s(?:os|los)|tengo|avais|avait|(?<!\by\s)\ba(?:\seu)?|\b(?:j['’]|tu\s)a[is](?:\seu)?|avevo|aveva|\bha|tinha|\btem|(?:мне|ему|ей|которому|которой)(?:\s(?:было|тогда|исполнилось))?)\s$",
    re.IGNORECASE,
)
_OF_SOMETHING: Final = re.compile(r"\s(?:de|di|d')(?!\s?(?:edad|idade|età)\b)", re.IGNORECASE)
"""What years behind "con" are of when they are no age: "con 5 años de cárcel"."""
_ENTRY_BEFORE: Final = re.compile(r"(?:^|[\s,.])[^\W\d_][\w'’.-]*,\s$")
_SMALL_MONEY: Final = re.compile(r"(?:(?<=francs)|(?<=Mark)|(?<=pesetas)) (\d\d)(?![\w%]|[.,]\d)")
"""Hundredths behind the name of the money: "10 francs 50"."""
_OLDEST: Final = 120
_BEFORE_NOUN: Final = frozenset(
    "anciens anciennes antiguos antiguas ex simples grands petits derniers dernières premiers premières autres jeunes nouveaux nouvelles últimos últimas primeros primeras otros otras jóvenes nuevos nuevas "
    "ultimi ultime primi prime altri altre giovani nuovi nuove primeiros primeiras outros outras jovens novos novas ostatnich pierwszych innych młodych pierwsze ostatnie kolejne kolejnych inne".split()
)
"""Adjectives that stand before the noun in languages where few do: "dix dernières années"."""
_DUTCH_ADJECTIVE: Final = re.compile(r"[A-Z][a-zë]+(?:se|sche)")
"""The one language that writes nouns small and adjectives of peoples with a capital: "52 Belgische soldaten"."""
_VERB: Final = re.compile(r"(?:[aei]ron|[aeiu]rent|[aei]rono|[aei]ram|aban|aient|avano|evano)$")
"""How verbs end that stand where a noun might: "Miles decidieron partir"."""
_PEOPLE: Final = re.compile(r"[^\W\d_]{3,}(?:s|x|i|ów|aków|ek)$")
"""How the names of peoples end in languages that write nouns small: "200 000 Huguenots", "23 mln Polaków"."""
_OR: Final = frozenset(("o", "ou", "oder", "of", "lub", "или"))
_SMALL_THOUSAND: Final = re.compile(r"(?:([0-9]{1,3})[ ])?mil[ ]([0-9]{3})", re.IGNORECASE)
"""As newspapers of Latin America write: "mil 599", "22 mil 600"."""
_MILLION_AND: Final = re.compile(
    r"(\w+)[ ]mi\w+[ ](?:\w{1,3}[ ])?([0-9]{1,3})(?:[ .\u00a0]000|[ ][a-z]+\.?)", re.IGNORECASE
)
"""A million and thousands: "1 million 800 000", "un millón 350 mil"."""
_COMMAS: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_SHARERS: Final = frozenset(("person", "family", "child"))
_SHARES: Final = {
    "drittel": 3, "dritteln": 3, "viertel": 4, "vierteln": 4, "fünftel": 5, "zehntel": 10, "tercios": 3, "terceras": 3, "cuartas": 4, "quintas": 5, "tiers": 3, "quarts": 4,
    "cinquièmes": 5, "dixièmes": 10, "terzi": 3, "quarti": 4, "quinti": 5, "terços": 3, "derde": 3, "kwart": 4, "trzecie": 3, "czwarte": 4, "трети": 3, "четверти": 4,
}  # fmt: skip
"""Parts of a whole, that no number counts: "zwei Drittel", "tres cuartas partes"."""
_COMPARES: Final = re.compile(
    r"\s(?:plus|moins|más|menos|mehr|so|weniger|più|meno|mais|meer|minder|więcej)(?!\w)"
)
"""What follows "times" where two things are compared: "sept fois moins"."""
_FIGURES_MONEY: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₩": "KRW", "₽": "RUB"}


def _any(words: object) -> str:
    listed = sorted(words, key=lambda word: (-len(word), word))  # type: ignore[call-overload]
    return "|".join(re.escape(word).replace(r"\ ", r"\s").replace("'", "['’]") for word in listed) or "(?!)"


@cache
def _scan(code: str) -> re.Pattern[str]:
    """Return the expression that finds the numbers of a language."""
    words = NUMBER_WORDS[code]
    groups = re.escape(words.thousands)
    figures = rf"[0-9]{{1,3}}(?:[{groups}][0-9]{{3}})+(?![0-9])(?:,[0-9]{{1,9}})?|[0-9]+(?:[.,][0-9]{{1,9}})?"
    commas = rf"[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}}){{2,4}}|,{'[0-9]{3}' if words.is_comma_grouped else '[0-9]00'})(?![0-9,.]|{_GAP}(?:{_any(words.scales)})(?!\w))"
    figures = rf"{commas}|{figures}"
    if "mil" in words.scales:
        figures = rf"(?:[0-9]{{1,3}}[ ])?mil[ ][0-9]{{3}}(?![0-9.,])|{figures}"
    millions = _any(k for k, v in words.scales.items() if v == 1_000_000)
    thousands = _any(k for k, v in words.scales.items() if v == 1000)
    figures = rf"(?:[0-9]{{1,3}}|une?|uno?|um|eine?)[ ](?:{millions})[ ](?:(?:y|e|et|und|i)[ ])?[0-9]{{1,3}}(?:[ .\u00a0]000(?![0-9])|[ ](?:{thousands})(?!\w))|{figures}"
    plain = _any({*words.words, *(scale for scale in words.scales if not scale.endswith("."))})
    between = rf"(?:[\s-](?:{words.joint}[\s-])?)" if words.joint else r"[\s-]"
    article = r"(?:(?:les|le|i|gli|los|las|os|as|den|die|de)\s)?"
    in_words = (
        rf"(?:{plain}|und|ein|eine)+(?:{_GAP}(?:{_any(words.scales)})(?!\w))?"
        if words.is_compound
        else rf"(?:{plain})(?:{between}(?:{plain}))*"
    )
    scale = _any(words.scales)
    number = rf"(?:{figures})(?:{_GAP}(?:{scale})(?!\w))?"
    one = rf"(?:(?:un|une|um|uma|ein|eine|einer|einem|einen|een|uno|una)\s(?=(?:{_any(k for k in words.words if words.words[k] >= 1000)}|{scale})(?!\w)(?!\s(?:\w{{1,3}}\s)?[0-9])))?"
    bound = rf"(?:(?P<bound>{_any(words.bounds)})(?:\s|(?<=['’])))?{one}"
    sign = r"(?P<sign>[€$£¥₩₽])?\s?"
    vague = rf"(?P<vague>{_any(words.vague)})(?!\w)"
    to = _any(words.to)
    or_ = _any(set(words.to) & _OR)
    return re.compile(
        rf"(?<![\w.,/-])(?:(?P<between>{_any(words.between)})\s{article})?{bound}{sign}"
        rf"(?:(?P<number>{number})(?:\s?(?:[–—-]|\s(?:{to})\s)\s?(?(between){article})(?P<high>{number}))?|(?P<words>{in_words})(?!\w)(?:\s(?:{or_})\s(?P<more>{in_words})(?!\w))?|{vague})(?![\w/]|[.,:][0-9]|-[0-9])",
        re.IGNORECASE,
    )


def read_latin_quantities(text: str, start: int, end: int, code: str) -> Iterator[Quantity]:
    """Yield the quantities of a stretch of text in the language `code`, in order.

    >>> text = "Rund 28.000 Menschen und zweitausend Soldaten, 1,5 Millionen Euro"
    >>> [(q.span.of(text), q.number, q.unit) for q in read_latin_quantities(text, 0, len(text), "de")]
    [('Rund 28.000 Menschen', 28000, 'person'), ('zweitausend Soldaten', 2000, 'person'), ('1,5 Millionen Euro', 1500000, 'EUR')]
    """
    if code not in NUMBER_WORDS:  # dates are read in more languages than quantities
        return
    words, scan, at = NUMBER_WORDS[code], _scan(code), start
    while found := scan.search(text, at, end):
        quantity = _read(text, found, words, end)
        if quantity is None:
            at = found.end("number") if found["high"] else found.end()
            continue
        yield quantity
        at = max(quantity.span.end, found.start() + 1)


def _value(written: str, words: NumberWords) -> tuple[float, int] | None:
    """Return (value, scale) of a number in figures."""
    if both := _MILLION_AND.fullmatch(written):
        return int(both[1] if both[1].isdecimal() else 1) * 1_000_000 + int(both[2]) * 1000, 1000
    if small := _SMALL_THOUSAND.fullmatch(written):
        return int(small[1] or 1) * 1000 + int(small[2]), 1
    if _COMMAS.fullmatch(written) and (
        written.count(",") > 1 or written.endswith("00") or words.is_comma_grouped
    ):
        return int(written.replace(",", "")), 1
    figures = re.match(rf"[0-9{re.escape(words.thousands)},.]*[0-9]", written)
    assert figures is not None
    digits, scale = figures[0], 1
    if name := written[figures.end() :].strip().lower():
        scale = words.scales[name]
    grouped = re.fullmatch(rf"([0-9]{{1,3}}(?:[{re.escape(words.thousands)}][0-9]{{3}})+)(,[0-9]+)?", digits)
    bare = re.sub(r"[^0-9]", "", grouped[1]) + (grouped[2] or "") if grouped else digits
    if len(bare) > 18:
        return None
    value = float(bare.replace(",", ".")) * scale if re.search("[,.]", bare) else int(bare) * scale
    return whole(value), scale


def _spoken(written: str, words: NumberWords) -> int | None:
    """Return the value of a number in words, None for what is none ("und", "ein")."""
    names = {**words.words, **words.scales, "ein": 1, "eine": 1}
    parts = re.findall(_any({*names, "und"}), written.lower())
    total, current, n_read = 0, 0, 0
    for part in parts:
        value = names.get(re.sub(r"\s", " ", part))
        if value is None:
            continue
        n_read += value != 1
        if value >= 1000:
            total, current = total + (current or 1) * value, 0
        elif value == 100 and current % 100:
            current = current - current % 100 + (current % 100) * 100
        elif value == 20 and current % 100 == 4 and "quatre-vingts" in words.words:
            current += 76
        else:
            current += value
    return total + current if n_read else None


def _read(text: str, found: re.Match[str], words: NumberWords, end: int) -> Quantity | None:
    number: float | None = None
    low: float | None = None
    high: float | None = None
    name = "number" if found["number"] else "words" if found["words"] else "vague"
    scale = 1
    if name == "number":
        first = _value(found["number"], words)
        if first is None:
            return None
        number, scale = first
        if found["high"]:
            second = _value(found["high"], words)
            if second is None:
                return None
            low, high, number = number * second[1] if scale == 1 else number, second[0], None
            low = with_thousands(low, high) if scale == second[1] == 1 else low
            if low >= high:
                return None
            scale = second[1]
    elif name == "words" and (least := words.vague.get(found["words"].lower())):
        low, scale = least, 1000  # "weitere Millionen Menschen"
    elif name == "words":
        spoken = _spoken(found["words"], words)
        if spoken is None:
            return None
        number, scale = spoken, 1000 if spoken >= 1000 else 1
        if found["more"] and (most := _spoken(found["more"], words)) is not None:
            if most <= spoken:
                return None
            low, high, number, scale = spoken, most, None, 1000 if most >= 1000 else 1
    else:
        low, scale = words.vague[found["vague"].lower()], 1000
    stop = found.end()
    is_many = scale >= 1000 or (
        (low or number or 0) >= 1000 and not text[found.start(name) : stop].isdecimal()
    )
    kind, unit, after, noun = _unit(text, stop, end, words, is_scaled=scale >= 1000, is_many=is_many)
    if kind == "count" and (of := _SHARES.get(unit)) and number is not None and 0 < number < of:
        kind, unit, noun, number = "multiple", "share", None, number / of
    if kind == "count" and unit == "time" and _COMPARES.match(text, after, end):
        kind, noun = "multiple", None
    if found["sign"]:
        kind, unit, after, noun = "money", _FIGURES_MONEY[found["sign"]], stop, None
    every: str | None = None
    per: str | None = None
    if kind == "money":
        if noun_end := _SMALL_MONEY.match(text, after, end):
            number = whole(number + int(noun_end[1]) / 100) if number is not None else None
            after = noun_end.end() if number is not None else after
        every, per, after = _rate(text, after, end, words)
    before = text[max(0, found.start() - 40) : found.start()]
    if kind == "bare" and words.people_before and re.search(words.people_before, before):
        kind, unit = "count", "person"
    if name != "number" and kind == "bare" and not (found["bound"] and scale >= 1000):
        return None
    written = text[found.start(name) : found.end(name)]
    if kind == "bare" and written.isdecimal() and not found["bound"] and low in (None, int(written)):
        return None  # a year, a page: left to who reads figures in any text
    bound: Bound | None = _bound(found["bound"], words)
    start = (
        found.start("bound")
        if found["bound"]
        else found.start("sign")
        if found["sign"]
        else found.start(name)
    )
    is_age = kind == "time" and (
        bool(re.compile(words.old).match(text, after, end))
        or (
            _AGE_BEFORE.search(text, max(0, start - 24), start) is not None
            and not _OF_SOMETHING.match(text, after, end)
        )
        or (unit == "year" and _beside(text, start, after, end) and 4 < (number or 0) < _OLDEST)
        or (
            unit == "year"
            and text[start - 1 : start] + text[after : after + 1] == "()"
            and 4 < (number or 0) < _OLDEST
        )
    )
    return Quantity(
        span=Span(start, after), number_span=Span(found.start(name), found.end("high" if found["high"] else "more" if found["more"] else name)),
        kind=kind, number=number, low=low, high=high, unit=f"{unit}/{every}" if every else unit, per=per, noun=noun.of(text) if noun else "", noun_span=noun,
        approximate=bound == "about" or (number is None and high is None), bound=bound, is_age=is_age,
    )  # fmt: skip


def _rate(text: str, at: int, end: int, words: NumberWords) -> tuple[str | None, str | None, int]:
    """Return how often a sum is paid and for whom, as far as the words behind it say so, and where they end."""
    every: str | None = None
    per: str | None = None
    pattern = _rates(words)
    for _ in range(2):
        match = pattern.match(text, at, end)
        said = words.rates[" ".join(match[1].split()).replace("’", "'")] if match else None
        if match is None or said is None or (per if said in _SHARERS else every):
            break
        if said in _SHARERS:
            per = said
        else:
            every = said
        at = match.end()
    return every, per, at


def _rates(words: NumberWords) -> re.Pattern[str]:
    return _compiled(_any(words.rates))


@cache
def _compiled(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"{_GAP}({phrases})(?!\w)")


def _beside(text: str, start: int, after: int, end: int) -> bool:
    """Whether the words stand between the commas of an entry: "Szabó Gyula, 19 ans, apprenti"."""
    return _ENTRY_BEFORE.search(text, max(0, start - 40), start) is not None and text[after:end][:1] in {
        ",",
        ";",
        ".",
    }


def _many_of(words: NumberWords) -> frozenset[str]:
    """Return what no number counts, for it is one itself: "plusieurs dizaines de milliers"."""
    return frozenset(phrase.split()[0] for phrase in words.vague)


def _bound(written: str | None, words: NumberWords) -> Bound | None:
    return words.bounds[re.sub(r"\s+", " ", written.lower().replace("’", "'"))] if written else None


def _unit(
    text: str, at: int, end: int, words: NumberWords, *, is_scaled: bool, is_many: bool
) -> tuple[Kind, str, int, Span | None]:
    """Return kind, unit, end and noun of what is counted behind `at`."""
    gap = re.compile(_GAP).match(text, at, end)
    place = gap.end() if gap else at
    if is_scaled and (
        of := re.compile(rf"(?:{_any(words.of)})(?:\s|(?<=['’]))", re.IGNORECASE).match(text, place, end)
    ):
        place = of.end()
    if text[place : place + 1] in {"%", "€", "$"}:
        kind, _, unit = words.units[text[place]].partition(" ")
        return kind, unit, place + 1, None  # type: ignore[return-value]
    if phrase := re.compile(r"pour\s(?:cent|100)|por\sciento").match(text, place, end):
        return "percent", "percent", phrase.end(), None
    if place == at:
        return "bare", "", at, None
    for _ in range(2):  # one adjective may stand before the noun
        noun = _NOUN.match(text, place, end)
        if noun is None:
            break
        lower = noun[0].lower()
        if lower in words.units:
            kind, _, unit = words.units[lower].partition(" ")
            span = Span(place, noun.end())
            return kind, unit, noun.end(), span if kind == "count" else None  # type: ignore[return-value]
        if (
            lower in words.no_noun
            or not (words.is_capital or lower in _BEFORE_NOUN or _DUTCH_ADJECTIVE.fullmatch(noun[0]))
            or (noun[0][0].isupper() and words.is_capital)
            or text[noun.end() : noun.end() + 1] != " "
        ):
            break
        place = noun.end() + 1
    if (
        noun is None
        or len(noun[0]) < 4
        or noun[0].lower() in words.no_noun
        or noun[0].lower() in _BEFORE_NOUN
        or noun[0].lower() in _many_of(words)
        or _VERB.search(noun[0])
        or (
            noun[0][0].isupper() != words.is_capital
            and not (is_many and _PEOPLE.match(noun[0]) and not places.is_place(noun[0]))
        )
    ):
        return "bare", "", at, None
    return "count", noun[0].lower(), noun.end(), Span(place, noun.end())
