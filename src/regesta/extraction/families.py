"""A family's arrival is that of its members: of those who bear its name, and of those who travelled with them.

    We greet the Rowhani family, who landed at Winnipeg on 9 March.       the family
    Behrooz Rowhani had crossed the desert with his wife Mahin.           its members, where nothing else dates them

Only members told of in the same passage as the family or the next one count; who did not get through has no arrival.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from regesta.extraction.dated_moves import Dated
from regesta.extraction.itinerary import is_narrative
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.stations import PLAIN
from regesta.text.span import Span

__all__ = ["members_of", "of_groups"]

_FAMILY = frozenset(("family", "families", "household"))


def members_of(
    scene: Scene, found: Mapping[int, Sequence[Dated]], parties: Sequence[Sequence[Actor]]
) -> Iterator[tuple[Actor, Dated]]:
    """Yield the members of families that the prose dates, each with the arrival of his or her family."""
    for passage in scene.passages:
        if not is_narrative(scene, passage):
            continue
        for said in scene.said[passage.index]:
            dated = next((d for d in found.get(id(said.actor), ()) if d.weight >= PLAIN), None)
            if said.actor.kind != "group" or dated is None or not (surname := _surname(said.actor)):
                continue
            for actor, place in _bearers(scene, passage.index, said.span, surname, parties):
                if id(actor) not in found:
                    yield actor, replace(dated, weight=PLAIN, spans=(place, *dated.spans))


def of_groups(scene: Scene, found: Mapping[int, Sequence[Dated]]) -> Iterator[tuple[Actor, Dated]]:
    """Yield the members of counted groups whom nothing else dates, each with the arrival of the group."""
    for group in scene.actors:
        for actor in group.members if id(group) in found else ():
            if id(actor) not in found:
                yield from ((actor, replace(d, spans=(actor.first, *d.spans))) for d in found[id(group)])


def _surname(group: Actor) -> str:
    """Return the name of a family in lower case, empty for any other group."""
    if not group.is_named or len(group.words) < 2 or group.words[-1] not in _FAMILY:
        return ""
    return group.words[-2]


def _bearers(
    scene: Scene, index: int, after: Span, surname: str, parties: Sequence[Sequence[Actor]]
) -> Iterator[tuple[Actor, Span]]:
    """Yield who bears the name behind a place, and who travelled with them."""
    here = [
        s
        for i in (index, index + 1)
        if i < len(scene.said)
        for s in scene.said[i]
        if s.span.start > after.end
    ]
    bearers = {
        id(s.actor)
        for s in here
        if s.form == "name" and s.actor.kind == "person" and surname in s.actor.words
    }
    with_them = {id(a) for party in parties if any(id(a) in bearers for a in party) for a in party}
    for said in here:
        if id(said.actor) in bearers | with_them and said.form != "pronoun":
            yield said.actor, said.span
