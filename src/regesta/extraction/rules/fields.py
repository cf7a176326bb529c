"""What the labelled lines at the head of a file say of the one whose file it is: `birth` and `role`.

    matches          "Name: Ana Ruiz ⏎ Date of birth: 3 May 1951 ⏎ Occupation: baker"
    must not match   "Date of interview: 3 May 2001", nor such lines in a file that names nobody in a line

Tables and lists of such files, each a person, are read elsewhere (`registers.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.model import DateValue, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["fields"]

_HEAD = 16
"""Passages among which the head of a file stands."""
_LINE = lazy(
    r"(?:(?<![^\s])|\n|[.;] )[-*_•\s]{0,6}(?P<term>[^\W\d_][^\n:.;*_]{1,30}?)[*_ ]{0,4}:[*_ ]{1,4}(?P<told>[^\n]{1,160})"
)
_BORN = lazy(
    r"date (?:and place )?of birth|born|birth ?date|dob|nacid[oa]|fecha de nacimiento|geboren(?: am)?|geburtsdatum|née?(?: le)?|"
    r"date de naissance|data de nascimento",
    re.IGNORECASE,
)
_WORK = lazy(r"occupation|profession|trade|beruf|profesión|profissão|professione", re.IGNORECASE)
_ROLE = lazy(r"[^\W\d_][^\n.;|:]{2,60}")


def fields(scene: Scene) -> None:
    """State birth and occupation of whom the head of a file names in a line of its own."""
    actor = scene.filed_of
    for passage in scene.passages[:_HEAD] if actor is not None else ():
        entry = scene.entry_of[passage.index]
        of_another = entry is not None and bool(entry.principals) and actor not in entry.principals
        for term, told in _lines(scene, passage):
            if actor is None or of_another:
                continue
            if _BORN.fullmatch(term) and not any(f.predicate == "birth" for f in scene.facts_of(actor)):
                date = next((d for d in passage.dates if d.edtf and told.contains(d.span)), None)
                if date is not None and date.edtf:
                    value = DateValue(edtf=date.edtf)
                    scene.state(actor, "birth", value, date.span, when=date.edtf, claims=[date.span])
            elif _WORK.fullmatch(term) and (role := _ROLE.match(scene.text, *told)):
                span = Span(*role.span()).strip(scene.text, " *_")
                scene.state(actor, "role", TextValue(text=span.of(scene.text)), span)


def _lines(scene: Scene, passage: Passage) -> Iterator[tuple[str, Span]]:
    """Yield the label of every labelled line of a passage, and the span of what it says."""
    if passage.kind == "definition" and passage.index:
        yield scene.passages[passage.index - 1].span.of(scene.text).strip(" *_:"), passage.span
        return
    for match in _LINE.finditer(scene.document.text[: passage.span.end], passage.span.start):
        yield match["term"].strip(), Span(*match.span("told"))
