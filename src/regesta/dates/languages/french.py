"""The dates of French."""

from __future__ import annotations

from regesta.dates.tongue import DAY, DAY2, MONTH, YEAR, Tongue, behind

__all__ = ["FRENCH"]

_MONTHS = {
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "août": 8, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "decembre": 12, "janv.": 1, "févr.": 2, "fév.": 2, "avr.": 4,
    "juil.": 7, "sept.": 9, "oct.": 10, "nov.": 11, "déc.": 12,
}  # fmt: skip
_TENS = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "soixante-dix": 70, "quatre-vingt": 80, "quatre-vingts": 80,
    "quatre-vingt-dix": 90,
}  # fmt: skip
_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9](?:\s?er(?!\w))?)"
_SHOWN = behind(
    "en",
    "En",
    "de",
    "fin",
    "Fin",
    "début",
    "Début",
    "mi",
    "depuis",
    "Depuis",
    "avant",
    "Avant",
    "après",
    "Après",
    "dès",
    "Dès",
    "jusqu'en",
    "jusqu’en",
    "vers",
    "courant",
    "entre",
    "Entre",
)
_CENTURY = r"(?P<century>[XVI]{1,5}|[0-9]{1,2})(?:e|ᵉ|è|ème|er)\s(?:siècles?|s\.)"

FRENCH = Tongue(
    code="fr",
    starts=r"(?<!\w)(?:[0-9]|jan|f[ée]v|mars|avr|mai|jui|ao[uû]t|sept|oct|nov|d[ée]c|printemps|été|automne|hiver|années|[XVI]+[eᵉè])",
    forms=(
        rf"{_CENTURY}\s(?P<before_christ>av\.\s?J\.-C\.|avant\sJ(?:ésus|\.)-C(?:hrist|\.))",
        _CENTURY,
        rf"{_DAY}\s?(?:[–/-]|(?P<joint>\s(?:et|ou|au|à)(?:\sle)?\s))\s?{DAY2.replace('0?[1-9])', '0?[1-9])(?:er)?')}\s%M(?!\w)(?:\s{YEAR})?",
        rf"{_DAY}\s%M(?!\w)(?:\s(?:de\sl['’]an(?:née)?\s)?{YEAR})?",
        rf"(?<![0-9/]){DAY}/{MONTH}/{YEAR}",
        rf"(?P<strict>)(?<![0-9/]){DAY}/{MONTH}/(?P<short>[0-9]{{2}})(?![0-9/])",
        r"(?P<year>1[0-9]{3}|20[0-9]{2})[/–-](?P<year2>[0-9]{2})(?![0-9/–-])",
        rf"%M(?!\w)\s(?:de\sl['’]an(?:née)?\s)?{YEAR}",
        rf"(?P<strict>){_SHOWN}%M(?!\w)(?!\s[0-9]|[-'’])",
        rf"%S\s(?:de\s|de\sl['’]année\s)?{YEAR}(?:[/-][0-9]{{2,4}})?",
        rf"années\s(?P<decade>(?:1[0-9]|20)[0-9]0|[0-9]0|{'|'.join(sorted(_TENS, key=len, reverse=True))})(?![0-9]|-\w)",
        r"(?P<bc>[0-9]{1,4})\s(?:av\.\s?J\.-C\.|avant\sJ(?:ésus|\.)-C(?:hrist|\.))",
        rf"{behind('an', 'année', 'l’an')}(?P<year>[1-9][0-9]{{2,3}})(?![0-9]|[.,][0-9])",
        r"(?P<bare>)(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9\w%°€$-]|[.,:][0-9]|[\s\u00a0\u202f][0-9]{3}(?![0-9])|/[0-9]|[\s\u00a0]?(?:%|€|pour\scent))",
    ),
    months=_MONTHS,
    seasons={"printemps": 21, "été": 22, "automne": 23, "hiver": 24},
    decades=_TENS,
    relatives={
        "année suivante": (1, "year", "anchor"), "an suivant": (1, "year", "anchor"), "année d'après": (1, "year", "anchor"), "même année": (0, "year", "anchor"), "cette année-là": (0, "year", "anchor"),
        "année précédente": (-1, "year", "anchor"), "année d'avant": (-1, "year", "anchor"), "mois suivant": (1, "month", "anchor"), "même mois": (0, "month", "anchor"), "lendemain": (1, "day", "anchor"),
        "surlendemain": (2, "day", "anchor"), "jour même": (0, "day", "anchor"), "même jour": (0, "day", "anchor"), "veille": (-1, "day", "anchor"), "semaine suivante": (1, "week", "anchor"),
    },
    numbers={"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20},
    units={"jour": "day", "jours": "day", "semaine": "week", "semaines": "week", "mois": "month", "an": "year", "ans": "year", "année": "year", "années": "year"},
    later={"plus tard": 1, "après": 1, "auparavant": -1, "plus tôt": -1},
    bounds_before={
        "depuis": "since", "dès": "since", "à partir de": "since", "à partir d'": "since", "à partir du": "since", "à compter de": "since", "à compter du": "since",
        "de": "span", "du": "span", "entre": "between", "jusqu'en": "until", "jusqu'à": "until", "jusqu'au": "until", "jusqu'aux": "until", "avant": "before", "après": "after",
    },
    approximations_before=("vers", "environ", "aux environs de", "aux alentours de", "autour de", "circa", "ca", "v."),
    parts_before={
        "début": "early", "au début de": "early", "au début du": "early", "au début des": "early", "le début de": "early", "milieu": "mid", "au milieu de": "mid", "au milieu du": "mid", "au milieu des": "mid",
        "mi": "mid", "fin": "end|late", "à la fin de": "end|late", "à la fin du": "end|late", "à la fin des": "end|late", "la fin de": "end|late", "la fin du": "end|late", "la fin des": "end|late",
        "première moitié": "first-half", "seconde moitié": "second-half", "deuxième moitié": "second-half", "premier semestre": "first-half", "second semestre": "second-half",
    },
    articles=("le", "la", "les", "l'", "de", "du", "des", "en", "au", "l'année", "l'an", "de l'année", "d'"),
    to=("à la", "au", "à", "jusqu'en", "jusqu'au", "aux"),
    between=("et le", "et la", "et"),
    alternatives=("ou",),
    plain_words=frozenset("et les des une est dans qui pour du au aux le la par sur ne pas que qu'il il elle ils sont été avec ce cette ses leur leurs ont avait était".split()),
    date_words=frozenset("janvier février mars avril mai juin juillet août septembre octobre novembre décembre début années janv. févr. juil. déc. Janvier Février Avril Juin Juillet Août Septembre Octobre Novembre Décembre printemps été automne hiver année siècle".split()),
    counted=frozenset(
        "personnes hommes femmes enfants familles réfugiés soldats prisonniers détenus morts blessés victimes habitants ans années jours mois semaines heures "
        "minutes mètres kilomètres tonnes euros francs dollars pages exemplaires cas membres ouvriers étudiants élèves citoyens maisons navires bateaux fois "
        "hectares litres kilos grammes participants visiteurs militaires transfuges personnalités".split()
    ),
    noun_after=r"[\s\u00a0](?!dans|sans|mais|alors|après|depuis|puis|ils|elles|les|des|ses|sous|vers|plus|très|moins|lors|dès|pas\b)[a-zàâçéèêëîïôûùü]{3,}[sx]\b",
)  # fmt: skip
