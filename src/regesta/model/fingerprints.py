"""Fingerprints: names for what a person judged that outlive the document's next edition.

An id of a claim or a referent is a hash that counts offsets and files; one word inserted on page one changes it. A
decision must outlast that. A fingerprint hashes only what the person looked at:

    claim      fc-   the words quoted, the predicate, the value, the subject as named
    referent   fm-   the kind, the name, the sentence or row around the first mention
    source     fs-   its name alone: who withholds a file means its next edition too

Of the first two neither offsets nor files are in it: two copies of a document have the same fingerprints, and an edit of the passage
itself makes another one, because then the person has to look again. White space is folded, nothing else is: other
letters are other evidence. This module does not look for passages and does not decide anything.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.model.claim import DateValue, EntityValue, QuantityValue, RouteValue, TextValue, Value
from regesta.model.ids import content_id
from regesta.text.span import Span

__all__ = [
    "canonical_value",
    "claim_fingerprint",
    "passage_around",
    "referent_fingerprint",
    "source_fingerprint",
]

PASSAGE: Final = 200
"""Code points of a passage that count, at most."""

_SIDE: Final = 90
"""Code points kept on each side of a mention; the mention itself has the rest."""

_SPACE = re.compile(r"\s+")


def claim_fingerprint(quote: str, predicate: str, value: Value, subject: str) -> str:
    r"""Return the fingerprint of a claim, prefix `fc`.

    `quote` is that of the first evidence, `subject` the label of the referent that the claim is about.

    >>> claim_fingerprint("Ana  arrived in 1997", "arrival", DateValue(edtf="1997"), "Ana")
    'fc-c2a73cc457ff8505'
    >>> a = claim_fingerprint("Ana arrived in 1997", "arrival", DateValue(edtf="1997"), "Ana")
    >>> b = claim_fingerprint("Ana arrived\nin 1997", "arrival", DateValue(edtf="1997"), "Ana")
    >>> a == b, a == claim_fingerprint("Ana arrived in 1997", "birth", DateValue(edtf="1997"), "Ana")
    (True, False)
    """
    return content_id("fc", [_folded(quote), predicate, canonical_value(value), _folded(subject)])


def referent_fingerprint(kind: str, label: str, passage: str) -> str:
    """Return the fingerprint of a referent, prefix `fm`.

    `passage` is the sentence or row around the first mention (`passage_around`); its first 200 code points count.

    >>> a = referent_fingerprint("person", "Ana Sousa", "Ana Sousa  left Porto in May.")
    >>> a == referent_fingerprint("person", "Ana Sousa", "Ana Sousa left Porto in May.")
    True
    >>> a == referent_fingerprint("person", "Ana Sousa", "Ana Sousa left Porto in June.")
    False
    """
    return content_id("fm", [kind, _folded(label), _folded(passage[: 8 * PASSAGE])[:PASSAGE]])


def source_fingerprint(name: str) -> str:
    """Return the fingerprint of a source, prefix `fs`; `name` is `Source.name`.

    >>> source_fingerprint("letters/1921.txt")
    'fs-00a0a3b8a5ec66ec'
    """
    return content_id("fs", [name])


def passage_around(text: str, mention: Span, within: Span) -> str:
    r"""Return the words around a mention, white space folded, at most 200 code points, never beyond `within`.

    `within` is the sentence, the row or the block that the mention stands in. What stands outside it may be edited
    without changing the answer. Time does not grow with the length of `within`.

    >>> text = "Before.  Ana Sousa left\n Porto in May. After."
    >>> passage_around(text, Span(9, 18), Span(9, 38))
    'Ana Sousa left Porto in May.'
    """
    first, last = max(within.start, mention.start - 8 * _SIDE), min(within.end, mention.end + 8 * _SIDE)
    left, right = text[first : mention.start], text[mention.end : last]
    ending, opening = _folded(left[-2 * _SIDE :]), _folded(right[: 2 * _SIDE])  # enough of nearly any
    ending = ending if len(ending) >= _SIDE else _folded(left)
    opening = opening if len(opening) >= _SIDE else _folded(right)
    before = (ending + " " if left[-1:].isspace() else ending).lstrip()[-_SIDE:]
    name = _SPACE.sub(" ", text[mention.start : min(mention.end, mention.start + 8 * PASSAGE)])
    after = (" " + opening if right[:1].isspace() else opening).rstrip()[:_SIDE]
    room = PASSAGE - len(before) - len(after)
    return (before + name[:room] + after).strip()


def canonical_value(value: Value) -> str:
    """Return a value in one string, the same for equal values of any document.

    Keys of referents are left out: they belong to a document. Labels stand for them.

    >>> canonical_value(QuantityValue(number=3, unit="year")) == canonical_value(QuantityValue(number=3.0, unit="year"))
    True
    >>> canonical_value(EntityValue(key="m-1", label="Porto"))
    'entity|Porto'
    """
    match value:
        case TextValue():
            parts = [value.text]
        case EntityValue():
            parts = [value.label]
        case DateValue():
            parts = [value.edtf]
        case RouteValue():
            parts = [value.by or "", *(stop.text for stop in value.stops)]
        case QuantityValue():
            numbers = (value.number, value.low, value.high)
            about = "about" if value.approximate else ""
            parts = [*("" if n is None else repr(float(n)) for n in numbers), value.unit, about]
    return "|".join(
        [value.type, *(_folded(part).replace("\\", "\\\\").replace("|", "\\|") for part in parts)]
    )


def _folded(text: str) -> str:
    return " ".join(text.split())
