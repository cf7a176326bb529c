"""The dates of Polish."""

from __future__ import annotations

from regesta.dates.tongue import DAY, DAY2, MONTH, YEAR, Tongue, behind

__all__ = ["POLISH"]

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "styczeń stycznia styczniu",
            "luty lutego lutym",
            "marzec marca marcu",
            "kwiecień kwietnia kwietniu",
            "maj maja maju",
            "czerwiec czerwca czerwcu",
            "lipiec lipca lipcu",
            "sierpień sierpnia sierpniu",
            "wrzesień września wrześniu",
            "październik października październiku",
            "listopad listopada listopadzie",
            "grudzień grudnia grudniu",
        ),
        1,
    )
    for word in words.split()
}
_SEASONS = {
    word: code
    for words, code in (
        ("wiosna wiosny wiosną wiosnę", 21),
        ("lato lata latem", 22),
        ("jesień jesieni jesienią", 23),
        ("zima zimy zimą zimę", 24),
    )
    for word in words.split()
}
_YEARS = r"(?:\s(?:r\.|rok[uie]?m?\b))?"
_SHOWN = behind("w", "W", "we", "od", "Od", "do", "Do", "początku", "końcu", "połowie", "z", "po", "przed")

POLISH = Tongue(
    code="pl",
    starts=r"(?<!\w)(?:[0-9]|stycz|lut|mar[zc]|kwie|maj|czerw|lip|sierp|wrze|październik|listopad|grud|wiosn|lat|jesie|zim)",
    forms=(
        rf"{DAY}\s?(?:[–/-]|(?P<joint>\s(?:i|lub|do)\s))\s?{DAY2}\s%M(?!\w)(?:\s{YEAR}{_YEARS})?",
        rf"{DAY}\s%M(?!\w)(?:\s{YEAR}{_YEARS})?",
        rf"(?P<strict>)(?<![0-9.]){DAY}\.{MONTH}\.{YEAR}",
        rf"%M(?!\w)\s{YEAR}{_YEARS}",
        rf"(?P<strict>){_SHOWN}%M(?!\w)(?!\s[0-9])",
        rf"%S\s{YEAR}{_YEARS}",
        r"(?P<year>1[0-9]{3}|20[0-9]{2})\s(?:r\.|rok(?:u|iem)?\b)",
        r"(?P<bare>)(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9\w%°€$-]|[.,:][0-9]|[\s\u00a0][0-9]{3}(?![0-9])|/[0-9]|\s?%)",
    ),
    months=_MONTHS,
    seasons=_SEASONS,
    bounds_before={"od": "since", "między": "between", "do": "until", "aż do": "until", "przed": "before", "po": "after"},
    approximations_before=("około", "ok."),
    parts_before={"na początku": "early", "początek": "early", "w połowie": "mid", "pod koniec": "end|late", "w końcu": "end|late", "koniec": "end|late"},
    articles=("w", "we", "z", "roku", "w roku", "dnia", "w dniu"),
    to=("do",),
    between=("a",),
    alternatives=("lub", "albo"),
    relatives={
        "następnego roku": (1, "year", "anchor"), "następnym roku": (1, "year", "anchor"), "rok później": (1, "year", "anchor"), "tego samego roku": (0, "year", "anchor"), "tym samym roku": (0, "year", "anchor"), "tego roku": (0, "year", "anchor"), "rok wcześniej": (-1, "year", "anchor"), "poprzedniego roku": (-1, "year", "anchor"),
        "miesiąc później": (1, "month", "anchor"), "następnego miesiąca": (1, "month", "anchor"), "następnego dnia": (1, "day", "anchor"), "nazajutrz": (1, "day", "anchor"), "tego samego dnia": (0, "day", "anchor"), "dzień później": (1, "day", "anchor"),
    },
    numbers={"jeden": 1, "dwa": 2, "dwie": 2, "trzy": 3, "cztery": 4, "pięć": 5, "sześć": 6, "siedem": 7, "osiem": 8, "dziewięć": 9, "dziesięć": 10, "dwanaście": 12},
    units={"dni": "day", "tydzień": "week", "tygodnie": "week", "tygodni": "week", "miesiące": "month", "miesięcy": "month", "lata": "year", "lat": "year"},
    later={"później": 1, "wcześniej": -1},
    plain_words=frozenset("się nie na był była było byli oraz przez dla roku jego jej ich który która które gdzie został została po od już jako".split()),
    date_words=frozenset("styczeń marzec kwiecień czerwiec lipiec sierpień wrzesień październik listopad grudzień stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu roku wiosną latem jesienią zimą".split()),
    counted=frozenset("osób osoby ludzi mężczyzn kobiet dzieci rodzin uchodźców żołnierzy jeńców zabitych ofiar mieszkańców lat lata dni tygodni miesięcy godzin metrów kilometrów ton złotych zł stron miejsc łóżek marek rubli koron dolarów".split()),
    noun_after=r"\s[a-ząćęłńóśźż]{3,}(?:ów|y|i|e)\b",
)  # fmt: skip
