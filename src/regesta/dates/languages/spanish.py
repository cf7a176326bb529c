"""The dates of Spanish."""

from __future__ import annotations

from regesta.dates.tongue import DAY, DAY2, MONTH, YEAR, Tongue, behind

__all__ = ["SPANISH"]

_MONTHS = {
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "setiembre": 9,
    "octubre": 10, "noviembre": 11, "diciembre": 12,
}  # fmt: skip
_TENS = {
    "veinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
}

SPANISH = Tongue(
    code="es",
    starts=r"(?<!\w)(?:[0-9]|enero|febrero|marzo|abril|mayo|ju[nl]io|agosto|sep?tiembre|octubre|noviembre|diciembre|primavera|verano|otoño|invierno|años|siglo)",
    forms=(
        r"siglo\s(?P<century>[XVI]{1,5})\b(?:\s(?P<before_christ>a\.\s?C\.))?",
        rf"{DAY}\s?(?:[–/-]|(?P<joint>\s(?:y|o|al)(?:\sel)?\s))\s?{DAY2}\sde\s%M(?!\w)(?:\s(?:de|del)\s{YEAR})?",
        rf"{DAY}(?:\.º|º)?\sde\s%M(?!\w)(?:,?\s(?:de|del)\s(?:año\s)?{YEAR})?",
        rf"(?P<strict>)(?<![0-9/]){DAY}/{MONTH}/{YEAR}",
        rf"{DAY}\s%M\s{YEAR}",
        rf"%M\s(?:(?:de|del)\s(?:año\s)?)?{YEAR}",
        rf"(?P<strict>){behind('en', 'En', 'desde', 'hasta', 'de')}%M(?!\w)(?!\sde\s|\s[0-9]{{4}})",
        rf"%S\s(?:de|del)\s(?:año\s)?{YEAR}",
        rf"años\s(?P<decade>(?:1[0-9]|20)[0-9]0|[0-9]0|{'|'.join(_TENS)})(?![0-9])",
        r"(?P<bc>[0-9]{1,4})\sa\.\s?C\.",
        r"(?P<bare>)(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9\w%°€$-]|[.,:][0-9]|[\s\u00a0][0-9]{3}(?![0-9])|/[0-9]|\s?%)",
    ),
    months=_MONTHS,
    seasons={"primavera": 21, "verano": 22, "otoño": 23, "invierno": 24},
    decades=_TENS,
    relatives={
        "año siguiente": (1, "year", "anchor"), "mismo año": (0, "year", "anchor"), "aquel año": (0, "year", "anchor"), "ese año": (0, "year", "anchor"), "año anterior": (-1, "year", "anchor"),
        "mes siguiente": (1, "month", "anchor"), "mismo mes": (0, "month", "anchor"), "día siguiente": (1, "day", "anchor"), "mismo día": (0, "day", "anchor"), "semana siguiente": (1, "week", "anchor"),
    },
    numbers={"un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20},
    units={"día": "day", "días": "day", "semana": "week", "semanas": "week", "mes": "month", "meses": "month", "año": "year", "años": "year"},
    later={"después": 1, "más tarde": 1, "antes": -1},
    bounds_before={"desde": "since", "a partir de": "since", "de": "span", "entre": "between", "hasta": "until", "antes de": "before", "después de": "after"},
    approximations_before=("hacia", "alrededor de", "cerca de", "aproximadamente en", "circa"),
    parts_before={"a principios de": "early", "principios de": "early", "a comienzos de": "early", "a mediados de": "mid", "mediados de": "mid", "a finales de": "end|late", "finales de": "end|late", "a fines de": "end|late", "fines de": "end|late"},
    articles=("el", "la", "los", "las", "de", "del", "el año", "en"),
    to=("a", "hasta", "al"),
    between=("y",),
    alternatives=("o",),
    plain_words=frozenset("y el los las una es en que por con para del al se su sus fue como más pero la mi muy cuando desde ya había sobre cómo también hasta este esta porque".split()),
    date_words=frozenset("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre primavera verano otoño invierno años siglo".split()),
    counted=frozenset("personas hombres mujeres niños familias refugiados soldados prisioneros muertos víctimas habitantes años días meses semanas horas metros kilómetros toneladas euros dólares pesetas pesos páginas".split()),
    noun_after=r"\s(?!más|tras|después|los|las)[a-záéíóúñ]{3,}s\b",
)  # fmt: skip
