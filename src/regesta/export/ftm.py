"""FollowTheMoney entities, a JSON object a line, for OpenAleph and other tools of investigation; and their statements.

    entities.ftm.json     Document a source · Person, Organization, LegalEntity (a group), Address (a place) · Mention a name in a text
                          a claim each: Trip (a route), Family, UnknownLink (a companion), Event (dated), Note (not dated)
    statements.csv        entity, property, value, and in `origin` the claim that says it
    ftm-left-out.jsonl    claims about what FollowTheMoney has no schema for: laws, terms, facilities, ...

The id of a claim's entity is that of the claim; its description is the words that say it, `proof` the source, `sourceUrl` its
address. A person's own values (alias, position, dates of birth and death) repeat claims that are held to be so; dates are only
those that FollowTheMoney can say: a plain year, month or day from 1000 on. What a source denies or only intends is a Note,
never an Event. Nothing is matched, and no identifier or passport is made up. Source: followthemoney 4.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import msgspec

from regesta.chronicle.rows import ClaimRow, MentionRow, SourceRow
from regesta.export.placing import placed
from regesta.export.told import HELD, Left, Telling, tellings, value_words, words
from regesta.export.works import plain_date

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["SCHEMATA", "write"]

SCHEMATA: Final = {
    "person": "Person",
    "organisation": "Organization",
    "group": "LegalEntity",
    "place": "Address",
}
"""The schema of each kind of entity that has one."""
_PARTIES: Final = frozenset({"person", "organisation", "group"})
_DATASET: Final = "regesta"
_LONGEST_NAME: Final = 250
_COLUMNS: Final = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
_TYPES: Final = {
    "name": "name", "alias": "name", "weakAlias": "name", "summary": "text", "description": "text", "notes": "text",
    "sourceUrl": "url", "proof": "entity", "document": "entity", "resolved": "entity", "entity": "entity",
    "involved": "entity", "person": "entity", "relative": "entity", "subject": "entity", "object": "entity",
    "startLocation": "entity", "endLocation": "entity", "date": "date", "startDate": "date", "endDate": "date",
    "birthDate": "date", "deathDate": "date", "retrievedAt": "date", "publishedAt": "date", "location": "address",
    "full": "address", "latitude": "number", "longitude": "number",
}  # fmt: skip
"""Types of the properties in use; any other is a string."""
Values = list[tuple[str, str, str]]
"""Property, value, and the claim that says it."""


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write the entities, their statements and the claims left out, and return the files."""
    paths = [folder / name for name in ("entities.ftm.json", "statements.csv", "ftm-left-out.jsonl")]
    with (
        paths[0].open("wb") as file,
        paths[1].open("w", encoding="utf-8", newline="") as table,
        Left(paths[2]) as left,
    ):
        _Writer(chronicle, file, table, left).write()
    return paths


