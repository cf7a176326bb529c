"""The dates of Italian."""

from __future__ import annotations

from regesta.dates.tongue import DAY, DAY2, MONTH, YEAR, Tongue, behind

__all__ = ["ITALIAN"]

_MONTHS = {
    "gennaio": 1, "febbraio": 2, "marzo": 3, "aprile": 4, "maggio": 5, "giugno": 6, "luglio": 7, "agosto": 8, "settembre": 9,
    "ottobre": 10, "novembre": 11, "dicembre": 12, "gen.": 1, "feb.": 2, "febbr.": 2, "apr.": 4, "ago.": 8, "sett.": 9, "ott.": 10,
    "nov.": 11, "dic.": 12,
}  # fmt: skip
_TENS = {
    "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90,
}  # fmt: skip
_SHOWN = behind(
    "in", "In", "nel", "di", "da", "dal", "fino a", "inizio", "fine", "metà", "a", "entro", "dopo", "prima di"
)

ITALIAN = Tongue(
    code="it",
    starts=r"(?<!\w)(?:[0-9]|genn|feb|marzo|apr|maggio|giugno|luglio|ago|sett|ott|nov|dic|primavera|estate|autunno|inverno|anni|secolo|(?:[XVI]+)\ssecolo)",
    forms=(
        r"(?P<century>[XVI]{1,5})\ssecolo(?:\s(?P<before_christ>a\.\s?C\.))?",
        rf"{DAY}\s?(?:[–/-]|(?P<joint>\s(?:e|o|al)(?:\sil)?\s))\s?{DAY2}\s%M(?!\w)(?:\s(?:del\s)?{YEAR})?",
        rf"{DAY}[°º]?\s%M(?!\w)(?:\s(?:del\s|dell['’]anno\s)?{YEAR})?",
        rf"(?P<strict>)(?<![0-9/]){DAY}[/.]{MONTH}[/.]{YEAR}",
        rf"%M(?!\w)\s(?:del\s|dell['’]anno\s)?{YEAR}",
        rf"(?P<strict>){_SHOWN}%M(?!\w)(?!\s[0-9])",
        rf"%S\s(?:del\s|dell['’]anno\s)?{YEAR}",
        rf"anni\s['’]?(?P<decade>(?:1[0-9]|20)[0-9]0|[0-9]0|{'|'.join(_TENS)})(?![0-9])",
        r"(?P<bc>[0-9]{1,4})\sa\.\s?C\.",
        r"(?P<bare>)(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9\w%°€$-]|[.,:][0-9]|[\s\u00a0][0-9]{3}(?![0-9])|/[0-9]|\s?%)",
    ),
    months=_MONTHS,
    seasons={"primavera": 21, "estate": 22, "autunno": 23, "inverno": 24},
    decades=_TENS,
    bounds_before={"dal": "since", "sin dal": "since", "fin dal": "since", "da": "since", "a partire dal": "since", "tra il": "between", "fra il": "between", "fino al": "until", "sino al": "until", "fino a": "until", "entro il": "until", "prima del": "before", "dopo il": "after"},
    approximations_before=("verso", "verso il", "intorno al", "circa", "attorno al"),
    parts_before={"all'inizio del": "early", "inizio": "early", "agli inizi del": "early", "a metà": "mid", "metà": "mid", "a metà del": "mid", "alla fine di": "end|late", "alla fine del": "end|late", "fine": "end|late", "a fine": "end|late"},
    articles=("il", "lo", "la", "i", "gli", "le", "l'", "nel", "nell'", "nella", "negli", "del", "dell'", "della", "degli", "in", "di", "l'anno", "nell'anno", "dell'anno"),
    to=("al", "a", "fino al"),
    between=("e il", "e"),
    alternatives=("o",),
    relatives={
        "anno seguente": (1, "year", "anchor"), "anno successivo": (1, "year", "anchor"), "anno dopo": (1, "year", "anchor"), "stesso anno": (0, "year", "anchor"), "medesimo anno": (0, "year", "anchor"),
        "quell'anno": (0, "year", "anchor"), "anno precedente": (-1, "year", "anchor"), "anno prima": (-1, "year", "anchor"), "mese seguente": (1, "month", "anchor"), "mese successivo": (1, "month", "anchor"), "mese dopo": (1, "month", "anchor"),
        "giorno seguente": (1, "day", "anchor"), "giorno successivo": (1, "day", "anchor"), "giorno dopo": (1, "day", "anchor"), "indomani": (1, "day", "anchor"), "stesso giorno": (0, "day", "anchor"), "stesso mese": (0, "month", "anchor"),
    },
    numbers={"un": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "quindici": 15, "venti": 20},
    units={"giorno": "day", "giorni": "day", "settimana": "week", "settimane": "week", "mese": "month", "mesi": "month", "anno": "year", "anni": "year"},
    later={"dopo": 1, "più tardi": 1, "prima": -1},
    plain_words=frozenset("il nel nella della delle dei gli che con una sono fu alla dal dalla non più anche suo sua lo era erano si al sul del di negli dello".split()),
    date_words=frozenset("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre primavera estate autunno inverno anni secolo".split()),
    counted=frozenset("persone uomini donne bambini famiglie profughi soldati prigionieri morti vittime abitanti anni giorni mesi settimane ore metri chilometri tonnellate euro dollari lire pagine".split()),
    noun_after=r"\s(?!dopo|dai|dagli|agli|nei)[a-zàèéìòù]{3,}[ie]\b",
)  # fmt: skip
