"""JSON-LD and TriG, read back by rdflib and by pyoxigraph, held against their shapes, and asked by SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

import regesta
from regesta.chronicle import Chronicle
from regesta.chronicle import open as open_chronicle
from regesta.dates import bounds
from regesta.export import export
from regesta.export.jsonld import context
from regesta.export.nodes import AROUND
from regesta.export.trig import literal
from regesta.vocab import predicates, schema_org

HERE = Path(regesta.__file__).parent
SHAPES = HERE / "export" / "shapes.ttl"
PREFIXES = """
prefix regesta: <urn:regesta:term:> prefix predicate: <urn:regesta:predicate:> prefix prov: <http://www.w3.org/ns/prov#>
prefix oa: <http://www.w3.org/ns/oa#> prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> prefix schema: <https://schema.org/>
"""
Make = Callable[..., Any]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of its own parts


@pytest.fixture(params=["demo", "chronicle_path"])
def chronicle(request: pytest.FixtureRequest) -> Iterator[Chronicle]:
    with open_chronicle(request.getfixturevalue(request.param)) as opened:
        yield opened


@pytest.fixture
def store(chronicle: Chronicle, tmp_path: Path) -> pyoxigraph.Store:
    """What pyoxigraph reads of the TriG."""
    made = pyoxigraph.Store()
    made.load(path=str(export(chronicle, "trig", tmp_path / "trig")[0]), format=pyoxigraph.RdfFormat.TRIG)
    return made


def ask(store: pyoxigraph.Store, query: str) -> list[tuple[str, ...]]:
    found: Any = store.query(PREFIXES + query, use_default_graph_as_union=True)
    return [tuple(each.value if each is not None else "" for each in row) for row in found]


def test_both_forms_say_the_same_to_two_readers(chronicle: Chronicle, tmp_path: Path) -> None:
    jsonld = export(chronicle, "jsonld", tmp_path)[0]
    trig = export(chronicle, "trig", tmp_path)[0]
    quads = pyoxigraph.Dataset(pyoxigraph.parse(path=str(trig), format=pyoxigraph.RdfFormat.TRIG))
    triples = pyoxigraph.Dataset(pyoxigraph.parse(path=str(jsonld), format=pyoxigraph.RdfFormat.JSON_LD))
    merged = pyoxigraph.Dataset(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in quads)
    merged.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    triples.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert merged == triples
    assert len(rdflib.Graph().parse(jsonld, format="json-ld")) == len(triples)
    assert len(rdflib.Dataset(default_union=True).parse(trig, format="trig")) == len(triples)
    graphs = {q.graph_name for q in quads} - {pyoxigraph.DefaultGraph()}
    assert len(graphs) == len(chronicle.sources())


def test_counts_are_those_of_the_chronicle(chronicle: Chronicle, store: pyoxigraph.Store) -> None:
    for what, query in {
        "regesta:Claim": "select count(*) from claims",
        "regesta:Source": "select count(*) from sources",
        "regesta:Reference": "select count(*) from citations",
        "regesta:Finding": "select count(*) from findings",
        "regesta:Rule": "select count(distinct method) from claims",
        "regesta:Predicate": "select count(distinct predicate) from claims",
        "regesta:Person": "select count(*) from entities where kind = 'person'",
        "regesta:Place": "select count(*) from entities where kind = 'place'",
        "regesta:Family": "select count(distinct family) from sources",
        "oa:Annotation": "select count(*) from (select distinct referent, source, start_char, end_char, form from mentions)",
    }.items():
        assert ask(store, f"select (count(distinct ?x) as ?n) {{ ?x a {what} }}") == [
            (str(chronicle.sql(query).rows[0][0]),)
        ], what
    members = "select (count(*) as ?n) { ?f a regesta:Finding ; regesta:member ?m }"
    assert ask(store, members) == [(str(chronicle.sql("select count(*) from finding_members").rows[0][0]),)]


def test_claims_keep_their_dates_values_and_bounds(chronicle: Chronicle, store: pyoxigraph.Store) -> None:
    found = ask(
        store,
        "select ?c ?p ?m ?type ?date ?when ?from ?to ?number { ?c a regesta:Claim ; regesta:predicate/rdfs:label ?p ; regesta:modality ?m ; regesta:valueType ?type optional { ?c regesta:date ?date } optional { ?c regesta:when ?when } optional { ?c regesta:earliest ?from } optional { ?c regesta:latest ?to } optional { ?c regesta:number ?number } }",
    )
    told = {row[0].rpartition(":")[2]: row[1:] for row in found}
    assert len(told) == len(found)
    for c in chronicle.claims():
        *words, number = told[c.id]
        days = (str(day or "") for day in (c.earliest, c.latest))
        assert words == [c.predicate, c.modality, c.value_type, c.value_edtf or "", c.when_edtf or "", *days]
        assert (float(number) if number else None) == c.value_number
        if c.value_edtf:
            limits = bounds(c.value_edtf)
            assert (limits.earliest is None) == (words[5] == "")


def test_from_a_person_to_passages_and_sources(chronicle: Chronicle, store: pyoxigraph.Store) -> None:
    person = max(chronicle.entities(kind="person"), key=lambda e: (len(chronicle.claims(about=e)), e.id))
    found = ask(
        store,
        f"""
        select distinct ?claim ?name ?start ?end ?exact ?before ?after {{ graph ?g {{
          ?claim regesta:subject <urn:regesta:entity:{person.id}> ; prov:wasDerivedFrom ?passage ; prov:wasAttributedTo ?source .
          ?passage oa:hasSource ?source ; oa:hasSelector [ oa:start ?start ; oa:end ?end ] , ?quote .
          ?quote oa:exact ?exact . optional {{ ?quote oa:prefix ?before }} optional {{ ?quote oa:suffix ?after }}
          ?source rdfs:label ?name filter(?g = ?source) }} }}""",
    )
    wanted = {
        (c.id, e.source, e.start_char, e.end_char)
        for c in chronicle.claims(about=person)
        for e in chronicle.evidence(c)
    }
    assert {(claim.rpartition(":")[2], name, int(a), int(b)) for claim, name, a, b, *_ in found} == wanted
    for _, name, a, b, exact, before, after in found:
        text, start, end = chronicle.text(name), int(a), int(b)
        assert text[start:end] == exact
        assert (before, after) == (text[max(0, start - AROUND) : start], text[end : end + AROUND])
    named = ask(
        store,
        f"select ?name ?words {{ ?m a oa:Annotation ; oa:hasBody <urn:regesta:entity:{person.id}> ; oa:hasTarget ?p . ?p oa:hasSource/rdfs:label ?name ; oa:hasSelector/oa:exact ?words }}",
    )
    mentions = chronicle.sql(
        "select distinct source, start_char, end_char, quote from mentions where entity = ?", [person.id]
    ).rows
    assert sorted(named) == sorted((source, quote) for source, _, _, quote in mentions)


def test_the_register_keeps_its_shapes(demo: Path, tmp_path: Path) -> None:
    with open_chronicle(demo) as chronicle:
        paths = export(chronicle, "jsonld", tmp_path)
    assert [p.name for p in paths] == ["chronicle.jsonld", "vocabulary.ttl", "shapes.ttl"]
    shapes = rdflib.Graph().parse(paths[2])
    whole = rdflib.Graph().parse(paths[0], format="json-ld")
    conforms, _, told = pyshacl.validate(whole, shacl_graph=shapes)
    assert conforms, told


BROKEN = {
    "a claim without a passage": (
        r'"wasDerivedFrom":\["urn:regesta:source:[^\]]*\],"wasGeneratedBy"',
        '"wasGeneratedBy"',
    ),
    "a claim of nobody": (r'"subject":"[^"]*",', ""),
    "an unknown modality": (r'"modality":"\w+"', '"modality":"rumoured"'),
    "a passage that ends before it starts": (r'"end":\d+', '"end":0'),
    "a passage without words": (r'"exact":"(?:[^"\\]|\\.)*"', '"exact":""'),
    "a first day after the last": (
        r'"earliest":"\d{4}-\d\d-\d\d","latest"',
        '"earliest":"9999-01-01","latest"',
    ),
    "a source without a hash": (r'"sha256":"\w+",', ""),
    "a date that is none": (r'"valueType":"date","date":"[^"]*",', '"valueType":"date",'),
}


@pytest.mark.parametrize("what", BROKEN)
def test_shapes_see_what_is_broken(what: str, chronicle_path: Path, tmp_path: Path) -> None:
    with open_chronicle(chronicle_path) as chronicle:
        path = export(chronicle, "jsonld", tmp_path)[0]
    text = path.read_text("utf-8")
    shapes = rdflib.Graph().parse(SHAPES)
    assert pyshacl.validate(rdflib.Graph().parse(data=text, format="json-ld"), shacl_graph=shapes)[0]
    broken, n = re.subn(*BROKEN[what], text, count=1)
    assert n == 1
    assert not pyshacl.validate(rdflib.Graph().parse(data=broken, format="json-ld"), shacl_graph=shapes)[0]


def test_every_term_is_in_the_vocabulary(demo: Path, tmp_path: Path) -> None:
    told = rdflib.Graph().parse(HERE / "export" / "vocabulary.ttl")
    own = {str(s) for s in told.subjects()}
    terms = {v["@id"] if isinstance(v, dict) else v for v in context().values() if v != 1.1}
    needed = {f"urn:regesta:term:{t.removeprefix('regesta:')}" for t in terms if t.startswith("regesta:")}
    with open_chronicle(demo) as chronicle:
        graph = rdflib.Graph().parse(export(chronicle, "jsonld", tmp_path)[0], format="json-ld")
    used = {str(x) for s, p, o in graph for x in (p, o) if str(x).startswith("urn:regesta:term:")}
    assert needed | used <= own


def test_names_say_their_script_and_schema_org_what_is_held(demo: Path, tmp_path: Path) -> None:
    with open_chronicle(demo) as chronicle:
        graph = rdflib.Graph().parse(export(chronicle, "jsonld", tmp_path)[0], format="json-ld")
        deaths = {
            (c.subject, c.value_edtf)
            for c in chronicle.claims(predicate="death")
            if c.subject_kind == "person"
            and c.modality in {"asserted", "reported"}
            and c.value_edtf
            and not c.subset
        }
    label = rdflib.URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    person = rdflib.URIRef("https://schema.org/Person")
    tags = {
        o.language
        for s in graph.subjects(rdflib.RDF.type, person)
        for o in graph.objects(s, label)
        if isinstance(o, rdflib.Literal) and o.language
    }
    assert "und-Latn" in tags
    told = {
        (str(s).rpartition(":")[2], str(o))
        for s, o in graph.subject_objects(rdflib.URIRef("https://schema.org/deathDate"))
    }
    assert told == deaths


def test_what_is_mapped_is_known() -> None:
    assert set(schema_org().properties) <= set(predicates())
    assert {f"schema:{p.name}" for p in schema_org().properties.values()} <= {
        t["@id"] if isinstance(t, dict) else t for t in context().values() if t != 1.1
    }


def test_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    with open_chronicle(demo) as chronicle:
        for form in ("jsonld", "trig"):
            first, second = ([p.read_bytes() for p in export(chronicle, form, tmp_path / n)] for n in "ab")
            assert first == second


@given(st.text(max_size=80))
def test_any_words_are_read_back(words: str) -> None:
    words = words.encode("utf-8", "replace").decode()
    line = f"<urn:a> <urn:b> {literal(words)} .\n".encode()
    (quad,) = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert quad.object.value == words