class _Writer:
    """The files while they are being written."""

    def __init__(self, chronicle: Chronicle, file: IO[bytes], table: IO[str], left: Left) -> None:
        self.chronicle = chronicle
        self.file = file
        self.rows = csv.writer(table, dialect=csv.unix_dialect)
        self.left = left
        self.encode = msgspec.json.Encoder().encode
        self.sources = {source.name: source for source in chronicle.sources()}
        self.kinds: dict[str, str] = {}
        """Of the entities that have a schema."""
        self.places: set[str] = set()
        """Ids of the places that are written."""
        self.rows.writerow(_COLUMNS)

    def write(self) -> None:
        """Write everything: sources, entities, names in texts, claims."""
        for source in self.sources.values():
            self.put(_source_id(source.name), "Document", _document(source))
        self._entities()
        self._mentions()
        for telling in tellings(self.chronicle):
            self._claim(telling)

    def put(self, id_: str, schema: str, values: Iterable[tuple[str, str | None, str]]) -> None:
        """Write an entity and its statements; empty values and repeated ones are passed over."""
        properties: dict[str, list[str]] = {}
        for prop, value, origin in values:
            held = properties.setdefault(prop, []) if value else []
            if not value or value in held:
                continue
            held.append(value)
            key = hashlib.sha1(f"{_DATASET}.{id_}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()
            self.rows.writerow(
                (
                    id_,
                    id_,
                    prop,
                    _TYPES.get(prop, "string"),
                    schema,
                    value,
                    _DATASET,
                    origin,
                    "",
                    "",
                    "f",
                    "",
                    "",
                    key,
                )
            )
        self.file.write(self.encode({"id": id_, "schema": schema, "properties": properties}) + b"\n")

    def _entities(self) -> None:
        kinds = ", ".join(f"'{kind}'" for kind in SCHEMATA)
        query = (
            "select e.id, e.kind, e.label, e.aliases, e.is_named, e.group_size, m.sources, c.said from entities e "  # noqa: S608 - our own
            "left join (select entity, list(distinct source order by source) sources from mentions group by entity) m "
            "on m.entity = e.id left join (select subject, list({'id': id, 'predicate': predicate, 'text': value_text, "
            "'edtf': value_edtf} order by id) said from claims where predicate in ('alias', 'role', 'role_after', 'rank', "
            "'birth', 'death') and modality in ('asserted', 'reported') and rank <> 'deprecated' group by subject) c "
            f"on c.subject = e.id where e.kind in ({kinds}) order by e.id"
        )
        for id_, kind, label, aliases, is_named, size, sources, said in self.chronicle.stream(query):
            values: Values = [("name", _short(label), "")]
            self.kinds[id_] = kind
            if kind == "place":
                self.places.add(id_)
                values = _address(label)
            values += [("alias", _short(alias), "") for alias in aliases]
            if not is_named:
                values.append(("summary", "The sources describe and do not name", ""))
            if size is not None:
                values.append(("summary", f"A group of {size}", ""))
            for each in said or ():
                values += _own(kind, each)
            values += self._proofs(sources or ())
            self.put(id_, SCHEMATA[kind], values)
        others = f"select id, kind, label from entities where kind not in ({kinds}) order by id"  # noqa: S608 - our own
        for id_, kind, label in self.chronicle.stream(others):
            self.left.add_row(
                {"entity": id_, "label": label, "reason": f"FollowTheMoney has no schema for a {kind}"}
            )

    def _mentions(self) -> None:
        for mention in self.chronicle.each(
            MentionRow, "form = 'name'", order="source, start_char, end_char, entity, quote"
        ):
            kind = self.kinds.get(mention.entity)
            if kind in _PARTIES:
                place = f"{mention.source}\0{mention.start_char}\0{mention.end_char}\0{mention.entity}"
                self.put(
                    f"n-{_hash(place)}",
                    "Mention",
                    [
                        ("document", _source_id(mention.source), ""),
                        ("resolved", mention.entity, ""),
                        ("name", _short(mention.quote), ""),
                        ("detectedSchema", SCHEMATA[kind], ""),
                    ],
                )

    def _claim(self, telling: Telling) -> None:
        claim = telling.claim
        if claim.subject_kind not in SCHEMATA:
            self.left.add(f"FollowTheMoney has no schema for the subject, a {claim.subject_kind}", telling)
            return
        values: Values = [
            ("description", f"“{p.quote}” ({p.source} {p.start}–{p.end})", claim.id) for p in telling.passages
        ]
        values.append(("summary", _summary(claim), claim.id))
        values += self._proofs(dict.fromkeys(p.source for p in telling.passages), claim.id)
        schema, own = self._shape(claim)
        self.put(claim.id, schema, [*((prop, value, claim.id) for prop, value in own), *values])

    def _shape(self, claim: ClaimRow) -> tuple[str, list[tuple[str, str]]]:
        """Return the schema of a claim, and what that schema alone has."""
        is_held = claim.modality in HELD
        party = claim.subject_kind in _PARTIES
        other = claim.value_entity
        if (
            is_held
            and other is not None
            and claim.predicate == "kin"
            and claim.subject_kind == "person"
            and self.kinds.get(other) == "person"
        ):
            return "Family", [("person", claim.subject), ("relative", other), ("relationship", "kin")]
        if is_held and other is not None and claim.predicate == "companion" and party:
            return "UnknownLink", [("subject", claim.subject), ("object", other), ("role", "companion")]
        stops = claim.value_stops or ()
        name = ("name", _short(words(claim)))
        if is_held and party and len(stops) > 1:
            ends = [self._place(stop.text, stop.entity) for stop in (stops[0], stops[-1])]
            way = [("startLocation", ends[0]), ("endLocation", ends[1])]
            return "Trip", [name, *way, ("involved", claim.subject), *_dates(claim), ("recordId", claim.id)]
        if is_held and party and (claim.when_edtf or claim.value_edtf):
            where = [("location", _short(claim.where_text))] if claim.where_text else []
            return "Event", [
                name,
                ("involved", claim.subject),
                *where,
                *_dates(claim),
                ("recordId", claim.id),
            ]
        return "Note", [name, ("entity", claim.subject)]

    def _place(self, text: str, entity: str | None) -> str:
        """Return the id of an Address, written where it is a new one."""
        if entity is not None and entity in self.places:
            return entity
        id_ = f"a-{_hash(text)}"
        if id_ not in self.places:
            self.places.add(id_)
            self.put(id_, "Address", _address(text))
        return id_

    def _proofs(self, sources: Iterable[str], claim: str = "") -> Iterator[tuple[str, str, str]]:
        for name in sources:
            yield ("proof", _source_id(name), claim)
            if (source := self.sources.get(name)) is not None and (url := _url(source.url)):
                yield ("sourceUrl", url, claim)


def _document(source: SourceRow) -> Iterator[tuple[str, str | None, str]]:
    yield ("fileName", source.name, "")
    yield ("title", source.title, "")
    yield ("sourceUrl", _url(source.url), "")
    yield ("publishedAt", _date(source.date), "")
    yield ("retrievedAt", _date(source.retrieved), "")
    yield ("notes", f"Licence: {source.licence}" if source.licence else None, "")
    yield ("notes", f"SHA-256: {source.sha256}", "")


def _own(kind: str, said: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what a claim says of its subject in a property of its own."""
    predicate, text = said["predicate"], said["text"]
    if predicate == "alias" and text:
        yield ("alias", _short(text), said["id"])
    elif kind == "person" and predicate in {"role", "role_after", "rank"} and text:
        yield ("position", _short(text), said["id"])
    elif kind == "person" and predicate in {"birth", "death"} and (date := _date(said["edtf"])):
        yield (f"{predicate}Date", date, said["id"])


def _address(text: str) -> Values:
    values: Values = [("full", _short(text), "")]
    point = placed(text)
    if point is not None:
        values += [("latitude", str(point.latitude), ""), ("longitude", str(point.longitude), "")]
    return values


def _dates(claim: ClaimRow) -> list[tuple[str, str]]:
    date = _date(claim.value_edtf or claim.when_edtf)
    return [("date", date)] if date else []


def _date(edtf: str | None) -> str | None:
    """Return a date that FollowTheMoney can say.

    >>> _date("1997-08"), _date("1997~"), _date("0987")
    ('1997-08', None, None)
    """
    date = plain_date(edtf)
    if date is None or date.is_approximate or date.is_uncertain or int(date.year) < 1000:
        return None
    return "-".join(part for part in (date.year, date.month, date.day) if part)


def _summary(claim: ClaimRow) -> str:
    """Return a claim in words, with all that no property of its schema says."""
    more = {
        "when": claim.when_edtf or claim.value_edtf,
        "where": claim.where_text,
        "modality": claim.modality if claim.modality != "asserted" else None,
        "said by": claim.said_by,
        "at": claim.at_event,
        "of": claim.subset,
    }
    told = "; ".join(f"{name} {value}" for name, value in more.items() if value)
    value = value_words(claim)
    return f"{claim.predicate}{': ' if value else ''}{value}{f' ({told})' if told else ''}"


def _url(url: str | None) -> str | None:
    return (
        url
        if url and re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?/[!-~]{0,2000}", url, re.ASCII)
        else None
    )


def _short(text: str) -> str:
    """Return a name as long as FollowTheMoney takes one, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME - 1] + "…"


def _source_id(name: str) -> str:
    return f"s-{_hash(name)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
