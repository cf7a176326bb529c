"""Which claims compete, of a build that may make a million of them: a few bytes a claim until they are asked for.

    hear each claim ──► fingerprint, subject, predicate in columns ──► rivals: only the groups that decisions speak of

Two claims compete where they say the same predicate of the same entity. Which entity a subject is, is known only when all are
heard; so the columns are gone through then. Nothing here knows a decision.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator

from regesta.decisions.world import rivals_of

__all__ = ["Competition"]

_PREFIX = "fc-"


class Competition:
    """The claims of a build, as far as competing goes.

    >>> heard = Competition()
    >>> one, other, third = (f"fc-{n:016x}" for n in (1, 2, 3))
    >>> for said in ((one, "m-1", "birth"), (other, "m-2", "birth"), (third, "m-2", "death")):
    ...     heard.add(*said)
    >>> heard.rivals(lambda key: "e-1", {one})[one] == {one, other}
    True
    """

    def __init__(self) -> None:
        self._fingerprints = array("Q")
        self._subjects = array("L")
        self._predicates = array("H")
        self._number_of: dict[str, int] = {}
        """Subjects, which are fewer than claims."""
        self._predicate_of: dict[str, int] = {}

    def add(self, fingerprint: str, subject: str, predicate: str) -> None:
        """Take in a claim: its fingerprint, its subject as its document means it, its predicate."""
        self._fingerprints.append(int(fingerprint.removeprefix(_PREFIX), 16))
        self._subjects.append(self._number_of.setdefault(subject, len(self._number_of)))
        self._predicates.append(self._predicate_of.setdefault(predicate, len(self._predicate_of)))

    def rivals(
        self,
        entity_of: Callable[[str], str],
        wanted: Collection[str],
        made: Collection[tuple[str, str, str]] = (),
    ) -> dict[str, frozenset[str]]:
        """Return, for the wanted fingerprints that are there, those of the claims that compete with each.

        `made` are claims of people, as (fingerprint, entity, predicate): they compete with nothing but are told theirs.
        """
        entities = [entity_of(key) for key in self._number_of]
        names = list(self._predicate_of)
        asked = {int(one.removeprefix(_PREFIX), 16) for one in wanted if one.startswith(_PREFIX)}
        groups = {(entity, predicate) for _, entity, predicate in made}
        for fingerprint, subject, predicate in self._columns():
            if fingerprint in asked:
                groups.add((entities[subject], names[predicate]))
        heard = [
            (f"{_PREFIX}{fingerprint:016x}", entities[subject], names[predicate])
            for fingerprint, subject, predicate in self._columns()
            if (entities[subject], names[predicate]) in groups
        ]
        of_people = {int(one.removeprefix(_PREFIX), 16): one for one, _, _ in made}
        said_too = {of_people[one] for one in self._fingerprints if one in of_people}
        new = set(of_people.values()) - said_too
        found = rivals_of([*heard, *made], set(wanted))
        return {one: frozenset(group - (new - {one})) for one, group in found.items()}

    def _columns(self) -> Iterator[tuple[int, int, int]]:
        return zip(self._fingerprints, self._subjects, self._predicates, strict=True)
