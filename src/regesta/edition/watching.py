"""What may stand in no byte of an edition, as patterns: names in every spelling, runs of withheld passages, canaries.

    hidden name        itself, its romanisations and Hangul, each with its parts in any order of family and given name
    withheld passage   every run of five words that no released passage has
    canary             as planted

One word alone is looked for only where it is no common word, no given name, no surname and no part of a name that is shown: a
check that cries at every Maria is switched off. A name that somebody who is shown bears as well cannot be told apart and is not
looked for; nor is it where it stands inside a longer name that is shown. Nothing here looks into a file.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from regesta.edition.owning import own_words, places_of
from regesta.edition.scanning import Patterns, runs_of, whole_hashes
from regesta.edition.secrets import secrets_of
from regesta.errors import VocabularyError
from regesta.names import is_given, is_surname, is_weak, variants

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.chronicle.rows import ClaimRow
    from regesta.protection import Plan

__all__ = ["Watch", "spellings", "watch_of", "watched"]

_WORD: Final = re.compile(r"[^\W_]+")
_EAST: Final = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_SHORTEST: Final = 5
"""Letters of a name in an alphabet, written together."""
_LONGEST: Final = 200
"""Code points of a name that is spelled in other ways."""
_LONGEST_PASSAGE: Final = 500
_TURNED: Final = 5
"""Parts of a name whose order is turned, at most."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Patterns, and how many of each kind they are."""

    patterns: Patterns
    n_names: int
    n_runs: int
    n_left_out: int
    """Names that cannot be looked for: common words, and names that are shown."""

    def seal(self, key: bytes) -> str:
        """Return what tells these patterns from others and betrays none of them: HMAC-SHA256 by the key of the project.

        >>> one = watched(["Kim Cheol-su"], canaries=["blue heron 77"])
        >>> one.seal(b"k" * 32) == watched(["Kim Cheol-su"], canaries=["blue heron 77"]).seal(b"k" * 32)
        True
        >>> one.seal(b"k" * 32) == watched(["Kim Cheol-su"], canaries=["blue heron 78"]).seal(b"k" * 32)
        False
        """
        patterns = self.patterns
        state = hmac.new(key, b"watch", hashlib.sha256)
        for known in (
            patterns.names, patterns.turned, patterns.words, patterns.runs, patterns.canaries, patterns.shown,
        ):  # fmt: skip
            state.update(len(known).to_bytes(8, "big") + known.hashes.tobytes())
        return state.hexdigest()


def spellings(name: str) -> tuple[set[str], set[str]]:
    """Return a name as it may be written, romanised by each system and in Hangul; and these with their parts in another order.

    >>> straight, turned = spellings("Иван Петров")
    >>> sorted(straight), sorted(turned)
    (['Ivan Petrov', 'Иван Петров'], ['Petrov Ivan', 'Петров Иван'])
    >>> straight, turned = spellings("Kim Cheol-su")
    >>> {"김철수", "Kim Ch'ŏlsu"} <= straight, "Cheol su Kim" in turned
    (True, True)
    """
    name = " ".join(name.split())
    found = {name}
    if len(name) <= _LONGEST:
        try:
            for variant in variants(name):
                found.update(x for x in (variant.text, variant.hangul) if x)
        except (VocabularyError, ValueError):
            pass  # what has no other spelling has itself
    turned: set[str] = set()
    for one in found:
        parts = _WORD.findall(one)
        if 1 < len(parts) <= _TURNED:
            turned.update(" ".join(parts[i:] + parts[:i]) for i in (1, len(parts) - 1))
    return found, turned


def watched(
    names: Iterable[str],
    *,
    shown: Collection[str] = (),
    quotes: Iterable[str] = (),
    released: Iterable[str] = (),
    canaries: Collection[str] = (),
    common: Collection[str] = (),
) -> Watch:
    """Return the patterns of hidden `names`, withheld `quotes` and `canaries`.

    `shown` are names that may be seen, `released` passages that may: what is in both is not looked for. `common` are words,
    in small letters, that are no names where they stand alone.

    >>> watch = watched(["Kim Cheol-su", "Maria"], canaries=["blue heron 77"])
    >>> watch.n_left_out, [hit.rule for hit in watch.patterns.hits("... by 김철수, BLUE-HERON 77")]
    (1, ['name', 'canary'])
    """
    parts_shown = {part for name in shown for part in _WORD.findall(name.casefold())} | set(common)
    several: list[str] = []
    turned: list[str] = []
    single: list[str] = []
    n_left_out = 0
    for name in dict.fromkeys(names):
        kept = 0
        straight, others = spellings(name)
        turned += (x for x in others if _kind(x, parts_shown) == "several")
        for spelling in straight:
            kind = _kind(spelling, parts_shown)
            (several if kind == "several" else single).extend([spelling] if kind else [])
            kept += kind is not None
        n_left_out += not kept
    seen = whole_hashes(shown)
    names_ = np.setdiff1d(whole_hashes(several), seen)
    turned_ = np.setdiff1d(whole_hashes(turned), np.concatenate((seen, names_)))
    words = np.setdiff1d(whole_hashes(single), seen)
    runs = np.setdiff1d(runs_of(quotes), runs_of(released))
    marks = whole_hashes(canaries)
    patterns = Patterns(names=names_, turned=turned_, words=words, runs=runs, canaries=marks, shown=seen)
    return Watch(patterns, len(names_) + len(turned_) + len(words), len(runs), n_left_out)


