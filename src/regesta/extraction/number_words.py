"""What German, French, Russian and Spanish write numbers with: number words, scales, bounds, marks, and what is counted.

A table for each language; `latin_quantities` reads with them. Words are in lower case. `one` is in none of them, for it is the
article too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from regesta.extraction.quantity import Bound

__all__ = ["NUMBER_WORDS", "NumberWords"]


def _values(text: str) -> dict[str, int]:
    """Return the words of "two=2 three=3"."""
    pairs = (pair.rpartition("=") for pair in text.split())
    return {word.replace("_", " "): int(value) for word, _, value in pairs}


def _listed(table: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in table.items() for word in words.split()}


def _bounds(*, least: str, most: str, near: str) -> dict[str, Bound]:
    listed: tuple[tuple[Bound, str], ...] = (("min", least), ("max", most), ("about", near))
    return {phrase.strip(): bound for bound, phrases in listed for phrase in phrases.split(",")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """The numbers of one language."""

    thousands: str
    """Signs between groups of three digits, for a character class."""
    words: Mapping[str, int]
    """Words below a thousand; several in a row are added."""
    scales: Mapping[str, int]
    is_compound: bool = False
    """Whether number words are written together: `zweihundertdreiundzwanzig`."""
    joint: str = ""
    """What may stand between number words, besides a space and a hyphen: `et`, `y`."""
    bounds: Mapping[str, Bound]
    vague: Mapping[str, int | None]
    """"dizaines" to 20, the least that the plural says; None where the words give none."""
    of: tuple[str, ...]
    """Words between a vague number or a million and what is counted: `de`, `von`."""
    units: Mapping[str, str]
    """Noun -> kind and unit: `count person`, `time year`, `money EUR`."""
    between: tuple[str, ...]
    """"from", "between" and the words that join the two ends."""
    to: tuple[str, ...]
    old: str = r"(?!)"
    """What behind a number of years makes it an age."""
    no_noun: frozenset[str] = frozenset()
    """Words that are never counted."""
    is_capital: bool = False
    """Whether nouns are written with a capital."""


_MEASURES: Final = {
    "measure km": "km kilometer kilometern kilomètre kilomètres км километр километра километров километрах kilómetros kilómetro",
    "measure m": "m meter metern mètre mètres м метр метра метров metros metro", "measure cm": "cm zentimeter centimètres см сантиметров centímetros",
    "measure kg": "kg kilo kilogramm kilos kilogrammes кг килограмм килограммов килограмма kilogramos", "measure g": "gramm grammes г грамм граммов gramos",
    "measure t": "t tonne tonnen tonnes т тонн тонны тонна toneladas tonelada", "measure ha": "ha hektar hectares hectare га гектаров гектара hectáreas",
    "measure l": "liter litern litres litre л литров литра litros", "percent percent": "% prozent процентов процента процент",
    "money EUR": "€ eur euro euros евро", "money USD": "$ usd us-dollar dollar dollars долларов доллара доллар dólares", "money RUB": "rubel roubles рублей рубля рубль руб rublos",
    "money DEM": "mark dm d-mark reichsmark марок", "money FRF": "francs franc", "money CHF": "franken", "money GBP": "pfund",
    "money KRW": "won вон wones", "money JPY": "yen иен yenes",
}  # fmt: skip

NUMBER_WORDS: Final[dict[str, NumberWords]] = {
    "de": NumberWords(
        thousands=". \u00a0\u202f\u2009'’",
        words=_values(
            "zwei=2 zwo=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 "
            "siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 dreissig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 hundert=100"
        ),
        scales=_values("tausend=1000 tsd.=1000 million=1000000 millionen=1000000 mio.=1000000 mio=1000000 milliarde=1000000000 milliarden=1000000000 mrd.=1000000000 mrd=1000000000"),
        is_compound=True,
        bounds=_bounds(
            least="mehr als,über,mindestens,wenigstens,nicht weniger als,weit über,gut,deutlich mehr als,ab",
            most="bis zu,höchstens,maximal,weniger als,unter,nicht mehr als,allenfalls",
            near="etwa,rund,ungefähr,circa,zirka,ca.,ca,fast,knapp,beinahe,nahezu,an die,annähernd,schätzungsweise,gegen,um die",
        ),
        vague={"dutzende": 24, "dutzenden": 24, "hunderte": 200, "hunderten": 200, "tausende": 2000, "tausenden": 2000, "millionen": 2_000_000, "einige": None, "einigen": None, "mehrere": None, "mehreren": None},
        of=("von", "der"),
        units=_listed(
            {
                "count person": "personen person menschen männer männern frauen kinder kindern leute leuten flüchtlinge flüchtlingen überläufer überläufern soldaten häftlinge häftlingen "
                "gefangene gefangenen tote toten opfer opfern einwohner einwohnern bewohner bewohnern mitglieder mitgliedern arbeiter arbeitern studenten schüler schülern zuschauer "
                "besucher besuchern bürger bürgern teilnehmer teilnehmern verletzte verletzten passagiere passagieren matrosen fischer jungen mädchen söhne töchter brüder schwestern",
                "count family": "familien familie", "count household": "haushalte haushalten", "time year": "jahre jahren jahr", "time month": "monate monaten monat",
                "time week": "wochen woche", "time day": "tage tagen tag", "time hour": "stunden stunde", "time minute": "minuten minute", "count time": "mal",
                "count house": "häuser häusern", "count ship": "schiffe schiffen", "count boat": "boote booten", "count page": "seiten",
            } | _MEASURES
        ),
        between=("zwischen", "von"), to=("und", "bis", "oder"), old=r"\s(?:alt|jung)\b|\salte[rsnm]?\b", is_capital=True,
        no_noun=frozenset("uhr".split()),
    ),
    "fr": NumberWords(
        thousands=" \u00a0\u202f\u2009.",
        words=_values(
            "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 "
            "quarante=40 cinquante=50 soixante=60 septante=70 huitante=80 nonante=90 cent=100 cents=100 quatre-vingts=80 quatre-vingt=80"
        ),
        scales=_values("mille=1000 million=1000000 millions=1000000 milliard=1000000000 milliards=1000000000"),
        joint="et",
        bounds=_bounds(
            least="plus de,plus d',au moins,au minimum,pas moins de,minimum", most="jusqu'à,au plus,au maximum,moins de,moins d',maximum",
            near="environ,près de,près d',quelque,quelques,autour de,à peu près,presque,une,approximativement",
        ),
        vague={"dizaines": 20, "centaines": 200, "milliers": 2000, "millions": 2_000_000, "plusieurs": None, "quelques": None},
        of=("de", "d'", "des"),
        units=_listed(
            {
                "count person": "personnes personne hommes femmes enfants gens réfugiés réfugiées soldats prisonniers détenus morts blessés victimes habitants ouvriers étudiants "
                "élèves citoyens participants visiteurs militaires transfuges passagers marins pêcheurs garçons filles fils frères sœurs membres",
                "count family": "familles famille", "count household": "ménages foyers", "time year": "ans an années année", "time month": "mois", "time week": "semaines semaine",
                "time day": "jours jour", "time hour": "heures heure", "time minute": "minutes minute", "count time": "fois", "count house": "maisons", "count ship": "navires",
                "count boat": "bateaux", "count page": "pages",
            } | _MEASURES
        ),
        between=("entre", "de"), to=("et", "à", "ou"), old=r"(?<=(?:gé|ée|és) de )(?!)",
        no_noun=frozenset("dans pour par avec sans sur sous qui que est sont ont était étaient mais plus moins puis alors vers chez dont les des aux leur leurs ses".split()),
    ),
    "ru": NumberWords(
        thousands=" \u00a0\u202f\u2009",
        words=_values(
            "два=2 две=2 двух=2 двое=2 три=3 трёх=3 трех=3 трое=3 четыре=4 четверо=4 четырёх=4 пять=5 пятеро=5 пяти=5 шесть=6 шести=6 семь=7 семи=7 восемь=8 восьми=8 девять=9 девяти=9 "
            "десять=10 десяти=10 одиннадцать=11 двенадцать=12 тринадцать=13 четырнадцать=14 пятнадцать=15 шестнадцать=16 семнадцать=17 восемнадцать=18 девятнадцать=19 двадцать=20 "
            "двадцати=20 тридцать=30 тридцати=30 сорок=40 пятьдесят=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 сто=100 ста=100 двести=200 двухсот=200 триста=300 "
            "трёхсот=300 четыреста=400 пятьсот=500 шестьсот=600 семьсот=700 восемьсот=800 девятьсот=900"
        ),
        scales=_values(
            "тысяча=1000 тысячи=1000 тысяч=1000 тыс.=1000 тыс=1000 миллион=1000000 миллиона=1000000 миллионов=1000000 млн=1000000 млн.=1000000 миллиард=1000000000 миллиарда=1000000000 "
            "миллиардов=1000000000 млрд=1000000000 млрд.=1000000000"
        ),
        bounds=_bounds(
            least="более,больше,свыше,не менее,как минимум,минимум,более чем", most="до,менее,меньше,не более,максимум,менее чем",
            near="около,примерно,приблизительно,почти,порядка,где-то",
        ),
        vague={"десятки": 20, "десятков": 20, "сотни": 200, "сотен": 200, "тысячи": 2000, "миллионы": 2_000_000, "несколько": None, "нескольких": None},
        of=(),
        units=_listed(
            {
                "count person": "человек человека люди людей лиц мужчин мужчины женщин женщины детей ребёнка беженцев беженца солдат солдата заключённых заключенных погибших раненых жителей "
                "рабочих студентов учеников граждан участников пассажиров моряков рыбаков мальчика девочки перебежчиков братьев сестры",
                "count family": "семей семьи семья", "time year": "год года лет", "time month": "месяц месяца месяцев", "time week": "неделя недели недель", "time day": "день дня дней сутки суток",
                "time hour": "час часа часов", "time minute": "минута минуты минут", "count time": "раз раза", "count house": "домов дома", "count ship": "кораблей судов", "count page": "страниц",
            } | _MEASURES
        ),
        between=("между", "от", "с"), to=("и", "до", "или"),
        no_noun=frozenset("и в на по из от до за для что как не при это или году года".split()) - {"года"},
    ),
    "es": NumberWords(
        thousands=". \u00a0\u202f\u2009",
        words=_values(
            "dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 "
            "veinte=20 veintiuno=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100 "
            "ciento=100 doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400 quinientos=500 quinientas=500 seiscientos=600 setecientos=700 ochocientos=800 novecientos=900"
        ),
        scales=_values("mil=1000 millón=1000000 millones=1000000"),
        joint="y",
        bounds=_bounds(
            least="más de,al menos,por lo menos,como mínimo,no menos de", most="hasta,menos de,como máximo,no más de",
            near="unos,unas,alrededor de,cerca de,casi,aproximadamente,en torno a",
        ),
        vague={"decenas": 20, "cientos": 200, "centenares": 200, "miles": 2000, "varios": None, "varias": None},
        of=("de",),
        units=_listed(
            {
                "count person": "personas persona hombres mujeres niños niñas gente refugiados refugiadas soldados prisioneros muertos heridos víctimas habitantes obreros estudiantes "
                "ciudadanos pasajeros marineros pescadores hijos hermanos miembros",
                "count family": "familias familia", "time year": "años año", "time month": "meses mes", "time week": "semanas semana", "time day": "días día", "time hour": "horas hora",
                "time minute": "minutos", "count time": "veces", "count house": "casas", "count ship": "barcos buques", "count page": "páginas", "money ESP": "pesetas", "money peso": "pesos",
            } | _MEASURES
        ),
        between=("entre", "de"), to=("y", "a", "o"),
        no_noun=frozenset("que para por con sin los las del una como más pero desde hasta cuando donde".split()),
    ),
}  # fmt: skip
"""Language (BCP 47) -> its numbers."""
