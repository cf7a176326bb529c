"""What `correct` and `add` say, as `Decision.value` keeps it: words, or a JSON object where there is more to say.

    correct   1953-02                                                      its value
              {"value": "1953-02", "subject": "fm-...", "quote": "..."}    value, subject, passage: what is to change
    add       {"predicate": "birth", "value": "1931", "quote": "born in 1931", "source": "list.txt"}

A passage is kept as Web Annotation's text quote selector does (W3C, 2017): the words, with some of what stands before and
after them, so that it is found again after an edit elsewhere, and one of several equal passages is told from the others. A passage
that has several places, or none, is no evidence. Nothing here opens a source.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import Any, Final

from regesta.errors import DecisionError

__all__ = ["MODALITIES", "NOWHERE", "Passage", "Saying", "find_passage", "passage_at", "saying_of"]

NOWHERE: Final = "the words stand nowhere in it"
"""The problem of a passage that is not there."""

MODALITIES: Final = ("asserted", "reported", "hedged", "denied", "intended")
_BOUNDS: Final = ("min", "max", "about")
_LONGEST: Final = 500
"""Code points of a quote."""
_AROUND: Final = 32
"""Code points kept on each side of it."""
_MANY: Final = 1000
"""Places of equal words that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of a source."""

    quote: str
    before: str = ""
    """What stood before them."""
    after: str = ""
    source: str | None = None
    """The name of the source, where it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a correction changes, or what an addition says; None is left as it is."""

    value: str | None = None
    predicate: str | None = None
    subject: str | None = None
    """Fingerprint of a referent."""
    passage: Passage | None = None
    when: str | None = None
    where: str | None = None
    modality: str | None = None
    by: str | None = None
    """Who says so, where the sentence names somebody."""
    bound: str | None = None
    at_event: str | None = None
    subset: str | None = None

    def written(self) -> str:
        """Return it as `Decision.value` keeps it: of a mere value the words."""
        row = {f.name: got for f in fields(self) if f.name != "passage" and (got := getattr(self, f.name))}
        if self.passage is not None:
            row |= {f.name: got for f in fields(Passage) if (got := getattr(self.passage, f.name))}
        if set(row) == {"value"} and not row["value"].lstrip().startswith("{"):
            return str(row["value"])
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


_KEYS: Final = frozenset(f.name for one in (Saying, Passage) for f in fields(one)) - {"passage"}


def saying_of(text: str) -> Saying:
    """Return what the value of a `correct` or an `add` says; raises `DecisionError` where it cannot be made out.

    >>> saying_of("1953-02").value
    '1953-02'
    >>> saying_of('{"predicate": "birth", "value": "1931", "quote": "born in 1931"}').passage.quote
    'born in 1931'
    """
    if not text.lstrip().startswith("{"):
        return Saying(value=text)
    try:
        row: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DecisionError(
            "the value begins as JSON and is none", found=text[:60], hint='write {"value": "..."}'
        ) from error
    if not isinstance(row, dict) or not all(isinstance(one, str) for one in row.values()):
        raise DecisionError("the value should be an object of texts", found=text[:60])
    if strange := sorted(set(row) - _KEYS):
        raise DecisionError(
            "the value says what nobody knows", found=strange[0][:60], hint=", ".join(sorted(_KEYS))
        )
    if (modality := row.get("modality")) not in (None, *MODALITIES):
        raise DecisionError("unknown modality", found=modality[:60], hint=", ".join(MODALITIES))
    if (bound := row.get("bound")) not in (None, *_BOUNDS):
        raise DecisionError("unknown bound", found=bound[:60], hint=", ".join(_BOUNDS))
    given = {f.name: row.pop(f.name) for f in fields(Passage) if f.name in row}
    if given and not given.get("quote", "").strip():
        raise DecisionError("the value names a source and no words of it", hint='add "quote"')
    return Saying(**row, passage=Passage(**given) if given else None)


def find_passage(text: str, passage: Passage) -> tuple[int, int]:
    """Return where the words of a passage stand in a text: the only place, or the only one between the same words.

    White space counts as one sign, whatever it is. Raises `DecisionError` where there is no place, or more than one.

    >>> find_passage("born in 1931, or born in 1932", Passage(quote="born in 1932"))
    (17, 29)
    """
    words = passage.quote.split()
    if not words or len(passage.quote) > _LONGEST:
        raise DecisionError(f"a quote has 1 to {_LONGEST} characters", found=passage.quote[:60])
    places = []
    for match in re.finditer(r"\s+".join(map(re.escape, words)), text):
        places.append(match.span())
        if len(places) > _MANY:
            break
    if len(places) > 1:
        for close in (_AROUND, _AROUND // 3):
            near = [place for place in places if _fits(text, *place, passage, close)]
            if len(near) == 1:
                return near[0]
        told = f"the words stand in {len(places) if len(places) <= _MANY else f'over {_MANY}'} places"
        raise DecisionError(told, found=passage.quote[:60], hint="quote more of the passage")
    if not places:
        raise DecisionError(
            "the words stand nowhere in it", found=passage.quote[:60], hint="quote it exactly"
        )
    if places[0][1] - places[0][0] > _LONGEST:
        raise DecisionError(f"the passage is longer than {_LONGEST} characters", found=passage.quote[:60])
    return places[0]


def _fits(text: str, start: int, end: int, passage: Passage, close: int) -> bool:
    """Whether the words around a place are those that were kept, as far as `close` code points."""
    if not passage.before and not passage.after:
        return False
    before, after = _folded(passage.before)[-close:], _folded(passage.after)[:close]
    left = _folded(text[max(0, start - 4 * _AROUND) : start])
    right = _folded(text[end : end + 4 * _AROUND])
    return left.endswith(before) and right.startswith(after)


def _folded(text: str) -> str:
    return " ".join(text.split())


def passage_at(text: str, start: int, end: int, source: str) -> Passage:
    """Return the passage at a place, with the words around it."""
    return Passage(
        quote=text[start:end], before=text[max(0, start - _AROUND) : start], after=text[end : end + _AROUND],
        source=source,
    )  # fmt: skip
