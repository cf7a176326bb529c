"""Search: people, things, claims, passages, references and findings that have the words, the words marked where they stand.

All kinds on one page, five of each; one kind alone in parts, with what it can be narrowed by. Where nothing is found, who
may be meant and which of the words stand somewhere. What is searched and how is the business of the shelf.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regesta.pages.page import Asked, Page
from regesta.pages.passages import Texts
from regesta.pages.telling import value_of
from regesta.shelf import COUNTED, FACETS, KINDS, Search, Shelf, likenesses, lit, one_letter_off, understand

__all__ = ["NARROWINGS", "PAGE", "Group", "Hit", "Searched", "hits", "search"]

NARROWINGS = ("of", "predicate", "source", "year", "finding", "severity")
"""What results are narrowed by, as addresses name it; `of` is the kind of a person or thing."""
_FEW = 5
_AT_ONCE = 20
_MOST_PARTS = COUNTED // _AT_ONCE
_SHOWN = 12
_AROUND = 110
_LONG = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One result."""

    id: str
    """Of the entity, claim, reference or finding; of a passage its source and the number of its block."""
    label: str
    address: str
    what: str
    """What it is, in few words."""
    parts: tuple[tuple[str, bool], ...]
    """Words of a source, with whether they are marked; none for people and things."""
    source: str
    title: str
    """Of the source."""
    reason: str = ""
    """Why a name is taken for the one that was asked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one kind."""

    kind: str
    n: int
    is_many: bool
    """There are more than were counted; `n` is how many were."""
    hits: tuple[Hit, ...]
    address: str
    """Of all of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet."""

    label: str
    n: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """The page."""

    q: str
    kinds: tuple[tuple[str, int, bool, str, bool], ...]
    """Each kind that has results: its name, how many, whether more, its address, whether it is the one shown."""
    groups: tuple[Group, ...]
    facets: tuple[tuple[str, tuple[Choice, ...]], ...]
    narrowed: Mapping[str, str]
    """What is chosen, as addresses name it."""
    everything: str
    """The address of the results of all kinds."""
    part: int
    n_parts: int
    nearly: tuple[Hit, ...]
    """Where nothing is found: people of somewhat like names."""
    fewer: tuple[tuple[str, str], ...]
    """Where nothing is found: words of the query that stand somewhere, with the address of what they find."""
    there: tuple[tuple[str, str], ...]
    """Where nothing is found, nor anything like it: what the chronicle holds, with its address."""


