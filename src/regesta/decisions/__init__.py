"""What people judged, kept in a log and told anew in every build.

    decisions.jsonl ──read_log──► Log ──┐        (or a table of PostgreSQL: `home`)
    what the build holds ──► World ─────┴─replay──► Replayed: what stands, and an Outcome for every decision

The log is only ever added to (`append`); to take a decision back is one more line. The door is `replay`, a pure function:
the same lines in any order and the same world give the same answer. What corrections and additions come to is made in
`claims`, which findings are settled is told in `findings`. Nothing here joins referents or writes a row; that is done by the
stages that ask.
"""

from __future__ import annotations

from regesta.decisions.claims import MADE, Heard, Made, add_claims, correct_claims, read_value
from regesta.decisions.competing import Competition
from regesta.decisions.file import FileHome
from regesta.decisions.findings import STATUS_OF, Asked, Seen, asks_again, kept, saying_of_words, settled
from regesta.decisions.home import append, home_of, read_log
from regesta.decisions.homes import Held, Home
from regesta.decisions.log import Log, Problem
from regesta.decisions.outcomes import UNAPPLIED, count_unapplied, settle
from regesta.decisions.replay import replay
from regesta.decisions.rows import make
from regesta.decisions.sayings import Passage, Saying, find_passage, passage_at, saying_of
from regesta.decisions.world import Rank, Replayed, Standing, World, precondition_of, rivals_of

__all__ = [
    "MADE",
    "STATUS_OF",
    "UNAPPLIED",
    "Asked",
    "Competition",
    "FileHome",
    "Heard",
    "Held",
    "Home",
    "Log",
    "Made",
    "Passage",
    "Problem",
    "Rank",
    "Replayed",
    "Saying",
    "Seen",
    "Standing",
    "World",
    "add_claims",
    "append",
    "asks_again",
    "correct_claims",
    "count_unapplied",
    "find_passage",
    "home_of",
    "kept",
    "make",
    "passage_at",
    "precondition_of",
    "read_log",
    "read_value",
    "replay",
    "rivals_of",
    "saying_of",
    "saying_of_words",
    "settle",
    "settled",
]
