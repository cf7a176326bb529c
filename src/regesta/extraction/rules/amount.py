"""How much: predicate `amount`, for money that is no award and for measures.

    matches          "reduced the grant from ₩28,000,000 to ₩10,000,000"  ·  "€320 monthly"  ·  "a 0.3 ton boat"
    must not match   "a reward of $100,000" (award)  ·  "Article 3"

Two sums with "from ... to" or "then ... now" are two claims; which is earlier is told by the words in the evidence.
"""

from __future__ import annotations

from regesta.extraction.counted import counted_by
from regesta.extraction.measured import clause_of, dated, open_quantities, qualified, value_of
from regesta.extraction.scene import Scene

__all__ = ["amounts"]


def amounts(scene: Scene) -> None:
    """State every sum of money and every measure that no other rule has taken."""
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        for quantity in open_quantities(scene, passage, "money", "measure"):
            if quantity.number is None and quantity.low is None and quantity.high is None:
                continue
            clause = clause_of(scene, passage, quantity.span)
            when, spans = dated(scene, passage, quantity.span)
            for actor in counted_by(scene, passage, quantity)[:1]:
                scene.state(
                    actor,
                    "amount",
                    value_of(quantity),
                    clause,
                    *spans,
                    when=when,
                    qualifiers=qualified(quantity, subset=quantity.per),
                    claims=(quantity.number_span,),
                )