def _kind(spelling: str, parts_shown: Collection[str]) -> str | None:
    """Return whether a name is looked for as several tokens, as a single word, or not at all."""
    parts = _WORD.findall(spelling)
    letters = "".join(parts)
    if not letters:
        return None
    if _EAST.search(letters):
        return "several" if len(letters) > 2 else "single" if len(letters) == 2 else None
    if len(letters) < _SHORTEST:
        return None
    if len(parts) > 1:
        return "several"
    word = parts[0]
    is_common = (
        word.casefold() in parts_shown
        or is_weak(word)
        or is_given(word)
        or is_surname(word)
        or word.islower()
    )
    return None if is_common else "single"


def watch_of(
    chronicle: Chronicle, plan: Plan, canaries: Collection[str] = (), *, common: Collection[str] = ()
) -> Watch:
    """Return what an edition of a chronicle under a plan may not hold; `common` are the words of what is around it.

    Withheld are the passages of claims that the plan withholds or makes coarser, but for the words that a released claim
    consists of; released those of claims that it shows where no withheld one touches them.
    """
    shown = [
        name for e in plan.exposures.values() if e.shown == "name" for name in (e.label, *e.aliases) if name
    ]
    quotes, released = _passages(chronicle, plan)
    return watched(
        plan.hidden_names(), shown=shown, quotes=quotes, released=released, canaries=canaries, common=common
    )


def _passages(chronicle: Chronicle, plan: Plan) -> tuple[list[str], list[str]]:
    """Return the passages of claims that are not shown as they are, without the words of others, and what may be seen."""
    rows = chronicle.stream(
        "select source, start_char, end_char, quote, claim, position from claim_evidence "
        "order by source, start_char, end_char, claim"
    )
    released: list[str] = []
    withheld: list[str] = []
    closed: list[tuple[int, int, str, str]] = []
    open_: list[tuple[int, int, str, ClaimRow, bool]] = []
    names = {e.entity: e.label for e in plan.exposures.values() if e.shown == "name"}
    subject_of = dict(chronicle.sql("select id, subject from claims").rows)
    secret = secrets_of(chronicle, plan)
    here = None
    for source, start, end, quote, claim, position in chain(rows, [(None, 0, 0, "", "", 0)]):
        if source != here:
            _divide(closed, open_, withheld, released)
            closed, open_, here = [], [], source
        verdict = plan.verdicts.get(claim)
        row = verdict.row if verdict is not None else None
        is_shown = verdict is not None and verdict.action == "show"
        if row is not None:
            open_.append((start, end, quote, row, is_shown))
        if claim in secret and position == 0 and source is not None:
            closed.append((start, end, quote, names.get(subject_of.get(claim, ""), "")))
    return withheld, released


def _divide(
    closed: list[tuple[int, int, str, str]],
    open_: list[tuple[int, int, str, ClaimRow, bool]],
    withheld: list[str],
    released: list[str],
) -> None:
    """Add what of the passages of one source is withheld and what may be seen; both kinds ascend by their start."""
    for start, end, quote, row, is_shown in open_:
        touching = _touching(closed, start, end)
        if is_shown:
            released.extend(_without(quote, [(s - start, e - start) for s, e, *_ in touching]))
            released.extend(text for text in (row.value_text, row.where_text) if text)
    for start, end, quote, name in closed:
        own = places_of(quote, name, 0, len(quote))
        for s, e, _, row, _ in _touching(open_, start, end):
            low, high = max(s, start) - start, min(e, end) - start
            own += own_words(quote, low, high, row, places_of(quote, row.subject_label, low, high))
        withheld.extend(_without(quote, own))


_T = TypeVar("_T", bound=tuple[Any, ...])


def _touching(spans: Sequence[_T], start: int, end: int) -> list[_T]:
    """Return the spans, which ascend by their start and are as long as a passage may be, that share code points with one."""
    first = bisect_left(spans, start - _LONGEST_PASSAGE, key=itemgetter(0))
    last = bisect_left(spans, end, key=itemgetter(0))
    return [span for span in spans[first:last] if span[1] > start]


def _without(quote: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield what of a passage lies outside of spans.

    >>> list(_without("one two three four", [(4, 7), (5, 13)]))
    ['one ', ' four']
    """
    here = 0
    for low, high in sorted(spans):
        if low > here:
            yield quote[here:low]
        here = max(here, high)
    if here < len(quote):
        yield quote[here:]
