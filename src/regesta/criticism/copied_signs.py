"""F087 and F088: footnotes that were copied, and mistakes that two sources share.

    a: [3] "A flight". The Herald. Retrieved 4 May 2011.        b: [7] "A flight". The Herald. Retrieved 4 May 2011.
    a: ... the survaillance of the harbour ...                  b: ... under survaillance ...   though both know "surveillance"

Two writers may cite one article; that both read it on the same day is no chance. A word is taken for a mistake only where one of
the two sources writes it otherwise elsewhere, one letter apart inside the word, and more often. What is right, nobody is asked: that
both have it is the sign. Only sources of one family, and those whose references agree, are looked at.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from regesta.criticism.totals import totals
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["copied_footnotes", "shared_errors"]

_FOOTNOTES: Final = """
with folded as (
    select source, start_char, end_char, quote, lower(regexp_replace(trim(quote, '^ *'), '\\s+', ' ', 'g')) as words, retrieved
    from citations where retrieved is not null and length(quote) >= 30
), few as (
    select words from folded group by words having count(distinct source) between 2 and 8
), each_once as (
    select * from folded where words in (from few) qualify row_number() over (partition by source, words order by start_char) = 1
), pairs as (
    select a.source as a, b.source as b, a.words, a.start_char, a.end_char, a.quote, b.start_char as b_start, b.end_char as b_end,
           b.quote as b_quote, count(*) over (partition by a.source, b.source) as n
    from each_once a join each_once b on a.words = b.words and a.source < b.source
)
select a, b, n, start_char, end_char, quote, b_start, b_end, b_quote from pairs
qualify row_number() over (partition by a, b order by start_char) <= 2
order by a, b, start_char
"""

_KIN: Final = """
select distinct p.a_source, p.b_source from shared_passages p
join sources a on a.name = p.a_source join sources b on b.name = p.b_source
where a.family = b.family and p.a_source <> p.b_source and a.document <> b.document
  and a.n_characters <= 100000 and b.n_characters <= 100000
  and a.family in (select family from sources group by family having count(*) <= 8)
order by all limit 100
"""

_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_]{7,19}\b")
_INSIDE: Final = 2
"""Letters at the end of a word in which a difference is of grammar, not of spelling."""
_TWICE: Final = 2
"""How often the mistake stands, once in each; the other spelling at least as often."""


def copied_footnotes(view: View) -> Iterator[Finding]:
    """Tell of sources that have references word for word, read on the same day: one took them from the other."""
    found: dict[tuple[str, str, int], list[Said]] = defaultdict(list)
    for a, b, n, start, end, quote, b_start, b_end, b_quote in view.rows(
        _FOOTNOTES, needs={"sources": 2, "citations": 2}
    ):
        found[a, b, n] += [Said.passage(a, start, end, quote), Said.passage(b, b_start, b_end, b_quote)]
    for (a, b, n), said in found.items():
        count = "a reference" if n == 1 else f"{n:,} references"
        date = "date" if n == 1 else "dates"
        summary = f"{a} and {b} have {count} word for word, with the same {date} of retrieval."
        yield finding("F087", "shared-text", "info", summary, said, sources=[a, b], references=n)


def shared_errors(view: View) -> Iterator[Finding]:
    """Tell of a mistake that two sources share: a sum that fails in the same way, a word misspelled alike."""
    wrong: dict[str, dict[str, Finding]] = defaultdict(dict)
    for one in totals(view):
        if one.severity in ("error", "warning"):
            wrong[one.fingerprint].setdefault(one.members[0].source, one)
    for found in wrong.values():
        if len(found) > 1:
            names = sorted(found)
            shown = [found[name].members[-1] for name in names[:3]]
            said = [Said(member, member.quote) for member in shown]
            summary = f"{' and '.join(names[:2])} have the same sum that fails."
            yield finding("F088", "shared-text", "info", summary, said, sources=names[:50])
    words: dict[str, tuple[str, Counter[str]]] = {}
    for a, b in view.rows(_KIN, needs={"sources": 2, "shared": 1}):
        for name in (a, b):
            if name not in words:
                text = view.words([(name, 0, 1 << 20)])[0]
                words[name] = text, Counter(_WORD.findall(text))
        for slip, right in _slips(words[a][1], words[b][1]):
            said = [_first(name, words[name][0], slip) for name in (a, b)]
            said.append(
                _first(a if right in words[a][1] else b, words[a if right in words[a][1] else b][0], right)
            )
            summary = f"{a} and {b} both write “{slip}”, though elsewhere “{right}”: one may have it from the other."
            yield finding("F088", "shared-text", "info", summary, said, sources=[a, b], words=[slip, right])


def _slips(one: Counter[str], two: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield words of both that differ inside by one letter from a word that stands more often.

    >>> list(_slips(Counter(["survaillance", "surveillance", "surveillance"]), Counter(["survaillance"])))
    [('survaillance', 'surveillance')]
    >>> list(_slips(Counter(["consider", "considers", "considers"]), Counter(["consider"])))
    []
    """
    together = one + two
    keys: dict[str, list[str]] = defaultdict(list)
    for word in sorted(together):
        for index in range(1, len(word) - _INSIDE):
            keys[f"{word[:index]}*{word[index + 1 :]}"].append(word)
            keys[f"{word[:index]}*{word[index:]}"].append(word)
    told: set[str] = set()
    for group in keys.values():
        if len(set(group)) != 2:
            continue
        slip, right = sorted(set(group), key=lambda word: (together[word], not (one[word] and two[word])))
        if one[slip] == two[slip] == 1 and together[right] >= _TWICE and slip not in told:
            told.add(slip)
            yield slip, right


def _first(source: str, text: str, word: str) -> Said:
    """Return where a word stands first."""
    match = re.search(rf"\b{re.escape(word)}\b", text)
    start = match.start() if match else 0
    return Said.passage(source, start, start + len(word), text[start : start + len(word)])
