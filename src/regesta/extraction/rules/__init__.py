"""The rules of extraction, in the order in which they run.

A rule is a function `(scene) -> None`, or returns points of a series with the facts that say the same. Earlier rules win
where two make the same claim; the later ones see what is already claimed (`scene.is_claimed`).
"""

from __future__ import annotations

from collections.abc import Callable

from regesta.extraction.modality import modalities
from regesta.extraction.rules.age import ages
from regesta.extraction.rules.alias import aliases
from regesta.extraction.rules.amount import amounts
from regesta.extraction.rules.arrival import arrivals
from regesta.extraction.rules.authored import authored_works
from regesta.extraction.rules.award import awards
from regesta.extraction.rules.companion import companions
from regesta.extraction.rules.convention import conventions
from regesta.extraction.rules.cross_table import cross_tables
from regesta.extraction.rules.denial import denials
from regesta.extraction.rules.departure import departures
from regesta.extraction.rules.duration import durations
from regesta.extraction.rules.effective import validity
from regesta.extraction.rules.event import events
from regesta.extraction.rules.facility import facilities
from regesta.extraction.rules.fields import fields
from regesta.extraction.rules.figure import figures
from regesta.extraction.rules.hangul import told_in_hangul
from regesta.extraction.rules.house_table import house_tables
from regesta.extraction.rules.imprisonment import imprisonments
from regesta.extraction.rules.kin import kinship
from regesta.extraction.rules.life import lives
from regesta.extraction.rules.origin import origins
from regesta.extraction.rules.role import roles
from regesta.extraction.rules.role_after import roles_after
from regesta.extraction.rules.route import routes
from regesta.extraction.rules.series import observations
from regesta.extraction.rules.size import sizes
from regesta.extraction.rules.status import statuses
from regesta.extraction.rules.superlative import firsts, superlatives
from regesta.extraction.rules.term import terms
from regesta.extraction.rules.vehicle import vehicles
from regesta.extraction.scene import Fact, Scene
from regesta.model import Observation

__all__ = ["RULES", "Rule"]

Rule = Callable[[Scene], list[tuple[Fact, Observation]] | None]

RULES: tuple[Rule, ...] = (
    observations,
    arrivals,
    told_in_hangul,
    ages,
    fields,
    lives,
    origins,
    roles,
    roles_after,
    kinship,
    companions,
    imprisonments,
    vehicles,
    authored_works,
    awards,
    statuses,
    aliases,
    house_tables,
    cross_tables,
    facilities,
    sizes,
    durations,
    amounts,
    figures,
    terms,
    conventions,
    validity,
    superlatives,
    firsts,
    routes,
    departures,
    events,
    denials,
    modalities,
)
