"""The dates of German, as it is written in Germany, Austria and Switzerland."""

from __future__ import annotations

from regesta.dates.tongue import DAY, DAY2, MONTH, YEAR, Tongue, behind

__all__ = ["GERMAN"]

_MONTHS = {
    "januar": 1, "jänner": 1, "februar": 2, "feber": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8,
    "september": 9, "oktober": 10, "november": 11, "dezember": 12, "jan.": 1, "feb.": 2, "febr.": 2, "mär.": 3, "apr.": 4,
    "jun.": 6, "jul.": 7, "aug.": 8, "sept.": 9, "sep.": 9, "okt.": 10, "nov.": 11, "dez.": 12,
}  # fmt: skip
_TENS = {
    "zwanziger": 20, "dreißiger": 30, "dreissiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60, "siebziger": 70,
    "achtziger": 80, "neunziger": 90,
}  # fmt: skip
_SHOWN = behind(
    "im",
    "Im",
    "seit",
    "Seit",
    "bis",
    "Bis",
    "ab",
    "Ab",
    "Anfang",
    "Mitte",
    "Ende",
    "vor",
    "nach",
    "zum",
    "vom",
    "des",
    "zwischen",
    "Zwischen",
)
_ON = behind("am", "Am", "vom", "Vom", "zum", "dem", "den", "ab", "seit", "der")
_IN_YEAR = behind("Jahr", "Jahre", "Jahres", "Jahren")
_CENTURY = r"(?P<century>2[01]|1?[0-9])\.\s(?:Jahrhunderts?|Jahrhunderten|Jh\.?|Jhdt?\.?)"

