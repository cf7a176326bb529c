"""An edition: a new chronicle that never contained what is withheld, written document by document.

    chronicle ──leaves──► paint ──► lay ──► rows of one document ──► chronicle.write ──► edition.duckdb
        plan ────┘                    └──► what findings may tell ──┘

Of one document everything is in memory, of the others the ids of what is shown. What an edition has no rows of is counted: what
was left out while reading, reasons of identity, decisions with their authors and reasons, findings that tell too much, sources of
which nothing is shown. Which passages are seen `painting` says, how a new text is laid `laying`.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from regesta.chronicle import open as open_chronicle
from regesta.chronicle import relate, write
from regesta.chronicle.rows import (
    CitationMarkRow,
    CitationRow,
    ClaimCitationRow,
    ClaimRow,
    CoverageRow,
    MentionRow,
    MetaRow,
    ObservationRow,
    SourceRow,
    Stop,
    TextRow,
)
from regesta.chronicle.settling import KinRow, RankRow
from regesta.edition.before import Before
from regesta.edition.cast import PEOPLE, Cast
from regesta.edition.imprint import counted, is_edition, meta_of
from regesta.edition.laying import MARK, Laid, lay
from regesta.edition.leaves import Leaf, leaves
from regesta.edition.naming import Names
from regesta.edition.noticing import Noticed, findings_shown
from regesta.edition.painting import Paint, paint
from regesta.edition.secrets import secrets_of
from regesta.edition.stating import evidence_rows, is_of_kin, placed, reworded, stated, stops_of
from regesta.edition.viewing import View
from regesta.edition.watching import Watch, watch_of
from regesta.edition.wording import Hidden, plain
from regesta.errors import StoreError
from regesta.kinship import Texts
from regesta.model.ids import content_id
from regesta.protection.parts import Parts
from regesta.protection.words import spoken
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle, Rows
    from regesta.protection import Plan

__all__ = ["Made", "Progress", "make"]

Progress = Callable[[int, int, str], None]
"""Called with how many documents are done, how many there are, and what is done."""

_FORMAT: Final = "edition"
"""Of a document of an edition: no reader reads it, and its text is no file."""
_PIECE: Final = 1 << 18
_OUTSIDE: Final = frozenset({"furniture", "footnote", "bibliography"})


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    path: Path
    counts: dict[str, int]
    """Rows by table."""
    left_out: dict[str, int]
    """What the chronicle has and the edition has not, by kind, beyond what the plan withholds."""
    watch: Watch
    """What may stand in no byte of it, for the leak check."""
    unseen: tuple[str, ...] = ()
    """People and groups whom the plan would show, by their ids in the chronicle, and of whom no passage may be seen."""


def make(
    chronicle: Chronicle,
    plan: Plan,
    output: str | Path,
    *,
    key: bytes,
    before: Before | None = None,
    progress: Progress | None = None,
) -> Made:
    """Write the edition of a chronicle under a plan to `output`, and return what was made.

    `key` is that of the project, for ids; `before` the edition that went out before, whose ids lead on. The same chronicle, plan and key give the same bytes in every export. Raises
    `StoreError` where `output` is the chronicle itself, another that is no edition, or cannot be written, and where
    the chronicle is an edition already.
    """
    path = Path(output)
    _check(chronicle, path)
    watch = watch_of(chronicle, plan)
    maker = _Maker(chronicle, plan, watch, Names(key), before)

    def last(*_: object) -> Iterator[Rows]:
        yield {"meta": [MetaRow(key, value) for key, value in counted(maker.left_out).items()]}

    with maker.texts, spoken(plan.packs):
        counts = write(path, maker.rows(progress), meta_of(chronicle, plan), last)
    return Made(path, counts, dict(sorted(maker.left_out.items())), watch, maker.cast.unseen())


def _check(chronicle: Chronicle, path: Path) -> None:
    if is_edition(chronicle):
        raise StoreError(
            "is an edition already", where=str(chronicle.path), hint="make it from the chronicle itself"
        )
    if not path.exists():
        return
    if path.resolve() == chronicle.path.resolve():
        raise StoreError("is the chronicle itself", where=str(path), hint="choose another name with -o")
    if path.is_file() and path.stat().st_size:
        try:
            with open_chronicle(path) as old:
                is_ours = is_edition(old)
        except StoreError as error:
            if "schema" in error.problem:
                return  # of another version: `write` looks at it
            raise StoreError("is no edition", where=str(path), hint="choose another name with -o") from error
        if not is_ours:
            raise StoreError(
                "holds a chronicle that is no edition", where=str(path), hint="choose another name with -o"
            )


@dataclass(slots=True)
class _Page:
    """One document while its rows are made."""

    leaf: Leaf
    painted: Paint
    laid: Laid
    name: str
    document: str
    hidden: Hidden
    n_mentions: int = 0
    passages: list[tuple[int, int]] = field(default_factory=list)


class _Maker:
    """What is known of an edition while its documents pass by."""

    def __init__(
        self, chronicle: Chronicle, plan: Plan, watch: Watch, names: Names, before: Before | None
    ) -> None:
        self.chronicle, self.plan, self.names, self.before = chronicle, plan, names, before
        self.patterns = watch.patterns
        self.left_out: Counter[str] = Counter()
        self.texts = Texts()
        self.noticed = Noticed()
        shown = [n for e in plan.exposures.values() if e.shown == "name" for n in (e.label, *e.aliases)]
        self.parts = Parts(plan.hidden_names(), shown)
        self.cast = Cast(chronicle, plan, watch, self.parts, names)
        self.view = View(
            plan.exposures, plan.verdicts, self.cast.kind_of, secrets_of(chronicle, plan), self.patterns, self._cited(),
            self._crowds(), self.parts,
        )  # fmt: skip
        self._claims: dict[str, tuple[str, int]] = {}
        """Old id of a claim -> its new one, and how many passages it has by now."""
        self._made: set[str] = set()
        self._citations: dict[str, str] = {}
        self._documents: dict[str, tuple[str, str]] = {}
        """New name of a source -> its document and its old family."""

    def rows(self, progress: Progress | None) -> Iterator[Rows]:
        """Yield all rows but those of `meta`."""
        ((total,),) = self.chronicle.sql("select count(*) from sources").rows
        for done, leaf in enumerate(leaves(self.chronicle), 1):
            yield from self._leaf(leaf)
            if progress:
                progress(done, total, "documents")
        yield from self.cast.rows(self.before, self.noticed)
        yield from self._kin()
        for rows, n in findings_shown(self.chronicle, self.noticed, self.patterns):
            self.left_out["findings"] += n
            yield rows
        for table in ("rejections", "links", "decisions"):
            ((n,),) = self.chronicle.sql(f"select count(*) from {table}").rows  # noqa: S608 - names of this file
            self.left_out[table] += n

    def _crowds(self) -> frozenset[str]:
        """Return the groups that are large enough to single nobody out, whatever is shown of them."""
        found = set()
        for row in self.chronicle.people():
            exposure = self.plan.exposures.get(row.id)
            if exposure is None or exposure.is_minor or exposure.rule == "decision.withhold":
                continue
            is_many = (row.group_size or 0) >= self.plan.policy.k or exposure.rule == "name.crowd"
            if is_many and not row.is_named and exposure.person_class != "at_risk":
                found.add(row.id)
        return frozenset(found)

    def _cited(self) -> frozenset[str]:
        """Return the references that stand behind claims that are shown, of people who are not hidden behind another name."""
        found = set()
        for claim, citation in self.chronicle.stream("select claim, citation from claim_citations"):
            verdict = self.plan.verdicts.get(claim)
            if verdict is None or verdict.action != "show" or verdict.row is None:
                continue
            exposure = self.plan.exposures.get(verdict.row.subject)
            if exposure is None or exposure.shown in ("name", "described"):
                found.add(citation)
        return frozenset(found)

    def _leaf(self, leaf: Leaf) -> Iterator[Rows]:
        """Yield the rows of one document; none where nothing of it is seen."""
        source = leaf.source
        names = [m.quote for m in leaf.mentions if m.form == "name" and self.view.is_hidden(m.entity)]
        about = [x for c in leaf.citations for x in (c.title, c.url, c.publisher, *c.authors)]
        told = (source.name, source.title, source.url, source.licence)
        series = [o.series_label for o in leaf.observations]
        hidden = Hidden(self.patterns, names, [*told, *about, *series], self.parts)
        painted = paint(leaf, self.view, hidden)
        laid = lay(leaf.text, leaf.blocks, painted.shown)
        if all(piece.is_mark for piece in laid.pieces):
            self.left_out["sources"] += 1
            return
        name = source.name if hidden.is_clean(source.name) else self.names.source(source.name)
        document = content_id("d", [laid.text, _FORMAT])
        page = _Page(leaf, painted, laid, name, document, hidden)
        self._documents[name] = (document, source.family)
        self.noticed.sources[source.name] = name
        yield self._source(page)
        yield {
            "texts": [
                TextRow(name, s, laid.text[s : s + _PIECE]) for s in range(0, max(1, len(laid.text)), _PIECE)
            ]
        }
        yield {"blocks": [replace(block, source=name) for block in laid.blocks]}
        yield self._citation_rows(page)
        yield from self._claim_rows(page)
        yield self._mention_rows(page)
        yield self._observation_rows(page)
        yield {"coverage": [_coverage(page)]}
        self._notice(page)

    def _source(self, page: _Page) -> Rows:
        source, text = page.leaf.source, page.laid.text
        title = page.hidden.kept(source.title)
        url = page.hidden.kept(source.url)
        row = SourceRow(
            page.name, _FORMAT, title, url, page.hidden.kept(source.licence), source.date, source.retrieved,
            source.language, source.revision if url else None,
            hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), page.document, page.document, len(text),
        )  # fmt: skip
        return {"sources": [row]}

    def _citation_rows(self, page: _Page) -> Rows:
        laid, rows = page.laid, []
        for c in page.leaf.citations:
            place = laid.place(c.start_char, c.end_char) if c.id in page.painted.citations else None
            if place is None or not laid.is_whole(c.start_char, c.end_char):
                continue
            quote = laid.text[slice(*place)]
            id_ = content_id("r", [page.document, *place, quote])
            self._citations[c.id] = id_
            rows.append(
                CitationRow(
                    id_, page.name, c.kind, c.marker, c.title, c.authors, c.publisher, c.date, c.retrieved, c.url,
                    c.identifiers, *place, quote,
                )
            )  # fmt: skip
        marks = []
        for m in page.leaf.marks:
            place = laid.place(m.start_char, m.end_char)
            if place and m.citation in self._citations and laid.is_whole(m.start_char, m.end_char):
                marks.append(CitationMarkRow(page.name, *place, m.label, self._citations[m.citation]))
        return {"citations": rows, "citation_marks": marks}

    def _claim_rows(self, page: _Page) -> Iterator[Rows]:
        evidence = defaultdict(list)
        for e in page.leaf.evidence:
            evidence[e.claim].append(e)
        cited = self._cited_by(list(evidence))
        for old in sorted(evidence, key=lambda c: (min(e.start_char for e in evidence[c]), c)):
            passages = sorted(evidence[old], key=lambda e: e.position)
            places = placed(page.laid, passages)
            verdict = self.plan.verdicts.get(old)
            if verdict is None or verdict.row is None:
                continue
            if old in self._claims:  # a copy of a document that was here before
                new, n = self._claims[old]
                page.passages += places
                self._claims[old] = (new, n + len(places))
                yield evidence_rows(new, page.name, page.laid, places, n)
                continue
            row = self._row(verdict.row, page, passages) if places else None
            if row is None:
                self.left_out["claims"] += 1
                continue
            label = self.cast.name_of(verdict.row.subject)
            key = self.cast.key(page.document, verdict.row.subject)
            made = stated(row, page.document, label, places, page.laid, source=page.name, referent=key)
            self._claims[old] = (made.id, len(places))
            if verdict.action == "show":
                self.noticed.ids[old] = made.id
                self.noticed.fingerprints[made.id] = made.fingerprint
            if made.id in self._made:
                continue
            self._made.add(made.id)
            page.passages += places
            yield from self._stated(page, row, made, verdict.row, places)
            found = [self._citations[c] for c in cited.get(old, ()) if c in self._citations]
            yield {"claim_citations": [ClaimCitationRow(made.id, n, c) for n, c in enumerate(found)]}

    def _stated(
        self, page: _Page, row: ClaimRow, made: ClaimRow, old: ClaimRow, places: list[tuple[int, int]]
    ) -> Iterator[Rows]:
        """Yield the rows of one claim."""
        if row.predicate == "group_size" and row.value_number is not None:
            self.cast.tell_size(old.subject, row.value_number)
        for entity in (old.subject, old.value_entity, *(stop.entity for stop in old.value_stops or ())):
            if entity:
                self.cast.see(entity)
        yield self.cast.referent(page.name, page.document, page.laid, old.subject)
        yield {"claims": [made]}
        yield evidence_rows(made.id, page.name, page.laid, places, 0)
        if row.value_type == "route":
            yield {"stops": stops_of(row, made.id)}
        if old.rank != "normal":
            yield {"ranks": [RankRow(made.id, old.rank)]}

    def _cited_by(self, claims: list[str]) -> dict[str, list[str]]:
        if self._by_claim is None:
            self._by_claim = defaultdict(list)
            query = "select claim, citation from claim_citations order by claim, position"
            for claim, citation in self.chronicle.stream(query):
                if citation in self.view.cited and claim in self.plan.verdicts:
                    self._by_claim[claim].append(citation)
        return {claim: self._by_claim[claim] for claim in claims if claim in self._by_claim}

    _by_claim: dict[str, list[str]] | None = None

    def _row(self, row: ClaimRow, page: _Page, passages: list[Any]) -> ClaimRow | None:
        """Return a claim with the ids of the edition and words that are seen, None where nothing may be said of it."""
        if not self.cast.is_seen(row.subject) or (
            row.value_entity and not self.cast.is_seen(row.value_entity)
        ):
            return None
        if is_of_kin(row) and self.view.kind_of.get(row.subject) in PEOPLE:
            return None
        first = passages[0]
        if row.value_type == "quantity" and any(
            s < first.end_char and e > first.start_char for s, e in page.painted.exact
        ):
            return None  # a telephone number or a coordinate that was read as a figure
        words: dict[str, Any] = {}
        for part in ("value_text", "where_text", "at_event", "subset", "value_unit"):
            text = getattr(row, part)
            text = reworded(text, page.leaf, page.laid, page.painted, passages)
            words[part] = self.cast.masks.get(text, text) if text else text
        if row.value_entity and self.view.kind_of.get(row.value_entity) in PEOPLE:
            words["value_text"] = self.cast.name_of(row.value_entity)
        if words["value_text"] is None and row.value_type in ("text", "entity"):
            return None
        said_by = row.said_by
        if said_by and (said_by in self.cast.masks or said_by not in page.laid.text):
            said_by = MARK
        stops = row.value_stops and tuple(
            Stop(
                self.cast.masks.get(s.text, s.text),
                self.names.entity(s.entity) if s.entity and self.cast.is_seen(s.entity) else None,
            )
            for s in row.value_stops
        )
        return replace(
            row, subject=self.names.entity(row.subject), said_by=said_by, value_stops=stops,
            value_entity=self.names.entity(row.value_entity) if row.value_entity else None, **words,
        )  # fmt: skip

    def _mention_rows(self, page: _Page) -> Rows:
        laid, rows = page.laid, []
        made: dict[str, list[Any]] = {"referents": [], "settled": []}
        for m in page.leaf.mentions:
            if not self.cast.is_seen(m.entity) or not laid.is_whole(m.start_char, m.end_char):
                continue
            place = laid.place(m.start_char, m.end_char)
            if place is None or laid.text[slice(*place)] != m.quote:
                continue
            self.cast.see(m.entity, m.quote if m.form == "name" else None)
            for table, found in self.cast.referent(
                page.name, page.document, page.laid, m.entity, Span(*place)
            ).items():
                made[table] += found
            rows.append(
                MentionRow(self.cast.key(page.document, m.entity), "", page.name, *place, m.quote, m.form)
            )
        page.n_mentions = len(rows)
        return {**made, "mentions": list(dict.fromkeys(rows))}

    def _observation_rows(self, page: _Page) -> Rows:
        rows: list[ObservationRow] = []
        for o in page.leaf.observations:
            claim = self.noticed.ids.get(o.claim)
            place = page.laid.place(o.start_char, o.end_char)
            if claim is None or place is None or not page.hidden.is_clean(o.series_label):
                self.left_out["observations"] += 1
                continue
            series = content_id(
                "s", [page.document, o.series_label, o.role, self._series_order(page, o.series)]
            )
            label = self.cast.masks.get(o.label, o.label)
            rows.append(
                ObservationRow(
                    series, o.series_label, page.name, len(rows), o.period, label, o.value, o.qualifier, o.role,
                    claim, *place, page.laid.text[slice(*place)],
                )
            )  # fmt: skip
        return {"observations": list(dict.fromkeys(rows))}

    def _series_order(self, page: _Page, series: str) -> int:
        """Return the number of a series in its document."""
        found = list(dict.fromkeys(o.series for o in page.leaf.observations))
        return found.index(series)

    def _notice(self, page: _Page) -> None:
        """Keep what findings may tell of a document."""
        laid = page.laid
        self.noticed.words.update(plain(laid.text).split())
        for m in page.leaf.members:
            place = laid.place(m.start_char, m.end_char)
            if place and laid.is_whole(m.start_char, m.end_char):
                self.noticed.members[m.finding, m.position] = (page.name, *place, laid.text[slice(*place)])
        fresh = laid.text
        for n in range(fresh.count(MARK)):
            fresh = fresh.replace(MARK, f"[{n:08x}]", 1)  # a mark is no shared word
        read = (
            laid.text[slice(*place)]
            for c in page.leaf.citations
            if c.retrieved and c.id in self._citations and (place := laid.place(c.start_char, c.end_char))
        )
        self.texts.add(page.name, page.document, fresh, url=page.hidden.kept(page.leaf.source.url), read=read)

    def _kin(self) -> Iterator[Rows]:
        """Yield which sources are of one family, and which words they share as the edition has them."""
        of: dict[str, list[str]] = defaultdict(list)
        for name, (_, family) in self._documents.items():
            of[family].append(name)
        family_of = {}
        for members in of.values():
            id_ = content_id("f", sorted({self._documents[name][0] for name in members}))
            family_of.update(dict.fromkeys(members, id_))
        kinship = self.texts.kinship()
        yield {"kin": [KinRow(name, family_of[name]) for name in sorted(family_of)]}
        yield from (rows for rows in relate(family_of, kinship.shared, kinship.origins) if "kin" not in rows)


def _coverage(page: _Page) -> CoverageRow:
    """Return how much of a new text is used, code points that are no white space."""
    text = page.laid.text
    size = _solid(text, 0, len(text))
    body = sum(
        _solid(text, b.content_start, b.content_end) for b in page.laid.blocks if b.kind not in _OUTSIDE
    )
    used, at = 0, 0
    for start, end in sorted(page.passages):
        low = max(start, at)
        used += _solid(text, low, end) if end > low else 0
        at = max(at, end)
    used = min(used, body)
    return CoverageRow(page.name, size, body, used, 0, 0, body - used)


def _solid(text: str, start: int, end: int) -> int:
    return sum(map(len, text[start:end].split()))
