"""Frozen values made as quickly as open ones.

    _claim = forming(Claim);  _claim(subject=..., ...)  ==  Claim(subject=..., ...)     in a third of the time

A frozen dataclass sets each of its fields through `object.__setattr__`, which takes four times as long as an assignment. The twin
that `forming` makes has the same slots and no lock: a value is filled as a twin, and then becomes what it is for; Python allows that
where the two are laid out alike. It is for what a document holds dozens of. What must hold of a value is checked by no twin.
"""

from __future__ import annotations

from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, TypeVar

__all__ = ["forming"]

T = TypeVar("T")


def forming(frozen: type[T]) -> type[T]:
    """Return what makes values of a frozen dataclass with slots and without `__post_init__`, called as the class itself.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Stop:
    ...     place: str
    ...     is_last: bool = False
    >>> form = forming(Stop)
    >>> form("Lund"), form("Lund") == Stop("Lund"), type(form("Lund")) is Stop
    (Stop(place='Lund', is_last=False), True, True)
    """
    if hasattr(frozen, "__post_init__") or not hasattr(frozen, "__slots__"):
        message = (
            f"{frozen.__name__}: a class with __post_init__ or without slots has no twin; call it itself"
        )
        raise TypeError(message)

    def become(self: Any) -> None:
        self.__class__ = frozen

    made = [
        (one.name, Any, _like(one.default, one.default_factory, is_named=one.kw_only is True))
        for one in fields(frozen)  # type: ignore[arg-type]
    ]
    return make_dataclass(frozen.__name__, made, namespace={"__post_init__": become}, slots=True)


def _like(default: Any, factory: Any, *, is_named: bool) -> Any:
    if factory is not MISSING:
        return field(default_factory=factory, kw_only=is_named)
    return field(kw_only=is_named) if default is MISSING else field(default=default, kw_only=is_named)
