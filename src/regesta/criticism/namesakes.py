"""F013: different people of one name, to the letter or by sound.

    Cho Kil-ho (1961, director) ≠ Jo Gil-ho (1982, at 16)      one name in two romanisations, two people

Resolution holds them apart, or is unsure; a reader should know. Names of one word are too common to tell. What letters sound
alike is a rough key for looking; whether two names are one name, `regesta.names` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["namesakes"]

_SURE: Final = 0.9
"""Probability that two names are one name, at least."""
_MOST: Final = 4
"""People whose names sound alike; what more bear is too common to tell anybody anything."""

_SOUNDS: Final = """
with people as (
    select e.id, e.label, list_transform(
               string_split_regex(lower(strip_accents(e.label)), '[^\\p{L}]+'),
               lambda w: translate(regexp_replace(replace(replace(w, 'ch', 'j'), 'sh', 's'), '[aeiouwyh'']', '', 'g'),
                                   'gqcdbrvz', 'kkktplfj')) as parts
    from entities e where e.kind = 'person' and e.is_named
), keyed as (
    select id, label, array_to_string(list_sort(list_filter(parts, lambda p: p <> '')), ' ') as key
    from people where len(parts) > 1
), chosen as (
    select id, label, key from keyed where key <> ''
    qualify count(*) over (partition by key) between 2 and ?
), first_named as (
    select m.entity, arg_min((m.source, m.start_char, m.end_char, m.quote),
                             (-length(m.quote), m.source, m.start_char)) as place
    from mentions m where m.form = 'name' and m.entity in (select id from chosen) group by m.entity
)
select c.key, c.id, c.label, f.place[1], f.place[2], f.place[3], f.place[4]
from chosen c join first_named f on f.entity = c.id order by c.key, c.label, c.id
"""


def namesakes(view: View) -> Iterator[Finding]:
    """Tell of two people who bear one name."""
    from regesta.names import compare  # takes its tables along

    keyed: dict[str, list[tuple[str, str, Said]]] = {}
    for key, entity, label, source, start, end, quote in view.rows(_SOUNDS, [_MOST]):
        keyed.setdefault(key, []).append((entity, label, Said.passage(source, start, end, quote)))
    for people in keyed.values():
        for index, (_, label, said) in enumerate(people):
            for _, other, other_said in people[index + 1 :]:
                if label.casefold() != other.casefold():
                    likely = compare(label, other).probability
                    if likely < _SURE:
                        continue
                    summary = f"{label} and {other} may be one name of two people."
                else:
                    likely = 1.0
                    summary = f"Two people by the name of {label} are told apart."
                first, second = sorted(
                    (said, other_said), key=lambda one: (one.member.source, one.member.start)
                )
                probability = round(float(likely), 2)
                yield finding("F013", "same-name", "info", summary, [first, second], probability=probability)
