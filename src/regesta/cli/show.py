"""`regesta show`."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import click

from regesta.cli.arguments import JSON, first_is_chronicle, open_chronicle
from regesta.cli.collating import collated, family_as_json, of_finding, print_family
from regesta.cli.decided import value_in_words
from regesta.cli.findings import COLOURS, Told, Wanted, find, lines_of
from regesta.cli.findings import as_json as findings_json
from regesta.cli.printing import Passages, claim_in_words, counted, heading, number
from regesta.cli.targets import Targets, nearby, seen
from regesta.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import ClaimRow, DecisionRow, EntityRow, SourceRow
    from regesta.model import Place

__all__ = ["entities_of", "show"]

_MANY = 12
"""Entities that one name may fit before they are only listed."""


@click.command(
    epilog='Example: regesta show "Kim Il"\n\nIn a script: regesta show --json papers.duckdb e-53c1d5a4a9f2b8d0'
)
@click.argument("given", nargs=-1, required=True, metavar="[CHRONICLE] WHAT")
@JSON
def show(given: tuple[str, ...], *, as_json: bool) -> None:
    """Show a person, a source, a claim, a finding or a family of sources, with the passages that say it.

    WHAT is the id of an entity, a claim, a finding or a family, the name of a source, or a name or part of one. A file of many
    people with that name is listed; their ids tell them apart.
    """
    path, what = first_is_chronicle(given, "WHAT")
    with open_chronicle(path) as chronicle:
        if findings := find(chronicle, Wanted(ids=(what,))):
            _print_findings(chronicle, findings, as_json=as_json)
        elif claims := _claims_of_id(chronicle, what):
            _print_claims(chronicle, claims, as_json=as_json)
        elif sources := [s for s in chronicle.sources() if s.name == what]:
            _print_source(chronicle, sources[0], as_json=as_json)
        elif any(s.family == what for s in chronicle.sources()):
            if as_json:
                _print_json(family_as_json(chronicle, what))
            else:
                print_family(chronicle, what)
        else:
            found = entities_of(chronicle, what)
            if not found:
                raise StoreError("nothing of that name", found=what, hint=nearby(chronicle, what))
            _print_entities(chronicle, found, as_json=as_json)


def _print_findings(chronicle: Chronicle, found: list[Told], *, as_json: bool) -> None:
    if as_json:
        _print_json(findings_json(found))
        return
    passages = Passages(chronicle)
    for one in found:
        click.echo(f"{heading(one.row.kind)}  {click.style(one.row.severity, fg=COLOURS[one.row.severity])}")
        for line in lines_of(one, passages, indent="  ", shown=len(one.members)):
            click.echo(line)
        if one.row.kind == "shared-text":
            for row in of_finding(chronicle, one.members):
                click.echo()
                for line in collated(chronicle, row, passages):
                    click.echo(line)


def _claims_of_id(chronicle: Chronicle, what: str) -> list[ClaimRow]:
    return [chronicle.claim(what)] if chronicle.sql("select 1 from claims where id = ?", [what]).rows else []


def entities_of(chronicle: Chronicle, what: str) -> list[EntityRow]:
    """Return the entity of that id, else those of that name, else those with it in their names; people first."""
    wanted = what.casefold()
    everything = chronicle.entities()
    now = _led_to(chronicle, what)
    if by_id := [e for e in everything if e.id == now]:
        return by_id
    exact = [e for e in everything if wanted in {name.casefold() for name in (e.label, *e.aliases)}]
    partly = [e for e in everything if any(wanted in name.casefold() for name in (e.label, *e.aliases))]
    return sorted(exact or partly, key=lambda e: e.kind not in {"person", "group"})


def _led_to(chronicle: Chronicle, id_: str) -> str:
    """Return the id that one which was merged away leads to; any other is its own."""
    redirects = dict(chronicle.sql("select id, redirect from identities where redirect is not null").rows)
    own = {one for (one,) in chronicle.sql("select id from entities where id = ?", [id_])}
    seen_ids = {id_}
    while not own and id_ in redirects and redirects[id_] not in seen_ids:
        id_ = redirects[id_]
        seen_ids.add(id_)
        own = {one for (one,) in chronicle.sql("select id from entities where id = ?", [id_])}
    return id_


def _print_entities(chronicle: Chronicle, entities: list[EntityRow], *, as_json: bool) -> None:
    if as_json:
        _print_json([_with_claims(chronicle, e, chronicle.claims(about=e)) for e in entities])
        return
    passages = Passages(chronicle)
    if len(entities) > _MANY:
        click.echo(f"{len(entities)} have that in their names:")
        for e in entities:
            click.echo(f"  {e.id}  {e.label}  ({e.kind})")
        return
    for index, e in enumerate(entities):
        click.echo(("\n" if index else "") + _title(e))
        claims = chronicle.claims(about=e)
        for claim in claims:
            _print_claim(chronicle, claim, passages)
        if not claims:
            click.echo("  no claims about it; named in:")
            places = "select source, start_char, end_char from mentions where entity = ? order by all"
            for source, start, end in chronicle.sql(places, [e.id]):
                click.echo(f"    {passages.place(source, start, end)}")
        for link in _links(chronicle, e):
            click.echo(f"  {_linked(link, e)}")
        for decision in _decisions(chronicle, e):
            click.echo(f"  {_decided(decision)}  {click.style(decision['id'], dim=True)}")


def _links(chronicle: Chronicle, e: EntityRow) -> list[dict[str, Any]]:
    """Return why the mentions of an entity are one, then what else it may be; `other` is the other entity, if any."""
    query = (
        "with pairs as (select l.*, a.entity as one, b.entity as two from links l "
        "join referents a on a.key = l.left_referent join referents b on b.key = l.right_referent "
        "where ? in (a.entity, b.entity)) "
        "select verdict, weight, reason, decision, other.id as other, other.label as other_label from pairs "
        "left join entities other on other.id = if(one = ?, two, one) and one <> two "
        "order by verdict, weight desc, reason"
    )
    return chronicle.sql(query, [e.id, e.id]).dicts()


_VERDICTS = {
    "same": ("one", "green"),
    "unsure": ("perhaps", "yellow"),
    "different": ("not", "red"),
    "part-of": ("part", "cyan"),
}


def _linked(link: dict[str, Any], e: EntityRow) -> str:
    word, colour = _VERDICTS[link["verdict"]]
    other = f" {link['other_label']} {click.style(link['other'], dim=True)}" if link["other"] else ""
    hint = ""
    if link["verdict"] == "unsure" and link["other"]:
        hint = f"; decide: regesta decide same {e.id} {link['other']} --why ..., or different"
    return f"{click.style(word, fg=colour)}{other}: {link['reason']}{hint}"


def _decisions(chronicle: Chronicle, e: EntityRow) -> list[dict[str, Any]]:
    """Return what was decided about an entity or its claims, in the order of time; `about` says it of what, in words."""
    query = (
        "with own as (select fingerprint from referents where entity = ? "
        "union select fingerprint from claims where subject = ?) "
        "select distinct d.* from decisions d, unnest(d.targets) as t(target) "
        "where target in (select fingerprint from own) order by d.made_at, d.id"
    )
    found = chronicle.sql(query, [e.id, e.id]).dicts()
    words = Targets(chronicle).described(sorted({one for decision in found for one in decision["targets"]}))
    return [
        decision | {"about": [words[one].words if one in words else one for one in decision["targets"]]}
        for decision in found
    ]


def _decided(decision: dict[str, Any]) -> str:
    about = " and ".join(decision["about"])
    value = value_in_words(decision["kind"], decision["value"])
    said = seen(f"{decision['kind']} {about}" + (f": {value}" if value else ""), 240)
    note = f": {decision['note']}" if decision["note"] else ""
    words = (
        f"{decision['made_by']} on {decision['made_at'][:10]}: {decision['why']} [{decision['status']}{note}]"
    )
    return f"{click.style('decided', fg='yellow')} {said}, by {seen(words, 300)}"


def _title(e: EntityRow) -> str:
    parts = [heading(e.label), e.kind + ("" if e.is_named else ", unnamed")]
    parts += [f"of {number(e.group_size)}"] if e.group_size else []
    parts += [f"also {', '.join(e.aliases)}"] if e.aliases else []
    return "  ".join([*parts, click.style(e.id, dim=True)])


def _print_claims(chronicle: Chronicle, claims: list[ClaimRow], *, as_json: bool) -> None:
    if as_json:
        _print_json([_claim_json(chronicle, claim) for claim in claims])
        return
    passages = Passages(chronicle)
    for claim in claims:
        click.echo(_title(chronicle.entity(claim.subject)))
        _print_claim(chronicle, claim, passages)
        for line in _made_how(chronicle, claim):
            click.echo(f"    {line}")


_DONE = {
    "prefer": "preferred",
    "deprecate": "deprecated",
    "confirm": "confirmed",
    "reject": "rejected",
    "correct": "corrected",
    "comment": "commented on",
}


def _made_how(chronicle: Chronicle, claim: ClaimRow) -> Iterator[str]:
    """Yield which rule or decision made a claim, and what people decided about it."""
    from regesta.chronicle.rows import DecisionRow
    from regesta.decisions import MADE

    if claim.method.startswith(MADE):
        id_ = claim.method.removeprefix(MADE)
        for decision in chronicle.rows(DecisionRow, "id = ?", [id_]):
            yield f"by a decision: {_told(decision, decision.kind)}"
    else:
        yield f"by the rule {claim.method or '?'}"
    about = chronicle.rows(DecisionRow, "list_contains(targets, ?)", [claim.fingerprint], order="made_at, id")
    for decision in about:
        if decision.status != "undone":
            yield _told(decision, _DONE.get(decision.kind, decision.kind))


def _told(decision: DecisionRow, verb: str) -> str:
    note = "" if decision.status in ("applied", "already-true") else f" [{decision.status}: {decision.note}]"
    words = (
        f"{verb} by {seen(decision.made_by, 60)} on {decision.made_at[:10]}: {seen(decision.why)}{seen(note)}"
    )
    return f"{click.style(words, fg='yellow')}  {click.style(decision.id, dim=True)}"


def _print_claim(chronicle: Chronicle, claim: ClaimRow, passages: Passages) -> None:
    rank = f"  [{claim.rank}]" if claim.rank != "normal" else ""
    support = _supported(chronicle, claim)
    told = f"  {click.style(support, dim=True)}" if support else ""
    click.echo(f"  {claim_in_words(claim)}{rank}{told}  {click.style(claim.id, dim=True)}")
    for evidence in chronicle.evidence(claim):
        click.echo(passages.show(evidence, indent="      "))


def _supported(chronicle: Chronicle, claim: ClaimRow) -> str:
    """Return how well a claim is supported, in words: empty where nothing else says the same."""
    from regesta.chronicle.rows import SupportRow

    found = chronicle.rows(SupportRow, "claim = ? and passages > 1", [claim.id])
    counts = [(one.passages, one.documents, one.independent) for one in found]
    return "".join(
        f"{counted(n, 'passage')}, {counted(m, 'document')}, {k:,} independent" for n, m, k in counts
    )


def _print_source(chronicle: Chronicle, source: SourceRow, *, as_json: bool) -> None:
    counts = {
        table: chronicle.sql(f"select count(*) from {table} where source = ?", [source.name]).rows[0][0]  # noqa: S608 - the names are below
        for table in ("blocks", "citations", "claims", "observations", "rejections")
    }
    people = chronicle.sql(
        "select count(distinct entity) from mentions join entities e on e.id = entity"
        " where source = ? and kind in ('person', 'group')",
        [source.name],
    ).rows[0][0]
    if as_json:
        _print_json(dataclasses.asdict(source) | {"counts": counts | {"people": people}})
        return
    click.echo(f"{heading(source.name)}  {source.title or ''}")
    for field in (
        "format",
        "url",
        "licence",
        "date",
        "retrieved",
        "language",
        "revision",
        "sha256",
        "n_characters",
    ):
        if (value := getattr(source, field)) is not None:
            click.echo(
                f"  {field.removeprefix('n_'):11} {value:,}"
                if isinstance(value, int)
                else f"  {field:11} {value}"
            )
    if kin := [s.name for s in chronicle.sources() if s.family == source.family and s.name != source.name]:
        more = f" and {len(kin) - 3:,} more" if len(kin) > 3 else ""
        click.echo(f"  {'family':11} with {', '.join(kin[:3])}{more}  {click.style(source.family, dim=True)}")
    click.echo("  " + ", ".join(f"{n:,} {word}" for word, n in {"people": people, **counts}.items()))


def _with_claims(chronicle: Chronicle, e: EntityRow, claims: list[ClaimRow]) -> dict[str, Any]:
    return dataclasses.asdict(e) | {
        "claims": [_claim_json(chronicle, claim) for claim in claims],
        "links": _links(chronicle, e),
        "decisions": _decisions(chronicle, e),
    }


def _place_json(place: Place) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(place).items() if value is not None}


def _claim_json(chronicle: Chronicle, claim: ClaimRow) -> dict[str, Any]:
    return {
        "id": claim.id,
        "subject": {"id": claim.subject, "label": claim.subject_label, "kind": claim.subject_kind},
        "predicate": claim.predicate,
        "value": claim.value,
        "when": claim.when_edtf,
        "where": claim.where_text,
        "modality": claim.modality,
        "method": claim.method,
        "support": _support_json(chronicle, claim),
        "evidence": [
            {
                "source": e.source,
                "start": e.start_char,
                "end": e.end_char,
                "quote": e.quote,
                "places": [
                    _place_json(place) for place in chronicle.places(e.source, e.start_char, e.end_char)
                ],
            }
            for e in chronicle.evidence(claim)
        ],
    }


def _support_json(chronicle: Chronicle, claim: ClaimRow) -> dict[str, int] | None:
    from regesta.chronicle.rows import SupportRow

    found = chronicle.rows(SupportRow, "claim = ?", [claim.id])
    counts = [{"passages": s.passages, "documents": s.documents, "independent": s.independent} for s in found]
    return counts[0] if counts else None


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
