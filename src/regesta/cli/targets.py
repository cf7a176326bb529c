"""What a person types for a thing, and the fingerprint under which a decision keeps it.

    fc-… fm-… ff-… fs-… a fingerprint         ──┐
    c-…                a claim                  │
    f-…                a finding                │
    list.txt           a source                 │
    e-…                an entity                ├──► Target(fingerprint, in words)
    list.txt:120       what stands there        │
    "Ana Sousa"        a name, in any case    ──┘

Of an entity it is the fingerprint of its first referent, of a name the first of that name: a decision speaks of people as some document names them, so that
it holds however they are joined later. A name or a place that fits several things decides nothing: they are listed.
Nothing here writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from regesta.cli.printing import claim_in_words
from regesta.errors import DecisionError

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["FINGERPRINT", "Target", "Targets", "Wanted", "nearby", "seen"]

Wanted = Literal["referent", "claim", "finding", "any"]

FINGERPRINT = re.compile(r"f[a-z]{1,3}-[0-9a-f]{16}")
_ALIKE = 75
"""How alike two names are, of 100, for one to be meant by the other."""
_PLACE = re.compile(r"(?s:(.+)):(\d{1,12})", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""What a terminal would obey instead of showing it."""

_MANY = 12
"""Things that are listed one by one."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision is about."""

    fingerprint: str
    kind: Literal["referent", "claim", "finding", "source", "other"]
    words: str
    """For people, on one line."""
    entity: str | None = None
    """Of a referent the entity that it is in this chronicle, of a claim its subject."""


def seen(text: str, limit: int = 200) -> str:
    r"""Return words on one line, without what is not seen, cut at `limit`.

    >>> seen("one\x1b[31m  passport\n")
    'one [31m passport'
    """
    told = " ".join(_UNSEEN.sub(" ", text[: 4 * limit]).split())
    return told if len(told) <= limit else told[: limit - 1] + "…"


