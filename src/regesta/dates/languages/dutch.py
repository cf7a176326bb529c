"""The dates of Dutch."""

from __future__ import annotations

from regesta.dates.tongue import DAY, DAY2, MONTH, YEAR, Tongue, behind

__all__ = ["DUTCH"]

_MONTHS = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "augustus": 8, "september": 9,
    "oktober": 10, "november": 11, "december": 12, "jan.": 1, "febr.": 2, "feb.": 2, "mrt.": 3, "apr.": 4, "aug.": 8, "sept.": 9, "okt.": 10,
    "nov.": 11, "dec.": 12,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90,
}  # fmt: skip
_SHOWN = behind(
    "in",
    "In",
    "sinds",
    "Sinds",
    "tot",
    "Tot",
    "vanaf",
    "begin",
    "Begin",
    "eind",
    "Eind",
    "half",
    "medio",
    "van",
)

DUTCH = Tongue(
    code="nl",
    starts=r"(?<!\w)(?:[0-9]|jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|voorjaar|lente|zomer|herfst|najaar|winter|jaren)",
    forms=(
        r"(?P<century>[0-9]{1,2})e\seeuw",
        rf"{DAY}\s?(?:[–/-]|(?P<joint>\s(?:en|of|tot)\s))\s?{DAY2}\s%M(?!\w)(?:\s{YEAR})?",
        rf"{DAY}\s%M(?!\w)(?:\s{YEAR})?",
        rf"(?P<strict>)(?<![0-9/-]){DAY}[-/]{MONTH}[-/]{YEAR}",
        rf"%M(?!\w)\s{YEAR}",
        rf"(?P<strict>){_SHOWN}%M(?!\w)(?!\s[0-9]|[-'’])",
        rf"%S\s(?:van\s)?{YEAR}",
        rf"jaren\s['’]?(?P<decade>(?:1[0-9]|20)[0-9]0|[0-9]0|{'|'.join(_TENS)})(?![0-9])",
        r"(?P<bare>)(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9\w%°€$-]|[.,:][0-9]|[\s\u00a0][0-9]{3}(?![0-9])|/[0-9]|\s?%)",
    ),
    months=_MONTHS,
    seasons={"voorjaar": 21, "lente": 21, "zomer": 22, "herfst": 23, "najaar": 23, "winter": 24},
    decades=_TENS,
    bounds_before={"sinds": "since", "sedert": "since", "vanaf": "since", "van": "span", "tussen": "between", "tot": "until", "tot in": "until", "voor": "before", "na": "after"},
    approximations_before=("rond", "omstreeks", "circa", "ca.", "ongeveer in"),
    parts_before={"begin": "early", "het begin van": "early", "half": "mid", "medio": "mid", "midden": "mid", "eind": "end|late", "einde": "end|late", "het eind van": "end|late"},
    articles=("de", "het", "in", "in de", "in het", "van", "van de", "van het", "het jaar", "in het jaar", "op", "den"),
    to=("tot", "tot en met", "t/m"),
    between=("en",),
    alternatives=("of",),
    relatives={
        "volgende jaar": (1, "year", "anchor"), "jaar daarop": (1, "year", "anchor"), "hetzelfde jaar": (0, "year", "anchor"), "datzelfde jaar": (0, "year", "anchor"), "dat jaar": (0, "year", "anchor"), "vorige jaar": (-1, "year", "anchor"), "jaar daarvoor": (-1, "year", "anchor"),
        "volgende maand": (1, "month", "anchor"), "dezelfde maand": (0, "month", "anchor"), "volgende dag": (1, "day", "anchor"), "dag daarop": (1, "day", "anchor"), "dezelfde dag": (0, "day", "anchor"),
    },
    numbers={"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "twintig": 20},
    units={"dag": "day", "dagen": "day", "week": "week", "weken": "week", "maand": "month", "maanden": "month", "jaar": "year", "jaren": "year"},
    later={"later": 1, "daarna": 1, "eerder": -1, "tevoren": -1},
    plain_words=frozenset("het een werd werden naar niet bij uit ook aan dat te haar hij zij voor zijn toen nog maar".split()),
    date_words=frozenset("januari februari maart april mei juni juli augustus september oktober november december voorjaar zomer herfst najaar jaren sinds".split()),
    counted=frozenset("personen mensen mannen vrouwen kinderen gezinnen vluchtelingen soldaten gevangenen doden slachtoffers inwoners jaar jaren dagen maanden weken uren meter kilometer ton euro gulden bladzijden".split()),
    noun_after=r"\s[a-z]{3,}(?:en|s)\b",
)  # fmt: skip
