"""A chronicle as a graph of RDF, node by node: what `jsonld` and `trig` write down.

    for source, node in nodes(chronicle):      source: the IRI of the source whose graph it belongs to, None for the rest
        node["@id"], node["@type"], ...        a node of JSON-LD in the terms of `context.jsonld`

    Claim ── prov:wasDerivedFrom ──► passage (oa:SpecificResource, two selectors) ── oa:hasSource ──► source

Predicates, methods, families and entities come first, then each source with its passages, references, mentions and claims, then
findings and decisions. One text at a time is in memory, and a few thousand rows. Left out: blocks, runs, series (each point of
one is a claim), rejections, links, the ledger. Sources: PROV-O, Web Annotation Data Model (W3C), EDTF datatype of the Library of Congress.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle.rows import CitationRow, ClaimRow, DecisionRow, FindingRow, SourceRow, Stop
from regesta.errors import ExportError
from regesta.export.iris import address_of, iri, passage_iri, source_iri
from regesta.export.merged import Merged
from regesta.export.nodes import (
    WIKIDATA,
    Node,
    bare,
    day_of,
    decimal_of,
    decision_node,
    limits_of,
    named,
    passage_node,
    predicate_node,
    value_of,
)
from regesta.vocab import schema_org, wikidata

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["nodes"]

_PASSAGES: Final = (
    "select distinct source, start_char, end_char from (select source, start_char, end_char from claim_evidence union all "
    "select source, start_char, end_char from mentions union all select source, start_char, end_char from finding_members "
    "union all select source, start_char, end_char from citations) where end_char > start_char order by all"
)
_CLAIMS: Final = (
    "select c.*, p.said, r.cited, s.statement, s.passages, s.documents, s.independent from claims c left join (select claim, "
    "list({'source': source, 'start': start_char, 'end': end_char} order by position) said from claim_evidence group by claim) p "
    "on p.claim = c.id left join (select claim, list(citation order by position) cited from claim_citations group by claim) r "
    "on r.claim = c.id left join claim_support s on s.claim = c.id order by c.source, p.said[1].start, p.said[1].end, c.id"
)
_MENTIONS: Final = (
    "select distinct source, start_char, end_char, referent, entity, form from mentions order by all"
)


def nodes(chronicle: Chronicle) -> Iterator[tuple[str | None, Node]]:
    """Yield every node of the graph, those of one source together, in a stable order.

    Raises `ExportError` where a row names a source that is not in the chronicle.
    """
    graph = _Graph(chronicle)
    for node in graph.before():
        yield None, bare(node)
    for source in graph.sources:
        name = graph.iris[source.name]
        for node in graph.of_source(source):
            yield name, bare(node)
    graph.check()
    for node in graph.after():
        yield None, bare(node)


class _Graph:
    """The tables while they are being told."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.chronicle = chronicle
        self.sources = chronicle.sources()
        self.iris = {source.name: source_iri(source.name, source.sha256) for source in self.sources}
        self.texts = Merged(chronicle.stream("select source, text from texts order by source, start_char"))
        self.passages = Merged(chronicle.stream(_PASSAGES))
        self.mentions = Merged(chronicle.stream(_MENTIONS))
        citations = chronicle.each(CitationRow, order="source, start_char, end_char, id")
        self.citations = Merged((row.source, row) for row in citations)
        self.claims = Merged((values[1], *values) for values in chronicle.stream(_CLAIMS))

    def check(self) -> None:
        """Raise where a row was not told."""
        for each in (self.texts, self.passages, self.mentions, self.citations, self.claims):
            if each.head is not None:
                raise ExportError(
                    "no such source",
                    where=str(self.chronicle.path),
                    found=each.head[0],
                    hint="build it again",
                )

    def before(self) -> Iterator[Node]:
        for (name,) in self.chronicle.stream("select distinct predicate from claims order by all"):
            yield predicate_node(name)
        for (method,) in self.chronicle.stream("select distinct method from claims order by all"):
            yield {"@id": iri("method", method), "@type": ["regesta:Rule", "prov:Activity"], "label": method}
        members: dict[str, list[str]] = {}
        for source in self.sources:
            members.setdefault(source.family, []).append(self.iris[source.name])
        for family in sorted(members):
            yield {
                "@id": iri("family", family),
                "@type": ["regesta:Family", "prov:Collection"],
                "hadMember": members[family],
            }
        yield from self._entities()

    def _entities(self) -> Iterator[Node]:
        known = schema_org()
        names = ", ".join(f"'{name}'" for name in known.properties)
        query = (
            "select e.id, e.kind, e.label, e.aliases, e.is_named, e.group_size, c.said from entities e left join (select subject, "  # noqa: S608 - our own
            "list({'predicate': predicate, 'type': value_type, 'text': value_text, 'edtf': value_edtf} order by id) said from claims "
            f"where predicate in ({names}) and modality in ('asserted', 'reported') and rank <> 'deprecated' and subset is null "
            "group by subject) c on c.subject = e.id order by e.id"
        )
        for id_, kind, label, aliases, is_named, size, said in self.chronicle.stream(query):
            types = [f"regesta:{kind.capitalize()}", "prov:Entity"]
            if kind in known.classes:
                types.append(f"schema:{known.classes[kind]}")
            class_ = wikidata().classes.get(kind)
            node: Node = {
                "@id": iri("entity", id_),
                "@type": types,
                "label": named(label) if is_named else label,
                "alternateName": [named(alias) for alias in aliases],
                "isNamed": is_named,
                "groupSize": size,
                "instanceOf": f"{WIKIDATA}{class_}" if class_ else None,
            }
            for each in said or ():
                told = known.properties[each["predicate"]]
                value = each["edtf"] if told.value == "date" else each["text"]
                if kind in told.subjects and each["type"] == told.value and value:
                    values = node.setdefault(told.name, [])
                    value = named(value) if told.name == "alternateName" else value
                    if value not in values:
                        values.append(value)
            yield node

    def of_source(self, source: SourceRow) -> Iterator[Node]:
        name = source.name
        yield self._source(source)
        text = "".join(piece for _, piece in self.texts.of(name))
        for _, start, end in self.passages.of(name):
            yield passage_node(self.iris[name], text, start, end)
        for _, row in self.citations.of(name):
            yield self._citation(row)
        for _, start, end, referent, entity, form in self.mentions.of(name):
            yield {
                "@id": f"{iri('mention', referent)}:{start}-{end}:{form}",
                "@type": "oa:Annotation",
                "motivatedBy": "oa:identifying",
                "hasBody": iri("entity", entity),
                "hasTarget": self.passage(name, start, end),
                "form": form,
            }
        for _, *values in self.claims.of(name):
            yield self._claim(values)

    def passage(self, source: str, start: int, end: int) -> str:
        """Return the IRI of a passage, that of its source where it has no words."""
        known = self.iris.get(source)
        if known is None:
            raise ExportError("no such source", where=str(self.chronicle.path), found=source)
        return passage_iri(known, start, end) if end > start else known

    def _source(self, source: SourceRow) -> Node:
        url = address_of(source.url)
        return {
            "@id": self.iris[source.name],
            "@type": ["regesta:Source", "prov:Entity", "prov:Agent"],
            "label": source.name,
            "title": source.title,
            "url": url,
            "address": source.url if url is None else None,
            "licence": source.licence,
            "issued": source.date,
            "retrieved": source.retrieved,
            **limits_of(source.date),
            "language": source.language,
            "format": source.format,
            "revision": source.revision,
            "sha256": source.sha256,
            "characters": source.n_characters,
        }

    def _citation(self, row: CitationRow) -> Node:
        url = address_of(row.url)
        return {
            "@id": iri("reference", row.id),
            "@type": ["regesta:Reference", "prov:Entity", "schema:CreativeWork"],
            "kind": row.kind,
            "marker": row.marker,
            "title": row.title,
            "creator": list(row.authors),
            "publisher": row.publisher,
            "issued": row.date,
            **limits_of(row.date),
            "retrieved": row.retrieved,
            "url": url,
            "address": row.url if url is None else None,
            "identifier": [f"{each.scheme}:{each.value}" for each in row.identifiers],
            "wasDerivedFrom": self.passage(row.source, row.start_char, row.end_char),
        }

    def _claim(self, values: list[Any]) -> Node:
        *columns, said, cited, statement, passages, documents, independent = values
        stops = columns[16]
        if stops is not None:
            columns[16] = tuple(Stop(**stop) for stop in stops)
        claim = ClaimRow(*columns)
        return {
            "@id": iri("claim", claim.id),
            "@type": ["regesta:Claim", "prov:Entity"],
            "subject": iri("entity", claim.subject),
            "predicate": iri("predicate", claim.predicate),
            **value_of(claim),
            "when": claim.when_edtf,
            "where": claim.where_text,
            "earliest": day_of(claim.earliest),
            "latest": day_of(claim.latest),
            "modality": claim.modality,
            "saidBy": claim.said_by,
            "bound": claim.bound,
            "atEvent": claim.at_event,
            "subset": claim.subset,
            "confidence": decimal_of(claim.confidence),
            "rank": claim.rank,
            "fingerprint": claim.fingerprint,
            "wasDerivedFrom": list(
                dict.fromkeys(self.passage(p["source"], p["start"], p["end"]) for p in said or ())
            ),
            "wasGeneratedBy": iri("method", claim.method),
            "wasAttributedTo": self.iris[claim.source],
            "references": [iri("reference", each) for each in cited or ()],
            "statement": iri("statement", statement) if statement else None,
            "passages": passages,
            "documents": documents,
            "independent": independent,
        }

    def after(self) -> Iterator[Node]:
        members = Merged(
            self.chronicle.stream(
                "select finding, position, source, start_char, end_char, claim from finding_members order by all"
            )
        )
        for row in self.chronicle.each(FindingRow, order="id"):
            beside = list(members.of(row.id))
            yield {
                "@id": iri("finding", row.id),
                "@type": ["regesta:Finding", "prov:Entity"],
                "code": row.code,
                "kind": row.kind,
                "severity": row.severity,
                "status": row.status,
                "summary": row.summary,
                "computed": row.computed,
                "fingerprint": row.fingerprint,
                "member": [
                    bare(
                        {
                            "position": position,
                            "passage": self.passage(source, start, end),
                            "claim": iri("claim", claim) if claim else None,
                        }
                    )
                    for _, position, source, start, end, claim in beside
                ],
                "wasDerivedFrom": list(dict.fromkeys(self.passage(m[2], m[3], m[4]) for m in beside)),
            }
        for decision in self.chronicle.each(DecisionRow, order="made_at, id"):
            yield decision_node(decision)
