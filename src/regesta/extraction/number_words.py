"""What other languages than English write numbers with: number words, scales, bounds, marks, what is counted, and how often.

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


def _rates(**phrases: str) -> dict[str, str]:
    return {phrase.strip(): every for every, listed in phrases.items() for phrase in listed.split(",")}


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
    rates: Mapping[str, str]
    """What behind a sum says how often, or for whom: `monatlich` to `month`, `pro Person` to `person`."""
    old: str = r"(?!)"
    """What behind a number of years makes it an age."""
    people_before: str = ""
    """What before a bare number says that it counts people: "sono arrivati in 139"."""
    no_noun: frozenset[str] = frozenset()
    """Words that are never counted."""
    is_comma_grouped: bool = False
    """Whether many write a comma between thousands: `16,000` in Mexico."""
    is_capital: bool = False
    """Whether nouns are written with a capital."""


_MEASURES: Final = {
    "measure km": "km kilometer kilometern kilomètre kilomètres км километр километра километров километрах kilómetros kilómetro",
    "measure m": "m meter metern mètre mètres м метр метра метров metros metro", "measure cm": "cm zentimeter centimètres см сантиметров centímetros",
    "measure kg": "kg kilo kilogramm kilos kilogrammes кг килограмм килограммов килограмма kilogramos", "measure g": "gramm grammes г грамм граммов gramos",
    "measure t": "t tonne tonnen tonnes т тонн тонны тонна toneladas tonelada", "measure ha": "ha hektar hectares hectare га гектаров гектара hectáreas",
    "measure mi": "millas milla miglia mil meilen seemeilen milles milhas mijl", "measure ft": "pies", "measure m2": "quadratmeter quadratmetern", "measure l": "liter litern litres litre л литров литра litros", "percent percent": "% proc procent prozent процентов процента процент",
    "money EUR": "€ eur euro euros евро", "money USD": "$ usd us-dollar dollar dollars долларов доллара доллар dólares", "money RUB": "rubel roubles рублей рубля рубль руб rublos",
    "money DEM": "mark dm d-mark reichsmark марок", "money FRF": "francs franc", "money CHF": "franken", "money GBP": "pfund",
    "money KRW": "won вон wones", "money JPY": "yen иен yenes",
}  # fmt: skip

NUMBER_WORDS: Final[dict[str, NumberWords]] = {
    "de": NumberWords(
        thousands=". \u00a0\u202f\u2009'’",
        words=_values(
            "zwei=2 zwo=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 "
            "siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 dreissig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 hundert=100 halbe_million=500000 halben_million=500000 halber_million=500000"
        ),
        scales=_values("tausend=1000 tsd.=1000 million=1000000 millionen=1000000 mio.=1000000 mio=1000000 milliarde=1000000000 milliarden=1000000000 mrd.=1000000000 mrd=1000000000"),
        is_compound=True,
        bounds=_bounds(
            least="mehr als,über,mindestens,wenigstens,nicht weniger als,weit über,gut,deutlich mehr als,ab",
            most="bis zu,höchstens,maximal,weniger als,unter,nicht mehr als,allenfalls",
            near="etwa,rund,ungefähr,circa,zirka,ca.,ca,fast,knapp,beinahe,nahezu,an die,annähernd,schätzungsweise,gegen,um die",
        ),
        vague={"zehntausende": 20000, "zehntausenden": 20000, "zehntausender": 20000, "hunderttausende": 200_000, "hunderttausenden": 200_000, "hunderttausender": 200_000, "tausender": 2000, "dutzende": 24, "dutzenden": 24, "hunderte": 200, "hunderten": 200, "tausende": 2000, "tausenden": 2000, "millionen": 2_000_000, "einige": None, "einigen": None, "mehrere": None, "mehreren": None},
        of=("von", "der"),
        units=_listed(
            {
                "count person": "ostdeutsche ostdeutschen westdeutsche westdeutschen hugenotten protestanten katholiken juden muslime muslimen christen asylbewerber asylbewerbern asylsuchende asylsuchenden antragsteller antragstellern übersiedler übersiedlern vertriebene vertriebenen aussiedler aussiedlern geflüchtete geflüchteten migranten "
                "personen person menschen männer männern frauen kinder kindern leute leuten flüchtlinge flüchtlingen überläufer überläufern soldaten häftlinge häftlingen "
                "gefangene gefangenen tote toten opfer opfern einwohner einwohnern bewohner bewohnern mitglieder mitgliedern arbeiter arbeitern studenten schüler schülern zuschauer "
                "besucher besuchern bürger bürgern teilnehmer teilnehmern verletzte verletzten passagiere passagieren matrosen fischer jungen mädchen söhne töchter brüder schwestern",
                "count place": "plätze plätzen", "count bed": "betten", "count family": "familien familie", "count household": "haushalte haushalten", "time year": "jahre jahren jahr", "time month": "monate monaten monat",
                "time week": "wochen woche", "time day": "tage tagen tag", "time hour": "stunden stunde", "time minute": "minuten minute", "count time": "mal",
                "count house": "häuser häusern", "count ship": "schiffe schiffen", "count boat": "boote booten", "count page": "seiten",
            } | _MEASURES
        ),
        between=("zwischen", "von"), to=("und", "bis", "oder"), old=r"\s(?:alt|jung)\b|\salte[rsnm]?\b", is_capital=True,
        no_noun=frozenset("das dem den des ein eine einen einem einer sich nicht sie er es wir sind waren wurden wurde werden haben hatten mehr uhr im am in an auf zu zum zur bei mit pro je von aus nach vor für und oder als".split()),
        rates=_rates(
            month="monatlich,im Monat,pro Monat,je Monat,den Monat,mtl.", year="jährlich,im Jahr,pro Jahr,je Jahr,das Jahr", day="täglich,am Tag,pro Tag,je Tag,den Tag",
            week="wöchentlich,in der Woche,pro Woche,die Woche,je Woche", hour="die Stunde,pro Stunde,in der Stunde",
            person="pro Person,je Person,pro Kopf,je Kopf,pro Erwachsenen,für jede Person,für jeden", family="pro Familie,je Familie", child="pro Kind,je Kind",
        ),
    ),
    "fr": NumberWords(
        thousands=" \u00a0\u202f\u2009.",
        words=_values(
            "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 "
            "quarante=40 cinquante=50 soixante=60 septante=70 huitante=80 nonante=90 cent=100 cents=100 quatre-vingts=80 quatre-vingt=80 demi-million=500000"
        ),
        scales=_values("mille=1000 million=1000000 millions=1000000 milliard=1000000000 milliards=1000000000"),
        joint="et",
        bounds=_bounds(
            least="plus de,plus d',au moins,au minimum,pas moins de,minimum", most="jusqu'à,au plus,au maximum,moins de,moins d',maximum",
            near="environ,près de,près d',quelque,quelques,autour de,à peu près,presque,une,approximativement",
        ),
        vague={"dizaines de milliers": 20000, "centaines de milliers": 200_000, "dizaines": 20, "centaines": 200, "milliers": 2000, "millions": 2_000_000, "plusieurs": None, "quelques": None},
        of=("de", "d'", "des"),
        units=_listed(
            {
                "count person": "huguenots protestants catholiques juifs musulmans chrétiens demandeurs migrants déplacés apatrides exilés rapatriés requérants "
                "personnes personne hommes femmes enfants gens réfugiés réfugiées soldats prisonniers détenus morts blessés victimes habitants ouvriers étudiants "
                "élèves citoyens participants visiteurs militaires transfuges passagers marins pêcheurs garçons filles fils frères sœurs membres",
                "count place": "places", "count bed": "lits", "count family": "familles famille", "count household": "ménages foyers", "time year": "ans an années année", "time month": "mois", "time week": "semaines semaine",
                "time day": "jours jour", "time hour": "heures heure", "time minute": "minutes minute", "count time": "fois", "count house": "maisons", "count ship": "navires",
                "count boat": "bateaux", "count page": "pages",
            } | _MEASURES
        ),
        rates=_rates(
            month="par mois,mensuels,mensuelles,mensuel,par mensualité,le mois", year="par an,annuels,annuelles,par année,l'an", day="par jour,quotidiens,journaliers,le jour",
            week="par semaine,hebdomadaires,la semaine", hour="de l'heure,par heure", person="par personne,par tête,par adulte,par réfugié", family="par famille", child="par enfant",
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
            "трёхсот=300 четыреста=400 пятьсот=500 шестьсот=600 семьсот=700 восемьсот=800 девятьсот=900 полмиллиона=500000"
        ),
        scales=_values(
            "тисяча=1000 тисячі=1000 тисяч=1000 тис.=1000 тис=1000 мільйон=1000000 мільйони=1000000 мільйона=1000000 мільйонів=1000000 мільярд=1000000000 "
            "тысяча=1000 тысячи=1000 тысяч=1000 тыс.=1000 тыс=1000 миллион=1000000 миллиона=1000000 миллионов=1000000 млн=1000000 млн.=1000000 миллиард=1000000000 миллиарда=1000000000 "
            "миллиардов=1000000000 млрд=1000000000 млрд.=1000000000"
        ),
        bounds=_bounds(
            least="понад,більше,щонайменше,більш як,более,больше,свыше,не менее,как минимум,минимум,более чем", most="до,менее,меньше,не более,максимум,менее чем",
            near="близько,майже,приблизно,біля,около,примерно,приблизительно,почти,порядка,где-то",
        ),
        vague={"десятки тысяч": 20000, "десятков тысяч": 20000, "сотни тысяч": 200_000, "сотен тысяч": 200_000, "десятки": 20, "десятков": 20, "сотни": 200, "сотен": 200, "тысячи": 2000, "миллионы": 2_000_000, "несколько": None, "нескольких": None},
        of=(),
        units=_listed(
            {
                "count person": "переселенцев мигрантов переселенців осіб особи громадян біженців біженки чоловіків жінок дітей мігрантів загиблих поранених мешканців "
                "человек человека люди людей лиц мужчин мужчины женщин женщины детей ребёнка беженцев беженца солдат солдата заключённых заключенных погибших раненых жителей "
                "рабочих студентов учеников граждан участников пассажиров моряков рыбаков мальчика девочки перебежчиков братьев сестры",
                "count place": "мест места", "count bed": "коек койки", "count family": "семей семьи семья", "time year": "год года лет", "time month": "месяц месяца месяцев", "time week": "неделя недели недель", "time day": "день дня дней сутки суток",
                "time hour": "час часа часов", "time minute": "минута минуты минут", "count time": "раз раза", "count house": "домов дома", "count ship": "кораблей судов", "count page": "страниц",
            } | _MEASURES
        ),
        rates=_rates(
            month="в месяц,ежемесячно", year="в год,ежегодно", day="в день,в сутки,ежедневно", week="в неделю,еженедельно", hour="в час",
            person="на человека,на одного человека,каждому", family="на семью,на одну семью", child="на ребёнка,на ребенка,на каждого ребёнка",
        ),
        between=("между", "от", "с"), to=("и", "до", "или"),
        no_noun=frozenset("и в на по из от до за для что как не при это или году года".split()) - {"года"},
    ),
    "es": NumberWords(
        thousands=". \u00a0\u202f\u2009",
        words=_values(
            "dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 "
            "veinte=20 veintiuno=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100 "
            "ciento=100 doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400 quinientos=500 quinientas=500 seiscientos=600 setecientos=700 ochocientos=800 novecientos=900 medio_millón=500000"
        ),
        scales=_values("mil=1000 millón=1000000 millones=1000000"),
        joint="y",
        bounds=_bounds(
            least="más de,al menos,por lo menos,como mínimo,no menos de", most="hasta,menos de,como máximo,no más de",
            near="unos,unas,alrededor de,cerca de,casi,aproximadamente,en torno a",
        ),
        vague={"millones": 2_000_000, "decenas de miles": 20000, "cientos de miles": 200_000, "centenares de miles": 200_000, "centenas de miles": 200_000, "decenas": 20, "cientos": 200, "centenares": 200, "miles": 2000, "varios": None, "varias": None},
        of=("de",),
        units=_listed(
            {
                "count person": "solicitantes desplazados migrantes inmigrantes exiliados repatriados "
                "personas persona hombres mujeres niños niñas gente refugiados refugiadas soldados prisioneros muertos heridos víctimas habitantes obreros estudiantes "
                "ciudadanos pasajeros marineros pescadores hijos hermanos miembros",
                "count place": "plazas", "count bed": "camas", "count family": "familias familia", "time year": "años año", "time month": "meses mes", "time week": "semanas semana", "time day": "días día", "time hour": "horas hora",
                "time minute": "minutos", "count time": "veces", "count house": "casas", "count ship": "barcos buques", "count page": "páginas", "money ESP": "pesetas", "money peso": "pesos",
            } | _MEASURES
        ),
        rates=_rates(
            month="al mes,mensuales,por mes,cada mes", year="al año,anuales,por año", day="al día,diarias,diarios,por día", week="a la semana,semanales,por semana", hour="la hora,por hora",
            person="por persona,por cabeza,por adulto", family="por familia", child="por niño,por hijo",
        ),
        between=("entre", "de"), to=("y", "a", "o"),
        no_noun=frozenset("que para por con sin los las del una como más pero desde hasta cuando donde entre sobre según contra".split()), is_comma_grouped=True,
    ),
    "it": NumberWords(
        thousands=". \u00a0\u202f\u2009'",
        words=_values(
            "due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 tredici=13 quattordici=14 quindici=15 sedici=16 diciassette=17 diciotto=18 "
            "diciannove=19 venti=20 ventuno=21 ventidue=22 ventitré=23 ventiquattro=24 venticinque=25 ventisei=26 ventisette=27 ventotto=28 ventinove=29 trenta=30 quaranta=40 cinquanta=50 "
            "sessanta=60 settanta=70 ottanta=80 novanta=90 cento=100 duecento=200 trecento=300 quattrocento=400 cinquecento=500 seicento=600 settecento=700 ottocento=800 novecento=900 mezzo_milione=500000"
        ),
        scales=_values("mila=1000 mille=1000 milione=1000000 milioni=1000000 miliardo=1000000000 miliardi=1000000000"),
        bounds=_bounds(
            least="più di,oltre,almeno,non meno di", most="fino a,meno di,al massimo,non più di", near="circa,quasi,all'incirca,intorno a,un",
        ),
        vague={"decine di migliaia": 20000, "centinaia di migliaia": 200_000, "decine": 20, "centinaia": 200, "migliaia": 2000, "milioni": 2_000_000, "alcuni": None, "alcune": None, "diversi": None, "parecchi": None},
        of=("di", "d'"),
        units=_listed(
            {
                "count person": "migranti richiedenti sfollati immigrati minori "
                "persone persona uomini donne bambini bambine gente profughi rifugiati rifugiate esuli soldati prigionieri detenuti morti feriti vittime abitanti operai studenti "
                "cittadini passeggeri marinai pescatori figli figlie fratelli sorelle membri ospiti internati",
                "count place": "posti", "count bed": "letti", "count family": "famiglie famiglia", "time year": "anni anno", "time month": "mesi mese", "time week": "settimane settimana", "time day": "giorni giorno", "time hour": "ore ora",
                "time minute": "minuti", "count time": "volte", "count house": "case", "count ship": "navi", "count page": "pagine", "money ITL": "lire lira", "measure km": "chilometri chilometro",
                "measure m": "metri", "money USD": "dollari", "measure t": "tonnellate",
            } | _MEASURES
        ),
        rates=_rates(
            month="al mese,mensili,mensile,ogni mese", year="all'anno,annui,annue,l'anno", day="al giorno,giornaliere,giornalieri", week="alla settimana,settimanali", hour="all'ora,l'ora",
            person="a persona,a testa,per persona,pro capite", family="a famiglia,per famiglia", child="per figlio,per bambino",
        ),
        between=("tra", "fra", "da"), to=("e", "a", "o"), people_before=r"\b(?:migranti|profughi|rifugiati|persone|richiedenti)\s[^.;,]{0,60}\b(?:sono|erano|furono)\s(?:stat[ie]\s)?$|\b(?:sono|erano|furono|eravamo|siamo|saranno)\s(?:(?:stati\s)?\w+[ai]t[ie]\s|giunt[ie]\s)?(?:ben\s)?in\s$",
        no_noun=frozenset("hanno avevano ha provengono che per con senza nel nella nei nelle del della dei delle una come più dopo prima sono era erano anche".split()),
    ),
    "pt": NumberWords(
        thousands=". \u00a0\u202f\u2009",
        words=_values(
            "dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 treze=13 catorze=14 quatorze=14 quinze=15 dezasseis=16 dezesseis=16 dezassete=17 "
            "dezessete=17 dezoito=18 dezanove=19 dezenove=19 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 cem=100 cento=100 duzentos=200 "
            "duzentas=200 trezentos=300 trezentas=300 quatrocentos=400 quinhentos=500 seiscentos=600 setecentos=700 oitocentos=800 novecentos=900 meio_milhão=500000"
        ),
        scales=_values("mil=1000 milhão=1000000 milhões=1000000"),
        joint="e",
        bounds=_bounds(
            least="mais de,pelo menos,ao menos,no mínimo", most="até,menos de,no máximo", near="cerca de,aproximadamente,quase,uns,umas,perto de",
        ),
        vague={"milhões": 2_000_000, "dezenas de milhares": 20000, "centenas de milhares": 200_000, "dezenas": 20, "centenas": 200, "milhares": 2000, "vários": None, "várias": None, "alguns": None, "algumas": None},
        of=("de",),
        units=_listed(
            {
                "count person": "requerentes solicitantes migrantes deslocados exilados imigrantes "
                "pessoas pessoa homens mulheres crianças gente refugiados refugiadas soldados prisioneiros presos mortos feridos vítimas habitantes operários estudantes cidadãos "
                "passageiros marinheiros pescadores filhos filhas irmãos irmãs membros retornados",
                "count place": "lugares", "count bed": "camas", "count family": "famílias família", "time year": "anos ano", "time month": "meses mês", "time week": "semanas semana", "time day": "dias dia", "time hour": "horas hora",
                "time minute": "minutos", "count time": "vezes", "count house": "casas", "count ship": "navios", "count page": "páginas", "money PTE": "escudos escudo", "money BRL": "reais",
                "measure km": "quilómetros quilômetros", "money USD": "dólares", "count boat": "barcos",
            } | _MEASURES
        ),
        rates=_rates(
            month="por mês,mensais,ao mês", year="por ano,anuais,ao ano", day="por dia,diários,ao dia", week="por semana,semanais", hour="por hora", person="por pessoa,por cabeça", family="por família",
            child="por criança,por filho",
        ),
        between=("entre", "de"), to=("e", "a", "ou"),
        no_noun=frozenset("que para por com sem nos nas dos das uma como mais mas desde até quando onde foram entre sobre segundo contra".split()),
    ),
    "pl": NumberWords(
        thousands=" \u00a0\u202f\u2009.",
        words=_values(
            "dwa=2 dwie=2 dwóch=2 dwoje=2 dwojga=2 trzy=3 trzech=3 troje=3 trojga=3 cztery=4 czterech=4 czworo=4 pięć=5 pięciu=5 pięcioro=5 sześć=6 sześciu=6 siedem=7 siedmiu=7 osiem=8 "
            "ośmiu=8 dziewięć=9 dziewięciu=9 dziesięć=10 dziesięciu=10 jedenaście=11 dwanaście=12 dwunastu=12 trzynaście=13 czternaście=14 piętnaście=15 szesnaście=16 siedemnaście=17 "
            "osiemnaście=18 dziewiętnaście=19 dwadzieścia=20 trzydzieści=30 czterdzieści=40 pięćdziesiąt=50 sześćdziesiąt=60 siedemdziesiąt=70 osiemdziesiąt=80 dziewięćdziesiąt=90 sto=100 "
            "dwieście=200 trzysta=300 czterysta=400 pięćset=500 sześćset=600 siedemset=700 osiemset=800 dziewięćset=900 pół_miliona=500000"
        ),
        scales=_values("tysiąc=1000 tysiące=1000 tysięcy=1000 tys.=1000 tys=1000 milion=1000000 miliony=1000000 milionów=1000000 mln=1000000 mln.=1000000 miliard=1000000000 miliardów=1000000000 mld=1000000000"),
        bounds=_bounds(
            least="ponad,co najmniej,przynajmniej,nie mniej niż,więcej niż", most="do,najwyżej,co najwyżej,nie więcej niż,mniej niż", near="około,ok.,blisko,prawie,niemal,mniej więcej",
        ),
        vague={"tysięcy": 2000, "milionów": 2_000_000, "miliony": 2_000_000, "dziesiątki tysięcy": 20000, "setki tysięcy": 200_000, "setek tysięcy": 200_000, "dziesiątki": 20, "setki": 200, "tysiące": 2000, "kilka": None, "kilku": None, "kilkoro": None},
        of=(),
        units=_listed(
            {
                "count person": "cudzoziemców obcokrajowców wnioskodawców migrantów imigrantów repatriantów przesiedleńców "
                "osób osoby osoba ludzi mężczyzn kobiet dzieci uchodźców uciekinierów żołnierzy więźniów jeńców zabitych rannych ofiar mieszkańców robotników studentów uczniów obywateli "
                "uczestników pasażerów marynarzy rybaków braci sióstr członków",
                "count place": "miejsc miejsca", "count bed": "łóżek łóżka", "count family": "rodzin rodziny", "time year": "lat lata rok roku", "time month": "miesięcy miesiące miesiąc miesiąca", "time week": "tygodni tygodnie tydzień", "time day": "dni dzień doby",
                "time hour": "godzin godziny godzinę", "time minute": "minut minuty", "count time": "razy", "count house": "domów", "count ship": "statków", "count page": "stron",
                "money PLN": "zł złotych złote złoty pln", "measure km": "kilometrów kilometry", "money USD": "dolarów", "money RUB": "rubli", "money DEM": "marek", "measure t": "ton",
            } | _MEASURES
        ),
        rates=_rates(
            month="miesięcznie,na miesiąc,w miesiącu", year="rocznie,na rok,w roku", day="dziennie,na dzień,na dobę", week="tygodniowo,na tydzień", hour="na godzinę",
            person="na osobę,na głowę,od osoby", family="na rodzinę", child="na dziecko,na każde dziecko",
        ),
        between=("między", "od"), to=("a", "do", "i", "lub"),
        no_noun=frozenset("oraz przez przed jest było były dla który która które także tylko tego roku maja marca lipca".split()) - {"roku"},
    ),
    "nl": NumberWords(
        thousands=". \u00a0\u202f\u2009",
        words=_values(
            "twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 dertien=13 veertien=14 vijftien=15 zestien=16 zeventien=17 achttien=18 negentien=19 twintig=20 "
            "dertig=30 veertig=40 vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 honderd=100 half_miljoen=500000"
        ),
        scales=_values("duizend=1000 miljoen=1000000 mln=1000000 miljard=1000000000"),
        bounds=_bounds(
            least="meer dan,ruim,minstens,ten minste,minimaal", most="tot,hoogstens,maximaal,minder dan,niet meer dan", near="ongeveer,circa,ca.,bijna,zo'n,rond de",
        ),
        vague={"miljoenen": 2_000_000, "tienduizenden": 20000, "honderdduizenden": 200_000, "tientallen": 20, "honderden": 200, "duizenden": 2000, "enkele": None, "enige": None, "verscheidene": None},
        of=(),
        units=_listed(
            {
                "count person": "asielzoekers aanvragers ontheemden migranten repatrianten "
                "personen persoon mensen mannen vrouwen kinderen vluchtelingen soldaten militairen gevangenen doden slachtoffers inwoners arbeiders studenten burgers passagiers matrozen vissers zonen "
                "dochters broers zussen leden",
                "count place": "plaatsen", "count bed": "bedden", "count family": "gezinnen gezin families", "time year": "jaar jaren", "time month": "maanden maand", "time week": "weken week", "time day": "dagen dag", "time hour": "uur uren",
                "time minute": "minuten", "count time": "keer", "count house": "huizen", "count ship": "schepen", "count page": "bladzijden", "money NLG": "gulden", "measure km": "kilometer",
            } | _MEASURES
        ),
        rates=_rates(
            month="per maand,maandelijks,in de maand", year="per jaar,jaarlijks", day="per dag,dagelijks", week="per week,wekelijks,in de week", hour="per uur", person="per persoon,per hoofd,de man",
            family="per gezin", child="per kind",
        ),
        between=("tussen", "van"), to=("en", "tot", "of"), old=r"\soud\b",
        no_noun=frozenset("voor door naar werd werden zijn hebben maar ook over dan toen waren heeft".split()),
    ),
}  # fmt: skip
"""Language (BCP 47) -> its numbers."""
