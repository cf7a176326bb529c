"""The policy: for every predicate and every kind of person how finely it may be shown, read from `policy.toml`.

    policy.toml of the package  ──► the default
    policy.toml of a project    ──► changes to it: coarser at will, finer only when two people reviewed it

A cell of the white-list holds a step of a ladder: `show` is as stated, `withhold` nothing, what lies between belongs to the
ladder of dates, places, numbers or words. A predicate that the vocabulary does not know, and a column that nobody wrote,
are withheld. Nothing here looks at a claim.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from regesta.errors import ProjectError
from regesta.protection.verdicts import PersonClass
from regesta.vocab import predicates

__all__ = [
    "COLUMNS",
    "LADDERS",
    "WORD_KINDS",
    "Column",
    "Policy",
    "default_policy",
    "is_as_coarse",
    "read_policy",
]

Column = PersonClass | Literal["unnamed", "crowd", "thing"]
COLUMNS: Final[tuple[Column, ...]] = (
    "public_role", "self_disclosed", "named_in_source", "deceased", "at_risk", "unnamed", "crowd", "thing",
)  # fmt: skip
"""The columns of every table of a policy."""

WORD_KINDS: Final = (
    "kin", "helper", "health", "sexuality", "religion", "whereabouts", "refuge", "contact", "document", "payment",
)  # fmt: skip
"""The kinds of word that may stand in no text of a column that does not allow them."""

LADDERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "date": ("show", "month", "year", "decade", "withhold"),
        "place": ("show", "city", "province", "country", "withhold"),
        "quantity": ("show", "band", "withhold"),
        "text": ("show", "word", "withhold"),
        "all": ("show", "withhold"),
        "name": ("name", "pseudonym", "described", "absent"),
    }
)
"""The steps of every ladder, the finest first."""

_LADDERS_OF: Final = {
    "date": ("date",),
    "quantity": ("quantity",),
    "route": ("place",),
    "text": ("text", "place"),
    "entity": ("all",),
}
_LIMITS: Final = {"k": 1, "minor_below": 1, "deceased_after": 1, "release_months": -1, "at_risk_people": 1}
"""Each limit, and whether more of it is stricter (1) or looser (-1)."""
_LEAST: Final = {"k": 1, "minor_below": 18, "deceased_after": 60, "release_months": 1, "at_risk_people": 2}
_TABLES: Final = ("limits", "name", "when", "where", "sensitive", "predicate", "words", "ground")
_WORDS: Final = ("title", "reviewed_by", "reviewed_on")
_DEFAULT: Final = Path(__file__).with_name("policy.toml")
_MAX_BYTES: Final = 200_000

Row = Mapping[Column, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be shown of whom."""

    title: str
    k: int
    """How many unnamed people must share what is shown of them."""
    minor_below: int
    """Years."""
    deceased_after: int
    """Years after birth."""
    release_months: int
    at_risk_people: int
    """Different people who must release somebody at risk."""
    names: Row
    when: Row
    where: Row
    sensitive: Mapping[str, Row]
    predicates: Mapping[str, Row]
    words: Mapping[str, Row]
    grounds: Row
    """On what ground somebody is shown by name."""
    reviewed_by: tuple[str, ...] = ()
    reviewed_on: dt.date | None = None

    def step(self, predicate: str, column: Column) -> str:
        """Return how finely a predicate may be shown of a kind of subject.

        >>> default_policy().step("arrival", "named_in_source"), default_policy().step("kin", "public_role")
        ('show', 'withhold')
        >>> default_policy().step("shoe_size", "public_role")
        'withhold'
        """
        known = predicates().get(predicate)
        if known is None:
            return "withhold"
        row = self.predicates.get(predicate)
        if row is None:
            row = self.sensitive.get(known.sensitive, {})
        return row.get(column, "withhold")

    def rule(self, predicate: str, column: Column) -> str:
        """Return the code of the cell: `arrival.at_risk`, or `personal.named_in_source` where no line is its own."""
        known = predicates().get(predicate)
        if known is None:
            return "unknown_predicate"
        return f"{predicate if predicate in self.predicates else known.sensitive}.{column}"

    def allows_words(self, kind: str, column: Column) -> bool:
        """Return whether a text that says something of this kind may be shown."""
        return self.words.get(kind, {}).get(column, "withhold") == "show"

    @property
    def sha256(self) -> str:
        """The hash of all that it says, whatever its file looked like; hexadecimal."""
        parts = [
            self.title, self.k, self.minor_below, self.deceased_after, self.release_months, self.at_risk_people,
            *map(_plain, (self.names, self.when, self.where, self.grounds)),
            *map(_plain, (self.sensitive, self.predicates, self.words)),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def default_policy() -> Policy:
    """Return the policy that ships with the package.

    >>> default_policy().k, default_policy().names["at_risk"]
    (10, 'pseudonym')
    """
    return _made(_checked(_load(_DEFAULT), "policy.toml"), {}, "policy.toml")


def read_policy(path: str | Path | None) -> Policy:
    """Return the policy of a file, laid over the default; the default where there is no path.

    Raises `ProjectError` for an unknown key, predicate, column or step, and for what is finer than the default without
    two people who reviewed it.
    """
    if path is None:
        return default_policy()
    rows = _checked(_load(Path(path)), str(path))
    policy = _made(rows, _checked(_load(_DEFAULT), "policy.toml"), str(path))
    if not _is_reviewed(rows, str(path)):
        _refuse_looser(policy, default_policy(), rows, str(path))
    return policy


def is_as_coarse(step: str, other: str) -> bool:
    """Return whether a step shows no more than another; steps of two ladders cannot be compared.

    >>> is_as_coarse("year", "month"), is_as_coarse("month", "year"), is_as_coarse("word", "country")
    (True, False, False)
    """
    if step in (other, "withhold") or other == "show":
        return True
    return any(
        step in ladder and other in ladder and ladder.index(step) >= ladder.index(other)
        for ladder in LADDERS.values()
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ProjectError("policy is too large", where=str(path), found=f"{path.stat().st_size} bytes")
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ProjectError(
            "no such policy", where=str(path), hint="leave it out to use the default"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProjectError("not readable as TOML", where=str(path), hint=str(error)) from error


def _checked(rows: dict[str, Any], path: str) -> dict[str, Any]:
    """Return the rows; raise `ProjectError` where one is none of a policy."""
    for key, content in rows.items():
        if key not in (*_TABLES, *_WORDS):
            raise _unknown("key", key, (*_WORDS, *_TABLES), path)
        if key in _TABLES and not isinstance(content, dict):
            raise ProjectError("not a table", where=f"{path}: {key}", found=content, hint=f"write [{key}]")
    if not isinstance(rows.get("title", ""), str):
        raise ProjectError("not a title", where=f"{path}: title", found=rows["title"])
    for key, number in rows.get("limits", {}).items():
        where = f"{path}: limits.{key}"
        if key not in _LIMITS:
            raise _unknown("limit", key, _LIMITS, f"{path}: limits")
        if isinstance(number, bool) or not isinstance(number, int) or not _LEAST[key] <= number <= 10**6:
            raise ProjectError(
                "not a number that fits", where=where, found=number, hint=f"at least {_LEAST[key]}"
            )
    for key in ("name", "when", "where"):
        ladder = LADDERS[{"name": "name", "when": "date", "where": "place"}[key]]
        _check_row(rows.get(key, {}), ladder, f"{path}: {key}")
    for level, row in rows.get("sensitive", {}).items():
        if level not in ("none", "personal", "high"):
            raise _unknown("sensitivity", level, ("none", "personal", "high"), f"{path}: sensitive")
        _check_row(row, LADDERS["all"], f"{path}: sensitive.{level}")
    for predicate, row in rows.get("predicate", {}).items():
        _check_predicate(predicate, row, path)
    for kind, row in rows.get("words", {}).items():
        if kind not in WORD_KINDS:
            raise _unknown("kind of word", kind, WORD_KINDS, f"{path}: words")
        _check_row(row, LADDERS["all"], f"{path}: words.{kind}")
    _check_row(rows.get("ground", {}), None, f"{path}: ground")
    return rows


def _check_row(row: object, steps: Iterable[str] | None, where: str) -> None:
    if not isinstance(row, dict):
        raise ProjectError("not a table", where=where, found=row, hint='write COLUMN = "STEP" below it')
    for column, step in row.items():
        if column not in COLUMNS:
            raise _unknown("class", column, COLUMNS, where)
        if steps is None:
            if not isinstance(step, str) or len(step) > 80:
                raise ProjectError("not a ground", where=f"{where}.{column}", found=step)
        elif step not in tuple(steps):
            raise _unknown("step", step, tuple(steps), f"{where}.{column}")


def _check_predicate(predicate: str, row: object, path: str) -> None:
    known = predicates().get(predicate)
    if known is None:
        raise _unknown("predicate", predicate, predicates(), f"{path}: predicate")
    ladders = [LADDERS[name] for value in known.values for name in _LADDERS_OF[value]]
    _check_row(
        row, dict.fromkeys(step for ladder in ladders for step in ladder), f"{path}: predicate.{predicate}"
    )


def _unknown(what: str, found: object, allowed: Iterable[str], where: str) -> ProjectError:
    return ProjectError(
        f"unknown {what}", where=where, found=found, hint=f"expected one of {', '.join(allowed)}"
    )


def _made(rows: dict[str, Any], below: dict[str, Any], path: str) -> Policy:
    """Return the policy of checked rows, laid over those of the default."""

    def table(key: str) -> dict[str, Any]:
        return {**below.get(key, {}), **rows.get(key, {})}

    def nested(key: str) -> Mapping[str, Row]:
        under, over = below.get(key, {}), rows.get(key, {})
        names = dict.fromkeys((*under, *over))
        merged = {name: {**under.get(name, {}), **over.get(name, {})} for name in names}
        return MappingProxyType({name: _row(row) for name, row in merged.items()})

    limits = table("limits")
    if missing := set(_LIMITS) - set(limits):
        raise ProjectError("a limit is missing", where=path, found=sorted(missing))
    return Policy(
        title=rows.get("title", "" if not below else Path(path).name),
        **limits,
        names=_row(table("name")),
        when=_row(table("when")),
        where=_row(table("where")),
        sensitive=nested("sensitive"),
        predicates=_filled(nested("predicate"), rows.get("predicate", {}), below),
        words=nested("words"),
        grounds=_row(table("ground")),
        reviewed_by=tuple(rows.get("reviewed_by", ())),
        reviewed_on=rows.get("reviewed_on"),
    )


def _filled(merged: Mapping[str, Row], own: dict[str, Any], below: dict[str, Any]) -> Mapping[str, Row]:
    """Return the tables of predicates, a new one filled up with what the default says of its sensitivity."""
    if not below:
        return merged
    full = dict(merged)
    for predicate in own:
        if predicate not in below.get("predicate", {}):
            level = predicates()[predicate].sensitive
            usual: dict[str, Any] = below.get("sensitive", {}).get(level, {})
            full[predicate] = _row({**usual, **{str(key): step for key, step in merged[predicate].items()}})
    return MappingProxyType(full)


def _row(row: Mapping[str, Any]) -> Row:
    return MappingProxyType(cast("dict[Column, str]", dict(row)))


def _plain(table: Mapping[Any, Any]) -> dict[str, Any]:
    return {key: dict(value) if isinstance(value, Mapping) else value for key, value in table.items()}


def _is_reviewed(rows: dict[str, Any], path: str) -> bool:
    """Return whether two people reviewed the policy; raise `ProjectError` where they are half told."""
    by, on = rows.get("reviewed_by"), rows.get("reviewed_on")
    if by is None and on is None:
        return False
    people = by if isinstance(by, list) and all(isinstance(one, str) for one in by) else []
    if len({" ".join(one.split()).casefold() for one in people} - {""}) < 2:
        raise ProjectError(
            "a review needs two people", where=f"{path}: reviewed_by", found=by,
            hint='write reviewed_by = ["one name", "another name"]',
        )  # fmt: skip
    if not isinstance(on, dt.date) or isinstance(on, dt.datetime):
        raise ProjectError(
            "a review needs its day",
            where=f"{path}: reviewed_on",
            found=on,
            hint="write reviewed_on = 2026-03-01",
        )
    return True


def _refuse_looser(policy: Policy, default: Policy, rows: dict[str, Any], path: str) -> None:
    """Raise `ProjectError` for the first thing that the file makes finer than the default."""
    hint = 'make it coarser, or add reviewed_by = ["one name", "another name"] and reviewed_on = DATE'
    for key, sign in _LIMITS.items():
        if sign * getattr(policy, key) < sign * getattr(default, key):
            raise ProjectError(
                "looser than the default without a review", where=f"{path}: limits.{key}",
                found=getattr(policy, key), hint=f"the default is {getattr(default, key)}; {hint}",
            )  # fmt: skip
    pairs: list[tuple[str, Row, Row]] = [
        ("name", policy.names, default.names),
        ("when", policy.when, default.when),
        ("where", policy.where, default.where),
    ]
    pairs += [(f"sensitive.{k}", row, default.sensitive.get(k, {})) for k, row in policy.sensitive.items()]
    pairs += [(f"words.{k}", row, default.words.get(k, {})) for k, row in policy.words.items()]
    for where, row, usual in pairs:
        for column, step in row.items():
            nothing = "absent" if where == "name" else "withhold"
            _hold(step, usual.get(column, nothing), f"{path}: {where}.{column}", hint)
    for predicate in rows.get("predicate", {}):
        for column in COLUMNS:
            step, usual_step = policy.step(predicate, column), default.step(predicate, column)
            _hold(step, usual_step, f"{path}: predicate.{predicate}.{column}", hint)


def _hold(step: str, usual: str, where: str, hint: str) -> None:
    if not is_as_coarse(step, usual):
        raise ProjectError(
            "looser than the default without a review",
            where=where,
            found=step,
            hint=f"the default is {usual!r}; {hint}",
        )
