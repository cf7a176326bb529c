"""Which texts are one family: so much of one stands in another that the two are not two witnesses.

Two texts are kin if
- half of the shorter stands in the longer (a copy, a mirror, an entry taken over whole), or
- at least three separate passages, together a tenth of the shorter or a hundred words of it in passages of twelve and more (a page rewritten from another: what was
  not touched still stands in many places); of words that agree, and of passages of which four in five do, for what differs more was
  made after one pattern (the score of a game, the box of a person), or
- one passage of two hundred words.

One sentence quoted by two long pages is none of these. What stands in more than 8 places (`Shared.places`) counts for the first
rule only: a footer makes no family. A family is whatever hangs together by kinship, so A and C may be one by way of B.

Pairs that are kin by other signs (what a page says of itself, copied footnotes) are told to it. It does not say who copied whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from regesta.errors import RegestaError
from regesta.sharing.passages import Shared
from regesta.sharing.seeds import MANY

__all__ = ["families"]

HALF = 0.5
TENTH = 0.1
PASSAGES = 3
HUNDRED = 100
ALONE = 200
LEAST = 24
"""Words that a rewritten page shares at least."""
ALIKE = 0.8
TWELVE = 12
"""Words of a passage that counts towards a hundred: shorter ones are often formulas."""


def families(
    n_texts: int,
    shared: Iterable[Shared],
    *,
    words: Sequence[int] = (),
    kin: Iterable[tuple[int, int]] = (),
) -> list[int]:
    """Return for each text the lowest number of a text of its family, its own if it is alone.

    `words` are the words of each text (`Survey.words`); without them the rules that ask for a share hold for none. `kin` are
    pairs of texts that are known to be kin. Raises
    `RegestaError` if a passage is of no text, or `words` are not as many as texts.

    >>> from regesta.sharing import survey
    >>> copy = "In March the pilot Ada Brook left Orland in a borrowed boat, and nobody saw her again."
    >>> found = survey(["Nothing to see.", copy, "Told in Sund: " + copy])
    >>> families(3, found.shared, words=found.words)
    [0, 1, 1]
    """
    if words and len(words) != n_texts:
        raise RegestaError(
            "words are not one number a text", where="words", found=len(words), hint=f"{n_texts}"
        )
    between: dict[tuple[int, int], list[Shared]] = defaultdict(list)
    for each in shared:
        if not 0 <= each.a.source < n_texts or not 0 <= each.b.source < n_texts:
            raise RegestaError(
                "a passage is of no text", where="shared", found=each, hint=f"texts 0 to {n_texts - 1}"
            )
        if each.a.source != each.b.source:
            between[each.a.source, each.b.source].append(each)
    family = list(range(n_texts))
    for (a, b), passages in between.items():
        shorter = min(words[a], words[b]) if words else 0
        if _may_be_kin(passages, shorter) and _are_kin(passages, shorter):
            _join(family, a, b)
    for a, b in kin:
        _join(family, a, b)
    return [_root(family, text) for text in range(n_texts)]


def _may_be_kin(passages: Sequence[Shared], shorter: int) -> bool:
    """Return whether it is worth a closer look: most texts that share something share one short passage."""
    total = sum(each.words for each in passages)
    return len(passages) >= PASSAGES or total >= ALONE or 0 < HALF * shorter <= total


def _are_kin(passages: Sequence[Shared], shorter: int) -> bool:
    """Return whether two texts that share these passages are kin; `shorter` is the length of the shorter, 0 if unknown."""
    if shorter and sum(each.words * each.alike for each in _apart(passages)) >= HALF * shorter:
        return True
    own = _apart([each for each in passages if each.places <= MANY and each.alike >= ALIKE])
    total = sum(each.words * each.alike for each in own)
    long = [each.words * each.alike for each in own if each.words >= TWELVE]
    if len(long) >= PASSAGES and sum(long) >= HUNDRED:
        return True
    if len(own) >= PASSAGES and total >= LEAST and shorter > 0 and total >= TENTH * shorter:
        return True
    return any(each.words >= ALONE for each in own)


def _apart(passages: Sequence[Shared]) -> list[Shared]:
    """Return passages of which no two overlap on either side, the longest first: nothing is counted twice."""
    kept: list[Shared] = []
    ordered = sorted(passages, key=lambda each: (-each.words, each.a, each.b))
    for each in ordered[:1000]:
        if not any(each.a.span.overlaps(one.a.span) or each.b.span.overlaps(one.b.span) for one in kept):
            kept.append(each)
    return kept


def _join(family: list[int], a: int, b: int) -> None:
    one, two = _root(family, a), _root(family, b)
    family[max(one, two)] = min(one, two)


def _root(family: list[int], text: int) -> int:
    while family[text] != text:
        family[text] = family[family[text]]
        text = family[text]
    return text
