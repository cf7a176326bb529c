"""Which referents are the same person, group, place or institution, and why.

    documents, extractions ──► Corpus        what identity asks of each referent, in columns
                               people        names and features: pairs -> clustering
                               things        places, institutions, laws, works: keys
                               unnamed       by day and size, or by whose company they are in
                               ledger        an id for each, the same as in the build before

Judgements of people come first: `same` is joined whatever the scores, `different` is never joined. A referent is never
split. The weights are data (`weights.toml`). The doors are `Resolver`, which takes documents as they come, and `resolve`; what a
document tells may be made beforehand (`account_of`).
"""

from __future__ import annotations

from regesta.resolution.account import Account, account_of
from regesta.resolution.resolver import Resolver, resolve
from regesta.resolution.weights import Weights, weights_of

__all__ = ["Account", "Resolver", "Weights", "account_of", "resolve", "weights_of"]
