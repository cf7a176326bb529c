"""The API answers with what the chronicle holds, a part at a time, says what is wrong, and reconciles names for OpenRefine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from regesta import chronicle
from regesta.web import Library, create_app
from regesta.web.api.openapi import document
from regesta.web.api.routes import ROUTES
from regesta.web.guard import HEADERS

ROOT = "/api/v1"


def items(client: TestClient, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{ROOT}{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_claims_are_those_of_the_chronicle_with_their_evidence(
    client: TestClient, chronicle_path: Path
) -> None:
    told = {claim["id"]: claim for claim in items(client, "/claims")}
    with chronicle.open(chronicle_path) as held:
        claims = held.claims()
        assert set(told) == {claim.id for claim in claims}
        for claim in claims:
            one = told[claim.id]
            assert one["value"] == claim.value
            assert one["subject_label"] == claim.subject_label
            assert one["earliest"] == (str(claim.earliest) if claim.earliest else None)
            evidence = held.evidence(claim)
            assert [e["quote"] for e in one["evidence"]] == [e.quote for e in evidence]
            text = held.text(evidence[0].source)
            for e in one["evidence"]:
                assert text[e["start_char"] : e["end_char"]] == e["quote"]
            assert client.get(f"{ROOT}/claims/{claim.id}").json() == one


def test_keys_are_the_columns(client: TestClient, chronicle_path: Path) -> None:
    tables = {"blocks": "blocks", "mentions": "mentions", "rejections": "rejections", "coverage": "coverage",
              "evidence": "claim_evidence", "observations": "observations"}  # fmt: skip
    with chronicle.open(chronicle_path) as held:
        for path, table in tables.items():
            columns = held.sql(f"select * from {table} limit 1").columns
            found = items(client, f"/{path}")
            assert found, path
            assert tuple(found[0]) == columns


def test_filters(client: TestClient) -> None:
    every = items(client, "/claims")
    ada = next(c["subject"] for c in every if c["subject_label"] == "Ada Brook")
    of_ada = items(client, "/claims", subject=ada)
    assert of_ada == [c for c in every if c["subject"] == ada]
    assert items(client, "/claims", predicate="arrival", subject=ada) == [
        c for c in of_ada if c["predicate"] == "arrival"
    ]
    assert items(client, "/claims", subject="nobody") == []
    dated = [c for c in every if c["earliest"]]
    assert dated
    for c in items(client, "/claims", **{"from": "1953-01", "to": "1953"}):
        assert c["latest"] >= "1953-01"
        assert c["earliest"] <= "1953-12-31"
    assert ada in {e["id"] for e in items(client, "/people", name="broo")}
    assert {e["kind"] for e in items(client, "/entities", kind="place")} <= {"place"}
    assert items(client, "/people", is_named="true") == [e for e in items(client, "/people") if e["is_named"]]


def test_parts_make_the_whole(client: TestClient) -> None:
    for path in ("/claims", "/blocks", "/entities", "/evidence", "/series", "/families"):
        whole = items(client, path, limit=500)
        address, parts = f"{ROOT}{path}?limit=2&count=true", []
        while address:
            answer = client.get(address).json()
            assert answer["n"] == len(whole), path
            assert len(answer["items"]) <= 2
            parts += answer["items"]
            address = answer["next"]
        assert parts == whole, path


def test_texts(client: TestClient) -> None:
    whole = client.get(f"{ROOT}/text", params={"source": "list.txt"}).json()
    assert whole["text"][:5] == "Those"
    assert len(whole["text"]) == whole["n_characters"]
    piece = client.get(f"{ROOT}/text", params={"source": "list.txt", "start": 6, "end": 9}).json()
    assert piece["text"] == whole["text"][6:9]
    assert client.get(f"{ROOT}/text", params={"source": "none"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/claims?limit=0", 400, "whole number from 1 to 500"), ("/claims?limit=1e3", 400, "limit"), ("/claims?predicat=age", 400, "predicate"),
        ("/claims?rank=normal&rank=preferred", 400, "twice"), ("/claims?from=yesterday", 400, "1997-02"), ("/search", 400, "q is missing"),
        ("/people?is_named=1", 400, "true or false"), ("/search?q=x&kind=y", 400, "claims"), ("/claims/nothing", 404, "no such"),
        ("/claims?predicate=arival", 400, "did you mean arrival"), ("/claims?predicate=zzz", 400, "one of name, alias"),
        ("/findings?severity=warnings", 400, "error, warning"), ("/findings?kind=gap", 400, "coverage-gap"), ("/people?kind=persons", 400, "person"),
        ("/links?verdict=maybe", 400, "unsure"), ("/claims?modality=said", 400, "reported"), ("/findings?severity=error", 200, ""),
        ("/nowhere", 404, ROOT), ("/sources/a%0Ab", 404, "no such"), ("/claims?source=" + "x" * 500, 400, "too long"),
        ("/reconcile?queries=%7B", 400, "cannot be read"), ("/reconcile/preview?id=x", 404, "no such"), ("/", 200, ""), ("", 200, ""),
    ],
)  # fmt: skip
def test_problems_say_what_to_do(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        assert problem["title"]
        assert said in problem["detail"] + problem["hint"]
        assert "Traceback" not in answer.text


def test_http(client: TestClient) -> None:
    answer = client.get(f"{ROOT}/claims", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "accept-encoding"
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    tag = answer.headers["etag"]
    assert client.get(f"{ROOT}/claims", headers={"if-none-match": tag}).status_code == 304
    head = client.head(f"{ROOT}/claims", headers={"accept-encoding": "identity"})
    assert head.content == b""
    assert int(head.headers["content-length"]) == len(answer.content)
    assert client.post(f"{ROOT}/claims").status_code == 405
    assert client.post(f"{ROOT}/claims").headers["allow"]
    other = client.get(f"{ROOT}/claims", headers={"origin": "http://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    assert client.get(f"{ROOT}/claims", headers={"host": "evil.example"}).status_code == 421


def test_every_route_is_described_and_answers(client: TestClient) -> None:
    described = client.get(f"{ROOT}/openapi.json").json()
    assert described == json.loads(json.dumps(document()))
    assert described["openapi"].startswith("3.1")
    for route in ROUTES:
        operation = described["paths"][route.path]["get"]
        named = {p["name"] for p in operation["parameters"]}
        assert {p.name for p in route.parameters} <= named
        assert operation["responses"]["200"]["content"]["application/json"]["schema"]
        if "{key}" not in route.path and not any(p.is_required for p in route.parameters):
            assert client.get(f"{ROOT}{route.path}").status_code == 200
        if route.example:
            assert client.get(f"{ROOT}{route.path}?{route.example}").status_code == 200
    assert described["components"]["schemas"]["EvidenceRow"]["properties"]["quote"]["description"]
    for language in ("", "/ko"):
        page = client.get(f"{language}/api").text
        assert all(f"<code>{route.path}</code>" in page for route in ROUTES)


def test_search(client: TestClient) -> None:
    found = client.get(f"{ROOT}/search", params={"q": "Ada Brooke"}).json()
    assert found["items"][0]["label"] == "Ada Brook"
    assert found["items"][0]["reason"]
    one = client.get(f"{ROOT}/search", params={"q": "pilot", "kind": "claims"}).json()
    assert ["pilot", True] in one["items"][0]["marked"]
    assert items(client, "/suggest", q="bro")[0]["label"] == "Ada Brook"
    assert client.get("/search", params={"q": "x" * 10_000}).status_code == 200
    assert client.get("/search", params={"q": '"\x00* NEAR('}).status_code == 200


def reconciled(client: TestClient, queries: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a batch, which is the same by either way that OpenRefine may ask."""
    text = json.dumps(queries)
    posted = client.post(f"{ROOT}/reconcile", data={"queries": text})
    got = client.get(f"{ROOT}/reconcile", params={"queries": text})
    assert posted.status_code == got.status_code == 200, posted.text
    assert posted.json() == got.json()
    answer: dict[str, Any] = posted.json()
    return answer


