"""What a decision `release` or `withhold` says in its value: on what ground, as what class, to what extent.

    decide release "Ana Sousa" --value "ground=own disclosure; class=self_disclosed" --why "her book, p. 3"
    decide withhold "Ana Sousa" --value "class=at_risk" --why "her brother was taken"

Words `name=value`, separated by `;`. Of a `release` the ground is needed; of a `withhold` nothing is. The same form serves
both, so that a log can be read by people:

    ground   public role | own disclosure | recorded consent | court or official record | deceased
    class    public_role | self_disclosed | named_in_source | at_risk | deceased: what the person is from now on
    scope    name | aliases | all: how much of a person a release is for. `name`, the usual: the name and what the class
             then shows; `aliases`: also the other names, which says that they are one person; `all`: every claim about the
             person that is no claim about somebody else (kin and companions need their own release)

A target is the fingerprint of a referent (`fm-`: the person) or of a claim (`fc-`: that claim; to
withhold it withholds what says the same of the same subject in other words as well).
A second `release` of the same target by somebody else is the second person whom a person at risk needs. Nothing here
looks at a log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from regesta.errors import DecisionError
from regesta.protection.verdicts import CLASSES, PersonClass

__all__ = ["GROUNDS", "Ground", "Release", "Scope", "read_value"]

Ground = Literal["public role", "own disclosure", "recorded consent", "court or official record", "deceased"]
Scope = Literal["name", "aliases", "all"]

GROUNDS: Final[tuple[Ground, ...]] = get_args(Ground)
"""Every ground on which something may be released."""

_SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
_LONGEST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The value of a `release` or a `withhold`, read."""

    ground: Ground | None = None
    """None only of a `withhold`."""
    person_class: PersonClass | None = None
    """What the person is from now on; None leaves what was computed."""
    scope: Scope = "name"

    def __str__(self) -> str:
        """Return the form that `read_value` reads."""
        parts = [f"ground={self.ground}"] if self.ground else []
        parts += [f"class={self.person_class}"] if self.person_class else []
        parts += [f"scope={self.scope}"] if self.scope != "name" else []
        return "; ".join(parts)


def read_value(kind: str, value: str | None, *, where: str = "value") -> Release:
    """Return what the value of a decision of this kind says.

    Raises `DecisionError` for an unknown word, a word twice, and a `release` without a ground.

    >>> read_value("release", "ground=own disclosure; class=self_disclosed").person_class
    'self_disclosed'
    >>> str(read_value("release", " Ground = Public Role ;scope=aliases"))
    'ground=public role; scope=aliases'
    >>> read_value("withhold", None)
    Release(ground=None, person_class=None, scope='name')
    """
    if value is not None and len(value) > _LONGEST:
        raise DecisionError("a value is too long", where=where, found=f"{len(value)} characters")
    said: dict[str, str] = {}
    for part in (value or "").split(";"):
        if not part.strip():
            continue
        name, equals, word = (" ".join(piece.split()).casefold() for piece in part.partition("="))
        if not equals or name not in {"ground", "class", "scope"}:
            raise DecisionError(
                "not a word of a release", where=where, found=part.strip()[:60],
                hint="write ground=..., class=..., scope=..., separated by ;",
            )  # fmt: skip
        if name in said:
            raise DecisionError("a word stands twice", where=where, found=name)
        said[name] = word
    if kind == "release" and "ground" not in said:
        raise DecisionError(
            "a release without a ground", where=where, hint=f"add ground={' | '.join(GROUNDS)}"
        )
    _one_of(said, "ground", GROUNDS, where)
    _one_of(said, "class", CLASSES, where)
    _one_of(said, "scope", _SCOPES, where)
    return Release(
        ground=cast("Ground | None", said.get("ground")),
        person_class=cast("PersonClass | None", said.get("class", "").replace(" ", "_") or None),
        scope=cast("Scope", said.get("scope", "name")),
    )


def _one_of(said: dict[str, str], name: str, allowed: tuple[str, ...], where: str) -> None:
    word = said.get(name)
    if word is not None and word not in allowed and word.replace(" ", "_") not in allowed:
        raise DecisionError(f"no such {name}", where=where, found=word, hint=f"one of {' | '.join(allowed)}")
