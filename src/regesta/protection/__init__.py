"""What may leave the house: a policy, what it says of each person and each claim, and why.

    policy.toml ──► Policy ─┐
    chronicle ──────────────┼──► plan() ──► Plan: an exposure for each person, a verdict for each claim
    log of decisions ───────┘

The rest of the house meets this room in the values of `verdicts`. Nothing here writes a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.protection.verdicts import Action, Exposure, PersonClass, Plan, Shown, Verdict

if TYPE_CHECKING:
    from regesta.protection.grounds import Release, read_value
    from regesta.protection.material import Material, material_of
    from regesta.protection.planning import plan
    from regesta.protection.policy import Policy, read_policy
    from regesta.protection.telling import describe

__all__ = [
    "Action",
    "Exposure",
    "Material",
    "PersonClass",
    "Plan",
    "Policy",
    "Release",
    "Shown",
    "Verdict",
    "describe",
    "material_of",
    "plan",
    "read_policy",
    "read_value",
]

_HOME = {
    "Material": "material",
    "Policy": "policy",
    "Release": "grounds",
    "describe": "telling",
    "material_of": "material",
    "plan": "planning",
    "read_policy": "policy",
    "read_value": "grounds",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(f"regesta.protection.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
