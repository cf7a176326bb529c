"""The dates of Portuguese, as it is written in Portugal and in Brazil."""

from __future__ import annotations

from regesta.dates.tongue import DAY, DAY2, MONTH, YEAR, Tongue, behind

__all__ = ["PORTUGUESE"]

_MONTHS = {
    "janeiro": 1, "fevereiro": 2, "março": 3, "abril": 4, "maio": 5, "junho": 6, "julho": 7, "agosto": 8, "setembro": 9,
    "outubro": 10, "novembro": 11, "dezembro": 12,
}  # fmt: skip
_TENS = {
    "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90,
}  # fmt: skip
_SHOWN = behind("em", "Em", "desde", "Desde", "até", "Até", "de", "fins de", "meados de")

PORTUGUESE = Tongue(
    code="pt",
    starts=r"(?<!\w)(?:[0-9]|janeiro|fevereiro|março|abril|maio|jun?l?ho|agosto|setembro|outubro|novembro|dezembro|primavera|verão|outono|inverno|anos|século)",
    forms=(
        r"século\s(?P<century>[XVI]{1,5})\b(?:\s(?P<before_christ>a\.\s?C\.))?",
        rf"{DAY}\s?(?:[–/-]|(?P<joint>\s(?:e|ou|a)\s))\s?{DAY2}\sde\s%M(?!\w)(?:\sde\s{YEAR})?",
        rf"{DAY}[.ºo°]{{0,2}}\sde\s%M(?!\w)(?:,?\s(?:de|do\sano\sde)\s{YEAR})?",
        rf"(?P<strict>)(?<![0-9/]){DAY}/{MONTH}/{YEAR}",
        rf"{DAY}\s%M\s{YEAR}",
        rf"%M\s(?:(?:de|do\sano\sde)\s)?{YEAR}",
        rf"(?P<strict>){_SHOWN}%M(?!\w)(?!\s(?:de\s)?[0-9])",
        rf"%S\s(?:de|do\sano\sde)\s{YEAR}",
        rf"anos\s(?P<decade>(?:1[0-9]|20)[0-9]0|[0-9]0|{'|'.join(_TENS)})(?![0-9])",
        r"(?P<bc>[0-9]{1,4})\sa\.\s?C\.",
        r"(?P<bare>)(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9\w%°€$-]|[.,:][0-9]|[\s\u00a0][0-9]{3}(?![0-9])|/[0-9]|\s?%)",
    ),
    months=_MONTHS,
    seasons={"primavera": 21, "verão": 22, "outono": 23, "inverno": 24},
    decades=_TENS,
    bounds_before={"desde": "since", "a partir de": "since", "entre": "between", "até": "until", "até ao": "until", "antes de": "before", "depois de": "after", "após": "after"},
    approximations_before=("por volta de", "cerca de", "aproximadamente em"),
    parts_before={"no início de": "early", "início de": "early", "nos princípios de": "early", "princípios de": "early", "em meados de": "mid", "meados de": "mid", "no fim de": "end|late", "no final de": "end|late", "em fins de": "end|late", "fins de": "end|late", "finais de": "end|late"},
    articles=("o", "a", "os", "as", "de", "do", "dos", "da", "em", "no", "na", "nos", "o ano de", "no ano de", "no dia", "dia"),
    to=("a", "até", "ao"),
    between=("e",),
    alternatives=("ou",),
    relatives={
        "ano seguinte": (1, "year", "anchor"), "mesmo ano": (0, "year", "anchor"), "nesse ano": (0, "year", "anchor"), "naquele ano": (0, "year", "anchor"), "ano anterior": (-1, "year", "anchor"),
        "mês seguinte": (1, "month", "anchor"), "mesmo mês": (0, "month", "anchor"), "dia seguinte": (1, "day", "anchor"), "mesmo dia": (0, "day", "anchor"),
    },
    numbers={"um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "onze": 11, "doze": 12, "quinze": 15, "vinte": 20},
    units={"dia": "day", "dias": "day", "semana": "week", "semanas": "week", "mês": "month", "meses": "month", "ano": "year", "anos": "year"},
    later={"depois": 1, "mais tarde": 1, "antes": -1},
    plain_words=frozenset("em uma os com para dos das foi na ao por seu sua que mais quando pelo pela até depois são era foram num numa não já um".split()),
    date_words=frozenset("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro primavera verão outono inverno anos século".split()),
    counted=frozenset("pessoas homens mulheres crianças famílias refugiados soldados prisioneiros mortos vítimas habitantes anos dias meses semanas horas metros quilómetros quilômetros toneladas euros dólares escudos páginas".split()),
    noun_after=r"\s(?!mais|depois|após|aos|nos|dos|das)[a-záâãçéêíóôõú]{3,}s\b",
)  # fmt: skip
