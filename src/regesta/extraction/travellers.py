"""Who travels: the people that a clause, "they" or "the couple" speaks of, and whoever is said to come along.

    He crossed to Lebanon with his sister Lubna.        the party is two
    They walked out of the station                      "they": the party
    Haddad passed his examination                       one of them alone: the party stays together

The party lasts from sentence to sentence until others set out, or somebody of it dies or is caught.
"""

from __future__ import annotations

import re

from regesta.extraction.abroad import is_of_another
from regesta.extraction.cues import Cue
from regesta.extraction.enumeration import in_row, row_after
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.subjects import before_who, joined_to_last, outside_asides, subject_of
from regesta.extraction.things import is_of_a_thing, is_vehicle_subject
from regesta.text.span import Span

__all__ = ["NO_SURVIVOR", "Travellers"]

_PLURAL = Cue(
    "they we both all others rest family couple pair sisters brothers siblings twins girls boys children women men friends two three four five six",
    r"\b(?P<they>they|we|both|all of them|the (?P<others>others|rest)|the (?:two |three |four |five |six |old |young |whole )?"
    r"(?:family|couple|pair|sisters|brothers|siblings|twins|girls|boys|children|women|men|friends|two|three|four|five|six))\b(?! of\b(?! (?:them|us)\b))",
    re.IGNORECASE,
)
_CARRYING = Cue(
    "carrying with bearing bringing",
    r"\b(?:[Aa]n?|[Tt]he|[Tt]heir) (?:[\w-]+ ){0,3}?(?P<vehicle>[a-z]+) (?:of [a-z ]{3,20} )?(?:carrying|with|bearing|bringing) ",
)
_WITH_ABOARD = re.compile(r"\bwith (?P<whom>[^.;]{3,160}?) (?:on board|aboard)\b")
_AMONG = re.compile(r", (?:among them|including|amongst them|among whom (?:was|were))\b")
_MANY = re.compile(
    r"\b(?:we|they|(?:two|three|four|five|six|seven|eight|nine|ten|\d+|several|more|others|people|men|women|children|family|"
    r"brothers|sisters|[Tt]he [A-Z][\w'-]+s))\b",
    re.IGNORECASE,
)
"""What a row after a colon tells one by one."""
_COUPLE = re.compile(r"(?:the (?:\w+ )?(?:couple|pair|two)|both)\b", re.IGNORECASE)
_COMPANY = Cue(
    "with accompanied company bringing taking alongside by drove took brought carried led smuggled ferried rowed con junto avec mit com "
    "begleitet insieme acompa* accompagn*",
    r"\b(?:together with|along with|accompanied by|in the company of|with|bringing|taking|alongside|and by|(?:drove|took|brought|carried|led|smuggled|ferried|rowed)(?= (?:his|her|their) )|con|junto a|avec|mit|com|begleitet von|insieme a|acompa(?:ñ|nh)ad[oa]s? (?:de|por)|accompagnée?s? (?:de|par)|accompagnat[oaie] da)\b",
    re.IGNORECASE,
)
_DATED_ANEW = re.compile(
    r"; (?:[^\W\d_]{3,9}\.? )?(?:1[5-9]|20)\d\d\b(?:(?! (?:fled|came|arrived|Flucht|Emigr)\b)[^;])*$"
)
"""A later year of a life that is told year by year, with no flight behind it."""
_STAYING = re.compile(r"\b(?:lived|stayed|lodged|boarded|living|staying|lodging) $")
"""What somebody does with those who have not come along."""
_ARTICLE = 9
"""Code points of "the " or "at least " before whom an object names."""
_AHEAD = 8
"""Code points behind the beginning of a name at which `_COMPANY` may look: " their "."""
_NO_LIST = frozenset(
    "to in at on for from by of who which that was were had has is are when where while as until after before through into onto over".split()
)
_DOING = re.compile(
    r" (?!including|carrying|following|travelling|traveling|accompanying|bringing)[a-z]{3,}ing\b"
)
"""What those do who stand behind "with" and did not come along."""
_ASIDE = re.compile(r"^, (?:who|then|now|aged) [^,;.]{1,40}, and ")
_NO_CLAUSE = frozenset("who which that was were had has are is they he she".split())
_BODIES = frozenset(
    "gang unit battalion brigade column squad patrol team delegation group crew transport convoy crowd soldier guard policeman officer passenger".split()
)
_LETTERS = re.compile(r"[^\W\d_]*")
NO_SURVIVOR = re.compile(
    r",? (?:who|which) (?:did not survive|died|drowned|was (?:caught|shot|killed|sent back)|stayed|remained)"
)
_AND = re.compile(r",? (?:and|&) (?:his |her |their )?")
_AND_I = re.compile(r"(?:and|und) (?:I|ich|me|myself)$")
_COMMA_AND = re.compile(r",? (?:and|und) |, (?:(?:my|our) [a-z]+,? )?")
_WE = frozenset(("nous", "wir", "nosotros", "nosotras", "nós", "noi", "wij"))
_THEY_END = re.compile(r"[^\W\d_]+(?:aron|ieron|aram|eram|arono|irono)\b")
"""Verbs of Spanish, Portuguese and Italian that need no "they"."""
_NAME_AND = re.compile(r"[A-Z][\w'-]+,? (?:and|&) $")
_LEADS = 24
"""Code points before the subject of a sentence: "In December 1956 he"."""
_KIN_GAP = re.compile(
    r"\b(?:his|her|their) (?:[a-z]+ )?(?:wife|husband|son|sons|daughter|daughters|children|parents|mother|father|sister|sisters|brother|brothers|family)\b"
)
_SOON = 1_000
"""Code points within which a story tells what became of those who set out."""


