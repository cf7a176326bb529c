"""What people judged, kept in a log and told anew in every build.

    decisions.jsonl ──read_log──► Log ──┐
    what the build holds ──► World ─────┴─replay──► Replayed: what stands, and an Outcome for every decision

The log is only ever added to (`append`); to take a decision back is one more line. The door is `replay`, a pure function:
the same lines in any order and the same world give the same answer. Nothing here changes a claim or joins referents; that
is done by the stages that ask.
"""

from __future__ import annotations

from regesta.decisions.log import Log, Problem, append, read_log
from regesta.decisions.outcomes import count_unapplied, settle
from regesta.decisions.replay import replay
from regesta.decisions.rows import make
from regesta.decisions.world import Rank, Replayed, Standing, World, precondition_of, rivals_of

__all__ = [
    "Log",
    "Problem",
    "Rank",
    "Replayed",
    "Standing",
    "World",
    "append",
    "count_unapplied",
    "make",
    "precondition_of",
    "read_log",
    "replay",
    "rivals_of",
    "settle",
]
