"""What is given of one document before anybody in it is known: its words, its passages, the language they are written in.

A question that only the words answer is answered here: which passage holds a place, whether a name stands where the subject
of its clause stands. Nothing here changes once the passages are cut, but for the language, which is found out by counting them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from regesta.extraction.passages import Passage
from regesta.extraction.tokens import Tokens
from regesta.model import Document
from regesta.text.span import Span
from regesta.vocab import Lexicon

__all__ = ["Ground"]

_NO_SUBJECT_AFTER = frozenset(
    "of by with to from for at against about on in into near under over including like than as between among without "
    "toward towards behind upon via through during con de en por para según sin avec chez vers par depuis mit von aus nach bei di del della dei van".split()
)
_UNTIL = frozenset("by since until till from".split())
_OF_REACH = 5
"""Words before a title that are looked at."""
_OF_ABROAD = re.compile(
    r"\b(?:de|du|des|aux?|de la|del|d[oa]s?|van|vom|zum|zur|beim|della|dello|dal|dalla|degli|delle)\s(?:[a-zà-ž]+\s)?$"
    r"|(?:[Мм]ать|[Оо]тец|[Бб]рат|[Сс]естра|[Жж]ена|[Мм]уж|[Сс]ын|[Дд]очь|[Рр]одители|[Дд]ети|[Сс]емья|[Вв]дова|[Сс]отрудни(?:к|ца)|[Аа]гент|[Оо]фицер|[Пп]обег[аеу]?|[Бб]егств[оае])\s$"
)
"""What leads up to somebody who is no subject, in other languages."""
_MARKS = frozenset(".;:!?–,(")
_OBJECT_APPOSED = re.compile(
    r"[a-z,] (?:with|by) (?:an?|another|his|her|their|my|fellow) (?:[a-z-]+ ){0,2}[a-z-]+, (?:[a-z-]+ ){1,4}$"
)
"""What a name explains that is no subject: "written with another exile, the painter [Ana Ruiz], it"."""
_ARTICLES_ABROAD = {
    code: frozenset(words.split())
    for code, words in (
        *(("de", "der die das ein eine sein seine ihr ihre"), ("nl", "de het een zijn haar")),
        *(
            ("fr", "le la les un une son sa"),
            ("es", "el la los las un una su"),
            ("it", "il lo la i gli un una suo sua"),
        ),
        ("pt", "o a os as um uma seu sua"),
    )
}
_NAMING = ("named", "called")
_CALLED = re.compile(r"(?<![\w'-])(?P<article>[Aa]n?|[Oo]ne|[Tt]he) (?:[\w'-]+ ){1,6}(?:named|called) $")
"""What leads up to a name and stands where it does: "a pilot of twenty named Oto Bell"."""
_WITH_ROW = re.compile(
    r"\b[Ww]ith (?:[a-z'-]+ ){0,4}[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?: \(\d{1,2}\))?(?:, [A-Z][\w'’-]+(?: \(\d{1,2}\))?){0,3},? and $"
)
"""A row of those who came along, before the last of them."""
_WITH_KIN = re.compile(r"\b[Ww]ith (?:his|her|their) (?:[a-z-]+ ){1,3}and $")
_DOES = re.compile(r" (?:was|were|had|has|is|left|went|came|fled|ran|took|[a-z]{2,}ed)\b")
_SPOUSES = frozenset(("wife", "husband"))
_AND_WIFE = re.compile(
    r"\b(?:of|to|by|with|from|for|met|visited) [^,.;:()]{2,60} and (?:his|her) (?:[a-z-]+ ){0,2}$"
)
"""What joins somebody's wife to him where he is no subject."""
_IN_LIFE = re.compile(r"\([^()]*\d{4}[^()]* – [^()]*\d{4}, $")
"""The brackets of a life, before the place of the death."""