def search(shelf: Shelf, asked: Asked) -> Searched:
    """Return the page."""
    wanted = understand(asked.get("q"))
    searching = Search(shelf, wanted)
    kind = asked.get("kind") if asked.get("kind") in KINDS else ""
    chosen = {name: asked.get(name) for name in NARROWINGS if kind and asked.get(name)}
    narrowed = {_FACET.get(name, name): value for name, value in chosen.items()}
    narrowed = {name: value for name, value in narrowed.items() if name in FACETS.get(kind, {})}
    groups: list[Group] = []
    tabs: list[tuple[str, int, bool, str, bool]] = []
    part = asked.number("part", most=_MOST_PARTS)
    n_parts = 1
    for each in KINDS:
        here = each == kind
        limit = _AT_ONCE if here else 0 if kind else _FEW
        offset = (part - 1) * _AT_ONCE if here else 0
        found = searching.found(each, narrowed=narrowed if here else None, limit=limit, offset=offset)
        n = min(found.n, COUNTED)
        address = asked.links.to("search", q=asked.get("q"), kind=each)
        if n or here:
            tabs.append((each, n, found.is_many, address, here))
        if (n and not kind) or here:
            groups.append(
                Group(each, n, found.is_many, hits(shelf, asked, searching, each, found.rows), address)
            )
        if here:
            n_parts = max(1, -(-n // _AT_ONCE))
    is_empty = bool(wanted) and not any(tab[1] for tab in tabs)
    nearly = _nearly(shelf, asked, wanted.words()) if is_empty else ()
    fewer = _fewer(shelf, asked, wanted.words()) if is_empty else ()
    return Searched(
        q=asked.get("q"),
        kinds=tuple(tabs),
        groups=tuple(groups),
        facets=_facets(searching, asked, kind, narrowed) if any(g.n for g in groups) and kind else (),
        narrowed=chosen,
        everything=asked.links.to("search", q=asked.get("q")),
        part=min(part, n_parts),
        n_parts=n_parts,
        nearly=nearly,
        fewer=fewer,
        there=_there(shelf, asked) if is_empty and not nearly and not fewer else (),
    )


def hits(
    shelf: Shelf, asked: Asked, searching: Search, kind: str, rows: Sequence[int], *, width: int = 320
) -> tuple[Hit, ...]:
    """Return results as a page shows them; `rows` are what `Search.found` gives."""
    if kind in ("people", "things"):
        like = {x.place: x for x in searching.likenesses}
        found = []
        for place in rows:
            card = shelf.row(
                "select c.* from sought s join cards c on c.id = s.entity where s.place = ?", [place]
            )
            assert card is not None
            reason = (
                like[place].reason if place in like and like[place].spelled != searching.wanted.text else ""
            )
            spelled = like[place].spelled if place in like else card["label"]
            also = f"{card['label']} ({spelled})" if spelled != card["label"] else card["label"]
            address = asked.links.to("people", card["id"])
            what = card["role"] or asked.words.named("kind", card["kind"])
            found.append(Hit(card["id"], also, address, what, (), "", "", reason))
        return tuple(found)
    texts = Texts(shelf)
    made = [_MAKERS[kind](shelf, asked, texts, row) for row in rows]
    marked = lit([text for _, text in made], searching.wanted, or_names=searching.other_names, width=width)
    titles = shelf.pairs(
        f"select name, coalesce(title, name) from sources where name in ({', '.join('?' * len(made))})",  # noqa: S608
        [hit.source for hit, _ in made],
    )
    return tuple(
        Hit(hit.id, hit.label, hit.address, hit.what, parts, hit.source, titles.get(hit.source, hit.source))
        for (hit, _), parts in zip(made, marked, strict=True)
    )


def _claim(shelf: Shelf, asked: Asked, texts: Texts, row: int) -> tuple[Hit, str]:
    claim = shelf.row("select * from claims where rowid = ?", [row])
    assert claim is not None
    place = shelf.row(
        "select source, start_char, end_char, quote from claim_evidence where claim = ? and position = 0",
        [claim["id"]],
    )
    what = f"{asked.words.named('predicate', claim['predicate'])}: {value_of(claim, asked.words).in_words}"
    address = asked.links.to("people", claim["subject"], at=claim["id"])
    text = ""
    if place:
        around = texts.slice(place["source"], place["start_char"] - _AROUND, place["end_char"] + _AROUND)
        text = " ".join(around.split())
        if place["start_char"] > _AROUND:
            text = f"… {text.partition(' ')[2]}"
        begun = max(0, place["start_char"] - _AROUND)
        if len(around) == place["end_char"] + _AROUND - begun:  # cut there, perhaps within a word
            text = f"{text.rpartition(' ')[0] or text} …"
        address = asked.links.source(
            place["source"], leaf=_leaf(shelf, place["source"], place["start_char"]), at=claim["id"]
        )
    return Hit(claim["id"], claim["subject_label"], address, what, (), claim["source"], ""), text


def _passage(shelf: Shelf, asked: Asked, texts: Texts, row: int) -> tuple[Hit, str]:
    block = shelf.row("select * from blocks where rowid = ?", [row])
    assert block is not None
    source, start = block["source"], block["content_start"]
    text = texts.slice(source, start, min(block["content_end"], start + _LONG * 10))
    claim = shelf.value(
        "select claim from claim_evidence where source = ? and start_char >= ? and start_char < ? order by start_char limit 1",
        [source, start, block["content_end"]],
    )
    address = asked.links.source(source, leaf=_leaf(shelf, source, start), at=claim or "")
    what = asked.words.named("block", block["kind"])
    return Hit(f"{source}#{block['position']}", "", address, what, (), source, ""), text


def _citation(shelf: Shelf, asked: Asked, texts: Texts, row: int) -> tuple[Hit, str]:  # noqa: ARG001 - one shape for all
    found = shelf.row("select * from citations where rowid = ?", [row])
    assert found is not None
    leaf = _leaf(shelf, found["source"], found["start_char"])
    address = asked.links.source(found["source"], leaf=leaf, at=found["id"])
    return Hit(
        found["id"], found["title"] or "", address, found["publisher"] or "", (), found["source"], ""
    ), found["quote"]


def _finding(shelf: Shelf, asked: Asked, texts: Texts, row: int) -> tuple[Hit, str]:  # noqa: ARG001 - the same
    found = shelf.row("select * from findings where rowid = ?", [row])
    assert found is not None
    what = asked.words.named("finding", found["kind"])
    return Hit(found["id"], "", asked.links.to("findings", found["id"]), what, (), "", ""), found["summary"]


_MAKERS = {"claims": _claim, "passages": _passage, "citations": _citation, "findings": _finding}
_FACET = {"of": "kind"}


def _leaf(shelf: Shelf, source: str, start: int) -> int:
    """Return the part of a source's page in which a place stands."""
    number: int | None = shelf.value(
        "select number from leaves where source = ? and start_char <= ? order by start_char desc limit 1",
        [source, start],
    )
    return number or 1


def _facets(
    searching: Search, asked: Asked, kind: str, narrowed: Mapping[str, str]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    found: list[tuple[str, tuple[Choice, ...]]] = []
    for facet, values in searching.tally(kind, narrowed=narrowed).items():
        name = next((x for x, other in _FACET.items() if other == facet), facet)
        here = narrowed.get(facet, "")
        shown = {here: 0} if here and here not in values else {}
        shown |= dict(sorted(values.items()) if facet == "year" else list(values.items())[:_SHOWN])
        choices = tuple(
            Choice(
                _label(asked, facet, value),
                n,
                _with(asked, name, "" if value == here else value),
                value == here,
            )
            for value, n in shown.items()
        )
        if len(choices) > 1 or here:
            found.append((name, choices))
    return tuple(found)


def _with(asked: Asked, name: str, value: str) -> str:
    query = {**asked.query, name: value}
    return asked.links.to(
        "search", **{known: query[known] for known in PAGE.parameters if query.get(known) and known != "part"}
    )


def _label(asked: Asked, facet: str, value: str) -> str:
    return value if facet in ("source", "year") else asked.words.named(facet, value)


def _nearly(shelf: Shelf, asked: Asked, words: Sequence[str]) -> tuple[Hit, ...]:
    """Return people of whom a name may be a bad spelling, else those with a part of a name that is one letter off."""
    found: list[Hit] = []
    for like in likenesses(shelf, asked.get("q"), least=0.05, limit=_FEW):
        address = asked.links.to("people", like.entity)
        found.append(Hit(like.entity, like.spelled, address, "", (), "", "", like.reason))
    if not found:
        rows = one_letter_off(shelf, words, limit=_FEW)
        found = [
            Hit(r["id"], r["label"], asked.links.to("people", r["id"]), "", (), "", "", "") for r in rows
        ]
    return tuple(found)


def _there(shelf: Shelf, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return what kinds of entries there are, with how many, and where they stand."""
    kinds = shelf.pairs("select value, n from facet_counts where facet = 'kind'")
    words, links = asked.words, asked.links
    counted = (
        ("people", kinds.get("person", 0), links.to("people", kind="person")),
        ("groups", kinds.get("group", 0), links.to("people", kind="group")),
        ("findings", shelf.value("select count(*) from findings"), links.to("findings")),
        ("sources", int(shelf.meta.get("n_sources", 0)), links.to("sources")),
    )
    return tuple((words.counted(f"count.{name}", n), address) for name, n, address in counted if n)


def _fewer(shelf: Shelf, asked: Asked, words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return which words of a query stand somewhere."""
    if len(words) < 2:
        return ()
    there = []
    for word in words[:8]:
        alone = Search(shelf, understand(f'"{word}"'))
        if any(alone.found(kind, limit=1).n for kind in KINDS):
            there.append((word, asked.links.to("search", q=f'"{word}"' if " " in word else word)))
    return tuple(there)


PAGE = Page(
    name="search",
    section="search",
    view=search,
    template="search.html",
    parameters=("q", "kind", *NARROWINGS, "part"),
    is_listed=False,
    is_long=True,
)