def test_the_manifest(client: TestClient) -> None:
    manifest = client.get(f"{ROOT}/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert {t["id"] for t in manifest["defaultTypes"]} == {"person", "group"}
    for service in manifest["suggest"].values():
        address = service["service_url"] + service["service_path"]
        assert client.get(address, params={"prefix": "a", "cursor": 0}).status_code == 200
    person = items(client, "/people", kind="person")[0]["id"]
    assert client.get(manifest["preview"]["url"].replace("{{id}}", person)).status_code == 200
    assert client.get(manifest["view"]["url"].replace("{{id}}", person)).status_code == 200
    proposed = manifest["extend"]["propose_properties"]
    found = client.get(
        proposed["service_url"] + proposed["service_path"], params={"type": "person", "limit": 3}
    ).json()
    assert len(found["properties"]) == 3


def test_a_batch(client: TestClient) -> None:
    found = reconciled(
        client,
        {
            "q0": {"query": "Brook, Ada", "type": "person", "limit": 5, "type_strict": "should"},
            "q1": {"query": "Ada Brook", "properties": [{"pid": "arrival", "v": "1953-09-21"}]},
            "q2": {
                "query": "Ada Brook",
                "properties": [{"pid": "arrival", "v": {"id": "x", "name": "1820"}}],
            },
            "q3": {"query": "Somebody Else"},
            "q4": {"query": "Ada Brook", "type": ["group"]},
        },
    )
    first = found["q0"]["result"][0]
    assert (first["name"], first["match"], first["type"][0]["id"]) == ("Ada Brook", True, "person")
    assert 0 < first["score"] <= 100
    assert first["features"][0]["id"] == "name"
    assert first["description"]
    assert found["q1"]["result"][0]["score"] > found["q2"]["result"][0]["score"]
    assert found["q3"]["result"] == []
    assert found["q4"]["result"] == []


def test_rows_are_extended(client: TestClient) -> None:
    person = items(client, "/people", kind="person")[0]["id"]
    asked = {"ids": [person, "nobody"], "properties": [{"id": "arrival"}, {"id": "no_such"}]}
    answer = client.post(f"{ROOT}/reconcile", data={"extend": json.dumps(asked)}).json()
    assert [m["id"] for m in answer["meta"]] == ["arrival", "no_such"]
    assert answer["rows"][person]["arrival"] == [{"str": "1953-09-21"}]
    assert answer["rows"]["nobody"] == {"arrival": [], "no_such": []}


def test_what_cannot_be_reconciled(client: TestClient) -> None:
    for text in ("[", "[]", '{"q":1}', '{"q":{"limit":0}}', "[" * 100_000):
        assert client.post(f"{ROOT}/reconcile", data={"queries": text}).status_code == 400
    many = json.dumps({f"q{n}": {"query": "a"} for n in range(51)})
    assert client.post(f"{ROOT}/reconcile", data={"queries": many}).status_code == 400
    assert client.post(f"{ROOT}/reconcile", json={"queries": "{}"}).status_code == 415
    assert client.post(f"{ROOT}/reconcile", data={"queries": "x" * (2 << 20)}).status_code == 413


def test_only_a_site_that_was_named_may_ask(chronicle_path: Path) -> None:
    library = Library(chronicle_path, title="Those who left")
    app = create_app(library, allowed="http://127.0.0.1:3333")
    with TestClient(app, base_url="http://localhost") as client:
        allowed = client.get(f"{ROOT}/reconcile", headers={"origin": "http://127.0.0.1:3333"})
        assert allowed.headers["access-control-allow-origin"] == "http://127.0.0.1:3333"
        assert "origin" in allowed.headers["vary"]
        person = items(client, "/people", kind="person")[0]["id"]
        preview = client.get(f"{ROOT}/reconcile/preview?id={person}")
        assert "frame-ancestors http://127.0.0.1:3333" in preview.headers["content-security-policy"]
        assert len(preview.headers.get_list("content-security-policy")) == 1
        other = client.get(f"{ROOT}/reconcile", headers={"origin": "http://evil.example"})
        assert "access-control-allow-origin" not in other.headers
