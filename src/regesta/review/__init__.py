"""What waits for a person's judgement, and what a person judged on the way into the log.

    Shelf ── queue(name, shelf) ──► Items: pairs, conflicts, findings, claims, contests
    Answer ── decided(shelf, answer) ──► Decision ── Notebook.add ──► decisions.jsonl ── Rebuilder ──► the next chronicle

Everything is tried on the shelf before it is written, so that the next build can carry it out; and nothing is written where
somebody else decided on the same thing after the person had looked. No page and no server is known here.
"""

from __future__ import annotations

from regesta.review.answers import SETTLING, Answer, decided, premise_of
from regesta.review.exposing import EXPOSING, Exposed, Exposing, tried
from regesta.review.notebook import Contest, Entry, Meanwhile, Notebook, State
from regesta.review.queues import QUEUES, Item, Queue, queue
from regesta.review.rebuilding import Progress, Rebuilder
from regesta.review.seeking import Found, entities_named, referent_of

__all__ = [
    "EXPOSING",
    "QUEUES",
    "SETTLING",
    "Answer",
    "Contest",
    "Entry",
    "Exposed",
    "Exposing",
    "Found",
    "Item",
    "Meanwhile",
    "Notebook",
    "Progress",
    "Queue",
    "Rebuilder",
    "State",
    "decided",
    "entities_named",
    "premise_of",
    "queue",
    "referent_of",
    "tried",
]
