"""Every other quantity: predicate `figure`, and the list of numbers that were left out, with the reason.

    matches          "fell by 12 percent"  ·  "one in 1987" after "two cases"  ·  "doubled in size"
    must not match   "the first refugees" (left out: a place in an order)  ·  "MiG-15" (left out: a name)

Runs last. After it, every number of the body stands in a claim, in a date or in a rejection.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from regesta.extraction.counted import counted_by
from regesta.extraction.described import head_class
from regesta.extraction.labelled import (
    counted_in,
    dated_above,
    dated_in,
    label_before,
    label_behind,
    measured_by,
)
from regesta.extraction.labels import speaks_of_people
from regesta.extraction.leading import counted_above, counted_before_list, topic_above
from regesta.extraction.listed import LISTED, listed_place, says_origin
from regesta.extraction.measured import (
    clause_of,
    dated,
    is_of_rate,
    qualified,
    says_change,
    says_when,
    value_of,
)
from regesta.extraction.partakers import part_of
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Scene
from regesta.extraction.topics import topic_of
from regesta.extraction.units import denotes_person
from regesta.places import demonym, is_place
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["figures"]


_PAIRED = lazy(
    r"(?:[,;:(]\s?|\band\s)(?:and\s)?(?:in\s)?(?:the\s)?(?P<place>[A-Z][\w'’-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w'’-]*){0,3})\s(?P<number>\d[\d,]*\d|\d)(?=[,;.\s]|$)"
)
_ALONE = lazy(r"\W*(?P<place>[A-Z][\w'’-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w'’-]*){1,3})\s\d[\d,.]*\W*")
"""A line of nothing but a place and its number."""


def figures(scene: Scene) -> None:
    """State or reject every quantity that is still open."""
    for passage in scene.passages:
        told: list[Quantity] = []
        for quantity in passage.quantities:
            counted = tuple(told)
            if quantity.kind == "count" and quantity.unit:
                told.append(quantity)
            if scene.is_claimed(quantity.number_span):
                continue
            rejected = _reason(scene, passage, quantity) or _numbering(scene, passage, quantity)
            if rejected is not None and not _is_listed(scene, passage, quantity):
                scene.reject(quantity.span, *rejected)
                continue
            before = _counted_before(scene, passage, quantity, counted)
            if not before and _is_small_word(scene, passage, quantity):
                scene.reject(quantity.span, "X101", "the word counts nothing that is named")
                continue
            if before and quantity.kind == "bare":
                told.append(replace(quantity, unit=before))
            _state(scene, passage, quantity, before)


def _reason(scene: Scene, passage: Passage, quantity: Quantity) -> tuple[str, str] | None:
    """Return (code, reason) of a number that is no figure, None of one that is."""
    if quantity.is_weak:
        return "X101", quantity.reason
    if passage.kind == "heading":
        return "X102", "the number stands in a heading"
    if quantity.is_age and quantity.unit == "year" and scene.language is not None:
        return "X101", "the age is that of nobody who is named"
    if quantity.kind == "code":
        return "X103", "the number is part of a name or a reference"
    if quantity.kind == "ordinal" and quantity.unit != "anniversary":
        return "X104", "the number is a place in an order and counts nothing"
    if quantity.is_age and (quantity.high or 0) - (quantity.low or 0) > _AGES:
        return "X101", "the ages are those between which many are"
    if quantity.number is None and quantity.low is None and quantity.high is None:
        return "X105", "the words give no number"
    return None


_AGES = 10
"""Years between which the age of one person may be told."""


def _is_listed(scene: Scene, passage: Passage, quantity: Quantity) -> bool:
    """Whether a number behind a name is one of a row of places and numbers: "took in 741 refugees, Canada 463, Norway 507"."""
    if quantity.kind != "bare" or not quantity.reason.startswith("follows a name"):
        return False
    if (alone := _ALONE.fullmatch(scene.text, *passage.span)) is not None:
        return is_place(alone["place"])
    row = list(_PAIRED.finditer(scene.text, *passage.sentence_at(quantity.span.start)))
    mine = any(pair.start("number") == quantity.span.start for pair in row)
    return (
        mine
        and len(row) >= LISTED
        and all(is_place(pair["place"]) or demonym(pair["place"]) is not None for pair in row)
    )


def _numbering(scene: Scene, passage: Passage, quantity: Quantity) -> tuple[str, str] | None:
    """Return the code and reason of a number that numbers rows or paragraphs, or only says how another has changed."""
    text, (start, end) = scene.document.text, quantity.span
    if says_when(scene, quantity):
        return "X101", "the words say when, not how long"
    is_alone = text.startswith("\n", start - 1) and text.startswith("\n", end)
    if (
        is_alone
        and quantity.kind == "bare"
        and passage.kind != "cell"
        and _SECTION.fullmatch(text, start, end)
    ):
        return "X103", "the number only numbers its paragraph"
    if quantity.kind == "bare" and text[max(0, start - 4) : start].lower() == "top ":
        return "X104", "the number says how far a list goes"
    if quantity.kind in ("bare", "count") and is_of_rate(scene, passage, quantity):
        return "X101", "the number is a rate of so many, or what the rate is of"
    if text[start - 1 : start] == "(" and _LABEL_OF_PART.search(text[max(0, start - 4) : end + 3]):
        return "X103", "the number only numbers its paragraph"
    if quantity.kind == "bare" and _ITEM.match(text, start) and text[start - 1 : start] in ("", "\n"):
        return "X103", "the number only numbers its paragraph"
    if says_change(scene, quantity):
        return "X101", "the number says how another has changed"
    if quantity.kind == "bare" and _PARTING_AGE.search(text, max(0, start - 28), quantity.number_span.start):
        return "X101", "the number is the age that parts them"
    if (
        quantity.kind == "bare"
        and label_before(scene, passage, quantity) is None
        and label_behind(scene, passage, quantity) is None
        and _says_nothing(scene, passage, quantity)
    ):
        return "X101", "the number stands alone, and nothing says what it counts"
    if passage.kind == "cell" and scene.document.blocks[passage.block].is_header:
        return "X102", "the number stands in the head of a column"
    if scene.cell_meanings.get(passage.span) == "index":
        return "X103", "the number only numbers its row"
    return None


def _says_nothing(scene: Scene, passage: Passage, quantity: Quantity) -> bool:
    """Whether a number is all of its paragraph, or marks a note behind the noun that was counted: "20,000 refugees 1"."""
    if passage.kind != "prose":
        return False
    if passage.span.strip(scene.text, " .+~") == quantity.number_span:
        near = scene.document.blocks[max(0, passage.block - 1) : passage.block + 2]
        is_headed = near[0].kind == "heading" and not near[-1].content.of(scene.text)[:1].isdigit()
        return not is_headed or near[-1].span == passage.span
    beside = [q for q in passage.quantities if q.span.end == quantity.span.start - 1 and q.kind == "count"]
    return bool(beside) and scene.text[quantity.span.start - 1] == " "


_ITEM = lazy(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-Z“\"]|\d{1,2}\s{0,3}[-–.)]\s+[A-Z]\w*\s[a-z]")
_PARTING_AGE = lazy(
    r"\b(?:are|were|is|was|[Tt]hose|[Pp]eople|[Pp]ersons|[Aa]ny(?:one|body)|[Ee]very(?:one|body)|[Mm]en|[Ww]omen|[Cc]hildren|[Aa]dults|[Rr]efugees|[Mm]igrants)\s(?:aged\s)?(?:under|over|below|above)(?:\sthe\sage\sof)?\s$"
)
_LABEL_OF_PART = lazy(r"(?:^|[\n\]—.;:–])\s?\(\d{1,2}\)\s[(A-Z“\"]$")
"""A number in brackets before a paragraph or its part: "24.—(1) In this section", "[(7) (a) The Minister"."""
_SECTION = lazy(r"\d{1,3}\.\d{1,2}")


def _is_small_word(scene: Scene, passage: Passage, quantity: Quantity) -> bool:
    """Whether a small number in letters is of nothing that is named: "the two convinced him", "all five missed training"."""
    written = quantity.number_span.of(scene.text)
    if quantity.kind != "bare" or (quantity.number or _SMALL + 1) > _SMALL or any(map(str.isdigit, written)):
        return False
    kind = counted_by(scene, passage, quantity)[0].kind
    return kind == "person" or (kind == "topic" and _is_known(scene.text, quantity.span.start))


def _is_known(text: str, start: int) -> bool:
    """Whether the word before a number says that who or what it counts is known already: "the four", "all five"."""
    return _KNOWN.search(text, max(0, start - 12), start) is not None


_KNOWN = lazy(r"\b(?:the|these|those|all|other|both|remaining)\s$", re.IGNORECASE)


_SMALL = 6
_PART_OF = 20
"""How many times what was counted before a number may still go on to count."""


def _counted_before(scene: Scene, passage: Passage, quantity: Quantity, counted: Sequence[Quantity]) -> str:
    """Return the unit of what was counted before in the same sentence: "in two cases, one in 1987".

    It is the last thing counted; where that is too few to go on with, an earlier one of which this may be a part:
    "468 people came in two aeroplanes, 230 on 27 July".
    """
    if whole := _OF_COUNTED.match(scene.text, quantity.span.end, passage.span.end):
        told = [q for q in passage.quantities if q.kind == "count" and q.unit]
        if scene.text.endswith((" in ", " out of "), 0, quantity.span.start):
            return ""  # "one in three of them"
        if whole["them"]:  # "Some 900 refugees came. About 300 of them stayed."
            return next((q.unit for q in reversed(told) if q.span.end <= quantity.span.start), "")
        return next((q.unit for q in told if q.number_span.start == whole.end()), "")
    if _OF_OTHERS.match(scene.text, quantity.span.end, passage.span.end):
        return ""  # "crossings at five of the region's posts"
    start, number = passage.sentence_at(quantity.span.start).start, quantity.number or 0
    for back, before in enumerate(reversed(counted)):
        if before.span.start < start:
            break
        of_it = before.number or quantity.number or 1
        if number > (of_it if back else _PART_OF * of_it):
            continue  # "three ships were loaded: 168 on the Swan"
        between = scene.text[before.span.end : quantity.span.start]
        return (
            "" if between.count(")") > between.count("(") else before.unit
        )  # "39 people (3 children), 40 (4 children)"
    return ""


_OF_COUNTED = lazy(
    r"\sof\s(?:(?P<them>them|whom|which|these(?=\s(?:were|are|had|have|who)\b)|those(?=\s(?:were|are|had|have)\b))\b|(?:the|these|those|their|our|its)\s(?:[a-z-]+\s){0,2}(?=\d))"
)
"""What says that a number is a part of what was counted before, or is behind: "300 of them", "300 of the rescued 900 refugees"."""
_OF_OTHERS = lazy(r"\sof\s(?!them|which|whom|these|those|us\b)[^\W\d_]")


def _state(scene: Scene, passage: Passage, quantity: Quantity, counted: str) -> None:
    unit = quantity.unit or counted
    predicate = "count" if quantity.kind == "bare" and counted else "figure"
    if quantity.kind == "count":
        predicate = "count"
    clause = clause_of(scene, passage, quantity.span)
    when, spans = dated(scene, passage, quantity.span)
    actor = topic_above(scene, passage, counted_by(scene, passage, quantity)[0])
    place = listed_place(scene, passage, quantity) if quantity.kind in ("bare", "percent") else None
    origin = place if place is not None and says_origin(scene, passage, place) else None
    if place is not None:
        if when is None:
            when, spans = dated_above(scene, actor)
        clause = clause.cover(place.cover(quantity.span))
        if actor.kind == "group" and _FOLLOWS.search(scene.text, clause.start, place.start):
            actor = topic_of(scene, passage)
        if (
            quantity.kind == "bare"
            and not unit
            and (
                counted_above(scene, place.start)
                or counted_before_list(scene, passage, place.start)
                or (actor.kind == "topic" and speaks_of_people(actor.first.of(scene.text), scene.lexicon))
            )
        ):
            unit, predicate = "person", "count"
    people = (
        place
        if place is not None and quantity.kind == "bare" and _names_people(place.of(scene.text))
        else None
    )
    if people is not None:
        unit, predicate = unit or "person", "count"
    label = (
        people or origin or label_before(scene, passage, quantity)
        if people or origin or place is None
        else None
    )
    behind = label_behind(scene, passage, quantity) if label is None and place is None else None
    if behind is not None:
        clause, label, predicate = quantity.span.cover(behind), behind, "count"
        unit = counted_in(scene, behind.of(scene.text))
        if not passage.span.contains(behind):
            when, spans = dated_in(scene, behind)
    elif label is not None and people is None and origin is None:
        clause = label.cover(quantity.span)
        if quantity.kind == "bare":
            predicate, unit = measured_by(scene, label.of(scene.text))
        if when is None:
            when, spans = dated_above(scene, actor)
    if quantity.kind == "bare" and not unit and _FROM_PLACE.match(scene.text, quantity.span.end):
        lead = Span(passage.sentence_at(quantity.span.start).start, quantity.span.start).of(scene.text)
        if any(denotes_person(word.strip(",.()").lower()) for word in lead.split()):
            unit, predicate = "person", "count"
    if quantity.kind == "bare" and not unit and _MOVED.match(scene.text, quantity.span.end, passage.span.end):
        unit, predicate = "person", "count"
    part = label if predicate != "population" else None
    if label is None and place is None and (unit in _SHARES or quantity.kind == "bare"):
        whole = _OF_COUNTED.match(scene.text, quantity.span.end, passage.span.end)
        part = (
            part_of(scene, passage, quantity, counts=bool(counted))
            if whole is None or whole["them"]
            else None
        )
        if (
            part is None
            and unit in _SHARES
            and passage.kind != "cell"
            and not scene.text.startswith(" of ", quantity.span.end)
        ):
            scene.reject(quantity.span, "X101", "nothing says of what the number is a share")
            return
        if (
            part is not None
            and quantity.kind == "bare"
            and not unit
            and (told := counted_in(scene, part.of(scene.text)))
        ):
            unit, predicate = told, "count"
        elif part is not None and _is_numbered(scene, quantity, part):
            scene.reject(quantity.span, "X103", "the number tells one from others, and counts nothing")
            return
    scene.state(
        actor,
        predicate,
        value_of(_in_thousands(scene, quantity) if counted else quantity, unit or "unit"),
        clause,
        *spans,
        when=when,
        where=place.of(scene.text) if place and people is None and origin is None else None,
        qualifiers=qualified(quantity, subset=part.of(scene.text) if part else None),
        claims=(quantity.number_span,),
    )


def _is_numbered(scene: Scene, quantity: Quantity, part: Span) -> bool:
    """Whether a number is the name of somebody: "Witness 4"."""
    word = part.of(scene.text)
    noun = (
        head_class(word.lower(), scene.lexicon)
        if word.istitle() and part.end == quantity.span.start - 1
        else None
    )
    return noun is not None and not noun[2] and quantity.number_span.of(scene.text).isdecimal()


_FOLLOWS = lazy(r"\bfollowed\sby\b")
"""What parts places of a row from the group that the first of them has."""
_FROM_PLACE = lazy(r"(?:\s\([^()]{1,16}\))?\sfrom\s(?:the\s)?[A-Z]")
"""What follows people without a noun: "many refugees, including 900 from Peru"."""
_MOVED = lazy(
    r"(?:\sof\s(?:them|whom|these|those))?(?:\s(?:had|have|has|more|others?|already|also|later|eventually)){0,3}\s(?:came|come|arrived|fled|left|escaped|"
    r"defected|crossed|settled|drowned|died|perished|emigrated|sought|applied|returned|"
    r"(?:been|were|are|was)\s(?:\w+ly\s)?(?:granted|resettled|admitted|recogni[sz]ed|received|taken|allowed|deported|repatriated|detained|arrested|imprisoned|killed|shot|executed|naturali[sz]ed))\b"
)
"""What people do or is done to them, right behind a number without a noun: "about 3,400 had come by 1989"."""
_SHARES = frozenset(("percent", "share"))


def _in_thousands(scene: Scene, quantity: Quantity) -> Quantity:
    """Return the number of people or things that a point groups, as a whole one: "864 returns, 9.553 since 2012"."""
    number = quantity.number
    if number is None or number >= _THOUSAND or not _POINTED.fullmatch(scene.text, *quantity.number_span):
        return quantity
    return replace(quantity, number=round(number * 1000))


_THOUSAND = 1000
_POINTED = lazy(r"[1-9]\d{0,2}\.\d{3}")


def _names_people(words: str) -> bool:
    """Whether what a number is listed under is a people, and no place: "Russians (139)"."""
    return not is_place(words) and demonym(words.rpartition(" ")[2]) is not None