class Targets:
    """Finds things in a chronicle."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle

    def find(self, what: str, wanted: Wanted) -> Target:
        """Return the one thing that is meant; raises `DecisionError` where there is none, or several (listed before)."""
        ways: tuple[Callable[[str, Wanted], list[Target]], ...] = (
            self._by_fingerprint, self._by_id, self._by_source, self._by_place, self._by_name,
        )  # fmt: skip
        for way in ways:
            found = list({target.fingerprint: target for target in way(what, wanted)}.values())
            if len(found) == 1:
                return self._fitting(found[0], what, wanted)
            if found:
                raise self._several(found, what)
        raise DecisionError("nothing of that name", found=what[:200], hint=nearby(self._chronicle, what))

    def described(self, fingerprints: list[str]) -> dict[str, Target]:
        """Return what fingerprints mean in this chronicle; those that it does not know are left out."""
        referents = self._referents("r.fingerprint in (select unnest(?))", [fingerprints])
        claims = self._claims("fingerprint in (select unnest(?))", [fingerprints])
        findings = self._findings("fingerprint in (select unnest(?))", [fingerprints])
        sources = (
            self._sources(set(fingerprints)) if any(one.startswith("fs-") for one in fingerprints) else []
        )
        return {target.fingerprint: target for target in (*claims, *referents, *findings, *sources)}

    def _fitting(self, target: Target, what: str, wanted: Wanted) -> Target:
        if wanted in (target.kind, "any"):
            return target
        asked, hint = {
            "claim": ("claims", f"say which claim, by its id: regesta show {what!r}"),
            "finding": ("findings", "say which finding, by its id: regesta check"),
        }.get(wanted, ("people, groups, places: no claims", "name whom it is about"))
        raise DecisionError(f"this kind of decision is about {asked}", found=what[:200], hint=hint)

    def _by_fingerprint(self, what: str, wanted: Wanted) -> list[Target]:  # noqa: ARG002 - as the other ways
        if not FINGERPRINT.fullmatch(what):
            return []
        found = self.described([what])
        if what not in found:
            raise DecisionError("nothing in this chronicle has that fingerprint", found=what)
        return [found[what]]

    def _by_id(self, what: str, wanted: Wanted) -> list[Target]:  # noqa: ARG002 - as the other ways
        if not re.fullmatch(r"[cemf]-\S+", what):
            return []
        if findings := self._findings("id = ?", [what]):
            return findings
        if claims := self._claims("id = ?", [what]):
            return claims
        where = {"m": "r.key = ?", "e": "r.entity = ?"}.get(what[0])
        if where is None:
            return []
        if what[0] == "e":
            redirect = "select redirect from identities where id = ? and redirect is not null"
            for _ in range(_MANY):  # an id that was merged leads to the one that it became
                rows = self._chronicle.sql(redirect, [what]).rows
                if not rows:
                    break
                what = rows[0][0]
        return self._referents(where, [what], of_entity=what[0] == "e")

    def _by_source(self, what: str, wanted: Wanted) -> list[Target]:
        from regesta.model.fingerprints import source_fingerprint

        return self._sources({source_fingerprint(what)}) if wanted == "any" else []

    def _sources(self, fingerprints: set[str]) -> list[Target]:
        """Return the sources that have these fingerprints: hashes of their names, which no table has."""
        from regesta.model.fingerprints import source_fingerprint

        names = [name for (name,) in self._chronicle.sql("select name from sources order by name")]
        found = [(source_fingerprint(name), name) for name in names]
        return [
            Target(one, "source", f"the source {seen(name, 120)}")
            for one, name in found
            if one in fingerprints
        ]

    def _by_place(self, what: str, wanted: Wanted) -> list[Target]:
        """Return what is named at that place, or said in a passage there: the shortest of them."""
        match = _PLACE.fullmatch(what)
        if not match or not self._chronicle.sql("select 1 from sources where name = ?", [match[1]]).rows:
            return []
        at = [match[1], int(match[2]), int(match[2])]
        inside = "source = ? and start_char <= ? and end_char > ?"
        found: list[Target] = []
        if wanted != "claim":
            mentions = f"select referent, end_char - start_char from mentions where {inside}"  # noqa: S608 - all of it stands here
            keys = self._shortest(mentions, at)
            found += self._referents("r.key in (select unnest(?))", [keys])
        if wanted != "referent":
            passages = (
                f"select claim, end_char - start_char from claim_evidence where {inside} and position = 0"  # noqa: S608
            )
            ids = self._shortest(passages, at)
            found += self._claims("id in (select unnest(?))", [ids])
        if not found:
            raise DecisionError(
                "nothing is named or said there", found=what,
                hint="the number counts characters from 0, as `start` does in exports, not lines",
            )  # fmt: skip
        return found

    def _shortest(self, query: str, params: list[Any]) -> list[str]:
        rows = self._chronicle.sql(query, params).rows
        least = min((size for _, size in rows), default=0)
        return [key for key, size in rows if size == least]

    def _by_name(self, what: str, wanted: Wanted) -> list[Target]:  # noqa: ARG002 - as the other ways
        name = " ".join(what.split()).casefold()
        entities = [
            id_
            for id_, label, aliases in self._chronicle.sql("select id, label, aliases from entities")
            if name in {" ".join(one.split()).casefold() for one in (label, *aliases)}
        ]
        found: list[Target] = []
        for id_ in entities[: 20 * _MANY]:
            found += self._referents("r.entity = ?", [id_], of_entity=True, name=name)
        return found

    def _referents(
        self, where: str, params: list[Any], *, of_entity: bool = False, name: str = ""
    ) -> list[Target]:
        """Return referents in the order of their first mention; of one entity only the first, of that name if there is one."""
        query = (
            "select r.fingerprint, any_value(r.label), any_value(r.kind), any_value(r.entity), "  # noqa: S608
            "min((m.source, m.start_char)) as first from referents r left join mentions m on m.referent = r.key "
            f"where {where} group by r.key, r.fingerprint "
            f"order by lower(any_value(r.label)) = ? desc, first, r.key{' limit 1' if of_entity else ''}"
        )
        found = []
        for fingerprint, label, kind, entity, first in self._chronicle.sql(query, [*params, name]):
            values = tuple(first.values()) if isinstance(first, dict) else first
            place = f", {seen(values[0], 60)}:{values[1]}" if values and values[0] else ""
            words = f"{seen(label, 60)} ({kind}{place}, {entity})"
            found.append(Target(fingerprint, "referent", words, entity))
        return found

    def _claims(self, where: str, params: list[Any]) -> list[Target]:
        from regesta.chronicle.rows import ClaimRow

        return [
            Target(
                claim.fingerprint, "claim",
                f"“{seen(click.unstyle(claim_in_words(claim)), 80)}” of {seen(claim.subject_label, 60)} ({claim.id})",
                claim.subject,
            )
            for claim in self._chronicle.rows(ClaimRow, where, params)
        ]  # fmt: skip

    def _findings(self, where: str, params: list[Any]) -> list[Target]:
        query = f"select fingerprint, kind, summary, id from findings where {where} order by id"  # noqa: S608
        return [
            Target(fingerprint, "finding", f"{kind}: {seen(summary.rstrip('.'), 120)} ({id_})")
            for fingerprint, kind, summary, id_ in self._chronicle.sql(query, params)
        ]

    def _several(self, found: list[Target], what: str) -> DecisionError:
        for target in found[:_MANY]:
            click.echo(f"  {target.fingerprint}  {target.words}", err=True)
        if len(found) > _MANY:
            click.echo(f"  and {len(found) - _MANY:,} more", err=True)
        return DecisionError(
            f"{len(found):,} things are meant by that", found=what[:200],
            hint="nothing was written; say which, by its id or fingerprint",
        )  # fmt: skip


def nearby(chronicle: Chronicle, what: str) -> str:
    """Return the names that are spelled nearly so or hold it, as a question; without any, where names are found."""
    from rapidfuzz import fuzz, process

    query = "select distinct unnest(list_append(aliases, label)) as name from entities order by name"
    names = [name for (name,) in chronicle.sql(query).rows]
    wanted = " ".join(what.split()).casefold()
    found = [name for name in names if wanted and wanted in name.casefold()][:4]
    if not found:
        alike = process.extract(
            wanted, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_ALIKE, limit=4
        )
        found = [name for name, _, _ in alike]
    if not found:
        return "try a part of it: regesta show NAME"
    return f"did you mean {', '.join(seen(name, 60) for name in found)}?"