class Ground:
    """One document as it stands."""

    def __init__(
        self, document: Document, lexicon: Lexicon, folded: str, tokens: Tokens, passages: list[Passage]
    ) -> None:
        self.document = document
        self.lexicon = lexicon
        self.text = folded
        self.language: str | None = None
        """In which all of it is written, where that is not English (BCP 47)."""
        self.tokens = tokens
        self.passages = passages
        self.emphasised: list[Span] = []
        """Words that stood between marks of emphasis, in order."""
        self._starts = [p.span.start for p in passages]

    def passage_at(self, offset: int) -> Passage | None:
        """Return the passage that holds `offset`."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0:
            if self.passages[index].span.start <= offset < self.passages[index].span.end:
                return self.passages[index]
            if self.passages[index].depth == 0 or offset - self.passages[index].span.start > 20_000:
                break
            index -= 1
        return None

    def emphasised_in(self, span: tuple[int, int]) -> list[Span]:
        """Return the words within `span` that marks set off, in order."""
        first = bisect_left(self.emphasised, Span(span[0], span[0]))
        last = bisect_right(self.emphasised, Span(span[1], span[1]))
        return [one for one in self.emphasised[first:last] if one.end <= span[1]]

    def moves_in(self, span: tuple[int, int]) -> bool:
        """Return whether a phrase of the lexicon's verbs of flight, arrival or return begins in `span`."""
        starts = self._moves
        first = bisect_left(starts, span[0])
        return first < len(starts) and starts[first] < span[1]

    @cached_property
    def _moves(self) -> list[int]:
        """Where the phrases of `lexicon.flight` begin."""
        return [self.tokens.starts[at] for at in self.tokens.spot(self.lexicon.flight)]

    def stands_as_subject(self, span: Span) -> bool:
        """Return whether the words at `span` stand where a clause's subject stands."""
        if self.text.startswith(" among them", span.end):
            return False  # "thirty died, his sister Osite among them"
        if self.text.startswith(",", span.end) and _OBJECT_APPOSED.search(
            self.text, max(0, span.start - 90), span.start
        ):
            return False
        above = bisect_right(self._starts, span.start) - 1
        opens = self._starts[above] if above >= 0 else 0
        if self.language is not None and _OF_ABROAD.search(
            self.text, max(opens, span.start - 40), span.start
        ):
            return False  # "la dictature du général Augusto Salas"
        words = self.tokens.between(max(opens, span.start - 40), span.start)
        if not words:
            return True
        last = self.tokens.lowers[words.stop - 1]
        gap = self.text[self.tokens.ends[words.stop - 1] : span.start]
        if last == "married" and gap == " " and len(words) > 1:
            return False
        index = words.stop - 1
        if last in _NAMING and gap == " " and (phrase := _CALLED.search(self.text, opens, span.start)):
            return self.stands_as_subject(Span(phrase.start("article"), span.end))
        if (
            last == "and"
            and self.text[span.start].isupper()
            and gap == " "
            and _WITH_ROW.search(self.text, max(opens, span.start - 90), span.start)
        ):
            return (
                _DOES.match(self.text, span.end) is not None
            )  # "with her sons Jan (7) and Emil (4) by boat"
        if (
            last == "and"
            and gap == " "
            and _WITH_KIN.search(self.text, max(opens, span.start - 60), span.start)
        ):
            return (
                _DOES.match(self.text, span.end) is not None
            )  # "with his wife and three daughters in a dinghy"
        if (
            last in _SPOUSES
            and gap == " "
            and _AND_WIFE.search(self.text, max(opens, span.start - 90), span.start)
        ):
            return _DOES.match(self.text, span.end) is not None  # "a daughter of Jan Kos and his wife Ana"
        if (
            gap == ", "
            and self.text.find("(", max(opens, span.start - 60), span.start) >= 0
            and _IN_LIFE.search(self.text, max(opens, span.start - 60), span.start)
        ):
            return False  # "(3 May 1920, Graz – 9 June 1994, Washington)"
        apposed = gap == ", " and self.text[span.end : span.end + 1] in (",", ".")
        if not _MARKS.isdisjoint(gap) and not (apposed and self.only_leads_up(last)):
            return True
        while self.only_leads_up(self.tokens.lowers[index]):
            if index == words.start or not _MARKS.isdisjoint(
                self.text[self.tokens.ends[index - 1] : self.tokens.starts[index]]
            ):
                return True
            index -= 1
        if index < words.stop - 1 and self._is_of_somebody(words, index):
            return False
        last = self.tokens.lowers[index]
        before = self.tokens.lowers[index - 1] if index > words.start else ""
        if last in _UNTIL and self.tokens.lowers[index + 1] == "then" and index == words.stop - 2:
            return True  # "By then Karel was a clerk"
        if last in _NO_SUBJECT_AFTER or before == "to":
            return (
                self.tokens.texts[index] == "For"
            )  # "For Captain Weiss it was a cargo run": what follows is about him
        return not (
            (last.endswith(("ed", "ing")) and last not in ("evening", "morning"))
            and not self.tokens.capital[index]
            and self.text.startswith(" ", self.tokens.ends[index])
        )

    def _is_of_somebody(self, words: range, index: int) -> bool:
        """Whether a title at `index + 1` goes with what somebody else is: "the coach of 1980 Olympic champion [Ana Roth]"."""
        for at in range(index, max(words.start, index - _OF_REACH), -1):
            if not _MARKS.isdisjoint(self.text[self.tokens.ends[at] : self.tokens.starts[at + 1]]):
                return False
            if self.tokens.lowers[at] == "of":
                return self.only_leads_up(self.tokens.lowers[at - 1])
        return False

    def only_leads_up(self, word: str) -> bool:
        """Return whether a word before a name only describes it, so that what governs it stands further left."""
        word = word.removeprefix("then-").removeprefix("ex-")
        lists = (self.lexicon.titles, self.lexicon.ranks, self.lexicon.roles, self.lexicon.role_modifiers)
        return (
            word in ("the", "a", "an", "then", "his", "her", "their")
            or word in _ARTICLES_ABROAD.get((self.language or "")[:2], ())
            or any(word in one for one in lists)
            or word in self.lexicon.kin
            or word in self.lexicon.companions
        )