class Travellers:
    """The people of one sentence, seen with those who have travelled together so far."""

    def __init__(self, scene: Scene, passage: Passage, sentence: Span, party: list[Actor]) -> None:
        self.scene = scene
        self.passage = passage
        self.sentence = sentence
        self.party = party
        self.said: list[Said] = scene.people_in(passage, sentence)

    def first_subject(self) -> list[Actor]:
        """Return whom the sentence names first as its subject, or the teller who says "I" or "we"."""
        if beside := self.with_teller():
            return beside
        teller = self.scene.tellers[self.passage.index]
        first = next(
            (s for s in self.said if s.is_subject and (s.form != "pronoun" or s.actor is teller)), None
        )
        if first is None and teller is not None:
            return [teller]  # an answer without a verb: "On 3 March, with my son"
        return [first.actor] if first is not None and first.actor.kind == "person" else []

    def family(self) -> list[Actor]:
        """Return the kin with whom somebody is the subject of the sentence: "he, his wife Klára and their daughter Judit"."""
        said = [s for s in self.said if s.is_subject and s.actor.kind == "person"]
        first = next(
            (
                i
                for i, s in enumerate(said)
                if i and not in_row(self.scene.text[said[i - 1].span.end : s.span.start])
            ),
            len(said),
        )
        row = said[:first]
        if len(row) < 2 or row[0].span.start - self.sentence.start > _LEADS:
            return []
        gaps = self.scene.text[row[0].span.end : row[-1].span.start]
        members = list(dict.fromkeys(s.actor for s in row))
        is_own = not self.party or any(a in self.party for a in members)
        return members if is_own and _KIN_GAP.search(gaps) else []

    def with_teller(self) -> list[Actor]:
        """Return those of "Mama, Rami and I", which may open the sentence or end it: "we came to Basel, Heinrich, Karl and I"."""
        teller = self.scene.tellers[self.passage.index]
        own = next(
            (
                s
                for s in self.said
                if s.actor is teller and _AND_I.search(self.scene.text, s.span.start - 4, s.span.end)
            ),
            None,
        )
        if own is None or teller is None:
            return []
        row = [own]
        for left in reversed([s for s in self.said if s.span.end <= own.span.start and not s.is_possessive]):
            gap = self.scene.text[left.span.end : row[0].span.start]
            if left.form == "pronoun" or not (in_row(gap) or _COMMA_AND.fullmatch(gap)):
                break
            row.insert(0, left)
        members = list(dict.fromkeys([teller, *(s.actor for s in row)]))
        return members if len(members) > 1 else []

    def who(self, offset: int) -> tuple[Actor, ...]:
        """Return whom the clause at `offset` is about; "they" and "the couple" are those who travel together."""
        relative = before_who(self.scene, self.passage, offset)
        if relative is not None:
            return (relative,)
        if is_of_a_thing(self.scene, self.passage, offset) or is_of_another(
            self.scene, self.passage, self.sentence, Span(offset, self._verb_end(offset))
        ):
            return ()
        if offset in self.scene.own_verbs and self.scene.tellers[self.passage.index] is not None:
            return self._we(self.members(offset) if self.scene.own_verbs[offset] else ())
        plural = None
        for match in _PLURAL.find(self.scene, (self.sentence.start, offset)):
            if self.scene.stands_as_subject(Span(*match.span())):
                plural = match
        said = [s for s in self.said if s.span.end <= offset and s.is_subject]
        said = outside_asides(self.scene, said, self.sentence.start, offset)
        if plural and said and _AND.fullmatch(self.scene.text, said[-1].span.end, plural.start()):
            # "Chaja and the four girls": no others are meant
            return joined_to_last(self.scene, said, with_kin=True)
        if (
            plural
            and Span(*plural.span()) in self.scene.bystanders[self.passage.index]
            and self.scene.text.count('"', self.passage.span.start, plural.start()) % 2
        ):
            return ()  # "we", said by nobody known
        if plural and (not said or said[-1].span.start <= plural.start()):
            if _NAME_AND.search(self.scene.text, self.sentence.start, plural.start()):
                return ()
            if said and said[-1].form == "pronoun" and len(self.party) > 1:
                said = said[:-1]
            if said and said[-1].span.start == plural.start() and said[-1].form != "pronoun":
                return (said[-1].actor,)
            members = self.members(plural.start())
            if plural.group().lower() == "we" and self.scene.tellers[self.passage.index] is not None:
                return self._we(members)
            if members:
                return members
        if (
            said
            and said[-1].actor is self.scene.tellers[self.passage.index]
            and (said[-1].span.of(self.scene.text).lower() in _WE)
        ):
            return self._we(self.members(offset))
        if not said and _THEY_END.match(self.scene.text, offset):
            return self.members(offset) or subject_of(self.scene, self.passage, offset)
        if said and subject_of(self.scene, self.passage, offset):
            return joined_to_last(self.scene, said, with_kin=True)
        return subject_of(self.scene, self.passage, offset)

    def _verb_end(self, offset: int) -> int:
        """Return where the word at `offset` ends."""
        word = _LETTERS.match(self.scene.text, offset)
        return word.end() if word else offset

    def _we(self, members: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Return the teller and those who travel along."""
        teller = self.scene.tellers[self.passage.index]
        others = members if len(self.party) > 1 else ()
        return tuple(a for a in dict.fromkeys((teller, *others)) if a is not None)

    def carried_by(self, offset: int) -> tuple[Actor, ...]:
        """Return whom the vehicle carries that is the subject of the clause at `offset`: "A canoe carrying 36 people landed"."""
        match = _CARRYING.search(self.scene, (self.sentence.start, offset))
        if match is None and is_vehicle_subject(self.scene, self.passage, offset):
            return self._on_board(offset)
        if match is None or match["vehicle"].lower() not in self.scene.lexicon.vehicles:
            return ()
        before = self.scene.people_in(self.passage, Span(self.sentence.start, match.start()))
        inside = [
            s for s in self.scene.people_in(self.passage, Span(match.end(), offset)) if s.form != "pronoun"
        ]
        if any(s.is_subject and not s.is_possessive for s in before) or not inside:
            return ()
        return tuple(dict.fromkeys(s.actor for s in inside if s.actor.kind in ("person", "group")))

    def _on_board(self, offset: int) -> tuple[Actor, ...]:
        """Return whom a vessel has on board that came: "A boat was towed into the harbour with eleven people on board"."""
        aboard = _WITH_ABOARD.search(self.scene.text, offset, self.sentence.end)
        if aboard is None:
            return ()
        said = self.scene.people_in(self.passage, aboard.span("whom"))
        return tuple(dict.fromkeys(s.actor for s in said if s.actor.kind in ("person", "group")))

    def members(self, offset: int) -> tuple[Actor, ...]:
        """Return the people that a plural word at `offset` stands for; nobody behind a list, which it sums up."""
        index = self.passage.index
        if offset == self.passage.span.start and index and self.scene.passages[index - 1].kind == "item":
            return ()
        if len(self.party) > 1 and any(
            s.actor in self.party and s.span.end <= offset for s in self.scene.said[self.passage.index]
        ):
            return tuple(self.party)
        before = [
            s
            for s in self.scene.said[self.passage.index]
            if s.span.end <= offset
            and s.is_subject
            and s.actor.kind in ("person", "group")
            and s.form != "pronoun"
        ]
        if before:
            joined = joined_to_last(self.scene, before, with_kin=True)
            if len(joined) > 1 or joined[0].kind == "group":
                near = self.scene.text[before[-1].span.end : offset]
                if near.count(".") <= 1:
                    return joined
        if len(self.party) > 1:
            return tuple(self.party)
        entry = self.scene.entry_of[self.passage.index]
        principals = entry.principals if entry else []
        if len(principals) > 1:
            return tuple(principals)
        couple = _COUPLE.match(self.scene.text, offset)
        if couple:
            named = [
                s.actor
                for s in self.scene.said[self.passage.index]
                if s.span.end <= offset and s.actor.kind == "person" and s.form != "pronoun"
            ]
            two = list(dict.fromkeys(reversed(named)))[1::-1]
            if len(two) == 2:
                return tuple(two)
        local = [
            s.actor
            for s in self.scene.said[self.passage.index]
            if s.actor in self.party and s.span.end <= offset
        ]
        if before and not local:
            return (before[-1].actor, *self._carried(before[-1].span.end, offset))
        alone = self.party or principals
        if (
            couple
            and self.scene.protagonist is not None
            and principals
            and self.scene.protagonist not in principals
        ):
            return (self.scene.protagonist, *principals)
        return tuple(alone)

    def _carried(self, start: int, end: int) -> list[Actor]:
        """Return the kin that somebody took along between two places of a sentence: "carried his mother for six days"."""
        return [
            s.actor
            for s in self.scene.said[self.passage.index]
            if start <= s.span.start
            and s.span.end <= end
            and s.form == "description"
            and re.search(
                r"\b(?:carried|carrying|brought|took|led|pushed|pulled) $",
                self.scene.text[start : s.span.start],
            )
        ]

    def along(self) -> list[Actor]:
        """Return those who are said to be with the mover: "with his wife, two infants and his apprentice Jan"."""
        found: list[Actor] = []
        said = [s for s in self.said if s.form != "pronoun" and s.actor.kind in ("person", "group")]
        if not said:
            return found
        last = min(max(one.span.start for one in said) + _AHEAD, self.sentence.end)
        for match in _COMPANY.find(self.scene, (self.sentence.start, last)):
            if _DATED_ANEW.search(self.scene.text, self.sentence.start, match.start()):
                continue  # "1938 fled to Lund; 1944 edited a bulletin with Ana Roth"
            if _STAYING.search(self.scene.text, self.sentence.start, match.start()):
                continue  # "lived with a family in Lund but came to Bern"
            at = match.end()
            for one in said:
                if one.span.start < at or one.span.start >= self.sentence.end:
                    continue
                gap = _ASIDE.sub(" and ", self.scene.text[at : one.span.start])
                words = gap.replace(",", " ").replace("(", " ").replace(")", " ").split()
                inner = words[: words.index("and")] if "and" in words else []
                rest = words[len(inner) :]
                if (
                    len(words) > 10
                    or any(w in _NO_LIST for w in rest)
                    or any(w in _NO_CLAUSE for w in inner)
                    or any(m in gap for m in ".;:")
                ):
                    break
                at = one.span.end
                if _DOING.match(self.scene.text, at):
                    continue  # "an uprising that began with students rallying"
                if one.actor.head in _BODIES or one.actor in found:
                    continue
                if not self._perished(one):
                    found.append(one.actor)
        found += [
            a
            for a in self.with_teller()
            if a not in found and a is not self.scene.tellers[self.passage.index]
        ]
        for one in self._listed():
            if one.actor not in found and not self._perished(one):
                found.append(one.actor)
        found = list(dict.fromkeys(member for actor in found for member in actor.members or (actor,)))
        return found

    def _perished(self, one: Said) -> bool:
        """Whether the words right behind somebody say so, or soon after those that tell of "my mother-in-law" again."""
        if NO_SURVIVOR.match(self.scene.text, one.span.end):
            return True
        if one.actor.is_named or one.actor.kind == "group":
            return False
        noun = re.escape(one.span.of(self.scene.text).split()[-1])
        dead = rf"\b(?:my|our|his|her|their|the) (?:\w+ )?{noun} (?:had |was |were )?(?:died|drowned|perished|killed|shot|caught|sent back)\b"
        return (
            re.search(dead, self.scene.text[one.span.end : one.span.end + _SOON], re.IGNORECASE) is not None
        )

    def _listed(self) -> list[Said]:
        """Return whom a row names after "among them" or after the colon behind a plural: "We left: my husband, our sons"."""
        found: list[Said] = []
        for match in _AMONG.finditer(self.scene.text, *self.sentence):
            found += row_after(self.scene, self.passage, match.end(), self.sentence.end)
        colon = self.scene.text.find(": ", *self.sentence)
        if colon > 0:
            row = row_after(self.scene, self.passage, colon + 1, self.sentence.end)
            if len(row) > 1 and _MANY.search(self.scene.text, self.sentence.start, colon):
                found += row
        return found

    def said_of(self, actor: Actor) -> Said | None:
        """Return where the sentence speaks of `actor`."""
        return next((s for s in self.said if s.actor is actor), None)

    def object_at(self, start: int, word: str) -> tuple[Actor, ...]:
        """Return whom the object `word` at `start` means: "him", "them" or a name."""
        if word == "them":
            return self.members(start)
        said = next(
            (
                s
                for s in self.said
                if 0 <= s.span.start - start <= _ARTICLE and s.span.end <= start + len(word)
            ),
            None,
        )
        return (said.actor,) if said is not None and said.actor.kind in ("person", "group") else ()