GERMAN = Tongue(
    code="de",
    starts=r"(?<!\w)(?:[0-9]|(?:jan|jän|feb|mär|apr|mai|ju[nl]|aug|sep|okt|nov|dez|frühjahr|frühling|sommer|herbst|spätherbst|winter)|zwanziger|dreißiger|dreissiger|vierziger|fünfziger|sechziger|siebziger|achtziger|neunziger)",
    forms=(
        rf"{_CENTURY}\s(?P<before_christ>v\.\s?(?:Chr\.|u\.\s?Z\.))",
        _CENTURY,
        rf"{DAY}\.?\s?(?:[–/-]|(?P<joint>\s(?:und|oder|bis)(?:\s(?:zum|dem|den))?\s))\s?{DAY2}\.\s?%M(?!\w)(?:\s(?:des\sJahres\s)?{YEAR})?",
        rf"{DAY}\.\s?%M(?!\w)(?:\s(?:des\sJahres\s)?{YEAR}|\s['’](?P<short>[0-9]{{2}})(?![0-9]))?",
        rf"(?<![0-9.]){DAY}\.\s?{MONTH}\.\s?{YEAR}",
        rf"(?P<strict>)(?<![0-9.]){DAY}\.\s?{MONTH}\.\s?['’]?(?P<short>[0-9]{{2}})(?![0-9.,]|\s?(?:Uhr|Euro|%))",
rf"(?P<strict>)(?<![0-9/]){DAY}/{MONTH}/{YEAR}",
        rf"(?P<strict>){_ON}{DAY}\.\s?{MONTH}\.(?!\s?[0-9])",
        r"(?P<year>1[0-9]{3}|20[0-9]{2})/(?P<year2>[0-9]{2}|[12][0-9]{3})(?![0-9/])",
        rf"%M(?!\w)\s(?:des\sJahres\s)?{YEAR}",
        r"%M(?!\w)\s['’](?P<short>[0-9]{2})(?![0-9])",
        rf"(?P<strict>){_SHOWN}%M(?!\w)(?!\s[0-9]|[a-zäöü])",
        rf"%S\s(?:des\sJahres\s)?{YEAR}(?:/[0-9]{{2,4}})?",
        r"(?P<decade>(?:1[0-9]|20)[0-9]0|[0-9]0)er(?:[-\s]?Jahren?|\b)",
        rf"(?P<decade>{'|'.join(_TENS)})[-\s]?jahren?\b",
        r"(?P<bc>[0-9]{1,4})\sv\.\s?(?:Chr\.|u\.\s?Z\.)",
        r"(?P<year>[0-9]{1,4})\sn\.\s?(?:Chr\.|u\.\s?Z\.)",
        rf"{_IN_YEAR}(?P<year>[1-9][0-9]{{2,3}})(?![0-9]|[.,][0-9])",
        r"(?P<bare>)(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9\w%°€$-]|[.,:][0-9]|\s[0-9]{3}(?![0-9])|/[0-9]|\s?(?:%|€|Prozent))",
    ),
    months=_MONTHS,
    seasons={"frühjahr": 21, "frühling": 21, "sommer": 22, "herbst": 23, "spätherbst": 23, "winter": 24, "spätsommer": 22, "frühsommer": 22},
    decades=_TENS,
    relatives={
        "folgenden jahr": (1, "year", "anchor"), "folgenden jahres": (1, "year", "anchor"), "darauffolgenden jahr": (1, "year", "anchor"), "nächsten jahr": (1, "year", "anchor"), "jahr darauf": (1, "year", "anchor"), "folgejahr": (1, "year", "anchor"),
        "selben jahr": (0, "year", "anchor"), "selben jahres": (0, "year", "anchor"), "gleichen jahr": (0, "year", "anchor"), "gleichen jahres": (0, "year", "anchor"), "vorjahr": (-1, "year", "anchor"), "jahr zuvor": (-1, "year", "anchor"),
        "folgenden monat": (1, "month", "anchor"), "selben monat": (0, "month", "anchor"), "folgenden tag": (1, "day", "anchor"), "nächsten tag": (1, "day", "anchor"), "tag darauf": (1, "day", "anchor"), "tags darauf": (1, "day", "anchor"), "selben tag": (0, "day", "anchor"), "am tag zuvor": (-1, "day", "anchor"),
    },
    numbers={"ein": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "zwanzig": 20},
    units={"tag": "day", "tage": "day", "woche": "week", "wochen": "week", "monat": "month", "monate": "month", "jahr": "year", "jahre": "year"},
    later={"später": 1, "danach": 1, "zuvor": -1, "vorher": -1, "früher": -1},
    bounds_before={
        "seit": "since", "ab": "since", "von": "span", "vom": "span", "zwischen": "between", "bis": "until", "bis zum": "until",
        "bis in": "until", "bis ins": "until", "bis zu": "until", "vor": "before", "nach": "after", "stand": "as-of", "bis einschließlich": "until",
        "spätestens": "until", "frühestens": "since",
    },
    approximations_before=("um", "ca.", "ca", "circa", "zirka", "etwa", "ungefähr", "gegen", "rund", "wohl", "um etwa", "etwa um", "um ca."),
    parts_before={
        "anfang": "early", "mitte": "mid", "ende": "end|late", "in der ersten hälfte": "first-half", "in der zweiten hälfte": "second-half",
        "erste hälfte": "first-half", "zweite hälfte": "second-half", "ersten hälfte": "first-half", "zweiten hälfte": "second-half",
        "frühe": "early", "frühen": "early", "späte": "late", "späten": "late", "beginn": "early", "jahresende": "end", "jahresanfang": "early",
    },
    articles=("der", "dem", "den", "des", "die", "das", "zum", "zu", "in", "im", "am", "des jahres", "dem jahr", "dem jahre", "jahr", "jahre", "jahres", "den jahren", "jahren"),
    to=("bis zum", "bis zur", "bis", "und dem", "bis in die", "bis ins"),
    between=("und",),
    alternatives=("oder",),
    plain_words=frozenset("und der das den dem des ist nicht ein eine einem einer eines wurde wurden mit von auf für zum zur im vom sich auch nach bei aus sie oder werden hatte bis über als dass daß".split()),
    date_words=frozenset("Januar Jänner Februar März Mai Juni Juli Oktober Dezember Frühjahr Frühling Herbst Anfang Mitte Ende er er-Jahre er-Jahren Jahr Jahre Jahres Jahren Jahrhundert Jahrhunderts".split()),
    counted=frozenset(
        "Menschen Personen Männer Frauen Kinder Familien Flüchtlinge Flüchtlingen Überläufer Überläufern Soldaten Häftlinge Häftlingen Gefangene Gefangenen Tote "
        "Toten Opfer Opfern Einwohner Einwohnern Bewohner Jahre Jahren Tage Tagen Wochen Monate Monaten Stunden Minuten Meter Metern Kilometer Kilometern Tonnen "
        "Euro Mark Dollar Franken Gulden Taler Seiten Exemplare Exemplaren Fälle Fällen Mitglieder Mitgliedern Arbeiter Arbeitern Teilnehmer Studenten Schüler "
        "Bürger Bürgern Häuser Häusern Schiffe Boote Mal Stück Kilogramm Gramm Liter Hektar Prozent Zuschauer Zuschauern Besucher Deutsche Juden".split()
    ),
    noun_after=r"\s(?:[A-ZÄÖÜ][a-zäöüß]+(?:en|er|e|n|s|el|ar|ge)\b|(?:tote|verletzte|neue|junge|weitere)[rn]?\b)",
)  # fmt: skip
